"""Example projects: whole lists of needs to start from, read from `data/examples.csv` by the checks of any list."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from hiring.evidence import loader
from hiring.evidence.loader import DataError
from hiring.lists.list_reader import ListError, csv_table
from hiring.lists.project_list import BadRow, Project, ProjectList
from hiring.lists.reader_process import read_lines_here
from hiring.model.needs import ProjectNeeds

FILE = "examples.csv"


@lru_cache(maxsize=1)
def load_examples() -> dict[str, ProjectNeeds]:
    """The project's own examples by their ids, in the order of the file, read once. Raises `DataError`."""
    return read_examples(loader.DATA / FILE)


def read_examples(file: Path) -> dict[str, ProjectNeeds]:
    """Every row of `file`; a need without a column gets its default. Raises `DataError` that lists every fault."""
    try:
        content = file.read_bytes()
        listed = ProjectList(BytesIO(content), read_file=read_lines_here)
        rows = list(listed)
        if "id" not in listed.header.columns:
            raise ListError("found no column id; write one.")
    except (OSError, ListError) as error:
        raise DataError([f"{file.name}: {error}"]) from error
    place = listed.header.columns.index("id")
    ids = {number: "".join(cells[place:place + 1]) for number, cells, _ in csv_table(BytesIO(content)).rows}
    faults = [f"{file.name}, row {row.line}, id {ids[row.line] or 'missing'}: {' '.join(row.reasons)}"
               for row in rows if isinstance(row, BadRow)]
    faults += [] if rows else [f"{file.name}: found no rows; write one for each example."]
    if faults:
        raise DataError(faults)
    return {ids[row.line]: row.needs for row in rows if isinstance(row, Project)}
