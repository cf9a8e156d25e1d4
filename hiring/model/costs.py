"""Cost lines: what a plan costs, USD. They do not overlap and add up to the total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from hiring.model.draws import Numbers
from hiring.model.evidence import Contribution
from hiring.model.schedule import HOURS_A_WEEK, WEEKS_A_YEAR

MOST_GROWTH = 50.0  # of the logarithm of the price of labor


class CostLines(NamedTuple):
    """USD, each one number or one per simulation."""

    build_labor: Numbers
    upkeep_labor: Numbers
    steering: Numbers
    technical_lead: Numbers
    sourcing: Numbers
    replacement: Numbers
    exit: Numbers


LINES = CostLines._fields


def employment_cost(salary: Numbers, contributions: Iterable[Contribution],
                    rates: Mapping[str, Numbers] | None = None) -> Numbers:
    """A year of one employee: salary + for each contribution rate × the part of the salary from its start to its end,
    in the currency of the salary. `rates` are other rates than the central ones, by the contribution's id."""
    drawn = rates or {}
    cost = salary
    for it in contributions:
        part = np.clip(np.subtract(salary, it.start), 0.0, it.end - it.start)
        cost = cost + drawn.get(it.id, it.rate.central) * part
    return cost


def fully_loaded_cost(salary: Numbers, load: Numbers) -> Numbers:
    """A year of one employee: salary × load, where the salary already pays leave."""
    return salary * load


def weekly_usd_from_salary(salary: Numbers, load: Numbers, fee_share: Numbers = 0.0) -> Numbers:
    """Price of one paid full-time week: fully loaded cost ÷ 52 × (1 + fee on top)."""
    return fully_loaded_cost(salary, load) / WEEKS_A_YEAR * (1 + fee_share)


def weekly_usd_from_rate(hourly_usd: Numbers, fee_share: Numbers) -> Numbers:
    """Price of one paid full-time week: hourly rate × 40 × (1 + marketplace fee)."""
    return hourly_usd * HOURS_A_WEEK * (1 + fee_share)


def weekly_growth(growth_per_year: Numbers) -> Numbers:
    """Growth of wages as a rate per week, compounded continuously: ln(1 + yearly growth) ÷ 52."""
    return np.log1p(growth_per_year) / WEEKS_A_YEAR


def grown(weeks: Numbers, growth_per_week: Numbers) -> Numbers:
    """Price of labor `weeks` after the decision, as a multiple of today's: e^(weekly growth × weeks), cut off at
    e^50, so that own figures that stretch a build over millennia give no infinite costs."""
    return np.exp(np.minimum(growth_per_week * weeks, MOST_GROWTH))


def labor(paid_weeks: Numbers, weekly_usd: Numbers) -> Numbers:
    """Pay: person-weeks at the price of the time × today's price of a week."""
    return paid_weeks * weekly_usd


def top_up(paid_usd: Numbers, minimum_usd: Numbers) -> Numbers:
    """What the pay, exit pay included, is short of the smallest engagement; never below 0."""
    return np.maximum(minimum_usd - paid_usd, 0.0)


def steering(paid_weeks: Numbers, steering_share: Numbers, manager_hourly_usd: Numbers) -> Numbers:
    """Your own people's time: paid weeks × 40 × steering share × the manager's hourly price."""
    return paid_weeks * HOURS_A_WEEK * steering_share * manager_hourly_usd


def technical_lead(paid_weeks: Numbers, lead_share: Numbers, senior_weekly_usd: Numbers) -> Numbers:
    """The lead that you do not have: paid weeks × lead share × the price of a senior's week."""
    return paid_weeks * lead_share * senior_weekly_usd


def sourcing(people: Numbers, sourcing_usd: Numbers, equipment_usd: Numbers) -> Numbers:
    """Finding, signing and equipping: people × (sourcing + equipment)."""
    return people * (sourcing_usd + equipment_usd)


def replacement(person_years: Numbers, attrition_per_year: Numbers, sourcing_usd: Numbers,
                equipment_usd: Numbers, ramp_weeks: Numbers, weekly_usd: Numbers) -> Numbers:
    """Leavers × what a new person costs: attrition × person-years × (sourcing + equipment + half the
    ramp-up × price of a week)."""
    return attrition_per_year * person_years * (sourcing_usd + equipment_usd + ramp_weeks / 2 * weekly_usd)


def ending(exit_weeks: Numbers, weekly_usd: Numbers, heads: Numbers, kept: Numbers, upkeep_weeks: Numbers) -> Numbers:
    """Exit pay: exit weeks × price of a week × positions, less what those kept for upkeep are spared.

    A kept person is spared one week of exit pay for each week of upkeep, up to all of it, so that
    keeping somebody never costs less than letting them go.
    """
    if isinstance(kept, float) and not kept:
        return weekly_usd * (heads * exit_weeks)
    spared = np.minimum(heads, kept) * np.minimum(exit_weeks, upkeep_weeks)
    return weekly_usd * (heads * exit_weeks - spared)
