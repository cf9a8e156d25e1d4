"""When in-house costs less than another option, and at which prices both cost the same, in sentences."""

from __future__ import annotations

import numpy as np

from hiring.model.breakeven import BreakEven, Tie, in_house_outcome
from hiring.model.decision import Decision
from hiring.model.explanation import Explanation
from hiring.model.needs import plain
from hiring.text.formatting import in_words, join_words, month_number, of_hundred, whole_money
from hiring.text.verdict_text import has_upkeep, option_name

LEVEL = 0.02  # of the larger typical cost; a smaller difference is none
EVEN_SHARE = 0.45  # from this share to one minus it, neither is called cheaper


def break_even_month(it: BreakEven) -> str:
    """After how much upkeep in-house has cost less than the other option for good, with what is known of the other
    simulations."""
    low, middle, high = it.quantiles
    never = in_words(1 - it.share)
    if np.isinf(middle):
        return f"never in {never} of 100" if it.share else "never"
    if middle == 0:
        at_once = float(np.mean(it.months == 0))
        begin = "from the release" if high == 0 else f"from the release in {in_words(at_once)} of 100"
        return f"{begin}, never in {never}" if np.isinf(high) else begin
    after = f"after {_months(middle)} of upkeep"
    if np.isinf(high):
        return f"{after}, never in {never} of 100"
    first, last = month_number(low), month_number(high)
    return after if first == last else f"{after} ({first} to {last})"


def _months(value: float) -> str:
    number = month_number(value)
    return f"{number} month{'' if number == '1' else 's'}"


def cheaper_share(it: BreakEven) -> str:
    return f"{of_hundred(it.share)} of 100"


def break_even_headline(decision: Decision, found: tuple[BreakEven, ...]) -> str:
    """In how many simulations in-house is cheaper than each other option in the end, in a sentence."""
    hired = in_house_outcome(decision)
    if hired is None or not found:
        return ""
    by_verb: dict[str, list[str]] = {}
    for it in found:
        other = option_name(decision.outcomes[it.option])
        if EVEN_SHARE <= it.share <= 1 - EVEN_SHARE:
            by_verb.setdefault("costs about as much", []).append(f"as {other} (less in {in_words(it.share)} of 100)")
        else:
            way, share = ("less", it.share) if it.share > 0.5 else ("more", 1 - it.share)
            by_verb.setdefault(f"costs {way}", []).append(f"than {other} in {in_words(share)} of 100")
    return f"{hired.option.label} {join_words([f'{verb} {join_words(others)}' for verb, others in by_verb.items()])}"


def break_even_sentence(decision: Decision, found: tuple[BreakEven, ...]) -> str:
    """From when on in-house typically costs less than each other option, in sentences; who is cheaper in the end where
    nothing is kept running."""
    hired = in_house_outcome(decision)
    if hired is None or not found:
        return ""
    if not has_upkeep(decision.needs):
        return f"{break_even_headline(decision, found)} simulations."
    others: dict[str, list[str]] = {}
    for it in found:
        middle = it.quantiles[1]
        ends = [outcome.cost_quantiles[1] for outcome in (hired, decision.outcomes[it.option])]
        is_level = abs(ends[0] - ends[1]) <= LEVEL * max(ends)
        clause = "costs about as much as {} in the end" if is_level else "costs less than {} " + (
            "by the release and after it" if middle == 0 else f"after {_months(middle)} of upkeep")
        if not is_level and (np.isinf(middle) or ends[0] > ends[1]):
            clause = "never costs less than {}"
        others.setdefault(clause, []).append(option_name(decision.outcomes[it.option]))
    said = ". It ".join(clause.format(join_words(names, "or" if clause.startswith("never") else "and"))
                        for clause, names in others.items())
    return f"In the typical case, {option_name(hired)} {said}."


def break_even_explained(explanation: Explanation) -> str:
    """How to read the table."""
    has_range = any("(" in break_even_month(it) for it in explanation.break_evens)
    likely = "; the likely range is in parentheses" if has_range else ""
    equal = (f"All are kept running equally long. “Cheaper for good” is typical{likely}. "
             if has_upkeep(explanation.decision.needs) else "")
    return f"{equal}“Same cost” is where typical costs are equal, with every other number as it is."


def break_even_table(explanation: Explanation) -> dict[str, list[str]]:
    """In-house against each other option as {head: cells}; when it becomes cheaper, and hours of upkeep, only where
    there is upkeep."""
    outcomes, ties, found = explanation.decision.outcomes, explanation.rate_ties, explanation.break_evens
    is_kept = has_upkeep(explanation.decision.needs)
    columns = [[cheaper_share(it), rate_tie(ties[place])] for place, it in enumerate(found)]
    rows = ["Cheaper in the end", "Same cost at a typical rate of"]
    if is_kept:
        rows = ["Cheaper for good", *rows, "Same cost at upkeep of"]
        columns = [[break_even_month(it), *columns[place], hours_tie(explanation.hours_ties[place])]
                   for place, it in enumerate(found)]
    return {"In-house": rows, **{f"against {option_name(outcomes[it.option])}": column
                                 for it, column in zip(found, columns, strict=True)}}


def rate_tie(tie: Tie) -> str:
    now = f"now {whole_money(tie.now)}"
    if tie.value is None:
        return f"none from {whole_money(tie.low)} to {whole_money(tie.high)}: {_always(tie)} ({now})"
    return f"{whole_money(tie.value)} an hour ({now})"


def _always(tie: Tie) -> str:
    return f"in-house costs {'less' if tie.costs_more_above else 'more'} throughout"


def hours_tie(tie: Tie) -> str:
    now = f"{round(tie.now, 1):,.10g}"
    if tie.value is None:
        return f"none from {plain(tie.low)} to {tie.high:,.0f} hours: {_always(tie)} (now {now})"
    return f"{round(tie.value, 0 if tie.value >= 10 else 1):,.10g} hours a week (now {now})"
