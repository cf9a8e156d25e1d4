"""The tab What would change it: nearest other answers, and figures to find out."""

from __future__ import annotations

from hiring.model.explanation import Explanation
from hiring.web.pages.decide import explanation_section
from hiring.web.session.page_state import State


def show(state: State, explanation: Explanation) -> None:
    explanation_section.remedies(explanation.decision)
    explanation_section.switching(explanation)
    explanation_section.tornado(explanation)
