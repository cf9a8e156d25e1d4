"""The list for a committee as PDF/A-2a and PDF/UA-1: one page in landscape, or more where the list is long."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from hiring.documents import typesetting
from hiring.evidence import option_words
from hiring.model.decision import MODEL_VERSION
from hiring.text.committee_text import HEADS, Committee
from hiring.text.formatting import day

TEMPLATE = Path(__file__).parent / "committee.typ"
SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)  # of the text, points, largest first
MOST_ON_A_PAGE = 45  # projects that are tried to fit on one page; more take several at a middle size


def to_pdf(committee: Committee, title: str, made: date) -> bytes:
    """The PDF; the same list on the same day gives the same bytes."""
    text = json.dumps({
        "title": title, "made": made, "made_text": day(made), "headline": committee.headline,
        "made_with": f"{option_words.title()}? Model {MODEL_VERSION}.", "heads": HEADS,
        "rows": [line.texts for line in committee.lines], "total_heads": ("Currency", *committee.years, "Total"),
        "totals": committee.total_rows, "notes": committee.notes}, default=str)
    sizes = SIZES if len(committee.lines) <= MOST_ON_A_PAGE else ()
    return typesetting.to_pdf(TEMPLATE, {"committee": text}, made, sizes, 1, SIZES[2])
