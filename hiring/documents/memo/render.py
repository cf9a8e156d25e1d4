"""The memo: one decision on at most three pages for approval, of which sources take one, as HTML and as PDF.

A memo is plain text, tables and charts as SVG; `memo.html` and `memo.typ` lay it out. Neither reads any of it as
markup, and neither needs anything outside the file.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from hiring.documents import typesetting

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "memo.typ"
PAGES = 3  # at most, unless the smallest text needs more
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
    """PDF/A-2a and PDF/UA-1; the same memo gives the same bytes. It takes the largest text that fits its pages."""
    text = json.dumps(asdict(memo), default=str)
    return typesetting.to_pdf(TEMPLATE, {"memo": text}, memo.made, SIZES, PAGES, SIZES[-1])
