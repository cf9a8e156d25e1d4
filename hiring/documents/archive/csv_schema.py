"""The columns of every CSV file that the product writes: type, unit and meaning, for the files' Table Schema and for
the tables of the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from hiring.evidence.loader import KINDS, QUALITIES, UNITS
from hiring.lists.summary import digits_of
from hiring.model.countries import DOLLAR
from hiring.model.decision import VERDICTS
from hiring.model.evidence import OWN
from hiring.model.needs import CHOICE, CURRENCY, LOCATION, NEEDS, NUMBER, YES_NO, Need

STRING, INTEGER, NUMERIC, BOOLEAN, DATE = "string", "integer", "number", "boolean", "date"
DECIMALS = {0: "whole", 2: "two decimals", 4: "four decimals", 5: "five decimals"}


class Column(NamedTuple):
    """One column: its Table Schema type and constraints, what it holds, and its unit."""

    name: str
    type: str
    holds: str
    unit: str = ""
    limits: Mapping[str, Any] = {}

    @property
    def rounding(self) -> str:
        """How its numbers are rounded, in words; empty if they are not."""
        digits = digits_of(self.name)
        return "" if digits is None else DECIMALS[digits]


GIVEN = {"required": True}
PLACE = "[a-z]{2}(-([a-z]{2}|[0-9]{5}))?"
CODE = "[A-Z]{3}"  # of a currency
COUNT = {"required": True, "minimum": 0}
FRACTION = {"minimum": 0, "maximum": 1}
OPTION = Column("option", STRING, "the option's id in `data/options.toml`, or `mix`", "", GIVEN)


def _usd(name: str, holds: str) -> Column:
    return Column(name, INTEGER, holds, "US dollars", COUNT)


def _local(name: str, holds: str) -> Column:
    return Column(name, INTEGER, holds, "the row's currency", COUNT)


def _share(name: str, holds: str, **limits: Any) -> Column:
    return Column(name, NUMERIC, holds, "share", FRACTION | limits)


def _need(name: str, need: Need) -> Column:
    """The column of one answer, with the bounds of the form."""
    by_kind: dict[str, dict[str, Any]] = {NUMBER: {"minimum": need.low, "maximum": need.high},
                                        CHOICE: {"enum": list(need.choices)}, LOCATION: {"pattern": PLACE},
                                        CURRENCY: {"pattern": CODE, "required": False}}
    kind = {NUMBER: NUMERIC, YES_NO: BOOLEAN}.get(need.kind, STRING)
    limits = {"required": not need.optional, **by_kind.get(need.kind, {})}
    return Column(f"need_{name}", kind, need.help, need.unit, limits)


MONEY = Column("currency", STRING, "the currency of the amounts in columns that do not end in `_usd`", "",
               {"required": True, "pattern": CODE})
COSTS = (
    ("cost_p10", "cost of build and upkeep that 1 simulation in 10 stays below"),
    ("cost_median", "median cost of build and upkeep"),
    ("cost_p90", "cost of build and upkeep that 1 simulation in 10 exceeds"),
    ("budgeted_median", "median of the cost that the budget covers: see `need_budget_covers`"))
COST_LINES = tuple((f"{line}_median", f"of the median cost: {holds}") for line, holds in (
    ("build_labor", "pay for the build, including any top-up to the smallest engagement"),
    ("upkeep_labor", "pay after the release"), ("steering", "your own people's time"),
    ("technical_lead", "the technical lead that you do not have"),
    ("sourcing", "finding, signing and equipping people"), ("replacement", "replacing those who leave"),
    ("exit", "ending contracts after the build")))
SPENT = (
    ("spent_p10", "1 simulation in 10 has spent less than this by then"),
    ("spent_p25", "1 simulation in 4 has spent less than this by then"),
    ("spent_median", "median spending by then"),
    ("spent_p75", "1 simulation in 4 has spent more than this by then"),
    ("spent_p90", "1 simulation in 10 has spent more than this by then"))
SUMMARY: tuple[Column, ...] = (
    Column("project", STRING, "the project's name", "", {"maxLength": int(NEEDS["project"].high) + 1}),
    OPTION,
    Column("plan", STRING, "the option's id; for the mix who does what, such as `handover:agency+in_house`, "
           "`bridge:agency+in_house` or `together:agency+in_house:0.5`, where 0.5 developers are hired", "", GIVEN),
    Column("rank", INTEGER, "1 is the answer, which is the mix where it leads; then the options by first share; a mix "
           "that does not lead is last. Where no plan fits, 1 is the nearest, whose limits need to move least", "",
           {"required": True, "minimum": 1}),
    Column("verdict", STRING, "the verdict on the answer, the same in every row: "
           f"{', '.join(f'`{verdict}`' for verdict in VERDICTS)}", "", {"required": True, "enum": list(VERDICTS)}),
    Column("score", NUMERIC, "expected score, lower where limits are missed", "0 to 1", FRACTION | GIVEN),
    _share("first_share", "share of simulations in which the option scores highest of the options; empty for the mix, "
           "and where no plan fits"),
    _share("ahead_share", "share of simulations in which the mix scores higher than every option at once; empty for "
           "the options, and where no plan fits"),
    _share("keep_share", "share of simulations that keep all limits; 1 without limits", required=True),
    MONEY,
    *(_local(name, holds) for name, holds in COSTS),
    _share("within_budget_share", "share of simulations within the budget; empty without one"),
    Column("start_week_median", NUMERIC, "first working day, from the day of the decision", "weeks", COUNT),
    Column("finish_month_median", NUMERIC, "first release, from the day of the decision", "months", COUNT),
    _share("on_time_share", "share of simulations released by the deadline; empty without one"),
    *(_local(name, holds) for name, holds in COST_LINES),
    *(_usd(f"{name}_usd", holds) for name, holds in (*COSTS, *COST_LINES)),
    Column("cautions", STRING, "what to watch out for: `caution:` and an id of `data/rules.toml`, joined by `; `"),
    Column("need_budget", NUMERIC, "the budget, as it was typed, to the cent", "the row's currency", {"minimum": 0}),
    *(_need(name, need) for name, need in NEEDS.items() if name != "project"),
    Column("assumed", STRING, "the fields that nobody has answered, joined by `; `: their answers are assumed; where "
           "`project` is among them, it is an example"),
    Column("own_figures", STRING, "your own figures in place of the evidence's, written as in the link: `id~number` or "
           "`id~low~middle~high`, joined by `~~`"),
    Column("as_of", DATE, "the date of the evidence", "", GIVEN),
    Column("model_version", STRING, "the version of the model", "", GIVEN),
    Column("link", STRING, "opens the same page again; it contains the budget and your own figures"),
)

FUTURES: tuple[Column, ...] = (
    OPTION,
    Column("month", INTEGER, "months from the day of the decision, which is 0", "months", COUNT),
    MONEY,
    *(_local(name, holds) for name, holds in SPENT),
    _share("released_share", "share of simulations with the first release by then", required=True),
    *(_usd(f"{name}_usd", holds) for name, holds in SPENT),
)

FIGURES: tuple[Column, ...] = (
    Column("id", STRING, "the figure's id in `data/`; `wages.` and the place for the median wage of a place", "",
           GIVEN),
    Column("part", STRING, "the part of the answer that uses it: `cost`, `time`, `fit` (needs, ratings and "
           "weights) or `method`", "", {"required": True, "enum": ["cost", "time", "fit", "method"]}),
    *(Column(name, NUMERIC, holds, "that of the row", COUNT) for name, holds in (
        ("low", "the low end used: we assume a 5% chance that the true value is lower"),
        ("central", "the middle value used"),
        ("high", "the high end used: we assume a 5% chance that the true value is higher"))),
    Column("unit", STRING, "the unit of the six numbers, amounts in the currency of the country; a share is a fraction "
           "of 1", "", {"required": True, "pattern": f"({'|'.join(unit.replace(DOLLAR, CODE) for unit in UNITS)})"}),
    Column("kind", STRING, "`published` as found, `derived` as the note says, `assumed` by this project, or `own`: "
           "your number", "", {"required": True, "enum": [*KINDS, OWN]}),
    Column("quality", STRING, "`green` read in the producer's own publication, `amber` secondary or derived, `red` "
           "assumed, or `own`", "", {"required": True, "enum": [*QUALITIES, OWN]}),
    Column("overridden", BOOLEAN, "whether your own number replaced the evidence's", "", GIVEN),
    *(Column(name, NUMERIC, f"the evidence's {end} if it was overridden; otherwise empty", "that of the row",
             {"minimum": 0})
      for name, end in (("evidence_low", "low end"), ("evidence_central", "middle"), ("evidence_high", "high end"))),
    Column("valid_from", DATE, "the day from which the evidence's row applies", "", GIVEN),
    Column("recorded", DATE, "the day it was added to the evidence", "", GIVEN),
    Column("source", STRING, "ids of the sources of the evidence's row, joined by `; `"),
    Column("producer", STRING, "who published them, in the same order"),
    Column("title", STRING, "their titles, in the same order"),
    Column("address", STRING, "their addresses, in the same order, except for those without one"),
    Column("locator", STRING, "where in the source"),
    Column("note", STRING, "how and why the evidence has this number"),
)


def schema(columns: Iterable[Column], key: Iterable[str], options: Iterable[str]) -> dict[str, Any]:
    """Columns as a Table Schema with a primary key; `options` are the ids that a column `option` may hold."""
    known = list(options)
    return {"fields": [_field(column, known) for column in columns], "missingValues": [""], "primaryKey": list(key)}


def _field(column: Column, options: list[str]) -> dict[str, Any]:
    limits = dict(column.limits) | ({"enum": options} if column.name == "option" else {})
    rounding = f" ({column.rounding})" if column.rounding else ""
    answers = {"trueValues": ["yes"], "falseValues": ["no"]} if column.type == BOOLEAN else {}
    return {"name": column.name, "type": column.type, "description": f"{column.holds}{rounding}", **answers,
            **({"hiring:unit": column.unit} if column.unit else {}), **({"constraints": limits} if limits else {})}
