"""The page of lists without a browser: what it keeps, what it tells, and that every file is read or refused."""

from __future__ import annotations

import csv
import io
import json
import pickle
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlparse

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from hiring import ProjectNeeds, decide
from hiring.charts import portfolio_charts
from hiring.evidence.loader import load_evidence
from hiring.links import project_link
from hiring.lists.cells import PLAIN
from hiring.lists.columns import from_json
from hiring.lists.examples import load_examples
from hiring.lists.project_list import ListError, Project, ProjectList, check
from hiring.lists.reader_process import read_lines_here
from hiring.model.own_figures import Own, Range
from hiring.text import committee_text, portfolio_text
from hiring.text.currencies import amounts_in
from hiring.web.components import committee_table
from hiring.web.markdown import markdown
from hiring.web.pages import projects
from hiring.web.session import list_run
from hiring.web.session.list_run import BATCH, MAX_PROJECTS, Run, refused_csv, summary_csv
from tests.factories import DAY
from tests.links.test_own_figures_codec import some_figures
from tests.strategies import LAWS, plausible_projects

ADDRESS = "https://example.org/hire/"


def page() -> None:
    from hiring.web.pages import projects  # noqa: PLC0415 – the test runs the body of this function as a page

    projects.show()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page, default_timeout=60)


def began(content: bytes | str, most: int = MAX_PROJECTS) -> Run:
    raw = content.encode() if isinstance(content, str) else content
    return list_run.start("list.csv", check(ProjectList(io.BytesIO(raw), read_file=read_lines_here), most), ADDRESS)


def finished(run: Run) -> Run:
    while run.pending:
        run = list_run.decide_batch(run)
    return run


def run_over(needs: Sequence[ProjectNeeds], own: Own = ()) -> Run:
    """A list decided to its end."""
    run = began("developers\n2\n")
    return finished(replace(run, pending=tuple(Project(line, it, None, own) for line, it in enumerate(needs, 2))))


def shown(app: AppTest) -> str:
    return "\n".join(text.value for text in app.markdown)


# Deciding

@settings(LAWS, max_examples=15)
@given(st.lists(plausible_projects(), min_size=1, max_size=4), some_figures())
@example([ProjectNeeds(budget_usd=11_000, currency="PKR")], ())
def test_a_summary_uploaded_again_gives_the_same_verdicts_and_the_same_bytes(
        needs: list[ProjectNeeds], own: Own) -> None:
    first = run_over(needs, own)
    again = finished(began(summary_csv(first)))
    assert (again.answers, again.links) == (first.answers, first.links)
    assert summary_csv(again) == summary_csv(first)
    assert again.refused.rows == 0


def test_answers_are_in_the_order_of_the_list_and_are_those_of_the_page() -> None:
    sizes = [1 + n / 4 for n in range(BATCH + 3)]
    run = run_over([ProjectNeeds(project=f"P{n}", developers=n) for n in sizes])
    assert [answer.project for answer in run.answers] == [f"P{n}" for n in sizes]
    for answer, size in zip(run.answers, sizes, strict=True):
        decision = decide(ProjectNeeds(project=f"P{size}", developers=size))
        assert (answer.verdict, answer.answer, answer.share, answer.keep_share) == (
            decision.verdict, decision.answer, decision.answer_share, decision.keep_share)
    rows = list(csv.DictReader(io.StringIO(summary_csv(run).decode("utf-8-sig"))))
    assert [row["project"] for row in rows if row["rank"] == "1"] == [f"P{n}" for n in sizes]
    assert {row["option"] for row in rows} == {"freelance", "in_house", "agency", "mix"}


def test_a_link_opens_the_project_with_its_date_and_own_figures_and_says_the_same() -> None:
    run = finished(began(f"project,developers,as_of,own_figures\nPortal,3,{DAY},load~1.4\n"))
    (link,), (answer,) = run.links, run.answers
    assert link.startswith(f"{ADDRESS}?")
    query = dict(parse_qsl(urlparse(link).query, keep_blank_values=True))
    opened = project_link.decode(query, load_evidence(), date.today())
    assert opened[:3] == (ProjectNeeds(project="Portal", developers=3), DAY, (("load", Range(1.4, 1.4, 1.4)),))
    assert opened.problems == ()
    assert opened.said is not None
    assert opened.said.answer == answer.answer
    assert abs(opened.said.percent - answer.share * 100) <= 1  # whole numbers add up to 100


def test_bad_rows_are_counted_listed_to_a_bound_and_given_back() -> None:
    run = began("developers,note\n" + "two,x\n" * 25 + "2,x\n")
    assert (run.refused.rows, len(run.refused.faults), run.count) == (25, 20, 1)
    assert len(refused_csv(run).splitlines()) == 26
    assert refused_csv(run).splitlines()[0].endswith(b"developers,note,reason")


def test_what_was_read_in_an_unusual_way_is_stated_and_nothing_else() -> None:
    assert began(summary_csv(run_over([ProjectNeeds()]))).notices == ()
    run = began("developers;*note*;x\n2,5;a;b\n" + "2;a;b\n" * 3, 2)
    assert tuple(map(markdown, run.notices)) == (
        f"The list is longer than the {MAX_PROJECTS:,} rows that this page decides: rows after row 3 were not read. "
        "Upload them as a list of their own, or decide all with `python -m hiring projects.csv --output summary.csv`, "
        "which has no limit.",
        "Not in the file, so the default was used: `project` (no name), `build_months` (6), `start_within_weeks` (10), "
        "`deadline_months` (none), `upkeep_developers` (0.5), `upkeep_months` (30), `budget` (none), "
        "`budget_covers` (build), `limits` (firm), `seniority` (mid), `wage_basis` (article), `currency` (that of the "
        "country), `location` (United States), `talent_region` (local), `scale` (steady), `disciplines` (one), "
        "`data_sensitivity` (internal), `technical_lead` "
        "(yes), `scope_clarity` (mostly\\_clear), `integration` (shared), `strategic_value` (important) and `mixes` "
        "(yes).",
        "Unknown and ignored: “\\*note\\*” and “x”.", "The file was read with semicolons between cells.")


def test_a_session_holds_a_long_list_in_a_few_kilobytes_a_project() -> None:
    run = run_over([ProjectNeeds(project=f"Project {n}", developers=1 + n / 100) for n in range(200)])
    assert len(pickle.dumps(replace(run, totals=None))) / 200 < 2_000
    assert run.totals is not None
    assert sum(usd.size for usd in (*run.totals.by_option.values(), run.totals.by_answer)) == 16_000
    assert len(summary_csv(run)) / 200 > 1_500  # which is held compressed


@settings(LAWS, max_examples=200)
@given(st.binary(max_size=200), st.sampled_from([b"", b"developers,project\n", b"PK\x03\x04", b"\xff\xfe",
                                                 b"\xd0\xcf\x11\xe0"]))
def test_any_bytes_are_decided_or_refused_with_a_sentence(content: bytes, head: bytes) -> None:
    try:
        run = began(head + content, 5)
    except ListError:
        return
    assert len(finished(run).answers) == run.count <= 5


# The page

def test_the_empty_page_offers_templates_examples_and_the_columns(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert "Decide a whole list of projects" in shown(app)
    assert [button.label for button in app.button] == ["Try it with six example projects"]
    assert len(app.get("download_button")) == 2
    (uploader,) = app.get("file_uploader")
    assert uploader.proto.label == "List of projects, CSV or Excel"
    assert uploader.proto.max_upload_size_mb == projects.LARGEST_UPLOAD_MB


def test_the_examples_are_decided_with_charts_table_and_file(app: AppTest) -> None:
    app.run()
    app.button(key="examples").click().run()
    assert not app.exception
    run: Run = app.session_state["run"]
    assert [answer.project for answer in run.answers] == [needs.project for needs in load_examples().values()]
    assert app.markdown[0].value.startswith("# All 6 projects have a budget or deadline; ")
    charts = [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]
    assert len(charts) == 2
    (table,) = app.dataframe
    assert list(table.value["project"]) == [answer.project for answer in run.answers]
    app.button(key="another").click().run()
    assert "Decide a whole list of projects" in shown(app)


def test_amounts_are_in_the_currency_that_all_projects_share_else_in_dollars_at_stated_rates(app: AppTest) -> None:
    british = [ProjectNeeds(location="gb", budget_usd=900_000 / 0.7497, project=name) for name in ("A", "B")]
    held(app, run := replace(run_over(british), assumed=()))
    (table,) = app.dataframe
    heads = json.loads(table.proto.columns)
    assert [heads[column]["label"] for column in ("low", "high")] == ["Cost from, £", "Cost to, £"]
    decision = decide(british[0])
    low, _, _ = decision.all_outcomes[decision.nearest].cost_quantiles
    assert table.value["low"][0] == int(float(f"{low * 0.7497:.3g}"))
    assert "all budgets together, £1.8M" in shown(app)
    assert not re.search(r"(?<!CA)\$\d", shown(app).replace("\\", ""))
    charts = [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]
    assert [chart["config"]["locale"]["number"]["currency"] for chart in charts] == [["£", ""], ["£", ""]]
    with amounts_in(portfolio_text.currency_of(run.answers)):
        assert "budgets £1.8M" in portfolio_charts.totals_chart(run.totals).to_json(ensure_ascii=False)
    held(app, run_over([*british, ProjectNeeds(location="de")]))
    assert "shown in US dollars: €1 is $1.152 and £1 is $1.334 (rate of June 1, 2026)." in shown(app).replace("\\", "")
    assert json.loads(app.dataframe[0].proto.columns)["low"]["label"] == "Cost from, $"
    assert {answer.currency for answer in run.answers} == {"GBP"}


def held(app: AppTest, run: Run) -> AppTest:
    app.session_state["run"] = run
    app.run()
    assert not app.exception
    return app


def test_a_list_that_was_stopped_says_so_and_goes_on(app: AppTest) -> None:
    part = list_run.decide_batch(began("developers\n" + "2\n" * (BATCH + 5)))
    held(app, replace(part, is_running=False))
    assert f"**Stopped:** {BATCH} of {BATCH + 5} projects decided." in shown(app)
    assert len(app.dataframe[0].value) == BATCH
    app.button(key="continue").click().run()
    assert "Stopped" not in shown(app)
    assert len(app.dataframe[0].value) == BATCH + 5


def test_a_list_stopped_before_its_first_answer_can_go_on_too(app: AppTest) -> None:
    held(app, replace(began("developers\n2\n"), is_running=False))
    assert "No project is decided yet" in shown(app)
    app.button(key="continue").click().run()
    assert len(app.dataframe[0].value) == 1


def test_a_list_of_bad_rows_alone_is_stated_and_given_back(app: AppTest) -> None:
    held(app, began("developers,budget_usd\ntwo,lots\n"))
    assert "No row of the list could be used" in shown(app)
    assert "1 row could not be used.**" in shown(app)
    assert "the others" not in shown(app)
    (table,) = app.table
    assert table.value["Found"].tolist() == ["two", "lots"]


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("a.csv", b"", "The file is empty"), ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "not text: save it as CSV"),
    ("a.xlsx", b"\xd0\xcf\x11\xe0rest", "save it as .xlsx without one"), ("a.csv", b"developers\n", "no projects"),
    ("a\x1b[2Jb.csv", b"", "a [2Jb.csv: The file is empty")])
def test_a_file_that_cannot_be_read_is_refused_with_its_name_and_a_sentence(
        app: AppTest, name: str, content: bytes, sentence: str) -> None:
    app.session_state["list_upload"] = projects.Upload(name, content)
    app.run(timeout=30)
    (error,) = app.error
    assert sentence in error.value.replace("\\", "")
    assert "run" not in app.session_state
    assert "list_upload" not in app.session_state


# Matching columns

OWN = b"Plans,,,,\nTitle,Team,Span,Cost,Owner\nA,2,6,120,Ann\nB,3,9,90,Bob\nTotal,5,15,210,\n"


def uploaded(app: AppTest, content: bytes, name: str = "own.csv") -> AppTest:
    app.session_state["list_upload"] = projects.Upload(name, content)
    return app.run()


def warned_of(app: AppTest) -> list[str]:
    return app.warning[0].value.replace("\\", "").split("  \n") if app.warning else []


def test_own_headings_are_matched_asked_about_and_decided_and_can_be_matched_again(app: AppTest) -> None:
    uploaded(app, OWN)
    assert "# Match the columns of own.csv" in shown(app)
    assert warned_of(app) == ["Is “Cost” in thousands or in millions?"]
    assert app.button(key="decide_list").disabled
    app.selectbox(key="unit_0_3_budget").select("thousands")
    app.selectbox(key="holds_0_2").select("build_months").run()
    assert warned_of(app) == ["Is “Span” in months, weeks, days or years?"]
    app.selectbox(key="unit_0_2_build_months").select("weeks").run()
    assert not app.warning
    assert app.table[0].value["Months to build"].tolist() == [f"{6 * 12 / 52:,.10g}", f"{9 * 12 / 52:,.10g}"]
    app.button(key="decide_list").click().run()
    run: Run = app.session_state["run"]
    assert [answer.project for answer in run.answers] == ["A", "B"]
    assert run.assumed == ()
    app.button(key="match_again").click().run()
    assert [app.selectbox(key=f"holds_1_{place}").value for place in range(5)] == [
        "project", "developers", "build_months", "budget", ""]
    app.button(key="as_found").click().run()
    assert app.selectbox(key="holds_2_2").value == ""  # as it was found
    app.button(key="another").click().run()
    uploaded(app, OWN.replace(b"A,2", b"C,4"), "later.csv")
    assert [answer.project for answer in app.session_state["run"].answers] == ["C", "B"]  # the columns are known now


def test_what_a_list_lacks_can_be_said_for_all_rows(app: AppTest) -> None:
    uploaded(app, b"Project,Build months\nA,6\nB,9\n")
    app.text_input(key="all_0_developers").input("4").run()
    app.button(key="decide_list").click().run()
    run: Run = app.session_state["run"]
    assert (run.assumed, len(run.answers)) == ((), 2)
    assert "need_developers" in summary_csv(run).decode()
    assert not app.warning


def test_two_columns_for_one_need_are_asked_about_and_saved_columns_are_used(app: AppTest) -> None:
    uploaded(app, b"Project,Developers,developers\nA,1,2\n")
    assert "Two columns hold developers to build: keep one." in warned_of(app)
    match = app.session_state["list_match"]
    kept = match.with_column(1, "", PLAIN).with_column(0, "", PLAIN).mapping
    app.session_state["list_match"] = match.with_map(from_json(kept.to_json()))
    app.run()
    assert not app.warning
    assert [app.selectbox(key=f"holds_1_{place}").value for place in range(3)] == ["", "", "developers"]


def test_a_list_with_the_names_of_the_needs_is_decided_without_a_question(app: AppTest) -> None:
    uploaded(app, b"project,Developers,Build months,owner\nA,2,6,Ann\n")
    assert "list_match" not in app.session_state
    assert app.session_state["run"].answers


@pytest.mark.parametrize(("columns", "headline", "warned"), [
    ("developers", "The list does not give months to build", "with 6 months, so there is no total"),
    ("build_months", "The list does not give developers to build", "with 2 full-time developers, so there is no total"),
    ("budget_usd", "The list does not give developers to build and months to build",
     "named `developers` and `build_months`")])
def test_a_list_without_the_size_of_its_projects_gets_no_overall_result(
        app: AppTest, columns: str, headline: str, warned: str) -> None:
    held(app, finished(began(f"project,{columns}\nA,3\nB,4\n".replace("3\n", "3000\n" if "usd" in columns else "3\n"))))
    assert headline in shown(app)
    assert warned in app.warning[0].value
    assert "of these" not in shown(app)
    assert not app.get("vega_lite_chart")
    assert len(app.dataframe[0].value) == 2 - ("usd" in columns)


# For a committee

def committee_of(app: AppTest, run: Run) -> AppTest:
    held(app, run)
    app.segmented_control(key="list_view").set_value(committee_table.FOR_A_COMMITTEE).run()
    assert not app.exception
    return app


TWO_CURRENCIES = ("project,developers,build_months,budget,location\nPortal,2,6,900000,us\nPlaner,3,9,90000,Germany\n"
                  "=1+1,1,3,,us\n")


def test_a_committee_gets_a_table_totals_and_two_files(app: AppTest) -> None:
    committee_of(app, run := finished(began(TWO_CURRENCIES)))
    assert "2 of 3 have a budget; 1 of these keeps it in at least half" in shown(app)
    (table,) = app.dataframe
    assert list(table.value["Project"]) == ["Portal", "Planer", "'=1+1"]
    assert [button.proto.label for button in app.get("download_button")] == [
        "Download PDF", "Download Excel", "Download CSV summary"]
    (totals,) = app.table
    assert list(totals.value["Currency"]) == ["EUR, 1 project", "USD, 2 projects"]
    assert len(run.cautions) == len(run.answers)
    ((name, given, assumed),) = list_run.answers_used(run, [1])
    assert (name, given["developers"], given["build_months"]) == ("Planer", "3", "9")
    assert "seniority" in assumed
    assert assumed.isdisjoint({"developers", "build_months", "budget_usd", "location"})


def test_a_committees_table_is_filtered_and_sorted_with_its_headline_and_totals(app: AppTest) -> None:
    committee_of(app, finished(began(TWO_CURRENCIES)))
    app.multiselect(key="committee_currencies").set_value(["USD"]).run()
    app.selectbox(key="committee_sort").set_value("Project").run()
    assert not app.exception
    assert list(app.dataframe[0].value["Project"]) == ["'=1+1", "Portal"]
    assert "1 of 2 has a budget" in shown(app)
    app.multiselect(key="committee_limits").set_value([committee_table.MISSED]).run()
    assert "No project is left" in shown(app)
    assert not app.dataframe


def test_a_row_of_an_assumed_size_has_a_star_and_is_in_no_count_and_no_total(app: AppTest) -> None:
    run = finished(began("project,developers,build_months\nA,2,6\nB,3,6\n"))
    lines = summary_csv(run).decode("utf-8-sig").splitlines()
    of_one = [line.replace("budget_covers;", "budget_covers; build_months;") if line.startswith("A,") else line
              for line in lines]
    again = finished(began("\n".join(of_one)))
    assert again.totals is not None
    alone = finished(began("\n".join([lines[0], *(line for line in lines if line.startswith("B,"))])))
    assert alone.totals is not None
    assert (again.totals.projects, again.totals.ranges()) == (1, alone.totals.ranges())
    held(app, again)
    assert "1 project has a star: its size is not in the list" in shown(app)
    assert "1 of 2 projects costs" in shown(app)
    verdicts = list(app.dataframe[0].value["verdict"])
    assert [it.endswith("*") for it in verdicts] == [True, False]


def test_equal_numbers_keep_the_texts_of_their_own_cells(app: AppTest) -> None:
    run = finished(began("project,developers,build_months\nA,2,6\nB,2,6\n"))
    half = run.answers[1]._replace(assumed=frozenset({"developers"}))
    committee_of(app, replace(run, answers=(run.answers[0], half)))
    texts = app.dataframe[0].proto.arrow_data.styler.display_values
    assert texts
    first, second = (line.texts[3] for line in committee_text.committee(
        [run.answers[0], half], run.cautions, run.day).lines)
    assert (first + "*", first) == (second, second.removesuffix("*"))
    assert (first.encode() in texts, second.encode() in texts) == (True, True)


def test_a_refusal_is_shown_once_as_it_is(app: AppTest) -> None:
    app.session_state["list_refused"] = "*a*.csv: The file is empty."
    app.run()
    assert [error.value for error in app.error] == [r"\*a\*.csv: The file is empty."]
    app.run()
    assert not app.error


def test_the_page_is_after_decide() -> None:
    text = (Path(__file__).parents[3] / "app.py").read_text(encoding="utf-8")
    assert text.index("decide.show") < text.index("projects.show") < text.index("evidence.show")


def test_rows_that_could_not_be_used_are_corrected_in_place_and_decided_at_once(app: AppTest) -> None:
    uploaded(app, b"project,Developers,Build months,owner\nA,2,6,Ann\nB,two,6,Bob\nC,3-4,99,Cy\n")
    run: Run = app.session_state["run"]
    again = list_run.corrected(run, {3: {0: "B", 1: "2", 2: "6"}, 4: {0: "C", 1: "3", 2: "99"}})
    assert [(project.line, project.needs.developers) for project in again.pending] == [(3, 2)]
    assert [row.line for row in again.refused.bad] == [4]
    assert again.refused.bad[0].cells == ("C", "3", "99", "Cy")
    assert again.is_running
    done = finished(again)
    assert [answer.project for answer in done.answers] == ["A", "B"]
    assert len(done.pieces) == 2
    assert summary_csv(done).count(b"verdict") == 1  # one header


def test_an_error_of_a_spreadsheet_stays_one_until_its_cell_is_written_anew(app: AppTest) -> None:
    book = openpyxl.Workbook()
    for row in (("project", "developers", "build_months", "budget_usd"), ("A", "#DIV/0!", 6, 90_000)):
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    uploaded(app, file.getvalue(), "list.xlsx")
    run: Run = app.session_state["run"]
    assert not list_run.corrected(run, {2: {0: "A", 1: "#DIV/0!", 2: "7"}}).pending
    assert list_run.corrected(run, {2: {0: "A", 1: "2", 2: "6"}}).pending
