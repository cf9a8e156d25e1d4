"""Logs: what an operator needs to know, each a line of JSON on standard error, and nothing that a reader typed.

A record of any library, now or later, becomes its logger, its place in the code and the types and frames of its
exception. Its message is left out, for it can hold a budget or a name; of a template only the values are.
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
MOST_FRAMES = 30
ROOT = Path(__file__).parents[3]
LOGGER = logging.getLogger("hiring")
_request: ContextVar[str] = ContextVar("request", default="")  # the id that the proxy gave to this connection


class LogLevelError(ValueError):
    """Why the setting cannot be used, as a sentence for the operator."""


class _Lines(logging.Handler):
    """Prints each record, which is a line already."""

    def emit(self, record: logging.LogRecord) -> None:
        print(record.getMessage(), file=sys.stderr, flush=True)


class Event(NamedTuple):
    """A line of our own; its fields hold nothing personal."""

    name: str
    fields: dict[str, Any]


def ready() -> None:
    """Begin to log, or stop the page with the sentence for the operator; called at the start of every rerun."""
    try:
        begin()
    except LogLevelError as error:
        write(logging.ERROR, "refused", problem=str(error))
        refuse(str(error), error)
    given = st.context.headers.get("X-Request-ID") or ""
    _request.set(given if re.fullmatch(r"[0-9A-Za-z-]{8,64}", given, re.ASCII) else "")


def refuse(told: str, error: Exception) -> None:
    """Tell why the app cannot be used and end the rerun. Where nobody reads the page, for the server was asked whether
    it is ready, the error is raised, so that the answer is no."""
    st.error(told)
    if not _has_reader():
        raise error
    st.stop()


def _has_reader() -> bool:
    return bool(st.context.headers) or st.context.url is not None


@st.cache_resource(show_spinner=False)
def begin() -> None:
    """Send every record of this process through `line`, and what Python itself would print. Raises LogLevelError."""
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
    """The level to log from on, INFO where none is set. Raises LogLevelError."""
    level = text.strip().upper() or "INFO"
    if level not in LEVELS:
        raise LogLevelError(f"The setting {LEVEL} is {text[:40]!r}: set it to one of {', '.join(LEVELS)}, or leave it "
                            "out.")
    return level


def started() -> None:
    """The first line of a process that is ready: what runs here, and how it is set."""
    write(logging.INFO, "start", version=MODEL_VERSION, evidence=load_evidence().dates[-1].isoformat(),
          python=platform.python_version(), streamlit=st.__version__,
          settings={LEVEL: logging.getLevelName(LOGGER.level), **{name: config.get_option(name) for name in SETTINGS}})


@contextmanager
def rerun(page: str) -> Iterator[None]:
    """Log how long a page took and how it ended; one that no browser asked for is a check of readiness."""
    began, outcome = time.perf_counter(), "error"
    try:
        yield
        outcome = "done"
    except Exception:
        raise
    except BaseException:  # which is how Streamlit stops a rerun, or begins the next
        outcome = "stopped"
        raise
    finally:
        write(logging.INFO, "rerun" if _has_reader() else "check", page=page, outcome=outcome,
              seconds=round(time.perf_counter() - began, 4))


def write(level: int, event: str, **fields: Any) -> None:
    """A line of our own."""
    LOGGER.log(level, Event(event, fields))


def line(name: str, level: int, place: str, message: object, has_values: bool, failed: BaseException | None) -> str:
    """A record as a line of JSON; `has_values` tells whether the message is a template whose values came apart."""
    ours = message if isinstance(message, Event) else None
    told: dict[str, Any] = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                            "level": logging.getLevelName(level), "event": ours.name if ours else "library"}
    if _request.get():
        told["request_id"] = _request.get()
    told |= ours.fields if ours else {"logger": name, "at": place}
    if ours is None and has_values and isinstance(message, str):
        told["template"] = message
    if failed is not None:
        told |= {"error": _types(failed), "frames": _frames(failed)}
    return json.dumps(told, default=str)


def _record(name: str, level: int, file: str, number: int, message: object, args: Any, exc_info: Any,
            *more: Any, **kept: Any) -> logging.LogRecord:
    """A record whose message is its line, whatever logger made it and whatever handler prints it."""
    failed = exc_info[1] if isinstance(exc_info, tuple) else None
    text = line(name, level, f"{_short(file)}:{number}", message, bool(args), failed)
    return logging.LogRecord(name, level, file, number, text, None, None)


def _failed(kind: str, error: BaseException | None) -> None:
    if error is not None:
        write(logging.ERROR, kind, error=_types(error), frames=_frames(error))


def _warned(message: Warning | str, category: type[Warning], filename: str, lineno: int, file: object = None,
            line: object = None) -> None:
    write(logging.WARNING, "warning", type=category.__name__, at=f"{_short(filename)}:{lineno}")


def _types(error: BaseException) -> list[str]:
    """The type of an exception and of those that it came from."""
    names: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(names) < 5:
        names.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    return names


def _frames(error: BaseException) -> list[str]:
    """Where it happened, the innermost last: file, line and function, no values."""
    found = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in found]


def _short(file: str) -> str:
    """A path from the project's folder or from the packages' on."""
    return file.rpartition("site-packages/")[2].removeprefix(f"{ROOT}/")
