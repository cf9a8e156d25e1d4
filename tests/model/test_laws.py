"""What must hold whatever the project: determinism, sums and bounds, and costs and scores that move the right way."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hiring import ProjectNeeds
from hiring.links.project_link import encode
from hiring.lists.summary import to_csv
from hiring.model.decision import Decision, decide
from hiring.model.needs import NEEDS
from tests.factories import with_ranges
from tests.strategies import LAWS, LOCATIONS, NEWEST, plausible_projects, projects

ANY = st.one_of(projects(), plausible_projects())
ALONE = st.one_of(projects(mixes=False), plausible_projects(mixes=False))
FEW = 400  # simulations, where a law holds in each of them

IN_A_FRESH_PROCESS = """
import json
import sys
from hiring import decide
from hiring.links.project_link import decode
from hiring.lists.summary import to_csv
from hiring.evidence.loader import load_evidence
for line in sys.stdin.read().splitlines():
    opened = decode(json.loads(line), load_evidence(), load_evidence().dates[-1])
    sys.stdout.buffer.write(to_csv(decide(opened.needs, opened.as_of), "link"))
"""


def costs(found: Decision) -> dict[str, np.ndarray]:
    return {option: outcome.total for option, outcome in found.outcomes.items()}


def no_option_gets_cheaper(before: ProjectNeeds, after: ProjectNeeds) -> None:
    """In no simulation at all."""
    old, new = (costs(decide(needs, NEWEST, FEW)) for needs in (before, after))
    for option in old:
        assert np.all(new[option] >= old[option] * (1 - 1e-9)), (option, (new[option] - old[option]).min())


def larger(needs: ProjectNeeds, name: str, share: float) -> ProjectNeeds:
    """`needs` with one number moved toward its upper bound by `share` of the way."""
    old, high = getattr(needs, name), NEEDS[name].high
    return replace(needs, **{name: min(high, old + share * (high - old))})


# 1. The same needs and date give the same bytes; neither the draws nor the order of the options decide.

def test_a_fresh_process_gives_the_same_bytes() -> None:
    cases = [ProjectNeeds(), ProjectNeeds(project="Ünï", location="us-ca", developers=3.3, budget_usd=None),
             ProjectNeeds(start_within_weeks=0, deadline_months=None, disciplines="many", talent_region="asia")]
    here = b"".join(to_csv(decide(needs, NEWEST), "link") for needs in cases)
    queries = "\n".join(json.dumps(encode(needs, NEWEST.as_of)) for needs in cases)
    fresh = subprocess.run([sys.executable, "-c", IN_A_FRESH_PROCESS], input=queries.encode(), capture_output=True,
                           check=True, cwd=Path(__file__).parents[2])
    assert fresh.stdout == here


@LAWS
@given(ALONE)
def test_more_draws_change_no_score_beyond_noise(needs: ProjectNeeds) -> None:
    found, again = decide(needs, NEWEST), decide(needs, NEWEST, n=8_000)
    # a score varies by less than 0.3 between simulations; 3 standard errors of 4,000 draws: 3 x 0.3 / 63 = 0.0142
    for option, score in found.expected_scores.items():
        assert abs(again.expected_scores[option] - score) < 0.0142


@LAWS
@given(ANY, st.permutations(NEWEST.options))
def test_the_order_of_the_options_changes_nothing(needs: ProjectNeeds, options: list) -> None:
    found, again = decide(needs, NEWEST, FEW), decide(needs, replace(NEWEST, options=tuple(options)), FEW)
    assert again.expected_scores == found.expected_scores
    assert again.first_shares == found.first_shares
    assert again.verdict == found.verdict


# 2. Lines sum to totals, shares lie in [0, 1] and sum to 1, low <= median <= high.

@LAWS
@given(ANY)
def test_sums_and_bounds_hold(needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST)
    for outcome in found.all_outcomes.values():
        low, median, high = outcome.cost_quantiles
        assert 0 <= low <= median <= high < float("inf")
        soonest, middle, latest = outcome.finish_quantiles
        assert 0 < soonest <= middle <= latest
        for share in (outcome.within_budget_share, outcome.on_time_share, outcome.keep_share):
            assert share is None or 0 <= share <= 1
    assert all(0 <= share <= 1 for share in found.first_shares.values())
    assert abs(sum(found.first_shares.values()) - 1) < 1e-9
    assert abs(sum(found.weights.values()) - 1) < 1e-9
    assert np.allclose(found.drawn_weights.sum(axis=1), 1)
    assert all(0 <= level <= 1 for level in found.need_levels.values())


@LAWS
@given(ANY)
def test_the_cost_so_far_never_falls_and_ends_at_the_total(needs: ProjectNeeds) -> None:
    found = decide(needs, NEWEST, FEW)
    for outcome in found.all_outcomes.values():
        cost = outcome.course.cumulative(np.linspace(0, outcome.course.end.max() + 100, 60))
        assert np.all(np.diff(cost, axis=0) >= -1e-9 * outcome.total)
        assert np.allclose(cost[-1], outcome.total)


# 3. More work, a higher wage or rate and longer upkeep make no option cheaper.

@LAWS
@given(ALONE, st.floats(0, 1), st.sampled_from(["developers", "upkeep_developers", "upkeep_months", "build_months"]))
@example(ProjectNeeds(developers=0.2, build_months=2.7, upkeep_developers=0.27, upkeep_months=2.6), 0.02,
         "upkeep_months")  # an agency below its smallest engagement
@example(ProjectNeeds(developers=2.7, build_months=0.3, upkeep_developers=0, upkeep_months=1), 0.008,
         "upkeep_developers")
def test_more_work_makes_no_option_cheaper(needs: ProjectNeeds, share: float, name: str) -> None:
    no_option_gets_cheaper(needs, larger(needs, name, share))


@LAWS
@given(ALONE, st.floats(1, 3))
def test_higher_pay_makes_no_option_cheaper(needs: ProjectNeeds, factor: float) -> None:
    costlier = with_ranges(NEWEST, {id_: (pay.low * factor, pay.central * factor, pay.high * factor)
                                  for id_, pay in NEWEST.figures.items() if pay.table == "pay"})
    old, new = (costs(decide(needs, evidence, FEW)) for evidence in (NEWEST, costlier))
    assert all(np.all(new[option] >= old[option] * (1 - 1e-9)) for option in old)


@LAWS
@given(ALONE, st.sampled_from(LOCATIONS), st.sampled_from(LOCATIONS))
def test_a_costlier_location_makes_no_option_cheaper(needs: ProjectNeeds, one: str, other: str) -> None:
    cheaper, costlier = sorted((one, other), key=NEWEST.wage_ratio)
    no_option_gets_cheaper(replace(needs, location=cheaper), replace(needs, location=costlier))


@LAWS
@given(plausible_projects(location=st.sampled_from(sorted(NEWEST.countries))), st.floats(1, 3))
def test_a_longer_build_is_cheaper_and_sooner_in_no_country(needs: ProjectNeeds, factor: float) -> None:
    longer = replace(needs, mixes=False, build_months=min(60, needs.build_months * factor))
    no_option_gets_cheaper(replace(needs, mixes=False), longer)


@LAWS
@given(ALONE, st.floats(0, 1), st.sampled_from(["budget_usd", "deadline_months", "start_within_weeks"]))
def test_a_higher_budget_and_later_dates_lower_no_score_and_no_keep_share(needs: ProjectNeeds, share: float,
                                                                        name: str) -> None:
    assume(getattr(needs, name) is not None)
    found, eased = decide(needs, NEWEST, FEW), decide(larger(needs, name, share), NEWEST, FEW)
    for option, outcome in found.outcomes.items():
        assert np.all(eased.outcomes[option].scores >= outcome.scores - 1e-12)
        assert eased.keep_shares[option] >= outcome.keep_share
