"""After the decision: what really happened, and what one's own past says."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.conftest import (
    SIZES,
    filled,
    keeps_wcag_and_never_scrolls_sideways,
    numbers,
    opened,
    settled,
    verdict,
    visitor,
)
from tests.browser.test_journey import copied_link

THEN = date.today() - timedelta(91)  # three months ago
DECISION = (f"?project=Portal&developers=2&build_months=6&budget_usd=300000&deadline_months=10&from={THEN}&v=3"
            "&upkeep_months=12")
PAST = b"Title;Estimate (hrs);Hours it took;Closed on\n" + b"".join(
    b"P%d;100;%d;20%d-06-30\n" % (number, 150 + 10 * number, 21 + number % 6) for number in range(14))


def test_a_manager_comes_back_with_facts_shares_them_and_downloads_forecast_and_fact(
        page: Page, address: str, browser: Browser) -> None:
    link = opened(page, address + DECISION).url
    opened(page, f"{address}track")
    page.get_by_label("Link to track").fill(link)
    page.get_by_role("button", name="Open", exact=True).click()
    settled(page)
    at_first, before = verdict(page), page.get_by_role("table").first.inner_text()
    assert "as forecast" in at_first
    filled(page, "Build done, %", "5")
    filled(page, "Spent so far, USD", "90000")
    assert verdict(page) != at_first and "later than forecast" in verdict(page)
    assert page.get_by_role("table").nth(1).inner_text() != before
    keeps_wcag_and_never_scrolls_sideways(page, "track-facts")
    page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})

    fresh = visitor(browser)
    there = opened(fresh.new_page(), copied_link(page))
    assert verdict(there) == verdict(page)
    with there.expect_download() as download:
        there.get_by_role("button", name="Download CSV").click()
    rows = {row["number"]: row for row in csv.DictReader(io.StringIO(
        Path(download.value.path()).read_bytes().decode("utf-8-sig")))}
    assert rows["spent_usd"]["happened"] == "90000" and float(rows["total_usd"]["given_median"]) > 0
    assert rows["total_usd"]["forecast_median"] != rows["total_usd"]["given_median"]
    fresh.close()


def test_fourteen_past_projects_move_the_range_of_the_decision_and_are_named(page: Page, address: str) -> None:
    before = numbers(opened(page, address))
    opened(page, f"{address}evidence")
    page.get_by_text("Your own past projects").click()
    page.get_by_test_id("stFileUploader").locator("input").set_input_files(
        {"name": "past.csv", "mimeType": "text/csv", "buffer": PAST})
    page.get_by_text("14 projects count for 78%").wait_for()
    settled(page)
    keeps_wcag_and_never_scrolls_sideways(page, "own-past")
    page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    settled(page)
    page.get_by_role("button", name="Use 1").click()
    settled(page)
    assert "from your records, 14 projects, 2021–2026" in page.locator(".st-key-own_list").inner_text()
    page.get_by_role("link", name="Decide", exact=True).click()
    settled(page)
    assert numbers(page) != before
