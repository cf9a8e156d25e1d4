"""The document that every page is opened in: Streamlit's own, with a script of ours that comes first.

The script (`page_aids.js`) shows the answer before Streamlit is there and does what Streamlit leaves undone for
keyboards, screen readers and phones. It is a file of the site, for the proxy lets no script run that is made from text,
as the scripts of Streamlit's components are.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

PATHS = ("", "decide", "compare", "projects", "brief", "evidence", "how-it-works")
SCRIPT = Path(__file__).with_name("page_aids.js").read_bytes()
ASKED_FOR = re.compile(r'^ *(?:<script type="module"|<link\s+(?:rel="preload"|rel="modulepreload"|rel="stylesheet"))'
                       r'[^>]*>(?:</script>)?\n', re.MULTILINE)


def routes() -> list[Route]:
    """The document of each page, and the script in it. During an upgrade another version may be asked for."""
    return [*(Route(f"/{path}", _document) for path in PATHS), Route("/page_aids-{digest}.js", _script)]


@lru_cache(maxsize=1)
def html() -> str:
    """Streamlit's document, in which the script of ours lets the browser ask for the files of Streamlit."""
    theirs = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    files = "".join(ASKED_FOR.findall(theirs))
    digest = hashlib.sha256(SCRIPT).hexdigest()[:12]
    ours = (f'<template id="streamlit">\n{files}    </template>\n'
            f'    <script src="./page_aids-{digest}.js"></script>\n  </head>')
    return ASKED_FOR.sub("", theirs).replace("</head>", ours, 1)


async def _document(request: Request) -> Response:
    return HTMLResponse(html(), headers={"Cache-Control": "no-cache"})


async def _script(request: Request) -> Response:
    """Kept by browsers for good, for its address changes with its content."""
    return Response(SCRIPT, media_type="text/javascript",
                    headers={"Cache-Control": "public, max-age=31536000, immutable"})
