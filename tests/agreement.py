"""How far the model agrees with published advice: `python -m tests.agreement` prints it row by row."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from hiring import Decision, ProjectNeeds, decide
from hiring.model.decision import MIX
from hiring.model.needs import NEEDS, NUMBER

CASES = Path(__file__).parent / "cases" / "advice.csv"


@dataclass(frozen=True)
class Advice:
    """What a publisher advises for a kind of project; `accept` are the options that agree with it."""

    publisher: str
    advice: str
    accept: tuple[str, ...]
    needs: ProjectNeeds
    address: str

    def agrees_with(self, decision: Decision) -> bool:
        return decision.first in self.accept


def published_advice() -> list[Advice]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return [_advice(row) for row in csv.DictReader(file)]


def _advice(row: dict[str, str]) -> Advice:
    answers = {name: _answer(name, cell) for name, cell in row.items() if name in NEEDS}
    after = max(0.0, float(row["horizon_months"]) - float(row["build_months"]))  # the budget is for all of it
    needs = ProjectNeeds(**answers, upkeep_months=after, budget_covers="build_and_upkeep")
    return Advice(row["publisher"], row["advice"], tuple(row["accept"].split()), needs, row["address"])


def _answer(name: str, cell: str) -> object:
    """A blank budget or deadline means none."""
    if NEEDS[name].kind != NUMBER:
        return cell
    return float(cell) if cell else None


def main() -> None:
    cases = published_advice()
    decided = [(case, decide(case.needs)) for case in cases]
    for case, decision in decided:
        agrees = case.agrees_with(decision)
        shares = "  ".join(f"{option} {share:4.0%}" for option, share in decision.first_shares.items())
        keeps = f"keeps {decision.keep_shares[decision.first]:4.0%}" if decision.has_limits else ""
        mix = decision.mix.id if decision.mix is not None and decision.mix.leads else ""
        print(f"{'agrees  ' if agrees else 'DIFFERS '} {case.publisher:16} wants {' or '.join(case.accept):22} "
              f"{decision.verdict:10} {shares:45} {keeps:10} {mix:35} {case.advice}")
    agreed = sum(case.agrees_with(decision) for case, decision in decided)
    mixed = sum(decision.answer == MIX for _, decision in decided)
    print(f"\n{agreed} of {len(cases)} agree by option; a mix leads in {mixed}")


if __name__ == "__main__":
    main()
