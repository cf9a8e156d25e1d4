"""The form under a manager's hands: typing, leaving, going back."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import answer, filled, opened, settled, verdict


def field(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True)


def asked(page: Page, name: str) -> str:
    return parse_qs(urlparse(page.url).query)[name][0]


def alerts(page: Page) -> list[str]:
    return page.get_by_test_id("stSidebar").get_by_test_id("stAlert").all_inner_texts()


def typed(page: Page, text: str, delay: int = 0) -> None:
    """Type into the field that has the focus, and pause without leaving it."""
    page.keyboard.type(text, delay=delay)
    page.wait_for_timeout(500)
    settled(page)


def test_amounts_count_while_they_are_typed_and_nothing_that_is_typed_is_lost(page: Page, address: str) -> None:
    opened(page, address)
    sidebar = page.get_by_test_id("stSidebarContent")
    assert sidebar.evaluate("it => it.scrollHeight <= it.clientHeight")  # all of the form is in sight
    first = answer(page)

    budget, developers = field(page, "Budget"), field(page, "Developers to build")
    budget.click()
    for half in ("$", "1", "."):
        typed(page, half)
        assert (answer(page), alerts(page), asked(page, "budget_usd")) == (first, [], "none")
    typed(page, "2M")
    assert (asked(page, "budget_usd"), budget.input_value()) == ("1200000", "$1.2M")
    expect(budget).to_be_focused()
    assert budget.evaluate("it => it.selectionStart") == len("$1.2M")
    assert answer(page) != first
    page.keyboard.press("ArrowLeft")
    typed(page, "5")  # in the middle of the text
    assert (asked(page, "budget_usd"), budget.input_value()) == ("1250000", "$1.25M")
    assert budget.evaluate("it => it.selectionStart") == len("$1.25")

    developers.click()
    page.keyboard.press("ControlOrMeta+a")
    typed(page, "12", delay=450)  # slower than a pause, faster than a run
    assert (asked(page, "developers"), developers.input_value()) == ("12", "12")
    expect(budget).to_have_value("$1,250,000")
    developers.fill("")
    typed(page, "3.25", delay=120)
    assert (asked(page, "developers"), developers.input_value()) == ("3.25", "3.25")

    before = verdict(page)
    filled(page, "Budget", "£900k")
    assert "pick British pounds under More about the work, Amounts in, or enter US dollars" in alerts(page)[0]
    assert (verdict(page), asked(page, "budget_usd")) == (before, "1250000")
    filled(page, "Months to run it", "12")
    expect(budget).to_have_value("£900k")
    assert len(alerts(page)) == 1
    filled(page, "Budget", "$900k")
    assert (alerts(page), asked(page, "budget_usd")) == ([], "900000")


def test_a_day_counts_while_it_is_typed_and_one_that_is_not_known_is_told(page: Page, address: str) -> None:
    opened(page, f"{address}?v=3&location=de")
    deadline = field(page, "Deadline")
    expect(deadline).to_have_attribute("placeholder", "DD.MM.YYYY")
    deadline.click()
    typed(page, "9.12.2028", delay=30)
    months = asked(page, "deadline_months")
    assert 0.25 < float(months) < 72
    filled(page, "Months to build", "5")
    expect(deadline).to_have_value("December 9, 2028")
    assert asked(page, "deadline_months") == months
    filled(page, "Deadline", "01.02.2024")
    assert re.search(r"cannot be in the past; enter a day from .+; December 9, 2028 still counts\.", alerts(page)[0])
    filled(page, "Deadline", "soon")
    assert re.search(r"enter a day, such as \w+ \d+, \d{4}, or \d\d\.\d\d\.\d{4}; found soon;", alerts(page)[0])
    assert asked(page, "deadline_months") == months
    filled(page, "Deadline", "")
    assert (alerts(page), asked(page, "deadline_months")) == ([], "none")


def test_back_forward_a_reload_and_a_second_tab_each_keep_their_answers(page: Page, address: str) -> None:
    opened(page, address)
    developers, budget = field(page, "Developers to build"), field(page, "Budget")
    for number in ("3", "4", "5"):
        filled(page, "Developers to build", number)
    filled(page, "Budget", "800k")
    page.go_back()
    page.go_back()  # before the page has answered
    page.go_back()
    settled(page)
    expect(developers).to_have_value("3")
    expect(budget).to_have_value("")
    page.go_forward()
    settled(page)
    expect(developers).to_have_value("4")
    page.reload()
    settled(page)
    expect(developers).to_have_value("4")
    other = opened(page.context.new_page(), page.url)
    filled(other, "Developers to build", "9")
    filled(page, "Months to build", "8")
    expect(developers).to_have_value("4")
    assert (asked(page, "developers"), asked(other, "developers"), asked(other, "build_months")) == ("4", "9", "6")
    assert "developers" not in asked(page, "assumed").split("~")
