"""A lock that makes explanations one visitor at a time.

One process computes one thing at a time anyway. With the lock, a verdict waits for at most one explanation, and no
explanation starts after its visitor has changed something.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

POLL = 0.1  # seconds between checks whether the visitor has changed something


@contextmanager
def explanation_lock(write_again: Callable[[], object]) -> Iterator[None]:
    """Wait for the lock and hold it. While waiting, `write_again` writes something to the page: Streamlit then ends the
    run if its answers have changed."""
    lock = _lock()
    while not lock.acquire(timeout=POLL):
        write_again()
    try:
        yield
    finally:
        lock.release()


@st.cache_resource(show_spinner=False)
def _lock() -> threading.Lock:
    return threading.Lock()
