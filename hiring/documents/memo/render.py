"""The memo: one decision on one or two pages for approval, as a page for browsers and as PDF.

A memo is plain text, tables and charts as SVG; how these stand on paper is said in `memo.html` and `memo.typ`.
Neither takes any of it as markup, and neither reaches for anything outside of the file.

typst comes as one wheel with its fonts and writes PDF/A-2a and PDF/UA-1. fpdf2 writes neither, and WeasyPrint needs
system libraries.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import typst
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "memo.typ"
PAGES = 2  # at most, if the text can be made small enough
KEPT = 10  # documents that typst remembers
SIZES = (9.5, 9.2, 8.8, 8.4, 8.0, 7.5)  # of the text, points, from the best to read to the smallest


@dataclass(frozen=True)
class Chart:
    """A finding, how to read its chart, and the chart as SVG."""

    headline: str
    explained: str
    svg: str


@dataclass(frozen=True)
class Row:
    """A row of a table: its head, its cells, and the color of a dot before the head, empty for none."""

    head: str
    cells: tuple[str, ...]
    color: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under their heads, the first of which stands over the heads of the rows."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Point:
    """A claim and what is behind it."""

    title: str
    body: str


@dataclass(frozen=True)
class Section:
    """A part of the argument; what it does not have is empty."""

    heading: str
    text: str = ""
    points: tuple[Point, ...] = ()
    table: Table | None = None
    note: str = ""


@dataclass(frozen=True)
class Source:
    """A numbered source; `address` is empty where it has none."""

    number: int
    text: str
    address: str


@dataclass(frozen=True)
class SourceGroup:
    """The sources of one kind of figures, each listed where it is used first."""

    heading: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Memo:
    """What the memo says, in the order of the page. Everything but the charts is plain text."""

    title: str
    question: str
    verdict: str
    because: str
    futures: Chart | None
    share_note: str
    options: Table
    options_note: str
    sections: tuple[Section, ...]
    charts: tuple[Chart, ...]
    outlook: tuple[Section, ...]
    sources: tuple[SourceGroup, ...]
    sources_note: str
    link: str
    made: date
    made_told: str
    made_with: str
    prepared_by: str = ""
    reference: str = ""


def to_html(memo: Memo) -> bytes:
    """One file with nothing outside of it and no script, that prints on two pages, seldom on three."""
    reader = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    reader.filters["drawing"] = Markup
    return reader.get_template("memo.html").render(memo=memo).encode()


def to_pdf(memo: Memo) -> bytes:
    """PDF/A-2a and PDF/UA-1 with the fonts that typst brings along; the same memo gives the same bytes.

    Writing that these fonts lack is set in fonts of the machine, and where these lack it too, in boxes, which
    neither standard allows.
    """
    try:
        return _made(json.dumps(asdict(memo), default=str), memo.made)
    finally:
        for _ in range(KEPT + 1):  # typst would hold on to all that it set, 20 MB a memo, until others push it out
            typst.compile(b"", ignore_system_fonts=True)


def _made(text: str, made: date) -> bytes:
    """The PDF of a memo written as JSON, in the largest letters with which it keeps to its pages."""
    size = next((size for size in SIZES if _pages(text, size) <= PAGES), SIZES[-1])
    for own_fonts in (True, False):
        try:
            return _pdf(text, size, made, own_fonts)
        except typst.TypstError:
            continue
    return _pdf(text, size, made, own_fonts=False, to_keep=False)


def _pages(text: str, size: float) -> int:
    """How many pages the memo takes at this size of text."""
    return int(typst.query(TEMPLATE, "<pages>", field="value", one=True, root=FOLDER, ignore_system_fonts=True,
                           sys_inputs={"memo": text, "size": str(size)}))


def _pdf(text: str, size: float, made: date, own_fonts: bool, to_keep: bool = True) -> bytes:
    """Raises typst.TypstError where a PDF that is made `to_keep` would lack a letter."""
    return typst.compile(TEMPLATE, root=FOLDER, ignore_system_fonts=own_fonts, format="pdf",
                         pdf_standards=["a-2a", "ua-1"] if to_keep else [],
                         sys_inputs={"memo": text, "size": str(size)}, timestamp=datetime.combine(made, time(), UTC))
