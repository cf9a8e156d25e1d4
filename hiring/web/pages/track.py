"""The page Track: what really happened since a decision, where it stands in the forecast, and the forecast now."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import streamlit as st

from hiring.charts import track_chart
from hiring.links import project_link, track_link
from hiring.links.comparison_link import Scenario
from hiring.links.track_link import LABELS, MOST_LEAVERS, MOST_USD, Known
from hiring.lists import track_table
from hiring.model.decision import Decision
from hiring.model.tracking import Track
from hiring.text import currencies, track_text, verdict_text
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note
from hiring.web.pages.decide import page as decide
from hiring.web.session import page_state, track_state
from hiring.web.session.track_state import FIELD, Tracked

PATH = "track"


def show() -> None:
    tracked = track_state.keep(track_state.current())
    if tracked.scenario is None:
        _empty(tracked)
        return
    decision = track_state.decided(tracked.scenario)
    with currencies.amounts_in(currencies.of(decision)):
        _show(tracked, tracked.scenario, decision)


def _empty(tracked: Tracked) -> None:
    st.markdown("# What really happened?", anchors=False)
    st.markdown("Come back after some weeks, and enter what is known so far. You see where the project stands in what "
                "was forecast, when it will end now, and what it still costs.")
    _notices(tracked)
    with st.grid(3, min_column_width=255, key="ways"):
        with st.container(border=True, gap="small", height="stretch"):
            st.markdown("**Your own project**  \n" + note("With its current answers on the Decide page."))
            st.button("Track the project on Decide", key="track_current", on_click=track_state.open_current,
                      icon=":material/add:")
        with st.container(border=True, gap="small", height="stretch"):
            key = f"track_link_{tracked.opened}"
            st.markdown("**A link**  \n" + note("To the decision, as it was shared then."))
            with st.form(f"form_{key}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
                st.text_input("Link to track", key=key, placeholder="Paste a link", label_visibility="collapsed",
                              autocomplete="off")
                st.form_submit_button("Open", on_click=track_state.open_pasted, args=(key,))
        with st.container(border=True, gap="small", height="stretch"):
            key = f"track_file_{tracked.opened}"
            st.markdown("**A file**  \n" + note("The needs.toml of the decision."))
            st.file_uploader("File to track", ["toml"], key=key, on_change=track_state.open_file, args=(key,),
                             label_visibility="collapsed", max_upload_size=1)


def _notices(tracked: Tracked) -> None:
    if tracked.problems:
        st.warning("  \n".join(map(markdown, tracked.problems)))
    if tracked.notes:
        st.info("  \n".join(map(markdown, tracked.notes)))


def _show(tracked: Tracked, scenario: Scenario, decision: Decision) -> None:
    start = track_state.from_day(scenario)
    place = st.container()  # the answer is above the fields that it depends on
    known, problems, track = _facts(tracked, decision, start)
    track_state.keep(Tracked(scenario, known, tracked.problems, tracked.notes, tracked.opened))
    with place:
        st.markdown(f"# {markdown(track_text.headline(track, start))}", anchors=False)
        st.markdown(note(f"{verdict_text.question(decision.needs, start)}. {track_text.decided(track, start)}"))
        _notices(tracked)
    if problems:
        for field, sentence in problems.items():
            blocks.problem(f"{FIELD}{field}_{tracked.opened}", sentence)
    _result(scenario, known, track, start)


def _facts(tracked: Tracked, decision: Decision, start: date) -> tuple[Known, dict[str, str], Track]:
    """Ask for the facts. Money is typed in the currency of the project."""
    known, count, currency = tracked.known, tracked.opened, currencies.shown()
    last = date(start.year + track_text.MOST_YEARS, 12, 31)
    labels = {plan: verdict_text.plan_label(outcome) for plan, outcome in decision.in_fixed_order.items()}
    chosen = known.plan if known.plan in labels else decision.nearest

    def field(name: str) -> str:
        return f"{FIELD}{name}_{count}"

    def money(usd: float | None) -> float | None:
        return None if usd is None else round(currency.amount(usd), 2)

    def day(label: str, name: str, given: date | None, help: str, place: Any) -> date | None:
        at: date | None = place.date_input(label, given, start - timedelta(3650), last, key=field(name),
                                           format="YYYY-MM-DD", help=help)
        return at

    with st.container(border=True, gap="small", key="facts"):
        st.markdown("**What is known so far**")
        with st.grid(4, min_column_width=215, key="fact_fields"):
            at = day(LABELS["day"], "day", min(max(known.day, start), last), "The day of these facts.", st) or known.day
            plan = st.selectbox("Plan that was chosen", list(labels), list(labels).index(chosen), key=field("plan"),
                                format_func=labels.__getitem__)
            began = day(LABELS["began"], "began", known.began, "The first working day of the first one.", st)
            done = st.number_input(f"{LABELS['done']}, %", 0.0, 100.0, None if known.done is None else known.done * 100,
                                   5.0, "%g", key=field("done"), help="Of the build, up to the first release.")
            released = day(LABELS["released"], "released", known.released, "Leave it empty until it is released.", st)
            spent = st.number_input(
                f"{LABELS['spent']}, {currency.code}", 0.0, MOST_USD, money(known.spent_usd), 1_000.0, "%g",
                key=field("spent"), help="All that it cost: pay, searches, equipment, and the time of your own people.")
            leavers = st.number_input(LABELS["leavers"], 0, MOST_LEAVERS, known.leavers, key=field("leavers"))
            track = Track(decision, plan, track_text.facts_of(Known(at), start)[0])
            paid = dict(known.pay)
            pay = {option.id: st.number_input(
                track_text.pay_label(track, option.id), 0.0, MOST_USD, money(paid.get(option.id)), None, "%g",
                key=field(f"pay_{option.id}"), help="What is really paid, on average.")
                for option in track.decision.all_outcomes[plan].plan.options}
    same = _unchanged(known, money, spent, pay)
    found = Known(at, "" if plan == decision.nearest and not known.plan else plan, began,
                  None if done is None else done / 100, released, same["spent"], leavers,
                  tuple((option, usd) for option, usd in same["pay"].items() if usd))
    facts, problems = track_text.facts_of(found, start)
    return found, problems, Track(decision, plan, facts)


def _unchanged(known: Known, money: Any, spent: float | None, pay: dict[str, float | None]) -> dict[str, Any]:
    """What was typed in US dollars; exactly what the link has where nothing else was typed."""
    rate, paid = currencies.shown().per_dollar, dict(known.pay)

    def usd(typed: float | None, given: float | None) -> float | None:
        return given if typed == money(given) else None if typed is None else typed / rate

    return {"spent": usd(spent, known.spent_usd),
            "pay": {option: usd(typed, paid.get(option)) for option, typed in pay.items()}}


def _result(scenario: Scenario, known: Known, track: Track, start: date) -> None:
    if track.standings:
        st.markdown("## Where it stands in the forecast", anchors=False)
        blocks.table(track_text.standing_rows(track, start), "Each fact beside what was forecast for this day")
    st.markdown("## The forecast given what happened", anchors=False)
    blocks.table(track_text.forecast_rows(track, start), "The forecast of the decision beside the one now")
    if track.is_late:
        st.info(markdown(f"It is later than the release in any of {track.n:,} simulations."))
    st.markdown(note(track_text.agreement(track)))
    blocks.chart_of_many("tracked", f"{verdict_text.plan_label(track.outcome)}: what it costs, and when",
                         track_text.explained_chart(track), track_chart.chart(track, start))
    if track.facts.released_months is None and track.facts and track.switches:
        st.markdown("## Would another option be better for the rest?", anchors=False)
        st.markdown(markdown(track_text.switch_sentence(track)))
        blocks.table(track_text.switch_rows(track, start), "To go on as now beside going on with another option")
    _take_along(scenario, known)


def _take_along(scenario: Scenario, known: Known) -> None:
    link = project_link.absolute(page_state.address(PATH) + PATH, track_link.encode(scenario, known))
    with st.container(horizontal=True, vertical_alignment="center", key="tools"):
        with st.popover("Share", icon=":material/link:", key="share_track"):
            st.markdown("This link opens this page with the decision and all facts. The link of the decision stays as "
                        "it is.")
            blocks.link(link)
        st.download_button("Download CSV", partial(_csv, scenario, known, link), "tracked.csv", "text/csv",
                           key="track_csv", on_click="ignore", icon=":material/download:")
        st.download_button("Download memo as PDF", partial(_pdf, scenario, known, link), "tracked-memo.pdf",
                           "application/pdf", key="track_memo", on_click="ignore", icon=":material/picture_as_pdf:")
        st.page_link(st.Page(decide.show, url_path="decide", default=True), label="Open the decision",
                     icon=":material/arrow_forward:", query_params=scenario.query)
        st.button("Track another project", key="track_other", type="tertiary", on_click=track_state.forget,
                  icon=":material/close:")


def _again(scenario: Scenario, known: Known) -> Track:
    """The same again, outside of the page: a session that held a decision would hold megabytes."""
    decision = track_state.decided(scenario)
    plan = known.plan if known.plan in decision.all_outcomes else decision.nearest
    return Track(decision, plan, track_text.facts_of(known, track_state.from_day(scenario))[0])


def _csv(scenario: Scenario, known: Known, link: str) -> bytes:
    return track_table.to_csv(_again(scenario, known), track_state.from_day(scenario), link)


def _pdf(scenario: Scenario, known: Known, link: str) -> bytes:
    from hiring.documents.memo.content import build_memo
    from hiring.documents.memo.render import to_pdf
    from hiring.model.explanation import Explanation
    from hiring.web.session import reader
    track = _again(scenario, known)
    return to_pdf(build_memo(Explanation(track.decision), link, reader.today(), assumed=scenario.assumed, track=track))
