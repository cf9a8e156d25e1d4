from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from hiring import ProjectNeeds
from hiring.model.decision import Decision, decide
from hiring.model.evidence import Snapshot
from hiring.model.own_figures import Range, problems, with_own
from hiring.model.simulation import pay_id
from hiring.model.tornado import Bar, Tornado, bars, tornado
from tests.factories import SNAPSHOT, certain, with_ranges
from tests.strategies import LAWS, NEWEST, plausible_projects

N = 200


# A made case, worked by hand

def test_tornado_1_bars_of_a_product_of_three_inputs() -> None:
    """hours x rate x (1 + overhead), at 400 hours, 90 an hour and an overhead of 10 percent: 39,600.

    hours 300-600: 300 x 90 x 1.1 = 29,700 to 59,400; rate 70-120: 400 x 70 x 1.1 = 30,800 to 52,800;
    overhead 0.05-0.3: 36,000 x 1.05 = 37,800 to 46,800.
    """
    base = {"hours": 400.0, "rate": 90.0, "overhead": 0.1}

    def measured(name: str, value: float) -> float:
        at = {**base, name: value}
        return at["hours"] * at["rate"] * (1 + at["overhead"])

    assert measured("hours", 400) == pytest.approx(39_600)
    found = bars(measured, {"overhead": (0.05, 0.3), "rate": (70, 120), "hours": (300, 600)})
    assert [bar.id for bar in found] == ["hours", "rate", "overhead"]
    assert [bar.at_low for bar in found] == pytest.approx([29_700, 30_800, 37_800])
    assert [bar.at_high for bar in found] == pytest.approx([59_400, 52_800, 46_800])
    assert [bar.swing for bar in found] == pytest.approx([29_700, 22_000, 9_000])


def test_a_bar_that_falls_is_as_long_as_one_that_rises() -> None:
    found = bars(lambda name, value: -value if name == "falling" else value, {"rising": (1, 2), "falling": (1, 4)})
    assert found == (Bar("falling", -1, -4), Bar("rising", 1, 2))
    assert found[0].swing == 3


def test_bars_of_the_same_length_keep_their_order() -> None:
    assert [bar.id for bar in bars(lambda _, value: value, dict.fromkeys("bca", (0, 1)))] == ["b", "c", "a"]


# The lead, decided again

def found_of(needs: ProjectNeeds, evidence: Snapshot = NEWEST) -> tuple[Decision, Tornado | None]:
    found = decide(needs, evidence, N)
    return found, tornado(found)


def lead_at(found: Decision, it: Tornado, id_: str, value: float) -> float | None:
    """The lead decided again with one figure as an own one, or None where an own figure may not be that low.

    An own salary is for the place: it takes what the salary of the evidence comes to there."""
    figure, ratio = NEWEST.figures[id_], NEWEST.wage_ratio(found.needs.location)
    if id_ == NEWEST.yardstick_salary and found.needs.budget_usd is None and ratio != 1:
        evidence = with_ranges(NEWEST, {id_: (value, value, value)})  # it measures the assumed budget, too
    else:
        value *= ratio if id_ == pay_id(found.outcomes["in_house"].option, found.needs) else 1
        own = Range(value, value, value)
        if problems(figure, own):
            return None
        evidence = with_own(NEWEST, [(id_, own)])
    scores = decide(found.needs, evidence, N).expected_scores
    return scores[it.option] - scores[it.rival]


@settings(LAWS, max_examples=40)
@given(plausible_projects())
def test_each_bar_is_the_lead_decided_anew_with_the_figure_at_its_ends(needs: ProjectNeeds) -> None:
    found, it = found_of(needs)
    if it is None:
        return
    assert (it.option, it.rival) == found.left[:2]
    assert it.lead == pytest.approx(found.expected_scores[it.option] - found.expected_scores[it.rival], abs=1e-12)
    for bar in it.bars:
        figure = NEWEST.figures[bar.id]
        for result, value in ((bar.at_low, figure.low), (bar.at_high, figure.high)):
            again = lead_at(found, it, bar.id, value)
            assert again is None or result == pytest.approx(again, abs=1e-9), (bar.id, value)


@settings(LAWS, max_examples=20)
@given(plausible_projects())
def test_a_figure_without_a_bar_leaves_the_lead_as_it_is(needs: ProjectNeeds) -> None:
    it = found_of(needs)[1]
    if it is None:
        return
    named = {bar.id for bar in it.bars}
    for id_, figure in list(NEWEST.figures.items())[::3]:
        if id_ not in named and not figure.is_fixed:
            for value in (figure.low, figure.high):
                scores = decide(needs, with_ranges(NEWEST, {id_: (value,) * 3}), N).expected_scores
                assert scores[it.option] - scores[it.rival] == pytest.approx(it.lead, abs=1e-12), id_


@settings(LAWS, max_examples=30)
@given(plausible_projects())
def test_the_longest_bar_comes_first_and_each_figure_has_one(needs: ProjectNeeds) -> None:
    found, it = found_of(needs)
    assert (it is None) == (len(found.left) < 2)
    if it is not None:
        swings = [bar.swing for bar in it.bars]
        assert swings == sorted(swings, reverse=True)
        assert len({bar.id for bar in it.bars}) == len(it.bars) > 0
        assert not any(NEWEST.figures[bar.id].is_fixed for bar in it.bars)


@pytest.mark.parametrize(("answers", "left"), [
    ({"budget_usd": 20_000}, 0),  # far too little for any option
    ({"start_within_weeks": 4}, 1),  # hires take seven weeks and an agency costs more than 600,000
    ({"start_within_weeks": 4, "budget_usd": None}, 2), ({"budget_usd": None}, 3)])
def test_with_fewer_than_two_options_left_there_is_nothing_to_compare(answers: dict[str, object], left: int) -> None:
    found, it = found_of(ProjectNeeds(**answers), SNAPSHOT)
    assert len(found.left) == left
    assert (it is None) == (left < 2)


def test_what_concerns_the_yardstick_of_work_moves_both_options() -> None:
    # in-house productivity measures the work of all: where two others lead, it has a bar all the same
    found, it = found_of(ProjectNeeds(start_within_weeks=4, budget_usd=None), SNAPSHOT)
    assert it is not None
    assert "in_house" not in found.left
    ids = {bar.id for bar in it.bars if bar.swing > 0}
    assert {"productive_share.in_house", "overrun", "manager_hourly_usd", "in_house.article.mid"} <= ids
    assert not ids & {"ramp_weeks.in_house", "continuity.in_house", "sourcing_usd.in_house"}


def test_an_own_range_has_a_bar_and_an_own_number_has_none() -> None:
    needs = ProjectNeeds()
    ranged = with_own(SNAPSHOT, [("freelance.us.mid", Range(50, 90, 200))])
    fixed = with_own(SNAPSHOT, [("freelance.us.mid", Range(90, 90, 90))])
    it = found_of(needs, ranged)[1]
    assert it is not None
    assert {it.option, it.rival} == {"in_house", "freelance"}
    (bar,) = [bar for bar in it.bars if bar.id == "freelance.us.mid"]
    for result, rate in ((bar.at_low, 50), (bar.at_high, 200)):
        scores = decide(needs, with_own(ranged, [(bar.id, Range(rate, rate, rate))]), N).expected_scores
        assert result == pytest.approx(scores[it.option] - scores[it.rival], abs=1e-9)
    assert bar.at_low < it.lead < bar.at_high  # the more expensive the rival, the larger the lead of in-house
    without = found_of(needs, fixed)[1]
    assert without is not None
    assert "freelance.us.mid" not in {bar.id for bar in without.bars}


def test_without_any_range_there_are_no_bars() -> None:
    found, it = found_of(ProjectNeeds(budget_usd=None), certain(SNAPSHOT, {}))
    assert it is not None
    assert it.bars == ()
    assert it.longest(found.evidence, True) is it.longest(found.evidence, False) is None


# The longest bar of either kind

def test_the_longest_bar_is_reported_of_assumed_figures_and_of_those_with_a_source() -> None:
    assumed, derived, published, own = "sourcing_usd.agency", "overrun", "lead_weeks.agency", "freelance.us.mid"
    evidence = with_own(SNAPSHOT, [(own, Range(1, 2, 3))])
    as_printed = replace(evidence.figures[published], kind="published")
    evidence = replace(evidence, figures={**evidence.figures, published: as_printed})
    assert [evidence.figures[id_].kind for id_ in (assumed, derived, published, own)] == [
        "assumed", "derived", "published", "own"]

    def longest(*ids: str, swing: float = 1) -> tuple[str | None, str | None]:
        made = Tornado("in_house", "freelance", 0.1, tuple(Bar(id_, 0, swing) for id_ in ids))
        named = made.longest(evidence, True), made.longest(evidence, False)
        return named[0] and named[0].id, named[1] and named[1].id

    assert longest(derived, assumed, published) == (assumed, derived)
    assert longest(own, published, assumed, derived) == (assumed, published)  # your own figure needs no source
    assert longest(assumed, "sourcing_usd.freelance", derived) == (assumed, derived)
    assert longest(derived) == (None, derived)
    assert longest(assumed, own) == (assumed, None)
    assert longest(assumed, derived, swing=0) == (None, None)
    assert longest() == (None, None)


@settings(LAWS, max_examples=20)
@given(plausible_projects())
def test_no_bar_of_its_kind_is_longer_than_the_longest(needs: ProjectNeeds) -> None:
    it = found_of(replace(needs, budget_usd=None, deadline_months=None, start_within_weeks=26))[1]
    assert it is not None
    for assumed in (True, False):
        longest = it.longest(NEWEST, assumed)
        assert longest is not None
        assert (NEWEST.figures[longest.id].kind == "assumed") is assumed
        assert all(bar.swing <= longest.swing for bar in it.bars
                   if (NEWEST.figures[bar.id].kind == "assumed") is assumed)
