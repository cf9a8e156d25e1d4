"""Starting: what is imported, how long that takes, and what is imported later."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.measure import report
from tests.server import AS_SHIPPED, ROOT

PROCESSES = 7  # fresh processes per measurement
LIBRARIES = ("numpy", "streamlit", "pandas", "pyarrow", "altair")
LATE = ("typst", "vl_convert", "openpyxl", "docx", "markdown_it", "icalendar")
TIMED = """import sys, time
{before}
began = time.perf_counter()
import {module}
print(time.perf_counter() - began)
"""
FIRST_PAGE = "import streamlit, pandas, altair, hiring.web.pages.decide.page"
FIRST_PAGE_SHOWN = """import sys
from streamlit.testing.v1 import AppTest
assert not AppTest.from_file("app.py", default_timeout=60).run().exception
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def starting() -> None:
    """Each import in fresh processes. Late imports are timed after everything that the first page needs."""
    report("python, nothing imported", [_seconds("sys") for _ in range(PROCESSES)])
    for module in (*LIBRARIES, "hiring", "hiring.web.pages.decide.page"):
        report(f"import {module}", [_seconds(module) for _ in range(PROCESSES)])
    for module in LATE:
        report(f"  late, with the first file: {module}", [_seconds(module, FIRST_PAGE) for _ in range(PROCESSES)])
    loaded = _run(FIRST_PAGE_SHOWN).split()
    ours = [name for name in (*LIBRARIES, *LATE) if name in loaded]
    print(f"after the first page {len(loaded)} libraries are loaded; of those above: {', '.join(ours)}; "
          f"not yet: {', '.join(name for name in LATE if name not in loaded)}")


def _seconds(module: str, before: str = "") -> float:
    return float(_run(TIMED.format(module=module, before=before)))


def _run(script: str) -> str:
    environment = {**AS_SHIPPED, "PYTHONPATH": f"{AS_SHIPPED['PYTHONPATH']}:{ROOT}"}
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True,
                          check=True).stdout
