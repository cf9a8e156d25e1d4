"""The memo's content: the page's numbers and sentences, in every state of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings

import hiring
from hiring import Decision, ProjectNeeds
from hiring.charts.chart_theme import Spec
from hiring.documents.memo import content, printing
from hiring.documents.memo.content import build_memo
from hiring.documents.memo.render import Memo, Section, to_html
from hiring.links import project_link
from hiring.model.explanation import Explanation
from hiring.model.needs import NEEDS, plain
from hiring.model.own_figures import Own, Range, takes_range
from hiring.text import currencies, formatting, verdict_text
from hiring.web.components import sources_popover
from tests.documents.memo.test_render import Page, addresses, opened, pdf_text, squeezed, text_of
from tests.factories import SPECIAL, explained, special
from tests.page_text import FLAW
from tests.strategies import ANY, NEWEST, SLOW, own_figures

DAY = date(2026, 12, 1)
MARKDOWN = re.compile(r"\\|\*\*|\]\(|:[a-z]+\[")
LABELS = {"freelance": "Freelance", "in_house": "In-house", "agency": "Agency", "mix": "Mix"}


@pytest.fixture(autouse=True, scope="module")
def _blank_charts() -> Iterator[None]:
    """Charts as blank drawings of their size, which cost no time to draw or to read back."""
    def blank(spec: Spec, rows: pa.Table, label: str, width: int, height: int) -> str:
        return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"/>'

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "svg", blank)
        yield


def link_to(decision: Decision, own: Own = ()) -> str:
    query = project_link.encode(decision.needs, decision.as_of, own, project_link.said_by(decision))
    return project_link.absolute("https://staffing.example.org/", query)


def memo_of(explanation: Explanation, own: Own = ()) -> Memo:
    return build_memo(explanation, link_to(explanation.decision, own), DAY)


def ranges(own: Mapping[str, Any]) -> Own:
    given_ = {id_: it if isinstance(it, tuple) else (it, it, it) for id_, it in own.items()}
    return tuple(sorted((id_, Range(*it)) for id_, it in given_.items()))


def share(decision: Decision, part: float | None) -> list[str]:
    """A share as the cards say it: no cell where no limit was given."""
    return [] if part is None else [f"{verdict_text.share_of_hundred(part, decision)} of 100"]


def numbers(decision: Decision) -> dict[str, list[str]]:
    """The numbers of each plan as the cards of the page have them."""
    with currencies.amounts_in(currencies.of(decision)):
        return _numbers(decision)


def _numbers(decision: Decision) -> dict[str, list[str]]:
    found, needs = {}, decision.needs
    for id_, outcome in decision.all_outcomes.items():
        low, middle, high = outcome.cost_quantiles
        built, _, most = outcome.budgeted_quantiles
        first, _, last = outcome.finish_quantiles
        has_both = None not in (needs.budget_usd, needs.deadline_months)
        best = decision.of_hundred.get(id_)
        found[LABELS[id_]] = [
            *([formatting.money_range(built, most)] if needs.budget_usd is not None and needs.budget_covers == "build"
              else []),
            formatting.money_range(low, high), formatting.money(middle),
            formatting.release_range(decision.from_day, first, last),
            *share(decision, outcome.within_budget_share), *share(decision, outcome.on_time_share),
            *share(decision, outcome.keep_share if has_both else None),
            *([] if decision.verdict == "none_fits" else ["–" if best is None else f"{best} of 100"])]
    return found


def texts(memo: Memo) -> list[str]:
    """Every text of a memo."""
    found = [memo.title, memo.question, memo.verdict, memo.because, memo.share_note, memo.options_note,
             memo.sources_note, memo.made_text, memo.made_with, *memo.options.heads]
    found += [text for chart in memo.charts for text in (chart.headline, chart.caption)]
    for it in (*memo.sections, *memo.outlook):
        found += [it.heading, *filter(None, (it.text, it.note))]
        found += [text for point in it.points for text in (point.title, point.body)]
        found += [text for table in it.tables for row in table.rows for text in (row.head, *row.cells)]
    return found + [source.text for group in memo.sources for source in group.sources]


# What differs in form from a memo with all of its parts: with each, the PDF is read back too.
PRINTED = ("nothing fits", "no limit", "no mixes", "a budget and no deadline", "two options tied")


def reads_right(explanation: Explanation, own: Own = (), is_printed: bool = True) -> None:
    """The memo has no gap, its numbers are the page's, and both of its forms have them on at most three pages."""
    decision, memo = explanation.decision, memo_of(explanation, own)
    for text in set(texts(memo)) - {memo.title}:
        assert text
        assert not FLAW.search(text), text
        assert not MARKDOWN.search(text), text
    expected = numbers(decision)
    assert {row.head: list(row.cells) for row in memo.options.rows} == expected
    page = Page(to_html(memo))
    html = page.text
    for text in [*texts(memo), *(label + "".join(cells) for label, cells in expected.items())]:
        assert squeezed(text) in html, text
    assert page.found("a")[0]["href"] == memo.link
    if is_printed:
        reader = opened(memo)
        assert 1 <= len(reader.pages) <= 3
        pdf = text_of(reader)
        body = re.sub(re.escape(squeezed(memo.made_with)) + r"Page\dof\d", "", pdf).replace("\u200b", "")
        for text in {*texts(memo)} - {memo.title, memo.made_with}:
            assert squeezed(text) in body, text
        for label, cells in expected.items():
            assert squeezed(label + "".join(cells)) in pdf
        assert addresses(reader)[0] == memo.link
    known = {source.number for group in memo.sources for source in group.sources}
    assert known == set(range(1, len(known) + 1))
    cited = {int(number) for text in texts(memo) for number in re.findall(r" \[(\d+)\]", text)}
    assert cited <= known


@settings(SLOW, max_examples=3)
@given(ANY, own_figures())
def test_a_memo_reads_right_for_any_project_with_any_own_figures(needs: ProjectNeeds, own: Own) -> None:
    reads_right(explained(needs, dict(own)), own)


@pytest.mark.parametrize("name", SPECIAL)
def test_a_memo_reads_right_in_special_cases(name: str) -> None:
    reads_right(special(name), ranges(SPECIAL[name][1]), name in PRINTED)


def test_a_memo_stays_on_three_pages_with_every_figure_replaced_and_the_longest_name(
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "svg", printing.svg)
    own = {id_: (figure.low, figure.central, figure.high) if takes_range(figure) else figure.central
           for id_, figure in NEWEST.figures.items()}
    explanation = explained(ProjectNeeds(project="W" * 80, location="us-ca", talent_region="eastern_europe"), own)
    assert len(link_to(explanation.decision, ranges(own))) > 500
    reads_right(explanation, ranges(own))


def heads(sections: tuple[Section, ...]) -> list[str]:
    return [it.heading for it in sections]


@lru_cache(maxsize=len(SPECIAL))
def memo_in(name: str) -> Memo:
    return memo_of(special(name), ranges(SPECIAL[name][1]))


def test_a_part_that_has_nothing_to_say_is_left_out() -> None:
    none_fits, mixed, alone = map(memo_in, ("nothing fits", "no limit", "no mixes"))
    assert heads(none_fits.sections) == ["The mix", "An even chance", "Cautions"]
    assert none_fits.strip is mixed.strip is None
    assert heads(mixed.sections) == ["Why the mix rather than in-house", "The mix", "Cautions"]
    assert heads(alone.sections) == ["Why in-house rather than freelance", "An even chance", "Cautions"]
    assert alone.strip is not None
    assert heads(none_fits.outlook) == ["Typical cost", "What is assumed", "Break-even", "Answers behind it"]
    for memo in (mixed, alone):
        assert heads(memo.outlook) == ["Typical cost", "What would change it", "What is assumed", "Break-even",
                                       "Answers behind it"]


def test_a_limit_that_was_not_given_has_no_column() -> None:
    limits = {"Within budget", "On time", "Within both limits"}
    assert limits <= set(memo_in("no upkeep").options.heads)
    assert limits & set(memo_in("a deadline and no budget").options.heads) == {"On time"}
    assert limits & set(memo_in("a budget and no deadline").options.heads) == {"Within budget"}
    assert not limits & set(memo_in("no limit").options.heads)


@pytest.mark.parametrize("name", ["no limit", "no upkeep", "pay next to nothing", "a long service"])
def test_cost_lines_and_years_add_up_to_the_total_as_they_are_shown(name: str) -> None:
    explanation = special(name) if name in SPECIAL else explained(ProjectNeeds(upkeep_months=120))
    outcomes = explanation.decision.all_outcomes.values()
    for table in (memo_in(name) if name in SPECIAL else memo_of(explanation)).outlook[0].tables:
        unit = {"$ thousand": 1_000, "US dollars": 1}[table.heads[0]]
        *parts, total = [[int(cell.replace(",", "")) for cell in row.cells] for row in table.rows]
        assert [sum(column) for column in zip(*parts, strict=True)] == total
        assert total == [round(outcome.cost_quantiles[1] / unit) for outcome in outcomes]


def test_every_answer_is_listed_and_those_that_nobody_gave_are_named_as_assumed() -> None:
    explanation = explained(SPECIAL["no upkeep"][0])
    memo = build_memo(explanation, "https://example.org", DAY, assumed=("project", "limits", "upkeep_developers"))
    section = memo.outlook[-1]
    shown = {row.head: row.cells[0] for table in section.tables for row in table.rows}
    assert list(shown) == [need.label for name, need in NEEDS.items() if name != "project"]
    assert shown[NEEDS["upkeep_developers"].label] == "No upkeep, assumed"
    assert shown[NEEDS["budget_usd"].label] == "$400k"
    assert {label for label, answer in shown.items() if "assumed" in answer} == {
        NEEDS["limits"].label, NEEDS["upkeep_developers"].label}
    assert section.text.startswith("2 of them are assumed: ")
    assert memo_of(explanation).outlook[-1].text == "All of them were given."


def test_dates_are_given_where_the_day_is_known_from_which_months_count() -> None:
    decision = hiring.decide(ProjectNeeds(), from_day=date(2027, 3, 15))
    memo = memo_of(hiring.explain(decision))
    place = memo.options.heads.index("First release") - 1
    assert all(re.search(r" 20\d\d$", row.cells[place]) for row in memo.options.rows)
    assert memo.outlook[0].note.startswith("Years count from March 15, 2027")
    spending = memo.charts[1]
    assert not re.search(r"month \d", f"{spending.headline} {spending.caption}")


def test_odd_numbers_are_rounded() -> None:
    needs = ProjectNeeds(developers=1 / 3, build_months=3.328, upkeep_developers=0.333, upkeep_months=7.777,
                         budget_usd=123_456.789, deadline_months=12.3456)
    memo = memo_of(hiring.explain(hiring.decide(needs)))
    assert memo.question.startswith("0.33 developers for 3.33 months, then 0.33 for 7.78 months of upkeep")
    assert [text for text in texts(memo) if re.search(r"\d\.\d{3}", text)] == []


def test_an_even_chance_takes_the_limits_of_the_decision() -> None:
    decision = special("no upkeep").decision
    (section,) = [it for it in memo_in("no upkeep").sections if it.heading == "An even chance"]
    for plan, remedy in decision.remedies.items():
        name = verdict_text.option_name(decision.all_outcomes[plan])
        budget, release = formatting.money(remedy.budget_usd or 0), formatting.month(remedy.deadline_months or 0)
        assert f"{name} with a budget of {budget} and a release by {release}" in section.text


def test_what_is_assumed_is_counted_alike_in_text_and_sources() -> None:
    memo = memo_in("no limit")
    (section,) = [it for it in memo.outlook if it.heading == "What is assumed"]
    assumed, of = re.findall(r"\d+", section.text)[:2]
    assert f"Of the {of} figures behind this answer, " in memo.sources_note
    assert f"{assumed} are assumed by this project" in memo.sources_note


def test_own_figures_are_given_with_the_numbers_that_they_replace() -> None:
    memo = memo_of(explained(ProjectNeeds(), {"freelance.us.mid": 80}))
    was = plain(NEWEST.central("freelance.us.mid"))
    assert heads(memo.sections)[0] == "Own figures"
    assert memo.sections[0].text.startswith("Your own figures count here. Pay, freelance, ")
    assert re.search(rf" 80 USD per hour \(evidence: [\d.]+ / {was} / [\d.]+\)\. The answer is ", memo.sections[0].text)
    assert "1 is your own" in memo.sources_note
    assert "own" not in " ".join(heads(memo_in("no limit").sections)).lower()


def test_every_source_of_a_figure_behind_the_answer_is_listed_once_with_its_address() -> None:
    decision = hiring.decide(ProjectNeeds(location="us-ca", build_months=5))  # too short for cautions with sources
    memo = memo_of(hiring.explain(decision))
    used = {source for figures in decision.figures_used().values() for figure in figures for source in figure.source}
    used |= set(decision.evidence.wages["us-ca"].source)
    expected = {decision.evidence.sources[id_] for id_ in used - {"assumed"}}
    listed = [source for group in memo.sources for source in group.sources]
    assert sorted(source.address for source in listed) == sorted(source.address for source in expected)
    for source in expected:
        assert any(it.text.startswith(f"{source.producer}, {source.title} ({source.published}") for it in listed)
    assert set(addresses(opened(memo))) == {memo.link, *(source.address for source in listed if source.address)}


def test_the_days_and_the_version_are_on_the_memo() -> None:
    memo = memo_in("no limit")
    assert memo.made_text == "December 1, 2026"
    assert memo.made_with == (f"Freelance, in-house or agency? Evidence of {formatting.day(NEWEST.as_of)}; "
                              f"model {hiring.MODEL_VERSION}.")


def test_the_name_of_the_project_is_as_typed_and_nowhere_else() -> None:
    name = r"<script>alert(1)</script> a: b; c \*a\* [b](https://c.org) $d$ بوابة"
    memo = memo_of(explained(ProjectNeeds(project=name)))
    assert memo.title == name
    assert memo.question == (
        "2 developers for 6 months, then 0.5 for 30 months of upkeep. No budget given; no deadline given")
    page = Page(to_html(memo))
    assert squeezed(name) in page.text
    assert not page.found("script")


def test_who_prepared_it_and_its_reference_are_on_the_memo_alone() -> None:
    explanation = special("no limit")
    memo = build_memo(explanation, link_to(explanation.decision), DAY, "Ada Lovelace", "FIN-7")
    for text in (pdf_text(memo), Page(to_html(memo)).text):
        assert "AdaLovelace" in text
        assert "ReferenceFIN-7" in text
    assert "Ada" not in memo.link


@pytest.mark.parametrize(("own", "is_cited"), [({}, True), ({"in_house.article.mid": 150_000.0}, False)])
def test_the_wage_survey_is_cited_where_pay_follows_it_and_not_beside_a_salary_of_your_own(
        own: dict[str, float], is_cited: bool) -> None:
    found = hiring.decide(ProjectNeeds(location="us-ca"), own=own)
    address = found.evidence.sources[found.evidence.wages["us-ca"].source[0]].address
    assert bool(found.wages_used()) == is_cited
    assert ("Median wage, California" in sources_popover.listing(found, ("cost",))) == is_cited
    assert (address in to_html(memo_of(hiring.explain(found), ranges(own))).decode()) == is_cited
