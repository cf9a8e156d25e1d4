"""Headlines: the finding of each chart in a sentence, and what the chart counts."""

from __future__ import annotations

import numpy as np

from hiring.model.decision import MODEL_VERSION, Decision
from hiring.model.needs import plain
from hiring.model.quantiles import quantile
from hiring.model.simulation import Outcome
from hiring.text.formatting import day, in_words, join_words, lower_first, money, month
from hiring.text.verdict_text import option_name, rule_shares

DOTS = 20
SHARE_IS_NO_CHANCE = "A share of simulated futures under stated ranges is not the chance that the answer is right."


def evidence_and_model(decision: Decision) -> str:
    """The day of the evidence and the version of the model."""
    return f"Evidence of {day(decision.as_of)}; model {MODEL_VERSION}."


def dot_costs(outcome: Outcome) -> np.ndarray:
    """Twenty equally likely costs, USD: the quantiles at 2.5 %, 7.5 % and so on."""
    return quantile(outcome.total, (np.arange(DOTS) + 0.5) / DOTS)


def cost_headline(decision: Decision) -> str:
    """In how many futures each option stays within the budget, or who costs least where none was given."""
    if decision.needs.budget_usd is None:
        cheapest = min(decision.outcomes.values(), key=lambda outcome: outcome.cost_quantiles[1])
        return f"{cheapest.option.label} costs least: {money(cheapest.cost_quantiles[1])} in the middle future"
    shares = {o: outcome.within_budget_share or 0.0 for o, outcome in decision.outcomes.items()}
    labels = {o: outcome.option.label for o, outcome in decision.outcomes.items()}
    if not any(shares.values()):
        return f"No option stays within {money(decision.budget_usd)} in any future"
    if all(share == 1 for share in shares.values()):
        return f"Every option stays within {money(decision.budget_usd)} in all futures"
    words = {o: in_words(share, rule_shares(decision)) for o, share in shares.items()}
    best, *others = sorted(shares, key=lambda o: -shares[o])
    rest = ", ".join(f"{lower_first(labels[o])} in {words[o]}" for o in others)
    return f"{labels[best]} stays within {money(decision.budget_usd)} in {words[best]} of 100 futures, {rest}"


def cost_explained(decision: Decision) -> str:
    """How to read the twenty dots."""
    legend = ("Ranges hold 8 of 10 futures." if decision.needs.budget_usd is None else
              "Filled dots stay within the budget, hollow ones exceed it.")
    return f"Each dot is one of {DOTS} equally likely futures, with every cost {cost_span(decision)}. {legend}"


def spending_headline(decision: Decision) -> str:
    """Who spends least over the months, from the middle lines of the chart."""
    months, paths = decision.paths
    medians = {option: middle for option, (_, middle, _) in paths.items()}
    by_cost = sorted(decision.outcomes.values(), key=lambda outcome: outcome.cost_quantiles[1])
    cheapest, total = by_cost[0], by_cost[0].cost_quantiles[1]
    level = [outcome for outcome in by_cost if outcome.cost_quantiles[1] <= total * 1.02]
    if len(level) > 1:
        names = join_words([option_name(outcome) for outcome in level])
        return f"{names[0].upper()}{names[1:]} end level, at about {money(total)}"
    late = any(outlasts(decision, outcome) for outcome in by_cost)
    end = f"{money(total)} {'in all' if late else f'by {month(decision.needs.horizon_months)}'}"
    others = np.min([line for option, line in medians.items() if option != cheapest.option.id], axis=0)
    dearer = np.flatnonzero(medians[cheapest.option.id] > others)
    last = int(dearer[-1]) if dearer.size else 0
    if months[last] <= months[-1] * 0.1:
        return f"{cheapest.option.label} spends least all the way: {end}"
    if last >= len(months) - 2:
        return f"{cheapest.option.label} spends least in the end: {end}"
    return f"{cheapest.option.label} spends least from {month(months[last + 1])} on: {end}"


def spending_explained(decision: Decision, marked: bool) -> str:
    """How to read the paths; `marked` says whether break-evens are drawn at their foot."""
    soonest = sorted(decision.outcomes.values(), key=lambda outcome: outcome.finish_quantiles[1])
    releases = ", ".join(f"{option_name(outcome)} {month(outcome.finish_quantiles[1])}" for outcome in soonest)
    foot = " At the foot: from when in-house has cost less for good, half of the futures and 8 of 10." if marked else ""
    return ("Thick lines are the middle future; in 8 of 10 futures the cost runs inside the band. Diamonds mark the "
            f"first release: {releases}.{foot}")


LINE_LABELS = {
    "build_labor": "Build labor", "upkeep_labor": "Upkeep labor", "steering": "Your people's time",
    "sourcing": "Finding and equipping", "replacement": "Replacing leavers", "exit": "Ending contracts",
}


def parts_headline(decision: Decision) -> str:
    """Where the first option's money goes."""
    outcome = decision.outcomes[decision.first]
    parts = outcome.middle_future
    pay = parts["build_labor"] + parts["upkeep_labor"]
    largest = max((line for line in parts if not line.endswith("labor")), key=parts.__getitem__)
    return (f"{outcome.option.label}: {money(pay)} of {money(sum(parts.values()))} is pay, "
            f"{money(parts[largest])} {_LARGEST[largest]}")


_LARGEST = {"steering": "your people's time", "sourcing": "finding and equipping people",
            "replacement": "replacing those who leave", "exit": "ending contracts"}


def fit_headline(decision: Decision) -> str:
    """How many of the rated needs each option meets."""
    met = {option: sum(meets(decision, option, criterion) for criterion in decision.need_levels)
           for option in decision.outcomes}
    labels = {option: outcome.option.label for option, outcome in decision.outcomes.items()}
    first, *others = decision.outcomes
    rest = ", ".join(f"{lower_first(labels[o])} {met[o]}" for o in others)
    return f"{labels[first]} meets {met[first]} of {len(decision.need_levels)} needs, {rest}"


def meets(decision: Decision, option: str, criterion: str) -> bool:
    """Whether the central rating reaches the need level; both are points that a sum may miss by a hair."""
    return round(decision.evidence.central(f"{criterion}.{option}") - decision.need_levels[criterion] * 100, 6) >= 0


def outlasts(decision: Decision, outcome: Outcome) -> bool:
    """Whether the middle release comes after the months looked ahead; the build is paid to its end all the same."""
    return outcome.finish_quantiles[1] > decision.needs.horizon_months


def cost_label(decision: Decision, outcome: Outcome) -> str:
    """What the cost of an option covers."""
    if outlasts(decision, outcome):
        return "Cost to release"
    return f"Cost over {plain(decision.needs.horizon_months)} months"


def cost_span(decision: Decision) -> str:
    """Up to when costs count, for all options together."""
    late = any(outlasts(decision, outcome) for outcome in decision.outcomes.values())
    last = month(decision.needs.horizon_months)
    return f"up to {last}, or to the release where it comes later" if late else f"up to {last}"
