from __future__ import annotations

import re
import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import ProjectNeeds
from hiring.evidence.loader import load_evidence
from hiring.links.needs_file import MAX_BYTES, NeedsFileError, from_toml, to_toml
from hiring.links.project_link import LINK_VERSION, Opened, Said
from hiring.model.own_figures import Own, Range
from tests.factories import DAY
from tests.links.test_own_figures_codec import some_figures
from tests.strategies import LAWS, projects

EVIDENCE = load_evidence()
FROM, TODAY = date(2026, 11, 30), date(2026, 12, 1)
SAID = Said("in_house", 93, "2.0", 62)


@LAWS
@given(projects(), some_figures())
def test_a_file_opens_to_what_it_was_made_from(needs: ProjectNeeds, own: Own) -> None:
    assert from_toml(to_toml(needs, DAY, own, SAID, FROM), EVIDENCE, TODAY) == Opened(needs, DAY, own, SAID, FROM)


def test_a_file_reads_as_a_manager_would_write_it() -> None:
    text = to_toml(ProjectNeeds(project='A "big" one\\', deadline_months=None, technical_lead=False), DAY,
                   (("load", Range(1.2, 1.3, 1.4)),), SAID, FROM).decode()
    table = tomllib.loads(text)
    assert table["v"] == LINK_VERSION
    assert (table["said"], table["from"]) == ("in_house~93~62", "2026-11-30")
    assert table["needs"]["project"] == 'A "big" one\\'
    assert table["needs"]["developers"] == 2
    assert table["needs"]["deadline_months"] == "none"
    assert table["needs"]["technical_lead"] == "no"
    assert table["own"] == {"load": [1.2, 1.3, 1.4]}
    assert "It holds the budget." in text.splitlines()[0]


def test_a_file_written_by_hand_may_use_the_words_of_toml_and_leave_things_out() -> None:
    content = b"\xef\xbb\xbf[needs]\ndevelopers = 3\ntechnical_lead = false\n[own]\nload = 1.3\n"
    opened = from_toml(content, EVIDENCE, TODAY)
    assert opened.needs == ProjectNeeds(developers=3, technical_lead=False)
    assert opened.own == (("load", Range(1.3, 1.3, 1.3)),)
    assert "Months to build: missing in the file; 6 was used." in opened.problems
    assert opened.notes == (f"The file does not say from which day its months count; they count from today, {TODAY}.",)


GBP = EVIDENCE.as_of(DAY).exchange_rates["GBP"].central


def test_a_file_holds_the_amount_as_it_was_typed_and_its_currency() -> None:
    needs = ProjectNeeds(location="gb", budget_usd=900_000 / GBP)
    file = to_toml(needs, DAY, from_day=FROM)
    table = tomllib.loads(file.decode())["needs"]
    assert (table["amount"], table["currency"], table["location"]) == (900_000, "", "gb")
    assert from_toml(file, EVIDENCE, TODAY).needs == needs
    changed = from_toml(file.replace(b"amount = 900000", b"amount = 750000"), EVIDENCE, TODAY)
    assert (changed.needs.budget_usd, changed.problems) == (750_000 / GBP, ())


def test_a_file_by_hand_may_name_its_place_and_give_the_amount_alone() -> None:
    opened = from_toml(f'as_of = {DAY}\n[needs]\nlocation = "UK"\ncurrency = "£"\namount = 900000\n'.encode(), EVIDENCE,
                       TODAY)
    assert (opened.needs.location, opened.needs.currency, opened.needs.budget_usd) == ("gb", "GBP", 900_000 / GBP)
    assert "budget_usd" not in opened.assumed
    assert not any("Budget" in problem for problem in opened.problems)


def test_a_bare_code_that_was_a_state_is_asked_about_in_a_file_without_a_version() -> None:
    question = ("Where you hire: this can mean Canada or California: write Canada or us-ca; found ca; the United "
                "States was used.")
    opened = from_toml(b'[needs]\nlocation = "ca"\n', EVIDENCE, TODAY)
    assert opened.needs.location == "us"
    assert question in opened.problems
    for version, place in (("1", "us-ca"), ("2", "us-ca"), ("3", "ca")):
        file = f'v = "{version}"\n[needs]\nlocation = "ca"\n'
        assert from_toml(file.encode(), EVIDENCE, TODAY).needs.location == place


def test_a_file_of_model_1_keeps_its_meaning() -> None:
    file = to_toml(ProjectNeeds(build_months=8, scope_clarity="fixed"), DAY, (("load", Range(1.2, 1.3, 1.4)),)).decode()
    for found, then in ((r"^v = .*$", 'v = "2"'), (r"^(assumed|budget_covers|currency|limits|mixes) = .*\n", ""),
                        ("^upkeep_months = 30", "horizon_months = 36")):
        file = re.sub(found, then, file, flags=re.MULTILINE)
    opened = from_toml(f'{file}"overrun" = [1, 1.2, 1.5]\n"rule_out_share" = [0.1]\n'.encode(), EVIDENCE, TODAY)
    assert opened.needs == ProjectNeeds(build_months=8, upkeep_months=28, budget_covers="build_and_upkeep",
                                        scope_clarity="fixed")
    assert opened.own == (("load", Range(1.2, 1.3, 1.4)), ("overrun.fixed", Range(1, 1.2, 1.5)))
    assert opened.problems == ()
    assert "The model no longer uses these own figures, so they were left out: rule_out_share." in opened.notes


@pytest.mark.parametrize(("content", "sentence"), [
    (b"", "no [needs]"), (b"\x00\xff", "not TOML text"), (b"a = ", "not TOML text"), (b"needs = 3", "no [needs]"),
    (b"[needs]\n[own]\n[own]", "not TOML text"), (b"own = 1\n[needs]", "no [needs]"),
    (b"PK\x03\x04", "not TOML text"), (b"a=" + b"[\n" * 40_000, "not TOML text"),
    (b" \n" * (MAX_BYTES // 2 + 1), "larger than 100 kB"),
    (b"[needs]\na" + b".a" * 20_000 + b" = 1", "a line of more than 500 characters"),
    (b"[needs]\na = " + b"1" * 499, "a line of more than 500 characters"),
    ("[needs]".encode("utf-16"), "not TOML text")], ids=lambda it: ascii(it[:12]))
def test_another_file_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(NeedsFileError) as refused:
        from_toml(content, EVIDENCE, TODAY)
    assert sentence in str(refused.value)


@LAWS
@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_the_sentence(content: bytes) -> None:
    try:
        from_toml(b"[needs]\n" + content, EVIDENCE, TODAY)
    except NeedsFileError as error:
        assert str(error).startswith("The file ")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(categories=["L", "N"])),
    lambda inner: st.lists(inner, max_size=3))


@LAWS
@given(st.dictionaries(st.sampled_from(["developers", "budget_usd", "scale", "technical_lead", "location"]), VALUES))
def test_values_of_any_kind_are_reported_where_they_cannot_be_used(given_values: dict[str, object]) -> None:
    def written(value: object) -> str:
        if isinstance(value, list):
            return f"[{', '.join(map(written, value))}]"
        if isinstance(value, bool):
            return str(value).lower()
        return f'"{value}"' if isinstance(value, str) or value is None else repr(value)

    content = "[needs]\n" + "".join(f"{name} = {written(value)}\n" for name, value in given_values.items())
    opened = from_toml(content.encode(), EVIDENCE, TODAY)
    assert isinstance(opened.needs, ProjectNeeds)
    assert all(problem.isprintable() for problem in opened.problems)




@pytest.mark.parametrize(("answer", "found"), [
    ("0x" + "f" * 480, "a number of hundreds of digits"), ("1" * 101, "a number of hundreds of digits"),
    ("[[1]]", "a list"), ("{a = 1}", "a table"), ("9e999", "inf")])
def test_what_is_no_answer_is_reported_in_few_words(answer: str, found: str) -> None:
    opened = from_toml(f"[needs]\ndevelopers = {answer}\n".encode(), EVIDENCE, TODAY)
    assert f"found {found}; 2 was used." in " ".join(opened.problems)


def test_tables_as_deep_as_a_line_allows_are_reported_as_a_table() -> None:
    opened = from_toml(f"[needs]\n[needs.developers{'.a' * 240}]\n".encode(), EVIDENCE, TODAY)
    assert "found a table; 2 was used." in " ".join(opened.problems)
