"""What the page looks like at first glance, on any screen and in both themes."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from hiring import ProjectNeeds
from hiring.exchange import links
from hiring.model.own import Range
from tests.browser.conftest import opened
from tests.making import DAY

SIZES = [(1366, 768), (768, 1024), (390, 844)]
# Without budget, deadline and upkeep many marks are missing; with a late break-even and own figures all are there.
BARE = "?" + urlencode(links.encode(ProjectNeeds(budget_usd=None, deadline_months=None, upkeep_developers=0), DAY))
UNCERTAIN = "?" + urlencode(links.encode(
    ProjectNeeds(developers=3, build_months=2, horizon_months=60, budget_usd=900_000), DAY,
    (("overrun", Range(1, 1.2, 3)),)))
PAGES = {"decide": "", **{page: page for page in ("compare", "projects", "brief", "evidence", "how-it-works")}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHOTS = os.environ.get("SCREENSHOTS")  # a folder, to keep what was seen


def violations(page: Page) -> list[tuple[str, str]]:
    """The rules of WCAG 2.2, levels A and AA, that the page breaks, with the first place of each."""
    page.wait_for_timeout(1_000)  # charts fade in
    found = Axe().run(page, options={"runOnly": RULES})["violations"]
    return [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_verdict_and_cards_are_seen_without_scrolling_and_nothing_scrolls_sideways(
        browser: Browser, address: str, width: int, height: int, theme: str) -> None:
    agent = "Mozilla/5.0 (Linux; Android 14) Mobile" if width < 500 else None
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme, user_agent=agent)
    page = opened(context.new_page(), address)
    page.wait_for_selector('[data-testid="stVegaLiteChart"] svg')
    cards = page.locator(".st-key-cards").bounding_box()
    assert cards is not None
    assert cards["y"] + cards["height"] <= height
    assert page.locator("h1").bounding_box()["y"] >= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for chart in page.get_by_test_id("stVegaLiteChart").all():
        assert chart.bounding_box()["height"] > 40
        assert chart.get_attribute("aria-label") or chart.locator("[aria-label]").first.get_attribute("aria-label")
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_keeps_wcag_a_and_aa_and_nothing_scrolls_sideways(
        browser: Browser, address: str, name: str, width: int, height: int, theme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
    page = opened(context.new_page(), address + PAGES[name])
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{theme}.png")
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", [BARE, UNCERTAIN])
def test_projects_with_few_or_all_marks_keep_wcag_too(browser: Browser, address: str, path: str, theme: str) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme=theme)
    assert violations(opened(context.new_page(), address + path)) == []
    context.close()


def test_the_page_asks_no_other_host_and_logs_no_error(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    asked: list[str] = []

    def logged(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    def requested(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            asked.append(request.url)

    page.on("console", logged)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", requested)
    opened(page, address)
    page.wait_for_selector('[data-testid="stVegaLiteChart"] svg')
    assert errors == []
    assert asked == []
    context.close()
