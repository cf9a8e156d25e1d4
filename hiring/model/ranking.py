"""Ranking: which option is first for many variants of a project at once.

Gives the shares that `decide` gives, in a fraction of the time: the variants share one pass over the simulations, and
nothing is worked out that only an answer needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hiring.model import acceptability, draws, fit
from hiring.model.asked import WORK, Variants, stacked
from hiring.model.course import course
from hiring.model.decision import Decision, drawn_weights
from hiring.model.draws import Array, Numbers
from hiring.model.evidence import Option, Snapshot
from hiring.model.needs import ProjectNeeds
from hiring.model.option_draws import WAGE_RATIO, Draws
from hiring.model.plans import ALONE, Plan
from hiring.model.simulation import Reference, limited, value


class Ranked(NamedTuple):
    """The first option of a variant, its keep share, the largest keep share of any option, and the first share of
    each."""

    first: str
    keep_share: float
    most_kept: float
    first_shares: dict[str, float]

    def lead(self, option: str) -> float:
        """By how much the first share of an option is ahead of the largest other one."""
        return self.first_shares[option] - max(
            (share for id_, share in self.first_shares.items() if id_ != option), default=0.0)


def ranked(before: Decision, need: str, answers: Sequence[Any]) -> list[Ranked]:
    """The first option under each answer to one need, all other answers as in an earlier decision, without mixes and in
    as many simulations. Everything is reused of that decision that does not depend on the need."""
    if not is_stacked(need, before.evidence) and len(answers) > 1:
        return [found for answer in answers for found in ranked(before, need, [answer])]
    evidence, variants = before.evidence, [before.needs.with_answer(need, answer) for answer in answers]
    asked = Variants.of(variants)
    weights, reference = _weights_and_reference(before, need, variants)
    of = {option.id: _draws(before, need, option, variants) for option in evidence.options}
    agreeing = [criterion for criterion in before.weights if _is_same(criterion, before, asked, reference)]
    found = []
    for option in evidence.options:
        outcome, has_same_draws = before.outcomes[option.id], need not in Draws.terms(option)
        has_same_course = has_same_draws and need not in WORK
        taken = outcome.course if has_same_course else course(Plan(ALONE, option, option, asked.developers), of, asked)
        known = {criterion for criterion in agreeing
                 if (has_same_draws if criterion in reference.levels else has_same_course)}
        unreduced = outcome.unreduced_scores if len(known) == len(before.weights) and weights is before.drawn_weights \
            else sum((weights[..., place] * (outcome.values[:, place] if criterion in known else value(
                criterion, taken, asked, evidence, reference)) for place, criterion in enumerate(before.weights)),
                start=np.zeros(()))
        found.append(limited(taken, asked, evidence, unreduced))
    reduced = np.array(np.broadcast_arrays(*(scores for scores, _ in found)))
    shares = acceptability.first_shares(np.moveaxis(reduced, 0, -1))
    kept = np.stack(np.broadcast_arrays(*(share_of(keeps) for _, keeps in found)), axis=-1)
    table = [np.broadcast_to(numbers, (len(variants), len(found))).tolist()
             for numbers in (shares, reduced.mean(axis=-1).T, kept)]
    return [_ranked(evidence, *row) for row in zip(*table, strict=True)]


def is_stacked(need: str, evidence: Snapshot) -> bool:
    """Whether all answers to a need share one pass over the simulations: all but those that change draws."""
    return need == "location" or not any(need in Draws.terms(option) for option in evidence.options)


def _draws(before: Decision, need: str, option: Option, variants: Sequence[ProjectNeeds]) -> Draws:
    """The draws of an option, on the terms of all variants."""
    if need not in Draws.terms(option):
        return before.option_draws[option.id]
    ratios = [before.evidence.wage_ratio(needs.location) for needs in variants]
    return Draws(option, variants[0], before.evidence, before.draws, {
        WAGE_RATIO: np.array(ratios)[:, None]} if need == "location" else {})


def _is_same(criterion: str, before: Decision, asked: Variants, reference: Reference) -> bool:
    """Whether a course has the value of a criterion that it had before."""
    def agree(number: Numbers, other: Numbers) -> bool:
        return np.ndim(number) == 0 and number == other
    if criterion == fit.COST:
        return agree(reference.cost_usd, before.reference.cost_usd)
    if criterion == fit.SPEED:
        return agree(reference.deadline_months, before.reference.deadline_months) and agree(
            asked.start_within_weeks, before.needs.start_within_weeks)
    return agree(reference.levels[criterion], before.reference.levels[criterion])


def share_of(holds: NDArray[np.bool_]) -> Array:
    """The share of simulations in which something holds, over the last axis."""
    return np.asarray(np.count_nonzero(holds, axis=-1) / holds.shape[-1])


def _ranked(evidence: Snapshot, shares: list[float], expected: list[float], kept: list[float]) -> Ranked:
    first = max(range(len(shares)), key=lambda place: (shares[place], expected[place]))
    ids = [option.id for option in evidence.options]
    return Ranked(ids[first], kept[first], max(kept), dict(zip(ids, shares, strict=True)))


def _weights_and_reference(before: Decision, need: str, variants: Sequence[ProjectNeeds]) -> tuple[Array, Reference]:
    """The weights of each variant in each simulation, shape (variants, draws, criteria), or (draws, criteria) of one
    variant, and what values are measured against."""
    evidence, levels, drawn = before.evidence, before.reference.levels, before.drawn_weights
    if need in WORK or any(need in asked for asked in fit.LEVELS.values()):
        found = [fit.need_levels(needs, evidence) for needs in variants]
        weights = np.array([fit.central_weights_of(each, evidence) for each in found])
        drawing = (evidence.central("weight_concentration"), tuple(before.weights), before.draws)
        drawn = draws.dirichlet(weights, *drawing) if len(weights) > 1 else drawn_weights(
            tuple(weights[0].tolist()), *drawing)
        levels = {criterion: stacked([each[criterion] for each in found]) for criterion in levels}
    return drawn, Reference(levels, stacked([fit.reference_cost(needs, evidence) for needs in variants]),
                            stacked([fit.reference_deadline(needs, evidence) for needs in variants]))
