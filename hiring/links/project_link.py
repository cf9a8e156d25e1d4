"""The link: the whole state of a page as a query string, and back.

Every value is written out, defaults too, so that a link keeps its meaning when a default changes. `v` is the version of
the link's format, `as_of` the date of the evidence. Since version 2 a link also has the result when it was made:
`said`, the first option and its first share, and `model`, the model version.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from hiring.links.own_figures_codec import plain_text, short
from hiring.model.decision import MODEL_VERSION, Decision
from hiring.model.evidence import Evidence, Snapshot
from hiring.model.needs import (
    LOCATION,
    NEEDS,
    NUMBER,
    EntryError,
    Need,
    Problem,
    ProjectNeeds,
    checked,
    plain,
    shown,
)
from hiring.model.own_figures import Own, read

NONE = "none"
MAX_LINK_CHARS = 2_000  # mail and chat programs may break longer links


class Version(NamedTuple):
    """A version of the link: its fields with their defaults as text, and its other keys."""

    fields: Mapping[str, str]
    also: frozenset[str]


VERSIONS = {name: Version(table["fields"], frozenset(table["also"])) for name, table in tomllib.loads(
    (Path(__file__).parent / "link_versions.toml").read_text(encoding="utf-8")).items()}
LINK_VERSION = list(VERSIONS)[-1]


class Said(NamedTuple):
    """The result that a link states: the first option, or `none` if none fits, its first share in whole percent, and
    the model version."""

    first: str
    percent: int
    model: str


class Opened(NamedTuple):
    """What a link contains: needs, evidence date, own figures, the result it states, and a sentence for everything that
    could not be used."""

    needs: ProjectNeeds
    as_of: date
    own: Own
    said: Said | None
    problems: tuple[str, ...]


def encode(needs: ProjectNeeds, as_of: date, own: Own = (), said: Said | None = None) -> dict[str, str]:
    """The query of a page: every need under its field's name, sorted, then `as_of`, `own` if there are own figures,
    `said` and `model` if the result is known, and `v`."""
    query = {name: _written(answer) for name, answer in sorted(asdict(needs).items())}
    query["as_of"] = as_of.isoformat()
    if own:
        query["own"] = short(own)
    if said:
        query |= {"said": f"{said.first}~{said.percent}", "model": said.model}
    return {**query, "v": LINK_VERSION}


def said_by(decision: Decision) -> Said:
    """The result that a link to this decision states."""
    if not decision.left:
        return Said(NONE, 0, MODEL_VERSION)
    return Said(decision.first, decision.of_hundred[decision.first], MODEL_VERSION)


def absolute(address: str, query: Mapping[str, str]) -> str:
    """The whole link; `address` is the page's without a query."""
    return f"{address}?{urlencode(query)}"


def decode(query: Mapping[str, str], evidence: Evidence, carrier: str = "link") -> Opened:
    """Read a query by its version. Never raises: what cannot be used gets the version's default and a sentence in
    `problems`. A need that the version does not know gets its default for older links. `carrier` is the word for
    what contained the query: a link or a file."""
    opened = _read_all(query, evidence, VERSIONS.get(query.get("v", ""), VERSIONS[LINK_VERSION]), carrier)
    if not query or query.get("v") in VERSIONS:
        return opened
    problem = (f"The {carrier}'s version is {shown(query['v']) if 'v' in query else 'missing'}; "
               f"it was read as version {LINK_VERSION}.")
    return opened._replace(problems=(*opened.problems, problem))


def _read_all(query: Mapping[str, str], evidence: Evidence, version: Version, carrier: str) -> Opened:
    if not query:
        return Opened(ProjectNeeds(), evidence.dates[-1], (), None, ())
    problems: list[str] = []
    as_of = _as_of(query, evidence, problems, carrier)
    known = evidence.as_of(as_of)
    answers = {name: need.older for name, need in NEEDS.items()
               if name not in version.fields and need.older is not None}
    for name, text in version.fields.items():
        need = NEEDS[name]
        answers[name] = checked(need, _read(need, text))
        if name in query:
            try:
                answers[name] = _known(need, checked(need, _read(need, query[name])), known.wages)
            except EntryError as error:
                problem = error.problem if query[name].strip() else Problem(need.label, f"empty in the {carrier}")
                problems.append(str(problem._replace(used=_instead(need, answers[name]))))
        else:
            problems.append(str(Problem(need.label, f"missing in the {carrier}", used=_instead(need, answers[name]))))
    own, faults = _own(query.get("own", ""), known, carrier)
    problems += _few(faults)
    unknown = sorted(query.keys() - version.fields.keys() - version.also - {"v"})
    if unknown:
        names = ", ".join(shown(name) for name in unknown[:5]) + (" and more" if len(unknown) > 5 else "")
        problems.append(f"Unknown in the {carrier} and ignored: {names}.")
    said = _said(query, evidence) if "said" in version.also else None
    return Opened(ProjectNeeds(**answers), as_of, own, said, tuple(problems))


def _own(text: str, known: Snapshot, carrier: str) -> tuple[Own, tuple[str, ...]]:
    try:
        own, faults = read(plain_text(text), known.figures)
    except ValueError:
        return (), (f"Your own figures in the {carrier} are damaged; the evidence's were used.",)
    return own, tuple(map(str, faults))


def _said(query: Mapping[str, str], evidence: Evidence) -> Said | None:
    """The result that the link states; None if it has none, or not in a known form."""
    first, _, percent = query.get("said", "").partition("~")
    model = query.get("model", "")
    is_known = first in {NONE, *(option.id for option in evidence.options)}
    if not is_known or not re.fullmatch(r"\d{1,2}|100", percent, re.ASCII) or not re.fullmatch(
            r"\d{1,4}(\.\d{1,4}){0,2}", model, re.ASCII):
        return None
    return Said(first, int(percent), model)


def _few(faults: tuple[str, ...]) -> list[str]:
    """At most five sentences, then how many more there are."""
    more = len(faults) - 5
    return [*faults[:5], *([f"{more} more of your own figures could not be used."] if more > 0 else [])]


def _written(answer: Any) -> str:
    if answer is None:
        return NONE
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return plain(answer) if isinstance(answer, float) else answer


def _read(need: Need, text: str) -> Any:
    if need.kind != NUMBER:
        return text
    if need.optional and text == NONE:
        return None
    # float() accepts more than people write: 1_0, digits of other scripts, spaces around.
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?(e[-+]?\d+)?", text, re.ASCII | re.IGNORECASE) else text


def _known(need: Need, answer: Any, places: Collection[str]) -> Any:
    if need.kind == LOCATION and answer not in places:
        raise EntryError(Problem(need.label, f"no wages are known for {answer}"))
    return answer


def _as_of(query: Mapping[str, str], evidence: Evidence, problems: list[str], carrier: str) -> date:
    newest = evidence.dates[-1]
    text = query.get("as_of")
    if text is None:
        problems.append(f"The evidence date is missing in the {carrier}; {newest} was used.")
        return newest
    try:
        day = date.fromisoformat(text)
        evidence.as_of(day)
        if text != day.isoformat():
            raise ValueError
    except ValueError:
        problems.append(str(Problem("Evidence date", f"enter a date from {evidence.dates[0]} on, such as {newest}",
                                    shown(text), f"{newest} was used")))
        return newest
    if day > newest:
        problems.append(f"The evidence of {day} is not known here; {newest} was used.")
        return newest
    return day


def _instead(need: Need, default: Any) -> str:
    if need.kind == NUMBER:
        return f"{default:,.10g} was used"
    written = "the United States" if need.kind == LOCATION else _written(default)
    return f"{need.choices.get(written, written) or 'nothing'} was used"
