"""The How it works page: the method in plain words, worked through with the project's numbers.

The formulas are the docstrings of the functions that compute them; the numbers are what these functions return.
"""

from __future__ import annotations

import streamlit as st

import hiring
from hiring.model.decision import CLEAR, CLOSE_CALL, LEANING, LIKELY, MIX, NONE_FITS, Decision
from hiring.model.needs import plain
from hiring.model.simulation import Outcome
from hiring.model.worked_example import LINES, Formula, worked_formulas
from hiring.text import chart_titles, currencies, figure_names, formatting, verdict_text
from hiring.text.formatting import strong
from hiring.text.portfolio_text import VERDICTS
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note
from hiring.web.session import page_state
from hiring.web.session.page_state import State

NAMES = {
    "work_hours": "The work", "hours": "The work as it really turns out", "paid_heads": "Positions while building",
    "arrival": "Arrival", "stretch": "Weeks for each week worked", "ready": "Up to speed",
    "hours_a_week": "Pace", "finish": "The first release", "build_weeks": "Paid weeks while building",
    "upkeep_heads": "Positions after the release", "upkeep_weeks": "Paid weeks of upkeep",
    "salary": "Salary where you hire", "employment_cost": "A year of one employee", "weekly_usd": "A paid week",
    "priced_build": "Weeks while building at their prices", "priced_upkeep": "Weeks of upkeep at their prices",
    "build_pay": "Pay while building", "upkeep_pay": "Pay for upkeep",
    "learning": "Ramp-up of people that upkeep adds", "top_up": "Up to the smallest engagement",
    "budgeted": "What the budget covers", "budget_usd": "What the budget leaves of the score",
    "deadline_months": "What the deadline leaves of the score",
    **{line: label for line, label in chart_titles.LINE_LABELS.items() if not line.endswith("_labor")},
}
RESULTS = {  # the unit of each result that is not an amount
    "work_hours": "hour", "hours": "hour", "paid_heads": "position", "arrival": "week", "stretch": "week",
    "ready": "week", "hours_a_week": "hour", "finish": "week", "build_weeks": "week", "upkeep_heads": "position",
    "upkeep_weeks": "week", "priced_build": "week", "priced_upkeep": "week",
}
SHARES = {"budget_usd", "deadline_months"}  # results that are shares
GIVEN = {  # what went into a formula, in words
    "developers": "developers", "build_months": "months", "yardstick_share": "productive share of an in-house week",
    "work_hours": "hours", "hours": "hours", "overrun": "overrun", "productive_share": "productive share",
    "ramp_weeks": "weeks of ramp-up", "lead_weeks": "weeks to start", "hires_per_week": "people a week",
    "attrition_per_year": "leavers a year", "stretched": "weeks for each week worked", "arrives": "week of arrival",
    "ready": "up to speed in week", "hours_a_week": "hours a week", "finish": "week of release",
    "upkeep_factor": "upkeep over its plan", "upkeep_months": "months of upkeep", "smallest_post": "smallest position",
    "salary": "salary", "wage_ratio": "local over national wage", "load": "load", "fee_share": "fee",
    "hourly_usd": "hourly rate", "heads": "positions", "weekly_usd": "a week", "paid_weeks": "paid weeks",
    "middle": "middle week", "wage_growth": "wage growth a year", "added": "positions added",
    "exit_weeks": "exit weeks", "kept": "positions kept", "upkeep_weeks": "weeks of upkeep", "paid_usd": "paid",
    "minimum_usd": "smallest engagement",
    "steering_share": "hours of yours per hour", "manager_hourly_usd": "an hour of a manager",
    "lead_share": "share of a lead", "senior_weekly_usd": "a senior's week", "people": "people",
    "sourcing_usd": "finding", "equipment_usd": "equipment", "person_years": "person-years", "cost": "cost",
    "reference": "reference cost", "steepness": "steepness", "finish_months": "months to release",
    "deadline_months": "deadline in months", "weeks_late": "weeks late to start", "finish_share": "part of the finish",
    "late_start_weeks": "decay in weeks", "rating": "rating", "need_level": "need level",
    "rate": "rate", "part": "part of the salary", "contributions": "contributions", "year_usd": "a year",
    "after": "upkeep", "taken": "taken", "limit": "limit",
}
AMOUNTS = {"salary", "part", "contributions", "year_usd", "hourly_usd", "weekly_usd", "senior_weekly_usd", "paid_usd",
           "minimum_usd", "manager_hourly_usd", "sourcing_usd", "equipment_usd", "reference", "after"}


def show() -> None:
    state = page_state.keep(page_state.current())
    decision = hiring.decide(state.needs, state.as_of, dict(state.own), state.from_day)
    with currencies.amounts_in(currencies.of(decision)):
        _show(state, decision)


def _show(state: State, decision: Decision) -> None:
    st.markdown("# How it works", anchors=False)
    st.markdown(note(f"{verdict_text.question(decision.needs, decision.from_day, page_state.unnamed(state))}."))
    blocks.own_figures(decision)
    _outline(decision)
    options = {option: outcome.option.label for option, outcome in decision.outcomes.items()}
    chosen = st.segmented_control("Worked through for", list(options), format_func=options.__getitem__,
                                  default=decision.first, required=True, key="worked_option")
    outcome = decision.outcomes[chosen or decision.first]
    steps = worked_formulas(decision, outcome.option.id)
    _time(steps["time"])
    _cost(decision, outcome, steps["cost"])
    _fit(decision, outcome, steps["fit"])
    _simulations(decision)


def _outline(decision: Decision) -> None:
    st.markdown(
        "1. **Time.** When do the people of each option start, and when do they release?\n"
        "2. **Cost.** What does the build cost, and what does upkeep? Upkeep is the work that keeps the software "
        "running after its first release. The time of your own people counts too. So do the search, people who leave "
        "and the end of contracts. Everyone is priced as a backend developer. Other skills raise what you need of the "
        "people, not the cost.\n"
        "3. **Fit.** Some things show in neither time nor money. Each plan gets up to 100 points for each of them, and "
        "you need so many. Meeting a need earns its full weight. More than that earns nothing extra.\n"
        "4. **Simulations.** A simulation is one way that the project may go. All of this is done "
        f"{decision.draws:,} times. Each time every figure is drawn from its range, and the weights differ. A "
        "simulation that misses a limit of yours loses part of its score. The option with the highest score comes "
        "first.\n"
        "5. **Mixes.** A mix joins two options. They build together, or one builds and the other keeps it running. "
        "The same formulas apply. A mix is the answer if it scores higher than each option in more than "
        f"{_whole(decision, 'mix_lead')} of 100 simulations.\n"
        "6. **Verdict.** How sure is the answer? That rests on how often it comes first, and on how often it stays "
        "within your limits. For a mix, first means ahead of every option at once. Limits that you did not give are "
        "not counted.")
    _verdicts(decision)
    st.markdown("The first three are worked through below in one simulation. In it every figure has its central "
                "value. It is not the typical case, because bad luck costs more than good luck saves.")


def _whole(decision: Decision, name: str) -> str:
    return f"{decision.evidence.central(f'{name}_share') * 100:.0f}"


def _verdicts(decision: Decision) -> None:
    """What each verdict asks for."""
    def most(name: str) -> str:
        return f"{_whole(decision, name)} of 100 or more"

    rows = {
        CLEAR: (most("likely"), most("clear_keep")),
        LIKELY: (most("leaning"), most("likely_keep")),
        LEANING: (f"fewer than {_whole(decision, 'leaning')} of 100",
                  f"or fewer than {_whole(decision, 'likely_keep')} of 100"),
        CLOSE_CALL: (f"the two best are at most {_whole(decision, 'close_call')} of 100 apart; for a mix: it and all "
                     "options together", "does not count"),
        NONE_FITS: ("does not count", f"fewer than {_whole(decision, 'fits')} of 100, for every plan"),
    }
    first, kept = zip(*rows.values(), strict=True)
    blocks.table({"Verdict": [VERDICTS[verdict] for verdict in rows], "Comes first in": list(first),
                  "Within your limits in": list(kept)}, "What each verdict asks for")


def _time(steps: tuple[Formula, ...]) -> None:
    st.markdown("## 1. Time", anchors=False)
    for step in steps:
        _step(step)


def _cost(decision: Decision, outcome: Outcome, steps: tuple[Formula, ...]) -> None:
    st.markdown("## 2. Cost, line by line", anchors=False)
    paid = {it.id: figure_names.contribution_name(it, decision.evidence)
            for it in figure_names.contributions(decision.evidence)}
    contributions = [step for step in steps if step.name in paid]
    if contributions:
        whole = sum(step.result for step in contributions)
        st.markdown(f"**{markdown(f'Employer contributions: {formatting.whole_money(whole)}')}**  \n"
                    f"{note('What an employer pays on top of one salary in a year.')}")
        with st.expander(f"Each of the {len(contributions)} contributions", type="compact"):
            for step in contributions:
                _step(step, paid[step.name])
    for step in steps:
        if step not in contributions:
            _step(step)
    total = sum(step.result for step in steps if step.name in LINES)
    low, typical, high = outcome.cost_quantiles
    st.markdown(markdown(
        f"{strong(f'Together {formatting.whole_money(total)}')} in this one simulation. Over all "
        f"{decision.draws:,}: typically {formatting.money(typical)}, "
        f"likely range {formatting.money_range(low, high)}."))
    blocks.with_sources(note("Every figure above with its range and source."), "how_cost", decision,
                        ("cost", "time"))


def _fit(decision: Decision, outcome: Outcome, steps: tuple[Formula, ...]) -> None:
    st.markdown("## 3. Fit and score", anchors=False)
    labels = {c.id: c.label for c in decision.evidence.criteria}
    criteria = [step for step in steps if step.name in labels]
    score, *limits = (step for step in steps if step.name not in labels)
    st.markdown(note(" ".join(f"{labels[step.name]}: {step.words}" for step in criteria[:2])
                     + f" All others: {criteria[2].words}"))
    blocks.table({
        "Criterion": [labels[step.name] for step in criteria],
        "What went in": [_given(step) for step in criteria],
        "Value, 0 to 1": [f"{step.result:.2f}" for step in criteria],
        "Weight": [f"{decision.weights[step.name]:.0%}" for step in criteria],
        "Points": [f"{100 * step.result * decision.weights[step.name]:.1f}" for step in criteria],
    }, f"Values and weights of {outcome.option.label}")
    for step in limits[:-1]:
        _step(step)
    points = strong(f"Score {score.result * 100:.0f} of 100")
    counted = f", {limits[-1].result * 100:.0f} with the limits," if limits else ""
    none = "" if limits else " No limit was given, so none is counted."
    st.markdown(markdown(f"{points}{counted} in this one simulation; the mean over all {decision.draws:,} is "
                         f"{outcome.expected_score * 100:.0f}.{none}"))
    blocks.with_sources(note("The ratings, need levels and weights, each with its source."), "how_fit", decision,
                        ("fit", "method"))


def _simulations(decision: Decision) -> None:
    st.markdown("## 4. From one simulation to all", anchors=False)
    firsts = [f"{verdict_text.option_name(decision.all_outcomes[plan])} in {_first_in(decision, plan)}"
              for plan in decision.of_hundred]
    among = "" if decision.answer == MIX else "Of the options alone, "
    said = "" if not firsts else " " + verdict_text.sentence_case(
        f"{among}{formatting.join_words(firsts)} of 100 simulations scores highest.")
    st.markdown(markdown(f"Every figure is drawn from its range {decision.draws:,} times. "
                         f"{verdict_text.verdict(decision)}.{said}"))
    st.markdown(note(f"{chart_titles.SHARE_IS_NO_CHANCE} {chart_titles.evidence_and_model(decision)}"))


def _first_in(decision: Decision, plan: str) -> str:
    """In how many of 100 simulations a plan is first. No rounding contradicts what a verdict asks for."""
    share, whole = decision.compared_shares[plan], decision.of_hundred[plan]
    bound = next((it for it in ("likely", "leaning")
                  if share < decision.evidence.central(f"{it}_share") <= whole / 100), None)
    return str(whole) if bound is None else f"fewer than {_whole(decision, bound)}"


def _step(step: Formula, name: str = "") -> None:
    st.markdown(f"**{markdown(f'{name or NAMES[step.name]}: {_result(step)}')}**  \n"
                f"{note(f'{step.words} Here: {_given(step)}.')}")


def _result(step: Formula) -> str:
    if step.name in SHARES:
        return f"{step.result:.0%}"
    if step.name not in RESULTS:
        return formatting.whole_money(step.result)
    shown = _number(step.result)
    return f"{shown} {RESULTS[step.name]}{'' if shown == '1' else 's'}"


def _given(step: Formula) -> str:
    return ", ".join(f"{GIVEN[name]} {_shown(name, step, value)}" for name, value in step.given.items())


def _shown(name: str, step: Formula, value: float) -> str:
    is_money = name in AMOUNTS or name == "cost" or (step.name == "budget_usd" and name in ("taken", "limit"))
    if not is_money:
        return _number(value)
    currency = currencies.shown()
    amount = round(currency.amount(value), 2)
    is_small = abs(amount) < 1_000 and not amount.is_integer()  # a rate an hour
    return f"{currency.sign}{amount:.2f}" if is_small else formatting.whole_money(value)


def _number(value: float) -> str:
    """Enough digits to follow the calculation by hand."""
    if abs(value) >= 1_000:
        return f"{value:,.0f}"
    return plain(round(value, 1 if abs(value) >= 100 else 2 if abs(value) >= 10 else 3 if abs(value) >= 0.1 else 5))
