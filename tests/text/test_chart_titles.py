"""The findings of the charts."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from hiring import ProjectNeeds, decide
from hiring.model.decision import Paths
from hiring.text import chart_titles, formatting
from tests.strategies import plausible_projects


def test_without_a_budget_the_headline_names_who_costs_least_and_no_limit() -> None:
    decision = decide(ProjectNeeds(budget_usd=None))
    cost = formatting.money(decision.outcomes["in_house"].cost_quantiles[1])
    assert chart_titles.cost_headline(decision) == f"In-house costs least: {cost} in the middle future"


def test_a_build_that_outlasts_the_horizon_costs_to_its_release() -> None:
    within = decide(ProjectNeeds())
    assert chart_titles.cost_label(within, within.outcomes["in_house"]) == "Cost over 36 months"
    assert chart_titles.cost_span(within) == "up to month 36"
    beyond = decide(replace(ProjectNeeds(), horizon_months=3))
    assert chart_titles.cost_label(beyond, beyond.outcomes["in_house"]) == "Cost to release"
    assert chart_titles.cost_span(beyond) == "up to month 3, or to the release where it comes later"


def test_who_spends_least_from_a_month_on_spends_more_than_another_before() -> None:
    months = np.array([0.0, 12, 24, 36])
    decision = decide(ProjectNeeds())  # in-house costs least by month 36
    lines = {"in_house": np.array([0.0, 9, 9, 9]), "freelance": np.array([0.0, 5, 10, 15]),
             "agency": np.array([0.0, 8, 16, 24])}
    decision.__dict__["paths"] = Paths(months, {option: np.array([line] * 3) for option, line in lines.items()})
    assert chart_titles.spending_headline(decision).startswith("In-house spends least from month 24 on: ")
    lines["in_house"] = np.array([0.0, 4, 8, 9])
    decision.__dict__["paths"] = Paths(months, {option: np.array([line] * 3) for option, line in lines.items()})
    assert chart_titles.spending_headline(decision).startswith("In-house spends least all the way: ")


@settings(max_examples=30, deadline=None, derandomize=True)
@given(plausible_projects())
def test_the_headline_of_the_costs_says_how_often_each_option_stays_within_the_budget(needs: ProjectNeeds) -> None:
    budget = needs.budget_usd or 300_000
    decision = decide(replace(needs, budget_usd=budget))
    shown = chart_titles.cost_headline(decision)
    shares = {outcome.option.label: np.mean(outcome.total <= budget) for outcome in decision.outcomes.values()}
    if max(shares.values()) == 0:
        assert shown.startswith("No option stays within ")
        return
    if min(shares.values()) == 1:
        assert shown.startswith("Every option stays within ")
        return
    assert shares[shown.split(" stays within ")[0]] == max(shares.values())
    for label, share in shares.items():
        found = re.search(rf"{label}(?: stays within \S+)? in (fewer than |more than )?(\d+)", shown, re.IGNORECASE)
        assert found
        bound = float(found[2]) / 100
        assert {"fewer than ": share < bound, "more than ": share > bound}.get(found[1], abs(share - bound) <= 0.005001)
