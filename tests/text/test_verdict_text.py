"""The sentences of the answer: each says what the model's numbers say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hiring import Decision, ProjectNeeds, decide
from hiring.links.project_link import Said
from hiring.model import decision as model
from hiring.model.decision import MIX, NONE_FITS
from hiring.model.explanation import Explanation
from hiring.model.plans import Plan
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.text import chart_titles, formatting, verdict_text
from hiring.text.formatting import unmarked
from tests.factories import LIMITED, SNAPSHOT, SPECIAL, explained, option
from tests.page_text import FLAW, lowered, says
from tests.pool import POOL, each_of

WORDS = {"clear": "Clearly best: ", "likely": "Likely best: ", "leaning": "Leaning toward ",
         "close_call": "Too close to call: ", "none_fits": "No plan fits. Nearest: "}
LIMITS_WORDS = re.compile(r"(?:stays within (\S+)( for the build)?)?(?: and )?(?:releases by (.+))?")
FROM = date(2026, 11, 30)


def name(decision: Decision, plan: str) -> str:
    return "the mix" if plan == MIX else lowered(decision.outcomes[plan].option)


def at_start(decision: Decision, plan: str) -> str:
    return verdict_text.sentence_case(name(decision, plan))


def kept(decision: Decision, plan: str) -> float:
    """In which share of simulations a plan keeps the limits, from its costs and dates."""
    needs, outcome = decision.needs, decision.all_outcomes[plan]
    cost = outcome.course.budgeted if needs.budget_covers == "build" else outcome.total
    keeps = np.ones(decision.draws, dtype=bool)
    if needs.budget_usd is not None:
        keeps &= cost <= needs.budget_usd
    if needs.deadline_months is not None:
        keeps &= outcome.finish / WEEKS_A_MONTH <= needs.deadline_months
    return float(keeps.mean())


def share_said(text: str, share: float) -> bool:
    """Like `says`, where a share that must not reach a bound of the model reads "fewer than" it."""
    found = re.fullmatch(r"(?:fewer than |<)(25|50|75)", text)
    return says(text, share) if found is None else int(found[1]) / 100 - 0.0051 < share < int(found[1]) / 100


@each_of(POOL)
def test_no_sentence_of_the_answer_contradicts_its_numbers(explanation: Explanation) -> None:
    for from_day in (None, FROM):
        agrees_with_its_numbers(replace(explanation.decision, from_day=from_day))


def agrees_with_its_numbers(decision: Decision) -> None:
    needs = decision.needs
    heading, result = unmarked(verdict_text.heading(decision)), unmarked(verdict_text.result(decision))
    assert heading.startswith(WORDS[decision.verdict]), heading
    if decision.answer != MIX or decision.verdict in ("close_call", "none_fits"):
        assert name(decision, decision.nearest) in heading or decision.nearest == MIX
    assert unmarked(verdict_text.verdict(decision)) == f"{heading}. {verdict_text.sentence_case(result)}"
    beside = decision.rival if decision.verdict == "close_call" else decision.first if (
        decision.verdict != NONE_FITS and decision.answer == MIX) else None
    result = names_who_keeps_the_limits_more_often(decision, result)
    own, _, other = result.partition(". ")
    assert bool(other) == (beside is not None), result
    other, but, _ = other.partition(", but the mix ")
    assert bool(but) == (decision.answer == MIX and beside is not None and decision.verdict != "close_call"
                         and looks_better(decision, beside)), result
    assert not other or other.startswith(
        f"{at_start(decision, beside)} {'' if decision.verdict == 'close_call' else 'alone '}"), result
    if decision.verdict == "close_call":
        own = own.removeprefix(f"{name(decision, decision.answer)} ")
    for plan, said in ((decision.nearest, own), (beside, other)):
        if plan is not None and not decision.has_limits:
            says_cost_and_release(decision, plan, said)
        elif plan is not None:
            says_keep_share(decision, plan, said)
    head = unmarked(verdict_text.short_verdict(decision))
    assert ("no limit given" in head) == (not decision.has_limits)
    assert not decision.has_limits or share_said(
        re.search(r": (\S+) of 100 within limits$", head)[1], kept(decision, decision.nearest)), head
    for sentence in (heading, result, verdict_text.main_reason(decision), head,
                     verdict_text.project_size(needs, decision.from_day), chart_titles.cost_headline(decision),
                     chart_titles.fit_headline(decision),
                     chart_titles.spending_headline(decision), chart_titles.spending_explained(decision)):
        assert sentence
        assert not FLAW.search(sentence), sentence
    reason_fits(decision)
    cards_fit(decision)


def looks_better(decision: Decision, plan: str) -> bool:
    """Whether a plan does better than the answer in what the verdict says of both."""
    if decision.has_limits:
        return kept(decision, plan) > decision.keep_share + 0.1
    return np.median(decision.all_outcomes[plan].total) < 0.95 * np.median(decision.answered.total)


def names_who_keeps_the_limits_more_often(decision: Decision, result: str) -> str:
    """What is left of the result without the option that keeps the limits more often than the answer does."""
    left, more, share, equal, its = re.fullmatch(
        r"(.+?)(?:\. (\w+(?:-\w+)?) keeps (?:both limits|the limit) in ([^;.]+?), but .+|, ([a-z-]+) in ([^;,.]+)|"
        r"\. [A-Z][a-z-]+ typically costs \S+, but .+)?", result).groups()
    said = {name(decision, id_): kept(decision, id_) for id_ in decision.all_outcomes}
    if more:
        assert share_said(share, said[more.lower()])
        least = 0.0 if decision.answer == MIX or decision.fits_instead else 0.1
        assert said[more.lower()] > decision.keep_share + least
    elif equal:
        assert decision.answer == MIX and share_said(its, said[equal])
        assert kept(decision, decision.first) < said[equal] <= decision.keep_share
    elif decision.has_limits and decision.verdict not in (NONE_FITS, "close_call"):
        assert max(decision.keep_shares.values()) <= decision.keep_share + 0.1
        assert decision.fits_instead is None
    return left


def says_cost_and_release(decision: Decision, plan: str, text: str) -> None:
    assert "of 100" not in text
    _, cost, release = decision.all_outcomes[plan], *(
        quantiles[1] for quantiles in (decision.all_outcomes[plan].cost_quantiles,
                                       decision.all_outcomes[plan].finish_quantiles))
    assert text.endswith(f"costs {formatting.money(cost)} and releases in "
                         f"{formatting.date_of(decision.from_day, release)}"), text


def says_keep_share(decision: Decision, plan: str, text: str) -> None:
    """The share is that of simulations in which the plan keeps what is said, which are the limits given."""
    needs = decision.needs
    shown = re.fullmatch(r"(.+) in (.+?)(?: of 100 simulations)?", text)
    assert shown, text
    assert share_said(shown[2], kept(decision, plan)), text
    if plan != decision.nearest:
        assert shown[1].removesuffix(" does so").removesuffix(" alone") == at_start(decision, plan), text
        return
    limits = LIMITS_WORDS.fullmatch(shown[1])
    assert limits, text
    assert limits[1] == (None if needs.budget_usd is None else formatting.exact_money(needs.budget_usd))
    assert bool(limits[2]) == (needs.budget_usd is not None and needs.budget_covers == "build"
                               and needs.upkeep_developers * needs.upkeep_months > 0)
    due = needs.deadline_months
    assert limits[3] == (None if due is None else formatting.date_of(FROM, due) if decision.from_day else
                         formatting.exact_month(due))


def reason_fits(decision: Decision) -> None:
    """What the answer is said to do better is so, and how often it comes first is the share behind the verdict."""
    text = verdict_text.main_reason(decision)
    if decision.verdict == NONE_FITS:
        needs = decision.needs
        remedy = decision.remedies[decision.nearest]
        assert decision.nearest == min(decision.remedies, key=lambda plan: decision.remedies[plan].stretch)
        assert (remedy.budget_usd is None) or verdict_text.budget_then(needs, remedy.budget_usd) in text
        least = ", the smallest change that any plan needs" if decision.rival else ""
        assert text.endswith(f" would give it an even chance{least}.")
        return
    found = re.search(r"(?:It|The mix|Freelance|In-house|Agency) scores highest (of the options )?in (.+?) of 100 "
                      "simulations", text)
    assert found, text
    assert (found[1] is not None) == (decision.answer != MIX and decision.verdict != "close_call")
    assert abs(int(re.sub(r"\D", "", found[2])) - decision.answer_share * 100) <= 1, text
    better, worse = decision.answered, decision.all_outcomes[decision.rival]
    if decision.verdict == "close_call":
        return
    ahead = text.split(" scores ")[0]
    if "costs less" in ahead:
        assert np.median(better.total) < np.median(worse.total)
    if "delivers sooner" in ahead:
        assert np.median(better.finish) < np.median(worse.finish)
    if "keeps your limits more often" in ahead:
        assert better.keep_share > worse.keep_share


def cards_fit(decision: Decision) -> None:
    label = verdict_text.kept_label(decision.needs)
    assert (label == "") == (not decision.has_limits)
    badges = {plan: verdict_text.badge(decision, plan) for plan in decision.all_outcomes}
    assert badges[decision.nearest] in ("best", "likely", "leaning", "close call", "nearest")
    assert sum(map(bool, badges.values())) == (2 if decision.verdict == "close_call" else 1)
    for plan, outcome in decision.all_outcomes.items():
        cost, *more = lines = [unmarked(line) for line in verdict_text.card_lines(decision, plan)]
        low, typical, high = np.quantile(outcome.total, (0.1, 0.5, 0.9))
        whole = formatting.money_range(low, high)
        has_build = decision.needs.budget_usd is not None and decision.needs.budget_covers == "build" and (
            decision.needs.upkeep_developers * decision.needs.upkeep_months > 0)
        if has_build:
            assert cost.startswith(f"{formatting.money(float(np.median(outcome.course.budgeted)))} build ")
            assert more[0] == f"{formatting.money(typical)} in all {whole}"
        else:
            assert cost == (f"{formatting.money(typical)} {whole}" if decision.has_limits else whole)
        release = float(np.median(outcome.finish)) / WEEKS_A_MONTH
        assert lines[1 + has_build].startswith(formatting.short_date_of(decision.from_day, release))
        assert (len(lines) == 3 + has_build) == (plan == MIX)


@each_of(POOL)
def test_no_caution_contradicts_its_numbers_and_each_names_the_plans_it_is_true_of(explanation: Explanation) -> None:
    decision = explanation.decision
    cautions = verdict_text.cautions(decision)
    assert sorted((plan, finding.rule.id) for it in cautions for plan, finding in zip(
        it.plans, it.findings, strict=True)) == sorted(
        (plan, finding.rule.id) for plan, of in decision.findings.items() for finding in of
        if decision.verdict != NONE_FITS or finding.rule.id not in verdict_text.ON_THE_CARDS)
    assert len({(it.title, it.sentence) for it in cautions}) == len(cautions)
    for it in cautions:
        assert not FLAW.search(it.title + it.sentence), it
        shown = re.search(r"^(It stays|It releases|Work begins) .*? in (.+?) of 100 simulations", it.sentence)
        for plan in it.plans if shown else ():
            outcome = decision.all_outcomes[plan]
            share = {"It stays": outcome.within_budget_share, "It releases": outcome.on_time_share,
                     "Work begins": outcome.starts_in_time_share}[shown[1]]
            assert share_said(shown[2], share) if share else shown[2] == "none"
            assert ("never" in it.title) == (share == 0)
            assert share < 0.25


def test_the_answer_reads_like_this() -> None:
    decision = decide(LIMITED, from_day=FROM)
    assert decision.answer == MIX
    own, alone = (verdict_text.share_in_words(it, decision) for it in (
        decision.mix.keep_share, decision.keep_shares[decision.first]))
    assert unmarked(verdict_text.verdict(decision)) == (
        f"{WORDS[decision.verdict]}freelancers build and people you hire keep it running. Stays within $400k for the "
        f"build and releases by November 2027 in {own} of 100 simulations. In-house alone does so in {alone}, "
        f"freelance in {verdict_text.share_in_words(decision.keep_shares['freelance'], decision)}")
    nothing = decide(SPECIAL["nothing fits"][0])
    nearest = nothing.remedies[nothing.nearest]
    assert unmarked(verdict_text.verdict(nothing)) == (
        f"No plan fits. Nearest: {name(nothing, nothing.nearest)}. Stays within $50k for the build in 0 of 100 "
        "simulations")
    assert verdict_text.main_reason(nothing) == (
        f"A budget of {formatting.money(nearest.budget_usd)} would give it an even chance, the smallest change that "
        "any plan needs.")


@pytest.mark.parametrize(("plan", "heading", "members"), [
    (Plan("together", option("freelance"), option("in_house"), 1.0, 1.0),
     "one in-house and one freelance developer", "1 in-house + 1 freelance"),
    (Plan("together", option("agency"), option("in_house"), 1.25, 0.75),
     "0.75 in-house and 1.25 agency developers", "0.75 in-house + 1.25 agency"),
    (Plan("bridge", option("agency"), option("in_house"), 6.0, 6.0),
     "an agency begins and people you hire take over", "Agency begins, then in-house"),
    (Plan("handover", option("agency"), option("in_house"), 6.0, 6.0),
     "an agency builds and people you hire keep it running", "Agency, then in-house")])
def test_a_mix_says_who_is_in_it(plan: Plan, heading: str, members: str) -> None:
    decision = decide(LIMITED)
    mixed = replace(decision.mix.outcome, course=replace(decision.mix.outcome.course, plan=plan))
    led = replace(decision, mix=replace(decision.mix, outcome=mixed))
    assert unmarked(verdict_text.heading(led)) == f"{WORDS[led.verdict]}{heading}"
    assert verdict_text.mix_members(mixed) == members
    assert unmarked(verdict_text.card_lines(led, MIX)[-1]) == members


def test_limits_and_the_start_read_as_they_were_given() -> None:
    needs = ProjectNeeds(budget_usd=94_500, deadline_months=12.5, start_within_weeks=10.5)
    assert verdict_text.keeps(needs) == "stays within $94,500 for the build and releases by month 12.5"
    assert verdict_text.project_size(needs, None).endswith(". $94,500 for the build; release by month 12.5")
    assert verdict_text.project_size(needs, FROM).endswith("; release by December 14, 2027")
    assert formatting.weeks(needs.start_within_weeks) == "10.5 weeks"
    assert verdict_text.budget_then(needs, 94_500) == "$94,500"
    assert verdict_text.deadline_then(needs, 12.5) == "month 12.5"
    assert verdict_text.deadline_then(needs, 13.5001) == "month 14"
    assert verdict_text.deadline_then(needs, 12.5, FROM) == "December 2027"
    assert verdict_text.deadline_then(needs, 12.7, FROM) == "December 20, 2027"  # else the two months would be one
    assert verdict_text.deadline_then(needs, 13.5, FROM) == "January 2028"


@pytest.mark.parametrize("name_", SPECIAL)
def test_special_cases_read_right(name_: str) -> None:
    decision = explained(*SPECIAL[name_]).decision
    for text in (verdict_text.verdict(decision), verdict_text.main_reason(decision),
                 verdict_text.short_verdict(decision), *(line for plan in decision.all_outcomes
                                                         for line in verdict_text.card_lines(decision, plan))):
        assert text
        assert not FLAW.search(text), text


OPTIONS = SNAPSHOT.options


@pytest.mark.parametrize(("then", "now", "shown"), [
    (Said("in_house", 93, "1.0"), Said("mix", 72, "2.0", 85),
     "When this link was made it said: In-house, first in 93 of 100. It now says: A mix, first in 72 of 100, "
     "within limits in 85. The model was version 1.0 then and is 2.0 now; the changelog says what changed."),
    (Said("none", 0, "2.0"), Said("freelance", 60, "2.0"),
     "When this link was made it said: no plan fits. It now says: Freelance, first in 60 of 100. Model and figures are "
     "the same, so the link itself was altered after it was made."),
    (Said("mix", 72, "2.0", 85), Said("mix", 72, "2.0", 85), ""), (None, Said("mix", 72, "2.0"), "")])
def test_what_a_link_said_is_shown_beside_what_the_page_says(then: Said | None, now: Said, shown: str) -> None:
    assert unmarked(verdict_text.changed_since_link(then, now, OPTIONS)) == shown


def test_every_verdict_has_its_words() -> None:
    assert {*verdict_text.WORDS, model.CLOSE_CALL, model.NONE_FITS} == {*model.VERDICTS}
    assert {*verdict_text.SHORT_WORDS, model.NONE_FITS} == {*model.VERDICTS}


def test_an_answer_that_seldom_keeps_the_limits_names_the_plan_that_does() -> None:
    decision = decide(ProjectNeeds(
        developers=1.5, build_months=11, deadline_months=23, upkeep_developers=0, budget_usd=450_000, limits="target",
        seniority="senior", wage_basis="oews", talent_region="western_europe", scale="massive", disciplines="few",
        data_sensitivity="regulated", technical_lead=False, integration="embedded", mixes=False))
    assert decision.keep_share < 0.25 <= decision.keep_shares[str(decision.fits_instead)]
    assert re.search(r"Freelance keeps both limits in \d+, but in-house", unmarked(verdict_text.verdict(decision)))


def test_where_an_option_costs_less_than_the_mix_that_leads_the_verdict_says_why_it_leads() -> None:
    decision = decide(ProjectNeeds(location="de", developers=4, build_months=18, upkeep_months=24))
    assert decision.answer == MIX and not decision.has_limits
    assert verdict_text.result(decision).endswith(", but the mix delivers sooner")
