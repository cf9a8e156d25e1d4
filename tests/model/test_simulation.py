from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from hiring import ProjectNeeds
from hiring.model.decision import Decision, decide
from hiring.model.needs import NEEDS as FIELDS
from hiring.model.schedule import WEEKS_A_MONTH
from tests.factories import LINES, NEEDS, OPTIONS, SCHEDULES, SNAPSHOT, TOTALS, decided
from tests.strategies import ANY, LAWS

FEW = 60  # simulations


@pytest.mark.parametrize("name", OPTIONS)
def test_a_round_project_goes_as_worked_by_hand(name: str) -> None:
    found = decided()
    outcome, drawn = found.outcomes[name], found.option_draws[name]
    assert (outcome.start, drawn.crew(2).arrives, drawn.stretch, outcome.finish[0], drawn.heads(2),
            outcome.upkeep_heads) == pytest.approx(SCHEDULES[name])
    assert tuple(outcome.typical) == pytest.approx(LINES[name])
    assert outcome.total == pytest.approx(np.full(40, TOTALS[name]))
    assert outcome.cost_quantiles == pytest.approx([TOTALS[name]] * 3)


def test_the_values_of_a_round_project_are_as_worked_by_hand() -> None:
    found = decided()
    values = {name: dict(zip(found.weights, outcome.values[0], strict=True))
              for name, outcome in found.outcomes.items()}
    assert values["in_house"]["cost"] == pytest.approx(1 / (1 + (391_250 / found.reference.cost_usd) ** 3))
    # the release in week 52.25 of 52; the start in week 10 is in time
    assert values["in_house"]["speed"] == pytest.approx(0.6 / (1 + (52.25 / 52) ** 4) + 0.4)
    # lasting = staying = 18 / 24; the need for continuity is 0.05 + 0.75 x 0.75 + 0.05 = 0.6625
    assert values["in_house"]["continuity"] == 1  # 85 points
    assert values["freelance"]["continuity"] == pytest.approx(0.25 / 0.6625)  # 25 points


def test_limits_are_counted_in_every_simulation_and_reduce_the_score_where_they_are_missed() -> None:
    found = decided().outcomes
    assert {name: outcome.within_budget_share for name, outcome in found.items()} == {
        "in_house": 1, "freelance": 0, "agency": 0}  # 391,250 is just within the budget
    assert [found[name].on_time_share for name in OPTIONS] == [1, 0, 1]  # week 52.25 is late
    assert [found[name].keep_share for name in OPTIONS] == [0, 0, 0]
    over, late = 391_250 / TOTALS["freelance"], 52 / 52.25
    for limits, power in (("firm", 4), ("target", 1)):
        found = decided(replace(NEEDS, limits=limits)).outcomes
        assert found["freelance"].scores == pytest.approx(found["freelance"].unreduced_scores * over**power)
        assert found["in_house"].scores == pytest.approx(found["in_house"].unreduced_scores * late**power)


def test_without_limits_nothing_is_counted() -> None:
    found = decided(replace(NEEDS, budget_usd=None, deadline_months=None)).outcomes["agency"]
    assert (found.within_budget_share, found.on_time_share, found.keep_share) == (None, None, 1)
    assert np.array_equal(found.scores, found.unreduced_scores)


def test_half_of_the_simulations_lie_within_the_median() -> None:
    median = decide(ProjectNeeds(), SNAPSHOT).outcomes["freelance"].budgeted_quantiles[1]
    found = decide(ProjectNeeds(budget_usd=median), SNAPSHOT).outcomes["freelance"]
    assert found.within_budget_share == found.keep_share == pytest.approx(0.5, abs=1 / 4_000)


def test_the_typical_case_is_the_mean_from_the_45th_to_the_55th_percentile_scaled_to_the_median() -> None:
    # Of 21 simulations in order, the 45th percentile is the tenth (0.45 x 20 = 9 before it) and the 55th the twelfth.
    outcome = decide(ProjectNeeds(), SNAPSHOT, 21).outcomes["freelance"]
    middle = np.argsort(outcome.total)[9:12]
    scale = outcome.total[middle[1]] / outcome.total[middle].mean()
    paid = dict.fromkeys(outcome.typical._fields, 0.0)
    for spending in outcome.course.spendings:
        paid[spending.line] += np.broadcast_to(spending.usd, 21)[middle].mean() * scale
    assert outcome.typical._asdict() == pytest.approx(paid)
    assert [sum(outcome.typical), sum(outcome.typical_years)] == pytest.approx([outcome.cost_quantiles[1]] * 2)


@pytest.mark.parametrize("answers", [{}, {"developers": 0.3, "build_months": 1}, {"upkeep_developers": 5}])
def test_a_longer_upkeep_does_not_change_the_first_year(answers: dict[str, float]) -> None:
    short, long = (decide(ProjectNeeds(upkeep_months=months, mixes=False, **answers), SNAPSHOT).outcomes
                   for months in (18, 120))
    for name in OPTIONS:  # no upkeep of the short one ends within a year
        assert short[name].typical_years[0] == pytest.approx(long[name].typical_years[0], rel=0.01)


def test_the_years_are_what_is_paid_in_them() -> None:
    outcome = decided().outcomes["in_house"]
    until = outcome.course.cumulative(np.array([52.0, 104.0, 156.0]))[:, 0]
    assert outcome.typical_years == pytest.approx(np.diff(until, prepend=0))


def identical(one: Decision, other: Decision) -> bool:
    """Whether two decisions agree to the last bit in everything that is kept from one to the next."""
    return list(one.outcomes) == list(other.outcomes) and all(
        all(np.array_equal(getattr(mine, name), getattr(its, name)) for name in (
            "values", "scores", "total", "budgeted", "finish", "keeps")) and mine.typical == its.typical
        for mine, its in zip(one.all_outcomes.values(), other.all_outcomes.values(), strict=True))


@settings(LAWS, max_examples=5)
@given(ANY, ANY)
def test_what_is_kept_from_a_decision_before_is_what_would_be_worked_out(
        before: ProjectNeeds, after: ProjectNeeds) -> None:
    known = decide(before, SNAPSHOT, FEW)
    for name in FIELDS:
        needs = replace(before, **{name: getattr(after, name)})
        assert identical(decide(needs, SNAPSHOT, FEW, known), decide(needs, SNAPSHOT, FEW)), name


@LAWS
@given(ANY)
def test_whatever_is_asked_no_number_is_missing_or_below_nothing(needs: ProjectNeeds) -> None:
    found = decide(needs, SNAPSHOT, FEW)
    for outcome in found.all_outcomes.values():
        assert outcome.finish.min() > 0
        assert sum(np.broadcast_to(paid.usd, FEW) for paid in outcome.course.spendings) == pytest.approx(outcome.total)
        assert all(np.all(paid.usd >= 0) for paid in outcome.course.spendings)
        assert np.all(outcome.budgeted <= outcome.total * (1 + 1e-12))
        assert np.all((outcome.values >= 0) & (outcome.values <= 1))
        assert np.all((outcome.scores >= 0) & (outcome.scores <= outcome.unreduced_scores))
        assert all(np.all((rating >= 0) & (rating <= 100)) for rating in outcome.ratings.values())
        last = outcome.course.cumulative(np.array([(needs.upkeep_months + 1_000) * WEEKS_A_MONTH]))
        assert last[0] == pytest.approx(outcome.total)
