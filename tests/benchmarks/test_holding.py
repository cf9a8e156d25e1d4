"""What a session holds alone is told apart from what it shares."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from benchmarks.holding import by_owner, size


def test_what_two_sessions_reach_belongs_to_neither() -> None:
    shared, own, other = [b"s" * 1_000], [b"o" * 2_000], [b"x" * 3_000]
    held, _ = by_owner([{"state": [shared, own]}, {"state": [shared, other]}], {})
    for session, alone in zip(held, (own, other), strict=True):
        roots = sys.getsizeof([shared, alone])
        assert session == {"state": roots + sys.getsizeof(alone) + sys.getsizeof(alone[0])}


def test_what_two_owners_of_one_session_hold_counts_once_for_the_first() -> None:
    text = [b"t" * 500]
    held, _ = by_owner([{"state": text, "queue": text}], {})
    assert held == [Counter({"state": sys.getsizeof(text) + sys.getsizeof(text[0])})]


def test_a_closure_holds_what_it_closes_over_and_not_its_module() -> None:
    kept = [b"k" * 10_000]

    def download() -> Any:
        return kept

    held, by_type = by_owner([{"downloads": download}], {})
    assert by_type["downloads: bytes"] == sys.getsizeof(kept[0])
    assert held[0]["downloads"] < 11_000  # the module of this test holds far more


def test_what_is_set_apart_is_followed_no_further() -> None:
    manager = {"sessions": [b"m" * 4_000]}
    held, _ = by_owner([{"manager": manager, "state": [b"n"]}], {id(manager): manager})
    assert held == [Counter({"state": size([b"n"]) + size(b"n")})]
