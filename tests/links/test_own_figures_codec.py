from __future__ import annotations

import base64
import hashlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import ProjectNeeds
from hiring.evidence.loader import load_evidence
from hiring.links import project_link
from hiring.links.own_figures_codec import IDS, MARK, MAX_UNPACKED_CHARS, packed, plain_text, short
from hiring.model import countries
from hiring.model.own_figures import Own, Range, bounds, read, takes_range
from tests.factories import DAY, SNAPSHOT
from tests.strategies import LAWS

PLACES = "3e7fc18f7511fda8"
EVIDENCE = load_evidence()
FIGURES = SNAPSHOT.figures


def rounded(number: float, share: float) -> float:
    return float(f"{number * share:.3g}")


def every_figure(share: float) -> Own:
    """Each figure replaced by `share` of itself, to three digits, kept within its bounds."""
    own = {}
    for id_, figure in FIGURES.items():
        least, most = bounds(figure)
        low, central, high = (min(max(rounded(it, share), least), most) for it in (
            figure.low, figure.central, figure.high))
        own[id_] = Range(low, central, high) if takes_range(figure) else Range(central, central, central)
    return tuple(sorted(own.items()))


@st.composite
def some_figures(draw: st.DrawFn) -> Own:
    """Any of the figures with any numbers that they may be."""
    own = {}
    for id_ in draw(st.sets(st.sampled_from(sorted(FIGURES)))):
        numbers = sorted(draw(st.lists(st.floats(*bounds(FIGURES[id_])), min_size=3, max_size=3)))
        own[id_] = Range(*numbers) if takes_range(FIGURES[id_]) else Range(numbers[0], numbers[0], numbers[0])
    return tuple(sorted(own.items()))


@LAWS
@given(some_figures())
def test_what_is_packed_is_read_as_it_was(own: Own) -> None:
    assert read(plain_text(packed(own)), FIGURES) == (own, ())
    assert read(plain_text(short(own)), FIGURES) == (own, ())


@pytest.mark.parametrize("share", [0.9, 1.07, 0.333])
def test_a_link_with_every_figure_replaced_stays_under_two_thousand_characters(share: float) -> None:
    own = every_figure(share)
    assert len(own) == len(FIGURES)
    needs = ProjectNeeds(project="Customer portal, second attempt", developers=2.75, budget_usd=1_234_567)
    query = project_link.encode(needs, DAY, own, project_link.Said("in_house", 93, "1.0"))
    address = "https://decisions.internal.example.org/hiring/"
    assert len(project_link.absolute(address, query)) < project_link.MAX_LINK_CHARS
    assert project_link.decode(query, EVIDENCE, DAY).own == own


def test_own_figures_of_countries_are_packed_too() -> None:
    known = EVIDENCE.as_of(DAY)
    abroad = {id_: row for id_, row in countries.rows_by_id(known).items() if id_ not in FIGURES}
    own = tuple(sorted((id_, Range(*[rounded(row.central, 1)] * 3)) for id_, row in abroad.items()))
    assert set(abroad) <= set(IDS)
    assert short(own).startswith(MARK)
    opened = project_link.decode(project_link.encode(ProjectNeeds(), DAY, own), EVIDENCE, DAY)
    assert opened.own == own


def test_few_figures_stay_readable() -> None:
    assert short((("agency.us.mid", Range(150, 150, 150)),)) == "agency.us.mid~150"


def test_each_figure_has_its_place_for_good() -> None:
    # The places of version 2; an id may be added after them, and none moved or taken away.
    assert hashlib.sha256("\n".join(IDS[:139]).encode()).hexdigest().startswith(PLACES)
    assert set(IDS) >= set(FIGURES)
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("code", [
    "", "!", "AAAA", "====", "z.", "\u00e9", packed((("load", Range(1.2, 1.3, 1.4)),))[2:-2],
    base64.urlsafe_b64encode(b"not deflated").decode(), "A" * 50_000])
def test_a_damaged_text_is_reported_and_never_raises_on_the_page(code: str) -> None:
    with pytest.raises(ValueError, match="damaged"):
        plain_text(MARK + code)
    query = {**project_link.encode(ProjectNeeds(), DAY), "own": MARK + code}
    opened = project_link.decode(query, EVIDENCE, DAY)
    assert opened.own == ()
    assert opened.problems == ("Your own figures in the link are damaged; the evidence's were used.",)


def test_a_text_that_would_fill_the_memory_is_refused() -> None:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = deflate.compress(b"1~~" * (MAX_UNPACKED_CHARS * 100)) + deflate.flush()
    with pytest.raises(ValueError, match="damaged"):
        plain_text(MARK + base64.urlsafe_b64encode(bomb).decode())
