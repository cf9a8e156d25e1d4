"""Stands before the library of this name, which only the tests bring, so that processes start as they are shipped."""

raise ImportError("not in requirements.txt")
