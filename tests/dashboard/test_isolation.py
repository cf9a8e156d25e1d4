"""Many managers on one server at once: each reads, links and downloads what is their own."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from html import escape
from threading import Barrier
from urllib.parse import parse_qs, urlsplit

import pytest

from benchmarks.managers import expected, needs_of, said
from benchmarks.measure import AS_SHIPPED
from benchmarks.visitor import Visitor
from hiring import ProjectNeeds, decide
from tests.server import served

MANAGERS, CHANGES = 12, 2
FILES = ("Download CSV summary", "Download everything as zip", "Download memo as web page")
Seen = list[tuple[ProjectNeeds, tuple[str, ...], dict[str, bytes]]]


@pytest.fixture(scope="module")
def seen() -> Iterator[Seen]:
    """What each manager was told after each change, all of them changing at once, and the files after the last."""
    with served(environment=AS_SHIPPED) as (port, _), ExitStack() as stack, ThreadPoolExecutor(MANAGERS) as pool:
        visitors = [stack.enter_context(Visitor(port)) for _ in range(MANAGERS)]
        together = Barrier(MANAGERS)

        def manager(number: int) -> Seen:
            visitor, told = visitors[number], []
            visitor.rerun()
            for change in range(CHANGES):
                needs = needs_of(number, change)
                together.wait(60)
                visitor.rerun({"Project": needs.project, "Developers": needs.developers,
                               "Build, months": needs.build_months})
                told.append((needs, said(visitor), {}))
            together.wait(60)
            told[-1][2].update({file: visitor.download(file) for file in FILES})
            return told

        yield [it for told in pool.map(manager, range(MANAGERS)) for it in told]


def test_no_two_managers_expect_the_same_answer() -> None:
    answers = {expected(needs_of(number, change)) for number in range(MANAGERS) for change in range(CHANGES)}
    assert len(answers) == MANAGERS * CHANGES
    assert len({answer[2:8] for answer in answers}) == MANAGERS * CHANGES  # the cards alone tell them apart


def test_each_manager_reads_their_own_verdict_cards_and_link(seen: Seen) -> None:
    assert len(seen) == MANAGERS * CHANGES
    for needs, told, _ in seen:
        assert told == expected(needs)


def test_each_file_is_made_of_its_owners_answers(seen: Seen) -> None:
    last = [(needs, files) for needs, _, files in seen if files]
    assert len(last) == MANAGERS
    for needs, files in last:
        rows = list(csv.DictReader(io.StringIO(files[FILES[0]].decode("utf-8-sig"))))
        costs = {option: outcome.cost_quantiles[1] for option, outcome in decide(needs).outcomes.items()}
        assert {row["project"] for row in rows} == {needs.project}
        assert {row["option"]: float(row["cost_median_usd"]) for row in rows} == pytest.approx(costs, abs=1)
        asked = parse_qs(urlsplit(rows[0]["link"]).query)
        assert float(asked["developers"][0]) == needs.developers
        with zipfile.ZipFile(io.BytesIO(files[FILES[1]])) as archive:
            kept = json.loads(archive.read(next(name for name in archive.namelist() if name.endswith("datapackage.json"))))
            told = "".join(archive.read(name).decode("utf-8-sig") for name in archive.namelist()
                           if name.endswith(".csv"))
        assert needs.project in json.dumps(kept) + told
        page = files[FILES[2]].decode()
        assert escape(needs.project) in page
        others = [f"Manager {number}<" for number in range(MANAGERS) if f"Manager {number}" != needs.project]
        assert not any(other in page for other in others)
