"""The sentences on the best mix: each says what the model's numbers say."""

from __future__ import annotations

import re

import numpy as np

from hiring import decide
from hiring.model.decision import NONE_FITS
from hiring.model.explanation import Explanation
from hiring.text import formatting, plans_text, verdict_text
from tests.factories import DAY, LIMITED
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
    plan, outcome = mix.outcome.plan, mix.outcome
    words = verdict_text.plan_words(plan)
    assert all(NOUNS[option.id] in words for option in plan.options)
    assert (": ahead of each option in most simulations" in headline) == (mix.leads and decision.verdict != NONE_FITS)
    who, ahead = plans_text.plan_who(decision, mix), plans_text.plan_ahead(decision, mix)
    for text in (headline, who, ahead):
        assert not FLAW.search(text), text
    released = re.findall(r"in month (\d+(?:\.\d+)?)", who)[-1]
    assert is_month(released, float(np.median(outcome.finish)) * 12 / 52)

    for option, share in mix.ahead_of.items():
        other = lowered(decision.outcomes[option].option)
        found = re.search(rf"(?:than|,|and) {other} in (more than 99|fewer than 1|\d+)", ahead)
        assert found, ahead
        assert says(found[1], share)
    assert ("To be the answer" in ahead) == (not mix.leads)


def test_where_the_day_is_known_people_come_on_dates() -> None:
    decision = decide(LIMITED, from_day=DAY)
    assert decision.mix is not None
    who = plans_text.plan_who(decision, decision.mix)
    assert formatting.start_of(DAY, decision.mix.outcome.start_week) in who
    assert formatting.date_of(DAY, decision.mix.outcome.finish_quantiles[1]) in who
