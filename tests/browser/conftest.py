"""The real app behind a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Download, Page

from tests.server import served

SIZES = [(1366, 768), (768, 1024), (390, 844)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHOTS = os.environ.get("SCREENSHOTS")  # a folder, to keep what was seen
BACKGROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The app's address, served for all tests of the session."""
    with served() as (port, _):
        yield f"http://localhost:{port}/"


def opened(page: Page, address: str) -> Page:
    """`page` at `address`, drawn in full, without a traceback."""
    page.goto(address)
    settled(page)
    page.wait_for_selector("h1", timeout=60_000)
    settled(page)
    return page


def settled(page: Page) -> None:
    """Wait until the page's last run has ended."""
    page.wait_for_selector(IDLE, timeout=60_000)
    page.wait_for_timeout(250)
    page.wait_for_selector(IDLE, timeout=60_000)
    assert page.get_by_test_id("stException").count() == 0


def filled(page: Page, label: str, value: str) -> None:
    """Type `value` into a field and leave it."""
    field = page.get_by_label(label, exact=True)
    field.fill(value)
    field.press("Tab")
    settled(page)


def verdict(page: Page) -> str:
    return page.locator("h1").inner_text()


def numbers(page: Page) -> list[str]:
    """What the three cards say."""
    page.wait_for_selector(".st-key-cards")
    return page.locator(".st-key-cards").inner_text().split("\n")


def keeps_wcag_and_never_scrolls_sideways(page: Page, name: str, sizes: list[tuple[int, int]] = SIZES) -> None:
    """See the page on screens of these sizes and in both themes, which it follows without being opened again."""
    seen = set()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.wait_for_function(f"seen => !seen.includes({BACKGROUND})", arg=sorted(seen))
        seen.add(page.evaluate(BACKGROUND))
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(500)  # charts are drawn anew and fade in
            assert violations(page) == [], (name, width, theme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width, theme)
            if SHOTS:
                Path(SHOTS).mkdir(parents=True, exist_ok=True)
                page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{theme}.png")


def violations(page: Page) -> list[tuple[str, str]]:
    """The rules of WCAG 2.2, levels A and AA, that the page breaks, with the first place of each."""
    found = Axe().run(page, options={"runOnly": RULES})["violations"]
    return [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found]


def name_of(download: Download) -> str:
    """The name of a file without the digest of its content, which each holds."""
    digest = hashlib.sha256(Path(download.path()).read_bytes()).hexdigest()[:8]
    assert f"-{digest}." in download.suggested_filename
    return download.suggested_filename.replace(f"-{digest}", "")
