from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hiring import ProjectNeeds
from hiring.model.decision import decide
from hiring.model.option_draws import distance_band, pay_id
from tests.factories import NEEDS, OPTIONS, ROUND, SNAPSHOT, decided, option, with_ranges


@pytest.mark.parametrize(("hours", "band"), [(0, "near"), (2, "near"), (2.1, "over_2"), (4, "over_2"), (8, "over_4"),
                                             (8.1, "over_8"), (24, "over_8")])
def test_a_difference_of_working_time_falls_into_one_band(hours: float, band: str) -> None:
    assert distance_band(hours) == band


def test_distance_changes_outside_staff_only() -> None:
    far = decided(replace(NEEDS, talent_region="asia"), time_difference__asia=10, distance_steering__over_8=1.5,
                  distance_productive__over_8=0.9, distance_collaboration__over_8=20, distance_security__over_8=10)
    for name in OPTIONS:
        near, drawn = decided().option_draws[name], far.option_draws[name]
        factors = (1.5, 0.9, 20, 10) if name != "in_house" else (1, 1, 0, 0)
        assert (drawn.steering_share / near.steering_share, drawn.productive_share / near.productive_share,
                near.ratings["collaboration"] - drawn.ratings["collaboration"],
                near.ratings["security"] - drawn.ratings["security"]) == pytest.approx(factors)


def test_only_in_house_pay_follows_the_location() -> None:
    here, there = (decide(replace(NEEDS, location=place), ROUND, n=40).outcomes for place in ("us", "us-ca"))
    for name in ("freelance", "agency"):
        assert np.array_equal(there[name].total, here[name].total)
    ratio = 174_410 / 135_980  # the medians of California and of the nation, May 2025
    assert there["in_house"].typical.build_labor == pytest.approx(here["in_house"].typical.build_labor * ratio)


@pytest.mark.parametrize(("name", "answers", "row"), [
    ("in_house", {"wage_basis": "oews", "seniority": "senior", "talent_region": "asia"}, "in_house.oews.senior"),
    ("in_house", {}, "in_house.article.mid"),
    ("freelance", {"talent_region": "asia", "seniority": "junior"}, "freelance.asia.junior"),
    ("agency", {"wage_basis": "oews"}, "agency.us.mid")])
def test_pay_is_read_from_the_row_that_the_needs_pick(name: str, answers: dict[str, str], row: str) -> None:
    assert pay_id(option(name), ProjectNeeds(**answers), SNAPSHOT) == row


def test_shared_figures_are_shared_draws() -> None:
    # with the overrun alone uncertain, the simulation that is worst for one option is worst for all
    found = decide(NEEDS, with_ranges(ROUND, {"overrun.mostly_clear": (0.9, 1.15, 1.9)})).outcomes.values()
    first, *others = (np.argsort(outcome.finish, kind="stable") for outcome in found)
    assert all(np.array_equal(first, other) for other in others)


def test_the_ratings_of_one_option_err_together() -> None:
    found = decide(ProjectNeeds(), SNAPSHOT).option_draws
    ratings = np.array([found[name].ratings[criterion] for name in OPTIONS for criterion in ("autonomy", "continuity")])
    together = np.corrcoef(ratings)
    assert min(together[0, 1], together[2, 3], together[4, 5]) > 0.6
    assert np.abs(together[:2, 2:]).max() < 0.06
