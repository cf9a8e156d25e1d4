"""Simulation: one option in thousands of futures. One generic formula serves every option."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hiring.model import costs, fit, rules
from hiring.model.draws import Array, Numbers, drawn, priced
from hiring.model.evidence import OWN, Option, Snapshot
from hiring.model.needs import ProjectNeeds
from hiring.model.schedule import WEEKS_A_MONTH, Schedule, build_weeks, paid_heads, schedule, upkeep_heads, work_hours

YARDSTICK_SHARE = "productive_share.in_house"  # the productive share that measures the work of all options
# What an option's row of figures holds besides its pay and ratings.
TIME_FIGURES = ("lead_weeks", "ramp_weeks", "productive_share")
COST_FIGURES = ("smallest_post", "minimum_usd", "fee_share", "steering_share", "sourcing_usd", "equipment_usd",
                "attrition_per_year", "exit_weeks")
# What all options share: figures of the simulation, shapes of the values, bounds of rules and verdicts.
SHARED_FIGURES = (
    "overrun", "load", "manager_hourly_usd", "market_correlation", "weight_concentration", "cost_steepness",
    "deadline_steepness", "finish_share", "late_start_weeks", "reference_budget_factor", "reference_deadline_factor",
    "rule_out_share", "caution_share", "close_call_share", "leaning_share", "likely_share",
    "handover_weeks", "keeper_continuity_share", "builder_capability_share")


@dataclass(frozen=True, repr=False)
class Outcome:
    """One option over all futures. Arrays have shape (draws,); money in USD, times in weeks."""

    option: Option
    schedule: Schedule
    paid_heads: float
    upkeep_heads: Numbers
    ramp_weeks: Numbers
    lines: costs.CostLines
    total: Array
    ratings: Mapping[str, Numbers]
    values: Array
    case: rules.Case

    @property
    def within_budget_share(self) -> float | None:
        return self.case.within_budget_share

    @property
    def on_time_share(self) -> float | None:
        return self.case.on_time_share

    @property
    def quick_start(self) -> float:
        """Weeks until the first working day when it goes quickly."""
        return self.case.figure("lead_weeks").low

    @cached_property
    def findings(self) -> tuple[rules.Finding, ...]:
        return rules.findings(self.case)

    @cached_property
    def mended_by(self) -> frozenset[str]:
        """What would have to give for the option not to be ruled out; empty where it is not."""
        return frozenset(f.rule.mended_by for f in rules.findings(self.case, (rules.RULE_OUT,)))

    @property
    def is_ruled_out(self) -> bool:
        return bool(self.mended_by)

    @cached_property
    def cost_quantiles(self) -> tuple[float, float, float]:
        """Cost over the horizon, USD: 10th percentile, median, 90th percentile."""
        return quantiles(self.total)

    @cached_property
    def finish_quantiles(self) -> tuple[float, float, float]:
        """First release in months from today: 10th percentile, median, 90th percentile."""
        return quantiles(self.schedule.finish / WEEKS_A_MONTH)

    @cached_property
    def start_week(self) -> float:
        return float(np.median(self.schedule.start))

    def line_medians(self) -> dict[str, float]:
        """The median of each cost line, USD. Medians of parts need not sum to the median of the whole."""
        return {name: float(np.median(line)) for name, line in self.lines._asdict().items()}

    def middle_future(self) -> dict[str, float]:
        """Each cost line where the total is in the middle, USD: the mean over the futures between the
        45th and 55th percentile, scaled to sum to the median."""
        low, median, high = np.quantile(self.total, (0.45, 0.5, 0.55))
        middle = (self.total >= low) & (self.total <= high)
        parts = {name: float(np.mean(np.broadcast_to(line, self.total.shape)[middle]))
                 for name, line in self.lines._asdict().items()}
        scale = float(median) / sum(parts.values())
        return {name: part * scale for name, part in parts.items()}


def quantiles(values: Numbers) -> tuple[float, float, float]:
    """10th percentile, median and 90th percentile."""
    low, median, high = np.quantile(values, (0.1, 0.5, 0.9))
    return float(low), float(median), float(high)


@dataclass(frozen=True)
class Draws:
    """The figures of one option in `n` futures. Shared figures are shared draws."""

    option: Option
    evidence: Snapshot
    n: int

    def own(self, name: str) -> Numbers:
        return self.shared(f"{name}.{self.option.id}")

    def shared(self, figure_id: str) -> Numbers:
        return drawn(self.evidence.figures[figure_id], self.n)

    def priced(self, figure_id: str, name: str) -> Numbers:
        """A price of labor: those move together with the market."""
        return priced(self.evidence.figures[figure_id], name, self.evidence.central("market_correlation"), self.n)

    def weekly_usd(self, needs: ProjectNeeds) -> Numbers:
        """Price of one paid full-time week, from the option's row of pay, by the row's unit."""
        figure_id = pay_id(self.option, needs)
        pay = self.priced(figure_id, f"pay.{self.option.id}")
        if self.option.located and self.evidence.figures[figure_id].kind != OWN:  # your own offer is for the place
            pay = pay * self.evidence.wage_ratio(needs.location)
        if self.evidence.figures[figure_id].unit == "USD per year":
            return costs.weekly_usd_from_salary(pay, self.shared("load"), self.own("fee_share"))
        return costs.weekly_usd_from_rate(pay, self.own("fee_share"))


def pay_id(option: Option, needs: ProjectNeeds) -> str:
    """The option's row of pay for these needs."""
    return f"{option.id}.{getattr(needs, option.basis_need)}.{needs.seniority}"


def simulate(option: Option, needs: ProjectNeeds, evidence: Snapshot, levels: Mapping[str, float], budget: float,
             deadline: float, n: int) -> Outcome:
    """One option in `n` futures: schedule, cost lines, values and the rules that apply.

    `levels` are the need levels; `budget` in USD and `deadline` in months are the yardsticks of the values.
    """
    drawn = Draws(option, evidence, n)
    timing, heads, kept, lines = engagement(drawn, needs)
    total = np.broadcast_to(np.asarray(lines.total, dtype=float), (n,))
    ratings = {criterion: drawn.own(criterion) for criterion in levels}

    within = on_time = None
    if needs.budget_usd is not None:
        within = float(np.mean(total <= needs.budget_usd))
    if needs.deadline_months is not None:
        on_time = float(np.mean(timing.finish <= needs.deadline_months * WEEKS_A_MONTH))
    return Outcome(option, timing, heads, kept, drawn.own("ramp_weeks"), lines, total, ratings,
                   values(needs, evidence, levels, ratings, total, timing, budget, deadline),
                   rules.Case(needs, option, evidence, within, on_time, timing.finish / WEEKS_A_MONTH, heads, kept))


def engagement(drawn: Draws, needs: ProjectNeeds) -> tuple[Schedule, float, Numbers, costs.CostLines]:
    """Schedule, heads building, heads keeping and cost lines of an option that builds and keeps."""
    heads = paid_heads(needs.developers, drawn.evidence.central(f"smallest_post.{drawn.option.id}"))
    timing, kept = _timing(drawn, needs)
    posts = np.where(timing.upkeep_weeks > 0, max(heads, needs.upkeep_developers), heads)
    return timing, heads, kept, engagement_cost(
        drawn, needs, heads=heads, build_weeks=timing.build_weeks, kept=kept, kept_weeks=timing.upkeep_weeks,
        posts=posts)


def _timing(drawn: Draws, needs: ProjectNeeds) -> tuple[Schedule, Numbers]:
    yardstick, productive = drawn.evidence.central(YARDSTICK_SHARE), drawn.own("productive_share")
    hours = work_hours(needs.developers, needs.build_months, yardstick)
    weeks = build_weeks(hours, needs.developers, drawn.shared("overrun"), productive, drawn.own("ramp_weeks"))
    post = drawn.evidence.central(f"smallest_post.{drawn.option.id}")
    kept = upkeep_heads(needs.upkeep_developers, yardstick, productive, post)
    return schedule(drawn.own("lead_weeks"), weeks, needs.horizon_months), kept


def engagement_cost(drawn: Draws, needs: ProjectNeeds, *, heads: float, build_weeks: Numbers, kept: Numbers,
                    kept_weeks: Numbers, posts: Numbers) -> costs.CostLines:
    """What one option costs for building with `heads` and then keeping with `kept` people, where `posts`
    have to be filled. Who only builds keeps nobody, who only keeps builds with nobody."""
    weekly = drawn.weekly_usd(needs)
    sourcing, equipment, ramp = drawn.own("sourcing_usd"), drawn.own("equipment_usd"), drawn.own("ramp_weeks")
    building, keeping = costs.labor(heads, build_weeks, weekly), costs.labor(kept, kept_weeks, weekly)
    ending = costs.ending(drawn.own("exit_weeks"), weekly, heads, kept, kept_weeks)
    paid_weeks = heads * build_weeks + kept * kept_weeks
    manager = drawn.priced("manager_hourly_usd", "manager_hourly_usd")
    minimum = np.where(paid_weeks > 0, drawn.own("minimum_usd"), 0.0)  # an engagement without work is none
    return costs.CostLines(
        build_labor=building + costs.top_up(building + keeping + ending, minimum),
        upkeep_labor=keeping,
        steering=costs.steering(paid_weeks, drawn.own("steering_share"), manager),
        sourcing=costs.sourcing(posts, sourcing, equipment),
        replacement=costs.replacement(paid_weeks / costs.WEEKS_A_YEAR, drawn.own("attrition_per_year"), sourcing,
                                      equipment, ramp, weekly),
        exit=ending)


def values(needs: ProjectNeeds, evidence: Snapshot, levels: Mapping[str, float], ratings: Mapping[str, Numbers],
           total: Array, timing: Schedule, budget: float, deadline: float) -> Array:
    """The value of each criterion in each future, 0–1, shape (draws, criteria)."""
    central = evidence.central
    met = {criterion: fit.rated_value(rating, levels[criterion]) for criterion, rating in ratings.items()}
    met[fit.COST] = fit.cost_value(total, budget, central("cost_steepness"))
    met[fit.SPEED] = fit.speed_value(
        timing.finish / WEEKS_A_MONTH, deadline, np.maximum(0.0, timing.start - needs.start_within_weeks),
        finish_share=central("finish_share"), steepness=central("deadline_steepness"),
        late_start_weeks=central("late_start_weeks"))
    table = np.empty((*total.shape, len(evidence.criteria)), order="F")
    for column, criterion in enumerate(evidence.criteria):
        table[:, column] = met[criterion.id]
    return table


def cumulative(outcome: Outcome, weeks: Array) -> Array:
    """Cost up to each of `weeks` in each future, USD, shape (weeks, draws).

    `weeks` has shape (weeks,), or (weeks, draws) where each future has its own.

    Sourcing falls due at the start and exit pay at the finish; build pay runs evenly from start to
    finish and upkeep pay from there to the horizon; steering and replacement follow the paid weeks.
    """
    at = np.asarray(weeks)
    at = at if at.ndim == 2 else at[:, None]
    timing, lines = outcome.schedule, outcome.lines
    build_paid, upkeep_paid = outcome.paid_heads * timing.build_weeks, outcome.upkeep_heads * timing.upkeep_weeks
    along = (lines.steering + lines.replacement) / (build_paid + upkeep_paid)
    built = np.clip((at - timing.start) / timing.build_weeks, 0, 1)
    kept = np.clip((at - timing.finish) / np.maximum(timing.upkeep_weeks, 1e-9), 0, 1)
    return (built * (lines.build_labor + along * build_paid) + kept * (lines.upkeep_labor + along * upkeep_paid)
            + (at >= timing.start) * lines.sourcing + (at >= timing.finish) * lines.exit)
