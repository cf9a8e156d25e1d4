"""The memo: one decision on at most three pages for approval, of which sources take one, as HTML and as PDF.

A memo is plain text, tables and charts as SVG; `memo.html` and `memo.typ` lay it out. Neither reads any of it as
markup, and neither needs anything outside the file.

typst is one wheel with its fonts and writes PDF/A-2a and PDF/UA-1. fpdf2 writes neither, and WeasyPrint needs system
libraries.
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
PAGES = 3  # at most, unless the smallest text needs more
CACHED = 10  # documents that typst keeps in memory
SIZES = (9.5, 9.2, 8.8, 8.4, 8.0, 7.5)  # of the text, points, largest first


@dataclass(frozen=True)
class Chart:
    """A finding, how to read its chart, and the chart as SVG."""

    headline: str
    caption: str
    svg: str


@dataclass(frozen=True)
class Row:
    """A row of a table: its head, its cells, and the color of the dot before the head, empty for none."""

    head: str
    cells: tuple[str, ...]
    color: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under column heads; the first column holds the heads of the rows."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Point:
    """A claim and what is behind it."""

    title: str
    body: str


@dataclass(frozen=True)
class Section:
    """A part of the argument; whatever it lacks is empty."""

    heading: str
    text: str = ""
    points: tuple[Point, ...] = ()
    tables: tuple[Table, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Source:
    """A numbered source; `address` is empty where it has none."""

    number: int
    text: str
    address: str


@dataclass(frozen=True)
class SourceGroup:
    """The sources that one kind of figure uses first."""

    heading: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Memo:
    """The memo, in reading order. Everything except the charts is plain text."""

    title: str
    question: str
    verdict: str
    because: str
    strip: Chart | None
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
    made_text: str
    made_with: str
    prepared_by: str = ""
    reference: str = ""
    reason: str = ""


def to_html(memo: Memo) -> bytes:
    """One file without scripts or anything external; it prints on three pages, rarely on four."""
    reader = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    reader.filters["drawing"] = Markup
    return reader.get_template("memo.html").render(memo=memo).encode()


def to_pdf(memo: Memo) -> bytes:
    """PDF/A-2a and PDF/UA-1 in the fonts that come with typst; the same memo gives the same bytes.

    Characters that these fonts lack use the machine's fonts. If those lack them too, they become boxes, which neither
    standard allows.
    """
    try:
        return _fitted(json.dumps(asdict(memo), default=str), memo.made)
    finally:
        for _ in range(CACHED + 1):  # typst keeps 20 MB per memo in its cache until other documents replace it
            typst.compile(b"", ignore_system_fonts=True)


def _fitted(text: str, made: date) -> bytes:
    """The PDF of a memo written as JSON, in the largest text that fits its pages."""
    size = next((size for size in SIZES if _pages(text, size) <= PAGES), SIZES[-1])
    for own_fonts in (True, False):
        try:
            return _pdf(text, size, made, own_fonts)
        except typst.TypstError:
            continue
    return _pdf(text, size, made, own_fonts=False, is_archival=False)


def _pages(text: str, size: float) -> int:
    """How many pages the memo takes at this size of text."""
    return int(typst.query(TEMPLATE, "<pages>", field="value", one=True, root=FOLDER, ignore_system_fonts=True,
                           sys_inputs={"memo": text, "size": str(size)}))


def _pdf(text: str, size: float, made: date, own_fonts: bool, is_archival: bool = True) -> bytes:
    """Raises typst.TypstError if an archival PDF would lack a character."""
    return typst.compile(TEMPLATE, root=FOLDER, ignore_system_fonts=own_fonts, format="pdf",
                         pdf_standards=["a-2a", "ua-1"] if is_archival else [],
                         sys_inputs={"memo": text, "size": str(size)}, timestamp=datetime.combine(made, time(), UTC))
