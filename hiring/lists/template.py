"""The template: a list of projects with one example row, and a description of each column.

All of it is generated from the needs, so that no limit or choice is written twice.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hiring.evidence.loader import load_evidence
from hiring.lists.headings import BUDGET
from hiring.model.countries import DOLLAR
from hiring.model.evidence import Snapshot
from hiring.model.needs import CHOICE, CURRENCY, DEFAULTS, LOCATION, NEEDS, NUMBER, TEXT, YES_NO, Need, plain

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = {BUDGET if name == "budget_usd" else name: need for name, need in NEEDS.items()}
HEADS = ("Column", "What to write", "Unit", "Allowed", "Default")
ROWS_WITH_CHOICES = 1_000  # rows of the sheet in which a cell offers the choices of its column


BUDGET_HELP = ("A number in the currency of the column currency or of the country, or with its own sign or code, such "
               "as £900k. It is at the prices of the day it is paid. Leave it empty if there is no budget.")


def example(project: str = "Example") -> list[Any]:
    """The answers of the example, in the order of the columns: the defaults, with the name of the country."""
    default: dict[str, Any] = {**DEFAULTS, "project": project, "location": _known().place.name}
    return [default[name] for name in NEEDS]


def template_csv() -> bytes:
    """The header and the example, UTF-8 with a byte order mark."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([list(COLUMNS), [_cell(answer) for answer in example()]])
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
    first.append(list(COLUMNS))
    first.append([_cell(answer) if isinstance(answer, bool | str) else answer for answer in example()])
    for place, (name, need) in enumerate(COLUMNS.items(), 1):
        column = get_column_letter(place)
        first.column_dimensions[column].width = max(12, len(name) + 3)
        if offered := _offered(need):
            listed = DataValidation(type="list", formula1=f'"{",".join(offered)}"',
                                    allow_blank=need.kind == CURRENCY, showErrorMessage=need.kind != LOCATION)
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
    for (name, need), answer in zip(COLUMNS.items(), example(""), strict=True):
        text = f"{need.label}. {need.help}" if name != BUDGET else f"{need.label}. {BUDGET_HELP}"
        unit = "" if need.kind != NUMBER or name == BUDGET else need.unit
        yield name, text, unit, _allowed(need), _default(need, answer)


def _allowed(need: Need) -> str:
    if need.kind in (CHOICE, YES_NO):
        return ", ".join(f"{choice} ({label})" if label.lower().replace(" ", "_") != choice else choice
                         for choice, label in need.choices.items())
    if need.kind == LOCATION:
        return f"{', '.join(_offered(need))}; a US state; or the code of a US metro area such as us-41940"
    if need.kind == CURRENCY:
        return f"{', '.join(_offered(need))}, or empty for that of the country"
    if need.kind == TEXT:
        return need.wanted
    empty = ", or empty for none" if need.optional else ""
    bounds = f"{need.low:,.10g} to {need.high:,.10g}"
    return f"{f'what is worth {bounds} {need.unit}' if need is NEEDS['budget_usd'] else bounds}{empty}"


def _offered(need: Need) -> list[str]:
    """What a cell offers: choices, the names of countries, codes of currencies."""
    known = _known()
    if need.kind == LOCATION:
        return [country.name for country in known.countries.values()]
    return [DOLLAR, *known.exchange_rates] if need.kind == CURRENCY else list(need.choices)


def _known() -> Snapshot:
    evidence = load_evidence()
    return evidence.as_of(evidence.dates[-1])


def _default(need: Need, answer: Any) -> str:
    """The default as written in a cell. An empty cell in a column that is present may mean none."""
    return str(_cell(answer)) or {TEXT: "no name", CURRENCY: "that of the country"}.get(need.kind, "none")


def _cell(answer: Any) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return "" if answer is None else answer if isinstance(answer, str) else plain(answer)


def _headed(sheet: Worksheet) -> None:
    from openpyxl.styles import Font
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
