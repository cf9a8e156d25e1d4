"""Replicas of the app behind a real nginx, which runs the shipped configuration with the ports of the test."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.deploy import container
from tests.server import ROOT, free_port, running

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
REPLICAS = dict(re.findall(r"server (hiring-\d+:(\d+)) max_fails=1", (ROOT / "deploy" / "nginx.conf").read_text()))


@dataclass
class Site:
    """nginx with two replicas behind it. A replica is known by its port."""

    folder: Path
    port: int
    settings: dict[str, str] = field(default_factory=dict)  # of the replicas, beside those of the image
    replicas: dict[str, ExitStack] = field(default_factory=dict)
    processes: dict[str, int] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self, replica: str) -> None:
        """Start a replica with the command and the settings of the image."""
        stack = self.replicas[replica] = ExitStack()
        self.processes[replica] = stack.enter_context(running(
            container.command(), int(replica), environment=container.environment(replica) | self.settings,
            log=self.folder / f"{replica}.log"))

    def server(self, replica: str) -> psutil.Process:
        """The server itself, which the replica's first process watches over."""
        (server,) = psutil.Process(self.processes[replica]).children()
        return server

    def end(self, replica: str, signal: int) -> None:
        os.kill(self.processes[replica], signal)
        self.replicas.pop(replica).close()

    def close(self) -> None:
        """End every replica."""
        for replica in self.replicas.values():
            replica.close()

    def requests(self) -> list[dict[str, Any]]:
        """What nginx logged, a line each."""
        return [json.loads(line) for line in (self.folder / "access.log").read_text().splitlines()]

    def line(self, answer: HTTPResponse) -> dict[str, Any]:
        """The line of nginx's log on `answer`; it is written once all is sent."""
        for _ in range(100):
            for line in self.requests():
                if line["request_id"] == answer.headers["X-Request-ID"]:
                    return line
            time.sleep(0.1)
        raise AssertionError("nginx logged no such request")

    def logs(self) -> str:
        """Everything that nginx and the replicas wrote."""
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def ask(self, path: str = "/", method: str = "GET", body: bytes | None = None, sender: str = "127.0.0.1",
            **headers: str) -> HTTPResponse:
        """nginx's answer to one request, without cookies. `headers` are named with _ for -."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20, source_address=(sender, 0))
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        return connection.getresponse()


@contextmanager
def deployed(**settings: str) -> Iterator[Site]:
    """Two replicas with these `settings` behind nginx; all of it ends with the block."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)  # nginx's workers are somebody else where the tests run as root
        site = Site(folder, free_port(), settings)
        stack.callback(site.close)
        with ThreadPoolExecutor() as pool:
            list(pool.map(site.start, [str(free_port()) for _ in REPLICAS]))
        assert NGINX is not None
        (folder / "nginx").mkdir()
        (folder / "nginx.conf").write_text(rendered(site))
        command = [NGINX, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"), "-g", "daemon off;"]
        stack.enter_context(running(command, site.port, log=folder / "nginx.log", health="/healthz"))
        yield site


def rendered(site: Site) -> str:
    """The shipped configuration with this machine's ports and folders, and nothing else changed."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    ours = {"/tmp/nginx/": f"{site.folder}/nginx/", "/dev/stdout": f"{site.folder}/access.log",
            "/dev/stderr": f"{site.folder}/error.log", "listen 8080": f"listen 127.0.0.1:{site.port}"}
    for (name, port), replica in zip(REPLICAS.items(), site.replicas, strict=True):
        ours |= {name: f"127.0.0.1:{replica}", f"{port} replica_": f"{replica} replica_"}
    for shipped, here in ours.items():
        assert shipped in text, f"deploy/nginx.conf holds no {shipped}"
        text = text.replace(shipped, here)
    return text


@pytest.fixture(scope="session")
def nginx() -> None:
    if NGINX is None:
        message = "no nginx was found; on Debian, `apt-get install nginx-light` brings one"
        if os.environ.get("REQUIRE_NGINX"):
            pytest.fail(message)
        pytest.skip(message)


@pytest.fixture(scope="session")
def site(nginx: None) -> Iterator[Site]:
    """Two replicas behind nginx, for all tests that end neither."""
    with deployed() as site:
        yield site


@pytest.fixture
def own_site(nginx: None) -> Iterator[Site]:
    """Two replicas behind nginx, for one test to do with as it likes."""
    with deployed() as site:
        yield site
