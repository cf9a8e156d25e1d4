"""Freelance, in-house or agency: page set-up and navigation. Run it with `streamlit run app.py`.

Streamlit imports this file as the module `app` when its server starts, and runs it as a script for each visitor.
"""

import streamlit as st

from hiring.web.components import blocks, project_summary
from hiring.web.pages import brief, compare, evidence, how_it_works, projects, track
from hiring.web.pages.decide import first_answer
from hiring.web.pages.decide import page as decide
from hiring.web.server import logs, page_aids, page_head, reconnect, startup

WIDEST = 1280  # pixels of a page: longer lines are hard to read


def show() -> None:
    """One run for one visitor."""
    st.set_page_config(startup.page_title(), "hiring/web/icon.png", "wide", initial_sidebar_state=330)
    logs.begin_rerun()
    startup.prepare()
    reconnect.rerun_after_reconnect()
    form = st.Page(decide.show, title="Decide", url_path="decide", default=True)
    page = st.navigation([
        form,
        st.Page(compare.show, title="Compare", url_path="compare"),
        st.Page(projects.show, title="Projects", url_path="projects"),
        st.Page(brief.show, title="Brief", url_path="brief"),
        st.Page(track.show, title="Track", url_path="track"),
        st.Page(evidence.show, title="Evidence", url_path="evidence"),
        st.Page(how_it_works.show, title="How it works", url_path="how-it-works"),
    ], position="top")
    if page.url_path:  # the main page adds the name of its project
        st.set_page_config(startup.page_title(page.title))
    with logs.rerun(page.url_path or "decide"):
        with project_summary.beside(page, form), st.container(width=WIDEST):
            page.run()
        if page.url_path not in ("", "how-it-works"):  # these say which evidence they use
            blocks.newest()
    startup.freeze()


if __name__ == "__main__":
    show()
else:
    app = st.App(__file__, lifespan=startup.lifespan, middleware=page_head.middleware(),
                 routes=[*page_head.routes(), page_aids.route(), first_answer.route()])
