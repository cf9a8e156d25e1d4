"""`python -m hiring projects.csv --output summary.csv`: decide a list of projects without a browser."""

from __future__ import annotations

import argparse
import ctypes
import io
import json
import os
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, NoReturn, TextIO

from hiring import __version__, evidence_as_of
from hiring.evidence import option_words
from hiring.evidence.loader import load_evidence
from hiring.lists import summary
from hiring.lists.columns import from_json
from hiring.lists.headings import BUDGET
from hiring.lists.project_list import BadRow, ListError, Project, ProjectList
from hiring.model.decision import decide
from hiring.model.needs import NEEDS, cleaned, shown

CORES = os.cpu_count() or 1
CHUNK = 100  # projects sent to a process at a time
MOST_SAID = 30  # columns that are described


def main(arguments: list[str] | None = None) -> int:
    """0 if every row was decided. 1 if some were not, which standard error lists, or if the list has no usable column
    for a need and the arguments do not say what to assume."""
    asked = _parser().parse_args(arguments)
    _keep_freed_memory()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # a name may hold what the system's own encoding lacks
    try:
        return _run(asked)
    except BrokenPipeError:  # nobody reads any more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        _say(f"{error.filename or asked.output}: the result could not be written ({error.strerror}): free some room or "
             "choose another place.")
        return 1


def _run(asked: argparse.Namespace) -> int:
    bad = 0
    with ExitStack() as stack:
        try:
            source = stack.enter_context(_seekable(asked.projects))
            if os.path.exists(asked.output) and os.path.samestat(os.fstat(source.fileno()), os.stat(asked.output)):
                raise ListError("This is the list itself: choose another file for --output.")
            mapping = from_json(Path(asked.map).read_bytes()) if asked.map else None
            listed = ProjectList(source, mapping=mapping, all_rows=dict(asked.assume))
            if asked.save_map:
                return _save_map(listed, asked.save_map)
            if refusal := listed.refusal:
                for sentence in islice(listed.matching.found(), MOST_SAID):
                    _say(sentence)
                raise ListError(refusal)
            output = sys.stdout if asked.output == "-" else stack.enter_context(
                open(asked.output, "w", encoding="utf-8-sig" if asked.format == "csv" else "utf-8", newline=""))
        except (OSError, ListError) as error:
            _say(f"{asked.projects}: {error}")
            return 1
        _report_header(listed)

        def good() -> Iterator[Project]:
            nonlocal bad
            for row in listed:
                if isinstance(row, BadRow):
                    bad += 1
                    _say(f"row {row.line}: {' '.join(row.reasons)}")
                else:
                    yield row

        try:
            _write(output, asked.format, _decided(good(), asked.as_of, min(asked.jobs, CORES)))
        except ListError as error:
            _say(f"{asked.projects}: {error}")
            return 1
    if listed.last_note:
        _say(listed.last_note)
    if bad:
        _say(f"{bad} row{'' if bad == 1 else 's'} could not be decided.")
    assumed = listed.header.essential_missing
    if assumed:
        _say(f"No column for {' and '.join(assumed)}: every project was decided with the default, so the result says "
             "little about these projects. Add the missing column.")
    return 1 if bad or assumed or listed.unreadable else 0


def _save_map(listed: ProjectList, name: str) -> int:
    """Write what each column was taken for to a file that can be corrected."""
    for sentence in chain(islice(listed.matching.found(), MOST_SAID), listed.questions):
        _say(sentence)
    Path(name).write_bytes(listed.matching.proposal().to_json())
    _say(f"Wrote the columns to {name}. Check the field of each, then decide the list with --map {name}.")
    return 0


def _keep_freed_memory() -> None:
    """Let the C library keep what is freed for the next project, also in the processes that are started: to give it
    back and ask for it again takes a sixth of the time. Only the GNU library has these settings."""
    with suppress(AttributeError, OSError, TypeError):
        for setting in (-1, -3):  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h
            ctypes.CDLL(None).mallopt(setting, 32 * 1024 * 1024)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(cleaned(message))


def _say(sentence: str) -> None:
    """Print a line on standard error, without control characters from names."""
    print(cleaned(sentence), file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser("python -m hiring", description=(
        f"{option_words.title()}, for each project in a CSV or Excel file. Columns are known "
        "by the names of the needs and by words that people use; a missing column gets its default."))
    parser.add_argument("projects", help="a CSV file, a workbook (.xlsx, .xlsm, .xls, .xlsb, .ods) or - for standard "
                        "input")
    parser.add_argument("--output", default="-", help="the file to write; default: standard output")
    parser.add_argument("--format", choices=("csv", "json"), default="csv")
    parser.add_argument("--map", metavar="FILE", help="a file that says which column holds which need, as --save-map "
                        "or the page Projects wrote it")
    parser.add_argument("--save-map", metavar="FILE", help="write what each column was taken for and decide nothing")
    parser.add_argument("--assume", metavar="NEED=ANSWER", type=_answer, action="append", default=[],
                        help="an answer for all rows, such as budget_usd=none or build_months=6; may be repeated")
    parser.add_argument("--as-of", type=_day, help="the day of the evidence, such as 2026-11-22; default: that of "
                        "each row, or else the newest")
    parser.add_argument("--jobs", type=int, default=CORES, help=f"processes, at most {CORES}; default: one per core")
    parser.add_argument("--version", action="version",
                        version=f"model {__version__}, evidence of {load_evidence().dates[-1]}")
    return parser


def _answer(text: str) -> tuple[str, str]:
    name, sign, answer = text.partition("=")
    if not sign or name.strip() not in (BUDGET, *NEEDS):
        raise argparse.ArgumentTypeError(f"write NEED=ANSWER with one of {', '.join(NEEDS)}, such as budget_usd=none")
    return name.strip(), answer.strip()


def _day(text: str) -> date:
    first = load_evidence().dates[0]
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if day < first:
        raise argparse.ArgumentTypeError(f"enter a date from {first} on, such as {first}")
    return day


@contextmanager
def _seekable(name: str) -> Iterator[BinaryIO]:
    """The file. Standard input is copied to a temporary file because it is read twice."""
    if name != "-":
        with open(name, "rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.seek(0)
        yield copy


def _report_header(listed: ProjectList) -> None:
    header = listed.header
    if header.missing:
        _say(f"Not in the file, so the default was used: {', '.join(header.missing)}.")
    if header.unknown and not header.is_summary:
        _say(f"Unknown and ignored: {', '.join(map(shown, header.unknown[:10]))}.")
    if listed.note:
        _say(listed.note)


Rows = list[dict[str, object]]


def _decided(projects: Iterable[Project], as_of: date | None, jobs: int) -> Iterator[Rows]:
    """The summary rows of each chunk, in order; only a few chunks are pending at a time."""
    remaining = iter(projects)
    chunks = iter(lambda: tuple(islice(remaining, CHUNK)), ())
    if jobs < 2:
        yield from (decide_chunk(chunk, as_of) for chunk in chunks)
        return
    with ProcessPoolExecutor(jobs) as pool:
        pending: deque[Future[Rows]] = deque()
        for chunk in chunks:
            pending.append(pool.submit(decide_chunk, chunk, as_of))
            if len(pending) > 2 * jobs:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


def decide_chunk(chunk: Iterable[Project], as_of: date | None) -> Rows:
    """The summary rows of some projects."""
    rows: Rows = []
    before = None
    for project in chunk:
        before = decide(project.needs, evidence_as_of(as_of or project.as_of, project.own), before=before)
        rows += summary.cells(before, "", project.assumed)
    return rows


def _write(output: TextIO, form: str, chunks: Iterator[Rows]) -> None:
    rows = chain.from_iterable(chunks)
    if form == "csv":
        summary.write_csv(output, rows, header=True)
        output.flush()
        return
    output.write("[")
    for place, row in enumerate(rows):
        output.write(f"{',' if place else ''}\n{json.dumps(summary.json_values(row), ensure_ascii=False)}")
    output.write("\n]\n")
    output.flush()


if __name__ == "__main__":
    sys.exit(main())
