"""The form: every need, filled from the state and checked on the server.

Amounts and the deadline are texts that are sent while they are typed. The browser does not say when a field is left.
So a text that has just changed and may go on is no error until something else changes or nothing is typed for a while,
and what was read is written in full once something else changes: a deadline with the name of its month, so that a month
taken for a day is seen. Streamlit's own field for dates loses what is not typed in its one format, and sends nothing
before it is left.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

import streamlit as st

from hiring import evidence_as_of
from hiring.model import amounts, countries, days
from hiring.model.amounts import AmountError
from hiring.model.countries import DOLLAR
from hiring.model.days import DayError
from hiring.model.evidence import Country, Snapshot
from hiring.model.money import currency_in, name_of
from hiring.model.needs import (
    CHOICE,
    LOCATION,
    NEEDS,
    NUMBER,
    TEXT,
    YES_NO,
    EntryError,
    Need,
    Problem,
    checked,
    shown,
)
from hiring.model.schedule import day_after, months_until
from hiring.text import currencies, exchange_text, formatting
from hiring.text.currencies import Currency
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note
from hiring.web.session import reader
from hiring.web.session.page_state import State

# The rows of fields under their headings, from the top down.
GROUPS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("", (("project",),)),
    ("People", (("location", "seniority"),)),
    ("Build", (("developers", "build_months"),)),
    ("Then keep it running", (("upkeep_developers", "upkeep_months"),)),
    ("Limits", (("budget_usd", "deadline_months"), ("budget_covers",))),
    ("What it handles", (("data_sensitivity", "scale"),)),
    ("", (("technical_lead",),)))
MORE = (("start_within_weeks", "limits"), ("scope_clarity", "disciplines"), ("integration", "strategic_value"),
        ("wage_basis", "talent_region"), ("currency",), ("mixes",))
MONEY = "budget_usd"  # which the form asks for in the currency of the project
DATED = "deadline_months"  # which the form asks for as a day
SIDE_BY_SIDE = ("budget_covers", "technical_lead", "mixes")  # choices that are all seen at once
EXAMPLE_NAME = "Example: name it to make it yours"
ASSUMED = "assumed"
WIDTHS: dict[str, int] = {"seniority": 105}  # so that the names of countries beside it are not cut
FOUND_BY = ":"  # between the code of a country and a word that it is found by
PAUSE = "400ms"  # after which an amount or a day that is being typed counts
LEFT_AFTER = "5s"  # without a change, a field with an unfinished text counts as left


@dataclass
class _Asked:
    """What the form says in one run about people hired in `country`, with money in `currency`, as `budget` asks for it:
    `given` are the answers that are not those of the state, `answered` the fields that the user has just filled,
    `problems` a sentence for each that cannot be used, and `notes` what a heading adds to fields that are being typed
    in; `is_unfinished` if one holds the beginning of an answer."""

    state: State
    country: str = ""
    currency: Currency = currencies.DOLLARS
    budget: Need = NEEDS[MONEY]
    given: dict[str, Any] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    problems: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    is_unfinished: bool = False


def answers(state: State) -> tuple[State, dict[str, str]]:
    """The state as the form now says, and a sentence for each field that cannot be used.

    A field with a problem keeps its last good answer, so that nothing else is lost.
    """
    if st.session_state.get("filled") != state.opened:
        st.session_state.filled = state.opened
        st.session_state.typed = {}
        for name in NEEDS:
            st.session_state.pop(_key(name), None)
    asked, typed_before = _Asked(state), st.session_state.typed
    for name in ("location", "currency"):
        _take(name, asked, typed_before)
    evidence = evidence_as_of(state.as_of)
    notice = _place(asked, evidence, typed_before)
    for name in NEEDS:
        _take(name, asked, typed_before)
    if state.is_example and asked.given and "project" not in asked.given:  # a changed example is the reader's own
        asked.given["project"] = st.session_state[_key("project")] = typed_before["project"] = ""
    unused = () if len(evidence.countries[asked.country].wage_bases) > 1 else ("wage_basis",)
    more_rows = [tuple(name for name in row if name not in unused) for row in MORE]
    for heading, rows in GROUPS:
        with st.container(gap=None) if heading else nullcontext():
            if heading:
                _head(heading, tuple(name for row in rows for name in row), asked)
            for row in rows:
                _ask_row(row, asked, has_help=not heading)
    count = len(_still_assumed([name for row in more_rows for name in row], asked))
    label = f"More about the work · {count} assumed" if count else "More about the work"
    more = st.expander(label, type="compact", key="more", on_change="rerun")
    if more.open:
        with more:
            for row in more_rows:
                _ask_row(row, asked)
    st.session_state.is_waiting = False
    if asked.is_unfinished:
        _look_again()
    needs = replace(state.needs, **asked.given)
    if needs != state.needs or asked.answered & state.assumed:
        undo: dict[str, Any] = {"notes": (notice,), "before": replace(state, before=None)} if notice else {}
        state = state.changed(needs=needs, answered=asked.answered, **undo)
    return state, asked.problems


@st.fragment(run_every=LEFT_AFTER)
def _look_again() -> None:
    """Run the page again after a while, when what is still unfinished is an error."""
    if st.session_state.is_waiting:
        st.rerun()
    st.session_state.is_waiting = True


def _place(asked: _Asked, evidence: Snapshot, typed_before: dict[str, Any]) -> str:
    """Ask in the currency of the project. An amount stays what it is worth; a sentence where the reader's change of
    country or currency has exchanged the budget."""
    placed = replace(asked.state.needs, **asked.given)
    asked.country = placed.country
    asked.currency = currencies.currency_of(placed, evidence)
    asked.budget = countries.budget_in(evidence, placed.country, placed.currency)
    before: Currency | None = st.session_state.get("filled_in")
    if before == asked.currency:
        return ""
    st.session_state.filled_in = asked.currency
    st.session_state.pop(_key(MONEY), None)
    if before is None or placed.budget_usd is None or not asked.given:
        return ""
    return _exchange(placed.budget_usd, before, evidence, asked, typed_before)


def _exchange(usd: float, before: Currency, evidence: Snapshot, asked: _Asked, typed_before: dict[str, Any]) -> str:
    """Fill in the budget in its new currency, rounded as people round, and say what happened."""
    amount = currencies.exchanged_budget(usd, asked.budget, asked.currency)
    assert asked.budget.measure is not None
    st.session_state[_key(MONEY)] = typed_before[MONEY] = amounts.shown(amount, asked.budget.measure)
    return exchange_text.changed(usd, amount, before, asked.currency, evidence)


def _head(heading: str, names: tuple[str, ...], asked: _Asked) -> None:
    """A heading with what is being typed under it, or what is assumed there."""
    assumed = _still_assumed(names, asked)
    is_one_of_two = len(assumed) == 1 < len(names) == 2  # named by the start of its label, so that nothing wraps
    which = NEEDS[min(assumed)].name.split(" to ")[0] if is_one_of_two else f"{len(assumed)} of {len(names)}"
    mark = ASSUMED if len(assumed) == len(names) else f"{which} {ASSUMED}" if assumed else ""
    said = "; ".join(asked.notes[name] for name in names if name in asked.notes) or mark
    st.markdown(f"**{heading}**{f' {note(said)}' if said else ''}", help=_help(names))


@lru_cache
def _help(names: tuple[str, ...]) -> str:
    return "\n\n".join(f"**{NEEDS[name].label}.** {markdown(NEEDS[name].help)}" for name in names)


def _still_assumed(names: Collection[str], asked: _Asked) -> set[str]:
    return set(names) & asked.state.assumed - asked.given.keys() - asked.answered


def _ask_row(row: tuple[str, ...], asked: _Asked, has_help: bool = True) -> None:
    """Fields side by side, and below them what cannot be used. No field has a container of its own, as each element
    takes time in every run."""
    with (st.container(horizontal=True, gap="small", wrap=False) if len(row) > 1
          else st.container(horizontal=True, gap="xsmall") if NEEDS[row[0]].kind == YES_NO else nullcontext()):
        for name in row:
            _widget(name, asked, has_help)
            if NEEDS[name].kind == YES_NO and _still_assumed(row, asked):
                st.markdown(note(ASSUMED), width="content")
    for name in row:
        if name in asked.problems:
            blocks.problem(_key(name), asked.problems[name])
            if name == MONEY:
                _offer_currency(asked)
    if has_help and asked.notes.keys() & set(row):
        st.markdown(note("; ".join(asked.notes[name] for name in row if name in asked.notes)))


def _use_currency(code: str) -> None:
    """Ask for money in a currency; what was typed in it is read again."""
    state: State = st.session_state.state
    evidence = evidence_as_of(state.as_of)
    is_local = evidence.countries[state.needs.country].currency == code
    needs = state.needs.with_answer("currency", "" if is_local else code)
    st.session_state.state = state.changed(needs=needs, answered=("currency",))
    st.session_state.filled_in = currencies.currency_of(needs, evidence)
    st.session_state.pop(_key("currency"), None)


def _offer_currency(asked: _Asked) -> None:
    """A button that asks for money in the currency that was typed, where it is another one with a rate."""
    code = currency_in(st.session_state[_key(MONEY)])
    if code and code != asked.currency.code and code in _currencies(asked.state.as_of, asked.country):
        st.button(f"Use {name_of(code)} for this project", key="use_currency", on_click=_use_currency, args=(code,))


def _take(name: str, asked: _Asked, typed_before: dict[str, Any]) -> None:
    """What a field holds, before it is drawn."""
    state, key = asked.state, _key(name)
    filled = _filled(name, state, asked)
    if key not in st.session_state:
        st.session_state[key] = typed_before[name] = filled
    if NEEDS[name].kind == LOCATION:  # the word that a country was found by gives way to the country
        st.session_state[key] = st.session_state[key].partition(FOUND_BY)[0]
    typed = st.session_state[key]
    is_new = typed != typed_before.get(name)
    typed_before[name] = typed
    if typed == filled:  # an exact number of a link is kept, also where its field shows less of it
        if is_new:
            asked.answered.add(name)
        return
    try:
        answer = _answer(name, typed, asked)
    except EntryError as error:
        if is_new and isinstance(error, _UnfinishedError):
            asked.notes[name] = f"still {_in_words(name, asked)}"
            asked.is_unfinished = True
        else:
            asked.problems[name] = str(error.problem._replace(used=f"{_in_words(name, asked)} still counts"))
        return
    asked.answered.add(name)
    if answer != getattr(state.needs, name):
        asked.given[name] = answer
    full = _filled(name, replace(state, needs=replace(state.needs, **{name: answer})), asked)
    if not is_new:
        st.session_state[key] = typed_before[name] = full
    elif NEEDS[name].kind == TEXT and len(typed) > NEEDS[name].high:
        asked.notes[name] = f"The name was cut to {NEEDS[name].high:.0f} characters."
    elif typed and full != typed:
        asked.notes[name] = str(full)


class _UnfinishedError(EntryError):
    """A text that typing on can make an answer."""


def _answer(name: str, typed: Any, asked: _Asked) -> Any:
    """The answer that a field holds. Raises EntryError."""
    need = NEEDS[name]
    if name == DATED:
        return _deadline(need, typed, asked) if typed.strip() else None
    if need.kind == TEXT:
        return formatting.one_line(typed)[:int(need.high)].strip()
    if need.measure is None:
        return checked(need, typed)
    if need.optional and not typed.strip():
        return None
    need, per_unit = (asked.budget, asked.currency.per_dollar) if name == MONEY else (need, 1.0)
    assert need.measure is not None
    try:
        amount = amounts.read(typed, need.measure, need.low, need.high)
    except AmountError as error:
        wanted = str(error) if typed.strip() else f"enter {need.wanted}"
        raise (_UnfinishedError if error.is_unfinished else EntryError)(
            Problem(need.label, wanted, shown(typed))) from None
    if need.low <= amount <= need.high:
        return amount / per_unit
    wanted = f"enter {need.wanted}"
    if need.measure.is_large and need.low <= amount * 1_000 <= need.high:
        wanted = f"enter {amounts.shown(amount * 1_000, need.measure)} if that is meant; otherwise {need.wanted}"
    raise (_UnfinishedError if amount < need.low else EntryError)(Problem(need.label, wanted, shown(typed)))


def _deadline(need: Need, typed: str, asked: _Asked) -> float:
    """The months from the state's day to the deadline that was typed. Raises EntryError."""
    start = _start(asked.state)
    first, last = day_after(start, need.low), day_after(start, need.high)
    try:
        day = days.read(typed, asked.country, start, first, last)
    except DayError as error:
        meant = " or ".join(map(formatting.day, error.meant))
        usual = day_after(start, 12)
        wanted = f"enter {meant}, because it can mean both" if meant else (
            f"enter a day, such as {formatting.day(usual)}, or {days.example(usual, asked.country)}")
        raise (_UnfinishedError if error.is_unfinished else EntryError)(
            Problem(need.label, wanted, shown(typed))) from None
    months = months_until(start, day)
    if need.low <= months <= need.high:
        return months
    reason = "the release cannot be in the past; " if day <= start else ""
    raise (_UnfinishedError if days.has_short_year(typed) else EntryError)(
        Problem(need.label, f"{reason}enter a day from {formatting.day(first)} to {formatting.day(last)}, or none",
                formatting.day(day)))


def _filled(name: str, state: State, asked: _Asked) -> Any:
    """What a field shows of a state's answer."""
    need, now = NEEDS[name], getattr(state.needs, name)
    if name == DATED:
        return "" if now is None else formatting.day(day_after(_start(state), now))
    if name == MONEY:
        need, now = asked.budget, now and currencies.typed(asked.currency, now)
    if need.measure is not None:
        return "" if now is None else amounts.shown(now, need.measure)
    return now


def _in_words(name: str, asked: _Asked) -> str:
    """The state's answer to an amount or a date, inside a sentence."""
    need, state, filled = NEEDS[name], asked.state, _filled(name, asked.state, asked)
    if filled == "":
        return f"no {need.name}"
    return formatting.counted(getattr(state.needs, name), need.noun) if need.noun else str(filled)


def _start(state: State) -> date:
    return state.from_day or reader.today()


def _widget(name: str, asked: _Asked, has_help: bool) -> None:
    need, key, state = NEEDS[name], _key(name), asked.state
    help = need.help if has_help else None
    if need.kind == NUMBER:
        empty = days.layout(asked.country) if name == DATED else "none" if need.optional else "needed"
        st.text_input(need.label, key=key, help=help, placeholder=empty, live=PAUSE)
    elif need.kind == TEXT:
        st.text_input(need.label, key=key, placeholder=EXAMPLE_NAME if state.is_example else "Name it")
    elif name in SIDE_BY_SIDE:
        labels: dict[Any, str] = {True: "Yes", False: "No"} if need.kind == YES_NO else dict(need.choices)
        st.segmented_control(need.label, list(labels), format_func=labels.__getitem__, key=key, help=help,
                             required=True, width="stretch")
    else:
        labels = dict(need.choices) if need.kind == CHOICE else _areas(state.as_of) if need.kind == LOCATION else (
            dict(_currencies(state.as_of, replace(state.needs, **asked.given).country)))
        st.selectbox(need.label, list(labels), format_func=labels.__getitem__, key=key, help=help,
                     filter_mode="contains", width=WIDTHS.get(name, "stretch"))


@lru_cache(maxsize=8)
def _areas(as_of: date) -> dict[str, str]:
    """The places where people are hired: countries, then the words that people type for them, then states, then metro
    areas, each by name."""
    evidence = evidence_as_of(as_of)
    areas = {wage.id: ("state", "metro").index(wage.area_type) for wage in evidence.wages.values()
             if wage.id not in evidence.countries}
    words = {f"{it.id}{FOUND_BY}{word}": f"{word}: {it.name}" for it in evidence.countries.values()
             for word in _also(it)}
    order = areas | dict.fromkeys(words, -1) | dict.fromkeys(evidence.countries, -2)
    return dict(sorted((evidence.areas | words).items(), key=lambda area: (order[area[0]], area[1])))


def _also(country: Country) -> tuple[str, str]:
    """What else people type for a country: another name of it, and the city that its working hours are named after."""
    other, city = country.aliases[0], country.zones[0].rpartition("/")[2].replace("_", " ")
    return other.upper() if len(other) <= 3 else other.title(), city


@lru_cache(maxsize=64)
def _currencies(as_of: date, country: str) -> dict[str, str]:
    """The currencies that have a rate, that of the country first."""
    evidence = evidence_as_of(as_of)
    names = sorted((name_of(code), code) for code in {DOLLAR, *evidence.exchange_rates})
    return {"": f"Currency of the country ({evidence.countries[country].currency})",
            **{code: f"{name[:1].upper()}{name[1:]} ({code})" for name, code in names}}


def _key(name: str) -> str:
    return f"need_{name}"
