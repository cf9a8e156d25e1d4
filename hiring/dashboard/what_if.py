"""What if: the sentences on what would change the answer – other answers, other prices, newer figures. Pure
text, no Streamlit; texts are Streamlit Markdown."""

from __future__ import annotations

import numpy as np

from hiring.dashboard import sources
from hiring.dashboard.formats import counted, listed, lowered, money, month, of_hundred, usd
from hiring.dashboard.wording import name
from hiring.model.breakeven import BreakEven, Tie, own_staff
from hiring.model.decision import Decision
from hiring.model.evidence import Snapshot
from hiring.model.needs import NEEDS, NUMBER, plain
from hiring.model.switching import Switch, Switches

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


# Own figures and newer ones

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
