"""Links that were issued keep their meaning: each opens and gives its needs for good, and its numbers for as long as
the model has the version that made it. The links of a draft version are not issued."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from hiring import MODEL_VERSION
from hiring.evidence.loader import load_evidence
from hiring.links import comparison_link, project_link
from hiring.links.project_link import LINK_VERSION, VERSIONS
from hiring.lists import older
from hiring.model import needs as needs_module
from hiring.model.amounts import Measure
from hiring.model.needs import NEEDS, NUMBER, Need, ProjectNeeds
from tests import generate
from tests.factories import DAY, OPTIONS
from tests.golden_rows import FOLDER, TODAY, compared, numbers

Row = dict[str, str]
ISSUED = {"links-1": 10, "links-2": 10, "comparisons-1": 10}  # rows of model 1.0; a number here only grows


def rows(kind: str) -> list[tuple[str, str, Row]]:
    """The version of the model, that of the link and the row, of each golden row."""
    found = []
    for file in sorted(FOLDER.glob(f"model-*/{kind}-*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found += [(file.parent.name.removeprefix("model-"), file.stem, row) for row in csv.DictReader(lines)]
    return found


LINKS, COMPARISONS = rows("links"), rows("comparisons")
PINNED = [row for model, _, row in LINKS if model == MODEL_VERSION]


def opened(row: Row) -> project_link.Opened:
    return project_link.decode(query_of(row), load_evidence(), TODAY)


def query_of(row: Row) -> dict[str, str]:
    return dict(parse_qsl(row["query"], keep_blank_values=True))


def test_the_rows_only_grow_and_cover_every_version_and_the_present_model() -> None:
    for name, count in ISSUED.items():
        assert sum((model, it) == ("1.0", name) for model, it, _ in (*LINKS, *COMPARISONS)) >= count
    issued = {version for version, it in VERSIONS.items() if not it.is_draft}
    assert {name for _, name, _ in LINKS} == {f"links-{version}" for version in issued}
    assert issued >= set(list(VERSIONS)[:-1])  # only the newest can be a draft
    assert {name for _, name,
            _ in COMPARISONS} == {it.replace("compare", "comparisons") for it in comparison_link.DECODERS}
    assert all(f"links-{query_of(row)['v']}" == name for _, name, row in LINKS)
    if LINK_VERSION in issued:
        assert {MODEL_VERSION} <= {model for model, _, _ in LINKS} & {model for model, _, _ in COMPARISONS}


@pytest.mark.parametrize(("model", "name", "row"), LINKS)
def test_a_link_opens_for_good_and_gives_every_need_that_it_holds(model: str, name: str, row: Row) -> None:
    query, found = query_of(row), opened(row)
    assert found.problems == ()
    assert found.from_day.isoformat() == query.get("from", TODAY.isoformat())
    again = project_link.encode(found.needs, found.as_of, found.own, found.said)
    given = query if VERSIONS[query["v"]].has_countries else {**query, "location": older.place(query["location"])}
    held = query.keys() & {*NEEDS, "as_of", "model"}
    assert {key: again[key] for key in held} == {key: given[key] for key in held}
    if older.HORIZON in query:
        after = float(query[older.HORIZON]) - float(query["build_months"])
        assert (found.needs.upkeep_months, found.needs.budget_covers, found.needs.limits, found.needs.mixes) == (
            max(0, after), "build_and_upkeep", "firm", True)


@pytest.mark.parametrize("row", [row for _, name, row in LINKS if name == "links-2"])
def test_a_link_shows_what_it_said_when_it_was_made(row: Row) -> None:
    said = opened(row).said
    assert said is not None
    assert said.model == "1.0"
    if row["verdict"] == "none_fits":
        assert (said.answer, said.percent) == ("none", 0)
    else:
        shares = {option: float(row[f"{option}_first_share"]) for option in OPTIONS}
        assert said.answer == max(shares, key=lambda option: shares[option])
        assert said.percent == pytest.approx(100 * shares[said.answer], abs=1)


def test_a_link_of_the_present_model_gives_what_it_gave() -> None:
    for row in PINNED:
        assert numbers(row["query"], load_evidence()) == row


@pytest.mark.parametrize("row", [row for _, _, row in LINKS])
def test_changed_defaults_wider_bounds_and_newer_figures_change_no_link(
        row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    before, evidence = opened(row), load_evidence()
    figures = evidence.as_of(before.as_of).figures
    other: dict[str, Any] = {"developers": 9.0, "budget_usd": None, "scale": "massive", "technical_lead": False,
                             "location": "us-ca", "project": "Another", "limits": "target", "mixes": False}
    for name, default in other.items():
        monkeypatch.setitem(needs_module.DEFAULTS, name, default)
    for name, need in NEEDS.items():
        if need.kind == NUMBER:
            monkeypatch.setitem(NEEDS, name, replace(need, low=need.low / 2, high=need.high * 2))
    later = DAY.replace(year=2030)
    newer = tuple(replace(figure, low=figure.low * 2, central=figure.central * 2, high=figure.high * 2, recorded=later,
                          valid_from=later) for figure in evidence.figures if figure.unit.startswith("USD"))
    grown = replace(evidence, figures=(*evidence.figures, *newer))
    assert project_link.decode(query_of(row), grown, TODAY) == before
    assert grown.as_of(before.as_of).figures == figures


def test_a_need_added_later_changes_no_link_that_was_issued(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [opened(row) for _, _, row in LINKS]
    need = Need(NUMBER, "Time zones", "Hours shared in a day.", Measure("hours", "4"), low=0, high=24)
    monkeypatch.setitem(NEEDS, "a_later_need", need)
    monkeypatch.setitem(needs_module.DEFAULTS, "a_later_need", 4)
    assert [opened(row) for _, _, row in LINKS] == before


def test_a_need_that_a_link_does_not_know_gets_its_answer_for_older_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NEEDS, "scale", replace(NEEDS["scale"], older="massive"))
    fields = {name: text for name, text in project_link.VERSIONS["1"].fields.items() if name != "scale"}
    monkeypatch.setitem(project_link.VERSIONS, "1", project_link.VERSIONS["1"]._replace(fields=fields))
    query = {name: text for name, text in query_of(LINKS[0][2]).items() if name != "scale"}
    found = project_link.decode(query, load_evidence(), TODAY)
    assert (found.needs.scale, found.problems) == ("massive", ())


def test_the_newest_version_of_the_link_has_every_need() -> None:
    newest = project_link.VERSIONS[project_link.LINK_VERSION]
    assert newest.fields.keys() == NEEDS.keys(), "run `python -m tests.generate`"
    assert newest.fields == {name: text for name,
                             text in project_link.encode(ProjectNeeds(), DAY).items() if name in NEEDS}


@pytest.mark.parametrize("is_draft", [True, False])
def test_the_command_brings_a_draft_up_to_date_and_adds_one_after_an_issued_version(
        is_draft: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newest, text = VERSIONS[LINK_VERSION], generate.VERSIONS.read_text(encoding="utf-8")
    outdated = newest._replace(fields={**newest.fields, "developers": "9"}, is_draft=is_draft)
    file = tmp_path / "link_versions.toml"
    fields = f"[{LINK_VERSION}.fields]\n"
    file.write_text(text.replace(fields, f'{fields}another = ""\n'), encoding="utf-8")
    monkeypatch.setattr(generate, "VERSIONS", file)
    monkeypatch.setattr(project_link, "VERSIONS", {**VERSIONS, LINK_VERSION: outdated})
    monkeypatch.setattr(project_link, "LINK_VERSION", LINK_VERSION)
    generate.link_version()
    before, now = tomllib.loads(text), tomllib.loads(file.read_text(encoding="utf-8"))
    added = str(int(LINK_VERSION) + (not is_draft))
    assert list(now) == [*before, *([added] if not is_draft else [])]
    assert now[added] == {"draft": True, **before[LINK_VERSION], "fields": dict(newest.fields)}


@pytest.mark.parametrize(("model", "name", "row"), COMPARISONS)
def test_a_comparison_opens_the_scenarios_and_gives_the_answers_that_it_gave(model: str, name: str, row: Row) -> None:
    evidence = load_evidence()
    found = comparison_link.decode(query_of(row), evidence, TODAY)
    assert found.problems == ()
    for number, it in enumerate(found.scenarios, 1):
        by_itself = project_link.decode(dict(parse_qsl(row[f"link_{number}"], keep_blank_values=True)), evidence, TODAY)
        assert (it.needs, it.as_of, it.own, it.said, it.from_day) == by_itself[:5]
        assert it.name == row[f"name_{number}"]
    if model == MODEL_VERSION:
        now = compared(row["query"], evidence)
        assert {column: now.get(column, "") for column in row if "link" not in column} == {
            column: text for column, text in row.items() if "link" not in column}


# The bounds of version 1. A bound may be widened; a narrower one would turn links away that were issued.
BOUNDS = {"developers": (0.1, 50), "build_months": (0.25, 60), "start_within_weeks": (0, 52),
          "deadline_months": (0.25, 72), "upkeep_developers": (0, 50), "horizon_months": (1, 120),
          "budget_usd": (1_000, 100_000_000), "project": (0, 80)}
CHOICES = {
    "seniority": "junior mid senior", "wage_basis": "article oews",
    "talent_region": "us western_europe eastern_europe latin_america asia",
    "scale": "prototype steady growing massive", "disciplines": "one few many",
    "data_sensitivity": "public internal personal regulated", "technical_lead": "yes no",
    "scope_clarity": "fixed mostly_clear evolving", "integration": "standalone shared embedded",
    "strategic_value": "supporting important core"}


def test_what_was_accepted_once_is_accepted_still() -> None:
    for name, (low, high) in BOUNDS.items():
        need = older.need_of(name)
        assert need.low <= low
        assert need.high >= high
    for name, choices in CHOICES.items():
        assert set(choices.split()) <= set(NEEDS[name].choices)
