"""The PDF for a committee, read back by another library."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader

from hiring.documents.committee.pdf import to_pdf
from hiring.text.committee_text import HEADS, Committee
from hiring.text.portfolio_text import LEGEND
from tests.factories import DAY
from tests.text.test_committee_text import SIZE, made, result

TITLE = "Projects from =list.xlsx"
LIST = result(made(412_345, project="Portal"), made(87_650, project="Ledger & Söhne #1", currency="EUR"),
              made(120_500, project="x" * 80, keep=None), made(99_000, project="Sized by us", assumed=SIZE))


def opened(committee: Committee) -> PdfReader:
    return PdfReader(io.BytesIO(to_pdf(committee, TITLE, DAY)))


def text_of(reader: PdfReader) -> str:
    """The text without spaces, because a line may end anywhere."""
    return re.sub(r"[\s\u200b]+", "", "".join(page.extract_text() for page in reader.pages))


def test_the_pdf_has_every_cell_total_and_mark_on_one_page() -> None:
    reader = opened(LIST)
    text = text_of(reader)
    texts = [TITLE, LIST.headline, LEGEND, *HEADS, *LIST.years, *LIST.notes, *(cell for line in LIST.lines for cell in
             line.texts), *(cell for row in LIST.total_rows for cell in row)]
    assert [it for it in texts if re.sub(r"\s+", "", it) not in text] == []
    assert len(reader.pages) == 1
    assert len(opened(result(*[made(50_000, project=f"Project {n}") for n in range(14)])).pages) == 1


def test_the_pdf_is_archival_and_accessible() -> None:
    reader = opened(LIST)
    metadata = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfaid:part>2<.*<pdfaid:conformance>A<", metadata, re.DOTALL)
    assert "<pdfuaid:part>1<" in metadata
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert to_pdf(LIST, TITLE, DAY) == to_pdf(LIST, TITLE, DAY)


def test_a_long_list_takes_more_pages_and_repeats_its_heads() -> None:
    reader = opened(result(*[made(50_000, project=f"Project {n}") for n in range(120)]))
    assert len(reader.pages) > 2
    assert all("Main caution" in page.extract_text() for page in reader.pages[:2])
