"""The tab Watch out: what to mind with each plan."""

from __future__ import annotations

import streamlit as st

from hiring.model.explanation import Explanation
from hiring.text import figure_names, formatting, verdict_text
from hiring.web.markdown import markdown
from hiring.web.session.page_state import State


def show(state: State, explanation: Explanation) -> None:
    decision = explanation.decision
    lines = []
    for caution in verdict_text.cautions(decision):
        names = [verdict_text.option_name(decision.all_outcomes[plan]) for plan in caution.plans]
        if len(names) == len(decision.all_outcomes) or caution.title.lower().startswith(names[0]):
            names = []
        about = f" {formatting.marked(f'({formatting.join_words(names)})', 'gray')}" if names else ""
        cited = dict.fromkeys(source for finding in caution.findings for source in finding.rule.source)
        named = [decision.evidence.sources[source] for source in cited]
        links = ", ".join(figure_names.linked(source.producer, source) for source in named if source.address)
        text = f"{caution.sentence}{about}{f' {links}.' if links else ''}"
        lines.append(f":material/warning: **{markdown(caution.title)}** {markdown(text)}")
    if lines:
        st.markdown("  \n".join(lines))
