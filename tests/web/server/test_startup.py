"""What is ready before the first visitor waits for it, and what is not read before somebody needs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.server import ROOT

# What writes and reads files, each more than 10 ms to import or 5 MiB: nobody who reads a verdict needs it.
LATE = ("typst", "vl_convert", "openpyxl", "docx", "lxml", "markdown_it", "icalendar")
SERVED = """import gc, sys
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("app.py", default_timeout=60).run()
assert not page.exception and any(it.value.startswith("# ") for it in page.markdown)
assert gc.get_freeze_count() > 100_000  # objects
print(*sys.modules, sep="\\n")
"""
PAGES = "brief, compare, evidence, how_it_works, projects, track, decide.page"
IMPORTS = "\n".join(f"import hiring.web.pages.{name}" for name in PAGES.split(", ")) + """
from hiring.evidence.loader import load_evidence
print(load_evidence.cache_info().misses)
"""
WARM = """from hiring.charts import answer_charts, explanation_charts
from hiring.web.server import startup
built = [it for module in (answer_charts, explanation_charts) for name, it in vars(module).items()
         if name.endswith("_spec")]
startup.warm_up()
print(len(built), sum(it.cache_info().currsize for it in built))
startup.freeze()
print(sum(not it.cache_info().currsize for it in built))
"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules of a fresh process that has shown the first page once."""
    return set(run_afresh(SERVED))


def run_afresh(script: str) -> list[str]:
    """The words that `script` prints in a process of its own."""
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False,
                         timeout=120)
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


@pytest.mark.parametrize("library", LATE)
def test_the_first_page_does_without_what_only_files_need(loaded: set[str], library: str) -> None:
    assert "hiring.web.pages.decide.downloads" in loaded  # the page with the files was shown
    assert library not in loaded


def test_each_of_these_libraries_would_be_there_if_it_were_imported(loaded: set[str]) -> None:
    assert set(LATE) <= set(run_afresh(f"import sys, {', '.join(LATE)}\nprint(*sys.modules)")) - loaded


def test_no_import_reads_the_data_no_chart_is_built_before_the_verdict_and_each_after_the_first_run() -> None:
    """What is wrong with the data is said on the page. Four charts show cost and fit, two the tabs."""
    assert run_afresh(IMPORTS + WARM) == ["0", "6", "0", "0"]
