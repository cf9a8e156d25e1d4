"""Rules: named predicates that rule an option out or call for caution. All that apply are listed.

The words of each rule, the options it can apply to and its sources are in `data/rules.toml`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hiring.model.draws import Numbers
from hiring.model.evidence import Figure, Option, Rule, Snapshot
from hiring.model.needs import ProjectNeeds
from hiring.model.schedule import HOURS_A_WEEK, WEEKS_A_MONTH

RULE_OUT, CAUTION = "rule_out", "caution"
MORE_MONEY, MORE_TIME, LATER_START, NO_FIX = FIXES = ("money", "time", "start", "nothing")


@dataclass(frozen=True)
class Case:
    """One option of one project, as the rules see it; the finish in weeks. Finish and upkeep heads may have one entry
    per future."""

    needs: ProjectNeeds
    option: Option
    evidence: Snapshot
    within_budget_share: float | None
    on_time_share: float | None
    finish: Numbers
    paid_heads: float
    upkeep_heads: Numbers

    def figure(self, name: str) -> Figure:
        return self.evidence.figures[f"{name}.{self.option.id}"]

    @cached_property
    def surplus_heads(self) -> float:
        """How many of the people paid while building are not needed afterwards, at the median."""
        return float(self.paid_heads - np.median(self.upkeep_heads))


@dataclass(frozen=True)
class Finding:
    """A rule that applies to an option."""

    rule: Rule
    option: str


def is_hardly_ever_within_budget(case: Case) -> bool:
    return _below(case.within_budget_share, case.evidence.central("rule_out_share"))


def is_seldom_within_budget(case: Case) -> bool:
    return _below(case.within_budget_share, case.evidence.central("caution_share")) and (
        not is_hardly_ever_within_budget(case))


def is_hardly_ever_on_time(case: Case) -> bool:
    return _below(case.on_time_share, case.evidence.central("rule_out_share"))


def is_seldom_on_time(case: Case) -> bool:
    return _below(case.on_time_share, case.evidence.central("caution_share")) and not is_hardly_ever_on_time(case)


def even_a_quick_hire_starts_too_late(case: Case) -> bool:
    return case.figure("lead_weeks").low > case.needs.start_within_weeks


def budget_is_below_the_usual_minimum(case: Case) -> bool:
    return case.needs.budget_usd is not None and case.needs.budget_usd < case.figure("minimum_usd").central


def one_person_is_asked_for_several_disciplines(case: Case) -> bool:
    return case.needs.disciplines != "one" and case.needs.developers <= 1


def release_comes_after_the_horizon(case: Case) -> bool:
    return bool(np.median(case.finish / WEEKS_A_MONTH) > case.needs.horizon_months)


def outsiders_reach_regulated_data(case: Case) -> bool:
    return case.option.outside and case.needs.data_sensitivity == "regulated"


def engagement_looks_like_employment(case: Case) -> bool:
    """Long (half a year or more), full time and embedded in your teams."""
    needs = case.needs
    building = needs.developers >= 1 and needs.build_months >= 6
    keeping = needs.upkeep_developers >= 1 and needs.horizon_months - needs.build_months >= 6
    return needs.integration == "embedded" and (building or keeping)


def nobody_directs_the_work(case: Case) -> bool:
    return not case.needs.technical_lead


def everything_rests_on_one_person(case: Case) -> bool:
    return case.needs.developers <= 1 or 0 < case.needs.upkeep_developers <= 1


def people_hired_are_not_needed_afterwards(case: Case) -> bool:
    return case.surplus_heads >= case.figure("smallest_post").central


def work_is_too_little_for_a_hire(case: Case) -> bool:
    """Under 20 hours a week for at most half a year, and nothing to maintain afterwards.

    A rule, because the score alone can still favor a hire when the budget is large and the product is core.
    """
    needs = case.needs
    return needs.developers * HOURS_A_WEEK < 20 and needs.build_months <= 6 and needs.upkeep_developers == 0


def work_is_smaller_than_the_smallest_post(case: Case) -> bool:
    """More than half of a position is idle, while building or after the release."""
    post = case.figure("smallest_post").central
    idle_build = case.needs.developers < post / 2
    idle_upkeep = 0 < case.needs.upkeep_developers < post / 2
    return idle_build or idle_upkeep


PREDICATES: dict[str, Callable[[Case], bool]] = {
    rule.__name__: rule for rule in (
        is_hardly_ever_within_budget,
        is_seldom_within_budget,
        is_hardly_ever_on_time,
        is_seldom_on_time,
        even_a_quick_hire_starts_too_late,
        budget_is_below_the_usual_minimum,
        work_is_too_little_for_a_hire,
        release_comes_after_the_horizon,
        one_person_is_asked_for_several_disciplines,
        outsiders_reach_regulated_data,
        engagement_looks_like_employment,
        nobody_directs_the_work,
        everything_rests_on_one_person,
        people_hired_are_not_needed_afterwards,
        work_is_smaller_than_the_smallest_post,
    )
}


def findings(case: Case, effects: tuple[str, ...] = (RULE_OUT, CAUTION)) -> tuple[Finding, ...]:
    """Every rule with one of these effects that applies to the option, in the order of the rules."""
    return tuple(
        Finding(rule, case.option.id) for rule in case.evidence.rules
        if rule.effect in effects and case.option.id in rule.options and PREDICATES[rule.id](case))


def _below(share: float | None, limit: float) -> bool:
    return share is not None and share < limit
