"""The tab Why: how sure the answer is, what speaks for and against it, and how each plan fits the needs."""

from __future__ import annotations

import streamlit as st

from hiring.charts import answer_charts
from hiring.model.decision import NONE_FITS, Decision
from hiring.model.explanation import Explanation
from hiring.text import chart_titles, plans_text, reasons_text, verdict_text
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note
from hiring.web.session.page_state import State

FOR, AGAINST = 2, 1  # reasons shown


def show(state: State, explanation: Explanation) -> None:
    """How often each plan scores highest, then reasons beside the fit. Where none fits, scores of plans that all miss
    the limits say little: then how often each keeps them."""
    decision = explanation.decision
    if decision.verdict != NONE_FITS and decision.rival is not None:
        blocks.chart("futures", reasons_text.lead_headline(decision), reasons_text.how_sure(decision), decision,
                     blocks.ALL, answer_charts.futures_rows(decision), answer_charts.futures_spec())
    with st.grid(2, min_column_width=330, key="reasons"):
        with st.container(gap="xsmall"):
            if decision.verdict == NONE_FITS:
                _limits(decision)
            elif decision.rival is not None:
                _reasons(explanation)
        _fit(decision)


def _fit(decision: Decision) -> None:
    headline, spec = chart_titles.fit_headline(decision), answer_charts.fit_spec()
    plans = " ".join(f"{verdict_text.colored(it, '●')} {verdict_text.plan_label(it)}"
                     for it in decision.in_fixed_order.values())
    with st.container(gap="xsmall"):
        blocks.with_sources(f"### {markdown(headline)}", "fit", decision, ("fit",))
        st.markdown(note(f"{plans}. Gray: need. Hollow: below it."))
        st.vega_lite_chart(answer_charts.fit_rows(decision), spec, width="stretch", height=spec["height"], key="fit",
                           alt=headline)


def _limits(decision: Decision) -> None:
    headline = reasons_text.none_fits_headline(decision)
    st.markdown(f"### {markdown(headline)}", anchors=False)
    blocks.table(reasons_text.limits_kept(decision), headline)


def _reasons(explanation: Explanation) -> None:
    decision = explanation.decision
    ahead, behind = ([it for it in explanation.reasons if (it.lead > 0) == is_ahead] for is_ahead in (True, False))
    shown = (*ahead[:FOR], *behind[:AGAINST])
    for it in shown:
        title, body = reasons_text.reason(decision, it, with_answers=False)
        st.markdown(f"**{markdown(title)}** {markdown(body)}")
    if shown and (rest := reasons_text.everything_else(decision, shown)):
        st.markdown(f"**{markdown(rest)}**")
    if not explanation.reasons:
        st.markdown("No criterion sets the two apart by a point: what is left is chance.")
    if decision.mix is not None and not decision.mix.leads:
        st.markdown(note(plans_text.plan_ahead(decision, decision.mix)))
