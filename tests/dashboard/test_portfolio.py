"""The portfolio in words, charts and a table."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import altair as alt
import pytest

from hiring import ProjectNeeds
from hiring.dashboard import portfolio
from hiring.dashboard.side_by_side import cost_rows
from hiring.model.decision import CLEAR, CLOSE_CALL, LEANING, LIKELY, NONE_FITS, decide
from hiring.model.portfolio import Answer, with_decision
from tests.cells import NAMES, formulas
from tests.dashboard.test_charts import encodings, of
from tests.making import SNAPSHOT

SPECS = {"verdicts": portfolio.verdicts_spec, "totals": portfolio.totals_spec}


def got(verdict: str, first: str = "in_house", **more: Any) -> Answer:
    fields = {"project": "P", "of_hundred": 90, "cost_usd": (1.0, 2.0, 3.0), "release_months": (4.0, 5.0, 6.0),
              "within_budget_share": 0.5, **more}
    return Answer(verdict=verdict, first=first, **fields)


LIST = [got(CLEAR), got(LIKELY), got(CLEAR, "agency"), got(LEANING), got(CLOSE_CALL), got(CLOSE_CALL, "freelance"),
        got(NONE_FITS, "agency")]


@pytest.mark.parametrize(("answers", "words", "rest"), [
    (LIST, "3 of 7 projects are clear or likely: 2 in-house and 1 agency",
     "1 leans, 2 are too close to call and 1 has no option that fits."),
    (LIST[:3], "All 3 projects are clear or likely: 2 in-house and 1 agency", ""),
    (LIST[2:4], "1 of 2 projects is clear or likely: 1 agency", "1 leans."),
    (LIST[4:], "None of 3 projects is clear or likely", "2 are too close to call and 1 has no option that fits."),
    ([got(NONE_FITS)] * 1_200, "None of 1,200 projects is clear or likely", "1,200 have no option that fits."),
    (LIST[1:2], "The one project: likely, in-house first in 90 of 100 futures", ""),
    (LIST[6:], "The one project: no option fits", "1 has no option that fits.")])
def test_the_headline_counts_the_answers_to_act_on_and_what_follows_the_others(
        answers: list[Answer], words: str, rest: str) -> None:
    assert portfolio.headline(answers) == words
    assert portfolio.others(answers) == rest
    told = [int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", rest)]
    if len(answers) > 1:
        assert sum(told) + sum(it.verdict in (CLEAR, LIKELY) for it in answers) == len(answers)


def test_the_chart_of_verdicts_says_how_often_each_option_comes_first() -> None:
    assert portfolio.verdicts_headline(LIST) == "In-house comes first in 4 of 7, agency in 1, freelance in 1"
    assert portfolio.verdicts_headline(LIST[6:]) == "No option fits any of the projects"


def test_the_bars_count_every_project_once_and_color_none_where_no_option_fits() -> None:
    rows = portfolio.verdicts_rows(LIST)
    bars = {(row["verdict"], row["option"]): row["count"] for row in of(rows, part="bar")}
    assert bars == {("Clear", "In-house"): 1, ("Clear", "Agency"): 1, ("Likely", "In-house"): 1,
                    ("Leaning", "In-house"): 1, ("Too close to call", "In-house"): 1,
                    ("Too close to call", "Freelance"): 1}
    assert [row["count"] for row in of(rows, part="none")] == [1]
    assert {row["verdict"]: row["text"] for row in of(rows, part="label")} == {
        "Clear": "2", "Likely": "1", "Leaning": "1", "Too close to call": "2", "No option fits": "1"}


def test_totals_are_told_with_their_ranges_and_the_budgets() -> None:
    totals = None
    for budget in (600_000, 400_000):
        totals = with_decision(totals, decide(ProjectNeeds(budget_usd=budget), SNAPSHOT, 200))
    assert totals is not None
    rows = portfolio.totals_rows(totals)
    ranges = totals.ranges()
    assert [row["plan"] for row in rows.to_pylist()[:4]] == [
        "Each its first option", "All freelance", "All in-house", "All agency"]
    assert [(row["low"], row["median"], row["high"]) for row in of(rows, part="option", option="Agency")] == [
        ranges["agency"]]
    assert [row["text"] for row in of(rows, part="budget")] == ["All budgets $1M"]
    told = portfolio.totals_headline(totals, 2)
    assert told.startswith(r"Both projects cost \$")
    assert told.endswith(" with the first option of each")
    assert portfolio.totals_headline(totals, 7).startswith("All 7 projects cost ")
    without = with_decision(totals, decide(ProjectNeeds(budget_usd=None), SNAPSHOT, 200))
    assert of(portfolio.totals_rows(without), part="budget") == []


def test_the_table_keeps_the_order_of_the_list_and_numbers_that_sort() -> None:
    answers = [got(CLEAR, project="B", cost_usd=(123_456, 2e5, 1_234_567)), got(NONE_FITS, "agency", project=""),
               got(LIKELY, within_budget_share=None)]
    rows = portfolio.table(answers, ["a", "b", "c"]).to_pylist()
    assert rows[0] == {"project": "B", "verdict": "Clear", "option": "In-house", "share": 90, "low": 123_000,
                       "high": 1_230_000, "from": 4, "to": 6, "within": 50, "link": "a"}
    assert (rows[1]["project"], rows[1]["option"], rows[1]["share"]) == ("Without a name", "None; nearest agency", None)
    assert rows[2]["within"] is None


def test_no_name_in_a_table_or_chart_that_can_be_saved_as_csv_is_run_by_a_spreadsheet() -> None:
    decided = [decide(ProjectNeeds(), SNAPSHOT, 40)] * len(NAMES)
    tables = [portfolio.table([got(CLEAR, project=name) for name in NAMES], ["link"] * len(NAMES)),
              cost_rows(NAMES, decided)]
    for table in tables:
        text = io.StringIO()
        csv.writer(text).writerows([table.column_names, *(row.values() for row in table.to_pylist())])
        assert not formulas(text.getvalue().encode())


@pytest.mark.parametrize(("done", "count", "seconds", "told"), [
    (340, 1_000, 12.4, "340 of 1,000 projects decided, about 12 s left"), (0, 1, 0, "0 of 1 project decided"),
    (10, 20, 0.2, "10 of 20 projects decided, about 1 s left"), (20, 20, 0, "20 of 20 projects decided"),
    (1, 2_000, 89, "1 of 2,000 projects decided, about 89 s left"),
    (1, 2_000, 90, "1 of 2,000 projects decided, about 2 minutes left")])
def test_the_progress_is_told_in_projects_and_in_time(done: int, count: int, seconds: float, told: str) -> None:
    assert portfolio.left(done, count, seconds) == told


@pytest.mark.parametrize("name", SPECS)
def test_charts_follow_altairs_schema_and_hold_no_number_of_a_list(name: str) -> None:
    spec = SPECS[name]()
    alt.Chart.from_dict({**spec, "data": {"name": "source"}}).to_dict()
    assert '"datasets"' not in json.dumps(spec)
    titles = [channel["axis"]["title"] for encoding in encodings(spec) for channel in encoding.values()
              if isinstance(channel, dict) and isinstance(channel.get("axis"), dict) and channel["axis"].get("title")]
    assert set(titles) == {"Projects"} if name == "verdicts" else {"Total of all projects, US dollars"} == set(titles)
    colors = [channel["scale"] for encoding in encodings(spec) for key, channel in encoding.items()
              if key == "color" and "scale" in channel]
    assert colors
    for scale in colors:
        assert dict(zip(scale["domain"], scale["range"], strict=True)) == {
            "Freelance": "orange", "In-house": "blue", "Agency": "green"}
