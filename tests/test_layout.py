"""Who may import whom, so that the file names in order tell the method."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# The layers from the lowest up, and within the model the way of a project through it.
LAYERS = ("hiring.model", "hiring.exchange", "hiring.dashboard")
MODEL = ("needs", "evidence", "draws", "quantiles", "schedule", "costs", "fit", "acceptability", "rules", "simulation",
         "own", "decision", "portfolio", "plans", "breakeven", "switching", "tornado", "explanation", "worked")
FILES = sorted((ROOT / "hiring").rglob("*.py"))
# What would bring a file, a clock, the network, chance or a person's screen into the model.
OUTSIDE = {"asyncio", "csv", "http", "io", "json", "logging", "os", "pathlib", "pickle", "random", "requests",
           "secrets", "shutil", "socket", "sqlite3", "streamlit", "subprocess", "sys", "tempfile", "threading", "time",
           "tomllib", "urllib", "uuid"}
REACHING_OUT = {"open", "input", "print", "eval", "exec", "today", "now", "utcnow", "fromtimestamp", "read_csv",
                "read_text", "write_text", "to_csv", "default_rng"}


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(file: Path) -> Iterator[str]:
    """Every module that `file` imports, `from a import b` as a.b."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports by a relative name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(module: str) -> int | None:
    return next((k for k, prefix in enumerate(LAYERS) if f"{module}.".startswith(f"{prefix}.")), None)


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_imports_point_down_from_dashboard_to_exchange_to_model(file: Path) -> None:
    own = layer(name_of(file))
    if own is None:
        assert name_of(file) in ("hiring", "hiring.__main__")
        return
    for module in imported(file):
        assert layer(module) is None or layer(module) <= own, f"{name_of(file)} imports {module}"


def test_within_the_model_a_module_imports_only_earlier_ones() -> None:
    files = {file.stem: file for file in (ROOT / "hiring" / "model").glob("*.py")}
    assert set(files) == {*MODEL, "__init__"}
    for place, name in enumerate(MODEL):
        for module in imported(files[name]):
            if module.startswith("hiring."):
                parts = module.split(".")
                inner = parts[3] if parts[2] not in MODEL else parts[2]
                assert inner in MODEL[:place], f"{name} imports {module}"


def test_the_model_imports_nothing_of_the_project_but_itself() -> None:
    for file in (ROOT / "hiring" / "model").glob("*.py"):
        assert all(module.startswith("hiring.model.") for module in imported(file) if module.startswith("hiring"))


def test_only_the_dashboard_and_the_app_import_streamlit() -> None:
    importers = {name_of(file) for file in [*FILES, ROOT / "app.py"]
                 if any(module.split(".")[0] == "streamlit" for module in imported(file))}
    assert "app" in importers
    assert all(name == "app" or name.startswith("hiring.dashboard.") for name in importers)


def test_the_model_uses_no_file_clock_network_or_chance() -> None:
    for file in (ROOT / "hiring" / "model").glob("*.py"):
        assert not {module.split(".")[0] for module in imported(file)} & OUTSIDE, file.name
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                assert called not in REACHING_OUT, f"{file.name}, line {node.lineno}: {called}"


def test_the_tests_mirror_the_package() -> None:
    for folder in ("model", "exchange"):
        tested = {file.stem.removeprefix("test_") for file in (ROOT / "tests" / folder).glob("test_*.py")}
        assert {file.stem for file in (ROOT / "hiring" / folder).glob("[!_]*.py")} <= tested
