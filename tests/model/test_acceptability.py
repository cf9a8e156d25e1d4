from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.model.acceptability import central_weights, rank_acceptability, whole_hundred

N = 4_000


def test_an_option_that_wins_every_draw_takes_the_first_rank_and_the_loser_has_no_central_weights() -> None:
    """https://github.com/gertvv/rsmaa/blob/2ce6bbd1d940064da143030b1a97b3e679819781/smaa/tests/nacw.R"""
    scores = np.tile([1.0, 0.0], (10_000, 1))
    weights = np.full((10_000, 3), 1 / 3)
    assert rank_acceptability(scores) == pytest.approx(np.array([[1, 0], [0, 1]]), abs=1e-12)
    winner, loser = central_weights(scores, weights)
    assert winner == pytest.approx([1 / 3] * 3, abs=1e-12)
    assert np.isnan(loser).all()


def test_three_options_on_two_criteria_have_their_exact_ranks_and_central_weights() -> None:
    # The weight w of the first criterion is uniform. Scores: A = w, B = 0.6, C = 1 - w. For w > 0.6 the order is
    # A B C, down to 0.5 it is B A C, down to 0.4 it is B C A, and below it is C B A.
    w = (np.arange(N) + 0.5) / N
    weights = np.column_stack([w, 1 - w])
    scores = weights @ np.array([[1, 0.6, 0], [0, 0.6, 1]])
    expected = np.array([[0.4, 0.1, 0.5], [0.2, 0.8, 0], [0.4, 0.1, 0.5]])
    assert rank_acceptability(scores) == pytest.approx(expected, abs=0.0015)
    # the middle of 0.6 to 1, of 0.4 to 0.6 and of 0 to 0.4
    assert central_weights(scores, weights)[:, 0] == pytest.approx([0.8, 0.5, 0.2], abs=0.0015)


@pytest.mark.parametrize(("scores", "expected"), [
    ([1, 1], [[0.5, 0.5], [0.5, 0.5]]),
    ([2, 2, 1], [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]),  # two share the first two ranks
    ([2, 1, 1], [[1, 0, 0], [0, 0.5, 0.5], [0, 0.5, 0.5]]),
    ([1, 1, 1], [[1 / 3] * 3] * 3),
    ([3], [[1]]),
])
def test_equal_scores_share_their_ranks_evenly(scores: list[float], expected: list[list[float]]) -> None:
    assert rank_acceptability(np.array([scores])) == pytest.approx(np.array(expected))


def test_every_option_has_one_rank_and_every_rank_one_option() -> None:
    table = rank_acceptability(np.random.default_rng(1).integers(0, 4, (500, 3)))  # many ties
    assert table.sum(axis=0) == pytest.approx(np.ones(3))
    assert table.sum(axis=1) == pytest.approx(np.ones(3))


def test_the_order_of_the_options_changes_only_the_order_of_the_rows() -> None:
    scores = np.random.default_rng(2).normal(size=(500, 3))
    assert np.array_equal(rank_acceptability(scores[:, [2, 0, 1]]), rank_acceptability(scores)[[2, 0, 1]])


def test_a_tie_for_the_first_rank_counts_for_each_in_equal_parts() -> None:
    # the first draw is shared: A = (0.5 x 1 + 1 x 0) / 1.5 = 1/3, B = 0.5 x 1 / 0.5 = 1
    weights = np.array([[1.0, 0.0], [0.0, 1.0]])
    found = central_weights(np.array([[1.0, 1.0], [2.0, 1.0]]), weights)
    assert found == pytest.approx(np.array([[1 / 3, 2 / 3], [1, 0]]))


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3).filter(lambda weights: sum(weights) > 0.01))
def test_whole_hundreds_sum_to_a_hundred_and_stay_within_one_of_the_share(weights: list[float]) -> None:
    shares = {str(i): weight / sum(weights) for i, weight in enumerate(weights)}
    counts = whole_hundred(shares)
    assert sum(counts.values()) == 100
    assert all(abs(counts[key] - share * 100) <= 1 for key, share in shares.items())
