"""Switching values: for every need, the closest answer that changes the first option.

The smallest change that flips a result is the explanation that people act on: Wachter, Mittelstadt and Russell, Harvard
Journal of Law & Technology 31(2), 2018. Each need is changed by itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from hiring.model import countries, fit
from hiring.model.decision import Decision, decide
from hiring.model.needs import LOCATION, NEEDS, NUMBER, TEXT, YES_NO, Need
from hiring.model.ranking import Ranked, is_stacked, ranked

SAMPLE_DRAWS = 500  # simulations for the search; close calls, and what is found, are checked in all simulations
# Of first shares in the sample. Measured on 1,078 answers, leads in 500 and in 4,000 simulations differ by 0.025
# (standard deviation) and at most by 0.08.
SURE_LEAD = 0.1
# Numbers are searched in the steps in which people plan, so that what is found needs no rounding: {up to: step}. Money
# in twentieths of its power of ten, from 1 to 9.95 times, in the currency of the project: it has three digits there.
_PEOPLE, _MONTHS = {1: 0.1, 10: 0.5, math.inf: 1}, {3: 0.5, math.inf: 1}
STEP_SIZES: dict[str, dict[float, float]] = {
    "developers": _PEOPLE, "build_months": _MONTHS, "start_within_weeks": {math.inf: 1},
    "deadline_months": {math.inf: 0.5}, "upkeep_developers": _PEOPLE, "upkeep_months": {math.inf: 1}}
MONEY_STEPS_PER_DECADE = 180
NEAR = 0.05  # of a number given: a switch so close to it, or at the next step, is close to a tie
OTHER_SIDE_REACH = 2  # once one side has a switch, the other is searched up to this multiple of its distance
FIRST_DISTANCE = 4  # steps to the first answer that is tried; regula falsi finds closer ones
DISTANCE_GROWTH = 4  # each next answer is so many times as far away
NOT_SEARCHED = ("mixes", "limits", "budget_covers", "currency")  # how the question is put, not what the project needs


@dataclass(frozen=True)
class Switch:
    """The closest answer to one need that changes the first option. `first` is the option that is then first, and
    `keep_share` the share of simulations in which it then keeps the limits; with `some_fit`, an option keeps them often
    enough to fit.

    Half a `step` before `value` nothing changes yet; choices have no step, and neither has a limit that changes the
    result whatever it is. `distance` is a share of the current value for numbers, and a number of choices for choices.
    `is_near` where the number given is close to a tie.
    """

    need: str
    value: Any
    first: str
    keep_share: float
    step: float
    distance: float
    some_fit: bool = True
    is_near: bool = False


@dataclass(frozen=True)
class Switches:
    """Switching values, closest first, numbers before choices, those after which what is first does not fit last, and
    the needs that never change the first option."""

    found: tuple[Switch, ...]
    never: tuple[str, ...]


class Search:
    """Finds the first option under other answers to one need."""

    def __init__(self, decided: Decision, in_sample: Decision, need: str):
        self.decided, self.in_sample, self.need, self.now = decided, in_sample, need, decided.first
        self.alike = is_stacked(need, decided.evidence)
        self.found: dict[tuple[Any, bool], Ranked] = {}

    def look_up(self, values: Iterable[Any], in_all: bool) -> None:
        """Ranks the options under several answers, together where they agree in the draws of the options."""
        new = [value for value in dict.fromkeys(values) if (value, in_all) not in self.found]
        if new:
            found = ranked(self.decided if in_all else self.in_sample, self.need, new)
            self.found |= {(value, in_all): each for value, each in zip(new, found, strict=True)}

    def ranked(self, value: Any, in_all: bool) -> Ranked:
        self.look_up([value], in_all)
        return self.found[value, in_all]

    def first_in_all(self, value: Any) -> str:
        """The first option in all simulations."""
        return self.ranked(value, True).first

    def first_for_sure(self, value: Any) -> str:
        """The first option in the sample if that is sure, otherwise in all simulations."""
        found = self.ranked(value, False)
        return found.first if found.lead(found.first) > SURE_LEAD else self.first_in_all(value)

    def lead_now(self, value: Any) -> float:
        """The lead of what is first now, in all simulations where that is known, otherwise in the sample."""
        return self.ranked(value, (value, True) in self.found).lead(self.now)

    def switch(self, value: Any, step: float, distance: float) -> Switch:
        """The switch at a value, as it is in all simulations."""
        found = self.ranked(value, True)
        fits_share = self.decided.evidence.central("fits_share")
        return Switch(self.need, value, found.first, found.keep_share, step, distance, found.most_kept >= fits_share)


def switching_values(decided: Decision) -> Switches:
    """The switching value of every need but the project's name and how the question is put."""
    found, never = [], []
    in_sample = decide(replace(decided.needs, mixes=False), decided.evidence, min(SAMPLE_DRAWS, decided.draws))
    for name, need in NEEDS.items():
        if need.kind == TEXT or name in NOT_SEARCHED:
            continue
        switch = _switch_of(Search(decided, in_sample, name))
        if switch is None:
            never.append(name)
        else:
            found.append(switch)
    fits_share = decided.evidence.central("fits_share")
    found.sort(key=lambda switch: (switch.keep_share < fits_share,
                                   NEEDS[switch.need].kind != NUMBER or switch.value is None, switch.distance))
    return Switches(tuple(found), tuple(never))


def _switch_of(search: Search) -> Switch | None:
    need, now = NEEDS[search.need], getattr(search.decided.needs, search.need)
    if need.kind == NUMBER:
        is_limit = need.optional and now is not None
        return _number(search) or (_choice(search, [None], [1]) if is_limit else None)
    if need.kind == LOCATION:
        return _location(search)
    choices = [True, False] if need.kind == YES_NO else list(need.choices)
    present = choices.index(now)
    others = sorted((abs(place - present), place) for place in range(len(choices)) if place != present)
    return _choice(search, [choices[place] for _, place in others], [distance for distance, _ in others])


def _choice(search: Search, choices: list[Any], distances: list[int]) -> Switch | None:
    """The first of the choices that changes the result."""
    if search.alike:
        search.look_up(choices, False)
    for choice, distance in zip(choices, distances, strict=True):
        if search.first_for_sure(choice) != search.now and search.first_in_all(choice) != search.now:
            return search.switch(choice, 0, distance)
    return None


def _location(search: Search) -> Switch | None:
    """The place whose wages are closest to those where you hire. With a salary of your own, all places are equal."""
    evidence = search.decided.evidence
    places = sorted((place for place in evidence.areas if place[:2] == evidence.country),
                    key=lambda place: (evidence.wage_ratio(place), place))
    present, last = places.index(search.decided.needs.location), len(places) - 1
    nearest = _nearest(places.__getitem__, present, 0, last, search)
    if nearest is None:
        return None
    return search.switch(places[nearest], 0, abs(nearest - present))


def _number(search: Search) -> Switch | None:
    decided, need = search.decided, NEEDS[search.need]
    given = getattr(decided.needs, search.need)
    now = given if given is not None else {
        "budget_usd": decided.outcomes[decided.first].budgeted_quantiles[1],
        "deadline_months": fit.reference_deadline(decided.needs, decided.evidence)}[search.need]
    now = min(max(now, need.low), need.high)
    place, value = _money(decided) if need.unit == "US dollars" else _in_steps(need, STEP_SIZES[search.need])
    least, most = math.ceil(round(place(need.low), 6)), math.floor(round(place(need.high), 6))

    def switch(at: int, beside: int) -> Switch:
        """The switch at a step; at the step `beside` it nothing changes yet."""
        distance = abs(value(at) - now) / now if now else math.inf
        is_near = given is not None and (abs(at - place(now)) <= 1 or distance <= NEAR)
        found = search.switch(value(at), round(2 * abs(value(at) - value(beside)), 6), distance)
        return replace(found, is_near=is_near)

    start = min(max(round(place(now)), least), most)
    if given is None and search.first_in_all(value(start)) != search.now:
        # Giving the assumed limit as an answer makes its rules apply: find the closest limit that changes the result.
        beyond = _nearest(value, start, least, most, search, same=True)
        return switch(start, start) if beyond is None else switch(beyond + (1 if beyond < start else -1), beyond)
    nearest = _nearest(value, place(now), least, most, search)
    return None if nearest is None else switch(nearest, nearest + (1 if nearest < place(now) else -1))


def _in_steps(need: Need, sizes: dict[float, float]) -> tuple[Callable[[float], float], Callable[[int], float]]:
    """The step of a number among those of the sizes given, and the number at a step."""
    assert need.low is not None
    assert need.high is not None
    numbers = [float(need.low)]
    while numbers[-1] < need.high:
        grain = next(grain for end, grain in sizes.items() if numbers[-1] < end)
        numbers.append(float(min(round((math.floor(numbers[-1] / grain + 1e-9) + 1) * grain, 6), need.high)))
    return lambda number: float(np.interp(number, numbers, range(len(numbers)))), numbers.__getitem__


def _money(decided: Decision) -> tuple[Callable[[float], float], Callable[[int], float]]:
    """The same of an amount in US dollars, whose steps are even in the currency of the project."""
    evidence = decided.evidence
    rate = countries.per_dollar(countries.currency_code(evidence, decided.needs), evidence.exchange_rates)

    def place(usd: float) -> float:
        power = math.floor(math.log10(usd * rate) + 1e-12)
        return MONEY_STEPS_PER_DECADE * power + (usd * rate / 10**power - 1) * MONEY_STEPS_PER_DECADE / 9

    def amount(step: int) -> float:
        power, rest = divmod(step, MONEY_STEPS_PER_DECADE)
        return round((1 + rest * 9 / MONEY_STEPS_PER_DECADE) * 10**power / rate, 6)

    return place, amount


def _nearest(value: Callable[[int], Any], now: float, least: int, most: int, search: Search,
             same: bool = False) -> int | None:
    """The step from `least` to `most` closest to `now` at which the result is different, or with `same` the same.

    Both sides are searched at growing distances in the sample, then narrowed and checked in all. Once one side has a
    step, the other is only searched up to a multiple of its distance.
    """

    def fits(answer: Callable[[Any], str]) -> Callable[[int], bool]:
        return lambda place: (answer(value(place)) == search.now) == same

    def far_from_now(place: float) -> float:
        return abs(place - now)

    sides = [(math.ceil(now), -1, least), (math.floor(now), 1, most)]
    pairs = [(pair, side) for side in sides for pair in _widening_pairs(*side)]
    pairs.sort(key=lambda found: far_from_now(found[0][1]))
    brackets: dict[tuple[int, int, int], tuple[int, int]] = {}
    if search.alike:
        search.look_up([value(far) for (_, far), _ in pairs], False)
    for pair, side in pairs:
        reach = min((OTHER_SIDE_REACH * far_from_now(far) for _, far in brackets.values()), default=math.inf)
        if side not in brackets and far_from_now(pair[0]) < reach and fits(search.first_for_sure)(pair[1]):
            brackets[side] = pair
    found: list[int] = []
    for (start, way, end), pair in sorted(brackets.items(), key=lambda found: far_from_now(found[1][0])):
        if not found or far_from_now(pair[0]) < OTHER_SIDE_REACH * far_from_now(found[0]):
            near, far = _narrowed(*pair, fits(search.first_in_all), lambda place: search.lead_now(value(place)))
            place = _confirmed(start, near, far, way, end, fits(search.first_in_all))
            found += [] if place is None else [place]
    return min(found, key=far_from_now, default=None)


def _widening_pairs(start: int, way: int, end: int) -> Iterator[tuple[int, int]]:
    """Pairs of steps (near, far) at growing distances from `start`, the last one at `end`."""
    near, distance = start, FIRST_DISTANCE
    while (end - near) * way > 0:
        far = start + way * distance
        far = end if (far - end) * way > 0 else far
        yield near, far
        near, distance = far, distance * DISTANCE_GROWTH


def _narrowed(near: int, far: int, fits: Callable[[int], bool], lead: Callable[[int], float]) -> tuple[int, int]:
    """Neighbors (near, far) of which the far one fits and the near one does not, by regula falsi on the lead."""
    at_near, at_far, moved = lead(near), lead(far), 0
    while (steps := abs(far - near)) > 1:
        share = at_near / (at_near - at_far) if at_near != at_far else 0.5
        ahead = min(max(round(share * steps), 1), steps - 1)
        middle = near + (ahead if far > near else -ahead)
        if fits(middle):  # Illinois method: an end that stays twice counts half
            far, at_far, at_near = middle, lead(middle), at_near / 2 if moved > 0 else at_near
            moved = 1
        else:
            near, at_near, at_far = middle, lead(middle), at_far / 2 if moved < 0 else at_far
            moved = -1
    return near, far


def _bisect(near: int, far: int, fits: Callable[[int], bool]) -> tuple[int, int]:
    """The same by halving."""
    while abs(far - near) > 1:
        middle = (near + far) // 2
        near, far = (near, middle) if fits(middle) else (middle, far)
    return near, far


def _confirmed(start: int, near: int, far: int, way: int, end: int, fits: Callable[[int], bool]) -> int | None:
    """The step found in the sample, moved to where it is in all simulations; None if there is none up to `end`."""
    step = 1
    while not fits(far):
        if far == end:
            return None
        near, far, step = far, far + way * step, step * 2
        far = end if (far - end) * way > 0 else far
    step = 1
    while near != start and fits(near):
        far, near, step = near, near - way * step, step * 2
        near = start if (near - start) * way < 0 else near
    return _bisect(near, far, fits)[1]
