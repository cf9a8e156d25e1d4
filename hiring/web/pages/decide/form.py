"""The form: every need, filled from the state and checked on the server."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

import streamlit as st

from hiring import evidence_as_of
from hiring.model.needs import CHOICE, GROUPS, LOCATION, NEEDS, NUMBER, TEXT, Need, ProjectNeeds, checked
from hiring.web.markdown import markdown
from hiring.web.session.page_state import State


def _rows(is_common: bool) -> list[tuple[str, ...]]:
    """The fields that are side by side, from the top down."""
    asked = sorted((name for name, need in NEEDS.items() if need.common == is_common), key=lambda name: NEEDS[name].row)
    return [tuple(names) for _, names in groupby(asked, lambda name: NEEDS[name].row)]


def answers(state: State) -> tuple[ProjectNeeds, dict[str, str]]:
    """The needs as the form now says them, and a sentence for each field that cannot be used.

    A field with a problem keeps its last good answer, so that nothing else is lost.
    """
    if st.session_state.get("filled") != state.opened:
        st.session_state.filled = state.opened
        for name in NEEDS:
            st.session_state.pop(_key(name), None)
    given: dict[str, Any] = {}
    problems: dict[str, str] = {}
    heading = NEEDS["project"].group  # which needs none
    for row in _rows(is_common=True):
        groups = {NEEDS[name].group for name in row}
        if groups != {heading} and len(groups) == 1:
            (heading,) = groups
            st.markdown(f"**{GROUPS[heading]}**")
        _ask_row(row, state, given, problems, are_headed=len(groups) > 1)
    more = st.expander("More: skills, scope, wages, places", type="compact", key="more", on_change="rerun")
    if more.open:
        with more:
            for row in _rows(is_common=False):
                _ask_row(row, state, given, problems)
    return replace(state.needs, **given), problems


def _ask_row(row: tuple[str, ...], state: State, given: dict[str, Any], problems: dict[str, str],
             are_headed: bool = False) -> None:
    """Fields side by side, each under the heading of its group where they are of several."""
    columns = st.columns(len(row), gap="xsmall", wrap=False) if len(row) > 1 else None
    for place, name in enumerate(row):
        with ExitStack() as inside:
            if columns:
                inside.enter_context(columns[place])
            if are_headed:
                inside.enter_context(st.container(gap="xsmall"))
                st.markdown(f"**{GROUPS[NEEDS[name].group]}**")
            _ask(name, state, given, problems)
    for name in row:
        if name in problems:
            st.error(markdown(problems[name]))


def _ask(name: str, state: State, given: dict[str, Any], problems: dict[str, str]) -> None:
    need, now = NEEDS[name], getattr(state.needs, name)
    shown = now / 1000 if need.in_thousands and now is not None else now
    key = _key(name)
    if key not in st.session_state:
        st.session_state[key] = shown
    answer = _widget(name, key, state.as_of)
    if answer == shown:
        return  # untouched: the exact number of a link is kept, also where thousands would round it
    if need.in_thousands and answer is not None:
        answer = round(answer * 1000, 2)
    try:
        given[name] = checked(need, answer)
    except ValueError as error:
        problems[name] = str(error)


def _widget(name: str, key: str, as_of: date) -> Any:
    need = NEEDS[name]
    if need.kind == NUMBER:
        scale = 1000 if need.in_thousands else 1
        # No bounds in the browser: it would only turn red, while the server says what to enter.
        return st.number_input(need.form_label, value=None, step=float(need.step) / scale, format="%g", key=key,
                               help=need.help, placeholder="none" if need.optional else "needed")
    if need.kind == TEXT:
        return st.text_input(need.label, key=key, placeholder="Name it, e.g. Customer portal")
    if need.kind == CHOICE:
        return _select(need, need.choices, key)
    if need.kind == LOCATION:
        return _select(need, _areas(as_of), key)
    return st.toggle(need.label, key=key, help=need.help)


def _select(need: Need, labels: Mapping[str, str], key: str) -> str:
    return st.selectbox(need.label, list(labels), format_func=labels.__getitem__, key=key, help=need.help)


@lru_cache(maxsize=8)
def _areas(as_of: date) -> dict[str, str]:
    """The places with known wages: the nation, then states, then metro areas, each by name."""
    order = {"nation": 0, "state": 1, "metro": 2}
    wages = sorted(evidence_as_of(as_of).wages.values(), key=lambda wage: (order[wage.area_type], wage.area))
    return {wage.id: wage.area for wage in wages}


def _key(name: str) -> str:
    return f"need_{name}"
