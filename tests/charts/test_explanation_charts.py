"""Charts of the explanation: their rows are the model's numbers, and their specifications hold none of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

import hiring
from hiring import Decision, ProjectNeeds
from hiring.charts import explanation_charts
from hiring.links import project_link
from hiring.model.plans import Plan
from hiring.model.tornado import Bar, Tornado
from hiring.text import figure_names, formatting
from tests.factories import DAY, SNAPSHOT, explained
from tests.page_text import whole
from tests.strategies import COMPARED, LAWS, MANY, plausible_projects

APP = Path(__file__).parents[2] / "app.py"
SPECS: dict[str, Callable[[], dict[str, Any]]] = {
    "lead": explanation_charts.lead_spec, "plans": explanation_charts.plans_spec,
    "timeline": explanation_charts.timeline_spec, "tornado": explanation_charts.tornado_spec}
SOME = settings(LAWS, max_examples=25)
MONTH = 52 / 12  # weeks


def parts_of(rows: pa.Table) -> dict[str, list[dict[str, Any]]]:
    """The rows of each part."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_pylist():
        found.setdefault(row["part"], []).append(row)
    return found


def layers(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for layer in spec.get("layer", [spec]):
        yield from layers(layer) if "layer" in layer else [layer]


def inside(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a specification."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from inside(child)


# Specifications

@pytest.mark.parametrize("name", SPECS)
def test_every_chart_follows_altairs_schema(name: str) -> None:
    alt.Chart.from_dict({**SPECS[name](), "data": {"name": "source"}}).to_dict()


@pytest.mark.parametrize("name", SPECS)
def test_every_chart_has_titles_with_their_unit_and_tooltips(name: str) -> None:
    titles = [node["axis"]["title"] for node in inside(SPECS[name]())
              if isinstance(node.get("axis"), dict) and node["axis"].get("title")]
    assert any(unit in title for title in titles for unit in ("points", "Points", "Months", "Builds", "Keeps"))
    assert any("tooltip" in layer["encoding"] for layer in layers(SPECS[name]()))


@pytest.mark.parametrize("name", SPECS)
def test_a_specification_holds_no_number_of_a_project(name: str) -> None:
    assert '"datasets"' not in json.dumps(SPECS[name]())
    assert all("values" not in node["data"] for node in inside(SPECS[name]()) if isinstance(node.get("data"), dict))
    assert SPECS[name]() == SPECS[name]()


@pytest.mark.parametrize("name", ["lead", "timeline"])
def test_a_chart_of_options_has_one_color_an_option(name: str) -> None:
    scales = [layer["encoding"]["color"]["scale"] for layer in layers(SPECS[name]())
              if "scale" in layer["encoding"].get("color", {})]
    assert scales
    for scale in scales:
        assert dict(zip(scale["domain"], scale["range"], strict=True)) == {
            "Freelance": "orange", "In-house": "blue", "Agency": "green"}


@pytest.mark.parametrize("name", SPECS)
def test_every_part_and_field_that_a_specification_reads_is_in_the_rows(name: str) -> None:
    explanation = explained(ProjectNeeds())
    decision = explanation.decision
    assert explanation.offer is not None
    assert explanation.tornado is not None
    rows = {"lead": lambda: explanation_charts.lead_rows(decision),
            "plans": lambda: explanation_charts.plans_rows(explanation),
            "timeline": lambda: explanation_charts.timeline_rows(decision, explanation.offer.plan),
            "tornado": lambda: explanation_charts.tornado_rows(decision, explanation.tornado)}[name]()
    text = json.dumps(SPECS[name]())
    fields = {field.split(":")[0] for node in inside(SPECS[name]()) for field in [node.get("field")]
              if isinstance(field, str)} | set(re.findall(r"datum\.(\w+)", text.replace("datum.value", "")))
    assert fields <= set(rows.column_names)
    assert set(rows["part"].to_pylist()) - {"tie"} <= set(re.findall(r"datum\.part === '([\w-]+)'", text))


# The lead

SMALL_REST = ProjectNeeds(  # what is left of the lead is -0.08 points, and cost 1.496
    developers=1, build_months=0.25, start_within_weeks=4, deadline_months=None, upkeep_developers=1e-12,
    horizon_months=1, budget_usd=None, seniority="senior", location="10180", talent_region="eastern_europe",
    scale="growing", strategic_value="core")


@MANY
@given(COMPARED)
@example(SMALL_REST)
def test_the_bars_of_the_lead_sum_to_it_and_have_the_color_of_who_does_better(needs: ProjectNeeds) -> None:
    decision = hiring.decide(needs)
    if len(decision.left) < 2:
        return
    first, second = decision.left[:2]
    bars = parts_of(explanation_charts.lead_rows(decision))["bar"]
    lead = decision.expected_scores[first] - decision.expected_scores[second]
    assert sum(bar["points"] for bar in bars) == pytest.approx(lead * 100, abs=1e-9)
    assert sum(bar["weight"] for bar in bars) == pytest.approx(1)
    assert [bar["order"] for bar in bars] == list(range(len(bars)))
    assert len({bar["name"] for bar in bars}) == len(bars)
    assert sum(whole(bar["text"]) for bar in bars) == round(lead * 100)
    labels = {c.label: c.id for c in decision.evidence.criteria}
    for bar in bars:
        better = first if bar["points"] >= 0 else second
        assert bar["option"] == decision.outcomes[better].option.label
        assert re.fullmatch(r"[+−]\d+|0", bar["text"])
        assert abs(whole(bar["text"]) - bar["points"]) <= 1 + 1e-9
        if bar["name"] in labels:
            criterion = labels[bar["name"]]
            own, other = (decision.contributions[option][criterion] for option in (first, second))
            assert bar["points"] == pytest.approx((own - other) * 100, abs=1e-9)
            assert bar["weight"] == decision.weights[criterion]


@MANY
@given(COMPARED)
def test_what_separates_the_two_by_less_than_three_quarters_of_a_point_is_one_bar_at_the_end(
        needs: ProjectNeeds) -> None:
    decision = hiring.decide(needs)
    if len(decision.left) < 2:
        return
    *bars, last = parts_of(explanation_charts.lead_rows(decision))["bar"]
    small = [lead for lead in decision.leads(*decision.left[:2]).values() if abs(lead) < 0.0075]
    if len(small) > 1:
        assert last["name"] == f"{len(small)} others"
        assert last["points"] == pytest.approx(sum(small) * 100, abs=1e-9)
    else:
        bars = bars if small else [*bars, last]
        assert "other" not in last["name"]
    assert len(bars) == 8 - len(small)
    assert all(abs(bar["points"]) >= 0.75 for bar in bars)
    assert all(abs(longer["points"]) >= abs(bar["points"]) for longer, bar in pairwise(bars))


# The nine plans

@MANY
@given(st.one_of(COMPARED, plausible_projects()))
def test_each_of_the_nine_plans_shows_its_own_numbers(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    rows = explanation_charts.plans_rows(explanation).to_pylist()
    labels = {option: outcome.option.label for option, outcome in explanation.decision.outcomes.items()}
    shown = {(row["builder"], row["keeper"]): row for row in rows}
    assert len(rows) == len(shown) == 9
    for (builder, keeper), plan in explanation.plans.items():
        row = shown[labels[builder], labels[keeper]]
        low, middle, high = np.quantile(plan.total, (0.1, 0.5, 0.9))
        assert row["score"] == f"{round(float(plan.scores.mean()) * 100)} points"
        assert row["middle"].split("\n") == [formatting.money(middle), *(["ruled out"] if plan.is_ruled_out else [])]
        assert row["status"] == ("ruled out" if plan.is_ruled_out else "possible")
        assert row["cost"] == formatting.money_range(low, high)
        assert row["release"] == formatting.month(float(np.median(plan.builder.schedule.finish)) / MONTH)
        assert 0 <= row["shade"] <= 1


@MANY
@given(st.one_of(COMPARED, plausible_projects()))
def test_a_frame_marks_the_plan_that_is_offered_or_else_the_first_by_itself_and_no_other(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision, offer = explanation.decision, explanation.offer
    framed = [(row["builder"], row["keeper"]) for row in explanation_charts.plans_rows(explanation).to_pylist()
              if row["framed"]]
    if offer is not None:
        assert framed == [(offer.plan.builder.option.label, offer.plan.keeper.option.label)]
    elif decision.left:
        assert framed == [(decision.outcomes[decision.left[0]].option.label,) * 2]
    else:
        assert framed == []


def test_of_the_default_project_the_plan_that_is_named_has_the_frame_and_without_upkeep_the_first_has() -> None:
    def framed(**needs: float) -> list[tuple[str, str]]:
        rows = explanation_charts.plans_rows(explained(ProjectNeeds(**needs))).to_pylist()
        return [(row["builder"], row["keeper"]) for row in rows if row["framed"]]

    assert framed() == [("Freelance", "In-house")]
    first = hiring.decide(ProjectNeeds(upkeep_developers=0))
    assert framed(upkeep_developers=0) == [(first.outcomes[first.first].option.label,) * 2]
    assert framed(budget_usd=50_000) == []


@MANY
@given(plausible_projects())
def test_a_plan_with_a_higher_score_has_a_stronger_shade(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    rows = zip(explanation.plans.values(), explanation_charts.plans_rows(explanation).to_pylist(), strict=True)
    by_score = sorted(((float(plan.scores.mean()), row["shade"]) for plan, row in rows))
    assert all(shade <= next_ for (_, shade), (_, next_) in pairwise(by_score))
    assert (by_score[0][1], by_score[-1][1]) == (0, pytest.approx(1))


def test_rows_and_columns_of_the_plans_are_in_the_order_of_the_decision() -> None:
    explanation = explained(ProjectNeeds())
    rows = explanation_charts.plans_rows(explanation).to_pylist()
    labels = [outcome.option.label for outcome in explanation.decision.outcomes.values()]
    for side in ("builder", "keeper"):
        order = {label: min(row["order"] for row in rows if row[side] == label) for label in labels}
        assert sorted(labels, key=order.__getitem__) == labels
        assert len(set(order.values())) == 3


# A staged plan's months

PHASES = {"search": 0, "build": 1, "handover": 2, "upkeep": 3}


def timeline(decision: Decision, plan: Plan) -> dict[tuple[str, str], tuple[float, float]]:
    """The months of each phase by who works in it, after a look at the order of the rows."""
    rows = parts_of(explanation_charts.timeline_rows(decision, plan))
    for row in rows["bar"]:
        assert 0 <= row["begin"] < row["end"]
        who = plan.builder if row["who"].endswith(" builds") else plan.keeper
        assert row["option"] == who.option.label
        assert row["who"].startswith(who.option.label)
        assert row["strength"] == (1 if row["phase"] in ("build", "upkeep") else 0.3)
    for who in {row["who"] for row in rows["bar"]}:
        own = [row for row in rows["bar"] if row["who"] == who]
        assert [PHASES[row["phase"]] for row in own] == sorted(PHASES[row["phase"]] for row in own)
        assert all(row["end"] <= later["begin"] + 1e-9 for row, later in pairwise(own))
    dates = {row["level"]: row for row in rows["date"]}
    release = float(np.median(plan.builder.schedule.finish)) / MONTH
    assert dates[1]["begin"] == pytest.approx(release)
    assert dates[1]["text"] == f"Release, {formatting.month(release)}"
    deadline = decision.needs.deadline_months
    if 0 in dates:
        assert (dates[0]["begin"], dates[0]["text"]) == (deadline, f"Deadline, {formatting.month(deadline)}")
    else:
        assert deadline is None or deadline > max(decision.needs.horizon_months, release)
    return {(row["who"].split()[-1], row["phase"]): (row["begin"], row["end"]) for row in rows["bar"]}


@MANY
@given(COMPARED)
def test_the_phases_of_every_staged_plan_follow_each_other(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision = explanation.decision
    for plan in explanation.plans.values():
        if plan.handover is None:
            continue
        phases = timeline(decision, plan)
        release = float(np.median(plan.builder.schedule.finish)) / MONTH
        assert phases["builds", "build"] == pytest.approx(
            (float(np.median(plan.builder.schedule.start)) / MONTH, release))
        if ("keeps", "upkeep") in phases:
            assert phases["keeps", "upkeep"][0] >= release - 1e-9
            assert phases["keeps", "upkeep"][1] == pytest.approx(max(needs.horizon_months, release))


@settings(LAWS, max_examples=60)
@given(plausible_projects(budget_usd=None, deadline_months=None, upkeep_developers=st.sampled_from([0.25, 0.5, 1, 2])))
def test_a_plan_that_is_offered_has_something_to_keep(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    if explanation.offer is not None:
        assert ("keeps", "upkeep") in timeline(explanation.decision, explanation.offer.plan)


def test_builder_and_keeper_of_the_default_plan_work_side_by_side_for_two_weeks() -> None:
    explanation = explained(ProjectNeeds())
    assert explanation.offer is not None
    plan = explanation.offer.plan
    assert (plan.builder.option.id, plan.keeper.option.id) == ("freelance", "in_house")
    phases = timeline(explanation.decision, plan)
    begin, end = phases["builds", "handover"]
    assert (end - begin) * MONTH == pytest.approx(2)
    assert phases["keeps", "upkeep"] == (pytest.approx(begin), 36)
    # Freelancers start in week 1.5; the hire is sought in time to start at the release.
    assert phases["builds", "search"] == (0, pytest.approx(1.5 / MONTH, rel=1e-3))
    assert phases["keeps", "search"][1] == pytest.approx(begin)
    assert 8 <= (phases["keeps", "search"][1] - phases["keeps", "search"][0]) * MONTH <= 12


# The tornado

@SOME
@given(COMPARED)
def test_the_bars_of_the_tornado_are_the_ten_longest_with_their_ends(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    found, decision = explanation.tornado, explanation.decision
    if found is None:
        return
    rows = parts_of(explanation_charts.tornado_rows(decision, found))
    bars = sorted(found.bars, key=lambda bar: -abs(bar.at_high - bar.at_low))[:10]
    assert len(rows["bar"]) == len(bars) == min(10, len(found.bars))
    assert len({row["name"] for row in rows["bar"]}) == len(bars)  # bars of one name would lie on each other
    assert [row["order"] for row in rows["bar"]] == list(range(len(bars)))
    for row, bar in zip(rows["bar"], bars, strict=True):
        figure = SNAPSHOT.figures[bar.id]
        assert row["begin"] <= row["end"]
        assert {row["begin"], row["end"]} == {row["at_low"], row["at_high"]}
        assert (row["at_low"], row["at_high"]) == (bar.at_low * 100, bar.at_high * 100)
        assert row["kind"] == figure.kind
        low, high, unit = re.fullmatch(r"([\d.,]+) to ([\d.,]+) (.+)", row["range"]).groups()
        assert (float(low.replace(",", "")), float(high.replace(",", "")), unit) == (
            figure.low, figure.high, figure.unit)
    (now,) = rows["now"]
    assert now["begin"] == found.lead * 100
    assert re.fullmatch(r"now ([+−]\d+|0)", now["text"])
    assert float(now["text"].removeprefix("now ").replace("−", "-")) == round(found.lead * 100)


@SOME
@given(COMPARED)
def test_the_line_of_the_tie_is_where_some_bar_reaches_it(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    found = explanation.tornado
    if found is None:
        return
    rows = parts_of(explanation_charts.tornado_rows(explanation.decision, found))
    ends = [end for row in rows["bar"] for end in (row["begin"], row["end"])]
    assert ("tie" in rows) == (min(ends) <= 0 <= max(ends))
    for row in rows.get("tie", ()):
        assert row["begin"] == 0
        rival = explanation.decision.outcomes[found.rival].option.label
        assert row["text"] == (f"{rival[0].lower()}{rival[1:]} would lead" if found.lead > 0 else "tie")


def test_bars_without_a_swing_are_stated_as_they_are() -> None:
    decision = hiring.decide(ProjectNeeds())
    found = Tornado("in_house", "freelance", 0.05, (Bar("overrun", 0.05, 0.05),))
    rows = parts_of(explanation_charts.tornado_rows(decision, found))
    assert [(row["begin"], row["end"]) for row in rows["bar"]] == [(5, 5)]
    assert "tie" not in rows
    assert parts_of(explanation_charts.tornado_rows(decision,
                                                    Tornado("in_house", "freelance", 0.05, ()))).keys() == {"now"}


def test_an_own_figure_with_a_range_is_a_bar_of_the_managers_own() -> None:
    explanation = explained(ProjectNeeds(), {"freelance.us.mid": (50, 95, 200)})
    assert explanation.tornado is not None
    first = parts_of(explanation_charts.tornado_rows(explanation.decision, explanation.tornado))["bar"][0]
    assert (first["name"], first["kind"], first["range"]) == (
        "Pay, freelance, United States, mid", "own", "50 to 200 USD per hour")


@pytest.mark.parametrize("needs", [ProjectNeeds(), ProjectNeeds(budget_usd=None, talent_region="asia", location="ca")])
def test_the_table_of_the_tornado_leads_from_each_bar_to_its_figures_sources(needs: ProjectNeeds) -> None:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, text in project_link.encode(needs, DAY).items():
        app.query_params[key] = text
    app.run()
    explanation = explained(needs)
    assert explanation.tornado is not None
    (table,) = [it.value for it in app.table if "Lead, points" in it.value.columns]
    rows = parts_of(explanation_charts.tornado_rows(explanation.decision, explanation.tornado))["bar"]
    assert len(table) == len(rows)
    for sentence, source, bar, row in zip(table["Low to high"], table["Source"], explanation.tornado.bars, rows,
                                      strict=False):
        figure = SNAPSHOT.figures[bar.id]
        scale = 100 if figure.unit in ("share", "share per year") else 1
        numbers = re.findall(r"\d[\d,]*(?:\.\d+)?", sentence.replace("\\", ""))
        assert [float(it.replace(",", "")) for it in numbers] == pytest.approx(
            [figure.low * scale, figure.high * scale]), sentence
        assert row["name"] == figure_names.full_name(figure, SNAPSHOT)
        addresses = [SNAPSHOT.sources[it].address for it in figure.source if SNAPSHOT.sources[it].address]
        assert re.findall(r"\]\((http[^)]+)\)", source) == addresses
        assert ("assumed" in source) == (figure.kind == "assumed")
        assert addresses or figure.kind == "assumed"
