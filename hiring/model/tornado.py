"""Tornado: how the lead of the first option over the second changes with each figure at its low and high end.

One-way sensitivity, drawn as bars from longest to shortest: Eschenbach, Interfaces 22(6), 1992.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from hiring.model import decision, fit
from hiring.model.decision import Decision
from hiring.model.evidence import Figure, Snapshot
from hiring.model.simulation import Yardsticks, simulate

BARS_SHOWN = 10


@dataclass(frozen=True)
class Bar:
    """The result with one input at its low and at its high end."""

    id: str
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Tornado:
    """Bars of the lead of `option` over `rival`, longest first, as differences in score; `lead` is the current one."""

    option: str
    rival: str
    lead: float
    bars: tuple[Bar, ...]

    def longest(self, evidence: Snapshot, assumed: bool) -> Bar | None:
        """The longest bar of an assumed figure, or else of one with a source; None where all are zero."""
        kinds = ("assumed",) if assumed else ("published", "derived")
        return next((bar for bar in self.bars if evidence.figures[bar.id].kind in kinds and bar.swing > 0), None)


def bars(measured: Callable[[str, float], float], ranges: Mapping[str, tuple[float, float]]) -> tuple[Bar, ...]:
    """A bar for each input, longest first; `measured` gives the result with one input at a value."""
    found = [Bar(id_, measured(id_, low), measured(id_, high)) for id_, (low, high) in ranges.items()]
    return tuple(sorted(found, key=lambda bar: -bar.swing))


def tornado(decided: Decision) -> Tornado | None:
    """Each figure with a range at its low and high end, all others as they are. None where fewer than two options are
    left to compare."""
    if len(decided.left) < 2:
        return None
    option, rival = decided.left[:2]
    used = {figure.id: figure for part in ("cost", "time", "fit") for figure in decided.figures_used()[part]
            if not figure.is_fixed}
    affected = {id_: _affected_options(id_, (option, rival), decided.evidence) for id_ in used}

    def measured(id_: str, value: float) -> float:
        evidence = _fixed_at(decided.evidence, used[id_], value)
        scores = {each: _expected_score(decided, each, evidence) if each in affected[id_]
                  else decided.expected_scores[each] for each in (option, rival)}
        return scores[option] - scores[rival]

    ranges = {id_: (figure.low, figure.high) for id_, figure in used.items() if affected[id_]}
    lead = decided.expected_scores[option] - decided.expected_scores[rival]
    return Tornado(option, rival, lead, bars(measured, ranges))


def _affected_options(id_: str, options: tuple[str, str], evidence: Snapshot) -> tuple[str, ...]:
    """Which of the two options a figure can affect; one that belongs to no option affects both."""
    if id_ in (evidence.yardstick_share, evidence.yardstick_salary) or "." not in id_:
        return options
    return tuple(option for option in options if id_.startswith(f"{option}.") or id_.endswith(f".{option}"))


def _fixed_at(evidence: Snapshot, figure: Figure, value: float) -> Snapshot:
    known = replace(figure, low=value, central=value, high=value)
    return replace(evidence, figures={**evidence.figures, figure.id: known})


def _expected_score(decided: Decision, option: str, evidence: Snapshot) -> float:
    """Need levels and weights stay as they are: the figures behind them have no range."""
    needs, before = decided.needs, decided.outcomes[option]
    yardsticks = Yardsticks(decided.need_levels, fit.budget_yardstick(needs, evidence),
                            fit.deadline_yardstick(needs, evidence))
    outcome = simulate(before.option, needs, evidence, yardsticks, len(decided.scores), before)
    return float(decision.scored(decided.drawn_weights, outcome.values).mean())
