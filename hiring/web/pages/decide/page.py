"""The main page: the form on the left, the answer and its reasons on the right."""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import hiring
from hiring.charts import answer_charts
from hiring.evidence.loader import load_evidence
from hiring.links import needs_file
from hiring.links.project_link import MAX_LINK_CHARS
from hiring.lists.examples import load_examples
from hiring.model import decision as model
from hiring.model.decision import Decision
from hiring.model.explanation import Explanation
from hiring.model.needs import NEEDS, ProjectNeeds
from hiring.model.own_figures import Own
from hiring.text import chart_titles, figure_names, formatting, own_figures_text, verdict_text
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note
from hiring.web.pages.decide import downloads, explanation_section, form
from hiring.web.server.explanation_lock import explanation_lock
from hiring.web.session import page_state
from hiring.web.session.page_state import State


@lru_cache(maxsize=4)
def _explained(needs: ProjectNeeds, as_of: date, own: Own) -> Explanation:
    """Opening a list of sources or copying the link asks the same question again."""
    return hiring.explain(hiring.decide(needs, as_of, dict(own)))


def show() -> None:
    state = page_state.current()
    with st.sidebar, st.container(gap="xsmall"):
        head = st.empty()
        state, problems = form.answers(state)
    explanation = _explained(state.needs, state.as_of, state.own)
    decision = explanation.decision
    state = page_state.keep(state, decision)
    head.markdown(markdown(verdict_text.short_verdict(decision)))

    _notices(state, problems)
    _newer_evidence(state, explanation)
    _issued(state)
    _answer(state, explanation)
    with explanation_lock(lambda: head.markdown(markdown(verdict_text.short_verdict(decision)))):
        _explain(state, explanation)


def _explain(state: State, explanation: Explanation) -> None:
    """Everything below the answer. The slowest sections run last and fill their places."""
    decision = explanation.decision
    _costs(explanation)
    explanation_section.reasons(explanation)
    switches = _fit(explanation)
    explanation_section.remedies(decision)
    explanation_section.mix(decision)
    figures = st.container()
    _numbers(decision)
    downloads.take_along(state, _explained)
    st.markdown(note(f"{chart_titles.SHARE_IS_NO_CHANCE} {chart_titles.evidence_and_model(decision)}"))
    with figures:
        explanation_section.tornado(explanation)
    with switches:
        explanation_section.switching(explanation)


def _newer_evidence(state: State, explanation: Explanation) -> None:
    """Where newer figures exist: the answer of this link beside today's, and the way to today's."""
    decision, newest = explanation.decision, hiring.evidence_as_of(None, ())
    if decision.as_of >= newest.as_of:
        return
    today = _explained(state.needs, newest.as_of, state.own).decision
    with st.container(border=True, key="newer_evidence"):
        st.markdown(markdown(
            f"{formatting.strong('Newer figures exist.')} This page counts with the evidence of "
            f"{formatting.day(decision.as_of)}, as its link says; "
            f"{own_figures_text.figures_changed(decision.evidence, newest)}."))
        with st.grid(2, min_column_width=330):
            for label, one in ((f"Evidence of {formatting.day(decision.as_of)}, shown here", decision),
                              (f"Evidence of {formatting.day(today.as_of)}", today)):
                st.markdown(f"{note(label)}  \n**{markdown(verdict_text.verdict(one))}**")
        st.button("Use the newer figures", key="use_newest", on_click=page_state.use_evidence, args=(newest.as_of,))


def _issued(state: State) -> None:
    """Where a link said another answer when it was made: both, and why they differ."""
    change = verdict_text.changed_since_link(state.issued, state.said, load_evidence().options)
    if change:
        st.info(markdown(change))


def _notices(state: State, problems: dict[str, str]) -> None:
    if problems:
        labels = formatting.join_words([f"“{NEEDS[name].label}”" for name in problems])
        st.error(markdown(f"Look at {labels} in the form: the last good answer still counts."))
    if state.problems:
        lines = "\n".join(f"- {markdown(line)}" for line in (*state.problems, *state.notes))
        st.warning(f"Not everything could be opened; the rest was kept.\n{lines}")
    elif state.notes:
        st.info(markdown(" ".join(state.notes)))


def _answer(state: State, explanation: Explanation) -> None:
    decision = explanation.decision
    hint = " Tap » to change it." if "Mobi" in st.context.headers.get("User-Agent", "") else ""
    if state.is_example:
        hint = hint or " Change developers, build and budget first."
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            question = verdict_text.question(decision.needs,
                                             "A worked example" if state.is_example else "Your project")
            st.markdown(note(f"{question}.{hint}"), width="stretch")
            _share(state)
        blocks.own_figures(decision)
        st.markdown(f"# {markdown(verdict_text.verdict(decision))}", anchors=False)
        st.markdown(markdown(verdict_text.main_reason(decision)))
        if decision.verdict != model.NONE_FITS and decision.answer != model.MIX and decision.rival is not None:
            st.vega_lite_chart(answer_charts.futures_rows(decision), answer_charts.futures_spec(), width="stretch",
                               key="futures", alt=formatting.unmarked(verdict_text.verdict(decision)))
        with st.grid(len(decision.all_outcomes), min_column_width=200, key="cards"):
            for id_ in decision.all_outcomes:
                _card(decision, id_)
    _examples(state)
    sentences = ["In brackets: the likely range, which holds 8 of 10 simulations.",
                 verdict_text.assumed_yardsticks(decision),
                 f"Months are counted from {formatting.day(state.from_day)}." if state.from_day else ""]
    blocks.with_sources(note(" ".join(filter(None, sentences))), "answer", decision, blocks.ALL)
    _cautions(decision)


def _examples(state: State) -> None:
    """Projects to start from, until the reader has begun with one of their own, and the way back."""
    if not state.is_example and state.before is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="examples"):
        if state.is_example:
            st.markdown(note("Other examples:"), width="content")
            for id_, needs in load_examples().items():
                st.button(needs.project, key=f"example_{id_}", on_click=page_state.use_needs, args=(needs,),
                          type="tertiary", disabled=needs == state.needs)
            st.button("Start my own", key="start_own", on_click=page_state.start_own, type="tertiary")
        if state.before is not None:
            st.button("Undo", key="undo", on_click=page_state.undo, type="tertiary")


def _share(state: State) -> None:
    with st.popover("Share", icon=":material/link:", key="share", on_change="rerun") as popover:
        if popover.open:
            link = page_state.link(state)
            if len(link) > MAX_LINK_CHARS:
                st.warning(f"With {len(state.own)} figures of your own the link has {len(link):,} characters; mail and "
                           "chat programs may cut it. Send the file instead.")
            st.markdown("This link opens the page with the same numbers. It holds every answer, the budget and "
                    "your own figures too. "
                        "Point at it for the copy button.")
            st.code(link, language=None, wrap_lines=True)
            st.download_button(
                "Download as a file", partial(needs_file.to_toml, state.needs, state.as_of, state.own, state.said,
                                            state.from_day, state.assumed),
                "needs.toml", "application/toml", key="download_needs", on_click="ignore", icon=":material/download:")
            st.file_uploader("Open such a file", "toml", key=f"needs_file_{state.opened}",
                             max_upload_size=1,
                             on_change=page_state.open_file, args=(f"needs_file_{state.opened}",))


def _card(decision: Decision, id_: str) -> None:
    """One option, or the mix: how often it keeps the limits, how often it is first, cost and release."""
    outcome = decision.all_outcomes[id_]
    with st.container(border=True, gap="xsmall", key=f"card_{id_}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(markdown(verdict_text.dotted(outcome)), width="content")
            if id_ == decision.answer and decision.verdict != model.NONE_FITS:
                st.markdown(":gray-badge[Answer]", width="content")
        label = verdict_text.kept_label(decision.needs)
        if label:
            st.metric(label, f"{verdict_text.share_of_hundred(outcome.keep_share, decision)} of 100")
        else:
            st.metric("Typical cost", markdown(formatting.money(outcome.cost_quantiles[1])))
        st.markdown(note("\n".join(verdict_text.card_lines(decision, id_))).replace("\n", "  \n"))


def _cautions(decision: Decision) -> None:
    lines = []
    for caution in verdict_text.cautions(decision):
        names = [verdict_text.option_name(decision.all_outcomes[plan]) for plan in caution.plans]
        if len(names) == len(decision.all_outcomes) or caution.title.lower().startswith(names[0]):
            names = []
        about = f" {formatting.marked(f'({formatting.join_words(names)})', 'gray')}" if names else ""
        cited = dict.fromkeys(source for finding in caution.findings for source in finding.rule.source)
        named = [decision.evidence.sources[source] for source in cited]
        links = ", ".join(figure_names.linked(source.producer, source) for source in named if source.address)
        text = f"{caution.sentence}{about}{f' {links}.' if links else ''}"
        lines.append(f":material/warning: **{markdown(caution.title)}** {markdown(text)}")
    if lines:
        st.markdown("  \n".join(lines))


def _costs(explanation: Explanation) -> None:
    decision = explanation.decision
    st.markdown("## What it costs", anchors=False)
    blocks.chart("cost", chart_titles.cost_headline(decision), chart_titles.cost_explained(decision), decision,
                 ("cost", "time"), answer_charts.cost_rows(decision), answer_charts.cost_spec())
    blocks.chart("spending", chart_titles.spending_headline(decision), chart_titles.spending_explained(decision),
                 decision, ("cost", "time"), answer_charts.spending_rows(decision), answer_charts.spending_spec())
    explanation_section.break_even(explanation)
    blocks.chart("parts", chart_titles.parts_headline(decision),
                 "How the typical cost of each plan splits. The strongest shades are pay; the table at the end has "
                 "every line.",
                 decision, ("cost", "time"), answer_charts.parts_rows(decision), answer_charts.parts_spec())


def _fit(explanation: Explanation) -> DeltaGenerator:
    """The chart of the fit, and the place for the switching values beside it."""
    decision = explanation.decision
    st.markdown("## Fit, and what would change the answer", anchors=False)
    with st.grid(2, min_column_width=330, key="fit_and_switches"):
        blocks.chart("fit", chart_titles.fit_headline(decision),
                     "Gray bars are what you need. Filled dots meet it, hollow ones fall short; more than enough earns "
                     "nothing extra. Lines run from the low to the high rating.",
                     decision, ("fit",), answer_charts.fit_rows(decision), answer_charts.fit_spec())
        return st.container()


def _numbers(decision: Decision) -> None:
    """The typical cost by line and by year, and the other numbers, of each plan side by side."""
    st.markdown("## All numbers side by side", anchors=False)
    blocks.with_sources(note(f"Typical values of {decision.draws:,} simulations. The lines of a plan, and its years, "
                             "add up to its typical cost."), "numbers", decision, blocks.ALL)
    heads = [f"{verdict_text.colored(it, '●')} {verdict_text.plan_label(it)}" for it in decision.all_outcomes.values()]
    lines, years = chart_titles.typical_lines(decision), chart_titles.typical_years(decision)
    totals = [chart_titles.shown_usd(decision, sum(parts.values())) for parts in lines.values()]

    def paid(parts: dict[str, dict[str, int]]) -> list[tuple[str, list[str]]]:
        rows = [(chart_titles.LINE_LABELS.get(name, name),
                 [chart_titles.shown_usd(decision, of[name]) for of in parts.values()])
                for name in next(iter(parts.values()))]
        return [*rows, ("Typical cost", totals)]

    for alt, rows in (("Typical cost by line", paid(lines)), ("Typical cost by year", paid(years)),
                      ("Shares, ranges and dates", _number_rows(decision))):
        labels, cells = zip(*rows, strict=True)
        blocks.table(dict(zip((alt, *heads), map(list, (labels, *zip(*cells, strict=True))), strict=True)), alt)


def _number_rows(decision: Decision) -> list[tuple[str, list[str]]]:
    outcomes, counts = decision.all_outcomes, decision.of_hundred

    def chance(share: float | None) -> str:
        return "–" if share is None else f"{verdict_text.share_of_hundred(share, decision)} of 100"

    return [
        ("Scores highest of the options", [f"{counts[id_]} of 100" if id_ in counts else "–" for id_ in outcomes]),
        ("Score, points of 100", [f"{it.expected_score * 100:.0f}" for it in outcomes.values()]),
        ("Cost, likely range", [formatting.money_range(it.cost_quantiles[0], it.cost_quantiles[2])
                                for it in outcomes.values()]),
        *([("Cost of the build, likely range", [
            formatting.money_range(it.budgeted_quantiles[0], it.budgeted_quantiles[2]) for it in outcomes.values()])]
          if chart_titles.has_build_budget(decision) else []),
        ("Within budget", [chance(it.within_budget_share) for it in outcomes.values()]),
        ("Work begins", [f"week {it.start_week:.0f}" for it in outcomes.values()]),
        ("First release, typical", [formatting.month(it.finish_quantiles[1]) for it in outcomes.values()]),
        ("First release, likely range", [formatting.time_range(it.finish_quantiles[0], it.finish_quantiles[2])
                                         for it in outcomes.values()]),
        ("On time", [chance(it.on_time_share) for it in outcomes.values()]),
    ]
