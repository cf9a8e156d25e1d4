from __future__ import annotations

import codecs
import csv
import io
import math
import pickle
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hiring import ProjectNeeds
from hiring.evidence.loader import load_evidence
from hiring.lists import older, summary
from hiring.lists.columns import ColumnMap, from_json
from hiring.lists.project_list import OLDER_LIST, BadRow, ListError, Project, ProjectList, bad_rows_csv, check
from hiring.lists.reader_process import read_lines_here
from hiring.model.countries import currency_code, per_dollar
from hiring.model.decision import decide
from hiring.model.needs import DEFAULTS, NEEDS
from hiring.model.own_figures import Own, Range, with_own
from tests.cells import HOSTILE, SEPARATORS, TEXTS, formulas
from tests.factories import DAY, SNAPSHOT
from tests.links.test_own_figures_codec import some_figures
from tests.strategies import LAWS, projects

EVIDENCE = load_evidence()
LATER = DAY.replace(year=DAY.year + 1)


def listed(content: bytes | str, mapping: ColumnMap | None = None) -> list[Project | BadRow]:
    return list(opened(content, mapping))


def opened(content: bytes | str, mapping: ColumnMap | None = None) -> ProjectList:
    return ProjectList(io.BytesIO(content.encode() if isinstance(content, str) else content), EVIDENCE,
                       read_file=read_lines_here, mapping=mapping)


def with_reading(asking: ProjectList, field: str, **how: str) -> ColumnMap:
    """What a list was taken for, with an answer to what it asks about a column, as a file keeps it."""
    found = asking.matching.proposal()
    return from_json(replace(found, columns=tuple(
        (heading, name, replace(read, **how) if name == field else read) for heading, name, read in found.columns)
    ).to_json())


def needs_of(content: bytes | str, mapping: ColumnMap | None = None) -> list[ProjectNeeds]:
    rows = listed(content, mapping)
    assert all(isinstance(row, Project) for row in rows), rows
    return [row.needs for row in rows if isinstance(row, Project)]


def to_the_cent(needs: ProjectNeeds) -> ProjectNeeds:
    """The needs with a budget that people type: of no more than cents in its currency, or in dollars."""
    if needs.budget_usd is None:
        return needs
    rate = per_dollar(currency_code(SNAPSHOT, needs), SNAPSHOT.exchange_rates)
    usd = max(math.floor(needs.budget_usd * rate * 100) / 100 / rate, 1_000)
    whole = round(usd, 2)
    return replace(needs, budget_usd=whole if math.isclose(whole, usd, rel_tol=1e-12) else usd)


@settings(LAWS, max_examples=25)
@given(projects(), some_figures(), st.frozensets(st.sampled_from(list(NEEDS))))
@example(ProjectNeeds(budget_usd=1_000, currency="RON"), (), frozenset())
@example(ProjectNeeds(budget_usd=11_000, currency="PKR"), (), frozenset())
def test_a_summary_is_read_again_as_the_project_that_it_was_made_from(
        needs: ProjectNeeds, own: Own, assumed: frozenset[str]) -> None:
    needs = to_the_cent(needs)
    content = summary.to_csv(decide(needs, with_own(SNAPSHOT, own), 40), "https://example.org/?v=2", assumed)
    assert listed(content) == [Project(2, needs, DAY, own, assumed)]


@pytest.mark.parametrize("name", ["=1+1", "'=1+1", "''", "+49 30", "-", "@home", "O'Hara", "\u200d=1", 'a "b"; c, d',
                                  "Ünï – 客", "x;=1+1;y", "x;'=1", "a, -b"])
def test_a_name_comes_back_from_a_summary_as_it_was(name: str) -> None:
    needs = ProjectNeeds(project=name)
    assert needs_of(summary.to_csv(decide(needs, SNAPSHOT, 40), "")) == [needs]


@pytest.mark.parametrize(("country", "code"), [("gb", "GBP"), ("pl", "PLN")])
def test_a_budget_in_a_summary_has_cents_at_most_and_comes_back_as_it_was_typed(country: str, code: str) -> None:
    needs = ProjectNeeds(location=country, budget_usd=1_234_567 / SNAPSHOT.exchange_rates[code].central)
    content = summary.to_csv(decide(needs, SNAPSHOT), "")
    (row, *_) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert len(row["need_budget_usd"].partition(".")[2]) <= 2
    (read,) = needs_of(content)
    assert read.budget_usd == needs.budget_usd


def test_summaries_of_two_projects_stack_and_each_counts_once() -> None:
    one, other = (summary.to_csv(decide(ProjectNeeds(developers=n), SNAPSHOT, 40), "") for n in (1, 2))
    stacked = one + b"".join(other.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)[1:])
    assert [needs.developers for needs in needs_of(stacked)] == [1, 2]


def test_columns_may_stand_in_any_order_and_what_is_missing_takes_its_default() -> None:
    projects_read = opened("need_Build_Months, developers ,project,note\n3,1.5,Portal,hello\n")
    assert projects_read.header.unknown == ("note",)
    left = set(NEEDS) - {"build_months", "developers", "project"}
    assert set(projects_read.header.missing) == {"budget", *left} - {"budget_usd"}
    (row,) = projects_read
    assert row == Project(2, ProjectNeeds(**{**DEFAULTS, "build_months": 3, "developers": 1.5, "project": "Portal"}),
                          None, (), frozenset(left))


TEXT = "project;developers;budget_usd;deadline_months;technical_lead\r\nBüro;2,5;400000;;No\r\n"
BUREAU = ProjectNeeds(project="Büro", developers=2.5, budget_usd=400_000, deadline_months=None, technical_lead=False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_semicolons_decimal_commas_and_the_encodings_of_spreadsheets_are_read(encoding: str) -> None:
    assert needs_of(TEXT.encode(encoding)) == [BUREAU]
    assert needs_of(TEXT.replace(";", "\t").encode(encoding)) == [BUREAU]


@pytest.mark.parametrize(("cells", "reasons"), [
    ("abc,mid", ["column developers: Developers to build: enter a number from 0.1 to 50 full-time developers; found "
                 "abc."]),
    (",mid", ["column developers: Developers to build: enter a number from 0.1 to 50 full-time developers; found "
              "nothing."]),
    ("nan,boss", ["found nan.", "column seniority: Level: enter one of junior, mid, senior; found boss."]),
    ("1_0,mid", ["found 1_0."]), ("99,mid", ["found 99."]), ("1e400,mid", ["found 1e400."]),
    ("=1+1,mid", ["found =1+1."]),
    ("2,mid,more", ["column without a name: give the column a name, or put a text that holds the separator in quotes; "
                    "found more."]),
])
def test_a_bad_row_is_told_with_its_line_and_every_reason_and_the_others_are_kept(
        cells: str, reasons: list[str]) -> None:
    first, bad, last = listed(f"developers,seniority\n1,mid\n\n{cells}\n3,senior\n")
    assert isinstance(first, Project)
    assert isinstance(last, Project)
    assert isinstance(bad, BadRow)
    assert bad.line == 4
    assert len(bad.reasons) == len(reasons)
    assert all(reason in shown for reason, shown in zip(reasons, bad.reasons, strict=True))


@pytest.mark.parametrize(("column", "cell", "reason"), [
    ("as_of", "2020-01-01", "column as_of: enter a date from 2026-11-22 to"), ("as_of", "soon", "found soon."),
    ("own_figures", "nothing~1", "no such figure is known"), ("own_figures", "load~0.5", "enter a number from 1 to 10"),
    ("location", "xx", "no wages are known for xx"), ("project", "x" * 81, "at most 80 characters"),
    ("own_figures", "load~0.5", "column own_figures: Your own figure load")])
def test_dates_own_figures_places_and_names_are_checked_too(column: str, cell: str, reason: str) -> None:
    (row,) = listed(f"developers,{column}\n2,{cell}\n")
    assert isinstance(row, BadRow)
    assert reason in row.reasons[0]


def test_a_row_may_have_its_own_date_and_figures() -> None:
    (row,) = listed(f"developers,own_figures,as_of\n2,load~1.3,{DAY}\n")
    assert row == Project(2, ProjectNeeds(), DAY, (("load", Range(1.3, 1.3, 1.3)),), frozenset(NEEDS) - {"developers"})


def test_the_wages_of_the_day_of_a_row_are_those_that_its_place_is_looked_up_in() -> None:
    older = replace(EVIDENCE, wages=tuple(replace(wage, recorded=LATER) if wage.id == "us-ca" else wage
                                          for wage in EVIDENCE.wages))
    content = f"location,as_of\nus-ca,{DAY}\nny,{DAY}\nus-ca,{LATER}\nus-ca,\n"
    rows = list(ProjectList(io.BytesIO(content.encode()), older))
    assert [type(row) for row in rows] == [BadRow, Project, Project, Project]


def test_true_and_false_of_a_spreadsheet_mean_yes_and_no() -> None:
    assert [needs.technical_lead for needs in needs_of("technical_lead\nTRUE\nfalse\nYes\n")] == [True, False, True]


OLDER = ("project,option,rank,verdict,first_share,need_developers,need_build_months,need_horizon_months,"
         "need_scope_clarity,own_figures\n")


def test_a_summary_of_model_1_keeps_its_meaning_and_says_how_it_was_read() -> None:
    file = opened(OLDER + "".join(f"A,{option},1,clear,1,2,6,36,fixed,overrun~1.2~~rule_out_share~0.1\n"
                                  for option in ("in_house", "freelance", "agency")))
    found = check(file, 10)
    assert found.projects == (Project(
        2, ProjectNeeds(project="A", upkeep_months=30, budget_covers="build_and_upkeep", scope_clarity="fixed"), None,
        (("overrun.fixed", Range(1.2, 1.2, 1.2)),),
        frozenset(NEEDS) - {"project", "developers", "build_months", "upkeep_months", "scope_clarity"}),)
    assert found.note == (f"{OLDER_LIST} The model no longer uses these own figures, so they were left out: "
                          "rule_out_share.")
    assert not {"upkeep_months", "budget_covers"} & set(found.header.missing)


def test_months_looked_ahead_keep_their_bounds_and_give_way_to_months_of_upkeep() -> None:
    (bad,) = listed("build_months,horizon_months\n6,121\n")
    assert isinstance(bad, BadRow)
    assert [(fault.column, fault.found, fault.wanted) for fault in bad.faults] == [
        ("horizon_months", "121", "Look ahead, months: enter a number from 1 to 120 months.")]
    both = opened("build_months,horizon_months,upkeep_months,budget_covers\n6,36,12,build\n")
    assert both.header.unknown == ("horizon_months",)
    assert [row.needs for row in both if isinstance(row, Project)] == [ProjectNeeds(upkeep_months=12)]
    (stated,) = needs_of("build_months,horizon_months,budget_covers\n6,36,build\n")
    assert stated == ProjectNeeds(upkeep_months=30)


def test_the_row_of_the_mix_is_no_project_and_alone_gives_the_same_needs() -> None:
    decision = decide(ProjectNeeds(), SNAPSHOT, 40)
    assert decision.mix is not None
    rows = summary.cells(decision, "")
    assert needs_of(summary.to_bytes(rows)) == [ProjectNeeds()]
    assert needs_of(summary.to_bytes([row for row in rows if row["option"] == "mix"])) == [ProjectNeeds()]


def test_two_projects_alike_count_as_two_in_a_summary_too() -> None:
    one = summary.to_csv(decide(ProjectNeeds(), SNAPSHOT, 40), "")
    twice = one + b"".join(one.splitlines(keepends=True)[1:])
    assert needs_of(twice) == [ProjectNeeds(), ProjectNeeds()]


def test_a_project_of_a_summary_that_was_broken_is_told_once() -> None:
    broken = summary.to_csv(decide(ProjectNeeds(), SNAPSHOT, 40), "").replace(b",mid,", b",boss,")
    (row,) = listed(broken)
    assert isinstance(row, BadRow)
    assert [fault.column for fault in row.faults] == ["need_seniority"]


def test_a_summary_whose_row_is_cut_short_is_told_and_not_dropped() -> None:
    whole = summary.to_csv(decide(ProjectNeeds(), SNAPSHOT, 40), "")
    (_, bad) = listed(whole + b"Short\r\n")
    assert isinstance(bad, BadRow)


def test_a_fault_says_column_found_and_wanted_apart() -> None:
    (row,) = listed("Build_Months,developers\n99,\n")
    assert isinstance(row, BadRow)
    assert [(fault.column, fault.found, fault.wanted) for fault in row.faults] == [
        ("Build_Months", "99", "Months to build: enter a number from 0.25 to 60 months."),
        ("developers", "", "Developers to build: enter a number from 0.1 to 50 full-time developers.")]


def given_back(content: bytes | str) -> bytes:
    file = opened(content)
    return b"".join(bad_rows_csv(file.header, [row for row in file if isinstance(row, BadRow)]))


def test_bad_rows_are_given_back_as_they_were_with_the_reason_last_and_can_be_mended() -> None:
    back = given_back("who,developers,project\nAnn,two,=1+1\nBob,2,Shop\n'Cy,-5,\"a, b\"\n")
    rows = list(csv.reader(io.StringIO(back.decode("utf-8-sig"))))
    assert rows[0] == ["who", "developers", "project", "reason"]
    assert [row[:3] for row in rows[1:]] == [["Ann", "two", "'=1+1"], ["''Cy", "'-5", "a, b"]]
    assert rows[1][3].endswith("found two.")
    assert given_back(back) == back  # uploaded again as they are, nothing but the same rows comes back
    mended = back.replace(b"two", b"2").replace(b"'-5", b"5")
    assert opened(mended).header.unknown == ("who",)
    assert [(needs.developers, needs.project) for needs in needs_of(mended)] == [(2, "=1+1"), (5, "a, b")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_header_or_reason_that_is_given_back_could_run_as_a_formula(separator: str) -> None:
    columns = ["developers", "seniority", "as_of", *HOSTILE]
    lines = [columns, *([text, text, text, *HOSTILE, text] for text in HOSTILE)]
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(lines)
    back = given_back(text.getvalue())
    assert formulas(text.getvalue().encode())
    assert not formulas(back)
    assert given_back(back) == back
    assert len(opened(back).header.unknown) == len(HOSTILE)


@settings(LAWS, max_examples=40)
@given(st.sampled_from(SEPARATORS[:3]), TEXTS, TEXTS, TEXTS)
def test_what_is_given_back_is_read_again_as_it_was(separator: str, head: str, one: str, other: str) -> None:
    text = io.StringIO()
    head = re.sub("[,;\t\r\n]", "", head)  # the first line tells the separator
    rows = [["developers", f"x{head}"], [f"x{one}", f"x{other}"]]
    csv.writer(text, delimiter=separator).writerows([[cell.replace("\x00", "") for cell in row] for row in rows])
    before = opened(text.getvalue())
    (row,) = before
    assert isinstance(row, BadRow)
    back = b"".join(bad_rows_csv(before.header, [row]))
    after = opened(back)
    (again,) = after
    assert isinstance(again, BadRow)
    assert after.header.columns[:2] == before.header.columns
    assert again.cells[:2] == row.cells
    assert not formulas(back)


def test_what_was_read_with_a_decimal_comma_is_given_back_to_be_read_so_again() -> None:
    back = given_back("project;developers;build_months\nA;2,5;x\nB;2,5;4\n")
    assert back.splitlines()[1].startswith(b"A;2,5;x;")
    assert given_back(back) == back
    assert needs_of(back.replace(b";x;", b";4;")) == [ProjectNeeds(project="A", developers=2.5, build_months=4)]


def test_of_many_cells_without_a_column_five_are_told_and_the_others_counted() -> None:
    (row,) = listed("developers\n2" + ",x" * 290 + "\n")
    assert isinstance(row, BadRow)
    assert [fault.found for fault in row.faults] == ["x"] * 5 + [""]
    assert row.reasons[-1] == "column without a name: 285 more cells are in no column."


def test_faults_stand_in_the_order_of_the_columns_however_often_the_file_is_given_back() -> None:
    back = given_back("note,note,developers\n,,,more\n")
    assert given_back(back) == back


def test_a_header_that_a_spreadsheet_would_run_is_given_back_the_same_each_time() -> None:
    back = given_back("developers,=1+1,'quoted\nx,1,2\n")
    assert back.decode("utf-8-sig").splitlines()[0] == "developers,'=1+1,''quoted,reason"
    assert given_back(back) == back
    assert opened(back).header.columns == ("developers", "=1+1", "'quoted", "reason")


def test_a_cell_past_the_last_column_is_given_back_too() -> None:
    back = given_back("developers,project\n2,Shop,more\n")
    assert [row[:3] for row in csv.reader(io.StringIO(back.decode("utf-8-sig")))] == [
        ["developers", "project", ""], ["2", "Shop", "more"]]
    (row,) = listed(back)
    assert isinstance(row, BadRow)
    assert needs_of(f"{back.decode().splitlines()[0]}\n2,Shop,,\n")[0].project == "Shop"


def test_a_long_list_is_read_up_to_a_bound_and_the_line_is_told() -> None:
    content = b"developers\n1\n\ntwo\n3\n4\n"
    cut = check(opened(content), 3)
    assert ([project.needs.developers for project in cut.projects], len(cut.bad), cut.cut_after) == ([1, 3], 1, 5)
    assert check(opened(content), 4).cut_after is None
    empty = check(opened(b"developers\n"), 4)
    assert empty == ((), (), empty.header, "", None)


@pytest.mark.parametrize(("content", "sentence"), [
    (b"", "The file is empty"), (b" \r\n\t", "The file is empty"), (codecs.BOM_UTF8 + b"\n", "names no column"),
    (b"PK\x03\x04\x00\x00", "not an Excel workbook"), (b"\x00" * 100, "not text"),
    (b"name,cost\nA,1000\n", "Does “cost” hold the budget"), (b"project\nA\n", "names no column"),
    (b"developers,need_developers\n1,2\n", "Two columns hold developers"),
    (b"Build months,build - months\n1,2\n", "Two columns"),
    (b"budget,need_budget\n1,2\n", "Two columns hold budget")])
def test_what_is_no_list_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(ListError, match=sentence):
        listed(content)


def test_a_cell_that_never_ends_is_told() -> None:
    with pytest.raises(ListError, match="not a row of a CSV file"):
        listed(b'developers,project\n2,"' + b"x" * 200_000)


@settings(LAWS, max_examples=100)
@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_raise_anything_but_the_sentence(content: bytes, is_list: bool) -> None:
    try:
        rows: list[Any] = listed(b"developers,project\n" * is_list + content)
    except ListError:
        return
    assert all(isinstance(row, Project | BadRow) for row in rows)


# Headings

@pytest.mark.parametrize("heading", ["build_months", "Build months", "BUILD-MONTHS", "Build, months", " build  months:",
                                     "need_build_months", "\uff22uild months"])
def test_a_heading_may_differ_in_case_spaces_and_signs_or_be_the_label_of_the_form(heading: str) -> None:
    content = io.StringIO()
    csv.writer(content).writerows([[heading, "Developers"], ["9", "3"]])
    assert needs_of(content.getvalue()) == [ProjectNeeds(build_months=9, developers=3)]


def test_every_label_of_the_form_is_a_heading_and_so_are_those_of_before() -> None:
    before = {name: labels[-1] for name, labels in older.OLDER_LABELS.items()}
    for labels, in_thousands in (({}, set()), (before, {"budget_usd"})):
        columns = [labels.get(name, need.label) for name, need in NEEDS.items()]
        text = io.StringIO()
        csv.writer(text).writerow(columns)
        header = opened(text.getvalue()).header
        assert {"budget_usd" if name == "budget" else name for name in header.fields} == NEEDS.keys()
        assert (header.unknown, header.missing) == ((), ())
        assert {name for name, how in header.hows.items() if how.unit == "thousands"} == in_thousands


@pytest.mark.parametrize("amount", ["1,500", "1.500"])
@pytest.mark.parametrize("separator", ["\t", ";"])
def test_thousands_that_can_mean_two_amounts_are_asked_about_once(amount: str, separator: str) -> None:
    content = separator.join(("Project", "Developers", "Budget, $ thousand\nA", "3", f"{amount}\nB", "3", amount))
    asking = opened(content)
    assert asking.questions == (
        f"Is the sign in “{amount}” of “Budget, $ thousand” a decimal sign, or between thousands?",)
    with pytest.raises(ListError, match="a decimal sign"):
        list(asking)
    for decimal in ".,":
        said = with_reading(asking, "budget_usd", decimal=decimal)
        assert [needs.budget_usd for needs in needs_of(content, mapping=said)] == [
            1_500 if decimal in amount else 1_500_000] * 2


def test_an_amount_under_a_heading_that_says_thousands_is_in_thousands() -> None:
    good, bad = listed('Developers,"Budget, $ thousand"\n3,120\n4,0.5\n')
    assert isinstance(good, Project)
    assert good.needs.budget_usd == 120_000
    assert isinstance(bad, BadRow)
    assert bad.reasons == (
        "column Budget, $ thousand: Budget: enter thousands of US dollars, from 1 to 100,000; found 0.5.",)


def test_beside_a_column_with_the_name_of_a_field_one_with_its_label_is_somebodys_note() -> None:
    found = opened("Scope,scope_clarity,developers\nA new shop for all,fixed,2\n")
    assert found.header.unknown == ("Scope",)
    assert [row.needs.scope_clarity for row in found if isinstance(row, Project)] == ["fixed"]


@pytest.mark.parametrize(("columns", "missing"), [
    ("developers,build_months", ()), ("developers,project", ("build_months",)),
    ("Build months,seniority", ("developers",)), ("budget_usd", ("developers", "build_months"))])
def test_a_list_says_which_of_the_essential_columns_it_leaves_out(columns: str, missing: tuple[str, ...]) -> None:
    assert opened(f"{columns}\n").header.essential_missing == missing


# Places and currencies

@pytest.mark.parametrize(("cell", "code"), [
    ("gb", "gb"), ("uk", "gb"), ("U.K.", "gb"), ("usa", "us"), ("Germany", "de"), ("Deutschland", "de"),
    ("the Netherlands", "nl"), ("California", "us-ca"), ("us-ca", "us-ca"), ("US-41940", "us-41940"),
    ("41940", "us-41940"),
    ("ny", "us-ny"), ("San Francisco", "us-41860"), ("New York", "us-ny")])
def test_a_place_is_understood_as_people_write_it(cell: str, code: str) -> None:
    assert [needs.location for needs in needs_of(f"developers,location\n2,{cell}\n")] == [code]


@pytest.mark.parametrize("code", ["ca", "de", "DE"])
def test_a_code_of_a_country_and_a_state_is_asked_about_once(code: str) -> None:
    content = f"developers,location\n2,{code}\n3,{code}\n"
    asking = opened(content)
    assert asking.questions == (f"Does “{code}” in “location” mean a country or an area of the United States?",)
    for place, meant in (("country", code.lower()), ("area", f"us-{code.lower()}")):
        said = with_reading(asking, "location", place=place)
        assert [needs.location for needs in needs_of(content, mapping=said)] == [meant] * 2


def test_the_order_of_days_and_months_is_asked_about_once() -> None:
    content = "developers,deadline_months\n2,4/3/2030\n2,5/6/2030\n"
    asking = opened(content)
    assert asking.questions == ("Does “4/3/2030” in “deadline_months” have the day or the month first?",)
    read = (with_reading(asking, "deadline_months", order=order) for order in ("day first", "month first"))
    day, month = ([needs.deadline_months for needs in needs_of(content, mapping=mapping)] for mapping in read)
    assert None not in (*day, *month)
    assert day[0] < month[0]
    assert day[1] > month[1]


@pytest.mark.parametrize(("head", "version", "place"), [
    ("model_version", "2.0", "ca"), ("format", "3", "ca"), ("model_version", "1.0", "us-ca"), ("format", "1", "us-ca")])
def test_a_list_that_says_its_version_keeps_what_its_codes_mean(head: str, version: str, place: str) -> None:
    assert [needs.location for needs in needs_of(f"developers,location,{head}\n2,ca,{version}\n")] == [place]


def test_places_of_a_list_that_looks_ahead_are_american() -> None:
    assert [needs.location for needs in needs_of("location,horizon_months\nca,36\nus,36\n41940,36\n")] == [
        "us-ca", "us", "us-41940"]


RATES = {code: rate.central for code, rate in EVIDENCE.as_of(EVIDENCE.dates[-1]).exchange_rates.items()}


@pytest.mark.parametrize(("place", "currency", "cell", "code", "amount"), [
    ("uk", "", "900000", "GBP", 900_000), ("uk", "", "£1.2m", "GBP", 1_200_000),
    ("de", "", "€ 90.000,-", "EUR", 90_000),
    ("de", "", "90.000", "EUR", 90_000), ("pl", "", "1 200 000 zł", "PLN", 1_200_000),
    ("us", "", "$600k", "USD", 600_000),
    ("us", "INR", "₹ 25,00,000", "INR", 2_500_000), ("us", "", "₹ 25,00,000", "INR", 2_500_000),
    ("uk", "eur", "90000", "EUR", 90_000), ("uk", "euros", "€90k", "EUR", 90_000), ("uk", "", "€90k", "EUR", 90_000),
    ("Canada", "", "$1.2M", "CAD", 1_200_000), ("us", "", "C$1.2M", "CAD", 1_200_000),
    ("uk", "USD", "$900k", "USD", 900_000)])
def test_an_amount_is_in_the_currency_of_its_sign_its_column_or_its_country(
        place: str, currency: str, cell: str, code: str, amount: float) -> None:
    (needs,) = needs_of(f"format;location;currency;budget\n3;{place};{currency};{cell}\n")
    assert needs.budget_usd == amount / RATES.get(code, 1)
    assert (needs.currency or EVIDENCE.as_of(EVIDENCE.dates[-1]).countries[needs.country].currency) == code


def test_a_list_mixes_currencies_and_numbers_under_budget_usd_are_dollars() -> None:
    uk, us, de = needs_of("location,currency,budget_usd\nuk,,900000\nus,,$600k\nGermany,,€90k\n")
    assert (uk.budget_usd, us.budget_usd) == (900_000, 600_000)
    assert de.budget_usd == 90_000 / RATES["EUR"]


@pytest.mark.parametrize(("place", "currency", "cell", "says"), [
    ("uk", "GBP", "€90k", "this amount is in euros, and amounts here are in British pounds; pick euros"),
    ("uk", "", "$900k", "this amount is in dollars, and amounts here are in British pounds"),
    ("us", "CAD", "$900k", "write CA$900,000 if it is in Canadian dollars, because $ can mean several currencies"),
    ("us", "JPY", "900000", "Amounts in: no exchange rate is known for JPY"),
    ("us", "", "900000 JPY", "column budget: Amounts in: no exchange rate is known for JPY."),
    ("us", "dollar", "900000", "enter the code of a currency, such as EUR"),
    ("uk", "", "5", "enter a number from 750 to 74,000,000 British pounds, or leave it empty for none; found 5."),
    ("uk", "", "abc", "enter a number from 750 to 74,000,000 British pounds, or leave it empty for none; found abc.")])
def test_an_amount_that_is_unclear_or_has_no_rate_is_refused_with_a_sentence(
        place: str, currency: str, cell: str, says: str) -> None:
    (bad,) = listed(f"location;currency;budget\n{place};{currency};{cell}\n")
    assert isinstance(bad, BadRow)
    assert says in bad.reasons[0]


def test_a_currency_that_is_not_the_countrys_is_allowed_and_said() -> None:
    found = check(opened("developers,location,currency,budget\n2,uk,EUR,€90k\n2,uk,GBP,£90k\n2,uk,,£90k\n"), 10)
    assert [project.needs.currency for project in found.projects] == ["EUR", "GBP", ""]
    assert found.note == "In 1 row, amounts are in another currency than that of the country."


def test_nothing_is_said_of_an_amount_whose_currency_is_not_known_yet() -> None:
    (bad,) = listed("developers,location,budget\n2,Atlantis,5\n")
    assert isinstance(bad, BadRow)
    assert [fault.column for fault in bad.faults] == ["location"]


def test_two_budgets_of_a_row_have_to_agree() -> None:
    rows = listed("location,currency,budget,budget_usd\nuk,,75000,100040\nuk,,75000,100040.01600640256\nuk,,75000,\n")
    assert [type(row) for row in rows] == [BadRow, Project, Project]
    assert "it differs from the budget in US dollars; keep one of the two" in rows[0].reasons[0]  # type: ignore[union-attr]


def test_beside_a_budget_in_dollars_of_a_list_without_currencies_a_column_budget_is_somebodys_note() -> None:
    assert opened("developers,budget_usd,Budget\n2,600000,approved\n").header.unknown == ("Budget",)


# What a list can be made to cost

def test_a_heading_without_end_is_known_as_nothing_and_repeated_in_no_reason() -> None:
    long = "developers" + "-" * 15_000
    with pytest.raises(ListError, match="names no column that is known"):
        listed(f"{long}\n2\n")
    back = given_back(f"developers,{long}\n" + "two,x\n" * 50)
    assert len(back) < 2 * 15_000


def test_a_project_counts_once_for_as_many_options_as_there_can_be() -> None:
    rows = listed("developers,option,rank,verdict,first_share\n" + "".join(f"2,{n},1,clear,0\n" for n in range(100)))
    assert [row.line for row in rows] == [2, 22, 42, 62, 82]


def test_more_own_figures_than_there_are_is_one_fault() -> None:
    (row,) = listed("developers,own_figures\n2," + "~~".join(["x~1"] * 3_000) + "\n")
    assert isinstance(row, BadRow)
    most = len(EVIDENCE.as_of(EVIDENCE.dates[-1]).figures)
    assert row.reasons == (f"column own_figures: write at most {most} own figures, each once.",)


def test_bad_rows_are_held_small_and_given_back_in_pieces() -> None:
    file = opened("developers,note\n" + f"two,{'x' * 19_000}😀\n" * 100)
    bad = [row for row in file if isinstance(row, BadRow)]
    assert len(pickle.dumps(bad)) < 100_000
    assert bad[-1].cells == ("two", "x" * 19_000 + "😀")
    assert max(map(len, bad_rows_csv(file.header, bad))) < 20_000
