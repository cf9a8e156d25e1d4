"""Scenarios side by side: what the words, the chart and the tables say is what the decisions say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import ProjectNeeds
from hiring.model.decision import MIX, Decision, decide, plan_label
from hiring.model.needs import DEFAULTS, NEEDS
from hiring.model.own_figures import Range, with_own
from hiring.model.portfolio import answer
from hiring.text import comparison_text, currencies, formatting, verdict_text
from hiring.text.comparison_text import DIFFERS, difference_rows, headline, result_rows
from hiring.text.formatting import marked, strong
from hiring.text.portfolio_text import VERDICTS
from tests.factories import SNAPSHOT
from tests.strategies import LAWS, plausible_projects

PLAIN = ProjectNeeds(project="Portal", budget_usd=400_000, deadline_months=12, mixes=False)
OWN = (("agency.us.mid", Range(100, 110, 120)),)


def decided(needs: ProjectNeeds, own: Any = ()) -> Decision:
    return decide(needs, with_own(SNAPSHOT, own) if own else SNAPSHOT)


IN_HOUSE = decided(PLAIN)
AGENCY = decided(replace(PLAIN, seniority="junior", talent_region="asia", budget_usd=None))
NONE = decided(replace(PLAIN, budget_usd=50_000))
MIXED = decided(replace(PLAIN, mixes=True))
FREE = decided(replace(PLAIN, budget_usd=None, deadline_months=None))
NAMES = ["One", "Two", "Three", "Four"]


def costs(decisions: list[Decision]) -> str:
    return comparison_text.cost_headline(NAMES[:len(decisions)], decisions)


def close_call(decision: Decision = IN_HOUSE) -> Decision:
    return replace(decision, verdict="close_call")


def of_hundred(decision: Decision, share: float) -> str:
    return f"{verdict_text.share_of_hundred(share, decision)} of 100"


def cells(rows: Sequence[tuple[str, list[str]]]) -> dict[str, list[str]]:
    return dict(rows)


def test_the_decisions_of_this_file_are_of_all_kinds() -> None:
    assert [it.answer for it in (IN_HOUSE, AGENCY, MIXED, FREE)] == ["in_house", "agency", "mix", "in_house"]
    assert NONE.verdict == "none_fits"


@pytest.mark.parametrize(("decisions", "words"), [
    ([NONE], "No plan fits"),
    ([NONE, NONE], "No plan fits in either scenario"),
    ([NONE, NONE, NONE], "No plan fits in any of 3 scenarios"),
    ([IN_HOUSE, IN_HOUSE], "In-house is the answer in both scenarios"),
    ([IN_HOUSE, MIXED, AGENCY, IN_HOUSE], "In-house is the answer in 2 of 4 scenarios, a mix in 1, agency in 1"),
    ([MIXED, MIXED, MIXED], "A mix is the answer in all 3 scenarios"),
    ([AGENCY, IN_HOUSE, NONE], "Agency is the answer in 1 of 3 scenarios, in-house in 1, no plan fits in 1"),
    ([IN_HOUSE, close_call()], "In-house is the answer in both scenarios; 1 of them is too close to call"),
    ([close_call(), close_call(), AGENCY],
     "In-house is the answer in 2 of 3 scenarios, agency in 1; 2 of them are too close to call")])
def test_the_headline_counts_the_answers(decisions: list[Decision], words: str) -> None:
    assert headline(decisions) == words


@pytest.mark.parametrize(("decision", "plan"), [(IN_HOUSE, "In-house"), (MIXED, MIXED.mix and MIXED.mix.label)])
def test_the_headline_of_one_scenario_has_its_keep_share(decision: Decision, plan: str) -> None:
    kept = f"within your limits in {of_hundred(decision, decision.keep_share)} simulations; add a scenario to compare"
    assert headline([decision]) == f"{plan}: {kept}"
    assert headline([close_call(decision)]) == f"{plan}: too close to call, {kept}"
    assert headline([FREE]) == "In-house: no limit given; add a scenario to compare"


def test_the_headline_of_the_costs_names_the_scenario_that_costs_least() -> None:
    shown = costs([IN_HOUSE, AGENCY, MIXED])
    least = formatting.money(AGENCY.answered.cost_quantiles[1])
    assert shown == f"“\u2068Two\u2069” costs least with its answer: typically {least}"
    assert costs([IN_HOUSE, IN_HOUSE]).startswith("All cost about the same with their answer: typically $")
    level = costs([IN_HOUSE, MIXED, IN_HOUSE])
    assert level.startswith("“\u2068One\u2069” and “\u2068Three\u2069” cost least with their answer: typically $")
    assert "–" not in level  # one amount, as both cost the same
    salary = SNAPSHOT.figures["in_house.article.mid"]
    costlier = decided(PLAIN, [(salary.id, Range(salary.low * 1.015, salary.central * 1.015, salary.high * 1.015))])
    amounts = [formatting.money(it.answered.cost_quantiles[1]) for it in (IN_HOUSE, costlier)]
    assert costs([IN_HOUSE, MIXED, costlier]).endswith(f"typically {'–'.join(amounts)}")
    assert costs([NONE, IN_HOUSE]).startswith("“\u2068Two\u2069” costs least")
    assert costs([NONE, NONE]).startswith("No plan fits")
    assert re.fullmatch(r"In-house: \$\d+k–\$\d+k for build and upkeep", costs([IN_HOUSE]))
    assert costs([decided(replace(PLAIN, upkeep_developers=0))]).endswith(" for the build")


def test_scenarios_with_other_service_are_not_ranked_by_cost_and_this_is_stated() -> None:
    scenarios = [IN_HOUSE, decided(replace(PLAIN, upkeep_months=48)), decided(replace(PLAIN, upkeep_months=0))]
    shown = costs(scenarios)
    assert shown.startswith("With the answer: “\u2068One\u2069” $")
    assert " with 48 months of upkeep and “\u2068Three\u2069” $" in shown
    assert shown.endswith(" with no upkeep")
    assert "least" not in shown
    assert comparison_text.other_service(scenarios) == (
        " The scenarios count 0 to 48 months of upkeep, so their costs cover different service.")
    assert comparison_text.other_service([IN_HOUSE, AGENCY]) == ""
    nobody = decided(replace(PLAIN, upkeep_developers=0))
    assert costs([IN_HOUSE, nobody]).endswith(" with no upkeep")
    assert comparison_text.other_service([nobody, scenarios[2]]) == ""


def test_where_none_fits_every_page_names_the_same_nearest_plan() -> None:
    decision = decided(ProjectNeeds(
        developers=1.5, build_months=14, data_sensitivity="regulated", budget_usd=250_000, deadline_months=8))
    assert decision.verdict == "none_fits"
    assert decision.nearest == next(iter(decision.remedies)) != decision.answer
    label = formatting.lower_first(plan_label(decision.all_outcomes[decision.nearest].plan))
    assert comparison_text.cost_and_release(decision).startswith(f"Nearest: {label}, $")
    assert cells(result_rows([decision]))["Answer"] == [f"None; nearest {label}"]
    assert answer(decision).answer == decision.nearest
    assert cells(result_rows([decision]))["Freelance first"] == ["–"]
    assert comparison_text.first_and_kept(decision, decision.first).startswith("– · ")


def test_the_table_says_what_the_decisions_say() -> None:
    table = cells(result_rows([IN_HOUSE, AGENCY, MIXED, NONE]))
    assert table["Verdict"] == [VERDICTS[it.verdict] for it in (IN_HOUSE, AGENCY, MIXED, NONE)]
    assert MIXED.mix is not None
    label = MIXED.mix.label
    assert table["Answer"][0] == f"{marked('●', 'blue')} {strong('In-house')}"
    assert formatting.unmarked(table["Answer"][2]).endswith(f": {formatting.lower_first(label)}")
    assert table["Within your limits"][:3] == [of_hundred(it, it.keep_share) for it in (IN_HOUSE, AGENCY, MIXED)]
    low, median, high = AGENCY.answered.cost_quantiles
    assert table["Likely range of its cost"][1] == formatting.money_range(low, high)
    assert table["Its typical cost"][1] == formatting.money(median)
    covered = IN_HOUSE.answered.budgeted_quantiles
    assert table["What the budget covers"][:2] == [formatting.money_range(covered[0], covered[2]), "no budget"]
    assert table["Within budget"][1] == "no budget"
    assert table["Freelance first"] == [
        *(f"{it.of_hundred['freelance']} of 100" for it in (IN_HOUSE, AGENCY, MIXED)), "–"]
    assert table["Mix first"] == ["–", "–", f"{MIXED.of_hundred[MIX]} of 100", "–"]
    assert table["Best mix"][1:3] == [
        "none", f"{label}; ahead of every option in {formatting.of_hundred(MIXED.mix.ahead_share)} of 100"]
    assert "Evidence of" not in table


def test_what_no_scenario_has_takes_no_row() -> None:
    whole = decided(replace(PLAIN, budget_covers="build_and_upkeep"))
    assert not {"What the budget covers", "Best mix"} & cells(result_rows([whole, AGENCY])).keys()


def test_evidence_dates_are_in_the_table_where_they_differ() -> None:
    later = replace(IN_HOUSE, evidence=replace(IN_HOUSE.evidence, as_of=SNAPSHOT.as_of + timedelta(days=1)))
    assert cells(result_rows([IN_HOUSE, later]))["Evidence of"] == ["November 22, 2026", "November 23, 2026"]


def test_no_deadline_is_stated() -> None:
    assert cells(result_rows([FREE]))["On time"] == ["no deadline"]
    assert cells(result_rows([FREE]))["Within your limits"] == ["no limit"]


def test_only_answers_that_differ_are_listed_and_those_unlike_the_first_are_marked() -> None:
    rows = difference_rows(["Portal", "Two", "Three"], [IN_HOUSE, AGENCY, IN_HOUSE])
    mark = f"{DIFFERS}\u00a0"
    assert rows == [("Budget", ["$400k", strong(f"{mark}None given"), "$400k"]),
                    ("Level", ["Mid", strong(f"{mark}Junior"), "Mid"]),
                    ("Outside staff in", ["Same country", strong(f"{mark}Asia"), "Same country"])]
    assert difference_rows(NAMES, [IN_HOUSE, decided(PLAIN)]) == []


def test_projects_are_listed_where_they_differ_and_the_heads_do_not_say_so() -> None:
    other = decided(replace(PLAIN, project="*Other*"))
    assert difference_rows(["Portal", "*Other*"], [IN_HOUSE, other]) == []
    rows = difference_rows(["One", "Two"], [IN_HOUSE, other])
    assert rows == [("Project", ["\u2068Portal\u2069", strong(f"{DIFFERS}\u00a0\u2068*Other*\u2069")])]


def test_own_figures_that_differ_are_beside_what_the_evidence_says() -> None:
    rows = difference_rows(NAMES, [IN_HOUSE, decided(PLAIN, OWN)])
    figure = SNAPSHOT.figures["agency.us.mid"]
    assert [label for label, _ in rows] == ["Pay, agency, United States, mid, USD per hour"]
    evidence = f"{figure.low:g} / {figure.central:g} / {figure.high:g}, evidence"
    assert rows[0][1] == [evidence, strong(f"{DIFFERS}\u00a0100 / 110 / 120, your own")]
    assert difference_rows(NAMES, [decided(PLAIN, OWN), decided(PLAIN, OWN)]) == []


def test_an_own_figure_in_another_currency_is_said_as_it_was_typed() -> None:
    german = replace(PLAIN, location="de")
    here = decided(replace(german, location="gb"))
    there = decided(german, [("de.freelance.local.mid", Range(100, 100, 100))])
    with currencies.amounts_in(currencies.of(here)):
        rows = difference_rows(NAMES, [here, there])
    assert rows[-1][1][1] == strong(f"{DIFFERS}\u00a0100 EUR per hour, your own")


def test_many_own_figures_are_listed_to_a_bound() -> None:
    many = tuple((id_, Range(50, 50, 50)) for id_ in sorted(SNAPSHOT.figures) if id_.startswith("importance."))
    more = (*many, *((id_, Range(90, 100, 110)) for id_ in sorted(SNAPSHOT.figures) if re.match(r"agency\.\w+\.", id_)))
    rows = difference_rows(NAMES, [IN_HOUSE, decided(PLAIN, tuple(sorted(more)))])
    assert len(rows) == comparison_text.OWN_FIGURES_LISTED + 1
    assert rows[-1][0] == f"{len(more) - comparison_text.OWN_FIGURES_LISTED} more of your own figures differ"


@settings(LAWS, max_examples=30)
@given(plausible_projects(), st.sampled_from(sorted(set(NEEDS) - {"project", "location"})))
def test_a_changed_answer_is_listed_and_no_other(needs: ProjectNeeds, name: str) -> None:
    other = replace(needs, **{name: DEFAULTS[name]})
    rows = difference_rows(NAMES, [decided(needs), decided(other)])
    assert [label for label, _ in rows] == ([] if other == needs else [NEEDS[name].label])
    assert all(DIFFERS in second and DIFFERS not in first for _, (first, second) in rows)


def test_a_long_name_is_cut_in_narrow_places() -> None:
    assert comparison_text.shortened(["x" * 28, "y" * 29]) == ["x" * 28, "y" * 27 + "…"]


def test_names_that_begin_alike_are_told_apart_by_their_ends() -> None:
    whole = "Rebuild of the payments platform"
    assert comparison_text.shortened([whole, f"{whole}, Germany"]) == [
        "Rebuild of the…ents platform", "Rebuild of the…form, Germany"]


def test_where_no_plan_fits_the_nearest_is_named_beside_its_cost() -> None:
    assert re.match(r"Nearest: [a-z-]+, \$", comparison_text.cost_and_release(NONE))
    assert re.fullmatch(r"\$\d+k–\$\d+k, release in \d+–\d+ months", comparison_text.cost_and_release(IN_HOUSE))


def test_a_release_is_a_date_where_the_scenario_says_from_which_day_its_months_count() -> None:
    early, late = (replace(IN_HOUSE, from_day=day) for day in (date(2026, 1, 15), date(2027, 1, 15)))
    soon, _, last = IN_HOUSE.answered.finish_quantiles
    shown = cells(result_rows([early, late, IN_HOUSE]))["Likely range of its first release"]
    assert shown == [formatting.date_range(early.from_day, soon, last),
                     formatting.date_range(late.from_day, soon, last), f"in {formatting.time_range(soon, last)}"]
    assert comparison_text.cost_and_release(late).endswith(f", release {shown[1]}")
