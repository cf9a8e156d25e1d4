"""The sentences on when each plan starts and releases: each says what the model's numbers say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import hiring
from hiring import Decision, ProjectNeeds
from hiring.model.explanation import Explanation
from hiring.text import formatting, timeline_text
from tests.factories import DAY
from tests.page_text import FLAW, lowered, says
from tests.pool import POOL, each_of


@each_of(POOL)
def test_who_releases_first_does_and_the_last_one_releases_last(explanation: Explanation) -> None:
    for day in (None, DAY):
        names_the_first_and_the_last(replace(explanation.decision, from_day=day))


def names_the_first_and_the_last(decision: Decision) -> None:
    day = decision.from_day
    releases = {"the mix" if plan == "mix" else lowered(outcome.option): outcome.finish_quantiles[1]
                for plan, outcome in decision.all_outcomes.items()}
    shown = {name: formatting.date_of(day, months) for name, months in releases.items()}
    first, last = (shown[end(releases, key=releases.__getitem__)] for end in (min, max))
    headline = timeline_text.timeline_headline(decision)
    if set(shown.values()) == {first}:
        assert headline == f"All plans typically release in {first}"
        return
    found = re.fullmatch(r"(.+?) releases? first, typically in (.+); (.+) follows in (.+)", headline)
    assert found, headline
    names = re.split(", | and ", found[1][0].lower() + found[1][1:])
    assert {name for name, when in shown.items() if when == first} == set(names)
    assert found[2] == first
    assert (releases[found[3]], found[4]) == (max(releases.values()), last)
    assert not FLAW.search(headline)


@each_of(POOL)
def test_each_plan_is_said_to_be_on_time_as_often_as_it_is(explanation: Explanation) -> None:
    decision = explanation.decision
    said = timeline_text.on_time(decision)
    if decision.needs.deadline_months is None:
        assert said == ""
        return
    shown = [said.partition(" releases by ")[0], *re.findall(r", (.+?) in ", said)]
    shares = re.findall(r" in (more than 99|fewer than \d+|\d+)(?: of 100 simulations)?(?=[,.])", said)
    plans = {"the mix" if plan == "mix" else lowered(it.option): it for plan, it in decision.all_outcomes.items()}
    assert sorted(name[0].lower() + name[1:] for name in shown) == sorted(plans)
    for name, share in zip(shown, shares, strict=True):
        outcome = plans[name[0].lower() + name[1:]]
        assert says(share, outcome.on_time_share or 0) or re.fullmatch(r"fewer than (25|50|75)", share), said


@pytest.mark.parametrize(("upkeep", "said"), [(0, False), (0.5, True)])
def test_upkeep_is_explained_where_there_is_some(upkeep: float, said: bool) -> None:
    decision = hiring.decide(ProjectNeeds(upkeep_developers=upkeep))
    assert ("upkeep" in timeline_text.timeline_explained(decision)) == said
