"""All numbers of each plan side by side, as rows of a label and a cell for each plan in their fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hiring.model.decision import Decision
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.model.simulation import Outcome
from hiring.text import chart_titles
from hiring.text.formatting import date_range, money_range, short_date_of, start_of
from hiring.text.verdict_text import rating, share_of_hundred

Rows = list[tuple[str, list[str]]]
NONE = "–"
TOTAL = "Total"


def explained(decision: Decision) -> str:
    """What the numbers are."""
    return f"Ranges hold 8 of 10 of {decision.draws:,} simulations; shares are of 100."


def typical_costs(decision: Decision) -> Rows:
    """The cost lines of each plan and their total, to which they add up as they are shown."""
    lines, plans = chart_titles.typical_lines(decision), list(decision.in_fixed_order)

    def row(label: str, names: Iterable[str]) -> tuple[str, list[str]]:
        return label, [chart_titles.in_unit(decision, sum(lines[id_][name] for name in names)) for id_ in plans]

    return [*(row(chart_titles.LINE_LABELS[name], [name]) for name in lines[plans[0]]),
            row(TOTAL, tuple(lines[plans[0]]))]


def shares_and_dates(decision: Decision) -> Rows:
    """Shares of simulations, of a hundred; ranges and dates. Limits that were not given have no row."""
    day, needs, counts = decision.from_day, decision.needs, decision.of_hundred

    def row(label: str, shown: Callable[[Outcome], str]) -> tuple[str, list[str]]:
        return label, [shown(outcome) for outcome in decision.in_fixed_order.values()]

    def share(share: float | None) -> str:
        return NONE if share is None else share_of_hundred(share, decision)

    rows = [row("Cost range", lambda it: money_range(it.cost_quantiles[0], it.cost_quantiles[2]))]
    if chart_titles.has_build_budget(decision):
        rows.append(row("Build range", lambda it: money_range(it.budgeted_quantiles[0], it.budgeted_quantiles[2])))
    rows += [row("Start", lambda it: start_of(day, it.start_week) if day is None else short_date_of(
                 day, it.start_week / WEEKS_A_MONTH)),
             row("Release", lambda it: short_date_of(day, it.finish_quantiles[1])),
             row("Release range", lambda it: date_range(day, it.finish_quantiles[0], it.finish_quantiles[2]))]
    if needs.budget_usd is not None:
        rows.append(row("In budget", lambda it: share(it.within_budget_share)))
    if needs.deadline_months is not None:
        rows.append(row("On time", lambda it: share(it.on_time_share)))
    if not counts:
        return rows
    best = [str(counts[id_]) if id_ in counts else NONE for id_ in decision.in_fixed_order]
    return [*rows, (best_label(decision), best)]


def best_label(decision: Decision) -> str:
    """What a first share counts: how often an option, or a plan where the mix leads, is the best of them."""
    return "Best option" if decision.mix is None else "Best plan" if decision.mix.leads else "Best, mixes aside"


def ratings(decision: Decision) -> Rows:
    """The typical rating of each plan on each rated criterion, points of 100, beside what is needed."""
    labels = {criterion.id: criterion.label for criterion in decision.evidence.criteria}
    return [(f"{labels[criterion]} ({level * 100:.0f})",
             [str(rating(outcome, criterion)) for outcome in decision.in_fixed_order.values()])
            for criterion, level in decision.need_levels.items()]
