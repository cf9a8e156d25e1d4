"""What a figure is called in words, its range, and what it rests on."""

from __future__ import annotations

import math

from hiring.model.countries import DOLLAR
from hiring.model.decision import Decision
from hiring.model.evidence import OWN, Contribution, Country, Figure, Snapshot, Source
from hiring.model.needs import LOCAL, NEEDS
from hiring.model.option_draws import TIME_FIGURES
from hiring.text import currencies, formatting

LABELS = {
    "attrition_per_year": "Leavers a year for each person", "equipment_usd": "Equipment", "exit_weeks": "Exit pay",
    "fee_share": "Marketplace fee", "hires_per_week": "People who arrive each week", "lead_share": "Time of a lead",
    "lead_weeks": "Time to start", "minimum_usd": "Smallest engagement", "productive_share": "Productive hours",
    "ramp_weeks": "Ramp-up", "smallest_post": "Smallest position", "sourcing_usd": "Finding and signing",
    "steering_share": "Your people's time", "importance": "Importance",
    "overrun": "Overrun of the build", "upkeep_factor": "Overrun of upkeep", "load": "Employer's cost over salary",
    "manager_hourly_usd": "An hour of your managers", "wage_growth": "Wage growth",
    "lead_upkeep_factor": "Time of a lead in upkeep", "seniority_steering": "Your people's time by seniority",
    "time_difference": "Difference of working time", "near": "0 to 2 hours", "over_2": "over 2 to 4 hours",
    "over_4": "over 4 to 8 hours", "over_8": "over 8 hours",
    "distance_steering": "Your people's time by distance", "distance_productive": "Productive hours by distance",
    "distance_collaboration": "Collaboration lost to distance", "distance_security": "Security lost to distance",
    "mix_loss_share": "Hours lost between two groups", "handover_weeks": "Overlap at a handover",
    "keeper_continuity_share": "Part of the keeper in knowledge kept",
    "builder_capability_share": "Part of the builder in capability",
    "cost_steepness": "Steepness of the cost value", "reference_cost_factor": "Cost that is worth one half",
    "deadline_steepness": "Steepness of the finish value",
    "finish_share": "Part of the finish in the speed value", "late_start_weeks": "Decay of the value of a late start",
    "reference_deadline_factor": "Release that is worth one half", "limit_steepness": "Steepness of limits",
    "weight_concentration": "Concentration of the weights", "market_correlation": "Correlation of the prices of labor",
    "judgment_shift": "Shift of one option's ratings together", "caution_share": "Bound of caution",
    "close_call_share": "Bound of a close call", "leaning_share": "Bound of likely", "likely_share": "Bound of clear",
    "likely_keep_share": "Limits kept by a likely answer", "clear_keep_share": "Limits kept by a clear answer",
    "fits_share": "Limits kept by a plan that fits", "mix_lead_share": "Lead of a mix that is the answer",
}
_VERDICT, _MIXES, _OUTSIDE = "words of the verdict", "mixes", "outside staff"
SHARED_PARTS = {
    "overrun": "time and cost of all", "upkeep_factor": "cost of all", "load": "cost of in-house",
    "manager_hourly_usd": "cost of all", "wage_growth": "cost of all", "lead_upkeep_factor": "cost without a lead",
    "seniority_steering": "cost of all", "time_difference": _OUTSIDE, "distance_steering": f"cost of {_OUTSIDE}",
    "distance_productive": f"time and cost of {_OUTSIDE}", "distance_collaboration": f"fit of {_OUTSIDE}",
    "distance_security": f"fit of {_OUTSIDE}", "mix_loss_share": _MIXES, "handover_weeks": _MIXES,
    "keeper_continuity_share": _MIXES, "builder_capability_share": _MIXES, "market_correlation": "spread of costs",
    "weight_concentration": "spread of weights", "judgment_shift": "spread of ratings",
    "cost_steepness": "value of cost", "reference_cost_factor": "value of cost", "deadline_steepness": "value of speed",
    "finish_share": "value of speed", "late_start_weeks": "value of speed",
    "reference_deadline_factor": "value of speed without a deadline", "limit_steepness": "score of missed limits",
    "caution_share": "what calls for caution", "close_call_share": _VERDICT, "leaning_share": _VERDICT,
    "likely_share": _VERDICT, "likely_keep_share": _VERDICT, "clear_keep_share": _VERDICT, "fits_share": _VERDICT,
    "mix_lead_share": _VERDICT,
}
ASSUMED = "assumed"
CONTRIBUTIONS, SURVEY = "contributions", "survey"
ORIGINS = {"published": "Published by", "derived": "Derived from", "assumed": "Assumed, in the direction of"}
TITLES = {"cost": "Prices and costs", "time": "Times", "fit": "Needs, ratings and importance", "method": "Method"}


def how_many_assumed(decision: Decision) -> str:
    """How many of the figures behind a decision are assumptions of this project."""
    used = {figure.id: figure.kind for part in decision.figures_used().values() for figure in part}
    return f"{list(used.values()).count(ASSUMED)} of {len(used)} figures are our assumptions."


def figure_line(figure: Figure, evidence: Snapshot) -> str:
    """One figure in a line: name, range, unit, the country it is taken from, kind, source and where in it."""
    if figure.kind == OWN:
        row = evidence.replaced[figure.id]
        origin = f"Your own figure, where the evidence has {range_text(row)}. {_origin(row, evidence)}"
    else:
        lender = evidence.borrowed.get(figure.id)
        taken = f"Taken from {evidence.countries[lender].noun}. " if lender else ""
        origin = f"{taken}{_origin(figure, evidence)}"
    return f"{formatting.strong(full_name(figure, evidence))}: {range_text(figure)} {figure.unit}. {origin}."


def range_text(figure: Figure) -> str:
    """Low / middle / high, or the one number of a figure without a range."""
    numbers = [figure.central] if figure.is_fixed else [figure.low, figure.central, figure.high]
    return " / ".join(f"{number:,.10g}" for number in numbers)


def _origin(figure: Figure, evidence: Snapshot) -> str:
    found = citation(figure.source, evidence, figure.locator)
    return f"{ORIGINS[figure.kind]} {found}" if found else "Assumed"


def affected_part(figure: Figure, evidence: Snapshot) -> str:
    """What a figure has a part in."""
    _, (first, *rest) = _parts(figure, evidence)
    labels = {o.id: formatting.lower_first(o.label) for o in evidence.options} | {
        c.id: formatting.lower_first(c.label) for c in evidence.criteria}
    if figure.table == CONTRIBUTIONS:
        return f"cost of {labels[evidence.yardstick]}"
    if figure.table == "pay":
        return f"cost of {labels[first]}"
    if figure.table == "ratings":
        return f"fit of {labels[rest[0]]}"
    if figure.table == "levels":
        return f"need for {labels[first]}"
    if first == "importance":
        return f"weight of {labels[rest[0]]}"
    if f"{first}.{'.'.join(rest)}" == evidence.yardstick_share:
        return "time and cost of all"
    if first in SHARED_PARTS:
        return SHARED_PARTS[first]
    return f"{'time and cost' if first in TIME_FIGURES else 'cost'} of {labels[rest[0]]}"


def place(evidence: Snapshot, code: str) -> str:
    """A place where people are hired; an area with its country: California, United States."""
    name = evidence.areas[code]
    return name if code in evidence.countries else f"{name}, {evidence.countries[code[:2]].name}"


def full_name(figure: Figure, evidence: Snapshot) -> str:
    """A figure's name in words. That of a row of a country has the country's name; so has local pay."""
    paid = {it.id: it for it in contributions(evidence)}
    if figure.id in paid:
        return f"Employer's share, {formatting.lower_first(contribution_name(paid[figure.id], evidence))}"
    labels = {o.id: o.label for o in evidence.options} | {c.id: c.label for c in evidence.criteria}
    country, (first, *rest) = _parts(figure, evidence)
    words = labels | LABELS | {name: need.label for name, need in NEEDS.items()}
    for need in NEEDS.values():
        words = words | dict(need.choices)
    here = (country or evidence.place).name
    words |= dict.fromkeys((LOCAL, SURVEY), here)
    names = [words.get(part, part) for part in (first, *rest)]
    names = ["Pay", *names] if figure.table == "pay" else names
    names += [here] if country and here not in names else []
    places = {*NEEDS["talent_region"].choices.values(), *NEEDS["wage_basis"].choices.values(), here}
    return ", ".join([names[0], *(name if name in places else formatting.lower_first(name) for name in names[1:])])


def contribution_name(it: Contribution, evidence: Snapshot) -> str:
    """What an employer pays, and on which part of a yearly salary, in the currency of its country."""
    ends = ["above" if math.isinf(it.end) else "", f"{it.start:,.10g}" if it.start else "",
            "" if math.isinf(it.end) else "to" if it.start else "up to",
            "" if math.isinf(it.end) else f"{it.end:,.10g}", evidence.countries[it.country].currency]
    part = "" if math.isinf(it.end) and not it.start else f", {' '.join(filter(None, ends))}"
    return f"{it.name[0].upper()}{it.name[1:]}{part}"


def contributions(evidence: Snapshot) -> tuple[Contribution, ...]:
    """What an employer pays on top of a salary in the country of the evidence, with amounts as published."""
    return (evidence.origin or evidence).contributions.get(evidence.country, ())


def _parts(figure: Figure, evidence: Snapshot) -> tuple[Country | None, list[str]]:
    """The country that a figure's id begins with, if any, and the parts of the rest."""
    parts = figure.id.split(".")
    country = evidence.countries.get(parts[0])
    return country, parts if country is None else parts[1:]


def name_in_sentence(figure: Figure, evidence: Snapshot) -> str:
    """A figure's name inside a sentence."""
    if figure.table == "ratings":
        criterion, option = formatting.lower_first(full_name(figure, evidence)).rsplit(", ", 1)
        return f"the rating of {option} on {criterion}"
    name, *rest = formatting.lower_first(full_name(figure, evidence)).split(", ")
    return f"{name} ({', '.join(rest)})" if rest else name


SPOKEN_UNITS = {
    "USD": "{} to {}", "USD per head": "{} to {} a head", "USD per hour": "{} to {} an hour",
    "USD per year": "{} to {} a year", "FTE": "{} to {} positions", "hours per hour": "{} to {} hours for each hour",
    "share per year": "{} to {} a year", "ratio": "{} to {} times", "share": "{} to {}",
}


def range_in_sentence(figure: Figure) -> str:
    """From the low to the high end of a figure, inside a sentence."""
    low, high = (_end(end, figure.unit) for end in (figure.low, figure.high))
    return SPOKEN_UNITS.get(figure.unit, f"{{}} to {{}} {figure.unit}").format(low, high)


def _end(end: float, unit: str) -> str:
    if unit.startswith(DOLLAR):
        currency = currencies.shown()
        return f"{currency.sign}{round(currency.amount(end), 2):,.10g}"
    return f"{end * 100:.10g}%" if unit in ("share", "share per year") else f"{end:,.10g}"


def citation(ids: tuple[str, ...], evidence: Snapshot, locator: str) -> str:
    """The sources and where in them; empty for what is assumed alone."""
    sources = "; ".join(linked(f"{it.producer}, {it.title}", it)
                        for it in map(evidence.sources.__getitem__, ids) if it.id != ASSUMED)
    return f"{sources}{f' – {locator}' if locator else ''}" if sources else ""


def short_sources(figure: Figure, evidence: Snapshot) -> str:
    """What a figure rests on, in short: its publishers, each linked, or an assumption, or yourself."""
    named_sources = [evidence.sources[source] for source in figure.source if source != ASSUMED]
    links = ", ".join(linked(it.producer, it) for it in named_sources)
    if figure.kind == ASSUMED:
        return f"assumed, after {links}" if links else "assumed"
    return links or "your own"


def linked(text: str, source: Source) -> str:
    """A text that leads to a source, where this has an address."""
    return formatting.marked(text, source.address) if source.address else text
