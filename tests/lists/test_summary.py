from __future__ import annotations

import io
import sys
import unicodedata
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given

from hiring import ProjectNeeds
from hiring.lists.summary import archive_name, escape_formulas, file_name, to_bytes, to_csv, unescape_formulas
from hiring.model.costs import LINES
from hiring.model.decision import decide
from hiring.model.needs import NEEDS
from tests.cells import HOSTILE, NAMES, TEXTS, formulas
from tests.factories import SNAPSHOT
from tests.strategies import LAWS

LINK = "https://example.org/decide?budget_usd=600000&v=1"
COLUMNS = [
    "project", "option", "plan", "rank", "verdict", "score", "first_share", "ahead_share", "keep_share", "currency",
    "cost_p10", "cost_median", "cost_p90", "budgeted_median", "within_budget_share", "start_week_median",
    "finish_month_median", "on_time_share", *(f"{line}_median" for line in LINES), "cost_p10_usd", "cost_median_usd",
    "cost_p90_usd", "budgeted_median_usd", *(f"{line}_median_usd" for line in LINES), "cautions", "need_budget",
    *(f"need_{name}" for name in NEEDS if name != "project"), "assumed", "own_figures", "as_of", "model_version",
    "link"]
TYPICAL = ProjectNeeds(project="Café portal", developers=2.5, technical_lead=False, budget_usd=600_000,
                       deadline_months=12)
OPEN = ProjectNeeds()
ABROAD = ProjectNeeds(location="gb", budget_usd=900_000 / SNAPSHOT.exchange_rates["GBP"].central)


def csv_of(needs: ProjectNeeds) -> bytes:
    return to_csv(decide(needs, SNAPSHOT), LINK)


def table_of(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), encoding="utf-8-sig")


def test_the_file_has_one_header_a_row_an_option_and_one_for_the_mix_and_the_columns_in_order() -> None:
    lines = csv_of(TYPICAL).decode("utf-8-sig").splitlines()
    decision = decide(TYPICAL, SNAPSHOT)
    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) == 5
    table = table_of(csv_of(TYPICAL))
    assert table["option"].tolist() == list(decision.all_outcomes)
    assert table["option"][0] == decision.answer
    assert table["plan"].tolist() == [outcome.plan.id for outcome in decision.all_outcomes.values()]
    mixed = table[table["option"] == "mix"].iloc[0]
    assert pd.isna(mixed["first_share"])
    assert table["ahead_share"].notna().tolist() == [option == "mix" for option in table["option"]]
    assert "mix" not in table_of(csv_of(replace(TYPICAL, mixes=False)))["option"].tolist()


@pytest.mark.parametrize("needs", [TYPICAL, OPEN, ABROAD], ids=["typical", "open", "abroad"])
def test_the_cost_lines_of_the_file_add_up_to_the_median_to_the_unit(needs: ProjectNeeds) -> None:
    table = table_of(csv_of(needs))
    for end in ("_usd", ""):
        lines = table[[f"{line}_median{end}" for line in LINES]]
        assert lines.sum(axis=1).tolist() == table[f"cost_median{end}"].tolist()


def test_each_amount_is_also_in_the_currency_of_the_country_or_the_one_that_was_picked() -> None:
    for needs, code in ((ABROAD, "GBP"), (replace(ABROAD, currency="PLN"), "PLN"), (TYPICAL, "USD")):
        table, rate = table_of(csv_of(needs)), 1 if code == "USD" else SNAPSHOT.exchange_rates[code].central
        assert set(table["currency"]) == {code}
        dollars = [column for column in table if column.endswith("_usd") and not column.startswith("need_")]
        for column in dollars:
            local = table[column.removesuffix("_usd")]
            assert local.tolist() == pytest.approx((table[column] * rate).tolist(), abs=0.5 + 0.51 * rate)
    assert set(table_of(csv_of(ABROAD))["need_budget"]) == {900_000}


@pytest.mark.parametrize("needs", [TYPICAL, OPEN], ids=["typical", "open"])
def test_a_spreadsheet_reads_the_numbers_of_the_decision(needs: ProjectNeeds) -> None:
    read, expected = table_of(csv_of(needs)), decide(needs, SNAPSHOT).summary(LINK)
    assert list(read.columns) == list(expected.columns)
    # dollars to the dollar, shares and scores to four decimals, weeks and months to two
    half = {"usd": 0.501, "share": 0.0000501, "score": 0.0000501, "median": 0.501, "p10": 0.501, "p90": 0.501}
    half |= dict.fromkeys(("start_week_median", "finish_month_median"), 0.00501)
    for column in expected.columns:
        step = half.get(column, half.get(column.split("_")[-1]))
        for was, now in zip(expected[column], read[column], strict=True):
            if was is None or was == "" or pd.isna(was):
                assert pd.isna(now)
            elif isinstance(was, str):
                assert str(now) == was
            else:
                assert now == pytest.approx(was, abs=step if step and not column.startswith("need_") else 1e-9)


def test_a_limit_that_was_not_given_leaves_its_cells_empty() -> None:
    read = table_of(csv_of(OPEN))
    for column in ("need_budget_usd", "need_deadline_months", "within_budget_share", "on_time_share"):
        assert read[column].isna().all()


def test_the_file_begins_with_the_mark_by_which_excel_knows_utf_8() -> None:
    assert csv_of(TYPICAL).startswith(b"\xef\xbb\xbfproject,")
    assert table_of(csv_of(TYPICAL))["project"].tolist() == ["Café portal"] * 4


def test_lines_end_as_in_every_csv_file() -> None:
    content = csv_of(TYPICAL)
    assert content.count(b"\r\n") == content.count(b"\n") == 5


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "=cmd|' /C calc'!A0"])
def test_a_name_that_a_spreadsheet_would_run_comes_out_as_text(name: str) -> None:
    cells = table_of(csv_of(ProjectNeeds(project=name)))["project"].tolist()
    assert set(cells) == {f"'{name}"}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_could_run_as_a_formula_wherever_a_spreadsheet_splits(name: str) -> None:
    assert formulas(to_bytes([{"a": name, "b": 1, "c": escape_formulas(name)}]))  # what is not escaped would be found
    assert not formulas(to_bytes([{"a": escape_formulas(name), "b": 1, "c": escape_formulas(name)}]))


@pytest.mark.parametrize("name", NAMES)
def test_no_name_makes_a_summary_with_a_formula(name: str) -> None:
    assert not formulas(csv_of(ProjectNeeds(project=name, mixes=False)))


@LAWS
@given(TEXTS, TEXTS)
def test_no_two_texts_make_a_formula_and_each_comes_back_as_it_was(one: str, other: str) -> None:
    assert not formulas(to_bytes([{"a": escape_formulas(one), "b": escape_formulas(other)}]))
    assert (unescape_formulas(escape_formulas(one)), unescape_formulas(escape_formulas(other))) == (one, other)


def test_every_form_of_a_sign_that_unicode_knows_is_found() -> None:
    for character in map(chr, range(sys.maxunicode + 1)):
        plain = unicodedata.normalize("NFKC", character)
        if plain.startswith(("=", "+", "-", "@")):
            assert escape_formulas(f"x;{character}1") == f"x;'{character}1"
        if plain in (",", ";", "|"):
            assert escape_formulas(f"x{character}=1") == f"x{character}'=1"


@pytest.mark.parametrize(("cell", "expected"), [
    ("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\t=1", "'\t'=1"), ("\r1", "'\r1"), (" =1", "' =1"),
    ("＝1", "'＝1"), ("\u200e=1", "'\u200e=1"), ("－1", "'－1"), ("a; =1", "a;' =1"), ("a\n=1", "a\n'=1"),
    ("Sep=;", "'Sep=;"), ('"=1"', "'\"=1\""),
    ("a=1", "a=1"), ("a, b - c; d", "a, b - c; d"), ("", ""), ("'=1", "''=1"), (-1.5, -1.5), (None, None)])
def test_only_what_could_begin_a_cell_as_a_formula_gets_an_apostrophe(cell: object, expected: object) -> None:
    assert escape_formulas(cell) == expected


@pytest.mark.parametrize("name", ["a, b", 'a "quoted" b', "<script>alert(1)</script>", "a;b", "a'b", "日本"])
def test_other_names_come_back_as_they_were(name: str) -> None:
    assert table_of(csv_of(ProjectNeeds(project=name)))["project"].tolist() == [name] * 4


def test_the_summaries_of_two_projects_stack() -> None:
    first, second = csv_of(TYPICAL), csv_of(OPEN)
    stacked = table_of(first + second.split(b"\r\n", 1)[1])
    assert list(stacked.columns) == COLUMNS
    assert stacked["rank"].tolist() == [1, 2, 3, 4, 1, 2, 3, 4]
    pd.testing.assert_frame_equal(stacked[4:].reset_index(drop=True), table_of(second), check_dtype=False)


@pytest.mark.parametrize(("name", "expected"), [
    ("Customer portal", "customer-portal"), ("", "project"), ("日本", "project"), ("../../etc/passwd", "etc-passwd"),
    ("<b>A&B</b>", "b-a-b-b")])
def test_the_files_are_named_after_the_project_in_plain_letters(name: str, expected: str) -> None:
    assert file_name(ProjectNeeds(project=name)) == f"{expected}-summary.csv"
    assert archive_name(ProjectNeeds(project=name)) == f"{expected}.zip"
