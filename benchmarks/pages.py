"""A rerun of each page on the server, in turns with an empty Streamlit script on its own server."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.measure import RUNS, interleaved, report
from hiring import evidence_as_of
from hiring.links import comparison_link
from hiring.links.comparison_link import Scenario
from hiring.lists.examples import load_examples
from tests.server import served
from tests.visitor import Visitor

EMPTY = """import gc
import streamlit as st
@st.cache_resource
def warm():
    gc.collect()
    gc.freeze()
warm()
"""
PAGES = {"Compare, four scenarios": "compare", "Projects, no list": "projects", "Brief": "brief", "Track": "track",
         "Evidence": "evidence", "How it works": "how-it-works"}


@contextmanager
def both_served() -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The app and an empty script, each on its own server: port and process id of each."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY)
        with served() as app, served(empty) as floor:
            yield app, floor


def compared() -> str:
    """A link to a comparison of the four examples."""
    today = evidence_as_of().as_of
    return urlencode(comparison_link.encode(tuple(Scenario("", needs, today, ())
                                                  for needs in load_examples().values())))


def rerunning() -> None:
    """Medians of 40 reruns each, taken in turns by the two servers."""
    with both_served() as ((port, _), (floor_port, _)), ExitStack() as open_pages:
        def visitor(of: int, link: str = "") -> Visitor:
            new = open_pages.enter_context(Visitor(of, link))
            for _ in range(3):
                new.rerun()
            return new

        empty, decide, same = visitor(floor_port), visitor(port), visitor(port)
        works: dict[str, Callable[[int], float]] = {
            "an empty script": lambda run: empty.rerun(),
            "Decide, one field changed": lambda run: decide.rerun({"Developers to build": 2 + run / 10}),
            "Decide, nothing changed": lambda run: same.rerun(),
        }
        for name, path in PAGES.items():
            page = visitor(port)
            page.link = compared() if path == "compare" else page.link
            page.rerun(page=path)
            works[name] = lambda run, page=page: page.rerun()  # type: ignore[misc]
        times = interleaved(works, RUNS)
    floor = times["an empty script"]
    for name, taken in times.items():
        report(f"rerun on the server: {name}", taken, floor)
