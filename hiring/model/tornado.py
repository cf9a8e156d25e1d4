"""Tornado: how the lead of the answer over its rival changes with each figure, weight and limit at its ends.

One-way sensitivity, drawn as bars from longest to shortest: Eschenbach, Interfaces 22(6), 1992.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from hiring.model import decision, fit
from hiring.model.decision import Decision
from hiring.model.draws import Array
from hiring.model.evidence import Snapshot
from hiring.model.needs import NEEDS, ProjectNeeds
from hiring.model.plans import BRIDGE, TOGETHER, Plan
from hiring.model.simulation import Course, Draws, course, scored

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
    shift = lead - sample.lead()
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
        self.courses = self._courses({})

    def _courses(self, moved: Mapping[str, Array]) -> list[Course]:
        options = {option.id: option for plan in self.plans for option in plan.options}
        drawn = {id_: Draws(option, self.needs, self.evidence, self.n, moved) for id_, option in options.items()}
        return [course(plan, drawn, self.needs) for plan in self.plans]

    def _lead(self, courses: list[Course], needs: ProjectNeeds, weights: Array) -> Array:
        """The mean lead, over the last axis of the scores."""
        reference = self.decided.reference._replace(deadline_months=fit.reference_deadline(needs, self.evidence))
        ahead, behind = (scored(taken, needs, self.evidence, reference, weights).scores.mean(axis=-1)
                         for taken in courses)
        return np.asarray(ahead - behind)

    def lead(self) -> float:
        """The lead of the answer as things are."""
        return float(self._lead(self.courses, self.needs, self.weights))

    def figure_ranges(self) -> dict[str, tuple[float, float]]:
        """The ranges of the figures that a plan depends on."""
        used = {figure.id: figure for figures in self.decided.figures_used().values() for figure in figures}
        options = {option.id for plan in self.plans for option in plan.options}
        return {id_: (figure.low, figure.high) for id_, figure in used.items()
                if not figure.is_fixed and self._owner(id_) in (None, *options)
                and (id_ != "mix_loss_share" or any(plan.kind in (TOGETHER, BRIDGE) for plan in self.plans))}

    def _owner(self, id_: str) -> str | None:
        """The option whose figure it is; None for one that all share, as the yardstick's productive share is."""
        owners = (option.id for option in self.evidence.options
                  if id_.startswith(f"{option.id}.") or id_.endswith(f".{option.id}"))
        return None if id_ == self.evidence.yardstick_share else next(owners, None)

    def of_figures(self) -> dict[str, tuple[float, float]]:
        """The lead with each figure at its ends. All ends are computed at once: a row of simulations for each."""
        ranges, figures = self.figure_ranges(), self.evidence.figures
        rows = 2 * len(ranges)
        moved: dict[str, Array] = {}
        base = Draws(self.plans[0].builder, self.needs, self.evidence, self.n)
        for place, (id_, (low, high)) in enumerate(ranges.items()):
            drawn = np.tile(np.broadcast_to(base.as_drawn(id_), (self.n,)), (rows, 1))
            drawn[2 * place], drawn[2 * place + 1] = low, high
            moved[id_] = drawn
            if id_ == self.evidence.yardstick_share:
                share = np.full((rows, 1), figures[id_].central)
                share[2 * place], share[2 * place + 1] = low, high
                moved[f"central.{id_}"] = share
        leads = self._lead(self._courses(moved), self.needs, self.weights).tolist() if moved else []
        return {id_: (leads[2 * place], leads[2 * place + 1]) for place, id_ in enumerate(ranges)}

    def weight_ranges(self) -> dict[str, tuple[float, float]]:
        """The likely range of each criterion's weight."""
        low, high = np.quantile(self.weights, WEIGHT_RANGE, axis=0).tolist()
        return {f"{WEIGHT}.{criterion}": ends for criterion, ends in zip(
            self.decided.weights, zip(low, high, strict=True), strict=True)}

    def of_weights(self) -> dict[str, tuple[float, float]]:
        """The lead with each weight at its ends."""
        ranges = self.weight_ranges()
        weights = [self._with_weight(place, end) for place, ends in enumerate(ranges.values()) for end in ends]
        leads = self._lead(self.courses, self.needs, np.array(weights)).tolist()
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
            return float(self._lead(self.courses, needs, self.weights))
        return {id_: (lead(id_, low), lead(id_, high)) for id_, (low, high) in self.limit_ranges().items()}
