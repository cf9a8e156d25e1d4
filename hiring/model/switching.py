"""Switching values: for every need, the nearest answer that changes the first option.

The smallest change that flips an answer is the explanation that people act on: Wachter, Mittelstadt and
Russell, Harvard Journal of Law & Technology 31(2), 2018. Each need is changed by itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from hiring.model.decision import Decision, decide
from hiring.model.needs import LOCATION, NEEDS, NUMBER, TEXT, YES_NO

SEARCH_DRAWS = 500  # futures in which answers are looked for; what is found is checked in all of them
# How finely a number is told; money to a twentieth of its leading digit.
GRAIN = {"developers": 0.1, "build_months": 0.25, "start_within_weeks": 0.5, "deadline_months": 0.25,
         "upkeep_developers": 0.05, "horizon_months": 1.0}
LONGER = 4  # each look is this many times as far away as the one before


@dataclass(frozen=True)
class Switch:
    """The nearest answer to one need that changes the first option, with the option that is then first, or
    None where no option fits then. Half a step short of `value`, seen from now, nothing changes; choices
    have no step. `distance` is how far it lies: for numbers as a share of now, for choices in choices."""

    need: str
    value: Any
    first: str | None
    step: float
    distance: float


@dataclass(frozen=True)
class Switches:
    """Switching values, nearest first, numbers before choices, and the needs that never change the answer."""

    found: tuple[Switch, ...]
    never: tuple[str, ...]


Answer = Callable[[Any, bool], str | None]  # the first option at a value, looked for or, when True, checked


def first_of(decided: Decision) -> str | None:
    """The first option, or None where none fits."""
    return decided.first if decided.left else None


def switching_values(decided: Decision) -> Switches:
    """The switching value of every need but the project's name."""
    found, never = [], []
    for name, need in NEEDS.items():
        if need.kind == TEXT:
            continue
        switch = _search(decided, name)
        if switch is None:
            never.append(name)
        else:
            found.append(switch)
    found.sort(key=lambda switch: (NEEDS[switch.need].kind != NUMBER or switch.value is None, switch.distance))
    return Switches(tuple(found), tuple(never))


def _search(decided: Decision, name: str) -> Switch | None:
    now, need = first_of(decided), NEEDS[name]

    @cache
    def answer(value: Any, checked: bool) -> str | None:
        n = len(decided.scores) if checked else min(SEARCH_DRAWS, len(decided.scores))
        return first_of(decide(replace(decided.needs, **{name: value}), decided.evidence, n))

    if need.kind == NUMBER:
        return _number(decided, name, answer) or (
            _choice(name, [None], [1], answer, now) if _is_given(decided, name) else None)
    if need.kind == LOCATION:
        return _location(decided, answer)
    choices = [True, False] if need.kind == YES_NO else list(need.choices)
    present = choices.index(getattr(decided.needs, name))
    others = sorted((abs(place - present), choice) for place, choice in enumerate(choices) if place != present)
    return _choice(name, [choice for _, choice in others], [distance for distance, _ in others], answer, now)


def _is_given(decided: Decision, name: str) -> bool:
    return NEEDS[name].optional and getattr(decided.needs, name) is not None


def _choice(name: str, choices: list[Any], distances: list[int], answer: Answer, now: str | None) -> Switch | None:
    """The first of the choices that changes the answer."""
    for choice, distance in zip(choices, distances, strict=True):
        first = answer(choice, True)
        if first != now:
            return Switch(name, choice, first, 0, distance)
    return None


def _location(decided: Decision, answer: Answer) -> Switch | None:
    """The place whose wages are nearest to those where you hire; an offer of your own makes places equal."""
    evidence = decided.evidence
    places = sorted(evidence.wages, key=lambda place: (evidence.wage_ratio(place), place))
    present, last = places.index(decided.needs.location), len(places) - 1
    if answer(places[0], False) == answer(places[-1], False) == first_of(decided):
        return None
    nearest = _nearest(lambda k: places[k], present, 0, last, answer, first_of(decided))
    if nearest is None:
        return None
    return Switch("location", places[nearest], answer(places[nearest], True), 0, abs(nearest - present))


def _number(decided: Decision, name: str, answer: Answer) -> Switch | None:
    need = NEEDS[name]
    given = getattr(decided.needs, name)
    now = given if given is not None else {
        "budget_usd": decided.budget_usd, "deadline_months": decided.deadline_months}[name]
    now = min(max(now, need.low), need.high)
    grain = GRAIN.get(name) or 10 ** math.floor(math.log10(now)) / 20
    least, most = math.ceil(round(need.low / grain, 6)), math.floor(round(need.high / grain, 6))

    def value(k: int) -> float:
        return round(k * grain, 6)

    nearest = _nearest(value, now / grain, least, most, answer, first_of(decided))
    if nearest is None:
        return None
    distance = abs(value(nearest) - now) / now if now else math.inf
    return Switch(name, value(nearest), answer(value(nearest), True), 2 * grain, distance)


def _nearest(value: Callable[[int], Any], now: float, least: int, most: int, answer: Answer,
             first: str | None) -> int | None:
    """The place from `least` to `most` nearest to `now` at which the answer is not `first`: looked for at
    ever longer distances to both sides, narrowed down by halves, then checked in all futures."""

    def changes(k: int, checked: bool = False) -> bool:
        return answer(value(k), checked) != first

    found = []
    for way, end in ((-1, least), (1, most)):
        start = math.ceil(now) if way < 0 else math.floor(now)
        bracket = next((pair for pair in _longer(start, way, end) if changes(pair[1])), None)
        if bracket is not None:
            near, far = _halved(*bracket, changes)
            place = _checked(start, near, far, way, end, lambda k: changes(k, True))
            if place is not None:
                found.append(place)
    return min(found, key=lambda k: abs(k - now), default=None)


def _longer(start: int, way: int, end: int) -> Iterator[tuple[int, int]]:
    """Pairs of places (near, far) at ever longer distances from `start`, the last of them at `end`."""
    near, distance = start, 1
    while (end - near) * way > 0:
        far = start + way * distance
        far = end if (far - end) * way > 0 else far
        yield near, far
        near, distance = far, distance * LONGER


def _halved(near: int, far: int, changes: Callable[[int], bool]) -> tuple[int, int]:
    """Neighbors (near, far), the far one of which changes the answer, the near one not."""
    while abs(far - near) > 1:
        middle = (near + far) // 2
        near, far = (near, middle) if changes(middle) else (middle, far)
    return near, far


def _checked(start: int, near: int, far: int, way: int, end: int, changes: Callable[[int], bool]) -> int | None:
    """The place found, moved to where all futures put it; None where they put it nowhere up to `end`."""
    step = 1
    while not changes(far):
        if far == end:
            return None
        near, far, step = far, far + way * step, step * 2
        far = end if (far - end) * way > 0 else far
    step = 1
    while near != start and changes(near):
        far, near, step = near, near - way * step, step * 2
        near = start if (near - start) * way < 0 else near
    return _halved(near, far, changes)[1]
