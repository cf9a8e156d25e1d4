"""The file `needs.toml`: the contents of a link as a file, for many own figures or for an archive.

It is read by the decoder of links, so that a file and a link with the same values mean the same.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection
from datetime import date
from typing import Any

from hiring.evidence import option_words
from hiring.links.project_link import AMOUNT, Opened, Said, decode, encode
from hiring.model.evidence import Evidence
from hiring.model.needs import NEEDS, NUMBER, ProjectNeeds, plain
from hiring.model.own_figures import Own

MAX_BYTES = 100_000  # a file with every figure takes a tenth of it
MAX_LINE_BYTES = 500  # the TOML parser takes quadratic time and memory for a key with many dots


class NeedsFileError(ValueError):
    """A file that cannot be opened; the message is a sentence for the manager."""


def to_toml(needs: ProjectNeeds, as_of: date, own: Own = (), said: Said | None = None,
            from_day: date | None = None, assumed: Collection[str] = ()) -> bytes:
    """The bytes of the file, UTF-8."""
    query = encode(needs, as_of, (), said, from_day, assumed)
    head = f"# A project for the dashboard “{option_words.title()}?”: open it under Share. It holds the budget.\n"
    keys = ("v", "as_of", "assumed", "from", "said", "model")
    about = (f"{key} = {json.dumps(query[key])}" for key in keys if key in query)
    lines = [head, *about, "", "[needs]"]
    lines += [f"{name} = {_value(name, query[name])}" for name in (*NEEDS, AMOUNT) if name in query]
    if own:
        lines += ["", "# low, middle and high of figures of your own", "[own]"]
        lines += [f'"{id_}" = [{", ".join(map(plain, numbers))}]' for id_, numbers in own]
    return ("\n".join(lines) + "\n").encode()


def from_toml(content: bytes, evidence: Evidence, today: date) -> Opened:
    """What a file contains, read like a link on the day `today`. Raises `NeedsFileError` if it is not such a file;
    `problems` says what in it could not be used."""
    if len(content) > MAX_BYTES:
        raise NeedsFileError(f"The file is larger than {MAX_BYTES // 1000} kB: choose the needs.toml of a project.")
    if max(map(len, content.split(b"\n"))) > MAX_LINE_BYTES:
        raise NeedsFileError(f"The file has a line of more than {MAX_LINE_BYTES} characters: choose the needs.toml of "
                             "a project.")
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, or an integer of thousands of digits
        raise NeedsFileError("The file is not TOML text: choose the needs.toml of a project.") from error
    needs, own = table.pop("needs", None), table.pop("own", {})
    if not isinstance(needs, dict) or not isinstance(own, dict):
        raise NeedsFileError("The file has no [needs]: choose the needs.toml of a project.")
    given = {f"{id_}~{_cell(numbers)}" for id_, numbers in own.items()}
    query = {key: _text(value) for key, value in {**needs, **table}.items()}
    return decode({**query, **({"own": "~~".join(sorted(given))} if given else {})}, evidence, today, "file")


def _value(name: str, text: str) -> str:
    is_number = name == AMOUNT or NEEDS[name].kind == NUMBER
    return text if is_number and text != "none" else json.dumps(text, ensure_ascii=False)


def _text(value: Any) -> str:
    """A TOML value as text in a link. Tables and lists are not valid there."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float) and abs(value) < 1e15:
        return plain(value)
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and abs(value) > 10**100:  # Python refuses to convert thousands of digits
        return "a number of hundreds of digits"
    return str(value)


def _cell(numbers: Any) -> str:
    return "~".join(map(_text, numbers)) if isinstance(numbers, list) else _text(numbers)
