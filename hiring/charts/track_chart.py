"""The chart of a tracked project: its forecast, and the forecast given what happened."""

from __future__ import annotations

from datetime import date

import altair as alt
import numpy as np
import pandas as pd

from hiring.charts import chart_theme
from hiring.charts.chart_theme import Layers
from hiring.model.schedule import day_after
from hiring.model.tracking import Track
from hiring.text import chart_titles, currencies
from hiring.text.formatting import exact_money, lower_first
from hiring.text.verdict_text import plan_label

BEFORE, NOW = "At the decision", "Given what happened"


def chart(track: Track, from_day: date) -> Layers:
    """Cost so far as it was forecast and as it is now, with what was spent and the releases."""
    bands, points, limits = (alt.Chart(table) for table in tables(track, from_day))
    x = alt.X("day:T", scale=alt.Scale(type="utc", nice=False),
              axis=alt.Axis(title=None, grid=False, labelExpr=chart_theme.CALENDAR, tickCount=chart_theme.TICKS))
    y = alt.Y("usd:Q", scale=alt.Scale(zero=True),
              axis=alt.Axis(title="Spent so far", labelExpr=chart_theme.SHORT_MONEY, tickCount=6))
    color = chart_theme.option_color()
    tips = chart_theme.tooltips(what="Forecast", low=f"From|{chart_theme.MONEY}", high=f"To|{chart_theme.MONEY}")
    is_now = alt.datum.what == NOW
    return chart_theme.themed(alt.layer(
        bands.transform_filter(~is_now).mark_area(opacity=0.14).encode(
            x=x, y=alt.Y("low:Q"), y2="high:Q", color=color, tooltip=tips),
        bands.transform_filter(is_now).mark_area(opacity=0.4).encode(
            x=x, y=alt.Y("low:Q"), y2="high:Q", color=color, tooltip=tips),
        bands.transform_filter(~is_now).mark_line(strokeWidth=1.5, strokeDash=[2, 3]).encode(x=x, y=y, color=color),
        bands.transform_filter(is_now & alt.expr.isValid(alt.datum.usd)).mark_line(strokeWidth=2.6).encode(
            x=x, y=y, color=color),
        limits.transform_filter(alt.expr.isValid(alt.datum.day)).mark_rule(
            strokeDash=[5, 4], color=chart_theme.INK).encode(x=x),
        limits.transform_filter(alt.expr.isValid(alt.datum.usd)).mark_rule(
            strokeDash=[5, 4], color=chart_theme.INK).encode(y=y),
        *chart_theme.haloed(limits.transform_filter(alt.expr.isValid(alt.datum.usd)), x=alt.value(0), y=y, align="left",
                            baseline="bottom", dx=4, dy=-3),
        points.mark_point(size=130, filled=True, opacity=1).encode(
            x=x, y=y, color=color, shape=alt.Shape("shape:N", scale=None, legend=None),
            tooltip=chart_theme.tooltips(what="What", usd=f"Spent|{chart_theme.MONEY}")),
    ), 340)


def tables(track: Track, from_day: date) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The two bands; the releases and what was spent; the day on which this is known and the budget."""
    paths, shown, option = track.paths, currencies.shown(), plan_label(track.outcome)

    def at(months: float) -> pd.Timestamp:
        return pd.Timestamp(day_after(from_day, months))

    bands = pd.DataFrame([
        {"what": what, "option": option, "day": at(month), "low": low, "usd": middle, "high": high}
        for what, months, spans in ((BEFORE, paths.months, paths.forecast), (NOW, paths.later, paths.given))
        for month, low, middle, high in zip(months.tolist(), *shown.amount(spans).tolist(), strict=True)])
    points = []
    for what, release, months, spans in (
            (BEFORE, track.outcome.finish_quantiles[1], paths.months, paths.forecast),
            (NOW, track.given.release_months[1], paths.later, paths.given)):
        if release is not None and not np.isnan(spans[1]).any():
            points.append({"what": f"Release, {lower_first(what)}", "option": option, "day": at(release),
                           "shape": "diamond", "usd": float(np.interp(release, months, shown.amount(spans[1])))})
    if track.facts.spent_usd is not None:
        points.append({"what": "Spent so far", "option": option, "day": at(track.facts.months), "shape": "circle",
                       "usd": shown.amount(float(track.facts.spent_usd))})
    limits: list[dict[str, object]] = [{"day": at(track.facts.months), "usd": None, "text": ""}]
    budget = track.decision.needs.budget_usd
    if budget is not None:
        covers = " for the build" if chart_titles.has_build_budget(track.decision) else ""
        limits.append({"day": None, "usd": shown.amount(budget), "text": f"Budget{covers} {exact_money(budget)}"})
    return bands, pd.DataFrame(points, columns=["what", "option", "day", "shape", "usd"]), pd.DataFrame(limits)
