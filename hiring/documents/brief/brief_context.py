"""What a brief is written from, and the wording of its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hiring.documents.brief.next_steps import NextSteps
from hiring.evidence.brief_catalog import Catalog, Choice
from hiring.model import countries
from hiring.model.decision import Decision
from hiring.model.evidence import OWN, Figure, Option
from hiring.model.needs import LOCAL, NEEDS, ProjectNeeds, plain
from hiring.model.option_draws import pay_id, scaled_by_place
from hiring.model.rules import Case
from hiring.model.schedule import HOURS_A_WEEK, WEEKS_A_MONTH
from hiring.text import currencies, figure_names
from hiring.text.formatting import counted, spelled


@dataclass(frozen=True)
class BriefContext:
    """What a brief is written from: the decision, one option's part and next steps, and the selected choices."""

    decision: Decision
    case: Case
    next_steps: NextSteps
    catalog: Catalog
    selected: frozenset[str]

    @property
    def option(self) -> Option:
        return self.case.option

    @property
    def partner(self) -> Option | None:
        """The other option of the mix that this one is part of."""
        return next((it for it in self.case.outcome.plan.options if it != self.option), None)

    @property
    def heads(self) -> float:
        """Positions to fill first: for the build, or for upkeep where others build."""
        return self.case.paid_heads or self.case.outcome.upkeep_heads

    @property
    def needs(self) -> ProjectNeeds:
        return self.decision.needs

    @property
    def pay(self) -> Figure:
        """The row of pay that the option is priced with."""
        return self.decision.evidence.figures[pay_id(self.option, self.needs, self.decision.evidence)]

    @property
    def pay_currency(self) -> str:
        """The currency that the row of pay was published in."""
        evidence, row = self.decision.evidence, self.pay
        if evidence.origin and row.id in countries.pay(evidence):
            _, row = countries.row_for(evidence.origin, evidence.place, row.id)
        return countries.currency_of(row)

    @property
    def wage_ratio(self) -> float:
        """What the pay range is multiplied by for the location."""
        evidence = self.decision.evidence
        is_scaled = scaled_by_place(self.option, self.needs, evidence)
        return evidence.wage_ratio(self.needs.location) if is_scaled else 1.0

    def group(self, group: str) -> tuple[Choice, ...]:
        """The selected choices of a group that apply to the option."""
        return tuple(choice for choice in self.offered(group) if choice.id in self.selected)

    def offered(self, group: str) -> tuple[Choice, ...]:
        """The choices of a group that apply to the option and to where people are hired."""
        return self.catalog.group(group, self.option.id, self.needs.location)

    def texts(self, group: str) -> tuple[str, ...]:
        return tuple(choice.text for choice in self.group(group))


def pay_range(context: BriefContext) -> str:
    """Low to high of the option's pay in the location, as in its row. What was exchanged or scaled is rounded: a salary
    to whole thousands, a rate to whole units of the currency. Where freelancers quote a day, it is for eight hours."""
    row, shown = context.pay, currencies.shown()
    is_yearly, is_of_row = row.unit == "USD per year", row.kind == OWN or context.pay_currency == shown.code
    is_daily = not is_yearly and not context.option.by_proposal and context.decision.evidence.place.rate_per == "day"
    hours = HOURS_A_WEEK / 5 if is_daily else 1
    ends = [shown.amount(number) * context.wage_ratio * hours for number in (row.low, row.high)]
    is_exact = is_of_row and context.wage_ratio == 1 and not is_daily
    rounded = [round(number, 2 if is_exact else -3 if is_yearly else 0) for number in ends]
    low, high = (f"{shown.sign}{number:,.{0 if number.is_integer() else 2}f}" for number in rounded)
    per = "a year" if is_yearly else "a day" if is_daily else "an hour"
    return f"{low} {per}" if low == high else f"{low} to {high} {per}"


def work_location(context: BriefContext) -> str:
    """Where the people work."""
    evidence = context.decision.evidence
    if not context.option.outside:
        return figure_names.place(evidence, context.needs.location)
    if context.needs.talent_region == LOCAL:
        return f"In our country, {evidence.countries[context.needs.country].noun}"
    return NEEDS["talent_region"].choices[context.needs.talent_region]


def positions(context: BriefContext) -> str:
    """The positions to fill: two full-time backend developers and one for 20 hours a week."""
    whole, part = divmod(round(context.heads, 2), 1)
    full = f"{count(whole)} full-time backend developer{'' if whole == 1 else 's'}"
    if not part:
        return full
    return f"{full} and one for {weekly_hours(part)}" if whole else f"a backend developer for {weekly_hours(part)}"


def developers(heads: float) -> str:
    """Two full-time developers, or one developer for some hours a week."""
    text = count(heads)
    if heads < 1 and text != "one":
        return f"one developer for {weekly_hours(heads)}"
    return f"{text} full-time developer{'' if text == 'one' else 's'}"


def weekly_hours(heads: float) -> str:
    return f"about {counted(max(1, round(heads * HOURS_A_WEEK)), 'hour')} a week"


def months(number: float) -> str:
    """About 6 months, or about 3 weeks."""
    if number < 1.5:
        return f"about {counted(max(1, round(number * WEEKS_A_MONTH)), 'week')}"
    return f"about {plain(round(number, 1))} months"


def count(number: float) -> str:
    """A number to two decimals, up to nine in words."""
    return spelled(round(number, 2))


def asked_day(context: BriefContext, weeks: float) -> date:
    """The day so many weeks from the day from which the needs count."""
    return context.next_steps.from_day + timedelta(days=round(weeks * 7))


def capitalized(text: str) -> str:
    """The text with a capital first letter and the rest unchanged."""
    return text[:1].upper() + text[1:]
