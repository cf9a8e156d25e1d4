"""Charts of the explanation: what the lead is made of, and the tornado."""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import pyarrow as pa

from hiring.charts import chart_theme
from hiring.charts.chart_theme import Spec
from hiring.model.decision import Decision
from hiring.model.tornado import BARS_SHOWN, Bar, Tornado
from hiring.text import formatting, reasons_text, verdict_text

POINTS = "format(datum.value, '+~f') == '+0' ? '0' : replace(format(datum.value, '+~f'), '-', '−')"


def _criteria_axis(field: str = "name") -> alt.Y:
    return alt.Y(f"{field}:N", sort=alt.EncodingSortField("order", op="min"),
                 axis=alt.Axis(title=None, ticks=False, domain=False, labelFontSize=13, labelLimit=240))


@lru_cache(maxsize=1)
def lead_spec() -> Spec:
    """Points of lead by criterion, each bar in the color of the option that does better there."""
    y = _criteria_axis()
    x = alt.X("points:Q", axis=alt.Axis(title="Points of lead, of 100", labelExpr=POINTS, tickCount=5, grid=False),
              scale=alt.Scale(padding=26))
    bars = chart_theme.rows_of("bar").mark_bar(height=18).encode(
        y=y, x=x, color=chart_theme.option_color(),
        tooltip=chart_theme.tooltips(name="Criterion", option="Better there", points="Points of lead|+.1f",
                                 weight="Weight|.0%"))
    zero = chart_theme.rows_of("zero").mark_rule(color=chart_theme.INK, strokeWidth=1).encode(x=x)
    text = alt.Text("text:N")
    ahead = chart_theme.rows_of("bar").transform_filter("datum.points >= 0").mark_text(
        align="left", dx=5, fontSize=12, color=chart_theme.INK).encode(y=y, x=x, text=text)
    behind = chart_theme.rows_of("bar").transform_filter("datum.points < 0").mark_text(
        align="right", dx=-5, fontSize=12, color=chart_theme.INK).encode(y=y, x=x, text=text)
    return chart_theme.finished(alt.layer(bars, zero, ahead, behind), 260)


def lead_rows(decision: Decision) -> pa.Table:
    names = reasons_text.criteria_labels(decision)
    leads, whole = reasons_text.leads_of(decision), reasons_text.lead_points(decision)
    rest = [c for c in leads if c not in whole]
    rest_name = names[rest[0]] if len(rest) == 1 else f"{len(rest)} others"
    rows = []
    for order, (criterion, points) in enumerate(whole.items()):
        behind = rest if criterion == reasons_text.REST else [criterion]
        lead = sum(leads[c] for c in behind)
        rows.append({
            "part": "bar", "name": names.get(criterion, rest_name), "order": order, "points": lead * 100,
            "weight": sum(decision.weights.get(c, 0.0) for c in behind), "text": formatting.points(points / 100),
            "option": chart_theme.option_label(decision, (decision.answer if lead >= 0 else decision.rival) or "")})
    return chart_theme.chart_table([*rows, {"part": "zero", "points": 0.0}])


@lru_cache(maxsize=1)
def tornado_spec() -> Spec:
    """The lead with each figure at its low and at its high end."""
    y = _criteria_axis()
    x = alt.X("begin:Q", axis=alt.Axis(title="Points of lead, of 100", labelExpr=POINTS, tickCount=6, grid=False),
              scale=alt.Scale(padding=8))
    tips = chart_theme.tooltips(name="Input", range="Low to high", at_low="Lead at low, points|+.1f",
                            at_high="Lead at high, points|+.1f", kind="Kind")
    bar = chart_theme.rows_of("bar")
    drawn = [bar.transform_filter(f"datum.kind {sign} 'assumed'").mark_bar(
        height=16, color=chart_theme.INK, opacity=opacity, stroke=chart_theme.INK, strokeWidth=1, filled=filled).encode(
        y=y, x=x, x2="end:Q", tooltip=tips)
        for sign, filled, opacity in (("!==", True, 0.85), ("===", False, 0.9))]
    touch = bar.mark_bar(height=22, opacity=0, color=chart_theme.INK).encode(y=y, x=x, x2="end:Q", tooltip=tips)
    now = chart_theme.rows_of("now").mark_rule(color=chart_theme.INK, strokeWidth=1.5).encode(x=x)
    tie = chart_theme.rows_of("tie").mark_rule(color=chart_theme.INK, strokeWidth=1.5, strokeDash=[5, 4]).encode(x=x)
    labels = [chart_theme.rows_of(name).mark_text(baseline="bottom", dy=-4 - 15 * level, fontSize=12.5,
                                               color=chart_theme.INK,
                                               align="center").encode(x=x, y=alt.value(0), text="text:N")
              for level, name in enumerate(("now", "tie"))]
    return chart_theme.finished(alt.layer(*drawn, touch, tie, now, *labels), 330)


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
