"""Amounts as people type them."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.model.amounts import LONGEST, AmountError, Measure, read, shown
from hiring.model.needs import DOLLARS, MONTHS, NEEDS, Need

FIELDS = st.sampled_from([need for need in NEEDS.values() if need.measure])
ANY = (0, math.inf)  # the bounds of a field that takes every amount


@pytest.mark.parametrize(("typed", "amount"), [
    ("150k", 150_000), ("150 K", 150_000), ("1.2M", 1_200_000), ("1.2m", 1_200_000), ("$600,000", 600_000),
    ("600000", 600_000), ("50000", 50_000), ("1.5 million", 1_500_000), ("$ 2 thousand", 2_000), ("0.5bn", 500_000_000),
    ("1.200.000,50", 1_200_000.5), ("1,5M", 1_500_000),
    ("600 000", 600_000), ("600\u00a0000", 600_000), ("1\u202f200\u202f000", 1_200_000),
    ("1'200'000", 1_200_000), ("1,200,000.50", 1_200_000.5), ("1.200.000", 1_200_000), ("600,000 USD", 600_000),
    ("US$600k", 600_000), ("  75000\t", 75_000), ("$1.2M USD", 1_200_000), ("1,234", 1_234)])
def test_money_is_read_as_people_type_it(typed: str, amount: float) -> None:
    assert read(typed, DOLLARS, *ANY) == amount


@pytest.mark.parametrize(("typed", "amount"), [
    ("6", 6), ("0,5", 0.5), ("0.5", 0.5), (".5", 0.5), ("1,5", 1.5), ("2.25", 2.25), ("0.125", 0.125), ("6 months", 6),
    ("6mo", 6), ("1.1250", 1.125), ("007", 7)])
def test_a_count_is_read_with_either_sign_for_decimals(typed: str, amount: float) -> None:
    assert read(typed, MONTHS, *ANY) == amount


@pytest.mark.parametrize(("typed", "measure", "asked"), [
    ("1,234", MONTHS, "enter 1234 or 1.234, because it can mean both"),
    ("1.234", MONTHS, "enter 1.234 or 1234, because it can mean both"),
    ("50.000", DOLLARS, "enter $50 or $50,000, because it can mean both"),
    ("1.200,5", DOLLARS, "enter $1.2005 or $1,200.5, because it can mean both"),
    ("600,0000", DOLLARS, "enter $6,000,000 or $600, because it can mean both"),
    ("1,234k", DOLLARS, "enter $1,234,000 or $1,234, because it can mean both"),
    ("6-9", MONTHS, "enter one number, such as 6 or 9"), ("6 – 9", MONTHS, "enter one number, such as 6 or 9"),
    ("6 to 9", MONTHS, "enter one number, such as 6 or 9"),
    ("6-9k", DOLLARS, "enter one number, such as $6,000 or $9,000")])
def test_what_can_mean_two_things_is_asked_with_both(typed: str, measure: Measure, asked: str) -> None:
    with pytest.raises(AmountError) as caught:
        read(typed, measure, *ANY)
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
        read(typed, DOLLARS, *ANY)
    assert not caught.value.is_unfinished


@pytest.mark.parametrize(("typed", "measure"), [
    ("", DOLLARS), ("$", DOLLARS), ("1.", DOLLARS), ("1,", MONTHS), ("1,200,0", DOLLARS), ("12 mil", DOLLARS),
    ("U", DOLLARS), ("6 mon", MONTHS), (".", MONTHS)])
def test_a_text_that_may_go_on_is_unfinished(typed: str, measure: Measure) -> None:
    with pytest.raises(AmountError) as caught:
        read(typed, measure, *ANY)
    assert caught.value.is_unfinished


@pytest.mark.parametrize("typed", ["600000", "$600,000", "1.5 million", "1,200,000", "0.5", "150k"])
def test_no_beginning_of_an_amount_is_more_than_unfinished(typed: str) -> None:
    for length in range(len(typed)):
        try:
            read(typed[:length], DOLLARS, *ANY)
        except AmountError as error:
            assert error.is_unfinished, typed[:length]


@pytest.mark.parametrize(("typed", "name", "amount"), [
    ("3.328", "build_months", 3.328), ("3,328", "developers", 3.328), ("1,125", "start_within_weeks", 1.125),
    ("50.000", "budget_usd", 50_000), ("1.200,5", "budget_usd", 1_200.5), ("999.999k", "budget_usd", 999_999)])
def test_of_two_meanings_the_one_within_the_bounds_is_read(typed: str, name: str, amount: float) -> None:
    need = NEEDS[name]
    assert need.measure and read(typed, need.measure, need.low, need.high) == amount


@pytest.mark.parametrize(("typed", "says"), [
    ("1.500k", "enter $1,500 or $1,500,000, because it can mean both"),  # both are budgets
    ("600,0000", "enter US dollars, such as 600,000, 150k or 1.2M")])  # a comma in the wrong place is no budget
def test_a_budget_is_not_guessed(typed: str, says: str) -> None:
    with pytest.raises(AmountError) as caught:
        read(typed, DOLLARS, NEEDS["budget_usd"].low, NEEDS["budget_usd"].high)
    assert str(caught.value) == says


def _amounts(need: Need) -> st.SearchStrategy[tuple[Need, float]]:
    """Amounts within the bounds of a field: any float, and those of few digits."""
    few = st.integers(0, 6).flatmap(lambda places: st.integers(
        math.ceil(need.low * 10**places), math.floor(need.high * 10**places)).map(lambda it: float(f"{it}e-{places}")))
    return st.tuples(st.just(need), st.floats(need.low, need.high) | few)


@given(FIELDS.flatmap(_amounts))
def test_what_is_shown_is_read_as_the_same_to_fifteen_digits(pair: tuple[Need, float]) -> None:
    need, value = pair
    assert need.measure
    text = shown(value, need.measure)
    if len(text) <= LONGEST:
        again = read(text, need.measure, need.low, need.high)
        assert math.isclose(again, value, rel_tol=1e-14)
        assert shown(again, need.measure) == text


@given(FIELDS.flatmap(_amounts))
def test_no_decimal_is_asked_about_that_has_one_meaning_in_its_field(pair: tuple[Need, float]) -> None:
    need, value = pair
    assert need.measure
    digits = f"{value:.3f}"
    rounded = float(digits)
    for typed in (digits, digits.replace(".", ",")):
        other = float(digits.replace(".", ""))
        if need.low <= rounded <= need.high and not need.low <= other <= need.high:
            assert read(typed, need.measure, need.low, need.high) == rounded


PIECES = st.sampled_from([*"0123456789" * 2, *".,' -–$£€kKmM+", "000", "million", "USD", "months", "to", "\u00a0", "½"])


@given(FIELDS, st.booleans(), st.lists(PIECES, max_size=9).map("".join) | st.text(max_size=12))
def test_no_text_raises_anything_else_and_what_is_read_is_what_its_digits_say(need: Need, is_bounded: bool,
                                                                                     typed: str) -> None:
    measure, bounds = need.measure, (need.low, need.high) if is_bounded else ANY
    assert measure
    try:
        value = read(typed, measure, *bounds)
    except AmountError as error:
        assert str(error).startswith(("enter ", "write it ", "this amount is in "))
        return
    digits = "".join(c for c in typed if c.isdigit()).strip("0")
    assert f"{Decimal(repr(value)):f}".replace(".", "").strip("0") == digits
    assert not any(sign in typed for sign in "£€")
