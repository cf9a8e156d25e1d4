"""What a session holds: every object that one session alone keeps alive, by owner. Runs inside the server.

Python's collector knows what an object refers to; so what is reached from one session, and from no other, is its own.
Sizes are those of `sys.getsizeof`, of a protobuf message that of its bytes; what C libraries keep beside is not seen.
"""

from __future__ import annotations

import gc
import sys
import threading
import types
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from google.protobuf.message import Message
from streamlit.runtime import get_instance

# What leads away from a session to what all share.
SHARED = (types.ModuleType, type, types.FrameType, types.CodeType, threading.Thread, types.BuiltinFunctionType)
Reached = dict[int, Any]


def reached(roots: Iterable[Any], without: Reached) -> Reached:
    """All objects that `roots` lead to, by id, apart from those of `without`."""
    found: Reached = {}
    left = list(roots)
    while left:
        it = left.pop()
        if id(it) in found or id(it) in without or isinstance(it, SHARED):
            continue
        found[id(it)] = it
        left += _references(it)
    return found


def _references(it: Any) -> list[Any]:
    if isinstance(it, types.FunctionType):  # its globals are the module's
        return [*(it.__closure__ or ()), *(it.__defaults__ or ())]
    return gc.get_referents(it)


def size(it: Any) -> int:
    return it.ByteSize() if isinstance(it, Message) else sys.getsizeof(it)


def by_owner(owners: Iterable[Mapping[str, Any]], without: Reached) -> tuple[list[Counter[str]], Counter[str]]:
    """Bytes by owner for each session, and the bytes by owner and type of all; `owners` names the roots of each."""
    sessions = [{owner: reached([root], without) for owner, root in roots.items()} for roots in owners]
    seen = Counter(id_ for session in sessions for id_ in {id_ for found in session.values() for id_ in found})
    bytes_of, types_of = [], Counter[str]()
    for session in sessions:
        told: set[int] = set()
        held = Counter[str]()
        for owner, found in session.items():
            for id_, it in found.items():
                if seen[id_] == 1 and id_ not in told:
                    told.add(id_)
                    held[owner] += size(it)
                    types_of[f"{owner}: {type(it).__name__}"] += size(it)
        bytes_of.append(held)
    return bytes_of, types_of


def sessions_held() -> tuple[list[dict[str, int]], dict[str, int]]:
    """The sessions of this server: bytes by owner of each, and of all by owner and type."""
    manager: Any = get_instance()._session_mgr
    files: Any = get_instance()._media_file_mgr
    sessions = [it.session for it in manager.list_active_sessions()]
    owners = [{**{f"session.{name}": it for name, it in vars(session).items()},
               "downloads": [files._deferred_callables.get(id_) for id_ in files._deferred_ids_by_session[session.id]]}
              for session in sessions]
    manager_and_files = {id(it): it for it in (get_instance(), manager, files, *sessions)}
    held, of_types = by_owner(owners, manager_and_files)
    return [dict(it) for it in held], dict(of_types.most_common(12))
