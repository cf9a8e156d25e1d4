"""`python -m tests.fuzz [--seconds N] [target …]`: mutate the corpus under coverage, for as long as is asked.

What is found stays in `.fuzz/`: inputs that reached new code, and each crash. A crash becomes a file of
`tests/fuzz/corpus/` with a name that says what it is, and a test beside the parser.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
FOUND = Path(__file__).parents[2] / ".fuzz"
SLOWEST, LARGEST = 20, 2_048  # seconds and MB that one input may take
LONGEST = 20_000  # bytes of an input; longer ones are slow and are tried as they stand in the corpus
READERS = ["hiring", "openpyxl", "tomllib", "zipfile", "csv", "urllib.parse", "markdown_it", "docx"]


def main() -> int:
    """The number of targets with a crash."""
    parser = argparse.ArgumentParser("python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("targets", nargs="*", help="by default all: " + ", ".join(
        sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir())))
    asked = parser.parse_args()
    crashed = []
    for target in asked.targets or sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir()):
        print(f"== {target}", file=sys.stderr)  # libFuzzer ends the process that it ran in
        done = subprocess.run([sys.executable, "-c", f"from tests.fuzz.__main__ import mutate; mutate({target!r}, "
                               f"{asked.seconds})"], check=False)
        crashed += [target] if done.returncode else []
    print(f"Crashes in {', '.join(crashed)}: see {FOUND.name}/." if crashed else "No crash.")
    return len(crashed)


def mutate(target: str, seconds: int) -> None:
    """Run one target until its time is over or it crashes."""
    import atheris  # noqa: PLC0415 – no need of anybody who only runs the tests

    with atheris.instrument_imports(include=READERS):
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415 – after the readers can be watched
    new, crashes = FOUND / target, FOUND / "crashes"
    new.mkdir(parents=True, exist_ok=True)
    crashes.mkdir(exist_ok=True)
    atheris.Setup([target, f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-rss_limit_mb={LARGEST}",
                   f"-max_len={LONGEST}", f"-artifact_prefix={crashes}/{target}-", "-print_final_stats=1",
                   str(new), str(CORPUS / target)], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
