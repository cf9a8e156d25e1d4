"""Charts and the table of a portfolio: specifications built once, and the rows that fill them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import altair as alt
import pyarrow as pa

from hiring.charts import chart_theme
from hiring.charts.chart_theme import Spec
from hiring.lists.summary import escape_formulas
from hiring.model.decision import NONE_FITS
from hiring.model.portfolio import Answer, Totals
from hiring.text.formatting import lowered, money, money_range
from hiring.text.portfolio_text import FIRST, VERDICTS, labels

EACH = "Each its first option"


@lru_cache(maxsize=1)
def verdicts_spec() -> Spec:
    """Projects by verdict, in the colors of their first options."""
    y = alt.Y("verdict:N", sort=alt.EncodingSortField("order", op="min"),
              axis=alt.Axis(title=None, ticks=False, domain=False, labelFontSize=13, labelLimit=200))
    x = alt.X("count:Q", stack=True, axis=alt.Axis(title="Projects", grid=False, tickMinStep=1, format="d",
                                                   tickCount=6))
    tips = chart_theme.tips(verdict="Verdict", option="First option", count="Projects|,d")
    bars = chart_theme.part("bar").mark_bar(height=22).encode(
        y=y, x=x, color=chart_theme.option_color(chart_theme.LEGEND), order=alt.Order("rank:Q"), tooltip=tips)
    none = chart_theme.part("none").mark_bar(height=22, color=chart_theme.INK, opacity=0.5).encode(y=y, x=x,
                                                                                                   tooltip=tips)
    told = chart_theme.part("label").mark_text(align="left", dx=6, fontSize=13, fontWeight=600,
                                               color=chart_theme.INK).encode(
        y=y, x=alt.X("count:Q"), text="text:N")
    return chart_theme.finished(alt.layer(bars, none, told), 260)


def verdicts_rows(answers: Sequence[Answer]) -> pa.Table:
    names = labels()
    count = Counter((it.verdict, it.first) for it in answers)
    rows = []
    for order, (verdict, words) in enumerate(VERDICTS.items()):
        total = sum(count[verdict, option] for option in names)
        rows.append({"part": "label", "verdict": words, "order": order, "count": total, "text": f"{total:,}"})
        if verdict == NONE_FITS:
            rows.append({"part": "none", "verdict": words, "order": order, "count": total, "option": "none"})
            continue
        rows += [{"part": "bar", "verdict": words, "order": order, "rank": rank, "option": name,
                  "count": count[verdict, option]}
                 for rank, (option, name) in enumerate(names.items()) if count[verdict, option]]
    return chart_theme.table(rows)


@lru_cache(maxsize=1)
def totals_spec() -> Spec:
    """The range of the total with one option for all, and with the first of each."""
    y = alt.Y("plan:N", sort=alt.EncodingSortField("order", op="min"),
              axis=alt.Axis(title=None, ticks=False, domain=False, labelFontSize=13, labelLimit=200))
    x = alt.X("low:Q",
              axis=alt.Axis(title="Total of all projects, US dollars", labelExpr=chart_theme.SHORT_MONEY, grid=False,
                                     tickCount=6), scale=alt.Scale(zero=False, nice=False, padding=24))
    tips = chart_theme.tips(plan="Who works", low=f"1 future in 10 costs less than|{chart_theme.MONEY}",
                            median=f"Middle future|{chart_theme.MONEY}",
                            high=f"1 future in 10 costs more than|{chart_theme.MONEY}")
    layers: list[alt.Chart] = []
    for name, color in (("option", chart_theme.option_color()), ("first", alt.value(chart_theme.TEXT))):
        part = chart_theme.part(name)
        layers += [part.mark_rule(strokeWidth=5, opacity=0.55).encode(y=y, x=x, x2="high:Q", color=color, tooltip=tips),
                   part.mark_tick(thickness=3, height=20, opacity=1).encode(y=y, x=alt.X("median:Q"), color=color,
                                                                           tooltip=tips)]
    budget = chart_theme.part("budget").mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=chart_theme.INK).encode(
        x=alt.X("median:Q"))
    limit = chart_theme.haloed("budget", x=alt.X("median:Q"), y=alt.value(4), align="left", baseline="top", dx=5)
    told = [label for name in ("option", "first")
            for label in chart_theme.haloed(name, x=alt.X("median:Q"), y=y, align="center", baseline="bottom", dy=-10)]
    return chart_theme.finished(alt.layer(budget, *layers, *told, *limit), 260)


def totals_rows(totals: Totals) -> pa.Table:
    names = labels()
    rows = []
    for order, (option, (low, median, high)) in enumerate(sorted(
            totals.ranges().items(), key=lambda item: [FIRST, *names].index(item[0]))):
        label = names.get(option)
        rows.append({"part": "option" if label else "first", "plan": f"All {lowered(label)}" if label else EACH,
                     "order": order, "option": label, "low": low, "median": median, "high": high,
                     "text": money_range(low, high)})
    if totals.budget_usd is not None:
        rows.append({"part": "budget", "median": totals.budget_usd, "text": f"All budgets {money(totals.budget_usd)}"})
    return chart_theme.table(rows)


def table(answers: Sequence[Answer], links: Sequence[str]) -> pa.Table:
    """A row a project, in the order of the list; numbers stay numbers, so that columns sort. The table itself can be
    saved as CSV, so that names are harmless to a spreadsheet."""
    names = labels()
    fits = [it.verdict != NONE_FITS for it in answers]
    return pa.table({
        "project": [escape_formulas(it.project) or "Without a name" for it in answers],
        "verdict": [VERDICTS[it.verdict] for it in answers],
        "option": [names[it.first] if fit else f"None; nearest {lowered(names[it.first])}"
                   for it, fit in zip(answers, fits, strict=True)],
        "share": [it.of_hundred if fit else None for it, fit in zip(answers, fits, strict=True)],
        "low": pa.array([_three_digits(it.cost_usd[0]) for it in answers]),
        "high": pa.array([_three_digits(it.cost_usd[2]) for it in answers]),
        "from": [round(it.release_months[0]) for it in answers],
        "to": [round(it.release_months[2]) for it in answers],
        "within": [None if it.within_budget_share is None else round(it.within_budget_share * 100) for it in answers],
        "link": list(links),
    })


def _three_digits(usd: float) -> int:
    return int(float(f"{usd:.3g}"))
