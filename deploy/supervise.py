"""Runs the app's server and ends it when it hangs: `python deploy/supervise.py app.py` for `streamlit run app.py`.

A server whose interpreter is stuck answers nothing and ignores SIGTERM. So this parent asks it for its health. It kills
a server that stays silent and starts the next one. When it is asked to stop, it passes that on and kills a server that
has not stopped in time. It imports nothing but Python's own library, so that nothing of the app can hold it up.

On Linux the server dies with this process, however that ends. Elsewhere a server outlives a parent that was killed.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from types import FrameType
from typing import Any, NamedTuple, NoReturn

ASK_EVERY = 3.0  # seconds, and how long an answer may take
ASK_FIRST = 0.5  # seconds between questions until the first answer
SECONDS = {  # the settings with their defaults
    "HIRING_START_SECONDS": 60.0,  # until a new server answers for the first time
    "HIRING_SILENT_SECONDS": 15.0,  # without an answer, until a server is killed
    "HIRING_STOP_SECONDS": 10.0,  # from SIGTERM until a server is killed
}
PAUSE = 1.0  # seconds before the next server starts
LONGEST_ANSWER = 1_000  # bytes of an answer that are read
KILLED = 128 + 9  # the exit status of a shell whose program was killed
PARENT_DEATH_SIGNAL = 1  # prctl's PR_SET_PDEATHSIG


class Place(NamedTuple):
    """Where the server listens."""

    host: str
    port: int
    base: str  # what its paths begin with


class StopAsked(Exception):
    """Somebody wants this process to end."""


def main() -> int:
    """Serve until asked to stop. The exit status is 0, or 137 where the server had to be killed; a server that ends
    before any has ever answered gives its own, because the next would end the same way."""
    limits, place = {name: seconds(name) for name in SECONDS}, listens(sys.argv[1:])
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _stop)
    worked = False
    while True:
        server: subprocess.Popen[bytes] | None = None
        try:
            server = start(sys.argv[1:], place)
            log("INFO", "server_started", pid=server.pid)
            answered = watch(server, place, limits)
            worked = worked or answered
            if server.poll() is None:
                kill(server)
            log("ERROR", "server_ended", pid=server.pid, status=server.returncode)
            if not worked:
                return server.returncode if server.returncode > 0 else KILLED
            time.sleep(PAUSE)
        except StopAsked:
            return 0 if server is None else stop(server, limits["HIRING_STOP_SECONDS"])


def seconds(name: str) -> float:
    """A setting in seconds, or its default."""
    text = os.environ.get(name, "").strip()
    try:
        found = float(text) if text else SECONDS[name]
    except ValueError:
        found = 0.0
    if not 0 < found < float("inf"):
        sys.exit(f"The setting {name} is {text[:40]!r}: set it to a number of seconds above 0, or leave it out.")
    return found


def start(arguments: list[str], place: Place) -> subprocess.Popen[bytes]:
    """The server, in a process group of its own, so that what it has started can be ended with it."""
    command = [sys.executable, "-m", "streamlit", "run", *arguments]
    environment = os.environ | {"STREAMLIT_SERVER_PORT": str(place.port)}  # or it takes another if this one is in use
    if sys.platform != "linux":
        return subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 (the caller's own words)
    libc, parent = ctypes.CDLL(None), os.getpid()

    def die_with_parent() -> None:
        libc.prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before
            os._exit(1)

    return subprocess.Popen(command, env=environment, start_new_session=True,  # noqa: S603
                            preexec_fn=die_with_parent)  # noqa: PLW1509 (this process has no threads)


def watch(server: subprocess.Popen[bytes], place: Place, limits: dict[str, float]) -> bool:
    """Wait until the server ends or stays silent for too long. Whether it has ever answered.

    A question counts for no more than `ASK_EVERY`, so that a machine which slept finds its server alive."""
    answered, silent = False, 0.0
    while server.poll() is None:
        began = time.monotonic()
        alive = healthy(place)
        if alive and not answered:
            answered = True
            log("INFO", "server_answers", pid=server.pid)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(max(0.0, began + (ASK_EVERY if answered else ASK_FIRST) - time.monotonic()))
        silent = 0.0 if alive else silent + min(time.monotonic() - began, ASK_EVERY)
        limit = limits["HIRING_SILENT_SECONDS" if answered else "HIRING_START_SECONDS"]
        if silent >= limit:
            log("ERROR", "server_silent", pid=server.pid, seconds=limit)
            break
    return answered


def healthy(place: Place) -> bool:
    """Whether the server answers in time. Only the first line counts: one that drips would keep a library waiting."""
    until, answer = time.monotonic() + ASK_EVERY, b""
    request = f"GET {place.base}/_stcore/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((place.host, place.port), ASK_EVERY) as connection:
            connection.sendall(request.encode())
            while b"\n" not in answer and len(answer) < LONGEST_ANSWER:
                connection.settimeout(max(until - time.monotonic(), 0.001))
                piece = connection.recv(LONGEST_ANSWER)
                if not piece:
                    break
                answer += piece
    except OSError:
        return False
    return re.match(rb"HTTP/1\.[01] 200 ", answer) is not None


def listens(arguments: list[str]) -> Place:
    """Where the server will listen: each part from its argument or else its environment variable."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    for name, variable, default in (("port", "PORT", "8501"), ("address", "ADDRESS", ""),
                                    ("baseUrlPath", "BASE_URL_PATH", "")):
        parser.add_argument(f"--server.{name}", default=os.environ.get(f"STREAMLIT_SERVER_{variable}") or default)
    given = vars(parser.parse_known_args(arguments)[0])
    host, base = given["server.address"], given["server.baseUrlPath"].strip("/")
    anywhere = host in ("", "0.0.0.0", "::")  # noqa: S104
    return Place("127.0.0.1" if anywhere else host, int(given["server.port"]), f"/{base}" if base else "")


def stop(server: subprocess.Popen[bytes], grace: float) -> int:
    """Ask the server to stop, and kill it after `grace` seconds. The exit status."""
    log("INFO", "stopping", pid=server.pid)
    server.terminate()
    try:
        server.wait(grace)
    except subprocess.TimeoutExpired:
        log("ERROR", "server_killed", pid=server.pid, seconds=grace)
        kill(server)
        return KILLED
    return 0


def kill(server: subprocess.Popen[bytes]) -> None:
    """End the server and all that it has started."""
    if sys.platform == "win32":
        server.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def log(level: str, event: str, **fields: Any) -> None:
    """A line like those of the app's own log."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    print(json.dumps({"time": now, "level": level, "event": event, **fields}), file=sys.stderr, flush=True)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, signal.SIG_IGN)  # once is enough
    raise StopAsked


if __name__ == "__main__":
    sys.exit(main())
