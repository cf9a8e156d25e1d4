"""The How it works page: the method in plain words, worked through with the project's numbers.

The formulas are the docstrings of the functions that compute them; the numbers are what these functions return.
"""

from __future__ import annotations

import streamlit as st

import hiring
from hiring.model.decision import Decision
from hiring.model.draws import DRAWS
from hiring.model.needs import plain
from hiring.model.simulation import Outcome
from hiring.model.worked_example import Formula, worked_formulas
from hiring.text import chart_titles, formatting, verdict_text
from hiring.text.formatting import strong
from hiring.web.components import blocks
from hiring.web.markdown import markdown, note
from hiring.web.session import page_state

NAMES = {
    "work_hours": "The work", "build_weeks": "The build", "finish": "The first release",
    "upkeep_weeks": "Upkeep", "paid_heads": "Posts while building", "upkeep_heads": "Posts after the release",
    "salary": "Salary where you hire", "weekly_usd": "A paid week", "build_pay": "Pay while building",
    "top_up": "Up to the smallest engagement", "score": "Score",
    **{line: label for line, label in chart_titles.LINE_LABELS.items() if line != "build_labor"},
}
RESULTS = {  # the unit of each step's result
    "work_hours": "hour", "build_weeks": "week", "finish": "week", "upkeep_weeks": "week", "paid_heads": "post",
    "upkeep_heads": "post",
}
GIVEN = {  # what went into a formula, in words
    "developers": "developers", "build_months": "months", "yardstick_share": "productive share of an in-house week",
    "hours": "hours", "overrun": "overrun", "productive_share": "productive share", "ramp_weeks": "weeks of ramp-up",
    "lead_weeks": "weeks to start", "weeks": "weeks", "horizon_months": "months ahead", "finish": "weeks to release",
    "smallest_post": "smallest post", "salary": "salary", "wage_ratio": "local over national wage", "load": "load",
    "fee_share": "fee", "hourly_usd": "hourly rate", "heads": "posts", "weekly_usd": "a week",
    "exit_weeks": "exit weeks", "kept": "posts kept", "upkeep_weeks": "weeks of upkeep", "paid_usd": "paid",
    "minimum_usd": "smallest engagement", "paid_weeks": "paid weeks", "steering_share": "hours of yours per hour",
    "manager_hourly_usd": "an hour of a manager", "sourcing_usd": "finding", "equipment_usd": "equipment",
    "person_years": "person-years", "attrition_per_year": "leavers a year", "cost": "cost", "budget": "budget",
    "steepness": "steepness", "finish_months": "months to release", "deadline_months": "deadline in months",
    "weeks_late": "weeks late to start", "finish_share": "part of the finish", "late_start_weeks": "decay in weeks",
    "rating": "rating", "need_level": "need level from 0 to 1",
}
DOLLARS = {"salary", "hourly_usd", "weekly_usd", "paid_usd", "minimum_usd", "manager_hourly_usd", "sourcing_usd",
           "equipment_usd", "budget"}


def show() -> None:
    state = page_state.keep(page_state.current())
    decision = hiring.decide(state.needs, state.as_of, dict(state.own))
    st.markdown("# How it works", anchors=False)
    st.markdown(note(f"{verdict_text.question(decision.needs)}."))
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
    _futures(decision, outcome)


def _outline(decision: Decision) -> None:
    central = decision.evidence.central
    leaning, likely, close = (f"{central(f'{name}_share') * 100:.0f}" for name in ("leaning", "likely", "close_call"))
    st.markdown(
        "1. **Time.** When could each option start, and how long would it build?\n"
        "2. **Cost.** What would that cost, including your own people's time, the search, people who leave and "
        "ending contracts?\n"
        "3. **Fit.** What money and time don't show is rated and compared with what you need. Meeting a need earns "
        "full points; exceeding it earns nothing extra.\n"
        f"4. **Futures.** All of this is repeated {DRAWS:,} times, each time with different figures drawn from their "
        "ranges and different weights. The option with the highest score comes first in that future.\n"
        f"5. **Verdict.** First in {likely} of 100 futures or more: clear. {leaning} or more: likely. Less: "
        f"leaning. At most {close} apart: too close to call. Rules take out options that miss one of your limits.")
    st.markdown("The first three are worked through below in one future, in which every figure has its middle value. "
                "It is not the middle of all futures, because bad luck costs more than good luck saves.")


def _time(steps: tuple[Formula, ...]) -> None:
    st.markdown("## 1. Time", anchors=False)
    for step in steps:
        shown = _number(step.result)
        _step(step, f"{shown} {RESULTS[step.name]}{'' if shown == '1' else 's'}")


def _cost(decision: Decision, outcome: Outcome, steps: tuple[Formula, ...]) -> None:
    st.markdown("## 2. Cost, line by line", anchors=False)
    total = 0.0
    for step in steps:
        is_line = step.name not in ("salary", "weekly_usd")
        total += step.result if is_line else 0.0
        _step(step, f"${step.result:,.0f}")
    low, middle, high = outcome.cost_quantiles
    st.markdown(markdown(
        f"{strong(f'Together ${total:,.0f}')} in this one future. Over all {DRAWS:,}: {formatting.money(middle)} in "
        f"the middle, {formatting.money_range(low, high)} in 8 of 10."))
    blocks.with_sources(note("Every figure above with its range and source."), "how_cost", decision,
                        ("cost", "time"))


def _fit(decision: Decision, outcome: Outcome, steps: tuple[Formula, ...]) -> None:
    st.markdown("## 3. Fit and score", anchors=False)
    labels = {c.id: c.label for c in decision.evidence.criteria}
    *criteria, score = steps
    st.markdown(note(" ".join(f"{labels[step.name]}: {step.words}" for step in criteria[:2])
                     + f" All others: {criteria[2].words}"))
    blocks.table({
        "Criterion": [labels[step.name] for step in criteria],
        "What went in": [_given(step) for step in criteria],
        "Value, 0 to 1": [f"{step.result:.2f}" for step in criteria],
        "Weight": [f"{decision.weights[step.name]:.0%}" for step in criteria],
        "Points": [f"{100 * step.result * decision.weights[step.name]:.1f}" for step in criteria],
    }, f"Values and weights of {outcome.option.label}")
    st.markdown(markdown(f"{strong(f'Score {score.result * 100:.0f} of 100')} in this one future; the mean over all "
                         f"{DRAWS:,} is {decision.expected_scores[outcome.option.id] * 100:.0f}."))
    blocks.with_sources(note("Ratings, need levels and importance with their sources."), "how_fit", decision,
                        ("fit", "method"))


def _futures(decision: Decision, outcome: Outcome) -> None:
    st.markdown("## 4. From one future to all", anchors=False)
    st.markdown(markdown(f"Every figure is drawn from its range {DRAWS:,} times. {_firsts(decision)} "
                         f"{verdict_text.verdict(decision)}."))
    st.markdown(note(f"{chart_titles.SHARE_IS_NO_CHANCE} {chart_titles.evidence_and_model(decision)}"))


def _firsts(decision: Decision) -> str:
    """How often each remaining option comes first."""
    if not decision.left:
        return "Every option misses one of your limits too often, so none comes first."
    if len(decision.left) == 1:
        return "With the others ruled out, nothing is left to compare."
    firsts = [f"{verdict_text.option_name(decision.outcomes[option])} in {decision.of_hundred[option]}"
              for option in decision.left]
    return f"Of 100 futures, {formatting.join_words(firsts)} come first."


def _step(step: Formula, result: str) -> None:
    st.markdown(f"**{markdown(f'{NAMES[step.name]}: {result}')}**  \n{note(f'{step.words} Here: {_given(step)}.')}")


def _given(step: Formula) -> str:
    return ", ".join(f"{GIVEN[name]} {_dollars(name, step, value)}" for name, value in step.given.items())


def _dollars(name: str, step: Formula, value: float) -> str:
    is_money = name in DOLLARS or (name == "cost" and step.name == "cost")
    return f"${value:,.0f}" if is_money else _number(value)


def _number(value: float) -> str:
    """Enough digits to follow the calculation by hand."""
    if abs(value) >= 1_000:
        return f"{value:,.0f}"
    return plain(round(value, 1 if abs(value) >= 100 else 2 if abs(value) >= 1 else 3))


