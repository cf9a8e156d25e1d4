"""The descriptor of an archive: a version 2 Data Package (https://datapackage.org) that describes every file and column
and lists every source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hiring.documents.archive import csv_schema
from hiring.documents.archive.csv_schema import Column
from hiring.evidence import option_words
from hiring.lists.summary import slug
from hiring.model.decision import MIX, MODEL_VERSION, Decision
from hiring.model.evidence import Option, Source

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}

# For each table: what it holds, its columns and its primary key.
TABLES: dict[str, tuple[str, tuple[Column, ...], tuple[str, ...]]] = {
    "summary": ("The answer: one row for each option and one for the mix, the answer first", csv_schema.SUMMARY,
                ("option",)),
    "futures": ("Spending and releases: one row for each option, or the mix, and month", csv_schema.FUTURES,
                ("option", "month")),
    "figures": ("Every figure that was used, with its source: one row per figure", csv_schema.FIGURES, ("id",)),
}


def title() -> str:
    return f"{option_words.title()}?"


def _description() -> str:
    options = option_words.joined([f"by {noun}" for noun in option_words.nouns()], "or")
    return (f"Whether to staff one software project {options}, tested in thousands of simulations, with every figure "
            "that was used. A first share is the share of simulations in which an option scores highest, a keep share "
            "that of simulations that keep all limits; neither is the chance that the answer is right. The archive "
            "contains the budget.")


def _keywords(options: Iterable[Option]) -> list[str]:
    return ["software project", "staffing", *(option.label.lower() for option in options), "make or buy", "uncertainty"]


def descriptor(decision: Decision, files: Mapping[str, bytes], sources: Iterable[Source], link: str, made: date,
               prepared_by: str, reference: str, reason: str = "") -> dict[str, Any]:
    """The descriptor of the tables in `files`, {name of the table: its CSV}. Each text but `reason` is on one line.

    Our own properties have the prefix `hiring:`, as the standard recommends.
    """
    options = [*(option.id for option in decision.evidence.options), MIX]
    return {
        "$schema": PROFILE,
        "name": slug(decision.needs),
        "title": f"{title()} {decision.needs.project}".strip(),
        "description": _description(),
        "created": f"{made.isoformat()}T00:00:00Z",
        "version": MODEL_VERSION,
        "keywords": _keywords(decision.evidence.options),
        **({"contributors": [{"title": prepared_by, "roles": ["creator"]}]} if prepared_by else {}),
        **({"hiring:reference": reference} if reference else {}),
        **({"hiring:reason": reason} if reason else {}),
        **({"hiring:link": link} if link else {}),
        "hiring:asOf": decision.as_of.isoformat(),
        "sources": [_source(source) for source in sources],
        "resources": [_resource(name, content, options) for name, content in files.items()],
    }


def _resource(name: str, content: bytes, options: Iterable[str]) -> dict[str, Any]:
    title, table, key = TABLES[name]
    schema = csv_schema.schema(table, key, options)
    if name == "futures":
        schema["foreignKeys"] = [{"fields": ["option"], "reference": {"resource": "summary", "fields": ["option"]}}]
    return {"name": name, "type": "table", "path": f"{name}.csv", "title": title, "format": "csv",
            "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(content),
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "dialect": DIALECT, "schema": schema}


def _source(source: Source) -> dict[str, Any]:
    details = {"hiring:id": source.id, "hiring:published": source.published,
            "hiring:accessed": source.accessed.isoformat(), "hiring:licence": source.licence,
            "hiring:note": source.note, "hiring:interest": source.interest}
    return {"title": f"{source.producer}, {source.title}", **({"path": source.address} if source.address else {}),
            **{key: text for key, text in details.items() if text}}
