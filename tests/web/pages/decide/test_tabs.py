"""The tabs below the answer: every part runs and reads right, and shows the model's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import hiring
from hiring import ProjectNeeds
from hiring.links import project_link
from hiring.model.decision import NONE_FITS
from hiring.model.explanation import Explanation
from hiring.model.own_figures import Range
from hiring.text import (
    break_even_text,
    cautions_text,
    numbers_text,
    own_figures_text,
    plans_text,
    reasons_text,
    switching_text,
    timeline_text,
    verdict_text,
)
from hiring.text.formatting import strong
from hiring.web.markdown import markdown, note
from hiring.web.pages.decide.tabs import change
from tests.factories import DAY, LIMITED, SPECIAL, special
from tests.page_text import BARE_DOLLAR, FLAW, whole
from tests.pool import POOL, each_of
from tests.strategies import NEWEST

APP = Path(__file__).parents[4] / "app.py"


def sentences(explanation: Explanation) -> Iterator[str]:
    """Every sentence of the explanation that the page shows as Markdown."""
    decision = explanation.decision
    for reason in explanation.reasons:
        yield from reasons_text.reason(decision, reason)
        yield from reasons_text.reason(decision, reason, with_answers=False)
    yield reasons_text.lead_headline(decision)
    yield reasons_text.how_sure(decision)
    yield timeline_text.timeline_headline(decision)
    yield cautions_text.cautions_headline(decision)
    yield reasons_text.assumed_figures(decision, explanation.tornado)
    if explanation.tornado is not None:
        yield reasons_text.tornado_headline(decision, explanation.tornado)
        for shown in reasons_text.find_out(decision, explanation.tornado):
            yield from shown
    if explanation.switches is not None:
        yield switching_text.switch_headline(decision, explanation.switches)
        yield switching_text.switch_explained(decision, explanation.switches.found)
    yield plans_text.plan_headline(decision)
    if decision.mix is not None:
        yield plans_text.plan_who(decision, decision.mix)
        yield plans_text.plan_ahead(decision, decision.mix)
    yield break_even_text.break_even_headline(decision, explanation.break_evens)
    if decision.remedies:
        yield switching_text.remedy_headline(decision)
    if decision.evidence.replaced:
        yield own_figures_text.own_figures_used(decision)


def cells(explanation: Explanation) -> Iterator[str]:
    """Every table cell of the explanation."""
    decision, switches = explanation.decision, explanation.switches
    if switches is not None:
        for column in switching_text.switch_table(decision, switches.found).values():
            yield from column
        yield from (switching_text.first_option_then(decision, switch) for switch in switches.found)
        if switches.never:
            yield switching_text.needs_without_effect(switches)
    for rows in (numbers_text.typical_costs, numbers_text.shares_and_dates, numbers_text.ratings):
        yield from (cell for label, row in rows(decision) for cell in (label, *row))
    for it in explanation.break_evens:
        yield break_even_text.break_even_month(it)
        yield break_even_text.cheaper_share(it)
    yield from map(break_even_text.rate_tie, explanation.rate_ties)
    yield from map(break_even_text.hours_tie, explanation.hours_ties)


def reads_right(explanation: Explanation) -> None:
    for sentence in sentences(explanation):
        assert sentence
        assert not FLAW.search(sentence), sentence
    for cell in cells(explanation):
        assert cell
        assert not FLAW.search(cell), cell


@each_of(POOL)
def test_no_sentence_has_a_gap(explanation: Explanation) -> None:
    reads_right(explanation)


@pytest.mark.parametrize("name", SPECIAL)
def test_in_special_cases_every_part_runs_and_reads_right(name: str) -> None:
    reads_right(special(name))


# On the page

def opened(needs: ProjectNeeds, tab: str, own: Mapping[str, Any] | None = None) -> AppTest:
    """The page of a project with a tab open."""
    given_ = {id_: it if isinstance(it, tuple) else (it, it, it) for id_, it in (own or {}).items()}
    ranges = tuple(sorted((id_, Range(*it)) for id_, it in given_.items()))
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, text in project_link.encode(needs, NEWEST.as_of, ranges, from_day=DAY, tab=tab).items():
        app.query_params[key] = text
    app.run()
    assert not app.exception
    assert not app.warning
    return app


def read_table(app: AppTest, head: str) -> dict[str, list[str]] | None:
    """The first table that has a column of this name, as it is read."""
    found = [it.value for it in app.table if head in it.value.columns]
    return {column.replace("\\", ""): [cell.replace("\\", "") for cell in found[0][column]] for column in found[0]} \
        if found else None


def texts_of(app: AppTest) -> list[str]:
    return [text.value for text in app.markdown]


def dated(needs: ProjectNeeds, own: Mapping[str, Any] | None = None) -> Explanation:
    """The explanation that the page shows."""
    return hiring.explain(hiring.decide(needs, NEWEST.as_of, own, DAY))


TABS = ("timeline", "why", "change", "watch_out", "numbers")


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("name", SPECIAL)
def test_every_tab_shows_special_cases_without_a_fault(name: str, tab: str) -> None:
    app = opened(SPECIAL[name][0], tab, SPECIAL[name][1])
    for text in texts_of(app):
        assert not FLAW.search(text), text
        assert not BARE_DOLLAR.search(text), text


ON_THE_PAGE = [
    ProjectNeeds(), LIMITED, ProjectNeeds(budget_usd=50_000), ProjectNeeds(start_within_weeks=2, talent_region="asia"),
    ProjectNeeds(developers=0.25, build_months=1, start_within_weeks=3, upkeep_developers=0, budget_usd=10_000,
                 location="us-sd", talent_region="eastern_europe", disciplines="many", technical_lead=False,
                 mixes=False,
                 scope_clarity="evolving")]


@pytest.mark.parametrize("needs", ON_THE_PAGE)
def test_why_has_each_reason_or_how_often_each_limit_is_kept(needs: ProjectNeeds) -> None:
    app, explanation = opened(needs, "why"), dated(needs)
    decision, texts = explanation.decision, texts_of(app)
    fits = decision.verdict != NONE_FITS
    shown = [reasons_text.reason(decision, it, with_answers=False) for it in explanation.reasons]
    shown = [*shown[:2], *[it for it in shown if it.title.startswith("Against")][:1]]
    assert all((markdown(f"{strong(it.title)} {it.body}") in texts) == fits for it in shown
               if fits or it.title not in str(texts))
    stated = sum(whole(match[1]) for text in texts if (
        match := re.search(r"([+−]?\d+) points?\.\*\*", text)))
    assert not fits or stated == sum(reasons_text.lead_points(decision).values())  # what is shown adds up to the lead
    assert (f"### {markdown(reasons_text.lead_headline(decision))}" in texts) == fits
    assert (note(reasons_text.how_sure(decision)) in texts) == fits
    table = read_table(app, "Of 100 simulations")
    assert (table is None) == fits
    if table is not None:
        assert list(table.values()) == list(reasons_text.limits_kept(decision).values())


@pytest.mark.parametrize("needs", ON_THE_PAGE)
def test_what_would_change_it_has_the_nearest_switches_the_remedies_and_the_longest_bars(needs: ProjectNeeds) -> None:
    app, explanation = opened(needs, "change"), dated(needs)
    decision, switches, found = explanation.decision, explanation.switches, explanation.tornado
    fits = decision.verdict != NONE_FITS  # where none does, another best option would not fit either
    table = read_table(app, "If …")
    assert (switches is not None) == fits
    assert (table is None) == (switches is None or not switches.found)
    if table is not None and switches is not None:
        assert table == switching_text.switch_table(decision, switches.found[:change.SHOWN])
    remedies = read_table(app, "Limits")
    assert (remedies is None) == (not decision.has_limits)
    if remedies is not None:
        assert list(remedies.values()) == list(switching_text.remedy_table(decision).values())
    assert found is not None
    shown = fits and reasons_text.moves_anything(found)
    assert (f"### {markdown(reasons_text.tornado_headline(decision, found))}" in texts_of(app)) == shown


@pytest.mark.parametrize("needs", ON_THE_PAGE)
def test_the_table_of_the_longest_bars_has_their_ends(needs: ProjectNeeds) -> None:
    decision, found = dated(needs).decision, dated(needs).tornado
    assert found is not None
    table = reasons_text.tornado_table(decision, found)
    ends = [re.fullmatch(r"([+−]?\d+) to ([+−]?\d+)", shown).groups() for shown in table["Lead, points"]]
    assert [(whole(low), whole(high)) for low, high in ends] == [
        (round(bar.at_low * 100), round(bar.at_high * 100)) for bar in found.bars[:4]]


def test_the_rows_beyond_the_nearest_are_one_click_away() -> None:
    app, explanation = opened(LIMITED, "change"), dated(LIMITED)
    assert explanation.switches is not None
    rest = explanation.switches.found[change.SHOWN:]
    assert rest
    tables = [it.value for it in app.expander[0].table]
    assert [cell.replace("\\", "") for cell in tables[0]["If …"]] == [
        switching_text.condition_text(explanation.decision, it) for it in rest]


@pytest.mark.parametrize("needs", ON_THE_PAGE)
def test_watch_out_has_each_caution_once(needs: ProjectNeeds) -> None:
    texts, decision = texts_of(opened(needs, "watch_out")), dated(needs).decision
    found = verdict_text.cautions(decision)
    assert f"### {markdown(cautions_text.cautions_headline(decision))}" in texts
    assert [text.startswith(":material/warning:") for text in texts].count(True) == len(found)
    for caution in found:
        assert sum(markdown(caution.sentence) in text for text in texts) >= 1


def test_where_nothing_calls_for_caution_the_tab_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict_text, "cautions", lambda _: [])
    monkeypatch.setattr(cautions_text, "cautions", lambda _: [])
    texts = texts_of(opened(ProjectNeeds(), "watch_out"))
    assert f"### {cautions_text.NOTHING}" in texts


@pytest.mark.parametrize("needs", ON_THE_PAGE)
def test_all_numbers_has_costs_that_add_up_as_displayed(needs: ProjectNeeds) -> None:
    app, decision = opened(needs, "numbers"), dated(needs).decision
    table = read_table(app, "Typical cost")
    assert table is not None
    labels, *columns = table.values()
    assert len(columns) == len(decision.all_outcomes)
    for column in columns:
        usd = [int(re.sub(r"\D", "", cell)) for cell in column]
        total = labels.index(f"**{numbers_text.TOTAL}**")
        assert sum(usd[:total]) == usd[total]
        assert len(usd) == total + 1
