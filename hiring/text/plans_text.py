"""Staged plans in sentences: who builds and who keeps, and how the plan compares with one option alone."""

from __future__ import annotations

from hiring.model import decision as model
from hiring.model.decision import Decision
from hiring.model.explanation import Explanation
from hiring.model.plans import Offer, Plan
from hiring.model.simulation import Outcome
from hiring.text.formatting import in_words, join_words, money, month
from hiring.text.reasons_text import Claim
from hiring.text.verdict_text import option_name

_OFFERED = {model.LEANING: "is worth a look", model.LIKELY: "likely does better", model.CLEAR: "clearly does better"}


def plan_words(plan: Plan) -> str:
    """Who builds and who keeps."""
    def does(outcome: Outcome, verb: str) -> str:
        noun = outcome.option.noun
        return f"{noun} {verb}{'s' if noun.startswith(('a ', 'an ')) else ''} it"

    words = f"{does(plan.builder, 'build')}, {does(plan.keeper, 'keep')}"
    return words[0].upper() + words[1:]


def plan_hint(decision: Decision, offer: Offer) -> Claim:
    """The best staged plan in a line beside the verdict."""
    plan = offer.plan
    if not decision.left:
        kept = "" if plan.within_budget_share is None else (
            f" It stays within {money(decision.budget_usd)} in {in_words(plan.within_budget_share)} of 100 futures.")
        return Claim("A staged plan would fit.", f"{plan_words(plan)}.{kept}")
    less = [f"{kept} in {in_words(own)} of 100 against {in_words(alone)}"
            for kept, own, alone in _limits(decision, plan) if alone - own >= 0.05]
    but = f", but {join_words(less)}" if less else ""
    return Claim(
        f"A staged plan {_OFFERED[offer.verdict]}.",
        f"{plan_words(plan)}: ahead of {_rivals(decision)} in {in_words(offer.first_share)} of 100 futures{but}.")


def _limits(decision: Decision, plan: Plan) -> list[tuple[str, float, float]]:
    """Each limit that was given and that the two can keep differently, in words, with the shares of futures in
    which the plan and the first option keep it."""
    first = decision.outcomes[decision.first]
    shares = [("on time", plan.on_time_share, None if plan.builder is first else first.on_time_share),
              (f"within {money(decision.budget_usd)}", plan.within_budget_share, first.within_budget_share)]
    return [(kept, own, alone) for kept, own, alone in shares if own is not None and alone is not None]


def _rivals(decision: Decision) -> str:
    left = [option_name(decision.outcomes[option]) for option in decision.left]
    return f"{left[0]} alone" if len(left) == 1 else "each option alone"


def plan_headline(decision: Decision, offer: Offer | None) -> str:
    if offer is None:
        alone = f"{option_name(decision.outcomes[decision.first])} alone" if decision.left else "an option alone"
        return f"No staged plan is clearly better than {alone}" if decision.left else "No staged plan fits either"
    if not decision.left:
        return f"{plan_words(offer.plan)}: the only kind of plan that fits"
    return (f"{plan_words(offer.plan)}: ahead of {_rivals(decision)} in {in_words(offer.first_share)} of 100 futures")


def plan_against_first(decision: Decision, plan: Plan) -> str:
    """A staged plan against the first option: release, on time, cost."""
    first, release = decision.outcomes[decision.first], month(plan.builder.finish_quantiles[1])
    parts = [f"The same first release as with {option_name(first)} alone, {release}" if plan.builder is first else
             f"First release in {release} against {month(first.finish_quantiles[1])} with {option_name(first)} alone"]
    parts += [f"{kept} in {in_words(own)} of 100 futures against {in_words(alone)}"
              for kept, own, alone in _limits(decision, plan)]
    cost, more = first.cost_quantiles[1], plan.cost_quantiles[1] - first.cost_quantiles[1]
    parts.append("for about the same money in the middle future" if abs(more) < 0.02 * cost else
                 f"for {money(abs(more))} {'more' if more > 0 else 'less'} in the middle future")
    return f"{', '.join(parts)}."


def grid_headline(decision: Decision, offer: Offer) -> str:
    """The score of the plan that is offered beside that of the first option by itself."""
    score = f"It scores {offer.plan.expected_score * 100:.0f} points of 100"
    if not decision.left:
        return score
    alone = f"{decision.expected_scores[decision.first] * 100:.0f}"
    return f"{score}, {option_name(decision.outcomes[decision.first])} alone {alone}"


def keeps_something(explanation: Explanation) -> bool:
    """Whether anything is kept after the release, so that a staged plan means something."""
    return any(plan.hands_over for plan in explanation.plans.values())
