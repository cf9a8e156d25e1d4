"""Rows: one entry of a file in `data/`. Problems are collected, not raised."""

from __future__ import annotations

import csv
import io
import math
import tomllib
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

Entry = TypeVar("Entry")
MAX_SHOWN_CHARS = 300  # of a cell, in a message


@dataclass(frozen=True)
class Row:
    """The cells of one row or TOML entry, its file and line, and the list that its faults are added to."""

    file: str
    line: int
    cells: dict[str, Any]
    faults: list[str]

    def add_fault(self, fault: str) -> None:
        self.faults.append(f"{self.file}, row {self.line}, id {self.cells.get('id') or 'missing'}: {fault}")

    def fault(self, column: str, wanted: str) -> None:
        found = self.cells.get(column)
        self.add_fault(f"{column} is {'nothing' if found in (None, '') else _shown(found)}; write {wanted}.")

    def read(self, column: str, convert: Callable[[Any], Any], wanted: str) -> Any:
        """The converted cell; None, with a fault, if that fails."""
        try:
            return convert(self.cells[column])
        except (ValueError, KeyError, TypeError):
            self.fault(column, wanted)
            return None

    def text(self, column: str) -> str:
        return self.read(column, _text, "some text")

    def choice(self, column: str, choices: tuple[str, ...]) -> str:
        return self.read(column, lambda cell: choices[choices.index(cell)], f"one of {', '.join(choices)}")

    def number(self, column: str) -> float:
        return self.read(column, _number, "a plain number of 0 or more, without thousands separators")

    def day(self, column: str) -> date:
        return self.read(column, _day, "a date like 2026-11-22")

    def ids(self, column: str) -> tuple[str, ...]:
        return self.read(column, _ids, "the id of a source")

    def entry(self, noun: type[Entry]) -> Entry:
        """A TOML entry as a `noun`, each field converted by its annotated type."""
        known = {field.name: field for field in fields(noun)}  # type: ignore[arg-type]
        for column in self.cells.keys() - known.keys():
            self.fault(column, f"only {', '.join(known)}")
        asked = [name for name, field in known.items() if name in self.cells or field.default is MISSING]
        return noun(**{name: self.read(name, *_BY_TYPE[str(known[name].type)]) for name in asked})


def csv_rows(folder: Path, name: str, faults: list[str]) -> list[Row]:
    """The rows of a CSV file; the header is row 1."""
    try:
        text = (folder / name).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{name}: cannot be read ({error}); save it as CSV in UTF-8.")
        return []
    rows: list[Row] = []
    try:
        rows += (_csv_row(name, number, cells, faults)
                 for number, cells in enumerate(csv.DictReader(io.StringIO(text, newline="")), 2))
    except csv.Error as error:
        faults.append(f"{name}, row {len(rows) + 2}: cannot be read ({error}); fix the quotes in this row.")
        return []
    if not rows:
        faults.append(f"{name}: found no rows; write a header and at least one row.")
    return rows


def _csv_row(name: str, number: int, cells: dict[str | Any, str | Any], faults: list[str]) -> Row:
    extra = cells.pop(None, None)
    row = Row(name, number, {column: (cell or "").strip() for column, cell in cells.items()}, faults)
    if extra:
        row.cells["cell after the last column"] = ", ".join(extra)
        row.fault("cell after the last column", "as many cells as the header has; quote a text with a comma")
    return row


def toml_rows(folder: Path, name: str, faults: list[str]) -> list[Row]:
    """The entries of a TOML file, each with the name of its table as `id`."""
    try:
        tables = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:  # not UTF-8, not TOML, or more than Python can parse
        faults.append(f"{name}: cannot be read ({error}); write a TOML file in UTF-8.")
        return []
    return [Row(name, number, {**(table if isinstance(table, dict) else {}), "id": id_}, faults)
            for number, (id_, table) in enumerate(tables.items(), 1)]


def _shown(found: Any) -> str:
    """The value found, short enough for a message."""
    try:
        text = repr(str(found))
    except (ValueError, RecursionError):  # an integer of thousands of digits, or thousands of nested tables
        return "a value too long to be shown"
    return text if len(text) <= MAX_SHOWN_CHARS else f"{text[:MAX_SHOWN_CHARS]}…"


def _text(cell: Any) -> str:
    if not isinstance(cell, str) or not cell:
        raise ValueError
    return cell


def _number(cell: str) -> float:
    value = float(cell)
    if not math.isfinite(value) or value < 0 or "_" in cell:
        raise ValueError
    return value


def _day(cell: Any) -> date:
    return cell if isinstance(cell, date) else date.fromisoformat(cell)


def _ids(cell: str) -> tuple[str, ...]:
    ids = tuple(part.strip() for part in cell.split(";"))
    if not all(ids):
        raise ValueError
    return ids


def _of_type(kind: type) -> Callable[[Any], Any]:
    def convert(cell: Any) -> Any:
        if not isinstance(cell, kind):
            raise TypeError
        return cell
    return convert


def _list(cell: Any) -> tuple[str, ...]:
    if not isinstance(cell, list) or not all(isinstance(item, str) for item in cell):
        raise ValueError
    return tuple(cell)


_BY_TYPE: dict[str, tuple[Callable[[Any], Any], str]] = {
    "str": (_of_type(str), "some text in quotes"),
    "bool": (_of_type(bool), "true or false"),
    "date": (_day, "a date like 2026-11-22"),
    "tuple[str, ...]": (_list, "a list of texts in square brackets"),
}
