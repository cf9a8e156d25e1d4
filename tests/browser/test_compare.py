"""Scenarios side by side, as a person takes them through the page."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from hiring import ProjectNeeds, decide
from hiring.links import comparison_link, project_link
from hiring.links.comparison_link import Scenario
from hiring.lists.examples import load_examples
from hiring.model.own_figures import Range
from tests.browser.conftest import filled, keeps_wcag_and_never_scrolls_sideways, opened, settled, verdict
from tests.browser.test_journey import copied_link
from tests.factories import DAY

NEEDS = ProjectNeeds(project="Portal", developers=3, budget_usd=900_000)
OWN = (("agency.us.mid", Range(100, 110, 120)),)


def scenario(name: str, needs: ProjectNeeds, own: project_link.Own = ()) -> Scenario:
    return Scenario(name, needs, DAY, own, project_link.said_by(decide(needs, DAY, dict(own))), DAY)


FOUR = [scenario("As planned", NEEDS), scenario("Quote", NEEDS, OWN),
        scenario("😀" * 80, load_examples()["legacy-rescue"]),
        scenario("מגדל שמירה", replace(NEEDS, budget_usd=None, talent_region="asia", seniority="junior"))]
LINK = urlencode(comparison_link.encode(FOUR))


def compared(page: Page) -> None:
    """Wait until scenarios are drawn."""
    page.wait_for_selector(".st-key-scenarios")
    settled(page)


def names(page: Page, count: int) -> list[str]:
    fields = page.get_by_label("Name of scenario")
    expect(fields).to_have_count(count)
    return [field.input_value() for field in fields.all()]


def add(page: Page) -> Locator:
    page.get_by_role("button", name="Add a scenario").click()
    body = page.get_by_test_id("stPopoverBody")
    body.wait_for()
    return body


def paste(page: Page, link: str) -> None:
    page.get_by_label("Link to add").fill(link)
    page.get_by_role("button", name="Add", exact=True).click()
    settled(page)


def test_scenarios_are_added_renamed_removed_brought_back_shared_and_downloaded(
        page: Page, address: str) -> None:
    opened(page, address)
    filled(page, "Project", "Portal")
    page.get_by_role("link", name="Compare").first.click()
    page.wait_for_selector("h1:has-text('Compare up to four scenarios')")
    settled(page)
    page.get_by_role("button", name="Add the project on Decide").click()
    compared(page)
    assert names(page, 1) == ["Portal"]

    page.get_by_role("link", name="Decide").first.click()  # vary it there, and add it again
    page.wait_for_selector(".st-key-cards")
    settled(page)
    assert page.get_by_test_id("stAlert").count() == 0
    filled(page, "Developers to build", "4")
    page.get_by_role("link", name="Compare").first.click()
    compared(page)
    page.get_by_role("button", name="Add the project on Decide").click()
    expect(page.get_by_label("Name of scenario 2")).to_have_value("Portal (2)")
    settled(page)
    field = page.get_by_label("Name of scenario 2")
    field.fill("<b>Four</b> people")
    field.press("Enter")
    expect(page.get_by_role("columnheader", name="<b>Four</b> people").first).to_be_visible()
    asked = page.get_by_test_id("stTable").nth(1).locator("tbody tr")
    expect(asked).to_have_count(1)
    assert asked.locator("th, td").all_inner_texts() == ["Developers to build", "2 developers", "≠\u00a04 developers"]

    body = add(page)
    body.get_by_label("Example to add").click()
    page.get_by_role("option", name="Booking tool").click()
    expect(page.get_by_label("Name of scenario")).to_have_count(3)
    settled(page)
    add(page)
    paste(page, f"https://elsewhere.example.org/?{urlencode(FOUR[1].query)}")
    assert names(page, 4) == ["Portal", "<b>Four</b> people", "Booking tool", "Portal (2)"]
    expect(page.get_by_text("remove one to add another")).to_be_visible()
    assert page.locator('[data-testid="stVegaLiteChart"] svg, [data-testid="stVegaLiteChart"] canvas').count() == 1

    page.get_by_role("button", name="Remove").nth(2).click()
    expect(page.locator(".st-key-removed")).to_contain_text("\u2068Booking tool\u2069 was removed.")
    settled(page)
    assert names(page, 3) == ["Portal", "<b>Four</b> people", "Portal (2)"]
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Name of scenario")).to_have_count(4)
    settled(page)

    link, head, shown = copied_link(page), verdict(page), names(page, 4)
    assert link == page.url.replace("%7E", "~")
    page.goto(link)
    compared(page)
    assert names(page, 4) == shown
    assert verdict(page) == head
    assert page.get_by_test_id("stAlert").count() == 0

    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    content = Path(download.value.path()).read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["scenario"] for row in rows if row["rank"] == "1"] == names(page, 4)
    assert all(row["link"].startswith(f"{address}?budget_covers=") for row in rows)
    page.get_by_role("link", name="Projects").first.click()
    page.wait_for_selector("input[type=file]", state="attached")
    settled(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "comparison.csv", "mimeType": "text/csv", "buffer": content})
    page.wait_for_selector(".st-key-summary")
    settled(page)
    assert "of 4 projects" in verdict(page).replace("All 4 projects", "of 4 projects")
    assert page.locator(".st-key-refused").count() == 0


def test_back_forward_reload_and_a_look_at_other_pages_keep_both_pages_as_they_were(page: Page, address: str) -> None:
    opened(page, address)
    filled(page, "Developers to build", "3")
    page.get_by_role("link", name="Compare").first.click()
    page.wait_for_selector("h1:has-text('Compare up to four scenarios')")
    settled(page)
    page.get_by_role("button", name="Add the project on Decide").click()
    compared(page)
    page.get_by_role("button", name="Add the project on Decide").click()
    expect(page.get_by_label("Name of scenario")).to_have_count(2)
    settled(page)
    page.go_back()
    expect(page.get_by_label("Name of scenario")).to_have_count(1)
    settled(page)
    page.go_forward()
    expect(page.get_by_label("Name of scenario")).to_have_count(2)
    settled(page)
    page.reload()
    compared(page)
    assert names(page, 2) == ["Scenario 1", "Scenario 2"]
    page.get_by_role("link", name="Evidence").first.click()
    page.wait_for_selector("h1:has-text('Every number')")
    settled(page)
    page.get_by_role("link", name="Compare").first.click()
    compared(page)
    assert names(page, 2) == ["Scenario 1", "Scenario 2"]
    for _ in range(9):  # through every page of the way, and never a comparison taken for a project
        page.go_back()
        settled(page)
        assert page.get_by_test_id("stAlert").count() == 0


def test_a_scenario_is_opened_on_decide_and_the_comparison_waits(page: Page, address: str) -> None:
    page.goto(f"{address}compare?{LINK}")
    compared(page)
    page.get_by_role("link", name="Open on Decide").nth(1).click()
    page.wait_for_selector(".st-key-cards")
    settled(page)
    expect(page.get_by_label("Developers to build", exact=True)).to_have_value("3")
    expect(page.locator(".st-key-own_figures")).to_contain_text("100 / 110 / 120")
    assert page.get_by_test_id("stAlert").count() == 0
    page.get_by_role("link", name="Compare").first.click()
    compared(page)
    assert names(page, 4) == [it.name for it in FOUR]


def test_the_keyboard_alone_adds_names_and_removes(page: Page, address: str) -> None:
    opened(page, f"{address}compare")
    page.get_by_role("button", name="Add the project on Decide").focus()
    page.keyboard.press("Enter")
    compared(page)
    page.get_by_label("Name of scenario 1").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Mine")
    page.keyboard.press("Tab")
    expect(page.get_by_role("columnheader", name="Mine")).to_be_visible()
    settled(page)
    focused = page.evaluate("document.activeElement.innerText")
    assert "Open on Decide" in focused
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-removed")).to_contain_text("\u2068Mine\u2069 was removed.")


def test_no_rule_of_wcag_is_broken_and_the_page_does_not_scroll_sideways(page: Page, address: str) -> None:
    page.goto(f"{address}compare?{LINK}")
    compared(page)
    keeps_wcag_and_never_scrolls_sideways(page, "compared")
