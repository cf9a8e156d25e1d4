"""Files: what a reader takes along – the summary, the memo, the archive – and the link to this page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from hiring.lists import summary
from hiring.model.explanation import Explanation
from hiring.model.needs import ProjectNeeds
from hiring.model.own_figures import Own
from hiring.text.formatting import lines, one_line
from hiring.web.markdown import note
from hiring.web.session import page_state, reader
from hiring.web.session.page_state import State

if TYPE_CHECKING:
    from hiring.documents.memo.render import Memo

LONGEST_NOTE, LONGEST_REASON = 120, 1_500  # characters of a free text
# A download is made when it is asked for, outside of the page: what it takes is handed to it, and never a decision,
# for a session that held one would hold megabytes.
Explain = Callable[[ProjectNeeds, date, Own, date | None], Explanation]


def take_along(state: State, explain: Explain) -> None:
    """The files and the link; `explain` gives the explanation again when a file is asked for."""
    with st.container(horizontal=True, gap="small"):
        prepared_by = _text("Prepared by", "prepared_by", "Name or team")
        reference = _text("Reference", "reference", "Number, budget line or committee")
    reason = _reason()
    st.markdown(note("These texts go into the memo and the archive, never into the link. They are gone when you reload "
                     "the page."))
    link = page_state.link(state)  # a download has no page, whose address would be known
    asked = partial(explain, *state.asked, state.from_day)
    noted = (link, reader.today(), prepared_by, reference, state.assumed, reason)
    name = summary.slug(state.needs)
    with st.container(horizontal=True, gap="small"):
        _download("Download memo as PDF", "picture_as_pdf", f"{name}-memo.pdf", "application/pdf",
                  partial(_pdf, asked, *noted), "At most three pages for approval")
        _download("Download memo as web page", "article", f"{name}-memo.html", "text/html",
                  partial(_html, asked, *noted), "The memo as one file for a browser")
        _download("Download CSV summary", "table", summary.file_name(state.needs), "text/csv",
                  partial(_csv, asked, link, state.assumed),
                  "One row an option; opens in a spreadsheet and on the page Projects")
        _download("Download everything as zip", "folder_zip", summary.archive_name(state.needs), "application/zip",
                  partial(_zip, asked, *noted),
                  "The summary, the months and every figure with its source, described in the Data Package standard")


def _text(label: str, key: str, placeholder: str) -> str:
    """A free text on one line, kept while other pages are shown."""
    kept = st.session_state.get(f"kept_{key}", "")
    typed = st.text_input(f"{label} (optional)", kept, max_chars=LONGEST_NOTE, key=key, placeholder=placeholder)
    st.session_state[f"kept_{key}"] = one_line(typed or "")[:LONGEST_NOTE]
    return st.session_state[f"kept_{key}"]


def _reason() -> str:
    """A free text on several lines, kept while other pages are shown."""
    typed = st.text_area("Reason and alternatives considered (optional)", st.session_state.get("kept_reason", ""), 110,
                         LONGEST_REASON, key="reason", placeholder="Why this plan, and what else you looked at")
    st.session_state.kept_reason = lines((typed or "")[:LONGEST_REASON])
    return st.session_state.kept_reason


def _download(label: str, icon: str, name: str, mime: str, made: Callable[[], bytes], help: str) -> None:
    st.download_button(label, made, name, mime, key=f"download_{name.rsplit('.', 1)[-1]}", on_click="ignore",
                       icon=f":material/{icon}:", help=help)


def _pdf(*noted: Any) -> bytes:
    from hiring.documents.memo.render import to_pdf
    return to_pdf(_memo(*noted))


def _html(*noted: Any) -> bytes:
    from hiring.documents.memo.render import to_html
    return to_html(_memo(*noted))


def _memo(asked: Callable[[], Explanation], link: str, made: date, prepared_by: str, reference: str,
          assumed: Collection[str], reason: str) -> Memo:
    from hiring.documents.memo.content import build_memo
    return build_memo(asked(), link, made, prepared_by, reference, assumed, reason)


def _csv(asked: Callable[[], Explanation], link: str, assumed: Collection[str]) -> bytes:
    return summary.to_csv(asked().decision, link, assumed)


def _zip(asked: Callable[[], Explanation], link: str, made: date, prepared_by: str, reference: str,
         assumed: Collection[str], reason: str) -> bytes:
    from hiring.documents.archive import zip_archive
    return zip_archive.to_zip(asked().decision, link, made, prepared_by, reference, assumed, reason)
