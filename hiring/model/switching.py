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

import numpy as np

from hiring.model.decision import Decision, decide
from hiring.model.needs import LOCATION, NEEDS, NUMBER, TEXT, YES_NO

SEARCH_DRAWS = 500  # futures in which answers are looked for; in doubt, and at the end, all of them count
# Beyond doubt, in so few futures: first shares and shares within a limit further than this from what would
# change the first option; more than three standard errors of a count in 500 futures.
SURE_LEAD, SURE_SHARE = 0.15, 0.04
# How finely a number is told; money to a twentieth of its power of ten, from 1 to 9.95 times.
GRAIN = {"developers": 0.1, "build_months": 0.25, "start_within_weeks": 0.5, "deadline_months": 0.25,
         "upkeep_developers": 0.05, "horizon_months": 1.0}
MONEY_PLACES = 180  # of them in a power of ten
LEFT_ALONE = 2  # times the distance of a place that was found, on the other side
NEXT = 4  # places away is the first look, for halves find what is nearer; each after it is so many times as far
LONGER = 4


@dataclass(frozen=True)
class Switch:
    """The nearest answer to one need that changes the first option, with the option that is then first, or
    None where no option fits then. Half a step short of `value`, seen from now, nothing changes; choices have
    no step, and neither has a limit that changes the answer whatever it is. `distance` is how far it lies: for
    numbers as a share of now, for choices in choices."""

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


class Search:
    """What the first option is under other answers to one need."""

    def __init__(self, decided: Decision, in_few: Decision, need: str):
        self.decided, self.in_few, self.need, self.now = decided, in_few, need, first_of(decided)
        self.decide = cache(self._decide)

    def _decide(self, value: Any, in_all: bool) -> tuple[str | None, bool]:
        needs, before = replace(self.decided.needs, **{self.need: value}), self.decided if in_all else self.in_few
        changed = decide(needs, self.decided.evidence, len(before.scores), before)
        return first_of(changed), is_sure(changed)

    def look(self, value: Any) -> str | None:
        """The first option in few futures."""
        return self.decide(value, False)[0]

    def count(self, value: Any) -> str | None:
        """The first option in all futures."""
        return self.decide(value, True)[0]

    def know(self, value: Any) -> str | None:
        """The first option in few futures where that is beyond doubt, or else in all of them."""
        first, sure = self.decide(value, False)
        return first if sure else self.count(value)


def is_sure(decided: Decision) -> bool:
    """Whether more futures would hardly change the first option: its lead is large, and it is clear whether
    a limit rules out the options that could be first."""
    shares = sorted((decided.first_shares[option] for option in decided.left), reverse=True)
    if len(shares) > 1 and shares[0] - shares[1] <= SURE_LEAD:
        return False
    bound = decided.evidence.central("rule_out_share")
    for place, outcome in enumerate(decided.outcomes.values()):
        kept = (outcome.within_budget_share, outcome.on_time_share)
        if any(share is not None and abs(share - bound) <= SURE_SHARE for share in kept):
            ahead = np.mean(decided.scores[:, place] > decided.scores[:, 0])
            if not shares or place == 0 or ahead > 0.5 - SURE_LEAD:
                return False
    return True


def first_of(decided: Decision) -> str | None:
    """The first option, or None where none fits."""
    return decided.first if decided.left else None


def switching_values(decided: Decision) -> Switches:
    """The switching value of every need but the project's name."""
    found, never = [], []
    in_few = decide(decided.needs, decided.evidence, min(SEARCH_DRAWS, len(decided.scores)))
    for name, need in NEEDS.items():
        if need.kind == TEXT:
            continue
        switch = _search(Search(decided, in_few, name))
        if switch is None:
            never.append(name)
        else:
            found.append(switch)
    found.sort(key=lambda switch: (NEEDS[switch.need].kind != NUMBER or switch.value is None, switch.distance))
    return Switches(tuple(found), tuple(never))


def _search(search: Search) -> Switch | None:
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
    """The first of the choices that changes the answer."""
    for choice, distance in zip(choices, distances, strict=True):
        first = search.know(choice)
        if first != search.now:
            return Switch(search.need, choice, first, 0, distance)
    return None


def _location(search: Search) -> Switch | None:
    """The place whose wages are nearest to those where you hire; an offer of your own makes places equal."""
    evidence = search.decided.evidence
    places = sorted(evidence.wages, key=lambda place: (evidence.wage_ratio(place), place))
    present, last = places.index(search.decided.needs.location), len(places) - 1
    nearest = _nearest(places.__getitem__, present, 0, last, search)
    if nearest is None:
        return None
    return Switch("location", places[nearest], search.count(places[nearest]), 0, abs(nearest - present))


def _number(search: Search) -> Switch | None:
    decided, need = search.decided, NEEDS[search.need]
    given = getattr(decided.needs, search.need)
    now = given if given is not None else {
        "budget_usd": decided.budget_usd, "deadline_months": decided.deadline_months}[search.need]
    now = min(max(now, need.low), need.high)
    place, value = (_money_place, _money) if need.unit == "US dollars" else _even(GRAIN[search.need])
    least, most = math.ceil(round(place(need.low), 6)), math.floor(round(place(need.high), 6))
    if search.need == "horizon_months" and search.now is None:
        # Looking less far ahead than to the release would only put the cost out of sight.
        soonest = min(outcome.finish_quantiles[1] for outcome in decided.outcomes.values())
        least = max(least, min(math.ceil(place(soonest)), math.floor(place(now))))

    def switch(at: int, steps: int = 2) -> Switch:
        distance = abs(value(at) - now) / now if now else math.inf
        grain = value(at + 1) - value(at)
        return Switch(search.need, value(at), search.count(value(at)), round(steps * grain, 6), distance)

    start = min(max(round(place(now)), least), most)
    if given is None and search.count(value(start)) != search.now:
        # The assumed limit, given, brings rules with it: what is nearest is where it begins to change the answer.
        beyond = _nearest(value, start, least, most, search, same=True)
        return switch(start, 0) if beyond is None else switch(beyond + (1 if beyond < start else -1))
    nearest = _nearest(value, place(now), least, most, search)
    return None if nearest is None else switch(nearest)


def _even(grain: float) -> tuple[Callable[[float], float], Callable[[int], float]]:
    """The place of a number among the multiples of `grain`, and the number at a place."""
    return lambda number: number / grain, lambda place: round(place * grain, 6)


def _money_place(usd: float) -> float:
    power = math.floor(math.log10(usd) + 1e-12)
    return MONEY_PLACES * power + (usd / 10**power - 1) * MONEY_PLACES / 9


def _money(place: int) -> float:
    power, rest = divmod(place, MONEY_PLACES)
    return round((1 + rest * 9 / MONEY_PLACES) * 10**power, 6)


def _nearest(value: Callable[[int], Any], now: float, least: int, most: int, search: Search,
             same: bool = False) -> int | None:
    """The place from `least` to `most` nearest to `now` at which the answer is another one, or with `same` is
    the same: looked for at ever longer distances to both sides, narrowed down by halves, then counted in all
    futures. Once one side has a place, the other is left alone beyond so many times its distance."""

    def fits(answer: Callable[[Any], str | None]) -> Callable[[int], bool]:
        return lambda place: (answer(value(place)) == search.now) == same

    def far_from_now(place: float) -> float:
        return abs(place - now)

    sides = [(math.ceil(now), -1, least), (math.floor(now), 1, most)]
    pairs = sorted(((pair, side) for side in sides for pair in _longer(*side)), key=lambda it: far_from_now(it[0][1]))
    brackets: dict[tuple[int, int, int], tuple[int, int]] = {}
    for pair, side in pairs:
        reach = min((LEFT_ALONE * far_from_now(far) for _, far in brackets.values()), default=math.inf)
        if side not in brackets and far_from_now(pair[0]) < reach and fits(search.know)(pair[1]):
            brackets[side] = pair
    found: list[int] = []
    narrowed = {side: _halved(*pair, fits(search.look)) for side, pair in brackets.items()}
    for (start, way, end), (near, far) in sorted(narrowed.items(), key=lambda it: far_from_now(it[1][0])):
        if not found or far_from_now(near) < LEFT_ALONE * far_from_now(found[0]):
            place = _checked(start, near, far, way, end, fits(search.count))
            found += [] if place is None else [place]
    return min(found, key=far_from_now, default=None)


def _longer(start: int, way: int, end: int) -> Iterator[tuple[int, int]]:
    """Pairs of places (near, far) at ever longer distances from `start`, the last of them at `end`."""
    near, distance = start, NEXT
    while (end - near) * way > 0:
        far = start + way * distance
        far = end if (far - end) * way > 0 else far
        yield near, far
        near, distance = far, distance * LONGER


def _halved(near: int, far: int, fits: Callable[[int], bool]) -> tuple[int, int]:
    """Neighbors (near, far), the far one of which fits, the near one not."""
    while abs(far - near) > 1:
        middle = (near + far) // 2
        near, far = (near, middle) if fits(middle) else (middle, far)
    return near, far


def _checked(start: int, near: int, far: int, way: int, end: int, fits: Callable[[int], bool]) -> int | None:
    """The place found, moved to where all futures put it; None where they put it nowhere up to `end`."""
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
    return _halved(near, far, fits)[1]
