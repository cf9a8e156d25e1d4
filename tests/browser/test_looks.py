"""What the page looks like at first glance, on any screen and in both themes."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import SIZES, keeps_wcag_and_never_scrolls_sideways, opened
from tests.browser.test_decide import FULL

PAGES = ("", "compare", "projects", "brief", "track", "evidence", "how-it-works")


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


def shows_the_answer_at_once(page: Page, address: str, width: int, height: int) -> None:
    opened(page, address)
    cards = page.locator(".st-key-cards").bounding_box()
    assert cards is not None
    assert cards["y"] + cards["height"] <= height
    assert page.locator("h1").bounding_box()["y"] >= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for chart in page.get_by_test_id("stVegaLiteChart").all():
        assert chart.bounding_box()["height"] > 40
        assert chart.get_attribute("aria-label") or chart.locator("[aria-label]").first.get_attribute("aria-label")


def test_every_page_keeps_wcag_scrolls_down_alone_and_has_the_navigation_at_the_same_place(
        page: Page, address: str) -> None:
    places = set()
    for name in PAGES:
        page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
        page.emulate_media(color_scheme="light")
        opened(page, address + name)
        box = page.get_by_role("link", name="Compare", exact=True).bounding_box()
        places.add((box["x"], box["y"]))
        if name != "brief":  # which has its own
            keeps_wcag_and_never_scrolls_sideways(page, name or "decide")
    assert len(places) == 1


def test_all_tabs_are_in_sight_on_a_phone_and_lines_end_on_a_wide_screen(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, address + FULL)  # which has a count on a tab
    tabs = page.get_by_role("tab").all()
    assert len(tabs) == 6
    assert all((box := tab.bounding_box())["x"] >= 0 and box["x"] + box["width"] <= 390 for tab in tabs)
    assert page.get_by_role("tablist").evaluate("it => it.scrollWidth <= it.clientWidth")
    page.set_viewport_size({"width": 2560, "height": 1440})
    opened(page, address)
    assert page.locator(".st-key-answer").bounding_box()["width"] <= 1280


def test_in_the_dark_what_is_chosen_is_brighter_than_the_text(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    opened(page, address)
    chosen, other = (sum(page.get_by_role("tab", selected=selected).first.evaluate(
        "it => getComputedStyle(it.querySelector('p')).color.match(/\\d+/g).slice(0, 3).map(Number)"))
        for selected in (True, False))
    assert chosen > other
