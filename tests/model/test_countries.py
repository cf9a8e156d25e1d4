"""Figures of a country, borrowed ones, exchange, and what employers pay by law.

The costs of Germany and the United Kingdom are worked out here again, from rates and ceilings of the law."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hiring.model import countries
from hiring.model.amounts import AmountError, read
from hiring.model.costs import employment_cost
from hiring.model.evidence import Snapshot
from hiring.model.needs import NEEDS
from tests.factories import figure
from tests.strategies import NEWEST


def cost(country: str, salary: float) -> float:
    return float(employment_cost(salary, NEWEST.contributions[country]))


def of(country: str, evidence: Snapshot = NEWEST) -> Snapshot:
    return countries.in_country(evidence, country)


def without(evidence: Snapshot, *ids: str) -> Snapshot:
    kept = {id_: row for id_, row in evidence.country_figures.items() if id_ not in ids}
    return replace(evidence, country_figures=kept)


# Contributions

def test_a_contribution_is_paid_on_the_part_between_its_ends() -> None:
    pension, tax = (it for it in NEWEST.contributions["au"] if it.country == "au")
    two = (replace(pension, start=10_000, end=30_000, rate=figure(0.1, 0.1, 0.1, id="a")),
           replace(tax, start=20_000, end=np.inf, rate=figure(0.05, 0.05, 0.05, id="b")))
    salaries = np.array([[5_000.0, 10_000.0, 20_000.0], [25_000.0, 30_000.0, 50_000.0]])
    paid = np.array([[0, 0, 1_000], [1_500 + 250, 2_000 + 500, 2_000 + 1_500]])
    assert employment_cost(salaries, two) == pytest.approx(salaries + paid)
    assert employment_cost(40_000, two) == pytest.approx(40_000 + 2_000 + 1_000)
    assert employment_cost(40_000, two, {"a": np.array([0.2, 0.3])}) == pytest.approx([45_000, 47_000])


@pytest.mark.parametrize("salary", [45_000, 65_000, 85_000, 120_000])
def test_a_hire_in_germany_costs_what_the_law_says(salary: float) -> None:
    """Employers pay half of the rates of 2026. Pension and unemployment insurance (SGB VI section 158, SGB III section
    341) end at 101,400 EUR, health and care insurance (SGB V sections 241 and 242a, SGB XI section 55) at 69,750."""
    pension, unemployment, health, additional, care = 0.186, 0.026, 0.146, 0.029, 0.036
    by_law = salary + ((pension + unemployment) * min(salary, 101_400)
                       + (health + additional + care) * min(salary, 69_750)) / 2
    assert cost("de", salary) == pytest.approx(by_law, rel=0.02)


@pytest.mark.parametrize("salary", [35_000, 50_000, 75_000, 110_000])
def test_a_hire_in_the_united_kingdom_costs_what_the_law_says(salary: float) -> None:
    """National insurance of employers: 15% above 5,000 GBP a year (National Insurance Contributions Act 2025, sections
    1 and 2). Workplace pension: at least 3% of earnings from 6,240 to 50,270 GBP (Pensions Act 2008, sections 13 and
    20)."""
    by_law = salary + 0.15 * (salary - 5_000) + 0.03 * (min(salary, 50_270) - 6_240)
    assert cost("gb", salary) == pytest.approx(by_law, rel=0.02)


@pytest.mark.parametrize(("salary", "total"), [
    (32_000, 41_994.24), (36_000, 48_859.92), (45_000, 63_507.60), (50_000, 71_378.97), (60_000, 86_336.17),
    (80_000, 116_594.57), (100_000, 145_484.97), (120_000, 174_375.37)])
def test_a_hire_in_france_costs_what_the_official_calculator_says(salary: float, total: float) -> None:
    """What the rules of mon-entreprise.urssaf.fr (modele-social 11.1.0) give for managerial staff of a firm of 60."""
    assert cost("fr", salary) == pytest.approx(total, rel=0.01)


@pytest.mark.parametrize("country", sorted(NEWEST.contributions))
def test_a_higher_salary_never_costs_less(country: str) -> None:
    salaries = np.linspace(1_000, 500_000, 2_000)
    assert np.all(np.diff(employment_cost(salaries, NEWEST.contributions[country])) >= np.diff(salaries) - 1e-6)


# Figures

def test_the_base_country_keeps_the_evidence_as_it_is() -> None:
    assert of(NEWEST.country) is NEWEST


def test_a_row_of_the_country_takes_the_place_of_the_figure() -> None:
    own, row = of("gb"), NEWEST.country_figures["gb.lead_weeks.in_house"]
    assert own.figures["lead_weeks.in_house"] == replace(row, id="lead_weeks.in_house", table="figures")
    assert own.figures["agency.local.mid"].table == "pay"
    assert own.country == "gb"


def test_what_does_not_differ_by_country_stays() -> None:
    assert of("gb").figures["overrun.mostly_clear"] == NEWEST.figures["overrun.mostly_clear"]


def test_every_amount_is_in_the_currency_of_the_country() -> None:
    for country in NEWEST.countries.values():
        found = {countries.currency_of(figure) for figure in of(country.id).figures.values()}
        assert found == {"", country.currency}, country.id


def test_an_amount_is_exchanged_at_the_dated_rate() -> None:
    minimum, rate = NEWEST.figures["minimum_usd.agency"], NEWEST.exchange_rates["EUR"].central
    exchanged = of("de").figures["minimum_usd.agency"]
    assert (exchanged.low, exchanged.central, exchanged.high) == pytest.approx(
        [minimum.low * rate, minimum.central * rate, minimum.high * rate])
    assert exchanged.unit == "EUR"


def test_a_missing_figure_is_that_of_the_first_country_that_has_one_and_red() -> None:
    spain = of("es", without(NEWEST, "es.lead_weeks.in_house", "fr.lead_weeks.in_house"))
    lent = NEWEST.country_figures["de.lead_weeks.in_house"]
    used = spain.figures["lead_weeks.in_house"]
    assert spain.borrowed["lead_weeks.in_house"] == "de"
    assert (used.central, used.quality, used.note) == (lent.central, "red", f"Taken from Germany. {lent.note}")


def test_pay_that_no_neighbor_has_is_that_of_the_base_country_in_the_own_currency() -> None:
    canada = of("ca", without(NEWEST, "ca.freelance.local.mid"))
    expected = NEWEST.central("freelance.us.mid") * NEWEST.exchange_rates["CAD"].central
    assert canada.central("freelance.local.mid") == pytest.approx(expected)


def test_a_figure_that_can_be_borrowed_from_none_is_named() -> None:
    alone = {**NEWEST.countries, "gb": replace(NEWEST.countries["gb"], borrows=())}
    with pytest.raises(ValueError, match=r"gb\.sourcing_usd\.in_house: found no row"):
        of("gb", replace(NEWEST, countries=alone))


# The budget

@pytest.mark.parametrize(("country", "currency", "typed", "amount"), [
    ("us", "", "$600k", 600_000), ("gb", "", "£900k", 900_000), ("gb", "EUR", "€900k", 900_000),
    ("gb", "USD", "$900k", 900_000), ("ca", "", "$900k", 900_000), ("us", "CAD", "CA$900k", 900_000),
    ("ca", "USD", "USD 900k", 900_000), ("pl", "", "3,2 mln zł", 3_200_000)])
def test_a_budget_is_typed_in_the_currency_of_the_country_or_another(
        country: str, currency: str, typed: str, amount: float) -> None:
    need = countries.budget_in(NEWEST, country, currency)
    assert need.measure
    assert read(typed, need.measure, need.low, need.high) == amount


@pytest.mark.parametrize(("country", "currency"), [("gb", "CAD"), ("us", "AUD"), ("ca", "USD"), ("au", "CAD")])
def test_a_dollar_alone_is_asked_about_where_the_country_does_not_say_which(country: str, currency: str) -> None:
    need = countries.budget_in(NEWEST, country, currency)
    assert need.measure
    with pytest.raises(AmountError, match=r"because \$ can mean several currencies"):
        read("$900k", need.measure, need.low, need.high)


def test_a_budget_in_the_base_country_is_asked_as_ever() -> None:
    need = countries.budget_in(NEWEST, "us")
    assert replace(need, measure=None) == replace(NEEDS["budget_usd"], measure=None)


# Exchange and names

def test_exchange_goes_through_the_dollar() -> None:
    rates = {"GBP": figure(0.75, 0.75, 0.75), "EUR": figure(0.9, 0.9, 0.9)}
    assert countries.exchange(100, "GBP", "EUR", rates) == pytest.approx(120)
    assert countries.exchange(100, "USD", "EUR", rates) == pytest.approx(90)
    assert countries.exchange(100.1, "EUR", "EUR", rates) == 100.1
    with pytest.raises(KeyError):
        countries.exchange(100, "XXX", "EUR", rates)


@pytest.mark.parametrize(("typed", "code"), [
    ("gb", "gb"), ("UK", "gb"), ("U.K.", "gb"), (" the  United Kingdom", "gb"), ("Great Britain", "gb"), ("usa", "us"),
    ("U.S.A.", "us"), ("Germany", "de"), ("DEUTSCHLAND", "de"), ("España", "es"), ("Holland", "nl"), ("ca", "ca"),
])
def test_a_country_is_understood_as_people_type_it(typed: str, code: str) -> None:
    country = countries.resolve(NEWEST, typed)
    assert country is not None
    assert country.id == code


@pytest.mark.parametrize("typed", ["", "Narnia", "the", "41940", "us-ca"])
def test_what_means_no_country_is_none(typed: str) -> None:
    assert countries.resolve(NEWEST, typed) is None
