"""The page's charts for paper, as SVG on white."""

from __future__ import annotations

import html
import json
from typing import Any

import pyarrow as pa
import vl_convert

from hiring.charts.chart_theme import Spec, priced
from hiring.evidence.loader import load_evidence
from hiring.text.verdict_text import MIX_COLOR, MIX_COLOR_HEX

# Charts have the names only.
COLORS = {MIX_COLOR: MIX_COLOR_HEX, **{option.color: option.color_hex for option in load_evidence().options}}
FONT = "Libertinus Serif, Georgia, Times New Roman, serif"
SPACE = {"left": 5, "right": 16, "top": 5, "bottom": 5}  # pixels; names are longer if the font is missing
POINT_SCALE = 0.6  # of the area of a point on the page, which is wider


def svg(spec: Spec, rows: pa.Table, label: str, width: int, height: int) -> str:
    """A chart as SVG with a name for screen readers; `width` and `height` of the plot are in pixels."""
    printed = _fitted({**spec, "width": width, "height": height, "padding": SPACE, "background": "#FFFFFF"})
    printed["data"] = {"name": "source", "values": json.loads(json.dumps(rows.to_pylist(), default=str))}
    printed["config"] = {**priced(spec)["config"], "font": FONT}
    drawn = vl_convert.vegalite_to_svg(printed, allowed_base_urls=[])
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{html.escape(label)}" ', 1)


def _fitted(part: Any) -> Any:
    """A part of a specification with smaller points, and color values in place of color names."""
    if isinstance(part, dict):
        return {key: value * POINT_SCALE if key == "size" and isinstance(value, int) else _fitted(value)
                for key, value in part.items()}
    if isinstance(part, list):
        return [_fitted(value) for value in part]
    return COLORS.get(part, part) if isinstance(part, str) else part
