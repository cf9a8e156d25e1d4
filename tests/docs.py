"""The tables of the documentation, made from the code and from `data/`: `python -m tests.generate` rewrites them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from hiring import decide, evidence_as_of
from hiring.documents.archive import csv_schema
from hiring.documents.archive.csv_schema import Column
from hiring.model.decision import VERDICTS
from hiring.model.evidence import Figure
from hiring.model.fit import LEVELS
from hiring.model.needs import DEFAULTS, NEEDS, NUMBER, TEXT, Need
from tests.agreement import published_advice

DOCS = Path(__file__).parents[1] / "docs"
METHOD = DOCS / "method.md"
WITH_TABLES = (METHOD, DOCS / "summary.md", DOCS / "archive.md")
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
    rows = ([f"`{name}`", need.help, _accepts(need), _answer(DEFAULTS[name])] for name, need in NEEDS.items())
    return markdown(["need", "what is asked", "accepted", "default"], rows)


def figures() -> str:
    """The figures of the options; pay and ratings have tables of their own."""
    own = {f.id: f for f in EVIDENCE.figures.values() if f.table == "figures" and f.id.partition(".")[2] in OPTIONS}
    names = sorted({id_.partition(".")[0] for id_ in own})
    rows = ([f"`{name}`", own[f"{name}.{OPTIONS[0]}"].unit, *(cell(own[f"{name}.{option}"]) for option in OPTIONS)]
            for name in names)
    return markdown(["figure", "unit", *OPTIONS], rows)


def shared() -> str:
    """The figures that belong to no option."""
    return markdown(["figure", "unit", "value", "why"], (
        [f"`{f.id}`", f.unit, cell(f), f.note]
        for f in sorted(EVIDENCE.figures.values(), key=lambda f: f.id) if f.table == "figures" and "." not in f.id))


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
    return markdown(["criterion", "what it means", "importance"], (
        [f"`{c.id}`", c.meaning, cell(EVIDENCE.figures[f"importance.{c.id}"])] for c in EVIDENCE.criteria))


def rules() -> str:
    """Each rule with its sentence; words in italics are filled in for the project."""
    def words(sentence: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: f"*{found[1].replace('_', ' ')}*", sentence)

    return markdown(["rule", "effect", "options", "what the page says"], (
        [f"`{rule.id}`", rule.effect.replace("_", " "), ", ".join(rule.options), words(rule.sentence)]
        for rule in EVIDENCE.rules))


def verdicts() -> str:
    close, leaning, likely = (
        number(EVIDENCE.central(f"{name}_share") * 100) for name in ("close_call", "leaning", "likely"))
    when = [
        "every option is ruled out",
        f"of the options left, the two best are at most {close} of 100 futures apart",
        f"the best option comes first in fewer than {leaning} of 100 futures",
        f"the best option comes first in fewer than {likely} of 100 futures",
        f"the best option comes first in {likely} of 100 futures or more",
    ]
    return markdown(["verdict", "when, the first that applies"], zip((f"`{v}`" for v in VERDICTS), when, strict=True))


def agreement() -> str:
    cases = published_advice()
    agreed = sum(case.agrees_with(decide(case.needs)) for case in cases)
    counts = len({case.publisher for case in cases}), len(cases), agreed
    return markdown(["publishers", "pieces of advice", "the first option agrees"], [map(str, counts)])


def summary_columns() -> str:
    """The columns of the CSV summary; those of the answers in one row."""
    answers = [column for column in csv_schema.SUMMARY if column.name.startswith("need_")]
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
    needs, figures, shared, pay, levels, ratings, importance, rules, verdicts, agreement, summary_columns,
    futures_columns, figures_columns)}


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
