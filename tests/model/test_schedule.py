from __future__ import annotations

import numpy as np
import pytest

from hiring.model.schedule import WEEKS_A_MONTH, build_weeks, paid_heads, schedule, upkeep_heads, work_hours


def test_twelve_months_are_52_weeks() -> None:
    assert pytest.approx(52) == 12 * WEEKS_A_MONTH


def test_work_hours_are_developers_times_months_times_productive_hours() -> None:
    # 2 developers x 6 months x 52/12 weeks x 40 hours x 0.9 = 2 x 26 x 36 = 1,872
    assert work_hours(2, 6, 0.9) == pytest.approx(1_872)


def test_build_weeks_are_the_work_over_productive_hours_plus_half_the_ramp_up() -> None:
    # 1,872 hours x overrun 1.25 = 2,340; 2 developers x 40 x 0.9 = 72 hours a week; 32.5 weeks + 11 / 2
    assert build_weeks(1_872, 2, 1.25, 0.9, 11) == pytest.approx(38)


def test_an_in_house_team_without_overrun_or_ramp_up_takes_the_build_months_asked_for() -> None:
    # 26 weeks: the in-house productive share is the yardstick and cancels out
    assert build_weeks(work_hours(2, 6, 0.9), 2, 1, 0.9, 0) == pytest.approx(6 * 52 / 12)


def test_a_less_productive_week_makes_the_build_longer() -> None:
    # 2,340 / (2 x 40 x 0.75 = 60) = 39 weeks + 1
    assert build_weeks(1_872, 2, 1.25, 0.75, 2) == pytest.approx(40)


def test_build_weeks_work_on_arrays_one_number_a_draw() -> None:
    weeks = build_weeks(1_872, 2, np.array([1, 1.25, 2.5]), np.array([0.9, 0.9, 0.75]), np.array([0, 11, 2]))
    # 1872 / 72 = 26; 38 as above; 1872 x 2.5 / 60 + 1 = 79
    assert weeks == pytest.approx([26, 38, 79])


@pytest.mark.parametrize(("developers", "post", "heads"), [
    (2, 0.5, 2),  # four half posts
    (2.01, 0.5, 2.5),  # one step past: a fifth
    (0.1, 0.5, 0.5),  # a post larger than the work is paid in full
    (0.5, 0.5, 0.5),
    (0.3, 0.1, 0.3),  # 0.3 / 0.1 is 2.9999... in floating point, yet three posts
    (0.1 + 0.2, 0.1, 0.3),  # 0.30000000000000004 / 0.1 is 3.0000000000000004, yet three posts
    (0.12, 0.05, 0.15),
])
def test_developers_are_rounded_up_to_whole_smallest_posts(developers: float, post: float, heads: float) -> None:
    assert paid_heads(developers, post) == pytest.approx(heads)


@pytest.mark.parametrize(("developers", "productive", "post", "heads"), [
    (0.5, 0.9, 0.5, 0.5),  # 0.5 x 0.9 / 0.9
    (0.5, 0.75, 0.1, 0.6),  # a less productive week needs more of a post: 0.5 x 0.9 / 0.75
    (0.1, 0.9, 0.5, 0.5),  # at least the smallest post
    (0.001, 0.9, 0.05, 0.05),
    (0, 0.9, 0.5, 0),  # none when no upkeep is needed
])
def test_upkeep_heads_deliver_the_needed_hours(developers: float, productive: float, post: float, heads: float) -> None:
    assert upkeep_heads(developers, 0.9, productive, post) == pytest.approx(heads)


def test_upkeep_heads_work_on_arrays_one_number_a_draw() -> None:
    # 0.5 x 0.9 / (0.45, 0.75, 0.9) = 1, 0.6, 0.5
    assert upkeep_heads(0.5, 0.9, np.array([0.45, 0.75, 0.9]), 0.1) == pytest.approx([1, 0.6, 0.5])


def test_the_schedule_runs_from_lead_to_finish_to_the_end_of_the_horizon() -> None:
    # 24 months are 104 weeks: start 10, build 38, finish 48, upkeep 104 - 48 = 56
    plan = schedule(10, 38, 24)
    assert (plan.start, plan.build_weeks, plan.finish) == (10, 38, 48)
    assert plan.upkeep_weeks == pytest.approx(56)


def test_no_upkeep_falls_into_a_horizon_that_ends_before_the_release() -> None:
    # 3 months are 13 weeks; finishes at 12, 13 and 20 leave 1, 0 and 0 weeks
    plan = schedule(np.array([2, 3, 10]), np.array([10, 10, 10]), 3)
    assert plan.finish == pytest.approx([12, 13, 20])
    assert plan.upkeep_weeks == pytest.approx([1, 0, 0])
