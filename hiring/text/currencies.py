"""Currencies: what amounts are shown in. The model counts in US dollars; only the shown amounts are converted.

Symbols are those that Babel gives a reader of American English: $ for US dollars alone, CA$, £, €, and PLN where no
sign is common.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import NamedTuple, TypeVar

from hiring.model.countries import DOLLAR, currency_code, in_currency, per_dollar
from hiring.model.decision import Decision
from hiring.model.draws import Array
from hiring.model.evidence import OWN, Figure, Snapshot
from hiring.model.money import name_of, sign_of
from hiring.model.needs import Need, ProjectNeeds

Amount = TypeVar("Amount", float, Array)

class Currency(NamedTuple):
    """A currency by its ISO 4217 code, and how many units of it a US dollar is."""

    code: str = DOLLAR
    per_dollar: float = 1.0

    @property
    def sign(self) -> str:
        """What an amount follows directly: $, £, CA$, or PLN and a space that does not break."""
        return sign_of(self.code)

    @property
    def name(self) -> str:
        """In the plural: US dollars, British pounds."""
        return name_of(self.code)

    def amount(self, usd: Amount) -> Amount:
        return usd * self.per_dollar


DOLLARS = Currency()


def typed(currency: Currency, usd: float) -> float:
    """An amount as it was typed in a currency: without what is lost on the way to dollars and back."""
    return usd if currency == DOLLARS else round(currency.amount(usd), 2)


def exchanged_budget(usd: float, asked: Need, currency: Currency) -> float:
    """A budget in US dollars in the currency that it is asked for in, rounded as people round: to three digits."""
    return min(max(float(f"{currency.amount(usd):.3g}"), asked.low), asked.high)


def is_same_money(one: float, of_one: Currency, other: float, of_other: Currency) -> bool:
    """Whether two amounts in US dollars are one, or one is the other as exchanged and rounded."""
    def is_rounded(usd: float, rounded: float, currency: Currency) -> bool:
        amount = currency.amount(rounded)
        return math.isclose(amount, float(f"{currency.amount(usd):.3g}"), rel_tol=1e-9)

    return math.isclose(one, other, rel_tol=1e-9) or (of_one != of_other and (
        is_rounded(one, other, of_other) or is_rounded(other, one, of_one)))


_shown: ContextVar[Currency] = ContextVar("currency", default=DOLLARS)


def currency_of(needs: ProjectNeeds, evidence: Snapshot) -> Currency:
    """The currency of a project: the one that was picked, else that of the country where people are hired.

    Raises KeyError for a currency without an exchange rate.
    """
    code = currency_code(evidence, needs)
    return Currency(code, per_dollar(code, evidence.exchange_rates))


def of(decision: Decision) -> Currency:
    """The currency of a decision's project."""
    return currency_of(decision.needs, decision.evidence)


def shown() -> Currency:
    """The currency that amounts are shown in now."""
    return _shown.get()


@contextmanager
def amounts_in(currency: Currency) -> Iterator[None]:
    """Amounts are shown in this currency inside the block, in this thread alone."""
    token = _shown.set(currency)
    try:
        yield
    finally:
        _shown.reset(token)


def shown_evidence(evidence: Snapshot) -> Snapshot:
    """The evidence with its amounts in the currency that amounts are shown in, those of the manager to the cent."""
    code, rates = shown().code, evidence.exchange_rates

    def there(figure: Figure) -> Figure:
        return in_currency(figure, code, rates) if figure.kind == OWN else exchanged(figure, code, rates)

    return replace(evidence, figures={id_: there(figure) for id_, figure in evidence.figures.items()},
                   replaced={id_: there(figure) for id_, figure in evidence.replaced.items()})


def exchanged(figure: Figure, code: str, rates: Mapping[str, Figure]) -> Figure:
    """The figure in a currency; an amount that was exchanged is whole from 1,000 and has four digits below. Raises
    KeyError for a currency without a rate."""
    def short(amount: float) -> float:
        return float(f"{amount:.0f}" if amount >= 1_000 else f"{amount:.4g}")

    found = in_currency(figure, code, rates)
    return figure if found is figure else replace(
        found, low=short(found.low), central=short(found.central), high=short(found.high))
