"""Break-even: after how much upkeep in-house has cost less than another option, and at which rate or workload they cost
the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from hiring.model.asked import Asked, Variants
from hiring.model.course import course
from hiring.model.decision import Decision
from hiring.model.draws import Array, Numbers
from hiring.model.evidence import Option
from hiring.model.needs import NEEDS
from hiring.model.option_draws import Draws, pay_id
from hiring.model.own_figures import Range, bounds, with_own
from hiring.model.plans import ALONE, Plan
from hiring.model.schedule import HOURS_A_WEEK
from hiring.model.simulation import Outcome

WORKLOADS_COMPARED = 9  # a tie is then narrowed down between two of them
RATE_FACTOR = 3  # rates are searched from the low one divided by this to the high one times this
MAX_ITERATIONS = 40  # two are usually enough
TOLERANCE = 1e-3  # two costs that differ by a smaller share are equal


def crossing(x_low: Numbers, low: Numbers, x_high: Numbers, high: Numbers) -> Numbers:
    """Where the straight line through (x_low, low) and (x_high, high) is zero: the break-even point of
    managerial accounting, and the point at which two costs are equal when `low` and `high` are differences."""
    return x_low + (x_high - x_low) * low / (low - high)


@dataclass(frozen=True, repr=False)
class BreakEven:
    """In-house compared with one other option on equal service. `months` has one entry per simulation, in months of
    upkeep after the release of each: infinite where in-house costs more to the end, 0 where it costs less from the
    release on."""

    option: str
    months: Array

    @cached_property
    def quantiles(self) -> tuple[float, float, float]:
        """10th percentile, median and 90th percentile, months; infinite where there is no break-even."""
        low, median, high = np.quantile(self.months, (0.1, 0.5, 0.9), method="higher")
        return float(low), float(median), float(high)

    @cached_property
    def share(self) -> float:
        """The share of simulations in which in-house is cheaper in the end."""
        return float(np.mean(np.isfinite(self.months)))


def in_house_outcome(decided: Decision) -> Outcome | None:
    """The option that the others are measured by: people on your own payroll."""
    return decided.outcomes.get(decided.evidence.yardstick)


def break_evens(decided: Decision) -> tuple[BreakEven, ...]:
    """In-house compared with each other option, in the order of the decision."""
    hired = in_house_outcome(decided)
    return () if hired is None else tuple(BreakEven(option, break_even_months(hired, other))
                                          for option, other in decided.outcomes.items() if other is not hired)


def break_even_months(hired: Outcome, other: Outcome) -> Array:
    """The months of upkeep after which `hired` has cost less than `other` for good, shape (draws,).

    Both have then served equally long, whenever they released. Costs are taken to grow evenly over the upkeep.
    """
    at_release = hired.course.released - other.course.released
    at_end = hired.total - other.total
    with np.errstate(divide="ignore", invalid="ignore"):
        during = crossing(0.0, at_release, hired.needs.upkeep_months, at_end)
    return np.where(at_end < 0, np.where(at_release > 0, during, 0.0), np.inf)


@dataclass(frozen=True)
class Tie:
    """The value at which the median cost of `option` equals that of in-house, `cost_usd`; both are None if there is no
    such value between `low` and `high`. `now` is the current value. `costs_more_above` says whether the option costs
    more than in-house just above the tie, or at `high` if there is no tie."""

    option: str
    value: float | None
    cost_usd: float | None
    now: float
    low: float
    high: float
    costs_more_above: bool


def rate_ties(decided: Decision) -> tuple[Tie, ...]:
    """For each other option, the hourly rate (central value) at which its median cost equals the in-house one, USD."""
    hired = in_house_outcome(decided)
    return () if hired is None else tuple(
        _rate_tie(decided, hired, other) for other in decided.outcomes.values() if other is not hired)


def _rate_tie(decided: Decision, hired: Outcome, other: Outcome) -> Tie:
    """The whole range is scaled by one factor, so that the rate at the tie can be compared with the rate now."""
    figure = decided.evidence.figures[pay_id(other.option, decided.needs, decided.evidence)]
    least, most = bounds(figure)

    def costs(rate: float) -> tuple[float, float]:
        numbers = np.array([figure.low, figure.central, figure.high]) * rate / figure.central
        scaled = Range(*np.clip(numbers, least, most).tolist())
        evidence = with_own(decided.evidence, [(figure.id, scaled)])
        drawn = Draws(other.option, decided.needs, evidence, decided.draws)
        return float(median_cost(drawn, decided.needs)), hired.cost_quantiles[1]

    rates = np.array([max(least, figure.low / RATE_FACTOR), figure.central, min(most, figure.high * RATE_FACTOR)])
    return _tie(other.option.id, costs, rates, figure.central)


def hours_ties(decided: Decision) -> tuple[Tie, ...]:
    """For each other option, the weekly hours of upkeep at which its median cost equals the in-house one."""
    hired = in_house_outcome(decided)
    needs = decided.needs
    now = needs.upkeep_developers * HOURS_A_WEEK
    most = HOURS_A_WEEK * min(NEEDS["upkeep_developers"].high, 4 * max(needs.developers, needs.upkeep_developers, 0.5))
    hours = np.unique([*np.geomspace(1, most, WORKLOADS_COMPARED), max(now, 1.0)])

    known: dict[tuple[str, float], float] = {}

    def look_up(option: Option, hours: Sequence[float]) -> None:
        busier = Variants.of([replace(needs, upkeep_developers=each / HOURS_A_WEEK) for each in hours])
        costs = np.broadcast_to(median_cost(decided.option_draws[option.id], busier), len(hours))
        known.update({(option.id, each): cost for each, cost in zip(hours, costs.tolist(), strict=True)})

    def cost(option: Option, hours: float) -> float:
        if (option.id, hours) not in known:
            look_up(option, [hours])
        return known[option.id, hours]

    def tie(option: Option, hired: Option) -> Tie:
        return _tie(option.id, lambda value: (cost(option, value), cost(hired, value)), hours, now)

    for outcome in decided.outcomes.values():
        look_up(outcome.option, hours.tolist())  # all at once: the build is the same
    return () if hired is None else tuple(
        tie(other.option, hired.option) for other in decided.outcomes.values() if other is not hired)


def median_cost(drawn: Draws, asked: Asked) -> Array:
    """The median cost of an option, USD: one number for each variant that is asked for."""
    option = drawn.option
    total = course(Plan(ALONE, option, option, asked.developers), {option.id: drawn}, asked).total
    return np.asarray(np.median(total, axis=-1))


def _tie(option: str, costs: Callable[[float], tuple[float, float]], values: Array, now: float) -> Tie:
    """The tie closest to `now` among `values`, narrowed down by regula falsi."""
    gaps = np.subtract(*np.array([costs(value) for value in values.tolist()]).T)
    low, high = float(values[0]), float(values[-1])
    places = np.flatnonzero(np.signbit(gaps[:-1]) != np.signbit(gaps[1:]))
    if not places.size:
        return Tie(option, None, None, now, low, high, bool(gaps[-1] > 0))
    place = min(places.tolist(), key=lambda i: max(values[i] - now, now - values[i + 1], 0.0))
    (left, right), (gap_left, gap_right) = values[place:place + 2].tolist(), gaps[place:place + 2].tolist()
    for _ in range(MAX_ITERATIONS):  # Illinois method: the end that stays counts half, so that it moves past a kink
        value = float(np.clip(crossing(left, gap_left, right, gap_right), left, right))
        cost, in_house_cost = costs(value)
        if abs(cost - in_house_cost) <= TOLERANCE * in_house_cost:
            break
        if (cost < in_house_cost) == (gap_left < 0):
            left, gap_left, gap_right = value, cost - in_house_cost, gap_right / 2
        else:
            right, gap_right, gap_left = value, cost - in_house_cost, gap_left / 2
    return Tie(option, value, in_house_cost, now, low, high, bool(gaps[place + 1] > 0))
