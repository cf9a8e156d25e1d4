"""Break-even on the page: after how much upkeep in-house costs less."""

from __future__ import annotations

import streamlit as st

from hiring.model.explanation import Explanation
from hiring.text import break_even_text
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note


def break_even(explanation: Explanation) -> None:
    """After how much upkeep in-house costs less, and at which rate or workload costs tie."""
    decision, found = explanation.decision, explanation.break_evens
    if not found:
        return
    headline = break_even_text.break_even_headline(decision, found)
    with st.container(gap="xsmall"):
        blocks.with_sources(f"### {markdown(headline)}", "break_even", decision, ("cost", "time"))
        st.markdown(note(break_even_text.break_even_explained(decision)))
        blocks.table(break_even_text.break_even_table(explanation), headline)
