"""The decision agrees with what `docs/method.md` gives by other random numbers and more of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from hiring import ProjectNeeds, decide, evidence_as_of
from hiring.model import breakeven
from hiring.model.decision import MIX
from hiring.model.simulation import Outcome
from tests.recomputation import Names, Numbers, Recomputed, ahead

DRAWS, FEW = 40_000, 10_000
SHARE = 0.02  # how far shares may differ
PROJECTS = {  # without upkeep nothing is handed over, and only a long build of one team is bridged
    "no limits": ProjectNeeds(developers=3, build_months=8),
    "built together, no lead, a target for both limits": ProjectNeeds(
        developers=6, build_months=8, upkeep_developers=0, start_within_weeks=4, scale="growing", disciplines="many",
        integration="embedded", strategic_value="core", technical_lead=False, budget_usd=1_050_000, deadline_months=18,
        limits="target"),
    "a bridge from Asia": ProjectNeeds(
        developers=1.4, build_months=12, upkeep_developers=0, start_within_weeks=2, scale="massive", disciplines="many",
        integration="embedded", talent_region="asia", seniority="senior", deadline_months=18),
    "a handover, regulated, juniors": ProjectNeeds(
        developers=4, build_months=4, upkeep_developers=1, start_within_weeks=4, disciplines="many", seniority="junior",
        integration="standalone", strategic_value="supporting", data_sensitivity="regulated", technical_lead=False,
        location="us-ca", wage_basis="oews", budget_usd=900_000, deadline_months=8),
    "a small one, evolving, abroad": ProjectNeeds(
        developers=1.5, build_months=3, upkeep_developers=0.25, scope_clarity="evolving",
        talent_region="eastern_europe", budget_usd=330_000, budget_covers="build_and_upkeep", deadline_months=7),
    "in the United Kingdom, with contributions, no lead": ProjectNeeds(
        developers=3, build_months=9, upkeep_developers=1, upkeep_months=24, location="gb", talent_region="local",
        technical_lead=False, budget_usd=600_000, deadline_months=16)}


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
    assert needs.upkeep_developers or plan.kind == ("bridge" if needs.developers < 1.5 else "together")
    assert decision.mix.ahead_of == pytest.approx(
        {option: ahead(mix, found) for option, found in options.items()}, abs=SHARE)
    for id_, outcome in decision.all_outcomes.items():
        names = mix if id_ == MIX else options[id_]
        agree_on_cost_lines(outcome, names)
        if decision.has_limits:
            remedy = decision.remedies[id_]
            for eased, computed in zip(remedy[1:3], even_chance(needs, names), strict=True):
                assert (eased is None) == (computed is None)
                assert eased is None or eased == pytest.approx(computed, rel=0.025)
    for even in breakeven.break_evens(decision):
        cheaper = np.mean(options["in_house"]["cost"] < options[even.option]["cost"])
        assert even.share == pytest.approx(cheaper, abs=SHARE)


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


def agree_on_cost_lines(outcome: Outcome, names: Names) -> None:
    """The typical case: the mean of each line around the median, scaled to it, within 2 % of the cost."""
    low, median, high = np.quantile(names["cost"], (0.45, 0.5, 0.55))
    around = (names["cost"] >= low) & (names["cost"] <= high)
    scale = median / names["cost"][around].mean()
    for line, usd in outcome.typical._asdict().items():
        computed = np.broadcast_to(names[line], around.shape)[around].mean() * scale
        assert usd == pytest.approx(computed, abs=0.02 * median), line


def even_chance(needs: ProjectNeeds, names: Names) -> list[Any]:
    """The budget and deadline that are kept together in half of the simulations, None where none is given."""
    actual, limits = [names["budgeted"], names["release_months"]], [needs.budget_usd, needs.deadline_months]
    if None in limits:
        return [None if limit is None else np.median(each) for each, limit in zip(actual, limits, strict=True)]
    shares = [np.mean(each <= limit) for each, limit in zip(actual, limits, strict=True)]
    easy = int(np.argmax(shares))
    if shares[easy] >= 0.6:
        kept = actual[easy] <= limits[easy]
        limits[1 - easy] = np.quantile(actual[1 - easy][kept], 0.5 / shares[easy])
        return limits
    ranks = [np.argsort(np.argsort(each)) / len(each) for each in actual]
    percentile = np.median(np.maximum(*ranks))
    return [np.quantile(each, percentile) for each in actual]


def near(shown: Iterable[float], computed: Any) -> None:
    for mine, other, tolerance in zip(shown, computed, (0.02, 0.02, 0.025), strict=True):
        assert mine == pytest.approx(other, rel=tolerance)
