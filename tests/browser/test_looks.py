"""What the page looks like at first glance, on any screen and in both themes."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from hiring import ProjectNeeds
from hiring.links import project_link
from hiring.model.own_figures import Range
from tests.browser.conftest import SIZES, keeps_wcag_and_never_scrolls_sideways, opened
from tests.factories import DAY

# Without limits and upkeep many marks are missing; with limits, a mix and own figures all are there.
BARE = "?" + urlencode(project_link.encode(ProjectNeeds(upkeep_developers=0), DAY))
UNCERTAIN = "?" + urlencode(project_link.encode(
    ProjectNeeds(developers=3, build_months=2, upkeep_months=58, budget_usd=900_000, deadline_months=12), DAY,
    (("overrun.mostly_clear", Range(1, 1.2, 3)),)))
PAGES = {"decide": "", **{page: page for page in ("compare", "projects", "brief", "evidence", "how-it-works")}}


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_verdict_and_cards_are_seen_without_scrolling_and_nothing_scrolls_sideways(
        browser: Browser, address: str, width: int, height: int) -> None:
    agent = "Mozilla/5.0 (Linux; Android 14) Mobile" if width < 500 else None
    context = browser.new_context(viewport={"width": width, "height": height}, user_agent=agent)
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


@pytest.mark.parametrize("name", PAGES)
def test_every_page_keeps_wcag_a_and_aa_and_nothing_scrolls_sideways(page: Page, address: str, name: str) -> None:
    opened(page, address + PAGES[name])
    keeps_wcag_and_never_scrolls_sideways(page, name)


@pytest.mark.parametrize(("name", "path"), [("bare", BARE), ("uncertain", UNCERTAIN)])
def test_projects_with_few_or_all_marks_keep_wcag_too(page: Page, address: str, name: str, path: str) -> None:
    opened(page, address + path)
    keeps_wcag_and_never_scrolls_sideways(page, name, SIZES[:1])


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
