"""The link: the whole state of a page as a query string, and back.

Every value is written out, defaults too, so that a link keeps its meaning when a default changes. `v` is the version of
the link's format, `as_of` the date of the evidence. Since version 2 a link also has the result when it was made:
`said`, the answer and its share, and `model`, the model version. Since version 3 it has `from`, the day from which
months are counted, `said` also has how often the answer keeps the limits, `assumed` names the needs that nobody has
answered yet, `records` says which own figures come from finished projects, and `tab` is the open tab of the page
Decide.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from hiring.evidence.loader import load_evidence
from hiring.links.own_figures_codec import plain_text, short
from hiring.links.wrapped import repaired
from hiring.lists import older
from hiring.model import countries, money
from hiring.model.decision import MIX, MODEL_VERSION, NONE_FITS, Decision
from hiring.model.evidence import Evidence, Snapshot
from hiring.model.needs import (
    CURRENCY,
    LOCATION,
    NEEDS,
    NUMBER,
    TEXT,
    EntryError,
    Need,
    Problem,
    ProjectNeeds,
    checked,
    plain,
    shown,
)
from hiring.model.own_figures import Own, read
from hiring.model.past_projects import Origin

NONE, AMOUNT, LINK = "none", "amount", "link"
MAX_LINK_CHARS = 2_000  # mail and chat programs may break longer links
CENT = 0.01  # of the amount that was typed, which a link rounds to
YEARS = range(2000, 2200)  # in which months can be counted from a day


class Version(NamedTuple):
    """A version of the link: its fields with their defaults as text, and its other keys. A draft may still change.
    Before versions that `has_countries`, places were those of the United States alone."""

    fields: Mapping[str, str]
    also: frozenset[str]
    is_draft: bool = False
    has_countries: bool = False


VERSIONS = {name: Version(table["fields"], frozenset(table["also"]), table.get("draft", False),
                          table.get("countries", False))
            for name, table in tomllib.loads(
                (Path(__file__).parent / "link_versions.toml").read_text(encoding="utf-8")).items()}
LINK_VERSION = list(VERSIONS)[-1]
BEFORE_UPKEEP = "2"  # the last version that looks ahead by a number of months


class Said(NamedTuple):
    """The result that a link states: the answer (an option, `mix`, or `none` if none fits), its share in whole percent,
    the model version, and in how many of 100 simulations the answer keeps the limits; None without limits and from
    older links."""

    answer: str
    percent: int
    model: str
    keep_percent: int | None = None


class Opened(NamedTuple):
    """What a link contains: needs, evidence date, own figures, the result it states and the day from which its months
    are counted; a sentence for everything that could not be used, and what else its reader should know; the needs that
    nobody has answered, the id of the open tab, and which own figures come from finished projects."""

    needs: ProjectNeeds
    as_of: date
    own: Own
    said: Said | None
    from_day: date
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    assumed: frozenset[str] = frozenset()
    tab: str = ""
    records: tuple[Origin, ...] = ()


def encode(needs: ProjectNeeds, as_of: date, own: Own = (), said: Said | None = None,
           from_day: date | None = None, assumed: Collection[str] = (), tab: str = "",
           records: Collection[Origin] = ()) -> dict[str, str]:
    """The query of a page: every need under its field's name, sorted, then `as_of`, `assumed`, `from`, `own` if there
    are own figures, `records` if some come from finished projects, `said` and `model` if the result is known, `tab` if
    one is given, and `v`. A link without `from_day` counts months from the day on which it is opened. A budget in
    another currency than US dollars is also written as the `amount` that was typed."""
    query = {name: _written(answer) for name, answer in sorted(asdict(needs).items())}
    if needs.budget_usd is not None and (rate := _per_dollar(needs.currency or needs.country, as_of)) != 1:
        query[AMOUNT] = plain(round(needs.budget_usd * rate, 2))
    query |= {"as_of": as_of.isoformat(), "assumed": "~".join(sorted(assumed)) or NONE}
    if from_day:
        query["from"] = from_day.isoformat()
    if own:
        query["own"] = short(own)
    if records:
        query["records"] = "~~".join("~".join(map(str, origin)) for origin in sorted(records))
    if said:
        keeps = "" if said.keep_percent is None else said.keep_percent
        query |= {"said": f"{said.answer}~{said.percent}~{keeps}", "model": said.model}
    if tab:
        query["tab"] = tab
    return {**query, "v": LINK_VERSION}


def said_by(decision: Decision) -> Said:
    """The result that a link to this decision states."""
    if decision.verdict == NONE_FITS:
        return Said(NONE, 0, MODEL_VERSION)
    answer = decision.answer
    keep_percent = round(decision.keep_share * 100) if decision.has_limits else None
    return Said(answer, decision.of_hundred[answer], MODEL_VERSION, keep_percent)


def absolute(address: str, query: Mapping[str, str]) -> str:
    """The whole link; `address` is the page's without a query."""
    return f"{address}?{urlencode(query)}"


def decode(query: Mapping[str, str], evidence: Evidence, today: date, carrier: str = LINK) -> Opened:
    """Read a query by its version. Never raises: what cannot be used gets the version's default and a sentence in
    `problems`. A need that the version does not know gets its answer for older links. Without a day of its own, the
    query counts months from `today`. `carrier` is the word for what contained the query: a link or a file."""
    query = repaired(query) if carrier == LINK else query
    if not query:
        return Opened(ProjectNeeds(), evidence.dates[-1], (), None, today, assumed=frozenset(NEEDS))
    if query.get("v") in VERSIONS:
        return _read_all(query, evidence, query["v"], today, carrier)
    version = BEFORE_UPKEEP if older.HORIZON in query else LINK_VERSION
    opened = _read_all(query, evidence, version, today, carrier)
    if _cut_in(query, VERSIONS[version], carrier):
        return opened
    is_cut = ", so its end may have been cut off" if carrier == LINK else ""
    problem = (f"The {carrier}'s version is {shown(query['v']) if 'v' in query else f'missing{is_cut}'}; "
               f"it was read as version {version}.")
    return opened._replace(problems=(*opened.problems, problem))


def _cut_in(query: Mapping[str, str], version: Version, carrier: str) -> str:
    """The last key of a link that was cut off before its end, maybe inside of that key's value; empty for another."""
    order = [*sorted(version.fields), "as_of"]  # as `encode` writes them
    count = next((place for place, name in enumerate(order) if name not in query), len(order))
    is_cut = carrier == LINK and "v" not in query and 0 < count < len(order) and query.keys().isdisjoint(order[count:])
    return order[count - 1] if is_cut else ""


def _read_all(query: Mapping[str, str], evidence: Evidence, v: str, today: date, carrier: str) -> Opened:
    version, problems, notes = VERSIONS[v], list[str](), list[str]()
    faulty, missing = set[str](), list[Problem]()
    query = _with_amount(query, carrier)
    cut_in = _cut_in(query, version, carrier)
    as_of = evidence.dates[-1] if cut_in else _as_of(query, evidence, problems, carrier)
    day = query.get("from") if "from" in version.also else None
    from_day = today if cut_in else _from_day(day, today, problems, notes, carrier)
    known = evidence.as_of(as_of)
    answers = {name: answer for name, answer in older.answers().items() if name not in version.fields}
    assumed = _assumed(query.get("assumed", NONE), problems, carrier) if "assumed" in version.also else set()
    assumed |= answers.keys()
    for name, text in version.fields.items():
        need = older.need_of(name)
        answers[name] = checked(need, _read(need, text))
        if name in query and (query[name] or name != cut_in or need.kind == TEXT):
            try:
                if need.kind == LOCATION and version.has_countries:
                    answers[name] = countries.place(known, query[name], is_current="v" in query)
                else:
                    answers[name] = _known(need, checked(need, _read(need, query[name])), known)
            except EntryError as error:
                problem = error.problem if query[name].strip() else Problem(need.label, f"empty in the {carrier}")
                problems.append(str(problem._replace(used=_instead(need, answers[name]))))
                assumed.add(older.field_today(name))
                faulty.add(name)
        else:
            assumed.add(older.field_today(name))
            missing.append(Problem(need.label, f"missing in the {carrier}", used=_instead(need, answers[name])))
    problems += _cut_sentence(older.need_of(cut_in).label, missing, as_of) if cut_in else map(str, missing)
    if AMOUNT in version.also and AMOUNT in query and not faulty & {"budget_usd", "currency", "location"}:
        rate = _per_dollar(answers["currency"] or answers["location"][:2], as_of)
        try:
            answers["budget_usd"] = _budget(query[AMOUNT], answers["budget_usd"], rate)
        except EntryError as error:
            problems.append(str(error.problem._replace(used="its value in US dollars was used")))
    own, faults, left_out = _own(query.get("own", ""), known, answers["scope_clarity"], carrier)
    problems += _few(faults)
    notes += [*left_out, *older.upkeep_sentence(answers)]
    unknown = sorted(query.keys() - version.fields.keys() - version.also - {"v"})
    if unknown:
        names = ", ".join(shown(name) for name in unknown[:5]) + (" and more" if len(unknown) > 5 else "")
        problems.append(f"Unknown in the {carrier} and ignored: {names}.")
    said = _said(query, evidence) if "said" in version.also else None
    if said is None and v != LINK_VERSION:
        notes.append(f"The {carrier} does not carry the answer that it gave when it was made.")
    tab = query.get("tab", "") if "tab" in version.also else ""
    return Opened(ProjectNeeds(**older.with_upkeep(answers)), as_of, own, said, from_day, tuple(problems), tuple(notes),
                  frozenset(assumed), tab if re.fullmatch(r"[a-z_]{1,20}", tab) else "",
                  _records(query.get("records", ""), own) if "records" in version.also else ())


def _cut_sentence(label: str, missing: Sequence[Problem], as_of: date) -> list[str]:
    """One sentence for all that a link lacks because its end was cut off."""
    used = "; ".join(f"{problem.field}: {problem.used.removesuffix(' was used')}" for problem in missing)
    return [f"The link was cut off. Check “{label}”, inside of which it may end. What follows is missing, so the usual "
            f"answers were used{f' ({used})' if used else ''}, with the evidence of {as_of}. Months count from today."]


def _with_amount(query: Mapping[str, str], carrier: str) -> Mapping[str, str]:
    """The query without an amount of a link that was cut, maybe inside of it; in a file, an amount is a budget."""
    if AMOUNT not in query or {"v", "budget_usd", "currency", "location"} <= query.keys():
        return query
    return ({"budget_usd": NONE, **query} if carrier != LINK
            else {key: text for key, text in query.items() if key != AMOUNT})


def _budget(text: str, usd: float | None, rate: float) -> float | None:
    """The budget in US dollars: the amount that was typed, or what is given where both agree to the cent. Raises
    EntryError."""
    amount = _read(NEEDS["budget_usd"], text)
    if not isinstance(amount, float):
        return checked(NEEDS["budget_usd"], amount)
    return usd if usd is not None and abs(amount - usd * rate) <= CENT else checked(NEEDS["budget_usd"], amount / rate)


@lru_cache(maxsize=64)
def _per_dollar(place: str, as_of: date) -> float:
    """Units for a US dollar of a currency by its code, or of that of a country; 1 where none is known."""
    known = load_evidence().as_of(as_of)
    code = known.countries[place].currency if place in known.countries else place
    rate = known.exchange_rates.get(code)
    return rate.central if rate else 1.0


def _assumed(text: str, problems: list[str], carrier: str) -> set[str]:
    """The needs that nobody has answered; names that are unknown become a problem."""
    names = set() if text == NONE else set(text.split("~"))
    if names - NEEDS.keys():
        problems.append(f"The {carrier}'s list of assumed answers has an unknown name; the others were used.")
    return names & NEEDS.keys()


def _own(text: str, known: Snapshot, scope_clarity: str, carrier: str) -> tuple[Own, tuple[str, ...], tuple[str, ...]]:
    """The own figures, a sentence for each that cannot be used, and one where the model no longer uses some."""
    try:
        of_today, left_out = older.own_figures(plain_text(text), scope_clarity)
    except ValueError:
        return (), (f"Your own figures in the {carrier} are damaged; the evidence's were used.",), ()
    own, faults = read(of_today, countries.rows_by_id(known) if of_today else {}, known.exchange_rates)
    return own, tuple(map(str, faults)), older.left_out_sentence(left_out)


def _said(query: Mapping[str, str], evidence: Evidence) -> Said | None:
    """The result that the link states; None if it has none, or not in a known form."""
    found = re.fullmatch(r"([a-z_]+)~(\d{1,2}|100)(?:~(\d{1,2}|100)?)?", query.get("said", ""), re.ASCII)
    model = query.get("model", "")
    is_known = found and found[1] in {NONE, MIX, *(option.id for option in evidence.options)}
    if not found or not is_known or not re.fullmatch(r"\d{1,4}(\.\d{1,4}){0,2}", model, re.ASCII):
        return None
    return Said(found[1], int(found[2]), model, int(found[3]) if found[3] else None)


def _records(text: str, own: Own) -> tuple[Origin, ...]:
    """Which own figures come from finished projects; what cannot be read, or is about no own figure, is left out."""
    found = re.finditer(r"(?:^|~~)([a-z_.]{1,60})~(\d{1,5})~(\d{1,4})~(\d{1,4})(?=~~|$)", text, re.ASCII)
    origins = (Origin(it[1], *(int(it[place]) for place in (2, 3, 4))) for it in found)
    return tuple(sorted({it.figure: it for it in origins if it.figure in dict(own)}.values()))


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
    if need.kind == CURRENCY:
        return money.code_of(text) or text
    if need.kind == LOCATION:
        return older.place(text)
    if need.kind != NUMBER:
        return text
    if need.optional and text == NONE:
        return None
    # float() accepts more than people write: 1_0, digits of other scripts, spaces around.
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?(e[-+]?\d+)?", text, re.ASCII | re.IGNORECASE) else text


def _known(need: Need, answer: Any, known: Snapshot) -> Any:
    if need.kind == CURRENCY:
        return countries.with_rate(known, answer)
    if need.kind == LOCATION and answer not in known.areas:
        raise EntryError(Problem(need.label, f"no wages are known for {answer.removeprefix('us-')}"))
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
        problems.append(f"The evidence date in the {carrier} cannot be used: {shown(text) or 'it is empty'}. The "
                        f"newest evidence was used, of {newest}.")
        return newest
    if day > newest:
        problems.append(f"The evidence of {day} is not known here; {newest} was used.")
        return newest
    return day


def _from_day(text: str | None, today: date, problems: list[str], notes: list[str], carrier: str) -> date:
    if text is None:
        notes.append(f"The {carrier} does not say from which day its months count; they count from today, {today}.")
        return today
    try:
        day = date.fromisoformat(text)
        if text != day.isoformat() or day.year not in YEARS:
            raise ValueError
    except ValueError:
        problems.append(f"The day from which months count in the {carrier} cannot be used: "
                        f"{shown(text) or 'it is empty'}. They count from today, {today}.")
        return today
    return day


def _instead(need: Need, default: Any) -> str:
    if default is None:
        return "none was used"
    if need.kind == NUMBER:
        return f"{default:,.10g} was used"
    written = "the United States" if need.kind == LOCATION else _written(default)
    return f"{need.choices.get(written, written) or 'nothing'} was used"
