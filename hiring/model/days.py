"""Days: dates as people type them, read by a strict grammar.

What has one meaning is read: 2027-03-31, March 31, 2027, 31 March 2027, in 9 months, and numbers in the order and with
the sign of the country where people are hired. With another sign, the order of other countries counts too: what can
mean two days is a question with both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from babel.core import Locale
from babel.dates import get_date_format

from hiring.model.schedule import day_after

LONGEST = 40  # characters
CENTURY = 2_000  # of a year that is typed with two digits
DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
_YEAR_FIRST = re.compile(r"(?P<y>[0-9]{4})([-/.])(?P<m>[0-9]{1,2})\2(?P<d>[0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.]) ?([0-9]{1,2})\2 ?([0-9]{4}|[0-9]{2})")
_NAMED = (re.compile(r"(?P<d>[0-9]{1,2}) (?P<m>[^\W\d_]+) (?P<y>[0-9]{4}|[0-9]{2})"),
          re.compile(r"(?P<m>[^\W\d_]+) (?P<d>[0-9]{1,2}) (?P<y>[0-9]{4})"))
_AHEAD = re.compile(r"(?:in )?([0-9]{1,3}) (day|week|month)s?")
_BETWEEN = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)\b|(?<=[^\W\d_])\.|(?<=[0-9])\.(?= ?[^\W\d_])|,|\bof\b|\bde\b")
# What typing on can make a day. Names of months are compared apart.
_BEGUN = re.compile(r"[0-9]{0,4}|[0-9]{1,4}[-/.] ?([0-9]{1,2}([-/.] ?[0-9]{0,4})?)?|(in )?[0-9]{1,3}( [a-z]{0,6})?|in?")
_BEGUN_NAME = re.compile(r"(?:[0-9]{1,2} )?(?P<m>[^\W\d_]+)(?: [0-9]{0,2})?(?: [0-9]{0,3})?")


class DayError(ValueError):
    """A text that is no day, or that can mean each of the days `meant`; `is_unfinished` where typing on can make it
    one."""

    def __init__(self, meant: tuple[date, ...] = (), is_unfinished: bool = False):
        super().__init__(" or ".join(map(str, meant)))
        self.meant, self.is_unfinished = meant, is_unfinished


def read(typed: str, country: str, start: date, first: date, last: date) -> date:
    """The day that a text means in a country, by its ISO 3166 code. Months ahead count from `start`. Of two days, only
    those from `first` to `last` count. Raises `DayError`."""
    text = " ".join(typed.lower().split()) if len(typed) <= LONGEST else ""
    found = tuple(dict.fromkeys(_meant(text, country, start)))
    within = tuple(day for day in found if first <= day <= last)
    if len(within) > 1:
        raise DayError(within)
    if found:
        return (within or found)[0]
    named = _BEGUN_NAME.fullmatch(_plain(text))
    is_begun = named and any(name.startswith(named["m"]) for name in _months(country))
    raise DayError(is_unfinished=len(typed) <= LONGEST and bool(_BEGUN.fullmatch(text) or is_begun))


def has_short_year(typed: str) -> bool:
    """Whether a text ends in a year of two digits, so that typing on can make it another one."""
    return re.search(r"^(?![0-9]{4}).*[^0-9][0-9]{2}$", typed.strip()) is not None


def layout(country: str) -> str:
    """How a day is written in numbers in a country: MM/DD/YYYY, DD.MM.YYYY."""
    short: str = get_date_format("short", locale=_locale(country)).pattern
    for letter, full in (("d", "DD"), ("M", "MM"), ("y", "YYYY")):
        short = re.sub(f"{letter}+", full, short)
    return short


def example(day: date, country: str) -> str:
    """A day in numbers as it is written in a country: 03/31/2027."""
    return layout(country).replace("DD", f"{day:%d}").replace("MM", f"{day:%m}").replace("YYYY", f"{day:%Y}")


@cache
def _locale(country: str) -> Locale:
    """The language and conventions that are most common in a country."""
    return Locale.parse(f"und_{country.upper()}")


@cache
def _months(country: str) -> Mapping[str, int]:
    """The months by their names in lower case, in English and in the language of a country, in full and short."""
    return {name.lower().rstrip("."): number for locale in (_locale(country), Locale("en"))
            for form in ("format", "stand-alone") for width in ("wide", "abbreviated")
            for number, name in locale.months[form][width].items()} | {"sept": 9}


def _plain(text: str) -> str:
    """A day with the name of its month without what is between its parts."""
    return " ".join(_BETWEEN.sub(" ", text).split())


def _meant(text: str, country: str, start: date) -> Iterator[date]:
    """The days that a text can mean."""
    if ahead := _AHEAD.fullmatch(text):
        count = int(ahead[1])
        yield day_after(start, count) if ahead[2] == "month" else start + timedelta(
            days=count * (7 if ahead[2] == "week" else 1))
    elif iso := _YEAR_FIRST.fullmatch(text):
        yield from _day(iso["y"], iso["m"], iso["d"])
    elif numbers := _YEAR_LAST.fullmatch(text):
        one, sign, two, year = numbers.groups()
        for order in _orders(country, sign):
            days = [*_day(year, *((two, one) if order == DAY_FIRST else (one, two)))]
            yield from days
            if days and sign in layout(country):
                return  # the country's own way; another order only where this one gives no day
    elif named := next(filter(None, (form.fullmatch(_plain(text)) for form in _NAMED)), None):
        month = _months(country).get(named["m"])
        yield from _day(named["y"], str(month), named["d"]) if month else ()


def _orders(country: str, sign: str) -> tuple[str, ...]:
    """The orders in which a day with the year last may be meant, the country's own first. With points the day is first
    in every country."""
    own = "".join(letter for letter in layout(country).lower() if letter in "dmy")
    own = "".join(dict.fromkeys(own))
    others = (DAY_FIRST,) if sign == "." else (DAY_FIRST, MONTH_FIRST)
    return tuple(dict.fromkeys((own, *others) if own in (DAY_FIRST, MONTH_FIRST) else others))


def _day(year: str, month: str, day: str) -> Iterator[date]:
    """The day, if there is such a day."""
    try:
        yield date(int(year) + (CENTURY if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return
