"""The answer to a link as a few lines, which a page on a slow connection shows while Streamlit is on its way."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import hiring
from hiring.evidence.loader import load_evidence
from hiring.links import project_link
from hiring.links.comparison_link import is_comparison
from hiring.model.needs import NEEDS
from hiring.text import currencies, verdict_text
from hiring.text.formatting import unmarked
from hiring.web.pages.decide.page import result

_free = asyncio.Semaphore(1)  # whoever comes meanwhile waits for the page itself, so that this stops nobody


def route() -> Route:
    """Answers with a list of lines, or with nothing where the page itself has to say more."""
    return Route("/answer", _answer)


def lines(query: Mapping[str, str]) -> list[str]:
    """The question, the verdict and its sentence. None for a comparison, nor for a link that cannot be used in full or
    that the page explains."""
    if is_comparison(query):
        return []
    opened = project_link.decode(query, load_evidence(), date.today())
    if opened.problems or opened.notes:
        return []
    decision = hiring.decide(opened.needs, opened.as_of, dict(opened.own), opened.from_day)
    said = project_link.said_by(decision)
    if verdict_text.changed_since_link(opened.said, said, load_evidence().options):
        return []
    unnamed = "An example" if opened.assumed == NEEDS.keys() else "Your project"
    with currencies.amounts_in(currencies.of(decision)):
        question = f"{verdict_text.question(opened.needs, opened.from_day, unnamed)}."
        said_first = (question, verdict_text.heading(decision), result(decision))
    return [*map(unmarked, said_first), "The form is on its way."]


async def _answer(request: Request) -> Response:
    if _free.locked():
        return Response(status_code=204)
    async with _free:
        found = await run_in_threadpool(lines, dict(request.query_params))
    return JSONResponse(found, headers={"Cache-Control": "no-store"}) if found else Response(status_code=204)
