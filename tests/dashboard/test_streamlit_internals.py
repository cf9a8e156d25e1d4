"""What sessions may hold of this process: files in memory, and files that are open."""

from __future__ import annotations

import subprocess
import sys

import pytest
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from hiring.dashboard import streamlit_internals as internals
from tests.server import ROOT

BEGUN = """import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (256, min(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
from hiring.dashboard import warm
warm.ready()
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.fixture
def uploads(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    monkeypatch.setattr(MemoryUploadedFileManager, "add_file", internals._add_file)
    return MemoryUploadedFileManager("/upload")


def file(name: str, size: int = 1_000) -> UploadedFileRec:
    return UploadedFileRec(name, f"{name}.csv", "text/csv", b"x" * size)


def kept(uploads: MemoryUploadedFileManager, session: str) -> list[str]:
    return list(uploads.file_storage.get(session, {}))


def test_a_session_keeps_its_newest_files_and_no_other_loses_one(uploads: MemoryUploadedFileManager) -> None:
    uploads.add_file("other", file("theirs"))
    for number in range(40):
        uploads.add_file("one", file(str(number)))
    assert kept(uploads, "one") == ["37", "38", "39"]
    assert kept(uploads, "other") == ["theirs"]
    assert uploads._total_bytes == (internals.FILES + 1) * 1_000


def test_a_file_that_comes_again_takes_its_own_place(uploads: MemoryUploadedFileManager) -> None:
    for name in ("a", "b", "c", "a"):
        uploads.add_file("one", file(name))
    assert sorted(kept(uploads, "one")) == ["a", "b", "c"]


def test_sessions_together_hold_no_more_than_they_may_and_the_browser_is_told(
        uploads: MemoryUploadedFileManager, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(internals, "HELD", 10_000)
    for number in range(10):
        uploads.add_file(f"session {number}", file("list"))
    with pytest.raises(HTTPException) as refused:
        uploads.add_file("one more", file("list"))
    assert refused.value.status_code == 507
    assert kept(uploads, "one more") == []
    with pytest.raises(HTTPException):
        uploads.add_file("session 4", file("another"))
    assert kept(uploads, "session 4") == ["list"]
    uploads.remove_session_files("session 3")
    uploads.add_file("one more", file("list"))
    assert kept(uploads, "one more") == ["list"]


def test_a_process_opens_as_many_files_as_the_system_grants() -> None:
    run = subprocess.run([sys.executable, "-c", BEGUN], cwd=ROOT, capture_output=True, text=True, check=True)
    soft, hard = map(int, run.stdout.split())
    assert soft == hard > 256
