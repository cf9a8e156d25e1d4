"""Every hostile input that was made or found keeps the promise of its target, in little time and memory."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.fuzz.targets import TARGETS

FILES = sorted(file for file in (Path(__file__).parent / "corpus").rglob("*") if file.is_file())
SLOWEST = 10.0  # seconds of the processor: several times what the slowest takes
MOST = 150 * 2**20  # bytes


def name_of(file: Path) -> str:
    return f"{file.parent.name}: {file.stem}"


def test_each_target_has_a_corpus_and_each_corpus_a_target() -> None:
    assert {file.parent.name for file in FILES} == TARGETS.keys()


@pytest.mark.filterwarnings("ignore:Workbook contains no default style:UserWarning")
@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_hostile_input_gives_a_value_or_a_sentence_in_little_time_and_memory(file: Path) -> None:
    content = file.read_bytes()
    peak, began = _peak(), time.process_time()
    TARGETS[file.parent.name](content)
    assert time.process_time() - began < SLOWEST
    assert _peak() - peak < MOST


def _peak() -> int:
    """The most memory that this process has had so far, bytes; what it has now where the system does not tell."""
    if sys.platform != "linux":
        return int(psutil.Process().memory_info().rss)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
