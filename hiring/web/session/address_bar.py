"""The queries that were in the address bar in this session."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from hiring.web.server.streamlit_internals import is_history_navigation

MAX_QUERIES = 50  # of a page that a session remembers


def remember(page: str, query: Mapping[str, str]) -> None:
    """Take this as what is in the address bar of a page."""
    before = st.session_state.get(f"queries_{page}", ())
    st.session_state[f"queries_{page}"] = (*before[1 - MAX_QUERIES:], urlencode(query))


def is_outdated(page: str, query: Mapping[str, str]) -> bool:
    """Whether the browser sent a change before it learned of the newest address. Such a change comes with a query that
    was in the address bar before, as Back does, but nobody went back."""
    return urlencode(query) in st.session_state.get(f"queries_{page}", ()) and not is_history_navigation()
