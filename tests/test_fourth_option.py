"""A fourth option is rows of data: with them alone, the whole product speaks of four options."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server import AS_SHIPPED, ROOT

ID, LABEL = "staff_augmentation", "Staff augmentation"
ENTRY = f"""
[{ID}]
color = "red"
color_hex = "#B42318"
label = "{LABEL}"
noun = "people on loan"
meaning = "Developers lent by a firm, billed by the hour and directed by you."
basis_need = "talent_region"
outside = true
located = false
by_proposal = false
yardstick = false
document = "Order for people on loan"
introduction = "We ask for {{count}} backend developer{{s}} on loan"
headings = ["Work", "Results", "What your people bring", "What to send"]
"""
# What the product must not say of four options.
WRONG = re.compile(r"\b(three|3) (options|rows)|in-house or agency", re.IGNORECASE)


def add_rows(file: Path) -> None:
    """A row of the new option beside each that belongs to freelancers alone."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    added = []
    for row in rows:
        if "freelance" in (row.get("option"), row.get("subject"), *row.get("figure", "").split(".")):
            added.append({column: re.sub(r"\bfreelance\b", ID, cell)
                          if column in ("id", "option", "subject", "figure") else cell for column, cell in row.items()})
        elif "freelance" in row.get("options", "").split("; "):
            row["options"] += f"; {ID}"
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.DictWriter(opened, list(rows[0]))
        table.writeheader()
        table.writerows([*rows, *added])


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Everything that the product says with four options, by place."""
    folder = tmp_path_factory.mktemp("app")
    for name in ("hiring", "data", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "tests").mkdir()
    for module in ("walk.py", "quick_pages.py"):
        shutil.copy(ROOT / "tests" / module, folder / "tests")
    for name in ("figures", "country_figures", "pay", "ratings", "steps", "brief"):
        add_rows(folder / "data" / f"{name}.csv")
    rules, options = folder / "data" / "rules.toml", folder / "data" / "options.toml"
    rules.write_text(rules.read_text(encoding="utf-8").replace('"freelance"', f'"freelance", "{ID}"'), encoding="utf-8")
    options.write_text(options.read_text(encoding="utf-8") + ENTRY, encoding="utf-8")
    walk = subprocess.run([sys.executable, "-m", "tests.walk"], cwd=folder, capture_output=True, text=True, check=False,
                          env={**AS_SHIPPED, "PYTHONPATH": f"{folder}:{AS_SHIPPED['PYTHONPATH']}"})
    assert walk.returncode == 0, walk.stderr[-2_000:]
    found: dict[str, str] = json.loads(walk.stdout)
    return found


def test_every_page_and_file_names_the_fourth_option_or_its_document(said: dict[str, str]) -> None:
    about_one = re.compile("brief |projects before|archive .* (?!readme)")
    silent = [place for place, text in said.items() if LABEL.lower() not in text.lower() and ID not in text]
    assert [place for place in silent if not about_one.match(place)] == []
    assert "We ask for two backend developers on loan" in said[f"brief internal-tool {ID}"]


def test_nothing_counts_three_options(said: dict[str, str]) -> None:
    assert {place: found[0] for place, text in said.items() if (found := WRONG.search(text))} == {}
    assert f"Freelance, in-house, agency or {LABEL.lower()}?" in said["memo none-fits"]
