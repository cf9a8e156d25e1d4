"""What nginx or the app behind it refuses, and in which words."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPResponse

import pytest
from websockets.exceptions import ConnectionClosed

from tests.deploy.conftest import Site
from tests.deploy.manager import Manager, project
from tests.server import ROOT

MEGABYTE = 2**20
MOST_UPLOADS = 32  # at a time, of all visitors
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


def test_one_visitor_sends_two_files_at_a_time_and_keeps_nobody_else_from_sending(site: Site) -> None:
    with slow_uploads(site, ["127.0.0.2"] * 20):
        answer = retried(lambda: site.ask(UPLOAD, "PUT", b"project\n", "127.0.0.2"), 429)
        assert site.line(answer)["replica"] == ""
        for sender in ("127.0.0.1", "127.0.0.3"):
            assert site.ask(UPLOAD, "PUT", b"project\n", sender).status == 403  # no token


def test_a_visitor_is_known_by_the_address_that_a_proxy_on_this_host_tells_and_no_other_sender(site: Site) -> None:
    with slow_uploads(site, ["127.0.0.1"] * 3, "X-Forwarded-For: 192.0.2.7"):
        retried(lambda: site.ask(UPLOAD, "PUT", b"project\n", X_Forwarded_For="192.0.2.7"), 429)
        assert site.ask(UPLOAD, "PUT", b"project\n", X_Forwarded_For="192.0.2.8").status == 403
    with slow_uploads(site, ["127.0.0.2"] * 3, "X-Forwarded-For: 192.0.2.9"):
        retried(lambda: site.ask(UPLOAD, "PUT", b"project\n", "127.0.0.2", X_Forwarded_For="192.0.2.10"), 429)


def test_all_uploads_on_their_way_together_find_room(site: Site) -> None:
    with slow_uploads(site, [f"127.0.1.{number // 2}" for number in range(MOST_UPLOADS)]):
        retried(lambda: site.ask(UPLOAD, "PUT", b"project\n"), 429)
    (room,) = re.findall(r"/tmp/nginx:size=(\d+)m", (ROOT / "deploy" / "compose.yaml").read_text())
    assert int(room) >= MOST_UPLOADS * 11


@contextmanager
def slow_uploads(site: Site, senders: list[str], header: str = "X-None: none") -> Iterator[None]:
    """An upload from each of the `senders` that has begun and does not end; after the block nginx knows of none."""
    head = f"PUT {UPLOAD} HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}\r\nContent-Length: 9000000\r\n\r\nx"
    with ExitStack() as stack:
        for sender in senders:
            upload = socket.create_connection(("127.0.0.1", site.port), source_address=(sender, 0))
            stack.enter_context(upload).sendall(head.encode())
        yield
    for sender in set(senders):
        retried(lambda sender=sender: site.ask(UPLOAD, "PUT", b"project\n", sender), 403)


def retried(ask: Callable[[], HTTPResponse], status: int) -> HTTPResponse:
    """The answer, once nginx has seen all who came or went before."""
    for _ in range(50):
        answer = ask()
        if answer.status == status:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"nginx answers {answer.status}")


def test_an_upload_without_the_token_of_the_page_is_refused(site: Site) -> None:
    answer = site.ask(UPLOAD, "PUT", b"project\n")
    assert (answer.status, site.line(answer)["replica_status"]) == (403, "403")


@pytest.mark.parametrize("origin", ["https://example.org", "http://127.0.0.1.example.org", "null"])
def test_a_page_of_another_site_cannot_open_a_session(site: Site, origin: str) -> None:
    assert handshake(site, f"127.0.0.1:{site.port}", origin) == 403
    assert site.ask(UPLOAD, "PUT", b"project\n", Origin=origin).status == 403


@pytest.mark.parametrize("origin", [
    "http://localhost", "http://localhost:1", "https://localhost", "http://LOCALHOST:8501", "http://0.0.0.0",
    "https://127.0.0.1:1", "http://127.0.0.1", "http://[::1]:8080", "https://hiring.example.org:444",
    "https://hiring.example.org.localhost", "https://user@hiring.example.org", "ftp://hiring.example.org",
    "https://hiring.example.org https://hiring.example.org", "null", "localhost"])
def test_a_site_with_a_name_lets_in_pages_of_its_own_alone(site: Site, origin: str) -> None:
    assert handshake(site, "hiring.example.org", origin) == 403
    answer = site.ask(UPLOAD, "PUT", b"project\n", Host="hiring.example.org", Origin=origin)
    assert (answer.status, site.line(answer)["replica"]) == (403, "")


@pytest.mark.parametrize(("host", "origin"), [
    ("hiring.example.org", "https://hiring.example.org"), ("hiring.example.org", "http://hiring.example.org"),
    ("hiring.example.org:8443", "https://hiring.example.org:8443"), ("localhost:8080", "http://localhost:8080"),
    ("localhost", "http://localhost"), ("127.0.0.1:8080", "http://localhost:8080"), ("hiring.example.org", None)])
def test_a_page_of_the_site_itself_opens_a_session(site: Site, host: str, origin: str | None) -> None:
    assert handshake(site, host, origin) == 101


def handshake(site: Site, host: str, origin: str | None) -> int:
    """The status with which a socket is given to a page of `origin` that calls the site `host`."""
    headers = {"Host": host, "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
               "Sec-WebSocket-Key": "MDEyMzQ1Njc4OTAxMjM0NQ==", "Sec-WebSocket-Protocol": "streamlit"}
    connection = HTTPConnection("127.0.0.1", site.port, timeout=20)
    connection.request("GET", "/_stcore/stream", headers=headers | ({"Origin": origin} if origin else {}))
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_link_with_every_figure_replaced_is_let_through_and_one_of_any_length_is_not(site: Site) -> None:
    assert site.ask(f"/?own={'x' * 12_000}").status == 200
    assert site.ask(f"/?own={'x' * 20_000}").status == 414


def test_a_message_above_the_limit_ends_that_session_alone(site: Site) -> None:
    large, other = Manager(site.port, project(1)), Manager(site.port, project(2))
    with pytest.raises(ConnectionClosed):
        large.socket.send(b"x" * (21 * MEGABYTE))
        while True:  # what was still on its way comes first
            large.socket.recv(timeout=60)
    other.change(3)
    assert other.seen == other.expected
    other.close()
