"""Quantiles of simulated futures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.model.quantiles import median, quantile, quantiles

NUMBERS = st.floats(-1e12, 1e12)


def test_the_median_lies_halfway_between_the_two_in_the_middle() -> None:
    assert quantile(np.array([4.0, 1.0, 2.0, 8.0]), (0, 0.5, 1)).tolist() == [1, 3, 8]


def test_a_tenth_of_the_way_along_eleven_values_is_the_second() -> None:
    assert quantiles(np.arange(10.0, -1, -1)) == (1, 5, 9)


def test_a_number_without_a_range_is_its_own_quantile() -> None:
    assert quantiles(7.0) == (7, 7, 7)


def test_each_row_of_a_table_has_its_own_quantiles() -> None:
    table = np.array([[3.0, 1.0, 2.0], [30.0, 10.0, 20.0]])
    assert quantile(table, (0, 0.25)).tolist() == [[1, 10], [1.5, 15]]


def test_the_values_given_keep_their_order() -> None:
    given_values = np.array([3.0, 1.0, 2.0])
    quantiles(given_values)
    assert given_values.tolist() == [3, 1, 2]


@given(st.lists(NUMBERS, min_size=1, max_size=50), st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_they_are_those_of_numpy(values: list[float], shares: list[float]) -> None:
    assert quantile(np.array(values), shares).tolist() == pytest.approx(np.quantile(values, shares).tolist(), rel=1e-12)
    assert median(np.array(values)) == pytest.approx(np.median(values), rel=1e-12)
