"""What must hold whatever the project: how ranks may move when the needs, the ratings or the options change.

First shares of 4,000 simulations carry a noise of one in a hundred.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from hiring import ProjectNeeds
from hiring.model.decision import Decision, decide
from hiring.model.needs import CHOICE, NEEDS
from tests.factories import OPTIONS, keep_options, with_ranges
from tests.strategies import LAWS, NEWEST, plausible_projects, projects

ANY = st.one_of(projects(mixes=False), plausible_projects(mixes=False))  # of options alone
NOISE = 0.01

# An in-house hour costs less than a freelance one for article salaries in the nation against US freelancers. With
# a local or surveyed salary, or talent abroad, it can cost more, and then more work rightly speaks for freelancers.
HIRING_IS_CHEAPER = plausible_projects(
    wage_basis="article", location="us", talent_region="us", upkeep_developers=st.floats(0.5, 8), mixes=False)


def no_rank_lost(option: str, to: str, before: Decision, after: Decision) -> None:
    """Where `option` scored at or above `to`, it still does."""
    old, new = (found.expected_scores[option] - found.expected_scores[to] for found in (before, after))
    assert old < 0 or new >= -1e-9, (old, new)


def work(needs: ProjectNeeds) -> float:
    """Developer-months of build and upkeep."""
    return needs.developers * needs.build_months + needs.upkeep_developers * needs.upkeep_months


def grown(needs: ProjectNeeds, **answers: float) -> ProjectNeeds:
    """`needs` with other answers and a budget that has grown with the work."""
    assume(all(NEEDS[name].low <= answer <= NEEDS[name].high for name, answer in answers.items()))
    after = replace(needs, **answers)
    if needs.budget_usd is None:
        return after
    return replace(after, budget_usd=needs.budget_usd * work(after) / work(needs))


# 3. A better rating lowers no first share of its option.

@LAWS
@given(ANY, st.sampled_from(sorted(f.id for f in NEWEST.figures.values() if f.table == "ratings")), st.floats(0, 60))
def test_a_better_rating_lowers_no_first_share_of_its_option(needs: ProjectNeeds, rating: str, points: float) -> None:
    old = NEWEST.figures[rating]
    low, central, high = (min(100, value + points) for value in (old.low, old.central, old.high))
    option = rating.split(".")[1]
    before, after = decide(needs, NEWEST), decide(needs, with_ranges(NEWEST, {rating: (low, central, high)}))
    assert after.first_shares[option] >= before.first_shares[option]
    assert after.expected_scores[option] >= before.expected_scores[option]
    others = set(OPTIONS) - {option}
    assert {it: after.expected_scores[it] for it in others} == {it: before.expected_scores[it] for it in others}


# 4. More upkeep from half a developer up, or a longer build: in-house never loses rank to freelance.

@LAWS
@given(HIRING_IS_CHEAPER, st.floats(0, 10), st.booleans())
def test_with_more_upkeep_in_house_never_loses_rank_to_freelance(needs: ProjectNeeds, more: float,
                                                                 budget_grows: bool) -> None:
    upkeep = needs.upkeep_developers + more
    after = grown(needs, upkeep_developers=upkeep) if budget_grows else replace(needs, upkeep_developers=upkeep)
    no_rank_lost("in_house", "freelance", decide(needs, NEWEST), decide(after, NEWEST))


@LAWS
@given(HIRING_IS_CHEAPER, st.floats(0, 24))
def test_with_a_longer_build_in_house_never_loses_rank_to_freelance(needs: ProjectNeeds, more: float) -> None:
    longer = {"build_months": needs.build_months + more}
    if needs.deadline_months is not None:
        longer["deadline_months"] = needs.deadline_months + more
    no_rank_lost("in_house", "freelance", decide(needs, NEWEST), decide(grown(needs, **longer), NEWEST))


# 5. With more sensitive data, or without a technical lead, freelance never gains rank.

@LAWS
@given(ANY)
def test_with_more_sensitive_data_freelance_never_gains_rank(needs: ProjectNeeds) -> None:
    found = [decide(replace(needs, data_sensitivity=it), NEWEST) for it in NEEDS["data_sensitivity"].choices]
    for before, after in pairwise(found):
        for other in ("in_house", "agency"):
            no_rank_lost(other, "freelance", before, after)


@LAWS
@given(ANY)
def test_without_a_technical_lead_freelance_never_gains_rank(needs: ProjectNeeds) -> None:
    before, after = (decide(replace(needs, technical_lead=it), NEWEST) for it in (True, False))
    for other in ("in_house", "agency"):
        no_rank_lost(other, "freelance", before, after)


@LAWS
@given(ANY)
def test_sensitive_data_and_a_missing_lead_raise_freelances_first_share_by_no_more_than_noise(
        needs: ProjectNeeds) -> None:
    easy = decide(replace(needs, technical_lead=True, data_sensitivity="public"), NEWEST)
    hard = decide(replace(needs, technical_lead=False, data_sensitivity="regulated"), NEWEST)
    assert hard.first_shares["freelance"] <= easy.first_shares["freelance"] + NOISE


# 6. With more disciplines, agency never loses rank to freelance.

@LAWS
@given(ANY)
def test_with_more_disciplines_agency_never_loses_rank_to_freelance(needs: ProjectNeeds) -> None:
    found = [decide(replace(needs, disciplines=it), NEWEST) for it in NEEDS["disciplines"].choices]
    for before, after in pairwise(found):
        no_rank_lost("agency", "freelance", before, after)


# 7. No upkeep, at most half a year, a start within 4 weeks: a hire seldom scores best.

def test_in_house_seldom_scores_best_in_a_short_job_that_starts_soon() -> None:
    rng = np.random.default_rng(1)
    best = []
    for _ in range(200):
        choices = {name: str(rng.choice(list(need.choices))) for name, need in NEEDS.items() if need.kind == CHOICE}
        needs = ProjectNeeds(**choices, developers=rng.uniform(0.1, 8), build_months=rng.uniform(0.25, 6),
                             upkeep_developers=0, start_within_weeks=rng.uniform(0, 4), mixes=False,
                             technical_lead=bool(rng.integers(2)))
        scores = decide(needs, NEWEST, 400).expected_scores
        best.append(max(scores, key=scores.__getitem__))
    assert best.count("in_house") <= 0.05 * len(best)


# 8. Adding or removing an option reorders no others.

@LAWS
@given(ANY, st.sampled_from(OPTIONS))
def test_without_one_option_the_others_keep_their_scores_to_the_byte(needs: ProjectNeeds, gone: str) -> None:
    found = decide(needs, NEWEST)
    fewer = decide(needs, keep_options(NEWEST, lambda option: option.id != gone))
    assert fewer.expected_scores == {option: score for option, score in found.expected_scores.items() if option != gone}
    for option, outcome in fewer.outcomes.items():
        assert np.array_equal(outcome.total, found.outcomes[option].total)
