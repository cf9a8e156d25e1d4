"""The state of the pages: the needs and what goes with them, in the session and in the address bar."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from hiring.evidence.loader import load_evidence
from hiring.links import needs_file, project_link
from hiring.links.comparison_link import is_comparison
from hiring.links.project_link import Said
from hiring.links.track_link import is_track
from hiring.links.wrapped import repaired
from hiring.model.decision import Decision
from hiring.model.needs import NEEDS, ProjectNeeds
from hiring.model.own_figures import Own
from hiring.model.past_projects import Origin
from hiring.text.formatting import join_words
from hiring.web.session import address_bar, reader

OWN_FIELD = "own_field_"  # prefix of the keys of the fields for own figures


@dataclass(frozen=True)
class State:
    """What the page shows: needs, evidence date, own figures, and `problems` with the link and `notes` on it.

    `from_day` is the day from which months are counted. `said` is the current result; `issued` is the result that the
    opened link stated, until the user changes something.
    `opened` counts the links and examples opened in this session, so that the form knows when to fill itself.
    `assumed` are the needs that nobody has answered; `tab` is the open tab of the page Decide. `before` is the state
    that an example, or the exchange of the budget that a note tells of, has just replaced. `records` says which own
    figures come from finished projects.
    """

    needs: ProjectNeeds
    as_of: date
    own: Own = ()
    problems: tuple[str, ...] = ()
    opened: int = 0
    said: Said | None = None
    issued: Said | None = None
    from_day: date | None = None
    notes: tuple[str, ...] = ()
    assumed: frozenset[str] = frozenset()
    tab: str = ""
    before: State | None = None
    records: tuple[Origin, ...] = ()

    @property
    def is_example(self) -> bool:
        """Whether nobody has answered anything yet, not even whose project it is."""
        return self.assumed == NEEDS.keys()

    def changed(self, answered: Collection[str] = (), **changes: Any) -> State:
        """The state after the user changed something: what a link said no longer matters. An answer that differs is
        no longer assumed, nor are those `answered` with the same."""
        state = replace(self, **{"problems": (), "notes": (), "said": None, "issued": None, "before": None, **changes})
        own = dict(state.own)
        state = replace(state, records=tuple(  # a figure that was typed since is no record's
            it for it in state.records if it.figure in own and (
                "records" in changes or own[it.figure] == dict(self.own).get(it.figure))))
        differing = {name for name in state.assumed if getattr(state.needs, name) != getattr(self.needs, name)}
        return replace(state, assumed=state.assumed - differing - set(answered))

    @property
    def asked(self) -> tuple[ProjectNeeds, date, Own]:
        """What the result depends on."""
        return self.needs, self.as_of, self.own

    @property
    def written(self) -> tuple[object, ...]:
        """What the address bar shows beside the result."""
        return *self.asked, self.from_day, self.assumed, self.tab

    @property
    def query(self) -> dict[str, str]:
        return project_link.encode(self.needs, self.as_of, self.own, self.said, self.from_day,
                                   self.assumed, self.tab, self.records)


def current() -> State:
    """The state, after reading the address bar if a link was opened or Back or Forward was used."""
    state: State | None = st.session_state.get("state")
    query = _query()
    twice = sorted(key for key in query if len(st.query_params.get_all(key)) > 1)
    is_other = bool(query) and (query != st.session_state.get("query") or bool(twice))
    is_new = is_other and not address_bar.is_outdated("decide", query)
    if state is None or is_new:
        opened = project_link.decode(query, load_evidence(), reader.today())
        repeated = (f"{_few(twice)} in the link more than once; the last was used.",) if twice else ()
        count = (state.opened if state else 0) + 1
        state = State(opened.needs, opened.as_of, opened.own, opened.problems + repeated, count, opened.said,
                      opened.said, opened.from_day, opened.notes, opened.assumed, opened.tab, records=opened.records)
        st.session_state.query = query
        address_bar.remember("decide", query)
        st.session_state.written = None if state.problems else state.written
        _empty_own_fields()
    if twice:
        st.query_params.clear()
    st.session_state.state = state
    return state


def keep(state: State, decision: Decision | None = None) -> State:
    """Keep the state in the session, with the result if a decision is given, and write it to the address bar. The
    address of an opened link stays as it is until something changes."""
    if decision is not None:
        state = replace(state, said=project_link.said_by(decision))
    st.session_state.state = state
    if st.session_state.get("written") != state.written or not _query():
        st.session_state.query = query = state.query
        address_bar.remember("decide", query)
        st.session_state.written = state.written
        st.query_params.from_dict(query)
    return state


def _query() -> dict[str, str]:
    """The project's query in the address bar; empty if it belongs to another page or holds trackers alone. When the
    user changes pages, the browser's history gets an entry with the path of one page and the query of the other."""
    query = st.query_params.to_dict()
    return {} if is_comparison(query) or is_track(query) or not repaired(query) else query


def _few(keys: list[str]) -> str:
    """Up to five keys of a link, shortened, as the subject of a sentence with its verb: a and b are."""
    short = ["".join(c if c.isprintable() else " " for c in key[:40]) for key in keys[:5]]
    more = [f"{len(keys) - 5:,} more"] if len(keys) > 5 else []
    return f"{join_words(short + more)} {'is' if len(keys) == 1 else 'are'}"


def use_own(own: Own, origin: Origin | None = None) -> None:
    """Use these own figures and no others; the form on the evidence page is filled again. `origin` says which of them
    now comes from finished projects."""
    state: State = st.session_state.state
    changes: dict[str, Any] = {} if origin is None else {
        "records": (*(it for it in state.records if it.figure != origin.figure), origin)}
    st.session_state.state = state.changed(own=tuple(sorted(own)), **changes)
    _empty_own_fields()


def use_needs(needs: ProjectNeeds) -> None:
    """Start over with an example, in which nothing is answered yet."""
    _replace(needs, frozenset(NEEDS))


def start_own() -> None:
    """Make the example on the page the user's own project: it has no name yet, and every other answer is assumed."""
    _replace(replace(st.session_state.state.needs, project=""), frozenset(NEEDS) - {"project"})


def _replace(needs: ProjectNeeds, assumed: frozenset[str]) -> None:
    state: State = st.session_state.state
    st.session_state.state = replace(
        state.changed(needs=needs, own=(), opened=state.opened + 1, from_day=reader.today()),
        assumed=assumed, before=replace(state, before=None))
    _empty_own_fields()


def undo() -> None:
    """Go back to what an example has replaced."""
    state: State = st.session_state.state
    if state.before is not None:
        st.session_state.state = replace(state.before, opened=state.opened + 1, tab=state.tab)
        _empty_own_fields()


def open_tab(tab: str) -> None:
    """Show this tab of the page Decide; nothing else changes."""
    st.session_state.state = replace(st.session_state.state, tab=tab)


def use_evidence(as_of: date) -> None:
    """Use the evidence of this day."""
    st.session_state.state = st.session_state.state.changed(as_of=as_of)


def open_file(key: str) -> None:
    """Open an uploaded `needs.toml`, or say why it cannot be opened."""
    upload = st.session_state.get(key)
    if upload is None:
        return
    state: State = st.session_state.state
    count = state.opened + 1
    try:
        opened = needs_file.from_toml(upload.getvalue(), load_evidence(), reader.today())
    except needs_file.NeedsFileError as error:
        st.session_state.state = replace(state, problems=(str(error),), opened=count)
        return
    st.session_state.state = State(opened.needs, opened.as_of, opened.own, opened.problems, count, opened.said,
                                   opened.said, opened.from_day, opened.notes, opened.assumed)
    _empty_own_fields()


def _empty_own_fields() -> None:
    for key in [key for key in st.session_state if str(key).startswith(OWN_FIELD)]:
        del st.session_state[key]


def unnamed(state: State) -> str:
    """What a project without a name is called."""
    return "An example" if state.is_example else "Your project"


def link(state: State) -> str:
    """The absolute link to the main page in this state."""
    return project_link.absolute(address(), state.query)


def address(page: str = "") -> str:
    """The absolute address of the main page, without a query; `page` is the path of the current page."""
    found = (st.context.url or "").split("?")[0].removesuffix(page)
    return found if found.count("/") >= 3 else f"{found}/"  # https://example.org has no path
