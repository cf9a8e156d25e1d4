"""Many managers on one server at once: each reads, links and downloads what is their own."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier
from urllib.parse import parse_qs, urlsplit

import pytest

from hiring import ProjectNeeds, decide
from hiring.text.formatting import money_range
from tests.server import served
from tests.visitor import Visitor, expected, said

MANAGERS, CHANGES = 8, 1
FILES = ("Download CSV summary", "Download everything as zip", "Download memo as web page")
Seen = list[tuple[ProjectNeeds, tuple[str, ...], dict[str, bytes]]]


def asked(number: int, change: int) -> ProjectNeeds:
    """A project that no other manager has, though each of its answers is another's too: whatever is kept for fewer
    than all of them is somebody else's."""
    return ProjectNeeds(project=f"Project {number % 6}", developers=1.5 + (number + change) % 4 / 2,
                        build_months=4 + number // 4)


@pytest.fixture(scope="module")
def seen() -> Iterator[Seen]:
    """What each manager saw after each change, all at the same time, and the files after the last one."""
    with served() as (port, _), ExitStack() as stack, ThreadPoolExecutor(MANAGERS) as pool:
        visitors = [stack.enter_context(Visitor(port)) for _ in range(MANAGERS)]
        together = Barrier(MANAGERS)

        def manager(number: int) -> Seen:
            visitor, seen_here = visitors[number], []
            visitor.rerun()
            for change in range(CHANGES):
                needs = asked(number, change)
                together.wait(60)
                visitor.rerun({"Project": needs.project, "Developers to build": needs.developers,
                               "Months to build": needs.build_months})
                seen_here.append((needs, said(visitor), {}))
            visitor.rerun({"Download": True})
            together.wait(60)
            seen_here[-1][2].update({file: visitor.download(file) for file in FILES})
            return seen_here

        yield [it for seen_here in pool.map(manager, range(MANAGERS)) for it in seen_here]


def test_each_manager_reads_their_own_verdict_cards_and_link(seen: Seen) -> None:
    assert len(seen) == MANAGERS * CHANGES
    for needs, seen_here, _ in seen:
        assert seen_here == expected(needs)


def test_each_file_is_made_of_its_owners_answers(seen: Seen) -> None:
    last = [(needs, files) for needs, _, files in seen if files]
    assert len(last) == MANAGERS
    for needs, files in last:
        rows = list(csv.DictReader(io.StringIO(files[FILES[0]].decode("utf-8-sig"))))
        decision = decide(needs)
        costs = {option: outcome.cost_quantiles[1] for option, outcome in decision.all_outcomes.items()}
        assert {row["project"] for row in rows} == {needs.project}
        assert {row["option"]: float(row["cost_median_usd"]) for row in rows} == pytest.approx(costs, abs=1)
        linked = parse_qs(urlsplit(rows[0]["link"]).query)
        assert (float(linked["developers"][0]), float(linked["build_months"][0])) == (
            needs.developers, needs.build_months)
        with zipfile.ZipFile(io.BytesIO(files[FILES[1]])) as archive:
            assert needs.project in archive.read("summary.csv").decode("utf-8-sig")
        page = files[FILES[2]].decode()
        assert needs.project in page
        for outcome in decision.outcomes.values():
            assert money_range(outcome.cost_quantiles[0], outcome.cost_quantiles[2]) in page
