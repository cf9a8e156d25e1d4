from __future__ import annotations

import numpy as np
import pytest

from hiring.model import draws
from hiring.model.draws import DRAWS, dirichlet, draw, market_normal, normal, normal_quantile, uniform
from hiring.model.evidence import Figure
from tests.factories import SNAPSHOT, figure

LOPSIDED = figure(10, 20, 50)
NAMES = tuple("abcdefgh")


def test_each_stratum_is_drawn_exactly_once() -> None:
    for name in ("overrun", "lead_weeks.agency"):
        strata = np.floor(uniform(name) * DRAWS).astype(int)
        assert sorted(strata) == list(range(DRAWS))
        # the midpoint of stratum k of 4,000 is (k + 1/2) / 4000
        assert np.allclose(uniform(name), (strata + 0.5) / DRAWS, rtol=0, atol=1e-12)


def test_the_normals_are_the_quantiles_of_the_uniforms() -> None:
    # Phi^-1(0.975) = 1.959964 and Phi^-1(0.5) = 0, from any table of the standard normal
    assert normal_quantile(np.array([0.025, 0.5, 0.975])) == pytest.approx([-1.959964, 0, 1.959964], abs=1e-6)
    assert np.array_equal(np.argsort(normal("overrun")), np.argsort(uniform("overrun")))


def test_the_order_of_a_figures_draws_depends_on_its_name_alone() -> None:
    first = uniform("overrun").copy()
    for cached in (draws.strata, draws.uniform, draws.normal):
        cached.cache_clear()
    uniform("another")
    assert np.array_equal(uniform("overrun"), first)
    assert not np.array_equal(uniform("overrun"), uniform("overrun2"))


def test_different_figures_are_as_good_as_independent() -> None:
    names = ["overrun", "load", "lead_weeks.agency", "lead_weeks.in_house", "flexibility.freelance"]
    correlations = np.corrcoef([normal(name) for name in names])
    # the standard error of a correlation of 4,000 independent pairs is 1 / sqrt(4000) = 0.016
    assert np.abs(correlations - np.eye(len(names))).max() < 4 * 0.016


def test_shared_draws_cannot_be_overwritten() -> None:
    with pytest.raises(ValueError, match="read-only"):
        uniform("overrun")[0] = 0.5


@pytest.mark.parametrize(("z", "expected"), [
    (0, 20), (1.645, 50), (-1.645, 10),
    (0.8225, 35),  # half way up: 20 + 30 / 2
    (-0.8225, 15),  # half way down: 20 - 10 / 2
    (3.29, 80),  # twice the upper half-range: 20 + 60
    (-3.29, 0), (-4, 0),  # 20 - 20 = 0, and never below
])
def test_a_draw_walks_the_upper_or_the_lower_half_range(z: float, expected: float) -> None:
    assert draw(LOPSIDED, np.array([z])) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("figure_id", ["overrun.mostly_clear", "lead_weeks.in_house", "freelance.us.mid", "sourcing_usd.in_house",
                                       "productive_share.in_house", "flexibility.in_house"])
def test_low_central_and_high_are_the_5th_50th_and_95th_percentile(figure_id: str) -> None:
    known = SNAPSHOT.figures[figure_id]
    drawn = np.quantile(draw(known, normal(figure_id)), (0.05, 0.5, 0.95))
    # two of 4,000 strata beside the percentile are 0.005 of a normal quantile: under 1 percent of a half-range
    tolerance = 0.01 * (known.high - known.low)
    assert drawn == pytest.approx([known.low, known.central, known.high], abs=tolerance)


@pytest.mark.parametrize(("known", "top"), [
    (figure(0.5, 0.9, 0.99, unit="share"), 1.0), (figure(60, 90, 99, unit="points"), 100.0),
    (figure(0.5, 0.9, 0.99, unit="ratio"), 1.09), (figure(60, 90, 99, unit="weeks"), 108.0)])
def test_draws_are_clipped_to_the_bounds_of_their_unit(known: Figure, top: float) -> None:
    # at z = 3.29, twice the high quantile: 0.9 + 2 x 0.09 = 1.08 and 90 + 2 x 9 = 108 before clipping
    assert draw(known, np.array([3.29])) == pytest.approx(min(top, 1.08 if top < 2 else 108.0))
    assert draw(known, np.array([-20.0])) == 0


def test_a_factor_is_drawn_on_a_logarithmic_scale() -> None:
    doubling = figure(0.5, 1, 4, id="overrun.fixed", unit="ratio")
    assert draw(doubling, np.array([-1.645, 0, 0.8225, 1.645, -16.45])) == pytest.approx([0.5, 1, 2, 4, 0.1])


def test_a_figure_without_a_range_stays_one_number() -> None:
    assert draw(figure(3, 3, 3), normal("any")) == 3


def test_prices_of_labor_correlate_by_the_market_correlation() -> None:
    names = ["pay.freelance", "pay.in_house", "pay.agency", "manager_hourly_usd"]
    correlations = np.corrcoef([market_normal(name, 0.5) for name in names])
    pairs = correlations[np.triu_indices(len(names), k=1)]
    # standard error (1 - 0.5^2) / sqrt(4000) = 0.012
    assert pairs == pytest.approx([0.5] * len(pairs), abs=4 * 0.012)


@pytest.mark.parametrize("correlation", [0, 0.5, 1])
def test_the_market_leaves_each_price_its_exact_distribution(correlation: float) -> None:
    assert np.array_equal(np.sort(market_normal("pay.agency", correlation)), np.sort(normal("pay.agency")))


def test_without_correlation_a_price_keeps_its_own_order_and_with_full_correlation_the_markets() -> None:
    assert np.array_equal(market_normal("pay.agency", 0), normal("pay.agency"))
    assert np.array_equal(market_normal("pay.agency", 1), market_normal("pay.freelance", 1))


def test_drawn_weights_sum_to_one_and_are_never_negative() -> None:
    drawn = dirichlet(np.array([0.3, 0.2, 0.5, 0]), 40, NAMES[:4])
    assert drawn.sum(axis=1) == pytest.approx(np.ones(DRAWS))
    assert drawn.min() >= 0


def test_drawn_weights_have_the_mean_and_variance_of_a_dirichlet() -> None:
    weights = np.array([0.30, 0.20, 0.16, 0.14, 0.08, 0.06, 0.04, 0.02])
    drawn = dirichlet(weights, 40, NAMES)
    # the standard deviation of a weight w is sqrt(w (1 - w) / 41), at most 0.072 here, and the standard error of
    # its mean over 4,000 draws at most 0.0011; that of its variance under 5 percent
    variance = weights * (1 - weights) / 41
    assert drawn.mean(axis=0) == pytest.approx(weights, abs=3 * 0.0011)
    assert drawn.var(axis=0) == pytest.approx(variance, rel=0.15)


def test_uniform_weights_on_the_simplex_have_their_exact_moments() -> None:
    # Dirichlet(1, ..., 1) with n = 8: mean 1/n, variance (n-1)/(n^2 (n+1)), covariance -1/(n^2 (n+1)).
    drawn = dirichlet(np.full(8, 1 / 8), 8, NAMES, 50_000)
    covariance = np.cov(drawn.T)
    off_diagonal = covariance[~np.eye(8, dtype=bool)]
    assert drawn.mean() == pytest.approx(0.125, abs=2e-4)
    assert np.diag(covariance).mean() == pytest.approx(0.012152777777777778, abs=2e-4)
    assert off_diagonal.mean() == pytest.approx(-0.001736111111111111, abs=2e-4)
    # a single weight's mean has a standard error of sqrt(0.01215 / 50000) = 0.0005
    assert drawn.mean(axis=0) == pytest.approx(np.full(8, 0.125), abs=4 * 0.0005)


def test_nearby_weights_give_nearby_draws() -> None:
    weights = np.array([0.3, 0.3, 0.4])
    nearby = weights + np.array([0.001, -0.001, 0])
    moved = np.abs(dirichlet(weights, 40, NAMES[:3]) - dirichlet(nearby, 40, NAMES[:3]))
    # drawn again, a weight would move by about its standard deviation, sqrt(0.3 x 0.7 / 41) = 0.07
    assert moved.max() < 0.005
