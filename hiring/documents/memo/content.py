"""The memo's content: which of the page's sentences, numbers and charts it has, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

import hiring
from hiring.charts import answer_charts
from hiring.documents.memo.printing import COLORS, svg
from hiring.documents.memo.render import Chart, Memo, Point, Row, Section, Source, SourceGroup, Table
from hiring.evidence import option_words
from hiring.model.decision import MIX, NONE_FITS, Decision
from hiring.model.evidence import OWN, Law
from hiring.model.explanation import Explanation
from hiring.model.needs import NEEDS
from hiring.model.simulation import Outcome
from hiring.model.switching import Switches
from hiring.model.tracking import Track
from hiring.text import (
    break_even_text,
    chart_titles,
    currencies,
    figure_names,
    formatting,
    law_text,
    numbers_text,
    own_figures_text,
    plans_text,
    reasons_text,
    switching_text,
    track_text,
    verdict_text,
)
from hiring.text.formatting import unmarked

BUILD = "The build"  # what a budget for it covers
MOST_CHANGES, MOST_YEARS, MOST_OWN_FIGURES = 5, 6, 6  # rows of tables, figures in a sentence


def build_memo(explanation: Explanation, link: str, made: date, prepared_by: str = "", reference: str = "",
               assumed: Collection[str] = (), reason: str = "", track: Track | None = None) -> Memo:
    """The memo about a decision; `link` opens its page again, `made` is the date of the memo, `assumed` are the needs
    that nobody has answered, `reason` is what its reader wrote, on any number of lines, and `track` is what
    happened since. Amounts are in the currency of the decision."""
    decision = explanation.decision
    with currencies.amounts_in(currencies.of(decision)):
        groups = _sources(decision)
        numbers = {source.address: source.number for group in groups for source in group.sources if source.address}
        needs = decision.needs
        return Memo(
            title=needs.project or "Your project",
            question=verdict_text.project_size(needs, decision.from_day),
            verdict=unmarked(verdict_text.verdict(decision)), because=verdict_text.main_reason(decision),
            strip=_strip(decision), share_note=chart_titles.SHARE_IS_NO_CHANCE,
            options=_plans(decision), options_note=_plans_note(decision),
            sections=(*_tracked(track), *_sections(explanation, numbers)), charts=_charts(decision),
            outlook=(*_outlook(explanation), _answers(decision, assumed)), sources=groups,
            sources_note=_kinds(decision), link=link, made=made, made_text=formatting.day(made),
            made_with=f"{option_words.title()}? {chart_titles.evidence_and_model(decision)}",
            prepared_by=prepared_by, reference=reference, reason=reason)


# The answer

def _strip(decision: Decision) -> Chart | None:
    """A hundred simulations by the option that is first, where that is what the verdict rests on."""
    if decision.rival is None or decision.answer == MIX or decision.verdict == NONE_FITS:
        return None
    headline = unmarked(verdict_text.verdict(decision))
    return Chart(headline, "",
                 svg(answer_charts.futures_spec(), answer_charts.futures_rows(decision), headline, 690, 34))


def _plans(decision: Decision) -> Table:
    """One row for each option and one for the mix, with the numbers of its card on the page; a limit that was not given
    has no column."""
    needs = decision.needs
    limits = [head for head, limit in (("Within budget", needs.budget_usd), ("On time", needs.deadline_months))
              if limit is not None]
    limits += [verdict_text.kept_label(needs)] if len(limits) > 1 else []
    build = [BUILD] if chart_titles.has_build_budget(decision) else []
    whole = "Build and upkeep" if build else chart_titles.cost_label(decision)
    best = [numbers_text.best_label(decision)] if decision.of_hundred else []
    return Table(("Plan", *build, whole, "Typical", "First release", *limits, *best),
                 tuple(_plan(decision, id_, outcome) for id_, outcome in decision.all_outcomes.items()))


def _plan(decision: Decision, id_: str, outcome: Outcome) -> Row:
    low, middle, high = outcome.cost_quantiles
    built_low, _, built_high = outcome.budgeted_quantiles
    first, _, last = outcome.finish_quantiles
    shares = [share for share in (outcome.within_budget_share, outcome.on_time_share) if share is not None]
    shares += [outcome.keep_share] if len(shares) > 1 else []
    counts = decision.of_hundred
    return Row(verdict_text.plan_label(outcome), (
        *([formatting.money_range(built_low, built_high)] if chart_titles.has_build_budget(decision) else ()),
        formatting.money_range(low, high), formatting.money(middle),
        formatting.release_range(decision.from_day, first, last),
        *(f"{verdict_text.share_of_hundred(share, decision)} of 100" for share in shares),
        *([f"{counts[id_]} of 100" if id_ in counts else numbers_text.NONE] if counts else ())),
        COLORS[verdict_text.plan_color(outcome)])


def _plans_note(decision: Decision) -> str:
    """How to read the table of plans."""
    mixed = "" if decision.mix is None else f"The mix: {formatting.lower_first(decision.mix.label)}."
    parts = ("Ranges hold 8 of 10 simulations.", mixed, verdict_text.assumed_yardsticks(decision.needs))
    return " ".join(filter(None, parts))


def _charts(decision: Decision) -> tuple[Chart, ...]:
    cost, spending = chart_titles.cost_headline(decision), chart_titles.spending_headline(decision)
    return (Chart(cost, chart_titles.cost_explained(decision),
                  svg(answer_charts.cost_spec(), answer_charts.cost_rows(decision), cost, 400, 200)),
            Chart(spending, chart_titles.spending_explained(decision),
                  svg(answer_charts.spending_spec(decision.from_day is not None),
                      answer_charts.spending_rows(decision), spending, 330, 268)))


# The argument

def _tracked(track: Track | None) -> Iterator[Section]:
    """What happened since the decision, beside what was forecast."""
    if track is None or track.decision.from_day is None:
        return
    day = track.decision.from_day
    facts = track_text.standing_rows(track, day)
    yield Section("What happened", f"{track_text.headline(track, day)}.",
                  tables=(_table(facts),) if any(facts.values()) else ())
    yield Section("Forecast now", tables=(_table(track_text.forecast_rows(track, day)),),
                  note=track_text.agreement(track))


def _sections(explanation: Explanation, numbers: dict[str, int]) -> Iterator[Section]:
    """The manager's own figures, the reasons, the mix, the limits that have an even chance and the cautions, as far as
    there are any."""
    decision = explanation.decision
    if decision.evidence.replaced:
        without = hiring.decide(decision.needs, decision.as_of)
        yield Section("Own figures", unmarked(
            f"{own_figures_text.own_figures_used(decision, MOST_OWN_FIGURES)} "
            f"{own_figures_text.effect_of_own(decision, without)}"))
    if explanation.reasons and decision.rival is not None and decision.verdict != NONE_FITS:
        first, second = (verdict_text.option_name(outcome) for outcome in reasons_text.compared(decision))
        rest = reasons_text.everything_else(decision, explanation.reasons)
        said = " ".join(filter(None, ("Points are parts of a score of 100.", rest)))
        yield Section(f"Why {first} rather than {second}", said, points=tuple(
            Point(*reasons_text.reason(decision, reason)) for reason in explanation.reasons))
    if decision.mix is not None:
        yield Section("The mix", points=(Point(f"{plans_text.plan_headline(decision)}.", " ".join((
            plans_text.plan_who(decision, decision.mix), plans_text.plan_ahead(decision, decision.mix)))),))
    if decision.remedies:
        yield Section("An even chance", f"{_even_chances(decision)}.")
    cautions = tuple(_caution(decision, caution, numbers) for caution in verdict_text.cautions(decision))
    if cautions:
        has_law = any(finding.laws for findings in decision.findings.values() for finding in findings)
        yield Section("Cautions", points=cautions, note=law_text.not_advice(decision.evidence.place) if has_law else "")


def _even_chances(decision: Decision) -> str:
    """The limits that each plan would keep in half of the simulations, the nearest first."""
    found = [f"{verdict_text.option_name(decision.all_outcomes[plan])} with {verdict_text.even_chance(decision, plan)}"
             for plan in decision.remedies]
    kept = "both limits" if None not in (decision.needs.budget_usd, decision.needs.deadline_months) else "the limit"
    return f"Half of the simulations keep {kept} for {formatting.join_words(found)}"


def _typical(decision: Decision) -> Section:
    """The typical case of each plan by cost lines and by years, which add up to the same total."""
    lines, years = chart_titles.typical_lines(decision), chart_titles.typical_years(decision)
    unit, labels = chart_titles.unit_of(decision), chart_titles.LINE_LABELS
    currency = currencies.shown()
    heads = (f"{currency.sign.strip()} thousand" if unit == 1_000 else currency.name,
             *(verdict_text.plan_label(outcome) for outcome in decision.all_outcomes.values()))
    total = [sum(of.values()) for of in lines.values()]

    def table(parts: Mapping[str, Mapping[str, int]]) -> Table:
        rows = {labels.get(name, name): [of[name] for of in parts.values()] for name in next(iter(parts.values()))}
        return Table(heads, tuple(Row(label, tuple(f"{usd / unit:,.0f}" for usd in cells))
                                  for label, cells in {**rows, "Total": total}.items()))

    def first_years(paid: Mapping[str, int]) -> dict[str, int]:
        kept = dict(list(paid.items())[:MOST_YEARS])
        return kept if len(paid) == len(kept) else {**kept, "Later": sum(paid.values()) - sum(kept.values())}

    return Section("Typical cost", tables=(table(lines), table({id_: first_years(of) for id_, of in years.items()})),
                   note=f"Years count from {_first_day(decision)}, at the prices of the day. "
                         f"{chart_titles.cost_included(decision)}")


def _first_day(decision: Decision) -> str:
    return "today" if decision.from_day is None else formatting.day(decision.from_day)


def _answers(decision: Decision, assumed: Collection[str]) -> Section:
    """The answers that the decision rests on, in two columns, and which of them nobody has given."""
    answers = {name: switching_text.current_answer(decision, name) for name in NEEDS if name != "project"}
    rows = [Row(NEEDS[name].label, (f"{answer}, assumed" if name in assumed else answer,))
            for name, answer in answers.items()]
    half = (len(rows) + 1) // 2
    tables = tuple(Table(("Question", "Answer"), tuple(part)) for part in (rows[:half], rows[half:]))
    count = sum(name in assumed for name in answers)
    said = "All of them were given." if not count else (
        f"{count} of them {'is' if count == 1 else 'are'} assumed: nobody has answered, and the usual answer is used.")
    return Section("Answers behind it", said, tables=tables)


def _outlook(explanation: Explanation) -> Iterator[Section]:
    """What it typically costs, what would change the answer, what is assumed and what to find out, and from when
    in-house costs less."""
    decision, switches = explanation.decision, explanation.switches
    yield _typical(decision)
    if switches is not None:
        explained = switching_text.switch_explained(decision, switches.found) if switches.found else ""
        yield Section("What would change it", f"{switching_text.switch_headline(decision, switches)}.",
                      tables=_switches(decision, switches), note=explained)
    tornado = explanation.tornado
    yield Section("What is assumed", reasons_text.assumed_figures(decision, tornado), tuple(
        Point(*claim) for claim in (
            reasons_text.find_out(decision, tornado) if tornado and decision.verdict != NONE_FITS else ())))
    if explanation.break_evens:
        yield Section("Break-even", f"{break_even_text.break_even_headline(decision, explanation.break_evens)}.",
                      tables=(_table(break_even_text.break_even_table(explanation)),),
                      note=break_even_text.break_even_explained(explanation))


def _caution(decision: Decision, caution: verdict_text.Caution, numbers: dict[str, int]) -> Point:
    """A caution with its sources, and with the plans it is about unless its title names them."""
    names = [verdict_text.option_name(decision.all_outcomes[plan]) for plan in caution.plans]
    is_named = len(names) == len(decision.all_outcomes) or caution.title.lower().startswith(names[0])
    about = "" if is_named else f" ({formatting.join_words(names)})"
    cited = dict.fromkeys(source for finding in caution.findings for source in finding.rule.source)
    found = [numbers[address] for source in cited if (address := decision.evidence.sources[source].address)]
    said = f"{caution.sentence}{about}{''.join(f' [{number}]' for number in found)}"
    laws = [_law(decision, it, numbers) for it in caution.laws]
    return Point(caution.title, " ".join((said, law_text.where(decision.evidence), *laws)) if laws else said)


def _law(decision: Decision, law: Law, numbers: dict[str, int]) -> str:
    """A law with its official page and with the sources that were read."""
    read = (decision.evidence.sources[source].address for source in law.source)
    cited = [numbers[address] for address in dict.fromkeys((law.address, *read)) if address]
    said = f"{unmarked(law_text.law(law))} {law_text.status(law)}"
    return f"{said}{''.join(f' [{number}]' for number in cited)}"


def _switches(decision: Decision, switches: Switches) -> tuple[Table, ...]:
    found = switches.found[:MOST_CHANGES]
    return (Table(("If …", "Now", "Best option then"), tuple(
        Row(switching_text.row_label(decision, switch),
            (switching_text.current_answer(decision, switch.need), switching_text.first_option_then(decision, switch)))
        for switch in found)),) if found else ()


def _table(columns: dict[str, list[str]]) -> Table:
    return Table(tuple(columns), tuple(Row(head, tuple(cells)) for head, *cells in zip(*columns.values(), strict=True)))


# Sources

def _sources(decision: Decision) -> tuple[SourceGroup, ...]:
    """The sources, numbered throughout, each under the kind of figure that uses it first."""
    used = {part: [source for figure in figures for source in figure.source]
            for part, figures in decision.figures_used().items()}
    used["cost"] += [source for wage in decision.wages_used() for source in wage.source]
    groups = {figure_names.TITLES[part]: ids for part, ids in used.items()}
    found = [finding for findings in decision.findings.values() for finding in findings]
    groups["Cautions"] = [source for finding in found for source in finding.sources]
    numbers: dict[str, int] = {}
    listed = []
    for heading, ids in groups.items():
        new = [id_ for id_ in dict.fromkeys(ids) if id_ not in numbers and id_ != figure_names.ASSUMED]
        numbers |= {id_: len(numbers) + place for place, id_ in enumerate(new, 1)}
        if new:
            listed.append(SourceGroup(heading, tuple(_source(decision, id_, numbers[id_]) for id_ in new)))
    cited = {source.address for group in listed for source in group.sources}
    official = {law.address: law for finding in found for law in finding.laws if law.address not in cited}
    if official:
        listed.append(SourceGroup("Law", tuple(Source(number, f"{law.name}, official page.", address) for number, (
            address, law) in enumerate(official.items(), len(numbers) + 1))))
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
    used = {figure.id: figure.kind for figures in decision.figures_used().values() for figure in figures}
    kinds = list(used.values())
    own, assumed = kinds.count(OWN), kinds.count("assumed")
    counts = ((len(kinds) - own - assumed, "from these sources"), (assumed, "assumed by this project"),
              (own, "your own"))
    parts = [f"{count} {'is' if count == 1 else 'are'} {what}" for count, what in counts if count]
    return (f"Of the {len(kinds)} figures behind this answer, {formatting.join_words(parts)}; the page lists each with "
            f"its range and its source. Sources were read on {formatting.day(_last_read(decision))}, unless another "
            "day is given.")
