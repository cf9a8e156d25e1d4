"""Lines: the rows of a list of projects before they are checked, as texts. Here from a CSV file, in
`hiring/exchange/workbooks.py` from an Excel workbook."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

SAMPLE = 65_536  # bytes looked at to tell the encoding and the separator
LONGEST_CELL = 20_000  # characters
WIDEST = 1_000  # cells of a row; each that cannot be used takes a sentence
SEPARATORS = {",": "", ";": "semicolons between cells", "\t": "tabs between cells"}
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how an .xlsx begins, and an .xls or one under a password
ENCODINGS = {"utf-8-sig": "", "utf-16": "as UTF-16", "cp1252": "as Windows text, for it is not UTF-8"}


class ListError(ValueError):
    """Why a file cannot be read as a list of projects, as a sentence for the manager."""


class Line(NamedTuple):
    """A row: its number in the file, its cells, and a sentence for each cell, by its place, that has no value."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[tuple[int, str], ...] = ()


class Lines(NamedTuple):
    """The rows of a file, the header among them, read as they are asked for; whether a comma may stand for a decimal
    point; and a sentence where the file was read in a way that its reader should know."""

    rows: Iterator[Line]
    decimal_comma: bool = False
    told: str = ""


def is_workbook(start: bytes) -> bool:
    """Whether a file that begins like this is some Excel file, one that cannot be read among them."""
    return start.startswith((ZIP, OLE))


def csv_lines(file: BinaryIO) -> Lines:
    """The rows of a CSV file. Raises `ListError` for a file that is no text, here or while it is read."""
    encoding = _encoding(file)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        first = next((line for line in iter(lambda: text.readline(LONGEST_CELL), "") if line.strip()), "")
        text.seek(0)
    except UnicodeError as error:
        raise ListError("The file is no text: save it as CSV in UTF-8.") from error
    separator = max(SEPARATORS, key=first.count)
    seen = [words for words in (ENCODINGS[encoding], SEPARATORS[separator]) if words]
    told = f"The file was read {', '.join(seen) if encoding != 'utf-8-sig' else f'with {seen[0]}'}." if seen else ""
    return Lines(_rows(text, separator), separator != ",", told)


def _rows(text: io.TextIOWrapper, separator: str) -> Iterator[Line]:
    reader = csv.reader(text, delimiter=separator)
    try:
        for cells in reader:
            if len(cells) > WIDEST:
                raise ListError(f"Line {reader.line_num} has more than {WIDEST:,} cells: keep the columns of the "
                                "projects alone.")
            if any(cell.strip() for cell in cells):
                yield Line(reader.line_num, tuple(cells))
    except csv.Error as error:
        raise ListError(f"Line {reader.line_num + 1} is no row of a CSV file ({error}).") from error
    except UnicodeError as error:
        raise ListError(f"After line {reader.line_num} stands a character that cannot be read: save the file as CSV in "
                        "UTF-8.") from error


def _encoding(file: BinaryIO) -> str:
    """UTF-16 or UTF-8 by its byte order mark, UTF-8 where all of the file is, and else Windows Latin-1.

    Raises ListError for a file that is no text.
    """
    sample = file.read(SAMPLE)
    file.seek(0)
    if not sample.strip():
        raise ListError("The file is empty: write a header with the names of the columns and a row for each project.")
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in sample:
        raise ListError("The file is no text: save it as CSV.")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(SAMPLE):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        file.seek(0)
    return "utf-8-sig"
