"""What to watch out for: how many cautions there are, and which plans each is about."""

from __future__ import annotations

from hiring.model.decision import CLOSE_CALL, NONE_FITS, Decision
from hiring.text import figure_names
from hiring.text.formatting import spelled
from hiring.text.verdict_text import Caution, cautions, option_name, sentence_case

NOTHING = "Nothing here calls for caution"


def cautions_headline(decision: Decision) -> str:
    """How many cautions there are, and how many of them are about the answer, or about the nearest plan where none
    fits."""
    found = cautions(decision)
    if not found:
        return NOTHING
    nearest = decision.nearest
    own = sum(nearest in caution.plans for caution in found)
    plan = option_name(decision.all_outcomes[nearest])
    which = {NONE_FITS: ", the nearest plan", CLOSE_CALL: ""}.get(decision.verdict, ", the answer")
    if len(found) == 1:
        return f"One thing to watch out for, {'about' if own else 'not about'} {plan}{which}"
    about = "none of them" if not own else "all of them" if own == len(found) else f"{spelled(own)} of them"
    return f"{sentence_case(spelled(len(found)))} things to watch out for, {about} about {plan}{which}"


def caution_about(decision: Decision, caution: Caution) -> list[str]:
    """The plans that a caution is about; none where its title names it or where it is about all."""
    names = [option_name(decision.all_outcomes[plan]) for plan in caution.plans]
    is_said = len(names) == len(decision.all_outcomes) or caution.title.lower().startswith(names[0])
    return [] if is_said else list(caution.plans)


def caution_sources(decision: Decision, caution: Caution) -> str:
    """The publishers behind a caution, each linked; empty where it is our own advice."""
    cited = dict.fromkeys(source for finding in caution.findings for source in finding.sources)
    named = [decision.evidence.sources[source] for source in cited]
    return ", ".join(figure_names.linked(it.producer, it) for it in named if it.address)


def checked(decision: Decision) -> str:
    """What was looked for."""
    return f"We checked {len(decision.evidence.rules)} things for each plan: budget, dates, data, people and law."
