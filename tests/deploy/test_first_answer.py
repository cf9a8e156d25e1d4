"""What a slow phone gets through nginx, and in which order."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser

from hiring import ProjectNeeds, evidence_as_of
from hiring.links import project_link
from tests.browser.conftest import SIZES, settled, visitor
from tests.deploy.conftest import Site

# 1.6 Mbit/s: milliseconds, and bytes a second.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
LINK = urlencode(project_link.encode(ProjectNeeds(developers=3), evidence_as_of().as_of, from_day=date.today()))
FIRST, ALL = 60_000, 1_800_000  # bytes until the answer has come, and until all is drawn


def test_on_a_slow_connection_the_answer_comes_before_streamlit_and_all_is_packed(
        site: Site, browser: Browser) -> None:
    context = visitor(browser, *SIZES[2])
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    asked: dict[str, str] = {}
    received: list[tuple[str, int]] = []

    def ask(event: dict[str, Any]) -> None:
        asked[event["requestId"]] = event["request"]["url"].removeprefix(site.address).partition("?")[0]

    network.on("Network.requestWillBeSent", ask)
    network.on("Network.loadingFinished", lambda event: received.append(
        (asked.get(event["requestId"], ""), int(event["encodedDataLength"]))))
    page.goto(f"{site.address}?{LINK}", wait_until="commit")
    page.wait_for_selector("h1")
    settled(page)
    before = [name for name, _ in received].index("answer")
    assert sum(size for _, size in received[:before + 1]) < FIRST, received[:before + 1]
    order = list(asked.values())
    assert order.index("answer") < min(order.index(name) for name in order if name.startswith("static/"))
    assert sum(size for _, size in received) < ALL
    context.close()


def test_the_answer_is_for_pages_of_the_site_and_its_query_is_not_logged(site: Site) -> None:
    assert site.ask("/answer?budget_usd=123457&v=3", Origin="https://example.org").status == 403
    answer = site.ask("/answer")
    assert (answer.status, answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (
        200, "application/json", "no-store")
    assert site.line(answer)["place"] == "/answer"
    assert "123457" not in site.logs()
