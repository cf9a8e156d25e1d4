from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hiring.evidence.data_row import Row, csv_rows, toml_rows
from hiring.model.evidence import Option

OPTION = {"id": "agency", "label": "Agency", "color": "green", "noun": "an agency", "meaning": "A firm.",
          "basis_need": "talent_region", "located": False, "outside": True, "color_hex": "#157A6C",
          "by_proposal": True, "yardstick": False, "document": "Request", "introduction": "We ask",
          "headings": ["Scope"]}


def row(**cells: Any) -> Row:
    return Row("figures.csv", 7, {"id": "load", **cells}, [])


def written(folder: Path, content: bytes, name: str = "t.csv") -> Path:
    (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize(("cell", "number"), [("0", 0), ("1.25", 1.25), ("1e3", 1_000), ("007", 7)])
def test_a_plain_number_is_read(cell: str, number: float) -> None:
    it = row(low=cell)
    assert (it.number("low"), it.faults) == (number, [])


@pytest.mark.parametrize("cell", ["", "-0.1", "nan", "inf", "1,000", "1_000", "$5", "5%", "0x10"])
def test_what_is_no_plain_number_is_reported_with_its_place(cell: str) -> None:
    it = row(low=cell)
    assert it.number("low") is None
    shown = repr(cell) if cell else "nothing"
    assert it.faults == [f"figures.csv, row 7, id load: low is {shown}; write a plain number of 0 or more, "
                         "without thousands separators."]


def test_a_date_a_choice_a_text_and_ids_are_read() -> None:
    it = row(recorded="2026-11-22", kind="derived", note="Why.", source="a; b")
    assert it.day("recorded") == date(2026, 11, 22)
    assert it.choice("kind", ("assumed", "derived")) == "derived"
    assert it.text("note") == "Why."
    assert it.ids("source") == ("a", "b")
    assert it.faults == []


def test_each_fault_is_gathered_and_none_raised() -> None:
    it = row(recorded="22 Nov", kind="Derived", note="", source="a;;b")
    assert [it.day("recorded"), it.choice("kind", ("assumed", "derived")), it.text("note"), it.ids("source"),
            it.number("high")] == [None] * 5
    assert [fault.split(": ")[1].split()[0] for fault in it.faults] == ["recorded", "kind", "note", "source", "high"]


def test_a_row_without_an_id_is_reported_as_such() -> None:
    it = Row("pay.csv", 3, {"low": "x"}, [])
    it.number("low")
    assert it.faults[0].startswith("pay.csv, row 3, id missing: low is 'x'; write ")


def test_an_entry_becomes_its_noun() -> None:
    it = Row("options.toml", 1, OPTION, [])
    assert it.entry(Option) == Option(**{**OPTION, "headings": ("Scope",)})
    assert it.faults == []


@pytest.mark.parametrize(("column", "cell", "wanted"), [
    ("label", 5, "some text in quotes"), ("outside", "true", "true or false"), ("located", 1, "true or false")])
def test_a_field_of_the_wrong_type_is_reported(column: str, cell: object, wanted: str) -> None:
    it = Row("options.toml", 1, {**OPTION, column: cell}, [])
    it.entry(Option)
    assert it.faults == [f"options.toml, row 1, id agency: {column} is {str(cell)!r}; write {wanted}."]


def test_the_rows_of_a_csv_file_count_from_its_header(tmp_path: Path) -> None:
    rows = csv_rows(written(tmp_path, b"\xef\xbb\xbfid,note\r\na, one \r\nb,\"two, three\"\r\n"), "t.csv", [])
    assert [(it.line, it.cells) for it in rows] == [(2, {"id": "a", "note": "one"}),
                                                    (3, {"id": "b", "note": "two, three"})]


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\u2028", "\x85", "\x0c"], ids=ascii)
def test_a_line_break_inside_a_quoted_cell_ends_no_row(tmp_path: Path, separator: str) -> None:
    content = f'id,note\na,"one{separator}two"\nb,three\n'.encode()
    faults: list[str] = []
    rows = csv_rows(written(tmp_path, content), "t.csv", faults)
    assert [(it.line, it.cells["id"]) for it in rows] == [(2, "a"), (3, "b")]
    assert rows[0].cells["note"].split() == ["one", "two"]
    assert faults == []


@pytest.mark.parametrize("content", [b"", b"id,note\n"])
def test_a_file_without_rows_is_reported(tmp_path: Path, content: bytes) -> None:
    faults: list[str] = []
    assert csv_rows(written(tmp_path, content), "t.csv", faults) == []
    assert faults == ["t.csv: found no rows; write a header and at least one row."]


def test_the_entries_of_a_toml_file_are_named_by_their_tables(tmp_path: Path) -> None:
    rows = toml_rows(written(tmp_path, b'[a]\nx = 1\n[b]\ny = "z"\n', "t.toml"), "t.toml", [])
    assert [(it.line, it.cells) for it in rows] == [(1, {"x": 1, "id": "a"}), (2, {"y": "z", "id": "b"})]


def test_a_value_outside_of_any_table_is_an_entry_without_cells(tmp_path: Path) -> None:
    rows = toml_rows(written(tmp_path, b"stray = 1\n", "t.toml"), "t.toml", [])
    assert [it.cells for it in rows] == [{"id": "stray"}]


@pytest.mark.parametrize(("name", "read"), [("t.csv", csv_rows), ("t.toml", toml_rows)])
def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path, name: str, read: Any) -> None:
    faults: list[str] = []
    assert read(tmp_path, name, faults) == []
    assert read(written(tmp_path, b"\xff\xfe\xfa", name), name, faults) == []
    assert [fault.startswith(f"{name}: cannot be read (") for fault in faults] == [True, True]


@pytest.mark.parametrize("content", [b"[a]\nx = " + b"1" * 5_000, b"a = " + b"[" * 40_000])
def test_what_python_does_not_read_of_toml_is_reported_as_what_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    faults: list[str] = []
    assert toml_rows(written(tmp_path, content, "t.toml"), "t.toml", faults) == []
    assert faults[0].startswith("t.toml: cannot be read (")


def test_a_quote_that_is_never_closed_is_reported_with_its_row(tmp_path: Path) -> None:
    faults: list[str] = []
    content = b'id,note\na,one\nb,"' + b"x" * 140_000
    assert csv_rows(written(tmp_path, content), "t.csv", faults) == []
    assert faults == ["t.csv, row 3: cannot be read (field larger than field limit (131072)); fix the quotes in this "
                      "row."]


@pytest.mark.parametrize(("found", "shown"), [
    (int("f" * 5_000, 16), "a value too long to be shown"), ("x" * 1_000, f"'{'x' * 299}…")],
    ids=["a number of thousands of digits", "a long text"])
def test_a_fault_repeats_no_more_than_can_be_read(found: Any, shown: str) -> None:
    it = row(note=found)
    it.fault("note", "some text")
    assert it.faults == [f"figures.csv, row 7, id load: note is {shown}; write some text."]
