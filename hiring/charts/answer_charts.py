"""Charts of the answer, its costs and its fit: specifications built once, and the rows that fill them.

`st.altair_chart` would build and validate each chart on every rerun: 16 ms for four charts, against 6 ms this way.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import numpy as np
import pyarrow as pa

from hiring.charts import chart_theme
from hiring.charts.chart_theme import Spec
from hiring.model.decision import Decision
from hiring.model.schedule import day_after
from hiring.text import chart_titles, currencies, formatting, verdict_text


@lru_cache(maxsize=1)
def futures_spec() -> Spec:
    """A hundred simulations, each a dot in the color of the plan that scores highest in it."""
    size = alt.ExprRef("pow(min(11.5, width / 58), 2) * PI / 4")
    chart = chart_theme.source().mark_circle(size=size, opacity=1).encode(
        x=alt.X("column:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=8)),
        y=alt.Y("line:Q", axis=None, scale=alt.Scale(domain=[-0.5, 1.5])),
        color=chart_theme.option_color(), tooltip=chart_theme.tooltips(option="Highest", count="Of 100|.0f"))
    return chart_theme.finished(chart, 45)


def futures_rows(decision: Decision) -> pa.Table:
    counts = decision.of_hundred
    labels = [chart_theme.option_label(decision, option) for option, count in counts.items() for _ in range(count)]
    number = np.repeat(list(counts.values()), list(counts.values()))
    place = np.arange(len(labels))
    return pa.table({"column": place // 2, "line": 1 - place % 2, "option": labels, "count": number})


@lru_cache(maxsize=1)
def cost_spec() -> Spec:
    """The likely range and the typical cost of each plan beside the budget."""
    y = alt.Y("option:N", sort=alt.EncodingSortField("rank", op="min"),
              axis=alt.Axis(title=None, ticks=False, domain=False, labelColor=chart_theme.TEXT, minExtent=70))
    x = alt.X("usd:Q", axis=alt.Axis(title=None, labelExpr=chart_theme.SHORT_MONEY, labelColor=chart_theme.TEXT,
                                     grid=False, tickCount=5),
              scale=alt.Scale(zero=True, nice=True))
    plan = chart_theme.rows_of("plan")
    tips = chart_theme.tooltips(option="Plan", usd=f"Typical|{chart_theme.MONEY}",
                                low=f"1 in 10 costs less than|{chart_theme.MONEY}",
                                high=f"1 in 10 costs more than|{chart_theme.MONEY}")
    likely = plan.mark_bar(height=18, opacity=0.4, cornerRadius=6).encode(
        y=y, x=alt.X("low:Q"), x2="high:Q", color=chart_theme.option_color(), tooltip=tips)
    typical = plan.mark_circle(size=150, opacity=1).encode(y=y, x=x, color=chart_theme.option_color(), tooltip=tips)
    limit = chart_theme.rows_of("budget")
    budget = limit.mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=chart_theme.TEXT).encode(x=x)
    label = limit.mark_text(baseline="bottom", fontWeight=600, fontSize=13, color=chart_theme.TEXT).encode(
        x=x, y=alt.value(-3), text="text:N")
    return chart_theme.finished(alt.layer(likely, budget, typical, label), 175)


def cost_rows(decision: Decision) -> pa.Table:
    rows, shown = [], currencies.shown()
    for rank, (option, outcome) in enumerate(decision.in_fixed_order.items()):
        low, typical, high = map(shown.amount, chart_titles.counted_quantiles(decision, outcome))
        rows.append({"part": "plan", "option": chart_theme.option_label(decision, option), "rank": rank, "low": low,
                     "usd": typical, "high": high})
    budget = decision.needs.budget_usd
    if budget is not None:
        rows.append({"part": "budget", "usd": shown.amount(budget), "text": f"Budget {formatting.exact_money(budget)}"})
    return chart_theme.chart_table(rows)


@lru_cache(maxsize=2)
def spending_spec(is_dated: bool = True) -> Spec:
    """Cost so far over calendar months, or over months counted from today, with the likely range as a band."""
    x = alt.X("month:T", axis=alt.Axis(title=None, grid=False, labelExpr=chart_theme.CALENDAR,
                                       tickCount=chart_theme.TICKS),
              scale=alt.Scale(type="utc", nice=False)) if is_dated else alt.X(
        "month:Q", axis=alt.Axis(title="Months from today", grid=False, format="d", values=chart_theme.MONTH_TICKS),
        scale=alt.Scale(nice=False, zero=True))
    y = alt.Y("median:Q",
              axis=alt.Axis(title="Spent so far", labelExpr=chart_theme.SHORT_MONEY, tickCount=6),
              scale=alt.Scale(zero=True))
    tips = chart_theme.tooltips(option="Option", median=f"Typical|{chart_theme.MONEY}",
                 low=f"1 in 10 spends less than|{chart_theme.MONEY}",
                 high=f"1 in 10 spends more than|{chart_theme.MONEY}")
    path = chart_theme.rows_of("path")
    band = path.mark_area(opacity=0.12).encode(x=x, y=alt.Y("low:Q"), y2="high:Q", color=chart_theme.option_color(),
                                              tooltip=tips)
    edges = [path.mark_line(strokeWidth=0.8, opacity=0.5).encode(x=x, y=alt.Y(f"{edge}:Q"),
                                                                 color=chart_theme.option_color())
             for edge in ("low", "high")]
    line = path.mark_line(strokeWidth=2.6).encode(x=x, y=y, color=chart_theme.option_color())
    touch = path.mark_point(size=120, opacity=0, filled=True).encode(x=x, y=y, color=chart_theme.option_color(),
                                                                     tooltip=tips)
    release = chart_theme.rows_of("release").mark_point(shape="diamond", size=130, filled=True, opacity=1).encode(
        x=x, y=y, color=chart_theme.option_color(),
        tooltip=chart_theme.tooltips(option="First release of"))
    end = chart_theme.rows_of("end").mark_text(align="left", baseline="middle", dx=6, fontSize=13, fontWeight=600,
                                 color=chart_theme.INK).encode(x=x, y=alt.Y("high:Q"), text="text:N")
    budget = chart_theme.rows_of("budget").mark_rule(
        strokeDash=[5, 4], strokeWidth=1.5, color=chart_theme.INK).encode(y=y)
    labels = chart_theme.haloed(chart_theme.rows_of("budget"), x=alt.value(0), y=y, align="left", baseline="bottom",
                                dx=4, dy=-3)
    return chart_theme.finished(alt.layer(band, *edges, budget, line, release, *labels, end, touch), 340)


def spending_rows(decision: Decision) -> pa.Table:
    outcomes = decision.all_outcomes
    months, shown = decision.paths.months, currencies.shown()
    paths = {option: shown.amount(usd) for option, usd in decision.paths.usd.items()}
    top = max(path[2][-1] for path in paths.values())
    heights = chart_theme.spread_labels({option: path[1][-1] for option, path in paths.items()}, top * 0.075)
    rows = []
    for option, (low, median, high) in paths.items():
        label, release = chart_theme.option_label(decision, option), outcomes[option].finish_quantiles[1]
        rows += [{"part": "path", "option": label, "month": m, "low": a, "median": b, "high": c}
                 for m, a, b, c in zip(*(line.tolist() for line in (months, low, median, high)), strict=True)]
        rows.append({"part": "release", "option": label, "month": release,
                     "median": float(np.interp(release, months, median))})
        rows.append({"part": "end", "option": label, "month": float(months[-1]), "high": heights[option],
                     "text": f"{label} {formatting.money(outcomes[option].cost_quantiles[1])}"})
    if decision.needs.budget_usd is not None:
        covers = " for the build" if chart_titles.has_build_budget(decision) else ""
        rows.append({"part": "budget", "median": shown.amount(decision.needs.budget_usd),
                     "text": f"Budget{covers} {formatting.exact_money(decision.needs.budget_usd)}"})
    return chart_theme.chart_table(rows if decision.from_day is None else [
        {**row, "month": day_after(decision.from_day, row["month"])} if "month" in row else row for row in rows])


@lru_cache(maxsize=1)
def fit_spec() -> Spec:
    """What the project needs of each criterion against the rating of each option, and of the mix where there is one."""
    color = chart_theme.option_color()
    y = alt.Y("criterion:N", sort=alt.EncodingSortField("order", op="min"),
              axis=alt.Axis(title=None, ticks=False, domain=False, labelOverlap=False, labelFlush=False))
    lane = alt.YOffset("option:N", sort=alt.EncodingSortField("rank", op="min"), scale=alt.Scale(paddingOuter=0.6))
    x = alt.X("rating:Q", axis=alt.Axis(
        title=None, tickCount=2, grid=False, labelExpr="datum.value < 100 ? datum.label : '100 points'"),
              scale=alt.Scale(domain=[0, 100]))
    need = chart_theme.rows_of("need").mark_bar(color=chart_theme.FAINT, height=14).encode(
        y=y, x=x, tooltip=chart_theme.tooltips(criterion="Criterion", rating="You need|.0f", weight="Weight|.0%"))
    edge = chart_theme.rows_of("need").mark_tick(color=chart_theme.INK, thickness=2, height=14).encode(y=y, x=x)
    tips = chart_theme.tooltips(option="Option", criterion="Criterion", rating="Rating|.0f", met="Need")
    rated = chart_theme.rows_of("rating")
    filled = rated.transform_filter("datum.met === 'met'").mark_circle(size=50, opacity=1).encode(
        y=y, yOffset=lane, x=x, color=color, tooltip=tips)
    missed = rated.transform_filter("datum.met !== 'met'")
    paper = missed.mark_circle(size=50, opacity=1, color=chart_theme.PAPER).encode(y=y, yOffset=lane, x=x)
    hollow = missed.mark_point(size=40, opacity=1, strokeWidth=1.8).encode(
        y=y, yOffset=lane, x=x, color=color, tooltip=tips)
    return chart_theme.finished(alt.layer(need, edge, filled, paper, hollow), 150)


def fit_rows(decision: Decision) -> pa.Table:
    criteria = {c.id: c.label for c in decision.evidence.criteria}
    rows = []
    by_weight = sorted(decision.need_levels, key=lambda criterion: -decision.weights[criterion])
    for order, criterion in enumerate(by_weight):
        shared = {"criterion": criteria[criterion], "order": order, "weight": decision.weights[criterion]}
        rows.append({"part": "need", **shared,
                     "rating": decision.need_levels[criterion] * 100})
        for rank, (option, outcome) in enumerate(decision.in_fixed_order.items()):
            met = chart_titles.meets(decision, outcome, criterion)
            rows.append({"part": "rating", **shared, "option": chart_theme.option_label(decision, option), "rank": rank,
                         "rating": verdict_text.rating(outcome, criterion), "met": "met" if met else "not met"})
    return chart_theme.chart_table(rows)
