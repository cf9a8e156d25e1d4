"""What the columns of an uploaded list hold, while its reader decides that; kept in the session until then."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BytesIO
from typing import NamedTuple

from hiring.evidence.loader import load_evidence
from hiring.lists import columns
from hiring.lists.cells import PLAIN, How
from hiring.lists.columns import ESSENTIAL, Column, ColumnMap, Matching
from hiring.lists.headings import BUDGET, KNOWN
from hiring.lists.project_list import ProjectList
from hiring.lists.reader_process import Line, Lines
from hiring.model.needs import NEEDS

SEEN = 300  # rows that are looked at again after each choice
ASKED_FOR_ALL = (*ESSENTIAL, BUDGET, "location")  # needs for which an answer for all rows is offered
PREVIEWED = 5  # rows
MOST_KEPT = 2_000_000  # bytes of a list, compressed, that a session keeps beside its result


class Upload(NamedTuple):
    """An uploaded file that is not read yet, and what its reader chose for it: the columns, or the sheet and the row of
    the headings to look for them."""

    name: str
    content: bytes
    mapping: ColumnMap | None = None
    is_draft: bool = False


@dataclass(frozen=True)
class Match:
    """A list whose columns are to be matched: its first rows, what was found, and what was chosen so far. `turn` counts
    the times that the choices were set anew, so that the fields of the page follow; `found` is what they were first."""

    upload: Upload
    lines: Lines
    head: tuple[Line, ...]
    matching: Matching
    chosen: Mapping[int, tuple[str, How]]
    all_rows: Mapping[str, str] = field(default_factory=dict)
    with_hidden: bool = False
    turn: int = 0
    found: Mapping[int, tuple[str, How]] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[Line, ...]:
        return self.head[self.matching.layout.before:]

    @property
    def mapping(self) -> ColumnMap:
        """What was chosen, as it can be saved."""
        held = tuple((column.heading, *self.chosen.get(column.place, ("", PLAIN))) for column in self.matching.columns
                     if column.heading)
        given = tuple((name, text) for name, text in self.all_rows.items() if text.strip() and name in self.missing)
        return ColumnMap(held, given, self.lines.sheet if len(self.lines.sheets) > 1 else "",
                         self.matching.layout.line, self.with_hidden)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns as they are chosen to be read."""
        known = load_evidence().as_of(load_evidence().dates[-1])
        return tuple(columns.as_chosen(self.matching, self.rows[:SEEN], column.place,
                                       *self.chosen.get(column.place, ("", PLAIN)), known)
                     if column.heading else column for column in self.matching.columns)

    @property
    def missing(self) -> tuple[str, ...]:
        """The needs that most depends on, or that are often in a list, which no column holds."""
        held = {name for name, _ in self.chosen.values()}
        return tuple(name for name in ASKED_FOR_ALL if name not in held
                     and not (name == BUDGET and "budget_usd" in held))

    @property
    def problems(self) -> tuple[str, ...]:
        """What has to be decided before the list can be."""
        held = Counter(BUDGET if name == "budget_usd" else name for name, _ in self.chosen.values() if name)
        has_currency = "currency" in held
        twice = [name for name, times in held.items() if times > 1 and not (name == BUDGET and has_currency)]
        said = [f"Two columns hold {columns.noun(name)}: keep one." for name in twice]
        given = {name for name, text in self.all_rows.items() if text.strip()}
        if not ((set(held) | given) - {"project"}) & {BUDGET, *NEEDS}:
            said.append("Choose what at least one column holds, besides the project.")
        return (*said, *(column.question for column in self.columns if column.question))

    def preview(self) -> ProjectList:
        """The first rows as they will be read. Raises ListError."""
        lines = self.lines._replace(rows=iter(self.head[:self.matching.layout.before + SEEN]))
        return ProjectList(BytesIO(), read_file=lambda *_: lines, mapping=replace(self.mapping, sheet=""))

    def with_column(self, place: int, name: str, how: How) -> Match:
        return replace(self, chosen={**self.chosen, place: (name, how)})

    def with_map(self, mapping: ColumnMap) -> Match:
        """With what a file of columns says. Raises ListError."""
        return replace(self, chosen=mapping.places(self.matching.layout.columns), all_rows=dict(mapping.all_rows),
                       with_hidden=mapping.with_hidden, turn=self.turn + 1)


def started(upload: Upload, listed: ProjectList) -> Match:
    """The columns of a list as they were found, to be matched."""
    chosen = {column.place: (column.field, column.how) for column in listed.matching.columns if column.field}
    held = {_slot(name) for name, _ in chosen.values()}
    for column in listed.matching.columns:  # of two that may hold the same, both are shown so, and one has to go
        if not column.field and column.may_be and not column.remark and _slot(column.may_be[0]) not in held:
            chosen[column.place] = (column.may_be[0], column.how)
    match = Match(upload, listed.lines._replace(rows=iter(())), listed.head, listed.matching, chosen, found=chosen)
    return match.with_map(upload.mapping) if upload.mapping and upload.mapping.columns else match


def _slot(name: str) -> str:
    return BUDGET if name == "budget_usd" else name


def is_plain(listed: ProjectList) -> bool:
    """Whether nothing has to be decided or confirmed: every column that is used is named as a need is, none looks like
    one and is not used, and the size of the projects is given."""
    if listed.layout.is_summary:
        return True
    sure = all(column.sure >= KNOWN for column in listed.matching.columns if column.field)
    return sure and not (listed.refusal or listed.unreadable or listed.header.essential_missing)


def key_of(columns_: tuple[str, ...]) -> str:
    """What is the same for lists with the same headings; rows that were given back count with the list they are of."""
    return columns.fingerprint(name for name in columns_ if name != columns.REASON)


def packed(upload: Upload, listed: ProjectList) -> Upload | None:
    """The list as it is kept beside its result: compressed, with the columns that it was read with; the columns alone
    of a large one. A summary has no columns to match."""
    if listed.layout.is_summary:
        return None
    content = zlib.compress(upload.content, 1)
    return upload._replace(content=content if len(content) <= MOST_KEPT else b"",
                           mapping=upload.mapping or listed.matching.proposal())


def unpacked(source: Upload) -> Upload:
    """The list to be matched again."""
    return source._replace(content=zlib.decompress(source.content), is_draft=True)
