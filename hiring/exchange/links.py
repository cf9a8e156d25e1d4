"""The link: the whole state of a page as a query string, and back.

Every value is written out, defaults too, so that a link keeps its meaning when a default changes. `v` is the
version of the link's format, `as_of` the date of the evidence. From version 2 on a link carries what it said
when it was made: `said`, the first option and its first share, and `model`, the version that said it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Set
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from hiring.exchange.packing import plain_text, short
from hiring.model.decision import MODEL_VERSION, Decision
from hiring.model.evidence import Evidence, Snapshot
from hiring.model.needs import DEFAULTS, LOCATION, NEEDS, NUMBER, Need, ProjectNeeds, checked, plain, shown
from hiring.model.own import Own, read

LINK_VERSION = "2"
NONE = "none"
LONGEST = 2_000  # characters that mail and chat programs keep in one piece


class Said(NamedTuple):
    """What a link says of its answer: the first option, or `none` where none fits, its first share in whole
    percent, and the model version."""

    first: str
    percent: int
    model: str


class Opened(NamedTuple):
    """What a link holds: needs, evidence date, own figures, what it said, and a sentence for each part that
    could not be used."""

    needs: ProjectNeeds
    as_of: date
    own: Own
    said: Said | None
    problems: tuple[str, ...]


def encode(needs: ProjectNeeds, as_of: date, own: Own = (), said: Said | None = None) -> dict[str, str]:
    """The query of a page: every need under its field's name, sorted, then `as_of`, `own` where there are
    figures of the manager's own, `said` and `model` where the answer is known, and `v`."""
    query = {name: _written(answer) for name, answer in sorted(asdict(needs).items())}
    given = {"own": short(own)} if own else {}
    told = {"said": f"{said.first}~{said.percent}", "model": said.model} if said else {}
    return {**query, "as_of": as_of.isoformat(), **given, **told, "v": LINK_VERSION}


def said_by(decision: Decision) -> Said:
    """What a link to this decision says of its answer."""
    if not decision.left:
        return Said(NONE, 0, MODEL_VERSION)
    return Said(decision.first, decision.of_hundred[decision.first], MODEL_VERSION)


def absolute(address: str, query: Mapping[str, str]) -> str:
    """The whole link; `address` is the page's without a query."""
    return f"{address}?{urlencode(query)}"


def decode(query: Mapping[str, str], evidence: Evidence) -> Opened:
    """Read a query by the decoder of its version. Never raises: what cannot be used is replaced by its default
    and told in `problems`."""
    version = query.get("v", LINK_VERSION)
    opened = DECODERS.get(version, DECODERS[LINK_VERSION])(query, evidence)
    if not query or query.get("v") in DECODERS:
        return opened
    told = (f"The link's version is {shown(query['v']) if 'v' in query else 'missing'}; "
            f"it was read as version {LINK_VERSION}.")
    return opened._replace(problems=(*opened.problems, told))


def _version_1(query: Mapping[str, str], evidence: Evidence) -> Opened:
    """Needs, evidence date and own figures."""
    return _read_all(query, evidence, {"v", "as_of", "own"})


def _version_2(query: Mapping[str, str], evidence: Evidence) -> Opened:
    """Version 1, with own figures that may be packed, and with what the link said."""
    return _read_all(query, evidence, {"v", "as_of", "own", "said", "model"})


# Every version ever issued; a version is never changed, only followed by another.
DECODERS: dict[str, Callable[[Mapping[str, str], Evidence], Opened]] = {"1": _version_1, "2": _version_2}


def _read_all(query: Mapping[str, str], evidence: Evidence, keys: Set[str]) -> Opened:
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
                told = str(error).removesuffix(".") if query[name].strip() else f"{need.label}: empty in the link"
                problems.append(f"{told}; {_instead(need, DEFAULTS[name])}.")
        elif query:
            problems.append(f"{need.label}: missing in the link; {_instead(need, DEFAULTS[name])}.")
    own, faults = _own(query.get("own", ""), known)
    problems += _few(faults)
    unknown = sorted(query.keys() - NEEDS.keys() - keys)
    if unknown:
        names = ", ".join(shown(name) for name in unknown[:5]) + (" and more" if len(unknown) > 5 else "")
        problems.append(f"Unknown in the link and ignored: {names}.")
    said = _said(query, evidence) if "said" in keys else None
    return Opened(ProjectNeeds(**answers), as_of, own, said, tuple(problems))


def _own(text: str, known: Snapshot) -> tuple[Own, tuple[str, ...]]:
    try:
        return read(plain_text(text), known.figures)
    except ValueError as error:
        return (), (str(error),)


def _said(query: Mapping[str, str], evidence: Evidence) -> Said | None:
    """What the link said; None where it does not say it in a form that is known."""
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
                        f"found {shown(text)}; {newest} was used.")
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
