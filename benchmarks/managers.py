"""Active managers, many in one process: each has a page open, changes a field now and then and reads the verdict. The
load test starts `python -m benchmarks.managers`, so that its cost can be separated from the server's.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import psutil
from websockets.asyncio.client import connect

from benchmarks.measure import percentile
from hiring import ProjectNeeds
from tests.visitor import STREAMLIT, Page, expected, said, stream

EVERY = 5.0  # seconds between two changes of one manager, on average
WITHIN = 60.0  # seconds until an answer times out
CARDS = 4  # one number on each card: the three options and the mix


@dataclass
class Read:
    """What one manager read after one change: the needs, what the page said, seconds until the verdict, and seconds
    until the end of the run, None if the next change came first."""

    needs: ProjectNeeds
    said: tuple[str, ...]
    verdict: float
    finished: float | None = None

    @property
    def is_right(self) -> bool:
        return self.said == expected(self.needs)


@dataclass
class Managed:
    """Everything that the managers of one process read, and the share of a core that this took."""

    reads: list[Read] = field(default_factory=list)
    lost: int = 0
    began: float = field(default_factory=time.perf_counter)
    cpu: float = 0.0
    seconds: float = 0.0


def needs_of(number: int, change: int) -> ProjectNeeds:
    """A different project for each manager and change, with two decimals as people type them."""
    return ProjectNeeds(project=f"Manager {number}", developers=round(1 + number % 90 / 20 + change % 5 / 100, 2),
                        build_months=round(3 + number % 900 / 90 + change % 7 / 4, 2))


class Manager(Page):
    """One open page. The next change does not wait for the end of the run: like a person, the manager goes on after
    reading the verdict, and Streamlit then stops the current run."""

    def __init__(self, socket: Any, number: int) -> None:
        super().__init__()
        self.socket, self.number, self.change = socket, number, 0

    async def opens(self) -> None:
        await self._answer_to(self.asks())

    async def changes(self) -> Read:
        """Fill in the next needs and read the answer: the verdict and the cards below it."""
        needs = needs_of(self.number, self.change)
        self.change += 1
        seconds = await self._answer_to(self.asks({
            "Project": needs.project, "Developers to build": needs.developers, "Months to build": needs.build_months}))
        return Read(needs, said(self), seconds)

    async def _answer_to(self, request: bytes) -> float:
        """Seconds from the request until the heading of the result has arrived; the cards are read too."""
        self.texts, self.cards = [], []
        began, verdict = time.perf_counter(), None
        await self.socket.send(request)
        async with asyncio.timeout(WITHIN):
            while len(self.cards) < CARDS:
                self.reads(await self.socket.recv())
                if verdict is None and self.verdict:
                    verdict = time.perf_counter() - began
        assert verdict is not None, "cards without a verdict"
        return verdict

    async def reads_on(self, seconds: float) -> float | None:
        """Read the rest of the run for `seconds`. Returns when it ended, None if it has not."""
        began, finished = time.perf_counter(), None
        try:
            async with asyncio.timeout(seconds):
                while True:
                    if self.reads(await self.socket.recv()).WhichOneof("type") == "script_finished":
                        finished = time.perf_counter() - began
        except TimeoutError:
            return finished


async def managed(ports: Sequence[int], first: int, count: int, seconds: float) -> Managed:
    """`count` managers, numbered from `first`. They open their pages two at a time. When all are open, each changes its
    needs about every five seconds, for `seconds`. Each stays with one of the servers at `ports`."""
    done = Managed()
    all_there = asyncio.Event()
    gate = asyncio.Semaphore(2)

    async def manager(number: int) -> None:
        chance = random.Random(number)
        async with connect(stream(ports[number % len(ports)]), subprotocols=STREAMLIT, compression=None, max_size=None,
                           ping_interval=None) as socket:
            one = Manager(socket, number)
            try:
                async with gate:
                    await one.opens()
                    await one.changes()
            finally:
                opened.append(number)
                if len(opened) == count:
                    all_there.set()
                    done.began, done.cpu = time.perf_counter(), _cpu()
                    print("all pages are open", flush=True)
            while not all_there.is_set():
                await one.reads_on(0.5)
            await one.reads_on(chance.uniform(0, EVERY))
            while time.perf_counter() - done.began < seconds:
                read = await one.changes()
                done.reads.append(read)
                rest = await one.reads_on(max(0.1, chance.uniform(0.5, 1.5) * EVERY - read.verdict))
                read.finished = None if rest is None else read.verdict + rest

    opened: list[int] = []
    ended = await asyncio.gather(*(manager(first + number) for number in range(count)), return_exceptions=True)
    done.lost = sum(isinstance(result, BaseException) for result in ended)
    done.seconds = time.perf_counter() - done.began
    done.cpu = (_cpu() - done.cpu) / done.seconds
    return done


def _cpu() -> float:
    """Seconds of a core that this process has taken so far."""
    times = psutil.Process().cpu_times()
    return float(times.user + times.system)


def summed_up(done: Managed) -> dict[str, float]:
    """The numbers of a run. What was read is checked here, after the measurement."""
    verdicts = [read.verdict for read in done.reads]
    finished = [read.finished for read in done.reads if read.finished is not None]
    wrong = sum(not read.is_right for read in done.reads)
    return {"reads": len(done.reads), "wrong": wrong, "lost": done.lost, "finished": len(finished), "cpu": done.cpu,
            "seconds": done.seconds, "median": percentile(verdicts, 0.5), "p95": percentile(verdicts, 0.95),
            "finished_p95": percentile(finished, 0.95), "most": max(verdicts, default=float("inf"))}


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    done = asyncio.run(managed(**given))
    print(json.dumps(summed_up(done)), flush=True)
