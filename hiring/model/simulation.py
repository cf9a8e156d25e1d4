"""Simulation: one plan in thousands of simulated cases. The same formulas serve every option and every mix."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from hiring.model import costs, fit, schedule
from hiring.model.costs import LINES, CostLines
from hiring.model.draws import Array, Numbers, drawn, normal, priced
from hiring.model.evidence import OWN, Figure, Option, Snapshot
from hiring.model.needs import ProjectNeeds
from hiring.model.plans import ALONE, BRIDGE, Plan
from hiring.model.quantiles import median, quantile, quantiles
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
    "judgment_shift", "weight_concentration", "cost_steepness", "reference_cost_factor", "deadline_steepness",
    "finish_share", "late_start_weeks", "reference_deadline_factor", "close_call_share", "leaning_share",
    "likely_share", "likely_keep_share", "clear_keep_share", "fits_share", "caution_share", "mix_lead_share")
NOTHING: Mapping[int, Array] = {}
WAGE_RATIO = "wage_ratio"  # of the place, among the moved figures
MOST_YEARS = 60  # shown one by one: own figures can stretch a build over a million
# How much work there is: all that the course of a plan depends on besides the draws of its options.
WORK = ("developers", "build_months", "upkeep_developers", "upkeep_months")


class Asked(Protocol):
    """The needs that courses and scores depend on besides the terms of `Draws`: those of one project, or of many, shape
    (projects, 1). The results then have shape (draws,), or (projects, draws)."""

    @property
    def developers(self) -> Numbers: ...
    @property
    def build_months(self) -> Numbers: ...
    @property
    def start_within_weeks(self) -> Numbers: ...
    @property
    def deadline_months(self) -> Numbers | None: ...
    @property
    def upkeep_developers(self) -> Numbers: ...
    @property
    def upkeep_months(self) -> Numbers: ...
    @property
    def budget_usd(self) -> Numbers | None: ...
    @property
    def budget_covers(self) -> str: ...
    @property
    def limits(self) -> str: ...


class Reference(NamedTuple):
    """What values are measured against: need levels of 0–1, USD and months."""

    levels: Mapping[str, Numbers]
    cost_usd: Numbers
    deadline_months: Numbers


def distance_band(hours: float) -> str:
    """The band that a difference of working time falls into."""
    return next(band for band, most in DISTANCE_BANDS.items() if hours <= most)


class Rates(NamedTuple):
    """USD per paid person-week at the prices of the day of the decision; `replacement_search` does not grow."""

    steering: Numbers
    technical_lead: Numbers
    replacement: Numbers
    replacement_search: Numbers


@dataclass(frozen=True)
class Draws:
    """The figures of one option, on the terms of a project, in `n` simulations. All options see the same draws of a
    shared figure, and so do all plans.

    `moved` has figures with other draws than their own, of any shape that broadcasts with (n,): the formulas then give
    results of that shape.
    """

    option: Option
    needs: ProjectNeeds
    evidence: Snapshot
    n: int
    moved: Mapping[str, Array] = field(default_factory=dict)

    def figure(self, name: str) -> Numbers:
        """The option's figure of this name."""
        return self.shared(f"{name}.{self.option.id}")

    def central(self, name: str) -> float:
        """The central value of the option's figure of this name."""
        return self.evidence.central(f"{name}.{self.option.id}")

    def shared(self, figure_id: str) -> Numbers:
        moved = self.moved.get(figure_id)
        return drawn(self.evidence.figures[figure_id], self.n) if moved is None else moved

    def as_drawn(self, figure_id: str) -> Numbers:
        """The draws of a figure of this or another option, as its formulas see them."""
        if self.evidence.figures[figure_id].table == "pay":
            return self.priced(figure_id, f"pay.{figure_id.split('.', maxsplit=1)[0]}")
        return self.priced(figure_id, figure_id) if figure_id == "manager_hourly_usd" else self.shared(figure_id)

    def priced(self, figure_id: str, name: str) -> Numbers:
        """A price of labor: these move together with the market."""
        moved = self.moved.get(figure_id)
        return moved if moved is not None else priced(
            self.evidence.figures[figure_id], name, self.evidence.central("market_correlation"), self.n)

    @staticmethod
    def terms(option: Option) -> tuple[str, ...]:
        """The needs that the draws of an option depend on."""
        return ("seniority", "technical_lead", "scope_clarity", option.basis_need,
                *["location"] * option.located, *["talent_region"] * option.outside)

    @cached_property
    def yardstick_share(self) -> Numbers:
        """The productive share of an hour of work as planned."""
        moved = self.moved.get(f"central.{self.evidence.yardstick_share}")
        return self.evidence.central(self.evidence.yardstick_share) if moved is None else moved

    def weekly_usd(self, seniority: str) -> Numbers:
        """Today's price of one paid full-time week, from the option's pay figure and its unit."""
        figure_id = pay_id(self.option, self.needs, seniority)
        pay = self.priced(figure_id, f"pay.{self.option.id}")
        if scaled_by_place(self.option, self.needs, self.evidence, seniority):
            pay = pay * self.moved.get(WAGE_RATIO, self.evidence.wage_ratio(self.needs.location))
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
    def weekly_growth(self) -> Numbers:
        return costs.weekly_growth(self.shared("wage_growth"))

    def grown_by_mid_upkeep(self, needs: Asked) -> Numbers:
        """How much the price of labor grows from a release to the middle of the upkeep after it."""
        weeks = needs.upkeep_months * WEEKS_A_MONTH / 2
        if "wage_growth" in self.moved or not isinstance(weeks, float):
            return costs.grown(weeks, self.weekly_growth)
        return _grown(self.evidence.figures["wage_growth"], weeks, self.n)

    @cached_property
    def finding_usd(self) -> Numbers:
        """Finding and equipping one person."""
        return costs.sourcing(1.0, self.figure("sourcing_usd"), self.figure("equipment_usd"))

    @cached_property
    def per_week(self) -> Rates:
        """What a paid person-week costs on top of its labor."""
        lead_share = 0.0 if self.needs.technical_lead else self.central("lead_share")
        a_year = 1 / WEEKS_A_YEAR
        return Rates(
            costs.steering(1.0, self.steering_share, self.priced("manager_hourly_usd", "manager_hourly_usd")),
            costs.technical_lead(1.0, lead_share, self.weekly_usd("senior")) if lead_share else 0.0,
            costs.replacement(a_year, self.figure("attrition_per_year"), 0.0, 0.0, self.ramp_weeks, self.weekly),
            costs.replacement(a_year, self.figure("attrition_per_year"), self.finding_usd, 0.0, 0.0, 0.0))

    @cached_property
    def usd_per_week(self) -> tuple[Numbers, Numbers]:
        """What a paid person-week costs in the build and in upkeep, at its prices, without the search for those who
        replace leavers."""
        rates = self.per_week
        without_lead = self.weekly + rates.steering + rates.replacement
        if self.needs.technical_lead:
            return without_lead, without_lead
        return (without_lead + rates.technical_lead,
                without_lead + self.evidence.central("lead_upkeep_factor") * rates.technical_lead)

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

    def upkeep_heads(self, needs: Asked) -> Numbers:
        """Full-time positions paid for upkeep."""
        return schedule.upkeep_heads(
            needs.upkeep_developers * np.greater(needs.upkeep_months, 0), self.shared("upkeep_factor"),
            self.yardstick_share, self.productive_share, self.central("smallest_post"))

    def hours(self, needs: Asked) -> Numbers:
        """Productive hours that the build really takes."""
        planned = schedule.work_hours(needs.developers, needs.build_months, self.yardstick_share)
        return planned * self.shared(f"overrun.{self.needs.scope_clarity}")

    def heads(self, developers: Numbers) -> Numbers:
        """Positions paid while so many developers build."""
        return schedule.paid_heads(developers, self.central("smallest_post"))

    def crew(self, developers: Numbers) -> Crew:
        """So many developers of the option, as the schedule sees them."""
        arrives = schedule.arrival(self.figure("lead_weeks"), self.heads(developers), self.central("hires_per_week"))
        return schedule.crew(developers, arrives, self.ramp_weeks, self.productive_share, self.stretch)

    @cached_property
    def ratings(self) -> Mapping[str, Numbers]:
        """Points of each rated criterion. Whoever rates an option too high on one is likely to do so on all."""
        shift = self.evidence.central("judgment_shift") * normal(f"judgment.{self.option.id}", self.n)
        rated: dict[str, Numbers] = {}
        for criterion in fit.LEVELS:
            rating = self.figure(criterion)
            points = (self.distance(criterion) or 0.0) if criterion in ("collaboration", "security") else 0.0
            if not self.evidence.figures[f"{criterion}.{self.option.id}"].is_fixed:
                rating = np.minimum(100.0, rating + shift)
            rated[criterion] = np.maximum(0.0, rating - points)
        return rated


@lru_cache(maxsize=64)
def _grown(growth: Figure, weeks: float, n: int) -> Numbers:
    return costs.grown(weeks, costs.weekly_growth(drawn(growth, n)))


def pay_id(option: Option, needs: ProjectNeeds, seniority: str = "") -> str:
    """The id of the option's pay figure for these needs."""
    return f"{option.id}.{getattr(needs, option.basis_need)}.{seniority or needs.seniority}"


def scaled_by_place(option: Option, needs: ProjectNeeds, evidence: Snapshot, seniority: str = "") -> bool:
    """Whether the option's pay follows the wages of the place. A manager's own figure does not: it is already for that
    place."""
    return option.located and evidence.figures[pay_id(option, needs, seniority)].kind != OWN


class Spending(NamedTuple):
    """Money of one cost line, USD, paid from `start` to `end` (weeks), or at once where they are the same; payments
    grow by `growth`, a logarithm a week. `is_build` says whether a budget for the build covers it."""

    line: str
    usd: Numbers
    start: Numbers
    end: Numbers
    is_build: bool
    growth: Numbers = 0.0

    def until(self, weeks: Numbers) -> Numbers:
        """What is paid up to and in `weeks`."""
        tick = 1e-9  # what is paid at once takes this long
        took = np.subtract(self.end, self.start) + tick
        part = np.clip((weeks - self.start + tick) / took, 0.0, 1.0)
        if np.any(self.growth):
            grown = np.minimum(self.growth * took, costs.MOST_GROWTH) + 1e-12  # never zero
            part = np.expm1(grown * part) / np.expm1(grown)
        return self.usd * part


class Work(NamedTuple):
    """Paid person-weeks of one option from `start` to `end`, before or after the release; `priced_weeks` are the same
    at the prices of their time."""

    of: Draws
    weeks: Numbers
    priced_weeks: Numbers
    start: Numbers
    end: Numbers
    is_build: bool

    @property
    def usd(self) -> Numbers:
        """All that is paid along with it."""
        return self.priced_weeks * self.of.usd_per_week[not self.is_build] + (
            self.weeks * self.of.per_week.replacement_search)

    def spendings(self) -> Iterable[Spending]:
        """The same by cost line."""
        phase, rates = (self.start, self.end, self.is_build, self.of.weekly_growth), self.of.per_week
        line = "build_labor" if self.is_build else "upkeep_labor"
        yield Spending(line, costs.labor(self.priced_weeks, self.of.weekly), *phase)
        yield Spending("steering", self.priced_weeks * rates.steering, *phase)
        yield Spending("replacement", self.priced_weeks * rates.replacement + self.weeks * rates.replacement_search,
                       *phase)
        if np.any(rates.technical_lead):
            factor = 1.0 if self.is_build else self.of.evidence.central("lead_upkeep_factor")
            yield Spending("technical_lead", self.priced_weeks * (factor * rates.technical_lead), *phase)


@dataclass(frozen=True, repr=False)
class Course:
    """How a plan goes. Arrays have shape (draws,); times are weeks from the day of the decision.

    `works` is what is paid along with the work, `payments` what is paid once; `upkeep_weeks` are the person-weeks of
    those who keep it running. `leaves` is when the builders of a mix leave and `joins` when its keepers come.
    """

    plan: Plan
    start: Numbers
    finish: Array
    end: Array
    works: tuple[Work, ...]
    payments: tuple[Spending, ...]
    upkeep_weeks: Numbers
    ratings: Mapping[str, Numbers]
    total: Array
    budgeted: Array
    leaves: Numbers
    joins: Numbers

    @cached_property
    def spendings(self) -> tuple[Spending, ...]:
        """All that is paid, by cost line and time."""
        return (*(spending for work in self.works for spending in work.spendings()), *self.payments)

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
        low, _, middle, _, high = self._total_quantiles
        return low, middle, high

    @cached_property
    def _total_quantiles(self) -> list[float]:
        return quantile(self.total, (0.1, 0.45, 0.5, 0.55, 0.9)).tolist()

    @cached_property
    def budgeted_quantiles(self) -> tuple[float, float, float]:
        """The cost that the budget is compared with, USD: 10th percentile, median, 90th percentile."""
        return self.cost_quantiles if self.budgeted is self.total else quantiles(self.budgeted)

    @cached_property
    def finish_quantiles(self) -> tuple[float, float, float]:
        """First release in months from the day of the decision: 10th percentile, median, 90th percentile."""
        return quantiles(self.finish / WEEKS_A_MONTH)

    @cached_property
    def start_week(self) -> float:
        return median(self.start)

    @cached_property
    def upkeep_heads(self) -> float:
        """Posts paid for upkeep, at the median."""
        service = self.needs.upkeep_months * WEEKS_A_MONTH
        return median(self.course.upkeep_weeks) / service if service else 0.0

    @cached_property
    def typical(self) -> CostLines:
        """Each cost line of the typical case, USD: the mean of the simulations around the median, scaled to it."""
        paid, weights = dict.fromkeys(LINES, 0.0), self._around * (self._typical_scale / np.count_nonzero(self._around))
        for spending in self.course.spendings:
            paid[spending.line] += float(np.broadcast_to(spending.usd, weights.shape) @ weights)
        return CostLines(**paid)

    @cached_property
    def typical_years(self) -> Array:
        """What each year from the day of the decision adds to the median of the cost so far, USD, shape (years,): the
        sum is the median cost. At most `MOST_YEARS`, of which the
        last takes what is left."""
        end = float(quantile(self.course.end, (0.9,))[0])
        last = min(max(math.ceil(round(end / WEEKS_A_YEAR, 6)), 1), MOST_YEARS)
        so_far = quantile(self.course.cumulative(np.arange(1.0, last) * WEEKS_A_YEAR), (0.5,))[0]
        return np.diff([*so_far, self.cost_quantiles[1]], prepend=0.0)

    @cached_property
    def _around(self) -> NDArray[np.bool_]:
        """The simulations around the median of the total: between its 45th and 55th percentile."""
        _, low, _, high, _ = self._total_quantiles
        return (self.total >= low) & (self.total <= high)

    @cached_property
    def _typical_scale(self) -> float:
        return self.cost_quantiles[1] / float(self.total[self._around].mean())


def share(holds: NDArray[np.bool_] | bool) -> float:
    """The share of simulations in which something holds."""
    return float(np.count_nonzero(holds) / np.size(holds))


class Timing(NamedTuple):
    """When a plan's people work: the crews that build, the first working day, the release, from when the keepers keep
    it running and until when the builders stay."""

    first: Crew
    second: Crew | None
    begins: Numbers
    finish: Numbers
    keeps: Numbers
    leaves: Numbers


def timing(plan: Plan, of: Mapping[str, Draws], needs: Asked) -> Timing:
    """When a plan's people work in every simulation."""
    builder, keeper = of[plan.builder.id], of[plan.keeper.id]
    service, over = needs.upkeep_months * WEEKS_A_MONTH, builder.evidence.central("handover_weeks")
    first, begins = builder.crew(plan.builders), builder.figure("lead_weeks")
    if not plan.keepers_who_build:
        finish = schedule.finish(builder.hours(needs), first)
        if plan.kind == ALONE:
            return Timing(first, None, begins, finish, finish, finish)
        arrives = schedule.arrival(keeper.figure("lead_weeks"), keeper.upkeep_heads(needs),
                                   keeper.central("hires_per_week"))
        keeps = np.maximum(finish, arrives)
        return Timing(first, None, begins, finish, keeps, np.minimum(keeps + over, finish + service))
    second = keeper.crew(plan.keepers_who_build)
    until: Numbers = second.arrives + keeper.ramp_weeks + over if plan.kind == BRIDGE else np.inf
    fastest = needs.developers * np.maximum(first.hours_a_week / plan.builders,
                                            second.hours_a_week / plan.keepers_who_build)
    finish = schedule.joint_finish(
        builder.hours(needs), first, second, loss_share=keeper.shared("mix_loss_share"), most_hours_a_week=fastest,
        first_until=until)
    leaves = np.where(second.arrives > finish, np.minimum(second.arrives + over, finish + service),
                      np.minimum(finish, until))
    return Timing(first, second, np.minimum(begins, keeper.figure("lead_weeks")), finish,
                  np.maximum(finish, second.arrives), leaves)


def course(plan: Plan, of: Mapping[str, Draws], needs: Asked) -> Course:
    """How a plan goes in every simulation, given the draws of its options on the terms of these needs."""
    builder, keeper = of[plan.builder.id], of[plan.keeper.id]
    n, service = builder.n, needs.upkeep_months * WEEKS_A_MONTH
    first, second, begins, finish, keeps, leaves = timing(plan, of, needs)
    no_upkeep = isinstance(service, float) and not service
    heads, joining = builder.heads(plan.builders), keeper.heads(plan.keepers_who_build)
    kept = keeper.upkeep_heads(needs)
    ends, growth = finish + (np.zeros(n) + service), builder.weekly_growth
    at_release = costs.grown(finish, growth)  # the price of labor then

    def building(draws: Draws, people: Numbers, start: Numbers, end: Numbers) -> Work:
        weeks = people * np.maximum(0.0, end - start) / draws.stretch  # vacancies are not paid
        return Work(draws, weeks, weeks * costs.grown((start + end) / 2, growth), start, end, True)

    def keeping(draws: Draws, people: Numbers, start: Numbers, end: Numbers) -> Work:
        weeks = people * np.maximum(0.0, end - start)
        return Work(draws, weeks, weeks * (at_release * builder.grown_by_mid_upkeep(needs)), start, end, False)

    built = building(builder, heads, first.arrives, np.minimum(finish, leaves))
    joined = None if second is None else building(keeper, joining, second.arrives, finish)
    stays = None if plan.kind == ALONE or no_upkeep or not np.any(leaves > finish) else keeping(
        builder, np.minimum(heads, builder.upkeep_heads(needs)), finish, np.maximum(finish, leaves))
    kept_up = keeping(keeper, kept, keeps, ends) if np.any(kept) else None
    works = [work for work in (built, joined, stays, kept_up) if work is not None]

    pay = partial(_payments, works=works, at_release=at_release, keeps=keeps)
    if plan.kind == ALONE:
        payments = [*pay(builder, built=heads, kept=kept, present=heads, arrives=first.arrives, leaves=finish,
                         service=service)]
    else:
        present = 0.0 if second is None else np.where(second.arrives <= finish, joining, 0.0)
        left = np.maximum(0.0, ends - keeps)  # who comes after the last day is not hired
        payments = [
            *pay(builder, built=heads, kept=0.0, present=0.0, arrives=first.arrives, leaves=leaves, service=service),
            *pay(keeper, built=joining, kept=np.where(left > 0, kept, 0.0), present=present, leaves=finish,
                 arrives=keeps if second is None else second.arrives, service=left)]
    budgeted, total = np.zeros(n), np.zeros(n)
    everything: list[Work | Spending] = [*works, *payments]
    for paid in everything:
        usd = paid.usd
        total = total + usd
        if paid.is_build:
            budgeted = budgeted + usd
    for array in (total, budgeted):
        array.flags.writeable = False  # one decision is shared by everybody who asks the same
    upkeep_weeks = 0.0 if kept_up is None else kept_up.weeks
    ratings = builder.ratings if plan.kind == ALONE else _ratings(
        builder, keeper, built=built.weeks, stays=0.0 if stays is None else stays.weeks,
        joined=0.0 if joined is None else joined.weeks, kept=upkeep_weeks)
    return Course(plan, begins, ends - service, ends, tuple(works), tuple(payments), upkeep_weeks, ratings, total,
                  budgeted, leaves, keeps if second is None else second.arrives)


def _payments(of: Draws, *, works: Iterable[Work], built: Numbers, kept: Numbers, present: Numbers, arrives: Numbers,
              leaves: Numbers, keeps: Numbers, service: Numbers, at_release: Numbers) -> Iterable[Spending]:
    """What is paid once for the people of one option: finding them, their ramp-up for upkeep, their exit, and what the
    smallest engagement costs more than the work. `built` positions build, `kept` positions keep it running, and
    `present` positions are there already then. Exit and ramp-up have the prices of the release."""
    weekly = of.weekly
    builds = not isinstance(built, float) or built > 0
    found = np.maximum(built, 1.0) if builds else 0.0  # a part of a position takes a whole search
    beyond_work: Numbers = 0.0
    if builds:
        yield Spending("sourcing", found * of.finding_usd, arrives, arrives, True)
    if np.any(kept):
        added = np.maximum(np.where(np.greater(kept, 0), np.maximum(kept, 1.0), 0.0) - found, 0.0)
        if np.any(added):
            yield Spending("sourcing", added * of.finding_usd, keeps, keeps, False)
        ramped = np.maximum(np.subtract(kept, present), 0.0)
        if np.any(ramped):
            beyond_work = ramped * np.minimum(service, of.ramp_weeks / 2) * (weekly * at_release)
            yield Spending("upkeep_labor", beyond_work, keeps, keeps + np.minimum(service, of.ramp_weeks), False)
    if builds and of.evidence.figures[f"exit_weeks.{of.option.id}"].high > 0:
        leaving = costs.ending(of.figure("exit_weeks"), weekly * at_release, built, kept, service)
        beyond_work = beyond_work + leaving
        yield Spending("exit", leaving, leaves, leaves, True)
    if of.evidence.figures[f"minimum_usd.{of.option.id}"].high > 0:
        mine = [work for work in works if work.of is of]
        if mine:
            pay = sum((costs.labor(work.priced_weeks, weekly) for work in mine), start=beyond_work)
            worked = mine[0]
            short = np.where(worked.weeks > 0, costs.top_up(pay, of.figure("minimum_usd")), 0.0)
            yield Spending("build_labor" if worked.is_build else "upkeep_labor", short, worked.start, worked.end,
                           worked.is_build)


def _ratings(builder: Draws, keeper: Draws, *, built: Numbers, stays: Numbers, joined: Numbers,
             kept: Numbers) -> Mapping[str, Numbers]:
    """Ratings of a mix, points, by paid person-weeks: `built` and `stays` of the builders, `joined` and `kept` of the
    keepers. Each criterion follows the whole, but continuity the keepers and capability those who build; security is
    the lower one of those who take part."""
    central = builder.evidence.central
    building = built / np.maximum(built + joined, 1e-9)
    theirs = joined + kept
    overall = (built + stays) / np.maximum(built + stays + theirs, 1e-9)
    is_kept = np.asarray(kept) > 0
    kept_at_all: NDArray[np.bool_] | bool = True if is_kept.all() else is_kept  # one truth value is quicker
    weight = {
        **dict.fromkeys(fit.LEVELS, overall),
        "continuity": building * np.where(kept_at_all, 1 - central("keeper_continuity_share"), 1.0),
        "capability": building * np.where(kept_at_all, central("builder_capability_share"), 1.0)}
    mixed = {criterion: keeper.ratings[criterion] + share * (builder.ratings[criterion] - keeper.ratings[criterion])
             for criterion, share in weight.items() if criterion != "security"}
    ours, other = builder.ratings["security"], keeper.ratings["security"]
    lower = np.minimum(ours, other)
    takes_part = np.asarray(theirs) > 0
    mixed["security"] = lower if takes_part.all() else np.where(takes_part, lower, ours)
    return mixed


def scored(taken: Course, needs: ProjectNeeds, evidence: Snapshot, reference: Reference, weights: Array) -> Outcome:
    """The values, scores and limits of a course for these needs."""
    worth = values(taken, needs, evidence, reference)
    unreduced = weighted(weights, worth)
    reduced, keeps = limited(taken, needs, evidence, unreduced)
    for array in (worth, unreduced, reduced):
        array.flags.writeable = False
    return Outcome(taken, needs, worth, unreduced, reduced, keeps)


def weighted(weights: Array, worth: Array) -> Array:
    """The score before limits count, from weights and values of shape (…, draws, criteria)."""
    return np.asarray(np.einsum("...j,...j->...", weights, worth))


def limited(taken: Course, needs: Asked, evidence: Snapshot, unreduced: Array) -> tuple[Array, NDArray[np.bool_]]:
    """The scores of a course, reduced where a limit is missed, and where all limits are kept."""
    budgeted = taken.budgeted if needs.budget_covers == "build" else taken.total
    steepness = evidence.central(f"limit_steepness.{needs.limits}")
    reduced, keeps = unreduced, np.ones(unreduced.shape, dtype=bool)
    for actual, limit in ((budgeted, needs.budget_usd), (taken.finish / WEEKS_A_MONTH, needs.deadline_months)):
        if limit is not None:
            reduced = reduced * fit.limit_factor(actual, limit, steepness)
            keeps = keeps & (actual <= limit)
    return reduced, keeps


def values(taken: Course, needs: Asked, evidence: Snapshot, reference: Reference,
           known: Mapping[int, Array] = NOTHING, shape: tuple[int, ...] = ()) -> Array:
    """The value of each criterion in each simulation, 0–1, shape (…, draws, criteria): that of the costs, or
    a larger one. `known` are some of them, by place."""
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

    table = np.empty((len(evidence.criteria), *(shape or taken.total.shape)))
    for place, criterion in enumerate(evidence.criteria):  # one at a time, so that they take the same memory
        table[place] = known[place] if place in known else value(criterion.id)
    return np.moveaxis(table, 0, -1)  # a criterion's values are contiguous
