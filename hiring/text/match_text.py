"""The step that matches the columns of a list, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hiring.evidence.loader import load_evidence
from hiring.lists import columns
from hiring.lists.cells import AREA, COMMA, COUNTRY, DAY_FIRST, DAYS, MONTH_FIRST, POINT
from hiring.lists.columns import Column
from hiring.lists.headings import BUDGET, UNSURE
from hiring.lists.project_list import Project
from hiring.model.money import name_of
from hiring.model.needs import DEFAULTS, NUMBER, cleaned, plain, shown
from hiring.text.formatting import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = "Not used"
SIZE = ("project", "developers", "build_months")  # what of a row is shown even where it is assumed
PREVIEWED = (*SIZE, "deadline_months", "budget_usd", "location")


def title(name: str) -> str:
    """The heading of the step."""
    return f"Match the columns of {cleaned(name)}"


def found(count: int, note: str) -> str:
    """What was found in the file."""
    return f"{counted(count, 'column')} found. Check what each holds, then decide the list. {note}".strip()


def samples(column: Column) -> str:
    """Some cells of a column, and how many can be read."""
    held = ", ".join(column.samples) or "no cells"
    if column.field and column.filled:
        held = f"{held}; {column.readable:,} of {column.filled:,} can be read"
    return f"{held}. Please check" if column.field and column.sure == UNSURE else held


def field_label(name: str) -> str:
    """What a column holds, as it is offered."""
    return columns.need_of(name).label if name else NOTHING


def unit_label(unit: str) -> str:
    """A unit as it is offered."""
    return {"": "single units", DAYS: "calendar days"}.get(unit, unit)


READINGS = {"decimal": {POINT: "decimal point", COMMA: "decimal comma"},
            "order": {DAY_FIRST: "day first", MONTH_FIRST: "month first"},
            "place": {COUNTRY: "a country", AREA: "a US area"}}  # what a cell with two meanings may mean


def reading_of(part: str, cell: str) -> str:
    """What is asked about a cell with two meanings."""
    return f"“{shown(cell)}” {'means' if part == 'place' else 'is read with' if part == 'decimal' else 'has'}"


def currency_label(code: str) -> str:
    """A currency as it is offered."""
    return f"{code}, {name_of(code)}" if code else "that of the country"


def unit_of(name: str) -> str:
    """The unit of a number, after its label."""
    need = columns.need_of(name)
    return f", {need.unit}" if need.kind == NUMBER and need.unit in ("months", "weeks") else ""


def assumed(name: str) -> str:
    """What is assumed where no answer is given."""
    default: Any = DEFAULTS["budget_usd" if name == BUDGET else name]
    if name == "location":
        evidence = load_evidence()
        return f"{evidence.as_of(evidence.dates[-1]).countries[default].name}, assumed"
    return "none" if default is None else f"{plain(default)} is assumed"


def readable(good: int, bad: int, is_part: bool) -> str:
    """How many of the rows that were looked at can be read."""
    rows = f"{counted(good + bad, 'row')}{' at the beginning' if is_part else ''}"
    if not bad:
        return f"Of {rows}, all can be read." if good else "The list has headings but no projects."
    return f"Of {rows}, {good:,} can be read; you can correct the others in the next step."


def head(name: str) -> str:
    """The head of a column of the rows as they are read."""
    return {"budget_usd": "Budget, US dollars"}.get(name, columns.need_of(name).label)


def answer(row: Project, name: str) -> str:
    """An answer of a row; one that it does not give is said to be assumed."""
    value = getattr(row.needs, name)
    text = "none" if value is None else f"{value:,.10g}" if isinstance(value, float) else str(value)
    text = f"{round(value):,}" if name == "budget_usd" and value is not None else text
    return f"{text} (assumed)" if name in row.assumed else text


def rows_left(count: int, reasons: Sequence[str]) -> str:
    """How many rows are still to be corrected."""
    return f"{counted(count, 'row')} still can't be used. {' '.join(reasons)}".strip()
