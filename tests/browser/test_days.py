"""The day on which a page is opened is that of its reader, not that of the server."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qs, urlparse
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from hiring.text import formatting
from tests.browser.conftest import opened, settled, visitor


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])  # never the same day
def test_links_and_next_steps_count_from_the_day_where_the_reader_is(
        browser: Browser, address: str, zone: str) -> None:
    today = datetime.now(ZoneInfo(zone)).date()
    with visitor(browser, timezone_id=zone) as reader:
        page = opened(reader.new_page(), f"{address}brief")
        assert parse_qs(urlparse(page.url).query)["from"] == [today.isoformat()]
        page.get_by_role("tab", name="What to do next").click()
        settled(page)
        assert page.locator(".st-key-brief_steps").inner_text().split("\n")[0] == formatting.day(today)
