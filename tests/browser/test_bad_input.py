"""What a manager or a broken link may do to the page."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from playwright.sync_api import Page, expect

from hiring import ProjectNeeds, evidence_as_of
from hiring.links import project_link
from hiring.model.needs import NEEDS
from tests.browser.conftest import FITS, filled, numbers, open_tab, opened, settled, verdict

SCRIPT = "<script>window.hit=1</script><img src=x onerror='window.hit=1'>"
# As the translators of browsers do: each text is put into an element of theirs, and stays so whatever the page draws.
TRANSLATE = """() => {
  const texts = document.createTreeWalker(document.querySelector('[data-testid=stApp]'), NodeFilter.SHOW_TEXT)
  const found = []
  while (texts.nextNode()) found.push(texts.currentNode)
  for (const text of found.filter(it => it.data.trim() && !it.parentElement.closest('font, style, script, svg'))) {
    const [outer, inner] = [document.createElement('font'), document.createElement('font')]
    inner.textContent = text.data
    outer.append(inner)
    text.replaceWith(outer)
  }
}"""
QUERY = project_link.encode(ProjectNeeds(project="Portal", developers=3), evidence_as_of().as_of)


def notice(page: Page) -> str:
    """What the page says above the answer."""
    return page.get_by_test_id("stMain").get_by_test_id("stAlert").first.inner_text()


def test_a_link_cut_in_half_with_other_keys_opens_with_one_notice_and_keeps_the_rest(page: Page, address: str) -> None:
    whole = urlencode(QUERY)
    opened(page, f"{address}?{whole[: len(whole) // 2]}&color=red&{quote('<b>x</b>')}=1&developers=5")
    assert "Not everything could be opened" in notice(page)
    assert page.get_by_test_id("stAlert").count() == 1
    assert "Unknown in the link and ignored: <b>x</b>, color" in notice(page)
    assert "developers is in the link more than once; the last was used." in notice(page)
    expect(page.get_by_label("Developers to build", exact=True)).to_have_value("5")
    assert "color=" not in page.url
    assert page.url.count("developers=5") == 1
    assert "developers=3" not in page.url
    assert len(numbers(page)) > 10


def test_a_link_with_every_value_mangled_opens_and_names_each_field(page: Page, address: str) -> None:
    opened(page, f"{address}?{urlencode({key: SCRIPT + value for key, value in QUERY.items()})}")
    text = notice(page)
    for name, need in NEEDS.items():
        if name != "project":
            assert need.label in text
    assert page.evaluate("window.hit") is None
    assert len(numbers(page)) > 10


def test_no_address_in_a_link_or_a_file_becomes_a_link_on_the_page(page: Page, address: str) -> None:
    name = "www.a.example HTTPS://b.example c@d.example"
    query = {**QUERY, "project": name, "www.e.example": "1", "https://f.example": "2", "developers": "http://g.example"}
    led = page.locator('a[href*=".example"]')
    opened(page, f"{address}?{urlencode(query)}")
    for shown in (name, "www.e.example", "https://f.example", "http://g.example"):
        assert shown in page.get_by_test_id("stMain").inner_text().replace("\u2060", "")
    assert led.count() == 0
    opened(page, f"{address}brief?{urlencode({**QUERY, 'project': name})}")
    expect(page.locator(".st-key-brief_document")).to_have_count(1)
    assert led.count() == 0
    opened(page, f"{address}projects")
    page.locator("input[type=file]").set_input_files({
        "name": "www.h.example.csv", "mimeType": "text/csv",
        "buffer": b"project,developers,build_months,www.j.example\nA,2,6,1\nwww.i.example,x,6,1\n"})
    page.wait_for_selector(".st-key-refused")
    settled(page)
    assert led.count() == 0


def test_an_emptied_field_is_asked_for_again_and_the_last_answer_stays(page: Page, address: str) -> None:
    opened(page, address)
    before, link = verdict(page), page.url
    filled(page, "Developers to build", "")
    expect(page.get_by_test_id("stSidebar")).to_contain_text("Developers to build: enter a number from 0.1 to 50")
    settled(page)
    assert "Look at “Developers to build” in the form: the last good answer still counts" in notice(page)
    assert verdict(page) == before
    assert page.url == link
    filled(page, "Months to build", "20")  # other answers still count
    assert "build_months=20" in page.url
    filled(page, "Developers to build", "4")
    assert page.get_by_test_id("stAlert").count() == 0
    assert "developers=4" in page.url
    assert "build_months=20" in page.url


def test_nothing_scrolls_sideways_from_the_narrowest_phone_to_the_widest_screen(page: Page, address: str) -> None:
    opened(page, address)
    for width in (320, 683, 1024, 1920, 2560):  # 683 is a laptop at twice the size
        page.set_viewport_size({"width": width, "height": 800})
        settled(page)
        page.wait_for_function(FITS, arg=width)
        for card in page.locator("[class*=st-key-card_]").all():
            box = card.bounding_box()
            assert 0 <= box["x"] <= box["x"] + box["width"] <= width


def test_in_a_translated_page_the_verdict_follows_the_form_and_nothing_breaks(page: Page, address: str) -> None:
    opened(page, address)
    before, cards = verdict(page), numbers(page)
    page.evaluate(TRANSLATE)
    for number in ("9", "3"):
        filled(page, "Developers to build", number)
        page.evaluate(TRANSLATE)
    translated = verdict(page), numbers(page)
    open_tab(page, "Timeline")
    page.reload()
    settled(page)
    assert (verdict(page), numbers(page)) == translated != (before, cards)
