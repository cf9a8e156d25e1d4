"""Replicas come and go; managers go on from their links."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPResponse
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import IDLE, filled, numbers, opened, settled, verdict
from tests.deploy.conftest import Site
from tests.deploy.manager import Manager, project

MANAGERS = 6


def replica_of(context: BrowserContext) -> str:
    return next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "replica")


def works_on(manager: Manager, stop: Event) -> int:
    """Change the form until told to stop and read each answer; how many were read after the manager was moved."""
    after, step = 0, 0
    while not stop.is_set() or not after:
        step += 1
        manager.change(1 + step % 30 / 10)
        assert manager.seen == manager.expected
        after += bool(manager.moves) or stop.is_set()
        time.sleep(0.3)
    return after


def downloaded(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV summary").click()
    return Path(download.value.path()).read_bytes()


def moved(page: Page, context: BrowserContext, away_from: str) -> None:
    """Wait until the page has found another replica."""
    for _ in range(300):
        if replica_of(context) != away_from:
            break
        page.wait_for_timeout(200)
    assert replica_of(context) != away_from
    page.wait_for_selector('[data-test-connection-state="CONNECTED"]', timeout=60_000)
    settled(page)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "asked to stop"])
def test_when_a_replica_ends_under_load_every_manager_goes_on_and_nothing_is_lost(
        own_site: Site, page: Page, context: BrowserContext, end: signal.Signals) -> None:
    opened(page, own_site.address)
    filled(page, "Project", "Customer portal")
    filled(page, "Developers", "3.5")
    before, link, file = (verdict(page), numbers(page)), page.url, downloaded(page)
    served_by, stop = replica_of(context), Event()

    with ThreadPoolExecutor(MANAGERS) as pool:
        managers = list(pool.map(lambda number: Manager(own_site.port, project(number)), range(MANAGERS)))
        homes = [manager.replica for manager in managers]
        assert served_by in homes, "no other manager shares the replica that ends"
        assert set(homes) == set(own_site.processes), "new managers are spread over the replicas"
        work = [pool.submit(works_on, manager, stop) for manager in managers]
        time.sleep(2)
        own_site.end(served_by, end)
        try:
            moved(page, context, served_by)
            assert (verdict(page), numbers(page)) == before
            assert page.url == link
            expect(page.get_by_label("Project", exact=True)).to_have_value("Customer portal")
            expect(page.get_by_label("Developers", exact=True)).to_have_value("3.5")
            assert downloaded(page) == file
        finally:
            stop.set()
        assert all(task.result(90) > 0 for task in work)

    (other,) = set(own_site.processes) - {served_by}
    for manager, home in zip(managers, homes, strict=True):
        assert manager.moves == ([(home, other)] if home == served_by else [])
        manager.close()

    filled(page, "Developers", "4")
    assert "developers=4&" in page.url

    own_site.start(served_by)
    page.wait_for_timeout(6_000)  # longer than nginx leaves it alone
    assert downloaded(page) != file  # from the replica that holds the session, though the first is back
    assert replica_of(context) == other


def test_while_no_replica_answers_the_page_says_so_and_opens_by_itself_afterwards(
        own_site: Site, page: Page) -> None:
    ports = list(own_site.processes)
    for port in ports:
        own_site.end(port, signal.SIGKILL)
    answer: HTTPResponse = own_site.ask("/?developers=3")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "3")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    page.goto(f"{own_site.address}?developers=3.5")
    assert "The page is being restarted" in page.inner_text("body")
    own_site.start(ports[0])
    page.wait_for_selector(IDLE, timeout=60_000)
    settled(page)
    expect(page.get_by_label("Developers", exact=True)).to_have_value("3.5")


def test_no_manager_ever_sees_the_answer_of_another(own_site: Site) -> None:
    """Twelve managers change their forms at once, each with numbers that no other has."""
    def works(number: int) -> set[str]:
        manager = Manager(own_site.port, project(number))
        assert manager.seen == manager.expected
        for step in range(6):
            manager.change(1 + number / 10 + step * 2)
            assert manager.seen == manager.expected
        manager.close()
        return {manager.replica}

    with ThreadPoolExecutor(12) as pool:
        assert set().union(*pool.map(works, range(12))) == set(own_site.processes)
