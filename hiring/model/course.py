"""Course: how a plan goes in every simulation. The same formulas serve every option and every mix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from hiring.model import costs, fit, schedule
from hiring.model.asked import Asked
from hiring.model.draws import Array, Numbers, some
from hiring.model.option_draws import Draws
from hiring.model.plans import ALONE, BRIDGE, Plan
from hiring.model.schedule import WEEKS_A_MONTH, Crew

Made = TypeVar("Made")
MOST_RISE = 2.0  # from nothing at the start to twice the mean at the end


class Spending(NamedTuple):
    """Money of one cost line, USD, paid from `start` to `end` (weeks), or at once where they are the same. Payments
    rise by `growth` a week, a share of their mean. `is_build` says whether a budget for the build covers it."""

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
        rise = np.clip(self.growth * took, 0.0, MOST_RISE)
        if some(rise):  # close to (e^(rise × part) − 1) ÷ (e^rise − 1), in a fraction of its time
            part = part * (1.0 + (part - 1.0) * rise * (1 / 2 + rise * (2.0 * part - 1.0) / 12))
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
        if some(rates.technical_lead):
            yield Spending("technical_lead", self.priced_weeks * (self._lead_factor * rates.technical_lead), *phase)

    @property
    def _lead_factor(self) -> float:
        return 1.0 if self.is_build else self.of.evidence.central("lead_upkeep_factor")

    def weighted_lines(self, weights: Array) -> Iterator[tuple[str, float]]:
        """Each cost line and the weighted sum of what is paid for it, USD."""
        rates, priced = self.of.per_week, self.priced_weeks * weights
        searched = self.weeks * weights
        for line, weeks, usd in (("build_labor" if self.is_build else "upkeep_labor", priced, self.of.weekly),
                                 ("steering", priced, rates.steering), ("replacement", priced, rates.replacement),
                                 ("replacement", searched, rates.replacement_search),
                                 ("technical_lead", priced * self._lead_factor, rates.technical_lead)):
            yield line, _sum(weeks, usd)


def _sum(weights: Array, usd: Numbers) -> float:
    """The weighted sum of amounts."""
    return float(weights @ usd if isinstance(usd, np.ndarray) else weights.sum() * usd)


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
    rated: Callable[[], Mapping[str, Numbers]]
    total: Array
    budgeted: Array
    leaves: Numbers
    joins: Numbers

    @cached_property
    def ratings(self) -> Mapping[str, Numbers]:
        """Points of each rated criterion, worked out when they are asked for."""
        return self.rated()

    @cached_property
    def spendings(self) -> tuple[Spending, ...]:
        """All that is paid, by cost line and time."""
        return (*(spending for work in self.works for spending in work.spendings()), *self.payments)

    @cached_property
    def released(self) -> Array:
        """Cost up to and with the release, USD: the build and the exit of those who leave with it."""
        released = self.budgeted
        for payment in self.payments:
            if payment.line == "exit":
                released = released + payment.usd
        return released

    def weighted_lines(self, weights: Array) -> Iterator[tuple[str, float]]:
        """Each cost line and the weighted sum of what is paid for it, USD; a line may come more than once."""
        for work in self.works:
            yield from work.weighted_lines(weights)
        for payment in self.payments:
            yield payment.line, _sum(weights, payment.usd)

    def cumulative(self, weeks: Array) -> Array:
        """Cost up to each of `weeks` in each simulation, USD, shape (weeks, draws)."""
        at = np.asarray(weeks, dtype=float)[:, None]
        paid = np.zeros((len(at), *self.total.shape))
        for spending in self.spendings:
            paid += spending.until(at)
        return paid


class Timing(NamedTuple):
    """When a plan's people work: the crews that build, the first working day, the release, from when the keepers keep
    it running and until when the builders stay."""

    first: Crew
    second: Crew | None
    begins: Numbers
    finish: Numbers
    keeps: Numbers
    leaves: Numbers


class Shared(dict[tuple[object, ...], Any]):
    """What several plans of one project have in common, so that it is worked out once. It holds for the same draws and
    needs only."""

    def once(self, name: str, of: Draws, people: Numbers | str, made: Callable[[], Made]) -> Made:
        """What `made` gives the first time, by its name and the people that it is about: their option and number, or
        the option of others. For numbers of many variants it is made again."""
        if isinstance(people, np.ndarray):
            return made()
        key = name, of.option.id, people
        if key not in self:
            self[key] = made()
        found: Made = self[key]
        return found


def timing(plan: Plan, of: Mapping[str, Draws], needs: Asked, shared: Shared | None = None) -> Timing:
    """When a plan's people work in every simulation."""
    known = Shared() if shared is None else shared
    builder, keeper = of[plan.builder.id], of[plan.keeper.id]
    service, over = needs.upkeep_months * WEEKS_A_MONTH, builder.evidence.central("handover_weeks")
    first = known.once("crew", builder, plan.builders, lambda: builder.crew(plan.builders))
    begins, hours = builder.figure("lead_weeks"), known.once("hours", builder, 0, lambda: builder.hours(needs))
    if not plan.keepers_who_build:
        finish = known.once("finish", builder, plan.builders, lambda: schedule.finish(hours, first))
        if plan.kind == ALONE:
            return Timing(first, None, begins, finish, finish, finish)
        arrives = known.once("keeps", keeper, 0, lambda: schedule.arrival(
            keeper.figure("lead_weeks"), _upkeep_heads(keeper, needs, known), keeper.central("hires_per_week")))
        keeps = np.maximum(finish, arrives)
        return Timing(first, None, begins, finish, keeps, np.minimum(keeps + over, finish + service))
    second = known.once("crew", keeper, plan.keepers_who_build, lambda: keeper.crew(plan.keepers_who_build))
    until: Numbers = second.arrives + keeper.ramp_weeks + over if plan.kind == BRIDGE else np.inf
    fastest = needs.developers * known.once("fastest", builder, plan.keeper.id, lambda: np.maximum(
        builder.hours_a_week, keeper.hours_a_week))
    finish = schedule.joint_finish(
        hours, first, second, loss_share=keeper.shared("mix_loss_share"), most_hours_a_week=fastest,
        first_until=until)
    leaves = np.minimum(finish, until) if plan.kind == BRIDGE else finish
    is_late = second.arrives > finish
    if some(is_late):
        leaves = np.where(is_late, np.minimum(second.arrives + over, finish + service), leaves)
    return Timing(first, second, np.minimum(begins, keeper.figure("lead_weeks")), finish,
                  np.maximum(finish, second.arrives), leaves)


def _upkeep_heads(of: Draws, needs: Asked, shared: Shared) -> Numbers:
    return shared.once("upkeep", of, 0, lambda: of.upkeep_heads(needs))


def course(plan: Plan, of: Mapping[str, Draws], needs: Asked, shared: Shared | None = None) -> Course:
    """How a plan goes in every simulation, given the draws of its options on the terms of these needs. `shared` is what
    other plans of the same draws and needs have in common with it."""
    known = Shared() if shared is None else shared
    builder, keeper = of[plan.builder.id], of[plan.keeper.id]
    n, service = builder.n, needs.upkeep_months * WEEKS_A_MONTH
    first, second, begins, finish, keeps, leaves = timing(plan, of, needs, known)
    no_upkeep = isinstance(service, float) and not service
    heads, joining = builder.heads(plan.builders), keeper.heads(plan.keepers_who_build)
    kept = _upkeep_heads(keeper, needs, known)
    ends, growth = finish + (np.zeros(n) + service), builder.weekly_growth

    def building(draws: Draws, people: Numbers, start: Numbers, end: Numbers) -> Work:
        weeks = people * np.maximum(end - start, 0.0) / draws.stretch  # vacancies are not paid
        return Work(draws, weeks, weeks * costs.grown(start + end, growth / 2), start, end, True)

    def keeping(draws: Draws, people: Numbers, start: Numbers, end: Numbers) -> Work:
        weeks = people * np.maximum(end - start, 0.0)
        return Work(draws, weeks, weeks * in_upkeep, start, end, False)

    def at_prices() -> tuple[Numbers, Numbers]:
        """The price of labor at the release and in the middle of upkeep."""
        at_release = costs.grown(finish, growth)
        return at_release, at_release * builder.grown_by_mid_upkeep(needs)

    if second is None:  # who comes after the release changes nothing before it
        at_release, in_upkeep = known.once("prices", builder, plan.builders, at_prices)
        built = known.once("built", builder, plan.builders, lambda: building(builder, heads, first.arrives, finish))
        joined = None
    else:
        at_release, in_upkeep = at_prices()
        built = building(builder, heads, first.arrives, np.minimum(finish, leaves))
        joined = building(keeper, joining, second.arrives, finish)
    stays = None if plan.kind == ALONE or no_upkeep or not some(leaves > finish) else keeping(
        builder, known.once("stays", builder, plan.builders, lambda: np.minimum(
            heads, _upkeep_heads(builder, needs, known))), finish, np.maximum(finish, leaves))
    kept_up = keeping(keeper, kept, keeps, ends) if some(kept) else None
    works = [work for work in (built, joined, stays, kept_up) if work is not None]

    pay = partial(_payments, works=works, at_release=at_release, keeps=keeps)
    if plan.kind == ALONE:
        payments = [*pay(builder, built=heads, kept=kept, present=heads, arrives=first.arrives, leaves=finish,
                         service=service)]
    else:
        present = 0.0 if second is None else _where(second.arrives <= finish, joining)
        left = np.maximum(ends - keeps, 0.0)  # who comes after the last day is not hired
        payments = [
            *pay(builder, built=heads, kept=0.0, present=0.0, arrives=first.arrives, leaves=leaves, service=service),
            *pay(keeper, built=joining, kept=_where(left > 0, kept), present=present, leaves=finish,
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
    rated = (lambda: builder.ratings) if plan.kind == ALONE else partial(
        _ratings, builder, keeper, built=built.weeks, stays=0.0 if stays is None else stays.weeks,
        joined=0.0 if joined is None else joined.weeks, kept=upkeep_weeks)
    return Course(plan, begins, ends - service, ends, tuple(works), tuple(payments), upkeep_weeks, rated, total,
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
    if some(kept):
        if np.greater(kept, found).any():
            added = np.maximum(_where(np.greater(kept, 0), np.maximum(kept, 1.0)) - found, 0.0)
            yield Spending("sourcing", added * of.finding_usd, keeps, keeps, False)
        if np.greater(kept, present).any():
            ramped = np.maximum(np.subtract(kept, present), 0.0)
            beyond_work = ramped * np.minimum(service, of.ramp_weeks / 2) * (weekly * at_release)
            yield Spending("upkeep_labor", beyond_work, keeps, keeps + np.minimum(service, of.ramp_weeks), False)
    if builds and of.evidence.figures[f"exit_weeks.{of.option.id}"].high > 0:
        leaving = costs.ending(of.figure("exit_weeks"), weekly * at_release, built, kept, service)
        beyond_work = beyond_work + leaving
        yield Spending("exit", leaving, leaves, leaves, False)
    if of.evidence.figures[f"minimum_usd.{of.option.id}"].high > 0:
        mine = [work for work in works if work.of is of]
        if mine:
            pay = sum((costs.labor(work.priced_weeks, weekly) for work in mine), start=beyond_work)
            worked = mine[0]
            short = _where(np.greater(worked.weeks, 0), costs.top_up(pay, of.figure("minimum_usd")))
            yield Spending("build_labor" if worked.is_build else "upkeep_labor", short, worked.start, worked.end,
                           worked.is_build)


def _where(holds: NDArray[np.bool_] | np.bool_ | bool, number: Numbers) -> Numbers:
    """The number where something holds, else 0."""
    return number if np.asarray(holds).all() else np.where(holds, number, 0.0)


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
