"""Scenarios side by side: what the words, the chart and the tables say is what the decisions say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hiring
from hiring import ProjectNeeds
from hiring.model.decision import Decision, decide
from hiring.model.needs import DEFAULTS, NEEDS
from hiring.model.own_figures import Range, with_own
from hiring.model.portfolio import answer
from hiring.text import comparison_text, formatting, verdict_text
from hiring.text.comparison_text import DIFFERS, difference_rows, headline, result_rows
from hiring.text.formatting import marked, strong
from tests.factories import SNAPSHOT
from tests.strategies import LAWS, plausible_projects

PLAIN = ProjectNeeds(project="Portal")
OWN = (("agency.us.mid", Range(100, 110, 120)),)


def decided(needs: ProjectNeeds, own: Any = ()) -> Decision:
    return decide(needs, with_own(SNAPSHOT, own) if own else SNAPSHOT)


IN_HOUSE = decided(PLAIN)
AGENCY = decided(replace(PLAIN, seniority="junior", talent_region="asia", budget_usd=None))
NONE = decided(replace(PLAIN, budget_usd=1_000))
FREELANCE = decided(replace(PLAIN, deadline_months=6, start_within_weeks=2, data_sensitivity="regulated"))
NAMES = ["One", "Two", "Three", "Four"]


def costs(decisions: list[Decision]) -> str:
    return comparison_text.cost_headline(NAMES[:len(decisions)], decisions)


def close_call() -> Decision:
    """A decision with two options near each other, the shares set by hand."""
    return replace(IN_HOUSE, verdict="close_call")


def cells(rows: Sequence[tuple[str, list[str]]]) -> dict[str, list[str]]:
    return dict(rows)


def test_the_decisions_of_this_file_are_of_four_kinds() -> None:
    assert [it.first for it in (IN_HOUSE, AGENCY, FREELANCE)] == ["in_house", "agency", "freelance"]
    assert not NONE.left


@pytest.mark.parametrize(("decisions", "words"), [
    ([IN_HOUSE], "In-house comes first; add a scenario to compare"),
    ([close_call()], "In-house comes first, too close to call; add a scenario to compare"),
    ([NONE], "No option fits"),
    ([NONE, NONE], "No option fits any of the 2 scenarios"),
    ([IN_HOUSE, IN_HOUSE], "In-house comes first in all 2 scenarios"),
    ([IN_HOUSE, IN_HOUSE, AGENCY, IN_HOUSE], "In-house comes first in 3 of 4 scenarios, agency in 1"),
    ([AGENCY, IN_HOUSE, NONE], "Agency comes first in 1 of 3 scenarios, in-house in 1, no option fits in 1"),
    ([IN_HOUSE, close_call()], "In-house comes first in all 2 scenarios; 1 of them is too close to call"),
    ([close_call(), close_call(), AGENCY],
     "In-house comes first in 2 of 3 scenarios, agency in 1; 2 of them are too close to call")])
def test_the_headline_counts_who_comes_first(decisions: list[Decision], words: str) -> None:
    assert headline(decisions) == words


def test_the_headline_of_the_costs_names_the_scenario_that_costs_least() -> None:
    shown = costs([IN_HOUSE, AGENCY, FREELANCE])
    least = formatting.money(AGENCY.outcomes["agency"].cost_quantiles[1])
    assert shown == f"“\u2068Two\u2069” costs least with its first option: {least} in the middle future"
    assert costs([IN_HOUSE, IN_HOUSE]).startswith("All cost about the same with their first option: ")
    level = costs([IN_HOUSE, FREELANCE, IN_HOUSE])
    assert level.startswith("“\u2068One\u2069” and “\u2068Three\u2069” cost least with their first option: about $")
    assert costs([NONE, IN_HOUSE]).startswith("“\u2068Two\u2069” costs least")
    assert costs([NONE, NONE]).startswith("No scenario has an option that fits")
    assert re.fullmatch(r"In-house costs \$\d+k–\$\d+k", costs([IN_HOUSE]))


def test_scenarios_that_look_ahead_differently_are_not_ranked_by_cost() -> None:
    longer = decided(replace(PLAIN, horizon_months=48))
    shown = costs([decided(PLAIN), longer])
    assert shown.startswith("With the first option: “\u2068One\u2069” $")
    assert shown.endswith(" over 48 months")
    assert "least" not in shown


def test_where_none_fits_every_page_names_the_same_nearest_option() -> None:
    decision = hiring.decide(ProjectNeeds(
        developers=1.5, build_months=14, data_sensitivity="regulated", deadline_months=12, technical_lead=False))
    assert decision.left == ()
    assert decision.nearest == decision.remedies()[0].option != decision.first
    label = verdict_text.option_name(decision.outcomes[decision.nearest])
    assert f"The nearest is {label}" in verdict_text.main_reason(decision)
    assert comparison_text.cost_and_release(decision).startswith(f"Nearest {label}: ")
    assert answer(decision).first == decision.nearest


def test_different_horizons_are_stated_since_costs_then_cover_different_times() -> None:
    longer = decided(replace(PLAIN, horizon_months=48))
    assert comparison_text.different_horizons([IN_HOUSE, AGENCY]) == ""
    assert comparison_text.different_horizons([IN_HOUSE, longer]) == (
        " The scenarios look 36 to 48 months ahead, so their costs cover different periods.")


def test_the_table_says_what_the_decisions_say() -> None:
    table = cells(result_rows([IN_HOUSE, AGENCY, FREELANCE, NONE]))
    assert table["Verdict"] == ["Clear", "Likely", "Only one left", "No option fits"]
    option = f"{marked('●', 'blue')} {strong('In-house')}"
    assert table["First option"][0] == f"{option}, {IN_HOUSE.of_hundred['in_house']} of 100"
    assert table["First option"][3].startswith("None; nearest ")
    low, median, high = AGENCY.outcomes["agency"].cost_quantiles
    assert table["Its cost, 8 of 10 futures"][1] == formatting.money_range(low, high)
    assert table["Its cost, middle future"][1] == formatting.money(median)
    assert table["Within budget"][1] == "no budget"
    assert table["Freelance first"] == [f"{IN_HOUSE.of_hundred['freelance']} of 100",
                                        f"{AGENCY.of_hundred['freelance']} of 100", "100 of 100", "ruled out"]
    assert "Evidence of" not in table


def test_evidence_dates_are_in_the_table_where_they_differ() -> None:
    later = replace(IN_HOUSE, evidence=replace(IN_HOUSE.evidence, as_of=SNAPSHOT.as_of + timedelta(days=1)))
    assert cells(result_rows([IN_HOUSE, later]))["Evidence of"] == ["November 22, 2026", "November 23, 2026"]


def test_no_deadline_is_stated() -> None:
    assert cells(result_rows([decided(replace(PLAIN, deadline_months=None))]))["On time"] == ["no deadline"]


def test_only_answers_that_differ_are_listed_and_those_unlike_the_first_are_marked() -> None:
    rows = difference_rows(["Portal", "Two", "Three"], [IN_HOUSE, AGENCY, IN_HOUSE])
    mark = f"{DIFFERS}\u00a0"
    assert rows == [("Budget", ["$600k", strong(f"{mark}None given"), "$600k"]),
                    ("Seniority", ["Mid", strong(f"{mark}Junior"), "Mid"]),
                    ("Outside staff in", ["United States", strong(f"{mark}Asia"), "United States"])]
    assert difference_rows(NAMES, [IN_HOUSE, decided(PLAIN)]) == []


def test_projects_are_listed_where_they_differ_and_the_heads_do_not_say_so() -> None:
    other = decided(replace(PLAIN, project="*Other*"))
    assert difference_rows(["Portal", "*Other*"], [IN_HOUSE, other]) == []
    rows = difference_rows(["One", "Two"], [IN_HOUSE, other])
    assert rows == [("Project", ["\u2068Portal\u2069", strong(f"{DIFFERS}\u00a0\u2068*Other*\u2069")])]


def test_own_figures_that_differ_are_beside_what_the_evidence_says() -> None:
    rows = difference_rows(NAMES, [IN_HOUSE, decided(PLAIN, OWN)])
    figure = SNAPSHOT.figures["agency.us.mid"]
    assert [label for label, _ in rows] == ["Pay, agency, United States, mid, USD per hour"]
    evidence = f"{figure.low:g} / {figure.central:g} / {figure.high:g}, evidence"
    assert rows[0][1] == [evidence, strong(f"{DIFFERS}\u00a0100 / 110 / 120, your own")]
    assert difference_rows(NAMES, [decided(PLAIN, OWN), decided(PLAIN, OWN)]) == []


def test_many_own_figures_are_listed_to_a_bound() -> None:
    many = tuple((id_, Range(50, 50, 50)) for id_ in sorted(SNAPSHOT.figures) if id_.startswith("importance."))
    more = (*many, *((id_, Range(90, 100, 110)) for id_ in sorted(SNAPSHOT.figures) if re.match(r"agency\.\w+\.", id_)))
    rows = difference_rows(NAMES, [IN_HOUSE, decided(PLAIN, tuple(sorted(more)))])
    assert len(rows) == comparison_text.OWN_FIGURES_LISTED + 1
    assert rows[-1][0] == f"{len(more) - comparison_text.OWN_FIGURES_LISTED} more of your own figures differ"


@settings(LAWS, max_examples=30)
@given(plausible_projects(), st.sampled_from(sorted(set(NEEDS) - {"project", "location"})))
def test_a_changed_answer_is_listed_and_no_other(needs: ProjectNeeds, name: str) -> None:
    other = replace(needs, **{name: DEFAULTS[name]})
    rows = difference_rows(NAMES, [decided(needs), decided(other)])
    assert [label for label, _ in rows] == ([] if other == needs else [NEEDS[name].label])
    assert all(DIFFERS in second and DIFFERS not in first for _, (first, second) in rows)


def test_a_long_name_is_cut_in_narrow_places() -> None:
    assert comparison_text.shortened("x" * 28) == "x" * 28
    assert comparison_text.shortened("x" * 29) == "x" * 27 + "…"


def test_where_no_option_fits_the_nearest_is_named_beside_its_cost() -> None:
    assert re.match(r"Nearest [a-z-]+: \$", comparison_text.cost_and_release(NONE))
    assert re.fullmatch(r"\$\d+k–\$\d+k, release in \d+–\d+ months", comparison_text.cost_and_release(IN_HOUSE))
