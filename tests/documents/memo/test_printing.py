"""Printing: charts as drawings that need nothing else, and Markdown as it reads on paper."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from hiring import ProjectNeeds, decide, explain
from hiring.charts import answer_charts
from hiring.documents.memo.content import build_memo
from hiring.documents.memo.printing import COLORS, svg
from hiring.text.verdict_text import MIX_COLOR

THEME = Path(__file__).parents[3] / ".streamlit" / "config.toml"
DECISION = decide(ProjectNeeds(budget_usd=600_000))


def test_the_theme_has_the_colors_of_the_options() -> None:
    theme = tomllib.loads(THEME.read_text(encoding="utf-8"))["theme"]
    assert {name: theme[f"{name}Color"] for name in COLORS} == COLORS
    assert theme["chartCategoricalColors"] == [*list(COLORS.values())[1:], COLORS[MIX_COLOR]]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_colors_of_the_options_stand_out_from_the_background_of_each_theme(mode: str) -> None:
    """WCAG 2.2, 1.4.11: graphics have a contrast of 3:1 or more; in the dark, where marks are thin, 4.5:1."""
    theme = tomllib.loads(THEME.read_text(encoding="utf-8"))["theme"]

    def luminance(color: str) -> float:
        parts = [int(color[place:place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for name in [it for it in COLORS if it != "gray"]:
        light, dark = sorted((luminance(theme[mode].get(f"{name}Color", theme[f"{name}Color"])),
                              luminance(theme[mode]["backgroundColor"])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= (4.5 if mode == "dark" else 3), name


def test_a_chart_is_a_drawing_with_a_name_that_needs_nothing_else() -> None:
    drawn = svg(answer_charts.cost_spec(), answer_charts.cost_rows(DECISION), 'Within "$600k" & <more>', 400, 230)
    root = ET.fromstring(drawn)
    assert (root.get("role"), root.get("aria-label")) == ("img", 'Within "$600k" & <more>')
    assert not re.search(r"href|<image|url\(|<style|<script", drawn)
    texts = {"".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Budget $600k", "$0"} <= texts
    colors = {mark.get("fill") for mark in root.iter()} | {mark.get("stroke") for mark in root.iter()}
    assert set(COLORS.values()) <= colors


def reach(element: ET.Element, left: float = 0.0) -> Iterator[tuple[str, float, float]]:
    """Each level text with where it begins and ends, at half of its size a letter."""
    moved = re.search(r"translate\(([-\d.]+)", element.get("transform", ""))
    left += float(moved[1]) if moved else 0.0
    if element.tag.endswith("text") and "rotate" not in element.get("transform", ""):
        text = "".join(element.itertext())
        wide = len(text) * 0.5 * float(element.get("font-size", "").removesuffix("px"))
        begin = left - wide * {"start": 0, "middle": 0.5, "end": 1}[element.get("text-anchor", "start")]
        yield text, begin, begin + wide
    for child in element:
        yield from reach(child, left)


@pytest.mark.parametrize("needs", [ProjectNeeds(), ProjectNeeds(budget_usd=50_000), ProjectNeeds(upkeep_months=120)])
def test_no_text_of_a_chart_runs_out_of_its_frame(needs: ProjectNeeds) -> None:
    memo = build_memo(explain(decide(needs)), "https://example.org", date(2026, 12, 1))
    for chart in (*memo.charts, *filter(None, [memo.strip])):
        drawn = ET.fromstring(chart.svg)
        _, _, wide, _ = map(float, drawn.get("viewBox", "").split())
        texts = [it for it in reach(drawn) if it[0]]
        assert texts
        assert [it for it in texts if it[1] < 0 or it[2] > wide] == []
