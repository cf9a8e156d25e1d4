"""The sentences on break-even and on the prices and workloads at which costs tie: each says what the model's numbers
say."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

import hiring
from hiring import Decision, ProjectNeeds
from hiring.model.breakeven import BreakEven, Tie
from hiring.model.own_figures import bounds
from hiring.model.simulation import Outcome, cumulative, pay_id
from hiring.text import break_even_text
from tests.factories import explained
from tests.page_text import amount, is_month, lowered, says
from tests.strategies import ANY, COMPARED, MANY, SLOW


def at_share(months: np.ndarray, share: float) -> float:
    """The month by which in-house has become cheaper in at least this share of the futures."""
    return float(np.sort(months)[math.ceil(share * (len(months) - 1))])


PAYS_OFF = re.compile(
    r"(never)(?: in (?P<without>.+) of 100)?|"
    r"from (?:(?P<at_once>the start)(?: in (?P<begun>.+?) of 100)?(?:, never in (?P<never_at_all>.+))?|"
    r"month (?P<month>[\d.]+)(?:, never in (?P<never_from>.+) of 100|"
    r" \((?P<low>the start|[\d.]+) to (?P<high>[\d.]+)\))?)")


@MANY
@given(ANY)
def test_a_break_even_is_stated_with_the_months_of_its_futures(needs: ProjectNeeds) -> None:
    for it in explained(needs).break_evens:
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
        assert (shown["low"] == "the start") == (low == 0), text
        assert low == 0 or is_month(shown["low"], low), text
        assert is_month(shown["high"], high), text
        assert shown["low"] != shown["high"]
    elif math.isfinite(high):  # a range of one month is none
        assert is_month(shown["month"], low), text
        assert is_month(shown["month"], high), text


@pytest.mark.parametrize(("months", "shown", "share"), [
    ([0] * 10, "from the start", "100 of 100"),
    ([1] + [0] * 10, "from the start", "100 of 100"),  # of 11 futures the tenth is still at once
    ([0] * 74 + [5] * 26, "from the start in 74 of 100", "100 of 100"),
    ([0] * 74 + [5] * 13 + [math.inf] * 13, "from the start in 74 of 100, never in 13", "87 of 100"),
    ([math.inf] * 10, "never", "0 of 100"),
    ([5] * 4 + [math.inf] * 6, "never in 60 of 100", "40 of 100"),
    ([5] * 37 + [math.inf] * 63, "never in 63 of 100", "37 of 100"),
    ([5] + [math.inf] * 399, "never in more than 99 of 100", "<1 of 100"),
    ([12.3] * 10, "from month 12", "100 of 100"),
    ([11.6, *[12.3] * 9], "from month 12", "100 of 100"),
    ([3.14] * 10, "from month 3.1", "100 of 100"),
    ([6, 6.6, *[10] * 7, 15.4, 18], "from month 10 (6.6 to 15)", "100 of 100"),
    ([2, 3, 4, 5, 6, 7.5, 8, 9, 11.6, 30, 31], "from month 7.5 (3 to 30)", "100 of 100"),
    ([0, 0, 0, 0, 0, 7.5, 8, 9, 11.6, 30, 31], "from month 7.5 (the start to 30)", "100 of 100"),
    ([10] * 87 + [math.inf] * 13, "from month 10, never in 13 of 100", "87 of 100")])
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
    (0.92, 0.3, "ends cheaper than freelance in 92 of 100 futures and ends dearer than agency in 70 of 100 futures"),
    (0.3, 0.92, "ends dearer than freelance in 70 of 100 futures and ends cheaper than agency in 92 of 100 futures"),
    (0.92, 0.81, "ends cheaper than freelance in 92 of 100 futures and than agency in 81 of 100 futures"),
    (0, 0.002, "ends dearer than freelance in 100 of 100 futures and than agency in more than 99 of 100 futures"),
    (0.5, 0.6, "ends about as dear as freelance (cheaper in 50 of 100) and ends cheaper than agency in 60 of 100 "
               "futures"),
    # at 45 and at 55 of 100 neither is told to be the cheaper one, one of 1,000 futures further it is
    (0.45, 0.55, "ends about as dear as freelance (cheaper in 45 of 100) and as agency (cheaper in 55 of 100)"),
    (0.449, 0.551, "ends dearer than freelance in 55 of 100 futures and ends cheaper than agency in 55 of 100 "
                   "futures")])
def test_the_headline_says_in_how_many_futures_in_house_ends_cheaper_or_dearer(
        freelance: float, agency: float, shown: str) -> None:
    assert headline_of(freelance, agency) == f"In-house {shown}"


def test_without_a_break_even_there_is_no_headline() -> None:
    assert break_even_text.break_even_headline(hiring.decide(ProjectNeeds()), ()) == ""


AGAINST = r"(?:than {0} in (.+?) of 100 futures|as {0} \(cheaper in (\d+) of 100\))"


@MANY
@given(ANY)
def test_the_headline_of_the_break_even_agrees_with_the_total_costs(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision = explanation.decision
    headline = break_even_text.break_even_headline(decision, explanation.break_evens)
    assert headline.startswith("In-house ends ")
    for it in explanation.break_evens:
        other = decision.outcomes[it.option]
        cheaper = float(np.mean(decision.outcomes["in_house"].total < other.total))
        shown = re.search(AGAINST.format(lowered(other.option)), headline)
        assert shown, headline
        verb = re.findall(r"ends (cheaper|dearer|about as dear)", headline[:shown.start()])[-1]
        assert verb == ("about as dear" if 0.45 <= cheaper <= 0.55 else "cheaper" if cheaper > 0.5 else "dearer")
        assert says(shown[1] or shown[2], 1 - cheaper if verb == "dearer" else cheaper), headline


@SLOW
@given(COMPARED)
def test_from_the_stated_month_on_half_of_the_futures_have_spent_less_with_in_house(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision = explanation.decision
    for it in explanation.break_evens:
        shown = re.match(r"from month ([\d.]+)", break_even_text.break_even_month(it))
        if shown:
            month, rounded = float(shown[1]), 0.5 if float(shown[1]) >= 10 else 0.05
            both = decision.outcomes["in_house"], decision.outcomes[it.option]
            assert cheaper_from_then_on(*both, (month + rounded) * 52 / 12) >= 0.499
            assert cheaper_from_then_on(*both, (month - rounded) * 52 / 12) <= 0.501


def cheaper_from_then_on(hired: Outcome, other: Outcome, week: float) -> float:
    """The share of futures in which the curve of what was spent runs lower from this week to the end. It bends at
    a start, a release and the end of upkeep, where costs may also jump: lower there and just before is lower."""
    bends = [np.broadcast_to(at, hired.total.shape) for outcome in (hired, other) for at in (
        outcome.schedule.start, outcome.schedule.finish, outcome.schedule.finish + outcome.schedule.upkeep_weeks)]
    weeks = np.maximum(week, np.stack([*bends, *(np.nextafter(at, 0) for at in bends)]))
    return float(np.mean((cumulative(hired, weeks) < cumulative(other, weeks)).all(axis=0)))


def gap(decision: Decision, option: str, *, rate: float | None = None, hours: float | None = None) -> float:
    """What the option costs more than in-house in the middle future with the range of its rate scaled to another
    middle, or at another workload."""
    needs, own = decision.needs, {}
    if hours is not None:
        needs = replace(needs, upkeep_developers=min(50.0, max(0.0, hours / 40)))
    if rate is not None:
        figure = decision.evidence.figures[pay_id(decision.outcomes[option].option, needs)]
        least, most = bounds(figure)
        own = {figure.id: tuple(min(most, max(least, number * rate / figure.central))
                                for number in (figure.low, figure.central, figure.high))}
    then = hiring.decide(needs, own=own)
    return float(np.median(then.outcomes[option].total) - np.median(then.outcomes["in_house"].total))


def hair(decision: Decision) -> float:
    """Less than this is no difference between two costs: a thousandth of what in-house costs, and a little."""
    return 0.00101 * float(np.median(decision.outcomes["in_house"].total))


@SLOW
@given(ANY)
def test_at_the_rate_that_is_stated_both_cost_the_same(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision = explanation.decision
    for tie in explanation.rate_ties:
        text = break_even_text.rate_tie(tie)
        figure = decision.evidence.figures[pay_id(decision.outcomes[tie.option].option, needs)]
        assert amount(re.search(r"\(now (\S+)\)$", text)[1]) == pytest.approx(figure.central, abs=0.5)
        shown = re.match(r"(\$[\d,]+) an hour|none from (\$[\d,]+) to (\$[\d,]+): in-house (cheaper|dearer) throughout",
                        text)
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
                assert (gap(decision, tie.option, rate=end) > 0) == (shown[4] == "cheaper"), text


@SLOW
@given(ANY)
def test_at_the_hours_of_upkeep_that_are_stated_both_cost_the_same(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision = explanation.decision
    for tie in explanation.hours_ties:
        text = break_even_text.hours_tie(tie)
        assert float(re.search(r"\(now ([\d.]+)\)$", text)[1]) == pytest.approx(needs.upkeep_developers * 40, abs=0.05)
        shown = re.match(
            r"([\d.]+) hours? a week|none from (\d+) to ([\d,]+) hours: in-house (cheaper|dearer) throughout", text)
        assert shown, text
        if shown[1]:
            hours = float(shown[1])
            by = 0.51 if hours >= 10 else 0.051
            ends = [gap(decision, tie.option, hours=max(1.0, hours + way * by)) for way in (-1, 1)]
            busier = hiring.decide(replace(needs, upkeep_developers=hours / 40))
            assert min(ends) <= hair(busier), text
            assert max(ends) >= -hair(busier), text
        else:
            for end in shown.groups()[1:3]:
                dearer = gap(decision, tie.option, hours=float(end.replace(",", ""))) > 0
                assert dearer == (shown[4] == "cheaper"), text


@pytest.mark.parametrize(("tie", "shown"), [
    (Tie("agency", 76.4, 1.0, 140.0, 1.0, 2_000.0, True), "$76 an hour (now $140)"),
    (Tie("agency", 1_234.5, 1.0, 95.4, 1.0, 2_000.0, True), "$1,234 an hour (now $95)"),
    (Tie("agency", None, None, 140.0, 1.0, 2_000.0, True),
     "none from $1 to $2,000: in-house cheaper throughout (now $140)"),
    (Tie("agency", None, None, 140.0, 1.0, 1_250.0, False),
     "none from $1 to $1,250: in-house dearer throughout (now $140)")])
def test_ties_of_rates_read_like_this(tie: Tie, shown: str) -> None:
    assert break_even_text.rate_tie(tie) == shown


@pytest.mark.parametrize(("tie", "shown"), [
    (Tie("agency", 12.4, 1.0, 20.0, 1.0, 320.0, True), "12 hours a week (now 20)"),
    (Tie("agency", 4.44, 1.0, 0.0, 1.0, 320.0, True), "4.4 hours a week (now 0)"),
    (Tie("agency", None, None, 2.5, 1.0, 320.0, False),
     "none from 1 to 320 hours: in-house dearer throughout (now 2.5)"),
    (Tie("agency", None, None, 80.0, 1.0, 2_000.0, True),
     "none from 1 to 2,000 hours: in-house cheaper throughout (now 80)")])
def test_ties_of_hours_read_like_this(tie: Tie, shown: str) -> None:
    assert break_even_text.hours_tie(tie) == shown
