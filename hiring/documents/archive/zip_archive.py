"""The archive: one zip with the summary, spending by month, every figure that was used, and their description."""

from __future__ import annotations

import io
import json
import math
import zipfile
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np

from hiring.documents.archive.datapackage import TABLES, descriptor, title
from hiring.evidence import option_words
from hiring.lists import summary
from hiring.model import countries
from hiring.model.decision import MIX, MODEL_VERSION, Decision
from hiring.model.evidence import Figure, Source, Wage
from hiring.model.quantiles import quantile
from hiring.model.schedule import WEEKS_A_MONTH
from hiring.text import currencies, verdict_text
from hiring.text.formatting import isolated, lines, one_line, unmarked, whole_amount

QUANTILES = {"p10": 0.1, "p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9}
JOINED = "; "
LAST_MONTH = 240  # twice the longest upkeep; only extreme own figures make a build last longer
DESCRIPTORS = ("metadata.json", "datapackage.json")  # the standard's tools look for the second name


def to_zip(decision: Decision, link: str, made: date, prepared_by: str = "", reference: str = "",
           assumed: Collection[str] = (), reason: str = "") -> bytes:
    """The archive of one decision, dated `made`; the same arguments give the same bytes.

    Its readme and its figures are in the currency of the decision. `assumed` are the needs that nobody has answered.
    `prepared_by`, `reference` and `reason` are free texts, and appear only in the archive. The first two are put on one
    line.
    """
    link, prepared_by, reference = map(one_line, (link, prepared_by, reference))
    reason = lines(reason)
    with currencies.amounts_in(currencies.of(decision)):
        tables = {"summary": summary.to_csv(decision, link, assumed), "futures": _csv(futures_rows(decision)),
                  "figures": _csv(figures_rows(decision))}
        description = descriptor(decision, tables, sources_used(decision), link, made, prepared_by, reference, reason)
        readme = readme_of(decision, link, made, prepared_by, reference, reason).encode()
    metadata = f"{json.dumps(description, indent=2, ensure_ascii=False)}\n".encode()
    return zipped({"readme.md": readme, **{f"{name}.csv": content for name, content in tables.items()},
                   **dict.fromkeys(DESCRIPTORS, metadata)}, made)


def zipped(files: Mapping[str, bytes], made: date) -> bytes:
    """Files as a zip that does not depend on the machine or the clock."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            entry = zipfile.ZipInfo(name, (made.year, made.month, made.day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # a plain file on any system
            archive.writestr(entry, file, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _csv(rows: Iterator[dict[str, Any]]) -> bytes:
    return summary.to_bytes(map(summary.cells_of, rows))


def futures_rows(decision: Decision) -> Iterator[dict[str, Any]]:
    """Quantiles of what each option and the mix have spent by each month, and the share of simulations released by
    then."""
    months = np.arange(min(LAST_MONTH, math.ceil(decision.last_month)) + 1, dtype=float)
    for option, outcome in decision.all_outcomes.items():
        spent = quantile(outcome.course.cumulative(months * WEEKS_A_MONTH), list(QUANTILES.values()))
        released = np.mean(outcome.finish <= months[:, None] * WEEKS_A_MONTH, axis=1)
        for month, usd, share in zip(months.tolist(), spent.T.tolist(), released.tolist(), strict=True):
            spending = {f"spent_{name}_usd": part for name, part in zip(QUANTILES, usd, strict=True)}
            local = {f"spent_{name}": part * decision.per_dollar for name, part in zip(QUANTILES, usd, strict=True)}
            yield {"option": option, "month": int(month), "currency": decision.currency, **local,
                   "released_share": share, **spending}


def figures_rows(decision: Decision) -> Iterator[dict[str, Any]]:
    """Every figure behind the decision once, in the currency of the country, with the evidence that an own figure
    replaces."""
    evidence = countries.in_country(decision.evidence.origin or decision.evidence, decision.evidence.country)
    for part, figures in decision.figures_used().items():
        for figure in figures:
            yield _figure(part, evidence.figures.get(figure.id, figure), evidence.replaced.get(figure.id),
                          evidence.sources)
    for wage in decision.wages_used():
        yield _figure("cost", _median(wage), None, evidence.sources)


def _figure(part: str, figure: Figure, replaced: Figure | None, sources: Mapping[str, Source]) -> dict[str, Any]:
    row = replaced or figure
    cited = [sources[source] for source in row.source]
    return {
        "id": figure.id, "part": part, "low": figure.low, "central": figure.central, "high": figure.high,
        "unit": figure.unit, "kind": figure.kind, "quality": figure.quality, "overridden": "yes" if replaced else "no",
        **{f"evidence_{name}": replaced and getattr(replaced, name) for name in ("low", "central", "high")},
        "valid_from": row.valid_from.isoformat(), "recorded": row.recorded.isoformat(),
        "source": JOINED.join(row.source), "producer": JOINED.join(source.producer for source in cited),
        "title": JOINED.join(source.title for source in cited),
        "address": JOINED.join(source.address for source in cited if source.address),
        "locator": row.locator, "note": row.note,
    }


def _median(wage: Wage) -> Figure:
    """The number of a wage row that the model uses."""
    return Figure(id=f"wages.{wage.id}", table="wages", low=wage.p50, central=wage.p50, high=wage.p50,
                  unit="USD per year", valid_from=wage.valid_from, recorded=wage.recorded, kind=wage.kind,
                  quality=wage.quality, source=wage.source, locator=wage.locator,
                  note=f"Median wage of software developers, {wage.area}. Salaries are scaled by the area's median "
                       "over the nation's.")


def sources_used(decision: Decision) -> list[Source]:
    """The sources of the figures, the wages and the rules and laws that apply, by id."""
    figures = {source for row in figures_rows(decision) for source in row["source"].split(JOINED) if source}
    ruled = {source for found in decision.findings.values() for finding in found for source in finding.sources}
    return [decision.evidence.sources[source] for source in sorted(figures | ruled)]


def readme_of(decision: Decision, link: str, made: date, prepared_by: str, reference: str, reason: str = "") -> str:
    """What the archive is and says, in Markdown. A user's texts are in code blocks, so Markdown shows them as typed. A
    text of several lines is indented: a line of it could close a fence."""
    about = {"Project": decision.needs.project, "Prepared by": prepared_by, "Reference": reference,
             "Made": made.isoformat(), "Evidence": decision.as_of.isoformat(), "Model": MODEL_VERSION, "Link": link}
    return README.format(
        title=title(), currency=currencies.shown().name, nouns=option_words.joined(option_words.nouns(), "and"),
        about="\n".join(f"{name + ':':<13}{text}" for name, text in about.items() if text),
        verdict=unmarked(verdict_text.verdict(decision)), options="\n".join(_options(decision)), own=_own(decision),
        reason="\n".join(("\n## Reason and alternatives\n", *(f"    {line}" for line in reason.split("\n")), ""))
        if reason else "", citation=citation(decision, link, made, prepared_by),
        files="\n".join(f"| `{name}.csv` | {title} |" for name, (title, *_) in TABLES.items()))


def citation(decision: Decision, link: str, made: date, prepared_by: str) -> str:
    """A citation of the result, on one line."""
    project = decision.needs.project
    author = f"{isolated(prepared_by)}: " if prepared_by else ""
    subject = f" {isolated(project)}" if project else ""
    return (f"{author}{title()}{subject}. Model version {MODEL_VERSION}, evidence of {decision.as_of}, made {made}."
            f"{f' {link}' if link else ''}")


def _options(decision: Decision) -> Iterator[str]:
    """The rows of the table of options; the mix has no first share, nor has any plan where none fits."""
    for id_, outcome in decision.all_outcomes.items():
        low, median, high = map(_amount, outcome.cost_quantiles)
        keeps = verdict_text.share_of_hundred(outcome.keep_share, decision) if decision.has_limits else "no limit"
        name = decision.mix.label if decision.mix and id_ == MIX else outcome.option.label
        yield f"| {name} | {decision.of_hundred.get(id_, '')} | {keeps} | {median} | {low} to {high} |"


def _amount(usd: float) -> str:
    """An amount to three digits, in full."""
    return whole_amount(float(f"{currencies.shown().amount(usd):.3g}"))


def _own(decision: Decision) -> str:
    count = sum(row["overridden"] == "yes" for row in figures_rows(decision))
    if not count:
        return ""
    replaced = "1 own figure replaces" if count == 1 else f"{count} own figures replace"
    return f"\n{replaced} the evidence’s; `figures.csv` marks each one and keeps the original.\n"


README = """# {title}

One software project, tested for {nouns} in thousands of simulations.

```text
{about}
```

## What it says

**{verdict}.**

| plan | first of the options, of 100 simulations | within limits | median cost | cost in 8 of 10 simulations |
| --- | --- | --- | --- | --- |
{options}

Costs are in {currency} for the build and the upkeep. A first share is not the chance that the answer is right: it says
how often an option scores highest when the figures vary within their ranges.
{own}{reason}
## How to cite

```text
{citation}
```

## Files

| file | contents |
| --- | --- |
{files}
| `metadata.json` | Every file, column and source in the Data Package standard, version 2 (https://datapackage.org) |
| `datapackage.json` | The same, under the name that the standard's tools look for |

**This archive contains the budget**, all other answers and your own figures. Send it only to people who may see them.
"""
