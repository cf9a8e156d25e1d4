"""Simulation: one plan in thousands of simulated cases. The same formulas serve every option and every mix."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hiring.model import costs, fit, schedule
from hiring.model.costs import LINES, CostLines
from hiring.model.draws import Array, Numbers, drawn, jointly_drawn
from hiring.model.evidence import OWN, Option, Snapshot
from hiring.model.needs import ProjectNeeds
from hiring.model.plans import ALONE, BRIDGE, HANDOVER, Plan
from hiring.model.quantiles import quantile, quantiles
from hiring.model.schedule import WEEKS_A_MONTH, WEEKS_A_YEAR, Crew

# The figures of each option besides its pay and ratings.
TIME_FIGURES = ("lead_weeks", "hires_per_week", "ramp_weeks", "productive_share", "attrition_per_year")
COST_FIGURES = ("smallest_post", "minimum_usd", "fee_share", "steering_share", "lead_share", "sourcing_usd",
                "equipment_usd", "exit_weeks")
# What the distance to outside staff changes; a figure for each band of hours between the two places.
DISTANCE_FIGURES = ("distance_steering", "distance_productive", "distance_collaboration", "distance_security")
DISTANCE_BANDS = {"near": 2.0, "over_2": 4.0, "over_4": 8.0, "over_8": math.inf}  # hours, up to and including
# The figures that all options share.
SHARED_FIGURES = (
    "upkeep_factor", "load", "manager_hourly_usd", "wage_growth", "lead_upkeep_factor", "mix_loss_share",
    "handover_weeks", "keeper_continuity_share", "builder_capability_share", "market_correlation",
    "judgment_correlation", "weight_concentration", "cost_steepness", "reference_cost_factor", "deadline_steepness",
    "finish_share", "late_start_weeks", "reference_deadline_factor", "close_call_share", "leaning_share",
    "likely_share", "likely_keep_share", "clear_keep_share", "fits_share", "caution_share", "mix_lead_share")
# What changes neither cost nor dates.
FIT_NEEDS = ("project", "scale", "disciplines", "data_sensitivity", "integration", "strategic_value", "limits", "mixes",
             "budget_usd", "budget_covers", "deadline_months", "start_within_weeks")
MARKET = "market"


class Reference(NamedTuple):
    """What values are measured against: need levels of 0–1, USD and months."""

    levels: Mapping[str, float]
    cost_usd: float
    deadline_months: float


def distance_band(hours: float) -> str:
    """The band that a difference of working time falls into."""
    return next(band for band, most in DISTANCE_BANDS.items() if hours <= most)


@dataclass(frozen=True)
class Draws:
    """The figures of one option for one project in `n` simulations. All options see the same draws of a shared figure,
    and so do all plans."""

    option: Option
    needs: ProjectNeeds
    evidence: Snapshot
    n: int

    def figure(self, name: str) -> Numbers:
        """The option's figure of this name."""
        return self.shared(f"{name}.{self.option.id}")

    def central(self, name: str) -> float:
        """The central value of the option's figure of this name."""
        return self.evidence.central(f"{name}.{self.option.id}")

    def shared(self, figure_id: str) -> Numbers:
        return drawn(self.evidence.figures[figure_id], self.n)

    def priced(self, figure_id: str, name: str) -> Numbers:
        """A price of labor: these move together with the market."""
        return jointly_drawn(self.evidence.figures[figure_id], MARKET, name,
                             self.evidence.central("market_correlation"), self.n)

    def weekly_usd(self, seniority: str) -> Numbers:
        """Today's price of one paid full-time week, from the option's pay figure and its unit."""
        figure_id = pay_id(self.option, self.needs, seniority)
        pay = self.priced(figure_id, f"pay.{self.option.id}")
        if scaled_by_place(self.option, self.needs, self.evidence, seniority):
            pay = pay * self.evidence.wage_ratio(self.needs.location)
        if self.evidence.figures[figure_id].unit == "USD per year":
            return costs.weekly_usd_from_salary(pay, self.shared("load"), self.figure("fee_share"))
        return costs.weekly_usd_from_rate(pay, self.figure("fee_share"))

    def distance(self, name: str) -> float | None:
        """What distance changes for outside staff; None for people you hire."""
        if not self.option.outside:
            return None
        hours = self.evidence.central(f"time_difference.{self.needs.talent_region}")
        return self.evidence.central(f"distance_{name}.{distance_band(hours)}")

    @cached_property
    def weekly(self) -> Numbers:
        return self.weekly_usd(self.needs.seniority)

    @cached_property
    def ramp_weeks(self) -> Numbers:
        return self.figure("ramp_weeks")

    @cached_property
    def productive_share(self) -> Numbers:
        factor = self.distance("productive")
        return self.figure("productive_share") if factor is None else self.figure("productive_share") * factor

    @cached_property
    def stretch(self) -> Numbers:
        return schedule.stretch(self.figure("attrition_per_year"), self.figure("lead_weeks"))

    @cached_property
    def steering_share(self) -> Numbers:
        factor = self.evidence.central(f"seniority_steering.{self.needs.seniority}") * (self.distance("steering") or 1)
        return self.figure("steering_share") * factor

    @cached_property
    def upkeep_heads(self) -> Numbers:
        """Full-time posts paid for upkeep."""
        needs = self.needs
        return schedule.upkeep_heads(
            needs.upkeep_developers if needs.upkeep_months else 0, self.shared("upkeep_factor"),
            self.evidence.central(self.evidence.yardstick_share), self.productive_share, self.central("smallest_post"))

    def hours(self) -> Numbers:
        """Productive hours that the build really takes."""
        planned = schedule.work_hours(self.needs.developers, self.needs.build_months,
                                      self.evidence.central(self.evidence.yardstick_share))
        return planned * self.shared(f"overrun.{self.needs.scope_clarity}")

    def heads(self, developers: float) -> float:
        """Posts paid while so many developers build."""
        return schedule.paid_heads(developers, self.central("smallest_post"))

    def crew(self, developers: float) -> Crew:
        """So many developers of the option, as the schedule sees them."""
        arrives = schedule.arrival(self.figure("lead_weeks"), self.heads(developers), self.central("hires_per_week"))
        return schedule.crew(developers, arrives, self.ramp_weeks, self.productive_share, self.stretch)

    @cached_property
    def ratings(self) -> Mapping[str, Numbers]:
        """Points of each rated criterion. The errors of one option's ratings are alike."""
        correlation, option = self.evidence.central("judgment_correlation"), self.option.id
        rated: dict[str, Numbers] = {
            criterion: jointly_drawn(self.evidence.figures[f"{criterion}.{option}"], f"judgment.{option}",
                                     f"{criterion}.{option}", correlation, self.n) for criterion in fit.LEVELS}
        for criterion in ("collaboration", "security"):
            if points := self.distance(criterion):
                rated[criterion] = np.maximum(0.0, rated[criterion] - points)
        return rated


def pay_id(option: Option, needs: ProjectNeeds, seniority: str = "") -> str:
    """The id of the option's pay figure for these needs."""
    return f"{option.id}.{getattr(needs, option.basis_need)}.{seniority or needs.seniority}"


def scaled_by_place(option: Option, needs: ProjectNeeds, evidence: Snapshot, seniority: str = "") -> bool:
    """Whether the option's pay follows the wages of the place. A manager's own figure does not: it is already for that
    place."""
    return option.located and evidence.figures[pay_id(option, needs, seniority)].kind != OWN


class Spending(NamedTuple):
    """Money of one cost line, USD, paid evenly from `start` to `end` (weeks), or at once where they are the same.
    `is_build` says whether a budget for the build covers it."""

    line: str
    usd: Numbers
    start: Numbers
    end: Numbers
    is_build: bool

    def until(self, weeks: Numbers) -> Numbers:
        """What is paid up to `weeks`."""
        length = np.maximum(np.subtract(self.end, self.start), 1e-9)
        return self.usd * np.clip((weeks - self.start) / length, 0.0, 1.0)


class Work(NamedTuple):
    """Paid person-weeks of one option from `start` to `end`, before or after the release; `priced_weeks` are the same
    at the prices of their time."""

    weeks: Numbers
    priced_weeks: Numbers
    start: Numbers
    end: Numbers
    is_build: bool


@dataclass(frozen=True, repr=False)
class Course:
    """How a plan goes. Arrays have shape (draws,); times are weeks from the day of the decision.

    `leaves` is when the builders of a mix leave and `joins` when its keepers come.
    `builder_weeks`, `keeper_build_weeks` and `keeper_weeks` are paid person-weeks: of the builders, of keepers who build
    with them, and of keepers after the release.
    """

    plan: Plan
    start: Numbers
    finish: Array
    end: Array
    spendings: tuple[Spending, ...]
    builder_weeks: Numbers
    keeper_build_weeks: Numbers
    keeper_weeks: Numbers
    ratings: Mapping[str, Numbers]
    total: Array
    budgeted: Array
    leaves: Numbers
    joins: Numbers

    @cached_property
    def released(self) -> Array:
        """Cost up to and with the release, USD: the build and the exit of those who leave with it."""
        return sum((spending.usd for spending in self.spendings if spending.line == "exit"), start=self.budgeted)

    def cumulative(self, weeks: Array) -> Array:
        """Cost up to each of `weeks` in each simulation, USD, shape (weeks, draws)."""
        at = np.asarray(weeks, dtype=float)[:, None]
        paid = np.zeros((len(at), *self.total.shape))
        for spending in self.spendings:
            paid += spending.until(at)
        return paid


@dataclass(frozen=True, repr=False)
class Outcome:
    """One plan over all simulations. Arrays have shape (draws,); money in USD, times in weeks.

    `scores` count the limits: they are the weighted values, reduced where a limit is missed. `keeps` says where all
    limits are kept.
    """

    course: Course
    needs: ProjectNeeds
    values: Array
    unreduced_scores: Array
    scores: Array
    keeps: NDArray[np.bool_]

    @property
    def plan(self) -> Plan:
        return self.course.plan

    @property
    def option(self) -> Option:
        """The option, or the builder of a mix."""
        return self.plan.builder

    @property
    def total(self) -> Array:
        return self.course.total

    @property
    def finish(self) -> Array:
        return self.course.finish

    @property
    def start(self) -> Numbers:
        return self.course.start

    @property
    def ratings(self) -> Mapping[str, Numbers]:
        return self.course.ratings

    @cached_property
    def budgeted(self) -> Array:
        """The cost that the budget is compared with."""
        return self.course.budgeted if self.needs.budget_covers == "build" else self.course.total

    @cached_property
    def keep_share(self) -> float:
        """The share of simulations in which all limits are kept; 1 where none is given."""
        return share(self.keeps)

    @cached_property
    def within_budget_share(self) -> float | None:
        budget = self.needs.budget_usd
        return None if budget is None else share(self.budgeted <= budget)

    @cached_property
    def on_time_share(self) -> float | None:
        deadline = self.needs.deadline_months
        return None if deadline is None else share(self.finish <= deadline * WEEKS_A_MONTH)

    @cached_property
    def starts_in_time_share(self) -> float:
        return share(self.start <= self.needs.start_within_weeks)

    @cached_property
    def expected_score(self) -> float:
        return float(self.scores.mean())

    @cached_property
    def cost_quantiles(self) -> tuple[float, float, float]:
        """Cost of build and upkeep, USD: 10th percentile, median, 90th percentile."""
        return quantiles(self.total)

    @cached_property
    def budgeted_quantiles(self) -> tuple[float, float, float]:
        """The cost that the budget is compared with, USD: 10th percentile, median, 90th percentile."""
        return quantiles(self.budgeted)

    @cached_property
    def finish_quantiles(self) -> tuple[float, float, float]:
        """First release in months from the day of the decision: 10th percentile, median, 90th percentile."""
        return quantiles(self.finish / WEEKS_A_MONTH)

    @cached_property
    def start_week(self) -> float:
        return float(np.median(self.start))

    @cached_property
    def upkeep_heads(self) -> float:
        """Posts paid for upkeep, at the median."""
        service = self.needs.upkeep_months * WEEKS_A_MONTH
        return float(np.median(self.course.keeper_weeks / service)) if service else 0.0

    @cached_property
    def typical(self) -> CostLines:
        """Each cost line of the typical case, USD: the mean of the simulations around the median, scaled to it."""
        paid = dict.fromkeys(LINES, 0.0)
        for spending in self.course.spendings:
            paid[spending.line] += self._typical_mean(spending.usd)
        return CostLines(**paid)

    @cached_property
    def typical_years(self) -> Array:
        """The typical case by years from the day of the decision, USD, shape (years,)."""
        last = math.ceil(round(float(np.max(self.course.end[self._around])) / WEEKS_A_YEAR, 6))
        weeks = np.arange(1, max(last, 1) + 1) * float(WEEKS_A_YEAR)
        weeks[-1] = np.inf  # the last year takes what is left
        paid = np.zeros(len(weeks))
        for spending in self.course.spendings:
            around = [each[self._around] if isinstance(each, np.ndarray) else each
                      for each in (spending.usd, spending.start, spending.end)]
            until = Spending(spending.line, *around, spending.is_build).until(weeks[:, None])
            paid += np.broadcast_to(until, (len(weeks), np.count_nonzero(self._around))).mean(axis=1)
        return np.diff(paid, prepend=0.0) * self._typical_scale

    @cached_property
    def _around(self) -> NDArray[np.bool_]:
        """The simulations around the median of the total: between its 45th and 55th percentile."""
        low, high = quantile(self.total, (0.45, 0.55))
        return (self.total >= low) & (self.total <= high)

    @cached_property
    def _typical_scale(self) -> float:
        return self.cost_quantiles[1] / float(self.total[self._around].mean())

    def _typical_mean(self, usd: Numbers) -> float:
        mean = float(usd[self._around].mean()) if isinstance(usd, np.ndarray) else float(usd)
        return mean * self._typical_scale


def share(holds: NDArray[np.bool_] | bool) -> float:
    """The share of simulations in which something holds."""
    return float(np.count_nonzero(holds) / np.size(holds))


def course(plan: Plan, of: Mapping[str, Draws]) -> Course:
    """How a plan goes in every simulation, given the draws of its options."""
    builder, keeper = of[plan.builder.id], of[plan.keeper.id]
    needs, evidence, n = builder.needs, builder.evidence, builder.n
    service = needs.upkeep_months * WEEKS_A_MONTH
    over = evidence.central("handover_weeks")
    first = builder.crew(plan.builders)
    heads, kept = builder.heads(plan.builders), keeper.upkeep_heads if service else 0.0
    joining = 0.0  # keepers who build too
    begins = builder.figure("lead_weeks")

    # When each works: builders until `leaves`, keepers from `joins` in the build and from `keeps` after the release.
    if plan.kind in (ALONE, HANDOVER):
        finish = np.broadcast_to(schedule.finish(builder.hours(), first), (n,))
        leaves: Numbers = finish
        if plan.kind == HANDOVER:
            arrives = schedule.arrival(keeper.figure("lead_weeks"), kept, keeper.central("hires_per_week"))
            keeps: Numbers = np.maximum(finish, arrives)
            leaves = np.minimum(keeps + over, finish + service)
        else:
            keeps = finish
    else:
        second = keeper.crew(plan.keepers_who_build)
        joining = keeper.heads(plan.keepers_who_build)
        until: Numbers = second.arrives + keeper.ramp_weeks + over if plan.kind == BRIDGE else np.inf
        fastest = needs.developers * np.maximum(first.hours_a_week / plan.builders,
                                                second.hours_a_week / plan.keepers_who_build)
        finish = np.broadcast_to(schedule.joint_finish(
            builder.hours(), first, second, loss_share=keeper.shared("mix_loss_share"), most_hours_a_week=fastest,
            first_until=until), (n,))
        begins = np.minimum(begins, keeper.figure("lead_weeks"))
        keeps = np.maximum(finish, second.arrives)
        leaves = np.where(second.arrives > finish, np.minimum(second.arrives + over, finish + service),
                          np.minimum(finish, until))
    growth = evidence.central("wage_growth")

    def work(people: Numbers, start: Numbers, end: Numbers, stretched: Numbers = 1.0, *, is_build: bool) -> Work:
        weeks = people * np.maximum(0.0, np.subtract(end, start)) / stretched
        return Work(weeks, weeks * costs.grown(np.add(start, end) / 2, growth), start, end, is_build)

    ends = finish + service
    built = work(heads, first.arrives, np.minimum(finish, leaves), builder.stretch, is_build=True)
    works = {plan.builder.id: [built]}
    keeper_build: Numbers = 0.0
    if joining:
        joined = work(joining, second.arrives, finish, keeper.stretch, is_build=True)
        works[plan.keeper.id], keeper_build = [joined], joined.weeks
    if plan.kind != ALONE and service:
        stays = np.minimum(heads, builder.upkeep_heads)
        works[plan.builder.id].append(work(stays, finish, np.maximum(finish, leaves), is_build=False))
    keeping = work(kept, keeps, ends, is_build=False)
    if service and needs.upkeep_developers:
        works.setdefault(plan.keeper.id, []).append(keeping)

    spendings: list[Spending] = []
    for option, worked in works.items():
        spendings += _running(of[option], worked)
        is_keeper, is_builder = option == plan.keeper.id, option == plan.builder.id
        present = heads if is_builder else np.where(second.arrives <= finish, joining, 0.0) if joining else 0.0
        spendings += _one_time(
            of[option], worked, built=heads if is_builder else joining, kept=kept if is_keeper else 0.0,
            present=present, leaves=finish if is_keeper else leaves, keeps=keeps, service=service,
            arrives=first.arrives if is_builder else second.arrives if joining else keeps)
    total = sum((spending.usd for spending in spendings), start=np.zeros(n))
    budgeted = sum((spending.usd for spending in spendings if spending.is_build), start=np.zeros(n))
    for array in (total, budgeted):
        array.flags.writeable = False  # one decision is shared by everybody who asks the same
    mixed = builder.ratings if plan.kind == ALONE else _ratings(
        builder, keeper, built.weeks + (works[plan.builder.id][1].weeks if len(works[plan.builder.id]) > 1 else 0.0),
        built.weeks, keeper_build, keeping.weeks)
    return Course(plan, begins, finish, np.broadcast_to(ends, (n,)), tuple(spendings), built.weeks, keeper_build,
                  keeping.weeks, mixed, total, budgeted, leaves, second.arrives if joining else keeps)


def _running(of: Draws, works: Iterable[Work]) -> Iterable[Spending]:
    """What is paid along with the work of one option."""
    manager = of.priced("manager_hourly_usd", "manager_hourly_usd")
    finding = of.figure("sourcing_usd") + of.figure("equipment_usd")
    lead_share = 0.0 if of.needs.technical_lead else of.central("lead_share")
    for worked in works:
        phase = (worked.start, worked.end, worked.is_build)
        line = "build_labor" if worked.is_build else "upkeep_labor"
        yield Spending(line, costs.labor(worked.priced_weeks, of.weekly), *phase)
        yield Spending("steering", costs.steering(worked.priced_weeks, of.steering_share, manager), *phase)
        if lead_share:
            needed = lead_share * (1.0 if worked.is_build else of.evidence.central("lead_upkeep_factor"))
            yield Spending("technical_lead", costs.technical_lead(worked.priced_weeks, needed,
                                                                  of.weekly_usd("senior")), *phase)
        leavers = of.figure("attrition_per_year") / WEEKS_A_YEAR
        yield Spending("replacement", leavers * (
            worked.weeks * finding + worked.priced_weeks * (of.ramp_weeks / 2 * of.weekly)), *phase)


def _one_time(of: Draws, works: Iterable[Work], *, built: float, kept: Numbers, present: Numbers, leaves: Numbers,
              keeps: Numbers, service: float, arrives: Numbers) -> Iterable[Spending]:
    """What is paid once for the people of one option: finding them, their exit, and what the smallest engagement costs
    more than the work. `built` posts build, `kept` posts keep it running, and `present` posts are there already then.
    """
    growth, weekly = of.evidence.central("wage_growth"), of.weekly
    sourcing, equipment = of.figure("sourcing_usd"), of.figure("equipment_usd")
    found = max(built, 1.0) if built else 0.0  # a part of a position takes a whole search
    if built:
        yield Spending("sourcing", costs.sourcing(found, sourcing, equipment), arrives, arrives, True)
    pay = sum((costs.labor(worked.priced_weeks, weekly) for worked in works), start=np.zeros(1))
    if np.any(kept):
        least = 0.0 if built else 1.0
        added = np.maximum(np.maximum(kept, least) - found, 0.0)
        if np.any(added):
            yield Spending("sourcing", costs.sourcing(added, sourcing, equipment), keeps, keeps, False)
        ramped = np.maximum(np.subtract(kept, present), 0.0) * np.minimum(service, of.ramp_weeks / 2)
        if np.any(ramped):
            learning = ramped * weekly * costs.grown(keeps, growth)
            pay = pay + learning
            yield Spending("upkeep_labor", learning, keeps, keeps + np.minimum(service, of.ramp_weeks), False)
    leaving: Numbers = 0.0
    if built and not of.evidence.figures[f"exit_weeks.{of.option.id}"].high == 0:
        leaving = costs.ending(of.figure("exit_weeks"), weekly * costs.grown(leaves, growth), built, kept, service)
        yield Spending("exit", leaving, leaves, leaves, False)
    minimum = of.figure("minimum_usd")
    if np.any(minimum):
        worked = next(iter(works))
        short = np.where(worked.weeks > 0, costs.top_up(pay + leaving, minimum), 0.0)
        yield Spending("build_labor" if worked.is_build else "upkeep_labor", short, worked.start, worked.end,
                       worked.is_build)


def _ratings(builder: Draws, keeper: Draws, builder_weeks: Numbers, built: Numbers, keeper_build: Numbers,
             kept: Numbers) -> Mapping[str, Numbers]:
    """Ratings of a mix, points: each criterion by person-weeks of the whole, but continuity follows the keepers,
    capability leans to those who build, and security is the lower one of those who take part."""
    central = builder.evidence.central
    all_weeks = builder_weeks + keeper_build + kept
    overall = builder_weeks / np.maximum(all_weeks, 1e-9)
    building = built / np.maximum(built + keeper_build, 1e-9)
    is_kept = np.asarray(kept) > 0
    keeping = np.where(is_kept, central("keeper_continuity_share"), 0.0)
    elsewhere = np.where(is_kept, 1 - central("builder_capability_share"), 0.0)
    weight = {**dict.fromkeys(fit.LEVELS, overall), "continuity": building * (1 - keeping),
              "capability": building * (1 - elsewhere)}
    mixed = {}
    for criterion, own in weight.items():
        theirs = keeper.ratings[criterion]
        mixed[criterion] = theirs + own * (builder.ratings[criterion] - theirs)
    both = (overall > 0) & (overall < 1)
    mixed["security"] = np.where(both, np.minimum(builder.ratings["security"], keeper.ratings["security"]),
                                 mixed["security"])
    return mixed


def outcome(taken: Course, needs: ProjectNeeds, evidence: Snapshot, reference: Reference,
            weights: Array) -> Outcome:
    """The values, scores and limits of a course for these needs."""
    budgeted = taken.budgeted if needs.budget_covers == "build" else taken.total
    worth = values(taken, needs, evidence, reference)
    unreduced = np.einsum("ij,ij->i", weights, worth)
    steepness = evidence.central(f"limit_steepness.{needs.limits}")
    reduced, keeps = unreduced, np.ones(len(unreduced), dtype=bool)
    for actual, limit in ((budgeted, needs.budget_usd), (taken.finish / WEEKS_A_MONTH, needs.deadline_months)):
        if limit is not None:
            reduced = reduced * fit.limit_factor(actual, limit, steepness)
            keeps = keeps & (actual <= limit)
    for array in (worth, unreduced, reduced):
        array.flags.writeable = False
    return Outcome(taken, needs, worth, unreduced, reduced, keeps)


def values(taken: Course, needs: ProjectNeeds, evidence: Snapshot, reference: Reference) -> Array:
    """The value of each criterion in each simulation, 0–1, shape (draws, criteria)."""
    central = evidence.central

    def value(criterion: str) -> Numbers:
        if criterion == fit.COST:
            return fit.cost_value(taken.total, reference.cost_usd, central("cost_steepness"))
        if criterion == fit.SPEED:
            late = np.maximum(0.0, taken.start - needs.start_within_weeks)
            return fit.speed_value(
                taken.finish / WEEKS_A_MONTH, reference.deadline_months, late, finish_share=central("finish_share"),
                steepness=central("deadline_steepness"), late_start_weeks=central("late_start_weeks"))
        return fit.rated_value(taken.ratings[criterion], reference.levels[criterion])

    table = np.empty((*taken.total.shape, len(evidence.criteria)), order="F")  # a criterion's values are contiguous
    for place, criterion in enumerate(evidence.criteria):
        table[:, place] = value(criterion.id)
    return table
