"""Charts of the explanation: their rows are the model's numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import hiring
from hiring import Decision, ProjectNeeds
from hiring.charts import explanation_charts
from hiring.model.explanation import Explanation
from hiring.model.schedule import months_until
from hiring.model.tornado import Bar, Tornado
from hiring.text import formatting, reasons_text
from tests.charts.specs import inside
from tests.factories import DAY, explained
from tests.pool import PLAIN, POOL, each_of

SPECS: dict[str, Callable[[], dict[str, Any]]] = {
    "timeline": explanation_charts.timeline_spec, "months": lambda: explanation_charts.timeline_spec(is_dated=False),
    "tornado": explanation_charts.tornado_spec}


def parts_of(rows: pa.Table) -> dict[str, list[dict[str, Any]]]:
    """The rows of each part."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_pylist():
        found.setdefault(row["part"], []).append(row)
    return found


@pytest.mark.parametrize("name", SPECS)
def test_every_part_and_field_that_a_specification_reads_is_in_the_rows(name: str) -> None:
    explanation = explained(ProjectNeeds(deadline_months=12))
    decision = explanation.decision
    assert explanation.tornado is not None
    rows = {"timeline": lambda: explanation_charts.timeline_rows(replace(decision, from_day=DAY)),
            "months": lambda: explanation_charts.timeline_rows(decision),
            "tornado": lambda: explanation_charts.tornado_rows(decision, explanation.tornado)}[name]()
    text = json.dumps(SPECS[name]())
    fields = {field.split(":")[0] for node in inside(SPECS[name]()) for field in [node.get("field")]
              if isinstance(field, str)} | set(re.findall(r"datum\.(\w+)", text.replace("datum.value", "")))
    assert fields <= set(rows.column_names)
    assert set(rows["part"].to_pylist()) - {"tie"} <= set(re.findall(r"datum\.part === '([\w-]+)'", text))


# The timeline

@each_of(POOL)
def test_the_timeline_has_the_months_of_each_plan(explanation: Explanation) -> None:
    for day in (None, DAY):
        has_the_months_of_each_plan(replace(explanation.decision, from_day=day))


def has_the_months_of_each_plan(decision: Decision) -> None:
    needs, day = decision.needs, decision.from_day
    rows = parts_of(explanation_charts.timeline_rows(decision))

    def months(shown: Any) -> float:
        return shown if day is None else months_until(day, shown)

    def near(value: float) -> Any:
        return pytest.approx(value, abs=1e-9 if day is None else 0.03)  # half a day and rounding

    last = max(*(it.finish_quantiles[2] for it in decision.all_outcomes.values()), needs.deadline_months or 0)
    for place, (plan, outcome) in enumerate(reversed(decision.in_fixed_order.items())):
        label = "Mix" if plan == "mix" else outcome.option.label
        of = {part: row for part, found in rows.items() for row in found if row["option"] == label}
        low, middle, high = np.quantile(outcome.finish * 12 / 52, (0.1, 0.5, 0.9))
        start = float(np.median(outcome.start)) * 12 / 52
        assert months(of["build"]["begin"]) == near(start)
        assert months(of["build"]["end"]) == months(of["typical"]["begin"]) == near(middle)
        assert (months(of["span"]["begin"]), months(of["span"]["end"])) == (near(low), near(high))
        assert ("search" in of) == (start > 0)
        assert "search" not in of or (months(of["search"]["begin"]), months(of["search"]["end"])) == (0, near(start))
        assert ("upkeep" in of) == (needs.upkeep_months > 0 and needs.upkeep_developers > 0)
        if "upkeep" in of:
            assert months(of["upkeep"]["begin"]) == near(middle)
            assert months(of["upkeep"]["end"]) == near(min(middle + needs.upkeep_months, last * 1.5))
        title = next(row["text"] for row in rows["title"] if row["text"].startswith(f"{label}: "))
        assert title == (f"{label}: starts {formatting.start_of(day, outcome.start_week)}, "
                         f"releases {formatting.date_of(day, middle)}")
        assert place <= of["build"]["low"] < of["build"]["high"] < place + 1
    assert ("deadline" in rows) == (needs.deadline_months is not None)
    for row in rows.get("deadline", ()):
        assert months(row["begin"]) == near(needs.deadline_months)
        assert row["text"] == f"Deadline {formatting.date_of(day, needs.deadline_months)}"


# The tornado

@each_of(PLAIN)
def test_the_bars_of_the_tornado_are_the_four_longest_with_their_ends(explanation: Explanation) -> None:
    found, decision = explanation.tornado, explanation.decision
    if found is None:
        return
    rows = parts_of(explanation_charts.tornado_rows(decision, found))
    bars = sorted(found.bars, key=lambda bar: -abs(bar.at_high - bar.at_low))[:4]
    assert len(rows["bar"]) == len(bars) == min(4, len(found.bars))
    assert len({row["name"] for row in rows["bar"]}) == len(bars)  # bars of one name would lie on each other
    assert [row["order"] for row in rows["bar"]] == list(range(len(bars)))
    for row, bar in zip(rows["bar"], bars, strict=True):
        figure = decision.evidence.figures.get(bar.id)
        assert row["begin"] <= row["end"]
        assert {row["begin"], row["end"]} == {row["at_low"], row["at_high"]}
        assert (row["at_low"], row["at_high"]) == (bar.at_low * 100, bar.at_high * 100)
        assert row["kind"] == (figure.kind if figure else {"weight": "assumed", "limit": "own"}[bar.id.split(".")[0]])
        assert row["range"] == reasons_text.bar_range(decision, bar)
    (now,) = rows["now"]
    assert now["begin"] == found.lead * 100
    assert re.fullmatch(r"now ([+−]\d+|0)", now["text"])
    assert float(now["text"].removeprefix("now ").replace("−", "-")) == round(found.lead * 100)


@each_of(PLAIN)
def test_the_line_of_the_tie_is_where_some_bar_reaches_it(explanation: Explanation) -> None:
    found = explanation.tornado
    if found is None:
        return
    rows = parts_of(explanation_charts.tornado_rows(explanation.decision, found))
    ends = [end for row in rows["bar"] for end in (row["begin"], row["end"])]
    assert ("tie" in rows) == (min(ends) <= 0 <= max(ends))
    for row in rows.get("tie", ()):
        assert row["begin"] == 0
        rival = explanation.decision.outcomes[found.rival].option.label  # a mix is never the rival
        assert row["text"] == (f"{rival[0].lower()}{rival[1:]} would lead" if found.lead > 0 else "tie")


def test_bars_without_a_swing_are_stated_as_they_are() -> None:
    decision = hiring.decide(ProjectNeeds())
    found = Tornado("in_house", "freelance", 0.05, (Bar("overrun.mostly_clear", 0.8, 2.4, 0.05, 0.05),))
    rows = parts_of(explanation_charts.tornado_rows(decision, found))
    assert [(row["begin"], row["end"]) for row in rows["bar"]] == [(5, 5)]
    assert "tie" not in rows
    assert parts_of(explanation_charts.tornado_rows(decision,
                                                    Tornado("in_house", "freelance", 0.05, ()))).keys() == {"now"}


def test_an_own_figure_with_a_range_is_a_bar_of_the_managers_own() -> None:
    explanation = explained(ProjectNeeds(), {"freelance.us.mid": (50, 95, 200)})
    assert explanation.tornado is not None
    bars = parts_of(explanation_charts.tornado_rows(explanation.decision, explanation.tornado))["bar"]
    (own,) = [bar for bar in bars if bar["name"] == "Pay, freelance, United States, mid"]
    assert (own["kind"], own["range"]) == ("own", "$50 to $200 an hour")
