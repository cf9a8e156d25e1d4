from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import ProjectNeeds
from hiring.model import fit, plans
from hiring.model.decision import CLEAR, LEANING, LIKELY, Decision, decide, verdict
from hiring.model.evidence import Snapshot
from hiring.model.plans import Plan, best_staged
from hiring.model.quantiles import quantiles
from tests.factories import LINES, NEEDS, OPTIONS, ROUND, SCHEDULES, SNAPSHOT, TOTALS, with_ranges
from tests.strategies import LAWS, NEWEST, plausible_projects, projects

# The round project of test_simulation.py: two developers for 6 months, half a developer up to month 24, which is
# week 104. A month is 4 1/3 weeks. With one month to build, the work is 2 x 4 1/3 x 40 x 0.9 = 312 hours, 390 with
# the overrun; freelancers start in week 1.5 and take 390 / 72 + 1 = 6 5/12 weeks, up to week 7 11/12.
SHORT = replace(NEEDS, build_months=1)
RELEASE = 7 + 11 / 12


def plan(builder: str, keeper: str, needs: ProjectNeeds = NEEDS, evidence: Snapshot = ROUND) -> Plan:
    return plans.plans(decide(needs, evidence, n=40))[builder, keeper]


def handover(builder: str, keeper: str, needs: ProjectNeeds = NEEDS) -> tuple[float, ...]:
    """Search, start, until when the builder stays, weeks that the keeper is paid."""
    over = plan(builder, keeper, needs).handover
    assert over is not None
    return tuple(float(np.broadcast_to(weeks, (40,))[0]) for weeks in over)


def lines(of: Plan) -> dict[str, float]:
    return {name: float(np.broadcast_to(line, (40,))[0]) for name, line in of.lines._asdict().items()}


# The nine plans

def test_there_are_nine_plans_in_the_order_of_the_decision_and_three_are_the_options_themselves() -> None:
    found = decide(ProjectNeeds(), SNAPSHOT)
    every = plans.plans(found)
    assert list(every) == list(product(found.outcomes, repeat=2))
    for place, (option, outcome) in enumerate(found.outcomes.items()):
        same = every[option, option]
        assert same.handover is None
        assert same.total is outcome.total
        assert same.lines is outcome.lines
        assert np.array_equal(same.scores, found.scores[:, place])
        assert same.expected_score == pytest.approx(found.expected_scores[option])
        assert (same.within_budget_share, same.on_time_share, same.is_ruled_out, same.cost_quantiles) == (
            outcome.within_budget_share, outcome.on_time_share, outcome.is_ruled_out, outcome.cost_quantiles)
    assert sum(it.handover is not None for it in every.values()) == 6


@settings(LAWS, max_examples=40)
@given(st.one_of(projects(), plausible_projects()))
def test_the_lines_of_every_plan_sum_to_its_total_and_its_shares_count_the_futures(needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST, n=200)
    for it in plans.plans(found).values():
        assert np.allclose(sum(np.broadcast_to(line, (200,)) for line in it.lines), it.total)
        assert all(np.min(line) >= -1e-9 * it.total.max() for line in it.lines)
        assert 0 <= it.scores.min() <= it.scores.max() <= 1 + 1e-12
        assert it.on_time_share == it.builder.on_time_share
        assert it.cost_quantiles == quantiles(it.total)
        if needs.budget_usd is None:
            assert it.within_budget_share is None
        else:
            assert it.within_budget_share == np.count_nonzero(it.total <= needs.budget_usd) / 200


@settings(LAWS, max_examples=30)
@given(plausible_projects())
def test_a_plan_scores_its_own_cost_and_ratings_and_the_speed_of_its_builder(needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST, n=100)
    ids = [criterion.id for criterion in NEWEST.criteria]
    for it in plans.plans(found).values():
        if it.handover is None:
            continue
        ratings = plans.ratings(found, it.builder, it.keeper, it.handover)
        values = {criterion: np.minimum(1, ratings[criterion] / 100 / level) if level else np.ones(100)
                  for criterion, level in found.need_levels.items()}
        values["cost"] = 1 / (1 + (it.total / found.budget_usd) ** 3)
        values["speed"] = it.builder.values[:, ids.index("speed")]
        by_hand = sum(found.drawn_weights[:, place] * values[criterion] for place, criterion in enumerate(ids))
        assert it.scores == pytest.approx(by_hand)


# Handover

def test_a_keeper_is_sought_in_time_for_the_release_and_the_builder_stays_two_weeks_beyond() -> None:
    # freelancers release in week 35; people to hire are sought 10 weeks before and stay 104 - 35 = 69 weeks, of which
    # they are paid half of their 11 weeks of ramp-up on top
    assert handover("freelance", "in_house") == pytest.approx((25, 35, 37, 69 + 5.5))
    # people hired release in week 48; an agency is sought 3 weeks before and ramps up in 2
    assert handover("in_house", "agency") == pytest.approx((45, 48, 50, 56 + 1))


def test_a_keeper_whose_lead_is_longer_than_the_build_starts_late_and_the_builder_keeps_until_then() -> None:
    # sought today, in-house starts in week 10 and the builder stays to week 12; 104 - 10 = 94 weeks are left
    assert handover("freelance", "in_house", SHORT) == pytest.approx((0, 10, 12, 94 + 5.5))
    it = lines(plan("freelance", "in_house", SHORT))
    # half a freelancer keeps for 12 - 7 11/12 = 4 1/12 weeks at 4,200, half a hire is paid for 99.5 weeks at 2,500
    assert it["upkeep_labor"] == pytest.approx(0.5 * (4 + 1 / 12) * 4_200 + 0.5 * 99.5 * 2_500)
    # speed and dates are the builder's
    assert plan("freelance", "in_house", SHORT).builder.schedule.finish == pytest.approx(RELEASE)


def test_a_keeper_who_could_start_only_after_the_horizon_is_not_engaged() -> None:
    # two months end in week 8 2/3, after the release and before a hire could start in week 10
    needs = replace(SHORT, horizon_months=2)
    assert handover("freelance", "in_house", needs) == pytest.approx((0, 10, 8 + 2 / 3, 0))
    assert lines(plan("freelance", "in_house", needs)) == pytest.approx(lines(plan("freelance", "freelance", needs)))


@pytest.mark.parametrize("keeper", ["in_house", "agency"])
def test_a_keeper_without_work_costs_nothing_not_even_an_agencys_smallest_engagement(keeper: str) -> None:
    # one month ends in week 4 1/3, before the release in week 7 11/12
    needs = replace(SHORT, horizon_months=1)
    start = {"in_house": 10, "agency": RELEASE}[keeper]
    assert handover("freelance", keeper, needs)[1:] == pytest.approx((start, RELEASE, 0))
    assert lines(plan("freelance", keeper, needs)) == pytest.approx(lines(plan("freelance", "freelance", needs)))
    assert SNAPSHOT.central("minimum_usd.agency") > 0


def test_a_keeper_with_a_little_work_pays_half_of_the_ramp_up_at_most_twice_and_is_topped_up() -> None:
    # up to week 8 2/3 an agency keeps for 0.75 weeks; half of its ramp-up is 1 week, of which 0.75 are paid on top
    needs = replace(SHORT, horizon_months=2)
    assert handover("freelance", "agency", needs) == pytest.approx((RELEASE - 3, RELEASE, 8 + 2 / 3, 1.5))
    staged, alone = lines(plan("freelance", "agency", needs)), lines(plan("freelance", "freelance", needs))
    # 0.5 x 0.9 / 0.75 = 0.6 heads x 1.5 weeks x 6,000 = 5,400; its smallest engagement of 25,000 lacks 19,600
    assert staged["upkeep_labor"] - alone["upkeep_labor"] == pytest.approx(5_400)
    assert staged["build_labor"] - alone["build_labor"] == pytest.approx(19_600)


# Costs and ratings worked by hand

STAGED = {
    # Freelancers: 2 x 33.5 weeks of building at 4,200; 0.5 x 2 weeks of handover; 68 paid weeks.
    # Hires: 0.5 x 74.5 = 37.25 paid weeks at 2,500.
    ("freelance", "in_house"): (
        281_400,
        4_200 + 93_125,
        68 * 40 * 0.2 * 100 + 37.25 * 40 * 0.1 * 100,  # 54,400 + 14,900
        2_000 + 10_000,  # two freelancers, and one hire for half a post
        3_536 + 37.25 / 52 * 0.2 * 23_750,  # 68 / 52 x 0.52 x 5,200; a hire who leaves costs 10,000 + 5.5 x 2,500
        0),
    # Hires: 2 x 38 weeks at 2,500; 0.5 x 2 weeks of handover; 77 paid weeks. They are owed 4 weeks each, of which
    # the half that stays 2 weeks is spared 1: 7 weeks. Agency: 0.6 x 57 = 34.2 paid weeks at 6,000, and no exit pay.
    ("in_house", "agency"): (
        190_000,
        2_500 + 205_200,
        77 * 40 * 0.1 * 100 + 34.2 * 40 * 0.05 * 100,  # 30,800 + 6,840
        20_000 + 1_500,
        77 / 52 * 0.2 * 23_750 + 513,  # 34.2 / 52 x 0.104 x (1,500 + 1 x 6,000)
        17_500),
}
STAGED_TOTALS = {("freelance", "in_house"): 466_964, ("in_house", "agency"): 481_887}


@pytest.mark.parametrize("pair", STAGED)
def test_each_cost_line_of_a_staged_plan_is_as_worked_by_hand(pair: tuple[str, str]) -> None:
    it = plan(*pair)
    assert tuple(lines(it).values()) == pytest.approx(STAGED[pair])
    assert it.cost_quantiles == pytest.approx([STAGED_TOTALS[pair]] * 3, abs=0.5)


def test_where_more_keep_than_build_each_part_finds_its_own_people_and_no_more_builders_stay_than_built() -> None:
    # four keep what two have built: two freelancers stay 2 weeks at 4,200, four hires are paid 74.5 weeks at 2,500
    it = lines(plan("freelance", "in_house", replace(NEEDS, upkeep_developers=4)))
    assert it["upkeep_labor"] == pytest.approx(2 * 2 * 4_200 + 4 * 74.5 * 2_500)
    assert it["sourcing"] == pytest.approx(2 * 1_000 + 4 * 10_000)


@pytest.mark.parametrize("option", OPTIONS)
def test_who_builds_and_keeps_costs_what_the_option_costs(option: str) -> None:
    assert tuple(lines(plan(option, option)).values()) == pytest.approx(LINES[option])
    assert plan(option, option).total == pytest.approx(np.full(40, TOTALS[option]))


def mixed(builder: str, keeper: str) -> dict[str, float]:
    found = decide(NEEDS, ROUND, n=40)
    it = plans.plans(found)[builder, keeper]
    assert it.handover is not None
    ratings = plans.ratings(found, it.builder, it.keeper, it.handover)
    assert list(ratings) == list(fit.LEVELS)
    return {criterion: float(np.broadcast_to(rating, (40,))[0]) for criterion, rating in ratings.items()}


def test_the_ratings_of_a_staged_plan_are_as_worked_by_hand() -> None:
    # freelancers build for 33.5 weeks, hires keep for 74.5: of 108 weeks
    assert mixed("freelance", "in_house") == pytest.approx({
        "flexibility": (33.5 * 85 + 74.5 * 35) / 108, "collaboration": (33.5 * 45 + 74.5 * 85) / 108,
        "autonomy": (33.5 * 40 + 74.5 * 55) / 108,
        "continuity": 76,  # 0.15 x 25 + 0.85 x 85
        "capability": 45,  # 0.6 x 35 + 0.4 x 60
        "security": 35})  # the lower of 35 and 80


def test_security_takes_the_lower_whoever_builds() -> None:
    # 35 points for freelancers, 60 for an agency and 80 for hires
    for builder, keeper in product(OPTIONS, repeat=2):
        if builder != keeper:
            lower = 35 if "freelance" in (builder, keeper) else 60
            assert mixed(builder, keeper)["security"] == lower


@pytest.mark.parametrize("nothing", [{"horizon_months": 1}, {"upkeep_developers": 0}])
def test_where_there_is_nothing_to_keep_a_plan_is_rated_and_scored_as_its_builder(nothing: dict[str, float]) -> None:
    # the horizon ends before the release, or no upkeep is planned: no keeper is engaged and none changes a rating
    found = decide(replace(SHORT, **nothing), ROUND, n=40)
    every = plans.plans(found)
    for builder, keeper in product(OPTIONS, repeat=2):
        it = every[builder, keeper]
        if it.handover is not None:
            ratings = plans.ratings(found, it.builder, it.keeper, it.handover)
            assert {name: float(np.max(rating)) for name, rating in ratings.items()} == it.builder.ratings
        assert it.total == pytest.approx(every[builder, builder].total)
        assert it.scores == pytest.approx(every[builder, builder].scores)


# Rules

def ruled_out(evidence: Snapshot = ROUND, **changed: object) -> set[tuple[str, str]]:
    found = plans.plans(decide(replace(NEEDS, **{"budget_usd": None, "deadline_months": None, **changed}), evidence,
                               n=40))
    return {pair for pair, it in found.items() if it.is_ruled_out}


def test_a_builder_who_starts_too_late_is_ruled_out_and_a_keeper_is_not() -> None:
    assert ruled_out(start_within_weeks=SCHEDULES["in_house"][0]) == set()
    assert ruled_out(start_within_weeks=9.99) == {("in_house", keeper) for keeper in OPTIONS}


def test_a_builder_who_is_hardly_ever_on_time_is_ruled_out_and_a_keeper_is_not() -> None:
    # releases in weeks 35, 43 and 48: ten months end in week 43 1/3
    assert ruled_out(deadline_months=10) == {("in_house", keeper) for keeper in OPTIONS}


def test_work_too_little_for_a_hire_rules_out_that_hires_build() -> None:
    assert ruled_out(developers=0.49, upkeep_developers=0) == {("in_house", keeper) for keeper in OPTIONS}
    assert ruled_out(developers=0.5, upkeep_developers=0) == set()


def test_a_plan_over_the_budget_is_ruled_out_by_what_it_costs_as_a_whole() -> None:
    pair = ("freelance", "in_house")  # 466,963.64, though freelancers alone would cost 514,778
    assert pair not in ruled_out(budget_usd=466_964)
    assert ("freelance", "freelance") in ruled_out(budget_usd=466_964)
    assert pair in ruled_out(budget_usd=466_963)


@pytest.mark.parametrize(("budget", "applies"), [(25_000, False), (24_999, True)])
def test_a_budget_below_an_agencys_minimum_rules_the_agency_out_as_a_keeper_too(budget: float, applies: bool) -> None:
    # a tenth of a developer for a week costs far less, and the horizon ends before there is anything to keep
    tiny = {"developers": 0.1, "build_months": 0.25, "horizon_months": 1, "budget_usd": budget,
            "upkeep_developers": 0.1}
    tiny_plan = plan("freelance", "agency", replace(NEEDS, deadline_months=None, **tiny),
                     with_ranges(ROUND, {"lead_weeks.freelance": (5, 5, 5)}))
    assert tiny_plan.within_budget_share == 1
    assert tiny_plan.is_ruled_out is applies


@settings(LAWS, max_examples=40)
@given(plausible_projects())
def test_a_plan_is_ruled_out_where_its_builders_dates_its_cost_or_an_agencys_minimum_rule_it_out(
        needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST, n=200)
    for (builder, keeper), it in plans.plans(found).items():
        if it.handover is None:
            continue
        over = it.within_budget_share is not None and it.within_budget_share < 0.05
        below = needs.budget_usd is not None and needs.budget_usd < 25_000 and "agency" in (builder, keeper)
        late = bool(found.outcomes[builder].fixed_by - {"money"})
        assert it.is_ruled_out == (over or below or late)


# The best staged plan

def best(needs: ProjectNeeds, evidence: Snapshot = SNAPSHOT, n: int = 400) -> plans.Offer | None:
    found = decide(needs, evidence, n)
    return best_staged(found, plans.plans(found))


def direct_shares(found: Decision, it: Plan) -> list[float]:
    """Of the plan and of each option left, the share of futures in which it scores highest; futures in which several
    do count for each in equal parts."""
    wins = np.zeros(1 + len(found.left))
    for future in range(len(found.scores)):
        scores = [it.scores[future], *(found.scores[future, list(found.outcomes).index(name)] for name in found.left)]
        first = [place for place, score in enumerate(scores) if score == max(scores)]
        wins[first] += 1 / len(first)
    return (wins / len(found.scores)).tolist()


@pytest.mark.parametrize("weeks", [0.5, 2, 4])
def test_a_start_within_four_weeks_is_best_built_by_freelancers_and_kept_by_hires(weeks: float) -> None:
    offer = best(ProjectNeeds(start_within_weeks=weeks), n=4_000)
    assert offer is not None
    assert (offer.plan.builder.option.id, offer.plan.keeper.option.id) == ("freelance", "in_house")
    assert offer.verdict in (LIKELY, CLEAR)


@pytest.mark.parametrize("answers", [
    {"upkeep_developers": 0},  # nobody is needed
    {"horizon_months": 6},  # half a year of building ends after it
    {"horizon_months": 7},  # and so does a month more of it
])
def test_nothing_is_offered_where_nothing_is_left_to_keep(answers: dict[str, float]) -> None:
    needs = ProjectNeeds(start_within_weeks=4)
    assert best(needs) is not None
    assert best(replace(needs, **answers)) is None


def test_something_must_be_left_to_keep_in_half_of_the_futures() -> None:
    needs = ProjectNeeds(start_within_weeks=4, budget_usd=None, deadline_months=None, strategic_value="core")
    release = decide(needs, SNAPSHOT, n=400).outcomes["freelance"].finish_quantiles[1]
    assert best(replace(needs, horizon_months=release + 2)) is not None
    assert best(replace(needs, horizon_months=release - 0.01)) is None


def test_a_keeper_who_is_hardly_ever_engaged_is_not_offered() -> None:
    # freelancers mostly release by month 20, an agency in 1 of 6 futures: a plan that it builds has nothing to keep
    needs = ProjectNeeds(developers=1, build_months=17, start_within_weeks=18, deadline_months=None,
                         upkeep_developers=0.1, horizon_months=20, budget_usd=None, wage_basis="oews", location="de",
                         talent_region="asia", disciplines="many", data_sensitivity="personal",
                         integration="standalone", strategic_value="core")
    offer = best(needs)
    assert offer is None or engaged(offer.plan) >= 0.5
    assert 0 < engaged(plans.plans(decide(needs, SNAPSHOT, n=400))["agency", "in_house"]) < 0.5


def engaged(it: Plan) -> float:
    """The share of futures in which the keeper is paid at all."""
    assert it.handover is not None
    return float(np.mean(it.handover.paid_weeks > 0))


def test_a_lead_of_a_close_call_is_not_offered_and_one_a_future_larger_is() -> None:
    found = decide(ProjectNeeds(), SNAPSHOT)
    offer = best_staged(found, plans.plans(found))
    assert offer is not None
    first, *others = direct_shares(found, offer.plan)
    lead = first - max(others)
    assert 0.01 < lead < 0.5
    for bound, offered in ((lead, False), (lead - 1 / 4_000, True)):
        evidence = with_ranges(SNAPSHOT, {"close_call_share": (bound,) * 3})
        assert (best(ProjectNeeds(), evidence, n=4_000) is not None) is offered


def test_where_no_option_is_left_a_staged_plan_that_no_rule_rules_out_is_offered() -> None:
    # hires cannot start in four weeks and freelancers cannot keep for five years within the budget; together they can
    needs = ProjectNeeds(developers=1, upkeep_developers=1, horizon_months=60, budget_usd=840_000,
                         start_within_weeks=4, deadline_months=None)
    found = decide(needs, SNAPSHOT, n=400)
    assert found.left == ()
    every = plans.plans(found)
    offer = best_staged(found, every)
    assert offer is not None
    assert (offer.first_share, offer.verdict) == (1, CLEAR)
    possible = [it for it in every.values() if it.handover is not None and not it.is_ruled_out]
    assert offer.plan in possible
    assert offer.plan.expected_score == max(it.expected_score for it in possible)


def test_of_two_plans_that_are_first_as_often_the_one_with_the_higher_score_is_offered() -> None:
    # No option fits, so each plan that does is first in all futures.
    needs = ProjectNeeds(developers=0.5, build_months=2, upkeep_developers=2, horizon_months=36, budget_usd=900_000,
                         start_within_weeks=2)
    found = decide(needs, SNAPSHOT, 400)
    fit_ = [it for it in plans.plans(found).values() if it.handover is not None and not it.is_ruled_out]
    assert (found.left, len(fit_)) == ((), 2)
    offer = best_staged(found, plans.plans(found))
    assert offer is not None
    assert offer.plan.expected_score == max(it.expected_score for it in fit_) > min(it.expected_score for it in fit_)


@settings(LAWS, max_examples=80)
@given(plausible_projects(build_months=st.integers(1, 12), horizon_months=st.integers(36, 60)))
def test_what_is_offered_most_often_beats_every_option_left_and_by_more_than_a_close_call(
        needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST, n=100)
    every = plans.plans(found)
    offer = best_staged(found, every)
    staged = {pair: direct_shares(found, it) for pair, it in every.items() if it.handover and not it.is_ruled_out}
    if offer is None:
        for first, *others in staged.values():
            best_first = max(shares[0] for shares in staged.values())
            is_close = first - max(others, default=0) <= 0.1 + 1e-9
            assert needs.upkeep_developers == 0 or first < best_first or is_close
        return
    assert needs.upkeep_developers > 0
    first, *others = staged[offer.plan.builder.option.id, offer.plan.keeper.option.id]
    assert offer.first_share == pytest.approx(first)
    assert all(shares[0] <= first + 1e-9 for shares in staged.values())
    assert first - max(others, default=0) > 0.1
    assert offer.verdict == verdict([first, *sorted(others, reverse=True)], NEWEST)
    assert offer.verdict in (LEANING, LIKELY, CLEAR)
