"""Which figures of each country are read, derived or borrowed, and how they compare with other sources:
`python -m tests.countries` prints both tables."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from hiring import evidence_as_of
from hiring.evidence.loader import QUALITIES, TOPICS
from hiring.model.costs import employment_cost, fully_loaded_cost
from hiring.model.countries import SENIORITIES, exchange, in_country, row_for
from hiring.model.evidence import Country

CASES = Path(__file__).parent / "cases" / "countries.csv"
HOURS_A_DAY = 8
NONE = "no independent check"
EVIDENCE = evidence_as_of()
Lines = list[list[str]]

GROUPS = {  # of figures with the same sources
    "salary": [f"in_house.survey.{it}" for it in SENIORITIES],
    "freelance rate": [f"freelance.local.{it}" for it in SENIORITIES],
    "agency rate": [f"agency.local.{it}" for it in SENIORITIES],
    "time to hire": ["lead_weeks.in_house"],
    "productive share": ["productive_share.in_house"],
    "exit pay": ["exit_weeks.in_house"],
    "manager's hour": ["manager_hourly_usd"],
    "cost per hire": ["sourcing_usd.in_house"],
    "wage growth": ["wage_growth"],
    "time difference": [it for it in EVIDENCE.figures if it.startswith("time_difference.")],
}


def matrix() -> Lines:
    """A header, and a line for each kind of figure: the worst quality in each country, and whose figure it is."""
    known = EVIDENCE.countries.values()
    return [
        ["figure", *(country.id for country in known)],
        *([group, *(_quality(country, names) for country in known)] for group, names in GROUPS.items()),
        ["contributions", *(_contributions(country) for country in known)],
        ["exchange rate", *(_rate(country) for country in known)],
        *([f"law: {topic}", *(_law(country, topic) for country in known)] for topic in TOPICS),
    ]


def checks() -> Lines:
    """A header, and for each country what a year of a hire, a day of a freelancer and an hour of an agency cost at mid
    level, beside a source that is no input."""
    others = {(row.country, row.figure): row for row in second_sources()}
    return [["country", "figure", "here", "second source", "here / second", "what the second source is"], *(
        _check(country, figure, others.get((country.id, figure)))
        for country in EVIDENCE.countries.values() if not country.is_base
        for figure in ("salary", "freelance_day", "agency_hour"))]


class Second(NamedTuple):
    """A figure of a source that is no input, low, central and high in its unit."""

    country: str
    figure: str
    low: float
    central: float
    high: float
    unit: str
    what: str
    publisher: str
    published: str
    address: str


def second_sources() -> list[Second]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return [Second(**{**row, **{it: float(row[it]) for it in ("low", "central", "high")}})  # type: ignore[arg-type]
                for row in csv.DictReader(file)]


def yearly_cost(country: Country, salary: float) -> float:
    """What an employer pays in a year for a hire with this salary, at central rates."""
    if country.is_base:
        return float(fully_loaded_cost(salary, EVIDENCE.central("load")))
    return float(employment_cost(salary, EVIDENCE.contributions[country.id]))


def _check(country: Country, figure: str, second: Second | None) -> list[str]:
    own = in_country(EVIDENCE, country.id)
    names = {"salary": "in_house.survey.mid", "freelance_day": "freelance.local.mid", "agency_hour": "agency.local.mid"}
    central = own.central(names[figure])
    worth = {"salary": yearly_cost(country, central), "freelance_day": central * HOURS_A_DAY,
             "agency_hour": central}[figure]
    label = {"salary": "hire, full year", "freelance_day": "freelancer, day", "agency_hour": "agency, hour"}[figure]
    line = [country.name, label, _amount(worth, country.currency)]
    if second is None:
        return [*line, NONE, "", ""]
    numbers = [exchange(it, second.unit[:3], country.currency, EVIDENCE.exchange_rates)
               for it in (second.low, second.central, second.high)]
    low, middle, high = (yearly_cost(country, it) if figure == "salary" else it for it in numbers)
    span = "" if low == high else f" ({_amount(low)} to {_amount(high)})"
    return [*line, f"{_amount(middle, country.currency)}{span}", f"{worth / middle:.2f}",
            f"{second.what}. [{second.publisher}]({second.address}), {second.published}"]


def _amount(number: float, currency: str = "") -> str:
    return f"{number:,.0f} {currency}".strip()


def _worst(qualities: Iterable[str]) -> str:
    return max(qualities, key=QUALITIES.index)


def _quality(country: Country, names: list[str]) -> str:
    rows = [row_for(EVIDENCE, country, name) for name in names]
    lenders = {lender for lender, _ in rows} - {country.id}
    return f"red, of {', '.join(sorted(lenders))}" if lenders else _worst(figure.quality for _, figure in rows)


def _contributions(country: Country) -> str:
    rows = [it.rate for it in EVIDENCE.contributions[country.id]] or [EVIDENCE.figures["load"]]
    return _worst(row.quality for row in rows)


def _rate(country: Country) -> str:
    rate = EVIDENCE.exchange_rates.get(country.currency)
    return rate.quality if rate else "unit"


def _law(country: Country, topic: str) -> str:
    rows = [law for law in EVIDENCE.laws if (law.country, law.topic) == (country.id, topic)]
    return "none" if not rows else "second-hand" if any(law.is_second_hand for law in rows) else "read"


def main() -> None:
    for table in (matrix(), checks()):
        widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
        for line in table:
            print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        print()


if __name__ == "__main__":
    main()
