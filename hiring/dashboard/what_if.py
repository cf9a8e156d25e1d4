"""What if: the sentences on what would change the answer – other answers, other prices, newer figures. Pure
text, no Streamlit; texts are Streamlit Markdown."""

from __future__ import annotations

import numpy as np

from hiring.dashboard import figure_names
from hiring.dashboard.formats import counted, in_words, listed, lowered, money, month, of_hundred, usd
from hiring.dashboard.wording import name
from hiring.model.breakeven import BreakEven, Tie, own_staff
from hiring.model.decision import Decision
from hiring.model.evidence import Snapshot
from hiring.model.explanation import Explanation
from hiring.model.needs import NEEDS, NUMBER, plain
from hiring.model.switching import Switch, Switches

# Switching values

_IF = {
    "developers": "the build needed {}", "build_months": "the build took {}",
    "start_within_weeks": "work had to begin within {}", "deadline_months": "the release were due in {}",
    "upkeep_developers": "upkeep needed {}", "horizon_months": "you looked {} ahead",
    "budget_usd": "the budget were {}", "location": "you hired in {}", "talent_region": "outside staff sat in {}",
    "wage_basis": "salaries came from the {}", "seniority": "the work asked for {} people",
    "scale": "the load were {}", "disciplines": "the skills needed were {}", "data_sensitivity": "the data were {}",
    "scope_clarity": "the scope were {}", "integration": "the ties to your teams were {}",
    "strategic_value": "the strategic value were {}",
}
_SAID = {("start_within_weeks", 0.0): "work had to begin today", ("upkeep_developers", 0.0): "no upkeep were needed",
         ("budget_usd", None): "no budget were given", ("deadline_months", None): "no deadline were given",
         ("technical_lead", True): "you had a technical lead", ("technical_lead", False): "you had no technical lead"}
_ONLY = ("developers", "build_months", "upkeep_developers", "horizon_months", "budget_usd")  # where less is little
_NAMES = ("location", "talent_region", "wage_basis")  # their choices are names and keep their capitals


def condition(decision: Decision, switch: Switch) -> str:
    """A changed answer, as what follows an if."""
    said = _SAID.get((switch.need, switch.value))
    if said:
        return said
    now, value = getattr(decision.needs, switch.need), _value(decision, switch.need, switch.value)
    if switch.need == "location":
        value += _wages(decision, switch.value)
    is_less = switch.need in _ONLY and now is not None and switch.value < now
    return _IF[switch.need].format(f"only {value}" if is_less else value)


def _wages(decision: Decision, place: str) -> str:
    """How much higher or lower wages are in a place than where you hire now, as an aside."""
    ratio = decision.evidence.wage_ratio(place) / decision.evidence.wage_ratio(decision.needs.location)
    way = "higher" if ratio > 1 else "lower"
    return f", with wages {abs(ratio - 1):.0%} {way}" if round(abs(ratio - 1), 2) else ", with wages like those now"


def _value(decision: Decision, need: str, value: object) -> str:
    if need == "budget_usd":
        return exact_money(float(str(value)))
    if need == "location":
        return decision.evidence.wages[str(value)].area
    if need == "deadline_months":
        return f"month {plain(float(str(value)))}"
    if NEEDS[need].kind == NUMBER:
        return counted(float(str(value)), _UNITS[need])
    chosen = choice_label(need, value)
    return chosen if need in _NAMES else chosen.lower()


def choice_label(need: str, value: object) -> str:
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
    if (need, value) == ("start_within_weeks", 0):
        return "Today"
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

EVEN_SHARE = 0.45  # cheaper in so many to one less so many futures: neither is told to be the cheaper one


def break_even(it: BreakEven) -> str:
    """From when in-house has cost less than the other option for good, with what is known of the other futures."""
    low, middle, high = it.quantiles
    never = in_words(1 - it.share)
    if np.isinf(middle):
        return f"never in {never} of 100" if it.share else "never"
    if middle == 0:
        at_once = float(np.mean(it.months == 0))
        begin = "from the start" if high == 0 else f"from the start in {in_words(at_once)} of 100"
        return f"{begin}, never in {never}" if np.isinf(high) else begin
    if np.isinf(high):
        return f"from {month(middle)}, never in {never} of 100"
    first, last = ("the start" if low == 0 else month(low).removeprefix("month ")), month(high).removeprefix("month ")
    return f"from {month(middle)}" if first == last else f"from {month(middle)} ({first} to {last})"


def break_even_headline(decision: Decision, found: tuple[BreakEven, ...]) -> str:
    """In how many futures in-house is cheaper than each other option in the end, in a sentence."""
    hired = own_staff(decision)
    if hired is None or not found:
        return ""
    told: dict[str, list[str]] = {}
    for it in found:
        other = name(decision.outcomes[it.option])
        if EVEN_SHARE <= it.share <= 1 - EVEN_SHARE:
            told.setdefault("ends about as dear", []).append(f"as {other} (cheaper in {in_words(it.share)} of 100)")
        else:
            way, share = ("cheaper", it.share) if it.share > 0.5 else ("dearer", 1 - it.share)
            told.setdefault(f"ends {way}", []).append(f"than {other} in {in_words(share)} of 100 futures")
    return f"{hired.option.label} {listed([f'{verb} {listed(others)}' for verb, others in told.items()])}"


def break_even_table(explanation: Explanation) -> dict[str, list[str]]:
    """In-house against each other option as {head: cells}; hours of upkeep where any is done in half of the futures."""
    outcomes, ties = explanation.decision.outcomes, explanation.rate_ties
    keeps = all(np.median(outcome.schedule.upkeep_weeks) > 0 for outcome in outcomes.values())
    table = {"In-house": ["Cheaper for good", "Cheaper in the end", "Same cost at a middle rate of",
                          *(["Same cost at upkeep of"] if keeps else [])]}
    for place, it in enumerate(explanation.break_evens):
        out = " (ruled out)" if outcomes[it.option].is_ruled_out else ""
        table[f"against {name(outcomes[it.option])}{out}"] = [
            break_even(it), share(it), rate_tie(ties[place]),
            *([hours_tie(explanation.hours_ties[place])] if keeps else [])]
    return table


def rate_tie(tie: Tie) -> str:
    now = f"now ${tie.now:,.0f}"
    if tie.value is None:
        return f"none from ${tie.low:,.0f} to ${tie.high:,.0f}: {_always(tie)} ({now})"
    return f"${tie.value:,.0f} an hour ({now})"


def _always(tie: Tie) -> str:
    return f"in-house {'cheaper' if tie.dearer_above else 'dearer'} throughout"


def hours_tie(tie: Tie) -> str:
    now = plain(round(tie.now, 1))
    if tie.value is None:
        return f"none from {plain(tie.low)} to {tie.high:,.0f} hours: {_always(tie)} (now {now})"
    return f"{plain(round(tie.value, 0 if tie.value >= 10 else 1))} hours a week (now {now})"


# Own figures and newer ones

def own_figures(decision: Decision, most: int = 3) -> str:
    """The manager's own figures beside what the evidence says, the first few of them; those that this project does
    not use are named apart."""
    evidence, used = decision.evidence, {f.id for part in decision.figures_used().values() for f in part}
    rows = [row for id_, row in sorted(evidence.replaced.items()) if id_ in used]
    idle = [figure_names.named(row, evidence) for id_, row in sorted(evidence.replaced.items()) if id_ not in used]
    told = [f"{figure_names.named(row, evidence)} {figure_names.span(evidence.figures[row.id])} {row.unit} "
            f"(evidence: {figure_names.span(row)})" for row in rows[:most]]
    more = f"; and {len(rows) - most} more" if len(rows) > most else ""
    counts = [f"**Your own figures count here.** {'; '.join(told)}{more}."] if told else []
    rest = f"; and {len(idle) - most} more" if len(idle) > most else ""
    counts += [f"**Not used by this project:** {'; '.join(idle[:most])}{rest}."] if idle else []
    return usd(" ".join(counts))


def effect_of_own(decision: Decision, without: Decision) -> str:
    """Who comes first with the own figures, and who would without them."""
    def said(it: Decision) -> tuple[str, str]:
        if not it.left:
            return "no option", "no option fits"
        who = name(it.outcomes[it.first])
        return who, f"{who} is the only option left" if len(it.left) == 1 else (
            f"{who} is first in {it.of_hundred[it.first]} of 100")

    (now, told), (then, would) = said(decision), said(without)
    if told == would:
        return f"{told[0].upper()}{told[1:]}, and without them too."
    if now == then and len(decision.left) > 1 and len(without.left) > 1:
        would = f"in {without.of_hundred[without.first]}"
    return f"{told[0].upper()}{told[1:]}; with the evidence alone {would}."


def changed(then: Snapshot, now: Snapshot) -> str:
    """Which figures differ between two dates, the first few by name."""
    ids = [id_ for id_, figure in now.figures.items() if then.figures.get(id_) not in (figure, None)
           and id_ not in then.replaced]
    wages = sum(then.wages.get(id_) != wage for id_, wage in now.wages.items())
    named = [f"{figure_names.named(now.figures[id_], now)} from {figure_names.span(then.figures[id_])} to "
             f"{figure_names.span(now.figures[id_])}" for id_ in sorted(ids)[:3]]
    named += [counted(len(ids) - 3, "more figure")] if len(ids) > 3 else []
    named += [counted(wages, "wage")] if wages else []
    return f"since then changed: {listed(named)}" if named else "none of the figures used here changed since"


def share(it: BreakEven) -> str:
    return f"{of_hundred(it.share)} of 100"
