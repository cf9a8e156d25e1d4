"""The first answer says what the page will say, and nothing where the page has more to say."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from starlette.requests import Request

from hiring import ProjectNeeds, decide, evidence_as_of
from hiring.links import comparison_link, project_link
from hiring.text import verdict_text
from hiring.text.formatting import unmarked
from hiring.web.pages.decide import first_answer
from hiring.web.pages.decide.first_answer import lines

NEEDS = ProjectNeeds(project="Portal", developers=3, budget_usd=400_000)
QUERY = project_link.encode(NEEDS, evidence_as_of().as_of, from_day=date.today())


def test_the_lines_are_the_question_the_verdict_and_its_sentence() -> None:
    question, heading, result, waiting = lines(QUERY)
    assert "Portal" in question
    assert heading == unmarked(verdict_text.heading(decide(NEEDS)))
    assert "within your limits" in result or "$" in result
    assert waiting == "The form is on its way."
    assert lines({})[0].startswith("An example: ")


def test_nothing_is_said_where_the_page_has_to_say_more() -> None:
    said = project_link.said_by(decide(ProjectNeeds(developers=20)))
    altered = project_link.encode(NEEDS, evidence_as_of().as_of, (), said, date.today())
    for query in ({**QUERY, "developers": "x"}, {**QUERY, "color": "red"}, {"v": comparison_link.VERSION}, altered):
        assert lines(query) == [], query


def test_one_is_worked_out_at_a_time_and_the_others_get_none() -> None:
    async def ask_twice() -> list[int]:
        answer = first_answer.route().endpoint
        request = Request({"type": "http", "query_string": b""})
        return [response.status_code for response in await asyncio.gather(answer(request), answer(request))]

    with ThreadPoolExecutor(1) as other:  # the browser of other tests keeps a loop of its own running in this thread
        assert other.submit(asyncio.run, ask_twice()).result() == [200, 204]
