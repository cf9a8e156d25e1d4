from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hiring import ProjectNeeds
from hiring.model import fit
from hiring.model.own_figures import Range, with_own
from tests.factories import SNAPSHOT

STEADY = ProjectNeeds()  # 2 developers for 6 months, then half a developer for 30 months
SMALL = ProjectNeeds(developers=0.5, build_months=1, upkeep_developers=0, scale="prototype",
                     disciplines="few", data_sensitivity="public", technical_lead=False, scope_clarity="fixed",
                     integration="standalone", strategic_value="supporting")
LARGE = ProjectNeeds(developers=6, build_months=18, upkeep_developers=3, upkeep_months=42, scale="massive",
                     disciplines="many", data_sensitivity="regulated", technical_lead=False, scope_clarity="evolving",
                     integration="embedded", strategic_value="core")


@pytest.mark.parametrize(("upkeep", "months", "share"), [
    (0.5, 24, 1), (0.25, 24, 0.5), (0.5, 12, 0.5), (0.25, 12, 0.25), (0, 24, 0), (5, 120, 1), (5, 0, 0)])
def test_lasting_is_full_from_half_a_developer_for_two_years_on(upkeep: float, months: float, share: float) -> None:
    needs = ProjectNeeds(upkeep_developers=upkeep, upkeep_months=months)
    assert fit.upkeep_extent(needs) == pytest.approx(share)


@pytest.mark.parametrize(("build", "upkeep", "share"), [
    (2, 0, 0), (1, 0, 0), (10, 0, 0.5), (18, 0, 1), (40, 0, 1),  # (10 - 2) / 16
    (2, 0.5, 1),  # upkeep alone asks for people who stay
])
def test_staying_is_the_larger_of_lasting_upkeep_and_a_long_build(build: float, upkeep: float, share: float) -> None:
    needs = ProjectNeeds(build_months=build, upkeep_developers=upkeep, upkeep_months=24)
    assert fit.need_to_stay(needs) == pytest.approx(share)


@pytest.mark.parametrize(("developers", "months", "share"), [
    (0.5, 1, 0), (0.1, 1, 0), (3.5, 1, 0.5), (6.5, 1, 1), (1, 6.5, 1), (50, 60, 1)])  # (3.5 - 0.5) / 6
def test_size_is_full_from_six_and_a_half_developer_months_on(developers: float, months: float, share: float) -> None:
    assert fit.size(ProjectNeeds(developers=developers, build_months=months)) == pytest.approx(share)


def test_the_need_levels_of_a_steady_project() -> None:
    # 30 months of upkeep; lasting 1 x 1; long (6 - 2) / 16; staying 1; size (12 - 0.5) / 6 > 1, so 1
    assert fit.need_levels(STEADY, SNAPSHOT) == pytest.approx({
        "flexibility": 0.20,  # 0.40 x (1 - 1/2) + 0.35 x 0
        "continuity": 0.85,  # 0.05 + 0.75 + 0.05
        "collaboration": 0.38,  # 0.35 x (0.4 + 0.6) + 0.03
        "capability": 1 / 3,  # 0.25 x (0.5 + 0.5) + 0.25 x (2 - 1) / 3 = 0.25 + 0.0833
        "security": 0.30,  # 0.30 x (0.5 + 0.5)
        "autonomy": 0.30,  # 0.30 x (0.35 + 0.65)
    })


def test_the_need_levels_of_a_small_job() -> None:
    # lasting 0, long 0, staying 0, size (0.5 - 0.5) / 6 = 0
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
def test_the_value_of_a_cost_is_one_half_at_the_reference_cost(cost: float, value: float) -> None:
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


@pytest.mark.parametrize("exponent", [1, 2, 3, 4, 2.5, 7])
def test_a_power_is_what_multiplication_gives(exponent: float) -> None:
    assert fit.power(np.array([0.5, 1, 3]), exponent) == pytest.approx(np.array([0.5, 1, 3]) ** exponent)


@pytest.mark.parametrize(("taken", "limit", "steepness", "factor"), [
    (110, 100, 4, 0.683), (150, 100, 4, 0.198), (110, 100, 1, 0.909), (100, 100, 4, 1), (50, 100, 4, 1)])
def test_a_missed_limit_takes_its_part_of_the_score(taken: float, limit: float, steepness: float,
                                                    factor: float) -> None:
    assert fit.limit_factor(np.array([taken]), limit, steepness) == pytest.approx(factor, abs=0.0005)
    assert fit.limit_factor(np.array([taken]), None, steepness) == 1


def test_the_reference_cost_is_the_work_at_the_nations_median_pay() -> None:
    # (2 x 6 x 1.15 + 0.5 x 30) / 12 = 2.4 years x 135,980 x 1.25 of load, with wages of 15 months on, x 1.6
    growth = SNAPSHOT.central("wage_growth")
    assert fit.reference_cost(STEADY, SNAPSHOT) == pytest.approx(1.6 * 2.4 * 135_980 * 1.25 * (1 + growth) ** 1.25)


@pytest.mark.parametrize("answers", [{"budget_usd": 1_000}, {"location": "us-ca"}, {"wage_basis": "oews"},
                                     {"talent_region": "asia"}, {"deadline_months": 1}])
def test_no_budget_place_or_own_figure_moves_the_reference_cost(answers: dict[str, object]) -> None:
    own = with_own(SNAPSHOT, [("load", Range(2, 2, 2)), ("overrun.mostly_clear", Range(3, 3, 3)),
                              ("in_house.oews.mid", Range(200_000, 200_000, 200_000))])
    assert fit.reference_cost(replace(STEADY, **answers), own) == fit.reference_cost(STEADY, SNAPSHOT)


def test_a_deadline_that_is_given_is_the_reference() -> None:
    assert fit.reference_deadline(replace(STEADY, deadline_months=12), SNAPSHOT) == 12


def test_without_a_deadline_the_build_and_the_latest_start_are_the_reference() -> None:
    # 1.35 x 6 + 13 weeks / (52 / 12) = 8.1 + 3
    needs = ProjectNeeds(deadline_months=None, start_within_weeks=13)
    assert fit.reference_deadline(needs, SNAPSHOT) == pytest.approx(11.1)


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
