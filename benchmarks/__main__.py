"""`python -m benchmarks [part…]`: how fast and how large. Prints medians and ratios; nothing fails by the clock."""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks.deciding import deciding, explaining, growing, listing, writing
from benchmarks.measure import machine
from benchmarks.memory import remembering
from benchmarks.pages import rerunning
from benchmarks.starting import starting

PARTS: dict[str, Callable[[], None]] = {
    "decide": deciding, "explain": explaining, "files": writing, "batch": listing, "growth": growing,
    "start": starting, "pages": rerunning, "memory": remembering,
}


def main(chosen: list[str]) -> None:
    unknown = [part for part in chosen if part not in PARTS]
    if unknown:
        raise SystemExit(f"There is no part {', '.join(unknown)}; choose from {', '.join(PARTS)}.")
    print(machine())
    for part in chosen or PARTS:
        print(f"\n{part}", flush=True)
        PARTS[part]()


if __name__ == "__main__":
    main(sys.argv[1:])
