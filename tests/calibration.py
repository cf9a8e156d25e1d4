"""Did real projects end where the tool would have forecast? `python -m tests.calibration PATH` reads three public data
sets in PATH, and writes the tables of docs/calibration.md and the quantiles in tests/cases/calibration.csv.

The files are those of the folder `projects` of https://github.com/Derek-Jones/ESEUR-code-data. No license is stated, so
only quantiles are kept here. The range of overrun in the evidence was taken from these projects: each data set is
therefore forecast from the other two.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from hiring import evidence_as_of
from hiring.model.draws import HIGH_QUANTILE, normal_quantile
from hiring.model.own_figures import Range
from hiring.model.past_projects import learned
from tests.docs import MARKED, markdown

CASES = Path(__file__).parent / "cases" / "calibration.csv"
PAGE = Path(__file__).parents[1] / "docs" / "calibration.md"
SHARES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
TENTHS = np.linspace(0, 1, 11)
KITCHENHAM, NORWAY, CUSTOMERS = SETS = (
    "Kitchenham and others 2002", "Moløkken-Østvold and others 2004", "Moløkken-Østvold and Furulund 2009")
DAYS = f"{NORWAY}, days"
Lines = list[list[str]]


class Quantiles(NamedTuple):
    """Real ÷ planned of some projects: their number, quantiles at `SHARES`, and mean and variance of the logarithms."""

    name: str
    projects: int
    numbers: tuple[float, ...]
    mean: float
    variance: float


def read(folder: Path) -> dict[str, np.ndarray[Any, Any]]:
    """Real ÷ planned of each project: hours, and of one data set calendar days too."""
    text = (folder / "82507128-kitchenham.arff").read_text(encoding="utf-8-sig")
    heads = [line.split()[1] for line in text.splitlines() if line.startswith("@attribute")]
    rows = pd.read_csv(io.StringIO(text.split("@data")[1]), names=heads, na_values="?")
    survey = pd.read_csv(folder / "RK31-surveycostestim.csv.xz")
    customers = pd.read_csv(folder / "simula_0a.csv.xz")
    found = {KITCHENHAM: rows["Actual.effort"] / rows["First.estimate"],
             NORWAY: survey["Actual_hrs"] / survey["Estimate_hrs"],
             CUSTOMERS: customers["Actual"] / customers["Estimated"],
             DAYS: survey["Actual_days"] / survey["Estimate_days"]}
    return {name: ratios.dropna().to_numpy() for name, ratios in found.items()}


def quantiles(name: str, ratios: np.ndarray[Any, Any]) -> Quantiles:
    logs = np.log(ratios)
    return Quantiles(name, len(ratios), tuple(np.quantile(ratios, SHARES).tolist()), logs.mean(), logs.var())


def shipped() -> dict[str, Quantiles]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return {row["name"]: Quantiles(row["name"], int(row["projects"]),
                                       tuple(float(row[f"p{round(100 * share)}"]) for share in SHARES),
                                       float(row["mean_log"]), float(row["variance_log"]))
                for row in csv.DictReader(file)}


def from_others(left_out: str, known: Mapping[str, Quantiles]) -> Range:
    """The 5th percentile, median and 95th percentile of the other data sets, each with the same weight."""
    others = [known[name] for name in SETS if name != left_out]
    grid = np.linspace(np.log(0.05), np.log(20), 4_000)
    below = np.mean([share_below(np.exp(grid), it) for it in others], axis=0)
    return Range(*np.exp(np.interp((0.05, 0.5, 0.95), below, grid)).tolist())


def share_below(ratios: Any, known: Quantiles) -> Any:
    """The share of projects below each of `ratios`, between the quantiles on a straight line of normal quantiles and
    logarithms; beyond the last, in the direction of the two nearest."""
    logs, z = np.log(known.numbers), normal_quantile(np.array(SHARES))
    at = np.log(ratios)
    found = np.interp(at, logs, z)
    for end, next_ in ((0, 1), (-1, -2)):
        slope = (z[end] - z[next_]) / (logs[end] - logs[next_])
        outside = at < logs[0] if end == 0 else at > logs[-1]
        found = np.where(outside, z[end] + (at - logs[end]) * slope, found)
    return _normal(found)


def place(ratios: Any, forecast: Range) -> Any:
    """Where each ratio stands in a forecast, 0 to 1: two half normals on the logarithmic scale, as the model draws."""
    low, middle, high = np.log(forecast)
    away = np.log(ratios) - middle
    return _normal(away * HIGH_QUANTILE / np.where(away > 0, high - middle, middle - low))


def eight_of_ten(forecast: Range) -> tuple[float, float]:
    low, middle, high = np.log(forecast)
    part = normal_quantile(np.array([0.9]))[0] / HIGH_QUANTILE
    return float(np.exp(middle - (middle - low) * part)), float(np.exp(middle + (high - middle) * part))


def within(known: Quantiles, forecast: Range) -> float:
    """The share of projects in the range that holds 8 of 10, from quantiles."""
    low, high = eight_of_ten(forecast)
    return float(share_below(high, known) - share_below(low, known))


def _normal(z: Any) -> Any:
    grid = np.linspace(-8, 8, 3_201)
    density = np.exp(-grid * grid / 2)
    shares = np.concatenate([[0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return np.interp(z, grid, shares / shares[-1])


def evidence() -> Range:
    row = evidence_as_of().figures["overrun.mostly_clear"]
    return Range(row.low, row.central, row.high)


def projects_of_a_prior(known: Mapping[str, Quantiles]) -> float:
    """The variance within a data set ÷ that between the means of data sets, less what chance adds to it."""
    inside = [known[name].variance * known[name].projects / (known[name].projects - 1) for name in SETS]
    between = np.var([known[name].mean for name in SETS], ddof=1) - np.mean(
        [it / known[name].projects for it, name in zip(inside, SETS, strict=True)])
    return float(np.mean(inside) / between)


def with_own_past(ratios: np.ndarray[Any, Any], forecast: Range) -> float:
    """The share of projects in the 8-of-10 range that all other projects of the data set, and the forecast, give."""
    kept = []
    for number, ratio in enumerate(ratios):
        others = np.delete(ratios, number).tolist()
        low, high = eight_of_ten(learned("overrun.mostly_clear", forecast, others).result)
        kept.append(low <= ratio <= high)
    return float(np.mean(kept))


def ends(data: Mapping[str, np.ndarray[Any, Any]]) -> Lines:
    """A header, and for each data set its forecast from the others and how many projects ended in it."""
    known = {name: quantiles(name, ratios) for name, ratios in data.items()}
    lines = [["projects", "forecast from the others, 8 of 10", "ended in it", "above it", "below it",
              "ended in the evidence's range", "in the range with the other projects as own past"]]
    for name, ratios in data.items():
        forecast = forecast_of(name, known)
        stands, (low, high) = place(ratios, forecast), eight_of_ten(forecast)
        lines.append([name, f"{low:.2f} to {high:.2f}", _of(stands, 0.1, 0.9), _of(stands, 0.9, 1.01),
                      _of(stands, 0, 0.1), _of(place(ratios, evidence()), 0.1, 0.9),
                      f"{100 * with_own_past(ratios, forecast):.0f} of 100"])
    return lines


def tenths(data: Mapping[str, np.ndarray[Any, Any]]) -> Lines:
    """A header, and for each data set how many of 100 projects stand in each tenth of its forecast from the others."""
    known = {name: quantiles(name, ratios) for name, ratios in data.items()}
    lines = [["projects", *(f"{round(100 * low)}–{round(100 * high)} %" for low, high in pairwise(TENTHS))]]
    for name, ratios in data.items():
        counted = np.histogram(place(ratios, forecast_of(name, known)), TENTHS)[0]
        lines.append([name, *(f"{100 * count / len(ratios):.0f}" for count in counted)])
    return lines


def sets(known: Mapping[str, Quantiles]) -> Lines:
    """A header, and the quantiles of real ÷ planned of each data set."""
    return [["projects", "number", *(f"P{round(100 * share)}" for share in SHARES)],
            *([it.name, str(it.projects), *(f"{number:.2f}" for number in it.numbers)] for it in known.values())]


def forecast_of(name: str, known: Mapping[str, Quantiles]) -> Range:
    return from_others(NORWAY if name == DAYS else name, known)


def _of(stands: Sequence[float] | Any, low: float, high: float) -> str:
    return f"{100 * np.mean((stands >= low) & (stands < high)):.0f} of 100"


def main() -> None:
    data = read(Path(sys.argv[1]))
    known = {name: quantiles(name, ratios) for name, ratios in data.items()}
    tables = {"ends": ends(data), "tenths": tenths(data), "sets": sets(known)}
    written = {name: markdown(head, rows) for name, (head, *rows) in tables.items()}
    page = MARKED.sub(lambda found: f"{found[1]}{written[found[2]]}{found[4]}", PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(page, encoding="utf-8")
    with CASES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "projects", *(f"p{round(100 * share)}" for share in SHARES), "mean_log",
                         "variance_log"])
        writer.writerows([it.name, it.projects, *(f"{number:.3f}" for number in it.numbers), f"{it.mean:.4f}",
                          f"{it.variance:.4f}"] for it in known.values())


if __name__ == "__main__":
    main()
