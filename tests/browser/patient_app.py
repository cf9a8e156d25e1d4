"""The app, but for the time that a file may take to be read: a busy machine needs more between two clicks."""

from pathlib import Path

import streamlit as st

from hiring.lists import reader_process
from hiring.web.pages.decide import first_answer
from hiring.web.server import page_aids, page_head, startup

reader_process.SECONDS = 300
app = st.App(Path(__file__).parents[2] / "app.py", lifespan=startup.lifespan, middleware=page_head.middleware(),
             routes=[*page_head.routes(), page_aids.route(), first_answer.route()])
