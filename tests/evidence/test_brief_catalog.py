"""The brief catalog: the complete lists of the article, and messages for broken rows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given

from hiring import ProjectNeeds
from hiring.evidence.brief_catalog import CONDITIONS, FIXED_GROUPS, GROUPS, conditions, suggested, suited
from hiring.evidence.loader import DATA, load_catalog, load_evidence
from hiring.model.needs import CHOICE, NEEDS
from tests.evidence.editing import Edit, faults, line_of, rewrite, setting
from tests.factories import OPTIONS
from tests.strategies import LAWS, projects

CATALOG = load_catalog()
CHOICES = {choice.id: choice for choice in CATALOG.choices}
# The lists of the article "What Does a Backend Developer Do?", copied from it by hand.
ARTICLE = {
    "responsibilities": "Server-Side Logic, Database Management, API Integration and Development, "
                        "Security and Authentication, Performance Optimization",
    "skills": "SQL, NoSQL, Version Control",
    "languages": "JavaScript (Node.js), Python, Java, PHP",
    "frameworks": "Express.js, Django, Laravel",
    "databases": "MySQL, MongoDB, PostgreSQL",
    "hosting": "VPS, AWS, Azure, GCP",
    "devops": "Docker, Jenkins",
    "collaboration": "Git, GitHub, Bitbucket, Jira",
    "lifecycle": "Requirement gathering, System design, Coding, Testing, Deployment, Maintenance",
    "challenges": "Managing data security, Maintaining scalability, Dealing with legacy code, "
                  "Debugging hard-to-find backend issues, Balancing performance with functionality",
    "trends": "AI integration, serverless computing, microservices architecture",
}


# The article

@pytest.mark.parametrize("name", ARTICLE)
def test_the_terms_hold_every_entry_of_the_articles_lists(name: str) -> None:
    held = {term.term for term in CATALOG.terms.values() if term.list == name}
    assert set(ARTICLE[name].split(", ")) <= held


@pytest.mark.parametrize("term", CATALOG.terms.values(), ids=lambda term: term.id)
def test_every_term_of_the_article_is_carried_by_a_choice_that_cites_it_and_its_heading(term) -> None:
    carriers = [choice for choice in CATALOG.choices if term.id in choice.terms]
    assert carriers
    assert term.source == ("article",)
    assert all(choice.source == ("article",) and term.locator in choice.locator for choice in carriers)
    assert any(choice.group in GROUPS for choice in carriers)


def test_the_lists_of_the_article_are_choices_of_the_group_of_the_same_name() -> None:
    for name, listed in ARTICLE.items():
        for term in CATALOG.terms.values():
            if term.list == name and term.term in listed.split(", "):
                assert any(choice.group == name for choice in CATALOG.choices if term.id in choice.terms), term.id


def test_a_choice_without_a_term_of_the_article_does_not_cite_it() -> None:
    for choice in CATALOG.choices:
        assert ("article" in choice.source) == bool(choice.terms), choice.id
        assert bool(choice.locator) == (choice.source != ("assumed",)), choice.id


# House rules

@pytest.mark.parametrize("name", ["brief", "terms", "steps"])
def test_ids_begin_with_their_group_and_places_are_counted_without_gaps(name: str) -> None:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    group = {"brief": "group", "terms": "list", "steps": "option"}[name]
    assert all(row["id"].split(".")[0] == row[group] for row in rows)
    for of in {row[group] for row in rows} if name != "terms" else ():
        # A step of a country is where the usual one is.
        placed = {(".".join(row["id"].split(".")[:2]), int(row["place"])) for row in rows if row[group] == of}
        assert sorted(place for _, place in placed) == list(range(1, len(placed) + 1)), of


def test_every_source_of_the_tables_is_registered_and_every_group_has_a_choice_for_each_document() -> None:
    sources = load_evidence().sources
    assert all(source in sources for row in (*CATALOG.choices, *CATALOG.milestones) for source in row.source)
    for group in (*GROUPS, *FIXED_GROUPS):
        wanted = {"checks": ("freelance", "agency")}.get(group, OPTIONS)
        assert all(CATALOG.group(group, option, "us") for option in wanted), group


def test_tools_have_a_label_and_all_else_has_a_sentence() -> None:
    tools = {"languages", "frameworks", "databases", "hosting", "devops", "collaboration"}
    assert all(bool(choice.text) == (choice.group not in tools) for choice in CATALOG.choices)
    assert all(choice.check for choice in CATALOG.choices if choice.group in ("challenges", "lifecycle"))


def test_no_sentence_holds_a_brace_or_an_amount_of_its_own() -> None:
    for row in (*CATALOG.choices, *CATALOG.milestones):
        text = row.note if hasattr(row, "note") else row.text + row.check
        for word in CATALOG.words["us"]:
            text = text.replace(f"{{{word}}}", "")
        assert not set("{}[]<>|*_`") & set(text), row.id
        assert "$" not in text or row.source == ("california-226-8",), row.id


@pytest.mark.parametrize(("country", "cv", "rate"), [
    ("us", "A resume", "per hour"), ("gb", "A CV", "per day"), ("de", "A CV", "per hour"),
    ("ca", "A resume", "per hour")])
def test_a_brief_asks_for_what_applicants_send_and_quote_in_the_country(country: str, cv: str, rate: str) -> None:
    texts = {it.id: it.text for option in OPTIONS for it in CATALOG.group("reply", option, country)}
    assert texts["reply.cv"].startswith(cv)
    assert f"rate {rate}" in texts["reply.rate"]


# Conditions

def test_conditions_are_the_choices_made_and_the_upkeep() -> None:
    met = conditions(ProjectNeeds(upkeep_developers=0, technical_lead=False, scale="massive"))
    assert {"always", "upkeep=none", "technical_lead=no", "scale=massive"} <= met
    assert not {"upkeep=some", "technical_lead=yes", "scale=steady"} & met
    assert "upkeep=some" in conditions(ProjectNeeds(upkeep_developers=0.001))


@LAWS
@given(projects())
def test_exactly_one_condition_of_each_choice_is_met(needs: ProjectNeeds) -> None:
    met = conditions(needs)
    assert met <= CONDITIONS
    for name, need in NEEDS.items():
        if need.kind == CHOICE:
            assert len([it for it in met if it.startswith(f"{name}=")]) == 1


@pytest.mark.parametrize(("needs", "option", "id_", "expected"), [
    ({"scale": "steady"}, "in_house", "responsibilities.performance", False),
    ({"scale": "growing"}, "in_house", "responsibilities.performance", True),
    ({"data_sensitivity": "public"}, "agency", "security.nda", False),
    ({"data_sensitivity": "internal"}, "agency", "security.nda", True),
    ({"data_sensitivity": "internal"}, "agency", "security.dpa", False),
    ({"data_sensitivity": "personal"}, "agency", "security.dpa", True),
    ({"data_sensitivity": "personal"}, "in_house", "security.dpa", False),
    ({"data_sensitivity": "regulated"}, "in_house", "security.audit", True),
    ({"upkeep_developers": 0}, "freelance", "lifecycle.maintenance", False),
    ({"upkeep_developers": 0.1}, "freelance", "lifecycle.maintenance", True),
    ({"integration": "standalone"}, "freelance", "collaboration.jira", False),
    ({"integration": "embedded"}, "freelance", "collaboration.jira", True),
    ({"integration": "embedded"}, "freelance", "ways.own_hours", False),
    ({"integration": "embedded"}, "freelance", "ways.stand_up", False),
    ({"integration": "embedded"}, "in_house", "ways.stand_up", True),
    ({"technical_lead": False}, "agency", "ways.agency_lead", True),
    ({"technical_lead": False}, "freelance", "ways.agency_lead", False),
    ({"talent_region": "asia"}, "freelance", "checks.abroad", True),
    ({"talent_region": "us"}, "freelance", "checks.abroad", False),
    ({"location": "gb", "talent_region": "us"}, "agency", "checks.abroad", True),
    ({}, "freelance", "checks.abroad", False),
    ({"location": "us-tx"}, "freelance", "checks.behavior", True),
    ({"location": "us-tx"}, "freelance", "checks.abc", False),
    ({"location": "us-41940"}, "freelance", "checks.abc", True),  # San Jose, CA
    ({"location": "gb"}, "freelance", "checks.behavior", False),
    ({"location": "gb"}, "freelance", "checks.gb.contractor.off_payroll", True),
    ({"location": "gb"}, "freelance", "checks.gb.data.uk_gdpr", False),
    ({"location": "gb", "data_sensitivity": "personal"}, "agency", "checks.gb.data.uk_gdpr", True),
])
def test_the_needs_suggest_what_fits_them(needs: dict[str, object], option: str, id_: str, expected: bool) -> None:
    assert (id_ in suggested(CATALOG, ProjectNeeds(**needs), option)) == expected


@LAWS
@given(projects())
def test_no_needs_suggest_a_language_or_a_framework_but_all_suggest_work_and_questions(needs: ProjectNeeds) -> None:
    for option in OPTIONS:
        groups = {CHOICES[id_].group for id_ in suggested(CATALOG, needs, option)}
        assert not groups & {"languages", "frameworks", "databases", "hosting", *FIXED_GROUPS}
        assert {"responsibilities", "lifecycle", "skills", "security", "challenges", "reply", "ways"} <= groups


def test_a_row_is_suited_by_any_one_of_its_conditions() -> None:
    rows = [CHOICES["responsibilities.frontend"], CHOICES["trends.ai"]]
    assert suited(rows, ProjectNeeds(disciplines="one", integration="standalone")) == ()
    assert suited(rows, ProjectNeeds(disciplines="few", integration="standalone")) == (rows[0],)
    assert suited(rows, ProjectNeeds(disciplines="one", integration="embedded")) == (rows[0],)


# Broken rows

@pytest.mark.parametrize(("file", "id_", "column", "found", "wanted"), [
    ("brief.csv", "languages.python", "group", "language", "one of responsibilities, trends"),
    ("brief.csv", "languages.python", "label", "", "some text"),
    ("brief.csv", "languages.python", "place", "first", "a plain number"),
    ("brief.csv", "languages.python", "terms", "languages.pyhton", "ids of terms.csv"),
    ("brief.csv", "languages.python", "locator", "Somewhere", "where the terms are in the article: Essential Skills"),
    ("brief.csv", "languages.python", "source", "wikipedia", "an id of sources.toml"),
    ("brief.csv", "languages.python", "source", "", "an id of sources.toml"),
    ("brief.csv", "languages.python", "options", "agencies", "ids of options.toml: agency, freelance, in_house"),
    ("brief.csv", "security.nda", "when", "scale=huge", "always, upkeep=some, or a need and its choice"),
    ("brief.csv", "security.nda", "when", "always;", "always, upkeep=some, or a need and its choice"),
    ("brief.csv", "checks.abc", "country", "us-zz", "the code of a country, or of a state whose wages are known"),
    ("steps.csv", "agency.sign", "country", "uk", "the code of a country, or of a state whose wages are known"),
    ("terms.csv", "languages.php", "source", "nobody", "an id of sources.toml"),
    ("steps.csv", "agency.sign", "anchor", "soon", "one of search, before_start"),
    ("steps.csv", "agency.sign", "share", "1.01", "a share of at most 1"),
    ("steps.csv", "agency.sign", "share", "", "a plain number"),
    ("steps.csv", "agency.access", "weeks", "-1", "a plain number"),
    ("steps.csv", "agency.sign", "option", "agencies", "one of agency, freelance, in_house"),
    ("steps.csv", "agency.sign", "when", "sometimes", "always, upkeep=some, or a need and its choice"),
    ("steps.csv", "agency.sign", "source", "nobody", "an id of sources.toml"),
    ("terms.csv", "languages.php", "term", "", "some text"),
])
def test_a_broken_cell_is_named_by_file_row_id_what_was_found_and_what_to_write(
        folder: Path, file: str, id_: str, column: str, found: str, wanted: str) -> None:
    rewrite(folder / file, setting(id_, **{column: found}))
    shown = repr(found) if found else "nothing"
    place = f"{file}, row {line_of(DATA / file, id_)}, id {id_}: {column} is {shown}; write "
    assert [fault for fault in faults(folder) if fault.startswith(place + wanted)]


def test_an_id_of_another_group_and_an_id_that_is_used_twice_are_named(folder: Path) -> None:
    rewrite(folder / "brief.csv", setting("languages.python", id="languages.php"))
    assert "brief.csv, id languages.php: two rows have this id; keep one." in faults(folder)
    rewrite(folder / "brief.csv", setting("languages.java", id="tools.java"))
    assert any("id tools.java: id is 'tools.java'; write languages, a dot and a name." in it for it in faults(folder))


@pytest.mark.parametrize("file", ["brief.csv", "terms.csv", "steps.csv"])
def test_a_missing_or_empty_table_is_reported(folder: Path, file: str) -> None:
    def without_rows(rows: list[list[str]]) -> None:
        del rows[1:]
    edit: Edit = without_rows
    rewrite(folder / file, edit)
    assert f"{file}: found no rows; write a header and at least one row." in faults(folder)
    (folder / file).unlink()
    assert any(fault.startswith(f"{file}: cannot be read") for fault in faults(folder))


@pytest.mark.parametrize(("file", "id_"), [("steps.csv", "agency.shortlist"), ("steps.csv", "in_house.start"),
                                          ("brief.csv", "grid.security")])
def test_a_row_that_every_document_counts_on_is_missed(folder: Path, file: str, id_: str) -> None:
    def remove(rows: list[list[str]]) -> None:
        rows[:] = [row for row in rows if row[0] != id_]

    rewrite(folder / file, remove)
    assert faults(folder) == [f"{file}, id {id_}: found no such row that always applies; write one."]


def test_a_step_that_every_document_needs_must_always_apply(folder: Path) -> None:
    rewrite(folder / "steps.csv", setting("agency.start", when="scale=massive"))
    assert faults(folder) == ["steps.csv, id agency.start: found no such row that always applies; write one."]
