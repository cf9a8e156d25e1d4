"""Reading in a process of its own: whatever the file, this process goes on, and the reader ends."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryFile

import psutil
import pytest

from hiring.lists import list_reader, reader_process
from hiring.lists.headings import HEADINGS
from hiring.lists.list_reader import ListError
from hiring.lists.project_list import ProjectList, bad_rows_csv, check
from hiring.lists.reader_process import Line, Progress, read_lines
from hiring.lists.template import template_xlsx
from tests.lists.hostile import HOSTILE

PATIENCE = 60.0  # seconds; what never comes fails
KEYS = frozenset(HEADINGS)
LIST = b"project,developers\nA,2\n"
LONG = b"project,developers\n" + b"A project,2\n" * 500_000


def readers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE
            and str(list_reader.__file__) in child.cmdline()]


def test_a_file_in_memory_and_one_on_disk_are_read_the_same() -> None:
    with TemporaryFile() as file:
        file.write(template_xlsx())
        on_disk = list(read_lines(file, KEYS).rows)
    assert on_disk == list(read_lines(io.BytesIO(template_xlsx()), KEYS).rows)
    assert [line.number for line in on_disk] == [1, 2]
    assert list(read_lines(io.BytesIO(LIST), KEYS).rows) == [Line(1, ("project", "developers")), Line(2, ("A", "2"))]
    assert readers() == []


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_stops_or_fills_this_process(name: str) -> None:
    content = HOSTILE[name]()
    assert len(content) < 10_000_000
    before = psutil.Process().memory_info().rss
    try:
        checked = check(ProjectList(io.BytesIO(content)), 2_000)
        assert sum(map(len, bad_rows_csv(checked.header, checked.bad))) < 2 * len(content) + 10_000
    except ListError as error:
        assert str(error).endswith(".")
    assert psutil.Process().memory_info().rss - before < 100_000_000
    assert readers() == []


def test_leaving_the_rows_ends_the_reader() -> None:
    rows = read_lines(io.BytesIO(LONG), KEYS).rows
    next(rows)
    assert len(readers()) == 1
    del rows
    assert readers() == []


def test_what_the_watch_raises_ends_the_reader() -> None:
    def cancel(progress: Progress) -> None:
        if progress.rows > 1_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(read_lines(io.BytesIO(LONG), KEYS, cancel).rows)
    assert readers() == []


HEAD = "print('{\"notes\": [], \"decimal_comma\": false}')"


def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    """Let the reader be a program that does something else."""
    program = tmp_path / "reader.py"
    program.write_text(does)
    monkeypatch.setattr(list_reader, "__file__", str(program))


@pytest.mark.parametrize(("does", "sentence"), [
    ("import time; time.sleep(60)", "takes longer than 10 seconds to read. Keep only the sheet with the projects"),
    ("import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)", "takes longer than"),
    (f"{HEAD}\nwhile True: print('[1, [\"' + 'x' * 100_000 + '\"]]')", "holds more text than is read"),
    ("import os; os.abort()", "takes more memory"),
    (HEAD, "takes more memory")])
def test_a_reader_that_does_not_end_well_is_ended_with_a_sentence(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, sentence: str) -> None:
    hanging(tmp_path, monkeypatch, does)
    if sentence.startswith("takes longer than"):
        monkeypatch.setattr(reader_process, "SECONDS", 1)
    before = psutil.Process().children()  # a browser of other tests
    with pytest.raises(ListError, match=sentence):
        list(read_lines(io.BytesIO(LIST), KEYS).rows)
    assert set(psutil.Process().children()) <= set(before)


def test_two_files_are_read_at_a_time_and_others_wait_for_a_place(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = [read_lines(io.BytesIO(LONG), KEYS).rows for _ in range(2)]
    for rows in held:
        next(rows)
    waited = threading.Event()
    found: list[int] = []

    def watch(progress: Progress) -> None:
        if progress.is_waiting:
            waited.set()

    third = threading.Thread(target=lambda: found.append(len(list(read_lines(io.BytesIO(LIST), KEYS, watch).rows))))
    third.start()
    assert waited.wait(PATIENCE)
    assert len(readers()) == 2
    held.pop()
    del rows
    third.join(PATIENCE)
    assert found == [2]
    held.clear()
    assert readers() == []


def printed(*arguments: str, content: bytes = LIST) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", *arguments, list_reader.__file__, "[]"], input=content.decode(),
                          encoding="utf-8", capture_output=True, check=True)


def test_a_reader_starts_with_little_and_reads_csv_without_any_library() -> None:
    imported = {line.rpartition("|")[2].strip() for line in printed("-X", "importtime").stderr.splitlines()}
    assert {"csv", "json"} <= imported
    assert imported.isdisjoint({"numpy", "pandas", "openpyxl", "streamlit", "python_calamine", "hiring"})


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows the limits of another process")
def test_a_reader_may_take_so_much_memory_and_time_and_write_no_file() -> None:
    wanted = {f"Max cpu time              {list_reader.CPU_SECONDS} ", "Max file size             0 ",
              f"Max address space         {list_reader.MEMORY} ", "Max core file size        0 "}
    process = subprocess.Popen([sys.executable, "-I", list_reader.__file__, "[]"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE)
    limits, until = Path(f"/proc/{process.pid}/limits"), time.monotonic() + PATIENCE
    while (missing := {it for it in wanted if it not in limits.read_text()}) and time.monotonic() < until:
        time.sleep(0.05)
    process.communicate(LIST)
    assert missing == set()


def test_a_reader_whose_output_nobody_takes_ends_by_itself() -> None:
    read, write = os.pipe()
    process = subprocess.Popen([sys.executable, "-I", list_reader.__file__, "[]"], stdin=subprocess.PIPE, stdout=write,
                               stderr=subprocess.PIPE)
    os.close(write)
    os.close(read)
    _, complaint = process.communicate(LONG)
    assert (process.returncode, complaint) == (0, b"")


def test_files_are_read_in_the_order_in_which_they_came() -> None:
    held = [read_lines(io.BytesIO(LONG), KEYS).rows for _ in range(2)]
    for rows in held:
        next(rows)
    done: list[int] = []
    threads = []
    for number in range(6):
        waits = threading.Event()
        threads.append(threading.Thread(target=lambda n=number, waits=waits: (
            list(read_lines(io.BytesIO(LIST), KEYS, lambda progress: waits.set()).rows), done.append(n))))
        threads[-1].start()
        assert waits.wait(PATIENCE)
    held.pop()
    del rows
    for thread in threads:
        thread.join(PATIENCE)
    held.clear()
    assert done == list(range(6))
