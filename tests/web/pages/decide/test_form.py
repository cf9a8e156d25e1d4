"""The form without a browser: what its fields take, show and keep."""

from __future__ import annotations

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from hiring import ProjectNeeds
from hiring.evidence.loader import load_evidence
from hiring.links import project_link
from hiring.lists.examples import load_examples
from hiring.model.needs import DEFAULTS, NEEDS
from hiring.web.pages.decide.form import GROUPS, MORE

DAY = load_evidence().dates[-1]
FROM = date(2026, 11, 30)


def page() -> None:
    """The form and the ways to and from examples, without an answer."""
    import streamlit as st  # noqa: PLC0415 – the body of this function runs as an app

    from hiring.lists.examples import load_examples  # noqa: PLC0415
    from hiring.web.pages.decide import form  # noqa: PLC0415
    from hiring.web.session import page_state  # noqa: PLC0415

    with st.sidebar:
        state, _ = form.answers(page_state.current())
    page_state.keep(state)
    if state.is_example:
        for id_, needs in load_examples().items():
            st.button(needs.project, key=f"example_{id_}", on_click=page_state.use_needs, args=(needs,))
        st.button("Start my own", key="start_own", on_click=page_state.start_own)
    if state.before is not None:
        st.button("Undo", key="undo", on_click=page_state.undo)


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page, default_timeout=60)


def opened(app: AppTest, needs: ProjectNeeds, assumed: frozenset[str] = frozenset()) -> AppTest:
    for key, value in project_link.encode(needs, DAY, from_day=FROM, assumed=assumed).items():
        app.query_params[key] = value
    return app.run()


def address(app: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in app.query_params.items()}


def assumed(app: AppTest) -> set[str]:
    return set(address(app)["assumed"].split("~")) - {"none"}


def type_in(app: AppTest, name: str, text: str) -> AppTest:
    return app.text_input(key=f"need_{name}").set_value(text).run()


def shows(app: AppTest, name: str) -> str:
    return str(app.text_input(key=f"need_{name}").value)


def heading(app: AppTest, title: str) -> str:
    """What a heading adds to its title."""
    (found,) = [text.value for text in app.sidebar.markdown if text.value.startswith(f"**{title}**")]
    return found.removeprefix(f"**{title}**").strip().removeprefix(":small[:gray[").removesuffix("]]").replace("\\", "")


def leave(app: AppTest) -> AppTest:
    """Change something else, by which the page learns that a field was left."""
    lead = app.button_group(key="need_technical_lead")
    return lead.set_value(not lead.value).run()


def problems(app: AppTest) -> list[str]:
    return [error.value.replace("\\", "") for error in app.sidebar.error]


def test_every_field_is_in_the_form_once() -> None:
    rows = [*(row for _, rows in GROUPS for row in rows), *MORE]
    assert sorted(name for row in rows for name in row) == sorted(NEEDS)


def test_an_amount_counts_while_it_is_typed_and_is_written_in_full_once_something_else_changes(app: AppTest) -> None:
    app.run()
    for typed in ("$", "$6", "$60"):
        type_in(app, "budget_usd", typed)
        assert (shows(app, "budget_usd"), heading(app, "Limits"), problems(app)) == (typed, "still no budget", [])
        assert address(app)["budget_usd"] == "none"
    type_in(app, "budget_usd", "$60k")
    assert (shows(app, "budget_usd"), heading(app, "Limits")) == ("$60k", "$60,000")
    assert address(app)["budget_usd"] == "60000"
    leave(app)
    assert shows(app, "budget_usd") == "$60,000"
    assert heading(app, "Limits") == "2 of 3 assumed"
    assert address(type_in(app, "budget_usd", ""))["budget_usd"] == "none"


@pytest.mark.parametrize(("typed", "says"), [
    ("1.", "enter US dollars, such as 600,000, 150k or 1.2M; found 1."), ("150", "enter $150,000 if that is meant"),
    ("$", "enter US dollars")])
def test_a_half_typed_amount_is_an_error_only_after_its_field(app: AppTest, typed: str, says: str) -> None:
    opened(app, ProjectNeeds(budget_usd=600_000))
    type_in(app, "budget_usd", typed)
    assert (problems(app), heading(app, "Limits")) == ([], "still $600,000")
    (problem,) = problems(leave(app))
    assert problem.startswith(f"Budget: {says}")
    assert problem.endswith("; $600,000 still counts.")
    assert shows(app, "budget_usd") == typed
    assert address(app)["budget_usd"] == "600000"
    assert address(app)["technical_lead"] == "no"  # nothing else is lost
    type_in(app, "budget_usd", "700k")
    assert (problems(app), address(app)["budget_usd"]) == ([], "700000")


@pytest.mark.parametrize(("name", "typed", "says"), [
    ("budget_usd", "£900k", "Budget: this amount is in British pounds, and amounts here are in US dollars; pick "
     "British pounds under More about the work, Amounts in, or enter US dollars; found £900k; no budget still counts."),
    ("budget_usd", "1.500k", "Budget: enter $1,500 or $1,500,000, because it can mean both; found 1.500k; no budget "
     "still counts."),
    ("budget_usd", "200000000", "Budget: enter a number from 1,000 to 100,000,000 US dollars, or leave it empty for "
     "none; found 200000000; no budget still counts."),
    ("build_months", "6-9", "Months to build: enter one number, such as 6 or 9; found 6-9; 6 months still counts."),
    ("developers", "many", "Developers to build: enter full-time developers, such as 2 or 0.5; found many; "
     "2 developers still counts.")])
def test_what_is_no_amount_or_could_be_two_is_asked_at_once(app: AppTest, name: str, typed: str, says: str) -> None:
    app.run()
    before = address(app)
    assert problems(type_in(app, name, typed)) == [says]
    assert address(app) == before
    assert shows(app, name) == typed


@pytest.mark.parametrize(("typed", "amount"), [("150000", "150000"), ("1.2M", "1200000"), ("50000", "50000"),
                                               ("50.000", "50000")])
def test_a_budget_is_in_dollars(app: AppTest, typed: str, amount: str) -> None:
    app.run()
    assert address(type_in(app, "budget_usd", typed))["budget_usd"] == amount


def test_an_emptied_count_is_asked_for(app: AppTest) -> None:
    app.run()
    assert problems(type_in(app, "developers", "")) == []
    assert heading(app, "Build") == "still 2 developers"
    assert problems(leave(app)) == ["Developers to build: enter a number from 0.1 to 50 full-time developers; "
                                    "2 developers still counts."]


def test_exact_numbers_of_a_link_are_kept_until_their_field_changes(app: AppTest) -> None:
    opened(app, ProjectNeeds(budget_usd=123_456.789012, deadline_months=12, developers=1.125, build_months=0.1 + 0.2))
    assert (shows(app, "budget_usd"), shows(app, "developers")) == ("$123,456.789012", "1.125")
    assert shows(app, "deadline_months") == "November 29, 2027"
    leave(app)
    leave(app)
    found = address(app)
    assert (found["budget_usd"], found["developers"]) == ("123456.789012", "1.125")
    assert (found["deadline_months"], found["build_months"]) == ("12", repr(0.1 + 0.2))


def test_a_deadline_is_a_day_within_bounds_or_none(app: AppTest) -> None:
    opened(app, ProjectNeeds())
    type_in(app, "deadline_months", "11/29/2027")
    assert (heading(app, "Limits"), address(app)["deadline_months"]) == ("November 29, 2027", "12")
    for day, reason in (("11/30/2026", "the release cannot be in the past; enter"), ("0002-01-01", "the release"),
                        ("12/2/2026", "enter a day from December 8, 2026 to November 22, 2032, or none"),
                        ("2050-01-02", "enter a day from"), ("whenever", "enter a day, such as November 29, 2027, or"),
                        ("01.03.2027", "enter January 3, 2027 or March 1, 2027, because it can mean both")):
        (problem,) = problems(type_in(app, "deadline_months", day))
        assert problem.startswith(f"Deadline: {reason}")
        assert problem.endswith("; November 29, 2027 still counts.")
        assert address(app)["deadline_months"] == "12"
    type_in(app, "deadline_months", "")
    assert (address(app)["deadline_months"], problems(app)) == ("none", [])


@pytest.mark.parametrize("typed", ["1.3.20", "March 1, 20", "2"])
def test_a_half_typed_day_is_an_error_only_after_its_field(app: AppTest, typed: str) -> None:
    opened(app, ProjectNeeds(location="de"))
    type_in(app, "deadline_months", typed)
    assert (problems(app), heading(app, "Limits")) == ([], "still no deadline")
    (problem,) = problems(leave(app))
    assert problem.startswith("Deadline: ")
    type_in(app, "deadline_months", "1.3.2027")
    assert shows(leave(app), "deadline_months") == "March 1, 2027"


def test_a_name_of_81_letters_is_cut_and_said_and_all_else_counts(app: AppTest) -> None:
    app.run()
    type_in(app, "project", "x" * 81)
    assert any("cut to 80 characters" in text.value for text in app.sidebar.markdown)
    type_in(app, "developers", "3")
    assert (address(app)["project"], address(app)["developers"]) == ("x" * 80, "3")
    assert shows(app, "project") == "x" * 80
    assert not app.error


def test_answers_are_assumed_until_they_are_given(app: AppTest) -> None:
    app.run()
    assert assumed(app) == {*NEEDS}
    assert app.expander[0].label == "More about the work · 10 assumed"
    assert heading(app, "Build") == "assumed"
    type_in(app, "build_months", "9")
    assert heading(app, "Build") == "developers assumed"
    assert assumed(app) == {*NEEDS} - {"build_months"}
    type_in(app, "developers", "25")
    type_in(app, "developers", "2")  # typed back to what was assumed
    assert assumed(app) == {*NEEDS} - {"build_months", "developers"}
    assert heading(app, "Build") == ""
    app.session_state.more = True
    app.run()
    app.selectbox(key="need_scope_clarity").set_value("fixed").run()
    assert app.expander[0].label == "More about the work · 9 assumed"


def test_the_same_answer_typed_again_is_an_answer(app: AppTest) -> None:
    app.run()
    type_in(app, "developers", "")
    type_in(app, "developers", "2")
    assert assumed(app) == {*NEEDS} - {"developers"}


def click(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def again(app: AppTest) -> AppTest:
    """The page opened from its address, as a reload does."""
    other = AppTest.from_function(page, default_timeout=60)
    for key, value in address(app).items():
        other.query_params[key] = value
    return other.run()


def buttons(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def test_an_example_stays_one_when_it_is_opened_again(app: AppTest) -> None:
    app.run()
    assert "start_own" in buttons(app) & buttons(again(app))
    click(app, "example_internal-tool")
    opened_again = again(app)
    assert "start_own" in buttons(opened_again)
    assert address(opened_again)["project"] == load_examples()["internal-tool"].project
    assert "start_own" not in buttons(type_in(opened_again, "developers", "4"))


def test_an_example_can_be_made_ones_own_and_every_click_be_undone(app: AppTest) -> None:
    opened(app, ProjectNeeds(developers=3), frozenset(NEEDS))
    assert "undo" not in buttons(app)
    first = address(app)
    click(app, "example_internal-tool")
    example = address(app)
    assert example["developers"] != "3"
    assert assumed(app) == {*NEEDS}
    assert address(click(app, "undo")) == first
    click(app, "example_internal-tool")
    click(app, "start_own")
    own = address(app)
    assert (own["project"], assumed(app), "start_own" in buttons(app)) == ("", {*NEEDS} - {"project"}, False)
    assert all(own[name] == example[name] for name in DEFAULTS if name != "project")
    click(app, "undo")
    assert address(app) == example
    assert shows(app, "project") == example["project"]
    assert "undo" not in buttons(app)


def test_what_was_typed_after_an_example_is_not_undone_with_it(app: AppTest) -> None:
    app.run()
    click(app, "start_own")
    assert "undo" in buttons(app)
    assert "undo" not in buttons(type_in(app, "developers", "3"))


def test_a_budget_in_another_currency_is_taken_in_that_one_with_a_click(app: AppTest) -> None:
    opened(app, ProjectNeeds(budget_usd=500_000, build_months=7))
    type_in(app, "budget_usd", "£900k")
    assert app.button(key="use_currency").label == "Use British pounds for this project"
    click(app, "use_currency")
    assert (shows(app, "budget_usd"), address(app)["currency"], problems(app)) == ("£900,000", "GBP", [])
    assert float(address(app)["budget_usd"]) > 900_000
    for typed in ("$900k", "6-9k", "900k pesos"):  # of several currencies, of this one, and without a rate
        type_in(app, "budget_usd", typed)
        assert len(problems(app)) == 1
        assert "use_currency" not in buttons(app)


def test_a_country_is_found_by_its_city_and_other_names_and_then_shown_by_its_name_alone(app: AppTest) -> None:
    opened(app, ProjectNeeds())
    options = app.selectbox(key="need_location").options
    assert options[:3] == ["Australia", "Canada", "France"]
    assert next(it for it in options if "London" in it) == "London: United Kingdom"  # before New London
    app.selectbox(key="need_location").set_value("gb:London").run()
    assert not app.exception
    assert (app.selectbox(key="need_location").value, address(app)["location"]) == ("gb", "gb")
    assert [it for it in options if "(" in it] == []


def test_a_change_of_country_says_what_becomes_of_the_budget_and_can_be_undone(app: AppTest) -> None:
    opened(app, ProjectNeeds(budget_usd=1_200_000, developers=3))
    first = address(app)
    app.selectbox(key="need_location").set_value("de").run()
    shown = shows(app, "budget_usd")
    assert re.fullmatch(r"€1,[0-9]{2}0,000", shown)
    (notice,) = app.session_state.state.notes
    assert re.fullmatch(r"Your budget of \$1\.2M is now €1\.[0-9]{2}M, in round numbers: \$1 is €0\.[0-9]+ "
                        r"\(rate of \w+ [0-9]+, [0-9]{4}\)\.", notice)
    assert shows(leave(app), "budget_usd") == shown
    assert app.session_state.state.notes == ()
    leave(app)
    app.selectbox(key="need_location").set_value("gb").run()
    assert shows(app, "budget_usd").startswith("£")
    assert address(click(app, "undo"))["location"] == "de"
    assert shows(app, "budget_usd") == shown
    app.selectbox(key="need_location").set_value("fr").run()
    assert (app.session_state.state.notes, first["location"]) == ((), "us")  # the same currency


def test_an_example_that_is_changed_loses_its_name(app: AppTest) -> None:
    app.run()
    click(app, "example_internal-tool")
    assert shows(app, "project") == load_examples()["internal-tool"].project
    type_in(app, "developers", "4")
    assert (shows(app, "project"), address(app)["project"]) == ("", "")
    type_in(app, "project", "Ours")
    type_in(app, "developers", "5")
    assert (shows(app, "project"), address(app)["project"]) == ("Ours", "Ours")
