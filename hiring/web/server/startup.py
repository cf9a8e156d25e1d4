"""Startup: load once what every visitor needs, and keep it out of garbage collection."""

from __future__ import annotations

import contextlib
import gc
import logging
from collections.abc import AsyncIterator

import streamlit as st

import hiring
from hiring.charts import answer_charts, explanation_charts
from hiring.evidence import option_words
from hiring.evidence.loader import DataError
from hiring.lists.examples import load_examples
from hiring.web.markdown import markdown
from hiring.web.server import logs, page_head, streamlit_internals


@contextlib.asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Warm up before the server answers anybody, so that the first visitor does not wait for it. What fails here fails
    again in `prepare`, which says so on the page."""
    with contextlib.suppress(logs.LogLevelError, streamlit_internals.InternalsError, DataError):
        logs.install()
        streamlit_internals.install()
        warm_up()
        freeze()
    yield


def prepare() -> None:
    """Set the limits of this process and warm up. If that fails, stop the page with a sentence for the operator, or
    with every problem in `data/` for its editor."""
    try:
        streamlit_internals.install()
        page_head.site_address()
        warm_up()
    except (streamlit_internals.InternalsError, page_head.SiteAddressError) as error:
        logs.write(logging.ERROR, "refused", problem=str(error))
        logs.stop_page(str(error), error)
    except DataError as error:
        logs.write(logging.ERROR, "data", faults=error.faults)
        faults = "\n".join(f"- {markdown(fault)}" for fault in error.faults)
        logs.stop_page(f"The data cannot be used until this is corrected:\n{faults}", error)


def page_title(part: str = "") -> str | None:
    """The options as a question, after the name of a page or of a project. None if the data cannot be used, which
    `prepare` reports."""
    try:
        return f"{part}: {option_words.title()}?" if part else f"{option_words.title()}?"
    except DataError:
        return None


@st.cache_resource(show_spinner=False)
def warm_up() -> None:
    """Read the data and draw the uniforms."""
    hiring.decide(hiring.ProjectNeeds())
    load_examples()
    logs.log_start()


@st.cache_resource(show_spinner=False)
def freeze() -> None:
    """At the end of the first run, when the first visitor has the page: build the other chart specifications, then
    exclude everything loaded from garbage collection, which Streamlit runs in full after each rerun (measured in
    docs/performance.md)."""
    for spec in (answer_charts.futures_spec, answer_charts.cost_spec, answer_charts.spending_spec,
                 answer_charts.fit_spec,
                 explanation_charts.timeline_spec, explanation_charts.tornado_spec):
        spec()
    gc.collect()
    gc.freeze()
