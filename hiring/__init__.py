"""Should a software project be staffed by freelancers, by people you hire, or by an agency?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from hiring.evidence.loader import load_evidence
from hiring.model import decision
from hiring.model.decision import MODEL_VERSION, Decision
from hiring.model.evidence import Snapshot
from hiring.model.explanation import Explanation
from hiring.model.needs import NeedsError, ProjectNeeds
from hiring.model.own_figures import Own, Range, with_own

__all__ = ["MODEL_VERSION", "Decision", "NeedsError", "ProjectNeeds", "decide", "evidence_as_of", "explain"]
__version__ = MODEL_VERSION


def decide(needs: ProjectNeeds, as_of: date | None = None,
           own: Mapping[str, float | tuple[float, float, float]] | None = None,
           from_day: date | None = None) -> Decision:
    """The decision for one project with the evidence of `as_of`, by default the newest.

    `own` replaces figures of the evidence by yours: {id: number, or (low, central, high)}. `from_day` is the day from
    which months count; sentences about the decision give dates where it is known.
    Raises ValueError when the location is in none of the wage tables, `as_of` is before the first evidence, or an own
    figure cannot be used.
    """
    ranges = {id_: Range(*numbers) if isinstance(numbers, tuple) else Range(numbers, numbers, numbers)
              for id_, numbers in (own or {}).items()}
    found = decision.decide(needs, evidence_as_of(as_of, tuple(sorted(ranges.items()))))
    return replace(found, from_day=from_day)


def explain(decision: Decision) -> Explanation:
    """Why this answer, and what would change it."""
    return Explanation(decision)


@lru_cache(maxsize=16)
def evidence_as_of(as_of: date | None = None, own: Own = ()) -> Snapshot:
    """The evidence known on `as_of`, by default the day of its newest row, with `own` figures."""
    evidence = load_evidence()
    snapshot = evidence.as_of(as_of or evidence.dates[-1])
    return with_own(snapshot, own) if own else snapshot
