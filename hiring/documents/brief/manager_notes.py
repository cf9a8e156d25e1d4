"""Notes at the end of a brief for the manager alone, to be removed before it is sent."""

from __future__ import annotations

from hiring.documents.brief.brief_context import BriefContext, capitalized, count, pay_range, work_location
from hiring.documents.brief.document import Block, Section, Table, with_marks
from hiring.documents.brief.next_steps import builds
from hiring.evidence.brief_catalog import CHECKS, GROUPS, Choice
from hiring.model.decision import MIX, plan_label
from hiring.model.evidence import OWN, Rule
from hiring.text import currencies, law_text
from hiring.text.figure_names import ASSUMED, figure_line
from hiring.text.formatting import lower_first

ARTICLE, CONTRACTOR = "article", "contractor"  # a source, and a topic of the law


def manager_notes(context: BriefContext) -> tuple[Section, ...]:
    """What to add, what to ask, where the pay comes from and what to check."""
    budget = "" if context.needs.budget_usd is None else " It does not mention your budget."
    add = tuple(choice.text for choice in context.offered("add"))
    return (
        Section("Notes for you", (
            f"Delete this part before you send the document.{budget}", _before_sending(context)), 1),
        Section("Add what only you know", (add,), 3),
        Section("What good answers include" if context.option.by_proposal else "Interview", (_interview(context),), 3),
        Section(f"Where the {'rate' if context.option.outside else 'salary'} comes from", (_pay(context),), 3),
        Section("Checks before you sign", (_employment_warning(context), _checks(context)), 3),
        Section("Where the words come from", (
            f"Tasks, stages, skills, tools and challenges use the terms of {_link(context, ARTICLE)}, whose publisher "
            "sells agency services. The sentences, and everything the article does not mention, are this project's "
            "assumptions.",), 3),
    )


def _before_sending(context: BriefContext) -> tuple[str, ...]:
    """What the document asks for that is unlikely, or that it does not say."""
    outcome, notes = context.case.outcome, []
    if context.partner is not None:
        notes.append(f"The plan is a mix: {lower_first(plan_label(outcome.plan))}. This is one of two documents; the "
                     f"other is the {lower_first(context.partner.document)}.")
    share, surplus = outcome.on_time_share, context.case.surplus_heads
    if share is not None and share < context.decision.evidence.central("caution_share"):
        hits = "Fewer than 1" if share < 0.01 else f"Only {share * 100:.0f}"
        notes.append(f"{hits} of 100 simulations meet the release date above. Move the date or cut scope.")
    if not context.option.outside and surplus >= 0.05:
        notes.append(f"{capitalized(count(round(surplus, 1)))} of {count(context.case.paid_heads)} full-time positions "
                     "end with the build: say so, or have other work for these people.")
    if not context.option.outside and builds(context.case) and surplus <= -0.05:
        notes.append(f"After the release you need {count(round(-surplus, 1))} more full-time positions than during the "
                     "build: they are not in this document.")
    return tuple(notes)


def cited_sources(context: BriefContext) -> tuple[str, ...]:
    """The sources of pay, of the checks and of the selected choices, each once and linked."""
    rule = _employment_rule(context)
    ids = [*context.pay.source, *_wage_sources(context), *(rule.source if rule else ()),
           *(source for group in GROUPS for choice in context.group(group) for source in choice.source)]
    return tuple(_link(context, id_) for id_ in dict.fromkeys(ids) if id_ != ASSUMED)


def _interview(context: BriefContext) -> Block:
    by_label = context.option.by_proposal
    asked = tuple((choice.label if by_label else choice.text, choice.check, " ")
                  for choice in context.group("challenges"))
    return Table(("Question", "A good answer", "Points, 0 to 3"), asked) if asked else ""


def _pay(context: BriefContext) -> str:
    row = context.pay
    expect = f"Rates to expect: {pay_range(context)}. " if context.option.by_proposal else ""
    if row.kind == OWN:
        return f"{expect}This is your own figure."
    evidence = currencies.shown_evidence(context.decision.evidence)
    figure = with_marks(figure_line(evidence.figures[row.id], evidence))
    return (f"{expect}{figure}{_scaling(context)} The numbers are low / middle / high: we assume a 90% "
            "chance that the true value is between low and high.")


def _scaling(context: BriefContext) -> str:
    if context.wage_ratio == 1:
        return ""
    links = "; ".join(_link(context, id_) for id_ in _wage_sources(context))
    return (f" It is multiplied by {context.wage_ratio:.2f} for what developers earn in {work_location(context)} "
            f"({links}).")


def _wage_sources(context: BriefContext) -> tuple[str, ...]:
    return context.decision.evidence.wages[context.needs.location].source if context.wage_ratio != 1 else ()


def _employment_warning(context: BriefContext) -> str:
    """The words of the rule that applies if the engagement can count as employment."""
    rule = _employment_rule(context)
    return f"**{rule.title}** {rule.sentence}" if rule else ""


def _employment_rule(context: BriefContext) -> Rule | None:
    plan = MIX if context.partner else context.option.id
    return next((finding.rule for finding in context.decision.findings[plan]
                 if (finding.rule.law, finding.option) == (CONTRACTOR, context.option.id)), None)


def _checks(context: BriefContext) -> tuple[str, ...]:
    """What to check, each with its source; at the end that it is no legal advice, unless a check says so."""
    checks = context.group(CHECKS)
    named = any(check.law for check in checks) and all(check.id != f"{CHECKS}.lawyer" for check in checks)
    advice = (law_text.not_advice(context.decision.evidence.place),) if named else ()
    return (*(_check(context, check) for check in checks), *advice)


def _check(context: BriefContext, check: Choice) -> str:
    if check.law is not None:
        return with_marks(f"{law_text.law(check.law)} {law_text.status(check.law)}")
    return f"{check.text} {_producers(context, check.source)}".strip()


def _producers(context: BriefContext, ids: tuple[str, ...]) -> str:
    sources = [context.decision.evidence.sources[id_] for id_ in ids]
    links = ", ".join(f"[{source.producer}]({source.address})" for source in sources if source.address)
    return f"({links})" if links else ""


def _link(context: BriefContext, id_: str) -> str:
    source = context.decision.evidence.sources[id_]
    name = f"{source.producer}, {source.title}"
    return f"[{name}]({source.address})" if source.address else name
