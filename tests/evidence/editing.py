"""Copies of `data/` to break, and the messages about them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from hiring.evidence.loader import DATA, DataError, read_evidence

Edit = Callable[[list[list[str]]], None]


def rewrite(file: Path, edit: Edit, encoding: str = "utf-8", newline: str = "\n") -> None:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    edit(rows)
    with file.open("w", encoding=encoding, newline="") as opened:
        csv.writer(opened, lineterminator=newline).writerows(rows)


def setting(id_: str, **cells: str) -> Edit:
    """An edit that writes some cells of the first row of `id_`."""
    def edit(rows: list[list[str]]) -> None:
        row = next(row for row in rows if row[0] == id_)
        for column, cell in cells.items():
            row[rows[0].index(column)] = cell
    return edit


def line_of(file: Path, id_: str) -> int:
    with file.open(encoding="utf-8", newline="") as opened:
        return next(number for number, row in enumerate(csv.reader(opened), 1) if row[0] == id_)


def first_id(file: str) -> str:
    return (DATA / file).read_text(encoding="utf-8").splitlines()[1].split(",")[0]


def faults(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_evidence(folder)
    assert str(caught.value).startswith("The data cannot be used until these problems are fixed:\n")
    assert all(fault in str(caught.value) for fault in caught.value.faults)
    return caught.value.faults
