"""The findings of the charts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hiring import ProjectNeeds, decide
from hiring.model.costs import LINES
from hiring.model.decision import Paths
from hiring.model.explanation import Explanation
from hiring.text import chart_titles, formatting
from tests.factories import LIMITED
from tests.page_text import lowered
from tests.pool import POOL, each_of, project

CHEAP_HIRES, CHEAP = ProjectNeeds(mixes=False), {"in_house.article.mid": 60_000}  # in-house costs least


def test_without_a_budget_the_headline_names_who_costs_least_and_no_limit() -> None:
    decision = decide(CHEAP_HIRES, own=CHEAP)
    cost = formatting.money(float(np.median(decision.outcomes["in_house"].total)))
    assert chart_titles.cost_headline(decision) == f"In-house typically costs least: {cost}"


@pytest.mark.parametrize(("needs", "label", "span"), [
    (LIMITED, "Cost up to the release", "the build"),
    (ProjectNeeds(), "Cost of build and upkeep", "build and upkeep"),
    (replace(LIMITED, budget_covers="build_and_upkeep"), "Cost of build and upkeep", "build and upkeep"),
    (ProjectNeeds(upkeep_months=0), "Cost", "the build")])
def test_what_the_cost_covers_follows_the_budget(needs: ProjectNeeds, label: str, span: str) -> None:
    decision = decide(needs)
    assert (chart_titles.cost_label(decision), chart_titles.cost_span(decision)) == (label, span)


def test_who_spends_least_from_a_month_on_spends_more_than_another_before() -> None:
    months = np.array([0.0, 12, 24, 36])
    decision = decide(CHEAP_HIRES, own=CHEAP)
    lines = {"in_house": np.array([0.0, 9, 9, 9]), "freelance": np.array([0.0, 5, 10, 15]),
             "agency": np.array([0.0, 8, 16, 24])}
    decision.__dict__["paths"] = Paths(months, {option: np.array([line] * 3) for option, line in lines.items()})
    assert chart_titles.spending_headline(decision).startswith("In-house spends least from month 24 on: ")
    lines["in_house"] = np.array([0.0, 4, 8, 9])
    decision.__dict__["paths"] = Paths(months, {option: np.array([line] * 3) for option, line in lines.items()})
    assert chart_titles.spending_headline(decision).startswith("In-house spends least all the way: ")


@each_of([place for place in POOL if project(place).budget_usd])
def test_the_headline_of_the_costs_says_whose_typical_cost_is_within_the_budget(explanation: Explanation) -> None:
    decision = explanation.decision
    needs = decision.needs
    shown = re.fullmatch(r"Typical cost(?: of the build)? is (within|over) (\S+) for (.+?)( only)?",
                         chart_titles.cost_headline(decision))
    assert shown[2] == formatting.exact_money(needs.budget_usd)
    within = {("the mix" if plan == "mix" else lowered(outcome.option)): bool(np.median(
        outcome.course.budgeted if needs.budget_covers == "build" else outcome.total) <= needs.budget_usd)
        for plan, outcome in decision.all_outcomes.items()}
    named = set(within) if shown[3] == "every plan" else set(re.split(", | and ", shown[3]))
    assert named == {plan for plan, is_within in within.items() if is_within == (shown[1] == "within")}


def test_a_year_is_named_with_its_last_month_where_the_first_day_is_known() -> None:
    assert chart_titles.year_name(decide(ProjectNeeds()), "Year 2") == "Year 2"
    assert chart_titles.year_name(decide(ProjectNeeds(), from_day=date(2026, 11, 30)), "Year 2") == (
        "Year 2 (to Nov 2028)")


@pytest.mark.parametrize("has_lead", [True, False])
def test_what_is_included_names_every_line_of_cost_that_the_model_has(has_lead: bool) -> None:
    said = {"build_labor": "pay", "upkeep_labor": "pay", "steering": "your own people's time",
            "technical_lead": "a technical lead", "sourcing": "search, equipment", "replacement": "replacements",
            "exit": "severance"}
    assert set(said) == set(LINES)
    included, _ = chart_titles.cost_included(decide(ProjectNeeds(technical_lead=has_lead))).split(" Not included: ")
    assert [line for line, words in said.items() if words not in included] == ["technical_lead"] * has_lead


@each_of(POOL)
def test_lines_and_years_add_up_as_they_are_shown_to_the_headline(explanation: Explanation) -> None:
    decision = explanation.decision
    for table in (chart_titles.typical_lines(decision), chart_titles.typical_years(decision)):
        for plan, parts in table.items():
            total = decision.all_outcomes[plan].cost_quantiles[1]
            shown = [int(re.sub(r"\D", "", chart_titles.in_unit(decision, usd))) for usd in parts.values()]
            assert sum(shown) == int(re.sub(r"\D", "", chart_titles.in_unit(decision, sum(parts.values()))))
            assert abs(sum(parts.values()) - total) <= chart_titles.unit_of(decision) / 2
            assert all(usd >= 0 for usd in parts.values())
            assert all(any(of[name] for of in table.values()) for name in parts)
