"""The sentences of the answer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hiring.links.project_link import Said
from hiring.model import decision as model
from hiring.model import fit
from hiring.model.decision import LIMITS, MIX, Decision
from hiring.model.evidence import Option
from hiring.model.needs import ProjectNeeds, plain
from hiring.model.plans import ALONE, HANDOVER, TOGETHER, Plan
from hiring.model.rules import Case, Finding
from hiring.model.simulation import Outcome
from hiring.text.formatting import (
    counted,
    exact_money,
    exact_month,
    in_words,
    isolated,
    join_words,
    lower_first,
    marked,
    money,
    money_range,
    month,
    month_number,
    of_hundred,
    strong,
    weeks,
)

MIX_COLOR, MIX_COLOR_HEX = "violet", "#7C3AED"  # the theme's name and its value in .streamlit/config.toml
WORDS = {model.CLEAR: "Clear choice: {}", model.LIKELY: "Likely choice: {}", model.LEANING: "Leaning toward {}"}
# Of each word, the share that would earn a better one, and the keep share that then holds it back.
WORD_BOUNDS = {model.LEANING: ("leaning_share", "likely_keep_share"),
               model.LIKELY: ("likely_share", "clear_keep_share")}
SHORT_WORDS = {model.CLEAR: "clear", model.LIKELY: "likely", model.LEANING: "leaning", model.CLOSE_CALL: "close call"}
NO_LIMIT = "no limit given"


# Names

def is_mix(outcome: Outcome) -> bool:
    return outcome.plan.kind != ALONE


def plan_label(outcome: Outcome) -> str:
    """An option's label, or Mix."""
    return "Mix" if is_mix(outcome) else outcome.option.label


def plan_color(outcome: Outcome) -> str:
    return MIX_COLOR if is_mix(outcome) else outcome.option.color


def option_name(outcome: Outcome) -> str:
    """An option, or the mix, inside a sentence."""
    return "the mix" if is_mix(outcome) else lower_first(outcome.option.label)


def subject(outcome: Outcome) -> str:
    """The same at the start of a sentence."""
    name = option_name(outcome)
    return f"{name[0].upper()}{name[1:]}"


def colored(outcome: Outcome, label: str | None = None) -> str:
    return marked(label or plan_label(outcome), plan_color(outcome))


def dotted(outcome: Outcome) -> str:
    """A plan's name behind a dot in its color."""
    return f"{colored(outcome, '●')} {strong(plan_label(outcome))}"


def plan_words(plan: Plan) -> str:
    """Who does what in a mix, as a clause."""
    def does(option: Option, verb: str) -> str:
        return f"{option.noun} {verb}{'s' if option.noun.startswith(('a ', 'an ')) else ''}"

    if plan.kind == TOGETHER:
        return f"{plan.keeper.noun} and {plan.builder.noun} build together"
    if plan.kind == HANDOVER:
        return f"{does(plan.builder, 'build')} and {does(plan.keeper, 'keep')} it running"
    return f"{does(plan.builder, 'begin')} and {does(plan.keeper, 'take')} over"


# The project

def question(needs: ProjectNeeds, unnamed: str = "Your project") -> str:
    """The project in one line; `unnamed` is what one without a name is called."""
    return f"{isolated(needs.project) if needs.project else unnamed}: {project_size(needs)}"


def has_upkeep(needs: ProjectNeeds) -> bool:
    return needs.upkeep_developers > 0 and needs.upkeep_months > 0


def project_size(needs: ProjectNeeds) -> str:
    """The project without its name in one line."""
    upkeep = (f", then {plain(needs.upkeep_developers)} for {counted(needs.upkeep_months, 'month')} of upkeep"
              if has_upkeep(needs) else ", no upkeep")
    covers = "the build" if needs.budget_covers == "build" or not has_upkeep(needs) else "build and upkeep"
    budget = "no budget given" if needs.budget_usd is None else f"{exact_money(needs.budget_usd)} for {covers}"
    deadline = ("no deadline given" if needs.deadline_months is None else
                f"release by {exact_month(needs.deadline_months)}")
    return (f"{counted(needs.developers, 'developer')} for {counted(needs.build_months, 'month')}{upkeep}; {budget}; "
            f"{deadline}")


def assumed_yardsticks(decision: Decision) -> str:
    """Which limits were not given, and so are not counted; empty where both were."""
    needs = decision.needs
    missing = [name for name, limit in (("budget", needs.budget_usd), ("deadline", needs.deadline_months))
               if limit is None]
    return f"No {join_words(missing, 'or')} was given, so none is counted." if missing else ""


# Shares

def bounds(share: float, decision: Decision) -> list[float]:
    """What the model compares a share with; no rounded share may contradict it."""
    central = decision.evidence.central
    wanted, kept = WORD_BOUNDS.get(decision.verdict, ("", ""))
    held_back = wanted and share == decision.keep_share and decision.answer_share >= central(wanted)
    return [central(name) for name in ("caution_share", "fits_share", *[kept] * bool(held_back))]


def share_of_hundred(share: float, decision: Decision) -> str:
    return of_hundred(share, bounds(share, decision))


def share_in_words(share: float, decision: Decision) -> str:
    return in_words(share, bounds(share, decision))


def kept_label(needs: ProjectNeeds) -> str:
    """What a keep share counts, by the limits given; empty without one."""
    if needs.budget_usd is not None and needs.deadline_months is not None:
        return "Within both limits"
    return "Within budget" if needs.budget_usd is not None else "On time" if needs.deadline_months is not None else ""


def keeps(needs: ProjectNeeds) -> str:
    """What a plan does that keeps every limit given."""
    parts = [] if needs.budget_usd is None else [f"stays within {exact_money(needs.budget_usd)}"]
    parts += [] if needs.deadline_months is None else [f"releases by {exact_month(needs.deadline_months)}"]
    return join_words(parts)


# The verdict

def verdict(decision: Decision) -> str:
    """The verdict with the keep share of the answer, and of the best single option where a mix leads. Without a limit:
    with cost and release."""
    if decision.verdict == model.NONE_FITS:
        return _none_fits(decision)
    answered, rival = decision.answered, decision.rival
    if decision.verdict == model.CLOSE_CALL and rival is not None:
        return _close_call(decision, answered, decision.all_outcomes[rival])
    who = (f"a {colored(answered, 'mix')} in which {plan_words(answered.plan)}" if is_mix(answered) else
           colored(answered, option_name(answered)))
    head = WORDS[decision.verdict].format(who)
    beside = decision.outcomes[decision.first] if is_mix(answered) else None
    if not decision.has_limits:
        alone = "" if beside is None else (
            f"; {option_name(beside)} alone {money(beside.cost_quantiles[1])} and {month(beside.finish_quantiles[1])}")
        return f"{head}. It typically costs {_cost_and_release(answered)}{alone}; {NO_LIMIT}"
    alone = "" if beside is None else (
        f"; {option_name(beside)} alone does in {share_in_words(beside.keep_share, decision)}")
    return (f"{head}. It {keeps(decision.needs)} in {share_in_words(answered.keep_share, decision)} of 100 "
            f"simulations{alone}{_more_often(decision)}")


def _more_often(decision: Decision) -> str:
    """The plan that fits where the answer does not, as the end of a sentence; empty where there is none, and where a
    close call names it anyway."""
    is_named = decision.verdict == model.CLOSE_CALL and decision.fits_instead == decision.rival
    plan = None if is_named else decision.all_outcomes.get(decision.fits_instead or "")
    return "" if plan is None else (
        f"; {option_name(plan)} does in {share_in_words(plan.keep_share, decision)}, but scores lower")


def _cost_and_release(outcome: Outcome) -> str:
    return f"{money(outcome.cost_quantiles[1])} and releases in {month(outcome.finish_quantiles[1])}"


def _close_call(decision: Decision, first: Outcome, second: Outcome) -> str:
    one, other = colored(first, option_name(first)), colored(second, option_name(second))
    if not decision.has_limits:
        return (f"Too close to call: {one} typically costs {_cost_and_release(first)}, {other} "
                f"{money(second.cost_quantiles[1])} and {month(second.finish_quantiles[1])}; {NO_LIMIT}")
    return (f"Too close to call: {one} {keeps(decision.needs)} in {share_in_words(first.keep_share, decision)} of 100 "
            f"simulations, {other} in {share_in_words(second.keep_share, decision)}{_more_often(decision)}")


def _none_fits(decision: Decision) -> str:
    nearest = decision.all_outcomes[decision.nearest]
    return (f"No plan fits: the nearest, {colored(nearest, option_name(nearest))}, {keeps(decision.needs)} in "
            f"{share_in_words(nearest.keep_share, decision)} of 100 simulations")


def even_chance(decision: Decision, plan: str) -> str:
    """The limits that a plan would keep with an even chance, in words."""
    remedy, needs = decision.remedies[plan], decision.needs
    parts = [] if remedy.budget_usd is None else [f"a budget of {budget_then(needs, remedy.budget_usd)}"]
    parts += [] if remedy.deadline_months is None else [f"a release by {deadline_then(needs, remedy.deadline_months)}"]
    return join_words(parts)


def budget_then(needs: ProjectNeeds, usd: float) -> str:
    """The budget of a remedy, rounded unless it is the one given."""
    return exact_money(usd) if usd == needs.budget_usd else money(usd)


def deadline_then(needs: ProjectNeeds, months: float) -> str:
    """The deadline of a remedy, rounded unless it is the one given."""
    return exact_month(months) if months == needs.deadline_months else month(months)


def changed_since_link(then: Said | None, now: Said | None, options: tuple[Option, ...]) -> str:
    """What an opened link said when it was made beside what the page says now, and why they differ; empty where
    they do not."""
    if then is None or now is None or then._replace(model="") == now._replace(model=""):
        return ""
    labels = {**{option.id: option.label for option in options}, MIX: "A mix"}

    def said(it: Said) -> str:
        if it.answer not in labels:
            return strong("no plan fits")
        kept = "" if it.keep_percent is None else f", within limits in {it.keep_percent}"
        ahead = "ahead of each option in at least" if it.answer == MIX else "first in"
        return strong(f"{labels[it.answer]}, {ahead} {it.percent} of 100{kept}")

    why = (f"The model was version {then.model} then and is {now.model} now; the changelog says what changed"
           if then.model != now.model else
           "Model and figures are the same, so the link itself was altered after it was made")
    return f"When this link was made it said: {said(then)}. It now says: {said(now)}. {why}."


def short_verdict(decision: Decision) -> str:
    """The verdict for the head of the form: the plan, the word and the keep share."""
    shown = decision.all_outcomes[decision.nearest]
    kept = (f"{share_of_hundred(shown.keep_share, decision)} of 100 within limits" if decision.has_limits else NO_LIMIT)
    if decision.verdict == model.NONE_FITS:
        return f"{strong('No plan fits')}; nearest {dotted(shown)}: {kept}"
    return f"{dotted(shown)}, {SHORT_WORDS[decision.verdict]}: {kept}"


# Why, in two sentences

def main_reason(decision: Decision) -> str:
    """Why the answer rather than its rival, how often it comes first, and where the rival does better. Where none fits:
    the limits that would give the nearest plan an even chance."""
    if decision.verdict == model.NONE_FITS:
        return f"{sentence_case(even_chance(decision, decision.nearest))} would give it an even chance."
    if decision.rival is None:
        return "There is no other option to compare it with."
    first, second = decision.answered, decision.all_outcomes[decision.rival]
    leads = decision.leads(decision.answer, decision.rival)
    ahead = [claim(decision, c, first, second) for c, lead in leads.items() if lead >= 0.005][:2]
    behind = min(leads, key=leads.__getitem__)
    is_behind = leads[behind] <= -0.005
    if decision.verdict == model.CLOSE_CALL:
        parts = [f"{option_name(first)} {ahead[0]}"] if ahead else []
        parts += [f"{option_name(second)} {claim(decision, behind, second, first)}"] if is_behind else []
        said = f"{sentence_case('; '.join(parts))}." if parts else "They differ in nothing that counts here."
        return f"{said} {how_often_first(decision)}"
    text = f"It {join_words(ahead)} than {option_name(second)}. " if ahead else ""
    but = f" But {option_name(second)} {claim(decision, behind, second, first)}." if is_behind else ""
    return f"{text}{how_often_first(decision)}{but}"


def how_often_first(decision: Decision) -> str:
    """What the word of the verdict rests on."""
    counts = decision.of_hundred
    if decision.mix is not None and decision.mix.leads:
        hardest = min(decision.mix.ahead_of, key=decision.mix.ahead_of.__getitem__)
        who = "The mix" if decision.verdict == model.CLOSE_CALL else "It"
        return (f"{who} scores higher than {option_name(decision.outcomes[hardest])} in "
                f"{in_words(decision.mix.ahead_share)} of 100 simulations.")
    if decision.verdict == model.CLOSE_CALL and decision.second is not None:
        first, second = (option_name(decision.outcomes[it]) for it in (decision.first, decision.second))
        return (f"{sentence_case(first)} scores highest in {counts[decision.first]} of 100 simulations, {second} in "
                f"{counts[decision.second]}.")
    return f"It scores highest of the options in {counts[decision.first]} of 100 simulations."


def claim(decision: Decision, criterion: str, better: Outcome, worse: Outcome) -> str:
    """What the better one does on a criterion, no more than the typical cases bear out: "costs less"."""
    ahead = {c.id: c.ahead for c in decision.evidence.criteria}
    if criterion == LIMITS:
        own, other = (share_of_hundred(it.keep_share, decision) for it in (better, worse))
        return "keeps your limits more often" if own != other and better.keep_share > worse.keep_share else (
            "misses your limits by less")
    if criterion == fit.COST:
        cost, costs = (it.cost_quantiles[1] for it in (better, worse))
        is_ahead, otherwise = cost < costs and money(cost) != money(costs), "does better on cost overall"
    elif criterion == fit.SPEED:
        release, releases = (it.finish_quantiles[1] for it in (better, worse))
        is_ahead = release < releases and month(release) != month(releases)
        otherwise = ("starts sooner" if round(better.start_week) < round(worse.start_week) else
                     "does better on your dates overall")
    else:
        is_ahead, otherwise = rating(better, criterion) > rating(worse, criterion), "meets the need better overall"
    return ahead[criterion] if is_ahead else otherwise


def rating(outcome: Outcome, criterion: str) -> int:
    """The typical rating of a plan in whole points of 100, with what distance takes from it."""
    return round(float(np.median(outcome.ratings[criterion])))


def sentence_case(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


# Cards

def card_lines(decision: Decision, plan: str) -> list[str]:
    """What a card says below its one big number."""
    outcome, needs = decision.all_outcomes[plan], decision.needs
    if plan == MIX and decision.mix is not None:
        lines = [f"{sentence_case(plan_words(outcome.plan))}.",
                 f"Ahead of each in at least {in_words(decision.mix.ahead_share)} of 100"]
    else:
        lines = [f"Highest score in {decision.of_hundred[plan]} of 100"]
    low, middle, high = outcome.cost_quantiles
    if needs.budget_usd is not None and needs.budget_covers == "build":
        least, typical, most = outcome.budgeted_quantiles
        lines.append(f"Build {money(typical)} ({money_range(least, most)})")
    lines.append(f"{'Build and upkeep' if has_upkeep(needs) else 'In all'} {money(middle)} ({money_range(low, high)})")
    first, month_of_release, last = outcome.finish_quantiles
    return [*lines, f"Release {month(month_of_release)} ({month_number(first)}–{month_number(last)})"]


# Cautions

def finding_text(decision: Decision, plan: str, finding: Finding) -> tuple[str, str]:
    """A finding's title and sentence with this project's numbers; `plan` is an option or the mix."""
    outcome, needs, central = decision.all_outcomes[plan], decision.needs, decision.evidence.central
    option = next(it for it in outcome.plan.options if it.id == finding.option)
    case = Case(outcome, option, decision.evidence)
    words = {
        "label": subject(outcome), "noun": option.noun,
        "budget": exact_money(needs.budget_usd or 0), "deadline": exact_month(needs.deadline_months or 0),
        "start": f"within {weeks(needs.start_within_weeks)}" if needs.start_within_weeks else "today",
        "start_week": f"{outcome.start_week:.0f}",
        "minimum": money(central(f"minimum_usd.{option.id}")),
        "within_budget": share_in_words(outcome.within_budget_share or 0, decision),
        "on_time": share_in_words(outcome.on_time_share or 0, decision),
        "in_time": share_in_words(outcome.starts_in_time_share, decision),
        "hours": plain(central(f"time_difference.{needs.talent_region}")),
        "surplus": plain(round(case.surplus_heads, 1)), "heads": plain(round(case.paid_heads, 1)),
        "smallest_post": plain(central(f"smallest_post.{option.id}")),
    }
    return finding.rule.title.format(**words), finding.rule.sentence.format(**words)


class Caution(NamedTuple):
    """One line of the cautions: a title, its sentence, the plans it is about (options or the mix) and the findings
    behind it."""

    title: str
    sentence: str
    plans: tuple[str, ...]
    findings: tuple[Finding, ...]


def cautions(decision: Decision) -> list[Caution]:
    """What to watch out for, each said once for all plans that it is true of, the answer's first."""
    found: dict[tuple[str, str], dict[str, Finding]] = {}
    for plan, findings in decision.findings.items():
        for finding in findings:
            found.setdefault(finding_text(decision, plan, finding), {})[plan] = finding
    return [Caution(title, sentence, tuple(of), tuple(of.values())) for (title, sentence), of in found.items()]
