from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from hiring import ProjectNeeds
from hiring.model.decision import decide
from hiring.model.needs import LOCATION, NEEDS, NUMBER, TEXT, YES_NO, Need
from hiring.model.ranking import ranked
from hiring.model.switching import NOT_SEARCHED
from tests.strategies import LAWS, LOCATIONS, NEWEST, plausible_projects, projects

N = 200


def answers_to(need: Need) -> list[Any]:
    """Numbers over the whole range and none, every choice, or some places."""
    if need.kind == NUMBER:
        return [*np.linspace(need.low, need.high, 5).tolist(), need.low + 0.7, *([None] if need.optional else [])]
    if need.kind == LOCATION:
        return LOCATIONS[:4]
    return [True, False] if need.kind == YES_NO else list(need.choices)


@pytest.mark.parametrize("asked", [plausible_projects(mixes=False), projects(mixes=False)])
def test_many_answers_at_once_are_ranked_as_each_of_them_is_decided(asked: Any) -> None:
    @settings(LAWS, max_examples=4)
    @given(asked)
    def law(needs: ProjectNeeds) -> None:
        before = decide(needs, NEWEST, N)
        for name, need in NEEDS.items():
            if need.kind != TEXT and name not in NOT_SEARCHED:
                answers = answers_to(need)
                for answer, found in zip(answers, ranked(before, name, answers), strict=True):
                    alone = decide(replace(needs, **{name: answer}), NEWEST, N)
                    ahead, behind = sorted(alone.first_shares.values(), reverse=True)[:2]
                    assert (found.first, found.keep_share) == (alone.first, alone.keep_shares[alone.first])
                    assert found.lead(found.first) == pytest.approx(ahead - behind)
    law()
