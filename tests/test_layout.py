"""Where a test lives: each module below the page has a test file of its name."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_tests_mirror_the_package() -> None:
    for room in ("model", "evidence", "links", "lists", "documents"):
        for module in (ROOT / "hiring" / room).rglob("[!_]*.py"):
            place = module.relative_to(ROOT / "hiring")
            assert (ROOT / "tests" / place.with_name(f"test_{place.name}")).exists(), place
