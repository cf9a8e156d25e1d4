"""Sentences about a tracked project: what is known, where it stands in the forecast, and the forecast now."""

from __future__ import annotations

from datetime import date

from hiring.links.track_link import LABELS, Known
from hiring.model.decision import plan_label
from hiring.model.schedule import DAYS_A_MONTH, WEEKS_A_MONTH, day_after
from hiring.model.tracking import LEAST_EFFECTIVE, NEAREST, Facts, Span, Standing, Switch, Track
from hiring.text import currencies, formatting, verdict_text
from hiring.text.formatting import day, strong

MOST_YEARS = 30  # between the decision and any day that is known
NONE = "–"
MUCH, LITTLE = 0.9, 0.1  # shares from which on a fact is unusual
LEFT_OUT = "It was left out."


def facts_of(known: Known, from_day: date) -> tuple[Facts, dict[str, str]]:
    """The facts as the model takes them, and a sentence for each that contradicts another, by the name of its field;
    that one is left out."""
    problems: dict[str, str] = {}
    last = date(from_day.year + MOST_YEARS, 12, 31)
    now = min(max(known.day, from_day), last)
    if now != known.day:
        problems["day"] = (f"{LABELS['day']}: enter a day from that of the decision, {day(from_day)}, to {day(last)}. "
                           f"{day(now)} was used.")
    began, released, done = known.began, known.released, known.done
    if began is not None and not from_day <= began <= now:
        why = "before the decision" if began < from_day else "after the day on which all this is known"
        problems["began"] = (f"{LABELS['began']}: {day(began)} is {why}. Enter a day from {day(from_day)} to "
                             f"{day(now)}. {LEFT_OUT}")
        began = None
    least = began or from_day
    if released is not None and not least <= released <= now:
        why = ("after the day on which all this is known" if released > now else "before work began" if began else
               "before the decision")
        problems["released"] = (f"{LABELS['released']}: {day(released)} is {why}. Enter a day from {day(least)} to "
                                f"{day(now)}. {LEFT_OUT}")
        released = None
    if done is not None and done >= 1 and released is None and "released" not in problems:
        problems["released"] = (f"{LABELS['released']}: all of the build is done, but no day is given. Until there is "
                                "one, it counts as not released yet.")
    if done is not None and done < 1 and released is not None:
        problems["done"] = f"{LABELS['done']}: it is released, so all of the build is done. {done:.0%} was left out."
        done = None

    def months(day: date | None) -> float | None:
        return None if day is None else (day - from_day).days / DAYS_A_MONTH

    start = months(began)
    return Facts(months(now) or 0.0, None if start is None else start * WEEKS_A_MONTH, done, months(released),
                 known.spent_usd, known.leavers, dict(known.pay)), problems


def decided(track: Track, from_day: date) -> str:
    """When the plan was chosen, and which."""
    return f"Decided on {day(from_day)}. The plan: {formatting.lower_first(plan_label(track.outcome.plan))}."


def headline(track: Track, from_day: date) -> str:
    """What is to be expected now, in one sentence."""
    if not track.facts and track.facts.months < 0.25:
        return "What really happened since the decision?"
    given, released = track.given, track.facts.released_months
    if released is not None:
        low, _, high = given.left_usd
        left = f", with {formatting.money_range(low, high)} left to pay" if high >= 1 else ""
        return f"Released in {formatting.date_of(from_day, float(released))}{left}"
    before, now = track.outcome.finish_quantiles[1], given.release_months[1]
    if now is None:
        return "Hardly any simulation went like this"
    late = now - before
    how = ("as forecast" if abs(late) < 0.5 else
           f"{formatting.time_range(abs(late), abs(late))} {'later' if late > 0 else 'earlier'} than forecast")
    return f"Release in {formatting.date_of(from_day, now)}, {how}"


def standing_rows(track: Track, from_day: date) -> dict[str, list[str]]:
    """What happened beside what was forecast, and where each fact stands in it."""
    rows: dict[str, list[str]] = {"Fact": [], "What happened": [], "Forecast for this day, 8 of 10": [],
                                  "Where it stands": []}
    for name, standing in track.standings.items():
        for column, cell in zip(rows.values(), (_label(name, track), _fact(name, track, from_day),
                                                _forecast(name, track, from_day), _stands(name, standing, track)),
                                strict=True):
            column.append(cell)
    return rows


def forecast_rows(track: Track, from_day: date) -> dict[str, list[str]]:
    """The forecast of the decision, and the one given what happened."""
    outcome, given = track.outcome, track.given
    decision = track.decision
    rows = [("First release", _release(outcome.finish_quantiles, from_day), _release(given.release_months, from_day)),
            ("Cost of build and upkeep" if verdict_text.has_upkeep(decision.needs) else "Cost",
             _money(outcome.cost_quantiles), _money(given.total_usd)),
            ("Left to pay", _money(outcome.cost_quantiles), _money(given.left_usd))]
    if given.keep_share is not None:
        rows.append((f"{verdict_text.kept_label(decision.needs)}, of 100 simulations",
                     formatting.of_hundred(outcome.keep_share), formatting.of_hundred(given.keep_share)))
    first, before, now = zip(*rows, strict=True)
    return {" ": list(first), "Forecast at the decision": list(before), "Given what happened": list(now)}


def agreement(track: Track) -> str:
    """How many simulations the forecast rests on."""
    if not track.facts and track.facts.months < 0.25:
        return "Nothing is known yet, so the forecast is that of the decision."
    worth = f"{track.effective:,.0f} of {track.n:,}"
    if track.is_nearest:
        return (f"Only about {worth} simulations agree with all of this, fewer than the {LEAST_EFFECTIVE} that a "
                f"percentile needs. So the {NEAREST} nearest simulations are used, with their lowest and highest "
                "number. Look for what the model does not know about this project.")
    return (f"The simulations that agree with what happened count more. They are worth {worth} that count alike. Each "
            "range holds 8 of 10.")


def switch_rows(track: Track, from_day: date) -> dict[str, list[str]]:
    """To go on as now beside going on with each other option."""
    columns: dict[str, list[str]] = {"For the rest": ["As now"], "First release": [
        _release(track.given.release_months, from_day)], "Left to pay": [_money(track.given.left_usd)]}
    if track.given.keep_share is not None:
        columns["Within your limits, of 100"] = [formatting.of_hundred(track.given.keep_share)]
    columns["Better than as now, of 100"] = [NONE]
    for switch in track.switches:
        forecast = switch.forecast
        cells = [_option(track, switch), _release(forecast.release_months, from_day), _money(forecast.left_usd)]
        cells += [] if forecast.keep_share is None else [formatting.of_hundred(forecast.keep_share)]
        for column, cell in zip(columns.values(), (*cells, formatting.of_hundred(switch.ahead_share)), strict=True):
            column.append(cell)
    return columns


def switch_sentence(track: Track) -> str:
    """Whether others would now be better for the rest."""
    better = [_option(track, switch) for switch in track.switches if switch.leads]
    price = ("Switching has its price: a new search, a new ramp-up, and a handover in which both are paid. It is "
             "counted here.")
    if not track.switches:
        return ""
    if track.is_nearest:
        return f"With so few simulations that agree, this is a hint at most. {price}"
    if not better:
        return f"No other option would be better for the rest. {price}"
    return f"{strong(better[0])} would now be better for the rest. {price}"


def _option(track: Track, switch: Switch) -> str:
    return next(it.label for it in track.decision.evidence.options if it.id == switch.option)


def pay_label(track: Track, option: str) -> str:
    """The label of the field for the pay of an option: Pay, agency, GBP per hour."""
    unit = track.pay_figure(option).unit.replace("USD", currencies.shown().code, 1)
    return f"{LABELS['pay']}, {track.draws[option].option.noun}, {unit}"


def _label(name: str, track: Track) -> str:
    name, _, option = name.partition(".")
    if name == "pay":
        return pay_label(track, option)
    return LABELS[{"began_weeks": "began", "done_share": "done", "released_months": "released",
                   "spent_usd": "spent"}.get(name, name)]


def _value(name: str, number: float, from_day: date) -> str:
    if name == "began_weeks":
        return day(day_after(from_day, number / WEEKS_A_MONTH))
    if name == "released_months":
        return day(day_after(from_day, number))
    if name == "done_share":
        return f"{number:.0%}"
    if name == "leavers":
        return f"{number:.1f}".removesuffix(".0")
    return formatting.whole_money(number) if name.startswith("pay") else formatting.money(number)


def _fact(name: str, track: Track, from_day: date) -> str:
    facts = track.facts
    fact = facts.pay[name.partition(".")[2]] if name.startswith("pay.") else getattr(facts, name)
    return _value(name, float(fact), from_day)


def _forecast(name: str, track: Track, from_day: date) -> str:
    low, high = track.forecast_of(name)
    first, last = _value(name, low, from_day), _value(name, high, from_day)
    return first if first == last else f"{first} to {last}"


def _stands(name: str, standing: Standing, track: Track) -> str:
    """Of 100 simulations, how many are below, in words that fit the fact."""
    if standing.beyond:
        less, more = ("earlier", "later") if name in ("began_weeks", "released_months") else ("less", "more")
        return f"{more if standing.beyond > 0 else less} than in any of {track.n:,} simulations"
    share = float(standing.share)
    unusual = " (unusual)" if share >= MUCH or share <= LITTLE else ""
    what = "earlier" if name in ("began_weeks", "released_months") else "lower"
    return f"{formatting.of_hundred(share)} of 100 simulations are {what}{unusual}"


def _release(span: Span | tuple[float, float, float], from_day: date) -> str:
    low, _, high = span
    return formatting.date_range(from_day, low, high)


def _money(span: Span | tuple[float, float, float]) -> str:
    return formatting.money_range(span[0], span[2])


def explained_chart(track: Track) -> str:
    """How to read the chart."""
    now = "their lowest and highest" if track.is_nearest else "8 of 10 simulations"
    return ("Cost so far. The pale band is the forecast at the decision, 8 of 10 simulations. The strong one is the "
            f"forecast given what happened, {now}. The dot is what was spent, the dashed line the day on which this is "
            "known. Diamonds mark the release.")
