from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings

from hiring import ProjectNeeds
from hiring.model.breakeven import BreakEven, Tie, break_even_months, break_evens, crossing, hours_ties, rate_ties
from hiring.model.decision import decide
from hiring.model.evidence import Snapshot
from hiring.model.own_figures import Range, bounds, with_own
from hiring.model.simulation import pay_id
from tests.factories import NEEDS, ROUND, SNAPSHOT, TOTALS, certain, keep_options, option, with_ranges
from tests.strategies import LAWS, NEWEST, plausible_projects

N = 40


# Published cases

def test_breakeven_1_the_break_even_point_of_one_product() -> None:
    """https://psu.pb.unizin.org/acctg211/chapter/breakeven-analysis (Penn State ACCTG 211, chapter 7.2)

    Fixed cost 20,000, price 400, variable cost 250: a contribution of 150 a unit, break-even at 133.33 units.
    """
    def profit(units: float) -> float:
        return units * (400 - 250) - 20_000

    assert profit(0) == -20_000
    assert profit(1) - profit(0) == 150
    assert crossing(0, profit(0), 1_000, profit(1_000)) == pytest.approx(400 / 3, abs=1e-6)


def test_indifference_1_make_or_buy() -> None:
    """https://justaaa.com/accounting/93001-example-make-or-buy-analysis-mary-and-sue-have

    To buy costs 1,000 and 0.40 a unit, to make 15,000 and 0.15 a unit: both cost 23,400 at 56,000 units.
    """
    def buy(units: float) -> float:
        return 1_000 + 0.40 * units

    def make(units: float) -> float:
        return 15_000 + 0.15 * units

    tie = crossing(0, buy(0) - make(0), 100_000, buy(100_000) - make(100_000))
    assert tie == pytest.approx(56_000, abs=1e-6)
    assert buy(tie) == pytest.approx(23_400, abs=1e-6)
    assert make(tie) == pytest.approx(23_400, abs=1e-6)
    assert (buy(60_000), make(60_000)) == (25_000, 24_000)


def test_a_crossing_is_found_for_each_simulation_and_at_either_end() -> None:
    # from -1 to 3 zero lies a quarter of the way; from 0 to 5 at the start; from -5 to 0 at the end
    lows, highs = np.array([-1.0, 0.0, -5.0]), np.array([3.0, 5.0, 0.0])
    assert crossing(10.0, lows, 30.0, highs) == pytest.approx([15, 10, 30])


# Break-even on equal service, worked by hand

# One developer for 6 months, 26 weeks, and one for 12 months of upkeep, 52 weeks. A hire costs 2,500 a week and a
# freelancer 100 x 40 = 4,000; what it takes to find a hire is set in each test.
PLAIN = certain(ROUND, {
    "overrun.mostly_clear": 1, **{f"{name}.{option}": value for option in ("in_house", "freelance", "agency")
                                  for name, value in {
        "lead_weeks": 2, "ramp_weeks": 0, "productive_share": 0.9, "attrition_per_year": 0, "exit_weeks": 0,
        "minimum_usd": 0, "fee_share": 0, "equipment_usd": 0, "sourcing_usd": 1_000, "steering_share": 0}.items()}})
ONE = ProjectNeeds(developers=1, build_months=6, upkeep_developers=1, upkeep_months=12)


def break_even(needs: ProjectNeeds = ONE, **values: float) -> float:
    """The months of upkeep to the break-even with freelancers in the only simulation there is."""
    evidence = with_ranges(PLAIN, {id_.replace("__", "."): (value,) * 3 for id_, value in values.items()})
    found = decide(needs, evidence, N).outcomes
    months = break_even_months(found["in_house"], found["freelance"])
    assert months == pytest.approx(np.full(N, months[0]))
    return float(months[0])


@pytest.mark.parametrize(("sourcing", "months"), [
    (1_000, 0), (40_000, 0),  # 26 weeks x 1,500 make up for 39,000 more to find by the release
    (79_000, 6), (117_999, 12 - 12 / 78_000), (118_000, math.inf)])  # and 52 weeks more for twice as much
def test_the_break_even_is_as_worked_by_hand(sourcing: float, months: float) -> None:
    assert break_even(sourcing_usd__in_house=sourcing) == pytest.approx(months)


def test_coming_late_is_not_being_cheaper() -> None:
    assert break_even(sourcing_usd__in_house=200_000, lead_weeks__in_house=52) == math.inf


def test_without_upkeep_it_is_cheaper_from_the_release_or_never() -> None:
    assert break_even(replace(ONE, upkeep_months=0), sourcing_usd__in_house=39_999) == 0
    assert break_even(replace(ONE, upkeep_months=0), sourcing_usd__in_house=40_001) == math.inf


def test_break_evens_come_in_the_order_of_the_decision() -> None:
    found = decide(ONE, PLAIN, N)
    assert [it.option for it in break_evens(found)] == [option for option in found.outcomes if option != "in_house"]


def test_without_an_option_on_your_own_payroll_there_is_nothing_to_break_even() -> None:
    found = decide(ONE, keep_options(SNAPSHOT, lambda option: option.outside), N)
    assert break_evens(found) == rate_ties(found) == hours_ties(found) == ()


@pytest.mark.parametrize(("never", "quantiles", "share"), [
    (0, (1, 5, 9), 1.0),
    (1, (1, 5, 9), 10 / 11),
    (2, (1, 5, math.inf), 9 / 11),  # of 11 simulations the last two have none
    (5, (1, 5, math.inf), 6 / 11),
    (6, (1, math.inf, math.inf), 5 / 11),
    (11, (math.inf, math.inf, math.inf), 0.0)])
def test_a_percentile_is_infinite_where_so_many_simulations_have_no_break_even(
        never: int, quantiles: tuple[float, ...], share: float) -> None:
    months = np.where(np.arange(11) < 11 - never, np.arange(11.0), np.inf)
    found = BreakEven("agency", np.random.default_rng(1).permutation(months))
    assert found.quantiles == quantiles
    assert found.share == pytest.approx(share)


# Ties, worked by hand

def tie(ties: tuple[Tie, ...], option: str) -> Tie:
    return next(it for it in ties if it.option == option)


def test_the_hourly_rate_at_which_costs_tie_is_as_worked_by_hand() -> None:
    # Of the round project, whose hires cost 391,250. At a rate r a freelancer's week costs 42 r: 106 paid weeks,
    # 84,800 of steering, 2,000 to find them and 1.06 x (1,000 + 42 r) to replace them: 87,860 + 4,496.52 r.
    found = tie(rate_ties(decide(NEEDS, ROUND, N)), "freelance")
    assert found.value == pytest.approx((391_250 - 87_860) / 4_496.52)
    assert found.cost_usd == pytest.approx(TOTALS["in_house"])
    assert (found.now, found.low, found.high, found.costs_more_above) == (100, 100 / 3, 300, True)


def test_the_weekly_hours_at_which_costs_tie_are_as_worked_by_hand() -> None:
    # At 70 an hour a freelancer's week costs 2,940. Without upkeep: 67 weeks x (2,940 + 800 + 0.01 x 3,940) and 2,000
    # to find them: 255,219.80. A head of upkeep adds 78 weeks of the same. Hires keep with half a post up to 20 hours.
    found = tie(hours_ties(decide(NEEDS, with_ranges(ROUND, {"freelance.us.mid": (70,) * 3}), N)), "freelance")
    assert found.value == pytest.approx(40 * (391_250 - 255_219.8) / (78 * 3_779.4))
    assert found.cost_usd == pytest.approx(391_250)
    assert (found.now, found.low, found.high, found.costs_more_above) == (20, 1, 320, True)


def test_hours_are_looked_at_up_to_four_times_the_larger_of_build_and_upkeep() -> None:
    for developers, upkeep, most in ((2, 0.5, 320), (1, 3, 480), (0.25, 0.1, 80)):  # at least four times half a post
        needs = replace(NEEDS, developers=developers, upkeep_developers=upkeep)
        assert tie(hours_ties(decide(needs, ROUND, N)), "freelance").high == pytest.approx(most)


def test_an_option_costlier_at_any_workload_has_no_tie() -> None:
    # an agency's build alone costs more than hires cost in all
    found = tie(hours_ties(decide(NEEDS, ROUND, N)), "agency")
    assert (found.value, found.cost_usd, found.costs_more_above) == (None, None, True)


def test_an_option_costlier_at_any_rate_has_no_tie() -> None:
    # to steer an agency alone costs more than all that a hire does
    found = tie(rate_ties(decide(NEEDS, with_ranges(ROUND, {"steering_share.agency": (2,) * 3}), N)), "agency")
    assert (found.value, found.cost_usd, found.costs_more_above) == (None, None, True)


# Ties, decided again

def costs(option: str, needs: ProjectNeeds, evidence: Snapshot) -> tuple[float, float]:
    found = decide(needs, evidence, N).outcomes
    return found[option].cost_quantiles[1], found["in_house"].cost_quantiles[1]


def at_rate(it: Tie, needs: ProjectNeeds, rate: float) -> tuple[float, float]:
    return costs(it.option, needs, paid_at(it, needs, rate))


def paid_at(it: Tie, needs: ProjectNeeds, rate: float, evidence: Snapshot = NEWEST) -> Snapshot:
    """The evidence with the whole range of an option's rate scaled to this middle, within what it may be."""
    figure = evidence.figures[pay_id(option(it.option), needs)]
    least, most = bounds(figure)
    scaled = [min(most, max(least, number / figure.central * rate))
              for number in (figure.low, figure.central, figure.high)]
    return with_own(evidence, [(figure.id, Range(*scaled))])


def at_hours(it: Tie, needs: ProjectNeeds, hours: float) -> tuple[float, float]:
    return costs(it.option, replace(needs, upkeep_developers=hours / 40), NEWEST)


def agree(pair: tuple[float, float]) -> bool:
    return abs(pair[0] - pair[1]) <= 0.005 * pair[1]


@settings(LAWS, max_examples=20)
@given(plausible_projects())
@example(ProjectNeeds(developers=0.25, build_months=1, upkeep_developers=0.25, upkeep_months=2,
                      seniority="senior", location="24500", scale="prototype", scope_clarity="fixed",
                      integration="standalone"))  # an agency's smallest engagement bends its costs near the tie
def test_at_the_rate_of_a_tie_the_middle_costs_agree(needs: ProjectNeeds) -> None:
    for it in rate_ties(decide(needs, NEWEST, N)):
        if it.value is None:
            assert len({own > hired for own, hired in (at_rate(it, needs, it.low), at_rate(it, needs, it.high))}) == 1
            continue
        own, hired = at_rate(it, needs, it.value)
        assert it.low <= it.value <= it.high
        assert agree((own, hired)), (it, own, hired)
        assert it.cost_usd == pytest.approx(hired)
        costlier, hired = at_rate(it, needs, min(it.high, 1.05 * it.value))
        assert it.costs_more_above
        assert costlier > hired or it.value == it.high


@settings(LAWS, max_examples=15)
@given(plausible_projects())
def test_rates_are_looked_at_from_a_third_of_the_low_one_to_three_times_the_high_one(needs: ProjectNeeds) -> None:
    for it in rate_ties(decide(needs, NEWEST, N)):
        figure = NEWEST.figures[pay_id(option(it.option), needs)]
        least, most = bounds(figure)
        assert (it.low, it.now, it.high) == pytest.approx(
            (max(least, figure.low / 3), figure.central, min(most, figure.high * 3)))
        if it.value is not None:
            assert it.low <= it.value <= it.high


def test_rates_are_looked_at_no_further_than_a_rate_may_go() -> None:
    own = with_own(SNAPSHOT, [("freelance.us.mid", Range(2, 3, 4)), ("agency.us.mid", Range(4_000, 5_000, 6_000))])
    found = rate_ties(decide(ProjectNeeds(), own, N))
    assert (tie(found, "freelance").low, tie(found, "freelance").high) == (1, 12)
    assert (tie(found, "agency").low, tie(found, "agency").high) == (pytest.approx(4_000 / 3), 10_000)


@settings(LAWS, max_examples=15)
@given(plausible_projects())
def test_where_an_option_costs_the_same_now_the_tie_is_about_its_rate_now(needs: ProjectNeeds) -> None:
    """Its range is skewed: a rate without one would tie at another number."""
    for it in rate_ties(decide(needs, NEWEST, N)):
        if it.value is not None:
            found = decide(needs, paid_at(it, needs, it.value), N)
            again = tie(rate_ties(found), it.option)
            assert again.now == pytest.approx(it.value)
            assert agree((found.outcomes[it.option].cost_quantiles[1], found.outcomes["in_house"].cost_quantiles[1]))
            assert again.value == pytest.approx(again.now, rel=0.01)


@settings(LAWS, max_examples=20)
@given(plausible_projects())
def test_at_the_workload_of_a_tie_the_middle_costs_agree(needs: ProjectNeeds) -> None:
    for it in hours_ties(decide(needs, NEWEST, N)):
        assert it.now == pytest.approx(40 * needs.upkeep_developers)
        if it.value is None:
            ends = at_hours(it, needs, it.low), at_hours(it, needs, it.high)
            assert {own > hired for own, hired in ends} == {it.costs_more_above}
            continue
        own, hired = at_hours(it, needs, it.value)
        assert it.low <= it.value <= it.high
        assert it.cost_usd == pytest.approx(hired)
        if not agree((own, hired)):  # costs jump where one more person has to be found: then the tie lies there
            below, above = at_hours(it, needs, it.value - 0.05), at_hours(it, needs, min(it.high, it.value + 0.05))
            assert (below[0] > below[1]) != (above[0] > above[1]), (it, own, hired)
            assert round((it.value + 0.05) // 40) > round((it.value - 0.05) // 40)
