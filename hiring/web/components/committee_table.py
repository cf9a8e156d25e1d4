"""A decided list as a committee reads it: a table that can be filtered and sorted, totals, and its PDF and Excel."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from hiring.lists.summary import escape_formulas
from hiring.text import committee_text, currencies
from hiring.text.committee_text import HEADS, Committee, Line
from hiring.text.formatting import join_words
from hiring.text.portfolio_text import HALF
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note
from hiring.web.session import list_run, reader
from hiring.web.session.list_run import Run

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_FULL, FOR_A_COMMITTEE = "Every project", "For a committee"
KEPT, MISSED, FREE = "Kept in half or more", "Kept in less than half", "No limit given"
SORTS: dict[str, Callable[[Line], tuple[bool, float | str]]] = {
    "Order of the list": lambda line: (False, 0.0),
    "Project": lambda line: (False, line.cells[0].lower()),
    "Answer": lambda line: (False, line.cells[1]),
    "Keeps limits, least first": lambda line: (line.keep_share is None, line.keep_share or 0.0),
    "Typical cost, highest first": lambda line: (False, -line.typical / line.currency.per_dollar),
    "First release": lambda line: (False, line.release)}
WIDTHS = {"Project": 170, "Answer": 290, "Typical cost": 100, "Likely range": 125, "First release": 140,
          "Best mix": 290, "Main caution": 240}  # pixels


def chosen() -> bool:
    """Which table the reader wants to see, below the charts: true for that of a committee."""
    view = st.segmented_control("Table", [IN_FULL, FOR_A_COMMITTEE], default=IN_FULL, key="list_view",
                                label_visibility="collapsed")
    return view == FOR_A_COMMITTEE


def show(run: Run) -> None:
    """The table of the projects that the filters leave, their totals, and the files."""
    whole = committee_text.committee(run.answers, run.cautions, run.day)
    places, filtered = _filtered(whole.lines)
    if not places:
        st.markdown("No project is left: take a filter back.")
        return
    result = committee_text.committee([run.answers[place] for place in places],
                                      [run.cautions[place] for place in places], run.day)
    st.markdown(f"## {markdown(result.headline)}", anchors=False)
    st.dataframe(_styled(result.lines), hide_index=True, height=min(563, 35 * (len(places) + 1) + 3), key="committee",
                 column_config={head: st.column_config.Column(width=WIDTHS.get(head), pinned=head == "Project")
                                for head in HEADS},
                 placeholder=committee_text.NO_LIMIT,
                 alt="Each project with its answer, limits, cost, release, mix and main caution")
    st.markdown("  \n".join(map(note, result.notes)))
    if result.totals:
        st.markdown("### Typical cost by year and currency", anchors=False)
        columns = zip(("Currency", *result.years, "Total"), *result.total_rows, strict=True)
        blocks.table({head: list(cells) for head, *cells in columns}, "Typical cost by year and currency")
    title = f"Projects from {run.name}{f', {filtered}' if filtered else ''}"
    rows = tuple(run.answers[place] for place in places), tuple(run.cautions[place] for place in places)
    made = partial(committee_text.committee, *rows, run.day)
    with st.container(horizontal=True, gap="small"):
        st.download_button("Download PDF", partial(_pdf, made, title, reader.today()), "projects.pdf",
                           "application/pdf", key="committee_pdf", on_click="ignore", icon=":material/picture_as_pdf:")
        st.download_button("Download Excel", partial(_xlsx, made, title, run, places), "projects-committee.xlsx", EXCEL,
                           key="committee_xlsx", on_click="ignore", icon=":material/table:")


def _filtered(lines: Sequence[Line]) -> tuple[list[int], str]:
    """The places of the lines that are shown, in their order, and what was filtered in words."""
    answers, codes = sorted({line.cells[1] for line in lines}), sorted({line.currency.code for line in lines})
    with st.grid(4, min_column_width=200, key="filters"):
        order = st.selectbox("Sort by", list(SORTS), key="committee_sort")
        wanted = st.multiselect("Answers", answers, key="committee_answers", placeholder="All")
        kept = st.multiselect("Limits", [KEPT, MISSED, FREE], key="committee_limits", placeholder="All")
        money = (st.multiselect("Currencies", codes, key="committee_currencies", placeholder="All")
                 if len(codes) > 1 else [])
    found = [place for place, line in enumerate(lines)
             if (not wanted or line.cells[1] in wanted) and (not kept or _limits(line) in kept)
             and (not money or line.currency.code in money)]
    chosen = [*wanted, *kept, *money]
    named = f"{len(found):,} of {len(lines):,}: {join_words(chosen)}" if chosen else ""
    return sorted(found, key=lambda place: SORTS[order](lines[place])), named


def _limits(line: Line) -> str:
    return FREE if line.keep_share is None else KEPT if line.keep_share >= HALF else MISSED


def _styled(lines: Sequence[Line]) -> Styler:
    """The table with numbers behind the texts of their cells, so that a click on a head sorts them as numbers: amounts
    in the currency of the page, releases in months."""
    per_dollar = currencies.shown().per_dollar
    numbers: dict[str, list[float | None]] = {
        "Keeps limits": [line.keep_share for line in lines],
        "Typical cost": [line.typical / line.currency.per_dollar * per_dollar for line in lines],
        "Likely range": [line.low / line.currency.per_dollar * per_dollar for line in lines],
        "First release": [line.release for line in lines]}
    texts = {head: [str(escape_formulas(line.texts[place])) for line in lines] for place, head in enumerate(HEADS)}
    columns: dict[str, Sequence[object]] = dict(texts)
    formats: dict[Any, Any] = {}
    for head, found in numbers.items():
        keys = _distinct(found)
        columns[head], formats[head] = keys, dict(zip(keys, texts[head], strict=True)).get
    return pd.DataFrame(columns).style.format(formats, na_rep=committee_text.NO_LIMIT)


def _distinct(numbers: Sequence[float | None]) -> list[float | None]:
    """The numbers, equal ones as the nearest that differ, so that each finds the text of its own cell."""
    keys, taken = [], set[float]()
    for number in numbers:
        key = number
        while key is not None and key in taken:
            key = math.nextafter(key, math.inf)
        if key is not None:
            taken.add(key)
        keys.append(key)
    return keys


def _pdf(made: Callable[[], Committee], title: str, day: date) -> bytes:
    from hiring.documents.committee.pdf import to_pdf
    return to_pdf(made(), title, day)


def _xlsx(made: Callable[[], Committee], title: str, run: Run, places: Sequence[int]) -> bytes:
    from hiring.documents.committee.workbook import to_xlsx
    return to_xlsx(made(), title, list_run.answers_used(run, places))
