"""Your own past: an uploaded list of finished projects, and what it makes of the evidence's figures."""

from __future__ import annotations

from io import BytesIO

import streamlit as st

from hiring.charts import past_chart
from hiring.lists import past_list
from hiring.lists.list_reader import ListError
from hiring.lists.past_list import FIELDS, PastTable, Records
from hiring.model import countries, own_figures
from hiring.model.evidence import Snapshot
from hiring.model.own_figures import Range
from hiring.model.past_projects import Learned, Origin, learned
from hiring.text import past_text
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note
from hiring.web.session import page_state, reader
from hiring.web.session.page_state import State

LARGEST_UPLOAD_MB = 5
NOT_THERE = "Not in the list"
DIGITS = 3  # of a number that is taken


def panel(state: State, evidence: Snapshot) -> None:
    """Ask for a list; show what each figure would become, and take it on a click. `evidence` is without own figures."""
    with st.expander("Your own past projects", icon=":material/history:", key="own_past"):
        st.markdown("Upload a list of finished projects, planned and real. Your own past says more about your next "
                    "project than any survey. Each column is optional: planned and real effort, cost or months, who "
                    "staffed it, the day people were asked for, and the day the first one began.  \n"
                    "The list stays in this session and isn't stored.")
        key = f"past_{st.session_state.get('past_lists', 0)}"
        st.file_uploader("List of finished projects, CSV or Excel", ["csv", "xlsx"], key=key,
                         max_upload_size=LARGEST_UPLOAD_MB, on_change=_read, args=(key,))
        if refusal := st.session_state.get("past_refused"):
            st.error(markdown(refusal))
        table: PastTable | None = st.session_state.get("past_table")
        if table is not None:
            _of(state, evidence, table)


def _read(key: str) -> None:
    """Read an uploaded list, or keep the sentence that says why it cannot be read."""
    upload = st.session_state.get(key)
    st.session_state.past_refused = ""
    if upload is None:
        return
    st.session_state.past_lists = st.session_state.get("past_lists", 0) + 1
    try:
        st.session_state.past_table = past_list.read_table(BytesIO(upload.getvalue()))
    except ListError as error:
        st.session_state.past_refused, st.session_state.past_table = str(error), None


def _of(state: State, evidence: Snapshot, table: PastTable) -> None:
    """What the list says about each figure."""
    records = past_list.records(table, _columns(table), state.needs.country, reader.today())
    st.markdown(markdown(past_text.found(records, table)))
    if records.faults:
        shown, more = records.faults[:past_text.FAULTS_SHOWN], len(records.faults) - past_text.FAULTS_SHOWN
        st.warning("  \n".join(map(markdown, (*shown, *([f"{more} more."] if more > 0 else [])))))
    known = countries.rows_by_id(evidence)
    names = [f"overrun.{state.needs.scope_clarity}", *(f"lead_weeks.{option.id}" for option in evidence.options)]
    for name in names:
        numbers = records.numbers(name)
        if numbers:
            here = f"{state.needs.country}.{name}"
            _figure(state, evidence, here if here in known else name, name, numbers, records)


def _columns(table: PastTable) -> dict[str, int]:
    """Which column holds what: found by their headings, and changed by hand."""
    found, offered = past_list.guessed(table.columns), [-1, *range(len(table.columns))]
    places = {}
    with st.popover("Columns", icon=":material/view_column:", key="past_columns"), st.grid(2, min_column_width=200):
        for field, (label, _) in FIELDS.items():
            chosen = st.selectbox(label, offered, offered.index(found.get(field, -1)),
                                  key=f"past_{field}_{st.session_state.get('past_lists', 0)}",
                                  format_func=lambda it: NOT_THERE if it < 0 else table.columns[it] or (
                                      f"Column {it + 1}"))
            if chosen >= 0:
                places[field] = chosen
    return places


def _figure(state: State, evidence: Snapshot, id_: str, name: str, numbers: dict[str, float],
            records: Records) -> None:
    """What the projects make of one figure."""
    row = countries.rows_by_id(evidence)[id_]
    found: Learned = learned(name, Range(row.low, row.central, row.high), list(numbers.values()))
    least, most = own_figures.bounds(row, evidence.exchange_rates)
    taken = Range(*(min(max(float(f"{it:.{DIGITS}g}"), least), most) for it in found.result))
    blocks.chart_of_many(f"past_{name}", past_text.title(row, evidence), past_text.result(found, row),
                         past_chart.chart(found, numbers, past_text.unit(row)))
    if name.startswith("overrun"):
        st.markdown(note(past_text.was_right(found, list(numbers.values()))))
    if dict(state.own).get(id_) == taken:
        st.markdown(markdown("This is used now, on every page. You can reset it above."))
        return
    kept = tuple(it for it in state.own if it[0] != id_)
    origin = Origin(id_, len(numbers), *(records.years or (0, 0)))
    st.button(f"Use {past_text.in_range(taken)}", key=f"take_{name}", on_click=page_state.use_own,
              args=((*kept, (id_, taken)), origin), icon=":material/check:")
