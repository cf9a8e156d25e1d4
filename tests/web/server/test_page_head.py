"""What a program reads that makes a preview of a shared address: the page as it is sent, by the real server."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse

import pytest
from PIL import Image

from hiring.text.preview_text import previews
from hiring.web.server import page_aids, page_head
from tests import generate
from tests.readability import readability
from tests.server import AS_SHIPPED, ROOT, free_port, running

SITE = "https://staffing.example.com/tool/"
PROJECT = "project=Merger&developers=3&budget_usd=123457&title=%3Cscript%3E"


class Tags(HTMLParser):
    """The title of a page and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.title, self.tags, self.in_title = "", {}, False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        its = dict(attrs)
        self.in_title = tag == "title"
        if tag == "meta":
            self.tags[its.get("property") or its.get("name")] = its.get("content")

    def handle_data(self, data: str) -> None:
        self.title, self.in_title = data if self.in_title else self.title, False


def asked(port: int, path: str, method: str = "GET", host: str = "localhost", **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    connection.request(method, path, headers={"Host": host, **named})
    return connection.getresponse()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The app as the README starts it, with the address of its site."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port),
               "--server.fileWatcherType", "none"]
    with running(command, port, environment={**AS_SHIPPED, page_head.SITE: SITE}):
        yield port


def test_each_page_is_previewed_by_its_name_a_sentence_and_a_picture_and_nothing_of_the_project(port: int) -> None:
    named = dict(re.findall(r'title="([\w ]+)", url_path="([a-z-]+)"', (ROOT / "app.py").read_text()))
    assert set(named.values()) - {"decide"} | {""} == set(previews())
    for path, (title, sentence) in previews().items():
        page = asked(port, f"/{path}?{PROJECT}", host="attacker.example").read().decode()
        found = Tags(page)
        assert found.title == found.tags["og:title"] == title
        assert title.startswith(next((name for name, its in named.items() if its == path), "Freelance"))
        assert found.tags["description"] == found.tags["og:description"] == sentence
        assert found.tags["og:image"] == f"{SITE}preview.png"
        assert found.tags["twitter:card"] == "summary_large_image"
        assert [it for it in ("Merger", "123457", "script>\"", "attacker", "og:url") if it in page] == []


def test_the_page_is_otherwise_streamlits_and_a_browser_that_has_it_is_not_sent_it_again(port: int) -> None:
    whole = asked(port, "/compare")
    page, tag = whole.read(), whole.headers["ETag"]
    assert (whole.headers["Cache-Control"], whole.headers["Content-Length"]) == ("no-cache", str(len(page)))
    before = page_head.INDEX.read_text(encoding="utf-8")
    tagged = before.replace(page_head.TITLE, page_head.tags("compare", SITE))
    assert page.decode() == page_aids.aided(tagged) != tagged != before
    again = asked(port, "/compare", If_None_Match=f'"other", W/{tag}')
    assert (again.status, again.read(), again.headers["ETag"]) == (304, b"", tag)
    head = asked(port, "/compare", "HEAD", Accept_Encoding="gzip")
    assert (head.status, head.headers["ETag"], head.headers["Content-Encoding"]) == (200, tag, None)
    assert asked(port, "/").headers["ETag"] != tag


def test_the_picture_is_there_and_is_what_the_command_draws(port: int) -> None:
    answer = asked(port, "/preview.png")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.read() == page_head.PICTURE.read_bytes() == generate.picture(), "run `python -m tests.generate`"
    with Image.open(page_head.PICTURE) as picture:
        assert picture.size == (page_head.WIDTH, page_head.HEIGHT)


def test_the_first_icon_is_that_of_the_page(port: int) -> None:
    assert asked(port, "/favicon.png").read() == page_head.ICON.read_bytes()


def test_sentences_are_easy_to_read_and_short_enough_to_be_shown_whole() -> None:
    assert [it for _, it in previews().values() if readability(it) > 9 or len(it) > 125] == []


def test_without_the_address_of_the_site_there_is_no_picture() -> None:
    assert "image" not in page_head.tags("", "")
    assert Tags(page_head.tags("", "")).tags["twitter:card"] == "summary"


@pytest.mark.parametrize(("text", "address"), [
    ("", ""), (" https://a.example ", "https://a.example/"), ("http://a.example:8080/b/", "http://a.example:8080/b/")])
def test_the_address_of_the_site_is_that_of_its_main_page(
        monkeypatch: pytest.MonkeyPatch, text: str, address: str) -> None:
    monkeypatch.setenv(page_head.SITE, text)
    assert page_head.site_address() == address


@pytest.mark.parametrize("text", ["a.example", "ftp://a.example", "https://", "https://a b", "https://a.example/?q=1"])
def test_another_address_is_refused_with_what_to_write(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(page_head.SITE, text)
    with pytest.raises(page_head.SiteAddressError, match="set it to the address of the main page"):
        page_head.site_address()
