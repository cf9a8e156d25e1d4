"""The chart of scenarios side by side: what it draws is what the decisions say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

import hiring
from hiring import ProjectNeeds
from hiring.charts import comparison_chart
from hiring.charts.comparison_chart import cost_chart, cost_tables
from hiring.lists.examples import load_examples
from hiring.model.decision import NONE_FITS, Decision, decide, plan_label
from hiring.text import verdict_text
from hiring.text.currencies import Currency, amounts_in
from tests.charts.specs import axis_titles, has_plan_colors
from tests.factories import SNAPSHOT
from tests.page_text import says
from tests.pool import POOL, explanation_of

PLAIN = ProjectNeeds(project="Portal", budget_usd=600_000)
IN_HOUSE = decide(PLAIN, SNAPSHOT)
AGENCY = decide(replace(PLAIN, seniority="junior", talent_region="asia", budget_usd=None), SNAPSHOT)
NAMES = ["One", "Two", "Three", "Four"]


@pytest.mark.parametrize("decisions", [[IN_HOUSE], [IN_HOUSE, AGENCY] * 2])
def test_the_chart_has_one_color_an_option_and_one_axis_with_a_title(decisions: list[Decision]) -> None:
    spec = cost_chart(NAMES[:len(decisions)], decisions).to_dict()
    assert axis_titles(spec) == {"Cost of build and upkeep"}
    assert has_plan_colors(spec)


def test_the_axis_and_the_rows_are_in_the_currency_that_amounts_are_shown_in() -> None:
    with amounts_in(Currency("GBP", 0.5)):
        spec, (titles, costs, _) = cost_chart(NAMES[:1], [IN_HOUSE]).to_dict(), cost_tables(["One"], [IN_HOUSE])
    assert spec["config"]["locale"]["number"]["currency"] == ["£", ""]
    _, dollars, _ = cost_tables(["One"], [IN_HOUSE])
    assert list(costs["median"]) == [usd / 2 for usd in dollars["median"]]
    assert "budget $600k" in titles["text"][0]  # as it was typed
    assert cost_chart(NAMES[:1], [IN_HOUSE]).to_dict()["config"]["locale"]["number"]["currency"] == ["$", ""]


@pytest.mark.parametrize("places", [[place] for place in POOL[:4]] + [
    POOL[place:place + 2 + place % 3] for place in range(0, 28, 4)])
def test_the_rows_of_the_chart_are_the_numbers_of_the_decisions(places: Sequence[int]) -> None:
    decisions = [explanation_of(place).decision for place in places]
    titles, costs, budgets = cost_tables(NAMES[:len(decisions)], decisions)
    lanes = {0: "Freelance", 1: "In-house", 2: "Agency", **({3: "Mix"} if any(it.mix for it in decisions) else {})}
    assert list(titles["shares"][len(decisions):]) == ["none"] * (
        sum(it.mix is None for it in decisions) if len(lanes) > 3 else 0)
    for number, it in enumerate(decisions):
        top = titles["lane"][number]
        assert top == number * (len(lanes) + 1)
        found = costs[costs["scenario"] == NAMES[number]].to_dict("records")
        assert {row["lane"]: row["option"] for row in found} == {
            top + 1 + lane: label for lane, label in lanes.items() if label != "Mix" or it.mix}
        for id_, outcome in it.all_outcomes.items():
            (row,) = [row for row in found if row["plan"] == plan_label(outcome.plan)]
            assert (row["low"], row["median"], row["high"]) == outcome.cost_quantiles
            first, _, kept = row["shares"].partition(" · ")
            assert first == "–" if it.verdict == NONE_FITS else first == str(it.of_hundred[id_]) if (
                id_ in it.of_hundred) else says(first, it.mix.ahead_share)
            assert kept == (verdict_text.share_of_hundred(outcome.keep_share, it) if it.has_limits else "–")
            assert row["is_answer"] == (id_ == it.answer and it.verdict != "none_fits")
        limits = budgets[budgets["scenario"] == NAMES[number]]["median"]
        is_drawn = it.needs.budget_usd is not None and it.needs.budget_covers == "build_and_upkeep"
        assert list(limits) == [it.needs.budget_usd] * (len(it.all_outcomes) if is_drawn else 0)
        assert titles["text"][number].endswith(" for the build") == (it.needs.budget_usd is not None and not is_drawn)


def test_costs_far_apart_are_drawn_on_a_scale_of_multiples() -> None:
    examples = [hiring.decide(needs) for needs in load_examples().values()]
    assert comparison_chart.is_wide(examples)
    assert not comparison_chart.is_wide([IN_HOUSE, AGENCY])


def test_a_long_name_is_cut_in_the_chart() -> None:
    titles, *_ = cost_tables(["x" * 80], [IN_HOUSE])
    assert titles["text"][0] == f"\u2068{'x' * 27}…\u2069, budget $600k for the build"
