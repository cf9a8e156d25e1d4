"""Charts and the table of a portfolio."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import altair as alt
import pandas as pd
import pyarrow as pa

from hiring.charts import chart_theme
from hiring.charts.chart_theme import Layers
from hiring.lists.summary import escape_formulas
from hiring.model.decision import NONE_FITS
from hiring.model.portfolio import Answer, Totals
from hiring.text.formatting import lower_first, money, money_range
from hiring.text.portfolio_text import FIRST, VERDICTS, option_labels

EACH = "Each its first option"
NAMES_AXIS = alt.Axis(title=None, ticks=False, domain=False, labelFontSize=13, labelLimit=200)


def verdicts_chart(answers: Sequence[Answer]) -> Layers:
    """Projects by verdict, in the colors of their first options; gray where no option fits."""
    count = Counter((answer.verdict, answer.first) for answer in answers)
    bars = pd.DataFrame([
        {"verdict": VERDICTS[verdict], "option": name, "rank": rank, "count": count[verdict, option]}
        for verdict in VERDICTS if verdict != NONE_FITS
        for rank, (option, name) in enumerate(option_labels().items()) if count[verdict, option]],
        columns=["verdict", "option", "rank", "count"])
    by_verdict = Counter(answer.verdict for answer in answers)
    totals = pd.DataFrame([{"verdict": words, "option": "none", "count": by_verdict[verdict],
                            "text": f"{by_verdict[verdict]:,}"} for verdict, words in VERDICTS.items()])
    y = alt.Y("verdict:N", scale=alt.Scale(domain=list(VERDICTS.values())), axis=NAMES_AXIS)
    x = alt.X("count:Q", stack=True, axis=alt.Axis(title="Projects", grid=False, tickMinStep=1, format="d",
                                                   tickCount=6))
    tips = chart_theme.tooltips(verdict="Verdict", option="First option", count="Projects|,d")
    return chart_theme.themed(alt.layer(
        alt.Chart(bars).mark_bar(height=22).encode(
            y=y, x=x, color=chart_theme.option_color(chart_theme.LEGEND), order=alt.Order("rank:Q"), tooltip=tips),
        alt.Chart(totals[totals["verdict"] == VERDICTS[NONE_FITS]]).mark_bar(
            height=22, color=chart_theme.INK, opacity=0.5).encode(y=y, x=x, tooltip=tips),
        alt.Chart(totals).mark_text(align="left", dx=6, fontSize=13, fontWeight=600, color=chart_theme.INK).encode(
            y=y, x="count:Q", text="text:N"),
    ), 260)


def totals_chart(totals: Totals) -> Layers:
    """The range of the total with the first option of each project, and with one option for all."""
    plans = {FIRST: EACH, **{option: f"All {lower_first(name)}" for option, name in option_labels().items()}}
    ranges = totals.ranges()
    costs = pd.DataFrame([
        {"plan": plan, "option": option_labels().get(option), "low": low, "median": median, "high": high,
         "text": money_range(low, high)}
        for option, plan in plans.items() if option in ranges for low, median, high in [ranges[option]]])
    y = alt.Y("plan:N", scale=alt.Scale(domain=list(costs["plan"])), axis=NAMES_AXIS)
    x = alt.X("low:Q", scale=alt.Scale(zero=False, nice=False, padding=24), axis=alt.Axis(
        title="Total of all projects, US dollars", labelExpr=chart_theme.SHORT_MONEY, grid=False, tickCount=6))
    middle = alt.X("median:Q")
    tips = chart_theme.tooltips(plan="Who works", low=f"1 future in 10 costs less than|{chart_theme.MONEY}",
                            median=f"Middle future|{chart_theme.MONEY}",
                            high=f"1 future in 10 costs more than|{chart_theme.MONEY}")
    layers: list[alt.Chart] = []
    if totals.budget_usd is not None:
        budget = alt.Chart(pd.DataFrame([{
            "median": totals.budget_usd, "text": f"All budgets {money(totals.budget_usd)}"}]))
        layers = [budget.mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=chart_theme.INK).encode(x=middle),
                  *chart_theme.haloed(budget, x=middle, y=alt.value(4), align="left", baseline="top", dx=5)]
    for rows, color in ((costs[costs["option"].notna()], chart_theme.option_color()),
                        (costs[costs["option"].isna()], alt.value(chart_theme.TEXT))):
        chart = alt.Chart(rows)
        layers += [
            chart.mark_rule(strokeWidth=5, opacity=0.55).encode(y=y, x=x, x2="high:Q", color=color, tooltip=tips),
            chart.mark_tick(thickness=3, height=20, opacity=1).encode(y=y, x=middle, color=color, tooltip=tips)]
    layers += chart_theme.haloed(alt.Chart(costs), x=middle, y=y, align="center", baseline="bottom", dy=-10)
    return chart_theme.themed(alt.layer(*layers), 260)


def table(answers: Sequence[Answer], links: Sequence[str]) -> pa.Table:
    """A row a project, in the order of the list; numbers stay numbers, so that columns sort. The table itself can be
    saved as CSV, so that names are harmless to a spreadsheet."""
    names = option_labels()
    fits = [answer.verdict != NONE_FITS for answer in answers]
    return pa.table({
        "project": [escape_formulas(answer.project) or "Without a name" for answer in answers],
        "verdict": [VERDICTS[answer.verdict] for answer in answers],
        "option": [names[answer.first] if fit else f"None; nearest {lower_first(names[answer.first])}"
                   for answer, fit in zip(answers, fits, strict=True)],
        "share": [answer.of_hundred if fit else None for answer, fit in zip(answers, fits, strict=True)],
        "low": pa.array([_three_digits(answer.cost_usd[0]) for answer in answers]),
        "high": pa.array([_three_digits(answer.cost_usd[2]) for answer in answers]),
        "from": [round(answer.release_months[0]) for answer in answers],
        "to": [round(answer.release_months[2]) for answer in answers],
        "within": [None if answer.within_budget_share is None else round(answer.within_budget_share * 100)
                   for answer in answers],
        "link": list(links),
    })


def _three_digits(usd: float) -> int:
    return int(float(f"{usd:.3g}"))
