"""The portfolio in sentences."""

from __future__ import annotations

from typing import Any

import pytest

from hiring.model.decision import CLEAR, CLOSE_CALL, LEANING, LIKELY, NONE_FITS
from hiring.model.portfolio import Answer
from hiring.text import portfolio_text


def got(verdict: str, plan: str = "in_house", keep: float | None = 0.8, **more: Any) -> Answer:
    """An answer whose limit is a budget; `keep` None is one without limits."""
    fields = {"project": "P", "label": LABELS[plan], "share": 0.9, "keep_share": 1.0 if keep is None else keep,
              "cost_usd": (1.0, 2.0, 3.0), "release_months": (4.0, 5.0, 6.0), "within_budget_share": keep,
              "on_time_share": None, "currency": "USD", **more}
    return Answer(verdict=verdict, answer=plan, **fields)


LABELS = {"in_house": "In-house", "agency": "Agency", "freelance": "Freelance", "mix": "Agency begins, in-house joins"}
LIST = [got(CLEAR), got(LIKELY, keep=0.6), got(CLEAR, "agency", 0.95), got(LEANING, keep=0.3), got(CLOSE_CALL),
        got(CLOSE_CALL, "mix", None), got(NONE_FITS, "agency", 0.1)]


@pytest.mark.parametrize(("answers", "words"), [
    (LIST, "6 of 7 projects have a budget or deadline; 4 of these keep it in at least half of the simulations"),
    (LIST[:3], "All 3 projects have a budget or deadline; 3 of these keep it in at least half of the simulations"),
    (LIST[5:], "1 of 2 projects has a budget or deadline; none of these keeps it in at least half of the simulations"),
    (LIST[2:4], "Both projects have a budget or deadline; 1 of these keeps it in at least half of the simulations"),
    ([got(LIKELY, keep=None)] * 1_200 + LIST[5:6],
     "1,201 projects without budget or deadline: 1,200 are clear or likely"),
    (LIST[1:2], "The one project: likely; in-house; within your limits in 60 of 100 simulations"),
    (LIST[5:6], "The one project: too close to call; agency begins, in-house joins; no limit given"),
    (LIST[6:], "The one project: no plan fits; the nearest is agency; within your limits in 10 of 100 simulations")])
def test_the_headline_counts_the_limits_that_are_kept(answers: list[Answer], words: str) -> None:
    assert portfolio_text.headline(answers) == words


def test_an_answer_that_keeps_its_limits_in_less_than_half_is_never_counted_or_shown_as_half() -> None:
    short = [got(LEANING, keep=0.4999)] * 2
    assert "none of these keeps" in portfolio_text.headline(short)
    assert "within your limits in <50 of 100" in portfolio_text.headline(short[:1])
    assert portfolio_text.keep_range(short, LEANING) == "kept in <50 of 100"
    assert portfolio_text.keep_range([got(NONE_FITS, keep=0), got(NONE_FITS, keep=0.004)], NONE_FITS) == (
        "kept in <1 of 100")


def test_each_verdict_is_counted_with_how_often_its_answers_keep_their_limits() -> None:
    assert portfolio_text.verdict_counts(LIST) == (
        "Verdicts: clear 2 (kept in 80–95 of 100), likely 1 (kept in 60 of 100), leaning 1 (kept in 30 of 100), "
        "too close to call 2 (kept in 80 of 100), no plan fits 1 (kept in 10 of 100).")
    assert portfolio_text.verdict_counts([got(LIKELY, keep=None)] * 1_200) == "Verdicts: likely 1,200."


def test_projects_of_an_assumed_size_are_told_apart_and_counted_nowhere() -> None:
    listed = [*LIST, got(CLEAR, assumed=frozenset({"developers"}))]
    assert portfolio_text.sized(listed) == LIST
    assert portfolio_text.not_counted(listed) == (
        "* assumed: not in the list. 1 project has a star: its size is not in the list, so it is in no count and no "
        "total.")
    assert portfolio_text.not_counted(LIST) == ""


def test_the_chart_of_verdicts_says_how_often_each_option_or_a_mix_is_the_answer() -> None:
    assert portfolio_text.verdicts_headline(LIST) == "In-house is the answer in 4 of 7, agency in 1, a mix in 1"
    assert portfolio_text.verdicts_headline(LIST[5:]) == "A mix is the answer in 1 of 2"
    assert portfolio_text.verdicts_headline(LIST[6:]) == "No plan fits any of the projects"


@pytest.mark.parametrize(("done", "count", "seconds", "shown"), [
    (340, 1_000, 12.4, "340 of 1,000 projects decided, about 12 s left"), (0, 1, 0, "0 of 1 project decided"),
    (10, 20, 0.2, "10 of 20 projects decided, about 1 s left"), (20, 20, 0, "20 of 20 projects decided"),
    (1, 2_000, 89, "1 of 2,000 projects decided, about 89 s left"),
    (1, 2_000, 90, "1 of 2,000 projects decided, about 2 minutes left")])
def test_the_progress_is_stated_in_projects_and_in_time(done: int, count: int, seconds: float, shown: str) -> None:
    assert portfolio_text.decided_so_far(done, count, seconds) == shown
