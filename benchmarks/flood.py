"""What a flood of messages costs everybody else: `python -m benchmarks.flood`, about a minute.

Thirty sessions ask for runs for fifteen seconds and read nothing, then leave. One sends requests for 900,000 addresses
to upload to. Meanwhile another visitor changes a field every half second.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from benchmarks.measure import told
from tests.server import served
from tests.visitor import STREAMLIT, Page, Visitor, stream

SESSIONS, SECONDS, EACH = 30, 15.0, 0.054  # seconds between two messages of a session
NAMES = 900_000


def main() -> None:
    with served() as (port, process_id):
        process = psutil.Process(process_id)
        with Visitor(port) as visitor:
            visitor.rerun()
            print(f"before: {_rss(process):.0f} MiB")
            with bystander(visitor) as times:
                time.sleep(3)
            told("nobody else is there: another visitor's answer", times)
            with bystander(visitor) as times:
                sent = flood(port)
            told(f"{SESSIONS} sessions send {sent:,} requests in {SECONDS:.0f} s: another visitor's answer", times)
            print(f"after they left: {process.cpu_percent(2):.0f} % of a core, {process.num_threads()} threads")
            with bystander(visitor) as times:
                names(port, 5)
            told(f"5 messages of {NAMES:,} names: another visitor's answer", times)
            print(f"after them: {_rss(process):.0f} MiB")
            flood(port)
        began = time.perf_counter()
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        print(f"a flood, then SIGTERM: it has ended after {time.perf_counter() - began:.1f} s")


def _rss(process: psutil.Process) -> float:
    return float(process.memory_info().rss / 2**20)


@contextlib.contextmanager
def bystander(visitor: Visitor) -> Iterator[list[float]]:
    """The seconds that each answer took meanwhile."""
    times: list[float] = []
    done = threading.Event()

    def changes() -> None:
        number = 0
        while not done.wait(0.5):
            number += 1
            times.append(_verdict(visitor, 1 + number % 16 / 4))

    thread = threading.Thread(target=changes)
    thread.start()
    yield times
    done.set()
    thread.join()


def _verdict(visitor: Visitor, developers: float) -> float:
    """Seconds until the heading is there; the run is read to its end."""
    visitor.socket.send(visitor.asks({"Developers": developers}))
    began, seconds, kind = time.perf_counter(), 0.0, None
    visitor.texts = []
    while kind != "script_finished":
        kind = visitor.reads(visitor.socket.recv(timeout=120)).WhichOneof("type")
        if not seconds and visitor.verdict:
            seconds = time.perf_counter() - began
    return seconds


def flood(port: int) -> int:
    """The number of requests that could be sent. Nothing is read, so a socket whose window is full ends its sender."""
    sent = [0] * SESSIONS

    def sends(number: int) -> None:
        socket = _connected(port)
        with contextlib.suppress(ConnectionClosed, TimeoutError):
            for _ in range(int(SECONDS / EACH)):
                socket.send(Page().asks())
                sent[number] += 1
                time.sleep(EACH)
        socket.socket.close()

    threads = [threading.Thread(target=sends, args=(number,)) for number in range(SESSIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS + 5)
    return sum(sent)


def names(port: int, times: int) -> None:
    message = BackMsg()
    message.file_urls_request.request_id = "names"
    message.file_urls_request.file_names.extend([""] * NAMES)
    for _ in range(times):
        with contextlib.suppress(ConnectionClosed), contextlib.closing(_connected(port)) as socket:
            socket.send(message.SerializeToString())
            time.sleep(1)


def _connected(port: int) -> ClientConnection:
    return connect(stream(port), subprotocols=STREAMLIT, compression=None, max_size=None, legacy=True,
                   user_agent_header="Mozilla/5.0", max_queue=None, close_timeout=1)


if __name__ == "__main__":
    main()
