"""The app served for tests and benchmarks, on a free port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The tests install a library (rfc3987-syntax, for the bill of materials) that jsonschema, and so Altair, imports where
# it finds it: more than a second of every start. Processes start without it, as they are shipped.
AS_SHIPPED = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [
    str(ROOT / "tests" / "as_shipped"), os.environ.get("PYTHONPATH", "")]))}


@contextmanager
def served(script: Path = ROOT / "app.py") -> Iterator[tuple[int, int]]:
    """`script` served by Streamlit; gives the port and the server's process id."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port),
               "--server.fileWatcherType", "none", "--server.headless", "true"]
    folder = script.parent if (script.parent / ".streamlit").exists() else ROOT
    with running(command, port, folder) as process:
        yield port, process


@contextmanager
def running(command: Sequence[str], port: int, folder: Path = ROOT, environment: Mapping[str, str] | None = None,
            log: str | Path = os.devnull) -> Iterator[int]:
    """The process id of `command`, which serves on `port` and writes to the end of `log`."""
    with open(log, "ab") as output:
        process = subprocess.Popen(command, cwd=folder, env=environment or AS_SHIPPED, stdout=output,
                                   stderr=subprocess.STDOUT)
    try:
        wait_for(f"http://localhost:{port}/_stcore/health")
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"no answer from {address}")
