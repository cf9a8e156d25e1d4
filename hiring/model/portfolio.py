"""The portfolio: many decisions in short form, and their total cost.

Futures are shared: future k draws the same quantile of each figure for every project. So costs are added future by
future, and the range of a total is the range of the sums, not the sum of the ranges.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hiring.model.decision import Decision
from hiring.model.draws import Array
from hiring.model.quantiles import quantiles


class Answer(NamedTuple):
    """What a list shows of one decision. Costs in USD and releases in months are the 10th percentile, median and 90th
    percentile of the first option, or of the nearest one where no option fits."""

    project: str
    verdict: str
    first: str
    of_hundred: int
    cost_usd: tuple[float, float, float]
    release_months: tuple[float, float, float]
    within_budget_share: float | None


class Totals(NamedTuple):
    """Costs over all projects in each future, USD, shape (draws,): with one option for all, and with the first
    option of each; and the sum of the budgets, None where a project has none."""

    by_option: Mapping[str, Array]
    by_first: Array
    budget_usd: float | None

    def ranges(self) -> dict[str, tuple[float, float, float]]:
        """10th percentile, median and 90th percentile of each total, `first` for the first options."""
        return {option: quantiles(usd) for option, usd in {**self.by_option, "first": self.by_first}.items()}


def answer(decision: Decision) -> Answer:
    outcome = decision.outcomes[decision.nearest]
    return Answer(decision.needs.project, decision.verdict, decision.nearest, decision.of_hundred[decision.nearest],
                  outcome.cost_quantiles, outcome.finish_quantiles, outcome.within_budget_share)


def with_decision(totals: Totals | None, decision: Decision) -> Totals:
    """The totals with one more project; None means no project yet. Both must have the same number of futures."""
    costs = {option: outcome.total for option, outcome in sorted(decision.outcomes.items())}
    first, budget = costs[decision.nearest], decision.needs.budget_usd
    if totals is None:
        return Totals(costs, first, budget)
    return Totals({option: totals.by_option[option] + usd for option, usd in costs.items()}, totals.by_first + first,
                  None if totals.budget_usd is None or budget is None else totals.budget_usd + budget)
