"""Charts of the explanation: what the lead is made of, the plans, a staged plan's months, the tornado."""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import numpy as np
import pyarrow as pa

from hiring.charts import chart_theme
from hiring.charts.chart_theme import Spec
from hiring.evidence.loader import load_evidence
from hiring.model.decision import Decision
from hiring.model.explanation import Explanation
from hiring.model.plans import Plan
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.model.tornado import BARS_SHOWN, Bar, Tornado
from hiring.text import figure_names, formatting, reasons_text, verdict_text

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
    first, second = decision.left[:2]
    names = {c.id: c.label for c in decision.evidence.criteria}
    leads, whole = decision.leads(first, second), reasons_text.lead_points(decision)
    rest = [c for c in leads if c not in whole]
    rest_name = names[rest[0]] if len(rest) == 1 else f"{len(rest)} others"
    rows = []
    for order, (criterion, points) in enumerate(whole.items()):
        behind = rest if criterion == reasons_text.REST else [criterion]
        lead = sum(leads[c] for c in behind)
        rows.append({
            "part": "bar", "name": names.get(criterion, rest_name), "order": order, "points": lead * 100,
            "weight": sum(decision.weights[c] for c in behind), "text": formatting.points(points / 100),
            "option": chart_theme.option_label(decision, first if lead >= 0 else second)})
    return chart_theme.chart_table([*rows, {"part": "zero", "points": 0.0}])


@lru_cache(maxsize=1)
def plans_spec() -> Spec:
    """Every plan: who builds down the side, who keeps along the top, darker where the score is higher."""
    order, squares = alt.EncodingSortField("order", op="min"), alt.Scale(paddingInner=0.04, paddingOuter=0)
    x = alt.X("keeper:N", sort=order, scale=squares, axis=alt.Axis(
        title="Keeps it after the release", orient="top", labelAngle=0, labelFlush=False, ticks=False, domain=False,
        labelFontSize=13))
    y = alt.Y("builder:N", sort=order, scale=squares, axis=alt.Axis(
        title="Builds it", ticks=False, domain=False, labelFontSize=13))
    tips = chart_theme.tooltips(builder="Builds", keeper="Keeps", score="Score, points of 100",
                                cost="Cost, 8 of 10 futures", release="First release", status="Rules")
    plan = chart_theme.rows_of("plan")
    shade = alt.Opacity("shade:Q", scale=alt.Scale(domain=[0, 1], range=[0, 0.32]), legend=None)
    ground = plan.mark_rect(color=chart_theme.INK, cornerRadius=4).encode(x=x, y=y, opacity=shade, tooltip=tips)
    frame = plan.mark_rect(filled=False, stroke=chart_theme.FAINT, strokeWidth=1, cornerRadius=4).encode(x=x, y=y)
    named = plan.transform_filter("datum.framed").mark_rect(
        filled=False, stroke=chart_theme.INK, strokeWidth=2.5, cornerRadius=4).encode(x=x, y=y)
    score = plan.mark_text(dy=-14, fontSize=15, fontWeight=600, color=chart_theme.TEXT).encode(x=x, y=y, text="score:N")
    cost = plan.mark_text(dy=6, fontSize=12, color=chart_theme.TEXT, lineBreak="\n").encode(x=x, y=y, text="middle:N")
    height = round(290 / 3 * len(load_evidence().options))
    return chart_theme.finished(alt.layer(ground, frame, named, score, cost), height)


def plans_rows(explanation: Explanation) -> pa.Table:
    """Scores are shaded from the lowest to the highest. The plan that is offered has a frame, or else
    the first option by itself."""
    decision, plans = explanation.decision, explanation.plans
    scores = [plan.expected_score for plan in plans.values()]
    lowest, spread = min(scores), (max(scores) - min(scores)) or 1.0
    alone = plans[decision.first, decision.first] if decision.left else None
    framed = explanation.offer.plan if explanation.offer else alone
    ranks = {option: rank for rank, option in enumerate(decision.outcomes)}
    return chart_theme.chart_table([{
        "part": "plan", "builder": plan.builder.option.label, "keeper": plan.keeper.option.label,
        "order": ranks[builder] + ranks[keeper] * 1.0, "shade": (plan.expected_score - lowest) / spread,
        "score": f"{plan.expected_score * 100:.0f} points", "framed": plan is framed,
        "middle": formatting.money(plan.cost_quantiles[1]) + ("\nruled out" if plan.is_ruled_out else ""),
        "cost": formatting.money_range(plan.cost_quantiles[0], plan.cost_quantiles[2]),
        "release": formatting.month(plan.builder.finish_quantiles[1]),
        "status": "ruled out" if plan.is_ruled_out else "possible",
    } for (builder, keeper), plan in plans.items()])


@lru_cache(maxsize=1)
def timeline_spec() -> Spec:
    """Who works when: full color at work, pale while searching or handing over."""
    y = _criteria_axis("who")
    x = alt.X("begin:Q",
              axis=alt.Axis(title="Months from today", grid=False, format="d", values=chart_theme.MONTH_TICKS),
              scale=alt.Scale(nice=False, zero=True))
    bars = chart_theme.rows_of("bar").mark_bar(height=22).encode(
        y=y, x=x, x2="end:Q", color=chart_theme.option_color(),
        opacity=alt.Opacity("strength:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None),
        tooltip=chart_theme.tooltips(who="Who", phase="What", begin="From month|.1f", end="To month|.1f"))
    dated = chart_theme.rows_of("date")
    rule = dated.mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=chart_theme.INK).encode(x=x)
    labels = [dated.transform_filter(f"datum.level === {level}").mark_text(
        align="left", dx=4, baseline="bottom", fontSize=12.5, color=chart_theme.INK).encode(
        x=x, y=alt.value(-4 - 16 * level), text="text:N") for level in (0, 1)]
    return chart_theme.finished(alt.layer(bars, rule, *labels), 150)


def timeline_rows(decision: Decision, plan: Plan) -> pa.Table:
    """The middle future's months of a staged plan."""
    over = plan.handover
    assert over is not None, "an option by itself hands nothing over"
    release = plan.builder.finish_quantiles[1]
    search, start, until = (float(np.median(week)) / WEEKS_A_MONTH for week in over[:3])
    begin, last = plan.builder.start_week / WEEKS_A_MONTH, max(decision.needs.horizon_months, release)
    phases = [
        (plan.builder, f"{plan.builder.option.label} builds", 0, "search", 0.0, begin, 0.3),
        (plan.builder, f"{plan.builder.option.label} builds", 0, "build", begin, release, 1.0),
        (plan.builder, f"{plan.builder.option.label} builds", 0, "handover", release, until, 0.3),
        (plan.keeper, f"{plan.keeper.option.label} keeps", 1, "search", search, start, 0.3),
        (plan.keeper, f"{plan.keeper.option.label} keeps", 1, "upkeep", start, last, 1.0),
    ]
    rows = [{"part": "bar", "who": who, "order": order, "option": outcome.option.label, "phase": phase,
             "begin": one, "end": other, "strength": strength}
            for outcome, who, order, phase, one, other, strength in phases if other > one]
    rows.append({"part": "date", "begin": release, "text": f"Release, {formatting.month(release)}", "level": 1})
    deadline = decision.needs.deadline_months
    if deadline is not None and deadline <= last:
        rows.append({"part": "date", "begin": deadline, "text": f"Deadline, {formatting.month(deadline)}", "level": 0})
    return chart_theme.chart_table(rows)


@lru_cache(maxsize=1)
def tornado_spec() -> Spec:
    """The lead with each figure at its low and at its high end."""
    y = _criteria_axis()
    x = alt.X("begin:Q", axis=alt.Axis(title="Points of lead, of 100", labelExpr=POINTS, tickCount=6, grid=False),
              scale=alt.Scale(padding=8))
    tips = chart_theme.tooltips(name="Figure", range="Low to high", at_low="Lead at low, points|+.1f",
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
    rival = verdict_text.option_name(decision.outcomes[found.rival])
    rows.append({"part": "now", "begin": found.lead * 100, "text": f"now {formatting.points(found.lead)}"})
    ends = [end for bar in found.bars[:BARS_SHOWN] for end in (bar.at_low, bar.at_high)]
    if ends and min(ends) <= 0 <= max(ends):
        rows.append({"part": "tie", "begin": 0.0, "text": f"{rival} would lead" if found.lead > 0 else "tie"})
    return chart_theme.chart_table(rows)


def _bar(decision: Decision, bar: Bar) -> dict[str, object]:
    figure = decision.evidence.figures[bar.id]
    return {"name": figure_names.full_name(figure, decision.evidence), "begin": min(bar.at_low, bar.at_high) * 100,
            "end": max(bar.at_low, bar.at_high) * 100, "at_low": bar.at_low * 100, "at_high": bar.at_high * 100,
            "range": f"{figure.low:,.10g} to {figure.high:,.10g} {figure.unit}", "kind": figure.kind}

