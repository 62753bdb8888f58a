"""The recorder stores each month of a run and returns the recorded tables in the form of the schema."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from agents.vocabulary import KINDS, LAWS, LINES, MUNICIPALITY, N_KINDS, N_LAWS, N_PARTIES, PARTIES
from simulation import loops
from simulation.finance.books import ITEMS, N_ITEMS
from simulation.finance.payments import CONTRIBUTING, payer_of_kind
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR, is_december
from simulation.processes.care.open_care import CENTS, INSURED_CENTS, MONTHS, N_COLUMNS
from simulation.processes.care.open_care import CLIENTS as IN_CARE
from simulation.processes.care.open_care import WAITING as IN_LINE
from simulation.processes.observation import (
    GROUP_COLUMNS,
    NOT_HERE,
    STOCKS,
    TYPES,
    count_stocks,
    take_snapshot,
)
from simulation.randomness.common_random_numbers import Purpose, uniforms
from simulation.recording.month_row import OTHER_INDICATORS, harm_above_norm, write_month
from simulation.recording.schema import CATEGORIES, check_names, table_of, tally_values
from simulation.recording.tallies import (
    CRISES,
    CRISIS,
    N_TALLIES,
    SEVERITY_UNITS,
    STATES,
    TALLIES,
)
from simulation.schedule import RunningModel
from simulation.world import CHILDREN_HERE, HOUSEHOLDS_HERE


def as_table(name: str, recorded: Mapping[str, Any], replication: int, arm: str) -> pd.DataFrame:
    """Return one recorded table of one arm of one replication as the schema declares it.

    Parameters
    ----------
    name : str
        "monthly", "wijken", "groups", "flows", "books" or "open_care".
    recorded : mapping from column to array
        As `Recorder.tables` returns it: severities in 1/1024, groups in cents, and flows by the year in
        whose December they end.
    replication : int
        Number of the replication.
    arm : str
        Name of the arm.

    Returns
    -------
    DataFrame
        The table, in the units of the schema; texts are categoricals.

    Raises
    ------
    ValueError
        When a column is missing or unknown, a whole number is not whole, or a text is no category.
    """
    columns = in_table_units(name, recorded)
    rows = len(next(iter(columns.values())))
    columns |= {"replication": np.full(rows, replication), "arm": np.full(rows, arm)}
    frame = pd.DataFrame({
        column: (_as_categorical if column in TEXTS else _typed)(name, column, columns)
        for column in table_of(name).names if column in columns
    })  # fmt: skip
    unknown = [column for column in columns if column not in frame]
    if unknown:
        raise ValueError(f"table {name} has unknown columns {', '.join(unknown)}")
    if name == "flows":
        frame = _flows_to_january(frame)
    check_names(name, frame)  # types are right by construction; the writer checks values too
    return frame


# Types of the text columns of recorded tables.
TEXTS: Mapping[str, pd.CategoricalDtype] = {
    name: pd.CategoricalDtype(list(kinds))
    for name, kinds in {**CATEGORIES, "item": ITEMS, "household_type": TYPES}.items()
}


def _as_categorical(table: str, name: str, columns: Mapping[str, Any]) -> pd.Categorical:
    """Return a text column as a categorical; raise ValueError for a text that is no category."""
    values, dtype = np.asarray(columns[name], dtype=str), TEXTS[name]
    wrong = values[~np.isin(values, dtype.categories.to_numpy(dtype=str))]
    if wrong.size:
        expected = ", ".join(dtype.categories)
        raise ValueError(f"table {table}, column {name}: expected one of {expected}, got {wrong[0]}")
    return pd.Categorical(values, dtype=dtype)


def in_table_units(name: str, recorded: Mapping[str, Any]) -> dict[str, Any]:
    """Return recorded columns in the units of the tables.

    Every output of the recorder is converted here: runs, studies, Python and Mesa.

    Parameters
    ----------
    name : str
        Name of the table.
    recorded : mapping from column to array
        As `Recorder.table` returns it: severities in 1/1024, the cost of groups in cents.

    Returns
    -------
    dict of str to Any
        Columns by name.

    Examples
    --------
    >>> in_table_units("monthly", {"month": np.array([180]), "severity_money": np.array([512.0])})
    {'month': array([180]), 'severity_money': array([0.5])}
    """
    columns = dict(recorded)
    if name == "groups":
        columns["cost_eur"] = np.asarray(columns.pop("care_cost_cents")) / 100.0
        for each in ("severity", "unmet"):
            columns[each] = np.asarray(columns[each]) / SEVERITY_UNITS
    return columns | {each: tally_values(each, columns[each]) for each in TALLIES if each in columns}


def typed_table(name: str, recorded: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Return a recorded table's columns in the schema's units, types and order, without replication and
    arm.

    Parameters
    ----------
    name : str
        Name of the table.
    recorded : mapping of str to array
        Columns as the recorder returns them.

    Returns
    -------
    dict of str to ndarray
        Columns by name, each of shape (n_rows,).
    """
    columns = in_table_units(name, recorded)
    return {each: _typed(name, each, columns) for each in table_of(name).names if each in columns}


def _typed(table: str, name: str, columns: Mapping[str, Any]) -> np.ndarray:
    """Return one column in its declared type; raise ValueError where a whole number is not whole."""
    values = np.asarray(columns[name])
    kind = table_of(table).by_name[name].kind
    if kind == "real":
        return values.astype(np.float64)
    if kind == "whole":
        whole = np.rint(values).astype(np.int64)
        if not np.array_equal(whole, values):
            wrong = values[whole != values][0]
            raise ValueError(f"table {table}, column {name}: expected whole numbers, got {wrong}")
        return whole
    return values


def _flows_to_january(flows: pd.DataFrame) -> pd.DataFrame:
    """Return the flows by the year on whose 1 January they end, without those of the first snapshot."""
    has_flows = flows.groupby("year")["households"].transform("sum") > 0
    flows = flows[has_flows].reset_index(drop=True)
    return flows.assign(year=flows["year"] + 1)


# The price of open care, and of care waited for, at the end of a run, by kind and for both bases of savings.

_OPEN = ("clients", "months_left", "municipal_cost_eur", "all_payers_cost_eur")
_WAITED_FOR = ("waiting", "waiting_months", "waiting_municipal_cost_eur", "waiting_all_payers_cost_eur")


def open_care_columns(model: RunningModel) -> dict[str, Any]:
    """Return the columns of the table `open_care` at the end of a run, without replication and arm.

    Parameters
    ----------
    model : RunningModel
        The running model.

    Returns
    -------
    dict of str to Any
        Columns by name; prices in euros.
    """
    priced = np.zeros((N_KINDS, N_COLUMNS))
    loops.price_open_care(model.world, priced)
    share = float(loops.own_contribution_now(model.world))
    mine = np.array([payer_of_kind(kind, model.responsible) == MUNICIPALITY for kind in range(N_KINDS)])
    own_part = np.where(np.isin(np.arange(N_KINDS), CONTRIBUTING), 1.0 - share, 1.0)
    of_municipality = np.where(mine, own_part, 0.0)
    columns: dict[str, Any] = {"kind": np.array(KINDS)}
    for first, names in ((0, _OPEN), (IN_LINE, _WAITED_FOR)):
        gross, insured = (priced[:, first + each] / 100.0 for each in (CENTS, INSURED_CENTS))
        municipal = gross * of_municipality - np.where(mine, insured, 0.0)
        values = (
            priced[:, first + IN_CARE], priced[:, first + MONTHS], np.round(municipal, 2), np.round(gross, 2)
        )  # fmt: skip
        columns |= dict(zip(names, values, strict=True))
    return columns


CLIENTS = tuple(f"clients_{kind}" for kind in KINDS)
WAITING = tuple(f"waiting_{kind}" for kind in KINDS)
MONTHLY = (*TALLIES, *CLIENTS, *WAITING, *(OTHER_INDICATORS.names or ()))
DETAILS = ("wijken", "groups", "flows", "books", "costs", "open_care")  # tables beside the monthly one


class Recorder:
    """Records one run in arrays whose size depends on the number of months only.

    Attributes
    ----------
    stored : tuple of str
        Which of `DETAILS` are recorded, from the month `detail_from` on.
    monthly : float64 array of shape (n_months, n_columns)
        Columns `MONTHLY`.
    wijken : dict of year to int64 array of shape (n_wijken, n_tallies + 2 n_kinds)
        Sums over the year of the tallies, and of the monthly stocks of clients and waiting.
    all_stocks : bool
        Whether all of `STOCKS` are counted each December, or people only.
    people : int64 array of shape (3,)
        Households, adults and children at the last count.
    groups, flows, stocks : dict of year to int64 arrays
    books : list of int64 arrays of shape (n_entries, 6)
        Month, payer, payee, line, law, cents.
    costs : dict of year to int64 array of shape (n_items, n_parties, n_laws)
        Cents that each party bore of each item in the year.
    """

    def __init__(self, model: RunningModel) -> None:
        self.first_month = model.start_month
        n_months = model.end_month - model.start_month + 1
        self.monthly = np.zeros((n_months, len(MONTHLY)))
        self.stored: tuple[str, ...] = DETAILS
        self.wijken: dict[int, np.ndarray] = {}
        self.wijk_cost: dict[int, np.ndarray] = {}
        self.groups: dict[int, np.ndarray] = {}
        self.flows: dict[int, np.ndarray] = {}
        self.all_stocks = False
        self.stocks: dict[int, np.ndarray] = {}
        self.people = np.zeros(3, dtype=np.int64)
        self.books: list[np.ndarray] = []
        self.costs: dict[int, np.ndarray] = {}
        self._n_households = len(model.world.households)
        self.last_snapshot = -1
        self.detail_from = model.start_month

    @cached_property
    def states(self) -> np.ndarray:
        """States of care at the last snapshot, uint8 of shape (n_households,); made for the first one."""
        return np.full(self._n_households, NOT_HERE, dtype=np.uint8)

    def record_month(self, model: RunningModel) -> None:
        """Record the month that has just passed.

        Parameters
        ----------
        model : RunningModel
            The running model.
        """
        self._count_people(model)
        model.run_loop(write_month, *self.month_row_arguments(model))
        if model.month < self.detail_from:
            return
        if "wijken" in self.stored:
            self._add_year(model)
        if "books" in self.stored:
            entries = model.books.entries()
            month = np.full((len(entries), 1), model.month, dtype=np.int64)
            self.books.append(np.hstack([month, entries]))
        if "costs" in self.stored:
            none = np.zeros((N_ITEMS, N_PARTIES, N_LAWS), dtype=np.int64)
            self.costs.setdefault(model.year, none)[:] += model.books.by_item
        if is_december(model.month) and ("groups" in self.stored or "flows" in self.stored):
            self._take_snapshot(model)

    def month_row_arguments(self, model: RunningModel) -> tuple[Any, ...]:
        """Return the arguments of `write_month` after the world, among them the row to fill.

        Parameters
        ----------
        model : RunningModel
            The running model.

        Returns
        -------
        tuple of array
            Arguments of `write_month` after the world.
        """
        row = self.monthly[model.month - self.first_month]
        return (
            model.flows,
            self.people,
            model.inhabitants,
            model.books.closed,
            model.money.cut_eur,
            model.money.allotted_cents,
            model.municipality.reserves_by_law,
            len(model.municipality.in_force),
            row,
            row[N_TALLIES + 2 * N_KINDS :].view(OTHER_INDICATORS),
        )

    def _count_people(self, model: RunningModel) -> None:
        """Count people in December; other months keep the last count."""
        if is_december(model.month) or not self.people.any():
            self.people[:] = model.world.counts[HOUSEHOLDS_HERE : CHILDREN_HERE + 1]
            if self.all_stocks:
                self.stocks[model.year] = np.zeros(len(STOCKS), dtype=np.int64)
                count_stocks(model.world, self.stocks[model.year])

    def _add_year(self, model: RunningModel) -> None:
        """Add the month to the year's table of wijken."""
        world = model.world
        if model.year not in self.wijken:
            self.wijken[model.year] = np.zeros((len(world.wijken), N_TALLIES + 2 * N_KINDS), dtype=np.int64)
            self.wijk_cost[model.year] = np.zeros(len(world.wijken))
        year = self.wijken[model.year]
        year[:, :N_TALLIES] += world.tally
        year[:, N_TALLIES : N_TALLIES + N_KINDS] += world.slots
        year[:, N_TALLIES + N_KINDS :] += world.waiting
        self.wijk_cost[model.year] += world.slots @ model.old_prices / 100.0

    def _take_snapshot(self, model: RunningModel) -> None:
        """Take the yearly snapshot of states, flows and groups."""
        flows = np.zeros((len(STATES), len(STATES)), dtype=np.int64)
        groups = np.zeros((5, len(TYPES), len(GROUP_COLUMNS)), dtype=np.int64)
        take_snapshot(model.world, self.states, self.last_snapshot, flows, groups, model.old_prices)
        self.flows[model.year] = flows
        self.groups[model.year] = groups
        self.last_snapshot = model.month

    def harm_above_norm(self, model: RunningModel) -> bool:
        """Return whether the monitor shows more crises than the norm.

        Parameters
        ----------
        model : RunningModel
            The running model.

        Returns
        -------
        bool
            True where the monitor shows more.
        """
        done = model.month - self.first_month
        crises = self.monthly[:done, CRISIS : CRISIS + len(CRISES)].sum(axis=1)
        landing = model.parameters.landing
        random_number = float(uniforms(model.random_seed, 1, model.month, int(Purpose.MONITORING))[0])
        reporting_factor = 1.0 + landing.monitoring_noise * (2.0 * random_number - 1.0)
        since = model.month - model.transition
        return harm_above_norm(crises, since, int(landing.monitoring_lag_months), reporting_factor)

    def column(self, name: str) -> np.ndarray:
        """Return one monthly indicator over all recorded months, float64 of shape (n_months,).

        Parameters
        ----------
        name : str
            Indicator, one of `MONTHLY`.

        Returns
        -------
        float64 array of shape (n_months,)
            As recorded, amounts in euros.
        """
        return self.monthly[:, MONTHLY.index(name)]

    def tables(self, model: RunningModel, first_month: int) -> dict[str, Any]:
        """Return the recorded tables as columns, from a month on, without replication and arm.

        Parameters
        ----------
        model : RunningModel
            The running model.
        first_month : int
            First month number of the tables.

        Returns
        -------
        dict of str to Any
            Columns by table and name.
        """
        return {name: self.table(name, model, first_month) for name in ("monthly", *self.stored)}

    def table(self, name: str, model: RunningModel, first_month: int) -> dict[str, Any]:
        """Return one recorded table as columns, from a month on, without replication and arm.

        Parameters
        ----------
        name : str
            Name of the table.
        model : RunningModel
            The running model.
        first_month : int
            First month number of the table.

        Returns
        -------
        dict of str to Any
            Columns by name.
        """
        if name == "monthly":
            return self._monthly_table(model, first_month)
        first_year = BASE_YEAR + first_month // MONTHS_PER_YEAR
        if name == "wijken":
            return self._wijken_table(model, first_year)
        if name == "open_care":
            return open_care_columns(model)
        if name == "books":
            books = [each for each in self.books if len(each) and each[0, 0] >= first_month]
            return _books_table(np.vstack(books) if books else np.zeros((0, 6), dtype=np.int64))
        if name == "costs":
            return _costs_table({year: self.costs[year] for year in sorted(self.costs) if year >= first_year})
        return self._groups_table(first_year) if name == "groups" else self._flows_table(first_year)

    def _monthly_table(self, model: RunningModel, first_month: int) -> dict[str, np.ndarray]:
        done = model.month - self.first_month
        begin = first_month - self.first_month
        months = np.arange(first_month, model.month)
        monthly: dict[str, np.ndarray] = {"month": months, "year": BASE_YEAR + months // MONTHS_PER_YEAR}
        monthly |= {name: self.monthly[begin:done, i] for i, name in enumerate(MONTHLY)}
        return monthly

    def _wijken_table(self, model: RunningModel, first_year: int) -> dict[str, np.ndarray]:
        years = [year for year in sorted(self.wijken) if year >= first_year]
        n = len(model.world.wijken)
        stacked = np.vstack([self.wijken[year] for year in years])
        table: dict[str, np.ndarray] = {
            "year": np.repeat(years, n),
            "wijk": np.tile(np.arange(n), len(years)),
            "deprivation": np.tile(model.world.wijken["deprivation"].astype(float), len(years)),
            "households": np.tile(model.world.wijken["size"].astype(np.int64), len(years)),
        }
        table |= {name: stacked[:, i] for i, name in enumerate(TALLIES)}
        months = np.repeat([self._months_recorded(model, year) for year in years], n)
        for i, name in enumerate((*CLIENTS, *WAITING)):
            table[name] = stacked[:, N_TALLIES + i] / months
        table["cost_eur"] = np.concatenate([self.wijk_cost[year] for year in years])
        return table

    def _months_recorded(self, model: RunningModel, year: int) -> int:
        """Return how many months of a year are recorded: fewer than twelve where a run begins or ends."""
        january = (year - BASE_YEAR) * MONTHS_PER_YEAR
        begin = max(self.detail_from, self.first_month, january)
        return min(model.month, january + MONTHS_PER_YEAR) - begin

    def _groups_table(self, first_year: int) -> dict[str, list[Any]]:
        rows = [
            (year, income, TYPES[kind], *map(int, groups[income, kind]))
            for year, groups in sorted(self.groups.items())
            if year >= first_year
            for income in range(5)
            for kind in range(len(TYPES))
        ]
        names = ("year", "income", "household_type", *GROUP_COLUMNS)
        return {name: [row[i] for row in rows] for i, name in enumerate(names)}

    def _flows_table(self, first_year: int) -> dict[str, list[Any]]:
        rows = [
            (year, STATES[old], STATES[new], int(flows[old, new]))
            for year, flows in sorted(self.flows.items())
            if year >= first_year
            for old in range(len(STATES))
            for new in range(len(STATES))
        ]
        names = ("year", "from_state", "to_state", "households")
        return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def _books_table(books: np.ndarray) -> dict[str, Any]:
    """Return the books with parties, lines and laws by name."""
    return {
        "month": books[:, 0],
        "payer": np.array(PARTIES)[books[:, 1]],
        "payee": np.array(PARTIES)[books[:, 2]],
        "line": np.array(LINES)[books[:, 3]],
        "law": np.array(LAWS)[books[:, 4]],
        "cents": books[:, 5],
    }


def _costs_table(costs: dict[int, np.ndarray]) -> dict[str, Any]:
    """Return costs by item with payers, laws and items by name."""
    years = np.fromiter(costs, dtype=np.int64)
    stacked = (
        np.stack([costs[year] for year in costs]) if costs else np.zeros((0, N_ITEMS, N_PARTIES, N_LAWS))
    )
    year, item, payer, law = np.nonzero(stacked)
    return {
        "year": years[year],
        "payer": np.array(PARTIES)[payer],
        "law": np.array(LAWS)[law],
        "item": np.array(ITEMS)[item],
        "cents": stacked[year, item, payer, law],
    }
