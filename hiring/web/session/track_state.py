"""The state of the page Track: the decision and what is known since, in the session and in the address bar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

import hiring
from hiring.evidence.loader import load_evidence
from hiring.links import comparison_link, needs_file, project_link, track_link
from hiring.links.comparison_link import Scenario
from hiring.links.track_link import Known
from hiring.model.decision import Decision
from hiring.web.session import address_bar, reader
from hiring.web.session.page_state import State

FIELD = "track_field_"  # prefix of the keys of the fields


@dataclass(frozen=True)
class Tracked:
    """What the page shows: the decision, None where none is tracked yet, what is known since, and problems with links
    and files. `opened` counts what was opened, so that the fields fill themselves."""

    scenario: Scenario | None
    known: Known
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    opened: int = 0


def current() -> Tracked:
    """What is tracked, after reading the address bar if a link was opened or Back or Forward was used."""
    tracked: Tracked = st.session_state.get("tracked") or Tracked(None, Known(reader.today()))
    query = st.query_params.to_dict()
    is_new = query != st.session_state.get("tracked_query") and not address_bar.is_outdated("track", query)
    if track_link.is_track(query) and is_new:
        opened = track_link.decode(query, load_evidence(), reader.today())
        tracked = Tracked(opened.scenario, opened.known, opened.problems, opened.notes, tracked.opened + 1)
        st.session_state.tracked_query = query
        st.session_state.tracked_written = (tracked.scenario, tracked.known)
        address_bar.remember("track", query)
    return tracked


def keep(tracked: Tracked) -> Tracked:
    """Keep it in the session and write it to the address bar. The address of an opened link stays as it is until
    something changes."""
    st.session_state.tracked = tracked
    if tracked.scenario is None:
        return tracked
    written = (tracked.scenario, tracked.known)
    if st.session_state.get("tracked_written") != written or not track_link.is_track(st.query_params.to_dict()):
        query = track_link.encode(tracked.scenario, tracked.known)
        st.session_state.tracked_query, st.session_state.tracked_written = query, written
        address_bar.remember("track", query)
        st.query_params.from_dict(query)
    return tracked


def decided(scenario: Scenario) -> Decision:
    return hiring.decide(scenario.needs, scenario.as_of, dict(scenario.own), scenario.from_day)


def from_day(scenario: Scenario) -> date:
    """The day of the decision."""
    return scenario.from_day or reader.today()


# What clicks do

def _open(scenario: Scenario | None, problems: tuple[str, ...] = (), notes: tuple[str, ...] = ()) -> None:
    before: Tracked = st.session_state.tracked
    if scenario is not None:
        scenario = scenario._replace(from_day=from_day(scenario))
        day = max(reader.today(), from_day(scenario))
        st.session_state.tracked = Tracked(scenario, Known(day), problems, notes, before.opened + 1)
    else:
        st.session_state.tracked = replace(before, problems=problems, notes=notes)


def open_current() -> None:
    """Track the project of this session, as it is on the page Decide."""
    state: State | None = st.session_state.get("state")
    opened = project_link.decode({}, load_evidence(), reader.today())
    of: Any = state or opened
    _open(Scenario("", of.needs, of.as_of, of.own, of.said, of.from_day, of.assumed))


def open_pasted(key: str) -> None:
    """Track the project of a pasted link, of which a comparison's first scenario."""
    pasted = st.session_state.get(key) or ""
    opened = comparison_link.read_pasted(pasted, load_evidence(), reader.today())
    _open(next(iter(opened.scenarios), None), opened.problems, opened.notes)


def open_file(key: str) -> None:
    """Track the project of an uploaded `needs.toml`, or say why it cannot be opened."""
    upload = st.session_state.get(key)
    if upload is None:
        return
    try:
        opened = needs_file.from_toml(upload.getvalue(), load_evidence(), reader.today())
    except needs_file.NeedsFileError as error:
        _open(None, (str(error),))
        return
    _open(Scenario("", opened.needs, opened.as_of, opened.own, opened.said, opened.from_day, opened.assumed),
          opened.problems, opened.notes)


def forget() -> None:
    """Track nothing, to open another project."""
    before: Tracked = st.session_state.tracked
    st.session_state.tracked = Tracked(None, Known(reader.today()), opened=before.opened + 1)
    st.session_state.tracked_query = st.session_state.tracked_written = None
    st.query_params.clear()
