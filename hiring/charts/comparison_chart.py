"""The chart of what scenarios cost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

import altair as alt
import pandas as pd

from hiring.charts import chart_theme
from hiring.charts.chart_theme import Layers
from hiring.lists.summary import escape_formulas
from hiring.model.decision import Decision
from hiring.text.comparison_text import shortened, times_first
from hiring.text.formatting import isolated, money
from hiring.text.portfolio_text import option_labels

WIDE = 20  # times between the least and the greatest cost, from which on a straight axis would crush the small ones
LANE = 25  # height of a line of the chart, in pixels


def cost_chart(names: Sequence[str], decisions: Sequence[Decision]) -> Layers:
    """What each option costs in each scenario: a line that holds 8 of 10 futures with a point for the middle one,
    hollow where the option is ruled out, its first share behind it, and a tick at the budget."""
    tables = cost_tables(names, decisions)
    titles, costs, budgets = (alt.Chart(table) for table in tables)
    scale = alt.Scale(type="log" if is_wide(decisions) else "linear", zero=False, nice=False, padding=12)
    x = alt.X("median:Q", scale=scale, axis=alt.Axis(
        title="Total cost over the months ahead, US dollars", labelExpr=chart_theme.SHORT_MONEY, grid=False,
        tickCount=5))
    lanes = len(option_labels()) + 1  # a title and a line for each option
    y = alt.Y("lane:O", scale=alt.Scale(domain=list(range(lanes * len(decisions))), paddingInner=0, paddingOuter=0),
              axis=alt.Axis(title=None, ticks=False, domain=False, labelFontSize=12.5, grid=False,
                            labelExpr=f"{['', *option_labels().values()]}[datum.value % {lanes}]"))
    color, end = chart_theme.option_color(), alt.value("width")
    tips = chart_theme.tooltips(scenario="Scenario", option="Option",
                            low=f"1 future in 10 costs less than|{chart_theme.MONEY}",
                            median=f"Middle future|{chart_theme.MONEY}",
                            high=f"1 future in 10 costs more than|{chart_theme.MONEY}", first_in="First in")
    is_out, is_first = alt.datum.out, alt.datum.leads
    return chart_theme.themed(alt.layer(
        costs.mark_rule(strokeWidth=3, opacity=1, strokeCap="round").encode(
            y=y, x="low:Q", x2="high:Q", color=color, tooltip=tips),
        budgets.mark_tick(thickness=2, height=LANE - 5, color=chart_theme.INK).encode(
            y=y, x=x, tooltip=chart_theme.tooltips(scenario="Scenario", median=f"Budget|{chart_theme.MONEY}")),
        costs.transform_filter(~is_out).mark_circle(size=130, opacity=1).encode(y=y, x=x, color=color, tooltip=tips),
        costs.transform_filter(is_out).mark_circle(size=130, opacity=1, color=chart_theme.PAPER).encode(y=y, x=x),
        costs.transform_filter(is_out).mark_point(size=105, opacity=1, strokeWidth=1.8).encode(
            y=y, x=x, color=color, tooltip=tips),
        titles.mark_text(align="left", fontSize=13, fontWeight=600, color=chart_theme.TEXT, dy=-1, dx=-70).encode(
            y=y, x=alt.value(0), text="text:N"),
        titles.mark_text(align="left", dx=8, dy=-1, fontSize=12.5, color=chart_theme.INK).encode(
            y=y, x=end, text="first_in:N"),
        costs.transform_filter(is_first).mark_text(
            align="left", dx=8, fontSize=12.5, color=chart_theme.TEXT, fontWeight=600).encode(
            y=y, x=end, text="first_in:N"),
        costs.transform_filter(~is_first).mark_text(align="left", dx=8, fontSize=12.5, color=chart_theme.INK).encode(
            y=y, x=end, text="first_in:N"),
    ), LANE * lanes * len(decisions) + 50)


def cost_tables(names: Sequence[str], decisions: Sequence[Decision]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The titles of scenarios, the costs of options and the ticks of budgets, each row with its place from the top."""
    titles: list[dict[str, Any]] = []
    costs: list[dict[str, Any]] = []
    budgets: list[dict[str, Any]] = []
    lane = count()
    for name, decision in zip(map(escape_formulas, names), decisions, strict=True):  # saved as CSV, too
        budget = decision.needs.budget_usd
        limit = "no budget" if budget is None else f"budget {money(budget)}"
        titles.append({"lane": next(lane), "text": f"{isolated(shortened(name))}, {limit}",
                       "first_in": "" if titles else "first in"})
        for option in option_labels():
            outcome = decision.outcomes[option]
            low, median, high = outcome.cost_quantiles
            at: dict[str, Any] = {"lane": next(lane), "scenario": name}
            costs.append({**at, "option": outcome.option.label, "low": low, "median": median, "high": high,
                          "out": outcome.is_ruled_out, "leads": option == decision.first and bool(decision.left),
                          "first_in": times_first(decision, option)})
            if budget is not None:
                budgets.append({**at, "median": budget})
    return pd.DataFrame(titles), pd.DataFrame(costs), pd.DataFrame(budgets, columns=["lane", "scenario", "median"])


def is_wide(decisions: Sequence[Decision]) -> bool:
    """Whether costs lie so far apart that only a scale of multiples shows them all."""
    costs = [usd for decision in decisions for outcome in decision.outcomes.values() for usd in outcome.cost_quantiles]
    return min(costs) > 0 and max(costs) / min(costs) > WIDE
