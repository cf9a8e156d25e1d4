"""Tracking: where a project stands in what was forecast, and the forecast given what happened.

What is known so far weighs the simulations of the plan that was chosen: one that agrees with the facts weighs more
(importance weights). Facts are never exact; how exact they are taken to be is stated in the constants below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hiring.model import costs, plans
from hiring.model.course import Course, Work, course, timing
from hiring.model.decision import Decision, drawn_weights
from hiring.model.draws import Array, Numbers
from hiring.model.evidence import Figure, Option
from hiring.model.option_draws import Draws, Rates, pay_id, scaled_by_place
from hiring.model.plans import Plan
from hiring.model.quantiles import SHARES, quantile
from hiring.model.schedule import WEEKS_A_MONTH, WEEKS_A_YEAR, Crew
from hiring.model.simulation import Outcome, limited, scored

DAY_ERROR = 1.0  # weeks: when work began, and when the release was, are matters of opinion by about a week
DONE_ERROR = 0.1  # of the build: the share done that people report, typically ten points off
SPENT_ERROR = 0.1  # of what was spent: bills come late, and the hours of your own people are estimates
SPENT_FLOOR = 0.01  # of the typical cost, added to the error of what was spent
PAY_ERROR = 0.05  # of the pay: the mean of a team that changes
SIMULATIONS = 16_000  # of the plan that is tracked
PATH_STEPS = 24  # even steps of a path of cost over time
LEAST_EFFECTIVE = 100  # simulations below which no percentile is given
NEAREST = 100  # simulations that are used there instead
FACTS = ("began_weeks", "done_share", "released_months", "spent_usd", "leavers")  # and pay

Span = tuple[float, float | None, float]


@dataclass(frozen=True)
class Facts:
    """What is known `months` after the decision; None is not known. Weeks and months count from the decision, money is
    in USD, `pay` is per option in the unit of its pay figure, USD. Fields may have shape (projects, 1).

    Without `released_months` it is taken as not released yet.
    """

    months: float
    began_weeks: Numbers | None = None
    done_share: Numbers | None = None
    released_months: Numbers | None = None
    spent_usd: Numbers | None = None
    leavers: Numbers | None = None
    pay: Mapping[str, Numbers] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is known besides the time gone."""
        return bool(self.pay) or any(getattr(self, name) is not None for name in FACTS)


@dataclass(frozen=True)
class Seen:
    """What each simulation shows on a day, shape (draws,): as in `Facts`; `leavers` are those to be expected."""

    weeks: float
    began_weeks: Numbers
    done_share: Array
    finish_weeks: Array
    spent_usd: Array
    leavers: Array
    pay: Mapping[str, Numbers]
    spent_error: Array


class Standing(NamedTuple):
    """Where a fact stands in what was forecast: the share of simulations `below` it, and of those that are below it or
    equal, both counting its error; `beyond` is 1 where it is more than in any simulation, −1 where it is less."""

    below: Numbers
    up_to: Numbers
    beyond: int

    @property
    def share(self) -> Numbers:
        return (self.below + self.up_to) / 2


class Forecast(NamedTuple):
    """10th percentile, median and 90th percentile of the release in months, of the whole cost and of what is left to
    pay, USD; the share of simulations that keep the limits, None where none is given. Of too few simulations, only
    the lowest and the highest number."""

    release_months: Span
    total_usd: Span
    left_usd: Span
    keep_share: float | None


class Paths(NamedTuple):
    """Cost so far, USD, three rows of quantiles as in `Forecast`: as it was forecast at each of `months`, and given
    what happened at each of the `later` ones."""

    months: Array
    forecast: Array
    later: Array
    given: Array


class Switch(NamedTuple):
    """To go on with `option` for the rest, its price included: how often that scores higher than to go on as now, the
    forecast then, and whether it leads."""

    option: str
    ahead_share: float
    forecast: Forecast
    leads: bool


def seen(outcome: Outcome, of: Mapping[str, Draws], months: float) -> Seen:
    """What each simulation of a plan shows `months` after the decision; `of` are the draws of its options."""
    taken, weeks = outcome.course, months * WEEKS_A_MONTH
    spent = taken.cumulative(np.array([weeks]))[0]
    leaving = np.zeros(taken.total.shape)
    for work in taken.works:
        leaving = leaving + work.of.figure("attrition_per_year") / WEEKS_A_YEAR * _worked(work, weeks)
    return Seen(weeks, taken.start, _done_share(outcome, of, weeks), taken.finish, spent, leaving,
                {option.id: _pay(of[option.id]) for option in taken.plan.options},
                SPENT_ERROR * spent + SPENT_FLOOR * float(np.median(taken.total)))


def _worked(work: Work, weeks: float) -> Numbers:
    """The person-weeks of a work up to a week."""
    return work.weeks * np.clip((weeks - work.start) / np.maximum(np.subtract(work.end, work.start), 1e-9), 0.0, 1.0)


def _pay(of: Draws) -> Numbers:
    """The pay of an option where it works, in the unit of its figure."""
    pay = of.priced(pay_id(of.option, of.needs, of.evidence), f"pay.{of.option.id}")
    return pay * of.evidence.wage_ratio(of.needs.location) if scaled_by_place(of.option, of.needs, of.evidence) else pay


def _done_share(outcome: Outcome, of: Mapping[str, Draws], weeks: float) -> Array:
    """The share of the build that is done in a week: productivity rises in a straight line over the ramp-up."""
    plan = outcome.plan
    first, second, _, finish, _, leaves = timing(plan, of, outcome.needs)
    crews = ((first, leaves), *(() if second is None else ((second, np.inf),)))

    def done(week: Numbers) -> Numbers:
        hours = np.zeros(outcome.total.shape)
        for crew, until in crews:
            hours = hours + _hours(crew, np.minimum(week, until))
        return hours

    return np.where(weeks >= finish, 1.0, np.minimum(1.0, done(weeks) / np.maximum(done(finish), 1e-9)))


def _hours(crew: Crew, week: Numbers) -> Numbers:
    """Productive hours of a crew up to a week."""
    ramp = 2 * np.subtract(crew.ready, crew.arrives)
    here = np.maximum(0.0, np.subtract(week, crew.arrives))
    rising = np.minimum(here, ramp)
    return crew.hours_a_week * (rising * rising / np.maximum(2 * ramp, 1e-9) + (here - rising))


def standings(facts: Facts, shown: Seen) -> dict[str, Standing]:
    """Where each fact stands in what was forecast, by its name; pay as `pay.` and the option."""
    found = {}
    for name, fact, simulated, error in _compared(facts, shown):
        lowest, highest = np.min(simulated), np.max(simulated)
        beyond = int(np.all(fact > highest)) - int(np.all(fact < lowest))
        if name == "leavers":
            below, up_to = _poisson_up_to(np.subtract(fact, 1), simulated), _poisson_up_to(fact, simulated)
            found[name] = Standing(below.mean(axis=-1), up_to.mean(axis=-1), 0)
            continue
        up_to = normal_share((fact - simulated) / error).mean(axis=-1)
        below = up_to
        if name == "done_share":  # no report is below 0 or above all
            below, up_to = np.where(_first(fact) <= 0, 0.0, up_to), np.where(_first(fact) >= 1, 1.0, up_to)
            beyond = 0 if np.any((_first(fact) <= 0) | (_first(fact) >= 1)) else beyond
        found[name] = Standing(below, up_to, beyond)
    return found


def likelihood(facts: Facts, shown: Seen) -> Array:
    """The logarithm of how likely each simulation makes the facts, up to a constant: shape (draws,), or (projects,
    draws). A fact beyond every simulation counts as the nearest that is simulated."""
    total = np.zeros(np.shape(shown.finish_weeks))
    if facts.released_months is None:
        total = total + np.log(np.maximum(normal_share((shown.finish_weeks - shown.weeks) / DAY_ERROR), 1e-300))
        total = np.where(shown.finish_weeks.max() < shown.weeks, shown.finish_weeks, total)
    for name, fact, simulated, error in _compared(facts, shown):
        if name == "leavers":
            expected = np.maximum(simulated, 1e-9)
            total = total + fact * np.log(expected) - expected
            continue
        within = np.clip(fact, np.min(simulated), np.max(simulated))
        away = (within - simulated) / error
        density = -away * away / 2 - np.log(error)
        if name == "done_share":
            density = np.where(np.asarray(fact) <= 0, np.log(normal_share(away)),
                               np.where(np.asarray(fact) >= 1, np.log(normal_share(-away)), density))
        total = total + density
    return total


def _compared(facts: Facts, shown: Seen) -> list[tuple[str, Numbers, Array, Numbers]]:
    """The facts that are known, beside what is simulated and the error of each, in one unit."""
    is_released = facts.released_months is not None
    released = None if facts.released_months is None else np.multiply(facts.released_months, WEEKS_A_MONTH)
    found: list[tuple[str, Numbers | None, Numbers, Numbers]] = [
        ("began_weeks", facts.began_weeks, shown.began_weeks, DAY_ERROR),
        ("done_share", None if is_released else facts.done_share, shown.done_share, DONE_ERROR),
        ("released_months", released, shown.finish_weeks, DAY_ERROR),
        ("spent_usd", facts.spent_usd, shown.spent_usd, shown.spent_error),
        ("leavers", facts.leavers, shown.leavers, 0.0)]
    found += [(f"pay.{option}", pay, shown.pay[option], PAY_ERROR * np.asarray(shown.pay[option]))
              for option, pay in facts.pay.items()]
    shape = shown.finish_weeks.shape
    return [(name, fact, np.broadcast_to(simulated, shape), error) for name, fact, simulated, error in found
            if fact is not None]


def _first(fact: Numbers) -> Numbers:
    """A fact without the axis of the simulations."""
    return fact[..., 0] if isinstance(fact, np.ndarray) else fact


def normal_share(z: Numbers) -> Array:
    """The standard normal's share below `z`, to six places; never below 1e-300."""
    grid, shares = _normal_table()
    return np.asarray(np.interp(z, grid, shares))


@cache
def _normal_table() -> tuple[Array, Array]:
    grid = np.linspace(-8.0, 8.0, 3_201)
    return grid, np.maximum(1e-300, np.array([NormalDist().cdf(z) for z in grid]))


def _poisson_up_to(count: Numbers, expected: Array) -> Array:
    """The share of a Poisson distribution up to a count."""
    most = int(np.max(count))
    term, found = np.exp(-expected), np.zeros(np.broadcast(count, expected).shape)
    for number in range(most + 1):
        found = found + np.where(np.greater_equal(count, number), term, 0.0)
        term = term * expected / (number + 1)
    return np.minimum(found, 1.0)


def weights(log_likelihood: Array) -> Array:
    """Importance weights of the simulations, which add up to 1 along the last axis."""
    found = np.exp(log_likelihood - log_likelihood.max(axis=-1, keepdims=True))
    return found / found.sum(axis=-1, keepdims=True)


def effective(weight: Array) -> Array:
    """The effective number of simulations: 1 ÷ the sum of the squared weights (Kish 1965)."""
    return 1 / (weight * weight).sum(axis=-1)


def weighted_quantiles(values: Array, weight: Array, shares: tuple[float, ...] = SHARES) -> Array:
    """The quantiles of weighted simulations at `shares`, shape (shares,) or (shares, projects): linear between the
    middles of the weights."""
    order = np.argsort(values, kind="stable")
    ordered, mass = values[order], np.atleast_2d(weight)[:, order]
    middles = np.cumsum(mass, axis=1) - mass / 2
    found = np.array([np.interp(shares, row, ordered) for row in middles]).T
    return found[:, 0] if weight.ndim == 1 else found


@dataclass(frozen=True)
class AtWork(Draws):
    """The draws of an option whose people are at work already, for the rest of a build. `before` are those from the
    decision on; weeks count from this day."""

    before: Draws = field(kw_only=True)
    arrives: Numbers = field(kw_only=True)
    ready: Numbers = field(kw_only=True)

    def crew(self, developers: Numbers) -> Crew:
        return self.before.crew(developers)._replace(arrives=self.arrives, ready=self.ready)

    @cached_property
    def per_week(self) -> Rates:
        return self.before.per_week  # leavers are replaced as before

    @cached_property
    def finding_usd(self) -> Numbers:
        return np.where(np.greater(self.arrives, 0), self.before.finding_usd, 0.0)  # who is here was found


@dataclass(frozen=True, repr=False)
class Track:
    """A decision beside what happened; `plan` is the option that was chosen, or `mix`.

    Its plan is simulated more often than for the decision, so that enough simulations agree with several facts at once.
    """

    decision: Decision
    plan: str
    facts: Facts
    n: int = SIMULATIONS

    @cached_property
    def draws(self) -> Mapping[str, Draws]:
        """The draws of every option."""
        decision = self.decision
        if self.n == decision.draws:
            return decision.option_draws
        return {option.id: Draws(option, decision.needs, decision.evidence, self.n)
                for option in decision.evidence.options}

    @cached_property
    def outcome(self) -> Outcome:
        """The plan that was chosen, as it was forecast."""
        decision, plan = self.decision, self.decision.all_outcomes[self.plan].plan
        return self._scored(course(plan, self.draws, decision.needs))

    def _scored(self, taken: Course) -> Outcome:
        decision = self.decision
        weights = drawn_weights(tuple(decision.weights.values()), decision.evidence.central("weight_concentration"),
                                tuple(decision.weights), self.n)
        return scored(taken, decision.needs, decision.evidence, decision.reference, weights)

    @cached_property
    def seen(self) -> Seen:
        return seen(self.outcome, self.draws, self.facts.months)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        return standings(self.facts, self.seen)

    def pay_figure(self, option: str) -> Figure:
        """The figure that the pay of an option is compared with."""
        of = self.draws[option]
        return of.evidence.figures[pay_id(of.option, of.needs, of.evidence)]

    def forecast_of(self, name: str) -> tuple[float, float]:
        """10th and 90th percentile of a fact as it was forecast, in the unit of the facts, without their errors."""
        values = self.seen.pay[name.partition(".")[2]] if name.startswith("pay.") else (
            self.seen.finish_weeks / WEEKS_A_MONTH if name == "released_months" else getattr(self.seen, name))
        low, high = quantile(values, (0.1, 0.9)).tolist()
        return low, high

    @cached_property
    def _likelihood(self) -> Array:
        return likelihood(self.facts, self.seen)

    @cached_property
    def effective(self) -> float:
        """How many equal simulations the weighted ones are worth."""
        return float(effective(weights(self._likelihood)))

    @property
    def is_nearest(self) -> bool:
        """Whether too few simulations agree with the facts, so that the nearest are used."""
        return self.effective < LEAST_EFFECTIVE

    @cached_property
    def weights(self) -> Array:
        """The weight of each simulation."""
        if not self.is_nearest:
            return weights(self._likelihood)
        nearest = np.argsort(-self._likelihood, kind="stable")[:NEAREST]
        equal = np.zeros(self._likelihood.shape)
        equal[nearest] = 1 / len(nearest)
        return equal

    @property
    def is_late(self) -> bool:
        """Whether it is later than every simulated release, and nothing is released."""
        return self.facts.released_months is None and bool(self.seen.finish_weeks.max() < self.seen.weeks)

    @cached_property
    def _missing_usd(self) -> float:
        """What was spent beyond every simulation, USD."""
        spent = self.facts.spent_usd
        return 0.0 if spent is None else max(0.0, float(spent) - float(self.seen.spent_usd.max()))

    @cached_property
    def given(self) -> Forecast:
        """The forecast given what happened, if it goes on as now."""
        return self._forecast(self._as_it_goes)

    @cached_property
    def _as_it_goes(self) -> Course:
        taken, released = self.outcome.course, self.facts.released_months
        finish = np.maximum(taken.finish, self.seen.weeks) if released is None else np.full(
            taken.finish.shape, max(float(released) * WEEKS_A_MONTH, 1e-6))  # on the day of the decision
        return replace(taken, finish=finish, total=taken.total + self._missing_usd,
                       budgeted=taken.budgeted + self._missing_usd)

    def _forecast(self, taken: Course) -> Forecast:
        _, keeps = self._limited(taken)
        months = taken.finish / WEEKS_A_MONTH
        left = np.maximum(0.0, taken.total - self.seen.spent_usd - self._missing_usd)
        return Forecast(self._span(months), self._span(taken.total), self._span(left),
                        float(keeps @ self.weights) if self.decision.has_limits else None)

    @cached_property
    def paths(self) -> Paths:
        """Cost so far, USD, as it was forecast and as it is now, from this day on; both end with the plan."""
        last = float(weighted_quantiles(self._as_it_goes.end, self.weights, (0.9,))[0]) / WEEKS_A_MONTH
        last = max(last, self.facts.months, float(np.quantile(self.outcome.course.end, 0.9)) / WEEKS_A_MONTH)
        months = np.linspace(0, last, PATH_STEPS + 1)
        forecast = quantile(self.outcome.course.cumulative(months * WEEKS_A_MONTH), SHARES)
        later = np.linspace(self.facts.months, last, PATH_STEPS + 1)
        paid = self.outcome.course.cumulative(later * WEEKS_A_MONTH) + self._missing_usd
        if self.is_nearest:
            used = paid[:, self.weights > 0]
            spans = np.array([used.min(axis=1), np.full(len(used), np.nan), used.max(axis=1)])
        else:
            spans = np.array([weighted_quantiles(row, self.weights) for row in paid]).T
        return Paths(months, forecast, later, spans)

    def _limited(self, taken: Course) -> tuple[Array, NDArray[np.bool_]]:
        return limited(taken, self.outcome.needs, self.decision.evidence, self.outcome.unreduced_scores)

    def _span(self, values: Array) -> Span:
        if self.is_nearest:
            used = values[self.weights > 0]
            return float(used.min()), None, float(used.max())
        low, median, high = weighted_quantiles(values, self.weights).tolist()
        return low, median, high

    @cached_property
    def switches(self) -> tuple[Switch, ...]:
        """What to go on with each other option would mean, the best first. Empty after the release, and where two
        crews build.

        The new people are searched for from this day, and take over as in a bridge: those who build now stay until the
        new ones are up to speed, and the handover.
        """
        if self.facts.released_months is not None or self.outcome.plan.kind not in (plans.ALONE, plans.HANDOVER):
            return ()
        builder = self.outcome.plan.builder
        stay = self._scored(self._as_it_goes).scores
        found = []
        for option in self.decision.evidence.options:
            if option is not builder:
                taken = self._switched(builder, option)
                then = self._scored(taken).scores
                ahead = float((np.greater(then, stay) + np.equal(then, stay) / 2) @ self.weights)
                found.append(Switch(option.id, ahead, self._forecast(taken),
                                    ahead > self.decision.evidence.central("mix_lead_share")))
        return tuple(sorted(found, key=lambda it: -it.ahead_share))

    def _switched(self, builder: Option, other: Option) -> Course:
        """How it goes when others take over for the rest, in every simulation."""
        needs, now, evidence = self.outcome.needs, self.seen, self.decision.evidence
        before, then, overrun = self.draws[builder.id], self.draws[other.id], f"overrun.{needs.scope_clarity}"
        crew, rest = before.crew(needs.developers), np.maximum(1e-6, 1 - now.done_share)
        arrives = np.maximum(0.0, crew.arrives - now.weeks)
        left = np.maximum(0.0, self._as_it_goes.finish - now.weeks) - before.hours(needs) * rest / crew.hours_a_week
        moved = {overrun: before.shared(overrun) * rest}
        no_minimum = {f"minimum_usd.{builder.id}": np.zeros(self.n)}
        of = {builder.id: AtWork(builder, needs, evidence, self.n, moved | no_minimum, before=before, arrives=arrives,
                                 ready=np.maximum(arrives, left)),
              other.id: replace(then, moved=moved)}
        taken = course(Plan(plans.BRIDGE, builder, other, needs.developers, needs.developers), of, needs)
        price_growth = costs.grown(now.weeks, before.weekly_growth)
        paid = now.spent_usd + self._missing_usd
        return replace(taken, start=now.began_weeks, finish=now.weeks + taken.finish, end=now.weeks + taken.end,
                       total=paid + taken.total * price_growth, budgeted=paid + taken.budgeted * price_growth)
