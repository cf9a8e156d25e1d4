"""`python -m benchmarks.hostile`: files made to stop or fill the server, uploaded one after another on the page
Projects, while another session changes its developers every half second and waits for its verdict."""

from __future__ import annotations

import io
import random
import re
import statistics
import struct
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress

import psutil

from benchmarks.measure import machine, percentile
from hiring.lists import list_reader
from hiring.model.needs import NEEDS
from tests.lists.hostile import BOOK, LINKS, MAIN, RELATIONS, SHEET, sheet, workbook
from tests.server import served
from tests.visitor import Visitor

LARGEST = 10_000_000  # bytes of a file
PERIOD = 0.5  # seconds between two changes of the other session
MOST_WAIT, MOST_GROWTH = 1.0, 100.0  # seconds, the 95th percentile; MB of the server's own process
MB = 1e6
FIELD = "List of projects, CSV or Excel"
STRINGS = "xl/sharedStrings.xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = f'''<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"
    ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"
    ContentType="application/xml"/></Types>'''


# Workbooks

def noise(size: int) -> bytes:
    """Bytes that do not compress."""
    return random.Random(size).randbytes(size)


def relations(*more: str) -> str:
    first = f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{first}{"".join(more)}</Relationships>'


def book(sheets: str = '<sheet name="A" sheetId="1" r:id="rId1"/>', after: str = "", before: str = "") -> str:
    return (f'<?xml version="1.0"?>{before}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets>'
            f"{after}</workbook>")


def cells(rows: int, cell: str, columns: int = 1) -> str:
    """Rows of the same cells; {row} and {n} in `cell` are the row and the column."""
    return "".join(f'<row r="{row}">' + "".join(cell.format(row=row, n=n) for n in range(columns)) + "</row>"
                   for row in range(2, rows + 2))


def text_cells(rows: int, columns: int, text: str) -> str:
    return cells(rows, f'<c t="inlineStr"><is><t>{text}</t></is></c>', columns)


def with_strings(strings: str, rows: str, before: str = "") -> bytes:
    link = f'<Relationship Id="rId9" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    return workbook({STRINGS: f'{before}<sst xmlns="{MAIN}">{strings}</sst>', SHEET: sheet(rows),
                     LINKS: relations(link), "[Content_Types].xml": TYPES})


def many_parts(folder: str, count: int, text: str) -> bytes:
    """A workbook with many more parts, which the first sheet belongs to."""
    links = "".join(f'<Relationship Id="r{n}" Type="{RELATIONS}/{folder}" Target="/xl/{folder}/p{n}.xml"/>'
                    for n in range(count))
    return workbook({**{f"xl/{folder}/p{n}.xml": text for n in range(count)}, LINKS: relations(links),
                     "xl/worksheets/_rels/sheet1.xml.rels": relations(links), SHEET: sheet(TWOS)})


def sheets_of_their_own(count: int) -> bytes:
    names = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(count))
    links = "".join(f'<Relationship Id="r{n}" Type="{RELATIONS}/worksheet" Target="worksheets/t{n}.xml"/>'
                    for n in range(count))
    part = f'<worksheet xmlns="{MAIN}"><sheetData>{text_cells(200, 20, "x")}</sheetData></worksheet>'
    return workbook({BOOK: book(names), LINKS: relations(links),
                     **{f"xl/worksheets/t{n}.xml": part for n in range(count)}})


def lying_size(claimed: int) -> bytes:
    """A sheet of 150 MB whose size is given as `claimed`, in front of it and in the directory."""
    text = sheet("<row><c/></row>" * 10_000_000)
    content = workbook({SHEET: text})
    return content.replace(struct.pack("<I", len(text)), struct.pack("<I", claimed))


def many_entries(count: int) -> bytes:
    made = io.BytesIO(workbook({}))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_STORED) as archive:
        for n in range(count):
            archive.writestr(f"xl/media/{n}", b"")
    return made.getvalue()


def nested(depth: int) -> bytes:
    content = workbook({SHEET: sheet("<row/>" * 1_000_000)})
    for n in range(depth):
        content = workbook({f"xl/embeddings/{n}.xlsx": content, SHEET: content})
    return content


def laughs(levels: int) -> str:
    entities = "".join(f"<!ENTITY a{n} '" + f"&a{n - 1};" * 10 + "'>" for n in range(1, levels))
    return f"<!DOCTYPE w [<!ENTITY a0 'ha'>{entities}]>"


TWOS = cells(9, "<c><v>2</v></c>")
OUTSIDE = "<!DOCTYPE w [<!ENTITY out SYSTEM 'file:///etc/passwd'>]>"
FAR = '<row r="2"><c r="A2"><v>1</v></c></row><row r="1048576"><c r="{}1048576"><v>1</v></c></row>'
DATED = f'''<styleSheet xmlns="{MAIN}"><cellXfs count="1"><xf numFmtId="14"/></cellXfs></styleSheet>'''

WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "a text of 2 MB that 20,000 cells cite": lambda: with_strings(
        f"<si><t>{'x' * 2_000_000}</t></si>", cells(10_000, '<c t="s"><v>0</v></c>', 2)),
    "a million texts": lambda: with_strings(
        "<si><t>two</t></si>" * 1_000_000, cells(2_000, '<c t="s"><v>{row}</v></c>')),
    "one text of a million pieces": lambda: with_strings(
        f"<si>{'<r><t>x</t></r>' * 1_000_000}</si>", cells(2_000, '<c t="s"><v>0</v></c>')),
    "a million elements in each other": lambda: workbook({SHEET: sheet("<a>" * 1_000_000)}),
    "an attribute of 50 MB": lambda: workbook({SHEET: sheet(f'<row spans="{"1" * 50_000_000}"/>')}),
    "300,000 attributes of one element": lambda: workbook(
        {SHEET: sheet("<row " + " ".join(f'a{n}="1"' for n in range(300_000)) + "/>")}),
    "entities of entities": lambda: workbook({BOOK: book('<sheet name="&a9;" sheetId="1" r:id="rId1"/>',
                                                         before=laughs(10))}),
    "entities of entities in the texts": lambda: with_strings(
        "<si><t>&a9;</t></si>", cells(9, '<c t="s"><v>0</v></c>'), laughs(10)),
    "an entity from outside": lambda: with_strings(
        "<si><t>&out;</t></si>", cells(9, '<c t="s"><v>0</v></c>'), OUTSIDE),
    "2,000 sheets": lambda: sheets_of_their_own(2_000),
    "50 sheets": lambda: sheets_of_their_own(50),
    "300,000 merged ranges": lambda: workbook({SHEET: sheet("", "<mergeCells>" + "".join(
        f'<mergeCell ref="A{n}:KN{n + 1}"/>' for n in range(2, 300_002)) + "</mergeCells>")}),
    "a million styles": lambda: workbook(
        {"xl/styles.xml": DATED.replace("<xf ", '<xf numFmtId="14"/>' * 1_000_000 + "<xf ")}),
    "500,000 defined names": lambda: workbook({BOOK: book(after="<definedNames>" + "".join(
        f'<definedName name="n{n}">A!$A${n}</definedName>' for n in range(500_000)) + "</definedNames>")}),
    "500,000 relations": lambda: workbook({LINKS: relations(*(
        f'<Relationship Id="q{n}" Type="{RELATIONS}/theme" Target="theme/{n}.xml"/>' for n in range(500_000)))}),
    "a sheet of 150 MB that says it has 100 bytes": lambda: lying_size(100),
    "a sheet of 150 MB that says it has 4 GB": lambda: lying_size(2**32 - 2),
    "workbooks in workbooks": lambda: nested(12),
    "65,000 parts": lambda: many_entries(65_000),
    "a cell at the far end of the sheet": lambda: workbook({SHEET: sheet(FAR.format("XFD"))}),
    "a cell at the foot of column KN": lambda: workbook({SHEET: sheet(FAR.format("KN"))}),
    "rows of 16,384 cells": lambda: workbook({SHEET: sheet(cells(300, "<c><v>2</v></c>", 16_384))}),
    "2,000 rows of 300 texts that can't be used": lambda: workbook({SHEET: sheet(text_cells(2_000, 300, "two"))}),
    "90,000 hidden rows": lambda: workbook(
        {SHEET: sheet(cells(90_000, "<c><v>2</v></c>").replace("<row ", '<row hidden="1" '))}),
    "comments and drawings of 9 MB": lambda: workbook(
        {"xl/comments1.xml": noise(4_500_000), "xl/drawings/drawing1.xml": noise(4_500_000),
         SHEET: sheet(TWOS, '<drawing r:id="rId1"/>').replace(
             "<sheetData", f'<x xmlns:r="{RELATIONS}"/><sheetData', 1).replace("r:id", "id")}),
    "5,000 links to other workbooks": lambda: many_parts("externalLink", 5_000, f'<externalLink xmlns="{MAIN}"/>'),
    "2,000 pivot caches": lambda: many_parts("pivotCacheDefinition", 2_000, "<s/>" * 20_000),
    "9,999 errors": lambda: workbook({SHEET: sheet(cells(4_999, '<c t="e"><v>#REF!</v></c>', 2))}),
    "formulas without a value": lambda: workbook({SHEET: sheet(cells(50_000, f"<c><f>{'A1+' * 20}1</f></c>", 2))}),
    "dates that no calendar has": lambda: workbook({"xl/styles.xml": DATED, SHEET: sheet(cells(
        2_000, f'<c s="0"><v>{"9" * 300}</v></c>', 20))}),
    "numbers of a million digits": lambda: workbook({SHEET: sheet(cells(40, f"<c><v>{'9' * 1_000_000}</v></c>", 2))}),
    "rows that all are the last": lambda: workbook({SHEET: sheet(
        '<row r="1048576"><c r="A1048576"><v>2</v></c></row>' * 90_000)}),
    "a sheet in UTF-16 with 2,000,000 rows": lambda: workbook({SHEET: (
        '<?xml version="1.0" encoding="utf-16"?>' + sheet("<row><c/></row>" * 2_000_000)).encode("utf-16")}),
    "a part that is none": lambda: workbook({LINKS: relations().replace("worksheets/sheet1", "../../../etc/passwd")}),
    "9 MB of noise in a sheet": lambda: workbook({SHEET: sheet("").encode() + noise(9_000_000)}),
}


# CSV

def rows(line: str, count: int = 2_000, head: str = "developers,note") -> bytes:
    return "".join((f"{head}\n", *[f"{line}\n"] * count)).encode()


def long_headings(size: int) -> str:
    return ",".join(name + "-" * size for name in NEEDS)


LISTS: dict[str, Callable[[], bytes]] = {
    "a quote left open": lambda: b'developers,note\n2,"' + b"x,\n" * 3_200_000,
    "NUL bytes": lambda: rows("2,a\0b", 1_000_000),
    "UTF-16": lambda: rows("two," + "x" * 2_000).decode().encode("utf-16"),
    "UTF-32": lambda: rows("two," + "x" * 1_000).decode().encode("utf-32"),
    "EBCDIC": lambda: rows("2,x", 1_000_000).decode().encode("cp500"),
    "numbers of thousands of digits": lambda: rows("9" * 4_800 + ",1e308"),
    "thousands of own figures in each row": lambda: rows(
        "2," + "~~".join(f"load~{n}" for n in range(480)), head="developers,own_figures"),
    "thousands of unknown own figures in each row": lambda: rows("2," + "~~x" * 1_600, head="developers,own_figures"),
    "long unknown headings": lambda: rows("two", head="developers," + ",".join("x" * 3_300 for _ in range(299))),
    "long known headings": lambda: rows(",".join("x" for _ in NEEDS), head=long_headings(15_000)),
    "long texts that can't be used": lambda: rows("two," + "x" * 4_900),
    "2,000 rows of 300 cells that can't be used": lambda: rows(
        "two," + ",".join("abcdefghijkl" for _ in range(299)), head="developers," + ",".join(map(str, range(299)))),
    "every cell of 2,000 rows wrong": lambda: rows(",".join("x" * 200 for _ in NEEDS), head=",".join(NEEDS)),
    "cells in no column": lambda: rows("two," + "é😀," * 298, head="developers"),
    "one project in 800,000 rows of a summary": lambda: b"developers,option,rank\n" + b"".join(
        b"2,%d,1\n" % n for n in range(800_000)),
    "formulas": lambda: rows("two," + '"\n=1+1;"' * 540),
    "rows of separators": lambda: rows("," * 298, 33_000),
    "9,000,000 empty lines": lambda: b"developers\n" + b"\n" * 9_000_000,
}
HOSTILE = {**{f"{name}.xlsx": made for name, made in WORKBOOKS.items()},
           **{f"{name}.csv": made for name, made in LISTS.items()}}


# Measuring

class Uploader(Visitor):
    """A manager who uploads one list after another."""

    def answer_to(self, name: str, content: bytes) -> tuple[str, float]:
        """What the page says of a file, and after how many seconds; then the page asks for another list."""
        began = time.perf_counter()
        file = self.uploaded(name, content)
        self._sends(self.asks({FIELD: file}), self._has_answered)
        said, seconds = next(iter(self.alerts), self.verdict), time.perf_counter() - began
        self.given = {}
        if "Cancel" in self.buttons:
            self._sends(self.asks(button="Cancel"), lambda: "Another list" in self.buttons)
        if not self._is_asking():
            self._sends(self.asks(button="Another list"), self._is_asking)
        return said, seconds

    def _has_answered(self) -> bool:
        if self._is_asking():
            return bool(self.alerts)
        return not self.verdict.startswith("Reading") and bool({"Cancel", "Another list"} & self.buttons.keys())

    def _is_asking(self) -> bool:
        return self.verdict.startswith("Decide a")

    def _sends(self, request: bytes, is_done: Callable[[], bool]) -> None:
        """Send a request and read until its answer is there, whatever runs come between."""
        self.texts, self.alerts, self.buttons = [], [], {}
        self.socket.send(request)
        while not is_done():
            self.reads(self.socket.recv(timeout=300))


class Bystander(threading.Thread):
    """A manager on the page Decide who changes the developers every half second."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.visitor, self.waits, self.is_over = Visitor(port), [0.0] * 0, False
        self.visitor.rerun()

    def run(self) -> None:
        number = 0
        while not self.is_over:
            number += 1
            began = time.perf_counter()
            self.visitor.texts = []
            self.visitor.socket.send(self.visitor.asks({"Developers to build": 1 + number % 10 / 10}))
            while not self.visitor.verdict:
                self.visitor.reads(self.visitor.socket.recv(timeout=300))
            self.waits.append(time.perf_counter() - began)
            self.visitor._wait_for("script_finished")
            time.sleep(max(0.0, PERIOD - (time.perf_counter() - began)))
        self.visitor.close()


class Memory(threading.Thread):
    """The most memory of a process, and of each reader that it started, since the last look; bytes."""

    def __init__(self, process_id: int) -> None:
        super().__init__(daemon=True)
        self.process, self.own, self.child = psutil.Process(process_id), 0, 0

    def run(self) -> None:
        with suppress(psutil.NoSuchProcess):
            while True:
                self.own = max(self.own, self.process.memory_info().rss)
                for child in self.process.children():
                    with suppress(psutil.NoSuchProcess):
                        if list_reader.__file__ not in child.cmdline():  # not begun: it still shows the server's own
                            continue
                        self.child = max(self.child, child.memory_info().rss)
                time.sleep(0.02)

    def look(self) -> tuple[float, float]:
        own, child = self.own / MB, self.child / MB
        self.own = self.child = 0
        return own, child


def main(names: list[str]) -> None:
    print(machine())
    chosen = {name: made() for name, made in HOSTILE.items() if not names or any(it in name for it in names)}
    print(f"{len(chosen)} files, each of at most {LARGEST / MB:.0f} MB. “own” is the growth of the server's own "
          "process since\nthe start, “child” the most that a reader held, both in MB; “verdict” is the longest "
          "wait of the\nother session meanwhile.\n     bytes  seconds    own  child  verdict  file: what the page said")
    with served() as (port, process_id), Uploader(port) as uploader:
        uploader.rerun()
        uploader.rerun(page="projects")
        memory, bystander = Memory(process_id), Bystander(port)
        memory.start()
        bystander.start()
        for _ in range(3):  # what is imported at the first list is no file's fault
            uploader.answer_to("plain.csv", b"developers,build_months\n2,6\ntwo,6\n")
        time.sleep(5)
        before, child = memory.process.memory_info().rss / MB, 0.0
        most = before
        bystander.waits.clear()
        waits: list[float] = []
        for name, content in chosen.items():
            assert len(content) <= LARGEST, (name, len(content))
            bystander.waits.clear()
            memory.look()
            said, seconds = uploader.answer_to(name, content)
            own, held = memory.look()
            most, child = max(most, own), max(child, held)
            worst = max(bystander.waits, default=0.0)
            waits += bystander.waits
            words = " ".join(re.sub(r"\\(.)", r"\1", re.sub(r"^.*?(\.xlsx|\.csv|…)\\?: ", "", said)).split()[:12])
            print(f"{len(content):>10,}  {seconds:>7.1f}  {own - before:>5.0f}  {held:>5.0f}  {worst:>6.2f} s  {name}: "
                  f"{words}", flush=True)
        bystander.is_over = True
        bystander.join(60)
    late = percentile(waits, 0.95)
    print(f"\nThe other session's verdict, {len(waits)} times: median {statistics.median(waits):.2f} s, "
          f"95th percentile {late:.2f} s, longest {max(waits):.2f} s")
    print(f"95th percentile at most {MOST_WAIT:.0f} s: {'held' if late <= MOST_WAIT else 'MISSED'}")
    print(f"growth at most {MOST_GROWTH:.0f} MB: {'held' if most - before <= MOST_GROWTH else 'MISSED'} "
          f"({most - before:.0f} MB; the largest reader {child:.0f} MB)")


if __name__ == "__main__":
    main(sys.argv[1:])
