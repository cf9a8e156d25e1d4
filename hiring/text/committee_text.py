"""A list of projects for a committee: a line a project, and what they typically cost by year and currency.

Amounts are in the currency of each project, in whole units or thousands that add up as they are shown. A star marks
what rests on an answer that the list does not say; totals and headlines leave it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from hiring import evidence_as_of
from hiring.model.acceptability import whole
from hiring.model.countries import per_dollar
from hiring.model.decision import MIX, NONE_FITS, Decision
from hiring.model.portfolio import Answer
from hiring.text import verdict_text
from hiring.text.currencies import Currency, amounts_in
from hiring.text.formatting import counted, lower_first, money_range, of_hundred, release_range, short_date_of
from hiring.text.portfolio_text import HALF, LEGEND, STAR, has_limits, is_size_assumed, said_limits

HEADS = ("Project", "Answer", "Keeps limits", "Typical cost", "Likely range", "First release", "Best mix",
         "Main caution")
THOUSANDS_FROM = 10_000  # of the smallest cost of a currency
NO_LIMIT, NO_MIX, NO_CAUTION, NO_NAME = "no limit given", "none", "none found", "Without a name"
IS_ANSWER = "the answer"  # in place of a mix that is


class Line(NamedTuple):
    """A project: its cells as they are shown, without their stars, under `HEADS`; the cells that have one; and behind
    them the share within the limits (None without limits), the typical cost and range in the project's currency, and
    the first release in months."""

    cells: tuple[str, ...]
    starred: frozenset[str]
    currency: Currency
    keep_share: float | None
    typical: int
    low: float
    high: float
    release: float

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells with their stars."""
        return tuple(f"{cell}{STAR if head in self.starred else ''}"
                     for head, cell in zip(HEADS, self.cells, strict=True))


class Total(NamedTuple):
    """What the projects of one currency typically cost by years, in `unit` of it. Both the years and the typical costs
    of the lines without a star add up to `total`."""

    currency: Currency
    unit: int
    projects: int
    years: tuple[int, ...]
    total: int

    def text(self, amount: int) -> str:
        """An amount as it is shown: €412k, $5,612."""
        return _amount(self.currency, self.unit, amount)


class Committee(NamedTuple):
    """The whole: its headline, a line for each project, totals by currency, the heads of their years, and notes."""

    headline: str
    lines: tuple[Line, ...]
    totals: tuple[Total, ...]
    years: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def total_rows(self) -> list[tuple[str, ...]]:
        """The totals as they are shown: who, each year, and all."""
        return [(f"{it.currency.code}, {counted(it.projects, 'project')}", *map(it.text, it.years), it.text(it.total))
                for it in self.totals]


def main_caution(decision: Decision) -> str:
    """The title of the first caution about the answer, or about the nearest plan where none fits."""
    return next((it.title for it in verdict_text.cautions(decision) if decision.nearest in it.plans), "")


def committee(answers: Sequence[Answer], cautions: Sequence[str], day: date | None) -> Committee:
    """The result of a list, of which months count from `day`."""
    units = {code: _unit(code, answers) for code in sorted({answer.currency for answer in answers})}
    totals, typical = [], dict[int, int]()
    last = max((len(answer.typical_years) for answer in answers), default=0)
    for code, unit in units.items():
        currency = _currency(code)
        said = {place: answer for place, answer in enumerate(answers)
                if answer.currency == code and not is_size_assumed(answer)}
        amounts = {str(place): currency.amount(answer.cost_usd[1]) / unit for place, answer in said.items()}
        total = sum(amounts.values())
        typical |= {int(place): amount for place, amount in whole(amounts, total).items()}
        years = {str(year): sum(currency.amount(answer.typical_years[year]) for answer in said.values()
                                if year < len(answer.typical_years)) / unit for year in range(last)}
        if said:
            totals.append(Total(currency, unit, len(said), tuple(whole(years, total).values()), round(total)))
    lines = tuple(_line(answer, caution, day, units[answer.currency], typical.get(place))
                  for place, (answer, caution) in enumerate(zip(answers, cautions, strict=True)))
    heads = tuple(f"Year {year}" if day is None else f"Year {year} (to {short_date_of(day, 12 * year)})"
                  for year in range(1, last + 1))
    return Committee(headline(answers), lines, tuple(totals), heads, tuple(_notes(answers, lines)))


def headline(answers: Sequence[Answer]) -> str:
    """How many projects have each limit in the list itself, and how many of these keep it: 9 of 14 have a budget; 6 of
    these keep it in at least half of the simulations."""
    parts = [_counted(answers, name, noun) for name, noun in (("budget_usd", "a budget"),
                                                               ("deadline_months", "a deadline"))]
    found = [part for part in parts if part]
    return ". ".join(found) or f"None of {counted(len(answers), 'project')} has a budget or deadline in the list"


def _counted(answers: Sequence[Answer], name: str, noun: str) -> str:
    limited = [answer for answer in answers if name in said_limits(answer)]
    sized = [answer for answer in limited if not is_size_assumed(answer)]
    if not limited:
        return ""
    has = f"{len(limited):,} of {len(answers):,} {'has' if len(limited) == 1 else 'have'} {noun}"
    rest = len(limited) - len(sized)
    if not sized:
        return f"{has}, but not the size of the project"
    keeping = sum(said_limits(answer)[name] >= HALF for answer in sized)
    whose = f"the {len(sized):,} with a size" if rest else "these"
    keep = f"none of {whose} keeps" if not keeping else f"{keeping:,} of {whose} {'keeps' if keeping == 1 else 'keep'}"
    return f"{has}; {keep} it in at least half of the simulations"


def _line(answer: Answer, caution: str, day: date | None, unit: int, typical: int | None) -> Line:
    currency = _currency(answer.currency)
    low, middle, high = map(currency.amount, answer.cost_usd)
    if typical is None:
        typical = round(middle / unit)
    fits, is_limited = answer.verdict != NONE_FITS, has_limits(answer)
    with amounts_in(currency):
        likely = money_range(answer.cost_usd[0], answer.cost_usd[2])
    cells = (answer.project or NO_NAME, answer.label if fits else f"None fits; nearest: {lower_first(answer.label)}",
             f"in {of_hundred(answer.keep_share, (HALF,))} of 100" if is_limited else NO_LIMIT,
             _amount(currency, unit, typical), likely,
             release_range(day, answer.release_months[0], answer.release_months[2]),
             IS_ANSWER if answer.answer == MIX and fits else answer.mix or NO_MIX,
             caution or NO_CAUTION)
    starred = set(HEADS[1:7]) if is_size_assumed(answer) else set[str]()
    if cells[6] in (NO_MIX, IS_ANSWER):
        starred.discard("Best mix")
    given = {"budget_usd": answer.within_budget_share, "deadline_months": answer.on_time_share}
    if any(share is not None and name in answer.assumed for name, share in given.items()):
        starred.add("Keeps limits")
    if not is_limited:
        starred.discard("Keeps limits")
    return Line(cells, frozenset(starred), currency, answer.keep_share if is_limited else None, typical * unit, low,
                high, answer.release_months[1])


def _notes(answers: Sequence[Answer], lines: Sequence[Line]) -> list[str]:
    """How to read the table."""
    count = sum(map(is_size_assumed, answers))
    marks = [LEGEND] if any(line.starred for line in lines) else []
    marks += [f"{counted(count, 'project')} without developers or months in the list {'is' if count == 1 else 'are'} "
              "in no total and in no headline."] if count else []
    return [*marks, "Shares are of 100 simulations. Likely ranges hold 8 of 10. Typical costs are rounded so that they "
                    "add up. Where no plan fits, cost and release are those of the nearest."]


def _unit(code: str, answers: Sequence[Answer]) -> int:
    currency = _currency(code)
    least = min(currency.amount(answer.cost_usd[1]) for answer in answers if answer.currency == code)
    return 1_000 if least >= THOUSANDS_FROM else 1


def _currency(code: str) -> Currency:
    return Currency(code, per_dollar(code, evidence_as_of().exchange_rates))


def _amount(currency: Currency, unit: int, amount: int) -> str:
    return f"{currency.sign}{amount:,}{'k' if unit == 1_000 and amount else ''}"
