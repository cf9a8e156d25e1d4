"""The findings of the charts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from hiring import ProjectNeeds, decide
from hiring.dashboard import formats, headlines
from tests.strategies import plausible_projects


def test_without_a_budget_the_headline_names_who_costs_least_and_no_limit() -> None:
    decision = decide(ProjectNeeds(budget_usd=None))
    cost = formats.money(decision.outcomes["in_house"].cost_quantiles[1])
    assert headlines.cost_headline(decision) == rf"In-house costs least: \{cost} in the middle future"


def test_a_build_that_outlasts_the_horizon_costs_to_its_release() -> None:
    within = decide(ProjectNeeds())
    assert headlines.cost_label(within, within.outcomes["in_house"]) == "Cost over 36 months"
    assert headlines.cost_span(within) == "up to month 36"
    beyond = decide(replace(ProjectNeeds(), horizon_months=3))
    assert headlines.cost_label(beyond, beyond.outcomes["in_house"]) == "Cost to release"
    assert headlines.cost_span(beyond) == "up to month 3, or to the release where it comes later"


def test_who_spends_least_from_a_month_on_spends_more_than_another_before() -> None:
    months = np.array([0.0, 12, 24, 36])
    decision = decide(ProjectNeeds())  # in-house costs least by month 36
    lines = {"in_house": np.array([0.0, 9, 9, 9]), "freelance": np.array([0.0, 5, 10, 15]),
             "agency": np.array([0.0, 8, 16, 24])}
    assert headlines.spending_headline(decision, months, lines).startswith("In-house spends least from month 24 on: ")
    lines["in_house"] = np.array([0.0, 4, 8, 9])
    assert headlines.spending_headline(decision, months, lines).startswith("In-house spends least all the way: ")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(plausible_projects())
def test_dots_within_the_budget_agree_with_the_simulated_share(needs: ProjectNeeds) -> None:
    decision = decide(needs)
    for option, outcome in decision.outcomes.items():
        share = np.mean(outcome.total <= decision.budget_usd)
        assert abs(headlines.dots_within(decision, option) / headlines.DOTS - share) <= 1 / headlines.DOTS
