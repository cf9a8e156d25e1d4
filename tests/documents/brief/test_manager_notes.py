"""The notes for the manager: questions, pay with its source, and the checks of the law."""

from __future__ import annotations

import re

import pytest

from hiring import ProjectNeeds, evidence_as_of
from hiring.documents.brief.brief_context import BriefContext
from hiring.documents.brief.document import Table
from hiring.documents.brief.manager_notes import cited_sources, manager_notes
from hiring.documents.brief.next_steps import next_steps, part_of
from hiring.evidence.brief_catalog import suggested
from hiring.evidence.loader import load_catalog
from hiring.model.decision import decide
from hiring.model.own_figures import Range
from hiring.text.formatting import END, START, STYLE
from tests.factories import DAY, OPTIONS, SNAPSHOT

CATALOG = load_catalog()
EMBEDDED = {"integration": "embedded", "developers": 1, "build_months": 6}


def context(option: str, own: tuple[tuple[str, Range], ...] = (), **needs: object) -> BriefContext:
    asked = ProjectNeeds(**{"mixes": False, **needs})
    decision = decide(asked, evidence_as_of(DAY, own), n=40)
    return BriefContext(decision, part_of(decision, option), next_steps(decision, option, CATALOG, DAY), CATALOG,
                  suggested(CATALOG, asked, option))


def blocks(it: BriefContext, heading: str) -> tuple[object, ...]:
    return next(section.blocks for section in manager_notes(it) if section.heading == heading)


def before_sending(option: str, **needs: object) -> str:
    return " ".join(blocks(context(option, **needs), "Notes for you")[1])


def test_the_notes_say_what_is_unlikely_or_left_out() -> None:
    # Two positions for the build, half a developer after it: 2 - 0.5 = 1.5 end.
    assert "1.5 of two full-time positions end with the build" in before_sending("in_house")
    # A tenth of a position is worth a note, less than a twentieth is not.
    assert "0.1 of two full-time positions end with the build" in before_sending("in_house", upkeep_developers=1.9)
    assert "end with the build" not in before_sending("in_house", upkeep_developers=1.96)
    # One position for the build, at least 4.3 after it: upkeep overruns its plan a little more often than not.
    assert re.match(r"After the release you need 3\.[34] more full-time positions",
                    before_sending("in_house", developers=1, build_months=2, upkeep_developers=4.3))
    assert "of 100 simulations meet the release date above. Move the date or cut scope." in before_sending(
        "freelance", build_months=14, deadline_months=12)
    assert before_sending("freelance") == ""


def test_each_challenge_of_the_article_is_a_question_with_what_a_good_answer_holds() -> None:
    (table,) = blocks(context("in_house"), "Interview")
    assert isinstance(table, Table)
    challenges = [choice for choice in CATALOG.choices if choice.id.startswith("challenges.") and choice.terms]
    assert len(challenges) == 5
    assert all((choice.text, choice.check, " ") in table.rows for choice in challenges)


def test_an_agency_answers_in_writing_so_its_table_names_the_questions_alone() -> None:
    (table,) = blocks(context("agency"), "What good answers include")
    assert [row[0] for row in table.rows][:2] == ["Data security", "Scalability"]


@pytest.mark.parametrize("option", OPTIONS)
def test_pay_comes_with_its_three_numbers_and_each_of_its_sources(option: str) -> None:
    it = context(option)
    (text,) = blocks(it, "Where the salary comes from" if option == "in_house" else "Where the rate comes from")
    assert f"{it.pay.low:,.0f} / {it.pay.central:,.0f} / {it.pay.high:,.0f} {it.pay.unit}" in text
    assert it.pay.locator in text
    for source in map(SNAPSHOT.sources.__getitem__, it.pay.source):
        assert f"[{source.producer}, {source.title}]({source.address})" in text
    assert not re.search(f"[{START}{STYLE}{END}]", text)


def test_pay_in_a_location_names_its_ratio_and_survey() -> None:
    (text,) = blocks(context("in_house", location="us-ca"), "Where the salary comes from")
    # 174,410 / 135,980 = 1.2826
    assert ("It is multiplied by 1.28 for what developers earn in California, United States ([US Bureau of Labor "
            "Statistics") in text


def test_an_own_figure_cites_nobody() -> None:
    it = context("agency", (("agency.us.mid", Range(90, 90, 90)),))
    assert blocks(it, "Where the rate comes from") == ("Rates to expect: $90 an hour. This is your own figure.",)


def test_where_freelancers_look_like_employees_the_rule_comes_before_the_checks() -> None:
    rule = next(rule for rule in SNAPSHOT.rules if rule.id == "engagement_looks_like_employment")
    finding, checks = blocks(context("freelance", **EMBEDDED), "Checks before you sign")
    assert finding == f"**{rule.title}** {rule.sentence}"
    assert len(checks) == 8
    nothing, _ = blocks(context("freelance", **{**EMBEDDED, "build_months": 5.99}), "Checks before you sign")
    assert nothing == ""


def test_the_checks_of_freelancers_cite_tax_labor_and_california_law() -> None:
    _, checks = blocks(context("freelance"), "Checks before you sign")
    text = " ".join(checks)
    for source in ("irs-topic-762", "dol-fab-2025-1", "dol-proposed-2026", "california-abc", "california-226-8"):
        assert SNAPSHOT.sources[source].address in text
    for words in ("behavioral control", "financial control", "type of relationship", "economic reality",
                  "not legal advice"):
        assert words in text
    assert "$5,000 to $15,000 per violation" in text


def test_a_job_needs_no_check_of_contractors_and_work_abroad_asks_for_the_law_there() -> None:
    assert blocks(context("in_house"), "Checks before you sign") == ("", ())
    _, checks = blocks(context("agency", talent_region="asia"), "Checks before you sign")
    assert checks[0].startswith("Outside the United States, that country's law applies")


def test_sources_are_those_of_pay_checks_and_words_each_once() -> None:
    listed = cited_sources(context("freelance", **EMBEDDED))
    assert len(listed) == len(set(listed))
    addresses = " ".join(listed)
    for source in ("stepto", "irs-topic-762", "california-226-8", "article"):
        assert f"({SNAPSHOT.sources[source].address})" in addresses
    assert "Assumption of this project" not in addresses
