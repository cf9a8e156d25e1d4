"""Logs: lines of JSON on standard error with what an operator needs, and nothing that a visitor typed.

A record of any library is reduced to its logger, its place in the code, and the types and frames of its exception. The
message is left out because it may contain a budget or a name. A template is kept, without its values.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import re
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st
from streamlit import config
from streamlit.logger import set_log_level

from hiring import MODEL_VERSION
from hiring.evidence.loader import load_evidence

LEVEL = "HIRING_LOG_LEVEL"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
SETTINGS = ("server.maxUploadSize", "server.maxMessageSize", "server.enableXsrfProtection",
            "server.scriptHealthCheckEnabled", "client.showErrorDetails", "browser.gatherUsageStats")
MAX_FRAMES = 30
ROOT = Path(__file__).parents[3]
LOGGER = logging.getLogger("hiring")
_request: ContextVar[str] = ContextVar("request", default="")  # the id that the proxy gave this connection


class LogLevelError(ValueError):
    """An invalid setting; the message is a sentence for the operator."""


class _Lines(logging.Handler):
    """Prints each record, whose message is already a line of JSON."""

    def emit(self, record: logging.LogRecord) -> None:
        print(record.getMessage(), file=sys.stderr, flush=True)


class Event(NamedTuple):
    """An entry of our own; its fields contain nothing personal."""

    name: str
    fields: dict[str, Any]


def begin_rerun() -> None:
    """Set up logging and the request id, at the start of every rerun. Stops the page if the level is invalid."""
    try:
        install()
    except LogLevelError as error:
        write(logging.ERROR, "refused", problem=str(error))
        stop_page(str(error), error)
    given = st.context.headers.get("X-Request-ID") or ""
    _request.set(given if re.fullmatch(r"[0-9A-Za-z-]{8,64}", given, re.ASCII) else "")


def stop_page(message: str, error: Exception) -> None:
    """Show why the app cannot be used, and end the rerun. In a readiness check nobody sees the page: there the error is
    raised, so that the check fails."""
    st.error(message)
    if not _has_reader():
        raise error
    st.stop()


def _has_reader() -> bool:
    return bool(st.context.headers) or st.context.url is not None


@st.cache_resource(show_spinner=False)
def install() -> None:
    """Format every log record of this process, and whatever Python itself would print, with `format_line`. Raises
    LogLevelError."""
    if not LOGGER.handlers:
        LOGGER.addHandler(_Lines())
        LOGGER.propagate = False
    logging.setLogRecordFactory(_record)
    threading.excepthook = lambda failed: _failed("thread", failed.exc_value)
    sys.unraisablehook = lambda failed: _failed("unraisable", failed.exc_value)
    warnings.showwarning = _warned
    level = checked_level(os.environ.get(LEVEL, ""))
    LOGGER.setLevel(level)
    set_log_level(level)


def checked_level(text: str) -> str:
    """The log level, INFO if none is set. Raises LogLevelError."""
    level = text.strip().upper() or "INFO"
    if level not in LEVELS:
        raise LogLevelError(f"The setting {LEVEL} is {text[:40]!r}: set it to one of {', '.join(LEVELS)}, or leave it "
                            "out.")
    return level


def log_start() -> None:
    """The first line of a process that is ready: its versions and settings."""
    write(logging.INFO, "start", version=MODEL_VERSION, evidence=load_evidence().dates[-1].isoformat(),
          python=platform.python_version(), streamlit=st.__version__,
          settings={LEVEL: logging.getLevelName(LOGGER.level), **{name: config.get_option(name) for name in SETTINGS}})


@contextmanager
def rerun(page: str) -> Iterator[None]:
    """Log how long a page took and how it ended. A page that no browser requested is a readiness check."""
    began, outcome = time.perf_counter(), "done"
    try:
        yield
    except BaseException as error:  # Streamlit stops or restarts a rerun with a BaseException
        outcome = "error" if isinstance(error, Exception) else "stopped"
        raise
    finally:
        write(logging.INFO, "rerun" if _has_reader() else "check", page=page, outcome=outcome,
              seconds=round(time.perf_counter() - began, 4))


def write(level: int, event: str, **fields: Any) -> None:
    """Log an entry of our own."""
    LOGGER.log(level, Event(event, fields))


def format_line(name: str, level: int, place: str, message: object, has_values: bool,
                failed: BaseException | None) -> str:
    """A record as a line of JSON; `has_values` means that the message is a template without its values."""
    ours = message if isinstance(message, Event) else None
    entry: dict[str, Any] = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                             "level": logging.getLevelName(level), "event": ours.name if ours else "library"}
    if _request.get():
        entry["request_id"] = _request.get()
    entry |= ours.fields if ours else {"logger": name, "at": place}
    if ours is None and has_values and isinstance(message, str):
        entry["template"] = message
    if failed is not None:
        entry |= _described(failed)
    return json.dumps(entry, default=str)


def _record(name: str, level: int, file: str, number: int, message: object, args: Any, exc_info: Any,
            *more: Any, **kept: Any) -> logging.LogRecord:
    """A record whose message is its line, for any logger and handler."""
    failed = exc_info[1] if isinstance(exc_info, tuple) else None
    text = format_line(name, level, f"{_short(file)}:{number}", message, bool(args), failed)
    return logging.LogRecord(name, level, file, number, text, None, None)


def _failed(kind: str, error: BaseException | None) -> None:
    if error is not None:
        write(logging.ERROR, kind, **_described(error))


def _warned(message: Warning | str, category: type[Warning], filename: str, lineno: int, file: object = None,
            line: object = None) -> None:
    write(logging.WARNING, "warning", type=category.__name__, at=f"{_short(filename)}:{lineno}")


def _described(error: BaseException) -> dict[str, list[str]]:
    """The types of an exception and of its causes, and its frames without values, the innermost last."""
    types: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(types) < 5:
        types.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)[-MAX_FRAMES:]
    return {"error": types, "frames": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]}


def _short(file: str) -> str:
    """A path relative to the project or to the installed packages."""
    return file.rpartition("site-packages/")[2].removeprefix(f"{ROOT}/")
