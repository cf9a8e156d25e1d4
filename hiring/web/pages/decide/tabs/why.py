"""The tab Why: what separates the answer from its rival."""

from __future__ import annotations

from hiring.charts import answer_charts
from hiring.model.explanation import Explanation
from hiring.text import chart_titles
from hiring.web.components import blocks
from hiring.web.pages.decide import explanation_section
from hiring.web.session.page_state import State


def show(state: State, explanation: Explanation) -> None:
    decision = explanation.decision
    explanation_section.reasons(explanation)
    explanation_section.mix(decision)
    blocks.chart("fit", chart_titles.fit_headline(decision),
                 "Gray bars are what you need. Filled dots meet it, hollow ones fall short; more than enough earns "
                 "nothing extra. Lines run from the low to the high rating.",
                 decision, ("fit",), answer_charts.fit_rows(decision), answer_charts.fit_spec())
