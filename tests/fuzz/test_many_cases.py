"""Links, files and needs that look like what people and attackers write."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import quote_plus
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from hiring.links import comparison_link, needs_file, project_link
from hiring.links.comparison_link import Scenario
from hiring.model.needs import NEEDS, ProjectNeeds
from hiring.model.own_figures import Own, written
from tests.factories import DAY, SNAPSHOT
from tests.fuzz.targets import EVIDENCE, TARGETS, opened_again, with_part
from tests.strategies import LAWS, LOCATIONS, own_figures, projects

CASES = settings(LAWS, max_examples=60)
ODD = st.sampled_from([
    "", " ", "none", "nan", "-inf", "1e308", "1e309", "1e-320", "-0", "1_0", "0x10", "1,5", "1.5", "٣", "６", "yes",
    "=1+1", "'=1", "＝1", "+1", "@a", "\t=1", "\u200b=1", "\u202e", "\x00", "\x1b[31m", "a\nb", "\ufeff", "\ud800", "é",
    "😀" * 90, "x" * 500, "9" * 5_000, "2026-11-22", "2026-13-01", "9999-12-31", "<b>", "[x](y)", "%", "%00", "&amp;",
    "~", "~~", "TRUE", "z.AA", "load~1.2", "load~1~2~3", "load~1.2~~load~1.3", "us", "41940", "compare-1",
    "in_house~93", '"', "';--", "\u2028"])
TEXTS = ODD | st.text(max_size=30) | st.floats().map(str) | st.integers().map(str)
KEYS = st.sampled_from([*NEEDS, "as_of", "own", "said", "model", "v"])
COLUMNS = st.sampled_from([*NEEDS, "as_of", "own_figures", "option", "rank", "reason", "note", "=1+1", "", "project "])


def usual(need: str) -> SearchStrategy[str]:
    """What people write into a need."""
    return st.sampled_from([*NEEDS[need].choices, "2", "0.5", "36", "600000", "none", *LOCATIONS[:3]])


def answers() -> SearchStrategy[str]:
    return st.one_of(TEXTS, *(usual(need) for need in NEEDS))


def quoted(pairs: list[tuple[str, str]]) -> bytes:
    return "&".join(f"{_quoted(key)}={_quoted(text)}" for key, text in pairs).encode()


def _quoted(text: str) -> str:
    return quote_plus(text, errors="surrogatepass")


@CASES
@given(st.lists(st.tuples(KEYS | st.text(max_size=5), answers()), max_size=25))
def test_any_link_opens_and_is_written_out_the_same(pairs: list[tuple[str, str]]) -> None:
    TARGETS["link"](quoted(pairs))


@CASES
@given(projects(), own_figures())
def test_a_project_with_own_figures_is_the_same_after_a_link_a_comparison_and_a_file(needs: ProjectNeeds,
                                                                                     own: Own) -> None:
    opened = project_link.Opened(needs, DAY, own, None, DAY)
    opened_again(opened)
    assert needs_file.from_toml(needs_file.to_toml(needs, DAY, own, None, DAY), EVIDENCE, DAY) == opened
    made = Scenario("A", needs, DAY, own, from_day=DAY)
    again = comparison_link.decode(comparison_link.encode([made, made]), EVIDENCE, DAY)
    assert again == comparison_link.Opened((made, made))


SCENARIO = st.sampled_from([f"{part}_{n}" for part in ("name", "scenario") for n in (1, 2, 4, 5, 99)])
CODES = st.binary(max_size=80).map(lambda it: comparison_link.packed(it.decode("latin-1"))) | st.just(
    comparison_link.encode([Scenario("A", ProjectNeeds(), DAY, from_day=DAY)])["scenario_1"])


@CASES
@given(st.lists(st.tuples(SCENARIO | KEYS, CODES | answers()), max_size=12))
def test_any_comparison_opens_and_is_written_out_the_same(pairs: list[tuple[str, str]]) -> None:
    TARGETS["comparison_link"](quoted(pairs))


@CASES
@given(st.lists(st.tuples(st.sampled_from([*SNAPSHOT.figures, "x", ""]), st.lists(TEXTS, max_size=4)), max_size=8))
def test_any_own_figures_are_used_or_told(entries: list[tuple[str, list[str]]]) -> None:
    text = "~~".join("~".join((id_, *cells)) for id_, cells in entries)
    TARGETS["link"](quoted([("developers", "2"), ("own", text)]))
    TARGETS["packed_own"](text.encode("utf-8", "replace"))


VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))


@CASES
@given(st.dictionaries(st.sampled_from(list(NEEDS)), VALUES))
def test_needs_of_any_kind_are_taken_or_told(given_values: dict[str, Any]) -> None:
    TARGETS["needs"](json.dumps(given_values).encode())


def toml_of(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml_of(it)}" for key, it in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml_of, value))}]"
    return repr(value) if isinstance(value, float) else json.dumps("" if value is None else value)


@CASES
@given(st.dictionaries(KEYS | st.text(max_size=5), VALUES, max_size=8),
       st.dictionaries(st.sampled_from(list(SNAPSHOT.figures)) | st.text(max_size=5), VALUES, max_size=4))
def test_any_file_opens_or_is_refused_with_a_sentence(needs: dict[str, Any], own: dict[str, Any]) -> None:
    lines = [f"{json.dumps(key)} = {toml_of(value)}" for key, value in needs.items()]
    more = [f"{json.dumps(key)} = {toml_of(value)}" for key, value in own.items()]
    TARGETS["toml"]("\n".join(["[needs]", *lines, "[own]", *more]).encode("utf-8", "replace"))


@CASES
@given(st.lists(COLUMNS, min_size=1, max_size=6), st.lists(st.lists(answers(), max_size=7), max_size=5),
       st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_any_list_is_decided_or_told_row_by_row_and_given_back(columns: list[str], rows: list[list[str]],
                                                               separator: str, encoding: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([columns, *rows])
    TARGETS["csv_list"](text.getvalue().encode(encoding, "replace"))


CELLS = st.tuples(st.sampled_from(["inlineStr", "str", "n", "b", "d", "e", "s", "x"]), answers(), st.booleans())


def cell_of(kind: str, text: str, is_formula: bool) -> str:
    held = escape(text.encode("utf-8", "replace").decode())
    value = f"<is><t>{held}</t></is>" if kind == "inlineStr" else f"<v>{held}</v>"
    return f'<c t="{kind}">{"<f>1</f>" if is_formula else ""}{value}</c>'


@settings(CASES, max_examples=30)  # each writes and reads a whole workbook
@given(st.lists(COLUMNS.filter(str.isidentifier), min_size=1, max_size=5),
       st.lists(st.lists(CELLS, max_size=6), max_size=4))
def test_any_cells_of_a_workbook_are_read_or_told(columns: list[str], rows: list[list[tuple[str, str, bool]]]) -> None:
    head = "".join(cell_of("inlineStr", column, False) for column in columns)
    body = "".join(f"<row>{''.join(cell_of(*cell) for cell in row)}</row>" for row in rows)
    TARGETS["csv_list"](with_part(b"xl/worksheets/sheet1.xml\n" + (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"<row>{head}</row>{body}</sheetData></worksheet>").encode()))


@CASES
@given(own_figures(most=60))
def test_own_figures_are_the_same_after_packing(own: Own) -> None:
    assert written(own) == written(tuple(reversed(own)))
    opened_again(project_link.Opened(ProjectNeeds(), DAY, own, None, DAY))
