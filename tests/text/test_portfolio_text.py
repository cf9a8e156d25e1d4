"""The portfolio in sentences."""

from __future__ import annotations

import re
from typing import Any

import pytest

from hiring.model.decision import CLEAR, CLOSE_CALL, LEANING, LIKELY, NONE_FITS
from hiring.model.portfolio import Answer
from hiring.text import portfolio_text


def got(verdict: str, first: str = "in_house", **more: Any) -> Answer:
    fields = {"project": "P", "of_hundred": 90, "cost_usd": (1.0, 2.0, 3.0), "release_months": (4.0, 5.0, 6.0),
              "within_budget_share": 0.5, **more}
    return Answer(verdict=verdict, first=first, **fields)


LIST = [got(CLEAR), got(LIKELY), got(CLEAR, "agency"), got(LEANING), got(CLOSE_CALL), got(CLOSE_CALL, "freelance"),
        got(NONE_FITS, "agency")]


@pytest.mark.parametrize(("answers", "words", "rest"), [
    (LIST, "3 of 7 projects are clear or likely: 2 in-house and 1 agency",
     "1 leans, 2 are too close to call and 1 has no option that fits."),
    (LIST[:3], "All 3 projects are clear or likely: 2 in-house and 1 agency", ""),
    (LIST[2:4], "1 of 2 projects is clear or likely: 1 agency", "1 leans."),
    (LIST[4:], "None of 3 projects is clear or likely", "2 are too close to call and 1 has no option that fits."),
    ([got(NONE_FITS)] * 1_200, "None of 1,200 projects is clear or likely", "1,200 have no option that fits."),
    (LIST[1:2], "The one project: likely, in-house first in 90 of 100 futures", ""),
    (LIST[6:], "The one project: no option fits", "1 has no option that fits.")])
def test_the_headline_counts_the_answers_to_act_on_and_what_follows_the_others(
        answers: list[Answer], words: str, rest: str) -> None:
    assert portfolio_text.headline(answers) == words
    assert portfolio_text.unsettled_projects(answers) == rest
    shown = [int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", rest)]
    if len(answers) > 1:
        assert sum(shown) + sum(it.verdict in (CLEAR, LIKELY) for it in answers) == len(answers)


def test_the_chart_of_verdicts_says_how_often_each_option_comes_first() -> None:
    assert portfolio_text.verdicts_headline(LIST) == "In-house comes first in 4 of 7, agency in 1, freelance in 1"
    assert portfolio_text.verdicts_headline(LIST[6:]) == "No option fits any of the projects"


@pytest.mark.parametrize(("done", "count", "seconds", "shown"), [
    (340, 1_000, 12.4, "340 of 1,000 projects decided, about 12 s left"), (0, 1, 0, "0 of 1 project decided"),
    (10, 20, 0.2, "10 of 20 projects decided, about 1 s left"), (20, 20, 0, "20 of 20 projects decided"),
    (1, 2_000, 89, "1 of 2,000 projects decided, about 89 s left"),
    (1, 2_000, 90, "1 of 2,000 projects decided, about 2 minutes left")])
def test_the_progress_is_stated_in_projects_and_in_time(done: int, count: int, seconds: float, shown: str) -> None:
    assert portfolio_text.decided_so_far(done, count, seconds) == shown
