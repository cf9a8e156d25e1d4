"""The sentences of the explanation: reasons, and the figures that matter most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hiring.model import fit
from hiring.model.decision import LIMITS, NONE_FITS, Decision
from hiring.model.evidence import OWN
from hiring.model.explanation import LEAST, Reason
from hiring.model.needs import NEEDS, ProjectNeeds, plain
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.model.simulation import Outcome
from hiring.model.tornado import BARS_SHOWN, LIMIT, WEIGHT, Bar, Tornado
from hiring.text import figure_names
from hiring.text.figure_names import ASSUMED
from hiring.text.formatting import (
    counted,
    date_of,
    date_range,
    exact_month,
    join_words,
    lower_first,
    money,
    points,
    short_date_of,
    start_of,
    weeks,
)
from hiring.text.switching_text import choice_label
from hiring.text.verdict_text import (
    claim,
    dotted,
    has_upkeep,
    keeps,
    keeps_limits,
    option_name,
    rating,
    sentence_case,
    share_in_words,
    share_of_hundred,
    subject,
)


class Claim(NamedTuple):
    """A claim and the numbers behind it."""

    title: str
    body: str


# Reasons

REST = "rest"  # the criteria that are no reason by themselves, taken together
LEAST_SWING = 0.005  # a figure that moves the lead by less moves nothing that is shown


def compared(decision: Decision) -> tuple[Outcome, Outcome]:
    """The answer and its rival."""
    assert decision.rival is not None, "one option alone has no rival"
    return decision.answered, decision.all_outcomes[decision.rival]


def leads_of(decision: Decision) -> dict[str, float]:
    """The lead of the answer over its rival by criterion."""
    assert decision.rival is not None, "one option alone has no rival"
    return decision.leads(decision.answer, decision.rival)


def criteria_labels(decision: Decision) -> dict[str, str]:
    return {**{c.id: c.label for c in decision.evidence.criteria}, LIMITS: "Your limits"}


def lead_points(decision: Decision) -> dict[str, int]:
    """The lead of the answer over its rival in whole points of 100, by criterion, the largest first, and the rest
    together under `REST`; they add up to the rounded lead."""
    leads = leads_of(decision)
    exact = {c: lead * 100 for c, lead in sorted(leads.items(), key=lambda it: -abs(it[1])) if abs(lead) >= LEAST}
    if len(exact) < len(leads):
        exact[REST] = sum(lead * 100 for c, lead in leads.items() if c not in exact)
    whole = {c: round(lead) for c, lead in exact.items()}
    off = round(sum(leads.values()) * 100) - sum(whole.values())
    step = 1 if off > 0 else -1
    for c in sorted(exact, key=lambda c: ((whole[c] + step) * exact[c] <= 0, step * (whole[c] - exact[c])))[:abs(off)]:
        whole[c] += step
    return whole


def how_sure(decision: Decision) -> str:
    """What the word of the verdict rests on, and what a score is."""
    counts, outcomes = decision.of_hundred, decision.all_outcomes
    if not counts:
        return "Where no plan fits, none is counted as the best."
    first, *others = counts
    rest = "".join(f", {option_name(outcomes[it])} in {counts[it]}" for it in others if counts[it])
    return (f"{subject(outcomes[first])} scores highest in {counts[first]} of 100 simulations{rest}, a dot each. "
            "A score counts cost, speed and fit, less missed limits.")


def none_fits_headline(decision: Decision) -> str:
    """Why no plan fits."""
    bound = decision.evidence.central("fits_share") * 100
    return f"No plan keeps your limits in even {bound:.0f} of 100 simulations"


def limits_kept(decision: Decision) -> dict[str, list[str]]:
    """In how many simulations of a hundred each plan keeps the limits, each by itself and together, as {head: cells}: a
    column for each plan in their fixed order."""
    needs, plans = decision.needs, decision.in_fixed_order.values()
    kept = {"Within budget": [it.within_budget_share for it in plans], "On time": [it.on_time_share for it in plans]}
    if needs.budget_usd is not None and needs.deadline_months is not None:
        kept["Both"] = [it.keep_share for it in plans]
    rows = {label: [share_of_hundred(share, decision) for share in shares if share is not None]
            for label, shares in kept.items() if None not in shares}
    return {"Of 100 simulations": list(rows), **{dotted(outcome): list(cells) for outcome, cells in zip(
        plans, zip(*rows.values(), strict=True), strict=True)}}


def reason(decision: Decision, it: Reason, with_answers: bool = True) -> Claim:
    """One criterion that separates the answer from its rival: who does better there, the points, the manager's own
    answers (unless they are left out) and both plans' numbers."""
    first, second = compared(decision)
    better, worse = (first, second) if it.lead > 0 else (second, first)
    if it.criterion == LIMITS:
        kept = keeps(decision.needs, decision.from_day) if with_answers else keeps_limits(decision.needs)
        body = (f"{subject(first)} {kept} in {share_in_words(first.keep_share, decision)} of 100 simulations, "
                f"{option_name(second)} in {share_in_words(second.keep_share, decision)}.")
        if better.keep_share <= worse.keep_share:
            body += " A missed limit takes part of the score: more from a higher score, and more for a wider miss."
    elif it.criterion == fit.COST:
        covers = " for build and upkeep" if has_upkeep(decision.needs) else ""
        body = (f"The typical cost of {option_name(first)}{covers} is {money(first.cost_quantiles[1])}, that of "
                f"{option_name(second)} {money(second.cost_quantiles[1])}.")
    elif it.criterion == fit.SPEED:
        body = _speed_body(decision, first, second, with_answers)
    else:
        label = next(c.label for c in decision.evidence.criteria if c.id == it.criterion)
        why = f"{_answers(it.criterion, decision.needs)}: you" if with_answers else "You"
        body = (f"{why} need {decision.need_levels[it.criterion] * 100:.0f} of 100 for {lower_first(label)}. "
                f"{subject(first)} gives {rating(first, it.criterion)}, {option_name(second)} "
                f"{rating(second, it.criterion)}.")
    who = "it" if it.lead > 0 else option_name(second)
    whole = lead_points(decision)[it.criterion]
    title = f"{who} {claim(decision, it.criterion, better, worse)}, {points(whole / 100)} " \
            f"point{'' if abs(whole) == 1 else 's'}."
    return Claim(sentence_case(title) if it.lead > 0 else f"Against it: {title}", body)


def everything_else(decision: Decision, shown: Sequence[Reason]) -> str:
    """What the criteria without a reason of their own add to the lead, so that the points shown add up to it; empty
    where that is nothing."""
    whole = lead_points(decision)
    rest = sum(whole.values()) - sum(whole[it.criterion] for it in shown)
    return f"Everything else: {points(rest / 100)} point{'' if abs(rest) == 1 else 's'}." if rest else ""


def _speed_body(decision: Decision, first: Outcome, second: Outcome, with_answers: bool) -> str:
    needs, day = decision.needs, decision.from_day
    begin = f"a start within {weeks(needs.start_within_weeks)}" if needs.start_within_weeks else "a start today"
    due = "" if needs.deadline_months is None else (
        f" and a release by {date_of(day, needs.deadline_months) if day else exact_month(needs.deadline_months)}")
    (start, release), (other_start, other_release) = (
        (start_of(None, it.start_week) if day is None else short_date_of(day, it.start_week / WEEKS_A_MONTH),
         short_date_of(day, it.finish_quantiles[1])) for it in (first, second))
    wanted = f"You want {begin}{due}. " if with_answers else ""
    return (f"{wanted}{subject(first)} starts in {start} and releases in {release}, {option_name(second)} in "
            f"{other_start} and {other_release}.")


def _answers(criterion: str, needs: ProjectNeeds) -> str:
    """The answers behind a need level, as the start of a sentence."""
    if criterion == "autonomy":
        return "You have a technical lead" if needs.technical_lead else "You have no technical lead"
    chosen = [f"{NEEDS[it].statement} “{choice_label(it, getattr(needs, it)).lower()}”" for it in fit.LEVELS[criterion]]
    if criterion == "continuity":
        chosen.insert(0, _stays(needs))
    return sentence_case(join_words(chosen))


def _stays(needs: ProjectNeeds) -> str:
    """What asks for people who stay: a long build, or else the upkeep."""
    if fit.need_to_stay(needs) > fit.upkeep_extent(needs):
        return f"the build takes {counted(needs.build_months, 'month')}"
    if not has_upkeep(needs):
        return "nothing is kept running afterwards"
    keep = "keeps" if needs.upkeep_developers == 1 else "keep"
    developers, months = counted(needs.upkeep_developers, "developer"), counted(needs.upkeep_months, "month")
    return f"{developers} {keep} it running for {months}"


def lead_headline(decision: Decision) -> str:
    """What the lead is made of, in a sentence."""
    leads, names = leads_of(decision), criteria_labels(decision)
    total = sum(leads.values())
    ahead = [names[c].lower() for c, lead in leads.items() if lead >= LEAST][:2]
    behind = [names[c].lower() for c, lead in reversed(leads.items()) if lead <= -LEAST][:2]
    whole = round(total * 100)
    rival = option_name(compared(decision)[1])
    margin = f"a lead of {counted(whole, 'point')} over {rival}" if whole > 0 else (
        f"no lead over {rival} on average" if whole == 0 else f"{counted(-whole, 'point')} behind {rival} on average")
    if ahead and behind:
        verb = "outweigh" if len(ahead) > 1 or ahead == [names[LIMITS].lower()] else "outweighs"
        said = f"{join_words(ahead)} {verb if whole > 0 else 'against'} {join_words(behind)}"
    else:
        cause = ahead if whole > 0 else behind if whole < 0 else ahead or behind
        said = join_words(cause) if cause else "many small differences" if whole else "nothing much separates the two"
    return f"{sentence_case(said)}: {margin}"


# Tornado

def bar_name(decision: Decision, bar: Bar) -> str:
    """What a bar moves, in words."""
    kind, _, name = bar.id.partition(".")
    if kind == WEIGHT:
        return f"Weight of {lower_first(criteria_labels(decision)[name])}"
    if kind == LIMIT:
        return "Your budget" if name == "budget_usd" else "Your deadline"
    return figure_names.full_name(decision.evidence.figures[bar.id], decision.evidence)


def bar_range(decision: Decision, bar: Bar) -> str:
    """From the low to the high end of a bar's input."""
    kind, _, name = bar.id.partition(".")
    if kind == WEIGHT:
        return f"{bar.low:.0%} to {bar.high:.0%} of all weights"
    if kind == LIMIT:
        return (f"{money(bar.low)} to {money(bar.high)}" if name == "budget_usd" else
                date_range(decision.from_day, bar.low, bar.high) if decision.from_day else
                f"month {plain(round(bar.low, 2))} to {plain(round(bar.high, 2))}")
    return figure_names.range_in_sentence(decision.evidence.figures[bar.id])


def bar_kind(decision: Decision, bar: Bar) -> str:
    """What a bar's input rests on: a figure's kind. Weights are assumed, limits are the manager's own."""
    figure = decision.evidence.figures.get(bar.id)
    if figure is None:
        return ASSUMED if bar.id.startswith(f"{WEIGHT}.") else OWN
    return figure.kind


def bar_sources(decision: Decision, bar: Bar) -> str:
    figure = decision.evidence.figures.get(bar.id)
    if figure is not None:
        return figure_names.short_sources(figure, decision.evidence)
    return "assumed: how much people differ" if bar_kind(decision, bar) == ASSUMED else "your own, a tenth up and down"


def moves_anything(found: Tornado) -> bool:
    return bool(found.bars) and found.bars[0].swing >= LEAST_SWING


def tornado_headline(decision: Decision, found: Tornado) -> str:
    """The input that moves the lead most: what to find out first."""
    if not moves_anything(found):
        return "No figure moves the lead"
    longest = found.bars[0]
    figure = decision.evidence.figures.get(longest.id)
    name = lower_first(bar_name(decision, longest)) if figure is None else figure_names.name_in_sentence(
        figure, decision.evidence)
    return f"Most depends on {name}: a lead of {points(longest.at_low)} to {points(longest.at_high)} points"


def tornado_explained(decision: Decision, found: Tornado) -> str:
    """How to read the bars."""
    names = [option_name(decision.all_outcomes[plan]) for plan in (found.option, found.rival)]
    figures = (decision.evidence.figures.get(bar.id) for bar in found.bars[:BARS_SHOWN])
    hollow = " Hollow: assumed." if any(figure is not None and figure.kind == ASSUMED for figure in figures) else ""
    return f"Bars: the lead of {names[0]} over {names[1]}, in points of a score of 100.{hollow}"


def tornado_table(decision: Decision, found: Tornado) -> dict[str, list[str]]:
    """The bars with their ranges and sources, as {head: cells}."""
    shown = found.bars[:BARS_SHOWN]
    return {"Figure": [bar_name(decision, bar) for bar in shown],
            "Low to high": [bar_range(decision, bar) for bar in shown],
            "Lead, points": [f"{points(bar.at_low)} to {points(bar.at_high)}" for bar in shown],
            "Source": [bar_sources(decision, bar) for bar in shown]}


def find_out(decision: Decision, found: Tornado) -> list[Claim]:
    """The sourced and the assumed figure that matter most: what to find out before signing."""
    claims = []
    for assumed, title in ((False, "Of the figures with a source"), (True, "Of the assumed figures")):
        bar = found.longest(decision.evidence, assumed)
        if bar is None or bar.swing < LEAST_SWING:
            continue
        figure = decision.evidence.figures[bar.id]
        claims.append(Claim(
            f"{title}, most depends on {figure_names.name_in_sentence(figure, decision.evidence)}.",
            f"It is taken as {figure_names.range_in_sentence(figure)}: the lead is {_ends(bar)}, "
            f"{_effect(decision, found, bar)}."))
    return claims


def assumed_figures(decision: Decision, found: Tornado | None) -> str:
    """How many of the figures behind this answer are assumed, and which of those could change it; where no plan
    fits, only how many."""
    used = {figure.id: figure for part in decision.figures_used().values() for figure in part}
    assumed = sum(figure.kind == ASSUMED for figure in used.values())
    counted_up = f"{assumed} of the {len(used)} figures behind this answer are assumed."
    if found is None or decision.verdict == NONE_FITS or not moves_anything(found):
        return counted_up
    if found.lead <= 0:
        return f"{counted_up} The two are so close that any of them could change which leads."
    matter = [figure_names.name_in_sentence(decision.evidence.figures[bar.id], decision.evidence)
              for bar in found.assumed_that_matter(decision.evidence)]
    rival = option_name(decision.all_outcomes[found.rival])
    if not matter:
        return f"{counted_up} None of them by itself would put {rival} ahead."
    return f"{counted_up} {'This one' if len(matter) == 1 else 'These'} could put {rival} ahead: {join_words(matter)}."


def _effect(decision: Decision, found: Tornado, bar: Bar) -> str:
    """What the worse end does to the order of the average scores."""
    lead, option, rival = found.lead, *(option_name(decision.all_outcomes[it]) for it in (found.option, found.rival))
    if lead > 0 and bar.changes_sign:
        return f"which would put {rival} ahead"
    if lead < 0 and max(bar.at_low, bar.at_high) > 0:
        return f"which would put {option} ahead on average too"
    return "which leaves the order as it is"


def _ends(bar: Bar) -> str:
    """Both ends, in whole points, or finer where these would hide which of the two plans is ahead."""
    crosses = min(bar.at_low, bar.at_high) < 0 < max(bar.at_low, bar.at_high)
    digits = next((n for n in range(4) if not crosses or "0" not in (points(bar.at_low, n), points(bar.at_high, n))), 4)
    low, high = points(bar.at_low, digits), points(bar.at_high, digits)
    return f"{low} point{'' if low[1:] == '1' else 's'} at its low end and {high} at its high end"
