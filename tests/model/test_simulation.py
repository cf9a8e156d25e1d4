from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from hiring import ProjectNeeds
from hiring.model.decision import Decision, decide
from hiring.model.needs import NEEDS as FIELDS
from hiring.model.quantiles import quantiles
from hiring.model.simulation import cumulative, pay_id
from tests.factories import LINES, NEEDS, OPTIONS, ROUND, SCHEDULES, SNAPSHOT, TOTALS, option, with_ranges
from tests.strategies import ANY, MANY

FEW = 60  # futures


def decided(**changed: float) -> Decision:
    """The round project, some of its figures `changed`; their dots are written as two underscores."""
    ranges = {id_.replace("__", "."): (value, value, value) for id_, value in changed.items()}
    return decide(NEEDS, with_ranges(ROUND, ranges), n=40)


@pytest.mark.parametrize("name", OPTIONS)
def test_the_schedule_of_a_round_project_is_as_worked_by_hand(name: str) -> None:
    found = decided().outcomes[name]
    plan = found.schedule
    assert (plan.start, plan.build_weeks, plan.finish, plan.upkeep_weeks, found.paid_heads,
            found.upkeep_heads) == pytest.approx(SCHEDULES[name])


@pytest.mark.parametrize("name", OPTIONS)
def test_each_cost_line_of_a_round_project_is_as_worked_by_hand(name: str) -> None:
    found = decided().outcomes[name]
    assert tuple(found.lines) == pytest.approx(LINES[name])
    assert found.total == pytest.approx(np.full(40, TOTALS[name]))
    assert found.cost_quantiles == pytest.approx([TOTALS[name]] * 3)


def test_the_values_of_a_round_project_are_as_worked_by_hand() -> None:
    ids = [criterion.id for criterion in ROUND.criteria]
    values = {name: dict(zip(ids, outcome.values[0], strict=True)) for name, outcome in decided().outcomes.items()}
    assert values["in_house"]["cost"] == pytest.approx(0.5)  # 346,100, which is the budget
    # finish in week 48 of 52: (12 / 13)^4 = 20736 / 28561; the start in week 10 is in time
    assert values["in_house"]["speed"] == pytest.approx(0.6 / (1 + 20_736 / 28_561) + 0.4)
    # lasting = staying = 18 / 24; the need for continuity is 0.05 + 0.75 x 0.75 + 0.05 = 0.6625
    assert values["in_house"]["continuity"] == 1  # 85 points
    assert values["freelance"]["continuity"] == pytest.approx(0.25 / 0.6625)  # 25 points


def test_the_shares_within_budget_and_on_time_count_the_futures() -> None:
    found = decided().outcomes
    assert {name: outcome.within_budget_share for name, outcome in found.items()} == {
        "in_house": 1, "freelance": 0, "agency": 0}  # 346,100 is just within the budget
    assert all(outcome.on_time_share == 1 for outcome in found.values())  # by week 52
    late = decided(lead_weeks__in_house=14.01).outcomes["in_house"]  # finishes in week 52.01
    assert late.on_time_share == 0


def test_without_a_budget_or_deadline_there_is_no_share_to_count() -> None:
    found = decide(ProjectNeeds(budget_usd=None, deadline_months=None), ROUND, n=40).outcomes["agency"]
    assert (found.within_budget_share, found.on_time_share) == (None, None)


def test_half_of_the_futures_lie_within_the_median() -> None:
    median = decide(ProjectNeeds(budget_usd=None), SNAPSHOT).outcomes["freelance"].cost_quantiles[1]
    found = decide(ProjectNeeds(budget_usd=median), SNAPSHOT).outcomes["freelance"]
    assert found.within_budget_share == pytest.approx(0.5, abs=1 / 4_000)


def test_work_below_an_agencys_smallest_engagement_costs_that_engagement() -> None:
    tiny = ProjectNeeds(developers=0.1, build_months=0.25, upkeep_developers=0)
    lines = decide(tiny, ROUND, n=40).outcomes["agency"].lines
    assert lines.exit == pytest.approx(1_200)  # 2 weeks x 0.1 x 6,000, which count toward the 25,000
    assert lines.build_labor + lines.upkeep_labor + lines.exit == pytest.approx(25_000)


def test_nobody_is_sourced_for_upkeep_that_the_horizon_does_not_reach() -> None:
    # the release comes at week 48 at the earliest, the horizon ends in week 26: 2 heads x 10,000, and not 8
    needs = ProjectNeeds(developers=2, build_months=6, upkeep_developers=8, horizon_months=6)
    assert decide(needs, ROUND, n=40).outcomes["in_house"].lines.sourcing == pytest.approx(20_000)


def test_those_who_keep_the_software_are_sourced_too_where_there_is_upkeep() -> None:
    # 8 who keep it are more than 2 who build it: 8 x 10,000 in-house and 8 x 1,500 for an agency, whose 9.6
    # heads of upkeep are hours spread over the same posts
    found = decide(ProjectNeeds(developers=2, build_months=6, upkeep_developers=8, horizon_months=24), ROUND, n=40)
    assert found.outcomes["in_house"].lines.sourcing == pytest.approx(80_000)
    assert found.outcomes["agency"].lines.sourcing == pytest.approx(12_000)


def test_only_in_house_pay_follows_the_location() -> None:
    here, there = (decide(ProjectNeeds(location=place), ROUND, n=40) for place in ("us", "ca"))
    for name in ("freelance", "agency"):
        assert np.array_equal(there.outcomes[name].total, here.outcomes[name].total)
    ratio = 174_410 / 135_980  # the medians of California and of the nation, May 2025
    build = {place: found.outcomes["in_house"].lines.build_labor for place, found in (("us", here), ("ca", there))}
    assert build["ca"] == pytest.approx(build["us"] * ratio)


@pytest.mark.parametrize(("name", "answers", "row"), [
    ("in_house", {"wage_basis": "oews", "seniority": "senior", "talent_region": "asia"}, "in_house.oews.senior"),
    ("in_house", {}, "in_house.article.mid"),
    ("freelance", {"talent_region": "asia", "seniority": "junior"}, "freelance.asia.junior"),
    ("agency", {"wage_basis": "oews"}, "agency.us.mid")])
def test_pay_is_read_from_the_row_that_the_needs_pick(name: str, answers: dict[str, str], row: str) -> None:
    assert pay_id(option(name), ProjectNeeds(**answers)) == row


def test_the_pay_of_an_option_is_drawn_alike_for_every_seniority() -> None:
    # with the rates alone uncertain, the future that is dearest for juniors is dearest for seniors
    rates = dict.fromkeys(("freelance.us.junior", "freelance.us.senior"), (90, 100, 120))
    junior, senior = (decide(ProjectNeeds(seniority=it), with_ranges(ROUND, rates)).outcomes["freelance"].total
                      for it in ("junior", "senior"))
    assert np.array_equal(junior, senior)


def test_shared_figures_are_shared_draws() -> None:
    # with the overrun alone uncertain, the future that is worst for one option is worst for all
    found = decide(NEEDS, with_ranges(ROUND, {"overrun": (0.9, 1.15, 1.9)})).outcomes.values()
    first, *others = (np.argsort(outcome.schedule.finish, kind="stable") for outcome in found)
    assert all(np.array_equal(first, other) for other in others)


@pytest.mark.parametrize(("week", "usd"), [
    (0, 0), (9.99, 0),
    (10, 20_000),  # sourcing falls due at the start
    (29, 20_000 + 95_000 + 51_100 * 38 / 104),  # half of the build, 38 of 104 paid weeks
    (47.99, 20_000 + 190_000 * 37.99 / 38 + 51_100 * 75.98 / 104),
    (48, 20_000 + 190_000 + 51_100 * 76 / 104 + 15_000),  # exit pay falls due at the finish
    (76, 20_000 + 190_000 + 35_000 + 51_100 * 90 / 104 + 15_000),  # half of the upkeep
    (104, 346_100), (500, 346_100),
])
def test_the_cost_so_far_is_as_worked_by_hand(week: float, usd: float) -> None:
    # in-house; steering and replacement, 41,600 + 9,500, follow the 2 x 38 + 0.5 x 56 = 104 paid weeks
    assert cumulative(decided().outcomes["in_house"], np.array([week])) == pytest.approx(usd)


def test_quantiles_are_the_10th_percentile_the_median_and_the_90th() -> None:
    assert quantiles(np.arange(11.0)) == pytest.approx([1, 5, 9])


def test_the_middle_futures_lines_sum_to_the_median() -> None:
    for outcome in decide(ProjectNeeds(), SNAPSHOT).outcomes.values():
        lines = outcome.middle_future
        assert list(lines) == list(outcome.lines._fields)
        assert sum(lines.values()) == pytest.approx(outcome.cost_quantiles[1])
        assert min(lines.values()) >= 0


def test_the_middle_future_is_the_mean_of_the_futures_from_the_45th_to_the_55th_percentile() -> None:
    # Of 21 futures in order, the 45th percentile is the tenth (0.45 x 20 = 9 before it) and the 55th the twelfth.
    outcome = decide(ProjectNeeds(), SNAPSHOT, 21).outcomes["freelance"]
    middle = np.argsort(outcome.total)[9:12]
    scale = outcome.total[middle[1]] / outcome.total[middle].mean()
    for name, line in outcome.lines._asdict().items():
        assert outcome.middle_future[name] == pytest.approx(np.broadcast_to(line, 21)[middle].mean() * scale), name


def test_the_middle_future_of_a_certain_project_is_its_only_one() -> None:
    assert tuple(decided().outcomes["in_house"].middle_future.values()) == pytest.approx(LINES["in_house"])


def test_the_line_medians_are_those_of_each_line() -> None:
    assert tuple(decided().outcomes["agency"].line_medians.values()) == pytest.approx(LINES["agency"])


def identical(one: Decision, other: Decision) -> bool:
    """Whether two decisions agree to the last bit in everything that is kept from one to the next."""
    return list(one.outcomes) == list(other.outcomes) and all(
        np.array_equal(mine.values, its.values) and np.array_equal(mine.total, its.total)
        and all(np.array_equal(*pair) for pair in zip(mine.lines, its.lines, strict=True))
        and np.array_equal(mine.schedule.finish, its.schedule.finish)
        and np.array_equal(mine.schedule.upkeep_weeks, its.schedule.upkeep_weeks)
        and mine.findings == its.findings
        for mine, its in zip(one.outcomes.values(), other.outcomes.values(), strict=True))


@MANY
@given(ANY, ANY)
def test_what_is_kept_from_a_decision_before_is_what_would_be_worked_out(
        before: ProjectNeeds, after: ProjectNeeds) -> None:
    known = decide(before, SNAPSHOT, FEW)
    for name in FIELDS:
        needs = replace(before, **{name: getattr(after, name)})
        assert identical(decide(needs, SNAPSHOT, FEW, known), decide(needs, SNAPSHOT, FEW)), name


@pytest.mark.parametrize("budget_usd", [None, 400_000.0])
def test_no_figure_can_change_without_what_depends_on_it(budget_usd: float | None) -> None:
    needs = ProjectNeeds(budget_usd=budget_usd)
    known, changed = decide(needs, SNAPSHOT, FEW), 0
    for figure in SNAPSHOT.figures.values():
        other = replace(figure, low=figure.low * 0.9, central=figure.low * 0.9 or 0.1, high=figure.high * 0.9 or 0.1)
        evidence = replace(SNAPSHOT, figures={**SNAPSHOT.figures, figure.id: other})
        afresh = decide(needs, evidence, FEW)
        assert identical(decide(needs, evidence, FEW, known), afresh), figure.id
        changed += not identical(afresh, known)
    assert changed > 50
