"""Own figures in links and files: what is written comes back, and problems are reported."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings

import hiring
from hiring import ProjectNeeds
from hiring.evidence.loader import load_evidence
from hiring.links import project_link
from hiring.links.own_figures_codec import packed
from hiring.lists import summary
from hiring.model.needs import NEEDS
from hiring.model.own_figures import Own, Range, written
from hiring.model.past_projects import Origin
from tests.factories import DAY
from tests.strategies import LAWS, own_figures, plausible_projects

EVIDENCE = load_evidence()
NEEDS_ONLY = project_link.encode(ProjectNeeds(), DAY, from_day=DAY)
PAY, RATE = "in_house.article.mid", "agency.us.mid"


def read(query: dict[str, str]) -> project_link.Opened:
    """A query as it comes out of a browser."""
    return project_link.decode(dict(parse_qsl(urlencode(query), keep_blank_values=True)), EVIDENCE, DAY)


def read_own(text: str) -> project_link.Opened:
    return read({**NEEDS_ONLY, "own": text})


@LAWS
@given(own_figures(least=1))
def test_a_link_of_the_first_version_keeps_its_own_figures(own: Own) -> None:
    assert read({**NEEDS_ONLY, "own": written(own), "v": "1"}).own == own


@pytest.mark.parametrize("scope", NEEDS["scope_clarity"].choices)
def test_the_one_overrun_of_model_1_becomes_that_of_the_scope(scope: str) -> None:
    opened = read({**NEEDS_ONLY, "scope_clarity": scope, "v": "2",
                   "own": packed((("overrun", Range(1, 1.2, 1.5)), ("reference_budget_factor", Range(2, 2, 2))))})
    assert opened.own == ((f"overrun.{scope}", Range(1, 1.2, 1.5)),)
    assert "The model no longer uses these own figures, so they were left out: reference_budget_factor." in opened.notes


def test_one_number_is_written_once_and_a_range_as_three_numbers() -> None:
    own = ((RATE, Range(120.0, 155.5, 180.0)), (PAY, Range(98_500.0, 98_500.0, 98_500.0)))
    query = project_link.encode(ProjectNeeds(), DAY, own)
    assert query["own"] == "agency.us.mid~120~155.5~180~~in_house.article.mid~98500"
    assert list(query)[-3:] == ["assumed", "own", "v"]


@pytest.mark.parametrize(("text", "numbers"), [
    ("140", (140, 140, 140)), ("140.0", (140, 140, 140)), ("140~140~140", (140, 140, 140)), ("1e2", (100, 100, 100)),
    ("99.5~100~100.5", (99.5, 100, 100.5))])
def test_a_figure_is_one_number_or_three(text: str, numbers: tuple[float, float, float]) -> None:
    opened = read_own(f"{RATE}~{text}")
    assert (opened.own, opened.problems) == (((RATE, numbers),), ())


@pytest.mark.parametrize("text", [
    RATE, f"{RATE}~", f"{RATE}~lots", f"{RATE}~nan", f"{RATE}~inf", f"{RATE}~1e999", f"{RATE}~-5", f"{RATE}~0",
    f"{RATE}~100~120", f"{RATE}~1~2~3~4", f"{RATE}~130~120~140", f"{RATE}~100~120~110", f"{RATE}~1_0", f"{RATE}~٣",
    f"{RATE}~ 140", f"{RATE}~10001", "overrun.fixed~0", "caution_share~0.1~0.2~0.3", "caution_share~1.1",
    "no_such_figure~5", "~5", "<script>alert(1)</script>", "\x00", "x" * 10_240], ids=lambda text: ascii(text[:30]))
def test_an_own_figure_that_cannot_be_used_is_reported_and_left_out(text: str) -> None:
    opened = read_own(f"{PAY}~98500~~{text}")
    assert opened.own == ((PAY, Range(98_500, 98_500, 98_500)),)
    assert opened.needs == ProjectNeeds()
    assert opened.problems
    for problem in opened.problems:
        assert problem.startswith("Your own figure ")
        assert problem.endswith(("; the evidence's was used.", "; it was left out."))
        assert problem.isprintable()
        assert len(problem) < 400


def test_a_figure_that_is_given_twice_is_reported_once() -> None:
    opened = read_own(f"{RATE}~120~~{PAY}~98500~~{RATE}~130")
    assert (PAY, Range(98_500, 98_500, 98_500)) in opened.own
    assert len(opened.problems) == 1
    assert f"Your own figure {RATE}: write it once" in opened.problems[0]


def test_of_many_faults_five_are_reported_and_the_rest_counted() -> None:
    opened = read_own("~~".join(f"unknown_{n}~5" for n in range(12)))
    assert len(opened.problems) == 6
    assert opened.problems[-1] == "7 more of your own figures could not be used."


@pytest.mark.parametrize("entry", ["no_such_figure~5", f"{RATE}~lots", f"{RATE}~100~120"])
def test_a_fault_that_stands_in_the_link_twice_is_reported_once(entry: str) -> None:
    assert len(read_own(f"{entry}~~{entry}").problems) == 1


@settings(LAWS, max_examples=20)
@given(plausible_projects(), own_figures())
def test_the_file_has_the_own_figures_that_its_link_has(needs: ProjectNeeds, own: Own) -> None:
    decision = hiring.decide(needs, own=dict(own))
    link = project_link.absolute("https://example.org/", project_link.encode(needs, decision.as_of, own))
    rows = list(csv.DictReader(io.StringIO(summary.to_csv(decision, link).decode("utf-8-sig"), newline="")))
    assert len(rows) == len(decision.all_outcomes)
    for row in rows:
        assert row["own_figures"] == written(own)
        assert row["own_figures"] == summary.escape_formulas(row["own_figures"])
        assert row["own_figures"] == "" or row["own_figures"][0].isalpha()  # no spreadsheet runs it
        in_link = dict(parse_qsl(row["link"].partition("?")[2])).get("own", "")
        assert in_link == row["own_figures"] or len(row["own_figures"]) > 400  # a long text is packed in the link
        assert read_own(in_link).own == read_own(row["own_figures"]).own == own


def test_a_link_says_which_own_figures_come_from_finished_projects() -> None:
    own = (("overrun.fixed", Range(1, 2, 3)), ("lead_weeks.agency", Range(1, 2, 3)))
    records = (Origin("lead_weeks.agency", 3), Origin("overrun.fixed", 14, 2021, 2026))
    query = project_link.encode(ProjectNeeds(), DAY, own, records=records)
    opened = project_link.decode(query, EVIDENCE, DAY)
    assert (opened.records, opened.problems) == (records, ())
    for text in ("overrun.fixed", "overrun.fixed~-1~1~1", "overrun.evolving~14~2021~2026", "~~", "a~~b~1~2~3" * 99):
        opened = project_link.decode({**query, "records": text}, EVIDENCE, DAY)
        assert opened.records == () and opened.own == tuple(sorted(own))
