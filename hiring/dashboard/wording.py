"""Wording: numbers for humans and the sentences of the page. Pure text, no Streamlit.

Texts are Streamlit Markdown. Anything that a user typed goes through `escaped` first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np

from hiring.model import decision as model
from hiring.model import fit, rules
from hiring.model.decision import Decision, Remedy
from hiring.model.needs import ProjectNeeds, plain
from hiring.model.rules import Finding
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.model.simulation import Outcome

LINE_LABELS = {
    "build_labor": "Build labor", "upkeep_labor": "Upkeep labor", "steering": "Your people's time",
    "sourcing": "Finding and equipping", "replacement": "Replacing leavers", "exit": "Ending contracts",
}
DOTS = 20


def money(usd: float) -> str:
    """At most three digits: $850, $5.6k, $489k, $1.17M."""
    if usd < 999.5:
        return f"${usd:.0f}"
    if usd < 9_950:
        return f"${usd / 1e3:.1f}k".replace(".0k", "k")
    if usd < 999_500:
        return f"${usd / 1e3:.0f}k"
    digits = 2 if usd < 9.995e6 else 1 if usd < 99.95e6 else 0
    short = f"{usd / 1e6:.{digits}f}"
    return f"${short.rstrip('0').rstrip('.') if digits else short}M"


def money_range(low: float, high: float) -> str:
    return money(low) if money(low) == money(high) else f"{money(low)}–{money(high)}"


def time_range(low: float, high: float) -> str:
    """Months, or weeks where three months are not reached: 9–15 months, 3–6 weeks."""
    unit, low, high = ("weeks", low * WEEKS_A_MONTH, high * WEEKS_A_MONTH) if high < 3 else ("months", low, high)
    first, last = f"{low:.0f}", f"{high:.0f}"
    if first == last:
        return f"{first} {unit if first != '1' else unit[:-1]}"
    return f"{first}–{last} {unit}"


def month(value: float) -> str:
    """month 12, month 2.5"""
    return f"month {plain(round(value, 0 if value >= 10 else 1))}"


def weeks(value: float) -> str:
    shown = plain(round(value, 0 if value >= 10 else 1))
    return f"{shown} week{'' if shown == '1' else 's'}"


def of_hundred(share: float, bounds: Iterable[float] = ()) -> str:
    """A share as futures of a hundred. Rounding never contradicts a bound that the share lies below."""
    whole = round(share * 100)
    for bound in bounds:
        if share < bound <= whole / 100:
            return f"<{round(bound * 100)}"
    if whole == 0 and share > 0:
        return "<1"
    if whole == 100 and share < 1:
        return ">99"
    return str(whole)


def in_words(share: float) -> str:
    """A share as futures of a hundred inside a sentence."""
    return of_hundred(share).replace("<", "fewer than ").replace(">", "more than ")


def share_of_hundred(share: float, decision: Decision) -> str:
    return of_hundred(share, [decision.evidence.central(name) for name in ("rule_out_share", "caution_share")])


def whole_hundred(shares: Mapping[str, float]) -> dict[str, int]:
    """Shares that sum to 1 as whole numbers that sum to 100, by the largest remainder."""
    floors = {key: math.floor(share * 100) for key, share in shares.items()}
    left = 100 - sum(floors.values())
    by_remainder = sorted(shares, key=lambda key: floors[key] - shares[key] * 100)
    return {key: floors[key] + (key in by_remainder[:left]) for key in shares}


def escaped(text: str) -> str:
    """A user's text that Markdown shows as it was typed."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^])", r"\\\1", text)


def usd(text: str) -> str:
    """Markdown would set text between two dollar signs as a formula."""
    return text.replace("$", r"\$")


def listed(words: list[str], joiner: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joiner} {words[-1]}"


def lowered(label: str) -> str:
    return label[0].lower() + label[1:]


def name(outcome: Outcome) -> str:
    return lowered(outcome.option.label)


def colored(outcome: Outcome, label: str | None = None) -> str:
    return f":{outcome.option.color}[{label or outcome.option.label}]"


def day(date: date) -> str:
    """November 22, 2026"""
    return f"{date:%B} {date.day}, {date.year}"


def question(needs: ProjectNeeds) -> str:
    """The project in one line."""
    upkeep = f", then {plain(needs.upkeep_developers)} for upkeep" if needs.upkeep_developers else ", no upkeep"
    ahead = f"{plain(needs.horizon_months)} months"
    budget = f"no budget given, {ahead} ahead" if needs.budget_usd is None else f"{money(needs.budget_usd)} for {ahead}"
    deadline = "no deadline given" if needs.deadline_months is None else f"release by {month(needs.deadline_months)}"
    developers = f"{plain(needs.developers)} developer{'' if needs.developers == 1 else 's'}"
    months = f"{plain(needs.build_months)} month{'' if needs.build_months == 1 else 's'}"
    told = f"{developers} for {months}{upkeep}; {budget}; {deadline}"
    isolated = f"\u2068{escaped(needs.project)}\u2069"  # a name that runs right to left turns nothing else
    return f"{isolated if needs.project else 'Your project'}: {usd(told)}"


def assumed_yardsticks(decision: Decision) -> str:
    """Which budget and deadline were assumed because none was given; empty where both were."""
    cost = f"Cost is compared with an assumed {usd(money(decision.budget_usd))}"
    finish = f"with an assumed {month(decision.deadline_months)}"
    no_budget, no_deadline = decision.needs.budget_usd is None, decision.needs.deadline_months is None
    if no_budget and no_deadline:
        return f"{cost} and the release {finish}; neither rules anything out."
    if no_budget:
        return f"{cost}; it rules nothing out."
    return f"The release is compared {finish}; it rules nothing out." if no_deadline else ""


def verdict(decision: Decision) -> str:
    """The verdict in one sentence with its frequency."""
    outcomes, counts = decision.outcomes, whole_hundred(decision.first_shares)
    first = outcomes[decision.first]
    if decision.verdict == model.NONE_FITS:
        return f"No option fits{usd(_limits(decision.remedies()[0], decision.needs))}"
    if len(decision.left) == 1 and len(outcomes) > 1:
        out = [name(outcome) for option, outcome in outcomes.items() if option not in decision.left]
        are = "are" if len(out) > 1 else "is"
        return f"{colored(first)} is the only option left: {listed(out)} {are} ruled out"
    if decision.verdict == model.CLOSE_CALL:
        second = outcomes[decision.left[1]]
        return (f"Too close to call: {colored(first, name(first))} is first in {counts[decision.first]}, "
                f"{colored(second, name(second))} in {counts[decision.left[1]]} of 100 simulated futures")
    frequency = f"first in {counts[decision.first]} of 100 simulated futures"
    if decision.verdict == model.LEANING:
        return f"Leaning {colored(first, name(first))}: {frequency}"
    return f"{colored(first)} is the {decision.verdict} choice: {frequency}"


def short_verdict(decision: Decision) -> str:
    """The verdict for the head of the form."""
    if decision.verdict == model.NONE_FITS:
        return "**No option fits**"
    outcome = decision.outcomes[decision.first]
    dot = f"{colored(outcome, '●')} **{outcome.option.label}**"
    if len(decision.left) == 1:
        return f"{dot} is the only option left"
    return f"{dot} first in {whole_hundred(decision.first_shares)[decision.first]} of 100"


def because(decision: Decision) -> str:
    """Why the first rather than the second, and the first one's weak point, in one or two sentences."""
    if decision.verdict == model.NONE_FITS:
        return usd(remedy(decision))
    first = decision.outcomes[decision.first]
    rival = decision.left[1] if len(decision.left) > 1 else None
    if rival is None:
        return usd(_keeps(decision, first))
    second = decision.outcomes[rival]
    lead = leads(decision, decision.first, rival)
    criteria = {c.id: c for c in decision.evidence.criteria}
    ahead = [criteria[c].ahead for c, points in lead.items() if points >= 0.005][:2]
    behind = min(lead, key=lead.__getitem__)
    if decision.verdict == model.CLOSE_CALL:
        strengths = f"{first.option.label} {ahead[0]}" if ahead else ""
        other = f"{name(second)} {criteria[behind].ahead}" if lead[behind] <= -0.005 else ""
        said = "; ".join(part for part in (strengths, other) if part)
        return f"{said[0].upper()}{said[1:]}." if said else "They differ in nothing that counts here."
    text = f"It {listed(ahead)} than {name(second)}." if ahead else ""
    weak = _weak_point(decision, first, lead)
    if weak is not None:
        text += f" Its weak point is {criteria[weak].weak}: {_weakness(decision, first, second, weak)}."
    return usd(text.strip())


def _weak_point(decision: Decision, first: Outcome, lead: Mapping[str, float]) -> str | None:
    """A limit that the first seldom keeps, or else the criterion on which it is furthest behind."""
    kept = {fit.COST: first.within_budget_share, fit.SPEED: first.on_time_share}
    seldom = {criterion: share for criterion, share in kept.items()
              if share is not None and share < decision.evidence.central("caution_share")}
    if seldom:
        return min(seldom, key=seldom.__getitem__)
    behind = min(lead, key=lead.__getitem__)
    return behind if lead[behind] <= -0.005 else None


def leads(decision: Decision, option: str, rival: str) -> dict[str, float]:
    """The lead of one option over another by criterion, in parts of the score, the largest first."""
    own, other = decision.contributions[option], decision.contributions[rival]
    return dict(sorted(((c, own[c] - other[c]) for c in own), key=lambda item: -item[1]))


def _weakness(decision: Decision, first: Outcome, second: Outcome, criterion: str) -> str:
    """How often the first misses the limit, or, where it seldom does, how it stands against the second."""
    needs, rival = decision.needs, f"{name(second)}'s"
    if criterion == fit.COST:
        if first.within_budget_share is not None and first.within_budget_share <= 0.9:
            return f"{in_words(1 - first.within_budget_share)} of 100 futures exceed {money(needs.budget_usd or 0)}"
        own, other = (money(o.cost_quantiles[1]) for o in (first, second))
        return f"{own} in the middle future against {rival} {other}"
    if criterion == fit.SPEED:
        if first.on_time_share is not None and first.on_time_share <= 0.9:
            return f"{in_words(1 - first.on_time_share)} of 100 futures miss {month(needs.deadline_months or 0)}"
        own, other = (month(o.finish_quantiles[1]) for o in (first, second))
        return f"release in {own} in the middle future against {rival} {other}"
    own, other = (f"{decision.evidence.central(f'{criterion}.{o.option.id}'):.0f}" for o in (first, second))
    return f"rated {own} of 100 against {rival} {other}"


def _keeps(decision: Decision, outcome: Outcome) -> str:
    """How often the only option left keeps what was asked."""
    parts, needs = [], decision.needs
    if outcome.within_budget_share is not None:
        parts.append(f"stays within {money(needs.budget_usd or 0)} in {in_words(outcome.within_budget_share)}")
    if outcome.on_time_share is not None:
        parts.append(f"releases by {month(needs.deadline_months or 0)} in {in_words(outcome.on_time_share)}")
    return f"It {listed(parts)} of 100 futures." if parts else "No budget or deadline was given that it could miss."


def _limits(remedy: Remedy, needs: ProjectNeeds) -> str:
    """The limits that bind, as the end of "No option fits"."""
    money_and_time = ""
    if remedy.budget_usd is not None and needs.budget_usd is not None:
        money_and_time += f" {money(needs.budget_usd)}"
    if remedy.deadline_months is not None and needs.deadline_months is not None:
        money_and_time += f" by {month(needs.deadline_months)}"
    if remedy.start_within_weeks is None:
        return money_and_time
    start = f"a start within {weeks(needs.start_within_weeks)}" if needs.start_within_weeks else "a start today"
    return f"{money_and_time} and {start}" if money_and_time else f" {start}"


def remedy(decision: Decision) -> str:
    """What would give the nearest option an even chance."""
    nearest = decision.remedies()[0]
    parts = []
    if nearest.budget_usd is not None:
        parts.append(money(nearest.budget_usd))
    if nearest.deadline_months is not None:
        parts.append(f"a release by {month(nearest.deadline_months)}")
    if nearest.start_within_weeks is not None:
        parts.append(f"a start within {weeks(nearest.start_within_weeks)}")
    return f"The nearest is {name(decision.outcomes[nearest.option])}: {listed(parts)} would give it an even chance."


def found(decision: Decision, finding: Finding) -> tuple[str, str]:
    """A finding's title and sentence with this project's numbers."""
    outcome, needs, central = decision.outcomes[finding.option], decision.needs, decision.evidence.central
    post = central(f"smallest_post.{finding.option}")
    words = {
        "label": outcome.option.label, "noun": outcome.option.noun,
        "budget": money(needs.budget_usd or 0), "cost": money(outcome.cost_quantiles[1]),
        "deadline": month(needs.deadline_months or 0),
        "finish": f"{month(outcome.finish_quantiles[1]).removeprefix('month ')} months",
        "rule_out": f"{central('rule_out_share') * 100:.0f}", "quick_start": weeks(outcome.quick_start),
        "start": f"within {weeks(needs.start_within_weeks)}" if needs.start_within_weeks else "today",
        "minimum": money(central(f"minimum_usd.{finding.option}")),
        "within_budget": in_words(outcome.within_budget_share or 0),
        "on_time": in_words(outcome.on_time_share or 0),
        "surplus": plain(round(outcome.paid_heads - float(np.median(outcome.upkeep_heads)), 2)),
        "heads": plain(round(outcome.paid_heads, 2)), "smallest_post": plain(post),
    }
    return usd(finding.rule.title.format(**words)), usd(finding.rule.sentence.format(**words))


class Caution(NamedTuple):
    """One line of the cautions: a title, its sentences, the options it is about and the rules behind it."""

    rules_out: bool
    title: str
    sentences: tuple[str, ...]
    options: tuple[str, ...]
    findings: tuple[Finding, ...]


def cautions(decision: Decision) -> list[Caution]:
    """What rules options out, with every reason, then what calls for caution with the options left."""
    out: dict[str, list[Finding]] = {}
    careful: dict[tuple[str, str], list[Finding]] = {}
    for finding in decision.findings:
        title, sentence = found(decision, finding)
        if finding.rule.effect == rules.RULE_OUT:
            out.setdefault(title, []).append(finding)
        elif finding.option in decision.left or not decision.left:
            careful.setdefault((title, sentence), []).append(finding)
    lines = [Caution(True, title, tuple(found(decision, f)[1] for f in all_of), (all_of[0].option,), tuple(all_of))
             for title, all_of in out.items()]
    return lines + [Caution(False, title, (sentence,), tuple(f.option for f in all_of), tuple(all_of))
                    for (title, sentence), all_of in careful.items()]


def outlasts(decision: Decision, outcome: Outcome) -> bool:
    """Whether the middle release comes after the months looked ahead; the build is paid to its end all the same."""
    return outcome.finish_quantiles[1] > decision.needs.horizon_months


def cost_label(decision: Decision, outcome: Outcome) -> str:
    """What the cost of an option covers."""
    if outlasts(decision, outcome):
        return "Cost to release"
    return f"Cost over {plain(decision.needs.horizon_months)} months"


def cost_span(decision: Decision) -> str:
    """Up to when costs count, for all options together."""
    late = any(outlasts(decision, outcome) for outcome in decision.outcomes.values())
    last = month(decision.needs.horizon_months)
    return f"up to {last}, or to the release where it comes later" if late else f"up to {last}"


def cost_headline(decision: Decision) -> str:
    """What the twenty dots show: how many stay within the budget, or who costs least where none was given."""
    if decision.needs.budget_usd is None:
        cheapest = min(decision.outcomes.values(), key=lambda outcome: outcome.cost_quantiles[1])
        return usd(f"{cheapest.option.label} costs least: {money(cheapest.cost_quantiles[1])} in the middle future")
    counts = {o: dots_within(decision, o) for o in decision.outcomes}
    labels = {o: outcome.option.label for o, outcome in decision.outcomes.items()}
    if not any(counts.values()):
        return usd(f"No option stays within {money(decision.budget_usd)} in any of {DOTS} futures")
    if all(count == DOTS for count in counts.values()):
        return usd(f"Every option stays within {money(decision.budget_usd)} in all {DOTS} futures")
    best, *others = sorted(counts, key=lambda o: -counts[o])
    rest = ", ".join(f"{lowered(labels[o])} in {counts[o]}" for o in others)
    return usd(f"{labels[best]} stays within {money(decision.budget_usd)} in {counts[best]} of {DOTS} futures, {rest}")


def dots(outcome: Outcome) -> np.ndarray:
    """Twenty equally likely costs, USD: the quantiles at 2.5 %, 7.5 % and so on."""
    return np.quantile(outcome.total, (np.arange(DOTS) + 0.5) / DOTS)


def dots_within(decision: Decision, option: str) -> int:
    return int(np.sum(dots(decision.outcomes[option]) <= decision.budget_usd))


def spending_headline(decision: Decision, months: np.ndarray, medians: Mapping[str, np.ndarray]) -> str:
    """Who spends least over the months, from the middle lines of the chart."""
    by_cost = sorted(decision.outcomes.values(), key=lambda outcome: outcome.cost_quantiles[1])
    cheapest, total = by_cost[0], by_cost[0].cost_quantiles[1]
    level = [outcome for outcome in by_cost if outcome.cost_quantiles[1] <= total * 1.02]
    if len(level) > 1:
        names = listed([name(outcome) for outcome in level])
        return usd(f"{names[0].upper()}{names[1:]} end level, at about {money(total)}")
    late = any(outlasts(decision, outcome) for outcome in by_cost)
    end = f"{money(total)} {'in all' if late else f'by {month(decision.needs.horizon_months)}'}"
    others = np.min([line for option, line in medians.items() if option != cheapest.option.id], axis=0)
    dearer = np.flatnonzero(medians[cheapest.option.id] > others)
    last = int(dearer[-1]) if dearer.size else 0
    if months[last] <= months[-1] * 0.1:
        return usd(f"{cheapest.option.label} spends least all the way: {end}")
    if last >= len(months) - 2:
        return usd(f"{cheapest.option.label} spends least in the end: {end}")
    return usd(f"{cheapest.option.label} spends least from {month(months[last + 1])} on: {end}")


def parts_headline(decision: Decision) -> str:
    """Where the first option's money goes."""
    outcome = decision.outcomes[decision.first]
    parts = outcome.middle_future()
    pay = parts["build_labor"] + parts["upkeep_labor"]
    largest = max((line for line in parts if not line.endswith("labor")), key=parts.__getitem__)
    return usd(f"{outcome.option.label}: {money(pay)} of {money(sum(parts.values()))} is pay, "
               f"{money(parts[largest])} {_LARGEST[largest]}")


_LARGEST = {"steering": "your people's time", "sourcing": "finding and equipping people",
            "replacement": "replacing those who leave", "exit": "ending contracts"}


def fit_headline(decision: Decision) -> str:
    """How many of the rated needs each option meets."""
    met = {option: sum(meets(decision, option, criterion) for criterion in decision.need_levels)
           for option in decision.outcomes}
    labels = {option: outcome.option.label for option, outcome in decision.outcomes.items()}
    first, *others = decision.outcomes
    rest = ", ".join(f"{lowered(labels[o])} {met[o]}" for o in others)
    return f"{labels[first]} meets {met[first]} of {len(decision.need_levels)} needs, {rest}"


def meets(decision: Decision, option: str, criterion: str) -> bool:
    """Whether the central rating reaches the need level; both are points that a sum may miss by a hair."""
    return round(decision.evidence.central(f"{criterion}.{option}") - decision.need_levels[criterion] * 100, 6) >= 0
