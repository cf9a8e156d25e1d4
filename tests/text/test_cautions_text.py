"""How many cautions there are, and which plans each is about."""

from __future__ import annotations

import pytest

import hiring
from hiring import ProjectNeeds
from hiring.model.decision import NONE_FITS
from hiring.model.explanation import Explanation
from hiring.text import cautions_text, verdict_text
from tests.page_text import FLAW
from tests.pool import POOL, each_of

WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}


@each_of(POOL)
def test_the_headline_counts_the_cautions_and_those_about_the_answer(explanation: Explanation) -> None:
    decision = explanation.decision
    found = verdict_text.cautions(decision)
    headline = cautions_text.cautions_headline(decision)
    assert not FLAW.search(headline)
    if not found:
        assert headline == cautions_text.NOTHING
        return
    first = headline.lower().split()[0]
    assert WORDS.get(first, first) in (len(found), str(len(found)))
    own = sum(decision.nearest in it.plans for it in found)
    about = headline.partition("watch out for, ")[2]
    if len(found) == 1:
        assert about.startswith("about" if own else "not about")
    else:
        how_many = about.partition(" of them")[0]
        assert {"none": 0, "all": len(found)}.get(how_many, WORDS.get(how_many, how_many)) in (own, str(own))
    which = {"none_fits": "the nearest plan", "close_call": ""}.get(decision.verdict, "the answer")
    assert about.endswith(which)
    for caution in found:
        names = cautions_text.caution_about(decision, caution)
        title = caution.title.lower()
        assert names == list(caution.plans) or (names == [] and (
            len(caution.plans) == len(decision.all_outcomes)
            or title.startswith(verdict_text.option_name(decision.all_outcomes[caution.plans[0]]))))


def test_where_no_plan_fits_the_cautions_repeat_no_card_and_elsewhere_what_never_happens_is_not_seldom() -> None:
    late = ProjectNeeds(budget_usd=50_000, start_within_weeks=0)
    titles = [it.title for it in verdict_text.cautions(hiring.decide(late))]
    assert not [it for it in titles if "budget" in it and "agency." not in it]
    assert any("starts in time" in it for it in titles)  # on no card
    fits = hiring.decide(ProjectNeeds(budget_usd=400_000, deadline_months=6, mixes=False))
    shares = {it.option.label: it.on_time_share for it in fits.outcomes.values() if it.on_time_share < 0.25}
    said = {it.title: it.sentence for it in verdict_text.cautions(fits) if it.title.endswith("on time.")}
    assert fits.verdict != NONE_FITS and 0 in shares.values()
    for label, share in shares.items():
        assert ("in none of 100" in said[f"{label} is {'seldom' if share else 'never'} on time."]) == (share == 0)


def test_where_nothing_calls_for_caution_it_says_what_was_checked() -> None:
    decision = hiring.decide(ProjectNeeds())
    assert cautions_text.checked(decision).startswith(f"We checked {len(decision.evidence.rules)} things")


@pytest.mark.parametrize(("needs", "sources"), [
    (ProjectNeeds(integration="embedded"), "UncleFed"), (ProjectNeeds(technical_lead=False), "")])
def test_publishers_of_a_caution_are_linked_and_own_advice_has_none(needs: ProjectNeeds, sources: str) -> None:
    decision = hiring.decide(needs)
    rule = "engagement_looks_like_employment" if sources else "nobody_directs_the_work"
    (caution,) = [it for it in verdict_text.cautions(decision) if it.findings[0].rule.id == rule]
    shown = cautions_text.caution_sources(decision, caution)
    assert sources in shown
    assert (shown == "") == (not sources)
