"""Numbers for humans and the sentences of the page."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import Decision, ProjectNeeds, decide
from hiring.dashboard import wording
from hiring.model import decision as model
from hiring.model.decision import VERDICTS
from tests.strategies import plausible_projects


@pytest.mark.parametrize(("usd", "text"), [
    (0, "$0"), (849.6, "$850"), (999.4, "$999"), (999.5, "$1k"), (5_600, "$5.6k"), (9_949, "$9.9k"), (9_950, "$10k"),
    (489_400, "$489k"), (999_499, "$999k"), (999_500, "$1M"), (1_170_000, "$1.17M"), (9_994_999, "$9.99M"),
    (12_340_000, "$12.3M"), (123_400_000, "$123M")])
def test_money_has_at_most_three_digits(usd: float, text: str) -> None:
    assert wording.money(usd) == text


def test_a_range_that_rounds_to_one_number_is_one_number() -> None:
    assert wording.money_range(489_100, 489_400) == "$489k"
    assert wording.time_range(4.1, 4.4) == "4 months"


def test_times_below_three_months_are_told_in_weeks() -> None:
    assert wording.time_range(2.99 / 2, 2.99) == "6–13 weeks"  # 1.495 × 52 ÷ 12 = 6.48, 2.99 × 52 ÷ 12 = 12.96
    assert wording.time_range(1, 3) == "1–3 months"
    assert wording.time_range(0.2, 0.25) == "1 week"  # 0.87 and 1.08 weeks


@pytest.mark.parametrize(("share", "text"), [
    (0, "0"), (0.004, "<1"), (0.01, "1"), (0.046, "<5"), (0.05, "5"), (0.2499, "<25"), (0.25, "25"), (0.994, "99"),
    (0.996, ">99"), (1, "100")])
def test_a_rounded_share_never_contradicts_the_rule_beside_it(share: float, text: str) -> None:
    assert wording.of_hundred(share, (0.05, 0.25)) == text


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3).filter(lambda weights: sum(weights) > 0.01))
def test_whole_hundreds_sum_to_a_hundred_and_stay_within_one_of_the_share(weights: list[float]) -> None:
    shares = {str(i): weight / sum(weights) for i, weight in enumerate(weights)}
    counts = wording.whole_hundred(shares)
    assert sum(counts.values()) == 100
    assert all(abs(counts[key] - share * 100) <= 1 for key, share in shares.items())


def test_what_a_user_typed_is_no_markdown() -> None:
    assert wording.escaped("[a](b) *c* $d$ :red[e] <b>") == r"\[a\]\(b\) \*c\* \$d\$ \:red\[e\] \<b\>"


EXAMPLES = {
    "clear": ProjectNeeds(),
    "none_fits": ProjectNeeds(budget_usd=50_000),
}


def test_the_verdict_says_how_often_the_first_comes_first() -> None:
    decision = decide(EXAMPLES["clear"])
    assert decision.verdict == "clear"
    count = round(decision.first_shares["in_house"] * 100)
    told = f":blue[In-house] is the clear choice: first in {count} of 100 simulated futures"
    assert wording.verdict(decision) == told


def test_where_none_fits_the_page_says_what_would() -> None:
    decision = decide(EXAMPLES["none_fits"])
    assert decision.verdict == "none_fits"
    nearest = decision.remedies()[0]
    assert wording.verdict(decision) == r"No option fits \$50k"
    outcome = decision.outcomes[nearest.option]
    cost = wording.money(outcome.cost_quantiles[1])
    told = rf"The nearest is {wording.name(outcome)}: \{cost} would give it an even chance."
    assert wording.because(decision) == told


def test_where_one_option_is_left_no_frequency_is_told() -> None:
    # A start within 2 weeks rules hiring out, a budget below 25,000 US dollars rules an agency out.
    decision = decide(ProjectNeeds(developers=0.5, build_months=1, start_within_weeks=2, budget_usd=24_000,
                                   upkeep_developers=0, horizon_months=3))
    assert decision.left == ("freelance",)
    assert wording.verdict(decision).startswith(":orange[Freelance] is the only option left: ")
    assert "of 100 simulated" not in wording.verdict(decision)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(plausible_projects())
def test_every_sentence_agrees_with_the_numbers_behind_it(needs: ProjectNeeds) -> None:
    decision = decide(needs)
    sentences = [wording.verdict(decision), wording.because(decision), wording.short_verdict(decision),
                 wording.cost_headline(decision), wording.parts_headline(decision), wording.fit_headline(decision),
                 *(" ".join((line.title, *line.sentences)) for line in wording.cautions(decision))]
    assert decision.verdict in VERDICTS
    for sentence in sentences:
        assert sentence
        assert not re.search(r"\bnan\b|\binf\b|None|\{", sentence)
        assert not re.search(r"(?<!\\)\$", sentence)  # a bare dollar sign would start a formula
    _agrees_on_the_frequency(decision)
    _agrees_on_the_reason(decision)


def _agrees_on_the_frequency(decision: Decision) -> None:
    told = re.findall(r"(\d+) of 100", wording.verdict(decision))
    if decision.verdict in (model.LEANING, model.LIKELY, model.CLEAR) and len(decision.left) > 1:
        assert abs(int(told[0]) - decision.first_shares[decision.first] * 100) <= 1


def _agrees_on_the_reason(decision: Decision) -> None:
    """The first strength named is the criterion with the largest lead, and it is a lead."""
    if decision.verdict == model.NONE_FITS or len(decision.left) == 1:
        return
    lead = wording.leads(decision, decision.first, decision.left[1])
    total = decision.expected_scores[decision.first] - decision.expected_scores[decision.left[1]]
    assert sum(lead.values()) == pytest.approx(total)
    best = max(lead, key=lead.__getitem__)
    ahead = {c.id: c.ahead for c in decision.evidence.criteria}
    if lead[best] >= 0.005:
        assert ahead[best] in wording.because(decision).lower()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(plausible_projects())
def test_dots_within_the_budget_agree_with_the_simulated_share(needs: ProjectNeeds) -> None:
    decision = decide(needs)
    for option, outcome in decision.outcomes.items():
        share = np.mean(outcome.total <= decision.budget_usd)
        assert abs(wording.dots_within(decision, option) / wording.DOTS - share) <= 1 / wording.DOTS
