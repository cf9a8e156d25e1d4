"""The tab Watch out: what to mind, each caution once with the plans it is about and its sources."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hiring.model.decision import Decision
from hiring.model.explanation import Explanation
from hiring.text import cautions_text, law_text, verdict_text
from hiring.text.formatting import strong
from hiring.text.verdict_text import Caution
from hiring.web.markdown import markdown, note
from hiring.web.session.page_state import State

SHOWN = 4  # cautions, the answer's first; the others are one click away


def show(state: State, explanation: Explanation) -> None:
    decision, found = explanation.decision, verdict_text.cautions(explanation.decision)
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.markdown(f"### {markdown(cautions_text.cautions_headline(decision))}", anchors=False, width="stretch")
        with st.popover("Sources", type="tertiary", key="sources_cautions", on_change="rerun") as popover:
            if popover.open:
                for caution in found:
                    sources = cautions_text.caution_sources(decision, caution) or "our own advice"
                    st.markdown(markdown(f"{strong(caution.title)} {sources}."))
    if not found:
        st.markdown(note(cautions_text.checked(decision)))
        return
    texts = [_caution(decision, caution) for caution in found[:SHOWN]]
    with st.grid(2, min_column_width=330, key="cautions"):
        for column in _balanced(texts):
            with st.container():
                for text in column:
                    st.markdown(text)
    if found[SHOWN:]:
        with st.expander(f"{len(found) - SHOWN} more", type="compact"):
            for caution in found[SHOWN:]:
                st.markdown(_caution(decision, caution))
    if any(caution.laws for caution in found):
        st.markdown(note(law_text.not_advice(decision.evidence.place)))


def _balanced(texts: Sequence[str]) -> list[list[str]]:
    """The texts in two columns, each in the one that is shorter so far."""
    columns: list[list[str]] = [[], []]
    for text in texts:
        min(columns, key=lambda column: sum(map(len, column))).append(text)
    return columns


def _caution(decision: Decision, caution: Caution) -> str:
    about = cautions_text.caution_about(decision, caution)
    plans = [verdict_text.dotted(decision.all_outcomes[plan]) for plan in about]
    said = f":material/warning: **{markdown(caution.title)}** {markdown(caution.sentence)}"
    if caution.laws:
        laws = (f"{markdown(law_text.law(it))} {note(law_text.status(it))}" for it in caution.laws)
        said = "  \n".join((f"{said} {markdown(law_text.where(decision.evidence))}", *laws))
    return f"{said}  \n{note(' '.join(plans))}" if plans else said
