"""What a manager takes along: the memo, the summary and the archive, each with the numbers of the page."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from frictionless import Package
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import files_shown, filled, name_of, numbers, opened, settled, verdict

NOTES = {"Prepared by (optional)": "Ada Example", "Reference (optional)": "Board paper 17",
         "Reason and alternatives considered (optional)": "Two agencies were asked."}


def taken(page: Page, button: str, folder: Path) -> Path:
    """The file behind a button."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    file = folder / name_of(download.value)
    download.value.save_as(file)
    return file


def test_what_is_still_typed_is_in_the_file_and_one_press_gives_it(page: Page, address: str, tmp_path: Path) -> None:
    opened(page, address)
    field = page.get_by_label("Developers to build", exact=True)
    field.fill("7")
    page.locator(".st-key-download").get_by_role("button").first.click()
    assert "developers=7&" in taken(page, "Download CSV summary", tmp_path).read_text()

    memo = page.get_by_role("button", name="Download memo as web page")
    labels = [label for label in NOTES if "Reference" not in label]
    for turn, (label, milliseconds) in enumerate((label, press) for label in labels for press in (0, 150, None)):
        page.get_by_label(label).fill(f"Text {turn}.")
        with page.expect_download() as download:
            if milliseconds is None:
                memo.press("Enter")
            else:
                memo.click(delay=milliseconds)
        assert f"Text {turn}." in Path(download.value.path()).read_text(), (label, milliseconds)
        settled(page)


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_the_memo_and_the_archive_say_what_the_page_says(page: Page, address: str, tmp_path: Path) -> None:
    opened(page, f"{address}?project=Customer+portal&developers=3")
    said, cards = verdict(page), numbers(page)
    ranges = re.findall(r"\$[\d.]+[kM]?–\$[\d.]+[kM]?|\d+–\d+ (?:months|weeks)", "\n".join(cards))
    assert len(ranges) == 4, "a cost for each option and for the mix"
    files_shown(page)
    for label, text in NOTES.items():
        filled(page, label, text)
    assert "Ada" not in page.url and "17" not in page.url.split("?")[1], "they stand in no link"

    pdf = taken(page, "Download memo as PDF", tmp_path)
    web = taken(page, "Download memo as web page", tmp_path)
    assert (pdf.name, web.name) == ("customer-portal-memo.pdf", "customer-portal-memo.html")
    printed = one_line("\n".join(sheet.extract_text() for sheet in PdfReader(pdf).pages))
    page_of_it = page.context.new_page()
    page_of_it.goto(web.as_uri())
    shown = one_line(page_of_it.locator("body").inner_text())
    for text in (said, *ranges, *NOTES.values()):
        assert text in shown
        assert text.replace(" ", "") in printed.replace(" ", "")

    archive = taken(page, "Download everything as zip", tmp_path)
    assert archive.name == "customer-portal.zip"
    assert Package(str(archive)).validate().valid
    summary = taken(page, "Download CSV summary", tmp_path)
    with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as files:
        assert files.read("summary.csv") == summary.read_bytes()
        readme = files.read("readme.md").decode()
    assert all(text in readme for text in NOTES.values())
