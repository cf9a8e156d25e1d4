"""Blocks that several pages share: a chart with its headline, a text with its sources, a table."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import streamlit as st

import hiring
from hiring.charts.chart_theme import Layers, Spec, priced
from hiring.evidence.loader import load_evidence
from hiring.model.decision import MODEL_VERSION, Decision
from hiring.text import figure_names, formatting, own_figures_text
from hiring.text.formatting import unmarked
from hiring.web.components import sources_popover
from hiring.web.markdown import markdown, note
from hiring.web.session import page_state

ALL = tuple(figure_names.TITLES)


def chart(key: str, headline: str, explained: str, decision: Decision, kinds: tuple[str, ...], rows: pa.Table,
          spec: Spec) -> None:
    """A chart with its finding as headline, how to read it, and its sources."""
    with st.container(gap="xsmall"):
        with_sources(f"### {markdown(headline)}", key, decision, kinds)
        st.markdown(note(explained))
        # The height is given so that nothing below moves when the code that draws charts arrives.
        st.vega_lite_chart(rows, priced(spec), width="stretch", height=spec["height"], key=key, alt=unmarked(headline))


def chart_of_many(key: str, headline: str, explained: str, drawn: Layers) -> None:
    """A chart of several projects, whose sources are beside each of them."""
    with st.container(gap="xsmall"):
        st.markdown(f"### {markdown(headline)}", anchors=False)
        st.markdown(note(explained))
        st.altair_chart(drawn, width="stretch", key=key, alt=unmarked(headline))


def with_sources(text: str, key: str, decision: Decision, kinds: Iterable[str]) -> None:
    """Markdown with a button on its right that opens its sources."""
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.markdown(text, anchors=False, width="stretch")
        sources_popover.popover(key, decision, kinds)


def problem(field: str, sentence: str) -> None:
    """What is wrong with the field that has the key `field`, and what to enter. The page's script ties the two."""
    with st.container(key=f"problem_{field}"):
        st.error(markdown(sentence))


def link(address: str) -> None:
    """A link, which the page's script gives a button to copy it. Streamlit's block of code has one, but shows nothing
    before half a megabyte of scripts has come."""
    with st.container(key="link", gap="xsmall"):
        st.markdown(f"`{address}`")


def newest() -> None:
    """At the bottom of a page about many decisions or none: the newest evidence and the model version."""
    st.markdown(note(f"Newest evidence of {formatting.day(load_evidence().dates[-1])}; model {MODEL_VERSION}."))


def own_figures(decision: Decision) -> None:
    """The manager's own figures above a result, with a button to reset them."""
    if elsewhere := own_figures_text.own_elsewhere(decision):
        st.markdown(note(elsewhere))
    if not decision.evidence.replaced:
        return
    without = hiring.decide(decision.needs, decision.as_of)
    with st.container(horizontal=True, vertical_alignment="center", wrap=False, key="own_figures"):
        sentences = f"{own_figures_text.own_figures_used(decision)} {own_figures_text.effect_of_own(decision, without)}"
        st.markdown(f":material/edit: {markdown(sentences)}", width="stretch")
        st.button("Reset all", key="reset_own", on_click=page_state.use_own, args=((),),
                  help="Use the evidence’s figures again")


def table(columns: dict[str, list[str]], alt: str) -> None:
    """A table of sentences."""
    cells = {markdown(head): list(map(markdown, column)) for head, column in columns.items()}
    st.table(pa.table(cells), border="horizontal", hide_index=True, alt=unmarked(alt))
