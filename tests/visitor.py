"""A visitor that speaks the browser's protocol, so that the server is measured without a browser's cost."""

from __future__ import annotations

import socket
import time
import urllib.request
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from hiring import ProjectNeeds, decide
from hiring.model.needs import plain
from hiring.text import formatting, verdict_text
from hiring.web.markdown import markdown

Answers = Mapping[str, float | str | FileUploaderState]
STREAMLIT = [Subprotocol("streamlit")]


def stream(port: int) -> str:
    return f"ws://127.0.0.1:{port}/_stcore/stream"


def put_file(port: int, path: str, name: str, content: bytes) -> int:
    """The status with which a file is taken in that a page sends, token and all."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health") as page:
        cookie = page.headers["Set-Cookie"].split(";")[0]
    head = f'--part\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", head + content + b"\r\n--part--\r\n", method="PUT",
        headers={"Content-Type": "multipart/form-data; boundary=part", "Cookie": cookie,
                 "X-Xsrftoken": cookie.split("=", 1)[1]})
    with urllib.request.urlopen(request) as response:
        return int(response.status)


class Page:
    """What a browser knows of one session: the fields of the page and their values, what the last run of the page has
    written so far, and the link in the address bar."""

    def __init__(self, link: str = "") -> None:
        self.link, self.session, self.shown = link, "", ""
        self.fields: dict[str, str] = {}
        self.given: dict[str, float | str | FileUploaderState] = {}
        self.pages: dict[str, str] = {}
        self.files: dict[str, str] = {}
        self.buttons: dict[str, str] = {}
        self.texts: list[str] = []
        self.cards: list[str] = []
        self.alerts: list[str] = []

    @property
    def verdict(self) -> str:
        """The heading of the page; empty until the run has said it."""
        return next((text[2:] for text in self.texts if text.startswith("# ")), "")

    def asks(self, answers: Answers | None = None, page: str | None = None, button: str = "") -> bytes:
        """The request for a run with these answers, {label of the field: answer}, or for another page by its path, or
        with a click on a button."""
        if page is not None:
            self.shown, self.given = self.pages[page], {}
        message = BackMsg()
        message.rerun_script.query_string, message.rerun_script.page_script_hash = self.link, self.shown
        self.given |= {self.fields[label]: answer for label, answer in (answers or {}).items()}
        for id_, answer in self.given.items():
            state = message.rerun_script.widget_states.widgets.add()
            state.id = id_
            if isinstance(answer, bool):  # whether what opens is open
                state.bool_value = answer
            elif isinstance(answer, FileUploaderState):
                state.file_uploader_state_value.CopyFrom(answer)
            else:
                state.string_value = answer if isinstance(answer, str) else plain(answer)
        if button:
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.trigger_value = self.buttons[button], True
        return message.SerializeToString()

    def asks_for_file(self, ending: str) -> bytes:
        """The request to make the file whose button says `ending`."""
        message = BackMsg()
        message.backend_operation_request.request_id = ending
        message.backend_operation_request.session_id = self.session
        message.backend_operation_request.deferred_file.file_id = self.files[ending]
        return message.SerializeToString()

    def reads(self, content: Any) -> ForwardMsg:
        """Take in one message of the server."""
        message = ForwardMsg()
        message.ParseFromString(content)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.texts, self.cards, self.alerts, self.buttons = [], [], [], {}
            self.session, self.shown = message.new_session.initialize.session_id, message.new_session.page_script_hash
        elif kind == "page_info_changed":
            self.link = message.page_info_changed.query_string
        elif kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "delta":
            self._reads_element(message)
            opens = message.delta.add_block.popover
            self.fields |= {opens.label: opens.id} if opens.id else {}
        return message

    def _reads_element(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "text_input":
            self.fields[element.text_input.label] = element.text_input.id
        elif kind == "markdown":
            self.texts.append(element.markdown.body)
        elif kind == "text":
            self.texts.append(element.text.body)
        elif kind == "metric":
            self.cards.append(element.metric.body)
        elif kind == "alert":
            self.alerts.append(element.alert.body)
        elif kind == "button":
            self.buttons[element.button.label] = element.button.id
        elif kind == "file_uploader":
            self.fields[element.file_uploader.label] = element.file_uploader.id
        elif kind == "download_button":
            self.files[element.download_button.label] = element.download_button.deferred_file_id


class Visitor(Page):
    """One session. `rerun` asks for the page and waits for its last message. `headers` are those of a proxy."""

    def __init__(self, port: int, link: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(link)
        self.port = port
        self.connection = connect(stream(port), subprotocols=STREAMLIT, compression=None, max_size=None,
                                  additional_headers=headers, user_agent_header="Mozilla/5.0")
        self.socket = self.connection.__enter__()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.connection.__exit__(None, None, None)

    def rerun(self, answers: Answers | None = None, page: str | None = None) -> float:
        """Seconds from the request to the last message of the run."""
        request = self.asks(answers, page)
        began = time.perf_counter()
        self.socket.send(request)
        self._wait_for("new_session")  # what comes before is of an earlier run
        while self._wait_for("script_finished").script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            pass  # the server runs it again by itself
        return time.perf_counter() - began

    def download(self, label: str) -> bytes:
        """The file behind a button, made now."""
        self.socket.send(self.asks_for_file(label))
        answer = self._wait_for("backend_operation_response").backend_operation_response
        assert answer.request_id == label and not answer.error_msg, answer.error_msg
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{answer.deferred_file.url}") as response:
            return bytes(response.read())

    def uploaded(self, name: str, content: bytes) -> FileUploaderState:
        """What a file's field holds once the server has taken the file."""
        message = BackMsg()
        message.file_urls_request.request_id, message.file_urls_request.session_id = name, self.session
        message.file_urls_request.file_names.append(name)
        self.socket.send(message.SerializeToString())
        (urls,) = self._wait_for("file_urls_response").file_urls_response.file_urls
        put_file(self.port, urls.upload_url, name, content)
        state = FileUploaderState()
        file = state.uploaded_file_info.add()
        file.file_id, file.name, file.size = urls.file_id, name, len(content)
        file.file_urls.CopyFrom(urls)
        return state

    def _wait_for(self, kind: str) -> ForwardMsg:
        while True:
            message = self.reads(self.socket.recv(timeout=120))
            self.socket.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            if message.WhichOneof("type") == kind:
                return message


def expected(needs: ProjectNeeds) -> tuple[str, ...]:
    """What the page must say of these needs, which have no limits, worked out without a page: the verdict, whose
    project, the typical cost on each card, and the needs in the address bar."""
    decision = decide(needs)
    cards = [markdown(formatting.money(outcome.cost_quantiles[1])) for outcome in decision.in_fixed_order.values()]
    asked = markdown(f"{verdict_text.project_name(needs)}: {verdict_text.work(needs)}.")
    return (markdown(verdict_text.heading(decision)), asked, *cards, needs.project,
            str(float(needs.developers)), str(float(needs.build_months)))


def said(page: Page) -> tuple[str, ...]:
    """What the page says, in the same order."""
    query = parse_qs(page.link)
    asked = next((text for text in page.texts if text.startswith(":small[:gray[") and " developer" in text), "")
    question = asked.partition("?** ")[2].partition(" No budget")[0]
    return (page.verdict, question, *page.cards, query["project"][0],
            *(str(float(query[name][0])) for name in ("developers", "build_months")))
