"""The sentences of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hiring.links.project_link import Said
from hiring.model import decision as model
from hiring.model import fit, rules
from hiring.model.decision import Decision, Remedy
from hiring.model.evidence import Option
from hiring.model.needs import ProjectNeeds, plain
from hiring.model.rules import Finding
from hiring.model.simulation import Outcome
from hiring.text.formatting import (
    in_words,
    isolated,
    join_words,
    lower_first,
    marked,
    money,
    month,
    month_number,
    of_hundred,
    strong,
    weeks,
)


def rule_shares(decision: Decision) -> list[float]:
    """The shares that rules compare with; no rounded share may contradict them."""
    return [decision.evidence.central(name) for name in ("rule_out_share", "caution_share")]


def share_of_hundred(share: float, decision: Decision) -> str:
    return of_hundred(share, rule_shares(decision))


def option_name(outcome: Outcome) -> str:
    return lower_first(outcome.option.label)


def colored(outcome: Outcome, label: str | None = None) -> str:
    return marked(label or outcome.option.label, outcome.option.color)


def dotted(outcome: Outcome) -> str:
    """An option's name behind a dot in its color."""
    return f"{colored(outcome, '●')} {strong(outcome.option.label)}"


def question(needs: ProjectNeeds, unnamed: str = "Your project") -> str:
    """The project in one line; `unnamed` is what one without a name is called."""
    return f"{isolated(needs.project) if needs.project else unnamed}: {project_size(needs)}"


def project_size(needs: ProjectNeeds) -> str:
    """The project without its name in one line."""
    upkeep = f", then {plain(needs.upkeep_developers)} for upkeep" if needs.upkeep_developers else ", no upkeep"
    ahead = f"{plain(needs.horizon_months)} months"
    budget = f"no budget given, {ahead} ahead" if needs.budget_usd is None else f"{money(needs.budget_usd)} for {ahead}"
    deadline = "no deadline given" if needs.deadline_months is None else f"release by {month(needs.deadline_months)}"
    developers = f"{plain(needs.developers)} developer{'' if needs.developers == 1 else 's'}"
    months = f"{plain(needs.build_months)} month{'' if needs.build_months == 1 else 's'}"
    return f"{developers} for {months}{upkeep}; {budget}; {deadline}"


def assumed_yardsticks(decision: Decision) -> str:
    """Which budget and deadline were assumed because none was given; empty where both were."""
    cost = f"Cost is compared with an assumed {money(decision.budget_usd)}"
    finish = f"with an assumed {month(decision.deadline_months)}"
    no_budget, no_deadline = decision.needs.budget_usd is None, decision.needs.deadline_months is None
    if no_budget and no_deadline:
        return f"{cost} and the release {finish}; neither rules anything out."
    if no_budget:
        return f"{cost}; it rules nothing out."
    return f"The release is compared {finish}; it rules nothing out." if no_deadline else ""


def verdict(decision: Decision) -> str:
    """The verdict in one sentence with its frequency."""
    outcomes, counts = decision.outcomes, decision.of_hundred
    first = outcomes[decision.first]
    if decision.verdict == model.NONE_FITS:
        return f"No option fits{_limits(decision.remedies()[0], decision.needs)}"
    if len(decision.left) == 1 and len(outcomes) > 1:
        out = [option_name(outcome) for option, outcome in outcomes.items() if option not in decision.left]
        are = "are" if len(out) > 1 else "is"
        return f"{colored(first)} is the only option left: {join_words(out)} {are} ruled out"
    if decision.verdict == model.CLOSE_CALL:
        second = outcomes[decision.left[1]]
        return (f"Too close to call: {colored(first, option_name(first))} is first in {counts[decision.first]}, "
                f"{colored(second, option_name(second))} in {counts[decision.left[1]]} of 100 simulated futures")
    frequency = f"first in {counts[decision.first]} of 100 simulated futures"
    if decision.verdict == model.LEANING:
        return f"Leaning {colored(first, option_name(first))}: {frequency}"
    return f"{colored(first)} is the {decision.verdict} choice: {frequency}"


def changed_since_link(then: Said | None, now: Said | None, options: tuple[Option, ...]) -> str:
    """What an opened link said when it was made beside what the page says now, and why they differ; empty where
    they do not."""
    if then is None or now is None or (then.first, then.percent) == (now.first, now.percent):
        return ""
    labels = {option.id: option.label for option in options}

    def said(it: Said) -> str:
        return strong(f"{labels[it.first]}, first in {it.percent} of 100" if it.first in labels else "no option fits")

    why = (f"The figures are those of its date; the model was version {then.model} then and is {now.model} now, and "
           "the changelog says what changed" if then.model != now.model else
           "Model and figures are the same, so the link itself was altered after it was made")
    return f"When this link was made it said: {said(then)}. It now says: {said(now)}. {why}."


def short_verdict(decision: Decision) -> str:
    """The verdict for the head of the form."""
    if decision.verdict == model.NONE_FITS:
        return strong("No option fits")
    option = dotted(decision.outcomes[decision.first])
    if len(decision.left) == 1:
        return f"{option} is the only option left"
    return f"{option} first in {decision.of_hundred[decision.first]} of 100"


def main_reason(decision: Decision) -> str:
    """Why the first rather than the second, and the first one's weak point, in one or two sentences."""
    if decision.verdict == model.NONE_FITS:
        return remedy(decision)
    first = decision.outcomes[decision.first]
    rival = decision.left[1] if len(decision.left) > 1 else None
    if rival is None:
        return _keeps(decision, first)
    second = decision.outcomes[rival]
    lead = decision.leads(decision.first, rival)
    criteria = {c.id: c for c in decision.evidence.criteria}
    ahead = [criteria[c].ahead for c, points in lead.items() if points >= 0.005][:2]
    behind = min(lead, key=lead.__getitem__)
    if decision.verdict == model.CLOSE_CALL:
        strengths = f"{first.option.label} {ahead[0]}" if ahead else ""
        other = f"{option_name(second)} {criteria[behind].ahead}" if lead[behind] <= -0.005 else ""
        said = "; ".join(part for part in (strengths, other) if part)
        return f"{said[0].upper()}{said[1:]}." if said else "They differ in nothing that counts here."
    text = f"It {join_words(ahead)} than {option_name(second)}." if ahead else ""
    weak = _weak_point(decision, first, lead)
    if weak is not None:
        text += f" Its weak point is {criteria[weak].weak}: {_weakness(decision, first, second, weak)}."
    return text.strip()


def _weak_point(decision: Decision, first: Outcome, lead: Mapping[str, float]) -> str | None:
    """A limit that the first seldom keeps, or else the criterion on which it is furthest behind."""
    kept = {fit.COST: first.within_budget_share, fit.SPEED: first.on_time_share}
    seldom = {criterion: share for criterion, share in kept.items()
              if share is not None and share < decision.evidence.central("caution_share")}
    if seldom:
        return min(seldom, key=seldom.__getitem__)
    behind = min(lead, key=lead.__getitem__)
    return behind if lead[behind] <= -0.005 else None


def _weakness(decision: Decision, first: Outcome, second: Outcome, criterion: str) -> str:
    """How often the first misses the limit, or, where it seldom does, how it compares with the second."""
    needs, rival = decision.needs, f"{option_name(second)}'s"
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
        parts.append(f"stays within {money(needs.budget_usd or 0)} in {in_words(outcome.within_budget_share)} of 100 "
                     "futures")
    if outcome.on_time_share is not None:
        parts.append(f"releases by {month(needs.deadline_months or 0)} in {in_words(outcome.on_time_share)} of 100")
    return f"It {join_words(parts)}." if parts else "No budget or deadline was given that it could miss."


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
    """Which limits the nearest option would keep in at least half of its futures, each by itself."""
    nearest = decision.remedies()[0]
    parts = []
    if nearest.budget_usd is not None:
        parts.append(f"a budget of {money(nearest.budget_usd)}")
    if nearest.deadline_months is not None:
        parts.append(f"a release by {month(nearest.deadline_months)}")
    if nearest.start_within_weeks is not None:
        parts.append(f"a start within {weeks(nearest.start_within_weeks)}")
    kept = f"would {'each ' if len(parts) > 1 else ''}be kept in at least half of its futures"
    return f"The nearest is {option_name(decision.outcomes[nearest.option])}: {join_words(parts)} {kept}."


def finding_text(decision: Decision, finding: Finding) -> tuple[str, str]:
    """A finding's title and sentence with this project's numbers."""
    outcome, needs, central = decision.outcomes[finding.option], decision.needs, decision.evidence.central
    post = central(f"smallest_post.{finding.option}")
    words = {
        "label": outcome.option.label, "noun": outcome.option.noun,
        "budget": money(needs.budget_usd or 0), "cost": money(outcome.cost_quantiles[1]),
        "deadline": month(needs.deadline_months or 0),
        "finish": f"{month_number(outcome.finish_quantiles[1])} months",
        "rule_out": f"{central('rule_out_share') * 100:.0f}", "quick_start": weeks(outcome.quick_start),
        "start": f"within {weeks(needs.start_within_weeks)}" if needs.start_within_weeks else "today",
        "minimum": money(central(f"minimum_usd.{finding.option}")),
        "within_budget": in_words(outcome.within_budget_share or 0),
        "on_time": in_words(outcome.on_time_share or 0),
        "surplus": plain(round(outcome.case.surplus_heads, 2)),
        "heads": plain(round(outcome.paid_heads, 2)), "smallest_post": plain(post),
    }
    return finding.rule.title.format(**words), finding.rule.sentence.format(**words)


class Caution(NamedTuple):
    """One line of the cautions: a title, its sentences, the options it is about and the rules behind it."""

    rules_out: bool
    title: str
    sentences: tuple[str, ...]
    options: tuple[str, ...]
    findings: tuple[Finding, ...]


def cautions(decision: Decision) -> list[Caution]:
    """What rules options out, with every reason, then what calls for caution with the options left."""
    out: dict[str, dict[str, Finding]] = {}
    careful: dict[tuple[str, str], list[Finding]] = {}
    for finding in decision.findings:
        title, sentence = finding_text(decision, finding)
        if finding.rule.effect == rules.RULE_OUT:
            out.setdefault(title, {})[sentence] = finding
        elif finding.option in decision.left or not decision.left:
            careful.setdefault((title, sentence), []).append(finding)
    return [
        *(Caution(True, title, tuple(reasons), (next(iter(reasons.values())).option,), tuple(reasons.values()))
          for title, reasons in out.items()),
        *(Caution(False, title, (sentence,), tuple(f.option for f in all_of), tuple(all_of))
          for (title, sentence), all_of in careful.items())]
