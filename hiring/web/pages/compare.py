"""The page Compare: up to four scenarios side by side, from the project on Decide, an example or a pasted link."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from hiring.charts import comparison_chart
from hiring.evidence.loader import load_evidence
from hiring.links import comparison_link, project_link
from hiring.links.comparison_link import MAX_SCENARIOS, Scenario
from hiring.lists.examples import load_examples
from hiring.model.decision import Decision
from hiring.text import chart_titles, comparison_text, currencies, verdict_text
from hiring.text.formatting import isolated, marked, spelled
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note
from hiring.web.pages.decide import page as decide
from hiring.web.session import comparison_state, page_state
from hiring.web.session.comparison_state import Compared

PATH = "compare"


def show() -> None:
    compared = comparison_state.keep(comparison_state.current())
    decisions = [comparison_state.decided(scenario) for scenario in compared.scenarios]
    if not decisions:
        _empty(compared)
        return
    with currencies.amounts_in(currencies.of(decisions[0])):
        _show(compared, decisions)


def _show(compared: Compared, decisions: list[Decision]) -> None:
    """The scenarios, with all amounts in the currency of the first."""
    names = comparison_link.scenario_names(compared.scenarios)
    st.markdown(f"# {markdown(comparison_text.headline(decisions))}", anchors=False)
    if exchanged := comparison_text.exchanged(decisions):
        st.markdown(note(exchanged))
    _notices(compared, decisions)
    _tools(compared, decisions)
    with st.grid(max(2, len(decisions)), min_column_width=240, key="scenarios"):
        for place, scenario in enumerate(compared.scenarios):
            _card(compared, place, scenario, decisions[place])
        if len(decisions) == 1:
            with st.container(border=True, gap="small", height="stretch"):
                _ways(compared)
    blocks.chart_of_many(
        "compared", comparison_text.cost_headline(names, decisions),
        "Each line is the likely range: 8 of 10 simulations. Its point is the typical one. Upright ticks mark a budget "
        "for build and upkeep. On the right, the first number says in how many of 100 simulations the option comes "
        "first. For a mix, it says how often it is ahead of the option that comes closest. The second says how often "
        "it is within your limits."
        + (" Equal steps along the axis are equal multiples." if comparison_chart.is_wide(decisions) else "")
        + comparison_text.other_service(decisions),
        comparison_chart.cost_chart(names, decisions))
    st.markdown("## The answers side by side", anchors=False)
    heads = _heads(compared.scenarios, names)
    _table(heads, comparison_text.result_rows(decisions), "The answers of the scenarios side by side")
    if len(decisions) > 1:
        _differences(names, heads, decisions)
    _about_files()


def _empty(compared: Compared) -> None:
    st.markdown("# Compare up to four scenarios", anchors=False)
    st.markdown("See what changes if the team costs less or the deadline moves, or put projects side by side.  \n"
                "Add the first one here. Then add the same project in another country, or change its answers on the "
                "Decide page and add it again.")
    _notices(compared, [])
    with st.grid(len(_WAYS), min_column_width=255, key="ways"):
        for way in _WAYS:
            with st.container(border=True, gap="small", height="stretch"):
                way(compared.changed)


def _ways(compared: Compared) -> None:
    """Every way to add a scenario of another project."""
    for way in _WAYS:
        way(compared.changed)


def _tools(compared: Compared, decisions: list[Decision]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="tools"):
        if len(compared.scenarios) < MAX_SCENARIOS:
            _in_another_country(compared.changed, decisions)
        if 1 < len(compared.scenarios) < MAX_SCENARIOS:
            with st.popover("Add a scenario", icon=":material/add:", key=f"add_{compared.changed}"):
                _ways(compared)
        elif len(compared.scenarios) == MAX_SCENARIOS:
            st.markdown(note(f"You can compare up to {MAX_SCENARIOS} scenarios. Remove one to add another."),
                        width="content")
        with st.popover("Share", icon=":material/link:", key="share_comparison"):
            _link(compared)
        st.download_button("Download CSV",
                           partial(comparison_state.to_csv, compared.scenarios, page_state.address(PATH)),
                           "comparison.csv", "text/csv", key="comparison_csv", on_click="ignore",
                           icon=":material/download:")


def _in_another_country(count: int, decisions: list[Decision]) -> None:
    """The first project, with its budget at the exchange rate of the evidence."""
    key, known = f"add_country_{count}", decisions[0].evidence.countries
    compared = {decision.needs.country for decision in decisions}
    st.selectbox("Add the same project in another country", [code for code in known if code not in compared],
                 index=None, key=key, on_change=comparison_state.add_country, args=(key,), width=310,
                 format_func=lambda it: known[it].name, placeholder="Same project in another country",
                 label_visibility="collapsed")


def _from_decide(count: int) -> None:
    st.markdown("**Your own project**  \n" + note("With its current answers on the Decide page."))
    st.button("Add the project on Decide", key=f"add_current_{count}", on_click=comparison_state.add_current,
              icon=":material/add:")


def _from_example(count: int) -> None:
    key, examples = f"add_example_{count}", load_examples()
    st.markdown("**An example**  \n" + note(f"One of {spelled(len(examples))} kinds of projects."))
    st.selectbox("Example to add", list(examples), index=None, key=key, on_change=comparison_state.add_example,
                 args=(key,), format_func=lambda it: examples[it].project, placeholder="Choose an example",
                 label_visibility="collapsed")


def _from_link(count: int) -> None:
    key = f"add_link_{count}"
    st.markdown("**A link**  \n" + note("To a project or another comparison, from anyone."))
    with st.form(f"form_{key}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Link to add", key=key, placeholder="Paste a link", label_visibility="collapsed",
                      autocomplete="off")
        st.form_submit_button("Add", on_click=comparison_state.add_pasted, args=(key,))


_WAYS: tuple[Callable[[int], None], ...] = (_from_decide, _from_example, _from_link)


def _notices(compared: Compared, decisions: list[Decision]) -> None:
    if compared.problems:
        st.warning("  \n".join(map(markdown, compared.problems)))
    if compared.notes:
        st.info("  \n".join(map(markdown, compared.notes)))
    if compared.removed:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="removed"):
            place, scenario = compared.removed
            name = scenario.name or scenario.needs.project or f"Scenario {place + 1}"
            st.markdown(markdown(f"{isolated(name)} was removed."), width="stretch")
            st.button("Undo", key="undo", on_click=comparison_state.undo, icon=":material/undo:")
    options = load_evidence().options
    names = comparison_link.scenario_names(compared.scenarios)
    for name, scenario, decision in zip(names, compared.scenarios, decisions, strict=True):
        change = verdict_text.changed_since_link(scenario.said, project_link.said_by(decision), options)
        if change:
            st.info(markdown(f"{isolated(name)}: {change}"))


def _card(compared: Compared, place: int, scenario: Scenario, decision: Decision) -> None:
    key = f"name_{compared.changed}_{place}"
    with st.container(border=True, gap="small", height="stretch", key=f"scenario_{place}"):
        names = comparison_link.scenario_names(compared.scenarios)
        st.text_input(f"Name of scenario {place + 1}", names[place], 80, key=key,
                      on_change=comparison_state.rename, args=(place, key))
        if compared.misnamed and compared.misnamed[0] == place:
            blocks.problem(key, compared.misnamed[1])
        st.markdown(f"{markdown(verdict_text.short_verdict(decision))}  \n"
                    f"{markdown(comparison_text.cost_and_release(decision))}  \n"
                    f"{note(f'{comparison_text.question(decision)}.')}")
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.page_link(st.Page(decide.show, url_path="decide", default=True), label="Open on Decide",
                         icon=":material/arrow_forward:", query_params=scenario.query)
            st.button("Remove", key=f"remove_{compared.changed}_{place}", type="tertiary",
                      on_click=comparison_state.remove, args=(place,), icon=":material/close:")


def _heads(scenarios: tuple[Scenario, ...], names: list[str]) -> list[str]:
    """The names as links that open each scenario. They also let the keyboard scroll a table wider than a phone."""
    address = page_state.address(PATH)
    short = comparison_link.distinct_names(comparison_text.shortened(names))
    return [marked(isolated(name), project_link.absolute(address, it.query))
            for name, it in zip(short, scenarios, strict=True)]


def _table(heads: list[str], rows: list[tuple[str, list[str]]], alt: str) -> None:
    blocks.table({" ": [label for label, _ in rows],
                  **{head: [cells[place] for _, cells in rows] for place, head in enumerate(heads)}}, alt)


def _differences(names: list[str], heads: list[str], decisions: list[Decision]) -> None:
    st.markdown("## Different answers", anchors=False)
    rows = comparison_text.difference_rows(names, decisions)
    if not rows:
        st.markdown("All answers are the same.")
        return
    st.markdown(note(f"{comparison_text.DIFFERS} and bold: different from {isolated(names[0])}. All other answers are "
                     "the same."))
    _table(heads, rows, "The answers and own figures that differ between the scenarios")


def _link(compared: Compared) -> None:
    link = project_link.absolute(page_state.address(PATH) + PATH, comparison_link.encode(compared.scenarios))
    if len(link) > project_link.MAX_LINK_CHARS:
        st.warning(f"With this many of your own figures the link has {len(link):,} characters, and mail and chat "
                   "programs may cut it off. Send a link for each scenario, or the CSV.")
    st.markdown("This link opens this comparison. It contains all your answers, including the budgets and your own "
                "figures.")
    blocks.link(link)


def _about_files() -> None:
    st.markdown(note("The CSV has a row for each option and for the best mix of each scenario, with its needs and its "
                     "link. You can upload it on the Projects page. Open a scenario on the Decide page for its reasons "
                     f"and sources. {chart_titles.SHARE_IS_NO_CHANCE}"))
