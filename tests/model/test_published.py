"""Worked examples that others published, fed to the project's own cost formulas."""

from __future__ import annotations

import pytest

from hiring.model.costs import (
    fully_loaded_cost,
    labor,
    replacement,
    sourcing,
    steering,
    weekly_usd_from_rate,
    weekly_usd_from_salary,
)


def test_w1_a_salaried_developer_against_an_agency() -> None:
    """https://quantlabusa.dev/calculators/developer-salary-vs-agency-calculator"""
    assert fully_loaded_cost(130_000, 1.30) == pytest.approx(169_000)
    assert weekly_usd_from_salary(130_000, 1.30) / 40 == pytest.approx(81.25)
    # 80 hours a month are 960 a year, 24 weeks of 40
    assert labor(80 * 12 / 40, weekly_usd_from_rate(150, 0)) == pytest.approx(144_000)


def test_w2_an_employee_against_a_contractor() -> None:
    """https://aibizhub.io/methodology/contractor-vs-employee-calculator/"""
    employee = fully_loaded_cost(100_000, 1 + 0.0765 + 0.25)
    assert employee == pytest.approx(132_650)
    # 2,000 hours are 50 weeks of 40
    assert labor(50, weekly_usd_from_rate(75, 0)) == pytest.approx(150_000)
    # the page rounds its break-even rate of 66.325 to 66.33
    assert labor(50, weekly_usd_from_rate(66.325, 0)) == pytest.approx(employee)


def test_w3_an_employee_with_every_line_against_a_contractor() -> None:
    """https://invoicelaunch.com/resources/calculators/contractor-vs-employee

    The page prints whole dollars: 5,738 of payroll tax is 7.65 percent of 75,000, or 5,737.50.
    """
    added_to_pay = 7_200 + 3_000 + 5_737.50 + 1_125 + 2_400 + 1_500  # health, 401k, tax, compensation, other, training
    year = fully_loaded_cost(75_000, 1 + added_to_pay / 75_000)
    equipment = sourcing(1, 0, 2_000)
    management = steering(52, 0.05, 75_000 / 2_080)  # 5 percent of the hours at the same pay
    assert management == pytest.approx(3_750)
    employee = year + equipment + management
    assert employee == pytest.approx(101_712.50)
    assert employee / 2_080 == pytest.approx(48.90, abs=0.005)
    contractor = labor(52, weekly_usd_from_rate(50, 0))
    assert contractor == pytest.approx(104_000)
    assert contractor - employee == pytest.approx(2_288, abs=0.5)


@pytest.mark.parametrize(("salary", "shares", "year", "hour", "multiple"), [
    (120_000, (0.15, 0.04, 0.0765, 0.12), 166_380, 80, 1.39),  # W5, a software engineer
    (45_000, (0.12, 0.03, 0.0765, 0.08), 58_793, 28.27, 1.31),  # W6
])
def test_w5_and_w6_an_employees_true_cost(salary: float, shares: tuple[float, ...], year: float, hour: float,
                                          multiple: float) -> None:
    """https://www.novacalculator.com/employee-cost-calculator/ rounds to whole dollars, the hour to cents."""
    load = 1 + sum(shares)
    assert fully_loaded_cost(salary, load) == pytest.approx(year, abs=0.51)
    assert weekly_usd_from_salary(salary, load) / 40 == pytest.approx(hour, abs=0.011)
    assert load == pytest.approx(multiple, abs=0.005)


def test_w15_a_bill_rate_built_from_pay() -> None:
    """https://www.onlycalculators.com/finance/tax-and-salary/bill-rate-calculator/"""
    burdened = fully_loaded_cost(45, 1 + (7.65 + 0.6 + 2.7 + 3 + 5) / 100)
    assert burdened - 45 == pytest.approx(8.53, abs=0.005)
    bill_rate = burdened + 5 + 6  # overhead and profit
    assert bill_rate == pytest.approx(64.53, abs=0.005)
    assert 6 / bill_rate == pytest.approx(0.093, abs=0.0005)


@pytest.mark.parametrize(("salaries", "usd"), [(0.5, 657_500), (2, 2_630_000)])
def test_w17_turnover_of_a_hundred_people(salaries: float, usd: float) -> None:
    """https://www.gallup.com/workplace/247391/fixable-problem-costs-businesses-trillion.aspx

    The page rounds to 660,000 and 2.6 million a year.
    """
    assert replacement(100, 0.263, salaries * 50_000, 0, 0, 50_000 / 52) == pytest.approx(usd)
    # the same as lost output: half a ramp-up of 52 x 2 weeks for each salary that a leaver costs
    assert replacement(100, 0.263, 0, 0, salaries * 52 * 2, 50_000 / 52) == pytest.approx(usd)
