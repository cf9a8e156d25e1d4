"""Names are shown as typed, whatever Markdown or Streamlit would make of them."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from hiring import ProjectNeeds
from hiring.links import comparison_link, project_link
from hiring.links.comparison_link import Scenario
from hiring.web.markdown import JOINER
from tests.browser.conftest import filled, opened, settled
from tests.factories import DAY
from tests.strategies import NAMES


def text_of(page: Page, selector: str) -> str:
    """What a reader sees, without the marks that have no width."""
    texts = page.locator(selector).all_inner_texts()
    return "\n".join(texts).translate(dict.fromkeys(map(ord, f"{JOINER}\u2068\u2069")))


def test_a_name_is_shown_as_typed_on_the_page_decide_and_in_its_brief(page: Page, address: str) -> None:
    opened(page, address)
    for name in NAMES:
        filled(page, "Project", name[:80])
        assert name[:80] in text_of(page, "[data-testid=stMarkdown]")
    for name in NAMES:
        opened(page, f"{address}brief?{urlencode(project_link.encode(ProjectNeeds(project=name[:80]), DAY, ()))}")
        assert name[:80] in text_of(page, ".st-key-brief_document")


def test_names_are_shown_as_typed_on_the_page_compare(page: Page, address: str) -> None:
    scenarios = [Scenario(name[:80], ProjectNeeds(project=name[:80]), DAY) for name in NAMES]
    opened(page, f"{address}compare?{urlencode(comparison_link.encode(scenarios))}")
    cards, heads = text_of(page, "[class*=st-key-scenario_]"), text_of(page, "th")
    for name in NAMES:
        assert name[:80] in cards
        assert name[:27].rstrip() in heads


def test_the_names_of_columns_are_shown_as_typed_on_the_page_projects(page: Page, address: str) -> None:
    opened(page, f"{address}projects")
    named = ";".join(f'"{name[:38]}"'.replace('"r"', "r") for name in NAMES)
    content = f"developers;build_months;{named}\n2;6;;;;\n"
    page.locator("input[type=file]").set_input_files({"name": "list.csv", "mimeType": "text/csv",
                                                      "buffer": content.encode()})
    page.wait_for_selector(".st-key-summary")
    settled(page)
    shown = text_of(page, "[data-testid=stMarkdown]")
    assert all(name[:38].rstrip() in shown for name in NAMES)


def test_the_title_of_the_tab_names_the_page_or_the_project(page: Page, address: str) -> None:
    product = "Freelance, in-house or agency?"
    opened(page, f"{address}?{urlencode(project_link.encode(ProjectNeeds(), DAY, ()))}")
    expect(page).to_have_title(product)
    filled(page, "Project", "Portal")
    expect(page).to_have_title(f"Portal: {product}")
    page.get_by_role("link", name="Compare", exact=True).click()
    expect(page).to_have_title(f"Compare: {product}")
