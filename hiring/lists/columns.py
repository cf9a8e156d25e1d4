"""Columns: where the table of a list begins, and which column holds which need.

Lists come with titles above, two rows of headings, units below them, totals, notes and columns of their own. What is
plain is matched; what only may mean a need is a question; nothing is matched by its cells alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import NamedTuple

from hiring.lists import cells, headings, older
from hiring.lists.cells import DAYS, MULTIPLES, UNITS, How
from hiring.lists.headings import BUDGET, KNOWN, SURE, UNSURE, Meaning, meaning
from hiring.lists.list_reader import WIDEST, ListError, column_letters, heading_key
from hiring.lists.reader_process import Line, Number
from hiring.model import money
from hiring.model.evidence import Snapshot
from hiring.model.needs import CURRENCY, LOCATION, MONTHS, NEEDS, NUMBER, TEXT, WEEKS, EntryError, Need, shown

REASON = "reason"  # the last column of bad rows that were given back
SUMMARY = frozenset(("option", "rank", "verdict", "first_share"))  # columns of a summary
SAMPLE = 1_000  # rows that decide on the columns
HIGHEST = 30  # rows in which the headings are looked for
SHOWN = 3  # sample cells of a column
ENOUGH = 0.5  # of the cells of a column that can be read, where its heading alone is not enough
ESSENTIAL = ("developers", "build_months")  # a result that rests on their defaults says nothing about the projects
TOTALS = frozenset(map(heading_key, (
    "Total", "Totals", "Grand total", "Subtotal", "Sub-total", "Sum", "Total sum", "Overall total", "Total budget",
    "Average", "Mean", "Median", "Total projects", "All projects", "Portfolio total",
    "Summe", "Gesamt", "Gesamtsumme", "Zwischensumme", "Insgesamt", "Durchschnitt", "Mittelwert",
    "Total général", "Sous-total", "Somme", "Ensemble", "Moyenne")))
FORMAT = "columns 1"
UNDECIDED = "?"  # in place of a unit, in a file that is still to be corrected


# Where the table is

class Layout(NamedTuple):
    """Where the headings are: the number of their first row, how many rows of the file come before the first project,
    and the texts of the columns. `width` is how many cells the row of headings has."""

    line: int
    before: int
    columns: tuple[str, ...]
    width: int
    faults: tuple[tuple[int, str], ...] = ()

    @property
    def is_summary(self) -> bool:
        """Whether the file is a summary, in which a project has one row an option."""
        return set(self.columns) >= SUMMARY

    @property
    def has_reasons(self) -> bool:
        """Whether the file holds bad rows that were given back."""
        return self.columns[-1:] == (REASON,)


def layout(lines: Sequence[Line], heading_line: int = 0) -> Layout:
    """Where the headings are: in the row with this number, or else where most of them are known."""
    if not lines:
        return Layout(1, 0, (), 0)
    top = next((place for place, line in enumerate(lines) if line.number == heading_line), None)
    if top is None:
        scores = [_score(line.cells) for line in lines[:HIGHEST]]
        best = max(scores)
        top = scores.index(best) if best >= SURE else _first_full(lines)
    return _with_second_row(lines, top, is_chosen=bool(heading_line))


def _score(texts: Sequence[str]) -> int:
    """How many headings a row has, each counted as surely as it is known."""
    means = [meaning(text) for text in texts[:WIDEST] if text.strip() and not isinstance(text, Number)]
    return sum(it.sure if it.field else 1 for it in means if it) if any(it and it.field for it in means) else 0


def _first_full(lines: Sequence[Line]) -> int:
    """The first row of several texts and no number; else the first."""
    for place, line in enumerate(lines[:HIGHEST]):
        texts = [text for text in line.cells if text.strip()]
        if len(texts) > 1 and not any(map(cells.is_number, texts)):
            return place
    return 0


def _with_second_row(lines: Sequence[Line], top: int, is_chosen: bool) -> Layout:
    """The headings in one row, or with a row above or below that completes them, and with units below."""
    line, rows = lines[top], 1
    texts, first, faults = _stripped(line), top, line.faults
    score = _score(texts)
    if top + 1 < len(lines) and _may_be_headings(lines[top + 1]):
        both = _combined(texts, _stripped(lines[top + 1]))
        if _score(both) > score:
            texts, rows, score, faults = both, 2, _score(both), ()
    if top and rows == 1 and not is_chosen and len(lines[top - 1].cells) > 1 and _may_be_headings(lines[top - 1]):
        both = _combined(_stripped(lines[top - 1]), texts)
        if _score(both) > score:
            texts, rows, first, faults = both, 2, top - 1, ()
    below = first + rows
    if below < len(lines):
        units = _stripped(lines[below])
        if any(units) and all(headings.is_unit(text) for text in units if text):
            texts = [f"{text} ({units[place]})" if place < len(units) and units[place] else text
                     for place, text in enumerate(texts)]
            rows += 1
    while texts and not texts[-1]:
        texts.pop()
    return Layout(lines[first].number, first + rows, tuple(texts), len(line.cells), faults)


def _stripped(line: Line) -> list[str]:
    return [" ".join(text.split()) for text in line.cells]


def _may_be_headings(line: Line) -> bool:
    texts = [text for text in line.cells if text.strip()]
    return len(texts) > 1 and not any(map(cells.is_number, texts))


def _combined(top: Sequence[str], bottom: Sequence[str]) -> list[str]:
    """Two rows of headings as one: a blank cell above continues the one before it where there is one below."""
    texts, above = [], ""
    for place in range(max(len(top), len(bottom))):
        upper = top[place] if place < len(top) else ""
        lower = bottom[place] if place < len(bottom) else ""
        above = upper or above
        texts.append(f"{above} {lower}".strip() if lower else upper)
    return texts


def is_total(texts: Iterable[str]) -> bool:
    """Whether a row says that it is a total, an average or the like: in its first cell with a text."""
    first = next((text for text in map(str.strip, texts) if text[:1].isalpha()), "")
    return heading_key(first.rstrip(" :0123456789()")) in TOTALS if first else False


# What the columns hold

@dataclass(frozen=True)
class Column:
    """A column of a list: its place from 0, its heading, some of its cells, how many are filled and how many of these
    can be read as the field that it is taken for, which is empty where it is left out. `question` is a sentence on what
    has to be decided first, `remark` one on why it is left out or how it is read; `may_be` the fields that it may
    hold, `bare` how many cells are numbers without a unit, and `unclear` the parts of `How` that some cells leave
    open, each with such a cell."""

    place: int
    heading: str
    samples: tuple[str, ...] = ()
    filled: int = 0
    field: str = ""
    readable: int = 0
    how: How = cells.PLAIN
    question: str = ""
    remark: str = ""
    may_be: tuple[str, ...] = ()
    sure: int = 0
    bare: int = 0
    unclear: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Its heading, or its letter where it has none."""
        return self.heading or f"column {column_letters(self.place + 1)}"


@dataclass(frozen=True)
class ColumnMap:
    """What each column of a list holds, as its reader decided: the field and how its cells are read, by heading; one
    answer for all rows, by field; the sheet, the row of the headings, and whether rows that the sheet hides count."""

    columns: tuple[tuple[str, str, How], ...] = ()  # heading, field, how
    all_rows: tuple[tuple[str, str], ...] = ()
    sheet: str = ""
    heading_line: int = 0
    with_hidden: bool = False

    @property
    def fingerprint(self) -> str:
        return fingerprint(heading for heading, _, _ in self.columns)

    def places(self, columns: Sequence[str]) -> dict[int, tuple[str, How]]:
        """The field and the reading of each column that is used, by its place. Raises ListError for another list."""
        found: dict[int, tuple[str, How]] = {}
        by_key: dict[str, list[int]] = {}
        for place, text in enumerate(columns):
            by_key.setdefault(_same(text), []).append(place)
        for heading, name, how in self.columns:
            places = by_key.get(_same(heading), [])
            if not places:
                if name:
                    raise ListError(f"The file of columns is of another list: found no column “{shown(heading)}”. "
                                    "Match the columns again.")
                continue
            place = places.pop(0)
            if name:
                found[place] = (name, how)
        return found

    def to_json(self) -> bytes:
        """The mapping as a file, UTF-8."""
        columns = [{"heading": heading, "field": name, **{key: value for key, value in asdict(how).items() if value}}
                   for heading, name, how in self.columns]
        content = {"format": FORMAT, "sheet": self.sheet, "heading_line": self.heading_line,
                   "with_hidden_rows": self.with_hidden, "all_rows": dict(self.all_rows), "columns": columns}
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _same(heading: str) -> str:
    return heading_key(heading) or heading.strip()


def fingerprint(columns: Iterable[str]) -> str:
    """What is the same for lists with the same headings, in any order."""
    return "\n".join(sorted(filter(None, map(_same, columns))))


LARGEST_FILE = 200_000  # bytes of a file of columns


def from_json(content: bytes) -> ColumnMap:
    """The mapping in a file. Raises ListError."""
    wrong = ListError("The file of columns can't be read: save it again on the page Projects or with --save-map.")
    try:
        if len(content) > LARGEST_FILE:
            raise wrong
        found = json.loads(content.decode("utf-8-sig"))
        if found["format"] != FORMAT:
            raise wrong
        columns = tuple((str(it["heading"]), str(it["field"]), How(**{
            key: str(it.get(key, "")) for key in asdict(cells.PLAIN)})) for it in found["columns"])
        made = ColumnMap(columns, tuple((str(name), str(text)) for name, text in found.get("all_rows", {}).items()),
                       str(found.get("sheet", "")), int(found.get("heading_line", 0)),
                       bool(found.get("with_hidden_rows", False)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise wrong from error
    checked_map(made)
    return made


def checked_map(mapping: ColumnMap) -> ColumnMap:
    """The mapping, if each field is known and has one column. Raises ListError."""
    named = [name for _, name, _ in mapping.columns if name]
    known = {*headings.HEADINGS.values()}
    for name in (*named, *(name for name, _ in mapping.all_rows)):
        if name not in known:
            raise ListError(f"No field has the name {shown(name)}: choose one of {', '.join(fields_offered())}.")
    for name, times in Counter([*named, *(name for name, _ in mapping.all_rows)]).items():
        if times > 1:
            raise ListError(f"Two columns hold {name}. Keep one.")
    if {BUDGET, "budget_usd"} <= set(named) | {name for name, _ in mapping.all_rows} and "currency" not in named:
        raise ListError("Two columns hold the budget. Keep one.")
    for heading, name, how in mapping.columns:
        is_known = how.unit in {"", *UNITS, *MULTIPLES} and how.decimal in ("", cells.POINT, cells.COMMA) and (
            how.order in ("", cells.DAY_FIRST, cells.MONTH_FIRST)) and how.place in ("", cells.COUNTRY, cells.AREA)
        if name and not is_known:
            raise ListError(f"Decide on column “{shown(heading)}”: write as its unit one of {', '.join(UNITS)}, for "
                            f"money {' or '.join(MULTIPLES)}, or nothing; as its decimal sign {cells.POINT} or "
                            f"{cells.COMMA}, as its order {cells.DAY_FIRST} or {cells.MONTH_FIRST}, as its place "
                            f"{cells.COUNTRY} or {cells.AREA}; and leave the field empty if it is not used.")
    return mapping


def fields_offered() -> tuple[str, ...]:
    """The fields that a column can be taken for, in the order of the form."""
    return tuple(BUDGET if name == "budget_usd" else name for name in NEEDS)


def need_of(name: str) -> Need:
    """The need that a field answers."""
    return older.need_of("budget_usd" if name == BUDGET else name)


class Matching(NamedTuple):
    """What was found in a list: where its table is, its columns, and what has to be decided before its rows are."""

    layout: Layout
    columns: tuple[Column, ...]
    decimal: str = ""

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(column.question for column in self.columns if column.question)

    @property
    def by_field(self) -> dict[str, Column]:
        return {column.field: column for column in self.columns if column.field}

    @property
    def essential_missing(self) -> tuple[str, ...]:
        return tuple(name for name in ESSENTIAL if name not in self.by_field)

    def proposal(self) -> ColumnMap:
        """The mapping that it would be read with; what has to be decided first has the unit `?`."""
        def decided(column: Column) -> tuple[str, str, How]:
            if not column.question:
                return column.heading, column.field, column.how
            name = column.field or next((name for name in column.may_be if name not in self.by_field), "")
            open_ = [part for part, _ in column.unclear if not getattr(column.how, part)] or ["unit"]
            return column.heading, name, replace(column.how, **dict.fromkeys(open_, UNDECIDED))
        return ColumnMap(tuple(decided(column) for column in self.columns if column.heading),
                         heading_line=self.layout.line)

    def found(self) -> Iterator[str]:
        """What each column was taken for, a sentence for each."""
        for column in self.columns:
            may_be = f"may be {' or '.join(map(noun, column.may_be))}" if column.may_be else "is not used"
            held = f"is {noun(column.field)}" if column.field else may_be
            some = f" ({', '.join(column.samples)})" if column.samples else ""
            if column.heading:
                yield f"“{shown(column.heading)}”{some} {held}."


def match(found: Layout, rows: Sequence[Line], known: Snapshot) -> Matching:
    """What each column holds, by its heading and by whether its cells can be read so; in a summary, by its heading
    alone. Of rows that were given back, a column that a reason names was used."""
    width = max((len(found.columns), *(len(row.cells) for row in rows)), default=0)
    texts: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        if is_total(row.cells):
            continue
        for place, text in enumerate(row.cells):
            if text.strip():
                texts[place].append(text if isinstance(text, Number) else text.strip())
    decimal = _one(cells.decimal_told(text) for column in texts for text in column)
    names = [*found.columns, *[""] * (width - len(found.columns))]
    reasons = " ".join(texts[len(found.columns) - 1]) if found.has_reasons else ""
    columns = [_column(place, name, texts[place], known, decimal, found.is_summary or f"column {name}:" in reasons)
               for place, name in enumerate(names)]
    matched = list(_one_each(columns))
    held = {column.field for column in matched}
    return Matching(found, tuple(_with_version(column, held) for column in matched), decimal)


def _with_version(column: Column, held: Collection[str]) -> Column:
    """The column without a question about codes of places in a list that says its version, and with it their meaning.
    """
    is_told = column.field == "location" and not {"model_version", older.HORIZON}.isdisjoint(held)
    return replace(column, question="", unclear=()) if is_told else column


def as_chosen(matching: Matching, rows: Sequence[Line], place: int, name: str, how: How, known: Snapshot) -> Column:
    """A column as it is read for a field that its reader chose, with a question where that is not clear yet."""
    column = matching.columns[place]
    texts = [text if isinstance(text, Number) else text.strip() for row in rows
             if place < len(row.cells) and (text := row.cells[place]).strip() and not is_total(row.cells)]
    if not name or name not in (BUDGET, *NEEDS):
        return replace(column, field=name, question="", how=how)
    readable = sum(_can_read(name, text, how, known) for text in texts)
    chosen = replace(column, field=name, how=how, readable=readable, question="", may_be=())
    exact = meaning(column.heading)
    sure = exact.sure if exact and exact.field == name else SURE
    asked = _asked_unit(chosen, Meaning(name, sure, how.unit, how.currency), texts, known)
    return _with_version(asked, matching.by_field)


def _one(told: Iterable[str]) -> str:
    """What all that tell something agree on; empty where they don't."""
    found = {it for it in told if it}
    return found.pop() if len(found) == 1 else ""


def _column(place: int, heading: str, texts: list[str], known: Snapshot, decimal: str,
            is_used: bool) -> Column:
    samples = tuple(dict.fromkeys(map(shown, texts[:50])))[:SHOWN]
    column = Column(place, heading, samples, len(texts), bare=sum(map(cells.is_number, texts)))
    if not heading:
        return column
    found = meaning(heading)
    if found is None:
        for idea in headings.ranked(heading):
            guess = _read_as(column, idea, texts, known, decimal)
            if idea.field and guess.readable and guess.readable >= ENOUGH * guess.filled:
                return replace(guess, field="", sure=UNSURE, may_be=(idea.field,))
        return column
    if not found.field:
        return column
    if found.field not in NEEDS and found.field != BUDGET:
        return replace(column, field=found.field, readable=len(texts), sure=_sure(found))
    read = _read_as(column, found, texts, known, decimal)
    if found.sure == UNSURE:
        is_read = read.readable and read.readable >= ENOUGH * read.filled
        return replace(read, field="", sure=UNSURE, may_be=(found.field,) if is_read else ())
    if is_used and found.sure > UNSURE:
        return read
    if found.field in ESSENTIAL and found.sure == KNOWN:
        return _asked_unit(read, found, texts, known)
    if len(texts) > 1 and not read.readable:
        return replace(read, field="", may_be=(found.field,), remark=(
            f"“{shown(heading)}” was left out: none of its {len(texts):,} cells can be read as "
            f"{need_of(found.field).name}."))
    if found.sure == SURE and texts and read.readable < ENOUGH * len(texts):
        return replace(read, field="", sure=UNSURE, may_be=(found.field,))
    return _asked_unit(read, found, texts, known)


def _sure(found: Meaning) -> int:
    """How sure a meaning is; a field that is named exactly comes before its label."""
    return found.sure + found.is_exact


def _read_as(column: Column, found: Meaning, texts: list[str], known: Snapshot, decimal: str) -> Column:
    """The column as it is read for a field."""
    own = _one(map(cells.decimal_told, texts))
    mixed = len({it for it in map(cells.decimal_told, texts) if it}) > 1
    how = How(found.unit, found.currency, "" if mixed else own or decimal, _one(map(cells.order_told, texts)))
    readable = sum(_can_read(found.field, text, how, known) for text in texts)
    return replace(column, field=found.field, readable=readable, how=how, sure=_sure(found))


def _can_read(name: str, text: str, how: How, known: Snapshot) -> bool:
    """Whether a cell can be read for a field; of dates and amounts, without their bounds."""
    need = need_of(name)
    if cells.is_blank(text):
        return True
    try:
        if name in (BUDGET, "budget_usd"):
            return cells.is_amount(text)
        if need.kind == TEXT:
            return not cells.is_number(text) and len(text) <= need.high
        if need.kind == LOCATION:
            cells.place(known, text)
        elif need.kind == CURRENCY:
            return bool(money.code_of(text))
        else:
            cells.read(need, text, how, None)
    except EntryError:
        is_day = need.measure in (MONTHS, WEEKS) and (need.optional or need.measure == WEEKS)
        return is_day and bool(cells.periods(text))
    return True


def _asked_unit(column: Column, found: Meaning, texts: list[str], known: Snapshot) -> Column:
    """The column with a question where its numbers are without a unit that their needs have."""
    need = need_of(column.field)
    bare = [text for text in texts if cells.is_number(text)]
    quoted = f"“{shown(column.heading)}”"
    if need.measure in (MONTHS, WEEKS):
        if column.how.unit == DAYS and bare:
            return replace(column, question=f"Are the days in {quoted} calendar days or working days?")
        if found.sure < KNOWN and not column.how.unit and bare:
            return replace(column, question=f"Is {quoted} in months, weeks, days or years?")
    if column.field in (BUDGET, "budget_usd") and found.sure <= KNOWN and not column.how.unit and len(bare) > 1:
        values = [value for text in bare for value in cells.numbers(text).values()]
        if values and max(values) < need.low:
            return replace(column, question=f"Is {quoted} in thousands or in millions?")
    return _asked_reading(column, texts, known)


READINGS = {"decimal": "Is the sign in “{cell}” of {column} a decimal sign, or between thousands?",
            "order": "Does “{cell}” in {column} have the day or the month first?",
            "place": "Does “{cell}” in {column} mean a country or an area of the United States?"}


def _asked_reading(column: Column, texts: list[str], known: Snapshot) -> Column:
    """The column with a question where some cells can mean two things, whatever was chosen for it."""
    need, found = need_of(column.field), dict[str, str]()
    for text in texts:
        part = "place" if need.kind == LOCATION and cells.two_places(known, text) else ""
        if need.kind == NUMBER and not cells.is_blank(text):
            try:
                how = replace(column.how, decimal="", order="")
                if column.field in (BUDGET, "budget_usd"):
                    cells.amount(need, text, how)
                else:
                    cells.read(need, text, how, None)
            except cells.TwoMeanings:
                part = "order" if cells.periods(text) else "decimal"
            except EntryError:
                part = ""
        if part:
            found.setdefault(part, text)
    column = replace(column, unclear=tuple(found.items()))
    asked = next((part for part in found if not getattr(column.how, part)), "")
    if not asked:
        return column
    return replace(column, question=READINGS[asked].format(
        cell=shown(found[asked]), column=f"“{shown(column.heading)}”"))


def _one_each(columns: list[Column]) -> Iterator[Column]:
    """The columns, each field held by the one that means it most surely; what may mean a field that none holds is a
    question."""
    by_field: dict[str, list[Column]] = {}
    names = [column.heading for column in columns]
    for column in columns:
        if column.heading == "currency" and "need_currency" in names:  # of a summary, where it is the country's too
            continue
        if column.field:
            by_field.setdefault(_slot(column.field, columns), []).append(column)
    if "upkeep_months" in by_field:
        by_field.pop(older.HORIZON, None)
    holds: dict[str, list[Column]] = {}
    for name, held in by_field.items():
        best = max(column.sure for column in held)
        surest = [column for column in held if column.sure == best]
        holds[name] = [column for column in surest if column.field == "budget_usd"] or surest
    for column in columns:
        if column.field:
            chosen = holds.get(_slot(column.field, columns), [])
            if column not in chosen:
                yield replace(column, field="", question="", may_be=(column.field,))
            elif len(chosen) > 1:
                both = " and ".join(f"“{shown(it.heading)}”" for it in chosen[:2])
                yield replace(column, field="", may_be=(column.field,), question="" if column != chosen[0] else (
                    f"Two columns hold {column.field}: {both}. Keep one."))
            else:
                yield column
        elif column.may_be and not column.remark and _slot(column.may_be[0], columns) not in holds:
            yield replace(column, question=f"Does “{shown(column.heading)}” hold {noun(column.may_be[0])}?")
        else:
            yield column


def _slot(name: str, columns: list[Column]) -> str:
    """Budgets in dollars and in other currencies are one field, but for a list that says the currency of each row."""
    has_currency = any(column.field == "currency" for column in columns)
    return BUDGET if name == "budget_usd" and not has_currency else name


def noun(name: str) -> str:
    """A field within a sentence."""
    if name not in (BUDGET, *NEEDS):
        return name
    need = need_of(name)
    return f"the {need.name}" if name in (BUDGET, "budget_usd", "deadline_months", "project") else need.name
