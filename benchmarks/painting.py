"""What a person waits for in a real browser: the first paint, the verdict, and the verdict repainted after a change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.measure import AS_SHIPPED, told
from benchmarks.pages import HEADED, both_served
from tests.server import served

COLD, WARM, CHANGES = 3, 8, 24  # servers started, pages opened on a warm one, changes of a field
# When the heading was first there, in ms since the page was asked for.
WATCHED = """new MutationObserver((_, watch) => {
  if (document.querySelector('h1')?.innerText) { window.stood = performance.now(); watch.disconnect() }
}).observe(document, {subtree: true, childList: true, characterData: true})"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
REPAINT = """(before) => new Promise(done => {
  const began = performance.now();
  const seen = () => document.querySelector('h1').innerText !== before;
  new MutationObserver(() => { if (seen()) requestAnimationFrame(() => done(performance.now() - began)) })
    .observe(document.body, {subtree: true, childList: true, characterData: true});
})"""


@contextmanager
def chromium() -> Iterator[Browser | None]:
    path = shutil.which("chromium")
    if path is None:
        print("no browser found (apt-get install chromium)")
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def painting() -> None:
    with chromium() as browser:
        if browser is not None:
            _cold(browser)
            _warm(browser)


def _cold(browser: Browser) -> None:
    """The first visitor after a start, of the app and of an empty script in turns."""
    opened: dict[str, list[tuple[float, float]]] = {"the app": [], "an empty script": []}
    for _ in range(COLD):
        with both_served(HEADED) as servers:
            for (port, _), taken in zip(servers, opened.values(), strict=True):
                taken.append(_opened(browser, port))
    _tell("first visitor after a start", opened)


def _warm(browser: Browser) -> None:
    """Every later visitor, with an empty cache in the browser; then the verdict repainted after a change."""
    opened: dict[str, list[tuple[float, float]]] = {"the app": [], "an empty script": []}
    with both_served(HEADED) as servers:
        for _ in range(WARM + 1):
            for (port, _), taken in zip(servers, opened.values(), strict=True):
                taken.append(_opened(browser, port))
        _tell("later visitor", {name: taken[1:] for name, taken in opened.items()})
    with served(environment=AS_SHIPPED) as (port, _):
        told("a changed field until the verdict is repainted", _repainted(browser, port))


def _tell(who: str, opened: dict[str, list[tuple[float, float]]]) -> None:
    floor = opened["an empty script"]
    for place, what in enumerate(("first contentful paint", "heading stands")):
        print(f"{who}, {what}")
        for name, taken in opened.items():
            told(f"  {name}", [it[place] for it in taken], [it[place] for it in floor])


def _opened(browser: Browser, port: int) -> tuple[float, float]:
    """Seconds until something is painted, and until the heading stands, of a page opened anew."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.add_init_script(WATCHED)
    page.goto(f"http://127.0.0.1:{port}/")
    page.wait_for_function("window.stood", timeout=60_000)
    page.wait_for_function(PAINTED)
    times = page.evaluate(PAINTED) / 1e3, page.evaluate("window.stood") / 1e3
    _quiet(page)
    context.close()
    return times


def _quiet(page: Page) -> None:
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)


def _repainted(browser: Browser, port: int) -> list[float]:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(f"http://127.0.0.1:{port}/")
    page.wait_for_selector(".st-key-cards", timeout=60_000)
    page.wait_for_timeout(3_000)
    field, times = page.get_by_label("Upkeep developers", exact=True), []
    for run in range(CHANGES):
        field.fill("0" if run % 2 == 0 else "0.5")
        page.evaluate(f"void (window.repainted = ({REPAINT})(document.querySelector('h1').innerText))")
        field.press("Enter")
        times.append(page.evaluate("window.repainted") / 1e3)
        page.wait_for_timeout(400)
    page.close()
    return times
