"""Hides the library of this name, which only the tests install, so that processes start as they are shipped."""

raise ImportError("not in requirements.txt")
