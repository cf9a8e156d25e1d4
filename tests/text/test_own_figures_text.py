"""The sentences on own figures and on newer ones: each says what the model's numbers say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hiring
from hiring import ProjectNeeds
from hiring.model.own_figures import Range
from hiring.model.simulation import pay_id
from hiring.text import own_figures_text
from hiring.text.formatting import strong
from tests.factories import SNAPSHOT, SPECIAL, with_ranges
from tests.page_text import lowered
from tests.strategies import LAWS, own_figures, plausible_projects

COUNT, IDLE = strong("Your own figures count here."), strong("Not used by this project:")


def test_own_figures_are_beside_those_of_the_evidence() -> None:
    own = {"agency.us.mid": 155.5, "in_house.article.mid": (98_000, 99_000, 100_000)}
    assert own_figures_text.own_figures_used(hiring.decide(ProjectNeeds(), own=own)) == (
        f"{COUNT} Pay, agency, United States, mid 155.5 USD per hour "
        "(evidence: 100 / 140 / 200); Pay, in-house, Zamstack article, mid 98,000 / 99,000 / 100,000 USD per year "
        "(evidence: 95,000 / 110,000 / 125,000).")


def test_own_figures_that_the_project_does_not_use_are_not_said_to_count() -> None:
    """Outside staff sit in the United States, and the work asks for mid-level people."""
    own = {"agency.asia.mid": 40, "freelance.us.senior": 120}
    idle = f"{IDLE} Pay, agency, Asia, mid; Pay, freelance, United States, senior."
    assert own_figures_text.own_figures_used(hiring.decide(ProjectNeeds(), own=own)) == idle
    both = own_figures_text.own_figures_used(hiring.decide(ProjectNeeds(), own={**own, "overrun": 1.5}))
    assert both == (f"{COUNT} Overrun, actual over estimated effort 1.5 ratio "
                    f"(evidence: 0.9 / 1.15 / 1.9). {idle}")


TOLD = re.compile(rf"(?:{COUNT} (?P<used>.+?)(?:; and (?P<more>\d+) more)?\.(?: |$))?"
                  rf"(?:{IDLE} (?P<idle>.+?)(?:; and (?P<rest>\d+) more)?\.)?")


@settings(LAWS, max_examples=100)
@given(plausible_projects(), own_figures(least=1, most=8))
def test_three_own_figures_are_stated_and_the_others_counted(
        needs: ProjectNeeds, own: tuple[tuple[str, Range], ...]) -> None:
    decision = hiring.decide(needs, own=dict(own))
    text = own_figures_text.own_figures_used(decision)
    shown = TOLD.fullmatch(text)
    assert shown, text
    used = [it for it in own if is_used(needs, it[0])]
    for group, more, of in (("used", "more", used), ("idle", "rest", [it for it in own if it not in used])):
        assert (shown[group] is None) == (not of), text
        entries = shown[group].split("; ") if shown[group] else []
        assert len(entries) == min(3, len(of))
        assert int(shown[more] or 0) == len(of) - len(entries)
    for entry, (id_, numbers) in zip(shown["used"].split("; ") if shown["used"] else [], used, strict=False):
        row = SNAPSHOT.figures[id_]
        found = re.fullmatch(r"\D+ (\S+(?: / \S+)*) \D.*\(evidence: ([\d.,/ ]+)\)", entry)
        assert found, entry
        mine, theirs = ([float(number.replace(",", "")) for number in it.split(" / ")] for it in found.groups())
        ends = {len(mine): numbers if len(mine) == 3 else (numbers.central,)}
        assert mine == pytest.approx(list(ends[len(mine)]), rel=1e-9)
        assert len(mine) == (1 if numbers.low == numbers.high else 3)
        assert theirs == ([row.low, row.central, row.high] if row.low < row.high else [row.central])


def is_used(needs: ProjectNeeds, id_: str) -> bool:
    """Whether the project reads a figure: of pay and levels those of its own answers, of the others all."""
    figure = SNAPSHOT.figures[id_]
    if figure.table == "pay":
        is_reference = id_ == "in_house.article.mid" and needs.budget_usd is None
        return is_reference or id_ in {pay_id(option, needs) for option in SNAPSHOT.options}
    if figure.table == "levels":
        _, need, choice = id_.split(".")
        return choice == {True: "yes", False: "no"}.get(getattr(needs, need), getattr(needs, need))
    return True


@settings(LAWS, max_examples=60)
@given(plausible_projects(), own_figures(least=1, most=4))
def test_a_figure_that_is_said_not_to_be_used_changes_nothing(
        needs: ProjectNeeds, own: tuple[tuple[str, Range], ...]) -> None:
    idle = {id_: numbers for id_, numbers in own if not is_used(needs, id_)}
    if idle:
        now, then = hiring.decide(needs, own=idle), hiring.decide(needs)
        assert "count here" not in own_figures_text.own_figures_used(now)
        assert np.array_equal(now.scores, then.scores)
        assert own_figures_text.effect_of_own(now, then).endswith(", and without them too.")


EFFECT = re.compile(
    r"(?:No option fits|(?P<only>\S+) is the only option left|(?P<who>\S+) is first in (?P<share>\d+) of 100)"
    r"(?:(?P<same>, and without them too)|; with the evidence alone (?:(?P<then_none>no option fits)|"
    r"(?P<then_only>\S+) is the only option left|"
    r"(?:(?P<then_who>\S+) is first )?in (?P<then_share>\d+)(?: of 100)?))\.")


@settings(LAWS, max_examples=150)
@given(st.one_of(plausible_projects(), plausible_projects(budget_usd=None, deadline_months=None)),
       own_figures(least=1, most=8))
def test_what_the_own_figures_do_is_stated_with_both_decisions_numbers(
        needs: ProjectNeeds, own: tuple[tuple[str, Range], ...]) -> None:
    with_them, without = hiring.decide(needs, own=dict(own)), hiring.decide(needs)
    text = own_figures_text.effect_of_own(with_them, without)
    shown = EFFECT.fullmatch(text)
    assert shown, text
    now, then = (("none", None) if not it.left else
                 (lowered(it.outcomes[it.first].option), it.of_hundred[it.first] if len(it.left) > 1 else None)
                 for it in (with_them, without))
    who = shown["only"] or shown["who"] or "none"
    first = (who.lower(), None if shown["share"] is None else int(shown["share"]))
    assert first == now, text
    assert (shown["same"] is not None) == (now == then), text
    if not shown["same"]:
        then_who = "none" if shown["then_none"] else shown["then_only"] or shown["then_who"] or who.lower()
        assert (then_who, None if shown["then_share"] is None else int(shown["then_share"])) == then, text


def test_what_the_own_figures_do_reads_like_this() -> None:
    def shown(own: dict[str, Any], needs: ProjectNeeds | None = None) -> str:
        project = needs or ProjectNeeds()
        return own_figures_text.effect_of_own(hiring.decide(project, own=own), hiring.decide(project))

    counts = hiring.decide(ProjectNeeds()).of_hundred
    assert shown({"agency.asia.mid": 40}) == f"In-house is first in {counts['in_house']} of 100, and without them too."
    only, own = SPECIAL["one option left"][0], {"agency.asia.mid": 40}
    assert shown(own, only).endswith(" is the only option left, and without them too.")
    assert shown(own, SPECIAL["everything ruled out"][0]) == "No option fits, and without them too."
    dear = dict.fromkeys(("in_house.article.mid", "freelance.us.mid", "agency.us.mid"), 10_000)
    assert shown({**dear, "in_house.article.mid": 10_000_000}) == (
        f"No option fits; with the evidence alone in-house is first in {counts['in_house']} of 100.")
    moved = re.fullmatch(rf"In-house is first in (\d+) of 100; with the evidence alone in {counts['in_house']}\.",
                         shown({"in_house.article.mid": 100_000}))
    assert moved
    assert int(moved[1]) > counts["in_house"]


def test_what_changed_since_names_the_figures_with_both_numbers() -> None:
    assert own_figures_text.figures_changed(SNAPSHOT, SNAPSHOT) == "none of the figures used here changed since"
    newer = with_ranges(SNAPSHOT, {"overrun": (1.0, 1.25, 2.0), "load": (1.3, 1.3, 1.3)})
    shown = own_figures_text.figures_changed(SNAPSHOT, newer)
    assert "Overrun, actual over estimated effort from 0.9 / 1.15 / 1.9 to 1 / 1.25 / 2" in shown
    assert "Employer's cost over salary from 1.22 / 1.25 / 1.4 to 1.3" in shown
    many = with_ranges(SNAPSHOT, dict.fromkeys(sorted(SNAPSHOT.figures)[:8], (7, 7, 7)))
    assert "and 5 more figures" in own_figures_text.figures_changed(SNAPSHOT, many)
    wages = {id_: replace(wage, p50=wage.p50 + 1) for id_, wage in list(SNAPSHOT.wages.items())[:4]}
    later = replace(SNAPSHOT, wages={**SNAPSHOT.wages, **wages})
    assert own_figures_text.figures_changed(SNAPSHOT, later) == "since then changed: 4 wages"


def test_a_figure_that_the_manager_replaced_is_not_said_to_have_changed() -> None:
    own = hiring.decide(ProjectNeeds(), own={"overrun": 1.5}).evidence
    assert own_figures_text.figures_changed(own, SNAPSHOT) == "none of the figures used here changed since"
