"""What holds for every test, and `--hypothesis-profile=long`: other cases in each run, and many more of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("long", max_examples=50_000, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def _longest_cell() -> Iterator[None]:
    """The validator of Data Packages lifts the limit of a CSV cell for the whole process; our own reader counts on
    it."""
    limit = csv.field_size_limit()
    yield
    csv.field_size_limit(limit)
