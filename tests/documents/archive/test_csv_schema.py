"""Every column of every file is described once, and in its order."""

from __future__ import annotations

import pytest

from hiring import ProjectNeeds
from hiring.documents.archive import csv_schema
from hiring.documents.archive.csv_schema import Column, schema
from hiring.documents.archive.zip_archive import figures_rows, futures_rows
from hiring.model.decision import decide
from hiring.model.needs import NEEDS
from tests.factories import OPTIONS, SNAPSHOT

DECISION = decide(ProjectNeeds(), SNAPSHOT, n=50)


@pytest.mark.parametrize(("table", "row"), [
    (csv_schema.SUMMARY, DECISION.rows()[0]), (csv_schema.FUTURES, next(futures_rows(DECISION))),
    (csv_schema.FIGURES, next(figures_rows(DECISION)))], ids=["summary", "futures", "figures"])
def test_every_column_is_described_in_the_order_of_the_file(
        table: tuple[Column, ...], row: dict[str, object]) -> None:
    assert [column.name for column in table] == list(row)


def test_a_column_of_an_answer_has_the_bounds_of_the_form() -> None:
    fields = {field["name"]: field for field in schema(csv_schema.SUMMARY, ["option"], OPTIONS)["fields"]}
    assert fields["need_developers"]["constraints"] == {"required": True, "minimum": 0.1, "maximum": 50}
    assert fields["need_budget_usd"]["constraints"] == {
        "required": False, "minimum": 1_000, "maximum": 100_000_000}
    assert fields["need_scale"]["constraints"]["enum"] == list(NEEDS["scale"].choices)
    assert fields["need_technical_lead"]["type"] == "boolean"
    assert (fields["need_technical_lead"]["trueValues"], fields["need_technical_lead"]["falseValues"]) == (
        ["yes"], ["no"])
    assert fields["option"]["constraints"] == {"required": True, "enum": list(OPTIONS)}
    assert fields["first_share"]["constraints"] == {"minimum": 0, "maximum": 1}


def test_every_column_says_what_it_holds_and_every_number_its_unit() -> None:
    for column in (*csv_schema.SUMMARY, *csv_schema.FUTURES, *csv_schema.FIGURES):
        assert column.holds.strip(), column.name
        assert column.unit or column.type not in ("integer", "number") or column.name == "rank", column.name


def test_what_a_column_holds_says_how_its_numbers_are_rounded() -> None:
    fields = schema(csv_schema.FUTURES, ["option"], OPTIONS)["fields"]
    descriptions = {field["name"]: field["description"] for field in fields}
    assert descriptions["spent_median_usd"].endswith("(whole)")
    assert descriptions["released_share"].endswith("(five decimals)")
    assert "(" not in descriptions["month"]
