"""Notes: what stands at the end of a brief for the manager alone, to be taken out before it is sent."""

from __future__ import annotations

from collections.abc import Iterable

from hiring.documents.brief.brief_context import Matter, capital, count, pay_range
from hiring.documents.brief.document import Block, Section, Table
from hiring.model.evidence import OWN, Rule, Source

ORIGINS = {"published": "Published by", "derived": "Derived from", "assumed": "Assumed, in the direction of"}
ARTICLE, ASSUMED = "article", "assumed"


def notes(matter: Matter) -> tuple[Section, ...]:
    """What to add, what to ask, where the pay comes from and what to check."""
    budget = "" if matter.needs.budget_usd is None else " Your budget stands nowhere in it."
    return (
        Section("Notes for you", (
            f"Take this part out before you send the document.{budget}", _before_sending(matter)), 1),
        Section("Add what only you know", (tuple(it.text for it in matter.catalog.group("add", matter.option.id)),), 3),
        Section("What a good answer holds" if matter.option.by_proposal else "Interview", (_interview(matter),), 3),
        Section("Where the rate comes from" if matter.option.outside else "Where the salary comes from",
                (_pay(matter),), 3),
        Section("Checks before you sign", (_finding(matter), _checks(matter)), 3),
        Section("Where the words come from", (_words(matter),), 3),
    )


def _before_sending(matter: Matter) -> tuple[str, ...]:
    """What the document asks for that will hardly be had, or that it leaves unsaid."""
    outcome, told = matter.outcome, []
    share = outcome.on_time_share
    if share is not None and share < matter.decision.evidence.central("caution_share"):
        futures = "fewer than 1" if share < 0.01 else f"{share * 100:.0f}"
        told.append(f"The release by the date above comes true in {futures} of 100 simulated futures: change the date "
                    "or the scope.")
    surplus = outcome.case.surplus_heads
    if not matter.option.outside and surplus >= 0.05:
        told.append(f"{capital(count(surplus))} of {count(outcome.paid_heads)} full-time posts end with the build: say "
                    "so, or have other work for these people.")
    if not matter.option.outside and surplus <= -0.05:
        told.append(f"After the release {count(-surplus)} more full-time posts are needed than while building: they "
                    "are not in this document.")
    return tuple(told)


def sources(matter: Matter) -> tuple[str, ...]:
    """The sources of pay, of the checks and of what the choices name, each once and linked."""
    rule = _employment(matter)
    made = [it for it in matter.catalog.choices if it.id in matter.chosen]
    ids = [*matter.pay.source, *_wage_source(matter), *(rule.source if rule else ()),
           *(source for it in made for source in it.source)]
    return tuple(_linked(matter, id_) for id_ in dict.fromkeys(ids) if id_ != ASSUMED)


def _interview(matter: Matter) -> Block:
    asked = [(it.label if matter.option.by_proposal else it.text, it.check, " ") for it in matter.group("challenges")]
    return Table(("Question", "A good answer", "Points, 0 to 3"), tuple(asked)) if asked else ""


def _pay(matter: Matter) -> str:
    row = matter.pay
    expect = f"Rates to expect: {pay_range(matter)}. " if matter.option.by_proposal else ""
    if row.kind == OWN:
        return f"{expect}It is a figure of your own."
    numbers = " / ".join(f"{number:,.10g}" for number in (row.low, row.central, row.high))
    found = "; ".join(_linked(matter, id_) for id_ in row.source)
    return (f"{expect}Low / middle / high: {numbers} {row.unit}; nine times in ten the truth is taken to lie from low "
            f"to high. {ORIGINS[row.kind]} {found} – {row.locator}.{_for_the_place(matter)}")


def _for_the_place(matter: Matter) -> str:
    if matter.place_ratio == 1:
        return ""
    wage = matter.decision.evidence.wages[matter.needs.location]
    found = "; ".join(_linked(matter, id_) for id_ in _wage_source(matter))
    return f" Here it is multiplied by {matter.place_ratio:.2f}, as developers earn in {wage.area} ({found})."


def _wage_source(matter: Matter) -> tuple[str, ...]:
    return matter.decision.evidence.wages[matter.needs.location].source if matter.place_ratio != 1 else ()


def _finding(matter: Matter) -> str:
    """The words of the rule where the engagement looks like employment."""
    rule = _employment(matter)
    return f"**{rule.title}** {rule.sentence}" if rule else ""


def _employment(matter: Matter) -> Rule | None:
    return next((it.rule for it in matter.outcome.findings if it.rule.id == "engagement_looks_like_employment"), None)


def _checks(matter: Matter) -> tuple[str, ...]:
    return tuple(f"{it.text} {_producers(matter, it.source)}".strip() for it in matter.group("checks"))


def _producers(matter: Matter, ids: Iterable[str]) -> str:
    links = ", ".join(f"[{it.producer}]({it.address})" for it in _found(matter, ids) if it.address)
    return f"({links})" if links else ""


def _words(matter: Matter) -> str:
    return (f"Tasks, stages, skills, tools and challenges carry the terms of {_linked(matter, ARTICLE)}, whose "
            "publisher sells agency services. The sentences, and all that the article does not name, are assumed by "
            "this project.")


def _found(matter: Matter, ids: Iterable[str]) -> list[Source]:
    return [matter.decision.evidence.sources[id_] for id_ in ids]


def _linked(matter: Matter, id_: str) -> str:
    (it,) = _found(matter, [id_])
    name = f"{it.producer}, {it.title}"
    return f"[{name}]({it.address})" if it.address else name
