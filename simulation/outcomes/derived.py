"""The tables that follow from the recorded ones: history, savings, decomposition, growth, transition harm."""

from collections.abc import Mapping

import pandas as pd

from simulation.outcomes.decomposition import decomposition_table
from simulation.outcomes.growth import growth_table
from simulation.outcomes.history import history_table
from simulation.outcomes.savings import arm_grid, break_even_table, savings_curve
from simulation.outcomes.transition_harm import bruises


def extra_reserves(monthly: pd.DataFrame, start_month: int) -> pd.Series:
    """Return what the same-money arm received on day one, in euro by pair.

    In the first month the arm differs from the reference by that sum alone.
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
    draws
        As in `break_even_table`.
    reserve_eur : mapping from pair to euro, optional
        What the same-money arm received on day one; by default read from its reserves.
    """
    arms = {arm: monthly[monthly["arm"] == arm] for arm in ("reference", "long_strip", "same_money")}
    period = (announcement_month, start_month)
    reserve_eur = extra_reserves(monthly, start_month) if reserve_eur is None else reserve_eur
    parts = [
        bruises(arms["reference"], arms["long_strip"], "as_announced", *period),
        bruises(arms["same_money"], arms["long_strip"], "same_money", *period, reserve_eur=reserve_eur),
    ]
    return {
        "savings": savings_curve(monthly, start_month),
        "break_even": break_even_table(monthly, start_month, draws=draws),
        "decomposition": decomposition_table(costs),
        "growth": growth_table(monthly, costs),
        "bruises": pd.concat(parts, ignore_index=True),
        "history": history_table(monthly),
    }
