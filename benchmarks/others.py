"""`python -m benchmarks.others`: the same ranking by libraries that a Python user would pick instead, beside ours.

Needs `pip install -e .[benchmarks]`. The same options, criteria and weights are given to all; no library among these
draws figures with ranges, works out costs and dates or explains an answer, so only scoring and ranking are compared.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from typing import Any

import numpy as np
import skcriteria
from pymcdm.methods import WSM
from pyrepo_mcda.additions import rank_preferences
from pyrepo_mcda.mcda_methods import SAW, VIKOR_SMAA
from skcriteria.agg.simple import WeightedSumModel

from benchmarks.measure import machine, timed, told
from hiring import ProjectNeeds, decide
from hiring.model.acceptability import central_weights, rank_acceptability
from hiring.model.decision import Decision
from hiring.model.draws import Array

RUNS = 5
Ranked = Callable[[Array, Array], Array]


def ours(values: Array, weights: Array) -> Array:
    """Rank acceptability, shape (options, ranks), of `values`, shape (draws or 1, options, criteria), under `weights`,
    shape (draws, criteria)."""
    return rank_acceptability(np.einsum("foc,fc->fo", np.broadcast_to(values, (len(weights), *values.shape[1:])),
                                        weights))


def by_pymcdm(values: Array, weights: Array) -> Array:
    method, types = WSM(normalization_function=_as_it_is), np.ones(weights.shape[1])
    return _counted(method.rank(method(matrix, row, types)) for matrix, row in _futures(values, weights))


def by_pyrepo(values: Array, weights: Array) -> Array:
    method, types = SAW(normalization_method=_as_it_is), np.ones(weights.shape[1])
    return _counted(rank_preferences(method(matrix, row, types), reverse=True)
                    for matrix, row in _futures(values, weights))


def by_scikit_criteria(values: Array, weights: Array) -> Array:
    method, objectives = WeightedSumModel(), [max] * weights.shape[1]
    return _counted(method.evaluate(skcriteria.mkdm(matrix, objectives, weights=row)).rank_
                    for matrix, row in _futures(values, weights))


def _as_it_is(values: Array, *_: object, **__: object) -> Array:
    return values  # the values are 0 to 1 already, more is better


def _futures(values: Array, weights: Array) -> Iterable[tuple[Array, Array]]:
    return zip(np.broadcast_to(values, (len(weights), *values.shape[1:])), weights, strict=True)


def _counted(ranks: Iterable[Any]) -> Array:
    """The share of draws in which each option takes each rank."""
    table = np.stack([np.asarray(rank, dtype=float) for rank in ranks])
    return np.stack([(table == rank).mean(axis=0) for rank in range(1, table.shape[1] + 1)], axis=1)


def side_by_side(what: str, values: Array, weights: Array, others: dict[str, Ranked]) -> None:
    """Times of the same task, and the largest difference of any rank's share on the same draws."""
    print(f"\n{what}: {values.shape[1]} options × {values.shape[2]} criteria, {len(weights):,} draws of the weights")
    answer, floor = ours(values, weights), timed(lambda _: ours(values, weights), 40)
    told("hiring.model.acceptability", floor, floor)
    for name, ranked in others.items():
        began = time.perf_counter()
        found = ranked(values, weights)
        runs = 1 if time.perf_counter() - began > 2 else RUNS
        told(name, timed(lambda _, ranked=ranked: ranked(values, weights), runs), floor)  # type: ignore[misc]
        print(f"    first in {_shares(found)}; largest difference to ours {np.abs(found - answer).max():.6f}")
    print(f"    ours: first in {_shares(answer)}")


def smaa(values: Array, weights: Array) -> None:
    """Rank acceptability and central weights by the one class for it in pyrepo-mcda."""
    print("\nRank acceptability and central weights (SMAA-2) in one call: mean values, the same draws of the weights")

    def both(_: int) -> None:
        scores = weights @ values[0].T
        rank_acceptability(scores)
        central_weights(scores, weights)

    floor = timed(both, 40)
    told("hiring.model.acceptability, weighted sum", floor, floor)
    method, types = VIKOR_SMAA(), np.ones(weights.shape[1])
    found = method(values[0], weights, types)[0]
    told("pyrepo-mcda VIKOR_SMAA", timed(lambda _: method(values[0], weights, types), RUNS), floor)
    print(f"    first in {_shares(found)}, by VIKOR, which is another score: ours, first in "
          f"{_shares(ours(values, weights))}")
    print("    it has no SMAA for weighted sums, and takes one value of each criterion, no range")


def _shares(table: Array) -> str:
    return " / ".join(f"{100 * share:.2f}" for share in table[:, 0]) + " of 100"


def values_of(decision: Decision) -> Array:
    """The values of the options on each criterion in each future, shape (draws, options, criteria)."""
    return np.stack([outcome.values for outcome in decision.outcomes.values()], axis=1)


def main() -> None:
    print(machine())
    names: dict[str, Ranked] = {
        "pymcdm": by_pymcdm, "pyrepo-mcda": by_pyrepo, "scikit-criteria": by_scikit_criteria}
    others = {f"{name} {version(name)}, a loop over the draws": ranked for name, ranked in names.items()}
    decision = decide(ProjectNeeds(budget_usd=None, deadline_months=None))
    values, weights = values_of(decision), decision.drawn_weights
    mean = values.mean(axis=0, keepdims=True)
    side_by_side("The same values in each future, their means", mean, weights, others)
    side_by_side("Values of their own in each future, as the page decides", values, weights, others)
    print(f"    the page: first in {_shares(np.array([[share] for share in decision.first_shares.values()]))}")
    smaa(mean, weights)
    print("\nNone of the three draws values from ranges, works out costs, dates, rules or switching values, or takes "
          "all draws in one call; each has dozens of ranking methods that this project has not.")


if __name__ == "__main__":
    main()
