"""Which other answers would change the result, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hiring.model.decision import MIX, Decision
from hiring.model.money import name_of
from hiring.model.needs import NEEDS, NUMBER, plain
from hiring.model.schedule import day_after
from hiring.model.switching import Switch, Switches
from hiring.text.formatting import counted, day, exact_money, exact_month, join_words, lower_first, short_date_of
from hiring.text.verdict_text import (
    budget_then,
    colored,
    deadline_then,
    even_chance,
    kept_label,
    option_name,
    sentence_case,
    share_in_words,
    share_of_hundred,
    subject,
)

HALF = 0.5  # of the simulations: an even chance


def condition_text(decision: Decision, switch: Switch) -> str:
    """A changed answer, as what follows an if."""
    need = NEEDS[switch.need]
    if switch.value in need.conditions:
        return need.conditions[switch.value]
    now, value = getattr(decision.needs, switch.need), _value(decision, switch.need, switch.value)
    if switch.need == "deadline_months" and decision.from_day is not None:
        return f"the release were due by {value}"
    if need.measure is not None and not need.measure.is_large:  # exact, as less might not be enough
        number = plain(switch.value)
        value = f"{number} {need.noun}{'' if number == '1' else 's'}" if need.noun else f"month {number}"
    if switch.need == "location":
        value = f"{'the ' if switch.value == 'us' else ''}{value}{_wages(decision, switch.value)}"
    is_less = need.only and now is not None and switch.value < now
    return need.condition.format(f"only {value}" if is_less else value)


def row_label(decision: Decision, switch: Switch) -> str:
    """The same with whether the answer now is close to a tie."""
    return f"{condition_text(decision, switch)}{'; close to a tie' if switch.is_near else ''}"


def _wages(decision: Decision, place: str) -> str:
    """How much higher or lower wages are in a place than where you hire now, as an aside."""
    ratio = decision.evidence.wage_ratio(place) / decision.evidence.wage_ratio(decision.needs.location)
    way = "higher" if ratio > 1 else "lower"
    return f", with wages {abs(ratio - 1):.0%} {way}" if round(abs(ratio - 1), 2) else ", with wages like those now"


def _value(decision: Decision, need: str, value: object) -> str:
    if need == "budget_usd":
        return exact_money(float(str(value)))
    if need == "location":
        return decision.evidence.areas[str(value)]
    if need == "currency":
        return name_of(str(value) or decision.evidence.countries[decision.needs.country].currency)
    if need == "wage_basis" and value not in decision.evidence.place.wage_bases:
        return f"figures of {decision.evidence.place.noun}"
    if need == "deadline_months":
        months = float(str(value))
        return exact_month(months) if decision.from_day is None else day(day_after(decision.from_day, months))
    if NEEDS[need].kind == NUMBER:
        return counted(float(str(value)), NEEDS[need].noun)
    chosen = choice_label(need, value)
    return chosen if NEEDS[need].keeps_case else chosen.lower()


def choice_label(need: str, value: object) -> str:
    return NEEDS[need].choices[{True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool)
                               else str(value)]


def best_then(decision: Decision, switch: Switch) -> str:
    """The best option then, or that none fits."""
    return decision.outcomes[switch.first].option.label if switch.some_fit else "No option fits"


def first_option_then(decision: Decision, switch: Switch) -> str:
    """The best option then, and how often it keeps the limits that are then given; or that none fits."""
    label = best_then(decision, switch)
    if not switch.some_fit:
        return label
    kept = kept_then(decision, switch)
    return f"{label}, {kept}" if kept else label


def switch_table(decision: Decision, found: Sequence[Switch]) -> dict[str, list[str]]:
    """What would have to change, the answer now, the best option then and how often it keeps the limits that are then
    given, as {head: cells}."""
    table = {"If …": [condition_text(decision, it) for it in found],
             "Now": [current_answer(decision, it.need) for it in found],
             "Best option then": [best_then(decision, it) for it in found]}
    kept = [share_of_hundred(it.keep_share, decision) if kept_then(decision, it) and it.some_fit else "–"
            for it in found]
    return {**table, "Within limits, of 100": kept} if set(kept) - {"–"} else table


def kept_then(decision: Decision, switch: Switch) -> str:
    """How often the best option then keeps the limits; empty where none is given then."""
    label = kept_label(replace(decision.needs, **{switch.need: switch.value}))
    return f"{lower_first(label)} in {share_in_words(switch.keep_share, decision)} of 100" if label else ""


def current_answer(decision: Decision, need: str) -> str:
    """The current answer."""
    value = getattr(decision.needs, need)
    if value is None:
        return "None given"
    if (need, value) == ("start_within_weeks", 0):
        return "Today"
    if value == 0 and need in ("upkeep_developers", "upkeep_months"):
        return "No upkeep"
    shown = _value(decision, need, value)
    return shown if NEEDS[need].kind == NUMBER else shown[0].upper() + shown[1:]


def switch_headline(decision: Decision, switches: Switches) -> str:
    """What the nearest switching value brings, in words; where a mix is the answer, among the options alone."""
    first = option_name(decision.outcomes[decision.first])
    alone = f"A mix comes first most often. Of the options alone, {first} does" if decision.answer == MIX else ""
    nearest = switches.found[0] if switches.found else None
    if nearest is None or nearest.keep_share < decision.evidence.central("fits_share"):
        changes = "changes that" if alone else "changes which option is best"
        said = f"no single answer {changes}" if nearest is None else (
            "we found no single answer that makes another option fit best")
        return f"{alone}; {said}" if alone else sentence_case(said)
    condition, then = condition_text(decision, nearest), option_name(decision.outcomes[nearest.first])
    return f"{alone}; if {condition}, {then} would" if alone else sentence_case(
        f"if {condition}, {then} would be the best option")


def switch_explained(decision: Decision, found: Sequence[Switch]) -> str:
    """How to read the table."""
    ties = " Just before each number, the two options tie." if any(it.step for it in found) else ""
    compared = " All are compared without a mix." if decision.mix is not None else ""
    now = "" if decision.answer == MIX else f" Now {option_name(decision.outcomes[decision.first])} is best."
    return f"One answer changes at a time.{ties}{now}{compared}"


def needs_without_effect(switches: Switches) -> str:
    """The needs that change nothing by themselves; empty where there are none."""
    if not switches.never:
        return ""
    labels = join_words([f"“{NEEDS[need].label}”" for need in switches.never])
    return f"No change to one of these by itself makes another option the best: {labels}."


def remedy_headline(decision: Decision) -> str:
    """Which plans have an even chance with the limits given; else, which needs the least for it."""
    outcomes = decision.all_outcomes
    kept = [option_name(outcome) for outcome in outcomes.values() if outcome.keep_share >= HALF]
    if kept:
        who = "every plan" if 1 < len(kept) == len(outcomes) else join_words(kept)
        return f"Even chance or better now: {who}"
    nearest = next(iter(decision.remedies))
    return (f"{subject(outcomes[nearest])} is nearest to an even chance: it takes "
            f"{even_chance(decision, nearest)}")


def remedy_table(decision: Decision) -> dict[str, list[str]]:
    """The limits that each plan would keep with an even chance, all of them together, as {head: cells}: a column for
    each plan in their fixed order."""
    needs, rows = decision.needs, {}
    if needs.budget_usd is not None:
        rows["Budget"] = [budget_then(needs, decision.remedies[id_].budget_usd or 0) for id_ in decision.in_fixed_order]
    if needs.deadline_months is not None:
        rows["Release by"] = [_release_then(decision, decision.remedies[id_].deadline_months or 0)
                              for id_ in decision.in_fixed_order]
    columns = zip(*rows.values(), strict=True)
    return {"Limits": list(rows), **{colored(outcome): list(cells) for outcome, cells in zip(
        decision.in_fixed_order.values(), columns, strict=True)}}


def _release_then(decision: Decision, months: float) -> str:
    """The deadline of a remedy, short: a month, or a day where the one given is in the same month."""
    start, given = decision.from_day, decision.needs.deadline_months
    if start is None:
        return deadline_then(decision.needs, months)
    then = short_date_of(start, months)
    is_other = months != given and then == short_date_of(start, given or 0)
    return f"{day_after(start, months):%b} {day_after(start, months):%-d, %Y}" if is_other else then
