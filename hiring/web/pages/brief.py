"""The Brief page: the document to send for an option, built from choices in the sidebar, and the next steps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

import hiring
from hiring.documents.brief.content import write_brief
from hiring.documents.brief.document import escaped_name, to_markdown
from hiring.documents.brief.next_steps import NextSteps, Step, next_steps, to_ics
from hiring.evidence.brief_catalog import GROUPS, Catalog, suggested
from hiring.evidence.loader import load_catalog
from hiring.lists import summary
from hiring.model.decision import NONE_FITS, Decision
from hiring.model.evidence import Option
from hiring.model.needs import ProjectNeeds
from hiring.text import currencies, formatting, verdict_text
from hiring.web.components import blocks
from hiring.web.markdown import joined, markdown, note
from hiring.web.session import page_state, reader
from hiring.web.session.page_state import State

DRAWERS = {  # the choices in the sidebar, by what they are about
    "The work": ("responsibilities", "trends", "lifecycle"),
    "Technology": ("languages", "frameworks", "databases", "hosting", "devops", "collaboration"),
    "People": ("skills", "ways", "challenges", "reply"),
    "Security and contract": ("security", "checks"),
}
READ, EDIT = "Read", "Edit text"
LONGEST_TEXT = 60_000  # characters of an edited text
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show() -> None:
    state = page_state.keep(page_state.current())
    decision = hiring.decide(state.needs, state.as_of, dict(state.own), state.from_day)
    with currencies.amounts_in(currencies.of(decision)):
        _show(state, decision)


def _show(state: State, decision: Decision) -> None:
    catalog, today = load_catalog(), reader.today()
    st.markdown("# What to send, and what to do next", anchors=False)
    st.markdown(note(f"{verdict_text.question(decision.needs, decision.from_day, page_state.unnamed(state))}."))
    blocks.own_figures(decision)
    option = _option(decision)
    with st.sidebar, st.container(gap="xsmall"):
        chosen, for_you = _choices(catalog, decision.needs, option)
    following = next_steps(decision, option, catalog, today, state.from_day)
    document, after = st.tabs(["Document", "What to do next"], key="brief_tabs")
    with document:
        _document(decision.needs, decision.outcomes[option].option,
                  to_markdown(write_brief(decision, following, catalog, chosen, for_you)), today)
    with after:
        _next(following, decision.needs)


# Kept choices: Streamlit forgets the fields of a page that is not shown

def _kept(name: str) -> dict[str, Any]:
    """What this session keeps for the page: `ticks` {choice: ticked}, `edits` {option: (text, what it was made from)},
    `undone` {option: text}, `picked` {what: value}."""
    kept: dict[str, Any] = st.session_state.setdefault(f"brief_kept_{name}", {})
    return kept


def _pick(name: str, key: str) -> None:
    _kept("picked")[name] = st.session_state[key]


# Choices

def _option(decision: Decision) -> str:
    """The option that the page is about: that of the answer, or who builds in a mix, until the reader picks another."""
    labels = {option.id: _titled(option) for option in decision.evidence.options}
    plan = decision.all_outcomes[decision.nearest].plan
    picked = f"option_beside_{plan.id}"  # starts over when the answer changes
    st.session_state.brief_option = _kept("picked").get(picked, plan.builder.id)
    option = st.segmented_control("Document", list(labels), format_func=labels.__getitem__, required=True,
                                  key="brief_option", on_change=_pick, args=(picked, "brief_option"),
                                  label_visibility="collapsed")
    if option not in [it.id for it in plan.options]:
        st.info(markdown(f"Another plan is the answer. {verdict_text.verdict(decision)}."), icon=":material/info:")
    elif len(plan.options) > 1 or decision.verdict == NONE_FITS:
        both = " Send both documents." if len(plan.options) > 1 else ""
        st.info(markdown(f"{verdict_text.verdict(decision)}.{both}"), icon=":material/info:")
    return str(option)


def _titled(option: Option) -> str:
    """Freelance brief, in-house job description, agency request for proposal."""
    kind = option.document
    return kind if kind.startswith(option.label) else f"{option.label} {formatting.lower_first(kind)}"


def _choices(catalog: Catalog, needs: ProjectNeeds, option: str) -> tuple[frozenset[str], bool]:
    """The ids of the choices made, and whether the notes are wanted."""
    usual, ticks = suggested(catalog, needs, option), _kept("ticks")
    st.markdown("**What the document says**  \n" + note("Preselected from your needs."))
    if ticks:
        st.button("Back to the suggested choices", key="brief_suggested", on_click=ticks.clear)
    chosen: set[str] = set()
    for place, (drawer, groups) in enumerate(DRAWERS.items()):
        with st.expander(drawer, expanded=place < 2, key=f"brief_drawer_{place}"):
            for group in groups:
                chosen |= _group(catalog, group, option, needs.location, usual, ticks)
    st.session_state.brief_notes = _kept("picked").get("notes", True)
    for_you = st.toggle("Notes for you at the end", key="brief_notes", on_change=_pick, args=("notes", "brief_notes"),
                        help="What to add, questions to ask, where the pay comes from and what to check.")
    return frozenset(chosen), for_you


def _group(catalog: Catalog, group: str, option: str, location: str, usual: frozenset[str],
           ticks: Mapping[str, bool]) -> set[str]:
    """The choices of a group, as suggested where the reader has not marked them."""
    labels = {it.id: it.label for it in catalog.group(group, option, location)}
    if not labels:
        return set()
    key = f"brief_{group}"
    st.session_state[key] = [id_ for id_ in labels if ticks.get(id_, id_ in usual)]
    made = st.pills(GROUPS[group], list(labels), selection_mode="multi", format_func=labels.__getitem__, key=key,
                    on_change=_tick, args=(key, tuple(labels), usual), help=_origin(catalog, group, option, location))
    return set(made)


def _tick(key: str, offered: tuple[str, ...], usual: frozenset[str]) -> None:
    """Keep the choices that differ from the suggestion."""
    ticks, made = _kept("ticks"), set(st.session_state[key])
    for id_ in offered:
        if (id_ in made) == (id_ in usual):
            ticks.pop(id_, None)
        else:
            ticks[id_] = id_ in made


def _origin(catalog: Catalog, group: str, option: str, location: str) -> str:
    """Which choices of a group the article names and which this project added."""
    choices = catalog.group(group, option, location)
    named = [it.label for it in choices if it.terms]
    cited = [it.label for it in choices if not it.terms and it.source != ("assumed",)]
    added = [it.label for it in choices if it.source == ("assumed",)]
    origins = (("Named in the article by Zamstack", named), ("From the law and its offices", cited),
            ("Added by this project", added))
    return markdown(" ".join(f"{origin}: {', '.join(labels)}." for origin, labels in origins if labels))


# The document

def _document(needs: ProjectNeeds, about: Option, written: str, today: date) -> None:
    option = about.id
    text, made_from = _kept("edits").get(option, (written, written))
    name = summary.file_name(needs).removesuffix("summary.csv") + about.document.lower().replace(" ", "-")
    with st.container(horizontal=True, vertical_alignment="center"):
        mode = st.segmented_control("View", [READ, EDIT], default=READ, required=True, key="brief_mode",
                                    label_visibility="collapsed")
        st.download_button("Download for Word", partial(_docx, text, today), f"{name}.docx", WORD, key="brief_word",
                           on_click="ignore", icon=":material/download:")
        st.download_button("Download Markdown", text.encode, f"{name}.md", "text/markdown", key="brief_markdown",
                           on_click="ignore", icon=":material/download:")
    _edited(option, text != written, made_from != written)
    if mode == EDIT:
        key = f"brief_text_{option}"
        st.session_state[key] = text
        st.text_area("Text of the document, in Markdown", key=key, height=640, max_chars=LONGEST_TEXT,
                     on_change=_keep_text, args=(option, key, written))
    else:
        with st.container(border=True, key="brief_document"):
            name = escaped_name(needs.project)  # which may come from somebody else's link
            st.markdown(shown(text.replace(name, joined(name)) if name else text), anchors=False)


def _docx(text: str, today: date) -> bytes:
    from hiring.documents.brief.word import to_docx
    return to_docx(text, today)


def _edited(option: str, is_edited: bool, is_stale: bool) -> None:
    """The state of an edited text, with buttons to drop it or bring it back."""
    if is_edited and is_stale:
        st.warning("The choices or the needs have changed since you edited this text. Your text was kept.")
    if is_edited:
        st.button("Start again from the choices", key="brief_again", on_click=_start_again, args=(option,),
                  icon=":material/undo:")
    elif option in _kept("undone"):
        st.button("Bring back my text", key="brief_back", on_click=_bring_back, args=(option,), icon=":material/redo:")


def _keep_text(option: str, key: str, written: str) -> None:
    text = st.session_state[key][:LONGEST_TEXT]  # only the browser enforces the field's limit
    if text == written:
        _kept("edits").pop(option, None)
    else:
        _kept("edits")[option] = (text, written)


def _start_again(option: str) -> None:
    _kept("undone")[option] = _kept("edits").pop(option)


def _bring_back(option: str) -> None:
    _kept("edits")[option] = _kept("undone").pop(option)


def shown(markdown: str) -> str:
    """A document as the page shows it: its headings one level down, and what only Streamlit would interpret (formulas,
    colors, icons) as typed."""
    lowered = re.sub(r"(?m)^(#{1,5} )", r"#\1", markdown)
    return re.sub(r"(?<!\\)(\$|:(?=[a-zA-Z]))", r"\\\1", lowered)


# What to do next

def _next(following: NextSteps, needs: ProjectNeeds) -> None:
    for sentence in following.missed:
        st.warning(markdown(sentence))
    st.markdown(note("Typical dates, counted from today. In 8 of 10 simulations a step falls between the two dates "
                     "below it. How the search is divided into steps is our assumption."))
    name = summary.file_name(needs).removesuffix("summary.csv")
    st.download_button("Download calendar", partial(to_ics, following, needs), f"{name}next-steps.ics", "text/calendar",
                       key="brief_calendar", on_click="ignore", icon=":material/calendar_month:")
    with st.container(gap="small", key="brief_steps"):
        for step in following.steps:
            _step(step, following.today)

def _step(step: Step, today: date) -> None:
    when, what = st.columns([1, 2.6], gap="small")
    between = f"  \n{note(f'{formatting.day(step.early)} – {formatting.day(step.late)}')}" if step.has_range else ""
    when.markdown(f"**{formatting.day(step.day)}**{between}")
    latest = ""
    if step.latest is not None:
        by = "Should have been done by" if step.latest < today else "At the latest by"
        latest = note(f"{by} {formatting.day(step.latest)} to meet your dates.")
    about = " ".join(filter(None, (markdown(step.note), latest)))
    what.markdown("  \n".join(filter(None, (f"**{markdown(step.label)}**", about))))
