"""The tables of the evidence, by country: what is in them, in which unit, and whose it is."""

from __future__ import annotations

import re

import pytest

from hiring import ProjectNeeds, decide, evidence_as_of
from hiring.model import countries
from hiring.model.needs import LOCAL
from hiring.text import evidence_tables
from hiring.text.evidence_tables import ALL, NOT_FIGURES, TABLES, Row

EVIDENCE = evidence_as_of()
BASE = EVIDENCE.country
COUNTRIES = sorted(EVIDENCE.countries)


def rows(table: str, country: str) -> dict[str, Row]:
    return {row["id"]: row for row in evidence_tables.rows(EVIDENCE, table, country)}


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_figure_and_contribution_behind_an_answer_is_in_a_table_of_its_country(country: str) -> None:
    shown = {id_ for table in (*[it for it in TABLES if it not in NOT_FIGURES], "contributions")
             for id_ in rows(table, country)}
    decision = decide(ProjectNeeds(location=country, talent_region=LOCAL, technical_lead=False))
    used = {figure.id for part in decision.figures_used().values() for figure in part}
    assert {id_ for id_ in used if id_ not in shown and f"{country}.{id_}" not in shown} == set()
    assert len(shown) == len({id_.removeprefix(f"{country}.") for id_ in shown})  # none of them twice


@pytest.mark.parametrize("country", COUNTRIES)
def test_rows_are_those_of_the_country_as_published(country: str) -> None:
    own = {id_: row for id_, row in EVIDENCE.country_figures.items() if row.id.startswith(f"{country}.")}
    shown = rows("pay", country) | rows("figures", country)
    for id_, figure in own.items():
        if countries.currency_of(figure) in ("", EVIDENCE.countries[country].currency):
            assert [shown[id_][it] for it in ("low", "central", "high", "unit")] == [
                figure.low, figure.central, figure.high, figure.unit]
            assert "as_published" not in shown[id_]
    for table in ("contributions", "wages", "laws"):
        assert all(id_[:2] == country for id_ in rows(table, country))
    names = [row["name"] for row in shown.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("country", COUNTRIES)
def test_amounts_of_a_country_are_in_its_currency_beside_those_that_were_published_in_another(country: str) -> None:
    currency = EVIDENCE.countries[country].currency
    shown = rows("pay", country) | rows("figures", country)
    amounts = [row for row in shown.values() if re.match(r"[A-Z]{3} ", f"{row['unit']} ") and row["unit"] != "FTE"]
    assert {row["unit"][:3] for row in amounts} == {currency}
    equipment = shown.get(f"{country}.equipment_usd.in_house", shown.get("equipment_usd.in_house"))
    published = EVIDENCE.figures["equipment_usd.in_house"]
    if country == BASE:
        assert "as_published" not in equipment
    else:
        rate = countries.per_dollar(currency, EVIDENCE.exchange_rates)
        assert equipment["central"] == pytest.approx(published.central * rate, rel=1e-3)
        assert equipment["as_published"].endswith(f"/ {published.high:,.10g} USD per head")


def test_a_note_names_other_rows_in_words() -> None:
    for country in COUNTRIES:
        for table in ("pay", "figures"):
            for row in rows(table, country).values():
                assert not re.search(r"\b(?!pay\.csv)[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*\b", row["note"]), row["note"]


def test_all_countries_together_have_each_row_once() -> None:
    shown = rows("pay", ALL) | rows("figures", ALL)
    expected = {id_ for id_, it in EVIDENCE.figures.items() if it.table in ("pay", "figures")
                and not id_.startswith("importance.")}
    assert set(shown) == expected | set(EVIDENCE.country_figures)
    names = [row["name"] for row in shown.values()]
    assert len(names) == len(set(names))
    assert len(rows("laws", ALL)) == len(EVIDENCE.laws)
    assert len(rows("contributions", ALL)) == sum(map(len, EVIDENCE.contributions.values()))
    assert set(rows("sources", ALL)) >= set(rows("sources", "gb")) | set(rows("sources", "de"))


def test_what_is_about_the_country_comes_before_other_regions() -> None:
    abroad = [id_.startswith("gb.") for id_ in rows("pay", "gb")]
    assert abroad == sorted(abroad, reverse=True)
    assert any(abroad)


def test_a_borrowed_figure_names_its_country_and_is_called_assumed() -> None:
    row = rows("pay", "ie")["ie.agency.local.mid"]
    assert row["name"] == "Pay, agency, Ireland, mid"
    assert row["note"].startswith("Taken from the United Kingdom. ")
    assert (row["quality"], row["unit"]) == ("Assumed", "EUR per hour")
    assert row["as_published"].endswith(" GBP per hour")
    assert "ie.agency.local.mid" not in rows("pay", ALL)


def test_wages_by_area_and_american_salaries_are_shown_for_their_country_alone() -> None:
    for country in COUNTRIES:
        names = evidence_tables.tables(EVIDENCE, country)
        assert ("wages" in names) == (country == BASE)
        assert ("contributions" in names) == bool(EVIDENCE.contributions[country])
        salaries = [id_ for id_ in rows("pay", country) if "in_house" in id_]
        assert any("in_house.article" in id_ for id_ in salaries) == (country == BASE)
        assert ("load" in rows("figures", country)) == (country == BASE)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_sources_are_those_of_the_rows(country: str) -> None:
    cited = " ".join(row["source"] for table in TABLES if table != "sources" for row in rows(table, country).values())
    shown = rows("sources", country)
    assert all(f"{row['producer']}, {row['title']}" in cited for row in shown.values())
    assert len(shown) < len(EVIDENCE.sources)


def test_a_contribution_has_its_part_of_the_salary_and_a_rate_its_day() -> None:
    pension, insurance = (rows("contributions", "gb")[f"gb.{it}"] for it in ("workplace_pension", "national_insurance"))
    found = [(it["from"], it["to"], it["currency"]) for it in (pension, insurance)]
    assert found == [(6_240, 50_270, "GBP"), (5_000, None, "GBP")]
    for row in rows("exchange_rates", "gb").values():
        rate = EVIDENCE.exchange_rates[row["id"]]
        assert (row["unit"], row["valid_from"], row["central"]) == (f"{rate.id} per USD", rate.valid_from, rate.central)
        assert row["name"] != row["id"]


def test_a_law_leads_to_an_official_page_and_says_what_is_second_hand_and_what_moves() -> None:
    for law in EVIDENCE.laws:
        row = rows("laws", law.country)[law.id]
        assert (row["name"], row["as_of"], row["address"]) == (law.name, law.as_of, law.address)
        assert row["quality"] == ("Second hand" if law.is_second_hand else "First hand")
        assert ("check" in row["status"]) == law.is_moving
        assert re.match(EVIDENCE.countries[law.country].name, row["country"])
    assert rows("laws", "us")["us.contractor.california"]["country"] == "United States, California"
