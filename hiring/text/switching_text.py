"""Which other answers would change the result, in sentences."""

from __future__ import annotations

from hiring.model.decision import Decision
from hiring.model.needs import NEEDS, NUMBER, plain
from hiring.model.switching import Switch, Switches
from hiring.text.formatting import counted, join_words, lower_first, money
from hiring.text.verdict_text import option_name


def condition_text(decision: Decision, switch: Switch) -> str:
    """A changed answer, as what follows an if."""
    need = NEEDS[switch.need]
    if switch.value in need.conditions:
        return need.conditions[switch.value]
    now, value = getattr(decision.needs, switch.need), _value(decision, switch.need, switch.value)
    if switch.need == "location":
        value += _wages(decision, switch.value)
    is_less = need.only and now is not None and switch.value < now
    return need.condition.format(f"only {value}" if is_less else value)


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
        return counted(float(str(value)), NEEDS[need].noun)
    chosen = choice_label(need, value)
    return chosen if NEEDS[need].keeps_case else chosen.lower()


def choice_label(need: str, value: object) -> str:
    return NEEDS[need].choices[{True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool)
                               else str(value)]


def exact_money(value: float) -> str:
    """Money that reads short where nothing is lost by it."""
    short = money(value)
    scale = {"k": 1e3, "M": 1e6}.get(short[-1], 1)
    exact = abs(float(short.strip("$kM")) * scale - value) < 0.5
    return short if exact else f"${value:,.0f}"


def first_option_then(decision: Decision, switch: Switch) -> str:
    """Who comes first then."""
    return "no option fits" if switch.first is None else decision.outcomes[switch.first].option.label


def current_answer(decision: Decision, need: str) -> str:
    """The current answer."""
    value = getattr(decision.needs, need)
    if value is None:
        return "None given"
    if (need, value) == ("start_within_weeks", 0):
        return "Today"
    shown = _value(decision, need, value)
    return shown if NEEDS[need].kind == NUMBER else shown[0].upper() + shown[1:]


def switch_headline(decision: Decision, switches: Switches) -> str:
    """The nearest switching value in words."""
    if not switches.found:
        return "No single answer changes who comes first" if decision.left else "No single answer lets an option in"
    nearest = switches.found[0]
    would = "come first" if decision.left else "no longer be ruled out"
    then = ("no option would fit" if nearest.first is None else
            f"{option_name(decision.outcomes[nearest.first])} would {would}")
    return f"If {condition_text(decision, nearest)}, {then}"


def needs_without_effect(switches: Switches) -> str:
    """The needs that change nothing by themselves; empty where there are none."""
    if not switches.never:
        return ""
    return f"No change by itself was found to matter in: {join_words([_named(need) for need in switches.never])}."


def _named(need: str) -> str:
    return lower_first(NEEDS[need].label.split(",")[0]).replace("we have a", "a")
