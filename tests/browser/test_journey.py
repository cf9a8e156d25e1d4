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
    code = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode")
    code.hover()
    code.get_by_role("button").click()
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


def test_back_and_forward_move_between_answers_and_a_reload_keeps_them(page: Page, address: str) -> None:
    opened(page, address)
    before = verdict(page)
    filled(page, "Developers to run it", "0")
    after = verdict(page)
    assert after != before
    page.go_back()
    settled(page)
    page.wait_for_function("text => document.querySelector('h1')?.innerText === text", arg=before)
    expect(page.get_by_label("Developers to run it", exact=True)).to_have_value("0.5")
    page.go_forward()
    settled(page)
    page.wait_for_function("text => document.querySelector('h1')?.innerText === text", arg=after)
    page.reload()
    settled(page)
    page.wait_for_selector("h1")
    assert verdict(page) == after


def test_answers_survive_a_look_at_the_figures(page: Page, address: str) -> None:
    opened(page, address)
    filled(page, "Developers to build", "3.5")
    before, link = verdict(page), page.url
    page.get_by_role("link", name="Evidence").first.click()
    page.wait_for_selector("h1:has-text('Every number')")
    settled(page)
    assert page.get_by_test_id("stDataFrame").count() == 1
    page.get_by_role("link", name="Decide").first.click()
    page.wait_for_selector(".st-key-cards")
    settled(page)
    assert verdict(page) == before
    expect(page.get_by_label("Developers to build", exact=True)).to_have_value("3.5")
    assert parse_qs(urlparse(page.url).query) == parse_qs(urlparse(link).query)


def test_another_place_changes_the_answer(page: Page, address: str) -> None:
    opened(page, address)
    before = numbers(page)
    place = page.get_by_label("Where you hire", exact=True)
    expect(place).to_be_visible()
    settled(page)  # the run that drew the field has ended too
    place.click()
    place.press_sequentially("San Jose")
    page.locator("[role=option]", has_text="San Jose").first.click()
    settled(page)
    assert numbers(page) != before
    assert "location=41940" in page.url


def test_every_block_of_numbers_leads_to_its_sources_in_one_step(page: Page, address: str) -> None:
    opened(page, address)
    buttons = page.get_by_role("button", name="Sources")
    assert buttons.count() == 1
    for place in range(buttons.count()):
        buttons.nth(place).click()
        settled(page)
        body = page.get_by_test_id("stPopoverBody")
        assert "What Does a Backend Developer Do?" in body.inner_text()  # the article stands behind all of them
        assert "Assumed" in body.inner_text()
        assert body.locator("a[href^=http]").count() > 0
        page.keyboard.press("Escape")
        expect(body).to_have_count(0)
