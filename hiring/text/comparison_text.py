"""Scenarios side by side in words and tables: who comes first in each, what it costs, and how the answers differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hiring.model.decision import CLOSE_CALL, NONE_FITS, Decision
from hiring.model.needs import NEEDS, plain
from hiring.text import figure_names, formatting, switching_text, verdict_text
from hiring.text.formatting import isolated, lower_first, money, money_range, strong, time_range
from hiring.text.portfolio_text import VERDICTS, option_labels

DIFFERS = "≠"
OWN_FIGURES_LISTED = 12  # own figures that the table lists


def headline(decisions: Sequence[Decision]) -> str:
    """Who comes first in how many scenarios."""
    count = len(decisions)
    names = option_labels()
    won = Counter(decision.first for decision in decisions if decision.verdict != NONE_FITS).most_common()
    if not won:
        return "No option fits" if count == 1 else f"No option fits any of the {count} scenarios"
    (first, times), *others = won
    if count == 1:
        close = ", too close to call" if decisions[0].verdict == CLOSE_CALL else ""
        return f"{names[first]} comes first{close}; add a scenario to compare"
    none = count - sum(number for _, number in won)
    rest = [f"{lower_first(names[option])} in {number}" for option, number in others]
    rest += [f"no option fits in {none}"] if none else []
    narrow = sum(decision.verdict == CLOSE_CALL for decision in decisions)
    winners = ", ".join([f"{names[first]} comes first in {f'all {count}' if times == count else f'{times} of {count}'}"
                      " scenarios", *rest])
    return f"{winners}; {narrow} of them {'is' if narrow == 1 else 'are'} too close to call" if narrow else winners


def cost_headline(names: Sequence[str], decisions: Sequence[Decision]) -> str:
    """Which scenario costs least with its first option."""
    fitting = [(name, decision, decision.outcomes[decision.first].cost_quantiles)
               for name, decision in zip(names, decisions, strict=True) if decision.verdict != NONE_FITS]
    if not fitting:
        return "No scenario has an option that fits, so all costs here are of options that are ruled out"
    if len(decisions) == 1:
        (decision,) = decisions
        outcome = decision.outcomes[decision.first]
        low, _, high = outcome.cost_quantiles
        return f"{outcome.option.label} costs {money_range(low, high)}"
    if different_horizons(decisions):
        costs = [f"“{isolated(name)}” {money_range(low, high)} over {plain(decision.needs.horizon_months)} months"
                 for name, decision, (low, _, high) in fitting]
        return f"With the first option: {formatting.join_words(costs)}"
    least = min(middle for _, _, (_, middle, _) in fitting)
    level = [f"“{isolated(name)}”" for name, _, (_, middle, _) in fitting if middle <= least * 1.02]
    if len(level) == len(decisions):
        return f"All cost about the same with their first option: {money(least)} in the middle future"
    verb, about = ("costs", "") if len(level) == 1 else ("cost", "about ")
    return (f"{formatting.join_words(level)} {verb} least with {'its' if len(level) == 1 else 'their'} first option: "
            f"{about}{money(least)} in the middle future")


def different_horizons(decisions: Sequence[Decision]) -> str:
    """That costs cover different times; empty where they do not."""
    months = sorted({decision.needs.horizon_months for decision in decisions})
    if len(months) < 2:
        return ""
    return (f" The scenarios look {plain(months[0])} to {plain(months[-1])} months ahead, so their costs cover "
            "different periods.")


def cost_and_release(decision: Decision) -> str:
    """What the first option costs and when it releases, each the range of 8 in 10 futures; where none fits, those of
    the nearest."""
    outcome = decision.outcomes[decision.nearest]
    (low, _, high), (soon, _, late) = outcome.cost_quantiles, outcome.finish_quantiles
    nearest = f"Nearest {verdict_text.option_name(outcome)}: " if decision.verdict == NONE_FITS else ""
    return f"{nearest}{money_range(low, high)}, release in {time_range(soon, late)}"


def result_rows(decisions: Sequence[Decision]) -> list[tuple[str, list[str]]]:
    """A row for each thing that is compared: its label and a cell for each scenario."""
    firsts = [(decision, decision.outcomes[decision.nearest]) for decision in decisions]
    costs, finishes = [o.cost_quantiles for _, o in firsts], [o.finish_quantiles for _, o in firsts]
    rows = [
        ("Verdict", [_verdict(decision) for decision in decisions]),
        ("First option", [_first(decision) for decision in decisions]),
        ("Its cost, 8 of 10 futures", [money_range(low, high) for low, _, high in costs]),
        ("Its cost, middle future", [money(median) for _, median, _ in costs]),
        ("Its first release, 8 of 10 futures", [f"in {time_range(soon, late)}" for soon, _, late in finishes]),
        ("Within budget", [_chance(decision, o.within_budget_share, "no budget") for decision, o in firsts]),
        ("On time", [_chance(decision, o.on_time_share, "no deadline") for decision, o in firsts]),
        *((f"{label} first", [times_first(decision, option) for decision in decisions])
          for option, label in option_labels().items())]
    if len({decision.as_of for decision in decisions}) > 1:
        rows.append(("Evidence of", [formatting.day(decision.as_of) for decision in decisions]))
    return rows


def _verdict(decision: Decision) -> str:
    if len(decision.left) == 1 and len(decision.outcomes) > 1:
        return "Only one left"
    return VERDICTS[decision.verdict]


def _first(decision: Decision) -> str:
    outcome = decision.outcomes[decision.nearest]
    if decision.verdict == NONE_FITS:
        return f"None; nearest {verdict_text.option_name(outcome)}"
    return f"{verdict_text.dotted(outcome)}, {times_first(decision, decision.first)}"


def times_first(decision: Decision, option: str) -> str:
    """In how many futures an option comes first."""
    return "ruled out" if decision.outcomes[option].is_ruled_out else f"{decision.of_hundred[option]} of 100"


def _chance(decision: Decision, share: float | None, none: str) -> str:
    return none if share is None else f"{verdict_text.share_of_hundred(share, decision)} of 100"


def difference_rows(names: Sequence[str], decisions: Sequence[Decision]) -> list[tuple[str, list[str]]]:
    """The answers and own figures that are not the same in all scenarios, as rows of a table; a cell that differs
    from the first scenario's is bold behind a mark."""
    rows = [(need.label, [switching_text.current_answer(decision, name) for decision in decisions])
            for name, need in NEEDS.items() if name != "project" and _differ(decisions, name)]
    projects = [decision.needs.project for decision in decisions]
    if projects != list(names) and len(set(projects)) > 1:
        rows.insert(0, (NEEDS["project"].label, [isolated(name) if name else "without a name" for name in projects]))
    rows += _own(decisions)
    return [(label, [cell if cell == cells[0] else strong(f"{DIFFERS}\u00a0{cell}") for cell in cells])
            for label, cells in rows]


def _differ(decisions: Sequence[Decision], need: str) -> bool:
    return len({getattr(decision.needs, need) for decision in decisions}) > 1


def _own(decisions: Sequence[Decision]) -> list[tuple[str, list[str]]]:
    """A row for each own figure that is not the same in all scenarios, the first few."""
    ids = sorted({id_ for decision in decisions for id_ in decision.evidence.replaced})
    rows = []
    for id_ in ids:
        figures = [decision.evidence.figures[id_] for decision in decisions]
        if len({(id_ in decision.evidence.replaced, figure.low, figure.central, figure.high)
                for decision, figure in zip(decisions, figures, strict=True)}) > 1:
            kinds = ["your own" if id_ in decision.evidence.replaced else "evidence" for decision in decisions]
            cells = [f"{figure_names.range_text(figure)}, {kind}" for figure, kind in zip(figures, kinds, strict=True)]
            rows.append((f"{figure_names.full_name(figures[0], decisions[0].evidence)}, {figures[0].unit}", cells))
    more = len(rows) - OWN_FIGURES_LISTED
    if more > 0:
        rows[OWN_FIGURES_LISTED:] = [(f"{more} more of your own figures differ", [""] * len(decisions))]
    return rows


def shortened(name: str) -> str:
    """A name for a narrow place."""
    return name if len(name) <= 28 else f"{name[:27].rstrip()}…"
