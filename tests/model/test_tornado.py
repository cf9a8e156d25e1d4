from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from hiring import ProjectNeeds
from hiring.model.decision import MIX, Decision, decide
from hiring.model.own_figures import Range, problems, with_own
from hiring.model.tornado import Bar, Tornado, bars, tornado
from tests.factories import LIMITED, SNAPSHOT, certain, keep_options, with_ranges
from tests.strategies import LAWS, plausible_projects

N = 200


def test_bars_are_sorted_by_their_swing_and_keep_their_order_where_it_is_the_same() -> None:
    ends = {"b": (1.0, 2.0), "falling": (-1.0, -4.0), "c": (0.0, 1.0)}
    ranges = {"b": (1.0, 2.0), "falling": (1.0, 4.0), "c": (5.0, 6.0)}
    assert bars(ends, ranges) == (Bar("falling", 1, 4, -1, -4), Bar("b", 1, 2, 1, 2), Bar("c", 5, 6, 0, 1))
    assert [bar.changes_sign for bar in bars(ends, ranges)] == [True, False, False]


def lead(found: Decision, it: Tornado) -> float:
    """The lead of a plan over its rival in a decision, by the plans' ids."""
    return found.all_outcomes[it.option].expected_score - found.all_outcomes[it.rival].expected_score


@settings(LAWS, max_examples=8)
@given(plausible_projects(mixes=False, location="us"))
def test_each_bar_is_the_lead_decided_anew_with_the_input_at_its_ends(needs: ProjectNeeds) -> None:
    found = decide(needs, SNAPSHOT, N)
    it = tornado(found)
    assert it is not None
    assert it.lead == pytest.approx(lead(found, it))
    checked = 0
    for bar in it.bars:
        for value, result in ((bar.low, bar.at_low), (bar.high, bar.at_high)):
            kind, _, name = bar.id.partition(".")
            if kind == "limit":
                again = decide(replace(needs, **{name: value}), SNAPSHOT, N)
            elif bar.id in SNAPSHOT.figures and SNAPSHOT.figures[bar.id].table != "ratings":
                own = Range(value, value, value)
                if problems(SNAPSHOT.figures[bar.id], own):
                    continue
                again = decide(needs, with_own(SNAPSHOT, [(bar.id, own)]), N)
            else:
                continue
            assert result == pytest.approx(lead(again, it), abs=1e-9), bar.id
            checked += 1
    assert checked > 30


def test_a_weight_is_moved_between_the_ends_of_its_likely_range() -> None:
    found = decide(LIMITED, SNAPSHOT, N)
    it = tornado(found)
    assert it is not None
    for place, criterion in enumerate(found.weights):
        bar = next(bar for bar in it.bars if bar.id == f"weight.{criterion}")
        assert (bar.low, bar.high) == pytest.approx(np.quantile(found.drawn_weights[:, place], (0.05, 0.95)))


def test_limits_are_moved_by_a_tenth_and_only_where_they_were_given() -> None:
    it = tornado(decide(replace(LIMITED, deadline_months=None), SNAPSHOT, N))
    assert it is not None
    limits = {bar.id: (bar.low, bar.high) for bar in it.bars if bar.id.startswith("limit.")}
    assert limits == {"limit.budget_usd": pytest.approx((360_000, 440_000))}


def test_the_answer_is_compared_with_the_best_option_where_a_mix_leads() -> None:
    found = decide(replace(LIMITED, budget_usd=None), SNAPSHOT, N)
    it = tornado(found)
    assert it is not None
    assert (it.option, it.rival) == (found.answer, found.rival)
    assert (it.option == MIX) == (found.mix is not None and found.mix.leads)


def test_figures_without_a_range_have_no_bar_and_one_option_has_no_tornado() -> None:
    it = tornado(decide(LIMITED, certain(SNAPSHOT, {}), N))
    assert it is not None
    assert {bar.id.split(".")[0] for bar in it.bars} == {"weight", "limit"}
    assert tornado(decide(LIMITED, keep_options(SNAPSHOT, lambda option: option.id == "agency"), N)) is None


def test_the_longest_bar_is_found_by_kind_and_assumptions_that_could_turn_it_are_named() -> None:
    it = Tornado("agency", "freelance", 0.1, (
        Bar("overrun.fixed", 0, 1, 0.1, -0.2), Bar("weight.cost", 0, 1, -0.1, 0.2),
        Bar("ramp_weeks.agency", 1, 3, -0.1, 0.1), Bar("exit_weeks.agency", 0, 0, 0.1, 0.1)))
    evidence = with_ranges(SNAPSHOT, {})
    kinds = {"overrun.fixed": "derived", "ramp_weeks.agency": "assumed", "exit_weeks.agency": "assumed"}
    evidence = replace(evidence, figures={**evidence.figures, **{
        id_: replace(evidence.figures[id_], kind=kind) for id_, kind in kinds.items()}})
    assert it.longest(evidence, assumed=False).id == "overrun.fixed"
    assert it.longest(evidence, assumed=True).id == "ramp_weeks.agency"
    assert [bar.id for bar in it.assumed_that_matter(evidence)] == ["ramp_weeks.agency"]
