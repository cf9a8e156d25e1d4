"""The chart of what scenarios cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from hiring.charts import chart_theme
from hiring.charts.chart_theme import Layers
from hiring.lists.summary import escape_formulas
from hiring.model.decision import NONE_FITS, Decision, plan_label
from hiring.text import comparison_text, currencies
from hiring.text.comparison_text import covers_build, first_and_kept, shortened
from hiring.text.formatting import isolated
from hiring.text.portfolio_text import option_labels, plan_labels

WIDE = 20  # times between the least and the greatest cost, from which on a straight axis would crush the small ones
LANE = 25  # height of a line of the chart, in pixels


def cost_chart(names: Sequence[str], decisions: Sequence[Decision]) -> Layers:
    """What each option and the best mix cost in each scenario: a line that holds 8 of 10 simulations with a point for
    the typical one, how often each is first and keeps the limits behind it, and a tick at a budget for all of it."""
    titles, costs, budgets = (alt.Chart(table) for table in cost_tables(names, decisions))
    scale = alt.Scale(type="log" if is_wide(decisions) else "linear", zero=False, nice=False, padding=12)
    x = alt.X("median:Q", scale=scale, axis=alt.Axis(
        title="Cost of build and upkeep", labelExpr=chart_theme.SHORT_MONEY, grid=False, tickCount=5))
    lanes = ["", *_labels(decisions).values()]  # a title and a line for each plan
    places = list(range(len(lanes) * len(decisions)))
    y = alt.Y("lane:O", scale=alt.Scale(domain=places, paddingInner=0, paddingOuter=0),
              axis=alt.Axis(title=None, ticks=False, domain=False, grid=False,
                            labelExpr=f"{lanes}[datum.value % {len(lanes)}]"))
    color, end = chart_theme.option_color(), alt.value("width")
    tips = chart_theme.tooltips(scenario="Scenario", plan="Plan",
                                low=f"1 simulation in 10 costs less than|{chart_theme.MONEY}",
                                median=f"Typical|{chart_theme.MONEY}",
                                high=f"1 simulation in 10 costs more than|{chart_theme.MONEY}",
                                shares="First and within limits, of 100")
    is_answer = alt.datum.is_answer

    def beside(rows: alt.Chart, **look: Any) -> alt.Chart:
        return rows.mark_text(align="left", dx=8, fontSize=13, **look).encode(y=y, x=end, text="shares:N")

    return chart_theme.themed(alt.layer(
        costs.mark_rule(strokeWidth=3, opacity=1, strokeCap="round").encode(
            y=y, x="low:Q", x2="high:Q", color=color, tooltip=tips),
        budgets.mark_tick(thickness=2, height=LANE - 5, color=chart_theme.INK).encode(
            y=y, x=x, tooltip=chart_theme.tooltips(scenario="Scenario", median=f"Budget|{chart_theme.MONEY}")),
        costs.mark_circle(size=130, opacity=1).encode(y=y, x=x, color=color, tooltip=tips),
        titles.mark_text(align="left", fontSize=13, fontWeight=600, color=chart_theme.TEXT, dy=-1, dx=-70).encode(
            y=y, x=alt.value(0), text="text:N"),
        beside(titles, dy=-1, color=chart_theme.INK),
        beside(costs.transform_filter(is_answer), color=chart_theme.TEXT, fontWeight=600),
        beside(costs.transform_filter(~is_answer), color=chart_theme.INK),
    ), LANE * len(places) + 50)


def _labels(decisions: Sequence[Decision]) -> dict[str, str]:
    """The options, and mixes where a scenario has one."""
    return plan_labels() if any(decision.mix for decision in decisions) else option_labels()


def cost_tables(names: Sequence[str], decisions: Sequence[Decision]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The titles of scenarios, the costs of plans and the ticks of budgets, each row with its place from the top. Under
    the titles: the places of mixes that scenarios do not have."""
    titles: list[dict[str, Any]] = []
    absent: list[dict[str, Any]] = []
    costs: list[dict[str, Any]] = []
    budgets: list[dict[str, Any]] = []
    labels, shown = _labels(decisions), currencies.shown()
    named = zip(map(escape_formulas, names), map(escape_formulas, shortened(names)), decisions, strict=True)
    for place, (name, short, decision) in enumerate(named):
        budget, top = decision.needs.budget_usd, place * (len(labels) + 1)
        limit = "no budget" if budget is None else (
            f"budget {comparison_text.budget(decision)}{' for the build' if covers_build(decision) else ''}")
        titles.append({"lane": top, "text": f"{isolated(short)}, {limit}",
                       "shares": "" if place else "first · kept"})
        for lane, (plan, label) in enumerate(labels.items(), top + 1):
            if plan not in decision.all_outcomes:
                absent.append({"lane": lane, "text": "", "shares": "none"})
                continue
            outcome = decision.all_outcomes[plan]
            low, median, high = map(shown.amount, outcome.cost_quantiles)
            at: dict[str, Any] = {"lane": lane, "scenario": name}
            costs.append({**at, "option": label, "plan": plan_label(outcome.plan), "low": low, "median": median,
                          "high": high, "is_answer": plan == decision.answer and decision.verdict != NONE_FITS,
                          "shares": first_and_kept(decision, plan)})
            if budget is not None and not covers_build(decision):
                budgets.append({**at, "median": shown.amount(budget)})
    ticks = pd.DataFrame(budgets, columns=["lane", "scenario", "median"])
    return pd.DataFrame(titles + absent), pd.DataFrame(costs), ticks


def is_wide(decisions: Sequence[Decision]) -> bool:
    """Whether costs lie so far apart that only a scale of multiples shows them all."""
    costs = [usd for decision in decisions for outcome in decision.all_outcomes.values()
             for usd in outcome.cost_quantiles]
    return min(costs) > 0 and max(costs) / min(costs) > WIDE
