"""Evidence: every number that is not a need, with its range, dates, kind, quality and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
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


Dated = TypeVar("Dated", Figure, Wage)


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
    """What options are compared on. `ahead` completes "It …" for the better one; `weak` describes the worse one."""

    id: str
    label: str
    meaning: str
    ahead: str
    weak: str


@dataclass(frozen=True)
class Rule:
    """The words of a caution; `options` are those it can apply to."""

    id: str
    options: tuple[str, ...]
    title: str
    sentence: str
    figures: tuple[str, ...]
    source: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """What a source says, in our words."""

    id: str
    topic: str
    criterion: str
    option: str
    claim: str
    source: tuple[str, ...]
    locator: str


@dataclass(frozen=True)
class Snapshot:
    """The evidence as known on one date. If the manager's own figures replace rows of the evidence, `replaced`
    keeps those rows. `yardstick` is the id of the option that the others are measured by."""

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
        """Local ÷ national median pay, both from the same release."""
        wage = self.wages[location]
        return wage.p50 / self.national_wages[wage.valid_from].p50


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

    @property
    def dates(self) -> tuple[date, ...]:
        """The days on which rows were recorded, oldest first."""
        recorded = {figure.recorded for figure in self.figures} | {wage.recorded for wage in self.wages}
        return tuple(sorted(recorded))

    def as_of(self, day: date) -> Snapshot:
        """What was known on `day`: the newest row of each id that was recorded and valid by then. Its date is that of
        the last row recorded by then, so the same evidence has the same date. A figure that nobody had recorded by
        then, because the model did not need it yet, is taken from its first row.

        Raises ValueError when `day` is before the first row.
        """
        if day < self.dates[0]:
            raise ValueError(f"The evidence begins on {self.dates[0]}; nothing was recorded by {day}.")
        wages = sorted((row for row in self.wages if row.recorded <= day), key=lambda row: row.recorded)
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
        )


def _newest(rows: tuple[Dated, ...], day: date) -> dict[str, Dated]:
    known = [row for row in rows if row.recorded <= day and row.valid_from <= day]
    return {row.id: row for row in sorted(known, key=lambda row: (row.valid_from, row.recorded))}


def _first(rows: tuple[Figure, ...]) -> dict[str, Figure]:
    return {row.id: row for row in sorted(rows, key=lambda row: (row.recorded, row.valid_from), reverse=True)}
