"""`python -m benchmarks`: how fast and how large. Prints medians and ratios and judges nothing by the clock."""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import psutil
from playwright.sync_api import sync_playwright

from benchmarks.visitor import Visitor
from hiring import ProjectNeeds, decide, explain
from hiring.exchange.archive import to_zip
from hiring.model.explanation import Explanation
from tests.server import ROOT, served

RUNS = 40
VISITORS = 20
EMPTY = """import gc
import streamlit as st
@st.cache_resource
def warm():
    gc.collect()
    gc.freeze()
warm()
"""
REPAINT = """(before) => new Promise(done => {
  const began = performance.now();
  const seen = () => document.querySelector('h1').innerText !== before;
  new MutationObserver(() => { if (seen()) requestAnimationFrame(() => done(performance.now() - began)) })
    .observe(document.body, {subtree: true, childList: true, characterData: true});
})"""


def median_ms(times: list[float]) -> str:
    low, middle, high = (1e3 * figure for figure in (min(times), statistics.median(times), max(times)))
    return f"{middle:7.1f} ms   (lowest {low:.1f}, highest {high:.1f})"


def timed(work: Callable[[int], object]) -> list[float]:
    times = []
    for run in range(RUNS):
        began = time.perf_counter()
        work(run)
        times.append(time.perf_counter() - began)
    return times


def deciding() -> None:
    decide(ProjectNeeds())
    generator = np.random.default_rng(1)
    times = timed(lambda run: decide(ProjectNeeds(developers=1 + run / 10)))
    floor = timed(lambda run: generator.standard_normal((4_000, 71)))  # as many numbers as one decision draws
    print(f"decide, 4,000 draws           {median_ms(times)}")
    print(f"  drawing as many afresh      {median_ms(floor)}   "
          f"ratio {statistics.median(times) / statistics.median(floor):.1f}")
    decision = decide(ProjectNeeds())
    print(f"archive of a decision         {median_ms(timed(lambda run: to_zip(decision, '', date(2026, 1, 1))))}")


def explaining() -> None:
    """The whole explanation after the decision, and each of its parts."""
    parts = [name for name, it in vars(Explanation).items() if isinstance(it, cached_property)]
    times: dict[str, list[float]] = {part: [] for part in parts}
    for run in range(RUNS):
        explanation = explain(decide(ProjectNeeds(developers=2 + run / RUNS)))  # two options are left to compare
        for part in parts:
            began = time.perf_counter()
            getattr(explanation, part)
            times[part].append(time.perf_counter() - began)
    print(f"explain, everything           {median_ms([sum(run) for run in zip(*times.values(), strict=True)])}")
    for part in parts:
        print(f"  {part:28}{median_ms(times[part])}")


def rerunning() -> None:
    medians = {}
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY)
        for name, script in (("page rerun, on the server", ROOT / "app.py"), ("  an empty script's", empty)):
            with served(script) as (port, _), Visitor(port) as visitor:
                for _ in range(3):
                    visitor.rerun()
                fields = ["Developers"] if "Developers" in visitor.widgets else []
                times = [visitor.rerun(numbers=dict.fromkeys(fields, 2 + run / 10)) for run in range(RUNS)]
            medians[name] = statistics.median(times)
            print(f"{name:30}{median_ms(times)}")
    page, floor = medians.values()
    print(f"  ratio                       {page / floor:7.1f}")


def remembering() -> None:
    with served(ROOT / "app.py") as (port, process_id):
        process = psutil.Process(process_id)
        visitors = []
        for number in range(VISITORS):
            visitor = Visitor(port)
            visitor.rerun()
            visitor.rerun(numbers={"Developers": 1 + number / 10})
            visitors.append(visitor)
            if number in (0, VISITORS - 1):
                print(f"server after {number + 1:2} visitor(s)     {process.memory_info().rss / 2**20:7.0f} MiB")
        for visitor in visitors:
            visitor.socket.close()


def repainting() -> None:
    browser_path = shutil.which("chromium")
    if browser_path is None:
        print("verdict repainted             no browser found (apt-get install chromium)")
        return
    with served(ROOT / "app.py") as (port, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(f"http://127.0.0.1:{port}/")
        page.wait_for_selector(".st-key-cards", timeout=60_000)
        page.wait_for_timeout(3_000)
        times = []
        field = page.get_by_label("Upkeep developers", exact=True)
        for run in range(24):
            field.fill("0" if run % 2 == 0 else "0.5")
            page.evaluate(f"void (window.repainted = ({REPAINT})(document.querySelector('h1').innerText))")
            field.press("Enter")
            times.append(page.evaluate("window.repainted") / 1e3)
            page.wait_for_timeout(400)
        browser.close()
    print(f"verdict repainted in browser  {median_ms(times)}")


def main() -> None:
    print(f"{date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    for part in (deciding, explaining, rerunning, repainting, remembering):
        part()


if __name__ == "__main__":
    main()
