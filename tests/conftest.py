"""What holds for every test, and the browser of those that need one; only they import its library."""

from __future__ import annotations

import csv
import os
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

import tests.quick_pages  # noqa: F401 – for what it sets
from tests.server import AS_SHIPPED

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# The headless shell is the same browser without what draws on a screen: it starts faster.
CHROMIUM = next(filter(None, map(shutil.which, (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))), None)
# A page lives for seconds: to optimize its scripts, or to collect what they leave, costs more than it saves.
SHORT_LIVED = "--js-flags=--no-opt --no-maglev --min-semi-space-size=64 --initial-heap-size=512"

sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # as in AS_SHIPPED, for this process
os.environ["PYTHONPATH"] = AS_SHIPPED["PYTHONPATH"]


# What starts servers and browsers, and waits for them.
WAITING = tuple(f"tests/{place}" for place in (
    "browser/", "test_fourth_option.py", "test_operation.py", "test_visitors.py", "web/server/"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let each process begin with tests that wait, so that others compute meanwhile: one with those that share a site,
    one with those that end their sites, the rest with browsers. Each is given an equal part of the list at first."""
    processes = getattr(config, "workerinput", {}).get("workercount", 1)
    if processes < 3:
        return
    sites = [item for item in items if item.nodeid.startswith("tests/deploy/")]
    waiting = [item for item in items if item.nodeid.startswith(WAITING)]
    share = len(waiting) // (processes - 2) + 1
    first = [[item for item in sites if "site" in item.fixturenames],
             [item for item in sites if "site" not in item.fixturenames],
             *(waiting[place:place + share] for place in range(0, len(waiting), share))]
    others = [item for item in items if not item.nodeid.startswith(("tests/deploy/", *WAITING))]
    left, ordered = len(items), []
    for place, part in enumerate(first):
        size = left // (processes - place)
        more = max(size - len(part), 0)
        ordered += part + others[:more]
        others, left = others[more:], left - size
    items[:] = ordered + others


@pytest.fixture(autouse=True)
def _longest_cell() -> Iterator[None]:
    """The validator of Data Packages lifts the limit of a CSV cell for the whole process; our own reader counts on
    it."""
    limit = csv.field_size_limit()
    yield
    csv.field_size_limit(limit)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        message = "no browser was found; on Debian, `apt-get install chromium-headless-shell` brings one"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 – no need of tests without a page

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", SHORT_LIVED,
                                            "--font-render-hinting=none",  # letters as wide as on real screens
                                            "--process-per-site"])  # tabs share what they have compiled
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Page:
    """The tab in which most tests open their pages: their scripts are compiled once."""
    from tests.browser.conftest import visitor  # noqa: PLC0415

    return visitor(browser).new_page()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """The tab without anything that another test has left."""
    size = tab.viewport_size
    tab.context.new_cdp_session(tab).send("Page.resetNavigationHistory")
    yield tab
    for other in tab.context.pages[1:]:
        other.close()
    tab.context.clear_cookies()
    if tab.url.startswith("http"):
        tab.evaluate("localStorage.clear(), sessionStorage.clear()")
    tab.emulate_media(color_scheme="null")
    tab.set_viewport_size(size)
