"""`python -m benchmarks.load`: how many active managers this machine can serve, if each makes a change every five
seconds and sees the verdict within a second for 19 of 20 changes; and whether each sees the result for their needs."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

import psutil

from benchmarks.measure import machine, most_that_hold, rss
from tests.server import ROOT, served

SECONDS = 20.0  # for each number of managers
MIN_MANAGERS, MAX_MANAGERS, STEP = 5, 160, 5  # managers
LIMIT = 1.0  # seconds, for the 95th percentile


class Servers(NamedTuple):
    ports: tuple[int, ...]
    processes: tuple[int, ...]

    def cpu(self) -> float:
        """Seconds of a core that the servers have taken so far."""
        times = [psutil.Process(process).cpu_times() for process in self.processes]
        return sum(one.user + one.system for one in times)


@contextmanager
def servers(count: int) -> Iterator[Servers]:
    """`count` servers. Managers are spread over them and stay with theirs, as behind a proxy with sticky sessions."""
    with ExitStack() as stack:
        started = [stack.enter_context(served()) for _ in range(count)]
        yield Servers(*zip(*started, strict=True))


def loaded(at: Servers, first: int, count: int, seconds: float = SECONDS) -> dict[str, float]:
    """What `count` managers experience for `seconds`, and how many cores the servers used. The managers run in their
    own process, whose cost is reported separately."""
    given = json.dumps({"ports": at.ports, "first": first, "count": count, "seconds": seconds})
    with subprocess.Popen([sys.executable, "-m", "benchmarks.managers", given], cwd=ROOT, text=True,
                          stdout=subprocess.PIPE) as managers:
        assert managers.stdout is not None
        managers.stdout.readline()  # all have opened their pages
        before = at.cpu()
        ended = managers.stdout.readline()
        busy = at.cpu() - before
    assert managers.returncode == 0, "the managers stopped"
    figures: dict[str, float] = json.loads(ended)
    return {**figures, "servers_cpu": busy / figures["seconds"]}


def bisected(count: int) -> None:
    """Print a line for each number of managers tried, and the largest that `count` servers can serve."""
    reads = wrong = lost = 0.0
    first = 0
    with servers(count) as at:
        loaded(at, 0, 2 * count, 5)  # the first visitor of each server waits for imports

        def holds(managers: int) -> bool:
            nonlocal reads, wrong, lost, first
            first += MAX_MANAGERS
            run = loaded(at, first, managers)
            ended = 100 * run["finished"] / max(1, run["reads"])
            print(f"{managers:>9}  {run['reads'] / SECONDS:>9.1f}  {run['median']:>6.2f} s  {run['p95']:>6.2f} s  "
                  f"{run['most']:>5.2f} s  {run['finished_p95']:>6.2f} s  {ended:>7.0f}  "
                  f"{run['wrong']:>5.0f}  {run['lost']:>4.0f}  {run['servers_cpu']:>8.2f}  {run['cpu']:>7.2f}  "
                  f"{sum(map(rss, at.processes)):>5.0f}", flush=True)
            reads, wrong, lost = reads + run["reads"], wrong + run["wrong"], lost + run["lost"]
            return run["p95"] < LIMIT and not run["lost"]

        print(f"\n{count} server process{'' if count == 1 else 'es'}\n"
              "           changes       until the verdict           whole answer               cores busy\n"
              " managers  a second   median     95th  longest      95th   of 100  wrong  lost   servers  clients   MiB")
        most = most_that_hold(holds, MIN_MANAGERS, MAX_MANAGERS, STEP)
    print(f"{most} active managers with the verdict within {LIMIT:.0f} s for 95 of 100 changes; {reads:,.0f} verdicts "
          f"read, {wrong:.0f} of them not the reader's own, {lost:.0f} managers cut off")


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("servers", type=int, nargs="*", help="server processes; by default 1, then one a core")
    chosen = parser.parse_args(arguments).servers or sorted({1, os.cpu_count() or 1})
    print(machine())
    print("The managers run in one process beside the servers, on the same cores: “clients'” is its share of a core.")
    for count in chosen:
        bisected(count)


if __name__ == "__main__":
    main(sys.argv[1:])
