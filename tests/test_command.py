"""The same without a browser: `python -m hiring`."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import openpyxl

from hiring import MODEL_VERSION, ProjectNeeds, decide
from hiring.__main__ import main
from hiring.evidence.loader import load_evidence
from hiring.lists import summary
from hiring.lists.project_list import OLDER_LIST
from hiring.lists.template import template_csv, template_xlsx
from hiring.model.needs import NEEDS
from tests.factories import DAY
from tests.lists.hostile import HOSTILE

ROOT = Path(__file__).parents[1]
LIST = "project,developers,budget_usd\nPortal,2,600000\nBad,two,1\nShop,1,\n"


def run(*arguments: str, stdin: bytes = b"") -> tuple[int, bytes, str]:
    """Status, standard output and standard error of the command, as a process of its own."""
    done = subprocess.run([sys.executable, "-m", "hiring", *arguments], cwd=ROOT, input=stdin, capture_output=True,
                          timeout=120, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def run_here(*arguments: str, stdin: bytes = b"") -> tuple[int, bytes, str]:
    """The same in this process, where the process itself does not matter."""
    output, errors = io.TextIOWrapper(io.BytesIO()), io.StringIO()
    with redirect_stdout(output), redirect_stderr(errors), mock.patch("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin))):
        try:
            status = main([*arguments, "--jobs", "1"])
        except SystemExit as ended:
            status = int(ended.code or 0)
    output.flush()
    return status, output.buffer.getvalue(), errors.getvalue()


def test_a_list_becomes_a_summary_and_bad_rows_are_reported_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "projects.csv").write_text(LIST, encoding="utf-8")
    output = tmp_path / "summary.csv"
    status, printed, errors = run(str(tmp_path / "projects.csv"), "--output", str(output))
    assert (status, printed) == (1, b"")
    assert "row 3: column developers: Developers to build: enter a number" in errors
    assert "1 row could not be decided." in errors
    assert "Not in the file, so the default was used: build_months" in errors
    assumed = NEEDS.keys() - {"project", "developers", "budget_usd"}
    portal = summary.to_csv(decide(ProjectNeeds(project="Portal", budget_usd=600_000)), "", assumed)
    shop = summary.to_csv(decide(ProjectNeeds(project="Shop", developers=1)), "", assumed)
    assert output.read_bytes() == portal + b"".join(shop.splitlines(keepends=True)[1:])
    # and what was written can be read again, to the same bytes
    status, _, errors = run(str(output), "--output", str(tmp_path / "again.csv"))
    assert (status, errors) == (0, "")
    assert (tmp_path / "again.csv").read_bytes() == output.read_bytes()


def test_standard_input_and_output_json_and_one_process() -> None:
    status, printed, errors = run("-", "--format", "json", "--jobs", "1", "--as-of", "2026-11-22",
                                stdin=b"developers,build_months\n2,6\n")
    assert status == 0
    rows = json.loads(printed)
    found = decide(ProjectNeeds(), DAY)
    assert [row["option"] for row in rows] == list(found.all_outcomes)
    assert {row["option"]: row["first_share"] for row in rows} == {
        "mix": None, **{option: round(share, 5) for option, share in found.first_shares.items()}}
    assert rows[0]["need_developers"] == "2"
    assert errors.startswith("Not in the file")


def test_a_list_of_model_1_is_decided_in_its_own_meaning() -> None:
    columns = "developers,build_months,horizon_months,budget_usd,own_figures"
    status, printed, errors = run_here("-", "--as-of", str(DAY), "--format", "json",
                                       stdin=f"{columns}\n2,6,36,600000,rule_out_share~0.1\n".encode())
    assert status == 0
    assert [row["keep_share"] for row in json.loads(printed)] == [
        round(outcome.keep_share, 5) for outcome in decide(
            ProjectNeeds(budget_usd=600_000, upkeep_months=30, budget_covers="build_and_upkeep"),
            DAY).all_outcomes.values()]
    assert OLDER_LIST in errors
    assert "so they were left out: rule_out_share." in errors


def test_many_projects_keep_their_order_over_several_processes() -> None:
    names = [f"P{number}" for number in range(210)]  # three chunks
    content = "project,developers,build_months,mixes\n" + "".join(f"{name},1,2,no\n" for name in names)
    status, printed, _ = run("-", "--jobs", "2", stdin=content.encode())
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(printed.decode("utf-8-sig"))))
    assert [row["project"] for row in rows[::3]] == names


def test_a_file_that_cannot_be_read_and_a_day_before_the_evidence_are_reported() -> None:
    status, printed, errors = run_here("no-such-file.csv")
    assert (status, printed) == (1, b"")
    assert "no-such-file.csv" in errors
    status, printed, errors = run_here("-", stdin=b"\x00\x01")
    assert (status, printed) == (1, b"")
    assert "not text" in errors
    status, _, errors = run_here("-", "--as-of", "2020-01-01")
    assert status == 2
    assert "enter a date from 2026-11-22 on" in errors


def test_an_excel_file_is_read_as_its_csv_would_be_and_the_sheet_is_named(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx()))
    book.create_sheet("Notes")
    book.save(tmp_path / "projects.xlsx")
    (tmp_path / "projects.csv").write_bytes(template_csv())
    status, printed, errors = run_here(str(tmp_path / "projects.xlsx"))
    assert (status, errors) == (0, "Read from the sheet “Projects”; not read: Notes.\n")
    assert printed == run_here(str(tmp_path / "projects.csv"))[1]
    assert run_here("-", stdin=(tmp_path / "projects.xlsx").read_bytes())[1] == printed


def test_the_version_is_that_of_the_model_and_its_evidence() -> None:
    status, printed, _ = run_here("--version")
    assert status == 0
    assert printed.decode().strip() == f"model {MODEL_VERSION}, evidence of {load_evidence().dates[-1]}"


def test_a_place_that_cannot_be_written_to_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "projects.csv").write_text(LIST, encoding="utf-8")
    status, printed, errors = run_here(str(tmp_path / "projects.csv"), "--output", str(tmp_path))
    assert (status, printed) == (1, b"")
    assert errors.count("\n") == 1
    assert str(tmp_path) in errors


def test_a_full_disk_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("developers,build_months\n2,6\n", encoding="utf-8")
    for form in ("csv", "json"):
        status, _, told = run_here(str(tmp_path / "list.csv"), "--format", form, "--output", "/dev/full")
        assert (status, told.splitlines()[-1]) == (1, "/dev/full: the result could not be written (No space left on "
                                                      "device): free some room or choose another place.")


def test_a_list_is_not_overwritten_with_its_own_result(tmp_path: Path) -> None:
    file, text = tmp_path / "list.csv", "developers,build_months\n2,6\n"
    file.write_text(text, encoding="utf-8")
    status, _, told = run_here(str(file), "--output", str(file))
    assert (status, file.read_text(encoding="utf-8")) == (1, text)
    assert "choose another file for --output" in told


def test_a_list_without_the_size_of_its_projects_is_decided_and_does_not_count_as_a_success() -> None:
    status, printed, errors = run_here("-", stdin=b"project,Budget USD\nA,500000\n")
    assert (status, len(printed.splitlines())) == (1, 5)
    assert "No column for developers and build_months: every project was decided with the default" in errors


OWN = b"Project,Team,Build months,Cost\nA,2,5,120\nB,3,6,90\n"


def test_a_list_that_has_to_be_asked_about_is_not_decided_and_its_columns_are_told() -> None:
    status, printed, errors = run_here("-", stdin=OWN)
    assert (status, printed) == (1, b"")
    assert "“Team” (2, 3) may be developers to build." in errors
    assert "Does “Cost” hold the budget?" in errors
    assert "--save-map" in errors


def test_columns_are_saved_corrected_and_decided_with(tmp_path: Path) -> None:
    file, columns = tmp_path / "list.csv", tmp_path / "columns.json"
    file.write_bytes(OWN)
    assert run_here(str(file), "--save-map", str(columns))[:2] == (0, b"")
    status, printed, errors = run_here(str(file), "--map", str(columns))
    assert (status, printed) == (1, b"")
    assert "Decide on column “Team”" in errors
    found = json.loads(columns.read_text(encoding="utf-8"))
    found["columns"][1]["unit"], found["columns"][3]["unit"] = "", "thousands"
    columns.write_text(json.dumps(found), encoding="utf-8")
    status, printed, _ = run_here(str(file), "--map", str(columns), "--format", "json")
    assert status == 0
    assert {(row["need_developers"], row["need_budget_usd"]) for row in json.loads(printed)} == {
        ("2", "120000"), ("3", "90000")}
    status, _, errors = run_here("-", "--map", str(columns), stdin=b"project,developers\nA,2\n")
    assert status == 1
    assert "is of another list" in errors


def test_what_is_assumed_has_to_be_told_and_then_counts_as_a_success() -> None:
    status, _, errors = run_here("-", "--assume", "budget_usd=none", "--assume", "developers=2", stdin=OWN)
    assert status == 0
    assert "budget," not in errors
    status, _, errors = run_here("-", "--assume", "speed=fast", stdin=OWN)
    assert status == 2
    assert "write NEED=ANSWER" in errors


def test_a_list_with_a_column_that_cannot_be_read_is_decided_and_does_not_count_as_a_success() -> None:
    status, printed, errors = run_here("-", stdin=b"Developers,Build months,Location\n2,5,Munich\n3,6,Remote\n")
    assert (status, len(printed.splitlines())) == (1, 9)
    assert "“Location” was left out" in errors


def test_a_file_that_stops_its_reader_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(HOSTILE["a text that many cells cite"]())
    status, printed, errors = run_here(str(tmp_path / "list.xlsx"))
    assert (status, printed) == (1, b"")
    assert "takes more memory to read than it may" in errors


ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b2J\u202etxt\u2066\nline 9: fine"


def test_no_text_from_outside_commands_the_terminal_or_turns_the_line(tmp_path: Path) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["developers", ESCAPES, ""], [ESCAPES, "", ESCAPES]])
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx()))
    book.create_sheet("A\u009b2J\u202e")
    file = tmp_path / f"{ESCAPES[:14]}.xlsx"
    book.save(file)
    for errors in (run_here("-", stdin=text.getvalue().encode())[2], run_here(str(file))[2],
                 run_here(f"{file}.csv")[2], run_here("-", ESCAPES)[2]):
        assert errors
        assert all(c.isprintable() for c in errors.replace("\n", ""))
        assert not any(line.startswith("line 9") for line in errors.splitlines())
