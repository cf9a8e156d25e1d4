"""What links, files and lists of model 1.0 mean in the needs and figures of today, and headings of older lists.

They were issued with these bounds and this default, so nothing here changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hiring.model.needs import MONTHS, NEEDS, NUMBER, Need, plain

HORIZON = "horizon_months"  # how far they looked ahead, from the day of the decision
OLDER_NEEDS = {HORIZON: Need(
    NUMBER, "Look ahead, months",
    "Months from the day of the decision that it covers, build and upkeep together.", MONTHS, low=1, high=120)}
THOUSANDS = "Budget, $ thousand"  # a heading under which amounts are in thousands
OLDER_LABELS = {  # of fields of the form, which head the columns of lists that were made by hand
    "developers": ("Developers",), "build_months": ("Build, months",),
    "deadline_months": ("Deadline, month", "Needed by"), "start_within_weeks": ("Start within, weeks",),
    "upkeep_developers": ("Upkeep developers",), "upkeep_months": ("Upkeep, months",), "budget_usd": (THOUSANDS,),
    "budget_covers": ("Budget covers",), "seniority": ("Seniority",), "scale": ("Load after release",),
    "data_sensitivity": ("Data sensitivity",)}
RETIRED = ("rule_out_share", "reference_budget_factor")  # figures that nothing uses any more


def need_of(name: str) -> Need:
    """A need of today or of then."""
    return OLDER_NEEDS.get(name) or NEEDS[name]


def field_today(name: str) -> str:
    """The need that holds the answer today."""
    return "upkeep_months" if name == HORIZON else name


def place(text: str) -> str:
    """The code of a place today. Places were the United States, their states and their metro areas."""
    return text.lower() if text.lower() == "us" else f"us-{text.lower()}"


def answers() -> dict[str, Any]:
    """The answers that were given before the needs existed."""
    return {name: need.older for name, need in NEEDS.items() if need.older is not None}


def with_upkeep(given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with the months of upkeep in place of the months looked ahead, if those are given: what was left of
    them after the build as planned."""
    found = dict(given)
    horizon = found.pop(HORIZON, None)
    return found if horizon is None else {**found, "upkeep_months": max(0.0, horizon - found["build_months"])}


def upkeep_sentence(given: Mapping[str, Any]) -> tuple[str, ...]:
    """A sentence on what the months looked ahead became, if those are given."""
    if HORIZON not in given:
        return ()
    months, left = given[HORIZON], with_upkeep(given)["upkeep_months"]
    return (f"It looked {plain(months)} months ahead. What the build of {plain(given['build_months'])} months leaves "
            f"of them, {plain(left)} months, is now its upkeep, the same for every plan.",)


def own_figures(text: str, scope_clarity: str) -> tuple[str, tuple[str, ...]]:
    """Own figures as text under the ids of today, and the ids of those that were left out: the one overrun of then is
    that of the project's scope now."""
    kept, left_out = [], []
    for entry in text.split("~~"):
        id_, tilde, numbers = entry.partition("~")
        if id_ in RETIRED:
            left_out.append(id_)
        else:
            kept.append(f"overrun.{scope_clarity}{tilde}{numbers}" if id_ == "overrun" else entry)
    return "~~".join(kept), tuple(dict.fromkeys(left_out))


def left_out_sentence(ids: Iterable[str]) -> tuple[str, ...]:
    """A sentence on own figures that were left out, if there are any."""
    named = ", ".join(sorted(ids))
    return (f"The model no longer uses these own figures, so they were left out: {named}.",) if named else ()
