"""Every full sentence on a page is read with ease in the ninth year of school: short words, short sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from hiring import ProjectNeeds
from hiring.evidence.loader import load_evidence
from hiring.links import comparison_link, project_link
from hiring.links.comparison_link import Scenario
from tests.page_text import readability, sentences
from tests.walk import DAY, PROJECTS, opened

HARDEST = 9  # the automated readability index of a sentence
TODAY = date(2026, 11, 30)
EVIDENCE = load_evidence()


def texts(app: AppTest) -> Iterator[str]:
    assert not app.exception
    yield from (shown.value for shown in (*app.markdown, *app.info, *app.warning, *app.error))


def hard(*found: str) -> list[str]:
    return [it for text in dict.fromkeys(found) for it in sentences(text) if readability(it) > HARDEST]


def query(needs: ProjectNeeds) -> dict[str, str]:
    return project_link.encode(needs, DAY, from_day=TODAY)


def project_page(name: str, choice: str = "") -> Iterator[str]:
    """The page of each project, with each choice of one field."""
    for needs in PROJECTS.values():
        app = opened(name, query(needs))
        yield from texts(app)
        for option in EVIDENCE.options if choice else ():
            yield from texts(app.button_group(key=choice).set_value(option.id).run())


def how_it_works() -> Iterator[str]:
    return project_page("how_it_works", "worked_option")


def evidence() -> Iterator[str]:
    app = opened("evidence", query(ProjectNeeds()) | {"own": "agency.us.mid~120"})
    yield from texts(app)
    for table in ("pay", "weights"):
        app.button_group(key="table").set_value(table).run()
        yield from list(texts(app))[:2]


def brief() -> Iterator[str]:
    """The page around the document, which is a text to sign."""
    for needs in PROJECTS.values():
        app = opened("brief", query(needs)).button_group(key="brief_mode").set_value("Edit text").run()
        for option in EVIDENCE.options:
            yield from texts(app.button_group(key="brief_option").set_value(option.id).run())


def compare() -> Iterator[str]:
    yield from texts(opened("compare", {}))
    scenarios = [Scenario("", needs, DAY, from_day=TODAY) for needs in PROJECTS.values()]
    for some in (scenarios[:1], scenarios[:2], scenarios[-1:], scenarios[1:], [scenarios[0], scenarios[0]]):
        yield from texts(opened("compare", comparison_link.encode(some)))


def projects() -> Iterator[str]:
    app = opened("projects", {})
    yield from texts(app)
    yield from texts(app.button(key="examples").click().run())


PAGES = {page.__name__: page for page in (how_it_works, evidence, brief, compare, projects)}


@pytest.mark.parametrize("page", PAGES)
def test_sentences_of_a_page_are_easy_to_read(page: str) -> None:
    assert hard(*PAGES[page]()) == []
