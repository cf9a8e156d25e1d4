"""The link: the whole state of a page as a query string, and back.

Every value is written out, defaults too, so that a link keeps its meaning when a default changes.
`v` is the version of the link's format, `as_of` the date of the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from hiring.model.evidence import Evidence
from hiring.model.needs import DEFAULTS, LOCATION, NEEDS, NUMBER, Need, ProjectNeeds, checked, plain
from hiring.model.own import Own, read, written

LINK_VERSION = "1"
NONE = "none"


class Opened(NamedTuple):
    """What a link says: needs, evidence date, own figures, and a sentence for each part that could not be used."""

    needs: ProjectNeeds
    as_of: date
    own: Own
    problems: tuple[str, ...]


def encode(needs: ProjectNeeds, as_of: date, own: Own = ()) -> dict[str, str]:
    """The query of a page: every need under its field's name, sorted, then `as_of`, `own` where there are
    figures of the manager's own, and `v`."""
    query = {name: _written(answer) for name, answer in sorted(asdict(needs).items())}
    given = {"own": written(own)} if own else {}
    return {**query, "as_of": as_of.isoformat(), **given, "v": LINK_VERSION}


def absolute(address: str, query: Mapping[str, str]) -> str:
    """The whole link; `address` is the page's without a query."""
    return f"{address}?{urlencode(query)}"


def decode(query: Mapping[str, str], evidence: Evidence) -> Opened:
    """Read a query. Never raises: what cannot be used is replaced by its default and told in `problems`."""
    problems: list[str] = []
    answers: dict[str, Any] = {}
    as_of = _as_of(query, evidence, problems) if query else evidence.dates[-1]
    known = evidence.as_of(as_of)
    for name, need in NEEDS.items():
        answers[name] = DEFAULTS[name]
        if name in query:
            try:
                answers[name] = _known(need, checked(need, _read(need, query[name])), known.wages)
            except ValueError as error:
                problems.append(f"{str(error).removesuffix('.')}; {_instead(need, DEFAULTS[name])}.")
        elif query:
            problems.append(f"{need.label}: missing in the link; {_instead(need, DEFAULTS[name])}.")
    if query and query.get("v") != LINK_VERSION:
        problems.append(f"The link's version is {_short(query['v']) if 'v' in query else 'missing'}; "
                        f"it was read as version {LINK_VERSION}.")
    own, faults = read(query.get("own", ""), known.figures)
    problems += _few(faults)
    unknown = sorted(query.keys() - NEEDS.keys() - {"v", "as_of", "own"})
    if unknown:
        names = ", ".join(_short(name) for name in unknown[:5]) + (" and more" if len(unknown) > 5 else "")
        problems.append(f"Unknown in the link and ignored: {names}.")
    return Opened(ProjectNeeds(**answers), as_of, own, tuple(problems))


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
    # Python reads more than people write: 1_0, digits of other scripts, spaces around.
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?(e[-+]?\d+)?", text, re.ASCII | re.IGNORECASE) else text


def _known(need: Need, answer: Any, places: Collection[str]) -> Any:
    if need.kind == LOCATION and answer not in places:
        raise ValueError(f"{need.label}: no wages are known for {answer}.")
    return answer


def _as_of(query: Mapping[str, str], evidence: Evidence, problems: list[str]) -> date:
    newest = evidence.dates[-1]
    text = query.get("as_of")
    if text is None:
        problems.append(f"The evidence date is missing in the link; {newest} was used.")
        return newest
    try:
        day = date.fromisoformat(text)
        evidence.as_of(day)
        if text != day.isoformat():
            raise ValueError
    except ValueError:
        problems.append(f"Evidence date: enter a date from {evidence.dates[0]} on, such as {newest}; "
                        f"found {_short(text)}; {newest} was used.")
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


def _short(text: str) -> str:
    text = "".join(c if c.isprintable() else " " for c in text[:60])
    return text if len(text) <= 40 else f"{text[:40]}…"
