"""The edge to Streamlit: sentences become its Markdown here and nowhere else."""

from __future__ import annotations

import re

from hiring.text.formatting import CODE, END, MARK, START, STRONG

JOINER = "\u2060"  # has no width; Streamlit finds no address, icon or arrow around it
RUN = re.compile(f"{MARK.pattern}|[^{START}{END}]+")
SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>~$&^|]"
    r"|:(?=\S)"
    r"|(?m:^)[ \t]*(?:[#+=-]|\d{1,9}[.)](?=\s|$))")


def markdown(text: str) -> str:
    """A sentence as Markdown that shows it as it is, with its marked runs in their styles."""
    ends: list[str] = []

    def shown(run: re.Match[str]) -> str:
        style = run[1]
        if style is not None:
            start, end = _around(style)
            ends.append(end)
            return start
        if run[0] == END:
            return ends.pop() if ends else ""
        return run[0] if ends[-1:] == ["`"] else escaped(run[0])

    return RUN.sub(shown, text) + "".join(reversed(ends))


def note(text: str) -> str:
    """A sentence as small gray Markdown."""
    return f":small[:gray[{markdown(text)}]]"


def escaped(text: str) -> str:
    """Text without marks as Markdown that shows it as it is."""
    return SPECIAL.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", joined(text))


def joined(text: str) -> str:
    """Text in which Streamlit finds nothing to replace, escaped or not: addresses, which it makes links, names of
    icons such as :smile:, and arrows and other signs that it draws for several characters."""
    return re.sub(r"(www)(?=\.)|@|:(?=\\?[\w+/-])|[<>=~-](?=\\?[<>=~-])", rf"\g<0>{JOINER}", text, flags=re.IGNORECASE)


def _around(style: str) -> tuple[str, str]:
    """What Markdown puts before and after a run."""
    if style == STRONG:
        return "**", "**"
    if style == CODE:
        return "`", "`"
    return (f":{style}[", "]") if style.isalpha() else ("[", f"]({style})")
