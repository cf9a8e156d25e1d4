"""The portfolio in charts and a table."""

from __future__ import annotations

import re
from typing import Any

import altair as alt
import pytest

from hiring import ProjectNeeds
from hiring.charts import portfolio_charts
from hiring.charts.comparison_chart import cost_tables
from hiring.model.decision import CLEAR, LIKELY, NONE_FITS, decide
from hiring.model.portfolio import Totals, with_decision
from hiring.model.quantiles import quantiles
from hiring.text import portfolio_text
from tests.cells import NAMES, formulas
from tests.charts.specs import axis_titles, has_plan_colors
from tests.factories import SNAPSHOT
from tests.text.test_portfolio_text import LIST, got


def rows(chart: alt.LayerChart, layer: int) -> list[dict[str, Any]]:
    """What a layer draws."""
    spec = chart.to_dict()
    return spec["datasets"][spec["layer"][layer]["data"]["name"]]


def totals_of(*budgets: float | None, **more: Any) -> Totals:
    totals = None
    for budget in budgets:
        totals = with_decision(totals, decide(ProjectNeeds(budget_usd=budget, **more), SNAPSHOT, 200))
    assert totals is not None
    return totals


def test_the_bars_count_every_project_once_and_color_none_where_nothing_fits() -> None:
    chart = portfolio_charts.verdicts_chart(LIST)
    bars = {(row["verdict"], row["option"]): row["count"] for row in rows(chart, 0)}
    assert bars == {("Clear", "In-house"): 1, ("Clear", "Agency"): 1, ("Likely", "In-house"): 1,
                    ("Leaning", "In-house"): 1, ("Too close to call", "In-house"): 1, ("Too close to call", "Mix"): 1}
    assert [row["count"] for row in rows(chart, 1)] == [1]
    assert {row["verdict"]: row["text"] for row in rows(chart, 2)} == {
        "Clear": "2", "Likely": "1", "Leaning": "1", "Too close to call": "2", "No plan fits": "1"}
    assert '"Clear": "kept in 80–95 of 100"' in chart.to_dict()["layer"][0]["encoding"]["y"]["axis"]["labelExpr"]


def test_totals_are_stated_with_their_ranges_and_the_budgets_beside_what_they_cover() -> None:
    totals = totals_of(600_000, 400_000)
    chart, ranges = portfolio_charts.totals_chart(totals), totals.ranges()
    every = rows(chart, 5)
    assert [row["plan"] for row in every] == [
        "Each its answer", "What budgets cover", "All freelance", "All in-house", "All agency"]
    assert (every[4]["low"], every[4]["median"], every[4]["high"]) == ranges["agency"]
    assert (every[1]["low"], every[1]["median"], every[1]["high"]) == quantiles(totals.budgeted)
    assert [(row["plan"], row["text"]) for row in rows(chart, -1)] == [("What budgets cover", "budgets $1M")]
    whole = portfolio_charts.totals_chart(totals_of(600_000, budget_covers="build_and_upkeep"))
    assert [(row["plan"], row["text"]) for row in rows(whole, -1)] == [("Each its answer", "budget $600k")]
    assert "budget" not in portfolio_charts.totals_chart(totals_of(600_000, None)).to_json()


def test_the_headline_of_the_totals_says_how_often_all_budgets_together_are_kept() -> None:
    totals = totals_of(400_000, 400_000)
    share = round((totals.budgeted <= 800_000).mean() * 100)
    assert re.fullmatch(
        rf"Both projects cost \$[\d.]+[kM]–\$[\d.]+M with the answer of each; what the budgets cover is within all "
        rf"budgets together, \$800k, in {share} of 100 simulations", portfolio_text.totals_headline(totals))
    whole = portfolio_text.totals_headline(totals_of(600_000, budget_covers="build_and_upkeep"))
    assert re.fullmatch(r"The project costs .* with the answer; within the budget, \$600k, in \d+ of 100 simulations",
                        whole)
    assert portfolio_text.totals_headline(totals_of(None, None, None)).endswith(" with the answer of each")


def test_the_table_keeps_the_order_of_the_list_and_numbers_that_sort() -> None:
    answers = [got(CLEAR, project="B", cost_usd=(123_456, 2e5, 1_234_567), on_time_share=0.7),
               got(NONE_FITS, "agency", project=""), got(LIKELY, keep=None)]
    rows = portfolio_charts.table(answers, ["a", "b", "c"]).to_pylist()
    assert rows[0] == {"project": "B", "verdict": "Clear", "answer": "In-house", "kept": 80, "share": 90,
                       "low": 123_000, "high": 1_230_000, "from": 4, "to": 6, "within": 80, "on_time": 70, "link": "a"}
    assert (rows[1]["project"], rows[1]["answer"], rows[1]["share"]) == ("Without a name", "Nearest: agency", None)
    assert (rows[2]["kept"], rows[2]["within"]) == (None, None)


def test_no_name_in_a_table_or_chart_that_can_be_saved_as_csv_is_run_by_a_spreadsheet() -> None:
    decided = [decide(ProjectNeeds(), SNAPSHOT, 40)] * len(NAMES)
    tables = [portfolio_charts.table([got(CLEAR, project=name) for name in NAMES], ["link"] * len(NAMES)).to_pandas(),
              *cost_tables(NAMES, decided)]
    for table in tables:
        assert not formulas(table.to_csv(index=False).encode())


@pytest.mark.parametrize(("chart", "title"), [
    (portfolio_charts.verdicts_chart(LIST), "Projects"),
    (portfolio_charts.totals_chart(totals_of(600_000)), "Total of all projects")])
def test_each_chart_has_one_color_an_option_and_one_axis_with_a_title(chart: alt.LayerChart, title: str) -> None:
    spec = chart.to_dict()
    assert axis_titles(spec) == {title}
    assert has_plan_colors(spec)
