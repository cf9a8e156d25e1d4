"""What nginx or the app behind it refuses, and in which words."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import ExitStack
from http.client import HTTPResponse

import pytest
from playwright.sync_api import Page, expect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from tests.browser.conftest import opened
from tests.deploy.conftest import Site
from tests.deploy.manager import Manager, project

MEGABYTE = 2**20
UPLOAD = "/_stcore/upload_file/a-session/a-file"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check",
                                  "/_stcore/bidi-components/x", "/_stcore/", "/_stcore/..%2f_stcore/metrics",
                                  "/x/../_stcore/metrics", "//_stcore/metrics"])
def test_what_is_not_for_readers_is_not_there(site: Site, path: str) -> None:
    answer = site.ask(path)
    assert answer.status == 404
    assert b"streamlit" not in answer.read().lower()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_the_page_is_asked_for_and_nothing_is_sent_to_it(site: Site, method: str) -> None:
    assert site.ask("/", method).status == 403


def test_a_file_above_the_limit_is_refused_before_a_replica_sees_it(site: Site) -> None:
    answer = site.ask(UPLOAD, "PUT", Content_Length=str(11 * MEGABYTE + 1))
    assert (answer.status, site.line(answer)["replica"]) == (413, "")
    assert site.ask("/", Content_Length="2000").status == 413


def test_no_more_than_a_dozen_files_are_taken_in_at_a_time(own_site: Site) -> None:
    head = f"PUT {UPLOAD} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000\r\n\r\nx"
    with ExitStack() as senders:
        for _ in range(12):
            sender = senders.enter_context(socket.create_connection(("127.0.0.1", own_site.port)))
            sender.sendall(head.encode())
        answer = retried(lambda: own_site.ask(UPLOAD, "PUT", b"project\n"), 429)
        assert own_site.line(answer)["replica"] == ""
    assert retried(lambda: own_site.ask(UPLOAD, "PUT", b"project\n"), 403).status == 403  # no token


def retried(ask: Callable[[], HTTPResponse], status: int) -> HTTPResponse:
    """The answer, once nginx has seen all who came or went before."""
    for _ in range(50):
        answer = ask()
        if answer.status == status:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"nginx answers {answer.status}")


def test_the_page_says_how_large_a_file_may_be(site: Site, page: Page) -> None:
    opened(page, f"{site.address}projects")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": "large.csv", "mimeType": "text/csv", "buffer": b"x" * (10 * MEGABYTE + 1)})
    expect(page.get_by_text("File must be 10.0MB or smaller.")).to_be_visible(timeout=60_000)


def test_an_upload_without_the_token_of_the_page_is_refused(site: Site) -> None:
    answer = site.ask(UPLOAD, "PUT", b"project\n")
    assert (answer.status, site.line(answer)["replica_status"]) == (403, "403")


@pytest.mark.parametrize("origin", ["https://example.org", "http://127.0.0.1.example.org", "null"])
def test_a_page_of_another_site_cannot_open_a_session(site: Site, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://127.0.0.1:{site.port}/_stcore/stream", origin=Origin(origin),
                subprotocols=[Subprotocol("streamlit")])
    assert refused.value.response.status_code == 403


def test_a_link_with_every_figure_replaced_is_let_through_and_one_of_any_length_is_not(site: Site) -> None:
    assert site.ask(f"/?own={'x' * 12_000}").status == 200
    assert site.ask(f"/?own={'x' * 20_000}").status == 414


def test_a_message_above_the_limit_ends_that_session_alone(site: Site) -> None:
    large, other = Manager(site.port, project(1)), Manager(site.port, project(2))
    with pytest.raises(ConnectionClosed):
        large.socket.send(b"x" * (21 * MEGABYTE))
        large.socket.recv(timeout=60)
    other.change(3)
    assert other.seen == other.expected
    other.close()
