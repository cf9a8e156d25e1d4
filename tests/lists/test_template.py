"""The template: what is downloaded can be filled in and uploaded, and says of each column what the form says."""

from __future__ import annotations

import io

import openpyxl
import pytest

from hiring import ProjectNeeds
from hiring.lists.project_list import ProjectList
from hiring.lists.template import COLUMNS, HEADS, dictionary, template_csv, template_xlsx
from hiring.model.needs import DEFAULTS


@pytest.mark.parametrize("content", [template_csv(), template_xlsx()], ids=["csv", "xlsx"])
def test_the_template_unchanged_is_one_project_with_no_complaint(content: bytes) -> None:
    listed = ProjectList(io.BytesIO(content))
    (project,) = listed
    assert project[1:] == (ProjectNeeds(project="Example"), None, (), frozenset())
    assert (listed.header.missing, listed.header.unknown, listed.note) == ((), (), "")


def test_the_workbook_holds_numbers_as_numbers_and_offers_the_choices() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx()))
    assert book.sheetnames == ["Projects", "Columns"]
    row = dict(zip(COLUMNS, (cell.value for cell in book["Projects"][2]), strict=True))
    assert (row["developers"], row["budget"], row["seniority"], row["technical_lead"]) == (2, None, "mid", "yes")
    offered = {str(rule.sqref).rstrip("0123456789:").split("2")[0]: rule.formula1
               for rule in book["Projects"].data_validations.dataValidation}
    columns = {cell.value: cell.column_letter for cell in book["Projects"][1]}
    assert offered[columns["scale"]] == '"prototype,steady,growing,massive"'
    assert set(offered) == {columns[name] for name, need in COLUMNS.items()
                            if need.choices or name in {"location", "currency"}}
    assert offered[columns["location"]].startswith('"United States,United Kingdom,Germany,')
    assert "GBP" in offered[columns["currency"]]
    assert all(len(formula) <= 255 for formula in offered.values())  # what Excel takes
    assert [tuple(cell.value or "" for cell in row) for row in book["Columns"].iter_rows()] == [HEADS, *dictionary()]


def test_the_dictionary_has_a_row_a_need_with_its_bounds_choices_and_default() -> None:
    rows = {row[0]: row[1:] for row in dictionary()}
    assert list(rows) == list(COLUMNS)
    assert rows["deadline_months"][1:] == ("months", "0.25 to 72, or empty for none", "none")
    assert rows["budget"][1:] == ("", "what is worth 1,000 to 100,000,000 US dollars, or empty for none", "none")
    assert rows["location"][3] == "United States"
    assert rows["currency"][3] == "that of the country"
    assert rows["wage_basis"][2:] == ("article (Backend article), oews (US wage survey)", "article")
    assert rows["technical_lead"][2:] == ("yes, no", "yes")
    assert rows["project"][3] == "no name"
    for name, need in COLUMNS.items():
        assert need.help in rows[name][0] or name == "budget"
        assert all(choice in rows[name][2] for choice in need.choices)
        assert name == "location" or DEFAULTS.get(name) in (None, "", True) or str(DEFAULTS[name]) == rows[name][3]
