"""Draws of an option: its figures in every simulation, on the terms of a project."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from hiring.model import costs, fit, schedule
from hiring.model.asked import Asked
from hiring.model.draws import Array, Numbers, drawn, normal, priced
from hiring.model.evidence import OWN, Figure, Option, Snapshot
from hiring.model.needs import LOCAL, ProjectNeeds
from hiring.model.schedule import WEEKS_A_MONTH, WEEKS_A_YEAR, Crew

# The figures of each option besides its pay and ratings.
TIME_FIGURES = ("lead_weeks", "hires_per_week", "ramp_weeks", "productive_share", "attrition_per_year")
COST_FIGURES = ("smallest_post", "minimum_usd", "fee_share", "steering_share", "lead_share", "sourcing_usd",
                "equipment_usd", "exit_weeks")
# What the distance to outside staff changes; a figure for each band of hours between the two places.
DISTANCE_FIGURES = ("distance_steering", "distance_productive", "distance_collaboration", "distance_security")
DISTANCE_BANDS = {"near": 2.0, "over_2": 4.0, "over_4": 8.0, "over_8": math.inf}  # hours, up to and including
# The figures that all options share.
SHARED_FIGURES = (
    "upkeep_factor", "load", "manager_hourly_usd", "wage_growth", "lead_upkeep_factor", "mix_loss_share",
    "handover_weeks", "keeper_continuity_share", "builder_capability_share", "market_correlation",
    "judgment_shift", "weight_concentration", "cost_steepness", "reference_cost_factor", "deadline_steepness",
    "finish_share", "late_start_weeks", "reference_deadline_factor", "close_call_share", "leaning_share",
    "likely_share", "likely_keep_share", "clear_keep_share", "fits_share", "caution_share", "mix_lead_share")
WAGE_RATIO = "wage_ratio"  # of the place, among the moved figures


def distance_band(hours: float) -> str:
    """The band that a difference of working time falls into."""
    return next(band for band, most in DISTANCE_BANDS.items() if hours <= most)


class Rates(NamedTuple):
    """USD per paid person-week at the prices of the day of the decision; `replacement_search` does not grow."""

    steering: Numbers
    technical_lead: Numbers
    replacement: Numbers
    replacement_search: Numbers


@dataclass(frozen=True)
class Draws:
    """The figures of one option, on the terms of a project, in `n` simulations. All options see the same draws of a
    shared figure, and so do all plans.

    `moved` has figures with other draws than their own, of any shape that broadcasts with (n,): the formulas then give
    results of that shape.
    """

    option: Option
    needs: ProjectNeeds
    evidence: Snapshot
    n: int
    moved: Mapping[str, Array] = field(default_factory=dict)

    def figure(self, name: str) -> Numbers:
        """The option's figure of this name."""
        return self.shared(f"{name}.{self.option.id}")

    def central(self, name: str) -> float:
        """The central value of the option's figure of this name."""
        return self.evidence.central(f"{name}.{self.option.id}")

    def shared(self, figure_id: str) -> Numbers:
        moved = self.moved.get(figure_id)
        return drawn(self.evidence.figures[figure_id], self.n) if moved is None else moved

    def as_drawn(self, figure_id: str) -> Numbers:
        """The draws of a figure of this or another option, as its formulas see them."""
        if self.evidence.figures[figure_id].table == "pay":
            return self.priced(figure_id, f"pay.{figure_id.split('.', maxsplit=1)[0]}")
        return self.priced(figure_id, figure_id) if figure_id == "manager_hourly_usd" else self.shared(figure_id)

    def priced(self, figure_id: str, name: str) -> Numbers:
        """A price of labor: these move together with the market."""
        moved = self.moved.get(figure_id)
        return moved if moved is not None else priced(
            self.evidence.figures[figure_id], name, self.evidence.central("market_correlation"), self.n)

    @staticmethod
    def terms(option: Option) -> tuple[str, ...]:
        """The needs that the draws of an option depend on."""
        return ("seniority", "technical_lead", "scope_clarity", option.basis_need,
                *["location"] * option.located, *["talent_region"] * option.outside)

    @cached_property
    def yardstick_share(self) -> Numbers:
        """The productive share of an hour of work as planned."""
        moved = self.moved.get(f"central.{self.evidence.yardstick_share}")
        return self.evidence.central(self.evidence.yardstick_share) if moved is None else moved

    def weekly_usd(self, seniority: str) -> Numbers:
        """Today's price of one paid full-time week, from the option's pay figure and its unit."""
        figure_id = pay_id(self.option, self.needs, self.evidence, seniority)
        pay = self.priced(figure_id, f"pay.{self.option.id}")
        if scaled_by_place(self.option, self.needs, self.evidence, seniority):
            pay = pay * self.moved.get(WAGE_RATIO, self.evidence.wage_ratio(self.needs.location))
        if self.evidence.figures[figure_id].unit == "USD per year":
            return costs.weekly_usd_from_salary(*self.employed(pay), self.figure("fee_share"))
        return costs.weekly_usd_from_rate(pay, self.figure("fee_share"))

    def employed(self, salary: Numbers) -> tuple[Numbers, Numbers]:
        """The salary, and the load that it is multiplied by for what an employer pays on top; where contributions are
        known one by one, they are in the first and the load is 1."""
        paid = self.evidence.employer_contributions
        if not paid:
            return salary, self.shared("load")
        return costs.employment_cost(salary, paid, {it.id: self.shared(it.id) for it in paid}), 1.0

    def distance(self, name: str) -> float | None:
        """What distance changes for outside staff; None for people you hire."""
        if not self.option.outside:
            return None
        hours = hours_apart(self.needs, self.evidence)
        return self.evidence.central(f"distance_{name}.{distance_band(hours)}")

    @cached_property
    def weekly(self) -> Numbers:
        return self.weekly_usd(self.needs.seniority)

    @cached_property
    def weekly_growth(self) -> Numbers:
        return costs.weekly_growth(self.shared("wage_growth"))

    def grown_by_mid_upkeep(self, needs: Asked) -> Numbers:
        """How much the price of labor grows from a release to the middle of the upkeep after it."""
        weeks = needs.upkeep_months * WEEKS_A_MONTH / 2
        if "wage_growth" in self.moved or not isinstance(weeks, float):
            return costs.grown(weeks, self.weekly_growth)
        return _grown(self.evidence.figures["wage_growth"], weeks, self.n)

    @cached_property
    def finding_usd(self) -> Numbers:
        """Finding and equipping one person."""
        return costs.sourcing(1.0, self.figure("sourcing_usd"), self.figure("equipment_usd"))

    @cached_property
    def per_week(self) -> Rates:
        """What a paid person-week costs on top of its labor."""
        lead_share = 0.0 if self.needs.technical_lead else self.central("lead_share")
        a_year = 1 / WEEKS_A_YEAR
        return Rates(
            costs.steering(1.0, self.steering_share, self.priced("manager_hourly_usd", "manager_hourly_usd")),
            costs.technical_lead(1.0, lead_share, self.weekly_usd("senior")) if lead_share else 0.0,
            costs.replacement(a_year, self.figure("attrition_per_year"), 0.0, 0.0, self.ramp_weeks, self.weekly),
            costs.replacement(a_year, self.figure("attrition_per_year"), self.finding_usd, 0.0, 0.0, 0.0))

    @cached_property
    def usd_per_week(self) -> tuple[Numbers, Numbers]:
        """What a paid person-week costs in the build and in upkeep, at its prices, without the search for those who
        replace leavers."""
        rates = self.per_week
        without_lead = self.weekly + rates.steering + rates.replacement
        if self.needs.technical_lead:
            return without_lead, without_lead
        return (without_lead + rates.technical_lead,
                without_lead + self.evidence.central("lead_upkeep_factor") * rates.technical_lead)

    @cached_property
    def ramp_weeks(self) -> Numbers:
        return self.figure("ramp_weeks")

    @cached_property
    def productive_share(self) -> Numbers:
        factor = self.distance("productive")
        return self.figure("productive_share") if factor is None else self.figure("productive_share") * factor

    @cached_property
    def stretch(self) -> Numbers:
        return schedule.stretch(self.figure("attrition_per_year"), self.figure("lead_weeks"))

    @cached_property
    def until_ready(self) -> Numbers:
        """Weeks from the arrival until people count as fully productive."""
        return schedule.until_ready(self.ramp_weeks, self.stretch)

    @cached_property
    def hours_a_week(self) -> Numbers:
        """Productive hours of one developer in a calendar week."""
        return schedule.hours_a_week(self.productive_share, self.stretch)

    @cached_property
    def steering_share(self) -> Numbers:
        factor = self.evidence.central(f"seniority_steering.{self.needs.seniority}") * (self.distance("steering") or 1)
        return self.figure("steering_share") * factor

    def upkeep_heads(self, needs: Asked) -> Numbers:
        """Full-time positions paid for upkeep."""
        return schedule.upkeep_heads(
            needs.upkeep_developers * np.greater(needs.upkeep_months, 0), self.shared("upkeep_factor"),
            self.yardstick_share, self.productive_share, self.central("smallest_post"))

    def hours(self, needs: Asked) -> Numbers:
        """Productive hours that the build really takes."""
        planned = schedule.work_hours(needs.developers, needs.build_months, self.yardstick_share)
        return planned * self.shared(f"overrun.{self.needs.scope_clarity}")

    def heads(self, developers: Numbers) -> Numbers:
        """Positions paid while so many developers build."""
        return schedule.paid_heads(developers, self.central("smallest_post"))

    def crew(self, developers: Numbers) -> Crew:
        """So many developers of the option, as the schedule sees them."""
        arrives = schedule.arrival(self.figure("lead_weeks"), self.heads(developers), self.central("hires_per_week"))
        return Crew(arrives, arrives + self.until_ready, developers * self.hours_a_week)

    @cached_property
    def ratings(self) -> Mapping[str, Numbers]:
        """Points of each rated criterion. Whoever rates an option too high on one is likely to do so on all."""
        shift = self.evidence.central("judgment_shift") * normal(f"judgment.{self.option.id}", self.n)
        rated: dict[str, Numbers] = {}
        for criterion in fit.LEVELS:
            rating = self.figure(criterion)
            points = (self.distance(criterion) or 0.0) if criterion in ("collaboration", "security") else 0.0
            if not self.evidence.figures[f"{criterion}.{self.option.id}"].is_fixed:
                rating = np.minimum(100.0, rating + shift)
            rated[criterion] = np.maximum(0.0, rating - points)
        return rated


@lru_cache(maxsize=64)
def _grown(growth: Figure, weeks: float, n: int) -> Numbers:
    return costs.grown(weeks, costs.weekly_growth(drawn(growth, n)))


def pay_id(option: Option, needs: ProjectNeeds, evidence: Snapshot, seniority: str = "") -> str:
    """The id of the option's pay figure for these needs, where the evidence is about the country of the needs."""
    basis, country = getattr(needs, option.basis_need), evidence.place
    if option.outside:
        basis = country.rate_basis if basis == LOCAL else basis
    elif basis not in country.wage_bases:
        basis = country.wage_bases[0]
    return f"{option.id}.{basis}.{seniority or needs.seniority}"


def hours_apart(needs: ProjectNeeds, evidence: Snapshot) -> float:
    """The difference of working hours between where you hire and where outside staff sits, hours."""
    return 0.0 if needs.talent_region == LOCAL else evidence.central(f"time_difference.{needs.talent_region}")


def scaled_by_place(option: Option, needs: ProjectNeeds, evidence: Snapshot, seniority: str = "") -> bool:
    """Whether the option's pay follows the wages of the place. A manager's own figure does not: it is already for that
    place."""
    return option.located and evidence.figures[pay_id(option, needs, evidence, seniority)].kind != OWN
