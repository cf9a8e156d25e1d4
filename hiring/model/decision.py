"""The decision: simulate each option in thousands of futures, score it, and give a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hiring.model import acceptability, draws, fit, rules
from hiring.model.draws import DRAWS, Array
from hiring.model.evidence import Figure, Snapshot, Wage
from hiring.model.needs import ProjectNeeds
from hiring.model.own_figures import own_of, written
from hiring.model.quantiles import SHARES, quantile
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.model.simulation import (
    COST_FIGURES,
    TIME_FIGURES,
    Outcome,
    Yardsticks,
    cumulative,
    pay_id,
    scaled_by_place,
    simulate,
)

if TYPE_CHECKING:
    import pandas as pd

MODEL_VERSION = "1.0"
PATH_STEPS = 36  # even steps of a path of cost over time
NONE_FITS, CLOSE_CALL, LEANING, LIKELY, CLEAR = VERDICTS = ("none_fits", "close_call", "leaning", "likely", "clear")


@dataclass(frozen=True)
class Remedy:
    """The limits that a ruled-out option would keep in half of its futures, each by itself; None where the given limit
    is not a problem."""

    option: str
    budget_usd: float | None
    deadline_months: float | None
    start_within_weeks: float | None

    @property
    def limits(self) -> int:
        return sum(x is not None for x in (self.budget_usd, self.deadline_months, self.start_within_weeks))


class Paths(NamedTuple):
    """Cost so far of each option, USD: its 10th percentile, median and 90th percentile (rows) at each of `months`."""

    months: Array
    usd: Mapping[str, Array]


@dataclass(frozen=True, repr=False)
class Decision:
    """The answer for one project. Options are in rank order: those left before those ruled out."""

    needs: ProjectNeeds
    evidence: Snapshot
    verdict: str
    outcomes: Mapping[str, Outcome]
    first_shares: dict[str, float]
    expected_scores: Mapping[str, float]
    need_levels: Mapping[str, float]
    weights: Mapping[str, float]
    budget_usd: float
    deadline_months: float
    scores: Array
    drawn_weights: Array

    def __repr__(self) -> str:
        return f"Decision({self.verdict}, first_shares={self.first_shares}, as_of={self.as_of})"

    @property
    def as_of(self) -> date:
        return self.evidence.as_of

    @property
    def first(self) -> str:
        return next(iter(self.outcomes))

    @property
    def nearest(self) -> str:
        """The first option, or, where every one is ruled out, the one whose limits need the least stretch."""
        remedies = () if self.left else self.remedies()
        return remedies[0].option if remedies else self.first

    @property
    def second(self) -> str | None:
        """The option in second place, None where only one option exists."""
        return next(iter(list(self.outcomes)[1:]), None)

    @property
    def left(self) -> tuple[str, ...]:
        """The options that no rule rules out, best first."""
        return tuple(option for option, outcome in self.outcomes.items() if not outcome.is_ruled_out)

    @property
    def findings(self) -> tuple[rules.Finding, ...]:
        return tuple(finding for outcome in self.outcomes.values() for finding in outcome.findings)

    @cached_property
    def of_hundred(self) -> dict[str, int]:
        """First shares as whole numbers out of a hundred futures. They sum to 100."""
        return acceptability.whole_hundred(self.first_shares)

    @cached_property
    def contributions(self) -> dict[str, dict[str, float]]:
        """Expected weight × value of each criterion, {option: {criterion: 0–1}}. An option's add up to its score."""
        means = {option: (self.drawn_weights * outcome.values).mean(axis=0)
                 for option, outcome in self.outcomes.items()}
        return {option: dict(zip(self.weights, mean.tolist(), strict=True)) for option, mean in means.items()}

    def leads(self, option: str, rival: str) -> dict[str, float]:
        """The lead of one option over another by criterion, as a difference in score, largest first."""
        ahead, behind = self.contributions[option], self.contributions[rival]
        return dict(sorted(((c, ahead[c] - behind[c]) for c in ahead), key=lambda item: -item[1]))

    def figures_used(self) -> dict[str, tuple[Figure, ...]]:
        """The figures behind each part of the answer: cost, time, fit and method."""
        options = [outcome.option for outcome in self.outcomes.values()]

        def of_each_option(names: Iterable[str]) -> list[str]:
            return [f"{name}.{option.id}" for name in names for option in options]

        levels = [f"{criterion}.{need}.{_choice(getattr(self.needs, need))}"
                  for criterion, needs in fit.LEVELS.items() for need in needs]
        used = {
            "cost": [*(pay_id(option, self.needs) for option in options), "load", "manager_hourly_usd",
                     *of_each_option(COST_FIGURES)],
            "time": ["overrun", *of_each_option(TIME_FIGURES)],
            "fit": [*of_each_option(self.need_levels), *levels, *(f"importance.{c}" for c in self.weights)],
        }
        if self.needs.budget_usd is None:  # the work is then priced at the article's middle salary
            used["cost"] = list(dict.fromkeys([*used["cost"], self.evidence.yardstick_salary]))
        named = {figure_id for ids in used.values() for figure_id in ids}
        used["method"] = [f.id for f in self.evidence.figures.values() if f.table == "figures" and f.id not in named]
        return {part: tuple(self.evidence.figures[figure_id] for figure_id in ids) for part, ids in used.items()}

    def wages_used(self) -> tuple[Wage, ...]:
        """The wages of the place and of the nation, where pay was scaled by them."""
        local = self.evidence.wages[self.needs.location]
        nation = self.evidence.national_wages[local.valid_from]
        options = (outcome.option for outcome in self.outcomes.values())
        is_scaled = any(scaled_by_place(option, self.needs, self.evidence) for option in options)
        return (local, nation) if is_scaled and local.id != nation.id else ()

    def remedies(self) -> tuple[Remedy, ...]:
        """For each ruled-out option, the limits that it would keep with an even chance, the closest first."""
        stretch = {}
        for outcome in self.outcomes.values():
            if outcome.is_ruled_out and rules.NO_FIX not in outcome.fixed_by:
                remedy = self._remedy(outcome)
                stretch[remedy] = (remedy.limits, (remedy.budget_usd or 0) / self.budget_usd
                                   + (remedy.deadline_months or 0) / self.deadline_months
                                   + (remedy.start_within_weeks or 0) / 52)
        return tuple(sorted(stretch, key=stretch.__getitem__))

    def _remedy(self, outcome: Outcome) -> Remedy:
        minimum = self.evidence.central(f"minimum_usd.{outcome.option.id}")
        return Remedy(
            outcome.option.id,
            max(outcome.cost_quantiles[1], minimum) if rules.MORE_MONEY in outcome.fixed_by else None,
            outcome.finish_quantiles[1] if rules.MORE_TIME in outcome.fixed_by else None,
            outcome.start_week if rules.LATER_START in outcome.fixed_by else None)

    @property
    def last_month(self) -> float:
        """The month at which paths of cost end: the horizon, or a later release (90th percentile)."""
        return max(self.needs.horizon_months, *(outcome.finish_quantiles[2] for outcome in self.outcomes.values()))

    def cumulative(self, months: Array) -> dict[str, Array]:
        """Cost so far in each future, USD, as {option: array of shape (months, draws)}."""
        return {option: cumulative(outcome, np.asarray(months) * WEEKS_A_MONTH)
                for option, outcome in self.outcomes.items()}

    @cached_property
    def paths(self) -> Paths:
        """Cost so far from today to the last month, in even steps."""
        months = np.linspace(0, self.last_month, PATH_STEPS + 1)
        return Paths(months, {option: quantile(cost, SHARES) for option, cost in self.cumulative(months).items()})

    def summary(self, link: str = "") -> pd.DataFrame:
        """One row per option, best first: the columns of the CSV summary. `link` opens this page again."""
        import pandas as pd  # only for those who ask for a table
        return pd.DataFrame(self.rows(link))

    def rows(self, link: str = "") -> list[dict[str, object]]:
        """The rows of the summary, {column: value}."""
        return [self._row(rank, outcome, link) for rank, outcome in enumerate(self.outcomes.values(), 1)]

    def _row(self, rank: int, outcome: Outcome, link: str) -> dict[str, object]:
        option, (low, median, high) = outcome.option.id, outcome.cost_quantiles
        needs = asdict(self.needs)
        return {
            "project": needs.pop("project"), "option": option, "rank": rank, "verdict": self.verdict,
            "score": self.expected_scores[option], "first_share": self.first_shares[option],
            "cost_p10_usd": low, "cost_median_usd": median, "cost_p90_usd": high,
            "within_budget_share": outcome.within_budget_share, "start_week_median": outcome.start_week,
            "finish_month_median": outcome.finish_quantiles[1], "on_time_share": outcome.on_time_share,
            **{f"{line}_median_usd": usd for line, usd in outcome.line_medians.items()},
            "cautions": "; ".join(f"{f.rule.effect}:{f.rule.id}" for f in outcome.findings),
            **{f"need_{name}": _choice(answer) for name, answer in needs.items()},
            "own_figures": written(own_of(self.evidence)), "as_of": self.as_of.isoformat(),
            "model_version": MODEL_VERSION, "link": link,
        }


def _choice(answer: object) -> object:
    return ("no", "yes")[answer] if isinstance(answer, bool) else answer


def decide(needs: ProjectNeeds, evidence: Snapshot, n: int = DRAWS, before: Decision | None = None) -> Decision:
    """Which option fits best, in `n` futures drawn from `evidence`.

    `before` is a decision in as many futures; whatever depends on the same needs and figures is reused.
    Raises ValueError when the location is in none of the wage tables.
    """
    if needs.location not in evidence.wages:
        raise ValueError(f"Where you hire: no wages are known for {needs.location!r}.")
    levels = fit.need_levels(needs, evidence)
    yardsticks = Yardsticks(levels, fit.budget_yardstick(needs, evidence), fit.deadline_yardstick(needs, evidence))
    weights = fit.central_weights_of(levels, evidence)
    criteria = tuple(c.id for c in evidence.criteria)
    drawn = drawn_weights(tuple(weights.tolist()), evidence.central("weight_concentration"), criteria, n)

    reusable = {} if before is None else before.outcomes
    outcomes = [simulate(option, needs, evidence, yardsticks, n, reusable.get(option.id))
                for option in evidence.options]
    scores = np.array([scored(drawn, outcome.values) for outcome in outcomes]).T
    left = [i for i, outcome in enumerate(outcomes) if not outcome.is_ruled_out]
    compared = left or closest_to_possible(outcomes, needs)
    shares = np.zeros(len(outcomes))
    shares[compared] = acceptability.first_shares(scores[:, compared])
    expected = scores.mean(axis=0)
    order = sorted(range(len(outcomes)), key=lambda i: (i not in compared, -shares[i], -expected[i]))

    for shared in (scores, *(outcome.values for outcome in outcomes)):
        shared.flags.writeable = False  # one decision is shared by everybody who asks the same
    names = [option.id for option in evidence.options]
    return Decision(
        needs=needs, evidence=evidence, verdict=verdict([shares[i] for i in order if i in left], evidence),
        outcomes={names[i]: outcomes[i] for i in order},
        first_shares={names[i]: float(shares[i]) for i in order},
        expected_scores={names[i]: float(expected[i]) for i in order},
        need_levels=levels, weights=dict(zip(criteria, weights.tolist(), strict=True)),
        budget_usd=yardsticks.budget_usd, deadline_months=yardsticks.deadline_months, scores=scores[:, order],
        drawn_weights=drawn)


@lru_cache(maxsize=8)
def drawn_weights(weights: tuple[float, ...], concentration: float, criteria: tuple[str, ...], n: int) -> Array:
    """The weight of each criterion in each future, shape (draws, criteria): equal levels have equal weights."""
    drawn = draws.dirichlet(np.array(weights), concentration, criteria, n)
    drawn.flags.writeable = False
    return drawn


def scored(weights: Array, values: Array) -> Array:
    """The score in each future, shape (draws,): the sum over the criteria of weight × value."""
    return np.einsum("ij,ij->i", weights, values)


def closest_to_possible(outcomes: list[Outcome], needs: ProjectNeeds) -> list[int]:
    """What to compare when every option is ruled out: options that more money or a later release could still save,
    and among them those whose quickest start is the least late."""
    obstacles = [(rules.NO_FIX in outcome.fixed_by, max(0.0, outcome.quick_start - needs.start_within_weeks))
                 for outcome in outcomes]
    return [i for i, obstacle in enumerate(obstacles) if obstacle == min(obstacles)]


def verdict(shares: list[float], evidence: Snapshot) -> str:
    """The verdict from the first shares of the options left, best first."""
    if not shares:
        return NONE_FITS
    if len(shares) > 1 and shares[0] - shares[1] <= evidence.central("close_call_share") + 1e-9:
        return CLOSE_CALL
    if shares[0] < evidence.central("leaning_share"):
        return LEANING
    return LIKELY if shares[0] < evidence.central("likely_share") else CLEAR
