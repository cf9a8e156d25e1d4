"""`python -m benchmarks.soak [minutes [hours]]`: whether memory stays flat while managers come, change needs and go.

Hours of a small company, pressed into a few minutes: in each, 300 managers come, change their needs two or three times
and go, 720 changes in all, eight of them at a time. Whether they read what is theirs is checked too.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import psutil

from benchmarks.managers import expected, needs_of, said
from benchmarks.measure import AS_SHIPPED, machine, rss, slope
from benchmarks.visitor import Visitor
from tests.server import served

COMING, CHANGES, AT_ONCE = 300, 720, 8
MINUTES, HOURS = 4.0, 1
EXPIRED = 130  # seconds after which Streamlit lets go of a session that has gone
ARENAS = "MALLOC_ARENA_MAX"


class Sample(NamedTuple):
    """A look at the server: seconds since the start, MiB, open files, threads."""

    seconds: float
    mib: float
    files: int
    threads: int


def looked(process: psutil.Process, began: float) -> Sample:
    return Sample(time.perf_counter() - began, rss(process.pid), process.num_fds(), process.num_threads())


def manager(port: int, number: int, wrong: queue.SimpleQueue[int]) -> None:
    """One who comes, changes their needs and goes; in every second session they take two files along."""
    with Visitor(port) as visitor:
        visitor.rerun()
        for change in range(CHANGES // COMING + (number % COMING < CHANGES % COMING)):
            needs = needs_of(number, change)
            visitor.rerun({"Project": needs.project, "Developers": needs.developers,
                           "Build, months": needs.build_months})
            if said(visitor) != expected(needs):
                wrong.put(number)
        if number % 2:
            visitor.download("Download CSV summary")
            visitor.download("Download everything as zip")


def soaked(minutes: float, coming: int) -> tuple[list[Sample], int]:
    """Samples over the time in which managers come and go, then after all their sessions have expired."""
    wrong: queue.SimpleQueue[int] = queue.SimpleQueue()
    with served(environment=AS_SHIPPED) as (port, process_id):
        process, began = psutil.Process(process_id), time.perf_counter()
        manager(port, coming, wrong)
        samples = [looked(process, began)]
        ended = threading.Event()

        def watch() -> None:
            while not ended.wait(minutes * 60 / 40):
                samples.append(looked(process, began))

        watching = threading.Thread(target=watch)
        watching.start()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            gone = []
            for number in range(coming):
                time.sleep(max(0.0, began + number * minutes * 60 / coming - time.perf_counter()))
                gone.append(pool.submit(manager, port, number, wrong))
            for one in gone:
                one.result()
        ended.set()
        watching.join()
        print_samples(samples)
        time.sleep(EXPIRED)
        manager(port, coming, wrong)  # somebody has to come for Streamlit to look at what has expired
        last = looked(process, began)
        print(f"all gone, and expired: {last.mib:.0f} MiB, {last.files} open files, {last.threads} threads")
    return samples, wrong.qsize()


def print_samples(samples: list[Sample]) -> None:
    print("seconds    MiB  open files  threads")
    for it in samples[::max(1, len(samples) // 16)]:
        print(f"{it.seconds:>7.0f} {it.mib:>6.0f}  {it.files:>10}  {it.threads:>7}")


def main(minutes: float = MINUTES, hours: float = HOURS) -> None:
    coming, changes = round(COMING * hours), round(CHANGES * hours)
    print(machine())
    print(f"{coming:,} sessions and {changes:,} changes in {minutes:g} minutes, {AT_ONCE} at a time at most; "
          f"{ARENAS} is {os.environ.get(ARENAS, 'not set')}")
    samples, wrong = soaked(minutes, coming)
    half = samples[len(samples) // 2:]
    an_hour = slope([it.seconds for it in half], [it.mib for it in half]) * samples[-1].seconds / hours
    print(f"second half: {half[0].mib:.0f} to {half[-1].mib:.0f} MiB, by least squares {an_hour:+.1f} MiB for each "
          f"{COMING} sessions; {changes:,} verdicts read, {wrong} of them not the reader's own")


if __name__ == "__main__":
    main(*map(float, sys.argv[1:3]))
