"""Each broken row or entry is named by file, row, id, what was found and what to write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hiring.evidence.loader import DATA, read_evidence
from hiring.model.countries import in_country
from tests.evidence.editing import faults, first_id, line_of, rewrite, setting

NUMBER = "a plain number of 0 or more, without thousands separators"
UNIT = ("one of FTE, USD, USD per head, USD per hour, USD per year, hours, hours per hour, people per week, points, "
        "ratio, share, share per year, weeks")


@pytest.mark.parametrize(("file", "id_", "column", "found", "wanted"), [
    *(("figures.csv", "overrun.mostly_clear", "central", found, NUMBER)
      for found in ("abc", "", "nan", "inf", "1e999", "-1", "1,5", "1_0", "1 000", "<b>", "=1+1")),
    ("figures.csv", "overrun.mostly_clear", "low", "1.2", "a number up to the central value 1.15"),
    ("figures.csv", "overrun.mostly_clear", "high", "1.1", "a number from the central value 1.15 on"),
    ("figures.csv", "fee_share.freelance", "high", "1.01", "a share of at most 1"),
    ("ratings.csv", "security.agency", "high", "100.5", "at most 100 points"),
    ("pay.csv", "agency.us.mid", "high", "abc", NUMBER),
    ("levels.csv", "capability.scale.massive", "low", "", NUMBER),
    ("figures.csv", "overrun.mostly_clear", "unit", "percent", UNIT),
    ("figures.csv", "overrun.mostly_clear", "kind", "guessed", "one of published, derived, assumed"),
    ("figures.csv", "overrun.mostly_clear", "quality", "Green", "one of green, amber, red"),
    ("figures.csv", "overrun.mostly_clear", "valid_from", "22.11.2026", "a date like 2026-11-22"),
    ("figures.csv", "overrun.mostly_clear", "recorded", "11/22/2026", "a date like 2026-11-22"),
    ("figures.csv", "overrun.mostly_clear", "recorded", "", "a date like 2026-11-22"),
    ("figures.csv", "overrun.mostly_clear", "locator", "", "where in the source the number is"),
    ("figures.csv", "overrun.mostly_clear", "note", "", "some text"),
    ("figures.csv", "caution_share", "quality", "amber", "red, as for every assumption"),
    ("wages.csv", "us-ca", "p50", "", NUMBER),
    ("wages.csv", "us-ca", "p10", "10O000", NUMBER),
    ("wages.csv", "us-ca", "area_type", "county", "one of nation, state, metro"),
    ("wages.csv", "us-ca", "unit", "USD per hour", "one of USD per year"),
    ("wages.csv", "us-ca", "p50", "1", "percentiles that rise from p10 to p90"),
    ("wages.csv", "us-ca", "locator", "", "some text"),
    ("claims.csv", "salary.range", "claim", "", "some text"),
    ("claims.csv", "salary.range", "country", "uk", "one of us, gb, de, fr, nl, pl, ca, es, ie, au"),
    ("country_figures.csv", "gb.lead_weeks.in_house", "high", "1", "a number from the central value 12.2 on"),
    ("contributions.csv", "gb.national_insurance", "currency", "EUR", "one of GBP"),
    ("contributions.csv", "gb.workplace_pension", "to", "6240",
     "a number above the one in from, or nothing where there is no ceiling"),
    ("contributions.csv", "gb.workplace_pension", "high", "0.01", "a number from the central value 0.03 on"),
    ("exchange_rates.csv", "GBP", "central", "0", "a rate above 0"),
    ("exchange_rates.csv", "GBP", "unit", "USD per GBP", "one of GBP per USD"),
    ("laws.csv", "gb.contractor.off_payroll", "topic", "tax", "one of contractor, dismissal, data"),
    ("laws.csv", "gb.contractor.off_payroll", "status", "", "one of settled, moving"),
])
def test_a_broken_cell_is_named_by_file_row_id_what_was_found_and_what_to_write(
        folder: Path, file: str, id_: str, column: str, found: str, wanted: str) -> None:
    rewrite(folder / file, setting(id_, **{column: found}))
    shown = repr(found) if found else "nothing"
    place = f"{file}, row {line_of(DATA / file, id_)}, id {id_}"
    assert faults(folder) == [f"{place}: {column} is {shown}; write {wanted}."]


def test_a_median_wage_of_nothing_is_named(folder: Path) -> None:
    rewrite(folder / "wages.csv", setting("us-ca", p10="", p25="", p50="0", p75="", p90=""))
    assert faults(folder) == [f"wages.csv, row {line_of(DATA / 'wages.csv', 'us-ca')}, id us-ca: p50 is '0'; "
                              "write percentiles that rise from p10 to p90."]


def test_an_id_that_its_other_columns_do_not_make_is_named(folder: Path) -> None:
    rewrite(folder / "figures.csv", setting("lead_weeks.agency", id="lead_week.agency"))
    row = line_of(DATA / "figures.csv", "lead_weeks.agency")
    assert faults(folder) == [f"figures.csv, row {row}, id lead_week.agency: id is 'lead_week.agency'; "
                              "write lead_weeks.agency, which its other columns make."]


@pytest.mark.parametrize("found", ["nobody", "", "assumed;", "assumed, article", "kitchenham-2002; nobody"])
@pytest.mark.parametrize(("file", "id_"), [("figures.csv", "overrun.mostly_clear"), ("pay.csv", "agency.us.mid"),
                                          ("wages.csv", "us-ca"), ("claims.csv", "salary.range")])
def test_a_source_that_is_not_registered_is_named_with_file_row_and_id(folder: Path, file: str, id_: str,
                                                                       found: str) -> None:
    rewrite(folder / file, setting(id_, source=found))
    (fault,) = faults(folder)
    shown = repr(found) if found else "nothing"
    assert fault.startswith(f"{file}, row {line_of(DATA / file, id_)}, id {id_}: source is {shown}; write ")


@pytest.mark.parametrize(("file", "id_"), [("figures.csv", "overrun.mostly_clear"), ("ratings.csv", "security.agency"),
                                          ("wages.csv", "us-ca")])
def test_a_second_row_of_the_same_id_and_dates_is_named_with_file_and_row(folder: Path, file: str, id_: str) -> None:
    rewrite(folder / file, lambda rows: rows.append(next(row for row in rows if row[0] == id_)))
    last = len((folder / file).read_text(encoding="utf-8").splitlines())
    (fault,) = faults(folder)
    assert fault.startswith(f"{file}, row {last}, id {id_}: ")
    assert fault.endswith("two rows have the same valid_from and recorded dates; keep one.")


def test_a_row_that_holds_only_after_it_was_recorded_is_named_with_file_and_row(folder: Path) -> None:
    rewrite(folder / "figures.csv", setting("overrun.mostly_clear", valid_from="2030-01-01"))
    (fault,) = faults(folder)
    row = line_of(DATA / "figures.csv", "overrun.mostly_clear")
    assert fault.startswith(f"figures.csv, row {row}, id overrun.mostly_clear: valid_from")
    assert "2030-01-01" in fault


def test_a_cell_too_many_is_named(folder: Path) -> None:
    rewrite(folder / "figures.csv", lambda rows: rows[1].append("from a comma, unquoted"))
    assert faults(folder) == [
        f"figures.csv, row 2, id {first_id('figures.csv')}: cell after the last column is 'from a comma, unquoted'; "
        "write as many cells as the header has; quote a text with a comma."]


@pytest.mark.parametrize("column", ["unit", "central", "recorded", "source", "note"])
def test_a_missing_column_is_named_in_every_row(folder: Path, column: str) -> None:
    def drop(rows: list[list[str]]) -> None:
        place = rows[0].index(column)
        for row in rows:
            del row[place]

    rewrite(folder / "ratings.csv", drop)
    found = faults(folder)
    assert len(found) == 18  # six criteria of three options
    assert found[0].startswith(f"ratings.csv, row 2, id autonomy.agency: {column} is nothing; write ")


def test_a_row_cut_short_is_named(folder: Path) -> None:
    def cut(rows: list[list[str]]) -> None:
        rows[1] = rows[1][:-1]

    rewrite(folder / "figures.csv", cut)
    assert faults(folder) == [f"figures.csv, row 2, id {first_id('figures.csv')}: note is nothing; write some text."]


def test_a_file_that_is_not_utf_8_is_named(folder: Path) -> None:
    rewrite(folder / "figures.csv", setting("overrun.mostly_clear", note="größer"), encoding="latin-1")
    (fault,) = faults(folder)
    assert fault.startswith("figures.csv: cannot be read (")
    assert fault.endswith("save it as CSV in UTF-8.")


@pytest.mark.parametrize("file", sorted({file.name for file in DATA.glob("*.toml")} - {"headings.toml"}))
def test_broken_toml_is_named(folder: Path, file: str) -> None:
    (folder / file).write_text((folder / file).read_text(encoding="utf-8") + "\n[broken\n", encoding="utf-8")
    (fault,) = faults(folder)
    assert fault.startswith(f"{file}: cannot be read (")
    assert fault.endswith("write a TOML file in UTF-8.")


@pytest.mark.parametrize(("file", "old", "new", "message"), [
    ("rules.toml", "[nobody_directs_the_work]", "[nobody_cares]",
     r"row \d+, id nobody_cares: .*write one of .*nobody_directs_the_work"),
    ("rules.toml", 'title = "One person would carry the system."', "",
     r"row \d+, id everything_rests_on_one_person: title is nothing; write some text in quotes\."),
    ("rules.toml", 'options = ["agency"]', 'options = "agency"',
     r"row \d+, id budget_is_below_the_usual_minimum: options is 'agency'; write a list of texts in square brackets\."),
    ("rules.toml", 'options = ["agency"]', 'options = ["agencies"]',
     r"row \d+, id budget_is_below_the_usual_minimum: .*agencies.*; write "),
    ("rules.toml", 'figures = ["caution_share"]', 'figures = ["rule_out"]',
     r"row \d+, id is_seldom_within_budget: figures is .*rule_out.*; write "),
    ("rules.toml", 'source = ["assumed", "toolmasteryhub"', 'source = ["irs"',
     r"row \d+, id work_is_too_little_for_a_hire: source is .*irs.*; write an id of sources.toml\."),
    ("rules.toml", 'law = "contractor"', 'law = "tax"',
     r"row \d+, id engagement_looks_like_employment: law is .*; write one of contractor, dismissal, data, or nothing"),
    ("countries.toml", 'rate_per = "day"', 'rate_per = "week"',
     r"row \d+, id gb: rate_per is 'week'; write hour or day\."),
    ("options.toml", "outside = true", 'outside = "yes"',
     r"row 1, id freelance: outside is 'yes'; write true or false\."),
    ("options.toml", 'color = "orange"', 'color = "pink"',
     r"row 1, id freelance: color is 'pink'; write one of red, orange, .*, a different one for each option\."),
    ("options.toml", '"#D5700F"', '"orange"',
     r"row 1, id freelance: color_hex is 'orange'; write a color like #D5700F\."),
    ("options.toml", '"talent_region"', '"developers"',
     r"row 1, id freelance: basis_need is 'developers'; write the name "),
    ("options.toml", '"Scope", ', '', r"row 1, id freelance: headings is .*; write 4 headings: scope, deliverables, "),
    ("options.toml", "for {count}", "for {number}",
     r"row 1, id freelance: introduction is .*; write a text in which only "),
    ("options.toml", 'yardstick = true', 'yardstick = false', r"write yardstick = true for exactly one option\."),
    ("sources.toml", "accessed = 2026-11-22", 'accessed = "last week"',
     r"row \d+, id appalytical: accessed is 'last week'; write a date like 2026-11-22\."),
    ("criteria.toml", 'label = "Cost"', 'label = "Cost"\ncolor = "red"',
     r"row 1, id cost: color is 'red'; write only id, label, meaning"),
])
def test_a_broken_entry_is_named_by_file_id_what_was_found_and_what_to_write(folder: Path, file: str, old: str,
                                                                             new: str, message: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    (fault,) = faults(folder)
    assert re.match(rf"{file}[,:] {message}", fault), fault


def test_a_quote_that_is_never_closed_is_found(folder: Path) -> None:
    text = (folder / "figures.csv").read_text(encoding="utf-8")
    broken = text.replace("\noverrun.mostly_clear,", '\n"overrun.mostly_clear,', 1)
    (folder / "figures.csv").write_text(broken, encoding="utf-8")
    assert all(fault.startswith("figures.csv, ") for fault in faults(folder))


@pytest.mark.parametrize(("old", "new", "wanted"), [
    ("is_base = true", "is_base = false", "countries.toml: write is_base = true for exactly one country."),
    ('currency = "PLN"', 'currency = "CZK"', "write a currency of exchange_rates.csv."),
    ('borrows = ["de", "us"]', 'borrows = ["pl", "us"]', "write the codes of other countries."),
    ('"holland"', '"uk"', "write texts in lower case that mean no other country."),
    ('"holland"', '"Holland"', "write texts in lower case that mean no other country."),
    ("[gb]", "[GBR]", "write an ISO 3166 code in lower case, such as gb."),
])
def test_an_entry_of_a_country_that_cannot_be_used_is_named(folder: Path, old: str, new: str, wanted: str) -> None:
    file = folder / "countries.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    assert any(fault.endswith(wanted) for fault in faults(folder))


@pytest.mark.parametrize(("file", "missing", "wanted"), [
    ("contributions.csv", "ie.", "id ie: found no row of contributions.csv; write one."),
    ("laws.csv", "ie.contractor.", "id ie: found no row of laws.csv on the topic contractor; write one."),
])
def test_a_country_without_its_rows_is_named(folder: Path, file: str, missing: str, wanted: str) -> None:
    rewrite(folder / file, lambda rows: rows.__setitem__(slice(None), [
        row for row in rows if not row[0].startswith(missing)]))
    assert any(wanted in fault for fault in faults(folder))


def test_a_country_is_added_by_rows_alone(folder: Path) -> None:
    """An entry, a contribution and a law; what it has no row of is that of its neighbors, in its own currency."""
    entry = (folder / "countries.toml").read_text(encoding="utf-8").split("[nl]")[1].split("\n[")[0]
    for old, new in (("Netherlands", "Sweden"), ("EUR", "SEK"), ('"holland", "nederland", ', '"sverige"]  # '),
                     ('"de", "gb", "us"', '"de", "us"')):
        entry = entry.replace(old, new)
    with (folder / "countries.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[se]{entry}\n")
    for name, id_ in (("contributions.csv", "de.pension"), ("laws.csv", "de.contractor.scheinselbstaendigkeit")):
        rewrite(folder / name, lambda rows, id_=id_: rows.append([
            cell.replace("de.", "se.", 1) if number == 0 else {"de": "se", "EUR": "SEK"}.get(cell, cell)
            for number, cell in enumerate(next(row for row in rows if row[0] == id_))]))
    evidence = read_evidence(folder)
    newest = evidence.as_of(evidence.dates[-1])
    sweden, germany = (in_country(newest, code) for code in ("se", "de"))
    krona = newest.exchange_rates["SEK"].central / newest.exchange_rates["EUR"].central
    assert sweden.central("freelance.local.mid") == pytest.approx(germany.central("freelance.local.mid") * krona)
    assert set(sweden.borrowed.values()) == {"de", "us"}
