"""The list for a committee as PDF/A-2a and PDF/UA-1: one page in landscape, or more where the list is long."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import typst

from hiring.evidence import option_words
from hiring.model.decision import MODEL_VERSION
from hiring.text.committee_text import HEADS, Committee
from hiring.text.formatting import day

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "committee.typ"
CACHED = 10  # documents that typst keeps in memory
SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)  # of the text, points, largest first
MOST_ON_A_PAGE = 45  # projects that are tried to fit on one page; more take several at a middle size


def to_pdf(committee: Committee, title: str, made: date) -> bytes:
    """The PDF; the same list on the same day gives the same bytes. Characters that typst's fonts lack use the
    machine's. If those lack them too, they become boxes, which neither standard allows."""
    text = json.dumps({
        "title": title, "made": made, "made_text": day(made), "headline": committee.headline,
        "made_with": f"{option_words.title()}? Model {MODEL_VERSION}.", "heads": HEADS,
        "rows": [line.texts for line in committee.lines], "total_heads": ("Currency", *committee.years, "Total"),
        "totals": committee.total_rows, "notes": committee.notes}, default=str)
    try:
        size = SIZES[2]
        if len(committee.lines) <= MOST_ON_A_PAGE:
            size = next((size for size in SIZES if _pages(text, size) == 1), SIZES[2])
        for own_fonts in (True, False):
            try:
                return _pdf(text, size, made, own_fonts)
            except typst.TypstError:
                continue
        return _pdf(text, size, made, own_fonts=False, is_archival=False)
    finally:
        for _ in range(CACHED + 1):  # typst keeps each document in its cache until others replace it
            typst.compile(b"", ignore_system_fonts=True)


def _pages(text: str, size: float) -> int:
    return int(typst.query(TEMPLATE, "<pages>", field="value", one=True, root=FOLDER, ignore_system_fonts=True,
                           sys_inputs={"committee": text, "size": str(size)}))


def _pdf(text: str, size: float, made: date, own_fonts: bool, is_archival: bool = True) -> bytes:
    """Raises typst.TypstError if an archival PDF would lack a character."""
    return typst.compile(TEMPLATE, root=FOLDER, ignore_system_fonts=own_fonts, format="pdf",
                         pdf_standards=["a-2a", "ua-1"] if is_archival else [],
                         sys_inputs={"committee": text, "size": str(size)},
                         timestamp=datetime.combine(made, time(), UTC))
