"""Reading `data/`: every row is checked, and all faults are told at once to the person who edits it."""

from __future__ import annotations

import csv
import math
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from hiring.model import rules
from hiring.model.evidence import Claim, Criterion, Evidence, Figure, Option, Rule, Source, Wage

DATA = Path(__file__).parents[2] / "data"

UNITS = ("FTE", "USD", "USD per head", "USD per hour", "USD per year", "hours per hour", "points", "ratio", "share",
         "share per year", "weeks")
KINDS = ("published", "derived", "assumed")
QUALITIES = ("green", "amber", "red")
AREA_TYPES = ("nation", "state", "metro")
FIGURE_TABLES = ("figures", "pay", "ratings", "levels")
FIGURE_COLUMNS = ("low", "central", "high", "unit", "valid_from", "recorded", "kind", "quality", "source", "locator", "note")
KEY_COLUMNS = {  # the columns whose values, joined by dots, are the row's id
    "figures": ("figure", "subject"),
    "pay": ("option", "basis", "seniority"),
    "ratings": ("criterion", "option"),
    "levels": ("criterion", "need", "choice"),
}


class DataError(Exception):
    """Every fault found in `data/`: file, row, id, what was found and what to write instead."""

    def __init__(self, faults: list[str]):
        super().__init__("The data cannot be used until this is mended:\n" + "\n".join(faults))
        self.faults = faults


class Row(NamedTuple):
    """One row of a file, with where it stands; faults are gathered, not raised."""

    file: str
    line: int
    cells: dict[str, Any]
    faults: list[str]

    def fault(self, column: str, wanted: str) -> None:
        found = self.cells.get(column)
        shown = "nothing" if found in (None, "") else repr(str(found))
        place = f"{self.file}, row {self.line}, id {self.cells.get('id') or 'missing'}"
        self.faults.append(f"{place}: {column} is {shown}; write {wanted}.")

    def read(self, column: str, convert: Callable[[Any], Any], wanted: str) -> Any:
        try:
            return convert(self.cells[column])
        except (ValueError, KeyError, TypeError):
            self.fault(column, wanted)
            return None

    def text(self, column: str) -> str:
        return self.read(column, _text, "some text")

    def choice(self, column: str, choices: tuple[str, ...]) -> str:
        return self.read(column, lambda cell: choices[choices.index(cell)], f"one of {', '.join(choices)}")

    def number(self, column: str) -> float:
        return self.read(column, _number, "a plain number of 0 or more, without thousands separators")

    def day(self, column: str) -> date:
        return self.read(column, _day, "a date like 2026-11-22")


@lru_cache(maxsize=1)
def load_evidence() -> Evidence:
    """The project's own evidence, read once. Raises `DataError`."""
    return read_evidence(DATA)


def read_evidence(folder: Path) -> Evidence:
    """All tables of `folder`, checked. Raises `DataError` that lists every fault."""
    faults: list[str] = []
    figures = [_figure(table, row) for table in FIGURE_TABLES for row in _csv(folder, f"{table}.csv", faults)]
    evidence = Evidence(
        figures=tuple(f for f in figures if f),
        wages=tuple(w for row in _csv(folder, "wages.csv", faults) if (w := _wage(row))),
        options=_entries(Option, folder, "options.toml", faults),
        criteria=_entries(Criterion, folder, "criteria.toml", faults),
        rules=_entries(Rule, folder, "rules.toml", faults),
        sources={source.id: source for source in _entries(Source, folder, "sources.toml", faults)},
        claims=tuple(c for row in _csv(folder, "claims.csv", faults) if (c := _claim(row))),
    )
    if not faults:
        _check_together(evidence, faults)
    if faults:
        raise DataError(faults)
    return evidence


def _figure(table: str, row: Row) -> Figure | None:
    before = len(row.faults)
    low, central, high = (row.number(column) for column in ("low", "central", "high"))
    key = ".".join(row.cells.get(column) or "" for column in KEY_COLUMNS[table]).rstrip(".")
    if row.cells.get("id") != key:
        row.fault("id", f"{key}, which its other columns make")
    kind = row.choice("kind", KINDS)
    figure = Figure(
        row.text("id"), table, low, central, high, row.choice("unit", UNITS), row.day("valid_from"), row.day("recorded"),
        kind, row.choice("quality", QUALITIES), row.read("source", _ids, "the id of a source"),
        row.cells.get("locator") or "", row.text("note"))
    if len(row.faults) == before:
        if not low <= central:
            row.fault("low", f"a number up to the central value {central:g}")
        if not central <= high:
            row.fault("high", f"a number from the central value {central:g} on")
        if figure.unit == "share" and high > 1:
            row.fault("high", "a share of at most 1")
        if figure.unit == "points" and high > 100:
            row.fault("high", "at most 100 points")
        if kind != "assumed" and not figure.locator:
            row.fault("locator", "where in the source the number stands")
        if kind == "assumed" and figure.quality != "red":
            row.fault("quality", "red, as for every assumption")
    return figure if len(row.faults) == before else None


def _wage(row: Row) -> Wage | None:
    before = len(row.faults)
    p10, p25, p75, p90 = (row.number(c) if row.cells.get(c) else None for c in ("p10", "p25", "p75", "p90"))
    wage = Wage(
        row.text("id"), row.text("area"), row.choice("area_type", AREA_TYPES), p10, p25, row.number("p50"), p75, p90,
        row.day("valid_from"), row.day("recorded"), row.choice("kind", KINDS), row.choice("quality", QUALITIES),
        row.read("source", _ids, "the id of a source"), row.text("locator"))
    row.choice("unit", ("USD per year",))
    known = [p for p in (p10, p25, wage.p50, p75, p90) if p is not None]
    if len(row.faults) == before and (known != sorted(known) or wage.p50 <= 0):
        row.fault("p50", "percentiles that rise from p10 to p90")
    return wage if len(row.faults) == before else None


def _claim(row: Row) -> Claim | None:
    before = len(row.faults)
    claim = Claim(row.text("id"), row.text("topic"), row.cells.get("criterion") or "", row.cells.get("option") or "",
                  row.text("claim"), row.read("source", _ids, "the id of a source"), row.text("locator"))
    return claim if len(row.faults) == before else None


def _entries(noun: type, folder: Path, name: str, faults: list[str]) -> tuple:
    """The entries of a TOML file as `noun`, each under its id."""
    try:
        tables = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(f"{name}: cannot be read ({error}); write a TOML file in UTF-8.")
        return ()
    entries = []
    for number, (id_, table) in enumerate(tables.items(), 1):
        row = Row(name, number, {**table, "id": id_} if isinstance(table, dict) else {"id": id_}, faults)
        before, values = len(faults), {}
        for field in fields(noun):
            if field.default is not MISSING and field.name not in row.cells:
                continue
            values[field.name] = row.read(field.name, _CONVERT[field.type], _WANTED[field.type])
        for column in row.cells.keys() - {f.name for f in fields(noun)}:
            row.fault(column, f"only {', '.join(f.name for f in fields(noun))}")
        if len(faults) == before:
            entries.append(noun(**values))
    return tuple(entries)


def _csv(folder: Path, name: str, faults: list[str]) -> Iterator[Row]:
    try:
        lines = (folder / name).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{name}: cannot be read ({error}); save it as CSV in UTF-8.")
        return
    for number, cells in enumerate(csv.DictReader(lines), 2):
        extra = cells.pop(None, None)
        row = Row(name, number, {k: (v or "").strip() for k, v in cells.items()}, faults)
        if extra:
            row.cells["cell after the last column"] = ", ".join(extra)
            row.fault("cell after the last column", "as many cells as the header has; quote a text with a comma")
        yield row


def _check_together(evidence: Evidence, faults: list[str]) -> None:
    """What no row can show alone: unique ids, registered sources, known rules."""
    seen: set[tuple] = set()
    for row in (*evidence.figures, *evidence.wages):
        key = (row.id, row.valid_from, row.recorded)
        if key in seen:
            faults.append(f"data, id {row.id}: two rows have the same valid_from and recorded dates; keep one.")
        seen.add(key)
        if row.valid_from > row.recorded:
            faults.append(f"data, id {row.id}: valid_from {row.valid_from} lies after recorded {row.recorded}; "
                          "record a number once it holds.")
    for entry in (*evidence.figures, *evidence.wages, *evidence.rules, *evidence.claims):
        for source in entry.source:
            if source not in evidence.sources:
                faults.append(f"data, id {entry.id}: source is {source!r}; write an id of sources.toml.")
    for rule in evidence.rules:
        if rule.id not in rules.PREDICATES:
            faults.append(f"rules.toml, id {rule.id}: no rule has this name; write one of {', '.join(rules.PREDICATES)}.")
        if rule.effect not in (rules.RULE_OUT, rules.CAUTION):
            faults.append(f"rules.toml, id {rule.id}: effect is {rule.effect!r}; write rule_out or caution.")


def _text(cell: Any) -> str:
    if not isinstance(cell, str) or not cell:
        raise ValueError
    return cell


def _number(cell: str) -> float:
    value = float(cell)
    if not math.isfinite(value) or value < 0 or "_" in cell:
        raise ValueError
    return value


def _day(cell: Any) -> date:
    return cell if isinstance(cell, date) else date.fromisoformat(cell)


def _ids(cell: str) -> tuple[str, ...]:
    ids = tuple(part.strip() for part in cell.split(";"))
    if not all(ids):
        raise ValueError
    return ids


def _list(cell: Any) -> tuple[str, ...]:
    if not isinstance(cell, list) or not all(isinstance(item, str) for item in cell):
        raise ValueError
    return tuple(cell)


def _flag(cell: Any) -> bool:
    if not isinstance(cell, bool):
        raise ValueError
    return cell


def _any_text(cell: Any) -> str:
    if not isinstance(cell, str):
        raise ValueError
    return cell


# By the type that the noun's field is annotated with.
_CONVERT = {"str": _any_text, "bool": _flag, "date": _day, "tuple[str, ...]": _list}
_WANTED = {"str": "some text in quotes", "bool": "true or false", "date": "a date like 2026-11-22",
           "tuple[str, ...]": "a list of texts in square brackets"}
