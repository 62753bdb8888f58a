"""Savings curve and break-even, from the monthly table of two arms (model.md section 4).

Pure functions on frames and arrays. Amounts are in euros of 2015. A decomposed run also has a table of the
savings by channel.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import numpy as np
import pandas as pd

from simulation.months import BASE_YEAR, MONTHS_PER_YEAR, month_text
from simulation.recording.arm_names import POLICY, POLICY_ARMS, REFERENCE
from simulation.recording.schema import BASIS, KEY, REPLICATION, TABLES, Column, Table

BASES = {"municipality": "municipal_cost_eur", "all_payers": "all_payers_cost_eur"}
DISCOUNT_PER_YEAR = 0.0225
HORIZON_YEARS = 20
MONTHS_LEFT = 24
MOSTLY = 0.5
SHARE_YEARS = (3, 5, 10, 15, 20)
BROKEN_EVEN, NO_INVESTMENT = "broken even", "no investment"


Costs = TypeVar("Costs", np.ndarray, pd.DataFrame)  # euros by month, of one replication or of many


def arm_grid(monthly: pd.DataFrame, arm: str, column: str) -> pd.DataFrame:
    """Return one column of one arm: a row per replication, a column per month.

    Parameters
    ----------
    monthly : DataFrame
        Table `monthly` of a run.
    arm : str
        Name of the arm.
    column : str
        Column of the table `monthly`.

    Returns
    -------
    DataFrame of shape (n_replications, n_months)
        In the unit of the column.

    Raises
    ------
    ValueError
        When the arm or a month of a replication is missing.
    """
    rows = monthly.loc[monthly["arm"] == arm, ["replication", "month", column]]
    if rows.empty:
        raise ValueError(f"the monthly table has no arm {arm!r}; it has {sorted(set(monthly['arm']))}")
    grid = rows.pivot(index="replication", columns="month", values=column).sort_index().sort_index(axis=1)
    if grid.isna().to_numpy().any():
        raise ValueError(f"arm {arm}: column {column} misses months in some replications")
    return grid.astype(float)


def unmet_grid(monthly: pd.DataFrame, arm: str) -> pd.DataFrame:
    """Return unmet severity-months over all domains: a row per replication, a column per month.

    Parameters
    ----------
    monthly : DataFrame
        Table `monthly` of a run.
    arm : str
        Name of the arm.

    Returns
    -------
    DataFrame of shape (n_replications, n_months)
        Severity-months.
    """
    columns = [column for column in monthly.columns if column.startswith("unmet_severity_")]
    unmet = monthly[["replication", "arm", "month"]].assign(unmet=monthly[columns].sum(axis=1))
    return arm_grid(unmet, arm, "unmet")


def saved_each_month(of_reference: Costs, of_policy: Costs) -> Costs:
    """Return cost of the reference less cost of the policy, euros rounded to cents, of the shape of both.

    Runs, claims and the dashboard all compute savings with this function.

    Parameters
    ----------
    of_reference, of_policy : Series, DataFrame or float64 array of one shape
        Costs, euros.

    Returns
    -------
    Series, DataFrame or float64 array of that shape
        Euros.
    """
    return ((of_reference - of_policy) * 100.0).round() / 100.0


def monthly_savings(monthly: pd.DataFrame, basis: str) -> pd.DataFrame:
    """Return cost of the reference less cost of the policy: a row per replication, a column per month.

    Parameters
    ----------
    monthly : DataFrame
        The monthly table with the arms "reference" and "policy".
    basis : str
        "municipality" or "all_payers".

    Returns
    -------
    DataFrame of shape (n_replications, n_months)
        Euros of 2015.
    """
    column = BASES[basis]
    return saved_each_month(arm_grid(monthly, "reference", column), arm_grid(monthly, "policy", column))


def saved_on_open_care(open_care: pd.DataFrame, basis: str) -> pd.Series:
    """Return the price of care still open or waited for at the end, reference less policy.

    It is not booked in any year, so it is reported beside the savings curve.

    Parameters
    ----------
    open_care : DataFrame
        Table `open_care` of a run.
    basis : str
        "municipality" or "all_payers": whose costs count.

    Returns
    -------
    Series
        Euros of 2015 by replication.
    """
    price = open_care[BASES[basis]] + open_care[f"waiting_{BASES[basis]}"]
    priced = open_care[["replication", "arm"]].assign(price=price).pivot_table(
        index="replication", columns="arm", values="price", aggfunc="sum", observed=True
    )  # fmt: skip
    return (priced[REFERENCE] - priced[POLICY]).dropna()


def open_care_per_inhabitant(
    monthly: pd.DataFrame, open_care: pd.DataFrame, start_month: int, basis: str = "municipality"
) -> pd.Series:
    """Return the saving of the policy on care still open, euros per inhabitant by replication.

    Parameters
    ----------
    monthly : DataFrame
        Table `monthly` of a run.
    open_care : DataFrame
        Table `open_care` of a run.
    start_month : int
        Month number of the transition.
    basis : str, optional
        "municipality" or "all_payers": whose costs count.

    Returns
    -------
    Series
        Euros of 2015 per inhabitant, by replication.
    """
    return saved_on_open_care(open_care, basis) / inhabitants_at(monthly, start_month)


def first_euro(monthly: pd.DataFrame) -> int | None:
    """Return the first month in which the costs of policy and reference differ, in any replication.

    Arms share random numbers and initial state, so their books are equal until that month.

    Parameters
    ----------
    monthly : DataFrame
        Table `monthly` of a run.

    Returns
    -------
    int or None
        Month number; None where the two never differ.
    """
    differs = [
        (grid != 0.0).to_numpy().any(axis=0) for grid in (monthly_savings(monthly, each) for each in BASES)
    ]
    months = np.sort(monthly["month"].unique())
    found = np.flatnonzero(np.logical_or(*differs))
    return int(months[found[0]]) if found.size else None


def inhabitants_at(monthly: pd.DataFrame, month: int) -> pd.Series:
    """Return the inhabitants of the reference in one month, by replication.

    Parameters
    ----------
    monthly : DataFrame
        Table `monthly` of a run.
    month : int
        Month number, counted from January 2000.

    Returns
    -------
    Series
        People by replication.
    """
    grid = arm_grid(monthly, "reference", "inhabitants")
    if month not in grid.columns:
        raise ValueError(f"the monthly table has no month {month_text(month)}, the start date of the curve")
    return grid[month]


def base_population(monthly: pd.DataFrame, start_month: int) -> float:
    """Return the inhabitants at the transition, the denominator of all figures per inhabitant.

    A total is such a figure times this number. Texts show no other number of inhabitants.

    Parameters
    ----------
    monthly : DataFrame
        Table `monthly` of a run.
    start_month : int
        Month number of the transition.

    Returns
    -------
    float
        People, mean over the replications.
    """
    return float(inhabitants_at(monthly, start_month).mean())


def savings_curve(
    monthly: pd.DataFrame,
    start_month: int,
    *,
    discount_per_year: float = DISCOUNT_PER_YEAR,
) -> pd.DataFrame:
    """Return the savings table: a row per replication, calendar year and basis.

    It begins in the first month in which costs differ, or at the transition when they never differ.

    Parameters
    ----------
    monthly : DataFrame
        The monthly table with the arms "reference" and "policy".
    start_month : int
        Month of the transition, whose inhabitants are the denominator.
    discount_per_year : float
        Discount rate of the present value; tested with 0 and 0.04.

    Returns
    -------
    DataFrame
        Table `savings`, euros of 2015 per inhabitant.
    """
    first = first_euro(monthly)
    first = start_month if first is None else first
    inhabitants = inhabitants_at(monthly, start_month)
    unmet = unmet_grid(monthly, "policy") - unmet_grid(monthly, "reference")
    parts = []
    for basis in BASES:
        saving = monthly_savings(monthly, basis).loc[:, first:]
        parts.append(_years_of_basis(basis, saving, unmet.loc[:, first:], inhabitants, discount_per_year))
    return pd.concat(parts, ignore_index=True).sort_values(
        ["replication", "basis", "year"], ignore_index=True
    )


def _years_of_basis(
    basis: str, saving: pd.DataFrame, unmet: pd.DataFrame, inhabitants: pd.Series, discount_per_year: float
) -> pd.DataFrame:
    """Return the rows of the savings table of one basis."""
    months = saving.columns.to_numpy()
    years = pd.Index(BASE_YEAR + months // MONTHS_PER_YEAR, name="year")
    factors = (1.0 + discount_per_year) ** (-(months - months[0]) / MONTHS_PER_YEAR)
    per_year = saving.T.groupby(years).sum().T
    present = (saving * factors).T.groupby(years).sum().T.cumsum(axis=1)
    wide = {
        "saving_eur": per_year,
        "saving_eur_per_inhabitant": per_year.div(inhabitants, axis=0),
        "cumulated_eur_per_inhabitant": per_year.cumsum(axis=1).div(inhabitants, axis=0),
        "present_value_eur_per_inhabitant": present.div(inhabitants, axis=0),
        "unmet_difference": unmet.T.groupby(years).sum().T,
    }
    rows = pd.DataFrame({name: frame.stack() for name, frame in wide.items()}).reset_index()
    rows.insert(2, "basis", basis)
    rows["shifted"] = (rows["saving_eur"] > 0.0) & (rows["unmet_difference"] > 0.0)
    return rows.astype({"replication": "int64", "year": "int64"})


def mostly_shifted(rows: pd.DataFrame) -> bool:
    """Return whether most years with savings have more unmet need, in rows of the savings table.

    Parameters
    ----------
    rows : DataFrame
        Rows of the table `savings`.

    Returns
    -------
    bool
        True for more than half of such years.

    Examples
    --------
    >>> mostly_shifted(pd.DataFrame({"saving_eur": [1.0, 2.0, -3.0], "shifted": [True, True, False]}))
    True
    """
    cheaper = rows[rows["saving_eur"] > 0.0]
    return len(cheaper) > 0 and float(cheaper["shifted"].mean()) > MOSTLY


def break_even(
    cumulated: np.ndarray, horizon: int, at_least_months_left: int = MONTHS_LEFT
) -> tuple[int | None, str]:
    """Return the month of break-even, counted from 0, and a note.

    Break-even is the first month from which cumulated savings stay at or above zero to the horizon, with a
    minimum number of months left. A policy whose cumulated savings are never below zero is no investment.

    Parameters
    ----------
    cumulated : array of shape (n_months,)
        Cumulated savings in euro at the end of each month from the first euro spent.
    horizon : int
        Number of months considered; fewer when the run is shorter.
    at_least_months_left : int
        Least number of months that must follow break-even.

    Returns
    -------
    tuple[int or None, str]
        Month of break-even, counted from the first, None where there is none; and the reason.

    Examples
    --------
    >>> break_even(np.array([-2.0, -1.0, 0.0, 1.0, 2.0]), 5, at_least_months_left=2)
    (2, 'broken even')
    >>> break_even(np.array([-2.0, -1.0, 0.0, 1.0, 2.0]), 5, at_least_months_left=3)
    (None, 'not within 0.417 years')
    """
    looked_at = np.round(np.asarray(cumulated, dtype=float)[:horizon], 2)
    if looked_at.size == 0:
        raise ValueError("break-even needs at least one month of savings; got none")
    below = np.flatnonzero(looked_at < 0.0)
    if below.size == 0:
        return None, NO_INVESTMENT
    month = int(below[-1]) + 1
    # Months after the month of break-even.
    if looked_at.size - 1 - month >= at_least_months_left:
        return month, BROKEN_EVEN
    return None, f"not within {looked_at.size / MONTHS_PER_YEAR:.3g} years"


def break_even_table(
    monthly: pd.DataFrame,
    start_month: int,
    *,
    draws: Mapping[int, int] | None = None,
) -> pd.DataFrame:
    """Return break-even per parameter draw and basis, from the mean over the draw's seeds.

    `HORIZON_YEARS` are considered; fewer when the run is shorter, which the note then states.

    Parameters
    ----------
    monthly : DataFrame
        Table `monthly` of a run.
    start_month : int
        As in `savings_curve`.
    draws : mapping from replication to draw, optional
        Parameter draw of each replication; by default each replication has its own.

    Returns
    -------
    DataFrame
        Table `break_even`, years.
    """
    first = first_euro(monthly)
    first = start_month if first is None else first
    rows = []
    for basis in BASES:
        saving = monthly_savings(monthly, basis).loc[:, first:]
        draw_of = np.array(
            [replication if draws is None else draws[replication] for replication in saving.index]
        )
        for draw in pd.unique(draw_of):
            of_draw = saving[draw_of == draw]
            month, note = break_even(of_draw.mean().cumsum().to_numpy(), HORIZON_YEARS * MONTHS_PER_YEAR)
            when = _month_after(first, month)
            rows.append((of_draw.index[0], basis, month is not None, when, _years(month), note))
    names = ["replication", "basis", "broken_even", "month", "years_to_break_even", "note"]
    table = pd.DataFrame(rows, columns=names)
    return table.astype({"replication": "int64", "month": "Int64", "years_to_break_even": "float64"})


def _month_after(first: int, months: int | None) -> int | None:
    """Return the month number a number of months after the first, None for None."""
    return None if months is None else first + months


def _years(month: int | None) -> float | None:
    """Return the years from the first month to the end of the month of break-even, None for None."""
    return None if month is None else (month + 1) / MONTHS_PER_YEAR


def break_even_shares(
    table: pd.DataFrame, basis: str, years: Iterable[int] = SHARE_YEARS
) -> dict[int | str, float]:
    """Return the shares of draws that broke even by each year, that were no investment, and that did not.

    The share by the last year, "no investment" and "not within" add up to 1.

    Parameters
    ----------
    table : DataFrame
        Table `break_even` of a run.
    basis : str
        "municipality" or "all_payers": whose costs count.
    years : iterable of int, optional
        Numbers of years for which the share that has broken even is returned.

    Returns
    -------
    dict[int or str, float]
        Shares of draws, by year and by note.

    Examples
    --------
    >>> rows = pd.DataFrame({"basis": "municipality", "broken_even": [True, False],
    ...                      "years_to_break_even": [4.0, None], "note": ["broken even", "no investment"]})
    >>> break_even_shares(rows, "municipality", (3, 5))
    {3: 0.0, 5: 0.5, 'no investment': 0.5, 'not within': 0.0}
    """
    of_basis = table[table["basis"] == basis]
    if of_basis.empty:
        raise ValueError(f"no break-even on the basis {basis!r}; expected one of {', '.join(BASES)}")
    shares: dict[int | str, float] = {
        year: float((of_basis["broken_even"] & (of_basis["years_to_break_even"] <= year)).mean())
        for year in years
    }
    without = float((of_basis["note"] == NO_INVESTMENT).mean())
    shares[NO_INVESTMENT] = without
    shares["not within"] = float((~of_basis["broken_even"]).mean()) - without
    return shares


CHANNELS_TABLE = "channels"
# Channels that are no mechanism: savings with every mechanism off (mostly own cost), and care still open.
OWN_COST, CARE_STILL_OPEN = "own_cost", "care_still_open"
CHANNELS = Table(
    CHANNELS_TABLE,
    "Only of a run with decompose=channels: by which channel the policy saves, from nested runs in which one "
    "mechanism after the other is switched on; rows in the total add up to the saving.",
    (REPLICATION, BASIS,
     Column("order", "whole", "1", "Place in the order in which mechanisms are switched on, from 0.",
            KEY, KEY, KEY),
     Column("channel", "text", "1", "own_cost (every mechanism off), a mechanism, or care_still_open.",
            KEY, KEY, KEY),
     Column("saving_eur", "real", "euro of 2015", "What the saving gains when the mechanism is switched on."),
     Column("in_total", "yes or no", "1", "Whether it is part of the saving; care still open is not.",
            KEY, KEY, KEY)),
)  # fmt: skip
DECOMPOSED_TABLES: Mapping[str, Table] = {**TABLES, CHANNELS_TABLE: CHANNELS}


def bases_of_costs(costs: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Return the cost of reference and policy over all years, cents by arm and basis.

    Parameters
    ----------
    costs : DataFrame
        Table `costs` of a run.

    Returns
    -------
    dict of str to dict[str, int]
        Cents by arm and basis.
    """
    found = {}
    for arm in POLICY_ARMS:
        rows = costs[costs["arm"] == arm]
        municipal = int(rows.loc[rows["payer"] == "municipality", "cents"].sum())
        found[arm] = dict(zip(BASES, (municipal, int(rows["cents"].sum())), strict=True))
    return found
