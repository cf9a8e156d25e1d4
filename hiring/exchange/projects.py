"""Lists of projects: a CSV in, checked row by row; good rows are decided, bad ones told with every reason.

Columns are named as the needs are, with or without `need_` in front, and may stand in any order. A CSV summary
that this tool wrote can be read again: the rows of one project count once.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO, NamedTuple

from hiring.exchange.tables import load_evidence
from hiring.model.evidence import Evidence
from hiring.model.needs import DEFAULTS, LOCATION, NEEDS, NUMBER, TEXT, Need, ProjectNeeds, checked
from hiring.model.own import Own, read

MORE = ("own_figures", "as_of")  # columns besides the needs
SAMPLE = 65_536  # bytes looked at to tell the encoding and the separator
LONGEST_CELL = 20_000  # characters


class ListError(ValueError):
    """Why a file cannot be read as a list of projects, as a sentence for the manager."""


class Project(NamedTuple):
    """A row that can be decided; `line` is its line in the file, `as_of` None where the file has no date."""

    line: int
    needs: ProjectNeeds
    as_of: date | None
    own: Own


class BadRow(NamedTuple):
    """A row that cannot be decided: its line, its cells and a sentence for each fault."""

    line: int
    cells: dict[str, str]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Header:
    """The columns of a file: which field each holds, which are unknown and which fields take their default."""

    columns: tuple[str, ...]
    fields: Mapping[str, str]
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = field(default=())

    @property
    def is_summary(self) -> bool:
        """Whether the file is a summary, in which a project has one row an option."""
        return {"option", "rank"} <= set(self.columns)


class ProjectList:
    """The rows of a CSV file, read as they are asked for. Raises `ListError` where it has no usable header."""

    def __init__(self, file: BinaryIO, evidence: Evidence | None = None):
        self.evidence = evidence or load_evidence()
        self.newest = self.evidence.as_of(self.evidence.dates[-1])
        sample = file.read(SAMPLE)
        file.seek(0)
        self.text = io.TextIOWrapper(file, encoding=_encoding(sample, file), errors="replace", newline="")
        first = self.text.readline(LONGEST_CELL)
        self.separator = max(",;\t", key=first.count)
        self.text.seek(0)
        self.reader = csv.reader(self.text, delimiter=self.separator)
        self.header = _header(next(self._rows(), []))

    def _rows(self) -> Iterator[list[str]]:
        try:
            yield from self.reader
        except csv.Error as error:
            raise ListError(f"Line {self.reader.line_num + 1} is no row of a CSV file ({error}).") from error

    def __iter__(self) -> Iterator[Project | BadRow]:
        previous: tuple[Any, ...] | None = None
        for cells in self._rows():
            line = self.reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            read_row = self._read(line, cells)
            if self.header.is_summary and isinstance(read_row, Project):
                if read_row[1:] == previous:
                    continue
                previous = read_row[1:]
            yield read_row

    def _read(self, line: int, cells: list[str]) -> Project | BadRow:
        header = self.header
        reasons = []
        if len(cells) > len(header.columns):
            reasons.append(f"found {len(cells)} cells for {len(header.columns)} columns; "
                           "put a text that holds the separator in quotes.")
        row = dict(zip(header.columns, cells, strict=False))
        given = {name: row.get(column, "").strip() for name, column in header.fields.items()}
        answers: dict[str, Any] = {}
        for name, text in given.items():
            if name not in MORE:
                try:
                    answers[name] = self._answer(NEEDS[name], text)
                except ValueError as error:
                    reasons.append(f"column {header.fields[name]}: {error}")
        as_of = self._as_of(given.get("as_of", ""), reasons)
        known = self.newest if as_of is None else self.evidence.as_of(as_of)
        own, faults = read(given.get("own_figures", ""), known.figures)
        reasons += faults
        if reasons:
            return BadRow(line, row, tuple(reasons))
        return Project(line, ProjectNeeds(**{**DEFAULTS, **answers}), as_of, own)

    def _answer(self, need: Need, text: str) -> Any:
        if need.kind == NUMBER:
            if need.optional and text in ("", "none"):
                return None
            if self.separator != ",":
                text = text.replace(",", ".")
            plain_number = re.fullmatch(r"[-+]?\d{1,30}(\.\d{1,30})?(e[-+]?\d{1,3})?", text, re.ASCII | re.IGNORECASE)
            return checked(need, float(text) if plain_number else text)
        if need.kind == TEXT and self.header.is_summary:
            text = text.removeprefix("'")  # which this tool puts in front of what a spreadsheet would run
        answer = checked(need, text.lower() if need.kind not in (TEXT, LOCATION) else text)
        if need.kind == LOCATION and answer not in self.newest.wages:
            raise ValueError(f"{need.label}: no wages are known for {answer}.")
        return answer

    def _as_of(self, text: str, reasons: list[str]) -> date | None:
        if not text:
            return None
        first, newest = self.evidence.dates[0], self.evidence.dates[-1]
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = date.min
        if first <= day <= newest:
            return day
        reasons.append(f"column as_of: enter a date from {first} to {newest}; found {text[:40]}.")
        return None


def _encoding(sample: bytes, file: BinaryIO) -> str:
    """UTF-16 or UTF-8 by its byte order mark, UTF-8 where all of the file is, and else Windows Latin-1.

    Raises ListError for a file that is no text.
    """
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


def _header(cells: list[str]) -> Header:
    """Raises ListError where no column is known or one stands twice."""
    columns = tuple(cell.strip() for cell in cells)
    fields: dict[str, str] = {}
    for column in columns:
        name = column.lower().removeprefix("need_")
        if name in NEEDS or name in MORE:
            if name in fields:
                raise ListError(f"The columns {fields[name]} and {column} both hold {name}: keep one.")
            fields[name] = column
    if not fields.keys() & NEEDS.keys() - {"project"}:
        raise ListError(f"The first line names no column that is known. Known are: {', '.join(NEEDS)}.")
    unknown = tuple(column for column in columns if column not in fields.values())
    missing = tuple(name for name in NEEDS if name not in fields)
    return Header(columns, fields, unknown, missing)
