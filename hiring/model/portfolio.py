"""The portfolio: many decisions in short form, and their total cost.

All projects share the market, the load on salaries and the price of a manager's hour; apart from these, each has luck
of its own. So the range of a total is narrower than the sum of the ranges.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hiring.model.decision import Decision, plan_label
from hiring.model.draws import Array, normal, uniform
from hiring.model.quantiles import quantiles

SHARED_LUCK = {"market": 12, "load": 3, "manager_hourly_usd": 3}  # into so many equal parts
LUCK = 256  # orders of luck; a later project takes the first again


class Answer(NamedTuple):
    """What a list shows of one decision. Costs in USD and releases in months are the 10th percentile, median and 90th
    percentile of the answer, or of the nearest plan where none fits; `label` is its plan in a few words, `share`
    what the verdict rests on, and `currency` the code of the project's own. `typical_years` are the typical cost by
    years from the day of the decision, USD; `mix` is the best mix, empty without one; `assumed` are the needs that the
    list did not say."""

    project: str
    verdict: str
    answer: str
    label: str
    share: float
    keep_share: float
    cost_usd: tuple[float, float, float]
    release_months: tuple[float, float, float]
    within_budget_share: float | None
    on_time_share: float | None
    currency: str
    typical_years: tuple[float, ...] = ()
    mix: str = ""
    assumed: frozenset[str] = frozenset()


class Totals(NamedTuple):
    """Costs over all projects in each simulation, USD, shape (draws,): with one option for all, and with the answer of
    each; the sum of the budgets, and of the costs that they are compared with, None where a project has no budget."""

    by_option: Mapping[str, Array]
    by_answer: Array
    budgeted: Array
    budget_usd: float | None
    projects: int

    def ranges(self) -> dict[str, tuple[float, float, float]]:
        """10th percentile, median and 90th percentile of each total, `answer` for the answers."""
        return {option: quantiles(usd) for option, usd in {**self.by_option, "answer": self.by_answer}.items()}


def answer(decision: Decision, assumed: frozenset[str] = frozenset()) -> Answer:
    """The short form of a decision; `assumed` are the needs that nobody has answered."""
    plan = decision.nearest
    outcome = decision.all_outcomes[plan]
    return Answer(decision.needs.project, decision.verdict, plan, plan_label(outcome.plan), decision.answer_share,
                  outcome.keep_share, outcome.cost_quantiles, outcome.finish_quantiles, outcome.within_budget_share,
                  outcome.on_time_share, decision.currency, tuple(outcome.typical_years.tolist()),
                  decision.mix.label if decision.mix else "", assumed)


def with_decision(totals: Totals | None, decision: Decision) -> Totals:
    """The totals with one more project; None means no project yet. Both must have the same number of simulations."""
    place = 0 if totals is None else totals.projects
    luck = own_luck(place % LUCK, decision.draws)
    nearest, budget = decision.all_outcomes[decision.nearest], decision.needs.budget_usd
    costs = {option: outcome.total[luck] for option, outcome in sorted(decision.outcomes.items())}
    by_answer, budgeted = nearest.total[luck], nearest.budgeted[luck]
    if totals is None:
        return Totals(costs, by_answer, budgeted, budget, 1)
    return Totals({option: totals.by_option[option] + usd for option, usd in costs.items()},
                  totals.by_answer + by_answer, totals.budgeted + budgeted,
                  None if totals.budget_usd is None or budget is None else totals.budget_usd + budget, place + 1)


@lru_cache(maxsize=LUCK)
def own_luck(place: int, draws: int) -> NDArray[np.int64]:
    """An order of the simulations that gives the project at `place` in a list its own luck, and leaves it what all
    projects share: simulations change places only with others that have about the same shared luck."""
    cell = np.zeros(draws, dtype=np.int64)
    for name, parts in SHARED_LUCK.items():
        ranks = np.argsort(np.argsort(normal(name, draws), kind="stable"), kind="stable")
        cell = cell * parts + ranks * parts // draws
    order = np.empty(draws, dtype=np.int64)
    order[np.argsort(cell, kind="stable")] = np.lexsort((uniform(f"portfolio.{place}", draws), cell))
    return order
