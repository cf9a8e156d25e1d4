"""Charts of the explanation: the timeline and the tornado."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import pyarrow as pa

from hiring.charts import chart_theme
from hiring.charts.chart_theme import Spec
from hiring.model import schedule
from hiring.model.decision import Decision
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.model.tornado import BARS_SHOWN, Bar, Tornado
from hiring.text import formatting, reasons_text, verdict_text

POINTS = "format(datum.value, '+~f') == '+0' ? '0' : replace(format(datum.value, '+~f'), '-', '−')"


# When: the timeline

LANE = 1.0  # of a plan, from its base; the parts below are in it
BARS = {"search": (0.17, 0.17), "build": (0.04, 0.30), "upkeep": (0.10, 0.24)}  # bottom and top
PAST_THE_RELEASES = 1.5  # times the last release or deadline: so far upkeep is drawn


@lru_cache(maxsize=2)
def timeline_spec(is_dated: bool = True) -> Spec:
    """Each plan's search, build, release and upkeep over calendar months, or over months counted from today."""
    scale = alt.Scale(type="utc", nice=False) if is_dated else alt.Scale(nice=False, zero=True)
    axis = alt.Axis(tickCount=chart_theme.TICKS, grid=True, **(
        {"title": None, "labelExpr": chart_theme.CALENDAR} if is_dated else
        {"title": "Months from today", "format": "d"}))
    kind = "T" if is_dated else "Q"
    x = alt.X(f"begin:{kind}", axis=axis, scale=scale)
    y = alt.Y("low:Q", axis=None, scale=alt.Scale(nice=False, zero=True, domainMin=0))
    tips = chart_theme.tooltips(option="Option", start="Work begins", release="First release, typical",
                                range="Likely range", on_time="On time, of 100")
    color = chart_theme.option_color()
    search = chart_theme.rows_of("search").mark_rule(strokeDash=[2, 3], strokeWidth=2).encode(
        x=x, x2="end", y=y, color=color, tooltip=tips)
    bars = [chart_theme.rows_of(part).mark_rect(opacity=opacity).encode(
        x=x, x2="end", y=y, y2="high", color=color, tooltip=tips) for part, opacity in (
            ("upkeep", chart_theme.PALE), ("build", 1))]
    span = [chart_theme.rows_of("span").mark_rule(strokeWidth=width, color=paint).encode(x=x, x2="end", y=y,
                                                                                         tooltip=tips)
            for width, paint in ((5, chart_theme.PAPER), (2, chart_theme.INK))]
    typical = chart_theme.rows_of("typical").mark_point(
        shape="diamond", size=150, filled=True, opacity=1, color=chart_theme.TEXT, stroke=chart_theme.PAPER,
        strokeWidth=1.5).encode(x=x, y=y, tooltip=tips)
    due = chart_theme.rows_of("deadline")
    deadline = chart_theme.rows_of("due").mark_rule(strokeDash=[5, 4], strokeWidth=2, color=chart_theme.INK).encode(
        x=x, y=y, y2="high")  # not over the titles
    near, far = (due.transform_filter(f"datum.is_late === {is_late}") for is_late in ("false", "true"))
    label: dict[str, Any] = {"baseline": "bottom", "fontSize": 13, "fontWeight": 600, "color": chart_theme.INK}
    labels = [marks.encode(x=x, y=alt.value(-18), text="text:N") for marks in (
        near.mark_text(align="left", dx=4, **label), far.mark_text(align="right", dx=-4, **label))]
    titles = chart_theme.rows_of("title").mark_text(align="left", baseline="bottom", fontSize=13,
                                                    color=chart_theme.TEXT).encode(x=alt.value(2), y=y, text="text:N")
    return chart_theme.finished(alt.layer(search, *bars, deadline, *labels, *span, typical, titles), 215)


def timeline_rows(decision: Decision) -> pa.Table:
    outcomes, deadline = decision.all_outcomes, decision.needs.deadline_months
    last = max(deadline or 0.0, *(outcome.finish_quantiles[2] for outcome in outcomes.values()))
    upkeep_months = decision.needs.upkeep_months if verdict_text.has_upkeep(decision.needs) else 0.0
    horizon = min(last + upkeep_months, last * PAST_THE_RELEASES)
    rows: list[dict[str, Any]] = []
    for lane, (option, outcome) in enumerate(reversed(decision.in_fixed_order.items())):
        low, release, high = outcome.finish_quantiles
        start = outcome.start_week / WEEKS_A_MONTH
        share = outcome.on_time_share
        shared = {
            "option": chart_theme.option_label(decision, option),
            "start": formatting.start_of(decision.from_day, outcome.start_week),
            "release": formatting.date_of(decision.from_day, release),
            "range": formatting.date_range(decision.from_day, low, high),
            "on_time": "no deadline" if share is None else verdict_text.share_of_hundred(share, decision)}
        ends = {"search": (0.0, start), "build": (start, release),
                "upkeep": (release, min(release + upkeep_months, horizon))}
        rows += [{"part": part, **shared, "begin": begin, "end": end, "low": lane + BARS[part][0],
                  "high": lane + BARS[part][1]} for part, (begin, end) in ends.items() if end > begin]
        middle = lane + sum(BARS["build"]) / 2
        rows += [{"part": "span", **shared, "begin": low, "end": high, "low": middle},
                 {"part": "typical", **shared, "begin": release, "low": middle},
                 {"part": "title", "low": lane + 0.4,
                  "text": f"{shared['option']}: starts {shared['start']}, releases {shared['release']}"}]
    if deadline is not None:
        rows += [{"part": "due", "begin": deadline, "low": lane - 0.05, "high": lane + 0.4}
                 for lane in range(len(outcomes))]
        rows.append({"part": "deadline", "begin": deadline, "is_late": deadline > horizon / 2,
                     "text": f"Deadline {formatting.date_of(decision.from_day, deadline)}"})
    return chart_theme.chart_table(rows if decision.from_day is None else [
        {**row, **{end: schedule.day_after(decision.from_day, row[end]) for end in ("begin", "end") if end in row}}
        for row in rows])


# What matters: the tornado

@lru_cache(maxsize=1)
def tornado_spec() -> Spec:
    """The lead with each figure at its low and at its high end."""
    y = alt.Y("name:N", sort=alt.EncodingSortField("order", op="min"), axis=alt.Axis(
        title=None, ticks=False, domain=False, labelOverlap=False, labelFlush=False, labelLimit=200))
    x = alt.X("begin:Q", axis=alt.Axis(title=None, labelExpr=POINTS, tickCount=4, grid=False),
              scale=alt.Scale(padding=8))
    tips = chart_theme.tooltips(name="Input", range="Low to high", at_low="Lead at low, points|+.1f",
                            at_high="Lead at high, points|+.1f", kind="Kind")
    bar = chart_theme.rows_of("bar")
    drawn = [bar.transform_filter(f"datum.kind {sign} 'assumed'").mark_bar(
        height=11, color=chart_theme.INK, opacity=opacity, stroke=chart_theme.INK, strokeWidth=1, filled=filled).encode(
        y=y, x=x, x2="end:Q", tooltip=tips)
        for sign, filled, opacity in (("!==", True, 0.85), ("===", False, 0.9))]
    touch = bar.mark_bar(height=22, opacity=0, color=chart_theme.INK).encode(y=y, x=x, x2="end:Q", tooltip=tips)
    now = chart_theme.rows_of("now").mark_rule(color=chart_theme.INK, strokeWidth=1.5).encode(x=x)
    tie = chart_theme.rows_of("tie").mark_rule(color=chart_theme.INK, strokeWidth=1.5, strokeDash=[5, 4]).encode(x=x)
    labels = [chart_theme.rows_of(name).mark_text(baseline="bottom", dy=-4 - 15 * level, fontSize=13,
                                               color=chart_theme.INK,
                                               align="center").encode(x=x, y=alt.value(0), text="text:N")
              for level, name in enumerate(("now", "tie"))]
    return chart_theme.finished(alt.layer(*drawn, touch, tie, now, *labels), 150)


def tornado_rows(decision: Decision, found: Tornado) -> pa.Table:
    rows = [{"part": "bar", **_bar(decision, bar), "order": order} for order, bar in enumerate(found.bars[:BARS_SHOWN])]
    rival = verdict_text.option_name(decision.all_outcomes[found.rival])
    rows.append({"part": "now", "begin": found.lead * 100, "text": f"now {formatting.points(found.lead)}"})
    ends = [end for bar in found.bars[:BARS_SHOWN] for end in (bar.at_low, bar.at_high)]
    if ends and min(ends) <= 0 <= max(ends):
        rows.append({"part": "tie", "begin": 0.0, "text": f"{rival} would lead" if found.lead > 0 else "tie"})
    return chart_theme.chart_table(rows)


def _bar(decision: Decision, bar: Bar) -> dict[str, object]:
    return {"name": reasons_text.bar_name(decision, bar), "begin": min(bar.at_low, bar.at_high) * 100,
            "end": max(bar.at_low, bar.at_high) * 100, "at_low": bar.at_low * 100, "at_high": bar.at_high * 100,
            "range": reasons_text.bar_range(decision, bar), "kind": reasons_text.bar_kind(decision, bar)}
