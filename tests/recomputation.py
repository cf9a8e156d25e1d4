"""A project recomputed from `docs/method.md`: its formula blocks, run as they are written there.

Nothing of the model takes part but the needs and the figures.
"""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from hiring.model.evidence import Figure, Option, Snapshot
from hiring.model.needs import ProjectNeeds

TEXT = (Path(__file__).parents[1] / "docs" / "method.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^```formula (\w+)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE))
SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "^": "**"})
ADDED = ("build_labor", "upkeep_labor", "steering", "technical_lead", "sourcing", "replacement", "exit", "cost",
         "build_cost")
DISTANCES = {  # what people you hire have
    "distance_productive": 1, "distance_steering": 1, "distance_collaboration": 0, "distance_security": 0}
DRAWN = ("upkeep_factor", "load", "wage_growth", "mix_loss_share")
LEAST = {"load": 1, "overrun": 0.1, "upkeep_factor": 0.1, "productive_share": 0.01}
MOST = {"mix_loss_share": 0.9, "share": 1, "points": 100}
FUNCTIONS: dict[str, Any] = {
    "where": np.where, "min": np.minimum, "max": np.maximum, "exp": np.exp, "log": np.log, "sqrt": np.sqrt,
    "clip": lambda number: np.clip(number, 0, 1)}

BORROWED = ("sourcing_usd.in_house", "wage_growth")  # that no country but the base one has

Names = dict[str, Any]


@cache
def lines(block: str) -> tuple[tuple[str, CodeType], ...]:
    """The lines "name = formula" and "name(arguments) = formula" of a block, compiled."""
    found = []
    for line in BLOCKS[block].translate(SIGNS).splitlines():
        name, _, formula = line.partition("#")[0].partition(" = ")
        function = re.fullmatch(r"(\w+)\((.*)\)", name)
        if name.strip():
            text = f"lambda {function[2]}: {formula}" if function else formula
            found.append((function[1] if function else name, compile(text.strip(), f"formula {block}", "eval")))
    return tuple(found)


def run(block: str, names: Names) -> Names:
    """`names` with what a block of formulas defines, in its order."""
    for name, formula in lines(block):
        names[name] = eval(formula, names)
    return names


class Numbers:
    """`n` random numbers of each name."""

    def __init__(self, n: int, seed: int = 0):
        self.n, self.generator = n, np.random.default_rng(seed)
        self.known: dict[str, Any] = {}

    def normal(self, name: str) -> Any:
        if name not in self.known:
            self.known[name] = self.generator.standard_normal(self.n)
        return self.known[name]

    def uniform(self, name: str) -> Any:
        return self.generator.random(self.n)


class Plan(NamedTuple):
    """A plan of section 6."""

    kind: str
    builder: str
    keeper: str
    builders: float
    joiners: float = 0.0

    @property
    def id(self) -> str:
        if self.kind == "alone":
            return self.builder
        return f"{self.kind}:{self.builder}+{self.keeper}" + (f":{self.joiners:g}" if self.kind == "together" else "")


class Recomputed:
    """One project: `option` has the names of each option, `plan` those of a plan."""

    def __init__(self, needs: ProjectNeeds, evidence: Snapshot, numbers: Numbers):
        self.needs, self.evidence, self.numbers = needs, in_dollars(evidence, needs.country), numbers
        evidence = self.evidence
        self.draws = run("draw", FUNCTIONS | {"market_correlation": evidence.central("market_correlation")})
        self.project = self._project()
        self.option = {option.id: self._option(option) for option in evidence.options}

    def drawn(self, id_: str, z: Any = None) -> Any:
        """A figure of section 3, clipped."""
        figure, name = self.evidence.figures[id_], id_.partition(".")[0]
        if figure.low == figure.high:
            return figure.central
        formula = self.draws["factor_drawn" if name in ("overrun", "upkeep_factor") else "drawn"]
        number = formula(figure.low, figure.central, figure.high, self.numbers.normal(id_) if z is None else z)
        return np.clip(number, _least(figure), MOST.get(name, MOST.get(figure.unit, np.inf)))

    def priced(self, name: str) -> Any:
        """The z of a price of labor."""
        return self.draws["priced_z"](self.numbers.normal("market"), self.numbers.normal(name))

    def plan(self, plan: Plan) -> Names:
        """A plan's cost lines, release, ratings, values and score in each simulation."""
        of = {role: SimpleNamespace(**self.option[id_]) for role, id_ in (
            ("builder", plan.builder), ("keeper", plan.keeper))}
        names = {**self.project, **of, "builders": plan.builders, "joiners": plan.joiners,
                 "is_handover": plan.kind == "handover", "is_bridge": plan.kind == "bridge"}
        run("two_crews" if plan.kind in ("together", "bridge") else "one_crew", names)
        run("weeks", names)
        roles = {"alone": plan.builder} if plan.kind == "alone" else {"builder": plan.builder, "keeper": plan.keeper}
        engagements = [run("cost", run(role, {**self.option[id_], **names})) for role, id_ in roles.items()]
        names |= {line: sum(engagement[line] for engagement in engagements) for line in ADDED}
        names["budgeted"] = names["build_cost" if self.needs.budget_covers == "build" else "cost"]
        rated = self.option[plan.builder]["rated"] if plan.kind == "alone" else self._mixed(plan, names)
        run("value", names)
        values = {"cost": names["cost_value"], "speed": names["speed_value"], **{
            criterion: names["rated_value"](points, self.project[criterion]) for criterion, points in rated.items()}}
        names |= {"value": values.__getitem__, "values": values, "rated": rated}
        run("score", names)
        names["keeps"] = np.ones(np.shape(names["score"]), dtype=bool)
        if self.needs.budget_usd is not None:
            names["keeps"] &= names["budgeted"] <= self.needs.budget_usd
        if self.needs.deadline_months is not None:
            names["keeps"] &= names["release_months"] <= self.needs.deadline_months
        return names

    def options(self) -> dict[str, Names]:
        """Each option alone."""
        return {id_: self.plan(Plan("alone", id_, id_, self.needs.developers)) for id_ in self.option}

    def mixes(self) -> list[Plan]:
        """The mixes that the table of section 6 allows."""
        needs, found = self.needs, []
        has_upkeep = min(needs.upkeep_developers, needs.upkeep_months) > 0
        outside = [option.id for option in self.evidence.options if option.outside]
        hires = [option.id for option in self.evidence.options if not option.outside]
        for builder, keeper in ((one, other) for one in outside for other in hires):
            if needs.developers >= 1.5:
                posts = {max(share * needs.developers, self.option[keeper]["smallest_post"]) for share in (
                    0.25, 0.5, 0.75)}
                found += [Plan("together", builder, keeper, needs.developers - joiners, joiners)
                          for joiners in sorted(posts)
                          if needs.developers - joiners >= self.option[builder]["smallest_post"]]
            if needs.developers >= 1 and (has_upkeep or needs.build_months >= 9):
                found.append(Plan("bridge", builder, keeper, needs.developers, needs.developers))
        if has_upkeep:
            found += [Plan("handover", builder, keeper, needs.developers)
                      for builder in self.option for keeper in self.option if builder != keeper]
        return found

    def _project(self) -> Names:
        """What all plans share: needs, figures of no option, need levels, references and weights."""
        needs, central = self.needs, self.evidence.central
        names: Names = {**FUNCTIONS, **asdict(needs)}
        names |= {id_: self.drawn(id_) if id_ in DRAWN else figure.central
                  for id_, figure in self.evidence.figures.items() if figure.table == "figures" and "." not in id_}
        names |= {"overrun": self.drawn(f"overrun.{needs.scope_clarity}"),
                  "seniority_steering": central(f"seniority_steering.{needs.seniority}"),
                  "limit_steepness": central(f"limit_steepness.{needs.limits}"),
                  "manager_hourly_usd": self.drawn("manager_hourly_usd", self.priced("manager_hourly_usd")),
                  "yardstick_share": central("productive_share.in_house"),
                  "central_overrun": self.evidence.published(f"overrun.{needs.scope_clarity}"),
                  "central_load": self.evidence.published("load"),
                  "central_wage_growth": self.evidence.published("wage_growth"),
                  "median_salary": self.evidence.published(
                      f"in_house.{self.evidence.countries[needs.country].wage_bases[-1]}.{needs.seniority}"),
                  "has_budget": needs.budget_usd is not None, "has_deadline": needs.deadline_months is not None,
                  "budget_usd": needs.budget_usd or np.inf, "deadline_months": needs.deadline_months or np.inf,
                  "criteria": [criterion.id for criterion in self.evidence.criteria],
                  "importance": lambda criterion: central(f"importance.{criterion}"),
                  "level": lambda criterion, need: central(f"{criterion}.{need}.{_choice(getattr(needs, need))}")}
        paid = {it.id: it for it in self.evidence.contributions.get(needs.country, ())}
        rates = {id_: self.drawn(id_) for id_ in paid}
        names |= {"contributions": list(paid), "start": lambda id_: paid[id_].start, "end": lambda id_: paid[id_].end,
                  "rate": rates.__getitem__, "central_rate": lambda id_: paid[id_].rate.central,
                  "has_contributions": bool(paid)}
        for block in ("project", "year", "need", "reference"):
            run(block, names)
        z = {criterion: self.numbers.normal(f"weight.{criterion}") for criterion in names["criteria"]}
        u = {criterion: self.numbers.uniform(f"weight.boost.{criterion}") for criterion in names["criteria"]}
        weighed = {**names, "z": z.__getitem__, "u": u.__getitem__,
                   "need_level": lambda criterion: names.get(criterion, 1.0)}
        run("weight", weighed)
        weighed["variate"] = {criterion: weighed["variate"](criterion) for criterion in z}.__getitem__
        weights = {criterion: weighed["drawn_weight"](criterion) for criterion in z}
        return {**names, "drawn_weight": weights.__getitem__, "weight": weighed["weight"]}

    def _option(self, option: Option) -> Names:
        """The figures and prices of one option."""
        needs, evidence = self.needs, self.evidence
        country, region = evidence.countries[needs.country], needs.talent_region
        away = 0 if region == "local" else evidence.central(f"time_difference.{region}")
        band = "near" if away <= 2 else "over_2" if away <= 4 else "over_4" if away <= 8 else "over_8"
        names = self.project | DISTANCES
        if option.outside:
            names |= {name: evidence.central(f"{name}.{band}") for name in DISTANCES}
        names |= {id_.partition(".")[0]: self.drawn(id_) for id_, figure in evidence.figures.items()
                  if figure.table == "figures" and id_.partition(".")[2] == option.id}
        known = (needs.wage_basis, *country.wage_bases)
        basis = (next(it for it in known if it in country.wage_bases) if option.id == "in_house" else
                 country.rate_basis if region == "local" else region)
        z = self.priced(f"pay.{option.id}")
        for prefix, seniority in (("", needs.seniority), ("senior_", "senior")):
            figure_id = f"{option.id}.{basis}.{seniority}"
            is_scaled = option.id == "in_house" and evidence.figures[figure_id].kind != "own"
            names[f"{prefix}pay"] = self.drawn(figure_id, z)
            names[f"{prefix}wage_ratio"] = evidence.wage_ratio(needs.location) if is_scaled else 1
        names["paid_by_salary"] = option.id == "in_house"
        for block in ("option", "price", "rating"):
            run(block, names)
        z_option, rated = self.numbers.normal(f"judgment.{option.id}"), {}
        for criterion in names["criteria"]:
            if figure := evidence.figures.get(f"{criterion}.{option.id}"):
                shift = z_option if figure.low < figure.high else 0
                rated[criterion] = names["rated"](self.drawn(figure.id), shift, names.get(f"distance_{criterion}", 0))
        return names | {"rated": rated}

    def _mixed(self, plan: Plan, names: Names) -> Names:
        """The ratings of a mix."""
        run("mix", names)
        shares = {"continuity": names["for_continuity"], "capability": names["for_capability"]}
        ours, theirs = self.option[plan.builder]["rated"], self.option[plan.keeper]["rated"]
        mixed = {criterion: names["mixed"](shares.get(criterion, names["overall"]), ours[criterion], theirs[criterion])
                 for criterion in ours}
        return mixed | {"security": names["mixed_security"](ours["security"], theirs["security"])}


def in_dollars(evidence: Snapshot, code: str) -> Snapshot:
    """The evidence for people hired in a country, as section 2 describes it, in US dollars."""
    place, rates = evidence.countries[code], {"USD": 1.0} | {
        id_: rate.central for id_, rate in evidence.exchange_rates.items()}
    if place.is_base:
        return evidence

    def row_of(lender: str, name: str) -> Figure | None:
        other = evidence.countries[lender]
        if not other.is_base:
            return evidence.country_figures.get(f"{lender}.{name}")
        own = name.replace("survey", other.wage_bases[-1]).replace("local", other.rate_basis)
        return evidence.replaced.get(own, evidence.figures.get(own))

    figures = dict(evidence.figures)
    for name in {id_.partition(".")[2] for id_ in evidence.country_figures} | set(BORROWED):
        row = next(filter(None, (row_of(lender, name) for lender in (code, *place.borrows))))
        rate = rates.get(row.unit[:3], 1.0)
        figures[name] = replace(row, id=name, low=row.low / rate, central=row.central / rate, high=row.high / rate,
                                table="pay" if name.count(".") == 2 else "figures")
    rate = rates[place.currency]
    paid = tuple(replace(it, start=it.start / rate, end=it.end / rate) for it in evidence.contributions[code])
    return replace(evidence, figures=figures | {it.id: it.rate for it in paid}, contributions={code: paid})


def ahead(one: Names, other: Names) -> float:
    """The share of simulations in which the first scores higher, ties counting half."""
    return float(np.mean(one["score"] > other["score"]) + np.mean(one["score"] == other["score"]) / 2)


def _least(figure: Figure) -> float:
    return 1 if figure.table == "pay" else LEAST.get(figure.id.partition(".")[0], 0)


def _choice(answer: object) -> object:
    return ("no", "yes")[answer] if isinstance(answer, bool) else answer
