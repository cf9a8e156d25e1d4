from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from hiring.model.schedule import (
    WEEKS_A_MONTH,
    Crew,
    arrival,
    crew,
    day_after,
    finish,
    joint_finish,
    months_until,
    paid_heads,
    stretch,
    upkeep_heads,
    work_hours,
)


def test_work_hours_are_developers_times_months_times_productive_hours() -> None:
    assert pytest.approx(52) == 12 * WEEKS_A_MONTH
    assert work_hours(2, 6, 0.9) == pytest.approx(1_872)  # 2 developers x 26 weeks x 40 hours x 0.9


@pytest.mark.parametrize(("developers", "post", "heads"), [
    (2.1, 0.5, 2.1), (0.3, 0.5, 0.5), (0.5, 0.5, 0.5), (0, 0.5, 0)])
def test_fractions_of_people_are_paid_as_they_are_above_the_smallest_post(developers: float, post: float,
                                                                          heads: float) -> None:
    assert paid_heads(developers, post) == heads


@pytest.mark.parametrize(("developers", "factor", "productive", "post", "heads"), [
    (0.5, 1, 0.75, 0.1, 0.6),  # a less productive week takes more of a post: 0.5 x 0.9 / 0.75
    (0.5, 2, 0.9, 0.1, 1),  # twice the upkeep that was planned
    (0.1, 1, 0.9, 0.5, 0.5),  # at least the smallest post
    (0, 1, 0.9, 0.5, 0),  # none where no upkeep is needed
    (0.5, 1, np.array([0.45, 0.9]), 0.1, [1, 0.5])])
def test_upkeep_heads_deliver_the_hours_that_upkeep_takes(developers: float, factor: float, productive: float,
                                                          post: float, heads: float) -> None:
    assert upkeep_heads(developers, factor, 0.9, productive, post) == pytest.approx(heads)


def test_people_arrive_one_after_another() -> None:
    assert arrival(10, np.array([0.5, 1, 3]), 0.5) == pytest.approx([10, 10, 12])  # 10 + (3 - 1) / (2 x 0.5)


def test_a_leavers_place_stays_empty_for_a_lead() -> None:
    assert stretch(0.52, 10) == pytest.approx(1.1)  # 0.52 / 52 x 10


def test_half_of_the_ramp_up_is_lost_and_vacancies_slow_the_crew() -> None:
    # 11 + 1.1 x 10 / 2; 2 developers x 40 x 0.9 / 1.1
    assert crew(2, 11, 10, 0.9, 1.1) == pytest.approx((11, 16.5, 72 / 1.1))
    assert finish(2_340, crew(2, 11, 10, 0.9, 1.1)) == pytest.approx(52.25)


FIRST, SECOND = Crew(2, 3, 40), Crew(10, 13, 60)  # 10 weeks x 40 = 400 hours are done when the second is ready


@pytest.mark.parametrize(("hours", "loss", "most", "until", "weeks"), [
    (400, 0, 200, np.inf, 13), (200, 0, 200, np.inf, 8),  # the second is not needed
    (900, 0, 200, np.inf, 18),  # 13 + 500 / 100
    (900, 0.5, 200, np.inf, 23),  # 13 + 500 / 50
    (900, 0, 50, np.inf, 23),  # never faster than the planned team
    (900, 0.5, 50, np.inf, 33),  # which loses too
    (1_200, 0, 200, 18, 18 + 300 / 60),  # the first leaves at 18, with 900 done
    (900, 0, 200, 18, 18), (900, 0, 200, 30, 18),
    (1_000, 0, 200, 5, 13 + 600 / 60),  # nobody leaves before the other one is ready
])
def test_two_crews_release_when_their_hours_are_done(hours: float, loss: float, most: float, until: float,
                                                     weeks: float) -> None:
    assert joint_finish(hours, FIRST, SECOND, loss_share=loss, most_hours_a_week=most, first_until=until) == (
        pytest.approx(weeks))


@pytest.mark.parametrize("hours", [1, 300, 5_000])
def test_a_crew_of_nobody_changes_nothing(hours: float) -> None:
    nobody = Crew(0, 0, np.float64(0))
    for first, second in ((FIRST, nobody), (nobody, FIRST)):
        assert joint_finish(hours, first, second, loss_share=0, most_hours_a_week=1e9, first_until=np.inf) == (
            pytest.approx(finish(hours, FIRST)))


@pytest.mark.parametrize("start", [date(2026, 11, 30), date(2028, 2, 29)])
def test_months_until_a_day_lead_back_to_that_day(start: date) -> None:
    days = [start + timedelta(days=more) for more in range(0, 6 * 365, 7)]
    assert [day_after(start, months_until(start, day)) for day in days] == days
    assert day_after(start, 12) - start == timedelta(weeks=52)
