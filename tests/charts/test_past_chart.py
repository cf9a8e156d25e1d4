"""The chart of finished projects."""

from __future__ import annotations

from hiring.charts import past_chart
from hiring.charts.past_chart import EVIDENCE, MOST_DOTS, RECORDS, RESULT
from hiring.model.own_figures import Range
from hiring.model.past_projects import learned

OVERRUN = Range(0.8, 1.15, 2.4)


def test_each_project_is_a_dot_between_the_two_ranges() -> None:
    numbers = {"=A 2": 1.5, "B 3": 2.5}
    found = learned("overrun.mostly_clear", OVERRUN, list(numbers.values()))
    ranges, dots = past_chart.tables(found, numbers)
    assert ranges["lane"].tolist() == [EVIDENCE, RESULT] and ranges["middle"].tolist() == [1.15, found.result.central]
    assert (dots["lane"] == RECORDS).all() and dots["middle"].tolist() == [1.5, 2.5]
    assert "'=A 2" in dots["project"][0]
    assert past_chart.chart(found, numbers, "ratio").to_dict()["layer"]


def test_of_very_many_projects_some_are_drawn() -> None:
    numbers = {str(number): 1 + number / 5_000 for number in range(10_000)}
    _, dots = past_chart.tables(learned("overrun.mostly_clear", OVERRUN, list(numbers.values())), numbers)
    assert MOST_DOTS / 2 <= len(dots) <= MOST_DOTS
