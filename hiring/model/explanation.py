"""Explanation: why this answer, and what would change it. Each part is computed when it is needed."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from hiring.model import breakeven, switching
from hiring.model import tornado as sensitivity
from hiring.model.breakeven import BreakEven, Tie
from hiring.model.decision import NONE_FITS, Decision, decide
from hiring.model.option_draws import pay_id
from hiring.model.switching import Switches
from hiring.model.tornado import Tornado

LEAST = 0.0075  # a smaller difference in score is not a reason
MAX_FOR, MAX_AGAINST = 3, 2  # reasons


class Reason(NamedTuple):
    """A criterion, or the limits, that separates the answer from its rival, and its share of the lead in score."""

    criterion: str
    lead: float


class OtherWages(NamedTuple):
    """What another source of salaries would make of the project: the source by its choice of `wage_basis`, the best of
    the options, and of people you hire the typical cost, USD."""

    basis: str
    first: str
    hired_usd: float


class Explanation:
    """The explanation of one decision."""

    def __init__(self, decision: Decision):
        self.decision = decision

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """The strongest reasons for the answer against its rival, then the strongest against it; none without a
        rival."""
        rival = self.decision.rival
        if rival is None:
            return ()
        leads = [Reason(*item) for item in self.decision.leads(self.decision.answer, rival).items()]
        ahead = [reason for reason in leads if reason.lead >= LEAST][:MAX_FOR]
        behind = [reason for reason in reversed(leads) if reason.lead <= -LEAST][:MAX_AGAINST]
        return (*ahead, *behind)

    @cached_property
    def other_wages(self) -> OtherWages | None:
        """What the last source of salaries in the country would change, where another one is used; None where the
        salary is the manager's own."""
        decision = self.decision
        needs, evidence, hired = decision.needs, decision.evidence, decision.evidence.yardstick
        basis = evidence.place.wage_bases[-1]
        pay = pay_id(decision.outcomes[hired].option, needs, evidence) if hired in decision.outcomes else ""
        if not pay or pay in evidence.replaced or needs.wage_basis == basis or len(evidence.place.wage_bases) == 1:
            return None
        asked = replace(needs, wage_basis=basis, mixes=False)  # the mixes would take most of the time
        other = decide(asked, evidence, decision.draws, decision)
        return OtherWages(basis, other.first, other.outcomes[hired].cost_quantiles[1])

    @cached_property
    def break_evens(self) -> tuple[BreakEven, ...]:
        return breakeven.break_evens(self.decision)

    @cached_property
    def rate_ties(self) -> tuple[Tie, ...]:
        return breakeven.rate_ties(self.decision)

    @cached_property
    def hours_ties(self) -> tuple[Tie, ...]:
        return breakeven.hours_ties(self.decision)

    @cached_property
    def switches(self) -> Switches | None:
        """None where nothing fits: what makes something fit is in `Decision.remedies`."""
        return None if self.decision.verdict == NONE_FITS else switching.switching_values(self.decision)

    @cached_property
    def tornado(self) -> Tornado | None:
        return sensitivity.tornado(self.decision)
