"""The portfolio in sentences: which verdicts a list of projects got, and what all of it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import cast

from hiring.evidence.loader import load_evidence
from hiring.lists.reader_process import Progress
from hiring.model.decision import CLEAR, CLOSE_CALL, LEANING, LIKELY, NONE_FITS
from hiring.model.needs import DEFAULTS, NEEDS
from hiring.model.portfolio import Answer, Totals
from hiring.text.formatting import CODE, counted, join_words, lower_first, marked, money_range

VERDICTS = {CLEAR: "Clear", LIKELY: "Likely", LEANING: "Leaning", CLOSE_CALL: "Too close to call",
            NONE_FITS: "No option fits"}
FIRST = "first"  # the total with the first option of each project


def option_labels() -> dict[str, str]:
    """The name of each option."""
    return {option.id: option.label for option in load_evidence().options}


def headline(answers: Sequence[Answer]) -> str:
    """How many projects have an answer to act on, and which."""
    settled = Counter(answer.first for answer in answers if answer.verdict in (CLEAR, LIKELY))
    count, names = settled.total(), option_labels()
    if len(answers) == 1:
        (answer,) = answers
        first = f", {lower_first(names[answer.first])} first in {answer.of_hundred} of 100 futures"
        return f"The one project: {lower_first(VERDICTS[answer.verdict])}{'' if answer.verdict == NONE_FITS else first}"
    if not count:
        return f"None of {len(answers):,} projects is clear or likely"
    parts = join_words([f"{number:,} {lower_first(names[option])}" for option, number in settled.most_common()])
    whole = f"All {count:,}" if count == len(answers) else f"{count:,} of {len(answers):,}"
    return f"{whole} projects {'is' if count == 1 else 'are'} clear or likely: {parts}"


def missing_columns_headline(assumed: Sequence[str]) -> str:
    """In place of a headline about projects whose size is not in the list."""
    names = [lower_first(NEEDS[name].label.replace(",", "")) for name in assumed]
    return f"The list does not give {join_words(names)}"


def missing_columns(assumed: Sequence[str]) -> str:
    """What to do about needs that every answer rests on and the list has no column for."""
    defaults = join_words([
        counted(cast("float", DEFAULTS[name]), NEEDS[name].unit.removesuffix("s")) for name in assumed])
    columns = join_words([marked(name, CODE) for name in assumed])
    return (f"Every project below was decided with {defaults}, so there is no total and no overall result. Add "
            f"{'a column' if len(assumed) == 1 else 'columns'} named {columns} and upload the list again.")


def rows_read(progress: Progress) -> str:
    """How far the reading of a file is."""
    if progress.is_waiting:
        return "Waiting: other files are being read"
    if not progress.rows:
        return f"Opening the file, {round(progress.seconds)} s"
    return f"{counted(progress.rows, 'row')} read"


def unsettled_projects(answers: Sequence[Answer]) -> str:
    """What the headline leaves out; empty where it leaves out nothing."""
    count = Counter(answer.verdict for answer in answers)
    parts = [f"{count[verdict]:,} {words[count[verdict] != 1]}" for verdict, words in (
        (LEANING, ("leans", "lean")), (CLOSE_CALL, ("is too close to call", "are too close to call")),
        (NONE_FITS, ("has no option that fits", "have no option that fits"))) if count[verdict]]
    return f"{join_words(parts)}." if parts else ""


def verdicts_headline(answers: Sequence[Answer]) -> str:
    """How often each option comes first, whatever the verdict."""
    names = option_labels()
    won = Counter(names[answer.first] for answer in answers if answer.verdict != NONE_FITS).most_common()
    if not won:
        return "No option fits any of the projects"
    first, *rest = won
    others = [f"{lower_first(name)} in {number:,}" for name, number in rest]
    return ", ".join([f"{first[0]} comes first in {first[1]:,} of {len(answers):,}", *others])


def totals_headline(totals: Totals, count: int) -> str:
    low, _, high = totals.ranges()[FIRST]
    whole = {1: "The project costs", 2: "Both projects cost"}.get(count, f"All {count:,} projects cost")
    return f"{whole} {money_range(low, high)} with the first option of each"


def decided_so_far(done: int, count: int, seconds: float) -> str:
    """How far a list is: 340 of 1,000 projects decided, about 12 s left. `seconds` is the time still needed."""
    done_so_far = f"{done:,} of {count:,} project{'' if count == 1 else 's'} decided"
    if not done or seconds <= 0:
        return done_so_far
    rest = counted(round(seconds / 60), "minute") if seconds >= 90 else f"{max(1, round(seconds))} s"
    return f"{done_so_far}, about {rest} left"
