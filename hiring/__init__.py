"""Should a software project be staffed by freelancers, by people you hire, or by an agency?"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from hiring.exchange.tables import load_evidence
from hiring.model import decision
from hiring.model.decision import MODEL_VERSION, Decision
from hiring.model.evidence import Snapshot
from hiring.model.needs import NeedsError, ProjectNeeds

__all__ = ["MODEL_VERSION", "Decision", "NeedsError", "ProjectNeeds", "decide", "evidence_as_of"]
__version__ = MODEL_VERSION


def decide(needs: ProjectNeeds, as_of: date | None = None) -> Decision:
    """The decision for one project on the evidence of `as_of`, by default the newest.

    Raises ValueError when the location is in none of the wage tables or `as_of` lies before the evidence.
    """
    return decision.decide(needs, evidence_as_of(as_of))


@lru_cache(maxsize=16)
def evidence_as_of(as_of: date | None = None) -> Snapshot:
    """The project's evidence as it stood on `as_of`, by default the day of its newest row."""
    evidence = load_evidence()
    return evidence.as_of(as_of or evidence.dates[-1])
