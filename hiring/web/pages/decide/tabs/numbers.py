"""The tab Numbers: each plan side by side."""

from __future__ import annotations

import streamlit as st

from hiring.model.decision import Decision
from hiring.model.explanation import Explanation
from hiring.text import numbers_text, verdict_text
from hiring.text.formatting import strong
from hiring.text.numbers_text import Rows
from hiring.web.components import blocks
from hiring.web.markdown import note
from hiring.web.session.page_state import State


def show(state: State, explanation: Explanation) -> None:
    """The typical cost by line, shares, ranges, dates and ratings of each plan."""
    decision = explanation.decision
    with st.grid(2, min_column_width=400, gap="small", key="numbers"):
        with st.container():
            _table(decision, "Typical cost", numbers_text.typical_costs(decision))
            blocks.with_sources(note(numbers_text.explained(decision)), "numbers", decision, blocks.ALL)
        with st.container(gap="xsmall"):
            _table(decision, "Details", numbers_text.shares_and_dates(decision))
            with st.expander("Needs and ratings", type="compact"):
                _table(decision, "Rating (need), of 100", numbers_text.ratings(decision))


def _table(decision: Decision, title: str, rows: Rows) -> None:
    rows = [(strong(label), list(map(strong, cells))) if label == numbers_text.TOTAL else (label, cells)
            for label, cells in rows]
    labels, cells = zip(*rows, strict=True)
    heads = list(map(verdict_text.colored, decision.in_fixed_order.values()))
    blocks.table(dict(zip((title, *heads), map(list, (labels, *zip(*cells, strict=True))), strict=True)), title)
