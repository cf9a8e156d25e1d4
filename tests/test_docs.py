"""The documentation keeps step with the code and the data: its tables, its formulas and its names."""

from __future__ import annotations

import math
import re
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import MODEL_VERSION, ProjectNeeds, evidence_as_of
from hiring.model import draws
from hiring.model.decision import VERDICTS, Decision, decide
from hiring.model.evidence import Figure
from hiring.model.rules import PREDICATES
from hiring.model.simulation import Outcome, pay_id
from tests.docs import COMMAND, EVIDENCE, MARKED, METHOD, OPENED, OPTIONS, TABLES, WITH_TABLES, refreshed
from tests.strategies import plausible_projects

ROOT = METHOD.parents[1]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
TEXT = METHOD.read_text(encoding="utf-8")
FORMULAS = re.findall(r"^```formula\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-"})


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
    assert refreshed(unclosed + f"{OPENED}rules -->\n<!-- end -->\n").startswith(unclosed)


# Formulas

def run(formulas: list[str], names: dict[str, Any]) -> dict[str, Any]:
    """`names` with what the lines "name = …" and "name(arguments) = …" define, in their order."""
    for line in "".join(formulas).translate(SIGNS).replace("^", "**").splitlines():
        name, _, formula = line.partition("#")[0].partition(" = ")
        function = re.fullmatch(r"(\w+)\((.*)\)", name)
        if function:
            names[function[1]] = eval(f"lambda {function[2]}: {formula}", names)
        elif name.strip():
            names[name] = eval(formula, names)
    return names


def known(needs: ProjectNeeds, option: str) -> dict[str, Any]:
    """What the formulas start from, in the one future in which every figure has its central value."""
    option_row = next(o for o in EVIDENCE.options if o.id == option)
    shared = {id_: f.central for id_, f in EVIDENCE.figures.items() if "." not in id_}
    own = {id_.partition(".")[0]: f.central for id_, f in EVIDENCE.figures.items() if id_.partition(".")[2] == option}
    pay = EVIDENCE.figures[pay_id(option_row, needs)]
    answers = asdict(needs)
    names = {
        **answers, **shared, **own, "salary": pay.central, "hourly_usd": pay.central, "exp": math.exp,
        "sqrt": math.sqrt, "paid_by_salary": pay.unit == "USD per year",
        "wage_ratio": EVIDENCE.wage_ratio(needs.location),
        "yardstick_share": EVIDENCE.central("productive_share.in_house"),
        "middle_salary": EVIDENCE.central("in_house.article.mid"),
        "ceil": lambda number: math.ceil(round(number, 9)), "clip": lambda number: min(1.0, max(0.0, number)),
        "criteria": [c.id for c in EVIDENCE.criteria], "importance": lambda c: EVIDENCE.central(f"importance.{c}"),
        "level": lambda criterion, need: EVIDENCE.central(f"{criterion}.{need}.{choice(answers[need])}"),
        "z": lambda c: 0.0, "u": lambda c: 0.5,
    }
    rated = {c: EVIDENCE.figures.get(f"{c}.{option}") for c in names["criteria"]}
    names["need_level"] = lambda c: names[c] if rated[c] else 1.0
    names["value"] = lambda c: names["rated_value"](rated[c].central, names[c]) if rated[c] else names[f"{c}_value"]
    return names


def choice(answer: object) -> object:
    return ("no", "yes")[answer] if isinstance(answer, bool) else answer


def computed(decision: Decision, outcome: Outcome) -> dict[str, Any]:
    """What the code makes of the same future, under the names of the formulas."""
    plan, row = outcome.schedule, list(decision.outcomes).index(outcome.option.id)
    return {
        "start": plan.start, "build_weeks": plan.build_weeks, "finish": plan.finish, "upkeep_weeks": plan.upkeep_weeks,
        "paid_heads": outcome.paid_heads, "upkeep_heads": outcome.upkeep_heads, **outcome.lines._asdict(),
        "cost": outcome.total, "budget": decision.budget_usd, "deadline": decision.deadline_months,
        **decision.need_levels, "score": decision.scores[:, row],
    }


@settings(deadline=None, derandomize=True, max_examples=30)
@given(needs=plausible_projects(), option=st.sampled_from(OPTIONS))
def test_formulas_of_the_method_give_what_the_code_computes(needs: ProjectNeeds, option: str) -> None:
    decision = decide(needs, EVIDENCE, n=1)
    outcome = decision.outcomes[option]
    names = run(FORMULAS, known(needs, option))
    for name, number in computed(decision, outcome).items():
        assert names[name] == pytest.approx(np.ravel(number)[0], rel=1e-9), name
    for place, criterion in enumerate(names["criteria"]):
        assert names["weight"](criterion) == pytest.approx(decision.weights[criterion]), criterion
        assert names["drawn_weight"](criterion) == pytest.approx(decision.drawn_weights[0, place]), criterion
        assert names["value"](criterion) == pytest.approx(outcome.values[0, place]), criterion


@settings(deadline=None, derandomize=True)
@given(figure=st.sampled_from(list(EVIDENCE.figures.values())), z=st.floats(-3.5, 3.5))
def test_formula_of_a_draw_is_that_of_the_code(figure: Figure, z: float) -> None:
    drawn = run(FORMULAS[:1], {})["drawn"](figure.low, figure.central, figure.high, z)
    top = draws.UPPER_BOUNDS.get(figure.unit, math.inf)
    assert min(top, max(0.0, drawn)) == pytest.approx(float(draws.draw(figure, np.array(z))))


def test_formula_of_labor_prices_puts_futures_in_the_order_of_the_code() -> None:
    names = {"market_correlation": 0.5, "sqrt": math.sqrt}
    mixed = run(FORMULAS[1:2], names)["priced_z"](draws.normal("market"), draws.normal("pay.agency"))
    in_order = draws.market_normal("pay.agency", 0.5)[np.argsort(mixed, kind="stable")]
    assert (np.diff(in_order) > 0).all()


# Words

@lru_cache(maxsize=1)
def words_of_the_project() -> frozenset[str]:
    files = [*(ROOT / "hiring").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "data").iterdir()]
    return frozenset(re.findall(r"[\w.-]+", " ".join(f.read_text(encoding="utf-8") for f in files if f.is_file())))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_names_set_as_code_exist_in_the_code_or_the_data(page: Path) -> None:
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)*)`", prose))
    assert named <= {word for text in words_of_the_project() for word in text.split(".")}


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
    columns = decide(ProjectNeeds(), evidence_as_of()).summary().columns
    assert documented == [name for name in columns if not name.startswith("need_")]
