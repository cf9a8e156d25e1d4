"""Hides the library of this name, which only the checks install, so that processes start as they are shipped."""

raise ImportError("not in requirements.txt")
