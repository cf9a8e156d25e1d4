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
from tempfile import NamedTemporaryFile

ROOT = Path(__file__).parents[1]
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or each of a hundred processes compiles everything anew
sys.dont_write_bytecode = False
# The checks install a library (rfc3987-syntax, for the bill of materials) that jsonschema, and so Altair, imports where
# it finds it: more than a second of every start. Processes start without it, as they are shipped.
AS_SHIPPED = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [
    str(ROOT / "tests" / "as_shipped"), os.environ.get("PYTHONPATH", "")]))}


_reserved: list[socket.socket] = []  # until this process ends


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
            log: Path | None = None, health: str = "/_stcore/health") -> Iterator[int]:
    """The process id of `command`, which serves on `port` and writes to the end of `log`."""
    with NamedTemporaryFile() if log is None else log.open("ab") as output:
        process = subprocess.Popen(command, cwd=folder, env=environment or AS_SHIPPED, stdout=output,
                                   stderr=subprocess.STDOUT)
        try:
            for _ in range(300):
                if process.poll() is not None or _answers(f"http://127.0.0.1:{port}{health}"):
                    break
                time.sleep(0.2)
            else:
                raise TimeoutError(f"{command} answers nobody on port {port}:\n{_end_of(output.name)}")
            if process.returncode is not None:
                raise ChildProcessError(f"{command} ended with {process.returncode}:\n{_end_of(output.name)}")
            yield process.pid
        finally:
            process.terminate()
            process.wait(60)


def free_port() -> int:
    """A port for one server. On Linux a socket that does not listen keeps it until this process ends: otherwise another
    test, or any connection that this machine opens, may take the port before the server does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        if sys.platform == "linux":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # the server shares the port
            _reserved.append(probe.dup())
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=1).close()
    except OSError:
        return False
    return True


def _end_of(log: str) -> str:
    return Path(log).read_text(errors="replace")[-2_000:]
