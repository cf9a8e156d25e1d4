from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hiring import ProjectNeeds
from hiring.model import rules
from hiring.model.decision import decide
from hiring.model.rules import CAUTION, PREDICATES, RULE_OUT, Case
from hiring.model.schedule import WEEKS_A_MONTH
from tests.factories import OPTIONS, SNAPSHOT, option, with_ranges


def case(option_id: str = "freelance", within: float | None = 1.0, on_time: float | None = 1.0, paid: float = 2,
         upkeep: float = 2, finish: float = 8, **answers: object) -> Case:
    return Case(ProjectNeeds(**answers), option(option_id), SNAPSHOT, within, on_time, finish, paid, upkeep)


# Each rule as pairs: (it applies at the bound, one step past it no more) and so on.
@pytest.mark.parametrize(("share", "hardly", "seldom"), [
    (0, True, False), (0.04975, True, False), (0.05, False, True), (0.24975, False, True), (0.25, False, False),
    (1, False, False), (None, False, False)])
def test_under_5_futures_in_100_rule_out_and_under_25_call_for_caution(share: float | None, hardly: bool,
                                                                       seldom: bool) -> None:
    assert rules.is_hardly_ever_within_budget(case(within=share)) is hardly
    assert rules.is_seldom_within_budget(case(within=share)) is seldom
    assert rules.is_hardly_ever_on_time(case(on_time=share)) is hardly
    assert rules.is_seldom_on_time(case(on_time=share)) is seldom


@pytest.mark.parametrize(("option_id", "weeks", "applies"), [
    ("in_house", 7, False), ("in_house", 6.99, True), ("agency", 1, False), ("agency", 0.99, True),
    ("freelance", 0.5, False), ("freelance", 0.49, True)])
def test_a_start_before_the_quickest_lead_is_too_early(option_id: str, weeks: float, applies: bool) -> None:
    assert rules.even_a_quick_hire_starts_too_late(case(option_id, start_within_weeks=weeks)) is applies


@pytest.mark.parametrize(("budget", "applies"), [(25_000, False), (24_999, True), (None, False)])
def test_a_budget_below_an_agencys_usual_minimum_is_too_small(budget: float | None, applies: bool) -> None:
    assert rules.budget_is_below_the_usual_minimum(case("agency", budget_usd=budget)) is applies


@pytest.mark.parametrize(("developers", "disciplines", "applies"), [
    (1, "few", True), (1, "many", True), (1.01, "many", False), (1, "one", False), (0.5, "few", True)])
def test_one_person_is_asked_for_several_disciplines(developers: float, disciplines: str, applies: bool) -> None:
    it = case(developers=developers, disciplines=disciplines)
    assert rules.one_person_is_asked_for_several_disciplines(it) is applies


@pytest.mark.parametrize(("option_id", "data", "applies"), [
    ("freelance", "regulated", True), ("agency", "regulated", True), ("in_house", "regulated", False),
    ("freelance", "personal", False)])
def test_outsiders_reach_regulated_data(option_id: str, data: str, applies: bool) -> None:
    assert rules.outsiders_reach_regulated_data(case(option_id, data_sensitivity=data)) is applies


@pytest.mark.parametrize(("developers", "build", "upkeep", "horizon", "integration", "applies"), [
    (1, 6, 0, 6, "embedded", True),  # full time for half a year
    (0.99, 6, 0, 6, "embedded", False), (1, 5.99, 0, 6, "embedded", False), (1, 6, 0, 6, "shared", False),
    (0.5, 1, 1, 7, "embedded", True),  # the upkeep, too, is full time for half a year
    (0.5, 1, 0.99, 7, "embedded", False), (0.5, 1, 1, 6.99, "embedded", False), (0.5, 1, 1, 7, "standalone", False)])
def test_an_engagement_looks_like_employment(developers: float, build: float, upkeep: float, horizon: float,
                                             integration: str, applies: bool) -> None:
    it = case(developers=developers, build_months=build, upkeep_developers=upkeep, horizon_months=horizon,
              integration=integration)
    assert rules.engagement_looks_like_employment(it) is applies


@pytest.mark.parametrize(("lead", "applies"), [(True, False), (False, True)])
def test_nobody_directs_the_work_without_a_technical_lead(lead: bool, applies: bool) -> None:
    assert rules.nobody_directs_the_work(case(technical_lead=lead)) is applies


@pytest.mark.parametrize(("developers", "upkeep", "applies"), [
    (1, 2, True), (1.01, 2, False), (2, 1, True), (2, 1.01, False), (2, 0.1, True), (2, 0, False)])
def test_everything_rests_on_one_person(developers: float, upkeep: float, applies: bool) -> None:
    it = case(developers=developers, upkeep_developers=upkeep)
    assert rules.everything_rests_on_one_person(it) is applies


@pytest.mark.parametrize(("paid", "upkeep", "applies"), [
    (2, 1.5, True), (2, 1.51, False), (2, 2, False), (2, 3, False)])
def test_people_hired_are_not_needed_afterwards_from_one_post_on(paid: float, upkeep: float, applies: bool) -> None:
    assert rules.people_hired_are_not_needed_afterwards(case("in_house", paid=paid, upkeep=upkeep)) is applies


@pytest.mark.parametrize(("developers", "build", "upkeep", "applies"), [
    (0.49, 6, 0, True), (0.5, 6, 0, False),  # 20 hours of 40
    (0.49, 6.01, 0, False), (0.49, 6, 0.01, False), (0.1, 0.25, 0, True)])
def test_under_20_hours_for_half_a_year_and_no_upkeep_is_too_little_for_a_hire(developers: float, build: float,
                                                                               upkeep: float, applies: bool) -> None:
    it = case("in_house", developers=developers, build_months=build, upkeep_developers=upkeep)
    assert rules.work_is_too_little_for_a_hire(it) is applies


@pytest.mark.parametrize(("developers", "upkeep", "applies"), [
    (0.25, 0.25, False),  # half of the smallest post of 0.5 is used
    (0.24, 0.25, True), (0.25, 0.24, True), (0.25, 0, False)])
def test_work_is_smaller_than_the_smallest_post(developers: float, upkeep: float, applies: bool) -> None:
    it = case("in_house", developers=developers, upkeep_developers=upkeep)
    assert rules.work_is_smaller_than_the_smallest_post(it) is applies


def test_every_predicate_has_its_words_and_every_entry_its_predicate() -> None:
    assert set(PREDICATES) == {rule.id for rule in SNAPSHOT.rules}
    assert all(rule.effect in (RULE_OUT, CAUTION) and rule.title and rule.sentence for rule in SNAPSHOT.rules)


def test_every_rule_touches_known_options_and_cites_known_figures() -> None:
    names = {figure.id.split(".")[0] for figure in SNAPSHOT.figures.values()}
    for rule in SNAPSHOT.rules:
        assert rule.options
        assert set(rule.options) <= set(OPTIONS)
        assert set(rule.figures) <= names
        assert rule.figures or rule.source


def reached(**answers: object) -> set[tuple[str, str]]:
    return {(finding.rule.id, finding.option) for finding in decide(ProjectNeeds(**answers), SNAPSHOT).findings}


def test_every_rule_is_reached_on_each_of_its_options_by_some_project() -> None:
    free = decide(ProjectNeeds(budget_usd=None, deadline_months=None), SNAPSHOT).outcomes
    seen = reached(budget_usd=1_000, deadline_months=0.25, start_within_weeks=0, data_sensitivity="regulated",
                   disciplines="many", developers=0.2, technical_lead=False)
    seen |= reached(developers=4, build_months=12, integration="embedded")
    seen |= reached(developers=0.4, build_months=3, upkeep_developers=0)
    seen |= reached(build_months=12, horizon_months=3)
    for outcome in free.values():  # a limit that 15 futures in 100 keep
        seen |= reached(budget_usd=float(np.quantile(outcome.total, 0.15)), deadline_months=None)
        seen |= reached(deadline_months=float(np.quantile(outcome.schedule.finish, 0.15)) / WEEKS_A_MONTH)
    assert seen == {(rule.id, option_id) for rule in SNAPSHOT.rules for option_id in rule.options}


@pytest.mark.parametrize(("finish", "applies"), [(36, False), (36.01, True)])
def test_a_release_after_the_horizon_is_reported(finish: float, applies: bool) -> None:
    assert rules.release_comes_after_the_horizon(case(finish=finish * 52 / 12, horizon_months=36)) is applies


def test_all_rules_that_apply_are_listed_in_the_order_of_the_rules() -> None:
    found = decide(ProjectNeeds(budget_usd=1_000, deadline_months=0.25, start_within_weeks=0), SNAPSHOT)
    assert [finding.rule.id for finding in found.outcomes["agency"].findings] == [
        "is_hardly_ever_within_budget", "is_hardly_ever_on_time", "even_a_quick_hire_starts_too_late",
        "budget_is_below_the_usual_minimum"]


def test_a_rule_touches_only_the_options_that_its_entry_names() -> None:
    agency_only = tuple(replace(rule, options=("agency",)) for rule in SNAPSHOT.rules)
    found = decide(ProjectNeeds(budget_usd=1_000, technical_lead=False), replace(SNAPSHOT, rules=agency_only))
    assert {finding.option for finding in found.findings} == {"agency"}


def test_the_bounds_of_the_rules_come_from_the_evidence() -> None:
    stricter = with_ranges(SNAPSHOT, {"rule_out_share": (0.5, 0.5, 0.5)})
    at_40_in_100 = replace(case(within=0.4), evidence=stricter)
    assert rules.is_hardly_ever_within_budget(at_40_in_100)
    assert not rules.is_seldom_within_budget(at_40_in_100)
