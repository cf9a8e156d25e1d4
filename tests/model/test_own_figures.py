from __future__ import annotations

import math
import re
from dataclasses import replace
from time import process_time

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import hiring
from hiring import ProjectNeeds
from hiring.model import countries, own_figures
from hiring.model.decision import decide
from hiring.model.draws import drawn
from hiring.model.evidence import OWN, Snapshot
from hiring.model.option_draws import COST_FIGURES, TIME_FIGURES
from hiring.model.own_figures import SHARED_DRAWS, Own, Range, bounds, own_of, problems, takes_range, with_own, written
from hiring.model.simulation import MOST_YEARS
from tests.factories import SNAPSHOT, certain
from tests.strategies import LAWS, plausible_projects

FIGURES = SNAPSHOT.figures
IDS = sorted(FIGURES)
# Figures that every decision on the default answers reads; most rows of pay are read by none of them.
READ = sorted(id_ for id_, figure in FIGURES.items()
              if figure.table != "pay" or id_ in {"in_house.article.mid", "freelance.us.mid", "agency.us.mid"})
# One figure of each unit and each with bounds of its own, and the smallest and largest number it may be.
BOUNDS = {
    "in_house.article.mid": (1, 10_000_000, "USD per year"), "freelance.us.mid": (1, 10_000, "USD per hour"),
    "manager_hourly_usd": (0, 10_000, "USD per hour"), "minimum_usd.agency": (0, 100_000_000, "USD"),
    "sourcing_usd.agency": (0, 10_000_000, "USD per head"), "continuity.agency": (0, 100, "points"),
    "fee_share.agency": (0, 1, "share"), "attrition_per_year.agency": (0, 10, "share per year"),
    "steering_share.agency": (0, 10, "hours per hour"), "lead_weeks.agency": (0, 520, "weeks"),
    "security.data_sensitivity.public": (0, 1, "share"), "importance.cost": (0, 1_000, "ratio"),
    "cost_steepness": (0, 20, "ratio"), "deadline_steepness": (0, 20, "ratio"),
    # what others are divided by is never 0
    "productive_share.agency": (0.01, 1, "share"), "smallest_post.agency": (0.01, 50, "FTE"),
    "late_start_weeks": (0.1, 520, "weeks"), "reference_cost_factor": (0.01, 1_000, "ratio"),
    "reference_deadline_factor": (0.01, 1_000, "ratio"), "weight_concentration": (1, 1_000, "ratio"),
    "overrun.fixed": (0.1, 20, "ratio"), "hires_per_week.agency": (0.01, 1_000, "people per week"),
    "time_difference.asia": (0, 24, "hours"), "mix_loss_share": (0, 0.9, "share"), "load": (1, 10, "ratio"),
}


def one(number: float) -> Range:
    return Range(number, number, number)


def messages(id_: str, *numbers: float) -> dict[str, str]:
    found = problems(FIGURES[id_], Range(*numbers) if len(numbers) == 3 else one(*numbers))
    return {cell: str(problem) for cell, problem in found.items()}


def read(text: str) -> tuple[Own, tuple[str, ...]]:
    own, faults = own_figures.read(text, FIGURES)
    return own, tuple(map(str, faults))


@pytest.mark.parametrize("id_", BOUNDS)
def test_a_number_at_either_bound_is_accepted_and_one_just_past_it_refused(id_: str) -> None:
    least, most, unit = BOUNDS[id_]
    assert bounds(FIGURES[id_]) == (least, most)
    assert FIGURES[id_].unit == unit
    assert messages(id_, least) == messages(id_, most) == {}
    for past in (math.nextafter(least, -math.inf), math.nextafter(most, math.inf)):
        assert list(messages(id_, past)) == ["low", "central", "high"]


def test_every_row_of_the_evidence_could_be_an_own_figure() -> None:
    assert [id_ for id_, figure in FIGURES.items()
            if problems(figure, Range(figure.low, figure.central, figure.high))] == []


@pytest.mark.parametrize(("id_", "numbers", "sentences"), [
    ("load", (0.5, 1.2, 1.3), {"low": "Low: enter a number from 1 to 10 ratio; found 0.5."}),
    ("lead_weeks.agency", (-1, 2, 3), {"low": "Low: enter a number from 0 to 520 weeks; found -1."}),
    ("fee_share.agency", (0, 0.5, 1.5), {"high": "High: enter a number from 0 to 1 share; found 1.5."}),
    ("continuity.agency", (50, 101, 102), {
        "central": "Middle: enter a number from 0 to 100 points; found 101.",
        "high": "High: enter a number from 0 to 100 points; found 102."}),
    ("freelance.us.mid", (60, 80, 20_000), {
        "high": "High: enter a number from 1 to 10,000 USD per hour; found 20,000."}),
    ("productive_share.agency", (0, 0.5, 0.9), {"low": "Low: enter a number from 0.01 to 1 share; found 0."}),
    ("load", (math.nan, 1.2, 1.3), {"low": "Low: enter a number from 1 to 10 ratio; found no number."}),
    ("load", (1.1, 1.2, math.inf), {"high": "High: enter a number from 1 to 10 ratio; found no number."}),
    ("load", (1.1, -math.inf, 1.3), {"central": "Middle: enter a number from 1 to 10 ratio; found no number."}),
    ("load", (1.3, 1.2, 1.4), {"low": "Low: enter at most the middle, 1.2; found 1.3."}),
    ("load", (1.1, 1.3, 1.2), {"high": "High: enter at least the middle, 1.3; found 1.2."}),
    ("load", (1.4, 1.3, 1.2), {"low": "Low: enter at most the middle, 1.3; found 1.4.",
                               "high": "High: enter at least the middle, 1.3; found 1.2."}),
    ("smallest_post.agency", (0.1, 0.2, 0.3), {
        "central": "This figure is one number: enter the same low, middle and high."}),
])
def test_a_sentence_for_each_bad_number_says_what_to_enter(id_: str, numbers: tuple[float, float, float],
                                                           sentences: dict[str, str]) -> None:
    assert messages(id_, *numbers) == sentences


def test_low_may_equal_the_middle_and_so_may_high_but_neither_may_pass_it() -> None:
    assert messages("load", 1.2, 1.2, 1.4) == messages("load", 1.1, 1.2, 1.2) == messages("load", 1.2) == {}
    assert list(messages("load", math.nextafter(1.2, 2), 1.2, 1.4)) == ["low"]
    assert list(messages("load", 1.1, 1.2, math.nextafter(1.2, 1))) == ["high"]


def test_pay_ratings_and_what_is_drawn_take_a_range_and_nothing_else_does() -> None:
    for id_, figure in FIGURES.items():
        name = id_.split(".")[0]
        is_drawn = figure.table in ("pay", "ratings") or name in SHARED_DRAWS or (
            name in (*TIME_FIGURES, *COST_FIGURES) and name not in ("smallest_post", "hires_per_week", "lead_share"))
        assert takes_range(figure) is is_drawn
    assert {figure.table for figure in FIGURES.values()} == {"figures", "pay", "ratings", "levels"}


def test_a_range_around_a_figure_that_takes_one_number_would_change_no_score() -> None:
    known = certain(SNAPSHOT, {})
    before = decide(ProjectNeeds(), known, n=40)
    for id_, figure in known.figures.items():
        wider = replace(figure, low=0.9 * figure.central, high=1.1 * figure.central + 0.1)
        after = decide(ProjectNeeds(), replace(known, figures={**known.figures, id_: wider}), n=40)
        if not takes_range(figure):
            assert after.expected_scores == before.expected_scores, id_


def test_an_own_figure_replaces_the_row_and_the_row_is_kept() -> None:
    evidence = with_own(SNAPSHOT, [("load", Range(1.2, 1.3, 1.5))])
    figure, row = evidence.figures["load"], FIGURES["load"]
    assert (figure.low, figure.central, figure.high) == (1.2, 1.3, 1.5)
    assert (figure.kind, figure.quality, figure.source, figure.unit) == (OWN, OWN, (), row.unit)
    assert (figure.valid_from, figure.recorded) == (SNAPSHOT.as_of, SNAPSHOT.as_of) != (row.valid_from, row.recorded)
    assert evidence.replaced == {"load": row}
    assert {id_ for id_ in IDS if evidence.figures[id_] is not FIGURES[id_]} == {"load"}
    assert (FIGURES["load"].kind, SNAPSHOT.replaced) != (OWN, evidence.replaced)  # the evidence itself is as it was


def test_a_second_own_figure_for_the_same_row_keeps_the_row_of_the_evidence() -> None:
    evidence = with_own(with_own(SNAPSHOT, [("load", one(1.3)), ("overrun.fixed", one(1))]), [("load", one(1.4))])
    assert evidence.replaced == {"load": FIGURES["load"], "overrun.fixed": FIGURES["overrun.fixed"]}
    assert own_of(evidence) == (("load", one(1.4)), ("overrun.fixed", one(1)))


def test_own_figures_that_cannot_be_used_are_refused_all_at_once() -> None:
    with pytest.raises(ValueError) as caught:
        with_own(SNAPSHOT, [("nope", one(1)), ("load", Range(0.5, 1.2, 1.3)), ("overrun.fixed", one(1)),
                            ("fee_share.agency", Range(0, 0.5, 2)), ("lead", one(2))])
    assert str(caught.value).startswith("nope: no such figure is known. lead: no such figure is known. ")
    for fault in ("load: Low: enter a number from 1 to 10 ratio; found 0.5.",
                  "fee_share.agency: High: enter a number from 0 to 1 share; found 2."):
        assert fault in str(caught.value)
    assert "overrun.fixed" not in str(caught.value)


def test_the_package_takes_own_figures_as_a_number_or_as_low_middle_and_high() -> None:
    found = hiring.decide(ProjectNeeds(), SNAPSHOT.as_of, {"freelance.us.mid": 90, "load": (1.2, 1.3, 1.4)})
    assert own_of(found.evidence) == (("freelance.us.mid", one(90)), ("load", Range(1.2, 1.3, 1.4)))
    with pytest.raises(ValueError, match="nope: no such figure is known"):
        hiring.decide(ProjectNeeds(), own={"nope": 1})


# Own figures in a decision

def in_house_cost(evidence: Snapshot, location: str) -> np.ndarray:
    return decide(ProjectNeeds(location=location), evidence, n=200).outcomes["in_house"].total


@pytest.mark.parametrize("offer", [one(120_000), Range(100_000, 120_000, 150_000)])
def test_your_own_offer_is_for_the_place_and_not_scaled_by_the_local_wage(offer: Range) -> None:
    own = with_own(SNAPSHOT, [("in_house.article.mid", offer)])
    assert np.array_equal(in_house_cost(own, "us-41940"), in_house_cost(own, "us"))
    assert np.all(in_house_cost(SNAPSHOT, "us-41940") > in_house_cost(SNAPSHOT, "us"))  # San Jose pays more


def test_an_offer_equal_to_the_local_salary_costs_what_the_local_salary_costs() -> None:
    figure = FIGURES["in_house.article.mid"]
    local = [number * SNAPSHOT.wage_ratio("us-41940") for number in (figure.low, figure.central, figure.high)]
    own = with_own(SNAPSHOT, [(figure.id, Range(*local))])
    assert in_house_cost(own, "us-41940") == pytest.approx(in_house_cost(SNAPSHOT, "us-41940"))


def test_the_middle_of_an_own_range_is_the_median_of_what_is_drawn() -> None:
    figure = with_own(SNAPSHOT, [("lead_weeks.agency", Range(2, 5, 6))]).figures["lead_weeks.agency"]
    weeks = drawn(figure, 4_000)
    assert [float(np.quantile(weeks, share)) for share in (0.05, 0.5, 0.95)] == pytest.approx([2, 5, 6], abs=0.01)


@settings(LAWS, max_examples=30)
@given(plausible_projects(location="us"), st.sets(st.sampled_from(IDS), min_size=1))
def test_own_figures_equal_to_the_evidence_decide_the_same(needs: ProjectNeeds, ids: set[str]) -> None:
    rows = [FIGURES[id_] for id_ in ids]
    own = with_own(SNAPSHOT, [(row.id, Range(row.low, row.central, row.high)) for row in rows])
    found, again = decide(needs, SNAPSHOT, n=100), decide(needs, own, n=100)
    assert (again.verdict, again.first_shares, again.expected_scores) == (
        found.verdict, found.first_shares, found.expected_scores)
    assert again.findings == found.findings


def extremes(id_: str, ranged: bool) -> SearchStrategy[tuple[str, Range]]:
    """The figure at its smallest or largest number, or with a range that reaches one of them or both."""
    figure = FIGURES[id_]
    least, most = bounds(figure)
    if ranged and takes_range(figure):
        cells = st.sampled_from([least, figure.low, figure.central, figure.high, most])
        return st.tuples(cells, cells, cells).map(lambda numbers: (id_, Range(*sorted(numbers))))
    return st.sampled_from([least, most]).map(lambda number: (id_, one(number)))


def extreme_owns(ranged: bool) -> SearchStrategy[Own]:
    return st.lists(st.sampled_from(READ), min_size=1, max_size=60, unique=True).flatmap(
        lambda ids: st.tuples(*(extremes(id_, ranged) for id_ in ids)))


LONGEST = ProjectNeeds(developers=50, build_months=60, upkeep_developers=50, upkeep_months=120)
MILLENNIA = (("attrition_per_year.in_house", one(10)), ("lead_weeks.in_house", one(520)), ("wage_growth", one(0.5)))


def finite_decision(needs: ProjectNeeds, own: Own) -> None:
    """Decide without any division by zero, and find nothing in the answer that is no number."""
    with np.errstate(divide="raise", invalid="raise"):
        found = decide(needs, with_own(SNAPSHOT, own), n=100)
        paths = found.paths
    assert all(np.isfinite(usd).all() for usd in paths.usd.values())
    assert np.isfinite(found.drawn_weights).all()
    assert math.isclose(sum(found.first_shares.values()), 1)
    for outcome in found.all_outcomes.values():
        for numbers in (outcome.total, outcome.budgeted, outcome.values, outcome.scores, outcome.finish,
                        outcome.typical, outcome.typical_years):
            assert np.isfinite(numbers).all()
        assert len(outcome.typical_years) <= MOST_YEARS
    assert len(found.summary()) == len(found.all_outcomes)


@settings(LAWS, max_examples=20)
@given(plausible_projects(seniority="mid", wage_basis="article", talent_region="us"), extreme_owns(ranged=False))
@example(ProjectNeeds(), tuple((id_, one(bounds(FIGURES[id_])[0])) for id_ in IDS))
@example(ProjectNeeds(), tuple((id_, one(bounds(FIGURES[id_])[1])) for id_ in IDS))
@example(LONGEST, MILLENNIA)
def test_own_figures_at_their_bounds_still_give_a_decision(needs: ProjectNeeds, own: Own) -> None:
    finite_decision(needs, own)


@settings(LAWS, max_examples=20)
@given(plausible_projects(seniority="mid", wage_basis="article", talent_region="us"), extreme_owns(ranged=True))
@example(ProjectNeeds(), (("productive_share.freelance", Range(0.2, 0.5, 0.9)),))
@example(ProjectNeeds(), (("overrun.fixed", Range(0.1, 1, 3)), ("ramp_weeks.freelance", one(0))))
def test_own_ranges_that_reach_their_bounds_still_give_a_decision(needs: ProjectNeeds, own: Own) -> None:
    finite_decision(needs, own)


# Own figures as text

def numbers_within(least: float, most: float) -> SearchStrategy[float]:
    return st.floats(least, most).map(lambda number: number + 0.0) | st.integers(math.ceil(least), int(most)).map(float)


def own_figure(id_: str) -> SearchStrategy[tuple[str, Range]]:
    within = numbers_within(*bounds(FIGURES[id_]))
    if not takes_range(FIGURES[id_]):
        return within.map(lambda number: (id_, one(number)))
    return st.tuples(within, within, within).map(lambda numbers: (id_, Range(*sorted(numbers))))


OWNS: SearchStrategy[Own] = st.lists(st.sampled_from(IDS), max_size=8, unique=True).flatmap(
    lambda ids: st.tuples(*(own_figure(id_) for id_ in ids)))


@pytest.mark.parametrize(("own", "text"), [
    ((), ""),
    ((("load", one(1.25)),), "load~1.25"),
    ((("overrun.fixed", Range(1, 1.5, 2)), ("freelance.us.mid", one(90))),
     "freelance.us.mid~90~~overrun.fixed~1~1.5~2"),
    ((("sourcing_usd.agency", one(1e-7)),), "sourcing_usd.agency~1e-07"),
    ((("minimum_usd.agency", one(1e8)),), "minimum_usd.agency~100000000"),
])
def test_own_figures_are_written_as_one_short_text(own: Own, text: str) -> None:
    assert written(own) == text
    assert read(text) == (tuple(sorted(own)), ())


@settings(LAWS, max_examples=30)
@given(OWNS)
def test_what_is_written_is_read_again(own: Own) -> None:
    assert read(written(own)) == (tuple(sorted(own)), ())
    assert written(reversed(own)) == written(own)
    assert own_of(with_own(SNAPSHOT, own)) == tuple(sorted(own))
    assert re.fullmatch(r"[a-z_.0-9~\-]*", written(own))  # nothing that a link would have to escape


PIECES = st.sampled_from(["~", "~~", "-", ".", "e", "0", "1", "1.5", "99", "nan", "inf", "1e999", "9" * 40, "٣", " ",
                          "\n", "load", "overrun.fixed", "lead_weeks.agency", "smallest_post.agency"])


@settings(LAWS, max_examples=40)
@given(st.text() | st.lists(PIECES, max_size=14).map("".join))
def test_no_text_stops_the_reading_and_what_is_read_can_be_used(text: str) -> None:
    own, faults = read(text)
    assert own_of(with_own(SNAPSHOT, own)) == own
    assert all(fault.startswith("Your own figure ") and fault.isprintable() and len(fault) < 300 for fault in faults)
    entries = [entry for entry in text.split("~~") if entry]
    assert len(own) + len(faults) <= len(entries)  # one sentence for each at most; the same one is given once
    assert bool(own or faults) == bool(entries)


BAD = {  # an entry that cannot be used, and what its sentence holds
    "nope~1": "nope: no such figure is known",
    "lead_weeks.agency": "lead_weeks.agency: write it once, with one number or with low, middle and high",
    "lead_weeks.agency~1~2": "lead_weeks.agency: write it once",
    "lead_weeks.agency~1~2~3~4": "lead_weeks.agency: write it once",
    "lead_weeks.agency~2~3~521": "lead_weeks.agency, High: enter a number from 0 to 520 weeks; found 521",
    "lead_weeks.agency~1~x~3": "lead_weeks.agency, Middle: enter a number from 0 to 520 weeks; found no number",
    "lead_weeks.agency~3~2~4": "lead_weeks.agency, Low: enter at most the middle, 2; found 3",
    "lead_weeks.agency~1~4~3": "lead_weeks.agency, High: enter at least the middle, 4; found 3",
    "smallest_post.agency~0.1~0.2~0.3": "smallest_post.agency, This figure is one number",
    # where all three numbers are at fault there is still one sentence
    "lead_weeks.agency~-1": "enter a number from 0 to 520 weeks; found -1",
    "lead_weeks.agency~521": "enter a number from 0 to 520 weeks; found 521",
    "lead_weeks.agency~nan": "found no number",
    "lead_weeks.agency~1e999": "found no number",
    "lead_weeks.agency~1,5": "found no number",
    "lead_weeks.agency~ 5": "found no number",
    "lead_weeks.agency~٣": "found no number",
    "lead_weeks.agency~4~3~2": "lead_weeks.agency",
}


@pytest.mark.parametrize("entry", BAD)
def test_a_bad_entry_gets_one_sentence_and_the_others_are_kept(entry: str) -> None:
    own, faults = read(f"overrun.fixed~1.2~~{entry}~~load~1.2~1.3~1.4")
    assert own == (("load", Range(1.2, 1.3, 1.4)), ("overrun.fixed", one(1.2)))
    assert len(faults) == 1
    assert BAD[entry] in faults[0]


def test_an_own_figure_that_is_written_twice_is_not_used_and_reported_once() -> None:
    own, faults = read("load~1.3~~overrun.fixed~1.2~~load~1.4")
    assert own == (("overrun.fixed", one(1.2)),)
    assert faults == ("Your own figure load: write it once, with one number or with low, middle and high; "
                      "the evidence's was used.",)


def test_a_long_unknown_name_is_reported_in_short() -> None:
    (fault,) = read("x" * 10_240 + "~1")[1]
    assert fault == f"Your own figure {'x' * 40}…: no such figure is known; it was left out."


@settings(LAWS, max_examples=30)
@given(st.lists(st.sampled_from([
    "load~1.3", "load~1.4", "load~99", "load", "overrun.fixed~1", "overrun.fixed~0"]), max_size=5))
@example(["load~1.3", "load~1.4"])
@example(["load~99", "load~1.3"])
def test_where_the_evidences_number_is_said_to_be_used_it_is(entries: list[str]) -> None:
    own, faults = read("~~".join(entries))
    assert len(dict(own)) == len(own)
    for fault in faults:
        if "the evidence's was used" in fault:
            assert not any(fault.startswith(f"Your own figure {id_}") for id_ in dict(own)), fault


def test_one_figure_written_many_thousand_times_is_reported_once_and_costs_a_look_at_each() -> None:
    began = process_time()
    own, faults = read("~~".join(["load~1.2"] * 40_000))  # by comparing each with each it took a minute
    assert process_time() - began < 5
    assert own == ()
    assert faults == ("Your own figure load: write it once, with one number or with low, middle and high; "
                      "the evidence's was used.",)


# Figures of other countries

ABROAD = {"gb.in_house.survey.mid": Range(60_000, 70_000, 80_000), "gb.lead_weeks.in_house": Range(4, 5, 6),
          "ie.agency.local.mid": Range(90, 90, 90)}
POUND = SNAPSHOT.exchange_rates["GBP"].central


def with_abroad(more: dict[str, Range] | None = None) -> Snapshot:
    return with_own(SNAPSHOT, (ABROAD | (more or {})).items())


def test_an_own_figure_of_a_country_counts_for_it_in_its_currency() -> None:
    british = countries.in_country(with_abroad(), "gb")
    salary = british.figures["in_house.survey.mid"]
    assert (salary.low, salary.central, salary.high, salary.unit, salary.kind) == (
        60_000, 70_000, 80_000, "GBP per year", OWN)
    assert british.published("in_house.survey.mid") == SNAPSHOT.country_figures["gb.in_house.survey.mid"].central
    counted = decide(ProjectNeeds(location="gb"), with_abroad(), 40).evidence
    assert counted.central("in_house.survey.mid") == pytest.approx(70_000 / POUND)
    assert counted.replaced.keys() == {"in_house.survey.mid", "lead_weeks.in_house"}


def test_a_borrowed_row_is_replaced_under_the_code_of_the_country_that_borrows() -> None:
    irish = countries.in_country(with_abroad(), "ie")
    assert (irish.central("agency.local.mid"), irish.figures["agency.local.mid"].unit) == (90, "EUR per hour")


@pytest.mark.parametrize("country", ["us", "de"])
def test_an_own_figure_of_one_country_counts_for_no_other(country: str) -> None:
    needs = ProjectNeeds(location=country)
    with_them, without = (decide(needs, evidence, 40) for evidence in (with_abroad(), SNAPSHOT))
    assert with_them.expected_scores == without.expected_scores
    assert not with_them.evidence.replaced


def test_an_own_figure_of_the_base_country_is_not_lent_to_another() -> None:
    own = with_own(SNAPSHOT, [("lead_weeks.in_house", Range(30, 30, 30)), ("agency.us.mid", Range(9, 9, 9))])
    canadian = countries.in_country(own, "ca")
    assert canadian.central("lead_weeks.in_house") == SNAPSHOT.country_figures["ca.lead_weeks.in_house"].central
    assert "lead_weeks.in_house" not in canadian.replaced
    assert canadian.central("agency.us.mid") == pytest.approx(9 * SNAPSHOT.exchange_rates["CAD"].central)


@pytest.mark.parametrize("country", ["us", "gb", "de"])
def test_the_own_figures_of_a_decision_are_those_that_were_typed(country: str) -> None:
    typed = tuple(sorted({**ABROAD, "load": Range(1.3, 1.3, 1.3)}.items()))
    decision = decide(ProjectNeeds(location=country), with_abroad({"load": Range(1.3, 1.3, 1.3)}), 40)
    assert own_of(decision.evidence) == typed


@pytest.mark.parametrize(("id_", "number", "says"), [
    ("gb.in_house.survey.mid", 7.5e6, "enter a number from 0.75 to 7,400,000 GBP per year"),
    ("pl.agency.local.mid", 0.5, "enter a number from 3.9 to 38,000 PLN per hour"),
    ("gb.productive_share.in_house", 1.5, "to 1 share"), ("gb.overrun.fixed", 1.2, "no such figure is known"),
    ("us.in_house.article.mid", 9e4, "no such figure is known"), ("xx.in_house.survey.mid", 9e4, "no such figure")])
def test_an_own_figure_of_a_country_is_checked_within_bounds_in_its_currency(
        id_: str, number: float, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        with_own(SNAPSHOT, [(id_, Range(number, number, number))])
