"""The sentences on the best mix: each says what the model's numbers say."""

from __future__ import annotations

import re

import numpy as np

from hiring.model.decision import NONE_FITS
from hiring.model.explanation import Explanation
from hiring.text import formatting, plans_text, verdict_text
from tests.page_text import FLAW, is_month, lowered, says
from tests.pool import POOL, each_of

NOUNS = {"freelance": "freelancers", "in_house": "people you hire", "agency": "an agency"}


@each_of(POOL)
def test_what_is_said_of_the_best_mix_is_so(explanation: Explanation) -> None:
    needs = explanation.decision.needs
    decision = explanation.decision
    headline, mix = plans_text.plan_headline(decision), decision.mix
    if mix is None:
        assert headline == ("No mix is possible for work this small" if needs.mixes else "Mixes are turned off")
        return
    plan, outcome, first = mix.outcome.plan, mix.outcome, decision.outcomes[decision.first]
    words = verdict_text.plan_words(plan)
    assert all(NOUNS[option.id] in words for option in plan.options)
    assert (": ahead of each option in most simulations" in headline) == (mix.leads and decision.verdict != NONE_FITS)
    who, against, ahead = (said(decision, mix) for said in (
        plans_text.plan_who, plans_text.plan_against_first, plans_text.plan_ahead))
    for text in (headline, who, against, ahead):
        assert not FLAW.search(text), text
    released = re.findall(r"in month (\d+(?:\.\d+)?)", who)[-1]
    assert is_month(released, float(np.median(outcome.finish)) * 12 / 52)

    shown = re.match(r"It typically costs (\S+), (?:about as much as|(\S+) (more|less) than) (\S+), and releases in "
                     r"month ([\d.]+) (?:as well|instead of month ([\d.]+))\.", against)
    assert shown, against
    cost, alone = float(np.median(outcome.total)), float(np.median(first.total))
    assert shown[1] == formatting.money(cost)
    assert (shown[2] is None) == (abs(cost - alone) < 0.02 * alone)
    assert shown[2] is None or shown[2] == formatting.money(abs(cost - alone))
    assert shown[3] is None or (shown[3] == "more") == (cost > alone)
    assert shown[4] == lowered(first.option)
    assert is_month(shown[6] or shown[5], float(np.median(first.finish)) * 12 / 52)
    assert ("of 100" in against) == decision.has_limits

    for option, share in mix.ahead_of.items():
        other = lowered(decision.outcomes[option].option)
        found = re.search(rf"than {other} in (more than 99|fewer than 1|\d+)", ahead)
        assert found, ahead
        assert says(found[1], share)
    assert ("To be the answer" in ahead) == (not mix.leads)
