"""Amounts of several currencies shown in one: at which rates, and of which day."""

from __future__ import annotations

from collections.abc import Iterable

from hiring.model.countries import DOLLAR, exchange
from hiring.model.evidence import Snapshot
from hiring.model.money import name_of, sign_of
from hiring.text.currencies import Currency
from hiring.text.formatting import day, exact_money, join_words


def exchanged(shown: str, codes: Iterable[str], evidence: Snapshot) -> str:
    """That amounts of the currencies `codes` are shown in the currency `shown`, at which rates, and of which days.
    Empty where it is that of all."""
    others = sorted({*codes} - {shown})
    if not others:
        return ""
    rates = join_words([_rate(code, shown, evidence) for code in others])
    return f"All amounts are shown in {name_of(shown)}: {rates} ({_days((shown, *others), evidence)})."


def changed(usd: float, amount: float, before: Currency, after: Currency, evidence: Snapshot) -> str:
    """That a budget in US dollars is now an amount of another currency than before, at which rate and of which days."""
    old, new = exact_money(usd, before), exact_money(amount / after.per_dollar, after)
    return (f"Your budget of {old} is now {new}, in round numbers: {_rate(before.code, after.code, evidence)} "
            f"({_days((before.code, after.code), evidence)}).")


def _rate(one: str, other: str, evidence: Snapshot) -> str:
    """What one unit of a currency is in another."""
    return f"{sign_of(one)}1 is {sign_of(other)}{exchange(1, one, other, evidence.exchange_rates):,.4g}"


def _days(codes: Iterable[str], evidence: Snapshot) -> str:
    """Of which days the rates of currencies are."""
    days = sorted({evidence.exchange_rates[code].valid_from for code in codes if code != DOLLAR})
    return f"rate of {join_words([day(it) for it in days])}"
