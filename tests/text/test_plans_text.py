"""The sentences on staged plans: each says what the model's numbers say."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hiring import Decision, ProjectNeeds
from hiring.model.plans import Offer, Plan
from hiring.text import formatting, plans_text
from tests.factories import explained
from tests.page_text import is_month, lowered, says
from tests.strategies import COMPARED, MANY, plausible_projects

NOUNS = {"freelance": ("Freelancers build it", "freelancers keep it"),
         "in_house": ("People you hire build it", "people you hire keep it"),
         "agency": ("An agency builds it", "an agency keeps it")}
STAGED = st.one_of(COMPARED, plausible_projects(budget_usd=None, build_months=st.integers(1, 12),
                                                horizon_months=st.integers(24, 60)))


def ahead_of_all(decision: Decision, plan: Plan) -> float:
    """The share of futures in which the plan scores above every option left; who ties for first shares the future."""
    left = decision.scores[:, [place for place, option in enumerate(decision.outcomes) if option in decision.left]]
    beaten, tied = (plan.scores[:, None] < left).any(axis=1), (plan.scores[:, None] == left).sum(axis=1)
    return float(np.mean(np.where(beaten, 0.0, 1 / (1 + tied))))


@MANY
@given(STAGED)
def test_the_hint_at_a_staged_plan_has_the_numbers_of_the_offer(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision, offer = explanation.decision, explanation.offer
    headline = plans_text.plan_headline(decision, offer)
    if offer is None:
        assert headline.startswith("No staged plan ")
        assert decision.left or headline == "No staged plan fits either"
        assert not decision.left or headline.endswith(f"than {lowered(decision.outcomes[decision.first].option)} alone")
        return
    plan, shown = offer.plan, plans_text.plan_hint(decision, offer)
    words = f"{NOUNS[plan.builder.option.id][0]}, {NOUNS[plan.keeper.option.id][1]}"
    assert plan.builder is not plan.keeper
    assert not plan.is_ruled_out
    assert headline.startswith(words)
    assert shown.body.startswith(words)
    if not decision.left:
        assert shown.title == "A staged plan would fit."
        within = re.search(r" It stays within \\(\S+) in (.+) of 100 futures\.$", shown.body)
        assert (within is not None) == (needs.budget_usd is not None)
        assert within is None or (within[1] == formatting.money(needs.budget_usd) and says(
            within[2], float(np.mean(plan.total <= needs.budget_usd))))
        return
    share = ahead_of_all(decision, plan)
    for text in (headline, shown.body.removesuffix(".")):
        number = re.fullmatch(rf"{words}: ahead of (.+?) in (.+?) of 100 futures(, but .+)?", text)
        assert number, text
        assert number[3] is None or text is not headline
        assert says(number[2], share), text
        assert number[1] == ("each option alone" if len(decision.left) > 1 else
                             f"{lowered(decision.outcomes[decision.first].option)} alone")
    assert shown.title == ("A staged plan clearly does better." if share >= 0.9 else
                          "A staged plan likely does better." if share >= 0.75 else "A staged plan is worth a look.")


def kept_by(decision: Decision, plan: Plan) -> dict[str, tuple[float, float]]:
    """Each limit that was given, in words, with the shares in which the plan and the first option keep it."""
    needs, first, found = decision.needs, decision.outcomes[decision.first], {}
    if needs.deadline_months is not None:
        due = needs.deadline_months * 52 / 12
        found["on time"] = tuple(float(np.mean(it.schedule.finish <= due)) for it in (plan.builder, first))
    if needs.budget_usd is not None:
        found[f"within {formatting.money(needs.budget_usd)}"] = tuple(
            float(np.mean(it.total <= needs.budget_usd)) for it in (plan, first))
    return found


@MANY
@given(STAGED)
def test_the_hint_names_each_limit_that_the_plan_keeps_clearly_less_often(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision = explanation.decision
    if not decision.left:
        return
    for plan in explanation.plans.values():
        if plan.handover is not None:
            body = plans_text.plan_hint(decision, Offer(plan, 0.8, "likely")).body.replace("\\", "")
            less = re.search(r", but (.+)\.$", body)
            entries = re.findall(r"(on time|within \S+) in (.+?) of 100 against ((?:more than |fewer than )?\d+)",
                                 less[1] if less else "")
            shown = {limit: shares for limit, *shares in entries}
            kept = kept_by(decision, plan)
            assert set(shown) == {limit for limit, (own, alone) in kept.items() if alone - own >= 0.05}, body
            for limit, shares in shown.items():
                assert all(says(one, share) for one, share in zip(shares, kept[limit], strict=True)), body


AGAINST = re.compile(
    r"(?:The same first release as with (\S+) alone, month ([\d.]+)|First release in month ([\d.]+) against month "
    r"([\d.]+) with (\S+) alone)(?:, on time in (.+?) of 100 futures against (.+?))?"
    r"(?:, within (\S+) in (.+?) of 100 futures against (.+?))?, for (?:about the same money|(\S+) (more|less)) in the "
    r"middle future\.")


@MANY
@given(STAGED)
def test_a_staged_plan_is_set_against_the_first_with_both_plans_numbers(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision, first = explanation.decision, explanation.decision.outcomes[explanation.decision.first]
    for plan in explanation.plans.values():
        if plan.handover is None:
            continue
        text = plans_text.plan_against_first(decision, plan).replace("\\", "")
        shown = AGAINST.fullmatch(text)
        assert shown, text
        same, at, month, other_month, who, share, other_share, limit, kept, other_kept, money, more = shown.groups()
        release, other_release = (float(np.median(it.schedule.finish)) * 12 / 52 for it in (plan.builder, first))
        limits = kept_by(decision, plan)
        assert (same or who) == lowered(first.option)
        assert (same is not None) == (plan.builder.option.id == first.option.id), text
        assert is_month(at or month, release)
        assert same or is_month(other_month, other_release)
        assert (share is None) == (needs.deadline_months is None or same is not None), text
        assert share is None or (says(share, limits["on time"][0]) and says(other_share, limits["on time"][1])), text
        assert (limit is None) == (needs.budget_usd is None)
        if limit:
            own, alone = limits[f"within {limit}"]
            assert says(kept, own), text
            assert says(other_kept, alone), text
        cost, alone = float(np.median(plan.total)), float(np.median(first.total))
        assert (money is None) == (abs(cost - alone) < 0.02 * alone), text
        assert money is None or money == formatting.money(abs(cost - alone))
        assert money is None or (more == "more") == (cost > alone)


@MANY
@given(STAGED)
def test_the_headline_of_the_grid_has_the_scores_of_the_offer_and_of_the_first(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision = explanation.decision
    for plan in explanation.plans.values():
        shown = re.fullmatch(r"It scores (\d+) points of 100(?:, (\S+) alone (\d+))?",
                            plans_text.grid_headline(decision, Offer(plan, 0.8, "likely")))
        assert shown
        assert abs(int(shown[1]) - float(plan.scores.mean()) * 100) <= 0.5 + 1e-9
        assert (shown[2] is not None) == bool(decision.left)
        if shown[2]:
            assert shown[2] == lowered(decision.outcomes[decision.first].option)
            column = list(decision.outcomes).index(decision.first)
            assert abs(int(shown[3]) - float(decision.scores[:, column].mean()) * 100) <= 0.5 + 1e-9


@MANY
@given(plausible_projects(upkeep_developers=st.sampled_from([0.25, 0.5, 1, 2])))
def test_no_staged_plan_is_said_to_fail_as_long_as_one_stands(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    headline = plans_text.plan_headline(explanation.decision, explanation.offer)
    if plans_text.keeps_something(explanation) and headline == "No staged plan fits either":
        assert all(plan.is_ruled_out for plan in explanation.plans.values() if plan.handover is not None)


def test_a_staged_plan_without_upkeep_is_none() -> None:
    assert not plans_text.keeps_something(explained(ProjectNeeds(upkeep_developers=0)))
    assert plans_text.keeps_something(explained(ProjectNeeds()))
    assert explained(ProjectNeeds(upkeep_developers=0)).offer is None


def test_the_staged_plan_of_the_default_project_reads_like_this() -> None:
    explanation = explained(ProjectNeeds())
    decision, offer = explanation.decision, explanation.offer
    assert offer is not None
    assert plans_text.plan_hint(decision, offer) == (
        "A staged plan is worth a look.",
        "Freelancers build it, people you hire keep it: ahead of each option alone in 56 of 100 futures, but within "
        "$600k in 66 of 100 against 92.")
    assert plans_text.plan_against_first(decision, offer.plan) == (
        "First release in month 7.5 against month 12 with in-house alone, on time in 96 of 100 futures against 58, "
        "within $600k in 66 of 100 futures against 92, for $65k more in the middle future.")
    assert plans_text.grid_headline(decision, offer) == "It scores 81 points of 100, in-house alone 80"
    same = plans_text.plan_against_first(decision, explanation.plans["in_house", "freelance"])
    assert same.startswith("The same first release as with in-house alone, month 12, within ")
