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
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from typing import Any, BinaryIO, NamedTuple

from hiring.evidence.loader import load_evidence
from hiring.lists import columns, headings, older
from hiring.lists.cells import (
    AREA,
    COUNTRY,
    PLAIN,
    How,
    amount,
    is_blank,
    is_number,
    one_period,
    periods,
    two_places,
)
from hiring.lists.cells import place as place_in
from hiring.lists.cells import read as read_cell
from hiring.lists.columns import ESSENTIAL, REASON, SUMMARY, ColumnMap
from hiring.lists.headings import BUDGET, KNOWN, MORE
from hiring.lists.list_reader import ListError, column_letters
from hiring.lists.reader_process import Line, Lines, Number, Watch, read_lines
from hiring.lists.summary import escape_formulas, unescape_formulas
from hiring.model import countries, money
from hiring.model.evidence import Evidence, Snapshot
from hiring.model.needs import (
    CURRENCY,
    DEFAULTS,
    LOCATION,
    NEEDS,
    TEXT,
    EntryError,
    Problem,
    ProjectNeeds,
    checked,
    shown,
)
from hiring.model.own_figures import Own, read

__all__ = ["BadRow", "Checked", "Fault", "Header", "ListError", "Project", "ProjectList", "bad_rows_csv", "check"]

FEW = 5  # cells without a column, own figures that can't be used, or rows, that are named each
CENT = 0.01
NAMELESS = "without a name"  # in place of the name of a column
IN_NO_COLUMN = "are in no column"
HIDDEN = "hidden"
SUMMED = ("developers", "build_months", BUDGET, "budget_usd")  # the fields that a row of totals adds up
MATCH = "Match the columns on the page Projects, or with --save-map and --map of the command."
MOST_OPTIONS = 20  # rows of a summary that count once
EVERY_ROW = "for all rows"  # in place of a column, where one answer was given for all rows
OLDER_LIST = (f"{older.HORIZON} was read as the months of build and upkeep together. The budget covers both, unless a "
              "column budget_covers says otherwise.")
NOTE_LENGTH = 40  # characters from which a text alone in its row is no name of a project
NOTE_STARTS = ("*", "note", "source", "prepared", "as of", "status", "last updated", "hinweis", "quelle", "stand")


class Project(NamedTuple):
    """A row that can be decided; `line` is its number as a spreadsheet shows it, `as_of` None where the file has no
    date. `assumed` are the needs that it does not answer."""

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
    """A row that cannot be decided: its number, its cells, compressed because thousands are held, every fault, and the
    cells that the file itself has no value for, by their place with a sentence."""

    line: int
    packed: bytes
    faults: tuple[Fault, ...]
    broken: tuple[tuple[int, str], ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(json.loads(zlib.decompress(self.packed)))

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(f"column {fault.column}: {fault.problem}" for fault in self.faults)


@dataclass(frozen=True)
class Header:
    """The columns of a file: the place of each field, the columns that are unknown, the fields that take their
    default, whether the cells of the file are best separated by semicolons, how the cells of each field are read, and
    the fields with one answer for all rows."""

    columns: tuple[str, ...]
    fields: Mapping[str, int]
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = field(default=())
    decimal_comma: bool = False
    hows: Mapping[str, How] = field(default_factory=dict)
    all_rows: Mapping[str, str] = field(default_factory=dict)

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
        return set(self.columns) >= SUMMARY

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
                 read_file: Callable[..., Lines] = read_lines, mapping: ColumnMap | None = None,
                 all_rows: Mapping[str, str] | None = None, today: date | None = None):
        self.evidence = evidence or load_evidence()
        self.dates = self.evidence.dates
        self.today = today or date.today()
        self.known = lru_cache(8)(self.evidence.as_of)  # which takes most of the time of a row
        self.mapping = mapping
        self.lines = read_file(file, headings.keys(), watch, *([mapping.sheet] if mapping and mapping.sheet else []))
        self.head = tuple(islice(self.lines.rows, columns.SAMPLE + columns.HIGHEST))
        self.layout = columns.layout(self.head, mapping.heading_line if mapping else 0)
        sample = self.head[self.layout.before:]
        self.rows = chain(sample, self.lines.rows)
        self.matching = columns.match(self.layout, sample[:columns.SAMPLE], self.known(self.dates[-1]))
        self.header = replace(_header(self.matching, mapping, all_rows or {}), decimal_comma=self.lines.decimal_comma)
        self.is_ours = self.layout.is_summary or self.layout.has_reasons
        answered = self.header.all_rows.keys()
        self.questions = () if mapping or self.layout.is_summary else tuple(
            column.question for column in self.matching.columns if column.question
            and not (not column.field and _slots(column.may_be) <= _slots(answered)))
        self.retired: set[str] = set()
        self.abroad = 0  # rows in another currency than that of their country
        self.left_out: dict[str, list[int]] = {}  # rows by why they are no projects
        self.blank: Counter[str] = Counter()  # cells that take their default, by field
        self.unnamed: set[int] = set()  # columns with cells and no heading
        self.sums: Counter[str] = Counter()  # of the numbers so far, to know a row of totals that does not say so
        self.last_line = 0

    @property
    def refusal(self) -> str:
        """Why the list can't be decided as it is, as sentences; empty where it can."""
        given = self.header.fields.keys() | self.header.all_rows.keys()
        if NEEDS.keys().isdisjoint({"budget_usd" if name == BUDGET else name for name in given} - {"project"}):
            held = [f"“{shown(name)}”" for name in self.layout.columns if name]
            found = f"Found {', '.join(held[:10])}{' and more' if len(held) > 10 else ''}. " if held else ""
            return (f"The list names no column that is known. {found}{' '.join((*self.questions, MATCH))}")
        return " ".join((*self.questions, MATCH)) if self.questions else ""

    @property
    def has_rows(self) -> bool:
        """Whether there is a row below the headings."""
        return len(self.head) > self.layout.before

    @property
    def unreadable(self) -> bool:
        """Whether a column was left out because none of its cells can be read."""
        return self.mapping is None and any(column.remark for column in self.matching.columns)

    @property
    def note(self) -> str:
        """How the file was read, as sentences."""
        hidden = sorted(self.lines.hidden)
        is_read = self.mapping is not None and self.mapping.with_hidden
        said = [self.lines.note]
        if hidden:
            said.append(f"Rows that the sheet hides were {'read too' if is_read else 'not read'}: {_named(hidden)}.")
        if self.layout.before > 1 or self.layout.line > 1:
            said.append(f"The headings were found in row {self.layout.line}.")
        if self.mapping is None and not self.layout.is_summary:
            said += [f"“{shown(column.heading)}” was read as {_as_field(column)}." for column in self.matching.columns
                     if column.field and (column.sure < KNOWN or column.how.unit)]
            said += [column.remark for column in self.matching.columns if column.remark]
        if self.header.is_older:
            said.append(OLDER_LIST)
        return " ".join(filter(None, said))

    @property
    def last_note(self) -> str:
        """What is known of the whole list only once it is read."""
        said = [f"Left out as {why}: {'row' if len(rows) == 1 else 'rows'} {_named(rows)}."
                for why, rows in self.left_out.items()]
        if self.unnamed:
            letters = [column_letters(place + 1) for place in sorted(self.unnamed)]
            said.append(f"Columns without a name were not read: {', '.join(letters[:FEW])}.")
        if self.blank:
            held = [f"{name} in {count:,} row{'' if count == 1 else 's'}" for name, count in self.blank.items()]
            said.append(f"Blank cells took the default: {', '.join(held)}.")
        if self.abroad:
            said.append(f"In {self.abroad} row{'' if self.abroad == 1 else 's'}, amounts are in another currency than "
                        "that of the country.")
        return " ".join((*older.left_out_sentence(self.retired), *said))

    def __iter__(self) -> Iterator[Project | BadRow]:
        if refusal := self.refusal:
            raise ListError(refusal)
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
            if not self.is_ours and (why := self._no_project(line)):
                if why != HIDDEN:
                    self.left_out.setdefault(why, []).append(line.number)
                continue
            yield self.read_row(line)

    def _no_project(self, line: Line) -> str:
        """Why a row is no project; empty for one that is."""
        before, self.last_line = self.last_line, line.number
        if line.number in self.lines.hidden and not (self.mapping and self.mapping.with_hidden):
            return HIDDEN
        filled = [cell for cell in line.cells if cell.strip()]
        if len(filled) == 1 and len(self.header.fields) > 2 and not line.faults and not is_number(filled[0].strip()):
            text = filled[0].strip()
            if (before and line.number > before + 1) or len(text) > NOTE_LENGTH or text.endswith(":") or (
                    text.casefold().startswith(NOTE_STARTS)):
                return "notes"
        if columns.is_total(line.cells):
            return "totals"
        given = self._given(line.cells)
        values = {name: float(text) for name in SUMMED if (text := given.get(name, "")).replace(".", "", 1).isdigit()
                  and text.isascii()}
        is_sum = given.get("project") == "" and len(values) > 1 and self.sums["rows"] > 1 and all(
            abs(value - self.sums[name]) <= CENT for name, value in values.items())
        if is_sum:
            return "totals"
        self.sums.update({**values, "rows": 1})
        names = tuple(" ".join(cell.split()) for cell in line.cells)
        return "headings again" if names[:len(self.layout.columns)] == self.layout.columns else ""

    def _as_it_was(self, line: Line) -> Line:
        """Without the apostrophes that this tool puts before what a spreadsheet would run."""
        if not (self.header.is_summary or self.header.has_reasons):
            return line
        return line._replace(cells=tuple(map(unescape_formulas, line.cells)))

    def _given(self, cells: tuple[str, ...]) -> dict[str, str]:
        """The text of each known column, and the answers for all rows."""
        given = dict(self.header.all_rows)
        for name, place in self.header.fields.items():
            text = cells[place] if place < len(cells) else ""
            given[name] = text if isinstance(text, Number) else text.strip()
        return given

    def _nameless(self, cells: tuple[str, ...]) -> Iterator[str]:
        """The cells without a column that may have been split off another; those of a column without a name are only
        noted."""
        names = self.header.columns
        for place, cell in enumerate(cells):
            if (place < len(names) and names[place]) or not cell.strip():
                continue
            was_told = self.layout.has_reasons and NAMELESS in cells[-1] and (
                f"found {shown(cell)}" in cells[-1] or IN_NO_COLUMN in cells[-1])
            if self.layout.is_summary or was_told or (self.lines.is_csv and place >= self.layout.width):
                yield cell
            else:
                self.unnamed.add(place)

    def read_row(self, line: Line) -> Project | BadRow:
        """One row, checked with the columns of this list."""
        columns, fields, cells = self.header.columns, self.header.fields, line.cells
        given, broken = self._given(cells), dict(line.faults)
        nameless = list(self._nameless(cells))
        faults = [Fault(NAMELESS, cell, Problem(
            "", "give the column a name, or put a text that holds the separator in quotes", shown(cell)))
            for cell in nameless[:FEW]]
        if len(nameless) > FEW:
            more = f"{len(nameless) - FEW} more cells {IN_NO_COLUMN}"
            faults.append(Fault(NAMELESS, "", Problem("", more)))

        def fault(name: str, problem: Problem) -> None:
            faults.append(Fault(columns[fields[name]] if name in fields else EVERY_ROW, shown(given[name]), problem))

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
        blank = [name for name, text in given.items() if name not in unread and self._takes_default(name, text)]
        for name in given.keys() - unread.keys() - {BUDGET, "budget_usd", *MORE, *blank}:
            try:
                answers[name] = self._answer(name, given[name], known, as_of, given.get("model_version", ""))
            except EntryError as error:
                fault(name, error.problem)
        for name in ("budget_usd", BUDGET):
            if name in given and name not in unread:
                try:
                    answers |= self._budget(name, given[name], answers, known, given.get("location", ""))
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
            return BadRow(line.number, packed, tuple(
                sorted(faults, key=lambda it: order.get(it.column, len(columns)))), line.faults)
        self.blank.update(blank)
        answered = {"budget_usd" if name == BUDGET else older.field_today(name) for name in given.keys() - set(blank)}
        answered -= set(given.get("assumed", "").split("; "))
        needs = ProjectNeeds(**older.with_upkeep(answers))
        self.abroad += countries.currency_code(known, needs) != known.countries[needs.country].currency
        return Project(line.number, needs, as_of, own, frozenset(NEEDS.keys() - answered))

    def _takes_default(self, name: str, text: str) -> bool:
        """Whether a cell is blank and what it leaves open has a default that says little about the project."""
        need = NEEDS.get(name)
        if need is None or name in (*ESSENTIAL, "budget_usd") or need.kind in (TEXT, CURRENCY) or need.optional:
            return False
        return is_blank(text) and not self.layout.is_summary

    def _answer(self, name: str, text: str, known: Snapshot, as_of: date | None, model_version: str) -> Any:
        need = older.need_of(name)
        if need.kind == LOCATION and text:
            was = older.place(text)
            is_older = was in known.areas and (self.header.is_older or model_version.partition(".")[0] == "1")
            which = self.header.hows.get(name, PLAIN).place
            if which == AREA and len(both := two_places(known, text)) == 2:
                return both[1]
            return place_in(known, was if is_older else text, is_current=model_version != "" or which == COUNTRY)
        if need.kind == CURRENCY:
            return countries.with_rate(known, checked(need, money.code_of(text) or text))
        if need.kind in (TEXT, LOCATION):
            return checked(need, text)
        return read_cell(need, text, self.header.hows.get(name, PLAIN), as_of or self.today)

    def _budget(self, name: str, text: str, answers: Mapping[str, Any], known: Snapshot,
                place: str) -> dict[str, Any]:
        """The budget in US dollars, and its currency where a sign says so; what is in both columns has to agree. Raises
        EntryError."""
        how = self.header.hows.get(name, PLAIN)
        if is_blank(text):
            return {"budget_usd": answers.get("budget_usd")}
        unread = self.header.fields.keys() & {"location", "currency"} - answers.keys()
        if name == BUDGET and unread and not (unread == {"location"} and is_blank(place)):
            return {}  # which currency it is in is not known
        country = answers.get("location", DEFAULTS["location"])[:2]
        picked = answers.get("currency", "") or countries.with_rate(known, how.currency)
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
            usd = checked(NEEDS["budget_usd"], amount(need, text, how) / rate)
        else:
            given = amount(replace(need, low=CENT, high=math.inf), text, how)
            if abs(given - usd * rate) <= CENT / 2 * (1 + rate) + 1e-6:  # each is to the cent
                usd = usd if math.isclose(usd, given / rate, rel_tol=1e-12) else given / rate  # $11,000, not $10,999.9…
            else:
                raise EntryError(Problem(need.label, "it differs from the budget in US dollars; keep one of the two",
                                         shown(text)))
        is_said = (written or how.currency) and not answers.get("currency")
        is_foreign = code != known.countries[country].currency
        return {"budget_usd": usd, **({"currency": code} if is_said and is_foreign else {})}

    def _as_of(self, text: str) -> date | None:
        """The day in the cell, None in an empty one. Raises EntryError."""
        if not text:
            return None
        first, newest = self.dates[0], self.dates[-1]
        found = periods(text)
        if found:
            period = one_period(None, found, text, self.header.hows.get("as_of", PLAIN))
            day = period.first if period.first == period.last else date.min
            if newest < day <= self.today:  # whose evidence is the newest there is
                day = newest
            if first <= day <= newest:
                return day
        raise EntryError(Problem("", f"enter a date from {first} to {newest}", shown(text)))


def _named(rows: Sequence[int]) -> str:
    """Some rows by their numbers."""
    more = f" and {len(rows) - FEW:,} more" if len(rows) > FEW else ""
    return f"{', '.join(f'{row:,}' for row in rows[:FEW])}{more}"


def _as_field(column: columns.Column) -> str:
    """What a column was read as, with its unit and currency."""
    how = column.how
    unit = " of ".join(filter(None, (how.unit, how.currency)))
    return f"{column.field}{f', in {unit}' if unit else ''}"


def _slots(names: Iterable[str]) -> set[str]:
    return {BUDGET if name == "budget_usd" else name for name in names}


def _header(matching: columns.Matching, mapping: ColumnMap | None, more: Mapping[str, str]) -> Header:
    """Raises ListError where a mapping is of another list, or a heading that is used is merged."""
    names = list(matching.layout.columns)
    if names[-1:] == [REASON]:  # rows that were given back, with apostrophes before what a spreadsheet would run
        names = list(map(unescape_formulas, names))
    if mapping is None:
        used = {column.place: (column.field, column.how) for column in matching.columns if column.field}
    else:
        used = columns.checked_map(mapping).places(names)
    fields = {name: place for place, (name, _) in used.items()}
    all_rows = {**(dict(mapping.all_rows) if mapping else {}), **more}
    for name in all_rows:
        if name not in (BUDGET, *NEEDS):
            raise ListError(f"No field has the name {shown(name)}: choose one of "
                            f"{', '.join(columns.fields_offered())}.")
        if name in fields:
            raise ListError(f"The list has a column for {name}, “{shown(names[fields[name]])}”: leave it out, or give "
                            "no answer for all rows.")
    for place, sentence in matching.layout.faults:
        if place in used:
            raise ListError(f"The header cannot be read. {sentence}.")
    said = {column.place for column in matching.columns if column.remark and mapping is None}
    unknown = tuple(name for place, name in enumerate(names) if place not in said
                    and name and place not in used and (place, name) != (len(names) - 1, REASON))
    given = fields.keys() | all_rows.keys()
    taken = {*given, *(("budget_usd",) if BUDGET in given else ()),
             *(("upkeep_months", *older.answers()) if older.HORIZON in given else ())}
    missing = tuple(BUDGET if name == "budget_usd" else name for name in NEEDS if name not in taken)
    return Header(tuple(names), fields, unknown, missing, all_rows=all_rows,
                  hows={name: how for name, how in used.values() if how != PLAIN})
