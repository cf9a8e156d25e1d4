"""The chart of scenarios side by side: what it draws is what the decisions say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hiring
from hiring import ProjectNeeds
from hiring.charts import comparison_chart
from hiring.charts.comparison_chart import cost_chart, cost_tables
from hiring.lists.examples import load_examples
from hiring.model.decision import Decision, decide
from tests.charts.test_answer_charts import encodings
from tests.factories import SNAPSHOT
from tests.strategies import LAWS, plausible_projects

PLAIN = ProjectNeeds(project="Portal")
IN_HOUSE = decide(PLAIN, SNAPSHOT)
AGENCY = decide(replace(PLAIN, seniority="junior", talent_region="asia", budget_usd=None), SNAPSHOT)
NAMES = ["One", "Two", "Three", "Four"]


@pytest.mark.parametrize("decisions", [[IN_HOUSE], [IN_HOUSE, AGENCY] * 2])
def test_the_chart_has_one_color_an_option_and_one_axis_with_a_title(decisions: list[Decision]) -> None:
    spec = cost_chart(NAMES[:len(decisions)], decisions).to_dict()
    titles = {channel["axis"]["title"] for encoding in encodings(spec) for channel in encoding.values()
              if isinstance(channel, dict) and isinstance(channel.get("axis"), dict) and channel["axis"].get("title")}
    assert titles == {"Total cost over the months ahead, US dollars"}
    for encoding in encodings(spec):
        if "color" in encoding:
            scale = encoding["color"]["scale"]
            assert dict(zip(scale["domain"], scale["range"], strict=True)) == {
                "Freelance": "orange", "In-house": "blue", "Agency": "green"}


@settings(LAWS, max_examples=40)
@given(st.lists(plausible_projects(), min_size=1, max_size=4))
def test_the_rows_of_the_chart_are_the_numbers_of_the_decisions(needs: list[ProjectNeeds]) -> None:
    decisions = [decide(it, SNAPSHOT) for it in needs]
    _, costs, budgets = cost_tables(NAMES[:len(decisions)], decisions)
    lanes = {0: "Freelance", 1: "In-house", 2: "Agency"}
    for number, it in enumerate(decisions):
        found = costs[costs["scenario"] == NAMES[number]].to_dict("records")
        assert {row["option"]: row["lane"] for row in found} == {
            label: number * 4 + 1 + lane for lane, label in lanes.items()}
        for option, outcome in it.outcomes.items():
            (row,) = [row for row in found if row["option"] == outcome.option.label]
            assert (row["low"], row["median"], row["high"]) == outcome.cost_quantiles
            assert row["out"] == outcome.is_ruled_out
            assert row["first_in"] == ("ruled out" if row["out"] else f"{it.of_hundred[option]} of 100")
        assert sum(row["leads"] for row in found) == bool(it.left)
        limits = budgets[budgets["scenario"] == NAMES[number]]["median"]
        assert list(limits) == [it.needs.budget_usd] * (0 if it.needs.budget_usd is None else 3)


def test_costs_far_apart_are_drawn_on_a_scale_of_multiples() -> None:
    examples = [hiring.decide(needs) for needs in load_examples().values()]
    assert comparison_chart.is_wide(examples)
    assert not comparison_chart.is_wide([IN_HOUSE, AGENCY])


def test_a_long_name_is_cut_in_the_chart() -> None:
    titles, *_ = cost_tables(["x" * 80], [IN_HOUSE])
    assert titles["text"][0] == f"\u2068{'x' * 27}…\u2069, budget $600k"
