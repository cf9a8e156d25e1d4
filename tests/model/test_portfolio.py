"""Many decisions kept small, and what they cost together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hiring import ProjectNeeds
from hiring.model.decision import decide, plan_label
from hiring.model.draws import normal
from hiring.model.portfolio import Totals, answer, own_luck, with_decision
from hiring.model.quantiles import quantiles
from tests.factories import LIMITED, OPTIONS, SNAPSHOT, certain


def totals_of(*needs: ProjectNeeds) -> Totals:
    totals = None
    for one in needs:
        totals = with_decision(totals, decide(one, SNAPSHOT, 200))
    assert totals is not None
    return totals


def test_an_answer_is_what_the_decision_says_of_its_answer() -> None:
    for needs in (ProjectNeeds(project="Portal"), LIMITED, replace(LIMITED, budget_usd=20_000)):
        decision = decide(needs, SNAPSHOT, 200)
        plan = decision.all_outcomes[decision.nearest]
        it = answer(decision, frozenset({"seniority"}))
        assert it == (
            needs.project, decision.verdict, decision.nearest, plan_label(plan.plan), decision.answer_share,
            plan.keep_share, plan.cost_quantiles, plan.finish_quantiles, plan.within_budget_share, plan.on_time_share,
            "USD", tuple(plan.typical_years), decision.mix.label if decision.mix else "", {"seniority"})
        assert sum(it.typical_years) == pytest.approx(it.cost_usd[1])


def test_without_ranges_a_total_is_the_sum_of_the_costs_and_its_range_a_point() -> None:
    sure = certain(SNAPSHOT, {})
    one, other = (decide(ProjectNeeds(developers=n), sure, 8) for n in (1, 4))
    totals = with_decision(with_decision(None, one), other)
    for option in OPTIONS:
        wanted = one.outcomes[option].total[0] + other.outcomes[option].total[0]
        assert totals.ranges()[option] == pytest.approx((wanted, wanted, wanted))
    wanted = one.answered.total[0] + other.answered.total[0]
    assert totals.ranges()["answer"] == pytest.approx((wanted, wanted, wanted))
    assert (totals.budgeted == totals.by_answer - totals.by_answer + one.answered.budgeted
            + other.answered.budgeted).all()


def test_each_project_has_the_same_costs_in_another_order() -> None:
    decision = decide(ProjectNeeds(), SNAPSHOT, 4_000)
    for place in (0, 1, 255):
        assert sorted(own_luck(place, 4_000).tolist()) == list(range(4_000))
    one = with_decision(None, decision)
    assert quantiles(one.by_answer) == pytest.approx(decision.answered.cost_quantiles)


def test_projects_share_the_market_the_load_and_the_price_of_managers_and_nothing_else() -> None:
    here, there = (own_luck(place, 4_000) for place in (1, 2))
    for name, least in (("market", 0.96), ("load", 0.75), ("manager_hourly_usd", 0.75)):
        assert np.corrcoef(normal(name)[here], normal(name)[there])[0, 1] > least
    for name in ("overrun.mostly_clear", "lead_weeks.in_house", "judgment.agency"):
        assert abs(np.corrcoef(normal(name)[here], normal(name)[there])[0, 1]) < 0.05


def test_the_range_of_a_portfolio_is_narrower_than_the_sum_of_the_ranges() -> None:
    decision, totals = decide(ProjectNeeds(), SNAPSHOT), None
    for _ in range(20):
        totals = with_decision(totals, decision)
    assert totals is not None
    low, median, high = totals.ranges()["answer"]
    least, middle, most = decision.answered.cost_quantiles
    assert median == pytest.approx(20 * float(decision.answered.total.mean()), rel=0.03)
    assert (high - low) / median < 0.7 * (most - least) / middle


def test_the_budgets_are_summed_only_where_every_project_has_one() -> None:
    assert totals_of(ProjectNeeds(budget_usd=5_000), ProjectNeeds(budget_usd=7_000)).budget_usd == 12_000
    none = ProjectNeeds(budget_usd=None)
    assert totals_of(none, ProjectNeeds()).budget_usd is None
    assert totals_of(ProjectNeeds(), none).budget_usd is None


def test_adding_a_project_changes_neither_the_totals_before_nor_the_decision() -> None:
    decision = decide(ProjectNeeds(), SNAPSHOT, 200)
    before = with_decision(None, decision)
    kept = before.by_answer.copy()
    with_decision(before, decision)
    assert (before.by_answer == kept).all()
    assert (decision.answered.total[own_luck(0, 200)] == kept).all()
