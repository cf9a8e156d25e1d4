"""`python -m benchmarks.screen`: what a visitor to the page Decide sees, in a real browser: words, screens, sentences
that are hard to read, layout shift, and how soon the verdict is there."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.measure import machine, report
from tests.browser.conftest import opened, settled, visitor
from tests.readability import readability, sentences
from tests.server import ROOT, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZES = ((1366, 768), (390, 844))
TABS = ("cost", "timeline", "why", "change", "watch_out", "numbers")
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
STARTS = 5  # fresh processes of each script
CHANGES = 5
EMPTY = """import streamlit as st
st.set_page_config("Empty", layout="wide", initial_sidebar_state=330)
page = st.navigation([st.Page(lambda: None, title=title, url_path=title.lower().replace(" ", "-"), default=not place)
                      for place, title in enumerate({titles})], position="{position}")
page.run()
with st.sidebar:
    st.markdown("A form")
st.markdown("# Nothing")
"""
TITLES = ("Decide", "Compare", "Projects", "Brief", "Evidence", "How it works")
SHIFTS = """window.shifts = []
new PerformanceObserver(list => { for (const it of list.getEntries()) window.shifts.push(it.value) })
  .observe({type: "layout-shift", buffered: true})"""
SEEN = """() => ({
  words: document.querySelector('[data-testid=stApp]').innerText.split(/\\s+/).filter(Boolean).length,
  high: document.querySelector('[data-testid=stMain]').scrollHeight / innerHeight,
  texts: [...document.querySelectorAll('[data-testid=stMarkdownContainer] :is(p, li, h1, h2, h3)')]
    .filter(it => it.checkVisibility() && !it.closest('table')).map(it => it.innerText),
})"""


@contextmanager
def empty_served() -> Iterator[int]:
    """The port of a page with the same navigation, sidebar and theme, and nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / ".streamlit", Path(folder) / ".streamlit")
        script = Path(folder) / "empty.py"
        position = "sidebar" if 'position="sidebar"' in (ROOT / "app.py").read_text(encoding="utf-8") else "top"
        script.write_text(EMPTY.format(titles=TITLES, position=position), encoding="utf-8")
        with served(script) as (port, _):
            yield port


def fresh(browser: Browser, width: int, height: int) -> Page:
    context = visitor(browser, width, height)
    context.add_init_script(SHIFTS)
    return context.new_page()


def shift(page: Page) -> float:
    return float(page.evaluate("window.shifts.splice(0).reduce((sum, one) => sum + one, 0)"))


def tabs_seen(browser: Browser, address: str, query: str) -> None:
    """Words, screens and hard sentences of each tab."""
    hard: dict[str, float] = {}
    print(f"{'tab':12}{'size':12}{'words':>7}{'screens':>9}{'shift at load':>15}")
    for place, tab in enumerate(TABS):
        for width, height in SIZES:
            page = fresh(browser, width, height)
            opened(page, f"{address}?{query}")
            page.get_by_role("tab").nth(place).click()
            settled(page)
            seen: dict[str, Any] = page.evaluate(SEEN)
            size = f"{width}×{height}"
            print(f"{tab:12}{size:12}{seen['words']:>7}{seen['high']:>9.2f}{shift(page):>15.3f}", flush=True)
            hard |= {it: readability(it) for text in seen["texts"] for it in sentences(text) if readability(it) > 9}
            page.context.close()
    print(f"{len(hard)} sentences of six words or more have a readability index above 9")
    for sentence, index in sorted(hard.items(), key=lambda item: -item[1]):
        print(f"  {index:4.1f}  {sentence}")


def shifts(browser: Browser, address: str, query: str, empty: str) -> None:
    """Layout shift at load, beside an empty page's, and at a change."""
    for width, height in SIZES:
        figures = []
        for place in (empty, f"{address}?{query}"):
            page = fresh(browser, width, height)
            opened(page, place)
            figures.append(shift(page))
            if place != empty and width > 1000:
                for run in range(CHANGES):
                    field = page.locator(".st-key-need_developers input")
                    field.fill(str(3 + run))
                    field.press("Enter")
                    settled(page)
                    print(f"  developers changed to {3 + run}: layout shift {shift(page):.3f}")
            page.context.close()
        print(f"{width}×{height}: layout shift at load {figures[1]:.3f}, an empty page's {figures[0]:.3f}, "
              f"above it {figures[1] - figures[0]:.3f}", flush=True)


def first_visits(browser: Browser) -> None:
    """The time until the heading is there for the first visitor to a fresh process, beside an empty page's."""
    times: dict[str, list[float]] = {"empty": [], "app": []}
    for _ in range(STARTS):
        with empty_served() as port:
            times["empty"].append(until_heading(browser, port))
        with served() as (port, _):
            times["app"].append(until_heading(browser, port))
    report("first visitor: an empty page's heading", times["empty"])
    report("first visitor: the verdict", times["app"], times["empty"])


def until_heading(browser: Browser, port: int) -> float:
    page = fresh(browser, *SIZES[0])
    began = time.perf_counter()
    page.goto(f"http://localhost:{port}/")
    page.wait_for_selector("h1")
    taken = time.perf_counter() - began
    page.context.close()
    return taken


def main() -> None:
    print(machine())
    query = sys.argv[1] if len(sys.argv) > 1 else ""
    with sync_playwright() as playwright, served() as (port, _), empty_served() as empty:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        tabs_seen(browser, f"http://localhost:{port}/", query)
        shifts(browser, f"http://localhost:{port}/", query, f"http://localhost:{empty}/")
        first_visits(browser)
        browser.close()


if __name__ == "__main__":
    main()
