"""Draws: possible futures from figures with ranges.

The uniforms are fixed. Each figure gets the midpoints of equal strata in an order of its own that
depends on its name alone: the same needs give the same bytes, nearby needs nearby answers, and one
option more moves no other. McKay, Beckman and Conover 1979 describe the Latin hypercube. Renaming a
figure changes its order, and so moves results by noise.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from hiring.model.evidence import Figure

DRAWS = 4_000
SEED = 2026
HIGH_QUANTILE = 1.645  # the standard normal's 95th percentile, which `Figure.high` is
LOWER_BOUNDS = {"load": 1, "overrun": 0.1, "productive_share": 0.01}  # what others are divided by is never nil
UPPER_BOUNDS = {"share": 1.0, "points": 100.0}

Array = NDArray[np.float64]
Numbers = float | Array


def normal_quantile(probabilities: Array) -> Array:
    """The standard normal's quantiles at `probabilities`, each in (0, 1)."""
    return np.array([NormalDist().inv_cdf(p) for p in probabilities])


@lru_cache(maxsize=8)
def strata(draws: int) -> tuple[Array, Array]:
    """The midpoints of equal strata of (0, 1) and the normal quantiles there, in rising order."""
    midpoints = (np.arange(draws) + 0.5) / draws
    return _fixed(midpoints), _fixed(normal_quantile(midpoints))


@lru_cache(maxsize=512)
def uniform(name: str, draws: int = DRAWS) -> Array:
    """The figure's own uniforms, shape (draws,)."""
    return _fixed(strata(draws)[0][_order(name, draws)])


@lru_cache(maxsize=512)
def normal(name: str, draws: int = DRAWS) -> Array:
    """The figure's own standard normals, shape (draws,)."""
    return _fixed(strata(draws)[1][_order(name, draws)])


@lru_cache(maxsize=64)
def market_normal(name: str, correlation: float, draws: int = DRAWS) -> Array:
    """Standard normals that share one market factor: any two correlate by `correlation`.

    A Gaussian copula: √c × market + √(1 − c) × own, put back on the strata by rank, so that each
    figure keeps its exact distribution.
    """
    mixed = np.sqrt(correlation) * normal("market", draws) + np.sqrt(1 - correlation) * normal(name, draws)
    return _fixed(strata(draws)[1][np.argsort(np.argsort(mixed, kind="stable"), kind="stable")])


def draw(figure: Figure, z: Array) -> Numbers:
    """The figure in each future: central + (its upper or lower half-range) × z ÷ 1.645.

    Clipped to its hard bounds; a figure without a range stays one number.
    """
    if figure.is_fixed:
        return figure.central
    spread = np.where(z > 0, figure.high - figure.central, figure.central - figure.low)
    least = 1.0 if figure.table == "pay" else LOWER_BOUNDS.get(figure.id.split(".", 1)[0], 0.0)
    return np.clip(figure.central + spread * z / HIGH_QUANTILE, least, UPPER_BOUNDS.get(figure.unit, np.inf))


@lru_cache(maxsize=512)
def drawn(figure: Figure, draws: int = DRAWS) -> Numbers:
    """The figure in each future, on normals of its own; the same figure is drawn once and kept."""
    return _kept(draw(figure, normal(figure.id, draws)))


@lru_cache(maxsize=128)
def priced(figure: Figure, name: str, correlation: float, draws: int = DRAWS) -> Numbers:
    """A price of labor in each future, on the market's normals of `name`; drawn once and kept."""
    return _kept(draw(figure, market_normal(name, correlation, draws)))


def dirichlet(weights: Array, concentration: float, names: tuple[str, ...], draws: int = DRAWS) -> Array:
    """Weights in each future, shape (draws, criteria), around `weights`, each row summing to 1.

    Normalized gamma variates of shape a = concentration × weight. For each, gamma(a) = gamma(a + 1) ×
    uniform^(1 ÷ a) exactly, and gamma(a + 1) by Wilson and Hilferty's cube (1931), whose mean is off
    by less than 0.2 % from a + 1 ≥ 1 on: fixed uniforms then give weights that move smoothly.
    """
    z, log_u = _weight_strata(names, draws)
    a = concentration * np.maximum(weights, 1e-9)
    ninth = 1 / (9 * (a + 1))
    root = np.maximum(1 - ninth + z * np.sqrt(ninth), 1e-6)
    gammas = (a + 1) * (root * root * root) * np.exp(log_u / a)  # a power takes longer than two products
    gammas /= gammas.sum(axis=1, keepdims=True)
    return gammas


@lru_cache(maxsize=8)
def _weight_strata(names: tuple[str, ...], draws: int) -> tuple[Array, Array]:
    """Normals and logarithms of uniforms, each of shape (draws, criteria); a criterion's lie together in memory."""
    z = np.array([normal(f"weight.{name}", draws) for name in names]).T
    u = np.array([uniform(f"weight.boost.{name}", draws) for name in names]).T
    return _fixed(z), _fixed(np.log(u))


def _order(name: str, draws: int) -> NDArray[np.int64]:
    seed = int.from_bytes(blake2b(f"{SEED}/{name}".encode(), digest_size=8).digest(), "big")
    return np.random.Generator(np.random.PCG64(seed)).permutation(draws)


def _kept(numbers: Numbers) -> Numbers:
    return _fixed(numbers) if isinstance(numbers, np.ndarray) else numbers


def _fixed(array: Array) -> Array:
    array.flags.writeable = False  # shared by all who ask
    return array
