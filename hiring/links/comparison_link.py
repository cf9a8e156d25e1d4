"""The comparison: up to four scenarios side by side, as a link and as a CSV file.

Its link carries the whole link of each scenario, compressed on its own, so that a damaged one takes no other with
it: `scenario_1` and `name_1` to `scenario_4` and `name_4`, and `v`, the version of this format. What a scenario means
is read by `links.decode`, and so for as long as any link.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from hiring.links import project_link
from hiring.links.project_link import Said
from hiring.lists import summary
from hiring.model.decision import Decision
from hiring.model.evidence import Evidence
from hiring.model.needs import NEEDS, ProjectNeeds, checked
from hiring.model.own_figures import Own

MOST = 4
VERSION = "compare-1"
LARGEST = 20_000  # characters that a scenario may unpack to; one with every figure replaced takes a third at most
LONGEST_PASTED = 50_000  # characters
NOT_OURS = "This is no link of this dashboard: copy one from the address bar or from Share and paste it whole."
KEY = re.compile(r"(?:scenario|name)_([1-9]\d?)", re.ASCII)
# What scenarios are compressed against. It belongs to version 1 for good: with another text no link would open.
WORDS_1 = (
    b"junior&senior&oews&ca&western_europe&eastern_europe&latin_america&asia&prototype&growing&massive&few&many&public&"
    b"personal&regulated&fixed&evolving&standalone&embedded&supporting&core&technical_lead=no&own=said=none~0&"
    b"said=freelance~said=agency~budget_usd=none&build_months=deadline_months=none&"
    b"budget_usd=600000&build_months=6&data_sensitivity=internal&deadline_months=12&developers=2&disciplines=one&"
    b"horizon_months=36&integration=shared&location=us&project=&scale=steady&scope_clarity=mostly_clear&seniority=mid&"
    b"start_within_weeks=10&strategic_value=important&talent_region=us&technical_lead=yes&upkeep_developers=0.5&"
    b"wage_basis=article&as_of=2026-11-22&said=in_house~93&model=1.0&v=2")


class Scenario(NamedTuple):
    """One project of a comparison under a name of its own, with what its link said of the answer."""

    name: str
    needs: ProjectNeeds
    as_of: date
    own: Own = ()
    said: Said | None = None

    @property
    def query(self) -> dict[str, str]:
        """The query of its own link."""
        return project_link.encode(self.needs, self.as_of, self.own, self.said)


class Opened(NamedTuple):
    """The scenarios of a link, and a sentence for each part that could not be used."""

    scenarios: tuple[Scenario, ...]
    problems: tuple[str, ...]


def encode(scenarios: Iterable[Scenario]) -> dict[str, str]:
    """The query of the page Compare."""
    query: dict[str, str] = {}
    for number, scenario in enumerate(scenarios, 1):
        query |= {f"name_{number}": scenario.name, f"scenario_{number}": _packed(urlencode(scenario.query))}
    return {**query, "v": VERSION}


def is_comparison(query: Mapping[str, str]) -> bool:
    """Whether a query is one of this page, damaged or not."""
    return query.get("v", "").startswith("compare-") or any(KEY.fullmatch(key) for key in query)


def decode(query: Mapping[str, str], evidence: Evidence) -> Opened:
    """Read a query by the decoder of its version. Never raises: a scenario that cannot be read is left out and told
    in `problems`; so is what of one could not be used, and the rest of it is kept."""
    version = query.get("v")
    opened = DECODERS.get(version or VERSION, _version_1)(query, evidence)
    if not query or version in DECODERS:
        return opened
    told = (f"The version of the comparison's link is {'unknown here' if version else 'missing'}; it was read as "
            f"{VERSION}.")
    return opened._replace(problems=(*opened.problems, told))


def _version_1(query: Mapping[str, str], evidence: Evidence) -> Opened:
    """Each scenario compressed against `WORDS_1`."""
    numbers = sorted({int(found[1]) for key in query if (found := KEY.fullmatch(key))})
    scenarios, problems = [], []
    for number in numbers[:MOST]:
        name, wrong = _name(query.get(f"name_{number}", ""), number)
        problems += wrong
        try:
            scenario, told = _scenario(name, _unpacked(query.get(f"scenario_{number}", "")), evidence)
        except ValueError:
            problems.append(f"{_titled(name, number)} cannot be read and was left out: copy the link anew, or add the "
                            "scenario's own link.")
            continue
        scenarios.append(scenario)
        problems += _in_one(_titled(name, number), told)
    if len(numbers) > MOST:
        problems.append(f"Up to {MOST} scenarios are compared; {len(numbers) - MOST} more in the link were left out.")
    unknown = sum(key != "v" and not KEY.fullmatch(key) for key in query)
    if unknown:
        problems.append(f"{unknown} unknown {'part' if unknown == 1 else 'parts'} of the link "
                        f"{'was' if unknown == 1 else 'were'} ignored.")
    return Opened(tuple(scenarios), tuple(problems))


# Every version ever issued; a version is never changed, only followed by another.
DECODERS: dict[str, Callable[[Mapping[str, str], Evidence], Opened]] = {"compare-1": _version_1}


def pasted(text: str, evidence: Evidence) -> Opened:
    """The scenarios of a link that somebody pasted: of any page of ours on any host, whole or the query alone. Never
    raises; a text that is no link of ours is told."""
    query = text.strip().partition("#")[0].replace("&amp;", "&")
    try:
        if len(query) > LONGEST_PASTED:
            raise ValueError
        found = dict(parse_qsl(query.partition("?")[2] or query, keep_blank_values=True, max_num_fields=200))
    except ValueError:
        return Opened((), (NOT_OURS,))
    if is_comparison(found):
        return decode(found, evidence)
    if len(found.keys() & NEEDS.keys()) < 2:  # one alone may be a word of any address
        return Opened((), (NOT_OURS,))
    scenario, told = _scenario("", found, evidence)
    return Opened((scenario,), tuple(_in_one(_titled(scenario.needs.project), told)))


def joined(scenarios: Sequence[Scenario], more: Sequence[Scenario]) -> Opened:
    """The scenarios with others after them, each of these under a name that is not taken yet: its own, its
    project's or its number. What no longer fits is told."""
    room = MOST - len(scenarios)
    names = labels([*scenarios, *more[:room]])[len(scenarios):]
    added = [it._replace(name=name) for it, name in zip(more[:room], names, strict=True)]
    told = []
    if len(more) > room:
        left = [_titled(name) if name else "one without a name" for name in (
            it.name or it.needs.project for it in more[room:])]
        told.append(f"Up to {MOST} scenarios are compared; remove one to add {', '.join(left)}.")
    return Opened((*scenarios, *added), tuple(told))


def labels(scenarios: Iterable[Scenario]) -> list[str]:
    """What each scenario is called beside the others: its name, its project's or its number, none of them twice."""
    return unlike(it.name or it.needs.project or f"Scenario {number}" for number, it in enumerate(scenarios, 1))


def unlike(names: Iterable[str]) -> list[str]:
    """The names with a number behind each that stands before already."""
    taken: list[str] = []
    for name in names:
        others = (f"{name[:75]} ({n})" for n in count(2))
        taken.append(name if name not in taken else next(it for it in others if it not in taken))
    return taken


def checked_name(text: str) -> str:
    """A name as it may stand. Raises ValueError with the sentence for the manager."""
    try:
        return checked(NEEDS["project"], text)
    except ValueError:
        raise ValueError(f"Name: enter {NEEDS['project'].wanted}.") from None


def to_csv(rows: Iterable[tuple[str, Decision, str]]) -> bytes:
    """The summary of each scenario, from its name, its decision and its link, with the name in front, UTF-8 with a
    byte order mark. It can be read again as a list of projects."""
    cells = [{"scenario": summary.harmless(name), **cells}
             for name, decision, link in rows for cells in summary.cells(decision, link)]
    text = io.StringIO()
    summary.write_csv(text, cells, header=True)
    return text.getvalue().encode("utf-8-sig")


def _scenario(name: str, query: Mapping[str, str], evidence: Evidence) -> tuple[Scenario, tuple[str, ...]]:
    """A scenario from its own link, and what of it could not be used. Raises ValueError where it holds no need."""
    if not query.keys() & NEEDS.keys():
        raise ValueError
    needs, as_of, own, said, problems = project_link.decode(query, evidence)
    return Scenario(name, needs, as_of, own, said), problems


def _name(text: str, number: int) -> tuple[str, list[str]]:
    try:
        return checked_name(text), []
    except ValueError:
        return "", [f"The name of scenario {number} in the link cannot be used; its project's was used."]


def _titled(name: str, number: int | None = None) -> str:
    return f"“{name}”" if name else f"Scenario {number}" if number else "The project of the link"


def _in_one(title: str, problems: Sequence[str]) -> list[str]:
    """The first problem of a scenario, and how many more there are."""
    if not problems:
        return []
    more = f" {len(problems) - 1} more could not be used." if len(problems) > 1 else ""
    return [f"{title} could not be opened in full: {problems[0]}{more}"]


def _packed(text: str) -> str:
    deflate = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 9, zdict=WORDS_1)
    small = deflate.compress(text.encode()) + deflate.flush()
    return base64.urlsafe_b64encode(small).decode().rstrip("=")


def _unpacked(code: str) -> dict[str, str]:
    """The query in a packed text. Raises ValueError where it is damaged or unpacks to more than any scenario holds."""
    try:
        inflate = zlib.decompressobj(zlib.MAX_WBITS, zdict=WORDS_1)
        whole = inflate.decompress(base64.b64decode(code + "=" * (-len(code) % 4), b"-_", validate=True), LARGEST)
    except (binascii.Error, zlib.error) as error:
        raise ValueError from error
    if not inflate.eof or inflate.unused_data:
        raise ValueError
    return dict(parse_qsl(whole.decode("ascii"), keep_blank_values=True, max_num_fields=200))
