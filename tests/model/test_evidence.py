from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hiring import ProjectNeeds
from hiring.evidence.loader import load_evidence
from hiring.lists.summary import to_csv
from hiring.model.decision import decide
from hiring.model.evidence import Evidence, Figure, Wage
from tests.factories import DAY, figure

LATER = DAY + timedelta(days=30)


def wage(id_: str, p50: float, valid_from: date, recorded: date, area_type: str = "state") -> Wage:
    return Wage(id_, id_, area_type, None, None, p50, None, None, valid_from, recorded, "published", "green", (), "l")


def evidence(*rows: Figure | Wage) -> Evidence:
    """Evidence of these rows alone."""
    figures = tuple(row for row in rows if isinstance(row, Figure))
    wages = tuple(row for row in rows if isinstance(row, Wage))
    return Evidence(figures, wages, (), (), (), {}, ())


def row(central: float, valid_from: date, recorded: date) -> Figure:
    return figure(central, central, central, id="load", valid_from=valid_from, recorded=recorded)


def test_the_newest_row_that_holds_on_the_day_is_taken() -> None:
    rows = evidence(row(1, date(2024, 1, 1), DAY), row(3, date(2026, 1, 1), DAY), row(2, date(2025, 1, 1), DAY))
    assert rows.as_of(DAY).central("load") == 3


def test_a_row_counts_from_the_day_on_which_it_was_recorded() -> None:
    rows = evidence(row(1, date(2024, 1, 1), DAY), row(2, date(2025, 1, 1), LATER))
    assert rows.as_of(LATER - timedelta(days=1)).central("load") == 1
    assert rows.as_of(LATER).central("load") == 2


def test_a_row_counts_from_the_day_from_which_it_holds() -> None:
    rows = evidence(row(1, DAY, DAY), row(2, LATER, DAY))
    assert rows.as_of(LATER - timedelta(days=1)).central("load") == 1
    assert rows.as_of(LATER).central("load") == 2


def test_of_two_rows_that_hold_from_the_same_day_the_later_record_corrects_the_earlier() -> None:
    for rows in ((row(1, DAY, DAY), row(2, DAY, LATER)), (row(2, DAY, LATER), row(1, DAY, DAY))):
        assert evidence(*rows).as_of(LATER).central("load") == 2
        assert evidence(*rows).as_of(DAY).central("load") == 1


def test_an_old_number_that_is_recorded_late_does_not_replace_a_newer_one() -> None:
    rows = evidence(row(2, date(2025, 1, 1), DAY), row(1, date(2024, 1, 1), LATER))
    assert rows.as_of(LATER).central("load") == 2


def test_a_figure_that_nobody_had_recorded_yet_is_taken_from_its_first_row() -> None:
    late = figure(5, 5, 5, id="mix_loss_share", valid_from=DAY, recorded=LATER)
    later = replace(late, low=6, central=6, high=6, recorded=LATER + timedelta(days=1))
    rows = evidence(row(1, DAY, DAY), late, later)
    assert rows.as_of(DAY).central("mix_loss_share") == 5
    assert rows.as_of(LATER + timedelta(days=1)).central("mix_loss_share") == 6


def test_a_day_before_the_first_row_is_refused() -> None:
    rows = evidence(row(1, date(2024, 1, 1), DAY))
    assert rows.as_of(DAY).as_of == DAY
    with pytest.raises(ValueError, match=f"The evidence begins on {DAY}; nothing was recorded by 2026-11-21"):
        rows.as_of(DAY - timedelta(days=1))


def test_the_same_evidence_has_the_same_date() -> None:
    rows = evidence(row(1, date(2024, 1, 1), DAY), row(2, date(2025, 1, 1), LATER))
    assert rows.as_of(LATER - timedelta(days=1)).as_of == DAY
    assert rows.as_of(LATER + timedelta(days=9)).as_of == LATER


def test_the_dates_are_the_days_of_recording_oldest_first_and_once_each() -> None:
    start = date(2020, 1, 1)
    rows = evidence(row(1, start, LATER), row(2, start, DAY), wage("us-ca", 1, start, DAY))
    assert rows.dates == (DAY, LATER)


def test_a_local_wage_is_compared_with_the_national_one_of_the_same_release() -> None:
    old, new = date(2024, 5, 1), date(2025, 5, 1)
    rows = evidence(wage("us", 100, old, DAY, "nation"), wage("us", 120, new, DAY, "nation"),
                    wage("us-ca", 150, new, DAY), wage("us-41940", 130, old, DAY, "metro"))
    known = rows.as_of(DAY)
    # 150 / 120 of 2025; 130 / 100 of 2024, which is not mixed with 120 of 2025.
    assert (known.wage_ratio("us-ca"), known.wage_ratio("us-41940"), known.wage_ratio("us")) == (1.25, 1.3, 1.0)


def test_a_corrected_national_wage_replaces_the_first_one_in_any_order_of_rows() -> None:
    first = wage("us", 100, date(2024, 5, 1), DAY, "nation")
    corrected = wage("us", 120, date(2024, 5, 1), LATER, "nation")
    local = wage("us-ca", 150, date(2024, 5, 1), DAY)
    for rows in ((first, corrected, local), (corrected, first, local)):
        assert evidence(*rows).as_of(LATER).wage_ratio("us-ca") == 1.25  # 150 / 120
        assert evidence(*rows).as_of(DAY).wage_ratio("us-ca") == 1.5  # 150 / 100


def test_the_substitute_for_alaska_is_compared_within_its_own_release() -> None:
    # Anchorage, May 2024: 117,100. The nation, May 2024: 133,080. The nation, May 2025, is 135,980.
    assert load_evidence().as_of(DAY).wage_ratio("us-ak") == 117_100 / 133_080


@pytest.mark.parametrize("figure_id", ["overrun.mostly_clear", "freelance.us.mid", "security.freelance",
                                       "importance.cost", "security.data_sensitivity.internal", "market_correlation"])
def test_a_newer_row_changes_no_byte_of_an_older_dates_answer_but_changes_the_new_one(figure_id: str) -> None:
    before, needs = load_evidence(), ProjectNeeds(budget_usd=None)
    old = before.as_of(DAY).figures[figure_id]
    newer = replace(old, low=old.low * 0.8, central=old.central * 0.8, high=old.high * 0.8, recorded=LATER)
    after = replace(before, figures=(*before.figures, newer))
    answer = to_csv(decide(needs, before.as_of(DAY)), "")
    assert to_csv(decide(needs, after.as_of(DAY)), "") == answer
    assert to_csv(decide(needs, after.as_of(LATER)), "") != to_csv(decide(needs, before.as_of(LATER)), "")


def test_a_newer_wage_changes_no_byte_of_an_older_dates_answer() -> None:
    before, needs = load_evidence(), ProjectNeeds(location="us-ca")
    newer = [replace(w, p50=w.p50 * 2, recorded=LATER) for w in before.wages if w.id == "us-ca"]
    after = replace(before, wages=(*before.wages, *newer))
    assert to_csv(decide(needs, after.as_of(DAY)), "") == to_csv(decide(needs, before.as_of(DAY)), "")
    assert after.as_of(LATER).wage_ratio("us-ca") == 2 * before.as_of(LATER).wage_ratio("us-ca")


def test_a_figure_without_a_range_is_fixed() -> None:
    assert figure(2, 2, 2).is_fixed
    assert not figure(2, 2, 3).is_fixed
    assert not figure(1, 2, 2).is_fixed
