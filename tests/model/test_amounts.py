"""Amounts as people type them."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.model.amounts import CURRENCIES, LONGEST, AmountError, Measure, read, shown
from hiring.model.needs import DEVELOPERS, DOLLARS, MONTHS, NEEDS

PAIRS = [(need.measure, need) for need in NEEDS.values() if need.measure]
MEASURES = st.sampled_from([DOLLARS, DEVELOPERS, MONTHS])


@pytest.mark.parametrize(("typed", "amount"), [
    ("150k", 150_000), ("150 K", 150_000), ("1.2M", 1_200_000), ("1.2m", 1_200_000), ("$600,000", 600_000),
    ("600000", 600_000), ("50000", 50_000), ("1.5 million", 1_500_000), ("$ 2 thousand", 2_000), ("0.5bn", 500_000_000),
    ("1,5M", 1_500_000), ("600 000", 600_000), ("600\u00a0000", 600_000), ("1\u202f200\u202f000", 1_200_000),
    ("1'200'000", 1_200_000), ("1,200,000.50", 1_200_000.5), ("1.200.000", 1_200_000), ("600,000 USD", 600_000),
    ("US$600k", 600_000), ("  75000\t", 75_000), ("$1.2M USD", 1_200_000), ("1,234", 1_234)])
def test_money_is_read_as_people_type_it(typed: str, amount: float) -> None:
    assert read(typed, DOLLARS) == amount


@pytest.mark.parametrize(("typed", "amount"), [
    ("6", 6), ("0,5", 0.5), ("0.5", 0.5), (".5", 0.5), ("1,5", 1.5), ("2.25", 2.25), ("0.125", 0.125), ("6 months", 6),
    ("6mo", 6), ("1.1250", 1.125), ("007", 7)])
def test_a_count_is_read_with_either_sign_for_decimals(typed: str, amount: float) -> None:
    assert read(typed, MONTHS) == amount


@pytest.mark.parametrize(("typed", "measure", "asked"), [
    ("1,234", MONTHS, "enter 1234 or 1.2340, because it can mean both"),
    ("1.234", MONTHS, "enter 1.2340 or 1234, because it can mean both"),
    ("50.000", DOLLARS, "enter $50 or $50,000, because it can mean both"),
    ("1.200,5", DOLLARS, "enter $1.2005 or $1,200.5, because it can mean both"),
    ("600,0000", DOLLARS, "enter $6,000,000 or $600, because it can mean both"),
    ("1,234k", DOLLARS, "enter $1,234,000 or $1,234, because it can mean both"),
    ("£900k", DOLLARS, "enter $900,000 if it is in US dollars, or what £900,000 is worth in US dollars"),
    ("900k EUR", DOLLARS, "enter $900,000 if it is in US dollars, or what 900,000 EUR is worth in US dollars"),
    ("C$5k", DOLLARS, "enter $5,000 if it is in US dollars, or what C$5,000 is worth in US dollars"),
    ("6-9", MONTHS, "enter one number, such as 6 or 9"), ("6 – 9", MONTHS, "enter one number, such as 6 or 9"),
    ("6 to 9", MONTHS, "enter one number, such as 6 or 9"),
    ("6-9k", DOLLARS, "enter one number, such as $6,000 or $9,000")])
def test_what_can_mean_two_things_is_asked_with_both(typed: str, measure: Measure, asked: str) -> None:
    with pytest.raises(AmountError) as caught:
        read(typed, measure)
    assert (str(caught.value), caught.value.is_unfinished) == (asked, False)


@pytest.mark.parametrize(("typed", "says"), [
    ("abc", "enter US dollars, such as 600,000, 150k or 1.2M"), ("1e6", "enter US dollars, such as"),
    ("12,34,567", "enter US dollars"), ("2027-11-01", "enter US dollars"), ("~600k", "enter US dollars"),
    ("1.2mm", "enter US dollars"), ("nan", "enter US dollars"), ("inf", "enter US dollars"), ("--", "enter US dollars"),
    ("-5", "enter it without a minus"), ("\u2212$5", "enter it without a minus"), ("$-5", "enter it without a minus"),
    ("+5", "enter it without a plus"), ("1" * (LONGEST + 1), f"enter at most {LONGEST} characters"),
    ("1" * 20, "enter it with fewer digits"), ("\u0661\u0665", "write it with the digits 0 to 9"),
    ("\uff11\uff15", "write it with the digits 0 to 9"), ("½", "write it with the digits 0 to 9")])
def test_anything_else_is_refused_with_what_to_enter(typed: str, says: str) -> None:
    with pytest.raises(AmountError, match=f"^{says.replace('$', '.')}") as caught:
        read(typed, DOLLARS)
    assert not caught.value.is_unfinished


@pytest.mark.parametrize(("typed", "measure"), [
    ("", DOLLARS), ("$", DOLLARS), ("1.", DOLLARS), ("1,", MONTHS), ("1,200,0", DOLLARS), ("12 mil", DOLLARS),
    ("U", DOLLARS), ("6 mon", MONTHS), (".", MONTHS)])
def test_a_text_that_may_go_on_is_unfinished(typed: str, measure: Measure) -> None:
    with pytest.raises(AmountError) as caught:
        read(typed, measure)
    assert caught.value.is_unfinished


@pytest.mark.parametrize("typed", ["600000", "$600,000", "1.5 million", "1,200,000", "0.5", "150k"])
def test_no_beginning_of_an_amount_is_more_than_unfinished(typed: str) -> None:
    for length in range(len(typed)):
        try:
            read(typed[:length], DOLLARS)
        except AmountError as error:
            assert error.is_unfinished, typed[:length]


@given(st.sampled_from(PAIRS).flatmap(lambda pair: st.tuples(st.just(pair[0]), st.floats(pair[1].low, pair[1].high))))
def test_what_is_shown_is_read_as_the_same_to_fifteen_digits(pair: tuple[Measure, float]) -> None:
    measure, value = pair
    text = shown(value, measure)
    if len(text) <= LONGEST:
        again = read(text, measure)
        assert math.isclose(again, value, rel_tol=1e-14)
        assert shown(again, measure) == text


@given(MEASURES, st.integers(0, 10**9), st.integers(0, 6))
def test_a_number_of_few_digits_is_shown_exactly(measure: Measure, digits: int, places: int) -> None:
    value = float(f"{digits}e-{places}")
    assert read(shown(value, measure), measure) == value


PIECES = st.sampled_from([*"0123456789" * 2, *".,' -–$£€kKmM+", "000", "million", "USD", "months", "to", "\u00a0", "½"])


@given(MEASURES, st.lists(PIECES, max_size=9).map("".join) | st.text(max_size=12))
def test_no_text_raises_anything_else_and_what_is_read_is_what_its_digits_say(measure: Measure, typed: str) -> None:
    try:
        value = read(typed, measure)
    except AmountError as error:
        assert str(error).startswith(("enter ", "write it "))
        return
    assert read(shown(value, measure), measure) == value
    digits = "".join(c for c in typed if c.isdigit()).strip("0")
    assert f"{Decimal(repr(value)):f}".replace(".", "").strip("0") == digits
    assert not any(word in typed.lower() for word in CURRENCIES - {"usd"})
