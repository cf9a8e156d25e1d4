"""The decision: simulate each plan in thousands of cases, score it, and give an answer with its verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hiring.model import acceptability, countries, draws, fit, plans, rules
from hiring.model.asked import WORK
from hiring.model.course import Course, Shared, course
from hiring.model.draws import DRAWS, Array
from hiring.model.evidence import Figure, Snapshot, Wage
from hiring.model.needs import LOCAL, NEEDS, ProjectNeeds
from hiring.model.option_draws import (
    COST_FIGURES,
    TIME_FIGURES,
    Draws,
    distance_band,
    hours_apart,
    pay_id,
    scaled_by_place,
)
from hiring.model.own_figures import own_of, written
from hiring.model.plans import Plan
from hiring.model.quantiles import SHARES, median, quantile
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.model.simulation import Ceilings, Outcome, Reference, scored

if TYPE_CHECKING:
    import pandas as pd

MODEL_VERSION = "2.0"
MIX = "mix"  # the answer, and the option in files, where a mix leads
LIMITS = "limits"  # beside the criteria: what a score loses where limits are missed
KEPT_ANYWAY = 0.6  # a limit that is kept so often need not move in a remedy
PATH_STEPS = 36  # even steps of a path of cost over time
NONE_FITS, CLOSE_CALL, LEANING, LIKELY, CLEAR = VERDICTS = ("none_fits", "close_call", "leaning", "likely", "clear")


class Remedy(NamedTuple):
    """The limits that a plan would keep, all of them together, in half of the simulations: USD and months from the day
    of the decision, None where no such limit is given. `stretch` is how much larger they are than the limits given."""

    plan: str
    budget_usd: float | None
    deadline_months: float | None
    stretch: float


class Paths(NamedTuple):
    """Cost so far of each option and of the mix, USD: its 10th percentile, median and 90th percentile (rows) at each of
    `months`."""

    months: Array
    usd: Mapping[str, Array]


@dataclass(frozen=True, repr=False)
class Mix:
    """The best mix. `ahead_of` is the share of simulations in which it scores higher than each option; it leads if it
    is ahead of each often enough and keeps the limits often enough. `first_shares` count in how many simulations each
    option or the mix, as `mix`, scores highest of them all."""

    outcome: Outcome
    ahead_of: Mapping[str, float]
    first_shares: Mapping[str, float]
    leads: bool

    @property
    def id(self) -> str:
        return self.outcome.plan.id

    @property
    def label(self) -> str:
        return plan_label(self.outcome.plan)

    @property
    def ahead_share(self) -> float:
        """The share of simulations in which it is ahead of every option at once."""
        return self.first_shares[MIX]

    @property
    def keep_share(self) -> float:
        return self.outcome.keep_share

    @property
    def cost_quantiles(self) -> tuple[float, float, float]:
        return self.outcome.cost_quantiles

    @property
    def finish_quantiles(self) -> tuple[float, float, float]:
        return self.outcome.finish_quantiles


def plan_label(plan: Plan) -> str:
    """A plan in a few words."""
    outside, other = plan.builder.label, plan.keeper.label
    if plan.kind == plans.ALONE:
        return outside
    if plan.kind == plans.HANDOVER:
        return f"{outside} builds, {_inside(other)} keeps it running"
    if plan.kind == plans.BRIDGE:
        return f"{outside} begins, {_inside(other)} takes over"
    return f"{plan.keepers_who_build:g} {_inside(other)} and {plan.builders:g} {_inside(outside)}"


def _inside(label: str) -> str:
    return label[:1].lower() + label[1:]


@dataclass(frozen=True, repr=False)
class Decision:
    """The answer for one project. `outcomes` are the options, the highest first share first. Months count from
    `from_day`; without it they have no dates."""

    needs: ProjectNeeds
    evidence: Snapshot
    verdict: str
    outcomes: Mapping[str, Outcome]
    first_shares: dict[str, float]
    mix: Mix | None
    need_levels: Mapping[str, float]
    weights: Mapping[str, float]
    reference: Reference
    drawn_weights: Array
    option_draws: Mapping[str, Draws]
    from_day: date | None = None

    def __repr__(self) -> str:
        return f"Decision({self.verdict} {self.answer}, first_shares={self.first_shares}, as_of={self.as_of})"

    @property
    def as_of(self) -> date:
        return self.evidence.as_of

    @property
    def draws(self) -> int:
        """The number of simulations."""
        return len(self.drawn_weights)

    @property
    def first(self) -> str:
        """The best of the options."""
        return next(iter(self.outcomes))

    @property
    def second(self) -> str | None:
        """The option in second place, None where only one option exists."""
        return next(iter(list(self.outcomes)[1:]), None)

    @property
    def answer(self) -> str:
        """`mix` where the best mix leads, else the first option."""
        return MIX if self.mix is not None and self.mix.leads else self.first

    @cached_property
    def all_outcomes(self) -> Mapping[str, Outcome]:
        """The options and, as `mix`, the best mix; the answer first, or where nothing fits, the nearest."""
        mixed = {} if self.mix is None else {MIX: self.mix.outcome}
        found = {**mixed, **self.outcomes} if self.answer == MIX else {**self.outcomes, **mixed}
        return {plan: found[plan] for plan in self.remedies} if self.verdict == NONE_FITS else found

    @property
    def in_fixed_order(self) -> dict[str, Outcome]:
        """The same in an order that no answer changes: the options as in the evidence, then `mix`."""
        shown = {option.id: self.outcomes[option.id] for option in self.evidence.options if option.id in self.outcomes}
        return shown if self.mix is None else {**shown, MIX: self.mix.outcome}

    @property
    def rival(self) -> str | None:
        """What the answer is compared with: the first option for a mix, else the second option; None if there is
        none."""
        return self.first if self.answer == MIX else self.second

    @property
    def answered(self) -> Outcome:
        """The outcome of the answer."""
        return self.all_outcomes[self.answer]

    @cached_property
    def keep_shares(self) -> dict[str, float]:
        """In which share of simulations each option keeps all limits; 1 where none is given."""
        return {option: outcome.keep_share for option, outcome in self.outcomes.items()}

    @property
    def keep_share(self) -> float:
        """The keep share of the answer."""
        return self.answered.keep_share

    @property
    def compared_shares(self) -> Mapping[str, float]:
        """The first shares that the verdict rests on: of the options, or of the options and the mix where it leads; the
        answer first."""
        return self.mix.first_shares if self.mix is not None and self.mix.leads else self.first_shares

    @property
    def answer_share(self) -> float:
        """The share of simulations in which the answer scores highest."""
        return self.compared_shares[self.answer]

    @property
    def has_limits(self) -> bool:
        return self.needs.budget_usd is not None or self.needs.deadline_months is not None

    @cached_property
    def findings(self) -> Mapping[str, tuple[rules.Finding, ...]]:
        """The cautions of each option and of the mix."""
        return {id_: rules.findings(outcome, self.evidence) for id_, outcome in self.all_outcomes.items()}

    @cached_property
    def of_hundred(self) -> dict[str, int]:
        """The compared shares as whole numbers that add up to 100. Empty where nothing fits: what scores highest there
        is no answer."""
        return {} if self.verdict == NONE_FITS else acceptability.whole_hundred(self.compared_shares)

    @cached_property
    def expected_scores(self) -> dict[str, float]:
        return {option: outcome.expected_score for option, outcome in self.outcomes.items()}

    @cached_property
    def contributions(self) -> dict[str, dict[str, float]]:
        """What each criterion adds to the expected score, and what missed limits take from it, {plan: {criterion:
        number}}. They add up to the score."""
        found = {}
        for id_, outcome in self.all_outcomes.items():
            means = (self.drawn_weights * outcome.values).mean(axis=0)
            found[id_] = dict(zip(self.weights, means.tolist(), strict=True))
            if self.has_limits:
                found[id_][LIMITS] = outcome.expected_score - float(outcome.unreduced_scores.mean())
        return found

    def leads(self, plan: str, rival: str) -> dict[str, float]:
        """The lead of one option (or the mix) over another by criterion, as a difference in score, largest first."""
        ahead, behind = self.contributions[plan], self.contributions[rival]
        return dict(sorted(((c, ahead[c] - behind[c]) for c in ahead), key=lambda item: -item[1]))

    def figures_used(self) -> dict[str, tuple[Figure, ...]]:
        """The figures behind each part of the answer: cost, time, fit and method."""
        needs, central = self.needs, self.evidence.central
        options = [outcome.option for outcome in self.outcomes.values()]

        def of_each_option(names: Iterable[str]) -> list[str]:
            return [f"{name}.{option.id}" for name in names for option in options]

        band = distance_band(hours_apart(needs, self.evidence))
        distance = [] if needs.talent_region == LOCAL else [f"time_difference.{needs.talent_region}"]
        levels = [f"{criterion}.{need}.{_choice(getattr(needs, need))}"
                  for criterion, asked in fit.LEVELS.items() for need in asked]
        pay = dict.fromkeys(pay_id(option, needs, self.evidence, seniority) for option in options for seniority in (
            (needs.seniority,) if needs.technical_lead or not central(f"lead_share.{option.id}")
            else (needs.seniority, "senior")))
        reference = f"{self.evidence.yardstick}.{self.evidence.place.wage_bases[-1]}.{needs.seniority}"
        load = [] if self.evidence.employer_contributions else ["load"]
        used = {
            "cost": [*pay, *load, "manager_hourly_usd", "wage_growth", f"seniority_steering.{needs.seniority}",
                     *distance, f"distance_steering.{band}", "upkeep_factor",
                     *of_each_option(name for name in COST_FIGURES
                                     if not (needs.technical_lead and name == "lead_share")),
                     *((reference,) if reference not in pay else ())],
            "time": [f"overrun.{needs.scope_clarity}", f"distance_productive.{band}",
                     *of_each_option(TIME_FIGURES)],
            "fit": [*of_each_option(self.need_levels), *levels, *(f"importance.{c}" for c in self.weights),
                    f"distance_collaboration.{band}", f"distance_security.{band}"],
        }
        named = {figure_id for ids in used.values() for figure_id in ids}
        unused = {f"limit_steepness.{limits}" for limits in NEEDS["limits"].choices if limits != needs.limits}
        if needs.technical_lead:
            unused.add("lead_upkeep_factor")
        if not load:
            unused.add("load")
        used["method"] = [f.id for f in self.evidence.figures.values()
                          if f.table == "figures" and f.id not in named | unused and (
                              "." not in f.id or f.id.startswith("limit_steepness"))]
        found = {part: tuple(self.evidence.figures[figure_id] for figure_id in ids) for part, ids in used.items()}
        found["cost"] += tuple(it.rate for it in self.evidence.employer_contributions)
        return found

    def wages_used(self) -> tuple[Wage, ...]:
        """The wages of the place and of the nation, where pay was scaled by them."""
        local = self.evidence.wages.get(self.needs.location)
        if local is None:
            return ()
        nation = self.evidence.national_wages[local.valid_from]
        options = (outcome.option for outcome in self.outcomes.values())
        is_scaled = any(scaled_by_place(option, self.needs, self.evidence) for option in options)
        return (local, nation) if is_scaled and local.id != nation.id else ()

    @cached_property
    def remedies(self) -> dict[str, Remedy]:
        """For each option and the mix, the limits that it would keep with an even chance, the nearest first; empty
        without limits.

        Both are the same percentile of the plan's cost and release. Where one of the limits given is kept in 60 of 100
        simulations anyway, only the other one moves.
        """
        if not self.has_limits:
            return {}
        found = [_remedy(id_, outcome) for id_, outcome in self.in_fixed_order.items()]
        return {remedy.plan: remedy for remedy in sorted(found, key=lambda remedy: remedy.stretch)}

    @property
    def nearest(self) -> str:
        """The answer, or, where nothing fits, the option or mix whose limits need the least stretch."""
        return next(iter(self.remedies)) if self.verdict == NONE_FITS else self.answer

    @property
    def fits_instead(self) -> str | None:
        """Where the answer keeps the limits too seldom to fit, the option or mix that keeps them most often, if that
        fits; it is not the answer because it scores lower all the same."""
        outcomes, fits = self.all_outcomes, self.evidence.central("fits_share")
        plan = max(outcomes, key=lambda id_: outcomes[id_].keep_share)
        return plan if self.keep_share < fits <= outcomes[plan].keep_share else None

    @property
    def last_month(self) -> float:
        """The month at which paths of cost end: the last upkeep (90th percentile)."""
        return max(outcome.finish_quantiles[2] for outcome in self.all_outcomes.values()) + self.needs.upkeep_months

    @cached_property
    def paths(self) -> Paths:
        """Cost so far from the day of the decision to the last month, in even steps."""
        months = np.linspace(0, self.last_month, PATH_STEPS + 1)
        return Paths(months, {option: quantile(outcome.course.cumulative(months * WEEKS_A_MONTH), SHARES)
                              for option, outcome in self.all_outcomes.items()})

    @property
    def typical(self) -> pd.DataFrame:
        """The typical case of each option and of the mix, whole USD: one column a cost line, and the total."""
        import pandas as pd  # only for those who ask for a table
        rows = []
        for id_, outcome in self.all_outcomes.items():
            lines = acceptability.whole(outcome.typical._asdict(), outcome.cost_quantiles[1])
            rows.append({"option": id_, **lines, "total": sum(lines.values())})
        return pd.DataFrame(rows)

    @property
    def by_year(self) -> pd.DataFrame:
        """What each year adds to the typical cost so far of each option and of the mix, whole USD; years count from the
        day of the decision."""
        import pandas as pd
        last = max(len(outcome.typical_years) for outcome in self.all_outcomes.values())
        rows = []
        for id_, outcome in self.all_outcomes.items():
            paid = {f"year_{year}": usd for year, usd in enumerate(outcome.typical_years.tolist(), 1)}
            years = acceptability.whole(paid, outcome.cost_quantiles[1])
            rows.append({"option": id_, **{f"year_{year}": years.get(f"year_{year}", 0) for year in range(1, last + 1)},
                         "total": sum(years.values())})
        return pd.DataFrame(rows)

    def summary(self, link: str = "", assumed: Collection[str] = ()) -> pd.DataFrame:
        """One row for each option and one for the mix, in the order of `all_outcomes`: the columns of the CSV summary.
        `link` opens this page again; `assumed` are the needs that nobody has answered."""
        import pandas as pd
        return pd.DataFrame(self.rows(link, assumed))

    @cached_property
    def currency(self) -> str:
        """The code of the currency that amounts are typed and shown in."""
        return countries.currency_code(self.evidence, self.needs)

    @cached_property
    def per_dollar(self) -> float:
        """How many units of that currency a US dollar is."""
        return countries.per_dollar(self.currency, self.evidence.exchange_rates)

    def rows(self, link: str = "", assumed: Collection[str] = ()) -> list[dict[str, object]]:
        """The rows of the summary, {column: value}."""
        same = self.same_in_all_rows(link, assumed)
        return [{**row, **same} for row in self.own_rows()]

    def same_in_all_rows(self, link: str = "", assumed: Collection[str] = ()) -> dict[str, object]:
        """The last columns of the summary: the needs, and what the answer rests on."""
        budget = self.needs.budget_usd
        return {"need_budget": None if budget is None else round(budget * self.per_dollar, 2),
                **{f"need_{name}": _choice(getattr(self.needs, name)) for name in NEEDS if name != "project"},
                "need_budget_usd": None if budget is None else round(budget, 2),
                "assumed": "; ".join(sorted(assumed)), "own_figures": written(own_of(self.evidence)),
                "as_of": self.as_of.isoformat(),
                "model_version": MODEL_VERSION, "link": link}

    def own_rows(self) -> list[dict[str, object]]:
        """The first columns of the summary: a row of each option and the mix."""
        return [self._row(rank, id_, outcome) for rank, (id_, outcome) in enumerate(self.all_outcomes.items(), 1)]

    def _row(self, rank: int, id_: str, outcome: Outcome) -> dict[str, object]:
        low, median, high = outcome.cost_quantiles
        usd = {"cost_p10": low, "cost_median": median, "cost_p90": high,
               "budgeted_median": outcome.budgeted_quantiles[1]}
        local = {name: amount * self.per_dollar for name, amount in usd.items()}
        typical, rate = outcome.typical._asdict(), self.per_dollar
        lines = acceptability.whole(typical, median)
        local_lines = acceptability.whole({line: it * rate for line, it in typical.items()}, local["cost_median"])
        is_ranked = self.verdict != NONE_FITS
        return {
            "project": self.needs.project, "option": id_, "plan": outcome.plan.id, "rank": rank,
            "verdict": self.verdict, "score": outcome.expected_score,
            "first_share": self.first_shares.get(id_) if is_ranked else None,
            "ahead_share": self.mix.ahead_share if self.mix is not None and id_ == MIX and is_ranked else None,
            "keep_share": outcome.keep_share, "currency": self.currency, **local,
            "within_budget_share": outcome.within_budget_share, "start_week_median": outcome.start_week,
            "finish_month_median": outcome.finish_quantiles[1], "on_time_share": outcome.on_time_share,
            **{f"{line}_median": amount for line, amount in local_lines.items()},
            **{f"{name}_usd": amount for name, amount in usd.items()},
            **{f"{line}_median_usd": amount for line, amount in lines.items()},
            "cautions": "; ".join(f"caution:{f.rule.id}" for f in self.findings[id_]),
        }


def _choice(answer: object) -> object:
    return ("no", "yes")[answer] if isinstance(answer, bool) else answer


def _remedy(plan: str, outcome: Outcome) -> Remedy:
    given = {name: (actual, limit) for name, actual, limit in (
        ("budget", outcome.budgeted, outcome.needs.budget_usd),
        ("deadline", outcome.finish / WEEKS_A_MONTH, outcome.needs.deadline_months)) if limit is not None}
    easy = max(given, key=lambda name: np.mean(given[name][0] <= given[name][1]))
    kept = given[easy][0] <= given[easy][1]
    if len(given) == 2 and kept.mean() >= KEPT_ANYWAY:
        hard = next(name for name in given if name != easy)
        limits = {easy: given[easy][1], hard: float(quantile(given[hard][0][kept], (0.5 / kept.mean(),))[0])}
    else:
        last = median(np.max([_ranks(actual) for actual, _ in given.values()], axis=0)) / (len(kept) - 1)
        limits = {name: float(quantile(actual, (last,))[0]) for name, (actual, _) in given.items()}
    stretch = max(limits[name] / limit for name, (_, limit) in given.items())
    return Remedy(plan, limits.get("budget"), limits.get("deadline"), stretch)


def _ranks(numbers: Array) -> Array:
    """The rank of each number, from 0; equal ones in their order."""
    ranks = np.empty(len(numbers))
    ranks[np.argsort(numbers, kind="stable")] = np.arange(len(numbers))
    return ranks


def decide(needs: ProjectNeeds, evidence: Snapshot, n: int = DRAWS, before: Decision | None = None) -> Decision:
    """Which plan fits best, in `n` simulations drawn from `evidence`.

    `before` is a decision in as many simulations, of which everything is reused that depends on the same needs.
    Raises ValueError when the location is neither a country of the evidence nor an area whose wages are known.
    """
    if needs.location not in evidence.areas:
        raise ValueError(f"Where you hire: no wages are known for {needs.location!r}.")
    evidence = countries.counted(evidence, needs.country)
    levels = fit.need_levels(needs, evidence)
    reference = Reference(levels, fit.reference_cost(needs, evidence), fit.reference_deadline(needs, evidence))
    weights = fit.central_weights_of(levels, evidence)
    criteria = tuple(c.id for c in evidence.criteria)
    drawn = drawn_weights(tuple(weights.tolist()), evidence.central("weight_concentration"), criteria, n)

    of, courses = _known(before, needs, evidence)
    of |= {option.id: Draws(option, needs, evidence, n) for option in evidence.options if option.id not in of}

    shared = Shared()

    def simulated(plan: Plan) -> Outcome:
        return scored(courses.get(plan.id) or course(plan, of, needs, shared), needs, evidence, reference, drawn)

    found = {plan.id: simulated(plan) for plan in plans.options(needs, evidence)}
    scores = np.array([each.scores for each in found.values()]).T
    shares = dict(zip(found, acceptability.first_shares(scores).tolist(), strict=True))
    order = sorted(found, key=lambda option: (-shares[option], -found[option].expected_score))
    outcomes = {option: found[option] for option in order}
    drawn.flags.writeable = False
    ceilings = Ceilings(outcomes, needs, evidence, reference, drawn)

    def contenders() -> Iterator[Outcome]:
        """The mixes that can be ahead as often as those before them: most cannot, whatever their ratings are."""
        least = 0.0
        for plan in sorted(plans.mixes(needs, evidence), key=lambda plan: plan.kind != plans.HANDOVER):  # most win
            taken = course(plan, of, needs, shared)
            known = ceilings.known(taken)
            if least and _most_ahead(ceilings.score(taken, known), outcomes) < least:
                continue
            outcome = scored(taken, needs, evidence, reference, drawn, known=known)
            least = max(least, min(_ahead(outcome, alone) for alone in outcomes.values()))
            yield outcome

    mix = best_mix(contenders(), outcomes, evidence)
    return Decision(
        needs=needs, evidence=evidence, verdict=verdict(outcomes, shares, mix, evidence), outcomes=outcomes,
        first_shares={option: shares[option] for option in order}, mix=mix, need_levels=levels,
        weights=dict(zip(criteria, weights.tolist(), strict=True)), reference=reference, drawn_weights=drawn,
        option_draws=of)


def _known(before: Decision | None, needs: ProjectNeeds, evidence: Snapshot
           ) -> tuple[dict[str, Draws], dict[str, Course]]:
    """The draws of an earlier decision that hold for these needs too, and the courses of its options that do."""
    if before is None or before.evidence is not evidence:
        return {}, {}

    def agree(draws: Draws, names: Iterable[str]) -> bool:
        return all(getattr(draws.needs, name) == getattr(needs, name) for name in names)

    same = {id_: draws for id_, draws in before.option_draws.items() if agree(draws, Draws.terms(draws.option))}
    same_work = all(getattr(before.needs, name) == getattr(needs, name) for name in WORK)
    return same, {id_: before.outcomes[id_].course for id_ in same} if same_work else {}


@lru_cache(maxsize=8)
def drawn_weights(weights: tuple[float, ...], concentration: float, criteria: tuple[str, ...], n: int) -> Array:
    """The weight of each criterion in each simulation, shape (draws, criteria): equal levels have equal weights."""
    drawn = draws.dirichlet(np.array(weights), concentration, criteria, n)
    drawn.flags.writeable = False
    return drawn


def best_mix(mixes: Iterable[Outcome], outcomes: Mapping[str, Outcome], evidence: Snapshot) -> Mix | None:
    """The mix whose smallest share of simulations ahead of an option is largest; None if there is none."""
    best: tuple[tuple[float, float], Outcome, dict[str, float]] | None = None
    for mixed in mixes:  # one at a time, so that their arrays take the same memory
        ahead_of = {option: _ahead(mixed, alone) for option, alone in outcomes.items()}
        rank = (min(ahead_of.values()), mixed.expected_score)
        if best is None or rank > best[0]:
            best = rank, mixed, ahead_of
    if best is None:
        return None
    (least, _), mixed, ahead_of = best
    leads = least > evidence.central("mix_lead_share") and mixed.keep_share >= evidence.central("fits_share")
    shares = acceptability.first_shares(np.array([mixed.scores, *(alone.scores for alone in outcomes.values())]).T)
    return Mix(mixed, ahead_of, dict(zip((MIX, *outcomes), shares.tolist(), strict=True)), leads)


def _most_ahead(scores: Array, outcomes: Mapping[str, Outcome]) -> float:
    """At most the share of simulations in which such scores are ahead of each option."""
    return min(np.count_nonzero(scores >= alone.scores) for alone in outcomes.values()) / len(scores)


def _ahead(mixed: Outcome, alone: Outcome) -> float:
    """The share of simulations in which the first scores higher; equal scores count half."""
    wins, ties = (np.count_nonzero(compare(mixed.scores, alone.scores)) for compare in (np.greater, np.equal))
    return float((wins + ties / 2) / len(mixed.scores))


def verdict(outcomes: Mapping[str, Outcome], shares: Mapping[str, float], mix: Mix | None, evidence: Snapshot) -> str:
    """The verdict on the answer: which fits best, lowered where it does not keep the limits often enough. `none_fits`
    where neither an option nor the best mix does."""
    central = evidence.central
    kept = [outcome.keep_share for outcome in outcomes.values()]
    if max(*kept, 0.0 if mix is None else mix.keep_share) < central("fits_share"):
        return NONE_FITS
    if mix is not None and mix.leads:
        top, lead, keeps = mix.ahead_share, 2 * mix.ahead_share - 1, mix.keep_share
    else:
        top, runner_up = (*shares_in_order(shares), 0.0)[:2]
        lead, keeps = top - runner_up, kept[0]
    if lead <= central("close_call_share") + 1e-9:
        return CLOSE_CALL
    if keeps >= central("clear_keep_share") and top >= central("likely_share"):
        return CLEAR
    return LIKELY if top >= central("leaning_share") and keeps >= central("likely_keep_share") else LEANING


def shares_in_order(shares: Mapping[str, float]) -> list[float]:
    return sorted(shares.values(), reverse=True)
