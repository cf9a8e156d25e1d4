"""The comparison: up to four scenarios side by side, as a link and as a CSV file.

Its link has the whole link of each scenario, compressed separately, so that a damaged one does not affect the others:
`scenario_1` and `name_1` to `scenario_4` and `name_4`, and `v`, the version of this format. Each scenario is decoded by
`project_link.decode`, like any other link.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from hiring.links import project_link, wrapped
from hiring.links.project_link import Said
from hiring.lists import summary
from hiring.model.decision import Decision
from hiring.model.evidence import Country, Evidence
from hiring.model.needs import NEEDS, ProjectNeeds, checked
from hiring.model.own_figures import Own

MAX_SCENARIOS = 4
VERSION = "compare-1"
MAX_UNPACKED_CHARS = 20_000  # of a scenario; one with every figure replaced takes at most a third
NOT_OURS = "This is not a link from this dashboard. Copy one from the address bar or from Share, and paste all of it."
HIDDEN = ("This link leads through another site, which hides where it goes. Open it, then copy the address that the "
          "browser shows and paste that.")
KEY = re.compile(r"(?:scenario|name)_([1-9]\d?)", re.ASCII)
# The dictionary for compressing scenarios. Version 1 can never change it: no link would open with another one.
WORDS_1 = (
    b"junior&senior&oews&ca&western_europe&eastern_europe&latin_america&asia&prototype&growing&massive&few&many&public&"
    b"personal&regulated&fixed&evolving&standalone&embedded&supporting&core&technical_lead=no&own=said=none~0&"
    b"said=freelance~said=agency~budget_usd=none&build_months=deadline_months=none&"
    b"budget_usd=600000&build_months=6&data_sensitivity=internal&deadline_months=12&developers=2&disciplines=one&"
    b"horizon_months=36&integration=shared&location=us&project=&scale=steady&scope_clarity=mostly_clear&seniority=mid&"
    b"start_within_weeks=10&strategic_value=important&talent_region=us&technical_lead=yes&upkeep_developers=0.5&"
    b"wage_basis=article&as_of=2026-11-22&said=in_house~93&model=1.0&v=2")


class Scenario(NamedTuple):
    """One project of a comparison with a name, what its link said about the result, the day from which its months are
    counted, and the needs that nobody has answered."""

    name: str
    needs: ProjectNeeds
    as_of: date
    own: Own = ()
    said: Said | None = None
    from_day: date | None = None
    assumed: frozenset[str] = frozenset()

    @property
    def query(self) -> dict[str, str]:
        """The query of the scenario's link."""
        return project_link.encode(self.needs, self.as_of, self.own, self.said, self.from_day, self.assumed)


class Opened(NamedTuple):
    """The scenarios of a link, a sentence for everything that could not be used, and what else its reader should
    know."""

    scenarios: tuple[Scenario, ...]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def encode(scenarios: Iterable[Scenario]) -> dict[str, str]:
    """The query of the page Compare."""
    query: dict[str, str] = {}
    for number, scenario in enumerate(scenarios, 1):
        query |= {f"name_{number}": scenario.name, f"scenario_{number}": packed(urlencode(scenario.query))}
    return {**query, "v": VERSION}


def is_comparison(query: Mapping[str, str]) -> bool:
    """Whether a query belongs to a comparison, damaged or not."""
    query = wrapped.repaired(query)
    return query.get("v", "").startswith("compare-") or any(KEY.fullmatch(key) for key in query)


def decode(query: Mapping[str, str], evidence: Evidence, today: date) -> Opened:
    """Read a query with the decoder of its version. Never raises: a scenario that cannot be read is left out, the
    usable parts of a damaged one are kept, and `problems` says both. A scenario without a day of its own counts months
    from `today`."""
    query = wrapped.repaired(query)
    version = query.get("v")
    opened = DECODERS.get(version or VERSION, _version_1)(query, evidence, today)
    if not query or version in DECODERS:
        return opened
    problem = (f"The version of the comparison's link is {'unknown here' if version else 'missing'}; it was read as "
               f"{VERSION}.")
    return opened._replace(problems=(*opened.problems, problem))


def _version_1(query: Mapping[str, str], evidence: Evidence, today: date) -> Opened:
    """Each scenario compressed against `WORDS_1`."""
    numbers = sorted({int(found[1]) for key in query if (found := KEY.fullmatch(key))})
    scenarios, problems, noted = [], list[str](), dict[str, list[str]]()
    for number in numbers[:MAX_SCENARIOS]:
        name, name_problems = _name(query.get(f"name_{number}", ""), number)
        problems += name_problems
        try:
            scenario, opened = scenario_of(name, unpacked(query.get(f"scenario_{number}", "")), evidence, today)
        except ValueError:
            problems.append(f"{_subject(name, number)} cannot be read and was left out: copy the link again, or add "
                            "the scenario's own link.")
            continue
        scenarios.append(scenario)
        problems += _summed_up(_subject(name, number), opened.problems)
        for note in opened.notes:
            noted.setdefault(note, []).append(_subject(name, number))
    if len(numbers) > MAX_SCENARIOS:
        problems.append(f"Up to {MAX_SCENARIOS} scenarios are compared; {len(numbers) - MAX_SCENARIOS} more in the "
                        "link were left out.")
    unknown = sum(key != "v" and not KEY.fullmatch(key) for key in query)
    if unknown:
        problems.append(f"{unknown} unknown {'part' if unknown == 1 else 'parts'} of the link "
                        f"{'was' if unknown == 1 else 'were'} ignored.")
    notes = (f"{', '.join(subjects)}: {note}" for note, subjects in noted.items())
    return Opened(tuple(scenarios), tuple(problems), tuple(notes))


# Every version ever issued. A version is never changed; a new one is added.
DECODERS: dict[str, Callable[[Mapping[str, str], Evidence, date], Opened]] = {"compare-1": _version_1}


def read_pasted(text: str, evidence: Evidence, today: date) -> Opened:
    """The scenarios of a link to any page of the dashboard on any host, or of its query alone, pasted on the day
    `today`. Mail and chat may have wrapped it in links of their own. Never raises: `problems` says if it is not such
    a link."""
    for query in wrapped.queries(text):
        if is_comparison(query):
            return decode(query, evidence, today)
        if len(query.keys() & NEEDS.keys()) > 1:  # a single one may occur in any address
            scenario, opened = scenario_of("", query, evidence, today)
            return Opened((scenario,), tuple(_summed_up(_subject(scenario.needs.project), opened.problems)),
                          opened.notes)
    return Opened((), (HIDDEN if wrapped.hides_target(text) else NOT_OURS,))


def add_scenarios(scenarios: Sequence[Scenario], more: Sequence[Scenario]) -> Opened:
    """The scenarios followed by others under distinct names. `problems` lists those that no longer fit."""
    room = MAX_SCENARIOS - len(scenarios)
    names = scenario_names([*scenarios, *more[:room]])[len(scenarios):]
    added = [scenario._replace(name=name) for scenario, name in zip(more[:room], names, strict=True)]
    if len(more) <= room:
        return Opened((*scenarios, *added))
    rest = [f"“{name}”" if name else "one without a name"
            for name in (scenario.name or scenario.needs.project for scenario in more[room:])]
    return Opened((*scenarios, *added), (
        f"Up to {MAX_SCENARIOS} scenarios are compared; remove one to add {', '.join(rest)}.",))


def in_country(name: str, country: Country, known: Iterable[Country]) -> str:
    """The name of a scenario whose project is set in a country, in place of another of the `known` ones: Portal,
    Germany."""
    for other in known:
        name = name.removesuffix(f", {other.name}")
    return f"{name[:int(NEEDS['project'].high) - len(country.name) - 2].rstrip()}, {country.name}"


def scenario_names(scenarios: Iterable[Scenario]) -> list[str]:
    """A distinct name for each scenario: its name, its project's or its number."""
    return distinct_names(scenario.name or scenario.needs.project or f"Scenario {number}"
                          for number, scenario in enumerate(scenarios, 1))


def distinct_names(names: Iterable[str]) -> list[str]:
    """The names, with a number added to each that was used before."""
    taken: list[str] = []
    for name in names:
        numbered = (f"{name[:75]} ({n})" for n in count(2))
        taken.append(name if name not in taken else next(other for other in numbered if other not in taken))
    return taken


def checked_name(text: str) -> str:
    """A valid name for a scenario. Raises ValueError with a sentence for the manager."""
    try:
        return checked(NEEDS["project"], text)
    except ValueError:
        raise ValueError(f"Name: enter {NEEDS['project'].wanted}.") from None


def to_csv(rows: Iterable[tuple[str, Decision, str, Collection[str]]]) -> bytes:
    """The summary of each scenario, from its name, its decision, its link and what it assumes, with the name in the
    first column. It can be uploaded as a list of projects."""
    return summary.to_bytes({"scenario": summary.escape_formulas(name), **cells}
                            for name, decision, link, assumed in rows
                            for cells in summary.cells(decision, link, assumed))


def scenario_of(name: str, query: Mapping[str, str], evidence: Evidence,
              today: date) -> tuple[Scenario, project_link.Opened]:
    """A scenario from its own link, and all that the link holds. Raises ValueError if it has no needs."""
    if not query.keys() & NEEDS.keys():
        raise ValueError
    opened = project_link.decode(query, evidence, today)
    return Scenario(name, *opened[:5], opened.assumed), opened


def _name(text: str, number: int) -> tuple[str, list[str]]:
    try:
        return checked_name(text), []
    except ValueError:
        return "", [f"The name of scenario {number} in the link cannot be used; its project's was used."]


def _subject(name: str, number: int | None = None) -> str:
    return f"“{name}”" if name else f"Scenario {number}" if number else "The project of the link"


def _summed_up(subject: str, problems: Sequence[str]) -> list[str]:
    """The first problem of a scenario, and how many more there are."""
    if not problems:
        return []
    more = f" {len(problems) - 1} more could not be used." if len(problems) > 1 else ""
    return [f"{subject} could not be opened in full: {problems[0]}{more}"]


def packed(text: str) -> str:
    deflate = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 9, zdict=WORDS_1)
    small = deflate.compress(text.encode()) + deflate.flush()
    return base64.urlsafe_b64encode(small).decode().rstrip("=")


def unpacked(code: str) -> dict[str, str]:
    """The query in a packed text. Raises ValueError if it is damaged, or larger than any scenario."""
    try:
        inflate = zlib.decompressobj(zlib.MAX_WBITS, zdict=WORDS_1)
        packed = base64.b64decode(code + "=" * (-len(code) % 4), b"-_", validate=True)
        whole = inflate.decompress(packed, MAX_UNPACKED_CHARS)
    except (binascii.Error, zlib.error) as error:
        raise ValueError from error
    if not inflate.eof or inflate.unused_data:
        raise ValueError
    return dict(parse_qsl(whole.decode("ascii"), keep_blank_values=True, max_num_fields=200))
