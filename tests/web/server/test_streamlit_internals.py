"""What sessions may hold of this process: files in memory, and files that are open."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest
from starlette.exceptions import HTTPException
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from hiring.web.server import streamlit_internals as internals
from tests.server import ROOT

BEGUN = """import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (256, min(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
from hiring.web.server import startup, streamlit_internals as it
print(it.found() == it.CHANGED)
startup.prepare()
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


def test_no_two_contents_or_sessions_have_a_file_of_one_name_and_nobody_works_it_out() -> None:
    one, other = bytearray(b"x" * 2_000_000), bytearray(b"x" * 2_000_000)
    other[300_000] = 0
    assert internals._file_id(bytes(one), "text/csv") == internals._file_id(bytes(one), "text/csv")
    token = internals._owner.set("a session")
    ids = {internals._file_id(bytes(content), "text/csv", "list.csv") for content in (one, other)}
    internals._owner.set("another")
    ids |= {internals._file_id(bytes(content), "text/csv", "list.csv") for content in (one, other)}
    internals._owner.reset(token)
    assert len(ids) == 4
    assert internals.named("list.csv", bytes(one)) != internals.named("list.csv", bytes(other))


def test_of_all_that_comes_while_a_run_waits_the_newest_answers_and_every_click_are_kept() -> None:
    old, new = ClientState(query_string="a=1", fragment_id="f"), ClientState(query_string="a=2")
    for state, text in ((old, "old"), (new, "new")):
        state.widget_states.widgets.add(id="text", string_value=text)
    old.widget_states.widgets.add(id="button", trigger_value=True)
    both = internals._together(old, new)
    assert (both.query_string, both.fragment_id) == ("a=2", "")
    kept = {state.id: getattr(state, state.WhichOneof("value") or "") for state in both.widget_states.widgets}
    assert kept == {"text": "new", "button": True}


def test_a_page_that_was_just_left_is_not_listened_to_and_can_be_opened_again() -> None:
    asked = internals.Asked()

    def is_late(page: str, **field: bool) -> bool:
        state = ClientState(page_script_hash=page)
        for id_, is_open in field.items():
            state.widget_states.widgets.add(id=id_, bool_value=is_open)
        return asked.is_late(state)

    assert [is_late(""), is_late("decide", popover=True), is_late("evidence")] == [False] * 3
    assert is_late("decide", popover=False)
    assert [is_late("evidence", table=True), is_late("decide"), is_late("decide", popover=True)] == [False] * 3
    assert is_late("evidence", table=True)
    asked.left_at -= internals.LATE
    assert not is_late("evidence", table=True)


def test_a_session_holds_of_its_browser_no_more_than_a_browser_says() -> None:
    long = "x" * 300_000
    state = ClientState(query_string=f"project={long}")
    state.context_info.url, state.context_info.timezone = f"http://host.example/{long}", long
    state.context_info.locale = "en-US"
    internals._bound(state)
    assert len(state.SerializeToString()) < internals.LONGEST_LINK + 100
    assert (state.context_info.locale, state.context_info.url) == ("en-US", "")
    usual = ClientState(query_string="project=A")
    usual.context_info.url, usual.context_info.timezone = f"http://host.example/compare?s={long}", "Europe/Berlin"
    internals._bound(usual)
    assert usual.query_string == "project=A"
    assert (usual.context_info.url, usual.context_info.timezone) == ("http://host.example/compare", "Europe/Berlin")


def test_who_asks_too_often_all_the_time_is_not_allowed_until_they_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(internals.time, "monotonic", lambda: now)
    pace, allowed = internals.Pace(3, 1), []
    for at in (0, 0, 0, 0, 0.5, 1, 1.5, 2, 3, 3.5, 10, 10, 10, 10):
        now = at
        allowed.append(pace.allows())
    assert allowed == [True] * 3 + [False] * 5 + [True, False] + [True] * 3 + [False]


def test_each_download_is_made_when_it_is_asked_for() -> None:
    """A file that is made with the page has no session, and is kept for as long as some page shows it."""
    given = [call.args[1] for file in (ROOT / "hiring" / "web").rglob("*.py")
             for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
             if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("download_button")]
    assert len(given) > 5
    assert [ast.unparse(it) for it in given if not _is_callable(it)] == []


def _is_callable(given: ast.expr) -> bool:
    return ast.unparse(given).startswith("partial(") or isinstance(given, ast.Attribute | ast.Name)


def test_changed_functions_are_those_that_were_read_and_a_process_opens_as_many_files_as_it_may() -> None:
    run = subprocess.run([sys.executable, "-c", BEGUN], cwd=ROOT, capture_output=True, text=True, check=True)
    as_read, soft, hard = run.stdout.split()
    assert as_read == "True"
    assert int(soft) == int(hard) > 256
