"""What a page does when its server has restarted."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st


@st.fragment(run_every=timedelta(days=1))
def rerun_after_reconnect() -> None:
    """Make the browser request the whole page as soon as it has reconnected.

    After a reconnect, Streamlit's frontend assumes that its session still exists and requests nothing, unless a
    fragment on the page runs periodically. A new server does not know the session: downloads would fail, and the link
    would undo the first change. So this fragment runs once a day and does nothing.
    """
