"""Links that came through mail and chat: whatever was put around them, they hold the same needs."""

from __future__ import annotations

import base64
import html
from urllib.parse import parse_qsl, quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import ProjectNeeds
from hiring.evidence.loader import load_evidence
from hiring.links import comparison_link, project_link
from hiring.links.comparison_link import HIDDEN, NOT_OURS, Opened, Scenario, read_pasted
from hiring.links.wrapped import RUNS, queries, repaired
from tests.factories import DAY
from tests.strategies import LAWS, projects

EVIDENCE, TODAY = load_evidence(), DAY.replace(month=12)
NEEDS = ProjectNeeds(project="Zürich + Co & 50% (new)", developers=3, currency="EUR", budget_usd=500_000)
QUERY = project_link.encode(NEEDS, DAY, from_day=DAY, assumed={"seniority", "location"})
LINK = f"https://hire.example.org/decide/?{urlencode(QUERY)}"
ONE = Scenario("", NEEDS, DAY, (), None, DAY, frozenset({"seniority", "location"}))


def encoded(link: str) -> str:
    return quote(link, safe="")


def in_base64(link: str) -> str:
    return base64.urlsafe_b64encode(link.encode()).decode().rstrip("=")


def proofpoint_2(link: str) -> str:
    """As Proofpoint documents it: percent signs become hyphens, slashes low lines, and these are encoded."""
    code = quote(link, safe="/:").replace("-", "%2D").replace("_", "%5F").replace(":", "%3A")
    return f"https://urldefense.proofpoint.com/v2/url?u={code.replace('%', '-').replace('/', '_')}&d=DwMF&c=x&r=y"


def proofpoint_3(link: str) -> str:
    """Special signs become stars, runs of two or more a pair of stars with their number, and follow in Base64."""
    text, signs, place = "", "", 0
    while place < len(link):
        end = place
        while end < len(link) and end - place < len(RUNS) and link[end] in "%+*#!$|\\^`":
            end += 1
        count = end - place
        text += link[place] if not count else "*" if count == 1 else f"**{RUNS[count - 2]}"
        signs += link[place:end]
        place += max(count, 1)
    code = base64.urlsafe_b64encode(signs.encode()).decode().rstrip("=")
    return f"https://urldefense.com/v3/__{text}__;{code}!!GjvTz_vk!abc-DEF$"


WRAPPERS = {
    "Safe Links": lambda link: ("https://nam02.safelinks.protection.outlook.com/?url="
                                f"{encoded(link)}&data=05%7C02%7Cx&sdata=a%3D&reserved=0"),
    "Teams": lambda link: ("https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url="
                           f"{encoded(link)}&locale=en-us&dest={encoded(link)}&pc=x"),
    "Slack": lambda link: f"https://slack-redir.net/link?url={encoded(link)}&v=3",
    "Google": lambda link: f"https://www.google.com/url?q={encoded(link)}&sa=D&source=editors&ust=17&usg=AOv",
    "Barracuda": lambda link: f"https://linkprotect.cudasvc.com/url?a={encoded(link)}&c=E,1,abc&typo=1",
    "Proofpoint 1": lambda link: f"https://urldefense.proofpoint.com/v1/url?u={encoded(link)}&k=a%3D&r=b",
    "Proofpoint 2": proofpoint_2,
    "Proofpoint 3": proofpoint_3,
    "Cisco": lambda link: f"https://secure-web.cisco.com/1aBc-D_e/{encoded(link)}",
    "Sophos": lambda link: f"https://eu-west-1.protection.sophos.com/?d=example.org&u={in_base64(link)}&p=m&h=0",
    "Symantec": lambda link: f"https://clicktime.symantec.com/a/1/x?d=abc&u={encoded(link)}",
}
CHANGES = {
    "&amp;": lambda link: link.replace("&", "&amp;"),
    "&amp;amp;": lambda link: html.escape(html.escape(link)),
    "&#38;": lambda link: link.replace("&", "&#38;"),
    "encoded": encoded,
    "encoded after its path": lambda link: link.partition("?")[0] + encoded("?" + link.partition("?")[2]),
    "encoded twice": lambda link: encoded(encoded(link)),
    "trackers": lambda link: link.replace("?", "?gclid=1&", 1) + "&utm_source=mail&fbclid=x&mc_eid=2",
    "a full stop": "{}.".format,
    "parentheses": "({}),".format,
    "angle brackets": "<{}>".format,
    "a Markdown link": "[the project]({})".format,
    "words before": "Please see {}".format,
    "spaces": " {}\n".format,
}


@pytest.mark.parametrize("name", [*WRAPPERS, *CHANGES])
def test_a_pasted_link_is_the_same_project_whatever_is_around_it(name: str) -> None:
    assert read_pasted({**WRAPPERS, **CHANGES}[name](LINK), EVIDENCE, TODAY) == Opened((ONE,))


@LAWS
@given(projects(), st.lists(st.sampled_from(sorted(WRAPPERS)), min_size=1, max_size=2),
       st.none() | st.sampled_from(sorted(CHANGES)))
def test_any_project_is_the_same_after_two_wrappers_in_any_order(needs: ProjectNeeds, wrappers: list[str],
                                                                   change: str | None) -> None:
    link = f"https://hire.example.org/?{urlencode(project_link.encode(needs, DAY, from_day=DAY))}"
    expected = read_pasted(link, EVIDENCE, TODAY)
    assert [it.needs.project for it in expected.scenarios] == [needs.project]
    for name in wrappers:
        link = WRAPPERS[name](link)
    assert read_pasted(CHANGES[change](link) if change else link, EVIDENCE, TODAY) == expected


def test_a_wrapped_comparison_opens_with_all_its_scenarios() -> None:
    query = comparison_link.encode([ONE._replace(name="A"), ONE._replace(name="B")])
    wrapped = WRAPPERS["Safe Links"](proofpoint_3(f"https://hire.example.org/compare?{urlencode(query)}"))
    assert read_pasted(wrapped, EVIDENCE, TODAY) == comparison_link.decode(query, EVIDENCE, TODAY)


def test_a_link_that_was_not_encoded_inside_of_its_wrapper_opens_and_tells_of_what_is_not_its_own() -> None:
    opened = read_pasted(f"https://www.google.com/url?q={LINK}&sa=D&usg=1", EVIDENCE, TODAY)
    assert opened.scenarios == (ONE,)
    assert opened.problems == ("“Zürich + Co & 50% (new)” could not be opened in full: Unknown in the link and "
                               "ignored: sa, usg.",)


@pytest.mark.parametrize("text", [
    "https://protect-us.mimecast.com/s/AbC?domain=hire.example.org", "https://t.co/AbC", "http://bit.ly/3xYz"])
def test_a_link_that_does_not_hold_its_target_says_what_to_do(text: str) -> None:
    assert read_pasted(text, EVIDENCE, TODAY) == Opened((), (HIDDEN,))


@pytest.mark.parametrize("text", [
    "https://urldefense.com/v3/__https://a.b/?x=*__;!!x!y$", "https://urldefense.com/v3/__http*__;%%%!x$",
    "https://a.b/?u=aHR0c", "https://a.b/?u=aHR0c////", "https://[a/?x=1", "https://a.b/?u=https://a.b/?u=" * 900,
    "https%25" * 5_000, "&amp;" * 9_000, "https://a.b/?" + "%25" * 9_000])
def test_a_damaged_wrapper_is_no_link_and_never_raises(text: str) -> None:
    assert read_pasted(text, EVIDENCE, TODAY) == Opened((), (NOT_OURS,))
    assert len(list(queries(text))) < 500


# In the address bar

def arrived(text: str) -> dict[str, str]:
    """A query as the page gets it."""
    return dict(parse_qsl(text, keep_blank_values=True))


TEXT = urlencode(QUERY)


@pytest.mark.parametrize("text", [
    TEXT, TEXT.replace("&", "&amp;"), TEXT.replace("&", "&amp;amp;"), encoded(TEXT), encoded(encoded(TEXT)),
    encoded(TEXT.replace("&", "&amp;")), f"{TEXT}.", f"{TEXT})", f"{TEXT}>", f"{TEXT},", f"{TEXT}/",
    f"{TEXT}%20thanks",
    f"utm_source=x&{TEXT}", f"{TEXT}&utm_medium=mail&gclid=1&mc_cid=2", f"{TEXT}?fbclid=abc",
    TEXT.replace("&currency", "¤cy"),
    urlencode({key: quote_plus(text).replace("~", "%7E") for key, text in QUERY.items()})],
    ids=lambda text: f"{text[:14]}…{text[-9:]}")
def test_the_query_of_the_page_is_read_as_it_was_sent(text: str) -> None:
    assert repaired(arrived(text)) == QUERY


@LAWS
@given(projects())
def test_a_query_of_ours_stays_as_it_is(needs: ProjectNeeds) -> None:
    query = project_link.encode(needs, DAY, from_day=DAY)
    assert repaired(query) == query
    comparison = comparison_link.encode([Scenario(needs.project, needs, DAY)])
    assert repaired(comparison) == comparison


def test_a_query_of_trackers_alone_is_no_project() -> None:
    assert project_link.decode({"utm_source": "mail", "fbclid": "x"}, EVIDENCE, TODAY) == project_link.decode(
        {}, EVIDENCE, TODAY)
