"""The sentences of the answer."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings

from hiring import Decision, ProjectNeeds, decide
from hiring.model import decision as model
from hiring.model.decision import VERDICTS
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.text import chart_titles, formatting, verdict_text
from hiring.text.formatting import unmarked
from tests.strategies import plausible_projects

EXAMPLES = {
    "clear": ProjectNeeds(),
    "none_fits": ProjectNeeds(budget_usd=50_000),
}


def test_the_verdict_says_how_often_the_first_comes_first() -> None:
    decision = decide(EXAMPLES["clear"])
    assert decision.verdict == "clear"
    count = round(decision.first_shares["in_house"] * 100)
    shown = f"In-house is the clear choice: first in {count} of 100 simulated futures"
    assert unmarked(verdict_text.verdict(decision)) == shown


def test_where_none_fits_the_page_says_what_would() -> None:
    decision = decide(EXAMPLES["none_fits"])
    assert decision.verdict == "none_fits"
    nearest = decision.remedies()[0]
    assert verdict_text.verdict(decision) == "No option fits $50k"
    outcome = decision.outcomes[nearest.option]
    cost = formatting.money(outcome.cost_quantiles[1])
    shown = (f"The nearest is {verdict_text.option_name(outcome)}: a budget of {cost} would be kept in at least half "
             "of its futures")
    assert verdict_text.main_reason(decision) == f"{shown}."


def test_each_limit_of_a_remedy_is_kept_in_half_of_the_futures_of_its_option() -> None:
    decision = decide(ProjectNeeds(budget_usd=50_000, deadline_months=2))
    assert decision.verdict == "none_fits"
    for nearest in decision.remedies():
        outcome = decision.outcomes[nearest.option]
        assert nearest.budget_usd is not None
        assert nearest.deadline_months is not None
        assert np.mean(outcome.total <= nearest.budget_usd) >= 0.5
        assert np.mean(outcome.schedule.finish <= nearest.deadline_months * WEEKS_A_MONTH) >= 0.5
    assert " would each be kept in at least half of its futures." in verdict_text.main_reason(decision)


def test_where_one_option_is_left_no_frequency_is_stated() -> None:
    # A start within 2 weeks rules hiring out, a budget below 25,000 US dollars rules an agency out.
    decision = decide(ProjectNeeds(developers=0.5, build_months=1, start_within_weeks=2, budget_usd=24_000,
                                   upkeep_developers=0, horizon_months=3))
    assert decision.left == ("freelance",)
    assert unmarked(verdict_text.verdict(decision)).startswith("Freelance is the only option left: ")
    assert "of 100 simulated" not in verdict_text.verdict(decision)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(plausible_projects())
def test_every_sentence_agrees_with_the_numbers_behind_it(needs: ProjectNeeds) -> None:
    decision = decide(needs)
    sentences = [verdict_text.verdict(decision), verdict_text.main_reason(decision),
                 verdict_text.short_verdict(decision), chart_titles.cost_headline(decision),
                 chart_titles.parts_headline(decision),
                 chart_titles.fit_headline(decision),
                 *(" ".join((line.title, *line.sentences)) for line in verdict_text.cautions(decision))]
    assert decision.verdict in VERDICTS
    for sentence in sentences:
        assert sentence
        assert not re.search(r"\bnan\b|\binf\b|None|\{", sentence)
    _agrees_on_the_frequency(decision)
    _agrees_on_the_reason(decision)


def _agrees_on_the_frequency(decision: Decision) -> None:
    shown = re.findall(r"(\d+) of 100", verdict_text.verdict(decision))
    if decision.verdict in (model.LEANING, model.LIKELY, model.CLEAR) and len(decision.left) > 1:
        assert abs(int(shown[0]) - decision.first_shares[decision.first] * 100) <= 1


def _agrees_on_the_reason(decision: Decision) -> None:
    """The first strength named is the criterion with the largest lead, and it is a lead."""
    if decision.verdict == model.NONE_FITS or len(decision.left) == 1:
        return
    lead = decision.leads(decision.first, decision.left[1])
    total = decision.expected_scores[decision.first] - decision.expected_scores[decision.left[1]]
    assert sum(lead.values()) == pytest.approx(total)
    best = max(lead, key=lead.__getitem__)
    ahead = {c.id: c.ahead for c in decision.evidence.criteria}
    if lead[best] >= 0.005:
        assert ahead[best] in verdict_text.main_reason(decision).lower()
