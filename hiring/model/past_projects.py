"""Past projects: what finished projects of your own say about a figure.

Each is one number of the kind that the figure predicts, such as real ÷ planned hours. Their logarithms are taken as
normal, with a mean and a variance of your own. The evidence is their prior: normal–inverse-gamma, which is conjugate.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from hiring.model.draws import HIGH_QUANTILE
from hiring.model.own_figures import Range

PRIOR_PROJECTS = 4.0
"""How many projects of your own the evidence's mean counts for: the variance within a data set ÷ that between the
means of data sets, in the 205 projects behind the overrun (`docs/calibration.md`)."""
PRIOR_SHAPE = 5.0
"""The shape of the inverse gamma: the evidence's spread counts for twice as many projects. Assumed."""
LEAST = {"overrun": 0.1, "lead_weeks": 0.1}  # what is less counts as this: a ratio, and half a day in weeks
EIGHT_OF_TEN = 1.2816  # the standard normal's 90th percentile
HALF_NORMAL_MEAN = 1 / math.sqrt(2 * math.pi)  # of a standard normal's upper half, times its share of one half


class Belief(NamedTuple):
    """A normal–inverse-gamma distribution of a mean and a variance of logarithms: the variance is inverse gamma with
    `shape` and `scale`, the mean is normal around `mean` with the variance ÷ `projects`."""

    mean: float
    projects: float
    shape: float
    scale: float

    @property
    def spread(self) -> float:
        """The standard deviation of the next project's logarithm: of a Student's t with 2 × shape degrees of
        freedom."""
        return math.sqrt(self.scale * (self.projects + 1) / self.projects / (self.shape - 1))


class Learned(NamedTuple):
    """A figure with the records of `projects`: the evidence's range, the 5th percentile, median and 95th percentile of
    the records, and the result; `weight` is the share that the records count for."""

    figure: str
    evidence: Range
    records: Range
    result: Range
    weight: float
    projects: int


class Origin(NamedTuple):
    """Where an own figure comes from: the number of finished projects, and the first and the last year in which one
    ended, 0 where that is not known."""

    figure: str
    projects: int
    first_year: int = 0
    last_year: int = 0


def prior(evidence: Range) -> Belief:
    """The belief whose next project has the mean and the standard deviation of the evidence's skewed range: two half
    normals on the logarithmic scale that meet in the middle, as the model draws an overrun."""
    low, middle, high = _logs(evidence)
    below, above = (middle - low) / HIGH_QUANTILE, (high - middle) / HIGH_QUANTILE
    shift = (above - below) * HALF_NORMAL_MEAN
    variance = (below * below + above * above) / 2 - shift * shift
    scale = variance * (PRIOR_SHAPE - 1) * PRIOR_PROJECTS / (PRIOR_PROJECTS + 1)
    return Belief(middle + shift, PRIOR_PROJECTS, PRIOR_SHAPE, scale)


def updated(before: Belief, logs: Sequence[float]) -> Belief:
    """The belief after the logarithms of some projects; the closed form."""
    n = len(logs)
    if not n:
        return before
    mean = float(np.mean(logs))
    projects = before.projects + n
    away = (mean - before.mean) ** 2 * before.projects * n / projects
    return Belief((before.projects * before.mean + n * mean) / projects, projects, before.shape + n / 2,
                  before.scale + (float(np.var(logs)) * n + away) / 2)


def learned(figure: str, evidence: Range, numbers: Collection[float]) -> Learned:
    """A figure of the evidence with the numbers of finished projects. The result has the shape of the evidence's range,
    with the mean and the standard deviation of the updated belief. Raises ValueError without a number, or where the
    evidence is one number."""
    least = LEAST[figure.split(".", maxsplit=1)[0]]
    if not numbers:
        raise ValueError(f"{figure}: no project has a number for it.")
    if not evidence.low < evidence.high:
        raise ValueError(f"{figure}: the evidence is one number, which no record can move.")
    logs = [math.log(max(number, least)) for number in numbers]
    evidence = Range(*(max(number, least) for number in evidence))
    before = prior(evidence)
    after = updated(before, logs)
    stretch = after.spread / before.spread if before.spread else 1.0
    result = Range(*(math.exp(after.mean + (log - before.mean) * stretch) for log in _logs(evidence)))
    records = Range(*(math.exp(log) for log in np.quantile(logs, (0.05, 0.5, 0.95))))
    return Learned(figure, evidence, records, result, len(logs) / (PRIOR_PROJECTS + len(logs)), len(logs))


def likely(numbers: Range) -> tuple[float, float]:
    """The 10th and the 90th percentile of a range on the logarithmic scale: 8 of 10 are between them."""
    low, middle, high = _logs(numbers)
    part = EIGHT_OF_TEN / HIGH_QUANTILE
    return math.exp(middle - (middle - low) * part), math.exp(middle + (high - middle) * part)


def _logs(numbers: Range) -> tuple[float, float, float]:
    low, middle, high = (math.log(number) for number in numbers)
    return low, middle, high
