"""The explanation: which criteria are reasons, in which order, and that each part is worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hiring
from hiring import Decision, ProjectNeeds
from hiring.model import breakeven, switching, tornado
from hiring.model.explanation import Explanation, Reason
from tests.strategies import LAWS, plausible_projects, projects

ANY = st.one_of(plausible_projects(), plausible_projects(budget_usd=None, deadline_months=None), projects())
PARTS = [name for name, part in vars(Explanation).items() if isinstance(part, cached_property)]


def leads(decision: Decision) -> dict[str, float]:
    """The lead of the answer over its rival by criterion: the mean of weight × value; and by limits."""
    assert decision.rival is not None
    answer, rival = decision.answered, decision.outcomes[decision.rival]
    means = (decision.drawn_weights * (answer.values - rival.values)).mean(axis=0)
    found = dict(zip(decision.weights, means.tolist(), strict=True))
    lost = ((one.scores - one.unreduced_scores).mean() for one in (answer, rival))
    return {**found, "limits": float(next(lost) - next(lost))} if decision.has_limits else found


@LAWS
@given(ANY)
def test_a_reason_is_a_criterion_with_its_part_of_the_lead(needs: ProjectNeeds) -> None:
    decision = hiring.decide(needs)
    reasons = hiring.explain(decision).reasons
    assert len({reason.criterion for reason in reasons}) == len(reasons)
    for reason in reasons:
        assert reason.lead == pytest.approx(leads(decision)[reason.criterion], abs=1e-12)
        assert abs(reason.lead) >= 0.0075


@LAWS
@given(ANY)
def test_at_most_three_reasons_for_it_come_before_at_most_two_against_it(needs: ProjectNeeds) -> None:
    reasons = hiring.explain(hiring.decide(needs)).reasons
    ahead = [reason.lead for reason in reasons if reason.lead > 0]
    behind = [reason.lead for reason in reasons if reason.lead < 0]
    assert [reason.lead for reason in reasons] == [*ahead, *behind]
    assert (len(ahead) <= 3, len(behind) <= 2) == (True, True)
    assert all(stronger >= weaker for stronger, weaker in pairwise(ahead))
    assert all(stronger <= weaker for stronger, weaker in pairwise(behind))


@LAWS
@given(ANY)
def test_no_reason_that_is_left_out_is_stronger_than_one_that_is_reported(needs: ProjectNeeds) -> None:
    decision = hiring.decide(needs)
    reasons = hiring.explain(decision).reasons
    given = {reason.criterion for reason in reasons}
    for sign, most in ((1, 3), (-1, 2)):
        strengths = {criterion: sign * lead for criterion, lead in leads(decision).items()}
        fitting = sorted((strength for strength in strengths.values() if strength >= 0.0075), reverse=True)
        assert sorted((strengths[c] for c in given if strengths[c] > 0), reverse=True) == pytest.approx(fitting[:most])


def with_leads(monkeypatch: pytest.MonkeyPatch, parts: Mapping[str, float]) -> Explanation:
    """An explanation of a decision whose lead splits like this."""
    decision = hiring.decide(ProjectNeeds())
    largest_first = dict(sorted(parts.items(), key=lambda item: -item[1]))
    monkeypatch.setattr(Decision, "leads", lambda *_: largest_first)
    return hiring.explain(decision)


def test_the_strongest_of_many_reasons_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    explanation = with_leads(monkeypatch, {
        "cost": 0.02, "speed": -0.03, "flexibility": 0.05, "continuity": 0.01, "collaboration": -0.01,
        "capability": 0.04, "security": -0.02, "autonomy": 0.03})
    assert explanation.reasons == (
        Reason("flexibility", 0.05), Reason("capability", 0.04), Reason("autonomy", 0.03), Reason("speed", -0.03),
        Reason("security", -0.02))


def test_three_quarters_of_a_point_are_a_reason_and_less_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    explanation = with_leads(monkeypatch, {
        "cost": 0.0075, "speed": 0.00749, "flexibility": 0.0, "continuity": -0.00749, "security": -0.0075})
    assert explanation.reasons == (Reason("cost", 0.0075), Reason("security", -0.0075))


def test_each_part_is_worked_out_when_it_is_asked_for_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(module: Any, name: str) -> None:
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given: asked.append(name) or real(*given))

    for module, name in ((breakeven, "break_evens"), (breakeven, "rate_ties"), (breakeven, "hours_ties"),
                         (switching, "switching_values"), (tornado, "tornado")):
        counted(module, name)
    explanation = hiring.explain(hiring.decide(ProjectNeeds()))
    assert asked == []
    first = {part: getattr(explanation, part) for part in PARTS}
    assert len(PARTS) == 7
    again = {part: getattr(explanation, part) for part in PARTS}
    assert all(again[part] is first[part] for part in PARTS)
    assert sorted(asked) == ["break_evens", "hours_ties", "rate_ties", "switching_values", "tornado"]


def test_the_parts_are_those_of_the_decision_that_is_explained() -> None:
    decision = hiring.decide(ProjectNeeds(developers=3))
    explanation = hiring.explain(decision)
    assert explanation.decision is decision
    assert explanation.tornado is not None
    assert (explanation.tornado.option, explanation.tornado.rival) == (decision.answer, decision.rival)
    assert [it.option for it in explanation.break_evens] == [o for o in decision.outcomes if o != "in_house"]
