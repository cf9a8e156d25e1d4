from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import ProjectNeeds
from hiring.model.decision import Decision, decide
from hiring.model.option_draws import pay_id
from hiring.model.own_figures import Range, with_own
from hiring.model.simulation import Outcome
from hiring.model.worked_example import LINES, Formula, worked_formulas
from tests.factories import OPTIONS
from tests.factories import option as option_of
from tests.strategies import LAWS, NEWEST, plausible_projects, projects


def steps(found: Decision, option: str) -> dict[str, Formula]:
    """Every step by its name; no two parts share one."""
    parts = worked_formulas(found, option)
    assert list(parts) == ["time", "cost", "fit"]
    worked = [step for part in parts.values() for step in part]
    assert len({step.name for step in worked}) == len(worked)
    return {step.name: step for step in worked}


def agree(worked: dict[str, Formula], outcome: Outcome, found: Decision) -> None:
    """The results of the steps and the one simulation in which every figure has its central value."""
    assert len(outcome.total) == 1
    result = {name: step.result for name, step in worked.items()}
    lines = dict.fromkeys(outcome.typical._fields, 0.0)
    for name, line in LINES.items():
        lines[line] += result.get(name, 0.0)
    assert lines == pytest.approx(outcome.typical._asdict())
    assert worked["cost"].given["cost"] == pytest.approx(outcome.total[0])
    assert result["finish"] == pytest.approx(outcome.finish[0])
    assert result["build_weeks"] == pytest.approx(np.asarray(outcome.course.works[0].weeks).item())
    assert result["upkeep_weeks"] == pytest.approx(np.asarray(outcome.course.upkeep_weeks).item())
    values = dict(zip(found.weights, outcome.values[0].tolist(), strict=True))
    assert {name: result[name] for name in values} == pytest.approx(values)
    # one draw of the weights is not their center
    score = sum(found.weights[name] * value for name, value in values.items())
    assert result["score"] == pytest.approx(score)
    if found.has_limits:
        kept = outcome.scores[0] / outcome.unreduced_scores[0]
        assert result["limits"] == pytest.approx(score * kept)
    else:
        assert "limits" not in result
    if found.needs.budget_usd is not None:
        assert worked["budget_usd"].given["taken"] == pytest.approx(outcome.budgeted[0])


@settings(LAWS, max_examples=30)
@given(st.one_of(plausible_projects(mixes=False), projects(mixes=False)))
def test_the_steps_give_what_the_simulation_gives_with_central_figures(needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST, 1)
    for option, outcome in found.outcomes.items():
        agree(steps(found, option), outcome, found)


@settings(LAWS, max_examples=30)
@given(plausible_projects(wage_basis="article", mixes=False), st.floats(50_000, 400_000), st.floats(20, 300))
def test_the_steps_take_own_figures_as_the_simulation_does(needs: ProjectNeeds, salary: float, rate: float) -> None:
    evidence = with_own(NEWEST, [(f"in_house.article.{needs.seniority}", Range(salary, salary, salary)),
                                 (pay_id(option_of("agency"), needs, NEWEST), Range(rate / 2, rate, rate * 2)),
                                 (f"overrun.{needs.scope_clarity}", Range(1, 1.4, 2))])
    found = decide(needs, evidence, 1)
    for option, outcome in found.outcomes.items():
        agree(steps(found, option), outcome, found)


@settings(LAWS, max_examples=20)
@given(plausible_projects(mixes=False))
def test_the_steps_are_the_same_however_many_simulations_are_decided(needs: ProjectNeeds) -> None:
    few, many = decide(needs, NEWEST, 1), decide(needs, NEWEST, 60)
    for option in OPTIONS:
        assert worked_formulas(many, option) == worked_formulas(few, option)


@settings(LAWS, max_examples=20)
@given(plausible_projects(mixes=False), st.sampled_from(OPTIONS))
def test_every_step_has_words_and_its_numbers_are_results_or_answers_or_figures(
        needs: ProjectNeeds, option: str) -> None:
    worked = steps(decide(needs, NEWEST, 1), option)
    for step in worked.values():
        assert step.words.endswith(".")
        assert step.given
    for name, source in {"hours": "hours", "ready": "ready", "hours_a_week": "hours_a_week"}.items():
        assert worked["finish"].given[name] == worked[source].result
    for name in ("build_pay", "upkeep_pay"):
        assert worked[name].given["weekly_usd"] == worked["weekly_usd"].result
    assert worked["build_pay"].given["paid_weeks"] == worked["priced_build"].result
    assert worked["score"].given == {name: worked[name].result for name in worked["score"].given}
    assert len(worked["score"].given) == len(NEWEST.criteria)


def test_a_salary_is_shown_where_you_hire_and_your_own_offer_as_it_is() -> None:
    needs = ProjectNeeds(location="us-ca", mixes=False)
    salary = NEWEST.central("in_house.article.mid")
    assert steps(decide(needs, NEWEST, 1), "in_house")["salary"].result == pytest.approx(
        salary * NEWEST.wage_ratio("us-ca"))
    own = with_own(NEWEST, [("in_house.article.mid", Range(110_000, 120_000, 140_000))])
    worked = steps(decide(needs, own, 1), "in_house")
    assert "salary" not in worked
    assert worked["weekly_usd"].given["salary"] == 120_000


def test_people_whom_upkeep_adds_learn_and_are_found() -> None:
    worked = steps(decide(ProjectNeeds(upkeep_developers=8, mixes=False), NEWEST, 1), "in_house")
    assert worked["learning"].given["added"] == pytest.approx(worked["upkeep_heads"].result - 2)
    assert worked["sourcing"].given["people"] == pytest.approx(worked["upkeep_heads"].result)
