"""All numbers side by side: they are the model's, and parts add up to the typical cost as displayed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import hiring
from hiring import Decision, ProjectNeeds
from hiring.model.explanation import Explanation
from hiring.text import formatting, numbers_text
from tests.factories import DAY
from tests.page_text import FLAW, says
from tests.pool import POOL, each_of


@each_of(POOL)
def test_every_plan_has_its_numbers(explanation: Explanation) -> None:
    for day in (None, DAY):
        has_its_numbers(replace(explanation.decision, from_day=day))


def has_its_numbers(decision: Decision) -> None:
    needs, day = decision.needs, decision.from_day
    plans = list(decision.in_fixed_order.values())
    costs = numbers_text.typical_costs(decision)
    total = [label for label, _ in costs].index(numbers_text.TOTAL)
    for place, outcome in enumerate(plans):
        usd = [int(re.sub(r"\D", "", cells[place])) for _, cells in costs]
        assert sum(usd[:total]) == usd[total]
        assert usd[total] == pytest.approx(outcome.cost_quantiles[1] / (1_000 if "k" in costs[total][1][place] else 1),
                                           abs=0.51)
    rows = dict(numbers_text.shares_and_dates(decision))
    assert not any(FLAW.search(cell) for cells in rows.values() for cell in cells)
    given_ = {"In budget": needs.budget_usd, "On time": needs.deadline_months}
    for label, limit in given_.items():
        assert (label in rows) == (limit is not None)
    assert ("Build range" in rows) == (needs.budget_usd is not None and needs.budget_covers == "build")
    for place, (plan, outcome) in enumerate(decision.in_fixed_order.items()):
        low, middle, high = outcome.finish_quantiles
        assert rows["Release"][place] == formatting.short_date_of(day, middle)
        assert rows["Release range"][place] == formatting.date_range(day, low, high)
        assert rows["Cost range"][place] == formatting.money_range(outcome.cost_quantiles[0],
                                                                   outcome.cost_quantiles[2])
        best = rows.get(numbers_text.best_label(decision))
        assert best is None if decision.verdict == "none_fits" else best[place] == str(
            decision.of_hundred.get(plan, "–"))
        for label, share in (("In budget", outcome.within_budget_share), ("On time", outcome.on_time_share)):
            assert label not in rows or rows[label][place].startswith("<") or says(rows[label][place], share or 0)


def test_a_rating_is_beside_its_need() -> None:
    decision = hiring.decide(ProjectNeeds())
    (continuity,) = [cells for label, cells in numbers_text.ratings(decision) if label.startswith("Knowledge kept")]
    assert len(continuity) == len(decision.all_outcomes)
    assert [label for label, _ in numbers_text.ratings(decision)][1] == (
        f"Knowledge kept ({decision.need_levels['continuity'] * 100:.0f})")
