from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

import hiring
from hiring import MODEL_VERSION, Decision, ProjectNeeds
from hiring.model.acceptability import rank_acceptability
from hiring.model.decision import VERDICTS, decide, verdict
from hiring.model.rules import RULE_OUT
from hiring.model.schedule import WEEKS_A_MONTH
from tests.factories import DAY, OPTIONS, SNAPSHOT, Recording, keep_options, with_ranges

# One project for each verdict. The half developer who stays pulls toward hiring; without upkeep freelancers win.
PROJECTS = {
    "none_fits": ProjectNeeds(budget_usd=20_000),
    "close_call": ProjectNeeds(budget_usd=None, horizon_months=18),
    "leaning": ProjectNeeds(budget_usd=450_000, horizon_months=18),
    "likely": ProjectNeeds(budget_usd=None, upkeep_developers=0, horizon_months=18),
    "clear": ProjectNeeds(developers=1, build_months=2, upkeep_developers=0, horizon_months=3, scope_clarity="fixed"),
}


def decided(**answers: object) -> Decision:
    return decide(ProjectNeeds(**answers), SNAPSHOT)


@pytest.mark.parametrize(("shares", "expected"), [
    ([], "none_fits"),
    ([1.0], "clear"),  # a single option left
    ([0.5, 0.5], "close_call"),
    ([0.55, 0.45], "close_call"), ([0.55025, 0.44975], "leaning"),  # within 10 points, and one future further apart
    ([0.4, 0.3, 0.3], "close_call"), ([0.40025, 0.3, 0.29975], "leaning"),
    ([0.74975, 0.25025], "leaning"), ([0.75, 0.25], "likely"),
    ([0.89975, 0.10025], "likely"), ([0.9, 0.1], "clear"),
    ([1.0, 0.0], "clear"),
])
def test_the_verdict_follows_the_shares_at_each_bound_and_one_future_past_it(shares: list[float],
                                                                             expected: str) -> None:
    assert verdict(shares, SNAPSHOT) == expected


def test_the_bounds_of_the_verdict_come_from_the_evidence() -> None:
    changed = with_ranges(SNAPSHOT, {"close_call_share": (0.4,) * 3, "leaning_share": (0.8,) * 3,
                                     "likely_share": (0.99,) * 3})
    assert [verdict([share, 1 - share], changed) for share in (0.69, 0.71, 0.8, 0.98, 0.99)] == [
        "close_call", "leaning", "likely", "likely", "clear"]


@pytest.mark.parametrize("expected", VERDICTS)
def test_each_verdict_is_reached_by_a_project(expected: str) -> None:
    assert decide(PROJECTS[expected], SNAPSHOT).verdict == expected


@pytest.mark.parametrize("name", VERDICTS)
def test_options_are_in_rank_order_with_those_ruled_out_last(name: str) -> None:
    found = decide(PROJECTS[name], SNAPSHOT)
    assert sorted(found.outcomes) == sorted(OPTIONS)
    keys = [(outcome.is_ruled_out, -found.first_shares[option]) for option, outcome in found.outcomes.items()]
    assert keys == sorted(keys)
    assert (found.first, found.second) == tuple(found.outcomes)[:2]
    assert found.left == tuple(option for option, outcome in found.outcomes.items() if not outcome.is_ruled_out)
    assert list(found.first_shares) == list(found.expected_scores) == list(found.outcomes)


def test_an_option_that_is_ruled_out_wins_no_future_yet_is_shown_with_its_costs() -> None:
    found = decided(start_within_weeks=4, budget_usd=None)  # in-house takes at least seven weeks
    assert found.outcomes["in_house"].is_ruled_out
    assert list(found.outcomes)[-1] == "in_house"
    assert found.first_shares["in_house"] == 0
    assert sum(found.first_shares.values()) == pytest.approx(1)
    assert found.outcomes["in_house"].cost_quantiles[1] > 100_000
    # the rank table has every option in, so there it does win some
    assert rank_acceptability(found.scores)[-1, 0] > 0


def test_an_option_that_is_ruled_out_comes_last_even_if_it_scores_higher() -> None:
    found = decided(developers=6, build_months=3, start_within_weeks=4, upkeep_developers=6, horizon_months=12,
                    budget_usd=30_000_000, deadline_months=36, scale="massive", disciplines="many",
                    data_sensitivity="regulated", technical_lead=False, scope_clarity="fixed",
                    integration="standalone", strategic_value="supporting")
    assert found.first_shares == {"agency": 1, "freelance": 0, "in_house": 0}
    assert found.outcomes["in_house"].is_ruled_out
    assert found.expected_scores["in_house"] > found.expected_scores["freelance"]
    assert list(found.outcomes) == ["agency", "freelance", "in_house"]


def test_of_two_options_that_are_ruled_out_the_one_with_the_higher_score_comes_first() -> None:
    found = decided(developers=1, build_months=2, horizon_months=24, budget_usd=200_000, start_within_weeks=1)
    assert found.left == ("freelance",)
    assert found.expected_scores["in_house"] > found.expected_scores["agency"]
    assert list(found.outcomes) == ["freelance", "in_house", "agency"]


def test_where_nothing_fits_the_options_are_compared_all_the_same() -> None:
    found = decided(budget_usd=20_000)
    assert (found.verdict, found.left) == ("none_fits", ())
    assert sum(found.first_shares.values()) == pytest.approx(1)
    assert min(found.first_shares.values()) > 0


@pytest.mark.parametrize(("weeks", "compared"), [
    (0.2, {"freelance"}),  # half a week, one week and seven weeks are all too late: freelance is least late
    (0.5, {"freelance"}), (0.99, {"freelance"}),
    (1, {"freelance", "agency"}), (6.99, {"freelance", "agency"}),
    (7, {"freelance", "agency", "in_house"}),
])
def test_where_nothing_fits_only_the_least_late_to_start_are_compared(weeks: float, compared: set[str]) -> None:
    found = decided(budget_usd=2_000, start_within_weeks=weeks)
    assert found.verdict == "none_fits"
    assert {option for option, share in found.first_shares.items() if share > 0} == compared


def test_where_nothing_fits_work_that_is_too_little_for_a_hire_is_compared_without_one() -> None:
    found = decided(developers=0.44, build_months=5.8, upkeep_developers=0, horizon_months=32, start_within_weeks=39,
                    deadline_months=1, budget_usd=12_000_000, data_sensitivity="regulated", scope_clarity="fixed",
                    integration="embedded", strategic_value="supporting")
    assert (found.verdict, list(found.outcomes)[-1]) == ("none_fits", "in_house")
    assert max(found.expected_scores, key=found.expected_scores.get) == "in_house"
    assert found.first_shares["in_house"] == 0
    # neither more money nor more time would make it a post
    assert {remedy.option for remedy in found.remedies()} == {"freelance", "agency"}


def limits(found: Decision) -> dict[str, tuple[bool, bool, bool]]:
    """For each option that is ruled out: does its remedy name a budget, a deadline, a start?"""
    return {remedy.option: (remedy.budget_usd is not None, remedy.deadline_months is not None,
                            remedy.start_within_weeks is not None) for remedy in found.remedies()}


@pytest.mark.parametrize(("answers", "expected"), [
    ({}, {"agency": (True, False, False)}),  # of the defaults, 600,000 stops the agency alone
    ({"budget_usd": None, "deadline_months": None}, {}),
    ({"budget_usd": 20_000}, dict.fromkeys(OPTIONS, (True, False, False))),
    ({"budget_usd": None, "deadline_months": 1}, dict.fromkeys(OPTIONS, (False, True, False))),
    ({"budget_usd": None, "start_within_weeks": 2}, {"in_house": (False, False, True)}),
    ({"budget_usd": 2_000, "deadline_months": 1, "start_within_weeks": 0}, dict.fromkeys(OPTIONS, (True, True, True))),
])
def test_a_remedy_names_only_the_limits_that_bind(answers: dict[str, object],
                                                  expected: dict[str, tuple[bool, bool, bool]]) -> None:
    assert limits(decided(**answers)) == expected


@pytest.mark.parametrize("answers", [
    {}, {"budget_usd": 20_000, "start_within_weeks": 0.2}, {"budget_usd": 2_000, "deadline_months": 1},
    {"developers": 0.5, "build_months": 0.5, "horizon_months": 1, "upkeep_developers": 0, "budget_usd": 6_000}])
def test_an_option_has_an_even_chance_once_its_remedy_is_granted(answers: dict[str, object]) -> None:
    found = decided(**answers)
    assert found.remedies()
    for remedy in found.remedies():
        granted = {name: limit for name in ("budget_usd", "deadline_months", "start_within_weeks")
                   if (limit := getattr(remedy, name)) is not None}
        again = decide(replace(found.needs, **granted), SNAPSHOT).outcomes[remedy.option]
        assert not again.is_ruled_out
        if remedy.budget_usd:
            assert again.within_budget_share == pytest.approx(0.5, abs=1 / 4_000) or remedy.budget_usd == 25_000
        if remedy.deadline_months:
            assert again.on_time_share == pytest.approx(0.5, abs=1 / 4_000)


def test_the_nearest_remedy_comes_first() -> None:
    found = decided(budget_usd=20_000)
    budgets = [remedy.budget_usd for remedy in found.remedies()]
    assert budgets == sorted(budgets)
    # a single limit is nearer than two
    assert [remedy.limits for remedy in decided(budget_usd=2_000, start_within_weeks=0.75).remedies()] == [1, 2, 2]


def test_the_score_is_the_sum_of_weight_times_value() -> None:
    found = decided()
    for column, (option, outcome) in enumerate(found.outcomes.items()):
        by_hand = sum(found.drawn_weights[:, k] * outcome.values[:, k] for k in range(8))
        assert found.scores[:, column] == pytest.approx(by_hand)
        assert found.expected_scores[option] == pytest.approx(by_hand.mean())
        assert sum(found.contributions[option].values()) == pytest.approx(found.expected_scores[option])


def test_the_first_share_counts_the_futures_in_which_an_option_scores_highest() -> None:
    found = decided(budget_usd=None)
    assert len(found.left) == 3
    best = [tuple(found.outcomes)[k] for k in found.scores.argmax(axis=1)]
    assert found.first_shares == {option: best.count(option) / 4_000 for option in found.outcomes}


def test_an_option_without_a_rival_is_the_clear_choice() -> None:
    found = decide(PROJECTS["clear"], keep_options(SNAPSHOT, lambda option: option.id == "freelance"))
    assert (found.verdict, found.second, found.first_shares) == ("clear", None, {"freelance": 1.0})


def test_the_limits_that_were_assumed_are_reported() -> None:
    found = decided(budget_usd=None, deadline_months=None, start_within_weeks=13)
    assert found.budget_usd == pytest.approx(386_718.75)  # as worked by hand in test_fit.py
    assert found.deadline_months == pytest.approx(11.1)
    assert (found.needs.budget_usd, found.needs.deadline_months) == (None, None)


def test_the_cost_so_far_reaches_the_total_at_the_end_of_the_horizon() -> None:
    found = decided()
    last = max(36, max(outcome.schedule.finish.max() for outcome in found.outcomes.values()) / WEEKS_A_MONTH)
    for option, cost in found.cumulative(np.array([-0.01, last + 0.01])).items():
        assert cost[0].max() == 0  # nothing is due before today
        assert cost[1] == pytest.approx(found.outcomes[option].total)


def test_a_path_of_cost_ends_with_the_horizon_or_with_the_last_late_release_after_it() -> None:
    assert decide(ProjectNeeds(build_months=3, horizon_months=60), SNAPSHOT).last_month == 60
    late = decide(ProjectNeeds(build_months=12, horizon_months=6), SNAPSHOT)
    finishes = [np.quantile(outcome.schedule.finish, 0.9) * 12 / 52 for outcome in late.outcomes.values()]
    assert late.last_month == pytest.approx(max(finishes))
    assert late.last_month > 12


@pytest.mark.parametrize("needs", PROJECTS.values(), ids=PROJECTS)
def test_the_summary_repeats_the_decision(needs: ProjectNeeds) -> None:
    found = decide(needs, SNAPSHOT)
    table = found.summary("https://example.org/?v=1")
    assert table["option"].tolist() == list(found.outcomes)
    assert table["rank"].tolist() == [1, 2, 3]
    assert set(table["verdict"]) == {found.verdict}
    assert dict(zip(table["option"], table["first_share"], strict=True)) == found.first_shares
    assert set(table["as_of"]) == {"2026-11-22"}
    assert set(table["model_version"]) == {MODEL_VERSION}
    assert set(table["link"]) == {"https://example.org/?v=1"}
    ruled_out = [any(finding.rule.effect == RULE_OUT for finding in outcome.findings)
                 for outcome in found.outcomes.values()]
    assert ruled_out == sorted(ruled_out)


@pytest.mark.parametrize("answers", [{}, {"wage_basis": "oews", "budget_usd": None, "deadline_months": None},
                                     {"talent_region": "asia", "seniority": "senior", "technical_lead": False}])
def test_every_figure_that_the_decision_reads_is_named_as_used(answers: dict[str, object]) -> None:
    recording = Recording(SNAPSHOT.figures)
    found = decide(ProjectNeeds(**answers), replace(SNAPSHOT, figures=recording))
    found.remedies()
    read = set(recording.read)
    assert read <= {figure.id for figures in found.figures_used().values() for figure in figures}
    assert f"agency.{found.needs.talent_region}.{found.needs.seniority}" in read


def test_the_package_decides_on_the_newest_evidence_unless_given_a_date() -> None:
    newest = hiring.evidence_as_of().as_of
    assert hiring.decide(ProjectNeeds()).as_of == newest
    assert hiring.decide(ProjectNeeds(), DAY).as_of == DAY


def test_a_location_without_wages_and_a_date_before_the_evidence_are_refused() -> None:
    with pytest.raises(ValueError, match="Where you hire: no wages are known for 'zz'"):
        hiring.decide(ProjectNeeds(location="zz"))
    with pytest.raises(ValueError, match="The evidence begins on 2026-11-22"):
        hiring.decide(ProjectNeeds(), date(2026, 11, 21))
