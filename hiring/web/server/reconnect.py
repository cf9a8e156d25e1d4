"""Coming back: what a page does whose server has ended."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st


@st.fragment(run_every=timedelta(days=1))
def at_once() -> None:
    """Let the browser ask for the whole page as soon as it is connected again.

    Streamlit's browser side takes it that its session lives on and asks for nothing, unless something on the page
    runs by itself. Another server does not know the session: downloads would fail, and the first change would be
    taken back by what the link says. So something runs by itself, once a day, and does nothing.
    """
