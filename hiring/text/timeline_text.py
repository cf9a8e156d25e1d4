"""When each plan starts and releases, in sentences."""

from __future__ import annotations

from hiring.model.decision import Decision
from hiring.text.formatting import date_of, join_words
from hiring.text.verdict_text import has_upkeep, option_name, sentence_case, share_in_words, subject


def timeline_headline(decision: Decision) -> str:
    """Which plans typically release first, and when the last one follows."""
    by_release = sorted(decision.all_outcomes.values(), key=lambda outcome: outcome.finish_quantiles[1])
    dates = [date_of(decision.from_day, outcome.finish_quantiles[1]) for outcome in by_release]
    soonest = [option_name(outcome) for outcome, when in zip(by_release, dates, strict=True) if when == dates[0]]
    if len(soonest) == len(by_release) > 1:
        return f"All plans typically release in {dates[0]}"
    last = "" if len(by_release) == 1 else f"; {option_name(by_release[-1])} follows in {dates[-1]}"
    verb = "releases" if len(soonest) == 1 else "release"
    return f"{sentence_case(join_words(soonest))} {verb} first, typically in {dates[0]}{last}"


def on_time(decision: Decision) -> str:
    """In how many simulations each plan releases by the deadline, the most first; empty without one."""
    deadline, outcomes = decision.needs.deadline_months, decision.all_outcomes.values()
    if deadline is None:
        return ""
    best, *others = sorted(outcomes, key=lambda outcome: -(outcome.on_time_share or 0))
    rest = "".join(f", {option_name(it)} in {share_in_words(it.on_time_share or 0, decision)}" for it in others)
    return (f"{subject(best)} releases by {date_of(decision.from_day, deadline)} in "
            f"{share_in_words(best.on_time_share or 0, decision)} of 100 simulations{rest}.")


def timeline_explained(decision: Decision) -> str:
    """How to read the bars."""
    upkeep = ", pale bars are upkeep" if has_upkeep(decision.needs) else ""
    return (f"Dotted lines: people are found. Full bars are the build{upkeep}. A diamond is the typical release; the "
            "line through it spans 8 of 10 simulations.")

