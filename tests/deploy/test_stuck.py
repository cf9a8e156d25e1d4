"""A replica that hangs is left within five seconds, and nothing that is merely slow is cut off."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit
from playwright.sync_api import Page, expect
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.browser.conftest import opened
from tests.deploy.conftest import Site, deployed
from tests.deploy.manager import Manager, project
from tests.deploy.test_replicas import replica_of
from tests.visitor import STREAMLIT, stream

SOON = 5.0  # seconds
UPLOAD = "/_stcore/upload_file/a-session/a-file"


@pytest.fixture(scope="module")
def patient_site(nginx: None) -> Iterator[Site]:
    """Two warm replicas behind nginx that stay stuck when they are."""
    with deployed(HIRING_SILENT_SECONDS="600") as site:
        for replica in site.processes:
            Manager(site.port, project(0), replica).close()
        yield site


@contextmanager
def stuck(site: Site, replica: str) -> Iterator[None]:
    server = site.server(replica)
    server.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        server.send_signal(signal.SIGCONT)


def took(site: Site, path: str, status: int, cookie: str = "", method: str = "GET") -> float:
    """Seconds until nginx answers with `status`."""
    began = time.monotonic()
    answer = site.ask(path, method, b"project\n" if method == "PUT" else None, **{"Cookie": cookie} if cookie else {})
    answer.read()
    assert answer.status == status
    return time.monotonic() - began


def test_visitors_new_and_its_own_leave_a_stuck_replica_within_five_seconds(patient_site: Site) -> None:
    site = patient_site
    mine = Manager(site.port, project(1))
    home, cookie = mine.replica, f"replica={mine.replica}"
    with stuck(site, home):
        new = [took(site, "/", 200) for _ in range(8)]
        assert max(new) < SOON
        assert sum(seconds > 1 for seconds in new) <= 1, "one visitor waits for all, until nginx tries it again"
        for path, status in (("/", 200), ("/static/none.js", 200), ("/_stcore/health", 200), ("/healthz", 200),
                             ("/_stcore/host-config", 200), ("/media/none.csv", 404)):
            assert took(site, path, status, cookie) < SOON, path
        assert took(site, UPLOAD, 403, cookie, "PUT") < SOON  # the other replica knows no such page
        began = time.monotonic()
        with connect(stream(site.port), additional_headers={"Cookie": cookie}, subprotocols=STREAMLIT,
                     origin=Origin(site.address.rstrip("/"))):
            waited = time.monotonic() - began
        assert waited < SOON
        back = Manager(site.port, project(2), home)
        assert back.seen == back.expected
        assert back.replica != home
    mine.change(5)  # its socket was not cut off
    assert mine.moves == []
    assert mine.seen == mine.expected
    assert took(site, "/", 200, cookie) < 1
    for manager in (mine, back):
        manager.close()


def test_a_browser_whose_replica_hangs_opens_its_link_elsewhere(patient_site: Site, page: Page) -> None:
    opened(page, f"{patient_site.address}?developers=3.5")
    home = replica_of(page)
    with stuck(patient_site, home):
        began = time.monotonic()
        page.reload(wait_until="commit")
        assert time.monotonic() - began < SOON
        page.wait_for_selector('[data-test-connection-state="CONNECTED"]')
        assert replica_of(page) != home
        expect(page.get_by_label("Developers to build", exact=True)).to_have_value("3.5")


def test_while_every_replica_hangs_the_page_says_so_within_five_seconds(patient_site: Site) -> None:
    first, second = patient_site.processes
    with stuck(patient_site, first), stuck(patient_site, second):
        assert took(patient_site, "/", 503) < SOON
        assert took(patient_site, "/", 503, f"replica={first}") < SOON
    assert took(patient_site, "/", 200, f"replica={first}") < SOON


def test_a_replica_that_hangs_is_ended_and_comes_back(nginx: None) -> None:
    with deployed(HIRING_SILENT_SECONDS="6") as site:
        manager = Manager(site.port, project(1))
        home = manager.replica
        before = site.server(home)
        before.send_signal(signal.SIGSTOP)
        manager.change(4)  # cut off when its replica is ended
        assert manager.moves == [(home, *set(site.processes) - {home})]
        manager.close()
        assert not before.is_running()
        for _ in range(300):
            if site.ask("/", Cookie=f"replica={home}").headers["Set-Cookie"] is None:  # from its own replica
                return
            time.sleep(0.1)
        raise AssertionError("the replica did not come back")


def test_a_socket_on_which_nobody_types_and_a_slow_download_are_not_cut_off(site: Site) -> None:
    """Both for longer than any bound on a single read or write. The manager answers pings, as a browser does."""
    quiet, received = Manager(site.port, project(3)), 0
    scripts = Path(streamlit.__file__).parent / "static" / "static" / "js"
    file = max(scripts.iterdir(), key=lambda it: it.stat().st_size)
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**16)
        reader.connect(("127.0.0.1", site.port))
        head = f"GET /static/js/{file.name} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        reader.sendall(head.encode())
        while part := reader.recv(2**17, socket.MSG_WAITALL):
            received += len(part)
            time.sleep(65 * 2**17 / file.stat().st_size)
    assert received > file.stat().st_size
    quiet.change(5)
    assert quiet.moves == []
    quiet.close()
