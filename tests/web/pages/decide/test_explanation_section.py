"""The explanation on the page: every part runs and reads right, and shows the model's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from streamlit.testing.v1 import AppTest

from hiring import Decision, ProjectNeeds
from hiring.links import project_link
from hiring.model.decision import NONE_FITS
from hiring.model.explanation import Explanation
from hiring.model.own_figures import Range
from hiring.text import (
    break_even_text,
    formatting,
    own_figures_text,
    plans_text,
    reasons_text,
    switching_text,
    verdict_text,
)
from hiring.text.formatting import strong
from hiring.web.markdown import markdown
from tests.factories import LIMITED, SPECIAL, explained
from tests.page_text import BARE_DOLLAR, FLAW, answer_in, whole
from tests.strategies import ANY, NEWEST, SLOW, own_figures

APP = Path(__file__).parents[4] / "app.py"


def sentences(explanation: Explanation) -> Iterator[str]:
    """Every sentence of the explanation that the page shows as Markdown."""
    decision = explanation.decision
    for reason in explanation.reasons:
        yield from reasons_text.reason(decision, reason)
    yield reasons_text.lead_headline(decision)
    yield reasons_text.assumed_figures(decision, explanation.tornado)
    if explanation.tornado is not None:
        yield reasons_text.tornado_headline(decision, explanation.tornado)
        for shown in reasons_text.find_out(decision, explanation.tornado):
            yield from shown
    if explanation.switches is not None:
        yield switching_text.switch_headline(decision, explanation.switches)
        yield switching_text.switch_explained(decision)
    yield plans_text.plan_headline(decision)
    if decision.mix is not None:
        yield plans_text.plan_who(decision, decision.mix)
        yield plans_text.plan_ahead(decision, decision.mix)
        yield plans_text.plan_against_first(decision, decision.mix)
    yield break_even_text.break_even_headline(decision, explanation.break_evens)
    if decision.remedies:
        yield switching_text.remedy_headline(decision)
    if decision.evidence.replaced:
        yield own_figures_text.own_figures_used(decision)


def cells(explanation: Explanation) -> Iterator[str]:
    """Every table cell of the explanation."""
    decision, switches = explanation.decision, explanation.switches
    for switch in switches.found if switches else ():
        yield switching_text.condition_text(decision, switch)
        yield switching_text.current_answer(decision, switch.need)
        yield switching_text.first_option_then(decision, switch)
    if switches and switches.never:
        yield switching_text.needs_without_effect(switches)
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


@SLOW
@given(ANY, own_figures())
def test_no_sentence_has_a_gap(needs: ProjectNeeds, own: tuple[tuple[str, Range], ...]) -> None:
    reads_right(explained(needs, dict(own)))


@pytest.mark.parametrize("name", SPECIAL)
def test_in_special_cases_every_part_runs_and_reads_right(name: str) -> None:
    reads_right(explained(*SPECIAL[name]))


# On the page

def opened(needs: ProjectNeeds, own: Mapping[str, Any] | None = None) -> AppTest:
    """The page of a project."""
    given_ = {id_: it if isinstance(it, tuple) else (it, it, it) for id_, it in (own or {}).items()}
    ranges = tuple(sorted((id_, Range(*it)) for id_, it in given_.items()))
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, text in project_link.encode(needs, NEWEST.as_of, ranges).items():
        app.query_params[key] = text
    app.run()
    assert not app.exception
    assert not app.warning
    return app


def read_table(app: AppTest, head: str) -> dict[str, list[str]] | None:
    """The table that has a column of this name, as it is read."""
    found = [it.value for it in app.table if head in it.value.columns]
    assert len(found) <= 1
    return {column: [cell.replace("\\", "") for cell in found[0][column]] for column in found[0]} if found else None


@pytest.mark.parametrize("name", SPECIAL)
def test_the_page_shows_special_cases_without_a_fault(name: str) -> None:
    needs, own = SPECIAL[name]
    app, explanation = opened(needs, own), explained(needs, own)
    texts = [text.value for text in app.markdown]
    for text in texts:
        assert not FLAW.search(text), text
        assert not BARE_DOLLAR.search(text), text
    fits = explanation.decision.verdict != NONE_FITS
    first, second = map(verdict_text.option_name, reasons_text.compared(explanation.decision))
    assert [text for text in texts if text.startswith("## Why ")] == [f"## Why {first} rather than {second}"] * fits
    assert not fits or all(markdown(f"{strong(shown.title)} {shown.body}") in texts for shown in (
        reasons_text.reason(explanation.decision, reason) for reason in explanation.reasons))


ON_THE_PAGE = [
    ProjectNeeds(), LIMITED, ProjectNeeds(budget_usd=50_000), ProjectNeeds(start_within_weeks=2, talent_region="asia"),
    ProjectNeeds(developers=0.25, build_months=1, start_within_weeks=3, upkeep_developers=0, budget_usd=10_000,
                 location="sd", talent_region="eastern_europe", disciplines="many", technical_lead=False, mixes=False,
                 scope_clarity="evolving")]


@pytest.mark.parametrize("needs", ON_THE_PAGE)
def test_the_page_shows_each_card_switch_break_even_remedy_cost_and_bar(needs: ProjectNeeds) -> None:
    app, explanation = opened(needs), explained(needs)
    has_a_card_for_each_plan(app, explanation.decision)
    has_a_row_for_each_switch_and_each_break_even(app, explanation)
    has_costs_that_add_up(app, explanation.decision)
    has_the_ends_of_the_bars_of_the_tornado(app, explanation)


def has_a_card_for_each_plan(app: AppTest, decision: Decision) -> None:
    label = verdict_text.kept_label(decision.needs)
    assert [(it.label, it.value.replace("\\", "")) for it in app.metric] == [
        (label, f"{verdict_text.share_of_hundred(it.keep_share, decision)} of 100") if label else
        ("Typical cost", formatting.money(it.cost_quantiles[1])) for it in decision.all_outcomes.values()]


def has_a_row_for_each_switch_and_each_break_even(app: AppTest, explanation: Explanation) -> None:
    decision, switches = explanation.decision, explanation.switches
    table = read_table(app, "If …")
    assert (table is None) == (switches is None or not switches.found)
    if table is not None and switches is not None:
        assert [answer_in(shown, it.need) for shown, it in zip(table["If …"], switches.found, strict=True)] == [
            it.value for it in switches.found]
        assert table["Best option then"] == [
            switching_text.first_option_then(decision, it) for it in switches.found]
    assert read_table(app, "In-house") == break_even_text.break_even_table(explanation)
    assert read_table(app, "Plan") == (switching_text.remedy_table(decision) if decision.has_limits else None)


def has_costs_that_add_up(app: AppTest, decision: Decision) -> None:
    for head in ("Typical cost by line", "Typical cost by year"):
        table = read_table(app, head)
        assert table is not None
        assert len(table) == 1 + len(decision.all_outcomes)
        for column in list(table.values())[1:]:
            *parts, total = [int(re.sub(r"\D", "", cell)) for cell in column]
            assert sum(parts) == total


def has_the_ends_of_the_bars_of_the_tornado(app: AppTest, explanation: Explanation) -> None:
    found = explanation.tornado
    table = read_table(app, "Lead, points")
    assert found is not None
    assert (table is None) == (explanation.decision.verdict == NONE_FITS or not reasons_text.moves_anything(found))
    if table is not None:
        ends = [re.fullmatch(r"([+−]?\d+) to ([+−]?\d+)", shown).groups() for shown in table["Lead, points"]]
        assert [(whole(low), whole(high)) for low, high in ends] == [
            (round(bar.at_low * 100), round(bar.at_high * 100)) for bar in found.bars[:10]]
