"""What one visitor may do to a process and to its other visitors, over a real server on this machine."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from hiring import ProjectNeeds
from hiring.web.server import streamlit_internals as internals
from tests.server import ROOT, free_port, running
from tests.test_operation import uploaded
from tests.visitor import STREAMLIT, Visitor, expected, said

ROWS, ODD = 330, 120  # projects of a list, and the one of which two lists differ


class Reader(Visitor):
    """A visitor who uploads lists, clicks buttons and reads the names of files."""

    def __init__(self, port: int) -> None:
        self.ids: dict[str, str] = {}
        super().__init__(port)

    def reads(self, content: Any) -> ForwardMsg:
        message = super().reads(content)
        element = message.delta.new_element
        for kind in ("file_uploader", "button"):
            if element.WhichOneof("type") == kind:
                self.ids[getattr(element, kind).label] = getattr(element, kind).id
        return message

    def takes(self, label: str) -> tuple[str, str, bytes]:
        """The address of the file behind a button, its name and its content."""
        self.socket.send(self.asks_for_file(label))
        answer = self._wait_for("backend_operation_response").backend_operation_response
        assert not answer.error_msg
        address = f"http://127.0.0.1:{self.port}{answer.deferred_file.url}"
        with urllib.request.urlopen(address) as response:
            name = re.search('filename="([^"]+)"', response.headers["Content-Disposition"])
            assert name is not None
            return address, name[1], response.read()

    def decides(self, rows: bytes) -> None:
        """Upload a list on the page Projects and wait until all of it is decided."""
        self.rerun()
        self.rerun(page="projects")
        assert uploaded(self.port, self.session, "list", rows) == 204
        self.files = {}
        message = BackMsg.FromString(self.asks())
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self.ids["List of projects, CSV or Excel"]
        file = state.file_uploader_state_value.uploaded_file_info.add()
        file.file_id, file.name, file.size = "list", "list.csv", len(rows)
        file.file_urls.file_id = "list"
        self.socket.send(message.SerializeToString())
        while "Download CSV summary" not in self.files:
            self._wait_for("script_finished")


@contextmanager
def served(log: Path, **environment: str) -> Iterator[tuple[int, psutil.Process]]:
    """The app, which has shown a page once; and its process."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port),
               "--server.fileWatcherType", "none"]
    with running(command, port, ROOT, {**os.environ, **environment}, log) as process:
        with Visitor(port) as first:
            first.rerun()
        yield port, psutil.Process(process)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path, psutil.Process]]:
    log = tmp_path_factory.mktemp("visitors") / "log"
    with served(log) as (port, process):
        yield port, log, process


def events(log: Path, name: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    return [line for line in lines if line["event"] == name]


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def soon(holds: Any, seconds: float = 30.0) -> bool:
    """Whether it holds before long, even on a busy machine."""
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.2)
    return bool(holds())


# Downloads

def projects(odd: int) -> bytes:
    """A list whose projects are alike but for the budget of one, and soon decided. Their names are long, and longer
    still in a link."""
    rows = [f"{'😀' * 70} {row},2,6,{odd if row == ODD else 500_000},no" for row in range(ROWS)]
    return ("project,developers,build_months,budget_usd,mixes\n" + "\n".join(rows)).encode()


def test_two_lists_that_differ_in_the_middle_are_each_downloaded_by_their_own_session(
        server: tuple[int, Path, psutil.Process]) -> None:
    with Reader(server[0]) as one, Reader(server[0]) as other:
        for reader, budget in ((one, 810_000), (other, 810_001)):
            reader.decides(projects(budget))
        mine, theirs = one.takes("Download CSV summary"), other.takes("Download CSV summary")
        for (_, name, content), budget in ((mine, 810_000), (theirs, 810_001)):
            assert len(content) > 2**20  # above which Streamlit looks at samples
            assert set(re.findall(rb"budget_usd=(8\d+)", content)) == {str(budget).encode()}
            assert re.fullmatch(r"projects-summary-[0-9a-f]{8}\.csv", name)
        assert len(mine[2]) == len(theirs[2])
        assert mine[:2] != theirs[:2]


def test_a_file_is_released_when_its_page_is_left(server: tuple[int, Path, psutil.Process]) -> None:
    with Reader(server[0]) as reader:
        reader.rerun()
        reader.rerun({"Download": True})
        address, name, _ = reader.takes("Download CSV summary")
        assert re.fullmatch(r"portfolio-.*-[0-9a-f]{8}\.csv|.*-summary-[0-9a-f]{8}\.csv|summary-[0-9a-f]{8}\.csv", name)
        reader.rerun({"Developers to build": 3})
        time.sleep(internals.GRACE + 1.5)
        assert status(address) == 200  # the same page still offers it
        reader.rerun(page="evidence")
        assert soon(lambda: status(address) == 404)


def test_a_file_is_released_when_its_session_ends(server: tuple[int, Path, psutil.Process]) -> None:
    with Reader(server[0]) as reader:
        reader.rerun()
        reader.rerun({"Download": True})
        address, _, _ = reader.takes("Download CSV summary")
    assert soon(lambda: status(address) == 404)


def test_a_click_on_the_page_before_gets_the_file_of_the_newest_answers(
        server: tuple[int, Path, psutil.Process]) -> None:
    with Reader(server[0]) as reader:
        reader.rerun()
        reader.rerun({"Download": True})
        shown = dict(reader.files)
        reader.rerun({"Developers to build": 3})
        reader.files = shown
        assert b"developers=3&" in reader.takes("Download CSV summary")[2]


def test_nobody_has_a_file_made_for_another_session(server: tuple[int, Path, psutil.Process]) -> None:
    with Reader(server[0]) as one, Reader(server[0]) as other:
        for reader in (one, other):
                reader.rerun()
                reader.rerun({"Download": True})
        other.files = one.files
        other.socket.send(other.asks_for_file("Download CSV summary"))
        assert other._wait_for("backend_operation_response").backend_operation_response.error_msg


# Messages

def test_addresses_to_upload_to_are_as_many_as_a_page_asks_for(server: tuple[int, Path, psutil.Process]) -> None:
    message = BackMsg()
    message.file_urls_request.file_names.extend([""] * 100_000)
    with Visitor(server[0]) as visitor:
        visitor.rerun()
        visitor.socket.send(message.SerializeToString())
        assert len(visitor._wait_for("file_urls_response").file_urls_response.file_urls) == internals.FILES


@pytest.mark.parametrize("kind", ["clear_cache", "load_git_info", "set_run_on_save"])
def test_tools_of_developers_do_nothing_for_a_visitor(server: tuple[int, Path, psutil.Process], kind: str) -> None:
    port, log, _ = server
    with Visitor(port) as visitor:
        visitor.rerun()
        visitor.socket.send(BackMsg(**{kind: True}).SerializeToString())  # type: ignore[arg-type]
        visitor.rerun({"Developers to build": 3})
    assert len(events(log, "start")) == 1  # which is kept in a cache
    assert kind in [line["kind"] for line in events(log, "message_refused")]


def test_a_message_of_more_fields_than_any_page_has_is_not_read(server: tuple[int, Path, psutil.Process]) -> None:
    port, log, _ = server
    message = BackMsg()
    for number in range(internals.WIDGETS + 1):
        message.rerun_script.widget_states.widgets.add().id = str(number)
    with Visitor(port) as visitor:
        visitor.rerun()
        before = len(events(log, "rerun"))
        visitor.socket.send(message.SerializeToString())
        time.sleep(1)
        assert len(events(log, "rerun")) == before


def test_a_run_of_a_page_with_a_name_that_no_page_has_is_not_begun(server: tuple[int, Path, psutil.Process]) -> None:
    port, log, _ = server
    with Visitor(port) as visitor:
        visitor.rerun()
        before = len(events(log, "rerun"))
        visitor.shown = "x" * (internals.LONGEST_NAME + 1)
        visitor.socket.send(visitor.asks())
        time.sleep(1)
        assert len(events(log, "rerun")) == before


def test_of_runs_asked_for_at_once_few_begin_and_the_last_answers_are_worked_out(
        server: tuple[int, Path, psutil.Process]) -> None:
    port, log, _ = server
    with Visitor(port) as visitor:
        visitor.rerun()
        before = len(events(log, "rerun"))
        for number in range(150):
            visitor.link = f"project=Project{number}"
            visitor.socket.send(visitor.asks())
        while "project=Project149&" not in visitor.link:
            visitor._wait_for("page_info_changed")
        visitor._wait_for("script_finished")
        time.sleep(1)
        assert 0 < len(events(log, "rerun")) - before <= 40


def test_who_sends_without_end_is_cut_off(server: tuple[int, Path, psutil.Process]) -> None:
    message = BackMsg(app_heartbeat=True).SerializeToString()
    with Visitor(server[0]) as visitor:
        visitor.rerun()
        with pytest.raises(ConnectionClosed):
            for _ in range(internals.MESSAGES * 3):
                visitor.socket.send(message)
                time.sleep(0.001)
            visitor._wait_for("script_finished")


def test_a_message_in_very_many_pieces_is_cut_off(server: tuple[int, Path, psutil.Process]) -> None:
    with Visitor(server[0]) as visitor:
        visitor.rerun()
        with pytest.raises(ConnectionClosed):
            visitor.socket.send(b"x" for _ in range(5_000))
            visitor._wait_for("script_finished")


def test_a_message_that_is_too_long_is_cut_off_before_it_has_come(server: tuple[int, Path, psutil.Process]) -> None:
    with Visitor(server[0]) as visitor:
        visitor.rerun()
        with pytest.raises(ConnectionClosed) as closed:
            visitor.socket.send(b"x" * (internals.LARGEST + 1))
            visitor._wait_for("script_finished")
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009


def test_new_sessions_that_come_at_once_wait_for_room(server: tuple[int, Path, psutil.Process]) -> None:
    """A run gives its room to another after a while, so what begins until then is counted."""
    port, _, process = server
    with ExitStack() as stack:
        visitors = [stack.enter_context(Visitor(port, f"developers={1 + number / 10}")) for number in range(14)]
        pool = stack.enter_context(ThreadPoolExecutor(len(visitors)))  # each reads, as a browser does
        before, most = process.num_threads(), 0
        until = time.monotonic() + internals.YOUNG
        runs = [pool.submit(visitor.rerun) for visitor in visitors]
        while time.monotonic() < until:
            most = max(most, process.num_threads())
            time.sleep(0.01)
        for run in runs:
            run.result()
    assert most - before <= 6


def test_after_a_burst_whose_senders_left_the_process_rests_and_obeys(tmp_path: Path) -> None:
    with served(tmp_path / "log") as (port, process):
        threads = [threading.Thread(target=_bursts, args=(port,)) for _ in range(20)]
        for thread in threads:
            thread.start()
        with Visitor(port) as visitor:  # who is answered meanwhile
            visitor.rerun()
            visitor.rerun({"Developers to build": 3})
        for thread in threads:
            thread.join()
        assert soon(lambda: process.cpu_percent(1) < 20)
        _bursts(port)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(15)
        assert time.monotonic() - began < 10


def _bursts(port: int) -> None:
    """Ask for a hundred runs, read nothing, and go."""
    with Visitor(port) as visitor:
        for number in range(100):
            visitor.link = f"developers={1 + number % 8 / 2}"
            visitor.socket.send(visitor.asks())
            time.sleep(0.02)
        visitor.socket.socket.shutdown(socket.SHUT_RDWR)


# Uploads and origins

def test_an_upload_is_held_in_memory_while_it_comes(server: tuple[int, Path, psutil.Process]) -> None:
    port, _, process = server
    seen: list[str] = []

    def pieces(body: bytes) -> Iterator[bytes]:
        """The body, with a look at the server's files when most of it has been read."""
        yield body[:-1_000_000]
        time.sleep(1)
        seen.extend(os.readlink(it) for it in Path(f"/proc/{process.pid}/fd").iterdir())
        yield body[-1_000_000:]

    with Visitor(port) as visitor:
        visitor.rerun()
        assert uploaded(port, visitor.session, "list", b"x" * 9_000_000, pieces) == 204
    assert any("socket" in it for it in seen)
    assert [it for it in seen if "deleted" in it] == []  # which is how a file without a name shows


@pytest.mark.parametrize("origin", ["http://localhost", "http://localhost:1", "http://0.0.0.0", "https://127.0.0.1:1",
                                    "http://[::1]", "http://app.localhost", "http://127.9.9.9", "null"])
def test_pages_of_this_machine_are_let_in_where_the_site_is_on_it_and_nowhere_else(
        server: tuple[int, Path, psutil.Process], origin: str) -> None:
    assert _is_let_in(server[0], origin, "localhost") is (origin != "null")
    for site in ("hiring.example.com", "10.1.2.3", "localhost.example.com"):
        assert not _is_let_in(server[0], origin, site)


def test_a_page_of_the_site_itself_is_let_in(server: tuple[int, Path, psutil.Process]) -> None:
    assert _is_let_in(server[0], "https://hiring.example.com", "hiring.example.com")
    assert not _is_let_in(server[0], "https://example.org", "hiring.example.com")


def _is_let_in(port: int, origin: str, host: str) -> bool:
    with socket.create_connection(("127.0.0.1", port)) as wire:
        try:
            with connect(f"ws://{host}/_stcore/stream", sock=wire, origin=Origin(origin), subprotocols=STREAMLIT,
                         proxy=None):
                return True
        except InvalidStatus:
            return False


def test_a_change_that_was_sent_before_the_newest_address_came_takes_nothing_back(
        server: tuple[int, Path, psutil.Process]) -> None:
    with Visitor(server[0]) as visitor:
        visitor.rerun()
        visitor.rerun({"Project": "Quick"})
        visitor.socket.send(visitor.asks({"Developers to build": 3.0}))
        unread = []  # what is still on its way to the browser
        while not unread or ForwardMsg.FromString(unread[-1]).WhichOneof("type") != "script_finished":
            unread.append(visitor.socket.recv(timeout=30))
        visitor.socket.send(visitor.asks({"Months to build": 9.0}))  # with the address of before
        for content in unread:
            visitor.reads(content)
        while visitor.reads(visitor.socket.recv(timeout=30)).WhichOneof("type") != "script_finished":
            pass
        assert said(visitor) == expected(ProjectNeeds(project="Quick", developers=3, build_months=9))
