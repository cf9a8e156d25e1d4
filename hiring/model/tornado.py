"""Tornado: how the lead of the answer over its rival changes with each figure, weight and limit at its low and high end.

One-way sensitivity, drawn as bars from longest to shortest: Eschenbach, Interfaces 22(6), 1992.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from hiring.model import decision, fit
from hiring.model.decision import Decision
from hiring.model.draws import Array
from hiring.model.evidence import Figure, Snapshot
from hiring.model.needs import NEEDS, ProjectNeeds
from hiring.model.simulation import Course, Draws, Outcome, Reference, course, outcome

BARS_SHOWN = 10
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


def bars(measured: Callable[[str, float], float], ranges: Mapping[str, tuple[float, float]]) -> tuple[Bar, ...]:
    """A bar for each input, longest first; `measured` gives the result with one input at a value."""
    found = [Bar(id_, low, high, measured(id_, low), measured(id_, high)) for id_, (low, high) in ranges.items()]
    return tuple(sorted(found, key=lambda bar: -bar.swing))


def tornado(decided: Decision) -> Tornado | None:
    """Each figure with a range at its low and high end, and so each weight and each limit, all others as they are. None
    where there is no rival."""
    if decided.rival is None:
        return None
    compared = (decided.answer, decided.rival)
    lead = decided.all_outcomes[compared[0]].expected_score - decided.all_outcomes[compared[1]].expected_score
    sample = _Sample(decided, compared)
    shift = lead - sample.lead()
    found = bars(lambda id_, value: shift + sample.measured(id_, value), sample.ranges)
    return Tornado(*compared, lead, found)


class _Sample:
    """The answer and its rival in a sample of simulations, with one input moved at a time."""

    def __init__(self, decided: Decision, compared: tuple[str, str]):
        self.decided, self.needs, self.evidence = decided, decided.needs, decided.evidence
        n = min(SAMPLE_DRAWS, decided.draws)
        criteria = tuple(decided.weights)
        self.weights = decision.drawn_weights(
            tuple(decided.weights.values()), self.evidence.central("weight_concentration"), criteria, n)
        self.plans = [decided.all_outcomes[id_].plan for id_ in compared]
        self.draws = {option.id: Draws(option, self.needs, self.evidence, n)
                      for plan in self.plans for option in plan.options}
        self.courses = [course(plan, self.draws) for plan in self.plans]
        self.outcomes = [outcome(taken, self.needs, self.evidence, decided.reference, self.weights)
                         for taken in self.courses]
        self.figures = {figure.id: figure for part in ("cost", "time", "fit", "method")
                        for figure in decided.figures_used()[part] if not figure.is_fixed and (
                            part != "method" or figure.id == "mix_loss_share")}
        weights = np.quantile(self.weights, WEIGHT_RANGE, axis=0).T
        limits = {name: getattr(self.needs, name) for name in ("budget_usd", "deadline_months")}
        self.ranges = {
            **{id_: (figure.low, figure.high) for id_, figure in self.figures.items() if any(
                _affects(id_, plan.options, self.evidence) for plan in self.plans)},
            **{f"{WEIGHT}.{criterion}": (float(low), float(high))
               for criterion, (low, high) in zip(criteria, weights, strict=True)},
            **{f"{LIMIT}.{name}": (max(limit * LIMIT_RANGE[0], NEEDS[name].low),
                                   min(limit * LIMIT_RANGE[1], NEEDS[name].high))
               for name, limit in limits.items() if limit is not None}}

    def lead(self) -> float:
        """The lead of the answer as things are."""
        return _lead(self.outcomes)

    def measured(self, id_: str, value: float) -> float:
        """The lead of the answer with one input at a value."""
        kind, _, name = id_.partition(".")
        if kind == WEIGHT:
            weights = _with_weight(self.weights, list(self.decided.weights).index(name), value)
            return _lead([self._scored(taken, weights=weights) for taken in self.courses])
        if kind == LIMIT:
            needs = replace(self.needs, **{name: value})
            return _lead([self._scored(taken, needs=needs) for taken in self.courses])
        figure = self.figures[id_]
        evidence = _fixed_at(self.evidence, figure, value)
        return _lead([
            self._scored(self._course(taken, figure, evidence), evidence=evidence)
            if _affects(id_, taken.plan.options, evidence) else known
            for taken, known in zip(self.courses, self.outcomes, strict=True)])

    def _course(self, taken: Course, figure: Figure, evidence: Snapshot) -> Course:
        draws = {id_: Draws(each.option, self.needs, evidence, each.n) for id_, each in self.draws.items()}
        return course(taken.plan, draws)

    def _scored(self, taken: Course, needs: ProjectNeeds | None = None, evidence: Snapshot | None = None,
                weights: Array | None = None) -> Outcome:
        needs, evidence = needs or self.needs, evidence or self.evidence
        reference = Reference(self.decided.need_levels, fit.reference_cost(needs, evidence),
                              fit.reference_deadline(needs, evidence))
        return outcome(taken, needs, evidence, reference, self.weights if weights is None else weights)


def _lead(outcomes: list[Outcome]) -> float:
    ahead, behind = (found.scores.mean() for found in outcomes)
    return float(ahead - behind)


def _with_weight(weights: Array, place: int, value: float) -> Array:
    """The weights with one of them at a value and the others scaled to add up to 1 with it."""
    others = weights.copy()
    others[:, place] = 0
    others *= (1 - value) / np.maximum(others.sum(axis=1, keepdims=True), 1e-12)
    others[:, place] = value
    return others


def _affects(id_: str, options: tuple[object, ...], evidence: Snapshot) -> bool:
    """Whether a figure can affect a plan of these options; one that belongs to no option affects all."""
    owners = [option.id for option in evidence.options
              if id_.startswith(f"{option.id}.") or id_.endswith(f".{option.id}")]
    return not owners or id_ == evidence.yardstick_share or any(
        option.id in owners for option in options)  # type: ignore[attr-defined]


def _fixed_at(evidence: Snapshot, figure: Figure, value: float) -> Snapshot:
    known = replace(figure, low=value, central=value, high=value)
    return replace(evidence, figures={**evidence.figures, figure.id: known},
                   replaced={figure.id: figure, **evidence.replaced})
