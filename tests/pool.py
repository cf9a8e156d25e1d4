"""Varied projects whose decisions and explanations are worked out once a process: what is said or drawn of each must
agree with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from hiring import ProjectNeeds
from hiring.model.explanation import Explanation
from hiring.model.needs import CHOICE, NEEDS, NUMBER
from hiring.model.own_figures import Own, Range, takes_range
from tests.factories import explained
from tests.strategies import LOCATIONS, NEWEST

# Places of everyday projects, of those with own figures, and of those from bound to bound of the form.
PLAIN, ALTERED, WIDE = range(24), range(24, 32), range(32, 40)
POOL = (*PLAIN, *ALTERED, *WIDE)
SEED = 12  # one whose projects have every kind of answer


def project(place: int) -> ProjectNeeds:
    """An everyday project: each pair of limits, with budgets that are far too small to ample; or any that the form
    takes."""
    rng = np.random.default_rng((SEED, place))
    developers, months = rng.choice([0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 12]), int(rng.integers(1, 25))
    budget = float(round(developers * months * rng.uniform(5_000, 30_000), -3))
    choices = {name: str(rng.choice(list(need.choices))) for name, need in NEEDS.items() if need.kind == CHOICE}
    if place in WIDE:
        numbers = {name: float(rng.choice([need.low, rng.uniform(need.low, need.high), need.high]))
                   for name, need in NEEDS.items() if need.kind == NUMBER}
        return ProjectNeeds(**choices, **numbers, technical_lead=bool(rng.integers(2)))
    return ProjectNeeds(
        **choices, developers=float(developers), build_months=months, start_within_weeks=int(rng.integers(0, 27)),
        budget_usd=max(budget, 10_000) if place % 2 else None,
        deadline_months=int(months * rng.uniform(1, 2.5)) + 1 if place // 2 % 2 else None,
        upkeep_developers=float(rng.choice([0, 0.1, 0.5, 1, 4])), upkeep_months=int(rng.integers(0, 61)),
        location=str(rng.choice(LOCATIONS)), technical_lead=bool(rng.integers(2)), mixes=place % 8 != 7)


def own_of(place: int) -> Own:
    """One to eight own figures of an altered project, none of another."""
    if place not in ALTERED:
        return ()
    rng = np.random.default_rng((SEED, place))
    ids = rng.choice(sorted(NEWEST.figures), place % 8 + 1, replace=False)
    return tuple(sorted((str(id_), _near(str(id_), rng.uniform(0.8, 1.25, 3))) for id_ in ids))


def _near(id_: str, factors: np.ndarray) -> Range:
    figure = NEWEST.figures[id_]
    low, central, high = (min(max(figure.central * factor, figure.low), figure.high) for factor in sorted(factors))
    return Range(low, central, high) if takes_range(figure) else Range(central, central, central)


@lru_cache(maxsize=len(POOL))
def explanation_of(place: int) -> Explanation:
    return explained(project(place), dict(own_of(place)))


def each_of(places: Sequence[int]) -> Callable[[Callable[[Explanation], None]], Callable[[], None]]:
    """Let a test be called with each explanation; one that fails names its project."""
    def decorate(test: Callable[[Explanation], None]) -> Callable[[], None]:
        def run() -> None:
            for place in places:
                try:
                    test(explanation_of(place))
                except BaseException as fault:
                    fault.add_note(f"{place} of the pool: {project(place)}, own figures {own_of(place)}")
                    raise
        run.__name__, run.__doc__, run.__module__ = test.__name__, test.__doc__, test.__module__
        return run
    return decorate
