"""The reader's day where a browser says nothing that can be used; tests/browser/test_days.py has real ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

SAYS_ITS_DAY = """import streamlit as st
from hiring.web.session import reader
st.text(reader.today())
"""


@pytest.mark.parametrize("context", [{}, {"timezone_offset": 2**31 - 1}])
def test_without_a_usable_time_zone_the_day_is_that_of_this_machine(context: dict[str, Any]) -> None:
    app = AppTest.from_string(SAYS_ITS_DAY)
    app.context = context
    assert app.run().text[0].value == str(date.today())
