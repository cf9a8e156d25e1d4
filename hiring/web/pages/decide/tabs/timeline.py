"""The tab Timeline: when work begins and when each plan releases."""

from __future__ import annotations

from hiring.charts import answer_charts
from hiring.model.explanation import Explanation
from hiring.text import chart_titles
from hiring.web.components import blocks
from hiring.web.session.page_state import State


def show(state: State, explanation: Explanation) -> None:
    decision = explanation.decision
    blocks.chart("spending", chart_titles.spending_headline(decision), chart_titles.spending_explained(decision),
                 decision, ("cost", "time"), answer_charts.spending_rows(decision), answer_charts.spending_spec())
