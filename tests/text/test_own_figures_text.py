"""The sentences on own figures and on newer ones: each says what the model's numbers say."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hiring
from hiring import Decision, ProjectNeeds
from hiring.model.decision import MIX, NONE_FITS
from hiring.model.explanation import Explanation
from hiring.model.own_figures import Range, own_of
from hiring.text import formatting, own_figures_text
from hiring.text.formatting import strong
from tests.factories import DAY, SNAPSHOT, with_ranges
from tests.page_text import lowered, says
from tests.pool import ALTERED, PLAIN, each_of, explanation_of
from tests.strategies import LAWS, NEWEST, own_figures

COUNT, IDLE = strong("Your own figures count here."), strong("Not used by this project:")


def test_own_figures_are_beside_those_of_the_evidence() -> None:
    own = {"agency.us.mid": 155.5, "in_house.article.mid": (98_000, 99_000, 100_000)}
    assert own_figures_text.own_figures_used(hiring.decide(ProjectNeeds(), DAY, own=own)) == (
        f"{COUNT} Pay, agency, United States, mid 155.5 USD per hour "
        "(evidence: 100 / 140 / 200); Pay, in-house, Backend article, mid 98,000 / 99,000 / 100,000 USD per year "
        "(evidence: 95,000 / 110,000 / 125,000).")


def test_own_figures_that_the_project_does_not_use_are_not_said_to_count() -> None:
    """Outside staff sit in the United States, and the work asks for mid-level people."""
    own = {"agency.asia.mid": 40, "freelance.us.senior": 120}
    idle = f"{IDLE} Pay, agency, Asia, mid; Pay, freelance, United States, senior."
    assert own_figures_text.own_figures_used(hiring.decide(ProjectNeeds(), DAY, own=own)) == idle
    more = {**own, "overrun.mostly_clear": 1.5}
    both = own_figures_text.own_figures_used(hiring.decide(ProjectNeeds(), DAY, own=more))
    assert both == f"{COUNT} Overrun of the build, mostly clear 1.5 ratio (evidence: 0.8 / 1.15 / 2.4). {idle}"


def test_own_figures_about_another_country_are_counted_and_come_back_with_it() -> None:
    own = {"sourcing_usd.in_house": 9_000, "lead_weeks.in_house": (4, 6, 9), "de.in_house.survey.mid": 70_000,
           "overrun.mostly_clear": 1.5, "in_house.article.mid": 90_000}
    found = {code: own_figures_text.own_elsewhere(hiring.decide(ProjectNeeds(location=code), own=own))
             for code in ("us", "de", "gb")}
    assert found == {
        "us": "1 figure of your own is about Germany: it does not count here and comes back when you hire there.",
        "de": "2 figures of your own are about the United States: they do not count here and come back when you hire "
              "there.",
        "gb": "3 figures of your own are about Germany and the United States: they do not count here and come back "
              "when you hire there."}
    everywhere = hiring.decide(ProjectNeeds(location="gb"), own={"overrun.evolving": 1.5})
    assert own_figures_text.own_elsewhere(everywhere) == ""


TOLD = re.compile(rf"(?:{COUNT} (?P<used>.+?)(?:; and (?P<more>\d+) more)?\.(?: |$))?"
                  rf"(?:{IDLE} (?P<idle>.+?)(?:; and (?P<rest>\d+) more)?\.)?")


@each_of(ALTERED)
def test_three_own_figures_are_stated_and_the_others_counted(explanation: Explanation) -> None:
    decision = explanation.decision
    own = own_of(decision.evidence)
    text = own_figures_text.own_figures_used(decision)
    shown = TOLD.fullmatch(text)
    assert shown, text
    used = [it for it in own if is_used(decision, it[0])]
    for group, more, of in (("used", "more", used), ("idle", "rest", [it for it in own if it not in used])):
        assert (shown[group] is None) == (not of), text
        entries = shown[group].split("; ") if shown[group] else []
        assert len(entries) == min(3, len(of))
        assert int(shown[more] or 0) == len(of) - len(entries)
    for entry, (id_, numbers) in zip(shown["used"].split("; ") if shown["used"] else [], used, strict=False):
        row = NEWEST.figures[id_]
        found = re.fullmatch(rf".+? (\S+(?: / \S+)*) {row.unit} \(evidence: ([\d.,/ ]+)\)", entry)
        assert found, entry
        mine, theirs = ([float(number.replace(",", "")) for number in it.split(" / ")] for it in found.groups())
        ends = {len(mine): numbers if len(mine) == 3 else (numbers.central,)}
        assert mine == pytest.approx(list(ends[len(mine)]), rel=1e-9)
        assert len(mine) == (1 if numbers.low == numbers.high else 3)
        assert theirs == ([row.low, row.central, row.high] if row.low < row.high else [row.central])


def is_used(decision: Decision, id_: str) -> bool:
    return id_ in {figure.id for part in decision.figures_used().values() for figure in part}


@settings(LAWS, max_examples=12)
@given(st.sampled_from(PLAIN), own_figures(least=4, most=8))
def test_a_figure_that_is_said_not_to_be_used_changes_nothing(
        place: int, own: tuple[tuple[str, Range], ...]) -> None:
    then = explanation_of(place).decision
    idle = {id_: numbers for id_, numbers in own if not is_used(then, id_)}
    if idle:
        now = hiring.decide(then.needs, own=idle)
        assert "count here" not in own_figures_text.own_figures_used(now)
        assert now.expected_scores == then.expected_scores
        assert own_figures_text.effect_of_own(now, then).endswith(", and without them too.")


EFFECT = re.compile(
    r"The answer is (.+?)(?:(, and without them too)|; without them it is (.+))\.")
SAID = re.compile(r"(the mix|freelance|in-house|agency), (clear|likely|leaning|close call), "
                  r"(?:within your limits in (.+) of 100|typically (\S+))")
WORDS = {"clear": "clear", "likely": "likely", "leaning": "leaning", "close_call": "close call"}


@each_of(ALTERED)
def test_what_the_own_figures_do_is_stated_with_both_decisions_numbers(explanation: Explanation) -> None:
    with_them, without = explanation.decision, hiring.decide(explanation.decision.needs)
    text = own_figures_text.effect_of_own(with_them, without)
    shown = EFFECT.fullmatch(text)
    assert shown, text
    says_the_answer(shown[1], with_them)
    says_the_answer(shown[1] if shown[2] else shown[3], without)


def says_the_answer(text: str, decision: Decision) -> None:
    if decision.verdict == NONE_FITS:
        assert text == "that no plan fits"
        return
    shown = SAID.fullmatch(text)
    assert shown, text
    assert shown[1] == ("the mix" if decision.answer == MIX else lowered(decision.answered.option))
    assert shown[2] == WORDS[decision.verdict]
    assert (shown[3] is not None) == decision.has_limits
    if shown[3]:
        assert says(shown[3], decision.keep_share) or shown[3].startswith("fewer than")
    else:
        assert shown[4] == formatting.money(float(np.median(decision.answered.total)))


def test_what_changed_since_names_the_figures_with_both_numbers() -> None:
    assert own_figures_text.figures_changed(SNAPSHOT, SNAPSHOT) == "none of the figures used here changed since"
    newer = with_ranges(SNAPSHOT, {"overrun.mostly_clear": (1.0, 1.25, 2.0), "load": (1.3, 1.3, 1.3)})
    shown = own_figures_text.figures_changed(SNAPSHOT, newer)
    assert "Overrun of the build, mostly clear from 0.8 / 1.15 / 2.4 to 1 / 1.25 / 2" in shown
    assert "Employer's cost over salary from 1.22 / 1.25 / 1.4 to 1.3" in shown
    many = with_ranges(SNAPSHOT, dict.fromkeys(sorted(SNAPSHOT.figures)[:8], (7, 7, 7)))
    assert "and 5 more figures" in own_figures_text.figures_changed(SNAPSHOT, many)
    wages = {id_: replace(wage, p50=wage.p50 + 1) for id_, wage in list(SNAPSHOT.wages.items())[:4]}
    later = replace(SNAPSHOT, wages={**SNAPSHOT.wages, **wages})
    assert own_figures_text.figures_changed(SNAPSHOT, later) == "since then changed: 4 wages"


def test_a_figure_that_the_manager_replaced_is_not_said_to_have_changed() -> None:
    own = hiring.decide(ProjectNeeds(), DAY, own={"overrun.mostly_clear": 1.5}).evidence
    assert own_figures_text.figures_changed(own, SNAPSHOT) == "none of the figures used here changed since"


@each_of(PLAIN)
def test_what_the_wage_survey_would_change_is_that_of_a_decision_with_it(explanation: Explanation) -> None:
    decision, said = explanation.decision, own_figures_text.effect_of_other_wages(explanation)
    if decision.needs.wage_basis == "oews" or decision.needs.country != "us":
        assert said == ""
        return
    other = hiring.decide(replace(decision.needs, wage_basis="oews", mixes=False))
    then, now = (formatting.money(it.outcomes["in_house"].cost_quantiles[1]) for it in (other, decision))
    costs = f"With salaries from the US wage survey, in-house typically costs {then} instead of {now}."
    best, before = (lowered(it.outcomes[it.first].option) for it in (other, decision))
    verdict = (f"{best} still comes first most often." if best == before else
               f"{best} would come first most often, not {before}.")
    assert said == (costs if decision.verdict == NONE_FITS else f"{costs} Of the options alone, {verdict}")


@pytest.mark.parametrize(("needs", "own"), [
    (ProjectNeeds(location="gb"), {}), (ProjectNeeds(), {"in_house.article.mid": 100_000})])
def test_where_there_is_one_source_of_salaries_or_your_own_nothing_is_said_of_another(
        needs: ProjectNeeds, own: dict[str, float]) -> None:
    assert own_figures_text.effect_of_other_wages(hiring.explain(hiring.decide(needs, own=own))) == ""
