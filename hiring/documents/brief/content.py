"""The brief: what goes out for an option. A job description, a freelance brief or a request for proposal, from the
needs, the decision and the choices. The budget stands nowhere in it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil

from hiring.documents.brief.brief_context import (
    Matter,
    capital,
    count,
    developers,
    from_today,
    months,
    pay_range,
    place,
    posts,
    weekly_hours,
)
from hiring.documents.brief.document import Block, Document, Section, Table, named
from hiring.documents.brief.manager_notes import notes, sources
from hiring.documents.brief.next_steps import NextSteps, spoken
from hiring.evidence.brief_catalog import Catalog
from hiring.model.acceptability import whole_hundred
from hiring.model.decision import Decision
from hiring.model.schedule import WEEKS_A_MONTH

TECHNOLOGY = {"languages": "Languages", "frameworks": "Frameworks", "databases": "Databases", "hosting": "Hosting",
              "devops": "Build and run", "collaboration": "Working together"}
LEVELS = {"junior": "Junior", "mid": "Mid-level", "senior": "Senior"}
EXPERIENCE = {
    "junior": "Backend code that runs somewhere, and the wish to learn from reviews",
    "mid": "Features taken from the idea to the live system without being led",
    "senior": "Systems designed, run and mended in live use, and developers led on the way"}
SKILLS = {"one": "", "few": "Some of design, front end, testing, operations and data",
          "many": "Design, front end, testing, operations and data"}
LOADS = {"prototype": "It is a prototype: quick answers count for more than load.",
         "steady": "It has to carry a steady load.",
         "growing": "Its load will grow after the release.",
         "massive": "It has to carry massive load from the first release on."}
VALUES = {"supporting": "It supports our daily work.", "important": "Our business depends on it.",
          "core": "It is what we compete with."}
PRICES = {"fixed": "Fixed price for each milestone", "mostly_clear": "By the hour, with a cap for each milestone",
          "evolving": "By the hour, with a monthly right to stop"}


@dataclass(frozen=True)
class Brief(Document):
    """The document of one option, and the sources of what it says, each linked."""

    option: str
    sources: tuple[str, ...]


def brief(decision: Decision, following: NextSteps, catalog: Catalog, chosen: Collection[str],
          for_you: bool = True) -> Brief:
    """The document for the option of `following` with the choices of these ids; `for_you` adds the notes that only
    the manager should read."""
    matter = Matter(decision, decision.outcomes[following.option], following, catalog, frozenset(chosen))
    sections = (*_body(matter), *(notes(matter) if for_you else ()))
    return Brief(_title(matter), tuple(it for it in sections if any(it.blocks)), following.option, sources(matter))


def _title(matter: Matter) -> str:
    project = named(matter.needs.project)
    if not matter.option.outside:
        post = f"{LEVELS[matter.needs.seniority]} backend developer"
        return f"{post}, {project}" if project else post
    return f"{matter.option.document}: {project or 'backend development'}"


def _body(matter: Matter) -> tuple[Section, ...]:
    scope, deliverables, experience, reply = matter.option.headings
    answer_by = f"Please write by {spoken(matter.following.day_of('shortlist'))}."
    return (
        Section("", (_introduction(matter), _at_a_glance(matter))),
        Section(scope, (_scope(matter),)),
        Section(deliverables, (_deliverables(matter),)),
        Section("Technology", _technology(matter)),
        Section(experience, ((EXPERIENCE[matter.needs.seniority], *matter.texts("skills")),)),
        Section("Security", (_data(matter), matter.texts("security"))),
        Section("How we work", (matter.texts("ways"),)),
        *(_proposal(matter) if matter.option.by_proposal else ()),
        Section(reply, (answer_by, matter.texts("reply"))),
    )


def _introduction(matter: Matter) -> str:
    needs = matter.needs
    what = f"the backend of {named(needs.project)}" if needs.project else "the backend of a new system"
    keep = " and keep it running after the release" if needs.upkeep_developers and not _posts_end(matter) else ""
    people = ceil(needs.developers)
    who = matter.option.introduction.format(
        posts=posts(matter), count="a" if people == 1 else count(people), s="" if people == 1 else "s")
    return f"{who} to build {what}{keep}. {VALUES[needs.strategic_value]} {LOADS[needs.scale]}"


def _posts_end(matter: Matter) -> bool:
    """Whether fewer people are kept after the release than are hired for the build."""
    outcome = matter.outcome
    return not matter.option.outside and outcome.case.surplus_heads >= 0.05


def _at_a_glance(matter: Matter) -> Table:
    needs, option = matter.needs, matter.option
    start, deadline = from_today(matter, needs.start_within_weeks), needs.deadline_months
    is_soon = start < matter.following.day_of("start")
    effort = f"{developers(needs.developers)} for {months(needs.build_months)}"
    kept = needs.upkeep_developers
    rows = {
        "Work" if option.outside else "Posts": capital(effort if option.outside else posts(matter)),
        "Experience": LEVELS[needs.seniority],
        "Other skills": SKILLS[needs.disciplines],
        "Start": "As soon as you can" if is_soon else f"By {spoken(start)}",
        "First release": "To be agreed" if deadline is None else
            f"By {spoken(from_today(matter, deadline * WEEKS_A_MONTH))}",
        "After the release": "No upkeep is planned" if not kept else
            f"{capital(developers(kept) if kept >= 1 else weekly_hours(kept))}, for upkeep",
        "Place": place(matter),
        "Price" if option.by_proposal else "Rate" if option.outside else "Salary":
            PRICES[needs.scope_clarity] if option.by_proposal else pay_range(matter)}
    return Table(("At a glance", "This work" if option.outside else "This post"),
                 tuple((label, cell) for label, cell in rows.items() if cell))


def _scope(matter: Matter) -> Block:
    tasks = (*matter.texts("responsibilities"), *matter.texts("trends"))
    return tasks or "What is to be built is agreed on in writing before work starts."


def _deliverables(matter: Matter) -> Block:
    stages = matter.group("lifecycle")
    if not stages:
        return "What is to be delivered, and when, is agreed on in writing before work starts."
    if not matter.option.outside:
        return tuple(it.text for it in stages)
    return Table(("Deliverable", "Accepted when"), tuple((it.text, it.check) for it in stages))


def _technology(matter: Matter) -> tuple[Block, ...]:
    chosen = {label: ", ".join(it.label for it in matter.group(group)) for group, label in TECHNOLOGY.items()}
    rows = tuple((label, names) for label, names in chosen.items() if names)
    ask = "say what you would use, and why" if matter.option.outside else "you will choose them with us"
    open_ = "" if matter.group("languages") else f"Language and framework are open: {ask}."
    return open_, Table(("For", "We use"), rows) if rows else ""


def _data(matter: Matter) -> str:
    return f"{capital(matter.needs.data_sensitivity)} data is the most sensitive that you will reach."


def _proposal(matter: Matter) -> tuple[Section, ...]:
    """The grid by which proposals are judged, weighed as the decision is, and the questions to answer."""
    points = whole_hundred(dict(matter.decision.weights))
    rows = [(it.label, it.text, points[it.id.removeprefix("grid.")])
            for it in matter.catalog.group("grid", matter.option.id)]
    grid = tuple((label, text, str(number)) for label, text, number in sorted(rows, key=lambda row: -row[2]))
    return (Section("How proposals are judged", (Table(("Criterion", "What we look at", "Points of 100"), grid),)),
            Section("Questions to answer", (matter.texts("challenges"),)))
