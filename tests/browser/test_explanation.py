"""Why this answer, and what would change it: own figures and newer evidence, as a manager meets them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlparse

import pytest
from playwright.sync_api import Page, expect

from hiring import ProjectNeeds, decide
from hiring.links import project_link
from hiring.model.schedule import months_until
from hiring.text import verdict_text
from hiring.text.formatting import unmarked
from tests.browser.conftest import opened, settled, verdict
from tests.browser.test_journey import copied_link, downloaded
from tests.factories import DAY
from tests.server import ROOT, served

OUTSIDE = ProjectNeeds(talent_region="asia", budget_usd=900_000, mixes=False)
ABROAD = urlencode(project_link.encode(OUTSIDE, DAY, tab="why"))


def own_number(page: Page, table: str, figure: str, number: str) -> None:
    """Put `number` in place of a figure on the evidence page."""
    page.get_by_role("link", name="Evidence").first.click()
    page.wait_for_selector("h1:has-text('Every number')")
    settled(page)
    page.get_by_role("button", name=table, exact=True).or_(page.get_by_role("radio", name=table, exact=True)).click()
    settled(page)
    chooser = page.get_by_label("Replace a figure with your own", exact=True)
    chooser.click()
    chooser.press_sequentially(figure)
    page.locator("[role=option]", has_text=figure).first.click()
    settled(page)
    field = page.get_by_label(re.compile("^Your number"))
    field.fill(number)
    field.press("Tab")
    settled(page)


def back_to_the_answer(page: Page) -> None:
    page.get_by_role("link", name="Decide").first.click()
    page.wait_for_selector(".st-key-cards")
    settled(page)


def test_a_manager_reads_the_reasons_overrides_the_agencys_rate_and_takes_it_back(
        page: Page, address: str) -> None:
    opened(page, f"{address}?{ABROAD}")
    before = verdict(page)
    assert "agency" in before
    expect(page.get_by_role("heading", name=re.compile("points? over"))).to_be_visible()
    expect(page.locator(".st-key-reasons").get_by_text(re.compile(r"\+\d+ points")).first).to_be_visible()

    own_number(page, "Pay", "Pay, agency, Asia, mid", "120")
    expect(page.get_by_text("1 figure of your own")).to_be_visible()
    back_to_the_answer(page)
    after = verdict(page)
    assert after != before
    notice = page.locator(".st-key-own_figures")
    expect(notice).to_contain_text("Pay, agency, Asia, mid 120 USD per hour (evidence: 29 / 40 / 57)")

    link = copied_link(page)
    assert parse_qs(urlparse(link).query)["own"] == ["agency.asia.mid~120"]
    opened(page, link)
    assert verdict(page) == after
    expect(notice).to_contain_text("Pay, agency, Asia, mid 120 USD per hour")
    _, rows = downloaded(page)
    assert {row["own_figures"] for row in rows} == {"agency.asia.mid~120"}
    page.keyboard.press("Escape")  # the panel of the files covers what is below it
    notice.get_by_role("button", name="Reset all").click()
    expect(notice).to_have_count(0)
    settled(page)
    assert verdict(page) == before
    assert "own=" not in page.url


def test_what_would_change_the_answer_changes_it(page: Page, address: str) -> None:
    """The first row of the table, tried as a project of its own."""
    today, needs = date.today(), ProjectNeeds(mixes=False)

    def link(needs: ProjectNeeds) -> str:
        return f"{address}?{urlencode(project_link.encode(needs, DAY, from_day=today, tab='change'))}"

    opened(page, link(needs))
    before = verdict(page)
    heading = page.get_by_role("heading", name=re.compile("^If the release were due by"))
    expect(heading).to_be_visible()
    found = re.search(r"due by (\w+ \d+, \d+), (.+?) would", heading.inner_text())
    assert found is not None
    due = datetime.strptime(found[1], "%B %d, %Y").date()
    opened(page, link(replace(needs, deadline_months=months_until(today, due))))
    assert verdict(page) != before
    assert found[2] in verdict(page).lower()


@pytest.fixture
def newer(tmp_path: Path) -> Iterator[str]:
    """A copy of the app whose evidence has a newer row: agencies in Asia at 120 US dollars an hour."""
    for folder in ("hiring", "data", ".streamlit"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "app.py", tmp_path)
    table = tmp_path / "data" / "pay.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("agency.asia.mid,"))
    row = "agency.asia.mid,agency,asia,mid,110,120,130,USD per hour,2027-01-01,2027-01-02,assumed,red,assumed,,A test."
    table.write_text("\n".join([*lines[:place + 1], row, *lines[place + 1:]]) + "\n", encoding="utf-8")
    with served(tmp_path / "app.py") as (port, _):
        yield f"http://localhost:{port}/"


def test_an_old_link_keeps_its_answer_where_newer_figures_exist_and_offers_them(page: Page, newer: str) -> None:
    before = unmarked(verdict_text.heading(decide(OUTSIDE, DAY)))
    opened(page, f"{newer}?{ABROAD}")
    assert verdict(page) == before
    notice = page.locator(".st-key-newer_evidence")
    expect(notice).to_contain_text("Newer figures exist.")
    expect(notice).to_contain_text("Pay, agency, Asia, mid from 29 / 40 / 57 to 110 / 120 / 130")
    expect(notice).to_contain_text(before)
    expect(notice).to_contain_text("Evidence of January 2, 2027")
    notice.get_by_role("button", name="Use the newer figures").click()
    settled(page)
    assert verdict(page) != before
    assert page.locator(".st-key-newer_evidence").count() == 0
    assert "as_of=2027-01-02" in page.url
    page.go_back()
    settled(page)
    page.wait_for_function("text => document.querySelector('h1')?.innerText === text", arg=before)
