"""The steps after the verdict and their dates, from the simulations of one option."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hiring.evidence import option_words
from hiring.evidence.brief_catalog import Catalog, Milestone, suited
from hiring.model.decision import Decision
from hiring.model.draws import Numbers
from hiring.model.needs import ProjectNeeds
from hiring.model.option_draws import Draws
from hiring.model.quantiles import quantiles
from hiring.model.rules import Case
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.text.formatting import counted, day

if TYPE_CHECKING:
    from icalendar import Event

BEFORE_WORK = ("search", "before_start", "start")  # anchors that the requested start limits
BEFORE_RELEASE = (*BEFORE_WORK, "team", "ramp", "before_release", "release")  # and the deadline
SATURDAY, WEEK = 5, 7


class Step(NamedTuple):
    """One step: its day in the typical case, the earliest and latest day in 8 of 10 simulations, and the latest day
    that meets the requested dates if everything else takes its typical time. None if no date limits it."""

    id: str
    label: str
    note: str
    day: date
    early: date
    late: date
    latest: date | None

    @property
    def has_range(self) -> bool:
        return self.early != self.late


class NextSteps(NamedTuple):
    """The steps of one option in date order, and a sentence for each requested date that the typical case misses.
    Steps are counted from `today`, what was asked for from `from_day`."""

    option: str
    today: date
    from_day: date
    steps: tuple[Step, ...]
    missed: tuple[str, ...]

    def day_of(self, name: str) -> date:
        """The day of a step, such as `start`, in the typical case."""
        return next(step.day for step in self.steps if step.id == f"{self.option}.{name}")


def part_of(decision: Decision, option: str) -> Case:
    """What an option does: its part in the mix that is the answer, or the nearest plan, or else everything."""
    nearest = decision.all_outcomes[decision.nearest]
    outcome = nearest if option in (it.id for it in nearest.plan.options) else decision.outcomes[option]
    return Case(outcome, next(it for it in outcome.plan.options if it.id == option), decision.evidence)


class Timing(NamedTuple):
    """Weeks from today in each simulation: when the search for an option's people begins, when the first and the last
    of them start, when they are up to speed, the release, when those leave who only build, and when upkeep ends."""

    opens: Numbers
    start: Numbers
    team: Numbers
    ramp: Numbers
    release: Numbers
    leaves: Numbers
    end: Numbers


def timing(case: Case) -> Timing:
    course, plan = case.outcome.course, case.outcome.plan
    of = Draws(case.option, case.needs, case.evidence, len(course.finish))
    lead, leaves = of.figure("lead_weeks"), course.leaves if case.option == plan.builder else course.finish
    if not builds(case):
        return Timing(course.joins - lead, course.joins, course.joins, course.joins + of.ramp_weeks, course.finish,
                      leaves, course.end)
    arrives = of.crew(plan.builders if case.option == plan.builder else plan.keepers_who_build).arrives
    team, ramp = (np.minimum(at, course.finish) for at in (2 * arrives - lead, arrives + of.ramp_weeks))
    return Timing(0.0, lead, team, ramp, course.finish, leaves, course.end)


def builds(case: Case) -> bool:
    return case.paid_heads > 0


def keeps(case: Case) -> bool:
    """Whether the option stays after the release."""
    return case.option == case.outcome.plan.keeper


def next_steps(decision: Decision, option: str, catalog: Catalog, today: date,
               from_day: date | None = None) -> NextSteps:
    """What to do for `option`, starting today; `from_day` is the day from which the needs count, by default today."""
    case, from_day = part_of(decision, option), from_day or today
    weeks, slack = timing(case), _slack(case, (today - from_day).days / WEEK)
    kept = case.needs if keeps(case) else replace(case.needs, upkeep_developers=0.0)
    rows = suited((row for row in catalog.milestones if row.option == option), kept)
    steps = {row.anchor if row.anchor in ("team", "ramp") else row.name: _step(row, _weeks(row, weeks), slack, today)
             for row in _of_place(rows, f"{option}.sign") if builds(case) or row.anchor != "before_release"}
    return NextSteps(option, today, from_day, _in_order(steps, option), _missed(case.needs, slack, from_day))


def _of_place(rows: Iterable[Milestone], sign: str) -> Iterator[Milestone]:
    """Each step once, as it is where people are hired. Where the notice of a new hire takes another part of the search
    than usual, signing comes at another share of it, and what comes before moves alike."""
    usual = {row.name: row for row in rows if not row.places}
    here = usual | {row.name: row for row in rows if row.places}
    scale = here[sign].share / usual[sign].share if sign in usual else 1.0
    for name, row in here.items():
        is_before = row.anchor == "search" and name != sign and sign in usual and row.share < usual[sign].share
        yield replace(row, share=row.share * scale) if is_before else row


def _in_order(steps: dict[str, Step], option: str) -> tuple[Step, ...]:
    """The steps by date: access comes after everything is signed; no day for the whole team or its full productivity
    that says nothing new."""
    signed = [steps[key] for name in ("sign", "data_agreement") if (key := f"{option}.{name}") in steps]
    start, release = (steps[f"{option}.{name}"] for name in ("start", "release"))
    key = f"{option}.access"
    if key in steps:
        access = steps[key]
        latest = [step.latest for step in (access, *signed) if step.latest is not None]
        steps = {**steps, key: access._replace(
            day=max(step.day for step in (access, *signed)), early=max(s.early for s in (access, *signed)),
            late=max(s.late for s in (access, *signed)), latest=max(latest) if latest else None)}
    kept = [step for name, step in steps.items() if not (
        (name == "ramp" and start.day <= release.day <= step.day) or (
            name == "team" and not start.day < step.day < release.day))]
    return tuple(sorted(kept, key=lambda step: step.day))


def _slack(case: Case, elapsed: float) -> dict[str, float]:
    """Weeks from the typical case to the requested dates that the option has to meet, of which some have `elapsed`;
    negative if it comes too late."""
    slack, needs = {}, case.needs
    if case.option == case.outcome.plan.builder:
        slack["start"] = needs.start_within_weeks - quantiles(timing(case).start)[1] - elapsed
    if builds(case) and needs.deadline_months is not None:
        slack["release"] = (needs.deadline_months - case.outcome.finish_quantiles[1]) * WEEKS_A_MONTH - elapsed
    return slack


def _weeks(row: Milestone, at: Timing) -> Numbers:
    """Weeks from today to a step in each simulation."""
    found = {
        "search": at.opens + row.share * np.subtract(at.start, at.opens),
        "before_start": np.maximum(at.start - row.weeks, at.opens), "start": at.start, "team": at.team, "ramp": at.ramp,
        "before_release": np.maximum(np.minimum(at.release, at.leaves) - row.weeks, at.start), "release": at.release,
        "after_release": at.leaves + row.weeks, "upkeep": np.maximum(at.start, at.release),
        "upkeep_end": at.end}
    return np.maximum(0.0, found[row.anchor])


def _step(row: Milestone, weeks: Numbers, slack: dict[str, float], today: date) -> Step:
    early, middle, late = quantiles(weeks)
    limited = {"start": BEFORE_WORK, "release": BEFORE_RELEASE}
    bounds = [spare for name, spare in slack.items() if row.anchor in limited[name]]
    latest = _last_weekday(_after(today, middle + min(bounds)), today) if bounds else None
    day, first, last = (_weekday(_after(today, at)) for at in (middle, early, late))
    if latest is not None and min(bounds) >= 0:
        latest = max(latest, day)  # a weekend between the two makes nothing late
    return Step(row.name, row.label, row.note, day, first, last, latest)


def _after(today: date, weeks: float) -> date:
    """The day some weeks from today."""
    return today + timedelta(days=round(weeks * WEEK))


def _weekday(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=WEEK - day.weekday()) if day.weekday() >= SATURDAY else day


def _last_weekday(day: date, today: date) -> date:
    """The day itself, or the Friday before it if that is still to come."""
    friday = day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))
    return day if friday < today <= day else friday


def _missed(needs: ProjectNeeds, slack: dict[str, float], from_day: date) -> tuple[str, ...]:
    """A sentence for each date that the typical case misses, and when the search should have started for it."""
    due = {"start": _after(from_day, needs.start_within_weeks),
           "release": _after(from_day, (needs.deadline_months or 0) * WEEKS_A_MONTH)}
    event = {"start": "Work must start", "release": "The release is due"}
    return tuple(
        f"{event[name]} by {day(due[name])}; the typical case is {duration(-weeks)} later. "
        f"To meet that date, the search should have started {duration(-weeks)} ago."
        for name, weeks in slack.items() if round(weeks * WEEK) < 0)


def duration(weeks: float) -> str:
    """A length of time in the largest unit of which there are at least two: months, weeks or days."""
    for number, unit in ((weeks / WEEKS_A_MONTH, "month"), (weeks, "week")):
        if round(number) >= 2:
            return f"{number:.0f} {unit}s"
    return counted(round(weeks * WEEK), "day")


def to_ics(next_steps: NextSteps, needs: ProjectNeeds) -> bytes:
    """The steps as a calendar of all-day events. A project always has the same event ids, so a calendar that already
    has the events moves them instead of adding new ones."""
    from icalendar import Calendar
    calendar = Calendar()
    calendar.add("prodid", f"-//hiring//{option_words.title()}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.calendar_name = ": ".join(filter(None, (needs.project, "next steps")))
    for step in next_steps.steps:
        calendar.add_component(_event(step, needs, next_steps.today))
    return calendar.to_ical()


def _event(step: Step, needs: ProjectNeeds, today: date) -> Event:
    from icalendar import Event
    event = Event()
    event.add("uid", f"{_key(needs)}.{step.id}@hiring")
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("dtstart", step.day)
    event.add("dtend", step.day + timedelta(days=1))
    event.add("summary", ": ".join(filter(None, (needs.project, step.label))))
    event.add("description", "\n".join(filter(None, (step.note, *date_details(step, today)))))
    event.add("transp", "TRANSPARENT")
    return event


def date_details(step: Step, today: date) -> tuple[str, ...]:
    """A step's range, and the latest day that meets the requested dates, each in a sentence."""
    details = []
    if step.has_range:
        details.append(f"In 8 of 10 simulations from {day(step.early)} to {day(step.late)}.")
    if step.latest is not None:
        by = "this should have been done by" if step.latest < today else "do this by"
        details.append(f"To meet your dates, {by} {day(step.latest)}.")
    return tuple(details)


def _key(needs: ProjectNeeds) -> str:
    """A project in its event ids: its name, or all its needs if it has none."""
    return hashlib.sha256((needs.project or repr(sorted(asdict(needs).items()))).encode()).hexdigest()[:16]
