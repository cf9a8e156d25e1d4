"""The portfolio in words, charts and a table: which verdicts a list of projects got, and what all of it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import cast

import altair as alt
import pyarrow as pa

from hiring.dashboard import formats, marks
from hiring.dashboard.formats import counted, listed, lowered, money, money_range, usd
from hiring.dashboard.marks import Spec
from hiring.exchange.reader_process import Progress
from hiring.exchange.summary import harmless
from hiring.exchange.tables import load_evidence
from hiring.model.decision import CLEAR, CLOSE_CALL, LEANING, LIKELY, NONE_FITS
from hiring.model.needs import DEFAULTS, NEEDS
from hiring.model.portfolio import Answer, Totals

VERDICTS = {CLEAR: "Clear", LIKELY: "Likely", LEANING: "Leaning", CLOSE_CALL: "Too close to call",
            NONE_FITS: "No option fits"}
EACH = "Each its first option"
FIRST = "first"  # the total with the first option of each project


def labels() -> dict[str, str]:
    """The name of each option."""
    return {option.id: option.label for option in load_evidence().options}


def headline(answers: Sequence[Answer]) -> str:
    """How many projects have an answer to act on, and which."""
    settled = Counter(it.first for it in answers if it.verdict in (CLEAR, LIKELY))
    count, names = settled.total(), labels()
    if len(answers) == 1:
        (it,) = answers
        return f"The one project: {lowered(VERDICTS[it.verdict])}" + (
            "" if it.verdict == NONE_FITS else f", {lowered(names[it.first])} first in {it.of_hundred} of 100 futures")
    if not count:
        return f"None of {len(answers):,} projects is clear or likely"
    parts = listed([f"{number:,} {lowered(names[option])}" for option, number in settled.most_common()])
    whole = f"All {count:,}" if count == len(answers) else f"{count:,} of {len(answers):,}"
    return f"{whole} projects {'is' if count == 1 else 'are'} clear or likely: {parts}"


def assumed_headline(assumed: Sequence[str]) -> str:
    """In place of a headline about projects whose size is not in the list."""
    return f"The list does not give {listed([lowered(NEEDS[name].label.replace(',', '')) for name in assumed])}"


def assumed(assumed: Sequence[str]) -> str:
    """What to do about needs that every answer rests on and the list has no column for."""
    defaults = listed([counted(cast("float", DEFAULTS[name]), NEEDS[name].unit.removesuffix("s")) for name in assumed])
    columns = listed([f"`{name}`" for name in assumed])
    return (f"Every project below was decided with {defaults}, so there is no total and no overall result. Add "
            f"{'a column' if len(assumed) == 1 else 'columns'} named {columns} and upload the list again.")


def reading(progress: Progress) -> str:
    """How far the reading of a file is."""
    if progress.is_waiting:
        return "Waiting: other files are being read"
    if not progress.rows:
        return f"Opening the file, {round(progress.seconds)} s"
    return f"{counted(progress.rows, 'row')} read"


def others(answers: Sequence[Answer]) -> str:
    """What the headline leaves out; empty where it leaves out nothing."""
    count = Counter(it.verdict for it in answers)
    parts = [f"{count[verdict]:,} {words[count[verdict] != 1]}" for verdict, words in (
        (LEANING, ("leans", "lean")), (CLOSE_CALL, ("is too close to call", "are too close to call")),
        (NONE_FITS, ("has no option that fits", "have no option that fits"))) if count[verdict]]
    return f"{listed(parts)}." if parts else ""


def verdicts_headline(answers: Sequence[Answer]) -> str:
    """How often each option comes first, whatever the verdict."""
    names = labels()
    first, *rest = Counter(names[it.first] for it in answers if it.verdict != NONE_FITS).most_common() or [("", 0)]
    if not first[1]:
        return "No option fits any of the projects"
    told = [f"{lowered(name)} in {number:,}" for name, number in rest]
    return ", ".join([f"{first[0]} comes first in {first[1]:,} of {len(answers):,}", *told])


@lru_cache(maxsize=1)
def verdicts_spec() -> Spec:
    """Projects by verdict, in the colors of their first options."""
    y = alt.Y("verdict:N", sort=alt.EncodingSortField("order", op="min"),
              axis=alt.Axis(title=None, ticks=False, domain=False, labelFontSize=13, labelLimit=200))
    x = alt.X("count:Q", stack=True, axis=alt.Axis(title="Projects", grid=False, tickMinStep=1, format="d",
                                                   tickCount=6))
    tips = marks.tips(verdict="Verdict", option="First option", count="Projects|,d")
    bars = marks.part("bar").mark_bar(height=22).encode(
        y=y, x=x, color=marks.option_color(marks.LEGEND), order=alt.Order("rank:Q"), tooltip=tips)
    none = marks.part("none").mark_bar(height=22, color=marks.INK, opacity=0.5).encode(y=y, x=x, tooltip=tips)
    told = marks.part("label").mark_text(align="left", dx=6, fontSize=13, fontWeight=600, color=marks.INK).encode(
        y=y, x=alt.X("count:Q"), text="text:N")
    return marks.finished(alt.layer(bars, none, told), 260)


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
    return marks.table(rows)


def totals_headline(totals: Totals, count: int) -> str:
    low, _, high = totals.ranges()[FIRST]
    whole = {1: "The project costs", 2: "Both projects cost"}.get(count, f"All {count:,} projects cost")
    return usd(f"{whole} {money_range(low, high)} with the first option of each")


@lru_cache(maxsize=1)
def totals_spec() -> Spec:
    """The range of the total with one option for all, and with the first of each."""
    y = alt.Y("plan:N", sort=alt.EncodingSortField("order", op="min"),
              axis=alt.Axis(title=None, ticks=False, domain=False, labelFontSize=13, labelLimit=200))
    x = alt.X("low:Q", axis=alt.Axis(title="Total of all projects, US dollars", labelExpr=marks.SHORT_MONEY, grid=False,
                                     tickCount=6), scale=alt.Scale(zero=False, nice=False, padding=24))
    tips = marks.tips(plan="Who works", low=f"1 future in 10 costs less than|{marks.MONEY}",
                      median=f"Middle future|{marks.MONEY}", high=f"1 future in 10 costs more than|{marks.MONEY}")
    layers: list[alt.Chart] = []
    for name, color in (("option", marks.option_color()), ("first", alt.value(marks.TEXT))):
        part = marks.part(name)
        layers += [part.mark_rule(strokeWidth=5, opacity=0.55).encode(y=y, x=x, x2="high:Q", color=color, tooltip=tips),
                   part.mark_tick(thickness=3, height=20, opacity=1).encode(y=y, x=alt.X("median:Q"), color=color,
                                                                           tooltip=tips)]
    budget = marks.part("budget").mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=marks.INK).encode(
        x=alt.X("median:Q"))
    limit = marks.haloed("budget", x=alt.X("median:Q"), y=alt.value(4), align="left", baseline="top", dx=5)
    told = [label for name in ("option", "first")
            for label in marks.haloed(name, x=alt.X("median:Q"), y=y, align="center", baseline="bottom", dy=-10)]
    return marks.finished(alt.layer(budget, *layers, *told, *limit), 260)


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
    return marks.table(rows)


def table(answers: Sequence[Answer], links: Sequence[str]) -> pa.Table:
    """A row a project, in the order of the list; numbers stay numbers, so that columns sort. The table itself can be
    saved as CSV, so that names are harmless to a spreadsheet."""
    names = labels()
    fits = [it.verdict != NONE_FITS for it in answers]
    return pa.table({
        "project": [harmless(it.project) or "Without a name" for it in answers],
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


def left(done: int, count: int, seconds: float) -> str:
    """How far a list is: 340 of 1,000 projects decided, about 12 s left. `seconds` is the time still needed."""
    told = f"{done:,} of {count:,} project{'' if count == 1 else 's'} decided"
    if not done or seconds <= 0:
        return told
    rest = formats.counted(round(seconds / 60), "minute") if seconds >= 90 else f"{max(1, round(seconds))} s"
    return f"{told}, about {rest} left"
