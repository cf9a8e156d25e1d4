"""The decision agrees with what `docs/method.md` gives by other random numbers and more of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from hiring import ProjectNeeds, decide, evidence_as_of
from hiring.model.simulation import Outcome
from tests.recomputation import Names, Numbers, Recomputed, ahead

DRAWS, FEW = 100_000, 10_000
SHARE = 0.02  # how far shares may differ
PROJECTS = {
    "no limits": ProjectNeeds(developers=3, build_months=8),
    "built together, no lead, a target for both limits": ProjectNeeds(
        developers=6, build_months=9, start_within_weeks=4, scale="growing", disciplines="many", integration="embedded",
        strategic_value="core", technical_lead=False, budget_usd=1_900_000, deadline_months=17, limits="target"),
    "a bridge from Asia": ProjectNeeds(
        developers=8, build_months=12, upkeep_developers=1, start_within_weeks=2, scale="massive", disciplines="many",
        integration="embedded", talent_region="asia", seniority="senior", deadline_months=18),
    "a handover, regulated, juniors": ProjectNeeds(
        developers=4, build_months=4, upkeep_developers=1, start_within_weeks=4, disciplines="many", seniority="junior",
        integration="standalone", strategic_value="supporting", data_sensitivity="regulated", technical_lead=False,
        location="ca", wage_basis="oews", budget_usd=700_000, deadline_months=8),
    "a small one, evolving, abroad": ProjectNeeds(
        developers=1.5, build_months=3, upkeep_developers=0.25, scope_clarity="evolving",
        talent_region="eastern_europe", budget_usd=330_000, budget_covers="build_and_upkeep", deadline_months=6)}


@pytest.mark.parametrize("needs", PROJECTS.values(), ids=PROJECTS.keys())
def test_the_document_alone_gives_the_same_answer(needs: ProjectNeeds) -> None:
    decision, method = decide(needs), Recomputed(needs, evidence_as_of(), Numbers(DRAWS))
    options = method.options()
    first = np.argmax([options[option]["score"] for option in decision.outcomes], axis=0)
    for place, (option, outcome) in enumerate(decision.outcomes.items()):
        agree(outcome, options[option])
        assert decision.first_shares[option] == pytest.approx(np.mean(first == place), abs=SHARE)
    assert decision.mix is not None
    plan = next(plan for plan in method.mixes() if plan.id == decision.mix.id)
    mix = method.plan(plan)
    agree(decision.mix.outcome, mix)
    assert decision.mix.ahead_of == pytest.approx(
        {option: ahead(mix, found) for option, found in options.items()}, abs=SHARE)


@pytest.mark.parametrize("needs", PROJECTS.values(), ids=PROJECTS.keys())
def test_no_other_mix_of_the_document_is_better(needs: ProjectNeeds) -> None:
    decision, method = decide(needs), Recomputed(needs, evidence_as_of(), Numbers(FEW))
    options = method.options().values()
    found = {plan.id: min(ahead(method.plan(plan), option) for option in options) for plan in method.mixes()}
    assert decision.mix is not None
    assert found[decision.mix.id] >= max(found.values()) - SHARE


def agree(outcome: Outcome, names: Names) -> None:
    """Cost within 2 % at the 10th percentile and the median, 2.5 % at the 90th, and so the release; keep shares."""
    for shown, computed in (
            (outcome.cost_quantiles, names["cost"]), (outcome.budgeted_quantiles, names["budgeted"]),
            (outcome.finish_quantiles, names["release_months"])):
        near(shown, np.quantile(computed, (0.1, 0.5, 0.9)))
    assert outcome.keep_share == pytest.approx(np.mean(names["keeps"]), abs=SHARE)
    assert outcome.expected_score == pytest.approx(np.mean(names["score"]), abs=SHARE / 2)


def near(shown: Iterable[float], computed: Any) -> None:
    for mine, other, tolerance in zip(shown, computed, (0.02, 0.02, 0.025), strict=True):
        assert mine == pytest.approx(other, rel=tolerance)
