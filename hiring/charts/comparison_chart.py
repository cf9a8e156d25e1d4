"""The chart of what scenarios cost: its specification built once for each number of scenarios, and its rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import pyarrow as pa

from hiring.charts import chart_theme
from hiring.charts.chart_theme import Spec
from hiring.lists.summary import escape_formulas
from hiring.model.decision import Decision
from hiring.text.comparison_text import isolated, place, short
from hiring.text.formatting import money
from hiring.text.portfolio_text import labels

WIDE = 20  # times between the least and the greatest cost, from which on a straight axis would crush the small ones
LANE = 25  # height of a line of the chart, in pixels


@lru_cache(maxsize=16)
def cost_spec(count: int, is_wide: bool) -> Spec:
    """What each option costs in each of `count` scenarios: a line that holds 8 of 10 futures with a point for the
    middle one, hollow where the option is ruled out, its first share behind it, and a tick at the budget."""
    scale = alt.Scale(type="log", nice=False, padding=12) if is_wide else alt.Scale(zero=False, nice=False, padding=12)
    x = alt.X("median:Q", scale=scale, axis=alt.Axis(
        title="Total cost over the months ahead, US dollars", labelExpr=chart_theme.SHORT_MONEY, grid=False,
        tickCount=5))
    names = f"{['', *labels().values()]}[datum.value % {_lanes()}]"
    lanes = list(range(count * _lanes()))
    y = alt.Y("lane:O", scale=alt.Scale(domain=lanes, paddingInner=0, paddingOuter=0),
              axis=alt.Axis(title=None, ticks=False, domain=False, labelFontSize=12.5, labelExpr=names, grid=False))
    tips = chart_theme.tips(scenario="Scenario", option="Option",
                            low=f"1 future in 10 costs less than|{chart_theme.MONEY}",
                            median=f"Middle future|{chart_theme.MONEY}",
                            high=f"1 future in 10 costs more than|{chart_theme.MONEY}", told="First in")
    part = chart_theme.part("option")
    span = part.mark_rule(strokeWidth=3, opacity=1, strokeCap="round").encode(
        y=y, x=alt.X("low:Q"), x2="high:Q", color=chart_theme.option_color(), tooltip=tips)
    left = part.transform_filter("!datum.out").mark_circle(size=130, opacity=1).encode(
        y=y, x=x, color=chart_theme.option_color(), tooltip=tips)
    out = part.transform_filter("datum.out")
    paper = out.mark_circle(size=130, opacity=1, color=chart_theme.PAPER).encode(y=y, x=x)
    hollow = out.mark_point(size=105, opacity=1, strokeWidth=1.8).encode(y=y, x=x, color=chart_theme.option_color(),
                                                                        tooltip=tips)
    told = [part.transform_filter(f"{'' if leads else '!'}datum.leads").mark_text(
        align="left", dx=8, fontSize=12.5, color=chart_theme.TEXT if leads else chart_theme.INK,
        fontWeight=600 if leads else 400,
    ).encode(y=y, x=alt.value("width"), text="told:N") for leads in (True, False)]
    title = chart_theme.part("title").mark_text(align="left", fontSize=13, fontWeight=600, color=chart_theme.TEXT,
                                                dy=-1, dx=-70).encode(y=y, x=alt.value(0), text="text:N")
    head = chart_theme.part("title").mark_text(align="left", dx=8, dy=-1, fontSize=12.5, color=chart_theme.INK).encode(
        y=y, x=alt.value("width"), text="told:N")
    budget = chart_theme.part("budget").mark_tick(thickness=2, height=LANE - 5, color=chart_theme.INK).encode(
        y=y, x=x, tooltip=chart_theme.tips(scenario="Scenario", median=f"Budget|{chart_theme.MONEY}"))
    layers = alt.layer(span, budget, left, paper, hollow, title, head, *told)
    return chart_theme.finished(layers, LANE * len(lanes) + 50)


def is_wide(decisions: Sequence[Decision]) -> bool:
    """Whether costs lie so far apart that only a scale of multiples shows them all."""
    costs = [usd for it in decisions for outcome in it.outcomes.values() for usd in outcome.cost_quantiles]
    return min(costs) > 0 and max(costs) / min(costs) > WIDE


def cost_rows(names: Sequence[str], decisions: Sequence[Decision]) -> pa.Table:
    rows: list[dict[str, Any]] = []
    for number, (name, it) in enumerate(zip(map(escape_formulas, names), decisions, strict=True)):  # saved as CSV, too
        budget = it.needs.budget_usd
        limit = "no budget" if budget is None else f"budget {money(budget)}"
        rows.append({"part": "title", "lane": number * _lanes(), "text": f"{isolated(short(name), False)}, {limit}",
                     "told": "" if number else "first in"})
        for option, outcome in it.outcomes.items():
            low, median, high = outcome.cost_quantiles
            lane = number * _lanes() + 1 + _order(option)
            rows.append({
                "part": "option", "lane": lane, "scenario": name, "option": outcome.option.label, "low": low,
                "median": median, "high": high, "out": outcome.is_ruled_out,
                "leads": option == it.first and bool(it.left), "told": place(it, option)})
            if budget is not None:
                rows.append({"part": "budget", "lane": lane, "scenario": name, "median": budget})
    return chart_theme.table(rows)


def _lanes() -> int:
    """The lines of a scenario: its title and one per option."""
    return 1 + len(labels())


def _order(option: str) -> int:
    return list(labels()).index(option)
