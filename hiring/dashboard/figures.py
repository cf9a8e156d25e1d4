"""The figures page: everything in the evidence, with working addresses."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

import pandas as pd
import streamlit as st

from hiring import evidence_as_of
from hiring.dashboard import formats, sources
from hiring.dashboard import state as page_state
from hiring.model.evidence import Snapshot

TABLES = {"figures": "Figures", "pay": "Pay", "ratings": "Ratings", "levels": "Need levels", "wages": "Wages by place",
          "rules": "Rules", "claims": "The article's words", "sources": "Sources"}
ORDER = (
    "name", "area", "title", "claim", "sentence", "low", "central", "high", "p10", "p25", "p50", "p75", "p90", "unit",
    "effect", "kind", "quality", "address", "source", "producer", "interest", "locator", "note", "valid_from",
    "recorded", "published", "accessed", "licence", "id")
LABELS = {"central": "Middle", "address": "Link", "valid_from": "Holds from", "recorded": "Recorded", "p50": "Median",
          "p10": "10th percentile", "p25": "25th percentile", "p75": "75th percentile", "p90": "90th percentile",
          "area": "Place, USD a year"}
COLUMNS: dict[str, Any] = {
    **{column: LABELS.get(column, column.capitalize()) for column in ORDER},
    **{column: st.column_config.Column(LABELS.get(column, column.capitalize()), pinned=True)
       for column in ("name", "area", "title")},
    "address": st.column_config.LinkColumn("Link", display_text="open"),
    **{column: st.column_config.NumberColumn(LABELS[column], format="$%d")
       for column in ("p10", "p25", "p50", "p75", "p90")}}


def show() -> None:
    state = page_state.current()
    evidence = evidence_as_of(state.as_of)
    st.markdown("# Every number leads to its source", anchors=False)
    st.markdown(f"What the model counts with, as it stood on {formats.day(evidence.as_of)}. Green: read in the "
                "producer's own publication; amber: read in another's, or derived from published numbers; red: assumed "
                "by this project.")
    chosen = st.segmented_control("Table", list(TABLES), format_func=TABLES.__getitem__, default="figures",
                                  required=True, key="table", label_visibility="collapsed")
    st.dataframe(_frame(evidence, chosen), hide_index=True, height=560, column_config=COLUMNS, column_order=ORDER,
                 placeholder="", alt=TABLES[chosen], key=f"table_{chosen}")
    st.markdown(":small[:gray[Low and high: nine times in ten the truth is taken to lie between. A cell that is too "
                "long opens with a double click; the table can be searched, sorted and downloaded.]]")


def _frame(evidence: Snapshot, table: str) -> pd.DataFrame:
    if table == "sources":
        rows = [asdict(source) for source in evidence.sources.values()]
    elif table in ("rules", "claims", "wages"):
        entries = evidence.wages.values() if table == "wages" else getattr(evidence, table)
        rows = [_row(asdict(entry), evidence) for entry in entries]
    else:
        rows = [_row({"name": sources.named(figure, evidence), **asdict(figure)}, evidence)
                for figure in evidence.figures.values() if figure.table == table]
    frame = pd.DataFrame(rows)
    if table == "wages":  # the nation first, then states, then metro areas
        rank = frame["area_type"].map({"nation": 0, "state": 1, "metro": 2})
        return frame.assign(rank=rank).sort_values(["rank", "area"], ignore_index=True)
    if table == "rules":  # what stands in braces is a number or a name of the project at hand
        for column in ("title", "sentence"):
            frame[column] = [re.sub(r"\{(\w+)\}", r"(\1)", text).replace("_", " ") for text in frame[column]]
    return frame.sort_values(frame.columns[0], ignore_index=True)


def _row(entry: dict[str, Any], evidence: Snapshot) -> dict[str, Any]:
    """An entry with the title and address of its sources."""
    cited = [evidence.sources[source] for source in entry.pop("source")]
    entry["source"] = "; ".join(f"{source.producer}, {source.title}" for source in cited)
    entry["address"] = next((source.address for source in cited if source.address), None)
    return {key: ", ".join(value) if isinstance(value, tuple) else value for key, value in entry.items()}
