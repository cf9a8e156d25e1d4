"""Own figures: numbers that a manager uses instead of the evidence's, such as a quoted hourly rate.

They are checked like rows of `data/`. As text, in links and files, one reads `id~central` or `id~low~central~high`;
several are joined by `~~`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from hiring.model import countries
from hiring.model.draws import LOWER_BOUNDS
from hiring.model.evidence import Figure, Snapshot
from hiring.model.money import bounds_in
from hiring.model.needs import Problem, plain, shown
from hiring.model.option_draws import COST_FIGURES, TIME_FIGURES


class Range(NamedTuple):
    """Low, central and high of a figure, in the figure's unit."""

    low: float
    central: float
    high: float


Own = tuple[tuple[str, Range], ...]  # sorted by id, hashable

SHARED_DRAWS = ("overrun", "upkeep_factor", "load", "manager_hourly_usd", "wage_growth",
                "mix_loss_share")
DRAWN = {*TIME_FIGURES, *COST_FIGURES, *SHARED_DRAWS} - {"smallest_post", "hires_per_week", "lead_share"}
# The largest number for each unit and figure, and the smallest for divisors: wide enough for any real number, and
# narrow enough for the formulas to make sense.
MAX_BY_UNIT = {"FTE": 50, "USD": 1e8, "USD per head": 1e7, "USD per hour": 1e4, "USD per year": 1e7,
               "hours": 24, "hours per hour": 10, "people per week": 1_000, "points": 100, "ratio": 1_000,
               "share": 1, "share per year": 10, "weeks": 520}
MAX_BY_FIGURE = {"cost_steepness": 20, "deadline_steepness": 20, "limit_steepness": 20, "load": 10, "overrun": 20,
                 "upkeep_factor": 20, "mix_loss_share": 0.9, "seniority_steering": 10, "distance_steering": 10,
                 "distance_productive": 1, "wage_growth": 0.5}
MIN_BY_FIGURE = {**LOWER_BOUNDS, "late_start_weeks": 0.1, "reference_cost_factor": 0.01,
                 "reference_deadline_factor": 0.01, "smallest_post": 0.01, "weight_concentration": 1,
                 "hires_per_week": 0.01, "distance_productive": 0.01}
KEPT = "the evidence's was used"
COUNTRY_CODE = 2  # letters before the id of a figure of another country than the base one
NO_RATES: Mapping[str, Figure] = {}
CELLS = {"low": "Low", "central": "Middle", "high": "High"}


def takes_range(figure: Figure) -> bool:
    """Whether the figure is drawn, so that a range means more than one number."""
    return figure.table in ("pay", "ratings") or not DRAWN.isdisjoint(figure.id.split(".")[:2])


def bounds(figure: Figure, rates: Mapping[str, Figure] = NO_RATES) -> tuple[float, float]:
    """The smallest and the largest number that the figure may be. An amount in another currency than US dollars is
    exchanged at `rates`."""
    first, *rest = figure.id.split(".")
    name = rest[0] if len(first) == COUNTRY_CODE else first
    currency = countries.currency_of(figure)
    unit = figure.unit.replace(currency, countries.DOLLAR, 1) if currency else figure.unit
    smallest = 1 if figure.table == "pay" else MIN_BY_FIGURE.get(name, 0)
    largest = MAX_BY_FIGURE.get(name, MAX_BY_UNIT[unit])
    return bounds_in(smallest, largest, countries.per_dollar(currency, rates)) if currency else (smallest, largest)


def problems(figure: Figure, own: Range, rates: Mapping[str, Figure] = NO_RATES) -> dict[str, Problem]:
    """A problem for each of low, central and high that cannot be used; none where all can."""
    least, most = bounds(figure, rates)
    found = {}
    for cell, number in own._asdict().items():
        if not least <= number <= most:  # "not a number" compares false
            found[cell] = Problem(CELLS[cell], f"enter a number from {least:,.10g} to {most:,.10g} {figure.unit}",
                                 _shown(number))
    if found:
        return found
    if not takes_range(figure) and not own.low == own.central == own.high:
        return {"central": Problem("This figure is one number", "enter the same low, middle and high")}
    if own.low > own.central:
        found["low"] = Problem("Low", f"enter at most the middle, {_shown(own.central)}", _shown(own.low))
    if own.high < own.central:
        found["high"] = Problem("High", f"enter at least the middle, {_shown(own.central)}", _shown(own.high))
    return found


def with_own(evidence: Snapshot, own: Iterable[tuple[str, Range]]) -> Snapshot:
    """The evidence with the manager's own figures instead of its rows: those of the base country now, those of another
    one in `hiring.model.countries.in_country`.

    Raises ValueError that lists every problem: an id that is not in the evidence, or a range that cannot be used.
    """
    given = dict(own)
    is_of_base = evidence.origin is not None or given.keys() <= evidence.figures.keys()
    known = evidence.figures if is_of_base else countries.rows_by_id(evidence)
    faults = [f"{id_}: no such figure is known." for id_ in given if id_ not in known]
    faults += [f"{id_}: {problem}" for id_, numbers in given.items() if id_ in known
               for problem in problems(known[id_], numbers, evidence.exchange_rates).values()]
    if faults:
        raise ValueError(" ".join(faults))
    rows = {id_: evidence.figures[id_] for id_ in given if id_ in evidence.figures}
    changed = {id_: countries.as_own(row, given[id_], evidence.as_of) for id_, row in rows.items()}
    return replace(evidence, figures={**evidence.figures, **changed}, replaced={**rows, **evidence.replaced},
                   own=tuple(sorted({**dict(evidence.own), **given}.items())))


def own_of(evidence: Snapshot) -> Own:
    """The own figures in the evidence as they were typed, sorted by id."""
    return tuple((id_, Range(*numbers)) for id_, numbers in evidence.own)


def written(own: Iterable[tuple[str, Range]]) -> str:
    """Own figures as one text; equal figures have equal texts."""
    entries = []
    for id_, (low, central, high) in sorted(own):
        numbers = (central,) if low == central == high else (low, central, high)
        entries.append("~".join((id_, *map(plain, numbers))))
    return "~~".join(entries)


def read(text: str, known: Mapping[str, Figure], rates: Mapping[str, Figure] = NO_RATES
         ) -> tuple[Own, tuple[Problem, ...]]:
    """The own figures of a text and a problem for each entry that cannot be used. Never raises."""
    entries = [entry.split("~") for entry in text.split("~~") if entry]
    times = Counter(id_ for id_, *_ in entries)
    own: dict[str, Range] = {}
    faults = []
    for id_, *cells in entries:
        numbers = [_number(cell) for cell in cells]
        given = Range(*numbers) if len(numbers) == 3 else Range(*numbers * 3) if len(numbers) == 1 else None
        if id_ not in known:
            faults.append(Problem(f"Your own figure {shown(id_)}", "no such figure is known", used="it was left out"))
        elif given is None or times[id_] > 1:
            faults.append(Problem(f"Your own figure {id_}",
                                  "write it once, with one number or with low, middle and high", used=KEPT))
        elif found := problems(known[id_], given, rates):
            first = next(iter(found.values()))
            cell = "" if len(numbers) == 1 else f", {first.field}"
            faults.append(first._replace(field=f"Your own figure {id_}{cell}", used=KEPT))
        else:
            own[id_] = given
    return tuple(sorted(own.items())), tuple(dict.fromkeys(faults))


def _number(text: str) -> float:
    plain_number = re.fullmatch(r"-?\d{1,30}(\.\d{1,30})?(e-?\d{1,3})?", text, re.ASCII)
    return float(text) + 0.0 if plain_number else math.nan


def _shown(number: float) -> str:
    return f"{number:,.10g}" if math.isfinite(number) else "no number"
