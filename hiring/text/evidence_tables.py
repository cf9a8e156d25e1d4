"""The tables of the evidence: the rows of one country, or of all, as {column: what it shows}.

Amounts of figures are in the currency of the country, beside those that were published in another one; all others are
as they were published, in the currency that their unit or their own column names.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from itertools import chain
from typing import Any

from hiring.model import countries
from hiring.model.evidence import Contribution, Figure, Law, Snapshot
from hiring.text import currencies, figure_names
from hiring.text.currencies import Currency

TABLES = {"pay": "Pay", "figures": "Figures", "ratings": "Ratings", "weights": "Weights", "levels": "Need levels",
          "contributions": "Employer's contributions", "exchange_rates": "Exchange rates", "wages": "Wages by area",
          "laws": "Laws", "rules": "Rules", "claims": "The article's words", "sources": "Sources"}
NOT_FIGURES = tuple(TABLES)[5:]  # tables whose rows are not figures of the model
LOCAL_PAY = ".local."  # in the ids of pay that differs by country
ALL = ""  # in place of a country: all of them
AREAS = ("nation", "state", "metro")
TOPICS = {"contractor": "Contractor or employee", "dismissal": "End of a job", "data": "Data that outside staff see"}
STATUS = {False: "Settled", True: "May change: check the status"}
QUALITY = {"green": "First hand", "amber": "Second hand", "red": "Assumed"}

Row = dict[str, Any]


def tables(evidence: Snapshot, country: str) -> dict[str, str]:
    """The names of the tables that have rows for a country."""
    always = {table for table in TABLES if table not in NOT_FIGURES} | {"sources"}
    return {table: name for table, name in TABLES.items() if table in always or _entries(evidence, table, country)}


def rows(evidence: Snapshot, table: str, country: str) -> list[Row]:
    """The rows of a table, for projects in a country."""
    if table == "sources":
        cited = _cited(evidence, country)
        return sorted((_cells(source) for id_, source in evidence.sources.items() if id_ in cited),
                      key=lambda row: row["id"])
    if table not in NOT_FIGURES:
        return [_of_figure(figure, evidence, country) for figure in sorted(
            figures(evidence, table, country), key=lambda it: _rank(it, evidence))]
    shown: dict[str, Callable[[Any, Snapshot], Row]] = {
        "contributions": _of_contribution, "exchange_rates": _of_rate, "laws": _of_law, "rules": _of_rule}
    return [shown.get(table, _of_any)(it, evidence) for it in _entries(evidence, table, country)]


def figures(evidence: Snapshot, table: str, country: str) -> list[Figure]:
    """The figures of a table that projects in a country use. A row that is about a country has it before its id."""
    if country == ALL:
        local = [replace(row, id=f"{code}.{name}") for code in evidence.countries
                 for name, (lender, row) in _published(evidence, code).items() if lender == code]
        found = [*evidence.figures.values(), *local]
    else:
        published = _published(evidence, country)
        found = [replace(row, id=f"{country}.{name}") for name, (_, row) in published.items()]
        found += [it for it in evidence.figures.values() if it.id not in published and _counts(it, evidence, country)]
    return [it for it in found if ("weights" if it.id.startswith("importance.") else it.table) == table]


def _published(evidence: Snapshot, code: str) -> dict[str, tuple[str, Figure]]:
    """What differs by country, with the country whose row is used; none for the base country."""
    place = evidence.countries[code]
    return {} if place.is_base else {
        name: countries.published_row(evidence, place, name) for name in countries.names(evidence)}


def _counts(figure: Figure, evidence: Snapshot, country: str) -> bool:
    """Whether a figure of the base country counts elsewhere too: not the pay of people hired, nor their load."""
    place, first = evidence.countries[country], figure.id.split(".")[0]
    hired = next(option.id for option in evidence.options if not option.outside)
    return place.is_base or not (figure.id == "load" or (figure.table == "pay" and first == hired))


def _entries(evidence: Snapshot, table: str, country: str) -> list[Any]:
    def is_here(code: str) -> bool:
        return ALL in (country, code) or code == country

    if table == "contributions":
        return [it for code, paid in evidence.contributions.items() if is_here(code) for it in paid]
    if table == "exchange_rates":
        return sorted(evidence.exchange_rates.values(), key=lambda it: it.id)
    if table == "wages":  # the nation first, then states, then metro areas
        return sorted((it for it in evidence.wages.values() if is_here(it.id[:2])),
                      key=lambda it: (AREAS.index(it.area_type), it.area))
    return [it for it in getattr(evidence, table) if is_here(getattr(it, "country", ALL))]


def _cited(evidence: Snapshot, country: str) -> set[str]:
    """The sources behind all rows of a country."""
    entries: Iterable[Any] = chain(
        *(figures(evidence, table, country) for table in TABLES if table not in NOT_FIGURES),
        *(_entries(evidence, table, country) for table in NOT_FIGURES if table != "sources"))
    return {source for it in entries for source in (it.rate if isinstance(it, Contribution) else it).source}


def _rank(figure: Figure, evidence: Snapshot) -> tuple[bool, bool, bool, str]:
    """Money first, then what else has a part in cost and time, then the method; of each, first what is about a country;
    by name among equals."""
    affects = figure_names.affected_part(figure, evidence)
    return (not countries.currency_of(figure), not affects.startswith(("cost", "time")),
            figure.id.split(".")[0] not in evidence.countries, figure_names.full_name(figure, evidence))


def _of_figure(figure: Figure, evidence: Snapshot, country: str) -> Row:
    here = figure if country == ALL else currencies.exchanged(
        figure, evidence.countries[country].currency, evidence.exchange_rates)
    published = {} if here is figure else {"as_published": f"{figure_names.range_text(figure)} {figure.unit}"}
    published |= {"note": _with_names(figure, evidence)}
    return {"name": figure_names.full_name(figure, evidence),
            "affects": figure_names.affected_part(figure, evidence), **_of_any(here, evidence), **published}


def _with_names(figure: Figure, evidence: Snapshot) -> str:
    """The note of a figure, with the names of the rows that it points at in place of their ids."""
    def name(found: re.Match[str]) -> str:
        id_ = found[0]
        if LOCAL_PAY in id_:  # the note says of which country
            return f"“{figure_names.full_name(replace(figure, id=id_.replace(LOCAL_PAY, '.'), table='pay'), evidence)}”"
        row = evidence.figures.get(id_)
        return id_ if row is None else f"“{figure_names.full_name(row, evidence)}”"

    return re.sub(r"\b[a-z][a-z_]*(?:\.[a-z_]+)+\b", name, figure.note)


def _of_contribution(it: Contribution, evidence: Snapshot) -> Row:
    place = evidence.countries[it.country]
    return {"name": f"{it.name[0].upper()}{it.name[1:]}", "country": place.name, **_of_any(it.rate, evidence),
            "from": it.start, "to": None if math.isinf(it.end) else it.end, "currency": place.currency}


def _of_rate(rate: Figure, evidence: Snapshot) -> Row:
    name = Currency(rate.id).name
    return {"name": f"{name[0].upper()}{name[1:]}", **_of_any(rate, evidence)}


def _of_law(law: Law, evidence: Snapshot) -> Row:
    place = evidence.countries[law.country].name
    area = evidence.areas.get(f"{law.country}-{law.area}", law.area.upper())
    return {**_of_any(law, evidence), "country": f"{place}, {area}" if area else place, "topic": TOPICS[law.topic],
            "status": STATUS[law.is_moving], "quality": QUALITY["amber" if law.is_second_hand else "green"],
            "area": None, "address": law.address}


def _of_rule(rule: Any, evidence: Snapshot) -> Row:
    """Words in braces are filled in for each project."""
    row = _of_any(rule, evidence)
    return row | {it: re.sub(r"\{(\w+)\}", r"(\1)", row[it]).replace("_", " ") for it in ("title", "sentence")}


def _cells(it: Any) -> Row:
    return {field.name: getattr(it, field.name) for field in fields(it)}


def _of_any(it: Any, evidence: Snapshot) -> Row:
    """The fields of a row, with the titles and the first address of its sources."""
    row = _cells(it)
    cited = [evidence.sources[source] for source in row.pop("source")]
    row["source"] = "; ".join(f"{source.producer}, {source.title}" for source in cited)
    row["address"] = next((source.address for source in cited if source.address), None)
    if "quality" in row:
        row["quality"] = QUALITY[row["quality"]]
    return {key: ", ".join(value) if isinstance(value, tuple) else value for key, value in row.items()}
