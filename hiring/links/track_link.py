"""The link of the page Track: the link of a decision, unchanged, and what is known since.

The decision is packed into `decision` as a comparison packs its scenarios. Beside it are `plan`, `day` and the facts,
each as people would read it; amounts are in US dollars. `v` is the version of this format.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from hiring.links.comparison_link import Scenario, packed, scenario_of, unpacked
from hiring.links.wrapped import repaired
from hiring.model.evidence import Evidence
from hiring.model.needs import Problem, plain, shown

VERSION = "track-1"
MOST_USD, MOST_LEAVERS = 1e9, 1_000
LABELS = {"day": "Known on", "began": "Work began", "released": "Released on", "done": "Build done",
          "spent": "Spent so far", "leavers": "People who left", "pay": "Pay"}
LEFT_OUT = "it was left out"


class Known(NamedTuple):
    """What is known of a project on a `day`; None is not known. `done` is a share; money is in USD, `pay` by option in
    the unit of its pay figure, USD. `plan` is the one that was chosen, empty for the answer."""

    day: date
    plan: str = ""
    began: date | None = None
    done: float | None = None
    released: date | None = None
    spent_usd: float | None = None
    leavers: int | None = None
    pay: tuple[tuple[str, float], ...] = ()

    @property
    def has_facts(self) -> bool:
        return self != Known(self.day, self.plan)


class Opened(NamedTuple):
    """The decision of a link and what is known since; None where it has no decision that can be read. A sentence for
    everything that could not be used, and what else its reader should know."""

    scenario: Scenario | None
    known: Known
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def encode(scenario: Scenario, known: Known) -> dict[str, str]:
    """The query of the page Track."""
    query = {"decision": packed(urlencode(scenario.query)), "day": known.day.isoformat()}
    facts = {"plan": known.plan, "began": known.began, "released": known.released, "done": known.done,
             "spent_usd": known.spent_usd, "leavers": known.leavers}
    query |= {name: plain(fact) if isinstance(fact, int | float) else str(fact)
              for name, fact in facts.items() if fact not in (None, "")}
    query |= {f"pay_{option}_usd": plain(pay) for option, pay in known.pay}
    return {**query, "v": VERSION}


def is_track(query: Mapping[str, str]) -> bool:
    """Whether a query belongs to a tracked project, damaged or not."""
    return query.get("v", "").startswith("track-") or "decision" in query


def decode(query: Mapping[str, str], evidence: Evidence, today: date) -> Opened:
    """Read a query. Never raises: what cannot be used is left out, with a sentence in `problems`."""
    query, problems = repaired(query), list[str]()
    try:
        scenario, opened = scenario_of("", unpacked(query.get("decision", "")), evidence, today)
        problems += opened.problems
        notes = opened.notes
    except ValueError:
        return Opened(None, Known(today), ("The link holds no decision that can be read: copy it again, or open the "
                                           "project's own link.",))
    if query.get("v") != VERSION:
        problems.append(f"The version of the link is {'unknown here' if 'v' in query else 'missing'}; it was read as "
                        f"{VERSION}.")

    def day(name: str) -> date | None:
        if name not in query:
            return None
        try:
            return date.fromisoformat(query[name])
        except ValueError:
            problems.append(str(Problem(LABELS[name], "write a day as in 2027-03-31", shown(query[name]), LEFT_OUT)))
            return None

    def number(key: str, label: str, most: float) -> float | None:
        if key not in query:
            return None
        text = query[key]
        value = float(text) if re.fullmatch(r"\d{1,12}(\.\d{1,12})?", text, re.ASCII) else math.nan
        if 0 <= value <= most:
            return value
        problems.append(str(Problem(label, f"write a number from 0 to {most:,.10g}", shown(text), LEFT_OUT)))
        return None

    leavers = number("leavers", LABELS["leavers"], MOST_LEAVERS)
    pays = [(option.id, number(f"pay_{option.id}_usd", f"{LABELS['pay']}, {option.label}", MOST_USD))
            for option in evidence.options]
    known = Known(
        day("day") or today, query.get("plan", "")[:40], day("began"), number("done", LABELS["done"], 1),
        day("released"), number("spent_usd", LABELS["spent"], MOST_USD),
        None if leavers is None else round(leavers), tuple((option, pay) for option, pay in pays if pay))
    return Opened(scenario, known, tuple(problems), notes)
