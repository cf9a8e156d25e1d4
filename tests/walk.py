"""Writes what the product says about several projects, as JSON: {place: text}. Run it in a copy of the app with other
data: `python -m tests.walk`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from google.protobuf.text_format import MessageToString
from streamlit.testing.v1 import AppTest

import hiring
import tests.quick_pages  # noqa: F401 – for what it sets
from hiring import ProjectNeeds
from hiring.charts import comparison_chart
from hiring.documents.archive import zip_archive
from hiring.documents.brief.content import write_brief
from hiring.documents.brief.document import to_markdown
from hiring.documents.brief.next_steps import next_steps, to_ics
from hiring.documents.brief.word import to_docx
from hiring.documents.memo import render
from hiring.documents.memo.content import build_memo
from hiring.evidence.brief_catalog import suggested
from hiring.evidence.loader import load_catalog, load_evidence
from hiring.links import comparison_link, project_link
from hiring.links.comparison_link import Scenario
from hiring.lists import summary
from hiring.lists.examples import load_examples
from hiring.model.own_figures import Range, takes_range
from hiring.text.portfolio_text import MIX_LABEL

DAY = load_evidence().dates[-1]
PROJECTS = {**load_examples(), "none-fits": ProjectNeeds(budget_usd=50_000)}


def page(name: str) -> None:
    import importlib  # noqa: PLC0415 – the body of this function runs as an app
    from unittest import mock  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    with mock.patch.object(st, "page_link"):  # an app of one page has no other to link to
        importlib.import_module(f"hiring.web.pages.{name}").show()


def opened(name: str, query: dict[str, str]) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60, args=(name,))
    for key, text in query.items():
        app.query_params[key] = text
    return app.run()


def words(app: AppTest) -> str:
    """Everything that a page sends to the browser: texts, charts and tables."""
    assert not app.exception, app.exception

    def sent(node: Any) -> Iterator[str]:
        if getattr(node, "proto", None) is not None:
            yield MessageToString(node.proto, as_utf8=True)
            check_colors(json.loads(getattr(node.proto, "spec", "") or "{}"))
        for child in getattr(node, "children", {}).values():
            yield from sent(child)

    return "\n".join(sent(app._tree))


def pages() -> Iterator[tuple[str, str]]:
    for id_, needs in PROJECTS.items():
        query = project_link.encode(needs, DAY)
        yield f"decide {id_}", words(opened("decide.page", query))
    app = opened("how_it_works", query)
    yield "how it works", words(app)
    for option in load_evidence().options:
        yield f"how it works {option.id}", words(app.button_group(key="worked_option").set_value(option.id).run())
    app = opened("brief", query)
    for option in load_evidence().options:
        yield f"brief page {option.id}", words(app.button_group(key="brief_option").set_value(option.id).run())
    yield "evidence", words(opened("evidence", query))
    scenarios = [Scenario(id_, needs, DAY, (), None) for id_, needs in load_examples().items()]
    yield "compare", words(opened("compare", comparison_link.encode(scenarios)))
    app = opened("projects", {})
    yield "projects before a list", words(app)
    yield "projects", words(app.button(key="examples").click().run())


def documents() -> Iterator[tuple[str, str]]:
    catalog = load_catalog()
    for id_, needs in PROJECTS.items():
        explanation = hiring.explain(hiring.decide(needs))
        decision = explanation.decision
        memo = build_memo(explanation, "https://example.org", DAY)
        yield f"memo {id_}", render.to_html(memo).decode()
        yield f"summary {id_}", summary.to_csv(decision, "").decode()
        with ZipFile(BytesIO(zip_archive.to_zip(decision, "", DAY))) as archive:
            yield from ((f"archive {id_} {name}", archive.read(name).decode()) for name in archive.namelist())
        for option in decision.outcomes:
            following = next_steps(decision, option, catalog, DAY)
            text = to_markdown(write_brief(decision, following, catalog, suggested(catalog, needs, option)))
            yield f"brief {id_} {option}", text + to_ics(following, needs).decode()
    assert to_docx(text, DAY).startswith(b"PK")
    assert render.to_pdf(memo).startswith(b"%PDF")


def check_links() -> None:
    """A link keeps an own figure for every figure of the evidence."""
    evidence = load_evidence()
    own = {id_: Range(row.low, row.central, row.high) if takes_range(row) else Range(*[row.central] * 3)
           for id_, row in evidence.as_of(DAY).figures.items()}
    query = project_link.encode(ProjectNeeds(), DAY, tuple(own.items()))
    assert dict(project_link.decode(query, evidence, DAY).own) == own


def check_lanes() -> None:
    """In the chart of scenarios each title and each option has a line of its own."""
    decisions = [hiring.decide(needs) for needs in (ProjectNeeds(), ProjectNeeds(developers=3))]
    titles, costs, _ = comparison_chart.cost_tables(["A", "B"], decisions)
    axis = comparison_chart.cost_chart(["A", "B"], decisions).to_dict()["layer"][0]["encoding"]["y"]
    assert sorted([*titles["lane"], *costs["lane"]]) == axis["scale"]["domain"]


def check_colors(part: Any) -> None:
    """In a specification each option, and the mix, has a color of its own."""
    if isinstance(part, dict):
        labels = [*(option.label for option in load_evidence().options), MIX_LABEL]
        if part.get("domain") == labels:
            assert len(set(part["range"])) == len(labels)
        for child in part.values():
            check_colors(child)
    elif isinstance(part, list):
        for child in part:
            check_colors(child)


if __name__ == "__main__":
    check_links()
    check_lanes()
    json.dump(dict([*pages(), *documents()]), sys.stdout)
