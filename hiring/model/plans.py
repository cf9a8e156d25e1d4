"""Plans: one option builds and the same or another maintains. Some of them are the options themselves."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from hiring.model import costs, decision, fit, rules, simulation
from hiring.model.acceptability import first_shares
from hiring.model.decision import Decision
from hiring.model.draws import Array, Numbers
from hiring.model.quantiles import quantiles
from hiring.model.simulation import Draws, Outcome, engagement_cost


class Handover(NamedTuple):
    """Weeks from today, each one number or one per draw: when the search for the keeper begins, when the keeper starts,
    how long the builder stays, and how many weeks the keeper is paid, ramp-up included."""

    search: Numbers
    start: Numbers
    builder_until: Numbers
    paid_weeks: Numbers


@dataclass(frozen=True, repr=False)
class Plan:
    """Who builds and who maintains (the keeper). Arrays have shape (draws,); money in USD."""

    builder: Outcome
    keeper: Outcome
    handover: Handover | None
    lines: costs.CostLines
    total: Array
    scores: Array
    within_budget_share: float | None
    is_ruled_out: bool

    @cached_property
    def hands_over(self) -> bool:
        """Whether the keeper is engaged in at least half of the futures."""
        over = self.handover
        return over is not None and bool(np.median(over.paid_weeks * self.keeper.upkeep_heads) > 0)

    @cached_property
    def expected_score(self) -> float:
        return float(self.scores.mean())

    @property
    def on_time_share(self) -> float | None:
        return self.builder.on_time_share

    @cached_property
    def cost_quantiles(self) -> tuple[float, float, float]:
        """Cost over the horizon, USD: 10th percentile, median, 90th percentile."""
        return quantiles(self.total)


class Offer(NamedTuple):
    """The best staged plan, the share of futures in which it beats all options left, and the verdict on it."""

    plan: Plan
    first_share: float
    verdict: str


def plans(decided: Decision) -> dict[tuple[str, str], Plan]:
    """All plans as {(builder, keeper): plan}, in the order of the decision."""
    options = list(decided.outcomes.values())
    return {(builder.option.id, keeper.option.id): _plan(decided, place, builder, keeper)
            for place, builder in enumerate(options) for keeper in options}


def best_staged(decided: Decision, all_plans: Mapping[tuple[str, str], Plan]) -> Offer | None:
    """The staged plan that most often beats every option left, if it leads by more than a close call.

    None if nothing is handed over in half of the futures, or no staged plan leads. If no option is left, it is the
    staged plan with the best score that no rule rules out.
    """
    staged = [plan for plan in all_plans.values() if plan.hands_over and not plan.is_ruled_out]
    if not staged:
        return None
    best = max((_offer(decided, plan) for plan in staged),
               key=lambda offer: (offer.first_share, offer.plan.expected_score))
    return best if best.verdict in (decision.LEANING, decision.LIKELY, decision.CLEAR) else None


def _offer(decided: Decision, plan: Plan) -> Offer:
    left = [place for place, option in enumerate(decided.outcomes) if option in decided.left]
    shares = first_shares(np.column_stack([plan.scores, decided.scores[:, left]]))
    others = sorted(shares[1:], reverse=True)
    is_ahead = not others or shares[0] > others[0]
    verdict = decision.verdict([shares[0], *others], decided.evidence) if is_ahead else decision.CLOSE_CALL
    return Offer(plan, float(shares[0]), verdict)


def _plan(decided: Decision, place: int, builder: Outcome, keeper: Outcome) -> Plan:
    if builder is keeper:
        return Plan(builder, keeper, None, builder.lines, builder.total, decided.scores[:, place],
                    builder.within_budget_share, builder.is_ruled_out)
    needs, evidence, n = decided.needs, decided.evidence, len(decided.scores)
    over = handover(builder, keeper, evidence.central("handover_weeks"))
    lines = _lines(decided, builder, keeper, over)
    total = np.broadcast_to(np.asarray(lines.total, dtype=float), (n,))
    within = None if needs.budget_usd is None else simulation.share(total <= needs.budget_usd)
    values = simulation.values(needs, evidence, builder.yardsticks, ratings(decided, builder, keeper, over), total,
                               builder.schedule)
    return Plan(builder, keeper, over, lines, total, decision.scored(decided.drawn_weights, values), within,
                _is_ruled_out(builder, keeper, within))


def handover(builder: Outcome, keeper: Outcome, overlap_weeks: float) -> Handover:
    """The search for the keeper begins in time for the release, or as soon as possible. The builder stays until some
    weeks after the keeper starts. Half of the keeper's ramp-up is paid on top, as in a build."""
    release, left = builder.schedule.finish, builder.schedule.upkeep_weeks
    start = np.maximum(release, keeper.schedule.start)
    kept = np.maximum(0.0, left - (start - release))
    until = np.minimum(start + overlap_weeks, release + left)
    return Handover(start - keeper.schedule.start, start, until, kept + np.minimum(kept, keeper.ramp_weeks / 2))


def _lines(decided: Decision, builder: Outcome, keeper: Outcome, over: Handover) -> costs.CostLines:
    """The builder's engagement ends with the handover and the keeper's begins with it; both are paid in full."""
    needs, evidence, n = decided.needs, decided.evidence, len(decided.scores)
    staying = np.minimum(builder.paid_heads, builder.upkeep_heads)
    built = engagement_cost(
        Draws(builder.option, evidence, n), needs, heads=builder.paid_heads, build_weeks=builder.schedule.build_weeks,
        kept=staying, kept_weeks=over.builder_until - builder.schedule.finish, posts=builder.paid_heads)
    kept = engagement_cost(
        Draws(keeper.option, evidence, n), needs, heads=0.0, build_weeks=0.0, kept=keeper.upkeep_heads,
        kept_weeks=over.paid_weeks, posts=np.where(over.paid_weeks > 0, needs.upkeep_developers, 0.0))
    return costs.CostLines(*map(operator.add, built, kept))


def ratings(decided: Decision, builder: Outcome, keeper: Outcome, over: Handover) -> dict[str, Numbers]:
    """Ratings of a staged plan, points. Flexibility, collaboration and autonomy mix by share of time, continuity
    follows the keeper, capability leans to the builder, security is the lower one. If nothing is left to maintain
    within the horizon, they are the builder's."""
    weeks = builder.schedule.build_weeks
    time = weeks / (weeks + over.paid_weeks)
    central = decided.evidence.central
    building = {**dict.fromkeys(fit.LEVELS, time), "continuity": 1 - central("keeper_continuity_share"),
                "capability": central("builder_capability_share")}
    mixed = {criterion: share * builder.ratings[criterion] + (1 - share) * keeper.ratings[criterion]
             for criterion, share in building.items()}
    mixed["security"] = np.minimum(builder.ratings["security"], keeper.ratings["security"])
    is_kept = np.asarray(over.paid_weeks * keeper.upkeep_heads) > 0
    return {criterion: np.where(is_kept, rating, builder.ratings[criterion]) for criterion, rating in mixed.items()}


def _is_ruled_out(builder: Outcome, keeper: Outcome, within: float | None) -> bool:
    """Whether a rule rules out the builder, given the cost of the whole plan, or the keeper's price."""
    effects = (rules.RULE_OUT,)
    of_builder = rules.findings(replace(builder.case, within_budget_share=within), effects)
    of_keeper = rules.findings(replace(keeper.case, within_budget_share=within), effects)
    return bool(of_builder) or any(finding.rule.fixed_by == rules.MORE_MONEY for finding in of_keeper)
