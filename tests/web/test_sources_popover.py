"""The sources of an answer: the figures of a country in its currency, and what is taken from another country."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

import hiring
from hiring import Decision, ProjectNeeds, evidence_as_of
from hiring.model.evidence import OWN
from hiring.model.needs import LOCAL
from hiring.text import currencies, figure_names
from hiring.text.borrowed_text import borrowed
from hiring.text.formatting import unmarked
from hiring.web.components import sources_popover

EVIDENCE = evidence_as_of()
ABROAD = sorted(country.id for country in EVIDENCE.countries.values() if not country.is_base)
CURRENCY = re.compile(r"\b[A-Z]{3}\b(?= per| to| head|\.|,)")


@cache
def decided(location: str, currency: str = "") -> Decision:
    return hiring.decide(ProjectNeeds(location=location, talent_region=LOCAL, currency=currency, mixes=False))


def listed(decision: Decision, *parts: str) -> str:
    """What the button Sources lists."""
    with currencies.amounts_in(currencies.of(decision)):
        return re.sub(r"\\(.)", r"\1", unmarked(sources_popover.listing(decision, parts)))


@pytest.mark.parametrize("location", ABROAD)
def test_the_sources_have_the_figures_of_the_country_in_its_currency(location: str) -> None:
    decision = decided(location)
    code, name = EVIDENCE.countries[location].currency, EVIDENCE.countries[location].name
    text = listed(decision, "cost", "time")
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    units = {found for line in lines for found in CURRENCY.findall(re.sub(r"\. [A-Z].*", ".", line.split(": ", 1)[1]))}
    assert units - {"FTE"} == {code}
    (salary,) = (line for line in lines if line.startswith(f"- **Pay, in-house, {name}, mid**"))
    row = EVIDENCE.country_figures[f"{location}.in_house.survey.mid"]
    assert f": {figure_names.range_text(row)} {code} per year. Derived from [" in salary
    assert not [line for line in lines if "_" in line.split("**")[1]]
    for contribution in EVIDENCE.contributions[location]:
        assert figure_names.contribution_name(contribution, EVIDENCE) in text


@pytest.mark.parametrize("location", ABROAD)
def test_what_is_taken_from_another_country_is_named_once_and_beside_the_figure(location: str) -> None:
    decision = decided(location)
    used = {figure.id for part in decision.figures_used().values() for figure in part}
    lenders = {lender for id_, lender in decision.evidence.borrowed.items() if id_ in used}
    named = borrowed(decision)
    assert {it for it in EVIDENCE.countries if f"taken from {EVIDENCE.countries[it].noun}" in named} == lenders
    assert named.count("taken from") == len(lenders)
    text = listed(decision, "cost", "time")
    assert text.count("Taken from ") == len(used & decision.evidence.borrowed.keys())


def test_a_borrowed_rate_asks_for_a_quote_and_a_figure_of_your_own_is_not_borrowed() -> None:
    decision = decided("ie")
    assert borrowed(decision).startswith(
        "Agency rates for Ireland are taken from the United Kingdom; put in your own quote. ")
    given = {id_: replace(figure, kind=OWN) if id_ in decision.evidence.borrowed else figure
             for id_, figure in decision.evidence.figures.items()}
    assert borrowed(replace(decision, evidence=replace(decision.evidence, figures=given))) == ""
    elsewhere = hiring.decide(ProjectNeeds(location="ie", talent_region="asia", mixes=False))
    assert "gency rates" not in borrowed(elsewhere)
    assert borrowed(decided("us")) == ""


def test_amounts_in_a_currency_that_was_picked_are_exchanged() -> None:
    rate = EVIDENCE.exchange_rates["CAD"].central
    salary = EVIDENCE.central("in_house.article.mid")
    assert f"{salary * rate:,.0f} / " in listed(decided("us", "CAD"), "cost")
    own = hiring.decide(ProjectNeeds(currency="CAD", mixes=False), own={"agency.us.mid": 123.456})
    assert f"{123.456 * rate:,.10g} CAD per hour" in listed(own, "cost")


@pytest.mark.parametrize(("start", "end", "name"), [
    (0, float("inf"), "Levy"), (5_000, float("inf"), "Levy, above 5,000 EUR"),
    (0, 61_214.4, "Levy, up to 61,214.4 EUR"), (24_000, 28_000, "Levy, 24,000 to 28,000 EUR")])
def test_a_contribution_is_named_with_the_part_of_the_salary(start: float, end: float, name: str) -> None:
    one = replace(EVIDENCE.contributions["de"][0], name="levy", start=start, end=end)
    assert figure_names.contribution_name(one, EVIDENCE) == name
