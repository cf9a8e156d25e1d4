"""Why: the sentences of the explanation. Pure text, no Streamlit; texts are Streamlit Markdown."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hiring.dashboard import sources
from hiring.dashboard.formats import (
    counted,
    in_words,
    listed,
    lowered,
    money,
    month,
    of_hundred,
    points,
    usd,
    weeks,
)
from hiring.dashboard.wording import name
from hiring.model import decision as model
from hiring.model import fit
from hiring.model.breakeven import BreakEven, Tie, own_staff
from hiring.model.decision import Decision
from hiring.model.evidence import Snapshot
from hiring.model.explanation import LEAST, Explanation, Reason
from hiring.model.needs import NEEDS, NUMBER, ProjectNeeds, plain
from hiring.model.plans import Offer, Plan
from hiring.model.simulation import Outcome
from hiring.model.switching import Switch, Switches
from hiring.model.tornado import Bar, Tornado


class Told(NamedTuple):
    """A claim and the numbers behind it."""

    title: str
    body: str


# Reasons

def reason(decision: Decision, it: Reason) -> Told:
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
    who = "it" if it.lead > 0 else name(second)
    title = f"{who} {ahead}, {points(it.lead)} point{'' if abs(round(it.lead * 100)) == 1 else 's'}."
    return Told(usd(f"{title[0].upper()}{title[1:]}" if it.lead > 0 else f"Against it: {title}"), usd(body))


def _cost_reason(decision: Decision, first: Outcome, second: Outcome, better: Outcome, worse: Outcome,
                 ahead: str) -> tuple[str, str]:
    needs = decision.needs
    given = (f"You have {money(decision.budget_usd)} for {counted(needs.horizon_months, 'month')}"
             if needs.budget_usd is not None
             else f"You gave no budget, so {money(decision.budget_usd)} is assumed")
    middle = f"{first.option.label} takes {money(first.cost_quantiles[1])} in the middle future, " \
             f"{name(second)} {money(second.cost_quantiles[1])}"
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
               f"{month(first.finish_quantiles[1])}, {name(second)} in week {second.start_week:.0f} and "
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
    return ahead, (f"{_answers(criterion, decision.needs)}: you need {need:.0f} points of 100 for {lowered(label)}. "
                   f"{first.option.label} is rated {rating[first.option.id]:.0f}, {name(second)} "
                   f"{rating[second.option.id]:.0f}.")


def _answers(criterion: str, needs: ProjectNeeds) -> str:
    """The answers behind a need level, as the start of a sentence."""
    if criterion == "autonomy":
        return "You have a technical lead" if needs.technical_lead else "You have no technical lead"
    chosen = [f"{_IS[it]} “{_choice(it, getattr(needs, it)).lower()}”" for it in fit.LEVELS[criterion]]
    if criterion == "continuity":
        after = max(0.0, needs.horizon_months - needs.build_months)
        keep = "keeps" if needs.upkeep_developers == 1 else "keep"
        kept = (f"{counted(needs.upkeep_developers, 'developer')} {keep} it running for "
                f"{counted(round(after, 1), 'month')}")
        chosen.insert(0, kept if needs.upkeep_developers and after else "nothing is kept running afterwards")
    said = listed(chosen)
    return f"{said[0].upper()}{said[1:]}"


_IS = {"scope_clarity": "the scope is", "strategic_value": "the strategic value is", "integration":
       "the ties to your teams are", "scale": "the load is", "disciplines": "the skills needed are",
       "data_sensitivity": "the data are"}


def lead_headline(decision: Decision) -> str:
    """What the lead is made of, in a sentence."""
    first, second = decision.left[:2]
    leads = decision.leads(first, second)
    total = sum(leads.values())
    labels = {c.id: c.label.lower() for c in decision.evidence.criteria}
    ahead = [labels[c] for c, lead in leads.items() if lead >= LEAST][:2]
    behind = [labels[c] for c, lead in reversed(leads.items()) if lead <= -LEAST][:1]
    whole = round(total * 100)
    margin = f"a lead of {whole} point{'' if whole == 1 else 's'}" if whole > 0 else (
        "no lead in the mean score" if whole == 0 else f"{-whole} behind in the mean score")
    if ahead and behind:
        verb = "outweigh" if len(ahead) > 1 else "outweighs"
        told = f"{listed(ahead)} {verb if whole > 0 else 'against'} {behind[0]}"
    else:
        cause = ahead if whole > 0 else behind if whole < 0 else ahead or behind
        told = listed(cause) if cause else "many small differences" if whole else "nothing much separates the two"
    return f"{told[0].upper()}{told[1:]}: {margin}"


# Switching values

_IF = {
    "developers": "the build took {}", "build_months": "the build took {}",
    "start_within_weeks": "work had to begin within {}", "deadline_months": "the release were due in {}",
    "upkeep_developers": "upkeep took {}", "horizon_months": "you looked {} ahead",
    "budget_usd": "the budget were {}", "location": "you hired in {}", "talent_region": "outside staff sat in {}",
    "wage_basis": "salaries came from the {}", "seniority": "the work asked for {} people",
    "scale": "the load were {}", "disciplines": "the skills needed were {}", "data_sensitivity": "the data were {}",
    "scope_clarity": "the scope were {}", "integration": "the ties to your teams were {}",
    "strategic_value": "the strategic value were {}",
}
_SAID = {("start_within_weeks", 0.0): "work had to begin today", ("upkeep_developers", 0.0): "no upkeep were needed",
         ("budget_usd", None): "no budget were given", ("deadline_months", None): "no deadline were given",
         ("technical_lead", True): "you had a technical lead", ("technical_lead", False): "you had no technical lead"}
_NAMES = ("location", "talent_region", "wage_basis")  # their choices are names and keep their capitals


def condition(decision: Decision, switch: Switch) -> str:
    """A changed answer, as what follows an if."""
    said = _SAID.get((switch.need, switch.value))
    return said or _IF[switch.need].format(_value(decision, switch.need, switch.value))


def _value(decision: Decision, need: str, value: object) -> str:
    if need == "budget_usd":
        return exact_money(float(str(value)))
    if need == "location":
        return decision.evidence.wages[str(value)].area
    if need == "deadline_months":
        return f"month {plain(float(str(value)))}"
    if NEEDS[need].kind == NUMBER:
        return counted(float(str(value)), _UNITS[need])
    chosen = _choice(need, value)
    return chosen if need in _NAMES else chosen.lower()


def _choice(need: str, value: object) -> str:
    return NEEDS[need].choices[{True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool)
                               else str(value)]


def exact_money(value: float) -> str:
    """Money that reads short where nothing is lost by it."""
    short = money(value)
    scale = {"k": 1e3, "M": 1e6}.get(short[-1], 1)
    exact = abs(float(short.strip("$kM")) * scale - value) < 0.5
    return short if exact else f"${value:,.0f}"


def outcome_of(decision: Decision, switch: Switch) -> str:
    """Who comes first then."""
    return "no option fits" if switch.first is None else decision.outcomes[switch.first].option.label


def present(decision: Decision, need: str) -> str:
    """The answer as it stands."""
    value = getattr(decision.needs, need)
    if value is None:
        return "None given"
    shown = _value(decision, need, value)
    return shown if NEEDS[need].kind == NUMBER else shown[0].upper() + shown[1:]


_UNITS = {"developers": "developer", "build_months": "month", "start_within_weeks": "week",
          "upkeep_developers": "developer", "horizon_months": "month"}


def switch_headline(decision: Decision, switches: Switches) -> str:
    """The nearest switching value in words."""
    if not switches.found:
        return "No single answer changes who comes first" if decision.left else "No single answer lets an option in"
    nearest = switches.found[0]
    would = "come first" if decision.left else "no longer be ruled out"
    then = ("no option would fit" if nearest.first is None else
            f"{name(decision.outcomes[nearest.first])} would {would}")
    return usd(f"If {condition(decision, nearest)}, {then}")


def never(switches: Switches) -> str:
    """The needs that change nothing by themselves; empty where there are none."""
    if not switches.never:
        return ""
    return f"No change by itself was found to matter in: {listed([_named(need) for need in switches.never])}."


def _named(need: str) -> str:
    return lowered(NEEDS[need].label.split(",")[0]).replace("we have a", "a")


# Break-even

def break_even(decision: Decision, it: BreakEven) -> str:
    """From when in-house has cost less than the other option for good, with the range over the futures."""
    low, middle, high = it.quantiles
    last = month(decision.needs.horizon_months)
    if np.isinf(middle):
        return f"not by {last}" if np.isinf(low) else f"not by {last} in half of the futures"
    end = "never" if np.isinf(high) else month(high).removeprefix("month ")
    begin = "day one" if middle == 0 else month(middle)
    if low == middle == high or (begin == "day one" and high == 0):
        return begin
    first = "day one" if low == 0 else month(low).removeprefix("month ")
    return f"{begin} ({first} to {end})"


def break_even_headline(decision: Decision, found: tuple[BreakEven, ...]) -> str:
    """When in-house pays off against the other options, in a sentence."""
    hired = own_staff(decision)
    if hired is None or not found:
        return ""
    told = []
    for it in found:
        other = name(decision.outcomes[it.option])
        middle = it.quantiles[1]
        if np.isinf(middle):
            told.append(f"does not become cheaper than {other} in most futures")
        elif middle == 0:
            told.append(f"is never dearer than {other} in most futures")
        else:
            told.append(f"becomes cheaper than {other} from {month(middle)} on")
    if len(told) > 1 and told[0].replace(name(decision.outcomes[found[0].option]), "") == told[1].replace(
            name(decision.outcomes[found[1].option]), ""):
        others = listed([name(decision.outcomes[it.option]) for it in found], "or")
        told = [told[0].replace(name(decision.outcomes[found[0].option]), others)]
    return usd(f"{hired.option.label} {listed(told)}")


def rate_tie(tie: Tie) -> str:
    now = f"{exact_money(round(tie.now))}"
    if tie.value is None:
        return f"none from {exact_money(tie.low)} to {exact_money(round(tie.high))}, {_always(tie)} (now {now})"
    return f"${tie.value:,.0f} an hour (now {now})"


def _always(tie: Tie) -> str:
    return f"in-house always {'cheaper' if tie.dearer_above else 'dearer'}"


def hours_tie(tie: Tie) -> str:
    now = plain(round(tie.now, 1))
    if tie.value is None:
        return f"none from {plain(tie.low)} to {plain(round(tie.high))} hours, {_always(tie)} (now {now})"
    return f"{plain(round(tie.value, 0 if tie.value >= 10 else 1))} hours a week (now {now})"


# Staged plans

_OFFERED = {model.LEANING: "is worth a look", model.LIKELY: "likely does better", model.CLEAR: "clearly does better"}


def plan_words(plan: Plan) -> str:
    """Who builds and who keeps."""
    def does(outcome: Outcome, verb: str) -> str:
        noun = outcome.option.noun
        return f"{noun} {verb}{'s' if noun.startswith(('a ', 'an ')) else ''} it"

    words = f"{does(plan.builder, 'build')}, {does(plan.keeper, 'keep')}"
    return words[0].upper() + words[1:]


def plan_hint(decision: Decision, offer: Offer) -> Told:
    """The best staged plan in a line beside the verdict."""
    plan = offer.plan
    if not decision.left:
        kept = "" if plan.within_budget_share is None else (
            f" It stays within {money(decision.budget_usd)} in {in_words(plan.within_budget_share)} of 100 futures.")
        return Told("A staged plan would fit.", usd(f"{plan_words(plan)}.{kept}"))
    return Told(f"A staged plan {_OFFERED[offer.verdict]}.",
                f"{plan_words(plan)}: ahead of {_rivals(decision)} in {in_words(offer.first_share)} of 100 futures.")


def _rivals(decision: Decision) -> str:
    left = [name(decision.outcomes[option]) for option in decision.left]
    return f"{left[0]} alone" if len(left) == 1 else "each option alone"


def plan_headline(decision: Decision, offer: Offer | None) -> str:
    if offer is None:
        alone = f"{name(decision.outcomes[decision.first])} alone" if decision.left else "an option alone"
        return f"No staged plan does better than {alone}" if decision.left else "No staged plan fits either"
    if not decision.left:
        return f"{plan_words(offer.plan)}: the only kind of plan that fits"
    return (f"{plan_words(offer.plan)}: ahead of {_rivals(decision)} in {in_words(offer.first_share)} of 100 futures")


def plan_against_first(decision: Decision, plan: Plan) -> str:
    """A staged plan against the first option: release, on time, cost."""
    first = decision.outcomes[decision.first]
    parts = [f"First release in {month(plan.builder.finish_quantiles[1])} against "
             f"{month(first.finish_quantiles[1])} with {name(first)} alone"]
    if plan.on_time_share is not None and first.on_time_share is not None:
        parts.append(f"on time in {in_words(plan.on_time_share)} of 100 futures against "
                     f"{in_words(first.on_time_share)}")
    more = plan.cost_quantiles[1] - first.cost_quantiles[1]
    parts.append(f"for {money(abs(more))} {'more' if more > 0 else 'less'} in the middle future")
    return usd(f"{', '.join(parts)}.")


# Tornado

def tornado_headline(decision: Decision, found: Tornado) -> str:
    """The figure that moves the lead most."""
    if not found.bars or found.bars[0].swing == 0:
        return "No figure moves the lead"
    longest = found.bars[0]
    ends = f"{points(longest.at_low)} to {points(longest.at_high)} points"
    return f"{_figure(decision, longest)} moves the lead most: {ends}"


def find_out(decision: Decision, found: Tornado) -> list[Told]:
    """The sourced and the assumed figure that matter most: what to find out before signing."""
    told = []
    for assumed, title in ((False, "Of the figures with a source"), (True, "Of the assumed figures")):
        bar = found.longest(decision.evidence, assumed)
        if bar is None:
            continue
        figure = decision.evidence.figures[bar.id]
        ends = _effect(found.lead, bar)
        told.append(Told(
            f"{title}, {lowered(_figure(decision, bar))} matters most.",
            usd(f"Taken as {figure.low:,.10g} to {figure.high:,.10g} {figure.unit} "
                f"({sources.basis(figure, decision.evidence)}): the lead is {_ends(bar)}, {ends}.")))
    return told


def _effect(lead: float, bar: Bar) -> str:
    """What the worse end does to the order of the mean scores."""
    if lead > 0 and min(bar.at_low, bar.at_high) < 0:
        return "which would put the second ahead"
    if lead < 0 and max(bar.at_low, bar.at_high) > 0:
        return "which would put the first ahead in the mean score too"
    return "which leaves the order as it is"


def _figure(decision: Decision, bar: Bar) -> str:
    return sources.named(decision.evidence.figures[bar.id], decision.evidence)


def _ends(bar: Bar) -> str:
    """Both ends, in whole points, or finer where these would hide which of the two options is ahead."""
    crosses = min(bar.at_low, bar.at_high) < 0 < max(bar.at_low, bar.at_high)
    digits = next((n for n in range(4) if not crosses or "0" not in (points(bar.at_low, n), points(bar.at_high, n))), 4)
    low, high = points(bar.at_low, digits), points(bar.at_high, digits)
    return f"{low} point{'' if low[1:] == '1' else 's'} at its low end and {high} at its high end"


# Own figures

def own_figures(evidence: Snapshot, most: int = 3) -> str:
    """The manager's own figures beside what the evidence says, the first few of them."""
    rows = sorted(evidence.replaced.items())
    told = [f"{sources.named(row, evidence)} {sources.span(evidence.figures[id_])} {row.unit} "
            f"(evidence: {sources.span(row)})" for id_, row in rows[:most]]
    more = f"; and {len(rows) - most} more" if len(rows) > most else ""
    return usd("; ".join(told) + more)


def changed(then: Snapshot, now: Snapshot) -> str:
    """Which figures differ between two dates, the first few by name."""
    ids = [id_ for id_, figure in now.figures.items() if then.figures.get(id_) not in (figure, None)
           and id_ not in then.replaced]
    wages = sum(then.wages.get(id_) != wage for id_, wage in now.wages.items())
    named = [f"{sources.named(now.figures[id_], now)} from {sources.span(then.figures[id_])} to "
             f"{sources.span(now.figures[id_])}" for id_ in sorted(ids)[:3]]
    named += [counted(len(ids) - 3, "more figure")] if len(ids) > 3 else []
    named += [counted(wages, "wage")] if wages else []
    return f"since then changed: {listed(named)}" if named else "none of the figures used here changed since"


def share(it: BreakEven) -> str:
    return f"{of_hundred(it.share)} of 100"


def keeps_something(explanation: Explanation) -> bool:
    """Whether anything is kept after the release, so that a staged plan means something."""
    return any(plan.hands_over for plan in explanation.plans.values())
