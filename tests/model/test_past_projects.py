"""What finished projects of your own say about a figure."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest

from hiring.model.draws import draw
from hiring.model.own_figures import Range
from hiring.model.past_projects import PRIOR_PROJECTS, PRIOR_SHAPE, Belief, learned, prior, updated
from tests.factories import SNAPSHOT, figure

OVERRUN = Range(*(getattr(SNAPSHOT.figures["overrun.mostly_clear"], it) for it in Range._fields))
CASES = {  # three figures, each with records that disagree with its evidence in another way
    "overrun.mostly_clear": [1.9, 2.2, 1.4, 3.0, 1.7, 2.5, 1.6, 2.1, 1.8, 2.9, 1.2, 2.0, 2.4, 1.5],
    "lead_weeks.freelance": [1.0, 1.5, 1.2],
    "lead_weeks.in_house": [20.0]}


def evidence_of(id_: str) -> Range:
    row = SNAPSHOT.figures[id_]
    return Range(row.low, row.central, row.high)


def test_the_prior_has_the_mean_and_the_spread_of_what_the_model_draws() -> None:
    z = np.array([NormalDist().inv_cdf((place + 0.5) / 100_000) for place in range(100_000)])
    logs = np.log(draw(figure(*OVERRUN, id="overrun.f"), z))
    assert (prior(OVERRUN).mean, prior(OVERRUN).spread) == pytest.approx((logs.mean(), logs.std()), rel=1e-3)


def test_the_update_agrees_with_the_closed_form_of_one_figure() -> None:
    """By hand: prior N(0, σ² ÷ 4) and inverse gamma (5, 2); two projects at 1 and 3, so mean 2, squares 2."""
    after = updated(Belief(0.0, 4.0, 5.0, 2.0), [1.0, 3.0])
    assert after == pytest.approx((4 / 6, 6, 6, 2 + 2 / 2 + 4 * 2 / 6 * 4 / 2))
    assert after.spread == pytest.approx(math.sqrt((3 + 8 / 3) * (7 / 6) / 5))


@pytest.mark.parametrize("id_", CASES)
def test_the_update_agrees_with_a_reference_sampler(id_: str) -> None:
    """Means and variances from the prior, weighed by how likely they make the records."""
    evidence, logs, n = evidence_of(id_), np.log(CASES[id_]), 400_000
    before, chance = prior(evidence), np.random.Generator(np.random.PCG64(14))
    variance = before.scale / chance.gamma(PRIOR_SHAPE, size=n)
    mean = before.mean + np.sqrt(variance / PRIOR_PROJECTS) * chance.normal(size=n)
    likely = sum(-(log - mean) ** 2 / (2 * variance) - np.log(variance) / 2 for log in logs)
    weight = np.exp(likely - likely.max())
    weight /= weight.sum()
    expected = weight @ mean
    spread = math.sqrt(weight @ (variance + (mean - expected) ** 2))
    after = updated(before, list(logs))
    assert (after.mean, after.spread) == pytest.approx((expected, spread), rel=0.01, abs=0.003)
    stretch = spread / before.spread
    result = [math.exp(expected + (math.log(it) - before.mean) * stretch) for it in evidence]
    assert learned(id_, evidence, CASES[id_]).result == pytest.approx(result, rel=0.02)


def test_few_projects_move_a_figure_little_and_many_move_it_much() -> None:
    results = [learned("overrun.fixed", OVERRUN, [2.0] * n) for n in (1, 4, 14, 400)]
    middles = [it.result.central for it in results]
    assert OVERRUN.central < middles[0] < middles[1] < middles[2] < middles[3]
    assert [round(it.weight, 2) for it in results] == [0.2, 0.5, 0.78, 0.99]
    assert results[0].result.low < results[0].result.central < results[0].result.high
    assert results[3].result.high / results[3].result.low < 1.5  # projects that never differ


def test_records_as_the_evidence_expects_leave_it_nearly_as_it_is() -> None:
    z = np.array([NormalDist().inv_cdf((place + 0.5) / 200) for place in range(200)])
    same = np.atleast_1d(draw(figure(*OVERRUN, id="overrun.f"), z))
    assert learned("overrun.fixed", OVERRUN, list(same)).result == pytest.approx(OVERRUN, rel=0.03)


def test_what_cannot_be_learned_is_said() -> None:
    with pytest.raises(ValueError, match="no project"):
        learned("overrun.fixed", OVERRUN, [])
    with pytest.raises(ValueError, match="one number"):
        learned("overrun.fixed", Range(1, 1, 1), [1.0])
    assert learned("lead_weeks.agency", Range(0, 1, 3), [0.0]).result.low > 0  # a start on the same day
