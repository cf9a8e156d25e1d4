"""The tab All numbers: each plan side by side."""

from __future__ import annotations

from hiring.model.decision import Decision
from hiring.model.explanation import Explanation
from hiring.text import chart_titles, formatting, verdict_text
from hiring.web.components import blocks
from hiring.web.markdown import note
from hiring.web.session.page_state import State


def show(state: State, explanation: Explanation) -> None:
    """The typical cost by line and by year, and the other numbers, of each plan side by side."""
    decision = explanation.decision
    blocks.with_sources(note(f"Typical values of {decision.draws:,} simulations. The lines of a plan, and its years, "
                             "add up to its typical cost."), "numbers", decision, blocks.ALL)
    heads = [f"{verdict_text.colored(it, '●')} {verdict_text.plan_label(it)}" for it in decision.all_outcomes.values()]
    lines, years = chart_titles.typical_lines(decision), chart_titles.typical_years(decision)
    totals = [chart_titles.shown_usd(decision, sum(parts.values())) for parts in lines.values()]

    def paid(parts: dict[str, dict[str, int]]) -> list[tuple[str, list[str]]]:
        rows = [(chart_titles.LINE_LABELS.get(name, name),
                 [chart_titles.shown_usd(decision, of[name]) for of in parts.values()])
                for name in next(iter(parts.values()))]
        return [*rows, ("Typical cost", totals)]

    for alt, rows in (("Typical cost by line", paid(lines)), ("Typical cost by year", paid(years)),
                      ("Shares, ranges and dates", _number_rows(decision))):
        labels, cells = zip(*rows, strict=True)
        blocks.table(dict(zip((alt, *heads), map(list, (labels, *zip(*cells, strict=True))), strict=True)), alt)


def _number_rows(decision: Decision) -> list[tuple[str, list[str]]]:
    outcomes, counts = decision.all_outcomes, decision.of_hundred

    def chance(share: float | None) -> str:
        return "–" if share is None else f"{verdict_text.share_of_hundred(share, decision)} of 100"

    return [
        ("Scores highest of the options", [f"{counts[id_]} of 100" if id_ in counts else "–" for id_ in outcomes]),
        ("Score, points of 100", [f"{it.expected_score * 100:.0f}" for it in outcomes.values()]),
        ("Cost, likely range", [formatting.money_range(it.cost_quantiles[0], it.cost_quantiles[2])
                                for it in outcomes.values()]),
        *([("Cost of the build, likely range", [
            formatting.money_range(it.budgeted_quantiles[0], it.budgeted_quantiles[2]) for it in outcomes.values()])]
          if chart_titles.has_build_budget(decision) else []),
        ("Within budget", [chance(it.within_budget_share) for it in outcomes.values()]),
        ("Work begins", [f"week {it.start_week:.0f}" for it in outcomes.values()]),
        ("First release, typical", [formatting.month(it.finish_quantiles[1]) for it in outcomes.values()]),
        ("First release, likely range", [formatting.time_range(it.finish_quantiles[0], it.finish_quantiles[2])
                                         for it in outcomes.values()]),
        ("On time", [chance(it.on_time_share) for it in outcomes.values()]),
    ]
