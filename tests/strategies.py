"""Projects and own figures for property tests, drawn from the fields' own bounds."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from hiring import ProjectNeeds, evidence_as_of
from hiring.model.evidence import Figure
from hiring.model.needs import CHOICE, CURRENCY, LOCATION, NEEDS, NUMBER, TEXT, YES_NO, Need
from hiring.model.own_figures import Own, Range, bounds, takes_range
from tests.factories import SNAPSHOT

NEWEST = evidence_as_of()
LOCATIONS = sorted(NEWEST.wages)
CURRENCIES = ("", "USD", *NEWEST.exchange_rates)

# The same examples on every machine, and no machine is too slow for them. More of them found nothing more.
LAWS = settings(deadline=None, derandomize=True, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
SLOW = settings(LAWS, max_examples=8, phases=(Phase.explicit, Phase.generate))  # a smaller project is no faster


def answers(need: Need) -> SearchStrategy[Any]:
    """Everything that the field accepts."""
    if need.kind == NUMBER:
        number = st.floats(need.low, need.high)
        return st.none() | number if need.optional else number
    if need.kind == CHOICE:
        return st.sampled_from(list(need.choices))
    if need.kind == TEXT:
        return st.text(st.characters(exclude_categories=("C", "Z")), max_size=int(need.high))
    return {YES_NO: st.booleans(), LOCATION: st.sampled_from(LOCATIONS),
            CURRENCY: st.sampled_from(CURRENCIES)}[need.kind]


FIELDS: dict[str, SearchStrategy[Any]] = {name: answers(need) for name, need in NEEDS.items()}

# What managers ask for in practice; every other field as wide as it goes.
PLAUSIBLE: dict[str, SearchStrategy[Any]] = {
    "developers": st.sampled_from([0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12]),
    "build_months": st.integers(1, 24),
    "start_within_weeks": st.integers(0, 26),
    "deadline_months": st.none() | st.integers(2, 36),
    "upkeep_developers": st.sampled_from([0, 0.1, 0.25, 0.5, 1, 2, 4]),
    "upkeep_months": st.integers(0, 60),
    "budget_usd": st.none() | st.integers(10, 3_000).map(lambda thousands: thousands * 1_000),
}


def projects(**fixed: Any) -> SearchStrategy[ProjectNeeds]:
    """Any project that the form accepts, with some fields `fixed` to a value or a strategy."""
    return _needs(FIELDS, fixed)


def plausible_projects(**fixed: Any) -> SearchStrategy[ProjectNeeds]:
    """Projects of everyday size, with some fields `fixed` to a value or a strategy."""
    return _needs({**FIELDS, **PLAUSIBLE}, fixed)


def _needs(drawn: dict[str, SearchStrategy[Any]], fixed: dict[str, Any]) -> SearchStrategy[ProjectNeeds]:
    given = {name: it if isinstance(it, SearchStrategy) else st.just(it) for name, it in fixed.items()}
    return st.builds(ProjectNeeds, **{**drawn, **given})


# Half of all projects fit nothing.
ANY = st.one_of(plausible_projects(), plausible_projects(budget_usd=None, deadline_months=None), projects())


def numbers_of(figure: Figure) -> SearchStrategy[Range]:
    """Every number and range that can replace the figure."""
    numbers = st.floats(*bounds(figure))
    one = numbers.map(lambda number: Range(number, number, number))
    three = st.lists(numbers, min_size=3, max_size=3).map(lambda found: Range(*sorted(found)))
    return one | three if takes_range(figure) else one


def own_figures(least: int = 0, most: int = 6) -> SearchStrategy[Own]:
    """Any own figures that can be used, so many of them."""
    def of(ids: set[str]) -> SearchStrategy[Own]:
        return st.fixed_dictionaries({id_: numbers_of(SNAPSHOT.figures[id_]) for id_ in sorted(ids)}).map(
            lambda own: tuple(sorted(own.items())))
    return st.sets(st.sampled_from(sorted(SNAPSHOT.figures)), min_size=least, max_size=most).flatmap(of)


# Names that hold what Markdown or Streamlit would read as something else.
SIGNS = st.text(st.sampled_from("\\`*_{}[]()#+-.!|<>~$:&^=1a b;@'\"/"), min_size=1, max_size=30).map(
    str.strip).filter(bool)
NAMES = [
    ":material/delete: :streamlit: :smile: :+1: -> <- <-> -- >= <= ~= => != ... (c)",
    ":red[a] :blue-badge[b] :small[c] :red-background[d] $x^2$ $$y$$ `z` **b** _i_ ~~s~~",
    "# h <b>x</b> &amp; [l](http://a.b) ![i](c) https://d.e www.f.g a@b.cd [^1] 1. x",
    ":color[x]{foreground='red'} ::a :::b :name \\: \\-> \"r\" --- == ~> >>= :-) :D <3 \\",
]
