from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from hiring import ProjectNeeds
from hiring.model import plans, rules
from hiring.model.decision import decide
from hiring.model.plans import ALONE, TOGETHER, Plan
from hiring.model.rules import PREDICATES, Case
from tests.factories import OPTIONS, SNAPSHOT, option


@dataclass
class Shares:
    """What a case reads of an outcome."""

    needs: ProjectNeeds
    plan: Plan
    within_budget_share: float | None = None
    on_time_share: float | None = None
    starts_in_time_share: float = 1.0
    upkeep_heads: float = 0.0
    options: tuple = field(default=())


def case(option_id: str = "freelance", *, within: float | None = 1.0, on_time: float | None = 1.0,
         in_time: float = 1.0, upkeep: float = 2, **answers: object) -> Case:
    needs, of = ProjectNeeds(**answers), option(option_id)
    outcome = Shares(needs, Plan(ALONE, of, of, needs.developers), within, on_time, in_time, upkeep)
    return Case(outcome, of, SNAPSHOT)  # type: ignore[arg-type]


@pytest.mark.parametrize(("share", "seldom"), [(0, True), (0.24975, True), (0.25, False), (1, False), (None, False)])
def test_under_25_simulations_in_100_call_for_caution(share: float | None, seldom: bool) -> None:
    assert rules.is_seldom_within_budget(case(within=share)) is seldom
    assert rules.is_seldom_on_time(case(on_time=share)) is seldom
    if share is not None:
        assert rules.is_seldom_started_in_time(case(in_time=share)) is seldom


# Each caution at its bound and one step past it.
@pytest.mark.parametrize(("rule", "option_id", "answers", "applies"), [
    ("budget_is_below_the_usual_minimum", "agency", {"budget_usd": 25_000}, False),
    ("budget_is_below_the_usual_minimum", "agency", {"budget_usd": 24_999}, True),
    ("budget_is_below_the_usual_minimum", "agency", {"budget_usd": None}, False),
    ("one_person_is_asked_for_several_disciplines", "freelance", {"developers": 1, "disciplines": "few"}, True),
    ("one_person_is_asked_for_several_disciplines", "freelance", {"developers": 1.01, "disciplines": "many"}, False),
    ("one_person_is_asked_for_several_disciplines", "freelance", {"developers": 1, "disciplines": "one"}, False),
    ("outsiders_reach_regulated_data", "agency", {"data_sensitivity": "regulated"}, True),
    ("outsiders_reach_regulated_data", "in_house", {"data_sensitivity": "regulated"}, False),
    ("outsiders_reach_regulated_data", "freelance", {"data_sensitivity": "personal"}, False),
    ("outside_staff_sits_far_away", "agency", {"talent_region": "asia", "integration": "embedded"}, True),
    ("outside_staff_sits_far_away", "agency", {"talent_region": "asia", "data_sensitivity": "regulated"}, True),
    ("outside_staff_sits_far_away", "agency", {"talent_region": "asia"}, False),
    ("outside_staff_sits_far_away", "in_house", {"talent_region": "asia", "integration": "embedded"}, False),
    ("outside_staff_sits_far_away", "agency", {"talent_region": "latin_america", "integration": "embedded"}, False),
    ("engagement_looks_like_employment", "freelance",
     {"developers": 1, "build_months": 6, "upkeep_developers": 0, "integration": "embedded"}, True),
    ("engagement_looks_like_employment", "freelance",
     {"developers": 0.99, "build_months": 6, "upkeep_developers": 0, "integration": "embedded"}, False),
    ("engagement_looks_like_employment", "freelance",
     {"developers": 1, "build_months": 5.99, "upkeep_developers": 0, "integration": "embedded"}, False),
    ("engagement_looks_like_employment", "freelance",
     {"developers": 1, "build_months": 6, "upkeep_developers": 0, "integration": "shared"}, False),
    ("engagement_looks_like_employment", "freelance",
     {"developers": 0.5, "upkeep_developers": 1, "upkeep_months": 6, "integration": "embedded"}, True),
    ("engagement_looks_like_employment", "freelance",
     {"developers": 0.5, "upkeep_developers": 1, "upkeep_months": 5.99, "integration": "embedded"}, False),
    ("long_freelance_work_may_count_as_employment", "freelance",
     {"developers": 1, "build_months": 6, "upkeep_developers": 0, "integration": "shared"}, True),
    ("long_freelance_work_may_count_as_employment", "freelance",
     {"developers": 1, "build_months": 6, "upkeep_developers": 0, "integration": "standalone", "location": "gb"}, True),
    ("long_freelance_work_may_count_as_employment", "freelance",
     {"developers": 1, "build_months": 6, "upkeep_developers": 0, "integration": "embedded"}, False),
    ("long_freelance_work_may_count_as_employment", "freelance",
     {"developers": 1, "build_months": 5.99, "upkeep_developers": 0, "integration": "shared"}, False),
    ("nobody_directs_the_work", "freelance", {"technical_lead": True}, False),
    ("nobody_directs_the_work", "freelance", {"technical_lead": False}, True),
    ("everything_rests_on_one_person", "in_house", {"developers": 1, "upkeep_developers": 2}, True),
    ("everything_rests_on_one_person", "in_house", {"developers": 1.01, "upkeep_developers": 2}, False),
    ("everything_rests_on_one_person", "in_house", {"developers": 2, "upkeep_developers": 1}, True),
    ("everything_rests_on_one_person", "in_house", {"developers": 2, "upkeep_developers": 0}, False),
    ("everything_rests_on_one_person", "in_house", {"upkeep_developers": 1, "upkeep_months": 0}, False),
    ("work_is_too_little_for_a_hire", "in_house",
     {"developers": 0.49, "build_months": 6, "upkeep_developers": 0}, True),
    ("work_is_too_little_for_a_hire", "in_house",
     {"developers": 0.5, "build_months": 6, "upkeep_developers": 0}, False),
    ("work_is_too_little_for_a_hire", "in_house",
     {"developers": 0.49, "build_months": 6.01, "upkeep_developers": 0}, False),
    ("work_is_too_little_for_a_hire", "in_house", {"developers": 0.49, "build_months": 6}, False),
    ("work_is_too_little_for_a_hire", "in_house", {"developers": 0.49, "build_months": 6, "upkeep_months": 0}, True),
    ("work_is_smaller_than_the_smallest_post", "in_house", {"developers": 0.25}, False),
    ("work_is_smaller_than_the_smallest_post", "in_house", {"developers": 0.24}, True),
    ("work_is_smaller_than_the_smallest_post", "in_house", {"upkeep_developers": 0.24}, True),
    ("work_is_smaller_than_the_smallest_post", "in_house", {"upkeep_developers": 0}, False),
    ("work_is_smaller_than_the_smallest_post", "in_house", {"upkeep_developers": 0.24, "upkeep_months": 0}, False),
    ("team_is_larger_than_those_in_the_evidence", "agency", {"developers": 8}, False),
    ("team_is_larger_than_those_in_the_evidence", "agency", {"developers": 8.01}, True),
])
def test_each_caution_applies_up_to_its_bound(rule: str, option_id: str, answers: dict[str, object],
                                              applies: bool) -> None:
    assert PREDICATES[rule](case(option_id, **answers)) is applies


@pytest.mark.parametrize(("upkeep", "applies"), [(1.5, True), (1.51, False), (2, False), (3, False)])
def test_people_hired_are_not_needed_afterwards_from_one_post_on(upkeep: float, applies: bool) -> None:
    assert rules.people_hired_are_not_needed_afterwards(case("in_house", upkeep=upkeep)) is applies


def test_the_cautions_of_a_mix_are_those_of_its_options_and_count_who_builds() -> None:
    needs = ProjectNeeds(developers=4, upkeep_developers=1, integration="embedded", data_sensitivity="regulated")
    mix = next(plan for plan in plans.mixes(needs, SNAPSHOT)
               if plan.kind == TOGETHER and plan.builder.id == "freelance" and plan.keepers_who_build == 1)
    outcome = Shares(needs, mix, upkeep_heads=1)
    found = {finding.rule.id: finding.option for finding in rules.findings(outcome, SNAPSHOT)}  # type: ignore[arg-type]
    assert found == {"outsiders_reach_regulated_data": "freelance", "engagement_looks_like_employment": "freelance",
                     "everything_rests_on_one_person": "freelance"}


def test_each_caution_of_the_data_can_be_met() -> None:
    assert {rule.id for rule in SNAPSHOT.rules} == set(PREDICATES)
    hard = ProjectNeeds(developers=0.2, build_months=1, upkeep_developers=0, budget_usd=2_000, deadline_months=0.5,
                        start_within_weeks=0, disciplines="many", data_sensitivity="regulated", talent_region="asia",
                        technical_lead=False)
    long = replace(hard, developers=1, build_months=9, upkeep_developers=0.1, integration="embedded")
    loose = replace(long, integration="shared")
    large = replace(hard, developers=9)
    british = replace(hard, data_sensitivity="personal", location="gb")
    met = {finding.rule.id for needs in (hard, long, loose, large, british)
           for found in decide(needs, SNAPSHOT).findings.values() for finding in found}
    assert met == set(PREDICATES)
    assert set(decide(hard, SNAPSHOT).findings) >= set(OPTIONS)
