from __future__ import annotations

import numpy as np
import pytest

from hiring.model import costs


def test_a_fully_loaded_year_is_salary_times_load() -> None:
    assert costs.fully_loaded_cost(104_000, 1.25) == pytest.approx(130_000)


def test_a_salaried_week_is_a_52nd_of_the_fully_loaded_year() -> None:
    assert costs.weekly_usd_from_salary(104_000, 1.25) == pytest.approx(2_500)


def test_a_billed_week_is_40_hours_and_the_fee_on_top() -> None:
    assert costs.weekly_usd_from_rate(100, 0.05) == pytest.approx(4_200)  # 100 x 40 x 1.05
    assert costs.weekly_usd_from_rate(150, 0) == pytest.approx(6_000)


def test_labor_is_paid_weeks_times_price() -> None:
    assert costs.labor(76, 2_500) == pytest.approx(190_000)


def test_wages_grow_by_the_year_from_the_day_of_the_decision() -> None:
    growth = costs.weekly_growth(0.04)
    assert costs.grown(np.array([0, 52, 104, 26]), growth) == pytest.approx([1, 1.04, 1.04**2, 1.04**0.5])


def test_a_missing_lead_is_a_share_of_the_paid_weeks_at_a_seniors_price() -> None:
    assert costs.technical_lead(114, 0.15, 3_000) == pytest.approx(51_300)


@pytest.mark.parametrize(("labor", "missing"), [(24_999, 1), (25_000, 0), (25_001, 0), (0, 25_000)])
def test_the_top_up_fills_the_smallest_engagement_and_no_more(labor: float, missing: float) -> None:
    assert costs.top_up(labor, 25_000) == missing


def test_steering_is_your_own_peoples_hours_at_their_price() -> None:
    # 104 paid weeks x 40 hours x 0.1 = 416 hours x 100
    assert costs.steering(104, 0.1, 100) == pytest.approx(41_600)


def test_sourcing_finds_and_equips_each_person() -> None:
    assert costs.sourcing(2.1, 6_000, 4_000) == pytest.approx(21_000)


def test_replacement_is_leavers_times_a_new_person_and_half_a_ramp_up() -> None:
    # 2 person-years x 0.2 = 0.4 leavers, each 6,000 + 4,000 + 11 / 2 x 2,500 = 23,750
    assert costs.replacement(2, 0.2, 6_000, 4_000, 11, 2_500) == pytest.approx(9_500)


@pytest.mark.parametrize(("kept", "upkeep_weeks", "usd"), [
    (0, 0, 20_000),  # nobody stays: 2 heads x 4 weeks x 2,500
    (0.5, 56, 15_000),  # half a head stays for long and is spared 4 weeks: (8 - 2) x 2,500
    (0.5, 4, 15_000),  # at the bound: four weeks of upkeep spare four weeks of pay
    (0.5, 3, 16_250),  # one step past: they spare three, (8 - 1.5) x 2,500
    (2, 56, 0), (5, 56, 0),  # everybody stays, and more are hired
    (0.5, 0, 20_000),  # no upkeep falls into the horizon
])
def test_exit_pay_goes_to_those_who_are_not_kept(kept: float, upkeep_weeks: float, usd: float) -> None:
    assert costs.ending(4, 2_500, 2, kept, upkeep_weeks) == pytest.approx(usd)


def test_every_formula_works_on_arrays_one_number_a_draw() -> None:
    twice = np.array([1.0, 2.0])
    assert costs.fully_loaded_cost(100 * twice, 1.25) == pytest.approx([125, 250])
    assert costs.weekly_usd_from_salary(52 * twice, 1.5) == pytest.approx([1.5, 3])
    assert costs.weekly_usd_from_rate(twice, np.array([0, 0.1])) == pytest.approx([40, 88])
    assert costs.labor(twice, 10 * twice) == pytest.approx([10, 40])
    assert costs.top_up(twice, 1.5) == pytest.approx([0.5, 0])
    assert costs.steering(twice, 0.1, np.array([10, 5])) == pytest.approx([40, 40])
    assert costs.replacement(twice, 0.5, 10, 2, np.array([2, 4]), 1) == pytest.approx([6.5, 14])
    assert costs.ending(twice, 10, 2, 1, 1) == pytest.approx([10, 30])  # (2 - 1) x 10, (4 - 1) x 10
