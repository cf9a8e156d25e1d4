from __future__ import annotations

import csv
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hiring.exchange.tables import DATA, DataError, load_evidence, read_evidence

Edit = Callable[[list[list[str]]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data to break."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def rewrite(file: Path, edit: Edit, encoding: str = "utf-8", newline: str = "\n") -> None:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    edit(rows)
    with file.open("w", encoding=encoding, newline="") as opened:
        csv.writer(opened, lineterminator=newline).writerows(rows)


def setting(id_: str, **cells: str) -> Edit:
    """An edit that writes some cells of the first row of `id_`."""
    def edit(rows: list[list[str]]) -> None:
        row = next(row for row in rows if row[0] == id_)
        for column, cell in cells.items():
            row[rows[0].index(column)] = cell
    return edit


def line_of(file: Path, id_: str) -> int:
    with file.open(encoding="utf-8", newline="") as opened:
        return next(number for number, row in enumerate(csv.reader(opened), 1) if row[0] == id_)


def first_id(file: str) -> str:
    return (DATA / file).read_text(encoding="utf-8").splitlines()[1].split(",")[0]


def faults(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_evidence(folder)
    assert str(caught.value).startswith("The data cannot be used until this is mended:\n")
    assert all(fault in str(caught.value) for fault in caught.value.faults)
    return caught.value.faults


NUMBER = "a plain number of 0 or more, without thousands separators"
UNIT = ("one of FTE, USD, USD per head, USD per hour, USD per year, hours per hour, points, ratio, share, "
        "share per year, weeks")


@pytest.mark.parametrize(("file", "id_", "column", "found", "wanted"), [
    *(("figures.csv", "overrun", "central", found, NUMBER)
      for found in ("abc", "", "nan", "inf", "1e999", "-1", "1,5", "1_0", "1 000", "<b>", "=1+1")),
    ("figures.csv", "overrun", "low", "1.2", "a number up to the central value 1.15"),
    ("figures.csv", "overrun", "high", "1.1", "a number from the central value 1.15 on"),
    ("figures.csv", "fee_share.freelance", "high", "1.01", "a share of at most 1"),
    ("ratings.csv", "security.agency", "high", "100.5", "at most 100 points"),
    ("pay.csv", "agency.us.mid", "high", "abc", NUMBER),
    ("levels.csv", "capability.scale.massive", "low", "", NUMBER),
    ("figures.csv", "overrun", "unit", "percent", UNIT),
    ("figures.csv", "overrun", "kind", "guessed", "one of published, derived, assumed"),
    ("figures.csv", "overrun", "quality", "Green", "one of green, amber, red"),
    ("figures.csv", "overrun", "valid_from", "22.11.2026", "a date like 2026-11-22"),
    ("figures.csv", "overrun", "recorded", "11/22/2026", "a date like 2026-11-22"),
    ("figures.csv", "overrun", "recorded", "", "a date like 2026-11-22"),
    ("figures.csv", "overrun", "locator", "", "where in the source the number stands"),
    ("figures.csv", "overrun", "note", "", "some text"),
    ("figures.csv", "caution_share", "quality", "amber", "red, as for every assumption"),
    ("wages.csv", "ca", "p50", "", NUMBER),
    ("wages.csv", "ca", "p10", "10O000", NUMBER),
    ("wages.csv", "ca", "area_type", "county", "one of nation, state, metro"),
    ("wages.csv", "ca", "unit", "USD per hour", "one of USD per year"),
    ("wages.csv", "ca", "p50", "1", "percentiles that rise from p10 to p90"),
    ("wages.csv", "ca", "locator", "", "some text"),
    ("claims.csv", "salary.range", "claim", "", "some text"),
])
def test_a_broken_cell_is_named_by_file_row_id_what_was_found_and_what_to_write(
        folder: Path, file: str, id_: str, column: str, found: str, wanted: str) -> None:
    rewrite(folder / file, setting(id_, **{column: found}))
    shown = repr(found) if found else "nothing"
    place = f"{file}, row {line_of(DATA / file, id_)}, id {id_}"
    assert faults(folder) == [f"{place}: {column} is {shown}; write {wanted}."]


def test_an_id_that_its_other_columns_do_not_make_is_named(folder: Path) -> None:
    rewrite(folder / "figures.csv", setting("lead_weeks.agency", id="lead_week.agency"))
    row = line_of(DATA / "figures.csv", "lead_weeks.agency")
    assert faults(folder) == [f"figures.csv, row {row}, id lead_week.agency: id is 'lead_week.agency'; "
                              "write lead_weeks.agency, which its other columns make."]


@pytest.mark.parametrize("found", ["nobody", "", "assumed;", "assumed, article", "oxford-2011; nobody"])
@pytest.mark.parametrize(("file", "id_"), [("figures.csv", "overrun"), ("pay.csv", "agency.us.mid"),
                                          ("wages.csv", "ca"), ("claims.csv", "salary.range")])
def test_a_source_that_is_not_registered_is_named_with_file_row_and_id(folder: Path, file: str, id_: str,
                                                                       found: str) -> None:
    rewrite(folder / file, setting(id_, source=found))
    (fault,) = faults(folder)
    shown = repr(found) if found else "nothing"
    assert fault.startswith(f"{file}, row {line_of(DATA / file, id_)}, id {id_}: source is {shown}; write ")


@pytest.mark.parametrize(("file", "id_"), [("figures.csv", "overrun"), ("ratings.csv", "security.agency"),
                                          ("wages.csv", "ca")])
def test_a_second_row_of_the_same_id_and_dates_is_named_with_file_and_row(folder: Path, file: str, id_: str) -> None:
    rewrite(folder / file, lambda rows: rows.append(next(row for row in rows if row[0] == id_)))
    last = len((folder / file).read_text(encoding="utf-8").splitlines())
    (fault,) = faults(folder)
    assert fault.startswith(f"{file}, row {last}, id {id_}: ")
    assert fault.endswith("two rows have the same valid_from and recorded dates; keep one.")


def test_a_row_that_holds_only_after_it_was_recorded_is_named_with_file_and_row(folder: Path) -> None:
    rewrite(folder / "figures.csv", setting("overrun", valid_from="2030-01-01"))
    (fault,) = faults(folder)
    row = line_of(DATA / "figures.csv", "overrun")
    assert fault.startswith(f"figures.csv, row {row}, id overrun: valid_from")
    assert "2030-01-01" in fault


def test_a_cell_too_many_is_named(folder: Path) -> None:
    rewrite(folder / "figures.csv", lambda rows: rows[1].append("from a comma, unquoted"))
    assert faults(folder) == [
        f"figures.csv, row 2, id {first_id('figures.csv')}: cell after the last column is 'from a comma, unquoted'; "
        "write as many cells as the header has; quote a text with a comma."]


@pytest.mark.parametrize("column", ["unit", "central", "recorded", "source", "note"])
def test_a_missing_column_is_named_in_every_row(folder: Path, column: str) -> None:
    def drop(rows: list[list[str]]) -> None:
        place = rows[0].index(column)
        for row in rows:
            del row[place]

    rewrite(folder / "ratings.csv", drop)
    found = faults(folder)
    assert len(found) == 18  # six criteria of three options
    assert found[0].startswith(f"ratings.csv, row 2, id autonomy.agency: {column} is nothing; write ")


def test_a_row_cut_short_is_named(folder: Path) -> None:
    def cut(rows: list[list[str]]) -> None:
        rows[1] = rows[1][:-1]

    rewrite(folder / "figures.csv", cut)
    assert faults(folder) == [f"figures.csv, row 2, id {first_id('figures.csv')}: note is nothing; write some text."]


def test_a_file_that_is_not_utf_8_is_named(folder: Path) -> None:
    rewrite(folder / "figures.csv", setting("overrun", note="größer"), encoding="latin-1")
    (fault,) = faults(folder)
    assert fault.startswith("figures.csv: cannot be read (")
    assert fault.endswith("save it as CSV in UTF-8.")


@pytest.mark.parametrize("file", ["figures.csv", "pay.csv", "wages.csv", "rules.toml", "sources.toml"])
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert faults(folder)[0].startswith(f"{file}: cannot be read (")


@pytest.mark.parametrize("file", sorted(file.name for file in DATA.glob("*.csv")))
@pytest.mark.parametrize("rows", [0, 1], ids=["empty", "header only"])
def test_a_table_without_rows_is_named(folder: Path, file: str, rows: int) -> None:
    lines = (folder / file).read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / file).write_text("".join(lines[:rows]), encoding="utf-8")
    assert any(fault.startswith(f"{file}: ") for fault in faults(folder))


@pytest.mark.parametrize("file", sorted(file.name for file in DATA.glob("*.toml")))
def test_broken_toml_is_named(folder: Path, file: str) -> None:
    (folder / file).write_text((folder / file).read_text(encoding="utf-8") + "\n[broken\n", encoding="utf-8")
    (fault,) = faults(folder)
    assert fault.startswith(f"{file}: cannot be read (")
    assert fault.endswith("write a TOML file in UTF-8.")


@pytest.mark.parametrize(("file", "old", "new", "told"), [
    ("rules.toml", "[nobody_directs_the_work]", "[nobody_cares]",
     r"row \d+, id nobody_cares: .*write one of .*nobody_directs_the_work"),
    ("rules.toml", 'effect = "caution"', 'effect = "warning"',
     r"row \d+, id is_seldom_within_budget: effect is 'warning'; write rule_out or caution\."),
    ("rules.toml", 'title = "It rests on one person."', "",
     r"row \d+, id everything_rests_on_one_person: title is nothing; write some text in quotes\."),
    ("rules.toml", 'options = ["agency"]', 'options = "agency"',
     r"row \d+, id budget_is_below_the_usual_minimum: options is 'agency'; write a list of texts in square brackets\."),
    ("rules.toml", 'options = ["agency"]', 'options = ["agencies"]',
     r"row \d+, id budget_is_below_the_usual_minimum: .*agencies.*; write "),
    ("rules.toml", 'source = ["irs-topic-762"', 'source = ["irs"',
     r"row \d+, id engagement_looks_like_employment: source is .*irs.*; write an id of sources.toml\."),
    ("options.toml", "outside = true", 'outside = "yes"',
     r"row 1, id freelance: outside is 'yes'; write true or false\."),
    ("sources.toml", "accessed = 2026-11-22", 'accessed = "last week"',
     r"row 1, id appalytical: accessed is 'last week'; write a date like 2026-11-22\."),
    ("criteria.toml", 'label = "Cost"', 'label = "Cost"\ncolor = "red"',
     r"row 1, id cost: color is 'red'; write only id, label, meaning"),
])
def test_a_broken_entry_is_named_by_file_id_what_was_found_and_what_to_write(folder: Path, file: str, old: str,
                                                                             new: str, told: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    (fault,) = faults(folder)
    assert re.match(rf"{file}, {told}", fault), fault


def test_a_wage_of_a_release_without_a_national_row_is_named(folder: Path) -> None:
    rewrite(folder / "wages.csv", setting("ca", valid_from="2025-06-01"))
    assert any("id ca" in fault for fault in faults(folder))


@pytest.mark.parametrize(("file", "id_"), [("figures.csv", "overrun"), ("figures.csv", "lead_weeks.agency"),
                                          ("ratings.csv", "security.agency"), ("pay.csv", "in_house.oews.mid"),
                                          ("levels.csv", "capability.scale.massive")])
def test_a_row_that_a_decision_needs_is_missed(folder: Path, file: str, id_: str) -> None:
    def remove(rows: list[list[str]]) -> None:
        rows[:] = [row for row in rows if row[0] != id_]

    rewrite(folder / file, remove)
    assert faults(folder) == [f"{file}, id {id_}: found no such row; write one."]


def test_a_rule_without_its_entry_is_missed(folder: Path) -> None:
    text = (folder / "rules.toml").read_text(encoding="utf-8")
    start = text.index("[nobody_directs_the_work]")
    end = text.index("\n[", start)
    (folder / "rules.toml").write_text(text[:start] + text[end:], encoding="utf-8")
    assert faults(folder) == ["rules.toml, id nobody_directs_the_work: found no such entry; write one."]


def test_a_quote_that_is_never_closed_is_found(folder: Path) -> None:
    text = (folder / "figures.csv").read_text(encoding="utf-8")
    (folder / "figures.csv").write_text(text.replace("\noverrun,", '\n"overrun,', 1), encoding="utf-8")
    assert all(fault.startswith("figures.csv, ") for fault in faults(folder))


def test_all_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    rewrite(folder / "figures.csv", setting("overrun", low="x", unit="y", kind="z"))
    rewrite(folder / "wages.csv", setting("ca", p50="w"))
    (folder / "options.toml").write_text("[broken", encoding="utf-8")
    found = faults(folder)
    assert [fault.split(":")[1].split()[0] for fault in found[:3]] == ["low", "kind", "unit"]
    assert {fault.split(",")[0].split(":")[0] for fault in found} == {"figures.csv", "wages.csv", "options.toml"}


def test_a_spreadsheets_byte_order_mark_quotes_and_line_ends_do_no_harm(folder: Path) -> None:
    for file in folder.glob("*.csv"):
        rewrite(file, lambda rows: None, encoding="utf-8-sig", newline="\r\n")
    assert read_evidence(folder) == load_evidence()


def test_the_order_of_the_rows_makes_no_difference_on_any_day(folder: Path) -> None:
    def shuffle(rows: list[list[str]]) -> None:
        body = rows[1:]
        random.Random(7).shuffle(body)
        rows[1:] = body

    before = load_evidence()
    for file in folder.glob("*.csv"):
        rewrite(file, shuffle)
    after = read_evidence(folder)
    for day in before.dates:
        old, new = before.as_of(day), after.as_of(day)
        assert (new.figures, new.wages, new.national_wages) == (old.figures, old.wages, old.national_wages)


def test_the_projects_own_data_has_no_fault() -> None:
    assert read_evidence(DATA) == load_evidence()
