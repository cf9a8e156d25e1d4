"""Charts: what they say about themselves, and that their rows are the decision's numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import altair as alt
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings

from hiring import ProjectNeeds, decide
from hiring.charts import answer_charts
from hiring.text import reasons_text
from tests.strategies import plausible_projects

SPECS: dict[str, Callable[[], dict[str, Any]]] = {
    "futures": answer_charts.futures_spec, "cost": answer_charts.cost_spec, "spending": answer_charts.spending_spec,
    "fit": answer_charts.fit_spec}


def encodings(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The encodings of all layers, layers within layers too."""
    for layer in spec.get("layer", []):
        yield from encodings(layer)
    if "encoding" in spec:
        yield spec["encoding"]


@pytest.mark.parametrize("name", SPECS)
def test_every_chart_follows_altairs_schema(name: str) -> None:
    alt.Chart.from_dict({**SPECS[name](), "data": {"name": "source"}}).to_dict()


@pytest.mark.parametrize("name", SPECS)
def test_every_chart_has_a_labeled_axis_with_its_unit_and_tooltips(name: str) -> None:
    titles = [channel["axis"]["title"] for encoding in encodings(SPECS[name]()) for channel in encoding.values()
              if isinstance(channel, dict) and isinstance(channel.get("axis"), dict) and channel["axis"].get("title")]
    assert any(unit in title for title in titles for unit in ("dollars", "Months", "Points", "simulations"))
    assert any("tooltip" in encoding for encoding in encodings(SPECS[name]()))


@pytest.mark.parametrize("name", SPECS)
def test_a_specification_holds_no_number_of_a_project_and_one_color_a_plan(name: str) -> None:
    text = json.dumps(SPECS[name]())
    assert '"datasets"' not in text
    scales = [channel["scale"] for encoding in encodings(SPECS[name]()) for key, channel in encoding.items()
              if key == "color" and "scale" in channel]
    assert scales
    for scale in scales:
        assert dict(zip(scale["domain"], scale["range"], strict=True)) == {
            "Freelance": "orange", "In-house": "blue", "Agency": "green", "Mix": "violet"}


def of(rows: pa.Table, **wanted: str) -> list[dict[str, Any]]:
    for column, value in wanted.items():
        rows = rows.filter(pc.equal(rows[column], value))
    return rows.to_pylist()


@settings(max_examples=20, deadline=None, derandomize=True)
@given(plausible_projects())
def test_rows_are_the_numbers_of_the_decision(needs: ProjectNeeds) -> None:
    decision = decide(needs)
    futures, costs = answer_charts.futures_rows(decision), answer_charts.cost_rows(decision)
    spending, fit = answer_charts.spending_rows(decision), answer_charts.fit_rows(decision)
    assert futures.num_rows == 100
    counted = needs.budget_covers == "build" and needs.budget_usd
    budget = of(costs, part="budget")
    assert [it["usd"] for it in budget] == ([] if needs.budget_usd is None else [needs.budget_usd])
    assert [row["option"] for row in of(costs, part="plan")] == ["Freelance", "In-house", "Agency", "Mix"][
        :len(decision.all_outcomes)]
    for plan, outcome in decision.all_outcomes.items():
        label = "Mix" if plan == "mix" else outcome.option.label
        assert len(of(futures, option=label)) == reasons_text.first_of_hundred(decision).get(plan, 0)
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
