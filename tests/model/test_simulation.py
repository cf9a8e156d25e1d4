from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from hiring import ProjectNeeds
from hiring.model.decision import Decision, decide
from hiring.model.needs import NEEDS as FIELDS
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.model.simulation import distance_band, pay_id
from tests.factories import LINES, NEEDS, OPTIONS, ROUND, SCHEDULES, SNAPSHOT, TOTALS, option, with_ranges
from tests.strategies import ANY, LAWS

FEW = 60  # simulations


def decided(needs: ProjectNeeds = NEEDS, **changed: float) -> Decision:
    """The round project, some of its figures `changed`; their dots are written as two underscores."""
    ranges = {id_.replace("__", "."): (value, value, value) for id_, value in changed.items()}
    return decide(needs, with_ranges(ROUND, ranges), n=40)


@pytest.mark.parametrize("name", OPTIONS)
def test_a_round_project_goes_as_worked_by_hand(name: str) -> None:
    found = decided()
    outcome, drawn = found.outcomes[name], found.option_draws[name]
    assert (outcome.start, drawn.crew(2).arrives, drawn.stretch, outcome.finish[0], drawn.heads(2),
            outcome.upkeep_heads) == pytest.approx(SCHEDULES[name])
    assert tuple(outcome.typical) == pytest.approx(LINES[name])
    assert outcome.total == pytest.approx(np.full(40, TOTALS[name]))
    assert outcome.cost_quantiles == pytest.approx([TOTALS[name]] * 3)


def test_a_budget_for_the_build_covers_the_search_and_exit_pay_but_no_upkeep() -> None:
    in_house = decided(replace(NEEDS, budget_covers="build")).outcomes["in_house"]
    # build labor, 75 of 114 paid weeks of steering and replacement, the search, and exit pay
    assert in_house.budgeted == pytest.approx(187_500 + (45_600 + 25_650) * 75 / 114 + 20_000 + 15_000)
    assert decided().outcomes["in_house"].budgeted == pytest.approx(391_250)


def test_wages_grow_until_the_middle_of_the_build_and_of_the_upkeep() -> None:
    lines = decided(wage_growth=0.04).outcomes["in_house"].typical
    assert lines.build_labor == pytest.approx(187_500 * 1.04 ** ((11 + 52.25) / 104))
    assert lines.upkeep_labor == pytest.approx(97_500 * 1.04 ** ((52.25 + 39) / 52))
    assert lines.exit == pytest.approx(15_000 * 1.04 ** (52.25 / 52))
    assert lines.sourcing == 20_000


def test_without_a_technical_lead_a_seniors_hours_are_paid_but_not_to_an_agency() -> None:
    without = decided(replace(NEEDS, technical_lead=False), lead_share__in_house=0.1, lead_upkeep_factor=0.5,
                      in_house__article__senior=156_000)
    # (75 + 0.5 x 39) paid weeks x 0.1 x 156,000 x 1.25 / 52
    assert without.outcomes["in_house"].typical.technical_lead == pytest.approx(94.5 * 0.1 * 3_750)
    assert without.outcomes["agency"].typical.technical_lead == 0


@pytest.mark.parametrize(("seniority", "factor"), [("junior", 1.5), ("senior", 0.8)])
def test_juniors_take_more_of_your_own_peoples_time_and_seniors_less(seniority: str, factor: float) -> None:
    lines = decided(replace(NEEDS, seniority=seniority)).outcomes["in_house"].typical
    assert lines.steering == pytest.approx(45_600 * factor)


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


def test_the_values_of_a_round_project_are_as_worked_by_hand() -> None:
    found = decided()
    values = {name: dict(zip(found.weights, outcome.values[0], strict=True))
              for name, outcome in found.outcomes.items()}
    assert values["in_house"]["cost"] == pytest.approx(1 / (1 + (391_250 / found.reference.cost_usd) ** 3))
    # the release in week 52.25 of 52; the start in week 10 is in time
    assert values["in_house"]["speed"] == pytest.approx(0.6 / (1 + (52.25 / 52) ** 4) + 0.4)
    # lasting = staying = 18 / 24; the need for continuity is 0.05 + 0.75 x 0.75 + 0.05 = 0.6625
    assert values["in_house"]["continuity"] == 1  # 85 points
    assert values["freelance"]["continuity"] == pytest.approx(0.25 / 0.6625)  # 25 points


def test_limits_are_counted_in_every_simulation_and_reduce_the_score_where_they_are_missed() -> None:
    found = decided().outcomes
    assert {name: outcome.within_budget_share for name, outcome in found.items()} == {
        "in_house": 1, "freelance": 0, "agency": 0}  # 391,250 is just within the budget
    assert [found[name].on_time_share for name in OPTIONS] == [1, 0, 1]  # week 52.25 is late
    assert [found[name].keep_share for name in OPTIONS] == [0, 0, 0]
    over, late = 391_250 / TOTALS["freelance"], 52 / 52.25
    for limits, power in (("firm", 4), ("target", 1)):
        found = decided(replace(NEEDS, limits=limits)).outcomes
        assert found["freelance"].scores == pytest.approx(found["freelance"].unreduced_scores * over**power)
        assert found["in_house"].scores == pytest.approx(found["in_house"].unreduced_scores * late**power)


def test_without_limits_nothing_is_counted() -> None:
    found = decided(replace(NEEDS, budget_usd=None, deadline_months=None)).outcomes["agency"]
    assert (found.within_budget_share, found.on_time_share, found.keep_share) == (None, None, 1)
    assert np.array_equal(found.scores, found.unreduced_scores)


def test_half_of_the_simulations_lie_within_the_median() -> None:
    median = decide(ProjectNeeds(), SNAPSHOT).outcomes["freelance"].budgeted_quantiles[1]
    found = decide(ProjectNeeds(budget_usd=median), SNAPSHOT).outcomes["freelance"]
    assert found.within_budget_share == found.keep_share == pytest.approx(0.5, abs=1 / 4_000)


def test_work_below_an_agencys_smallest_engagement_costs_that_engagement() -> None:
    tiny = ProjectNeeds(developers=0.1, build_months=0.25, upkeep_developers=0)
    lines = decide(tiny, ROUND, n=40).outcomes["agency"].typical
    assert lines.build_labor + lines.upkeep_labor == pytest.approx(25_000)


def test_upkeep_larger_than_the_build_finds_and_trains_those_whom_it_adds() -> None:
    lines = decided(replace(NEEDS, upkeep_developers=8)).outcomes["in_house"].typical
    assert lines.sourcing == pytest.approx(80_000)  # 8 people
    assert lines.upkeep_labor == pytest.approx(8 * 78 * 2_500 + 6 * 5 * 2_500)  # and half a ramp-up of six
    assert lines.exit == 0


def test_a_part_of_a_position_takes_a_whole_search() -> None:
    assert decided(replace(NEEDS, developers=0.6)).outcomes["in_house"].typical.sourcing == pytest.approx(10_000)


def test_only_in_house_pay_follows_the_location() -> None:
    here, there = (decide(replace(NEEDS, location=place), ROUND, n=40).outcomes for place in ("us", "ca"))
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
    assert pay_id(option(name), ProjectNeeds(**answers)) == row


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


@pytest.mark.parametrize(("week", "usd"), [
    (0, 0), (10.99, 0),
    (11, 20_000),  # the search is paid when people arrive
    (31.625, 20_000 + 93_750 + 71_250 * 37.5 / 114),  # half of the build, 37.5 of 114 paid weeks
    (52.25, 20_000 + 187_500 + 71_250 * 75 / 114 + 15_000),  # exit pay is due with the release
    (91.25, 20_000 + 187_500 + 48_750 + 71_250 * 94.5 / 114 + 15_000),  # half of the upkeep
    (130.25, 391_250), (500, 391_250),
])
def test_the_cost_so_far_is_as_worked_by_hand(week: float, usd: float) -> None:
    # in-house; steering and replacement, 45,600 + 25,650, follow the 2 x 37.5 + 0.5 x 78 = 114 paid weeks
    assert decided().outcomes["in_house"].course.cumulative(np.array([week]))[0] == pytest.approx(usd, abs=0.01)


def test_the_typical_case_is_the_mean_from_the_45th_to_the_55th_percentile_scaled_to_the_median() -> None:
    # Of 21 simulations in order, the 45th percentile is the tenth (0.45 x 20 = 9 before it) and the 55th the twelfth.
    outcome = decide(ProjectNeeds(), SNAPSHOT, 21).outcomes["freelance"]
    middle = np.argsort(outcome.total)[9:12]
    scale = outcome.total[middle[1]] / outcome.total[middle].mean()
    paid = dict.fromkeys(outcome.typical._fields, 0.0)
    for spending in outcome.course.spendings:
        paid[spending.line] += np.broadcast_to(spending.usd, 21)[middle].mean() * scale
    assert outcome.typical._asdict() == pytest.approx(paid)
    assert [sum(outcome.typical), sum(outcome.typical_years)] == pytest.approx([outcome.cost_quantiles[1]] * 2)


@pytest.mark.parametrize("answers", [{}, {"developers": 0.3, "build_months": 1}, {"upkeep_developers": 5}])
def test_a_longer_upkeep_does_not_change_the_first_year(answers: dict[str, float]) -> None:
    short, long = (decide(ProjectNeeds(upkeep_months=months, mixes=False, **answers), SNAPSHOT).outcomes
                   for months in (18, 120))
    for name in OPTIONS:  # no upkeep of the short one ends within a year
        assert short[name].typical_years[0] == pytest.approx(long[name].typical_years[0], rel=0.01)


def test_the_years_are_what_is_paid_in_them() -> None:
    outcome = decided().outcomes["in_house"]
    until = outcome.course.cumulative(np.array([52.0, 104.0, 156.0]))[:, 0]
    assert outcome.typical_years == pytest.approx(np.diff(until, prepend=0))


def identical(one: Decision, other: Decision) -> bool:
    """Whether two decisions agree to the last bit in everything that is kept from one to the next."""
    return list(one.outcomes) == list(other.outcomes) and all(
        all(np.array_equal(getattr(mine, name), getattr(its, name)) for name in (
            "values", "scores", "total", "budgeted", "finish", "keeps")) and mine.typical == its.typical
        for mine, its in zip(one.all_outcomes.values(), other.all_outcomes.values(), strict=True))


@settings(LAWS, max_examples=5)
@given(ANY, ANY)
def test_what_is_kept_from_a_decision_before_is_what_would_be_worked_out(
        before: ProjectNeeds, after: ProjectNeeds) -> None:
    known = decide(before, SNAPSHOT, FEW)
    for name in FIELDS:
        needs = replace(before, **{name: getattr(after, name)})
        assert identical(decide(needs, SNAPSHOT, FEW, known), decide(needs, SNAPSHOT, FEW)), name


@LAWS
@given(ANY)
def test_whatever_is_asked_no_number_is_missing_or_below_nothing(needs: ProjectNeeds) -> None:
    found = decide(needs, SNAPSHOT, FEW)
    for outcome in found.all_outcomes.values():
        assert outcome.finish.min() > 0
        assert sum(np.broadcast_to(paid.usd, FEW) for paid in outcome.course.spendings) == pytest.approx(outcome.total)
        assert all(np.all(paid.usd >= 0) for paid in outcome.course.spendings)
        assert np.all(outcome.budgeted <= outcome.total * (1 + 1e-12))
        assert np.all((outcome.values >= 0) & (outcome.values <= 1))
        assert np.all((outcome.scores >= 0) & (outcome.scores <= outcome.unreduced_scores))
        assert all(np.all((rating >= 0) & (rating <= 100)) for rating in outcome.ratings.values())
        last = outcome.course.cumulative(np.array([(needs.upkeep_months + 1_000) * WEEKS_A_MONTH]))
        assert last[0] == pytest.approx(outcome.total)
