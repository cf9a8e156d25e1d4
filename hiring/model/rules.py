"""Cautions: named predicates that say what to watch out for with an option. All that apply are listed.

The words of each caution, the options it can apply to and its sources are in `data/rules.toml`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hiring.model.evidence import Figure, Law, Option, Rule, Snapshot
from hiring.model.needs import ProjectNeeds
from hiring.model.option_draws import distance_band, hours_apart
from hiring.model.schedule import HOURS_A_WEEK, paid_heads
from hiring.model.simulation import Outcome

LARGEST_TEAM = 8  # people of one manager: the largest group in the sources of `steering_share.in_house`


@dataclass(frozen=True)
class Case:
    """One option of one project, alone or in a mix, as the cautions see it."""

    outcome: Outcome
    option: Option
    evidence: Snapshot

    @property
    def needs(self) -> ProjectNeeds:
        return self.outcome.needs

    def figure(self, name: str) -> Figure:
        return self.evidence.figures[f"{name}.{self.option.id}"]

    @property
    def paid_heads(self) -> float:
        """Posts paid while building."""
        plan = self.outcome.plan
        builders = plan.builders if self.option == plan.builder else plan.keepers_who_build
        return float(paid_heads(builders, self.figure("smallest_post").central))

    @property
    def surplus_heads(self) -> float:
        """How many of the people paid while building are not needed afterwards, at the median."""
        keeps = self.option == self.outcome.plan.keeper
        return self.paid_heads - (self.outcome.upkeep_heads if keeps else 0.0)


    def laws(self, topic: str) -> tuple[Law, ...]:
        """The laws on a topic where people are hired."""
        return self.evidence.laws_on(topic, self.needs.location)


@dataclass(frozen=True)
class Finding:
    """A caution that applies to an option, and the laws to check for it."""

    rule: Rule
    option: str
    laws: tuple[Law, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources of the caution and of its laws."""
        return tuple(dict.fromkeys((*self.rule.source, *(source for law in self.laws for source in law.source))))


def is_seldom_within_budget(case: Case) -> bool:
    return _is_seldom(case.outcome.within_budget_share, case)


def is_seldom_on_time(case: Case) -> bool:
    return _is_seldom(case.outcome.on_time_share, case)


def is_seldom_started_in_time(case: Case) -> bool:
    return _is_seldom(case.outcome.starts_in_time_share, case)


def budget_is_below_the_usual_minimum(case: Case) -> bool:
    return case.needs.budget_usd is not None and case.needs.budget_usd < case.figure("minimum_usd").central


def one_person_is_asked_for_several_disciplines(case: Case) -> bool:
    return case.needs.disciplines != "one" and case.needs.developers <= 1


def team_is_larger_than_those_in_the_evidence(case: Case) -> bool:
    return case.needs.developers > LARGEST_TEAM


def outsiders_reach_regulated_data(case: Case) -> bool:
    return case.option.outside and case.needs.data_sensitivity == "regulated"


def outsiders_reach_personal_data(case: Case) -> bool:
    """Where the law of the place asks something of it."""
    return case.option.outside and case.needs.data_sensitivity == "personal" and bool(case.laws("data"))


def engagement_looks_like_employment(case: Case) -> bool:
    """Long, full time and embedded in your teams."""
    return case.needs.integration == "embedded" and _is_long_and_full_time(case)


def long_freelance_work_may_count_as_employment(case: Case) -> bool:
    """The same with looser ties, where a law says who counts as an employee."""
    return case.needs.integration != "embedded" and _is_long_and_full_time(case) and bool(case.laws("contractor"))


def nobody_directs_the_work(case: Case) -> bool:
    return not case.needs.technical_lead


def everything_rests_on_one_person(case: Case) -> bool:
    return case.needs.developers <= 1 or (_has_upkeep(case) and case.needs.upkeep_developers <= 1)


def people_hired_are_not_needed_afterwards(case: Case) -> bool:
    return case.surplus_heads >= case.figure("smallest_post").central


def work_is_too_little_for_a_hire(case: Case) -> bool:
    """Under 20 hours a week for at most half a year, and nothing to keep running afterwards."""
    needs = case.needs
    return needs.developers * HOURS_A_WEEK < 20 and needs.build_months <= 6 and not _has_upkeep(case)


def outside_staff_sits_far_away(case: Case) -> bool:
    """More than four hours of difference, for embedded work or regulated data."""
    hours = hours_apart(case.needs, case.evidence)
    return case.option.outside and distance_band(hours) in ("over_4", "over_8") and (
        case.needs.integration == "embedded" or case.needs.data_sensitivity == "regulated")


def work_is_smaller_than_the_smallest_post(case: Case) -> bool:
    """More than half of a position is idle, while building or after the release."""
    post = case.figure("smallest_post").central
    idle_build = case.needs.developers < post / 2
    idle_upkeep = _has_upkeep(case) and case.needs.upkeep_developers < post / 2
    return idle_build or idle_upkeep


PREDICATES: dict[str, Callable[[Case], bool]] = {
    rule.__name__: rule for rule in (
        is_seldom_within_budget,
        is_seldom_on_time,
        is_seldom_started_in_time,
        budget_is_below_the_usual_minimum,
        work_is_too_little_for_a_hire,
        one_person_is_asked_for_several_disciplines,
        outsiders_reach_regulated_data,
        outsiders_reach_personal_data,
        outside_staff_sits_far_away,
        engagement_looks_like_employment,
        long_freelance_work_may_count_as_employment,
        nobody_directs_the_work,
        everything_rests_on_one_person,
        people_hired_are_not_needed_afterwards,
        work_is_smaller_than_the_smallest_post,
        team_is_larger_than_those_in_the_evidence,
    )
}


def findings(outcome: Outcome, evidence: Snapshot) -> tuple[Finding, ...]:
    """Every caution that applies to the options of a plan, in the order of the rules; what is true of the whole plan is
    said once."""
    found = {}
    for rule in evidence.rules:
        for option in outcome.plan.options:
            case = Case(outcome, option, evidence)
            if option.id in rule.options and rule.id not in found and PREDICATES[rule.id](case):
                found[rule.id] = Finding(rule, option.id, case.laws(rule.law))
    return tuple(found.values())


def _is_long_and_full_time(case: Case) -> bool:
    """At least one developer for half a year or more, in the build or in the upkeep."""
    needs = case.needs
    building = needs.developers >= 1 and needs.build_months >= 6
    keeping = needs.upkeep_developers >= 1 and needs.upkeep_months >= 6
    return building or keeping


def _has_upkeep(case: Case) -> bool:
    return case.needs.upkeep_developers > 0 and case.needs.upkeep_months > 0


def _is_seldom(share: float | None, case: Case) -> bool:
    return share is not None and share < case.evidence.central("caution_share")
