"""Lists of finished projects: a CSV or Excel file in, and what it says about figures out.

Columns are found by the words in their headings, and can be chosen by hand. All are optional. Planned and real numbers
of a project are compared with each other only, so their unit does not matter, as long as both have the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import BinaryIO, NamedTuple

from hiring.evidence.loader import load_evidence
from hiring.lists.list_reader import ListError, heading_key, shown
from hiring.lists.reader_process import Lines, Watch, read_lines
from hiring.model import amounts, days
from hiring.model.amounts import AmountError, Measure
from hiring.model.days import DayError

MOST_ROWS = 10_000
DAYS_A_WEEK = 7
MOST_YEARS_APART = 100
FIELDS = {  # what a column can hold, and the words that its heading has all of; the first that fits is taken
    "project": ("Project", (("project",), ("name",), ("title",))),
    "planned_hours": ("Planned effort", ()), "real_hours": ("Real effort", ()),
    "planned_cost": ("Planned cost", ()), "real_cost": ("Real cost", ()),
    "planned_time": ("Planned time", ()), "real_time": ("Real time", ()),
    "staffed": ("Staffed by", (("staff",), ("option",), ("team", "type"), ("who",), ("resourc",))),
    "asked": ("People asked for on", (("ask",), ("request",), ("approv",), ("vacancy",))),
    "began": ("First one began on", (("began",), ("begin",), ("start",), ("join",))),
    "finished": ("Finished on", (("finish",), ("releas",), ("ended",), ("completed",), ("end", "date"), ("close",))),
    "status": ("Status", (("status",), ("state",))),
}
PLANNED = ("plan", "estimat", "budget", "forecast", "expected", "target", "quoted")
REAL = ("real", "actual", "spent", "took", "final")
KINDS = {"hours": ("hour", "hrs", "effort", "persondays", "manday", "mandays", "developerdays", "work"),
         "cost": ("cost", "budget", "spend", "usd", "eur", "gbp", "price", "amount", "money", "k$"),
         "time": ("month", "week", "duration", "days", "time", "schedule", "calendar")}
RUNNING = ("running", "open", "active", "progress", "ongoing", "planned", "hold", "paused")
CANCELED = ("cancel", "abort", "stopped", "abandon", "killed", "terminated")
STAFF = {"freelance": ("freelanc", "contractor", "selfemployed"),
         "agency": ("agency", "vendor", "firm", "outsourc", "supplier"),
         "in_house": ("inhouse", "employee", "hire", "internal", "staff", "permanent")}
HEADINGS = frozenset({*FIELDS, "plannedhours", "actualhours", "plannedmonths", "actualmonths", "actualcost"})
NUMBER = Measure("a number", "12, 1.5 or 1,200", is_large=True)


class Past(NamedTuple):
    """A finished project: real ÷ planned and what of, the weeks from asking for people to the first one's first day,
    the option that staffed it and the year of its end; None is not known."""

    row: int
    name: str
    overrun: float | None = None
    kind: str = ""
    start_weeks: float | None = None
    option: str | None = None
    year: int | None = None


class PastTable(NamedTuple):
    """An uploaded list: its headings, its rows with their numbers in the file, and whether a comma is a decimal
    point."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    decimal_comma: bool
    note: str


class Records(NamedTuple):
    """The finished projects of a list, those left out because they are running or canceled, and a sentence for each row
    with something that cannot be used."""

    projects: tuple[Past, ...]
    running: int
    canceled: int
    faults: tuple[str, ...]

    def numbers(self, figure: str) -> dict[str, float]:
        """What the projects say about a figure, by their names: `overrun`, or `lead_weeks` and an option."""
        first, _, option = figure.partition(".")
        found = {}
        for it in self.projects:
            number = it.overrun if first == "overrun" else it.start_weeks if it.option == option else None
            if number is not None:
                found[f"{it.name or 'Row'} {it.row}"] = number
        return found

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year in which a project ended."""
        known = [it.year for it in self.projects if it.year is not None]
        return (min(known), max(known)) if known else None


class RowError(ValueError):
    """What is wrong with a cell, as the end of a sentence."""


def read_table(file: BinaryIO, watch: Watch = lambda _: None,
               read_file: Callable[[BinaryIO, frozenset[str], Watch], Lines] = read_lines) -> PastTable:
    """An uploaded list. Raises ListError."""
    lines = read_file(file, HEADINGS, watch)
    head = next(lines.rows, None)
    columns = tuple(cell.strip() for cell in head.cells) if head else ()
    if not any(columns):
        raise ListError("The file has no line of headings: write what each column holds in the first line.")
    rows = tuple((line.number, line.cells) for line in islice(lines.rows, MOST_ROWS + 1)
                 if any(map(str.strip, line.cells)) and line.number not in lines.hidden)
    if not rows:
        raise ListError("The list has no project: write one in each line below the headings.")
    if len(rows) > MOST_ROWS:
        raise ListError(f"The list has more than {MOST_ROWS:,} projects: keep the newest.")
    return PastTable(columns, rows, lines.decimal_comma, lines.note)


def guessed(columns: Sequence[str]) -> dict[str, int]:
    """The place of the column for each field, by the words of the headings; fields without one are missing."""
    keys = [heading_key(column) for column in columns]
    found: dict[str, int] = {}
    for place, key in enumerate(keys):
        for field in FIELDS:
            if field not in found and _fits(field, key):
                found[field] = place
                break
    return found


def _fits(field: str, key: str) -> bool:
    if key == heading_key(field):
        return True
    side, _, kind = field.partition("_")
    if kind in KINDS:
        is_real = any(word in key for word in REAL)
        is_planned = any(word in key for word in PLANNED) and not is_real
        counted = next((name for name, words in KINDS.items() if any(word in key for word in words)), "")
        return counted == kind and (is_real if side == "real" else is_planned)
    return any(all(word in key for word in words) for words in FIELDS[field][1])


def records(table: PastTable, places: Mapping[str, int], country: str, today: date) -> Records:
    """The finished projects of a list whose columns hold what `places` says. Days are read as in `country`."""
    projects, faults = [], []
    running = canceled = 0
    for number, cells in table.rows:
        given = {field: cells[place].strip() if place < len(cells) else "" for field, place in places.items()}
        status = heading_key(given.get("status", ""))
        if any(word in status for word in CANCELED):
            canceled += 1
            continue
        wrong: list[str] = []
        ended = _day(given, "finished", country, today, wrong)
        if any(word in status for word in RUNNING) or (ended is not None and ended > today):
            running += 1
            continue
        overrun, kind = _overrun(given, table.decimal_comma, wrong)
        weeks = _start(given, country, today, wrong)
        name = shown(given.get("project", ""))
        faults += [f"Row {number}{f', {name}' if name else ''}: {sentence}." for sentence in wrong]
        if overrun is not None or weeks is not None:
            projects.append(Past(number, name, overrun, kind, weeks, _option(given.get("staffed", "")),
                                 ended.year if ended else None))
    return Records(tuple(projects), running, canceled, tuple(faults))


def _overrun(given: Mapping[str, str], decimal_comma: bool, wrong: list[str]) -> tuple[float | None, str]:
    """Real ÷ planned of the first kind that a project has both of."""
    for kind in KINDS:
        texts = [given.get(f"{side}_{kind}", "") for side in ("planned", "real")]
        if not all(texts):
            continue
        try:
            (planned, planned_unit), (real, real_unit) = (_number(text, decimal_comma) for text in texts)
            if planned_unit and real_unit and planned_unit != real_unit:
                raise RowError(f"the plan is in {shown(planned_unit)} and the real number in {shown(real_unit)}; write "
                               "both in the same")
        except RowError as error:
            wrong.append(f"{FIELDS[f'planned_{kind}'][0]} and {FIELDS[f'real_{kind}'][0].lower()}: {error}")
            continue
        return real / planned, kind
    return None, ""


def _number(text: str, decimal_comma: bool) -> tuple[float, str]:
    """A number above 0, and the unit beside it. Raises RowError."""
    parts = amounts.split(text)
    if parts is None:
        raise RowError(f"write a number, such as 12 or 1,200; found {shown(text)}")
    if any(sign in parts.before for sign in "-\u2212\u2013"):
        raise RowError(f"write a number above 0; found {shown(text)}")
    measure = NUMBER if not decimal_comma else Measure(NUMBER.name, NUMBER.examples, is_large=True,
                                                       has_decimal_comma=True)
    multiple, unit = amounts.multiple_and_unit(parts.after, measure.multiples)
    try:
        number = amounts.read(parts.number, measure, 0, 1e15) * multiple
    except AmountError as error:
        raise RowError(f"{error}; found {shown(text)}") from None
    if number <= 0:
        raise RowError("0 cannot be compared; leave the cell empty if it is not known")
    return number, f"{parts.before.strip()} {unit}".strip().lower()


def _start(given: Mapping[str, str], country: str, today: date, wrong: list[str]) -> float | None:
    asked, began = (_day(given, field, country, today, wrong) for field in ("asked", "began"))
    if asked is None or began is None:
        return None
    if began < asked:
        wrong.append(f"the first one began on {began}, before people were asked for on {asked}")
        return None
    return (began - asked).days / DAYS_A_WEEK


def _day(given: Mapping[str, str], field: str, country: str, today: date, wrong: list[str]) -> date | None:
    text = re.sub(r"[T ]00:00(:00)?$", "", given.get(field, ""))
    if not text:
        return None
    first, last = (date(today.year + years, 1, 1) for years in (-MOST_YEARS_APART, MOST_YEARS_APART))
    try:
        return days.read(text, country, today, first, last)
    except DayError as error:
        which = f", {error}, because it can mean both" if error.meant else " as in 2027-03-31"
        wrong.append(f"{FIELDS[field][0]}: write a day{which}; found {shown(text)}")
        return None


def _option(text: str) -> str | None:
    """The option that a text means."""
    key = heading_key(text)
    known = {option.id: (heading_key(option.id), heading_key(option.label), heading_key(option.noun))
             for option in load_evidence().options}
    exact = next((id_ for id_, words in known.items() if key in words), None)
    return exact or next((id_ for id_, words in STAFF.items() if any(word in key for word in words)), None)
