"""Sentences about a tracked project."""

from __future__ import annotations

from datetime import date

import pytest

from hiring import ProjectNeeds
from hiring.links.track_link import Known
from hiring.model.decision import Decision, decide
from hiring.model.tracking import Facts, Track
from hiring.text import track_text
from tests.factories import SNAPSHOT

FROM, NOW = date(2026, 11, 30), date(2027, 3, 1)


@pytest.fixture(scope="module")
def decision() -> Decision:
    return decide(ProjectNeeds(budget_usd=300_000, deadline_months=10), SNAPSHOT)


@pytest.mark.parametrize(("known", "field", "said", "kept"), [
    (Known(date(2026, 11, 1)), "day", "from that of the decision, November 30, 2026", "months"),
    (Known(date(2090, 1, 1)), "day", "December 31, 2056 was used", "months"),
    (Known(NOW, began=date(2026, 11, 1)), "began", "November 1, 2026 is before the decision", "began_weeks"),
    (Known(NOW, began=date(2027, 4, 1)), "began", "is after the day on which all this is known", "began_weeks"),
    (Known(NOW, released=date(2027, 4, 1)), "released", "is after the day", "released_months"),
    (Known(NOW, began=date(2027, 2, 1), released=date(2027, 1, 1)), "released", "is before work began",
     "released_months"),
    (Known(NOW, released=date(2026, 1, 1)), "released", "is before the decision", "released_months"),
    (Known(NOW, done=1.0), "released", "no day is given", "released_months"),
    (Known(NOW, done=0.5, released=date(2027, 2, 1)), "done", "50% was left out", "done_share")])
def test_facts_that_contradict_each_other_are_left_out_with_a_sentence(known: Known, field: str, said: str,
                                                                       kept: str) -> None:
    facts, problems = track_text.facts_of(known, FROM)
    assert list(problems) == [field] and said in problems[field]
    assert getattr(facts, kept) is None or kept == "months"
    assert facts.months >= 0


def test_facts_that_fit_together_have_no_problem() -> None:
    facts, problems = track_text.facts_of(
        Known(NOW, "agency", FROM, None, NOW, 5e4, 0, (("agency", 150.0),)), FROM)
    assert problems == {}
    assert facts == Facts(facts.months, 0, None, facts.months, 5e4, 0, {"agency": 150.0})
    assert facts.months == pytest.approx(3, abs=0.02)


@pytest.mark.parametrize(("facts", "said"), [
    (Facts(0), "What really happened since the decision?"),
    (Facts(3), "as forecast"),
    (Facts(5, done_share=0.1), "later than forecast"),
    (Facts(3, done_share=0.9), "earlier than forecast"),
    (Facts(9, released_months=8.0), "Released in July 2027, with $"),
    (Facts(60), "Hardly any simulation went like this")])
def test_the_headline_says_when_it_ends_now(decision: Decision, facts: Facts, said: str) -> None:
    assert said in track_text.headline(Track(decision, "freelance", facts, n=4_000), FROM)


def test_each_fact_stands_somewhere_and_what_is_beyond_is_said(decision: Decision) -> None:
    track = Track(decision, "in_house", Facts(4, 14.0, 0.05, None, 9e6, 3, {"in_house": 110_000.0}), n=4_000)
    rows = track_text.standing_rows(track, FROM)
    assert rows["Fact"] == ["Work began", "Build done", "Spent so far", "People who left",
                            "Pay, people you hire, USD per year"]
    assert rows["What happened"] == ["March 8, 2027", "5%", "$9M", "3", "$110,000"]
    assert rows["Where it stands"][2] == "more than in any of 4,000 simulations"
    assert rows["Where it stands"][3].endswith("(unusual)")
    assert "fewer than the 100" in track_text.agreement(track)
    assert len({len(cells) for cells in track_text.switch_rows(track, FROM).values()}) == 1


def test_a_forecast_with_percentiles_says_how_many_simulations_it_is_worth(decision: Decision) -> None:
    track = Track(decision, "agency", Facts(3, done_share=0.3), n=4_000)
    assert "of 4,000 that count alike" in track_text.agreement(track)
    assert list(track_text.forecast_rows(track, FROM)) == [" ", "Forecast at the decision", "Given what happened"]
    assert track_text.switch_sentence(track)
