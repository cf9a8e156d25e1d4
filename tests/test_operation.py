"""The app as it is served: what its log holds when a page fails, and whether it says that it is ready."""

from __future__ import annotations

import json
import shutil
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from hiring import ProjectNeeds
from hiring.links import project_link
from hiring.web.server import streamlit_internals
from tests.factories import DAY
from tests.server import AS_SHIPPED, ROOT, free_port, running
from tests.visitor import Visitor

REQUEST = "0123456789abcdef0123456789abcdef"
PROXY = {"X-Request-ID": REQUEST}
SECRETS = ("123457", "Merger", "Boom", "77.25", "freelance.us.mid", "Mozilla", "127.0.0.1", "budget_usd=")
FAILS = '\n    if state.needs.project.startswith("Boom"):\n        raise ValueError(f"{state.needs!r} {state.own!r}")\n'


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project in a folder of its own, to break."""
    for name in ("hiring", "data", ".streamlit"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "app.py", tmp_path)
    return tmp_path


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[tuple[int, Path]]:
    """The app of `folder`, with more settings of the environment: its port, and the file that it writes to."""
    port, log = free_port(), folder / "log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port),
               "--server.fileWatcherType", "none", "--browser.serverAddress", "localhost"]
    path = f"{folder}:{AS_SHIPPED['PYTHONPATH']}"
    with running(command, port, folder, {**AS_SHIPPED, "PYTHONPATH": path, **settings}, log):
        yield port, log


def answer(port: int, name: str) -> tuple[int, str]:
    """Status and text of one of the addresses for operators; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/{name}", timeout=60) as found:
            return found.status, found.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def lines_of(log: Path) -> list[dict[str, Any]]:
    """Every line that is JSON; what Streamlit prints before the first page runs is not."""
    return [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]


@contextmanager
def nobody_outside_is_asked() -> Iterator[dict[str, str]]:
    """The settings under which everything outside would be asked of a proxy."""
    with socket.socket() as outside:  # takes every call and never answers, as a closed network does
        outside.bind(("127.0.0.1", 0))
        outside.listen()
        outside.settimeout(0.1)
        proxy = f"http://127.0.0.1:{outside.getsockname()[1]}"
        yield {"http_proxy": proxy, "https_proxy": proxy}
        with pytest.raises(TimeoutError):
            outside.accept()


def refuses_a_page_of_another_site_at_once(port: int) -> None:
    began = time.perf_counter()
    for _ in range(3):
        with pytest.raises(InvalidStatus, match="403"):
            connect(f"ws://127.0.0.1:{port}/_stcore/stream", origin=Origin("https://example.org"),
                    subprotocols=[Subprotocol("streamlit")], proxy=None)
    assert time.perf_counter() - began < 5  # 2 s each while it asked


def test_a_failed_page_is_logged_without_what_was_typed_and_another_site_is_refused_without_a_question_outside(
        copy: Path) -> None:
    page = copy / "hiring" / "web" / "pages" / "decide" / "page.py"
    text = page.read_text(encoding="utf-8")
    place = "    state = page_state.current()\n"
    assert text.count(place) == 1
    page.write_text(text.replace(place, place + FAILS), encoding="utf-8")
    with (nobody_outside_is_asked() as settings, served(copy, **settings) as (port, log),
          Visitor(port, headers=PROXY) as reader):
        for project in ("Merger", "Boom of the Merger"):
            own = project_link.encode(ProjectNeeds(), DAY) | {"own": "freelance.us.mid~77.25"}
            reader.link = urlencode({**own, "project": project, "budget_usd": "123457"})
            reader.rerun()
        assert answer(port, "health") == (200, "ok")
        assert answer(port, "script-health-check") == (200, "ok")
        printed, lines = log.read_text(), lines_of(log)
        refuses_a_page_of_another_site_at_once(port)
    assert [secret for secret in SECRETS if secret in printed] == []
    assert "Traceback" not in printed
    first = next(place for place, line in enumerate(printed.splitlines()) if line.startswith("{"))
    assert all(line.startswith("{") for line in printed.splitlines()[first:])
    assert [(line["event"], line.get("outcome"), line.get("request_id")) for line in lines] == [
        ("start", None, None), ("rerun", "done", REQUEST), ("rerun", "error", REQUEST), ("library", None, REQUEST),
        ("check", "done", None)]
    assert lines[0]["settings"] | {"client.showErrorDetails": "none", "browser.gatherUsageStats": False} == (
        lines[0]["settings"])
    (error,) = (line for line in lines if "error" in line)
    assert (error["level"], error["error"], error["logger"]) == ("ERROR", ["ValueError"], "streamlit.error_util")
    assert error["frames"][-1].startswith("hiring/web/pages/decide/page.py:")


def test_without_a_table_the_app_lives_but_is_not_ready_and_says_why_in_its_log(copy: Path) -> None:
    (copy / "data" / "pay.csv").unlink()
    with served(copy) as (port, log):
        assert answer(port, "health") == (200, "ok")
        assert answer(port, "script-health-check") == (503, "error")
        with Visitor(port, headers=PROXY) as reader:  # who sees the same sentence on the page
            reader.rerun()
        lines = lines_of(log)
    reported = [line["faults"] for line in lines if line["event"] == "data"]
    assert len(reported) == 2
    assert reported[0][0].startswith("pay.csv: cannot be read (")
    assert [line["error"][0] for line in lines if "error" in line] == ["DataError"]
    assert not [line for line in lines if line["event"] in ("start", "rerun")]


def test_with_a_library_that_was_not_read_the_app_is_not_ready_and_names_the_function(copy: Path) -> None:
    module = copy / "hiring" / "web" / "server" / "streamlit_internals.py"
    name, digest = next(iter(streamlit_internals.CHANGED.items()))
    module.write_text(module.read_text(encoding="utf-8").replace(digest, "0" * 16), encoding="utf-8")
    with served(copy) as (port, log):
        assert answer(port, "script-health-check") == (503, "error")
        (problem,) = (line["problem"] for line in lines_of(log) if line["event"] == "refused")
    assert name in problem


def test_a_session_that_sends_file_after_file_holds_few_of_them(copy: Path) -> None:
    with served(copy) as (port, _), Visitor(port) as visitor:
        visitor.rerun()
        for number in range(8):
            assert uploaded(port, visitor.session, str(number), b"x" * 1_000_000) == 204
        held = next(line for line in answer(port, "metrics")[1].splitlines() if "UploadedFileManager" in line)
    assert int(held.split()[-1]) == streamlit_internals.FILES * 1_000_000


def uploaded(port: int, session: str, name: str, content: bytes, sent: Callable[[bytes], Any] = bytes) -> int:
    """The status with which a file is taken in that a page of this session sends, token and all; `sent` may send the
    body in pieces."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health") as page:
        cookie = page.headers["Set-Cookie"].split(";")[0]
    body = (b'--part\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n\r\n' + content
            + b"\r\n--part--\r\n")
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/_stcore/upload_file/{session}/{name}", sent(body), method="PUT",
        headers={"Content-Length": str(len(body)), "Content-Type": "multipart/form-data; boundary=part",
                 "Cookie": cookie, "X-Xsrftoken": cookie.split("=", 1)[1]})
    with urllib.request.urlopen(request) as response:
        return int(response.status)
