"""The page for those who use a keyboard alone, look at it twice as large, have no script, or see it first today."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import files_shown, filled, name_of, opened, settled, verdict, visitor

FOCUSED = """async () => {
  const it = document.activeElement, around = [it];
  if (!it.matches('a, button, input, select, textarea, summary')) return ['', true];  // what scrolls
  while (around.length < 4 && around.at(-1).parentElement) around.push(around.at(-1).parentElement);
  const look = () => around.map(element => {
    const style = getComputedStyle(element);
    return [style.outline, style.boxShadow, style.borderColor, style.backgroundColor, style.textDecoration].join();
  }).join(';');
  const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 20)));
  await painted();
  const focused = look(), label = it.labels && it.labels[0];
  it.blur();
  await painted();
  const without = look();
  it.focus({preventScroll: true});
  return [it.getAttribute('aria-label') || (label && label.innerText) || it.innerText || '', focused !== without];
}"""
AT_ONCE = "* { transition: none !important; animation: none !important }"  # so that a look is what it will be
MOST_STEPS = 120  # presses of Tab to anything on the page


def reach(page: Page, name: str) -> None:
    """Press Tab until what is called `name` has the focus, and see that the focus shows on the way."""
    page.add_style_tag(content=AT_ONCE)
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        focused, is_visible = page.evaluate(FOCUSED)
        assert is_visible, f"the focus on {focused[:80]!r} cannot be seen"
        if name in focused and not focused.startswith("Help"):
            return
    raise AssertionError(f"{name} is not reached with {MOST_STEPS} presses of Tab")


def test_the_keyboard_alone_fills_the_form_opens_sources_shares_and_downloads(page: Page, address: str) -> None:
    opened(page, address)
    before = verdict(page)
    reach(page, "Developers to run it")
    page.keyboard.press("Control+a")
    page.keyboard.type("0")
    page.keyboard.press("Tab")
    page.wait_for_function("text => document.querySelector('h1')?.innerText !== text", arg=before)
    settled(page)

    reach(page, "Share")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text("opens the page with the same numbers")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)

    reach(page, "Sources")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text("Prices and costs")
    page.keyboard.press("Escape")

    reach(page, "download\n")  # the icon's name
    page.keyboard.press("Enter")
    settled(page)
    reach(page, "Download CSV summary")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert name_of(download.value).endswith("-summary.csv")


def test_the_keyboard_alone_moves_between_pages(page: Page, address: str) -> None:
    opened(page, address)
    reach(page, "How it works")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="How it works", level=1)).to_be_visible()


def test_at_twice_the_size_nothing_is_lost_and_nothing_scrolls_sideways(browser: Browser, address: str) -> None:
    context = visitor(browser, 683, 384, device_scale_factor=2)
    page = opened(context.new_page(), address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 683
    for option in ("In-house", "Freelance", "Agency"):
        card = page.locator(".st-key-cards").get_by_text(option, exact=True)
        card.scroll_into_view_if_needed()
        expect(card).to_be_visible()
    context.close()


def test_without_javascript_the_page_says_what_it_needs(browser: Browser, address: str) -> None:
    context = visitor(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert "enable JavaScript" in page.locator("noscript").inner_text()
    context.close()


def test_a_first_visitor_comes_to_a_summary_of_their_own_in_at_most_six_actions(page: Page, address: str) -> None:
    opened(page, address)
    actions = 0
    for label, value in {"Developers to build": "3", "Months to build": "9", "Budget": "900k"}.items():
        filled(page, label, value)
        actions += 1
    with files_shown(page).expect_download() as download:
        page.get_by_role("button", name="Download CSV summary").click()
    actions += 2
    text = download.value.path().read_bytes().decode("utf-8-sig")
    assert "900000" in text
    assert actions <= 6
