"""The chart of finished projects: each as a dot, with the ranges of the evidence, of the records and of both."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from hiring.charts import chart_theme
from hiring.charts.chart_theme import Layers
from hiring.lists.summary import escape_formulas
from hiring.model.past_projects import Learned, likely
from hiring.text.formatting import isolated

EVIDENCE, RECORDS, RESULT = LANES = ("Evidence", "Your projects", "Together")
MOST_DOTS = 500


def chart(learned: Learned, numbers: Mapping[str, float], unit: str) -> Layers:
    """Three lanes on a scale on which twice as much is as far as half as much."""
    ranges, dots = (alt.Chart(table) for table in tables(learned, numbers))
    x = alt.X("middle:Q", scale=alt.Scale(type="log", nice=False, padding=12),
              axis=alt.Axis(title=unit, grid=True, tickCount=6, format="~g"))
    y = alt.Y("lane:N", sort=list(LANES), axis=alt.Axis(title=None, ticks=False, domain=False))
    tips = chart_theme.tooltips(lane="Range", low="1 in 10 is less than|.3~g", middle="Typical|.3~g",
                                high="1 in 10 is more than|.3~g")
    return chart_theme.themed(alt.layer(
        ranges.mark_rule(strokeWidth=3, strokeCap="round", color=chart_theme.INK).encode(
            y=y, x="low:Q", x2="high:Q", tooltip=tips),
        ranges.mark_circle(size=130, opacity=1, color=chart_theme.TEXT).encode(y=y, x=x, tooltip=tips),
        dots.mark_circle(size=60, opacity=0.5, color=chart_theme.TEXT).encode(
            y=y, x=x, tooltip=chart_theme.tooltips(project="Project", middle="Number|.3~g")),
    ), 190)


def tables(learned: Learned, numbers: Mapping[str, float]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The likely ranges of the evidence and of both, and the projects; of many, those at equal steps."""
    found = []
    for lane, numbers_of in ((EVIDENCE, learned.evidence), (RESULT, learned.result)):
        low, high = likely(numbers_of)
        found.append({"lane": lane, "low": low, "middle": numbers_of.central, "high": high})
    ordered = sorted(numbers.items(), key=lambda it: it[1])
    shown = ordered[::max(1, -(-len(ordered) // MOST_DOTS))]
    return pd.DataFrame(found), pd.DataFrame([
        {"lane": RECORDS, "project": isolated(escape_formulas(name)), "middle": max(number, 0.1)}
        for name, number in shown])
