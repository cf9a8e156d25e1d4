"""A manager who speaks the browser's protocol: holds a cookie and a link, and opens the link again when cut off."""

from __future__ import annotations

import time
from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from hiring import ProjectNeeds, decide, evidence_as_of
from hiring.dashboard import wording
from hiring.exchange import links

PATIENCE = 60.0  # seconds that a manager tries to come back


class Manager:
    """One open page. `link` is what stands in the address bar, `verdict` the heading that the page shows."""

    def __init__(self, port: int, needs: ProjectNeeds):
        self.port, self.needs = port, needs
        self.link = urlencode(links.encode(needs, evidence_as_of().as_of))
        self.verdict = self.replica = ""
        self.moves: list[tuple[str, str]] = []
        self.waits: list[float] = []  # seconds, of each move, until the page stood again
        self.fields: dict[str, str] = {}
        self.open()

    def open(self) -> None:
        """Open the link in a new session, as a browser does that was cut off."""
        began = time.monotonic()
        while True:
            try:
                self._connect()
                self._run()
            except (OSError, WebSocketException):
                if time.monotonic() - began > PATIENCE:
                    raise
                time.sleep(0.2)
            else:
                return

    def change(self, developers: float) -> None:
        """Type another number of developers; where the connection breaks, open the last link and type again."""
        try:
            self._run({"Developers": developers})
        except (OSError, WebSocketException):
            began, before = time.monotonic(), (self.verdict, parse_qs(self.link)["developers"], self.replica)
            self.open()
            self.waits.append(time.monotonic() - began)
            assert (self.verdict, parse_qs(self.link)["developers"]) == before[:2], "the link shows something else"
            self.moves.append((before[2], self.replica))
            self._run({"Developers": developers})
        self.needs = replace(self.needs, developers=developers)

    def close(self) -> None:
        self.socket.close()

    @property
    def expected(self) -> tuple[str, str, float]:
        """The heading, project and developers that this manager must see, worked out without a page."""
        return wording.verdict(decide(self.needs)), self.needs.project, self.needs.developers

    @property
    def seen(self) -> tuple[str, str, float]:
        query = parse_qs(self.link)
        return self.verdict, query["project"][0], float(query["developers"][0])

    def _connect(self) -> None:
        headers = {"Cookie": f"replica={self.replica}"} if self.replica else {}
        self.socket = connect(f"ws://127.0.0.1:{self.port}/_stcore/stream", additional_headers=headers, max_size=None,
                              subprotocols=[Subprotocol("streamlit")], origin=f"http://127.0.0.1:{self.port}")
        assert self.socket.response is not None
        for cookie in self.socket.response.headers.get_all("Set-Cookie"):
            for name, value in SimpleCookie(cookie).items():
                self.replica = value.value if name == "replica" else self.replica

    def _run(self, numbers: dict[str, float] | None = None) -> None:
        message = BackMsg()
        message.rerun_script.query_string = self.link
        for label, value in (numbers or {}).items():
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.double_value = self.fields[label], value
        self.socket.send(message.SerializeToString())
        while self._read(self.socket.recv(timeout=30)) != "script_finished":
            pass

    def _read(self, content: Any) -> str | None:
        answer = ForwardMsg()
        answer.ParseFromString(content)
        kind = answer.WhichOneof("type")
        element = answer.delta.new_element
        if kind == "page_info_changed":
            self.link = answer.page_info_changed.query_string
        elif kind == "delta" and element.WhichOneof("type") == "number_input":
            self.fields[element.number_input.label] = element.number_input.id
        elif kind == "delta" and element.WhichOneof("type") == "markdown" and element.markdown.body.startswith("# "):
            self.verdict = element.markdown.body.removeprefix("# ")
        return kind


def project(number: int) -> ProjectNeeds:
    """A project that no other manager has."""
    return ProjectNeeds(project=f"Manager {number}", developers=1 + number / 10)
