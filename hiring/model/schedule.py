"""Schedule: when people arrive, how fast they work and when they release. Weeks from the day of the decision."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from hiring.model.draws import Numbers, some

WEEKS_A_MONTH = 52 / 12
WEEKS_A_YEAR = 52
HOURS_A_WEEK = 40
DAYS_A_MONTH = 7 * WEEKS_A_MONTH


def day_after(start: date, months: float) -> date:
    """The day that is a number of months after `start`."""
    return start + timedelta(days=round(months * DAYS_A_MONTH))


def months_until(start: date, day: date) -> float:
    """The months from `start` to a day, to a hundredth: `day_after` gives the day back."""
    return round((day - start).days / DAYS_A_MONTH, 2)


def work_hours(developers: Numbers, build_months: Numbers, yardstick_share: Numbers) -> Numbers:
    """Productive hours of the build: developers × months × weeks a month × 40 × the productive share of an in-house
    week. This is the same for all options."""
    return developers * build_months * WEEKS_A_MONTH * HOURS_A_WEEK * yardstick_share


def paid_heads(developers: Numbers, smallest_post: float) -> Numbers:
    """The full-time positions paid in the build: the developers, or the smallest position if it is more."""
    if isinstance(developers, int | float):
        return max(developers, smallest_post) if developers else 0.0
    return np.maximum(developers, smallest_post) * np.greater(developers, 0)


def upkeep_heads(developers: Numbers, upkeep_factor: Numbers, yardstick_share: Numbers, productive_share: Numbers,
                 smallest_post: float) -> Numbers:
    """The full-time positions paid after the release. They cover the hours that upkeep really takes, or the
    smallest position if it is more. Without upkeep there are none."""
    is_one = isinstance(developers, int | float)
    if is_one and not developers:
        return 0.0
    heads = np.maximum(developers * upkeep_factor * yardstick_share / productive_share, smallest_post)
    return heads if is_one else heads * np.greater(developers, 0)


def arrival(lead_weeks: Numbers, heads: Numbers, hires_per_week: float) -> Numbers:
    """The mean week in which people arrive, one after another: lead + (positions − 1) ÷ (2 × hires per week)."""
    return lead_weeks + np.maximum(heads - 1, 0.0) / (2 * hires_per_week)


def stretch(attrition_per_year: Numbers, lead_weeks: Numbers) -> Numbers:
    """Calendar weeks per week worked: 1 + attrition ÷ 52 × lead, since a leaver's place stays empty for a lead."""
    return 1 + attrition_per_year / WEEKS_A_YEAR * lead_weeks


class Crew(NamedTuple):
    """People of one option who build. `arrives` and `ready` are weeks: ready is the arrival and half the ramp-up, from
    which they count as fully productive; `hours_a_week` are their productive hours in a calendar week."""

    arrives: Numbers
    ready: Numbers
    hours_a_week: Numbers


def crew(developers: Numbers, arrives: Numbers, ramp_weeks: Numbers, productive_share: Numbers,
         stretched: Numbers) -> Crew:
    """`developers` people who build."""
    return Crew(arrives, arrives + until_ready(ramp_weeks, stretched),
                developers * hours_a_week(productive_share, stretched))


def until_ready(ramp_weeks: Numbers, stretched: Numbers) -> Numbers:
    """Weeks until people count as fully productive: productivity rises linearly over the ramp-up, which costs half of
    it."""
    return stretched * ramp_weeks / 2


def hours_a_week(productive_share: Numbers, stretched: Numbers) -> Numbers:
    """Productive hours of one developer in a calendar week."""
    return HOURS_A_WEEK * productive_share / stretched


def finish(hours: Numbers, builders: Crew) -> Numbers:
    """The release by one crew: ready + hours ÷ productive hours a week."""
    return builders.ready + hours / builders.hours_a_week


def joint_finish(hours: Numbers, first: Crew, second: Crew, *, loss_share: Numbers, most_hours_a_week: Numbers,
                 first_until: Numbers) -> Numbers:
    """The release by two crews, of which the first leaves at `first_until`.

    While both work, they lose `loss_share` to each other and are never faster than `most_hours_a_week`.
    """
    both_ready = np.maximum(first.ready, second.ready)
    done_before = (first.hours_a_week * (both_ready - first.ready) + second.hours_a_week * (both_ready - second.ready))
    together = np.minimum(first.hours_a_week + second.hours_a_week, most_hours_a_week) * (1 - loss_share)
    with np.errstate(divide="ignore", invalid="ignore"):  # nobody in a crew, or a stay without end
        found = both_ready + (hours - done_before) / together
        if np.ndim(first_until) or first_until < np.inf:
            until = np.maximum(first_until, both_ready)
            done_until = done_before + together * (until - both_ready)
            afterwards = np.where(np.isfinite(until), until + (hours - done_until) / second.hours_a_week, np.inf)
            found = np.where(found <= until, found, afterwards)
        is_alone = done_before >= hours
        if some(is_alone):  # one crew is done before the other is ready
            alone = np.where(first.ready <= second.ready, finish(hours, first), finish(hours, second))
            found = np.where(is_alone, alone, found)
    return found
