"""The app, but for the time that a file may take to be read: a busy machine needs more between two clicks."""

import runpy
from pathlib import Path

from hiring.lists import reader_process

reader_process.SECONDS = 300
runpy.run_path(str(Path(__file__).parents[2] / "app.py"), run_name="__main__")
