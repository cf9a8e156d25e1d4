"""Choices: what a brief can name, the terms of the article that they carry, and the steps after the verdict.

The rows stand in `data/brief.csv`, `data/terms.csv` and `data/steps.csv`. A condition such as
`scale=massive` says for which projects a row is suggested.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from hiring.evidence.data_row import Row, csv_rows
from hiring.model.evidence import Evidence
from hiring.model.needs import CHOICE, NEEDS, YES_NO, ProjectNeeds

GROUPS = {  # what a reader ticks, in the order of the page
    "responsibilities": "Responsibilities", "trends": "Architecture and AI", "lifecycle": "Stages and deliverables",
    "languages": "Languages", "frameworks": "Frameworks", "databases": "Databases", "hosting": "Hosting",
    "devops": "Build and run", "collaboration": "Collaboration tools", "skills": "Skills", "ways": "Ways of working",
    "security": "Security requirements", "challenges": "Questions to ask", "reply": "What to send us",
    "checks": "Checks before you sign",
}
FIXED = ("grid", "add")  # groups that stand in each document they are for
ANCHORS = ("search", "before_start", "start", "ramp", "before_release", "release", "after_release", "horizon")
DATED = ("open", "shortlist", "start", "release")  # steps that every document or list counts on
ALWAYS, SOME_UPKEEP, NO_UPKEEP = "always", "upkeep=some", "upkeep=none"
WHEN = "always, upkeep=some, or a need and its choice such as scale=massive"
CONDITIONS = frozenset({ALWAYS, SOME_UPKEEP, NO_UPKEEP, *(
    f"{name}={choice}" for name, need in NEEDS.items() if need.kind in (CHOICE, YES_NO) for choice in need.choices)})


@dataclass(frozen=True)
class Term:
    """A term of one of the article's lists, as the article writes it, and the heading it stands under."""

    id: str
    list: str
    term: str
    source: tuple[str, ...]
    locator: str


@dataclass(frozen=True)
class Choice:
    """One thing that a brief can name. `text` is its sentence, `check` what a deliverable is accepted by or what a
    good answer holds; `when` holds the conditions of which one suggests it; `options` those that it is for, all
    where empty; `terms` the ids of the article's terms that it carries."""

    id: str
    group: str
    place: float
    label: str
    text: str
    check: str
    when: tuple[str, ...]
    options: tuple[str, ...]
    terms: tuple[str, ...]
    source: tuple[str, ...]
    locator: str


@dataclass(frozen=True)
class Milestone:
    """A step after the verdict: `anchor` says from where its day is counted, `share` at which part of the search
    it falls, or `weeks` how many weeks before or after the anchor."""

    id: str
    option: str
    place: float
    label: str
    note: str
    anchor: str
    share: float
    weeks: float
    when: tuple[str, ...]
    source: tuple[str, ...]
    locator: str


class Catalog(NamedTuple):
    """All that a brief can say, each in the order of its group or option."""

    choices: tuple[Choice, ...]
    terms: Mapping[str, Term]
    milestones: tuple[Milestone, ...]

    def group(self, group: str, option: str) -> tuple[Choice, ...]:
        """The choices of a group that are for this option."""
        return tuple(it for it in self.choices if it.group == group and (not it.options or option in it.options))


Suited = TypeVar("Suited", Choice, Milestone)


def conditions(needs: ProjectNeeds) -> frozenset[str]:
    """Every condition that these needs meet."""
    told = {name: ("no", "yes")[answer] if isinstance(answer, bool) else answer
            for name, answer in asdict(needs).items()}
    upkeep = SOME_UPKEEP if needs.upkeep_developers else NO_UPKEEP
    return CONDITIONS & {ALWAYS, upkeep, *(f"{name}={answer}" for name, answer in told.items())}


def suited(rows: Iterable[Suited], needs: ProjectNeeds) -> tuple[Suited, ...]:
    """The rows of which a condition is met."""
    met = conditions(needs)
    return tuple(row for row in rows if met & set(row.when))


def suggested(catalog: Catalog, needs: ProjectNeeds, option: str) -> frozenset[str]:
    """The ids of the choices that suit the needs, those that need no tick included."""
    free = [it for group in GROUPS for it in catalog.group(group, option)]
    return frozenset(it.id for it in suited(free, needs))


def read_catalog(folder: Path, evidence: Evidence, faults: list[str]) -> Catalog:
    """The three tables of `folder`, checked against the evidence; what is wrong with them goes to `faults`."""
    sources, options = evidence.sources.keys(), sorted(option.id for option in evidence.options)
    listed = [_term(row, sources) for row in csv_rows(folder, "terms.csv", faults)]
    terms = {term.id: term for term in listed}
    choices = [_choice(row, options, sources, terms) for row in csv_rows(folder, "brief.csv", faults)]
    milestones = [_milestone(row, options, sources) for row in csv_rows(folder, "steps.csv", faults)]
    for file, rows in (("terms.csv", listed), ("brief.csv", choices), ("steps.csv", milestones)):
        faults += [f"{file}, id {id_}: two rows have this id; keep one."
                   for id_, times in Counter(row.id for row in rows).items() if times > 1]
    if not faults:
        _check_complete(choices, milestones, evidence, faults)
    return Catalog(tuple(sorted(choices, key=_place)), terms, tuple(sorted(milestones, key=_place)))


def _check_complete(choices: list[Choice], milestones: list[Milestone], evidence: Evidence, faults: list[str]) -> None:
    """A brief can count its dates, and weigh every criterion."""
    known = {it.id for it in choices} | {it.id for it in milestones if ALWAYS in it.when}
    wanted = {"brief.csv": [f"grid.{criterion.id}" for criterion in evidence.criteria],
              "steps.csv": [f"{option.id}.{step}" for option in evidence.options for step in DATED]}
    faults += [f"{file}, id {id_}: found no such row that always stands; write one."
               for file, ids in wanted.items() for id_ in ids if id_ not in known]


def _place(row: Choice | Milestone) -> float:
    return row.place or 0  # none where the cell cannot be read


def _term(row: Row, sources: Collection[str]) -> Term:
    return Term(row.text("id"), row.text("list"), row.text("term"), _cited(row, sources), row.text("locator"))


def _choice(row: Row, options: list[str], sources: Collection[str], terms: Mapping[str, Term]) -> Choice:
    choice = Choice(
        id=row.text("id"), group=row.choice("group", (*GROUPS, *FIXED)), place=row.number("place"),
        label=row.text("label"), text=row.cells.get("text") or "", check=row.cells.get("check") or "",
        when=_among(row, "when", CONDITIONS, WHEN),
        options=_among(row, "options", options, f"ids of options.toml: {', '.join(options)}"),
        terms=_among(row, "terms", terms, "ids of terms.csv"), source=_cited(row, sources),
        locator=row.cells.get("locator") or "")
    if choice.id and choice.group and choice.id.split(".")[0] != choice.group:
        row.fault("id", f"{choice.group}, a dot and a name")
    places = {terms[term].locator for term in choice.terms if terms[term].locator}
    if not all(place in choice.locator for place in places):
        row.fault("locator", f"where the terms stand: {'; '.join(sorted(places))}")
    return choice


def _milestone(row: Row, options: list[str], sources: Collection[str]) -> Milestone:
    anchor = row.choice("anchor", ANCHORS)
    milestone = Milestone(
        id=row.text("id"), option=row.choice("option", tuple(options)), place=row.number("place"),
        label=row.text("label"), note=row.cells.get("note") or "", anchor=anchor,
        share=row.number("share") if anchor == "search" else 0.0,
        weeks=row.number("weeks") if row.cells.get("weeks") else 0.0,
        when=_among(row, "when", CONDITIONS, WHEN), source=_cited(row, sources),
        locator=row.cells.get("locator") or "")
    if milestone.share is not None and milestone.share > 1:
        row.fault("share", "a share of at most 1")
    return milestone


def _among(row: Row, column: str, known: Collection[str], wanted: str) -> tuple[str, ...]:
    """The parts of a cell, each of which is known; none where it is blank or cannot be used."""
    return _parts(row, column, known, wanted) if row.cells.get(column) else ()


def _cited(row: Row, sources: Collection[str]) -> tuple[str, ...]:
    return _parts(row, "source", sources, "an id of sources.toml")


def _parts(row: Row, column: str, known: Collection[str], wanted: str) -> tuple[str, ...]:
    def convert(cell: str) -> tuple[str, ...]:
        parts = tuple(part.strip() for part in cell.split(";"))
        if not all(part in known for part in parts):
            raise ValueError
        return parts

    return row.read(column, convert, wanted) or ()
