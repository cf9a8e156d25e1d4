"""The audit of the pins, by the real pip-audit against a service of our own, and the bill of materials."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests import audit

PINS = ("jinja2==3.1.6", "numpy==2.4.6", "toml==0.10.2")
ADVISORY = {"id": "CVE-2026-0001", "aliases": ["GHSA-0001"], "summary": "A template reads any file.", "affected": [
    {"package": {"name": "jinja2", "ecosystem": "PyPI"},
     "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.1.7"}]}]}]}


@pytest.fixture
def pins(tmp_path: Path) -> Path:
    file = tmp_path / "requirements.txt"
    file.write_text("".join(f"{pin} --hash=sha256:{'0' * 64}\n" for pin in PINS), encoding="utf-8")
    return file


@contextmanager
def service(known: dict[str, object], status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """An advisory service on this machine: its address, and the packages that it was asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append(f"{query['package']['name']}=={query['version']}")
            found = known.get(query["package"]["name"])
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps({"vulns": [found]} if found else {}).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query", asked
    finally:
        server.shutdown()
        server.server_close()


def test_an_advisory_for_a_pinned_package_fails_and_names_it(pins: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with service({"jinja2": ADVISORY}) as (address, _):
        assert audit.main([str(pins), "--service", address]) == 1
    assert capsys.readouterr().out == ("VULNERABLE: jinja2 3.1.6: CVE-2026-0001, GHSA-0001: A template reads any "
                                       "file. Mended in 3.1.7.\n")


def test_without_an_advisory_every_package_was_asked_for(pins: Path, capsys: pytest.CaptureFixture[str],
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIT", "required")
    with service({"another-package": ADVISORY}) as (address, asked):
        assert audit.main([str(pins), "--service", address]) == 0
    assert sorted(asked) == sorted(PINS)
    assert capsys.readouterr().out == "Audited: no advisory names any of 3 packages.\n"


@pytest.mark.parametrize(("is_required", "status"), [(False, 0), (True, 1)])
@pytest.mark.parametrize("answer", [None, 404, 500])
def test_without_a_service_nothing_is_said_to_be_safe(
        pins: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, answer: int | None,
        is_required: bool, status: int) -> None:
    monkeypatch.setenv("AUDIT", "required" if is_required else "")
    with service({}, answer or 200) as (address, _):
        asked = address if answer else "http://127.0.0.1:9/v1/query"  # a port at which nobody listens
        assert audit.main([str(pins), "--service", asked]) == status
    told = capsys.readouterr().out
    assert told.startswith("NOT AUDITED: the advisory service was not reached for 3 packages (jinja2, numpy, toml), so")
    assert "Audited:" not in told
    assert "No known vulnerabilities" not in told


def test_a_pin_without_a_hash_is_an_error_and_not_a_service_out_of_reach(tmp_path: Path) -> None:
    loose = tmp_path / "requirements.txt"
    loose.write_text("jinja2\n", encoding="utf-8")
    with service({}) as (address, _), pytest.raises(RuntimeError, match="hash"):
        audit.audit([loose], address)


def test_every_package_of_the_project_is_pinned_with_a_hash_and_in_the_bill_of_materials(tmp_path: Path) -> None:
    file, made = audit.PINNED[0], tmp_path / "bom.json"
    subprocess.run([sys.executable, "-m", "cyclonedx_py", "requirements", str(file), "--output-reproducible", "-o",
                    str(made)], check=True, capture_output=True)
    bill = json.loads(made.read_text(encoding="utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    assert sorted({part["name"] for part in bill["components"]}) == audit.pinned([file])
    for part in bill["components"]:
        hashes = [it["alg"] for reference in part["externalReferences"] for it in reference["hashes"]]
        assert hashes
        assert set(hashes) == {"SHA-256"}, part["name"]
