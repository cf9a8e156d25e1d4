"""The CSV summary: one row an option, one header row, so that the summaries of many projects stack."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, TextIO, TypeVar

from hiring.model.decision import Decision
from hiring.model.needs import ProjectNeeds, plain

# What begins a formula, also in the forms that some spreadsheets read as these, and what begins a cell in any of them.
SIGNS = "=+\\-@\t\r\u207a\u208a\u207c\u208c\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
SEPARATORS = (",;|\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
              "\u037e\ufe10\ufe14\ufe50\ufe54\uff0c\uff1b\uff5c")
# Before the sign may stand what a spreadsheet drops or nobody sees: all but letters and digits, and the letters that
# are blank. "sep=" in the first cell of a file names its separator.
_FORMULA = f"(?:[^\\w{SEPARATORS}{SIGNS}]|[\u115f\u1160\u3164\uffa0])*(?:[{SIGNS}]|sep=)"
_INSIDE = f"(?<=[{SEPARATORS}])"
_STARTS = re.compile(f"\\A(?='|{_FORMULA})|{_INSIDE}(?={_FORMULA})", re.IGNORECASE)
_ESCAPED = re.compile(f"\\A'|{_INSIDE}'(?={_FORMULA})", re.IGNORECASE)
DIGITS = {"usd": 0, "share": 5, "score": 4, "median": 2}  # by the last word of the column's name


def to_csv(decision: Decision, link: str) -> bytes:
    """The summary as UTF-8 with a byte order mark, so that Excel reads it right.

    Money is rounded to whole dollars, scores to four decimals, shares to five, weeks and months to two.
    """
    return to_bytes(cells(decision, link))


def to_bytes(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Rows of cells as a whole file with its header, UTF-8 with a byte order mark."""
    text = io.StringIO()
    write_csv(text, rows, header=True)
    return text.getvalue().encode("utf-8-sig")


def write_csv(file: TextIO, rows: Iterable[Mapping[str, object]], header: bool) -> None:
    """Write rows as CSV, with a header where asked."""
    writer = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(file, list(row), lineterminator="\r\n")
            if header:
                writer.writeheader()
        writer.writerow(row)


def cells(decision: Decision, link: str) -> list[dict[str, object]]:
    """The rows of the summary as they stand in the file."""
    return [cells_of(row) for row in decision.rows(link)]


def cells_of(row: Mapping[str, Any]) -> dict[str, object]:
    """A row as it stands in a file: numbers rounded by the last word of their column, texts harmless."""
    return {column: _cell(column, value) for column, value in row.items()}


def numbers(row: Mapping[str, object]) -> dict[str, object]:
    """A row with numbers as numbers and nothing as None, for JSON."""
    return {column: (float(str(cell)) if cell else None) if digits_of(column) is not None else cell
            for column, cell in row.items()}


def digits_of(column: str) -> int | None:
    """The decimals that a column's numbers are rounded to, None where they stand as they are."""
    return None if column.startswith("need_") else DIGITS.get(column.rsplit("_", maxsplit=1)[-1])


def _cell(column: str, value: Any) -> object:
    digits = digits_of(column)
    if digits is None:
        return plain(value) if isinstance(value, float) else "" if value is None else harmless(value)
    return _rounded(value, digits)


Cell = TypeVar("Cell")


def harmless(cell: Cell) -> Cell | str:
    """A text in which a spreadsheet finds no formula, whether it splits cells at commas, semicolons, tabs or bars, and
    whether it honors quotes: an apostrophe stands before each place that could become a cell with a formula. Numbers
    stay numbers. `unescaped` takes the apostrophes away again."""
    return _STARTS.sub("'", cell) if isinstance(cell, str) else cell


def unescaped(text: str) -> str:
    """The text that `harmless` was given."""
    return _ESCAPED.sub("", text)


def file_name(needs: ProjectNeeds) -> str:
    """A name for the file from the project's name, in plain letters."""
    return f"{slug(needs)}-summary.csv"


def archive_name(needs: ProjectNeeds) -> str:
    """A name for the archive, made as that of the summary."""
    return f"{slug(needs)}.zip"


def slug(needs: ProjectNeeds) -> str:
    """The project's name in plain small letters, digits and hyphens; "project" where none are left."""
    return re.sub(r"[^a-z0-9]+", "-", needs.project.lower()).strip("-") or "project"


def _rounded(value: float | None, digits: int) -> str:
    return "" if value is None or math.isnan(value) else f"{value:.{digits}f}"
