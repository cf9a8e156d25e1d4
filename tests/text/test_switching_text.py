"""The sentences on what would change the answer: each says what the model's numbers say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hiring
from hiring import ProjectNeeds
from hiring.model.decision import MIX, NONE_FITS
from hiring.model.explanation import Explanation
from hiring.model.needs import CHOICE, LOCATION, NEEDS, NUMBER, TEXT, YES_NO
from hiring.model.switching import NOT_SEARCHED, Switch, Switches
from hiring.text import formatting, switching_text, verdict_text
from tests.factories import SNAPSHOT
from tests.page_text import answer_in, lowered
from tests.pool import PLAIN, POOL, each_of, explanation_of, project
from tests.strategies import LAWS, projects

GIVEN = ProjectNeeds(budget_usd=600_000, deadline_months=12)
DECIDED = hiring.decide(GIVEN)


def best_then(needs: ProjectNeeds) -> str:
    """The best option with these needs and how often it keeps the limits, as the table says it, or that none fits."""
    decision = hiring.decide(replace(needs, mixes=False))
    first = decision.outcomes[decision.first]
    if decision.verdict == NONE_FITS:
        return "No option fits"
    label = verdict_text.kept_label(needs)
    kept = verdict_text.share_of_hundred(first.keep_share, decision)
    return f"{first.option.label}, {label[0].lower()}{label[1:]} in {kept} of 100" if label else first.option.label


def first_then(needs: ProjectNeeds) -> str:
    """The first option with these needs, whether it fits or not."""
    decision = hiring.decide(replace(needs, mixes=False))
    return decision.outcomes[decision.first].option.label


def plain_of(text: str) -> str:
    """Without the words for a share that may not reach a bound of the model."""
    return re.sub(r"fewer than |<", "", text).replace("more than ", ">")


@each_of(PLAIN[::3])
def test_the_answer_that_a_sentence_names_brings_who_it_says_and_half_a_step_short_of_it_does_not(
        explanation: Explanation) -> None:
    needs = explanation.decision.needs
    decision, now = explanation.decision, explanation.decision.outcomes[explanation.decision.first].option.label
    for switch in explanation.switches.found if explanation.switches else ():
        condition = switching_text.condition_text(decision, switch)
        then = switching_text.first_option_then(decision, switch)
        value = answer_in(condition, switch.need)
        assert value == switch.value, condition
        assert same_share(best_then(replace(needs, **{switch.need: value})), then), condition
        assert then.split(",")[0] != now
        if switch.step:
            begin = getattr(needs, switch.need)
            sides = [side for side in (value - switch.step / 2, value + switch.step / 2)
                     if NEEDS[switch.need].low <= side <= NEEDS[switch.need].high]
            if begin is not None:
                sides = [side for side in sides if min(begin, value) < side < max(begin, value)]
            there = [first_then(replace(needs, **{switch.need: round(side, 6)})) for side in sides]
            assert not there or now in there, condition  # a limit that was not given is short of it on one side


def test_an_answer_after_which_no_option_fits_names_none_and_comes_last() -> None:
    """An option that then fits nobody is no way out."""
    explanation = hiring.explain(hiring.decide(replace(GIVEN, mixes=False, budget_usd=250_000)))
    decision, switches = explanation.decision, explanation.switches
    assert switches is not None
    fits = [switch.some_fit for switch in switches.found]
    assert False in fits
    assert fits == sorted(fits, reverse=True)
    for switch in switches.found:
        then = hiring.decide(replace(decision.needs, **{switch.need: switch.value}))
        assert switch.some_fit == (then.verdict != NONE_FITS)
    last = switches.found[-1]
    assert switching_text.switch_headline(decision, Switches((last,), ())) == (
        "We found no single answer that makes another option fit best")
    assert switching_text.first_option_then(decision, last) == "No option fits"


def same_share(one: str, other: str) -> bool:
    """Whether two cells agree; a share just below a bound of the model may read as the bound or as less than it."""
    return plain_of(one) == plain_of(other)


@each_of(PLAIN[::3])
def test_the_headline_tells_the_nearest_switch_and_the_last_line_all_needs_without_one(
        explanation: Explanation) -> None:
    needs = explanation.decision.needs
    decision, switches = explanation.decision, explanation.switches
    assert (switches is None) == (decision.verdict == NONE_FITS)
    if switches is None:  # then the remedies say what makes something fit
        return
    headline = switching_text.switch_headline(decision, switches)
    if not switches.found:
        assert "no single answer changes" in headline.lower()
    elif switches.found[0].keep_share < SNAPSHOT.central("fits_share"):
        assert headline.lower().endswith("no single answer that makes another option fit best")
    else:
        nearest, first = switches.found[0], lowered(decision.outcomes[decision.first].option)
        begins, ends = (f"A mix comes first most often. Of the options alone, {first} does; ", "would") if (
            decision.answer == MIX) else ("", "would be the best option")
        shown = re.fullmatch(rf"{begins}if (.+), (\S+) {ends}", headline, re.IGNORECASE)
        assert shown, headline
        assert answer_in(shown[1], nearest.need) == nearest.value
        assert shown[2] == lowered(decision.outcomes[nearest.first].option)
        table = switching_text.switch_table(decision, switches.found)
        assert table["If …"] == [switching_text.condition_text(decision, it) for it in switches.found]
        assert table["Now"] == [switching_text.current_answer(decision, it.need) for it in switches.found]
        assert table["Best option then"] == [
            decision.outcomes[it.first].option.label if it.some_fit else "No option fits" for it in switches.found]
        kept = []
        for switch in switches.found:
            then = replace(needs, **{switch.need: switch.value})
            is_given = then.budget_usd is not None or then.deadline_months is not None
            share = verdict_text.share_of_hundred(switch.keep_share, decision)
            kept.append(share if is_given and switch.some_fit else "–")
        assert table.get("Within limits, of 100", ["–"] * len(kept)) == kept
    assert {*(switch.need for switch in switches.found), *switches.never} == {*NEEDS} - {"project", *NOT_SEARCHED}
    explained = switching_text.switch_explained(decision, switches.found)
    assert ("the two options tie" in explained) == any(it.step for it in switches.found)
    assert lowered(decision.outcomes[decision.first].option) in f"{headline} {explained}"
    assert ("without a mix" in explained) == (decision.mix is not None)
    names_exactly(switching_text.needs_without_effect(switches), switches.never)


@each_of(POOL)
def test_each_plan_keeps_the_limits_of_its_remedy_in_half_of_the_simulations(explanation: Explanation) -> None:
    needs = explanation.decision.needs
    decision = explanation.decision
    if not decision.has_limits:
        assert decision.remedies == {}
        return
    heads, *columns = switching_text.remedy_table(decision).values()
    assert heads == [head for head, limit in (("Budget", needs.budget_usd), ("Release by", needs.deadline_months))
                     if limit is not None]
    assert len(columns) == len(decision.all_outcomes)
    for (plan, outcome), column in zip(decision.in_fixed_order.items(), columns, strict=True):
        remedy, shown = decision.remedies[plan], dict(zip(heads, column, strict=True))
        keeps = np.ones(decision.draws, dtype=bool)
        if remedy.budget_usd is not None:
            assert shown["Budget"] == as_given(remedy.budget_usd, needs.budget_usd)
            keeps &= outcome.budgeted <= remedy.budget_usd * (1 + 1e-9)
        if remedy.deadline_months is not None:
            assert shown["Release by"] == as_given(remedy.deadline_months, needs.deadline_months)
            keeps &= outcome.finish * 12 / 52 <= remedy.deadline_months * (1 + 1e-9)
        assert keeps.mean() == pytest.approx(0.5, abs=0.01)
    headline, nearest = switching_text.remedy_headline(decision), next(iter(decision.remedies))
    first = "mix" if nearest == "mix" else lowered(decision.outcomes[nearest].option)
    kept = ["the mix" if plan == "mix" else lowered(outcome.option)
            for plan, outcome in decision.all_outcomes.items() if outcome.keep_share >= 0.5]
    if not kept:
        assert headline.lower().removeprefix("the ").startswith(f"{first} is nearest to an even chance")
    elif len(kept) == len(decision.all_outcomes):
        assert headline == "Even chance or better now: every plan"
    else:
        assert re.split(", | and ", headline.removeprefix("Even chance or better now: ")) == kept


def as_given(limit: float, given: float | None) -> str:
    """A limit of a remedy: exact if it is the one given, else rounded."""
    if limit < 500:
        return formatting.exact_month(limit) if limit == given else formatting.month(limit)
    return formatting.exact_money(limit) if limit == given else formatting.money(limit)


def names_exactly(sentence: str, needs: tuple[str, ...]) -> None:
    if not needs:
        assert sentence == ""
        return
    left = f" {sentence.partition(': ')[2].removesuffix('.')},"
    names = {name: f"“{need.label}”" for name, need in NEEDS.items()}
    for need in sorted(needs, key=lambda need: -len(names[need])):
        assert names[need] in left, sentence
        left = left.replace(names[need], "", 1)
    assert re.fullmatch(r"(,| and|\s)*", left), sentence


def test_where_every_need_has_a_switch_nothing_is_said_never_to_change_it() -> None:
    assert switching_text.needs_without_effect(Switches((), ())) == ""
    names_exactly(switching_text.needs_without_effect(Switches((), ("seniority",))), ("seniority",))
    needs = tuple({*NEEDS} - {"project", *NOT_SEARCHED})
    names_exactly(switching_text.needs_without_effect(Switches((), needs)), needs)


# The middle wages of software developers, of Massachusetts over the nation
MASSACHUSETTS = (f"you hired in Massachusetts, with wages "
                 f"{100 * (SNAPSHOT.wages['us-ma'].p50 / SNAPSHOT.wages['us'].p50 - 1):.0f}% higher")


@pytest.mark.parametrize(("need", "value", "shown"), [
    ("developers", 3.6, "the build needed 3.6 developers"), ("build_months", 9.25, "the build took 9.25 months"),
    ("start_within_weeks", 6.5, "work had to begin within 6.5 weeks"), ("start_within_weeks", 0.0,
                                                                       "work had to begin today"),
    ("deadline_months", 8.75, "the release were due in month 8.75"), ("deadline_months", None,
                                                                     "no deadline were given"),
    ("upkeep_developers", 0.25, "upkeep needed only 0.25 developers"),
    ("upkeep_developers", 0.0, "no upkeep were needed"),
    ("upkeep_months", 17.0, "upkeep lasted only 17 months"), ("upkeep_months", 48.0, "upkeep lasted 48 months"),
    ("upkeep_months", 0.0, "nothing were kept running after the release"),
    ("developers", 1.0, "the build needed only 1 developer"),
    ("build_months", 2.5, "the build took only 2.5 months"), ("budget_usd", 395_000.0, "the budget were only $395k"),
    ("budget_usd", 1_250.0, "the budget were only $1,250"), ("budget_usd", 1_250_000.0, "the budget were $1.25M"),
    ("budget_usd", None, "no budget were given"), ("location", "us-ma", MASSACHUSETTS),
    ("talent_region", "asia", "outside staff sat in Asia"), ("seniority", "senior",
                                                            "the work asked for senior people"),
    ("wage_basis", "oews", "salaries came from the US wage survey"), ("technical_lead", False,
                                                                     "you had no technical lead"),
    ("technical_lead", True, "you had a technical lead"), ("data_sensitivity", "public", "the data were public"),
    ("scope_clarity", "mostly_clear", "the scope were mostly clear"), ("scale", "massive", "the load were massive"),
    ("strategic_value", "core", "the strategic value were core"),
    ("seniority", "mid", "the work asked for mid-level people"),
    ("talent_region", "us", "outside staff sat in the United States"),
    ("location", "us", "you hired in the United States, with wages like those now"),
    ("disciplines", "few", "a few skills besides backend were needed"),
    ("integration", "shared", "the work had some ties to your teams"),
    ("scale", "prototype", "the load were that of a prototype")])
def test_a_changed_answer_reads_as_what_follows_an_if(need: str, value: Any, shown: str) -> None:
    condition = switching_text.condition_text(DECIDED, Switch(need, value, "freelance", 0.5, 0, 1))
    assert condition == shown
    assert answer_in(condition, need) == value


@settings(LAWS, max_examples=8)
@given(st.sampled_from([place for place in PLAIN if project(place).budget_usd]), projects())
def test_a_number_is_said_to_be_only_so_much_where_it_is_less_than_now(of_pool: int, other: ProjectNeeds) -> None:
    """A start or a deadline that comes sooner is not little of anything."""
    decision = explanation_of(of_pool).decision
    needs = decision.needs
    for need in ("developers", "build_months", "upkeep_developers", "upkeep_months", "budget_usd",
                 "start_within_weeks", "deadline_months"):
        value = getattr(other, need)
        shown = switching_text.condition_text(decision, Switch(need, value, "freelance", 0.5, 0, 1))
        is_amount = need not in ("start_within_weeks", "deadline_months")
        is_less = value not in (None, 0) and is_amount and value < getattr(needs, need)
        assert ("only" in shown) == is_less, shown


@settings(LAWS, max_examples=30)
@given(st.sampled_from(PLAIN), st.sampled_from(sorted(SNAPSHOT.wages)))
def test_a_place_is_stated_with_how_its_wages_differ_from_those_where_you_hire(of_pool: int, place: str) -> None:
    decision = explanation_of(of_pool).decision
    needs = decision.needs
    shown = switching_text.condition_text(decision, Switch("location", place, "freelance", 0.5, 0, 1))
    found = re.fullmatch(rf"you hired in (?:the )?{re.escape(SNAPSHOT.wages[place].area)}, with wages "
                         r"(?:(\d+)% (higher|lower)|like those now)", shown)
    assert found, shown
    there, here = (SNAPSHOT.wages[it].p50 / SNAPSHOT.national_wages[SNAPSHOT.wages[it].valid_from].p50
                   for it in (place, needs.location))
    percent = int(found[1] or 0) * (-1 if found[2] == "lower" else 1)
    assert abs(percent - (there / here - 1) * 100) <= 0.5 + 1e-9
    assert (found[1] is None) == (abs(there / here - 1) < 0.005)


def test_where_the_day_is_known_a_deadline_is_a_day() -> None:
    decision = hiring.decide(GIVEN, from_day=date(2026, 11, 30))
    switch = Switch("deadline_months", 8.75, "freelance", 0.5, 0.5, 0.3)
    assert switching_text.condition_text(decision, switch) == "the release were due by August 22, 2027"
    assert switching_text.current_answer(decision, "deadline_months") == "November 29, 2027"


def test_every_choice_reads_differently() -> None:
    decision = DECIDED
    for name, need in NEEDS.items():
        if need.kind == TEXT or name in NOT_SEARCHED:
            continue
        answers = {CHOICE: list(need.choices), YES_NO: [True, False], LOCATION: sorted(SNAPSHOT.wages)}.get(
            need.kind, [need.low, (need.low + need.high) / 2, need.high])
        for answer in answers:
            condition = switching_text.condition_text(decision, Switch(name, answer, "freelance", 0.5, 0, 1))
            assert answer_in(condition, name) == answer


@pytest.mark.parametrize(("changed", "need", "shown"), [
    ({}, "developers", "2 developers"), ({}, "build_months", "6 months"), ({}, "start_within_weeks", "10 weeks"),
    ({"start_within_weeks": 0}, "start_within_weeks", "Today"),
    ({}, "deadline_months", "month 12"), ({"deadline_months": None}, "deadline_months", "None given"),
    ({}, "upkeep_developers", "0.5 developers"), ({}, "upkeep_months", "30 months"), ({}, "budget_usd", "$600k"),
    ({"budget_usd": 612_345}, "budget_usd", "$612,345"), ({"budget_usd": None}, "budget_usd", "None given"),
    ({}, "location", "United States"), ({}, "talent_region", "Same country"), ({}, "wage_basis", "Backend article"),
    ({}, "seniority", "Mid"), ({}, "technical_lead", "Yes"), ({"technical_lead": False}, "technical_lead", "No"),
    ({}, "scope_clarity", "Mostly clear"), ({}, "disciplines", "Backend only")])
def test_the_current_answer_is_shown_in_its_unit(changed: dict[str, Any], need: str, shown: str) -> None:
    assert switching_text.current_answer(hiring.decide(replace(GIVEN, **changed)), need) == shown


@each_of(POOL)
def test_the_current_answers_are_those_of_the_project(explanation: Explanation) -> None:
    needs = explanation.decision.needs
    decision = explanation.decision
    for name, need in NEEDS.items():
        answer = getattr(needs, name)
        if (name, answer) == ("start_within_weeks", 0):
            assert switching_text.current_answer(decision, name) == "Today"
        elif (name, answer) in {("upkeep_developers", 0), ("upkeep_months", 0)}:
            assert switching_text.current_answer(decision, name) == "No upkeep"
        elif need.kind == NUMBER and answer is not None:
            words = switching_text.current_answer(decision, name)
            (number,) = re.findall(r"\d[\d,]*(?:\.\d+)?(?:e[-+]\d+)?[kM]?", words)
            scale = {"k": 1_000, "M": 1_000_000}.get(number[-1], 1)
            shown = float(number.rstrip("kM").replace(",", "")) * scale
            assert shown == (pytest.approx(
                answer, abs=0.5 if name == "budget_usd" else 0.005))


def test_one_developer_one_month_and_one_week_are_stated_in_the_singular() -> None:
    """One of a unit is singular wherever an answer is shown."""
    decision = hiring.decide(ProjectNeeds(developers=1, build_months=1, start_within_weeks=1, upkeep_developers=1,
                                          upkeep_months=2))
    numbers = ("developers", "build_months", "start_within_weeks", "upkeep_developers")
    shown = [switching_text.current_answer(decision, need) for need in numbers]
    shown += [switching_text.condition_text(decision, Switch(need, 1.0, "freelance", 0.5, 0, 1))
             for need in (*numbers, "upkeep_months")]
    assert [text for text in shown if re.search(r"\b1 (developers|months|weeks)\b", text)] == []


def test_money_that_is_stated_exactly_reads_back_to_the_dollar_for_every_step_of_a_budget() -> None:
    for digits in range(3, 9):
        step = 10**digits / 20
        for steps in range(1, 2_001):
            shown, value = formatting.exact_money(steps * step), steps * step
            number = shown.removeprefix("$")
            scale = {"k": 1_000, "M": 1_000_000}.get(number[-1], 1)
            assert round(float(number.rstrip("kM").replace(",", "")) * scale, 2) == value, shown


@pytest.mark.parametrize(("value", "shown"), [
    (0, "$0"), (85, "$85"), (1_000, "$1k"), (1_050, "$1,050"), (5_600, "$5.6k"), (5_650, "$5,650"),
    (395_000, "$395k"), (612_345, "$612,345"), (1_170_000, "$1.17M"), (1_175_000, "$1,175,000"),
    (100_000_000, "$100M")])
def test_money_reads_short_where_nothing_is_lost_by_it(value: float, shown: str) -> None:
    assert formatting.exact_money(value) == shown
