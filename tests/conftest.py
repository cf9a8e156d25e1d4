"""What holds for every test."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _longest_cell() -> Iterator[None]:
    """The validator of Data Packages lifts the limit of a CSV cell for the whole process; our own reader counts on
    it."""
    limit = csv.field_size_limit()
    yield
    csv.field_size_limit(limit)
