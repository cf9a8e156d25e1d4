"""Targets: everything that reads bytes from outside, each as a function of bytes that raises where its promise breaks.

The promise is the same for all: a value or the project's own error, a sentence for its reader, and never another
exception; and what was read is read again as the same, once it was written out.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qsl

from hiring.documents.brief.word import to_docx
from hiring.evidence.brief_catalog import read_catalog
from hiring.evidence.loader import DATA, DataError, load_evidence, read_evidence
from hiring.links import comparison_link as comparison
from hiring.links import needs_file, project_link
from hiring.links.needs_file import NeedsFileError
from hiring.lists.examples import read_examples
from hiring.lists.list_reader import LONGEST_CELL, ZIP
from hiring.lists.project_list import Checked, ListError, ProjectList, bad_rows_csv, check
from hiring.lists.reader_process import Lines, Watch, read_lines, read_lines_here
from hiring.lists.template import template_xlsx
from hiring.model.needs import NEEDS, NeedsError, ProjectNeeds
from hiring.model.own_figures import written
from tests.cells import formulas
from tests.factories import DAY

ReadFile = Callable[[BinaryIO, frozenset[str], Watch], Lines]
EVIDENCE = load_evidence()
MOST = 500  # rows, fewer than on the page, which takes longer to the same end
LONGEST = 60_000  # characters of a text that the page lets anybody edit


def sentences(shown: Iterable[str], most: int = 60) -> None:
    """Each is short, printable and ends as a sentence does, and there are not too many of them."""
    shown = list(shown)
    assert len(shown) <= most, len(shown)
    assert len(set(shown)) == len(shown), "told twice"
    for sentence in shown:
        assert len(sentence) < 700, len(sentence)
        assert sentence.isprintable(), ascii(sentence)
        assert sentence.endswith("."), sentence


def text_of(content: bytes) -> str:
    """Bytes as a browser or a paste field hands them on, halves of surrogate pairs included."""
    return content.decode("utf-8", "surrogateescape")


def query_of(content: bytes) -> dict[str, str]:
    return dict(parse_qsl(text_of(content), keep_blank_values=True, errors="surrogateescape"))


def opened_again(opened: project_link.Opened) -> None:
    query = project_link.encode(*opened[:5], opened.assumed, opened.tab)
    assert project_link.decode(query, EVIDENCE, DAY) == opened._replace(problems=(), notes=()), query


def link(content: bytes) -> None:
    """The query of a project's link."""
    opened = project_link.decode(query_of(content), EVIDENCE, DAY)
    sentences(opened.problems + opened.notes)
    opened_again(opened)


def packed_own(content: bytes) -> None:
    """What the packed own figures of a link unpack to."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    packed = "z." + urlsafe_b64encode(deflate.compress(content) + deflate.flush()).decode().rstrip("=")
    opened = project_link.decode({**project_link.encode(ProjectNeeds(), DAY), "own": packed}, EVIDENCE, DAY)
    sentences(opened.problems)
    assert opened.needs == ProjectNeeds()
    opened_again(opened)


def comparison_link(content: bytes) -> None:
    """The query of a comparison, and any text in the field for a pasted link."""
    for opened in (comparison.decode(query_of(content), EVIDENCE, DAY),
                   comparison.read_pasted(text_of(content), EVIDENCE, DAY)):
        sentences({*opened.problems, *opened.notes})  # of two scenarios with one name the same may be said
        again = comparison.decode(comparison.encode(opened.scenarios), EVIDENCE, DAY)
        assert again == comparison.Opened(opened.scenarios) or not opened.scenarios


def scenario(content: bytes) -> None:
    """What a scenario of a comparison's link unpacks to."""
    code = comparison.packed(content.decode("latin-1"))
    opened = comparison.decode({"scenario_1": code, "v": comparison.VERSION}, EVIDENCE, DAY)
    sentences(opened.problems)
    assert opened.scenarios or opened.problems


def toml(content: bytes) -> None:
    """The file `needs.toml`."""
    try:
        opened = needs_file.from_toml(content, EVIDENCE, DAY)
    except NeedsFileError as error:
        sentences([str(error)])
        return
    sentences(opened.problems + opened.notes)
    again = needs_file.from_toml(needs_file.to_toml(*opened[:5], opened.assumed), EVIDENCE, DAY)
    assert again == opened._replace(problems=(), notes=())


def needs(content: bytes) -> None:
    """Needs from Python: a JSON object as the arguments."""
    try:
        given = json.loads(content)
    except (ValueError, RecursionError):
        return
    if not isinstance(given, dict):
        return
    try:
        made = ProjectNeeds(**{name: answer for name, answer in given.items() if name in NEEDS})
    except NeedsError as error:
        sentences(error.problems.values())
        return
    if made.location in EVIDENCE.as_of(DAY).wages:
        opened_again(project_link.Opened(made, DAY, (), None, DAY))


def csv_list(content: bytes) -> None:
    """A list of projects as CSV."""
    with suppress(ListError):
        listed(content)


def workbook(content: bytes) -> None:
    """A list of projects as an Excel file, byte by byte. It is read in a process of its own, as an uploaded one is: the
    library that reads it ends a process without memory."""
    with suppress(ListError):
        listed(content, read_lines)


def workbook_part(content: bytes) -> None:
    """A part of an Excel file: its name on the first line, then its XML."""
    workbook(with_part(content))


def with_part(content: bytes) -> bytes:
    name, _, xml = content.partition(b"\n")
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template()), "r") as whole, zipfile.ZipFile(made, "w") as changed:
        parts = {part: whole.read(part) for part in whole.namelist()}
        with suppress(UnicodeDecodeError, ValueError):
            parts[name.decode()] = xml
        for part, text in parts.items():
            changed.writestr(zipfile.ZipInfo(part), text)
    return made.getvalue()


@lru_cache(maxsize=1)
def template() -> bytes:
    return template_xlsx()


def listed(content: bytes, read_file: ReadFile = read_lines_here) -> None:
    try:
        checked = check(ProjectList(io.BytesIO(content), EVIDENCE, read_file=read_file), MOST)
    except ListError as error:
        sentences([str(error)])
        return
    assert len(checked.projects) + len(checked.bad) <= MOST
    for project in checked.projects:
        assert written(project.own) == written(sorted(project.own))
        opened_again(project_link.Opened(project.needs, project.as_of or DAY, project.own, None, DAY))
    for row in checked.bad:
        sentences({str(fault.problem) for fault in row.faults}, most=1_200)
    is_cut = any(len(cell) == LONGEST_CELL for row in checked.bad for cell in row.cells)
    given_back(checked, may_differ=content.startswith(ZIP) or checked.header.is_summary or is_cut)


def given_back(checked: Checked, may_differ: bool) -> None:
    """Bad rows are given back as the same bad rows, and hold nothing that a spreadsheet would run. A cell of a workbook
    that has no value comes back empty, and one that is too long is cut, which may be all that was wrong with its row;
    and of a damaged summary, rows that look like one project with several options count once."""
    back = b"".join(bad_rows_csv(checked.header, checked.bad))
    assert not formulas(back)
    again = check(ProjectList(io.BytesIO(back), EVIDENCE, read_file=read_lines_here), MOST)
    assert may_differ or (not again.projects and b"".join(bad_rows_csv(again.header, again.bad)) == back)


def evidence(content: bytes) -> None:
    """A file of `data/`: its name on the first line, then what it holds."""
    name, _, text = content.partition(b"\n")
    files = {file.name: file for file in DATA.iterdir() if file.suffix in (".csv", ".toml")}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for known, file in files.items():
            if known.encode() == name:
                (folder / known).write_bytes(text)
            else:
                (folder / known).symlink_to(file)
        try:
            read = read_evidence(folder)
            read_catalog(folder, read, [])
            read_examples(folder / "examples.csv")
        except DataError as error:
            assert error.faults
            assert all("write" in it or "save" in it or "keep" in it or name.decode() in it for it in error.faults)


def markdown(content: bytes) -> None:
    """A brief that its reader edited, as a Word file."""
    text = text_of(content)[:LONGEST]
    assert to_docx(text, date(2026, 11, 22)).startswith(b"PK")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "link": link, "packed_own": packed_own, "comparison_link": comparison_link, "scenario": scenario, "toml": toml,
    "needs": needs, "csv_list": csv_list, "workbook": workbook, "workbook_part": workbook_part, "evidence": evidence,
    "markdown": markdown}
