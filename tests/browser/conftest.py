"""The real app behind a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page

from tests.server import served

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


def name_of(download: Download) -> str:
    """The name of a file without the digest of its content, which each holds."""
    digest = hashlib.sha256(Path(download.path()).read_bytes()).hexdigest()[:8]
    assert f"-{digest}." in download.suggested_filename
    return download.suggested_filename.replace(f"-{digest}", "")
