"""What all charts share: colors, texts, tooltips and axes.

The page Decide draws nine charts on each rerun, so it keeps prebuilt specifications: see `answer_charts`. Each of these
has one data set; its layers select their rows by `part`. The other pages use Altair directly.
"""

from __future__ import annotations

from typing import Any, TypeVar

import altair as alt
import numpy as np
import pyarrow as pa

from hiring.evidence.loader import load_evidence
from hiring.model.decision import Decision
from hiring.text import currencies
from hiring.text.verdict_text import MIX_COLOR, plan_label

INK = alt.ExprRef("luminance(background) > 0.4 ? '#475467' : '#A9B3C0'")
TEXT = alt.ExprRef("luminance(background) > 0.4 ? '#101828' : '#EEF1F5'")
FAINT = alt.ExprRef("luminance(background) > 0.4 ? '#E4E7EC' : '#2A3441'")
PAPER = alt.ExprRef("background")
PALE = alt.ExprRef("luminance(background) > 0.4 ? 0.25 : 0.5")  # how opaque a pale mark is; dark swallows more of it
MONEY, SHORT_MONEY = "$.3s", "format(datum.value, '$~s')"  # each tick with a unit of its own
MONTH_TICKS = alt.ExprRef("sequence(0, domain('x')[1] + 0.01, domain('x')[1] > 72 ? 12 : domain('x')[1] > 18 ? 6 : 3)")
CALENDAR = "utcFormat(datum.value, utcmonth(datum.value) === 0 ? '%Y' : '%b')"
TICKS = alt.ExprRef("max(2, round(width / 90))")
LEGEND = alt.Legend(symbolType="circle", symbolOpacity=1, symbolStrokeWidth=6,
                    columns=alt.ExprRef("width < 310 ? 2 : 4"))
LOOK = alt.Config(
    axis=alt.AxisConfig(labelColor=INK, titleColor=INK, gridColor=FAINT, domainColor=FAINT, tickColor=FAINT,
                        labelFontSize=13, titleFontSize=13, titleFontWeight="normal", labelPadding=5, titlePadding=5,
                        aria=False),  # Vega would describe an axis of labels as one of numbers: from NaN to NaN
    legend=alt.LegendConfig(labelColor=INK, titleColor=INK, labelFontSize=13, orient="top", title=None),
    view=alt.ViewConfig(stroke=None), mark=alt.MarkConfig(tooltip=None, aria=False))
Spec = dict[str, Any]
Layers = alt.LayerChart | alt.FacetChart  # what `alt.layer` returns
C = TypeVar("C", bound=alt.TopLevelMixin)


def source() -> alt.Chart:
    return alt.Chart(alt.NamedData("source"))


def rows_of(name: str) -> alt.Chart:
    return source().transform_filter(f"datum.part === '{name}'")


def option_color(legend: alt.Legend | None = None) -> alt.Color:
    options = load_evidence().options
    colors = alt.Scale(domain=[*(option.label for option in options), "Mix"],
                       range=[*(option.color for option in options), MIX_COLOR])
    return alt.Color("option:N", scale=colors, legend=legend)


def haloed(chart: alt.Chart, x: Any, y: Any, **text: Any) -> list[alt.Chart]:
    """A text that stays readable where a line runs through it."""
    halo: dict[str, Any] = {"stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round", "color": PAPER}
    return [chart.mark_text(fontSize=13, **text, **mark).encode(x=x, y=y, text="text:N")
            for mark in (halo, {"color": INK})]


def themed(chart: C, height: int) -> C:
    """A chart in the look of all, with the sign of the currency that amounts are shown in. Its single marks and axes
    are hidden from screen readers, for which its headline and a table say what it shows; a layer without rows would be
    an image without a name."""
    look = LOOK.copy(deep=False)
    look.locale = _locale()
    return chart.properties(height=height, config=look)


def finished(chart: alt.TopLevelMixin, height: int) -> Spec:
    """The specification of a chart without its rows. It is kept, so `priced` sets its currency."""
    spec = chart.properties(height=height, config=LOOK).to_dict()
    spec.pop("data", None)
    return spec


def priced(spec: Spec) -> Spec:
    """A specification whose amounts have the sign of the currency that they are shown in."""
    return {**spec, "config": {**spec["config"], "locale": _locale()}}


def _locale() -> Spec:
    """How numbers are written: with the sign of the currency that amounts are shown in."""
    sign = currencies.shown().sign
    return {"number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": [sign, ""]}}


def tooltips(**fields: str) -> list[alt.Tooltip]:
    """Named tooltips; a field is written name[|format]."""
    named_tips = []
    for field, named in fields.items():
        title, _, pattern = named.partition("|")
        named_tips.append(alt.Tooltip(f"{field}:Q", title=title, format=pattern) if pattern
                          else alt.Tooltip(f"{field}:N", title=title))
    return named_tips


def spread_labels(heights: dict[str, float], gap: float) -> dict[str, float]:
    """Labels pushed up until they are `gap` apart."""
    placed: dict[str, float] = {}
    for option in sorted(heights, key=heights.__getitem__):
        lowest = max(placed.values(), default=-np.inf) + gap
        placed[option] = max(heights[option], lowest)
    return placed


def option_label(decision: Decision, option: str) -> str:
    """The label of an option, or of the mix."""
    return plan_label(decision.all_outcomes[option])


def chart_table(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows of several parts as one table; a cell that a part does not have is null."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({name: [row.get(name) for row in rows] for name in names})
