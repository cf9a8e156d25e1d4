"""The tab Cost: each plan's cost beside the budget, by year, and what is in it."""

from __future__ import annotations

from hiring.charts import answer_charts
from hiring.model.explanation import Explanation
from hiring.text import chart_titles
from hiring.web.components import blocks
from hiring.web.pages.decide import explanation_section
from hiring.web.session.page_state import State


def show(state: State, explanation: Explanation) -> None:
    decision = explanation.decision
    blocks.chart("cost", chart_titles.cost_headline(decision), chart_titles.cost_explained(decision), decision,
                 ("cost", "time"), answer_charts.cost_rows(decision), answer_charts.cost_spec())
    explanation_section.break_even(explanation)
    blocks.chart("parts", chart_titles.parts_headline(decision),
                 "How the typical cost of each plan splits. The strongest shades are pay; the table at the end has "
                 "every line.",
                 decision, ("cost", "time"), answer_charts.parts_rows(decision), answer_charts.parts_spec())
