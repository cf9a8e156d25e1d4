"""The state of the page Compare: the scenarios in the session and in the address bar, and what clicks do.

A session keeps needs and figures. Decisions are made whenever they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

import hiring
from hiring.evidence.loader import load_evidence
from hiring.links import comparison_link, project_link
from hiring.links.comparison_link import Scenario
from hiring.lists.examples import load_examples
from hiring.model import countries
from hiring.model.decision import Decision
from hiring.model.needs import NEEDS
from hiring.text import currencies, exchange_text
from hiring.text.formatting import isolated
from hiring.web.session import address_bar, reader


@dataclass(frozen=True)
class Compared:
    """What the page shows: the scenarios, problems with links and notes on them, the scenario just removed and its
    position, and the position of an invalid name and what is wrong with it. `changed` counts changes, so that fields
    fill themselves."""

    scenarios: tuple[Scenario, ...] = ()
    problems: tuple[str, ...] = ()
    removed: tuple[int, Scenario] | None = None
    misnamed: tuple[int, str] | None = None
    changed: int = 0
    notes: tuple[str, ...] = ()


def current() -> Compared:
    """What is compared, after reading the address bar if a link was opened or Back or Forward was used."""
    compared: Compared = st.session_state.get("compared", Compared())
    query = st.query_params.to_dict()
    is_new = query != st.session_state.get("compared_query") and not address_bar.is_outdated("compare", query)
    if comparison_link.is_comparison(query) and is_new:
        opened = comparison_link.decode(query, load_evidence(), reader.today())
        compared = Compared(opened.scenarios, opened.problems, changed=compared.changed + 1, notes=opened.notes)
        st.session_state.compared_query, st.session_state.compared_written = query, opened.scenarios
        address_bar.remember("compare", query)
    return compared


def keep(compared: Compared) -> Compared:
    """Keep it in the session and write it to the address bar. The address of an opened link stays as it is until
    something changes."""
    st.session_state.compared = compared
    is_ours = comparison_link.is_comparison(st.query_params.to_dict())
    if st.session_state.get("compared_written") != compared.scenarios or not is_ours:
        query = comparison_link.encode(compared.scenarios)
        st.session_state.compared_query, st.session_state.compared_written = query, compared.scenarios
        address_bar.remember("compare", query)
        st.query_params.from_dict(query)
    return compared


def decided(scenario: Scenario) -> Decision:
    return hiring.decide(scenario.needs, scenario.as_of, dict(scenario.own), scenario.from_day)


# What clicks do

def _change(scenarios: tuple[Scenario, ...], problems: tuple[str, ...] = (),
            removed: tuple[int, Scenario] | None = None, notes: tuple[str, ...] = ()) -> None:
    count = st.session_state.compared.changed + 1
    st.session_state.compared = Compared(scenarios, problems, removed, changed=count, notes=notes)


def _add(more: tuple[Scenario, ...], problems: tuple[str, ...] = (), notes: tuple[str, ...] = ()) -> None:
    """Add scenarios. One whose link states no result gets the current one."""
    before = st.session_state.compared.scenarios
    stated = [_with_country(scenario if scenario.said else scenario._replace(
        said=project_link.said_by(decided(scenario))), before) for scenario in more]
    scenarios, left_out, _ = comparison_link.add_scenarios(before, stated)
    _change(scenarios, (*problems, *left_out), notes=notes)


def _with_country(scenario: Scenario, before: tuple[Scenario, ...]) -> Scenario:
    """The scenario, named by its country where one of the same name hires in another."""
    own, known = scenario.name or scenario.needs.project, load_evidence().as_of(scenario.as_of).countries
    places = {it.needs.country for it, name in zip(before, comparison_link.scenario_names(before), strict=True)
              if name == own}
    return scenario._replace(name=comparison_link.in_country(own, known[scenario.needs.country], known.values())) if (
        places - {scenario.needs.country}) else scenario


def add_current() -> None:
    state = st.session_state.get("state") or project_link.decode({}, load_evidence(), reader.today())
    _add((Scenario("", state.needs, state.as_of, state.own, from_day=state.from_day, assumed=state.assumed),))


def add_example(key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen is not None:
        _add((Scenario("", load_examples()[chosen], load_evidence().dates[-1], from_day=reader.today(),
                       assumed=frozenset(NEEDS)),))


def add_country(key: str) -> None:
    """Add the first scenario's project as if people were hired in another country. Figures of its own that are about
    pay, hiring and leaving in its country are left out."""
    code = st.session_state.get(key)
    if code is None:
        return
    first = st.session_state.compared.scenarios[0]
    known = load_evidence().as_of(first.as_of)
    needs = replace(first.needs, location=code, currency="")
    before, after = (currencies.currency_of(it, known) for it in (first.needs, needs))
    notes = list[str]()
    if needs.budget_usd is not None and before != after:
        amount = currencies.exchanged_budget(needs.budget_usd, countries.budget_in(known, code), after)
        notes.append(exchange_text.changed(needs.budget_usd, amount, before, after, known))
        needs = replace(needs, budget_usd=amount / after.per_dollar)
    own = tuple((id_, figure) for id_, figure in first.own if not countries.is_local(known, id_))
    where = known.countries[code]
    name = comparison_link.in_country(comparison_link.scenario_names([first])[0], where, known.countries.values())
    if own != first.own:
        notes.append(f"Your own figures about pay, hiring and leaving were not taken along to {where.noun}.")
    _add((Scenario(name, needs, first.as_of, own, from_day=first.from_day,
                   assumed=first.assumed - {"location", "currency"}),),
         notes=tuple(f"{isolated(name)}: {it}" for it in notes))


def add_pasted(key: str) -> None:
    opened = comparison_link.read_pasted(st.session_state.get(key) or "", load_evidence(), reader.today())
    _add(opened.scenarios, opened.problems, opened.notes)


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
    """The CSV file, made on request."""
    names = comparison_link.scenario_names(scenarios)
    return comparison_link.to_csv((name, decided(scenario), project_link.absolute(address, scenario.query),
                                   scenario.assumed)
                                  for name, scenario in zip(names, scenarios, strict=True))
