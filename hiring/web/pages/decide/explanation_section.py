"""The explanation on the page: why this answer, staged plans, break-even and what would change it."""

from __future__ import annotations

import streamlit as st

from hiring.charts import explanation_charts
from hiring.model.decision import Decision
from hiring.model.explanation import Explanation
from hiring.model.tornado import BARS_SHOWN
from hiring.text import (
    break_even_text,
    figure_names,
    formatting,
    plans_text,
    reasons_text,
    switching_text,
    verdict_text,
)
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note

PLAN_ANCHOR = "staged-plan"


def reasons(explanation: Explanation) -> None:
    """Why the first rather than the second, for and against, beside what the lead is made of."""
    decision = explanation.decision
    if len(decision.left) < 2:
        _no_comparison(decision)
        return
    first, second = (decision.outcomes[option] for option in decision.left[:2])
    st.markdown(f"## Why {first.option.label.lower()} rather than {second.option.label.lower()}", anchors=False)
    with st.grid(2, min_column_width=330, key="reasons"):
        with st.container(gap="small"):
            for claim in (reasons_text.reason(decision, it) for it in explanation.reasons):
                st.markdown(_claim(claim))
            if not explanation.reasons:
                st.markdown("No criterion separates the two by a point: what is left is chance.")
        blocks.chart("lead", reasons_text.lead_headline(decision),
                     "Each bar is a criterion’s part of the lead in mean score, in "
                     "the color of who does better there.", decision, ("cost", "time", "fit"),
                     explanation_charts.lead_rows(decision), explanation_charts.lead_spec())


def _claim(claim: reasons_text.Claim) -> str:
    return f"**{markdown(claim.title)}** {markdown(claim.body)}"


def _no_comparison(decision: Decision) -> None:
    if decision.left:
        st.markdown(f"## Why {decision.outcomes[decision.first].option.label.lower()}", anchors=False)
        st.markdown("No other option is left to compare it with: what rules them out stands above, what would change "
                    "that below.")
    else:
        st.markdown("## Why none fits", anchors=False)
        st.markdown("Every option is ruled out by what stands above; below is what would let one in.")


def break_even(explanation: Explanation) -> None:
    """From when in-house costs less, and at which rate or workload costs tie."""
    decision, found = explanation.decision, explanation.break_evens
    if not found:
        return
    headline = break_even_text.break_even_headline(decision, found)
    with st.container(gap="xsmall"):
        blocks.with_sources(f"### {markdown(headline)}", "break_even", decision, ("cost", "time"))
        st.markdown(note(
            "“Cheaper for good” is from when in-house has cost less in half of the futures; in brackets, 8 of 10 "
            "futures. Hiring takes weeks in which nothing is spent, so it can be cheaper from the start. “Same cost” "
            "is where the middle futures cost the same, with every other number as it is."))
        blocks.table(break_even_text.break_even_table(explanation), headline)


def switching(explanation: Explanation) -> None:
    """For every need, the nearest answer that changes the first option."""
    decision, switches = explanation.decision, explanation.switches
    headline = switching_text.switch_headline(decision, switches)
    with st.container(gap="xsmall"):
        st.markdown(f"### {markdown(headline)}", anchors=False)
        changes = ("changes who comes first" if decision.left else "no longer rules an option out; the one that it "
                   "would keep in half of its futures is told at the top")
        st.markdown(note(f"Each answer changed by itself, the nearest that {changes}; numbers first, by how "
                         "far they are from now."))
        if switches.found:
            blocks.table({
                "If …": [switching_text.condition_text(decision, it) for it in switches.found],
                "Now": [switching_text.current_answer(decision, it.need) for it in switches.found],
                "First then" if decision.left else "No longer ruled out": [
                    switching_text.first_option_then(decision, it) for it in switches.found],
            }, headline)
        st.markdown(note(switching_text.needs_without_effect(switches)))


def plan_hint(explanation: Explanation) -> str | None:
    """A line on the best staged plan, where one leads."""
    if explanation.offer is None:
        return None
    claim = plans_text.plan_hint(explanation.decision, explanation.offer)
    return f":material/alt_route: {_claim(claim)} [See the plan](#{PLAN_ANCHOR})."


def staged(explanation: Explanation) -> None:
    """All plans, and the months of the best staged one where it leads."""
    decision, offer = explanation.decision, explanation.offer
    st.header("One builds, another keeps", anchor=PLAN_ANCHOR)
    if not plans_text.keeps_something(explanation):
        st.markdown("No upkeep is planned, so there is nothing to hand over." if not decision.needs.upkeep_developers
                    else "The months you look ahead end before the release, or too soon after it to hand anything "
                    "over.")
        return
    headline = plans_text.plan_headline(decision, offer)
    if offer is not None:
        over = plans_text.plan_against_first(decision, offer.plan)
        blocks.chart("timeline", headline, f"{over} Pale: the search, and the handover in which both work.",
                     decision, blocks.ALL, explanation_charts.timeline_rows(decision, offer.plan),
                     explanation_charts.timeline_spec())
        headline = plans_text.grid_headline(decision, offer)
    framed = "; the plan named above has a frame" if offer else (
        f"; {verdict_text.option_name(decision.outcomes[decision.first])} alone has a frame" if decision.left else "")
    blocks.chart("plans", headline, f"Mean score and middle cost of all {formatting.spelled(len(explanation.plans))} "
                 f"plans, a stronger shade for a higher score{framed}.", decision, blocks.ALL,
                 explanation_charts.plans_rows(explanation), explanation_charts.plans_spec())


def tornado(explanation: Explanation) -> None:
    """Which figures move the lead, and what to find out before signing."""
    decision, found = explanation.decision, explanation.tornado
    if found is None:  # fewer than two options are left: there is no lead
        return
    st.markdown("## What to find out before signing", anchors=False)
    for claim in reasons_text.find_out(decision, found):
        st.markdown(_claim(claim))
    names = [decision.outcomes[option].option.label.lower() for option in (found.option, found.rival)]
    blocks.chart("tornado", reasons_text.tornado_headline(decision, found),
                 f"The lead of {names[0]} over {names[1]} with one figure at its low and its high end, all others as "
                 f"they are; the {min(BARS_SHOWN, len(found.bars))} that move it most. Filled: with a source, or your "
                 "own. Hollow: assumed. On the page Evidence, what you find out can take the place of any of them.",
                 decision, blocks.ALL, explanation_charts.tornado_rows(decision, found),
                 explanation_charts.tornado_spec())
    shown = found.bars[:BARS_SHOWN]
    figures = [decision.evidence.figures[bar.id] for bar in shown]
    with st.expander("These figures with their ranges and sources"):
        blocks.table({
            "Figure": [figure_names.full_name(figure, decision.evidence) for figure in figures],
            "Low to high": [figure_names.range_in_sentence(figure) for figure in figures],
            "Lead, points": [f"{formatting.points(bar.at_low)} to {formatting.points(bar.at_high)}" for bar in shown],
            "Source": [figure_names.short_sources(figure, decision.evidence) for figure in figures],
        }, "The figures that move the lead most")
