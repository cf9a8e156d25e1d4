"""What a manager or a broken link may do to the page."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from playwright.sync_api import Page, expect

from hiring import ProjectNeeds, evidence_as_of
from hiring.links import project_link
from hiring.model.needs import NEEDS
from tests.browser.conftest import filled, numbers, opened, settled, verdict

SCRIPT = "<script>window.hit=1</script><img src=x onerror='window.hit=1'>"
QUERY = project_link.encode(ProjectNeeds(project="Portal", developers=3), evidence_as_of().as_of)


def notice(page: Page) -> str:
    """What the page says above the answer."""
    return page.get_by_test_id("stMain").get_by_test_id("stAlert").first.inner_text()


def test_a_link_cut_in_half_opens_with_one_notice_and_keeps_the_rest(page: Page, address: str) -> None:
    whole = urlencode(QUERY)
    opened(page, f"{address}?{whole[: len(whole) // 2]}")
    assert "Not everything could be opened" in notice(page)
    assert page.get_by_test_id("stAlert").count() == 1
    expect(page.get_by_label("Developers to build", exact=True)).to_have_value("3")
    assert len(numbers(page)) > 10


def test_a_link_with_every_value_mangled_opens_and_names_each_field(page: Page, address: str) -> None:
    opened(page, f"{address}?{urlencode({key: SCRIPT + value for key, value in QUERY.items()})}")
    text = notice(page)
    for name, need in NEEDS.items():
        if name != "project":
            assert need.label in text
    assert page.evaluate("window.hit") is None
    assert len(numbers(page)) > 10


def test_unreadable_numbers_in_a_link_are_replaced_and_told(page: Page, address: str) -> None:
    unreadable = {"developers": "nan", "build_months": "9" * 9_000, "upkeep_months": ""}
    opened(page, f"{address}?{urlencode({**QUERY, **unreadable})}")
    assert "Developers to build: enter a number from 0.1 to 50" in notice(page)
    assert "2 was used" in notice(page)
    assert "Months to build: enter a number from 0.25 to 60" in notice(page)
    assert "Months to run it: empty in the link" in notice(page)
    expect(page.get_by_label("Developers to build", exact=True)).to_have_value("2")
    expect(page.get_by_label("Project", exact=True)).to_have_value("Portal")


def test_unknown_keys_and_a_key_that_stands_twice_are_told(page: Page, address: str) -> None:
    opened(page, f"{address}?{urlencode(QUERY)}&color=red&{quote('<b>x</b>')}=1&developers=5")
    assert "Unknown in the link and ignored: <b>x</b>, color." in notice(page)
    assert "color=" not in page.url
    assert "developers is in the link more than once; the last was used." in notice(page)
    expect(page.get_by_label("Developers to build", exact=True)).to_have_value("5")
    assert page.url.count("developers=5") == 1
    assert "developers=3" not in page.url


def test_a_projects_name_is_shown_as_it_was_typed_and_never_run(page: Page, address: str) -> None:
    opened(page, address)
    name = "<img src=x onerror=window.hit=1> **bold** $x$ :red[no] [a](http://b)"
    filled(page, "Project", name)
    assert name in page.get_by_test_id("stMain").inner_text().replace("\u2060", "")  # which parts addresses
    assert page.evaluate("window.hit") is None
    assert page.get_by_test_id("stMain").locator("img[src=x]").count() == 0


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
        "name": "www.h.example.csv", "mimeType": "text/csv", "buffer": b"project,developers\nwww.i.example,x\n"})
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


def test_an_emptied_budget_is_none_and_no_number_past_its_bounds_reaches_the_answer(page: Page, address: str) -> None:
    opened(page, address)
    filled(page, "Budget", "400k")
    filled(page, "Budget", "")
    assert "budget_usd=none" in page.url
    assert "no budget given" in page.get_by_test_id("stMain").inner_text()
    assert "No budget or deadline was given" in page.get_by_test_id("stMain").inner_text()
    assert page.get_by_test_id("stAlert").count() == 0
    before = verdict(page)
    field = page.get_by_label("Developers to build", exact=True)
    for value in ("0", "51", "1000000"):
        field.fill(value)
        field.press("Enter")
        settled(page)
        assert verdict(page) == before
        assert "developers=2&" in page.url
