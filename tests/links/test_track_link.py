"""The link of a tracked project: the decision unchanged, and what is known since."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import ProjectNeeds, decide
from hiring.evidence.loader import load_evidence
from hiring.links import comparison_link, project_link, track_link
from hiring.links.comparison_link import Scenario
from hiring.links.track_link import Known
from hiring.model.own_figures import Range
from tests.factories import DAY
from tests.strategies import SLOW

EVIDENCE = load_evidence()
FROM = date(2026, 11, 30)
NEEDS = ProjectNeeds(project="Portal & co", developers=3, budget_usd=400_000)
SAID = project_link.said_by(decide(NEEDS, DAY))
SCENARIO = Scenario("", NEEDS, DAY, (("agency.us.mid", Range(120, 150, 180)),), SAID, FROM, frozenset({"scale"}))
KNOWN = Known(date(2027, 3, 1), "mix", date(2026, 12, 20), 0.35, date(2027, 2, 1), 123_456.75, 2,
              (("freelance", 95.5), ("in_house", 120_000.0)))
DAYS = st.dates(date(2026, 11, 30), date(2050, 1, 1))


def opened(query: dict[str, str]) -> track_link.Opened:
    return track_link.decode(query, EVIDENCE, date(2027, 5, 5))


@SLOW
@given(st.builds(Known, DAYS, st.sampled_from(["", "mix", "agency"]), st.none() | DAYS,
                 st.none() | st.floats(0, 1).map(lambda it: round(it, 3)), st.none() | DAYS,
                 st.none() | st.floats(0, 1e8).map(lambda it: round(it, 2)), st.none() | st.integers(0, 99),
                 st.just(()) | st.floats(1, 1e6).map(lambda it: (("in_house", round(it, 2)),))))
def test_a_link_gives_back_all_that_is_known(known: Known) -> None:
    assert opened(track_link.encode(SCENARIO, known)) == (SCENARIO, known, (), ())


def test_the_link_of_the_decision_stays_as_it_was() -> None:
    found = opened(track_link.encode(SCENARIO, KNOWN)).scenario
    assert found is not None and found.query == SCENARIO.query


def test_a_link_without_facts_says_what_is_known_on_the_day_it_is_opened() -> None:
    query = track_link.encode(SCENARIO, Known(FROM))
    assert set(query) == {"decision", "day", "v"} and not opened(query).known.has_facts
    del query["day"]
    assert opened(query).known == Known(date(2027, 5, 5))


@pytest.mark.parametrize(("name", "text", "said"), [
    ("day", "tomorrow", "Known on"), ("began", "2027-02-30", "Work began"), ("released", "", "Released on"),
    ("done", "1.5", "Build done"), ("done", "half", "Build done"), ("spent_usd", "-3", "Spent so far"),
    ("leavers", "nan", "People who left"), ("pay_agency_usd", "1e9999", "Pay, Agency")])
def test_what_cannot_be_used_is_left_out_with_a_sentence_and_the_rest_stays(name: str, text: str, said: str) -> None:
    found = opened({**track_link.encode(SCENARIO, KNOWN), name: text})
    assert found.scenario == SCENARIO and len(found.problems) == 1
    assert found.problems[0].startswith(f"{said}: ") and found.problems[0].endswith("it was left out.")


def test_a_damaged_decision_and_an_unknown_version_are_said() -> None:
    query = track_link.encode(SCENARIO, KNOWN)
    assert opened({**query, "decision": query["decision"][:-5]}).scenario is None
    assert opened({"decision": ""}).problems[0].startswith("The link holds no decision")
    assert "unknown here" in opened({**query, "v": "track-9"}).problems[0]


def test_it_is_told_apart_from_the_links_of_other_pages() -> None:
    assert track_link.is_track(track_link.encode(SCENARIO, KNOWN))
    assert not track_link.is_track(SCENARIO.query)
    assert not track_link.is_track(comparison_link.encode([SCENARIO]))
    assert not comparison_link.is_comparison(track_link.encode(SCENARIO, KNOWN))
