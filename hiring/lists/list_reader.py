"""Reads one CSV or Excel file and prints its rows. Runs as a program of its own, never inside the server:

    python -I list_reader.py '["developers", "buildmonths"]' Projects < plans.xlsx

The first argument lists the headings that a list of projects can have, as `heading_key` writes them, the second may
name a sheet. Each line of output is JSON: what is known of the file first, then `[number, cells]` or `[number, cells,
faults]` for each row that is not blank, and `{"end": true}`; or `{"error": sentence}`. Cells are texts, or numbers
where the file holds numbers. A program of its own can be given limits and be killed, whatever a file does to the
libraries that read it. It imports nothing else of the project, to start at once.

Values are the ones that the spreadsheet program saved; no formula is run.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import math
import os
import posixpath
import re
import struct
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import islice
from typing import Any, BinaryIO
from xml.parsers import expat

MEMORY, SECONDS = 400_000_000, 10  # bytes of memory of this program, and seconds that anybody waits for it
CPU_SECONDS = SECONDS + 5  # which end it where nobody is left who waits
SAMPLE = 65_536  # bytes looked at to find the separator and the encoding
LONGEST_CELL, LONGEST_ROW = 20_000, 1_000_000  # characters
LONGEST_HEADING = 200  # characters of one that can be known
WIDEST = 300  # columns; a list has some twenty
MOST_UNPACKED, MOST_SHEETS, MOST_ROWS = 200_000_000, 50, 100_000  # of a workbook
MOST_ODD = 10_000  # cells of a workbook that get a sentence of their own
LAST_ROW = 1_048_576  # of any sheet in Excel
DICTIONARY = "Columns"  # the template's sheet that explains the columns
SEPARATORS = {",": "", ";": "semicolons between cells", "\t": "tabs between cells", "|": "bars between cells"}
LOOKED_AT = 30  # rows in which headings are looked for
ENCODINGS = {"utf-8-sig": "", "utf-16": "as UTF-16", "utf-16-le": "as UTF-16", "utf-16-be": "as UTF-16",
             "cp1252": "as Windows text, because it is not UTF-8"}
OTHER_ENCODINGS = ["cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "mac_roman", "cp850", "gb18030", "big5",
                   "shift_jis", "euc_kr"]  # that spreadsheets write
FEWEST_SIGNS = 3  # characters beyond ASCII from which another encoding is guessed
# What Windows text never has, but other encodings read as such: a sign within a word, a capital after a small letter.
_NOT_WINDOWS = re.compile(
    "[^\\W\\d_][\xa1-\xbf\xd7\xf7][^\\W\\d_]|[a-z\xdf-\xf6][\xc0-\xd6\xd8-\xde\u0152\u0160\u0178\u017d]|"
    "[\xb3\xb9\xbf\xaf][a-z]")
MOST_BEYOND_ASCII = 0.4  # of the letters of Western text
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how an .xlsx begins, and an .xls or one with a password

NO_WORKBOOK = ("The file is not an Excel workbook that can be read: open it in your spreadsheet program and save it as "
               ".xlsx or CSV.")
UNSAVED = ("write its value, or open the file in your spreadsheet program and save it; found a formula without a saved "
           "value")
AGAIN = "write its value again; it is saved in a form that can't be read"
NOT_TOLD = ("In this kind of workbook, hidden rows and cells with errors can't be told: save it as .xlsx if it has "
            "some.")
OLD = "The file is an old Excel workbook that can't be read or has a password: save it as .xlsx without one."
XLSX, ODS = "xl/workbook.xml", "content.xml"
WEB_PAGE = ("The file is a web page, even if its name ends in .xls: open it in your spreadsheet program and save it as "
            ".xlsx.")
NO_TABLE = {  # how files of other kinds begin, and what to do with them
    b"%pdf": "The file is a PDF, in which a table has no cells: export the table as Excel or CSV where it was made.",
    b"{\\rt": "The file is a text document: save its table as Excel or CSV.",
    b"<htm": WEB_PAGE, b"<tab": WEB_PAGE, b"<!do": WEB_PAGE,
    b"<?xm": "The file is XML: open it in your spreadsheet program and save it as .xlsx."}
TOO_LARGE = ("The file takes more memory to read than it may. Keep only the sheet with the projects and delete empty "
             "rows and columns, or save that sheet as CSV.")

Faults = dict[int, str]  # a sentence for each cell of a row that can't be used, by its place


class ListError(ValueError):
    """Why a file can't be read as a list of projects, as a sentence for the manager."""


Rows = Iterator[tuple[int, list[Any], Faults]]  # cells are texts or numbers


@dataclass
class Table:
    """The rows of a file with their numbers, cells and faults, and what its reader should know of how it was read."""

    rows: Rows
    notes: list[str] = field(default_factory=list)
    decimal_comma: bool = False
    is_csv: bool = True
    hidden: list[int] = field(default_factory=list)  # rows that the sheet hides
    sheets: list[str] = field(default_factory=list)
    sheet: str = ""


def heading_key(text: str) -> str:
    """A heading without case, spaces and signs, so that “Build months” and build_months are the same. A long one gives
    nothing: no known heading is long, and a few signs can become many."""
    if len(text) > LONGEST_HEADING:
        return ""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def shown(text: str) -> str:
    """A text from a file, short and on one line, for a sentence."""
    shown = "".join(c if c.isprintable() else " " for c in text[:60])
    return shown if len(shown) <= 40 else f"{shown[:40]}…"


# CSV

def csv_table(file: BinaryIO, headings: set[str] | None = None) -> Table:
    """The rows of a CSV file."""
    encoding, doubt = _encoding(file)
    sample = file.read(SAMPLE).decode(encoding, "replace")
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        text.readline(LONGEST_CELL)
        text.seek(0)
    except UnicodeError as error:
        raise ListError("The file is not text: save it as CSV in UTF-8.") from error
    separator = _separator(sample, headings or set())
    kind = ENCODINGS.get(encoding, f"as {encoding}, because it is not UTF-8")
    seen = [words for words in (kind, SEPARATORS.get(separator, f"{separator} between cells")) if words]
    said = f"The file was read {', '.join(seen) if kind else f'with {seen[0]}'}." if seen else ""
    notes = [f"{said}{doubt}"] if said else []
    return Table(_csv_rows(text, separator), notes, separator != ",")


def _separator(sample: str, headings: set[str]) -> str:
    """The sign between cells: with which most headings are known in a row, and else with which rows are alike."""
    if named := re.match(r'\s*"?sep=(.)"?\s*$', sample.partition("\n")[0]):
        return named[1]
    best, chosen = (0, 0.0, 0), ","
    for separator in SEPARATORS:
        rows = []
        with suppress(csv.Error):
            for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
                if any(cell.strip() for cell in cells):
                    rows.append(cells)
                if len(rows) > 100:
                    break
        if len(sample) > SAMPLE // 4 and len(rows) > 1:
            rows.pop()  # which may be cut
        widths = [len(cells) for cells in rows]
        width = max(set(widths), key=lambda it: (widths.count(it), it), default=1)
        known = max((_known(cells, headings) for cells in rows[:LOOKED_AT]), default=0)
        found = (known, round(widths.count(width) / len(widths), 1) if width > 1 else 0.0, width)
        if found > best:
            best, chosen = found, separator
    return chosen


def _known(cells: list[str], headings: set[str]) -> int:
    """How many headings a row has."""
    return len(headings.intersection(map(heading_key, cells)))


def _encoding(file: BinaryIO) -> tuple[str, str]:
    """UTF-16 or UTF-8 by its byte order mark, UTF-8 where all of the file is, and else Windows Latin-1 or, where that
    would not make words, another; and a sentence with a sample of what is not sure."""
    sample = file.read(SAMPLE)
    file.seek(0)
    if not sample.strip():
        raise ListError("The file is empty: write a header with the names of the columns and a row for each project.")
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", ""
    if b"\x00" in sample:
        for encoding, place in (("utf-16-le", 1), ("utf-16-be", 0)) if len(sample) > 15 else ():
            if sample[place::2].count(0) > 0.8 * len(sample) / 2 and sample[1 - place::2].count(0) == 0:
                return encoding, ""
        raise ListError("The file is not text: save it as CSV.")
    decoder, is_utf8, beyond = codecs.getincrementaldecoder("utf-8")(), True, b""
    try:
        while block := file.read(SAMPLE):
            if is_utf8:
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    is_utf8 = False
            if not block.isascii() and len(beyond) < SAMPLE:
                beyond += b"\n".join(line for line in block.splitlines() if not line.isascii())[:SAMPLE]
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        is_utf8 = False
    finally:
        file.seek(0)
    if is_utf8:
        return "utf-8-sig", ""
    encoding = _other_encoding(beyond)
    word = re.search(r"[^\W\d_]*[^\x00-\x7f][^\W\d_]*", beyond.decode(encoding, "replace"))
    doubt = f" Check that “{shown(word[0])}” reads well; if not, save the file as CSV in UTF-8." if word else ""
    return encoding, doubt


def _other_encoding(text: bytes) -> str:
    """Windows Latin-1, or the encoding in which the lines make words where they don't in that."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - seldom needed
    western = text.decode("cp1252", "replace")
    letters = [c for c in western if c.isalpha()]
    beyond = sum(c > "\x7f" for c in western)
    is_western = "\ufffd" not in western and not _NOT_WINDOWS.search(western) and (
        sum(c > "\x7f" for c in letters) <= MOST_BEYOND_ASCII * len(letters))
    if is_western or beyond < FEWEST_SIGNS:
        return "cp1252"
    found = from_bytes(text, cp_isolation=OTHER_ENCODINGS, threshold=0.5)  # the default finds none in a few lines
    return next((it.encoding for it in found if not _NOT_WINDOWS.search(str(it))), "cp1252")


def _csv_rows(text: io.TextIOWrapper, separator: str) -> Rows:
    """The rows, numbered as a spreadsheet shows them: a cell may take several lines of the file, and a first line that
    names the separator takes no row."""
    reader, row = csv.reader(text, delimiter=separator), 0
    try:
        for cells in reader:
            if row == 0 and reader.line_num == 1 and cells and cells[0].strip().lower().startswith("sep="):
                continue
            row += 1
            if len(cells) > WIDEST:
                raise ListError(f"Row {row:,} has more than {WIDEST:,} cells: keep only the columns of the projects.")
            if any(cell.strip() for cell in cells):
                yield row, cells, {}
    except csv.Error as error:
        raise ListError(f"Row {row + 1:,} is not a row of a CSV file ({error}): close the quote that was left open, or "
                        "save the file as CSV again.") from error
    except UnicodeError as error:
        raise ListError(f"After row {row:,} is a character that can't be read: save the file as CSV in UTF-8."
                        ) from error


# Excel

def workbook_table(file: BinaryIO, headings: set[str], wanted: str = "") -> Table:
    """The rows of the sheet that is asked for, or of the visible sheet in which most headings are known in a row.

    Values, dates and the list of sheets come from calamine. It leaves out errors, formulas without a saved value
    and hidden rows, so the XML of a sheet of .xlsx is read for these.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - not for CSV

    parts = _parts(file)
    try:
        book = CalamineWorkbook.from_filelike(file)
    except Exception as error:
        raise ListError(NO_WORKBOOK if parts else OLD) from error
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if not sheets:
        raise ListError("The workbook has no sheet with cells: write the projects on one.")
    if len(sheets) > MOST_SHEETS:
        raise ListError(f"The workbook has more than {MOST_SHEETS} sheets: save the one with the projects as CSV.")
    every = [sheet.name for sheet in sheets]
    visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    names = visible or every
    if wanted and wanted not in every:
        raise ListError(f"The workbook has no sheet “{shown(wanted)}”: choose one of {', '.join(map(shown, names))}.")
    chosen = wanted or max(names, key=lambda name: _most_known(book.get_sheet_by_name(name), headings)
                           if len(names) > 1 else 0)
    sheet = book.get_sheet_by_name(chosen)
    marks = OdsMarks(chosen) if ODS in parts else SheetMarks() if parts else XlsMarks()
    if XLSX in parts or ODS in parts:
        with zipfile.ZipFile(file) as archive:
            path = _sheet_paths(archive, parts)[chosen].lower() if XLSX in parts else ODS
            with archive.open(parts[path]) as part:
                marks.parsed(part)
    hidden = [f"{shown(name)} (hidden)" for name in every if name not in names and name != chosen]
    others = [shown(name) for name in names if name not in (chosen, DICTIONARY)] + hidden
    notes = [f"Read from the sheet “{shown(chosen)}”; not read: {', '.join(others)}."] if others else []
    if not {XLSX, ODS} & parts.keys() and not (isinstance(marks, XlsMarks) and marks.read(file, chosen)):
        notes.append(NOT_TOLD)
    return Table(_sheet_rows(sheet, marks), notes + list(marks.notes()), False, False, marks.hidden,
                 [name for name in every if name != DICTIONARY], chosen)


def _parts(file: BinaryIO) -> dict[str, zipfile.ZipInfo]:
    """The parts of a workbook that is a zip archive, by their names in lower case; none of an .xls. Raises ListError
    where it is no workbook or too large."""
    start = file.read(4)
    file.seek(0)
    if start == OLE:
        return {}
    with zipfile.ZipFile(file) as archive:
        parts = {part.filename.lower(): part for part in archive.infolist()}
        if not {"[content_types].xml", ODS} & parts.keys():
            if any(name.endswith(".iwa") for name in parts):
                raise ListError("The file is a Numbers document: export it as Excel or CSV.")
            raise ListError("The file is a zip archive, not an Excel workbook: choose an .xlsx or CSV file.")
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise ListError(TOO_LARGE)
    file.seek(0)
    return parts


def _most_known(sheet: Any, headings: set[str]) -> int:
    """The most headings that are known in one of the first rows of a sheet."""
    rows = ([_text(value) for value in row[:WIDEST]] for row in islice(sheet.iter_rows(), LOOKED_AT))
    return max((_known(row, headings) for row in rows), default=0)


def _sheet_rows(sheet: Any, marks: SheetMarks) -> Rows:
    before = [""] * min(sheet.start[1] if sheet.start else 0, WIDEST)  # calamine begins at the first column in use
    number = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        if row.count("") == len(row) and not marks.touches(number):  # of which there can be a million
            continue
        faults = marks.faults(number)
        cells = before + [_cell_text(value) for value in row[:WIDEST - len(before)]]
        for place, error in marks.errors.get(number, {}).items():  # which calamine reads as blank
            cells += [""] * (place + 1 - len(cells))
            cells[place] = error
        faults = marks.unread(number, cells) | faults
        last = max((place for place, cell in enumerate(cells) if str(cell).strip()), default=-1)
        if faults or last >= 0:
            yield number, cells[:max(last, *faults, 0) + 1], faults
    for below in sorted(row for row in marks.odd.keys() | marks.values if row > number):  # calamine reads no further
        faults = marks.unread(below, []) | marks.faults(below)
        cells = [marks.errors.get(below, {}).get(place, "") for place in range(max(faults) + 1)]
        yield below, cells, faults


def _text(value: Any) -> str:
    """A value as a spreadsheet would show it without a format: dates as 2026-11-22, 3.0 as 3, true as TRUE."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return number_text(value) if isinstance(value, int | float) else str(value)


def number_text(value: float) -> str:
    """A number as a spreadsheet would show it without a format."""
    return str(int(value)) if float(value).is_integer() else repr(value)


def _cell_text(value: Any) -> Any:
    """The same, but numbers as numbers."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and math.isfinite(value) else _text(value)


def column_letters(column: int) -> str:
    """The name of a column that is counted from 1: A, B, …, AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _cell_at(address: str) -> tuple[int, int]:
    """The row and the column of an address like B12, both from 1."""
    found = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})", address, re.ASCII)
    if not found:
        raise ListError(NO_WORKBOOK)
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _parsed(part: Any, start: Any, end: Any = None, data: Any = None) -> None:
    """Feed a part's elements, without their namespaces, to the functions. No document type is allowed, because one can
    define entities."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: Any) -> None:
        raise ListError(NO_WORKBOOK)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(" ")[2], attributes)
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    parser.DefaultHandlerExpand = data  # texts as they are written, and all else that the two others don't take
    parser.ParseFile(part)


def _sheet_paths(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    targets: dict[str, str] = {}
    paths: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and {"Id", "Target"} <= attributes.keys():
            targets[attributes["Id"]] = posixpath.normpath(posixpath.join("/xl", attributes["Target"]))[1:]

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            ids = [value for key, value in attributes.items() if key.endswith(" id")]
            paths.setdefault(attributes.get("name", ""), targets.get(ids[0], "") if len(ids) == 1 else "")

    for path, handler in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        with archive.open(parts[path]) as part:
            _parsed(part, handler)
    return paths


class SheetMarks:
    """What the values of a sheet don't show: errors, formulas without a saved value, merged cells, hidden rows."""

    def __init__(self) -> None:
        self.odd: dict[int, Faults] = {}
        self.errors: dict[int, dict[int, str]] = {}  # what a cell with an error shows: #DIV/0!
        self.values: dict[int, int] = {}  # a bit for each column of a row with a value of its own
        self.hidden: list[int] = []
        self.open: list[tuple[int, int, int, int, str]] = []  # ranges that reach the row asked for
        self.ranges: list[tuple[int, int, int, int, str]] = []  # merged and others: top, left, bottom, right, sentence
        self.count = self.widest = 0
        self.row = self.cell_row = self.column = self.rows = 0
        self.kind = self.inside = self.value = self.filled = ""
        self.has_formula = self.has_value = self.is_written = self.is_coded = False

    def parsed(self, part: Any) -> SheetMarks:
        """Read the XML of the sheet."""
        _parsed(part, self._start, self._end, self._data)
        self.ranges.sort(reverse=True)  # the first range last, so that it can be taken off
        return self

    def touches(self, row: int) -> bool:
        """Whether a row that is asked for next may have sentences."""
        return row in self.odd or row in self.values or bool(self.ranges or self.open)

    def faults(self, row: int) -> Faults:
        """The sentences for the cells of a row; rows are asked for from the top down."""
        while self.ranges and self.ranges[-1][0] <= row:
            self.open.append(self.ranges.pop())
        self.open = [it for it in self.open if it[2] >= row]
        found: Faults = {}
        for _, left, _, right, sentence in self.open:
            self._counted(right - left + 1)
            found |= dict.fromkeys(range(left - 1, right), sentence)
        return found | self.odd.get(row, {})

    def unread(self, row: int, cells: list[Any]) -> Faults:
        """A sentence for each value of a row that calamine reads as blank."""
        values = self.values.get(row, 0)
        missing = [place for place in range(values.bit_length())
                   if values >> place & 1 and not (place < len(cells) and str(cells[place]).strip())]
        self._counted(len(missing))
        return {place: f"Cell {column_letters(place + 1)}{row}: {AGAIN}" for place in missing}

    def notes(self) -> Iterator[str]:
        if self.widest > WIDEST:
            yield f"Columns after {column_letters(WIDEST)} were not read."

    def _counted(self, cells: int) -> None:
        self.count += max(cells, 0)
        if self.count > MOST_ODD:
            raise ListError(f"More than {MOST_ODD:,} cells are merged, or hold an error or a formula without a value: "
                            "open the workbook in your spreadsheet program, unmerge all cells and save it again.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.rows += 1
            self.row, self.column = int(attributes.get("r") or self.row + 1), 0
            if self.rows > MOST_ROWS or not 0 < self.row <= LAST_ROW:
                raise ListError(f"The sheet has more than {MOST_ROWS:,} rows: save it as CSV.")
            if attributes.get("hidden") in ("1", "true"):
                self.hidden.append(self.row)
        elif name == "c":
            address = attributes.get("r")
            self.cell_row, self.column = _cell_at(address) if address else (self.row, self.column + 1)
            self.kind, self.value, self.filled = attributes.get("t", ""), "", ""
            self.has_formula = self.has_value = self.is_written = self.is_coded = False
        elif name == "mergeCell":
            reference = attributes.get("ref", "")
            self._range(reference, f"Cells {shown(reference)}: unmerge them and fill each")
        elif name == "f":
            self.has_formula = True
            if attributes.get("t") in ("array", "dataTable"):
                self.filled = attributes.get("ref", "")
        elif name == "v":
            self.is_written = True
        elif self.inside == "v":
            self.is_coded = True
        self.inside = name

    def _range(self, name: str, sentence: str) -> None:
        first, _, last = name.partition(":")
        (top, left), (bottom, right) = _cell_at(first), _cell_at(last or first)
        top, bottom, left, right = min(top, bottom), max(top, bottom), min(left, right), max(left, right)
        self._counted(1)
        if left <= WIDEST:
            self.ranges.append((top, left, bottom, min(right, WIDEST), sentence))

    def _data(self, text: str) -> None:
        if self.inside == "v" and (text[0] == "<" or (text[0] == "&" and self.kind != "str")):
            self.is_coded = True  # a comment or a character by its number, at which calamine ends a value
        if text.strip() and self.inside in ("v", "t"):
            self.has_value, self.value = True, text[:20]
            self.widest = max(self.widest, self.column)

    def _end(self, name: str) -> None:
        if name == "c":
            self._cell()
        self.inside = ""

    def _cell(self) -> None:
        """Take in the cell that ends."""
        is_empty_text = self.kind == "str" and self.is_written
        if self.kind == "e":
            self._fault("correct the error or write a value")
            if self.column <= WIDEST:
                self.errors.setdefault(self.cell_row, {})[self.column - 1] = self.value or "#ERROR!"
        elif self.has_formula and not self.has_value and not is_empty_text:
            self._fault(UNSAVED)
            if self.filled:
                self._range(self.filled, f"Cells {shown(self.filled)}: {UNSAVED}")
        elif self.is_coded:
            self._fault(AGAIN)
        elif self.has_value and self.kind != "s" and self.column <= WIDEST:  # s: which text, maybe an empty one
            self.values[self.cell_row] = self.values.get(self.cell_row, 0) | 1 << self.column - 1

    def _fault(self, sentence: str) -> None:
        if self.column > WIDEST:
            return
        self._counted(1)
        place = f"Cell {column_letters(self.column)}{self.cell_row}"
        self.odd.setdefault(self.cell_row, {})[self.column - 1] = f"{place}: {sentence}"


class OdsMarks(SheetMarks):
    """The same of a sheet of an .ods: errors, formulas without a saved value, hidden rows."""

    def __init__(self, sheet: str) -> None:
        super().__init__()
        self.sheet, self.is_here, self.depth, self.text = sheet, False, 0, ""
        self.repeated, self.spare = 1, 0  # how often a row counts, and how often a cell does after the first time

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if name == "table":
            self.depth += 1
            self.is_here = self.is_here or (self.depth == 1 and local.get("name") == self.sheet)
        elif self.is_here and name == "table-row":
            self.row, self.column, self.cell_row = self.row + self.repeated, 0, self.row + self.repeated
            self.repeated = _repeated(local.get("number-rows-repeated"))
            if local.get("visibility") in ("collapse", "filter"):
                self.hidden += range(self.row, self.row + min(self.repeated, MOST_ROWS))
            if self.row > LAST_ROW or len(self.hidden) > MOST_ROWS:
                raise ListError(f"The sheet has more than {MOST_ROWS:,} rows: save it as CSV.")
        elif self.is_here and name in ("table-cell", "covered-table-cell"):
            self.column += 1
            self.spare, self.text = _repeated(local.get("number-columns-repeated")) - 1, ""
            is_error = any(key.endswith("value-type") and value == "error" for key, value in attributes.items())
            self.kind = "e" if is_error else ""
            self.has_formula, self.has_value = "formula" in local, "value-type" in local
        self.inside = name

    def _data(self, text: str) -> None:
        if self.is_here and self.inside in ("p", "span"):
            self.text += text[:20]

    def _end(self, name: str) -> None:
        if name == "table":
            self.depth -= 1
            self.is_here = self.is_here and self.depth > 0
        elif self.is_here and name in ("table-cell", "covered-table-cell"):
            is_error = self.kind == "e" or (self.has_formula and self.text.startswith(("#", "Err:")))
            if is_error:
                self._fault("correct the error or write a value")
                if self.column <= WIDEST:
                    self.errors.setdefault(self.cell_row, {})[self.column - 1] = self.text or "#ERROR!"
            elif self.has_formula and not self.has_value and not self.text:
                self._fault(UNSAVED)
            self.column += self.spare
        self.inside = ""


ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}  # in an .xls
FREE, SECTORS = 0xFFFFFFFA, 109  # from which a number is no sector, and those of the table that the header lists


class XlsMarks(SheetMarks):
    """The same of a sheet of an .xls: errors and hidden rows. It is a file of sectors in chains, in one of which are
    the records of the workbook ([MS-CFB] and [MS-XLS])."""

    def read(self, file: BinaryIO, sheet: str) -> bool:
        """Whether the sheet was found."""
        records = _workbook_stream(file)
        start = next((at for at, name in _xls_sheets(records) if name == sheet), None)
        if start is None:
            return False
        for kind, body in _xls_records(records, start):
            if kind == 0x0A:
                break
            if kind == 0x208 and len(body) > 12 and body[12] & 0x20:
                self.hidden.append(struct.unpack_from("<H", body)[0] + 1)
            is_error = kind == 0x205 and len(body) > 7 and body[7] == 1
            is_failed = kind == 0x06 and len(body) > 13 and body[12:14] == b"\xff\xff" and body[6] == 2
            if is_error or is_failed:
                row, column = struct.unpack_from("<HH", body)
                self.cell_row, self.column = row + 1, column + 1
                self._fault("correct the error or write a value")
                if column < WIDEST:
                    code = ERRORS.get(body[6] if is_error else body[8], "#ERROR!")
                    self.errors.setdefault(row + 1, {})[column] = code
        return True


def _workbook_stream(file: BinaryIO) -> bytes:
    """The records of an .xls; nothing where they are not found."""
    file.seek(0)
    content = file.read()
    size = 1 << min(struct.unpack_from("<H", content, 30)[0], 16)

    def sector(number: int) -> bytes:
        return content[(number + 1) * size:(number + 2) * size]

    listed = list(struct.unpack_from(f"<{SECTORS}I", content, 76))
    more, turns = struct.unpack_from("<I", content, 68)[0], 0
    while more < FREE and turns < len(content) // size:
        *numbers, more = struct.unpack(f"<{size // 4}I", sector(more))
        listed, turns = listed + numbers, turns + 1
    table = [it for number in listed if number < FREE for it in struct.unpack(f"<{size // 4}I", sector(number))]

    def chain(number: int) -> bytes:
        parts: list[bytes] = []
        while number < min(FREE, len(table)) and len(parts) <= len(content) // size:
            parts.append(sector(number))
            number = table[number]
        return b"".join(parts)

    folder = chain(struct.unpack_from("<I", content, 48)[0])
    for at in range(0, len(folder) - 127, 128):
        name = folder[at:at + max(struct.unpack_from("<H", folder, at + 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        start, length = struct.unpack_from("<II", folder, at + 116)
        if name in ("Workbook", "Book") and length >= 4_096:  # a smaller one is in a chain of its own kind
            return chain(start)[:length]
    return b""


def _xls_records(records: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(records):
        kind, length = struct.unpack_from("<HH", records, at)
        yield kind, records[at + 4:at + 4 + length]
        at += 4 + length


def _xls_sheets(records: bytes) -> Iterator[tuple[int, str]]:
    """Where each sheet begins, and its name."""
    for kind, body in _xls_records(records, 0):
        if kind == 0x0A:
            return
        if kind == 0x85 and len(body) > 8:
            text = body[8:8 + body[6] * (2 if body[7] & 1 else 1)]
            yield struct.unpack_from("<I", body)[0], text.decode("utf-16-le" if body[7] & 1 else "latin-1", "replace")


def _repeated(text: str | None) -> int:
    """How often a row or cell counts."""
    return min(int(text), LAST_ROW + 1) if text and text.isascii() and text.isdigit() and len(text) < 8 else 1


# The program

def table(file: BinaryIO, headings: set[str], sheet: str = "") -> Table:
    """The rows of a CSV file or a workbook. Raises `ListError`, here or while they are read, and nothing else."""
    with _as_a_sentence():
        start = file.read(512)
        file.seek(0)
        if sentence := NO_TABLE.get(start.lstrip(b"\xef\xbb\xbf \r\n\t")[:4].lower()):
            raise ListError(sentence)
        found = workbook_table(file, headings, sheet) if start[:4] in (ZIP, OLE) else csv_table(file, headings)
    return replace(found, rows=_bounded(found.rows))


def _bounded(rows: Rows) -> Rows:
    """The rows with a bound on their text: what a longer cell holds beyond it is left out, and said."""
    with _as_a_sentence():
        for number, cells, faults in rows:
            size = 0
            for place, cell in enumerate(cells):
                if not isinstance(cell, str):
                    continue
                size += len(cell)
                if len(cell) > LONGEST_CELL:
                    faults.setdefault(place, f"Write at most {LONGEST_CELL:,} characters; found {len(cell):,}")
                    cells[place] = cell[:LONGEST_CELL]
            if size > LONGEST_ROW:
                raise ListError(f"Row {number:,} has more than {LONGEST_ROW:,} characters: keep only the columns of "
                                "the projects.")
            yield number, cells, faults


@contextmanager
def _as_a_sentence() -> Iterator[None]:
    """Whatever goes wrong becomes a `ListError`: a stranger's file may break its reader anywhere."""
    try:
        yield
    except (ListError, GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except MemoryError as error:
        raise ListError(TOO_LARGE) from error
    except BaseException as error:  # where calamine's own code gives up, it raises no Exception
        raise ListError(NO_WORKBOOK) from error


def limit_self() -> None:
    """Bound the memory and the processor time of this program. Windows has no such limits; there the server's own
    watch on the time is the only one."""
    try:
        import resource  # noqa: PLC0415 - not everywhere
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_CORE, 0),
                       (resource.RLIMIT_FSIZE, 0)):
        hard = resource.getrlimit(kind)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, allowed))


def main() -> None:
    limit_self()

    def write(line: Any) -> None:
        sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    try:
        file = sys.stdin.buffer if sys.stdin.seekable() else io.BytesIO(sys.stdin.buffer.read())
        try:
            found = table(file, set(json.loads(sys.argv[1])), *sys.argv[2:3])
            write({name: value for name, value in vars(found).items() if name != "rows"})
            for number, cells, faults in found.rows:
                write([number, cells, sorted(faults.items())] if faults else [number, cells])
            write({"end": True})
        except ListError as error:
            write({"error": str(error)})
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # nobody reads any more
        os._exit(0)


if __name__ == "__main__":
    main()
