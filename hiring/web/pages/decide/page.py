"""The main page: the form on the left, the answer and its reasons on the right."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from functools import lru_cache, partial

import streamlit as st

import hiring
from hiring.evidence.loader import load_evidence
from hiring.links import needs_file
from hiring.links.project_link import MAX_LINK_CHARS
from hiring.lists.examples import load_examples
from hiring.model import decision as model
from hiring.model.decision import Decision
from hiring.model.explanation import Explanation
from hiring.model.needs import NEEDS, ProjectNeeds
from hiring.model.own_figures import Own
from hiring.text import chart_titles, currencies, figure_names, formatting, own_figures_text, verdict_text
from hiring.text.borrowed_text import borrowed
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note
from hiring.web.pages.decide import downloads, form
from hiring.web.pages.decide.tabs import change, cost, numbers, timeline, watch_out, why
from hiring.web.server import startup
from hiring.web.server.explanation_lock import explanation_lock
from hiring.web.session import page_state
from hiring.web.session.page_state import State

# What shows the body of each tab, by the id in the address.
TABS = {"cost": cost, "timeline": timeline, "why": why, "change": change, "watch_out": watch_out, "numbers": numbers}
TAB_LABELS = {"cost": "Cost", "timeline": "Timeline", "why": "Why", "change": "What if",
              "watch_out": "Watch out", "numbers": "Numbers"}  # short, so that a phone shows all six
SLOW = ("change",)  # tabs whose explanation takes longer than the decision
TAB_BAR, COUNTED = "tab_bar", " · "
ON_PAPER = "For approval, print the memo instead: on the page, open Download and choose “Download memo as PDF”."
NO_CHANCE = "Simulations are not certainty."
METRIC = 57  # pixels, so that nothing moves when the number arrives
EVEN = 0.5  # a share from which limits are kept as often as missed


@lru_cache(maxsize=4)
def _explained(needs: ProjectNeeds, as_of: date, own: Own, from_day: date | None) -> Explanation:
    """Opening a tab or a list of sources asks the same question again."""
    return hiring.explain(hiring.decide(needs, as_of, dict(own), from_day))


def show() -> None:
    state = page_state.current()
    with st.sidebar, st.container(gap="xxsmall"):
        state, problems = form.answers(state)
    st.set_page_config(startup.page_title(state.needs.project))
    explanation = _explained(*state.asked, state.from_day)
    state = page_state.keep(state, explanation.decision)
    with currencies.amounts_in(currencies.of(explanation.decision)):
        _show(state, problems, explanation)


def _show(state: State, problems: dict[str, str], explanation: Explanation) -> None:
    with st.container(key="on_paper"):
        st.markdown(note(ON_PAPER))
    _notices(state, problems)
    _newer_evidence(state, explanation)
    _issued(state)
    _answer(state, explanation)
    _tabs(state, explanation)
    _foot(explanation.decision)


def _tabs(state: State, explanation: Explanation) -> None:
    """The tab bar, and the body of the tab that is open."""
    labels = _labels(explanation.decision)
    opened = state.tab if state.tab in TABS else next(iter(TABS))
    st.session_state[TAB_BAR] = labels[opened]  # also where Back or a link opens another
    bodies = dict(zip(TABS, st.tabs(list(labels.values()), on_change=_open_tab, key=TAB_BAR), strict=True))
    with explanation_lock(st.empty().empty) if opened in SLOW else nullcontext(), bodies[opened]:
        TABS[opened].show(state, explanation)


def _labels(decision: Decision) -> dict[str, str]:
    count = len(verdict_text.cautions(decision))
    return TAB_LABELS | ({"watch_out": f"{TAB_LABELS['watch_out']}{COUNTED}{count}"} if count else {})


def _open_tab() -> None:
    label = st.session_state[TAB_BAR].split(COUNTED)[0]
    page_state.open_tab(next(id_ for id_, it in TAB_LABELS.items() if it == label))


def _foot(decision: Decision) -> None:
    """What the answer rests on, with the way to the assumptions that matter."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="foot"):
        st.markdown(note(figure_names.how_many_assumed(decision)), width="content")
        if decision.verdict != model.NONE_FITS:  # else that tab shows no figures
            st.button("See which ones matter", key="assumptions", on_click=page_state.open_tab, args=("change",),
                      type="tertiary")
        st.markdown(note(chart_titles.evidence_and_model(decision)), width="content")
        if taken := borrowed(decision):
            st.markdown(note(taken))


def _newer_evidence(state: State, explanation: Explanation) -> None:
    """Where newer figures exist: the answer of this link beside today's, and the way to today's."""
    decision, newest = explanation.decision, hiring.evidence_as_of(None, ())
    if decision.as_of >= newest.as_of:
        return
    today = _explained(state.needs, newest.as_of, state.own, state.from_day).decision
    with st.container(border=True, key="newer_evidence"):
        st.markdown(markdown(
            f"{formatting.strong('Newer figures exist.')} This page counts with the evidence of "
            f"{formatting.day(decision.as_of)}, as its link says; "
            f"{own_figures_text.figures_changed(decision.evidence, newest)}."))
        with st.grid(2, min_column_width=330):
            for label, one in ((f"Evidence of {formatting.day(decision.as_of)}, shown here", decision),
                              (f"Evidence of {formatting.day(today.as_of)}", today)):
                st.markdown(f"{note(label)}  \n**{markdown(verdict_text.verdict(one))}**")
        st.button("Use the newer figures", key="use_newest", on_click=page_state.use_evidence, args=(newest.as_of,))


def _issued(state: State) -> None:
    """Where a link said another answer when it was made: both, and why they differ."""
    change = verdict_text.changed_since_link(state.issued, state.said, load_evidence().options)
    if change:
        st.info(markdown(change))


def _notices(state: State, problems: dict[str, str]) -> None:
    if problems:
        labels = formatting.join_words([f"“{NEEDS[name].label}”" for name in problems])
        st.error(markdown(f"Look at {labels} in the form: the last good answer still counts."))
    if state.problems:
        lines = "\n".join(f"- {markdown(line)}" for line in (*state.problems, *state.notes))
        st.warning(f"Not everything could be opened; the rest was kept.\n{lines}")
    elif state.notes:
        with (nullcontext() if state.before is None
              else st.container(horizontal=True, vertical_alignment="center", wrap=False)):
            st.info(markdown(" ".join(state.notes)))
            if state.before is not None:
                _undo()


def _answer(state: State, explanation: Explanation) -> None:
    """What this is and for which project, the verdict, and a card for each plan."""
    decision = explanation.decision
    with st.container(gap="small", key="answer"):
        project, files = st.columns([9, 4], gap="small", vertical_alignment="center")
        project.markdown(note(_project(state)))
        with files, st.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
            _share(state)
            _download(state)
        blocks.own_figures(decision)
        with st.container(gap="xxsmall"):
            st.markdown(f"# {markdown(verdict_text.heading(decision))}", anchors=False)
            st.markdown(markdown(result(decision)))
        with st.grid(len(decision.in_fixed_order), min_column_width=158, gap="xsmall", key="cards"):
            for id_ in decision.in_fixed_order:
                _card(decision, id_)
    _examples(state)


def _project(state: State) -> str:
    """The question of this page and the project in one line."""
    needs = state.needs
    named = "Example" if state.is_example else verdict_text.project_name(needs)
    limits = verdict_text.assumed_yardsticks(needs)
    hint = "Change the form to make it yours." if state.is_example else ""
    said = f"{formatting.strong(startup.page_title() or '')} {named}: {verdict_text.work(needs)}."
    return " ".join(filter(None, (said, limits, hint)))


def result(decision: Decision) -> str:
    """The verdict in one sentence; where nothing fits, the limits that would give an even chance in another."""
    said = f"{verdict_text.sentence_case(verdict_text.result(decision))}."
    return said if decision.verdict != model.NONE_FITS else f"{said} {verdict_text.main_reason(decision)}"


def _examples(state: State) -> None:
    """How to read the cards; projects to start from, until the reader has begun with one of their own; the way back."""
    with st.container(gap="xxsmall"):  # always: where it went, the examples were drawn in the line for a moment
        sentences = ["Gray: the likely range (8 of 10 simulations).",
                     NO_CHANCE if verdict_text.kept_label(state.needs) else "",
                     "Or start from an example:" if state.is_example else ""]
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(note(" ".join(filter(None, sentences))), width="content")
            if state.is_example:
                st.button("Start my own", key="start_own", on_click=page_state.start_own, type="tertiary")
        if state.is_example:
            # In cells, so that no button moves another when it arrives.
            with st.grid(len(load_examples()), min_column_width=130, gap="xsmall", key="examples"):
                for id_, needs in load_examples().items():
                    st.button(needs.project, key=f"example_{id_}", on_click=page_state.use_needs, args=(needs,),
                              width="stretch", disabled=needs == state.needs)
        if state.before is not None and not state.notes:
            _undo()


def _undo() -> None:
    st.button("Undo", key="undo", on_click=page_state.undo, icon=":material/undo:", type="tertiary")


def _share(state: State) -> None:
    with st.popover("Share", icon=":material/link:", key="share", on_change="rerun") as popover:
        if popover.open:
            link = page_state.link(state)
            if len(link) > MAX_LINK_CHARS:
                st.warning(f"With {len(state.own)} figures of your own the link has {len(link):,} characters; mail and "
                           "chat programs may cut it. Send the file instead.")
            st.markdown("This link opens the page with the same numbers. It holds every answer, the budget and your "
                        "own figures too.")
            blocks.link(link)
            st.download_button(
                "Download as a file", partial(needs_file.to_toml, state.needs, state.as_of, state.own, state.said,
                                            state.from_day, state.assumed),
                "needs.toml", "application/toml", key="download_needs", on_click="ignore", icon=":material/download:")
            st.file_uploader("Open such a file (needs.toml, plain text)", "toml", key=f"needs_file_{state.opened}",
                             max_upload_size=1,
                             on_change=page_state.open_file, args=(f"needs_file_{state.opened}",))


def _download(state: State) -> None:
    with st.popover("Download", icon=":material/download:", key="download", on_change="rerun") as popover:
        if popover.open:
            downloads.take_along(state, _explained)


def _card(decision: Decision, id_: str) -> None:
    """One option, or the mix: the share within the limits, or the typical cost without any; cost and release."""
    outcome, badge = decision.all_outcomes[id_], verdict_text.badge(decision, id_)
    with st.container(border=True, gap="xxsmall", height="stretch", key=f"card_{id_}"):
        badged = f" :{verdict_text.plan_color(outcome)}-badge[{badge}]" if badge else ""
        st.markdown(f"{markdown(verdict_text.dotted(outcome))}{badged}")
        label = verdict_text.kept_label(decision.needs)
        if label:
            kept = f"{verdict_text.share_of_hundred(outcome.keep_share, decision)} of 100"
            st.metric(label, _warned(kept, outcome.keep_share < EVEN), height=METRIC)
        else:
            st.metric("Typical cost", markdown(formatting.money(outcome.cost_quantiles[1])), height=METRIC)
        lines = verdict_text.card_lines(decision, id_)
        st.markdown("  \n".join(map(markdown, lines)).replace(":gray[", ":small[:gray[").replace("]", "]]"))


def _warned(kept: str, is_rare: bool) -> str:
    """A share in the color of warnings where limits are missed more often than kept."""
    return markdown(formatting.marked(kept, "red") if is_rare else kept)
