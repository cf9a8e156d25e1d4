"""The parent of a server ends it when it hangs, stops it when asked, and takes it along."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import psutil
import pytest

from deploy import supervise
from tests.server import ROOT, free_port, running

SUPERVISE = [sys.executable, str(ROOT / "deploy" / "supervise.py")]
HOLDS_THE_LOCK = 'import re\nre.fullmatch("(a+)+b", "a" * 64)\n'  # of the interpreter, for years


@dataclass
class Supervised:
    parent: psutil.Process
    port: int
    log: Path

    @property
    def server(self) -> psutil.Process:
        (server,) = self.parent.children()
        return server

    def hangs(self) -> None:
        """Run the script, and return when the server answers nobody."""
        Thread(target=self._run, daemon=True).start()
        while supervise.healthy(supervise.Place("127.0.0.1", self.port, "")):
            time.sleep(0.2)

    def waits_for(self, *events: str) -> None:
        """Return when these events have been logged, in this order and with none between them."""
        for _ in range(600):
            logged = [line["event"] for line in self.lines()]
            if any(logged[place:place + len(events)] == list(events) for place in range(len(logged))):
                return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def _run(self) -> None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_stcore/script-health-check")
        except OSError:
            return


@contextmanager
def supervised(folder: Path, script: str, **settings: str) -> Iterator[Supervised]:
    """A server of `script` under its parent."""
    app, port, log = folder / "app.py", free_port(), folder / "log"
    app.write_text(script)
    settings |= {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_SCRIPT_HEALTH_CHECK_ENABLED": "true"}
    with running([*SUPERVISE, str(app)], port, environment=os.environ | settings, log=log) as process:
        site = Supervised(psutil.Process(process), port, log)
        site.waits_for("server_answers")
        yield site


def test_a_server_whose_interpreter_is_stuck_is_ended_and_another_started(tmp_path: Path) -> None:
    with supervised(tmp_path, HOLDS_THE_LOCK, HIRING_SILENT_SECONDS="6") as site:
        stuck = site.server
        site.hangs()
        site.waits_for("server_silent", "server_ended", "server_started", "server_answers")
        assert site.server != stuck


def test_a_stuck_server_is_killed_when_it_does_not_stop_in_time(tmp_path: Path) -> None:
    with supervised(tmp_path, HOLDS_THE_LOCK, HIRING_STOP_SECONDS="2") as site:
        stuck = site.server
        site.hangs()
        began = time.monotonic()
        site.parent.terminate()
        assert site.parent.wait(60) == supervise.KILLED
        assert 2 <= time.monotonic() - began < supervise.SECONDS["HIRING_STOP_SECONDS"]
        assert not stuck.is_running()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_asked_to_stop_stops_by_itself(tmp_path: Path, number: signal.Signals) -> None:
    with supervised(tmp_path, "", HIRING_STOP_SECONDS="60") as site:
        server = site.server
        site.parent.send_signal(number)
        assert site.parent.wait(50) == 0  # before it would be killed
        assert not server.is_running()


def test_a_server_that_ends_by_itself_is_started_again(tmp_path: Path) -> None:
    with supervised(tmp_path, "") as site:
        first = site.server
        first.kill()
        site.waits_for("server_ended", "server_started", "server_answers")
        assert site.server != first


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_server_dies_with_its_parent(tmp_path: Path) -> None:
    with supervised(tmp_path, "") as site:
        server = site.server
        site.parent.kill()
        server.wait(60)


def test_a_server_that_never_answers_ends_its_parent_too(tmp_path: Path) -> None:
    ended = subprocess.run([*SUPERVISE, str(tmp_path / "none.py")], capture_output=True, timeout=60,
                           env=os.environ | {"STREAMLIT_SERVER_PORT": str(free_port())}, check=False)
    assert ended.returncode not in (0, supervise.KILLED)
    assert [json.loads(line)["event"] for line in ended.stderr.decode().splitlines() if line.startswith("{")] == [
        "server_started", "server_ended"]


@pytest.mark.parametrize("seconds", ["soon", "0", "-1", "nan", "inf"])
def test_a_setting_that_is_no_number_of_seconds_is_refused(seconds: str) -> None:
    ended = subprocess.run(SUPERVISE, capture_output=True, text=True, timeout=60, check=False,
                           env=os.environ | {"HIRING_STOP_SECONDS": seconds})
    assert ended.returncode == 1
    assert ended.stderr == (f"The setting HIRING_STOP_SECONDS is {seconds!r}: set it to a number of seconds above 0, "
                            "or leave it out.\n")


@pytest.mark.parametrize(("arguments", "settings", "place"), [
    ("app.py", {}, ("127.0.0.1", 8501, "")),
    ("app.py", {"PORT": "8510", "ADDRESS": "0.0.0.0", "BASE_URL_PATH": "/hiring/"}, ("127.0.0.1", 8510, "/hiring")),
    ("app.py --server.port 9000", {"PORT": "8510"}, ("127.0.0.1", 9000, "")),
    ("app.py --server.headless true --server.port=9000 --server.address=10.0.0.1 --server.baseUrlPath a/b", {},
     ("10.0.0.1", 9000, "/a/b"))])
def test_the_server_is_asked_where_it_listens(arguments: str, settings: dict[str, str], place: tuple[str, int, str],
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PORT", "ADDRESS", "BASE_URL_PATH"):
        monkeypatch.delenv(f"STREAMLIT_SERVER_{name}", raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(f"STREAMLIT_SERVER_{name}", value)
    assert supervise.listens(arguments.split()) == place


@pytest.mark.parametrize(("answer", "is_healthy"), [
    ([b"HTTP/1.1 200 OK\r\n"], True), ([b"HTTP/1.1 503 Service Unavailable\r\n"], False), ([b"\xff" * 9_000], False),
    ([b"HTTP/1.1 100 Continue\r\n\r\n"] * 20, False), ([b"HTTP/1.1 2", *[b"0"] * 20], False)])
def test_an_answer_that_drips_or_means_nothing_keeps_nobody_waiting(answer: list[bytes], is_healthy: bool) -> None:
    def answers() -> None:
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            for piece in answer:
                connection.sendall(piece)
                time.sleep(0.5)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=answers, daemon=True).start()
        began = time.monotonic()
        place = supervise.Place("127.0.0.1", listening.getsockname()[1], "")
        assert supervise.healthy(place) == is_healthy
        assert time.monotonic() - began < supervise.ASK_EVERY + 4  # the last of the answers takes 10 s
