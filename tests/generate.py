"""Writes what is made from the needs, the figures and the model: `python -m tests.generate`.

The tables of `docs/`, the places of figures in packed links, a new version of the link where the needs have changed,
and golden links for a version of the link or the model that has none. What was issued once is never changed. And the
picture that chats show of a shared address.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

import typst

from hiring import MODEL_VERSION, ProjectNeeds, decide
from hiring.evidence.loader import load_evidence
from hiring.links import comparison_link, own_figures_codec, project_link
from hiring.lists.examples import load_examples
from hiring.model import countries
from hiring.model.evidence import Evidence
from hiring.model.needs import NEEDS
from hiring.text.preview_text import previews
from hiring.text.verdict_text import MIX_COLOR_HEX
from hiring.web.server import page_head
from tests import docs, golden_rows

IDS = Path(own_figures_codec.__file__).parent / "figure_ids.txt"
VERSIONS = Path(project_link.__file__).parent / "link_versions.toml"


def figure_ids() -> None:
    """Add the figures that have no place yet."""
    evidence = load_evidence()
    known = {figure.id for figure in evidence.figures} | countries.rows_by_id(evidence.as_of(evidence.dates[-1])).keys()
    new = sorted(known - set(own_figures_codec.IDS))
    if new:
        IDS.write_text("\n".join([*own_figures_codec.IDS, *new]) + "\n", encoding="utf-8")


def link_version() -> None:
    """Bring a draft up to today's needs, or add a draft where the newest version of the link has other needs."""
    query = project_link.encode(ProjectNeeds(), load_evidence().dates[-1])
    now = {name: text for name, text in query.items() if name in NEEDS}
    newest, text = project_link.VERSIONS[project_link.LINK_VERSION], VERSIONS.read_text(encoding="utf-8")
    if now == newest.fields:
        return
    number = project_link.LINK_VERSION
    if newest.is_draft:
        text = text[:text.index(f"[{number}.fields]")]
    else:
        number = str(int(number) + 1)
        text += f"\n[{number}]\ndraft = true\nalso = {json.dumps(sorted(newest.also))}\n"
        text += f"reserved = {json.dumps(sorted(newest.reserved))}\n\n"
    lines = [f"[{number}.fields]", *(f"{name} = {json.dumps(now[name])}" for name in NEEDS)]
    VERSIONS.write_text(text + "\n".join(lines) + "\n", encoding="utf-8")
    project_link.VERSIONS[number] = newest._replace(fields=now, is_draft=True)
    project_link.LINK_VERSION = number


def golden_links() -> None:
    """Write golden links of the present version and model: the examples and what is next to the default project. A
    draft has none."""
    if project_link.VERSIONS[project_link.LINK_VERSION].is_draft:
        return
    projects = [ProjectNeeds(), *load_examples().values(), ProjectNeeds(budget_usd=400_000, deadline_months=12),
                ProjectNeeds(upkeep_developers=0), ProjectNeeds(developers=0.3, build_months=1),
                ProjectNeeds(developers=20, build_months=24, budget_usd=20_000_000, scale="massive"),
                ProjectNeeds(location="us-ca", wage_basis="oews", seniority="senior")]
    queries = []
    for needs in projects:
        decision = decide(needs)
        queries.append(project_link.encode(needs, decision.as_of, (), project_link.said_by(decision), decision.as_of))
    _write(f"links-{project_link.LINK_VERSION}", map(urlencode, queries), golden_rows.numbers)
    scenarios = [comparison_link.Scenario(
        f"Plan {number}", *project_link.decode(query, load_evidence(), golden_rows.TODAY)[:5])
        for number, query in enumerate(queries, 1)]
    pairs = [comparison_link.encode([one, other._replace(name="")]) for one, other in pairwise(scenarios)]
    _write(comparison_link.VERSION.replace("compare", "comparisons"), map(urlencode, pairs), golden_rows.compared)


def _write(name: str, queries: Iterable[str], row: Callable[[str, Evidence], dict[str, str]]) -> None:
    file = golden_rows.FOLDER / f"model-{MODEL_VERSION}" / f"{name}.csv"
    if file.exists():
        return
    file.parent.mkdir(exist_ok=True)
    rows = [row(query, load_evidence()) for query in queries]
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(max(rows, key=len)), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def picture() -> bytes:
    """The picture of a shared address, PNG."""
    plans = [*((option.label, option.color_hex) for option in load_evidence().options), ("Mix", MIX_COLOR_HEX)]
    said = previews()[""]
    return typst.compile(page_head.PICTURE.with_suffix(".typ"), format="png", ppi=72, ignore_system_fonts=True,
                         sys_inputs={"title": said.title, "sentence": said.sentence, "plans": json.dumps(plans)})


def main() -> None:
    figure_ids()
    link_version()
    golden_links()
    docs.main()
    page_head.PICTURE.write_bytes(picture())


if __name__ == "__main__":
    main()
