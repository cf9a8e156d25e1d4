"""The explanation on the page: why this answer, the best mix, break-even and what would change it."""

from __future__ import annotations

import streamlit as st

from hiring.charts import explanation_charts
from hiring.model.decision import NONE_FITS, Decision
from hiring.model.explanation import Explanation
from hiring.model.tornado import BARS_SHOWN
from hiring.text import (
    break_even_text,
    formatting,
    plans_text,
    reasons_text,
    switching_text,
    verdict_text,
)
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note


def reasons(explanation: Explanation) -> None:
    """Why the answer rather than its rival, for and against, beside what the lead is made of."""
    decision = explanation.decision
    if decision.rival is None or decision.verdict == NONE_FITS:  # scores of plans that all miss the limits say little
        return
    first, second = (verdict_text.option_name(it) for it in reasons_text.compared(decision))
    st.markdown(f"## Why {first} rather than {second}", anchors=False)
    with st.grid(2, min_column_width=330, key="reasons"):
        with st.container(gap="small"):
            for claim in (reasons_text.reason(decision, it) for it in explanation.reasons):
                st.markdown(_claim(claim))
            if not explanation.reasons:
                st.markdown("No criterion separates the two by a point: what is left is chance.")
        blocks.chart("lead", reasons_text.lead_headline(decision),
                     "Each bar is a criterion’s part of the lead in mean score, in the color of the plan that does "
                     "better there.", decision, ("cost", "time", "fit"),
                     explanation_charts.lead_rows(decision), explanation_charts.lead_spec())


def _claim(claim: reasons_text.Claim) -> str:
    return f"**{markdown(claim.title)}** {markdown(claim.body)}"


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


def switching(explanation: Explanation) -> None:
    """For every need, the nearest answer that makes another option the best. Where nothing fits, the remedies stand
    alone."""
    decision, switches = explanation.decision, explanation.switches
    if switches is None:
        return
    headline = switching_text.switch_headline(decision, switches)
    with st.container(gap="xsmall"):
        st.markdown(f"### {markdown(headline)}", anchors=False)
        st.markdown(note(switching_text.switch_explained(decision)))
        if switches.found:
            blocks.table({
                "If …": [switching_text.condition_text(decision, it) for it in switches.found],
                "Now": [switching_text.current_answer(decision, it.need) for it in switches.found],
                "Best option then": [switching_text.first_option_then(decision, it) for it in switches.found],
            }, headline)
        st.markdown(note(switching_text.needs_without_effect(switches)))


def remedies(decision: Decision) -> None:
    """The limits that each plan would keep with an even chance."""
    if not decision.remedies:
        return
    headline = switching_text.remedy_headline(decision)
    with st.container(gap="xsmall"):
        st.markdown(f"### {markdown(headline)}", anchors=False)
        st.markdown(note("Each plan would keep these limits, all of them together, in half of the simulations."))
        blocks.table(switching_text.remedy_table(decision), headline)


def mix(decision: Decision) -> None:
    """The best mix: who builds, when people come and leave, and how it compares with each option."""
    st.markdown("## The best mix", anchors=False)
    with st.container(gap="xsmall"):
        st.markdown(f"### {markdown(plans_text.plan_headline(decision))}", anchors=False)
        if decision.mix is not None:
            for sentence in (plans_text.plan_who(decision, decision.mix),
                             plans_text.plan_against_first(decision, decision.mix),
                             plans_text.plan_ahead(decision, decision.mix)):
                st.markdown(markdown(sentence))


def tornado(explanation: Explanation) -> None:
    """Which figures move the lead, and what to find out before signing. Where nothing fits, only what is assumed."""
    decision, found = explanation.decision, explanation.tornado
    st.markdown("## What to find out before signing", anchors=False)
    st.markdown(markdown(reasons_text.assumed_figures(decision, found)))
    if found is None or decision.verdict == NONE_FITS or not reasons_text.moves_anything(found):
        return
    for claim in reasons_text.find_out(decision, found):
        st.markdown(_claim(claim))
    names = [verdict_text.option_name(decision.all_outcomes[plan]) for plan in (found.option, found.rival)]
    blocks.chart("tornado", reasons_text.tornado_headline(decision, found),
                 f"The lead of {names[0]} over {names[1]} with one input at its low and its high end, all others as "
                 f"they are; the {min(BARS_SHOWN, len(found.bars))} that move it most. Filled: with a source, or "
                 "yours. Hollow: assumed. On the page Evidence you can replace any figure with what you found out.",
                 decision, blocks.ALL, explanation_charts.tornado_rows(decision, found),
                 explanation_charts.tornado_spec())
    shown = found.bars[:BARS_SHOWN]
    with st.expander("These inputs with their ranges and sources"):
        blocks.table({
            "Input": [reasons_text.bar_name(decision, bar) for bar in shown],
            "Low to high": [reasons_text.bar_range(decision, bar) for bar in shown],
            "Lead, points": [f"{formatting.points(bar.at_low)} to {formatting.points(bar.at_high)}" for bar in shown],
            "Source": [reasons_text.bar_sources(decision, bar) for bar in shown],
        }, "The inputs that move the lead most")
