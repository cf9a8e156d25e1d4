"""What the answer promises: neighbors have neighboring answers, and verdicts hold before other analysts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest

from hiring import ProjectNeeds
from hiring.model.decision import CLEAR, LEANING, LIKELY, MIX, Decision, decide
from hiring.model.evidence import Snapshot
from hiring.model.fit import LEVELS
from hiring.model.needs import CHOICE, NEEDS, NUMBER
from tests.factories import with_ranges
from tests.strategies import NEWEST

N_RANDOM = 200
BUDGET_FACTORS = (2, 1.5, 1.25, 1.1, 1, 0.9, 0.75, 0.5)
WHOLE = {"budget_covers": "build_and_upkeep", "mixes": False}
CASES = [ProjectNeeds(**WHOLE, **case) for case in (
    {"developers": 3, "build_months": 9, "start_within_weeks": 8, "deadline_months": 14, "upkeep_developers": 2,
     "upkeep_months": 27, "budget_usd": 1_500_000, "scale": "growing", "disciplines": "few",
     "scope_clarity": "evolving", "integration": "standalone", "strategic_value": "core",
     "data_sensitivity": "personal"},
    {"build_months": 4, "start_within_weeks": 12, "deadline_months": 9, "upkeep_developers": 0.25, "upkeep_months": 32,
     "budget_usd": 300_000, "integration": "embedded", "strategic_value": "supporting"},
    {"developers": 3, "start_within_weeks": 3, "deadline_months": 9, "upkeep_developers": 1, "upkeep_months": 18,
     "budget_usd": 900_000, "seniority": "senior", "scale": "growing", "disciplines": "few",
     "scope_clarity": "evolving", "integration": "embedded", "data_sensitivity": "personal", "technical_lead": False},
    {"developers": 6, "build_months": 14, "start_within_weeks": 12, "deadline_months": 22, "upkeep_developers": 3,
     "upkeep_months": 46, "budget_usd": 4_500_000, "seniority": "senior", "scale": "massive", "disciplines": "few",
     "strategic_value": "core", "data_sensitivity": "regulated"},
    {"developers": 3, "start_within_weeks": 6, "deadline_months": 10, "upkeep_months": 18, "budget_usd": 600_000,
     "scale": "growing", "disciplines": "many", "integration": "standalone", "data_sensitivity": "personal",
     "technical_lead": False},
    {"developers": 1, "build_months": 0.5, "start_within_weeks": 4, "deadline_months": 2, "upkeep_developers": 0,
     "budget_usd": 40_000, "seniority": "senior", "scale": "growing", "scope_clarity": "fixed",
     "integration": "standalone", "strategic_value": "supporting", "data_sensitivity": "regulated"},
    {"budget_usd": 600_000, "deadline_months": 12},
    {"developers": 5, "build_months": 12, "deadline_months": 18, "upkeep_developers": 3, "upkeep_months": 36,
     "scale": "growing", "disciplines": "few", "scope_clarity": "evolving", "strategic_value": "core",
     "data_sensitivity": "personal"})]


def random_projects(count: int, seed: int) -> list[ProjectNeeds]:
    """Everyday projects; half of them with whole numbers and round fractions."""
    rng, found = np.random.default_rng(seed), []
    for place in range(count):
        developers, months = np.exp(rng.uniform(np.log((0.5, 1)), np.log((20, 24))))
        upkeep, kept = rng.choice([0, rng.uniform(0.05, 1) * developers]), rng.uniform(0, 60)
        budget = developers * months / 12 * 150_000 * rng.uniform(1, 2.5)
        deadline, start = months * rng.uniform(1.1, 2.5) + rng.uniform(0, 3), rng.uniform(0, 20)
        if place % 2:
            developers, upkeep = max(0.5, round(developers * 2) / 2), round(upkeep * 4) / 4
            months, kept, deadline, start = max(1, round(months)), 6 * round(kept / 6), round(deadline), round(start)
            budget = max(10_000, round(budget, -4))
        choices = {name: str(rng.choice(list(need.choices))) for name, need in NEEDS.items() if need.kind == CHOICE}
        found.append(ProjectNeeds(
            **choices, developers=developers, build_months=months, upkeep_developers=upkeep, upkeep_months=kept,
            start_within_weeks=start, budget_usd=None if rng.random() < 0.3 else max(1_000, budget),
            deadline_months=None if rng.random() < 0.3 else min(72, deadline), technical_lead=bool(rng.integers(2)),
            mixes=False))
    return found


PROJECTS = [*CASES, *random_projects(N_RANDOM, 5)]


def difference(one: dict[str, float], other: dict[str, float]) -> float:
    return max(abs(one[option] - other[option]) for option in one)


def test_a_need_that_moves_by_one_percent_hardly_moves_the_answer() -> None:
    moved = []
    for needs in PROJECTS[::2]:
        found = decide(needs, NEWEST)
        for name, need in NEEDS.items():
            value = getattr(needs, name)
            if need.kind == NUMBER and value:
                value *= 1.01 if value * 1.01 <= need.high else 1 / 1.01
                near = decide(replace(needs, **{name: value}), NEWEST, before=found)
                moved.append((difference(found.first_shares, near.first_shares),
                              difference(found.keep_shares, near.keep_shares)))
    first, keep = np.array(moved).T
    assert len(moved) > 500
    assert np.count_nonzero((first > 0.08) | (keep > 0.06)) <= 0.003 * len(moved)
    assert max(first.max(), keep.max()) <= 0.15


def test_a_tighter_budget_makes_no_option_first_in_a_simulation_in_which_it_costs_most() -> None:
    for needs in (needs for needs in PROJECTS[::4] if needs.budget_usd is not None):
        found, before = decide(needs, NEWEST), None
        dearest = np.argmax([outcome.budgeted for outcome in found.outcomes.values()], axis=0)
        for factor in BUDGET_FACTORS:
            tighter = decide(with_budget(needs, factor), NEWEST, before=found)
            scores = np.array([tighter.outcomes[option].scores for option in found.outcomes])
            is_first = np.argmax(scores, axis=0) == dearest
            if before is not None:
                assert not np.any(is_first & ~before)
            before = is_first


def test_a_tighter_budget_hardly_favors_the_option_that_typically_costs_most() -> None:
    rises = []
    for needs in (needs for needs in PROJECTS if needs.budget_usd is not None):
        found, share = decide(needs, NEWEST), None
        dearest = max(found.outcomes, key=lambda name: found.outcomes[name].budgeted_quantiles[1])
        for factor in BUDGET_FACTORS:
            before = share
            share = decide(with_budget(needs, factor), NEWEST, before=found).first_shares[dearest]
            if before is not None:
                rises.append(share - before)
    # In some simulations another option costs more. A rise of less than half a point is no favor: more than half of
    # all rises are of at most four simulations in 4,000.
    assert np.count_nonzero(np.array(rises) > 0.005) <= 0.01 * len(rises)
    assert max(rises) <= 0.06


def with_budget(needs: ProjectNeeds, factor: float) -> ProjectNeeds:
    """A budget so many times as large, within its bounds."""
    assert needs.budget_usd is not None
    bounds = NEEDS["budget_usd"]
    return replace(needs, budget_usd=min(bounds.high, max(bounds.low, needs.budget_usd * factor)))


def analyst(rng: np.random.Generator) -> Snapshot:
    """The evidence of somebody who rates all of an option 15 points differently, and each rating 8 points more."""
    shifted = {}
    for option in NEWEST.options:
        all_of_it = rng.normal(0, 15)
        for criterion in LEVELS:
            rating, points = NEWEST.figures[f"{criterion}.{option.id}"], all_of_it + rng.normal(0, 8)
            ends = (rating.low, rating.central, rating.high)
            shifted[rating.id] = tuple(min(100, max(0, end + points)) for end in ends)
    return with_ranges(NEWEST, shifted)


@pytest.mark.parametrize("mixes", [True, False])
@pytest.mark.parametrize("limited", [True, False])
def test_verdicts_flip_no_more_often_before_other_analysts_than_their_shares_imply(limited: bool, mixes: bool) -> None:
    """Of all answers of a word, and of mixes that lead. Each project has analysts of its own: how often one analyst
    differs varies so much that a few for all projects say little. Mixes lead seldom and have more."""
    rng = np.random.default_rng(2026)
    excess: dict[tuple[str, bool], list[float]] = defaultdict(list)  # flips above what is implied, of each project
    for needs in random_projects(200, 7):
        asked = replace(needs, mixes=mixes) if limited else replace(
            needs, mixes=mixes, budget_usd=None, deadline_months=None)
        found: Decision = decide(asked, NEWEST, 400)
        if found.has_limits is limited and found.verdict in (CLEAR, LIKELY, LEANING):
            flips = [decide(asked, analyst(rng), 400).answer != found.answer
                     for _ in range(16 if found.answer == MIX else 4)]
            for only_mixes in {False, found.answer == MIX}:
                excess[found.verdict, only_mixes].append(np.mean(flips) - (1 - found.answer_share))
    for group, each in excess.items():
        if len(each) >= 5:  # of fewer projects a rate says little
            assert np.mean(each) <= 2 * np.std(each, ddof=1) / np.sqrt(len(each)), group
    assert min(len(excess[word, False]) for word in (LIKELY, LEANING)) > 20
    assert not mixes or len(excess[LEANING, True]) >= 5
