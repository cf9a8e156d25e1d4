"""Links that were issued keep their meaning: each gives the verdict and the numbers that it gave when it was made."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from hiring.exchange import comparison, links
from hiring.exchange.tables import load_evidence
from hiring.model import needs as needs_module
from hiring.model.decision import decide
from hiring.model.evidence import Evidence
from hiring.model.own import with_own
from tests.making import DAY

FOLDER = Path(__file__).parent / "golden"
ISSUED = {"1": 10, "2": 10}  # how many links of each version stand in the folder; a number here only grows


def golden() -> list[tuple[str, dict[str, str]]]:
    rows = []
    for file in sorted(FOLDER.glob("links-*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            rows += [(file.stem.removeprefix("links-"), row) for row in csv.DictReader(lines)]
    return rows


GOLDEN = golden()


def numbers(row: dict[str, str], evidence: Evidence) -> dict[str, str]:
    """What the link of a row gives now, in the columns of the row."""
    opened = links.decode(dict(parse_qsl(row["query"], keep_blank_values=True)), evidence)
    assert opened.problems == ()
    decision = decide(opened.needs, with_own(evidence.as_of(opened.as_of), opened.own))
    if opened.said is not None:
        assert opened.said == links.said_by(decision)
    told = {"query": row["query"], "verdict": decision.verdict}
    for option, outcome in decision.outcomes.items():
        told[f"{option}_first_share"] = f"{decision.first_shares[option]:.5f}"
        told[f"{option}_cost_median_usd"] = f"{outcome.cost_quantiles[1]:.0f}"
        told[f"{option}_finish_month_median"] = f"{outcome.finish_quantiles[1]:.2f}"
    return told


def test_the_folder_only_grows_and_holds_every_version() -> None:
    for version, count in ISSUED.items():
        assert sum(version == it for it, _ in GOLDEN) >= count
    assert set(ISSUED) == set(links.DECODERS)
    assert all(dict(parse_qsl(row["query"]))["v"] == version for version, row in GOLDEN)


@pytest.mark.parametrize(("version", "row"), GOLDEN)
def test_a_link_gives_what_it_gave(version: str, row: dict[str, str]) -> None:
    assert numbers(row, load_evidence()) == row


@pytest.mark.parametrize(("version", "row"), GOLDEN)
def test_changed_defaults_and_wider_bounds_change_no_link(
        version: str, row: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    other: dict[str, Any] = {"developers": 9.0, "budget_usd": None, "scale": "massive", "technical_lead": False,
                             "location": "ca", "project": "Another"}
    for name, default in other.items():
        monkeypatch.setitem(needs_module.DEFAULTS, name, default)
    for name, need in needs_module.NEEDS.items():
        if need.kind == needs_module.NUMBER:
            monkeypatch.setitem(needs_module.NEEDS, name, replace(need, low=need.low / 2, high=need.high * 2))
    assert numbers(row, load_evidence()) == row


@pytest.mark.parametrize(("version", "row"), GOLDEN)
def test_newer_figures_change_no_link(version: str, row: dict[str, str]) -> None:
    evidence = load_evidence()
    later = DAY.replace(year=2030)
    newer = tuple(replace(figure, low=figure.low * 2, central=figure.central * 2, high=figure.high * 2, recorded=later,
                          valid_from=later) for figure in evidence.figures if figure.unit.startswith("USD"))
    assert numbers(row, replace(evidence, figures=(*evidence.figures, *newer))) == row


COMPARED = {"compare-1": 10}  # how many comparisons of each version stand in the folder; a number here only grows


def compared() -> list[tuple[str, dict[str, str]]]:
    rows = []
    for file in sorted(FOLDER.glob("comparisons-*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            rows += [(file.stem.replace("comparisons", "compare"), row) for row in csv.DictReader(lines)]
    return rows


def test_the_comparisons_only_grow_in_number_and_have_every_version() -> None:
    for version, count in COMPARED.items():
        assert sum(version == it for it, _ in compared()) >= count
    assert set(COMPARED) == set(comparison.DECODERS)
    assert all(dict(parse_qsl(row["query"]))["v"] == version for version, row in compared())


@pytest.mark.parametrize(("version", "row"), compared())
def test_a_comparison_opens_the_scenarios_and_gives_the_answers_that_it_gave(
        version: str, row: dict[str, str]) -> None:
    evidence = load_evidence()
    opened = comparison.decode(dict(parse_qsl(row["query"], keep_blank_values=True)), evidence)
    assert opened.problems == ()
    told = {"query": row["query"]}
    for number, it in enumerate(opened.scenarios, 1):
        by_itself = links.decode(dict(parse_qsl(row[f"link_{number}"], keep_blank_values=True)), evidence)
        assert (it.needs, it.as_of, it.own, it.said, ()) == by_itself
        decision = decide(it.needs, with_own(evidence.as_of(it.as_of), it.own))
        first = decision.first
        told |= {f"name_{number}": it.name, f"link_{number}": row[f"link_{number}"], f"answer_{number}":
                 f"{decision.verdict} {first} {decision.first_shares[first]:.5f} "
                 f"{decision.outcomes[first].cost_quantiles[1]:.0f}"}
    assert told == {column: text for column, text in row.items() if text or column in told}


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
        need = needs_module.NEEDS[name]
        assert need.low <= low
        assert need.high >= high
    for name, choices in CHOICES.items():
        assert set(choices.split()) <= set(needs_module.NEEDS[name].choices)
    assert {*BOUNDS, *CHOICES, "location"} >= set(needs_module.NEEDS)
