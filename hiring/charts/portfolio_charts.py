"""Charts and the table of a portfolio."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import pandas as pd
import pyarrow as pa

from hiring.charts import chart_theme
from hiring.charts.chart_theme import Layers
from hiring.lists.summary import escape_formulas
from hiring.model.decision import NONE_FITS
from hiring.model.portfolio import Answer, Totals
from hiring.model.quantiles import quantiles
from hiring.text import currencies
from hiring.text.formatting import lower_first, money, money_range
from hiring.text.portfolio_text import (
    ANSWER,
    STAR,
    VERDICTS,
    covers_all,
    has_limits,
    is_size_assumed,
    keep_range,
    option_labels,
    plan_labels,
)

EACH, COVERED = "Each its answer", "What budgets cover"
NAMES_AXIS: dict[str, Any] = {"title": None, "ticks": False, "domain": False, "labelLimit": 200}


def verdicts_chart(answers: Sequence[Answer]) -> Layers:
    """Projects by verdict, in the colors of their answers, with how often these stay within the limits; gray where
    no plan fits."""
    count = Counter((answer.verdict, answer.answer) for answer in answers)
    bars = pd.DataFrame([
        {"verdict": VERDICTS[verdict], "option": name, "rank": rank, "count": count[verdict, plan]}
        for verdict in VERDICTS if verdict != NONE_FITS
        for rank, (plan, name) in enumerate(plan_labels().items()) if count[verdict, plan]],
        columns=["verdict", "option", "rank", "count"])
    by_verdict = Counter(answer.verdict for answer in answers)
    totals = pd.DataFrame([{"verdict": words, "option": "none", "count": by_verdict[verdict],
                            "text": f"{by_verdict[verdict]:,}"} for verdict, words in VERDICTS.items()])
    kept = {words: keep_range(answers, verdict) or ("no limits" if by_verdict[verdict] else "none")
            for verdict, words in VERDICTS.items()}
    axis = alt.Axis(**NAMES_AXIS, labelLineHeight=15, labelOffset=-7, labelOverlap=False,
                    labelExpr=f"[datum.label, {json.dumps(kept, ensure_ascii=False)}[datum.label]]")
    y = alt.Y("verdict:N", scale=alt.Scale(domain=list(VERDICTS.values())), axis=axis)
    x = alt.X("count:Q", stack=True, axis=alt.Axis(title="Projects", grid=False, tickMinStep=1, format="d",
                                                   tickCount=6))
    tips = chart_theme.tooltips(verdict="Verdict", option="Answer", count="Projects|,d")
    return chart_theme.themed(alt.layer(
        alt.Chart(bars).mark_bar(height=22).encode(
            y=y, x=x, color=chart_theme.option_color(chart_theme.LEGEND), order=alt.Order("rank:Q"), tooltip=tips),
        alt.Chart(totals[totals["verdict"] == VERDICTS[NONE_FITS]]).mark_bar(
            height=22, color=chart_theme.INK, opacity=0.5).encode(y=y, x=x, tooltip=tips),
        alt.Chart(totals).mark_text(align="left", dx=6, fontSize=13, fontWeight=600, color=chart_theme.INK).encode(
            y=y, x="count:Q", text="text:N"),
    ), 340)


def totals_chart(totals: Totals) -> Layers:
    """The range of the total with the answer of each project, and with one option for all; the sum of all budgets is
    drawn beside the cost that they cover."""
    names, ranges, shown = option_labels(), totals.ranges(), currencies.shown()
    plans = {ANSWER: EACH, **{option: f"All {lower_first(name)}" for option, name in names.items()}}
    drawn = [(plan, names.get(id_), ranges[id_]) for id_, plan in plans.items() if id_ in ranges]
    budgets: list[dict[str, Any]] = []
    if totals.budget_usd is not None:
        if not covers_all(totals):
            drawn.insert(1, (COVERED, None, quantiles(totals.budgeted)))
        budgets.append({"plan": EACH if covers_all(totals) else COVERED, "median": shown.amount(totals.budget_usd),
                        "text": f"budget{'s' if totals.projects > 1 else ''} {money(totals.budget_usd)}"})
    costs = pd.DataFrame([{"plan": plan, "option": option, "text": money_range(usd[0], usd[2]),
                           **dict(zip(("low", "median", "high"), map(shown.amount, usd), strict=True))}
                          for plan, option, usd in drawn])
    y = alt.Y("plan:N", scale=alt.Scale(domain=list(costs["plan"])), axis=alt.Axis(**NAMES_AXIS))
    x = alt.X("low:Q", scale=alt.Scale(zero=False, nice=False, padding=24), axis=alt.Axis(
        title="Total of all projects", labelExpr=chart_theme.SHORT_MONEY, grid=False, tickCount=6))
    middle = alt.X("median:Q")
    tips = chart_theme.tooltips(plan="Who works", low=f"1 simulation in 10 costs less than|{chart_theme.MONEY}",
                                median=f"Typical|{chart_theme.MONEY}",
                                high=f"1 simulation in 10 costs more than|{chart_theme.MONEY}")
    layers: list[alt.Chart] = []
    for rows, color in ((costs[costs["option"].notna()], chart_theme.option_color()),
                        (costs[costs["option"].isna()], alt.value(chart_theme.TEXT))):
        chart = alt.Chart(rows)
        layers += [
            chart.mark_rule(strokeWidth=5, opacity=0.55).encode(y=y, x=x, x2="high:Q", color=color, tooltip=tips),
            chart.mark_tick(thickness=3, height=20, opacity=1).encode(y=y, x=middle, color=color, tooltip=tips)]
    layers += chart_theme.haloed(alt.Chart(costs), x=middle, y=y, align="center", baseline="bottom", dy=-10)
    if budgets:
        budget = alt.Chart(pd.DataFrame(budgets))
        layers += [budget.mark_tick(thickness=1.5, height=34, color=chart_theme.INK).encode(x=middle, y=y),
                   *chart_theme.haloed(budget, x=middle, y=y, align="center", baseline="top", dy=14)]
    return chart_theme.themed(alt.layer(*layers), 330)


def table(answers: Sequence[Answer], links: Sequence[str]) -> pa.Table:
    """A row a project, in the order of the list, with amounts in the currency that is shown; numbers stay numbers, so
    that columns sort. A star marks verdicts and answers that rest on an assumed size. The table itself can be saved as
    CSV, so that names are harmless to a spreadsheet."""
    def hundred(shares: Iterable[float | None]) -> pa.Array:
        return pa.array([None if share is None else round(share * 100) for share in shares], pa.int64())

    fits, shown = [answer.verdict != NONE_FITS for answer in answers], currencies.shown()
    stars = [STAR if is_size_assumed(answer) else "" for answer in answers]
    return pa.table({
        "project": [escape_formulas(answer.project) or "Without a name" for answer in answers],
        "verdict": [f"{VERDICTS[answer.verdict]}{star}" for answer, star in zip(answers, stars, strict=True)],
        "answer": [f"{answer.label if fit else f'Nearest: {lower_first(answer.label)}'}{star}"
                   for answer, fit, star in zip(answers, fits, stars, strict=True)],
        "kept": hundred(answer.keep_share if has_limits(answer) else None for answer in answers),
        "share": hundred(answer.share if fit else None for answer, fit in zip(answers, fits, strict=True)),
        "low": pa.array([_three_digits(shown.amount(answer.cost_usd[0])) for answer in answers]),
        "high": pa.array([_three_digits(shown.amount(answer.cost_usd[2])) for answer in answers]),
        "from": [round(answer.release_months[0]) for answer in answers],
        "to": [round(answer.release_months[2]) for answer in answers],
        "within": hundred(answer.within_budget_share for answer in answers),
        "on_time": hundred(answer.on_time_share for answer in answers),
        "link": list(links),
    })


def _three_digits(amount: float) -> int:
    return int(float(f"{amount:.3g}"))
