"""Formats: numbers and texts for people, short and never more exact than they are.

Sentences are plain text. Where a run of one is strong, colored, code or a link, `marked` says so with characters for
private use, which no name from outside can hold; `hiring.web.markdown` turns them into Markdown, `unmarked` drops them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from hiring.model.needs import plain, stays_on_the_line
from hiring.model.schedule import WEEKS_A_MONTH, day_after
from hiring.text import currencies

NUMBER_WORDS = {"1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight",
                "9": "nine"}
START, STYLE, END = "\ue000", "\ue001", "\ue002"
STRONG, CODE = "strong", "code"
MARK = re.compile(f"{START}([^{STYLE}]*){STYLE}|{END}")


def marked(text: str, style: str) -> str:
    """A run of a sentence that is shown in a style: `STRONG`, `CODE`, a color of the theme or the address of a link."""
    return f"{START}{style}{STYLE}{text}{END}"


def strong(text: str) -> str:
    return marked(text, STRONG)


def unmarked(text: str) -> str:
    """A sentence without its marks, for paper, charts and screen readers."""
    return MARK.sub("", text)


def isolated(name: str) -> str:
    """A name that may run right to left without changing the direction of the text around it."""
    return f"\u2068{name}\u2069"


def money(usd: float) -> str:
    """At most three digits, in the currency that amounts are shown in: $850, $5.6k, £489k, €1.17M."""
    currency = currencies.shown()
    return f"{currency.sign}{_short(currency.amount(usd))}"


def _short(amount: float) -> str:
    if amount < 999.5:
        return f"{amount:.0f}"
    if amount < 9_950:
        return f"{amount / 1e3:.1f}k".replace(".0k", "k")
    if amount < 999_500:
        return f"{amount / 1e3:.0f}k"
    digits = 2 if amount < 9.995e6 else 1 if amount < 99.95e6 else 0
    short = f"{amount / 1e6:.{digits}f}"
    return f"{short.rstrip('0').rstrip('.') if digits else short}M"


def exact_money(usd: float, currency: currencies.Currency | None = None) -> str:
    """Money as it was given, short where nothing is lost by it, by default in the currency that amounts are shown
    in."""
    currency = currency or currencies.shown()
    amount = currency.amount(usd)
    short = _short(amount)
    scale = {"k": 1e3, "M": 1e6}.get(short[-1], 1)
    exact = abs(float(short.strip("kM")) * scale - amount) < 0.5
    return f"{currency.sign}{short if exact else f'{round(amount):,}'}"


def whole_money(usd: float) -> str:
    """Money with every digit before the point: $1,204,310."""
    return whole_amount(currencies.shown().amount(usd))


def whole_amount(amount: float) -> str:
    """The same of an amount that is in the currency that amounts are shown in already."""
    return f"{currencies.shown().sign}{round(amount):,}"


def money_range(low: float, high: float) -> str:
    return money(low) if money(low) == money(high) else f"{money(low)}–{money(high)}"


def time_range(low: float, high: float) -> str:
    """Months, or weeks where three months are not reached: 9–15 months, 3–6 weeks."""
    unit, low, high = ("weeks", low * WEEKS_A_MONTH, high * WEEKS_A_MONTH) if high < 3 else ("months", low, high)
    first, last = f"{low:.0f}", f"{high:.0f}"
    if first == last:
        return f"{first} {unit if first != '1' else unit[:-1]}"
    return f"{first}–{last} {unit}"


def month_number(value: float) -> str:
    """12, 2.5, 0.25"""
    return plain(round(value, 0 if value >= 10 else 1 if value >= 1 else 2))


def month(value: float) -> str:
    """month 12, month 2.5"""
    return f"month {month_number(value)}"


def date_of(start: date | None, months: float) -> str:
    """The month that is a number of months after `start`: November 2027; without a start: month 12."""
    return month(months) if start is None else f"{day_after(start, months):%B %Y}"


def short_date_of(start: date | None, months: float) -> str:
    """The same short: Nov 2027."""
    return month(months) if start is None else f"{day_after(start, months):%b %Y}"


def start_of(start: date | None, weeks: float) -> str:
    """The month in which a week after `start` lies: February 2027; without a start: week 9."""
    return f"week {weeks:.0f}" if start is None else date_of(start, weeks / WEEKS_A_MONTH)


def date_range(start: date | None, low: float, high: float) -> str:
    """The same from low to high: Aug–Nov 2027, Nov 2027–Feb 2028; without a start: months 9–12, month 9."""
    if start is None:
        return month(low) if month_number(low) == month_number(high) else (
            f"months {month_number(low)}–{month_number(high)}")
    first, last = day_after(start, low), day_after(start, high)
    if (first.year, first.month) == (last.year, last.month):
        return f"{last:%b %Y}"
    return f"{first:%b}{'' if first.year == last.year else f' {first.year}'}–{last:%b %Y}"


def release_range(start: date | None, low: float, high: float) -> str:
    """When a first release comes: Aug–Nov 2027; without a start: in 9–12 months."""
    return f"in {time_range(low, high)}" if start is None else date_range(start, low, high)


def exact_month(value: float) -> str:
    """A month as it was given, to a hundredth: month 12.5"""
    return f"month {count(value)}"


def weeks(value: float) -> str:
    """Weeks as they were given, to a hundredth."""
    return counted(value, "week")


def day(date: date) -> str:
    """November 22, 2026"""
    return f"{date:%B} {date.day}, {date.year}"


def of_hundred(share: float, bounds: Iterable[float] = ()) -> str:
    """A share as simulations of a hundred. Rounding never contradicts a bound that the share lies below."""
    whole = round(share * 100)
    for bound in bounds:
        if share < bound <= whole / 100:
            return f"<{round(bound * 100)}"
    if whole == 0 and share > 0:
        return "<1"
    if whole == 100 and share < 1:
        return ">99"
    return str(whole)


def in_words(share: float, bounds: Iterable[float] = ()) -> str:
    """A share as simulations of a hundred inside a sentence."""
    return of_hundred(share, bounds).replace("<", "fewer than ").replace(">", "more than ")


def points(lead: float, digits: int = 0) -> str:
    """A part of the score as points of a hundred, with its sign: +11, −6, 0."""
    shown = round(lead * 100, digits)
    return f"+{plain(shown)}" if shown > 0 else f"−{plain(-shown)}" if shown < 0 else "0"


def count(number: float) -> str:
    """A number of people or months as it is read: at most two decimals, and two digits of a small one."""
    return plain(round(number, 2)) if abs(number) >= 0.1 else f"{number:.2g}"


def counted(number: float, noun: str) -> str:
    """A number of things: 1 developer, 0.5 developers."""
    shown = count(number)
    return f"{shown} {noun}{'' if shown == '1' else 's'}"


def spelled(number: float) -> str:
    """A number in words up to nine, otherwise in digits."""
    shown = plain(number)
    return NUMBER_WORDS.get(shown, shown)


def one_line(text: str) -> str:
    """The text with each line break, control character and run of spaces as one space."""
    return " ".join("".join(c if stays_on_the_line(c) else " " for c in text).split())


def lines(text: str) -> str:
    """The text with its line breaks, and with each of its lines as `one_line` gives it; no empty lines at its ends."""
    return "\n".join(map(one_line, text.splitlines())).strip("\n")


def join_words(words: list[str], joiner: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joiner} {words[-1]}"


def lower_first(label: str) -> str:
    return label[0].lower() + label[1:]
