"""Tornado: how the lead of the answer over its rival changes with each figure, weight and limit at its ends.

One-way sensitivity, drawn as bars from longest to shortest: Eschenbach, Interfaces 22(6), 1992.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from hiring.model import decision, fit
from hiring.model.course import Course, course
from hiring.model.decision import Decision
from hiring.model.draws import Array
from hiring.model.evidence import Figure, Snapshot
from hiring.model.needs import NEEDS, ProjectNeeds
from hiring.model.option_draws import Draws
from hiring.model.plans import BRIDGE, TOGETHER, Plan
from hiring.model.simulation import scored

BARS_SHOWN = 4
SAMPLE_DRAWS = 500  # both ends of a bar are measured in the same simulations, so few are enough
WEIGHT_RANGE = (0.05, 0.95)  # a criterion's weight is moved between these quantiles of its draws
LIMIT_RANGE = (0.9, 1.1)  # a limit is moved between these multiples
WEIGHT, LIMIT = "weight", "limit"  # the first parts of these bars' ids


@dataclass(frozen=True)
class Bar:
    """The result with one input at its low and at its high end. `id` is a figure's, or `weight.` and a criterion, or
    `limit.` and a need; `low` and `high` are the input's."""

    id: str
    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        return abs(self.at_high - self.at_low)

    @property
    def changes_sign(self) -> bool:
        """Whether the rival would lead at one of the ends."""
        return min(self.at_low, self.at_high) < 0


@dataclass(frozen=True)
class Tornado:
    """Bars of the lead of `option` over `rival`, longest first, as differences in score; `lead` is the current one.
    Either may be the mix."""

    option: str
    rival: str
    lead: float
    bars: tuple[Bar, ...]

    def longest(self, evidence: Snapshot, assumed: bool) -> Bar | None:
        """The longest bar of an assumed figure, or else of one with a source; None where all are zero."""
        return next((bar for bar in self.bars if bar.id in evidence.figures and bar.swing > 0
                     and (evidence.figures[bar.id].kind == "assumed") == assumed), None)

    def assumed_that_matter(self, evidence: Snapshot) -> tuple[Bar, ...]:
        """The bars of assumed figures at one end of which the rival would lead."""
        return tuple(bar for bar in self.bars if bar.changes_sign and (
            bar.id in evidence.figures and evidence.figures[bar.id].kind == "assumed"))


def bars(ends: Mapping[str, tuple[float, float]], ranges: Mapping[str, tuple[float, float]]) -> tuple[Bar, ...]:
    """A bar for each input, longest first, from the results at both ends of its range."""
    found = [Bar(id_, *ranges[id_], *results) for id_, results in ends.items()]
    return tuple(sorted(found, key=lambda bar: -bar.swing))


def tornado(decided: Decision) -> Tornado | None:
    """Each figure with a range at its low and high end, and so each weight and each limit, all others as they are. None
    where there is no rival."""
    if decided.rival is None:
        return None
    compared = [decided.all_outcomes[id_] for id_ in (decided.answer, decided.rival)]
    sample = _Sample(decided, [outcome.plan for outcome in compared])
    lead = compared[0].expected_score - compared[1].expected_score
    ranges = {**sample.figure_ranges(), **sample.weight_ranges(), **sample.limit_ranges()}
    ends = {**sample.of_figures(), **sample.of_weights(), **sample.of_limits()}
    shift = lead - float(sample.scores[0] - sample.scores[1])
    moved = {id_: (low + shift, high + shift) for id_, (low, high) in ends.items()}
    return Tornado(decided.answer, decided.rival, lead, bars(moved, ranges))


class _Sample:
    """The answer and its rival in a sample of simulations."""

    def __init__(self, decided: Decision, plans: list[Plan]):
        self.decided, self.needs, self.evidence, self.plans = decided, decided.needs, decided.evidence, plans
        self.n = min(SAMPLE_DRAWS, decided.draws)
        self.weights = decision.drawn_weights(
            tuple(decided.weights.values()), self.evidence.central("weight_concentration"), tuple(decided.weights),
            self.n)
        self.courses = [self._course(plan, {}) for plan in plans]

    def _course(self, plan: Plan, moved: Mapping[str, Array]) -> Course:
        return course(plan, {option.id: Draws(option, self.needs, self.evidence, self.n, moved)
                             for option in plan.options}, self.needs)

    def _score(self, taken: Course, needs: ProjectNeeds, weights: Array, rows: tuple[int, ...] = ()) -> Array:
        """The mean score, over the last axis of the scores."""
        reference = self.decided.reference._replace(deadline_months=fit.reference_deadline(needs, self.evidence))
        return scored(taken, needs, self.evidence, reference, weights, (*rows, self.n)).scores.mean(axis=-1)

    def _lead(self, needs: ProjectNeeds, weights: Array) -> Array:
        ahead, behind = (self._score(taken, needs, weights) for taken in self.courses)
        return ahead - behind

    @cached_property
    def scores(self) -> list[Array]:
        """The mean scores of the answer and its rival as things are."""
        return [self._score(taken, self.needs, self.weights) for taken in self.courses]

    @cached_property
    def figures(self) -> list[dict[str, Figure]]:
        """The figures with a range that a plan depends on, those of each part of the answer by themselves."""
        options = {option.id for plan in self.plans for option in plan.options}
        are_joined = any(plan.kind in (TOGETHER, BRIDGE) for plan in self.plans)
        return [{figure.id: figure for figure in figures
                 if not figure.is_fixed and self._owner(figure.id) in (None, *options)
                 and (figure.id != "mix_loss_share" or are_joined)}
                for figures in self.decided.figures_used().values()]

    def figure_ranges(self) -> dict[str, tuple[float, float]]:
        """The ranges of the figures that a plan depends on."""
        return {id_: (figure.low, figure.high) for figures in self.figures for id_, figure in figures.items()}

    def _owner(self, id_: str) -> str | None:
        """The option whose figure it is; None for one that all share, as the yardstick's productive share is."""
        owners = (option.id for option in self.evidence.options
                  if id_.startswith(f"{option.id}.") or id_.endswith(f".{option.id}"))
        return None if id_ == self.evidence.yardstick_share else next(owners, None)

    def of_figures(self) -> dict[str, tuple[float, float]]:
        """The lead with each figure at its ends."""
        ahead, behind = self.scores
        leads = {id_: np.full(2, ahead - behind) for figures in self.figures for id_ in figures}
        for way, plan, now in zip((1, -1), self.plans, self.scores, strict=True):
            owners = (None, *(option.id for option in plan.options))
            for figures in self.figures:  # what does not depend on a part of the answer is not repeated
                moved = {id_: figure for id_, figure in figures.items() if self._owner(id_) in owners}
                for id_, scores in zip(moved, self._at_ends(plan, moved) if moved else (), strict=True):
                    leads[id_] += way * (scores - now)
        return {id_: (float(low), float(high)) for id_, (low, high) in leads.items()}

    def _at_ends(self, plan: Plan, figures: Mapping[str, Figure]) -> Array:
        """The mean score of a plan with each figure at its ends, shape (figures, 2). All ends are computed at once: a
        row of simulations for each."""
        rows = 2 * len(figures)
        moved: dict[str, Array] = {}
        base = Draws(plan.builder, self.needs, self.evidence, self.n)
        for place, (id_, figure) in enumerate(figures.items()):
            at, ends = slice(2 * place, 2 * place + 2), np.array([[figure.low], [figure.high]])
            moved[id_] = np.tile(np.broadcast_to(base.as_drawn(id_), (self.n,)), (rows, 1))
            moved[id_][at] = ends
            if id_ == self.evidence.yardstick_share:
                moved[f"central.{id_}"] = np.full((rows, 1), figure.central)
                moved[f"central.{id_}"][at] = ends
        return self._score(self._course(plan, moved), self.needs, self.weights, (rows,)).reshape(-1, 2)

    def weight_ranges(self) -> dict[str, tuple[float, float]]:
        """The likely range of each criterion's weight."""
        low, high = np.quantile(self.weights, WEIGHT_RANGE, axis=0).tolist()
        return {f"{WEIGHT}.{criterion}": ends for criterion, ends in zip(
            self.decided.weights, zip(low, high, strict=True), strict=True)}

    def of_weights(self) -> dict[str, tuple[float, float]]:
        """The lead with each weight at its ends."""
        ranges = self.weight_ranges()
        weights = [self._with_weight(place, end) for place, ends in enumerate(ranges.values()) for end in ends]
        leads = self._lead(self.needs, np.array(weights)).tolist()
        return {id_: (leads[2 * place], leads[2 * place + 1]) for place, id_ in enumerate(ranges)}

    def _with_weight(self, place: int, value: float) -> Array:
        """The weights of each simulation with one of them at a value, the others in proportion."""
        others = self.weights.copy()
        others[:, place] = 0
        others *= (1 - value) / np.maximum(others.sum(axis=1, keepdims=True), 1e-12)
        others[:, place] = value
        return others

    def limit_ranges(self) -> dict[str, tuple[float, float]]:
        """A tenth below and above each limit that was given."""
        given = {name: getattr(self.needs, name) for name in ("budget_usd", "deadline_months")}
        return {f"{LIMIT}.{name}": (max(limit * LIMIT_RANGE[0], NEEDS[name].low),
                                    min(limit * LIMIT_RANGE[1], NEEDS[name].high))
                for name, limit in given.items() if limit is not None}

    def of_limits(self) -> dict[str, tuple[float, float]]:
        """The lead with each limit at its ends."""
        def lead(id_: str, value: float) -> float:
            limit: dict[str, Any] = {id_.removeprefix(f"{LIMIT}."): value}
            needs = replace(self.needs, **limit)
            return float(self._lead(needs, self.weights))
        return {id_: (lead(id_, low), lead(id_, high)) for id_, (low, high) in self.limit_ranges().items()}
