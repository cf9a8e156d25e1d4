"""Links and files that last: what a link said when it was made, and the file that holds the same."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlparse

from playwright.sync_api import Page, expect

from hiring import MODEL_VERSION, ProjectNeeds, decide
from hiring.links import project_link
from hiring.links.project_link import Said
from tests.browser.conftest import answer, filled, name_of, opened, settled, verdict
from tests.browser.test_journey import copied_link
from tests.factories import DAY
from tests.links.test_own_figures_codec import every_figure


def test_a_link_shows_what_it_said_beside_what_is_said_now_until_something_changes(page: Page, address: str) -> None:
    older = project_link.encode(ProjectNeeds(), DAY, (), Said("agency", 71, "0.9"), DAY)
    opened(page, f"{address}?{urlencode(older)}")
    notice = page.get_by_test_id("stAlert")
    expect(notice).to_contain_text("When this link was made it said: Agency, first in 71 of 100.")
    now = project_link.said_by(decide(ProjectNeeds(), DAY))
    assert now.answer == "mix"
    expect(notice).to_contain_text(f"It now says: A mix, first in {now.percent} of 100.")
    expect(notice).to_contain_text("The model was version 0.9 then")
    page.reload()
    settled(page)
    expect(notice).to_contain_text("Agency, first in 71 of 100")
    filled(page, "Developers to build", "3")
    assert notice.count() == 0
    assert parse_qs(urlparse(page.url).query)["model"] == [MODEL_VERSION]


def test_the_links_of_the_page_say_what_the_page_says(page: Page, address: str) -> None:
    opened(page, address)
    filled(page, "Deadline", "in 9 months")
    said = parse_qs(urlparse(copied_link(page)).query)["said"][0]
    keep_percent = said.split("~")[2]
    assert f" in {keep_percent} of 100 simulations" in answer(page)
    before = verdict(page)
    opened(page, page.url)
    assert page.get_by_test_id("stAlert").count() == 0
    assert verdict(page) == before


def test_a_file_holds_what_a_link_holds_and_opens_on_the_same_page_which_refuses_another(
        page: Page, address: str, tmp_path: Path) -> None:
    own = every_figure(0.917)
    query = project_link.encode(ProjectNeeds(project="Portal", developers=3), DAY, own)
    opened(page, f"{address}?{urlencode(query)}")
    before = verdict(page)
    page.get_by_role("button", name="Share").click()
    settled(page)
    body = page.get_by_test_id("stPopoverBody")
    with page.expect_download() as download:
        body.get_by_role("button", name="Download as a file").click()
    file = tmp_path / name_of(download.value)
    download.value.save_as(file)
    assert file.name == "needs.toml"

    opened(page, address)
    at_first = verdict(page)
    assert at_first != before
    page.get_by_role("button", name="Share").click()
    settled(page)
    field = page.get_by_test_id("stPopoverBody").locator("input[type=file]")
    field.set_input_files({"name": "other.toml", "mimeType": "application/toml", "buffer": b"\xff\xfe\x00garbage"})
    expect(page.get_by_test_id("stAlert").first).to_contain_text("choose the needs.toml of a project")
    settled(page)
    assert verdict(page) == at_first
    field.set_input_files(file)
    settled(page)
    page.wait_for_function("text => document.querySelector('h1')?.innerText === text", arg=before)
    expect(page.get_by_label("Project", exact=True)).to_have_value("Portal")
    expect(page.locator(".st-key-own_figures")).to_contain_text("Not used by this project")
