"""Amounts of several currencies shown in one: at which rates, and of which day."""

from __future__ import annotations

from collections.abc import Iterable

from hiring.model.countries import DOLLAR
from hiring.model.evidence import Snapshot
from hiring.model.money import name_of, sign_of
from hiring.text.currencies import Currency
from hiring.text.formatting import day, join_words


def exchanged(shown: str, codes: Iterable[str], evidence: Snapshot) -> str:
    """That amounts of the currencies `codes` are shown in the currency `shown`, at which rates, and of which days.
    Empty where it is that of all."""
    others = sorted({*codes} - {shown})
    if not others:
        return ""
    rates = [evidence.exchange_rates[code] for code in (shown, *others) if code != DOLLAR]
    named = join_words([f"{sign_of(rate.id)}{rate.central:,.10g} ({day(rate.valid_from)})" for rate in rates])
    return f"All amounts are shown in {name_of(shown)}. One US dollar is {named}."


def changed(old: str, new: str, before: Currency, after: Currency, evidence: Snapshot) -> str:
    """That the budget is now in another currency, at which rate and of which days."""
    rate = after.per_dollar / before.per_dollar
    days = {evidence.exchange_rates[it.code].valid_from for it in (before, after) if it.code != DOLLAR}
    return (f"Your budget of {old} is now {new}, in round numbers: {before.sign}1 is {after.sign}{rate:,.4g} "
            f"(rate of {join_words([day(it) for it in sorted(days)])}).")
