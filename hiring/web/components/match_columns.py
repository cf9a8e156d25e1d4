"""The step after an upload in which the columns of a list are matched with the needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from hiring.evidence.loader import load_evidence
from hiring.lists import columns
from hiring.lists.cells import DAYS, PLAIN, WORKING_DAYS, How
from hiring.lists.columns import Column, ColumnMap, from_json
from hiring.lists.headings import BUDGET
from hiring.lists.list_reader import ListError
from hiring.lists.project_list import BadRow, Project
from hiring.model.countries import DOLLAR
from hiring.model.needs import MONTHS, NEEDS, WEEKS, shown
from hiring.text import match_text
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note
from hiring.web.session import list_match
from hiring.web.session.list_match import Match

MOST_SHOWN = 60  # columns; the others of a very wide list are not used
TIMES = ("months", "weeks", "years", DAYS, WORKING_DAYS)
AMOUNTS = ("", "thousands", "millions")


def show(match: Match, decide: Callable[[ColumnMap], None], cancel: Callable[[], None],
         read_again: Callable[[str, int], None]) -> None:
    """The columns with what each holds, the rows as they will be read, and a button that decides the list."""
    st.markdown(f"# {markdown(match_text.title(match.upload.name))}", anchors=False)
    st.markdown(markdown(match_text.found(len([it for it in match.columns if it.heading]), match.lines.note)))
    _where(match, read_again)
    named = [column for column in match.columns if column.heading]
    first = [column for column in named if column.field or column.may_be or column.remark]
    others = [column for column in named if column not in first]
    with st.container(key="matched", gap="small"):
        for column in first:
            match = _column(match, column)
    if others:
        label = f"{len(others):,} column{'' if len(others) == 1 else 's'} not used"
        with st.expander(label, key="not_used", type="compact"):
            for column in others[:MOST_SHOWN]:
                match = _column(match, column)
            if len(others) > MOST_SHOWN:
                st.markdown(note(f"{len(others) - MOST_SHOWN:,} more columns can't be chosen here: delete them."))
    match = _for_all(match)
    st.session_state.list_match = match
    if problems := match.problems:
        st.warning("  \n".join(map(markdown, problems)))
    else:
        _preview(match)
    with st.container(horizontal=True):
        st.button("Decide this list", key="decide_list", type="primary", icon=":material/play_arrow:",
                  disabled=bool(problems), on_click=decide, args=(match.mapping,))
        st.download_button("Save these columns", match.mapping.to_json, "columns.json", "application/json",
                           key="save_columns", on_click="ignore", icon=":material/download:")
        st.button("As found", key="as_found", on_click=_reset, icon=":material/undo:",
                  help="Sets every column as it was found")
        st.button("Another list", key="another", on_click=cancel, icon=":material/upload_file:")
    lost_on_reload("“Save these columns” keeps what you chose.")
    with st.expander("Use saved columns", type="compact"):
        key = f"columns_{match.turn}"
        st.file_uploader("A file of columns that was saved here", ["json"], key=key, max_upload_size=1,
                         on_change=_load, args=(key,))
        if refusal := st.session_state.pop("columns_refused", ""):
            st.error(markdown(refusal))


def lost_on_reload(kept: str) -> None:
    """Say that the list is gone after a reload, which the browser then asks about first, and what keeps it."""
    with st.container(key="lost_on_reload"):
        st.markdown(note(f"A reload of this page loses the list. {kept}"))


def _where(match: Match, read_again: Callable[[str, int], None]) -> None:
    """The sheet, the row of the headings, and hidden rows."""
    sheets, line = match.lines.sheets, match.matching.layout.line
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(sheets) > 1:
            st.selectbox("Sheet", sheets, sheets.index(match.lines.sheet), key=f"sheet_{match.turn}", width=260,
                         on_change=lambda: read_again(st.session_state[f"sheet_{match.turn}"], 0))
        lines = [row.number for row in match.head[:columns.HIGHEST]]
        if len(lines) > 1 and line in lines:
            st.selectbox("Headings are in row", lines, lines.index(line), key=f"line_{match.turn}", width=180,
                         on_change=lambda: read_again(match.lines.sheet, st.session_state[f"line_{match.turn}"]))
        if match.lines.hidden:
            st.checkbox(f"Read the {len(match.lines.hidden):,} rows that the sheet hides", match.with_hidden,
                        key=f"hidden_{match.turn}", on_change=_hidden, args=(f"hidden_{match.turn}",))


def _hidden(key: str) -> None:
    match: Match = st.session_state.list_match
    st.session_state.list_match = replace(match, with_hidden=st.session_state[key])


def _column(match: Match, column: Column) -> Match:
    """One column with its cells and what it holds, and the match with what was chosen."""
    name, how = match.chosen.get(column.place, ("", PLAIN))
    key = f"{match.turn}_{column.place}"
    if name and name not in (BUDGET, *NEEDS):
        return match  # the date of the evidence and the like, which have one name
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"column_{column.place}"):
        with st.container(width=270, gap=None):
            st.markdown(f"**{markdown(shown(column.heading))}**")
            st.markdown(note(match_text.samples(column)))
            if column.remark and not name:
                st.markdown(note(column.remark))
        offered = ["", *dict.fromkeys((*([name] if name else []), *columns.fields_offered()))]
        picked = st.selectbox(f"“{shown(column.heading)}” holds", offered, offered.index(name), key=f"holds_{key}",
                              format_func=match_text.field_label, width=215)
        if picked != name:
            how = column.how if picked in column.may_be or not name else PLAIN
        how = _how(column, picked, how, key)
    return match.with_column(column.place, picked, how)


def _how(column: Column, name: str, how: How, key: str) -> How:
    """The unit and the currency of the numbers of a column."""
    if not name:
        return how
    need = columns.need_of(name)
    asks_unit = bool(column.question) and all(getattr(how, part) for part, _ in column.unclear)
    for part, cell in column.unclear:
        offered = list(match_text.READINGS[part])
        at = offered.index(chosen) if (chosen := getattr(how, part)) in offered else None
        picked = st.selectbox(match_text.reading_of(part, cell), offered, at, placeholder="pick one", width=175,
                              key=f"{part}_{key}_{name}", format_func=match_text.READINGS[part].__getitem__)
        how = replace(how, **{part: picked or ""})
    if not column.bare:
        return how
    if need.measure in (MONTHS, WEEKS):
        at = TIMES.index(how.unit) if how.unit in TIMES and not asks_unit else None
        unit = st.selectbox("Numbers are in", TIMES, at, key=f"unit_{key}_{name}", width=150, placeholder="pick one",
                            format_func=match_text.unit_label, help="Where a cell does not say it itself")
        return replace(how, unit=unit or "")
    if name in (BUDGET, "budget_usd"):
        at = None if asks_unit else AMOUNTS.index(how.unit) if how.unit in AMOUNTS else 0
        unit = st.selectbox("Amounts are in", AMOUNTS, at, key=f"unit_{key}_{name}", width=150, placeholder="pick one",
                            format_func=match_text.unit_label)
        how = replace(how, unit=unit or "")
        if name == BUDGET:
            rates = load_evidence().as_of(load_evidence().dates[-1]).exchange_rates
            codes = ["", DOLLAR, *rates]
            code = st.selectbox("Currency", codes, codes.index(how.currency) if how.currency in codes else 0,
                                key=f"currency_{key}", format_func=match_text.currency_label, width=175,
                                help="Where a cell does not say it itself")
            how = replace(how, currency=code)
    return how


def _for_all(match: Match) -> Match:
    """The match with answers for all rows, for needs without a column."""
    if not match.missing:
        return match
    given = {}
    with st.container(key="for_all", gap="small"):
        st.markdown("**One answer for all rows**")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            for name in match.missing:
                need = columns.need_of(name)
                key = f"all_{match.turn}_{name}"
                if name == "location":
                    countries = load_evidence().as_of(load_evidence().dates[-1]).countries.values()
                    names = ["", *(country.name for country in countries)]
                    before = match.all_rows.get(name, "")
                    place = names.index(before) if before in names else 0
                    given[name] = st.selectbox(need.label, names, place, key=key,
                                               format_func=lambda it: it or match_text.assumed("location"), width=230)
                else:
                    given[name] = st.text_input(f"{need.label}{match_text.unit_of(name)}", match.all_rows.get(name, ""),
                                                key=key, placeholder=match_text.assumed(name), width=230)
    return replace(match, all_rows=given)


def _preview(match: Match) -> None:
    """The first rows as they will be read, and how many of those looked at can't be."""
    try:
        rows = list(match.preview())
    except ListError as error:
        st.error(markdown(str(error)))
        return
    good = [row for row in rows if isinstance(row, Project)]
    bad = [row for row in rows if isinstance(row, BadRow)]
    st.markdown(markdown(match_text.readable(len(good), len(bad), len(match.rows) > list_match.SEEN)))
    if good:
        names = [name for name in match_text.PREVIEWED if name in match_text.SIZE
                 or any(name not in row.assumed for row in good)]
        first = good[:list_match.PREVIEWED]
        table = {match_text.head(name): [match_text.answer(row, name) for row in first] for name in names}
        blocks.table(table, "The first rows as they will be read")


def _reset() -> None:
    match: Match = st.session_state.list_match
    st.session_state.list_match = replace(match, chosen=match.found, all_rows={}, with_hidden=False,
                                          turn=match.turn + 1)


def _load(key: str) -> None:
    upload, match = st.session_state.get(key), st.session_state.list_match
    try:
        if upload is not None:
            st.session_state.list_match = match.with_map(from_json(upload.getvalue()))
    except ListError as error:
        st.session_state.columns_refused = str(error)
