"""The method as a worked example: one option in the one simulation in which every figure has its central value.

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
from hiring.model.decision import LIMITS, Decision
from hiring.model.fit import COST, SPEED
from hiring.model.option_draws import Draws, pay_id, scaled_by_place
from hiring.model.schedule import WEEKS_A_MONTH, WEEKS_A_YEAR, Crew

LINES = {  # the steps that are parts of the cost, and the cost line of each
    "build_pay": "build_labor", "upkeep_pay": "upkeep_labor", "learning": "upkeep_labor", "exit": "exit",
    "top_up": "build_labor", "steering": "steering", "technical_lead": "technical_lead", "sourcing": "sourcing",
    "replacement": "replacement"}


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
    of = Draws(decided.outcomes[option_id].option, needs, evidence, 1)  # a single simulation has all central values
    central = evidence.central
    time, cost, fitted = Formulas(), Formulas(), Formulas()

    yardstick, post = central(evidence.yardstick_share), of.central("smallest_post")
    lead_weeks = of.figure("lead_weeks")
    work = time.apply("work_hours", schedule.work_hours, developers=needs.developers, build_months=needs.build_months,
                      yardstick_share=yardstick)
    hours = time.apply("hours", _hours, work_hours=work, overrun=of.shared(f"overrun.{needs.scope_clarity}"))
    heads = time.apply("paid_heads", schedule.paid_heads, developers=needs.developers, smallest_post=post)
    arrives = time.apply("arrival", schedule.arrival, lead_weeks=lead_weeks, heads=heads,
                         hires_per_week=of.central("hires_per_week"))
    stretched = time.apply("stretch", schedule.stretch, attrition_per_year=of.figure("attrition_per_year"),
                           lead_weeks=lead_weeks)
    ready = time.apply("ready", _ready, arrives=arrives, ramp_weeks=of.ramp_weeks, stretched=stretched)
    pace = time.apply("hours_a_week", _hours_a_week, developers=needs.developers, productive_share=of.productive_share,
                      stretched=stretched)
    finish = time.apply("finish", _finish, hours=hours, ready=ready, hours_a_week=pace)
    built = time.apply("build_weeks", _build_weeks, heads=heads, arrives=arrives, finish=finish, stretched=stretched)
    service = needs.upkeep_months * WEEKS_A_MONTH
    kept = time.apply("upkeep_heads", schedule.upkeep_heads, developers=needs.upkeep_developers if service else 0,
                      upkeep_factor=of.shared("upkeep_factor"), yardstick_share=yardstick,
                      productive_share=of.productive_share, smallest_post=post)
    keeping = time.apply("upkeep_weeks", _upkeep_weeks, heads=kept, upkeep_months=needs.upkeep_months)

    growth = of.shared("wage_growth")
    weekly = _weekly_usd(cost, of)
    priced = cost.apply("priced_build", _priced, paid_weeks=built, middle=(arrives + finish) / 2, wage_growth=growth)
    priced_upkeep = cost.apply("priced_upkeep", _priced, paid_weeks=keeping, middle=finish + service / 2,
                               wage_growth=growth)
    at_release = weekly * costs.grown(finish, costs.weekly_growth(growth))
    paid = cost.apply("build_pay", costs.labor, paid_weeks=priced, weekly_usd=weekly)
    paid += cost.apply("upkeep_pay", costs.labor, paid_weeks=priced_upkeep, weekly_usd=weekly)
    if kept > heads:
        paid += cost.apply("learning", _learning, added=kept - heads, ramp_weeks=of.ramp_weeks, upkeep_weeks=service,
                           weekly_usd=at_release)
    paid += cost.apply("exit", costs.ending, exit_weeks=of.figure("exit_weeks"), weekly_usd=at_release, heads=heads,
                       kept=kept, upkeep_weeks=service)
    cost.apply("top_up", costs.top_up, paid_usd=paid, minimum_usd=of.figure("minimum_usd"))
    _running(cost, of, built + keeping, priced + priced_upkeep, priced + central("lead_upkeep_factor") * priced_upkeep,
             max(heads, 1.0, kept))
    lines = {step.name: step.result for step in cost if step.name in LINES}
    total = sum(lines.values())

    values = {COST: fitted.apply(COST, fit.cost_value, cost=total, reference=decided.reference.cost_usd,
                                 steepness=central("cost_steepness")),
              SPEED: fitted.apply(SPEED, fit.speed_value, finish_months=finish / WEEKS_A_MONTH,
                                  deadline_months=decided.reference.deadline_months,
                                  weeks_late=np.maximum(0.0, lead_weeks - needs.start_within_weeks),
                                  finish_share=central("finish_share"), steepness=central("deadline_steepness"),
                                  late_start_weeks=central("late_start_weeks"))}
    for criterion, level in decided.need_levels.items():
        values[criterion] = fitted.apply(criterion, fit.rated_value, rating=of.ratings[criterion], need_level=level)
    score = fitted.apply("score", partial(_score, decided.weights), **values)
    if decided.has_limits:
        budgeted = total
        if needs.budget_usd is not None and needs.budget_covers == "build":
            build = Formulas()
            _running(build, of, built, priced, priced, max(heads, 1.0))
            released = lines["build_pay"] + lines["top_up"] + sum(step.result for step in build)
            budgeted = fitted.apply("budgeted", _budgeted, cost=total, after=total - released)
        factors = [fitted.apply(need, fit.limit_factor, taken=taken, limit=getattr(needs, need),
                                steepness=central(f"limit_steepness.{needs.limits}"))
                   for need, taken in (("budget_usd", budgeted), ("deadline_months", finish / WEEKS_A_MONTH))
                   if getattr(needs, need) is not None]
        fitted.apply(LIMITS, _reduced, score=score, factor=np.prod(factors))
    return {"time": tuple(time), "cost": tuple(cost), "fit": tuple(fitted)}

def _running(cost: Formulas, of: Draws, weeks: float, priced: float, led: float, people: float) -> None:
    """What so many paid weeks cost besides the pay, and finding so many people."""
    cost.apply("steering", costs.steering, paid_weeks=priced, steering_share=of.steering_share,
               manager_hourly_usd=of.priced("manager_hourly_usd", "manager_hourly_usd"))
    if of.central("lead_share") and not of.needs.technical_lead:
        cost.apply("technical_lead", costs.technical_lead, paid_weeks=led, lead_share=of.central("lead_share"),
                   senior_weekly_usd=of.weekly_usd("senior"))
    found = {"sourcing_usd": of.figure("sourcing_usd"), "equipment_usd": of.figure("equipment_usd")}
    cost.apply("sourcing", costs.sourcing, people=people, **found)
    cost.apply("replacement", costs.replacement, person_years=weeks / WEEKS_A_YEAR,
               attrition_per_year=of.figure("attrition_per_year"), ramp_weeks=of.ramp_weeks,
               weekly_usd=of.weekly * priced / weeks, **found)


def _words(formula: Callable[..., Any]) -> str:
    plain = formula.func if isinstance(formula, partial) else formula
    return " ".join((inspect.getdoc(plain) or "").split("\n\n")[0].split())


def _weekly_usd(cost: Formulas, of: Draws) -> float:
    needs, evidence = of.needs, of.evidence
    figure_id = pay_id(of.option, needs, evidence)
    pay = evidence.central(figure_id)
    if evidence.figures[figure_id].unit != "USD per year":
        return cost.apply("weekly_usd", costs.weekly_usd_from_rate, hourly_usd=pay, fee_share=of.figure("fee_share"))
    if needs.location in evidence.wages and scaled_by_place(of.option, needs, evidence):
        pay = cost.apply("salary", _local_salary, salary=pay, wage_ratio=evidence.wage_ratio(needs.location))
    if paid := evidence.employer_contributions:
        parts = {it: min(pay, it.end) - it.start for it in paid if pay > it.start}
        contributions = sum(cost.apply(it.id, _contribution, rate=it.rate.central, part=part)
                            for it, part in parts.items())
        year = cost.apply("employment_cost", _employment_cost, salary=pay, contributions=contributions)
        return cost.apply("weekly_usd", _weekly_usd_of_year, year_usd=year, fee_share=of.figure("fee_share"))
    return cost.apply("weekly_usd", costs.weekly_usd_from_salary, salary=pay, load=of.shared("load"),
                      fee_share=of.figure("fee_share"))


def _local_salary(salary: float, wage_ratio: float) -> float:
    """A year's salary where you hire: salary × local ÷ national median wage."""
    return salary * wage_ratio


def _contribution(rate: float, part: float) -> float:
    """What an employer pays on top of a year's salary: rate × the part of the salary that it is paid on."""
    return rate * part


def _employment_cost(salary: float, contributions: float) -> float:
    """Salary + all contributions of the employer."""
    return salary + contributions


def _weekly_usd_of_year(year_usd: float, fee_share: float) -> float:
    """Price of one paid full-time week: a year's cost ÷ 52 × (1 + fee on top)."""
    return float(costs.weekly_usd_from_salary(year_usd, 1.0, fee_share))


def _hours(work_hours: float, overrun: float) -> float:
    """Productive hours that the build really takes: work × overrun."""
    return work_hours * overrun


def _ready(arrives: float, ramp_weeks: float, stretched: float) -> float:
    """The week from which the team counts as up to speed: arrival + half the ramp-up × the stretch."""
    return float(schedule.crew(1, arrives, ramp_weeks, 1, stretched).ready)


def _hours_a_week(developers: float, productive_share: float, stretched: float) -> float:
    """Productive hours in a calendar week: developers × 40 × productive share ÷ the stretch."""
    return float(schedule.crew(developers, 0, 0, productive_share, stretched).hours_a_week)


def _finish(hours: float, ready: float, hours_a_week: float) -> float:
    """The first release, weeks from the decision: ready + hours ÷ productive hours a week."""
    return float(schedule.finish(hours, Crew(ready, ready, hours_a_week)))


def _build_weeks(heads: float, arrives: float, finish: float, stretched: float) -> float:
    """Paid weeks of all people up to the release: positions × (release − arrival) ÷ the stretch."""
    return heads * (finish - arrives) / stretched


def _upkeep_weeks(heads: float, upkeep_months: float) -> float:
    """Paid weeks of all people after the release: positions × months of upkeep × 52 ÷ 12."""
    return heads * upkeep_months * WEEKS_A_MONTH


def _priced(paid_weeks: float, middle: float, wage_growth: float) -> float:
    """Paid weeks at the prices of their time: paid weeks × (1 + yearly wage growth)^(middle week ÷ 52)."""
    return paid_weeks * float(costs.grown(middle, costs.weekly_growth(wage_growth)))


def _learning(added: float, ramp_weeks: float, upkeep_weeks: float, weekly_usd: float) -> float:
    """Half the ramp-up of the people that upkeep adds, at the price of a week at the release."""
    return added * min(upkeep_weeks, ramp_weeks / 2) * weekly_usd


def _score(weights: Mapping[str, float], **values: float) -> float:
    """The score: the sum over the criteria of weight × value."""
    return sum(weights[criterion] * value for criterion, value in values.items())


def _budgeted(cost: float, after: float) -> float:
    """What the budget covers: the cost less exit pay and what is paid for upkeep."""
    return cost - after


def _reduced(score: float, factor: float) -> float:
    """The score with the limits counted: score × what is kept of it."""
    return score * factor
