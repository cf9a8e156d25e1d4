"""`python -m tests.spreadsheets`: LibreOffice itself opens every kind of CSV file that goes out, with hostile texts,
and finds no formula in it however it splits cells. Debian's packages libreoffice-calc and python3-uno are needed."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hiring import ProjectNeeds, decide
from hiring.charts import portfolio_charts
from hiring.documents.archive import zip_archive
from hiring.links import comparison_link
from hiring.lists import summary
from hiring.lists.project_list import BadRow, ProjectList, bad_rows_csv
from hiring.lists.template import template_csv, template_xlsx
from hiring.model.portfolio import Answer, answer
from tests.cells import HOSTILE, NAMES, SEPARATORS

PYTHON = "/usr/bin/python3"  # which has LibreOffice's library
CONTROL = "control.csv"
# A bare formula, and one behind each separator: those that a way of opening splits at must run.
BARE = "\n".join(["=1+1", *(f"x{separator}=1+1" for separator in SEPARATORS)]).encode()


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in {CONTROL: BARE, **files()}.items():
            (folder / file).write_bytes(content)
        paths = sorted(str(path) for path in folder.iterdir())
        opened = subprocess.run([PYTHON, str(Path(__file__).with_name("opening.py")), str(folder / "profile"), *paths],
                                check=True, stdout=subprocess.PIPE, timeout=600)
    found = {Path(path).name: ways for path, ways in json.loads(opened.stdout).items()}
    faults = [f"{CONTROL}, {way}: {ran}" for way, ran in found.pop(CONTROL).items() if not has_run(way, ran)]
    faults += [f"{file}, {way}: {ran}" for file, ways in found.items() for way, ran in ways.items() if ran]
    print("\n".join(faults) or f"LibreOffice finds no formula in {len(found)} files, split at commas, semicolons, "
          "tabs and bars; in the same run a bare one runs.")
    return 1 if faults else 0


def has_run(way: str, ran: list[str]) -> bool:
    """Whether the bare formula ran, and one behind each separator of this way."""
    separators = way.partition(",")[0].split(" or ")
    return ran == ["=1+1 = 2"] * (1 + len(separators))


def files() -> dict[str, bytes]:
    """Every kind of file, with every hostile text in it."""
    decisions = {name: decide(ProjectNeeds(project=name)) for name in NAMES}
    made = {
        "summary.csv": summary.to_bytes(row for it in decisions.values() for row in summary.cells(it, "")),
        "comparison.csv": comparison_link.to_csv((name, it, "", ()) for name, it in decisions.items()),
        "table.csv": saved([answer(it) for it in decisions.values()]),
        "template.csv": template_csv(), "template.xlsx": template_xlsx()}
    content = zip_archive.to_zip(decisions["x;=1+1;y"], "", date(2026, 12, 1), "x;=1+1;y", "x;=1+1;y")
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        made |= {f"archive-{name}": opened.read(name) for name in opened.namelist() if name.endswith(".csv")}
    return made | {f"given-back-{place}.csv": given_back(separator) for place, separator in enumerate(",;\t")}


def given_back(separator: str) -> bytes:
    """Rows that cannot be used, with hostile headers and cells, as they are given back."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(
        [["developers", "seniority", *HOSTILE], *([hostile, hostile, *HOSTILE, hostile] for hostile in HOSTILE)])
    listed = ProjectList(io.BytesIO(text.getvalue().encode()))
    return b"".join(bad_rows_csv(listed.header, [row for row in listed if isinstance(row, BadRow)]))


def saved(answers: Sequence[Answer]) -> bytes:
    """The table of the page Projects as its reader saves it."""
    table = portfolio_charts.table(answers, [""] * len(answers))
    text = io.StringIO()
    csv.writer(text).writerows([table.column_names, *(row.values() for row in table.to_pylist())])
    return text.getvalue().encode()


if __name__ == "__main__":
    sys.exit(main())
