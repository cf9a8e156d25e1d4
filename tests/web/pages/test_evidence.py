"""Own figures on the page: from the field to the link and the answer, and back to the evidence."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import hiring
from hiring import Decision, ProjectNeeds
from hiring.links import project_link
from hiring.model.evidence import Figure
from hiring.model.own_figures import Own, Range, bounds, takes_range
from hiring.text import figure_names, own_figures_text, verdict_text
from hiring.web.markdown import markdown
from hiring.web.pages.evidence import ONE
from hiring.web.session.page_state import OWN_FIELD
from tests.factories import DAY, SNAPSHOT

APP = Path(__file__).parents[3] / "app.py"
FIGURES = SNAPSHOT.figures
TABLES = {"figures", "pay", "ratings", "weights", "levels"}
RATE, PAY = "agency.us.mid", "in_house.article.mid"
OWN: Own = ((RATE, Range(120, 150, 180)), (PAY, Range(99_000, 99_000, 99_000)))


def page() -> None:
    from hiring.web.pages import evidence  # noqa: PLC0415 – the test runs the body of this function as a page

    evidence.show()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page, default_timeout=60)


def table_of(figure: Figure) -> str:
    return "weights" if figure.id.startswith("importance.") else figure.table


def open_link(app: AppTest, own: Own, needs: ProjectNeeds | None = None) -> AppTest:
    for key, text in project_link.encode(needs or ProjectNeeds(), DAY, own).items():
        app.query_params[key] = text
    return run(app)


def run(touched: Any) -> AppTest:
    """The page, or the page after a field of it was touched."""
    app: AppTest = touched.run()
    assert not app.exception
    return app


def choose(app: AppTest, id_: str) -> None:
    table = table_of(FIGURES[id_])
    if app.button_group(key="table").value != table:
        run(app.button_group(key="table").set_value(table))
    run(app.selectbox(key=f"figure_{table}").set_value(id_))


def put(app: AppTest, id_: str, *numbers: float | None) -> AppTest:
    """Type one number, or low, middle and high, in place of a figure."""
    choose(app, id_)
    form = "One number" if len(numbers) == 1 else "A range"
    if takes_range(FIGURES[id_]) and app.button_group(key=f"own_field_form_{id_}").value != form:
        run(app.button_group(key=f"own_field_form_{id_}").set_value(form))
    assert len(app.number_input) == len(numbers)
    for field, number in zip(app.number_input, numbers, strict=True):
        field.set_value(number)
    return run(app)


def link(app: AppTest) -> str:
    """What the address bar says of own figures."""
    own = app.query_params.get("own", "")
    return own if isinstance(own, str) else own[0]


def state(app: AppTest) -> Own:
    return app.session_state["state"].own


def press(app: AppTest, key: str) -> AppTest:
    return run(app.button(key=key).click())


def own_column(app: AppTest) -> dict[str, str]:
    """The own numbers in the table, by id."""
    (frame,) = (it.value for it in app.dataframe)
    if "own" not in frame:
        return {}
    return {row["id"]: row["own"] for _, row in frame.iterrows() if isinstance(row["own"], str) and row["own"]}


# Typing

def test_without_own_figures_there_is_no_list_no_column_and_no_word_in_the_link(app: AppTest) -> None:
    run(app)
    assert (link(app), state(app)) == ("", ())
    assert own_column(app) == {}
    assert "own" not in app.dataframe[0].value
    assert not app.button
    assert not app.number_input


def test_a_typed_number_goes_into_the_link_the_session_and_the_table(app: AppTest) -> None:
    run(app)
    put(app, RATE, 155.5)
    assert link(app) == "agency.us.mid~155.5"
    assert state(app) == ((RATE, Range(155.5, 155.5, 155.5)),)
    assert own_column(app) == {RATE: "155.5"}
    assert json.loads(app.dataframe[0].proto.columns)["own"]["label"] == "Your own"
    texts = [text.value for text in app.markdown]
    assert "**1 figure of your own**" in texts
    row = figure_names.range_text(hiring.evidence_as_of().figures[RATE])
    assert f"Pay, agency, United States, mid: **155.5** USD per hour :gray[(evidence: {row})]" in texts


def test_a_typed_range_goes_into_the_link_as_three_numbers(app: AppTest) -> None:
    run(app)
    put(app, RATE, 120, 150, 180)
    assert link(app) == "agency.us.mid~120~150~180"
    assert state(app) == ((RATE, Range(120, 150, 180)),)
    assert own_column(app) == {RATE: "120 / 150 / 180"}


def test_choosing_a_figure_alone_changes_nothing(app: AppTest) -> None:
    run(app)
    for id_ in (RATE, "caution_share", "security.data_sensitivity.public", "importance.cost", "continuity.agency"):
        choose(app, id_)
        assert (link(app), state(app)) == ("", ())
        assert not app.error
    choose(app, RATE)
    run(app.button_group(key=f"own_field_form_{RATE}").set_value("A range"))
    assert (link(app), state(app)) == ("", ())
    assert not app.error


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_figure_of_the_table_can_be_replaced(app: AppTest, table: str) -> None:
    run(app)
    figures = [figure for figure in FIGURES.values() if table_of(figure) == table]
    for ten in (figures[begin:begin + 10] for begin in range(0, len(figures), 10)):
        for figure in ten:  # in one run: the field comes filled in
            app.session_state[f"{OWN_FIELD}{ONE}_central_{figure.id}"] = typed(figure)
            choose(app, figure.id)
            assert [field.value for field in app.number_input] == [typed(figure)]
            assert not app.error
        own = tuple(sorted((figure.id, Range(*[typed(figure)] * 3)) for figure in ten))
        assert state(app) == own
        assert link(app) == project_link.encode(ProjectNeeds(), DAY, own)["own"]
        assert own_column(app) == {figure.id: f"{typed(figure):,.10g}" for figure in ten}
        assert f"**{len(ten)} figures of your own**" in [text.value for text in app.markdown]
        press(app, "reset_all")


def typed(figure: Figure) -> float:
    """A number that may replace the figure."""
    least, most = bounds(figure)
    return round(least + (most - least) / 3, 6)


def test_all_figures_are_in_a_table_with_a_field() -> None:
    assert {table_of(figure) for figure in FIGURES.values()} == TABLES


def test_own_figures_of_several_tables_are_in_the_link_in_the_order_of_their_ids(app: AppTest) -> None:
    run(app)
    put(app, "load", 1.5)
    put(app, RATE, 155)
    put(app, "importance.cost", 60)
    assert link(app) == "agency.us.mid~155~~importance.cost~60~~load~1.5"
    put(app, RATE, 165)
    assert link(app) == "agency.us.mid~165~~importance.cost~60~~load~1.5"


def test_a_field_that_is_opened_again_shows_the_own_number(app: AppTest) -> None:
    open_link(app, OWN)
    choose(app, PAY)
    assert [field.value for field in app.number_input] == [99_000]
    choose(app, RATE)
    assert [field.value for field in app.number_input] == [120, 150, 180]
    choose(app, "load")
    choose(app, RATE)
    assert [field.value for field in app.number_input] == [120, 150, 180]
    assert state(app) == OWN


def test_an_emptied_field_gives_the_figure_of_the_evidence_back(app: AppTest) -> None:
    open_link(app, OWN)
    put(app, PAY, None)
    assert state(app) == OWN[:1]
    assert link(app) == "agency.us.mid~120~150~180"
    assert not app.error


# Bad numbers

@pytest.mark.parametrize(("id_", "numbers", "shown"), [
    (RATE, (-5,), ["Your number: enter a number from 1 to 10,000 USD per hour; found -5."]),
    (RATE, (0,), ["Your number: enter a number from 1 to 10,000 USD per hour; found 0."]),
    (RATE, (10_000.5,), ["Your number: enter a number from 1 to 10,000 USD per hour; found 10,000.5."]),
    ("fee_share.agency", (1.01,), ["Your number: enter a number from 0 to 1 share; found 1.01."]),
    ("fee_share.agency", (-0.01,), ["Your number: enter a number from 0 to 1 share; found -0.01."]),
    ("continuity.agency", (101,), ["Your number: enter a number from 0 to 100 points; found 101."]),
    ("productive_share.agency", (0,), ["Your number: enter a number from 0.01 to 1 share; found 0."]),
    ("caution_share", (2,), ["Your number: enter a number from 0 to 1 share; found 2."]),
    ("importance.cost", (-1,), ["Your number: enter a number from 0 to 1,000 ratio; found -1."]),
    ("security.data_sensitivity.public", (1.5,), ["Your number: enter a number from 0 to 1 share; found 1.5."]),
    (RATE, (180, 150, 120), ["Low: enter at most the middle, 150; found 180.",
                             "High: enter at least the middle, 150; found 120."]),
    (RATE, (160, 150, 180), ["Low: enter at most the middle, 150; found 160."]),
    (RATE, (120, 150, 140), ["High: enter at least the middle, 150; found 140."]),
    (RATE, (0, 150, 20_000), ["Low: enter a number from 1 to 10,000 USD per hour; found 0.",
                              "High: enter a number from 1 to 10,000 USD per hour; found 20,000."]),
], ids=str)
@pytest.mark.parametrize("own", [(), ((RATE, Range(150, 150, 150)), ("fee_share.agency", Range(0.1, 0.1, 0.1)))],
                         ids=["none before", "some before"])
def test_a_bad_number_is_stated_and_nothing_changes(
        app: AppTest, own: Own, id_: str, numbers: tuple[float | None, ...], shown: list[str]) -> None:
    own = tuple(sorted(own))
    open_link(app, own)
    put(app, id_, *numbers)
    assert errors(app) == [f"{sentence} Until then, {counting(own, id_)} is used." for sentence in shown]
    assert state(app) == own
    assert link(app) == project_link.encode(ProjectNeeds(), DAY, own).get("own", "")
    assert set(own_column(app)) == {it for it, _ in own if table_of(FIGURES[it]) == table_of(FIGURES[id_])}


def errors(app: AppTest) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", error.value) for error in app.error]


def counting(own: Own, id_: str) -> str:
    """The figure in use, as the page shows it."""
    figure = FIGURES[id_]
    numbers = dict(own).get(id_, Range(figure.low, figure.central, figure.high))
    return " / ".join(f"{it:,.10g}" for it in dict.fromkeys(numbers))


# A range that is not yet complete

def wanted(app: AppTest) -> list[str]:
    """The gray sentences on what is still missing."""
    plain = [re.sub(r"\\(.)", r"\1", text.value) for text in app.markdown]
    return [found[1] for text in plain if (found := re.fullmatch(r":small\[:gray\[(Enter .+ is used\.)\]\]", text))]


@pytest.mark.parametrize("own", [(), ((PAY, Range(111_000, 111_000, 111_000)),),
                                 ((PAY, Range(100_000, 111_000, 120_000)),)],
                         ids=["none before", "one number before", "a range before"])
@pytest.mark.parametrize(("numbers", "missing"), [
    ((None, 120_000, None), "low and high"), ((90_000, None, None), "middle and high"),
    ((90_000, 110_000, None), "high"), ((None, 110_000, 120_000), "low")])
def test_a_range_that_is_half_typed_is_stated_in_gray_and_changes_nothing(
        app: AppTest, own: Own, numbers: tuple[float | None, ...], missing: str) -> None:
    open_link(app, own)
    put(app, PAY, *numbers)
    assert not app.error
    assert wanted(app) == [f"Enter {missing}. Until then, {counting(own, PAY)} is used."]
    assert state(app) == own
    assert link(app) == project_link.encode(ProjectNeeds(), DAY, own).get("own", "")


def show_form(app: AppTest, id_: str, form: str) -> AppTest:
    return run(app.button_group(key=f"own_field_form_{id_}").set_value(form))


def test_switching_to_a_range_and_back_changes_nothing_until_a_number_is_typed(app: AppTest) -> None:
    own = ((PAY, Range(110_000, 110_000, 110_000)),)
    open_link(app, own)
    choose(app, PAY)
    show_form(app, PAY, "A range")
    assert (state(app), link(app), app.error.len) == (own, "in_house.article.mid~110000", 0)
    assert wanted(app) == ["Enter low, middle and high. Until then, 110,000 is used."]
    show_form(app, PAY, "One number")
    assert (state(app), link(app), app.error.len) == (own, "in_house.article.mid~110000", 0)
    assert [field.value for field in app.number_input] == [110_000]
    assert wanted(app) == []


def test_a_range_is_kept_when_one_number_is_looked_at_and_left_again(app: AppTest) -> None:
    open_link(app, OWN)
    choose(app, RATE)
    show_form(app, RATE, "One number")
    assert state(app) == OWN
    assert [field.value for field in app.number_input] == [None]
    assert wanted(app) == ["Enter your number. Until then, 120 / 150 / 180 is used."]
    show_form(app, RATE, "A range")
    assert [field.value for field in app.number_input] == [120, 150, 180]
    assert (state(app), link(app).split("~~")[0]) == (OWN, "agency.us.mid~120~150~180")
    show_form(app, RATE, "One number")
    app.number_input[0].set_value(155)
    run(app)
    assert dict(state(app))[RATE] == Range(155, 155, 155)


def test_a_range_that_was_typed_is_kept_too(app: AppTest) -> None:
    run(app)
    put(app, RATE, 120, 150, 180)
    show_form(app, RATE, "One number")
    show_form(app, RATE, "A range")
    assert [field.value for field in app.number_input] == [120, 150, 180]
    assert state(app) == ((RATE, Range(120, 150, 180)),)


# Another link

@pytest.mark.parametrize("own", [(), ((PAY, Range(99_000, 99_000, 99_000)),),
                                 ((RATE, Range(90, 90, 90)),), ((RATE, Range(80, 90, 100)),)], ids=str)
@pytest.mark.parametrize("numbers", [(155.5,), (120, 150, 180)], ids=str)
def test_another_link_that_is_opened_on_the_page_counts_with_its_own_figures(
        app: AppTest, numbers: tuple[float, ...], own: Own) -> None:
    run(app)
    put(app, RATE, *numbers)
    app.query_params.clear()
    app.session_state["queries_decide"] = ()  # a link that was open before is opened again only by Back
    open_link(app, own)
    expected = project_link.encode(ProjectNeeds(), DAY, own).get("own", "")
    assert (state(app), link(app)) == (own, expected)
    assert run(app) is app
    assert (state(app), link(app)) == (own, expected)


# Figures that the project does not use

IDLE = "agency.asia.mid"  # outside staff sit in the United States


def test_figures_that_the_project_does_not_use_are_marked_and_listed_last(app: AppTest) -> None:
    run(app)
    for table in sorted(TABLES):
        if app.button_group(key="table").value != table:
            run(app.button_group(key="table").set_value(table))
        names = app.selectbox(key=f"figure_{table}").options
        marked = [name.endswith(" (not used by this project)") for name in names]
        figures = {figure_names.full_name(it, SNAPSHOT): it for it in FIGURES.values() if table_of(it) == table}
        assert marked == sorted(marked)
        assert [name.removesuffix(" (not used by this project)") for name in names] == [
            *sorted(name for name, it in figures.items() if is_used(it)),
            *sorted(name for name, it in figures.items() if not is_used(it))]
        assert marked.count(False) == sum(map(is_used, figures.values()))


DEFAULT = hiring.decide(ProjectNeeds())


def is_used(figure: Figure) -> bool:
    """Whether the default project reads a figure; that the others move nothing is tested with the sentences."""
    return any(figure.id == it.id for part in DEFAULT.figures_used().values() for it in part)


def test_an_own_figure_that_the_project_does_not_use_is_stated_in_the_list(app: AppTest) -> None:
    open_link(app, tuple(sorted(((IDLE, Range(35, 35, 35)), (RATE, Range(130, 130, 130))))))
    shown = {text.value.split(":")[0]: text.value for text in app.markdown if "(evidence: " in text.value}
    assert shown["Pay, agency, Asia, mid"].endswith("; not used by this project]")
    assert "not used" not in shown["Pay, agency, United States, mid"]


def test_what_the_own_figures_do_is_stated_above_their_list(app: AppTest) -> None:
    open_link(app, OWN)
    with_own, without = (hiring.decide(ProjectNeeds(), DAY, own=own) for own in (dict(OWN), None))
    shown = own_figures_text.effect_of_own(with_own, without)
    assert markdown(shown) in [text.value for text in app.markdown]


def test_a_bad_number_can_be_fixed(app: AppTest) -> None:
    run(app)
    put(app, RATE, -5)
    assert app.error
    put(app, RATE, 150)
    assert not app.error
    assert link(app) == "agency.us.mid~150"


# Taking back

def test_reset_takes_one_figure_back_and_leaves_the_others(app: AppTest) -> None:
    open_link(app, OWN)
    choose(app, RATE)
    press(app, f"reset_{RATE}")
    assert state(app) == OWN[1:]
    assert link(app) == "in_house.article.mid~99000"
    assert own_column(app) == {PAY: "99,000"}
    assert all(field.value is None for field in app.number_input)  # the chosen figure's field is empty again
    press(app, f"reset_{PAY}")
    assert (link(app), state(app), own_column(app)) == ("", (), {})
    assert run(app) is app
    assert state(app) == ()


def test_reset_all_takes_all_figures_back(app: AppTest) -> None:
    open_link(app, OWN)
    press(app, "reset_all")
    assert (link(app), state(app), own_column(app)) == ("", (), {})
    assert not app.button
    assert not any("of your own**" in text.value for text in app.markdown)


def test_taking_figures_back_keeps_the_project(app: AppTest) -> None:
    needs = ProjectNeeds(developers=3.5, budget_usd=None, location="us-ca")
    open_link(app, OWN, needs)
    press(app, "reset_all")
    assert app.session_state["state"].needs == needs
    assert app.query_params["developers"] in ("3.5", ["3.5"])


# The table

@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_table_shows_the_evidence_beside_the_own_figures(app: AppTest, table: str) -> None:
    figures = [figure for figure in FIGURES.values() if table_of(figure) == table]
    own = tuple((figure.id, Range(1, 1, 1)) for figure in sorted(figures, key=lambda it: it.id)[:2])
    open_link(app, own)
    run(app.button_group(key="table").set_value(table))
    frame = app.dataframe[0].value.set_index("id")
    assert set(frame.index) == {figure.id for figure in figures}
    has_ranges = any(not figure.is_fixed for figure in figures)
    assert ("low" in frame, "high" in frame) == (has_ranges, has_ranges)
    for figure in figures:
        for cell in ("low", "central", "high") if has_ranges else ("central",):
            assert frame.loc[figure.id, cell] == getattr(figure, cell)
        assert frame.loc[figure.id, "affects"] == figure_names.affected_part(figure, SNAPSHOT)
    assert own_column(app) == {id_: "1" for id_, _ in own}


def test_pay_comes_first_then_money_and_the_bounds_of_verdicts_last(app: AppTest) -> None:
    run(app)
    assert app.button_group(key="table").value == "pay"
    run(app.button_group(key="table").set_value("figures"))
    frame = app.dataframe[0].value
    is_money = list(frame["unit"].str.startswith("USD"))
    assert is_money == sorted(is_money, reverse=True)
    bound = list(frame["id"]).index("close_call_share")
    assert bound > max(place for place, affects in enumerate(frame["affects"]) if affects.startswith(("cost", "time")))


def test_the_page_explains_the_words_that_the_table_shows(app: AppTest) -> None:
    run(app)
    intro = app.markdown[1].value
    assert set(app.dataframe[0].value["quality"]) <= {"First hand", "Second hand", "Assumed"}
    assert "First hand: " in intro
    assert "Second hand: " in intro
    figures = {it.id: it.kind for part in hiring.decide(ProjectNeeds()).figures_used().values() for it in part}
    assumed = sum(kind == "assumed" for kind in figures.values())
    assert f"Of the {len(figures)} figures behind your answer, this project assumed {assumed}." in intro


def test_what_every_figure_has_a_part_in_is_stated_in_words() -> None:
    for figure in FIGURES.values():
        shown = figure_names.affected_part(figure, SNAPSHOT)
        assert re.fullmatch(r"[a-z][a-z -]+", shown), figure.id
        option = next((it for it in SNAPSHOT.options if it.id in figure.id.split(".")), None)
        if option is not None:
            assert shown.endswith(f" of {option.label.lower()}") or " of all" in shown, figure.id


def moved(now: Decision, then: Decision) -> dict[str, set[str]]:
    """For each option, which of its cost, time and ratings a changed figure moves."""
    found: dict[str, set[str]] = {}
    for option, outcome in now.outcomes.items():
        other = then.outcomes[option]
        parts = {"cost": np.array_equal(outcome.total, other.total),
                 "time": np.array_equal(np.asarray(outcome.finish), np.asarray(other.finish)),
                 "fit": all(np.array_equal(np.asarray(rating), np.asarray(other.ratings[it]))
                            for it, rating in outcome.ratings.items())}
        found[outcome.option.label.lower()] = {part for part, is_same in parts.items() if not is_same}
    return found


WITHOUT_MIXES = hiring.decide(ProjectNeeds(mixes=False), DAY)


@pytest.mark.parametrize("id_", sorted(it for it, figure in FIGURES.items() if table_of(figure) != "levels"))
def test_a_figure_moves_only_the_options_that_it_is_said_to_have_a_part_in(id_: str) -> None:
    figure = FIGURES[id_]
    least, most = bounds(figure)
    other = min(most, figure.central * 1.2 + 0.01) if figure.central < most else least
    shown = figure_names.affected_part(figure, SNAPSHOT)
    named = re.search(r"of (in-house|freelance|agency)$", shown)
    for option, parts in moved(WITHOUT_MIXES, hiring.decide(WITHOUT_MIXES.needs, DAY, own={id_: other})).items():
        assert not parts or named is None or option == named[1], (id_, shown, option, parts)


# Countries

def of_country(app: AppTest, location: str, table: str = "pay") -> AppTest:
    open_link(app, (), ProjectNeeds(location=location))
    return app if table == "pay" else run(app.button_group(key="table").set_value(table))


def test_the_tables_are_those_of_the_country_of_the_project_until_another_is_chosen(app: AppTest) -> None:
    of_country(app, "gb")
    frame = app.dataframe[0].value.set_index("id")
    assert {id_[:2] for id_ in frame.index if "in_house" in id_} == {"gb"}
    row = SNAPSHOT.country_figures["gb.in_house.survey.mid"]
    assert (frame.loc[row.id, "central"], frame.loc[row.id, "unit"]) == (row.central, "GBP per year")
    run(app.selectbox(key="country_gb").set_value("de"))
    assert "de.in_house.survey.mid" in set(app.dataframe[0].value["id"])
    run(app.selectbox(key="country_gb").set_value(""))
    assert {"us", "gb", "de"} <= {id_[:2] for id_ in app.dataframe[0].value["id"]} | {"us"}
    assert "in_house.article.mid" in set(app.dataframe[0].value["id"])


def test_a_table_that_the_next_country_lacks_gives_way_to_pay(app: AppTest) -> None:
    of_country(app, "us", "wages")
    assert app.dataframe[0].value["area"][0] == "United States"
    run(app.selectbox(key="country_us").set_value("fr"))
    assert "fr.freelance.local.mid" in set(app.dataframe[0].value["id"])
    assert "wages" not in app.button_group(key="table").options


@pytest.mark.parametrize(("table", "columns"), [
    ("contributions", {"name", "central", "from", "to", "currency", "address"}),
    ("exchange_rates", {"name", "central", "unit", "valid_from"}),
    ("laws", {"name", "country", "topic", "sentence", "status", "as_of", "quality", "address"})])
def test_contributions_rates_and_laws_are_tables_without_a_field(app: AppTest, table: str, columns: set[str]) -> None:
    of_country(app, "gb", table)
    assert columns <= set(app.dataframe[0].value) & set(json.loads(app.dataframe[0].proto.columns))
    assert [box.key for box in app.selectbox] == ["country_gb"]


def test_the_page_counts_and_names_the_figures_of_the_country(app: AppTest) -> None:
    of_country(app, "ie")
    figures = {it.id: it.kind for part in hiring.decide(ProjectNeeds(location="ie")).figures_used().values()
               for it in part}
    texts = " ".join(text.value for text in app.markdown)
    assert f"Of the {len(figures)} figures behind your answer" in texts
    assert "Agency rates for Ireland are taken from the United Kingdom; put in your own quote." in texts


def test_the_figures_that_can_be_replaced_are_those_of_the_project(app: AppTest) -> None:
    names = of_country(app, "gb").selectbox(key="figure_pay").options
    assert [name for name in names if "in-house" in name] == [
        "Pay, in-house, United Kingdom, mid", "Pay, in-house, United Kingdom, junior (not used by this project)",
        "Pay, in-house, United Kingdom, senior (not used by this project)"]
    field = run(app.selectbox(key="figure_pay").set_value("gb.in_house.survey.mid")).number_input[0]
    assert field.label == "Your number, GBP per year"
    run(field.set_value(80_000))
    assert link(app) == "gb.in_house.survey.mid~80000"
    assert own_column(app) == {"gb.in_house.survey.mid": "80,000"}
    assert any("not used" not in text.value and "80,000** GBP per year" in text.value for text in app.markdown)


def test_a_borrowed_figure_is_replaced_in_the_currency_of_the_project(app: AppTest) -> None:
    of_country(app, "ie")
    field = run(app.selectbox(key="figure_pay").set_value("ie.agency.local.mid")).number_input[0]
    assert field.label == "Your number, EUR per hour"
    run(field.set_value(95))
    assert own_column(app) == {"ie.agency.local.mid": "95"}
    assert not app.error


# The decide page

@pytest.fixture
def decide_page() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=60)


def headings(app: AppTest) -> list[str]:
    return [text.value for text in app.markdown if text.value.startswith("# ")]


def test_the_answer_with_own_figures_names_them_and_the_evidences_and_can_be_reset(decide_page: AppTest) -> None:
    needs = ProjectNeeds()
    open_link(decide_page, OWN, needs)
    shown = [text.value for text in decide_page.markdown if "Your own figures count here" in text.value]
    assert len(shown) == 1
    assert "Pay, agency, United States, mid 120 / 150 / 180 USD per hour (evidence: 100 / 140 / 200)" in shown[0]
    assert ("Pay, in-house, Backend article, mid 99,000 USD per year "
            "(evidence: 95,000 / 110,000 / 125,000)") in shown[0]
    own, evidence = hiring.decide(needs, DAY, own=dict(OWN)), hiring.decide(needs, DAY)
    assert headings(decide_page) == [f"# {markdown(verdict_text.heading(own))}"]
    assert verdict_text.verdict(own) != verdict_text.verdict(evidence)
    press(decide_page, "reset_own")
    assert headings(decide_page) == [f"# {markdown(verdict_text.heading(evidence))}"]
    assert (link(decide_page), state(decide_page)) == ("", ())
    assert not any("Your own figures" in text.value for text in decide_page.markdown)


def test_without_own_figures_the_answer_has_no_word_of_them(decide_page: AppTest) -> None:
    open_link(decide_page, ())
    assert not any("Your own figures" in text.value for text in decide_page.markdown)
    assert not [button for button in decide_page.button if button.key == "reset_own"]


def test_a_changed_answer_keeps_the_own_figures(decide_page: AppTest) -> None:
    open_link(decide_page, OWN)
    run(decide_page.text_input(key="need_developers").set_value("3"))
    assert state(decide_page) == OWN
    assert link(decide_page) == "agency.us.mid~120~150~180~~in_house.article.mid~99000"
    expected = hiring.decide(ProjectNeeds(developers=3), DAY, own=dict(OWN))
    assert headings(decide_page) == [f"# {markdown(verdict_text.heading(expected))}"]


def test_own_figures_that_a_link_gives_wrong_are_stated_above_the_answer(decide_page: AppTest) -> None:
    for key, text in project_link.encode(ProjectNeeds(), DAY).items():
        decide_page.query_params[key] = text
    decide_page.query_params["own"] = "~~".join(["agency.us.mid~-5", *(f"none_{n}~5" for n in range(9))])
    run(decide_page)
    (warning,) = decide_page.warning
    assert warning.value.count("\n- ") == 7  # and from which day months are counted
    assert "5 more of your own figures could not be used" in warning.value.replace("\\", "")
    assert (link(decide_page), state(decide_page)) == ("", ())
    assert headings(decide_page) == [f"# {markdown(verdict_text.heading(hiring.decide(ProjectNeeds(), DAY)))}"]


@pytest.mark.parametrize("own", [
    {RATE: 10_000}, {"continuity.agency": (20, 40, 99)}, {"importance.cost": 0}, {"caution_share": 0.5},
    {"handover_weeks": 12}], ids=str)
def test_the_page_of_any_own_figure_shows_the_decision_with_it(decide_page: AppTest, own: dict[str, Any]) -> None:
    ranges = tuple((id_, Range(*it) if isinstance(it, tuple) else Range(it, it, it)) for id_, it in own.items())
    open_link(decide_page, ranges)
    assert headings(decide_page) == [f"# {markdown(verdict_text.heading(hiring.decide(ProjectNeeds(), DAY, own=own)))}"]


PAST = b"Project;Estimate (hrs);Actual (hrs);End date\n" + b"".join(
    b"P%d;100;%d;20%d-06-30\n" % (number, 150 + 10 * number, 21 + number % 6) for number in range(14))


def test_finished_projects_move_a_figure_once_it_is_taken_and_the_link_says_where_it_comes_from(app: AppTest) -> None:
    run(app)
    app.file_uploader[0].set_value(("past.csv", PAST, "text/csv"))
    run(app)
    assert any("14 projects count for 78%" in it.value for it in app.markdown)
    assert "own" not in app.query_params
    app.button(key="take_overrun.mostly_clear").click()
    run(app)
    (id_, numbers), = app.session_state["state"].own
    assert id_ == "overrun.mostly_clear" and numbers.central > FIGURES[id_].central
    assert "".join(app.query_params["records"]) == "overrun.mostly_clear~14~2021~2026"
    assert any("from your records, 14 projects, 2021–2026" in it.value for it in app.markdown)
    again = AppTest.from_function(page, default_timeout=60)
    for key, text in app.query_params.items():
        again.query_params[key] = text
    run(again)
    assert any("from your records, 14 projects, 2021–2026" in it.value for it in again.markdown)


def test_a_figure_that_is_typed_since_comes_from_no_record(app: AppTest) -> None:
    run(app)
    app.file_uploader[0].set_value(("past.csv", PAST, "text/csv"))
    run(app)
    app.button(key="take_overrun.mostly_clear").click()
    run(app)
    state = app.session_state["state"]
    typed = state.changed(own=(("overrun.mostly_clear", Range(1, 2, 3)),))
    assert state.records and not typed.records and state.changed(as_of=state.as_of).records == state.records


@pytest.mark.parametrize(("content", "said"), [
    (b"", "The file is empty|no line of headings"), (b"Planned hours,Actual hours\n10,ten\n", "write a number"),
    (b"Comment\nfine\n", "0 finished projects of 1 row"), (b"Planned hours,Actual hours\n10,12\n", "1 project counts")])
def test_an_odd_list_of_finished_projects_gets_a_sentence(app: AppTest, content: bytes, said: str) -> None:
    run(app)
    app.file_uploader[0].set_value(("past.csv", content, "text/csv"))
    run(app)
    assert re.search(said, " ".join(it.value for it in (*app.markdown, *app.error, *app.warning)))
