from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import MODEL_VERSION, ProjectNeeds, decide
from hiring.evidence.loader import load_evidence
from hiring.links import project_link
from hiring.links.project_link import LINK_VERSION, VERSIONS, Opened, Said, absolute, encode, said_by
from hiring.lists.examples import load_examples
from hiring.model.evidence import Evidence
from hiring.model.needs import CHOICE, CURRENCY, DEFAULTS, LOCATION, NEEDS, NUMBER, TEXT
from tests.factories import DAY, LIMITED, others_than_default
from tests.strategies import LAWS, projects

EVIDENCE = load_evidence()
NEWEST = EVIDENCE.dates[-1]
TEN_KB = "x" * 10_240
FROM, TODAY = date(2026, 11, 30), date(2026, 12, 1)

# No field at its default, so that a default in its place shows.
UNUSUAL = ProjectNeeds(
    project="<b>Ledger & Söhne</b> = 50%", developers=3.25, build_months=0.75, start_within_weeks=3,
    deadline_months=17, upkeep_developers=1.125, upkeep_months=16.25, budget_usd=1_234_567.5, seniority="senior",
    wage_basis="oews", location="us-41940", talent_region="asia", scale="massive", disciplines="many",
    data_sensitivity="regulated", technical_lead=False, scope_clarity="evolving", integration="embedded",
    strategic_value="core", **others_than_default({
        "project", "developers", "build_months", "start_within_weeks", "deadline_months", "upkeep_developers",
        "upkeep_months", "budget_usd", "seniority", "wage_basis", "location", "talent_region", "scale", "disciplines",
        "data_sensitivity", "technical_lead", "scope_clarity", "integration", "strategic_value"}))
QUERY = encode(UNUSUAL, DAY, from_day=FROM)
OPENED = Opened(UNUSUAL, DAY, (), None, FROM)
COUNTS_FROM_TODAY = f"The link does not say from which day its months count; they count from today, {TODAY}."
LOOKED_AHEAD = ("It looked 36 months ahead. What the build of 6 months leaves of them, 30 months, is now its upkeep, "
                "the same for every plan.")


def decode(query: dict[str, str], evidence: Evidence = EVIDENCE) -> Opened:
    return project_link.decode(query, evidence, TODAY)


def read(text: str) -> dict[str, str]:
    """A query as a browser reads it, the last of each key."""
    return dict(parse_qsl(text, keep_blank_values=True))


def with_default(name: str) -> ProjectNeeds:
    return ProjectNeeds(**{**{it: getattr(UNUSUAL, it) for it in NEEDS}, name: DEFAULTS[name]})


def test_every_field_is_written_out_in_order_defaults_too() -> None:
    query = encode(ProjectNeeds(technical_lead=False, budget_usd=600_000), DAY, from_day=FROM)
    assert list(query) == [*sorted(NEEDS), "as_of", "assumed", "from", "v"]
    assert (query["as_of"], query["from"], query["v"]) == ("2026-11-22", "2026-11-30", LINK_VERSION)
    assert (query["budget_usd"], query["upkeep_developers"], query["technical_lead"]) == ("600000", "0.5", "no")
    assert (query["deadline_months"], query["mixes"], query["project"]) == ("none", "yes", "")


def test_a_link_says_which_answers_are_assumed_and_which_tab_is_open() -> None:
    query = encode(UNUSUAL, DAY, from_day=FROM, assumed={"seniority", "data_sensitivity"}, tab="timeline")
    assert query["assumed"] == "data_sensitivity~seniority"
    assert decode(query) == OPENED._replace(assumed=frozenset({"seniority", "data_sensitivity"}), tab="timeline")
    assert decode({**query, "tab": "<b>"}).tab == ""
    damaged = decode({**query, "assumed": "seniority~nonsense"})
    assert damaged.assumed == {"seniority"} and "unknown name" in damaged.problems[0]
    assert decode({**query, "seniority": "chief", "assumed": "none"}).assumed == {"seniority"}


def test_the_unusual_project_has_no_default_left() -> None:
    assert all(getattr(UNUSUAL, name) != DEFAULTS[name] for name in NEEDS)


@LAWS
@given(projects())
def test_a_link_opens_to_the_needs_that_it_was_made_from(needs: ProjectNeeds) -> None:
    assert decode(read(urlencode(encode(needs, DAY, from_day=FROM)))) == Opened(needs, DAY, (), None, FROM)


def test_the_absolute_link_holds_every_value_in_a_form_that_survives_a_mail() -> None:
    link = absolute("https://example.org/decide", QUERY)
    address, _, query = link.partition("?")
    assert address == "https://example.org/decide"
    assert re.fullmatch(r"[A-Za-z0-9_.~%&=+*-]+", query)
    assert decode(read(query)) == OPENED


def test_a_page_without_a_query_shows_the_defaults_and_no_problem() -> None:
    assert decode({}) == Opened(ProjectNeeds(), NEWEST, (), None, TODAY, assumed=frozenset(NEEDS))


@pytest.mark.parametrize("name", sorted(NEEDS))
def test_a_missing_field_is_reported_once_and_its_default_used(name: str) -> None:
    gone = {name, "amount"} if name == "budget_usd" else {name}
    opened = decode({key: text for key, text in QUERY.items() if key not in gone})
    assert (opened.needs, opened.as_of) == (with_default(name), DAY)
    (problem,) = opened.problems
    assert problem.startswith(f"{NEEDS[name].label}: missing in the link; ")
    assert problem.endswith(f"{default_of(name)} was used.")


def default_of(name: str) -> str:
    """How a sentence shows the default of a field."""
    need, default = NEEDS[name], DEFAULTS[name]
    if need.kind == NUMBER:
        return "none" if default is None else f"{default:g}"
    if need.kind == CHOICE:
        return need.choices[default]
    return {TEXT: "nothing", CURRENCY: "nothing", LOCATION: "the United States"}.get(need.kind, "Yes")


MANGLED = ["nan", "inf", "-inf", "1e999", "-1", "1e9", "<script>alert(1)</script>", TEN_KB, "\x00", "1,000", "٣",
           "0x10", "None", "true", "\ud800", "%", "1_0"]


@pytest.mark.parametrize("text", MANGLED, ids=lambda text: ascii(text[:12]))
@pytest.mark.parametrize("name", sorted(set(NEEDS) - {"project"}))
def test_a_mangled_value_is_reported_once_and_the_rest_is_kept(name: str, text: str) -> None:
    opened = decode({**QUERY, name: text})
    if opened.problems == ():  # only a text that happens to be a number within the bounds
        assert NEEDS[name].kind == NUMBER
        assert getattr(opened.needs, name) == float(text)
        return
    assert (opened.needs, opened.as_of) == (with_default(name), DAY)
    (problem,) = opened.problems
    assert problem.startswith(f"{NEEDS[name].label}: ")
    assert problem.endswith(f"; {default_of(name)} was used.")
    assert len(problem) < 400
    assert problem.isprintable()


@pytest.mark.parametrize("name", sorted(set(NEEDS) - {"project", "currency"}))
def test_an_empty_value_is_reported_once_and_the_rest_is_kept(name: str) -> None:
    opened = decode({**QUERY, name: ""})
    assert opened.needs == with_default(name)
    assert opened.problems == (f"{NEEDS[name].label}: empty in the link; {default_of(name)} was used.",)


@pytest.mark.parametrize("text", [TEN_KB, "x" * 81, "two\nlines", "\x00"], ids=["10 kB", "81", "newline", "null"])
def test_a_mangled_project_name_is_reported_and_left_out(text: str) -> None:
    opened = decode({**QUERY, "project": text})
    assert opened.needs == with_default("project")
    (problem,) = opened.problems
    assert problem.startswith("Project: enter at most 80 characters on one line; found")
    assert problem.endswith("nothing was used.")


def test_script_in_the_projects_name_is_a_name() -> None:
    opened = decode({**QUERY, "project": "<script>alert(1)</script>"})
    assert (opened.needs.project, opened.problems) == ("<script>alert(1)</script>", ())


def test_a_location_without_wages_is_reported() -> None:
    opened = decode({**QUERY, "location": "zz"})
    assert opened.needs == with_default("location")
    assert opened.problems == ("Where you hire: no wages are known for zz; the United States was used.",)


def told(problem: str) -> str:
    """What the sentence on a link that was cut off says was used instead."""
    return problem.partition("(")[2] if problem.startswith("The link was cut off. ") else ""


def test_a_link_that_was_cut_off_is_told_in_one_sentence() -> None:
    whole = urlencode(QUERY)
    for part in ("disciplines=m", "project=%3Cb", "wage_basis=o"):
        opened = decode(read(whole[:whole.index(part) + len(part)]))
        cut, *rest = [it for it in opened.problems if not it.startswith(("Skills needed: ", "Salaries from: "))]
        assert cut.startswith(f"The link was cut off. Check “{NEEDS[part.partition('=')[0]].label}”, ")
        assert cut.endswith(f", with the evidence of {NEWEST}. Months count from today.")
        assert (rest, opened.notes, opened.from_day) == ([], (), TODAY)
    (cut,) = decode(read(whole[:whole.index("seniority=") + len("seniority=")])).problems
    assert "; Level: Mid; " in cut


def test_a_link_cut_anywhere_opens_and_keeps_what_was_whole() -> None:
    text = urlencode(QUERY)
    for end in range(len(text)):
        query = read(text[:end])
        opened = decode(query)
        assert len(set(opened.problems)) == len(opened.problems)
        for name in NEEDS if query else ():
            about = [problem for problem in opened.problems
                     if problem.startswith(f"{NEEDS[name].label}: ") or f"{NEEDS[name].label}: " in told(problem)]
            if query.get(name) == QUERY[name]:
                assert (getattr(opened.needs, name), about) == (getattr(UNUSUAL, name), [])
            elif name not in query:
                assert (getattr(opened.needs, name), len(about)) == (DEFAULTS[name], 1)
            else:  # the value that was cut: it may still be a shorter name or number
                assert len(about) <= 1


@pytest.mark.parametrize(("v", "sentence"), [
    ("999", f"The link's version is 999; it was read as version {LINK_VERSION}."),
    ("", f"The link's version is ; it was read as version {LINK_VERSION}."),
    ("<b>", f"The link's version is <b>; it was read as version {LINK_VERSION}."),
    (None, f"The link's version is missing, so its end may have been cut off; it was read as version {LINK_VERSION}.")])
def test_another_version_is_reported_and_the_fields_are_read(v: str | None, sentence: str) -> None:
    query = {key: text for key, text in {**QUERY, "v": v}.items() if text is not None}
    assert decode(query) == OPENED._replace(problems=(sentence,))


@pytest.mark.parametrize("text", ["", "today", "2026-13-01", "22.11.2026", "0000-00-00", "1999-01-01", "2026-11-21",
                                  TEN_KB, "<script>", "\x00"], ids=lambda text: ascii(text[:12]))
def test_an_unusable_evidence_date_is_reported_and_the_newest_used(text: str) -> None:
    opened = decode({**QUERY, "as_of": text})
    assert (opened.needs, opened.as_of) == (UNUSUAL, NEWEST)
    (problem,) = opened.problems
    assert problem.startswith("The evidence date in the link cannot be used: ")
    assert problem.endswith(f". The newest evidence was used, of {NEWEST}.")


def test_a_link_out_of_the_source_of_a_web_page_opens_in_full() -> None:
    escaped = {key if place == 0 else f"amp;{key}": text for place, (key, text) in enumerate(QUERY.items())}
    assert decode(escaped) == OPENED


def test_a_missing_evidence_date_and_one_to_come_are_reported() -> None:
    query = {key: text for key, text in QUERY.items() if key != "as_of"}
    assert decode(query) == OPENED._replace(
        as_of=NEWEST, problems=(f"The evidence date is missing in the link; {NEWEST} was used.",))
    later = NEWEST + timedelta(days=1)
    assert decode({**QUERY, "as_of": str(later)}) == OPENED._replace(
        as_of=NEWEST, problems=(f"The evidence of {later} is not known here; {NEWEST} was used.",))


def test_a_link_without_a_day_counts_from_the_day_on_which_it_is_opened_and_says_so() -> None:
    assert decode(encode(UNUSUAL, DAY)) == OPENED._replace(from_day=TODAY, notes=(COUNTS_FROM_TODAY,))


@pytest.mark.parametrize("text", ["", "today", "2026-13-01", "30.11.2026", "20261130", "1999-12-31", "9999-12-31",
                                  TEN_KB, "\x00"], ids=lambda text: ascii(text[:12]))
def test_a_day_that_cannot_be_used_is_reported_and_today_used(text: str) -> None:
    opened = decode({**QUERY, "from": text})
    assert opened._replace(problems=()) == OPENED._replace(from_day=TODAY)
    (problem,) = opened.problems
    assert problem.startswith("The day from which months count in the link cannot be used: ")
    assert problem.endswith(". They count from today, 2026-12-01.")


# Links of model 1.0

@pytest.mark.parametrize(("horizon", "build", "upkeep"), [
    ("36", "6", 30), ("6", "6", 0), ("3", "6", 0), ("120", "0.25", 119.75)])
@pytest.mark.parametrize("version", ["1", "2"])
def test_the_months_that_an_older_link_looks_ahead_are_read_as_upkeep_after_the_build(
        version: str, horizon: str, build: str, upkeep: float) -> None:
    query = older(version) | {"horizon_months": horizon, "build_months": build}
    opened = decode(query)
    assert opened.needs == ProjectNeeds(
        build_months=float(build), upkeep_months=upkeep, budget_covers="build_and_upkeep", budget_usd=600_000,
        deadline_months=12, talent_region="us")
    assert (opened.from_day, opened.problems, opened.notes[0]) == (TODAY, (), COUNTS_FROM_TODAY)
    assert opened.notes[1] == (f"It looked {horizon} months ahead. What the build of {build} months leaves of them, "
                               f"{upkeep:g} months, is now its upkeep, the same for every plan.")


@pytest.mark.parametrize("text", ["0", "121", "lots", ""])
def test_an_older_link_keeps_the_bounds_and_the_default_that_it_was_made_with(text: str) -> None:
    opened = decode(older("2") | {"horizon_months": text})
    assert opened.needs.upkeep_months == 30
    (problem,) = opened.problems
    assert problem.startswith("Look ahead, months: e")
    assert problem.endswith("; 36 was used.")


def test_an_older_link_cut_before_its_version_is_still_read_as_one() -> None:
    opened = decode({key: text for key, text in older("2").items() if key != "v"})
    assert opened.needs.upkeep_months == 30
    assert opened.problems == (
        "The link's version is missing, so its end may have been cut off; it was read as version 2.",)


def older(version: str) -> dict[str, str]:
    return {**VERSIONS[version].fields, "as_of": "2026-11-22", "v": version}


def test_unknown_keys_are_named_in_one_sentence_and_ignored() -> None:
    opened = decode({**QUERY, "source": "mail", "Developers": "9"})
    assert (opened.needs, opened.as_of) == (UNUSUAL, DAY)
    assert opened.problems == ("Unknown in the link and ignored: Developers, source.",)


def test_many_unknown_keys_make_no_long_sentence() -> None:
    (problem,) = decode({**QUERY, **{f"k{n}{TEN_KB}": "" for n in range(50)}}).problems
    assert problem.endswith(" and more.")
    assert len(problem) < 300


@LAWS
@given(st.dictionaries(st.one_of(st.sampled_from([*NEEDS, "as_of", "v"]), st.text()),
                       st.one_of(st.text(), st.floats().map(str), st.sampled_from(MANGLED)), min_size=1))
def test_any_query_opens_and_tells_each_problem_once(query: dict[str, str]) -> None:
    opened = decode(query)
    assert isinstance(opened.needs, ProjectNeeds)
    assert isinstance(opened.as_of, date)
    assert len(set(opened.problems)) == len(opened.problems)
    assert all(problem.isprintable() and len(problem) < 500 for problem in opened.problems)
    known = {name: getattr(opened.needs, name) for name in NEEDS}
    fields = [name for name, need in NEEDS.items()
              if any(problem.startswith(f"{need.label}: ") for problem in opened.problems)]
    assert all(known[name] == DEFAULTS[name] for name in fields)


def test_a_place_that_was_recorded_later_is_unknown_to_an_older_link() -> None:
    later = replace(EVIDENCE.wages[0], id="us-99999", recorded=date(2027, 5, 1))
    grown = replace(EVIDENCE, wages=(*EVIDENCE.wages, later))
    query = encode(ProjectNeeds(), NEWEST) | {"location": "us-99999"}
    opened = decode(query, grown)
    assert opened.needs.location == "us"
    assert "no wages are known for us-99999" in " ".join(opened.problems)
    known = decode(query | {"as_of": "2027-05-01"}, grown)
    assert (known.needs.location, known.problems) == ("us-99999", ())


# What a link says

@pytest.mark.parametrize(("said", "text"), [
    (Said("agency", 81, "2.0", 62), "agency~81~62"), (Said("mix", 100, "2.0"), "mix~100~"),
    (Said("none", 0, "2.0"), "none~0~")])
def test_a_link_carries_what_it_said(said: Said, text: str) -> None:
    query = encode(UNUSUAL, DAY, (), said, FROM)
    assert (query["said"], query["model"]) == (text, "2.0")
    assert decode(query) == OPENED._replace(said=said)


@pytest.mark.parametrize(("said", "model"), [
    ("agency", "1.0"), ("agency~", "1.0"), ("agency~101", "1.0"), ("agency~-1", "1.0"), ("robots~58", "1.0"),
    ("agency~5.8", "1.0"), ("agency~58", ""), ("agency~58", "<b>"), ("~~", "1.0"), ("agency~٣", "1.0"),
    ("agency~58~101", "2.0"), ("agency~58~6~2", "2.0"), (TEN_KB, "1")])
def test_what_a_link_said_in_no_known_form_is_left_out(said: str, model: str) -> None:
    assert decode({**QUERY, "said": said, "model": model}) == OPENED


def test_a_link_of_version_1_carries_no_answer_and_says_so() -> None:
    assert decode(older("1")).notes == (
        COUNTS_FROM_TODAY, LOOKED_AHEAD, "The link does not carry the answer that it gave when it was made.")
    opened = decode({**older("1"), "said": "agency~58", "model": "1.0"})
    assert (opened.said, opened.problems) == (None, ("Unknown in the link and ignored: model, said.",))


def test_a_link_of_version_2_says_what_it_said() -> None:
    opened = decode({**older("2"), "said": "agency~58", "model": "1.0"})
    assert (opened.said, opened.notes) == (Said("agency", 58, "1.0"), (COUNTS_FROM_TODAY, LOOKED_AHEAD))


def test_a_link_says_the_answer_its_share_and_how_often_it_keeps_the_limits() -> None:
    option, mixed = decide(replace(LIMITED, mixes=False)), decide(load_examples()["startup-product"])
    assert said_by(option) == Said(
        option.first, option.of_hundred[option.first], MODEL_VERSION, round(option.keep_share * 100))
    assert mixed.mix is not None
    assert mixed.mix.leads
    assert said_by(mixed) == Said(
        "mix", mixed.of_hundred["mix"], MODEL_VERSION, round(mixed.mix.keep_share * 100))
    assert said_by(decide(ProjectNeeds())).keep_percent is None
    assert said_by(decide(ProjectNeeds(budget_usd=50_000))) == Said("none", 0, MODEL_VERSION)
