"""Where a project stands in what was forecast, and the forecast given what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from statistics import NormalDist

import numpy as np
import pytest

from hiring import ProjectNeeds
from hiring.model import tracking
from hiring.model.decision import Decision, decide
from hiring.model.draws import Array, Numbers
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.model.tracking import LEAST_EFFECTIVE, Facts, Seen, Track, effective, likelihood, normal_share, standings
from tests.factories import LIMITED, ROUND, SNAPSHOT

NEEDS = ProjectNeeds(budget_usd=300_000, deadline_months=10)
TWO_CREWS = ProjectNeeds(developers=4, upkeep_months=0)
PROJECTS, MONTHS, AT_ONCE = 2_000, 3.0, 100
CHANCE = np.random.Generator(np.random.PCG64(20))


@cache
def decided() -> Decision:
    return decide(NEEDS, SNAPSHOT)


@cache
def happened() -> tuple[Seen, dict[str, Array], dict[str, Array]]:
    """Projects that the model simulated itself, in an order of its draws of which the forecast knows nothing: what they
    show, what is reported of them, and how they end."""
    real = decide(NEEDS, SNAPSHOT, PROJECTS)
    outcome = real.outcomes["freelance"]
    shows = tracking.seen(outcome, real.option_draws, MONTHS)

    def reported(numbers: Numbers, error: Numbers) -> Array:
        return np.broadcast_to(numbers, PROJECTS) + error * CHANCE.normal(size=PROJECTS)

    pay = np.broadcast_to(shows.pay["freelance"], PROJECTS)
    facts = {"began_weeks": reported(shows.began_weeks, tracking.DAY_ERROR),
             "done_share": np.clip(reported(shows.done_share, tracking.DONE_ERROR), 0, 1),
             "spent_usd": reported(shows.spent_usd, shows.spent_error),
             "leavers": CHANCE.poisson(shows.leavers).astype(float),
             "pay": reported(pay, tracking.PAY_ERROR * pay)}
    assert shows.finish_weeks.min() > shows.weeks  # none is released, so none is left out
    return shows, facts, {"finish": outcome.finish, "total": outcome.total}


def parts() -> Iterator[tuple[slice, Facts]]:
    """The facts of some projects at a time, so that they fit into the processor's cache."""
    for first in range(0, PROJECTS, AT_ONCE):
        part = slice(first, first + AT_ONCE)
        facts = {name: numbers[part, None] for name, numbers in happened()[1].items()}
        yield part, Facts(MONTHS, **{**facts, "pay": {"freelance": facts["pay"]}})


def test_percentiles_of_what_the_model_itself_simulated_are_uniform() -> None:
    shown = tracking.seen(decided().outcomes["freelance"], decided().option_draws, MONTHS)
    stood: dict[str, list[Array]] = {}
    for _, facts in parts():
        for name, (below, up_to, _) in standings(facts, shown).items():  # an even place in what is equal
            stood.setdefault(name, []).append(below + (up_to - below) * CHANCE.uniform(size=AT_ONCE))
    assert len(stood) == 5
    for name, found in stood.items():
        ordered, even = np.sort(np.concatenate(found)), (np.arange(PROJECTS) + 0.5) / PROJECTS
        assert np.abs(ordered - even).max() < 1.63 / np.sqrt(PROJECTS), name  # Kolmogorov–Smirnov, 1 of 100


def test_eight_of_ten_updated_ranges_cover_what_then_happens() -> None:
    outcome = decided().outcomes["freelance"]
    shown = tracking.seen(outcome, decided().option_draws, MONTHS)
    covered: dict[str, list[Array]] = {"finish": [], "total": []}
    narrower = []
    for part, facts in parts():
        given = tracking.weights(likelihood(replace(facts, pay={}, leavers=None), shown))
        enough = effective(given) >= LEAST_EFFECTIVE
        for name, ends in happened()[2].items():
            low, _, high = tracking.weighted_quantiles(getattr(outcome, name), given)
            covered[name].append(((low <= ends[part]) & (ends[part] <= high))[enough])
            narrower.append((high - low) / np.diff(np.quantile(getattr(outcome, name), (0.1, 0.9))))
    for name, found in covered.items():
        share = np.concatenate(found)
        assert len(share) > 0.9 * PROJECTS
        assert 0.77 <= share.mean() <= 0.83, name
    assert np.median(np.concatenate(narrower)) < 0.8  # facts teach something


def normal_seen(values: Array) -> Seen:
    """Simulations in which only the money spent differs; its error is 2."""
    nothing = np.zeros(values.shape)
    return Seen(0, nothing, nothing, nothing + 1e3, values, nothing, {}, nothing + 2.0)


def test_the_update_agrees_with_the_closed_form_of_two_normals() -> None:
    shares = (np.arange(40_000) + 0.5) / 40_000
    prior = np.array([NormalDist(100, 4).inv_cdf(share) for share in shares])
    given = tracking.weights(likelihood(Facts(0, spent_usd=106.0), normal_seen(prior)))
    exact = NormalDist(100 + 6 * 16 / (16 + 4), (1 / (1 / 16 + 1 / 4)) ** 0.5)
    assert tracking.weighted_quantiles(prior, given) == pytest.approx(
        [exact.inv_cdf(share) for share in (0.1, 0.5, 0.9)], abs=0.01)
    standing = standings(Facts(0, spent_usd=106.0), normal_seen(prior))["spent_usd"]
    assert standing.share == pytest.approx(NormalDist(100, 20 ** 0.5).cdf(106), abs=1e-3)


def test_equal_weights_are_worth_all_simulations_and_one_weight_is_worth_one() -> None:
    assert effective(np.full(50, 0.02)) == pytest.approx(50)
    assert effective(np.eye(3)) == pytest.approx([1, 1, 1])
    assert normal_share(np.array([-50, 0, 50])) == pytest.approx([0, 0.5, 1])


def test_without_facts_the_forecast_stays() -> None:
    track = Track(decided(), "in_house", Facts(0), n=4_000)
    assert not track.facts and track.effective == pytest.approx(4_000)
    assert track.given.release_months == pytest.approx(track.outcome.finish_quantiles, rel=1e-3)
    assert track.given.total_usd == pytest.approx(track.outcome.cost_quantiles, rel=2e-3)
    assert track.given.keep_share == pytest.approx(track.outcome.keep_share)


def test_simulations_are_as_many_as_asked_and_forecast_the_same() -> None:
    many = Track(decided(), "in_house", Facts(0)).outcome
    assert many.total.shape == (tracking.SIMULATIONS,)
    assert many.cost_quantiles == pytest.approx(decided().outcomes["in_house"].cost_quantiles, rel=0.03)


@pytest.mark.parametrize("plan", ["freelance", "in_house", "agency", "mix"])
def test_the_share_done_grows_from_nothing_at_the_start_to_all_at_the_release(plan: str) -> None:
    outcome, of = decided().all_outcomes[plan], decided().option_draws
    weeks = np.quantile(outcome.finish, 0.5) * np.linspace(0, 1.5, 7)
    shares = np.array([tracking.seen(outcome, of, week / WEEKS_A_MONTH).done_share for week in weeks])
    assert (np.diff(shares, axis=0) >= 0).all() and (shares[0] == 0).all()
    for week, share in zip(weeks, shares, strict=True):
        assert (share[outcome.start >= week] == 0).all()
        assert ((share >= 1) == (outcome.finish <= week)).all()


def test_the_share_done_and_the_leavers_by_hand() -> None:
    """One agency of two: there after 4 weeks, up to speed after 2 more, in round figures without a range."""
    decision = decide(replace(NEEDS, developers=2, build_months=6), ROUND, 8)
    outcome, of = decision.outcomes["agency"], decision.option_draws["agency"]
    crew, half = of.crew(2), float(np.mean(outcome.finish) / 2)
    shown = tracking.seen(outcome, decision.option_draws, half / WEEKS_A_MONTH)
    assert shown.done_share == pytest.approx((half - crew.ready) / (outcome.finish[0] - crew.ready))
    weeks = 2 * (half - crew.arrives) / of.stretch
    assert shown.leavers == pytest.approx(of.figure("attrition_per_year") / 52 * weeks)


def test_what_is_beyond_every_simulation_is_said_and_the_nearest_are_used() -> None:
    track = Track(decided(), "freelance", Facts(4, spent_usd=9e6), n=4_000)
    assert track.standings["spent_usd"].beyond == 1
    assert track.given.total_usd[0] > 9e6 and track.given.keep_share == 0
    assert Track(decided(), "freelance", Facts(4, began_weeks=-3.0), n=4_000).standings["began_weeks"].beyond == -1
    late = Track(decided(), "freelance", Facts(200), n=4_000)
    assert late.is_late and late.is_nearest
    assert late.given.release_months[0] >= 200 and late.given.release_months[1] is None


def test_with_too_few_simulations_no_percentile_is_given() -> None:
    odd = Facts(4, began_weeks=4.0, done_share=0.95, spent_usd=20_000, pay={"freelance": 139.0})
    track = Track(decided(), "freelance", odd, n=4_000)
    assert track.effective < LEAST_EFFECTIVE and track.is_nearest
    assert np.count_nonzero(track.weights) == tracking.NEAREST and track.weights.sum() == pytest.approx(1)
    assert {span[1] for span in (track.given.total_usd, track.given.left_usd, track.given.release_months)} == {None}


@pytest.mark.parametrize("done", [0.0, 1.0])
def test_nothing_done_and_all_done_count_all_that_is_reported_so(done: float) -> None:
    track = Track(decided(), "freelance", Facts((4, 8)[int(done)], done_share=done), n=4_000)
    standing = track.standings["done_share"]
    assert (standing.below, standing.up_to)[int(done)] == done and 0 < standing.share < 1
    assert track.effective > LEAST_EFFECTIVE


def test_a_release_that_happened_is_its_own_forecast() -> None:
    track = Track(decided(), "in_house", Facts(14, released_months=12.0), n=4_000)
    assert track.given.release_months == pytest.approx((12, 12, 12))
    assert track.given.keep_share == 0  # the deadline was month 10
    assert track.switches == ()


@pytest.mark.filterwarnings("error")
def test_a_release_on_the_day_of_the_decision_keeps_the_limits() -> None:
    track = Track(decided(), "agency", Facts(0, released_months=0.0), n=4_000)
    assert track.given.release_months[0] == pytest.approx(0, abs=1e-5)
    assert track.given.keep_share is not None and track.standings["released_months"].beyond == -1


def test_others_who_come_after_the_release_change_neither_its_date_nor_what_was_paid() -> None:
    decision = decide(LIMITED, ROUND, 8)
    outcome = decision.outcomes["freelance"]
    months = float(np.mean(outcome.finish)) / WEEKS_A_MONTH - 0.25  # a week before; hires come weeks later
    track = Track(decision, "freelance", Facts(months, done_share=0.98), n=8)
    then = next(it for it in track.switches if it.option == "in_house").forecast
    assert then.release_months[0] == pytest.approx(track.given.release_months[0], abs=1e-3)
    assert then.total_usd[0] - then.left_usd[0] == pytest.approx(track.given.total_usd[0] - track.given.left_usd[0])


def test_switching_has_its_price() -> None:
    """An option just like the one at work: it only costs its search, ramp-up and handover."""
    figures = dict(SNAPSHOT.figures)
    for id_, figure in SNAPSHOT.figures.items():
        name, _, option = id_.rpartition(".")
        if option == "agency" and f"{name}.freelance" in figures:
            figures[id_] = replace(figures[f"{name}.freelance"], id=id_)
        elif id_.startswith("agency."):
            figures[id_] = replace(figures[id_.replace("agency", "freelance", 1)], id=id_)
        assert figure.table
    decision = decide(NEEDS, replace(SNAPSHOT, figures=figures))
    track = Track(decision, "freelance", Facts(3, done_share=0.3), n=4_000)
    same = next(it for it in track.switches if it.option == "agency")
    assert same.ahead_share < 0.4 and not same.leads
    assert same.forecast.total_usd[1] > track.given.total_usd[1]  # type: ignore[operator]


def test_two_crews_are_not_switched() -> None:
    decision = decide(TWO_CREWS, SNAPSHOT, 200)
    assert decision.mix is not None and decision.mix.outcome.plan.kind == "together"
    assert Track(decision, "mix", Facts(3, done_share=0.3), n=200).switches == ()
