"""Sources: the figures behind a part of the page, each with its range, kind and source."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from hiring.dashboard import formats
from hiring.model.decision import Decision
from hiring.model.evidence import Figure, Snapshot, Source
from hiring.model.needs import NEEDS

LABELS = {
    "attrition_per_year": "Leavers a year for each person", "equipment_usd": "Equipment", "exit_weeks": "Exit pay",
    "fee_share": "Marketplace fee", "lead_weeks": "Time until the first working day",
    "minimum_usd": "Smallest engagement",
    "productive_share": "Share of paid hours spent on the work", "ramp_weeks": "Ramp-up",
    "smallest_post": "Smallest post", "sourcing_usd": "Finding and signing", "importance": "Importance",
    "steering_share": "Your people's hours for each developer hour", "load": "Employer's cost over salary",
    "manager_hourly_usd": "An hour of your managers", "overrun": "Actual over estimated effort",
    "cost_steepness": "Steepness of the cost value", "deadline_steepness": "Steepness of the finish value",
    "finish_share": "Part of the finish in the speed value", "late_start_weeks": "Decay of the value of a late start",
    "reference_budget_factor": "Assumed budget over the work's price",
    "reference_deadline_factor": "Assumed deadline over the build",
    "weight_concentration": "Concentration of the weights",
    "market_correlation": "Correlation of the prices of labor", "rule_out_share": "Bound of ruling out",
    "caution_share": "Bound of caution", "close_call_share": "Bound of a close call",
    "handover_weeks": "Overlap at a handover", "keeper_continuity_share": "Part of the keeper in continuity",
    "builder_capability_share": "Part of the builder in capability",
    "leaning_share": "Bound of leaning", "likely_share": "Bound of likely",
}
ASSUMED = "assumed"
ORIGINS = {"published": "Published by", "derived": "Derived from", "assumed": "Assumed, in the direction of"}
TITLES = {"cost": "Prices and costs", "time": "Times", "fit": "Needs, ratings and importance", "method": "Method"}


def popover(key: str, decision: Decision, parts: Iterable[str]) -> None:
    """A button that opens the list of sources; its body runs only when it is open."""
    button = st.popover("Sources", type="tertiary", key=f"sources_{key}", on_change="rerun")
    if button.open:
        with button:
            st.markdown(listing(decision, parts))


def listing(decision: Decision, parts: Iterable[str]) -> str:
    """The figures of `parts` as a Markdown list."""
    used = decision.figures_used()
    lines = ["Low / middle / high: nine times in ten the truth is taken to lie from low to high."]
    for part in parts:
        lines.append(f"\n**{TITLES[part]}**\n")
        lines += [f"- {described(figure, decision.evidence)}" for figure in used[part]]
        if part == "cost":
            lines += [f"- {text}" for text in _wages(decision)]
        if part == "fit":
            lines += ["\n**What the article says**\n", *(
                f"- {claim.claim} ({cited(claim.source, decision.evidence, claim.locator)})"
                for claim in decision.evidence.claims)]
    return formats.usd("\n".join(lines))


def described(figure: Figure, evidence: Snapshot) -> str:
    """One figure in a line: name, range, unit, kind, source and where in it."""
    numbers = [figure.central] if figure.is_fixed else [figure.low, figure.central, figure.high]
    values = " / ".join(f"{number:,.10g}" for number in numbers)
    found = cited(figure.source, evidence, figure.locator)
    origin = f"{ORIGINS[figure.kind]} {found}" if found else "Assumed"
    return f"**{named(figure, evidence)}**: {values} {figure.unit}. {origin}."


def named(figure: Figure, evidence: Snapshot) -> str:
    """A figure's name in words."""
    labels = {o.id: o.label for o in evidence.options} | {c.id: c.label for c in evidence.criteria}
    first, *rest = figure.id.split(".")
    words = labels | LABELS | {name: need.label for name, need in NEEDS.items()}
    for need in NEEDS.values():
        words = words | dict(need.choices)
    name = words.get(first, first)
    if figure.table == "pay":
        name = f"Pay, {name}"
    return ", ".join([name, *(words.get(part, part) for part in rest)])


def cited(ids: tuple[str, ...], evidence: Snapshot, locator: str) -> str:
    """The sources and where in them; empty for what is assumed alone."""
    sources = "; ".join(linked(evidence.sources[source]) for source in ids if source != ASSUMED)
    return f"{sources}{f' – {locator}' if locator else ''}" if sources else ""


def linked(source: Source) -> str:
    """A source's name, linked where it has an address."""
    name = f"{source.producer}, {source.title}"
    return f"[{name}]({source.address})" if source.address else name


def _wages(decision: Decision) -> list[str]:
    """The wage rows behind a place."""
    needs, evidence = decision.needs, decision.evidence
    if needs.location == "us":
        return []
    wage = evidence.wages[needs.location]
    national = evidence.national_wages[wage.valid_from]
    return [f"**Median wage, {row.area}**: {row.p50:,.0f} USD per year. {row.kind.capitalize()}: "
            f"{cited(row.source, evidence, row.locator)}." for row in (wage, national)]
