"""Evidence made for tests. Hand-worked expectations stand on the rows of `DAY`, which newer rows leave as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from hiring import evidence_as_of
from hiring.model.evidence import Figure, Option, Snapshot

DAY = date(2026, 11, 22)
SNAPSHOT = evidence_as_of(DAY)
OPTIONS = ("freelance", "in_house", "agency")


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
