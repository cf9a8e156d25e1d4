"""From the verdict to what is sent: the brief, its files and the calendar, as a manager meets them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import docx
from ical.calendar_stream import IcsCalendarStream
from playwright.sync_api import Locator, Page, expect

from hiring import ProjectNeeds
from hiring.links import project_link
from tests.browser.conftest import keeps_wcag_and_never_scrolls_sideways, name_of, opened, settled
from tests.factories import DAY

PORTAL = urlencode(project_link.encode(
    ProjectNeeds(project="Customer portal", data_sensitivity="personal", mixes=False), DAY))
ODD = urlencode(project_link.encode(
    ProjectNeeds(project="\U0001f680" * 60 + " \u05e9\u05dc\u05d5\u05dd *b* | $x$", mixes=False), DAY))


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("radio", name=name, exact=True).or_(page.get_by_role("button", name=name, exact=True))


def chosen(page: Page, name: str) -> None:
    choice(page, name).click()
    settled(page)


def document(page: Page) -> str:
    return page.locator(".st-key-brief_document").inner_text()


def downloaded(page: Page, button: str) -> tuple[str, Path]:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return name_of(download.value), Path(download.value.path())


def written(page: Page, text: str) -> None:
    chosen(page, "Edit text")
    field = page.get_by_label("Text of the document, in Markdown")
    field.fill(text)
    field.press("Control+Enter")
    settled(page)
    chosen(page, "Read")


def test_a_manager_chooses_edits_and_downloads_what_stands_on_the_page(page: Page, address: str) -> None:
    opened(page, f"{address}?{PORTAL}")
    page.get_by_role("link", name="Brief").first.click()
    page.wait_for_selector(".st-key-brief_document")
    settled(page)
    chosen(page, "Agency request for proposal")
    assert document(page).startswith("Request for proposal: Customer portal")
    assert "Python" not in document(page)
    chosen(page, "Python")
    assert "Languages\tPython" in document(page)

    name, file = downloaded(page, "Download Markdown")
    assert name == "customer-portal-request-for-proposal.md"
    text = file.read_text(encoding="utf-8")
    written(page, text.replace("## Scope", "## What we want"))
    assert "What we want" in document(page)

    name, file = downloaded(page, "Download for Word")
    assert name == "customer-portal-request-for-proposal.docx"
    copy = file.rename(file.with_suffix(".docx"))
    headings = [it.text for it in docx.Document(str(copy)).paragraphs if it.style.name == "Heading 2"]
    assert headings[:2] == ["What we want", "Deliverables"]
    _, file = downloaded(page, "Download Markdown")
    assert "## What we want" in file.read_text(encoding="utf-8")

    page.get_by_role("tab", name="What to do next").click()
    expect(page.get_by_text("Send the request for proposal")).to_be_visible()
    name, file = downloaded(page, "Download calendar")
    assert name == "customer-portal-next-steps.ics"
    events = IcsCalendarStream.calendar_from_ics(file.read_text(encoding="utf-8")).events
    assert events[0].summary == "Customer portal: Send the request for proposal"


def test_choices_and_edited_texts_survive_a_look_at_another_page_and_are_not_lost_when_needs_change(
        page: Page, address: str) -> None:
    opened(page, f"{address}brief?{PORTAL}")
    chosen(page, "Go")
    written(page, "# Mine")
    page.get_by_role("link", name="Decide").first.click()
    page.wait_for_selector(".st-key-cards")
    settled(page)
    field = page.get_by_label("Developers to build", exact=True)
    field.fill("3")
    field.press("Tab")
    settled(page)
    page.get_by_role("link", name="Brief").first.click()
    page.wait_for_selector(".st-key-brief_document")
    settled(page)
    assert document(page) == "Mine"
    expect(page.get_by_text("Your text was kept.")).to_be_visible()
    page.get_by_role("button", name="Start again from the choices").click()
    settled(page)
    assert "three full-time backend developers" in document(page)
    assert "Languages\tGo" in document(page)
    page.get_by_role("button", name="Bring back my text").click()
    settled(page)
    assert document(page) == "Mine"


def test_the_keyboard_alone_ticks_a_choice_and_opens_the_next_steps_which_say_what_is_late(
        page: Page, address: str) -> None:
    late = urlencode(project_link.encode(ProjectNeeds(start_within_weeks=7, mixes=False), DAY))
    opened(page, f"{address}brief?{late}")
    chosen(page, "In-house job description")
    choice(page, "PHP").focus()
    page.keyboard.press("Enter")
    settled(page)
    assert "Languages\tPHP" in document(page)
    page.get_by_role("tab", name="Document").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Download calendar")).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="the search should have started")).to_contain_text(
        "Work must start by")


def test_the_brief_breaks_no_rule_of_wcag_and_never_scrolls_sideways(page: Page, address: str) -> None:
    opened(page, f"{address}brief?{ODD}")
    assert "\U0001f680" * 60 + " \u05e9\u05dc\u05d5\u05dd *b* | $x$" in document(page)
    for part in ("Read", "Edit text", "What to do next"):
        if part == "What to do next":
            page.get_by_role("tab", name=part).click()
        else:
            chosen(page, part)
        keeps_wcag_and_never_scrolls_sideways(page, f"brief-{part.lower().replace(' ', '-')}",
                                              "html" if part == "Read" else "[role=tabpanel]")
