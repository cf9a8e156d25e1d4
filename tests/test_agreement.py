from __future__ import annotations

import re

import pytest

from hiring import decide
from tests import agreement
from tests.agreement import published_advice
from tests.factories import OPTIONS


def test_at_least_26_of_28_pieces_of_published_advice_agree() -> None:
    cases = published_advice()
    assert len(cases) == 28
    differing = [case.advice for case in cases if not case.agrees_with(decide(case.needs))]
    assert len(differing) <= 2, differing


def test_every_piece_of_advice_has_its_address_its_words_and_known_options() -> None:
    for case in published_advice():
        assert case.address.startswith(("https://", "http://")), case.advice
        assert case.publisher
        assert case.advice
        assert case.accept
        assert set(case.accept) <= set(OPTIONS)


def test_a_blank_budget_or_deadline_means_none() -> None:
    cases = published_advice()
    assert {case.needs.budget_usd for case in cases} == {None, 6_000, 10_000}
    assert {case.needs.deadline_months for case in cases} == {None}


def test_the_command_prints_each_piece_of_advice_and_counts_those_that_agree(capsys: pytest.CaptureFixture) -> None:
    agreement.main()
    *rows, blank, count = capsys.readouterr().out.splitlines()
    assert [row.split()[0] for row in rows].count("agrees") == int(count.split()[0])
    assert (len(rows), blank) == (28, "")
    assert re.fullmatch(r"\d+ of 28 agree by option; a mix leads in \d+", count)
