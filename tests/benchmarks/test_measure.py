"""The sums behind the figures of a benchmark."""

from __future__ import annotations

import math

import pytest

from benchmarks.measure import interleaved, most_that_hold, percentile, ratio


@pytest.mark.parametrize("share, time", [(0.5, 3.0), (0.95, 4.8), (0.0, 1.0), (1.0, 5.0)])
def test_a_percentile_lies_between_the_two_times_around_it(share: float, time: float) -> None:
    # 4 steps lie between 5 times; 0.95 of 4 is 3.8: eight tenths of the way from 4 to 5
    assert percentile([3.0, 1.0, 5.0, 2.0, 4.0], share) == pytest.approx(time)


def test_where_nothing_was_read_no_time_was_kept() -> None:
    assert percentile([], 0.95) == math.inf


@pytest.mark.parametrize("limit, found", [(0, 0), (4, 0), (5, 5), (9, 5), (52, 50), (159, 155), (160, 160), (500, 160)])
def test_bisection_finds_the_largest_number_that_holds(limit: int, found: int) -> None:
    tried: list[int] = []

    def holds(number: int) -> bool:
        tried.append(number)
        return number <= limit

    assert most_that_hold(holds, 5, 160, 5) == found
    assert len(tried) == len(set(tried)) <= 6  # of 32 numbers: 2 to the 5th, and none at all
    assert all(number % 5 == 0 and 5 <= number <= 160 for number in tried)


def test_a_ratio_is_of_medians_so_that_one_slow_run_does_not_count() -> None:
    assert ratio([6.0, 5.0, 100.0], [1.0, 2.0, 50.0]) == 3  # 6 ÷ 2


def test_interleaved_works_take_turns() -> None:
    turns: list[str] = []
    times = interleaved({"a": lambda run: turns.append("a") or float(run), "b": lambda _: turns.append("b") or 7.0}, 2)
    assert turns == ["a", "b", "a", "b"]
    assert times == {"a": [0.0, 1.0], "b": [7.0, 7.0]}
