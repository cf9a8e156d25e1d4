"""How it works: the page shows the steps of the model with the model's own numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

import hiring
from hiring import Decision, ProjectNeeds
from hiring.links import project_link
from hiring.model import decision as model
from hiring.model import fit
from hiring.model.costs import employment_cost
from hiring.model.own_figures import Range
from hiring.model.worked_example import LINES, Formula, worked_formulas
from hiring.text import currencies, figure_names, verdict_text
from hiring.web.markdown import markdown
from hiring.web.pages import how_it_works
from tests.factories import DAY, OPTIONS
from tests.page_text import BARE_DOLLAR
from tests.strategies import LAWS, NEWEST, plausible_projects, projects

PART = {"time": "## 1. Time", "cost": "## 2. Cost, line by line", "fit": "## 3. Fit and score",
        "simulations": "## 4. From one simulation to all"}
PROJECTS = st.one_of(plausible_projects(mixes=False), projects(mixes=False))
FEW = settings(LAWS, max_examples=20)


def page() -> None:
    from hiring.web.pages import how_it_works  # noqa: PLC0415 – the test runs the body of this function as a page

    how_it_works.show()


@lru_cache(maxsize=1)
def opened() -> AppTest:
    """One page for all projects: opening another link is what a manager does, too."""
    return AppTest.from_function(page, default_timeout=60)


def shown(needs: ProjectNeeds, option: str, own: Mapping[str, float] | None = None) -> AppTest:
    """The page of a project, worked through for one option."""
    app = opened()
    ranges = tuple(sorted((id_, Range(it, it, it)) for id_, it in (own or {}).items()))
    app.query_params.clear()
    app.session_state["queries_decide"] = ()  # a link that was open before is opened again only by Back
    for key, text in project_link.encode(needs, NEWEST.as_of, ranges, from_day=DAY).items():
        app.query_params[key] = text
    app.session_state["worked_option"] = option
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest, part: str) -> list[str]:
    """The texts of one part of the page."""
    sentence = [text.value for text in app.markdown]
    begin = sentence.index(PART[part])
    later = [place for place in map(sentence.index, PART.values()) if place > begin]
    return sentence[begin + 1:min(later, default=len(sentence))]


SIGN = r"[^\W\d_]*(?:\\\\?\$|[^\w\s.,-])?\u00a0?"  # $ may be escaped
STEP = re.compile(rf"\*\*(.+?): {SIGN}([\d,.e+-]+)( .+?)?\*\*  \n:small\[:gray\[(.+) Here: (.+)\.\]\]", re.DOTALL)


def steps(app: AppTest, part: str) -> dict[str, tuple[float, list[float]]]:
    """The result and the numbers that went in, by the name of the step."""
    found = {}
    for text in texts(app, part):
        sentence = STEP.fullmatch(text)
        if sentence:
            assert sentence[1] not in found
            found[sentence[1]] = (number(sentence[2]), numbers(sentence[5]))
    return found


def number(text: str) -> float:
    return float(text.replace(",", ""))


def numbers(given: str) -> list[float]:
    """What follows the words: developers 2, salary $110,000, fee 0."""
    return [number(it) for it in re.findall(rf" {SIGN}(-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?)(?=, [a-z]|$)", given)]


def is_shown(sentence: float, value: float) -> bool:
    """Whether a number is shown with three digits or more, dollars to the dollar."""
    return abs(sentence - value) <= max(0.0051, abs(value) * 0.0051) or abs(sentence - value) <= 0.5 <= abs(value) / 100


def is_whole(sentence: float, value: float) -> bool:
    return abs(sentence - value) <= 0.5 + 1e-9


def name_of(step: Formula, decision: Decision) -> str:
    paid = {it.id: it for it in NEWEST.contributions[decision.needs.country]}
    return (figure_names.contribution_name(paid[step.name], NEWEST) if step.name in paid
            else how_it_works.NAMES[step.name])


def central(decision: Decision) -> Decision:
    """The one simulation in which every figure has its central value."""
    return model.decide(decision.needs, decision.evidence, n=1)


@FEW
@given(PROJECTS, st.sampled_from(OPTIONS))
def test_every_step_of_time_and_cost_is_stated_with_its_numbers(needs: ProjectNeeds, option: str) -> None:
    app, decision = shown(needs, option), hiring.decide(needs)
    rate = currencies.of(decision).per_dollar
    expected = worked_formulas(decision, option)
    for part in ("time", "cost"):
        sentence = steps(app, part)
        assert list(sentence) == [name_of(step, decision) for step in expected[part]]
        for (result, given_), step in zip(sentence.values(), expected[part], strict=True):
            if step.name in how_it_works.RESULTS:
                assert is_shown(result, step.result), step
            else:
                assert is_whole(result, step.result * rate), step
            assert len(given_) == len(step.given), step
            worth = [value * (rate if name in how_it_works.AMOUNTS else 1) for name, value in step.given.items()]
            assert all(is_shown(one, value) for one, value in zip(given_, worth, strict=True)), step


@FEW
@given(PROJECTS, st.sampled_from(OPTIONS))
def test_every_cost_line_is_there_and_together_they_are_the_cost_of_that_simulation(
        needs: ProjectNeeds, option: str) -> None:
    app, decision = shown(needs, option), hiring.decide(needs)
    of = {how_it_works.NAMES[name]: line for name, line in LINES.items()}
    sentence = {name: result for name, (result, _) in steps(app, "cost").items() if name in of}
    outcome, rate = central(decision).outcomes[option], currencies.of(decision).per_dollar
    for line, value in outcome.typical._asdict().items():
        assert sum(paid for name, paid in sentence.items() if of[name] == line) == pytest.approx(value * rate, abs=1.51)
    (together,) = [text for text in texts(app, "cost") if text.startswith("**Together ")]
    total = number(re.match(rf"\*\*Together {SIGN}([\d,]+)\*\*", together)[1])
    assert total == pytest.approx(outcome.total[0] * rate, abs=0.51)
    assert total == pytest.approx(sum(sentence.values()), abs=len(sentence) / 2 + 0.51)


@FEW
@given(plausible_projects(mixes=False), st.sampled_from(OPTIONS))
def test_what_is_stated_can_be_followed_by_hand(needs: ProjectNeeds, option: str) -> None:
    """Each formula with the numbers on the page gives the result on the page, but for their rounding."""
    app = shown(needs, option)
    time, cost = steps(app, "time"), steps(app, "cost")

    def follows(step: tuple[float, list[float]], result: float, tolerance: float = 0.02) -> None:
        assert step[0] == pytest.approx(result, rel=tolerance, abs=max(1.0, tolerance * abs(result)))

    developers, months, share = time["The work"][1]
    follows(time["The work"], developers * months * 52 / 12 * 40 * share)
    hours, ready, pace = time["The first release"][1]
    follows(time["The first release"], ready + hours / pace)
    positions, arrives, finish, stretched = time["Paid weeks while building"][1]
    follows(time["Paid weeks while building"], positions * (finish - arrives) / stretched)
    for line in ("Pay while building", "Pay for upkeep"):
        weeks, weekly = cost[line][1]
        follows(cost[line], weeks * weekly)
    paid, share, hourly = cost["Your people's time"][1]
    follows(cost["Your people's time"], paid * 40 * share * hourly, 0.05)
    people, finding, equipment = cost["Finding and equipping"][1]
    follows(cost["Finding and equipping"], people * (finding + equipment))
    paid, smallest = cost["Up to the smallest engagement"][1]
    follows(cost["Up to the smallest engagement"], max(0, smallest - paid))


@FEW
@given(PROJECTS, st.sampled_from(OPTIONS))
def test_the_points_of_the_criteria_are_those_of_that_simulation_and_add_up_to_the_score(
        needs: ProjectNeeds, option: str) -> None:
    app, decision = shown(needs, option), hiring.decide(needs)
    table = app.table[1].value.map(lambda cell: cell.replace("\\", ""))
    labels = {c.id: c.label for c in decision.evidence.criteria}
    assert list(table["Criterion"]) == [labels[c] for c in decision.weights]
    outcome = central(decision).outcomes[option]
    for (_, cells), value, weight in zip(table.iterrows(), outcome.values[0], decision.weights.values(), strict=True):
        assert float(cells["Value, 0 to 1"]) == pytest.approx(value, abs=0.0051)
        assert float(cells["Weight"].removesuffix("%")) == pytest.approx(weight * 100, abs=0.51)
        assert float(cells["Points"]) == pytest.approx(value * weight * 100, abs=0.051)
    (sentence,) = [text for text in texts(app, "fit") if text.startswith("**Score ")]
    score, limited, mean = re.match(
        r"\*\*Score (\d+) of 100\*\*(?:, (\d+) with the limits,)? .+ is (\d+)\.", sentence).groups()
    assert int(score) == pytest.approx(table["Points"].map(float).sum(), abs=1)
    assert (limited is not None) == decision.has_limits == ("No limit was given" not in sentence)
    if limited is not None:
        kept = outcome.scores[0] / outcome.unreduced_scores[0]
        assert int(limited) == pytest.approx(int(score) * kept, abs=1)
    assert int(mean) == pytest.approx(decision.expected_scores[option] * 100, abs=0.51)


@FEW
@given(st.one_of(plausible_projects(), projects()), st.sampled_from(OPTIONS))
def test_each_option_has_the_simulations_in_which_it_is_first(needs: ProjectNeeds, option: str) -> None:
    app, decision = shown(needs, option), hiring.decide(needs, from_day=DAY)
    sentence = " ".join(texts(app, "simulations"))
    with currencies.amounts_in(currencies.of(decision)):
        assert markdown(f"{verdict_text.verdict(decision)}.") in sentence
    counts = {plan: re.search(rf"\b{verdict_text.option_name(decision.all_outcomes[plan])} in (fewer than )?(\d+)\b",
                              sentence, re.IGNORECASE) for plan in decision.of_hundred}
    assert ("of 100 simulations scores highest" in sentence) == bool(counts)
    assert sum(int(count[2]) for count in counts.values()) == (100 if counts else 0)
    assert all(abs(int(count[2]) - decision.compared_shares[it] * 100) < 1 for it, count in counts.items())
    assert all(decision.compared_shares[it] * 100 < int(count[2]) for it, count in counts.items() if count[1])
    for text in (it.value for it in app.markdown if "\u2068" not in it.value):  # but for the project's name
        assert not BARE_DOLLAR.search(text), text
        assert not re.search(r"\bnan\b|\binf\b|\bNone\b|\$-|[{}]|\bfutures?\b|ruled out", text), text


NEEDS_OF_EVERY_KIND = [
    ProjectNeeds(wage_basis=basis, location=location, upkeep_developers=upkeep, budget_usd=budget, technical_lead=lead)
    for basis in ("article", "oews") for location in ("us", "us-41940") for upkeep in (0, 0.5, 4)
    for budget in (None, 600_000) for lead in (True, False)]


@pytest.mark.parametrize("option", OPTIONS)
def test_every_step_and_every_number_in_it_has_a_name_in_words(option: str) -> None:
    seen: dict[str, Formula] = {}
    for needs in NEEDS_OF_EVERY_KIND:
        for part, found in worked_formulas(model.decide(needs, NEWEST, 1), option).items():
            for step in found:
                seen[step.name] = step
                if part != "fit" or step.name not in (*fit.LEVELS, "score", "limits"):
                    assert part == "fit" or "_" not in how_it_works.NAMES[step.name]
                    assert all("_" not in how_it_works.GIVEN[name] for name in step.given), step
    missing = {"deadline_months", "employment_cost"} | ({"salary"} if option != "in_house" else set()) | (
        {"technical_lead"} if option == "agency" else set())
    assert set(how_it_works.NAMES) - set(seen) <= missing


@pytest.mark.parametrize("option", OPTIONS)
def test_each_option_starts_from_its_own_pay(option: str) -> None:
    sentence = steps(shown(ProjectNeeds(location="us-ca"), option), "cost")
    assert ("Salary where you hire" in sentence) == (option == "in_house")
    if option == "in_house":
        salary = NEWEST.central("in_house.article.mid") * NEWEST.wage_ratio("us-ca")
        assert sentence["Salary where you hire"][0] == pytest.approx(salary, abs=0.51)
    else:
        assert sentence["A paid week"][1][0] == NEWEST.central(f"{option}.us.mid")


def test_the_default_project_is_worked_through_for_the_option_that_comes_first() -> None:
    app = AppTest.from_function(page, default_timeout=60)
    app.run()
    assert app.button_group(key="worked_option").value == hiring.decide(ProjectNeeds()).first
    app.button_group(key="worked_option").set_value("agency").run()
    assert steps(app, "cost")["A paid week"][1][0] == NEWEST.central("agency.us.mid")


def test_another_link_is_worked_through_with_its_own_figures() -> None:
    app = shown(ProjectNeeds(), "agency", {"agency.us.mid": 155})
    assert steps(app, "cost")["A paid week"] == (6_200, [155, 0])  # 155 × 40
    assert any("Your own figures count here" in text.value for text in app.markdown)


@pytest.mark.parametrize("location", sorted(it.id for it in NEWEST.countries.values() if not it.is_base))
def test_each_contribution_abroad_is_a_step_in_the_currency_of_the_country(location: str) -> None:
    app = shown(ProjectNeeds(location=location), "in_house")
    sentence, rate = steps(app, "cost"), currencies.of(hiring.decide(ProjectNeeds(location=location)))
    salary = NEWEST.country_figures[f"{location}.in_house.survey.mid"].central
    paid = [it for it in NEWEST.contributions[location] if salary > it.start]
    for it in paid:
        part = min(salary, it.end) - it.start
        result, (_, shown_part) = sentence[figure_names.contribution_name(it, NEWEST)]
        assert (result, shown_part) == (pytest.approx(it.rate.central * part, abs=0.51), pytest.approx(part, abs=0.51))
    (inside,) = [box for box in app.expander if box.label == f"Each of the {len(paid)} contributions"]
    assert len(inside.markdown) == len(paid)
    (whole,) = [it.value for it in app.markdown if it.value.startswith("**Employer contributions: ")]
    on_top = sentence["A year of one employee"][1][1]
    assert number(re.sub(r"[^\d,]", "", whole.split("**")[1])) == pytest.approx(on_top, abs=0.51)
    assert list(sentence)[:len(paid)] == [figure_names.contribution_name(it, NEWEST) for it in paid]
    year, (given_, on_top) = sentence["A year of one employee"]
    assert (year, given_) == (pytest.approx(float(employment_cost(salary, paid)), abs=0.51), salary)
    assert on_top == pytest.approx(year - salary, abs=1.01)
    assert sentence["A paid week"][0] == pytest.approx(year / 52, abs=0.51)
    assert "Salary where you hire" not in sentence
    texts_ = [text.value for text in app.markdown]
    assert not [text for text in texts_ if re.search(r"(?<![A-Z])\\\$", text)]
    assert any(f"**Together {rate.sign}".replace("$", "\\$") in text for text in texts_)


@pytest.mark.parametrize("option", OPTIONS)
def test_an_own_salary_is_what_a_hire_earns_wherever_you_hire(option: str) -> None:
    sentence = steps(shown(ProjectNeeds(location="us-ca"), option, {"in_house.article.mid": 100_000}), "cost")
    assert "Salary where you hire" not in sentence
    if option == "in_house":
        assert sentence["A paid week"][1][0] == 100_000
        assert sentence["A paid week"][0] == 2_404  # 100,000 × 1.25 ÷ 52


def test_one_position_and_one_week_are_stated_in_the_singular() -> None:
    app = shown(ProjectNeeds(developers=1, upkeep_developers=1), "in_house")
    sentence = [text.split("**")[1] for text in texts(app, "time") if text.startswith("**")]
    assert [text for text in sentence if re.search(r": 1 (positions|weeks|hours)\b", text)] == []


def test_the_shares_of_the_verdict_are_those_of_the_evidence() -> None:
    app = shown(ProjectNeeds(), "agency")
    (outline,) = [text.value for text in app.markdown if text.value.startswith("1. **Time")]

    def share(name: str) -> str:
        return f"{NEWEST.central(f'{name}_share') * 100:.0f} of 100"

    asked = {row["Verdict"]: (row["Comes first in"], row["Within your limits in"])
             for _, row in app.table[0].value.iterrows()}
    assert asked == {
        "Clear": (f"{share('likely')} or more", f"{share('clear_keep')} or more"),
        "Likely": (f"{share('leaning')} or more", f"{share('likely_keep')} or more"),
        "Leaning": (f"fewer than {share('leaning')}", f"or fewer than {share('likely_keep')}"),
        "Too close to call": (f"the two best are at most {share('close_call')} apart; for a mix: it and all options "
                              "together", "does not count"),
        "No plan fits": ("does not count", f"fewer than {share('fits')}, for every plan")}
    assert f"more than {share('mix_lead')} simulations" in outline
    assert "4,000 times" in outline


def test_a_rounded_share_does_not_contradict_what_the_verdict_asks_for() -> None:
    needs = ProjectNeeds(build_months=3, upkeep_developers=0, mixes=False)
    decision = hiring.decide(needs)
    first = decision.first
    assert decision.of_hundred[first] / 100 >= NEWEST.central("leaning_share") > decision.first_shares[first]
    assert decision.verdict == "leaning"
    sentence = " ".join(texts(shown(needs, "agency"), "simulations"))
    assert f"{verdict_text.option_name(decision.outcomes[first])} in fewer than 75" in sentence


def test_months_count_from_the_day_of_the_link() -> None:
    app, day = opened(), date(2026, 11, 30)
    app.query_params.clear()
    app.session_state["queries_decide"] = ()
    for key, text in project_link.encode(ProjectNeeds(deadline_months=12), NEWEST.as_of, from_day=day).items():
        app.query_params[key] = text
    with mock.patch.object(hiring, "decide", wraps=hiring.decide) as decided:
        app.run()
    assert {call.args[3] for call in decided.call_args_list} == {day}
