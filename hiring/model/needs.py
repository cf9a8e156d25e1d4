"""Project needs: what a manager tells us about one software project.

Every field's label, help text, unit, bounds and default are here once. The form, the link, the
files, the documentation and the tests all read them from here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field, fields
from numbers import Real
from typing import Any, NamedTuple

from hiring.model.amounts import Measure
from hiring.model.money import money_in

LOCAL = "local"  # the region of outside staff that is the country where you hire
TEXT, NUMBER, CHOICE, YES_NO, LOCATION, CURRENCY = (
    "text", "number", "choice", "yes_no", "location", "currency")
DOLLARS = money_in("USD", ("$",))
DEVELOPERS = Measure("full-time developers", "2 or 0.5", words=("developers", "developer", "devs", "people", "fte"))
MONTHS = Measure("months", "6 or 2.5", words=("months", "month", "mo"))
WEEKS = Measure("weeks", "10", words=("weeks", "week"))


@dataclass(frozen=True)
class Need:
    """One question to the manager, and all that the form, links, files and sentences need to know about it.

    `low` and `high` bound a number (or a text's length), inclusive; `optional` numbers may be None; `measure` is what a
    number counts. `older` is the answer of a link that was made before the need existed; None means the default.

    Sentences: `condition` follows an "if", with {} for the answer, and `conditions` are those of single answers;
    `statement` says that the answer is what follows; `noun` is one of what is counted. `only` numbers read "only 2"
    where they are less than now; choices with `keeps_case` are names.
    """

    kind: str
    label: str
    help: str
    measure: Measure | None = None
    low: float = 0
    high: float = 0
    optional: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    older: Any = None
    condition: str = ""
    conditions: Mapping[Any, str] = field(default_factory=dict)
    statement: str = ""
    noun: str = ""
    only: bool = False
    keeps_case: bool = False

    @property
    def unit(self) -> str:
        """What it counts, in the plural; empty unless it is a number or a text's length."""
        return self.measure.name if self.measure else "characters" if self.kind == TEXT else ""

    @property
    def name(self) -> str:
        """Its label inside a sentence."""
        return self.label[:1].lower() + self.label[1:]

    @property
    def wanted(self) -> str:
        """What to enter, as the end of a sentence."""
        if self.kind == NUMBER:
            none = ", or leave it empty for none" if self.optional else ""
            return f"a number from {_grouped(self.low)} to {_grouped(self.high)} {self.unit}{none}"
        if self.kind == TEXT:
            return f"at most {plain(self.high)} characters on one line"
        if self.kind == LOCATION:
            return "a country such as gb, a US state such as us-ca, or a US metro area such as us-41940"
        if self.kind == CURRENCY:
            return "the code of a currency, such as EUR, or nothing for that of the country"
        return f"one of {', '.join(self.choices)}"


class Problem(NamedTuple):
    """An entry that can't be used: its field, what to enter, what was found and what is used instead. Only what to
    enter is never empty."""

    field: str
    wanted: str
    found: str = ""
    used: str = ""

    @property
    def clause(self) -> str:
        """The problem in words, without a period."""
        field, found = f"{self.field}: " if self.field else "", f"found {self.found}" if self.found else ""
        return "; ".join(filter(None, (f"{field}{self.wanted}", found, self.used)))

    def __str__(self) -> str:
        return f"{self.clause}."


class EntryError(ValueError):
    """Raised for an entry that can't be used; reads as the sentence of its problem."""

    def __init__(self, problem: Problem):
        super().__init__(str(problem))
        self.problem = problem


def plain(value: float) -> str:
    """A number as short exact text: 600000, 0.25."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _grouped(value: float) -> str:
    """A bound for reading: 1,000."""
    return f"{value:,.10g}"


def _number(default: float | None, label: str, help: str, measure: Measure, **more: Any) -> Any:
    return field(default=default, metadata={"need": Need(NUMBER, label, help, measure, **more)})


def _choice(default: str, label: str, help: str, choices: dict[str, str], **more: Any) -> Any:
    need = Need(CHOICE, label, help, choices=choices, **more)
    return field(default=default, metadata={"need": need})


class NeedsError(ValueError):
    """Every fault of one set of needs.

    `problems` maps the name of a field to a sentence for the manager.
    """

    def __init__(self, problems: Mapping[str, str]):
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True, kw_only=True)
class ProjectNeeds:
    """One software project in the manager's own terms.

    Raises `NeedsError`, a `ValueError`, that lists every fault.
    """

    project: str = field(default="", metadata={"need": Need(
        TEXT, "Project", "Shown on the page and in files, and part of the link.", high=80)})

    developers: float = _number(
        2, "Developers to build", "Full-time developers while building; half a person is 0.5.",
        DEVELOPERS, low=0.1, high=50,
        noun="developer", only=True,
        condition="the build needed {}")
    build_months: float = _number(
        6, "Months to build", "How long the build takes once the team is up to speed.",
        MONTHS, low=0.25, high=60,
        noun="month", only=True,
        condition="the build took {}")
    start_within_weeks: float = _number(
        10, "Weeks to the start", "Weeks from today until work must have begun.",
        WEEKS, low=0, high=52,
        noun="week",
        condition="work had to begin within {}", conditions={0.0: "work had to begin today"})
    deadline_months: float | None = _number(
        None, "Deadline",
        "The day on which the first release must be out: March 31, 2027, or 2027-03-31, or in numbers as people write "
        "them where you hire. “In 9 months” counts from today. Leave it empty if there is no deadline.",
        MONTHS, low=0.25, high=72, optional=True,
        condition="the release were due in {}", conditions={None: "no deadline were given"})
    upkeep_developers: float = _number(
        0.5, "Developers to run it",
        "Full-time developers needed after the release, to keep it running and growing.",
        DEVELOPERS, low=0, high=50,
        noun="developer", only=True,
        condition="upkeep needed {}", conditions={0.0: "no upkeep were needed"})
    upkeep_months: float = _number(
        30, "Months to run it",
        "How long the software is kept running after its release: the same for every option, whenever it releases.",
        MONTHS, low=0, high=120,
        noun="month", only=True,
        condition="upkeep lasted {}", conditions={0.0: "nothing were kept running after the release"})

    budget_usd: float | None = _number(
        None, "Budget",
        "At the prices of the day it is paid. Leave it empty if there is no budget.",
        DOLLARS, low=1_000, high=100_000_000, optional=True,
        only=True,
        condition="the budget were {}", conditions={None: "no budget were given"})
    budget_covers: str = _choice(
        "build", "The budget covers",
        "The build: all that is paid up to the release, the search for people included and severance not. Or upkeep "
        "as well.",
        {"build": "The build", "build_and_upkeep": "Build and upkeep"}, older="build_and_upkeep",
        conditions={"build": "the budget covered the build only",
                    "build_and_upkeep": "the budget covered upkeep as well"})
    limits: str = _choice(
        "firm", "Limits are",
        "Firm: a plan that is a tenth over the budget or the deadline keeps 68% of its score, one that is half over "
        "20%. Target: it keeps 91% and 67%.",
        {"firm": "Firm", "target": "Targets"}, older="firm",
        conditions={"firm": "the limits were firm", "target": "the limits were targets"})
    seniority: str = _choice(
        "mid", "Level",
        "The experience of the people; it sets pay, rates and how much of your own people's time they take. Give the "
        "build months that people of this level need.",
        {"junior": "Junior", "mid": "Mid", "senior": "Senior"},
        condition="the work asked for {} people", conditions={"mid": "the work asked for mid-level people"})
    wage_basis: str = _choice(
        "article", "Salaries from",
        "The range for US backend developers in an article by Zamstack, a publisher that sells agency services. Or the "
        "government's wage survey of all software developers.",
        {"article": "Backend article", "oews": "US wage survey"},
        keeps_case=True,
        condition="salaries came from the {}")
    currency: str = field(default="", metadata={"need": Need(
        CURRENCY, "Amounts in", "The currency that amounts are typed and shown in.", older="",
        keeps_case=True, condition="amounts were shown in {}")})
    location: str = field(default="us", metadata={"need": Need(
        LOCATION, "Where you hire",
        "Scales salaries by the local median wage of software developers.",
        keeps_case=True,
        condition="you hired in {}")})
    talent_region: str = _choice(
        LOCAL, "Outside staff in", "Where freelancers and agencies may sit; sets their hourly rates.",
        {LOCAL: "Same country", "us": "United States", "western_europe": "Western Europe",
         "eastern_europe": "Eastern Europe", "latin_america": "Latin America", "asia": "Asia"},
        keeps_case=True,
        condition="outside staff sat in {}", conditions={LOCAL: "outside staff sat where you hire",
                                                       "us": "outside staff sat in the United States"})

    scale: str = _choice(
        "steady", "Load", "How much traffic and data the system must carry after its release.",
        {"prototype": "Prototype", "steady": "Steady", "growing": "Growing", "massive": "Massive"},
        condition="the load were {}", conditions={"prototype": "the load were that of a prototype"},
        statement="the load is")
    disciplines: str = _choice(
        "one", "Skills needed",
        "Skills besides backend: design, front end, testing, operations, data. They change only how well each plan "
        "fits, never its cost.",
        {"one": "Backend only", "few": "A few", "many": "Many"},
        conditions={"one": "only backend skills were needed", "few": "a few skills besides backend were needed",
                    "many": "many skills were needed"}, statement="the skills needed are")

    data_sensitivity: str = _choice(
        "internal", "Data", "The most sensitive data that developers will reach.",
        {"public": "Public", "internal": "Internal", "personal": "Personal", "regulated": "Regulated"},
        condition="the data were {}", statement="the data are")

    technical_lead: bool = field(default=True, metadata={"need": Need(
        YES_NO, "We have a technical lead",
        "Someone on your team who can lead developers and review their work.",
        choices={"yes": "Yes", "no": "No"},
        conditions={True: "you had a technical lead", False: "you had no technical lead"})})
    scope_clarity: str = _choice(
        "mostly_clear", "Scope", "How settled it is what to build.",
        {"fixed": "Fixed", "mostly_clear": "Mostly clear", "evolving": "Evolving"},
        condition="the scope were {}", statement="the scope is")
    integration: str = _choice(
        "shared", "Ties to your teams", "How close the work is to your own teams and systems.",
        {"standalone": "Standalone", "shared": "Some shared", "embedded": "Embedded"},
        conditions={"standalone": "the work were standalone",
                    "shared": "the work had some ties to your teams",
                    "embedded": "the work were embedded in your teams"}, statement="the ties to your teams are")
    strategic_value: str = _choice(
        "important", "Strategic value", "Whether the software is what you compete with.",
        {"supporting": "Supporting", "important": "Important", "core": "Core"},
        condition="the strategic value were {}", statement="the strategic value is")

    mixes: bool = field(default=True, metadata={"need": Need(
        YES_NO, "Consider mixes",
        "Whether plans that combine your own hires with outside staff are compared too.",
        choices={"yes": "Yes", "no": "No"}, older=True,
        conditions={True: "mixes were considered", False: "mixes were not considered"})})

    def __post_init__(self) -> None:
        problems = {}
        for name in self.__dataclass_fields__:
            try:
                object.__setattr__(self, name, checked(NEEDS[name], getattr(self, name)))
            except ValueError as error:
                problems[name] = str(error)
        if problems:
            raise NeedsError(problems)

    @property
    def country(self) -> str:
        """The ISO 3166 code of the country where people are hired."""
        return self.location[:2]

    def with_answer(self, name: str, answer: Any) -> ProjectNeeds:
        """The same needs but for one answer, which alone is checked. Raises ValueError if it cannot be used."""
        other = copy(self)
        object.__setattr__(other, name, checked(NEEDS[name], answer))
        return other


def checked(need: Need, value: Any) -> Any:
    """`value` in the field's own type, or an EntryError with the problem."""
    if need.kind == NUMBER and value is None and need.optional:
        return None
    try:
        return _CONVERT[need.kind](need, value)
    except ValueError:
        raise EntryError(Problem(need.label, f"enter {need.wanted}", _shown(value))) from None


def _number_of(need: Need, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, Real) or not need.low <= value <= need.high:  # type: ignore[operator]
        raise ValueError  # "not a number" compares false, and infinities lie outside of any bounds
    return float(value) + 0.0  # -0.0 becomes 0.0, so that equal needs write equal links


def _yes_no_of(need: Need, value: Any) -> bool:
    if isinstance(value, str) and value in ("yes", "no"):
        return value == "yes"
    if type(value).__name__ not in ("bool", "bool_"):  # NumPy has a truth value of its own
        raise ValueError
    return bool(value)


def _text_of(need: Need, value: Any) -> str:
    if not isinstance(value, str) or len(value) > need.high:
        raise ValueError
    if not all(map(stays_on_the_line, value)):
        raise ValueError
    return value.strip()


def _location_of(need: Need, value: Any) -> str:
    found = isinstance(value, str) and re.fullmatch(r"([a-z]{2}(-[a-z]{2})?)|(us-)?[0-9]{5}", value.lower(), re.ASCII)
    if not found:
        raise ValueError
    return f"us-{value}" if value[0].isdigit() else value.lower()


def _currency_of(need: Need, value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"([a-z]{3})?", value, re.ASCII | re.IGNORECASE):
        raise ValueError
    return value.upper()


def _choice_of(need: Need, value: Any) -> str:
    if not isinstance(value, str) or value not in need.choices:
        raise ValueError
    return value


_CONVERT: dict[str, Callable[[Need, Any], Any]] = {
    NUMBER: _number_of, YES_NO: _yes_no_of, TEXT: _text_of, LOCATION: _location_of, CURRENCY: _currency_of,
    CHOICE: _choice_of}

# Marks that Unicode counts as unprintable, yet names need: emoji joiners and direction marks.
_JOINERS = "\u200c\u200d\u200e\u200f"


def stays_on_the_line(character: str) -> bool:
    """Whether a character may be in a text of one line."""
    return character.isprintable() or character in _JOINERS


def cleaned(text: str) -> str:
    """A text from outside as it may go into a sentence, on a page or in a terminal: on one line, without controls of
    the terminal, and without marks that would turn the words around it."""
    return "".join(c if c.isprintable() else " " for c in text)


def shown(text: str) -> str:
    """The same, short enough for a sentence that holds several."""
    return cleaned(text) if len(text) <= 40 else f"{cleaned(text[:40])}…"


def _shown(value: Any) -> str:
    """What was found, short enough for a sentence."""
    if value is None or value == "":
        return "nothing"
    try:
        text = str(value)
        if isinstance(value, float) and math.isfinite(value):
            text = plain(value) if abs(value) < 1e15 else f"{value:g}"
    except ValueError:  # Python writes out no integer of thousands of digits
        return "a number of thousands of digits"
    text = cleaned(text[:200])
    return text if len(text) <= 40 else f"{text[:40]}… ({len(str(value)):,} characters)"


NEEDS: dict[str, Need] = {f.name: f.metadata["need"] for f in fields(ProjectNeeds)}
DEFAULTS = {f.name: f.default for f in fields(ProjectNeeds)}
