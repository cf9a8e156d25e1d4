"""The documentation keeps step with the code and the data: its tables, its formulas and its names."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hiring import MODEL_VERSION, ProjectNeeds
from hiring.model import draws, plans
from hiring.model.costs import LINES
from hiring.model.course import course
from hiring.model.decision import VERDICTS, Decision, decide
from hiring.model.evidence import Figure
from hiring.model.option_draws import Draws
from hiring.model.own_figures import Range, with_own
from hiring.model.rules import PREDICATES
from hiring.model.simulation import Outcome, scored
from tests.docs import COMMAND, EVIDENCE, MARKED, METHOD, OPENED, OPTIONS, TABLES, WITH_TABLES, refreshed
from tests.recomputation import BLOCKS, Plan, Recomputed
from tests.strategies import SLOW, plausible_projects, projects

ROOT = METHOD.parents[1]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
TEXT = METHOD.read_text(encoding="utf-8")
SUMMARY = list(decide(ProjectNeeds(), EVIDENCE).summary().columns)


# Tables

@pytest.mark.parametrize("page", WITH_TABLES, ids=lambda page: page.stem)
def test_tables_are_fresh(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert refreshed(text) == text, f"{page.name} is older than the code or the data: run {COMMAND}"


def test_each_table_is_in_the_documentation_once_and_is_closed() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in WITH_TABLES)
    assert sorted(name for _, name, _, _ in MARKED.findall(text)) == sorted(TABLES)
    assert text.count(OPENED) == len(TABLES)


def test_refreshing_replaces_a_stale_table_and_nothing_else() -> None:
    before = f"Above.\n{OPENED}verdicts -->\nstale\n<!-- end -->\nBelow.\n"
    assert refreshed(before) == f"Above.\n{OPENED}verdicts -->\n{TABLES['verdicts']()}<!-- end -->\nBelow.\n"


def test_refreshing_never_swallows_the_text_after_a_table_that_is_not_closed() -> None:
    unclosed = f"{OPENED}verdicts -->\nText.\n"
    assert refreshed(unclosed + f"{OPENED}levels -->\n<!-- end -->\n").startswith(unclosed)


# Formulas

DRAWS = 60
OWN = with_own(EVIDENCE, [("in_house.article.mid", Range(100_000, 120_000, 150_000)), ("load", Range(1.2, 1.5, 1.5)),
                          ("productive_share.in_house", Range(0.8, 0.8, 0.8)), ("wage_growth", Range(0.1, 0.1, 0.1)),
                          ("overrun.mostly_clear", Range(1, 1, 2)), ("exit_weeks.agency", Range(1, 2, 3)),
                          ("minimum_usd.freelance", Range(9e5, 9e5, 9e5)), ("in_house.oews.mid", Range(1e5, 1e5, 1e5))])


class AsTheModel(Recomputed):
    """The formulas of the method in the simulations of the model."""

    def priced(self, name: str) -> Any:
        return draws.market_normal(name, self.evidence.central("market_correlation"), DRAWS)


class NumbersOfTheModel:
    def normal(self, name: str) -> Any:
        return draws.normal(name, DRAWS)

    def uniform(self, name: str) -> Any:
        return draws.uniform(name, DRAWS)


def outcomes(decision: Decision) -> dict[str, Outcome]:
    """Every option and every mix, not only the best."""
    needs, evidence = decision.needs, decision.evidence
    of = {option.id: Draws(option, needs, evidence, DRAWS) for option in evidence.options}
    every = (*plans.options(needs, evidence), *plans.mixes(needs, evidence))
    return {plan.id: scored(course(plan, of, needs), needs, evidence, decision.reference, decision.drawn_weights)
            for plan in every}


@settings(SLOW, max_examples=15)
@example(ProjectNeeds(developers=1, build_months=0.5, upkeep_developers=1, upkeep_months=2), False)  # a keeper too late
@given(st.one_of(plausible_projects(mixes=True), projects(mixes=True)), st.booleans())
def test_formulas_of_the_method_give_what_the_code_computes(needs: ProjectNeeds, is_own: bool) -> None:
    evidence = OWN if is_own else EVIDENCE
    decision, method = decide(needs, evidence, DRAWS), AsTheModel(needs, evidence, NumbersOfTheModel())
    found = outcomes(decision)
    alone = [Plan("alone", option, option, needs.developers) for option in OPTIONS]
    documented = {plan.id: plan for plan in (*alone, *method.mixes())}
    assert sorted(documented) == sorted(found)
    same = partial(np.testing.assert_allclose, rtol=1e-9, atol=1e-9)
    for id_, plan in documented.items():
        names, expected = method.plan(plan), found[id_]
        for line in LINES:
            usd = sum((each.usd for each in expected.course.spendings if each.line == line), np.zeros(DRAWS))
            same(np.broadcast_to(names[line], DRAWS), usd, err_msg=f"{id_} {line}", atol=1e-6)
        for name, numbers in {"cost": expected.total, "budgeted": expected.budgeted, "finish": expected.finish,
                              "start": expected.start, "score": expected.scores, "keeps": expected.keeps}.items():
            same(names[name], numbers, err_msg=f"{id_} {name}")
        for place, criterion in enumerate(decision.weights):
            same(names["values"][criterion], expected.values[:, place], err_msg=f"{id_} {criterion}")
    for place, (criterion, weight) in enumerate(decision.weights.items()):
        same(method.project["weight"](criterion), weight)
        same(method.project["drawn_weight"](criterion), decision.drawn_weights[:, place])
    assert {name: method.project[name] for name in decision.need_levels} == pytest.approx(decision.need_levels)


@settings(deadline=None, derandomize=True)
@given(figure=st.sampled_from(list(EVIDENCE.figures.values())), z=st.floats(-3.5, 3.5))
def test_formula_of_a_draw_is_that_of_the_code(figure: Figure, z: float) -> None:
    drawn = Recomputed(ProjectNeeds(), EVIDENCE, NumbersOfTheModel()).drawn(figure.id, z)
    assert drawn == pytest.approx(float(draws.draw(figure, np.array(z))))


def test_formula_of_labor_prices_puts_simulations_in_the_order_of_the_code() -> None:
    mixed = Recomputed(ProjectNeeds(), EVIDENCE, NumbersOfTheModel()).priced("pay.agency")
    in_order = draws.market_normal("pay.agency", EVIDENCE.central("market_correlation"), DRAWS)
    assert (np.diff(in_order[np.argsort(mixed, kind="stable")]) > 0).all()


def test_every_block_of_formulas_is_run() -> None:
    assert TEXT.count("```formula") == len(BLOCKS)


# Words

@lru_cache(maxsize=1)
def words_of_the_project() -> frozenset[str]:
    files = [*(ROOT / "hiring").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "data").iterdir()]
    return frozenset(re.findall(r"[\w.-]+", " ".join(f.read_text(encoding="utf-8") for f in files if f.is_file())))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_names_set_as_code_exist_in_the_code_or_the_data(page: Path) -> None:
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)*)`", prose))
    assert named <= {word for text in words_of_the_project() for word in text.split(".")}.union(SUMMARY)


def test_the_method_says_when_each_rule_applies() -> None:
    documented = re.findall(r"^\| `(\w+)` \|", MARKED.sub("", TEXT), re.MULTILINE)
    assert sorted(documented) == sorted(PREDICATES)


def test_the_glossary_is_in_alphabetical_order_with_one_line_a_term() -> None:
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()[4:]
    terms = [re.fullmatch(r"- \*\*(.+?)\*\*.*\.", line)[1].lower() for line in lines]
    assert terms == sorted(terms)
    assert {verdict.replace("_", " ") for verdict in VERDICTS} <= set(terms)


def test_decisions_carry_the_number_of_their_file_and_say_choice_reason_and_price() -> None:
    for page in (page for page in PAGES if page.parent.name == "decisions"):
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(page.name[:4])}. "), page.name
        heads = re.findall(r"^## (\w+)", text, re.MULTILINE)
        assert heads == ["Context", "Choice", "Why", "What"], page.name


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.stem)
def test_links_lead_to_files_that_exist(page: Path) -> None:
    for address in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / address).exists(), address


def test_the_newest_entry_of_the_changelog_is_the_model_version() -> None:
    changelog = (ROOT / "docs" / "changelog.md").read_text(encoding="utf-8")
    assert re.search(r"^## (\S+)", changelog, re.MULTILINE)[1] == MODEL_VERSION


def test_every_column_of_the_summary_is_explained_in_its_order() -> None:
    documented = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "summary.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert documented == [name for name in SUMMARY if not name.startswith("need_") or name == "need_budget"]
