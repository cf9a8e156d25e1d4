"""Lists of projects: a CSV or Excel file in, checked row by row; good rows can be decided, bad ones come with every
reason.

A column is named after a need, by its name or by its label in the form; case, spaces and signs don't matter, and
neither does the order. A CSV summary that this tool wrote can be read again: the rows of one project count once. So
can the bad rows that it gave back with the reason in a last column, once they are corrected. A list of model 1.0, which
says how many months it looks ahead, keeps its meaning.

A place is a code, a name or a common other name. Amounts are in the currency of their sign, of the column `currency`,
or of the country; a list may mix them.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import math
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from typing import Any, BinaryIO, NamedTuple

from hiring.evidence.loader import load_evidence
from hiring.lists import older
from hiring.lists.list_reader import ListError, heading_key
from hiring.lists.reader_process import Line, Lines, Watch, read_lines
from hiring.lists.summary import escape_formulas, unescape_formulas
from hiring.model import amounts, countries, money
from hiring.model.amounts import AmountError
from hiring.model.evidence import Evidence, Snapshot
from hiring.model.needs import (
    CURRENCY,
    DEFAULTS,
    LOCATION,
    NEEDS,
    NUMBER,
    TEXT,
    YES_NO,
    EntryError,
    Need,
    Problem,
    ProjectNeeds,
    checked,
    shown,
)
from hiring.model.own_figures import Own, read

__all__ = ["BadRow", "Checked", "Fault", "Header", "ListError", "Project", "ProjectList", "bad_rows_csv", "check"]

BUDGET = "budget"  # the column of budgets in the currency of their row; in budget_usd, numbers are US dollars
MORE = ("assumed", "own_figures", "as_of", "model_version")  # columns besides the needs
FORMATS = ("format", "format_version")  # headings of the version that a list is made with, besides the model's
FEW = 5  # cells without a column, or own figures that can't be used, that get a sentence each
CENT = 0.01
PLAIN_NUMBER = r"[-+]?\d{1,30}(\.\d{1,30})?(e[-+]?\d{1,3})?"
MOST_OPTIONS = 20  # rows of a summary that count once
REASON = "reason"  # the last column of bad rows that were given back
ESSENTIAL = ("developers", "build_months")  # a result that rests on their defaults says nothing about the projects
OLDER_LIST = (f"{older.HORIZON} was read as the months of build and upkeep together. The budget covers both, unless a "
              "column budget_covers says otherwise.")


ALSO = {"location": ("Country", "Land", "Pays", "Location", "Place")}  # other headings that can mean one thing only


def _headings() -> dict[str, str]:
    """The field that each known heading means, by its key: the field's name, `need_` and its name, its label and
    those of before."""
    names = {name: [name, f"need_{name}", need.label, *ALSO.get(name, ()), *older.OLDER_LABELS.get(name, ())]
             for name, need in {**older.OLDER_NEEDS, **NEEDS}.items()}
    names |= {name: [name, f"need_{name}"] for name in MORE}
    names["model_version"] += FORMATS
    names["budget_usd"].remove(NEEDS["budget_usd"].label)
    names[BUDGET] = [BUDGET, f"need_{BUDGET}"]
    return {heading_key(heading): name for name, headings in names.items() for heading in headings}


HEADINGS = _headings()


class Project(NamedTuple):
    """A row that can be decided; `line` is its line in the file, `as_of` None where the file has no date. `assumed` are
    the needs that it does not answer."""

    line: int
    needs: ProjectNeeds
    as_of: date | None
    own: Own
    assumed: frozenset[str] = frozenset()


class Fault(NamedTuple):
    """A cell that cannot be used: its column, what was found in it, and the problem."""

    column: str
    found: str
    problem: Problem

    @property
    def wanted(self) -> str:
        """What to do, as a sentence."""
        return str(self.problem._replace(found=""))


class BadRow(NamedTuple):
    """A row that cannot be decided: its line, its cells, compressed because thousands are held, and every fault."""

    line: int
    packed: bytes
    faults: tuple[Fault, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(json.loads(zlib.decompress(self.packed)))

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(f"column {fault.column}: {fault.problem}" for fault in self.faults)


@dataclass(frozen=True)
class Header:
    """The columns of a file: the place of each field, the columns that are unknown, the fields that take their
    default, whether a comma may be a decimal point, and the fields whose numbers are in thousands."""

    columns: tuple[str, ...]
    fields: Mapping[str, int]
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = field(default=())
    decimal_comma: bool = False
    in_thousands: frozenset[str] = frozenset()

    @property
    def essential_missing(self) -> tuple[str, ...]:
        """The essential fields without a column."""
        return tuple(name for name in ESSENTIAL if name in self.missing)

    @property
    def is_older(self) -> bool:
        """Whether the file says how far it looks ahead instead of how long upkeep lasts."""
        return older.HORIZON in self.fields

    @property
    def is_summary(self) -> bool:
        """Whether the file is a summary, in which a project has one row an option."""
        return {"option", "rank", "verdict", "first_share"} <= set(self.columns)

    @property
    def has_reasons(self) -> bool:
        """Whether the file holds bad rows that were given back."""
        return self.columns[-1:] == (REASON,)


class Checked(NamedTuple):
    """A list read to its end, or to the line where it grew too long: what can be decided, what cannot."""

    projects: tuple[Project, ...]
    bad: tuple[BadRow, ...]
    header: Header
    note: str
    cut_after: int | None


def check(listed: ProjectList, most: int) -> Checked:
    """The first `most` rows of a list, each checked. Raises `ListError`."""
    rows = iter(listed)
    read_rows = list(islice(rows, most))
    cut = read_rows[-1].line if read_rows and next(rows, None) is not None else None
    projects = tuple(row for row in read_rows if isinstance(row, Project))
    bad = tuple(row for row in read_rows if isinstance(row, BadRow))
    return Checked(projects, bad, listed.header, " ".join(filter(None, (listed.note, listed.last_note))), cut)


def bad_rows_csv(header: Header, bad: Sequence[BadRow]) -> Iterator[bytes]:
    """Bad rows as they were, with the reason in a last column: UTF-8 with a byte order mark, nothing in it that a
    spreadsheet would run. Where 2,5 was read as a number, semicolons separate the cells, so that it is again. Row by
    row, because all of them can be large."""
    columns = header.columns[:-1] if header.has_reasons else header.columns
    n = len(columns)  # where an earlier reason is

    def cells_of(row: BadRow) -> tuple[str, ...]:
        return row.cells[:n] + row.cells[n + 1:] if header.has_reasons else row.cells

    width = max((n, *(len(cells_of(row)) for row in bad)))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if header.decimal_comma else ",", lineterminator="\r\n")
    yield codecs.BOM_UTF8
    for cells, reasons in chain([(columns, (REASON,))], ((cells_of(row), row.reasons) for row in bad)):
        writer.writerow([escape_formulas(cell) for cell in (*cells, *[""] * (width - len(cells)), " ".join(reasons))])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


class ProjectList:
    """The rows of a CSV or Excel file, read as they are asked for. Raises `ListError` where it has no usable header,
    and while it is read where it breaks off."""

    def __init__(self, file: BinaryIO, evidence: Evidence | None = None, watch: Watch = lambda _: None,
                 read_file: Callable[[BinaryIO, frozenset[str], Watch], Lines] = read_lines):
        self.evidence = evidence or load_evidence()
        self.dates = self.evidence.dates
        self.known = lru_cache(8)(self.evidence.as_of)  # which takes most of the time of a row
        self.rows, decimal_comma, note = read_file(file, frozenset(HEADINGS), watch)
        self.header = replace(_header(next(self.rows, Line(1, ()))), decimal_comma=decimal_comma)
        self.note = " ".join(filter(None, (note, OLDER_LIST if self.header.is_older else "")))
        self.retired: set[str] = set()
        self.abroad = 0  # rows in another currency than that of their country

    @property
    def last_note(self) -> str:
        """What is known of the whole list only once it is read."""
        rows = f"In {self.abroad} row{'' if self.abroad == 1 else 's'}, " if self.abroad else ""
        said = (f"{rows}amounts are in another currency than that of the country.",) if rows else ()
        return " ".join((*older.left_out_sentence(self.retired), *said))

    def __iter__(self) -> Iterator[Project | BadRow]:
        before: tuple[Any, ...] = ()
        options: set[str] = set()
        for line in map(self._as_it_was, self.rows):
            if self.header.is_summary:
                same = (*self._given(line.cells).values(), *line.faults)
                place = self.header.columns.index("option")
                option = line.cells[place] if place < len(line.cells) else ""
                if same == before and option not in options and len(options) < MOST_OPTIONS:
                    options.add(option)
                    continue
                before, options = same, {option}
            yield self._read(line)

    def _as_it_was(self, line: Line) -> Line:
        """Without the apostrophes that this tool puts before what a spreadsheet would run."""
        if not (self.header.is_summary or self.header.has_reasons):
            return line
        return line._replace(cells=tuple(map(unescape_formulas, line.cells)))

    def _given(self, cells: tuple[str, ...]) -> dict[str, str]:
        """The text of each known column."""
        return {name: cells[place].strip() if place < len(cells) else ""
                for name, place in self.header.fields.items()}

    def _read(self, line: Line) -> Project | BadRow:
        columns, fields, cells = self.header.columns, self.header.fields, line.cells
        given, broken = self._given(cells), dict(line.faults)
        nameless = [cell for place, cell in enumerate(cells)
                    if cell.strip() and (place >= len(columns) or not columns[place])]
        faults = [Fault("without a name", cell, Problem(
            "", "give the column a name, or put a text that holds the separator in quotes", shown(cell)))
            for cell in nameless[:FEW]]
        if len(nameless) > FEW:
            more = f"{len(nameless) - FEW} more cells are in no column"
            faults.append(Fault("without a name", "", Problem("", more)))

        def fault(name: str, problem: Problem) -> None:
            faults.append(Fault(columns[fields[name]], shown(given[name]), problem))

        unread = {name: broken[place] for name, place in fields.items() if place in broken}
        for name, sentence in unread.items():
            fault(name, Problem("", sentence))
        as_of = None
        try:
            as_of = self._as_of("" if "as_of" in unread else given.get("as_of", ""))
        except EntryError as error:
            fault("as_of", error.problem)
        known = self.known(as_of or self.dates[-1])
        answers: dict[str, Any] = {}
        for name in fields.keys() - unread.keys() - {BUDGET, "budget_usd", *MORE}:
            try:
                answers[name] = self._answer(name, given[name], known, given.get("model_version", ""))
            except EntryError as error:
                fault(name, error.problem)
        for name in ("budget_usd", BUDGET):
            if name in fields and name not in unread:
                try:
                    answers |= self._budget(name, given[name], answers, known)
                except EntryError as error:
                    fault(name, error.problem)
        answers = {**DEFAULTS, **(older.answers() if self.header.is_older else {}), **answers}
        text = "" if "own_figures" in unread else given.get("own_figures", "")
        if text.count("~~") >= len(known.figures):
            fault("own_figures", Problem("", f"write at most {len(known.figures)} own figures, each once"))
            text = ""
        text, left_out = older.own_figures(text, answers["scope_clarity"])
        self.retired.update(left_out)
        own, wrong = read(text, countries.rows_by_id(known) if text else {}, known.exchange_rates)
        for problem in wrong[:FEW]:
            fault("own_figures", problem._replace(used=""))
        if len(wrong) > FEW:
            fault("own_figures", Problem("", f"{len(wrong) - FEW:,} more own figures can't be used"))
        if faults:
            order = {column: place for place, column in enumerate(columns)}
            packed = zlib.compress(json.dumps(cells).encode(), 1)
            return BadRow(line.number, packed, tuple(sorted(faults, key=lambda it: order.get(it.column, len(columns)))))
        answered = {"budget_usd" if name == BUDGET else older.field_today(name) for name in fields}
        answered -= set(given.get("assumed", "").split("; "))
        needs = ProjectNeeds(**older.with_upkeep(answers))
        self.abroad += countries.currency_code(known, needs) != known.countries[needs.country].currency
        return Project(line.number, needs, as_of, own, frozenset(NEEDS.keys() - answered))

    def _answer(self, name: str, text: str, known: Snapshot, model_version: str) -> Any:
        need = older.need_of(name)
        if need.kind == NUMBER:
            if need.optional and text in ("", "none"):
                return None
            if self.header.decimal_comma:
                if name in self.header.in_thousands and re.fullmatch(r"\d{1,3}[.,]\d{3}", text, re.ASCII):
                    raise EntryError(Problem(need.label, (
                        "write thousands without a sign between the digits, because this can mean "
                        f"{text[:-4]}.{text[-3:]} or {text[:-4]}{text[-3:]}"), text))
                text = text.replace(",", ".")
            plain_number = re.fullmatch(PLAIN_NUMBER, text, re.ASCII | re.IGNORECASE)
            if name in self.header.in_thousands:
                return _from_thousands(need, text, plain_number is not None)
            return checked(need, float(text) if plain_number else text)
        if need.kind == YES_NO:  # which is what spreadsheets make of a box that is ticked
            text = {"TRUE": "yes", "FALSE": "no"}.get(text.upper(), text)
        if need.kind == LOCATION and text:
            was = older.place(text)
            is_older = was in known.areas and (self.header.is_older or model_version.partition(".")[0] == "1")
            return countries.place(known, was if is_older else text, is_current=model_version != "")
        if need.kind == CURRENCY:
            return countries.with_rate(known, checked(need, money.code_of(text) or text))
        return checked(need, text.lower() if need.kind != TEXT else text)

    def _budget(self, name: str, text: str, answers: Mapping[str, Any], known: Snapshot) -> dict[str, Any]:
        """The budget in US dollars, and its currency where a sign says so; what is in both columns has to agree. Raises
        EntryError."""
        if text in ("", "none"):
            return {"budget_usd": answers.get("budget_usd")}
        if name == BUDGET and self.header.fields.keys() & {"location", "currency"} - answers.keys():
            return {}  # which currency it is in is not known
        if name in self.header.in_thousands:
            return {"budget_usd": self._answer(name, text, known, "")}
        country, picked = answers.get("location", DEFAULTS["location"])[:2], answers.get("currency", "")
        written = money.currency_in(text)
        code = picked if picked and (name == BUDGET or written) else "" if name == BUDGET else countries.DOLLAR
        if written and not picked:
            code = countries.with_rate(known, written)
        need = NEEDS["budget_usd"] if code == countries.DOLLAR and name != BUDGET else countries.budget_in(
            known, country, code)
        code = code or known.countries[country].currency
        rate = countries.per_dollar(code, known.exchange_rates)
        usd = answers.get("budget_usd") if name == BUDGET else None
        if usd is None:
            usd = checked(NEEDS["budget_usd"], self._amount(text, need) / rate)
        elif abs(self._amount(text, replace(need, low=CENT, high=math.inf)) - usd * rate) > CENT:
            raise EntryError(Problem(need.label, "it differs from the budget in US dollars; keep one of the two",
                                     shown(text)))
        is_said = written and not picked and code != known.countries[country].currency
        return {"budget_usd": usd, **({"currency": code} if is_said else {})}

    def _amount(self, text: str, need: Need) -> float:
        """The amount in a cell, in the currency of the question. Raises EntryError."""
        number = text.replace(",", ".") if self.header.decimal_comma else text
        is_plain = re.fullmatch(PLAIN_NUMBER, number, re.ASCII | re.IGNORECASE)
        if is_plain and need.low <= float(number) <= need.high:
            return float(number)
        try:
            amount = amounts.read(text, need.measure, need.low, need.high) if need.measure else float(number)
        except AmountError as error:
            wanted = f"enter {need.wanted}" if str(error).startswith(f"enter {need.unit}") else str(error)
            raise EntryError(Problem(need.label, wanted, shown(text))) from None
        if not need.low <= amount <= need.high:
            raise EntryError(Problem(need.label, f"enter {need.wanted}", shown(text)))
        return amount

    def _as_of(self, text: str) -> date | None:
        """The day in the cell, None in an empty one. Raises EntryError."""
        if not text:
            return None
        first, newest = self.dates[0], self.dates[-1]
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = date.min
        if first <= day <= newest:
            return day
        raise EntryError(Problem("", f"enter a date from {first} to {newest}", shown(text)))


def _from_thousands(need: Need, text: str, is_number: bool) -> Any:
    """An amount that is written in thousands. Raises EntryError."""
    try:
        return checked(need, float(text) * 1_000 if is_number else text)
    except EntryError:
        raise EntryError(Problem(
            need.label, f"enter thousands of {need.unit}, from {need.low / 1_000:,g} to {need.high / 1_000:,g}",
            shown(text) or "nothing")) from None


def _header(line: Line) -> Header:
    """Raises ListError where no column is known or two hold the same."""
    columns = [cell.strip() for cell in line.cells]
    while columns and not columns[-1]:
        columns.pop()
    if columns[-1:] == [REASON]:  # rows that were given back, with apostrophes before what a spreadsheet would run
        columns = list(map(unescape_formulas, columns))
    fields: dict[str, int] = {}
    for place, column in _by_name_first(columns):
        name = HEADINGS.get(heading_key(column))
        if column == "currency" and "need_currency" in columns:  # of a summary, where it is that of the country too
            continue
        if name is None or (name in fields and not _is_exact(column, name) and _is_exact(columns[fields[name]], name)):
            continue
        if name in fields:
            other = columns[fields[name]]
            raise ListError(f"Two columns hold {name}: “{shown(other)}” and “{shown(column)}”. Keep one.")
        fields[name] = place
    if "upkeep_months" in fields:
        fields.pop(older.HORIZON, None)
    if "budget_usd" in fields and "currency" not in fields:
        fields.pop(BUDGET, None)
    for place, sentence in line.faults:
        if place in fields.values():
            raise ListError(f"The header cannot be read. {sentence}.")
    if NEEDS.keys().isdisjoint(fields.keys() - {"project"}):
        raise ListError(f"The first line names no column that is known. Known are: {', '.join(NEEDS)}.")
    unknown = tuple(column for place, column in enumerate(columns)
                    if column and place not in fields.values() and (place, column) != (len(columns) - 1, REASON))
    in_thousands = frozenset(name for name, place in fields.items()
                             if heading_key(columns[place]) == heading_key(older.THOUSANDS))
    taken = {*fields, *(("budget_usd",) if BUDGET in fields else ()),
             *(("upkeep_months", *older.answers()) if older.HORIZON in fields else ())}
    missing = tuple(BUDGET if name == "budget_usd" else name for name in NEEDS if name not in taken)
    return Header(tuple(columns), fields, unknown, missing, in_thousands=in_thousands)


def _is_exact(column: str, name: str) -> bool:
    return column.strip().lower().removeprefix("need_") == name


def _by_name_first(columns: list[str]) -> list[tuple[int, str]]:
    """The columns with their places, those first that are named exactly as a field is: beside scope_clarity, a column
    Scope is somebody's note."""
    return sorted(enumerate(columns), key=lambda it: not _is_exact(it[1], HEADINGS.get(heading_key(it[1]), "")))
