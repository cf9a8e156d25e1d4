"""The steps after the verdict: days worked by hand, dates that cannot be kept, and a calendar that others read."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from hiring import ProjectNeeds
from hiring.documents.brief.next_steps import NextSteps, Step, date_details, duration, next_steps, to_ics
from hiring.evidence.loader import load_catalog
from hiring.model.decision import decide
from tests.factories import OPTIONS, SNAPSHOT, certain
from tests.strategies import LAWS, NEWEST, projects

CATALOG = load_catalog()
MONDAY = date(2026, 11, 23)
# Without ranges: search 10 weeks in-house, 1.5 freelance, 3 agency.
SURE = certain(SNAPSHOT, {})


def following(option: str, today: date = MONDAY, **needs: object) -> NextSteps:
    """The steps of an option alone."""
    return next_steps(decide(ProjectNeeds(**needs, mixes=False), SURE, n=40), option, CATALOG, today)


def named(steps: NextSteps, name: str) -> Step:
    return next(step for step in steps.steps if step.id == f"{steps.option}.{name}")


def events(content: bytes) -> list[Event]:
    return IcsCalendarStream.calendar_from_ics(content.decode()).events


# Days

def test_days_of_the_search_are_parts_of_the_weeks_to_start() -> None:
    steps = following("in_house")
    days = {name: named(steps, name).day - MONDAY for name in ("open", "shortlist", "interviews", "sign", "start")}
    # 10 weeks: opened at once, 0.3 × 10 = 3 weeks, 5 weeks, 7 weeks, then 3 weeks of notice
    assert days == {"open": timedelta(0), "shortlist": timedelta(weeks=3), "interviews": timedelta(weeks=5),
                    "sign": timedelta(weeks=7), "start": timedelta(weeks=10)}
    assert named(steps, "access").day == MONDAY + timedelta(weeks=9)


@pytest.mark.parametrize("country", sorted(NEWEST.countries))
def test_a_hire_abroad_signs_as_long_before_the_start_as_the_notice_there_takes(country: str) -> None:
    steps = next_steps(decide(ProjectNeeds(location=country, mixes=False), NEWEST, n=400), "in_house", CATALOG, MONDAY)
    rows = {row.id: row for row in CATALOG.milestones}
    row = rows.get(f"in_house.sign.{country}", rows["in_house.sign"])
    fill, whole, notice = map(float, re.findall(r"[\d.]+(?= of| weeks)", row.locator))
    assert fill + notice == pytest.approx(whole)
    assert row.share == pytest.approx(fill / whole, abs=0.006)
    if not NEWEST.countries[country].is_base:
        assert NEWEST.country_figures[f"{country}.lead_weeks.in_house"].central == pytest.approx(whole, abs=0.11)
    days = [(named(steps, name).day - MONDAY).days for name in ("shortlist", "interviews", "sign", "start")]
    # Of ten weeks, three and five pass before the seventh, in which people sign.
    for day, share in zip(days, (3 / 7 * row.share, 5 / 7 * row.share, row.share, 1), strict=True):
        assert abs(day - share * days[-1]) <= 3  # weekends


def test_team_ramp_up_release_and_the_end_of_upkeep_follow_the_course_of_the_decision() -> None:
    decision = decide(ProjectNeeds(mixes=False), SURE, n=40)
    steps = next_steps(decision, "in_house", CATALOG, MONDAY)
    # Two hires arrive at 0.75 a week: the second 4/3 weeks after week 10, on average both in week 10 2/3.
    weeks = {"team": 10 + 4 / 3, "ramp": 10 + 2 / 3 + SURE.central("ramp_weeks.in_house"),
             "release": decision.outcomes["in_house"].finish_quantiles[1] * 52 / 12}
    weeks["review"] = weeks["release"] + 30 * 52 / 12
    for name, week in weeks.items():
        late = named(steps, name).day - (MONDAY + timedelta(days=round(week * 7)))
        assert 0 <= late.days <= 2, name  # a weekday
    assert "team" not in {step.id.split(".")[1] for step in following("in_house", developers=1).steps}


MIXES = {"handover": ProjectNeeds(), "bridge": ProjectNeeds(
    developers=3, build_months=9, start_within_weeks=4, deadline_months=14, upkeep_developers=1, upkeep_months=27,
    budget_usd=2_400_000, budget_covers="build_and_upkeep", seniority="senior", integration="embedded",
    scope_clarity="evolving", technical_lead=False)}


@pytest.mark.parametrize("kind", MIXES)
def test_in_a_mix_each_party_has_the_steps_of_its_part(kind: str) -> None:
    decision = decide(MIXES[kind], SNAPSHOT, n=400)
    assert decision.answer == "mix"
    outcome = decision.answered
    assert outcome.plan.kind == kind
    builder, keeper = (next_steps(decision, it.id, CATALOG, MONDAY) for it in outcome.plan.options)
    release = MONDAY + timedelta(days=round(outcome.finish_quantiles[1] * 52 / 12 * 7))
    for steps in (builder, keeper):
        assert 0 <= (named(steps, "release").day - release).days <= 2
    names = [{step.id.split(".")[1] for step in it.steps} for it in (builder, keeper)]
    assert "end" in names[0]
    assert not {"upkeep", "review"} & names[0]
    assert {"upkeep", "review"} <= names[1]
    if kind == "handover":
        assert named(keeper, "start").day >= named(keeper, "release").day
        assert named(builder, "end").day > named(builder, "release").day
        assert not {"rehearsal", "handover"} & names[1]
    else:
        assert named(builder, "start").day < named(keeper, "start").day < named(builder, "end").day
        assert named(builder, "end").day < named(keeper, "release").day


def test_a_day_at_the_weekend_becomes_the_monday_after_and_a_latest_day_the_friday_before() -> None:
    saturday = date(2026, 11, 21)
    steps = following("in_house", saturday, start_within_weeks=12)
    assert named(steps, "open").day == MONDAY
    # the middle future begins after 10 weeks, two weeks are to spare: Saturday, December 5
    assert named(steps, "open").latest == date(2026, 12, 4)


def test_a_latest_day_that_a_weekend_would_put_before_the_day_itself_is_that_day() -> None:
    sunday = date(2026, 11, 22)
    opening = named(following("in_house", sunday, start_within_weeks=10, deadline_months=None), "open")
    assert opening.latest == opening.day == date(2026, 11, 23)


@pytest.mark.parametrize("option", ["freelance", "in_house", "agency"])
def test_no_step_comes_before_what_it_needs(option: str) -> None:
    for needs in ({}, {"data_sensitivity": "regulated"}, {"developers": 0.1, "build_months": 0.25},
                  {"build_months": 40, "upkeep_months": 12, "deadline_months": None, "budget_usd": None}):
        steps = {step.id.partition(".")[2]: step for step in following(option, **needs).steps}
        for before in ("sign", "data_agreement"):
            if before in steps:
                assert steps["access"].day >= steps[before].day
                assert steps["access"].latest >= steps[before].latest
        assert "ramp" not in steps or steps["ramp"].day < steps["release"].day
        assert "review" not in steps or steps["review"].day >= steps["release"].day


def test_the_nearer_of_the_start_and_the_deadline_bounds_a_step() -> None:
    wide = following("freelance", start_within_weeks=5.5, deadline_months=72)
    assert named(wide, "open").latest == MONDAY + timedelta(weeks=4)
    assert named(wide, "release").latest > named(wide, "release").day + timedelta(weeks=100)
    free = following("freelance", start_within_weeks=5.5, deadline_months=None)
    assert named(free, "release").latest is None
    assert named(free, "ramp").latest is None
    assert named(free, "review").latest is None


@pytest.mark.parametrize(("needs", "there", "missing"), [
    ({"upkeep_developers": 0}, ["end"], ["upkeep", "review", "data_agreement", "pentest"]),
    ({"upkeep_developers": 1}, ["upkeep", "review"], ["end"]),
    ({"data_sensitivity": "personal"}, ["data_agreement"], ["pentest"]),
    ({"data_sensitivity": "regulated"}, ["data_agreement", "pentest"], []),
])
def test_steps_follow_from_the_needs(needs: dict[str, object], there: list[str], missing: list[str]) -> None:
    for option in ("freelance", "agency"):
        names = {step.id.split(".")[1] for step in following(option, **needs).steps}
        assert set(there) <= names
        assert not set(missing) & names


# Dates that cannot be kept

def test_a_start_that_cannot_be_kept_says_since_when_the_search_should_have_run() -> None:
    steps = following("in_house", start_within_weeks=7, deadline_months=None)
    # 10 weeks to the first day, 7 asked for: three weeks too late; 7 weeks from November 23 is January 11
    assert steps.missed == ("Work must start by January 11, 2027; the typical case is 3 weeks later. "
                            "To meet that date, the search should have started 3 weeks ago.",)
    assert named(steps, "open").latest == date(2026, 11, 2)  # three weeks before November 23
    assert date_details(named(steps, "open"), MONDAY) == (
        "To meet your dates, this should have been done by November 2, 2026.",)


def test_a_deadline_that_cannot_be_met_is_listed_too() -> None:
    steps = following("in_house", start_within_weeks=52, deadline_months=1)
    assert len(steps.missed) == 1
    assert steps.missed[0].startswith("The release is due by December 23, 2026; the typical case is ")
    both = following("in_house", start_within_weeks=0, deadline_months=0.25)
    assert [sentence.split(" by ")[0] for sentence in both.missed] == ["Work must start", "The release is due"]


def test_what_was_asked_for_counts_from_its_own_day_and_the_steps_from_today() -> None:
    decision = decide(ProjectNeeds(start_within_weeks=10, deadline_months=24, mixes=False), SURE, n=40)
    steps = next_steps(decision, "in_house", CATALOG, MONDAY, MONDAY - timedelta(weeks=3))
    assert named(steps, "start").day == MONDAY + timedelta(weeks=10)
    assert steps.missed == ("Work must start by January 11, 2027; the typical case is 3 weeks later. "
                            "To meet that date, the search should have started 3 weeks ago.",)
    assert named(steps, "release").latest < named(next_steps(decision, "in_house", CATALOG, MONDAY), "release").latest


def test_dates_that_are_kept_to_the_day_are_not_late() -> None:
    assert following("in_house", start_within_weeks=10, deadline_months=None).missed == ()


@pytest.mark.parametrize(("weeks", "words"), [
    (0, "0 days"), (1 / 7, "1 day"), (1, "7 days"), (10 / 7, "10 days"), (1.6, "2 weeks"), (6, "6 weeks"),
    (6.6, "2 months"), (52, "12 months")])
def test_a_length_of_time_is_in_the_largest_unit_of_which_there_are_two(weeks: float, words: str) -> None:
    assert duration(weeks) == words


# Laws

@LAWS
@given(projects())
def test_steps_are_in_the_order_of_their_days_and_each_lies_within_its_range(needs: ProjectNeeds) -> None:
    decision = decide(needs, NEWEST, n=200)
    for option in OPTIONS:
        steps = next_steps(decision, option, CATALOG, MONDAY)
        days = [step.day for step in steps.steps]
        assert days == sorted(days)
        for step in steps.steps:
            assert MONDAY <= step.early <= step.day <= step.late
            assert step.day.weekday() < 5
            assert not set("{}") & set(step.label + step.note)
        order = [named(steps, name).day for name in ("open", "shortlist", "sign", "start")]
        assert order == sorted(order)
        assert named(steps, "start").day == steps.day_of("start")


@LAWS
@given(projects())
def test_a_step_is_late_where_and_only_where_a_sentence_says_so(needs: ProjectNeeds) -> None:
    decision = decide(needs, NEWEST, n=200)
    for option in OPTIONS:
        steps = next_steps(decision, option, CATALOG, MONDAY)
        assert bool(steps.missed) == ((named(steps, "open").latest or MONDAY) < MONDAY)


# Calendar

@pytest.mark.parametrize("project", ["", "Portal, phase 2; a\\b",
                                     "\u05e4\u05d5\u05e8\u05d8\u05dc \u05d0", "\U0001f680" * 80,
                                     "BEGIN:VEVENT"])
@pytest.mark.parametrize("option", OPTIONS)
def test_another_library_reads_each_step_as_an_event_of_a_whole_day(option: str, project: str) -> None:
    needs = ProjectNeeds(project=project)
    steps = next_steps(decide(needs, NEWEST, n=200), option, CATALOG, MONDAY)
    read = events(to_ics(steps, needs))
    assert [(event.start, event.end, event.summary) for event in read] == [
        (step.day, step.day + timedelta(days=1), f"{project}: {step.label}" if project else step.label)
        for step in steps.steps]
    assert [event.description or "" for event in read] == [
        "\n".join(filter(None, (step.note, *date_details(step, MONDAY)))) for step in steps.steps]
    assert all(event.transparency == "TRANSPARENT" for event in read)


def test_the_same_day_writes_the_same_file() -> None:
    needs = ProjectNeeds(project="Portal")
    once, twice = (to_ics(following("agency", project="Portal"), needs) for _ in range(2))
    assert once == twice


def test_event_ids_outlast_the_day_and_the_needs_but_differ_by_project_and_step() -> None:
    def ids(needs: ProjectNeeds, today: date) -> list[str]:
        steps = next_steps(decide(needs, SURE, n=40), "agency", CATALOG, today)
        return [str(event.uid) for event in events(to_ics(steps, needs))]

    portal = ids(ProjectNeeds(project="Portal"), MONDAY)
    assert len(set(portal)) == len(portal)
    assert ids(ProjectNeeds(project="Portal", developers=5), MONDAY + timedelta(days=30)) == portal
    assert not set(ids(ProjectNeeds(project="Other"), MONDAY)) & set(portal)
    assert not set(ids(ProjectNeeds(), MONDAY)) & set(ids(ProjectNeeds(developers=5), MONDAY))


def test_no_line_of_the_calendar_is_longer_than_the_standard_allows() -> None:
    needs = ProjectNeeds(project="\U0001f680" * 80)
    content = to_ics(next_steps(decide(needs, NEWEST, n=200), "agency", CATALOG, MONDAY), needs)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
