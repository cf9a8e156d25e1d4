"""The figures that a country takes from another one, in sentences."""

from __future__ import annotations

from hiring.model import countries
from hiring.model.decision import Decision
from hiring.model.evidence import OWN
from hiring.text.formatting import join_words

NAMES = {"lead_weeks.in_house": "hiring times", "productive_share.in_house": "productive hours",
         "exit_weeks.in_house": "weeks of exit pay", "manager_hourly_usd": "managers' hours",
         "sourcing_usd.in_house": "search costs", "wage_growth": "growth rates of wages",
         "time_difference": "differences of working time"}


def borrowed(decision: Decision) -> str:
    """What a project's country takes from another one, and what to do about prices; empty where it takes nothing that
    the project uses."""
    evidence = decision.evidence
    used = {figure.id for part in decision.figures_used().values() for figure in part if figure.kind != OWN}
    pay = {id_.rpartition(".")[0]: f"{option.label.lower()} rates" if option.outside else "salaries"
           for option in evidence.options for id_ in countries.pay_of(option)}
    names = {**pay, **NAMES}
    by_lender: dict[str, dict[str, str]] = {}
    for id_, lender in evidence.borrowed.items():
        group = next(it for it in names if f"{id_}.".startswith(f"{it}."))
        if id_ in used:
            by_lender.setdefault(lender, {})[group] = names[group]
    sentences = []
    for lender, groups in by_lender.items():
        taken = join_words(list(groups.values()))
        quote = "; put in your own quote" if pay.keys() & groups else ""
        sentences.append(f"{taken[0].upper()}{taken[1:]} for {evidence.place.noun} are taken from "
                         f"{evidence.countries[lender].noun}{quote}.")
    return " ".join(sentences)
