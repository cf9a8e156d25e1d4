"""Asked: the needs that courses and scores depend on, of one project or of many variants at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from hiring.model.draws import Numbers
from hiring.model.needs import ProjectNeeds

# How much work there is: all that the course of a plan depends on besides the draws of its options.
WORK = ("developers", "build_months", "upkeep_developers", "upkeep_months")
# What may differ between variants that are ranked together, besides what only moves need levels.
NUMBERS = ("developers", "build_months", "start_within_weeks", "upkeep_developers", "upkeep_months")
LIMITS = ("budget_usd", "deadline_months")


class Asked(Protocol):
    """The needs that courses and scores depend on besides the terms of `Draws`: those of one project, or of many, shape
    (projects, 1). The results then have shape (draws,), or (projects, draws)."""

    @property
    def developers(self) -> Numbers: ...
    @property
    def build_months(self) -> Numbers: ...
    @property
    def start_within_weeks(self) -> Numbers: ...
    @property
    def deadline_months(self) -> Numbers | None: ...
    @property
    def upkeep_developers(self) -> Numbers: ...
    @property
    def upkeep_months(self) -> Numbers: ...
    @property
    def budget_usd(self) -> Numbers | None: ...
    @property
    def budget_covers(self) -> str: ...
    @property
    def limits(self) -> str: ...


@dataclass(frozen=True)
class Variants:
    """The needs of several variants as arrays of shape (variants, 1), or as one number where they agree."""

    developers: Numbers
    build_months: Numbers
    start_within_weeks: Numbers
    upkeep_developers: Numbers
    upkeep_months: Numbers
    budget_usd: Numbers | None
    deadline_months: Numbers | None
    budget_covers: str
    limits: str

    @classmethod
    def of(cls, variants: Sequence[ProjectNeeds]) -> Variants:
        """Variants that agree in `budget_covers` and `limits`. No limit is one that is never missed."""
        limits: dict[str, Any] = {}
        for name in LIMITS:
            given = [getattr(needs, name) for needs in variants]
            limits[name] = None if given == [None] * len(given) else stacked(
                [np.inf if limit is None else limit for limit in given])
        numbers: dict[str, Numbers] = {name: stacked([getattr(needs, name) for needs in variants]) for name in NUMBERS}
        return cls(**numbers, **limits, budget_covers=variants[0].budget_covers, limits=variants[0].limits)


def stacked(numbers: Sequence[float]) -> Numbers:
    """One number for each variant, shape (variants, 1), or a single one where all are equal."""
    return numbers[0] if len(set(numbers)) == 1 else np.array(numbers)[:, None]
