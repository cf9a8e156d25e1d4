"""The steps after the verdict and their dates, from the simulations of one option."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hiring.evidence import option_words
from hiring.evidence.brief_catalog import Catalog, Milestone, suited
from hiring.model.decision import Decision
from hiring.model.draws import Numbers
from hiring.model.needs import ProjectNeeds
from hiring.model.quantiles import quantiles
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.model.simulation import Outcome
from hiring.text.formatting import counted, day

if TYPE_CHECKING:
    from icalendar import Event

BEFORE_WORK = ("search", "before_start", "start")  # anchors that the requested start limits
BEFORE_RELEASE = (*BEFORE_WORK, "ramp", "before_release", "release")  # and the deadline
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
    """The steps of one option in date order, and a sentence for each requested date that the typical case misses."""

    option: str
    today: date
    steps: tuple[Step, ...]
    missed: tuple[str, ...]

    def day_of(self, name: str) -> date:
        """The day of a step, such as `start`, in the typical case."""
        return next(step.day for step in self.steps if step.id == f"{self.option}.{name}")


def next_steps(decision: Decision, option: str, catalog: Catalog, today: date) -> NextSteps:
    """What to do for `option`, starting today."""
    needs, outcome = decision.needs, decision.outcomes[option]
    slack = _slack(needs, outcome)
    rows = suited((row for row in catalog.milestones if row.option == option), needs)
    steps = {row.anchor if row.anchor in ("ramp", "horizon") else row.id: _step(
        row, _weeks(row, outcome, needs), slack, today) for row in rows}
    return NextSteps(option, today, _in_order(steps, option), _missed(needs, slack, today))


def _in_order(steps: dict[str, Step], option: str) -> tuple[Step, ...]:
    """The steps by date: access comes after everything is signed, full productivity before the release, and the end
    of the months looked ahead after it."""
    signed = [steps[key] for name in ("sign", "data_agreement") if (key := f"{option}.{name}") in steps]
    release = steps[f"{option}.release"]
    key = f"{option}.access"
    if key in steps:
        access = steps[key]
        latest = [step.latest for step in (access, *signed) if step.latest is not None]
        steps = {**steps, key: access._replace(
            day=max(step.day for step in (access, *signed)), early=max(s.early for s in (access, *signed)),
            late=max(s.late for s in (access, *signed)), latest=max(latest) if latest else None)}
    kept = [step for name, step in steps.items() if not (
        (name == "ramp" and step.day >= release.day) or (name == "horizon" and step.day < release.day))]
    return tuple(sorted(kept, key=lambda step: step.day))


def _slack(needs: ProjectNeeds, outcome: Outcome) -> dict[str, float]:
    """Weeks from the typical case to the requested dates; negative if it comes too late."""
    slack = {"start": needs.start_within_weeks - outcome.start_week}
    if needs.deadline_months is not None:
        slack["release"] = (needs.deadline_months - outcome.finish_quantiles[1]) * WEEKS_A_MONTH
    return slack


def _weeks(row: Milestone, outcome: Outcome, needs: ProjectNeeds) -> Numbers:
    """Weeks from today to a step in each simulation."""
    timing = outcome.schedule
    at = {
        "search": row.share * timing.start, "before_start": timing.start - row.weeks, "start": timing.start,
        "ramp": np.minimum(timing.start + outcome.ramp_weeks, timing.finish),
        "before_release": np.maximum(timing.finish - row.weeks, timing.start), "release": timing.finish,
        "after_release": timing.finish + row.weeks, "horizon": needs.horizon_months * WEEKS_A_MONTH}
    return np.maximum(0.0, at[row.anchor])


def _step(row: Milestone, weeks: Numbers, slack: dict[str, float], today: date) -> Step:
    early, middle, late = quantiles(weeks)
    bounds = [slack["start"]] if row.anchor in BEFORE_WORK else []
    bounds += [slack["release"]] if row.anchor in BEFORE_RELEASE and "release" in slack else []
    latest = _last_weekday(_after(today, middle + min(bounds)), today) if bounds else None
    day, first, last = (_weekday(_after(today, at)) for at in (middle, early, late))
    if latest is not None and min(bounds) >= 0:
        latest = max(latest, day)  # a weekend between the two makes nothing late
    return Step(row.id, row.label, row.note, day, first, last, latest)


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


def _missed(needs: ProjectNeeds, slack: dict[str, float], today: date) -> tuple[str, ...]:
    """A sentence for each date that the typical case misses, and when the search should have started for it."""
    due = {"start": _after(today, needs.start_within_weeks),
           "release": _after(today, (needs.deadline_months or 0) * WEEKS_A_MONTH)}
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
