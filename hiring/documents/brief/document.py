"""Documents: titles, sections and tables, and the Markdown that they become. Texts are Markdown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Rows of cells under a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = str | tuple[str, ...] | Table  # a paragraph, bullets or a table


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it; `level` 1 begins the notes for the manager, 3 divides them."""

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
        parts += [_written(block) for block in section.blocks if block]
    return "\n\n".join(parts) + "\n"


def _written(block: Block) -> str:
    if isinstance(block, str):
        return block
    if isinstance(block, Table):
        lines = [block.head, tuple("---" for _ in block.head), *block.rows]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return "\n".join(f"- {item}" for item in block)


def named(project: str) -> str:
    """A project's name as Markdown shows it as typed; one that runs right to left turns nothing else."""
    escaped = re.sub(r"([\\`*_\[\]<>&|~#])", r"\\\1", project)
    turns = any(unicodedata.bidirectional(c) in ("R", "AL") for c in project)
    return f"\u2068{escaped}\u2069" if turns else escaped
