"""Printing: the page's charts on paper, as SVG on white."""

from __future__ import annotations

import html
from typing import Any

import pyarrow as pa
import vl_convert

from hiring.charts.chart_theme import Spec

COLORS = {"orange": "#D5700F", "blue": "#3B82F6", "green": "#157A6C"}  # the theme's; a chart names them only
FONT = "Libertinus Serif, Georgia, Times New Roman, serif"
SPACE = {"left": 5, "right": 16, "top": 5, "bottom": 5}  # pixels; where the font is missing, names grow longer
MARKS = 0.6  # of their area on the page, which is wider


def svg(spec: Spec, rows: pa.Table, label: str, width: int, height: int) -> str:
    """A chart as SVG with a name for screen readers; `width` and `height` are those of its plot, in pixels."""
    printed = _fitted({**spec, "width": width, "height": height, "padding": SPACE, "background": "#FFFFFF"})
    printed["data"] = {"name": "source", "values": rows.to_pylist()}
    printed["config"] = {**spec["config"], "font": FONT}
    drawn = vl_convert.vegalite_to_svg(printed, allowed_base_urls=[])
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{html.escape(label)}" ', 1)


def _fitted(part: Any) -> Any:
    """A part of a specification with smaller marks, and the colors that its names stand for on the page."""
    if isinstance(part, dict):
        return {key: value * MARKS if key == "size" and isinstance(value, int) else _fitted(value)
                for key, value in part.items()}
    if isinstance(part, list):
        return [_fitted(value) for value in part]
    return COLORS.get(part, part) if isinstance(part, str) else part
