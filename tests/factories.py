"""Evidence and projects made for tests.

Hand-worked expectations are based on the rows of `DAY`, which newer rows do not change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import hiring
from hiring import ProjectNeeds, evidence_as_of
from hiring.model import needs as asked
from hiring.model.decision import Decision, decide
from hiring.model.evidence import Figure, Option, Snapshot
from hiring.model.explanation import Explanation
from hiring.model.needs import CURRENCY, DEFAULTS, NUMBER, YES_NO

DAY = date(2026, 11, 22)
SNAPSHOT = evidence_as_of(DAY)
OPTIONS = ("freelance", "in_house", "agency")


def others_than_default(named: set[str]) -> dict[str, Any]:
    """An answer other than the default for each need that is not `named`: the lowest number, another choice."""
    answers: dict[str, Any] = {}
    for name, need in asked.NEEDS.items():
        if name not in named:
            answers[name] = need.low if need.kind == NUMBER else not DEFAULTS[name] if need.kind == YES_NO else (
                "EUR" if need.kind == CURRENCY else next(
                    choice for choice in need.choices if choice != DEFAULTS[name]))
    return answers


def figure(low: float, central: float, high: float, **more: object) -> Figure:
    """A figure with the given range; `more` sets other fields."""
    fields = {"id": "f", "table": "figures", "unit": "USD", "valid_from": DAY, "recorded": DAY, "kind": "assumed",
              "quality": "red", "source": ("assumed",), "locator": "", "note": "Made for a test."}
    return Figure(low=low, central=central, high=high, **{**fields, **more})


def with_ranges(snapshot: Snapshot, ranges: Mapping[str, tuple[float, float, float]]) -> Snapshot:
    """`snapshot` with the low, central and high of some figures replaced."""
    changed = {id_: replace(snapshot.figures[id_], low=low, central=central, high=high)
               for id_, (low, central, high) in ranges.items()}
    return replace(snapshot, figures={**snapshot.figures, **changed})


def certain(snapshot: Snapshot, values: Mapping[str, float]) -> Snapshot:
    """`snapshot` without any range: every figure at its central value, some at other `values`."""
    centers = {id_: values.get(id_, figure.central) for id_, figure in snapshot.figures.items()}
    assert not values.keys() - centers.keys()
    return with_ranges(snapshot, {id_: (value, value, value) for id_, value in centers.items()})


def keep_options(snapshot: Snapshot, keep: Callable[[Option], bool]) -> Snapshot:
    return replace(snapshot, options=tuple(option for option in snapshot.options if keep(option)))


def option(option_id: str) -> Option:
    return next(option for option in SNAPSHOT.options if option.id == option_id)


class Recording(dict[str, Figure]):
    """Figures that remember which of them were read."""

    def __init__(self, figures: Mapping[str, Figure]):
        super().__init__(figures)
        self.read: set[str] = set()

    def __getitem__(self, figure_id: str) -> Figure:
        self.read.add(figure_id)
        return super().__getitem__(figure_id)


# Round figures without any range, so that a whole project can be worked by hand.
ROUND = certain(SNAPSHOT, {
    "load": 1.25, "overrun.mostly_clear": 1.25, "upkeep_factor": 1, "manager_hourly_usd": 100, "wage_growth": 0,
    "in_house.article.mid": 104_000, "freelance.us.mid": 100, "agency.us.mid": 150,
    "productive_share.in_house": 0.9, "productive_share.freelance": 0.9, "productive_share.agency": 0.75,
    "lead_weeks.in_house": 10, "lead_weeks.freelance": 1, "lead_weeks.agency": 4,
    "hires_per_week.in_house": 0.5, "hires_per_week.freelance": 1, "hires_per_week.agency": 0.5,
    "ramp_weeks.in_house": 10, "ramp_weeks.freelance": 2, "ramp_weeks.agency": 2,
    "sourcing_usd.in_house": 6_000, "sourcing_usd.freelance": 1_000, "sourcing_usd.agency": 1_500,
    "equipment_usd.in_house": 4_000, "fee_share.freelance": 0.05,
    "steering_share.in_house": 0.1, "steering_share.freelance": 0.2, "steering_share.agency": 0.05,
    "attrition_per_year.in_house": 0.52, "attrition_per_year.freelance": 0.52, "attrition_per_year.agency": 0.26,
    "exit_weeks.in_house": 4, "exit_weeks.freelance": 0, "exit_weeks.agency": 0,
})
# Two developers for 6 months (26 weeks), half a developer for 18 months of upkeep (78 weeks).
# Work: 2 x 26 x 40 x 0.9 = 1,872 hours; with an overrun of 1.25: 2,340.
NEEDS = ProjectNeeds(developers=2, build_months=6, upkeep_developers=0.5, upkeep_months=18, budget_usd=391_250,
                     budget_covers="build_and_upkeep", deadline_months=12, start_within_weeks=10)

SCHEDULES = {  # first arrival, mean arrival, calendar weeks per week worked, release, paid heads, upkeep heads
    # 10 + 1 / (2 x 0.5); 1 + 0.01 x 10; 11 + 1.1 x (10 / 2 + 2,340 / 72)
    "in_house": (10, 11, 1.1, 52.25, 2, 0.5),
    # 1 + 1 / (2 x 1); 1 + 0.01 x 1; 1.5 + 1.01 x (2 / 2 + 2,340 / 72)
    "freelance": (1, 1.5, 1.01, 35.335, 2, 0.5),
    # 4 + 1 / (2 x 0.5); 1 + 0.005 x 4; 5 + 1.02 x (2 / 2 + 2,340 / 60); 0.5 x 0.9 / 0.75
    "agency": (4, 5, 1.02, 45.8, 2, 0.6),
}
LINES = {  # build labor, upkeep labor, steering, technical lead, sourcing, replacement, exit
    # A week costs 104,000 x 1.25 / 52 = 2,500. Paid weeks: 2 x (52.25 - 11) / 1.1 = 75, and 0.5 x 78 = 39.
    "in_house": (187_500, 97_500,
                 45_600,  # 114 x 40 x 0.1 x 100
                 0,
                 20_000,  # 2 x (6,000 + 4,000)
                 25_650,  # 114 x 0.01 x (10,000 + 5 x 2,500)
                 15_000),  # (2 x 4 - 0.5 x 4) x 2,500
    # A week costs 100 x 40 x 1.05 = 4,200. Paid weeks: 67 and 39.
    "freelance": (281_400, 163_800,
                  84_800,  # 106 x 40 x 0.2 x 100
                  0,
                  2_000,
                  5_512,  # 106 x 0.01 x (1,000 + 1 x 4,200)
                  0),
    # A week costs 150 x 40 = 6,000. Paid weeks: 80 and 0.6 x 78 = 46.8. More than the smallest engagement.
    "agency": (480_000, 280_800,
               25_360,  # 126.8 x 40 x 0.05 x 100
               0,
               3_000,
               4_755,  # 126.8 x 0.005 x (1,500 + 1 x 6,000)
               0),
}
TOTALS = {"in_house": 391_250, "freelance": 537_512, "agency": 793_915}

# Freelance and agency made equal in everything, and hiring out of reach.
RATED = ("flexibility", "continuity", "collaboration", "capability", "security", "autonomy")
ALIKE = {"lead_weeks": 2, "hires_per_week": 2, "ramp_weeks": 2, "productive_share": 0.9, "smallest_post": 0.1,
         "minimum_usd": 0, "fee_share": 0, "steering_share": 0.1, "lead_share": 0.15, "sourcing_usd": 1000,
         "equipment_usd": 0, "attrition_per_year": 0.2, "exit_weeks": 1, **dict.fromkeys(RATED, 60)}
TWINS: dict[str, Any] = {
    **{f"{name}.{option}": number for name, number in ALIKE.items() for option in ("freelance", "agency")},
    "freelance.us.mid": 100, "agency.us.mid": 100, "in_house.article.mid": 10_000_000}
# The same without any range, so that a middle is worked out from the middles.
CERTAIN = {**TWINS, "overrun.mostly_clear": 1.15, "upkeep_factor": 1, "manager_hourly_usd": 105}
LIMITED = ProjectNeeds(budget_usd=400_000, deadline_months=12)
BEYOND_REASON = {"in_house.article.mid": 10_000_000, "freelance.us.mid": 10_000, "agency.us.mid": 10_000}
SPECIAL: dict[str, tuple[ProjectNeeds, dict[str, Any]]] = {
    "a need level of zero": (ProjectNeeds(), {
        "security.data_sensitivity.internal": 0, "autonomy.technical_lead.yes": 0, "capability.scale.steady": 0,
        "capability.disciplines.one": 0}),
    "no weight on anything": (ProjectNeeds(), {id_: 0 for id_ in SNAPSHOT.figures if id_.startswith("importance.")}),
    "no upkeep": (replace(LIMITED, upkeep_developers=0), {}),
    "no months of upkeep": (ProjectNeeds(upkeep_months=0), {}),
    "a budget and no deadline": (replace(LIMITED, deadline_months=None), {}),
    "a deadline and no budget": (replace(LIMITED, budget_usd=None), {}),
    "no limit": (ProjectNeeds(), {}),
    "limits that are targets": (replace(LIMITED, limits="target"), {}),
    "no mixes": (replace(LIMITED, mixes=False), {}),
    "nothing fits": (ProjectNeeds(budget_usd=50_000), {}),
    "two options tied": (LIMITED, TWINS),
    "two options tied without a limit": (ProjectNeeds(), TWINS),
    "pay beyond reason": (LIMITED, BEYOND_REASON),
    "pay beyond reason without a limit": (ProjectNeeds(), BEYOND_REASON),
    "pay next to nothing": (ProjectNeeds(), {
        "in_house.article.mid": 1, "freelance.us.mid": 1, "agency.us.mid": 1}),
    "a share that may come near to nothing": (ProjectNeeds(), {"productive_share.agency": (0.3, 0.6, 0.9)}),
}


@lru_cache(maxsize=len(SPECIAL))
def special(name: str) -> Explanation:
    """The explanation of a special case, worked out once."""
    return explained(*SPECIAL[name])


def explained(needs: ProjectNeeds, own: Mapping[str, Any] | None = None) -> Explanation:
    return hiring.explain(hiring.decide(needs, own=own))


def decided(needs: ProjectNeeds = NEEDS, **changed: float) -> Decision:
    """The round project, some of its figures `changed`; their dots are written as two underscores."""
    ranges = {id_.replace("__", "."): (value, value, value) for id_, value in changed.items()}
    return decide(needs, with_ranges(ROUND, ranges), n=40)
