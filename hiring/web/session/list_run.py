"""Deciding a list in batches, so that the page can show its progress and stop.

A session keeps little of a list: answers as short tuples and the summary as compressed text, but no decisions.
"""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from itertools import islice
from typing import NamedTuple

from hiring import evidence_as_of
from hiring.links import project_link
from hiring.lists import summary, template
from hiring.lists.project_list import BadRow, Checked, Fault, Header, Project, ProjectList, bad_rows_csv
from hiring.lists.reader_process import Line, Lines
from hiring.model.decision import decide
from hiring.model.needs import NEEDS, cleaned, shown
from hiring.model.portfolio import Answer, Totals, answer, with_decision
from hiring.text import committee_text, portfolio_text
from hiring.text.formatting import CODE, join_words, marked
from hiring.web.session import reader
from hiring.web.session.list_match import Upload

MAX_PROJECTS = 2_000  # about 22 seconds of one process, in which other visitors wait longer
FILE_TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "pdf"]  # a PDF gets a sentence
BATCH = 10  # projects decided before checking whether the user has stopped
FAULTS_SHOWN = 20  # on the page
ROWS_EDITED = 50  # that can be corrected on the page


class Refused(NamedTuple):
    """Rows that could not be decided, which are held compressed, and the columns of their list."""

    bad: tuple[BadRow, ...]
    header: Header

    @property
    def rows(self) -> int:
        return len(self.bad)

    @property
    def faults(self) -> tuple[tuple[int, Fault], ...]:
        """The first faults, each with its line."""
        return tuple(islice(((row.line, fault) for row in self.bad for fault in row.faults), FAULTS_SHOWN))


@dataclass(frozen=True)
class Run:
    """A list being decided: the pending projects, the answers and links so far, the totals of those whose size the list
    says, the summary in compressed pieces, the rows refused, and notices on how the file was read."""

    name: str
    pending: tuple[Project, ...]
    address: str
    refused: Refused
    notices: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    links: tuple[str, ...] = ()
    totals: Totals | None = None
    pieces: tuple[bytes, ...] = ()
    assumed: tuple[str, ...] = ()  # essential needs for which the list has no column
    is_running: bool = True
    cautions: tuple[str, ...] = ()  # the main one about each answer
    day: date | None = None  # from which months count
    source: Upload | None = None  # the list itself, compressed, and its columns, to match them again

    @property
    def count(self) -> int:
        """The number of projects that can be decided."""
        return len(self.answers) + len(self.pending)


def start(name: str, checked: Checked, address: str, source: Upload | None = None) -> Run:
    """A run over a checked list; `address` is that of the main page, for the links."""
    return Run(name, checked.projects, address, Refused(checked.bad, checked.header), tuple(_notices(checked)),
               is_running=bool(checked.projects),
               assumed=checked.header.essential_missing, source=source, day=reader.today())


def _notices(checked: Checked) -> Iterator[str]:
    """What the manager should know about how the file was read."""
    header = checked.header
    if checked.cut_after is not None:
        yield (f"The list is longer than the {MAX_PROJECTS:,} rows that this page decides: rows after row "
               f"{checked.cut_after:,} were not read. Upload them as a list of their own, or decide all with "
               f"{marked('python -m hiring projects.csv --output summary.csv', CODE)}, which has no limit.")
    if header.missing:
        defaults = {column: default or "none" for column, _, _, _, default in template.dictionary()}
        named = [f"{marked(name, CODE)} ({defaults[name]})" for name in header.missing]
        yield f"Not in the file, so the default was used: {join_words(named)}."
    if header.unknown and not header.is_summary:
        names = [f"“{shown(name)}”" for name in header.unknown]
        more = [f"{len(names) - 10} more"] if len(names) > 10 else []
        yield f"Unknown and ignored: {join_words(names[:10] + more)}."
    if checked.note:
        yield cleaned(checked.note)


def decide_batch(run: Run) -> Run:
    """The run with the next projects decided."""
    answers, links, cautions, totals, text = [], [], [], run.totals, io.StringIO()
    decision = None
    for project in run.pending[:BATCH]:
        decision = decide(project.needs, evidence_as_of(project.as_of, project.own), before=decision)
        query = project_link.encode(project.needs, decision.as_of, project.own, project_link.said_by(decision),
                                    reader.today(), project.assumed)
        link = project_link.absolute(run.address, query)
        answers.append(answer(decision, project.assumed))
        cautions.append(committee_text.main_caution(decision))
        links.append(link)
        if not portfolio_text.is_size_assumed(answers[-1]):
            totals = with_decision(totals, decision)
        summary.write_csv(text, summary.cells(decision, link, project.assumed),
                          header=not run.pieces and len(answers) == 1)
    return replace(run, pending=run.pending[BATCH:], answers=(*run.answers, *answers), links=(*run.links, *links),
                   cautions=(*run.cautions, *cautions), totals=totals,
                   pieces=(*run.pieces, zlib.compress(text.getvalue().encode())))


def summary_csv(run: Run) -> bytes:
    """The CSV summary of all projects decided so far, UTF-8 with a byte order mark."""
    return "".join(zlib.decompress(piece).decode() for piece in run.pieces).encode("utf-8-sig")


def answers_used(run: Run, places: Sequence[int]) -> list[tuple[str, dict[str, str], frozenset[str]]]:
    """The name of each project at these places, its answers as the summary has them, with the budget in its currency,
    and which of them are assumed."""
    rows = [row for row in csv.DictReader(io.StringIO(summary_csv(run).decode("utf-8-sig"), newline=""))
            if row["rank"] == "1"]
    columns = {name: f"need_{name}" for name in NEEDS if name != "project"} | {
        "budget_usd": "need_budget", "currency": "currency"}
    return [(run.answers[place].project, {name: rows[place][column] for name, column in columns.items()},
             run.answers[place].assumed) for place in places]


def refused_csv(run: Run) -> bytes:
    """The rows that could not be decided, with their reasons."""
    return b"".join(bad_rows_csv(run.refused.header, run.refused.bad))


def corrected(run: Run, texts: Mapping[int, Mapping[int, str]]) -> Run:
    """The run with rows whose cells were corrected, by line and by place: what can be decided now is pending, and what
    cannot stays, with what was written."""
    assert run.source is not None
    mapping, header = run.source.mapping, run.refused.header
    assert mapping is not None
    lines = Lines(iter([Line(mapping.heading_line, header.columns)]))
    reader_ = ProjectList(BytesIO(), read_file=lambda *_: lines, mapping=replace(mapping, sheet=""))
    good: list[Project] = []
    bad: list[BadRow] = []
    for row in run.refused.bad:
        if row.line not in texts:
            bad.append(row)
            continue
        given = {place: text.strip() for place, text in texts[row.line].items()}
        before = row.cells
        cells = [*before, *[""] * (max(given, default=0) + 1 - len(before))]
        for place, text in given.items():
            cells[place] = text
        left = tuple((place, sentence) for place, sentence in row.broken
                     if place >= len(before) or cells[place] == before[place])
        found = reader_.read_row(Line(row.line, tuple(cells), left))
        if isinstance(found, Project):
            good.append(found)
        else:
            bad.append(found)
    return replace(run, pending=(*run.pending, *good), refused=Refused(tuple(bad), header),
                   is_running=run.is_running or bool(good))
