"""Word: Markdown as a Word document. What a person typed becomes text: HTML as typed, a picture as its words."""

from __future__ import annotations

import io
import re
import sys
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, NamedTuple

from docx import Document
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Length, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

# What XML cannot hold: control characters, halves of surrogate pairs and two that are none.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
INK, GRAY, SHADE = RGBColor(0x10, 0x18, 0x28), RGBColor(0x47, 0x54, 0x67), "F2F4F7"
SIZES = {"Heading 1": 20, "Heading 2": 13, "Heading 3": 11}
DEEPEST = 3  # lists for which the template has a style
INDENT = Inches(0.25)
LINE, LETTER = 6.5, 0.085  # inches of a line and, roughly, of a letter
MOST_CELLS, MOST_COLUMNS = 3_000, 63  # of all tables, a second or so to write; of one, the most that Word has
NARROWEST, WIDEST = 9, 60  # letters that a column of a table is made for


class _TooLargeError(Exception):
    """Tables that would take minutes to write, or that Word does not open."""


class Look(NamedTuple):
    """How a piece of text looks, and where it leads."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    address: str = ""


NO_LOOK = Look()
MARKS: dict[str, dict[str, Any]] = {"strong": {"bold": True}, "em": {"italic": True}, "s": {"strike": True}}


def to_docx(markdown: str, today: date) -> bytes:
    """The text as a Word file; `today` is the day it bears."""
    text = UNWRITABLE.sub("", markdown)
    try:
        word = _word(text)
    except (RecursionError, _TooLargeError):  # lists or quotes nested by the hundred, tables as a flood: the text alone
        word = _blank()
        for line in text.splitlines():
            _write(_paragraph(word), line, NO_LOOK)
    word.core_properties.author = word.core_properties.comments = ""
    word.core_properties.created = datetime.combine(today, time())
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _word(text: str) -> Word:
    reader = MarkdownIt("commonmark", {"maxNesting": sys.getrecursionlimit()}).enable(["table", "strikethrough"])
    tree, word = SyntaxTreeNode(reader.parse(text)), _blank()
    tables = [node for node in tree.walk() if node.type == "table"]
    if sum(node.type in ("th", "td") for table in tables for node in table.walk()) > MOST_CELLS:
        raise _TooLargeError
    if any(len(table.children[0].children[0].children) > MOST_COLUMNS for table in tables):
        raise _TooLargeError
    headings = [_plain(node) for node in tree.children if node.type == "heading"]
    word.core_properties.title = headings[0][:255] if headings else ""
    _blocks(word, tree.children)
    return word


def _blank() -> Word:
    word = Document()
    for section in word.sections:
        section.left_margin = section.right_margin = Inches(1)
        section.top_margin = section.bottom_margin = Inches(0.9)
    normal: Any = word.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in SIZES.items():
        style: Any = word.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), INK
        style.element.rPr.rFonts.attrib.clear()  # the font of the text, not the theme's
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size * 0.9), Pt(4)
    return word


def _blocks(word: Word, nodes: Iterable[SyntaxTreeNode], depth: int = 0, style: str | None = None) -> None:
    """Each block as paragraphs; `depth` is how many lists or quotes it stands in, `style` that of a first line."""
    for node in nodes:
        if node.type == "heading":
            _filled(_paragraph(word, f"Heading {min(int(node.tag[1]), 3)}"), node)
        elif node.type == "table":
            _table(word, node)
        elif node.type in ("bullet_list", "ordered_list"):
            _list(word, node, depth + 1)
        elif node.type == "blockquote":
            _blocks(word, node.children, depth + 1)
        elif node.type == "hr":
            _rule(_paragraph(word))
        else:
            paragraph = _paragraph(word, style)
            if depth and style is None:
                paragraph.paragraph_format.left_indent = INDENT * depth
            _filled(paragraph, node)
        style = None


def _paragraph(word: Word, style: str | None = None) -> Paragraph:
    """A new last paragraph. The library's own way looks through all paragraphs and styles for each new one."""
    paragraph = OxmlElement("w:p")
    word._body._element[-1].addprevious(paragraph)  # the settings of the page come last
    if style:
        properties, chosen = OxmlElement("w:pPr"), OxmlElement("w:pStyle")
        chosen.set(qn("w:val"), style.replace(" ", ""))  # the id, as Word makes it
        properties.append(chosen)
        paragraph.append(properties)
    return Paragraph(paragraph, word._body)


def _list(word: Word, node: SyntaxTreeNode, depth: int) -> None:
    style = "List Bullet" if depth == 1 else f"List Bullet {min(depth, DEEPEST)}"
    for place, item in enumerate(node.children, int(node.attrs.get("start", 1))):
        if node.type == "bullet_list":
            _blocks(word, item.children, depth, style)
            continue
        paragraph = _paragraph(word)  # Word would count on from the list before
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = INDENT * depth, -INDENT
        _write(paragraph, f"{place}.\t", NO_LOOK)
        first, rest = item.children[:1], item.children[1:]
        if first and first[0].type == "paragraph":
            _filled(paragraph, first[0])
            _blocks(word, rest, depth)
        else:
            _blocks(word, item.children, depth)


def _table(word: Word, node: SyntaxTreeNode) -> None:
    rows = [row for part in node.children for row in part.children]
    table = word.add_table(len(rows), len(rows[0].children), style="Table Grid")
    widths = _widths(rows)
    for row, cells in zip(rows, table.rows, strict=True):
        for cell, place, width in zip(row.children, cells.cells, widths, strict=True):
            is_head, place.width = cell.type == "th", width
            place.paragraphs[0].paragraph_format.space_after = Pt(2)
            _filled(place.paragraphs[0], cell, Look(bold=is_head))
            if is_head:
                _shade(place)
    repeated = OxmlElement("w:tblHeader")  # on each page that the table reaches
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    _paragraph(word).paragraph_format.space_after = Pt(0)


def _widths(rows: list[SyntaxTreeNode]) -> list[Length]:
    """A width for each column by its longest cell, all together at most a line."""
    columns = zip(*(row.children for row in rows), strict=True)
    longest = [max(len(_plain(cell)) for cell in column) for column in columns]
    wanted = [min(max(length, NARROWEST), WIDEST) * LETTER for length in longest]
    scale = min(1.0, LINE / sum(wanted))
    return [Inches(width * scale) for width in wanted]


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _rule(paragraph: Paragraph) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "98A2B3")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _filled(paragraph: Paragraph, node: SyntaxTreeNode, look: Look = NO_LOOK) -> None:
    """The inline text of a block in a paragraph, which runs as its first letter does."""
    if node.children:
        for inline in node.children:
            _inline(paragraph, inline.children or [inline], look)
    else:
        _write(paragraph, node.content.rstrip("\n"), look._replace(code=node.type in ("fence", "code_block")))
    if _runs_right_to_left("".join(text.text or "" for text in paragraph._p.iter(qn("w:t")))):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _inline(paragraph: Paragraph, nodes: Iterable[SyntaxTreeNode], look: Look) -> None:
    for node in nodes:
        if node.type == "softbreak":
            _write(paragraph, " ", look)
        elif node.type == "hardbreak":
            paragraph.add_run().add_break()
        elif node.type in MARKS:
            _inline(paragraph, node.children, look._replace(**MARKS[node.type]))
        elif node.type == "link":
            _inline(paragraph, node.children, look._replace(address=str(node.attrs.get("href", ""))))
        else:
            _write(paragraph, node.content, look._replace(code=node.type == "code_inline"))


def _write(paragraph: Paragraph, text: str, look: Look) -> None:
    if not text:
        return
    run = paragraph.add_run(text)
    for name in ("bold", "italic", "strike"):
        if getattr(look, name):
            setattr(run.font, name, True)
    if look.code:
        run.font.name = "Consolas"
    if _runs_right_to_left(text):
        run.font.rtl = True
    if look.address:
        _link(paragraph, run, look.address)


def _link(paragraph: Paragraph, run: Run, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    relations = paragraph.part.rels
    id_ = f"link{len(relations)}"  # the library would look through all links for each new one
    relations.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, id_, is_external=True)
    link.set(qn("r:id"), id_)
    run.font.underline, run.font.color.rgb = True, GRAY
    paragraph._p.replace(run._r, link)
    link.append(run._r)


def _runs_right_to_left(text: str) -> bool:
    strong = (unicodedata.bidirectional(c) for c in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


def _plain(node: SyntaxTreeNode) -> str:
    return "".join(child.content for child in node.walk() if child.type in ("text", "code_inline"))
