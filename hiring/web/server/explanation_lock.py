"""Turns: what takes long is worked out for one reader at a time.

One process works on one thing at a time anyway. With turns a verdict waits for one explanation at most, and one that
nobody waits for any more is not begun.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

LOOK = 0.1  # seconds between two looks at whether the reader has changed something meanwhile


@contextmanager
def turn(look: Callable[[], object]) -> Iterator[None]:
    """Wait for this reader's turn and hold it. `look` writes something to the page once more: there Streamlit ends a
    run whose answers have changed."""
    one_at_a_time = _one_at_a_time()
    while not one_at_a_time.acquire(timeout=LOOK):
        look()
    try:
        yield
    finally:
        one_at_a_time.release()


@st.cache_resource(show_spinner=False)
def _one_at_a_time() -> threading.Lock:
    return threading.Lock()
