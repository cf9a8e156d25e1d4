"""Documents set by typst."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from hiring.documents import typesetting

TEMPLATE = """#set document(title: "Words")
#set page(width: 80pt, height: 80pt, margin: 10pt)
#set text(size: float(sys.inputs.size) * 1pt, lang: "en")
#context [#metadata(counter(page).final().first())<pages>]
#sys.inputs.words"""


@pytest.mark.parametrize(("pages", "taken"), [(1, 1), (2, 2)])
def test_the_first_size_that_fits_is_taken_or_else_another(tmp_path: Path, pages: int, taken: int) -> None:
    template = tmp_path / "words.typ"
    template.write_text(TEMPLATE, encoding="utf-8")

    def made(*sizes: float, otherwise: float = 5.0) -> bytes:
        return typesetting.to_pdf(template, {"words": "word " * 12}, date(2026, 1, 1), sizes, pages, otherwise)

    best = made(12.0, 5.0)
    assert len(PdfReader(io.BytesIO(best)).pages) == taken
    assert best == made(12.0 if pages == 2 else 5.0)  # the same bytes on the same day
    assert made(40.0, otherwise=5.0) == made(otherwise=5.0)
