"""Deciding a list bit by bit, so that the page can tell how far it is and stop: what is kept in between.

A session holds a list small: answers as short tuples, the summary as compressed text, no decision.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from hiring import evidence_as_of
from hiring.links import project_link
from hiring.lists import summary, template
from hiring.lists.project_list import Checked, Fault, Project, bad_rows_csv
from hiring.model.decision import decide
from hiring.model.needs import cleaned, shown
from hiring.model.portfolio import Answer, Totals, answer, with_decision
from hiring.text.formatting import CODE, join_words, marked

MOST = 2_000  # projects decided on the page: about 15 seconds, in which others wait longer
BATCH = 10  # projects between two looks at whether somebody has stopped it
SHOWN = 20  # faults that the page itself lists


class Refused(NamedTuple):
    """Rows that could not be decided: their number, their first faults by line, and all of them as compressed CSV."""

    rows: int
    faults: tuple[tuple[int, Fault], ...]
    csv: bytes


@dataclass(frozen=True)
class Run:
    """A list on its way: what is still to decide, the answers and links so far, their totals, the summary in
    compressed pieces, and what of the file was refused or told."""

    name: str
    left: tuple[Project, ...]
    address: str
    refused: Refused
    told: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    links: tuple[str, ...] = ()
    totals: Totals | None = None
    pieces: tuple[bytes, ...] = ()
    assumed: tuple[str, ...] = ()  # what every answer rests on and the list has no column for
    is_running: bool = True

    @property
    def count(self) -> int:
        """All projects of the list that can be decided."""
        return len(self.answers) + len(self.left)


def begun(name: str, checked: Checked, address: str) -> Run:
    """A run over a list that was checked; `address` is that of the main page, for the links."""
    faults = tuple((row.line, fault) for row in checked.bad for fault in row.faults)
    refused = Refused(len(checked.bad), faults[:SHOWN], zlib.compress(bad_rows_csv(checked.header, checked.bad)))
    return Run(name, checked.projects, address, refused, tuple(_told(checked)), is_running=bool(checked.projects),
               assumed=checked.header.essential_missing)


def _told(checked: Checked) -> Iterator[str]:
    """What the manager should know of how the file was read."""
    header = checked.header
    if checked.cut_after is not None:
        yield (f"The list is longer than the {MOST:,} rows that this page decides: rows after line "
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
    if checked.told:
        yield cleaned(checked.told)


def advanced(run: Run) -> Run:
    """The run with the next few projects decided."""
    answers, queries, totals, text = [], [], run.totals, io.StringIO()
    for project in run.left[:BATCH]:
        decision = decide(project.needs, evidence_as_of(project.as_of, project.own))
        query = project_link.encode(project.needs, decision.as_of, project.own, project_link.said_by(decision))
        link = project_link.absolute(run.address, query)
        answers.append(answer(decision))
        queries.append(link)
        totals = with_decision(totals, decision)
        summary.write_csv(text, summary.cells(decision, link), header=not run.pieces and len(answers) == 1)
    return replace(run, left=run.left[BATCH:], answers=(*run.answers, *answers), links=(*run.links, *queries),
                   totals=totals, pieces=(*run.pieces, zlib.compress(text.getvalue().encode())))


def summary_csv(run: Run) -> bytes:
    """The CSV summary of all projects decided so far, UTF-8 with a byte order mark."""
    return "".join(zlib.decompress(piece).decode() for piece in run.pieces).encode("utf-8-sig")


def refused_csv(run: Run) -> bytes:
    """The rows that could not be decided, with their reasons."""
    return zlib.decompress(run.refused.csv)
