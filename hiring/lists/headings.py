"""Headings: what a column of a list holds, by the names and labels of the needs and by the words that people use.

The words are in `data/headings.toml`, with those that are known to mean something else. A heading can carry a unit:
Duration (weeks), Budget in k€.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from rapidfuzz import fuzz, process

from hiring.evidence import loader
from hiring.evidence.loader import DataError
from hiring.lists import older
from hiring.lists.cells import MULTIPLES, TIME, UNITS, WORKING_DAYS
from hiring.lists.list_reader import LONGEST_HEADING, heading_key
from hiring.model.money import code_of
from hiring.model.needs import NEEDS

FILE = "headings.toml"
OTHER = "other"  # what means no need
BUDGET = "budget"  # the column of budgets in the currency of their row; in budget_usd, numbers are US dollars
MORE = ("assumed", "own_figures", "as_of", "model_version")  # columns besides the needs
FORMATS = ("format", "format_version")  # headings of the version that a list is made with, besides the model's
ALSO = {"location": ("Country", "Land", "Pays", "Location", "Place")}  # other headings that can mean one thing only
THOUSAND_WORDS = frozenset(["k", "t", "thousand", "thousands", "000", "000s", "tsd", "ths", "thsd"])
MILLION_WORDS = frozenset(["m", "mm", "mn", "mio", "mln", "million", "millions"])
LINKING = frozenset(["in", "of", "per", "the", "a", "to", "for", "en", "de", "du", "der", "die", "das", "und", "and"])
MODIFIERS = frozenset((  # which leave the meaning of a heading as it is
    "estimated", "est", "estimate", "expected", "planned", "plan", "approx", "approximate", "total", "overall",
    "approved", "proposed", "required", "needed", "target", "project", "projects", "software", "it", "date", "number",
    "count", "projekt", "gesamt", "geplant", "geplante", "geplantes", "geplanter", "geschätzt",
    "geschätzte", "projet", "prévu", "prévue", "estimé", "estimée"))
PEOPLE = frozenset(("fte", "ftes", "vzä", "etp"))  # units of people
_WORD = re.compile(r"[^\W_]+|[€£¥₹$]")
_CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-Z])|(?<=[€£¥₹$])(?=[^\W\d_])")
ALIKE, SHORTEST_ALIKE = 80, 5  # of 100, and characters, from which a heading may be a misspelled one
KNOWN, SURE, UNSURE = 3, 2, 1  # how sure it is that a heading means a field


class Meaning(NamedTuple):
    """What a heading means: a field or, empty, something else; how sure that is; and the unit and the currency in it.
    `is_exact` where the field is named as in a file of this tool."""

    field: str
    sure: int
    unit: str = ""
    currency: str = ""
    is_exact: bool = False


def _headings() -> dict[str, str]:
    """The field that each known heading means, by its key: the field's name, `need_` and its name, its label and
    those of before."""
    names = {name: [name, f"need_{name}", need.label, *ALSO.get(name, ()), *older.OLDER_LABELS.get(name, ())]
             for name, need in {**older.OLDER_NEEDS, **NEEDS}.items()}
    names |= {name: [name, f"need_{name}"] for name in MORE}
    names["model_version"] += FORMATS
    names["budget_usd"].remove(NEEDS["budget_usd"].label)
    names[BUDGET] = [BUDGET, f"need_{BUDGET}"]
    return {heading_key(heading): name for name, headings in names.items() for heading in headings}


HEADINGS = _headings()


class Synonym(NamedTuple):
    """A heading that people use: its field, or none, and whether it means nothing else."""

    heading: str
    field: str
    sure: bool


@cache
def synonyms() -> dict[str, Synonym]:
    """Every heading of the file by its key. Raises `DataError`."""
    found: dict[str, Synonym] = {}
    faults = []
    for name, kinds in _read().items():
        if name not in {OTHER, BUDGET, *NEEDS} or not kinds.keys() <= {"sure", "asked"}:
            faults.append(f"{FILE}, {name}: name a need or {OTHER}, and below it sure or asked.")
            continue
        for kind, heading in ((kind, it) for kind, texts in kinds.items() for it in chain(*texts.values())):
            if found.setdefault(heading_key(heading), Synonym(heading, "" if name == OTHER else name, kind == "sure")
                                ).heading != heading:
                faults.append(f"{FILE}, {name}: write {heading} once.")
    if faults:
        raise DataError(faults)
    return found


def _read() -> dict[str, dict[str, dict[str, list[str]]]]:
    try:
        return tomllib.loads((loader.DATA / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError([f"{FILE}: cannot be read ({error}); write a TOML file in UTF-8."]) from error


@cache
def keys() -> frozenset[str]:
    """The keys of all headings that are known, by which a sheet or a separator is chosen."""
    return frozenset(HEADINGS) | {key for key, synonym in synonyms().items() if synonym.field}


@lru_cache(maxsize=4_096)
def meaning(heading: str) -> Meaning | None:
    """What a heading means; None if it is unknown."""
    if len(heading) > LONGEST_HEADING:
        return None
    heading = unicodedata.normalize("NFC", heading.strip())
    key = heading_key(heading)
    words = _words(heading)
    rest, unit, currency = _without_units(words)
    name = HEADINGS.get(key)
    if name is not None:
        in_thousands = key == heading_key(older.THOUSANDS)
        is_exact = heading.lower().removeprefix("need_") == name
        sign = next((code for c in heading if (code := code_of(c))), "") if name == BUDGET else ""
        return Meaning(name, KNOWN, "thousands" if in_thousands else "", sign or "", is_exact)
    if key in synonyms():
        found = synonyms()[key]
        return Meaning(found.field, SURE if found.sure else UNSURE, _own_unit(found.field, words), currency)
    plain = [word for word in rest if word not in LINKING]
    bare = [word for word in plain if word not in MODIFIERS]
    units = [word for word in words if word not in LINKING | MODIFIERS]  # months to plan
    for base in dict.fromkeys(map("".join, (rest, plain, bare, [it for it in bare if it not in PEOPLE], units))):
        name = HEADINGS.get(base)
        synonym = synonyms().get(base)
        if name in MORE or name == older.HORIZON or not base:
            continue
        if name is not None:
            return Meaning(BUDGET if name == "budget_usd" else name, SURE, _fitting(name, unit), currency)
        if synonym is not None:
            return Meaning(synonym.field, SURE if synonym.sure else UNSURE, _fitting(synonym.field, unit), currency)
    return None


def ranked(heading: str) -> list[Meaning]:
    """What an unknown heading may mean, the likeliest first: those whose words are all in it, or else those that are
    written almost like it."""
    if len(heading) > LONGEST_HEADING or not heading.strip():
        return []
    rest, unit, currency = _without_units(_words(heading))
    words, texts = frozenset(rest), _texts()
    held = sorted((text for text in texts if words.issuperset(text.split())), key=len, reverse=True)
    alike = [] if held or len(heading) < SHORTEST_ALIKE else [text for text, _, _ in process.extract(
        " ".join(rest), list(texts), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=3)]
    found = list(dict.fromkeys(texts[text] for text in held or alike))
    return [Meaning(name, UNSURE, _fitting(name, unit), currency) for name in found] if all(found[:1]) else []


@cache
def _texts() -> dict[str, str]:
    """The field of each known heading, by its words in lower case."""
    texts = {" ".join(_words(it.heading)): it.field for it in synonyms().values()}
    return texts | {" ".join(_words(need.label)): BUDGET if name == "budget_usd" else name
                    for name, need in NEEDS.items()}


def is_unit(text: str) -> bool:
    """Whether a cell below a heading holds a unit alone: months, FTE, k€."""
    words = _words(text)
    if not words or len(text) > LONGEST_HEADING:
        return False
    rest, _, _ = _without_units(words)
    return all(word in LINKING | PEOPLE | {"people", "number"} for word in rest)


def _words(heading: str) -> list[str]:
    """The words of a heading in lower case, also of BudgetUSD and team_size, and signs of currencies."""
    text = unicodedata.normalize("NFKC", heading[:LONGEST_HEADING])
    return [word.casefold() for part in _CAMEL.sub(" ", text).replace("'000", " 000").split()
            for word in _WORD.findall(part)]


def _without_units(words: Iterable[str]) -> tuple[list[str], str, str]:
    """The words that are no units, the unit and the code of the currency among the others; an empty text where there
    is none."""
    rest: list[str] = []
    unit = currency = ""
    for word in words:
        multiple, code = _money_unit(word)
        if multiple or code:
            unit, currency = multiple or unit, code.strip("$") or currency
        elif word in TIME and len(word) > 1 and word not in ("an", "sem", "mon"):
            unit = TIME[word]
        elif word in ("working", "business") and not unit:
            unit = WORKING_DAYS
        else:
            rest.append(word)
    if "working" in words and unit == "days":
        unit = WORKING_DAYS
    return rest, unit, currency


@lru_cache(maxsize=4_096)
def _money_unit(word: str) -> tuple[str, str]:
    """The multiple and the currency in a word such as k€, TEUR or thousand; $ is said as it is."""
    if word in THOUSAND_WORDS:
        return "thousands", ""
    if word in MILLION_WORDS:
        return "millions", ""
    for multiple, marks in (("", ("",)), ("thousands", ("k", "t")), ("millions", ("mio", "mn", "m"))):
        for mark in marks:
            for bare in {word.removeprefix(mark), word.removesuffix(mark)} if mark else {word}:
                if (not mark or bare != word) and bare and (code := _currency(bare)):
                    return multiple, code
    return "", ""


def _currency(word: str) -> str:
    """The code of a currency that a word in a heading means, `$` for the sign alone; empty if it means none."""
    if word == "$":
        return "$"
    if word in ("dollar", "dollars"):
        return "$"
    if len(word) == 3 or not word.isalpha() or word in ("euro", "euros", "pounds", "zlotys"):
        return {"euros": "EUR"}.get(word) or (code_of(word) or "" if word not in ("all", "top", "try", "cup") else "")
    return ""


def _fitting(name: str, unit: str) -> str:
    """The unit where it is one of the field's."""
    need = NEEDS["budget_usd"] if name == BUDGET else NEEDS.get(name)
    if need is None or need.measure is None:
        return ""
    kinds = MULTIPLES if need.measure.is_large else UNITS if need.unit in UNITS else {}
    return unit if unit in kinds else ""


def _own_unit(name: str, words: list[str]) -> str:
    """The unit of a synonym that is written with it."""
    return _fitting(name, _without_units(words)[1])
