"""Word files, read back by the library: nothing of a text is lost, and no text breaks one."""

from __future__ import annotations

import cProfile
import io
from datetime import date
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import ProjectNeeds
from hiring.documents.brief.content import write_brief
from hiring.documents.brief.document import to_markdown
from hiring.documents.brief.next_steps import next_steps
from hiring.documents.brief.word import to_docx
from hiring.evidence.brief_catalog import suggested
from hiring.evidence.loader import load_catalog
from hiring.model.decision import decide
from tests.factories import DAY, OPTIONS
from tests.strategies import LAWS, NEWEST

CATALOG = load_catalog()


def read(markdown: str) -> Document:
    return docx.Document(io.BytesIO(to_docx(markdown, DAY)))


def lines(markdown: str) -> list[tuple[str, str]]:
    return [(it.style.name, it.text) for it in read(markdown).paragraphs]


def test_headings_paragraphs_and_bullets_take_words_own_styles() -> None:
    assert lines("# One\n\n## Two\n\nText\non.\n\n- a\n- b\n  - c\n\n##### Five") == [
        ("Heading 1", "One"), ("Heading 2", "Two"), ("Normal", "Text on."), ("List Bullet", "a"), ("List Bullet", "b"),
        ("List Bullet 2", "c"), ("Heading 3", "Five")]


def test_numbered_lists_begin_anew_and_keep_their_first_number() -> None:
    assert lines("1. a\n2. b\n\nText\n\n7. c") == [
        ("Normal", "1.\ta"), ("Normal", "2.\tb"), ("Normal", "Text"), ("Normal", "7.\tc")]


def test_bold_italic_struck_and_code_are_marked() -> None:
    (paragraph,) = read("**b** *i* ~~s~~ `c` ***x***").paragraphs
    runs = [run for run in paragraph.runs if run.text != " "]
    marks = {run.text: (run.bold, run.italic, run.font.strike, run.font.name) for run in runs}
    assert marks == {"b": (True, None, None, None), "i": (None, True, None, None), "s": (None, None, True, None),
                     "c": (None, None, None, "Consolas"), "x": (True, True, None, None)}


def test_links_lead_where_they_led_and_those_that_run_code_stay_text() -> None:
    first, second = read("see [the **rule**](https://a.example/b?c=1&d)\n\n[x](javascript:alert(1))").paragraphs
    assert [(link.text, link.address) for link in first.hyperlinks] == [
        ("the ", "https://a.example/b?c=1&d"), ("rule", "https://a.example/b?c=1&d")]
    assert first.text == "see the rule"
    assert (second.text, second.hyperlinks) == ("[x](javascript:alert(1))", [])


def test_a_table_has_a_bold_head_that_is_repeated_and_fits_the_line() -> None:
    (table,) = read("| Question | A good answer | Points |\n|--|--|--|\n| " + "why " * 40 + "| because |  |").tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Question", "A good answer", "Points"], [("why " * 40).strip(), "because", ""]]
    assert all(run.bold for cell in table.rows[0].cells for run in cell.paragraphs[0].runs)
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    widths = [cell.width.inches for cell in table.rows[1].cells]
    assert sum(widths) <= 6.51
    assert widths[0] > 3 * widths[2]


def test_a_row_of_too_few_or_too_many_cells_keeps_the_table_whole() -> None:
    (table,) = read("| a | b |\n|--|--|\n| 1 |\n| 1 | 2 | 3 |").tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["a", "b"], ["1", ""], ["1", "2"]]


def test_html_and_pictures_become_text() -> None:
    assert [text for _, text in lines("<b>x</b> ![a plan](https://a.example/p.png)\n\n<script>y</script>")] == [
        "<b>x</b> a plan", "<script>y</script>"]


def test_text_that_runs_right_to_left_is_marked_and_other_text_is_not() -> None:
    right, left = read("\u05e9\u05dc\u05d5\u05dd **\u05e2\u05d5\u05dc\u05dd** abc\n\nabc \u05e9").paragraphs
    assert right._p.pPr.find(qn("w:bidi")) is not None
    assert [run.font.rtl for run in right.runs] == [True, True, None]
    assert left._p.pPr is None or left._p.pPr.find(qn("w:bidi")) is None


def test_the_file_bears_the_title_and_the_day_and_no_author() -> None:
    properties = read("# A *title* of `it`\n\ntext").core_properties
    assert properties.title == "A title of it"
    assert properties.created.date() == DAY
    assert properties.author == ""


@pytest.mark.parametrize("markdown", [
    "", "\n", "#", "-", "1.", "***", "|a|\n|-|", "\x00\x0b\ud800\ufffe", "> " * 60 + "deep", "- " * 2_000 + "deep",
    "[x]:", "\U0001f680" * 80, "# " + "t" * 400, "`" * 99, "&#0; &#x1F; &#xD800;", "1" * 9 + ". a", "*" * 500])
def test_no_text_breaks_the_file(markdown: str) -> None:
    with ZipFile(io.BytesIO(to_docx(markdown, DAY))) as file:
        assert file.testzip() is None
    deep = "deep" in markdown
    assert any("deep" in it.text for it in read(markdown).paragraphs) == deep


@settings(LAWS, max_examples=15)
@given(st.text(max_size=80))
def test_any_text_gives_a_file_that_opens_and_keeps_its_letters(text: str) -> None:
    typed = "".join(c for c in text if c.isalnum())
    word = read(f"x{typed}\n\n{text}")
    assert word.core_properties.created.date() == DAY
    assert word.paragraphs[0].text == f"x{typed}"


@pytest.mark.parametrize("option", OPTIONS)
def test_the_word_file_of_a_brief_holds_every_heading_bullet_and_cell(option: str) -> None:
    needs = ProjectNeeds(project="Portal", data_sensitivity="personal")
    decision = decide(needs, NEWEST, n=200)
    document = write_brief(decision, next_steps(decision, option, CATALOG, date(2026, 11, 23)), CATALOG,
                     suggested(CATALOG, needs, option))
    word = read(to_markdown(document))
    headings = [it.text for it in word.paragraphs if it.style.name.startswith("Heading")]
    assert headings == [document.title, *(part.heading for part in document.sections if part.heading)]
    bullets = [item for part in document.sections for block in part.blocks if isinstance(block, tuple)
               and not hasattr(block, "head") for item in block]
    assert len([it for it in word.paragraphs if it.style.name == "List Bullet"]) == len(bullets)
    tables = [block for part in document.sections for block in part.blocks if hasattr(block, "head")]
    assert [[cell.text for cell in row.cells] for table in word.tables for row in table.rows] == [
        [cell.strip() for cell in row] for table in tables for row in (table.head, *table.rows)]


@pytest.mark.parametrize(("columns", "rows", "is_table"), [
    (63, 3, True), (64, 3, False), (3, 999, True), (3, 1_000, False)])
def test_tables_that_would_take_minutes_or_that_word_does_not_open_are_written_as_typed(
        columns: int, rows: int, is_table: bool) -> None:
    head = ["|a" * columns + "|", "|-" * columns + "|"]
    word = read("\n".join([*head, *["|b|"] * rows]))  # the reader fills the cells that a row lacks
    assert bool(word.tables) == is_table
    assert (word.paragraphs[0].text == head[0]) != is_table


@pytest.mark.parametrize("line", [
    "- a\n", "# a\n", "a\n\n", "> a\n\n", "1. a\n", "|a|\n|-|\n|c|\n\n", "*a* ", "[a](b:{})\n"])
def test_a_long_text_takes_steps_in_proportion_to_its_length(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where they grew with its square, the longest text that the page takes took minutes. A search of the whole
    document or of all styles is one step only to look at, so none is made for a line."""
    searched: list[str] = []
    search = BaseOxmlElement.xpath

    def counted(element: BaseOxmlElement, path: str) -> object:
        searched.append(element.tag)
        return search(element, path)

    monkeypatch.setattr(BaseOxmlElement, "xpath", counted)

    def steps(letters: int) -> tuple[int, int]:
        text, profile = "".join(line.format(number) for number in range(letters // len(line))), cProfile.Profile()
        searched.clear()
        profile.runcall(to_docx, text, DAY)
        whole = {qn(f"w:{name}") for name in ("document", "body", "styles")}
        return sum(entry.callcount for entry in profile.getstats()), sum(tag in whole for tag in searched)

    few, many = steps(1_000), steps(4_000)
    assert many[0] < 4.4 * few[0]
    assert many[1] == few[1]
