"""The real app behind a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Download, Page, expect

from tests.server import served

PATIENCE = 60_000  # milliseconds that a test waits for anything on a page
expect.set_options(PATIENCE)
SIZES = [(1366, 768), (768, 1024), (390, 844)]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_COLORS = ("color-contrast", "link-in-text-block")  # the rules that a theme may break
COLORS = {"runOnly": {"type": "rule", "values": OF_COLORS}}
ALL_RULES: dict[str, Any] = {"runOnly": LEVELS}
SHOTS = os.environ.get("SCREENSHOTS")  # a folder, to keep what was seen
IS_LIGHT = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor.match(/\\d+/)[0] > 127"

FITS = """width => [document.documentElement, document.querySelector('[data-testid=stMain]')].every(
    part => part.scrollWidth <= width)"""

# When the page last asked for a run, when a run last began, and when anything last changed, in the page's milliseconds.
WATCH = """(() => {
  const seen = window.seen = {asked: 0, began: 0, changed: 0}
  const send = WebSocket.prototype.send
  WebSocket.prototype.send = function (message) {
    if (message[0] === 0x5a) seen.asked = performance.now()  // BackMsg.rerun_script
    send.call(this, message)
  }
  new MutationObserver(changes => {
    seen.changed = performance.now()
    if (changes.some(({attributeName, target}) => attributeName === 'data-test-script-state'
                     && target.dataset.testScriptState === 'running')) seen.began = seen.changed
  }).observe(document, {subtree: true, childList: true, characterData: true, attributes: true})
  for (const event of ['keydown', 'input', 'pointerdown', 'popstate', 'resize'])
    addEventListener(event, () => { seen.changed = performance.now() }, true)
})()"""
# Nothing is drawn sixty times a second. Transitions stay: without those of the sidebar, charts miss a change of width.
STILL = """(() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('*, *::before, *::after { animation: none !important }')
  document.adoptedStyleSheets = [sheet]
})()"""
# The run that was asked for has ended (some are too short to be seen), each element has its code, and all is still.
SETTLED = """() => {
  const app = document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')
  const now = performance.now()
  return app !== null && now - seen.changed > 150 && (seen.began > seen.asked || now - seen.asked > 1000)
    && app.querySelector('[data-testid="stSkeleton"]') === null
    && document.getAnimations().every(it => it.playState !== 'running')
}"""


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The app's address, served for all tests of the session."""
    with served(Path(__file__).parent / "patient_app.py") as (port, _):
        yield f"http://localhost:{port}/"


def visitor(browser: Browser, width: int = SIZES[0][0], height: int = SIZES[0][1], **settings: Any) -> BrowserContext:
    """A browser that has been nowhere yet, with a screen of this size."""
    context = browser.new_context(viewport={"width": width, "height": height}, **settings)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE)
    context.add_init_script(WATCH)
    context.add_init_script(STILL)
    return context


def opened(page: Page, address: str) -> Page:
    """`page` at `address`, drawn in full, without a traceback."""
    page.goto(address)
    settled(page)
    page.wait_for_selector("h1")
    return page


def settled(page: Page) -> None:
    """Wait until all is drawn that was asked for."""
    page.wait_for_function(SETTLED, polling=50)
    assert page.get_by_test_id("stException").count() == 0


def filled(page: Page, label: str, value: str) -> None:
    """Type `value` into a field and leave it."""
    field = page.get_by_label(label, exact=True)
    field.fill(value)
    field.press("Tab")
    settled(page)


def verdict(page: Page) -> str:
    return page.locator("h1").inner_text()


def answer(page: Page) -> str:
    """The verdict, its sentence and the cards."""
    return page.locator(".st-key-answer").inner_text()


def files_shown(page: Page) -> Page:
    """The page with the files to download in sight."""
    page.locator(".st-key-download").get_by_role("button").first.click()
    settled(page)
    return page


def open_tab(page: Page, label: str) -> None:
    """Open a tab of the page Decide."""
    page.get_by_role("tab", name=label).click()
    settled(page)


def numbers(page: Page) -> list[str]:
    """What the cards say."""
    return page.locator(".st-key-cards").inner_text().split("\n")


def keeps_wcag_and_never_scrolls_sideways(page: Page, name: str, place: str = "html") -> None:
    """See the page on screens of all sizes and in both themes, which it follows without being opened again. The rules
    of WCAG are looked at on the largest and the smallest screen, those of the dark theme on the smallest.
    `place` is where: a part of a page whose rest was looked at before."""
    page.evaluate(AXE)
    looks: list[tuple[tuple[int, int], Literal["light", "dark"], dict[str, Any] | None]] = [
        (SIZES[0], "light", ALL_RULES), (SIZES[1], "light", None), (SIZES[2], "light", ALL_RULES),
        (SIZES[2], "dark", COLORS)]
    for (width, height), theme, rules in looks:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(f"light => ({IS_LIGHT}) === light", arg=theme == "light", polling=50)
        settled(page)
        assert rules is None or violations(page, rules, place) == [], (name, width, theme)
        page.wait_for_function(FITS, arg=width)  # charts follow when they can
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{theme}.png")


def violations(page: Page, options: dict[str, Any], place: str = "html") -> list[list[str]]:
    """The rules of WCAG 2.2, levels A and AA, that a place of the page breaks, with the first element of each."""
    found: list[list[str]] = page.evaluate("""async ([options, place]) =>
        (await axe.run(place, {...options, resultTypes: ['violations']})).violations.map(
            ({id, nodes}) => [id, nodes[0].html.slice(0, 200)])""", [options, place])
    return found


def name_of(download: Download) -> str:
    """The name of a file without the digest of its content, which each holds."""
    digest = hashlib.sha256(Path(download.path()).read_bytes()).hexdigest()[:8]
    assert f"-{digest}." in download.suggested_filename
    return download.suggested_filename.replace(f"-{digest}", "")
