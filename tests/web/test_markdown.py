"""The edge to Streamlit: what a sentence says is what Markdown shows."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from hiring.text.formatting import CODE, END, START, STYLE, marked, strong
from hiring.web.markdown import JOINER, escaped, markdown
from tests.strategies import LAWS, NAMES, SIGNS

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def kinds(tokens: list[Token]) -> set[str]:
    return {kind for token in tokens for kind in ({token.type} | kinds(token.children or []))}


def words(tokens: list[Token]) -> str:
    return "".join(words(token.children) if token.children else token.content for token in tokens).replace(JOINER, "")


@LAWS
@given(SIGNS)
@example("1. x")
@example("# x")
@example("---")
@example("1)")
def test_a_name_is_shown_as_typed_at_the_start_of_a_line_and_after_words(name: str) -> None:
    for before in ("", "Named "):
        tokens = READER.parse(markdown(before + name))
        assert words(tokens) == before + name
        assert kinds(tokens) <= {"paragraph_open", "inline", "text", "text_special", "paragraph_close"}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_starts_none_of_what_only_streamlit_reads(name: str) -> None:
    """Formulas, icons, colors, links that have no brackets, and signs that it draws for others."""
    shown = markdown(name)
    assert shown.replace(JOINER, "").replace("\\", "") == name.replace("\\", "")
    for start in ("->", "<-", "--", ">=", "<=", "~=", "://", "www.", "@b", ":material", ":red[", ":smile:"):
        assert start not in shown.replace("\\", "")
    assert "$" not in shown.replace("\\$", "")


def test_marked_runs_get_their_style_and_hold_nothing_else() -> None:
    link = marked("c]", "https://d.e/f?g=h")
    assert markdown(f"{strong('a*')} is {marked('b_', CODE)}, {link} or {marked('i', 'blue')}"
                    ) == "**a\\*** is `b_`, [c\\]](https://d.e/f?g=h) or :blue[i]"
    assert markdown(strong(f"{marked('a', 'blue')} b")) == "**:blue[a] b**"


@pytest.mark.parametrize("text", [f"a{END}", f"{START}a", f"{STYLE}a{START}{STYLE}{END}{END}"])
def test_marks_that_are_not_in_pairs_break_nothing(text: str) -> None:
    assert "a" in markdown(text)
    assert escaped("a") == "a"
