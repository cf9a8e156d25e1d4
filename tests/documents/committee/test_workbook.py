"""The Excel file for a committee, read back by openpyxl."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from hiring.documents.committee.workbook import COLUMNS, to_xlsx
from hiring.model.needs import NEEDS
from hiring.text.committee_text import Committee
from hiring.text.portfolio_text import LEGEND
from tests.cells import NAMES
from tests.documents.committee.test_pdf import LIST, TITLE
from tests.text.test_committee_text import made, result


def sheets(committee: Committee) -> tuple[Worksheet, Worksheet]:
    book = load_workbook(io.BytesIO(to_xlsx(committee, TITLE)))
    return book["Projects"], book["Totals"]


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows of the table on the first sheet, by head."""
    whole = list(sheet.iter_rows())
    first = next(place for place, row in enumerate(whole) if row[0].value == COLUMNS[0])
    return [dict(zip(COLUMNS, row, strict=False)) for row in whole[first + 1:]]


def test_numbers_of_the_workbook_are_numbers_that_add_up_and_show_their_star() -> None:
    sheet, totals = sheets(LIST)
    cells = rows(sheet)
    assert [row["Typical cost"].value for row in cells] == [line.typical for line in LIST.lines]
    assert [row["Typical cost"].number_format for row in cells] == ["#,##0"] * 3 + ['#,##0"*"']
    assert [row["Keeps limits, of 100"].value for row in cells] == [80, 80, "no limit given", 80]
    assert cells[3]["First release"].value.endswith("*")
    assert [row["Project"].value for row in cells] == [line.cells[0] for line in LIST.lines]
    for code, _, *years, whole in totals.iter_rows(min_row=2, values_only=True):
        said = [row["Typical cost"].value for row in cells[:3] if row["Currency"].value == code]
        assert sum(years) == whole == sum(said)
    assert LEGEND in [cell.value for cell in sheet["A"]]


@pytest.mark.parametrize("name", [*"=+-@", *NAMES], ids=ascii)
def test_no_name_is_a_formula(name: str) -> None:
    project = f"{name}1+1" if len(name) == 1 else name
    sheet, totals = sheets(result(made(1, project=project)))
    for cells in (*sheet.iter_rows(), *totals.iter_rows()):
        for cell in cells:
            assert cell.data_type != "f"
            assert not str(cell.value or "").startswith(tuple("=+-@"))


def test_the_answers_used_have_a_star_where_the_list_does_not_say_them() -> None:
    given = {"developers": "2", "build_months": "6.5", "budget_usd": "", "scale": "steady"}
    book = load_workbook(io.BytesIO(to_xlsx(LIST, TITLE, [("=1+1", given, {"developers", "scale"})])))
    heads, row = list(book["Answers used"].iter_rows())[:2]
    cells = dict(zip([cell.value for cell in heads], row, strict=True))
    shown = {name: cells[NEEDS[name].label] for name in given}
    assert [shown[name].value for name in given] == [2, 6.5, "none", "steady*"]
    assert [shown[name].number_format.endswith('"*"') for name in given] == [True, False, False, False]
    assert (cells["Project"].value, cells["Project"].data_type) == ("'=1+1", "s")
    assert book["Answers used"]["A4"].value == LEGEND
