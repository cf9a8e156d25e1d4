"""Scenarios side by side in words and tables: the answer to each, what it costs, and how the answers differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hiring.model.decision import CLOSE_CALL, MIX, NONE_FITS, Decision, plan_label
from hiring.model.evidence import Figure
from hiring.model.needs import NEEDS, ProjectNeeds, plain
from hiring.model.simulation import Outcome
from hiring.text import currencies, exchange_text, figure_names, formatting, switching_text, verdict_text
from hiring.text.formatting import isolated, lower_first, money, money_range, strong
from hiring.text.portfolio_text import VERDICTS, as_answer, option_labels

DIFFERS = "≠"
NARROW = 28  # characters of a name in a narrow place
OWN_FIGURES_LISTED = 12  # own figures that the table lists


def headline(decisions: Sequence[Decision]) -> str:
    """What the answer is in how many scenarios."""
    count = len(decisions)
    fitting = [decision for decision in decisions if decision.verdict != NONE_FITS]
    if not fitting:
        several = f"No plan fits in any of {count} scenarios"
        return {1: "No plan fits", 2: "No plan fits in either scenario"}.get(count, several)
    if count == 1:
        (decision,) = decisions
        close = "too close to call, " if decision.verdict == CLOSE_CALL else ""
        return f"{plan_label(decision.answered.plan)}: {close}{_kept(decision)}; add a scenario to compare"
    (first, times), *others = Counter(as_answer(decision.answer) for decision in fitting).most_common()
    rest = [f"{name} in {number}" for name, number in others]
    rest += [f"no plan fits in {count - len(fitting)}"] if len(fitting) < count else []
    narrow = sum(decision.verdict == CLOSE_CALL for decision in decisions)
    in_all = "both" if count == 2 else f"all {count}"
    whole = ", ".join([f"{first[0].upper()}{first[1:]} is the answer in "
                       f"{in_all if times == count else f'{times} of {count}'} scenarios", *rest])
    return f"{whole}; {narrow} of them {'is' if narrow == 1 else 'are'} too close to call" if narrow else whole


def _kept(decision: Decision) -> str:
    if not decision.has_limits:
        return "no limit given"
    return f"within your limits in {verdict_text.share_of_hundred(decision.keep_share, decision)} of 100 simulations"


def cost_headline(names: Sequence[str], decisions: Sequence[Decision]) -> str:
    """Which scenario costs least with its answer."""
    fitting = [(name, decision, decision.answered.cost_quantiles)
               for name, decision in zip(names, decisions, strict=True) if decision.verdict != NONE_FITS]
    if not fitting:
        return "No plan fits, so no cost here is that of an answer"
    if len(decisions) == 1:
        ((_, decision, (low, _, high)),) = fitting
        covers = "build and upkeep" if verdict_text.has_upkeep(decision.needs) else "the build"
        return f"{plan_label(decision.answered.plan)}: {money_range(low, high)} for {covers}"
    if other_service(decisions):
        costs = [f"“{isolated(name)}” {money_range(low, high)} with {upkeep(decision.needs)}"
                 for name, decision, (low, _, high) in fitting]
        return f"With the answer: {formatting.join_words(costs)}"
    least = min(middle for _, _, (_, middle, _) in fitting)
    level = {name: middle for name, _, (_, middle, _) in fitting if middle <= least * 1.02}
    typically = f"typically {money_range(least, max(level.values()))}"  # each as its own page says it
    if len(level) == len(decisions):
        return f"All cost about the same with their answer: {typically}"
    verb, whose = ("costs", "its") if len(level) == 1 else ("cost", "their")
    named = formatting.join_words([f"“{isolated(name)}”" for name in level])
    where = "" if len(fitting) == len(decisions) else ", of those in which a plan fits"
    return f"{named} {verb} least with {whose} answer{where}: {typically}"


def upkeep(needs: ProjectNeeds) -> str:
    """How long it is kept running: 30 months of upkeep."""
    return f"{formatting.counted(needs.upkeep_months, 'month')} of upkeep" if _service(needs) else "no upkeep"


def _service(needs: ProjectNeeds) -> float:
    """The months of upkeep, none where nobody keeps it running."""
    return needs.upkeep_months if verdict_text.has_upkeep(needs) else 0.0


def other_service(decisions: Sequence[Decision]) -> str:
    """That costs cover different times of service; empty where they do not."""
    found = sorted({_service(decision.needs) for decision in decisions})
    if len(found) < 2:
        return ""
    return (f" The scenarios count {plain(found[0])} to {plain(found[-1])} months of upkeep, so their costs cover "
            "different service.")


def cost_and_release(decision: Decision) -> str:
    """What the answer costs and when it releases, each the range of 8 in 10 simulations; where no plan fits, those of
    the nearest."""
    outcome = _nearest(decision)
    low, _, high = outcome.cost_quantiles
    nearest = f"Nearest: {lower_first(plan_label(outcome.plan))}, " if decision.verdict == NONE_FITS else ""
    return f"{nearest}{money_range(low, high)}, release {_released(decision, outcome)}"


def _released(decision: Decision, outcome: Outcome) -> str:
    soon, _, late = outcome.finish_quantiles
    return formatting.release_range(decision.from_day, soon, late)


def _nearest(decision: Decision) -> Outcome:
    return decision.all_outcomes[decision.nearest]


def result_rows(decisions: Sequence[Decision]) -> list[tuple[str, list[str]]]:
    """A row for each thing that is compared: its label and a cell for each scenario."""
    answers = [(decision, _nearest(decision)) for decision in decisions]
    costs = [o.cost_quantiles for _, o in answers]
    rows = [
        ("Verdict", [VERDICTS[decision.verdict] for decision in decisions]),
        ("Answer", [_answer(decision) for decision in decisions]),
        ("Within your limits", [_chance(decision, o.keep_share if decision.has_limits else None, "no limit")
                               for decision, o in answers]),
        ("Likely range of its cost", [money_range(low, high) for low, _, high in costs]),
        ("Its typical cost", [money(median) for _, median, _ in costs]),
        *_covered(answers),
        ("Likely range of its first release", [_released(decision, o) for decision, o in answers]),
        ("Within budget", [_chance(decision, o.within_budget_share, "no budget") for decision, o in answers]),
        ("On time", [_chance(decision, o.on_time_share, "no deadline") for decision, o in answers]),
        *((f"{label} first", [_first(it, option) for it in decisions])
          for option, label in option_labels().items())]
    if any(decision.answer == MIX for decision in decisions):
        rows.append(("Mix first", [_first(it, MIX) for it in decisions]))
    if any(decision.mix for decision in decisions):
        rows.append(("Best mix", [_best_mix(decision) for decision in decisions]))
    if len({decision.as_of for decision in decisions}) > 1:
        rows.append(("Evidence of", [formatting.day(decision.as_of) for decision in decisions]))
    return rows


def _first(decision: Decision, plan: str) -> str:
    """How often a plan is the best of those that the verdict compares; where no plan fits, that is no answer."""
    return f"{decision.of_hundred[plan]} of 100" if plan in decision.of_hundred else "–"


def _covered(answers: Sequence[tuple[Decision, Outcome]]) -> list[tuple[str, list[str]]]:
    """What the budgets are compared with, where one of them covers only the build."""
    if not any(covers_build(decision) for decision, _ in answers):
        return []
    return [("What the budget covers", [
        "no budget" if decision.needs.budget_usd is None else money_range(
            o.budgeted_quantiles[0], o.budgeted_quantiles[2]) for decision, o in answers])]


def covers_build(decision: Decision) -> bool:
    """Whether there is a budget and it covers only the build."""
    return decision.needs.budget_usd is not None and decision.needs.budget_covers == "build"


def _answer(decision: Decision) -> str:
    outcome = _nearest(decision)
    if decision.verdict == NONE_FITS:
        return f"None; nearest {lower_first(plan_label(outcome.plan))}"
    about = f": {lower_first(plan_label(outcome.plan))}" if decision.answer == MIX else ""
    return f"{verdict_text.dotted(outcome)}{about}"


def _best_mix(decision: Decision) -> str:
    if decision.mix is None:
        return "none"
    if decision.verdict == NONE_FITS:
        return decision.mix.label
    return f"{decision.mix.label}; ahead of every option in {formatting.of_hundred(decision.mix.ahead_share)} of 100"


def first_and_kept(decision: Decision, plan: str) -> str:
    """In how many of 100 simulations a plan scores highest, and in how many it is within the limits."""
    shares = decision.mix.first_shares if plan == MIX and decision.mix else decision.compared_shares
    keep = decision.all_outcomes[plan].keep_share
    kept = verdict_text.share_of_hundred(keep, decision) if decision.has_limits else "–"
    first = "–" if decision.verdict == NONE_FITS else str(
        decision.of_hundred.get(plan, formatting.of_hundred(shares[plan])))
    return f"{first} · {kept}"


def _chance(decision: Decision, share: float | None, none: str) -> str:
    return none if share is None else f"{verdict_text.share_of_hundred(share, decision)} of 100"


def exchanged(decisions: Sequence[Decision]) -> str:
    """In which currency amounts are shown and at which rates, where scenarios have several."""
    first = decisions[0]
    return exchange_text.exchanged(first.currency, (it.currency for it in decisions), first.evidence)


def difference_rows(names: Sequence[str], decisions: Sequence[Decision]) -> list[tuple[str, list[str]]]:
    """The answers and own figures that are not the same in all scenarios, as rows of a table; a cell that differs
    from the first scenario's is bold behind a mark."""
    first = decisions[0]
    rows = [(need.label, [_current(it, name) + _exchanged(first, it, name) for it in decisions])
            for name, need in NEEDS.items() if name != "project" and _differ(decisions, name)]
    projects = [decision.needs.project for decision in decisions]
    if projects != list(names) and len(set(projects)) > 1:
        rows.insert(0, (NEEDS["project"].label, [isolated(name) if name else "without a name" for name in projects]))
    rows += _own(decisions)
    is_same = {NEEDS["budget_usd"].label: [_same_budget(first, it) for it in decisions]}
    return [(label, [cell if same or cell == cells[0] else strong(f"{DIFFERS}\u00a0{cell}")
                     for cell, same in zip(cells, is_same.get(label, [False] * len(cells)), strict=True)])
            for label, cells in rows]


def _current(decision: Decision, need: str) -> str:
    """An answer as its project says it, an area with its country."""
    if need == "location":
        return figure_names.place(decision.evidence, decision.needs.location)
    with currencies.amounts_in(currencies.of(decision)):
        return switching_text.current_answer(decision, need)


def _exchanged(first: Decision, decision: Decision, need: str) -> str:
    """What the budget of a scenario is in the currency that amounts are shown in, if it is other money than that of the
    first."""
    usd = decision.needs.budget_usd
    is_clear = need != "budget_usd" or usd is None or currencies.of(decision) == currencies.shown()
    return "" if is_clear or _same_budget(first, decision) else f", about {money(usd or 0)}"


def budget(decision: Decision) -> str:
    """The budget of a scenario as its project says it."""
    return formatting.exact_money(decision.needs.budget_usd or 0, currencies.of(decision))


def question(decision: Decision) -> str:
    """The project of a scenario in one line, its budget as it was typed."""
    with currencies.amounts_in(currencies.of(decision)):
        return verdict_text.question(decision.needs, decision.from_day)


def _same_budget(first: Decision, decision: Decision) -> bool:
    one, other = first.needs.budget_usd, decision.needs.budget_usd
    return one == other or (None not in (one, other) and currencies.is_same_money(
        one or 0, currencies.of(first), other or 0, currencies.of(decision)))


def _differ(decisions: Sequence[Decision], need: str) -> bool:
    if need == "budget_usd":
        return not all(_same_budget(decisions[0], decision) for decision in decisions)
    return len({getattr(decision.needs, need) for decision in decisions}) > 1


def _own(decisions: Sequence[Decision]) -> list[tuple[str, list[str]]]:
    """A row for each own figure that is not the same in all scenarios, the first few."""
    ids = sorted({id_ for decision in decisions for id_ in decision.evidence.replaced})
    rows, shown = [], [currencies.shown_evidence(decision.evidence).figures for decision in decisions]
    for id_ in ids:
        figures = [figures[id_] for figures in shown]
        if len({(id_ in decision.evidence.replaced, figure.low, figure.central, figure.high)
                for decision, figure in zip(decisions, figures, strict=True)}) > 1:
            cells = [_own_text(decision, figure) if id_ in decision.evidence.replaced else
                     f"{figure_names.range_text(figure)}, evidence"
                     for decision, figure in zip(decisions, figures, strict=True)]
            rows.append((f"{figure_names.full_name(figures[0], decisions[0].evidence)}, {figures[0].unit}", cells))
    more = len(rows) - OWN_FIGURES_LISTED
    if more > 0:
        rows[OWN_FIGURES_LISTED:] = [(f"{more} more of your own figures differ", [""] * len(decisions))]
    return rows


def _own_text(decision: Decision, figure: Figure) -> str:
    """A figure of the manager's own as it was typed, with its unit where that is not the one of the row."""
    with currencies.amounts_in(currencies.of(decision)):
        typed = currencies.shown_evidence(decision.evidence).figures[figure.id]
    unit = "" if typed.unit == figure.unit else f" {typed.unit}"
    return f"{figure_names.range_text(typed)}{unit}, your own"


def shortened(names: Sequence[str]) -> list[str]:
    """Names for a narrow place; where several begin alike, their ends tell them apart."""
    cut = [name if len(name) <= NARROW else f"{name[:NARROW - 1].rstrip()}…" for name in names]
    return [f"{name[:NARROW // 2].rstrip()}…{name[1 - NARROW // 2:].lstrip()}" if cut.count(short) > 1 and short != name
            else short for name, short in zip(names, cut, strict=True)]
