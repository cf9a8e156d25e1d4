"""What a specification of Vega-Lite says of its axes and colors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PLAN_COLORS = {"Freelance": "orange", "In-house": "blue", "Agency": "green", "Mix": "violet"}


def inside(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a specification."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from inside(child)


def axis_titles(spec: dict[str, Any]) -> set[str]:
    return {node["axis"]["title"] for node in inside(spec)
            if isinstance(node.get("axis"), dict) and node["axis"].get("title")}


def has_plan_colors(spec: dict[str, Any]) -> bool:
    """Whether some channel has a scale of colors, and each one color a plan."""
    scales = [node["color"]["scale"] for node in inside(spec)
              if isinstance(node.get("color"), dict) and "scale" in node["color"]]
    return bool(scales) and all(dict(zip(it["domain"], it["range"], strict=True)) == PLAN_COLORS for it in scales)
