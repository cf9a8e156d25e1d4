"""The CSV of a tracked project: a row for each number, with what was forecast, what happened, and the forecast now."""

from __future__ import annotations

from datetime import date

from hiring.lists import summary
from hiring.model.decision import MODEL_VERSION
from hiring.model.schedule import day_after
from hiring.model.tracking import Track

UNITS = {"began_weeks": "weeks", "done_share": "share", "released_months": "months", "spent_usd": "USD",
         "leavers": "people"}


def rows(track: Track, from_day: date, link: str = "") -> list[dict[str, object]]:
    """Weeks and months count from the decision. Facts come first, then forecasts of the whole project; `share_below` is
    the share of simulations in which a fact is lower, empty beyond all of them and for forecasts."""
    given, outcome, facts = track.given, track.outcome, track.facts
    same = {"decided": from_day.isoformat(), "known": day_after(from_day, facts.months).isoformat(), "plan": track.plan,
            "simulations": track.n, "effective_simulations": round(track.effective),
            "is_nearest": "yes" if track.is_nearest else "no", "as_of": track.decision.as_of.isoformat(),
            "model_version": MODEL_VERSION, "link": link}
    found = []

    def row(name: str, unit: str, forecast: tuple[float | None, ...], **more: object) -> None:
        low, median, high = forecast
        found.append({"project": summary.escape_formulas(track.decision.needs.project), "number": name, "unit": unit,
                      "forecast_p10": _cell(low), "forecast_median": _cell(median), "forecast_p90": _cell(high),
                      "happened": "", "share_below": "", "given_p10": "", "given_median": "", "given_p90": "",
                      **more, **same})

    for name, standing in track.standings.items():
        first, _, option = name.partition(".")
        fact = facts.pay[option] if option else getattr(facts, name)
        low, high = track.forecast_of(name)
        share = "" if standing.beyond else round(float(standing.share), 5)
        row(f"{first}.{option}" if option else first,
            track.pay_figure(option).unit if option else UNITS[name],
            (low, None, high), happened=_cell(float(fact)), share_below=share)
    for name, unit, forecast, now in (
            ("release_months", "months", outcome.finish_quantiles, given.release_months),
            ("total_usd", "USD", outcome.cost_quantiles, given.total_usd),
            ("left_usd", "USD", (None, None, None), given.left_usd)):
        row(name, unit, forecast, **dict(zip(("given_p10", "given_median", "given_p90"), map(_cell, now), strict=True)))
    if given.keep_share is not None:
        row("keep_share", "share", (None, round(outcome.keep_share, 5), None), given_median=round(given.keep_share, 5))
    return found


def to_csv(track: Track, from_day: date, link: str) -> bytes:
    return summary.to_bytes(rows(track, from_day, link))


def _cell(number: float | None) -> object:
    return "" if number is None else round(number) if abs(number) >= 1_000 else round(number, 3)
