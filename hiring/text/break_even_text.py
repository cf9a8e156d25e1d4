"""When in-house costs less than another option, and at which prices both cost the same, in sentences."""

from __future__ import annotations

import numpy as np

from hiring.model.breakeven import BreakEven, Tie, in_house_outcome
from hiring.model.decision import Decision
from hiring.model.explanation import Explanation
from hiring.model.needs import plain
from hiring.text.formatting import in_words, join_words, month, month_number, of_hundred
from hiring.text.verdict_text import option_name

EVEN_SHARE = 0.45  # from this share to one minus it, neither is called cheaper


def break_even_month(it: BreakEven) -> str:
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
    first, last = ("the start" if low == 0 else month_number(low)), month_number(high)
    return f"from {month(middle)}" if first == last else f"from {month(middle)} ({first} to {last})"


def cheaper_share(it: BreakEven) -> str:
    return f"{of_hundred(it.share)} of 100"


def break_even_headline(decision: Decision, found: tuple[BreakEven, ...]) -> str:
    """In how many futures in-house is cheaper than each other option in the end, in a sentence."""
    hired = in_house_outcome(decision)
    if hired is None or not found:
        return ""
    by_verb: dict[str, list[str]] = {}
    for it in found:
        other = option_name(decision.outcomes[it.option])
        if EVEN_SHARE <= it.share <= 1 - EVEN_SHARE:
            by_verb.setdefault("ends about as dear", []).append(f"as {other} (cheaper in {in_words(it.share)} of 100)")
        else:
            way, share = ("cheaper", it.share) if it.share > 0.5 else ("dearer", 1 - it.share)
            by_verb.setdefault(f"ends {way}", []).append(f"than {other} in {in_words(share)} of 100 futures")
    return f"{hired.option.label} {join_words([f'{verb} {join_words(others)}' for verb, others in by_verb.items()])}"


def break_even_table(explanation: Explanation) -> dict[str, list[str]]:
    """In-house against each other option as {head: cells}; hours of upkeep where any is done in half of the futures."""
    outcomes, ties = explanation.decision.outcomes, explanation.rate_ties
    keeps = all(np.median(outcome.schedule.upkeep_weeks) > 0 for outcome in outcomes.values())
    table = {"In-house": ["Cheaper for good", "Cheaper in the end", "Same cost at a middle rate of",
                          *(["Same cost at upkeep of"] if keeps else [])]}
    for place, it in enumerate(explanation.break_evens):
        out = " (ruled out)" if outcomes[it.option].is_ruled_out else ""
        table[f"against {option_name(outcomes[it.option])}{out}"] = [
            break_even_month(it), cheaper_share(it), rate_tie(ties[place]),
            *([hours_tie(explanation.hours_ties[place])] if keeps else [])]
    return table


def rate_tie(tie: Tie) -> str:
    now = f"now ${tie.now:,.0f}"
    if tie.value is None:
        return f"none from ${tie.low:,.0f} to ${tie.high:,.0f}: {_always(tie)} ({now})"
    return f"${tie.value:,.0f} an hour ({now})"


def _always(tie: Tie) -> str:
    return f"in-house {'cheaper' if tie.costs_more_above else 'dearer'} throughout"


def hours_tie(tie: Tie) -> str:
    now = plain(round(tie.now, 1))
    if tie.value is None:
        return f"none from {plain(tie.low)} to {tie.high:,.0f} hours: {_always(tie)} (now {now})"
    return f"{plain(round(tie.value, 0 if tie.value >= 10 else 1))} hours a week (now {now})"
