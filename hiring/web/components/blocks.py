"""Parts of a page that several pages share: a chart with its headline, a text with its sources, a table."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa
import streamlit as st

import hiring
from hiring.charts.chart_theme import Spec
from hiring.evidence.loader import load_evidence
from hiring.model.decision import MODEL_VERSION, Decision
from hiring.text import figure_names, formatting, own_figures_text
from hiring.web.components import sources_popover
from hiring.web.session import page_state

ALL = tuple(figure_names.TITLES)


def chart(key: str, headline: str, explained: str, decision: Decision, kinds: tuple[str, ...], rows: pa.Table,
          spec: Spec) -> None:
    """A chart with its finding as headline, how to read it, and its sources."""
    with st.container(gap="xsmall"):
        with_sources(f"### {headline}", key, decision, kinds)
        st.markdown(f":small[:gray[{explained}]]")
        st.vega_lite_chart(rows, spec, width="stretch", key=key, alt=plain(headline))


def chart_of_many(key: str, headline: str, explained: str, rows: pa.Table, spec: Spec) -> None:
    """A chart of several projects, whose sources stand with each of them."""
    with st.container(gap="xsmall"):
        st.markdown(f"### {headline}", anchors=False)
        st.markdown(f":small[:gray[{explained}]]")
        st.vega_lite_chart(rows, spec, width="stretch", key=key, alt=plain(headline))


def with_sources(text: str, key: str, decision: Decision, kinds: Iterable[str]) -> None:
    """A text with the button that opens its sources at its right."""
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.markdown(text, anchors=False, width="stretch")
        sources_popover.popover(key, decision, kinds)


def newest() -> None:
    """At the foot of a page about many decisions or none: the newest evidence and the version of the model."""
    st.markdown(f":small[:gray[Newest evidence of {formatting.day(load_evidence().dates[-1])}; model "
                f"{MODEL_VERSION}.]]")


def own_figures(decision: Decision) -> None:
    """The manager's own figures, wherever a result stands, with the way back to the evidence."""
    if not decision.evidence.replaced:
        return
    without = hiring.decide(decision.needs, decision.as_of)
    with st.container(horizontal=True, vertical_alignment="center", wrap=False, key="own_figures"):
        st.markdown(f":material/edit: {own_figures_text.own_figures(decision)} "
                    f"{own_figures_text.effect_of_own(decision, without)}",
                    width="stretch")
        st.button("Reset all", key="reset_own", on_click=page_state.use_own, args=((),),
                  help="Use the evidence’s figures again")


def table(columns: dict[str, list[str]], alt: str, linked: dict[str, list[str]] | None = None) -> None:
    """A table of texts, each shown as it is; columns of `linked`, which hold Markdown, follow."""
    escaped = {head: [formatting.escaped(cell) for cell in cells] for head, cells in columns.items()}
    st.table(pa.table({**escaped, **(linked or {})}), border="horizontal", hide_index=True, alt=plain(alt))


def plain(markdown: str) -> str:
    """Markdown without its marks, for screen readers."""
    return re.sub(r":[a-z]+\[([^]]*)\]", r"\1", markdown).replace("\\", "").replace(formatting.PARTS, "")
