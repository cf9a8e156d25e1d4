"""Files made to stop or fill whoever reads them. Each is small; what it does is in its name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import openpyxl

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK, LINKS, SHEET = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"
HEAD = ('<row r="1"><c r="A1" t="inlineStr"><is><t>project</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>developers</t></is></c></row>')


def changed(content: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """A workbook with some parts replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in parts:
                new.writestr(part.filename, old.read(part))
        for name, text in parts.items():
            new.writestr(name, text)
    return file.getvalue()


def workbook(parts: Mapping[str, str | bytes]) -> bytes:
    """A plain workbook with some parts replaced or added."""
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return changed(made.getvalue(), parts)


def sheet(rows: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{HEAD}{rows}</sheetData>{after}</worksheet>'


def _names(name: str, text: str) -> bytes:
    return workbook({BOOK: f'''<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="A" sheetId="1"
        r:id="rId1"/></sheets><definedNames><definedName name="{name}" localSheetId="0">{text}</definedName>
        </definedNames></workbook>'''})


def _one_part_many_times(count: int, encoding: str) -> bytes:
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="rId1"/>' for n in range(count))
    text = (f'<?xml version="1.0" encoding="{encoding}"?><workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            f"{sheets}</sheets></workbook>")
    cells = "<row>" + '<c t="inlineStr"><is><t>x</t></is></c>' * 20 + "</row>"
    rows = sheet(cells * 500).replace("project", "x").replace("developers", "x")
    return workbook({BOOK: text.encode(encoding), SHEET: rows})


def _cited_text(rows: int) -> bytes:
    text = "x" * 9_000_000
    shared = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>{text}</t></si></sst>'
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}" t="s"><v>0</v></c></row>'
                    for n in range(2, 2 + rows))
    types = '''<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"
        ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"
        ContentType="application/xml"/></Types>'''
    links = f'''<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="rId9" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'''
    return workbook({"xl/sharedStrings.xml": shared, SHEET: sheet(cells), LINKS: links, "[Content_Types].xml": types})


def _number_format(text: str) -> bytes:
    return workbook({"xl/styles.xml": f'''<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164"
        formatCode="{text}"/></numFmts><cellXfs count="1"><xf numFmtId="164"/></cellXfs></styleSheet>''',
                     SHEET: sheet('<row r="2"><c r="B2" s="0"><v>2</v></c></row>')})


def _merged_backwards() -> bytes:
    merged = '<mergeCell ref="DA1:XFD1048576"/>' * 20_000
    return workbook({SHEET: sheet('<row r="2"><c r="B2"><v>2</v></c></row>', f"<mergeCells>{merged}</mergeCells>")})


def _own_figures() -> bytes:
    return b"project,developers,own_figures\n" + b"".join(
        b"A,2,\"" + b"x~1;" * 30_000 + b"\"\n" for _ in range(80))


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def _repeated_cells() -> bytes:
    cell = ('<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
            "<text:p>project</text:p></table:table-cell>")
    row = f'<table:table-row table:number-rows-repeated="1048576" table:visibility="collapse">{cell}</table:table-row>'
    names = " ".join(f'xmlns:{name}="{OFFICE}{name}:1.0"' for name in ("office", "table", "text"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{OFFICE}manifest:1.0"/>')
        table = f'<table:table table:name="A">{row}</table:table>'
        archive.writestr("content.xml", f"<office:document-content {names}><office:body><office:spreadsheet>{table}"
                         "</office:spreadsheet></office:body></office:document-content>")
    return file.getvalue()


def _looped_sectors() -> bytes:
    size = 512
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * (size - 8))
    head[24:32] = b"\x3e\x00\x03\x00\xfe\xff\x09\x00"
    head[76:80], head[80:size] = b"\x00" * 4, b"\xff" * (size - 80)
    return bytes(head) + b"\x00" * size * 2_000  # each sector is followed by the first


HOSTILE: dict[str, Callable[[], bytes]] = {
    "quotes in print titles": lambda: _names("_xlnm.Print_Titles", "'" * 900_000),
    "ranges in print titles": lambda: _names("_xlnm.Print_Titles", "$1:$1" * 180_000),
    "ranges in the print area": lambda: _names("_xlnm.Print_Area", "$A$1:" * 180_000),
    "a number format without end": lambda: _number_format("[" * 900_000),
    "three thousand sheets in UTF-16": lambda: _one_part_many_times(3_000, "utf-16"),
    "forty sheets that are one part": lambda: _one_part_many_times(40, "utf-8"),
    "merged cells far to the right": _merged_backwards,
    "a text that many cells cite": lambda: _cited_text(100),
    "own figures without end": _own_figures,
    "a sheet without end": lambda: workbook({SHEET: sheet("<row><c/></row>" * 6_000_000)}),
    "a row without end": lambda: workbook({SHEET: sheet(f"<row>{'<c/>' * 1_000_000}</row>")}),
    "zeros in place of a sheet": lambda: workbook({SHEET: b"0" * 200_000_000}),
    "styles of spaces": lambda: workbook({"xl/styles.xml": b" " * 2_000_000}),
    "cells that are repeated without end": _repeated_cells,
    "sectors in a circle": _looped_sectors,
    "quotes without end": lambda: b"project,developers\n" + b'"' * 3_000_000,
    "separators without end": lambda: b"project;developers|a\tb,c\n" + b";,|\t" * 700_000,
    "headings without end": lambda: b"project,developers," + b",".join([b"x" * 60_000] * 100) + b"\nA,2\n",
    "rows without end": lambda: b"project,developers\n" + b"\n" * 3_000_000,
}
