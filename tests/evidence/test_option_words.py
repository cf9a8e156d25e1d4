"""What the options are called together."""

from __future__ import annotations

from pathlib import Path

import pytest

from hiring.evidence import loader, option_words


def test_the_words_are_those_of_the_options() -> None:
    assert option_words.title() == "Freelance, in-house or agency"
    assert option_words.ids() == "`freelance`, `in_house` or `agency`"
    assert option_words.joined(option_words.nouns(), "and") == "freelancers, people you hire and an agency"
    assert set(option_words.colors()) == {option.color for option in loader.load_evidence().options}


@pytest.mark.parametrize("text", ["", "freelance = 3", "[freelance", None])
def test_a_file_that_cannot_be_used_stops_no_import(text: str | None, tmp_path: Path,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    if text is not None:
        (tmp_path / "options.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(loader, "DATA", tmp_path)
    option_words._options.cache_clear()
    try:
        assert (option_words.title(), option_words.ids(), option_words.colors()) == ("Staffing", "", {})
    finally:
        monkeypatch.undo()
        option_words._options.cache_clear()
