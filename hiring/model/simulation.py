"""Simulation: one option in thousands of futures. One generic formula serves every option."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hiring.model import costs, fit, rules
from hiring.model.draws import Array, Numbers, drawn, priced
from hiring.model.evidence import OWN, Option, Snapshot
from hiring.model.needs import ProjectNeeds
from hiring.model.quantiles import quantile, quantiles
from hiring.model.schedule import WEEKS_A_MONTH, Schedule, build_weeks, paid_heads, schedule, upkeep_heads, work_hours

# The figures of each option besides its pay and ratings.
TIME_FIGURES = ("lead_weeks", "ramp_weeks", "productive_share")
TIME_NEEDS = ("developers", "build_months", "upkeep_developers", "horizon_months")
COST_FIGURES = ("smallest_post", "minimum_usd", "fee_share", "steering_share", "sourcing_usd", "equipment_usd",
                "attrition_per_year", "exit_weeks")
# The figures that all options share: for the simulation, the values, the rules and the verdicts.
SHARED_FIGURES = (
    "overrun", "load", "manager_hourly_usd", "market_correlation", "weight_concentration", "cost_steepness",
    "deadline_steepness", "finish_share", "late_start_weeks", "reference_budget_factor", "reference_deadline_factor",
    "rule_out_share", "caution_share", "close_call_share", "leaning_share", "likely_share",
    "handover_weeks", "keeper_continuity_share", "builder_capability_share")


class Yardsticks(NamedTuple):
    """What values are measured against: need levels of 0–1, USD and months."""

    levels: Mapping[str, float]
    budget_usd: float
    deadline_months: float


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
    yardsticks: Yardsticks
    case: rules.Case

    @property
    def within_budget_share(self) -> float | None:
        return self.case.within_budget_share

    @property
    def on_time_share(self) -> float | None:
        return self.case.on_time_share

    @property
    def quick_start(self) -> float:
        """Weeks until the first working day when all goes quickly."""
        return self.case.figure("lead_weeks").low

    @cached_property
    def findings(self) -> tuple[rules.Finding, ...]:
        return rules.findings(self.case)

    @cached_property
    def fixed_by(self) -> frozenset[str]:
        """What would have to change so that the option is not ruled out; empty where it is not."""
        return frozenset(f.rule.fixed_by for f in rules.findings(self.case, (rules.RULE_OUT,)))

    @property
    def is_ruled_out(self) -> bool:
        return bool(self.fixed_by)

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

    @cached_property
    def line_medians(self) -> Mapping[str, float]:
        """The median of each cost line, USD. They need not add up to the median of the total."""
        return {name: float(np.median(line)) for name, line in self.lines._asdict().items()}

    @cached_property
    def middle_future(self) -> Mapping[str, float]:
        """Each cost line when the total is near its median, USD: the mean over the futures between the 45th and 55th
        percentile, scaled to add up to the median."""
        low, median, high = quantile(self.total, (0.45, 0.5, 0.55))
        middle = (self.total >= low) & (self.total <= high)
        means = {name: float(np.mean(np.broadcast_to(line, self.total.shape)[middle]))
                 for name, line in self.lines._asdict().items()}
        scale = float(median) / sum(means.values())
        return {name: usd * scale for name, usd in means.items()}


@dataclass(frozen=True)
class Draws:
    """The figures of one option in `n` futures. All options see the same draws of a shared figure."""

    option: Option
    evidence: Snapshot
    n: int

    def figure(self, name: str) -> Numbers:
        """The option's figure of this name."""
        return self.shared(f"{name}.{self.option.id}")

    def shared(self, figure_id: str) -> Numbers:
        return drawn(self.evidence.figures[figure_id], self.n)

    def priced(self, figure_id: str, name: str) -> Numbers:
        """A price of labor: these move together with the market."""
        return priced(self.evidence.figures[figure_id], name, self.evidence.central("market_correlation"), self.n)

    def weekly_usd(self, needs: ProjectNeeds) -> Numbers:
        """Price of one paid full-time week, from the option's pay figure and its unit."""
        figure_id = pay_id(self.option, needs)
        pay = self.priced(figure_id, f"pay.{self.option.id}")
        if scaled_by_place(self.option, needs, self.evidence):
            pay = pay * self.evidence.wage_ratio(needs.location)
        if self.evidence.figures[figure_id].unit == "USD per year":
            return costs.weekly_usd_from_salary(pay, self.shared("load"), self.figure("fee_share"))
        return costs.weekly_usd_from_rate(pay, self.figure("fee_share"))


def pay_id(option: Option, needs: ProjectNeeds) -> str:
    """The id of the option's pay figure for these needs."""
    return f"{option.id}.{getattr(needs, option.basis_need)}.{needs.seniority}"


def scaled_by_place(option: Option, needs: ProjectNeeds, evidence: Snapshot) -> bool:
    """Whether the option's pay follows the wages of the place. A manager's own figure does not: it is already for that
    place."""
    return option.located and evidence.figures[pay_id(option, needs)].kind != OWN


@dataclass(frozen=True)
class Reuse:
    """Which results of an earlier outcome of the same option can be reused, because they depend on the same needs and
    figures."""

    before: Outcome
    needs: ProjectNeeds
    evidence: Snapshot

    @cached_property
    def time(self) -> bool:
        """Whether schedule and heads are the same."""
        return self._same(TIME_NEEDS, (
            self.evidence.yardstick_share, "overrun", *self._figures(("smallest_post", *TIME_FIGURES))))

    @cached_property
    def cost(self) -> bool:
        """Whether the cost lines are the same, and the schedule too."""
        option, before = self.before.option, self.before.case
        return (self.time and self._same(("seniority", "location", option.basis_need), (
            pay_id(option, self.needs), "load", "manager_hourly_usd", "market_correlation",
            *self._figures(COST_FIGURES)))
            and before.evidence.wage_ratio(before.needs.location) == self.evidence.wage_ratio(self.needs.location))

    def column(self, criterion: str, place: int, yardsticks: Yardsticks) -> Array | None:
        """The values of a criterion where they are the same."""
        old = self.before.yardsticks
        if criterion == fit.COST:
            same = self.cost and old.budget_usd == yardsticks.budget_usd and self._same((), ("cost_steepness",))
        elif criterion == fit.SPEED:
            same = self.time and old.deadline_months == yardsticks.deadline_months and self._same(
                ("start_within_weeks",), ("finish_share", "deadline_steepness", "late_start_weeks"))
        else:
            same = old.levels[criterion] == yardsticks.levels[criterion] and self._same((), self._figures((criterion,)))
        return self.before.values[:, place] if same else None

    def _figures(self, names: Iterable[str]) -> Iterable[str]:
        return (f"{name}.{self.before.option.id}" for name in names)

    def _same(self, needs: Iterable[str], figures: Iterable[str]) -> bool:
        before, evidence = self.before.case, self.evidence
        return all(getattr(before.needs, name) == getattr(self.needs, name) for name in needs) and (
            before.evidence is evidence
            or all(before.evidence.figures[id_] is evidence.figures[id_] for id_ in figures))


def simulate(option: Option, needs: ProjectNeeds, evidence: Snapshot, yardsticks: Yardsticks, n: int,
             before: Outcome | None = None) -> Outcome:
    """One option in `n` futures: schedule, cost lines, values and the rules that apply.

    `before` is an outcome of the same option in as many futures; whatever depends on the same needs and figures is
    reused.
    """
    drawn, reuse = Draws(option, evidence, n), None if before is None else Reuse(before, needs, evidence)
    if before is not None and reuse is not None and reuse.cost:
        timing, heads, upkeep, lines = before.schedule, before.paid_heads, before.upkeep_heads, before.lines
        total = before.total
    else:
        timing, heads, upkeep, lines = engagement(drawn, needs)
        total = np.broadcast_to(np.asarray(lines.total, dtype=float), (n,))
    ratings = {criterion: drawn.figure(criterion) for criterion in yardsticks.levels}

    within = on_time = None
    if needs.budget_usd is not None:
        within = share(total <= needs.budget_usd)
    if needs.deadline_months is not None:
        on_time = share(timing.finish <= needs.deadline_months * WEEKS_A_MONTH)
    return Outcome(option, timing, heads, upkeep, drawn.figure("ramp_weeks"), lines, total, ratings,
                   values(needs, evidence, yardsticks, ratings, total, timing, reuse), yardsticks,
                   rules.Case(needs, option, evidence, within, on_time, timing.finish, heads, upkeep))


def share(holds: NDArray[np.bool_] | bool) -> float:
    """The share of futures in which something holds."""
    return float(np.count_nonzero(holds) / np.size(holds))


def engagement(drawn: Draws, needs: ProjectNeeds) -> tuple[Schedule, float, Numbers, costs.CostLines]:
    """Schedule, heads while building, heads for upkeep and cost lines of an option that does both."""
    heads = paid_heads(needs.developers, drawn.evidence.central(f"smallest_post.{drawn.option.id}"))
    timing, kept = _timing(drawn, needs)
    posts = np.where(timing.upkeep_weeks > 0, max(heads, needs.upkeep_developers), heads)
    return timing, heads, kept, engagement_cost(
        drawn, needs, heads=heads, build_weeks=timing.build_weeks, kept=kept, kept_weeks=timing.upkeep_weeks,
        posts=posts)


def _timing(drawn: Draws, needs: ProjectNeeds) -> tuple[Schedule, Numbers]:
    yardstick, productive = drawn.evidence.central(drawn.evidence.yardstick_share), drawn.figure("productive_share")
    hours = work_hours(needs.developers, needs.build_months, yardstick)
    weeks = build_weeks(hours, needs.developers, drawn.shared("overrun"), productive, drawn.figure("ramp_weeks"))
    post = drawn.evidence.central(f"smallest_post.{drawn.option.id}")
    kept = upkeep_heads(needs.upkeep_developers, yardstick, productive, post)
    return schedule(drawn.figure("lead_weeks"), weeks, needs.horizon_months), kept


def engagement_cost(drawn: Draws, needs: ProjectNeeds, *, heads: float, build_weeks: Numbers, kept: Numbers,
                    kept_weeks: Numbers, posts: Numbers) -> costs.CostLines:
    """What one option costs to build with `heads` and then maintain with `kept` people, when `posts` have to be filled.
    An option that only builds has no `kept` people, one that only maintains has no `heads`."""
    weekly = drawn.weekly_usd(needs)
    sourcing, equipment, ramp = drawn.figure("sourcing_usd"), drawn.figure("equipment_usd"), drawn.figure("ramp_weeks")
    building, keeping = costs.labor(heads, build_weeks, weekly), costs.labor(kept, kept_weeks, weekly)
    ending = costs.ending(drawn.figure("exit_weeks"), weekly, heads, kept, kept_weeks)
    paid_weeks = heads * build_weeks + kept * kept_weeks
    manager = drawn.priced("manager_hourly_usd", "manager_hourly_usd")
    minimum = np.where(paid_weeks > 0, drawn.figure("minimum_usd"), 0.0)  # without work there is no engagement
    return costs.CostLines(
        build_labor=building + costs.top_up(building + keeping + ending, minimum),
        upkeep_labor=keeping,
        steering=costs.steering(paid_weeks, drawn.figure("steering_share"), manager),
        sourcing=costs.sourcing(posts, sourcing, equipment),
        replacement=costs.replacement(paid_weeks / costs.WEEKS_A_YEAR, drawn.figure("attrition_per_year"), sourcing,
                                      equipment, ramp, weekly),
        exit=ending)


def values(needs: ProjectNeeds, evidence: Snapshot, yardsticks: Yardsticks, ratings: Mapping[str, Numbers],
           total: Array, timing: Schedule, reuse: Reuse | None = None) -> Array:
    """The value of each criterion in each future, 0–1, shape (draws, criteria)."""
    central = evidence.central

    def value(criterion: str) -> Numbers:
        if criterion == fit.COST:
            return fit.cost_value(total, yardsticks.budget_usd, central("cost_steepness"))
        if criterion == fit.SPEED:
            late = np.maximum(0.0, timing.start - needs.start_within_weeks)
            return fit.speed_value(
                timing.finish / WEEKS_A_MONTH, yardsticks.deadline_months, late, finish_share=central("finish_share"),
                steepness=central("deadline_steepness"), late_start_weeks=central("late_start_weeks"))
        return fit.rated_value(ratings[criterion], yardsticks.levels[criterion])

    table = np.empty((*total.shape, len(evidence.criteria)), order="F")  # a criterion's values are contiguous
    for place, criterion in enumerate(evidence.criteria):
        known = None if reuse is None else reuse.column(criterion.id, place, yardsticks)
        table[:, place] = value(criterion.id) if known is None else known
    return table


def cumulative(outcome: Outcome, weeks: Array) -> Array:
    """Cost up to each of `weeks` in each future, USD, shape (weeks, draws).

    `weeks` has shape (weeks,), or (weeks, draws) where it differs by future.

    Sourcing is due at the start and exit pay at the finish. Build pay runs evenly from start to finish and upkeep pay
    from there to the horizon. Steering and replacement follow the paid weeks.
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
