"""The Evidence page: every figure with its source, and fields to replace figures with your own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

import hiring
from hiring import evidence_as_of
from hiring.model import countries, own_figures
from hiring.model.decision import Decision
from hiring.model.evidence import Figure, Snapshot
from hiring.model.needs import Problem
from hiring.model.own_figures import CELLS, Range
from hiring.text import currencies, evidence_tables, figure_names, formatting, law_text, own_figures_text, past_text
from hiring.text.borrowed_text import borrowed
from hiring.text.evidence_tables import ALL
from hiring.text.formatting import marked, strong
from hiring.web.components import blocks, own_past
from hiring.web.markdown import markdown, note
from hiring.web.session import page_state
from hiring.web.session.page_state import OWN_FIELD, State

ORDER = (
    "name", "area", "title", "country", "topic", "claim", "sentence", "status", "as_of", "own", "low", "central",
    "high", "unit", "as_published", "from", "to", "currency", "p10", "p25", "p50", "p75", "p90", "affects", "kind",
    "quality", "address", "source", "producer", "interest", "locator", "note", "valid_from", "recorded", "published",
    "accessed", "licence", "id")
LABELS = {"central": "Middle", "address": "Link", "valid_from": "Valid from", "recorded": "Recorded", "p50": "Median",
          "p10": "10th percentile", "p25": "25th percentile", "p75": "75th percentile", "p90": "90th percentile",
          "area": "Place, USD a year", "as_of": "As of", "own": "Your own", "licence": "License", "affects": "Affects"}
COLUMNS: dict[str, Any] = {
    **{column: LABELS.get(column, column.capitalize()) for column in ORDER},
    **{column: st.column_config.Column(LABELS.get(column, column.capitalize()), pinned=True)
       for column in ("name", "area", "title")},
    **{column: st.column_config.NumberColumn(LABELS.get(column, column.capitalize()), format="localized")
       for column in ("from", "to")},
    "as_published": st.column_config.Column("As published", width=300),
    "address": st.column_config.LinkColumn("Link", display_text="open"),
    **{column: st.column_config.NumberColumn(LABELS[column], format="$%d")
       for column in ("p10", "p25", "p50", "p75", "p90")}}
FEW_ROWS = 15  # that fit without scrolling
ONE, RANGE = "One number", "A range"


def show() -> None:
    state = page_state.keep(page_state.current())
    evidence = evidence_as_of(state.as_of)
    decision = hiring.decide(state.needs, state.as_of)
    with currencies.amounts_in(currencies.of(decision)):
        _show(state, evidence, decision)


def _show(state: State, evidence: Snapshot, decision: Decision) -> None:
    kinds = {figure.id: figure.kind for figures in decision.figures_used().values() for figure in figures}
    st.markdown("# Every number, and where it comes from", anchors=False)
    st.markdown(f"The data behind the model as of {formatting.day(evidence.as_of)}. Of the {len(kinds)} figures behind "
                f"your answer, this project assumed {list(kinds.values()).count('assumed')}. First hand: read where "
                "its producer published it. Second hand: read in some other place, or worked out from published "
                "numbers. You can put a number of your own in place of any of them. It counts on every page, and is "
                "kept in the link and the CSV. You can reset it.")
    if taken := borrowed(decision):
        st.markdown(markdown(f"{taken} The tables call such figures assumed."))
    country = _country(state, evidence)
    tables = evidence_tables.tables(evidence, country)
    if st.session_state.get("table", "pay") not in tables:
        del st.session_state["table"]
    chosen = st.segmented_control("Table", list(tables), format_func=tables.__getitem__, default="pay",
                                  required=True, key="table", label_visibility="collapsed")
    if chosen not in evidence_tables.NOT_FIGURES:
        state = _own_field(state, evidence, chosen, _used(state, kinds))
    _own_list(state)
    own_past.panel(state, evidence)
    frame = _frame(evidence, chosen, country, state)
    st.dataframe(frame, hide_index=True, height=560 if len(frame) > FEW_ROWS else "content",
                 column_config={it: config for it, config in COLUMNS.items() if it in frame},
                 column_order=ORDER, placeholder="", alt=tables[chosen], key=f"table_{chosen}")
    with st.container(key="on_paper"):
        st.markdown(note(f"The table with its {len(frame)} rows is not on this sheet. To print it, point at it on the "
                         "page and choose “Download as CSV”."))
    if chosen == "laws":
        st.markdown(note(f"Second hand: we read reports of the law, not the law. "
                         f"{law_text.not_advice(evidence.countries.get(country))}"))
    st.markdown(note("Low and high: we assume a 90% chance that the true value is in this range. Double-click a cell "
                     "to read all of it. You can search, sort and download the table."))


def _country(state: State, evidence: Snapshot) -> str:
    """The country whose rows are shown, first that of the project."""
    names = {code: it.name for code, it in evidence.countries.items()} | {ALL: "All countries"}
    return st.selectbox("Country", list(names), list(names).index(state.needs.country), format_func=names.__getitem__,
                        key=f"country_{state.needs.country}", width=260)


def _used(state: State, kinds: Mapping[str, str]) -> set[str]:
    """The ids of the figures that the project uses, also as rows of its country."""
    return {*kinds, *(f"{state.needs.country}.{id_}" for id_ in kinds)}


def _own_list(state: State) -> None:
    """The manager's own figures, each with a button to reset it."""
    if not state.own:
        return
    evidence = evidence_as_of(state.as_of)
    with st.container(border=True, gap="xsmall", key="own_list"):
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            count = len(state.own)
            st.markdown(f"**{count} figure{'' if count == 1 else 's'} of your own**", width="stretch")
            st.button("Reset all", key="reset_all", on_click=page_state.use_own, args=((),))
        with_own, without = (hiring.decide(state.needs, state.as_of, own) for own in (dict(state.own), None))
        used = _used(state, {f.id: f.kind for part in with_own.figures_used().values() for f in part})
        st.markdown(markdown(own_figures_text.effect_of_own(with_own, without)))
        for id_, numbers in state.own:
            row = countries.rows_by_id(evidence)[id_]
            with st.container(horizontal=True, vertical_alignment="center", wrap=False):
                idle = "" if id_ in used else "; not used by this project"
                value = strong(figure_names.range_text(_of(numbers, row)))
                origin = "".join(f"; {past_text.origin(it)}" for it in state.records if it.figure == id_)
                before = marked(f"(evidence: {figure_names.range_text(row)}){idle}", "gray")
                st.markdown(markdown(f"{figure_names.full_name(row, evidence)}: {value} {row.unit}{origin} {before}"),
                            width="stretch")
                st.button("Reset", key=f"reset_{id_}", on_click=page_state.use_own,
                          args=(tuple(it for it in state.own if it[0] != id_),))


def _own_field(state: State, evidence: Snapshot, table: str, used: set[str]) -> State:
    """Fields to replace one of the table's figures for the project's country, those that the project uses first.
    Returns the state with it."""
    known = countries.rows_by_id(evidence)
    offered = [known[f.id] for f in evidence_tables.figures(evidence, table, state.needs.country)]
    names = {f.id: f"{figure_names.full_name(f, evidence)}{'' if f.id in used else ' (not used by this project)'}"
             for f in offered}
    figures = {f.id: f for f in sorted(offered, key=lambda f: (f.id not in used, names[f.id]))}
    with st.container(border=True, gap="small", key="own_panel"):
        left, right = st.columns([1.2, 1], gap="medium", vertical_alignment="bottom")
        id_ = left.selectbox("Replace a figure with your own", list(figures), index=None, key=f"figure_{table}",
                             format_func=names.__getitem__,
                             placeholder="Choose a figure")
        if id_ is None:
            return state
        figure, given = figures[id_], dict(state.own).get(id_)
        own, problems, wanted = _asked(figure, given, right, evidence)
        counts = f"Until then, {figure_names.range_text(figure if given is None else _of(given, figure))} is used."
        for key, problem in problems.items():
            blocks.problem(key, f"{problem} {counts}")
        if wanted:
            st.markdown(note(f"{wanted} {counts}"))
        st.markdown(note(f"The evidence has {figure_names.figure_line(figure, evidence)}"))
        if table == "weights":
            st.markdown(note("A weight is how much it matters to you to go from worst to best on this criterion, "
                             "relative to the others. Your needs then scale the weights of all but cost and speed."))
        kept = tuple(it for it in state.own if it[0] != id_)
        if problems or wanted:
            return state
        if own is None:  # an emptied field resets the figure
            if given is not None:
                return page_state.keep(state.changed(own=kept))
            return state
        changed = tuple(sorted((*kept, (id_, own))))
    if changed != state.own:
        return page_state.keep(state.changed(own=changed))
    return state


def _of(given: Range, figure: Figure) -> Figure:
    return replace(figure, **given._asdict())


class Asked(NamedTuple):
    """The number or range in the fields, None where they are empty; a problem for each bad field, by its key; what is
    missing where only some are filled."""

    own: Range | None
    problems: dict[str, Problem]
    wanted: str = ""


def _asked(figure: Figure, given: Range | None, place: Any, evidence: Snapshot) -> Asked:
    """Ask for one number or a range. What was typed as one is kept while the other is shown."""
    form = None if given is None else ONE if given.low == given.central == given.high else RANGE
    shown = form or ONE
    if own_figures.takes_range(figure):
        shown = place.segmented_control("Given as", [ONE, RANGE], default=shown, required=True,
                                        key=f"{OWN_FIELD}form_{figure.id}") or shown
    cells = list(CELLS) if shown == RANGE else ["central"]
    labels = {cell: CELLS[cell] if shown == RANGE else "Your number" for cell in cells}
    keys = {cell: f"{OWN_FIELD}{shown}_{cell}_{figure.id}" for cell in cells}
    typed: dict[str, float] = {}
    for column, (cell, key) in zip(st.columns(len(cells), gap="small"), keys.items(), strict=True):
        if key not in st.session_state:  # Streamlit forgets fields that are not shown
            st.session_state[key] = getattr(given, cell) if form == shown else st.session_state.get(f"{key}_kept")
        value = column.number_input(f"{labels[cell]}, {figure.unit}", value=None, format="%g", key=key,
                                    step=_step(figure), placeholder=f"{getattr(figure, cell):,.10g}")
        st.session_state[f"{key}_kept"] = value
        if value is not None:
            typed[cell] = value
    missing = [labels[cell] for cell in cells if cell not in typed]
    if missing and (typed or form not in (None, shown)):
        return Asked(None, {}, f"Enter {formatting.join_words([formatting.lower_first(label) for label in missing])}.")
    if missing:
        return Asked(None, {})
    own = Range(**typed) if shown == RANGE else Range(*[typed["central"]] * 3)
    problems = own_figures.problems(figure, own, evidence.exchange_rates)
    if problems and shown == ONE:
        problems = {"central": problems["central"]._replace(field="Your number")}
    return Asked(own, {keys[cell]: problem for cell, problem in problems.items()})


def _step(figure: Figure) -> float:
    """A step of about a fiftieth of the figure."""
    return float(f"{figure.central / 50:.0e}") if figure.central else 0.01


def _typed(figure: Figure, unit: str) -> str:
    """A figure of the manager beside a row that may have another unit."""
    return f"{figure_names.range_text(figure)}{'' if figure.unit == unit else f' {figure.unit}'}"


def _frame(evidence: Snapshot, table: str, country: str, state: State) -> pd.DataFrame:
    own = dict(state.own)
    frame = pd.DataFrame(evidence_tables.rows(evidence, table, country))
    if table not in evidence_tables.NOT_FIGURES and own:
        known = countries.rows_by_id(evidence)
        frame["own"] = [_typed(_of(own[id_], known[id_]), unit) if id_ in own else None
                        for id_, unit in zip(frame["id"], frame["unit"], strict=True)]
    if "low" in frame and (frame["low"] == frame["central"]).all() and (frame["high"] == frame["central"]).all():
        frame = frame.drop(columns=["low", "high"])
    return frame.dropna(axis="columns", how="all")
