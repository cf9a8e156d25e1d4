"""Countries: the evidence for people hired in one of them, with every amount in its currency.

A row of a country replaces the figure of the same name. Where a country has no row, that of another one is taken: its
quality is then red, and `Snapshot.borrowed` names the country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from hiring.model.evidence import OWN, Country, Figure, Option, Snapshot, Wage
from hiring.model.money import bounds_in, money_in, sign_of
from hiring.model.needs import LOCAL, NEEDS, EntryError, Need, Problem, ProjectNeeds, shown

PLACE = NEEDS["location"]
DOLLAR = "USD"  # exchange rates are units of a currency for one of it
SENIORITIES = ("junior", "mid", "senior")
EMPLOYMENT = ("lead_weeks.in_house", "productive_share.in_house", "exit_weeks.in_house", "manager_hourly_usd",
              "sourcing_usd.in_house", "wage_growth")


def in_country(evidence: Snapshot, code: str) -> Snapshot:
    """The evidence for people hired in a country: its figures under the names that the formulas know, and all amounts
    in its currency. The evidence itself for the country that it is about already.

    Raises KeyError for a country that is not in the evidence, and ValueError where a figure can be borrowed from none.
    """
    country = evidence.countries[code]
    if code == evidence.country:
        return evidence
    figures = {id_: in_currency(figure, country.currency, evidence.exchange_rates)
               for id_, figure in evidence.figures.items()}
    local = names(evidence)
    replaced = {id_: in_currency(row, country.currency, evidence.exchange_rates)
                for id_, row in evidence.replaced.items() if id_ not in local}
    borrowed, own = {}, dict(evidence.own)
    for name in local:
        lender, used = used_row(evidence, country, name)
        if lender != code:
            borrowed[name] = lender
        figures[name] = used
        if f"{code}.{name}" in own:
            replaced[name] = used
            figures[name] = as_own(used, own[f"{code}.{name}"], evidence.as_of)
    return replace(evidence, figures=figures, country=code, borrowed=borrowed, replaced=replaced)


def names(evidence: Snapshot) -> tuple[str, ...]:
    """The figures that differ by country: of each, a country has a row or says where one is borrowed."""
    return (*pay(evidence), *EMPLOYMENT, *distances(evidence))


def pay(evidence: Snapshot) -> tuple[str, ...]:
    """The figures of pay that differ by country: local rates of outside staff, and salaries by a survey."""
    return tuple(id_ for option in evidence.options for id_ in pay_of(option))


def pay_of(option: Option) -> tuple[str, ...]:
    return tuple(f"{option.id}.{LOCAL if option.outside else 'survey'}.{seniority}" for seniority in SENIORITIES)


def published_row(evidence: Snapshot, country: Country, name: str) -> tuple[str, Figure]:
    """The country whose row is used for a figure, and the row with its amounts as published, red where borrowed."""
    lender, row = row_for(evidence, country, name)
    if lender != country.id:
        row = replace(row, quality="red", note=f"Taken from {evidence.countries[lender].noun}. {row.note}")
    return lender, replace(row, id=name, table=evidence.figures[name].table if name in evidence.figures else "pay")


def used_row(evidence: Snapshot, country: Country, name: str) -> tuple[str, Figure]:
    """The same as it is used: in the currency of `country`."""
    lender, row = published_row(evidence, country, name)
    return lender, in_currency(row, country.currency, evidence.exchange_rates)


def rows_by_id(evidence: Snapshot) -> Mapping[str, Figure]:
    """Every row that the manager can replace, by the id under which it is typed: the figures of the base country, and
    those of each other country after its code, also where they are borrowed, in its currency."""
    if not evidence.rows_by_id:
        evidence.rows_by_id.update(evidence.figures, **{
            f"{code}.{name}": replace(used_row(evidence, country, name)[1], id=f"{code}.{name}")
            for code, country in evidence.countries.items() if code != evidence.country for name in names(evidence)})
    return evidence.rows_by_id


def as_own(row: Figure, numbers: tuple[float, float, float], day: date) -> Figure:
    """A row with the manager's numbers."""
    low, central, high = numbers
    return replace(row, low=low, central=central, high=high, kind=OWN, quality=OWN, source=(), locator="", note="",
                   valid_from=day, recorded=day)


def counted(evidence: Snapshot, code: str) -> Snapshot:
    """The evidence for people hired in a country, with all amounts in the unit that the model counts in: US dollars.

    Raises KeyError for a country that is not in the evidence.
    """
    if code == evidence.country:
        return evidence
    origin = evidence.origin or evidence
    if code == origin.country:
        return origin
    if code not in origin.by_country:
        local = in_country(origin, code)
        rates, currency = evidence.exchange_rates, local.place.currency

        def in_dollars(figures: Mapping[str, Figure]) -> dict[str, Figure]:
            return {id_: in_currency(figure, DOLLAR, rates) for id_, figure in figures.items()}

        paid = tuple(replace(it, start=exchange(it.start, currency, DOLLAR, rates),
                             end=exchange(it.end, currency, DOLLAR, rates)) for it in local.employer_contributions)
        origin.by_country[code] = replace(
            local, figures={**in_dollars(local.figures), **{it.id: it.rate for it in paid}},
            replaced=in_dollars(local.replaced), origin=origin,
            contributions={**local.contributions, code: paid})
    return origin.by_country[code]


def distances(evidence: Snapshot) -> tuple[str, ...]:
    """The figures that say how far away outside staff is."""
    return tuple(id_ for id_ in evidence.figures if id_.startswith("time_difference."))


def is_local(evidence: Snapshot, name: str) -> bool:
    """Whether a figure is about one country: its pay, or what differs by country."""
    own = evidence.figures.get(name)
    return name in EMPLOYMENT or own is None or own.table in ("pay", "contributions")


def country_of(evidence: Snapshot, id_: str) -> Country | None:
    """The country that alone uses the figure with this id; None if any country may."""
    code = id_.partition(".")[0]
    if code in evidence.countries:
        return evidence.countries[code]
    return evidence.place if id_ in names(evidence) else None


def resolve(evidence: Snapshot, typed: str) -> Country | None:
    """The country that a text means: its code, its name or an alias, in any case; None if it means none."""
    text = " ".join(typed.lower().replace(".", "").split()).removeprefix("the ")
    return next((country for country in evidence.countries.values()
                 if text in (country.id, country.name.lower(), *country.aliases)), None)


def place(evidence: Snapshot, typed: str, *, is_current: bool = True) -> str:
    """The code of the place that a text means: a code, or the name of a country or of an area whose wages are known.

    Raises EntryError if it means none, and for a text that is not `is_current` where it could mean two: before there
    were other countries, `ca` was California.
    """
    text = " ".join(typed.lower().split())
    in_base = f"{evidence.origin.country if evidence.origin else evidence.country}-{text}"
    country = resolve(evidence, typed)
    if not is_current and text in evidence.areas and in_base in evidence.areas:
        raise EntryError(Problem(PLACE.label, f"this can mean {evidence.areas[text]} or {evidence.areas[in_base]}: "
                                 f"write {evidence.areas[text]} or {in_base}", shown(typed)))
    named = (code for code, area in evidence.areas.items() if area.lower() == text)
    code = country.id if country else text if text in evidence.areas else in_base if in_base in evidence.areas else (
        next(named, ""))
    if not code:
        raise EntryError(Problem(PLACE.label, f"no wages are known for {shown(typed)}"))
    return code


def places_in(country: str, area: str, wages: Iterable[Wage]) -> frozenset[str]:
    """The codes of the places in a country, or in an area of it: with each metro area that lies in the area in part,
    as its name says. All of the country where nobody can pick the area, since no wages are known there."""
    within = {wage.id: wage.area for wage in wages if wage.id.startswith(f"{country}-")}
    picked = {code for code, name in within.items()
              if code == f"{country}-{area}" or area.upper() in name.rpartition(", ")[2].split("-")}
    return frozenset(picked if area and picked else {country, *within})


def currency_code(evidence: Snapshot, needs: ProjectNeeds) -> str:
    """The currency that a project's amounts are typed and shown in: the one that was picked, else the country's."""
    return needs.currency or evidence.countries[needs.country].currency


def with_rate(evidence: Snapshot, code: str) -> str:
    """The code of a currency with an exchange rate, or none. Raises EntryError for one without."""
    if code in {"", DOLLAR, *evidence.exchange_rates}:
        return code
    raise EntryError(Problem(NEEDS["currency"].label, f"no exchange rate is known for {code}"))


def budget_in(evidence: Snapshot, code: str, currency: str = "") -> Need:
    """The question for the budget of a project in a country, with bounds and signs of a currency, by default that of
    the country. Raises KeyError for a currency without a rate."""
    asked, country = NEEDS["budget_usd"], evidence.countries[code]
    currency = currency or country.currency
    low, high = bounds_in(asked.low, asked.high, per_dollar(currency, evidence.exchange_rates))
    sign = sign_of(currency).strip()
    symbols = country.symbols if currency == country.currency else (sign,) if sign not in country.symbols else ()
    return replace(asked, measure=money_in(currency, symbols, code), low=low, high=high)


def exchange(amount: float, source: str, target: str, rates: Mapping[str, Figure]) -> float:
    """An amount of the currency `source` in the currency `target`. Raises KeyError for a currency without a rate."""
    return amount if source == target else amount * per_dollar(target, rates) / per_dollar(source, rates)


def currency_of(figure: Figure) -> str:
    """The currency of an amount; empty where the figure is none."""
    word = figure.unit.split(" ")[0]
    return word if word.isupper() and len(word) == 3 and word != "FTE" else ""


def in_currency(figure: Figure, currency: str, rates: Mapping[str, Figure]) -> Figure:
    """The figure with its amounts in another currency; the same figure where it is no amount or is in it already.
    Raises KeyError for a currency without a rate."""
    own = currency_of(figure)
    if own in ("", currency):
        return figure
    low, central, high = (exchange(it, own, currency, rates) for it in (figure.low, figure.central, figure.high))
    return replace(figure, low=low, central=central, high=high, unit=figure.unit.replace(own, currency, 1))


def per_dollar(currency: str, rates: Mapping[str, Figure]) -> float:
    """How many units of a currency a US dollar is. Raises KeyError for one without a rate."""
    return 1.0 if currency == DOLLAR else rates[currency].central


def row_for(evidence: Snapshot, country: Country, name: str) -> tuple[str, Figure]:
    """The country whose row is used for a figure, and the row."""
    for code in (country.id, *country.borrows):
        figure = _row(evidence, evidence.countries[code], name)
        if figure:
            return code, figure
    raise ValueError(f"{country.id}.{name}: found no row in this country or in those it borrows from; write one.")


def _row(evidence: Snapshot, country: Country, name: str) -> Figure | None:
    if not country.is_base:
        return evidence.country_figures.get(f"{country.id}.{name}")
    own = name.replace(".local.", f".{country.rate_basis}.").replace(".survey.", f".{country.wage_bases[-1]}.")
    return evidence.replaced.get(own, evidence.figures.get(own))  # its bases of pay have names of their own
