"""Names of projects on the pages: shown as typed, whatever Markdown would make of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from hiring import ProjectNeeds
from hiring.links import comparison_link, project_link
from hiring.links.comparison_link import Scenario
from hiring.text.formatting import END, START, isolated
from hiring.web.markdown import JOINER
from tests.factories import DAY
from tests.strategies import NAMES, SIGNS
from tests.web.pages import test_compare, test_how_it_works

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
FEW = settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def decide(name: str) -> AppTest:
    app = AppTest.from_file(str(Path(__file__).parents[3] / "app.py"), default_timeout=60)
    app.query_params.update(project_link.encode(ProjectNeeds(project=name), DAY))
    return app.run()


def how_it_works(name: str) -> AppTest:
    app = AppTest.from_function(test_how_it_works.page, default_timeout=60)
    app.query_params.update(project_link.encode(ProjectNeeds(project=name), DAY))
    return app.run()


def compare(name: str) -> AppTest:
    app = AppTest.from_function(test_compare.page, default_timeout=60)
    scenarios = [Scenario(name, ProjectNeeds(project=name), DAY), Scenario("Two", ProjectNeeds(developers=3), DAY)]
    app.query_params.update(comparison_link.encode(scenarios))
    return app.run()


@pytest.mark.parametrize("page", [decide, how_it_works, compare])
@FEW
@given(SIGNS)
def test_a_name_is_shown_as_typed(page: Callable[[str], AppTest], name: str) -> None:
    app = page(name)
    assert not app.exception
    texts = [element.value for kind in (app.markdown, app.warning, app.error, app.info) for element in kind]
    shown = ["".join(token.content for token in READER.parseInline(text)[0].children).replace(JOINER, "")
             for text in texts]
    assert any(isolated(name) in text for text in shown), json.dumps(texts)
    assert not any(mark in text for text in texts for mark in (START, END))


def test_hostile_names_reach_no_page_unescaped() -> None:
    for name in NAMES:
        app = how_it_works(name[:80])
        assert isolated(name[:80]) not in " ".join(text.value for text in app.markdown)
