"""A visitor that speaks the browser's protocol, so that the server is measured without a browser's cost."""

from __future__ import annotations

import socket
import time
from types import TracebackType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol


class Visitor:
    """One session. `rerun` asks for the page and waits for its last message."""

    def __init__(self, port: int):
        address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.socket = connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None)
        self.widgets: dict[str, str] = {}

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.socket.close()

    def rerun(self, query: str = "", numbers: dict[str, float] | None = None) -> float:
        """Seconds from the request to the last message of the run. `numbers` sets number fields by label."""
        message = BackMsg()
        message.rerun_script.query_string = query
        for label, value in (numbers or {}).items():
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.double_value = self.widgets[label], value
        began = time.perf_counter()
        self.socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(self.socket.recv())
            self.socket.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            kind = answer.WhichOneof("type")
            if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "number_input":
                field = answer.delta.new_element.number_input
                self.widgets[field.label] = field.id
            if kind == "script_finished":
                return time.perf_counter() - began
