"""The tab What if: the nearest other answers, the limits that a plan would keep, and what to find out."""

from __future__ import annotations

import streamlit as st

from hiring.charts import explanation_charts
from hiring.model.decision import NONE_FITS, Decision
from hiring.model.explanation import Explanation
from hiring.text import formatting, reasons_text, switching_text
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note
from hiring.web.session.page_state import State

SHOWN = 3  # rows of the table; the others are one click away


def show(state: State, explanation: Explanation) -> None:
    """On the left what would make another option the best, which is computed last as it is the slowest. Where no plan
    fits, that option would not fit either: only the limits that each plan would keep."""
    decision = explanation.decision
    if decision.verdict == NONE_FITS:
        _remedies(decision)
        return
    with st.grid(2, min_column_width=330, key="changes"):
        left = st.container(gap="xsmall")
        with st.container(gap="small"):
            _remedies(decision)
            _tornado(explanation)
    with left:
        _switches(explanation)


def _switches(explanation: Explanation) -> None:
    decision, switches = explanation.decision, explanation.switches
    if switches is None:
        return
    headline = switching_text.switch_headline(decision, switches)
    st.markdown(f"### {markdown(headline)}", anchors=False)
    st.markdown(note(switching_text.switch_explained(decision, switches.found)))
    if switches.found:
        blocks.table(switching_text.switch_table(decision, switches.found[:SHOWN]), headline)
    more, never = switches.found[SHOWN:], switching_text.needs_without_effect(switches)
    if more or never:
        with st.expander("All other answers", type="compact"):
            if more:
                blocks.table(switching_text.switch_table(decision, more), "Other answers that would change it")
            st.markdown(note(never))


def _remedies(decision: Decision) -> None:
    if not decision.remedies:
        return
    headline = switching_text.remedy_headline(decision)
    with st.container(gap="xsmall"):
        st.markdown(f"### {markdown(headline)}", anchors=False)
        blocks.table(switching_text.remedy_table(decision), headline)


def _tornado(explanation: Explanation) -> None:
    """Which figures move the lead most: what to find out before signing."""
    decision, found = explanation.decision, explanation.tornado
    if found is None or not reasons_text.moves_anything(found):
        st.markdown(markdown(reasons_text.assumed_figures(decision, found)))
        return
    headline = reasons_text.tornado_headline(decision, found)
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            st.markdown(f"### {markdown(headline)}", anchors=False, width="stretch")
            with st.popover("Sources", type="tertiary", key="sources_tornado", on_change="rerun") as popover:
                if popover.open:
                    st.markdown(markdown(reasons_text.assumed_figures(decision, found)))
                    blocks.table(reasons_text.tornado_table(decision, found), "The figures that move the lead most")
        st.markdown(note(reasons_text.tornado_explained(decision, found)))
        spec = explanation_charts.tornado_spec()
        st.vega_lite_chart(explanation_charts.tornado_rows(decision, found), spec, width="stretch",
                           height=spec["height"], key="tornado", alt=formatting.unmarked(headline))
