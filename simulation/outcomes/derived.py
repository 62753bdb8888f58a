"""The tables that follow from the recorded ones: history, savings, decomposition, growth, transition harm."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from simulation.outcomes.decomposition import decomposition_table
from simulation.outcomes.history import history_table
from simulation.outcomes.savings import arm_grid, break_even_table, savings_curve
from simulation.outcomes.transition_harm import transition_harms
from simulation.recording.arm_names import POLICY_ARMS

# Why care costs more or less than a year before: users, trajectories per user, duration, price.
#
# Cost of a kind of care is users x trajectories per user x months per trajectory x price of a month.
# The growth of a product splits over its factors without a rest by logarithmic means (the additive
# Divisia index of Ang, 2004).

FACTORS = ("users", "trajectories_per_user", "duration", "price")
KINDS_OF_LAW = {
    "youth": ("youth_outpatient", "youth_day_care", "youth_residential", "supervision_order"),
    "wmo": ("guidance", "day_care", "household_help", "protected_residence", "aids", "shelter"),
}
LAW_OF_KIND = {kind: law for law, kinds in KINDS_OF_LAW.items() for kind in kinds}


def split_growth(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """Return how much of a growth in cost each factor brings, euros; the parts add up to the growth.

    Parameters
    ----------
    before, after : dict
        `users`, `trajectories`, `months` and `cost` (euros) of a year, and of a later one.

    Returns
    -------
    dict of str to float
        Euros a year by factor.

    Examples
    --------
    >>> year = {"users": 10.0, "trajectories": 12.0, "months": 60.0, "cost": 6000.0}
    >>> split_growth(year, {name: 2.0 * value for name, value in year.items()})["users"]
    6000.0
    """
    growth = after["cost"] - before["cost"]
    factors = _factors(before), _factors(after)
    if min(min(each.values()) for each in factors) <= 0.0:
        # Nobody in one of the years: all growth is that there are users, or that there are none.
        return dict.fromkeys(FACTORS, 0.0) | {"users": round(growth, 2)}
    ratio = after["cost"] / before["cost"]
    mean = before["cost"] if abs(ratio - 1.0) < 1e-12 else growth / float(np.log(ratio))
    first = FACTORS[:-1]
    parts = {name: round(mean * float(np.log(factors[1][name] / factors[0][name])), 2) for name in first}
    return parts | {FACTORS[-1]: round(growth - sum(parts.values()), 2)}


def _factors(year: dict[str, float]) -> dict[str, float]:
    """Return the factors of a year's cost, 0 where there was nobody."""
    users, trajectories, months, cost = (year[name] for name in ("users", "trajectories", "months", "cost"))
    return {
        "users": users,
        "trajectories_per_user": trajectories / users if users else 0.0,
        "duration": months / trajectories if trajectories else 0.0,
        "price": cost / months if months else 0.0,
    }


def growth_table(monthly: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    """Return the growth table: each kind of care of the youth act and the Wmo against the year before.

    Parameters
    ----------
    monthly, costs : DataFrame
        The tables of a run. Years that are not whole are left out.

    Returns
    -------
    DataFrame
        A row per arm, replication, year and kind of care; euros.
    """
    rows = []
    for (replication, arm), of_arm in monthly[monthly["arm"].isin(POLICY_ARMS)].groupby(
        ["replication", "arm"], sort=False, observed=True
    ):
        paid = costs[(costs["replication"] == replication) & (costs["arm"] == arm)]
        paid = paid.assign(item=paid["item"].astype(str)).groupby(["item", "year"])["cents"].sum() / 100.0
        whole = of_arm.groupby("year")["month"].transform("size") == 12
        by_year = {kind: _years_of_kind(of_arm[whole], kind) for kind in LAW_OF_KIND}
        for kind, years in by_year.items():
            described = {
                int(year): values | {"cost": float(paid.get((kind, year), 0.0))}
                for year, values in years.to_dict("index").items()
            }
            for year in sorted(described):
                if year - 1 in described:
                    parts = split_growth(described[year - 1], described[year])
                    rows += [
                        (replication, arm, year, LAW_OF_KIND[kind], kind, *part) for part in parts.items()
                    ]
    names = ["replication", "arm", "year", "law", "item", "part", "growth_eur"]
    return pd.DataFrame(rows, columns=names).astype(
        {"replication": "int64", "year": "int64", "growth_eur": "float64"}
    )


def _years_of_kind(months: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return users, trajectories and months of care of one kind by year.

    Trajectories of a year are those that ran when it began and those that started in it.
    """
    by_year = months.groupby("year")
    sums = by_year[[f"users_{kind}", f"starts_{kind}", f"clients_{kind}"]].sum()
    first = by_year[[f"starts_{kind}", f"ends_{kind}", f"clients_{kind}"]].first()
    running = first[f"clients_{kind}"] - first[f"starts_{kind}"] + first[f"ends_{kind}"]
    return pd.DataFrame(
        {
            "users": sums[f"users_{kind}"].astype(float),
            "trajectories": (running + sums[f"starts_{kind}"]).astype(float),
            "months": sums[f"clients_{kind}"].astype(float),
        }
    )


def extra_reserves(monthly: pd.DataFrame, start_month: int) -> pd.Series:
    """Return what the same-money arm received on day one, in euro by replication.

    In the first month the arm differs from the reference by that sum alone.

    Parameters
    ----------
    monthly : DataFrame
        Table `monthly` of a run.
    start_month : int
        Month number of the transition.

    Returns
    -------
    Series
        Euros by replication.
    """
    columns = ("reserves_eur", "grant_eur", "municipal_cost_eur")
    more = {
        column: arm_grid(monthly, "same_money", column)[start_month]
        - arm_grid(monthly, "reference", column)[start_month]
        for column in columns
    }
    return more["reserves_eur"] - more["grant_eur"] + more["municipal_cost_eur"]


def derived_tables(
    monthly: pd.DataFrame,
    costs: pd.DataFrame,
    start_month: int,
    announcement_month: int,
    *,
    draws: Mapping[int, int] | None = None,
    reserve_eur: Mapping[int, float] | None = None,
) -> dict[str, pd.DataFrame]:
    """Return the tables that follow from the recorded ones.

    Parameters
    ----------
    monthly : DataFrame
        The monthly table with all arms.
    costs : DataFrame
        The costs table.
    start_month, announcement_month : int
        Transition month, in which the cut starts too, and the month it was announced.
    draws : mapping from replication to draw, optional
        As in `break_even_table`.
    reserve_eur : mapping from replication to euro, optional
        What the same-money arm received on day one; by default read from its reserves.

    Returns
    -------
    dict of str to DataFrame
        Tables by name, in the units of the schema.
    """
    arms = {arm: monthly[monthly["arm"] == arm] for arm in ("reference", "long_phase_in", "same_money")}
    period = (announcement_month, start_month)
    reserve_eur = extra_reserves(monthly, start_month) if reserve_eur is None else reserve_eur
    parts = [
        transition_harms(arms["reference"], arms["long_phase_in"], "as_announced", *period),
        transition_harms(
            arms["same_money"], arms["long_phase_in"], "same_money", *period, reserve_eur=reserve_eur
        ),
    ]
    return {
        "savings": savings_curve(monthly, start_month),
        "break_even": break_even_table(monthly, start_month, draws=draws),
        "decomposition": decomposition_table(costs),
        "growth": growth_table(monthly, costs),
        "transition_harms": pd.concat(parts, ignore_index=True),
        "history": history_table(monthly),
    }
