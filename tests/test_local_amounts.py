"""No US amount in what a reader abroad sees or takes along, except in columns of US dollars and in quoted sources."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

import hiring
from hiring import ProjectNeeds
from hiring.documents.archive import zip_archive
from hiring.documents.brief.content import write_brief
from hiring.documents.brief.document import to_markdown
from hiring.documents.brief.next_steps import next_steps, to_ics
from hiring.documents.brief.word import to_docx
from hiring.documents.committee import pdf as committee_pdf
from hiring.documents.committee import workbook
from hiring.documents.memo import render
from hiring.documents.memo.content import build_memo
from hiring.evidence.brief_catalog import suggested
from hiring.evidence.loader import load_catalog
from hiring.links import comparison_link, project_link, track_link
from hiring.links.comparison_link import Scenario
from hiring.links.track_link import Known
from hiring.lists import summary
from hiring.model.countries import per_dollar
from hiring.model.explanation import Explanation
from hiring.text import committee_text, currencies
from hiring.web.pages import track
from hiring.web.pages.decide.page import TABS
from hiring.web.session import comparison_state, list_run
from tests.walk import DAY, opened, page, words
from tests.web.pages.test_projects import run_over

ABROAD = ("gb", "de", "pl", "ca")
BUDGETS = {"gb": 900_000, "de": 1_000_000, "pl": 2_500_000, "ca": 1_500_000}  # in the currency of the country
MONEY = "'$~s'"  # a format of amounts with the sign of the locale
# The numbers of charts are sent as bytes, some of which look like the beginning of an amount.
DOLLARS = re.compile(r"""(?<![A-Z])(?:US)?\$\d[\d.,]*[kM]?(?![^\s'")\]<|;:/\u2013-])|\bUSD\b|US dollars?""")
QUOTED = ("as_published", "locator", "note", "title", "source")  # columns of the page Evidence
abroad = pytest.mark.parametrize("country", ABROAD)


@cache
def explanation(country: str) -> Explanation:
    evidence = hiring.evidence_as_of()
    rate = per_dollar(evidence.countries[country].currency, evidence.exchange_rates)
    return hiring.explain(hiring.decide(ProjectNeeds(
        project="Portal", location=country, developers=3, build_months=9, upkeep_months=24,
        budget_usd=BUDGETS[country] / rate, deadline_months=14, data_sensitivity="personal")))


def in_dollars(text: str, quoted: Iterable[str] = ()) -> list[str]:
    """The surroundings of each US amount that is not in what is `quoted`."""
    plain = re.sub(r"\\\d{3}", " ", text).replace("\\", "")  # without the numbers of tables and charts
    for quote in quoted:
        plain = plain.replace(quote, "")
    return [plain[max(found.start() - 60, 0):found.end() + 30] for found in DOLLARS.finditer(plain)]


def without_dollar_columns(content: bytes) -> Iterator[str]:
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
        yield from (cell for column, cell in row.items() if not column.endswith("_usd") and column not in (
            "note", "locator", "title", "link"))  # which quote sources, or hold all answers


def pdf_text(content: bytes) -> str:
    return "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages)


def query(country: str) -> dict[str, str]:
    return project_link.encode(explanation(country).decision.needs, DAY)


def signs(app: object) -> set[str]:
    """The signs of the amounts in all charts of a page."""
    specs = [chart.proto.spec for chart in app.get("vega_lite_chart")]  # type: ignore[attr-defined]
    return {json.loads(spec)["config"]["locale"]["number"]["currency"][0] for spec in specs if MONEY in spec}


def test_the_search_finds_us_amounts_and_no_others() -> None:
    for text in ("costs $450k", r"costs \$450k", "US$5", "90 USD per hour", "in US dollars"):
        assert in_dollars(text)
    for text in ("£450k", "CA$450k", r"CA\$450k", "PLN 450k", "format(datum.value, '$~s')", "cost_usd"):
        assert not in_dollars(text)


@pytest.mark.parametrize("tab", TABS)
@abroad
def test_no_us_amount_on_the_main_page(country: str, tab: str) -> None:
    app = opened("decide.page", query(country) | {"tab": tab})
    assert in_dollars(words(app)) == []
    assert signs(app) <= {currencies.of(explanation(country).decision).sign}


@pytest.mark.parametrize("option", ["freelance", "in_house", "agency"])
@abroad
def test_no_us_amount_where_the_method_is_worked_through(country: str, option: str) -> None:
    app = opened("how_it_works", query(country))
    assert in_dollars(words(app.button_group(key="worked_option").set_value(option).run())) == []


@abroad
def test_no_us_amount_among_the_figures_but_as_they_were_published(country: str) -> None:
    app = opened("evidence", query(country))
    shown = [frame.value.drop(columns=[*QUOTED], errors="ignore").to_csv() for frame in app.dataframe]
    assert in_dollars("\n".join([*shown, *(it.value for it in (*app.markdown, *app.info, *app.warning))])) == []


@abroad
def test_no_us_amount_where_a_project_is_tracked(country: str) -> None:
    decision = explanation(country).decision
    scenario, known = Scenario("", decision.needs, DAY, from_day=DAY), Known(
        DAY + timedelta(100), "freelance", done=0.3, spent_usd=90_000, pay=(("freelance", 80.0),))
    assert in_dollars(words(opened("track", track_link.encode(scenario, known)))) == []
    assert in_dollars(pdf_text(track._pdf(scenario, known, "https://example.org"))) == []
    rows = csv.DictReader(io.StringIO(track._csv(scenario, known, "").decode("utf-8-sig")))
    assert in_dollars("\n".join(str(row) for row in rows if not row["number"].endswith("_usd"))) == []


@abroad
def test_no_us_amount_in_a_list_and_what_a_committee_gets(country: str) -> None:
    needs = explanation(country).decision.needs
    run = run_over([needs, replace(needs, developers=2, project="Ledger")])
    app = AppTest.from_function(page, default_timeout=60, args=("projects",))
    app.session_state["run"] = run
    assert in_dollars(words(app.run())) == []
    committee = committee_text.committee(run.answers, run.cautions, run.day)
    assert in_dollars(pdf_text(committee_pdf.to_pdf(committee, "List", DAY))) == []
    answers = list_run.answers_used(run, range(len(run.answers)))
    book = openpyxl.load_workbook(io.BytesIO(workbook.to_xlsx(committee, "List", answers)))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row]
    formats = [cell.number_format for sheet in book for row in sheet for cell in row]
    assert in_dollars("\n".join([*cells, *formats])) == []
    assert in_dollars("\n".join(without_dollar_columns(list_run.summary_csv(run)))) == []


@abroad
def test_no_us_amount_where_projects_are_compared(country: str) -> None:
    needs = explanation(country).decision.needs
    app = opened("compare", comparison_link.encode([Scenario(name, needs, DAY) for name in ("A", "B")]))
    assert in_dollars(words(app)) == []
    assert signs(app) == {currencies.of(explanation(country).decision).sign}
    content = comparison_state.to_csv((Scenario("A", needs, DAY),), "")
    assert in_dollars("\n".join(without_dollar_columns(content))) == []


@abroad
def test_no_us_amount_in_a_brief(country: str) -> None:
    decision, catalog = explanation(country).decision, load_catalog()
    quoted = [figure.locator for figure in decision.evidence.figures.values() if "USD" in figure.locator]
    for option in decision.outcomes:
        following = next_steps(decision, option, catalog, DAY)
        text = to_markdown(write_brief(decision, following, catalog, suggested(catalog, decision.needs, option)))
        assert in_dollars(text, quoted) == []
        paper = docx.Document(io.BytesIO(to_docx(text, DAY)))
        cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
        assert in_dollars("\n".join([*(it.text for it in paper.paragraphs), *cells]), quoted) == []
        assert in_dollars(to_ics(following, decision.needs).decode()) == []
    assert in_dollars(words(opened("brief", query(country))), quoted) == []


@abroad
def test_no_us_amount_in_a_memo(country: str) -> None:
    memo = build_memo(explanation(country), "https://example.org", DAY)
    for text in (render.to_html(memo).decode(), pdf_text(render.to_pdf(memo))):
        assert in_dollars(text) == []
        assert currencies.of(explanation(country).decision).sign.strip() in text


@abroad
def test_no_us_amount_in_an_archive_or_a_summary(country: str) -> None:
    decision = explanation(country).decision
    with ZipFile(io.BytesIO(zip_archive.to_zip(decision, "", DAY))) as archive:
        assert in_dollars(archive.read("readme.md").decode()) == []
        assert not re.search(r"\$\d", archive.read("metadata.json").decode())
        tables: Iterable[bytes] = [archive.read(name) for name in archive.namelist() if name.endswith(".csv")]
    for table in (*tables, summary.to_csv(decision, "")):
        assert in_dollars("\n".join(without_dollar_columns(table))) == []
