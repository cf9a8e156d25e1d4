"""What a golden link gives now, in the columns of its row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

from hiring.links import comparison_link, project_link
from hiring.model.decision import Decision, decide
from hiring.model.evidence import Evidence
from hiring.model.own_figures import with_own

FOLDER = Path(__file__).parent / "golden"
TODAY = date(2026, 12, 1)  # on which the links are opened


def numbers(query: str, evidence: Evidence) -> dict[str, str]:
    """The verdict and the numbers of a project's link."""
    opened = project_link.decode(dict(parse_qsl(query, keep_blank_values=True)), evidence, TODAY)
    assert opened.problems == ()
    decision = decide(opened.needs, with_own(evidence.as_of(opened.as_of), opened.own))
    if opened.said is not None:
        assert opened.said == project_link.said_by(decision)
    row = {"query": query, "verdict": decision.verdict, "answer": decision.answer,
           "answer_share": f"{decision.answer_share:.5f}", "keep_share": f"{decision.keep_share:.5f}"}
    for option, outcome in decision.outcomes.items():
        row[f"{option}_first_share"] = f"{decision.first_shares[option]:.5f}"
        row[f"{option}_cost_median_usd"] = f"{outcome.cost_quantiles[1]:.0f}"
        row[f"{option}_finish_month_median"] = f"{outcome.finish_quantiles[1]:.2f}"
    return row


def compared(query: str, evidence: Evidence) -> dict[str, str]:
    """The name, the own link and the answer of each scenario of a comparison's link."""
    row = {"query": query}
    for number, it in enumerate(comparison_link.decode(dict(parse_qsl(query)), evidence, TODAY).scenarios, 1):
        decision: Decision = decide(it.needs, with_own(evidence.as_of(it.as_of), it.own))
        row |= {f"name_{number}": it.name, f"link_{number}": project_link.absolute("", it.query)[1:],
                f"answer_{number}":
                f"{decision.verdict} {decision.answer} {decision.answer_share:.5f} {decision.keep_share:.5f} "
                f"{decision.answered.cost_quantiles[1]:.0f}"}
    return row
