"""The best mix in sentences: who builds, when people come and leave, and how often it is ahead of each option."""

from __future__ import annotations

from hiring.model.decision import NONE_FITS, Decision, Mix
from hiring.model.plans import BRIDGE, HANDOVER, TOGETHER
from hiring.text.formatting import date_of, in_words, join_words, start_of
from hiring.text.verdict_text import crew, has_upkeep, option_name, plan_words, sentence_case


def plan_headline(decision: Decision) -> str:
    """What the best mix is and whether it leads; why there is none."""
    if decision.mix is None:
        return "Mixes are turned off" if not decision.needs.mixes else "No mix is possible for work this small"
    words = sentence_case(plan_words(decision.mix.outcome.plan))
    if decision.verdict == NONE_FITS:
        return f"{words}: the best mix"
    leads, not_so = "ahead of each option in most simulations", "the best mix, but not the answer"
    return f"{words}: {leads if decision.mix.leads else not_so}"


def plan_who(decision: Decision, mix: Mix) -> str:
    """Who builds and who keeps it running, and when they come and leave in the typical case."""
    plan = mix.outcome.plan
    outside, hires = plan.builder.noun, plan.keeper.noun
    first = start_of(decision.from_day, mix.outcome.start_week)
    release = date_of(decision.from_day, mix.outcome.finish_quantiles[1])
    if plan.kind == TOGETHER:
        after = f" {sentence_case(hires)} keep it running." if has_upkeep(decision.needs) else ""
        return (f"{sentence_case(crew(plan))} build it. The first start in {first}; the release is in {release}."
                f"{after}")
    if plan.kind == HANDOVER:
        return (f"{sentence_case(outside)} {_verb(outside, 'start')} in {first} and {_verb(outside, 'release')} in "
                f"{release}. {sentence_case(hires)} {_verb(hires, 'take')} over then, with a short overlap.")
    assert plan.kind == BRIDGE
    return (f"{sentence_case(outside)} {_verb(outside, 'start')} in {first} and {_verb(outside, 'leave')} once {hires} "
            f"are up to speed. The release is in {release}.")


def plan_ahead(decision: Decision, mix: Mix) -> str:
    """How often the mix scores higher than each option."""
    shares = sorted(mix.ahead_of.items(), key=lambda item: item[1])
    said = [f"{option_name(decision.outcomes[option])} in {in_words(share)}" for option, share in shares]
    said[0] += " of 100 simulations"
    limits = (f" and at least {decision.evidence.central('fits_share') * 100:.0f} within your limits"
              if decision.has_limits else "")
    needed = "" if mix.leads else (
        f" To be the answer it needs more than {decision.evidence.central('mix_lead_share') * 100:.0f} against each"
        f"{limits}.")
    return f"The mix scores higher than {join_words(said)}.{needed}"


def _verb(noun: str, verb: str) -> str:
    return f"{verb}s" if noun.startswith(("a ", "an ")) else verb
