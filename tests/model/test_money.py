"""Amounts in the currency of their field, and amounts in another one."""

from __future__ import annotations

import pytest

from hiring.model.amounts import AmountError, Measure, read, shown
from hiring.model.money import bounds_in, currency_in, money_in

US, GB, DE, PL, IN = (money_in(code, symbols) for code, symbols in (
    ("USD", ("$", "US$")), ("GBP", ("£",)), ("EUR", ("€",)), ("PLN", ("zł",)), ("INR", ("₹",))))
CA, CA_ABROAD, AU_ABROAD = money_in("CAD", ("$", "C$", "CA$")), money_in("CAD", ("CA$",)), money_in("AUD", ("A$",))
BOUNDS = 1_000, 1e10


@pytest.mark.parametrize(("typed", "measure", "amount"), [
    ("£900k", GB, 900_000), ("900k pounds", GB, 900_000),
    ("900.000,00 GBP", GB, 900_000), ("GBP 900,000.50", GB, 900_000.5),
    ("€ 90.000,-", DE, 90_000), ("1.200.000,50 euros", DE, 1_200_000.5),
    ("90.000 €", DE, 90_000), ("90k€", DE, 90_000), ("1,2 Mio. EUR", DE, 1_200_000),
    ("1 200 000 zł", PL, 1_200_000), ("PLN\u00a0850k", PL, 850_000), ("85 tys. zł", PL, 85_000),
    ("₹ 25,00,000", IN, 2_500_000), ("25 lakh", IN, 2_500_000), ("₹1.2 crore", IN, 12_000_000),
    ("CA$1.2M", CA, 1_200_000), ("$1.2M", CA, 1_200_000), ("C$1.2M CAD", CA, 1_200_000),
    ("$1.2M CAD", CA_ABROAD, 1_200_000),
    ("US$5k", US, 5_000),
    ("CHF 1'200'000.-", money_in("CHF", ("CHF",)), 1_200_000)])
def test_an_amount_is_read_with_the_signs_and_words_of_its_currency(
        typed: str, measure: Measure, amount: float) -> None:
    assert read(typed, measure, *BOUNDS) == amount


@pytest.mark.parametrize(("typed", "measure", "other"), [
    ("€90k", GB, "euros"), ("900k EUR", US, "euros"), ("£900k", US, "British pounds"), ("C$5k", US, "Canadian dollars"),
    ("US$5k", CA, "US dollars"), ("$900k", GB, "dollars"), ("5k zł", DE, "Polish zlotys"), ("600k pesos", US, "pesos"),
    ("₴5k", DE, "₴")])
def test_an_amount_in_another_currency_is_asked_about(typed: str, measure: Measure, other: str) -> None:
    with pytest.raises(AmountError) as caught:
        read(typed, measure, *BOUNDS)
    assert str(caught.value) == (f"this amount is in {other}, and amounts here are in {measure.name}; pick {other} "
                                 f"under More about the work, Amounts in, or enter {measure.name}")


@pytest.mark.parametrize(("typed", "measure", "asked"), [
    ("$900k", CA_ABROAD, "write CA$900,000 if it is in Canadian dollars, because $ can mean several currencies"),
    ("900k dollars", AU_ABROAD, "write A$900,000 if it is in Australian dollars, because dollars can mean several "
                                "currencies"),
    ("Rs. 500k", IN, "write ₹500,000 if it is in Indian rupees, because rs can mean several currencies")])
def test_a_sign_of_several_currencies_is_asked_about(typed: str, measure: Measure, asked: str) -> None:
    with pytest.raises(AmountError) as caught:
        read(typed, measure, *BOUNDS)
    assert str(caught.value) == asked


def test_a_dollar_that_is_not_the_one_of_the_place_is_written_by_its_code() -> None:
    abroad = money_in("USD", ())
    assert shown(900_000, abroad) == "USD\u00a0900,000"
    assert read(shown(900_000, abroad), abroad, *BOUNDS) == 900_000


@pytest.mark.parametrize(("typed", "country", "amount"), [
    ("900.000", "de", 900_000), ("900.000 €", "fr", 900_000), ("1.200.000", "es", 1_200_000),
    ("900,000", "de", 900_000), ("900.000,50", "nl", 900_000.5), ("900,000", "ie", 900_000), ("1.2M", "de", 1_200_000)])
def test_thousands_are_read_as_the_country_writes_them(typed: str, country: str, amount: float) -> None:
    assert read(typed, money_in("EUR", ("€",), country), 870, 1e10) == amount


def test_what_a_country_writes_otherwise_is_asked_about_where_both_are_within_the_bounds() -> None:
    with pytest.raises(AmountError, match="enter €900 or €900,000, because it can mean both"):
        read("900.000", money_in("EUR", ("€",), "ie"), 870, 1e10)


@pytest.mark.parametrize("typed", ["12,34,567", "₹ 25,00,000"])
def test_lakhs_are_read_only_where_they_are_used(typed: str) -> None:
    with pytest.raises(AmountError):
        read(typed, GB, *BOUNDS)


@pytest.mark.parametrize(("per_dollar", "bounds"), [
    (1, (1_000, 1e8)), (0.8684, (870, 8.6e7)), (94.96, (95_000, 9.4e9)), (0.7497, (750, 7.4e7))])
def test_bounds_have_two_digits_and_are_inside_of_those_in_dollars(
        per_dollar: float, bounds: tuple[float, float]) -> None:
    assert bounds_in(1_000, 1e8, per_dollar) == bounds
    assert bounds[0] / per_dollar >= 1_000
    assert bounds[1] / per_dollar <= 1e8


@pytest.mark.parametrize(("text", "code"), [
    ("600,000", ""), ("150k", ""), ("£900k", "GBP"), ("90.000,- €", "EUR"), ("$5k", None), ("$5k CAD", "CAD"),
    ("5 florins", None), ("€5k GBP", None), ("", ""), ("6-9k", "")])
def test_the_currency_beside_an_amount_is_known_where_one_is_meant(text: str, code: str | None) -> None:
    assert currency_in(text) == code
