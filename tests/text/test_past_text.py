"""Sentences about finished projects of one's own."""

from __future__ import annotations

from hiring.lists.past_list import Past, PastTable, Records
from hiring.model.own_figures import Range
from hiring.model.past_projects import Origin, learned
from hiring.text import past_text
from tests.factories import SNAPSHOT

ROW = SNAPSHOT.figures["overrun.mostly_clear"]
NUMBERS = [1.0, 1.1, 2.5, 3.0, 0.5]


def test_it_says_what_is_counted_what_is_left_out_and_what_a_list_hides() -> None:
    records = Records((Past(2, "A", 1.5, "hours"), Past(3, "B", 2, "cost")), 1, 2, ())
    said = past_text.found(records, PastTable(("x",), ((2, ("1",)),) * 5, False, "Read as Windows text."))
    assert said.startswith("2 finished projects of 5 rows can be used. Real and planned effort and cost are compared. ")
    assert "Left out: 1 running project and 2 canceled projects." in said and said.endswith("Read as Windows text.")
    assert "Were any canceled?" in past_text.selection(records._replace(canceled=0))


def test_it_says_the_weight_the_ranges_and_whether_the_evidence_was_right() -> None:
    found = learned("overrun.mostly_clear", Range(ROW.low, ROW.central, ROW.high), NUMBERS)
    assert past_text.weight(found) == "5 projects count for 56%, the evidence for the rest."
    assert past_text.weight(found._replace(projects=1, weight=0.2)).startswith("1 project counts for 20%")
    assert "The evidence: 0.8 to 2.4, typically 1.15" in past_text.result(found, ROW)
    assert past_text.was_right(found, NUMBERS) == (
        "Was the evidence right for you? Of these, 2 of 5 are in its likely range of 0.87 to 2, where 8 of 10 should "
        "be; 2 above and 1 below.")


def test_a_figure_says_which_records_it_comes_from() -> None:
    assert past_text.origin(Origin("overrun.fixed", 14, 2021, 2026)) == "from your records, 14 projects, 2021–2026"
    assert past_text.origin(Origin("overrun.fixed", 1, 2026, 2026)) == "from your records, 1 project, 2026"
    assert past_text.origin(Origin("overrun.fixed", 3)) == "from your records, 3 projects"
