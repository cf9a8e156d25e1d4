"""Numbers and texts for people."""

from __future__ import annotations

from datetime import date

import pytest

from hiring.text import formatting


@pytest.mark.parametrize(("usd", "text"), [
    (0, "$0"), (849.6, "$850"), (999.4, "$999"), (999.5, "$1k"), (5_600, "$5.6k"), (9_949, "$9.9k"), (9_950, "$10k"),
    (489_400, "$489k"), (999_499, "$999k"), (999_500, "$1M"), (1_170_000, "$1.17M"), (9_994_999, "$9.99M"),
    (12_340_000, "$12.3M"), (123_400_000, "$123M")])
def test_money_has_at_most_three_digits(usd: float, text: str) -> None:
    assert formatting.money(usd) == text


def test_a_range_that_rounds_to_one_number_is_one_number() -> None:
    assert formatting.money_range(489_100, 489_400) == "$489k"
    assert formatting.time_range(4.1, 4.4) == "4 months"


def test_times_below_three_months_are_stated_in_weeks() -> None:
    assert formatting.time_range(2.99 / 2, 2.99) == "6–13 weeks"  # 1.495 × 52 ÷ 12 = 6.48, 2.99 × 52 ÷ 12 = 12.96
    assert formatting.time_range(1, 3) == "1–3 months"
    assert formatting.time_range(0.2, 0.25) == "1 week"  # 0.87 and 1.08 weeks


@pytest.mark.parametrize(("share", "text"), [
    (0, "0"), (0.004, "<1"), (0.01, "1"), (0.046, "<5"), (0.05, "5"), (0.2499, "<25"), (0.25, "25"), (0.994, "99"),
    (0.996, ">99"), (1, "100")])
def test_a_rounded_share_never_contradicts_the_rule_beside_it(share: float, text: str) -> None:
    assert formatting.of_hundred(share, (0.05, 0.25)) == text


def test_marks_leave_no_trace_on_paper() -> None:
    shown = f"{formatting.marked(formatting.strong('In-house'), 'blue')} first, after {formatting.marked('a', 'https://b')}"
    assert formatting.unmarked(shown) == "In-house first, after a"


@pytest.mark.parametrize(("start", "low", "high", "one", "both"), [
    (date(2026, 11, 30), 9, 12, "November 2027", "Aug–Nov 2027"),
    (date(2026, 11, 30), 11, 14.5, "February 2028", "Oct 2027–Feb 2028"),
    (date(2026, 11, 30), 12, 12, "November 2027", "Nov 2027"), (None, 2.5, 12, "month 12", "months 2.5–12"),
    (None, 0.25, 0.25, "month 0.25", "month 0.25")])
def test_a_month_is_a_date_once_its_start_is_known(start: date | None, low: float, high: float, one: str,
                                                   both: str) -> None:
    assert (formatting.date_of(start, high), formatting.date_range(start, low, high)) == (one, both)
