"""The pool of decisions reaches every kind of answer."""

from __future__ import annotations

from itertools import product

from hiring.model.decision import MIX, NONE_FITS, VERDICTS
from hiring.model.needs import NEEDS
from hiring.model.plans import BRIDGE, HANDOVER, TOGETHER
from tests.factories import OPTIONS
from tests.pool import PLAIN, POOL, explanation_of


def test_the_pool_has_every_verdict_answer_limit_kind_of_mix_and_reason() -> None:
    decisions = [explanation_of(place).decision for place in PLAIN]
    assert {it.verdict for it in decisions} == {*VERDICTS}
    assert {it.answer for it in decisions if it.verdict != NONE_FITS} == {*OPTIONS, MIX}
    assert {(it.needs.budget_usd is None, it.needs.deadline_months is None) for it in decisions} == {
        *product([True, False], repeat=2)}
    assert {it.needs.budget_covers for it in decisions if it.needs.budget_usd} == {*NEEDS["budget_covers"].choices}
    assert {it.needs.mixes for it in decisions if it.mix is None} == {True, False}
    assert {it.mix.outcome.plan.kind for it in decisions if it.mix} == {BRIDGE, HANDOVER, TOGETHER}
    assert {it.needs.upkeep_developers * it.needs.upkeep_months > 0 for it in decisions} == {True, False}
    reasons = [reason for place in POOL for reason in explanation_of(place).reasons]
    criteria = {criterion.id for criterion in decisions[0].evidence.criteria} | {"limits"}
    assert {reason.criterion for reason in reasons if reason.lead > 0} == criteria
    assert {reason.lead > 0 for reason in reasons} == {True, False}
