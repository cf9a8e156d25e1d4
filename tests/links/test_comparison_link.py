"""Comparisons: their links come back as they were, damage stays where it is, and their CSV is a list of projects."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zlib
from dataclasses import replace
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import hiring
from hiring import ProjectNeeds
from hiring.evidence.loader import load_evidence
from hiring.links import comparison_link, project_link
from hiring.links.comparison_link import (
    MAX_SCENARIOS,
    MAX_UNPACKED_CHARS,
    NOT_OURS,
    VERSION,
    WORDS_1,
    Opened,
    Scenario,
    add_scenarios,
    checked_name,
    decode,
    encode,
    is_comparison,
    read_pasted,
    scenario_names,
    to_csv,
)
from hiring.links.project_link import MAX_LINK_CHARS, VERSIONS, Said
from hiring.lists.examples import load_examples
from hiring.lists.project_list import Project, ProjectList, check
from hiring.lists.reader_process import read_lines_here
from hiring.model.needs import NEEDS
from hiring.model.own_figures import Range
from tests.cells import NAMES, formulas
from tests.factories import DAY
from tests.links.test_own_figures_codec import every_figure, some_figures
from tests.strategies import LAWS, projects

EVIDENCE, TODAY = load_evidence(), DAY.replace(month=12)
ADDRESS = "https://decisions.example.org/hiring/"
PORTAL = Scenario("Portal", ProjectNeeds(project="Portal", developers=3), DAY, (), Said("in_house", 93, "2.0", 62), DAY)
ASIA = Scenario("Team in Asia", replace(PORTAL.needs, talent_region="asia"), DAY, (("load", Range(1.4, 1.4, 1.4)),),
                Said("mix", 82, "2.0"), DAY, frozenset({"seniority", "budget_usd"}))
BARE = Scenario("", ProjectNeeds(), DAY, from_day=DAY)
SAID = st.none() | st.builds(Said, st.sampled_from(["freelance", "mix", "none"]), st.integers(0, 100),
                             st.from_regex(r"\A[0-9]{1,4}(\.[0-9]{1,4}){0,2}\Z"),
                             st.none() | st.integers(0, 100))


def scenarios() -> SearchStrategy[list[Scenario]]:
    """From one to four scenarios of any kind."""
    name = st.text(st.characters(exclude_categories=("C", "Z")), max_size=80)
    one = st.builds(Scenario, name, projects(), st.just(DAY), st.just(()) | some_figures(), SAID, st.just(DAY),
                    st.frozensets(st.sampled_from(list(NEEDS))))
    return st.lists(one, min_size=1, max_size=MAX_SCENARIOS)


def read(query: dict[str, str]) -> comparison_link.Opened:
    """A query as it comes out of a browser."""
    return decode(dict(parse_qsl(urlencode(query), keep_blank_values=True)), EVIDENCE, TODAY)


def packed(text: bytes, words: bytes = WORDS_1) -> str:
    deflate = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 9, zdict=words)
    return base64.urlsafe_b64encode(deflate.compress(text) + deflate.flush()).decode().rstrip("=")


# Links

@LAWS
@given(scenarios())
def test_a_link_opens_to_the_scenarios_that_it_was_made_from(made: list[Scenario]) -> None:
    assert read(encode(made)) == Opened(tuple(made))
    assert read_pasted(f"{ADDRESS}compare?{urlencode(encode(made))}", EVIDENCE, TODAY) == Opened(tuple(made))


def test_a_link_has_a_name_and_a_packed_link_for_each_scenario_and_its_version() -> None:
    query = encode([PORTAL, ASIA])
    assert list(query) == ["name_1", "scenario_1", "name_2", "scenario_2", "v"]
    assert (query["name_2"], query["v"]) == ("Team in Asia", VERSION)
    inflate = zlib.decompressobj(zlib.MAX_WBITS, zdict=WORDS_1)
    whole = inflate.decompress(base64.urlsafe_b64decode(query["scenario_2"] + "=="))
    assert whole.decode() == urlencode(ASIA.query)


def test_a_page_without_scenarios_has_an_address_too() -> None:
    assert encode([]) == {"v": VERSION}
    assert read({"v": VERSION}) == Opened(())
    assert is_comparison({"v": VERSION})


def test_the_words_that_scenarios_are_packed_against_are_those_of_version_1_for_good() -> None:
    assert hashlib.sha256(WORDS_1).hexdigest().startswith("d964217d17ba62ca")


def test_four_ordinary_scenarios_stay_far_under_two_thousand_characters() -> None:
    made = [Scenario(f"{needs.project}, second attempt", needs, DAY,
                     (("agency.us.mid", Range(120, 140, 155)), ("importance.cost", Range(45, 45, 45))),
                     Said("in_house", 93, "2.0", 62), DAY) for needs in list(load_examples().values())[-MAX_SCENARIOS:]]
    link = project_link.absolute(f"{ADDRESS}compare", encode(made))
    assert len(link) < MAX_LINK_CHARS / 1.4
    assert link.isascii()


def test_the_same_project_in_two_countries_keeps_place_currency_amount_and_own_figures() -> None:
    pound = EVIDENCE.as_of(DAY).exchange_rates["GBP"].central
    london = PORTAL._replace(name="London", needs=replace(PORTAL.needs, location="gb", budget_usd=900_000 / pound),
                             own=(("gb.in_house.survey.mid", Range(70_000, 70_000, 70_000)),))
    berlin = london._replace(name="Berlin", needs=replace(london.needs, location="de", currency="GBP"))
    assert "amount=900000" in urlencode(london.query)
    assert "amount=900000" in urlencode(berlin.query)
    assert read(encode([london, berlin])) == Opened((london, berlin))


@pytest.mark.parametrize("version", ["1", "2"])
def test_the_places_of_an_older_scenario_are_american(version: str) -> None:
    text = urlencode({**VERSIONS[version].fields, "location": "ca", "as_of": str(DAY), "v": version})
    (scenario,) = read({"name_1": "A", "scenario_1": packed(text.encode()), "v": VERSION}).scenarios
    assert (scenario.needs.location, scenario.needs.currency) == ("us-ca", "")


def test_four_scenarios_with_every_figure_replaced_come_back_too() -> None:
    made = [PORTAL._replace(own=every_figure(share)) for share in (0.9, 1.07, 0.333, 0.8)]
    assert read(encode(made)) == Opened(tuple(made))


def test_a_scenario_without_a_day_counts_from_today_and_is_named() -> None:
    opened = read(encode([PORTAL, ASIA._replace(from_day=None), BARE._replace(from_day=None)]))
    assert opened.scenarios == (PORTAL, ASIA._replace(from_day=TODAY), BARE._replace(from_day=TODAY))
    assert opened.notes == ("“Team in Asia”, Scenario 3: The link does not say from which day its months count; they "
                            f"count from today, {TODAY}.",)


# Damage

@pytest.mark.parametrize("code", [
    "", "!", "AAAA", "====", "é", "A" * 50_000, packed(b""), packed(b"hello"), packed(b"v=2&as_of=2026-11-22"),
    packed("naïve=1".encode()), packed(b"developers=3", b"another text"), packed(b"a&" * 300),
    packed(b"a" * MAX_UNPACKED_CHARS * 90),
    base64.urlsafe_b64encode(b"not deflated").decode(), encode([PORTAL])["scenario_1"][:-9],
    encode([PORTAL])["scenario_1"] + "AAAA"], ids=lambda code: ascii(code[:16]))
def test_a_broken_scenario_is_named_in_one_sentence_and_the_others_are_kept(code: str) -> None:
    query = {**encode([PORTAL, ASIA, BARE]), "scenario_2": code}
    assert read(query) == Opened((PORTAL, BARE), (
        "“Team in Asia” cannot be read and was left out: copy the link again, or add the scenario's own link.",))


@pytest.mark.parametrize("place", range(0, 60, 3))
def test_a_changed_character_never_changes_an_answer_in_silence(place: int) -> None:
    query = encode([PORTAL, ASIA])
    code = query["scenario_2"]
    changed = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1:]
    opened = read({**query, "scenario_2": changed})
    assert opened.scenarios == (PORTAL,)
    assert len(opened.problems) == 1


def test_a_scenario_that_can_be_used_in_part_is_kept_and_reported_in_one_sentence() -> None:
    broken = {**project_link.encode(ASIA.needs, DAY, from_day=DAY), "developers": "lots", "scale": "huge", "more": "1"}
    query = {**encode([PORTAL, ASIA]), "scenario_2": packed(urlencode(broken).encode())}
    opened = read(query)
    assert opened.scenarios == (PORTAL, ASIA._replace(
        own=(), said=None, needs=replace(ASIA.needs, developers=2), assumed=frozenset({"developers", "scale"})))
    assert opened.problems == (
        "“Team in Asia” could not be opened in full: Developers to build: enter a number from 0.1 to 50 full-time "
        "developers; found lots; 2 was used. 2 more could not be used.",)


@pytest.mark.parametrize("name", ["x" * 81, "a\nb", "\x00", "\u202e"])
def test_a_name_that_cannot_be_used_gives_way_to_the_projects(name: str) -> None:
    opened = read({**encode([PORTAL]), "name_1": name})
    assert opened.scenarios == (PORTAL._replace(name=""),)
    assert opened.problems == ("The name of scenario 1 in the link cannot be used; its project's was used.",)
    assert scenario_names(opened.scenarios) == ["Portal"]


def test_scenarios_beyond_the_fourth_are_reported_and_left_out() -> None:
    query = encode([PORTAL._replace(name=f"P{n}") for n in range(6)])
    opened = read(query)
    assert [it.name for it in opened.scenarios] == ["P0", "P1", "P2", "P3"]
    assert opened.problems == ("Up to 4 scenarios are compared; 2 more in the link were left out.",)


def test_what_is_unknown_in_a_link_is_counted_and_a_strange_version_is_reported() -> None:
    query = encode([PORTAL])
    assert read({**query, "utm": "1"}).problems == ("1 unknown part of the link was ignored.",)
    assert read({**query, "utm": "1", "x": ""}).problems == ("2 unknown parts of the link were ignored.",)
    message = "The version of the comparison's link is {}; it was read as compare-1."
    assert read({**query, "v": "compare-9"}) == Opened((PORTAL,), (message.format("unknown here"),))
    assert read({key: text for key, text in query.items() if key != "v"}).problems == (message.format("missing"),)


# Pasted links

ONE = urlencode(PORTAL.query)


@pytest.mark.parametrize("text", [
    f"http://localhost:8501/?{ONE}", f"https://other.example.com/base/path/?{ONE}", f"?{ONE}", ONE, f"  {ONE}\n",
    f"https://example.org/?{ONE}#top", f"https://example.org/figures?{ONE}",
    f"https://example.org/?{ONE.replace('&', '&amp;')}"])
def test_any_link_of_a_project_opens_whole_or_as_a_query_from_any_host(text: str) -> None:
    assert read_pasted(text, EVIDENCE, TODAY) == Opened((PORTAL._replace(name=""),))


@pytest.mark.parametrize("wrapper", [
    "https://nam02.safelinks.protection.outlook.com/?url={}&data=05%7C02%7C&sdata=x%3D&reserved=0",
    "https://www.google.com/url?q={}&sa=D&source=editors"])
def test_a_link_that_a_mail_program_has_wrapped_opens(wrapper: str) -> None:
    wrapped = wrapper.format(quote(f"https://example.org/hire/?{ONE}", safe=""))
    assert read_pasted(wrapped, EVIDENCE, TODAY) == Opened((PORTAL._replace(name=""),))
    assert read_pasted(wrapper.format(quote(wrapped, safe="")), EVIDENCE, TODAY).scenarios
    assert read_pasted("https://a.b/?u=" * 4_000, EVIDENCE, TODAY) == Opened((), (NOT_OURS,))


def test_a_link_out_of_the_source_of_a_web_page_opens_in_full() -> None:
    query = comparison_link.encode([PORTAL, PORTAL])
    escaped = dict(parse_qsl(urlencode(query).replace("&", "&amp;")))
    assert escaped.keys() != query.keys()
    assert comparison_link.decode(escaped, EVIDENCE, TODAY) == comparison_link.decode(query, EVIDENCE, TODAY)


def test_a_link_of_the_first_version_opens() -> None:
    query = {**VERSIONS["1"].fields, "developers": "3", "as_of": DAY.isoformat(), "v": "1"}
    opened = read_pasted(urlencode(query), EVIDENCE, TODAY)
    (scenario,) = opened.scenarios
    assert (scenario.needs.developers, scenario.needs.upkeep_months, scenario.from_day) == (3, 30, TODAY)
    assert (opened.problems, len(opened.notes)) == ((), 3)


@pytest.mark.parametrize("text", [
    "", " ", "hello", "https://example.org", "https://example.org/?q=hiring&page=2", "https://example.org/?project=abc",
    "javascript:alert(1)", "\x00", "\ud800", "a=1&" * 300, ONE * 200, "<script>alert(1)</script>"],
    ids=lambda text: ascii(text[:24]))
def test_a_text_that_is_no_link_of_ours_is_reported(text: str) -> None:
    assert read_pasted(text, EVIDENCE, TODAY) == Opened((), (NOT_OURS,))


def test_a_pasted_link_that_can_be_used_in_part_is_reported_in_one_sentence() -> None:
    opened = read_pasted(ONE.replace("developers=3", "developers=x"), EVIDENCE, TODAY)
    assert opened.scenarios[0].needs == replace(PORTAL.needs, developers=2)
    assert opened.problems == (
        "“Portal” could not be opened in full: Developers to build: enter a number from 0.1 to 50 full-time "
        "developers; found x; 2 was used.",)


# Names

def test_added_scenarios_are_named_after_themselves_their_project_or_their_number() -> None:
    nameless = PORTAL._replace(name="")
    added = add_scenarios([PORTAL], [ASIA, nameless, BARE])
    assert [it.name for it in added.scenarios] == ["Portal", "Team in Asia", "Portal (2)", "Scenario 4"]
    assert added.problems == ()


def test_what_no_longer_fits_is_reported_by_name() -> None:
    added = add_scenarios([PORTAL, PORTAL, PORTAL], [ASIA, PORTAL, BARE])
    assert [it.name for it in added.scenarios[3:]] == ["Team in Asia"]
    assert added.problems == (
        "Up to 4 scenarios are compared; remove one to add “Portal”, one without a name.",)


@LAWS
@given(st.lists(st.sampled_from(["", "A", "A (2)", "Scenario 2", "x" * 80]), max_size=MAX_SCENARIOS))
def test_no_two_scenarios_are_called_the_same(names: list[str]) -> None:
    found = scenario_names([BARE._replace(name=name) for name in names])
    assert len(set(found)) == len(names)
    assert all(0 < len(name) <= 80 for name in found)


def test_a_name_has_at_most_eighty_characters_on_one_line() -> None:
    assert checked_name("  " + "😀" * 78) == "😀" * 78
    assert checked_name("מגדל") == "מגדל"
    for name in ("x" * 81, "a\nb"):
        with pytest.raises(ValueError, match=r"^Name: enter at most 80 characters on one line\.$"):
            checked_name(name)


# The CSV

def test_the_csv_has_the_rows_of_each_scenario_and_is_read_again_as_a_list_of_projects() -> None:
    made = [PORTAL._replace(name="=1+1"), PORTAL._replace(name="Copy"), ASIA, BARE._replace(name="Bare")]
    decided = [(it.name, hiring.decide(it.needs, it.as_of, dict(it.own)), project_link.absolute(ADDRESS, it.query),
                it.assumed) for it in made]
    content = to_csv(decided)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert next(iter(rows[0])) == "scenario"
    firsts = [row for row in rows if row["rank"] == "1"]
    assert [row["scenario"] for row in firsts] == ["'=1+1", "Copy", "Team in Asia", "Bare"]
    assert [row["link"] for row in firsts] == [project_link.absolute(ADDRESS, it.query) for it in made]
    again = check(ProjectList(io.BytesIO(content), read_file=read_lines_here), 100)
    assert again.bad == ()
    assert [(row.needs, row.as_of, row.own, row.assumed) for row in again.projects] == [
        (it.needs, it.as_of, it.own, it.assumed) for it in made]
    assert all(isinstance(row, Project) for row in again.projects)
    assert again.header.unknown[0] == "scenario"


def test_no_name_makes_a_formula_in_the_csv() -> None:
    decision = hiring.decide(ProjectNeeds(mixes=False))
    rows = [(name, decision, "", ()) for name in NAMES]
    assert not formulas(to_csv(rows))


def test_scenarios_of_different_dates_keep_their_dates() -> None:
    earlier = BARE._replace(as_of=EVIDENCE.dates[0])
    assert read(encode([earlier, BARE])).scenarios == (earlier, BARE)
