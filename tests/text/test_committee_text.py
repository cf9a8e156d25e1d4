"""A list for a committee: what is shown adds up, what is assumed has a star and is not counted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import ProjectNeeds, decide
from hiring.model.decision import CLEAR, NONE_FITS
from hiring.model.portfolio import Answer
from hiring.text import portfolio_text, verdict_text
from hiring.text.committee_text import HEADS, Committee, committee, headline, main_caution
from hiring.text.portfolio_text import LEGEND
from tests.factories import DAY
from tests.strategies import LAWS
from tests.text.test_portfolio_text import got

SIZE = frozenset({"developers"})


def made(usd: float, years: int = 2, **more: object) -> Answer:
    """An answer of a typical cost that is spent evenly over so many years."""
    return got(CLEAR, cost_usd=(usd * 0.8, usd, usd * 1.3), typical_years=(usd / years,) * years, **more)


def result(*answers: Answer) -> Committee:
    return committee(answers, ["Mind the gap."] * len(answers), DAY)


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def test_a_line_shows_the_answer_its_limits_cost_release_mix_and_caution() -> None:
    (line,) = result(made(412_345, project="Portal", keep=0.62, release_months=(4.0, 5.0, 6.0),
                          mix="Agency begins, in-house takes over")).lines
    assert dict(zip(HEADS, line.texts, strict=True)) == {
        "Project": "Portal", "Answer": "In-house", "Keeps limits": "in 62 of 100", "Typical cost": "$412k",
        "Likely range": "$330k–$536k", "First release": "Mar–May 2027",
        "Best mix": "Agency begins, in-house takes over", "Main caution": "Mind the gap."}


def test_a_line_without_limits_name_mix_or_a_plan_that_fits_says_so() -> None:
    (line,) = committee([made(1, project="", keep=None)], [""], None).lines
    assert [line.texts[place] for place in (0, 2, 6, 7)] == ["Without a name", "no limit given", "none", "none found"]
    (line,) = result(got(NONE_FITS, "agency", keep=0.1)).lines
    assert line.texts[1] == "None fits; nearest: agency"
    (line,) = result(got(CLEAR, "mix", mix=portfolio_text.MIX_LABEL)).lines
    assert line.texts[6] == "the answer"


@LAWS
@given(st.lists(st.tuples(st.floats(500, 5e6), st.integers(1, 6), st.sampled_from(["USD", "EUR", "GBP"]),
                          st.booleans()), min_size=1, max_size=12))
def test_displayed_costs_of_projects_and_years_add_up_to_the_displayed_total(
        drawn: list[tuple[float, int, str, bool]]) -> None:
    it = result(*(made(usd, years, currency=code, assumed=SIZE if is_assumed else frozenset())
                  for usd, years, code, is_assumed in drawn))
    assert {total.currency.code for total in it.totals} == {code for _, _, code, assumed in drawn if not assumed}
    for total, row in zip(it.totals, it.total_rows, strict=True):
        *years, whole = (number(cell) for cell in row[1:])
        typical = [line.cells[3] for line in it.lines if line.currency == total.currency and not line.starred]
        assert sum(years) == whole == sum(map(number, typical))
        assert len(typical) == total.projects
        assert len({cell.endswith("k") for cell in typical if number(cell)}) <= 1


def test_two_currencies_have_a_total_each_in_their_own_money() -> None:
    it = result(made(100_000), made(200_000, currency="EUR"), made(50_000))
    assert [row[0] for row in it.total_rows] == ["EUR, 1 project", "USD, 2 projects"]
    assert it.total_rows[1][1:] == ("$75k", "$75k", "$150k")
    assert it.total_rows[0][-1] == it.lines[1].cells[3]
    assert it.lines[1].cells[3].startswith("€")
    assert it.years == ("Year 1 (to Nov 2027)", "Year 2 (to Nov 2028)")


def test_what_rests_on_an_assumed_size_has_a_star_and_is_in_no_total() -> None:
    it = result(made(100_000, assumed=SIZE, mix="A mix"), made(50_000, assumed=frozenset({"seniority"})))
    assert it.lines[0].starred == {*HEADS[1:7]}
    assert [text.endswith("*") for text in it.lines[0].texts] == [False, *[True] * 6, False]
    assert it.lines[1].starred == frozenset()
    assert it.total_rows[0][-1] == "$50k"
    assert it.notes[:2] == (LEGEND, "1 project without developers or months in the list is in no total and in no "
                                    "headline.")
    assert LEGEND not in result(made(1)).notes


def test_an_assumed_limit_has_a_star_and_is_not_counted() -> None:
    assumed = made(1, assumed=frozenset({"budget_usd"}))
    it = result(assumed, made(1))
    assert it.lines[0].starred == {"Keeps limits"}
    assert it.headline.startswith("1 of 2 has a budget; 1 of these keeps it")
    assert portfolio_text.headline([assumed, made(1)]).startswith("1 of 2 projects has a budget or deadline; 1 of")
    unlimited = [made(1, keep=None), made(1, keep=None, assumed=SIZE)]
    assert portfolio_text.headline(unlimited).endswith(": 1 is clear or likely")


@pytest.mark.parametrize(("answers", "words"), [
    ([made(1, keep=0.5)] * 6 + [made(1, keep=0.4999)] * 3 + [made(1, keep=None)] * 5,
     "9 of 14 have a budget; 6 of these keep it in at least half of the simulations"),
    ([made(1, keep=0.2), made(1, keep=None)],
     "1 of 2 has a budget; none of these keeps it in at least half of the simulations"),
    ([made(1, keep=None, on_time_share=0.7), made(1)],
     "1 of 2 has a budget; 1 of these keeps it in at least half of the simulations. 1 of 2 has a deadline; 1 of these "
     "keeps it in at least half of the simulations"),
    ([made(1), made(1, assumed=SIZE)],
     "2 of 2 have a budget; 1 of the 1 with a size keeps it in at least half of the simulations"),
    ([made(1, assumed=SIZE)], "1 of 1 has a budget, but not the size of the project"),
    ([made(1, keep=None)] * 3, "None of 3 projects has a budget or deadline in the list")])
def test_headlines_count_only_what_the_list_said(answers: list[Answer], words: str) -> None:
    assert headline(answers) == words


def test_the_main_caution_is_about_the_answer() -> None:
    decision = decide(ProjectNeeds(developers=4, build_months=9, data_sensitivity="regulated"))
    title = main_caution(decision)
    (caution,) = [it for it in verdict_text.cautions(decision) if it.title == title][:1]
    assert decision.nearest in caution.plans
