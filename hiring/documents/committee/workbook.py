"""The list for a committee as an Excel file: the table with numbers that sort, and the totals by year and currency."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from hiring.lists.summary import escape_formulas
from hiring.model.needs import NEEDS, NUMBER
from hiring.text.committee_text import Committee, Line
from hiring.text.portfolio_text import HALF, LEGEND, STAR

COLUMNS = ("Project", "Answer", "Keeps limits, of 100", "Currency", "Typical cost", "Likely from", "Likely to",
           "First release", "Best mix", "Main caution")
STARRED = {"Keeps limits, of 100": "Keeps limits", "Likely from": "Likely range", "Likely to": "Likely range"}
WIDTHS = (30, 28, 12, 10, 14, 14, 14, 22, 34, 40)  # characters


def to_xlsx(committee: Committee, title: str, answers: Sequence[tuple[str, Mapping[str, str], Collection[str]]] = ()
            ) -> bytes:
    """The workbook. Numbers are numbers, of which a format shows the star; no text is a formula. `answers` are each
    project's name, its answers by the names of the needs, and which of these are assumed."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Projects"
    _write(sheet, [(title,), (committee.headline,), *((note,) for note in committee.notes), ()])
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, 1).font = Font(bold=row == 2)
    first = len(committee.notes) + 4
    _heads(sheet, first, COLUMNS)
    for place, line in enumerate(committee.lines, first + 1):
        for column, (head, value) in enumerate(zip(COLUMNS, _cells(line), strict=True), 1):
            _set(sheet.cell(place, column), value, STARRED.get(head, head) in line.starred)
    sheet.freeze_panes = sheet.cell(first + 1, 2)
    sheet.auto_filter.ref = f"A{first}:{get_column_letter(len(COLUMNS))}{first + len(committee.lines)}"
    for place, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    totals = book.create_sheet("Totals")
    _heads(totals, 1, ("Currency", "Projects", *committee.years, "Total"))
    for row, it in enumerate(committee.totals, 2):
        values: tuple[str | int, ...] = (
            it.currency.code, it.projects, *(year * it.unit for year in it.years), it.total * it.unit)
        for column, total in enumerate(values, 1):
            _set(totals.cell(row, column), total, False)
    for place in range(1, totals.max_column + 1):
        totals.column_dimensions[get_column_letter(place)].width = 22
    if answers:
        _answers(book.create_sheet("Answers used"), answers)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _answers(sheet: Worksheet, answers: Sequence[tuple[str, Mapping[str, str], Collection[str]]]) -> None:
    """A row a project with what its result rests on; a star marks what the list does not say."""
    names = [name for name in NEEDS if name != "project"]
    _heads(sheet, 1, ("Project", *(NEEDS[name].label for name in names)))
    for row, (project, given, assumed) in enumerate(answers, 2):
        _set(sheet.cell(row, 1), project, False)
        for column, name in enumerate(names, 2):
            text = given.get(name, "")
            is_number = NEEDS[name].kind == NUMBER and text != ""
            cell = sheet.cell(row, column)
            _set(cell, float(text) if is_number else text or "none", name in assumed)
            if is_number:
                cell.number_format = 'General"*"' if name in assumed else "General"
    sheet.freeze_panes = "B2"
    _set(sheet.cell(len(answers) + 3, 1), LEGEND, False)
    for place in range(1, len(names) + 2):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[0] if place == 1 else 16


def _cells(line: Line) -> tuple[str | int | None, ...]:
    name, answer, kept, _, _, release, mix, caution = line.cells
    share = None if line.keep_share is None else round(line.keep_share * 100)
    if share is not None and line.keep_share is not None and line.keep_share < HALF:
        share = min(share, 49)  # as elsewhere, rounding never makes a half of less
    return (name, answer, kept if share is None else share, line.currency.code, line.typical,
            _three_digits(line.low), _three_digits(line.high), release, mix, caution)


def _three_digits(amount: float) -> int:
    return int(float(f"{amount:.3g}"))


def _set(cell: Cell, value: str | float | None, is_starred: bool) -> None:
    """A text, never a formula, or a number whose format shows the star."""
    if isinstance(value, str):
        cell.value = escape_formulas(value) + (STAR if is_starred else "")
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.value = value
        cell.number_format = '#,##0"*"' if is_starred else "#,##0"
        cell.alignment = Alignment(vertical="top")


def _write(sheet: Worksheet, rows: Iterable[tuple[str, ...]]) -> None:
    for place, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(place, column)
            cell.value, cell.data_type = escape_formulas(text), "s"


def _heads(sheet: Worksheet, row: int, heads: Iterable[str]) -> None:
    for column, head in enumerate(heads, 1):
        cell = sheet.cell(row, column, head)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
