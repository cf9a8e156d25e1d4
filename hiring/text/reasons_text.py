"""The sentences of the explanation: reasons, and the figures that matter most."""

from __future__ import annotations

from typing import NamedTuple

from hiring.model import fit
from hiring.model.decision import Decision
from hiring.model.explanation import LEAST, Reason
from hiring.model.needs import NEEDS, ProjectNeeds
from hiring.model.simulation import Outcome
from hiring.model.tornado import Bar, Tornado
from hiring.text import figure_names
from hiring.text.chart_titles import outlasts
from hiring.text.formatting import counted, in_words, join_words, lower_first, money, month, points, weeks
from hiring.text.switching_text import choice_label
from hiring.text.verdict_text import option_name


class Claim(NamedTuple):
    """A claim and the numbers behind it."""

    title: str
    body: str


# Reasons

REST = "rest"  # the criteria that are no reason by themselves, taken together


def lead_points(decision: Decision) -> dict[str, int]:
    """The lead of the first over the second in whole points of 100, by criterion, the largest first, and the rest
    together under `REST`; they add up to the rounded lead."""
    leads = decision.leads(*decision.left[:2])
    exact = {c: lead * 100 for c, lead in sorted(leads.items(), key=lambda it: -abs(it[1])) if abs(lead) >= LEAST}
    if len(exact) < len(leads):
        exact[REST] = sum(lead * 100 for c, lead in leads.items() if c not in exact)
    whole = {c: round(lead) for c, lead in exact.items()}
    off = round(sum(leads.values()) * 100) - sum(whole.values())
    step = 1 if off > 0 else -1
    for c in sorted(exact, key=lambda c: ((whole[c] + step) * exact[c] <= 0, step * (whole[c] - exact[c])))[:abs(off)]:
        whole[c] += step
    return whole


def reason(decision: Decision, it: Reason) -> Claim:
    """One criterion that separates the first from the second: who does better there, the points, the
    manager's own answers and both options' numbers."""
    first, second = (decision.outcomes[option] for option in decision.left[:2])
    ahead = next(c.ahead for c in decision.evidence.criteria if c.id == it.criterion)
    better, worse = (first, second) if it.lead > 0 else (second, first)
    if it.criterion == fit.COST:
        ahead, body = _cost_reason(decision, first, second, better, worse, ahead)
    elif it.criterion == fit.SPEED:
        ahead, body = _speed_reason(decision, first, second, better, worse, ahead)
    else:
        ahead, body = _rated_reason(decision, it.criterion, first, second, better, worse, ahead)
    who = "it" if it.lead > 0 else option_name(second)
    whole = lead_points(decision)[it.criterion]
    title = f"{who} {ahead}, {points(whole / 100)} point{'' if abs(whole) == 1 else 's'}."
    return Claim(f"{title[0].upper()}{title[1:]}" if it.lead > 0 else f"Against it: {title}", body)


def _cost_reason(decision: Decision, first: Outcome, second: Outcome, better: Outcome, worse: Outcome,
                 ahead: str) -> tuple[str, str]:
    needs = decision.needs
    late = any(outlasts(decision, outcome) for outcome in (first, second))
    span = ("; a build that takes longer than you look ahead counts to its release" if late else
            f" for {counted(needs.horizon_months, 'month')}")
    given = (f"You have {money(decision.budget_usd)}{span}" if needs.budget_usd is not None
             else f"You gave no budget, so {money(decision.budget_usd)} is assumed")
    middle = f"{first.option.label} takes {money(first.cost_quantiles[1])} in the middle future, " \
             f"{option_name(second)} {money(second.cost_quantiles[1])}"
    kept = ""
    if first.within_budget_share is not None and second.within_budget_share is not None:
        kept = (f"; within budget in {in_words(first.within_budget_share)} of 100 futures against "
                f"{in_words(second.within_budget_share)}")
    costs = [outcome.cost_quantiles[1] for outcome in (better, worse)]
    if costs[0] >= costs[1] or money(costs[0]) == money(costs[1]):
        ahead = "fits the budget better over all futures"
    return ahead, f"{given}. {middle}{kept}."


def _speed_reason(decision: Decision, first: Outcome, second: Outcome, better: Outcome, worse: Outcome,
                  ahead: str) -> tuple[str, str]:
    needs = decision.needs
    due = (f"a release by {month(needs.deadline_months)}" if needs.deadline_months is not None
           else f"a release by {month(decision.deadline_months)} (assumed)")
    begin = f"a start within {weeks(needs.start_within_weeks)}" if needs.start_within_weeks else "a start today"
    numbers = (f"{first.option.label} starts in week {first.start_week:.0f} and releases in "
               f"{month(first.finish_quantiles[1])}, {option_name(second)} in week {second.start_week:.0f} and "
               f"{month(second.finish_quantiles[1])}")
    finishes = [outcome.finish_quantiles[1] for outcome in (better, worse)]
    if finishes[0] >= finishes[1] or month(finishes[0]) == month(finishes[1]):
        starts = [round(outcome.start_week) for outcome in (better, worse)]
        ahead = "starts sooner" if starts[0] < starts[1] else "fits your dates better over all futures"
    return ahead, f"You need {due} and {begin}. {numbers}."


def _rated_reason(decision: Decision, criterion: str, first: Outcome, second: Outcome, better: Outcome, worse: Outcome,
                  ahead: str) -> tuple[str, str]:
    rating = {o.option.id: decision.evidence.central(f"{criterion}.{o.option.id}") for o in (first, second)}
    if rating[better.option.id] <= rating[worse.option.id]:
        ahead = "meets the need better over all futures"
    label = next(c.label for c in decision.evidence.criteria if c.id == criterion)
    need = decision.need_levels[criterion] * 100
    return ahead, (f"{_answers(criterion, decision.needs)}: you need {need:.0f} points of 100 for "
                   f"{lower_first(label)}. {first.option.label} is rated {rating[first.option.id]:.0f}, "
                   f"{option_name(second)} {rating[second.option.id]:.0f}.")


def _answers(criterion: str, needs: ProjectNeeds) -> str:
    """The answers behind a need level, as the start of a sentence."""
    if criterion == "autonomy":
        return "You have a technical lead" if needs.technical_lead else "You have no technical lead"
    chosen = [f"{NEEDS[it].statement} “{choice_label(it, getattr(needs, it)).lower()}”" for it in fit.LEVELS[criterion]]
    if criterion == "continuity":
        chosen.insert(0, _stays(needs))
    said = join_words(chosen)
    return f"{said[0].upper()}{said[1:]}"


def _stays(needs: ProjectNeeds) -> str:
    """What asks for people who stay: a long build, or else the upkeep."""
    if fit.need_to_stay(needs) > fit.upkeep_extent(needs):
        return f"the build takes {counted(needs.build_months, 'month')}"
    after = needs.horizon_months - needs.build_months
    if not needs.upkeep_developers or after <= 0:
        return "nothing is kept running afterwards"
    keep = "keeps" if needs.upkeep_developers == 1 else "keep"
    return f"{counted(needs.upkeep_developers, 'developer')} {keep} it running for {counted(round(after, 1), 'month')}"


def lead_headline(decision: Decision) -> str:
    """What the lead is made of, in a sentence."""
    first, second = decision.left[:2]
    leads = decision.leads(first, second)
    total = sum(leads.values())
    labels = {c.id: c.label.lower() for c in decision.evidence.criteria}
    ahead = [labels[c] for c, lead in leads.items() if lead >= LEAST][:2]
    behind = [labels[c] for c, lead in reversed(leads.items()) if lead <= -LEAST][:2]
    whole = round(total * 100)
    margin = f"a lead of {whole} point{'' if whole == 1 else 's'}" if whole > 0 else (
        "no lead in the mean score" if whole == 0 else f"{-whole} behind in the mean score")
    if ahead and behind:
        verb = "outweigh" if len(ahead) > 1 else "outweighs"
        claim = f"{join_words(ahead)} {verb if whole > 0 else 'against'} {join_words(behind)}"
    else:
        cause = ahead if whole > 0 else behind if whole < 0 else ahead or behind
        claim = join_words(cause) if cause else "many small differences" if whole else "nothing much separates the two"
    return f"{claim[0].upper()}{claim[1:]}: {margin}"


# Tornado

def tornado_headline(decision: Decision, found: Tornado) -> str:
    """The figure that moves the lead most."""
    if not found.bars or found.bars[0].swing == 0:
        return "No figure moves the lead"
    longest = found.bars[0]
    ends = f"{points(longest.at_low)} to {points(longest.at_high)} points"
    return f"{_figure(decision, longest)} moves the lead most: {ends}"


def find_out(decision: Decision, found: Tornado) -> list[Claim]:
    """The sourced and the assumed figure that matter most: what to find out before signing."""
    claims = []
    for assumed, title in ((False, "Of the figures with a source"), (True, "Of the assumed figures")):
        bar = found.longest(decision.evidence, assumed)
        if bar is None:
            continue
        figure = decision.evidence.figures[bar.id]
        ends = _effect(decision, found, bar)
        claims.append(Claim(
            f"{title}, {figure_names.name_in_sentence(figure, decision.evidence)} matters most.",
            f"It is taken as {figure_names.range_in_sentence(figure)}: the lead is {_ends(bar)}, {ends}."))
    return claims


def _effect(decision: Decision, found: Tornado, bar: Bar) -> str:
    """What the worse end does to the order of the mean scores."""
    lead, option, rival = found.lead, *(option_name(decision.outcomes[it]) for it in (found.option, found.rival))
    if lead > 0 and min(bar.at_low, bar.at_high) < 0:
        return f"which would put {rival} ahead"
    if lead < 0 and max(bar.at_low, bar.at_high) > 0:
        return f"which would put {option} ahead in the mean score too"
    return "which leaves the order as it is"


def _figure(decision: Decision, bar: Bar) -> str:
    return figure_names.full_name(decision.evidence.figures[bar.id], decision.evidence)


def _ends(bar: Bar) -> str:
    """Both ends, in whole points, or finer where these would hide which of the two options is ahead."""
    crosses = min(bar.at_low, bar.at_high) < 0 < max(bar.at_low, bar.at_high)
    digits = next((n for n in range(4) if not crosses or "0" not in (points(bar.at_low, n), points(bar.at_high, n))), 4)
    low, high = points(bar.at_low, digits), points(bar.at_high, digits)
    return f"{low} point{'' if low[1:] == '1' else 's'} at its low end and {high} at its high end"
