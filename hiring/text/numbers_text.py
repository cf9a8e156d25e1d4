"""All numbers of each plan side by side, as rows of a label and a cell for each plan in their fixed order."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hiring.model.decision import Decision
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.model.simulation import Outcome
from hiring.text import chart_titles
from hiring.text.formatting import date_range, money_range, short_date_of, start_of
from hiring.text.verdict_text import rating, share_of_hundred

Rows = list[tuple[str, list[str]]]
NONE = "–"
MOST_YEARS = 5


def explained(decision: Decision) -> str:
    """What the numbers are."""
    return f"Typical values of {decision.draws:,} simulations. Ranges hold 8 of 10 of them; shares are of 100."


def cost_by_line(decision: Decision) -> Rows:
    return _paid(decision, chart_titles.typical_lines(decision))


def cost_by_year(decision: Decision) -> Rows:
    """Later years than the first few are one row."""
    def first(paid: Mapping[str, int]) -> dict[str, int]:
        shown = dict(list(paid.items())[:MOST_YEARS])
        left = sum(paid.values()) - sum(shown.values())
        return dict(paid) if len(paid) <= MOST_YEARS + 1 else {**shown, "Later": left}

    return _paid(decision, {id_: first(paid) for id_, paid in chart_titles.typical_years(decision).items()})


def _paid(decision: Decision, parts: Mapping[str, Mapping[str, int]]) -> Rows:
    """Cost by its parts, which add up to the last row."""
    plans = [parts[id_] for id_ in decision.in_fixed_order]
    rows = [(chart_titles.LINE_LABELS.get(name, name), [chart_titles.shown_usd(decision, of[name]) for of in plans])
            for name in plans[0]]
    return [*rows, ("Typical cost", [chart_titles.shown_usd(decision, sum(of.values())) for of in plans])]


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
        rows.append(row("Within budget", lambda it: share(it.within_budget_share)))
    if needs.deadline_months is not None:
        rows.append(row("On time", lambda it: share(it.on_time_share)))
    if needs.budget_usd is not None and needs.deadline_months is not None:
        rows.append(row("Within both", lambda it: share(it.keep_share)))
    return [*rows, ("Best option", [str(counts[id_]) if id_ in counts else NONE for id_ in decision.in_fixed_order])]


def ratings(decision: Decision) -> Rows:
    """The typical rating of each plan on each rated criterion, points of 100, beside what is needed."""
    labels = {criterion.id: criterion.label for criterion in decision.evidence.criteria}
    return [(f"{labels[criterion]} ({level * 100:.0f})",
             [str(rating(outcome, criterion)) for outcome in decision.in_fixed_order.values()])
            for criterion, level in decision.need_levels.items()]
