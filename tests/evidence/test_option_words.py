"""What the options are called together."""

from __future__ import annotations

from hiring.evidence import option_words


def test_the_words_are_those_of_the_options() -> None:
    assert option_words.title() == "Freelance, in-house or agency"
    assert option_words.joined(option_words.nouns(), "and") == "freelancers, people you hire and an agency"
