from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from hiring import ProjectNeeds
from hiring.model import decision, plans
from hiring.model.course import Course, course
from hiring.model.decision import Decision, best_mix, decide, plan_label
from hiring.model.evidence import Snapshot
from hiring.model.fit import LEVELS
from hiring.model.plans import ALONE, BRIDGE, HANDOVER, TOGETHER, Plan
from hiring.model.simulation import Ceilings, scored
from tests.factories import LIMITED, NEEDS, ROUND, SNAPSHOT, option, with_ranges
from tests.strategies import LAWS, projects


def ids(**answers: object) -> list[str]:
    return [plan.id for plan in plans.mixes(ProjectNeeds(**answers), SNAPSHOT)]


def goes(plan: Plan, needs: ProjectNeeds = NEEDS, evidence: Snapshot = ROUND) -> Course:
    return course(plan, decide(replace(needs, mixes=False), evidence, 40).option_draws, needs)


def made(kind: str, builder: str, keeper: str = "in_house", builders: float = 2, hired: float = 0) -> Plan:
    return Plan(kind, option(builder), option(keeper), builders, hired)


# Which mixes there are

def test_hires_are_a_quarter_half_or_three_quarters_of_a_team_that_builds_together() -> None:
    together = [id_ for id_ in ids(developers=4) if id_.startswith(TOGETHER)]
    assert together == [f"together:{outside}+in_house:{hired}"
                        for outside in ("freelance", "agency") for hired in (1, 2, 3)]


@pytest.mark.parametrize(("answers", "kinds"), [
    ({"developers": 1.5}, {TOGETHER, BRIDGE, HANDOVER}), ({"developers": 1.4}, {BRIDGE, HANDOVER}),
    ({"developers": 0.9}, {HANDOVER}), ({"upkeep_developers": 0}, {TOGETHER}), ({"upkeep_months": 0}, {TOGETHER}),
    ({"upkeep_developers": 0, "build_months": 9}, {TOGETHER, BRIDGE}), ({"mixes": False}, set())])
def test_the_needs_say_which_kinds_of_mixes_are_possible(answers: dict[str, object], kinds: set[str]) -> None:
    assert {id_.split(":")[0] for id_ in ids(**answers)} == kinds


def test_a_small_team_hires_the_smallest_post_once() -> None:
    assert [id_ for id_ in ids(developers=1.5) if "agency+in_house" in id_ and id_.startswith(TOGETHER)] == [
        f"together:agency+in_house:{hired}" for hired in (0.5, 0.75, 1.125)]


@pytest.mark.parametrize(("plan", "label"), [
    (made(HANDOVER, "agency"), "Agency builds, in-house keeps it running"),
    (made(BRIDGE, "freelance"), "Freelance begins, in-house takes over"),
    (made(TOGETHER, "agency", builders=1.5, hired=0.5), "0.5 in-house and 1.5 agency")])
def test_a_mix_has_a_label(plan: Plan, label: str) -> None:
    assert plan_label(plan) == label


# How they go, worked by hand: see ROUND and NEEDS

def test_together_is_as_worked_by_hand() -> None:
    # One agency developer: 30 / 1.02 hours a week, ready in week 4 + 1.02 x 1. One hire: 36 / 1.1, ready in 10 + 5.5.
    losing = with_ranges(ROUND, {"mix_loss_share": (0.1,) * 3})
    plan = goes(made(TOGETHER, "agency", builders=1, hired=1), evidence=losing)
    agency, hired = 30 / 1.02, 36 / 1.1
    finish = 15.5 + (2_340 - agency * (15.5 - 5.02)) / ((agency + hired) * 0.9)
    assert plan.finish == pytest.approx(finish)
    assert plan.start == 4
    paid = {(work.of.option.id, work.is_build): work.weeks for work in plan.works}
    assert paid[("agency", True)] == pytest.approx((finish - 4) / 1.02)
    assert paid[("in_house", True)] == pytest.approx((finish - 10) / 1.1)
    assert paid[("in_house", False)] == pytest.approx(0.5 * 78)
    assert ("agency", False) not in paid


def test_a_bridge_leaves_when_the_hires_are_up_to_speed_and_is_never_faster_than_the_team() -> None:
    # Freelancers build from week 1.5; two hires arrive in week 11 and are up to speed in 21; handover two weeks later.
    plan = goes(made(BRIDGE, "freelance", hired=2), evidence=with_ranges(ROUND, {
        "mix_loss_share": (0,) * 3, "handover_weeks": (2,) * 3}))
    freelance, hired = 72 / 1.01, 72 / 1.1
    done = freelance * (23 - 1.5 - 1.01)  # while both are there the team is as fast as freelancers alone
    assert plan.finish == pytest.approx(23 + (2_340 - done) / hired)
    paid = {(work.of.option.id, work.is_build): work.weeks for work in plan.works}
    assert paid[("freelance", True)] == pytest.approx(2 * (23 - 1.5) / 1.01)


def test_after_a_handover_the_keeper_serves_the_same_months() -> None:
    plan = goes(made(HANDOVER, "freelance"), evidence=with_ranges(ROUND, {"handover_weeks": (2,) * 3}))
    alone = decide(NEEDS, ROUND, 40).outcomes["freelance"]
    assert plan.finish == pytest.approx(alone.finish)
    paid = {(work.of.option.id, work.is_build): work.weeks for work in plan.works}
    assert paid[("in_house", False)] == pytest.approx(0.5 * 78)  # there at the release: searched for in time
    assert paid[("freelance", False)] == pytest.approx(0.5 * 2)  # until the handover is over
    learning = next(each for each in plan.payments if each.line == "upkeep_labor")
    assert learning.usd == pytest.approx(0.5 * 5 * 2_500)


def test_outside_staff_stays_where_the_keeper_comes_after_the_release() -> None:
    short = replace(NEEDS, developers=1, build_months=0.5)
    plan = goes(made(HANDOVER, "freelance", builders=1), short)
    finish = float(plan.finish[0])
    assert finish < 10  # the keeper arrives in week 10
    stays = next(work for work in plan.works if work.of.option.id == "freelance" and not work.is_build)
    assert stays.weeks == pytest.approx(0.5 * (10 + 2 - finish))
    assert plan.upkeep_weeks == pytest.approx(0.5 * (78 - (10 - finish)))


# A mix of one is that one

@pytest.mark.parametrize("needs", [LIMITED, replace(LIMITED, technical_lead=False, talent_region="asia"),
                                   replace(LIMITED, developers=3.5, upkeep_developers=0)])
@pytest.mark.parametrize(("kind", "builders", "hired", "same_as"), [
    (TOGETHER, 1e-9, 1, "in_house"), (TOGETHER, 1, 1e-9, "agency")])
def test_a_mix_without_hires_or_with_hires_alone_equals_the_option(needs: ProjectNeeds, kind: str, builders: float,
                                                                   hired: float, same_as: str) -> None:
    """With next to nobody of the other kind, who costs nothing to find and nothing to wait for."""
    nothing: dict[str, tuple[float, float, float]] = dict.fromkeys((
        "mix_loss_share", "sourcing_usd.agency", "sourcing_usd.in_house", "equipment_usd.in_house",
        "minimum_usd.agency", "exit_weeks.in_house"), (0.0, 0.0, 0.0))
    evidence = with_ranges(SNAPSHOT, nothing | {
        f"smallest_post.{name}": (1e-9,) * 3 for name in ("agency", "in_house")})
    keeper = "in_house" if same_as == "in_house" else "agency"
    needs = replace(needs, upkeep_developers=needs.upkeep_developers if same_as == "in_house" else 0)
    mix = Plan(kind, option("agency"), option("in_house"), builders * needs.developers, hired * needs.developers)
    mixed = goes(mix, needs, evidence)
    alone = goes(Plan(ALONE, option(same_as), option(keeper), needs.developers), needs, evidence)
    assert mixed.finish == pytest.approx(alone.finish, rel=1e-6)
    assert mixed.total == pytest.approx(alone.total, rel=1e-6)
    assert mixed.budgeted == pytest.approx(alone.budgeted, rel=1e-6)
    for criterion in LEVELS:
        if criterion != "security":  # the lower one of all who take part, however few
            assert mixed.ratings[criterion] == pytest.approx(alone.ratings[criterion], abs=1e-4)


def test_continuity_follows_the_keeper_capability_the_builders_and_security_the_lower_one() -> None:
    plan = goes(made(HANDOVER, "freelance"))
    drawn = decide(NEEDS, ROUND, 40).option_draws
    builder, keeper = ({name: float(np.broadcast_to(points, 40)[0]) for name, points in drawn[id_].ratings.items()}
                       for id_ in ("freelance", "in_house"))
    weeks = {work.of.option.id: 0.0 for work in plan.works}
    for work in plan.works:
        weeks[work.of.option.id] += float(np.broadcast_to(work.weeks, 40)[0])
    share = weeks["freelance"] / sum(weeks.values())
    expected = {name: share * builder[name] + (1 - share) * keeper[name] for name in LEVELS}
    expected |= {"continuity": 0.15 * builder["continuity"] + 0.85 * keeper["continuity"],
                 "capability": 0.6 * builder["capability"] + 0.4 * keeper["capability"],
                 "security": min(builder["security"], keeper["security"])}
    assert {name: float(np.broadcast_to(points, 40)[0]) for name, points in plan.ratings.items()} == (
        pytest.approx(expected))


# Which one is offered, and when it leads

def test_the_best_mix_is_ahead_of_each_option_most_often_and_leads_if_it_keeps_the_limits() -> None:
    found: Decision = decide(LIMITED, SNAPSHOT, 400)
    assert found.mix is not None
    every = [found.mix.outcome]
    assert best_mix(every, found.outcomes, SNAPSHOT) == found.mix
    least = min(found.mix.ahead_of.values())
    assert found.mix.leads == (least > 0.55 and found.mix.keep_share >= 0.25)
    for name, bound in (("mix_lead_share", least), ("fits_share", found.mix.keep_share + 0.001)):
        stricter = with_ranges(SNAPSHOT, {"mix_lead_share": (0,) * 3, "fits_share": (0,) * 3, name: (bound,) * 3})
        assert not best_mix(every, found.outcomes, stricter).leads
    assert best_mix([], found.outcomes, SNAPSHOT) is None


@given(projects(mixes=True))
@LAWS
def test_no_mix_that_is_left_out_is_better_and_what_plans_share_is_the_same(needs: ProjectNeeds) -> None:
    found = decide(needs, SNAPSHOT, 100)
    taken = [course(plan, found.option_draws, needs) for plan in plans.mixes(needs, SNAPSHOT)]
    rated = [scored(it, needs, SNAPSHOT, found.reference, found.drawn_weights) for it in taken]
    best = best_mix(rated, found.outcomes, SNAPSHOT)
    assert (best is None) == (found.mix is None)
    if best is not None and found.mix is not None:
        assert (best.ahead_of, best.first_shares) == (found.mix.ahead_of, found.mix.first_shares)
        assert best.outcome.total.tolist() == found.mix.outcome.total.tolist()
    ceilings = Ceilings(found.outcomes, needs, SNAPSHOT, found.reference, found.drawn_weights)
    for outcome in rated:
        assert np.all(ceilings.score(outcome.course, ceilings.known(outcome.course)) >= outcome.scores)


def test_of_mixes_that_are_ahead_as_often_the_one_of_the_highest_score_is_offered(
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decision, "_ahead", lambda mixed, alone: 0.5)
    outcomes = decide(LIMITED, SNAPSHOT, 400).outcomes
    for order in (list(outcomes.values()), list(outcomes.values())[::-1]):
        assert best_mix(order, outcomes, SNAPSHOT).outcome.expected_score == max(it.expected_score for it in order)
