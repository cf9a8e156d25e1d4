"""`python -m benchmarks.lists`: time and memory of the command for longer and longer lists of projects."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from hiring.lists.project_list import ProjectList
from hiring.model.needs import NEEDS
from tests.server import ROOT

ROWS = (100, 1_000, 10_000, 100_000)


def write_list(path: Path, rows: int) -> None:
    """Projects that differ in size, budget, upkeep and data; the same ones each time."""
    chosen = random.Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["project", "developers", "build_months", "budget_usd", "upkeep_developers",
                         "data_sensitivity"])
        for row in range(rows):
            writer.writerow([f"Project {row}", chosen.choice((0.5, 1, 2, 3, 4, 6)), chosen.randint(1, 18),
                             chosen.randint(50, 2_000) * 1_000, chosen.choice((0, 0.25, 0.5, 1)),
                             chosen.choice(list(NEEDS["data_sensitivity"].choices))])


def write_own(path: Path, size: int) -> None:
    """A list of so many bytes under headings of its own; the same one each time."""
    chosen = random.Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Title", "Headcount", "Duration (weeks)", "Approved budget (k$)", "Owner", "Notes", "Go-live"])
        while file.tell() < size:
            writer.writerow(["Project", chosen.randint(1, 9), chosen.randint(4, 60), chosen.randint(50, 2_000), "Ann",
                             "What it is for, in some words", f"{chosen.randint(1, 28)}/{chosen.randint(1, 12)}/2028"])


def matched(path: Path) -> float:
    """Seconds until it is known what each column of a list holds."""
    began = time.perf_counter()
    with path.open("rb") as file:
        listed = ProjectList(file)
    assert not listed.questions, listed.questions
    return time.perf_counter() - began


def decided(path: Path) -> tuple[float, float]:
    """Seconds that the command takes, and the peak memory of all its processes together, MiB."""
    began, most = time.perf_counter(), 0.0
    with subprocess.Popen([sys.executable, "-m", "hiring", str(path), "--output", os.devnull], cwd=ROOT,
                          stderr=subprocess.DEVNULL) as running:
        process = psutil.Process(running.pid)
        while running.poll() is None:
            most = max(most, memory(process))
            time.sleep(0.1)
    assert running.returncode == 0, "the command failed"
    return time.perf_counter() - began, most


def memory(process: psutil.Process) -> float:
    """The memory of a process and its children, MiB."""
    try:
        return sum(one.memory_info().rss for one in (process, *process.children(recursive=True))) / 2**20
    except psutil.NoSuchProcess:
        return 0.0


def main(rows: tuple[int, ...] = ROWS) -> None:
    print(f"{'projects':>9}  {'seconds':>8}  {'a second':>8}  {'MiB, all':>8}  time of a project against the row above")
    before = None
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "own.csv"
        write_own(own, 10_000_000)
        print(f"columns of a list of 10 MB: {matched(own):.1f} s")
        for count in rows:
            path = Path(folder) / "projects.csv"
            write_list(path, count)
            seconds, most = decided(path)
            ratio = f"{seconds / count / before:.2f}" if before else ""
            print(f"{count:>9,}  {seconds:>8.1f}  {count / seconds:>8.0f}  {most:>8.0f}  {ratio}", flush=True)
            before = seconds / count


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or ROWS)
