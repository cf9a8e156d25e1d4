from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hiring import ProjectNeeds
from hiring.model.decision import decide
from tests.factories import NEEDS, ROUND, decided


def test_a_budget_for_the_build_covers_all_that_is_paid_up_to_the_release_but_no_exit_pay() -> None:
    in_house = decided(replace(NEEDS, budget_covers="build")).outcomes["in_house"]
    # build labor, 75 of 114 paid weeks of steering and replacement, and the search
    assert in_house.budgeted == pytest.approx(187_500 + (45_600 + 25_650) * 75 / 114 + 20_000)
    assert decided().outcomes["in_house"].budgeted == pytest.approx(391_250)


def test_wages_grow_until_the_middle_of_the_build_and_of_the_upkeep() -> None:
    lines = decided(wage_growth=0.04).outcomes["in_house"].typical
    assert lines.build_labor == pytest.approx(187_500 * 1.04 ** ((11 + 52.25) / 104))
    assert lines.upkeep_labor == pytest.approx(97_500 * 1.04 ** ((52.25 + 39) / 52))
    assert lines.exit == pytest.approx(15_000 * 1.04 ** (52.25 / 52))
    assert lines.sourcing == 20_000


def test_without_a_technical_lead_a_seniors_hours_are_paid_but_not_to_an_agency() -> None:
    without = decided(replace(NEEDS, technical_lead=False), lead_share__in_house=0.1, lead_upkeep_factor=0.5,
                      in_house__article__senior=156_000)
    # (75 + 0.5 x 39) paid weeks x 0.1 x 156,000 x 1.25 / 52
    assert without.outcomes["in_house"].typical.technical_lead == pytest.approx(94.5 * 0.1 * 3_750)
    assert without.outcomes["agency"].typical.technical_lead == 0


@pytest.mark.parametrize(("seniority", "factor"), [("junior", 1.5), ("senior", 0.8)])
def test_juniors_take_more_of_your_own_peoples_time_and_seniors_less(seniority: str, factor: float) -> None:
    lines = decided(replace(NEEDS, seniority=seniority)).outcomes["in_house"].typical
    assert lines.steering == pytest.approx(45_600 * factor)


def test_work_below_an_agencys_smallest_engagement_costs_that_engagement() -> None:
    tiny = ProjectNeeds(developers=0.1, build_months=0.25, upkeep_developers=0)
    lines = decide(tiny, ROUND, n=40).outcomes["agency"].typical
    assert lines.build_labor + lines.upkeep_labor == pytest.approx(25_000)


def test_upkeep_larger_than_the_build_finds_and_trains_those_whom_it_adds() -> None:
    lines = decided(replace(NEEDS, upkeep_developers=8)).outcomes["in_house"].typical
    assert lines.sourcing == pytest.approx(80_000)  # 8 people
    assert lines.upkeep_labor == pytest.approx(8 * 78 * 2_500 + 6 * 5 * 2_500)  # and half a ramp-up of six
    assert lines.exit == 0


def test_a_part_of_a_position_takes_a_whole_search() -> None:
    assert decided(replace(NEEDS, developers=0.6)).outcomes["in_house"].typical.sourcing == pytest.approx(10_000)


@pytest.mark.parametrize(("week", "usd"), [
    (0, 0), (10.99, 0),
    (11, 20_000),  # the search is paid when people arrive
    (31.625, 20_000 + 93_750 + 71_250 * 37.5 / 114),  # half of the build, 37.5 of 114 paid weeks
    (52.25, 20_000 + 187_500 + 71_250 * 75 / 114 + 15_000),  # exit pay is due with the release
    (91.25, 20_000 + 187_500 + 48_750 + 71_250 * 94.5 / 114 + 15_000),  # half of the upkeep
    (130.25, 391_250), (500, 391_250),
])
def test_the_cost_so_far_is_as_worked_by_hand(week: float, usd: float) -> None:
    # in-house; steering and replacement, 45,600 + 25,650, follow the 2 x 37.5 + 0.5 x 78 = 114 paid weeks
    assert decided().outcomes["in_house"].course.cumulative(np.array([week]))[0] == pytest.approx(usd, abs=0.01)
