"""The memo's content: which of the page's sentences, numbers and charts it has, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import hiring
from hiring.charts import answer_charts
from hiring.documents.memo.printing import svg
from hiring.documents.memo.render import Chart, Memo, Point, Row, Section, Source, SourceGroup, Table
from hiring.evidence import option_words
from hiring.model.decision import Decision
from hiring.model.evidence import OWN
from hiring.model.explanation import Explanation
from hiring.model.simulation import Outcome
from hiring.text import (
    break_even_text,
    chart_titles,
    figure_names,
    formatting,
    own_figures_text,
    plans_text,
    reasons_text,
    switching_text,
    verdict_text,
)
from hiring.text.formatting import unmarked

MOST_CHANGES, MOST_OWN_FIGURES = 5, 6  # rows in a table, figures in a sentence


def build_memo(explanation: Explanation, link: str, made: date, prepared_by: str = "", reference: str = "") -> Memo:
    """The memo about a decision; `link` opens its page again, and `made` is the date of the memo."""
    decision = explanation.decision
    groups = _sources(decision)
    numbers = {source.address: source.number for group in groups for source in group.sources if source.address}
    needs = decision.needs
    return Memo(
        title=needs.project or "Your project",
        question=verdict_text.project_size(needs),
        verdict=unmarked(verdict_text.verdict(decision)), because=verdict_text.main_reason(decision),
        futures=_futures(decision), share_note=chart_titles.SHARE_IS_NO_CHANCE,
        options=_options(decision), options_note=_options_note(decision),
        sections=tuple(_sections(explanation, numbers)), charts=_charts(decision),
        outlook=tuple(_outlook(explanation)), sources=groups, sources_note=_kinds(decision),
        link=link, made=made, made_text=formatting.day(made),
        made_with=f"{option_words.title()}? {chart_titles.evidence_and_model(decision)}",
        prepared_by=prepared_by, reference=reference)


# The answer

def _futures(decision: Decision) -> Chart | None:
    """A strip of the hundred simulations, if there are options to compare."""
    if len(decision.left) < 2:
        return None
    headline = unmarked(verdict_text.verdict(decision))
    return Chart(headline, "",
                 svg(answer_charts.futures_spec(), answer_charts.futures_rows(decision), headline, 690, 34))


def _options(decision: Decision) -> Table:
    """One row per option, with the numbers of its card on the page; a limit that was not given has no column."""
    given = {"Within budget": decision.needs.budget_usd, "On time": decision.needs.deadline_months}
    limits = [head for head, limit in given.items() if limit is not None]
    labels = {chart_titles.cost_label(decision, outcome) for outcome in decision.outcomes.values()}
    cost = labels.pop() if len(labels) == 1 else "Cost"
    return Table(("Option", cost, "Middle future", "First release in", *limits, "First"),
                 tuple(_option(decision, outcome) for outcome in decision.outcomes.values()))


def _option(decision: Decision, outcome: Outcome) -> Row:
    low, middle, high = outcome.cost_quantiles
    first, _, last = outcome.finish_quantiles
    kept = [f"{verdict_text.share_of_hundred(share, decision)} of 100"
            for share in (outcome.within_budget_share, outcome.on_time_share) if share is not None]
    place = "ruled out" if outcome.is_ruled_out else (
        "only one left" if len(decision.left) == 1 else f"{decision.of_hundred[outcome.option.id]} of 100")
    return Row(outcome.option.label, (formatting.money_range(low, high), formatting.money(middle),
               formatting.time_range(first, last), *kept, place), outcome.option.color_hex)


def _options_note(decision: Decision) -> str:
    assumed = verdict_text.assumed_yardsticks(decision)
    return (f"Each range holds 8 of 10 simulated futures; costs count {chart_titles.cost_span(decision)}."
            f"{' ' + assumed if assumed else ''}")


def _charts(decision: Decision) -> tuple[Chart, ...]:
    cost, spending = chart_titles.cost_headline(decision), chart_titles.spending_headline(decision)
    return (Chart(cost, chart_titles.cost_explained(decision),
                  svg(answer_charts.cost_spec(), answer_charts.cost_rows(decision), cost, 400, 230)),
            Chart(spending, chart_titles.spending_explained(decision, marked=False),
                  svg(answer_charts.spending_spec(), answer_charts.spending_rows(decision, ()), spending, 330, 308)))


# The argument

def _sections(explanation: Explanation, numbers: dict[str, int]) -> Iterator[Section]:
    """The manager's own figures, the reasons, the cautions and the staged plan, if there are any."""
    decision = explanation.decision
    if decision.evidence.replaced:
        without = hiring.decide(decision.needs, decision.as_of)
        yield Section("Own figures", unmarked(
            f"{own_figures_text.own_figures_used(decision, MOST_OWN_FIGURES)} "
            f"{own_figures_text.effect_of_own(decision, without)}"))
    if explanation.reasons:
        first, second = (verdict_text.option_name(decision.outcomes[option]) for option in decision.left[:2])
        yield Section(f"Why {first} rather than {second}", points=tuple(
            Point(*reasons_text.reason(decision, reason)) for reason in explanation.reasons))
    cautions = tuple(_caution(decision, caution, numbers) for caution in verdict_text.cautions(decision))
    if cautions:
        yield Section("Cautions", points=cautions)
    if explanation.offer is not None:
        hint = plans_text.plan_hint(decision, explanation.offer)
        against = plans_text.plan_against_first(decision, explanation.offer.plan)
        yield Section("Staged plan", points=(Point(hint.title, f"{hint.body} {against}"),))


def _outlook(explanation: Explanation) -> Iterator[Section]:
    """What would change the answer, what to find out before signing, and from when in-house costs less."""
    decision, switches = explanation.decision, explanation.switches
    yield Section("What would change it", f"{switching_text.switch_headline(decision, switches)}.",
                  table=_switches(explanation), note=switching_text.needs_without_effect(switches))
    if explanation.tornado is not None:
        points = tuple(Point(*claim) for claim in reasons_text.find_out(decision, explanation.tornado))
        nothing = "" if points else f"{reasons_text.tornado_headline(decision, explanation.tornado)}."
        yield Section("What to find out before signing", nothing, points)
    if explanation.break_evens:
        yield Section("Break-even", f"{break_even_text.break_even_headline(decision, explanation.break_evens)}.",
                      table=_break_even(explanation))


def _caution(decision: Decision, caution: verdict_text.Caution, numbers: dict[str, int]) -> Point:
    """A caution with its sources, and with the options it is about unless its title names them."""
    names = [verdict_text.option_name(decision.outcomes[option]) for option in caution.options]
    is_named = len(names) == len(decision.left) or caution.title.lower().startswith(names[0])
    about = "" if is_named else f" ({formatting.join_words(names)})"
    cited = dict.fromkeys(source for finding in caution.findings for source in finding.rule.source)
    found = [numbers[address] for source in cited if (address := decision.evidence.sources[source].address)]
    return Point(caution.title, f"{' '.join(caution.sentences)}{about}{''.join(f' [{number}]' for number in found)}")


def _switches(explanation: Explanation) -> Table | None:
    decision, found = explanation.decision, explanation.switches.found[:MOST_CHANGES]
    return Table(("If …", "Now", "First then" if decision.left else "No longer ruled out"), tuple(
        Row(switching_text.condition_text(decision, switch),
            (switching_text.current_answer(decision, switch.need), switching_text.first_option_then(decision, switch)))
        for switch in found)) if found else None


def _break_even(explanation: Explanation) -> Table:
    table = break_even_text.break_even_table(explanation)
    return Table(tuple(table), tuple(Row(head, tuple(cells)) for head, *cells in zip(*table.values(), strict=True)))


# Sources

def _sources(decision: Decision) -> tuple[SourceGroup, ...]:
    """The sources, numbered throughout, each under the kind of figure that uses it first."""
    used = {part: [source for figure in figures for source in figure.source]
            for part, figures in decision.figures_used().items()}
    used["cost"] += [source for wage in decision.wages_used() for source in wage.source]
    groups = {figure_names.TITLES[part]: ids for part, ids in used.items()}
    groups["Cautions"] = [source for finding in decision.findings for source in finding.rule.source]
    numbers: dict[str, int] = {}
    listed = []
    for heading, ids in groups.items():
        new = [id_ for id_ in dict.fromkeys(ids) if id_ not in numbers and id_ != figure_names.ASSUMED]
        numbers |= {id_: len(numbers) + place for place, id_ in enumerate(new, 1)}
        if new:
            listed.append(SourceGroup(heading, tuple(_source(decision, id_, numbers[id_]) for id_ in new)))
    return tuple(listed)


def _source(decision: Decision, id_: str, number: int) -> Source:
    """Producer, title, dates and what its publisher sells."""
    source = decision.evidence.sources[id_]
    read = f"; read {source.accessed}" if source.accessed != _last_read(decision) else ""
    interest = f" {source.interest}" if source.interest else ""
    return Source(number, f"{source.producer}, {source.title} ({source.published}{read}).{interest}", source.address)


def _last_read(decision: Decision) -> date:
    return max(source.accessed for source in decision.evidence.sources.values())


def _kinds(decision: Decision) -> str:
    """How many of the figures behind the answer have a source, and how many are assumed."""
    kinds = [figure.kind for figures in decision.figures_used().values() for figure in figures]
    own, assumed = kinds.count(OWN), kinds.count("assumed")
    counts = ((len(kinds) - own - assumed, "from these sources"), (assumed, "assumed by this project"),
              (own, "your own"))
    parts = [f"{count} {'is' if count == 1 else 'are'} {what}" for count, what in counts if count]
    return (f"Of the {len(kinds)} figures behind this answer, {formatting.join_words(parts)}; the page lists each with "
            f"its range and its source. Sources were read on {formatting.day(_last_read(decision))}, unless another "
            "day is given.")
