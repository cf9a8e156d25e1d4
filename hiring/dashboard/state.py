"""State: the needs on screen, kept in the address bar and, across pages, in the session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from hiring.exchange import links
from hiring.exchange.tables import load_evidence
from hiring.model.needs import ProjectNeeds
from hiring.model.own import Own

OWN_FIELD = "own_field_"  # begins the key of each field for an own figure


@dataclass(frozen=True)
class State:
    """What the page shows: needs, evidence date, own figures, and what a link said that could not be used.

    `opened` counts the links that this session has opened, so that the form knows when to fill itself.
    """

    needs: ProjectNeeds
    as_of: date
    own: Own = ()
    problems: tuple[str, ...] = ()
    opened: int = 0


def current() -> State:
    """The state, after a link that was just opened, or Back and Forward, has been read."""
    state: State | None = st.session_state.get("state")
    query = st.query_params.to_dict()
    twice = sorted(key for key in query if len(st.query_params.get_all(key)) > 1)
    is_new = bool(query) and (query != st.session_state.get("query") or bool(twice))
    if state is None or is_new:
        opened = links.decode(query, load_evidence())
        told = tuple(f"{key} stands in the link more than once; the last was used." for key in twice)
        count = (state.opened if state else 0) + 1
        state = State(opened.needs, opened.as_of, opened.own, opened.problems + told, count)
    if twice:
        st.query_params.clear()
    keep(state)
    return state


def keep(state: State) -> None:
    """Hold the state in the session and write it out in the address bar."""
    query = links.encode(state.needs, state.as_of, state.own)
    st.session_state.state, st.session_state.query = state, query
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)


def use_own(own: Own) -> None:
    """Take these figures of the manager's own and no others; the form of the figures page is filled anew."""
    keep(replace(st.session_state.state, own=tuple(sorted(own))))
    for key in [key for key in st.session_state if str(key).startswith(OWN_FIELD)]:
        del st.session_state[key]


def use_evidence(as_of: date) -> None:
    """Count with the evidence of this day."""
    keep(replace(st.session_state.state, as_of=as_of))


def link(state: State) -> str:
    """The absolute link to the main page in this state."""
    address = (st.context.url or "").split("?")[0]
    if address.count("/") < 3:  # a bare host, https://example.org
        address += "/"
    return links.absolute(address, links.encode(state.needs, state.as_of, state.own))
