"""What the options are called together: the product's title and lists of their names."""

from __future__ import annotations

from hiring.evidence.loader import load_evidence


def title() -> str:
    """The labels of the options in a row: Freelance, in-house or agency."""
    first, *others = (option.label for option in load_evidence().options)
    return joined([first, *(label[:1].lower() + label[1:] for label in others)], "or")


def nouns() -> list[str]:
    """Each option in words: freelancers, people you hire, an agency."""
    return [option.noun for option in load_evidence().options]


def joined(words: list[str], joiner: str) -> str:
    return f"{', '.join(words[:-1])} {joiner} {words[-1]}" if len(words) > 1 else words[0]
