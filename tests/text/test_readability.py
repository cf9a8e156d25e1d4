"""Every full sentence on a page is read with ease in the ninth year of school: short words, short sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from streamlit.testing.v1 import AppTest

from hiring import ProjectNeeds
from hiring.evidence.loader import load_evidence
from hiring.links import comparison_link, project_link, track_link
from hiring.links.comparison_link import Scenario
from hiring.links.needs_file import NeedsFileError, from_toml
from hiring.links.track_link import Known
from hiring.lists import list_reader, reader_process
from hiring.lists.project_list import ListError, ProjectList, check
from hiring.lists.reader_process import read_lines_here
from hiring.model.needs import NEEDS
from hiring.web.markdown import markdown
from hiring.web.pages.decide.page import TABS
from hiring.web.session import list_run
from tests.factories import LIMITED
from tests.readability import readability, sentences
from tests.walk import DAY, PROJECTS, opened

HARDEST = 9  # the automated readability index of a sentence
TODAY, NOW, LATE = date(2026, 11, 30), date(2027, 3, 1), date(2056, 1, 1)
EVIDENCE = load_evidence()
BUSY = ProjectNeeds(  # with every kind of caution, and too small for a mix
    developers=0.25, build_months=1, start_within_weeks=3, deadline_months=3, budget_usd=60_000, technical_lead=False,
    talent_region="asia", data_sensitivity="regulated", integration="embedded", strategic_value="core")

ABROAD = ProjectNeeds(  # with law on everything
    location="gb", developers=3, build_months=9, upkeep_months=24, integration="embedded", data_sensitivity="personal")


def texts(app: AppTest) -> Iterator[str]:
    assert not app.exception
    yield from (shown.value for shown in (*app.markdown, *app.info, *app.warning, *app.error))


def hard(*found: str) -> list[str]:
    return [it for text in dict.fromkeys(found) for it in sentences(text) if readability(it) > HARDEST]


def query(needs: ProjectNeeds) -> dict[str, str]:
    return project_link.encode(needs, DAY, from_day=TODAY)


def project_page(name: str, choice: str = "") -> Iterator[str]:
    """The page of each project, with each choice of one field."""
    for needs in PROJECTS.values():
        app = opened(name, query(needs))
        yield from texts(app)
        for option in EVIDENCE.options if choice else ():
            yield from texts(app.button_group(key=choice).set_value(option.id).run())


def decide() -> Iterator[str]:
    """The answer and each tab: no limit, both, one, and where no plan fits."""
    for needs in (ProjectNeeds(), LIMITED, BUSY, PROJECTS["none-fits"]):
        for tab in TABS:
            yield from texts(opened("decide.page", query(needs) | {"tab": tab}))
    yield from texts(opened("decide.page", query(ABROAD) | {"tab": "watch_out"}))


def how_it_works() -> Iterator[str]:
    return project_page("how_it_works", "worked_option")


def evidence() -> Iterator[str]:
    app = opened("evidence", query(ProjectNeeds()) | {"own": "agency.us.mid~120"})
    yield from texts(app)
    yield from texts(opened("evidence", query(ProjectNeeds(location="ie"))))
    for table in ("pay", "weights", "laws"):
        app.button_group(key="table").set_value(table).run()
        yield from list(texts(app))[:2]


def track() -> Iterator[str]:
    """Nothing known, facts that agree, facts that no simulation has, and facts that contradict each other."""
    yield from texts(opened("track", {}))
    decision = Scenario("", LIMITED, DAY, from_day=TODAY)
    for known in (Known(TODAY), Known(NOW, "freelance", date(2026, 12, 10), 0.4, None, 90_000, 1), Known(LATE),
                  Known(NOW, "agency", TODAY, None, NOW, 9e7), Known(LATE, "", LATE, 1.0),
                  Known(NOW, "", None, 0.5, NOW), Known(TODAY, "", date(2020, 1, 1), None, date(2020, 1, 1))):
        yield from texts(opened("track", track_link.encode(decision, known)))
    yield from track_link.decode({"decision": "x"}, EVIDENCE, TODAY).problems


def past() -> Iterator[str]:
    """Sentences about finished projects of one's own."""
    heads = "Project,Planned cost,Actual cost,Requested,Started,Finished,Status,Staffed by"
    rows = ("A,10,15,2025-01-01,2025-02-01,2025-09-01,done,agency", "B,0,1,soon,2025-01-01,2025-01-01,,",
            "C,$1,2 EUR,,,,,", "D,-1,1,2025-03-01,2025-01-01,,,", "E,1,1,,,,canceled,", "F,1,1,,,,running,")
    for text in ("\n".join((heads, *rows)), "\n".join((heads, *rows[:1])), "", heads):
        app = opened("evidence", query(ProjectNeeds()))
        yield from texts(app.file_uploader[0].set_value(("past.csv", text.encode(), "text/csv")).run())


def brief() -> Iterator[str]:
    """The page around the document, which is a text to sign."""
    for needs in PROJECTS.values():
        app = opened("brief", query(needs)).button_group(key="brief_mode").set_value("Edit text").run()
        for option in EVIDENCE.options:
            yield from texts(app.button_group(key="brief_option").set_value(option.id).run())


def compare() -> Iterator[str]:
    yield from texts(opened("compare", {}))
    scenarios = [Scenario("", needs, DAY, from_day=TODAY) for needs in PROJECTS.values()]
    for some in (scenarios[:1], scenarios[:2], scenarios[-1:], scenarios[1:], [scenarios[0], scenarios[0]]):
        yield from texts(opened("compare", comparison_link.encode(some)))


def projects() -> Iterator[str]:
    app = opened("projects", {})
    yield from texts(app)
    yield from texts(app.button(key="examples").click().run())


def links() -> Iterator[str]:
    """Sentences about links and files of a project that cannot be used, or not in full."""
    whole = query(ProjectNeeds())
    own = "agency.us.mid~-5~~zz~1~~load~3~2~1~~overrun~1~2~~rule_out_share~1"
    damaged = [{**whole, name: "-1"} for name in whole] + [{**whole, name: ""} for name in whole]
    damaged += [{key: text for key, text in whole.items() if key != name} for name in whole]
    damaged += [{**whole, "v": "1"}, {**whole, "as_of": "2099-01-01"}, {**whole, "own": own}, {**whole, "zz": "1"}]
    for each in damaged:
        opened_link = project_link.decode(each, EVIDENCE, TODAY)
        yield from map(markdown, (*opened_link.problems, *opened_link.notes))
    for file in (b"x" * 200_000, b"x" * 900, b"\xff", b"a = 1"):
        with pytest.raises(NeedsFileError) as refused:
            from_toml(file, EVIDENCE, TODAY)
        yield str(refused.value)
    one = Scenario("", ProjectNeeds(), DAY)
    packed = comparison_link.encode([one])["scenario_1"]
    several = {f"scenario_{n}": packed for n in range(2, 7)} | {"scenario_1": "x", "name_1": "y" * 99, "zz": "1"}
    opened_links = comparison_link.decode(several, EVIDENCE, TODAY)
    yield from (*opened_links.problems, *opened_links.notes, comparison_link.NOT_OURS)
    yield from comparison_link.add_scenarios([one] * 4, [one]).problems


def lists() -> Iterator[str]:
    """Sentences about lists of projects."""
    cells = [f"developers,{name},as_of,own_figures,Owner\n2,-x,2099-01-01,zz~1,A\n" for name in NEEDS]
    others = ["", "a,b\n1,2\n", "developers\n", "developers,Developers\n1,2\n", "developers,horizon_months\n2,36\n",
              "developers\n" + "2\n" * 9, "developers\n1,2,3\n", "PK\x03\x04xx", "a\x00\x01", 'developers\n"2\n',
              "developers;budget_usd\n2,5;1.234\n", "developers;Budget, $ thousand\n2,5;1.234\n"]
    for text in cells + others:
        try:
            checked = check(ProjectList(BytesIO(text.encode()), read_file=read_lines_here), 5)
        except ListError as error:
            yield str(error)
            continue
        yield from (fault.wanted for row in checked.bad for fault in row.faults)
        yield from map(markdown, list_run.start("x", checked, "").notices)
    yield from (text for module in (list_reader, reader_process) for text in vars(module).values()
                if isinstance(text, str) and text.endswith("."))


PAGES = {page.__name__: page for page in (
    decide, how_it_works, evidence, brief, compare, projects, links, lists, track, past)}


@pytest.mark.parametrize("page", PAGES)
def test_sentences_of_a_page_are_easy_to_read(page: str) -> None:
    assert hard(*PAGES[page]()) == []
