"""The CSV summary: one row an option, one header row, so that the summaries of many projects stack."""

from __future__ import annotations

import math
import re
import unicodedata

from hiring.model.decision import Decision
from hiring.model.needs import ProjectNeeds

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
DIGITS = {"usd": 0, "share": 5, "score": 4, "median": 2}  # by the last word of the column's name


def to_csv(decision: Decision, link: str) -> bytes:
    """The summary as UTF-8 with a byte order mark, so that Excel reads it right.

    Money is rounded to whole dollars, scores to four decimals, shares to five, weeks and months to two.
    """
    table = decision.summary(link)
    for column in table.columns:
        digits = DIGITS.get(column.split("_")[-1])
        if column.startswith("need_") or digits is None:
            table[column] = table[column].map(harmless)
        else:
            table[column] = table[column].map(lambda value, digits=digits: _rounded(value, digits))
    return table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def harmless(cell: object) -> object:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay."""
    if not isinstance(cell, str):
        return cell
    seen = unicodedata.normalize("NFKC", cell)  # a full-width sign runs as a formula in some spreadsheets
    bare = seen.lstrip("".join(c for c in set(seen) if c.isspace() or unicodedata.category(c) == "Cf"))
    return f"'{cell}" if seen.startswith(FORMULA_STARTS) or bare.startswith(FORMULA_STARTS) else cell


def file_name(needs: ProjectNeeds) -> str:
    """A name for the file from the project's name, in plain letters."""
    words = re.sub(r"[^a-z0-9]+", "-", needs.project.lower()).strip("-")
    return f"{words or 'project'}-summary.csv"


def _rounded(value: float | None, digits: int) -> str:
    return "" if value is None or math.isnan(value) else f"{value:.{digits}f}"
