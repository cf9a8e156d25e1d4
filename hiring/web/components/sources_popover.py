"""A button that lists the figures behind a section of a page, each with its range, kind and source."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from hiring.model.decision import Decision
from hiring.text import currencies
from hiring.text.figure_names import TITLES, citation, figure_line
from hiring.text.formatting import strong
from hiring.web.markdown import markdown


def popover(key: str, decision: Decision, parts: Iterable[str]) -> None:
    """A button that opens the list of sources; its body runs only when it is open."""
    button = st.popover("Sources", type="tertiary", key=f"sources_{key}", on_change="rerun")
    if button.open:
        with button:
            st.markdown(listing(decision, parts))


def listing(decision: Decision, parts: Iterable[str]) -> str:
    """The figures of `parts` as a Markdown list, with amounts in the currency that amounts are shown in."""
    used, shown = decision.figures_used(), currencies.shown_evidence(decision.evidence)
    lines = ["Low / middle / high: we assume a 90% chance that the true value is between low and high."]
    for part in parts:
        lines.append(f"\n**{TITLES[part]}**\n")
        lines += _items(figure_line(shown.figures.get(figure.id, figure), shown) for figure in used[part])
        if part == "cost":
            lines += _items(_wages(decision))
        if part == "fit":
            lines += ["\n**What the article says**\n", *_items(
                f"{claim.claim} ({citation(claim.source, decision.evidence, claim.locator)})"
                for claim in decision.evidence.claims)]
    return "\n".join(lines)


def _items(sentences: Iterable[str]) -> list[str]:
    return [f"- {markdown(sentence)}" for sentence in sentences]


def _wages(decision: Decision) -> list[str]:
    """The wage rows behind a place."""
    return [f"{strong(f'Median wage, {row.area}')}: {row.p50:,.0f} USD per year. {row.kind.capitalize()}: "
            f"{citation(row.source, decision.evidence, row.locator)}." for row in decision.wages_used()]
