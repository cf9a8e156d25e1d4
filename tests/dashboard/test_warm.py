"""What is ready before the first visitor waits for it, and what is not read before somebody needs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.server import ROOT

# What writes and reads files, each more than 10 ms to import: nobody who reads a verdict needs it.
LATE = ("typst", "vl_convert", "openpyxl", "docx", "lxml", "markdown_it", "icalendar")
SERVED = """import sys
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("app.py", default_timeout=60).run()
assert not page.exception and any(it.value.startswith("# ") for it in page.markdown)
print(*sys.modules, sep="\\n")
"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules of a fresh process that has shown the first page once."""
    shown = subprocess.run([sys.executable, "-c", SERVED], cwd=ROOT, capture_output=True, text=True, check=False,
                           timeout=120)
    assert shown.returncode == 0, shown.stderr
    return set(shown.stdout.split())


@pytest.mark.parametrize("library", LATE)
def test_the_first_page_does_without_what_only_files_need(loaded: set[str], library: str) -> None:
    assert "hiring.dashboard.files" in loaded  # the page with the files was shown
    assert library not in loaded


def test_each_of_these_libraries_would_be_there_if_it_were_imported(loaded: set[str]) -> None:
    asked = subprocess.run([sys.executable, "-c", f"import sys, {', '.join(LATE)}\nprint(*sys.modules)"], check=True,
                           capture_output=True, text=True)
    assert set(LATE) <= set(asked.stdout.split()) - loaded
