from __future__ import annotations

import math
from dataclasses import replace

import pytest

from hiring import NeedsError, ProjectNeeds
from hiring.model.fit import LEVELS
from hiring.model.needs import CHOICE, DEFAULTS, NEEDS, NUMBER, TEXT, YES_NO

# Lowest, highest and default value of every number that a manager may enter.
NUMBERS = {
    "developers": (0.1, 50, 2),
    "build_months": (0.25, 60, 6),
    "start_within_weeks": (0, 52, 10),
    "deadline_months": (0.25, 72, None),
    "upkeep_developers": (0, 50, 0.5),
    "upkeep_months": (0, 120, 30),
    "budget_usd": (1_000, 100_000_000, None),
}
# Choices of every other field, the default first.
CHOICES = {
    "budget_covers": ("build", "build_and_upkeep"),
    "limits": ("firm", "target"),
    "seniority": ("mid", "junior", "senior"),
    "wage_basis": ("article", "oews"),
    "talent_region": ("local", "us", "western_europe", "eastern_europe", "latin_america", "asia"),
    "scale": ("steady", "prototype", "growing", "massive"),
    "disciplines": ("one", "few", "many"),
    "data_sensitivity": ("internal", "public", "personal", "regulated"),
    "scope_clarity": ("mostly_clear", "fixed", "evolving"),
    "integration": ("shared", "standalone", "embedded"),
    "strategic_value": ("important", "supporting", "core"),
}
OPTIONAL = ("deadline_months", "budget_usd")
TEN_KB = "x" * 10_240
HUGE = 10**400  # a whole number that no float holds


def refusal(**answers: object) -> dict[str, str]:
    with pytest.raises(NeedsError) as caught:
        ProjectNeeds(**answers)
    return caught.value.problems


def test_every_field_has_a_label_of_its_own_a_help_text_and_every_number_a_measure() -> None:
    assert all(need.label and need.help for need in NEEDS.values())
    assert all((need.measure is not None) == (need.kind == NUMBER) for need in NEEDS.values())
    assert len({need.label for need in NEEDS.values()}) == len(NEEDS)


def test_the_defaults_are_the_ones_of_the_model() -> None:
    expected = {"project": "", "location": "us", "technical_lead": True, "mixes": True,
                **{name: default for name, (_, _, default) in NUMBERS.items()},
                **{name: choices[0] for name, choices in CHOICES.items()}}
    assert expected.items() <= DEFAULTS.items()
    assert ProjectNeeds() == ProjectNeeds(**expected)


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_at_either_bound_is_accepted(name: str) -> None:
    low, high, _ = NUMBERS[name]
    assert (getattr(ProjectNeeds(**{name: low}), name), getattr(ProjectNeeds(**{name: high}), name)) == (low, high)


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("side", ["below", "above"])
def test_a_number_just_past_a_bound_is_refused_with_label_bounds_and_what_was_found(name: str, side: str) -> None:
    low, high, _ = NUMBERS[name]
    found = math.nextafter(low, -math.inf) if side == "below" else math.nextafter(high, math.inf)
    sentence = refusal(**{name: found})[name]
    assert sentence.startswith(f"{NEEDS[name].label}: ")
    assert f"enter a number from {low:,} to {high:,} {NEEDS[name].unit}" in sentence
    assert sentence.endswith(f"; found {found!r}.")


def test_a_sentence_reads_as_the_manager_needs_it() -> None:
    assert str(NeedsError(refusal(build_months=61))) == (
        "Months to build: enter a number from 0.25 to 60 months; found 61.")
    assert str(NeedsError(refusal(budget_usd=999))) == (
        "Budget: enter a number from 1,000 to 100,000,000 US dollars, or leave it empty for none; found 999.")


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("found", ["", "6", "six", "1,000", math.nan, math.inf, -math.inf, True, False, b"6", [6], {},
                                   HUGE, -HUGE, TEN_KB, 1j, object()], ids=lambda found: str(found)[:12])
def test_what_is_not_a_finite_number_is_refused_as_a_number(name: str, found: object) -> None:
    sentence = refusal(**{name: found})[name]
    assert sentence.startswith(f"{NEEDS[name].label}: enter a number from ")
    assert len(sentence) < 300


@pytest.mark.parametrize("name", [name for name in NEEDS if name not in OPTIONAL])
def test_none_is_refused_where_an_answer_is_needed(name: str) -> None:
    assert refusal(**{name: None})[name].endswith("; found nothing.")


@pytest.mark.parametrize("name", OPTIONAL)
def test_none_is_accepted_for_a_budget_and_a_deadline(name: str) -> None:
    assert getattr(ProjectNeeds(**{name: None}), name) is None


@pytest.mark.parametrize("name", CHOICES)
def test_each_choice_is_accepted_and_no_other(name: str) -> None:
    assert [getattr(ProjectNeeds(**{name: choice}), name) for choice in CHOICES[name]] == list(CHOICES[name])
    assert set(NEEDS[name].choices) == set(CHOICES[name])
    for found in ("", "Mid", f" {CHOICES[name][0]}", TEN_KB, 1, math.nan, True, [], {"a": 1}):
        sentence = refusal(**{name: found})[name]
        assert sentence.startswith(f"{NEEDS[name].label}: enter one of ")
        assert len(sentence) < 300


@pytest.mark.parametrize(("answer", "kept"), [(True, True), ("yes", True), (False, False), ("no", False)])
def test_a_technical_lead_is_yes_or_no_as_a_word_or_a_truth_value(answer: object, kept: bool) -> None:
    assert ProjectNeeds(technical_lead=answer).technical_lead is kept


@pytest.mark.parametrize("answer", ["", "Yes", "true", "maybe", 1, 0, math.nan, TEN_KB])
def test_anything_else_is_refused_as_a_technical_lead(answer: object) -> None:
    assert "enter one of yes, no; found" in refusal(technical_lead=answer)["technical_lead"]


@pytest.mark.parametrize(("answer", "kept"), [
    ("us", "us"), ("US-CA", "us-ca"), ("GB", "gb"), ("us-41940", "us-41940"), ("41940", "us-41940")])
def test_a_location_is_a_country_a_state_or_the_code_of_a_metro_area(answer: str, kept: str) -> None:
    assert ProjectNeeds(location=answer).location == kept


@pytest.mark.parametrize("answer", ["", "c", "cal", "4194", "419400", "4194o", "c a", "ca\n", "٤١٩٤٠", 41940,
                                    "us-", "us-4194", TEN_KB])
def test_what_looks_like_no_location_is_refused(answer: object) -> None:
    assert refusal(location=answer)["location"].startswith(
        "Where you hire: enter a country such as gb, a US state such as us-ca")


def test_a_name_of_80_characters_is_accepted_and_one_of_81_refused() -> None:
    assert ProjectNeeds(project="x" * 80).project == "x" * 80
    assert refusal(project="x" * 81)["project"].startswith("Project: enter at most 80 characters on one line; found x")


@pytest.mark.parametrize("name", [
    "<script>alert(1)</script>", "<b>Q&amp;A</b> & 'more' \"quotes\"", "=1+1", "${PATH} %s {0} `ls`",
    "Café Ñandú 東京 👩‍💻"])
def test_a_name_with_markup_is_text_and_stays_as_it_is(name: str) -> None:
    assert ProjectNeeds(project=name).project == name


@pytest.mark.parametrize("name", ["two\nlines", "tab\there", "null\x00", "\ud800", TEN_KB, 5, b"x", ["x"]])
def test_a_name_that_is_not_one_printable_line_is_refused(name: object) -> None:
    assert refusal(project=name)["project"].startswith("Project: enter at most 80 characters on one line; found")


def test_a_long_text_is_shortened_in_the_sentence_and_its_length_is_told() -> None:
    assert refusal(developers=TEN_KB)["developers"].endswith(f"found {'x' * 40}… (10,240 characters).")


def test_all_faults_are_told_at_once() -> None:
    answers = {"project": "x" * 81, "location": "nowhere", "technical_lead": "maybe",
               **dict.fromkeys(NEEDS.keys() - {"project", "location", "technical_lead"}, "wrong")}
    with pytest.raises(ValueError) as caught:
        ProjectNeeds(**answers)
    assert isinstance(caught.value, NeedsError)
    assert set(caught.value.problems) == set(NEEDS)
    assert all(sentence in str(caught.value) for sentence in caught.value.problems.values())


def test_a_negative_zero_becomes_zero_so_that_equal_needs_write_equal_links() -> None:
    assert math.copysign(1, ProjectNeeds(upkeep_developers=-0.0).upkeep_developers) == 1


def test_needs_cannot_be_changed_afterwards() -> None:
    with pytest.raises(AttributeError):
        ProjectNeeds().developers = 3


def test_the_kind_of_each_field_fits_its_answers() -> None:
    assert {NEEDS[name].kind for name in NUMBERS} == {NUMBER}
    assert {NEEDS[name].kind for name in CHOICES} == {CHOICE}
    assert all(need.kind == NUMBER for need in NEEDS.values() if need.optional)
    assert all(NEEDS[name].optional for name in OPTIONAL)


def test_every_need_has_its_words() -> None:
    for name, need in NEEDS.items():
        values = {YES_NO: [True, False], CHOICE: list(need.choices)}.get(need.kind, [1.5])
        has_words = "{}" in need.condition or all(value in need.conditions for value in values)
        assert has_words or need.kind == TEXT, f"{name}: write what follows an if in `condition`"
        assert need.noun or need.kind != NUMBER or name in ("budget_usd", "deadline_months"), f"{name}: write a `noun`"
    for name in {name for names in LEVELS.values() for name in names}:
        assert NEEDS[name].statement or NEEDS[name].kind == YES_NO, f"{name}: write its `statement`"


def test_one_answer_is_changed_and_checked_alone() -> None:
    needs = ProjectNeeds(developers=3)
    assert needs.with_answer("build_months", 4) == replace(needs, build_months=4)
    assert needs == ProjectNeeds(developers=3)
    with pytest.raises(ValueError, match="enter"):
        needs.with_answer("developers", -1)
