"""What all parts share: taking and printing times, and a description of the machine."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib.metadata import version

import numpy as np
import psutil

RUNS = 40


def timed(work: Callable[[int], object], runs: int = RUNS) -> list[float]:
    """Seconds of each run of `work`, which is given the number of its run."""
    times = []
    for run in range(runs):
        began = time.perf_counter()
        work(run)
        times.append(time.perf_counter() - began)
    return times


def interleaved(works: Mapping[str, Callable[[int], float]], runs: int = RUNS) -> dict[str, list[float]]:
    """The seconds that each of `works` returns for its runs, taken in turns so that other load affects all of them."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for run in range(runs):
        for name, work in works.items():
            times[name].append(work(run))
    return times


def in_turns(works: Mapping[str, Callable[[int], object]], runs: int = RUNS) -> dict[str, list[float]]:
    """Seconds of each run of each of `works`, taken in turns."""
    return interleaved({name: lambda run, work=work: timed(lambda _: work(run), 1)[0]  # type: ignore[misc]
                        for name, work in works.items()}, runs)


def median_ms(times: Sequence[float]) -> str:
    low, middle, high = (1e3 * figure for figure in (min(times), statistics.median(times), max(times)))
    return f"{middle:8.1f} ms   (lowest {low:.1f}, highest {high:.1f})"


def ratio(times: Sequence[float], floor: Sequence[float]) -> float:
    return statistics.median(times) / statistics.median(floor)


def report(name: str, times: Sequence[float], floor: Sequence[float] | None = None) -> None:
    """Print a line of the table: the median, lowest and highest, and the ratio to the floor."""
    against = "" if floor is None else f"   ratio {ratio(times, floor):.2f}"
    print(f"{name:46}{median_ms(times)}{against}", flush=True)


def percentile(times: Sequence[float], share: float) -> float:
    """The time within which `share` of `times` lie; infinite if there are none."""
    return float(np.quantile(times, share)) if times else float("inf")


def most_that_hold(holds: Callable[[int], bool], least: int, most: int, step: int) -> int:
    """The largest number of `least`, `least` + `step`, … up to `most` that holds, by bisection; 0 if none does.

    If a number holds, every smaller one is assumed to hold, so each is tried at most once.
    """
    low, high = 0, (most - least) // step + 1  # in steps: low holds, high does not
    while low < high:
        middle = (low + high) // 2
        if holds(least + middle * step):
            low = middle + 1
        else:
            high = middle
    return least + (low - 1) * step if low else 0


def rss(process_id: int) -> float:
    """The memory of a process, MiB."""
    return float(psutil.Process(process_id).memory_info().rss) / 2**20


def machine() -> str:
    return (f"{date.today()}, Python {platform.python_version()}, Streamlit {version('streamlit')}, "
            f"{os.cpu_count()} cores, {platform.machine()}; load average {os.getloadavg()[0]:.1f}")
