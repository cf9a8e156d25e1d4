"""The findings of the charts."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from hiring import ProjectNeeds, decide
from hiring.model.decision import Paths
from hiring.model.explanation import Explanation
from hiring.text import chart_titles, formatting, verdict_text
from tests.factories import LIMITED, OPTIONS
from tests.page_text import lowered
from tests.pool import POOL, each_of, project

CHEAP_HIRES, CHEAP = ProjectNeeds(mixes=False), {"in_house.article.mid": 60_000}  # in-house costs least


def test_without_a_budget_the_headline_names_who_costs_least_and_no_limit() -> None:
    decision = decide(CHEAP_HIRES, own=CHEAP)
    cost = formatting.money(float(np.median(decision.outcomes["in_house"].total)))
    assert chart_titles.cost_headline(decision) == f"In-house typically costs least: {cost}"


@pytest.mark.parametrize(("needs", "label", "span"), [
    (LIMITED, "Cost of the build", "all that is paid up to the release"),
    (ProjectNeeds(), "Cost of build and upkeep", "build and upkeep"),
    (replace(LIMITED, budget_covers="build_and_upkeep"), "Cost of build and upkeep", "build and upkeep"),
    (ProjectNeeds(upkeep_months=0), "Cost", "the build")])
def test_what_the_cost_covers_follows_the_budget(needs: ProjectNeeds, label: str, span: str) -> None:
    decision = decide(needs)
    assert (chart_titles.cost_label(decision), chart_titles.cost_span(decision)) == (label, span)


def test_who_spends_least_from_a_month_on_spends_more_than_another_before() -> None:
    months = np.array([0.0, 12, 24, 36])
    decision = decide(CHEAP_HIRES, own=CHEAP)
    lines = {"in_house": np.array([0.0, 9, 9, 9]), "freelance": np.array([0.0, 5, 10, 15]),
             "agency": np.array([0.0, 8, 16, 24])}
    decision.__dict__["paths"] = Paths(months, {option: np.array([line] * 3) for option, line in lines.items()})
    assert chart_titles.spending_headline(decision).startswith("In-house spends least from month 24 on: ")
    lines["in_house"] = np.array([0.0, 4, 8, 9])
    decision.__dict__["paths"] = Paths(months, {option: np.array([line] * 3) for option, line in lines.items()})
    assert chart_titles.spending_headline(decision).startswith("In-house spends least all the way: ")


@each_of([place for place in POOL if project(place).budget_usd])
def test_the_headline_of_the_costs_says_how_often_each_plan_stays_within_the_budget(explanation: Explanation) -> None:
    decision = explanation.decision
    needs = decision.needs
    shown = chart_titles.cost_headline(decision)
    shares = {("the mix" if plan == "mix" else lowered(outcome.option)): float(np.mean(
        (outcome.course.budgeted if needs.budget_covers == "build" else outcome.total) <= needs.budget_usd))
        for plan, outcome in decision.all_outcomes.items()}
    if max(shares.values()) == 0:
        assert shown.startswith("No plan stays within ")
        return
    if min(shares.values()) == 1:
        assert shown.startswith("Every plan stays within ")
        return
    assert shares[shown.split(" stays within ")[0].lower()] == max(shares.values())
    for label, share in shares.items():
        found = re.search(rf"{label}(?: stays within \S+)? in (fewer than |more than )?(\d+)", shown, re.IGNORECASE)
        assert found
        bound = float(found[2]) / 100
        assert {"fewer than ": share < bound, "more than ": share > bound}.get(found[1], abs(share - bound) <= 0.005001)


@each_of(POOL)
def test_lines_and_years_add_up_as_they_are_shown_to_the_headline(explanation: Explanation) -> None:
    decision = explanation.decision
    for table in (chart_titles.typical_lines(decision), chart_titles.typical_years(decision)):
        for plan, parts in table.items():
            total = decision.all_outcomes[plan].cost_quantiles[1]
            shown = [int(re.sub(r"\D", "", chart_titles.shown_usd(decision, usd))) for usd in parts.values()]
            assert sum(shown) == int(re.sub(r"\D", "", chart_titles.shown_usd(decision, sum(parts.values()))))
            assert abs(sum(parts.values()) - total) <= chart_titles.unit_of(decision) / 2
            assert all(usd >= 0 for usd in parts.values())
            assert all(any(of[name] for of in table.values()) for name in parts)
    lines = chart_titles.typical_lines(decision)[decision.nearest]
    shown = chart_titles.parts_headline(decision)
    assert shown.startswith(verdict_text.subject(decision.all_outcomes[decision.nearest]))
    pay = sum(usd for line, usd in lines.items() if line.endswith("labor"))
    assert f"{formatting.money(pay)} of {formatting.money(sum(lines.values()))} is pay" in shown


def test_where_nothing_but_pay_costs_anything_the_headline_names_nothing_else() -> None:
    free = ("steering_share", "sourcing_usd", "equipment_usd", "attrition_per_year", "exit_weeks", "minimum_usd")
    own = {f"{name}.{option}": 0 for name in free for option in OPTIONS}
    shown = chart_titles.parts_headline(decide(ProjectNeeds(mixes=False), own=own))
    assert re.fullmatch(r"\S+: (\S+) of \1 is pay", shown), shown
