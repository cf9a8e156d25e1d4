"""Documents set by typst, as PDF/A-2a and PDF/UA-1 in the fonts that come with it.

typst is one wheel with its fonts. fpdf2 writes neither standard, and WeasyPrint needs system libraries.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path

import typst

CACHED = 10  # documents that typst keeps in memory


def to_pdf(template: Path, inputs: dict[str, str], made: date, sizes: Iterable[float], pages: int,
           otherwise: float) -> bytes:
    """The PDF of a template and its `inputs`, in the first of these sizes of text, points, that takes at most so many
    pages, or else in another. The template labels their number `pages`. The same text on the same day gives the same
    bytes.

    Characters that typst's fonts lack use the machine's fonts. If those lack them too, they become boxes, which neither
    standard allows.
    """
    try:
        size = next((size for size in sizes if _pages(template, _sized(inputs, size)) <= pages), otherwise)
        for own_fonts in (True, False):
            try:
                return _pdf(template, _sized(inputs, size), made, own_fonts)
            except typst.TypstError:
                continue
        return _pdf(template, _sized(inputs, size), made, own_fonts=False, is_archival=False)
    finally:
        for _ in range(CACHED + 1):  # typst keeps 20 MB a document in its cache until others replace it
            typst.compile(b"", ignore_system_fonts=True)


def _sized(inputs: dict[str, str], size: float) -> dict[str, str]:
    return {**inputs, "size": str(size)}


def _pages(template: Path, inputs: dict[str, str]) -> int:
    return int(typst.query(template, "<pages>", field="value", one=True, root=template.parent,
                           ignore_system_fonts=True, sys_inputs=inputs))


def _pdf(template: Path, inputs: dict[str, str], made: date, own_fonts: bool, is_archival: bool = True) -> bytes:
    """Raises typst.TypstError if an archival PDF would lack a character."""
    return typst.compile(template, root=template.parent, ignore_system_fonts=own_fonts, format="pdf",
                         pdf_standards=["a-2a", "ua-1"] if is_archival else [], sys_inputs=inputs,
                         timestamp=datetime.combine(made, time(), UTC))
