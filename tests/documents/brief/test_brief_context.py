"""The words for the numbers of a brief, at the bounds where they change."""

from __future__ import annotations

import re
from datetime import date

import pytest

from hiring import ProjectNeeds, evidence_as_of
from hiring.documents.brief.brief_context import (
    BriefContext,
    asked_day,
    capitalized,
    count,
    developers,
    months,
    pay_range,
    positions,
    weekly_hours,
    work_location,
)
from hiring.documents.brief.next_steps import next_steps, part_of
from hiring.evidence.loader import load_catalog
from hiring.model import countries
from hiring.model.decision import decide
from hiring.model.own_figures import Range
from hiring.text import currencies
from hiring.text.currencies import amounts_in
from tests.factories import DAY, OPTIONS, SNAPSHOT

CATALOG = load_catalog()


def context(option: str, own: tuple[tuple[str, Range], ...] = (), **needs: object) -> BriefContext:
    decision = decide(ProjectNeeds(**{"mixes": False, **needs}), evidence_as_of(DAY, own), n=40)
    steps = next_steps(decision, option, CATALOG, DAY)
    return BriefContext(decision, part_of(decision, option), steps, CATALOG, frozenset())


@pytest.mark.parametrize(("option", "needs", "words"), [
    # pay.csv: in_house.article.mid 95,000 to 125,000; freelance.us.mid 65 to 140; agency.asia.senior 37 to 71
    ("in_house", {}, "$95,000 to $125,000 a year"),
    ("freelance", {}, "$65 to $140 an hour"),
    ("agency", {"talent_region": "asia", "seniority": "senior"}, "$37 to $71 an hour"),
    # in_house.oews.junior 93,835 to 120,595
    ("in_house", {"wage_basis": "oews", "seniority": "junior"}, "$93,835 to $120,595 a year"),
    # California: 174,410 / 135,980 = 1.2826; 95,000 × 1.2826 = 121,850, 125,000 × 1.2826 = 160,329
    ("in_house", {"location": "us-ca"}, "$122,000 to $160,000 a year"),
    ("freelance", {"location": "us-ca"}, "$65 to $140 an hour"),
])
def test_the_range_of_pay_is_that_of_the_evidence_for_the_place(option: str, needs: dict[str, object],
                                                               words: str) -> None:
    assert pay_range(context(option, **needs)) == words


@pytest.mark.parametrize("seniority", ["junior", "mid", "senior"])
@pytest.mark.parametrize("country", [it.id for it in SNAPSHOT.countries.values() if not it.is_base])
def test_local_pay_is_that_of_the_row_of_the_country_in_its_currency(country: str, seniority: str) -> None:
    for option, name in (("in_house", "in_house.survey"), ("freelance", "freelance.local")):
        it, row = context(option, location=country, seniority=seniority), f"{country}.{name}.{seniority}"
        with amounts_in(currencies.of(it.decision)):
            found = re.findall(r"[\d,.]+", pay_range(it))
        figure, rates = SNAPSHOT.country_figures[row], SNAPSHOT.exchange_rates
        is_local = figure.unit.startswith(it.decision.currency)  # else it was published in another and is rounded
        ends = [figure.low, figure.high] if is_local else [
            round(countries.exchange(end, countries.currency_of(figure), it.decision.currency, rates))
            for end in (figure.low, figure.high)]
        if option == "freelance" and SNAPSHOT.countries[country].rate_per == "day":  # of eight hours, in whole units
            ends = [round(8 * end) for end in (figure.low, figure.high)]
            assert pay_range(it).endswith("a day")
        assert [float(number.replace(",", "")) for number in found] == ends, row


def test_pay_from_elsewhere_is_exchanged_and_rounded() -> None:
    it = context("agency", talent_region="asia", seniority="senior", location="gb")  # 37 and 71 x 0.7497
    with amounts_in(currencies.of(it.decision)):
        assert pay_range(it) == "£28 to £53 an hour"


def test_a_place_has_its_country_and_outside_staff_sits_in_the_same_country_or_a_region() -> None:
    assert work_location(context("in_house", location="us-ca")) == "California, United States"
    assert work_location(context("in_house", location="gb")) == "United Kingdom"
    assert work_location(context("agency", location="gb")) == "In our country, the United Kingdom"
    assert work_location(context("agency", location="gb", talent_region="asia")) == "Asia"


def test_an_own_figure_is_the_same_in_every_location() -> None:
    assert pay_range(context("freelance", (("freelance.us.mid", Range(80, 80, 80)),))) == "$80 an hour"
    own = (("in_house.article.mid", Range(100_000, 110_000, 130_000)),)
    assert pay_range(context("in_house", own, location="us-ca")) == "$100,000 to $130,000 a year"


def test_every_row_of_pay_gives_its_own_low_and_high() -> None:
    for option in OPTIONS:
        for seniority in ("junior", "mid", "senior"):
            it = context(option, seniority=seniority)
            low, high = (f"${number:,.0f}" for number in (it.pay.low, it.pay.high))
            assert pay_range(it).startswith(f"{low} to {high} ")
            assert it.pay == evidence_as_of(DAY).figures[it.pay.id]


@pytest.mark.parametrize(("heads", "words"), [
    (0.5, "a backend developer for about 20 hours a week"), (1.0, "one full-time backend developer"),
    (2.5, "two full-time backend developers and one for about 20 hours a week"),
    (6, "six full-time backend developers")])
def test_positions_are_whole_ones_and_a_part(heads: float, words: str) -> None:
    assert positions(context("in_house", developers=heads)) == words


@pytest.mark.parametrize(("written", "words"), [
    (developers(0.1), "one developer for about 4 hours a week"), (developers(1), "one full-time developer"),
    (developers(0.996), "one full-time developer"), (developers(2.25), "2.25 full-time developers"),
    (weekly_hours(0.001), "about 1 hour a week"), (weekly_hours(0.25), "about 10 hours a week"),
    (months(0.25), "about 1 week"), (months(1.4), "about 6 weeks"), (months(1.5), "about 1.5 months"),
    (months(6), "about 6 months"), (months(6.123), "about 6.1 months"),
    (count(1), "one"), (count(9), "nine"), (count(10), "10"), (count(0.333), "0.33"),
    (capitalized("one"), "One"), (capitalized(""), ""),
])
def test_numbers_are_written_in_words(written: str, words: str) -> None:
    assert written == words


def test_staff_of_your_own_sits_where_you_hire_and_others_where_you_look_for_them() -> None:
    needs = {"location": "us-ca", "talent_region": "eastern_europe"}
    assert [work_location(context(option, **needs)) for option in OPTIONS] == [
        "Eastern Europe", "California, United States", "Eastern Europe"]


def test_weeks_are_counted_from_the_day_of_the_needs() -> None:
    assert asked_day(context("agency"), 2) == date(2026, 12, 6)
    assert asked_day(context("agency"), 1.99) == date(2026, 12, 6)  # the nearest day, as a typed date comes back
