from __future__ import annotations

import numpy as np
import pytest

from hiring import ProjectNeeds
from hiring.model import fit
from tests.factories import SNAPSHOT

STEADY = ProjectNeeds()  # 2 developers for 6 months, then half a developer until month 36
SMALL = ProjectNeeds(developers=0.5, build_months=1, upkeep_developers=0, horizon_months=1, scale="prototype",
                     disciplines="few", data_sensitivity="public", technical_lead=False, scope_clarity="fixed",
                     integration="standalone", strategic_value="supporting")
LARGE = ProjectNeeds(developers=6, build_months=18, upkeep_developers=3, horizon_months=60, scale="massive",
                     disciplines="many", data_sensitivity="regulated", technical_lead=False, scope_clarity="evolving",
                     integration="embedded", strategic_value="core")


@pytest.mark.parametrize(("upkeep", "horizon", "share"), [
    (0.5, 30, 1),  # half a developer for 24 months: both full
    (0.25, 30, 0.5), (0.5, 18, 0.5), (0.25, 18, 0.25), (0, 30, 0),
    (5, 120, 1),  # never more than full
    (5, 3, 0),  # the horizon ends before the build does
])
def test_lasting_is_full_from_half_a_developer_for_two_years_on(upkeep: float, horizon: float, share: float) -> None:
    needs = ProjectNeeds(build_months=6, upkeep_developers=upkeep, horizon_months=horizon)
    assert fit.upkeep_extent(needs) == pytest.approx(share)


@pytest.mark.parametrize(("build", "upkeep", "share"), [
    (2, 0, 0), (1, 0, 0), (10, 0, 0.5), (18, 0, 1), (40, 0, 1),  # (10 - 2) / 16
    (2, 0.5, 1),  # upkeep alone asks for people who stay
])
def test_staying_is_the_larger_of_lasting_upkeep_and_a_long_build(build: float, upkeep: float, share: float) -> None:
    needs = ProjectNeeds(build_months=build, upkeep_developers=upkeep, horizon_months=build + 24)
    assert fit.need_to_stay(needs) == pytest.approx(share)


@pytest.mark.parametrize(("developers", "months", "share"), [
    (0.5, 1, 0), (0.1, 1, 0), (3.5, 1, 0.5), (6.5, 1, 1), (1, 6.5, 1), (50, 60, 1)])  # (3.5 - 0.5) / 6
def test_size_is_full_from_six_and_a_half_developer_months_on(developers: float, months: float, share: float) -> None:
    assert fit.size(ProjectNeeds(developers=developers, build_months=months)) == pytest.approx(share)


def test_the_need_levels_of_a_steady_project() -> None:
    # after 36 - 6 = 30 months; lasting 1 x 1; long (6 - 2) / 16; staying 1; size (12 - 0.5) / 6 > 1, so 1
    assert fit.need_levels(STEADY, SNAPSHOT) == pytest.approx({
        "flexibility": 0.20,  # 0.40 x (1 - 1/2) + 0.35 x 0
        "continuity": 0.85,  # 0.05 + 0.75 + 0.05
        "collaboration": 0.38,  # 0.35 x (0.4 + 0.6) + 0.03
        "capability": 1 / 3,  # 0.25 x (0.5 + 0.5) + 0.25 x (2 - 1) / 3 = 0.25 + 0.0833
        "security": 0.30,  # 0.30 x (0.5 + 0.5)
        "autonomy": 0.30,  # 0.30 x (0.35 + 0.65)
    })


def test_the_need_levels_of_a_small_job() -> None:
    # after 0, lasting 0, long 0, staying 0, size (0.5 - 0.5) / 6 = 0
    assert fit.need_levels(SMALL, SNAPSHOT) == pytest.approx({
        "flexibility": 0.60,  # 0.25 x 1 + 0.35 x 1
        "continuity": 0.05,
        "collaboration": 0.04,  # 0.10 x 0.4
        "capability": 0.50,  # the larger of 0.05 x 0.5 and 0.50; one developer or fewer add nothing
        "security": 0.025,  # 0.05 x 0.5
        "autonomy": 0.3325,  # 0.95 x 0.35
    })


def test_the_need_levels_of_a_large_project_never_pass_one() -> None:
    # lasting 1, staying 1, size 1
    assert fit.need_levels(LARGE, SNAPSHOT) == pytest.approx({
        "flexibility": 0.35,  # 0.70 x 1/2
        "continuity": 1.0,  # 0.05 + 0.75 + 0.20
        "collaboration": 0.95,  # 0.80 + 0.15
        "capability": 1.0,  # the larger of 0.80 and 0.85, + 0.25, clipped
        "security": 0.95, "autonomy": 0.95,
    })


@pytest.mark.parametrize(("rating", "level", "value"), [
    (30, 0.6, 0.5), (60, 0.6, 1), (59.4, 0.6, 0.99), (90, 0.6, 1), (0, 0.6, 0), (85, 0.85, 1), (0, 0, 1)])
def test_a_rating_earns_the_share_of_the_need_that_it_meets_and_no_more(rating: float, level: float,
                                                                        value: float) -> None:
    assert fit.rated_value(rating, level) == pytest.approx(value)
    assert fit.rated_value(np.array([rating, 100]), level) == pytest.approx([value, 1])


@pytest.mark.parametrize("level", [5e-324, 1e-310, 1e-308])
def test_a_need_next_to_nothing_is_met_by_any_rating_but_none(level: float) -> None:
    with np.errstate(all="raise"):
        assert fit.rated_value(np.array([0.0, 1e-3, 100.0]), level).tolist() == [0, 1, 1]


@pytest.mark.parametrize(("cost", "value"), [
    (100, 0.5), (0, 1),
    (200, 1 / 9),  # 1 / (1 + 2^3)
    (50, 8 / 9),  # 1 / (1 + 1/8)
])
def test_the_value_of_a_cost_is_one_half_at_the_budget(cost: float, value: float) -> None:
    assert fit.cost_value(cost, 100, 3) == pytest.approx(value)
    assert fit.cost_value(np.array([cost, 100]), 100, 3) == pytest.approx([value, 0.5])


@pytest.mark.parametrize(("finish", "late", "value"), [
    (12, 0, 0.7),  # 0.6 / 2 + 0.4
    (24, 0, 0.6 / 17 + 0.4),  # 1 + 2^4
    (12, 4, 0.3 + 0.4 * 0.36787944117144233),  # four weeks late: e^-1
    (0, 0, 1),
])
def test_the_value_of_speed_is_that_of_the_finish_and_of_the_start(finish: float, late: float, value: float) -> None:
    shape = {"finish_share": 0.6, "steepness": 4, "late_start_weeks": 4}
    assert fit.speed_value(finish, 12, late, **shape) == pytest.approx(value)
    assert fit.speed_value(np.array([finish, 12]), 12, np.array([late, 0]), **shape) == pytest.approx([value, 0.7])


def test_a_budget_and_a_deadline_that_are_given_are_the_yardsticks() -> None:
    assert fit.budget_yardstick(STEADY, SNAPSHOT) == 600_000
    assert fit.deadline_yardstick(STEADY, SNAPSHOT) == 12


@pytest.mark.parametrize(("horizon", "usd"), [
    (36, 386_718.75),  # (2 x 6 + 0.5 x 30) / 12 = 2.25 years x 110,000 x 1.25 of load x 1.25
    (3, 171_875),  # no upkeep in the horizon: 1 year x 137,500 x 1.25
])
def test_without_a_budget_the_work_at_the_articles_middle_salary_is_the_yardstick(horizon: float, usd: float) -> None:
    needs = ProjectNeeds(budget_usd=None, horizon_months=horizon)
    assert fit.budget_yardstick(needs, SNAPSHOT) == pytest.approx(usd)


def test_without_a_deadline_the_build_and_the_latest_start_are_the_yardstick() -> None:
    # 1.35 x 6 + 13 weeks / (52 / 12) = 8.1 + 3
    needs = ProjectNeeds(deadline_months=None, start_within_weeks=13)
    assert fit.deadline_yardstick(needs, SNAPSHOT) == pytest.approx(11.1)


def test_weights_are_importance_times_need_level_and_sum_to_one() -> None:
    levels = {"flexibility": 0.5, "continuity": 1, "collaboration": 0, "capability": 0.1, "security": 0.2,
              "autonomy": 0}
    # 30, 20, 16 x 0.5, 20 x 1, 0, 20 x 0.1, 20 x 0.2, 0: 30 + 20 + 8 + 20 + 2 + 4 = 84
    weights = fit.central_weights_of(levels, SNAPSHOT)
    assert [criterion.id for criterion in SNAPSHOT.criteria] == [
        "cost", "speed", "flexibility", "continuity", "collaboration", "capability", "security", "autonomy"]
    assert weights == pytest.approx(np.array([30, 20, 8, 20, 0, 2, 4, 0]) / 84)


def test_the_choices_that_a_need_level_reads_are_the_ones_that_the_evidence_holds() -> None:
    names = {f"{criterion}.{need}" for criterion, needs in fit.LEVELS.items() for need in needs}
    assert names == {id_.rpartition(".")[0] for id_, figure in SNAPSHOT.figures.items() if figure.table == "levels"}
