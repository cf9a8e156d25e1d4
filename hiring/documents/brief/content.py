"""The brief for an option: a job description, a freelance brief or a request for proposal, written from the needs, the
decision and the selected choices. It never mentions the budget.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil

import numpy as np

from hiring.documents.brief.brief_context import (
    BriefContext,
    asked_day,
    capitalized,
    count,
    developers,
    months,
    pay_range,
    positions,
    weekly_hours,
    work_location,
)
from hiring.documents.brief.document import Block, Document, Section, Table, escaped_name
from hiring.documents.brief.manager_notes import cited_sources, manager_notes
from hiring.documents.brief.next_steps import NextSteps, builds, keeps, part_of, timing
from hiring.evidence.brief_catalog import Catalog
from hiring.model.acceptability import whole_hundred
from hiring.model.decision import Decision
from hiring.model.evidence import Option
from hiring.model.plans import BRIDGE, TOGETHER
from hiring.model.quantiles import quantiles
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.text import currencies
from hiring.text.formatting import day

TECHNOLOGY = {"languages": "Languages", "frameworks": "Frameworks", "databases": "Databases", "hosting": "Hosting",
              "devops": "Build and deployment", "collaboration": "Collaboration"}
SENIORITY = {"junior": "Junior", "mid": "Mid-level", "senior": "Senior"}
EXPERIENCE = {
    "junior": "Backend code that is in use somewhere, and the will to learn from reviews",
    "mid": "Features taken from idea to production without supervision",
    "senior": "Systems designed, operated and fixed in production, and developers led along the way"}
SKILLS = {"one": "", "few": "Some design, front end, testing, operations and data",
          "many": "Design, front end, testing, operations and data"}
LOADS = {"prototype": "It is a prototype: quick answers matter more than load.",
         "steady": "It has to handle a steady load.",
         "growing": "Its load will grow after the release.",
         "massive": "It has to handle a massive load from the first release."}
VALUES = {"supporting": "It supports our daily work.", "important": "Our business depends on it.",
          "core": "It is what sets us apart from our competitors."}
PRICES = {"fixed": "Fixed price per milestone", "mostly_clear": "By the hour, with a cap per milestone",
          "evolving": "By the hour, with a monthly right to stop"}


@dataclass(frozen=True)
class Brief(Document):
    """The document of one option, and the sources it draws on, each linked."""

    option: str
    sources: tuple[str, ...]


def write_brief(decision: Decision, next_steps: NextSteps, catalog: Catalog, selected: Collection[str],
                with_notes: bool = True) -> Brief:
    """The document for the option of `next_steps` with the choices of these ids; `with_notes` adds the notes that only
    the manager should read. Amounts are in the currency of the decision."""
    context = BriefContext(decision, part_of(decision, next_steps.option), next_steps, catalog, frozenset(selected))
    with currencies.amounts_in(currencies.of(decision)):
        sections = (*_body(context), *(manager_notes(context) if with_notes else ()))
    return Brief(_title(context), tuple(section for section in sections if any(section.blocks)), next_steps.option,
                 cited_sources(context))


def _title(context: BriefContext) -> str:
    project = escaped_name(context.needs.project)
    if not context.option.outside:
        position = f"{SENIORITY[context.needs.seniority]} backend developer"
        return f"{position}, {project}" if project else position
    return f"{context.option.document}: {project or 'backend development'}"


def _body(context: BriefContext) -> tuple[Section, ...]:
    scope, deliverables, experience, reply = context.option.headings
    answer_by = f"Please reply by {day(context.next_steps.day_of('shortlist'))}."
    return (
        Section("", (_introduction(context), _at_a_glance(context))),
        Section(scope, (_scope(context),)),
        Section(deliverables, (_deliverables(context),)),
        Section("Technology", _technology(context)),
        Section(experience, ((EXPERIENCE[context.needs.seniority], *context.texts("skills")),)),
        Section("Security", (_data(context), context.texts("security"))),
        Section("How we work", (context.texts("ways"),)),
        *(_proposal(context) if context.option.by_proposal else ()),
        Section(reply, (answer_by, context.texts("reply"))),
    )


def _introduction(context: BriefContext) -> str:
    needs, people = context.needs, ceil(context.heads)
    who = context.option.introduction.format(
        positions=positions(context), count="a" if people == 1 else count(people), s="" if people == 1 else "s")
    what = f"the backend of {escaped_name(needs.project)}" if needs.project else "the backend of a new system"
    maintain = _maintains(context) and not _positions_end(context)
    does = (f"build {what}{' and maintain it after the release' if maintain else ''}" if builds(context.case) else
            f"take over {what} after the release and maintain it")
    return f"{who} to {does}. {VALUES[needs.strategic_value]} {LOADS[needs.scale]}{_with_others(context)}"


def _maintains(context: BriefContext) -> bool:
    return keeps(context.case) and context.needs.upkeep_developers > 0 and context.needs.upkeep_months > 0


def _with_others(context: BriefContext) -> str:
    """Who shares the work, in a mix."""
    if context.partner is None:
        return ""
    noun, plan = _others(context.partner), context.case.outcome.plan
    if plan.kind == TOGETHER:
        return f" You will build it together with {noun}."
    s = "s" if noun.startswith(("a ", "an ")) else ""
    does = f"take{s} over from you" if context.option == plan.builder else (
        f"begin{s}, and you take over" if builds(context.case) else f"build{s} it, and you take over")
    return f" {capitalized(noun)} {does}."


def _others(option: Option) -> str:
    """The people of another option, as a document names them to those who read it."""
    return option.noun if option.outside else "our own developers"


def _positions_end(context: BriefContext) -> bool:
    """Whether fewer people are needed after the release than are hired for the build."""
    return not context.option.outside and context.case.surplus_heads >= 0.05


def _at_a_glance(context: BriefContext) -> Table:
    needs, option = context.needs, context.option
    work = _effort(context) if option.outside else positions(context)
    rows = {
        "Work" if option.outside else "Positions": capitalized(work),
        "Experience": SENIORITY[needs.seniority],
        "Other skills": SKILLS[needs.disciplines],
        "Start": _start(context),
        "First release": "" if not builds(context.case) else "To be agreed" if needs.deadline_months is None else
            f"By {day(asked_day(context, needs.deadline_months * WEEKS_A_MONTH))}",
        "After the release": _afterwards(context),
        "Location": work_location(context),
        "Price" if option.by_proposal else "Rate" if option.outside else "Salary":
            PRICES[needs.scope_clarity] if option.by_proposal else pay_range(context)}
    return Table(("At a glance", "This work" if option.outside else "This position"),
                 tuple((label, cell) for label, cell in rows.items() if cell))


def _afterwards(context: BriefContext) -> str:
    kept = context.needs.upkeep_developers
    if _maintains(context):
        return f"{capitalized(developers(kept))} for maintenance" if kept >= 1 else (
            f"{capitalized(weekly_hours(kept))} of maintenance")
    return f"Handover to {_others(context.partner)}" if context.partner and not keeps(context.case) else (
        "No maintenance is planned")


def _effort(context: BriefContext) -> str:
    """How many people, and for how long."""
    needs, plan = context.needs, context.case.outcome.plan
    if not builds(context.case):
        return f"{developers(context.heads)} for {months(needs.upkeep_months)}"
    at = timing(context.case)
    stay = quantiles(np.subtract(at.leaves, at.start))[1] / WEEKS_A_MONTH if plan.kind == BRIDGE else needs.build_months
    own = plan.builders if context.option == plan.builder else plan.keepers_who_build
    return f"{developers(float(own))} for {months(stay)}"


def _start(context: BriefContext) -> str:
    """By when work has to start; those who join others come when they can."""
    plan, start = context.case.outcome.plan, context.next_steps.day_of("start")
    if context.option != plan.builder:
        return f"About {day(start)}"
    asked = asked_day(context, context.needs.start_within_weeks)
    return "As soon as possible" if asked < start else f"By {day(asked)}"


def _scope(context: BriefContext) -> Block:
    tasks = (*context.texts("responsibilities"), *context.texts("trends"))
    return tasks or "We agree in writing on what to build before work starts."


def _deliverables(context: BriefContext) -> Block:
    stages = context.group("lifecycle")
    if not stages:
        return "We agree in writing on what to deliver, and when, before work starts."
    if not context.option.outside:
        return tuple(stage.text for stage in stages)
    return Table(("Deliverable", "Accepted when"), tuple((stage.text, stage.check) for stage in stages))


def _technology(context: BriefContext) -> tuple[Block, ...]:
    tools = {label: ", ".join(choice.label for choice in context.group(group)) for group, label in TECHNOLOGY.items()}
    rows = tuple((label, names) for label, names in tools.items() if names)
    ask = "tell us what you would use, and why" if context.option.outside else "you will choose them with us"
    is_open = "" if context.group("languages") else f"Language and framework are open: {ask}."
    return is_open, Table(("For", "We use"), rows) if rows else ""


def _data(context: BriefContext) -> str:
    return f"The most sensitive data you will have access to is {context.needs.data_sensitivity} data."


def _proposal(context: BriefContext) -> tuple[Section, ...]:
    """The scoring grid for proposals, weighted like the decision, and the questions to answer."""
    points = whole_hundred(dict(context.decision.weights))
    rows = [(row.label, row.text, points[row.id.removeprefix("grid.")])
            for row in context.offered("grid")]
    grid = tuple((label, text, str(number)) for label, text, number in sorted(rows, key=lambda row: -row[2]))
    return (Section("How we score proposals", (Table(("Criterion", "What we look at", "Points of 100"), grid),)),
            Section("Questions to answer", (context.texts("challenges"),)))
