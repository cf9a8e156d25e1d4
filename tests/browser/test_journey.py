"""One decision, end to end, as a manager takes it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import Browser, Page, expect

from hiring.text import formatting
from tests.browser.conftest import answer, files_shown, filled, name_of, numbers, opened, settled, verdict, visitor


def copied_link(page: Page) -> str:
    """The link as the copy button puts it on the clipboard."""
    page.get_by_role("button", name="Share").click()
    settled(page)
    panel = page.get_by_test_id("stPopoverBody")
    panel.get_by_role("button", name="Copy link").click()
    panel.get_by_role("button", name="Copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("Escape")
    settled(page)
    return link


def downloaded(page: Page) -> tuple[str, list[dict[str, str]]]:
    """The name and the rows of the CSV summary."""
    with files_shown(page).expect_download() as download:
        page.get_by_role("button", name="Download CSV summary").click()
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    return name_of(download.value), list(csv.DictReader(io.StringIO(text)))


def test_a_manager_fills_the_form_shares_the_link_and_downloads_the_same_numbers(
        page: Page, address: str, browser: Browser) -> None:
    opened(page, address)
    at_first = verdict(page)
    assert "keep it running" in at_first

    filled(page, "Project", "Customer portal")
    filled(page, "Developers to build", "1")
    filled(page, "Months to build", "2")
    filled(page, "Developers to run it", "0")
    filled(page, "Budget", "60.5k")
    now = verdict(page)
    assert now != at_first
    assert "reelance" in now
    shown = numbers(page)

    link = copied_link(page)
    query = {key: values[0] for key, values in parse_qs(urlparse(link).query, keep_blank_values=True).items()}
    assert query["developers"] == "1"
    assert query["budget_usd"] == "60500"
    assert query["scope_clarity"] == "mostly_clear"  # a default, written out
    assert parse_qs(urlparse(page.url).query) == parse_qs(urlparse(link).query)

    fresh = visitor(browser)
    other = opened(fresh.new_page(), link)
    assert verdict(other) == now
    assert numbers(other) == shown
    expect(other.get_by_label("Project", exact=True)).to_have_value("Customer portal")
    assert other.get_by_test_id("stAlert").count() == 0

    name, rows = downloaded(other)
    assert name == "customer-portal-summary.csv"
    assert [row["rank"] for row in rows] == ["1", "2", "3"]
    assert {row["project"] for row in rows} == {"Customer portal"}
    assert {row["link"] for row in rows} == {link}
    cards = "\n".join(shown)
    for row in rows:
        assert formatting.money_range(float(row["cost_p10_usd"]), float(row["cost_p90_usd"])) in cards
    assert f"in {round(float(rows[0]['keep_share']) * 100)} of 100 simulations" in answer(other)
    fresh.close()
