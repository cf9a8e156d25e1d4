"""Charts: what they say about themselves, and that their rows are the decision's numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import altair as alt
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

import hiring
from hiring import ProjectNeeds
from hiring.charts import answer_charts, explanation_charts
from hiring.model.decision import NONE_FITS
from hiring.model.explanation import Explanation
from tests.charts.specs import axis_titles, has_plan_colors, inside
from tests.pool import ALTERED, PLAIN, each_of

SPECS: dict[str, Callable[[], dict[str, Any]]] = {
    "futures": answer_charts.futures_spec, "cost": answer_charts.cost_spec,
    "spending": lambda: answer_charts.spending_spec(is_dated=False), "dated": answer_charts.spending_spec,
    "fit": answer_charts.fit_spec, "timeline": explanation_charts.timeline_spec,
    "months": lambda: explanation_charts.timeline_spec(is_dated=False), "tornado": explanation_charts.tornado_spec}


@pytest.mark.parametrize("name", SPECS)
def test_a_specification_follows_altairs_schema_and_holds_no_number_of_a_project(name: str) -> None:
    spec = SPECS[name]()
    alt.Chart.from_dict({**spec, "data": {"name": "source"}})
    titles, units = axis_titles(spec), ("dollars", "months", "points", "simulations")
    is_labeled = name not in ("spending", "months")  # or with dates, $ or points, or by the sentence above
    assert titles <= {"Spent so far"} if is_labeled else any(unit in it.lower() for it in titles for unit in units)
    assert any("tooltip" in node for node in inside(spec))
    assert has_plan_colors(spec) == (name != "tornado")
    assert '"datasets"' not in json.dumps(spec)
    assert not any("values" in node["data"] for node in inside(spec) if isinstance(node.get("data"), dict))
    assert SPECS[name]() == spec


def test_the_spending_has_dates_where_the_day_is_known_from_which_months_count() -> None:
    decision = hiring.decide(ProjectNeeds(), from_day=date(2027, 3, 15))
    days = [row["month"] for row in answer_charts.spending_rows(decision).to_pylist() if row["part"] == "path"]
    assert min(days) == date(2027, 3, 15)
    assert axis_titles(answer_charts.spending_spec()) == {"Spent so far"}


def of(rows: pa.Table, **wanted: str) -> list[dict[str, Any]]:
    for column, value in wanted.items():
        rows = rows.filter(pc.equal(rows[column], value))
    return rows.to_pylist()


@each_of((*PLAIN, *ALTERED))
def test_rows_are_the_numbers_of_the_decision(explanation: Explanation) -> None:
    needs = explanation.decision.needs
    decision = explanation.decision
    fits = decision.verdict != NONE_FITS
    futures, costs = answer_charts.futures_rows(decision) if fits else None, answer_charts.cost_rows(decision)
    spending, fit = answer_charts.spending_rows(decision), answer_charts.fit_rows(decision)
    assert futures is None or futures.num_rows == 100
    counted = needs.budget_covers == "build" and needs.budget_usd
    budget = of(costs, part="budget")
    assert [it["usd"] for it in budget] == ([] if needs.budget_usd is None else [needs.budget_usd])
    assert [row["option"] for row in of(costs, part="plan")] == ["Freelance", "In-house", "Agency", "Mix"][
        :len(decision.all_outcomes)]
    for plan, outcome in decision.all_outcomes.items():
        label = "Mix" if plan == "mix" else outcome.option.label
        assert futures is None or len(of(futures, option=label)) == decision.of_hundred.get(plan, 0)
        (bar,) = of(costs, part="plan", option=label)
        usd = outcome.course.budgeted if counted else outcome.total
        assert [bar["low"], bar["usd"], bar["high"]] == pytest.approx(np.quantile(usd, (0.1, 0.5, 0.9)))
        path = of(spending, part="path", option=label)
        assert path[-1]["median"] == pytest.approx(outcome.cost_quantiles[1], rel=0.03)
        assert all(a["median"] <= b["median"] + 1e-6 for a, b in pairwise(path))
        assert all(step["low"] <= step["median"] <= step["high"] for step in path)
        for rating in of(fit, part="rating", option=label):
            criterion = next(c.id for c in decision.evidence.criteria if c.label == rating["criterion"])
            assert abs(rating["rating"] - np.median(outcome.ratings[criterion])) <= 0.5
