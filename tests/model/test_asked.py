from __future__ import annotations

import numpy as np

from hiring import ProjectNeeds
from hiring.model.asked import Variants


def test_variants_are_a_column_where_they_differ_and_one_number_where_they_agree() -> None:
    asked = Variants.of([ProjectNeeds(developers=2, upkeep_months=6), ProjectNeeds(developers=2, upkeep_months=9)])
    assert asked.developers == 2
    assert np.array_equal(asked.upkeep_months, [[6], [9]])


def test_a_variant_without_a_limit_has_one_that_is_never_missed() -> None:
    asked = Variants.of([ProjectNeeds(budget_usd=50_000), ProjectNeeds(budget_usd=None)])
    assert np.array_equal(asked.budget_usd, [[50_000], [np.inf]])
    assert asked.deadline_months is None
