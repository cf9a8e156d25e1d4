"""What the page's own script does for keyboards, screen readers, fingers and slow phones."""

from __future__ import annotations

import os
import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, SIZES, filled, open_tab, opened, settled, verdict, visitor
from tests.browser.test_compare import LINK
from tests.server import ROOT

OUTLINED = ROOT / "docs" / "accessibility.md"
AT_TWICE_THE_SIZE = {"width": 683, "height": 384}  # a laptop's screen at 200%
SEEN = """() => {
  const it = document.activeElement, {left, right, width} = it.getBoundingClientRect()
  const isPart = it.matches('body, main, [tabindex="-1"]')
  return [isPart || width > 0 && right > 0 && left < innerWidth, it.closest('[data-testid=stSidebar]') !== null,
          it.getAttribute('aria-label') || !isPart && (it.innerText || it.labels?.[0]?.innerText) || it.tagName]
}"""
ANNOUNCED = """() => {
  window.announced = []
  new MutationObserver(() => announced.push(document.querySelector('[role=status]').textContent)).observe(
    document.querySelector('[role=status]'), {childList: true, characterData: true, subtree: true})
}"""
# The names of what is smaller than `least` pixels. A link in a sentence may be as high as its line; the skip link grows
# when it gets the focus.
SMALL = """least => [...document.querySelectorAll('button, [role=tab], input, a[href]')].filter(it => {
  const {width, height} = (it.matches('input') && it.closest('label') || it).getBoundingClientRect()
  return width > 0 && (width < least || height < least) && !it.closest('[inert], [aria-hidden=true], p, li, td')
    && !it.matches('[data-testid=stSkipToContent]')
}).map(it => it.getAttribute('aria-label') || it.innerText || it.type)"""
# The next three fields after a help button that the tooltip is drawn over.
COVERED = """(help, tooltip) => {
  const over = tooltip.getBoundingClientRect()
  return [...document.querySelectorAll('[data-testid=stSidebar] :is(input, [role=radiogroup])')].filter(
    it => help.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING).slice(0, 3).filter(it => {
      const {top, bottom, left, right} = it.getBoundingClientRect()
      return top < over.bottom && bottom > over.top && left < over.right && right > over.left
    }).map(it => it.ariaLabel)
}"""
TWICE = """() => {
  const names = [...document.querySelectorAll('button')].filter(
    it => it.tabIndex >= 0 && it.offsetWidth && !it.closest('[inert]')).map(
    it => it.getAttribute('aria-label') || it.textContent)
  return [...new Set(names.filter((name, place) => !name || names.indexOf(name) !== place))]
}"""
TOUCHED = ".st-key-share button, .st-key-download button, [role=tab], #form_bar button"


def presses(page: Page, times: int) -> list[tuple[bool, str]]:
    """Press Tab; whether each stop is in the form, and its name. Each can be seen."""
    stops = []
    for _ in range(times):
        page.keyboard.press("Tab")
        is_shown, is_in_form, name = page.evaluate(SEEN)
        assert is_shown, f"the focus is on {name!r}, which cannot be seen"
        stops.append((is_in_form, name))
    return stops


def test_at_200_percent_the_folded_form_has_no_stops_and_the_focus_goes_in_and_comes_back(
        page: Page, address: str) -> None:
    page.set_viewport_size(AT_TWICE_THE_SIZE)
    opened(page, address)
    assert not any(is_in_form for is_in_form, _ in presses(page, 8))

    expand = page.get_by_role("button", name="Expand sidebar")
    expand.press("Enter")
    settled(page)
    assert page.evaluate(SEEN)[1]
    assert presses(page, 1) == [(True, "Project")]
    stops = presses(page, 40)
    assert not any("Share" in name for _, name in stops), "the focus went behind the form"
    assert sum(is_in_form for is_in_form, _ in stops) > 25
    page.get_by_role("button", name="Collapse sidebar").press("Enter")
    settled(page)
    expect(expand).to_be_focused()

    bar = page.get_by_role("button", name="Open the form")
    bar.press("Enter")
    settled(page)
    filled(page, "Developers to build", "9")
    assert verdict(page)[:20] in page.locator("#form_bar").inner_text()
    page.get_by_role("button", name="Close the form").press("Enter")
    settled(page)
    expect(bar).to_be_focused()


def test_at_200_percent_escape_closes_the_form_but_first_what_is_open_in_it(page: Page, address: str) -> None:
    page.set_viewport_size(AT_TWICE_THE_SIZE)
    opened(page, address)
    bar = page.get_by_role("button", name="Open the form")
    bar.press("Enter")
    settled(page)
    page.get_by_label("Level", exact=True).focus()
    page.wait_for_timeout(300)  # it scrolls there, which would close a list
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.get_by_role("button", name="Close the form")).to_be_visible()
    page.keyboard.press("Escape")
    expect(bar).to_be_focused()


def test_on_a_narrow_screen_a_page_that_was_chosen_in_the_menu_is_in_sight_and_has_the_focus(
        page: Page, address: str) -> None:
    page.set_viewport_size(AT_TWICE_THE_SIZE)
    opened(page, address)
    for name, choose in (("Compare", lambda link: link.press("Enter")), ("Decide", lambda link: link.click())):
        page.get_by_role("button", name="Expand sidebar").click()
        settled(page)
        choose(page.get_by_test_id("stSidebarNavLink").filter(has_text=name))
        expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")
        expect(page.get_by_test_id("stMain")).to_be_focused()


def test_a_help_text_covers_none_of_the_fields_that_come_after_it(page: Page, address: str) -> None:
    opened(page, address)
    helps = page.get_by_test_id("stSidebar").locator("button[aria-label^=Help]")
    assert helps.count() > 4
    for width, height in (SIZES[0], SIZES[2], tuple(AT_TWICE_THE_SIZE.values())):
        page.set_viewport_size({"width": width, "height": height})
        settled(page)
        if page.get_by_role("button", name="Open the form").is_visible():
            page.get_by_role("button", name="Open the form").click()
            settled(page)
        for help_, place in ((it, place) for it in helps.all() for place in ("start", "center", "end")):
            help_.evaluate("(it, block) => it.scrollIntoView({block})", place)
            help_.hover()
            page.get_by_role("tooltip").wait_for()
            page.wait_for_timeout(100)
            assert help_.evaluate(COVERED, page.get_by_role("tooltip").element_handle()) == [], (width, place)
            page.mouse.move(width - 5, 5)
            expect(page.get_by_role("tooltip")).to_have_count(0)


def test_sources_open_where_there_is_room_to_read_them(page: Page, address: str) -> None:
    opened(page, address)
    for name in ("Cost", "Numbers"):
        open_tab(page, name)
        page.get_by_role("button", name="Sources").first.click()
        settled(page)
        assert page.get_by_test_id("stPopoverBody").bounding_box()["height"] > SIZES[0][1] / 3
        page.keyboard.press("Escape")
        settled(page)


def test_a_panel_follows_its_button_in_the_order_of_tab_and_gives_the_focus_back(page: Page, address: str) -> None:
    page.set_viewport_size(AT_TWICE_THE_SIZE)
    opened(page, address)
    panel = page.get_by_test_id("stPopoverBody")
    for name, last in (("Share", "Download as a file"), ("Download", "Download everything as zip")):
        button = page.locator(f".st-key-{name.lower()}").get_by_role("button").first
        for close in (["Escape"], ["Shift+Tab", "Enter"], ["Tab"]):
            button.press("Enter")
            expect(panel).to_be_focused()
            panel.get_by_role("button", name=last).wait_for()
            settled(page)
            page.keyboard.press("Tab")
            assert page.evaluate("""panel => panel.contains(document.activeElement) &&
                panel.querySelector('.close_panel') !== document.activeElement""", panel.element_handle())
            if close == ["Tab"]:
                panel.get_by_role("button", name="Close").focus()
            elif "Enter" in close:
                panel.focus()
            for key in close:
                page.keyboard.press(key)
            expect(panel).to_have_count(0)
            expect(button).to_be_focused()


def test_on_a_phone_a_new_error_is_seen_above_the_bar_which_names_the_field(page: Page, address: str) -> None:
    page.set_viewport_size({"width": SIZES[2][0], "height": SIZES[2][1]})
    opened(page, address)
    bar = page.locator("#form_bar")
    bar.get_by_role("button").click()
    settled(page)
    for label, text, name in (("Months to run it", "900", "upkeep_months"), ("Budget", "abc", "budget_usd")):
        page.get_by_label(label, exact=True).fill(text)
        error = page.locator(f".st-key-problem_need_{name}")
        expect(error).to_contain_text("still count")
    settled(page)
    box = error.bounding_box()
    assert 0 <= box["y"] < box["y"] + box["height"] <= bar.bounding_box()["y"]
    expect(bar).to_contain_text("Look at “Months to run it”, “Budget”")
    bar.get_by_role("button").click()
    expect(bar).to_contain_text("Look at")


def test_a_changed_verdict_is_announced_once_when_it_has_settled(page: Page, address: str) -> None:
    opened(page, address)
    page.evaluate(ANNOUNCED)
    assert page.locator("[role=status]").inner_text() == ""
    page.get_by_label("Developers to build", exact=True).fill("1")
    page.keyboard.type("2", delay=200)
    expect(page.locator("[role=status]")).to_contain_text(verdict(page))
    page.wait_for_timeout(1000)
    said = page.evaluate("announced")
    assert len(said) == 1
    assert said[0].startswith(f"{verdict(page)}. Typically")


def test_an_error_is_tied_to_its_field_until_it_is_corrected(page: Page, address: str) -> None:
    opened(page, address)
    field = page.get_by_label("Months to build", exact=True)
    filled(page, "Months to build", "900")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Months to build: enter .+; 6 still counts|enter a number"))
    expect(page.get_by_label("Developers to build", exact=True)).not_to_have_attribute("aria-invalid", "true")
    filled(page, "Months to build", "9")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("")


def test_on_a_phone_everything_can_be_hit_and_has_a_name_of_its_own_and_share_opens_the_devices_sheet(
        browser: Browser, address: str) -> None:
    context = visitor(browser, *SIZES[2], has_touch=True, is_mobile=True)
    # Chromium without a screen has no sheet: this replaces it.
    context.add_init_script("navigator.share = shared => { window.shared = shared; return Promise.resolve() }")
    page = context.new_page()
    for place in ("", "brief", f"compare?{LINK}"):
        opened(page, address + place)
        assert page.evaluate(SMALL, 24) == []
        assert page.evaluate(TWICE) == []
        if not place.startswith("compare"):
            page.get_by_role("button", name="Open the form").tap()
            settled(page)
            assert page.evaluate(SMALL, 24) == []
            assert page.evaluate(TWICE) == []
            page.get_by_role("button", name="Close the form").tap()
            settled(page)
    opened(page, address)
    for target in page.locator(TOUCHED).all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 44, target
    page.locator(".st-key-share button").tap()
    settled(page)
    assert page.evaluate("window.shared.url") == page.url
    copy = page.get_by_test_id("stPopoverBody").get_by_role("button", name="Copy link")
    assert copy.bounding_box()["height"] >= 44
    context.close()


def test_the_answer_is_shown_before_streamlit_is_there_and_gives_way_to_the_page(
        browser: Browser, address: str) -> None:
    context = visitor(browser, *SIZES[2])
    page = context.new_page()
    waiting = []
    page.route("**/static/js/index.*.js", lambda route: waiting.append(route))  # noqa: PLW0108 - a method has no name
    page.goto(address, wait_until="commit")
    first = page.locator("#first_answer p")
    expect(first).to_have_count(4)
    early = first.nth(1).inner_text()
    for route in waiting:
        route.continue_()
    page.wait_for_selector("h1", timeout=PATIENCE)
    settled(page)
    assert verdict(page) == early
    expect(first).to_have_count(0)
    context.close()


def test_a_link_is_shown_as_soon_as_it_is_known(page: Page, address: str) -> None:
    """It waits for no script that is loaded for it: on a slow phone that takes seconds."""
    opened(page, address)
    page.route("**/static/js/*.js", lambda route: None)
    page.locator(".st-key-share button").click()
    link = page.locator(".st-key-link code")
    expect(link).to_be_visible()
    assert link.inner_text() == page.url
    page.unroute("**/static/js/*.js")


def outline(page: Page) -> str:
    """What a screen reader gets of a page, in its order: the parts with a role and their names, without their texts and
    numbers."""
    lines = page.locator("body").aria_snapshot().split("\n")
    left_out = re.compile(r"\s*- (paragraph|text|strong|/|list|listitem|img|row|rowgroup|cell|columnheader)\b")
    named = [line for line in lines if not left_out.match(line)]
    return re.sub(r"(?<!level=)\d[\d,.]*", "0", "\n".join(line.rstrip(":") for line in named))


def test_the_outline_of_decide_is_the_one_in_the_documentation(page: Page, address: str) -> None:
    """OUTLINE=write puts the present one there."""
    parts = re.compile(r"(?<=<!-- outline -->\n```text\n)(.*)(?=\n```)", re.DOTALL)
    before, found, after = parts.split(OUTLINED.read_text())
    now = outline(opened(page, address))
    if os.environ.get("OUTLINE") == "write":
        OUTLINED.write_text(f"{before}{now}{after}")
    else:
        assert now == found, "run this test with OUTLINE=write and read what it wrote into docs/accessibility.md"
