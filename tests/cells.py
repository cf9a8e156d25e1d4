"""Cells as spreadsheets see them: a file split at each separator, with and without regard to quotes."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator

from hypothesis import strategies as st

from hiring.model.needs import stays_on_the_line

SEPARATORS = (",", ";", "\t", "|")
BREAKS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
HOSTILE = ["=1+1", "+1+1", "-1+1", "@SUM(1+1)", "\t=1+1", "\r=1+1", "＝1+1", "\u200e=1+1", "\u3164=1+1", '"=1+1"',
           "x;=1+1;y", "x,=1+1,y", "x|=1+1|y", "x\t=1+1\ty", "x; @SUM(1+1);y", "; =1+1;", 'x;"=1+1";y', 'x";"=1+1',
           '"";=1+1', "x\n=1+1", "x\r\n=1+1\r\ny", "x\v=1+1", "x\u2028=1+1", "x;＝1+1;y", "x;\u00a0\u200b=1+1;y",
           'x;=cmd|"/c calc"!A0;y', 'x",=1+1,"y', '=HYPERLINK("http://a.example";"b")']
NAMES = [text for text in HOSTILE if all(map(stays_on_the_line, text))]  # those that a project can have
# Texts made of what cells, lines, quotes and formulas begin and end with.
PIECES = st.sampled_from([*"=+-@\t\r\n,;|'\"x1 (＝－；＂\x00\v\x85\u2028\u200e\ufeff\u3164\ufe0f", "sep="])
TEXTS = st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=24).map("".join)


def formulas(content: bytes) -> list[str]:
    """The cells of a CSV file that some spreadsheet could take for a formula."""
    return [cell for cell in _cells(content.decode("utf-8-sig")) if _is_formula(cell)]


def _cells(text: str) -> Iterator[str]:
    for separator in SEPARATORS:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield from cells
        yield from re.split(f"[{re.escape(separator)}{BREAKS}]", text)  # without regard to quotes


def _is_formula(cell: str) -> bool:
    """Whether a sign of a formula is the first that is seen of a cell, quotes and blanks left away."""
    for character in cell:
        seen = unicodedata.normalize("NFKC", character)
        if seen[0] in "=+-@":
            return True
        if seen[0] not in '" \u1160' and unicodedata.category(character)[0] not in "CZM":
            return False
    return False
