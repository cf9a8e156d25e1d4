"""Rows of CSV files as spreadsheets write them."""

from __future__ import annotations

import io

import pytest

from hiring.lists.list_reader import ListError
from hiring.lists.reader_process import Line, read_lines_here


def lines_of(content: bytes) -> list[Line]:
    return list(read_lines_here(io.BytesIO(content), frozenset(), lambda _: None).rows)


def test_rows_keep_their_order_and_are_numbered_as_in_a_spreadsheet_and_blank_ones_are_skipped() -> None:
    assert lines_of(b'\n a,b\n ,\n"1\n2",3\nc,d\n') == [
        Line(2, (" a", "b")), Line(4, ("1\n2", "3")), Line(5, ("c", "d"))]
    assert lines_of(b"sep=,\na,b\n") == [Line(1, ("a", "b"))]


@pytest.mark.parametrize(("content", "decimal_comma", "shown"), [
    (b"a,b\n", False, ""), ("\ufeffa,b\n".encode(), False, ""),
    (b"a;b\n1,5;2\n", True, "The file was read with semicolons between cells."),
    (b"\na\tb\n", True, "The file was read with tabs between cells."),
    ("a,b\n".encode("utf-16"), False, "The file was read as UTF-16."),
    ("a;ü\n".encode("cp1252"), True,
     "The file was read as Windows text, because it is not UTF-8, semicolons between cells. Check that “ü” reads well; "
     "if not, save the file as CSV in UTF-8.")])
def test_what_is_unusual_about_a_file_is_told(content: bytes, decimal_comma: bool, shown: str) -> None:
    lines = read_lines_here(io.BytesIO(content), frozenset(), lambda _: None)
    assert (lines.decimal_comma, lines.note) == (decimal_comma, shown)


@pytest.mark.parametrize(("content", "sentence"), [
    (b"a\n\x81\n", "save it as CSV in UTF-8"), (b"a\n" + b"x\n" * 9_000 + b"\x81", "After row"),
    ("a,b\n1,2\n".encode("utf-16")[:-1], "UTF-8"), (b"\xff\xfe\x00\xd8", "not text")])
def test_what_is_no_text_is_refused_and_never_replaced_by_other_characters(content: bytes, sentence: str) -> None:
    with pytest.raises(ListError, match=sentence):
        lines_of(content)


def test_a_row_of_more_cells_than_any_list_has_is_refused_with_its_number() -> None:
    assert len(lines_of(b"a\n" + b"," * 299 + b"x\n")[1].cells) == 300
    with pytest.raises(ListError, match=r"^Row 2 has more than 300 cells: keep only the columns of the projects"):
        lines_of(b"a\n" + b"," * 300 + b"x\n")
