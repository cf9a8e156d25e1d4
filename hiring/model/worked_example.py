"""The method as a worked example: one option in the one future in which every figure has its central value.

Each formula is a function of the model with its arguments and its result. Its words are the first paragraph of that
function's docstring, so that the page says only what is computed.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from hiring.model import costs, fit, schedule
from hiring.model.decision import Decision
from hiring.model.fit import COST, SPEED
from hiring.model.needs import ProjectNeeds
from hiring.model.simulation import Draws, pay_id, scaled_by_place


@dataclass(frozen=True)
class Formula:
    """One formula with the numbers of the project: its name, its words, its arguments and its result."""

    name: str
    words: str
    given: dict[str, float]
    result: float


class Formulas(list[Formula]):
    """Formulas in the order of the method; `apply` adds one and returns its result."""

    def apply(self, name: str, formula: Callable[..., Any], **given: Any) -> float:
        numbers = {key: np.asarray(value).item() for key, value in given.items()}
        result = np.asarray(formula(**numbers)).item()
        self.append(Formula(name, _words(formula), numbers, result))
        return result


def worked_formulas(decided: Decision, option_id: str) -> dict[str, tuple[Formula, ...]]:
    """The formulas of one option, by topic: time, cost and fit."""
    needs, evidence = decided.needs, decided.evidence
    option = decided.outcomes[option_id].option
    drawn = Draws(option, evidence, 1)  # a single future has all central values
    central = evidence.central
    time, cost, fitted = Formulas(), Formulas(), Formulas()

    yardstick, productive = central(evidence.yardstick_share), drawn.figure("productive_share")
    post, ramp = central(f"smallest_post.{option_id}"), drawn.figure("ramp_weeks")
    hours = time.apply("work_hours", schedule.work_hours, developers=needs.developers,
                      build_months=needs.build_months, yardstick_share=yardstick)
    weeks = time.apply("build_weeks", schedule.build_weeks, hours=hours, developers=needs.developers,
                      overrun=drawn.shared("overrun"), productive_share=productive, ramp_weeks=ramp)
    start = central(f"lead_weeks.{option_id}")
    finish = time.apply("finish", _finish, lead_weeks=start, weeks=weeks)
    after = time.apply("upkeep_weeks", _upkeep_weeks, horizon_months=needs.horizon_months, finish=finish)
    heads = time.apply("paid_heads", schedule.paid_heads, developers=needs.developers, smallest_post=post)
    kept = time.apply("upkeep_heads", schedule.upkeep_heads, developers=needs.upkeep_developers,
                     yardstick_share=yardstick, productive_share=productive, smallest_post=post)

    weekly = _weekly_usd(cost, drawn, needs)
    building = cost.apply("build_pay", costs.labor, heads=heads, weeks=weeks, weekly_usd=weekly)
    keeping = cost.apply("upkeep_labor", costs.labor, heads=kept, weeks=after, weekly_usd=weekly)
    ending = cost.apply("exit", costs.ending, exit_weeks=drawn.figure("exit_weeks"), weekly_usd=weekly, heads=heads,
                       kept=kept, upkeep_weeks=after)
    topped = cost.apply("top_up", costs.top_up, paid_usd=building + keeping + ending,
                       minimum_usd=drawn.figure("minimum_usd"))
    paid = heads * weeks + kept * after
    steering = cost.apply(
        "steering", costs.steering, paid_weeks=paid, steering_share=drawn.figure("steering_share"),
        manager_hourly_usd=drawn.priced("manager_hourly_usd", "manager_hourly_usd"))
    found = {"sourcing_usd": drawn.figure("sourcing_usd"), "equipment_usd": drawn.figure("equipment_usd")}
    sourcing = cost.apply("sourcing", costs.sourcing, heads=max(heads, needs.upkeep_developers) if after else heads,
                         **found)
    replacing = cost.apply("replacement", costs.replacement, person_years=paid / costs.WEEKS_A_YEAR,
                          attrition_per_year=drawn.figure("attrition_per_year"), ramp_weeks=ramp, weekly_usd=weekly,
                          **found)
    total = building + topped + keeping + steering + sourcing + replacing + ending

    values = {COST: fitted.apply(COST, fit.cost_value, cost=total, budget=decided.budget_usd,
                                steepness=central("cost_steepness")),
              SPEED: fitted.apply(SPEED, fit.speed_value, finish_months=finish / schedule.WEEKS_A_MONTH,
                                 deadline_months=decided.deadline_months,
                                 weeks_late=max(0.0, start - needs.start_within_weeks),
                                 finish_share=central("finish_share"), steepness=central("deadline_steepness"),
                                 late_start_weeks=central("late_start_weeks"))}
    for criterion, level in decided.need_levels.items():
        values[criterion] = fitted.apply(criterion, fit.rated_value, rating=drawn.figure(criterion), need_level=level)
    fitted.apply("score", partial(_score, decided.weights), **values)
    return {"time": tuple(time), "cost": tuple(cost), "fit": tuple(fitted)}


def _words(formula: Callable[..., Any]) -> str:
    plain = formula.func if isinstance(formula, partial) else formula
    return " ".join((inspect.getdoc(plain) or "").split("\n\n")[0].split())


def _weekly_usd(cost: Formulas, drawn: Draws, needs: ProjectNeeds) -> float:
    evidence, figure_id = drawn.evidence, pay_id(drawn.option, needs)
    pay = evidence.central(figure_id)
    if evidence.figures[figure_id].unit != "USD per year":
        return cost.apply("weekly_usd", costs.weekly_usd_from_rate, hourly_usd=pay, fee_share=drawn.figure("fee_share"))
    if scaled_by_place(drawn.option, needs, evidence):
        pay = cost.apply("salary", _local_salary, salary=pay, wage_ratio=evidence.wage_ratio(needs.location))
    return cost.apply("weekly_usd", costs.weekly_usd_from_salary, salary=pay, load=drawn.shared("load"),
                     fee_share=drawn.figure("fee_share"))


def _local_salary(salary: float, wage_ratio: float) -> float:
    """A year's salary where you hire: salary × local ÷ national median wage."""
    return salary * wage_ratio


def _finish(lead_weeks: float, weeks: float) -> float:
    """The first release, weeks from today: lead + build weeks."""
    return float(schedule.schedule(lead_weeks, weeks, 0).finish)


def _upkeep_weeks(horizon_months: float, finish: float) -> float:
    """Weeks of upkeep: what is left of the months you look ahead after the release, never below 0."""
    return float(schedule.schedule(0.0, finish, horizon_months).upkeep_weeks)


def _score(weights: Mapping[str, float], **values: float) -> float:
    """The score: the sum over the criteria of weight × value."""
    return sum(weights[criterion] * value for criterion, value in values.items())
