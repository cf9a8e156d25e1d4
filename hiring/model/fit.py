"""Fit: what money and time cannot capture, compared with what the project needs.

An option that meets the need gets full marks; more than enough earns nothing extra. Values are measured against the
need, never against the other options, so that adding an option does not change the others' values (Monat 2009).
"""

from __future__ import annotations

import numpy as np

from hiring.model import costs
from hiring.model.draws import Array, Numbers, some
from hiring.model.evidence import Snapshot
from hiring.model.needs import ProjectNeeds
from hiring.model.schedule import WEEKS_A_MONTH

COST, SPEED = "cost", "speed"
LEVELS = {  # the answers that the need level of each rated criterion depends on
    "flexibility": ("scope_clarity",),
    "continuity": ("strategic_value",),
    "collaboration": ("integration", "strategic_value"),
    "capability": ("scale", "disciplines"),
    "security": ("data_sensitivity",),
    "autonomy": ("technical_lead",),
}


def clip(value: float) -> float:
    return min(1.0, max(0.0, value))


def upkeep_extent(needs: ProjectNeeds) -> float:
    """How much upkeep follows, 0–1: 1 from half a developer for 24 months."""
    return min(1.0, 2 * needs.upkeep_developers) * min(1.0, needs.upkeep_months / 24)


def need_to_stay(needs: ProjectNeeds) -> float:
    """How much the project needs people who stay, 0–1, because of upkeep or a long build: 1 from 18 months."""
    return max(upkeep_extent(needs), clip((needs.build_months - 2) / 16))


def size(needs: ProjectNeeds) -> float:
    """How large the build is, 0–1: 1 from six and a half developer-months."""
    return clip((needs.developers * needs.build_months - 0.5) / 6)


def need_levels(needs: ProjectNeeds, evidence: Snapshot) -> dict[str, float]:
    """How much the project needs of each rated criterion, 0–1.

    The levels of the choices come from `data/levels.csv`; the shape of each sum is an assumption of
    this model, explained in `docs/method.md`.
    """

    def level(criterion: str, need: str) -> float:
        answer = getattr(needs, need)
        choice = {True: "yes", False: "no"}.get(answer, answer)
        return evidence.central(f"{criterion}.{need}.{choice}")

    lasts, stays, large = upkeep_extent(needs), need_to_stay(needs), size(needs)
    team = clip((needs.developers - 1) / 3)
    traffic = level("capability", "scale") * (0.5 + 0.5 * large)
    return {
        "flexibility": clip(level("flexibility", "scope_clarity") * (1 - stays / 2) + 0.35 * (1 - stays)),
        "continuity": clip(0.05 + 0.75 * stays + level("continuity", "strategic_value")),
        "collaboration": clip(level("collaboration", "integration") * (0.4 + 0.6 * max(large, lasts))
                              + level("collaboration", "strategic_value")),
        "capability": clip(max(traffic, level("capability", "disciplines")) + 0.25 * team),
        "security": level("security", "data_sensitivity") * (0.5 + 0.5 * max(large, lasts)),
        "autonomy": level("autonomy", "technical_lead") * (0.35 + 0.65 * large),
    }


def rated_value(rating: Numbers, need_level: Numbers) -> Numbers:
    """Share of the need that a rating of 0–100 meets: rating ÷ 100 ÷ need level, at most 1.
    Where nothing is needed, every option gets 1."""
    met = np.minimum(need_level, rating / 100)
    if isinstance(need_level, int | float) and need_level:
        return met / need_level  # in this order, so that no tiny need overflows
    return np.divide(met, need_level, out=np.ones_like(met), where=np.not_equal(need_level, 0))


def power(base: Numbers, exponent: float) -> Numbers:
    """base^exponent; small whole exponents, which the evidence has, are multiplied out, which takes a tenth as long."""
    with np.errstate(over="ignore"):  # what is too large for a number is worth nothing
        if exponent not in (1, 2, 3, 4):
            return base**exponent
        squared = base * base
        return (base, squared, squared * base, squared * squared)[int(exponent) - 1]


def cost_value(cost: Numbers, reference: Numbers, steepness: float) -> Numbers:
    """1 ÷ (1 + (cost ÷ reference)^steepness): one half at the reference cost, falling on either side."""
    return 1 / (1 + power(cost / reference, steepness))


def speed_value(finish_months: Numbers, deadline_months: Numbers, weeks_late: Numbers, *, finish_share: float,
                steepness: float, late_start_weeks: float) -> Numbers:
    """Finish share ÷ (1 + (finish ÷ deadline)^steepness) + the rest × exp(−weeks late to start ÷ decay)."""
    finishing = 1 / (1 + power(finish_months / deadline_months, steepness))
    started = np.exp(-weeks_late / late_start_weeks) if some(weeks_late) else 1.0
    return finish_share * finishing + (1 - finish_share) * started


def price_of_the_work(needs: ProjectNeeds, evidence: Snapshot) -> float:
    """The work at the nation's median pay, USD: the hours of the build with their central overrun, and of upkeep, × the
    wage survey's median for this seniority with what an employer pays on top ÷ 2,080 hours a year, at the wages of the
    middle of upkeep.

    Neither the budget, the place, the chosen basis of salaries nor own figures move it.
    """
    known = evidence.published
    months = needs.developers * needs.build_months * known(f"overrun.{needs.scope_clarity}")
    months += needs.upkeep_developers * needs.upkeep_months
    salary, paid = known(f"{evidence.yardstick}.{evidence.place.wage_bases[-1]}.{needs.seniority}"), (
        evidence.employer_contributions)
    year = costs.employment_cost(salary, paid) if paid else costs.fully_loaded_cost(salary, known("load"))
    return months / 12 * year * (1 + known("wage_growth")) ** (needs.upkeep_months / 24)


def reference_cost(needs: ProjectNeeds, evidence: Snapshot) -> float:
    """The cost that is worth one half, USD: a factor × the price of the work."""
    return evidence.central("reference_cost_factor") * price_of_the_work(needs, evidence)


def limit_factor(taken: Numbers, limit: Numbers | None, steepness: float) -> Numbers:
    """What a score keeps where a limit is missed: (limit ÷ taken)^steepness, 1 where it is kept or none was given."""
    return 1.0 if limit is None else power(np.minimum(1.0, limit / taken), steepness)


def reference_deadline(needs: ProjectNeeds, evidence: Snapshot) -> float:
    """The deadline given, or else the assumed one, months: a factor × build months + the latest start."""
    if needs.deadline_months is not None:
        return needs.deadline_months
    return evidence.central("reference_deadline_factor") * needs.build_months + needs.start_within_weeks / WEEKS_A_MONTH


def central_weights_of(levels: dict[str, float], evidence: Snapshot) -> Array:
    """The weight of each criterion, in the order of the criteria, adding up to 1: its importance, times the need level
    if it is rated. If all are 0, the weights are equal."""
    raw = np.array([evidence.central(f"importance.{c.id}") * levels.get(c.id, 1.0) for c in evidence.criteria])
    return raw / raw.sum() if raw.any() else np.full(len(raw), 1 / len(raw))
