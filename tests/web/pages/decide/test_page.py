"""The page without a browser: what it computes once, and what it never does twice."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import hiring
from hiring import ProjectNeeds, evidence_as_of
from hiring.evidence import loader
from hiring.evidence.loader import load_evidence
from hiring.links import project_link
from hiring.lists.examples import load_examples
from hiring.model.needs import NEEDS, plain
from hiring.text import figure_names, formatting, verdict_text
from hiring.web.pages.decide import page
from hiring.web.server import startup
from tests.factories import LIMITED

APP = Path(__file__).parents[4] / "app.py"


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=60)


def address_bar(app: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in app.query_params.items()}


def test_a_first_visit_shows_a_real_answer_of_an_example_until_something_is_changed(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert "**Freelance, in-house or agency?** Example: 2 developers for 6 months" in first_line(app)
    assert "No budget or deadline given. Change the form to make it yours." in first_line(app)
    assert any(text.value.startswith("Typically costs \\$") for text in app.markdown)
    assert not [text for text in app.main.markdown if "of 100" in text.value]
    app.text_input(key="need_developers").set_value("3").run()
    assert "Your project: 3 developers" in first_line(app)
    assert "Change the form" not in first_line(app)
    assert not [button for button in app.button if str(button.key).startswith("example_")]


def first_line(app: AppTest) -> str:
    return next(text.value for text in app.main.markdown if "developers" in text.value)


@pytest.mark.parametrize(("needs", "label"), [
    (ProjectNeeds(), "Typical cost"), (ProjectNeeds(budget_usd=300_000), "Within budget"),
    (ProjectNeeds(deadline_months=9), "On time"), (LIMITED, "Within both limits"),
    (ProjectNeeds(budget_usd=50_000), "Within budget"), (replace(LIMITED, mixes=False), "Within both limits")])
def test_cards_keep_their_order_and_show_the_share_within_the_limits_given_or_the_cost(
        app: AppTest, needs: ProjectNeeds, label: str) -> None:
    decision = hiring.decide(needs)
    for key, text in project_link.encode(needs, load_evidence().dates[-1]).items():
        app.query_params[key] = text
    app.run()
    plans = [*("freelance", "in_house", "agency"), *(["mix"] * needs.mixes)]
    outcomes = [decision.all_outcomes[plan] for plan in plans]
    names = [text.value for text in app.main.markdown if text.value.startswith((":orange[●", ":blue[●", ":green[●",
                                                                               ":violet[●"))]
    assert [name.split("**")[1] for name in names] == ["Freelance", "In-house", "Agency", "Mix"][:len(plans)]
    badged = [plan for plan, name in zip(plans, names, strict=True) if "-badge[" in name]
    assert badged == [plan for plan in plans if verdict_text.badge(decision, plan)]
    shown = [(it.label, it.value.replace("\\", "")) for it in app.metric]
    if label == "Typical cost":
        assert shown == [(label, formatting.money(it.cost_quantiles[1])) for it in outcomes]
        return
    said = [f"{verdict_text.share_of_hundred(it.keep_share, decision)} of 100" for it in outcomes]
    assert shown == [(label, f":red[{text}]" if it.keep_share < 0.5 else text)
                     for text, it in zip(said, outcomes, strict=True)]


@pytest.mark.parametrize(("tab", "opened"), [("", "Cost"), ("why", "Why"), ("nothing_of_that_kind", "Cost")])
def test_a_link_opens_its_tab_and_runs_no_other(
        app: AppTest, tab: str, opened: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, text in project_link.encode(ProjectNeeds(), load_evidence().dates[-1], tab=tab).items():
        app.query_params[key] = text
    ran: list[str] = []
    monkeypatch.setattr(page, "TABS", {id_: SimpleNamespace(show=lambda *_, id_=id_: ran.append(id_))
                                       for id_ in page.TABS})
    app.run()
    assert not app.exception
    assert app.session_state[page.TAB_BAR] == opened
    assert ran == [tab if tab in page.TABS else "cost"]


def test_an_opened_tab_is_in_the_address_and_changes_nothing_else(app: AppTest) -> None:
    app.run()
    before = address_bar(app)
    app.button(key="assumptions").click().run()
    assert address_bar(app) == {**before, "tab": "change"}
    assert app.session_state[page.TAB_BAR] == "What if"
    assert "Example: " in first_line(app)


def test_the_costs_by_year_add_up_as_they_are_shown(app: AppTest) -> None:
    app.run()
    (table,) = (it.value for it in app.table)
    assert list(table.iloc[:, 0]) == [f"Year {year} (to {formatting.short_date_of(date.today(), 12 * year)})"
                                      for year in range(1, len(table))] + ["**Total**"]
    for column in list(table)[1:]:
        *years, total = (int(re.sub(r"\D", "", cell)) for cell in table[column])
        assert sum(years) == total


def test_keys_that_appear_more_than_once_in_a_link_are_stated_in_one_short_sentence(app: AppTest) -> None:
    for key, text in project_link.encode(ProjectNeeds(), load_evidence().dates[-1]).items():
        app.query_params[key] = text
    for number in range(300):
        app.query_params[f"k{number:03}\u202e{'x' * 100}"] = ["1", "2"]
    app.run()
    (notice,) = app.warning
    assert f"k000 {'x' * 35}, k001" in notice.value
    assert "and 295 more are in the link more than once; the last was used" in notice.value.replace("\\", "")
    assert len(notice.value) < 1_000
    assert "\u202e" not in notice.value


@pytest.mark.parametrize(("id_", "needs"), load_examples().items(), ids=load_examples())
def test_an_example_loads_with_one_click_and_the_form_follows(app: AppTest, id_: str, needs: ProjectNeeds) -> None:
    app.run()
    app.text_input(key="need_developers").set_value("2").run()
    app.button(key=f"example_{id_}").click().run()
    assert not app.exception
    assert project_link.decode(address_bar(app), load_evidence(), date.today()).needs == needs
    assert app.text_input(key="need_project").value == needs.project
    assert app.text_input(key="need_developers").value == plain(needs.developers)
    assert app.button(key=f"example_{id_}").disabled


def test_a_link_is_no_first_visit(app: AppTest) -> None:
    app.query_params["developers"] = "2"
    app.run()
    assert "Your project: 2 developers" in first_line(app)


KEYS = st.sampled_from([*NEEDS, "v", "as_of", "own", "said", "model", "unheard_of"])
VALUES = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.sampled_from([
    "", "0", "-1", "1e308", "nan", "none", "2", "1", "~", "~~", "in_house~93", "us", "2026-11-22", "1900-01-01", "."]))


@settings(deadline=None, derandomize=True, max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["decide.page", "projects", "brief", "evidence", "how_it_works", "track"]),
       st.dictionaries(KEYS, VALUES, min_size=1, max_size=8))
def test_no_query_raises_on_any_page(name: str, query: dict[str, str]) -> None:
    app = AppTest.from_string(f"from hiring.web.pages.{name} import show\nshow()", default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    assert app.markdown


def test_a_changed_field_changes_the_link_and_nothing_else_in_it(app: AppTest) -> None:
    app.run()
    before = address_bar(app)
    app.text_input(key="need_developers").set_value("3").run()
    after = address_bar(app)
    assert after == {**before, "developers": "3", "said": after["said"], "assumed": after["assumed"]}
    assert set(before["assumed"].split("~")) - set(after["assumed"].split("~")) == {"developers"}


def test_the_answer_is_computed_once_a_change(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[ProjectNeeds] = []
    decide = hiring.decide
    app.run()
    monkeypatch.setattr(hiring, "decide", lambda needs, *more: asked.append(needs) or decide(needs, *more))
    app.text_input(key="need_developers").set_value("7.5").run()
    app.run()
    assert [needs.developers for needs in asked] == [7.5]


@pytest.mark.parametrize(("path", "head"), [
    ("", "our assumptions"), ("compare", "Compare up to"), ("projects", "whole list"), ("brief", "What to send"),
    ("track", "What really happened?"), ("evidence", "Every number, and where it comes from"),
    ("how-it-works", "How it works")])
def test_every_page_tells_the_date_of_the_evidence_and_the_version_of_the_model(
        app: AppTest, path: str, head: str) -> None:
    app._page_hash = calc_hash(path)  # the library's own way to a page is by its file, and ours are functions
    app.run()
    assert any(head in text.value for text in app.main.markdown)
    newest = formatting.day(load_evidence().dates[-1])
    (shown,) = (text.value for text in app.markdown if f"; model {hiring.MODEL_VERSION}." in text.value)
    assert f"vidence of {newest}; model {hiring.MODEL_VERSION}." in shown


def test_the_foot_names_what_is_taken_from_another_country(app: AppTest) -> None:
    for key, text in project_link.encode(ProjectNeeds(location="ie"), load_evidence().dates[-1]).items():
        app.query_params[key] = text
    app.run()
    assert not app.exception
    taken = "Agency rates for Ireland are taken from the United Kingdom; put in your own quote."
    assert [text.value for text in app.markdown if taken in text.value]


def test_a_broken_row_stops_the_page_with_its_file_row_and_id(
        app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(loader.DATA, tmp_path / "data"))
    text = (folder / "figures.csv").read_text(encoding="utf-8")
    row = next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith("load,"))
    broken = text.replace("load,,load,1.22", "load,,load,lots")
    (folder / "figures.csv").write_text(broken, encoding="utf-8")
    caches = (loader.load_evidence.cache_clear, hiring.evidence_as_of.cache_clear, startup.warm_up.clear)
    monkeypatch.setattr(loader, "DATA", folder)
    for clear in caches:
        clear()
    app.context["url"] = "http://localhost:8501/"
    try:
        app.run()
    finally:
        monkeypatch.undo()
        for clear in caches:
            clear()
    assert not app.exception
    (shown,) = app.error
    assert f"figures.csv, row {row}, id load" in shown.value
    assert "low is 'lots'; write a plain number" in shown.value
    assert not app.metric


def test_every_figure_has_a_name_in_words() -> None:
    evidence = evidence_as_of()
    for figure in evidence.figures.values():
        assert "_" not in figure_names.full_name(figure, evidence)
