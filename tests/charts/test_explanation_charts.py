"""Charts of the explanation: their rows are the model's numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pytest

import hiring
from hiring import ProjectNeeds
from hiring.charts import explanation_charts
from hiring.model.explanation import Explanation
from hiring.model.tornado import Bar, Tornado
from hiring.text import reasons_text
from tests.charts.specs import inside
from tests.factories import explained
from tests.page_text import whole
from tests.pool import PLAIN, POOL, each_of

SPECS: dict[str, Callable[[], dict[str, Any]]] = {
    "lead": explanation_charts.lead_spec, "tornado": explanation_charts.tornado_spec}


def parts_of(rows: pa.Table) -> dict[str, list[dict[str, Any]]]:
    """The rows of each part."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_pylist():
        found.setdefault(row["part"], []).append(row)
    return found


@pytest.mark.parametrize("name", SPECS)
def test_every_part_and_field_that_a_specification_reads_is_in_the_rows(name: str) -> None:
    explanation = explained(ProjectNeeds())
    decision = explanation.decision
    assert explanation.tornado is not None
    rows = {"lead": lambda: explanation_charts.lead_rows(decision),
            "tornado": lambda: explanation_charts.tornado_rows(decision, explanation.tornado)}[name]()
    text = json.dumps(SPECS[name]())
    fields = {field.split(":")[0] for node in inside(SPECS[name]()) for field in [node.get("field")]
              if isinstance(field, str)} | set(re.findall(r"datum\.(\w+)", text.replace("datum.value", "")))
    assert fields <= set(rows.column_names)
    assert set(rows["part"].to_pylist()) - {"tie"} <= set(re.findall(r"datum\.part === '([\w-]+)'", text))


# The lead

@each_of(POOL)
def test_the_bars_of_the_lead_sum_to_it_and_have_the_color_of_who_does_better(explanation: Explanation) -> None:
    decision = explanation.decision
    first, second = decision.answer, decision.rival
    bars = parts_of(explanation_charts.lead_rows(decision))["bar"]
    lead = decision.all_outcomes[first].expected_score - decision.all_outcomes[second].expected_score
    assert sum(bar["points"] for bar in bars) == pytest.approx(lead * 100, abs=1e-9)
    assert sum(bar["weight"] for bar in bars) == pytest.approx(1)
    assert [bar["order"] for bar in bars] == list(range(len(bars)))
    assert len({bar["name"] for bar in bars}) == len(bars)
    assert sum(whole(bar["text"]) for bar in bars) == round(lead * 100)
    labels = {**{c.label: c.id for c in decision.evidence.criteria}, "Your limits": "limits"}
    for bar in bars:
        better = first if bar["points"] >= 0 else second
        assert bar["option"] == ("Mix" if better == "mix" else decision.outcomes[better].option.label)
        assert re.fullmatch(r"[+−]\d+|0", bar["text"])
        assert abs(whole(bar["text"]) - bar["points"]) <= 1 + 1e-9
        if bar["name"] in labels:
            criterion = labels[bar["name"]]
            own, other = (decision.contributions[option][criterion] for option in (first, second))
            assert bar["points"] == pytest.approx((own - other) * 100, abs=1e-9)
            assert bar["weight"] == decision.weights.get(criterion, 0)


@each_of(POOL)
def test_what_separates_the_two_by_less_than_three_quarters_of_a_point_is_one_bar_at_the_end(
        explanation: Explanation) -> None:
    decision = explanation.decision
    *bars, last = parts_of(explanation_charts.lead_rows(decision))["bar"]
    small = [lead for lead in decision.leads(decision.answer, decision.rival).values() if abs(lead) < 0.0075]
    if len(small) > 1:
        assert last["name"] == f"{len(small)} others"
        assert last["points"] == pytest.approx(sum(small) * 100, abs=1e-9)
    else:
        bars = bars if small else [*bars, last]
        assert "other" not in last["name"]
    assert len(bars) == 8 + decision.has_limits - len(small)
    assert all(abs(bar["points"]) >= 0.75 for bar in bars)
    assert all(abs(longer["points"]) >= abs(bar["points"]) for longer, bar in pairwise(bars))


# The tornado

@each_of(PLAIN)
def test_the_bars_of_the_tornado_are_the_ten_longest_with_their_ends(explanation: Explanation) -> None:
    found, decision = explanation.tornado, explanation.decision
    if found is None:
        return
    rows = parts_of(explanation_charts.tornado_rows(decision, found))
    bars = sorted(found.bars, key=lambda bar: -abs(bar.at_high - bar.at_low))[:10]
    assert len(rows["bar"]) == len(bars) == min(10, len(found.bars))
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
