"""The sentences of the explanation: each says what the model's numbers say."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

import hiring
from hiring import Decision, ProjectNeeds
from hiring.dashboard import formats, what_if, why
from hiring.exchange import links
from hiring.model.breakeven import BreakEven, Tie
from hiring.model.evidence import Option
from hiring.model.explanation import Explanation, Reason
from hiring.model.needs import CHOICE, LOCATION, NEEDS, NUMBER, TEXT, YES_NO
from hiring.model.own import Range
from hiring.model.plans import Plan
from hiring.model.simulation import Outcome, cumulative, pay_id
from hiring.model.switching import Switch, Switches
from tests.exchange.test_own_in_links import own_figures
from tests.making import DAY, SNAPSHOT, with_ranges
from tests.strategies import LAWS, plausible_projects, projects

APP = Path(__file__).parents[2] / "app.py"
# Half of all projects rule everything out; without limits they are compared.
ANY = st.one_of(plausible_projects(), plausible_projects(budget_usd=None, deadline_months=None), projects())
COMPARED = st.one_of(plausible_projects(budget_usd=None), plausible_projects(budget_usd=None, deadline_months=None),
                     projects(budget_usd=None, deadline_months=None), plausible_projects())
MANY = settings(LAWS, max_examples=100)
SLOW = settings(LAWS, max_examples=40, phases=(Phase.explicit, Phase.generate))  # a smaller project is no faster
FLAW = re.compile(r"\bnan\b|\binf\b|\bNone\b(?! given)|[{}]")
BARE_DOLLAR = re.compile(r"(?<!\\)\$")

# Freelance and agency made equal in everything, and hiring out of reach.
RATED = ("flexibility", "continuity", "collaboration", "capability", "security", "autonomy")
ALIKE = {"lead_weeks": 2, "ramp_weeks": 2, "productive_share": 0.9, "smallest_post": 0.1, "minimum_usd": 0,
         "fee_share": 0, "steering_share": 0.1, "sourcing_usd": 1000, "equipment_usd": 0, "attrition_per_year": 0.2,
         "exit_weeks": 1, **dict.fromkeys(RATED, 60)}
TWINS: dict[str, Any] = {
    **{f"{name}.{option}": number for name, number in ALIKE.items() for option in ("freelance", "agency")},
    "freelance.us.mid": 100, "agency.us.mid": 100, "in_house.article.mid": 10_000_000}
# The same without any range, so that a middle is worked out from the middles.
CERTAIN = {**TWINS, "overrun": 1.15, "manager_hourly_usd": 105}
SPECIAL: dict[str, tuple[ProjectNeeds, dict[str, Any]]] = {
    "a need level of zero": (ProjectNeeds(), {
        "security.data_sensitivity.internal": 0, "autonomy.technical_lead.yes": 0, "capability.scale.steady": 0,
        "capability.disciplines.one": 0}),
    "no weight on anything": (ProjectNeeds(), {id_: 0 for id_ in SNAPSHOT.figures if id_.startswith("importance.")}),
    "no upkeep": (ProjectNeeds(upkeep_developers=0), {}),
    "no budget": (ProjectNeeds(budget_usd=None), {}),
    "no deadline": (ProjectNeeds(deadline_months=None), {}),
    "neither budget nor deadline": (ProjectNeeds(budget_usd=None, deadline_months=None), {}),
    "everything ruled out": (ProjectNeeds(budget_usd=50_000), {}),
    "one option left": (ProjectNeeds(developers=0.5, build_months=1, start_within_weeks=2, budget_usd=24_000,
                                     upkeep_developers=0, horizon_months=3), {}),
    "two options tied": (ProjectNeeds(), TWINS),
    "two options tied without a budget": (ProjectNeeds(budget_usd=None), TWINS),
    "pay beyond reason": (ProjectNeeds(), {
        "in_house.article.mid": 10_000_000, "freelance.us.mid": 10_000, "agency.us.mid": 10_000}),
    "pay beyond reason without a budget": (ProjectNeeds(budget_usd=None, deadline_months=None), {
        "in_house.article.mid": 10_000_000, "freelance.us.mid": 10_000, "agency.us.mid": 10_000}),
    "pay next to nothing": (ProjectNeeds(), {
        "in_house.article.mid": 1, "freelance.us.mid": 1, "agency.us.mid": 1}),
    "a share that may come near to nothing": (ProjectNeeds(), {"productive_share.agency": (0.3, 0.6, 0.9)}),
}


def explained(needs: ProjectNeeds, own: Mapping[str, Any] | None = None) -> Explanation:
    return hiring.explain(hiring.decide(needs, own=own))


def lowered(option: Option) -> str:
    return {"Freelance": "freelance", "In-house": "in-house", "Agency": "agency"}[option.label]


def says(told: str, share: float) -> bool:
    """Whether these futures of a hundred are the share, to the nearest future."""
    if told in ("fewer than 1", "<1"):
        return 0 < share < 0.0051
    if told in ("more than 99", ">99"):
        return 0.9949 < share < 1
    return abs(int(told) - share * 100) <= 0.5 + 1e-9


def is_month(told: str, months: float) -> bool:
    """Whether these months are the months, to a month from month 10 on and to a tenth before."""
    return abs(float(told) - months) <= (0.5 if months >= 10 else 0.05) + 1e-9


def whole(points: str) -> int:
    """+11 and −6 as numbers."""
    return int(points.replace("−", "-"))


def sentences(explanation: Explanation) -> Iterator[str]:
    """Every sentence of the explanation that the page shows as Markdown."""
    decision = explanation.decision
    if len(decision.left) > 1:
        for reason in explanation.reasons:
            yield from why.reason(decision, reason)
        yield why.lead_headline(decision)
    if explanation.tornado is not None:
        yield why.tornado_headline(decision, explanation.tornado)
        for told in why.find_out(decision, explanation.tornado):
            yield from told
    yield what_if.switch_headline(decision, explanation.switches)
    yield why.plan_headline(decision, explanation.offer)
    if explanation.offer is not None:
        yield from why.plan_hint(decision, explanation.offer)
        yield why.plan_against_first(decision, explanation.offer.plan)
    yield what_if.break_even_headline(decision, explanation.break_evens)
    if decision.evidence.replaced:
        yield what_if.own_figures(decision.evidence)


def cells(explanation: Explanation) -> Iterator[str]:
    """Every text of the explanation that stands in a table, where a dollar sign is a dollar sign."""
    decision, switches = explanation.decision, explanation.switches
    for switch in switches.found:
        yield what_if.condition(decision, switch)
        yield what_if.present(decision, switch.need)
        yield what_if.outcome_of(decision, switch)
    if switches.never:
        yield what_if.never(switches)
    for it in explanation.break_evens:
        yield what_if.break_even(decision, it)
        yield what_if.share(it)
    yield from map(what_if.rate_tie, explanation.rate_ties)
    yield from map(what_if.hours_tie, explanation.hours_ties)


def reads_right(explanation: Explanation) -> None:
    for sentence in sentences(explanation):
        assert sentence
        assert not FLAW.search(sentence), sentence
        assert not BARE_DOLLAR.search(sentence), sentence
    for cell in cells(explanation):
        assert cell
        assert not FLAW.search(cell), cell


@SLOW
@given(ANY)
def test_no_sentence_has_a_gap_or_a_bare_dollar_sign(needs: ProjectNeeds) -> None:
    reads_right(explained(needs))


@SLOW
@given(st.one_of(plausible_projects(), plausible_projects(budget_usd=None)), own_figures(least=1))
def test_no_own_figure_breaks_a_sentence(needs: ProjectNeeds, own: tuple[tuple[str, Range], ...]) -> None:
    reads_right(explained(needs, dict(own)))


@pytest.mark.parametrize("name", SPECIAL)
def test_in_special_cases_every_part_runs_and_reads_right(name: str) -> None:
    reads_right(explained(*SPECIAL[name]))


# On the page

def opened(needs: ProjectNeeds, own: Mapping[str, Any] | None = None) -> AppTest:
    """The page of a project."""
    given_ = {id_: it if isinstance(it, tuple) else (it, it, it) for id_, it in (own or {}).items()}
    ranges = tuple(sorted((id_, Range(*it)) for id_, it in given_.items()))
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, text in links.encode(needs, DAY, ranges).items():
        app.query_params[key] = text
    app.run()
    assert not app.exception
    assert not app.warning
    return app


def read_table(app: AppTest, head: str) -> dict[str, list[str]] | None:
    """The table that has a column of this name, as it is read."""
    found = [it.value for it in app.table if head in it.value.columns]
    assert len(found) <= 1
    return {column: [cell.replace("\\", "") for cell in found[0][column]] for column in found[0]} if found else None


@pytest.mark.parametrize("name", SPECIAL)
def test_the_page_shows_special_cases_without_a_fault(name: str) -> None:
    needs, own = SPECIAL[name]
    app, explanation = opened(needs, own), explained(needs, own)
    texts = [text.value for text in app.markdown]
    for text in texts:
        assert not FLAW.search(text), text
        assert not BARE_DOLLAR.search(text), text
    left = [explanation.decision.outcomes[option].option for option in explanation.decision.left]
    why_heading = (f"## Why {lowered(left[0])} rather than {lowered(left[1])}" if len(left) > 1 else
                   f"## Why {lowered(left[0])}" if left else "## Why none fits")
    assert [text for text in texts if text.startswith("## Why ")] == [why_heading]
    assert all(f"**{told.title}** {told.body}" in texts for told in (
        why.reason(explanation.decision, reason) for reason in explanation.reasons))


ON_THE_PAGE = [
    ProjectNeeds(), ProjectNeeds(developers=3), ProjectNeeds(budget_usd=None, deadline_months=None),
    ProjectNeeds(budget_usd=50_000), ProjectNeeds(start_within_weeks=2, talent_region="asia"),
    ProjectNeeds(developers=0.25, build_months=1, start_within_weeks=3, deadline_months=None, upkeep_developers=2,
                 horizon_months=3, budget_usd=10_000, location="sd", talent_region="eastern_europe",
                 disciplines="many", technical_lead=False, scope_clarity="evolving")]


@pytest.mark.parametrize("needs", ON_THE_PAGE)
def test_the_tables_of_the_page_have_a_row_for_each_switch_and_each_break_even(needs: ProjectNeeds) -> None:
    app, explanation = opened(needs), explained(needs)
    decision, switches = explanation.decision, explanation.switches
    table = read_table(app, "If …")
    assert (table is None) == (not switches.found)
    if table is not None:
        assert [answer_in(told, it.need) for told, it in zip(table["If …"], switches.found, strict=True)] == [
            it.value for it in switches.found]
        assert table["First then"] == [
            "no option fits" if it.first is None else decision.outcomes[it.first].option.label
            for it in switches.found]
    table = read_table(app, "In-house against")
    assert table is not None
    others = [outcome for outcome in decision.outcomes.values() if outcome.option.id != "in_house"]
    assert table["In-house against"] == [
        f"{it.option.label}{' (ruled out)' if it.is_ruled_out else ''}" for it in others]
    for it, share in zip(explanation.break_evens, table["Cheaper in the end"], strict=True):
        dearer = decision.outcomes["in_house"].total >= decision.outcomes[it.option].total
        assert says(share.removesuffix(" of 100"), 1 - float(np.mean(dearer)))


@pytest.mark.parametrize("needs", ON_THE_PAGE)
def test_the_page_sets_the_points_of_the_staged_plan_against_those_of_the_first(needs: ProjectNeeds) -> None:
    app, explanation = opened(needs), explained(needs)
    decision, offer = explanation.decision, explanation.offer
    told = [found for text in app.markdown
            if (found := re.fullmatch(r"### (\d+) points, against (\d+) for (.+) alone", text.value))]
    assert len(told) == (offer is not None)
    for found in told:
        assert abs(int(found[1]) - float(offer.plan.scores.mean()) * 100) <= 0.5
        assert abs(int(found[2]) - decision.expected_scores[decision.first] * 100) <= 0.5
        assert found[3] == lowered(decision.outcomes[decision.first].option)


@pytest.mark.parametrize("needs", ON_THE_PAGE)
def test_the_table_of_the_tornado_has_the_ends_of_its_bars(needs: ProjectNeeds) -> None:
    app, found = opened(needs), explained(needs).tornado
    table = read_table(app, "Lead, points")
    assert (table is None) == (found is None)
    if table is not None and found is not None:
        ends = [re.fullmatch(r"([+−]?\d+) to ([+−]?\d+)", told).groups() for told in table["Lead, points"]]
        assert [(whole(low), whole(high)) for low, high in ends] == [
            (round(bar.at_low * 100), round(bar.at_high * 100)) for bar in found.bars[:10]]


# Reasons

TITLE = re.compile(r"(?:(Against it): )?(It|freelance|in-house|agency) (.+), ([+−]?\d+) (points?)\.")


def better_and_worse(decision: Decision, reason: Reason) -> tuple[Outcome, Outcome]:
    first, second = (decision.outcomes[option] for option in decision.left[:2])
    return (first, second) if reason.lead > 0 else (second, first)


@MANY
@given(COMPARED)
def test_the_title_of_a_reason_has_the_points_of_the_lead_with_their_sign(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision = explanation.decision
    for reason in explanation.reasons:
        title = why.reason(decision, reason).title
        told = TITLE.fullmatch(title)
        assert told, title
        against, who, _, points, noun = told.groups()
        contributions = [decision.contributions[option][reason.criterion] for option in decision.left[:2]]
        assert whole(points) == round((contributions[0] - contributions[1]) * 100)
        assert points[0] == ("+" if reason.lead > 0 else "−")
        assert (against is not None) == (reason.lead < 0)
        assert who == ("It" if reason.lead > 0 else lowered(decision.outcomes[decision.left[1]].option))
        assert noun == ("point" if abs(whole(points)) == 1 else "points")


@MANY
@given(COMPARED)
def test_a_reason_claims_only_what_the_middle_future_bears_out(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    for reason in explanation.reasons:
        claims_what_is(explanation.decision, reason)


def claims_what_is(decision: Decision, reason: Reason) -> str:
    """The claim, after a look at the better and the worse option's own numbers."""
    better, worse = better_and_worse(decision, reason)
    title = TITLE.fullmatch(why.reason(decision, reason).title)
    assert title
    claim = title[3]
    if reason.criterion == "cost":
        costs = [float(np.median(it.total)) for it in (better, worse)]
        is_less = costs[0] < costs[1] and formats.money(costs[0]) != formats.money(costs[1])
        assert claim == ("costs less" if is_less else "fits the budget better over all futures")
    elif reason.criterion == "speed":
        finishes = [float(np.median(it.schedule.finish)) / (52 / 12) for it in (better, worse)]
        starts = [round(float(np.median(it.schedule.start))) for it in (better, worse)]
        is_sooner = finishes[0] < finishes[1] and formats.month(finishes[0]) != formats.month(finishes[1])
        assert claim == ("delivers sooner" if is_sooner else "starts sooner" if starts[0] < starts[1] else
                         "fits your dates better over all futures")
    else:
        rating, other = (decision.evidence.figures[f"{reason.criterion}.{it.option.id}"].central
                         for it in (better, worse))
        ahead = next(c.ahead for c in decision.evidence.criteria if c.id == reason.criterion)
        assert claim == (ahead if rating > other else "meets the need better over all futures")
    return claim


@pytest.mark.parametrize(("own", "criterion", "claim"), [
    ({"agency.us.mid": (20, 90, 92)}, "cost", "costs less"),
    ({"agency.us.mid": (20, 101, 102)}, "cost", "fits the budget better over all futures"),
    ({"continuity.agency": 75}, "continuity", "keeps knowledge better"),
    ({"continuity.freelance": (0, 61, 62)}, "continuity", "meets the need better over all futures"),
    ({"productive_share.agency": 0.99}, "speed", "delivers sooner"),
    ({"productive_share.agency": (0.89, 0.895, 0.99)}, "speed", "fits your dates better over all futures"),
    ({"lead_weeks.freelance": (1, 5, 9), "productive_share.agency": 0.8}, "speed", "starts sooner"),
])
def test_where_only_the_spread_of_the_futures_speaks_for_an_option_nothing_more_is_claimed(
        own: dict[str, Any], criterion: str, claim: str) -> None:
    """All is certain and alike but for these figures; the agency is ahead on the criterion."""
    figures = {**CERTAIN, "importance.speed": 1000 if criterion == "speed" else 20, **own}
    budget = None if criterion == "speed" else 600_000
    decision = hiring.decide(ProjectNeeds(start_within_weeks=2, budget_usd=budget), own=figures)
    lead = decision.leads(*decision.left[:2])[criterion]
    assert (lead > 0) == (decision.first == "agency")
    assert claims_what_is(decision, Reason(criterion, lead)) == claim


@MANY
@given(COMPARED)
def test_the_body_of_a_reason_has_both_options_own_numbers(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision = explanation.decision
    for reason in explanation.reasons:
        body = why.reason(decision, reason).body.replace("\\", "")
        both = [decision.outcomes[option] for option in decision.left[:2]]
        {"cost": cost_body, "speed": speed_body}.get(reason.criterion, rated_body)(decision, reason, body, *both)


def cost_body(decision: Decision, reason: Reason, body: str, first: Outcome, second: Outcome) -> None:
    needs, kept = decision.needs, ""
    told = re.fullmatch(
        r"(?:You have (\S+) for (\S+) months?|You gave no budget, so (\S+) is assumed)\. (\S+) takes (\S+) in the "
        r"middle future, (\S+) (\$\d[\d.]*[kM]?)(; within budget in (.+) of 100 futures against (.+))?\.", body)
    assert told, body
    given, months, assumed, who, cost, other, other_cost, kept, share, other_share = told.groups()
    assert (who, other) == (first.option.label, lowered(second.option))
    assert cost == formats.money(float(np.median(first.total)))
    assert other_cost == formats.money(float(np.median(second.total)))
    if needs.budget_usd is None:
        assert (given, assumed, kept) == (None, formats.money(decision.budget_usd), None)
    else:
        assert given == formats.money(needs.budget_usd)
        assert float(months) == needs.horizon_months
        assert says(share, float(np.mean(first.total <= needs.budget_usd)))
        assert says(other_share, float(np.mean(second.total <= needs.budget_usd)))


def speed_body(decision: Decision, reason: Reason, body: str, first: Outcome, second: Outcome) -> None:
    needs = decision.needs
    told = re.fullmatch(
        r"You need a release by month ([\d.]+)( \(assumed\))? and a start (today|within ([\d.]+) weeks?)\. (\S+) "
        r"starts in week (\d+) and releases in month ([\d.]+), (\S+) in week (\d+) and month ([\d.]+)\.", body)
    assert told, body
    due, assumed, start, weeks, who, week, month, other, other_week, other_month = told.groups()
    assert (who, other) == (first.option.label, lowered(second.option))
    assert is_month(due, decision.deadline_months)
    assert (assumed is not None) == (needs.deadline_months is None)
    assert (start == "today") == (needs.start_within_weeks == 0)
    assert weeks is None or is_month(weeks, needs.start_within_weeks)
    for outcome, begun, released in ((first, week, month), (second, other_week, other_month)):
        assert abs(int(begun) - np.median(outcome.schedule.start)) <= 0.5
        assert is_month(released, float(np.median(outcome.schedule.finish)) * 12 / 52)


QUOTED = {"flexibility": ["scope_clarity"], "continuity": ["strategic_value"], "security": ["data_sensitivity"],
          "collaboration": ["integration", "strategic_value"], "capability": ["scale", "disciplines"], "autonomy": []}


def rated_body(decision: Decision, reason: Reason, body: str, first: Outcome, second: Outcome) -> None:
    needs = decision.needs
    told = re.fullmatch(r"(.+): you need (\d+) points of 100 for (.+)\. (\S+) is rated (\d+), (\S+) (\d+)\.", body)
    assert told, body
    answers, need, criterion, who, rating, other, other_rating = told.groups()
    assert (who, other) == (first.option.label, lowered(second.option))
    assert criterion == reason.criterion
    assert abs(int(need) - decision.need_levels[criterion] * 100) <= 0.5 + 1e-9
    figures = decision.evidence.figures
    assert abs(int(rating) - figures[f"{criterion}.{first.option.id}"].central) <= 0.5
    assert abs(int(other_rating) - figures[f"{criterion}.{second.option.id}"].central) <= 0.5
    assert re.findall("“(.+?)”", answers) == [
        NEEDS[it].choices[getattr(needs, it)].lower() for it in QUOTED[criterion]]
    if criterion == "autonomy":
        assert answers == f"You have {'a' if needs.technical_lead else 'no'} technical lead"
    if criterion == "continuity":
        kept = re.match(r"([\d.e-]+) developers? keeps? it running for ([\d.]+) months? and ", answers)
        after = needs.horizon_months - needs.build_months
        if needs.upkeep_developers > 0 and after > 0:
            assert kept, answers
            assert float(kept[1]) == needs.upkeep_developers
            assert abs(float(kept[2]) - after) <= 0.05 + 1e-9
        else:
            assert answers.startswith("Nothing is kept running afterwards and ")


def test_the_reasons_of_the_default_project_read_like_this() -> None:
    explanation = explained(ProjectNeeds())
    told = [why.reason(explanation.decision, reason) for reason in explanation.reasons]
    assert [it.title for it in told] == [
        "It keeps knowledge better, +11 points.", "It costs less, +5 points.",
        "Against it: freelance delivers sooner, −6 points."]
    assert told[1].body == (r"You have \$600k for 36 months. In-house takes \$490k in the middle future, freelance "
                            r"\$609k; within budget in 92 of 100 futures against 48.")
    assert why.lead_headline(explanation.decision) == "Continuity and cost outweigh speed: a lead of 12 points"


def test_where_an_option_is_said_to_be_ahead_its_number_reads_better_too() -> None:
    """Both release in month 28 when months are told whole, a fraction of a month apart: the start is what is told."""
    explanation = explained(ProjectNeeds(
        developers=4, build_months=20, start_within_weeks=10, deadline_months=36, upkeep_developers=4,
        horizon_months=43, budget_usd=None, seniority="junior", location="27620", talent_region="asia",
        scale="growing", data_sensitivity="personal", scope_clarity="fixed", strategic_value="supporting"))
    speed = next(reason for reason in explanation.reasons if reason.criterion == "speed")
    told = why.reason(explanation.decision, speed)
    assert "starts sooner" in told.title
    started = re.findall(r"in week (\d+)", told.body)[-2:]
    assert float(started[0]) < float(started[1]), told.body


@MANY
@given(COMPARED)
def test_the_headline_of_the_lead_has_its_points_and_names_what_makes_it(needs: ProjectNeeds) -> None:
    decision = hiring.decide(needs)
    if len(decision.left) > 1:
        lead_headline_fits(decision)


@settings(LAWS, max_examples=100)
@given(COMPARED, own_figures(least=1))
def test_the_headline_of_the_lead_fits_with_own_figures_too(needs: ProjectNeeds, own: tuple[Any, ...]) -> None:
    decision = hiring.decide(needs, own=dict(own))
    if len(decision.left) > 1:
        lead_headline_fits(decision)


def lead_headline_fits(decision: Decision) -> None:
    first, second = decision.left[:2]
    headline = why.lead_headline(decision)
    made_of, told = headline.split(": ")
    lead = round((decision.expected_scores[first] - decision.expected_scores[second]) * 100)
    found = re.fullmatch(r"a lead of (\d+) (points?)|no lead in the mean score|(\d+) behind in the mean score", told)
    assert found, headline
    assert int(found[1] or 0) - int(found[3] or 0) == lead
    assert found[2] is None or (found[2] == "point") == (lead == 1)
    if made_of == "Nothing much separates the two":
        assert all(abs(part) < 0.0075 for part in decision.leads(first, second).values())
        return
    leads = {c.label.lower(): decision.leads(first, second)[c.id] for c in decision.evidence.criteria}
    split = re.fullmatch(r"(.+) (outweighs?|against) (.+)", made_of.lower())
    ahead, behind = (split[1], split[3]) if split else (made_of.lower(), "") if lead > 0 else ("", made_of.lower())
    for name in ahead.split(" and ") if ahead else ():
        assert leads[name] > 0, headline
    for name in behind.split(" and ") if behind else ():
        assert leads[name] < 0, headline
    if split and split[2].startswith("outweigh"):
        assert lead > 0
        assert (split[2] == "outweigh") == (" and " in ahead)


def test_the_headline_of_the_lead_names_nothing_that_speaks_against_it_as_its_cause(
        monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small advantages, none of them a reason by itself, outweigh the one disadvantage that is."""
    small = ("cost", "flexibility", "continuity", "collaboration", "capability", "security")
    decision = hiring.decide(ProjectNeeds())
    monkeypatch.setattr(Decision, "leads", lambda *_: {**dict.fromkeys(small, 0.007), "speed": -0.0076})
    headline = why.lead_headline(decision)
    assert headline.endswith(": a lead of 3 points")
    assert not headline.startswith("Speed:")


# Switching values

SAID = {"work had to begin today": 0.0, "no upkeep were needed": 0.0, "no budget were given": None,
        "no deadline were given": None, "you had a technical lead": True, "you had no technical lead": False}


def answer_in(condition: str, need: str) -> Any:
    """The answer that a condition names."""
    if condition in SAID:
        return SAID[condition]
    if NEEDS[need].kind == NUMBER:
        (number,) = re.findall(r"\$?(\d[\d,]*(?:\.\d+)?[kM]?)", condition)
        scale = {"k": 1_000, "M": 1_000_000}.get(number[-1], 1)
        return round(float(number.rstrip("kM").replace(",", "")) * scale, 6)
    if NEEDS[need].kind == LOCATION:
        (place,) = [id_ for id_, wage in SNAPSHOT.wages.items() if condition == f"you hired in {wage.area}"]
        return place
    (choice,) = [choice for choice, label in NEEDS[need].choices.items()
                 if re.search(rf"\b{label}( people)?$", condition, re.IGNORECASE)]
    return choice


def label_of_first(needs: ProjectNeeds) -> str:
    """Who comes first with these needs, as the sentences call it."""
    decision = hiring.decide(needs)
    return decision.outcomes[decision.first].option.label if decision.left else "no option fits"


@SLOW
@given(ANY)
def test_the_answer_that_a_sentence_names_brings_who_it_says_and_half_a_step_short_of_it_does_not(
        needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision, now = explanation.decision, label_of_first(needs)
    for switch in explanation.switches.found:
        condition, then = what_if.condition(decision, switch), what_if.outcome_of(decision, switch)
        value = answer_in(condition, switch.need)
        assert value == switch.value, condition
        assert label_of_first(replace(needs, **{switch.need: value})) == then, condition
        assert then != now
        if switch.step:
            begin = getattr(needs, switch.need)
            sides = [side for side in (value - switch.step / 2, value + switch.step / 2)
                     if NEEDS[switch.need].low <= side <= NEEDS[switch.need].high]
            if begin is not None:
                sides = [side for side in sides if min(begin, value) < side < max(begin, value)]
            there = [label_of_first(replace(needs, **{switch.need: round(side, 6)})) for side in sides]
            assert not there or now in there, condition  # a limit that was not given is short of it on one side


@SLOW
@given(ANY)
def test_the_headline_tells_the_nearest_switch_and_the_last_line_all_needs_without_one(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision, switches = explanation.decision, explanation.switches
    headline = what_if.switch_headline(decision, switches).replace("\\", "")
    if not switches.found:
        assert headline.startswith("No single answer ")
    else:
        nearest = switches.found[0]
        told = re.fullmatch(r"If (.+), (?:(no option) would fit|(\S+) would (come first|.+))", headline)
        assert told, headline
        assert answer_in(told[1], nearest.need) == nearest.value
        then = label_of_first(replace(needs, **{nearest.need: nearest.value}))
        assert (told[2] or told[3]) == {"no option fits": "no option"}.get(then, then.lower())
        assert (told[4] == "come first") == (bool(decision.left) and told[3] is not None)
    assert {*(switch.need for switch in switches.found), *switches.never} == {*NEEDS} - {"project"}
    names_exactly(what_if.never(switches), switches.never)


def names_exactly(sentence: str, needs: tuple[str, ...]) -> None:
    if not needs:
        assert sentence == ""
        return
    left = f" {sentence.partition(': ')[2].removesuffix('.')},"
    words = {name: need.label.partition(",")[0] for name, need in NEEDS.items()}  # without the unit
    names = {name: word[0].lower() + word[1:] for name, word in words.items()}
    names["technical_lead"] = "technical lead"
    for need in sorted(needs, key=lambda need: -len(names[need])):
        assert names[need] in left, sentence
        left = left.replace(names[need], "", 1)
    assert re.fullmatch(r"(,| and| a|\s)*", left), sentence


def test_where_every_need_has_a_switch_nothing_is_said_never_to_change_it() -> None:
    assert what_if.never(Switches((), ())) == ""
    names_exactly(what_if.never(Switches((), ("seniority",))), ("seniority",))
    names_exactly(what_if.never(Switches((), tuple({*NEEDS} - {"project"}))), tuple({*NEEDS} - {"project"}))


def test_without_a_switch_the_headline_says_that_no_answer_changes_it() -> None:
    none = Switches((), tuple(NEEDS))
    fits, fails = hiring.decide(ProjectNeeds()), hiring.decide(ProjectNeeds(budget_usd=50_000))
    assert what_if.switch_headline(fits, none) == "No single answer changes who comes first"
    assert what_if.switch_headline(fails, none).startswith("No single answer ")
    assert "first" not in what_if.switch_headline(fails, none)


@pytest.mark.parametrize(("need", "value", "told"), [
    ("developers", 3.6, "the build took 3.6 developers"), ("build_months", 9.25, "the build took 9.25 months"),
    ("start_within_weeks", 6.5, "work had to begin within 6.5 weeks"), ("start_within_weeks", 0.0,
                                                                       "work had to begin today"),
    ("deadline_months", 8.75, "the release were due in month 8.75"), ("deadline_months", None,
                                                                     "no deadline were given"),
    ("upkeep_developers", 0.25, "upkeep took 0.25 developers"), ("upkeep_developers", 0.0, "no upkeep were needed"),
    ("horizon_months", 17.0, "you looked 17 months ahead"), ("budget_usd", 395_000.0, "the budget were $395k"),
    ("budget_usd", 1_250.0, "the budget were $1,250"), ("budget_usd", 1_250_000.0, "the budget were $1.25M"),
    ("budget_usd", None, "no budget were given"), ("location", "ma", "you hired in Massachusetts"),
    ("talent_region", "asia", "outside staff sat in Asia"), ("seniority", "senior",
                                                            "the work asked for senior people"),
    ("wage_basis", "oews", "salaries came from the US wage survey"), ("technical_lead", False,
                                                                     "you had no technical lead"),
    ("technical_lead", True, "you had a technical lead"), ("data_sensitivity", "public", "the data were public"),
    ("scope_clarity", "mostly_clear", "the scope were mostly clear"), ("scale", "massive", "the load were massive"),
    ("strategic_value", "core", "the strategic value were core")])
def test_a_changed_answer_reads_as_what_follows_an_if(need: str, value: Any, told: str) -> None:
    condition = what_if.condition(hiring.decide(ProjectNeeds()), Switch(need, value, "freelance", 0, 1))
    assert condition == told
    assert answer_in(condition, need) == value


def test_every_answer_to_a_choice_is_told_so_that_it_can_be_told_from_the_others() -> None:
    decision = hiring.decide(ProjectNeeds())
    for name, need in NEEDS.items():
        if need.kind == TEXT:
            continue
        answers = {CHOICE: list(need.choices), YES_NO: [True, False], LOCATION: sorted(SNAPSHOT.wages)}.get(
            need.kind, [need.low, (need.low + need.high) / 2, need.high])
        for answer in answers:
            assert answer_in(what_if.condition(decision, Switch(name, answer, None, 0, 1)), name) == answer


@pytest.mark.parametrize(("changed", "need", "told"), [
    ({}, "developers", "2 developers"), ({}, "build_months", "6 months"), ({}, "start_within_weeks", "10 weeks"),
    ({}, "deadline_months", "month 12"), ({"deadline_months": None}, "deadline_months", "None given"),
    ({}, "upkeep_developers", "0.5 developers"), ({}, "horizon_months", "36 months"), ({}, "budget_usd", "$600k"),
    ({"budget_usd": 612_345}, "budget_usd", "$612,345"), ({"budget_usd": None}, "budget_usd", "None given"),
    ({}, "location", "United States"), ({}, "talent_region", "United States"), ({}, "wage_basis", "Zamstack article"),
    ({}, "seniority", "Mid"), ({}, "technical_lead", "Yes"), ({"technical_lead": False}, "technical_lead", "No"),
    ({}, "scope_clarity", "Mostly clear"), ({}, "disciplines", "Backend only")])
def test_the_answer_as_it_stands_is_shown_in_its_own_unit(changed: dict[str, Any], need: str, told: str) -> None:
    assert what_if.present(hiring.decide(ProjectNeeds(**changed)), need) == told


@SLOW
@given(projects())
def test_the_answers_as_they_stand_are_those_of_the_project(needs: ProjectNeeds) -> None:
    decision = hiring.decide(needs)
    for name, need in NEEDS.items():
        answer = getattr(needs, name)
        if need.kind == NUMBER and answer is not None:
            (number,) = re.findall(r"\d[\d,]*(?:\.\d+)?(?:e[-+]\d+)?[kM]?", what_if.present(decision, name))
            scale = {"k": 1_000, "M": 1_000_000}.get(number[-1], 1)
            told = float(number.rstrip("kM").replace(",", "")) * scale
            assert told == (pytest.approx(answer, abs=0.5) if name == "budget_usd" else answer)


def test_one_developer_one_month_and_one_week_are_told_in_the_singular() -> None:
    """A single one is no plural, wherever an answer is told."""
    decision = hiring.decide(ProjectNeeds(developers=1, build_months=1, start_within_weeks=1, upkeep_developers=1,
                                          horizon_months=2))
    numbers = ("developers", "build_months", "start_within_weeks", "upkeep_developers")
    told = [what_if.present(decision, need) for need in numbers]
    told += [what_if.condition(decision, Switch(need, 1.0, None, 0, 1)) for need in (*numbers, "horizon_months")]
    told += [why.reason(decision, Reason(criterion, 0.02)).body for criterion in ("continuity", "speed")]
    told += [why.reason(hiring.decide(ProjectNeeds(horizon_months=1)), Reason("cost", 0.02)).body]
    assert [text for text in told if re.search(r"\b1 (developers|months|weeks)\b", text)] == []


def test_money_that_is_told_exactly_reads_back_to_the_dollar_for_every_step_of_a_budget() -> None:
    for digits in range(3, 9):
        step = 10**digits / 20
        for steps in range(1, 2_001):
            told, value = what_if.exact_money(steps * step), steps * step
            number = told.removeprefix("$")
            scale = {"k": 1_000, "M": 1_000_000}.get(number[-1], 1)
            assert round(float(number.rstrip("kM").replace(",", "")) * scale, 2) == value, told


@pytest.mark.parametrize(("value", "told"), [
    (0, "$0"), (85, "$85"), (1_000, "$1k"), (1_050, "$1,050"), (5_600, "$5.6k"), (5_650, "$5,650"),
    (395_000, "$395k"), (612_345, "$612,345"), (1_170_000, "$1.17M"), (1_175_000, "$1,175,000"),
    (100_000_000, "$100M")])
def test_money_reads_short_where_nothing_is_lost_by_it(value: float, told: str) -> None:
    assert what_if.exact_money(value) == told


# Break-even

def at_share(months: np.ndarray, share: float) -> float:
    """The month by which in-house has become cheaper in at least this share of the futures."""
    return float(np.sort(months)[math.ceil(share * (len(months) - 1))])


@MANY
@given(ANY)
def test_a_break_even_is_told_with_the_months_of_its_futures(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision = explanation.decision
    for it in explanation.break_evens:
        low, middle, high = (at_share(it.months, share) for share in (0.1, 0.5, 0.9))
        text = what_if.break_even(decision, it)
        told = re.fullmatch(
            r"not by month ([\d.]+)( in half of the futures)?|"
            r"(?:(day one)|month ([\d.]+))(?: \((?:(day one)|([\d.]+)) to (?:(never)|([\d.]+))\))?", text)
        assert told, text
        last, half, at_once, month, from_first, begin, never, end = told.groups()
        assert (last is not None) == math.isinf(middle)
        if last is not None:
            assert is_month(last, needs.horizon_months)
            assert (half is not None) == math.isfinite(low)
            continue
        assert (at_once is not None) == (middle == 0)
        assert month is None or is_month(month, middle)
        if from_first or begin:
            assert (from_first is not None) == (low == 0)
            assert begin is None or is_month(begin, low)
            assert (never is not None) == math.isinf(high)
            assert end is None or is_month(end, high)
        else:
            assert low == middle == high
        assert says(what_if.share(it).removesuffix(" of 100"), float(np.mean(np.isfinite(it.months))))


@pytest.mark.parametrize(("months", "told", "share"), [
    ([0] * 10, "day one", "100 of 100"),
    ([math.inf] * 10, "not by month 36", "0 of 100"),
    ([5] * 4 + [math.inf] * 6, "not by month 36 in half of the futures", "40 of 100"),
    ([12.3] * 10, "month 12", "100 of 100"),
    ([3.14] * 10, "month 3.1", "100 of 100"),
    ([2, 3, 4, 5, 6, 7.5, 8, 9, 11.6, 30, 31], "month 7.5 (3 to 30)", "100 of 100"),
    ([0, 0, 0, 0, 0, 7.5, 8, 9, 11.6, 30, 31], "month 7.5 (day one to 30)", "100 of 100"),
    ([0, 0, 0, 0, 0, 7.5, 8, 9, 11.6, math.inf, math.inf], "month 7.5 (day one to never)", "82 of 100"),
    ([1] + [0] * 10, "day one", "100 of 100")])
def test_break_evens_worked_by_hand_read_like_this(months: list[float], told: str, share: str) -> None:
    it = BreakEven("freelance", np.array(months, dtype=float))
    assert what_if.break_even(hiring.decide(ProjectNeeds()), it) == told
    assert what_if.share(it) == share


def headline_of(freelance: float, agency: float) -> str:
    found = tuple(BreakEven(option, np.full(10, months))
                  for option, months in (("freelance", freelance), ("agency", agency)))
    return what_if.break_even_headline(hiring.decide(ProjectNeeds()), found)


def test_the_headline_says_from_when_in_house_is_cheaper_than_each() -> None:
    assert re.fullmatch(r"In-house becomes cheaper than freelance (in|from) month 7\.5( on)? and is never dearer than "
                        r"agency in most futures", headline_of(7.5, 0))
    assert re.fullmatch(r"In-house does not become cheaper than freelance in most futures and becomes cheaper than "
                        r"agency (in|from) month 14( on)?", headline_of(math.inf, 14.2))


def test_the_headline_says_once_what_holds_against_both() -> None:
    assert headline_of(0, 0) == "In-house is never dearer than freelance or agency in most futures"
    assert headline_of(math.inf, math.inf) == (
        "In-house does not become cheaper than freelance or agency in most futures")
    assert re.fullmatch(r"In-house becomes cheaper than freelance or agency (in|from) month 14( on)?",
                        headline_of(14.2, 14.1))
    assert "freelance or agency" not in headline_of(14.2, 15.2)


@MANY
@given(ANY)
def test_the_headline_of_the_break_even_agrees_with_the_months(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision = explanation.decision
    headline = what_if.break_even_headline(decision, explanation.break_evens)
    assert headline.startswith("In-house ")
    for it in explanation.break_evens:
        other, middle = lowered(decision.outcomes[it.option].option), at_share(it.months, 0.5)
        part = next(part for part in re.split(r" and (?=is|does|becomes)", headline) if other in part)
        assert ("does not become cheaper" in part) == math.isinf(middle)
        assert ("is never dearer" in part) == (middle == 0)
        month = re.search(r"month ([\d.]+)", part)
        assert (month is not None) == (0 < middle < math.inf)
        assert month is None or is_month(month[1], middle)


@SLOW
@given(COMPARED)
def test_from_the_month_that_is_told_on_half_of_the_futures_have_spent_less_with_in_house(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision = explanation.decision
    for it in explanation.break_evens:
        told = re.match(r"month ([\d.]+)", what_if.break_even(decision, it))
        if told:
            month, rounded = float(told[1]), 0.5 if float(told[1]) >= 10 else 0.05
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
    """What the option costs more than in-house in the middle future at another rate or workload."""
    needs, own = decision.needs, {}
    if hours is not None:
        needs = replace(needs, upkeep_developers=min(50.0, max(0.0, hours / 40)))
    if rate is not None:
        own = {pay_id(decision.outcomes[option].option, needs): rate}
    then = hiring.decide(needs, own=own)
    return float(np.median(then.outcomes[option].total) - np.median(then.outcomes["in_house"].total))


def hair(decision: Decision) -> float:
    """Less than this is no difference between two costs: a thousandth of what in-house costs, and a little."""
    return 0.00101 * float(np.median(decision.outcomes["in_house"].total))


@SLOW
@given(ANY)
def test_at_the_rate_that_is_told_both_cost_the_same(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision = explanation.decision
    for tie in explanation.rate_ties:
        text = what_if.rate_tie(tie)
        now = decision.evidence.figures[pay_id(decision.outcomes[tie.option].option, needs)].central
        assert amount(re.search(r"\(now (\S+)\)$", text)[1]) == pytest.approx(now, abs=0.5)
        told = re.match(r"(\$\S+) an hour|none from (\$\S+) to (\$[\d,.]*\d[kM]?).*in-house always (cheaper|dearer)",
                        text)
        assert told, text
        if told[1]:
            rate = amount(told[1])
            ends = [gap(decision, tie.option, rate=min(1e4, max(1.0, rate + by))) for by in (-0.51, 0.51)]
            assert min(ends) <= hair(decision), text
            assert max(ends) >= -hair(decision), text
        else:
            for end in told.groups()[1:3]:
                assert (gap(decision, tie.option, rate=amount(end)) > 0) == (told[4] == "cheaper"), text


@SLOW
@given(ANY)
def test_at_the_hours_of_upkeep_that_are_told_both_cost_the_same(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision = explanation.decision
    for tie in explanation.hours_ties:
        text = what_if.hours_tie(tie)
        assert float(re.search(r"\(now ([\d.]+)\)$", text)[1]) == pytest.approx(needs.upkeep_developers * 40, abs=0.05)
        told = re.match(r"([\d.]+) hours? a week|none from (\d+) to (\d+) hours.*in-house always (cheaper|dearer)",
                        text)
        assert told, text
        if told[1]:
            hours = float(told[1])
            by = 0.51 if hours >= 10 else 0.051
            ends = [gap(decision, tie.option, hours=max(1.0, hours + way * by)) for way in (-1, 1)]
            busier = hiring.decide(replace(needs, upkeep_developers=hours / 40))
            assert min(ends) <= hair(busier), text
            assert max(ends) >= -hair(busier), text
        else:
            for end in told.groups()[1:3]:
                assert (gap(decision, tie.option, hours=float(end)) > 0) == (told[4] == "cheaper"), text


def amount(told: str) -> float:
    """$95, $1,250 and $1.4k as numbers."""
    number = told.removeprefix("$")
    return float(number.rstrip("kM").replace(",", "")) * {"k": 1e3, "M": 1e6}.get(number[-1], 1)


@pytest.mark.parametrize(("tie", "told"), [
    (Tie("agency", 76.4, 1.0, 140.0, 1.0, 2_000.0, True), "$76 an hour (now $140)"),
    (Tie("agency", 1_234.5, 1.0, 95.4, 1.0, 2_000.0, True), "$1,234 an hour (now $95)"),
    (Tie("agency", None, None, 140.0, 1.0, 2_000.0, True),
     "none from $1 to $2k, in-house always cheaper (now $140)"),
    (Tie("agency", None, None, 140.0, 1.0, 1_250.0, False),
     "none from $1 to $1,250, in-house always dearer (now $140)")])
def test_ties_of_rates_read_like_this(tie: Tie, told: str) -> None:
    assert what_if.rate_tie(tie) == told


@pytest.mark.parametrize(("tie", "told"), [
    (Tie("agency", 12.4, 1.0, 20.0, 1.0, 320.0, True), "12 hours a week (now 20)"),
    (Tie("agency", 4.44, 1.0, 0.0, 1.0, 320.0, True), "4.4 hours a week (now 0)"),
    (Tie("agency", None, None, 2.5, 1.0, 320.0, False), "none from 1 to 320 hours, in-house always dearer (now 2.5)")])
def test_ties_of_hours_read_like_this(tie: Tie, told: str) -> None:
    assert what_if.hours_tie(tie) == told


# Staged plans

NOUNS = {"freelance": ("Freelancers build it", "freelancers keep it"),
         "in_house": ("People you hire build it", "people you hire keep it"),
         "agency": ("An agency builds it", "an agency keeps it")}
STAGED = st.one_of(COMPARED, plausible_projects(budget_usd=None, build_months=st.integers(1, 12),
                                                horizon_months=st.integers(24, 60)))


def ahead_of_all(decision: Decision, plan: Plan) -> float:
    """The share of futures in which the plan scores above every option left; who ties for first shares the future."""
    left = decision.scores[:, [place for place, option in enumerate(decision.outcomes) if option in decision.left]]
    beaten, tied = (plan.scores[:, None] < left).any(axis=1), (plan.scores[:, None] == left).sum(axis=1)
    return float(np.mean(np.where(beaten, 0.0, 1 / (1 + tied))))


@MANY
@given(STAGED)
def test_the_hint_at_a_staged_plan_has_the_numbers_of_the_offer(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision, offer = explanation.decision, explanation.offer
    headline = why.plan_headline(decision, offer)
    if offer is None:
        assert headline.startswith("No staged plan ")
        assert decision.left or headline == "No staged plan fits either"
        assert not decision.left or headline.endswith(f"than {lowered(decision.outcomes[decision.first].option)} alone")
        return
    plan, told = offer.plan, why.plan_hint(decision, offer)
    words = f"{NOUNS[plan.builder.option.id][0]}, {NOUNS[plan.keeper.option.id][1]}"
    assert plan.builder is not plan.keeper
    assert not plan.is_ruled_out
    assert headline.startswith(words)
    assert told.body.startswith(words)
    if not decision.left:
        assert told.title == "A staged plan would fit."
        within = re.search(r" It stays within \\(\S+) in (.+) of 100 futures\.$", told.body)
        assert (within is not None) == (needs.budget_usd is not None)
        assert within is None or (within[1] == formats.money(needs.budget_usd) and says(
            within[2], float(np.mean(plan.total <= needs.budget_usd))))
        return
    share = ahead_of_all(decision, plan)
    for text in (headline, told.body.removesuffix(".")):
        number = re.fullmatch(rf"{words}: ahead of (.+) in (.+) of 100 futures", text)
        assert number, text
        assert says(number[2], share), text
        assert number[1] == ("each option alone" if len(decision.left) > 1 else
                             f"{lowered(decision.outcomes[decision.first].option)} alone")
    assert told.title == ("A staged plan clearly does better." if share >= 0.9 else
                          "A staged plan likely does better." if share >= 0.75 else "A staged plan is worth a look.")


@MANY
@given(STAGED)
def test_a_staged_plan_is_set_against_the_first_with_both_plans_numbers(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision, first = explanation.decision, explanation.decision.outcomes[explanation.decision.first]
    for plan in explanation.plans.values():
        if not plan.is_staged:
            continue
        text = why.plan_against_first(decision, plan).replace("\\", "")
        told = re.fullmatch(
            r"First release in month ([\d.]+) against month ([\d.]+) with (\S+) alone"
            r"(?:, on time in (.+?) of 100 futures against (.+?))?(?:, within (\S+) in (.+?) against (.+?))?"
            r", for (\S+) (more|less) in the middle future\.", text)
        assert told, text
        month, other_month, who, share, other_share, limit, kept, other_kept, money, more = told.groups()
        assert (limit is None) == (needs.budget_usd is None)
        if needs.budget_usd is not None:
            assert limit == formats.money(needs.budget_usd)
            assert says(kept, float(np.mean(plan.total <= needs.budget_usd)))
            assert says(other_kept, float(np.mean(first.total <= needs.budget_usd)))
        assert is_month(month, float(np.median(plan.builder.schedule.finish)) * 12 / 52)
        assert is_month(other_month, float(np.median(first.schedule.finish)) * 12 / 52)
        assert who == lowered(first.option)
        assert (share is None) == (needs.deadline_months is None)
        if share is not None:
            due = needs.deadline_months * 52 / 12
            assert says(share, float(np.mean(plan.builder.schedule.finish <= due)))
            assert says(other_share, float(np.mean(first.schedule.finish <= due)))
        dearer = float(np.median(plan.total) - np.median(first.total))
        assert money == formats.money(abs(dearer))
        assert (more == "more") == (dearer > 0)


@MANY
@given(plausible_projects(upkeep_developers=st.sampled_from([0.25, 0.5, 1, 2])))
def test_no_staged_plan_is_said_to_fail_as_long_as_one_stands(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    headline = why.plan_headline(explanation.decision, explanation.offer)
    if why.keeps_something(explanation) and headline == "No staged plan fits either":
        assert all(plan.is_ruled_out for plan in explanation.plans.values() if plan.is_staged)


def test_a_staged_plan_without_upkeep_is_none() -> None:
    assert not why.keeps_something(explained(ProjectNeeds(upkeep_developers=0)))
    assert why.keeps_something(explained(ProjectNeeds()))
    assert explained(ProjectNeeds(upkeep_developers=0)).offer is None


def test_the_staged_plan_of_the_default_project_reads_like_this() -> None:
    explanation = explained(ProjectNeeds())
    decision, offer = explanation.decision, explanation.offer
    assert offer is not None
    assert why.plan_hint(decision, offer) == (
        "A staged plan is worth a look.",
        "Freelancers build it, people you hire keep it: ahead of each option alone in 56 of 100 futures.")
    assert why.plan_against_first(decision, offer.plan) == (
        "First release in month 7.5 against month 12 with in-house alone, on time in 96 of 100 futures against 58, "
        r"within \$600k in 66 against 92, for \$65k more in the middle future.")


# Tornado

@MANY
@given(COMPARED)
def test_the_figure_that_moves_the_lead_most_is_told_with_its_two_ends(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    decision, found = explanation.decision, explanation.tornado
    if found is None:
        assert len(decision.left) < 2
        return
    longest = max(found.bars, key=lambda bar: bar.swing)
    told = re.fullmatch(r"(.+) moves the lead most: ([+−]?\d+) to ([+−]?\d+) points",
                        why.tornado_headline(decision, found))
    assert told
    assert (whole(told[2]), whole(told[3])) == (round(longest.at_low * 100), round(longest.at_high * 100))
    for claim, kinds in zip(why.find_out(decision, found), (("published", "derived"), ("assumed",)), strict=True):
        bar = max((bar for bar in found.bars if decision.evidence.figures[bar.id].kind in kinds),
                  key=lambda bar: bar.swing)
        figure, body = decision.evidence.figures[bar.id], claim.body.replace("\\", "")
        ends = re.search(r"the lead is ([+−]?[\d.]+) points? at its low end and ([+−]?[\d.]+) at its high end, (.+)\.$",
                         body)
        assert ends, body
        told = [float(end.replace("−", "-")) for end in ends.groups()[:2]]
        digits = 1 if "." in body[ends.start():-1] else 0
        assert told == [round(end * 100, digits) for end in (bar.at_low, bar.at_high)], body
        if found.lead > 0:
            assert (ends[3] == "which would put the second ahead") == (min(bar.at_low, bar.at_high) < 0), body
            assert ("second ahead" in ends[3]) == (min(told) < 0), body
        elif found.lead < 0:
            assert ("first ahead in the mean score" in ends[3]) == (max(bar.at_low, bar.at_high) > 0), body
        assert ends[3].endswith(("ahead", "ahead in the mean score too", "leaves the order as it is")), body
        taken = re.match(r"Taken as ([\d.,]+) to ([\d.,]+) ([^(]+) \((.+)\): the lead is ", body)
        assert taken, body
        assert [float(number.replace(",", "")) for number in taken.groups()[:2]] == [figure.low, figure.high]
        assert taken[3] == figure.unit
        if figure.kind == "assumed":
            assert claim.title.startswith("Of the assumed figures, ")
            assert taken[4].startswith("assumed")
        else:
            assert claim.title.startswith("Of the figures with a source, ")
            assert re.match(r"\[.+\]\(https?://\S+\)", taken[4]), body
        option = {o.id: lowered(o) for o in decision.evidence.options}
        for part in bar.id.split("."):
            assert option.get(part, "") in claim.title


@SLOW
@given(plausible_projects(budget_usd=None, location="us"))
def test_the_ends_that_are_told_are_those_of_a_decision_with_that_figure(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    found = explanation.tornado
    if found is None:
        return
    for assumed in (False, True):
        bar = found.longest(explanation.decision.evidence, assumed)
        assert bar is not None
        figure = explanation.decision.evidence.figures[bar.id]
        for end, lead in ((figure.low, bar.at_low), (figure.high, bar.at_high)):
            scores = hiring.decide(needs, own={bar.id: end}).expected_scores
            assert scores[found.option] - scores[found.rival] == pytest.approx(lead, abs=1e-9)


# The option first in most futures is here a fifth of a point behind in the mean score.
BEHIND = ProjectNeeds(developers=0.25, build_months=13, start_within_weeks=13, deadline_months=None,
                      upkeep_developers=4, horizon_months=14, budget_usd=None, wage_basis="oews", location="49020",
                      scale="massive", data_sensitivity="personal", scope_clarity="fixed", integration="standalone",
                      strategic_value="core")


def test_where_the_first_is_behind_in_the_mean_score_no_figure_is_said_to_put_the_second_ahead() -> None:
    explanation = explained(BEHIND)
    assert explanation.tornado is not None
    assert explanation.tornado.lead < 0
    for told in why.find_out(explanation.decision, explanation.tornado):
        assert "put the second ahead" not in told.body, told.body


# At one end of a bar the lead is a third of a point behind here, and less than a hundredth of a point there.
JUST_BEHIND = [
    ProjectNeeds(developers=1.5, build_months=3, start_within_weeks=4, deadline_months=None, upkeep_developers=0.25,
                 horizon_months=3, budget_usd=106_000, seniority="junior", wage_basis="oews", location="28420",
                 talent_region="eastern_europe", scale="massive", disciplines="few", data_sensitivity="personal",
                 scope_clarity="fixed", strategic_value="supporting"),
    ProjectNeeds(developers=12, build_months=1, start_within_weeks=18, deadline_months=None, upkeep_developers=2,
                 horizon_months=13, budget_usd=None, seniority="junior", wage_basis="oews", location="10180",
                 talent_region="western_europe", scale="prototype", disciplines="few", data_sensitivity="regulated",
                 scope_clarity="fixed", strategic_value="supporting")]


@pytest.mark.parametrize("needs", JUST_BEHIND, ids=["a third of a point", "a hundredth"])
def test_where_a_figure_is_said_to_put_the_second_ahead_one_of_the_ends_that_are_told_does(needs: ProjectNeeds) -> None:
    explanation = explained(needs)
    assert explanation.tornado is not None
    told = [it.body for it in why.find_out(explanation.decision, explanation.tornado) if "second ahead" in it.body]
    assert told
    for body in told:
        assert re.search(r"the lead is .*−\d.* at its high end", body), body


def test_an_end_of_one_point_is_told_in_the_singular() -> None:
    explanation = explained(JUST_BEHIND[1])
    assert explanation.tornado is not None
    for told in why.find_out(explanation.decision, explanation.tornado):
        assert not re.search(r"[+−]1 points", told.body), told.body


def test_where_two_options_are_tied_no_reason_is_told_and_no_figure_moves_the_lead() -> None:
    explanation = explained(*SPECIAL["two options tied"])
    decision = explanation.decision
    assert decision.left == ("freelance", "agency")
    assert explanation.reasons == ()
    assert why.lead_headline(decision) == "Nothing much separates the two: no lead in the mean score"
    assert explanation.tornado is not None
    assert why.tornado_headline(decision, explanation.tornado) == "No figure moves the lead"
    assert why.find_out(decision, explanation.tornado) == []


# Own figures and newer ones

def test_own_figures_stand_beside_those_of_the_evidence() -> None:
    own = {"agency.us.mid": 155.5, "in_house.article.mid": (98_000, 99_000, 100_000)}
    decision = hiring.decide(ProjectNeeds(), own=own)
    assert what_if.own_figures(decision.evidence) == (
        "Pay, agency, United States, mid 155.5 USD per hour (evidence: 100 / 140 / 200); "
        "Pay, in-house, Zamstack article, mid 98,000 / 99,000 / 100,000 USD per year "
        "(evidence: 95,000 / 110,000 / 125,000)")


@settings(LAWS, max_examples=100)
@given(own_figures(least=1, most=8))
def test_three_own_figures_are_told_and_the_others_counted(own: tuple[tuple[str, Range], ...]) -> None:
    evidence = hiring.decide(ProjectNeeds(), own=dict(own)).evidence
    told = re.sub(r"; and (\d+) more$", "", what_if.own_figures(evidence)).split("; ")
    more = re.search(r"; and (\d+) more$", what_if.own_figures(evidence))
    assert len(told) == min(3, len(own))
    assert int(more[1] if more else 0) == len(own) - len(told)
    for text, (id_, numbers) in zip(told, own, strict=False):
        row = SNAPSHOT.figures[id_]
        found = re.fullmatch(r"\D+ (\S+(?: / \S+)*) \D.*\(evidence: ([\d.,/ ]+)\)", text)
        assert found, text
        mine, theirs = ([float(number.replace(",", "")) for number in it.split(" / ")] for it in found.groups())
        ends = {len(mine): numbers if len(mine) == 3 else (numbers.central,)}
        assert mine == pytest.approx(list(ends[len(mine)]), rel=1e-9)
        assert len(mine) == (1 if numbers.low == numbers.high else 3)
        assert theirs == ([row.low, row.central, row.high] if row.low < row.high else [row.central])


def test_what_changed_since_names_the_figures_with_both_numbers() -> None:
    assert what_if.changed(SNAPSHOT, SNAPSHOT) == "none of the figures used here changed since"
    newer = with_ranges(SNAPSHOT, {"overrun": (1.0, 1.25, 2.0), "load": (1.3, 1.3, 1.3)})
    told = what_if.changed(SNAPSHOT, newer)
    assert "Actual over estimated effort from 0.9 / 1.15 / 1.9 to 1 / 1.25 / 2" in told
    assert "Employer's cost over salary from 1.22 / 1.25 / 1.4 to 1.3" in told
    many = with_ranges(SNAPSHOT, dict.fromkeys(sorted(SNAPSHOT.figures)[:8], (7, 7, 7)))
    assert "and 5 more figures" in what_if.changed(SNAPSHOT, many)
    wages = {id_: replace(wage, p50=wage.p50 + 1) for id_, wage in list(SNAPSHOT.wages.items())[:4]}
    later = replace(SNAPSHOT, wages={**SNAPSHOT.wages, **wages})
    assert what_if.changed(SNAPSHOT, later) == "since then changed: 4 wages"


def test_a_figure_that_the_manager_replaced_is_not_said_to_have_changed() -> None:
    own = hiring.decide(ProjectNeeds(), own={"overrun": 1.5}).evidence
    assert what_if.changed(own, SNAPSHOT) == "none of the figures used here changed since"


# Special cases

def test_with_everything_ruled_out_the_headlines_say_what_would_let_an_option_in() -> None:
    explanation = explained(*SPECIAL["everything ruled out"])
    decision = explanation.decision
    assert decision.left == ()
    assert explanation.reasons == ()
    assert explanation.tornado is None
    headline = what_if.switch_headline(decision, explanation.switches)
    assert " would come first" not in headline
    assert why.plan_headline(decision, explanation.offer) == "No staged plan fits either"


def test_with_pay_beyond_reason_in_house_is_told_with_its_own_number() -> None:
    needs, own = SPECIAL["pay beyond reason"]
    explanation = explained(needs, own)
    assert explanation.decision.left == ()
    assert all("10,000" in what_if.rate_tie(tie) or "$" in what_if.rate_tie(tie) for tie in explanation.rate_ties)
    assert "Pay, in-house, Zamstack article, mid 10,000,000 USD per year" in what_if.own_figures(
        explanation.decision.evidence)


def test_a_need_of_zero_is_no_reason() -> None:
    explanation = explained(*SPECIAL["a need level of zero"])
    levels = explanation.decision.need_levels
    assert (levels["security"], levels["autonomy"], levels["capability"]) == (0, 0, pytest.approx(0.25 / 3))
    assert not {"security", "autonomy"} & {reason.criterion for reason in explanation.reasons}
