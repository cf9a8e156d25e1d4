"""The portfolio in charts and a table."""

from __future__ import annotations

import csv
import io
import json

import altair as alt
import pytest

from hiring import ProjectNeeds
from hiring.charts import portfolio_charts
from hiring.charts.comparison_chart import cost_rows
from hiring.model.decision import CLEAR, LIKELY, NONE_FITS, decide
from hiring.model.portfolio import with_decision
from hiring.text import portfolio_text
from tests.cells import NAMES, formulas
from tests.charts.test_answer_charts import encodings, of
from tests.factories import SNAPSHOT
from tests.text.test_portfolio_text import LIST, got

SPECS = {"verdicts": portfolio_charts.verdicts_spec, "totals": portfolio_charts.totals_spec}


def test_the_bars_count_every_project_once_and_color_none_where_no_option_fits() -> None:
    rows = portfolio_charts.verdicts_rows(LIST)
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
    rows = portfolio_charts.totals_rows(totals)
    ranges = totals.ranges()
    assert [row["plan"] for row in rows.to_pylist()[:4]] == [
        "Each its first option", "All freelance", "All in-house", "All agency"]
    assert [(row["low"], row["median"], row["high"]) for row in of(rows, part="option", option="Agency")] == [
        ranges["agency"]]
    assert [row["text"] for row in of(rows, part="budget")] == ["All budgets $1M"]
    told = portfolio_text.totals_headline(totals, 2)
    assert told.startswith(r"Both projects cost \$")
    assert told.endswith(" with the first option of each")
    assert portfolio_text.totals_headline(totals, 7).startswith("All 7 projects cost ")
    without = with_decision(totals, decide(ProjectNeeds(budget_usd=None), SNAPSHOT, 200))
    assert of(portfolio_charts.totals_rows(without), part="budget") == []


def test_the_table_keeps_the_order_of_the_list_and_numbers_that_sort() -> None:
    answers = [got(CLEAR, project="B", cost_usd=(123_456, 2e5, 1_234_567)), got(NONE_FITS, "agency", project=""),
               got(LIKELY, within_budget_share=None)]
    rows = portfolio_charts.table(answers, ["a", "b", "c"]).to_pylist()
    assert rows[0] == {"project": "B", "verdict": "Clear", "option": "In-house", "share": 90, "low": 123_000,
                       "high": 1_230_000, "from": 4, "to": 6, "within": 50, "link": "a"}
    assert (rows[1]["project"], rows[1]["option"], rows[1]["share"]) == ("Without a name", "None; nearest agency", None)
    assert rows[2]["within"] is None


def test_no_name_in_a_table_or_chart_that_can_be_saved_as_csv_is_run_by_a_spreadsheet() -> None:
    decided = [decide(ProjectNeeds(), SNAPSHOT, 40)] * len(NAMES)
    tables = [portfolio_charts.table([got(CLEAR, project=name) for name in NAMES], ["link"] * len(NAMES)),
              cost_rows(NAMES, decided)]
    for table in tables:
        text = io.StringIO()
        csv.writer(text).writerows([table.column_names, *(row.values() for row in table.to_pylist())])
        assert not formulas(text.getvalue().encode())


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
