from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hiring import ProjectNeeds
from hiring.model.decision import Decision, decide
from hiring.model.needs import CHOICE, LOCATION, NEEDS, NUMBER, TEXT, YES_NO, Need
from hiring.model.own_figures import Range, with_own
from hiring.model.switching import STEP_SIZES, Switch, Switches, first_of, switching_values
from tests.factories import SNAPSHOT
from tests.strategies import LAWS, NEWEST, plausible_projects

# Each switch is decided again, many times per project: failing examples are not shrunk.
DEAR = settings(LAWS, phases=[Phase.explicit, Phase.generate])
N = 400
PLACES = sorted(NEWEST.wages, key=lambda place: (NEWEST.wage_ratio(place), place))


def first_at(needs: ProjectNeeds, name: str, value: Any, n: int = N) -> str | None:
    return first_of(decide(replace(needs, **{name: value}), NEWEST, n))


def values_of(need: Need) -> list[Any]:
    """Every choice, or for a number its bounds and none, or the places with the lowest, middle and highest wages."""
    if need.kind == NUMBER:
        return [need.low, need.high, *([None] if need.optional else [])]
    if need.kind == LOCATION:
        return [PLACES[0], PLACES[len(PLACES) // 2], PLACES[-1]]
    return [True, False] if need.kind == YES_NO else list(need.choices)


def short_of(switch: Switch, now: float) -> float:
    """Half a step from the value toward now, and never past it."""
    way = math.copysign(1, now - switch.value)
    short = round(switch.value + way * switch.step / 2, 6)
    return now if (now - short) * way < 0 else short


def by_need(found: Switches) -> dict[str, Switch]:
    return {switch.need: switch for switch in found.found}


# What the tests of a decided project have in common

def every_switch_changes_the_first_option(found: Decision) -> None:
    now, n = first_of(found), len(found.scores)
    for switch in switching_values(found).found:
        first = first_at(found.needs, switch.need, switch.value, n)
        assert first == switch.first != now, switch
        given_now = getattr(found.needs, switch.need)
        assert switch.value != given_now
        if NEEDS[switch.need].kind == NUMBER and None not in (switch.value, given_now):
            assert switch.step > 0
            assert first_at(found.needs, switch.need, short_of(switch, given_now), n) == now, switch
            assert switch.distance == pytest.approx(
                abs(switch.value - given_now) / given_now if given_now else math.inf)
        if NEEDS[switch.need].kind == CHOICE:
            choices = list(NEEDS[switch.need].choices)
            away = {choice: abs(place - choices.index(given_now)) for place, choice in enumerate(choices)}
            assert switch.distance == away[switch.value]
            assert all(first_at(found.needs, switch.need, choice, n) == now for choice in choices
                       if away[choice] < switch.distance), switch


def what_is_named_never_changes_nothing(found: Decision) -> None:
    now, n = first_of(found), len(found.scores)
    for name in switching_values(found).never:
        # where nothing fits, to look less far ahead than to a release is no answer
        is_out_of_sight = name == "horizon_months" and now is None
        for value in values_of(NEEDS[name])[is_out_of_sight:]:
            assert first_at(found.needs, name, value, n) == now, (name, value)


# Laws

@settings(DEAR, max_examples=25)
@given(plausible_projects())
def test_every_switching_value_changes_the_first_option_and_what_is_said_never_to_change_it_does_not(
        needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST, N)
    every_switch_changes_the_first_option(found)
    what_is_named_never_changes_nothing(found)


@settings(DEAR, max_examples=8)
@given(plausible_projects())
def test_what_is_found_in_a_few_futures_holds_in_all_of_them(needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST)
    every_switch_changes_the_first_option(found)
    what_is_named_never_changes_nothing(found)


def is_beside_what_changes_nothing(found: Decision, switch: Switch, assumed: float) -> bool:
    """Whether half a step to one side of the value, or at the limit assumed now where that is nearer, the answer is
    as it is without a limit."""
    need = NEEDS[switch.need]
    beside = [round(switch.value + way * switch.step / 2, 6) for way in (-1, 1)]
    beside += [assumed] if abs(assumed - switch.value) < switch.step / 2 else []
    return any(first_at(found.needs, switch.need, value) == first_of(found) for value in beside
               if need.low <= value <= need.high)


@settings(DEAR, max_examples=20)
@given(plausible_projects(budget_usd=None, deadline_months=None))
def test_a_limit_that_would_change_the_answer_is_the_last_that_does(needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST, N)
    switches = by_need(switching_values(found))
    for name, assumed in (("budget_usd", found.budget_usd), ("deadline_months", found.deadline_months)):
        if name in switches:
            assert switches[name].first == first_at(needs, name, switches[name].value) != first_of(found)
            if switches[name].step:
                assert is_beside_what_changes_nothing(found, switches[name], assumed), switches[name]
            else:  # whatever the limit is, it changes the answer
                grid = np.geomspace(NEEDS[name].low, NEEDS[name].high, 40).tolist()
                assert all(first_at(needs, name, min(value, NEEDS[name].high)) != first_of(found) for value in grid)


@settings(DEAR, max_examples=15)
@given(plausible_projects())
def test_numbers_come_before_choices_and_the_nearest_first_and_every_need_is_reported_once(needs: ProjectNeeds) -> None:
    found = switching_values(decide(needs, NEWEST, 100))
    named = [switch.need for switch in found.found] + list(found.never)
    assert sorted(named) == sorted(name for name, need in NEEDS.items() if need.kind != TEXT)
    is_number = [NEEDS[switch.need].kind == NUMBER and switch.value is not None for switch in found.found]
    assert is_number == sorted(is_number, reverse=True)
    for kind in (True, False):
        distances = [switch.distance for switch, number in zip(found.found, is_number, strict=True) if number is kind]
        assert distances == sorted(distances)
    for switch, number in zip(found.found, is_number, strict=True):
        assert switch.step >= 0
        assert (switch.step > 0) == number or getattr(needs, switch.need) is None
    assert list(found.never) == [name for name in NEEDS if name in found.never]


@settings(DEAR, max_examples=20)
@given(plausible_projects(wage_basis="oews"))
def test_a_place_that_changes_the_answer_is_the_nearest_by_wage(needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST, 200)
    switch = by_need(switching_values(found)).get("location")
    if switch is None:
        return
    here, there = PLACES.index(needs.location), PLACES.index(switch.value)
    assert switch.distance == abs(there - here) > 0
    assert (switch.step, first_at(needs, "location", switch.value, 200)) == (0, switch.first)
    before = PLACES[there - 1 if there > here else there + 1]  # one place nearer by wage, or where you hire
    assert first_at(needs, "location", before, 200) == first_of(found) != switch.first


# Examples

def test_a_start_before_the_quickest_hire_switches_the_default_project() -> None:
    # hires are first and start in week 7 at the soonest: within 7 weeks they still can, within 6.5 they cannot
    found = decide(ProjectNeeds(), SNAPSHOT)
    assert found.first == "in_house"
    start = by_need(switching_values(found))["start_within_weeks"]
    assert (start.value, start.step, start.first) == (6.5, 1.0, "freelance")
    assert start.distance == pytest.approx(3.5 / 10)


@pytest.mark.parametrize(("answers", "name", "farther"), [
    ({}, "horizon_months", 68),  # a longer look ahead changes it 32 months away, a shorter one less than 20
    ({"developers": 3}, "horizon_months", 16), ({"talent_region": "asia"}, "build_months", 0.25)])
def test_of_two_ways_to_change_the_answer_the_nearer_is_reported(answers: dict[str, Any], name: str,
                                                             farther: float) -> None:
    found = decide(ProjectNeeds(**answers), SNAPSHOT, N)
    now, switch = getattr(found.needs, name), by_need(switching_values(found))[name]
    assert first_of(decide(replace(found.needs, **{name: farther}), SNAPSHOT, N)) != first_of(found)
    assert (switch.value < now) != (farther < now)
    assert abs(switch.value - now) < abs(farther - now)


@pytest.mark.parametrize(("answers", "grain"), [
    ({"developers": 0.25, "build_months": 1, "budget_usd": 30_000}, 50),  # a few thousand, to 50
    ({"developers": 0.5, "build_months": 2, "budget_usd": 100_000}, 500),  # tens of thousands, to 500
    ({}, 5_000),  # hundreds of thousands, to 5,000
    ({"developers": 8, "build_months": 12, "budget_usd": 6_000_000}, 50_000)])  # millions, to 50,000
def test_money_is_rounded_to_a_twentieth_of_its_power_of_ten(answers: dict[str, float], grain: int) -> None:
    needs = ProjectNeeds(**{"upkeep_developers": 0 if answers else 0.5, "deadline_months": None, **answers})
    switch = by_need(switching_values(decide(needs, SNAPSHOT, N)))["budget_usd"]
    assert 20 * grain <= switch.value < 200 * grain
    assert switch.step == 2 * grain
    assert switch.value % grain == 0


@pytest.mark.parametrize("name", STEP_SIZES)
def test_other_numbers_are_rounded_to_a_fixed_grid(name: str) -> None:
    grain = {"developers": 0.1, "build_months": 0.25, "start_within_weeks": 0.5, "deadline_months": 0.25,
             "upkeep_developers": 0.05, "horizon_months": 1}[name]
    switch = by_need(switching_values(decide(ProjectNeeds(), SNAPSHOT, N)))[name]
    assert switch.step == 2 * grain
    assert switch.value / grain == pytest.approx(round(switch.value / grain))


@pytest.mark.parametrize("answers", [{"budget_usd": 20_000}, {"start_within_weeks": 0.2},
                                     {"deadline_months": 1, "budget_usd": None}])
def test_where_nothing_fits_a_switch_is_what_makes_an_option_fit(answers: dict[str, Any]) -> None:
    found = decide(ProjectNeeds(**answers), SNAPSHOT, N)
    assert first_of(found) is None
    switches = by_need(switching_values(found))
    (limit, *_) = answers
    assert limit in switches
    assert all(switch.first is not None for switch in switches.values())
    for switch in switches.values():
        assert decide(replace(found.needs, **{switch.need: switch.value}), SNAPSHOT, N).left


@pytest.mark.parametrize(("answers", "budget", "short"), [
    # a release in month 7.5 at the soonest: looked 8 months ahead nothing fits, looked 7 ahead freelancers would
    ({"developers": 0.5, "build_months": 6, "upkeep_developers": 12}, 62_000, 7),
    ({"developers": 4, "build_months": 18, "upkeep_developers": 30}, 1_110_000, 19)])  # in month 21 at the soonest
def test_to_look_less_far_ahead_than_to_the_release_is_no_way_to_make_an_option_fit(
        answers: dict[str, float], budget: int, short: float) -> None:
    needs = ProjectNeeds(**answers, horizon_months=60, budget_usd=budget, deadline_months=None, start_within_weeks=26)
    found = decide(needs, SNAPSHOT, N)
    assert first_of(found) is None
    assert short < min(outcome.finish_quantiles[1] for outcome in found.outcomes.values())
    assert decide(replace(needs, horizon_months=short), SNAPSHOT, N).left
    switches = switching_values(found)
    assert "horizon_months" in switches.never
    assert "horizon_months" not in by_need(switches)


@settings(DEAR, max_examples=30)
@given(plausible_projects(budget_usd=st.integers(10, 300).map(lambda thousands: thousands * 1_000),
                          upkeep_developers=st.sampled_from([0.5, 2, 8, 30])))
def test_where_nothing_fits_no_horizon_is_reported_that_ends_before_the_soonest_release(needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST, N)
    if found.left:
        return
    switch = by_need(switching_values(found)).get("horizon_months")
    if switch is not None:
        soonest = min(float(np.median(outcome.schedule.finish)) * 12 / 52 for outcome in found.outcomes.values())
        assert switch.value >= min(soonest, needs.horizon_months)


def test_a_switch_may_lead_to_where_nothing_fits() -> None:
    # hires in their first choice are the only ones left; without them nothing is
    needs = ProjectNeeds(budget_usd=100_000, deadline_months=None, developers=1, build_months=3, upkeep_developers=0,
                         horizon_months=12)
    budget = by_need(switching_values(decide(needs, SNAPSHOT, N)))["budget_usd"]
    assert budget.first is None
    assert decide(replace(needs, budget_usd=budget.value), SNAPSHOT, N).left == ()


HUGE = ProjectNeeds(developers=50, build_months=60, upkeep_developers=50, horizon_months=120, seniority="senior",
                    talent_region="western_europe", wage_basis="oews", deadline_months=None, start_within_weeks=26)


@pytest.mark.parametrize(("name", "needs", "overrun"), [
    ("budget_usd", HUGE, 1.15),  # fifty seniors for ten years cost more than the 100 million that a budget may be
    ("deadline_months", replace(HUGE, budget_usd=None, deadline_months=72), 2),  # 120 months of building
])
def test_a_limit_that_no_number_eases_enough_switches_the_answer_by_being_dropped(
        name: str, needs: ProjectNeeds, overrun: float) -> None:
    found = decide(needs, with_own(SNAPSHOT, [("overrun", Range(*(overrun,) * 3))]), N)
    assert first_of(found) is None
    switches = switching_values(found)
    (place,) = [place for place, switch in enumerate(switches.found) if switch.need == name]
    dropped = switches.found[place]
    assert (dropped.value, dropped.step, dropped.distance) == (None, 0, 1)
    assert dropped.first == first_of(decide(replace(needs, **{name: None}), found.evidence, N)) is not None
    # it is among the choices, after the numbers
    assert all(NEEDS[switch.need].kind != NUMBER or switch.value is None for switch in switches.found[place:])


def test_a_budget_at_its_bound_may_be_what_changes_the_answer() -> None:
    # a quarter of a developer for a month costs a few thousand: of all budgets only one near 1,000 is too small
    needs = ProjectNeeds(developers=0.25, build_months=1, upkeep_developers=0, horizon_months=3, deadline_months=None,
                         budget_usd=1_500_000, talent_region="western_europe", scope_clarity="fixed")
    found = decide(needs, SNAPSHOT, N)
    assert first_of(found) is not None
    assert decide(replace(needs, budget_usd=1_000), SNAPSHOT, N).left == ()
    assert "budget_usd" not in switching_values(found).never


# In each the few futures in which values are looked for keep the first option to both ends, and all 4,000 do not.
SEEN_BY_ALL = {
    "horizon_months": ProjectNeeds(
        developers=1.5, build_months=14, start_within_weeks=14, deadline_months=None, upkeep_developers=1,
        horizon_months=14, budget_usd=None, location="34980", talent_region="latin_america", disciplines="many",
        data_sensitivity="regulated", technical_lead=False, scope_clarity="fixed", integration="standalone"),
    "location": ProjectNeeds(
        developers=0.25, build_months=10, deadline_months=None, upkeep_developers=2, horizon_months=10,
        budget_usd=None, location="37860", strategic_value="supporting"),
}


@pytest.mark.parametrize("name", SEEN_BY_ALL)
def test_a_change_that_only_all_futures_show_is_found(name: str) -> None:
    found = decide(SEEN_BY_ALL[name], NEWEST)
    assert {first_at(found.needs, name, value, 4_000) for value in values_of(NEEDS[name])} > {first_of(found)}
    assert name not in switching_values(found).never


def test_a_budget_that_would_change_the_answer_may_lie_above_the_assumed_one() -> None:
    # Eight developers for two years are 16 person-years: assumed are 1.25 x 16 x 110,000 x 1.25 = 2,750,000 dollars.
    # Seniors cost far more in San Jose, and outsiders do: nothing fits 2,750,000, nor some budgets beyond it.
    needs = ProjectNeeds(developers=8, build_months=24, upkeep_developers=0, horizon_months=24, seniority="senior",
                         location="41940", budget_usd=None, deadline_months=None)
    found = decide(needs, SNAPSHOT, N)
    assert found.budget_usd == pytest.approx(2_750_000)
    budget = by_need(switching_values(found))["budget_usd"]
    assert is_beside_what_changes_nothing(found, budget, found.budget_usd), budget


def test_with_your_own_offer_the_place_never_changes_the_answer() -> None:
    own = with_own(SNAPSHOT, [("in_house.article.mid", Range(110_000, 120_000, 140_000))])
    needs = ProjectNeeds(developers=3)
    assert "location" in by_need(switching_values(decide(needs, SNAPSHOT, N)))
    assert "location" in switching_values(decide(needs, own, N)).never
