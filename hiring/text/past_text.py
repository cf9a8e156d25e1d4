"""Sentences about finished projects of one's own, and what they say about a figure."""

from __future__ import annotations

from hiring.lists.past_list import PastTable, Records
from hiring.model.evidence import Figure, Snapshot
from hiring.model.own_figures import Range
from hiring.model.past_projects import Learned, Origin, likely
from hiring.text import figure_names
from hiring.text.formatting import counted, join_words, strong

FAULTS_SHOWN = 10
COMPARED = {"hours": "effort", "cost": "cost", "time": "time"}


def found(records: Records, table: PastTable) -> str:
    """How many projects the list has, and how many of them are counted."""
    kinds = [COMPARED[kind] for kind in COMPARED if any(it.kind == kind for it in records.projects)]
    what = f"Real and planned {join_words(kinds)} are compared. " if kinds else ""
    left = [counted(number, noun) for number, noun in ((records.running, "running project"),
                                                       (records.canceled, "canceled project")) if number]
    left_out = f"Left out: {join_words(left)}. " if left else ""
    note = f" {table.note}" if table.note else ""
    return (f"{counted(len(records.projects), 'finished project')} of {counted(len(table.rows), 'row')} can be used. "
            f"{what}{left_out}{selection(records)}{note}")


def selection(records: Records) -> str:
    """What a list of finished projects leaves out."""
    if records.canceled:
        return ("Canceled projects have no real end. If they ran badly, what is left looks better than your projects "
                "are.")
    return ("Were any canceled? If they ran badly and are not in the list, your projects look better here than they "
            "are.")


def weight(learned: Learned) -> str:
    """How much the records count: 14 projects count for 78%."""
    verb = "counts" if learned.projects == 1 else "count"
    return f"{counted(learned.projects, 'project')} {verb} for {learned.weight:.0%}, the evidence for the rest."


def result(learned: Learned, figure: Figure) -> str:
    """The ranges of the evidence, of the records and of both."""
    return (f"Nine of ten, {unit(figure)}. The evidence: {in_range(learned.evidence)}. Your records: "
            f"{in_range(learned.records)}. Together: {strong(in_range(learned.result))}. {weight(learned)} In the "
            "chart, lines hold 8 of 10 and each dot is a project.")


def unit(figure: Figure) -> str:
    return "real ÷ planned" if figure.unit == "ratio" else figure.unit


def in_range(numbers: Range) -> str:
    low, middle, high = (f"{number:.3g}" for number in numbers)
    return f"{low} to {high}, typically {middle}"


def was_right(learned: Learned, numbers: list[float]) -> str:
    """Whether the evidence's range would have held these projects, also when that is unflattering."""
    low, high = likely(learned.evidence)
    inside = sum(low <= number <= high for number in numbers)
    above, below = sum(number > high for number in numbers), sum(number < low for number in numbers)
    rest = [f"{count} {where}" for count, where in ((above, "above"), (below, "below")) if count]
    ended = f"; {join_words(rest)}" if rest else ""
    return (f"Was the evidence right for you? Of these, {inside} of {len(numbers)} are in its likely range of "
            f"{low:.2g} to {high:.2g}, where 8 of 10 should be{ended}.")


def origin(of: Origin) -> str:
    """Where an own figure comes from: from your records, 14 projects, 2021–2026."""
    ended = "" if not of.first_year else f", {_span(of.first_year, of.last_year)}"
    return f"from your records, {counted(of.projects, 'project')}{ended}"


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def title(figure: Figure, evidence: Snapshot) -> str:
    return figure_names.full_name(figure, evidence)
