"""The portfolio in sentences: which verdicts a list of projects got, and what all of it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import cast

import numpy as np

from hiring import evidence_as_of
from hiring.evidence.loader import load_evidence
from hiring.lists.columns import ESSENTIAL
from hiring.lists.reader_process import Progress
from hiring.model.countries import DOLLAR, per_dollar
from hiring.model.decision import CLEAR, CLOSE_CALL, LEANING, LIKELY, MIX, NONE_FITS
from hiring.model.needs import DEFAULTS, NEEDS
from hiring.model.portfolio import Answer, Totals
from hiring.text import exchange_text
from hiring.text.currencies import Currency
from hiring.text.formatting import (
    CODE,
    counted,
    in_words,
    join_words,
    lower_first,
    marked,
    money,
    money_range,
    of_hundred,
)

VERDICTS = {CLEAR: "Clear", LIKELY: "Likely", LEANING: "Leaning", CLOSE_CALL: "Too close to call",
            NONE_FITS: "No plan fits"}
ANSWER = "answer"  # the total with the answer of each project
MIX_LABEL = "Mix"
STAR = "*"  # beside what rests on an answer that the list does not say
LEGEND = f"{STAR} assumed: not in the list."
HALF = 0.5  # of the simulations: limits that are kept less often are not counted as kept


def currency_of(answers: Sequence[Answer]) -> Currency:
    """The currency of a list: that of all its projects, else US dollars, which the model counts in."""
    codes = {answer.currency for answer in answers}
    code = codes.pop() if len(codes) == 1 else DOLLAR
    return Currency(code, per_dollar(code, evidence_as_of().exchange_rates))


def exchanged(answers: Sequence[Answer]) -> str:
    """In which currency amounts are shown and at which rates, where projects have several."""
    return exchange_text.exchanged(currency_of(answers).code, (it.currency for it in answers), evidence_as_of())


def option_labels() -> dict[str, str]:
    """The name of each option."""
    return {option.id: option.label for option in load_evidence().options}


def plan_labels() -> dict[str, str]:
    """The name of each option and, last, of mixes."""
    return {**option_labels(), MIX: MIX_LABEL}


def has_limits(answer: Answer) -> bool:
    return answer.within_budget_share is not None or answer.on_time_share is not None


def is_size_assumed(answer: Answer) -> bool:
    """Whether cost and release rest on a size that the list does not say."""
    return not answer.assumed.isdisjoint(ESSENTIAL)


def sized(answers: Sequence[Answer]) -> list[Answer]:
    """Those whose size the list says: only they are counted and added up."""
    return [answer for answer in answers if not is_size_assumed(answer)]


def not_counted(answers: Sequence[Answer]) -> str:
    """How many projects are counted nowhere, since the list does not say their size; empty if there are none."""
    count = len(answers) - len(sized(answers))
    if not count:
        return ""
    is_one = count == 1
    return (f"{LEGEND} {count:,} project{' has a star: its' if is_one else 's have a star: their'} size is not in the "
            f"list, so {'it is' if is_one else 'they are'} in no count and no total.")


def said_limits(answer: Answer) -> dict[str, float]:
    """How often the answer keeps each limit that the list itself said."""
    shares = {"budget_usd": answer.within_budget_share, "deadline_months": answer.on_time_share}
    return {name: share for name, share in shares.items() if share is not None and name not in answer.assumed}


def headline(answers: Sequence[Answer]) -> str:
    """How many projects have limits that the list said, and how many of these keep them; the verdicts where none has
    limits."""
    count = len(answers)
    if count == 1:
        return f"The one project: {_one(answers[0])}"
    limited = [answer for answer in answers if said_limits(answer) and not is_size_assumed(answer)]
    if not limited:
        settled = sum(answer.verdict in (CLEAR, LIKELY) and not is_size_assumed(answer) for answer in answers)
        return f"{count:,} projects without budget or deadline: {settled:,} {_are(settled)} clear or likely"
    keeping = sum(answer.keep_share >= HALF for answer in limited)
    whole = f"{'Both' if count == 2 else f'All {count:,}'} projects have" if len(limited) == count else (
        f"{len(limited):,} of {count:,} projects {'has' if len(limited) == 1 else 'have'}")
    who = "none of these keeps" if not keeping else f"{keeping:,} of these {'keeps' if keeping == 1 else 'keep'}"
    return f"{whole} a budget or deadline; {who} it in at least half of the simulations"


def _one(answer: Answer) -> str:
    name = lower_first(answer.label)
    if answer.verdict == NONE_FITS:
        return f"no plan fits; the nearest is {name}; {kept(answer)}"
    limits = kept(answer) if has_limits(answer) else "no limit given"
    return f"{lower_first(VERDICTS[answer.verdict])}; {name}; {limits}"


def kept(answer: Answer) -> str:
    """How often an answer stays within the limits."""
    return f"within your limits in {of_hundred(answer.keep_share, (HALF,))} of 100 simulations"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def missing_columns_headline(assumed: Sequence[str]) -> str:
    """In place of a headline about projects whose size is not in the list."""
    names = [NEEDS[name].name for name in assumed]
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


def verdict_counts(answers: Sequence[Answer]) -> str:
    """How many projects got each verdict, and how often their answers stay within the limits, in a sentence."""
    count = Counter(answer.verdict for answer in answers)
    shares = {verdict: keep_range(answers, verdict) for verdict in count}
    found = [f"{lower_first(words)} {count[verdict]:,}{f' ({shares[verdict]})' if shares[verdict] else ''}"
             for verdict, words in VERDICTS.items() if count[verdict]]
    return f"Verdicts: {', '.join(found)}."


def keep_range(answers: Sequence[Answer], verdict: str) -> str:
    """How seldom and how often the answers of a verdict stay within their limits; empty where none has limits."""
    shares = [answer.keep_share for answer in answers if answer.verdict == verdict and has_limits(answer)]
    if not shares:
        return ""
    low, high = (of_hundred(share, (HALF,)) for share in (min(shares), max(shares)))
    return f"kept in {high if low == high or (low, high) == ('0', '<1') else f'{low}–{high}'} of 100"


def verdicts_headline(answers: Sequence[Answer]) -> str:
    """How often each option, or a mix, is the answer, whatever the verdict."""
    found = Counter(as_answer(answer.answer) for answer in answers if answer.verdict != NONE_FITS).most_common()
    if not found:
        return "No plan fits any of the projects"
    (first, times), *rest = found
    others = [f"{name} in {number:,}" for name, number in rest]
    return ", ".join([f"{first[0].upper()}{first[1:]} is the answer in {times:,} of {len(answers):,}", *others])


def as_answer(plan: str) -> str:
    """An option, or a mix, within a sentence."""
    return "a mix" if plan == MIX else lower_first(option_labels()[plan])


def totals_headline(totals: Totals, decided: int = 0) -> str:
    """What all projects cost with their answers, and how often the costs that budgets cover stay within these. Of
    `decided` projects, some may be in no total."""
    low, _, high = totals.ranges()[ANSWER]
    count = totals.projects
    whole = {1: "The project costs", 2: "Both projects cost"}.get(count, f"All {count:,} projects cost")
    if count < decided:
        whole = f"{count:,} of {decided:,} projects {'costs' if count == 1 else 'cost'}"
    costs = f"{whole} {money_range(low, high)} with the answer{' of each' if count > 1 else ''}"
    if totals.budget_usd is None:
        return costs
    share = in_words(float((totals.budgeted <= totals.budget_usd).mean()))
    budgets, cover = ("all budgets together", "the budgets cover") if count > 1 else ("the budget", "the budget covers")
    what = "" if covers_all(totals) else f"what {cover} is "
    return f"{costs}; {what}within {budgets}, {money(totals.budget_usd)}, in {share} of 100 simulations"


def covers_all(totals: Totals) -> bool:
    """Whether the budgets cover build and upkeep of every project."""
    return np.array_equal(totals.budgeted, totals.by_answer)


def decided_so_far(done: int, count: int, seconds: float) -> str:
    """How far a list is: 340 of 1,000 projects decided, about 12 s left. `seconds` is the time still needed."""
    done_so_far = f"{done:,} of {count:,} project{'' if count == 1 else 's'} decided"
    if not done or seconds <= 0:
        return done_so_far
    rest = counted(round(seconds / 60), "minute") if seconds >= 90 else f"{max(1, round(seconds))} s"
    return f"{done_so_far}, about {rest} left"
