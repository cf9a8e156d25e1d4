"""Sentences of the page, read back."""

from __future__ import annotations

import re
from typing import Any

from hiring.model.evidence import Option
from hiring.model.needs import LOCATION, NEEDS, NUMBER
from tests.factories import SNAPSHOT

FLAW = re.compile(r"\bnan\b|\binf\b|\bNone\b(?! (?:given|of them))|[{}]")
BARE_DOLLAR = re.compile(r"(?<!\\)\$")


def lowered(option: Option) -> str:
    return {"Freelance": "freelance", "In-house": "in-house", "Agency": "agency"}[option.label]


def says(text: str, share: float) -> bool:
    """Whether the text is this share in futures of a hundred, to the nearest future."""
    if text in ("fewer than 1", "<1"):
        return 0 < share < 0.0051
    if text in ("more than 99", ">99"):
        return 0.9949 < share < 1
    return abs(int(text) - share * 100) <= 0.5 + 1e-9


def is_month(text: str, months: float) -> bool:
    """Whether the text is this number of months, to a month from month 10 on and to a tenth before."""
    return abs(float(text) - months) <= (0.5 if months >= 10 else 0.05) + 1e-9


def whole(points: str) -> int:
    """+11 and −6 as numbers."""
    return int(points.replace("−", "-"))


def amount(text: str) -> float:
    """$95, $1,250 and $1.4k as numbers."""
    number = text.removeprefix("$")
    return float(number.rstrip("kM").replace(",", "")) * {"k": 1e3, "M": 1e6}.get(number[-1], 1)


SAID = {"work had to begin today": 0.0, "no upkeep were needed": 0.0,
        "nothing were kept running after the release": 0.0, "no budget were given": None,
        "no deadline were given": None, "you had a technical lead": True, "you had no technical lead": False,
        "the work asked for mid-level people": "mid", "outside staff sat in the United States": "us",
        "outside staff sat where you hire": "local",
        "the load were that of a prototype": "prototype", "only backend skills were needed": "one",
        "a few skills besides backend were needed": "few", "many skills were needed": "many",
        "the work were standalone": "standalone", "the work had some ties to your teams": "shared",
        "the work were embedded in your teams": "embedded"}


def answer_in(condition: str, need: str) -> Any:
    """The answer that a condition names."""
    if condition in SAID:
        return SAID[condition]
    if NEEDS[need].kind == NUMBER:
        (number,) = re.findall(r"\$?(\d[\d,]*(?:\.\d+)?[kM]?)", condition)
        scale = {"k": 1_000, "M": 1_000_000}.get(number[-1], 1)
        return round(float(number.rstrip("kM").replace(",", "")) * scale, 6)
    if NEEDS[need].kind == LOCATION:
        match = re.fullmatch(r"you hired in (?:the )?(.+), with wages (?:\d+% (?:higher|lower)|like those now)",
                             condition)
        assert match, condition
        (place,) = [id_ for id_, wage in SNAPSHOT.wages.items() if wage.area == match[1]]
        return place
    (choice,) = [choice for choice, label in NEEDS[need].choices.items()
                 if re.search(rf"\b{label}( people)?$", condition, re.IGNORECASE)]
    return choice
