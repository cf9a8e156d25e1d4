"""What the page Compare holds: the scenarios in the session and in the address bar, and what a click does to them.

A session holds needs and figures, no decision: those are worked out whenever they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

import hiring
from hiring.evidence.loader import load_evidence
from hiring.links import comparison_link, project_link
from hiring.links.comparison_link import Scenario
from hiring.lists.examples import load_examples
from hiring.model.decision import Decision


@dataclass(frozen=True)
class Compared:
    """What the page shows: the scenarios, what could not be used, the scenario that was just removed with its place,
    and a name that cannot be used with its place. `changed` counts the changes, so that fields fill themselves."""

    scenarios: tuple[Scenario, ...] = ()
    problems: tuple[str, ...] = ()
    removed: tuple[int, Scenario] | None = None
    misnamed: tuple[int, str] | None = None
    changed: int = 0


def current() -> Compared:
    """What is compared, after a link that was just opened, or Back and Forward, has been read."""
    compared: Compared = st.session_state.get("compared", Compared())
    query = st.query_params.to_dict()
    if comparison_link.is_comparison(query) and query != st.session_state.get("compared_query"):
        opened = comparison_link.decode(query, load_evidence())
        compared = Compared(opened.scenarios, opened.problems, changed=compared.changed + 1)
        st.session_state.compared_query, st.session_state.compared_written = query, opened.scenarios
    return compared


def keep(compared: Compared) -> Compared:
    """Hold it in the session and write it out in the address bar. The address of a link that was opened stays as it
    is until something changes."""
    st.session_state.compared = compared
    is_ours = comparison_link.is_comparison(st.query_params.to_dict())
    if st.session_state.get("compared_written") != compared.scenarios or not is_ours:
        query = comparison_link.encode(compared.scenarios)
        st.session_state.compared_query, st.session_state.compared_written = query, compared.scenarios
        st.query_params.from_dict(query)
    return compared


def decided(scenario: Scenario) -> Decision:
    return hiring.decide(scenario.needs, scenario.as_of, dict(scenario.own))


# What a click does

def _change(scenarios: tuple[Scenario, ...], problems: tuple[str, ...] = (),
            removed: tuple[int, Scenario] | None = None) -> None:
    count = st.session_state.compared.changed + 1
    st.session_state.compared = Compared(scenarios, problems, removed, changed=count)


def _add(more: tuple[Scenario, ...], problems: tuple[str, ...] = ()) -> None:
    """Add scenarios; one whose link says nothing of its answer is given today's, since its new link is made now."""
    said = [it if it.said else it._replace(said=project_link.said_by(decided(it))) for it in more]
    scenarios, told = comparison_link.joined(st.session_state.compared.scenarios, said)
    _change(scenarios, (*problems, *told))


def add_current() -> None:
    state = st.session_state.get("state")
    needs, as_of, own = state.asked if state else project_link.decode({}, load_evidence())[:3]
    _add((Scenario("", needs, as_of, own),))


def add_example(key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen is not None:
        _add((Scenario("", load_examples()[chosen], load_evidence().dates[-1]),))


def add_pasted(key: str) -> None:
    opened = comparison_link.pasted(st.session_state.get(key) or "", load_evidence())
    _add(opened.scenarios, opened.problems)


def rename(place: int, key: str) -> None:
    compared: Compared = st.session_state.compared
    scenarios = list(compared.scenarios)
    try:
        name = comparison_link.checked_name(st.session_state.get(key) or "")
    except ValueError as error:
        st.session_state.compared = replace(compared, misnamed=(place, str(error)))
        return
    scenarios[place] = scenarios[place]._replace(name=name)
    st.session_state.compared = Compared(tuple(scenarios), changed=compared.changed)


def remove(place: int) -> None:
    scenarios = st.session_state.compared.scenarios
    _change((*scenarios[:place], *scenarios[place + 1:]), removed=(place, scenarios[place]))


def undo() -> None:
    compared: Compared = st.session_state.compared
    assert compared.removed is not None
    place, scenario = compared.removed
    _change((*compared.scenarios[:place], scenario, *compared.scenarios[place:]))


def to_csv(scenarios: tuple[Scenario, ...], address: str) -> bytes:
    """The file, made when it is asked for."""
    return comparison_link.to_csv((name, decided(it), project_link.absolute(address, it.query))
                                  for name, it in zip(comparison_link.labels(scenarios), scenarios, strict=True))
