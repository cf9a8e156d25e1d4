"""A list of projects, as a person takes it through the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

import openpyxl
import psutil
import pypdf
from playwright.sync_api import Dialog, Download, FilePayload, Page, expect

from hiring import decide
from hiring.evidence.loader import load_evidence
from hiring.links import project_link
from hiring.lists import list_reader
from tests.browser.conftest import keeps_wcag_and_never_scrolls_sideways, opened, settled, verdict
from tests.browser.test_brief import chosen, document
from tests.lists.hostile import SHEET, sheet, workbook

MOST_ACTIONS = 10  # from the upload of a list to the papers of a committee
Made = TypeVar("Made")
MIXED = ("project,developers,build_months,budget_usd,owner\nPortal,3,9,900000,Ann\nBad,two,99,5000,Bob\n"
         "Portal,1,2,400000,Cy\n=1+1,2,6,,Di\n")
COUNT = 250  # projects, which take some seconds
LONG = "project,developers,build_months\n" + "".join(f"P{n},{1 + n / 100},6\n" for n in range(COUNT))


def page_of_lists(page: Page, address: str) -> Page:
    return opened(page, f"{address}projects")


def file_of(name: str, content: bytes | str) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": content.encode() if isinstance(content, str) else content}


def upload(page: Page, name: str, content: bytes | str) -> None:
    page.locator("input[type=file]").set_input_files(file_of(name, content))


def decided(page: Page) -> None:
    """Wait until the list is decided and drawn."""
    page.wait_for_selector(".st-key-summary")
    settled(page)


def content_of(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return content_of(download.value)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def another(page: Page) -> None:
    page.get_by_role("button", name="Another list").click()
    page.wait_for_selector("input[type=file]", state="attached")
    settled(page)


def test_a_csv_with_good_and_bad_rows_is_decided_opened_downloaded_and_uploaded_again(
        page: Page, address: str) -> None:
    page_of_lists(page, address)
    upload(page, "plans.csv", MIXED)
    decided(page)
    head = verdict(page)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("From plans.csv.")
    expect(main).to_contain_text("Unknown and ignored: “owner”.")
    expect(main).to_contain_text("Not in the file, so the default was used: start_within_weeks (10)")
    refused = page.locator(".st-key-refused")
    expect(refused).to_contain_text("1 row could not be used; the others are kept.")
    assert [" ".join(row.inner_text().split()) for row in refused.locator("tbody tr").all()] == [
        "3 developers two Developers to build: enter a number from 0.1 to 50 full-time developers.",
        "3 build_months 99 Months to build: enter a number from 0.25 to 60 months."]
    assert page.get_by_test_id("stDataFrame").count() == 1
    assert page.locator('[data-testid="stVegaLiteChart"] svg, [data-testid="stVegaLiteChart"] canvas').count() == 2

    summary = downloaded(page, "Download CSV summary")
    rows = rows_of(summary)
    answers = [row for row in rows if row["rank"] == "1"]
    assert [row["project"] for row in answers] == ["Portal", "Portal", "'=1+1"]
    for row in answers:
        query = dict(parse_qsl(urlsplit(row["link"]).query, keep_blank_values=True))
        given = project_link.decode(query, load_evidence(), date.today())
        assert (given.problems, decide(given.needs, given.as_of).answer) == ((), row["option"])

    back = downloaded(page, "Download these rows")
    assert [row["reason"] != "" for row in rows_of(back)] == [True]

    another(page)
    upload(page, "summary.csv", summary)
    decided(page)
    assert verdict(page) == head
    assert page.locator(".st-key-refused").count() == 0
    assert downloaded(page, "Download CSV summary") == summary

    another(page)
    upload(page, "mended.csv", back.replace(b"two", b"2").replace(b"99", b"9"))
    decided(page)
    assert verdict(page).startswith("The one project: ")
    assert "Unknown and ignored: “owner”." in main.inner_text()

    opened(page, answers[0]["link"])  # which opens the same verdict
    words = {"in_house": "n-house", "freelance": "reelance", "agency": "gency", "mix": "keep it running"}
    assert words[answers[0]["option"]] in verdict(page)
    assert page.get_by_test_id("stAlert").count() == 0


def test_the_links_of_the_table_lead_to_the_main_page(page: Page, address: str) -> None:
    page_of_lists(page, address)
    page.get_by_role("button", name="Try it with six example projects").click()
    decided(page)
    rows = rows_of(downloaded(page, "Download CSV summary"))
    assert len(rows) == 24
    assert all(row["link"].startswith(f"{address}?budget_covers=") for row in rows)
    page.get_by_role("link", name="Evidence").first.click()
    page.wait_for_selector("h1:has-text('Every number')")
    settled(page)
    page.get_by_role("link", name="Projects").first.click()
    decided(page)  # the list survives a look at another page
    assert verdict(page).startswith("All 6 projects have a budget or deadline; ")


def test_the_excel_template_is_filled_in_and_uploaded(page: Page, address: str) -> None:
    page_of_lists(page, address)
    template = downloaded(page, "Template for Excel")
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book["Projects"]
    sheet.append([cell.value for cell in sheet[2]])
    sheet["A3"], sheet["B3"] = "Formula", "=1+1"
    file = io.BytesIO()
    book.save(file)
    upload(page, "plans.xlsx", file.getvalue())
    decided(page)
    assert verdict(page).startswith("The one project: ")
    expect(page.locator(".st-key-refused")).to_contain_text(
        "Cell B3: write its value, or open the file in your spreadsheet program and save it; found a formula without a "
        "saved value.")
    assert "default was used" not in page.get_by_test_id("stMain").inner_text()
    another(page)
    upload(page, "template.csv", downloaded(page, "Template as CSV"))
    decided(page)
    assert page.locator(".st-key-refused").count() == 0


def test_a_long_list_tells_how_far_it_is_stops_where_it_is_told_to_and_goes_on(page: Page, address: str) -> None:
    page_of_lists(page, address)
    upload(page, "long.csv", LONG)
    progress = page.get_by_test_id("stProgress")
    expect(progress).to_contain_text(f"of {COUNT} projects decided, about")
    page.get_by_role("button", name="Cancel").click()
    stopped = page.locator(".st-key-stopped")
    expect(stopped).to_contain_text(f"of {COUNT} projects decided. Results so far are below.")
    settled(page)
    count = int(stopped.inner_text().split()[1].replace(",", ""))
    assert 0 < count < COUNT
    assert f"{count:,} project" in verdict(page)
    assert len(rows_of(downloaded(page, "Download CSV summary"))) == 4 * count
    page.wait_for_timeout(1_000)
    assert f"Stopped: {count:,} of" in stopped.inner_text()  # it does stand still

    page.get_by_role("button", name="Continue").click()
    expect(progress).to_contain_text(f"of {COUNT} projects decided")
    page.get_by_role("link", name="Evidence").first.click()  # a look at another page in the midst of it
    page.wait_for_selector("h1:has-text('Every number')")
    page.get_by_role("link", name="Projects").first.click()
    decided(page)
    rows = rows_of(downloaded(page, "Download CSV summary"))
    assert [row["project"] for row in rows if row["rank"] == "1"] == [f"P{n}" for n in range(COUNT)]


# Reading

SLOW = workbook({SHEET: sheet(f'<row spans="{"1" * 50_000_000}"/>')})  # many seconds of reading


def reading_slowly(page: Page) -> None:
    upload(page, "slow.xlsx", SLOW)
    expect(page.get_by_test_id("stProgress")).to_contain_text("Opening the file, ")


def readers() -> list[int]:
    """The readers that are at work for the app that these tests serve."""
    return [child.pid for child in psutil.Process().children(recursive=True)
            if child.status() != psutil.STATUS_ZOMBIE and list_reader.__file__ in child.cmdline()]


def canceled(page: Page) -> None:
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("h1")).to_have_text("Decide a whole list of projects")
    expect(page.locator("input[type=file]")).to_have_count(1)
    assert page.get_by_test_id("stAlert").count() == 0


def test_reading_can_be_canceled_at_once_while_others_wait_and_another_page_goes_on(
        page: Page, address: str) -> None:
    other = opened(page, f"{address}brief")
    first, second, third = (page_of_lists(page.context.new_page(), address) for _ in range(3))
    for slow in (first, second):
        reading_slowly(slow)
    upload(third, "third.csv", "project,developers,build_months\nPortal,2,6\n")
    expect(third.get_by_test_id("stProgress")).to_contain_text("Waiting: other files are being read")
    assert len(readers()) == 2
    chosen(other, "Agency request for proposal")
    assert document(other).startswith("Request for proposal")
    canceled(first)
    expect(third.locator(".st-key-summary")).to_have_count(1)  # whose turn came with it
    canceled(second)
    assert readers() == []
    settled(third)
    assert verdict(third).startswith("The one project: ")


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 50


def test_bad_files_are_refused_with_a_sentence_each_and_another_can_follow(page: Page, address: str) -> None:
    page_of_lists(page, address)
    alert = page.get_by_test_id("stAlert")
    for name, content, sentence in (
            ("image.csv", PNG, "The file is not text: save it as CSV."),
            ("old.xlsx", b"\xd0\xcf\x11\xe0" + b"\x00" * 100, "save it as .xlsx without one")):
        upload(page, name, content)
        expect(alert).to_contain_text(f"{name}: ")
        expect(alert).to_contain_text(sentence)
        settled(page)
        assert alert.count() == 1
    upload(page, "good.csv", "developers,build_months\n2,6\n")
    decided(page)
    assert alert.count() == 0
    another(page)
    field = page.get_by_test_id("stFileUploader")
    upload(page, "large.csv", b"x" * (10 * 2**20 + 1))
    expect(field.get_by_text("File must be 10.0MB or smaller.")).to_be_visible()
    assert page.locator(".st-key-summary").count() == 0


# Matching columns

GOALS = ("Portal", "Shop", "Stock app", "Archive", "Claims", "Fleet", "Payroll", "Forms", "Survey", "Maps", "Alerts")
OWN = ("IT plans of next year,,,,,\n,,,,,\nInitiative,Team,Duration,Cost,Go-live,Owner\n"
       + "".join(f"{name},{1 + at % 3},{3 + at % 6},{120 + 30 * at},Q{1 + at % 4} 2028,Ann\n"
                 for at, name in enumerate(GOALS))
       + "Visits,2,4,180,,Bob\nBadge,1,3,90,31/12/2028,Bob\nKiosk,two,5,150,,Bob\nTotal,25,,3500,,\n")


def test_fourteen_projects_under_own_headings_reach_a_committee_in_ten_actions(page: Page, address: str) -> None:
    actions = 0

    def act(done: Callable[[], Made]) -> Made:
        nonlocal actions
        actions += 1
        return done()

    def picked(label: str, option: str) -> None:
        page.get_by_role("combobox", name=label).click()
        page.get_by_role("option", name=option, exact=True).click()
        settled(page)

    def typed(text: str) -> None:
        table = grid.bounding_box()
        assert table is not None
        page.mouse.dblclick(table["x"] + 190, table["y"] + 52)  # the cell of the team, below the headings
        cell = page.locator("#portal").get_by_role("textbox")
        cell.fill(text)
        cell.press("Enter")

    page_of_lists(page, address)
    act(lambda: upload(page, "plans.csv", OWN))
    expect(page.locator("h1")).to_have_text("Match the columns of plans.csv")
    settled(page)
    decide_list = page.get_by_role("button", name="Decide this list", exact=True)
    expect(decide_list).to_be_disabled()
    act(lambda: picked("Numbers are in", "months"))
    act(lambda: picked("Amounts are in", "thousands"))
    expect(page.get_by_test_id("stMain")).to_contain_text("Of 14 rows, 13 can be read")
    keeps_wcag_and_never_scrolls_sideways(page, "matched")
    act(decide_list.click)
    decided(page)
    act(page.get_by_text("Correct them here").click)
    settled(page)
    grid = page.locator(".st-key-refused [data-testid=stDataFrame]")
    grid.scroll_into_view_if_needed()
    settled(page)
    act(lambda: typed("2"))
    act(page.get_by_role("button", name="Decide the 1 corrected row").click)
    expect(page.locator(".st-key-refused")).to_have_count(0)
    decided(page)
    assert verdict(page).startswith("All 14 projects have a budget or deadline; ")
    act(page.get_by_role("radio", name="For a committee").click)
    settled(page)
    names = [*GOALS, "Visits", "Badge", "Kiosk"]
    book = openpyxl.load_workbook(io.BytesIO(act(lambda: downloaded(page, "Download Excel"))))
    cells = {str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {name.removesuffix("*") for name in cells} >= set(names)
    paper = pypdf.PdfReader(io.BytesIO(act(lambda: downloaded(page, "Download PDF"))))
    text = "\n".join(sheet.extract_text() for sheet in paper.pages)
    assert [name for name in names if name not in text] == []
    assert actions <= MOST_ACTIONS

    answers = [row for row in rows_of(downloaded(page, "Download CSV summary")) if row["rank"] == "1"]
    assert [row["project"] for row in answers] == names
    assert {row["need_budget_usd"] for row in answers} >= {"120000", "90000", "150000"}
    page.get_by_role("button", name="Match columns").click()
    expect(page.locator("h1")).to_have_text("Match the columns of plans.csv")
    settled(page)
    expect(page.get_by_role("combobox", name="“Cost” holds")).to_be_visible()


def test_the_browser_asks_before_a_reload_loses_a_list(page: Page, address: str) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page_of_lists(page, address)
    page.on("dialog", stay)
    page.get_by_role("button", name="Try it with six example projects").click()
    decided(page)
    assert not asked
    page.reload()  # examples are a click away: nothing is asked
    page.wait_for_selector("input[type=file]", state="attached")
    settled(page)
    upload(page, "plans.csv", MIXED)
    decided(page)
    expect(page.get_by_test_id("stMain")).to_contain_text("A reload of this page loses the list.")
    page.evaluate("setTimeout(() => location.reload())")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    settled(page)
    assert page.locator(".st-key-summary").count() == 1  # nothing is lost where one stays
    page.remove_listener("dialog", stay)


def test_no_rule_of_wcag_is_broken_and_nothing_scrolls_sideways(page: Page, address: str) -> None:
    page_of_lists(page, address)
    upload(page, "plans.csv", MIXED)
    decided(page)
    charts = page.get_by_test_id("stVegaLiteChart").all()
    assert len(charts) == 2
    for chart in charts:
        assert chart.get_attribute("aria-label") or chart.locator("[aria-label]").first.get_attribute("aria-label")
    keeps_wcag_and_never_scrolls_sideways(page, "decided")
    page.get_by_role("radio", name="For a committee").click()
    expect(page.get_by_role("button", name="Download PDF")).to_be_visible()
    keeps_wcag_and_never_scrolls_sideways(page, "committee")
