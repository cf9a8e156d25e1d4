"""The explanation on the page: every part runs and reads right, and shows the model's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from streamlit.testing.v1 import AppTest

from hiring import ProjectNeeds
from hiring.links import project_link
from hiring.model.explanation import Explanation
from hiring.model.own_figures import Range
from hiring.text import break_even_text, own_figures_text, plans_text, reasons_text, switching_text
from hiring.text.formatting import strong
from hiring.web.markdown import markdown
from tests.factories import DAY, SPECIAL, explained
from tests.page_text import BARE_DOLLAR, FLAW, answer_in, lowered, says, whole
from tests.strategies import ANY, SLOW, own_figures

APP = Path(__file__).parents[4] / "app.py"


def sentences(explanation: Explanation) -> Iterator[str]:
    """Every sentence of the explanation that the page shows as Markdown."""
    decision = explanation.decision
    if len(decision.left) > 1:
        for reason in explanation.reasons:
            yield from reasons_text.reason(decision, reason)
        yield reasons_text.lead_headline(decision)
    if explanation.tornado is not None:
        yield reasons_text.tornado_headline(decision, explanation.tornado)
        for shown in reasons_text.find_out(decision, explanation.tornado):
            yield from shown
    yield switching_text.switch_headline(decision, explanation.switches)
    yield plans_text.plan_headline(decision, explanation.offer)
    if explanation.offer is not None:
        yield from plans_text.plan_hint(decision, explanation.offer)
        yield plans_text.plan_against_first(decision, explanation.offer.plan)
        yield plans_text.grid_headline(decision, explanation.offer)
    yield break_even_text.break_even_headline(decision, explanation.break_evens)
    if decision.evidence.replaced:
        yield own_figures_text.own_figures_used(decision)


def cells(explanation: Explanation) -> Iterator[str]:
    """Every table cell of the explanation."""
    decision, switches = explanation.decision, explanation.switches
    for switch in switches.found:
        yield switching_text.condition_text(decision, switch)
        yield switching_text.current_answer(decision, switch.need)
        yield switching_text.first_option_then(decision, switch)
    if switches.never:
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
    for key, text in project_link.encode(needs, DAY, ranges).items():
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
    left = [explanation.decision.outcomes[option].option for option in explanation.decision.left]
    why_heading = (f"## Why {lowered(left[0])} rather than {lowered(left[1])}" if len(left) > 1 else
                   f"## Why {lowered(left[0])}" if left else "## Why none fits")
    assert [text for text in texts if text.startswith("## Why ")] == [why_heading]
    assert all(markdown(f"{strong(shown.title)} {shown.body}") in texts for shown in (
        reasons_text.reason(explanation.decision, reason) for reason in explanation.reasons))


ON_THE_PAGE = [
    ProjectNeeds(), ProjectNeeds(developers=3), ProjectNeeds(budget_usd=None, deadline_months=None),
    ProjectNeeds(budget_usd=50_000), ProjectNeeds(start_within_weeks=2, talent_region="asia"),
    ProjectNeeds(developers=0.25, build_months=1, start_within_weeks=3, deadline_months=None, upkeep_developers=2,
                 horizon_months=3, budget_usd=10_000, location="sd", talent_region="eastern_europe",
                 disciplines="many", technical_lead=False, scope_clarity="evolving")]


@pytest.mark.parametrize("needs", ON_THE_PAGE)
def test_the_page_shows_each_switch_each_break_even_the_points_of_the_staged_plan_and_the_bars(
        needs: ProjectNeeds) -> None:
    app, explanation = opened(needs), explained(needs)
    has_a_row_for_each_switch_and_each_break_even(app, explanation)
    sets_the_points_of_the_staged_plan_against_those_of_the_first(app, explanation)
    has_the_ends_of_the_bars_of_the_tornado(app, explanation)


def has_a_row_for_each_switch_and_each_break_even(app: AppTest, explanation: Explanation) -> None:
    decision, switches = explanation.decision, explanation.switches
    table = read_table(app, "If …")
    assert (table is None) == (not switches.found)
    if table is not None:
        assert [answer_in(shown, it.need) for shown, it in zip(table["If …"], switches.found, strict=True)] == [
            it.value for it in switches.found]
        assert table["First then" if decision.left else "No longer ruled out"] == [
            "no option fits" if it.first is None else decision.outcomes[it.first].option.label
            for it in switches.found]
    table = read_table(app, "In-house")
    assert table is not None
    assert table["In-house"][:3] == ["Cheaper for good", "Cheaper in the end", "Same cost at a middle rate of"]
    others = [outcome for outcome in decision.outcomes.values() if outcome.option.id != "in_house"]
    assert list(table)[1:] == [
        f"against {lowered(it.option)}{' (ruled out)' if it.is_ruled_out else ''}" for it in others]
    keeps = all(float(np.median(it.schedule.upkeep_weeks)) > 0 for it in decision.outcomes.values())
    assert table["In-house"][3:] == (["Same cost at upkeep of"] if keeps else [])
    ties = zip(explanation.break_evens, explanation.rate_ties, explanation.hours_ties, strict=True)
    for column, (it, rate, hours) in zip(list(table.values())[1:], ties, strict=True):
        assert it.option == rate.option == hours.option
        dearer = decision.outcomes["in_house"].total >= decision.outcomes[it.option].total
        assert says(column[1].removesuffix(" of 100"), 1 - float(np.mean(dearer)))
        shown = [break_even_text.break_even_month(it), break_even_text.cheaper_share(it),
                 break_even_text.rate_tie(rate), break_even_text.hours_tie(hours)]
        assert column == shown[:len(column)]


def sets_the_points_of_the_staged_plan_against_those_of_the_first(app: AppTest, explanation: Explanation) -> None:
    decision, offer = explanation.decision, explanation.offer
    shown = [found for text in app.markdown
            if (found := re.fullmatch(r"### It scores (\d+) points of 100(?:, (.+) alone (\d+))?", text.value))]
    assert len(shown) == (offer is not None)
    for found in shown:
        assert abs(int(found[1]) - float(offer.plan.scores.mean()) * 100) <= 0.5
        assert (found[2] is not None) == bool(decision.left)
        if found[2]:
            assert abs(int(found[3]) - decision.expected_scores[decision.first] * 100) <= 0.5
            assert found[2] == lowered(decision.outcomes[decision.first].option)


def has_the_ends_of_the_bars_of_the_tornado(app: AppTest, explanation: Explanation) -> None:
    found = explanation.tornado
    table = read_table(app, "Lead, points")
    assert (table is None) == (found is None)
    if table is not None and found is not None:
        ends = [re.fullmatch(r"([+−]?\d+) to ([+−]?\d+)", shown).groups() for shown in table["Lead, points"]]
        assert [(whole(low), whole(high)) for low, high in ends] == [
            (round(bar.at_low * 100), round(bar.at_high * 100)) for bar in found.bars[:10]]
