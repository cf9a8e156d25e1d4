"""The page Track without a browser: what it takes in, what it keeps, and what it writes in the address bar."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from urllib.parse import urlencode

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from hiring import ProjectNeeds, decide
from hiring.evidence.loader import load_evidence
from hiring.links import needs_file, project_link, track_link
from hiring.links.comparison_link import Scenario
from hiring.links.track_link import Known
from hiring.web.pages import track as track_page
from hiring.web.session.track_state import FIELD, Tracked
from tests.factories import DAY

FROM, NOW = date(2026, 11, 30), date(2027, 3, 1)
NEEDS = ProjectNeeds(project="Portal", budget_usd=300_000, deadline_months=10)
SCENARIO = Scenario("", NEEDS, DAY, (), project_link.said_by(decide(NEEDS, DAY)), FROM)


def page() -> None:
    from unittest import mock  # noqa: PLC0415 – the test runs the body of this function as an app

    import streamlit as st  # noqa: PLC0415

    from hiring.web.pages import track  # noqa: PLC0415

    with mock.patch.object(st, "page_link"):  # an app of one page has no other to lead to
        track.show()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page, default_timeout=60)


def at(app: AppTest, known: Known, scenario: Scenario = SCENARIO) -> AppTest:
    for key, text in track_link.encode(scenario, known).items():
        app.query_params[key] = text
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def bar(app: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in app.query_params.items()}


def tracked(app: AppTest) -> Tracked:
    """What is tracked; the address bar says the same."""
    found: Tracked = app.session_state["tracked"]
    assert track_link.decode(bar(app), load_evidence(), date.today())[:2] == (found.scenario, found.known)
    return found


def texts(app: AppTest) -> str:
    return " ".join(it.value for it in (*app.markdown, *app.error, *app.warning))


def field(app: AppTest, name: str) -> str:
    return f"{FIELD}{name}_{app.session_state['tracked'].opened}"


def test_it_begins_with_three_ways_and_nothing_in_the_address(app: AppTest) -> None:
    run(app)
    assert "What really happened?" in texts(app)
    assert bar(app) == {}
    app.button(key="track_current").click()
    run(app)
    assert tracked(app).scenario.needs == ProjectNeeds()  # type: ignore[union-attr]


def test_a_pasted_link_and_a_file_open_their_decision_with_its_day(app: AppTest) -> None:
    run(app)
    app.text_input[0].set_value(f"https://example.org/?{urlencode(SCENARIO.query)}")
    app.button[1].click()
    run(app)
    assert tracked(app).scenario == SCENARIO
    app.button(key="track_other").click()
    run(app)
    assert bar(app) == {} and "What really happened?" in texts(app)
    content = needs_file.to_toml(NEEDS, DAY, (), SCENARIO.said, FROM)
    app.file_uploader[0].set_value(("needs.toml", content, "application/toml"))
    run(app)
    assert tracked(app).scenario == SCENARIO


@pytest.mark.parametrize("pasted", ["", "https://example.org", "?v=track-1&decision=x"])
def test_what_is_no_link_is_said(app: AppTest, pasted: str) -> None:
    run(app)
    app.text_input[0].set_value(pasted)
    app.button[1].click()
    run(app)
    assert "This is not a link from this dashboard" in texts(app)


def test_facts_move_the_forecast_and_the_link_and_leave_the_decision_as_it_is(app: AppTest) -> None:
    at(app, Known(NOW, "freelance"))
    before = app.table[-1].value.to_string()
    app.number_input(key=field(app, "done")).set_value(5.0)
    app.number_input(key=field(app, "spent")).set_value(90_000.0)
    run(app)
    assert app.table[0].value["Fact"].tolist() == ["Build done", "Spent so far"]
    assert app.table[1].value.to_string() != before
    found = tracked(app)
    assert found.known == Known(NOW, "freelance", done=0.05, spent_usd=90_000)
    assert found.scenario == SCENARIO and "later than forecast" in texts(app)
    assert "Would another option be better for the rest?" in texts(app)


def test_a_link_of_facts_shows_them_in_a_fresh_session(app: AppTest) -> None:
    known = Known(NOW, "in_house", date(2027, 2, 1), 0.1, None, 50_000, 1, (("in_house", 120_000.0),))
    at(app, known)
    assert tracked(app).known == known
    assert app.number_input(key=field(app, "done")).value == 10
    assert app.date_input(key=field(app, "began")).value == date(2027, 2, 1)


def test_money_is_typed_in_the_currency_of_the_project_and_kept_exactly(app: AppTest) -> None:
    here = SCENARIO._replace(needs=ProjectNeeds(location="gb"), as_of=load_evidence().dates[-1], said=None)
    at(app, Known(NOW, "agency"), here)
    rate = load_evidence().as_of(here.as_of).exchange_rates["GBP"].central
    app.number_input(key=field(app, "spent")).set_value(40_000.0)
    run(app)
    spent = tracked(app).known.spent_usd
    assert spent == pytest.approx(40_000 / rate)
    run(app)
    assert tracked(app).known.spent_usd == spent


@pytest.mark.parametrize(("known", "said"), [
    (Known(NOW, began=date(2026, 11, 1)), "is before the decision"),
    (Known(NOW, done=1.0), "no day is given"),
    (Known(NOW, "freelance", spent_usd=5e8), "more than in any of 16,000 simulations"),
    (Known(date(2056, 1, 1)), "later than the release in any"),
    (Known(NOW, done=0.0), "Build done"),
    (Known(NOW, "no such plan"), "Release in")])
def test_odd_facts_get_a_sentence_and_an_answer(app: AppTest, known: Known, said: str) -> None:
    at(app, known)
    tables = " ".join(it.value.to_string() for it in app.table)
    infos = " ".join(it.value for it in app.info)
    assert said in f"{texts(app)} {tables} {infos}"


def test_files_carry_forecast_and_fact() -> None:
    known = Known(NOW, "freelance", done=0.3, spent_usd=90_000)
    assert b"spent_usd" in track_page._csv(SCENARIO, known, "https://example.org")
    page = PdfReader(BytesIO(track_page._pdf(SCENARIO, known, "https://example.org"))).pages[0].extract_text()
    assert all(part in page for part in ("What happened", "$90k", "Forecast now", "Given what happened"))


def test_no_query_raises(app: AppTest) -> None:
    for name, text in {"decision": "AAAA", "v": "track-1", "day": "x", "done": "nan"}.items():
        app.query_params[name] = text
    run(app)
    assert "holds no decision" in texts(app)
