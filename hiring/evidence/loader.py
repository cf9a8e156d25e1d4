"""Reading `data/`: every row is checked, and all problems are reported at once to the person who edits it.

A validation library would name fields and types. Our checks name the file, row and id, and say what to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from hiring.evidence.brief_catalog import Catalog, read_catalog
from hiring.evidence.data_row import Row, csv_rows, toml_rows
from hiring.model import fit, rules
from hiring.model.evidence import Claim, Criterion, Evidence, Figure, Option, Rule, Source, Wage
from hiring.model.needs import CHOICE, NEEDS
from hiring.model.option_draws import COST_FIGURES, DISTANCE_BANDS, DISTANCE_FIGURES, SHARED_FIGURES, TIME_FIGURES

DATA = Path(__file__).parents[2] / "data"

UNITS = ("FTE", "USD", "USD per head", "USD per hour", "USD per year", "hours", "hours per hour", "people per week",
         "points", "ratio", "share", "share per year", "weeks")
KINDS = ("published", "derived", "assumed")
QUALITIES = ("green", "amber", "red")
COLORS = ("red", "orange", "yellow", "blue", "green", "violet", "gray")  # that Streamlit's theme has names for
HEADINGS = ("scope", "deliverables", "experience", "reply")  # the sections of a brief that each option names itself
AREA_TYPES = ("nation", "state", "metro")
KEY_COLUMNS = {  # joined by dots, their values are the id of a figure
    "figures": ("figure", "subject"),
    "pay": ("option", "basis", "seniority"),
    "ratings": ("criterion", "option"),
    "levels": ("criterion", "need", "choice"),
}

Entry = TypeVar("Entry")
Read = list[tuple[Row, Entry]]


class DataError(Exception):
    """Every problem found in `data/`: file, row, id, what was found and what to write instead."""

    def __init__(self, faults: list[str]):
        super().__init__("The data cannot be used until these problems are fixed:\n" + "\n".join(faults))
        self.faults = faults


@lru_cache(maxsize=1)
def load_evidence() -> Evidence:
    """The project's own evidence, read once. Raises `DataError`."""
    return read_evidence(DATA)


@lru_cache(maxsize=1)
def load_catalog() -> Catalog:
    """The brief catalog, read once. Raises `DataError`."""
    return read_catalog(DATA, load_evidence(), [])


def read_evidence(folder: Path) -> Evidence:
    """All tables of `folder`, checked. Raises `DataError` that lists every problem."""
    faults: list[str] = []
    figures = [pair for table in KEY_COLUMNS
               for pair in _read(csv_rows(folder, f"{table}.csv", faults), partial(_figure, table))]
    wages = _read(csv_rows(folder, "wages.csv", faults), _wage)
    claims = _read(csv_rows(folder, "claims.csv", faults), _claim)
    options = _read(toml_rows(folder, "options.toml", faults), lambda row: row.entry(Option))
    criteria = _read(toml_rows(folder, "criteria.toml", faults), lambda row: row.entry(Criterion))
    ruled = _read(toml_rows(folder, "rules.toml", faults), lambda row: row.entry(Rule))
    sources = _read(toml_rows(folder, "sources.toml", faults), lambda row: row.entry(Source))
    evidence = Evidence(
        figures=_entries(figures), wages=_entries(wages), options=_entries(options), criteria=_entries(criteria),
        rules=_entries(ruled), claims=_entries(claims), sources={source.id: source for _, source in sources})
    if not faults:
        _check_dates([*figures, *wages])
        _check_sources([*figures, *wages, *claims, *ruled], evidence)
        _check_rules(ruled, evidence)
        _check_options(options, faults)
    if not faults:
        _check_complete(evidence, faults)
        read_catalog(folder, evidence, faults)
    if faults:
        raise DataError(faults)
    return evidence


def _read(rows: Iterable[Row], make: Callable[[Row], Entry]) -> Read[Entry]:
    """Each row with its entry; rows with faults are left out."""
    read = []
    for row in rows:
        before = len(row.faults)
        entry = make(row)
        if len(row.faults) == before:
            read.append((row, entry))
    return read


def _entries(read: Read[Entry]) -> tuple[Entry, ...]:
    return tuple(entry for _, entry in read)


def _figure(table: str, row: Row) -> Figure:
    before = len(row.faults)
    key = ".".join(row.cells.get(column) or "" for column in KEY_COLUMNS[table]).rstrip(".")
    if row.cells.get("id") != key:
        row.fault("id", f"{key}, which its other columns make")
    figure = Figure(
        id=row.text("id"), table=table, low=row.number("low"), central=row.number("central"), high=row.number("high"),
        kind=row.choice("kind", KINDS), unit=row.choice("unit", UNITS), valid_from=row.day("valid_from"),
        recorded=row.day("recorded"), quality=row.choice("quality", QUALITIES), source=row.ids("source"),
        locator=row.cells.get("locator") or "", note=row.text("note"))
    if len(row.faults) == before:
        _check_figure(row, figure)
    return figure


def _check_figure(row: Row, figure: Figure) -> None:
    if not figure.low <= figure.central:
        row.fault("low", f"a number up to the central value {figure.central:g}")
    if not figure.central <= figure.high:
        row.fault("high", f"a number from the central value {figure.central:g} on")
    if figure.unit == "share" and figure.high > 1:
        row.fault("high", "a share of at most 1")
    if figure.unit == "points" and figure.high > 100:
        row.fault("high", "at most 100 points")
    if figure.kind != "assumed" and not figure.locator:
        row.fault("locator", "where in the source the number is")
    if figure.kind == "assumed" and figure.quality != "red":
        row.fault("quality", "red, as for every assumption")


def _wage(row: Row) -> Wage:
    before = len(row.faults)
    p10, p25, p75, p90 = (row.number(c) if row.cells.get(c) else None for c in ("p10", "p25", "p75", "p90"))
    row.choice("unit", ("USD per year",))
    wage = Wage(
        id=row.text("id"), area=row.text("area"), area_type=row.choice("area_type", AREA_TYPES), p10=p10, p25=p25,
        p50=row.number("p50"), p75=p75, p90=p90, valid_from=row.day("valid_from"), recorded=row.day("recorded"),
        kind=row.choice("kind", KINDS), quality=row.choice("quality", QUALITIES), source=row.ids("source"),
        locator=row.text("locator"))
    known = [p for p in (p10, p25, wage.p50, p75, p90) if p is not None]
    if len(row.faults) == before and (known != sorted(known) or wage.p50 <= 0):
        row.fault("p50", "percentiles that rise from p10 to p90")
    return wage


def _claim(row: Row) -> Claim:
    return Claim(id=row.text("id"), topic=row.text("topic"), criterion=row.cells.get("criterion") or "",
                 option=row.cells.get("option") or "", claim=row.text("claim"), source=row.ids("source"),
                 locator=row.text("locator"))


def _check_dates(read: Sequence[tuple[Row, Figure | Wage]]) -> None:
    seen = set()
    for row, entry in read:
        key = (entry.id, entry.valid_from, entry.recorded)
        if key in seen:
            row.add_fault("two rows have the same valid_from and recorded dates; keep one.")
        seen.add(key)
        if entry.valid_from > entry.recorded:
            row.fault("valid_from", f"a date up to {entry.recorded}, the day it was recorded")


def _check_sources(read: Sequence[tuple[Row, Figure | Wage | Claim | Rule]], evidence: Evidence) -> None:
    for row, entry in read:
        if any(source not in evidence.sources for source in entry.source):
            row.fault("source", "an id of sources.toml")


def _check_rules(read: Read[Rule], evidence: Evidence) -> None:
    options = {option.id for option in evidence.options}
    figures = {name for figure in evidence.figures for name in (figure.id, figure.id.split(".")[0])}
    for row, rule in read:
        if rule.id not in rules.PREDICATES:
            row.fault("id", f"one of {', '.join(rules.PREDICATES)}")
        if not set(rule.options) <= options:
            row.fault("options", f"ids of options.toml: {', '.join(sorted(options))}")
        if not set(rule.figures) <= figures:
            row.fault("figures", "names of figures.csv")


def _check_options(read: Read[Option], faults: list[str]) -> None:
    if sum(option.yardstick for _, option in read) != 1:
        faults.append("options.toml: write yardstick = true for exactly one option.")
    for row, option in read:
        if option.color not in COLORS or [other.color for _, other in read].count(option.color) > 1:
            row.fault("color", f"one of {', '.join(COLORS)}, a different one for each option")
        if not re.fullmatch("#[0-9A-F]{6}", option.color_hex):
            row.fault("color_hex", "a color like #D5700F")
        if NEEDS.get(option.basis_need, NEEDS["project"]).kind != CHOICE:
            row.fault("basis_need", "the name of a need that has choices")
        if len(option.headings) != len(HEADINGS):
            row.fault("headings", f"{len(HEADINGS)} headings: {', '.join(HEADINGS)}")
        try:
            option.introduction.format(positions="", count="", s="")
        except (LookupError, ValueError):
            row.fault("introduction", "a text in which only {positions}, {count} and {s} are in braces")


def _by_choice(figure: str, need: str) -> list[str]:
    return [f"{figure}.{choice}" for choice in NEEDS[need].choices]


def _check_complete(evidence: Evidence, faults: list[str]) -> None:
    """Every figure that a decision can need is there, so that no project fails halfway."""
    known = {figure.id for figure in evidence.figures}
    options, criteria = [o.id for o in evidence.options], [c.id for c in evidence.criteria]
    if sorted(criteria) != sorted([fit.COST, fit.SPEED, *fit.LEVELS]):
        faults.append(f"criteria.toml: found {', '.join(criteria)}; write {fit.COST}, {fit.SPEED}, "
                      f"{', '.join(fit.LEVELS)}, each once.")
    wanted = {
        "figures.csv": [*SHARED_FIGURES, *(f"importance.{c}" for c in criteria),
                        *_by_choice("overrun", "scope_clarity"),
                        *_by_choice("seniority_steering", "seniority"), *_by_choice("limit_steepness", "limits"),
                        *_by_choice("time_difference", "talent_region"),
                        *(f"{name}.{band}" for name in DISTANCE_FIGURES for band in DISTANCE_BANDS),
                        *(f"{name}.{o}" for name in (*TIME_FIGURES, *COST_FIGURES) for o in options)],
        "ratings.csv": [f"{c}.{o}" for c in fit.LEVELS for o in options],
        "levels.csv": [f"{c}.{need}.{choice}" for c, needs in fit.LEVELS.items() for need in needs
                       for choice in NEEDS[need].choices],
        "pay.csv": [f"{option.id}.{basis}.{seniority}" for option in evidence.options
                    for basis in dict.fromkeys([*NEEDS[option.basis_need].choices, *["oews"] * option.yardstick])
                    for seniority in NEEDS["seniority"].choices],
    }
    faults += [f"{file}, id {id_}: found no such row; write one." for file, ids in wanted.items()
               for id_ in ids if id_ not in known]
    faults += [f"rules.toml, id {name}: found no such entry; write one."
               for name in rules.PREDICATES.keys() - {rule.id for rule in evidence.rules}]
    releases = {wage.valid_from for wage in evidence.wages if wage.area_type == "nation"}
    faults += [f"wages.csv, id {wage.id}: valid_from is {wage.valid_from}; write a date that a row of the nation has."
               for wage in evidence.wages if wage.valid_from not in releases]
