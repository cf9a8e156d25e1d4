"""The descriptor names every table's columns, keys and checksum; the whole of it is checked in `test_archive`."""

from __future__ import annotations

import hashlib
from datetime import date

from hiring import ProjectNeeds
from hiring.documents.archive.datapackage import descriptor
from hiring.model.decision import MIX, decide
from tests.factories import OPTIONS, SNAPSHOT

DECISION = decide(ProjectNeeds(), SNAPSHOT, n=50)
FILES = {"summary": b"a", "futures": b"bc", "figures": b""}
DESCRIPTOR = descriptor(
    DECISION, FILES, [SNAPSHOT.sources["article"], SNAPSHOT.sources["assumed"]], "", date(2026, 12, 1),
    "", "")


def test_each_file_has_its_size_and_its_checksum() -> None:
    assert [(it["path"], it["bytes"], it["hash"]) for it in DESCRIPTOR["resources"]] == [
        (f"{name}.csv", len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        for name, content in FILES.items()]


def test_rows_have_unique_keys_and_futures_belong_to_an_option_of_the_summary() -> None:
    summary, futures, figures = (it["schema"] for it in DESCRIPTOR["resources"])
    assert [it["primaryKey"] for it in (summary, futures, figures)] == [["option"], ["option", "month"], ["id"]]
    assert futures["foreignKeys"] == [
        {"fields": ["option"], "reference": {"resource": "summary", "fields": ["option"]}}]
    assert summary["fields"][1]["constraints"]["enum"] == [*OPTIONS, MIX]


def test_a_source_has_its_licence_and_an_assumption_no_address() -> None:
    article, assumed = DESCRIPTOR["sources"]
    assert article["path"] == "https://blog.zamstack.com/what-does-a-backend-developer-do/"
    assert article["hiring:interest"] == "The publisher sells agency services."
    assert "path" not in assumed
    assert [it["hiring:licence"] for it in (article, assumed)] == ["All rights reserved; facts cited", "CC0"]
