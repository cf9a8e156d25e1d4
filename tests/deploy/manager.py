"""A manager who speaks the browser's protocol: holds a cookie and a link, and opens the link again when cut off."""

from __future__ import annotations

import time
from dataclasses import replace
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlencode

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.typing import Origin

from hiring import ProjectNeeds, decide, evidence_as_of
from hiring.links import project_link
from hiring.text import verdict_text
from hiring.web.markdown import markdown
from tests.visitor import STREAMLIT, Answers, Page, stream

PATIENCE = 60.0  # seconds that a manager tries to come back
Answer = tuple[str, str, float]


class Manager(Page):
    """One open page, and the needs that its manager has typed."""

    def __init__(self, port: int, needs: ProjectNeeds, replica: str = ""):
        super().__init__(urlencode(project_link.encode(needs, evidence_as_of().as_of)))
        self.port, self.needs, self.replica = port, needs, replica
        self.moves: list[tuple[str, str]] = []
        self.waits: list[float] = []  # seconds, of each move, until the page stood again
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
        changed = replace(self.needs, developers=developers)
        try:
            self._run({"Developers to build": developers})
        except (OSError, WebSocketException):
            began, gone = time.monotonic(), self.replica
            self.open()
            self.waits.append(time.monotonic() - began)
            assert self.seen in (answer(self.needs), answer(changed)), "the link shows something else"
            self.moves.append((gone, self.replica))
            self._run({"Developers to build": developers})
        self.needs = changed

    def close(self) -> None:
        self.connection.__exit__(None, None, None)

    @property
    def expected(self) -> Answer:
        """What this manager must see."""
        return answer(self.needs)

    @property
    def seen(self) -> Answer:
        query = parse_qs(self.link)
        return self.verdict, query["project"][0], float(query["developers"][0])

    def _connect(self) -> None:
        headers = {"Cookie": f"replica={self.replica}"} if self.replica else {}
        self.connection = connect(stream(self.port), additional_headers=headers, max_size=None,
                                  subprotocols=STREAMLIT, origin=Origin(f"http://127.0.0.1:{self.port}"))
        self.socket = self.connection.__enter__()
        self.given, self.shown = {}, ""
        assert self.socket.response is not None
        for cookie in self.socket.response.headers.get_all("Set-Cookie"):
            for name, value in SimpleCookie(cookie).items():
                self.replica = value.value if name == "replica" else self.replica

    def _run(self, answers: Answers | None = None) -> None:
        self.socket.send(self.asks(answers))
        while self.reads(self.socket.recv(timeout=30)).WhichOneof("type") != "script_finished":
            pass


def answer(needs: ProjectNeeds) -> Answer:
    """The heading, project and developers that these needs give, worked out without a page."""
    return markdown(verdict_text.heading(decide(needs))), needs.project, needs.developers


def project(number: int) -> ProjectNeeds:
    """A project that no other manager has."""
    return ProjectNeeds(project=f"Manager {number}", developers=1 + number / 10)
