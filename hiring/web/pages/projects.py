"""The Projects page: a CSV or Excel list of projects, decided row by row."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

import pandas as pd
import streamlit as st

from hiring.charts import portfolio_charts
from hiring.lists import template
from hiring.lists.columns import ColumnMap
from hiring.lists.examples import load_examples
from hiring.lists.list_reader import ListError
from hiring.lists.project_list import Checked, Header, Project, ProjectList, check
from hiring.lists.reader_process import Progress
from hiring.model.needs import NEEDS, cleaned
from hiring.text import currencies, portfolio_text
from hiring.text.formatting import spelled
from hiring.web.components import blocks, committee_table, match_columns
from hiring.web.markdown import markdown, note
from hiring.web.session import list_match, list_run, page_state
from hiring.web.session.list_match import Match, Upload
from hiring.web.session.list_run import FAULTS_SHOWN, MAX_PROJECTS, Run

# Those that fit beside each other at 1366 pixels; the menu of the table shows the others.
SHOWN = ("project", "verdict", "answer", "kept", "share", "low", "high", "from", "to", "link")
LARGEST_UPLOAD_MB = 10  # the summary of as many projects as the page decides is about half of it
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = {
    "project": st.column_config.TextColumn("Project", pinned=True, width=120),
    "verdict": st.column_config.TextColumn("Verdict"),
    "answer": st.column_config.TextColumn("Answer", width=128, help="An option, or a mix of two"),
    "kept": st.column_config.NumberColumn(
        "Within limits", format="%d of 100",
        help="Of 100 simulations, those that stay within budget and deadline. Empty where neither is given"),
    "share": st.column_config.NumberColumn(
        "First in", format="%d of 100",
        help="Of 100 simulations; for a mix, those in which it is ahead of the option that comes closest"),
    "from": st.column_config.NumberColumn("Release from", format="month %d", help="1 simulation in 10 is earlier"),
    "to": st.column_config.NumberColumn("Release to", format="month %d", help="1 simulation in 10 is later"),
    "within": st.column_config.NumberColumn("In budget", format="%d of 100",
                                            help="Of 100 simulations; empty where no budget is given"),
    "on_time": st.column_config.NumberColumn("On time", format="%d of 100",
                                             help="Of 100 simulations; empty where no deadline is given"),
    "link": st.column_config.LinkColumn("Open", width=52, display_text="open", help="The project on the page Decide"),
}


def _columns() -> dict[str, Any]:
    """The columns of the table, with costs in the currency that amounts are shown in."""
    currency = currencies.shown()
    return COLUMNS | {
        "low": st.column_config.NumberColumn(f"Cost from, {currency.sign.strip()}", format="localized",
                                             help=f"1 simulation in 10 costs less, in {currency.name}"),
        "high": st.column_config.NumberColumn(f"Cost to, {currency.sign.strip()}", format="localized",
                                              help="1 simulation in 10 costs more")}


def show() -> None:
    page_state.keep(page_state.current())
    run: Run | None = st.session_state.get("run")
    upload: Upload | None = st.session_state.get("list_upload")
    match: Match | None = st.session_state.get("list_match")
    if upload is not None:
        _read(upload)
    elif match is not None:
        match_columns.show(match, _decide_with, _forget_match, _read_again)
    elif run is None:
        _start()
    elif run.is_running and run.pending:
        _decide(run)
    else:
        with currencies.amounts_in(portfolio_text.currency_of(run.answers)):
            _result(run)


def _start() -> None:
    st.markdown("# Decide a whole list of projects", anchors=False)
    st.markdown("Upload a list with a row for each project. Every row is checked and decided as on the Decide page. "
                "You get a list of every row that we can't use.  \nThe list stays in this session and "
                "isn't stored. A reload of the page ends the session.")
    if refusal := st.session_state.pop("list_refused", ""):
        st.error(markdown(refusal))
    key = f"list_{st.session_state.get('lists', 0)}"
    st.file_uploader("List of projects, CSV or Excel", list_run.FILE_TYPES, key=key, max_upload_size=LARGEST_UPLOAD_MB,
                     on_change=_upload, args=(key,))
    with st.container(horizontal=True):
        st.button(f"Try it with {_examples_named()}", key="examples", icon=":material/play_arrow:", on_click=_examples)
        st.download_button("Template for Excel", template.template_xlsx, "projects.xlsx", EXCEL, key="template_xlsx",
                           on_click="ignore", icon=":material/download:")
        st.download_button("Template as CSV", template.template_csv, "projects.csv", "text/csv", key="template_csv",
                           on_click="ignore", icon=":material/download:")
    st.markdown(note("You can also upload a CSV summary from this tool. This page decides up to "
                     f"{MAX_PROJECTS:,} projects."))
    with st.expander("What the columns hold", type="compact"):
        st.markdown(note("Columns can be in any order. Name them as below or as in the form; case, spaces and "
                         "punctuation don't matter. Other names are matched in the next step. A missing column takes "
                         "its default."))
        columns, texts, units, allowed, defaults = map(list, zip(*template.dictionary(), strict=True))
        bounds = [f"{unit}: {it}" if unit else it for unit, it in zip(units, allowed, strict=True)]
        wanted = [f"{text} Allowed: {bound}. Default: {default or 'empty'}."
                  for text, bound, default in zip(texts, bounds, defaults, strict=True)]
        blocks.table({"Column": columns, "What to write": wanted}, "What each column of a list holds")


def _upload(key: str) -> None:
    """Keep an uploaded list for the next script run to read."""
    upload = st.session_state.get(key)
    st.session_state.lists = st.session_state.get("lists", 0) + 1  # an empty field for the next list
    if upload is not None:
        st.session_state.list_upload = Upload(upload.name, upload.getvalue())


def _read(upload: Upload) -> None:
    """Read an uploaded list and start on it, or keep the sentence that says why it can't be read.

    A click on Cancel ends this script run at the next update of the progress bar, and the reading with it. Any other
    rerun reads the file again.
    """
    st.markdown(f"# Reading {markdown(cleaned(upload.name))}", anchors=False)
    bar = st.progress(0.0, "Starting")
    st.button("Cancel", key="cancel_reading", on_click=_forget_upload, icon=":material/stop:")
    for _ in range(9):  # clears what was here before, which would stay grayed out until the list is read
        st.empty()

    def watch(progress: Progress) -> None:
        bar.progress(min(progress.rows / MAX_PROJECTS, 1.0), portfolio_text.rows_read(progress))

    maps: dict[str, ColumnMap] = st.session_state.setdefault("list_maps", {})
    try:
        listed = ProjectList(BytesIO(upload.content), watch=watch, mapping=upload.mapping)
        known = None if upload.mapping else maps.get(list_match.key_of(listed.layout.columns))
        if known is not None:
            upload = upload._replace(mapping=known)
            listed = ProjectList(BytesIO(upload.content), watch=watch, mapping=known)
        if not listed.has_rows:
            raise ListError("The list has a header but no projects: add a row for each project.")
        if upload.is_draft or (upload.mapping is None and not list_match.is_plain(listed)):
            st.session_state.list_match = list_match.started(upload, listed)
        else:
            checked = check(listed, MAX_PROJECTS)
            if not checked.projects and not checked.bad:
                raise ListError("The list has a header but no projects: add a row for each project.")
            st.session_state.run = list_run.start(cleaned(upload.name), checked, page_state.address("projects"),
                                                  list_match.packed(upload, listed))
    except ListError as error:
        st.session_state.list_refused = cleaned(f"{upload.name}: {error}")
    _forget_upload()
    st.rerun()


def _forget_upload() -> None:
    st.session_state.pop("list_upload", None)


def _forget_match() -> None:
    st.session_state.pop("list_match", None)


def _decide_with(mapping: ColumnMap) -> None:
    """Read the list with the columns that were chosen, and keep them for lists with the same headings."""
    match: Match = st.session_state.pop("list_match")
    st.session_state.setdefault("list_maps", {})[list_match.key_of(match.matching.layout.columns)] = mapping
    st.session_state.list_upload = match.upload._replace(mapping=mapping, is_draft=False)


def _read_again(sheet: str, line: int) -> None:
    """Look for the columns on another sheet or below another row."""
    match: Match = st.session_state.pop("list_match")
    mapping = ColumnMap(sheet=sheet if len(match.lines.sheets) > 1 else "", heading_line=line)
    st.session_state.list_upload = match.upload._replace(mapping=mapping, is_draft=True)


def _match_again() -> None:
    """Go back to the columns of the list that is shown."""
    run: Run = st.session_state.pop("run")
    assert run.source is not None
    st.session_state.list_upload = list_match.unpacked(run.source)


def _examples_named() -> str:
    return f"{spelled(len(load_examples()))} example projects"


def _examples() -> None:
    projects = tuple(Project(line, needs, None, ()) for line, needs in enumerate(load_examples().values(), 2))
    checked = Checked(projects, (), Header(tuple(NEEDS), {}), "", None)
    st.session_state.run = list_run.start(_examples_named(), checked, page_state.address("projects"))


def _decide(run: Run) -> None:
    """Decide the remaining projects. A click on Cancel ends this script run at the next update of the progress bar."""
    st.markdown(f"# Deciding {run.count:,} project{'' if run.count == 1 else 's'}", anchors=False)
    bar = st.progress(0.0, portfolio_text.decided_so_far(len(run.answers), run.count, 0))
    st.button("Cancel", key="cancel", on_click=_stop, icon=":material/stop:")
    _file(run)
    for _ in range(9):  # clears what was here before, which would stay grayed out until the list is decided
        st.empty()
    began, before = time.perf_counter(), len(run.answers)
    while run.pending:
        run = list_run.decide_batch(run)
        st.session_state.run = run
        done = len(run.answers)
        seconds = (time.perf_counter() - began) / (done - before) * len(run.pending)
        bar.progress(done / run.count, portfolio_text.decided_so_far(done, run.count, seconds))
    st.session_state.run = replace(run, is_running=False)
    st.rerun()


def _stop() -> None:
    st.session_state.run = replace(st.session_state.run, is_running=False)


def _go_on() -> None:
    st.session_state.run = replace(st.session_state.run, is_running=True)


def _close() -> None:
    del st.session_state.run


def _result(run: Run) -> None:
    answers = run.answers
    st.markdown(f"# {markdown(_headline(run))}", anchors=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        said = portfolio_text.sized(answers)
        summary = [portfolio_text.verdict_counts(said) if said else "", f"From {cleaned(run.name)}.",
                   portfolio_text.exchanged(answers), portfolio_text.not_counted(answers)]
        st.markdown(f":gray[{markdown(' '.join(filter(None, summary)))}]", width="stretch")
        if run.source is not None and run.source.content:
            st.button("Match columns", key="match_again", on_click=_match_again, icon=":material/view_column:",
                      help="Shows what each column was taken for, to change it")
        st.button("Another list", key="another", on_click=_close, icon=":material/upload_file:")
    if run.pending:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="stopped"):
            done = portfolio_text.decided_so_far(len(answers), run.count, 0)
            st.markdown(f"**Stopped:** {done}. Results so far are below.", width="stretch")
            st.button("Continue", key="continue", type="primary", on_click=_go_on)
    _file(run)
    if run.source is not None:
        match_columns.lost_on_reload("The CSV summary below keeps it, corrected rows included, and can be uploaded "
                                     "again.")
    if not answers:
        return
    if run.assumed:
        st.warning(markdown(portfolio_text.missing_columns(run.assumed)))
    elif run.totals is not None:
        _charts(run)
    if committee_table.chosen():
        committee_table.show(run)
    else:
        _every_project(run)
    st.download_button("Download CSV summary", partial(list_run.summary_csv, run), "projects-summary.csv",
                       "text/csv", key="summary", on_click="ignore", icon=":material/download:")
    st.markdown(note("A row for each option and for the best mix of each project, with its needs and its link. You "
                     "can upload it here again. It contains the budgets and your own figures."))


def _every_project(run: Run) -> None:
    """The table with all numbers of each project, and its link."""
    answers = run.answers
    st.markdown(note("Cost and release are those of the answer, or of the nearest plan where none fits. The likely "
                     "range, 8 of 10 simulations, is between “from” and “to”. Click a column header to sort, a cell "
                     "twice to read all of it. “open” shows the project with all its reasons."))
    table = portfolio_charts.table(answers, run.links)
    st.dataframe(table, hide_index=True, height=min(563, 35 * (len(answers) + 1) + 3), column_config=_columns(),
                 column_order=SHOWN,
                 placeholder="", alt="Every project with its verdict, answer, cost, release and link", key="list")


def _headline(run: Run) -> str:
    """The result of the list. Says nothing overall where the list leaves out what every answer depends on."""
    if not run.answers:
        return "No project is decided yet" if run.pending else "No row of the list could be used"
    return portfolio_text.missing_columns_headline(run.assumed) if run.assumed else portfolio_text.headline(run.answers)


def _charts(run: Run) -> None:
    """The verdicts and the total cost of all projects."""
    answers = portfolio_text.sized(run.answers)
    assert run.totals is not None
    with st.grid(2, min_column_width=330, key="portfolio"):
        blocks.chart_of_many(
            "verdicts", portfolio_text.verdicts_headline(answers),
            "Colors show the answer. The small line says how often its answers stay within your limits, from the "
            "lowest to the highest. No plan fits where none of them does so often enough.",
            portfolio_charts.verdicts_chart(answers))
        blocks.chart_of_many(
            "totals", portfolio_text.totals_headline(run.totals, len(run.answers)),
            "Lines are the likely range, 8 of 10 simulations. Ticks mark the typical cost. Each project has luck of "
            "its own, so a high cost of one is partly offset by a low cost of another. Some things are shared: pay in "
            "the market, the employer's costs and the price of your managers' time. Where no plan fits, the nearest "
            "plan counts.",
            portfolio_charts.totals_chart(run.totals))


def _file(run: Run) -> None:
    """How the file was read, and the rows that couldn't be used."""
    if run.notices:
        st.markdown("  \n".join(map(note, run.notices)))
    if not run.refused.rows:
        return
    with st.container(border=True, gap="small", key="refused"):
        count, faults = run.refused.rows, run.refused.faults
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/error: **{count:,} row{'' if count == 1 else 's'} could not be used"
                        f"{';** the others are kept.' if run.count else '.**'}", width="stretch")
            st.download_button("Download these rows", partial(list_run.refused_csv, run), "rows-to-fix.csv",
                               "text/csv", key="refused_rows", on_click="ignore", icon=":material/download:",
                               help="Your original rows plus a “reason” column. Fix them and upload the file again.")
        blocks.table({"Row": [f"{line:,}" for line, _ in faults], "Column": [fault.column for _, fault in faults],
                      "Found": [fault.found or "nothing" for _, fault in faults],
                      "What to do": [fault.wanted for _, fault in faults]}, "Rows that could not be used")
        if len(faults) == FAULTS_SHOWN:
            st.markdown(note(f"The first {FAULTS_SHOWN} problems. The download lists all of them."))
        if run.source is not None and not run.is_running:
            _corrected_here(run)


def _corrected_here(run: Run) -> None:
    """The rows that couldn't be used as a table whose cells can be corrected, and a button that decides them."""
    box = st.expander("Correct them here", key="correct", type="compact", on_change="rerun")
    if not box.open:
        return
    header, bad = run.refused.header, run.refused.bad[:list_run.ROWS_EDITED]
    places = sorted(header.fields.values())
    names = {place: f"column_{place}" for place in places}
    cells = {names[place]: [row.cells[place] if place < len(row.cells) else "" for row in bad] for place in places}
    table = pd.DataFrame({"line": [row.line for row in bad], **cells,
                          "reason": [" ".join(row.reasons) for row in bad]})
    config = {"line": st.column_config.NumberColumn("Row", pinned=True),
              "reason": st.column_config.TextColumn("What to do", width="large"),
              **{name: st.column_config.TextColumn(header.columns[place]) for place, name in names.items()}}
    with box:
        edited = st.data_editor(table, key=f"edited_{st.session_state.get('corrections', 0)}", hide_index=True,
                                disabled=["line", "reason"], column_config=config, placeholder="")
        changed = {int(line): {place: str(edited[name].iloc[at] or "") for place, name in names.items()}
                   for at, line in enumerate(edited["line"])
                   if any(edited[name].iloc[at] != table[name].iloc[at] for name in names.values())}
        st.button(f"Decide the {len(changed):,} corrected row{'' if len(changed) == 1 else 's'}" if changed
                  else "Decide the corrected rows", key="decide_corrected", disabled=not changed, on_click=_correct,
                  args=(changed,))


def _correct(texts: dict[int, dict[int, str]]) -> None:
    st.session_state.run = list_run.corrected(st.session_state.run, texts)
    st.session_state.corrections = st.session_state.get("corrections", 0) + 1  # a table with the cells as they are now
