"""The page Compare without a browser: what it takes in, what it keeps, and what it writes in the address bar."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from hiring import ProjectNeeds, decide
from hiring.evidence.loader import load_evidence
from hiring.links import comparison_link, project_link
from hiring.links.comparison_link import MAX_SCENARIOS, NOT_OURS, Scenario
from hiring.links.project_link import Said
from hiring.lists.examples import load_examples
from hiring.model.own_figures import Range
from hiring.text import comparison_text
from hiring.web.session import comparison_state
from hiring.web.session.comparison_state import Compared
from hiring.web.session.page_state import State
from tests.factories import DAY

TODAY = date.today()
NEWEST = load_evidence().dates[-1]
NEEDS = ProjectNeeds(project="Portal", developers=3)
PORTAL = Scenario("Portal", NEEDS, DAY, (), project_link.said_by(decide(NEEDS, DAY)), TODAY)
CHEAP_NEEDS = replace(NEEDS, talent_region="asia", seniority="junior")
CHEAP = Scenario("Cheaper *team*", CHEAP_NEEDS, DAY, (), project_link.said_by(decide(CHEAP_NEEDS, DAY)), TODAY)


def page() -> None:
    from unittest import mock  # noqa: PLC0415 – the test runs the body of this function as an app

    import streamlit as st  # noqa: PLC0415

    from hiring.web.pages import compare  # noqa: PLC0415

    with mock.patch.object(st, "page_link"):  # an app of one page has no other to lead to
        compare.show()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page, default_timeout=60)


def at(app: AppTest, *scenarios: Scenario, **more: str) -> AppTest:
    """The page opened with a link."""
    for key, text in {**comparison_link.encode(scenarios), **more}.items():
        app.query_params[key] = text
    app.run()
    assert not app.exception
    return app


def bar(app: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in app.query_params.items()}


def shown(app: AppTest) -> tuple[Scenario, ...]:
    """The scenarios on the page; the address bar says the same."""
    compared: Compared = app.session_state["compared"]
    assert comparison_link.decode(bar(app), load_evidence(), date.today())[:2] == (compared.scenarios, ())
    return compared.scenarios


def press(app: AppTest, label: str, place: int = 0) -> AppTest:
    [button for button in app.button if button.label == label][place].click().run()
    assert not app.exception
    return app


def typed(app: AppTest, label: str, value: str) -> AppTest:
    next(field for field in app.text_input if field.label == label).input(value)
    return app


def text(app: AppTest) -> str:
    return "\n".join(it.value for it in app.markdown)


def test_the_empty_page_says_what_it_is_for_and_offers_three_ways(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert text(app).startswith("# Compare up to four scenarios")
    assert [button.label for button in app.button] == ["Add the project on Decide", "Add"]
    assert [field.label for field in (*app.selectbox, *app.text_input)] == ["Example to add", "Link to add"]
    assert app.selectbox[0].options == [needs.project for needs in load_examples().values()]
    assert bar(app) == {"v": "compare-1"}


def test_the_project_on_decide_is_added_with_its_date_figures_and_answer(app: AppTest) -> None:
    own = (("load", Range(1.4, 1.4, 1.4)),)
    app.session_state["state"] = State(NEEDS, DAY, own, from_day=TODAY)
    app.run()
    press(app, "Add the project on Decide")
    said = project_link.said_by(decide(NEEDS, DAY, {"load": 1.4}))
    assert shown(app) == (Scenario("Portal", NEEDS, DAY, own, said, TODAY),)
    assert app.session_state["state"].asked == (NEEDS, DAY, own)
    press(app, "Add the project on Decide")
    assert [it.name for it in shown(app)] == ["Portal", "Portal (2)"]
    assert "All answers are the same." in text(app)


def test_without_a_visit_to_decide_the_default_project_is_added(app: AppTest) -> None:
    app.run()
    press(app, "Add the project on Decide")
    (scenario,) = shown(app)
    assert (scenario.name, scenario.needs) == ("Scenario 1", ProjectNeeds())


def test_examples_are_added_under_their_names_up_to_four(app: AppTest) -> None:
    app.run()
    added = dict(list(load_examples().items())[:MAX_SCENARIOS])
    for id_ in added:
        next(it for it in app.selectbox if it.label == "Example to add").select(id_).run()
        assert not app.exception
    assert [it.name for it in shown(app)] == [needs.project for needs in added.values()]
    assert [it.needs for it in shown(app)] == list(added.values())
    assert not app.selectbox
    assert "Remove one to add another" in text(app)


def test_the_same_project_is_added_in_another_country_with_its_budget_exchanged(app: AppTest) -> None:
    needs = replace(NEEDS, location="gb", budget_usd=1_200_001, currency="USD")
    own = (("lead_weeks.in_house", Range(9, 9, 9)), ("overrun.mostly_clear", Range(1.5, 1.5, 1.5)))
    at(app, Scenario("Portal", needs, NEWEST, own, None, TODAY, frozenset({"location", "seniority"})))
    (country,) = [field for field in app.main.selectbox if field.label == "Add the same project in another country"]
    assert "United Kingdom" not in country.options
    country.select("de").run()
    assert not app.exception
    first, second = shown(app)
    assert (second.name, second.needs) == (
        "Portal, Germany", replace(needs, location="de", currency="", budget_usd=1_040_000 / 0.8684))
    assert (second.own, second.assumed) == (own[1:], {"seniority"})
    assert (second.as_of, second.from_day, first.own) == (NEWEST, TODAY, own)
    (notes,) = [it.value.replace("\\", "").split("  \n") for it in app.info]
    assert [it.removeprefix("\u2068Portal, Germany\u2069: ") for it in notes] == [
        "Your budget of $1,200,001 is now €1.04M, in round numbers: $1 is €0.8684 (rate of June 1, 2026).",
        "Your own figures about pay, hiring and leaving were not taken along to Germany."]
    assert "United Kingdom" in app.table[1].value.to_csv()


def test_all_amounts_are_in_the_currency_of_the_first_scenario_and_the_rates_are_stated(app: AppTest) -> None:
    here = replace(NEEDS, location="gb", budget_usd=900_000 / 0.7497)
    places = [Scenario(code, replace(here, location=code), NEWEST, (), None, TODAY) for code in ("gb", "de", "us")]
    at(app, *places)
    whole = text(app) + "".join(table.value.to_csv() for table in app.table)
    assert "£900k" in whole
    assert "shown in British pounds: €1 is £0.8633 and \\$1 is £0.7497 (rate of June 1, 2026)." in whole
    assert comparison_text.exchanged([decide(places[0].needs)]) == ""


def test_a_budget_that_was_exchanged_is_said_as_its_project_says_it_and_is_no_difference(app: AppTest) -> None:
    here = replace(NEEDS, location="gb", budget_usd=900_000 / 0.7497)
    there = replace(here, location="de", budget_usd=1_040_000 / 0.8684)  # as the form exchanges £900k
    more = replace(there, budget_usd=1_200_000 / 0.8684)
    at(app, *(Scenario(str(place), it, NEWEST, (), None, TODAY) for place, it in enumerate((here, there, more))))
    budgets = app.table[1].value.set_index(" ").loc["Budget"].tolist()
    assert budgets == ["£900k", "€1.04M", "**≠\u00a0€1.2M, about £1.04M**"]
    assert [it for it in ("£900k", "€1.04M", "€1.2M") if f"{it} for the build; no deadline" in text(app)] == [
        "£900k", "€1.04M", "€1.2M"]


def test_the_same_project_from_decide_is_named_by_its_country(app: AppTest) -> None:
    at(app, Scenario("Portal", replace(NEEDS, location="gb"), NEWEST, (), None, TODAY))
    for place in ("de", "de", "gb"):
        app.session_state["state"] = State(replace(NEEDS, location=place), NEWEST, (), from_day=TODAY)
        press(app, "Add the project on Decide")
    assert [it.name for it in shown(app)] == ["Portal", "Portal, Germany", "Portal, Germany (2)", "Portal (2)"]


def paste(app: AppTest, link: str) -> AppTest:
    typed(app, "Link to add", link)
    return press(app, "Add")


def test_a_pasted_link_is_added_and_given_todays_answer_where_it_had_none(app: AppTest) -> None:
    app.run()
    paste(app, f"https://example.org/?{urlencode(project_link.encode(NEEDS, DAY, from_day=TODAY))}")
    assert shown(app) == (PORTAL,)


def test_a_pasted_comparison_adds_its_scenarios_as_far_as_they_fit(app: AppTest) -> None:
    at(app, PORTAL, CHEAP)
    paste(app, f"https://example.org/compare?{urlencode(comparison_link.encode([PORTAL, CHEAP, CHEAP]))}")
    assert [it.name for it in shown(app)] == ["Portal", "Cheaper *team*", "Portal (2)", "Cheaper *team* (2)"]
    (warning,) = app.warning
    assert warning.value == r"Up to 4 scenarios are compared; remove one to add “Cheaper \*team\*”."


@pytest.mark.parametrize("link", ["https://example.org", "hello", ""])
def test_a_link_that_is_not_ours_gets_a_sentence_and_the_rest_stays(app: AppTest, link: str) -> None:
    at(app, PORTAL, CHEAP)
    paste(app, link)
    assert shown(app) == (PORTAL, CHEAP)
    assert [it.value.replace("\\", "") for it in app.warning] == [NOT_OURS]


def test_a_scenario_is_renamed_removed_and_brought_back(app: AppTest) -> None:
    at(app, PORTAL, CHEAP)
    typed(app, "Name of scenario 2", "  <b>Asia</b> ").run()
    assert [it.name for it in shown(app)] == ["Portal", "<b>Asia</b>"]
    assert "<b>" not in text(app).replace(r"\<b\>", "")
    press(app, "Remove")
    assert [it.name for it in shown(app)] == ["<b>Asia</b>"]
    assert "\u2068Portal\u2069 was removed." in text(app)
    press(app, "Undo")
    assert shown(app) == (PORTAL, CHEAP._replace(name="<b>Asia</b>"))
    assert "was removed" not in text(app)


def test_the_last_scenario_can_be_removed_and_brought_back_too(app: AppTest) -> None:
    at(app, PORTAL)
    press(app, "Remove")
    assert shown(app) == ()
    assert "Compare up to four scenarios" in text(app)
    press(app, "Undo")
    assert shown(app) == (PORTAL,)


def test_an_empty_name_gives_way_to_the_projects(app: AppTest) -> None:
    at(app, PORTAL, CHEAP)
    typed(app, "Name of scenario 2", "").run()
    assert [it.name for it in shown(app)] == ["Portal", ""]
    assert app.table[0].value.columns[2].startswith("[\u2068Portal (2)\u2069](")


def test_a_name_that_cannot_be_used_is_stated_under_its_field(app: AppTest) -> None:
    at(app, PORTAL, CHEAP)
    typed(app, "Name of scenario 1", "a\u202eb").run()
    assert [it.value for it in app.error] == ["Name: enter at most 80 characters on one line."]
    assert shown(app) == (PORTAL, CHEAP)
    typed(app, "Name of scenario 1", "Right").run()
    assert not app.error
    assert shown(app)[0].name == "Right"


def test_a_broken_scenario_is_named_and_the_address_stays_until_something_changes(app: AppTest) -> None:
    at(app, PORTAL, CHEAP, scenario_1="broken")
    (warning,) = app.warning
    assert warning.value.startswith(r"“Portal” cannot be read and was left out: copy the link again")
    assert bar(app)["scenario_1"] == "broken"
    app.run()
    assert len(app.warning) == 1
    typed(app, "Name of scenario 1", "Asia").run()
    assert not app.warning
    assert shown(app) == (CHEAP._replace(name="Asia"),)


def test_another_comparison_in_the_address_bar_replaces_the_first(app: AppTest) -> None:
    at(app, PORTAL, CHEAP)
    for key in list(app.query_params):
        del app.query_params[key]
    at(app, CHEAP)
    assert shown(app) == (CHEAP,)


def test_a_projects_query_in_the_address_bar_is_none_of_this_page(app: AppTest) -> None:
    at(app, PORTAL)
    for key in list(app.query_params):
        del app.query_params[key]
    for key, value in project_link.encode(NEEDS, DAY).items():
        app.query_params[key] = value
    app.run()
    assert shown(app) == (PORTAL,)


def test_a_scenario_that_said_something_else_when_it_was_made_is_stated(app: AppTest) -> None:
    at(app, PORTAL._replace(said=Said("agency", 71, "0.9")), CHEAP)
    (notice,) = app.info
    assert "\u2068Portal\u2069: When this link was made it said: **Agency, first in 71 of 100**" in notice.value


def test_tables_and_chart_hold_every_scenario(app: AppTest) -> None:
    at(app, PORTAL, CHEAP)
    answers, asked = (table.value for table in app.table)
    portal, cheap = (project_link.absolute("/", it.query) for it in (PORTAL, CHEAP))
    assert list(answers.columns) == [
        " ", f"[\u2068Portal\u2069]({portal})", f"[\u2068Cheaper \\*team\\*\u2069]({cheap})"]
    assert asked[" "].tolist() == ["Level", "Outside staff in"]
    (chart,) = app.get("vega_lite_chart")
    assert json.loads(chart.proto.spec)["height"] > 200


def test_names_that_are_cut_to_the_same_head_keep_their_columns(app: AppTest) -> None:
    at(app, PORTAL._replace(name="x" * 79), CHEAP._replace(name="x" * 80))
    assert len(app.table[0].value.columns) == 3


def test_the_session_holds_no_decision(app: AppTest) -> None:
    at(app, PORTAL, CHEAP)
    assert app.session_state["compared"] == Compared((PORTAL, CHEAP), changed=1)


def test_the_csv_holds_names_links_and_a_row_a_plan() -> None:
    content = comparison_state.to_csv((PORTAL, PORTAL, CHEAP), "https://example.org/")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["scenario"] for row in rows if row["rank"] == "1"] == ["Portal", "Portal (2)", "Cheaper *team*"]
    assert len(rows) == 12
    assert rows[0]["link"] == f"https://example.org/?{urlencode(PORTAL.query)}"


def test_decide_ignores_a_comparison_in_its_address_and_keeps_its_project() -> None:
    app = AppTest.from_file(str(Path(__file__).parents[3] / "app.py"), default_timeout=60)
    app.run()
    app.text_input(key="need_developers").set_value("3").run()
    for key in list(app.query_params):
        del app.query_params[key]
    for key, value in comparison_link.encode([CHEAP]).items():
        app.query_params[key] = value
    app.run()
    assert not app.warning
    assert app.session_state["state"].needs == ProjectNeeds(developers=3)
    assert bar(app)["developers"] == "3"


def test_the_page_is_between_decide_and_projects() -> None:
    source = (Path(__file__).parents[3] / "app.py").read_text(encoding="utf-8")
    assert source.index("decide.show") < source.index("compare.show") < source.index("projects.show")
