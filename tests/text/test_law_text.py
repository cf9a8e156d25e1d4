"""The law of the place is what the cautions, the memo and the briefs name, and no other country's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest

from hiring import ProjectNeeds
from hiring.documents.brief.content import write_brief
from hiring.documents.brief.document import to_markdown
from hiring.documents.brief.next_steps import next_steps
from hiring.documents.memo import content
from hiring.documents.memo.content import build_memo
from hiring.documents.memo.render import Memo
from hiring.evidence.brief_catalog import GROUPS, suggested
from hiring.evidence.loader import TOPICS, load_catalog
from hiring.model.decision import Decision, decide
from hiring.model.evidence import Law
from hiring.model.explanation import Explanation
from hiring.text import cautions_text, law_text, verdict_text
from hiring.text.formatting import day, unmarked
from hiring.web.components import sources_popover
from tests.factories import OPTIONS
from tests.readability import readability, sentences
from tests.strategies import NEWEST

CATALOG, TODAY = load_catalog(), date(2026, 12, 1)
BASE = next(country.id for country in NEWEST.countries.values() if country.is_base)
ABROAD = sorted(NEWEST.countries.keys() - {BASE})
US_ONLY = re.compile(r"IRS|W-2|1099|401\(k\)|[Aa]t[- ]will\b|US backend|US wage|California|[Ll]abor department|"
                     r"ABC test|\bSS-8|misclassification|federal|Zamstack article|taxes and benefits")
PLACES = ("us", "us-tx", "us-ca", "us-41940", *ABROAD)  # 41940: San Jose, CA


def project(location: str, data: str = "personal") -> ProjectNeeds:
    """One with every caution of law: embedded for long, with data to protect, and more hires than upkeep needs."""
    return ProjectNeeds(location=location, developers=3, build_months=9, upkeep_months=24, integration="embedded",
                        data_sensitivity=data, budget_usd=500_000)


@lru_cache(maxsize=len(PLACES))
def decided(location: str, data: str = "personal") -> Decision:
    return decide(project(location, data), NEWEST, n=200)


def cautions(decision: Decision) -> str:
    found = verdict_text.cautions(decision)
    return " ".join([cautions_text.cautions_headline(decision), *(
        f"{it.title} {it.sentence} {' '.join(f'{law_text.law(law)} {law_text.status(law)}' for law in it.laws)}"
        for it in found)])


def briefs(decision: Decision, everything: bool = False) -> Iterator[str]:
    """The three documents with their notes, and with all that can be ticked or what is suggested."""
    needs = decision.needs
    for option in OPTIONS:
        ids = {choice.id for group in GROUPS for choice in CATALOG.group(group, option, needs.location)}
        chosen = ids if everything else suggested(CATALOG, needs, option)
        following = next_steps(decision, option, CATALOG, TODAY)
        document = to_markdown(write_brief(decision, following, CATALOG, chosen))
        yield document + " ".join(f"{step.label} {step.note}" for step in following.steps)


@lru_cache(maxsize=len(PLACES))
def memo_of(location: str) -> Memo:
    return memo(decided(location))


def memo(decision: Decision) -> Memo:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "svg", lambda *_: "")
        return build_memo(Explanation(decision), "https://example.org", TODAY)


def named(text: str) -> set[str]:
    """The laws that a text names."""
    return {law.id for law in NEWEST.laws if law.name in unmarked(text)}


def of(location: str, *topics: str) -> set[Law]:
    return {law for topic in topics for law in NEWEST.laws_on(topic, location)}


def alike(laws: set[Law]) -> set[str]:
    """The laws of these names: the GDPR is a law of several countries."""
    return {law.id for law in NEWEST.laws if law.name in {it.name for it in laws}}


@pytest.mark.parametrize("location", ABROAD)
def test_another_country_sees_its_own_law_and_no_word_that_means_something_in_the_united_states_alone(
        location: str) -> None:
    decision, own = decided(location), alike(of(location, *TOPICS))
    paper = memo_of(location)
    parts = {"cautions": cautions(decision), "memo": str((*paper.sections, *paper.outlook, paper.because)),
             **dict(zip(OPTIONS, briefs(decision, everything=True), strict=True))}
    for place, text in parts.items():
        assert not US_ONLY.findall(text), place
        assert named(text) <= own, place
    assert named(parts["cautions"]) == named(parts["memo"]) == own
    assert named(parts["freelance"]) == alike(of(location, "contractor", "data"))
    assert named(parts["in_house"]) == alike(of(location, "dismissal"))
    assert named(parts["agency"]) == alike(of(location, "data"))


@pytest.mark.parametrize("location", PLACES)
def test_each_law_has_its_official_address_its_day_and_how_sure_it_is(location: str) -> None:
    decision = decided(location)
    paper = memo_of(location)
    numbers = {source.number: source.address for group in paper.sources for source in group.sources}
    body = " ".join(point.body for section in paper.sections for point in section.points)
    laws = {law for caution in verdict_text.cautions(decision) for law in caution.laws}
    assert laws == of(location, *TOPICS)
    for law in laws:
        assert f"{law.address}" in law_text.law(law)
        said = law_text.status(law)
        assert f"As it was on {day(law.as_of)}." in said
        assert ("Check the current text" in said) != law.is_moving
        assert ("check the status" in said) == law.is_moving
        assert ("not the law" in said) == law.is_second_hand
        found = re.search(rf"{re.escape(f'{law.name}: {law.sentence} {said}')}((?: \[\d+\])+)", body)
        assert found
        cited = [numbers[int(number)] for number in re.findall(r"\d+", found[1])]
        read = {NEWEST.sources[source].address for source in law.source}
        assert cited[0] == law.address
        assert set(cited) == {law.address} | read - {""}
        assert [it for it in sentences(unmarked(f"{law_text.law(law)} {said}")) if readability(it) > 9] == []


@pytest.mark.parametrize(("location", "in_california"), [
    ("us", False), ("us-tx", False), ("us-ca", True), ("us-41940", True)])
def test_the_law_of_a_state_is_that_of_its_metro_areas_alone(location: str, in_california: bool) -> None:
    decision = decided(location)
    freelance, hired, _ = briefs(decision)
    for text in (cautions(decision), freelance):
        assert "IRS" in text
        assert "California" not in text or in_california
    assert ("California: you must prove" in freelance) == in_california
    assert ("us.contractor.california" in named(cautions(decision))) == in_california
    assert "Checks before you sign" not in hired  # the evidence has no law on it there


def test_the_checks_of_a_country_that_are_spelled_out_are_not_said_twice() -> None:
    freelance, *_ = briefs(decided("us-ca"), everything=True)
    assert named(freelance) == set()


@pytest.mark.parametrize("location", PLACES)
def test_where_law_is_named_it_says_once_that_this_is_no_advice(location: str) -> None:
    decision = decided(location)
    for text in briefs(decision):
        assert text.count("legal advice") == ("### Checks before you sign" in text)
    assert str(memo_of(location)).count("legal advice") == 1


@pytest.mark.parametrize("location", ["us", "gb"])
def test_where_no_law_is_named_nothing_is_said_of_advice(location: str) -> None:
    harmless = replace(project(location, "internal"), integration="shared", upkeep_developers=3, build_months=5,
                       upkeep_months=5)
    assert "legal advice" not in str(memo(decide(harmless, NEWEST, n=200)))


@pytest.mark.parametrize(("location", "local"), [
    ("us", " A state or a city can have rules of its own."), ("ca", " A province can have rules of its own."),
    ("gb", ""), ("de", "")])
def test_only_where_parts_of_a_country_have_rules_of_their_own_they_are_named(location: str, local: str) -> None:
    assert law_text.not_advice(decided(location).evidence.place) == f"Nothing here is legal advice.{local}"


@pytest.mark.parametrize("integration", ["standalone", "shared", "embedded"])
@pytest.mark.parametrize("location", PLACES)
def test_long_work_of_freelancers_names_the_law_however_close_they_work_with_the_team(
        location: str, integration: str) -> None:
    found = decide(replace(project(location), integration=integration), NEWEST, n=200).findings
    for plan in ("freelance", "mix") if "mix" in found else ("freelance",):
        if plan == "mix" and all(it.option != "freelance" for it in found[plan]):
            continue
        (finding,) = [it for it in found[plan] if it.rule.law == "contractor"]
        assert set(finding.laws) == of(location, "contractor")


@pytest.mark.parametrize(("location", "data", "wanted"), [
    ("gb", "personal", "personal"), ("gb", "regulated", "regulated"), ("gb", "internal", ""),
    ("us", "personal", ""), ("us", "regulated", "regulated")])
def test_personal_data_calls_for_caution_where_a_law_protects_it(location: str, data: str, wanted: str) -> None:
    found = {finding.rule.id for findings in decided(location, data).findings.values() for finding in findings}
    assert {it for it in found if it.startswith("outsiders_reach_")} == (
        {f"outsiders_reach_{wanted}_data"} if wanted else set())


@pytest.mark.parametrize("location", ["us", "us-ca", "gb", "ca"])
def test_what_the_article_says_of_american_salaries_is_shown_there_and_its_trade_offs_everywhere(location: str) -> None:
    said = sources_popover.listing(decided(location), ("fit",))
    assert "In-house developers collaborate faster" in said
    assert ("Silicon Valley" in said) == ("in the United States earns" in said) == location.startswith(BASE)
