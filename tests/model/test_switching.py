from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings

from hiring import ProjectNeeds
from hiring.model.decision import Decision, decide
from hiring.model.needs import CHOICE, LOCATION, NEEDS, NUMBER, TEXT, YES_NO, Need
from hiring.model.own_figures import Range, with_own
from hiring.model.switching import NOT_SEARCHED, STEP_SIZES, Switch, Switches, _in_steps, switching_values
from tests.factories import SNAPSHOT, with_ranges
from tests.strategies import LAWS, NEWEST, plausible_projects

# Each switch is decided again, many times per project: failing examples are not shrunk.
DEAR = settings(LAWS, phases=[Phase.explicit, Phase.generate])
N = 400
PLACES = sorted(NEWEST.wages, key=lambda place: (NEWEST.wage_ratio(place), place))


def first_at(needs: ProjectNeeds, name: str, value: Any, n: int = N) -> str:
    return decide(replace(needs, **{name: value}, mixes=False), NEWEST, n).first


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
    now, n = found.first, found.draws
    for switch in switching_values(found).found:
        again = decide(replace(found.needs, **{switch.need: switch.value}), NEWEST, n)
        assert again.first == switch.first != now, switch
        assert again.keep_shares[switch.first] == switch.keep_share
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
    now, n = found.first, found.draws
    for name in switching_values(found).never:
        for value in values_of(NEEDS[name]):
            assert first_at(found.needs, name, value, n) == now, (name, value)


# Laws

@settings(DEAR, max_examples=4)
@given(plausible_projects())
def test_every_switching_value_changes_the_first_option_and_what_is_said_never_to_change_it_does_not(
        needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST, N)
    every_switch_changes_the_first_option(found)
    what_is_named_never_changes_nothing(found)


@settings(DEAR, max_examples=2)
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
    return any(first_at(found.needs, switch.need, value) == found.first for value in beside
               if need.low <= value <= need.high)


@settings(DEAR, max_examples=4)
@given(plausible_projects(budget_usd=None, deadline_months=None))
def test_a_limit_that_would_change_the_answer_is_the_last_that_does(needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST, N)
    switches = by_need(switching_values(found))
    for name, assumed in (("budget_usd", found.outcomes[found.first].budgeted_quantiles[1]),
                          ("deadline_months", found.reference.deadline_months)):
        if name in switches:
            assert switches[name].first == first_at(needs, name, switches[name].value) != found.first
            if switches[name].step:
                assert is_beside_what_changes_nothing(found, switches[name], assumed), switches[name]
            else:  # whatever the limit is, it changes the answer
                grid = np.geomspace(NEEDS[name].low, NEEDS[name].high, 40).tolist()
                assert all(first_at(needs, name, min(value, NEEDS[name].high)) != found.first for value in grid)


@settings(DEAR, max_examples=4)
@given(plausible_projects())
def test_numbers_come_before_choices_and_the_nearest_first_and_every_need_is_reported_once(needs: ProjectNeeds) -> None:
    found = switching_values(decide(needs, NEWEST, 100))
    named = [switch.need for switch in found.found] + list(found.never)
    assert sorted(named) == sorted(
        name for name, need in NEEDS.items() if need.kind != TEXT and name not in NOT_SEARCHED)
    is_number = [NEEDS[switch.need].kind == NUMBER and switch.value is not None for switch in found.found]
    order = [(switch.keep_share < SNAPSHOT.central("fits_share"), not number, switch.distance)
             for switch, number in zip(found.found, is_number, strict=True)]
    assert order == sorted(order)
    for switch, number in zip(found.found, is_number, strict=True):
        assert switch.step >= 0
        assert (switch.step > 0) == number or getattr(needs, switch.need) is None
    assert list(found.never) == [name for name in NEEDS if name in found.never]


@settings(DEAR, max_examples=4)
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
    assert first_at(needs, "location", before, 200) == found.first != switch.first


# Examples

@pytest.mark.parametrize(("answers", "grain"), [
    ({"developers": 0.5, "build_months": 2, "budget_usd": 40_000}, 500),  # tens of thousands, to 500
    ({"budget_usd": 300_000}, 5_000),  # hundreds of thousands, to 5,000
    ({"developers": 8, "build_months": 12, "budget_usd": 2_500_000}, 50_000)])  # millions, to 50,000
def test_money_is_rounded_to_a_twentieth_of_its_power_of_ten(answers: dict[str, float], grain: int) -> None:
    # what an option costs less up front makes it first where the budget is small
    evidence = with_ranges(SNAPSHOT, {"freelance.us.mid": (60,) * 3, "continuity.freelance": (10,) * 3})
    switch = by_need(switching_values(decide(ProjectNeeds(**answers), evidence, N)))["budget_usd"]
    assert 20 * grain <= switch.value < 200 * grain
    assert switch.step == 2 * grain
    assert switch.value % grain == 0


@pytest.mark.parametrize("currency", ["GBP", "PLN"])
def test_a_budget_has_three_digits_in_the_currency_of_the_project(currency: str) -> None:
    evidence = with_ranges(SNAPSHOT, {"freelance.us.mid": (60,) * 3, "continuity.freelance": (10,) * 3})
    needs = ProjectNeeds(budget_usd=300_000, currency=currency)
    switch = by_need(switching_values(decide(needs, evidence, N)))["budget_usd"]
    amount = switch.value * evidence.exchange_rates[currency].central
    assert amount == pytest.approx(float(f"{amount:.3g}"), rel=1e-9)


@pytest.mark.parametrize(("name", "value"), [
    ("developers", 3.9), ("developers", 12.5), ("build_months", 18.25), ("start_within_weeks", 2.5),
    ("deadline_months", 8.75), ("upkeep_developers", 0.45), ("upkeep_months", 17.5)])
def test_no_number_is_more_exact_than_people_plan(name: str, value: float) -> None:
    place, number = _in_steps(NEEDS[name], STEP_SIZES[name])
    at = place(value)
    assert number(math.floor(at)) < value < number(math.ceil(at))


def test_a_number_whose_next_step_changes_the_answer_is_close_to_a_tie() -> None:
    needs = ProjectNeeds(budget_usd=300_000)
    evidence = with_ranges(SNAPSHOT, {"freelance.us.mid": (60,) * 3, "continuity.freelance": (10,) * 3})
    far = by_need(switching_values(decide(needs, evidence, N)))["budget_usd"]
    assert not far.is_near
    way = math.copysign(0.04, needs.budget_usd - far.value)
    close = decide(replace(needs, budget_usd=far.value * (1 + way)), evidence, N)
    assert by_need(switching_values(close))["budget_usd"].is_near


def test_with_your_own_offer_the_place_never_changes_the_answer() -> None:
    needs, dear = ProjectNeeds(developers=3), (150_000, 160_000, 170_000)
    evidence = with_ranges(SNAPSHOT, {"in_house.article.mid": dear})
    assert "location" in by_need(switching_values(decide(needs, evidence, N)))
    own = with_own(SNAPSHOT, [("in_house.article.mid", Range(*dear))])
    assert "location" in switching_values(decide(needs, own, N)).never
