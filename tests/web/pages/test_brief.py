"""The brief page without a browser: choices that are kept, and a text that is never lost."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from hiring import ProjectNeeds
from hiring.evidence.brief_catalog import GROUPS
from hiring.evidence.loader import load_catalog
from hiring.links import project_link
from hiring.web.pages.brief import DRAWERS, shown
from tests.factories import DAY


def page() -> None:
    from hiring.web.pages import brief  # noqa: PLC0415

    brief.show()


def opened(needs: ProjectNeeds) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    app.query_params.update(project_link.encode(needs, DAY))
    return app.run()


@pytest.fixture
def app() -> AppTest:
    """The brief page alone, of the default project without mixes."""
    return opened(ProjectNeeds(mixes=False))


def document(app: AppTest) -> str:
    return next(it.value for it in app.markdown if it.value.startswith("## "))


def pick(app: AppTest, key: str, option: str) -> None:
    app.button_group(key=key).set_value(option).run()


def test_every_group_of_choices_is_in_one_drawer() -> None:
    assert sorted(group for groups in DRAWERS.values() for group in groups) == sorted(GROUPS)


def test_the_document_of_the_answer_is_shown_and_another_says_that_it_is_of_another_plan(app: AppTest) -> None:
    assert not app.exception
    assert document(app).startswith("## Mid-level backend developer")
    assert not app.info
    pick(app, "brief_option", "agency")
    assert document(app).startswith("## Request for proposal")
    assert app.info[0].value.startswith("Another plan is the answer. ")
    assert "in-house" in app.info[0].value


def test_of_a_mix_both_documents_are_offered_and_who_builds_comes_first() -> None:
    app = opened(ProjectNeeds())
    assert document(app).startswith("## Freelance brief")
    both = ". Send both documents."
    assert app.info[0].value.replace("\\", "").endswith(both)
    pick(app, "brief_option", "in_house")
    assert app.info[0].value.replace("\\", "").endswith(both)
    assert "take over the backend" in document(app)
    pick(app, "brief_option", "agency")
    assert app.info[0].value.startswith("Another plan is the answer. ")


def test_where_no_plan_fits_this_is_stated_beside_the_document_of_the_nearest() -> None:
    app = opened(ProjectNeeds(budget_usd=50_000, mixes=False))
    assert document(app).startswith("## Mid-level backend developer")
    assert app.info[0].value.startswith("No plan fits")


def test_a_mark_is_in_the_text_and_on_the_other_documents_until_it_is_taken_back(app: AppTest) -> None:
    assert "Python" not in document(app)
    app.button_group(key="brief_languages").set_value(["languages.python"]).run()
    assert "| Languages | Python |" in document(app)
    pick(app, "brief_option", "freelance")
    assert "| Languages | Python |" in document(app)
    app.button(key="brief_suggested").click().run()
    assert "Python" not in document(app)
    assert not [it for it in app.button if it.key == "brief_suggested"]


def test_a_suggestion_that_was_taken_off_stays_off(app: AppTest) -> None:
    assert "server-side logic" in document(app)
    app.button_group(key="brief_responsibilities").set_value(["responsibilities.data"]).run()
    app.run()
    assert "server-side logic" not in document(app)
    assert app.button_group(key="brief_responsibilities").value == ["responsibilities.data"]


def test_without_any_choice_and_with_all_the_page_still_reads(app: AppTest) -> None:
    catalog = load_catalog()
    offered = {group: [it.id for it in catalog.group(group, "in_house", "us")] for group in GROUPS if group != "checks"}
    for group in offered:
        app.button_group(key=f"brief_{group}").set_value([]).run()
    assert not app.exception
    assert "We agree in writing" in document(app)
    for group, ids in offered.items():
        app.button_group(key=f"brief_{group}").set_value(ids).run()
    assert not app.exception
    assert all(it.text in document(app) for it in catalog.group("security", "in_house", "us"))


def test_notes_can_be_left_out(app: AppTest) -> None:
    assert "Notes for you" in document(app)
    app.toggle(key="brief_notes").set_value(False).run()
    assert "Notes for you" not in document(app)


def edited(app: AppTest, text: str) -> None:
    pick(app, "brief_mode", "Edit text")
    area = app.text_area[0]
    area.set_value(text).run()
    pick(app, "brief_mode", "Read")


def test_an_edited_text_is_kept_when_choices_change_and_can_be_given_up_and_brought_back(app: AppTest) -> None:
    edited(app, "# Mine\n\nPay: $5 to $6")
    assert document(app) == "## Mine\n\nPay: \\$5 to \\$6"
    assert not app.warning
    app.button_group(key="brief_languages").set_value(["languages.python"]).run()
    assert document(app).startswith("## Mine")
    assert "Your text was kept" in app.warning[0].value
    app.button(key="brief_again").click().run()
    assert "| Languages | Python |" in document(app)
    assert not app.warning
    app.button(key="brief_back").click().run()
    assert document(app).startswith("## Mine")


def test_each_document_keeps_its_own_text(app: AppTest) -> None:
    edited(app, "# Mine")
    pick(app, "brief_option", "agency")
    assert document(app).startswith("## Request for proposal")
    pick(app, "brief_option", "in_house")
    assert document(app) == "## Mine"


def test_a_text_edited_back_to_what_was_written_counts_as_not_edited(app: AppTest) -> None:
    pick(app, "brief_mode", "Edit text")
    before = app.text_area[0].value
    app.text_area[0].set_value("# Mine").run()
    assert [it.key for it in app.button if it.key == "brief_again"]
    app.text_area[0].set_value(before).run()
    assert not [it.key for it in app.button if it.key == "brief_again"]


@pytest.mark.parametrize(("typed", "read"), [
    ("# T\n\n###### six", "## T\n\n###### six"), ("$5 and $6", "\\$5 and \\$6"), ("\\$5", "\\$5"),
    (":red[x] :material/home:", "\\:red[x] \\:material/home:"), ("at 10:30, see: a", "at 10:30, see: a"),
    ("https://a.example", "https://a.example"), ("#tag", "#tag")])
def test_what_only_streamlit_would_read_is_shown_as_typed(typed: str, read: str) -> None:
    assert shown(typed) == read
