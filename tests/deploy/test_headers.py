"""What nginx tells a browser to forbid, and that every page works all the same."""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
import streamlit
from playwright.sync_api import Page, expect

from tests.browser.conftest import files_shown, opened, settled
from tests.browser.test_compare import LINK
from tests.deploy.conftest import Site
from tests.server import ROOT

PAGES = re.findall(r'url_path="([a-z-]+)"', (ROOT / "app.py").read_text())
LINKS = {"": "developers=3", "compare": LINK, "projects": "", "brief": "developers=3", "track": "", "evidence": "",
         "how-it-works": ""}
BUTTONS = {"": "Download CSV summary", "compare": "Download CSV", "projects": "Download CSV summary"}
CHARTED = {"", "compare", "projects"}
WATCH = """window.violations = [];
document.addEventListener('securitypolicyviolation', told =>
  window.violations.push(`${told.violatedDirective} ${told.blockedURI} ${told.sourceFile}:${told.lineNumber}`));"""
HEADERS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
           "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"}


def policy(site: Site, path: str = "/") -> dict[str, list[str]]:
    """The Content-Security-Policy by directive."""
    directives = site.ask(path).headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, *sources in map(str.split, directives)}


@pytest.mark.parametrize(("path", "status"), [
    ("/", 200), ("/compare", 200), ("/favicon.png", 200), ("/_stcore/health", 200), ("/healthz", 200),
    ("/media/none.csv", 404), ("/_stcore/metrics", 404), ("/decide/", 301)])
def test_every_answer_has_the_headers_that_protect_it(site: Site, path: str, status: int) -> None:
    answer = site.ask(path)
    assert answer.status == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])
    assert answer.headers["X-Powered-By"] is None
    assert answer.headers["Server"] == "nginx"


def test_scripts_run_from_the_site_alone_and_none_is_made_from_text(site: Site) -> None:
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text()
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in inline]
    assert len(hashes) == 1, "Streamlit has other inline scripts than before: name their hashes in deploy/nginx.conf"
    assert policy(site)["script-src"] == ["'self'", "'wasm-unsafe-eval'", *hashes]
    assert policy(site)["default-src"] == ["'none'"]


def test_cookies_travel_by_tls_alone_where_tls_is_in_front(site: Site) -> None:
    plain, behind_tls = site.ask(), site.ask(X_Forwarded_Proto="https")
    assert re.fullmatch(r"replica=\d+; Path=/; HttpOnly; SameSite=Lax", plain.headers["Set-Cookie"])
    assert behind_tls.headers["Set-Cookie"].endswith("; Secure")
    assert plain.headers["Strict-Transport-Security"] is None
    assert behind_tls.headers["Strict-Transport-Security"] == "max-age=31536000"


def uploaded(page: Page) -> None:
    content = b"project,developers,build_months\nPortal,3,6\nShop,2,4\n"
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": content})
    expect(page.get_by_role("button", name="Download CSV summary")).to_be_visible()
    settled(page)


def saved(page: Page, button: str) -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    assert Path(download.value.path()).stat().st_size > 500


def test_every_page_works_and_nothing_that_it_needs_is_forbidden(site: Site, page: Page) -> None:
    """All pages in one tab: each is opened by its link, draws its charts, takes an upload, gives a file."""
    errors: list[str] = []
    page.on("console", lambda shown: errors.append(f"{shown.text} {shown.location}") if shown.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(WATCH)
    assert set(LINKS) == {"", *PAGES} - {"decide"}, "the first page has no path"
    for path, query in LINKS.items():
        opened(page, f"{site.address}{path}?{query}")
        if path == "projects":
            uploaded(page)
        if path in BUTTONS:
            saved(page if path else files_shown(page), BUTTONS[path])
        if path in CHARTED:
            page.wait_for_selector('[data-testid="stVegaLiteChart"] :is(canvas, svg)')
        assert page.evaluate("window.violations") == [], path
    assert [error for error in errors if "_stcore/" not in error] == []  # it looks for its server below the path first
    sees_what_is_forbidden(page)


def sees_what_is_forbidden(page: Page) -> None:
    """The watch of this page does."""
    page.evaluate("void document.body.appendChild(Object.assign(new Image(), {src: 'https://example.org/a.png'}))")
    page.evaluate("try { setTimeout('1') } catch {}")
    page.wait_for_function("window.violations.length > 1")
    seen = "\n".join(page.evaluate("window.violations"))
    assert "img-src https://example.org/a.png" in seen
    assert "script-src" in seen


def test_a_shared_address_is_previewed_behind_nginx_which_packs_the_page(site: Site) -> None:
    answer = site.ask("/compare?budget_usd=123457", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    page = gzip.decompress(answer.read()).decode()
    assert '<meta property="og:title" content="Compare: ' in page
    assert "123457" not in page
    assert site.ask("/compare", If_None_Match=answer.headers["ETag"]).status == 304
    assert site.ask("/preview.png").headers["Content-Type"] == "image/png"
