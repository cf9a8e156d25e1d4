from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hiring.evidence.loader import DATA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data to break."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
