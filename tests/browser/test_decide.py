"""The page Decide: one tab at a time, files of what is on the screen, and nothing that moves but the numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlencode, urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from hiring import ProjectNeeds, evidence_as_of
from hiring.links import project_link
from hiring.web.pages.decide.page import TAB_LABELS
from tests.browser.conftest import (
    ALL_RULES,
    AXE,
    FITS,
    SIZES,
    files_shown,
    filled,
    open_tab,
    opened,
    settled,
    verdict,
    violations,
    visitor,
)
from tests.factories import LIMITED

SHIFTS = """window.shifts = []; new PerformanceObserver(list => shifts.push(...list.getEntries())).observe(
  {type: 'layout-shift', buffered: true})"""
# Without what moves the page as a whole, as the sidebar does when it comes: an empty page moves too.
IN_THE_PAGE = """shifts.filter(it => !it.sources.some(({node}) => node?.contains(
  document.querySelector('[data-testid=stMainBlockContainer]')))).reduce((sum, it) => sum + it.value, 0)"""
FULL = "?" + urlencode(project_link.encode(LIMITED, evidence_as_of().as_of, from_day=date.today()))


def is_open(page: Page, label: str) -> None:
    expect(page.get_by_role("tab", name=label)).to_have_attribute("aria-selected", "true")


def test_the_open_tab_is_in_the_address_and_back_and_forward_follow_it(page: Page, address: str) -> None:
    opened(page, address + FULL)
    is_open(page, "Cost")
    open_tab(page, "Timeline")
    assert parse_qs(urlparse(page.url).query)["tab"] == ["timeline"]
    open_tab(page, "Watch out")
    page.go_back()
    settled(page)
    is_open(page, "Timeline")
    page.go_back()
    settled(page)
    is_open(page, "Cost")
    page.go_forward()
    settled(page)
    is_open(page, "Timeline")
    filled(page, "Developers to build", "3")
    is_open(page, "Timeline")
    page.reload()
    settled(page)
    is_open(page, "Timeline")


def test_a_file_holds_what_was_typed_just_before_its_button_was_clicked(page: Page, address: str) -> None:
    opened(page, address + FULL)
    page.get_by_label("Developers to build", exact=True).fill("3")  # and the field is not left
    page.locator(".st-key-download").get_by_role("button").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV summary").click()
    rows = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    place = rows[0].split(",").index("need_developers")
    assert {row.split(",")[place] for row in rows[1:]} == {"3"}


def test_a_click_on_another_page_counts_while_a_popover_is_open_and_what_was_typed_is_kept(
        page: Page, address: str) -> None:
    opened(page, address)
    filled(page, "Developers to build", "3.5")
    before, link = verdict(page), page.url
    files_shown(page)
    notes = {"Reference (optional)": "Board paper 17", "Reason and alternatives considered (optional)": "One\nTwo"}
    for label, text in notes.items():
        filled(page, label, text)
    page.get_by_role("link", name="Evidence").first.click()  # which closes the popover too
    page.wait_for_selector("h1:has-text('Every number')")
    settled(page)
    assert page.get_by_test_id("stDataFrame").count() == 1
    page.get_by_role("link", name="Decide").first.click()
    page.wait_for_selector(".st-key-cards")
    settled(page)
    assert verdict(page) == before
    expect(page.get_by_label("Developers to build", exact=True)).to_have_value("3.5")
    assert parse_qs(urlparse(page.url).query) == parse_qs(urlparse(link).query)
    files_shown(page)
    for label, text in notes.items():
        expect(page.get_by_label(label)).to_have_value(text)


def test_nothing_moves_while_the_page_loads_or_a_number_changes(browser: Browser, address: str) -> None:
    context = visitor(browser)
    context.add_init_script(SHIFTS)
    page = context.new_page()
    for query in ("", FULL):
        opened(page, address + query)
        page.wait_for_timeout(1_000)  # what comes late belongs to the load
        assert page.evaluate(IN_THE_PAGE) <= 0.03, query
        page.evaluate("shifts.length = 0")
        filled(page, "Developers to build", "3")
        assert page.evaluate("shifts.reduce((sum, it) => sum + it.value, 0)") <= 0.02, query
    context.close()


def test_a_phone_shows_the_verdict_and_all_cards_on_its_first_screen(page: Page, address: str) -> None:
    width, height = SIZES[2]
    page.set_viewport_size({"width": width, "height": height})
    phone = page.context.new_cdp_session(page)
    phone.send("Emulation.setUserAgentOverride", {"userAgent": "Mozilla/5.0 (Linux; Android 14) Mobile"})
    for needs in (LIMITED, ProjectNeeds(budget_usd=50_000, deadline_months=6, mixes=False)):
        link = urlencode(project_link.encode(needs, evidence_as_of().as_of, from_day=date.today()))
        opened(page, f"{address}?{link}")
        cards = page.locator(".st-key-cards").bounding_box()
        assert cards["y"] + cards["height"] <= height + 20, needs
        heights = {round(card.bounding_box()["y"]): card.bounding_box()["height"]
                   for card in page.locator("[class*=st-key-card_]").all()}
        assert len(heights) == 2, needs
    phone.detach()


@pytest.mark.parametrize(("size", "screens", "theme"), [(SIZES[0], 1.3, "light"), (SIZES[2], 3, "dark")])
def test_each_tab_fits_few_screens_and_keeps_wcag(
        page: Page, address: str, size: tuple[int, int], screens: float, theme: Literal["light", "dark"]) -> None:
    width, height = size
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="light" if width > 1000 else "dark")
    opened(page, address + FULL)
    page.evaluate(AXE)
    tall = {}
    for label in TAB_LABELS.values():
        open_tab(page, label)
        tall[label] = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") / height
        assert page.evaluate(FITS, width), label
        assert violations(page, ALL_RULES, "[role=tabpanel]" if len(tall) > 1 else "html") == [], label
    assert {label: found for label, found in tall.items() if found > screens} == {}
