"""Log lines: JSON, with what an operator needs and nothing that a reader typed."""

from __future__ import annotations

import json
import logging
import re
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from hiring import MODEL_VERSION
from hiring.web.server import logs, startup

APP = Path(__file__).parents[3] / "app.py"
SECRET = "123457 USD for “Merger”"


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Logging set up as in a served process, and taken back; gives what was logged since the last look."""
    factory, hooks = logging.getLogRecordFactory(), (threading.excepthook, warnings.showwarning)
    monkeypatch.delenv(logs.LEVEL, raising=False)
    monkeypatch.setattr("sys.unraisablehook", None)
    logs.install.clear()
    logs.install()
    logs._request.set("")
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    logging.setLogRecordFactory(factory)
    threading.excepthook, warnings.showwarning = hooks
    logs.install.clear()


def failed() -> None:
    try:
        float(SECRET)
    except ValueError as error:
        raise RuntimeError(SECRET) from error


def test_a_line_says_when_how_bad_what_and_for_whom(lines: Any) -> None:
    logs._request.set("a" * 32)
    logs.write(logging.INFO, "rerun", page="decide", seconds=0.05)
    (line,) = lines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    assert line == {"level": "INFO", "event": "rerun", "request_id": "a" * 32, "page": "decide", "seconds": 0.05}


@pytest.mark.parametrize("name", ["streamlit.error_util", "uvicorn.access", "asyncio", "a.library.that.comes.later"])
def test_an_exception_of_any_logger_gives_types_and_frames_and_never_the_message(lines: Any, name: str) -> None:
    logger, handler = logging.getLogger(name), logs._Lines()
    logger.addHandler(handler)
    try:
        failed()
    except RuntimeError as error:
        logger.error(f"Uncaught {SECRET}", exc_info=error)
        logger.error("Uncaught %s", SECRET, exc_info=True, stack_info=True, extra={"note": SECRET})
    logger.removeHandler(handler)
    found = [line for line in lines() if line.get("logger") == name]
    assert found
    assert "123457" not in json.dumps(found)
    for line in found:
        assert line["error"] == ["RuntimeError", "ValueError"]
        assert line["frames"][-1].startswith("tests/web/server/test_logs.py:")
        assert line["frames"][-1].endswith(" failed")
    assert [line.get("template") for line in found[:2]] == [None, "Uncaught %s"]


def test_what_python_prints_by_itself_is_a_line_without_the_message_too(lines: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = logs._warned
        warnings.warn(SECRET, RuntimeWarning, stacklevel=1)
    thread = threading.Thread(target=failed)
    thread.start()
    thread.join()
    warned, thrown = lines()
    assert (warned["event"], warned["type"]) == ("warning", "RuntimeWarning")
    assert (thrown["event"], thrown["error"]) == ("thread", ["RuntimeError", "ValueError"])
    assert "123457" not in json.dumps([warned, thrown])


@pytest.mark.parametrize(("text", "level"), [("", "INFO"), ("debug", "DEBUG"), (" Error ", "ERROR")])
def test_the_level_is_read_from_the_environment_and_is_info_where_none_is_set(text: str, level: str) -> None:
    assert logs.checked_level(text) == level


def test_a_level_that_is_none_stops_the_page_with_the_sentence_for_the_operator(
        lines: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(logs.LEVEL, "loud")
    logs.install.clear()
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.context["url"] = "http://localhost:8501/"
    app.run()
    sentence = "The setting HIRING_LOG_LEVEL is 'loud': set it to one of DEBUG, INFO, WARNING, ERROR, or leave it out."
    assert [it.value for it in app.error] == [sentence]
    assert not app.metric
    assert [line["problem"] for line in lines() if line["event"] == "refused"] == [sentence]


def test_a_page_is_logged_with_its_seconds_and_how_it_ended(lines: Any) -> None:
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.context["url"] = "http://localhost:8501/"
    startup.warm_up.clear()
    app.run()
    started, rerun = (line for line in lines() if line["event"] != "library")
    assert (started["event"], started["version"]) == ("start", MODEL_VERSION)
    assert started["settings"]["HIRING_LOG_LEVEL"] == "INFO"
    assert (rerun["event"], rerun["page"], rerun["outcome"]) == ("rerun", "decide", "done")
    assert 0 < rerun["seconds"] < 60
    for error, outcome in ((ValueError(SECRET), "error"), (KeyboardInterrupt(), "stopped")):
        with pytest.raises(type(error)), logs.rerun("compare"):
            raise error
        (line,) = lines()
        assert (line["page"], line["outcome"]) == ("compare", outcome)
        assert "123457" not in json.dumps(line)
