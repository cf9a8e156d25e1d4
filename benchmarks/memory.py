"""Memory: of the server with ever more sessions, after they have gone, and what one session holds, by owner."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.measure import AS_SHIPPED, rss, told
from benchmarks.visitor import Visitor
from tests.server import ROOT, served

SESSIONS = (1, 10, 50, 100)
WALKED = 10  # sessions whose objects are walked
WALK = "walk=1"
INSPECTED = f"""import json, runpy
import streamlit as st
if "walk" in st.query_params:
    from benchmarks.holding import sessions_held
    st.text(json.dumps(sessions_held()))
else:
    runpy.run_path({str(ROOT / "app.py")!r})
"""


def remembering() -> None:
    _growing()
    _naming()


def _growing() -> None:
    """Memory, open files and a rerun with ever more sessions, each of which has changed a field once."""
    with served(environment=AS_SHIPPED) as (port, process_id):
        process = psutil.Process(process_id)
        print(f"server before the first session: {rss(process_id):.0f} MiB")
        visitors: list[Visitor] = []
        for count in SESSIONS:
            while len(visitors) < count:
                visitors.append(_came(port, len(visitors)))
            times = [visitors[0].rerun() for _ in range(15)]
            told(f"{count:>3} sessions: {rss(process_id):.0f} MiB, {process.num_fds()} open files; a rerun", times)
        for visitor in visitors:
            visitor.close()
        time.sleep(3)
        last = _came(port, 0)
        times = [last.rerun() for _ in range(15)]
        told(f"all gone: {rss(process_id):.0f} MiB, {process.num_fds()} open files; a rerun", times)
        last.close()
    print("  Streamlit keeps a session that has gone for 2 minutes, and at most 128 of them, so that it can come back")


def _came(port: int, number: int) -> Visitor:
    visitor = Visitor(port)
    visitor.rerun()
    visitor.rerun({"Developers": 1 + number / 10})
    return visitor


def _naming() -> None:
    """What a session holds that no other does, as the server itself finds it."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "inspected.py"
        script.write_text(INSPECTED)
        with served(script, AS_SHIPPED) as (port, _):
            visitors = [_came(port, number) for number in range(WALKED)]
            held, by_type = _walk(port)
            for visitor in visitors:
                visitor.close()
    sessions = [it for it in held if sum(it.values()) > 2**14]  # without the one that asked
    whole = [sum(it.values()) / 2**10 for it in sessions]
    print(f"a session's own objects: {statistics.median(whole):.0f} KiB (lowest {min(whole):.0f}, highest "
          f"{max(whole):.0f}; {len(sessions)} sessions), by owner:")
    owners = {owner: statistics.median(it.get(owner, 0) for it in sessions) / 2**10
              for owner in {owner for it in sessions for owner in it}}
    for owner, kib in sorted(owners.items(), key=lambda item: -item[1])[:8]:
        print(f"  {owner:40}{kib:8.1f} KiB")
    print("  the largest by owner and type, KiB a session:")
    for name, count in by_type.items():
        print(f"  {name:60}{count / len(held) / 2**10:8.1f}")


def _walk(port: int) -> tuple[list[dict[str, int]], dict[str, int]]:
    with Visitor(port, WALK) as inspector:
        inspector.rerun()
        held, by_type = json.loads(inspector.texts[-1])
    return held, by_type
