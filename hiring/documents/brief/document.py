"""A document's title, sections and tables, and their Markdown. All texts are Markdown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from hiring.text.formatting import MARK, STRONG, isolated


@dataclass(frozen=True)
class Table:
    """Rows of cells under a header row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = str | tuple[str, ...] | Table  # a paragraph, bullets or a table


@dataclass(frozen=True)
class Section:
    """A heading with its blocks; `level` 1 starts the notes for the manager, 3 divides them."""

    heading: str
    blocks: tuple[Block, ...]
    level: int = 2


@dataclass(frozen=True)
class Document:
    """A title and sections."""

    title: str
    sections: tuple[Section, ...]


def to_markdown(document: Document) -> str:
    """The document as Markdown."""
    parts = [f"# {document.title}"]
    for section in document.sections:
        if section.level == 1:
            parts.append("---")
        if section.heading:
            parts.append(f"{'#' * max(2, section.level)} {section.heading}")
        parts += [_block_markdown(block) for block in section.blocks if block]
    return "\n\n".join(parts) + "\n"


def _block_markdown(block: Block) -> str:
    if isinstance(block, str):
        return block
    if isinstance(block, Table):
        lines = [block.head, tuple("---" for _ in block.head), *block.rows]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return "\n".join(f"- {item}" for item in block)


def with_marks(text: str) -> str:
    """A sentence with marks as Markdown: its strong runs and its links."""
    ends: list[str] = []

    def shown(mark: re.Match[str]) -> str:
        style = mark[1]
        if style is None:
            return ends.pop()
        ends.append("**" if style == STRONG else f"]({style})")
        return "**" if style == STRONG else "["

    return MARK.sub(shown, text)


def escaped_name(project: str) -> str:
    """A project's name that Markdown shows as typed; a right-to-left name leaves the text around it alone."""
    escaped = re.sub(r"([\\`*_\[\]<>&|~#])", r"\\\1", project)
    is_right_to_left = any(unicodedata.bidirectional(c) in ("R", "AL") for c in project)
    return isolated(escaped) if is_right_to_left else escaped
