"""The archive holds what the decision says and used, and says it in the Data Package standard."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from frictionless import Package, Report
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from hiring import ProjectNeeds
from hiring.documents.archive.zip_archive import LAST_MONTH, to_zip
from hiring.lists.summary import to_csv
from hiring.model.decision import MIX, MODEL_VERSION, Decision, decide
from hiring.model.evidence import Snapshot
from hiring.model.own_figures import Own, Range, with_own
from hiring.text import verdict_text
from hiring.text.formatting import one_line, unmarked
from tests.cells import NAMES as HOSTILE
from tests.cells import formulas
from tests.factories import DAY, LIMITED, SNAPSHOT, certain
from tests.strategies import own_figures, plausible_projects, projects

MADE = date(2026, 12, 1)
LINK = "https://example.org/decide?budget_usd=600000&project=Caf%C3%A9+portal&v=2"
PUBLISHED = Draft7Validator(json.loads(  # the standard's schema, as its own Python package carries it
    files("dplib").joinpath("profiles/2.0/datapackage.json").read_text(encoding="utf-8")))
RATE, SALARY = "freelance.us.mid", "in_house.article.mid"
NAMES = ["👩\u200d💻 app", "بوابة العملاء", 'a "quoted", name', "=1+1", "| a | `b` |", "```",
         "{link}", "日本", "=" * 80]
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)

# Each example is simulated, packed and unpacked, so a dozen of each are enough.
FEW = settings(deadline=None, derandomize=True, max_examples=12, suppress_health_check=list(HealthCheck))


def decided(needs: ProjectNeeds, own: Own = (), n: int = 400, evidence: Snapshot = SNAPSHOT) -> Decision:
    return decide(needs, with_own(evidence, own), n)


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def files_of(needs: ProjectNeeds, own: Own = (), **more: str) -> dict[str, bytes]:
    return opened(to_zip(decided(needs, own), LINK, MADE, **more))


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def validated(files: Mapping[str, bytes], name: str = "metadata.json") -> Report:
    """What the standard's validator finds in the unpacked files."""
    with tempfile.TemporaryDirectory() as folder:
        for file, content in files.items():
            Path(folder, file).write_bytes(content)
        return Package(str(Path(folder, name))).validate()


def refusals(files: Mapping[str, bytes]) -> list[str]:
    """What the validator and the published JSON Schema find wrong."""
    schema = [error.message for error in PUBLISHED.iter_errors(json.loads(files["metadata.json"]))]
    return [*schema, *(f"{kind}: {note}" for kind, note in validated(files).flatten(["type", "note"]))]


TYPICAL = replace(LIMITED, project="Café portal")
NONE_FIT = ProjectNeeds(budget_usd=1_000, start_within_weeks=0)
CALIFORNIA = ProjectNeeds(location="us-ca", seniority="senior")


# The standard

@settings(FEW, max_examples=8)
@given(st.one_of(plausible_projects(), projects()), own_figures(), ANYTHING, ANYTHING)
@example(NONE_FIT, (), "", "")
@example(CALIFORNIA, ((RATE, Range(80.5, 80.5, 80.5)), ("load", Range(1, 1.3, 2))), "\n# A\r\n|b|", "\ud800 \u2028 =1")
@example(ProjectNeeds(developers=0.1, build_months=0.25, start_within_weeks=0, upkeep_developers=0, upkeep_months=0),
         (), "A. Person", "R-1")
@example(ProjectNeeds(developers=50, build_months=60, start_within_weeks=52, deadline_months=72, upkeep_developers=50,
                      upkeep_months=120, budget_usd=100_000_000), (), "", "")
def test_any_archive_is_valid_by_the_standards_own_validator_and_by_its_published_schema(
        needs: ProjectNeeds, own: Own, prepared_by: str, reference: str) -> None:
    files = opened(to_zip(decided(needs, own), LINK, MADE, prepared_by, reference))
    assert refusals(files) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_means_something_to_a_format_breaks_none(name: str) -> None:
    files = files_of(ProjectNeeds(project=name), prepared_by=name, reference=name)
    assert refusals(files) == []
    metadata = json.loads(files["metadata.json"])
    assert metadata["title"] == f"Freelance, in-house or agency? {name}".strip()
    assert [it["title"] for it in metadata.get("contributors", [])] == [name] * bool(name)
    assert re.fullmatch(r"[-a-z0-9._]+", metadata["name"])


@pytest.mark.parametrize("name", HOSTILE[:3])
def test_no_csv_file_holds_a_formula(name: str) -> None:
    files = files_of(ProjectNeeds(project=name), prepared_by=name, reference=name)
    assert not any(formulas(content) for file, content in files.items() if file.endswith(".csv"))


def test_tools_of_the_standard_open_the_zip_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "project.zip"
    path.write_bytes(to_zip(decided(TYPICAL), LINK, MADE))
    report = Package(str(path)).validate()
    assert report.valid
    assert [task.name for task in report.tasks] == ["summary", "futures", "figures"]


@pytest.mark.parametrize(("file", "was", "now", "kind"), [
    ("summary.csv", b",in_house,", b",in_haus,", "constraint-error"),
    ("summary.csv", b",in_house,in_house,", b",agency,agency,", "primary-key"),
    ("summary.csv", b",2026-11-22,", b",22.11.2026,", "type-error"),
    ("futures.csv", b"in_house,3,", b"in_house,three,", "type-error"),
    ("futures.csv", b",1.00000,", b",1.00001,", "constraint-error"),
    ("futures.csv", b"in_house,3,", b"in_house,4,", "primary-key"),
    ("figures.csv", b"overrun.mostly_clear,time,0", b"overrun.mostly_clear,time,-0", "constraint-error"),
    ("figures.csv", b",ratio,", b",ratios,", "constraint-error"),
    ("figures.csv", b",no,,,,", b",maybe,,,,", "type-error"),
    ("figures.csv", b"quality,overridden", b"quality,override", "incorrect-label"),
    ("futures.csv", b"in_house,3,", b"in_house,3,7,", "extra-cell"),
])
def test_the_validator_finds_a_cell_that_was_spoiled(file: str, was: bytes, now: bytes, kind: str) -> None:
    files = files_of(TYPICAL)
    assert was in files[file]
    found = {error for [error] in validated({**files, file: files[file].replace(was, now, 1)}).flatten(["type"])}
    assert kind in found
    assert "hash-count" in found


def spoiled(files: Mapping[str, bytes], change: Any) -> dict[str, bytes]:
    metadata = json.loads(files["metadata.json"])
    change(metadata)
    return {**files, "metadata.json": json.dumps(metadata).encode()}


def set_type(table: int, column: str, kind: str) -> Any:
    def change(metadata: dict[str, Any]) -> None:
        field = next(f for f in metadata["resources"][table]["schema"]["fields"] if f["name"] == column)
        field["type"] = kind
    return change


@pytest.mark.parametrize(("change", "kind"), [
    (set_type(0, "score", "integer"), "type-error"),
    (set_type(1, "month", "date"), "type-error"),
    (set_type(2, "kind", "number"), "type-error"),
    (lambda metadata: metadata["resources"][1].update(bytes=1), "byte-count"),
    (lambda metadata: metadata["resources"][0]["schema"]["fields"].pop(), "extra-label"),
])
def test_the_validator_finds_a_descriptor_that_does_not_fit_the_files(change: Any, kind: str) -> None:
    assert kind in {error for [error] in validated(spoiled(files_of(TYPICAL), change)).flatten(["type"])}


@pytest.mark.parametrize("change", [
    lambda metadata: metadata.update(contributors=[]), lambda metadata: metadata.pop("resources"),
    set_type(0, "rank", "whole"), lambda metadata: metadata["resources"][0].update(path="/etc/passwd")])
def test_the_published_schema_refuses_a_spoiled_descriptor(change: Any) -> None:
    assert list(PUBLISHED.iter_errors(json.loads(spoiled(files_of(TYPICAL), change)["metadata.json"])))


# The files

def test_the_archive_holds_its_files_and_the_descriptor_under_both_names() -> None:
    files = files_of(TYPICAL)
    assert list(files) == ["readme.md", "summary.csv", "futures.csv", "figures.csv", "metadata.json",
                           "datapackage.json"]
    assert files["metadata.json"] == files["datapackage.json"]


def test_the_summary_is_the_summary_byte_for_byte() -> None:
    assert files_of(TYPICAL)["summary.csv"] == to_csv(decided(TYPICAL), LINK)


def test_the_same_decision_gives_the_same_bytes_and_another_day_or_text_gives_others() -> None:
    def made(day: date = MADE, **more: str) -> bytes:
        return to_zip(decided(TYPICAL), LINK, day, **more)

    assert made() == made()
    assert len({made(), made(date(2026, 12, 2)), made(reference="R-1"), made(prepared_by="R-1")}) == 4
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 12, 1, 0, 0, 0)}


@FEW
@given(ANYTHING, ANYTHING)
def test_prepared_by_and_reference_go_into_no_csv_file(prepared_by: str, reference: str) -> None:
    plain, signed = files_of(TYPICAL), files_of(TYPICAL, prepared_by=prepared_by, reference=reference)
    assert {name for name in plain if plain[name] != signed[name]} <= {"readme.md", "metadata.json", "datapackage.json"}


# Futures

def test_spending_by_month_is_that_of_a_project_worked_by_hand() -> None:
    # One freelancer at $100 an hour is $4,000 a week. Six months are 26 weeks, at the productive share that work is
    # measured by, without ramp-up or overrun; to find and sign the freelancer costs $600. Nothing else costs anything.
    free = {"lead_weeks.freelance": 0, "ramp_weeks.freelance": 0, "overrun.mostly_clear": 1, "freelance.us.mid": 100,
            "wage_growth": 0, "fee_share.freelance": 0, "steering_share.freelance": 0, "sourcing_usd.freelance": 600,
            "equipment_usd.freelance": 0, "attrition_per_year.freelance": 0, "exit_weeks.freelance": 0,
            "productive_share.freelance": SNAPSHOT.central("productive_share.in_house")}
    needs = ProjectNeeds(developers=1, build_months=6, upkeep_developers=0, upkeep_months=6)
    decision = decided(needs, n=10, evidence=certain(SNAPSHOT, free))
    rows = {int(row["month"]): row for row in rows_of(opened(to_zip(decision, LINK, MADE))["futures.csv"])
            if row["option"] == "freelance"}
    spent = {month: [row[f"spent_{name}_usd"] for name in ("p10", "p25", "median", "p75", "p90")]
             for month, row in rows.items()}
    assert spent[3] == ["52600"] * 5
    assert spent[7] == spent[12] == ["104600"] * 5
    assert [rows[month]["released_share"] for month in (0, 5, 7, 12)] == ["0.00000", "0.00000", "1.00000", "1.00000"]


def test_the_archive_of_a_project_abroad_has_its_figures_in_the_currency_of_the_country() -> None:
    own = with_own(SNAPSHOT, [("gb.in_house.survey.mid", Range(70_000, 70_000, 70_000))])
    decision = decided(ProjectNeeds(location="gb"), n=40, evidence=own)
    files = opened(to_zip(decision, LINK, MADE))
    figures = {row["id"]: row for row in rows_of(files["figures.csv"])}
    salary, row = figures["in_house.survey.mid"], SNAPSHOT.country_figures["gb.in_house.survey.mid"]
    assert (float(salary["central"]), float(salary["evidence_central"]), salary["unit"]) == (
        70_000, row.central, "GBP per year")
    assert not any(row["unit"].startswith("USD") for row in figures.values())
    months = rows_of(files["futures.csv"])
    assert {row["currency"] for row in months} == {"GBP"}
    assert float(months[-1]["spent_median"]) == pytest.approx(
        float(months[-1]["spent_median_usd"]) * SNAPSHOT.exchange_rates["GBP"].central, abs=1)
    readme = files["readme.md"].decode()
    assert "Costs are in British pounds for" in readme
    assert "$" not in readme
    assert refusals(files) == []


def interpolated(values: np.ndarray, share: float) -> float:
    """A quantile from its definition: the place `share` × (n − 1) among the sorted values, in a straight line."""
    low, part = divmod(share * (len(values) - 1), 1)
    ordered = sorted(values.tolist())
    return ordered[int(low)] + part * (ordered[min(int(low) + 1, len(values) - 1)] - ordered[int(low)])


@FEW
@given(plausible_projects())
def test_once_all_upkeep_has_ended_what_was_spent_is_the_cost(needs: ProjectNeeds) -> None:
    decision = decided(needs, n=41)
    rows = rows_of(opened(to_zip(decision, LINK, MADE))["futures.csv"])
    for option, outcome in decision.all_outcomes.items():
        last = [row for row in rows if row["option"] == option][-1]
        finish = outcome.finish * 12 / 52
        assert float(last["released_share"]) == pytest.approx(np.sum(finish <= int(last["month"])) / 41, abs=6e-6)
        if max(finish) + needs.upkeep_months <= int(last["month"]):
            for name, share in {"p10": 0.1, "p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9}.items():
                assert int(last[f"spent_{name}_usd"]) == pytest.approx(interpolated(outcome.total, share), abs=0.51)


@FEW
@given(plausible_projects(), own_figures())
def test_quantiles_are_in_order_and_neither_spending_nor_releases_ever_fall(needs: ProjectNeeds, own: Own) -> None:
    rows = rows_of(files_of(needs, own)["futures.csv"])
    for option in {row["option"] for row in rows}:
        columns = ["month", *(name for name in rows[0] if name.endswith("_usd")), "released_share"]
        table = np.array([[float(row[name]) for name in columns] for row in rows if row["option"] == option])
        assert table[:, 0].tolist() == list(range(len(table)))
        assert (np.diff(table[:, 1:6], axis=1) >= 0).all()
        assert (np.diff(table[:, 1:], axis=0) >= 0).all()


def test_a_build_that_never_seems_to_end_ends_the_table_all_the_same() -> None:
    endless = (("overrun.mostly_clear", Range(20, 20, 20)), ("productive_share.agency", Range(0.01, 0.01, 0.01)))
    rows = rows_of(files_of(ProjectNeeds(build_months=60), endless)["futures.csv"])
    assert max(int(row["month"]) for row in rows) == LAST_MONTH
    assert [row["released_share"] for row in rows if row["option"] == "agency"][-1] == "0.00000"


# Figures

def figures_of(needs: ProjectNeeds, own: Own = ()) -> dict[str, dict[str, str]]:
    rows = rows_of(files_of(needs, own)["figures.csv"])
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: row for row in rows}


@FEW
@given(plausible_projects(), own_figures())
@example(ProjectNeeds(budget_usd=None), ())
def test_each_figure_that_was_used_is_there_once_with_the_numbers_used(
        needs: ProjectNeeds, own: Own) -> None:
    decision, rows = decided(needs, own), figures_of(needs, own)
    used = {figure.id: figure for part in decision.figures_used().values() for figure in part}
    assert {id_ for id_ in rows if not id_.startswith("wages.")} == set(used)
    for id_, figure in used.items():
        assert [float(rows[id_][name]) for name in ("low", "central", "high")] == [
            figure.low, figure.central, figure.high]
    assert {id_ for id_, row in rows.items() if row["overridden"] == "yes"} == dict(own).keys() & used.keys()


def test_weights_ratings_levels_and_bounds_are_figures_too() -> None:
    rows = figures_of(TYPICAL)
    for id_, part in {"importance.cost": "fit", "security.agency": "fit", "security.data_sensitivity.internal": "fit",
                      "close_call_share": "method", "overrun.mostly_clear": "time", SALARY: "cost"}.items():
        assert rows[id_]["part"] == part


def test_an_own_figure_keeps_the_row_that_it_replaces_and_that_rows_source() -> None:
    own, plain = figures_of(TYPICAL, ((RATE, Range(70, 80, 90.5)),))[RATE], figures_of(TYPICAL)[RATE]
    assert [own[name] for name in ("low", "central", "high", "kind", "quality", "overridden")] == [
        "70", "80", "90.5", "own", "own", "yes"]
    assert [own[f"evidence_{name}"] for name in ("low", "central", "high")] == ["65", "95", "140"]
    assert [plain[f"evidence_{name}"] for name in ("low", "central", "high")] == ["", "", ""]
    assert plain["overridden"] == "no"
    for name in ("unit", "valid_from", "recorded", "source", "producer", "title", "address", "locator", "note"):
        assert own[name] == plain[name] != ""


def test_sources_are_in_words_and_by_address_in_the_same_order() -> None:
    row = figures_of(TYPICAL)["load"]
    known = [SNAPSHOT.sources[id_] for id_ in row["source"].split("; ")]
    assert len(known) == 2
    assert row["producer"].split("; ") == [it.producer for it in known]
    assert row["title"].split("; ") == [it.title for it in known]
    assert row["address"].split("; ") == [it.address for it in known]


def test_a_source_without_an_address_leaves_no_gap_among_the_addresses() -> None:
    row = figures_of(TYPICAL)["capability.agency"]
    assert row["source"] == "article; assumed"
    assert row["address"] == SNAPSHOT.sources["article"].address


def test_wages_are_there_if_they_scale_a_salary_and_only_there() -> None:
    rows = figures_of(CALIFORNIA)
    assert {id_ for id_ in rows if id_.startswith("wages.")} == {"wages.us-ca", "wages.us"}
    assert float(rows["wages.us-ca"]["central"]) / float(rows["wages.us"]["central"]) == SNAPSHOT.wage_ratio("us-ca")
    offer = (("in_house.article.senior", Range(150_000, 150_000, 150_000)),)
    assert decided(TYPICAL).wages_used() == decided(CALIFORNIA, offer).wages_used() == ()


@FEW
@given(plausible_projects(), own_figures())
def test_the_descriptor_names_every_source_that_a_figure_or_a_rule_that_applies_cites(
        needs: ProjectNeeds, own: Own) -> None:
    files, decision = files_of(needs, own), decided(needs, own)
    metadata = json.loads(files["metadata.json"])["sources"]
    cited = {id_ for row in rows_of(files["figures.csv"]) for id_ in row["source"].split("; ")} - {""}
    ruled = {id_ for found in decision.findings.values() for finding in found for id_ in finding.sources}
    assert {it["hiring:id"] for it in metadata} == cited | ruled
    assert len(metadata) == len(cited | ruled)
    assert {it["path"] for it in metadata if "path" in it} == {
        SNAPSHOT.sources[id_].address for id_ in cited | ruled} - {""}


# The descriptor and the readme

def test_the_descriptor_says_who_when_by_which_model_and_where_it_came_from() -> None:
    metadata = json.loads(files_of(TYPICAL, prepared_by="A. Person", reference="R-1")["metadata.json"])
    assert metadata["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    keys = ("name", "created", "version", "hiring:reference", "hiring:link", "hiring:asOf")
    assert [metadata[key] for key in keys] == [
        "caf-portal", "2026-12-01T00:00:00Z", MODEL_VERSION, "R-1", LINK, DAY.isoformat()]
    assert metadata["contributors"] == [{"title": "A. Person", "roles": ["creator"]}]


def test_what_was_not_given_is_left_out_of_the_descriptor_and_the_readme() -> None:
    files = opened(to_zip(decided(ProjectNeeds()), "", MADE))
    assert not json.loads(files["metadata.json"]).keys() & {"contributors", "hiring:reference", "hiring:link"}
    assert not re.search(r"^(Project|Prepared by|Reference|Link):", files["readme.md"].decode(), re.MULTILINE)


def test_the_readme_says_the_verdict_the_costs_and_how_to_cite_them() -> None:
    decision = decided(TYPICAL)
    text = opened(to_zip(decision, LINK, MADE, "A. Person", "R-1"))["readme.md"].decode()
    assert f"**{unmarked(verdict_text.verdict(decision))}.**" in text
    for id_, outcome in decision.all_outcomes.items():
        name = decision.mix.label if decision.mix and id_ == MIX else outcome.option.label
        cells = re.search(rf"^\| {name} \| (\d*) \| (\S+) \| (\S+) \| (\S+) to (\S+) \|$", text, re.MULTILINE)
        first, keeps, *usd = cells.groups()
        assert first == str(decision.of_hundred.get(id_, ""))
        assert keeps == verdict_text.share_of_hundred(outcome.keep_share, decision)
        low, median, high = outcome.cost_quantiles
        for shown, exact in zip(usd, (median, low, high), strict=True):
            assert float(shown.replace("$", "").replace(",", "")) == pytest.approx(exact, rel=0.005)
    assert (f"\u2068A. Person\u2069: Freelance, in-house or agency? \u2068Café portal\u2069. Model version "
            f"{MODEL_VERSION}, evidence of 2026-11-22, made 2026-12-01. {LINK}\n") in text
    for sentence in ("contains the budget", "is not the chance that the answer is right", "Reference:   R-1"):
        assert sentence in text


def readme_of(needs: ProjectNeeds, own: Own = ()) -> str:
    return files_of(needs, own)["readme.md"].decode()


def test_the_readme_says_so_where_no_limit_was_given() -> None:
    assert readme_of(ProjectNeeds()).count("| no limit |") == 4


def test_the_readme_counts_the_own_figures_that_were_used_and_no_others() -> None:
    used, unused = (RATE, Range(80, 80, 80)), ("freelance.asia.junior", Range(20, 20, 20))
    assert "own figure" not in readme_of(TYPICAL, (unused,)).split("## How to cite")[0]
    assert "1 own figure replaces the evidence" in readme_of(TYPICAL, (unused, used))
    two = tuple(sorted((used, ("load", Range(1.2, 1.3, 1.4)))))
    assert "2 own figures replace the evidence" in readme_of(TYPICAL, two)


@FEW
@given(st.sampled_from(NAMES), ANYTHING, ANYTHING)
@example("```", "```\n# Heading", "| cell\n```")
def test_a_users_text_in_the_readme_never_leaves_its_line(name: str, prepared_by: str, reference: str) -> None:
    needs = ProjectNeeds(project=name)
    plain, signed = readme_of(needs), opened(to_zip(decided(needs), LINK, MADE, prepared_by, reference))["readme.md"]
    lines = signed.decode().split("\n")
    assert [line for line in lines if line.startswith("```")] == ["```text", "```"] * 2
    given = bool(one_line(prepared_by)) + bool(one_line(reference))
    assert len(lines) == len(plain.split("\n")) + given
    assert len([line for line in lines if line.startswith("#")]) == 4


@pytest.mark.parametrize("line", ["```", "# Heading", "</code>", "two words"])
def test_a_reason_of_several_lines_is_in_the_readme_as_typed_and_in_the_descriptor(line: str) -> None:
    files = files_of(TYPICAL, reason=f"\n{line}\r\n\n{line}\x00\n")
    readme = files["readme.md"].decode()
    assert f"\n## Reason and alternatives\n\n    {line}\n    \n    {line}\n\n## How" in readme
    assert json.loads(files["metadata.json"])["hiring:reason"] == f"{line}\n\n{line}"
    assert refusals(files) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("  a \n b\tc\r\n", "a b c"), ("a\x00b\x1b[31m", "a b [31m"), ("\u202eevil", "evil"), ("\ud800x", "x"),
    ("👩‍💻 بوابة\u200f", "👩‍💻 بوابة\u200f"), ("\n", ""), ("x" * 10_000, "x" * 10_000)])
def test_a_text_is_set_on_one_line_and_keeps_what_names_need(text: str, expected: str) -> None:
    assert one_line(text) == expected
