"""The brief catalog: what a brief can include, the terms of the article that it uses, and the steps after the verdict.

The rows are in `data/brief.csv`, `data/terms.csv` and `data/steps.csv`; each law of `data/laws.csv` that they do not
spell out is a check as well. A condition such as `scale=massive` says for which projects a row is suggested. A row of a
country, or of a place in it, is offered only to those who hire there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from hiring.evidence.data_row import Row, csv_rows
from hiring.model.countries import places_in
from hiring.model.evidence import Evidence, Law
from hiring.model.needs import CHOICE, LOCAL, NEEDS, YES_NO, ProjectNeeds

GROUPS = {  # choices that the user can tick, in the order of the page
    "responsibilities": "Responsibilities", "trends": "Architecture and AI", "lifecycle": "Stages and deliverables",
    "languages": "Languages", "frameworks": "Frameworks", "databases": "Databases", "hosting": "Hosting",
    "devops": "Build and run", "collaboration": "Collaboration tools", "skills": "Skills", "ways": "Ways of working",
    "security": "Security requirements", "challenges": "Questions to ask", "reply": "What to send us",
    "checks": "Checks before you sign",
}
FIXED_GROUPS = ("grid", "add")  # always included
ANCHORS = ("search", "before_start", "start", "team", "ramp", "before_release", "release", "after_release", "upkeep",
           "upkeep_end")
REQUIRED_STEPS = ("open", "shortlist", "start", "release")  # documents and lists use their dates
CHECKS = "checks"
ALWAYS, SOME_UPKEEP, NO_UPKEEP, ABROAD = "always", "upkeep=some", "upkeep=none", "outside=abroad"
WHEN = "always, upkeep=some, or a need and its choice such as scale=massive"
LAW_WHEN = {"data": ("data_sensitivity=personal", "data_sensitivity=regulated")}  # by topic; others always
CONDITIONS = frozenset({ALWAYS, SOME_UPKEEP, NO_UPKEEP, ABROAD, *(
    f"{name}={choice}" for name, need in NEEDS.items() if need.kind in (CHOICE, YES_NO) for choice in need.choices)})


@dataclass(frozen=True)
class Term:
    """A term of one of the article's lists, as the article writes it, and its heading."""

    id: str
    list: str
    term: str
    source: tuple[str, ...]
    locator: str


@dataclass(frozen=True)
class Choice:
    """One thing that a brief can include. `text` is its sentence. `check` says how a deliverable is accepted or what a
    good answer contains. Any one of the conditions in `when` suggests it. `options` are those that it applies to, all
    if empty. `terms` are the ids of the article's terms that it uses. `places` are the codes of where people are hired
    that it is for, all if empty. `law` is what a check of the law is made from."""

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
    places: frozenset[str] = frozenset()
    law: Law | None = None


@dataclass(frozen=True)
class Milestone:
    """A step after the verdict. Its day is counted from `anchor`: `share` is the part of the search that has passed, or
    `weeks` the number of weeks before or after the anchor. `places` are those of a choice."""

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
    places: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The id of the step; that of a country ends with its code and takes the place of the usual one there."""
        return ".".join(self.id.split(".")[:2])


class Catalog(NamedTuple):
    """Everything that a brief can include, in the order of its group or option, and what each country calls some of it:
    {code: {name: word}}, named in braces in labels and texts."""

    choices: tuple[Choice, ...]
    terms: Mapping[str, Term]
    milestones: tuple[Milestone, ...]
    words: Mapping[str, Mapping[str, str]]

    def group(self, group: str, option: str, location: str) -> tuple[Choice, ...]:
        """The choices of a group that apply to this option where people are hired, in the words of that country."""
        return tuple(self._worded(choice, location) for choice in self.choices
                     if choice.group == group and (not choice.options or option in choice.options)
                     and (not choice.places or location in choice.places))

    def _worded(self, choice: Choice, location: str) -> Choice:
        label, text = choice.label, choice.text
        if "{" not in label + text:
            return choice
        for name, word in self.words[location[:2]].items():
            label, text = (it.replace(f"{{{name}}}", word) for it in (label, text))
        return replace(choice, label=f"{label[0].upper()}{label[1:]}", text=text)


Suited = TypeVar("Suited", Choice, Milestone)


def conditions(needs: ProjectNeeds) -> frozenset[str]:
    """Every condition that these needs meet."""
    answers = {name: ("no", "yes")[answer] if isinstance(answer, bool) else answer
               for name, answer in asdict(needs).items()}
    upkeep = SOME_UPKEEP if needs.upkeep_developers and needs.upkeep_months else NO_UPKEEP
    outside = "" if needs.talent_region in (LOCAL, needs.country) else ABROAD
    return CONDITIONS & {ALWAYS, upkeep, outside, *(f"{name}={answer}" for name, answer in answers.items())}


def suited(rows: Iterable[Suited], needs: ProjectNeeds) -> tuple[Suited, ...]:
    """The rows with a condition that is met, where people are hired."""
    met = conditions(needs)
    return tuple(row for row in rows if met & set(row.when) and (not row.places or needs.location in row.places))


def suggested(catalog: Catalog, needs: ProjectNeeds, option: str) -> frozenset[str]:
    """The ids of the choices that are ticked at first for these needs."""
    return frozenset(choice.id for group in GROUPS
                     for choice in suited(catalog.group(group, option, needs.location), needs))


def read_catalog(folder: Path, evidence: Evidence, faults: list[str]) -> Catalog:
    """The three tables of `folder`, checked against the evidence; problems are added to `faults`."""
    sources, options = evidence.sources.keys(), sorted(option.id for option in evidence.options)
    listed = [_term(row, sources) for row in csv_rows(folder, "terms.csv", faults)]
    terms = {term.id: term for term in listed}
    choices = [_choice(row, options, evidence, terms) for row in csv_rows(folder, "brief.csv", faults)]
    milestones = [_milestone(row, options, evidence) for row in csv_rows(folder, "steps.csv", faults)]
    for file, rows in (("terms.csv", listed), ("brief.csv", choices), ("steps.csv", milestones)):
        faults += [f"{file}, id {id_}: two rows have this id; keep one."
                   for id_, times in Counter(row.id for row in rows).items() if times > 1]
    if not faults:
        _check_complete(choices, milestones, evidence, faults)
    rows = sorted((*_laws(choices, evidence), *choices), key=_place)
    return Catalog(tuple(rows), terms, tuple(sorted(milestones, key=_place)), {
        country.id: {"cv": country.cv, "rate_per": country.rate_per} for country in evidence.countries})


def _laws(choices: Iterable[Choice], evidence: Evidence) -> Iterator[Choice]:
    """A check for each law that no check of the table spells out, of the options that cautions name it for."""
    spelled_out = {source for choice in choices if choice.group == CHECKS for source in choice.source or ()}
    for law in evidence.laws:
        options = {option for rule in evidence.rules if rule.law == law.topic for option in rule.options}
        if options and not spelled_out.issuperset(law.source):
            yield Choice(
                id=f"{CHECKS}.{law.id}", group=CHECKS, place=0, label=law.name, text=f"{law.name}: {law.sentence}",
                check="", when=LAW_WHEN.get(law.topic, (ALWAYS,)), options=tuple(sorted(options)), terms=(),
                source=law.source, locator=law.address, places=law.places, law=law)


def _check_complete(choices: list[Choice], milestones: list[Milestone], evidence: Evidence, faults: list[str]) -> None:
    """Rows that every brief needs are there: for its dates, and for each criterion of the grid."""
    known = {choice.id for choice in choices} | {step.id for step in milestones if ALWAYS in step.when}
    wanted = {"brief.csv": [f"grid.{criterion.id}" for criterion in evidence.criteria],
              "steps.csv": [f"{option.id}.{step}" for option in evidence.options for step in REQUIRED_STEPS]}
    faults += [f"{file}, id {id_}: found no such row that always applies; write one."
               for file, ids in wanted.items() for id_ in ids if id_ not in known]


def _place(row: Choice | Milestone) -> float:
    return row.place or 0  # None if the cell cannot be read


def _term(row: Row, sources: Collection[str]) -> Term:
    return Term(row.text("id"), row.text("list"), row.text("term"), _cited(row, sources), row.text("locator"))


def _choice(row: Row, options: list[str], evidence: Evidence, terms: Mapping[str, Term]) -> Choice:
    choice = Choice(
        id=row.text("id"), group=row.choice("group", (*GROUPS, *FIXED_GROUPS)), place=row.number("place"),
        label=row.text("label"), text=row.cells.get("text") or "", check=row.cells.get("check") or "",
        when=_among(row, "when", CONDITIONS, WHEN),
        options=_among(row, "options", options, f"ids of options.toml: {', '.join(options)}"),
        terms=_among(row, "terms", terms, "ids of terms.csv"), source=_cited(row, evidence.sources),
        locator=row.cells.get("locator") or "", places=_places(row, evidence))
    if choice.id and choice.group and choice.id.split(".")[0] != choice.group:
        row.fault("id", f"{choice.group}, a dot and a name")
    places = {terms[term].locator for term in choice.terms if terms[term].locator}
    if not all(place in choice.locator for place in places):
        row.fault("locator", f"where the terms are in the article: {'; '.join(sorted(places))}")
    return choice


def _milestone(row: Row, options: list[str], evidence: Evidence) -> Milestone:
    anchor = row.choice("anchor", ANCHORS)
    milestone = Milestone(
        id=row.text("id"), option=row.choice("option", tuple(options)), place=row.number("place"),
        label=row.text("label"), note=row.cells.get("note") or "", anchor=anchor,
        share=row.number("share") if anchor == "search" else 0.0,
        weeks=row.number("weeks") if row.cells.get("weeks") else 0.0,
        when=_among(row, "when", CONDITIONS, WHEN), source=_cited(row, evidence.sources),
        locator=row.cells.get("locator") or "", places=_places(row, evidence))
    if milestone.share is not None and milestone.share > 1:
        row.fault("share", "a share of at most 1")
    return milestone


def _among(row: Row, column: str, known: Collection[str], wanted: str) -> tuple[str, ...]:
    """The ids in a cell, each of which is known; none if it is blank or cannot be used."""
    return _ids(row, column, known, wanted) if row.cells.get(column) else ()


def _places(row: Row, evidence: Evidence) -> frozenset[str]:
    """The codes of the places that a row is for; none if its cell is blank, for one that is for all."""
    cell = row.cells.get("country") or ""
    country, _, area = cell.partition("-")
    places = places_in(country, area, evidence.wages) if cell else frozenset()
    if cell and (country not in {it.id for it in evidence.countries} or (area and cell not in places)):
        row.fault("country", "the code of a country, or of a state whose wages are known, such as us-ca")
    return places


def _cited(row: Row, sources: Collection[str]) -> tuple[str, ...]:
    return _ids(row, "source", sources, "an id of sources.toml")


def _ids(row: Row, column: str, known: Collection[str], wanted: str) -> tuple[str, ...]:
    def convert(cell: str) -> tuple[str, ...]:
        ids = tuple(id_.strip() for id_ in cell.split(";"))
        if not all(id_ in known for id_ in ids):
            raise ValueError
        return ids

    return row.read(column, convert, wanted) or ()
