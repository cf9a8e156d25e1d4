"""Many decisions kept small, and what they cost together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import ProjectNeeds
from hiring.model.decision import decide
from hiring.model.own_figures import Range, with_own
from hiring.model.portfolio import Totals, answer, with_decision
from tests.factories import OPTIONS, SNAPSHOT, certain
from tests.strategies import LAWS, plausible_projects


def totals_of(*needs: ProjectNeeds) -> Totals:
    totals = None
    for one in needs:
        totals = with_decision(totals, decide(one, SNAPSHOT, 200))
    assert totals is not None
    return totals


def test_an_answer_holds_what_the_decision_says_of_its_first_option() -> None:
    decision = decide(ProjectNeeds(project="Portal"), SNAPSHOT, 200)
    first = decision.outcomes[decision.first]
    assert answer(decision) == (
        "Portal", decision.verdict, decision.first, decision.of_hundred[decision.first], first.cost_quantiles,
        first.finish_quantiles, first.within_budget_share)


def test_without_ranges_a_total_is_the_sum_of_the_costs_and_its_range_a_point() -> None:
    sure = certain(SNAPSHOT, {})
    one, other = (decide(ProjectNeeds(developers=n), sure, 8) for n in (1, 4))
    totals = with_decision(with_decision(None, one), other)
    for option in OPTIONS:
        wanted = one.outcomes[option].total[0] + other.outcomes[option].total[0]
        assert totals.ranges()[option] == pytest.approx((wanted, wanted, wanted))
    wanted = one.outcomes[one.first].total[0] + other.outcomes[other.first].total[0]
    assert totals.ranges()["first"] == pytest.approx((wanted, wanted, wanted))


@settings(LAWS, max_examples=15)
@given(st.lists(plausible_projects(), min_size=1, max_size=4))
def test_totals_do_not_depend_on_the_order_of_the_projects(needs: list[ProjectNeeds]) -> None:
    there, back = totals_of(*needs), totals_of(*reversed(needs))
    for option in OPTIONS:
        assert there.by_option[option] == pytest.approx(back.by_option[option])
    assert there.by_first == pytest.approx(back.by_first)


def test_two_projects_alike_share_their_futures_so_that_the_range_doubles() -> None:
    one, two = totals_of(ProjectNeeds()).ranges(), totals_of(ProjectNeeds(), ProjectNeeds()).ranges()
    for option, (low, median, high) in one.items():
        assert two[option] == pytest.approx((2 * low, 2 * median, 2 * high))


def test_where_no_option_fits_the_nearest_one_counts_in_the_total() -> None:
    needs = ProjectNeeds(developers=0.5, build_months=2, horizon_months=24, budget_usd=60_000, start_within_weeks=2)
    none_fits = decide(needs, SNAPSHOT, 200)
    assert (none_fits.left, none_fits.nearest, none_fits.first) == ((), "freelance", "agency")
    assert (with_decision(None, none_fits).by_first == none_fits.outcomes[none_fits.nearest].total).all()


def test_an_own_figure_of_one_project_leaves_the_futures_of_the_others_shared() -> None:
    expensive = with_own(SNAPSHOT, (("manager_hourly_usd", Range(200, 200, 200)),))
    plain, own = decide(ProjectNeeds(), SNAPSHOT, 200), decide(ProjectNeeds(), expensive, 200)
    together = with_decision(with_decision(None, plain), own)
    assert together.by_option["agency"] == pytest.approx(plain.outcomes["agency"].total + own.outcomes["agency"].total)
    order = [np.argsort(decision.outcomes["agency"].lines.build_labor) for decision in (plain, own)]
    assert (order[0] == order[1]).all()


def test_the_budgets_are_summed_only_where_every_project_has_one() -> None:
    assert totals_of(ProjectNeeds(budget_usd=5_000), ProjectNeeds(budget_usd=7_000)).budget_usd == 12_000
    none = ProjectNeeds(budget_usd=None)
    assert totals_of(none, ProjectNeeds()).budget_usd is None
    assert totals_of(ProjectNeeds(), none).budget_usd is None


def test_adding_a_project_changes_neither_the_totals_before_nor_the_decision() -> None:
    decision = decide(ProjectNeeds(), SNAPSHOT, 200)
    before = with_decision(None, decision)
    kept = before.by_first.copy()
    with_decision(before, decision)
    assert (before.by_first == kept).all()
    assert (decision.outcomes[decision.first].total == kept).all()
