"""The tab Cost: each plan's cost beside the budget, by year, and what is in it."""

from __future__ import annotations

import streamlit as st

from hiring.charts import answer_charts
from hiring.model.decision import Decision
from hiring.model.explanation import Explanation
from hiring.text import break_even_text, chart_titles, own_figures_text, verdict_text
from hiring.text.formatting import strong
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note
from hiring.web.session.page_state import State


def show(state: State, explanation: Explanation) -> None:
    decision = explanation.decision
    chart, table = st.columns([10, 11], gap="medium")
    with chart:
        blocks.chart("cost", chart_titles.cost_headline(decision), chart_titles.cost_explained(decision), decision,
                     ("cost", "time"), answer_charts.cost_rows(decision), answer_charts.cost_spec())
    with table, st.container(gap="xsmall"):
        _years(decision)
    said = [break_even_text.break_even_sentence(decision, explanation.break_evens),
            own_figures_text.effect_of_other_wages(explanation)]
    st.markdown("  \n".join(filter(None, (markdown(" ".join(filter(None, said))), note(
        chart_titles.cost_included(decision))))))


def _years(decision: Decision) -> None:
    """The typical cost of each plan by year, which adds up as it is shown."""
    title = f"Typical {chart_titles.whole_span(decision)} by year"
    years = chart_titles.typical_years(decision)
    names = list(next(iter(years.values())))
    columns = {"": [*(chart_titles.year_name(decision, name) for name in names), strong("Total")]}
    for id_, outcome in decision.in_fixed_order.items():
        *each, total = (chart_titles.in_unit(decision, amount)
                        for amount in (*(years[id_][name] for name in names), sum(years[id_].values())))
        columns[verdict_text.colored(outcome)] = [*each, strong(total)]
    st.markdown(f"### {markdown(title)}", anchors=False)
    blocks.table(columns, title)
