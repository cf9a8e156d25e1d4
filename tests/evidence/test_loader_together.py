"""The tables together: nothing that a decision needs is missing, and all problems are reported at once."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from hiring.evidence.loader import DATA, load_evidence, read_evidence
from tests.evidence.editing import faults, rewrite, setting


@pytest.mark.parametrize("file", ["figures.csv", "pay.csv", "wages.csv", "rules.toml", "sources.toml"])
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert faults(folder)[0].startswith(f"{file}: cannot be read (")


def test_a_criterion_that_the_model_does_not_know_is_named(folder: Path) -> None:
    text = (folder / "criteria.toml").read_text(encoding="utf-8")
    (folder / "criteria.toml").write_text(text.replace("[autonomy]", "[independence]"), encoding="utf-8")
    assert faults(folder)[0].startswith("criteria.toml: found cost, speed, flexibility, continuity, collaboration, "
                                        "capability, security, independence; write cost, speed, ")


def test_a_wage_of_a_release_without_a_national_row_is_named(folder: Path) -> None:
    rewrite(folder / "wages.csv", setting("us-ca", valid_from="2025-06-01"))
    assert any("id us-ca" in fault for fault in faults(folder))


@pytest.mark.parametrize(("file", "id_"), [("figures.csv", "overrun.fixed"), ("figures.csv", "lead_weeks.agency"),
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


def test_all_faults_of_all_files_are_reported_at_once(folder: Path) -> None:
    rewrite(folder / "figures.csv", setting("overrun.mostly_clear", low="x", unit="y", kind="z"))
    rewrite(folder / "wages.csv", setting("us-ca", p50="w"))
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
