"""Evidence: every number that is not a need, with its range, dates, kind, quality and source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

OWN = "own"  # the kind of a figure that the manager gave


@dataclass(frozen=True)
class Figure:
    """One number: low, central and high are its 5th percentile, median and 95th percentile.

    `valid_from` is the day from which the number holds, `recorded` the day the row was added to `data/`.
    """

    id: str
    table: str
    low: float
    central: float
    high: float
    unit: str
    valid_from: date
    recorded: date
    kind: str
    quality: str
    source: tuple[str, ...]
    locator: str
    note: str

    def __hash__(self) -> int:
        """Of the fields that distinguish figures: draws are looked up by figure many times per decision."""
        return hash((self.id, self.low, self.central, self.high))

    @property
    def is_fixed(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Wage:
    """Yearly pay of software developers in one area, USD. Percentiles may be missing, but not the median."""

    id: str
    area: str
    area_type: str
    p10: float | None
    p25: float | None
    p50: float
    p75: float | None
    p90: float | None
    valid_from: date
    recorded: date
    kind: str
    quality: str
    source: tuple[str, ...]
    locator: str


@dataclass(frozen=True)
class Country:
    """Where people are hired. `id` is the ISO 3166 code in lower case, `currency` the ISO 4217 code.

    `name` stands alone, `noun` in a sentence: in the United Kingdom. `aliases` are what people type, in lower case;
    `symbols` are the signs that mean its currency where it is hired. `zones` are IANA names of its main working hours.
    `wage_bases` and `rate_basis` are the bases of its pay: that of people you hire, by choice, and that of outside
    staff. `borrows` are the countries that missing figures are taken from, in order. The `is_base` country is the one
    whose figures are in `figures.csv` and `pay.csv`; it has no rows of its own. `cv` is what applicants send, and
    `rate_per` the hour or the day that freelancers quote a rate for. `local_law` is who inside the country can have
    rules of its own on work, as the start of a sentence; empty where nobody is named.
    """

    id: str
    name: str
    noun: str
    adjective: str
    aliases: tuple[str, ...]
    currency: str
    symbols: tuple[str, ...]
    zones: tuple[str, ...]
    wage_bases: tuple[str, ...]
    rate_basis: str
    borrows: tuple[str, ...]
    is_base: bool = False
    cv: str = "CV"
    rate_per: str = "hour"
    local_law: str = ""


@dataclass(frozen=True)
class Contribution:
    """What an employer pays on top of a salary: `rate`, a share, of the part of a yearly salary from `start` to `end`
    (infinite without a ceiling), in the currency of `country`. `name` is its name in a sentence."""

    country: str
    name: str
    start: float
    end: float
    rate: Figure

    @property
    def id(self) -> str:
        return self.rate.id

    @property
    def valid_from(self) -> date:
        return self.rate.valid_from

    @property
    def recorded(self) -> date:
        return self.rate.recorded


@dataclass(frozen=True)
class Law:
    """A point of law to check in a country, or in one `area` of it, on one `topic`. `places` are the codes of where it
    applies: `hiring.model.countries.places_in`. `sentence` says what it is about; `is_moving` where it is about to
    change or is fought over; `is_second_hand` where only reports of it were read."""

    id: str
    country: str
    area: str
    topic: str
    name: str
    sentence: str
    is_moving: bool
    as_of: date
    address: str
    is_second_hand: bool
    source: tuple[str, ...]
    places: frozenset[str]


Dated = TypeVar("Dated", Figure, Wage, Contribution)


@dataclass(frozen=True)
class Source:
    """Where numbers come from; `interest` says what its publisher sells."""

    id: str
    producer: str
    title: str
    address: str
    published: str
    accessed: date
    licence: str
    note: str = ""
    interest: str = ""


@dataclass(frozen=True)
class Option:
    """A way to staff the project. `basis_need` names the need that picks its row of pay;
    `located` pay follows the project's location; `outside` staff are not on your payroll; `by_proposal` options
    name their own price; the `yardstick` option's productive hours and middle salary measure the others.

    `color` is the theme's name of the option's color. `document`, `introduction` and `headings` are those of its
    brief.
    """

    id: str
    label: str
    color: str
    color_hex: str
    noun: str
    meaning: str
    basis_need: str
    located: bool
    outside: bool
    by_proposal: bool
    yardstick: bool
    document: str
    introduction: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Criterion:
    """What options are compared on. `ahead` completes "It …" for the better one."""

    id: str
    label: str
    meaning: str
    ahead: str


@dataclass(frozen=True)
class Rule:
    """The words of a caution; `options` are those it can apply to, and `law` the topic of the laws that it names."""

    id: str
    options: tuple[str, ...]
    title: str
    sentence: str
    figures: tuple[str, ...]
    source: tuple[str, ...]
    law: str = ""


@dataclass(frozen=True)
class Claim:
    """What a source says, in our words. `country` is the one that it is about, empty if it is about all."""

    id: str
    topic: str
    criterion: str
    option: str
    claim: str
    source: tuple[str, ...]
    locator: str
    country: str = ""


@dataclass(frozen=True)
class Snapshot:
    """The evidence as known on one date. If the manager's own figures replace rows of the evidence, `replaced`
    keeps those rows. `yardstick` is the id of the option that the others are measured by.

    `country_figures` are rows by country and figure, such as gb.lead_weeks.in_house, `contributions` those of each
    country, `exchange_rates` units of each currency for a US dollar. `figures` are about one `country`, and `borrowed`
    says which country a missing one was taken from: `hiring.model.countries`. `origin` is the evidence of the base
    country that they were made from, None for itself. `own` are the manager's figures, by id."""

    as_of: date
    figures: Mapping[str, Figure]
    wages: Mapping[str, Wage]
    national_wages: Mapping[date, Wage]
    options: tuple[Option, ...]
    yardstick: str
    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...]
    sources: Mapping[str, Source]
    claims: tuple[Claim, ...]
    replaced: Mapping[str, Figure] = field(default_factory=dict)
    countries: Mapping[str, Country] = field(default_factory=dict)
    country_figures: Mapping[str, Figure] = field(default_factory=dict)
    contributions: Mapping[str, tuple[Contribution, ...]] = field(default_factory=dict)
    exchange_rates: Mapping[str, Figure] = field(default_factory=dict)
    laws: tuple[Law, ...] = ()
    country: str = ""
    borrowed: Mapping[str, str] = field(default_factory=dict)
    origin: Snapshot | None = None
    own: tuple[tuple[str, tuple[float, float, float]], ...] = ()

    def central(self, figure_id: str) -> float:
        return self.figures[figure_id].central

    def published(self, figure_id: str) -> float:
        """The central value of the evidence, also where the manager replaced it."""
        return self.replaced.get(figure_id, self.figures[figure_id]).central

    @property
    def yardstick_share(self) -> str:
        """The figure of the productive hours that measure the work of all options."""
        return f"productive_share.{self.yardstick}"

    def wage_ratio(self, location: str) -> float:
        """Local ÷ national median pay, both from the same release; 1 where no wages by area are known."""
        wage = self.wages.get(location)
        return 1.0 if wage is None else wage.p50 / self.national_wages[wage.valid_from].p50

    @cached_property
    def areas(self) -> dict[str, str]:
        """The name of each place where people are hired, by its code: countries, and areas whose wages are known."""
        return {country.id: country.name for country in self.countries.values()} | {
            id_: wage.area for id_, wage in self.wages.items()}

    @property
    def place(self) -> Country:
        """The country that the figures are about."""
        return self.countries[self.country]

    def laws_on(self, topic: str, location: str) -> tuple[Law, ...]:
        """The laws on a topic that apply where people are hired."""
        return tuple(law for law in self.laws if law.topic == topic and location in law.places)

    @property
    def employer_contributions(self) -> tuple[Contribution, ...]:
        """What an employer pays on top of a salary there; none where a figure, `load`, has all of it."""
        return self.contributions.get(self.country, ())

    @cached_property
    def rows_by_id(self) -> dict[str, Figure]:
        """The rows that can be replaced, those of other countries under their code, kept once they are made."""
        return {}

    @cached_property
    def by_country(self) -> dict[str, Snapshot]:
        """The evidence of other countries, kept once it is made."""
        return {}


@dataclass(frozen=True)
class Evidence:
    """All rows ever recorded. Nothing is overwritten, so the evidence of any date can be looked up again."""

    figures: tuple[Figure, ...]
    wages: tuple[Wage, ...]
    options: tuple[Option, ...]
    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...]
    sources: Mapping[str, Source]
    claims: tuple[Claim, ...]
    countries: tuple[Country, ...] = ()
    country_figures: tuple[Figure, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    exchange_rates: tuple[Figure, ...] = ()
    laws: tuple[Law, ...] = ()

    @property
    def dates(self) -> tuple[date, ...]:
        """The days on which rows were recorded, oldest first."""
        tables: tuple[Iterable[Figure | Wage | Contribution], ...] = (
            self.figures, self.wages, self.country_figures, self.contributions, self.exchange_rates)
        return tuple(sorted({row.recorded for table in tables for row in table}))

    def as_of(self, day: date) -> Snapshot:
        """What was known on `day`: the newest row of each id that was recorded and valid by then. Its date is that of
        the last row recorded by then, so the same evidence has the same date. A figure that nobody had recorded by
        then, because the model did not need it yet, is taken from its first row.

        Raises ValueError when `day` is before the first row.
        """
        if day < self.dates[0]:
            raise ValueError(f"The evidence begins on {self.dates[0]}; nothing was recorded by {day}.")
        wages = sorted((row for row in self.wages if row.recorded <= day), key=lambda row: row.recorded)
        paid = _first(self.contributions) | _newest(self.contributions, day)
        return Snapshot(
            as_of=max(known for known in self.dates if known <= day),
            figures=_first(self.figures) | _newest(self.figures, day),
            wages=_newest(self.wages, day),
            national_wages={row.valid_from: row for row in wages if row.area_type == "nation"},
            options=self.options,
            yardstick=next((option.id for option in self.options if option.yardstick), ""),
            criteria=self.criteria,
            rules=self.rules,
            sources=self.sources,
            claims=self.claims,
            countries={country.id: country for country in self.countries},
            country_figures=_first(self.country_figures) | _newest(self.country_figures, day),
            contributions={country.id: tuple(it for it in paid.values() if it.country == country.id)
                           for country in self.countries},
            exchange_rates=_first(self.exchange_rates) | _newest(self.exchange_rates, day),
            laws=self.laws,
            country=next((country.id for country in self.countries if country.is_base), ""),
        )


def _newest(rows: tuple[Dated, ...], day: date) -> dict[str, Dated]:
    known = [row for row in rows if row.recorded <= day and row.valid_from <= day]
    return {row.id: row for row in sorted(known, key=lambda row: (row.valid_from, row.recorded))}


def _first(rows: tuple[Dated, ...]) -> dict[str, Dated]:
    return {row.id: row for row in sorted(rows, key=lambda row: (row.recorded, row.valid_from), reverse=True)}
