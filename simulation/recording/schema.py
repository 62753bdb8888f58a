"""The results schema: every table and column with type, unit, meaning and aggregation rule.

`store.py` refuses tables that differ from it, and `results_documentation.py` generates `docs/results.md`
from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import numpy as np
import pandas as pd

from agents.vocabulary import KINDS, LAWS, LINES, PARTIES
from simulation.recording.arm_names import ARMS
from simulation.recording.tallies import (
    SEVERITY_UNITS,
    STATES,
    STOCK_TALLIES,
    TALLIES,
    TALLY_MEANINGS,
    scaled_tallies,
)

SCHEMA_VERSION = 2

DTYPES = {"whole": "int64", "real": "float64", "text": "text", "yes or no": "bool"}

# Aggregation rules. "same": the value is equal on all aggregated rows, so any of them is taken.
SUM, LAST, MEAN, SAME, KEY = "sum", "last", "mean", "same", "key"

# Order of the categories of a text column, where it is not the order of appearance.
CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "arm": ARMS, "against": ARMS, "payer": PARTIES, "payee": PARTIES, "law": LAWS, "line": LINES,
    "kind": KINDS, "from_state": STATES, "to_state": STATES,
}  # fmt: skip
# Text columns that describe a row but do not identify it.
_NO_KEYS = ("unit", "inside")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name, kind, unit, meaning : str
        `kind` is a key of `DTYPES`.
    over_time, over_places, over_replications : str
        Aggregation over months or years, over wijken or groups, and over replications. Over
        replications nothing is summed: a result is a distribution, of which the mean is one summary.
    may_be_empty : bool
        Whether a cell may be empty, such as a mean over nobody.
    """

    name: str
    kind: str
    unit: str
    meaning: str
    over_time: str = SUM
    over_places: str = SUM
    over_replications: str = MEAN
    may_be_empty: bool = False


@dataclass(frozen=True)
class Table:
    """One table of a run folder: a row for each combination of its key columns."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by name, in order."""
        return {column.name: column for column in self.columns}

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return list(self.by_name)

    @property
    def keys(self) -> list[str]:
        """The names of the columns that identify a row, in order."""
        return [
            column.name
            for column in self.columns
            if column.over_time == column.over_places == column.over_replications == KEY
            and column.kind in ("whole", "text")
            and column.name not in _NO_KEYS
        ]


def _key(name: str, kind: str, meaning: str, unit: str = "1") -> Column:
    """Return a key column."""
    return Column(name, kind, unit, meaning, KEY, KEY, KEY)


REPLICATION = _key(
    "replication", "whole", "Number of the replication: one parameter draw and one seed, shared by all arms."
)
ARM = _key("arm", "text", f"Which policy and landing: {', '.join(ARMS)}.")
MONTH = _key("month", "whole", "Month number; 0 is January 2000.", "month")
YEAR = _key("year", "whole", "Calendar year.", "year")


def _tallies(stock_over_time: str) -> tuple[Column, ...]:
    """Return the columns of the tallies."""
    scaled = scaled_tallies()
    columns = []
    for name in TALLIES:
        unit, meaning = TALLY_MEANINGS[name]
        over_time = stock_over_time if name in STOCK_TALLIES else SUM
        columns.append(Column(name, "real" if name in scaled else "whole", unit, meaning, over_time))
    return tuple(columns)


YEARLY_MEAN = "at month ends, mean over the recorded months of the year"


def _stocks(kind: str) -> tuple[Column, ...]:
    """Return clients and waiting per kind of care, whole at month end or real as a yearly mean."""
    when = "at the end of the month" if kind == "whole" else YEARLY_MEAN
    clients = [
        Column(f"clients_{care}", kind, "care slots in use", f"Care slots of {care} in use {when}.", MEAN)
        for care in KINDS
    ]
    waiting = [
        Column(f"waiting_{care}", kind, "people waiting", f"Waiting for {care} {when}.", MEAN)
        for care in KINDS
    ]
    return (*clients, *waiting)


def _stock(name: str, meaning: str, kind: str = "whole", unit: str = "1") -> Column:
    """Return a whole-city stock at the end of the month."""
    return Column(name, kind, unit, meaning, MEAN)


def _flow(name: str, meaning: str, kind: str = "real", unit: str = "1") -> Column:
    """Return a whole-city flow of the month."""
    return Column(name, kind, unit, meaning)


def _euros(name: str, meaning: str) -> Column:
    """Return a flow of money of the month."""
    return Column(name, "real", "euro of 2015", meaning)


def _line(line: str, words: str) -> Column:
    """Return what the municipality pays for one line of care in the month."""
    return _euros(
        f"cost_{line}_eur",
        f"Paid by the municipality for {words}, own contributions not taken off: the four lines less the "
        "own contributions it receives are municipal_cost_eur; what others pay stands in books.",
    )


_CITY = (
    _stock("households", "Households, counted each December."),
    _stock("inhabitants", "Inhabitants.", "real"),
    _stock("children", "Children under 18, counted each December."),
    _stock("adults", "Adults, counted each December."),
    Column("tiredness_mean", "real", "1", "Tiredness of informal networks, mean over networks.", MEAN,
           "mean weighted by networks", MEAN, True),
    _stock("overburdened_carers", "Informal carers whose network is overburdened.", "real"),
    _stock("team_fte", "Staff of all teams.", "real", "fte"),
    _stock("team_waiting", "Households waiting for a team."),
    _stock("team_caseload", "Care slots in use at all teams."),
    _stock("wijkteam_fte", "Of the staff of teams, that of wijkteams.", "real", "fte"),
    _stock("youth_team_fte", "Of the staff of teams, that of separate youth teams.", "real", "fte"),
    _stock("wijkteam_caseload",
           "Open cases of wijkteams; those of children too where there is no youth team.", "whole", "cases"),
    _stock("youth_team_caseload", "Open cases of separate youth teams.", "whole", "cases"),
    _flow("team_hours_total", "Hours of team staff.", "real", "hours"),
    _flow("team_hours_administration", "Team hours for administration.", "real", "hours"),
    _flow("team_hours_outreach", "Team hours for outreach.", "real", "hours"),
    _flow("team_hours_collective", "Team hours for collective work.", "real", "hours"),
    _flow("team_hours_coordination", "Team hours for coordination while others work.", "real", "hours"),
    _flow("team_hours_community", "Team hours for building communities.", "real", "hours"),
    _flow("team_hours_intake", "Team hours for intake and assessment.", "real", "hours"),
    _flow("team_hours_support", "Team hours for support of households.", "real", "hours"),
    _flow("team_staff_left", "Team staff that left in the month.", "real", "fte"),
    _stock("providers", "Providers with a contract at the end of the month."),
    Column("providers_gone", "whole", "1", "Providers that have withdrawn or gone under so far.", LAST),
    Column("emergency_takeovers", "whole", "1",
           "Times the last provider of a kind gave up and was contracted anew, so far.", LAST),
    _stock("provider_staff_fte", "Staff of all providers.", "real", "fte"),
    _euros("grant_eur", "Grants received; the reserve of the same-money landing is in reserves_eur."),
    _euros("grant_youth_eur", "Means for the youth act: grant, part of the general grant, general means."),
    _euros("grant_wmo_eur", "Means for the Wmo: grants, part of the general grant, general means."),
    _euros("cut_eur", "Grant forgone by the cut."),
    _euros("municipal_cost_eur", "Paid by the municipality, own contributions taken off."),
    _euros("all_payers_cost_eur", "Cost of care and crises whoever pays, without transfers."),
    _line("zero", "the zero line (social base, prevention, early signalling)"),
    _line("first", "the first line (teams)"),
    _line("second", "the second line (specialists)"),
    _line("crisis", "crises and what follows at once"),
    _euros("cost_youth_eur", "Municipal cost under the youth act."),
    _euros("cost_youth_teams_eur", "Of that, teams and access (the first line)."),
    _euros("cost_wmo_eur", "Municipal cost under the Wmo."),
    _euros("cost_debt_eur", "Municipal cost of debt help."),
    Column("reserves_eur", "real", "euro of 2015", "Reserve for the social domain at month end.", LAST),
    _euros("result_eur",
           "Grants and general means less municipal cost; a deficit is negative, 0 before the transition."),
    _euros("result_youth_eur", "The same for the youth act alone: grant_youth_eur less cost_youth_eur."),
    _euros("result_wmo_eur", "The same for the Wmo alone: grant_wmo_eur less cost_wmo_eur."),
    Column("measures_taken", "whole", "1", "Measures of the council in force at month end.", LAST),
    Column("satisfaction", "real", "1 to 5",
           "Mean mark of households in contact; only differences are findings.",
           MEAN, "mean weighted by first_contacts", MEAN, True),
)  # fmt: skip

_PAID_FOR = (
    _key("payer", "text", "Party that bore it."),
    _key("law", "text", "youth, wmo, debt or none."),
    _key("item", "text", "A kind of care (of a team: its staff), crisis_..., team_organisation, access, "
         "referral_sources (links and debt signals), steering, social_base, low_threshold or poverty_gifts."),
)  # fmt: skip
BASIS = _key("basis", "text", "Whose money: municipality or all_payers.")


def _history_column(name: str, meaning: str, may_be_empty: bool = True) -> Column:
    """Return a column of the history table, with one value for all replications together."""
    return Column(name, "real", "see unit", meaning, KEY, KEY, KEY, may_be_empty)


HISTORY = Table(
    "history",
    "The reference beside the record of the country, whole years of 2012-2022 that the window holds; "
    "data/record.csv has the source of every record.",
    (YEAR, _key("series", "text", "What is compared."),
     _history_column("model", "Mean over replications of the reference.", False),
     _history_column("model_low", "Lower end of their 90% interval; one replication has none."),
     _history_column("model_high", "Upper end of their 90% interval; one replication has none."),
     _history_column("record", "What the sources say of the country."),
     _history_column("record_low", "Lower bound of the record, where a source or a target gives one."),
     _history_column("record_high", "Upper bound of the record, where a source or a target gives one."),
     _key("unit", "text", "Unit of the values."),
     _key("inside", "text",
          "yes: the record lies in the model's interval, or the model's mean within the record's bounds; no; "
          "input: a dated figure of the model fits it; no interval: one replication and a record without "
          "bounds; no record.")),
)  # fmt: skip

WIJK = _key("wijk", "whole", "Number of the wijk.")
CARE = _key("kind", "text", "Kind of care.")


def _of_each_kind(kind: str, when: str) -> tuple[Column, ...]:
    """Return clients and waiting as columns of a table with a row per kind of care."""
    return (
        Column("clients", kind, "care slots in use", f"Care slots of this kind of care in use {when}.", MEAN),
        Column("waiting", kind, "people waiting", f"Waiting for this kind of care {when}.", MEAN),
    )


# Long forms of tables with a column per kind of care: they have a row per kind of care.
LONG_FORMS: dict[str, Table] = {
    "monthly": Table(
        "care_by_month", "Clients and waiting of `monthly`, with a row per kind of care.",
        (REPLICATION, ARM, MONTH, YEAR, CARE, *_of_each_kind("whole", "at the end of the month"))),
    "wijken": Table(
        "care_by_wijk", "Clients and waiting of `wijken`, with a row per kind of care.",
        (REPLICATION, ARM, YEAR, WIJK, CARE, *_of_each_kind("real", YEARLY_MEAN))),
}  # fmt: skip

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("monthly", "The whole municipality, month by month.",
              (REPLICATION, ARM, MONTH, YEAR, *_tallies(MEAN), *_stocks("whole"), *_CITY)),
        Table("wijken", "Each wijk, year by year; tallies are sums over the months of the year.",
              (REPLICATION, ARM, YEAR, WIJK,
               Column("deprivation", "real", "standard deviations",
                      "How deprived the wijk is; 0 is the town's mean.", SAME, MEAN, SAME),
               Column("households", "real", "households", "Households when all are formed.", SAME),
               *_tallies(MEAN), *_stocks("real"),
               Column("cost_eur", "real", "euro of 2015", "Price of the care given in the wijk."))),
        *LONG_FORMS.values(),
        Table("groups", "Households by income and type, on 31 December of each year.",
              (REPLICATION, ARM, YEAR, _key("income", "whole", "Income group, 0 lowest to 4 highest."),
               _key("household_type", "text", "single, couple, one_parent or couple_with_children."),
               Column("households", "whole", "households", "Households.", MEAN),
               Column("in_care", "whole", "households", "Households with at least one kind of care.", MEAN),
               Column("severity", "real", "severity", "Severity of all problems.", MEAN),
               Column("unmet", "real", "severity", "Severity of households without any help.", MEAN),
               Column("cost_eur", "real", "euro of 2015 a month", "Price of the care they have.", MEAN))),
        Table("flows", "Households by where they were on 1 January of the year before and of the year.",
              (REPLICATION, ARM, YEAR,
               _key("from_state", "text", f"On 1 January of the year before: {', '.join(STATES)}."),
               _key("to_state", "text", "On 1 January of the year; the same states."),
               Column("households", "whole", "households", "Households that went this way.", "chain"))),
        Table("books", "Every booking: who paid whom, for what line, under what law.",
              (REPLICATION, ARM, MONTH, _key("payer", "text", "Party that paid."),
               _key("payee", "text", "Party that was paid."),
               _key("line", "text", "zero (grants and general means too), first, second or crisis."),
               _key("law", "text", "youth, wmo, debt or none."),
               Column("cents", "whole", "euro cents of 2015", "Amount paid in the month."))),
        Table("costs", "What everybody paid for, year by year: kinds of care, crises, teams and the rest; "
              "who bore it, and under what law. Grants and other transfers between payers are left out.",
              (REPLICATION, ARM, YEAR, *_PAID_FOR,
               Column("cents", "whole", "euro cents of 2015",
                      "Amount borne in the year; of the municipality less own contributions."))),
        Table("open_care", "Care still open at the end, that of teams among it, and care waited for: priced "
              "by its expected months, alike for all arms. It stands in no year and in no saving.",
              (REPLICATION, ARM, CARE,
               Column("clients", "whole", "care slots in use", "Care slots in use at the end of the run.",
                      SAME),
               Column("months_left", "real", "months",
                      "Months these care slots are expected to go on, by closing and ending hazards, summed.",
                      SAME),
               Column("municipal_cost_eur", "real", "euro of 2015",
                      "Their price to the municipality, without own contributions, not discounted.", SAME),
               Column("all_payers_cost_eur", "real", "euro of 2015", "Their price, whoever pays.", SAME),
               Column("waiting", "whole", "people waiting", "People waiting at the end of the run.", SAME),
               Column("waiting_months", "real", "months",
                      "Months of care they are expected to use, as if all began now, summed.", SAME),
               Column("waiting_municipal_cost_eur", "real", "euro of 2015",
                      "The price of that care to the municipality.", SAME),
               Column("waiting_all_payers_cost_eur", "real", "euro of 2015",
                      "The price of that care, whoever pays.", SAME))),
        Table("savings", "Savings curve: reference less policy, from the year of the first euro spent; "
              "care still open at the end stands in `open_care` and in no year.",
              (REPLICATION, YEAR, BASIS,
               Column("saving_eur", "real", "euro of 2015", "Cost of the reference less that of the policy."),
               Column("saving_eur_per_inhabitant", "real", "euro of 2015 per inhabitant",
                      "The same per inhabitant of the transition date.", SUM, SAME),
               Column("cumulated_eur_per_inhabitant", "real", "euro of 2015 per inhabitant",
                      "Summed from the first euro to the end of the year.", LAST, SAME),
               Column("present_value_eur_per_inhabitant", "real", "euro of 2015 per inhabitant",
                      "The sum so far, discounted at 2.25% a year to the first month.", LAST, SAME),
               Column("unmet_difference", "real", "severity-months",
                      "Unmet need under the policy less that under the reference."),
               Column("shifted", "yes or no", "1",
                      "Cheaper in this year with more unmet need: shifted, not saved.", KEY, KEY, "share"))),
        Table("break_even", "Break-even per parameter draw, on the mean over its seeds.",
              (Column("replication", "whole", "1", "First replication of the parameter draw.", KEY, KEY, KEY),
               BASIS,
               Column("broken_even", "yes or no", "1",
                      "Whether cumulated savings come back to zero and stay there.", KEY, KEY, "share"),
               Column("month", "whole", "month", "Month number of break-even.", KEY, KEY, "quantiles", True),
               Column("years_to_break_even", "real", "years", "Years from the first euro spent.",
                      KEY, KEY, "quantiles", True),
               Column("note", "text", "1",
                      "broken even, no investment (it never costs), or not within so many years.",
                      KEY, KEY, "share"))),
        Table("decomposition", "What the difference between two arms consists of: an arm's cost held against "
              "its own reference, split exactly by year, payer, law and item; parts of 0 are left out.",
              (REPLICATION, ARM, _key("against", "text", "The arm it is held against."), YEAR, *_PAID_FOR,
               Column("saving_eur", "real", "euro of 2015",
                      "Cost of that arm less cost of this one; below zero this one is dearer."))),
        Table("growth", "Why a kind of care costs more or less than the year before, whoever pays: four "
              "parts that add up.",
              (REPLICATION, ARM, YEAR, _key("law", "text", "youth or wmo."), _key("item", "text", "Kind of "
                                                                                                  "care."),
               _key("part", "text", "users, trajectories_per_user, duration (months of care in the year per "
                    "trajectory) or price (of a month)."),
               Column("growth_eur", "real", "euro of 2015", "Growth against the year before by this part."))),
        Table("transition_harms",
        "A phase-in period against the long one: parts, never one score; positive is worse.",
              (REPLICATION, _key("basis", "text", "as_announced or same_money."),
               _key("part", "text", "What is counted."),
               _key("unit", "text", "Unit of the value."),
               Column("value", "real", "see unit",
                      "Short phase-in period less long phase-in period, announcement to ten years after the "
                      "first cut.",
                      SAME, SAME))),
        HISTORY,
    )
}  # fmt: skip


def table_of(name: str, tables: Mapping[str, Table] = TABLES) -> Table:
    """Return the declaration of a table; raise ValueError when there is none of that name.

    Parameters
    ----------
    name : str
        Name of the table.
    tables : mapping of str to Table, optional
        Declarations by name.

    Returns
    -------
    Table
        Its declaration.
    """
    if name not in tables:
        allowed = ", ".join(tables)
        raise ValueError(f"no table is called {name!r}; expected one of {allowed}{_hint(name, tables)}")
    return tables[name]


def check_table(name: str, frame: pd.DataFrame, tables: Mapping[str, Table] = TABLES) -> None:
    """Check that a frame has the declared columns with their types; raise ValueError with one sentence.

    Parameters
    ----------
    name : str
        Name of the table.
    frame : DataFrame
        Table to check.
    tables : mapping of str to Table, optional
        Declarations by name.

    Examples
    --------
    >>> check_table("break_evens", pd.DataFrame())  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    ValueError: no table is called 'break_evens'; expected one of monthly, ...; did you mean break_even?
    """
    check_names(name, frame, tables)
    for column in table_of(name, tables).columns:
        _check_column(name, column, frame[column.name])


def check_names(name: str, frame: pd.DataFrame, tables: Mapping[str, Table] = TABLES) -> None:
    """Check that a frame has the declared columns, whatever their types; raise ValueError with one sentence.

    Parameters
    ----------
    name : str
        Name of the table.
    frame : DataFrame
        Table to check.
    tables : mapping of str to Table, optional
        Declarations by name.
    """
    declared = table_of(name, tables).by_name
    missing = [column for column in declared if column not in frame.columns]
    unknown = [str(column) for column in frame.columns if column not in declared]
    if unknown:
        hint = _hint(unknown[0], missing)
        raise ValueError(f"table {name} has unknown columns {', '.join(unknown)}{hint}")
    if missing:
        raise ValueError(f"table {name} lacks the columns {', '.join(missing)}")


def _check_column(table: str, column: Column, values: pd.Series) -> None:
    """Raise ValueError when a column has another type, infinite values, or empty cells it may not have."""
    if not _is_kind(column, values):
        raise ValueError(
            f"table {table}, column {column.name}: dtype {values.dtype}; expected {DTYPES[column.kind]}"
        )
    if not column.may_be_empty and values.isna().any():
        raise ValueError(f"table {table}, column {column.name}: {int(values.isna().sum())} empty cells")
    if column.kind == "real" and np.isinf(values.to_numpy(float)).any():
        raise ValueError(f"table {table}, column {column.name}: infinite values; expected finite numbers")


def _is_kind(column: Column, values: pd.Series) -> bool:
    """Return whether a series has the declared type; int32 is accepted for int64."""
    if column.kind == "text":
        return isinstance(values.dtype, pd.CategoricalDtype) or pd.api.types.is_string_dtype(values.dtype)
    if column.kind == "yes or no":
        return bool(pd.api.types.is_bool_dtype(values.dtype))
    name = str(values.dtype)
    if column.kind == "real":
        return name == "float64"
    return name in ("int32", "int64") or (column.may_be_empty and name == "Int64")


def tally_values(name: str, counts: np.ndarray) -> np.ndarray:
    """Return a tally in the unit of its column: severities divided by 1,024, others unchanged.

    Parameters
    ----------
    name : str
        Name of the tally.
    counts : int64 array
        Counts of the tally.

    Returns
    -------
    array
        Of the same shape, float64 for severities.

    Examples
    --------
    >>> tally_values("severity_money", np.array([512]))
    array([0.5])
    """
    if name in scaled_tallies():
        return np.asarray(counts) / SEVERITY_UNITS
    return np.asarray(counts)


def _hint(name: str, known: Iterable[str]) -> str:
    """Return "; did you mean x?" where a known name is similar, else an empty text."""
    near = get_close_matches(name, list(known), 1)
    return f"; did you mean {near[0]}?" if near else ""
