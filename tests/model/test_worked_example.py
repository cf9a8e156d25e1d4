from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import ProjectNeeds
from hiring.model import costs, fit, schedule
from hiring.model.decision import Decision, decide
from hiring.model.draws import Numbers
from hiring.model.evidence import Snapshot
from hiring.model.own_figures import Range, with_own
from hiring.model.simulation import Outcome
from hiring.model.worked_example import Formula, worked_formulas
from tests.factories import LINES, NEEDS, OPTIONS, ROUND, SCHEDULES, SNAPSHOT, TOTALS
from tests.strategies import LAWS, NEWEST, plausible_projects, projects

# What each step is worked out by; the cost step and the steps of each rated criterion follow their own names.
FORMULAS: dict[str, Callable[..., Any]] = {
    "work_hours": schedule.work_hours, "build_weeks": schedule.build_weeks, "paid_heads": schedule.paid_heads,
    "upkeep_heads": schedule.upkeep_heads, "build_pay": costs.labor, "upkeep_labor": costs.labor,
    "exit": costs.ending, "top_up": costs.top_up, "steering": costs.steering, "sourcing": costs.sourcing,
    "replacement": costs.replacement, "cost": fit.cost_value, "speed": fit.speed_value,
    **dict.fromkeys(fit.LEVELS, fit.rated_value)}


def steps(found: Decision, option: str) -> dict[str, Formula]:
    """Every step by its name; no two parts share one."""
    parts = worked_formulas(found, option)
    assert list(parts) == ["time", "cost", "fit"]
    worked = [step for part in parts.values() for step in part]
    assert len({step.name for step in worked}) == len(worked)
    return {step.name: step for step in worked}


def results(found: Decision, option: str) -> dict[str, float]:
    return {name: step.result for name, step in steps(found, option).items()}


def number(one_future: Numbers) -> float:
    return float(np.asarray(one_future).item())


def agree(worked: dict[str, float], outcome: Outcome, found: Decision) -> None:
    """The results of the steps and the one future of the simulation."""
    assert len(outcome.total) == 1
    timing, lines = outcome.schedule, outcome.lines._asdict()
    assert worked["build_weeks"] == pytest.approx(number(timing.build_weeks))
    assert worked["finish"] == pytest.approx(number(timing.finish))
    assert worked["upkeep_weeks"] == pytest.approx(number(timing.upkeep_weeks))
    assert worked["paid_heads"] == outcome.paid_heads
    assert worked["upkeep_heads"] == pytest.approx(number(outcome.upkeep_heads))
    assert worked["build_pay"] + worked["top_up"] == pytest.approx(number(lines.pop("build_labor")))
    assert {name: worked[name] for name in lines} == pytest.approx(
        {name: number(line) for name, line in lines.items()})
    total = worked["build_pay"] + worked["top_up"] + sum(worked[name] for name in lines)
    assert total == pytest.approx(outcome.total[0])
    values = dict(zip(found.weights, outcome.values[0].tolist(), strict=True))
    assert {name: worked[name] for name in values} == pytest.approx(values)
    assert worked["score"] == pytest.approx(sum(found.weights[name] * value for name, value in values.items()))


@settings(LAWS, max_examples=80)
@given(st.one_of(plausible_projects(), projects()))
def test_the_steps_give_what_the_simulation_gives_in_the_middle_future(needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST, 1)
    for option, outcome in found.outcomes.items():
        agree(results(found, option), outcome, found)


@settings(LAWS, max_examples=20)
@given(plausible_projects())
def test_the_steps_are_the_same_however_many_futures_are_decided(needs: ProjectNeeds) -> None:
    few, many = decide(needs, NEWEST, 1), decide(needs, NEWEST, 60)
    for option in OPTIONS:
        assert worked_formulas(many, option) == worked_formulas(few, option)


@settings(LAWS, max_examples=30)
@given(plausible_projects(wage_basis="article"), st.floats(50_000, 400_000), st.floats(20, 300))
def test_the_steps_take_own_figures_as_the_simulation_does(needs: ProjectNeeds, salary: float, rate: float) -> None:
    evidence = with_own(NEWEST, [(f"in_house.article.{needs.seniority}", Range(salary, salary, salary)),
                                 (f"agency.{needs.talent_region}.{needs.seniority}", Range(rate / 2, rate, rate * 2)),
                                 ("overrun", Range(1, 1.4, 2))])
    found = decide(needs, evidence, 1)
    for option, outcome in found.outcomes.items():
        agree(results(found, option), outcome, found)


@pytest.mark.parametrize("option", OPTIONS)
def test_the_steps_of_a_round_project_are_as_worked_by_hand(option: str) -> None:
    worked = results(decide(NEEDS, ROUND, 40), option)
    _, build, finish, upkeep, paid, kept = SCHEDULES[option]
    assert worked["work_hours"] == pytest.approx(1_872)
    assert [worked[name] for name in ("build_weeks", "finish", "upkeep_weeks", "paid_heads", "upkeep_heads")] == (
        pytest.approx([build, finish, upkeep, paid, kept]))
    assert worked["weekly_usd"] == pytest.approx({"in_house": 2_500, "freelance": 4_200, "agency": 6_000}[option])
    assert [worked["build_pay"], *(worked[name] for name in ("upkeep_labor", "steering", "sourcing", "replacement",
                                                          "exit"))] == pytest.approx(LINES[option])
    assert worked["top_up"] == 0
    assert sum(worked[name] for name in ("build_pay", "upkeep_labor", "steering", "sourcing", "replacement",
                                       "exit")) == pytest.approx(TOTALS[option])


def test_the_cost_that_is_valued_is_the_sum_of_the_lines() -> None:
    # in-house costs 346,100, which is the budget: a value of one half
    worked = steps(decide(NEEDS, ROUND, 40), "in_house")["cost"]
    assert worked.given == pytest.approx({"cost": 346_100, "budget": 346_100, "steepness": 3})
    assert worked.result == pytest.approx(0.5)


def test_an_agency_is_topped_up_in_a_step_of_its_own() -> None:
    tiny = ProjectNeeds(developers=0.1, build_months=0.25, upkeep_developers=0)
    worked = results(decide(tiny, ROUND, 40), "agency")
    assert worked["exit"] == pytest.approx(1_200)  # 2 weeks x 0.1 x 6,000
    assert worked["upkeep_labor"] == 0
    assert worked["build_pay"] + worked["exit"] + worked["top_up"] == pytest.approx(25_000)


# Words and what went in

def found_in(place: str, evidence: Snapshot = SNAPSHOT, **answers: object) -> dict[str, Formula]:
    return steps(decide(ProjectNeeds(location=place, **answers), evidence, 1), "in_house")


@pytest.mark.parametrize("option", OPTIONS)
def test_the_words_of_a_step_begin_those_of_its_formula(option: str) -> None:
    worked = steps(decide(ProjectNeeds(location="ca"), SNAPSHOT, 1), option)
    hourly = costs.weekly_usd_from_salary if option == "in_house" else costs.weekly_usd_from_rate
    formulas = {**FORMULAS, "weekly_usd": hourly}
    assert set(worked) - set(formulas) <= {"finish", "upkeep_weeks", "salary", "score"}
    for name, formula in formulas.items():
        assert formula.__doc__ is not None
        first_paragraph = formula.__doc__.split("\n\n")[0]
        assert worked[name].words == " ".join(first_paragraph.split())
        # and they are worked of the function that gave the result
        assert worked[name].result == pytest.approx(number(formula(**worked[name].given)))


def test_the_steps_that_are_part_of_a_formula_have_their_own_words() -> None:
    worked = found_in("ca")
    assert {name: worked[name].words for name in ("finish", "upkeep_weeks", "salary", "score")} == {
        "finish": "The first release, weeks from today: lead + build weeks.",
        "upkeep_weeks": "Weeks of upkeep: what is left of the months you look ahead after the release, never below 0.",
        "salary": "A year's salary where you hire: salary × local ÷ national median wage.",
        "score": "The score: the sum over the criteria of weight × value."}


def test_what_goes_into_a_step_are_the_answers_and_the_middle_of_each_figure() -> None:
    worked = steps(decide(ProjectNeeds(), SNAPSHOT, 1), "freelance")
    assert worked["work_hours"].given == {"developers": 2, "build_months": 6, "yardstick_share": 0.9}
    assert worked["build_weeks"].given == pytest.approx(
        {"hours": worked["work_hours"].result, "developers": 2, "overrun": 1.15, "productive_share": 0.93,
         "ramp_weeks": 2})
    assert worked["finish"].given == {"lead_weeks": 1.5, "weeks": worked["build_weeks"].result}
    assert worked["weekly_usd"].given == {"hourly_usd": 95, "fee_share": 0.05}
    assert worked["steering"].given["manager_hourly_usd"] == 105
    assert worked["continuity"].given["rating"] == 25


def test_each_result_goes_into_the_next_step() -> None:
    worked = found_in("ca")
    assert worked["build_weeks"].given["hours"] == worked["work_hours"].result
    assert worked["finish"].given["weeks"] == worked["build_weeks"].result
    assert worked["upkeep_weeks"].given["finish"] == worked["finish"].result
    assert worked["weekly_usd"].given["salary"] == worked["salary"].result
    for line in ("build_pay", "upkeep_labor", "exit", "replacement"):
        assert worked[line].given["weekly_usd"] == worked["weekly_usd"].result
    assert worked["score"].given == {name: worked[name].result for name in worked["score"].given}
    assert len(worked["score"].given) == 8


def test_a_salary_is_reported_where_you_hire_and_your_own_offer_as_it_is() -> None:
    ratio = 174_410 / 135_980  # the medians of California and of the nation, May 2025
    assert found_in("ca")["salary"].result == pytest.approx(110_000 * ratio)
    own = with_own(SNAPSHOT, [("in_house.article.mid", Range(110_000, 120_000, 140_000))])
    assert "salary" not in found_in("ca", own)
    assert found_in("ca", own)["weekly_usd"].given["salary"] == 120_000


def test_a_step_is_reported_even_where_no_upkeep_follows() -> None:
    worked = found_in("us", upkeep_developers=0)
    assert [worked[name].result for name in ("upkeep_heads", "upkeep_labor")] == [0, 0]
    late = found_in("us", horizon_months=3)
    assert [late[name].result for name in ("upkeep_weeks", "upkeep_labor")] == [0, 0]
    # 2 heads: nobody is found for an upkeep that the horizon does not reach
    assert found_in("us", upkeep_developers=8, horizon_months=3)["sourcing"].given["heads"] == 2
    assert found_in("us", upkeep_developers=8)["sourcing"].given["heads"] == 8
