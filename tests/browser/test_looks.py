"""What the page looks like at first glance, on any screen and in both themes."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from hiring import ProjectNeeds
from hiring.links import project_link
from hiring.model.own_figures import Range
from tests.browser.conftest import SIZES, keeps_wcag_and_never_scrolls_sideways, opened, visitor
from tests.factories import DAY

# Without limits and upkeep many marks are missing; with limits, a mix and own figures all are there.
BARE = "?" + urlencode(project_link.encode(ProjectNeeds(upkeep_developers=0), DAY))
UNCERTAIN = "?" + urlencode(project_link.encode(
    ProjectNeeds(developers=3, build_months=2, upkeep_months=58, budget_usd=900_000, deadline_months=12), DAY,
    (("overrun.mostly_clear", Range(1, 1.2, 3)),)))
PAGES = {"decide": "", **{page: page for page in ("compare", "projects", "evidence", "how-it-works")}}  # not the brief


def test_verdict_and_cards_are_seen_without_scrolling_and_no_other_host_is_asked(page: Page, address: str) -> None:
    errors: list[str] = []
    asked: list[str] = []
    hears = {"console": lambda said: errors.append(said.text) if said.type == "error" else None,
             "pageerror": lambda error: errors.append(str(error)), "request": lambda request: asked.append(request.url)}
    for event, hear in hears.items():
        page.on(event, hear)
    for width, height in SIZES[:2]:
        page.set_viewport_size({"width": width, "height": height})
        shows_the_answer_at_once(page, address, width, height)
    for event, hear in hears.items():
        page.remove_listener(event, hear)
    assert errors == []
    assert len(asked) > 20
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def test_a_phone_shows_the_verdict_and_the_card_of_the_answer_without_scrolling(browser: Browser, address: str) -> None:
    context = visitor(browser, *SIZES[2], user_agent="Mozilla/5.0 (Linux; Android 14) Mobile")
    shows_the_answer_at_once(context.new_page(), address, *SIZES[2])
    context.close()


def shows_the_answer_at_once(page: Page, address: str, width: int, height: int) -> None:
    opened(page, address)
    shown = page.locator("[class*=st-key-card_]").first if width < 500 else page.locator(".st-key-cards")
    cards = shown.bounding_box()
    assert cards is not None
    assert cards["y"] + cards["height"] <= height
    assert page.locator("h1").bounding_box()["y"] >= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for chart in page.get_by_test_id("stVegaLiteChart").all():
        assert chart.bounding_box()["height"] > 40
        assert chart.get_attribute("aria-label") or chart.locator("[aria-label]").first.get_attribute("aria-label")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_keeps_wcag_a_and_aa_and_nothing_scrolls_sideways(page: Page, address: str, name: str) -> None:
    opened(page, address + PAGES[name])
    keeps_wcag_and_never_scrolls_sideways(page, name)


@pytest.mark.parametrize(("name", "path"), [("bare", BARE), ("uncertain", UNCERTAIN)])
def test_projects_with_few_or_all_marks_keep_wcag_too(page: Page, address: str, name: str, path: str) -> None:
    opened(page, address + path)
    keeps_wcag_and_never_scrolls_sideways(page, name, SIZES[:1])
