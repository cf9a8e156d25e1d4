"""Money as people type it: the signs and words of each currency. Names are those of Babel.

A sign or word that several currencies share, such as $, means a currency only where it is said to.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context
from functools import cache

from babel.core import Locale
from babel.numbers import get_currency_name, get_currency_symbol

from hiring.model.amounts import BY_LAKHS, MULTIPLES, Measure, multiple_and_unit, split

LANGUAGE = "en_US"
SIGNS = {"us$": "USD", "c$": "CAD", "au$": "AUD", "zł": "PLN"}  # beside those of Babel
SHARED = {"$": "dollars", "dollars": "dollars", "dollar": "dollars", "rs": "rupees", "rupees": "rupees",
          "rupee": "rupees", "kr": "kronor or kroner", "¥": "yen or yuan"}  # by several currencies
LAKHS = frozenset(("BDT", "INR", "LKR", "NPR", "PKR"))  # whose amounts are grouped as in 25,00,000


@cache
def name_of(code: str) -> str:
    """The name of a currency in the plural: US dollars, British pounds; its code where it has none."""
    return get_currency_name(code, count=2, locale=LANGUAGE)


@cache
def sign_of(code: str) -> str:
    """What an amount of a currency follows directly: $, £, CA$, or PLN and a space that does not break."""
    symbol = get_currency_symbol(code, locale=LANGUAGE)
    return f"{symbol}\N{NO-BREAK SPACE}" if symbol[-1].isalpha() else symbol


@cache
def money_in(code: str, symbols: tuple[str, ...], country: str = "") -> Measure:
    """Amounts of the currency `code`. `symbols` are the signs that mean it where it is typed, in a country by its ISO
    3166 code: a shared one that is not among them is asked about."""
    name, sign = name_of(code), sign_of(code)
    given = {symbol.lower() for symbol in symbols}
    kinds = name.split()[-1]
    may_mean = {word for word, shared in SHARED.items() if kinds in shared.split(" or ")}
    own = {code.lower(), *given, *_words(code), *(sign for sign, other in SIGNS.items() if other == code)}
    unclear = frozenset() if given & may_mean else frozenset(may_mean)
    own = (own | may_mean) - unclear
    others = {word: other for word, other in _names().items() if word not in own | unclear}
    return Measure(name, "25,00,000, 25 lakh or 1.2M" if code in LAKHS else "600,000, 150k or 1.2M",
                   sign if sign.strip().lower() in own else f"{code}\N{NO-BREAK SPACE}", tuple(sorted(own)),
                   is_large=True, others=others, unclear=unclear, has_lakhs=code in LAKHS,
                   has_decimal_comma=bool(country) and _has_decimal_comma(country))


def _has_decimal_comma(country: str) -> bool:
    """Whether people in a country write a comma before decimals, in the language that is most common there."""
    return bool(Locale.parse(f"und_{country.upper()}").number_symbols["latn"]["decimal"] == ",")


def bounds_in(low: float, high: float, per_unit: float) -> tuple[float, float]:
    """Bounds in another unit, of which `per_unit` make one: of two digits, and inside of the bounds."""
    if per_unit == 1:
        return low, high
    return (float(Context(2, ROUND_CEILING).create_decimal_from_float(low * per_unit)),
            float(Context(2, ROUND_FLOOR).create_decimal_from_float(high * per_unit)))


def code_of(text: str) -> str | None:
    """The code of the currency that a sign, a word or a code means; None where it can mean several or none."""
    return _codes().get(" ".join(text.split()).lower())


def currency_in(text: str) -> str | None:
    """The code of the currency whose sign or word is beside a number; empty where there is none, None where it can mean
    several or means none that is known."""
    parts = split(" ".join(text.split()))
    unit = multiple_and_unit(parts.after, {**MULTIPLES, **BY_LAKHS})[1] if parts else ""
    words = {word.strip().lower() for word in (parts.before, unit)} - {""} if parts else set()
    found = {_codes()[word] for word in words if word in _codes()}
    if len(found) == 1 and all(word in _codes() or word in SHARED for word in words):
        return found.pop()
    return None if words else ""


@cache
def _codes() -> dict[str, str]:
    """The code of a currency by each sign and word, in lower case, that means it alone."""
    codes = list(Locale.parse(LANGUAGE).currencies)
    found = {"euro": "EUR", "pounds": "GBP", "pound": "GBP", "zlotys": "PLN"}
    for code in codes:
        found |= dict.fromkeys((code.lower(), name_of(code).lower(), sign_of(code).strip().lower()), code)
    return {word: code for word, code in (found | SIGNS).items() if word not in SHARED}


@cache
def _names() -> dict[str, str]:
    """The name of a currency in the plural by each sign and word, in lower case; of those that several share, what they
    have in common."""
    words = {word: name_of(code).split()[-1] for code in Locale.parse(LANGUAGE).currencies for word in _words(code)}
    return words | {word: name_of(code) for word, code in _codes().items()} | SHARED


@cache
def _words(code: str) -> frozenset[str]:
    """The names of a currency in lower case, one and many, in full and their last words."""
    names = {get_currency_name(code, count=count, locale=LANGUAGE).lower() for count in (1, 2)}
    return frozenset(names | {name.split()[-1] for name in names}) - SHARED.keys()
