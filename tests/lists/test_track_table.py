"""The CSV of a tracked project."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from hiring import ProjectNeeds
from hiring.lists import track_table
from hiring.model.decision import decide
from hiring.model.tracking import Facts, Track
from tests.factories import SNAPSHOT

FROM = date(2026, 11, 30)


def test_it_has_the_forecast_the_fact_and_the_forecast_now() -> None:
    decision = decide(ProjectNeeds(project="=1+1", budget_usd=300_000), SNAPSHOT)
    track = Track(decision, "freelance", Facts(3, 3.0, 0.4, None, 9e6, 1, {"freelance": 100.0}), n=4_000)
    content = track_table.to_csv(track, FROM, "https://example.org/track?v=track-1")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    found = {row["number"]: row for row in rows}
    assert list(found) == ["began_weeks", "done_share", "spent", "spent_usd", "leavers", "pay.freelance",
                           "pay.freelance_usd", "release_months", "total", "total_usd", "left", "left_usd",
                           "keep_share"]
    assert found["spent_usd"]["happened"] == "9000000" and found["spent_usd"]["share_below"] == ""  # beyond all
    assert float(found["done_share"]["forecast_p10"]) < float(found["done_share"]["forecast_p90"])
    assert 0 < float(found["pay.freelance"]["share_below"]) < 1
    assert found["pay.freelance"]["unit"] == "USD per hour"
    assert int(found["total_usd"]["given_p10"]) > 9_000_000
    assert {(row["decided"], row["known"], row["plan"], row["link"][:8], row["project"]) for row in rows} == {
        ("2026-11-30", "2027-03-01", "freelance", "https://", "'=1+1")}


def test_abroad_every_amount_is_in_the_currency_of_the_project_and_beside_it_in_dollars() -> None:
    decision = decide(ProjectNeeds(location="gb", budget_usd=300_000), SNAPSHOT)
    rows = track_table.rows(Track(decision, "freelance", Facts(3, spent_usd=1e5, pay={"freelance": 80.0})), FROM)
    found = {str(row["number"]): row for row in rows}
    dollars = {name for name, row in found.items() if str(row["unit"]).startswith("USD")}
    assert dollars == {"spent_usd", "pay.freelance_usd", "total_usd", "left_usd"}
    for name in dollars:
        local = found[name.removesuffix("_usd")]
        assert str(local["unit"]).startswith("GBP")
        for column in ("forecast_p10", "happened", "given_median"):
            if found[name][column]:
                assert local[column] == pytest.approx(found[name][column] * 0.7497, abs=1)  # type: ignore[operator]
