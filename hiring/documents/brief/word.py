"""Markdown as a Word document. HTML and pictures in a user's text become plain text."""

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

# Not allowed in XML: control characters, unpaired surrogates and two noncharacters.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
INK, GRAY, SHADE = RGBColor(0x10, 0x18, 0x28), RGBColor(0x47, 0x54, 0x67), "F2F4F7"
SIZES = {"Heading 1": 20, "Heading 2": 13, "Heading 3": 11}
MAX_LIST_DEPTH = 3  # the template has styles for three levels of lists
INDENT = Inches(0.25)
LINE_WIDTH, LETTER_WIDTH = 6.5, 0.085  # inches; a letter is about this wide
MAX_CELLS, MAX_COLUMNS = 3_000, 63  # of all tables, which take about a second; of one table in Word
MIN_LETTERS, MAX_LETTERS = 9, 60  # in a column of a table


class _TooLargeError(Exception):
    """Tables that would take minutes to write, or that Word can't open."""


class TextStyle(NamedTuple):
    """How a piece of text looks, and where it links to."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    address: str = ""


PLAIN = TextStyle()
INLINE_STYLES: dict[str, dict[str, Any]] = {"strong": {"bold": True}, "em": {"italic": True}, "s": {"strike": True}}


def to_docx(markdown: str, today: date) -> bytes:
    """The text as a Word file dated `today`."""
    text = UNWRITABLE.sub("", markdown)
    try:
        word = _word(text)
    except (RecursionError, _TooLargeError):  # hundreds of nested lists, or huge tables: text only
        word = _blank()
        for line in text.splitlines():
            _write(_paragraph(word), line, PLAIN)
    word.core_properties.author = word.core_properties.comments = ""
    word.core_properties.created = datetime.combine(today, time())
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _word(text: str) -> Word:
    reader = MarkdownIt("commonmark", {"maxNesting": sys.getrecursionlimit()}).enable(["table", "strikethrough"])
    tree, word = SyntaxTreeNode(reader.parse(text)), _blank()
    tables = [node for node in tree.walk() if node.type == "table"]
    if sum(node.type in ("th", "td") for table in tables for node in table.walk()) > MAX_CELLS:
        raise _TooLargeError
    if any(len(table.children[0].children[0].children) > MAX_COLUMNS for table in tables):
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
        style.element.rPr.rFonts.attrib.clear()  # the body font, not the theme's
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size * 0.9), Pt(4)
    return word


def _blocks(word: Word, nodes: Iterable[SyntaxTreeNode], depth: int = 0, style: str | None = None) -> None:
    """Each block as paragraphs; `depth` counts the lists or quotes around it, `style` is that of its first line."""
    for node in nodes:
        if node.type == "heading":
            _fill(_paragraph(word, f"Heading {min(int(node.tag[1]), 3)}"), node)
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
            _fill(paragraph, node)
        style = None


def _paragraph(word: Word, style: str | None = None) -> Paragraph:
    """A new last paragraph. The library's own method searches all paragraphs and styles each time."""
    paragraph = OxmlElement("w:p")
    word._body._element[-1].addprevious(paragraph)  # page settings come last
    if style:
        properties, chosen = OxmlElement("w:pPr"), OxmlElement("w:pStyle")
        chosen.set(qn("w:val"), style.replace(" ", ""))  # Word's id for the style
        properties.append(chosen)
        paragraph.append(properties)
    return Paragraph(paragraph, word._body)


def _list(word: Word, node: SyntaxTreeNode, depth: int) -> None:
    style = "List Bullet" if depth == 1 else f"List Bullet {min(depth, MAX_LIST_DEPTH)}"
    for place, item in enumerate(node.children, int(node.attrs.get("start", 1))):
        if node.type == "bullet_list":
            _blocks(word, item.children, depth, style)
            continue
        paragraph = _paragraph(word)  # Word would continue the previous list's numbers
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = INDENT * depth, -INDENT
        _write(paragraph, f"{place}.\t", PLAIN)
        first, rest = item.children[:1], item.children[1:]
        if first and first[0].type == "paragraph":
            _fill(paragraph, first[0])
            _blocks(word, rest, depth)
        else:
            _blocks(word, item.children, depth)


def _table(word: Word, node: SyntaxTreeNode) -> None:
    rows = [row for part in node.children for row in part.children]
    table = word._body.add_table(len(rows), len(rows[0].children), Inches(LINE_WIDTH))
    table._tbl.tblStyle_val = "TableGrid"  # by Word's id: the library searches all styles for a name, for each table
    widths = _widths(rows)
    for row, cells in zip(rows, table.rows, strict=True):
        for cell, place, width in zip(row.children, cells.cells, widths, strict=True):
            is_head, place.width = cell.type == "th", width
            place.paragraphs[0].paragraph_format.space_after = Pt(2)
            _fill(place.paragraphs[0], cell, TextStyle(bold=is_head))
            if is_head:
                _shade(place)
    repeated = OxmlElement("w:tblHeader")  # on each page of the table
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    _paragraph(word).paragraph_format.space_after = Pt(0)


def _widths(rows: list[SyntaxTreeNode]) -> list[Length]:
    """A width for each column from its longest cell, at most a line in total."""
    columns = zip(*(row.children for row in rows), strict=True)
    longest = [max(len(_plain(cell)) for cell in column) for column in columns]
    wanted = [min(max(length, MIN_LETTERS), MAX_LETTERS) * LETTER_WIDTH for length in longest]
    scale = min(1.0, LINE_WIDTH / sum(wanted))
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


def _fill(paragraph: Paragraph, node: SyntaxTreeNode, style: TextStyle = PLAIN) -> None:
    """A block's inline text in a paragraph, in the direction of its first letter."""
    if node.children:
        for inline in node.children:
            _inline(paragraph, inline.children or [inline], style)
    else:
        _write(paragraph, node.content.rstrip("\n"), style._replace(code=node.type in ("fence", "code_block")))
    if _runs_right_to_left("".join(text.text or "" for text in paragraph._p.iter(qn("w:t")))):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _inline(paragraph: Paragraph, nodes: Iterable[SyntaxTreeNode], style: TextStyle) -> None:
    for node in nodes:
        if node.type == "softbreak":
            _write(paragraph, " ", style)
        elif node.type == "hardbreak":
            paragraph.add_run().add_break()
        elif node.type in INLINE_STYLES:
            _inline(paragraph, node.children, style._replace(**INLINE_STYLES[node.type]))
        elif node.type == "link":
            _inline(paragraph, node.children, style._replace(address=str(node.attrs.get("href", ""))))
        else:
            _write(paragraph, node.content, style._replace(code=node.type == "code_inline"))


def _write(paragraph: Paragraph, text: str, style: TextStyle) -> None:
    if not text:
        return
    run = paragraph.add_run(text)
    for name in ("bold", "italic", "strike"):
        if getattr(style, name):
            setattr(run.font, name, True)
    if style.code:
        run.font.name = "Consolas"
    if _runs_right_to_left(text):
        run.font.rtl = True
    if style.address:
        _link(paragraph, run, style.address)


def _link(paragraph: Paragraph, run: Run, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    relations = paragraph.part.rels
    id_ = f"link{len(relations)}"  # the library would search all links each time
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
