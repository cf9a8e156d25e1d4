"""Derived rows of `data/` equal the arithmetic that in their notes, and the article's words are carried over."""

from __future__ import annotations

import re

import pytest

from hiring.model.evidence import Figure, Wage
from tests.factories import DAY, SNAPSHOT

REGIONAL = sorted(id_ for id_, figure in SNAPSHOT.figures.items()
                  if figure.unit == "USD per hour" and figure.table == "pay" and ".us." not in id_)


def span(figure: Figure) -> tuple[float, float, float]:
    return figure.low, figure.central, figure.high


def nation() -> Wage:
    return SNAPSHOT.wages["us"]


def test_the_articles_range_runs_from_junior_to_senior_pay() -> None:
    # the article: 90,000 to 130,000 a year, so its middle is 110,000
    assert [SNAPSHOT.central(f"in_house.article.{level}") for level in ("junior", "mid", "senior")] == [
        90_000, 110_000, 130_000]
    claim = next(claim for claim in SNAPSHOT.claims if claim.id == "salary.range")
    assert "90,000 to 130,000" in claim.claim


def test_surveyed_pay_follows_from_the_national_percentiles() -> None:
    wage = nation()
    assert wage.valid_from <= DAY
    p10, p25, p50, p75, p90 = (p or 0 for p in (wage.p10, wage.p25, wage.p50, wage.p75, wage.p90))
    assert (p10, p25, p50, p75, p90) == (82_460, 105_210, 135_980, 171_980, 214_670)
    expected = {"junior": ((p10 + p25) / 2, p25, (p25 + p50) / 2), "mid": ((p25 + p50) / 2, p50, (p50 + p75) / 2),
                "senior": ((p50 + p75) / 2, p75, (p75 + p90) / 2)}
    for seniority, by_hand in expected.items():
        assert span(SNAPSHOT.figures[f"in_house.oews.{seniority}"]) == by_hand


@pytest.mark.parametrize("row", REGIONAL)
def test_a_regional_rate_is_the_us_rate_times_the_ratio_in_its_note(row: str) -> None:
    figure = SNAPSHOT.figures[row]
    parsed = re.match(r"The row ([a-z_.]+) x ([\d.]+) / ([\d.]+)", figure.note)
    assert parsed, row
    option, _, seniority = row.split(".")
    assert parsed[1] == f"{option}.us.{seniority}"
    ratio = float(parsed[2]) / float(parsed[3])
    by_hand = [value * ratio for value in span(SNAPSHOT.figures[parsed[1]])]
    assert span(figure) == pytest.approx(by_hand, abs=0.5)  # whole dollars
    ranges = [(float(low), float(high)) for low, high in re.findall(r"(\d+) to (\d+)", figure.locator)]
    if option == "freelance":  # the ratio is that of the middles of the two published ranges
        here, there = ((low + high) / 2 for low, high in ranges)
    else:  # the middle of the regional ranges over the center of the US row
        here = (min(low for low, _ in ranges) + max(high for _, high in ranges)) / 2
        there = SNAPSHOT.figures["agency.us.mid"].central
    assert (here, there) == (float(parsed[2]), float(parsed[3]))


@pytest.mark.parametrize(("figure_id", "end", "by_hand", "to"), [
    ("load", "low", 1 + (5.31 + 2.73 + 4.78) / (50.53 + 6.76), 0.01),
    ("load", "central", 1 + ((5.31 + 2.73 + 4.78) + 2.87 / 2) / (50.53 + 6.76), 0.01),
    ("manager_hourly_usd", "low", 138_060 / 2_080 * 1.25, 5),
    ("manager_hourly_usd", "central", 175_140 / 2_080 * 1.25, 5),
    ("manager_hourly_usd", "high", 220_730 / 2_080 * 1.22, 5),
    ("attrition_per_year.in_house", "low", 12 * 0.011, 0.01),
    ("attrition_per_year.in_house", "central", 12 * 0.014, 0.01),
    ("attrition_per_year.in_house", "high", 12 * 0.022, 0.01),
    ("productive_share.in_house", "low", (2_080 - 8 * (20 + 8 + 7)) / 2_080, 0.01),
    ("productive_share.in_house", "central", (2_080 - 8 * (11 + 8 + 7)) / 2_080, 0.01),
    ("productive_share.in_house", "high", (2_080 - 8 * (11 + 8)) / 2_080, 0.01),
    ("lead_weeks.in_house", "low", 35 / 7 + 2, 1), ("lead_weeks.in_house", "central", (41 + 58) / 2 / 7 + 3, 1),
    ("lead_weeks.in_house", "high", 95 / 7 + 4, 1),
    ("equipment_usd.in_house", "central", 2_000 + 2_000, 1), ("equipment_usd.in_house", "high", 2_000 + 6_000, 1),
    ("sourcing_usd.in_house", "high", 0.2 * 135_980, 1_000),
    ("productive_share.agency", "central", 1 - (0.15 + 0.25) / 2, 0.01),
])
def test_a_derived_figure_is_its_notes_arithmetic_to_the_step_it_is_rounded_to(figure_id: str, end: str,
                                                                               by_hand: float, to: float) -> None:
    assert abs(getattr(SNAPSHOT.figures[figure_id], end) - by_hand) < to


@pytest.mark.parametrize(("topic", "expected"), [
    ("trade_off", {("cost", "freelance"), ("flexibility", "freelance"), ("continuity", "in_house"),
                   ("collaboration", "in_house")}),
    ("agency", {("cost", "agency"), ("capability", "agency"), ("security", "agency"), ("", "agency")}),
])
def test_the_articles_words_on_each_option_are_there(topic: str, expected: set[tuple[str, str]]) -> None:
    assert {(claim.criterion, claim.option) for claim in SNAPSHOT.claims if claim.topic == topic} == expected


def test_the_articles_trade_offs_challenges_and_agency_claims_cite_it() -> None:
    claims = {claim.id: claim for claim in SNAPSHOT.claims}
    expected = {
        "trade_off.flexibility", "trade_off.cost",  # of freelancers
        "trade_off.continuity", "trade_off.collaboration", "trade_off.integration",  # of employees
        "challenge.data_security", "challenge.scalability", "challenge.legacy_code", "challenge.debugging",
        "challenge.performance", "salary.range", "salary.hubs",
        "agency.performance", "agency.scalability", "agency.security", "agency.breadth", "agency.growth",
        "agency.affordability", "agency.tailoring",
    }
    assert set(claims) == expected
    assert all(claim.source == ("article",) for claim in claims.values())


def test_the_articles_trade_offs_decide_the_order_of_the_ratings_that_cite_it() -> None:
    def rating(criterion: str, option: str) -> float:
        return SNAPSHOT.central(f"{criterion}.{option}")

    assert rating("flexibility", "freelance") > rating("flexibility", "in_house")
    assert rating("continuity", "in_house") > rating("continuity", "freelance")
    assert rating("collaboration", "in_house") > rating("collaboration", "freelance")
