"""A script that comes before Streamlit's in every page.

It shows the answer before Streamlit is there, and does what Streamlit leaves undone for keyboards, screen readers and
phones. It is a file of the site because the proxy lets no script run that is made from text, as those of Streamlit's
components are.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SCRIPT = Path(__file__).with_suffix(".js").read_bytes()
ASKED_FOR = re.compile(r'^ *(?:<script type="module"|<link\s+(?:rel="preload"|rel="modulepreload"|rel="stylesheet"))'
                       r'[^>]*"\./static/[^>]*>(?:</script>)?\n', re.MULTILINE)


def aided(page: str) -> str:
    """Streamlit's page, in which our script lets the browser ask for Streamlit's files."""
    files = "".join(ASKED_FOR.findall(page))
    address = f"./page_aids-{hashlib.sha256(SCRIPT).hexdigest()[:12]}.js"
    ours = f'  <template id="streamlit">\n{files}    </template>\n    <script src="{address}"></script>\n  </head>'
    return ASKED_FOR.sub("", page).replace("</head>", ours, 1)


def route() -> Route:
    """The script. Browsers keep it for good, for its address changes with its content; during an upgrade a page of
    another version may ask for it."""
    return Route("/page_aids-{digest}.js", _script)


async def _script(request: Request) -> Response:
    return Response(SCRIPT, media_type="text/javascript",
                    headers={"Cache-Control": "public, max-age=31536000, immutable"})
