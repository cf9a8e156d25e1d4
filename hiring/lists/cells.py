"""Cells as people write them, read by a strict grammar: `$120k`, `6 months`, `2 FTE`, `Q3 2027`, `Mostly clear`, `✓`.

A cell has one value or a sentence that says what to enter. Where a text can mean two things, such as 1.200 or 3/4/2027,
both are found; the bounds of the need, or what is known of its column, decide. If neither does, nothing is guessed.
Amounts of money are read by `hiring.model.amounts`, as in the form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from babel.dates import get_month_names
from babel.numbers import NumberFormatError, parse_decimal

from hiring.lists.list_reader import heading_key
from hiring.lists.reader_process import Number
from hiring.model import amounts, countries
from hiring.model.amounts import AmountError
from hiring.model.evidence import Snapshot
from hiring.model.needs import (
    CHOICE,
    DEVELOPERS,
    MONTHS,
    NUMBER,
    WEEKS,
    YES_NO,
    EntryError,
    Need,
    Problem,
    checked,
    shown,
)
from hiring.model.schedule import DAYS_A_MONTH, WEEKS_A_MONTH

LANGUAGES = ("en", "de", "fr")
COUNTRY, AREA = "country", "area"
DAY_FIRST, MONTH_FIRST = "day first", "month first"
POINT, COMMA = ".", ","
LOCALES = {"en_US": POINT, "de_DE": COMMA}  # the grammars of numbers with each decimal sign
LONGEST = 60  # characters of a cell that holds a number, a date or a choice
DAYS, WORKING_DAYS = "days", "working days"
UNITS = {  # of time, in months; days can be working days too
    "years": 12.0, "months": 1.0, "weeks": 1 / WEEKS_A_MONTH, DAYS: 1 / DAYS_A_MONTH,
    WORKING_DAYS: 1 / (5 * WEEKS_A_MONTH)}
UNIT_WORDS = {
    "years": "y yr yrs year years jahr jahre jahren an ans année années annee annees a",
    "months": "m mo mos mon mth mths mnth month months monat monate monaten mois",
    "weeks": "w wk wks week weeks woche wochen sem semaine semaines",
    DAYS: "d day days tag tage tagen jour jours",
    WORKING_DAYS: "workdays arbeitstage arbeitstag"}
TIME = {word: unit for unit, words in UNIT_WORDS.items() for word in words.split()}
MULTIPLES = {"thousands": 10**3, "millions": 10**6}  # of money, as the heading of a column says
PEOPLE = frozenset(("fte", "ftes", "dev", "devs", "developer", "developers", "engineer", "engineers", "people",
                    "person", "persons", "head", "heads", "headcount", "programmers", "staff", "entwickler",
                    "entwicklerin", "personen", "leute", "vzä", "vzae", "développeurs", "développeur", "personnes",
                    "personne", "etp"))
NOTHING = frozenset(("", "-", "--", "–", "—", "n/a", "n.a.", "na", "none", "nil", "null", "nan", "n. a.", "k.a.",
                     "k. a.", "keine", "keins", "aucun", "aucune", "s.o."))
YES = frozenset(["yes", "y", "true", "1", "x", "✓", "✔", "☑", "✅", "ja", "j", "wahr", "oui", "o", "vrai"])
NO = frozenset(["no", "n", "false", "0", "✗", "✘", "☐", "❌", "nein", "falsch", "non", "faux"])
_PLAIN = re.compile(r"[-+]?\d{1,30}(\.\d{1,30})?(e[-+]?\d{1,3})?", re.ASCII | re.IGNORECASE)
_TWO_MEANINGS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_NUMBER = re.compile(r"[-+]?[.,]?\d(?:[\d.,]*\d)?", re.ASCII)
_NO_CENTS = re.compile(r"\d([.,])[-–—]{1,2}(?!\d)")  # 90.000,-
_SPACED = re.compile(r"(?<=\d)[ '’\u00a0\u202f](?=\d{3}(?!\d))")
_PIECE = re.compile(r"(?P<number>[.,]?\d+(?:[.,]\d+)*) ?(?P<unit>[^\W\d_]+(?: (?!and|und|et)[^\W\d_]+)?)\.?[,;+&]? ?"
                    r"(?:and |und |et )?(?=[\d.,]|$)")
_RANGE = re.compile(r"(?P<first>[\d.,]*\d) ?\D{0,8}?(?:-|–|—|/|to|or|bis|oder|à|ou) ?(?P<last>\d[\d.,]*)\D{0,12}",
                    re.ASCII)
_ABOUT = re.compile(r"(?:[~≈<>≤≥±]|c\.|ca\.?|approx\.?|about|around|etwa|rund|env\.?|environ|max\.?|min\.?|up to|bis) ?"
                    r"(?P<number>[\d.,]*\d)\D{0,12}|(?P<more>\d[\d.,]*) ?\+.{0,10}", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_THREE = re.compile(r"(\d{1,2})(?P<sign>[./-])(\d{1,2})(?P=sign)(\d{4}|\d{2})", re.ASCII)
_DAY_NAMED = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?[ -]?([^\W\d_]{3,12})\.?,?[ -](\d{4}|\d{2})")
_NAMED_DAY = re.compile(r"([^\W\d_]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_NAMED = re.compile(r"(?:end of )?([^\W\d_]{3,12})\.?,?[ -](\d{4})")
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{1,2})[/.](\d{4})", re.ASCII)
_QUARTER = re.compile(r"(?:q|t)([1-4])[ /-]?(?:fy ?)?'?(\d{4}|\d{2})|(\d{4})[ /-]?(?:q|t)([1-4])|"
                      r"([1-4])(?:q|\. ?quartal)[ /-]?(\d{4}|\d{2})", re.ASCII)


@dataclass(frozen=True)
class How:
    """How the cells of a column are read where they don't say it themselves; an empty text where nothing is known.

    `unit` is one of `UNITS` or `MULTIPLES`, `currency` the code of one, `decimal` the decimal sign, `order` that of
    days and months in dates, and `place` whether a code that a country shares with an area means the one or the other.
    """

    unit: str = ""
    currency: str = ""
    decimal: str = ""
    order: str = ""
    place: str = ""


PLAIN = How()


class Period(NamedTuple):
    """The days that a date means: one, or the first and the last of a month or quarter."""

    first: date
    last: date


def read(need: Need, text: str, how: How, today: date | None) -> Any:
    """The value of a cell for a need that is no place, currency, text or amount of money. Dates are counted from
    `today`. Raises EntryError."""
    if need.kind == NUMBER:
        return _number(need, text, how, today)
    key = text.strip().casefold()
    if need.kind == YES_NO:
        return checked(need, "yes" if key in YES else "no" if key in NO else text)
    assert need.kind == CHOICE
    return checked(need, _choices(need).get(heading_key(text), text))


@lru_cache(maxsize=64)
def _choice_keys(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {heading_key(name): code for code, label in choices for name in (label, code)}


def _choices(need: Need) -> Mapping[str, str]:
    """The code of each choice by its code and its label, without case, spaces and signs."""
    return _choice_keys(tuple(need.choices.items()))


class TwoMeanings(EntryError):
    """A cell that can mean two things."""


def two_places(known: Snapshot, text: str) -> tuple[str, ...]:
    """The codes of the country and of the area that a code can mean, where it can mean both; else nothing."""
    country = text.strip().casefold()
    area = f"{(known.origin or known).country}-{country}"
    return (country, area) if country in known.countries and area in known.areas else ()


def place(known: Snapshot, text: str, *, is_current: bool = True) -> str:
    """The code of the place in a cell: as `countries.place` finds it, or the one metro area that has the city in its
    name. Raises EntryError."""
    try:
        return countries.place(known, text, is_current=is_current)
    except EntryError:
        city = " ".join(text.casefold().split())
        found = [code for code, name in known.areas.items() if city in name.partition(", ")[0].casefold().split("-")]
        if len(found) == 1 and len(city) > 2:
            return found[0]
        raise


def is_blank(text: str) -> bool:
    """Whether a cell says that there is nothing."""
    return text.strip().casefold() in NOTHING


# Numbers

def with_ascii_digits(text: str) -> str:
    """The text with digits of any script as 0 to 9, and the signs that Arabic numbers have of their own."""
    if text.isascii():
        return text
    signs = {"\u066b": ".", "\u066c": "\u202f", "\u00a0": " ", "\u2212": "-"}
    return "".join(signs.get(c, str(unicodedata.decimal(c)) if c.isdecimal() else c) for c in text)


def numbers(text: str) -> dict[str, Decimal]:
    """What digits mean with each decimal sign: 1.200 is 1.2 with a point and 1200 with a comma. Empty where they are no
    number."""
    typed = _SPACED.sub("", text)
    if len(typed) > LONGEST or not _NUMBER.fullmatch(typed):
        return {}
    if typed.isdigit():
        return dict.fromkeys((POINT, COMMA), Decimal(typed))
    if typed != text and sum(map(typed.count, ".,")) < 2:  # where spaces group the digits, the one sign is decimal
        return dict.fromkeys((POINT, COMMA), Decimal(typed.replace(",", ".")))
    found = {sign: _strict(typed, locale) for locale, sign in LOCALES.items()}
    return {sign: value for sign, value in found.items() if value is not None}


@lru_cache(maxsize=10_000)
def _strict(text: str, locale: str) -> Decimal | None:
    try:
        return parse_decimal(text, locale=locale, strict=True)
    except NumberFormatError:
        return None


def decimal_told(text: str) -> str:
    """The decimal sign that a cell can be read with alone; empty where it tells none."""
    if isinstance(text, Number) or len(text) > LONGEST:
        return ""
    typed = " ".join(with_ascii_digits(text).split())
    if no_cents := _NO_CENTS.search(typed):
        return no_cents[1]
    parts = amounts.split(typed)
    if parts is None or parts.number.isdigit():
        return ""
    found = numbers(parts.number)
    return next(iter(found)) if len(found) == 1 else ""


def is_number(text: str) -> bool:
    """Whether a cell holds a bare number."""
    return isinstance(text, Number) or bool(_PLAIN.fullmatch(text) or numbers(with_ascii_digits(text)))


def _values(text: str, how: How, is_plain: bool) -> list[float]:
    """What bare digits can mean: one value, or two."""
    if _PLAIN.fullmatch(text) and (is_plain or not _TWO_MEANINGS.fullmatch(text)) and (
            how.decimal != COMMA or is_plain or text.isdigit()):
        return [float(text)]
    found = numbers(text)
    decimal = POINT if is_plain else how.decimal
    return [float(value) for value in dict.fromkeys([found[decimal]] if decimal in found else found.values())]


def _number(need: Need, text: str, how: How, today: date | None) -> float | None:
    """Raises EntryError."""
    if need.optional and is_blank(text):
        return None
    typed = " ".join(with_ascii_digits(text).split()).casefold()
    if len(typed) > LONGEST:
        raise _refused(need, f"enter {need.wanted}", text)
    is_time = need.measure in (MONTHS, WEEKS)
    values = [_within(need, value * _scale(need, how.unit)) for value in _values(typed, how, isinstance(text, Number))]
    within = [value for value in values if value is not None]
    if len(within) == 1:
        return within[0]
    if len(within) > 1:
        raise _twofold(need, within, text)
    if not values and need.measure == DEVELOPERS:
        number, _, word = typed.partition(" ") if " " in typed else _split_word(typed)
        if word.replace(" ", "-").strip(".") in PEOPLE or word.split(" ")[-1] in PEOPLE:
            return _number(need, number, how, today)
    if not values and is_time:
        return _span(need, typed, text, how, today)
    raise _refused(need, _instead(need, typed), text)


def _split_word(typed: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"([\d.,]+)([^\W\d_]+)", typed)
    return (found[1], "", found[2]) if found else (typed, "", "")


def _within(need: Need, value: float) -> float | None:
    return value + 0.0 if need.low <= value <= need.high else None


def _scale(need: Need, unit: str) -> float:
    """What numbers of a column are multiplied by."""
    if need.measure in (MONTHS, WEEKS) and unit in UNITS:
        return _converted(1.0, unit, need)
    return float(MULTIPLES.get(unit, 1)) if need.measure is not None and need.measure.is_large else 1.0


def _converted(number: float, unit: str, need: Need) -> float:
    """So many of a unit of time in that of the need."""
    own = "weeks" if need.measure == WEEKS else "months"
    return number if unit == own else number * UNITS[unit] / UNITS[own]


def _instead(need: Need, typed: str) -> str:
    """What to enter, as the end of a sentence."""
    if between := _RANGE.fullmatch(typed):
        return f"enter one number, such as {between['first']} or {between['last']}"
    if about := _ABOUT.fullmatch(typed):
        return f"enter the number alone, such as {about['number'] or about['more']}"
    return f"enter {need.wanted}"


def _refused(need: Need, wanted: str, text: str) -> EntryError:
    return EntryError(Problem(need.label, wanted, shown(text) or "nothing"))


def _twofold(need: Need, values: Sequence[float], text: str) -> TwoMeanings:
    wanted = f"write {_plain(values[0])} or {_plain(values[1])}, because it can mean both"
    return TwoMeanings(Problem(need.label, wanted, shown(text)))


def _plain(value: float) -> str:
    return f"{value:,.10g}"


# Spans of time

def _span(need: Need, typed: str, text: str, how: How, today: date | None) -> float:
    """Months or weeks in words, or until a date where the need is a point in time. Raises EntryError."""
    pieces = list(_pieces(typed))
    if pieces and all(unit in UNITS for _, unit in pieces):
        if any(unit == DAYS for _, unit in pieces) and how.unit not in (DAYS, WORKING_DAYS):
            raise _refused(need, f"write it in {need.unit}, because days can be calendar days or working days", text)
        total = sum(_converted(number, how.unit if unit == DAYS else unit, need) for number, unit in pieces)
        if need.low <= total <= need.high:
            return total
        raise _refused(need, f"enter {need.wanted}", text)
    found = periods(text)
    if not found:
        raise _refused(need, _instead(need, typed), text)
    if not (need.optional or need.measure == WEEKS):
        raise _refused(need, f"enter how many {need.unit} it takes, such as 6, because this is a date", text)
    period = one_period(need, found, text, how)
    if today is None:
        raise _refused(need, f"enter {need.wanted}", text)
    days = ((period.first if need.measure == WEEKS else period.last) - today).days
    total = round(days / 7 if need.measure == WEEKS else days / DAYS_A_MONTH, 2)
    if days < 0:
        raise _refused(need, f"enter a date after {today}, or {need.wanted}", text)
    if not need.low <= total <= need.high:
        raise _refused(need, f"enter {need.wanted}", text)
    return total


def _pieces(typed: str) -> Iterator[tuple[float, str]]:
    """Numbers with their units of time, the largest first: 1 year 6 months. The unit is empty where it is unknown."""
    place, before = 0, 99.0
    while place < len(typed):
        found = _PIECE.match(typed, place)
        values = numbers(found["number"]) if found else {}
        word = (found["unit"] or "") if found else ""
        unit = WORKING_DAYS if word in ("working days", "business days", "work days") else TIME.get(word, "")
        if not found or not values or not unit or UNITS[unit] >= before:
            yield 0.0, ""
            return
        before = UNITS[unit]
        yield float(min(values.values())), unit
        place = found.end()


def is_time_with_unit(text: str) -> bool:
    """Whether a cell says its own unit of time."""
    pieces = list(_pieces(" ".join(with_ascii_digits(text[:LONGEST]).split()).casefold()))
    return bool(pieces) and all(unit for _, unit in pieces)


# Dates

@cache
def _months() -> dict[str, int]:
    """The number of a month by its names, in full and short, in lower case."""
    return {heading_key(name): number for language in LANGUAGES for width in ("wide", "abbreviated")
            for number, name in get_month_names(width, locale=language).items()}


def _day(year: str, month: int | str, day: int | str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _all_of(year: str, month: int, months: int = 1) -> Period | None:
    """All days of a month or of several."""
    first = _day(year, month, 1)
    if first is None:
        return None
    after = date(first.year + (month + months > 12), (month + months - 1) % 12 + 1, 1)
    return Period(first, after - timedelta(days=1))


def periods(text: str) -> dict[str, Period]:
    """The days that a date means by the order of days and months; the same ones where the order does not matter. Empty
    where it is no date."""
    typed = " ".join(with_ascii_digits(text[:LONGEST]).split())
    if found := _ISO.fullmatch(typed):
        return _both(_day(found[1], found[2], found[3]))
    if found := _THREE.fullmatch(typed):
        ordered = {DAY_FIRST: _day(found[4], found[3], found[1]), MONTH_FIRST: _day(found[4], found[1], found[3])}
        if found["sign"] == ".":
            return _both(ordered[DAY_FIRST])
        return {order: Period(day, day) for order, day in ordered.items() if day}
    low = typed.casefold()
    for pattern, day, name, year in ((_DAY_NAMED, 1, 2, 3), (_NAMED_DAY, 2, 1, 3)):
        if (found := pattern.fullmatch(low)) and heading_key(found[name]) in _months():
            return _both(_day(found[year], _months()[heading_key(found[name])], found[day]))
    period = None
    if (found := _NAMED.fullmatch(low)) and heading_key(found[1]) in _months():
        period = _all_of(found[2], _months()[heading_key(found[1])])
    elif found := _MONTH.fullmatch(low):
        period = _all_of(found[1] or found[4], int(found[2] or found[3]))
    elif found := _QUARTER.fullmatch(low):
        quarter = int(found[1] or found[4] or found[5])
        period = _all_of(found[2] or found[3] or found[6], 3 * quarter - 2, 3)
    return dict.fromkeys((DAY_FIRST, MONTH_FIRST), period) if period else {}


def _both(day: date | None) -> dict[str, Period]:
    return dict.fromkeys((DAY_FIRST, MONTH_FIRST), Period(day, day)) if day else {}


def order_told(text: str) -> str:
    """The order of days and months that a date can be read with alone; empty where it tells none."""
    if len(text) > LONGEST or not _THREE.fullmatch(text.strip()):
        return ""
    found = periods(text)
    if len(found) == 1:
        return next(iter(found))
    return ""


def one_period(need: Need | None, found: Mapping[str, Period], text: str, how: How) -> Period:
    """The days of a date in the order of its column. Raises EntryError where it can mean two dates."""
    kept = {period for order, period in found.items() if order == how.order} or set(found.values())
    if len(kept) == 1:
        return kept.pop()
    first, second = sorted(kept)
    wanted = f"write {first.first} or {second.first}, because it can mean both"
    raise TwoMeanings(Problem(need.label if need else "", wanted, shown(text)))


# Money

def amount(need: Need, text: str, how: How) -> float:
    """The amount in a cell, in the currency of the question. Raises EntryError."""
    typed, is_plain = " ".join(with_ascii_digits(text).split()), isinstance(text, Number)
    parts = amounts.split(typed)
    multiple = amounts.multiple_and_unit(parts.after, {**amounts.MULTIPLES, **amounts.BY_LAKHS})[0] if parts else 1
    factor = 1 if multiple > 1 else MULTIPLES.get(how.unit, 1)
    low, high = need.low / factor, need.high / factor
    if _PLAIN.fullmatch(typed):
        within = [value for value in _values(typed, how, is_plain) if low <= value <= high]
        if len(within) == 1:
            return within[0] * factor
    decimal = POINT if is_plain else decimal_told(text) or how.decimal
    if parts is not None and decimal in (found := numbers(parts.number)):
        exact = f"{found[decimal]:f}"
        exact = f"{exact}0" if _TWO_MEANINGS.fullmatch(exact) else exact
        typed = typed.replace(parts.number, exact, 1)
    elif parts is not None:
        within = sorted({float(value) for value in found.values() if low <= value * multiple <= high})
        if len(within) > 1:
            raise _twofold(need, within, text)
    try:
        if need.measure is None:
            raise AmountError(f"enter {need.unit}")
        value = amounts.read(typed, need.measure, low, high)
    except AmountError as error:
        wanted = f"enter {_wanted(need, factor)}" if str(error).startswith(f"enter {need.unit}") else str(error)
        raise _refused(need, wanted, text) from None
    if not low <= value <= high:
        raise _refused(need, f"enter {_wanted(need, factor)}", text)
    return value * factor


def _wanted(need: Need, factor: int) -> str:
    if factor == 1:
        return need.wanted
    word = {number: word for word, number in MULTIPLES.items()}[factor]
    return f"{word} of {need.unit}, from {need.low / factor:,g} to {need.high / factor:,g}"


def is_amount(text: str) -> bool:
    """Whether a cell can be an amount of money: a number, alone or beside signs and words."""
    if isinstance(text, Number):
        return True
    if len(text) > LONGEST:
        return False
    parts = amounts.split(" ".join(with_ascii_digits(text).split()))
    return parts is not None and bool(numbers(parts.number)) and len(parts.before) <= 12 and len(parts.after) <= 20
