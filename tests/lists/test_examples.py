"""Example projects to start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from hiring import decide
from hiring.evidence.loader import DATA, DataError
from hiring.lists.examples import load_examples, read_examples
from hiring.model.decision import MIX, NONE_FITS
from hiring.model.needs import NEEDS, NUMBER
from hiring.text import currencies
from hiring.text.currencies import amounts_in
from hiring.text.formatting import exact_money


def test_each_example_has_a_name_and_an_answer_and_together_they_show_a_mix_too() -> None:
    examples = load_examples()
    assert list(examples) == ["internal-tool", "legacy-rescue", "regulated-payments", "startup-product",
                              "uk-claims-portal", "works-planner"]
    assert len({needs.project for needs in examples.values()}) == len(examples)
    decisions = [decide(needs) for needs in examples.values()]
    assert all(decision.verdict != NONE_FITS for decision in decisions)
    answers = {decision.answer for decision in decisions}
    assert MIX in answers
    assert len(answers) > 2


def test_a_budget_of_an_example_is_in_the_currency_of_its_country() -> None:
    decisions = [decide(load_examples()[id_]) for id_ in ("uk-claims-portal", "works-planner")]
    with amounts_in(currencies.of(decisions[0])):
        assert exact_money(decisions[0].needs.budget_usd or 0) == "£900k"
    with amounts_in(currencies.of(decisions[1])):
        assert exact_money(decisions[1].needs.budget_usd or 0) == "€450k"


def test_no_example_stands_at_a_bound_except_where_the_bound_is_everyday() -> None:
    for needs in load_examples().values():
        for name, need in NEEDS.items():
            if need.kind == NUMBER:
                assert need.low < getattr(needs, name) < need.high / 2, (needs.project, name)


def test_every_fault_of_the_file_is_told_with_its_row_and_id(tmp_path: Path) -> None:
    text = (DATA / "examples.csv").read_text(encoding="utf-8")
    file = tmp_path / "examples.csv"
    file.write_text(text.replace("internal-tool,Booking tool,1.5",
                                 "internal-tool,Booking tool,lots"), encoding="utf-8")
    with pytest.raises(DataError) as shown:
        read_examples(file)
    assert shown.value.faults == [
        "examples.csv, row 2, id internal-tool: column developers: Developers to build: enter a number from 0.1 to 50 "
        "full-time developers; found lots."]
    file.write_text("project\nA\n", encoding="utf-8")
    with pytest.raises(DataError, match="names no column that is known"):
        read_examples(file)
    file.write_text(text.splitlines()[0], encoding="utf-8")
    with pytest.raises(DataError, match="found no rows; write one for each example"):
        read_examples(file)
    with pytest.raises(DataError, match=r"none\.csv: "):
        read_examples(tmp_path / "none.csv")
    file.write_text("developers\n2\n", encoding="utf-8")
    with pytest.raises(DataError, match="found no column id; write one"):
        read_examples(file)
    file.write_text("developers,id\nlots\n", encoding="utf-8")
    with pytest.raises(DataError, match="row 2, id missing: column developers"):
        read_examples(file)
