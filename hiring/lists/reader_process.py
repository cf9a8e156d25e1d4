"""Reads an uploaded file in a process of its own, with limits on time, memory and output, and kills it at each.

Whatever a file does to the reader, this process goes on: `hiring/lists/list_reader.py` does the reading.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple

from hiring.lists import list_reader
from hiring.lists.list_reader import ListError, number_text

AT_ONCE = 2  # files that are read at a time; others wait
SECONDS = list_reader.SECONDS  # that anybody waits for the reader, those before a place is free not counted
LOOK = 0.1  # seconds between two looks at whether to go on
BLOCK = 65_536  # bytes
LEAST_OUTPUT, GROWTH = 16_000_000, 3  # bytes that may come back from any file, and for each byte of a large one

TOO_LONG = (f"The file takes longer than {SECONDS} seconds to read. Keep only the sheet with the projects and delete "
            "empty rows and columns, or save that sheet as CSV.")
STOPPED = list_reader.TOO_LARGE  # how a reader ends that the system stops: at its limit of memory, mostly
TOO_MUCH = "The file holds more text than is read: keep only the columns of the projects."

_line: list[object] = []  # everyone with a file, in the order in which they came; the first `AT_ONCE` are served
_moved = threading.Condition()


class Number(str):
    """The text of a number that the file itself holds as a number, so that its point can mean one thing only."""

    __slots__ = ()


class Line(NamedTuple):
    """A row: its number in the file, its cells, and a sentence for each cell, by its place, that can't be used."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[tuple[int, str], ...] = ()


class Lines(NamedTuple):
    """The rows of a file, the header among them, read as they are asked for; whether a comma may be a decimal point;
    and a sentence where the file was read in a way that its reader should know. Of a workbook, the rows that the sheet
    hides, the sheets that can be read, and the one that was."""

    rows: Iterator[Line]
    decimal_comma: bool = False
    note: str = ""
    is_csv: bool = True
    hidden: frozenset[int] = frozenset()
    sheets: tuple[str, ...] = ()
    sheet: str = ""


class Progress(NamedTuple):
    """How far reading is: whether it waits for its turn, for how many seconds, and the rows that came so far."""

    is_waiting: bool
    seconds: float
    rows: int


Watch = Callable[[Progress], object]


def read_lines(file: BinaryIO, headings: frozenset[str], watch: Watch = lambda _: None, sheet: str = "") -> Lines:
    """The rows of a CSV file or a workbook. Raises `ListError`, here or while they are read.

    `headings` are those that a list can have, as `heading_key` writes them; `sheet` may name the sheet. `watch` is
    called at least every `LOOK` seconds while nothing comes; what it raises ends the reading. So does leaving the rows
    before their end.
    """
    output = _output(file, headings, watch, sheet)
    first = next(output)
    rows = (_row(number, cells, faults[0] if faults else ()) for number, cells, *faults in output)
    return _lines(rows, **first)


def read_lines_here(file: BinaryIO, headings: frozenset[str], _: Watch, sheet: str = "") -> Lines:
    """The same in this process, for files that nobody uploaded. Raises `ListError`."""
    table = list_reader.table(file, set(headings), sheet)
    return _lines((_row(number, cells, faults.items()) for number, cells, faults in table.rows),
                  **{name: value for name, value in vars(table).items() if name != "rows"})


def _row(number: int, cells: list[Any], faults: Iterable[Any]) -> Line:
    return Line(number, tuple(cell if isinstance(cell, str) else Number(number_text(cell)) for cell in cells),
                tuple((place, sentence) for place, sentence in faults))


def _lines(rows: Iterator[Line], notes: list[str], hidden: Iterable[int] = (), sheets: Iterable[str] = (),
           **more: Any) -> Lines:
    return Lines(rows, note=" ".join(notes), hidden=frozenset(hidden), sheets=tuple(sheets), **more)


def _output(file: BinaryIO, headings: frozenset[str], watch: Watch, sheet: str) -> Iterator[Any]:
    """What the reader prints, up to its end."""
    file.seek(0, 2)
    most = LEAST_OUTPUT + GROWTH * file.tell()
    file.seek(0)
    with _place(watch), _reader(file, headings, sheet) as output:
        waited, rows, size, rest = 0.0, 0, 0, b""
        while True:
            began = time.monotonic()
            block = output.get()
            waited += time.monotonic() - began
            watch(Progress(False, waited, rows))
            if block is None:
                if waited > SECONDS:
                    raise ListError(TOO_LONG)
                continue
            if not block:
                raise ListError(STOPPED)
            size += len(block)
            if size > most:
                raise ListError(TOO_MUCH)
            *lines, rest = (rest + block).split(b"\n")
            for text in lines:
                line = json.loads(text)
                if isinstance(line, dict) and "error" in line:
                    raise ListError(line["error"])
                if isinstance(line, dict) and "end" in line:
                    return
                rows += isinstance(line, list)
                yield line


@contextmanager
def _place(watch: Watch) -> Iterator[None]:
    """Wait in line for a place among the files that are read at a time, and hold it."""
    began, me = time.monotonic(), object()
    with _moved:
        _line.append(me)
    try:
        while True:
            with _moved:
                if _moved.wait_for(lambda: _line.index(me) < AT_ONCE, LOOK):
                    break
            watch(Progress(True, time.monotonic() - began, 0))
        yield
    finally:
        with _moved:
            _line.remove(me)
            _moved.notify_all()


class _Output:
    """What a process prints, in blocks. A thread reads it, because Windows can't wait for a pipe for a given time."""

    def __init__(self, stream: IO[bytes]):
        self.stream = stream
        self.blocks: queue.Queue[bytes] = queue.Queue(8)
        self.is_left = False
        threading.Thread(target=self._read, daemon=True).start()

    def get(self) -> bytes | None:
        """The next block, empty at the end, or None where none came in `LOOK` seconds."""
        try:
            return self.blocks.get(timeout=LOOK)
        except queue.Empty:
            return None

    def _read(self) -> None:
        block = b"?"
        while block and not self.is_left:
            try:
                block = self.stream.read1(BLOCK)  # type: ignore[attr-defined]
            except (OSError, ValueError):  # closed meanwhile
                block = b""
            while not self.is_left:
                with suppress(queue.Full):
                    self.blocks.put(block, timeout=LOOK)
                    break


@contextmanager
def _reader(file: BinaryIO, headings: frozenset[str], sheet: str) -> Iterator[_Output]:
    """A reader at work on a file; it is killed where its output is left before its end."""
    try:
        source: Any = file if file.fileno() >= 0 else None
    except OSError:  # a file in memory
        source = subprocess.PIPE
    # -I: nothing of the environment, the user or the current folder changes what is imported.
    command = [sys.executable, "-I", str(Path(list_reader.__file__)), json.dumps(sorted(headings)),
               *([sheet] if sheet else [])]
    process = subprocess.Popen(command, stdin=source, stdout=subprocess.PIPE,  # noqa: S603 - our own program
                               stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    output = _Output(process.stdout)
    if process.stdin is not None:
        threading.Thread(target=_feed, args=(process.stdin, file.read()), daemon=True).start()
    try:
        yield output
    finally:
        output.is_left = True
        process.kill()
        process.wait()
        process.stdout.close()


def _feed(stdin: IO[bytes], content: bytes) -> None:
    """Hand a file to the reader, who may end before all of it."""
    with suppress(OSError, ValueError), stdin:
        stdin.write(content)
