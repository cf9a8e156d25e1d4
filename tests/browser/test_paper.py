"""The page on paper, read back by another program."""

from __future__ import annotations

import base64
import io
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from hiring import ProjectNeeds
from hiring.links import project_link
from tests.browser.conftest import opened, visitor
from tests.factories import DAY

PORTAL = project_link.encode(ProjectNeeds(project="Portal", budget_usd=400_000, deadline_months=12), DAY, from_day=DAY)
INCH = 72  # points
MARGIN = 0.4 * INCH  # a browser's own
LIGHT = 0.55  # a gray that is hard to read on white


@pytest.mark.parametrize(("theme", "wide", "high"), [("light", 8.5, 11), ("dark", 8.27, 11.69)])
def test_the_open_tab_is_printed_whole_and_dark_on_white_without_the_form(
        browser: Browser, address: str, theme: str, wide: float, high: float) -> None:
    with visitor(browser, color_scheme=theme) as reader:
        page = opened(reader.new_page(), f"{address}?{urlencode(PORTAL | {'tab': 'cost'})}")
        page.wait_for_selector(".stVegaLiteChart svg")
        parts = [*page.locator("h1, h3").all_inner_texts(), *page.locator(".st-key-cards").inner_text().split("\n"),
                 *page.locator(".stVegaLiteChart svg text, .stMain td").all_text_contents()]
        printed = reader.new_cdp_session(page).send("Page.printToPDF", {
            "paperWidth": wide, "paperHeight": high, "printBackground": True})
    sheets = PdfReader(io.BytesIO(base64.b64decode(printed["data"]))).pages
    text = " ".join("\n".join(sheet.extract_text() for sheet in sheets).split())
    assert text.startswith("For approval, print the memo instead")
    assert len(parts) > 40
    assert {"Year 1", "Total", "Budget $400k"} <= {part.split(" (")[0] for part in parts}
    assert [part for part in parts if "".join(part.split()) not in "".join(text.split())] == []
    assert [it for it in ("Developers to build", "Evidence\n", "Sources", "Share", "How it works") if it in text] == []
    assert len(sheets) == 2
    for sheet in sheets:
        starts, grays = _texts(sheet)
        assert starts
        assert min(starts) >= MARGIN - 2
        assert max(starts) < wide * INCH - MARGIN
        assert max(grays) < LIGHT


def _texts(sheet: PageObject) -> tuple[list[float], list[float]]:
    """Where each text of a sheet begins, points from the left, and how light it is, from 0 to 1."""
    starts: list[float] = []
    grays: list[float] = []

    def read(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            starts.append(cm[0] * tm[4] + cm[4])

    sheet.extract_text(visitor_text=read)
    red, green, blue = 0.0, 0.0, 0.0
    for operands, operator in ContentStream(sheet.get_contents(), sheet.pdf).operations:
        if operator == b"rg":
            red, green, blue = map(float, operands)
        if operator in (b"Tj", b"TJ"):
            grays.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return starts, grays
