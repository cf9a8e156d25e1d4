"""Cells as people write them: one value, or a sentence that says what to enter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.lists.cells import (
    COMMA,
    PLAIN,
    POINT,
    How,
    amount,
    decimal_told,
    is_blank,
    numbers,
    order_told,
    periods,
    read,
)
from hiring.lists.reader_process import Number
from hiring.model.needs import NEEDS, EntryError
from hiring.model.schedule import WEEKS_A_MONTH
from tests.strategies import LAWS

TODAY = date(2026, 12, 1)


def read_(name: str, text: str, how: How = PLAIN) -> Any:
    need = NEEDS[name]
    return amount(need, text, how) if name == "budget_usd" else read(need, text, how, TODAY)


@pytest.mark.parametrize(("name", "text", "value"), [
    ("build_months", "6 months", 6), ("build_months", "9 mo", 9), ("build_months", "18m", 18),
    ("build_months", "1 year", 12), ("build_months", "1 year, 6 months", 18), ("build_months", "1.5 Jahre", 18),
    ("build_months", "26 weeks", 6), ("build_months", "4,5 mois", 4.5), ("build_months", "٦", 6),
    ("start_within_weeks", "3 months", 13), ("start_within_weeks", "2026-12-15", 2),
    ("developers", "2 FTE", 2), ("developers", "2.5 FTEs", 2.5), ("developers", "3 full-time developers", 3),
    ("developers", "1,5", 1.5), ("developers", "2VZÄ", 2),
    ("deadline_months", "12", 12), ("deadline_months", "n/a", None), ("deadline_months", "-", None),
    ("deadline_months", "31 December 2026", 0.99), ("deadline_months", "Q4 2026", 0.99),
    ("deadline_months", "31.12.26", 0.99), ("deadline_months", "12/31/2026", 0.99),
    ("deadline_months", "Dez 2026", 0.99),
    ("budget_usd", "$120k", 120_000), ("budget_usd", "$1,200,000", 1_200_000), ("budget_usd", "1.5M", 1_500_000),
    ("budget_usd", "90.000,-", 90_000), ("budget_usd", "USD 250000", 250_000), ("budget_usd", "250 000", 250_000),
    ("budget_usd", "1'250'000", 1_250_000), ("budget_usd", "120.000", 120_000), ("budget_usd", "١٢٠٠٠٠", 120_000),
    ("technical_lead", "✓", True), ("technical_lead", "Nein", False), ("technical_lead", "TRUE", True),
    ("scope_clarity", "MOSTLY CLEAR", "mostly_clear"), ("talent_region", "western-europe", "western_europe"),
    ("seniority", "Mid", "mid")])
def test_a_cell_is_read_as_it_is_meant(name: str, text: str, value: Any) -> None:
    assert read_(name, text) == value


@pytest.mark.parametrize(("name", "text", "says"), [
    ("build_months", "3-4", "enter one number, such as 3 or 4; found 3-4."),
    ("build_months", "3 to 4 months", "enter one number, such as 3 or 4; found 3 to 4 months."),
    ("build_months", "Q3 2027", "enter how many months it takes, such as 6, because this is a date; found Q3 2027."),
    ("build_months", "2027-03-31", "because this is a date; found 2027-03-31."),
    ("build_months", "90 days", "write it in months, because days can be calendar days or working days; found 90"),
    ("build_months", "6 months 1 year", "enter a number from 0.25 to 60 months; found 6 months 1 year."),
    ("build_months", "six", "found six."), ("build_months", "", "found nothing."),
    ("developers", "~2", "enter the number alone, such as 2; found ~2."),
    ("developers", "3+", "enter the number alone, such as 3; found 3+."),
    ("developers", "1_0", "found 1_0."), ("developers", "inf", "found inf."), ("developers", "½", "found ½."),
    ("deadline_months", "6-9", "enter one number, such as 6 or 9; found 6-9."),
    ("deadline_months", "4/3/2027", "write 2027-03-04 or 2027-04-03, because it can mean both; found 4/3/2027."),
    ("deadline_months", "2026-01-31", "enter a date after 2026-12-01"),
    ("deadline_months", "31.02.2027", "found 31.02.2027."),
    ("budget_usd", "500-700", "enter one number, such as $500 or $700; found 500-700."),
    ("budget_usd", "tbd", "from 1,000 to 100,000,000 US dollars, or leave it empty for none; found tbd."),
    ("scope_clarity", "PII", "enter one of fixed, mostly_clear, evolving; found PII."),
    ("technical_lead", "maybe", "enter one of yes, no; found maybe.")])
def test_what_has_no_one_value_is_refused_with_what_to_enter(name: str, text: str, says: str) -> None:
    with pytest.raises(EntryError) as error:
        read_(name, text)
    assert says in str(error.value)


def test_what_can_mean_two_amounts_is_refused_unless_the_column_or_the_file_decides() -> None:
    thousands = How(unit="thousands")
    for text in ("1.200", "1,200", "$1.200"):
        with pytest.raises(EntryError, match=r"write 1\.2 or 1,200, because it can mean both; found"):
            read_("budget_usd", text, thousands)
    assert read_("budget_usd", "1.200", How("thousands", decimal=POINT)) == 1_200
    assert read_("budget_usd", "1.200", How("thousands", decimal=COMMA)) == 1_200_000
    assert read_("budget_usd", Number("1.234"), thousands) == 1_234


def test_numbers_take_the_unit_of_their_column_and_a_cell_its_own() -> None:
    assert read_("build_months", "26", How("weeks")) == 6
    assert read_("build_months", "6 months", How("weeks")) == 6
    assert read_("build_months", "65 days", How("working days")) == pytest.approx(13 / WEEKS_A_MONTH)
    assert read_("budget_usd", "120", How("thousands")) == 120_000
    assert read_("budget_usd", "120k", How("thousands")) == 120_000
    assert read_("budget_usd", "1,5", How("millions")) == 1_500_000


@pytest.mark.parametrize(("text", "sign"), [
    ("2,5", COMMA), ("2.5", POINT), ("1,200,000", POINT), ("1.200.000", COMMA), ("€ 90.000,-", COMMA), ("1.200", ""),
    ("1200", ""), ("250 000", ""), ("A", ""), (Number("2.5"), "")])
def test_a_cell_tells_the_decimal_sign_where_it_can_be_read_with_one_alone(text: str, sign: str) -> None:
    assert decimal_told(text) == sign


def test_a_date_tells_the_order_of_its_column() -> None:
    assert (order_told("31/12/2026"), order_told("12/31/2026"), order_told("5/6/2027")) == (
        "day first", "month first", "")
    assert read_("deadline_months", "5/1/2027", How(order="day first")) == read_("deadline_months", "2027-01-05")
    assert read_("deadline_months", "5/1/2027", How(order="month first")) == read_("deadline_months", "2027-05-01")


@settings(LAWS, max_examples=200)
@given(st.text(max_size=80), st.sampled_from(list(NEEDS)[1:]), st.sampled_from(["", "thousands", "weeks", "days"]))
def test_any_text_is_read_or_refused_with_a_sentence(text: str, name: str, unit: str) -> None:
    assert isinstance(is_blank(text), bool)
    assert set(numbers(text)) <= {POINT, COMMA}
    assert set(periods(text)) <= {"day first", "month first"}
    if NEEDS[name].kind in ("location", "currency"):
        return
    try:
        value = read_(name, text, How(unit))
    except EntryError as error:
        assert str(error).endswith(".")
        return
    need = NEEDS[name]
    assert value is None or not isinstance(value, float) or need.low <= value <= need.high


@settings(LAWS, max_examples=200)
@given(st.floats(1_000, 1e8), st.sampled_from([
    (",", "."), (".", ","), (" ", ","), ("'", "."), ("", "."), ("\u202f", ",")]),
       st.integers(0, 2))
def test_an_amount_in_the_grammar_of_any_country_is_read_as_itself_or_asked_about(
        value: float, signs: tuple[str, str], digits: int) -> None:
    group, decimal = signs
    american = f"{value:,.{digits}f}"
    text = american.replace(",", "\x00").replace(".", decimal).replace("\x00", group)
    try:
        found = read_("budget_usd", text)
    except EntryError as error:
        assert "both" in str(error) or not 1_000 <= round(value, digits) <= 1e8
        return
    assert found == pytest.approx(round(value, digits))
