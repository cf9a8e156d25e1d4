"""The tables of the documentation, made from the code and from `data/`: `python -m tests.generate` rewrites them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from hiring import decide, evidence_as_of
from hiring.documents.archive import csv_schema
from hiring.documents.archive.csv_schema import Column
from hiring.model.decision import CLEAR, CLOSE_CALL, LEANING, LIKELY, MIX, NONE_FITS, VERDICTS
from hiring.model.evidence import Figure
from hiring.model.fit import LEVELS
from hiring.model.needs import DEFAULTS, NEEDS, NUMBER, TEXT, Need
from tests import countries
from tests.agreement import published_advice

DOCS = Path(__file__).parents[1] / "docs"
METHOD = DOCS / "method.md"
WITH_TABLES = (METHOD, DOCS / "summary.md", DOCS / "archive.md", DOCS / "countries.md")
COMMAND = "python -m tests.generate"
OPENED = "<!-- table: "
MARKED = re.compile(rf"({OPENED}(\w+) -->\n)((?:(?!{OPENED}).)*?)(<!-- end -->)", re.DOTALL)

EVIDENCE = evidence_as_of()
OPTIONS = [option.id for option in EVIDENCE.options]

Cells = Iterable[str]


def refreshed(text: str) -> str:
    """`text` with each marked table as the needs and the data make it now. Raises KeyError for an unknown table."""
    return MARKED.sub(lambda found: f"{found[1]}{TABLES[found[2]]()}{found[4]}", text)


def markdown(header: Cells, rows: Iterable[Cells]) -> str:
    """A Markdown table with a blank line on either side."""
    header = list(header)
    lines = (" | ".join(text.replace("|", "\\|") for text in line) for line in [header, ["---"] * len(header), *rows])
    return "\n" + "".join(f"| {line} |\n" for line in lines) + "\n"


def number(value: float) -> str:
    return f"{value:,.10g}"


def cell(figure: Figure) -> str:
    """Low / central / high, or the one number of a figure without a range; assumptions in italics."""
    values = [figure.central] if figure.is_fixed else [figure.low, figure.central, figure.high]
    text = " / ".join(map(number, values))
    return f"*{text}*" if figure.kind == "assumed" else text


def code(names: Cells) -> str:
    return ", ".join(f"`{name}`" for name in names)


def needs() -> str:
    rows = ([f"`{name}`", need.label, _accepts(need), _answer(DEFAULTS[name])] for name, need in NEEDS.items())
    return markdown(["need", "label in the form", "accepted", "default"], rows)


def figures() -> str:
    """The figures of the options; pay and ratings have tables of their own."""
    own = {f.id: f for f in EVIDENCE.figures.values() if f.table == "figures" and f.id.partition(".")[2] in OPTIONS}
    names = sorted({id_.partition(".")[0] for id_ in own})
    rows = ([f"`{name}`", own[f"{name}.{OPTIONS[0]}"].unit, *(cell(own[f"{name}.{option}"]) for option in OPTIONS)]
            for name in names)
    return markdown(["figure", "unit", *OPTIONS], rows)


def shared() -> str:
    """The figures that belong to no option and no criterion; those of the answers to one need in one row."""
    rows: dict[str, list[Figure]] = {}
    for figure in sorted(EVIDENCE.figures.values(), key=lambda figure: figure.id):
        name, _, of = figure.id.partition(".")
        if figure.table == "figures" and of not in OPTIONS and name != "importance":
            rows.setdefault(name, []).append(figure)

    def value(figure: Figure) -> str:
        answer = figure.id.partition(".")[2]
        return f"`{answer}` {cell(figure)}" if answer else cell(figure)

    return markdown(["figure", "unit", "value"], (
        [f"`{name}`", known[0].unit, ", ".join(map(value, known))] for name, known in rows.items()))


def pay() -> str:
    seniorities = list(NEEDS["seniority"].choices)

    def row(option: str, basis: str) -> list[str]:
        known = [EVIDENCE.figures[f"{option}.{basis}.{seniority}"] for seniority in seniorities]
        return [f"`{option}`", f"`{basis}`", known[0].unit, *map(cell, known)]

    rows = (row(option.id, basis) for option in EVIDENCE.options for basis in NEEDS[option.basis_need].choices)
    return markdown(["option", "basis", "unit", *seniorities], rows)


def levels() -> str:
    def row(criterion: str, need: str) -> list[str]:
        answers = (f"`{choice}` {cell(EVIDENCE.figures[f'{criterion}.{need}.{choice}'])}"
                   for choice in NEEDS[need].choices)
        return [f"`{criterion}`", f"`{need}`", ", ".join(answers)]

    return markdown(["criterion", "need", "level of each answer"], (row(c, need) for c in LEVELS for need in LEVELS[c]))


def ratings() -> str:
    rows = ([f"`{c}`", *(cell(EVIDENCE.figures[f"{c}.{option}"]) for option in OPTIONS)] for c in LEVELS)
    return markdown(["criterion", *OPTIONS], rows)


def importance() -> str:
    known = EVIDENCE.figures
    return markdown((f"`{c.id}`" for c in EVIDENCE.criteria), [
        [cell(known[f"importance.{c.id}"]) for c in EVIDENCE.criteria]])


def verdicts() -> str:
    fits, close, leaning, likely, likely_keep, clear_keep = (
        number(EVIDENCE.central(f"{name}_share") * 100)
        for name in ("fits", "close_call", "leaning", "likely", "likely_keep", "clear_keep"))
    when = [
        f"neither an option nor the best mix keeps the limits in {fits} of 100 simulations",
        f"`lead` is at most {close} of 100",
        "none of the others",
        f"`share` is at least {leaning} of 100, and the answer keeps the limits in at least {likely_keep}",
        f"`share` is at least {likely} of 100, and the answer keeps the limits in at least {clear_keep}",
    ]
    found = dict(zip(VERDICTS, when, strict=True))
    return markdown(["verdict", "when, the first that applies"], (
        [f"`{verdict}`", found[verdict]] for verdict in (NONE_FITS, CLOSE_CALL, CLEAR, LIKELY, LEANING)))


def agreement() -> str:
    cases = published_advice()
    decided = [decide(case.needs) for case in cases]
    agreed = sum(case.agrees_with(decision) for case, decision in zip(cases, decided, strict=True))
    counts = len({case.publisher for case in cases}), len(cases), agreed, sum(d.answer == MIX for d in decided)
    return markdown(["publishers", "pieces of advice", "the first option agrees", "a mix leads"], [map(str, counts)])


def country_matrix() -> str:
    return markdown(*_headed(countries.matrix()))


def country_checks() -> str:
    return markdown(*_headed(countries.checks()))


def _headed(lines: countries.Lines) -> tuple[Cells, Iterable[Cells]]:
    return lines[0], lines[1:]


def summary_columns() -> str:
    """The columns of the CSV summary; those of the answers in one row."""
    answers = [column for column in csv_schema.SUMMARY
               if column.name.startswith("need_") and column.name != "need_budget"]
    merged = Column("need_…", "as the need", "every answer under its field's name, as in the link; empty means none; "
                    "see [the method](method.md)")
    return _columns(merged if column is answers[0] else column for column in csv_schema.SUMMARY
                    if column not in answers[1:])


def futures_columns() -> str:
    return _columns(csv_schema.FUTURES)


def figures_columns() -> str:
    return _columns(csv_schema.FIGURES)


def _columns(table: Iterable[Column]) -> str:
    return markdown(["column", "what it holds", "type", "unit, rounding"], (
        [f"`{column.name}`", column.holds, column.type, ", ".join(filter(None, (column.unit, column.rounding)))]
        for column in table))


TABLES: dict[str, Callable[[], str]] = {table.__name__: table for table in (
    needs, figures, shared, pay, levels, ratings, importance, verdicts, agreement, country_matrix, country_checks,
    summary_columns, futures_columns, figures_columns)}


def _accepts(need: Need) -> str:
    if need.kind == NUMBER:
        return f"{number(need.low)} to {number(need.high)} {need.unit}{', or none' if need.optional else ''}"
    if need.kind == TEXT or not need.choices:
        return need.wanted
    return code(need.choices)


def _answer(answer: object) -> str:
    if answer in ("", None):
        return "empty"
    if isinstance(answer, bool):
        return f"`{'yes' if answer else 'no'}`"
    return f"`{answer}`" if isinstance(answer, str) else number(answer)


def main() -> None:
    """Rewrite the tables."""
    for page in WITH_TABLES:
        page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")
