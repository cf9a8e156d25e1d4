"""What lists and files of model 1.0 mean now."""

from __future__ import annotations

import pytest

from hiring.lists import older


@pytest.mark.parametrize(("horizon", "build", "upkeep"), [(36, 6, 30), (6, 6, 0), (3, 6, 0)])
def test_upkeep_is_what_is_left_of_the_months_after_the_build(horizon: float, build: float, upkeep: float) -> None:
    assert older.with_upkeep({"build_months": build, older.HORIZON: horizon}) == {
        "build_months": build, "upkeep_months": upkeep}


def test_answers_without_a_horizon_stay_as_they_are() -> None:
    assert older.with_upkeep({"build_months": 6, "upkeep_months": 12}) == {"build_months": 6, "upkeep_months": 12}


@pytest.mark.parametrize(("text", "of_today", "left_out"), [
    ("", "", ()), ("load~1.3", "load~1.3", ()), ("overrun.fixed~2", "overrun.fixed~2", ()),
    ("load~1.3~~overrun~1~1.2~1.5", "load~1.3~~overrun.evolving~1~1.2~1.5", ()),
    ("rule_out_share~0.1~~load~1.3~~reference_budget_factor~2", "load~1.3",
     ("rule_out_share", "reference_budget_factor"))])
def test_own_figures_get_the_ids_of_today(text: str, of_today: str, left_out: tuple[str, ...]) -> None:
    assert older.own_figures(text, "evolving") == (of_today, left_out)
