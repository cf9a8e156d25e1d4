"""The page for those who use a keyboard alone, look at it twice as large, have no script, or see it first today."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import name_of, opened, settled, verdict, visitor

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


def test_the_keyboard_alone_fills_the_form_opens_sources_shares_downloads_and_moves_to_another_page(
        page: Page, address: str) -> None:
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
    sources = page.get_by_test_id("stPopoverBody")
    expect(sources).to_contain_text("Prices and costs")
    expect(sources).to_contain_text("What Does a Backend Developer Do?")  # the article is behind all of them
    assert sources.locator("a[href^=http]").count() > 0
    page.keyboard.press("Escape")

    reach(page, "download\n")  # the icon's name
    page.keyboard.press("Enter")
    settled(page)
    reach(page, "Download CSV summary")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert name_of(download.value).endswith("-summary.csv")
    page.keyboard.press("Escape")

    page.get_by_role("link", name="Evidence").first.focus()
    reach(page, "How it works")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="How it works", level=1)).to_be_visible()


def test_without_javascript_the_page_says_what_it_needs(browser: Browser, address: str) -> None:
    context = visitor(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert "enable JavaScript" in page.locator("noscript").inner_text()
    context.close()
