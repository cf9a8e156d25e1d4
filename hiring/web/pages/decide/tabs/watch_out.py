"""The tab Watch out: what to mind, each caution once with the plans it is about and its sources."""

from __future__ import annotations

import streamlit as st

from hiring.model.decision import Decision
from hiring.model.explanation import Explanation
from hiring.text import cautions_text, verdict_text
from hiring.text.verdict_text import Caution
from hiring.web.markdown import markdown, note
from hiring.web.session.page_state import State


def show(state: State, explanation: Explanation) -> None:
    decision, found = explanation.decision, verdict_text.cautions(explanation.decision)
    st.markdown(f"### {markdown(cautions_text.cautions_headline(decision))}", anchors=False)
    if not found:
        st.markdown(note(cautions_text.checked(decision)))
        return
    with st.grid(2, min_column_width=330, key="cautions"):
        for caution in found:
            st.markdown(_caution(decision, caution))


def _caution(decision: Decision, caution: Caution) -> str:
    about = cautions_text.caution_about(decision, caution)
    plans = [verdict_text.dotted(decision.all_outcomes[plan]) for plan in about]
    sources = cautions_text.caution_sources(decision, caution)
    lines = [f":material/warning: **{markdown(caution.title)}** {markdown(caution.sentence)}",
             *([note(" ".join(plans))] if plans else []), *([note(sources)] if sources else [])]
    return "  \n".join(lines)
