"""The manager's own figures and another source of salaries, what they change, and which figures of the evidence are
newer, in sentences."""

from __future__ import annotations

from collections import Counter

from hiring.model import countries
from hiring.model import decision as model
from hiring.model.decision import Decision
from hiring.model.evidence import Snapshot
from hiring.model.explanation import Explanation
from hiring.model.needs import NEEDS
from hiring.text import currencies, figure_names
from hiring.text.formatting import counted, join_words, lower_first, money, strong
from hiring.text.verdict_text import SHORT_WORDS, option_name, share_in_words


def own_figures_used(decision: Decision, most: int = 3) -> str:
    """The manager's own figures beside what the evidence says, the first few of them; those that this project does
    not use are named apart."""
    evidence = currencies.shown_evidence(decision.evidence)
    used = {f.id for part in decision.figures_used().values() for f in part}
    rows = [row for id_, row in sorted(evidence.replaced.items()) if id_ in used]
    idle = [figure_names.full_name(row, evidence) for id_, row in sorted(evidence.replaced.items()) if id_ not in used]
    used_words = [
        f"{figure_names.full_name(row, evidence)} {figure_names.range_text(evidence.figures[row.id])} {row.unit} "
        f"(evidence: {figure_names.range_text(row)})" for row in rows[:most]]
    more = f"; and {len(rows) - most} more" if len(rows) > most else ""
    sentences = [f"{strong('Your own figures count here.')} {'; '.join(used_words)}{more}."] if used_words else []
    rest = f"; and {len(idle) - most} more" if len(idle) > most else ""
    sentences += [f"{strong('Not used by this project:')} {'; '.join(idle[:most])}{rest}."] if idle else []
    return " ".join(sentences)


def own_elsewhere(decision: Decision) -> str:
    """How many of the manager's own figures are about other countries, so that they do not count; empty where none
    are."""
    evidence = decision.evidence
    origin = evidence.origin or evidence
    abroad = Counter(country.id for id_, _ in evidence.own
                     if (country := countries.country_of(origin, id_)) and country.id != decision.needs.country)
    if not abroad:
        return ""
    places = join_words([origin.countries[code].noun for code in sorted(abroad)])
    they = "it does not count here and comes back" if abroad.total() == 1 else "they do not count here and come back"
    return (f"{counted(abroad.total(), 'figure')} of your own {'is' if abroad.total() == 1 else 'are'} about {places}: "
            f"{they} when you hire there.")


def effect_of_own(decision: Decision, without: Decision) -> str:
    """The answer with the own figures, and without them."""
    says, would = _said(decision), _said(without)
    if says == would:
        return f"The answer is {says}, and without them too."
    return f"The answer is {says}; without them it is {would}."


def _said(decision: Decision) -> str:
    if decision.verdict == model.NONE_FITS:
        return "that no plan fits"
    kept = (f"within your limits in {share_in_words(decision.keep_share, decision)} of 100" if decision.has_limits else
            f"typically {money(decision.answered.cost_quantiles[1])}")
    return f"{option_name(decision.answered)}, {SHORT_WORDS[decision.verdict]}, {kept}"


def effect_of_other_wages(explanation: Explanation) -> str:
    """What the other source of salaries would change; empty where there is none."""
    decision, other = explanation.decision, explanation.other_wages
    if other is None:
        return ""
    hired = decision.outcomes[decision.evidence.yardstick]
    source = NEEDS["wage_basis"].choices[other.basis]
    costs = (f"With salaries from the {source}, {option_name(hired)} typically costs {money(other.hired_usd)} instead "
             f"of {money(hired.cost_quantiles[1])}.")
    if decision.verdict == model.NONE_FITS:
        return costs
    names = {option.id: lower_first(option.label) for option in decision.evidence.options}
    if other.first == decision.first:
        return f"{costs} Of the options alone, {names[other.first]} still comes first most often."
    return (f"{costs} Of the options alone, {names[other.first]} would come first most often, not "
            f"{names[decision.first]}.")


def figures_changed(then: Snapshot, now: Snapshot) -> str:
    """Which figures differ between two dates, the first few by name."""
    ids = [id_ for id_, figure in now.figures.items() if then.figures.get(id_) not in (figure, None)
           and id_ not in then.replaced]
    wages = sum(then.wages.get(id_) != wage for id_, wage in now.wages.items())
    named = [f"{figure_names.full_name(now.figures[id_], now)} from {figure_names.range_text(then.figures[id_])} to "
             f"{figure_names.range_text(now.figures[id_])}" for id_ in sorted(ids)[:3]]
    named += [counted(len(ids) - 3, "more figure")] if len(ids) > 3 else []
    named += [counted(wages, "wage")] if wages else []
    return f"since then changed: {join_words(named)}" if named else "none of the figures used here changed since"
