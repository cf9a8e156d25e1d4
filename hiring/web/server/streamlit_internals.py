"""What this app changes inside Streamlit, Starlette and uvicorn: bounds that they leave open, and whose a file is.

Everything that reaches past their documented interfaces is here. `CHANGED` names each function that is replaced, with a
digest of the source that was read. Where a library says something else, the app refuses to start.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import inspect
import logging
import secrets
import threading
import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, exists, get_instance, memory_media_file_storage
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import ScriptRunner, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import _coalesce_widget_states
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server.server_util import allowlisted_origins
from streamlit.web.server.starlette import starlette_websocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from hiring.web.server import logs

FILES = 3  # that a session may have uploaded at a time; the pages ask for one each
HELD = 200_000_000  # bytes of all sessions together, those on their way included
SPOOL = 16_000_000  # bytes; more than an upload may have, so that none is written to a disk
OPEN = 65_536  # files, of which a session takes four
SESSIONS = 1_000  # connected to a process
BURST, PACE = 10, 4.0  # runs that a session may ask for at once, and a second
MESSAGES, MESSAGE_PACE = 200, 20.0  # messages that a browser may send at once, and a second
LARGEST = 400_000  # bytes of a message of a browser; the longest text of a page is 60,000 characters
LONGEST_LINK, LONGEST_ADDRESS, LONGEST_NAME = 100_000, 2_000, 200  # characters; each session holds what came last
PIECES = 100  # that a message may come in
WIDGETS = 2_000  # states of fields that a message may bring
CROWD = 6  # runs of which a session may begin another as often as `BURST` says; beyond, a third as often
ROOM = 2  # runs of which new sessions may begin another; beyond, they wait
YOUNG = 2.0  # seconds that a run counts among these
ALONE = 2.0  # seconds that a run of a session that asks too often keeps the others of that kind waiting
LATE = 1.0  # seconds after a click on another page, in which the page that was left is not listened to
DOWNLOADS = 10  # files that a session may be waiting for
ENDING = 10.0  # seconds that a download waits for the runs of its session
REPLACED = 2_000  # files that a later run has replaced, of which the button is remembered
KEPT = 120.0  # seconds that a file waits to be fetched
GRACE = 2.0  # seconds, for a download that has just begun
FROM_A_PAGE = ("rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request")
CHANGED = {
    "streamlit.runtime.app_session:AppSession.handle_backmsg": "54694407b0ff13a5",
    "streamlit.runtime.app_session:AppSession._handle_rerun_script_request": "7393898bc0a04935",
    "streamlit.runtime.app_session:AppSession.request_rerun": "52f29d8973368c8b",
    "streamlit.runtime.app_session:AppSession.request_script_stop": "9f90595416b4c265",
    "streamlit.runtime.app_session:AppSession.shutdown": "7e6d36199dbc46eb",
    "streamlit.runtime.app_session:AppSession._handle_backend_operation_request": "2ec6d8221c573902",
    "streamlit.runtime.app_session:AppSession._handle_file_urls_request": "690113523549e7aa",
    "streamlit.runtime.app_session:AppSession._create_scriptrunner": "1529b64dc24cab50",
    "streamlit.runtime.backend_operation_handler:DeferredFileHandler": "0ba755f195c19c3b",
    "streamlit.runtime.media_file_manager:MediaFileManager": "1caee6bc49a2199d",
    "streamlit.runtime.memory_media_file_storage:_calculate_file_id": "37466648ccebee9b",
    "streamlit.runtime.memory_media_file_storage:MemoryMediaFileStorage": "c5a2bfd6f6e7bd71",
    "streamlit.runtime.memory_uploaded_file_manager:MemoryUploadedFileManager": "60e295e708f95b3e",
    "streamlit.runtime.runtime:Runtime.handle_backmsg": "c23cc8c5b9065c3e",
    "streamlit.runtime.scriptrunner.script_runner:ScriptRunner.start": "7b1b817f6cdad664",
    "streamlit.runtime.scriptrunner.script_runner:ScriptRunner._run_script_thread": "4bf3d78818ffdd59",
    "streamlit.runtime.scriptrunner_utils.script_requests:_coalesce_widget_states": "b2f3775c99ff1694",
    "streamlit.runtime.websocket_session_manager:WebsocketSessionManager.disconnect_session": "89280f8176239b3c",
    "streamlit.web.server.server_util:is_url_from_allowed_origins": "1554766563cdcce8",
    "streamlit.web.server.starlette.starlette_routes:create_media_routes": "793d3714b2eef8b1",
    "streamlit.web.server.starlette.starlette_routes:create_upload_routes": "4155ed4458edce19",
    "streamlit.web.server.starlette.starlette_websocket:_is_origin_allowed": "92ba72506e14686d",
    "streamlit.web.server.starlette.starlette_websocket:create_websocket_handler": "13632919b0a9cb67",
    "starlette.formparsers:MultiPartParser": "e33a3e235ef1f2cb",
    "starlette.websockets:WebSocket.receive_bytes": "dbbf0fa94f206174",
    "uvicorn.protocols.websockets.websockets_sansio_impl:WebSocketsSansIOProtocol": "0bbcec98938432f7",
}


_installing = threading.Lock()  # the first visitors may come at once


class InternalsError(RuntimeError):
    """Why this app does not run with the libraries that are installed, as a sentence for the operator."""


def found() -> dict[str, str]:
    """The digest of each function in `CHANGED` as it is installed; empty where there is none."""
    return {name: _digest(*name.split(":")) for name in CHANGED}


def _digest(module: str, name: str) -> str:
    try:
        it: Any = importlib.import_module(module)
        for part in name.split("."):
            it = getattr(it, part)
        return hashlib.sha256(inspect.getsource(it).encode()).hexdigest()[:16]
    except (ImportError, AttributeError, OSError):
        return ""


def install() -> None:
    """Change the libraries of this process, once. Raises InternalsError where they are not those that were read."""
    with _installing:
        if AppSession.handle_backmsg.__module__ != __name__:
            _check()
            _change()
            _open_files()


def _check() -> None:
    installed = found()
    if other := [name for name, digest in CHANGED.items() if installed[name] != digest]:
        raise InternalsError("Install the packages of requirements.txt: the app bounds what visitors may send inside "
                             f"Streamlit, and these functions differ from those it was made for: {', '.join(other)}.")


def _change() -> None:
    for owner, name, change in (
            (AppSession, "handle_backmsg", _handle), (AppSession, "_handle_rerun_script_request", _ask),
            (AppSession, "request_script_stop", _stop), (AppSession, "_handle_backend_operation_request", _make),
            (MediaFileManager, "execute_deferred", _execute), (MediaFileManager, "_drop_deferred_id", _drop),
            (MemoryMediaFileStorage, "load_and_get_id", _load),
            (MemoryUploadedFileManager, "add_file", _add_file),
            (MultiPartParser, "parse", _parse), (MultiPartParser, "on_part_data", _on_part_data),
            (WebSocket, "receive_bytes", _receive), (WebSocketsSansIOProtocol, "handle_cont", _handle_piece),
            (WebSocketsSansIOProtocol, "connection_made", _connect)):
        setattr(owner, name, change)
    MultiPartParser.spool_max_size = SPOOL
    memory_media_file_storage._calculate_file_id = _file_id
    starlette_websocket._is_origin_allowed = _may_connect


def _open_files() -> None:
    """Let the process open as many files as the system grants, up to `OPEN`."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    granted = OPEN if hard == resource.RLIM_INFINITY else min(hard, OPEN)
    if soft != resource.RLIM_INFINITY and soft < granted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (granted, hard))


# Who may connect, and how much a browser may send

def _may_connect(origin: str | None, host: str | None) -> bool:
    """Whether a page of `origin` may open a session here: the site's own, or one that the operator allows. Streamlit
    lets in every page of this machine's own addresses too; here only a site that is itself on this machine does."""
    if not starlette_websocket.is_host_allowed(host) or len(_sessions()) >= SESSIONS:
        return False
    if origin is None or not config.get_option("server.enableCORS") or _place(origin) == host:
        return True
    named = {_name(allowed) for allowed in allowlisted_origins()}
    if config.is_manually_set("browser.serverAddress"):
        named.add(_name(config.get_option("browser.serverAddress")))
    name = _name(origin)
    return _is_local(_name(host or "")) if _is_local(name) else name in named


def _sessions() -> list[Any]:
    return Runtime.instance()._session_mgr.list_active_sessions() if exists() else []


def _place(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _name(place: str) -> str:
    """The host of an origin or of a Host header; empty where it is none."""
    try:
        return (urlsplit(place if "//" in place else f"//{place}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_local(name: str) -> bool:
    try:
        address = ip_address(name)
        return address.is_loopback or address.is_unspecified
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


@dataclass
class Now:
    """What this process is doing."""

    runs: dict[ScriptRunner, float] = field(default_factory=dict)  # that had not ended when one began, and since when
    alone: ScriptRunner | None = None  # the last run of the sessions that ask too often
    alone_since: float = 0.0
    releasing: asyncio.Task[None] | None = None  # downloads
    on_its_way: int = 0  # bytes of uploads that have not come in full


_now = Now()


class Pace:
    """How often something may happen: `burst` times at once, and `rate` times a second in the long run. Who asks
    more often than that all the time is never allowed."""

    def __init__(self, burst: float, rate: float) -> None:
        self.burst, self.rate, self.left, self.at = burst, rate, burst, time.monotonic()

    def allows(self) -> bool:
        now = time.monotonic()
        self.left, self.at = min(self.burst, self.left + (now - self.at) * self.rate), now
        is_allowed = self.left >= 1
        self.left = self.left - 1 if is_allowed else 0.0
        return is_allowed


_connect_before = WebSocketsSansIOProtocol.connection_made


def _connect(protocol: WebSocketsSansIOProtocol, transport: asyncio.BaseTransport) -> None:
    """Bound what is held of a message that is still coming. Streamlit bounds it after it has come in full."""
    protocol.conn.max_message_size = LARGEST
    _connect_before(protocol, transport)


def _handle_piece(protocol: WebSocketsSansIOProtocol, event: Any) -> None:
    """One of many pieces of a message: a piece of one byte takes seventy."""
    protocol.frames.append(event.data)
    if event.fin:
        protocol.send_receive_event_to_app()
    elif len(protocol.frames) > PIECES:
        protocol.transport.abort()


_receive_before = WebSocket.receive_bytes


async def _receive(socket: WebSocket) -> bytes:
    """The next message of a browser. One that sends far more than any page does is cut off, and nothing is read of what
    else has come from it."""
    content = await _receive_before(socket)
    if not socket.scope.setdefault("hiring.pace", Pace(MESSAGES, MESSAGE_PACE)).allows():
        logs.write(logging.WARNING, "cut_off", problem="too many messages")
        await socket.close(1008)
        raise WebSocketDisconnect(1008)
    return content


_handle_before = AppSession.handle_backmsg


def _handle(session: AppSession, message: BackMsg) -> None:
    """Take what a page of this app sends, in the sizes that it sends. The rest are tools of developers, which act on
    every session, or costs far more than itself."""
    kind = message.WhichOneof("type")
    state = message.rerun_script
    names = (state.page_script_hash, state.page_name, state.fragment_id)
    if (kind not in FROM_A_PAGE or max(map(len, names)) > LONGEST_NAME
            or max(len(state.widget_states.widgets), len(state.cached_message_hashes)) > WIDGETS):
        _refuse(session, kind or "empty")
        return
    if kind == "file_urls_request":
        del message.file_urls_request.file_names[FILES:]
    elif kind == "rerun_script":
        _bound(state)
    _handle_before(session, message)


def _bound(state: ClientState) -> None:
    """Cut what a browser says of itself to the sizes that it has. A list repeats the page's address in each link."""
    state.query_string = state.query_string[:LONGEST_LINK]
    for field_, value in state.context_info.ListFields():
        if isinstance(value, str) and len(value) > LONGEST_NAME and field_.name != "url":
            state.context_info.ClearField(field_.name)
    address = state.context_info.url.partition("?")[0]
    if state.context_info.url:
        state.context_info.url = address if len(address) <= LONGEST_ADDRESS else ""


def _refuse(session: AppSession, kind: str) -> None:
    if kind not in _asked(session).refused:
        _asked(session).refused.add(kind)
        logs.write(logging.WARNING, "message_refused", kind=kind)


# Runs of a page

@dataclass(eq=False)
class Asked:
    """What a session has asked for: how often, the run that is to begin, and those that were replaced and have not
    ended."""

    pace: Pace = field(default_factory=lambda: Pace(BURST, PACE))
    too_often: bool = False
    is_new: bool = True
    state: ClientState | None = None
    ending: list[ScriptRunner] = field(default_factory=list)
    downloads: int = 0
    refused: set[str] = field(default_factory=set)
    page: str = ""
    left: str = ""  # the page before
    left_at: float = 0.0

    def is_late(self, state: ClientState) -> bool:
        """Whether a page asks for a run after a click on another page, which would undo that click: a popover that the
        click closes does so. What asks for another page brings no fields."""
        now, page = time.monotonic(), state.page_script_hash
        if state.widget_states.widgets and self.left == page != "" and now - self.left_at < LATE:
            return True
        if page != self.page:
            self.page, self.left, self.left_at = page, self.page, now
        return False

    def may_begin(self) -> bool:
        self.ending = [runner for runner in self.ending if _runs(runner)]
        return not self.ending


_of: WeakKeyDictionary[AppSession, Asked] = WeakKeyDictionary()
_waiting: dict[AppSession, None] = {}  # in the order in which they came
_stop_before = AppSession.request_script_stop


def _asked(session: AppSession) -> Asked:
    return _of.setdefault(session, Asked())


def _runs(runner: ScriptRunner | None) -> bool:
    return runner is not None and runner._script_thread is not None and runner._script_thread.is_alive()


def _ask(session: AppSession, state: ClientState | None = None) -> None:
    """Begin a run, or let it wait. One that waits takes in what comes after it, so that the last answers are always
    worked out. Streamlit begins a thread for each, however many have not ended."""
    asked = _asked(session)
    if state is not None and asked.is_late(state):
        return
    asked.too_often = not asked.pace.allows() or (asked.pace.left < BURST * 2 / 3 and _is_crowded())
    if asked.state is None and not asked.too_often and asked.may_begin() and not (asked.is_new and _is_full()):
        _begin(session, state)
        return
    asked.state = _together(asked.state, state or ClientState())
    if not _waiting:
        session._event_loop.call_later(0.05, _begin_waiting)
    _waiting[session] = None


def _together(old: ClientState | None, new: ClientState) -> ClientState:
    """What two requests ask for: the newer answers, and each click."""
    if old is None:
        return new
    both = ClientState()
    both.CopyFrom(new)
    if old.fragment_id != new.fragment_id:
        both.fragment_id = ""
    both.is_auto_rerun = old.is_auto_rerun and new.is_auto_rerun
    both.is_history_navigation |= old.is_history_navigation and new.is_auto_rerun
    states = _coalesce_widget_states(old.widget_states, new.widget_states)
    if states is not None:
        both.widget_states.CopyFrom(states)
    return both


def _is_crowded() -> bool:
    return sum(map(_runs, _now.runs)) >= CROWD


def _is_full() -> bool:
    """Whether a new session has to wait for a place, so that many of them don't stop those that are there. Lists and
    other long work keep nobody waiting."""
    began = time.monotonic() - YOUNG
    return sum(at > began and _runs(runner) for runner, at in _now.runs.items()) >= ROOM


def _begin(session: AppSession, state: ClientState | None) -> None:
    before = session._scriptrunner
    session.request_rerun(state)
    _asked(session).is_new = False
    if session._scriptrunner is not None and session._scriptrunner is not before:
        _now.runs = {runner: at for runner, at in _now.runs.items() if _runs(runner)}
        _now.runs[session._scriptrunner] = time.monotonic()
        if before is not None:
            _asked(session).ending.append(before)


def _begin_waiting() -> None:
    """Begin what can begin. Sessions that ask too often have one run at a time among them all."""
    for session in list(_waiting):
        asked = _asked(session)
        if not asked.may_begin():
            continue
        if asked.is_new and _is_full():
            continue
        if asked.too_often and _runs(_now.alone) and time.monotonic() - _now.alone_since < ALONE:
            continue
        state, asked.state = asked.state, None
        del _waiting[session]
        _begin(session, state)
        if asked.too_often:
            _now.alone, _now.alone_since = session._scriptrunner, time.monotonic()
    if _waiting:
        next(iter(_waiting))._event_loop.call_later(0.05, _begin_waiting)


def _stop(session: AppSession) -> None:
    """Stop what runs and forget what waits: the reader has gone, or said stop."""
    _waiting.pop(session, None)
    _asked(session).state = None
    _stop_before(session)


def is_history_navigation() -> bool:
    """Whether this run was asked for by Back or Forward."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation


# Downloads

class Made(NamedTuple):
    """A file that was made for a click: whose it is, the button's id, and when it was made."""

    session: str
    button: str
    at: float


_SALT = secrets.token_bytes(32)
_owner: ContextVar[str] = ContextVar("owner", default="")
_made: dict[str, Made] = {}
_replaced: dict[str, tuple[str, str]] = {}  # the session and the button of files that a later run has replaced
_making = asyncio.Semaphore(2)
_execute_before = MediaFileManager.execute_deferred
_drop_before = MediaFileManager._drop_deferred_id
_load_before = MemoryMediaFileStorage.load_and_get_id
_make_before = AppSession._handle_backend_operation_request


def _file_id(data: bytes, mimetype: str, filename: str | None = None) -> str:
    """The name under which a file is served: of its whole content, its session and a secret of this process, so that
    no two contents share one and nobody can work one out. Streamlit's is of a few samples of a large file."""
    digest = hashlib.blake2b(key=_SALT, digest_size=28)
    for part in (_owner.get().encode(), mimetype.encode(), (filename or "").encode(), data):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def _load(storage: MemoryMediaFileStorage, path_or_data: str | bytes, mimetype: str, kind: MediaFileKind,
          filename: str | None = None) -> str:
    if kind == MediaFileKind.DOWNLOADABLE and filename and isinstance(path_or_data, bytes):
        filename = named(filename, path_or_data)
    return _load_before(storage, path_or_data, mimetype, kind, filename)


def named(name: str, content: bytes) -> str:
    """The name of a file with a digest of its whole content: `summary.csv` becomes `summary-1a2b3c4d.csv`."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem or ending}-{hashlib.sha256(content).hexdigest()[:8]}{dot}{ending if dot else ''}"


def _execute(manager: MediaFileManager, file_id: str) -> str:
    """Make the file behind a button. From then on `_release` decides how long it is kept: Streamlit drops it after
    two runs of any session, fetched or not, and keeps it forever where no session runs."""
    entry = manager._deferred_callables.get(file_id)
    token = _owner.set(entry["session_id"] if entry else "")
    try:
        address = _execute_before(manager, file_id)
    finally:
        _owner.reset(token)
    assert entry is not None
    made = address.rsplit("/", 1)[-1].split(".")[0]
    with manager._lock:
        manager._file_metadata.pop(made, None)
    _made[made] = Made(entry["session_id"], entry["element_id"], time.monotonic())
    return address


def _drop(manager: MediaFileManager, file_id: str) -> None:
    """Forget what a button would have made, but not which button it was: a click may have asked for it just now."""
    entry = manager._deferred_callables.get(file_id)
    if entry is not None:
        _replaced[file_id] = entry["session_id"], entry["element_id"]
        if len(_replaced) > REPLACED:
            del _replaced[next(iter(_replaced))]
    _drop_before(manager, file_id)


def _newest(session: AppSession, file_id: str) -> str:
    """The file that the button now makes which made this one; empty where the session has no such button."""
    files = get_instance().media_file_mgr
    with files._lock:
        entry = files._deferred_callables.get(file_id)
        button = (entry["session_id"], entry["element_id"]) if entry else _replaced.get(file_id, ("", ""))
        return next((id_ for id_, it in reversed(files._deferred_callables.items())
                     if (it["session_id"], it["element_id"]) == button and it["session_id"] == session.id), "")


async def _ended(session: AppSession) -> None:
    """Wait until what the reader has entered counts. A click on a button takes the reader out of a field, which begins
    a run; the browser then asks for the file of the page before it."""
    last = time.monotonic() + ENDING
    while (session in _waiting or _runs(session._scriptrunner)) and time.monotonic() < last:
        await asyncio.sleep(0.02)


async def _make(session: AppSession, request: BackendOperationRequest) -> None:
    """Make a file for its own session, while that is there, of what the reader has entered, and two at a time in this
    process."""
    asked = _asked(session)
    if asked.downloads >= DOWNLOADS or not _newest(session, request.deferred_file.file_id):
        _cannot_make(session, request)
        return
    asked.downloads += 1
    try:
        await _ended(session)
        request.deferred_file.file_id = _newest(session, request.deferred_file.file_id)
        if not request.deferred_file.file_id:
            _cannot_make(session, request)
            return
        async with _making:
            if get_instance().is_active_session(session.id):
                await _make_before(session, request)
    finally:
        asked.downloads -= 1
    if _now.releasing is None or _now.releasing.done():
        _now.releasing = asyncio.create_task(_release_all())


def _cannot_make(session: AppSession, request: BackendOperationRequest) -> None:
    message = ForwardMsg()
    message.backend_operation_response.request_id = request.request_id
    message.backend_operation_response.error_msg = "This file cannot be made now"
    session._enqueue_forward_msg(message)


async def _release_all() -> None:
    while _made:
        await asyncio.sleep(1)
        _release(get_instance(), time.monotonic())


def _release(runtime: Runtime, now: float) -> None:
    """Drop each file whose session has gone, whose button is no longer on the page, or that nobody has fetched."""
    files = runtime.media_file_mgr
    with files._lock:
        shown = {(it["session_id"], it["element_id"]) for it in files._deferred_callables.values()}
    for name, made in list(_made.items()):
        is_shown = made[:2] in shown or now - made.at < GRACE
        if not (runtime.is_active_session(made.session) and is_shown and now - made.at < KEPT):
            del _made[name]
            files._storage.delete_file(name)


# Uploads

_add_file_before = MemoryUploadedFileManager.add_file
_parse_before = MultiPartParser.parse
_on_part_data_before = MultiPartParser.on_part_data


def _add_file(manager: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
    """Take a file in, and let go of the session's oldest beyond `FILES`. Where all sessions hold
    as much as they may, the browser learns that it was not taken, and the session keeps what it has."""
    _room(manager, len(file.data))
    _add_file_before(manager, session_id, file)
    held = list(manager.file_storage[session_id])
    for oldest in held[:-FILES]:
        manager.remove_file(session_id, oldest)


def _room(manager: MemoryUploadedFileManager, more: int) -> None:
    if manager._total_bytes + more > HELD:
        raise HTTPException(507, "The service holds as many files as it may; try again in a few minutes.")


async def _parse(parser: MultiPartParser) -> Any:
    """Read an upload, in memory, and count it as long as it is on its way."""
    try:
        return await _parse_before(parser)
    finally:
        _now.on_its_way -= getattr(parser, "counted", 0)


def _on_part_data(parser: MultiPartParser, data: bytes, start: int, end: int) -> None:
    _room(get_instance().uploaded_file_mgr, _now.on_its_way + end - start)  # type: ignore[arg-type]
    parser.counted = getattr(parser, "counted", 0) + end - start  # type: ignore[attr-defined]
    _now.on_its_way += end - start
    _on_part_data_before(parser, data, start, end)
