"""The document of each option: whole for any needs and any choices, and true to the evidence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import ProjectNeeds, evidence_as_of
from hiring.documents.brief.content import Brief, write_brief
from hiring.documents.brief.document import Table, to_markdown
from hiring.documents.brief.next_steps import next_steps
from hiring.evidence.brief_catalog import FIXED_GROUPS, suggested
from hiring.evidence.loader import load_catalog
from hiring.model.decision import decide
from tests.factories import DAY, OPTIONS
from tests.strategies import LAWS, NEWEST, projects

CATALOG = load_catalog()
IDS = sorted(choice.id for choice in CATALOG.choices if choice.group not in FIXED_GROUPS)


def written(option: str, chosen: frozenset[str] | None = None, for_you: bool = True, **needs: object) -> Brief:
    asked = ProjectNeeds(**{"mixes": False, **needs})
    decision = decide(asked, evidence_as_of(DAY), n=200)
    made = suggested(CATALOG, asked, option) if chosen is None else chosen
    return write_brief(decision, next_steps(decision, option, CATALOG, DAY), CATALOG, made, for_you)


def section(document: Brief, heading: str) -> tuple[object, ...]:
    return next(it.blocks for it in document.sections if it.heading == heading)


def glance(document: Brief) -> dict[str, str]:
    (table,) = (block for block in document.sections[0].blocks if isinstance(block, Table))
    return dict(table.rows)


# Any needs, any choices

@LAWS
@given(projects(project="Portal"), st.sampled_from(OPTIONS), st.none() | st.frozensets(st.sampled_from(IDS)),
       st.booleans())
def test_a_document_has_no_empty_section_no_brace_and_no_sentence_without_an_end(
        needs: ProjectNeeds, option: str, chosen: frozenset[str] | None, for_you: bool) -> None:
    decision = decide(needs, NEWEST, n=40)
    made = suggested(CATALOG, needs, option) if chosen is None else chosen
    document = write_brief(decision, next_steps(decision, option, CATALOG, DAY), CATALOG, made, for_you)
    for part in document.sections:
        assert any(part.blocks), part.heading
        for block in part.blocks:
            if isinstance(block, Table):
                assert block.rows
                assert all(len(row) == len(block.head) and all(row) for row in block.rows)
    text = to_markdown(document)
    assert not re.search(r"[{}]|None|\bnan\b|\binf\b|\w  \w", text)
    assert not re.search(r"\.\.|\. \.|,,| ,|\(\)", text)


@pytest.mark.parametrize("option", OPTIONS)
def test_every_selected_choice_is_in_the_document_and_no_other(option: str) -> None:
    text = to_markdown(written(option, frozenset(IDS)))
    for choice in CATALOG.choices:
        if choice.group in FIXED_GROUPS:
            continue
        is_there = (choice.text or choice.label) in text
        assert is_there == (choice in CATALOG.group(choice.group, option, "us")), choice.id


@pytest.mark.parametrize("option", OPTIONS)
def test_without_any_choice_the_document_says_what_is_left_to_agree(option: str) -> None:
    text = to_markdown(written(option, frozenset()))
    assert "We agree in writing on what to build before work starts." in text
    assert "We agree in writing on what to deliver, and when, before work starts." in text
    assert "Language and framework are open" in text
    assert "| For |" not in text


# What each says

def test_a_job_description_says_posts_salary_dates_and_how_to_apply() -> None:
    document = written("in_house", project="Portal", developers=2.5, start_within_weeks=20, deadline_months=12)
    assert document.title == "Mid-level backend developer, Portal"
    assert document.sections[0].blocks[0] == (
        "We are hiring two full-time backend developers and one for about 20 hours a week to build the backend of "
        "Portal. Our business depends on it. It has to handle a steady load.")
    # 20 weeks from November 22, 2026 is April 11, 2027; 12 months are 52 weeks, November 21, 2027
    assert glance(document) == {
        "Positions": "Two full-time backend developers and one for about 20 hours a week", "Experience": "Mid-level",
        "Start": "By April 11, 2027", "First release": "By November 21, 2027",
        "After the release": "About 20 hours a week of maintenance", "Location": "United States",
        "Salary": "$95,000 to $125,000 a year"}
    assert "Our technical lead sets the priorities and reviews the work." in section(document, "How we work")[0]
    assert section(document, "How to apply")[0].startswith("Please reply by December ")


def test_a_start_before_the_middle_future_is_asked_for_as_soon_as_possible() -> None:
    assert glance(written("in_house", start_within_weeks=4))["Start"] == "As soon as possible"
    assert glance(written("freelance", start_within_weeks=4))["Start"] == "By December 20, 2026"


def test_a_freelance_brief_says_scope_deliverables_with_their_test_and_rate() -> None:
    document = written("freelance", deadline_months=None, upkeep_developers=0, disciplines="few")
    assert document.title == "Freelance brief: backend development"
    assert glance(document)["Rate"] == "$65 to $140 an hour"
    assert glance(document)["First release"] == "To be agreed"
    assert glance(document)["After the release"] == "No maintenance is planned"
    assert glance(document)["Other skills"] == "Some design, front end, testing, operations and data"
    (table,) = section(document, "Deliverables")
    assert ("Automated tests that run on every change", "They pass, and each requirement has one.") in table.rows
    assert "maintain it after" not in to_markdown(document)


def test_a_request_for_proposal_is_judged_by_the_weights_of_the_decision() -> None:
    document = written("agency", data_sensitivity="regulated", scope_clarity="fixed")
    assert document.title == "Request for proposal: backend development"
    assert glance(document)["Price"] == "Fixed price per milestone"
    (table,) = section(document, "How we score proposals")
    points = [int(row[2]) for row in table.rows]
    assert sum(points) == 100
    assert points == sorted(points, reverse=True)
    decision = decide(ProjectNeeds(data_sensitivity="regulated", scope_clarity="fixed"), evidence_as_of(DAY), n=200)
    by_label = {row[0]: int(row[2]) for row in table.rows}
    assert by_label["Price"] == pytest.approx(decision.weights["cost"] * 100, abs=1)
    assert by_label["Security"] == pytest.approx(decision.weights["security"] * 100, abs=1)


def test_in_a_mix_each_document_says_what_its_people_do_and_with_whom() -> None:
    builders, keepers = (written(option, mixes=True, project="Portal") for option in ("freelance", "in_house"))
    assert builders.sections[0].blocks[0] == (
        "We are looking for two freelance backend developers to build the backend of Portal. Our business depends on "
        "it. It has to handle a steady load. Our own developers take over from you.")
    assert glance(builders)["After the release"] == "Handover to our own developers"
    assert keepers.sections[0].blocks[0] == (
        "We are hiring a backend developer for about 20 hours a week to take over the backend of Portal after the "
        "release and maintain it. Our business depends on it. It has to handle a steady load. Freelancers build it, "
        "and you take over.")
    assert glance(keepers)["Start"].startswith("About ")
    assert "First release" not in glance(keepers)
    for document, other in ((builders, "job description"), (keepers, "freelance brief")):
        assert f"This is one of two documents; the other is the {other}." in to_markdown(document)


def test_those_who_begin_are_asked_for_as_long_as_they_stay() -> None:
    needs = {"developers": 3, "build_months": 9, "start_within_weeks": 4, "upkeep_developers": 1,
             "technical_lead": False, "integration": "embedded", "scope_clarity": "evolving", "mixes": True,
             "budget_usd": 2_400_000, "deadline_months": 14, "seniority": "senior"}
    decision = decide(ProjectNeeds(**needs), evidence_as_of(DAY), n=200)
    assert decision.answered.plan.kind == "bridge"
    outside = decision.answered.plan.builder.id
    months = float(re.findall(r"about ([\d.]+) months", glance(written(outside, **needs))["Work"])[0])
    assert 3 < months < 9
    assert "take over from you" in to_markdown(written(outside, **needs))
    assert "begin" in to_markdown(written("in_house", **needs))


def test_the_rate_of_an_agency_is_in_the_notes_alone() -> None:
    assert "$100 to $200 an hour" in to_markdown(written("agency"))
    assert "an hour" not in to_markdown(written("agency", for_you=False))


@pytest.mark.parametrize("option", OPTIONS)
def test_the_notes_are_at_the_end_and_can_be_left_out(option: str) -> None:
    whole, sent = to_markdown(written(option)), to_markdown(written(option, for_you=False))
    assert whole.startswith(sent.rstrip("\n"))
    assert whole[len(sent.rstrip("\n")):].startswith("\n\n---\n\n## Notes for you\n\nDelete this part")
    assert "A good answer" not in sent


@pytest.mark.parametrize("option", OPTIONS)
def test_the_budget_is_never_mentioned(option: str) -> None:
    text = to_markdown(written(option, budget_usd=617_000))
    assert "617" not in text
    assert "It does not mention your budget." in text
    assert "budget" not in to_markdown(written(option, budget_usd=None))


@pytest.mark.parametrize("name", ["\u05e9\u05dc\u05d5\u05dd", "\U0001f680" * 80, "*a* | [b](c)"])
@pytest.mark.parametrize("option", OPTIONS)
def test_a_name_of_any_letters_is_in_title_and_text_and_breaks_no_table(option: str, name: str) -> None:
    usual, odd = (to_markdown(written(option, project=it)) for it in ("Portal", name))
    assert [line.count("|") for line in usual.splitlines() if line.startswith("| ")] == [
        line.count("|") for line in odd.splitlines() if line.startswith("| ")]
    assert usual.count("\n") == odd.count("\n")


def test_the_selected_languages_are_in_a_table_of_tools() -> None:
    document = written("in_house", frozenset({"languages.python", "languages.go", "databases.redis"}))
    assert section(document, "Technology") == (
        "", Table(("For", "We use"), (("Languages", "Python, Go"), ("Databases", "Redis"))))
