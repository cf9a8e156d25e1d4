"""The sentences on break-even and on the prices and workloads at which costs tie: each says what the model's numbers
say."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest

import hiring
from hiring import Decision, ProjectNeeds
from hiring.model.breakeven import BreakEven, Tie
from hiring.model.explanation import Explanation
from hiring.model.option_draws import pay_id
from hiring.model.own_figures import bounds
from hiring.text import break_even_text
from tests.page_text import amount, is_month, lowered, says
from tests.pool import PLAIN, POOL, each_of


def at_share(months: np.ndarray, share: float) -> float:
    """The month by which in-house has become cheaper in at least this share of the futures."""
    return float(np.sort(months)[math.ceil(share * (len(months) - 1))])


PAYS_OFF = re.compile(
    r"(never)(?: in (?P<without>.+) of 100)?|"
    r"from (?P<at_once>the release)(?: in (?P<begun>.+?) of 100)?(?:, never in (?P<never_at_all>.+))?|"
    r"after (?P<month>[\d.]+) months? of upkeep(?:, never in (?P<never_from>.+) of 100|"
    r" \((?P<low>[\d.]+) to (?P<high>[\d.]+)\))?")


@each_of(POOL)
def test_a_break_even_is_stated_with_the_months_of_its_futures(explanation: Explanation) -> None:
    for it in explanation.break_evens:
        pays_off(it)


def pays_off(it: BreakEven) -> None:
    """The sentence on when in-house becomes cheaper matches its futures."""
    low, middle, high = (at_share(it.months, share) for share in (0.1, 0.5, 0.9))
    lasting = float(np.mean(np.isfinite(it.months)))
    text = break_even_text.break_even_month(it)
    shown = PAYS_OFF.fullmatch(text)
    assert shown, text
    assert (shown[1] is not None) == math.isinf(middle), text
    assert (shown["at_once"] is not None) == (middle == 0), text
    assert (shown["month"] is not None) == (0 < middle < math.inf), text
    without = shown["without"] or shown["never_at_all"] or shown["never_from"]
    assert without is None or says(without, 1 - lasting), text
    assert says(break_even_text.cheaper_share(it).removesuffix(" of 100"), lasting)
    if shown[1]:
        assert (without is None) == (lasting == 0), text
        return
    assert (without is not None) == math.isinf(high), text  # a tenth of the futures or more
    if shown["at_once"]:
        assert (shown["begun"] is None) == (high == 0), text
        assert shown["begun"] is None or says(shown["begun"], float(np.mean(it.months == 0))), text
        return
    assert is_month(shown["month"], middle), text
    if shown["low"]:
        assert is_month(shown["low"], low), text
        assert is_month(shown["high"], high), text
        assert shown["low"] != shown["high"]
    elif math.isfinite(high):  # a range of one month is none
        assert is_month(shown["month"], low), text
        assert is_month(shown["month"], high), text


@pytest.mark.parametrize(("months", "shown", "share"), [
    ([0] * 10, "from the release", "100 of 100"),
    ([1] + [0] * 10, "from the release", "100 of 100"),  # of 11 futures the tenth is still at once
    ([0] * 74 + [5] * 26, "from the release in 74 of 100", "100 of 100"),
    ([0] * 74 + [5] * 13 + [math.inf] * 13, "from the release in 74 of 100, never in 13", "87 of 100"),
    ([math.inf] * 10, "never", "0 of 100"),
    ([5] * 4 + [math.inf] * 6, "never in 60 of 100", "40 of 100"),
    ([5] * 37 + [math.inf] * 63, "never in 63 of 100", "37 of 100"),
    ([5] + [math.inf] * 399, "never in more than 99 of 100", "<1 of 100"),
    ([12.3] * 10, "after 12 months of upkeep", "100 of 100"),
    ([11.6, *[12.3] * 9], "after 12 months of upkeep", "100 of 100"),
    ([3.14] * 10, "after 3.1 months of upkeep", "100 of 100"),
    ([6, 6.6, *[10] * 7, 15.4, 18], "after 10 months of upkeep (6.6 to 15)", "100 of 100"),
    ([2, 3, 4, 5, 6, 7.5, 8, 9, 11.6, 30, 31], "after 7.5 months of upkeep (3 to 30)", "100 of 100"),
    ([0, 0, 0, 0, 0, 7.5, 8, 9, 11.6, 30, 31], "after 7.5 months of upkeep (0 to 30)", "100 of 100"),
    ([10] * 87 + [math.inf] * 13, "after 10 months of upkeep, never in 13 of 100", "87 of 100")])
def test_break_evens_worked_by_hand_read_like_this(months: list[float], shown: str, share: str) -> None:
    it = BreakEven("freelance", np.array(months, dtype=float))
    assert break_even_text.break_even_month(it) == shown
    assert break_even_text.cheaper_share(it) == share
    pays_off(it)


def headline_of(freelance: float, agency: float) -> str:
    """The headline where in-house is cheaper in the end in these shares of 1,000 futures."""
    found = tuple(BreakEven(option, np.where(np.arange(1_000) < 1_000 * share, 5.0, np.inf))
                  for option, share in (("freelance", freelance), ("agency", agency)))
    return break_even_text.break_even_headline(hiring.decide(ProjectNeeds()), found)


@pytest.mark.parametrize(("freelance", "agency", "shown"), [
    (0.92, 0.3, "costs less than freelance in 92 of 100 and costs more than agency in 70 of 100"),
    (0.3, 0.92, "costs more than freelance in 70 of 100 and costs less than agency in 92 of 100"),
    (0.92, 0.81, "costs less than freelance in 92 of 100 and than agency in 81 of 100"),
    (0, 0.002, "costs more than freelance in 100 of 100 and than agency in more than 99 of 100"),
    (0.5, 0.6, "costs about as much as freelance (less in 50 of 100) and costs less than agency in 60 of 100"),
    # at 45 and at 55 of 100 neither is said to cost less, one of 1,000 simulations further it is
    (0.45, 0.55, "costs about as much as freelance (less in 45 of 100) and as agency (less in 55 of 100)"),
    (0.449, 0.551, "costs more than freelance in 55 of 100 and costs less than agency in 55 of 100")])
def test_the_headline_says_in_how_many_simulations_in_house_ends_cheaper_or_costlier(
        freelance: float, agency: float, shown: str) -> None:
    assert headline_of(freelance, agency) == f"In-house {shown}"


def test_without_a_break_even_there_is_no_headline() -> None:
    assert break_even_text.break_even_headline(hiring.decide(ProjectNeeds()), ()) == ""


@pytest.mark.parametrize(("freelance", "agency", "shown"), [
    (0, 14.2, "costs less than freelance by the release and after it. It costs less than agency after 14 months of "
     "upkeep"),
    (math.inf, 0, "never costs less than freelance. It costs less than agency by the release and after it"),
    (math.inf, math.inf, "never costs less than freelance or agency"),
    (1, 1, "costs less than freelance and agency after 1 month of upkeep")])
def test_from_when_on_in_house_typically_costs_less(freelance: float, agency: float, shown: str) -> None:
    found = tuple(BreakEven(option, np.full(10, months)) for option, months in (
        ("freelance", freelance), ("agency", agency)))
    cheap = hiring.decide(ProjectNeeds(upkeep_months=120, upkeep_developers=2))  # in-house, kept so long
    assert break_even_text.break_even_sentence(cheap, found) == f"In the typical case, in-house {shown}."
    assert break_even_text.break_even_sentence(cheap, ()) == ""


def test_costs_that_are_shown_alike_in_the_end_are_called_so() -> None:
    level = hiring.decide(ProjectNeeds())
    assert level.outcomes["in_house"].cost_quantiles[1] == pytest.approx(level.outcomes["freelance"].cost_quantiles[1],
                                                                         rel=0.02)
    said = break_even_text.break_even_sentence(level, hiring.explain(level).break_evens)
    assert "in-house costs about as much as freelance in the end" in said


@each_of(POOL)
def test_the_sentence_on_the_break_even_says_what_half_of_the_simulations_bear_out(explanation: Explanation) -> None:
    needs = explanation.decision.needs
    said = break_even_text.break_even_sentence(explanation.decision, explanation.break_evens)
    if not (needs.upkeep_developers and needs.upkeep_months):
        assert said.startswith("In-house costs ")
        assert said.endswith(" of 100 simulations.") or said.endswith(") simulations.")
        return
    for it in explanation.break_evens:
        middle, other = at_share(it.months, 0.5), lowered(explanation.decision.outcomes[it.option].option)
        clause = next(clause for clause in said.split(". It ") if other in clause)
        own, its = (explanation.decision.outcomes[id_].cost_quantiles[1] for id_ in ("in_house", it.option))
        is_level, never = abs(own - its) <= 0.02 * max(own, its), math.isinf(middle) or own > its
        assert ("about as much" in clause) == is_level, said
        assert ("never costs less" in clause) == (never and not is_level), said
        assert ("by the release and after it" in clause) == (middle == 0 and not is_level and not never), said
        assert is_level or never or middle == 0 or is_month(re.search(r"after (\S+) month", clause)[1], middle), said


AGAINST = r"(?:than {0} in (.+?) of 100|as {0} \(less in (\d+) of 100\))"


@each_of(POOL)
def test_the_headline_of_the_break_even_agrees_with_the_total_costs(explanation: Explanation) -> None:
    decision = explanation.decision
    headline = break_even_text.break_even_headline(decision, explanation.break_evens)
    assert headline.startswith("In-house costs ")
    for it in explanation.break_evens:
        other = decision.outcomes[it.option]
        less = float(np.mean(decision.outcomes["in_house"].total < other.total))
        shown = re.search(AGAINST.format(lowered(other.option)), headline)
        assert shown, headline
        verb = re.findall(r"costs (less|more|about as much)", headline[:shown.start()])[-1]
        assert verb == ("about as much" if 0.45 <= less <= 0.55 else "less" if less > 0.5 else "more")
        assert says(shown[1] or shown[2], 1 - less if verb == "more" else less), headline


@each_of(POOL)
def test_the_table_speaks_of_upkeep_only_where_there_is_any(explanation: Explanation) -> None:
    needs = explanation.decision.needs
    table = break_even_text.break_even_table(explanation)
    is_kept = needs.upkeep_developers > 0 and needs.upkeep_months > 0
    assert ("Cheaper for good" in table["In-house"]) == ("Same cost at upkeep of" in table["In-house"]) == is_kept
    assert list(table)[1:] == [f"against {lowered(explanation.decision.outcomes[it.option].option)}"
                               for it in explanation.break_evens]
    assert {len(column) for column in table.values()} == {4 if is_kept else 2}
    columns = [*table.values()][1:]
    for column, rate, hours in zip(columns, explanation.rate_ties, explanation.hours_ties, strict=True):
        assert break_even_text.rate_tie(rate) in column
        assert not is_kept or column[-1] == break_even_text.hours_tie(hours)


def gap(decision: Decision, option: str, *, rate: float | None = None, hours: float | None = None) -> float:
    """What the option costs more than in-house in the middle future with the range of its rate scaled to another
    middle, or at another workload."""
    needs, own = decision.needs, {}
    if hours is not None:
        needs = replace(needs, upkeep_developers=min(50.0, max(0.0, hours / 40)))
    if rate is not None:
        figure = decision.evidence.figures[pay_id(decision.outcomes[option].option, needs, decision.evidence)]
        least, most = bounds(figure)
        own = {figure.id: tuple(min(most, max(least, number * rate / figure.central))
                                for number in (figure.low, figure.central, figure.high))}
    then = hiring.decide(needs, own=own)
    return float(np.median(then.outcomes[option].total) - np.median(then.outcomes["in_house"].total))


def hair(decision: Decision) -> float:
    """Less than this is no difference between two costs: a thousandth of what in-house costs, and a little."""
    return 0.00101 * float(np.median(decision.outcomes["in_house"].total))


@each_of(PLAIN[::3])
def test_at_the_rate_that_is_stated_both_cost_the_same(explanation: Explanation) -> None:
    needs = explanation.decision.needs
    decision = explanation.decision
    for tie in explanation.rate_ties:
        text = break_even_text.rate_tie(tie)
        figure = decision.evidence.figures[pay_id(decision.outcomes[tie.option].option, needs, decision.evidence)]
        assert amount(re.search(r"\(now (\S+)\)$", text)[1]) == pytest.approx(figure.central, abs=0.5)
        shown = re.match(
            r"(\$[\d,]+) an hour|none from (\$[\d,]+) to (\$[\d,]+): in-house costs (less|more) throughout", text)
        assert shown, text
        if shown[1]:
            rate = amount(shown[1])
            ends = [gap(decision, tie.option, rate=min(1e4, max(1.0, rate + by))) for by in (-0.51, 0.51)]
            assert min(ends) <= hair(decision), text
            assert max(ends) >= -hair(decision), text
        else:
            ends = max(1, figure.low / 3), min(1e4, figure.high * 3)
            assert [amount(end) for end in shown.groups()[1:3]] == pytest.approx(ends, abs=0.5)
            for end in ends:
                assert (gap(decision, tie.option, rate=end) > 0) == (shown[4] == "less"), text


@each_of(PLAIN[::3])
def test_at_the_hours_of_upkeep_that_are_stated_both_cost_the_same(explanation: Explanation) -> None:
    needs = explanation.decision.needs
    decision = explanation.decision
    for tie in explanation.hours_ties:
        text = break_even_text.hours_tie(tie)
        now = re.search(r"\(now ([\d.,]+)\)$", text)[1].replace(",", "")
        assert float(now) == pytest.approx(needs.upkeep_developers * 40, abs=0.05)
        shown = re.match(
            r"([\d.,]+) hours? a week|none from (\d+) to ([\d,]+) hours: in-house costs (less|more) throughout", text)
        assert shown, text
        if shown[1]:
            hours = float(shown[1].replace(",", ""))
            by = 0.51 if hours >= 10 else 0.051
            ends = [gap(decision, tie.option, hours=max(1.0, hours + way * by)) for way in (-1, 1)]
            busier = hiring.decide(replace(needs, upkeep_developers=hours / 40))
            assert min(ends) <= hair(busier), text
            assert max(ends) >= -hair(busier), text
        else:
            for end in shown.groups()[1:3]:
                costlier = gap(decision, tie.option, hours=float(end.replace(",", ""))) > 0
                assert costlier == (shown[4] == "less"), text


@pytest.mark.parametrize(("tie", "shown"), [
    (Tie("agency", 76.4, 1.0, 140.0, 1.0, 2_000.0, True), "$76 an hour (now $140)"),
    (Tie("agency", 1_234.5, 1.0, 95.4, 1.0, 2_000.0, True), "$1,234 an hour (now $95)"),
    (Tie("agency", None, None, 140.0, 1.0, 2_000.0, True),
     "none from $1 to $2,000: in-house costs less throughout (now $140)"),
    (Tie("agency", None, None, 140.0, 1.0, 1_250.0, False),
     "none from $1 to $1,250: in-house costs more throughout (now $140)")])
def test_ties_of_rates_read_like_this(tie: Tie, shown: str) -> None:
    assert break_even_text.rate_tie(tie) == shown


@pytest.mark.parametrize(("tie", "shown"), [
    (Tie("agency", 12.4, 1.0, 20.0, 1.0, 320.0, True), "12 hours a week (now 20)"),
    (Tie("agency", 1_443.4, 1.0, 2_000.0, 1.0, 2_000.0, True), "1,443 hours a week (now 2,000)"),
    (Tie("agency", 4.44, 1.0, 0.0, 1.0, 320.0, True), "4.4 hours a week (now 0)"),
    (Tie("agency", None, None, 2.5, 1.0, 320.0, False),
     "none from 1 to 320 hours: in-house costs more throughout (now 2.5)"),
    (Tie("agency", None, None, 80.0, 1.0, 2_000.0, True),
     "none from 1 to 2,000 hours: in-house costs less throughout (now 80)")])
def test_ties_of_hours_read_like_this(tie: Tie, shown: str) -> None:
    assert break_even_text.hours_tie(tie) == shown
