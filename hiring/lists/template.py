"""The template: a list of projects with one example row, and a description of each column.

All of it is generated from the needs, so that no limit or choice is written twice.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hiring.model.needs import CHOICE, CURRENCY, DEFAULTS, LOCATION, NEEDS, NUMBER, TEXT, YES_NO, Need, plain

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

EXAMPLE: dict[str, Any] = {**DEFAULTS, "project": "Example"}
HEADS = ("Column", "What to write", "Unit", "Allowed", "Default")
ROWS_WITH_CHOICES = 1_000  # rows of the sheet in which a cell offers the choices of its column


def template_csv() -> bytes:
    """The header and the example, UTF-8 with a byte order mark."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([list(NEEDS), [_cell(EXAMPLE[name]) for name in NEEDS]])
    return text.getvalue().encode("utf-8-sig")


def template_xlsx() -> bytes:
    """The same as a workbook. Its second sheet describes each column."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    from hiring.lists.list_reader import DICTIONARY
    book = Workbook()
    first, second = book.worksheets[0], book.create_sheet(DICTIONARY)
    first.title = "Projects"
    first.append(list(NEEDS))
    first.append([_cell(EXAMPLE[name]) if NEEDS[name].kind != NUMBER else EXAMPLE[name] for name in NEEDS])
    for place, (name, need) in enumerate(NEEDS.items(), 1):
        column = get_column_letter(place)
        first.column_dimensions[column].width = max(12, len(name) + 3)
        if need.choices:
            listed = DataValidation(type="list", formula1=f'"{",".join(need.choices)}"', allow_blank=False)
            first.add_data_validation(listed)
            listed.add(f"{column}2:{column}{ROWS_WITH_CHOICES}")
    second.append(HEADS)
    for row in dictionary():
        second.append(row)
    for sheet in (first, second):
        _headed(sheet)
    for place, width in enumerate((22, 60, 22, 60, 22), 1):
        second.column_dimensions[get_column_letter(place)].width = width
        for (cell,) in second.iter_rows(min_row=2, min_col=place, max_col=place):
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def dictionary() -> Iterator[tuple[str, str, str, str, str]]:
    """A description of each column, in the order of `HEADS`."""
    for name, need in NEEDS.items():
        text = f"{need.label}. {need.help}"
        yield name, text, need.unit if need.kind == NUMBER else "", _allowed(need), _default(name)


def _allowed(need: Need) -> str:
    if need.kind in (CHOICE, YES_NO):
        return ", ".join(f"{choice} ({label})" if label.lower().replace(" ", "_") != choice else choice
                         for choice, label in need.choices.items())
    if need.kind in (LOCATION, CURRENCY, TEXT):
        return need.wanted
    empty = ", or empty for none" if need.optional else ""
    return f"{need.low:,.10g} to {need.high:,.10g}{empty}"


def _default(name: str) -> str:
    """The default as written in a cell. An empty cell in a column that is present may mean none."""
    return str(_cell(DEFAULTS[name])) or ("no name" if NEEDS[name].kind == TEXT else "none")


def _cell(answer: Any) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return "" if answer is None else answer if isinstance(answer, str) else plain(answer)


def _headed(sheet: Worksheet) -> None:
    from openpyxl.styles import Font
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
