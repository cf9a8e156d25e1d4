"""Warm-up: what every visitor needs, read once; and what the first run has loaded, set aside for all later ones."""

from __future__ import annotations

import gc
import logging

import streamlit as st
from streamlit import net_util

import hiring
from hiring.dashboard import bounds, charts, comparison_chart, formats, logs, portfolio_charts, why_charts
from hiring.exchange.comparison import MOST
from hiring.exchange.examples import load_examples
from hiring.exchange.tables import DataError


def ready() -> None:
    """Warm up, or stop the page with every fault of `data/`, told to the person who edits it."""
    _ask_nobody()
    try:
        warm_up()
    except DataError as error:
        logs.write(logging.ERROR, "data", faults=error.faults)
        faults = "\n".join(f"- {formats.escaped(fault)}" for fault in error.faults)
        logs.refuse(f"The data cannot be used until this is mended:\n{faults}", error)


def _ask_nobody() -> None:
    """Where a page of another site asks for a socket, Streamlit looks up this machine's address outside before it
    refuses; without a way out the whole process waits two seconds for each. It is told one that is allowed anyway."""
    net_util._external_ip = "localhost"


@st.cache_resource(show_spinner="Reading the evidence")
def warm_up() -> None:
    """Set the bounds of this process, read the data and draw the uniforms."""
    bounds.set_bounds()
    hiring.decide(hiring.ProjectNeeds())
    load_examples()
    logs.started()


@st.cache_resource(show_spinner=False)
def set_aside() -> None:
    """At the end of the first run, when the first visitor has the page: build the chart specifications that it did
    not need, then set all that is loaded aside from the collector, which Streamlit runs in full after each rerun
    (measured in docs/performance.md)."""
    for spec in (charts.futures_spec, charts.cost_spec, charts.spending_spec, charts.parts_spec, charts.fit_spec,
                 why_charts.lead_spec, why_charts.plans_spec, why_charts.timeline_spec, why_charts.tornado_spec,
                 portfolio_charts.verdicts_spec, portfolio_charts.totals_spec):
        spec()
    for count in range(1, MOST + 1):
        comparison_chart.cost_spec(count, False)
    gc.collect()
    gc.freeze()
