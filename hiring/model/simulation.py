"""Simulation: the values, scores and costs of a plan in thousands of simulated cases."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hiring.model import fit
from hiring.model.asked import Asked
from hiring.model.costs import LINES, CostLines
from hiring.model.course import Course
from hiring.model.draws import Array, Numbers
from hiring.model.evidence import Option, Snapshot
from hiring.model.needs import ProjectNeeds
from hiring.model.plans import Plan
from hiring.model.quantiles import median, quantile, quantiles
from hiring.model.schedule import WEEKS_A_MONTH, WEEKS_A_YEAR

MOST_YEARS = 60  # shown one by one: own figures can stretch a build over a million


class Reference(NamedTuple):
    """What values are measured against: need levels of 0–1, USD and months."""

    levels: Mapping[str, Numbers]
    cost_usd: Numbers
    deadline_months: Numbers


@dataclass(frozen=True, repr=False)
class Outcome:
    """One plan over all simulations. Arrays have shape (draws,); money in USD, times in weeks.

    `scores` count the limits: they are the weighted values, reduced where a limit is missed. `keeps` says where all
    limits are kept.
    """

    course: Course
    needs: ProjectNeeds
    values: Array
    unreduced_scores: Array
    scores: Array
    keeps: NDArray[np.bool_]

    @property
    def plan(self) -> Plan:
        return self.course.plan

    @property
    def option(self) -> Option:
        """The option, or the builder of a mix."""
        return self.plan.builder

    @property
    def total(self) -> Array:
        return self.course.total

    @property
    def finish(self) -> Array:
        return self.course.finish

    @property
    def start(self) -> Numbers:
        return self.course.start

    @property
    def ratings(self) -> Mapping[str, Numbers]:
        return self.course.ratings

    @cached_property
    def budgeted(self) -> Array:
        """The cost that the budget is compared with."""
        return self.course.budgeted if self.needs.budget_covers == "build" else self.course.total

    @cached_property
    def keep_share(self) -> float:
        """The share of simulations in which all limits are kept; 1 where none is given."""
        return share(self.keeps)

    @cached_property
    def within_budget_share(self) -> float | None:
        budget = self.needs.budget_usd
        return None if budget is None else share(self.budgeted <= budget)

    @cached_property
    def on_time_share(self) -> float | None:
        deadline = self.needs.deadline_months
        return None if deadline is None else share(self.finish <= deadline * WEEKS_A_MONTH)

    @cached_property
    def starts_in_time_share(self) -> float:
        return share(self.start <= self.needs.start_within_weeks)

    @cached_property
    def expected_score(self) -> float:
        return float(self.scores.mean())

    @cached_property
    def cost_quantiles(self) -> tuple[float, float, float]:
        """Cost of build and upkeep, USD: 10th percentile, median, 90th percentile."""
        low, _, middle, _, high = self._total_quantiles
        return low, middle, high

    @cached_property
    def _total_quantiles(self) -> list[float]:
        return quantile(self.total, (0.1, 0.45, 0.5, 0.55, 0.9)).tolist()

    @cached_property
    def budgeted_quantiles(self) -> tuple[float, float, float]:
        """The cost that the budget is compared with, USD: 10th percentile, median, 90th percentile."""
        return self.cost_quantiles if self.budgeted is self.total else quantiles(self.budgeted)

    @cached_property
    def finish_quantiles(self) -> tuple[float, float, float]:
        """First release in months from the day of the decision: 10th percentile, median, 90th percentile."""
        return quantiles(self.finish / WEEKS_A_MONTH)

    @cached_property
    def start_week(self) -> float:
        return median(self.start)

    @cached_property
    def upkeep_heads(self) -> float:
        """Posts paid for upkeep, at the median."""
        service = self.needs.upkeep_months * WEEKS_A_MONTH
        return median(self.course.upkeep_weeks) / service if service else 0.0

    @cached_property
    def typical(self) -> CostLines:
        """Each cost line of the typical case, USD: the mean of the simulations around the median, scaled to it."""
        paid, weights = dict.fromkeys(LINES, 0.0), self._around * (self._typical_scale / np.count_nonzero(self._around))
        for spending in self.course.spendings:
            paid[spending.line] += float(np.broadcast_to(spending.usd, weights.shape) @ weights)
        return CostLines(**paid)

    @cached_property
    def typical_years(self) -> Array:
        """What each year from the day of the decision adds to the median of the cost so far, USD, shape (years,): the
        sum is the median cost. At most `MOST_YEARS`, of which the last takes what is left."""
        end = float(quantile(self.course.end, (0.9,))[0])
        last = min(max(math.ceil(round(end / WEEKS_A_YEAR, 6)), 1), MOST_YEARS)
        so_far = quantile(self.course.cumulative(np.arange(1.0, last) * WEEKS_A_YEAR), (0.5,))[0]
        return np.diff([*so_far, self.cost_quantiles[1]], prepend=0.0)

    @cached_property
    def _around(self) -> NDArray[np.bool_]:
        """The simulations around the median of the total: between its 45th and 55th percentile."""
        _, low, _, high, _ = self._total_quantiles
        return (self.total >= low) & (self.total <= high)

    @cached_property
    def _typical_scale(self) -> float:
        return self.cost_quantiles[1] / float(self.total[self._around].mean())


def share(holds: NDArray[np.bool_] | bool) -> float:
    """The share of simulations in which something holds."""
    return float(np.count_nonzero(holds) / np.size(holds))


def scored(taken: Course, needs: ProjectNeeds, evidence: Snapshot, reference: Reference, weights: Array,
           shape: tuple[int, ...] = ()) -> Outcome:
    """The values, scores and limits of a course for these needs, of `shape`: that of the costs, or a larger one."""
    worth = values(taken, needs, evidence, reference, shape=shape)
    unreduced = weighted(weights, worth)
    reduced, keeps = limited(taken, needs, evidence, unreduced)
    for array in (worth, unreduced, reduced):
        array.flags.writeable = False
    return Outcome(taken, needs, worth, unreduced, reduced, keeps)


def weighted(weights: Array, worth: Array) -> Array:
    """The score before limits count, from weights and values of shape (…, draws, criteria)."""
    return np.asarray(np.einsum("...j,...j->...", weights, worth))


def limited(taken: Course, needs: Asked, evidence: Snapshot, unreduced: Array) -> tuple[Array, NDArray[np.bool_]]:
    """The scores of a course, reduced where a limit is missed, and where all limits are kept."""
    budgeted = taken.budgeted if needs.budget_covers == "build" else taken.total
    steepness = evidence.central(f"limit_steepness.{needs.limits}")
    reduced, keeps = unreduced, np.ones(unreduced.shape, dtype=bool)
    for actual, limit in ((budgeted, needs.budget_usd), (taken.finish / WEEKS_A_MONTH, needs.deadline_months)):
        if limit is not None:
            reduced = reduced * fit.limit_factor(actual, limit, steepness)
            keeps = keeps & (actual <= limit)
    return reduced, keeps


def values(taken: Course, needs: Asked, evidence: Snapshot, reference: Reference, shape: tuple[int, ...] = ()) -> Array:
    """The value of each criterion in each simulation, 0–1, shape (…, draws, criteria): that of the costs, or
    a larger one."""
    table = np.empty((len(evidence.criteria), *(shape or taken.total.shape)))
    for place, criterion in enumerate(evidence.criteria):  # one at a time, so that they take the same memory
        table[place] = value(criterion.id, taken, needs, evidence, reference)
    return np.moveaxis(table, 0, -1)  # a criterion's values are contiguous


def value(criterion: str, taken: Course, needs: Asked, evidence: Snapshot, reference: Reference) -> Numbers:
    """The value of a criterion in each simulation, 0–1."""
    central = evidence.central
    if criterion == fit.COST:
        return fit.cost_value(taken.total, reference.cost_usd, central("cost_steepness"))
    if criterion == fit.SPEED:
        late = np.maximum(0.0, taken.start - needs.start_within_weeks)
        return fit.speed_value(
            taken.finish / WEEKS_A_MONTH, reference.deadline_months, late, finish_share=central("finish_share"),
            steepness=central("deadline_steepness"), late_start_weeks=central("late_start_weeks"))
    return fit.rated_value(taken.ratings[criterion], reference.levels[criterion])
