"""The sidebar of a page without a form: the project of this session. Every page has a sidebar of the same width, so
that the navigation stays where it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.navigation.page import StreamlitPage

import hiring
from hiring.model.needs import ProjectNeeds
from hiring.text import currencies, verdict_text
from hiring.web.markdown import note
from hiring.web.session.page_state import State

WITH_A_FORM = ("", "brief")  # paths


@contextmanager
def beside(page: StreamlitPage, form: StreamlitPage) -> Iterator[None]:
    """The summary beside a page that runs in this context, which may open a link, with the way to the form; nothing
    beside a page that has a form there."""
    if page.url_path in WITH_A_FORM:
        yield
        return
    with st.sidebar, st.container(gap="xsmall"):
        st.markdown("**Your project**")
        project = st.empty()
        st.page_link(form, label="Change the answers", icon=":material/edit:")
    yield
    state: State | None = st.session_state.get("state")
    is_example = state is None or state.is_example
    needs, from_day, as_of = (ProjectNeeds(), None, None) if state is None else (
        state.needs, state.from_day, state.as_of)
    unnamed = "An example" if is_example else "Without a name"
    with currencies.amounts_in(currencies.currency_of(needs, hiring.evidence_as_of(as_of))):
        project.markdown(note(f"{verdict_text.question(needs, from_day, unnamed)}."))
