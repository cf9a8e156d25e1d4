"""The main page: the form on the left, the answer and its reasons on the right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

import pyarrow as pa
import streamlit as st

import hiring
from hiring.dashboard import charts, form, formats, headlines, sources, wording
from hiring.dashboard import state as page_state
from hiring.dashboard.state import State
from hiring.exchange import summary
from hiring.model import decision as model
from hiring.model.decision import Decision
from hiring.model.draws import DRAWS
from hiring.model.needs import ProjectNeeds
from hiring.model.simulation import Outcome


@lru_cache(maxsize=4)
def _decided(needs: ProjectNeeds, as_of: date) -> Decision:
    """Opening a list of sources or copying the link asks the same question again."""
    return hiring.decide(needs, as_of)


def show() -> None:
    state = page_state.current()
    with st.sidebar, st.container(gap="xsmall"):
        head = st.empty()
        needs, problems = form.answers(state)
    if needs != state.needs:
        state = replace(state, needs=needs, problems=())
        page_state.keep(state)
    decision = _decided(state.needs, state.as_of)
    head.markdown(wording.short_verdict(decision))

    _notices(state, problems)
    _answer(state, decision)
    _costs(decision)
    _fit(decision)
    _numbers(decision)
    _files(state, decision)


def _notices(state: State, problems: dict[str, str]) -> None:
    if problems:
        st.error("The answer below is for the last complete form: mend what is marked in the form.")
    if state.problems:
        lines = "\n".join(f"- {formats.escaped(problem)}" for problem in state.problems)
        st.warning(f"The link could not be read in full. The rest of it was kept.\n{lines}")


def _answer(state: State, decision: Decision) -> None:
    hint = " Tap » to change it." if "Mobi" in st.context.headers.get("User-Agent", "") else ""
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            st.markdown(f":small[:gray[{wording.question(decision.needs)}.{hint}]]", width="stretch")
            _share(state)
        st.markdown(f"# {wording.verdict(decision)}", anchors=False)
        st.markdown(wording.because(decision))
        if decision.verdict != model.NONE_FITS and len(decision.left) > 1:
            st.vega_lite_chart(charts.futures_rows(decision), charts.futures_spec(), width="stretch", key="futures",
                               alt=_plain(wording.verdict(decision)))
        with st.grid(3, min_column_width=255, key="cards"):
            for outcome in decision.outcomes.values():
                _card(decision, outcome)
    assumed = wording.assumed_yardsticks(decision)
    _with_sources(f":small[:gray[Each range holds 8 of 10 simulated futures.{' ' + assumed if assumed else ''}]]",
                  "answer", decision, sources.TITLES)
    _cautions(decision)


def _share(state: State) -> None:
    with st.popover("Share", icon=":material/link:", key="share", on_change="rerun") as popover:
        if popover.open:
            st.markdown("This link opens the page with the same numbers. It holds every answer, the budget too. "
                        "Point at it for the copy button.")
            st.code(page_state.link(state), language=None, wrap_lines=True)


def _card(decision: Decision, outcome: Outcome) -> None:
    option = outcome.option.id
    out = outcome.is_ruled_out
    counts = formats.whole_hundred(decision.first_shares)
    place = ":gray-badge[Ruled out]" if out else (
        ":small[:gray[only one left]]" if len(decision.left) == 1 else
        f":small[:gray[first in {counts[option]} of 100]]")
    low, _, high = outcome.cost_quantiles
    first, _, last = outcome.finish_quantiles
    with st.container(border=True, gap="small", key=f"card_{option}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"{wording.colored(outcome, '●')} **{outcome.option.label}**", width="content")
            st.markdown(place, width="content")
        money, time = st.columns([1.2, 1], gap="small", wrap=False)
        money.metric(
            headlines.cost_label(decision, outcome), formats.usd(formats.money_range(low, high)),
            _chance(outcome.within_budget_share, decision, "in budget"), delta_color="off", delta_arrow="off")
        time.metric(
            "First release in", formats.time_range(first, last),
            _chance(outcome.on_time_share, decision, "on time"), delta_color="off", delta_arrow="off")


def _chance(share: float | None, decision: Decision, what: str) -> str | None:
    return None if share is None else f"{wording.share_of_hundred(share, decision)}/100 {what}"


def _cautions(decision: Decision) -> None:
    lines = []
    for caution in wording.cautions(decision):
        icon = ":material/block:" if caution.rules_out else ":material/warning:"
        names = [wording.name(decision.outcomes[option]) for option in caution.options]
        if len(names) == len(decision.left) or caution.title.lower().startswith(names[0]):
            names = []
        about = f" :gray[({formats.listed(names)})]" if names else ""
        cited = dict.fromkeys(source for finding in caution.findings for source in finding.rule.source)
        named = [decision.evidence.sources[source] for source in cited]
        links = ", ".join(f"[{source.producer}]({source.address})" for source in named if source.address)
        lines.append(f"{icon} **{caution.title}** {' '.join(caution.sentences)}{about}{f' {links}.' if links else ''}")
    if lines:
        st.markdown("  \n".join(lines))


def _chart(key: str, headline: str, explained: str, decision: Decision, parts: tuple[str, ...], rows: pa.Table,
           spec: charts.Spec) -> None:
    """A chart with its finding as headline, how to read it, and its sources."""
    with st.container(gap="xsmall"):
        _with_sources(f"### {headline}", key, decision, parts)
        st.markdown(f":small[:gray[{explained}]]")
        st.vega_lite_chart(rows, spec, width="stretch", key=key, alt=_plain(headline))


def _with_sources(text: str, key: str, decision: Decision, parts: Iterable[str]) -> None:
    """A text with the button that opens its sources at its right."""
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.markdown(text, anchors=False, width="stretch")
        sources.popover(key, decision, parts)


def _costs(decision: Decision) -> None:
    st.markdown("## What it costs", anchors=False)
    legend = "Ranges hold 8 of 10 futures."
    if decision.needs.budget_usd is not None:
        legend = "Filled dots stay within the budget, hollow ones exceed it."
    _chart("cost", headlines.cost_headline(decision),
           f"Each dot is one of 20 equally likely futures, with every cost {headlines.cost_span(decision)}. {legend}",
           decision, ("cost", "time"), charts.cost_rows(decision), charts.cost_spec())
    rows, headline = charts.spending_rows(decision)
    _chart("spending", headline,
           "Thick lines are the middle future; in 8 of 10 futures the cost runs inside the band. Diamonds mark the "
           f"first release: {_releases(decision)}.",
           decision, ("cost", "time"), rows, charts.spending_spec())
    _chart("parts", headlines.parts_headline(decision),
           "How the middle future of each option splits. The strongest shades are pay; the table at the end has every "
           "line, as medians.",
           decision, ("cost", "time"), charts.parts_rows(decision), charts.parts_spec())


def _releases(decision: Decision) -> str:
    soonest = sorted(decision.outcomes.values(), key=lambda outcome: outcome.finish_quantiles[1])
    return ", ".join(f"{wording.name(outcome)} {formats.month(outcome.finish_quantiles[1])}" for outcome in soonest)


def _fit(decision: Decision) -> None:
    st.markdown("## What money and time do not show", anchors=False)
    _chart("fit", headlines.fit_headline(decision),
           "Gray bars are what you need. Filled dots meet it, hollow ones fall short; more than enough earns nothing "
           "extra. Lines run from the low to the high rating.",
           decision, ("fit",), charts.fit_rows(decision), charts.fit_spec())


def _numbers(decision: Decision) -> None:
    st.markdown("## All numbers side by side", anchors=False)
    _with_sources(f":small[:gray[Middle values of {DRAWS:,} simulated futures; medians of the lines need not add up to "
                  "the median of the whole.]]", "numbers", decision, sources.TITLES)
    outcomes = list(decision.outcomes.values())
    heads = {o.option.id: f"{wording.colored(o, '●')} {o.option.label}" for o in outcomes}
    table: dict[str, list[str]] = {" ": [], **{head: [] for head in heads.values()}}
    for label, cells in _number_rows(decision, outcomes):
        table[" "].append(label)
        for outcome, cell in zip(outcomes, cells, strict=True):
            table[heads[outcome.option.id]].append(formats.escaped(cell))
    st.table(pa.table(table), border="horizontal", hide_index=True,
             alt="All numbers of the three options side by side")


def _number_rows(decision: Decision, outcomes: list[Outcome]) -> list[tuple[str, list[str]]]:
    def chance(share: float | None) -> str:
        return "–" if share is None else f"{wording.share_of_hundred(share, decision)} of 100"

    lines = {o.option.id: o.line_medians() for o in outcomes}
    counts = formats.whole_hundred(decision.first_shares)
    return [
        ("First, of 100 futures", ["ruled out" if o.is_ruled_out else str(counts[o.option.id]) for o in outcomes]),
        ("Score, points of 100", [f"{decision.expected_scores[o.option.id] * 100:.0f}" for o in outcomes]),
        ("Cost, middle future", [formats.money(o.cost_quantiles[1]) for o in outcomes]),
        ("Cost, 8 of 10 futures", [formats.money_range(o.cost_quantiles[0], o.cost_quantiles[2]) for o in outcomes]),
        ("Within budget", [chance(o.within_budget_share) for o in outcomes]),
        ("Work begins", [f"week {o.start_week:.0f}" for o in outcomes]),
        ("First release", [formats.month(o.finish_quantiles[1]) for o in outcomes]),
        ("On time", [chance(o.on_time_share) for o in outcomes]),
        *((label, [formats.money(lines[o.option.id][line]) for o in outcomes])
          for line, label in headlines.LINE_LABELS.items()),
    ]


def _files(state: State, decision: Decision) -> None:
    link = page_state.link(state)  # the download runs outside of the page, where no address is known
    st.download_button(
        "Download CSV summary", partial(_csv, state.needs, state.as_of, link), summary.file_name(state.needs),
        "text/csv", key="download", on_click="ignore", icon=":material/download:")
    st.markdown("Link to this page, with every answer, the budget too. Point at it for the copy button.")
    st.code(link, language=None, wrap_lines=True)
    st.markdown(":small[:gray[A share of simulated futures under stated ranges is not the chance that the answer is "
                f"right. Evidence of {formats.day(decision.as_of)}; model {model.MODEL_VERSION}.]]")


def _csv(needs: ProjectNeeds, as_of: date, link: str) -> bytes:
    """The file, made when it is asked for: a session that held the decision would hold megabytes."""
    return summary.to_csv(_decided(needs, as_of), link)


def _plain(markdown: str) -> str:
    """Markdown without its marks, for screen readers."""
    return re.sub(r":[a-z]+\[([^]]*)\]", r"\1", markdown).replace("\\", "")
