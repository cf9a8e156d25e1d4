"""The reader's day: months, dates and links count from it, wherever the server is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import streamlit as st

MOST_MINUTES = 24 * 60  # that a clock on Earth differs from UTC, and room


def today() -> date:
    """The date in the time zone of the reader's browser, or of this machine where no browser says its own."""
    behind = st.context.timezone_offset
    if behind is None or abs(behind) > MOST_MINUTES:
        return date.today()
    return (datetime.now(UTC) - timedelta(minutes=behind)).date()
