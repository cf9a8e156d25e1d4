"""Replicas come and go; managers go on from their links."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.client import HTTPResponse
from pathlib import Path
from threading import Event
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import files_shown, filled, numbers, opened, settled, verdict
from tests.deploy.conftest import Site
from tests.deploy.manager import Manager, project

MANAGERS = 4


def replica_of(page: Page) -> str:
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "replica")


def together(work: Callable[[Any], Any], given: Iterable[Any]) -> list[Any]:
    """`work` done for everything given at once."""
    with ThreadPoolExecutor(20) as pool:
        return list(pool.map(work, given))


def works_on(manager: Manager, stop: Event) -> int:
    """Change the form until told to stop and read each answer; how many were read."""
    read = 0
    while not stop.is_set() or not read:
        read += 1
        manager.change(1 + read % 30 / 10)
        assert manager.seen == manager.expected
        stop.wait(2)
    return read


@contextmanager
def at_work(managers: list[Manager]) -> Iterator[None]:
    """The managers change their forms all through the block, and once more after it."""
    stop = Event()
    with ThreadPoolExecutor(len(managers)) as pool:
        work = [pool.submit(works_on, manager, stop) for manager in managers]
        try:
            yield
        finally:
            stop.set()
        assert all(task.result(90) for task in work)
    for manager in managers:
        manager.change(5)
        assert manager.seen == manager.expected


def downloaded(page: Page) -> bytes:
    download_button = page.get_by_role("button", name="Download CSV summary")
    if not download_button.is_visible():
        files_shown(page)
    with page.expect_download() as download:
        download_button.click()
    return Path(download.value.path()).read_bytes()


def watched(page: Page) -> None:
    """Count the runs of the page from here on."""
    page.evaluate("""() => {
      const app = document.querySelector('[data-testid="stApp"]')
      window.runs = 0
      new MutationObserver(() => { window.runs += app.dataset.testScriptState === 'running' })
        .observe(app, {attributes: true, attributeFilter: ['data-test-script-state']})
    }""")


def moved(page: Page, away_from: str) -> None:
    """Wait until the page has found another replica, which has run it from its link."""
    for _ in range(300):
        if replica_of(page) != away_from and page.evaluate("window.runs"):
            break
        page.wait_for_timeout(200)
    assert replica_of(page) != away_from
    page.wait_for_selector('[data-test-connection-state="CONNECTED"]')
    settled(page)


def test_when_replicas_end_under_load_every_manager_goes_on_and_nothing_is_lost(
        own_site: Site, page: Page) -> None:
    """One is killed; when it is back the other is asked to stop."""
    opened(page, f"{own_site.address}?project=Customer+portal&developers=3.5")
    first, file = replica_of(page), downloaded(page)
    (second,) = set(own_site.processes) - {first}
    managers = together(partial(Manager, own_site.port), map(project, range(MANAGERS)))
    homes = [manager.replica for manager in managers]
    assert set(homes) == {first, second}, "new managers are spread over the replicas"

    for ends, other, end in ((first, second, signal.SIGKILL), (second, first, signal.SIGTERM)):
        before, link = (verdict(page), numbers(page)), page.url
        watched(page)
        with at_work(managers):
            own_site.end(ends, end)
            moved(page, ends)
            assert (verdict(page), numbers(page)) == before
            assert page.url == link
            expect(page.get_by_label("Project", exact=True)).to_have_value("Customer portal")
            expect(page.get_by_label("Developers to build", exact=True)).to_have_value("3.5")
            assert downloaded(page) == file

        if end == signal.SIGKILL:
            own_site.start(ends)
            page.wait_for_timeout(6_000)  # longer than nginx leaves it alone
        assert downloaded(page) == file  # from the replica that holds the session, though the first is back
        assert replica_of(page) == other

    for manager, home in zip(managers, homes, strict=True):
        assert manager.moves == [(first, second)] * (home == first) + [(second, first)]
        manager.close()
    filled(page, "Developers to build", "4")
    assert "developers=4&" in page.url
    own_site.end(first, signal.SIGKILL)
    while_no_replica_answers_the_page_says_so_and_opens_by_itself_afterwards(own_site, page, first)


def while_no_replica_answers_the_page_says_so_and_opens_by_itself_afterwards(
        own_site: Site, page: Page, back: str) -> None:
    answer: HTTPResponse = own_site.ask("/?developers=3")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "3")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    page.goto(f"{own_site.address}?developers=3.5")
    assert "The page is being restarted" in page.inner_text("body")
    own_site.start(back)
    settled(page)
    expect(page.get_by_label("Developers to build", exact=True)).to_have_value("3.5")
