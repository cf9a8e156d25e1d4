"""Days as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from hiring.evidence.loader import load_evidence
from hiring.model.days import DayError, example, layout, read

START, FIRST, LAST = date(2026, 11, 30), date(2026, 12, 8), date(2032, 11, 22)
MARCH, JANUARY, CHRISTMAS = date(2027, 3, 1), date(2027, 1, 3), date(2027, 12, 25)
COUNTRIES = [country.id for country in load_evidence().countries]


def meaning(typed: str, country: str) -> date:
    return read(typed, country, START, FIRST, LAST)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("typed", [
    "2027-03-01", "2027/3/1", "2027.03.01", "March 1, 2027", "march 1st 2027", "Mar. 1, 2027", "1 March 2027",
    "1. March 2027", "1 Mar 27", "1st of March, 2027"])
def test_what_has_one_meaning_is_read_alike_in_every_country(typed: str, country: str) -> None:
    assert meaning(typed, country) == MARCH


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_day_is_read_as_its_country_writes_it(country: str) -> None:
    for day in (MARCH, JANUARY, CHRISTMAS):
        assert meaning(example(day, country), country) == day
    assert sorted(layout(country).replace("-", "/").replace(".", "/").split("/")) == ["DD", "MM", "YYYY"]


@pytest.mark.parametrize(("typed", "country", "day"), [
    ("03/01/2027", "us", MARCH), ("3/1/27", "us", MARCH), ("01/03/2027", "gb", MARCH), ("1.3.2027", "de", MARCH),
    ("1.3.27", "de", MARCH), ("01. 03. 2027", "de", MARCH), ("1-3-2027", "nl", MARCH), ("01.03.2027", "gb", MARCH),
    ("25/12/2027", "us", CHRISTMAS), ("12/25/2027", "de", CHRISTMAS), ("25.12.2027", "us", CHRISTMAS),
    ("1. März 2027", "de", MARCH), ("1 mars 2027", "fr", MARCH), ("1 de marzo de 2027", "es", MARCH),
    ("in 9 months", "us", date(2027, 8, 30)), ("9 weeks", "us", date(2027, 2, 1)), ("90 days", "us", date(2027, 2, 28)),
    ("01/12/2024", "us", date(2024, 1, 12))])
def test_a_day_is_read(typed: str, country: str, day: date) -> None:
    assert meaning(typed, country) == day


@pytest.mark.parametrize(("typed", "country", "meant"), [
    ("01.03.2027", "us", (JANUARY, MARCH)), ("01-03-2027", "us", (JANUARY, MARCH)),
    ("01/03/2027", "de", (MARCH, JANUARY)), ("01/03/2027", "ca", (MARCH, JANUARY))])
def test_what_the_country_writes_otherwise_and_can_mean_two_days_is_asked(
        typed: str, country: str, meant: tuple[date, ...]) -> None:
    with pytest.raises(DayError) as caught:
        meaning(typed, country)
    assert (caught.value.meant, caught.value.is_unfinished) == (meant, False)


def test_of_two_days_only_those_within_the_bounds_count() -> None:
    assert meaning("12.09.2026", "us") == date(2026, 12, 9)
    assert meaning("09.12.2026", "us") == date(2026, 12, 9)


@pytest.mark.parametrize("typed", [
    "31.02.2027", "soon", "1/3/2027 or later", "2027-13-01", "1 Foo 2027", "9" * 41])
def test_anything_else_is_no_day(typed: str) -> None:
    with pytest.raises(DayError) as caught:
        meaning(typed, "de")
    assert caught.value.meant == ()


@pytest.mark.parametrize("typed", ["03/01/2027", "2027-03-01", "March 1, 2027", "1 March 2027", "in 9 months",
                                   "1.3.2027", "1. März 2027"])
def test_no_beginning_of_a_day_is_more_than_unfinished(typed: str) -> None:
    for length in range(len(typed)):
        try:
            meaning(typed[:length], "de")
        except DayError as error:
            assert error.is_unfinished, typed[:length]
