"""The sentences of the answer."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from hiring.links.project_link import Said
from hiring.model import decision as model
from hiring.model import fit
from hiring.model.decision import LIMITS, MIX, Decision
from hiring.model.evidence import Law, Option
from hiring.model.needs import ProjectNeeds, plain
from hiring.model.option_draws import hours_apart
from hiring.model.plans import ALONE, HANDOVER, TOGETHER, Plan
from hiring.model.rules import Case, Finding
from hiring.model.schedule import day_after
from hiring.model.simulation import Outcome
from hiring.text.formatting import (
    count,
    counted,
    date_of,
    date_range,
    day,
    exact_money,
    exact_month,
    in_words,
    isolated,
    join_words,
    lower_first,
    marked,
    money,
    money_range,
    of_hundred,
    short_date_of,
    spelled,
    start_of,
    strong,
    weeks,
)

MIX_COLOR, MIX_COLOR_HEX = "violet", "#7C3AED"  # the theme's name and its value in .streamlit/config.toml
WORDS = {model.CLEAR: "Clearly best: {}", model.LIKELY: "Likely best: {}", model.LEANING: "Leaning toward {}"}
BADGES = {model.CLEAR: "best", model.LIKELY: "likely", model.LEANING: "leaning", model.CLOSE_CALL: "close call",
          model.NONE_FITS: "nearest"}
# Of each word, the share that would earn a better one, and the keep share that then holds it back.
WORD_BOUNDS = {model.LEANING: ("leaning_share", "likely_keep_share"),
               model.LIKELY: ("likely_share", "clear_keep_share")}
SHORT_WORDS = {model.CLEAR: "clear", model.LIKELY: "likely", model.LEANING: "leaning", model.CLOSE_CALL: "close call"}
NO_LIMIT = "no limit given"
ON_THE_CARDS = ("is_seldom_within_budget", "is_seldom_on_time")  # cautions
MORE_OFTEN = 0.1  # of the simulations; a smaller difference is not worth a sentence
CLEARLY_LESS = 0.05  # of the typical cost


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

def question(needs: ProjectNeeds, from_day: date | None, unnamed: str = "Your project") -> str:
    """The project in one line; `unnamed` is what one without a name is called."""
    return f"{project_name(needs, unnamed)}: {project_size(needs, from_day)}"


def project_name(needs: ProjectNeeds, unnamed: str = "Your project") -> str:
    return isolated(needs.project) if needs.project else unnamed


def has_upkeep(needs: ProjectNeeds) -> bool:
    return needs.upkeep_developers > 0 and needs.upkeep_months > 0


def project_size(needs: ProjectNeeds, from_day: date | None) -> str:
    """The project without its name in one line, with the day of its deadline where the day is known from which months
    count."""
    covers = "the build" if needs.budget_covers == "build" or not has_upkeep(needs) else "build and upkeep"
    budget = "no budget given" if needs.budget_usd is None else f"{exact_money(needs.budget_usd)} for {covers}"
    due = needs.deadline_months
    deadline = "no deadline given" if due is None else (
        f"release by {exact_month(due) if from_day is None else day(day_after(from_day, due))}")
    return f"{work(needs)}. {sentence_case(budget)}; {deadline}"


def work(needs: ProjectNeeds) -> str:
    """Build and upkeep in a few words."""
    upkeep = (f", then {count(needs.upkeep_developers)} for {counted(needs.upkeep_months, 'month')} of upkeep"
              if has_upkeep(needs) else ", no upkeep")
    return f"{counted(needs.developers, 'developer')} for {counted(needs.build_months, 'month')}{upkeep}"


def assumed_yardsticks(needs: ProjectNeeds) -> str:
    """Which limits were not given; empty where both were."""
    missing = [name for name, limit in (("budget", needs.budget_usd), ("deadline", needs.deadline_months))
               if limit is None]
    return f"No {join_words(missing, 'or')} given." if missing else ""


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


def keeps(needs: ProjectNeeds, from_day: date | None = None) -> str:
    """What a plan does that keeps every limit given, with a date where the day is known from which months count."""
    covers = " for the build" if needs.budget_covers == "build" and has_upkeep(needs) else ""
    parts = [] if needs.budget_usd is None else [f"stays within {exact_money(needs.budget_usd)}{covers}"]
    parts += [] if needs.deadline_months is None else [f"releases by {_deadline(needs.deadline_months, from_day)}"]
    return join_words(parts)


def keeps_limits(needs: ProjectNeeds) -> str:
    """The same where the limits have been named."""
    return f"keeps {'the limit' if None in (needs.budget_usd, needs.deadline_months) else 'both limits'}"


def _deadline(months: float, from_day: date | None) -> str:
    return exact_month(months) if from_day is None else date_of(from_day, months)


# The verdict

def verdict(decision: Decision) -> str:
    """The answer and what it says of the limits, or of cost and release where none was given."""
    return f"{heading(decision)}. {sentence_case(result(decision))}"


def heading(decision: Decision) -> str:
    """The answer in as strong words as the simulations bear out."""
    answered, rival = decision.answered, decision.rival
    if decision.verdict == model.NONE_FITS:
        return f"No plan fits. Nearest: {_who(decision.all_outcomes[decision.nearest])}"
    if decision.verdict == model.CLOSE_CALL and rival is not None:
        one, other = (colored(it, option_name(it)) for it in (answered, decision.all_outcomes[rival]))
        return f"Too close to call: {one} or {other}"
    in_sentence = "a mix: " if is_mix(answered) and decision.verdict == model.LEANING else ""
    return WORDS[decision.verdict].format(f"{in_sentence}{_who(answered)}")


def _who(outcome: Outcome) -> str:
    """An option, or who does what in a mix, in the plan's color."""
    plan = outcome.plan
    if plan.kind == TOGETHER:
        return colored(outcome, crew(plan))
    return colored(outcome, plan_words(plan) if is_mix(outcome) else option_name(outcome))


def crew(plan: Plan) -> str:
    """Who builds together: one in-house and two freelance developers."""
    some = plain(round(float(plan.builders), 2))
    hired, outside = (f"{spelled(round(float(count), 2))} {lower_first(option.label)}" for count, option in (
        (plan.keepers_who_build, plan.keeper), (plan.builders, plan.builder)))
    return f"{hired} and {outside} developer{'' if some == '1' else 's'}"


def result(decision: Decision) -> str:
    """In how many simulations the answer keeps the limits, beside its rival in a close call and the best option where
    a mix leads; without a limit, what both cost and when they release. Sentences without the last full stop; the
    first has a subject in a close call only."""
    shown = decision.all_outcomes[decision.nearest]
    is_close = decision.verdict == model.CLOSE_CALL
    beside = (decision.rival if is_close else decision.first if is_mix(shown) and decision.verdict != model.NONE_FITS
              else None)
    other = None if beside is None else decision.outcomes[beside]
    why = f", but {_but(decision, beside)}" if beside and not is_close and _looks_better(decision, beside) else ""
    if not decision.has_limits:
        also = "" if other is None else (
            f". {_beside(other, is_close)} costs {_cost_and_release(decision, other)}{why}")
        said = f"typically costs {_cost_and_release(decision, shown)}{also}"
    else:
        also = "" if other is None else (
            f". {_beside(other, is_close)} does so in {share_in_words(other.keep_share, decision)}{why}")
        said = (f"{keeps(decision.needs, decision.from_day)} in {share_in_words(shown.keep_share, decision)} of 100 "
                f"simulations{also}")
    said += _in_spite(decision) if decision.verdict != model.NONE_FITS else ""
    return f"{option_name(shown)} {said}" if is_close else said


def _looks_better(decision: Decision, plan: str) -> bool:
    """Whether the option named beside a mix keeps the limits more often, or costs clearly less where none was given."""
    answered, other = decision.answered, decision.outcomes[plan]
    if decision.has_limits:
        return other.keep_share > decision.keep_share + MORE_OFTEN
    return other.cost_quantiles[1] < (1 - CLEARLY_LESS) * answered.cost_quantiles[1]


def _in_spite(decision: Decision) -> str:
    """A plan that keeps the limits more often than the answer does, or that costs clearly less, and what speaks against
    it, as a sentence of its own; empty where there is none, and where a close call names it anyway. Where a mix leads:
    also the option that keeps the limits most often, if that is not named anyway."""
    plans, answered, is_mixed = decision.all_outcomes, decision.answered, is_mix(decision.answered)
    named = {decision.answer, *([decision.rival] if decision.verdict == model.CLOSE_CALL or is_mixed else [])}
    others = {id_: outcome for id_, outcome in decision.outcomes.items() if id_ not in named}
    id_ = decision.fits_instead or max(others, key=lambda it: others[it].keep_share, default="")
    if not id_ or id_ in named:
        return ""
    kept = plans[id_].keep_share
    if decision.has_limits and (decision.fits_instead or kept > decision.keep_share + MORE_OFTEN):
        return (f". {subject(plans[id_])} {keeps_limits(decision.needs)} in {share_in_words(kept, decision)}, but "
                f"{_but(decision, id_)}")
    cheapest = min(others, key=lambda it: others[it].cost_quantiles[1])
    cost = others[cheapest].cost_quantiles[1]
    if cost < (1 - CLEARLY_LESS) * answered.cost_quantiles[1]:
        return f". {subject(plans[cheapest])} typically costs {money(cost)}, but {_but(decision, cheapest)}"
    if is_mixed and decision.has_limits and plans[decision.first].keep_share < kept <= decision.keep_share:
        return f", {option_name(plans[id_])} in {share_in_words(kept, decision)}"
    return ""


def _but(decision: Decision, plan: str) -> str:
    """What the answer does better than a plan that costs less or keeps the limits more often."""
    leads = decision.leads(decision.answer, plan)
    criterion = max((c for c in leads if c not in (LIMITS, fit.COST)), key=leads.__getitem__)
    if leads[criterion] < 0.005:
        return "scores lower"
    first, second = decision.answered, decision.all_outcomes[plan]
    return f"{option_name(first)} {claim(decision, criterion, first, second)}"


def _beside(outcome: Outcome, is_close: bool) -> str:
    return subject(outcome) if is_close else f"{subject(outcome)} alone"


def _cost_and_release(decision: Decision, outcome: Outcome) -> str:
    return (f"{money(outcome.cost_quantiles[1])} and releases in "
            f"{date_of(decision.from_day, outcome.finish_quantiles[1])}")


def even_chance(decision: Decision, plan: str) -> str:
    """The limits that a plan would keep with an even chance, in words."""
    remedy, needs = decision.remedies[plan], decision.needs
    parts = [] if remedy.budget_usd is None else [f"a budget of {budget_then(needs, remedy.budget_usd)}"]
    parts += [] if remedy.deadline_months is None else [
        f"a release by {deadline_then(needs, remedy.deadline_months, decision.from_day)}"]
    return join_words(parts)


def budget_then(needs: ProjectNeeds, usd: float) -> str:
    """The budget of a remedy, rounded unless it is the one given."""
    return exact_money(usd) if usd == needs.budget_usd else money(usd)


def deadline_then(needs: ProjectNeeds, months: float, from_day: date | None = None) -> str:
    """The deadline of a remedy, rounded unless it is the one given: a month, or a day where both are in one month."""
    given = needs.deadline_months
    if months == given:
        return _deadline(months, from_day)
    then = date_of(from_day, months)
    if from_day is not None and given is not None and then == date_of(from_day, given):
        return day(day_after(from_day, months))
    return then


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
        return strong(f"{labels[it.answer]}, first in {it.percent} of 100{kept}")

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
        least = ", the smallest change that any plan needs" if len(decision.all_outcomes) > 1 else ""
        return f"{sentence_case(even_chance(decision, decision.nearest))} would give it an even chance{least}."
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
    counts, answer, rival = decision.of_hundred, decision.answer, decision.rival
    if decision.verdict == model.CLOSE_CALL and rival is not None:
        first, second = (option_name(decision.all_outcomes[it]) for it in (answer, rival))
        return (f"{sentence_case(first)} scores highest in {counts[answer]} of 100 simulations, {second} in "
                f"{counts[rival]}.")
    among = "" if answer == MIX else " of the options"
    return f"It scores highest{among} in {counts[answer]} of 100 simulations."


def claim(decision: Decision, criterion: str, better: Outcome, worse: Outcome) -> str:
    """What the better one does on a criterion, no more than the typical cases bear out: "costs less"."""
    ahead = {c.id: c.ahead for c in decision.evidence.criteria}
    if criterion == LIMITS:
        own, other = (share_of_hundred(it.keep_share, decision) for it in (better, worse))
        return "keeps your limits more often" if own != other and better.keep_share > worse.keep_share else (
            "loses less to missed limits")
    if criterion == fit.COST:
        cost, costs = (it.cost_quantiles[1] for it in (better, worse))
        is_ahead, otherwise = cost < costs and money(cost) != money(costs), "does better on cost overall"
    elif criterion == fit.SPEED:
        release, releases = (it.finish_quantiles[1] for it in (better, worse))
        is_ahead = release < releases and date_of(decision.from_day, release) != date_of(decision.from_day, releases)
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

def mix_members(outcome: Outcome) -> str:
    """Who is in a mix, in a few words that no other mix has: 1 in-house + 1 freelance; Agency, then in-house."""
    plan = outcome.plan
    outside, kept = lower_first(plan.builder.label), lower_first(plan.keeper.label)
    if plan.kind == TOGETHER:
        inside, others = (plain(round(float(count), 2)) for count in (plan.keepers_who_build, plan.builders))
        return f"{inside} {kept} + {others} {outside}"
    return f"{plan.builder.label}{'' if plan.kind == HANDOVER else ' begins'}, then {kept}"


def badge(decision: Decision, plan: str) -> str:
    """The word on the card of the answer, of both options in a close call, or of the nearest plan where none fits."""
    close = (decision.answer, decision.rival) if decision.verdict == model.CLOSE_CALL else (decision.nearest,)
    return BADGES[decision.verdict] if plan in close else ""


def card_lines(decision: Decision, plan: str) -> list[str]:
    """What a card says below its one big number: typical cost and release, each with its likely range."""
    outcome, needs = decision.all_outcomes[plan], decision.needs
    low, middle, high = outcome.cost_quantiles
    costs = [(middle, low, high, "")]
    if needs.budget_usd is not None and needs.budget_covers == "build" and has_upkeep(needs):
        least, typical, most = outcome.budgeted_quantiles
        costs = [(typical, least, most, "build "), (middle, low, high, "in all ")]
    elif not decision.has_limits:
        costs = []
    lines = [f"{strong(money(typical))} {marked(f'{of}{money_range(least, most)}', 'gray')}"
             for typical, least, most, of in costs] or [marked(money_range(low, high), "gray")]
    first, release, last = outcome.finish_quantiles
    lines.append(f"{strong(short_date_of(decision.from_day, release))} "
                 f"{marked(date_range(decision.from_day, first, last), 'gray')}")
    return [*lines, marked(mix_members(outcome), "gray")] if is_mix(outcome) else lines


# Cautions

def finding_text(decision: Decision, plan: str, finding: Finding) -> tuple[str, str]:
    """A finding's title and sentence with this project's numbers; `plan` is an option or the mix."""
    outcome, needs, central = decision.all_outcomes[plan], decision.needs, decision.evidence.central
    option = next(it for it in outcome.plan.options if it.id == finding.option)
    case = Case(outcome, option, decision.evidence)
    kept = {"is_seldom_within_budget": outcome.within_budget_share, "is_seldom_on_time": outcome.on_time_share,
            "is_seldom_started_in_time": outcome.starts_in_time_share}

    def share(rule: str) -> str:
        return share_in_words(kept[rule] or 0, decision) if kept[rule] else "none"

    words = {
        "label": subject(outcome), "seldom": "seldom" if kept.get(finding.rule.id) else "never", "noun": option.noun,
        "budget": exact_money(needs.budget_usd or 0), "developers": count(needs.developers),
        "deadline": _deadline(needs.deadline_months or 0, decision.from_day),
        "start": f"within {weeks(needs.start_within_weeks)}" if needs.start_within_weeks else "today",
        "typical_start": start_of(decision.from_day, outcome.start_week),
        "minimum": money(central(f"minimum_usd.{option.id}")),
        "within_budget": share("is_seldom_within_budget"), "on_time": share("is_seldom_on_time"),
        "in_time": share("is_seldom_started_in_time"),
        "hours": plain(hours_apart(needs, decision.evidence)),
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

    @property
    def laws(self) -> tuple[Law, ...]:
        """What to check in the law of the place, each once."""
        return tuple(dict.fromkeys(law for finding in self.findings for law in finding.laws))


def cautions(decision: Decision) -> list[Caution]:
    """What to watch out for, each said once for all plans that it is true of, the answer's first. Where no plan fits,
    the cards and the verdict say that limits are missed."""
    found: dict[tuple[str, str], dict[str, Finding]] = {}
    for plan, findings in decision.findings.items():
        for finding in findings:
            if decision.verdict == model.NONE_FITS and finding.rule.id in ON_THE_CARDS:
                continue
            found.setdefault(finding_text(decision, plan, finding), {})[plan] = finding
    return [Caution(title, sentence, tuple(of), tuple(of.values())) for (title, sentence), of in found.items()]
