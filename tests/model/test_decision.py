from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

import hiring
from hiring import MODEL_VERSION, Decision, ProjectNeeds
from hiring.model import acceptability
from hiring.model.decision import MIX, Mix, decide, verdict
from hiring.model.schedule import WEEKS_A_MONTH
from tests.factories import DAY, LIMITED, OPTIONS, SNAPSHOT, Recording, keep_options, with_ranges
from tests.strategies import ANY, SLOW


def decided(**answers: object) -> Decision:
    return decide(ProjectNeeds(**answers), SNAPSHOT)


def word(shares: tuple[float, ...], keeps: float = 1, mix: Any = None, evidence: Any = SNAPSHOT) -> str:
    """The verdict where the first option keeps the limits so often, and the others always miss them."""
    outcomes = {name: SimpleNamespace(keep_share=keep) for name, keep in zip(OPTIONS, (keeps, 0, 0), strict=False)}
    return verdict(outcomes, dict(zip(OPTIONS, shares, strict=False)), mix, evidence)


@pytest.mark.parametrize(("shares", "expected"), [
    ((1.0,), "clear"), ((0.5, 0.5), "close_call"),
    ((0.55, 0.45), "close_call"), ((0.55025, 0.44975), "leaning"),  # 10 points, and one simulation further apart
    ((0.4, 0.3, 0.3), "close_call"), ((0.40025, 0.3, 0.29975), "leaning"),
    ((0.74975, 0.25025), "leaning"), ((0.75, 0.25), "likely"), ((0.89975, 0.10025), "likely"), ((0.9, 0.1), "clear")])
def test_which_fits_best_follows_the_first_shares(shares: tuple[float, ...], expected: str) -> None:
    assert word(shares) == expected


@pytest.mark.parametrize(("keeps", "clear", "likely", "leaning"), [
    (0.75, "clear", "likely", "leaning"), (0.74975, "likely", "likely", "leaning"),
    (0.5, "likely", "likely", "leaning"), (0.49975, "leaning", "leaning", "leaning"),
    (0.25, "leaning", "leaning", "leaning"), (0.24975, "none_fits", "none_fits", "none_fits")])
def test_whether_it_is_good_enough_follows_the_keep_share(keeps: float, clear: str, likely: str, leaning: str) -> None:
    assert [word((share, 1 - share), keeps) for share in (0.95, 0.8, 0.6)] == [clear, likely, leaning]


@pytest.mark.parametrize(("ahead", "keeps", "leads", "expected"), [
    (0.56, 1, True, "leaning"), (0.75, 1, True, "likely"), (0.9, 1, True, "clear"), (0.95, 0.7, True, "likely"),
    (0.95, 0.4, True, "leaning"), (0.5, 0.3, False, "leaning"), (0.5, 0.2, False, "none_fits")])
def test_a_leading_mix_has_the_verdict_of_its_own_shares(ahead: float, keeps: float, leads: bool,
                                                         expected: str) -> None:
    mix = Mix(SimpleNamespace(keep_share=keeps), {"agency": 0.99, "in_house": 0.99}, {"mix": ahead}, leads)  # type: ignore[arg-type]
    assert word((0.6, 0.3, 0.1), 0.1, mix) == expected


def test_the_bounds_of_the_verdict_come_from_the_evidence() -> None:
    changed = with_ranges(SNAPSHOT, {"close_call_share": (0.4,) * 3, "leaning_share": (0.8,) * 3,
                                     "likely_share": (0.99,) * 3, "clear_keep_share": (0.9,) * 3})
    assert [word((share, 1 - share), 0.9, evidence=changed) for share in (0.69, 0.71, 0.8, 0.98, 0.99)] == [
        "close_call", "leaning", "likely", "likely", "clear"]
    assert word((1.0, 0.0), 0.89, evidence=changed) == "likely"


@SLOW
@given(ANY)
def test_no_word_promises_more_than_simulated_costs_and_dates_hold(needs: ProjectNeeds) -> None:
    found = decide(needs, SNAPSHOT, 400)
    kept = {}
    for name, outcome in found.all_outcomes.items():
        cost = outcome.total if needs.budget_covers == "build_and_upkeep" else outcome.budgeted
        kept[name] = np.mean((cost <= (needs.budget_usd or np.inf))
                             & (outcome.finish <= (needs.deadline_months or np.inf) * WEEKS_A_MONTH))
        assert kept[name] == pytest.approx(outcome.keep_share)
    assert kept[found.answer] >= {"clear": 0.75, "likely": 0.5}.get(found.verdict, 0)
    assert (found.verdict == "none_fits") == (max(kept.values()) < 0.25)
    if not found.has_limits:
        assert set(kept.values()) == {1}


def test_options_come_by_first_share_and_the_answer_before_them() -> None:
    found = decide(LIMITED, SNAPSHOT)
    assert list(found.first_shares.values()) == sorted(found.first_shares.values(), reverse=True)
    assert (found.first, found.second) == tuple(found.outcomes)[:2] == tuple(found.first_shares)[:2]
    assert list(found.keep_shares) == list(found.expected_scores) == list(found.outcomes)
    assert next(iter(found.all_outcomes)) == found.answer
    assert found.rival == (found.first if found.answer == MIX else found.second)


def test_options_of_equal_first_shares_come_by_their_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acceptability, "first_shares", lambda scores: np.full(scores.shape[1], 1 / scores.shape[1]))
    scores = list(decide(LIMITED, SNAPSHOT, 400).expected_scores.values())
    assert scores == sorted(scores, reverse=True)


def test_with_an_impossible_budget_the_order_no_longer_depends_on_how_impossible_it_is() -> None:
    tight, tighter = (decide(replace(LIMITED, budget_usd=usd), SNAPSHOT) for usd in (20_000, 2_000))
    assert tight.verdict == tighter.verdict == "none_fits"
    assert tight.first_shares == pytest.approx(tighter.first_shares)
    assert list(tight.outcomes)[-1] == max(tight.outcomes, key=lambda name: tight.outcomes[name].budgeted_quantiles[1])


@pytest.mark.parametrize("needs", [LIMITED, replace(LIMITED, budget_usd=20_000), replace(LIMITED, deadline_months=None),
                                   replace(LIMITED, budget_usd=None, deadline_months=2)])
def test_a_plan_keeps_the_limits_of_its_remedy_in_half_of_the_simulations(needs: ProjectNeeds) -> None:
    found = decide(needs, SNAPSHOT)
    assert set(found.remedies) == set(found.all_outcomes)
    assert [remedy.stretch for remedy in found.remedies.values()] == sorted(
        remedy.stretch for remedy in found.remedies.values())
    for name, remedy in found.remedies.items():
        assert (remedy.budget_usd is None, remedy.deadline_months is None) == (
            needs.budget_usd is None, needs.deadline_months is None)
        eased = decide(replace(needs, budget_usd=remedy.budget_usd, deadline_months=remedy.deadline_months), SNAPSHOT)
        again = eased.all_outcomes[name].keep_share if name != MIX else float(np.mean(
            (found.mix.outcome.budgeted <= (remedy.budget_usd or np.inf))
            & (found.mix.outcome.finish <= (remedy.deadline_months or np.inf) * WEEKS_A_MONTH)))
        assert again == pytest.approx(0.5, abs=0.002)
    assert found.nearest == (next(iter(found.remedies)) if found.verdict == "none_fits" else found.answer)


def test_a_limit_that_is_kept_anyway_does_not_move_in_a_remedy() -> None:
    found = decide(replace(LIMITED, budget_usd=100_000, deadline_months=60), SNAPSHOT)
    assert {remedy.deadline_months for remedy in found.remedies.values()} == {60}


def test_without_limits_there_is_no_remedy() -> None:
    assert decided().remedies == {}


def test_the_score_is_the_sum_of_weight_times_value_less_what_missed_limits_take() -> None:
    found = decide(LIMITED, SNAPSHOT)
    for name, outcome in found.all_outcomes.items():
        by_hand = (found.drawn_weights * outcome.values).sum(axis=1)
        assert outcome.unreduced_scores == pytest.approx(by_hand)
        assert sum(found.contributions[name].values()) == pytest.approx(outcome.expected_score)
        assert found.contributions[name]["limits"] == pytest.approx(outcome.expected_score - by_hand.mean())
    assert sum(found.leads("agency", "freelance").values()) == pytest.approx(
        found.expected_scores["agency"] - found.expected_scores["freelance"])


def test_first_and_ahead_shares_count_simulations() -> None:
    found = decide(LIMITED, SNAPSHOT)
    scores = np.array([outcome.scores for outcome in found.outcomes.values()])
    best = [tuple(found.outcomes)[k] for k in scores.argmax(axis=0)]
    assert found.first_shares == {option: best.count(option) / 4_000 for option in found.outcomes}
    assert found.mix is not None
    assert found.mix.ahead_of == {option: float(np.mean(found.mix.outcome.scores > outcome.scores))
                                  for option, outcome in found.outcomes.items()}
    scores = np.array([outcome.scores for outcome in found.all_outcomes.values()])
    best = [tuple(found.all_outcomes)[k] for k in scores.argmax(axis=0)]
    assert found.mix.first_shares == {plan: best.count(plan) / 4_000 for plan in found.all_outcomes}
    assert found.mix.ahead_share == found.mix.first_shares["mix"]
    assert sum(found.of_hundred.values()) == 100


def test_where_nothing_fits_the_nearest_is_the_first_and_nothing_is_counted_as_best() -> None:
    found = decide(replace(LIMITED, budget_usd=60_000, deadline_months=5), SNAPSHOT)
    assert list(found.all_outcomes) == sorted(found.remedies, key=lambda plan: found.remedies[plan].stretch)
    assert found.nearest == next(iter(found.all_outcomes))
    assert found.of_hundred == {}


def test_an_option_without_a_rival_is_the_clear_choice() -> None:
    found = decide(ProjectNeeds(), keep_options(SNAPSHOT, lambda option: option.id == "freelance"))
    assert (found.verdict, found.second, found.rival, found.mix) == ("clear", None, None, None)
    assert found.first_shares == {"freelance": 1.0}


def test_a_path_of_cost_goes_from_nothing_to_nearly_the_total() -> None:
    found = decide(LIMITED, SNAPSHOT)
    for option, usd in found.paths.usd.items():
        assert usd[:, 0] == pytest.approx([0, 0, 0])
        assert usd[1, -1] == pytest.approx(found.all_outcomes[option].cost_quantiles[1], rel=0.01)
        assert np.all(np.diff(usd, axis=1) >= 0)
    assert found.last_month == pytest.approx(
        max(outcome.finish_quantiles[2] for outcome in found.outcomes.values()) + 30)


@pytest.mark.parametrize("needs", [ProjectNeeds(), LIMITED, replace(LIMITED, mixes=False, upkeep_developers=0)])
def test_tables_of_the_typical_case_add_up_to_the_headline_to_the_dollar(needs: ProjectNeeds) -> None:
    found = decide(needs, SNAPSHOT)
    for table in (found.typical, found.by_year):
        assert table["option"].tolist() == list(found.all_outcomes)
        assert table["total"].tolist() == [round(outcome.cost_quantiles[1]) for outcome in found.all_outcomes.values()]
        assert table.drop(columns=["option", "total"]).sum(axis=1).tolist() == table["total"].tolist()


@pytest.mark.parametrize("needs", [ProjectNeeds(), LIMITED, replace(LIMITED, mixes=False),
                                   replace(LIMITED, budget_usd=60_000, deadline_months=5)])
def test_the_summary_repeats_the_decision(needs: ProjectNeeds) -> None:
    found = decide(needs, SNAPSHOT)
    table = found.summary("https://example.org/?v=1").set_index("option")
    assert table.index.tolist() == list(found.all_outcomes)
    assert table["rank"].tolist() == list(range(1, len(table) + 1))
    assert set(table["verdict"]) == {found.verdict}
    is_ranked = found.verdict != "none_fits"
    assert table["first_share"].dropna().to_dict() == (found.first_shares if is_ranked else {})
    assert table["keep_share"].to_dict() == {name: it.keep_share for name, it in found.all_outcomes.items()}
    if found.mix is not None:
        assert table["plan"][MIX] == found.mix.id
        assert table["ahead_share"].dropna().to_dict() == ({MIX: found.mix.ahead_share} if is_ranked else {})
    lines = [column for column in table.columns if column.endswith("_median_usd") and not column.startswith(
        ("cost", "budgeted"))]
    assert table[lines].sum(axis=1).tolist() == pytest.approx(table["cost_median_usd"].tolist())
    assert (set(table["as_of"]), set(table["model_version"])) == ({"2026-11-22"}, {MODEL_VERSION})


@pytest.mark.parametrize("answers", [{}, {"wage_basis": "oews", "budget_usd": 400_000, "mixes": False},
                                     {"talent_region": "asia", "seniority": "junior", "technical_lead": False}])
def test_the_figures_named_as_used_are_those_that_the_decision_reads(answers: dict[str, object]) -> None:
    recording = Recording(SNAPSHOT.figures)
    needs = ProjectNeeds(**answers)
    decide(needs, replace(SNAPSHOT, figures=recording), 20)
    named = {figure.id for figures in decide(needs, SNAPSHOT, 20).figures_used().values() for figure in figures}
    assert recording.read - named <= {"caution_share"}
    verdicts = {id_ for id_ in named if id_.endswith("_share") and "." not in id_}  # not every word is weighed
    of_mixes = set() if needs.mixes else {"mix_loss_share", "handover_weeks"}
    assert named - recording.read <= verdicts | of_mixes


def test_the_package_decides_on_the_newest_evidence_unless_given_a_date() -> None:
    newest = hiring.evidence_as_of().as_of
    assert hiring.decide(ProjectNeeds()).as_of == newest
    assert hiring.decide(ProjectNeeds(), DAY).as_of == DAY


def test_a_location_without_wages_and_a_date_before_the_evidence_are_refused() -> None:
    with pytest.raises(ValueError, match="Where you hire: no wages are known for 'zz'"):
        hiring.decide(ProjectNeeds(location="zz"))
    with pytest.raises(ValueError, match="The evidence begins on 2026-11-22"):
        hiring.decide(ProjectNeeds(), date(2026, 11, 21))
