"""Headings: what they mean, their units, and which are alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.evidence import loader
from hiring.evidence.loader import DataError
from hiring.lists import headings
from hiring.lists.headings import KNOWN, SURE, UNSURE, Meaning, is_unit, meaning, ranked
from tests.strategies import LAWS


@pytest.mark.parametrize(("heading", "expected"), [
    ("build_months", Meaning("build_months", KNOWN, is_exact=True)), ("Build months:", Meaning("build_months", KNOWN)),
    ("Budget, $ thousand", Meaning("budget_usd", KNOWN, "thousands")),
    ("Budget €", Meaning("budget", KNOWN, "", "EUR")),
    ("Budget in thousand EUR", Meaning("budget", SURE, "thousands", "EUR")),
    ("Projektbudget (TEUR)", Meaning("budget", SURE, "thousands", "EUR")),
    ("Budget ($M)", Meaning("budget", SURE, "millions")),
    ("BUDGET '000 GBP", Meaning("budget", SURE, "thousands", "GBP")),
    ("Kosten in T€", Meaning("budget", UNSURE, "thousands", "EUR")), ("TeamSize", Meaning("developers", SURE)),
    ("Est. duration (mo)", Meaning("build_months", SURE, "months")),
    ("Weeks to build", Meaning("build_months", SURE, "weeks")),
    ("Plan months", Meaning("build_months", SURE, "months")),
    ("Duration (working days)", Meaning("build_months", SURE, "working days")),
    ("Deadline (weeks)", Meaning("deadline_months", SURE, "weeks")), ("Budget owner", Meaning("", SURE)),
    ("Mood", None), ("", None), ("x" * 5_000, None)])
def test_a_heading_means_a_field_with_its_unit(heading: str, expected: Meaning | None) -> None:
    assert meaning(heading) == expected


def test_unknown_headings_are_ranked_by_the_words_in_them_or_their_spelling() -> None:
    assert [it.field for it in ranked("Approved budget of the board")] == ["budget"]
    assert ranked("Devlopers")[0].field == "developers"
    assert ranked("Total") == []
    assert ranked("x") == []
    assert ranked("y" * 5_000) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("months", True), ("(FTE)", True), ("k€", True), ("thousand $", True), ("Portal", False), ("", False),
    ("3", False)])
def test_a_unit_below_a_heading_is_known(text: str, expected: bool) -> None:
    assert is_unit(text) is expected


@settings(LAWS, max_examples=200)
@given(st.text(max_size=60))
def test_any_heading_has_a_meaning_or_none(text: str) -> None:
    found = meaning(text)
    assert found is None or found.sure in (KNOWN, SURE, UNSURE)
    assert all(it.field for it in ranked(text))
    assert isinstance(is_unit(text), bool)


def test_faults_of_the_file_are_all_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / headings.FILE).write_text('[speed.sure]\nen = ["Pace"]\n[scale.sure]\nen = ["Load", "LOAD"]\n')
    monkeypatch.setattr(loader, "DATA", tmp_path)
    with pytest.raises(DataError) as error:
        headings.synonyms.__wrapped__()
    assert "headings.toml, speed" in str(error.value)
    assert "write LOAD once" in str(error.value)
    (tmp_path / headings.FILE).write_text("[speed")
    with pytest.raises(DataError, match=r"headings\.toml: cannot be read .*; write a TOML file in UTF-8\."):
        headings.synonyms.__wrapped__()
