"""What a chat shows of a shared address: the name of its page and a sentence, and nothing of any project."""

from __future__ import annotations

from typing import NamedTuple

from hiring.evidence import option_words


class Preview(NamedTuple):
    """A title and a sentence."""

    title: str
    sentence: str


def previews() -> dict[str, Preview]:
    """The preview of each page by its path; that of the main page has the path ""."""
    product = f"{option_words.title()}?"
    pages = {
        "compare": ("Compare", "See up to four scenarios side by side, with what differs."),
        "projects": ("Projects", "Decide a whole list of projects from a CSV or Excel file."),
        "brief": ("Brief", "Draft what to send to candidates or firms, and see what to do next."),
        "track": ("Track", "See where a project stands in its forecast, and when it ends now."),
        "evidence": ("Evidence", "See every figure with its source, and use your own."),
        "how-it-works": ("How it works", "See how the answer is found, step by step."),
    }
    people = option_words.joined(option_words.nouns(), "or")
    first = Preview(product, f"See if {people} should build your software, and at what cost.")
    return {"": first, **{path: Preview(f"{name}: {product}", sentence) for path, (name, sentence) in pages.items()}}
