"""The law to check where people are hired: its name with the official address, what it says, and how sure that is."""

from __future__ import annotations

from hiring.model.evidence import Country, Law, Snapshot
from hiring.text.formatting import day, marked


def not_advice(place: Country | None) -> str:
    """That this is no legal advice, and who inside the country can have rules of its own."""
    local = f" {place.local_law} can have rules of its own." if place and place.local_law else ""
    return f"Nothing here is legal advice.{local}"


def law(it: Law) -> str:
    """What a law says, its name linked to an official address."""
    return f"{marked(it.name, it.address)}: {it.sentence}"


def status(it: Law) -> str:
    """The day on which a law was as described, which may be long ago, whether it moves, and whether reports alone were
    read."""
    moves = "This law may change: check the status." if it.is_moving else "Check the current text."
    reports = " We read reports of it, not the law." if it.is_second_hand else ""
    return f"As it was on {day(it.as_of)}. {moves}{reports}"


def where(evidence: Snapshot) -> str:
    """Which country's law is to be checked."""
    return f"Check the law of {evidence.place.noun}:"
