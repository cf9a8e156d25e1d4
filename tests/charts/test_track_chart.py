"""The chart of a tracked project."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from hiring import ProjectNeeds
from hiring.charts import track_chart
from hiring.charts.track_chart import BEFORE, NOW
from hiring.model.decision import decide
from hiring.model.tracking import Facts, Track
from tests.factories import SNAPSHOT

FROM = date(2026, 11, 30)


def tracked(facts: Facts) -> Track:
    return Track(decide(ProjectNeeds(budget_usd=300_000), SNAPSHOT), "agency", facts, n=4_000)


def test_the_forecast_now_begins_on_the_day_of_the_facts_and_is_narrower() -> None:
    track = tracked(Facts(3, done_share=0.4, spent_usd=1e5))
    bands, points, limits = track_chart.tables(track, FROM)
    now, before = (bands[bands["what"] == what] for what in (NOW, BEFORE))
    assert now["day"].min() == pd.Timestamp("2027-03-01") and before["day"].min() == pd.Timestamp(FROM)
    assert now["day"].max() == before["day"].max()
    width = {what: rows["high"].iloc[-1] - rows["low"].iloc[-1] for what, rows in ((NOW, now), (BEFORE, before))}
    assert width[NOW] < width[BEFORE]
    assert before["usd"].iloc[-1] == pytest.approx(track.outcome.cost_quantiles[1], rel=0.05)
    assert points["what"].tolist() == ["Release, at the decision", "Release, given what happened", "Spent so far"]
    assert limits["text"].tolist() == ["", "Budget for the build $300k"]
    assert track_chart.chart(track, FROM).to_dict()["layer"]


def test_with_too_few_simulations_there_is_a_band_without_a_line_or_a_release() -> None:
    bands, points, _ = track_chart.tables(tracked(Facts(50)), FROM)
    assert bands[bands["what"] == NOW]["usd"].isna().all() and bands[bands["what"] == NOW]["high"].notna().all()
    assert points["what"].tolist() == ["Release, at the decision"]
