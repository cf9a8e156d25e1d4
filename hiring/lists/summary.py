"""The CSV summary: a header and one row per option, so that the summaries of many projects can be stacked."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any, TextIO, TypeVar

from hiring.model.decision import Decision
from hiring.model.needs import ProjectNeeds, plain

# Characters that begin a formula, also in variants that some spreadsheets accept, and characters that separate cells.
SIGNS = "=+\\-@\t\r\u207a\u208a\u207c\u208c\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
SEPARATORS = (",;|\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
              "\u037e\ufe10\ufe14\ufe50\ufe54\uff0c\uff1b\uff5c")
# Before the sign there may be characters that spreadsheets drop or nobody sees: everything but letters and digits, and
# letters that look blank. "sep=" in the first cell of a file sets its separator.
_FORMULA = f"(?:[^\\w{SEPARATORS}{SIGNS}]|[\u115f\u1160\u3164\uffa0])*(?:[{SIGNS}]|sep=)"
_INSIDE = f"(?<=[{SEPARATORS}])"
_STARTS = re.compile(f"\\A(?='|{_FORMULA})|{_INSIDE}(?={_FORMULA})", re.IGNORECASE)
_ESCAPED = re.compile(f"\\A'|{_INSIDE}'(?={_FORMULA})", re.IGNORECASE)
DIGITS = {"usd": 0, "share": 5, "score": 4, **dict.fromkeys(("p10", "p25", "median", "p75", "p90"), 0),
          "start_week_median": 2, "finish_month_median": 2}  # by the column's name, or the last word of it


def to_csv(decision: Decision, link: str, assumed: Collection[str] = ()) -> bytes:
    """The summary as UTF-8 with a byte order mark, so that Excel detects the encoding. `assumed` are the needs that
    nobody has answered.

    Money is rounded to whole units of its currency, scores to four decimals, shares to five, weeks and months to two.
    """
    return to_bytes(cells(decision, link, assumed))


def to_bytes(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Rows of cells as a file with a header, UTF-8 with a byte order mark."""
    text = io.StringIO()
    write_csv(text, rows, header=True)
    return text.getvalue().encode("utf-8-sig")


def write_csv(file: TextIO, rows: Iterable[Mapping[str, object]], header: bool) -> None:
    """Write rows as CSV, with or without a header."""
    writer = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(file, list(row), lineterminator="\r\n")
            if header:
                writer.writeheader()
        writer.writerow(row)


def cells(decision: Decision, link: str, assumed: Collection[str] = ()) -> list[dict[str, object]]:
    """The rows of the summary as cells of a file."""
    same = cells_of(decision.same_in_all_rows(link, assumed))  # once: they are half of a row
    return [{**cells_of(row), **same} for row in decision.own_rows()]


def cells_of(row: Mapping[str, Any]) -> dict[str, object]:
    """A row as cells of a file: numbers rounded by the last word of their column, formulas in texts escaped."""
    return {column: _cell(column, value) for column, value in row.items()}


def json_values(row: Mapping[str, object]) -> dict[str, object]:
    """A row of cells for JSON: numbers as numbers, empty ones as None."""
    return {column: (float(str(cell)) if cell else None) if digits_of(column) is not None else cell
            for column, cell in row.items()}


@lru_cache(maxsize=256)
def digits_of(column: str) -> int | None:
    """The decimals that a column's numbers are rounded to, None if they are not rounded."""
    named = DIGITS.get(column, DIGITS.get(column.rsplit("_", maxsplit=1)[-1]))
    return None if column.startswith("need_") else named


def _cell(column: str, value: Any) -> object:
    digits = digits_of(column)
    if digits is None:
        return plain(value) if isinstance(value, float) else "" if value is None else escape_formulas(value)
    return _rounded(value, digits)


Cell = TypeVar("Cell")


def escape_formulas(cell: Cell) -> Cell | str:
    """Text in which a spreadsheet finds no formula, whichever separator it splits cells at and whether or not it honors
    quotes: each place that could become a cell with a formula is preceded by an apostrophe. Numbers stay numbers.
    `unescape_formulas` removes the apostrophes."""
    return _STARTS.sub("'", cell) if isinstance(cell, str) else cell


def unescape_formulas(text: str) -> str:
    """The text before `escape_formulas`."""
    return _ESCAPED.sub("", text)


def file_name(needs: ProjectNeeds) -> str:
    """The name of the summary file, made from the project's name."""
    return f"{slug(needs)}-summary.csv"


def archive_name(needs: ProjectNeeds) -> str:
    """The name of the archive file, made from the project's name."""
    return f"{slug(needs)}.zip"


def slug(needs: ProjectNeeds) -> str:
    """The project's name in lowercase ASCII letters, digits and hyphens; "project" if nothing remains."""
    return re.sub(r"[^a-z0-9]+", "-", needs.project.lower()).strip("-") or "project"


def _rounded(value: float | None, digits: int) -> str:
    return "" if value is None or math.isnan(value) else f"{value:.{digits}f}"
