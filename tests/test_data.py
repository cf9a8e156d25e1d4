"""House rules of `data/`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from statistics import mean
from zoneinfo import ZoneInfo

import pytest

from hiring import ProjectNeeds
from hiring.evidence.loader import DATA, KEY_COLUMNS, TOPICS, UNITS, load_evidence
from hiring.lists.examples import load_examples
from hiring.model import countries
from hiring.model.decision import decide
from hiring.model.evidence import Country
from hiring.model.needs import CHOICE, NEEDS
from hiring.model.option_draws import DISTANCE_FIGURES
from tests.factories import OPTIONS, Recording
from tests.readability import readability, sentences
from tests.strategies import NEWEST

EVIDENCE = load_evidence()
SHEETS = sorted(DATA.glob("*.csv"))
UNDATED = ("brief.csv", "claims.csv", "examples.csv", "laws.csv", "steps.csv", "terms.csv")  # tables of words
STATES = re.findall(r"\w+", """al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh
nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy""")
# The largest metropolitan areas by people, New York first: codes of the Office of Management and Budget.
METROS = re.findall(r"\w+", """35620 31080 16980 19100 26420 47900 37980 12060 33100 38060 14460 41860 40140 19820 42660
33460 41740 45300 19740 12580 41180 36740 16740 41700 38900 40900 38300 12420 29820 17140 28140 18140 26900 17410 41940
34980 47260 39300 27260 33340 36420 39580 32820 40060 31140 35380""")


def rows(sheet: Path) -> list[dict[str, str]]:
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def every_answer() -> Iterator[ProjectNeeds]:
    """Every choice of every need, every row of pay, and projects without a budget or a deadline."""
    for need, definition in NEEDS.items():
        if definition.kind == CHOICE:
            yield from (ProjectNeeds(**{need: choice}) for choice in definition.choices)
    for seniority, region in product(NEEDS["seniority"].choices, NEEDS["talent_region"].choices):
        yield ProjectNeeds(seniority=seniority, talent_region=region)
    for seniority, basis in product(NEEDS["seniority"].choices, NEEDS["wage_basis"].choices):
        yield ProjectNeeds(seniority=seniority, wage_basis=basis)
    yield ProjectNeeds(technical_lead=False, budget_usd=None, deadline_months=None)


# Rows

def test_every_table_is_read_and_described() -> None:
    described = set(re.findall(r"^\| `([a-z_]+\.(?:csv|toml))` \|", (DATA / "README.md").read_text(), re.MULTILINE))
    assert described == {file.name for file in DATA.iterdir()} - {"README.md"}
    assert {figure.table for figure in EVIDENCE.figures} == set(KEY_COLUMNS)
    assert EVIDENCE.wages
    assert EVIDENCE.claims
    assert load_examples()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_rows_are_unique_and_sorted_by_id_then_date(sheet: Path) -> None:
    keys = [(row["id"], row.get("valid_from", ""), row.get("recorded", "")) for row in rows(sheet)]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_cell_would_be_run_or_changed_by_a_spreadsheet(sheet: Path) -> None:
    for row in rows(sheet):
        for column, cell in row.items():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "'")), (row["id"], column)
            assert cell == cell.strip()
            assert cell.isascii(), (row["id"], column)


def test_sources_and_their_ids_are_sorted() -> None:
    assert list(EVIDENCE.sources) == sorted(EVIDENCE.sources)


def test_units_are_of_the_closed_list_and_fit_their_table() -> None:
    allowed = {"levels": {"share"}, "ratings": {"points"}, "figures": set(UNITS) - {"USD per year"}}
    for figure in EVIDENCE.figures:
        if figure.table == "pay":
            assert figure.unit == ("USD per year" if figure.id.startswith("in_house.") else "USD per hour"), figure.id
        else:
            assert figure.unit in allowed[figure.table], figure.id
    assert {row["unit"] for row in rows(DATA / "wages.csv")} == {"USD per year"}


def test_the_readme_lists_the_units() -> None:
    text = " ".join((DATA / "README.md").read_text(encoding="utf-8").split())
    listed = re.search(r"`unit`: one of ([^.]*)\.", text)
    assert listed
    assert set(listed[1].split(", ")) == set(UNITS)


def test_ranges_rise_from_low_to_central_to_high() -> None:
    assert all(0 <= figure.low <= figure.central <= figure.high for figure in EVIDENCE.figures)


def test_choices_and_the_method_are_fixed_and_have_no_range() -> None:
    method = ("importance.", "caution_share", "fits_share", "close_call_share", "leaning_share", "likely_share")
    assert all(figure.is_fixed for figure in EVIDENCE.figures
               if figure.table == "levels" or figure.id.startswith(method))


def test_published_and_derived_rows_say_where_and_come_from_outside() -> None:
    for row in (*EVIDENCE.figures, *EVIDENCE.wages):
        if row.kind != "assumed":
            assert row.locator, row.id
            assert set(row.source) - {"assumed"}, row.id
            assert row.quality in ("green", "amber"), row.id
    assert all(claim.locator for claim in EVIDENCE.claims)


def test_assumed_rows_are_red_and_give_their_reason() -> None:
    assumed = [figure for figure in EVIDENCE.figures if figure.kind == "assumed"]
    assert assumed
    assert all(figure.quality == "red" and "assumed" in figure.source and len(figure.note) > 20 for figure in assumed)
    assert all(figure.note for figure in EVIDENCE.figures)


def test_a_derived_row_is_never_green() -> None:
    assert all(row.quality == "amber" for row in (*EVIDENCE.figures, *EVIDENCE.wages) if row.kind == "derived")
    rates = [contribution.rate for contribution in EVIDENCE.contributions]
    assert all(row.quality != "green" and row.locator for row in (*EVIDENCE.country_figures, *rates)
               if row.kind == "derived")


def test_dates_are_iso_and_not_in_the_future() -> None:
    for sheet in SHEETS:
        for row in rows(sheet) if sheet.name not in UNDATED else ():
            valid_from, recorded = (date.fromisoformat(row[column]) for column in ("valid_from", "recorded"))
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["valid_from"]), row["id"]
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["recorded"]), row["id"]
            assert valid_from <= recorded <= date.today(), row["id"]
    assert all(source.accessed <= date.today() for source in EVIDENCE.sources.values())


def test_every_example_says_why_its_needs_are_what_they_are() -> None:
    table = rows(DATA / "examples.csv")
    assert {"id", "note"} <= table[0].keys() <= {"id", "note", "budget", *NEEDS}
    assert all(len(row["note"]) > 40 and re.fullmatch(r"[a-z]+(-[a-z]+)*", row["id"]) for row in table)


# Use

def test_every_figure_is_used_by_some_decision() -> None:
    recording = Recording(NEWEST.figures)
    for needs in every_answer():
        decision = decide(needs, replace(NEWEST, figures=recording), n=40)
        assert decision.findings is not None  # cautions are looked for when they are asked for
    unread = set(NEWEST.figures) - recording.read
    assert unread <= {f"{name}.over_2" for name in DISTANCE_FIGURES}  # no region is that far away


def test_every_source_is_cited_and_every_citation_registered() -> None:
    rates = (contribution.rate for contribution in EVIDENCE.contributions)
    cited = {source for entry in (*EVIDENCE.figures, *EVIDENCE.wages, *EVIDENCE.rules, *EVIDENCE.claims,
                                  *EVIDENCE.country_figures, *EVIDENCE.exchange_rates, *EVIDENCE.laws, *rates)
             for source in entry.source}
    assert cited == set(EVIDENCE.sources)


def test_every_source_has_an_address_or_says_why_not() -> None:
    for source in EVIDENCE.sources.values():
        assert source.producer
        assert source.title
        assert source.published
        assert source.licence
        assert source.address.startswith(("https://", "http://")) or (not source.address and source.note), source.id


def test_a_publisher_that_speaks_of_itself_is_marked_as_interested() -> None:
    assert EVIDENCE.sources["article"].interest
    for rating in EVIDENCE.figures:
        if rating.table == "ratings" and rating.id.endswith(".agency") and "article" in rating.source:
            assert "interest" in rating.note


# Places

def test_every_state_and_the_largest_metro_areas_have_wages() -> None:
    assert len(STATES) == 50
    assert len(set(METROS)) >= 45
    kinds = {wage.id.removeprefix("us-"): wage.area_type for wage in NEWEST.wages.values()}
    assert {it: kinds.get(it) for it in (*STATES, "dc")} == dict.fromkeys((*STATES, "dc"), "state")
    assert {it: kinds.get(it) for it in METROS} == dict.fromkeys(METROS, "metro")
    assert [it for it, kind in kinds.items() if kind == "nation"] == ["us"]


def test_every_place_can_be_compared_with_the_nation_of_its_own_release() -> None:
    assert all(NEWEST.wage_ratio(place) > 0 for place in NEWEST.wages)
    assert NEWEST.wage_ratio("us") == 1


@pytest.mark.parametrize("country", NEWEST.countries.values(), ids=lambda country: country.id)
def test_a_country_has_every_figure_that_the_model_reads_by_country(country: Country) -> None:
    own = countries.in_country(NEWEST, country.id)
    if country.is_base:
        assert not own.borrowed
        return
    assert set(countries.names(NEWEST)) <= own.figures.keys()
    assert {row.id for row in EVIDENCE.country_figures if row.id.startswith(f"{country.id}.")} <= {
        f"{country.id}.{name}" for name in countries.names(NEWEST)}
    assert own.contributions[country.id]
    assert {law.topic for law in NEWEST.laws if law.country == country.id} == set(TOPICS)
    for name in countries.pay(NEWEST):
        per = "year" if name.startswith("in_house.") else "hour"
        assert own.figures[name].unit == f"{country.currency} per {per}"


def test_time_differences_are_those_of_the_zones() -> None:
    """Means over 2026 between a country's main zone and the places that the row names, to half an hour."""
    rows = [row for row in EVIDENCE.country_figures if ".time_difference." in row.id]
    assert rows
    for row in rows:
        here, there = (re.findall(r"\w+/[\w/]+", part) for part in row.locator.split(";"))
        assert tuple(here) == NEWEST.countries[row.id.split(".")[0]].zones
        assert abs(row.central - mean(hours_apart(here[0], place) for place in there)) <= 0.25, row.id


def hours_apart(one: str, other: str) -> float:
    """The mean difference of two zones over 2026, the shorter way around the clock."""
    days = [datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(365)]
    offsets = ([day.astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for day in days] for zone in (one, other))
    apart = [abs((here - there) / timedelta(hours=1)) for here, there in zip(*offsets, strict=True)]
    return mean(min(hours, 24 - hours) for hours in apart)


def test_the_productive_share_is_worked_out_as_its_note_says() -> None:
    """(260 - leave - holidays - sickness) / 260 x (1 - 7 / 40), as in the United States."""
    rows = [row for row in EVIDENCE.country_figures if row.id.endswith(".productive_share.in_house")]
    assert rows
    for row in rows:
        away = re.search(r"\(260 - ([\d.]+) - ([\d.]+) - ([\d.]+)\)", row.note)
        assert away
        share = (260 - sum(map(float, away.groups()))) / 260 * (1 - 7 / 40)
        assert row.central == pytest.approx(share, abs=0.005), row.id


def test_laws_are_easy_to_read_and_have_an_official_address() -> None:
    for law in NEWEST.laws:
        assert [text for text in sentences(law.sentence) if readability(text) > 9] == [], law.id
        assert law.address.startswith("https://"), law.id
        assert law.as_of <= date.today(), law.id


def test_ratings_and_claims_name_known_options_and_criteria() -> None:
    criteria = {criterion.id for criterion in EVIDENCE.criteria}
    rated = {tuple(figure.id.split(".")) for figure in NEWEST.figures.values() if figure.table == "ratings"}
    assert rated == set(product(criteria - {"cost", "speed"}, OPTIONS))
    assert all(claim.criterion in criteria | {""} and claim.option in {*OPTIONS, ""} for claim in EVIDENCE.claims)
