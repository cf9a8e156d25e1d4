"""Headlines: the finding of each chart in a sentence, and what the chart counts."""

from __future__ import annotations

import numpy as np

from hiring.model.acceptability import whole
from hiring.model.decision import MODEL_VERSION, Decision
from hiring.model.simulation import Outcome
from hiring.text import currencies
from hiring.text.formatting import date_of, day, exact_money, join_words, money, short_date_of
from hiring.text.verdict_text import has_upkeep, option_name, rating, sentence_case, subject

SHARE_IS_NO_CHANCE = "A share of simulations under stated ranges is not the chance that the answer is right."
THOUSANDS_FROM = 100_000  # tables of larger totals are in thousands


def evidence_and_model(decision: Decision) -> str:
    """The day of the evidence and the version of the model."""
    return f"Evidence of {day(decision.as_of)}; model {MODEL_VERSION}."


# Cost

def has_build_budget(decision: Decision) -> bool:
    """Whether the budget covers less than the whole cost."""
    return decision.needs.budget_usd is not None and decision.needs.budget_covers == "build"


def cost_label(decision: Decision) -> str:
    """What that cost covers."""
    if has_build_budget(decision):
        return "Cost up to the release"
    return "Cost of build and upkeep" if has_upkeep(decision.needs) else "Cost"


def cost_span(decision: Decision) -> str:
    """The same inside a sentence."""
    if has_build_budget(decision):
        return "the build"
    return "build and upkeep" if has_upkeep(decision.needs) else "the build"


def whole_span(decision: Decision) -> str:
    """What the whole cost covers, inside a title."""
    return "cost of build and upkeep" if has_upkeep(decision.needs) else "cost of the build"


def counted_quantiles(decision: Decision, outcome: Outcome) -> tuple[float, float, float]:
    """The likely range of that cost and its typical value: 10th percentile, median, 90th percentile."""
    return outcome.budgeted_quantiles if has_build_budget(decision) else outcome.cost_quantiles


def cost_headline(decision: Decision) -> str:
    """Which plans typically stay within the budget, or which costs least where none was given."""
    outcomes, budget = decision.in_fixed_order, decision.needs.budget_usd
    if budget is None:
        cheapest = min(outcomes.values(), key=lambda outcome: outcome.cost_quantiles[1])
        return f"{subject(cheapest)} typically costs least: {money(cheapest.cost_quantiles[1])}"
    within = [option_name(it) for it in outcomes.values() if counted_quantiles(decision, it)[1] <= budget]
    over = [option_name(it) for it in outcomes.values() if option_name(it) not in within]
    cost = f"Typical cost{' of the build' if has_build_budget(decision) and has_upkeep(decision.needs) else ''}"
    if not within or not over:
        return f"{cost} is {'over' if over else 'within'} {exact_money(budget)} for every plan"
    few, side = (within, "within") if len(within) <= len(over) else (over, "over")
    return f"{cost} is {side} {exact_money(budget)} for {join_words(few)} only"


def cost_explained(decision: Decision) -> str:
    """How to read the bars."""
    return f"Dots: typical cost of {cost_span(decision)}. Bars: likely range."


def spending_headline(decision: Decision) -> str:
    """Which plan spends least over the months, from the typical lines of the chart."""
    months, paths = decision.paths
    outcomes = decision.all_outcomes
    medians = {id_: middle for id_, (_, middle, _) in paths.items()}
    by_cost = sorted(outcomes, key=lambda id_: outcomes[id_].cost_quantiles[1])
    cheapest, total = by_cost[0], outcomes[by_cost[0]].cost_quantiles[1]
    level = [option_name(outcomes[it]) for it in by_cost if outcomes[it].cost_quantiles[1] <= total * 1.02]
    if len(level) > 1:
        return f"{sentence_case(join_words(level))} end level, at about {money(total)}"
    who = subject(outcomes[cheapest])
    others = np.min([line for id_, line in medians.items() if id_ != cheapest], axis=0, initial=np.inf)
    costlier = np.flatnonzero(medians[cheapest] > others)
    last = int(costlier[-1]) if costlier.size else 0
    if months[last] <= months[-1] * 0.1:
        return f"{who} spends least all the way: {money(total)}"
    if last >= len(months) - 2:
        return f"{who} spends least in the end: {money(total)}"
    return f"{who} spends least from {date_of(decision.from_day, months[last + 1])} on: {money(total)} in all"


def spending_explained(decision: Decision) -> str:
    """How to read the paths."""
    soonest = sorted(decision.all_outcomes.values(), key=lambda outcome: outcome.finish_quantiles[1])
    releases = ", ".join(f"{option_name(it)} {short_date_of(decision.from_day, it.finish_quantiles[1])}"
                         for it in soonest)
    return ("Thick lines are typical; the likely range, 8 of 10 simulations, is inside the band. Diamonds mark the "
            f"first release: {releases}.")


LINE_LABELS = {
    "build_labor": "Build labor", "upkeep_labor": "Upkeep labor", "steering": "Your people's time",
    "technical_lead": "A technical lead", "sourcing": "Finding and equipping", "replacement": "Replacing leavers",
    "exit": "Ending contracts",
}


def unit_of(decision: Decision) -> int:
    """The unit in which costs are shown side by side, in the currency that amounts are shown in."""
    largest = currencies.shown().amount(max(outcome.cost_quantiles[1] for outcome in decision.all_outcomes.values()))
    return 1_000 if largest >= THOUSANDS_FROM else 1


def typical_lines(decision: Decision) -> dict[str, dict[str, int]]:
    """The cost lines of each plan's typical case, as they are shown: in the currency that amounts are shown in, and
    rounded so that they add up to the total."""
    unit = unit_of(decision)
    return _without_zeros({id_: _rounded(outcome.typical._asdict(), outcome.cost_quantiles[1], unit)
                           for id_, outcome in decision.all_outcomes.items()})


def typical_years(decision: Decision) -> dict[str, dict[str, int]]:
    """The same by years from the day of the decision."""
    unit, last = unit_of(decision), max(len(outcome.typical_years) for outcome in decision.all_outcomes.values())
    return _without_zeros({id_: {f"Year {year}": 0 for year in range(1, last + 1)} | _rounded(
        {f"Year {year}": usd for year, usd in enumerate(outcome.typical_years.tolist(), 1)},
        outcome.cost_quantiles[1], unit) for id_, outcome in decision.all_outcomes.items()})


def _without_zeros(table: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Without what is zero in every plan."""
    paid = [name for name in next(iter(table.values())) if any(parts[name] for parts in table.values())]
    return {id_: {name: parts[name] for name in paid} for id_, parts in table.items()}


def _rounded(parts: dict[str, float], total: float, unit: int) -> dict[str, int]:
    shown = currencies.shown().amount(1) / unit
    return {name: amount * unit for name, amount in whole({name: usd * shown for name, usd in parts.items()},
                                                          total * shown).items()}


def in_unit(decision: Decision, amount: float) -> str:
    """A cost of the tables in their unit: $490k, £1,204k, $5,612."""
    sign = currencies.shown().sign
    return f"{sign}{amount / 1_000:,.0f}k" if amount and unit_of(decision) == 1_000 else f"{sign}{amount:,.0f}"


def year_name(decision: Decision, name: str) -> str:
    """Year 1 (to Nov 2027), or Year 1 where no day is known from which years count."""
    if decision.from_day is None:
        return name
    return f"{name} (to {short_date_of(decision.from_day, 12 * int(name.removeprefix('Year ')))})"


def cost_included(decision: Decision) -> str:
    """What the costs hold and what they leave out."""
    lead = "" if decision.needs.technical_lead else "a technical lead, "
    pay = "and what the law adds to it" if decision.evidence.employer_contributions else "with taxes and benefits"
    return (f"Included: pay {pay}, your own people's time, {lead}search, equipment, replacements and severance. Not "
            "included: office rent, licenses, cloud, sales tax or VAT, design and front end. Skills change only how "
            "well a plan fits.")


# Fit

def fit_headline(decision: Decision) -> str:
    """How many of the rated needs each plan meets."""
    by_count: dict[int, list[str]] = {}
    for outcome in decision.all_outcomes.values():
        by_count.setdefault(needs_met(decision, outcome), []).append(option_name(outcome))
    (count, first), *others = by_count.items()
    of = f"{count} of {len(decision.need_levels)} needs"
    if not others:
        return f"Each plan meets {of}"
    rest = "".join(f", {join_words(names)} {met}" for met, names in others)
    return f"{sentence_case(join_words(first))} {'meets' if len(first) == 1 else 'meet'} {of}{rest}"


def needs_met(decision: Decision, outcome: Outcome) -> int:
    return sum(meets(decision, outcome, criterion) for criterion in decision.need_levels)


def meets(decision: Decision, outcome: Outcome, criterion: str) -> bool:
    """Whether the typical rating reaches the need level, both in whole points."""
    return rating(outcome, criterion) >= round(decision.need_levels[criterion] * 100)
