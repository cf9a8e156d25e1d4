"""The PDF and the Excel file for a committee, read back by other libraries."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from hiring.documents.committee.pdf import to_pdf
from hiring.documents.committee.workbook import COLUMNS, to_xlsx
from hiring.text.committee_text import HEADS, LEGEND, Committee
from tests.cells import NAMES
from tests.factories import DAY
from tests.text.test_committee_text import SIZE, made, result

TITLE = "Projects from =list.xlsx"
LIST = result(made(412_345, project="Portal"), made(87_650, project="Ledger & Söhne #1", currency="EUR"),
              made(120_500, project="x" * 80, keep=None), made(99_000, project="Sized by us", assumed=SIZE))


def opened(committee: Committee) -> PdfReader:
    return PdfReader(io.BytesIO(to_pdf(committee, TITLE, DAY)))


def text_of(reader: PdfReader) -> str:
    """The text without spaces, for a line may end anywhere."""
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


def sheets(committee: Committee) -> tuple[Worksheet, Worksheet]:
    book = load_workbook(io.BytesIO(to_xlsx(committee, TITLE)))
    return book["Projects"], book["Totals"]


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows of the table on the first sheet, by head."""
    whole = list(sheet.iter_rows())
    first = next(place for place, row in enumerate(whole) if row[0].value == COLUMNS[0])
    return [dict(zip(COLUMNS, row, strict=False)) for row in whole[first + 1:]]


def test_numbers_of_the_workbook_are_numbers_that_add_up_and_show_their_star() -> None:
    sheet, totals = sheets(LIST)
    cells = rows(sheet)
    assert [row["Typical cost"].value for row in cells] == [line.typical for line in LIST.lines]
    assert [row["Typical cost"].number_format for row in cells] == ["#,##0"] * 3 + ['#,##0"*"']
    assert [row["Keeps limits, of 100"].value for row in cells] == [80, 80, "no limit given", 80]
    assert cells[3]["First release"].value.endswith("*")
    assert [row["Project"].value for row in cells] == [line.cells[0] for line in LIST.lines]
    for code, _, *years, whole in totals.iter_rows(min_row=2, values_only=True):
        said = [row["Typical cost"].value for row in cells[:3] if row["Currency"].value == code]
        assert sum(years) == whole == sum(said)
    assert LEGEND in [cell.value for cell in sheet["A"]]


@pytest.mark.parametrize("name", [*"=+-@", *NAMES], ids=ascii)
def test_no_name_is_a_formula(name: str) -> None:
    project = f"{name}1+1" if len(name) == 1 else name
    sheet, totals = sheets(result(made(1, project=project)))
    for cells in (*sheet.iter_rows(), *totals.iter_rows()):
        for cell in cells:
            assert cell.data_type != "f"
            assert not str(cell.value or "").startswith(tuple("=+-@"))
