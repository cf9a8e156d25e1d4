"""Lists of finished projects."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest

from hiring.lists import past_list
from hiring.lists.list_reader import ListError
from hiring.lists.past_list import MOST_ROWS, PastTable, Records, guessed
from hiring.lists.reader_process import read_lines_here

TODAY = date(2026, 11, 30)


def table(text: str) -> PastTable:
    return past_list.read_table(BytesIO(text.encode()), read_file=read_lines_here)


def records(text: str) -> Records:
    found = table(text)
    return past_list.records(found, guessed(found.columns), "us", TODAY)


@pytest.mark.parametrize(("headings", "fields"), [
    ("Project,Planned hours,Real hours", ["project", "planned_hours", "real_hours"]),
    ("Name,Estimate (hrs),Actual (hrs)", ["project", "planned_hours", "real_hours"]),
    ("Title;Budget EUR;Actual cost EUR", ["project", "planned_cost", "real_cost"]),
    ("planned_time,real_time,staffed", ["planned_time", "real_time", "staffed"]),
    ("Estimated duration,Actual duration,Requested,Start date,End date,Status",
     ["planned_time", "real_time", "asked", "began", "finished", "status"]),
    ("Budgeted cost,Actual cost,Team type,Comment", ["planned_cost", "real_cost", "staffed"])])
def test_columns_are_found_by_the_words_in_their_headings(headings: str, fields: list[str]) -> None:
    columns = headings.replace(";", ",").split(",")
    assert guessed(columns) == {field: place for place, field in enumerate(fields)}


def test_hours_come_before_cost_and_cost_before_time() -> None:
    found = records("Planned hours,Actual hours,Planned cost,Actual cost,Planned months,Actual months\n"
                    "100,150,1,9,1,9\n,,100,120,1,9\n,,,,4,8\n,100,,,,\n")
    assert [(it.overrun, it.kind) for it in found.projects] == [(1.5, "hours"), (1.2, "cost"), (2, "time")]
    assert found.faults == ()


def test_the_start_is_counted_in_weeks_for_the_option_that_staffed_it() -> None:
    found = records("Staffed by,Requested,Start,Finished\nContractors,2025-01-06,2025-01-20,2025-06-30\n"
                    "In-house,01/06/2024,03/02/2024,12/31/2024\nMartians,2025-01-06,2025-01-20,\n")
    assert [(it.option, it.start_weeks) for it in found.projects] == [("freelance", 2), ("in_house", 8), (None, 2)]
    assert found.years == (2024, 2025)
    assert found.numbers("lead_weeks.freelance") == {"Row 2": 2}


def test_running_and_canceled_projects_are_counted_and_left_out() -> None:
    found = records("Project,Planned hours,Actual hours,Finished,Status\nA,10,20,2025-01-01,done\n"
                    "B,10,90,,in progress\nC,10,90,2027-05-01,\nD,10,90,,Cancelled\n")
    assert [it.name for it in found.projects] == ["A"] and (found.running, found.canceled) == (2, 1)


@pytest.mark.parametrize(("planned", "real", "said"), [
    ("0", "10", "0 cannot be compared"), ("10", "-3", "above 0"), ("ten", "10", "write a number"),
    ("$100", "90 EUR", "write both in the same"), ("10", "1e999", "number"), ("1,5,5", "2", "number")])
def test_a_number_that_cannot_be_used_gets_a_sentence_with_its_row(planned: str, real: str, said: str) -> None:
    found = records(f'Project,Planned cost,Actual cost\nA,"{planned}","{real}"\nB,10,11\n')
    assert [it.name for it in found.projects] == ["B"]
    assert len(found.faults) == 1 and found.faults[0].startswith("Row 2, A: ") and said in found.faults[0]


def test_numbers_are_read_as_people_type_them() -> None:
    found = records('Planned cost;Actual cost\n"$100k";$1.2M\n1.000,50;2.001\n')
    assert [it.overrun for it in found.projects] == pytest.approx([12, 2], rel=1e-3)


@pytest.mark.parametrize(("asked", "began", "said"), [
    ("2025-03-01", "2025-02-01", "before people were asked for"), ("soon", "2025-02-01", "write a day"),
    ("2025-02-30", "2025-03-01", "write a day")])
def test_days_that_cannot_be_used_get_a_sentence(asked: str, began: str, said: str) -> None:
    found = records(f"Planned hours,Actual hours,Requested,Started\n10,11,{asked},{began}\n")
    assert found.projects[0].start_weeks is None and said in found.faults[0]


@pytest.mark.parametrize(("text", "said"), [
    ("", "no line of headings|empty"), ("Planned hours,Actual hours\n", "no project"),
    ("A,B\n" + "1,2\n" * (MOST_ROWS + 1), "more than 10,000")])
def test_a_file_that_is_no_list_is_refused_with_a_sentence(text: str, said: str) -> None:
    with pytest.raises(ListError, match=said):
        table(text)
