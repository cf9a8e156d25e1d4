"""Rank acceptability: the share of simulations in which an option takes each rank, and under which weights.

Stochastic multicriteria acceptability analysis, SMAA-2: Lahdelma and Salminen, Operations Research 49(3), 2001.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from hiring.model.draws import Array


def rank_acceptability(scores: Array) -> Array:
    """Share of draws in which each option takes each rank, shape (options, ranks).

    `scores` has shape (draws, options). A higher score ranks first; equal scores share their ranks evenly.
    """
    by_option = np.ascontiguousarray(np.asarray(scores, dtype=float).T)  # sums run over contiguous memory
    better = (by_option[None, :, :] > by_option[:, None, :]).sum(axis=1)
    tied = (by_option[None, :, :] == by_option[:, None, :]).sum(axis=1)
    ranks = range(len(by_option))
    return np.stack([(((better <= r) & (r < better + tied)) / tied).mean(axis=1) for r in ranks], axis=1)


def first_shares(scores: Array) -> Array:
    """The first column of `rank_acceptability`: all that a verdict needs. Scores of shape (…, draws, options) give
    shares of shape (…, options)."""
    scores = np.asarray(scores, dtype=float)
    by_option = scores.T if scores.ndim == 2 else np.moveaxis(scores, -1, 0)
    is_first = by_option == by_option.max(axis=0)
    wins = np.count_nonzero(is_first, axis=-1)
    if wins.sum() > by_option[0].size:  # some are shared
        return np.moveaxis((is_first / is_first.sum(axis=0)).mean(axis=-1), 0, -1)
    return np.moveaxis(wins / by_option.shape[-1], 0, -1)


def central_weights(scores: Array, weights: Array) -> Array:
    """The mean weights of the draws in which each option is first, shape (options, criteria).

    `weights` has shape (draws, criteria). An option that is never first has none: its row is NaN. A draw in which
    several options tie for first is split equally among them.
    """
    scores, weights = np.asarray(scores, dtype=float), np.asarray(weights, dtype=float)
    first = scores == scores.max(axis=1, keepdims=True)
    share = first / first.sum(axis=1, keepdims=True)
    total = share.sum(axis=0)[:, None]
    none = np.full((scores.shape[1], weights.shape[1]), np.nan)
    return np.divide(share.T @ weights, total, out=none, where=total > 0)


def whole_hundred(shares: Mapping[str, float]) -> dict[str, int]:
    """Shares that add up to 1 as whole numbers that add up to 100, by the largest remainder."""
    return whole({key: share * 100 for key, share in shares.items()}, 100)


def whole(parts: Mapping[str, float], total: float) -> dict[str, int]:
    """Parts of a total as whole numbers that add up to the rounded total, by the largest remainder."""
    floors = {key: math.floor(part) for key, part in parts.items()}
    missing = round(total) - sum(floors.values())
    by_remainder = sorted(parts, key=lambda key: floors[key] - parts[key])
    return {key: floors[key] + (key in by_remainder[:missing]) for key in parts}
