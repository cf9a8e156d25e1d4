"""What the options are called together: the product's title and lists of their names.

These are read when modules are imported, before the evidence is checked. So a file that can't be used gives no words
here; the check then stops the page and says why.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any

from hiring.evidence import loader


@lru_cache(maxsize=1)
def _options() -> dict[str, dict[str, Any]]:
    try:
        tables = tomllib.loads((loader.DATA / "options.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {id_: table for id_, table in tables.items() if isinstance(table, dict)}


def labels() -> list[str]:
    """The label of each option."""
    return [str(option.get("label") or id_) for id_, option in _options().items()]


def nouns() -> list[str]:
    """Each option in words: freelancers, people you hire, an agency."""
    return [str(option.get("noun") or id_) for id_, option in _options().items()]


def colors() -> dict[str, str]:
    """The color value of each color name that an option has."""
    return {str(option.get("color")): str(option.get("color_hex")) for option in _options().values()}


def title() -> str:
    """The options as a question, without its mark: Freelance, in-house or agency."""
    first, *others = labels() or ["Staffing"]
    return joined([first, *(label[:1].lower() + label[1:] for label in others)], "or")


def ids() -> str:
    """The ids of the options, as code in Markdown."""
    return joined([f"`{id_}`" for id_ in _options()], "or")


def joined(words: list[str], joiner: str) -> str:
    return f"{', '.join(words[:-1])} {joiner} {words[-1]}" if len(words) > 1 else "".join(words)
