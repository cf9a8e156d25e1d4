"""The sentences on why this answer: each says what the model's numbers say."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

import hiring
from hiring import Decision, ProjectNeeds
from hiring.model.evidence import Figure
from hiring.model.explanation import Explanation, Reason
from hiring.model.fit import LEVELS
from hiring.model.needs import CHOICE, NEEDS
from hiring.model.simulation import Outcome
from hiring.text import figure_names, formatting, reasons_text, verdict_text
from tests.factories import DAY, SNAPSHOT, SPECIAL, explained
from tests.page_text import FLAW, is_month, lowered, says, whole
from tests.pool import PLAIN, POOL, each_of

# Reasons

TITLE = re.compile(r"(?:(Against it): )?(It|freelance|in-house|agency) (.+), ([+−]?\d+) (points?)\.")


def name(outcome: Outcome) -> str:
    return "the mix" if outcome.plan.kind != "alone" else lowered(outcome.option)


def subject(outcome: Outcome) -> str:
    return "The mix" if outcome.plan.kind != "alone" else outcome.option.label


def better_and_worse(decision: Decision, reason: Reason) -> tuple[Outcome, Outcome]:
    first, second = reasons_text.compared(decision)
    return (first, second) if reason.lead > 0 else (second, first)


@each_of(PLAIN)
def test_a_reason_says_what_the_numbers_of_both_plans_say(explanation: Explanation) -> None:
    decision = explanation.decision
    for reason in explanation.reasons:
        title, body = reasons_text.reason(decision, reason)
        shown = TITLE.fullmatch(title)
        assert shown, title
        against, who, _, points, noun = shown.groups()
        contributions = [decision.contributions[plan][reason.criterion] for plan in (decision.answer, decision.rival)]
        assert abs(whole(points) - (contributions[0] - contributions[1]) * 100) <= 1 + 1e-9
        assert points[0] == ("+" if reason.lead > 0 else "−")
        assert (against is not None) == (reason.lead < 0)
        first, second = reasons_text.compared(decision)
        assert who == ("It" if reason.lead > 0 else name(second))
        assert noun == ("point" if abs(whole(points)) == 1 else "points")
        claims_what_is(decision, reason)
        {"cost": cost_body, "speed": speed_body, "limits": limits_body}.get(reason.criterion, rated_body)(
            decision, reason, body, first, second)


@each_of(POOL)
def test_the_points_of_the_criteria_add_up_to_the_lead_that_is_stated(explanation: Explanation) -> None:
    """The whole points are near the exact ones and sum to the printed lead; reasons have the same."""
    decision = explanation.decision
    first, second = decision.answer, decision.rival
    contributions = decision.contributions
    exact = {c: (own - contributions[second][c]) * 100 for c, own in contributions[first].items()}
    parts = reasons_text.lead_points(decision)
    shown = {c: points for c, points in parts.items() if c != reasons_text.REST}
    assert set(shown) == {c for c, points in exact.items() if abs(points) >= 0.75}
    assert [abs(exact[c]) for c in shown] == sorted((abs(exact[c]) for c in shown), reverse=True)
    assert list(parts)[len(shown):] == ([reasons_text.REST] if len(shown) < len(exact) else [])
    assert all(points != 0 and (points > 0) == (exact[c] > 0) for c, points in shown.items()), parts
    near = {**exact, reasons_text.REST: sum(points for c, points in exact.items() if c not in shown)}
    assert all(abs(points - near[c]) <= 1 + 1e-9 for c, points in parts.items()), (parts, near)
    printed = re.search(r"a lead of (\d+) point|no lead over|(\d+) points? behind",
                        reasons_text.lead_headline(decision))
    assert printed
    assert sum(parts.values()) == int(printed[1] or 0) - int(printed[2] or 0)
    for reason in explanation.reasons:
        (points,) = re.findall(r", ([+−]\d+) points?\.$", reasons_text.reason(decision, reason).title)
        assert whole(points) == parts[reason.criterion]


@pytest.mark.parametrize(("leads", "shown"), [
    # 2.4 + 2.4 + 2.4 = 7.2: rounded by themselves they would read 2 + 2 + 2
    ({"cost": 2.4, "speed": 2.4, "fit": 2.4}, {"cost": 3, "speed": 2, "fit": 2}),
    # 4.6 + 2.6 - 1.6 = 5.6: rounded by themselves 5 + 3 - 2, the sum of which is right
    ({"cost": 4.6, "speed": 2.6, "fit": -1.6}, {"cost": 5, "speed": 3, "fit": -2}),
    # 4.1 + 0.8 + 0.8 + 0.76 = 6.46: 4 + 1 + 1 + 1 are one too many, and no reason may read 0
    ({"cost": 4.1, "speed": 0.8, "fit": 0.8, "other": 0.76}, {"cost": 3, "speed": 1, "fit": 1, "other": 1}),
    # 0.3 + 0.3 - 0.2 are no reasons: together 0.4
    ({"cost": 5.2, "speed": 0.3, "fit": 0.3, "rest": -0.2}, {"cost": 5, "rest": 1}),
])
def test_points_worked_by_hand_are_stated_like_this(
        leads: dict[str, float], shown: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Decision, "leads", lambda *_: {c: lead / 100 for c, lead in leads.items()})
    assert reasons_text.lead_points(hiring.decide(ProjectNeeds())) == shown


@each_of(POOL)
def test_a_reason_without_the_answers_behind_it_is_shorter_and_says_the_same_of_both_plans(
        explanation: Explanation) -> None:
    for reason in explanation.reasons:
        title, body = reasons_text.reason(explanation.decision, reason)
        short_title, short = reasons_text.reason(explanation.decision, reason, with_answers=False)
        assert title == short_title
        assert len(short) <= len(body)
        ends = short.split(". ")[-1].split(" in ")[-1] if reason.criterion == "limits" else short.split(". ")[-1]
        assert body.endswith(ends), (body, short)


@each_of(POOL)
def test_where_the_day_is_known_none_delivers_sooner_in_the_same_month(explanation: Explanation) -> None:
    dated = replace(explanation.decision, from_day=DAY)
    for reason in explanation.reasons:
        claims_what_is(dated, reason)


def test_where_the_day_is_known_people_start_and_release_on_dates() -> None:
    decision = hiring.decide(ProjectNeeds(deadline_months=12), from_day=DAY)
    first, _ = reasons_text.compared(decision)
    body = reasons_text.reason(decision, Reason("speed", 0.02)).body
    assert formatting.short_date_of(DAY, first.start_week * 12 / 52) in body
    assert formatting.short_date_of(DAY, first.finish_quantiles[1]) in body
    assert f"a release by {formatting.date_of(DAY, 12)}" in body
    assert "week " not in body
    assert "month " not in body


@each_of(POOL)
def test_how_sure_it_is_says_how_often_each_plan_scores_highest(explanation: Explanation) -> None:
    decision = explanation.decision
    if decision.verdict == "none_fits":
        assert decision.of_hundred == {}
        return
    counts, said = decision.of_hundred, reasons_text.how_sure(decision)
    subject = "The mix" if decision.answer == "mix" else decision.outcomes[decision.first].option.label
    assert said.startswith(f"{subject} scores highest in {counts[decision.answer]} of 100 simulations")
    scores = np.array([decision.all_outcomes[plan].scores for plan in counts])
    assert list(counts.values()) == pytest.approx((scores == scores.max(axis=0)).mean(axis=1) * 100, abs=1)


@pytest.mark.parametrize(("needs", "rows"), [
    (ProjectNeeds(budget_usd=50_000), ["Within budget"]), (ProjectNeeds(deadline_months=1), ["On time"]),
    (ProjectNeeds(budget_usd=50_000, deadline_months=1), ["Within budget", "On time", "Both"])])
def test_where_none_fits_each_plan_is_shown_with_how_often_it_keeps_the_limits(
        needs: ProjectNeeds, rows: list[str]) -> None:
    decision = hiring.decide(needs)
    assert decision.verdict == "none_fits"
    heads, *columns = reasons_text.limits_kept(decision).values()
    assert heads == rows
    for outcome, cells in zip(decision.in_fixed_order.values(), columns, strict=True):
        shares = {"Within budget": outcome.within_budget_share, "On time": outcome.on_time_share,
                  "Both": outcome.keep_share}
        assert all(says(cell, shares[row] or 0) for row, cell in zip(rows, cells, strict=True))
    bound = int(re.findall(r"\d+", reasons_text.none_fits_headline(decision))[0])
    assert all(outcome.keep_share < bound / 100 for outcome in decision.all_outcomes.values())


def claims_what_is(decision: Decision, reason: Reason) -> str:
    """The claim, after a look at the better and the worse option's own numbers."""
    better, worse = better_and_worse(decision, reason)
    title = TITLE.fullmatch(reasons_text.reason(decision, reason).title)
    assert title
    claim = title[3]
    if reason.criterion == "limits":
        assert claim in ("keeps your limits more often", "loses less to missed limits")
        assert claim != "keeps your limits more often" or better.keep_share > worse.keep_share
    elif reason.criterion == "cost":
        costs = [float(np.median(it.total)) for it in (better, worse)]
        is_less = costs[0] < costs[1] and formatting.money(costs[0]) != formatting.money(costs[1])
        assert claim == ("costs less" if is_less else "does better on cost overall")
    elif reason.criterion == "speed":
        finishes = [float(np.median(it.finish)) / (52 / 12) for it in (better, worse)]
        dates = [formatting.date_of(decision.from_day, it) for it in finishes]
        starts = [round(float(np.median(it.start))) for it in (better, worse)]
        is_sooner = finishes[0] < finishes[1] and dates[0] != dates[1]
        assert claim == ("delivers sooner" if is_sooner else "starts sooner" if starts[0] < starts[1] else
                         "does better on your dates overall")
    else:
        rating, other = (round(float(np.median(it.ratings[reason.criterion]))) for it in (better, worse))
        ahead = next(c.ahead for c in decision.evidence.criteria if c.id == reason.criterion)
        assert claim == (ahead if rating > other else "meets the need better overall")
    return claim


def limits_body(decision: Decision, reason: Reason, body: str, first: Outcome, second: Outcome) -> None:
    shown = re.fullmatch(r"(.+?) ((?:stays within|releases by) .+?) in (.+?) of 100 simulations, (.+?) in ([^.]+)\."
                         r"( A missed limit takes part of the score: .+)?", body)
    assert shown, body
    better, worse = (first, second) if reason.lead > 0 else (second, first)
    assert (shown[6] is not None) == (better.keep_share <= worse.keep_share), body
    assert (shown[1], shown[4]) == (subject(first), name(second))
    assert shown[2] == verdict_text.keeps(decision.needs, decision.from_day)
    for text, outcome in ((shown[3], first), (shown[5], second)):
        assert re.fullmatch(r"fewer than (25|50|75)", text) or says(text, outcome.keep_share), body


def cost_body(decision: Decision, reason: Reason, body: str, first: Outcome, second: Outcome) -> None:
    shown = re.fullmatch(r"The typical cost of (.+?)( for build and upkeep)? is (\S+), that of (.+) (\S+)\.", body)
    assert shown, body
    who, upkeep, cost, other, other_cost = shown.groups()
    assert (who, other) == (name(first), name(second))
    assert cost == formatting.money(float(np.median(first.total)))
    assert other_cost == formatting.money(float(np.median(second.total)))
    assert (upkeep is not None) == (decision.needs.upkeep_developers > 0 and decision.needs.upkeep_months > 0)


def speed_body(decision: Decision, reason: Reason, body: str, first: Outcome, second: Outcome) -> None:
    needs = decision.needs
    shown = re.fullmatch(
        r"You want a start (today|within ([\d.]+) weeks?)(?: and a release by month ([\d.]+))?\. (.+) starts in week "
        r"(\d+) and releases in month ([\d.]+), (.+) in week (\d+) and month ([\d.]+)\.", body)
    assert shown, body
    start, weeks, due, who, week, month, other, other_week, other_month = shown.groups()
    assert (who, other) == (subject(first), name(second))
    assert (due is None) == (needs.deadline_months is None)
    assert due is None or abs(float(due) - needs.deadline_months) <= 0.005001
    assert (start == "today") == (needs.start_within_weeks == 0)
    assert weeks is None or abs(float(weeks) - needs.start_within_weeks) <= 0.005001
    for outcome, begun, released in ((first, week, month), (second, other_week, other_month)):
        assert abs(int(begun) - np.median(outcome.start)) <= 0.5
        assert is_month(released, float(np.median(outcome.finish)) * 12 / 52)


QUOTED = {"flexibility": ["scope_clarity"], "continuity": ["strategic_value"], "security": ["data_sensitivity"],
          "collaboration": ["integration", "strategic_value"], "capability": ["scale", "disciplines"], "autonomy": []}


def rated_body(decision: Decision, reason: Reason, body: str, first: Outcome, second: Outcome) -> None:
    needs = decision.needs
    shown = re.fullmatch(r"(.+): you need (\d+) of 100 for (.+)\. (.+) gives (\d+), (.+) (\d+)\.", body)
    assert shown, body
    answers, need, criterion, who, rating, other, other_rating = shown.groups()
    assert (who, other) == (subject(first), name(second))
    assert criterion == next(it.label.lower() for it in decision.evidence.criteria if it.id == reason.criterion)
    assert abs(int(need) - decision.need_levels[reason.criterion] * 100) <= 0.5 + 1e-9
    assert abs(int(rating) - np.median(first.ratings[reason.criterion])) <= 0.5
    assert abs(int(other_rating) - np.median(second.ratings[reason.criterion])) <= 0.5
    quoted = re.findall("“(.+?)”", answers)
    expected = [NEEDS[it].choices[getattr(needs, it)].lower() for it in QUOTED[reason.criterion]]
    assert quoted[:len(expected)] == expected
    assert len(quoted) == sum(NEEDS[it].kind == CHOICE for it in LEVELS[reason.criterion])
    if reason.criterion == "autonomy":
        assert answers == f"You have {'a' if needs.technical_lead else 'no'} technical lead"


@pytest.mark.parametrize(("build", "upkeep", "months", "shown"), [
    (18, 0.0, 18.0, "The build takes 18 months and "),
    (12, 0.25, 6, "The build takes 12 months and "),  # 10 of 16 months against half of a quarter
    (6, 0.5, 30, "0.5 developers keep it running for 30 months and "),
    (10, 0.5, 12, "0.5 developers keep it running for 12 months and "),  # both ask for half
    (10.25, 0.5, 12, "The build takes 10.25 months and "),  # a quarter of a month more of building
    (1, 1.0, 1, "1 developer keeps it running for 1 month and "),
    (2, 0.0, 24, "Nothing is kept running afterwards and "), (1, 1.0, 0, "Nothing is kept running afterwards and ")])
def test_continuity_is_asked_for_by_a_long_build_or_by_the_upkeep(
        build: float, upkeep: float, months: float, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Decision, "leads", lambda *_: {"continuity": 0.02})
    decision = hiring.decide(ProjectNeeds(build_months=build, upkeep_developers=upkeep, upkeep_months=months))
    assert reasons_text.reason(decision, Reason("continuity", 0.02)).body.startswith(shown)


@each_of(POOL)
def test_the_headline_of_the_lead_has_its_points_and_names_what_makes_it(explanation: Explanation) -> None:
    decision = explanation.decision
    first, second = decision.answer, decision.rival
    headline = reasons_text.lead_headline(decision)
    made_of, shown = headline.split(": ")
    lead = round((decision.all_outcomes[first].expected_score - decision.all_outcomes[second].expected_score) * 100)
    rival = verdict_text.option_name(decision.all_outcomes[second])
    found = re.fullmatch(rf"a lead of (\d+) (points?) over {rival}|no lead over {rival} on average|"
                         rf"(\d+) points? behind {rival} on average", shown)
    assert found, headline
    assert int(found[1] or 0) - int(found[3] or 0) == lead
    assert found[2] is None or (found[2] == "point") == (lead == 1)
    if made_of == "Nothing much separates the two":
        assert all(abs(part) < 0.0075 for part in decision.leads(first, second).values())
        return
    if made_of == "Many small differences":
        assert all(abs(part) < 0.0075 for part in decision.leads(first, second).values() if (part > 0) == (lead > 0))
        return
    labels = reasons_text.criteria_labels(decision)
    leads = {labels[c].lower(): lead for c, lead in decision.leads(first, second).items()}
    split = re.fullmatch(r"(.+) (outweighs?|against) (.+)", made_of.lower())
    ahead, behind = (split[1], split[3]) if split else (made_of.lower(), "") if lead > 0 else ("", made_of.lower())
    for name in ahead.split(" and ") if ahead else ():
        assert leads[name] > 0, headline
    for name in behind.split(" and ") if behind else ():
        assert leads[name] < 0, headline
    if split:  # every criterion that is a reason, the two strongest on each side
        strongest = sorted((c for c in leads if abs(leads[c]) >= 0.0075), key=leads.__getitem__)
        assert behind.split(" and ") == [c for c in strongest if leads[c] < 0][:2]
        assert ahead.split(" and ") == [c for c in reversed(strongest) if leads[c] > 0][:2]
    if split and split[2].startswith("outweigh"):
        assert lead > 0
        assert (split[2] == "outweigh") == (" and " in ahead or ahead == "your limits")


def test_the_headline_of_the_lead_names_nothing_that_speaks_against_it_as_its_cause(
        monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small advantages, none of them a reason by itself, outweigh the one disadvantage that is."""
    small = ("cost", "flexibility", "continuity", "collaboration", "capability", "security")
    decision = hiring.decide(ProjectNeeds())
    monkeypatch.setattr(Decision, "leads", lambda *_: {**dict.fromkeys(small, 0.007), "speed": -0.0076})
    headline = reasons_text.lead_headline(decision)
    assert ": a lead of 3 points over " in headline
    assert not headline.startswith("Speed:")


# Tornado

@each_of(PLAIN)
def test_what_moves_the_lead_most_is_stated_with_its_two_ends(explanation: Explanation) -> None:
    decision, found = explanation.decision, explanation.tornado
    assert found is not None
    longest = max(found.bars, key=lambda bar: bar.swing)
    headline = reasons_text.tornado_headline(decision, found)
    if longest.swing < 0.005:
        assert headline == "No figure moves the lead"
        assert reasons_text.find_out(decision, found) == []
        return
    shown = re.fullmatch(r"Most depends on (.+): a lead of ([+−]?\d+) to ([+−]?\d+) points", headline)
    assert shown, headline
    assert (whole(shown[2]), whole(shown[3])) == (round(longest.at_low * 100), round(longest.at_high * 100))
    for bar in found.bars:
        assert not FLAW.search(reasons_text.bar_name(decision, bar) + reasons_text.bar_range(decision, bar))
        assert reasons_text.bar_sources(decision, bar)
        assert "_" not in reasons_text.bar_name(decision, bar)
    for claim in reasons_text.find_out(decision, found):
        is_assumed = claim.title.startswith("Of the assumed figures, ")
        assert is_assumed or claim.title.startswith("Of the figures with a source, ")
        bar = max((bar for bar in found.bars if bar.id in decision.evidence.figures and (
            decision.evidence.figures[bar.id].kind == "assumed") == is_assumed), key=lambda bar: bar.swing)
        figure, body = decision.evidence.figures[bar.id], claim.body
        assert figure_names.name_in_sentence(figure, decision.evidence) in claim.title
        ends = re.search(r"the lead is ([+−]?[\d.]+) points? at its low end and ([+−]?[\d.]+) at its high end, (.+)\.$",
                         body)
        assert ends, body
        numbers = [float(end.replace("−", "-")) for end in ends.groups()[:2]]
        assert numbers == pytest.approx([bar.at_low * 100, bar.at_high * 100], abs=0.51), body
        option, rival = (name(decision.all_outcomes[it]) for it in (found.option, found.rival))
        if found.lead > 0:
            assert (ends[3] == f"which would put {rival} ahead") == (min(bar.at_low, bar.at_high) < 0), body
        elif found.lead < 0:
            behind = f"which would put {option} ahead on average too"
            assert (ends[3] == behind) == (max(bar.at_low, bar.at_high) > 0), body
        taken = re.match(r"It is taken as (.+?): the lead is ", body)
        assert taken, body
        is_range_of(figure, taken[1])


@each_of(PLAIN)
def test_the_assumed_figures_are_counted_and_those_named_that_could_change_the_answer(explanation: Explanation) -> None:
    decision, found = explanation.decision, explanation.tornado
    assert found is not None
    text = reasons_text.assumed_figures(decision, found)
    shown = re.match(r"(\d+) of the (\d+) figures behind this answer are assumed\.", text)
    assert shown, text
    used = {figure.id: figure for part in decision.figures_used().values() for figure in part}
    assert (int(shown[1]), int(shown[2])) == (sum(it.kind == "assumed" for it in used.values()), len(used))
    if decision.verdict == "none_fits" or found.bars[0].swing < 0.005:
        assert text == shown[0]
        return
    if found.lead <= 0:
        assert "so close" in text
        return
    matter = {bar.id for bar in found.bars if bar.id in used and used[bar.id].kind == "assumed" and min(
        bar.at_low, bar.at_high) < 0}
    assert ("None of them by itself" in text) == (not matter)
    for id_, figure in used.items():
        if figure.kind == "assumed":
            named = figure_names.name_in_sentence(figure, decision.evidence)
            assert (named in text) == (id_ in matter) or any(
                named in figure_names.name_in_sentence(used[it], decision.evidence) for it in matter)


SHARES = ("share", "share per year")
UNITS = {"USD": "", "USD per head": " a head", "USD per hour": " an hour", "USD per year": " a year", "FTE":
         " positions", "hours per hour": " hours for each hour", "share per year": " a year", "ratio": " times",
         "share": "", "weeks": " weeks", "points": " points", "hours": " hours", "people per week": " people per week"}


def is_range_of(figure: Figure, shown: str) -> None:
    """Whether a range inside a sentence is the figure's, in its unit."""
    found = re.fullmatch(r"(\$?)([\d.,]+)(%?) to (\$?)([\d.,]+)(%?)(.*)", shown)
    assert found, shown
    low, high = (float(number.replace(",", "")) / (100 if figure.unit in SHARES else 1)
                 for number in (found[2], found[5]))
    assert (low, high) == pytest.approx((figure.low, figure.high), rel=1e-9), shown
    assert (found[1] == found[4] == "$") == figure.unit.startswith("USD"), shown
    assert (found[3] == found[6] == "%") == (figure.unit in SHARES), shown
    assert found[7] == UNITS[figure.unit], shown


def test_every_figure_with_a_range_can_be_spoken_of_inside_a_sentence() -> None:
    for figure in SNAPSHOT.figures.values():
        name = figure_names.name_in_sentence(figure, SNAPSHOT)
        assert name[0].islower() or name.split()[0] in ("US", "Zamstack"), name
        assert "_" not in name
        for part in figure.id.split("."):
            option = {o.id: lowered(o) for o in SNAPSHOT.options}.get(part, "")
            assert option in name, name
        is_range_of(figure, figure_names.range_in_sentence(figure))


@pytest.mark.parametrize(("id_", "name", "taken"), [
    ("freelance.us.mid", "pay (freelance, United States, mid)", "${:g} to ${:g} an hour"),
    ("in_house.article.mid", "pay (in-house, Backend article, mid)", "${:,g} to ${:,g} a year"),
    ("continuity.freelance", "the rating of freelance on knowledge kept", "{:g} to {:g} points"),
    ("overrun.mostly_clear", "overrun of the build (mostly clear)", "{:g} to {:g} times"),
    ("productive_share.in_house", "productive hours (in-house)", "{:g}% to {:g}%"),
    ("attrition_per_year.agency", None, "{:g}% to {:g}% a year")])
def test_figures_inside_a_sentence_read_like_this(id_: str, name: str | None, taken: str) -> None:
    figure = SNAPSHOT.figures[id_]
    assert name is None or figure_names.name_in_sentence(figure, SNAPSHOT) == name
    scale = 100 if "%" in taken else 1
    assert figure_names.range_in_sentence(figure) == taken.format(figure.low * scale, figure.high * scale)


def test_a_need_of_zero_is_no_reason() -> None:
    explanation = explained(*SPECIAL["a need level of zero"])
    levels = explanation.decision.need_levels
    assert (levels["security"], levels["autonomy"], levels["capability"]) == (0, 0, pytest.approx(0.25 / 3))
    assert not {"security", "autonomy"} & {reason.criterion for reason in explanation.reasons}
