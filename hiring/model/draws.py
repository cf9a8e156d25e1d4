"""Draws: simulated cases from figures with ranges.

The uniforms are fixed. Each figure gets the midpoints of equal strata, in an order that depends only on its name. So
the same needs give the same bytes, similar needs give similar answers, and adding an option does not change the
others. McKay, Beckman and Conover 1979 describe the Latin hypercube. Renaming a figure changes its order, which moves
results by noise.
"""

from __future__ import annotations

import math
from functools import lru_cache
from hashlib import blake2b
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hiring.model.evidence import Figure

DRAWS = 4_000
SEED = 2026
HIGH_QUANTILE = 1.645  # the standard normal's 95th percentile, which `Figure.high` is
LOWER_BOUNDS = {"load": 1, "overrun": 0.1, "upkeep_factor": 0.1, "productive_share": 0.01}  # divisors are never zero
UPPER_BOUNDS = {"share": 1.0, "points": 100.0, "mix_loss_share": 0.9}  # by unit, and by figure
LOG_SCALE = ("overrun", "upkeep_factor")  # factors: half as much is as far away as twice as much

Array = NDArray[np.float64]
Numbers = float | Array
Drawn = TypeVar("Drawn", Array, Numbers)


def normal_quantile(probabilities: Array) -> Array:
    """The standard normal's quantiles at `probabilities`, each in (0, 1)."""
    return np.array([NormalDist().inv_cdf(p) for p in probabilities])


@lru_cache(maxsize=8)
def strata(draws: int) -> tuple[Array, Array]:
    """The midpoints of equal strata of (0, 1) and the normal quantiles there, in ascending order."""
    midpoints = (np.arange(draws) + 0.5) / draws
    return _read_only(midpoints), _read_only(normal_quantile(midpoints))


@lru_cache(maxsize=512)
def uniform(name: str, draws: int = DRAWS) -> Array:
    """The uniforms of one figure, shape (draws,)."""
    return _read_only(strata(draws)[0][_order(name, draws)])


@lru_cache(maxsize=512)
def normal(name: str, draws: int = DRAWS) -> Array:
    """The standard normals of one figure, shape (draws,)."""
    return _read_only(strata(draws)[1][_order(name, draws)])


@lru_cache(maxsize=64)
def market_normal(name: str, correlation: float, draws: int = DRAWS) -> Array:
    """Standard normals that share one market factor: any two correlate by `correlation`.

    A Gaussian copula: √c × market + √(1 − c) × the figure's normals, put back on the strata by rank, so that each
    figure keeps its exact distribution.
    """
    mixed = np.sqrt(correlation) * normal("market", draws) + np.sqrt(1 - correlation) * normal(name, draws)
    return _read_only(strata(draws)[1][np.argsort(np.argsort(mixed, kind="stable"), kind="stable")])


def draw(figure: Figure, z: Array) -> Numbers:
    """The figure in each simulation: central + (its upper or lower half-range) × z ÷ 1.645, on a logarithmic scale for
    factors.

    Clipped to its hard bounds; a figure without a range stays one number.
    """
    if figure.is_fixed:
        return figure.central
    name = figure.id.split(".", 1)[0]
    least = 1.0 if figure.table == "pay" else LOWER_BOUNDS.get(name, 0.0)
    low, central, high = figure.low, figure.central, figure.high
    if name in LOG_SCALE:
        low, central, high = (math.log(max(number, least)) for number in (low, central, high))
    numbers = central + np.where(z > 0, high - central, central - low) * z / HIGH_QUANTILE
    return np.clip(np.exp(numbers) if name in LOG_SCALE else numbers, least,
                   UPPER_BOUNDS.get(name, UPPER_BOUNDS.get(figure.unit, np.inf)))


@lru_cache(maxsize=512)
def drawn(figure: Figure, draws: int = DRAWS) -> Numbers:
    """The figure in each simulation, from its own normals; drawn once and cached."""
    return _read_only(draw(figure, normal(figure.id, draws)))


@lru_cache(maxsize=128)
def priced(figure: Figure, name: str, correlation: float, draws: int = DRAWS) -> Numbers:
    """A price of labor in each simulation, from the market normals of `name`; drawn once and cached."""
    return _read_only(draw(figure, market_normal(name, correlation, draws)))


def some(numbers: Numbers | NDArray[np.bool_]) -> bool:
    """Whether any number is not 0: what `numpy.any` says, in half of its time."""
    return bool(numbers.any()) if isinstance(numbers, np.ndarray) else bool(numbers)


def dirichlet(weights: Array, concentration: float, names: tuple[str, ...], draws: int = DRAWS) -> Array:
    """Weights in each simulation around `weights` of shape (…, criteria), shape (…, draws, criteria); each row adds up
    to 1.

    Normalized gamma variates of shape a = concentration × weight. gamma(a) is exactly gamma(a + 1) × uniform^(1 ÷ a),
    and gamma(a + 1) comes from Wilson and Hilferty's cube (1931), whose mean is off by less than 0.2 % for a + 1 ≥ 1.
    Fixed uniforms then give weights that move smoothly.
    """
    z, log_u = _weight_strata(names, draws)
    a = concentration * np.maximum(weights, 1e-9)[..., None, :]
    ninth = 1 / (9 * (a + 1))
    root = z * np.sqrt(ninth)  # changed in place from here on: most of the time goes to asking for memory
    root += 1 - ninth
    np.maximum(root, 1e-6, out=root)
    gammas = root * root  # a power takes longer than two products
    gammas *= root
    gammas *= a + 1
    np.divide(log_u, a, out=root)
    gammas *= np.exp(root, out=root)
    gammas /= gammas.sum(axis=-1, keepdims=True)
    return gammas


@lru_cache(maxsize=8)
def _weight_strata(names: tuple[str, ...], draws: int) -> tuple[Array, Array]:
    """Normals and logarithms of uniforms, each of shape (draws, criteria); each criterion's are contiguous."""
    z = np.array([normal(f"weight.{name}", draws) for name in names]).T
    u = np.array([uniform(f"weight.boost.{name}", draws) for name in names]).T
    return _read_only(z), _read_only(np.log(u))


def _order(name: str, draws: int) -> NDArray[np.int64]:
    seed = int.from_bytes(blake2b(f"{SEED}/{name}".encode(), digest_size=8).digest(), "big")
    return np.random.Generator(np.random.PCG64(seed)).permutation(draws)


def _read_only(numbers: Drawn) -> Drawn:
    if isinstance(numbers, np.ndarray):
        numbers.flags.writeable = False  # shared by all callers
    return numbers
