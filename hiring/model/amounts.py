"""Amounts: numbers as people type them, read by a strict grammar.

What has one meaning within the bounds of its field is read: 600000, 600,000, 1.5, 0,5, 150k, 1.2 million. What could
mean two things is a question with both; everything else is refused with what to enter. The grammar knows no unit:
signs, words and multiples come with the `Measure`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import NamedTuple

LONGEST = 40  # characters
DIGITS = 15  # that a float holds exactly
MULTIPLES = {"k": 10**3, "thousand": 10**3, "tsd": 10**3, "tys": 10**3, "m": 10**6, "mn": 10**6, "mio": 10**6,
             "mln": 10**6, "million": 10**6, "millions": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9}
BY_LAKHS = {"lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7}
_AMERICAN = r"(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_EUROPEAN = r"(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)?"
_POINTS = r"[1-9]\d{0,2}(?:\.\d{3})+"
_COMMA_IS_PLAIN = r"0,\d+|\d+,\d{1,2}|[1-9]\d{0,2}\.\d{3},\d\d"
_LAKHS = r"[1-9]\d?(?:,\d\d)+,\d{3}(?:\.\d+)?"
_SPACED = r"[1-9]\d{0,2}(?P<space>[ '\u2019])\d{3}(?:(?P=space)\d{3})*(?:[.,]\d+)?"
_PARTS = re.compile(r"(?P<before>[^\d.,]*?) ?(?P<number>[.\d](?:[\d.,]|[ '\u2019](?=\d))*) ?(?P<after>\D*)",
                    re.ASCII)
_DASHES = "-\u2010\u2011\u2013\u2014\u2212"  # hyphens, dashes and the minus sign
_NO_CENTS = re.compile(rf"(?<=\d)[.,][{_DASHES}]{{1,2}}(?!\d)")  # 90.000,-
_AFTER_LETTER = re.compile(r"(?<=[^\W\d_])\.")  # Rs. 500, 1,2 Mio.
_RANGE = re.compile(rf"(.*\d.*?) ?(?:[{_DASHES}]|to|or) ?(\D{{0,3}}\d.*)", re.ASCII)


@dataclass(frozen=True)
class Measure:
    """What an amount counts: its name in the plural, and examples of what to enter.

    `sign` is written before the number, any of `words` may be written beside it. `is_large` amounts have thousands and
    multiples of them. Of money, `others` are the names of other currencies by their signs and words, and `unclear`
    signs can mean this currency or another. Amounts that have `has_lakhs` are grouped as in 25,00,000 too. Where
    `has_decimal_comma`, people write a comma before decimals, so that 900.000 has one meaning.
    """

    name: str
    examples: str
    sign: str = ""
    words: tuple[str, ...] = ()
    is_large: bool = False
    others: Mapping[str, str] = field(default_factory=dict)
    unclear: frozenset[str] = frozenset()
    has_lakhs: bool = False
    has_decimal_comma: bool = False
    multiples: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        more = BY_LAKHS if self.has_lakhs else {}
        object.__setattr__(self, "multiples", {**MULTIPLES, **more} if self.is_large else {})


class AmountError(ValueError):
    """A text that is no amount. The message says what to enter, as the end of a sentence; `is_unfinished` where typing
    on can make it one."""

    def __init__(self, wanted: str, is_unfinished: bool = False):
        super().__init__(wanted)
        self.is_unfinished = is_unfinished


class Parts(NamedTuple):
    """A number, and what is before and after it."""

    before: str
    number: str
    after: str


def read(text: str, measure: Measure, low: float, high: float) -> float:
    """The amount that a text means. Of two meanings, only those from `low` to `high` count. Raises `AmountError`."""
    typed = " ".join(text.split())
    try:
        return _read(typed, measure, low, high)
    except AmountError as error:
        if str(error) == _wanted(measure) and len(typed) <= LONGEST:
            can_go_on = any(_reads(more, measure, low, high) for more in _continued(typed, measure))
            raise AmountError(str(error), can_go_on) from None
        raise


def shown(value: float, measure: Measure) -> str:
    """An amount in full. `read` gives one of its field back, to the fifteen digits that are shown."""
    exact = Context(prec=DIGITS).create_decimal(repr(value))
    text = f"{exact:,f}" if measure.is_large else f"{exact:f}"
    return f"{measure.sign}{text.rstrip('0').rstrip('.') if '.' in text else text}"


def _read(typed: str, measure: Measure, low: float, high: float) -> float:
    if len(typed) > LONGEST:
        raise AmountError(f"enter at most {LONGEST} characters, such as {measure.examples}")
    if any(c.isnumeric() and not c.isascii() for c in typed):
        raise AmountError(f"write it with the digits 0 to 9, such as {measure.examples}")
    parts = split(typed) if measure.is_large else _split(typed)
    if parts is None:
        between = _RANGE.fullmatch(typed)
        if between and typed[:1] not in _DASHES:
            raise _range(between[1], between[2], measure, low, high)
        raise AmountError(_wanted(measure))
    before = parts.before
    sign = next((c for c in (before[:1], before[-1:]) if c and c in f"{_DASHES}+"), "")
    multiple, unit = multiple_and_unit(parts.after, measure.multiples, measure.words)
    words = [word.lower() for word in (before.strip(f"{_DASHES}+ "), unit) if word]
    values = _values(parts.number, measure, multiple, low, high)
    other = next(filter(None, (_other(word, measure) for word in words)), "")
    if other and values:
        raise AmountError(f"this amount is in {other}, and amounts here are in {measure.name}; pick {other} under "
                          f"More about the work, Amounts in, or enter {measure.name}")
    if words and values and measure.unclear.issuperset(words):
        raise AmountError(f"write {shown(float(values[0]), measure)} if it is in {measure.name}, because {words[0]} "
                          "can mean several currencies")
    if sign:
        raise AmountError(f"enter it without {'a plus' if sign == '+' else 'a minus'}, such as {measure.examples}")
    own = {"", measure.sign.strip().lower(), *measure.words, *measure.unclear}
    if not values or before.lower().strip() not in own or unit not in own:
        raise AmountError(_wanted(measure))
    if max(len(value.normalize().as_tuple().digits) for value in values) > DIGITS or values[0].adjusted() > DIGITS:
        raise AmountError(f"enter it with fewer digits, such as {measure.examples}")
    if len(values) > 1:
        first, second = (shown(float(value), measure) for value in values)
        raise AmountError(f"enter {first} or {second}, because it can mean both")
    return float(values[0])


def _wanted(measure: Measure) -> str:
    return f"enter {measure.name}, such as {measure.examples}"


def split(typed: str) -> Parts | None:
    """An amount in its parts, without the signs for no cents and after abbreviations; None where it has none."""
    return _split(_AFTER_LETTER.sub("", _NO_CENTS.sub("", typed)))


def _split(typed: str) -> Parts | None:
    found = _PARTS.fullmatch(typed)
    return Parts(**found.groupdict()) if found else None


def _range(start: str, end: str, measure: Measure, low: float, high: float) -> AmountError:
    """The fault of two amounts in one; a multiple of the second is that of the first too: 6-9k."""
    last = _split(end)
    ends = [start, end]
    if last and start[-1:].isdigit():
        ends[0] = f"{start}{last.after}"
    try:
        first, second = (shown(_read(each, measure, low, high), measure) for each in ends)
    except AmountError:
        return AmountError(_wanted(measure))
    return AmountError(f"enter one number, such as {first} or {second}")


def multiple_and_unit(after: str, multiples: Mapping[str, int], words: Collection[str] = ()) -> tuple[int, str]:
    """What a number is multiplied by, and the word of its unit, one of `words` or another, in lower case."""
    text = after.strip().lower()
    if text in words:
        return 1, text
    for word, multiple in sorted(multiples.items(), key=lambda it: -len(it[0])):
        rest = text.removeprefix(word)
        if rest != text and not rest[:1].isalpha():
            return multiple, rest.strip()
    return 1, text


def _other(word: str, measure: Measure) -> str:
    """The other currency that a sign or word means; empty if it means none."""
    if not measure.others or word in (measure.sign.strip().lower(), *measure.words, *measure.unclear):
        return ""
    is_sign = any(unicodedata.category(c) == "Sc" for c in word)
    return measure.others.get(word, word if is_sign else "")


def _values(number: str, measure: Measure, multiple: int, low: float, high: float) -> list[Decimal]:
    """What the digits can mean within the bounds: one value where it is plain, two where it is not, none where they
    are no number. Out of bounds, the first of the meanings."""
    spaced = re.fullmatch(_SPACED, number)
    if spaced:
        number = number.replace(spaced["space"], "")
    if measure.has_lakhs and re.fullmatch(_LAKHS, number):
        return [Decimal(number.replace(",", "")) * multiple]
    if measure.has_decimal_comma and multiple == 1 and re.fullmatch(_POINTS, number):
        return [Decimal(number.replace(".", ""))]
    american = Decimal(number.replace(",", "")) if re.fullmatch(_AMERICAN, number) else None
    if american is not None and "," in number and measure.is_large and multiple == 1:
        return [american]
    european = Decimal(number.replace(".", "").replace(",", ".")) if re.fullmatch(_EUROPEAN, number) else None
    is_guess = (american is None and european is not None and "," in number and number.count(".") < 2
                and not re.fullmatch(_COMMA_IS_PLAIN, number))
    if is_guess:
        american = Decimal(number.replace(",", ""))  # a comma may be in the wrong place
    values = list(dict.fromkeys(value * multiple for value in (american, european) if value is not None))
    within = [value for value in values if low <= value <= high]
    if is_guess and within == values[:1]:
        return []
    return within or values[:1]


def _reads(typed: str, measure: Measure, low: float, high: float) -> bool:
    try:
        _read(typed, measure, low, high)
    except AmountError:
        return False
    return True


def _continued(typed: str, measure: Measure) -> Iterator[str]:
    """Ways to type on."""
    yield from (f"{typed}{more}" for more in ("1", "11", "111"))
    for word in (*measure.multiples, *measure.words):
        for length in range(1, len(word)):
            if typed.lower().endswith(word[:length]):
                yield f"{typed}{word[length:]}"
                yield f"{typed}{word[length:]} 1"
