"""Which sentences of a page are hard to read."""

from __future__ import annotations

import re
from collections.abc import Iterator


def sentences(text: str) -> Iterator[str]:
    """The full sentences of six words or more in a text as Markdown: without formulas, and with “this” for what others
    named, for lists of more than three things and for the names of columns and figures."""
    shown = re.sub(r"\\(?=[\W_])|(?m:^)\s*(\d\.|-|#+) |:material/\w+:|:[a-z]+\[|\]\([^)]*\)|[\[\]*]", "", text)
    shown = re.sub(r"\u2068[^\u2069]*\u2069|“[^”]*”|`[^`]*`|\b[a-z]+[._][a-z._]+\b", "this", shown)
    shown = re.sub(r"((?: [^ ,:;]+){1,3},){3,}[^.;]*|\b(one of|found) [^;.]+", " this", shown)
    for sentence in re.split(r"(?<=[.!?])\s+|\n|: (?=[A-Z])", shown):
        if re.search(r"[.!?]$", sentence) and len(sentence.split()) >= 6 and not re.search("[×÷=]|^Here: ", sentence):
            yield sentence


def readability(sentence: str) -> float:
    """The automated readability index: about the school grade that reads it with ease."""
    words = re.findall(r"[^\s–—]+", sentence)
    letters = sum(character.isalnum() for word in words for character in word)
    return 4.71 * letters / len(words) + 0.5 * len(words) - 21.43
