"""Schedule: when each option starts, releases and hands over to upkeep. Weeks from today."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hiring.model.draws import Numbers

WEEKS_A_MONTH = 52 / 12
HOURS_A_WEEK = 40


@dataclass(frozen=True)
class Schedule:
    """`start`, `build_weeks`, `finish` and `upkeep_weeks` in weeks, each one number or one per draw."""

    start: Numbers
    build_weeks: Numbers
    finish: Numbers
    upkeep_weeks: Numbers


def work_hours(developers: float, build_months: float, yardstick_share: Numbers) -> Numbers:
    """Productive hours of the build: developers × months × weeks a month × 40 × an in-house
    week's productive share, which is the yardstick for all options."""
    return developers * build_months * WEEKS_A_MONTH * HOURS_A_WEEK * yardstick_share


def build_weeks(hours: Numbers, developers: float, overrun: Numbers, productive_share: Numbers,
                ramp_weeks: Numbers) -> Numbers:
    """Weeks from the first working day to the release: hours × overrun ÷ (developers × 40 ×
    productive share) + half the ramp-up, in which productivity rises linearly."""
    return hours * overrun / (developers * HOURS_A_WEEK * productive_share) + ramp_weeks / 2


def paid_heads(developers: float, smallest_post: float) -> float:
    """Full-time posts paid while building: developers rounded up to whole smallest posts."""
    posts = np.ceil(np.round(developers / smallest_post, 9))  # 0.3 ÷ 0.1 is 2.9999…
    return float(posts * smallest_post)


def upkeep_heads(developers: float, yardstick_share: Numbers, productive_share: Numbers,
                 smallest_post: float) -> Numbers:
    """Full-time posts paid after the release: what delivers the needed productive hours, at least
    the smallest post; none when no upkeep is needed."""
    if developers == 0:
        return 0.0
    return np.maximum(developers * yardstick_share / productive_share, smallest_post)


def schedule(lead_weeks: Numbers, weeks: Numbers, horizon_months: float) -> Schedule:
    """Start = lead, finish = start + build, upkeep = what is left of the horizon, never below 0."""
    finish = lead_weeks + weeks
    return Schedule(lead_weeks, weeks, finish, np.maximum(0.0, horizon_months * WEEKS_A_MONTH - finish))
