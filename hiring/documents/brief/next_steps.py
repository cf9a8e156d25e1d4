"""Steps: what to do after the verdict and by when, counted from the simulated futures of one option."""

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

if TYPE_CHECKING:
    from icalendar import Event

BEFORE_WORK = ("search", "before_start", "start")  # anchors that the start asked for bounds
BEFORE_RELEASE = (*BEFORE_WORK, "ramp", "before_release", "release")  # and those that the deadline bounds
SATURDAY, WEEK = 5, 7


class Step(NamedTuple):
    """One step: its day in the middle future, the days between which it falls in 8 of 10, and the latest day that
    keeps the dates asked for where all else goes as in the middle future. None where no date bounds it."""

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
    """The steps of one option in the order of their days, and which dates the middle future misses: sentences,
    none where it keeps them all."""

    option: str
    today: date
    steps: tuple[Step, ...]
    late: tuple[str, ...]

    def day_of(self, name: str) -> date:
        """The day of a step in the middle future, such as `start`."""
        return next(step.day for step in self.steps if step.id == f"{self.option}.{name}")


def next_steps(decision: Decision, option: str, catalog: Catalog, today: date) -> NextSteps:
    """What to do for `option` from `today` on."""
    needs, outcome = decision.needs, decision.outcomes[option]
    slack = _slack(needs, outcome)
    rows = suited((row for row in catalog.milestones if row.option == option), needs)
    steps = {row.anchor if row.anchor in ("ramp", "horizon") else row.id: _step(
        row, _weeks(row, outcome, needs), slack, today) for row in rows}
    return NextSteps(option, today, _in_order(steps, option), _late(needs, slack, today))


def _in_order(steps: dict[str, Step], option: str) -> tuple[Step, ...]:
    """The steps by their days: no access before what is signed, no full pace that comes with the release, and no end
    of the months looked ahead before it."""
    signed = [steps[key] for name in ("sign", "data_agreement") if (key := f"{option}.{name}") in steps]
    release = steps[f"{option}.release"]
    key = f"{option}.access"
    if key in steps:
        access = steps[key]
        latest = [step.latest for step in (access, *signed) if step.latest is not None]
        steps = {**steps, key: access._replace(
            day=max(step.day for step in (access, *signed)), early=max(s.early for s in (access, *signed)),
            late=max(s.late for s in (access, *signed)), latest=max(latest) if latest else None)}
    left = [step for name, step in steps.items() if not (
        (name == "ramp" and step.day >= release.day) or (name == "horizon" and step.day < release.day))]
    return tuple(sorted(left, key=lambda step: step.day))


def _slack(needs: ProjectNeeds, outcome: Outcome) -> dict[str, float]:
    """Weeks between the middle future and the dates asked for, below 0 where it comes too late."""
    slack = {"start": needs.start_within_weeks - outcome.start_week}
    if needs.deadline_months is not None:
        slack["release"] = (needs.deadline_months - outcome.finish_quantiles[1]) * WEEKS_A_MONTH
    return slack


def _weeks(row: Milestone, outcome: Outcome, needs: ProjectNeeds) -> Numbers:
    """Weeks from today to a step in each future."""
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
    """The day some weeks from today, within what a calendar holds."""
    return today + timedelta(days=round(weeks * WEEK))


def _weekday(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=WEEK - day.weekday()) if day.weekday() >= SATURDAY else day


def _last_weekday(day: date, today: date) -> date:
    """The day itself, or the Friday before it where that is not over yet."""
    friday = day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))
    return day if friday < today <= day else friday


def _late(needs: ProjectNeeds, slack: dict[str, float], today: date) -> tuple[str, ...]:
    """A sentence for each date that the middle future misses, and when the search should have begun for it."""
    due = {"start": _after(today, needs.start_within_weeks),
           "release": _after(today, (needs.deadline_months or 0) * WEEKS_A_MONTH)}
    asked = {"start": ("Work must begin", "it begins"), "release": ("The release is due", "it comes")}
    return tuple(
        f"{asked[name][0]} by {spoken(due[name])}; in the middle future {asked[name][1]} {lasting(-weeks)} later. "
        f"For that date the search should have begun {lasting(-weeks)} ago."
        for name, weeks in slack.items() if round(weeks * WEEK) < 0)


def spoken(day: date) -> str:
    """November 22, 2026"""
    return f"{day:%B} {day.day}, {day.year}"


def lasting(weeks: float) -> str:
    """A stretch of time in whole months, weeks or days, the largest of which there are two."""
    for number, unit in ((weeks / WEEKS_A_MONTH, "month"), (weeks, "week")):
        if round(number) >= 2:
            return f"{number:.0f} {unit}s"
    days = round(weeks * WEEK)
    return f"{days} day{'' if days == 1 else 's'}"


def to_ics(following: NextSteps, needs: ProjectNeeds) -> bytes:
    """The steps as a calendar of all-day events. The same project keeps the same event ids, so that a calendar
    moves what it has instead of adding it again."""
    from icalendar import Calendar
    calendar = Calendar()
    calendar.add("prodid", f"-//hiring//{option_words.title()}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.calendar_name = ": ".join(filter(None, (needs.project, "next steps")))
    for step in following.steps:
        calendar.add_component(_event(step, needs, following.today))
    return calendar.to_ical()


def _event(step: Step, needs: ProjectNeeds, today: date) -> Event:
    from icalendar import Event
    event = Event()
    event.add("uid", f"{_key(needs)}.{step.id}@hiring")
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("dtstart", step.day)
    event.add("dtend", step.day + timedelta(days=1))
    event.add("summary", ": ".join(filter(None, (needs.project, step.label))))
    event.add("description", "\n".join(filter(None, (step.note, *told(step, today)))))
    event.add("transp", "TRANSPARENT")
    return event


def told(step: Step, today: date) -> tuple[str, ...]:
    """What is known of a step's day: its range, and the latest day that keeps the dates asked for."""
    ranged = f"In 8 of 10 futures from {spoken(step.early)} to {spoken(step.late)}." if step.has_range else ""
    if step.latest is None:
        return tuple(filter(None, (ranged,)))
    by = "should have been done by" if step.latest < today else "at the latest"
    latest = f"For the dates asked for: {by} {spoken(step.latest)}."
    return tuple(filter(None, (ranged, latest)))


def _key(needs: ProjectNeeds) -> str:
    """What stands for a project in its event ids: its name, or all its needs where it has none."""
    return hashlib.sha256((needs.project or repr(sorted(asdict(needs).items()))).encode()).hexdigest()[:16]
