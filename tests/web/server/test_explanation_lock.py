"""Turns: one reader's explanation at a time, and none that nobody waits for any more."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from hiring.web.server.explanation_lock import explanation_lock

PATIENCE = 30.0  # seconds; a turn that never comes fails


class NewAnswersError(Exception):
    """What Streamlit raises in a run whose answers have changed."""


def never_looks() -> None:
    raise AssertionError("the turn was not free")


def test_turns_do_not_overlap() -> None:
    inside = most = 0
    patience = iter(range(2_000))  # looks of all who wait; a turn that is never given back fails

    def works(_: int) -> None:
        nonlocal inside, most
        for _ in range(50):
            with explanation_lock(lambda: next(patience)):
                inside += 1
                most = max(most, inside)
                threading.Event().wait(0.0002)
                inside -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(works, range(8)))
    assert (inside, most) == (0, 1)


def test_who_waits_looks_again_and_again_and_may_leave_without_a_explanation_lock() -> None:
    looks, left, done = [], threading.Event(), []

    def look() -> None:
        looks.append(1)
        if len(looks) == 3:
            raise NewAnswersError

    def waits() -> None:
        with pytest.raises(NewAnswersError), explanation_lock(look):
            done.append(1)
        left.set()

    with explanation_lock(never_looks):
        threading.Thread(target=waits, daemon=True).start()
        assert left.wait(PATIENCE)
    assert (len(looks), done) == (3, [])
    with explanation_lock(never_looks):  # who left holds no turn
        pass


def test_a_turn_that_fails_is_free_again() -> None:
    with pytest.raises(NewAnswersError), explanation_lock(never_looks):
        raise NewAnswersError
    with explanation_lock(never_looks):
        pass
