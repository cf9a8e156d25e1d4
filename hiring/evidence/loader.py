"""Reading `data/`: every row is checked, and all problems are reported at once to the person who edits it.

A validation library would name fields and types. Our checks name the file, row and id, and say what to write.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from hiring.evidence.brief_catalog import Catalog, read_catalog
from hiring.evidence.data_row import Row, csv_rows, toml_rows
from hiring.model import countries, fit, rules
from hiring.model.evidence import (
    Claim,
    Contribution,
    Country,
    Criterion,
    Evidence,
    Figure,
    Law,
    Option,
    Rule,
    Source,
    Wage,
)
from hiring.model.needs import CHOICE, LOCAL, NEEDS
from hiring.model.option_draws import COST_FIGURES, DISTANCE_BANDS, DISTANCE_FIGURES, SHARED_FIGURES, TIME_FIGURES

DATA = Path(__file__).parents[2] / "data"

RATES_PER = ("hour", "day")  # that freelancers quote
UNITS = ("FTE", "USD", "USD per head", "USD per hour", "USD per year", "hours", "hours per hour", "people per week",
         "points", "ratio", "share", "share per year", "weeks")
KINDS = ("published", "derived", "assumed")
QUALITIES = ("green", "amber", "red")
COLORS = ("red", "orange", "yellow", "blue", "green", "violet", "gray")  # that Streamlit's theme has names for
HEADINGS = ("scope", "deliverables", "experience", "reply")  # the sections of a brief that each option names itself
AREA_TYPES = ("nation", "state", "metro")
TOPICS = ("contractor", "dismissal", "data")  # of laws: employee or contractor, ending a job, data of outside staff
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
    options = _read(toml_rows(folder, "options.toml", faults), lambda row: row.entry(Option))
    criteria = _read(toml_rows(folder, "criteria.toml", faults), lambda row: row.entry(Criterion))
    ruled = _read(toml_rows(folder, "rules.toml", faults), lambda row: row.entry(Rule))
    sources = _read(toml_rows(folder, "sources.toml", faults), lambda row: row.entry(Source))
    places = _read(toml_rows(folder, "countries.toml", faults), lambda row: row.entry(Country))
    priced = csv_rows(folder, "exchange_rates.csv", faults)
    rates = _read(priced, _exchange_rate)
    if places:
        _check_places(places, {row.cells.get("id") for row in priced}, faults)

    def by_country(file: str, make: Callable[[Sequence[Country], Row], Entry]) -> Read[Entry]:
        return _read(csv_rows(folder, file, faults), partial(make, _entries(places))) if places else []

    local = by_country("country_figures.csv", _country_figure)
    paid = by_country("contributions.csv", _contribution)
    claims = by_country("claims.csv", _claim)
    laws = by_country("laws.csv", partial(_law, _entries(wages)))
    evidence = Evidence(
        figures=_entries(figures), wages=_entries(wages), options=_entries(options), criteria=_entries(criteria),
        rules=_entries(ruled), claims=_entries(claims), sources={source.id: source for _, source in sources},
        countries=_entries(places), country_figures=_entries(local), contributions=_entries(paid),
        exchange_rates=_entries(rates), laws=_entries(laws))
    if not faults:
        _check_dates([*figures, *wages])
        _check_dates([*local, *paid, *rates])
        _check_sources([*figures, *wages, *claims, *ruled, *local, *paid, *rates, *laws], evidence)
        _check_rules(ruled, evidence)
        _check_options(options, faults)
    if not faults:
        _check_complete(evidence, faults)
        _check_countries(places, evidence)
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
    return _keyed(row, table, KEY_COLUMNS[table], UNITS)


def _keyed(row: Row, table: str, key_columns: tuple[str, ...], units: tuple[str, ...]) -> Figure:
    """A figure whose id its key columns make."""
    before = len(row.faults)
    key = ".".join(row.cells.get(column) or "" for column in key_columns).rstrip(".")
    if row.cells.get("id") != key:
        row.fault("id", f"{key}, which its other columns make")
    figure = Figure(
        id=row.text("id"), table=table, low=row.number("low"), central=row.number("central"), high=row.number("high"),
        kind=row.choice("kind", KINDS), unit=row.choice("unit", units), valid_from=row.day("valid_from"),
        recorded=row.day("recorded"), quality=row.choice("quality", QUALITIES), source=row.ids("source"),
        locator=row.cells.get("locator") or "", note=row.text("note"))
    if len(row.faults) == before:
        _check_figure(row, figure)
    return figure


def _units(known: Iterable[Country]) -> tuple[str, ...]:
    """The units of the figures of countries: the others, and amounts in every currency."""
    currencies = sorted({country.currency for country in known} - {countries.DOLLAR})
    amounts = [unit for unit in UNITS if unit.startswith(countries.DOLLAR)]
    return (*UNITS, *(unit.replace(countries.DOLLAR, currency) for currency in currencies for unit in amounts))


def _country_figure(known: Sequence[Country], row: Row) -> Figure:
    row.choice("country", tuple(country.id for country in known))
    return _keyed(row, "country_figures", ("country", "figure"), _units(known))


def _exchange_rate(row: Row) -> Figure:
    row.cells["low"] = row.cells["high"] = row.cells.get("central", "")
    rate = _keyed(row, "exchange_rates", ("currency",), (f"{row.cells.get('currency')} per {countries.DOLLAR}",))
    if rate.central == 0:
        row.fault("central", "a rate above 0")
    return rate


def _contribution(known: Sequence[Country], row: Row) -> Contribution:
    currencies = {country.id: country.currency for country in known}
    country = row.choice("country", tuple(currencies))
    row.choice("currency", (currencies.get(country, ""),))
    start, end = row.number("from"), row.number("to") if row.cells.get("to") else math.inf
    if start is not None and end is not None and start >= end:
        row.fault("to", "a number above the one in from, or nothing where there is no ceiling")
    return Contribution(country, row.text("name"), start, end,
                        _keyed(row, "contributions", ("country", "contribution"), ("share",)))


def _law(wages: Sequence[Wage], known: Sequence[Country], row: Row) -> Law:
    country, topic = row.choice("country", tuple(it.id for it in known)), row.choice("topic", TOPICS)
    if country and topic and not (row.cells.get("id") or "").startswith(f"{country}.{topic}."):
        row.fault("id", f"{country}.{topic}. and a name")
    area = row.cells.get("area") or ""
    return Law(
        id=row.text("id"), country=country, area=area, topic=topic, name=row.text("name"),
        sentence=row.text("sentence"), is_moving=row.choice("status", ("settled", "moving")) == "moving",
        as_of=row.day("as_of"), address=row.text("address"),
        is_second_hand=row.choice("read_second_hand", ("yes", "no")) == "yes", source=row.ids("source"),
        places=countries.places_in(country, area, wages))


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


def _claim(known: Sequence[Country], row: Row) -> Claim:
    country = row.choice("country", tuple(it.id for it in known)) if row.cells.get("country") else ""
    return Claim(id=row.text("id"), topic=row.text("topic"), criterion=row.cells.get("criterion") or "",
                 option=row.cells.get("option") or "", claim=row.text("claim"), source=row.ids("source"),
                 locator=row.text("locator"), country=country)


def _check_places(read: Read[Country], priced: Collection[str | None], faults: list[str]) -> None:
    if sum(country.is_base for _, country in read) != 1:
        faults.append("countries.toml: write is_base = true for exactly one country.")
    known = {country.id for _, country in read}
    typed = Counter(word for _, it in read for word in {it.id, it.name.lower(), *it.aliases})
    for row, country in read:
        if not re.fullmatch("[a-z]{2}", country.id):
            row.fault("id", "an ISO 3166 code in lower case, such as gb")
        if country.currency not in (countries.DOLLAR, *priced):
            row.fault("currency", "a currency of exchange_rates.csv")
        if not set(country.borrows) <= known - {country.id}:
            row.fault("borrows", "the codes of other countries")
        if country.rate_per not in RATES_PER:
            row.fault("rate_per", " or ".join(RATES_PER))
        if any(typed[word] > 1 or word != word.lower() for word in country.aliases):
            row.fault("aliases", "texts in lower case that mean no other country")


def _check_countries(read: Read[Country], evidence: Evidence) -> None:
    """Every country has, or borrows, each figure that differs by country, and has contributions and laws."""
    newest = evidence.as_of(evidence.dates[-1])
    for row, country in read:
        try:
            countries.in_country(newest, country.id)
        except ValueError as error:
            row.add_fault(str(error))
        if not country.is_base and not newest.contributions[country.id]:
            row.add_fault("found no row of contributions.csv; write one.")
        if all((law.country, law.topic) != (country.id, TOPICS[0]) for law in evidence.laws):
            row.add_fault(f"found no row of laws.csv on the topic {TOPICS[0]}; write one.")


def _check_dates(read: Sequence[tuple[Row, Figure | Wage | Contribution]]) -> None:
    seen = set()
    for row, entry in read:
        key = (entry.id, entry.valid_from, entry.recorded)
        if key in seen:
            row.add_fault("two rows have the same valid_from and recorded dates; keep one.")
        seen.add(key)
        if entry.valid_from > entry.recorded:
            row.fault("valid_from", f"a date up to {entry.recorded}, the day it was recorded")


def _check_sources(read: Sequence[tuple[Row, Figure | Wage | Claim | Rule | Contribution | Law]],
                   evidence: Evidence) -> None:
    for row, entry in read:
        cited = entry.rate.source if isinstance(entry, Contribution) else entry.source
        if any(source not in evidence.sources for source in cited):
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
        if rule.law not in ("", *TOPICS):
            row.fault("law", f"one of {', '.join(TOPICS)}, or nothing")


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
    return [f"{figure}.{choice}" for choice in NEEDS[need].choices if choice != LOCAL]


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
                    if basis != LOCAL
                    for seniority in NEEDS["seniority"].choices],
    }
    faults += [f"{file}, id {id_}: found no such row; write one." for file, ids in wanted.items()
               for id_ in ids if id_ not in known]
    faults += [f"rules.toml, id {name}: found no such entry; write one."
               for name in rules.PREDICATES.keys() - {rule.id for rule in evidence.rules}]
    releases = {wage.valid_from for wage in evidence.wages if wage.area_type == "nation"}
    faults += [f"wages.csv, id {wage.id}: valid_from is {wage.valid_from}; write a date that a row of the nation has."
               for wage in evidence.wages if wage.valid_from not in releases]
