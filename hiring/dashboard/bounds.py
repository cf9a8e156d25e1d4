"""Bounds that Streamlit leaves open: the files that sessions may leave in memory, and how many may be open at once."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

FILES = 3  # that a session may have uploaded at a time; the pages ask for one each
HELD = 200_000_000  # bytes of all sessions together
OPEN = 65_536  # files, of which a session takes four
_add_file = MemoryUploadedFileManager.add_file


def set_bounds() -> None:
    """Bound the uploads of this process, and let it open as many files as the system grants, up to `OPEN`."""
    MemoryUploadedFileManager.add_file = _add_bounded  # type: ignore[assignment, method-assign]
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    granted = OPEN if hard == resource.RLIM_INFINITY else min(hard, OPEN)
    if soft != resource.RLIM_INFINITY and soft < granted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (granted, hard))


def _add_bounded(manager: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
    """Take a file in, and let go of the session's oldest beyond `FILES`. Where all sessions hold
    as much as they may, the browser is told that it was not taken, and the session keeps what it has."""
    if manager._total_bytes + len(file.data) > HELD:
        raise HTTPException(507, "The service holds as many files as it may; try again in a few minutes.")
    _add_file(manager, session_id, file)
    held = list(manager.file_storage[session_id])
    for oldest in held[:-FILES]:
        manager.remove_file(session_id, oldest)
