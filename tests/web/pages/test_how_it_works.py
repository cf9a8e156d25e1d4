"""How it works: the page tells the steps of the model with the model's own numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

import hiring
from hiring import Decision, ProjectNeeds
from hiring.links import project_link
from hiring.model import decision as model
from hiring.model.own_figures import Range
from hiring.model.worked_example import Formula, worked_formulas
from hiring.web.pages import how_it_works
from tests.factories import DAY, OPTIONS, SNAPSHOT, SPECIAL
from tests.page_text import BARE_DOLLAR
from tests.strategies import LAWS, plausible_projects, projects

PART = {"time": "## 1. Time", "cost": "## 2. Cost, line by line", "fit": "## 3. Fit and score",
        "futures": "## 4. From one future to all"}
PROJECTS = st.one_of(plausible_projects(), projects())
FEW = settings(LAWS, max_examples=30)
LINES = {"Pay while building": "build_labor", "Up to the smallest engagement": "build_labor",
         "Upkeep labor": "upkeep_labor", "Your people's time": "steering", "Finding and equipping": "sourcing",
         "Replacing leavers": "replacement", "Ending contracts": "exit"}


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
    for key, text in project_link.encode(needs, DAY, ranges).items():
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


STEP = re.compile(r"\*\*(.+?): \\?\$?([\d,.e+-]+)( .+?)?\*\*  \n:small\[:gray\[(.+) Here: (.+)\.\]\]", re.DOTALL)


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
    return [number(it) for it in re.findall(r" \\?\$?(-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?)(?=, [a-z]|$)", given)]


def is_shown(sentence: float, value: float) -> bool:
    """Whether a number is shown with three digits or more, dollars to the dollar."""
    return abs(sentence - value) <= max(0.0051, abs(value) * 0.0051) or abs(sentence - value) <= 0.5 <= abs(value) / 100


def is_dollar(sentence: float, value: float) -> bool:
    return abs(sentence - value) <= 0.5 + 1e-9


def middle(decision: Decision) -> Decision:
    """The one future in which every figure has its middle value, simulated like any other."""
    return model.decide(decision.needs, decision.evidence, n=1)


@FEW
@given(PROJECTS, st.sampled_from(OPTIONS))
def test_every_step_of_time_and_cost_is_stated_with_its_numbers(needs: ProjectNeeds, option: str) -> None:
    app, decision = shown(needs, option), hiring.decide(needs)
    expected = worked_formulas(decision, option)
    for part, near in (("time", is_shown), ("cost", is_dollar)):
        sentence = steps(app, part)
        assert list(sentence) == [how_it_works.NAMES[step.name] for step in expected[part]]
        for (result, given_), step in zip(sentence.values(), expected[part], strict=True):
            assert near(result, step.result), step
            assert len(given_) == len(step.given), step
            assert all(is_shown(one, value) for one, value in zip(given_, step.given.values(), strict=True)), step


@FEW
@given(PROJECTS, st.sampled_from(OPTIONS))
def test_every_cost_line_is_there_and_together_they_are_the_cost_of_that_future(
        needs: ProjectNeeds, option: str) -> None:
    app, decision = shown(needs, option), hiring.decide(needs)
    sentence = {name: result for name, (result, _) in steps(app, "cost").items() if name in LINES}
    assert set(sentence) == set(LINES)
    lines = middle(decision).outcomes[option].lines
    for line, value in lines._asdict().items():
        shown_as = sum(usd for name, usd in sentence.items() if LINES[name] == line)
        assert shown_as == pytest.approx(np.asarray(value).item(), abs=1.01)
    (together,) = [text for text in texts(app, "cost") if text.startswith("**Together ")]
    total = number(re.match(r"\*\*Together \\\$([\d,]+)\*\*", together)[1])
    assert total == pytest.approx(np.asarray(lines.total).item(), abs=0.51)
    assert total == pytest.approx(sum(sentence.values()), abs=len(sentence) / 2 + 0.51)


@FEW
@given(PROJECTS, st.sampled_from(OPTIONS))
def test_the_time_of_that_future_is_stated(needs: ProjectNeeds, option: str) -> None:
    app, outcome = shown(needs, option), middle(hiring.decide(needs)).outcomes[option]
    sentence = {name: result for name, (result, _) in steps(app, "time").items()}
    for name, value in (("The build", outcome.schedule.build_weeks), ("The first release", outcome.schedule.finish),
                        ("Upkeep", outcome.schedule.upkeep_weeks), ("Posts while building", outcome.paid_heads),
                        ("Posts after the release", outcome.upkeep_heads)):
        assert is_shown(sentence[name], np.asarray(value).item()), name


@FEW
@given(plausible_projects(), st.sampled_from(OPTIONS))
def test_what_is_stated_can_be_followed_by_hand(needs: ProjectNeeds, option: str) -> None:
    """Each formula with the numbers on the page gives the result on the page, but for their rounding."""
    app = shown(needs, option)
    time, cost = steps(app, "time"), steps(app, "cost")

    def follows(step: tuple[float, list[float]], result: float, tolerance: float = 0.02) -> None:
        assert step[0] == pytest.approx(result, rel=tolerance, abs=max(1.0, tolerance * abs(result)))

    developers, months, share = time["The work"][1]
    follows(time["The work"], developers * months * 52 / 12 * 40 * share)
    hours, developers, overrun, productive, ramp = time["The build"][1]
    follows(time["The build"], hours * overrun / (developers * 40 * productive) + ramp / 2)
    lead, weeks = time["The first release"][1]
    follows(time["The first release"], lead + weeks)
    ahead, release = time["Upkeep"][1]
    follows(time["Upkeep"], max(0, ahead * 52 / 12 - release))
    for line in ("Pay while building", "Upkeep labor"):
        heads, weeks, weekly = cost[line][1]
        follows(cost[line], heads * weeks * weekly)
    paid, share, hourly = cost["Your people's time"][1]
    follows(cost["Your people's time"], paid * 40 * share * hourly, 0.05)
    posts, finding, equipment = cost["Finding and equipping"][1]
    follows(cost["Finding and equipping"], -(-posts // 1) * (finding + equipment))
    paid, smallest = cost["Up to the smallest engagement"][1]
    follows(cost["Up to the smallest engagement"], max(0, smallest - paid))


@FEW
@given(PROJECTS, st.sampled_from(OPTIONS))
def test_the_points_of_the_criteria_are_those_of_that_future_and_add_up_to_the_score(
        needs: ProjectNeeds, option: str) -> None:
    app, decision = shown(needs, option), hiring.decide(needs)
    table = app.table[0].value.map(lambda cell: cell.replace("\\", ""))
    labels = {c.id: c.label for c in decision.evidence.criteria}
    assert list(table["Criterion"]) == [labels[c] for c in decision.weights]
    row = middle(decision).outcomes[option].values[0]
    for (_, cells), value, weight in zip(table.iterrows(), row, decision.weights.values(), strict=True):
        assert float(cells["Value, 0 to 1"]) == pytest.approx(value, abs=0.0051)
        assert float(cells["Weight"].removesuffix("%")) == pytest.approx(weight * 100, abs=0.51)
        assert float(cells["Points"]) == pytest.approx(value * weight * 100, abs=0.051)
    (sentence,) = [text for text in texts(app, "fit") if text.startswith("**Score ")]
    score, mean = re.match(r"\*\*Score (\d+) of 100\*\* .+ is (\d+)\.", sentence).groups()
    assert int(score) == pytest.approx(sum(row * list(decision.weights.values())) * 100, abs=0.51)
    assert int(score) == pytest.approx(table["Points"].map(float).sum(), abs=1)
    assert int(mean) == pytest.approx(decision.expected_scores[option] * 100, abs=0.51)


@FEW
@given(PROJECTS, st.sampled_from(OPTIONS))
def test_of_a_hundred_futures_each_option_has_those_in_which_it_is_first(needs: ProjectNeeds, option: str) -> None:
    app, decision = shown(needs, option), hiring.decide(needs)
    sentence = " ".join(texts(app, "futures"))
    counts = {}
    for outcome in decision.outcomes.values():
        label = outcome.option.label[0].lower() + outcome.option.label[1:]
        found = re.search(rf"\b{label} in (\d+)\b", sentence)
        assert (found is not None) == (outcome.option.id in decision.left and len(decision.left) > 1), sentence
        if found:
            counts[outcome.option.id] = int(found[1])
    if counts:
        assert sum(counts.values()) == 100
        assert all(abs(counts[it] - decision.first_shares[it] * 100) < 1 for it in counts)
    assert ("Every option misses one of your limits too often, so none comes first." in sentence) == (not decision.left)
    assert ("With the others ruled out, nothing is left to compare." in sentence) == (len(decision.left) == 1)
    for text in (it.value for it in app.markdown if "\u2068" not in it.value):  # but for the project's name
        assert not BARE_DOLLAR.search(text), text
        assert not re.search(r"\bnan\b|\binf\b|\bNone\b|\$-|[{}]", text), text


@pytest.mark.parametrize(("needs", "sentence"), [
    (ProjectNeeds(), "Of 100 futures, in-house in "),
    (SPECIAL["one option left"][0], "With the others ruled out, nothing is left to compare."),
    (SPECIAL["everything ruled out"][0], "Every option misses one of your limits too often, so none comes first.")])
def test_only_options_that_are_left_are_said_to_come_first(needs: ProjectNeeds, sentence: str) -> None:
    assert sentence in " ".join(texts(shown(needs, "agency"), "futures"))


NEEDS_OF_EVERY_KIND = [ProjectNeeds(wage_basis=basis, location=location, upkeep_developers=upkeep, budget_usd=budget)
                       for basis in ("article", "oews") for location in ("us", "ca", "41940")
                       for upkeep in (0, 0.5) for budget in (None, 600_000)]


@pytest.mark.parametrize("option", OPTIONS)
def test_every_step_and_every_number_in_it_has_a_name_in_words(option: str) -> None:
    own: list[dict[str, Any]] = [{}, {"in_house.article.mid": 100_000, "in_house.oews.mid": 100_000,
                                      "agency.us.mid": 120, "freelance.us.mid": 90}]
    seen: dict[str, Formula] = {}
    for needs in NEEDS_OF_EVERY_KIND:
        for figures in own:
            for part, found in worked_formulas(hiring.decide(needs, own=figures), option).items():
                seen |= {step.name: step for step in found}
                for step in found:
                    assert part == "fit" or "_" not in how_it_works.NAMES[step.name]
                    assert part != "time" or how_it_works.RESULTS[step.name]
                    if step.name != "score":
                        assert all("_" not in how_it_works.GIVEN[name] for name in step.given), step
    time_and_cost = {*how_it_works.NAMES} - {"score"}
    assert time_and_cost - set(seen) <= ({"salary"} if option != "in_house" else set())


@pytest.mark.parametrize("option", OPTIONS)
def test_each_option_starts_from_its_own_pay(option: str) -> None:
    needs = ProjectNeeds(location="ca")
    sentence = steps(shown(needs, option), "cost")
    if option == "in_house":
        ratio = SNAPSHOT.wages["ca"].p50 / SNAPSHOT.wages["us"].p50
        assert sentence["Salary where you hire"][0] == pytest.approx(110_000 * ratio, abs=0.51)
    else:
        assert "Salary where you hire" not in sentence
        assert sentence["A paid week"][1][0] == {"freelance": 95, "agency": 140}[option]


def test_the_default_project_is_worked_through_for_the_option_that_comes_first() -> None:
    app = AppTest.from_function(page, default_timeout=60)
    app.run()
    assert app.button_group(key="worked_option").value == "in_house"
    cost = steps(app, "cost")
    assert (cost["Salary where you hire"], cost["A paid week"][0]) == ((110_000, [110_000, 1]), 2_644)
    assert cost["Pay while building"][0] == 192_500  # 2 posts × 36.4 weeks × 2,644.23
    app.button_group(key="worked_option").set_value("agency").run()
    assert steps(app, "cost")["A paid week"] == (5_600, [140, 0])  # 140 × 40


def test_another_link_is_worked_through_with_its_own_figures() -> None:
    app = shown(ProjectNeeds(), "agency", {"agency.us.mid": 155})
    assert steps(app, "cost")["A paid week"] == (6_200, [155, 0])  # 155 × 40
    assert any("Your own figures count here" in text.value for text in app.markdown)


@pytest.mark.parametrize("option", OPTIONS)
def test_an_own_salary_is_what_a_hire_earns_wherever_you_hire(option: str) -> None:
    sentence = steps(shown(ProjectNeeds(location="ca"), option, {"in_house.article.mid": 100_000}), "cost")
    assert "Salary where you hire" not in sentence
    if option == "in_house":
        assert sentence["A paid week"][1][0] == 100_000
        assert sentence["A paid week"][0] == 2_404  # 100,000 × 1.25 ÷ 52


def test_one_post_and_one_week_are_stated_in_the_singular() -> None:
    app = shown(ProjectNeeds(developers=1, upkeep_developers=1), "in_house")
    sentence = [text.split("**")[1] for text in texts(app, "time") if text.startswith("**")]
    assert [text for text in sentence if re.search(r": 1 (posts|weeks|hours)\b", text)] == []


def test_the_shares_of_the_verdict_are_those_of_the_evidence() -> None:
    (outline,) = [text.value for text in shown(ProjectNeeds(), "agency").markdown if text.value.startswith("1. **Time")]
    central = SNAPSHOT.central
    assert f"First in {central('likely_share') * 100:.0f} of 100 futures or more: clear." in outline
    assert f"{central('leaning_share') * 100:.0f} or more: likely." in outline
    assert f"At most {central('close_call_share') * 100:.0f} apart: too close to call." in outline
    assert "4,000 times" in outline
