"""Documents as Markdown."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from hiring.documents.brief.document import Document, Section, Table, escaped_name, to_markdown


def test_a_document_becomes_headings_paragraphs_bullets_and_tables() -> None:
    document = Document("Title", (
        Section("", ("A paragraph.",)),
        Section("Work", (("One", "Two"), Table(("Head", "More"), (("a", "b"), ("c", "d"))))),
        Section("Notes", ("Take out.",), 1),
        Section("Part", ("Last.",), 3)))
    assert to_markdown(document) == """# Title

A paragraph.

## Work

- One
- Two

| Head | More |
| --- | --- |
| a | b |
| c | d |

---

## Notes

Take out.

### Part

Last.
"""


def test_an_empty_block_leaves_no_gap() -> None:
    assert to_markdown(Document("T", (Section("A", ("", (), "x")),))) == "# T\n\n## A\n\nx\n"


@pytest.mark.parametrize("name", [
    "Customer portal", "v2.0 (new) - $5", "*bold* _it_ `code`", "[link](http://a.b)", "<b>x</b>", "&amp; a|b",
    "~~x~~ #1", "back\\slash", "\U0001f680" * 80, "![x](y)"])
def test_a_name_reads_as_it_was_typed(name: str) -> None:
    (_, inline, _) = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"About {escaped_name(name)} #")
    assert all(child.type == "text" for child in inline.children)
    assert "".join(child.content for child in inline.children) == f"About {name} #"


def test_a_name_that_runs_right_to_left_is_set_apart_and_others_are_not() -> None:
    assert escaped_name("\u05e9\u05dc\u05d5\u05dd") == "\u2068\u05e9\u05dc\u05d5\u05dd\u2069"
    assert escaped_name("Portal \u0627") == "\u2068Portal \u0627\u2069"
    assert escaped_name("Portal") == "Portal"
