"""Workbooks: the rows of an Excel file, as texts, for the same checks that a CSV passes.

Values are those that the spreadsheet program saved; no formula is run. What a file claims to hold is bounded before
it is parsed, and a sheet is read row by row, never as the rectangle that its cells span. openpyxl is slower than
python-calamine, but it reserves memory for that rectangle and can end the process (tafia/calamine issue 693).
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL, ReadOnlyCell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from hiring.exchange.lines import OLE, Line, Lines, ListError
from hiring.model.needs import plain

LARGEST, MOST_TAGS = 12_000_000, 600_000  # bytes and elements of a whole workbook: 12,000 projects, every column
MOST_WORK = 4_000_000  # elements of the largest part × sheets
LARGEST_FRAME = 1_000_000  # bytes of a part that holds no cells: styles, the list of sheets
MOST_SHEETS, MOST_ROWS, WIDEST = 50, 100_000, 100
DICTIONARY = "Columns"  # the template's sheet that says what each column holds
LAST_ROW = 1_048_576  # of any sheet in Excel
BLOCK = 65_536  # bytes
TOO_LARGE = "The workbook is too large to be read here: save the sheet of the projects as CSV."
MOST_ODD = 10_000  # formulas without a value, and merged cells, that are told one by one

ReadOnlySheet = Any
Knows = Callable[[tuple[str, ...]], bool]


def workbook_lines(file: BinaryIO, knows: Knows) -> Lines:
    """The rows of the first sheet whose first row `knows` tells to be a header, or else of the first sheet.

    Raises `ListError` for a file that is no workbook or too large, here or while it is read.
    """
    if file.read(4) == OLE:
        raise ListError("The file is an old Excel workbook (.xls) or has a password: save it as .xlsx without one.")
    file.seek(0)
    with _told_in_a_sentence():
        _check_size(file)
        book = load_workbook(file, read_only=True, data_only=True)
        sheets = book.worksheets
        if not sheets:
            raise ListError("The workbook has no sheet with cells: write the projects on one.")
        sheet = next((sheet for sheet in sheets if knows(_first_cells(sheet))), sheets[0])
    others = [other.title for other in sheets if other is not sheet and other.title != DICTIONARY]
    told = f"Read from the sheet “{sheet.title}”; not read: {', '.join(others)}." if others else ""
    return Lines(_rows(book, sheet), told=told)


@contextmanager
def _told_in_a_sentence() -> Iterator[None]:
    """Whatever goes wrong inside of a workbook becomes a `ListError`: a file of strangers may break the reader in any
    place."""
    try:
        yield
    except ListError:
        raise
    except Exception as error:
        raise ListError("The file is no Excel workbook that can be read: open it in your spreadsheet program and save "
                        "it as .xlsx or CSV.") from error


def _check_size(file: BinaryIO) -> None:
    """Raises ListError where the workbook would take too long or too much memory to read. No more than a part's
    declared size is ever unpacked, so that a false one cannot help."""
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if not any(part.filename == "[Content_Types].xml" for part in parts):
            raise ListError("The file is a zip archive, no Excel workbook: choose an .xlsx or CSV file.")
        frame = [part for part in parts if part.filename.endswith((".xml", ".rels"))
                 and "/worksheets/" not in part.filename and not part.filename.endswith("/sharedStrings.xml")]
        if sum(part.file_size for part in parts) > LARGEST or any(part.file_size > LARGEST_FRAME for part in frame):
            raise ListError(TOO_LARGE)
        tags = [_tags(archive, part) for part in parts]
        sheets = sum(archive.read(part).count(b"sheetId") for part in frame)
        if sheets > MOST_SHEETS:
            raise ListError(f"The workbook has more than {MOST_SHEETS} sheets: save that of the projects as CSV.")
        if sum(tags) > MOST_TAGS or sheets * max(tags) > MOST_WORK:  # many sheets may be one and the same part
            raise ListError(TOO_LARGE)
    file.seek(0)


def _tags(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """How many elements a part can hold at most: memory goes by their number, not by their bytes."""
    with archive.open(part) as opened:
        return sum(block.count(b"<") - block.count(b"</") for block in iter(lambda: opened.read(BLOCK), b""))


def _first_cells(sheet: ReadOnlySheet) -> tuple[str, ...]:
    sheet.reset_dimensions()  # which some programs write wrong
    rows = (tuple(map(_text, row)) for row in islice(sheet.iter_rows(max_col=WIDEST, values_only=True), 100))
    return next((cells for cells in rows if any(cells)), ())


def _rows(book: Workbook, sheet: ReadOnlySheet) -> Iterator[Line]:
    with _told_in_a_sentence():
        odd = _oddities(book, sheet)
        blank: tuple[ReadOnlyCell, ...] = ()  # one and the same tuple stands for every row of a gap
        for number, row in enumerate(sheet.iter_rows(max_col=WIDEST), 1):
            if row is blank or all(cell is EMPTY_CELL for cell in row):
                blank = row
                continue
            line = _line(number, row, odd.get(number, {}))
            if any(cell.strip() for cell in line.cells) or line.faults:
                yield line


def _line(number: int, row: tuple[ReadOnlyCell, ...], odd: Mapping[int, str]) -> Line:
    faults = dict(odd)
    for place, cell in enumerate(row):
        if cell.data_type == "e":
            faults[place] = f"Cell {get_column_letter(place + 1)}{number}: mend the error or write a value"
    return Line(number, tuple(_text(cell.value) for cell in row), tuple(sorted(faults.items())))


def _text(value: Any) -> str:
    """A value as a spreadsheet would show it without a format: dates as 2026-11-22, 3.0 as 3, true as TRUE."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return plain(value) if isinstance(value, int | float) else str(value)


class _At(NamedTuple):
    row: int
    column: int


def _oddities(book: Workbook, sheet: ReadOnlySheet) -> dict[int, dict[int, str]]:
    """What reading by rows does not show: cells under a merged one and formulas without a saved value, as
    {row: {place: sentence}}."""
    odd: dict[int, dict[int, str]] = {}
    for count, (at, sentence) in enumerate(_odd_cells(book, sheet), 1):
        if count > MOST_ODD:
            raise ListError(f"More than {MOST_ODD:,} cells are merged or hold a formula without a saved value: open "
                            "the workbook in your spreadsheet program, unmerge all cells and save it again.")
        odd.setdefault(at.row, {})[at.column - 1] = sentence
    return odd


def _odd_cells(book: Workbook, sheet: ReadOnlySheet) -> Iterator[tuple[_At, str]]:
    name = f"{{{SHEET_MAIN_NS}}}"
    at = _At(0, 0)
    with book._archive.open(sheet._worksheet_path) as part:
        rows: Any = None
        count = 0
        for event, element in iterparse(part, ("start", "end")):
            tag = element.tag.removeprefix(name)
            if event == "start":
                if tag == "sheetData":
                    rows = element
                elif tag == "row":
                    count, at = count + 1, _At(int(element.get("r") or at.row + 1), 0)
                    if count > MOST_ROWS or at.row > LAST_ROW:
                        raise ListError(f"The sheet has more than {MOST_ROWS:,} rows: save it as CSV.")
                elif tag == "c":
                    at = _place(element.get("r"), at)
            elif tag == "c":
                is_formula, value = element.find(f"{name}f") is not None, element.findtext(f"{name}v")
                if is_formula and not value and element.get("t") != "str":  # a saved text may be empty
                    yield at, (f"Cell {get_column_letter(at.column)}{at.row}: write its value, or open the file in "
                               "your spreadsheet program and save it; found a formula without a saved value")
            elif tag == "row":
                rows.clear()
            elif tag == "mergeCell":
                yield from _merged(element.get("ref"))
                element.clear()


def _place(address: str | None, before: _At) -> _At:
    if not address:
        return _At(before.row, before.column + 1)
    column, row, _, _ = range_boundaries(address)
    return _At(int(row or 0), int(column or 0))


def _merged(ref: str) -> Iterator[tuple[_At, str]]:
    """Every cell of a merged range within the columns looked at, the first too: which of the rows it is meant for
    cannot be told."""
    first, top, last, bottom = (int(bound or 0) for bound in range_boundaries(ref))
    for row in range(top, bottom + 1):
        for column in range(first, min(last, WIDEST) + 1):
            yield _At(row, column), f"Cells {ref}: unmerge them and fill each"
