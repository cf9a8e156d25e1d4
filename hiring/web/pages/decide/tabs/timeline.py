"""The tab Timeline: when work begins, and when each plan releases."""

from __future__ import annotations

import streamlit as st

from hiring.charts import explanation_charts
from hiring.model.explanation import Explanation
from hiring.text import formatting, plans_text, timeline_text
from hiring.web.components import blocks
from hiring.web.markdown import markdown
from hiring.web.session.page_state import State


def show(state: State, explanation: Explanation) -> None:
    """The months of each plan beside the deadline, and who comes when in the mix."""
    decision = explanation.decision
    blocks.chart("timeline", timeline_text.timeline_headline(decision), timeline_text.timeline_explained(decision),
                 decision, ("time",), explanation_charts.timeline_rows(decision),
                 explanation_charts.timeline_spec(decision.from_day is not None))
    sentences = [timeline_text.on_time(decision)]
    if decision.mix is not None:
        sentences.append(f"In the mix, {formatting.lower_first(plans_text.plan_who(decision, decision.mix))}")
    st.markdown(markdown(" ".join(filter(None, sentences))))
