"""What this app adds to the head of the page that Streamlit sends for every address.

Chats and mail programs show of a shared address what they read there, without running scripts: a title, a sentence and
a picture. They depend on the path alone, and nothing in a request but a known path gets into them. There is no
canonical address (`og:url`): programs would open that one in place of the shared link, whose query is the project.

A style sheet and a script make the page fit for paper.
"""

from __future__ import annotations

import hashlib
import os
import re
from functools import lru_cache
from html import escape
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hiring.evidence.loader import DataError
from hiring.text.preview_text import previews
from hiring.web.server import page_aids

SITE = "HIRING_SITE_ADDRESS"
PICTURE, WIDTH, HEIGHT = Path(__file__).with_name("preview.png"), 1200, 630  # pixels
PAPER = [Path(__file__).with_name(name) for name in ("paper.css", "paper.js")]
ICON = Path(__file__).parents[1] / "icon.png"
INDEX = Path(st.__file__).parent / "static" / "index.html"
TITLE = "<title>Streamlit</title>"
OF_THE_FILE = ("content-length", "content-range", "content-encoding", "accept-ranges", "last-modified", "etag")


class SiteAddressError(ValueError):
    """An invalid setting, as a sentence for the operator."""


def site_address() -> str:
    """The address of the main page with a slash at its end, or "" if none is set. Raises SiteAddressError."""
    text = os.environ.get(SITE, "").strip()
    if text and not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", text):
        raise SiteAddressError(f"The setting {SITE} is {text[:80]!r}: set it to the address of the main page, such as "
                               "https://staffing.example.com/, or leave it out.")
    return text and f"{text.rstrip('/')}/"


def tags(path: str, site: str) -> str:
    """The title and the tags for the page at `path`; the picture needs the site's address, because its own must be
    absolute. Raises DataError."""
    known = previews()
    title, sentence = known.get(path) or known[""]
    shown = {"og:type": "website", "og:site_name": known[""].title, "og:title": title, "og:description": sentence,
             "og:locale": "en_US"}
    if site:
        shown |= {"og:image": f"{site}{PICTURE.name}", "og:image:type": "image/png", "og:image:width": str(WIDTH),
                  "og:image:height": str(HEIGHT), "og:image:alt": " ".join(known[""])}
    named = {"description": sentence, "twitter:card": "summary_large_image" if site else "summary"}
    return "\n    ".join([f"<title>{escape(title)}</title>", 
                          '<link rel="stylesheet" href="./paper.css" />', '<script src="./paper.js" defer></script>',
                          *(f'<meta name="{name}" content="{escape(text)}" />' for name, text in named.items()),
                          *(f'<meta property="{name}" content="{escape(text)}" />' for name, text in shown.items())])


@lru_cache(maxsize=16)
def _page(path: str, site: str) -> tuple[bytes, str]:
    """Streamlit's page with the tags for `path`, and its entity tag."""
    page = page_aids.aided(INDEX.read_text(encoding="utf-8").replace(TITLE, tags(path, site))).encode()
    return page, f'"{hashlib.sha256(page).hexdigest()[:32]}"'


class PageHead:
    """Middleware that puts the tags into Streamlit's page, which the entity tag of its file makes known."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.replaced = FileResponse(INDEX, stat_result=INDEX.stat()).headers["etag"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        ours: Response | None = None

        async def watched(message: Message) -> None:
            nonlocal ours
            if message["type"] == "http.response.start":
                is_page = Headers(raw=message["headers"]).get("etag") == self.replaced
                ours = self._answer(scope, message) if is_page else None
            if ours is None:
                await send(message)

        await self.app(scope, receive, watched)
        if ours is not None:
            await ours(scope, receive, send)

    def _answer(self, scope: Scope, message: Message) -> Response | None:
        """Our page in place of Streamlit's, or that the browser has it; None if the data or the setting cannot be used,
        which the page itself reports."""
        path = scope["path"].rstrip("/").rpartition("/")[2]
        try:
            page, tag = _page(path if path in previews() else "", site_address())
        except (DataError, SiteAddressError):
            return None
        kept = MutableHeaders(raw=[(name, text) for name, text in message["headers"]
                                   if name.decode("latin-1").lower() not in OF_THE_FILE])
        kept["etag"] = tag
        held = Headers(scope=scope).get("if-none-match", "")
        is_held = tag in [it.strip().removeprefix("W/") for it in held.split(",")]
        return Response(b"" if is_held else page, 304 if is_held else 200, kept)


def middleware() -> list[Middleware]:
    return [Middleware(PageHead)]


def routes() -> list[BaseRoute]:
    """The picture, and the icon that is shown before the page runs."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")

    def served(name: str, file: Path) -> Route:
        def give(_: Request) -> Response:
            return FileResponse(file, headers={"Cache-Control": "public, max-age=86400"})
        return Route(f"/{base}/{name}" if base else f"/{name}", give, methods=["GET"])

    return [served(PICTURE.name, PICTURE), served("favicon.png", ICON), *(served(file.name, file) for file in PAPER)]
