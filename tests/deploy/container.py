"""What deploy/Containerfile says, so that the tests start what it starts."""

from __future__ import annotations

import json
import os
import shlex
import sys
from pathlib import Path

FILE = Path(__file__).parents[2] / "deploy" / "Containerfile"


def instructions() -> list[tuple[str, str]]:
    """Each instruction with what it is told."""
    lines = (line for line in FILE.read_text().splitlines() if line and not line.startswith("#"))
    return [(name, shown) for name, _, shown in (line.partition(" ") for line in lines)]


def last(instruction: str) -> str:
    return [shown for name, shown in instructions() if name == instruction][-1]


def settings() -> dict[str, str]:
    """The environment that the image sets."""
    return dict(setting.split("=", 1) for setting in shlex.split(last("ENV")))


def command() -> list[str]:
    """What the image starts, with this Python."""
    program, *arguments = json.loads(last("CMD"))
    assert program == "python"
    return [sys.executable, *arguments]


def environment(port: str) -> dict[str, str]:
    """This machine's environment with what the image adds for the app, on a port of the test's."""
    theirs = {name: value for name, value in settings().items() if name.startswith(("STREAMLIT_", "PYTHON"))}
    return os.environ | theirs | {"STREAMLIT_SERVER_PORT": port}
