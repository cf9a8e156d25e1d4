"""The decision, its explanation and its files, compared with drawing the same random numbers in NumPy."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property

import numpy as np

import hiring
from benchmarks.measure import RUNS, in_turns, report, timed
from hiring import ProjectNeeds, decide, evidence_as_of, explain
from hiring.documents.archive.zip_archive import to_zip
from hiring.documents.memo.content import build_memo
from hiring.documents.memo.render import to_html, to_pdf
from hiring.lists.project_list import Checked, ProjectList, check
from hiring.lists.summary import to_csv
from hiring.model import decision as model
from hiring.model import draws
from hiring.model.evidence import Figure, Option, Snapshot
from hiring.model.explanation import Explanation

DAY, LINK = date(2026, 1, 1), "https://example.org/?v=2"
CACHES = (draws.strata, draws.uniform, draws.normal, draws.market_normal, draws.drawn, draws.priced,
        draws._weight_strata, model.drawn_weights)

EXPLANATION_PARTS = [name for name, part in vars(Explanation).items() if isinstance(part, cached_property)]


def varied(run: int) -> ProjectNeeds:
    """A project that no earlier run had."""
    return ProjectNeeds(developers=1 + run / 10)


def forget() -> None:
    """Clear every draw that is cached from one decision to the next."""
    for cache in CACHES:
        cache.cache_clear()


def numbers_drawn(n: int = draws.DRAWS) -> int:
    """How many random numbers a decision uses: one per simulation for each drawn figure and each weight."""
    forget()
    model.decide(ProjectNeeds(), evidence_as_of(), n)
    return n * (draws.normal.cache_info().currsize + draws.uniform.cache_info().currsize)


def deciding() -> None:
    count, generator = numbers_drawn(), np.random.default_rng(1)

    def afresh(run: int) -> None:
        forget()
        decide(varied(run))

    times = in_turns({"decide": lambda run: decide(varied(run)),
                      "floor": lambda run: generator.standard_normal((draws.DRAWS, count // draws.DRAWS))})
    first = timed(afresh, 10)
    print(f"{count:,} random numbers a decision: {count // draws.DRAWS} figures and weights, {draws.DRAWS:,} draws")
    report("drawing as many afresh in NumPy", times["floor"])
    report("decide", times["decide"], times["floor"])
    report("decide with no draw cached, as after a start", first, times["floor"])


def explaining() -> None:
    """The whole explanation after the decision, and each of its parts."""
    times: dict[str, list[float]] = {part: [] for part in EXPLANATION_PARTS}
    for run in range(RUNS):
        explanation = explain(decide(ProjectNeeds(developers=2 + run / RUNS)))  # two options are left to compare
        for part, taken in times.items():
            began = time.perf_counter()
            getattr(explanation, part)
            taken.append(time.perf_counter() - began)
    report("explain, everything", [sum(run) for run in zip(*times.values(), strict=True)])
    for part, taken in sorted(times.items(), key=lambda item: -sum(item[1])):
        report(f"  {part.replace('_', ' ')}", taken)


def writing() -> None:
    """The files to download, each made from a decision that is already explained."""
    explanation = explain(decide(ProjectNeeds()))
    content = build_memo(explanation, LINK, DAY)
    decision = explanation.decision
    papers_made: dict[str, tuple[Callable[[], object], int]] = {
        "CSV summary": (lambda: to_csv(decision, LINK), RUNS),
        "archive": (lambda: to_zip(decision, LINK, DAY), RUNS),
        "content of a memo, with its charts as SVG": (lambda: build_memo(explanation, LINK, DAY), 10),
        "memo as web page, from its content": (lambda: to_html(content), 10),
        "memo as PDF, from its content": (lambda: to_pdf(content), 10),
    }
    for name, (made, runs) in papers_made.items():
        made()
        report(name, timed(lambda _, made=made: made(), runs))  # type: ignore[misc]


def growing() -> None:
    """How a decision and its explanation grow with draws and options. More than three options are copies of the three
    under other names."""
    snapshot = evidence_as_of()
    print("draws      decide, ms    as many numbers, ms    explain, ms    of which each doubling takes")
    before = None
    for n in (500, 1_000, 2_000, 4_000, 8_000, 16_000):
        row = _sizes(snapshot, n)
        grown = "" if before is None else " / ".join(f"{now / then:.2f}" for now, then in zip(row, before, strict=True))
        print(f"{n:>6,} {row[0]:>13.2f} {row[1]:>22.2f} {row[2]:>14.1f}    {grown}", flush=True)
        before = row
    print("options    decide, ms")
    for count in range(2, 7):
        more = with_options(snapshot, count)
        model.decide(ProjectNeeds(), more)
        times = timed(lambda run, more=more: model.decide(varied(run), more))  # type: ignore[misc]
        print(f"{count:>7} {1e3 * float(np.median(times)):>13.2f}", flush=True)


def _sizes(snapshot: Snapshot, n: int) -> tuple[float, float, float]:
    """Medians in ms for `n` draws: deciding, drawing as many numbers, explaining."""
    count, generator = numbers_drawn(n) // n, np.random.default_rng(1)
    times = in_turns({"decide": lambda run: model.decide(varied(run), snapshot, n),
                      "floor": lambda run: generator.standard_normal((n, count))}, 15)
    explained = timed(lambda run: _all_of(hiring.explain(model.decide(ProjectNeeds(developers=2 + run / 9), snapshot,
                                                                     n))), 5)
    median = [1e3 * float(np.median(taken)) for taken in (times["decide"], times["floor"], explained)]
    return median[0], median[1], median[2]


def _all_of(explanation: Explanation) -> None:
    for part in EXPLANATION_PARTS:
        getattr(explanation, part)


def with_options(snapshot: Snapshot, count: int) -> Snapshot:
    """The evidence with `count` options: some of the three, or copies of them under other names."""
    options, figures = list(snapshot.options[:count]), dict(snapshot.figures)
    for place in range(len(options), count):
        like = snapshot.options[place % len(snapshot.options)]
        new = f"{like.id}_{place}"
        options.append(replace(like, id=new))
        figures |= _figures_of(snapshot, like, new)
    return replace(snapshot, options=tuple(options), figures=figures)


def _figures_of(snapshot: Snapshot, like: Option, new: str) -> dict[str, Figure]:
    copies = {".".join(new if part == like.id else part for part in id_.split(".")): figure
              for id_, figure in snapshot.figures.items() if like.id in id_.split(".")}
    return {id_: replace(figure, id=id_) for id_, figure in copies.items()}


def listing() -> None:
    """A list of 1,000 projects in this process, step by step; `python -m benchmarks.lists` runs the whole command."""
    rows = 1_000
    text = io.StringIO()
    csv.writer(text).writerows([["project", "developers"], *([f"P{row}", 1 + row / 100] for row in range(rows))])
    content = text.getvalue().encode()
    checked = check(ProjectList(io.BytesIO(content)), rows)
    times = {"checked": timed(lambda _: check(ProjectList(io.BytesIO(content)), rows), 5),
             "decided": timed(lambda _: _decided(checked), 5)}
    for name, taken in times.items():
        report(f"list of {rows:,} projects {name}", taken)
    whole = float(np.median(np.add(times["checked"], times["decided"])))
    print(f"  {rows / whole:,.0f} projects a second in one process")


def _decided(checked: Checked) -> None:
    for project in checked.projects:
        decide(project.needs)
