"""The memo on paper: a memo written by hand, read back from its PDF by another library and from its page."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from hiring.documents.memo.render import Chart, Memo, Point, Row, Section, Source, SourceGroup, Table, to_html, to_pdf
from tests.strategies import LAWS, SIGNS

LINK = "https://example.org/decide?budget_usd=600000&project=R%26D&own=a~1~2~3~~b~4&as_of=2026-11-22&v=2"
ADDRESSES = ["https://example.com/wages", "http://example.net/old?diff=prev&oldid=1"]
DRAWING = ('<svg role="img" aria-label="A dot" xmlns="http://www.w3.org/2000/svg" width="400" height="40" '
           'viewBox="0 0 400 40"><circle cx="20" cy="20" r="9" fill="#157A6C"/><text x="40" y="25">Drawn</text></svg>')
MEMO = Memo(
    title="R&D portal", question="2 developers for 6 months", verdict="Clear choice: agency, within $600k in 93 of 100",
    because="It delivers sooner than freelance.", strip=Chart("A strip of simulations", "", DRAWING),
    share_note="A share is no chance.",
    options=Table(("Option", "Cost over 36 months", "First"), (
        Row("Agency", ("$416k–$587k", "93 of 100"), "#157A6C"),
        Row("Freelance", ("$1.17M–$2.4M", "<1 of 100"), "#D5700F"))),
    options_note="Ranges hold 8 of 10 simulations.",
    sections=(Section("Why agency", points=(Point("It delivers sooner.", "In month 7.5 against month 12 [2]."),)),
              Section("Cautions", "Mind the gap.")),
    charts=(Chart("Agency stays within $600k", "Each dot is a simulation.", DRAWING),
            Chart("Agency spends least", "Thick lines are the middle.", DRAWING)),
    outlook=(Section("What would change it", note="Nothing else matters.", tables=(
        Table(("If …", "Then"), (Row("the budget were $395k", ("Freelance",)),)),
        Table(("Year", "Cost"), (Row("Year 1", ("1,234",)),)))),),
    sources=(SourceGroup("Prices", (Source(1, "Bureau, Wages (2025).", ADDRESSES[0]),)),
             SourceGroup("Times", (Source(2, "Group, Report (1994).", ADDRESSES[1]),
                                   Source(3, "Press release (2025).", "")))),
    sources_note="Of the 9 figures 3 are assumed.", link=LINK, made=date(2026, 11, 22), made_text="November 22, 2026",
    made_with="Freelance, in-house or agency? Model 2.0.", prepared_by="Ada Lovelace", reference="FIN-7",
    reason="Two agencies were asked.\nNeither could start.")
TEXTS = [
    "Memo for approval", "FIN-7", "November 22, 2026", "R&D portal", "2 developers for 6 months",
    "Clear choice: agency, within $600k in 93 of 100", "It delivers sooner than freelance.", "A share is no chance.",
    "Cost over 36 months", "$416k–$587k", "93 of 100", "$1.17M–$2.4M", "<1 of 100", "Ranges hold 8 of 10 simulations.",
    "Why agency", "It delivers sooner. In month 7.5 against month 12 [2].", "Cautions", "Mind the gap.",
    "Agency stays within $600k", "Each dot is a simulation.", "Agency spends least", "Thick lines are the middle.",
    "What would change it", "the budget were $395k", "Year 1", "1,234", "Nothing else matters.",
    "Reason and alternatives", "Two agencies were asked.", "Neither could start.", "Approval", "Ada Lovelace",
    "Prepared by", "Approved by", "Date", "Prices", "Bureau, Wages (2025).", "Times", "Press release (2025).",
    "Of the 9 figures 3 are assumed.", "Freelance, in-house or agency? Model 2.0."]
MARKUP = "#panic() *a* _b_ $c$ @d <e> `f` = g // h /* i */ \\ [j](k) {{ 7 * 7 }} {% raw %} &amp; \"l\" 'm'"


def squeezed(text: str) -> str:
    """Without spaces, for a line may end between any two words."""
    return re.sub(r"\s+", "", text)


def opened(memo: Memo) -> PdfReader:
    return PdfReader(io.BytesIO(to_pdf(memo)))


def text_of(reader: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in reader.pages))


def pdf_text(memo: Memo) -> str:
    return text_of(opened(memo))


def addresses(reader: PdfReader) -> list[str]:
    """Where a click leads, each address once."""
    notes = (note.get_object() for page in reader.pages for note in page.get("/Annots", []))
    return list(dict.fromkeys(note["/A"]["/URI"] for note in notes if note["/Subtype"] == "/Link"))


class Page(HTMLParser):
    """The elements of a page, its text and its addresses."""

    def __init__(self, content: bytes):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def found(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self) -> str:
        return squeezed("".join(self.texts))


# PDF

def test_the_pdf_says_all_that_the_memo_says() -> None:
    text = pdf_text(MEMO)
    assert [text_ for text_ in TEXTS if squeezed(text_) not in text] == []
    assert squeezed(LINK) in text


@pytest.mark.parametrize("link", [
    "http://127.0.0.1:8501/?budget_covers=build&budget_usd=600000&build_months=6&" + "data_sensitivity=internal&" * 15,
    "https://example.org/?" + "a" * 600, LINK + "~own".join(["x"] * 90)], ids=["address", "word", "own"])
def test_a_long_link_stays_on_the_paper_and_can_be_copied(link: str) -> None:
    reader = opened(replace(MEMO, link=link))
    edges = [float(note["/Rect"][2]) for page in reader.pages for note in (it.get_object() for it in page["/Annots"])]
    assert max(edges) <= float(reader.pages[0].mediabox.right) - 53  # the margin, 19 mm
    assert squeezed(link) in text_of(reader)


def test_clicks_in_the_pdf_lead_to_the_page_and_to_each_source() -> None:
    assert addresses(opened(MEMO)) == [LINK, *ADDRESSES]


@pytest.mark.parametrize(("name", "author"), [("Ada Lovelace", "Ada Lovelace"), ("", MEMO.made_with)])
def test_the_pdf_names_its_title_author_day_and_language(name: str, author: str) -> None:
    reader = opened(replace(MEMO, prepared_by=name))
    assert (reader.metadata.title, reader.metadata.author) == ("Memo: R&D portal", author)
    assert reader.metadata.creation_date.date() == date(2026, 11, 22)
    assert reader.trailer["/Root"]["/Lang"] == "en-US"


def test_the_pdf_is_made_for_archives_and_screen_readers() -> None:
    root = opened(MEMO).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    metadata = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_charts_stay_drawings_in_the_pdf() -> None:
    reader = opened(MEMO)
    assert pdf_text(MEMO).count("Drawn") == 3
    assert not [image for page in reader.pages for image in page.images]


def test_the_same_memo_gives_the_same_bytes() -> None:
    assert to_pdf(MEMO) == to_pdf(MEMO)
    assert to_html(MEMO) == to_html(MEMO)
    assert to_pdf(replace(MEMO, made=date(2026, 11, 23))) != to_pdf(MEMO)


def test_a_short_memo_is_one_page_and_a_long_one_is_set_smaller_to_stay_on_three() -> None:
    """In the letters of the short memo so many points of two lines take four pages."""
    assert len(opened(MEMO).pages) == 1
    point = Point("It delivers sooner.", "Typically in month 7.5, against month 12 of freelance. " * 2)
    long = replace(MEMO, sections=(Section("Why agency", points=(point,) * 80),))
    assert len(opened(long).pages) == 3
    assert len(opened(replace(long, sections=long.sections * 9)).pages) > 3


def test_no_text_is_read_as_markup() -> None:
    fields = ("title", "question", "verdict", "prepared_by", "reference", "reason")
    typed = {field: f"{field} {MARKUP}" for field in fields}
    memo = replace(MEMO, **typed)
    page = Page(to_html(memo))
    for text in (pdf_text(memo), page.text):
        assert [field for field, it in typed.items() if squeezed(it) not in text] == []
    assert [tag for tag, _ in page.tags if tag in ("e", "script")] == []


@settings(LAWS, max_examples=5)
@given(SIGNS)
def test_a_name_is_shown_as_typed(name: str) -> None:
    memo = replace(MEMO, title=name)
    assert squeezed(name) in pdf_text(memo)
    assert squeezed(name) in Page(to_html(memo)).text


@pytest.mark.parametrize("title", [
    "Portal 🚀 👩‍💻 顧客ポータル", "بوابة العملاء פורטל", "Кабинет клиента \u2068a\u2069"])
def test_a_name_in_any_writing_leaves_the_rest_of_the_memo_as_it_is(title: str) -> None:
    memo = replace(MEMO, title=title)
    text = pdf_text(memo)
    assert [text_ for text_ in TEXTS if text_ != MEMO.title and squeezed(text_) not in text] == []
    assert opened(memo).metadata.title == f"Memo: {title}"
    assert squeezed(title) in Page(to_html(memo)).text


def test_a_word_that_is_longer_than_a_line_is_broken() -> None:
    text = opened(replace(MEMO, title="W" * 80)).pages[0].extract_text()
    assert "W" * 80 not in text.replace("\u200b", "")
    assert "W" * 80 in squeezed(text).replace("\u200b", "")


# Page for browsers

def test_the_page_says_all_that_the_memo_says() -> None:
    text = Page(to_html(MEMO)).text
    assert [text_ for text_ in [*TEXTS, LINK] if squeezed(text_) not in text] == []


def test_the_page_is_one_file_without_scripts() -> None:
    page = Page(to_html(MEMO))
    for tag in ("script", "img", "link", "iframe", "object", "embed", "base", "form"):
        assert not page.found(tag)
    for tag, attributes in page.tags:
        assert not attributes.keys() & {"src", "srcset", "data", "poster", "action", "xlink:href"}, tag
        assert not [name for name in attributes if name.startswith("on")], tag
    style = page.texts[page.texts.index(next(text for text in page.texts if "@page" in text))]
    assert "@import" not in style
    assert "url(" not in style


def test_links_of_the_page_lead_to_the_page_and_to_each_source() -> None:
    assert [attributes["href"] for attributes in Page(to_html(MEMO)).found("a")] == [LINK, *ADDRESSES]


def test_the_page_reads_right_in_screen_readers() -> None:
    page = Page(to_html(MEMO))
    assert page.found("html") == [{"lang": "en"}]
    assert len(page.found("h1")) == 1
    assert all(svg["role"] == "img" and svg["aria-label"] for svg in page.found("svg"))
    assert len(page.found("svg")) == 3
    assert {cell["scope"] for cell in page.found("th")} == {"col", "row"}


def test_what_a_memo_does_not_have_leaves_no_trace() -> None:
    bare = replace(MEMO, strip=None, sections=(), outlook=(), sources=(), prepared_by="", reference="",
                   reason="")
    page, text = Page(to_html(bare)), pdf_text(bare)
    assert len(page.found("svg")) == 2
    for gone in ("Why agency", "Cautions", "What would change it", "Ada Lovelace", "Reference", "Prices", "Reason"):
        assert squeezed(gone) not in page.text
        assert squeezed(gone) not in text
    assert squeezed("Prepared by") in text
