"""Matter: what a brief is written from, and the words for its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hiring.documents.brief.next_steps import NextSteps
from hiring.evidence.brief_catalog import Catalog, Choice
from hiring.model.decision import Decision
from hiring.model.evidence import Figure, Option
from hiring.model.needs import NEEDS, ProjectNeeds, plain
from hiring.model.schedule import HOURS_A_WEEK, WEEKS_A_MONTH
from hiring.model.simulation import Outcome, pay_id, scaled_by_place
from hiring.text.formatting import spelled


@dataclass(frozen=True)
class Matter:
    """What a brief is written from: the decision, one option's outcome and steps, and the choices made."""

    decision: Decision
    outcome: Outcome
    following: NextSteps
    catalog: Catalog
    chosen: frozenset[str]

    @property
    def option(self) -> Option:
        return self.outcome.option

    @property
    def needs(self) -> ProjectNeeds:
        return self.decision.needs

    @property
    def pay(self) -> Figure:
        """The row of pay that the option is priced with."""
        return self.decision.evidence.figures[pay_id(self.option, self.needs)]

    @property
    def place_ratio(self) -> float:
        """What the range of pay is scaled by for the place of hiring."""
        evidence = self.decision.evidence
        is_scaled = scaled_by_place(self.option, self.needs, evidence)
        return evidence.wage_ratio(self.needs.location) if is_scaled else 1.0

    def group(self, group: str) -> tuple[Choice, ...]:
        """The choices of a group that were made and are for the option."""
        return tuple(it for it in self.catalog.group(group, self.option.id) if it.id in self.chosen)

    def texts(self, group: str) -> tuple[str, ...]:
        return tuple(it.text for it in self.group(group))


def pay_range(matter: Matter) -> str:
    """Low to high of the option's row of pay, for the place: a salary in whole thousands, a rate in dollars."""
    row, is_yearly = matter.pay, matter.pay.unit == "USD per year"
    ends = (round(number * matter.place_ratio, -3 if is_yearly else 0) for number in (row.low, row.high))
    low, high = (f"${number:,.0f}" for number in ends)
    per = "a year" if is_yearly else "an hour"
    return f"{low} {per}" if low == high else f"{low} to {high} {per}"


def place(matter: Matter) -> str:
    """Where the people sit."""
    if not matter.option.outside:
        return matter.decision.evidence.wages[matter.needs.location].area
    return NEEDS["talent_region"].choices[matter.needs.talent_region]


def posts(matter: Matter) -> str:
    """The posts to fill: two full-time backend developers and one for 20 hours a week."""
    whole, part = divmod(matter.outcome.paid_heads, 1)
    full = f"{count(whole)} full-time backend developer{'' if whole == 1 else 's'}"
    if not part:
        return full
    return f"{full} and one for {weekly_hours(part)}" if whole else f"a backend developer for {weekly_hours(part)}"


def developers(heads: float) -> str:
    """Two full-time developers, or one developer for so many hours a week."""
    shown = count(heads)
    if heads < 1 and shown != "one":
        return f"one developer for {weekly_hours(heads)}"
    return f"{shown} full-time developer{'' if shown == 'one' else 's'}"


def weekly_hours(heads: float) -> str:
    hours = max(1, round(heads * HOURS_A_WEEK))
    return f"about {hours} hour{'' if hours == 1 else 's'} a week"


def months(number: float) -> str:
    """About 6 months, or about 3 weeks."""
    if number < 1.5:
        weeks = max(1, round(number * WEEKS_A_MONTH))
        return f"about {weeks} week{'' if weeks == 1 else 's'}"
    return f"about {plain(round(number, 1))} months"


def count(number: float) -> str:
    """A number to two decimals, up to nine in words."""
    return spelled(round(number, 2))


def from_today(matter: Matter, weeks: float) -> date:
    return matter.following.today + timedelta(weeks=weeks)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
