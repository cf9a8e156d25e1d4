"""Excel files: what a spreadsheet shows is what is read, and what cannot be read is told with its cell."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import ProjectNeeds
from hiring.lists.project_list import BadRow, ListError, Project, ProjectList
from hiring.lists.reader_process import read_lines_here
from hiring.lists.template import template_xlsx
from tests.factories import DAY
from tests.lists.hostile import SHEET, changed
from tests.strategies import LAWS

HEADER = ("project", "developers", "budget_usd")
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def book(*rows: tuple[Any, ...], **sheets: list[tuple[Any, ...]]) -> openpyxl.Workbook:
    """A workbook with `rows` on its first sheet and more sheets by name."""
    made = openpyxl.Workbook()
    first = made.worksheets[0]
    for row in rows:
        first.append(row)
    for name, more in sheets.items():
        sheet = made.create_sheet(name)
        for row in more:
            sheet.append(row)
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def with_cells(xml: str, after: str = "") -> bytes:
    """A workbook whose sheet is written by hand: `xml` are its rows below the header."""
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>project</t></is></c><c r="B1" t="inlineStr"><is><t>developers' \
           "</t></is></c></row>"
    return changed(saved(book()), {SHEET: f"<worksheet {MAIN}><sheetData>{head}{xml}</sheetData>{after}</worksheet>"})


def opened(content: bytes) -> ProjectList:
    return ProjectList(io.BytesIO(content), read_file=read_lines_here)


def listed(content: bytes) -> list[Project | BadRow]:
    return list(opened(content))


def needs_of(content: bytes) -> list[ProjectNeeds]:
    rows = listed(content)
    assert all(isinstance(row, Project) for row in rows), rows
    return [row.needs for row in rows if isinstance(row, Project)]


def reasons_of(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.reasons) for row in listed(content) if isinstance(row, BadRow)]


# Values

def test_rows_are_read_in_order_with_the_line_that_the_spreadsheet_shows() -> None:
    made = book((), HEADER, ("Portal", 2.5, 600_000), (), (None, 3, None, None, " "))
    rows = listed(saved(made))
    assert [row.line for row in rows] == [3, 5]
    assert [row.needs for row in rows if isinstance(row, Project)] == [
        ProjectNeeds(project="Portal", developers=2.5, budget_usd=600_000),
        ProjectNeeds(project="", developers=3, budget_usd=None)]


def test_numbers_dates_and_truth_values_are_read_as_their_text() -> None:
    made = book(("project", "as_of", "technical_lead", "location"), (2026, date(2026, 11, 22), False, 41940),
                ("b", datetime(2026, 11, 22), True, "US-CA"), ("c", "2026-11-22", "yes", "us"))
    first, second, third = listed(saved(made))
    assert isinstance(first, Project)
    assert (first.needs.project, first.as_of, first.needs.technical_lead, first.needs.location) == (
        "2026", DAY, False, "us-41940")
    assert isinstance(second, Project)
    assert (second.needs.technical_lead, second.needs.location) == (True, "us-ca")
    assert isinstance(third, Project)


def test_a_number_that_became_a_date_is_refused_with_the_date() -> None:
    ((line, (reason,)),) = reasons_of(saved(book(HEADER, ("A", datetime(2026, 5, 1, 6), 1_000))))
    assert (line, reason.partition("; ")[2]) == (2, "found 2026-05-01 06:00:00.")


def test_a_formula_counts_with_the_value_that_was_saved_and_is_never_run() -> None:
    content = with_cells('<row r="2"><c r="A2" t="str"><f>""</f><v></v></c><c r="B2"><f>1+98</f><v>3</v></c></row>')
    assert needs_of(content) == [ProjectNeeds(developers=3)]


def test_a_formula_without_a_saved_value_makes_its_row_bad_with_its_cell() -> None:
    made = book(HEADER, ("A", "=1+1", 5_000), ("B", 2, 5_000), ("=A2", 2, "=5000*2"))
    assert reasons_of(saved(made)) == [
        (2, ("column developers: Cell B2: write its value, or open the file in your spreadsheet program and save it; "
             "found a formula without a saved value.",)),
        (4, tuple(f"column {column}: Cell {cell}: write its value, or open the file in your spreadsheet program and "
                  "save it; found a formula without a saved value."
                  for column, cell in (("project", "A4"), ("budget_usd", "C4"))))]
    assert [row.needs.project for row in listed(saved(made)) if isinstance(row, Project)] == ["B"]


def test_cells_that_an_unsaved_formula_fills_are_told_in_every_row() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>x</t></is></c></row>' for n in (3, 4))
    formula = '<row r="2"><c r="B2"><f t="array" ref="B2:B3">C2:C3</f></c></row>'
    found = [(line, reason) for line, (reason,) in reasons_of(with_cells(formula + rows))]
    assert [(line, "without a saved value" in reason) for line, reason in found] == [(2, True), (3, True), (4, False)]
    assert "Cells B2:B3" in found[1][1]


@pytest.mark.parametrize("cell", [
    "<v>1<!-- a comment -->2</v>", "<v>1<?a note?>2</v>", "<v>1&#50;</v>", "<v><![CDATA[2]]></v>", "<v><a/>2</v>",
    "<v>2</v><f>1+1</f>"])
@pytest.mark.parametrize("kind", ["", ' t="n"'])
def test_a_number_in_a_form_that_is_read_in_part_makes_its_row_bad(cell: str, kind: str) -> None:
    ((_, (reason,)),) = reasons_of(with_cells(f'<row r="2"><c r="B2"{kind}>{cell}</c></row>'))
    assert reason == "column developers: Cell B2: write its value again; it is saved in a form that can't be read."


@pytest.mark.parametrize("cell", ['t="str"><f>C2</f>', 't="inlineStr"><v>A</v>', 't="str"><v><![CDATA[A]]></v>',
                                  't="str"><v>A<!-- a comment -->B</v>'])
def test_a_text_that_is_not_saved_as_one_makes_its_row_bad(cell: str) -> None:
    ((_, (reason,)),) = reasons_of(with_cells(f'<row r="2"><c r="A2" {cell}</c><c r="B2"><v>2</v></c></row>'))
    assert reason.startswith("column project: Cell A2: write its value")


def test_signs_that_xml_writes_in_its_own_way_are_read() -> None:
    content = with_cells('<row r="2"><c r="A2" t="str"><f>C2</f><v>R&amp;D &#65; &lt;1&gt;</v></c><c r="B2"><v>2</v>'
                         "</c></row>")
    assert [needs.project for needs in needs_of(content)] == ["R&D A <1>"]


def test_an_error_beside_a_cell_with_the_address_of_another_row_is_told_where_it_is() -> None:
    rows = '<row r="2"><c r="A5" t="str"><v>x</v></c><c t="e"><v>#N/A</v></c></row>'
    assert "Cell B2" in reasons_of(with_cells(rows))[0][1][0]


def test_an_error_in_a_cell_makes_its_row_bad_but_not_in_a_column_that_is_ignored() -> None:
    made = book((*HEADER, "note"), ("A", "#DIV/0!", 5_000), ("#N/A", 2, 5_000), ("B", 2, 5_000, "#N/A"))
    *bad, good = listed(saved(made))
    faults = [fault for row in bad if isinstance(row, BadRow) for fault in row.faults]
    assert [(fault.column, fault.found, fault.wanted) for fault in faults] == [
        ("developers", "#DIV/0!", "Cell B2: correct the error or write a value."),
        ("project", "#N/A", "Cell A3: correct the error or write a value.")]
    assert isinstance(good, Project)


def test_merged_cells_are_told_with_their_range_in_every_row_that_they_touch() -> None:
    made = book((*HEADER, "note"), ("A", 2, 5_000), ("B", 3, None), ("C", 4, 7_000))
    made.worksheets[0].merge_cells("C2:C3")
    made.worksheets[0].merge_cells("D3:D4")  # an ignored column
    assert reasons_of(saved(made)) == [
        (line, ("column budget_usd: Cells C2:C3: unmerge them and fill each.",)) for line in (2, 3)]
    assert [row.line for row in listed(saved(made)) if isinstance(row, Project)] == [4]


def test_cells_merged_over_columns_are_told_in_each_of_them() -> None:
    made = book(HEADER, ("A", 2, None))
    made.worksheets[0].merge_cells("B2:C2")
    ((_, reasons),) = reasons_of(saved(made))
    assert [reason.partition(":")[0] for reason in reasons] == ["column developers", "column budget_usd"]
    whole_row = '<mergeCells><mergeCell ref="A2:XFD2"/></mergeCells>'
    assert [line for line, _ in reasons_of(with_cells('<row r="2"><c r="B2"><v>2</v></c></row>', whole_row))] == [2]


def test_a_wrong_note_of_the_size_of_a_sheet_hides_no_row() -> None:
    sheet = with_cells('<row r="2"><c r="B2"><v>2</v></c></row><row r="3"><c r="B3"><v>3</v></c></row>')
    with zipfile.ZipFile(io.BytesIO(sheet)) as archive:
        xml = archive.read(SHEET).decode()
    wrong = changed(sheet, {SHEET: xml.replace("<sheetData>", '<dimension ref="A1:A2"/><sheetData>')})
    assert [needs.developers for needs in needs_of(wrong)] == [2, 3]


def test_a_merged_header_is_refused_with_its_range() -> None:
    made = book(HEADER, ("A", 2, 5_000))
    made.worksheets[0].merge_cells("A1:B1")
    with pytest.raises(ListError, match=r"The header cannot be read\. Cells A1:B1: unmerge them"):
        opened(saved(made))


def test_cells_without_an_address_stand_one_after_the_other() -> None:
    content = with_cells('<row><c t="inlineStr"><is><t>A</t></is></c><c><v>2</v></c></row>'
                         "<row><c/><c><f>1+1</f></c></row>")
    good, bad = listed(content)
    assert isinstance(good, Project)
    assert isinstance(bad, BadRow)
    assert "Cell B3" in bad.reasons[0]


# Sheets

def test_the_first_sheet_with_a_known_header_is_read_and_the_others_are_named() -> None:
    made = book(("Our plans",), Ideas=[("developers",), (2,)], More=[("developers",), (9,)])
    found = opened(saved(made))
    assert found.note == "Read from the sheet “Ideas”; not read: Sheet, More."
    assert [row.needs.developers for row in found if isinstance(row, Project)] == [2]


def test_a_sheet_that_names_two_parts_is_refused() -> None:
    book_part = ('<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
                 'xmlns:s="urn:other"><sheets><sheet name="A" sheetId="1" r:id="rId1" s:id="rId2"/></sheets>'
                 "</workbook>")
    with pytest.raises(ListError, match="not an Excel workbook"):
        listed(changed(with_cells('<row r="2"><c r="B2"><v>2</v></c></row>'), {"xl/workbook.xml": book_part}))


def test_where_no_sheet_has_a_known_header_the_first_is_told_about() -> None:
    with pytest.raises(ListError, match="names no column that is known"):
        listed(saved(book(("Our plans",), Other=[("x",)])))


def test_one_sheet_alone_needs_no_word() -> None:
    assert opened(saved(book(HEADER, ("A", 2, 5_000)))).note == ""


# Other kinds of workbook

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = (f'xmlns:office="{OFFICE}office:1.0" xmlns:table="{OFFICE}table:1.0" xmlns:text="{OFFICE}text:1.0" '
         'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"')


def ods(*rows: str) -> bytes:
    """An OpenDocument spreadsheet with rows of XML."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{OFFICE}manifest:1.0"/>')
        table = f'<table:table table:name="Plans">{"".join(rows)}</table:table>'
        archive.writestr("content.xml", f"<office:document-content {NAMES}><office:body><office:spreadsheet>{table}"
                         "</office:spreadsheet></office:body></office:document-content>")
    return file.getvalue()


def ods_row(*cells: Any, **attributes: str) -> str:
    """A row of texts, numbers, and cells that are XML already."""
    made = [cell if str(cell).startswith("<") else
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            if isinstance(cell, str) else f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
            for cell in cells]
    more = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-row{more}>{''.join(made)}</table:table-row>"


def test_an_open_document_is_read_with_its_errors_and_without_the_rows_that_it_hides() -> None:
    blank = '<table:table-cell table:number-columns-repeated="1000"/>'
    error = ('<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
             'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>')
    rows = list(found := opened(ods(
        ods_row("project", "developers"), ods_row("A", 2.5), ods_row("B", 3, visibility="collapse"),
        ods_row(blank, number_rows_repeated="2"), ods_row("C", error),
        ods_row("D", '<table:table-cell table:formula="of:=1+1"/>'))))
    assert [(row.line, row.needs.developers) for row in rows if isinstance(row, Project)] == [(2, 2.5)]
    assert [(row.line, row.faults[0].found, row.faults[0].wanted) for row in rows if isinstance(row, BadRow)] == [
        (6, "#DIV/0!", "Cell B6: correct the error or write a value."),
        (7, "", "Cell B7: write its value, or open the file in your spreadsheet program and save it; found a formula "
                "without a saved value.")]
    assert found.note == "Rows that the sheet hides were not read: 3."


# A sheet P with the rows A, B (hidden), C and D (an error), and a hidden sheet Old, as an old Excel would save it.
XLS = zlib.decompress(base64.b85decode(
    r"c-rk)O-NKx6#nj;H$RR#&X@`s4TF%CxrsJybkcrYW!9z$!PI$>InBsuK`qL%Sq4F?qK)9Djn$?fDyUtHz^FwK1X{}$5frr0d7X3KeL2<y4ya_j?{"
    r"UsM@7(j<d*8k1-uLr*Ha0hPziA%7p#we?><R>me2S#Py@-O!ZJSN^93rtjY$#NOXd(lCJgI&a<T>Q|o`->Z<_prmN0L5_q9>cN66=UA>BE5HKC~;"
    r"7a?ikRk_Z~5U$vr#L~jy(S7M)v-YcGKqT4BUPMyGPvZr;A&g0`ovy??hD?Aj=d-3c-JzjDiU%IZGSU);*!vpDmvmkC(VHz}Z-B!lR4W#E#M^iYB?"
    r"{)(C=C0M}3D3X2eg*RXSndy&@ZT^@U;_3@#fg}w?e&Y#nc&_$D$y5U(}%<9)B<hEyh62%=CY@)q46+~vd&rQ?5LF+s{#hk4yRN7XR?{`Q)84Vog`"
    r"f(`$+bOdHa^-9$mKFt7Q>XkxrpT?3gTtC~fEqcfP(kG}xQ$7te%j@y>%_EB72WE;ED35h?MD=38hL#!k^!q}I)1H;JyJNIJLl)@$S7q{Lj6(iUoG"
    r"x8QAZTamq;?EL2=kK*}H$sJ_RbkAR?n|YU<LNkqAiuim?qD{4_TQ?bxlkQpRE#rge#y_@?kP+2=xAoJm28#%b858YX@#v^uSB4%dW~&lxC2Ss#XV"
    r"ktDc36B(!e*XP#7k(NAu*=rIdc*bUuDqc`AW3slNi6u>=wFGx^;dqJApyO72;HW(co~tfd+j8W{C<-sgTpeZ-ih<g{{i54H=3KqZSXizqIQvVfB&"
    r"?e@(U}Y_w#PF+-^_^WedQ2M-=Rcvx#Fc@1@5*-iZdAJCr}{9k90q~QG~`EPL)Svtn)v-AKmbk5;?S^3idzjEtRE9AKU3mM0#^&CbpDE$~IJAdgtT"
    r"NU5Wiiy$HTSDcwUnr-aYux@%2r2)_"))


def test_an_old_workbook_is_read_with_its_errors_and_without_what_it_hides() -> None:
    found = opened(XLS)
    rows = list(found)
    assert [row.needs.project for row in rows if isinstance(row, Project)] == ["A"]
    assert [(row.line, row.faults[0].found) for row in rows if isinstance(row, BadRow)] == [(4, ""), (5, "#N/A")]
    assert found.note == "Read from the sheet “P”; not read: Old (hidden). Rows that the sheet hides were not read: 3."


@settings(LAWS, max_examples=60)
@given(st.sampled_from([XLS, ods(ods_row("project", "developers"), ods_row("A", 2))]), st.integers(0, 5_631),
       st.binary(min_size=1, max_size=12))
def test_damaged_bytes_of_any_workbook_raise_nothing_but_the_sentence(
        content: bytes, place: int, noise: bytes) -> None:
    place %= len(content)
    try:
        rows = listed(content[:place] + noise + content[place + len(noise):])
    except ListError:
        return
    assert all(isinstance(row, Project | BadRow) for row in rows)


# What is refused

def zipped(name: str, text: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize(("content", "sentence"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Excel workbook .* or has a password: save it as .xlsx"),
    (b"PK\x03\x04", "not an Excel workbook that can be read"),
    (zipped("readme.txt", b"hello"), "a zip archive, not an Excel workbook"),
    (saved(book(HEADER))[:-40], "not an Excel workbook that can be read"),
    (changed(saved(book(HEADER)), {SHEET: "<worksheet"}), "not an Excel workbook that can be read"),
    (saved(book()), "names no column")])
def test_what_is_no_workbook_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(ListError, match=sentence):
        listed(content)


def test_a_lying_entity_is_refused() -> None:
    laughs = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 40}"><!ENTITY b "{"&a;" * 40}">]>' \
             f"<worksheet {MAIN}><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>"
    with pytest.raises(ListError, match="not an Excel workbook that can be read"):
        listed(changed(saved(book()), {SHEET: laughs}))


def test_a_part_that_lies_about_its_size_is_never_unpacked_past_it() -> None:
    honest = changed(template_xlsx(), {SHEET: b"0" * 50_000_000})
    size = (50_000_000).to_bytes(4, "little")
    assert honest.count(size) == 2  # in front of the part and in the directory
    with pytest.raises(ListError, match="not an Excel workbook that can be read"):
        listed(honest.replace(size, (1_000).to_bytes(4, "little")))
    with pytest.raises(ListError, match="takes more memory to read than it may"):
        listed(honest.replace(size, (200_000_001).to_bytes(4, "little")))


@pytest.mark.parametrize("rows", ["<row/>" * 100_001, '<row r="1048577"><c r="B1048577"><v>1</v></c></row>'])
def test_more_rows_than_are_read_are_refused_and_not_dropped(rows: str) -> None:
    with pytest.raises(ListError, match="more than 100,000 rows: save it as CSV"):
        listed(with_cells(rows))


def test_more_sheets_than_are_read_are_refused() -> None:
    with pytest.raises(ListError, match="more than 50 sheets: save the one with the projects as CSV"):
        listed(saved(book(HEADER, **{f"s{number}": [] for number in range(50)})))


def test_a_row_far_down_is_read_without_the_rectangle_above_it() -> None:
    rows = opened(with_cells('<row r="1048576"><c r="B1048576"><v>2</v></c></row>'))
    assert [row.line for row in rows] == [1_048_576]
    with pytest.raises(ListError, match="delete empty rows and columns"):
        list(ProjectList(io.BytesIO(with_cells(
            '<row r="1048576"><c r="B1048576"><v>2</v></c><c r="XFD1048576"><v>2</v></c></row>'))))


def test_a_merged_cell_as_large_as_the_sheet_is_refused() -> None:
    rows = "".join(f'<row r="{row}"><c r="B{row}"><v>1</v></c></row>' for row in range(2, 200))
    merged = '<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    with pytest.raises(ListError, match="unmerge all cells"):
        listed(with_cells(rows, merged))


def test_trailing_empty_rows_and_columns_are_ignored() -> None:
    made = book((*HEADER, None, ""), ("A", 2, 5_000, None, None), (None, None), (" ",))
    found = opened(saved(made))
    assert len(list(found)) == 1
    assert found.header.columns == HEADER


# Laws

VALUES = (st.none() | st.booleans() | st.integers(-10**6, 10**18) | st.floats(allow_nan=False, allow_infinity=False)
          | st.dates(date(1990, 1, 1), date(2100, 1, 1))
          | st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=20))


@settings(LAWS, max_examples=40)
@given(st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=5))
def test_any_values_are_read_left_out_and_named_or_asked_about(rows: list[tuple[Any, ...]]) -> None:
    filled = [number for number, row in enumerate(rows, 2) if any(cell not in (None, "") for cell in row)]
    try:
        found = opened(saved(book(HEADER, *rows)))
        lines = [row.line for row in found]
    except ListError as question:
        assert "?" in str(question)
        return
    assert sorted([*lines, *(line for left in found.left_out.values() for line in left)]) == filled


GOOD = saved(book(HEADER, ("A", 2, 5_000), ("=1+1", True, date(2026, 11, 22))))


@settings(LAWS, max_examples=80)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=12), st.booleans())
def test_damaged_bytes_raise_nothing_but_the_sentence(place: int, noise: bytes, is_cut: bool) -> None:
    damaged = GOOD[:place] if is_cut else GOOD[:place] + noise + GOOD[place + len(noise):]
    try:
        rows = listed(damaged)
    except ListError:
        return
    assert all(isinstance(row, Project | BadRow) for row in rows)


MARKS = st.sampled_from(["<row>", "</row>", "<c>", '<c t="s">', '<c r="B2">', '<c r="x">', '<c t="d">', "</c>", "<v>",
                         "</v>", "1", "9e999", "<f>", "</f>", "<is><t>", "</t></is>", '<mergeCell ref="A1:">',
                         "</mergeCell>", '<row r="-1">', '<row r="x">', "&amp;"])


@settings(LAWS, max_examples=80)
@given(st.lists(MARKS, max_size=12))
def test_any_xml_in_a_sheet_raises_nothing_but_the_sentence(marks: list[str]) -> None:
    try:
        rows = listed(with_cells("".join(marks)))
    except ListError:
        return
    assert all(isinstance(row, Project | BadRow) for row in rows)


def test_a_binary_workbook_that_excel_saved_is_read_and_what_is_not_told_in_it_is_said() -> None:
    content = (Path(__file__).parent / "workbooks" / "any_sheets.xlsb").read_bytes()
    lines = read_lines_here(io.BytesIO(content), frozenset(), lambda _: None)
    assert [(line.number, line.cells) for line in lines.rows][:3] == [(1, ("1", "2")), (2, ("3", "4")), (3, ("5", "6"))]
    assert (lines.sheet, lines.note) == ("Visible", (
        "Read from the sheet “Visible”; not read: Hidden (hidden), VeryHidden (hidden). In this kind of workbook, "
        "hidden rows and cells with errors can't be told: save it as .xlsx if it has some."))
