"""What docs/calibration.md says of real projects, checked with the quantiles that are kept of them."""

from __future__ import annotations

import re

import numpy as np
import pytest

from hiring.model.past_projects import PRIOR_PROJECTS
from tests import calibration
from tests.calibration import DAYS, KITCHENHAM, PAGE, SETS, Quantiles

KNOWN = calibration.shipped()


def line(name: str) -> list[str]:
    """The cells of a data set in the first table of the page."""
    found = next(it for it in PAGE.read_text(encoding="utf-8").splitlines() if it.startswith(f"| {name} |"))
    return [cell.strip() for cell in found.strip("|").split("|")]


@pytest.mark.parametrize("name", [*SETS, DAYS])
def test_the_page_has_the_forecast_and_about_the_share_that_the_quantiles_give(name: str) -> None:
    forecast = calibration.forecast_of(name, KNOWN)
    low, high = calibration.eight_of_ten(forecast)
    assert line(name)[1] == f"{low:.2f} to {high:.2f}"
    inside, above, below = (int(cell.split()[0]) for cell in line(name)[2:5])
    assert inside + above + below == pytest.approx(100, abs=1)
    if name != DAYS:  # many of these ended on the day
        found = calibration.within(KNOWN[name], forecast)
        assert 100 * found == pytest.approx(inside, abs=12)  # seven quantiles are few


def test_a_forecast_from_the_others_does_not_know_the_data_set_itself() -> None:
    moved = {**KNOWN, KITCHENHAM: KNOWN[KITCHENHAM]._replace(numbers=tuple(3 * it for it in KNOWN[KITCHENHAM].numbers))}
    assert calibration.from_others(KITCHENHAM, moved) == calibration.from_others(KITCHENHAM, KNOWN)
    assert calibration.from_others(SETS[1], moved) != calibration.from_others(SETS[1], KNOWN)


def test_the_evidence_counts_for_as_many_projects_as_the_data_sets_differ() -> None:
    assert calibration.projects_of_a_prior(KNOWN) == pytest.approx(PRIOR_PROJECTS, abs=0.2)


def test_projects_drawn_from_a_forecast_are_covered_by_it() -> None:
    ratios = np.exp(np.random.Generator(np.random.PCG64(3)).normal(0.2, 0.4, 4_000))
    forecast = calibration.Range(*np.quantile(ratios, (0.05, 0.5, 0.95)).tolist())
    known: Quantiles = calibration.quantiles("drawn", ratios)
    assert calibration.within(known, forecast) == pytest.approx(0.8, abs=0.02)
    stands = calibration.place(ratios, forecast)
    assert np.histogram(stands, 10, (0, 1))[0] / len(ratios) == pytest.approx([0.1] * 10, abs=0.02)


def test_only_quantiles_are_kept() -> None:
    assert all(len(it.numbers) == len(calibration.SHARES) for it in KNOWN.values())
    assert not re.search(r"\.(arff|xz)", " ".join(it.name for it in calibration.CASES.parent.iterdir()))
