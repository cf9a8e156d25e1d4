"""The CSV of a tracked project: a row for each number, with what was forecast, what happened, and the forecast now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hiring.lists import summary
from hiring.model.countries import DOLLAR
from hiring.model.decision import MODEL_VERSION
from hiring.model.schedule import day_after
from hiring.model.tracking import Track

Numbers = Sequence[float | None]
UNITS = {"began_weeks": "weeks", "done_share": "share", "released_months": "months", "spent_usd": "USD",
         "leavers": "people"}


def rows(track: Track, from_day: date, link: str = "") -> list[dict[str, object]]:
    """Weeks and months count from the decision. Facts come first, then forecasts of the whole project; `share_below` is
    the share of simulations in which a fact is lower, empty beyond all of them and for forecasts. Each amount is in the
    currency of the project, and in US dollars in a row that ends in `_usd`."""
    given, outcome, facts = track.given, track.outcome, track.facts
    same = {"decided": from_day.isoformat(), "known": day_after(from_day, facts.months).isoformat(), "plan": track.plan,
            "simulations": track.n, "effective_simulations": round(track.effective),
            "is_nearest": "yes" if track.is_nearest else "no", "as_of": track.decision.as_of.isoformat(),
            "model_version": MODEL_VERSION, "link": link}
    found = []
    currency, rate = track.decision.currency, track.decision.per_dollar

    def row(name: str, unit: str, forecast: Numbers, happened: float | None = None, share_below: object = "",
            given: Numbers = (None, None, None)) -> None:
        if not unit.startswith(DOLLAR):
            write(name, unit, forecast, happened, share_below, given)
            return
        name = name.removesuffix("_usd")
        for end, code, per_dollar in (("", currency, rate), ("_usd", DOLLAR, 1.0)):
            numbers = (*forecast, happened, *given)
            low, median, high, fact, *now = (None if it is None else it * per_dollar for it in numbers)
            write(f"{name}{end}", unit.replace(DOLLAR, code), (low, median, high), fact, share_below, now)

    def write(name: str, unit: str, forecast: Numbers, happened: float | None, share_below: object,
              given: Numbers) -> None:
        low, median, high, fact, *now = map(_cell, (*forecast, happened, *given))
        found.append({"project": summary.escape_formulas(track.decision.needs.project), "number": name, "unit": unit,
                      "forecast_p10": low, "forecast_median": median, "forecast_p90": high, "happened": fact,
                      "share_below": share_below, "given_p10": now[0], "given_median": now[1], "given_p90": now[2],
                      **same})

    for name, standing in track.standings.items():
        first, _, option = name.partition(".")
        fact = facts.pay[option] if option else getattr(facts, name)
        low, high = track.forecast_of(name)
        share = "" if standing.beyond else round(float(standing.share), 5)
        row(f"{first}.{option}" if option else first,
            track.pay_figure(option).unit if option else UNITS[name],
            (low, None, high), float(fact), share)
    for name, unit, forecast, now in (
            ("release_months", "months", outcome.finish_quantiles, given.release_months),
            ("total_usd", "USD", outcome.cost_quantiles, given.total_usd),
            ("left_usd", "USD", (None, None, None), given.left_usd)):
        row(name, unit, forecast, given=now)
    if given.keep_share is not None:
        row("keep_share", "share", (None, round(outcome.keep_share, 5), None),
            given=(None, round(given.keep_share, 5), None))
    return found


def to_csv(track: Track, from_day: date, link: str) -> bytes:
    return summary.to_bytes(rows(track, from_day, link))


def _cell(number: float | None) -> object:
    return "" if number is None else round(number) if abs(number) >= 1_000 else round(number, 3)
