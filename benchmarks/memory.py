"""Memory of the server with more and more sessions, and after they have ended."""

from __future__ import annotations

import time

import psutil

from benchmarks.measure import report, rss
from tests.server import served
from tests.visitor import Visitor

SESSIONS = (1, 10, 50, 100)


def remembering() -> None:
    """Memory, open files and a rerun with more and more sessions, each of which has changed a field once."""
    with served() as (port, process_id):
        process = psutil.Process(process_id)
        print(f"server before the first session: {rss(process_id):.0f} MiB")
        visitors: list[Visitor] = []
        for count in SESSIONS:
            while len(visitors) < count:
                visitors.append(_opened(port, len(visitors)))
            times = [visitors[0].rerun() for _ in range(15)]
            report(f"{count:>3} sessions: {rss(process_id):.0f} MiB, {process.num_fds()} open files; a rerun", times)
        for visitor in visitors:
            visitor.close()
        time.sleep(3)
        last = _opened(port, 0)
        times = [last.rerun() for _ in range(15)]
        report(f"all ended: {rss(process_id):.0f} MiB, {process.num_fds()} open files; a rerun", times)
        last.close()
    print("  Streamlit keeps a session for 2 minutes after it ends, so that it can reconnect; at most 128 of them")


def _opened(port: int, number: int) -> Visitor:
    visitor = Visitor(port)
    visitor.rerun()
    visitor.rerun({"Developers to build": 1 + number / 10})
    return visitor
