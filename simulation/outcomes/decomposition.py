"""What a difference between two arms consists of, to the cent: by year, payer, law and item.

An identity of the books, from the costs table alone: the parts add up because the costs do.
"""

import pandas as pd

from simulation.finance.books import OWN_COST
from simulation.recording.arm_names import COMPARED, against

PARTS = ["year", "payer", "law", "item"]
KEYS = ["replication", *PARTS]
MUNICIPALITY = "municipality"


def split(costs: pd.DataFrame, arm: str, other: str) -> pd.DataFrame:
    """Return what an arm saves against another: a row per replication and part that differs.

    Parameters
    ----------
    costs : DataFrame
        The costs table. Replications without one of the two arms are left out.
    arm, other : str
        Names of the arm and of what it is held against.

    Returns
    -------
    DataFrame
        `KEYS` and saving_cents: cost of the other less cost of the arm.

    Examples
    --------
    >>> row = {"replication": 0, "year": 2016, "payer": "municipality", "law": "wmo", "item": "guidance"}
    >>> costs = pd.DataFrame([row | {"arm": "reference", "cents": 5}, row | {"arm": "policy", "cents": 3}])
    >>> split(costs, "policy", "reference")["saving_cents"].tolist()
    [2]
    """
    both = costs[costs["arm"].isin((arm, other))]
    there = both.groupby("replication")["arm"].nunique()
    both = both[both["replication"].isin(there.index[there == 2])]
    signed = both["cents"].where((both["arm"] == other).to_numpy(), -both["cents"])
    texts = {name: both[name].astype(str) for name in ("payer", "law", "item")}
    rows = both[["replication", "year"]].assign(**texts, saving_cents=signed)[[*KEYS, "saving_cents"]]
    summed = rows.groupby(KEYS, as_index=False, sort=True)["saving_cents"].sum()
    return summed[summed["saving_cents"] != 0].reset_index(drop=True)


def decomposition_table(costs: pd.DataFrame) -> pd.DataFrame:
    """Return the decomposition table: every compared arm against its own reference.

    Parameters
    ----------
    costs : DataFrame
        Table `costs` of a run, cents.

    Returns
    -------
    DataFrame
        Table `decomposition`, euros.
    """
    frames = []
    for arm in COMPARED:
        other = against(arm)
        rows = split(costs, arm, other)
        rows = rows.assign(arm=arm, against=other, saving_eur=rows["saving_cents"] / 100.0)
        frames.append(rows[["replication", "arm", "against", *PARTS, "saving_eur"]])
    return pd.concat(frames, ignore_index=True).astype({"replication": "int64", "year": "int64"})


def of_arm(decomposition: pd.DataFrame, arm: str, basis: str = MUNICIPALITY) -> pd.DataFrame:
    """Return the rows of one arm on a basis: of the municipality, or of all payers.

    Parameters
    ----------
    decomposition : DataFrame
        Table `decomposition` of a run.
    arm : str
        Name of the arm.
    basis : str, optional
        "municipality" or "all_payers": whose costs count.

    Returns
    -------
    DataFrame
        Rows of the same table.
    """
    rows = decomposition[decomposition["arm"] == arm]
    return rows[rows["payer"] == MUNICIPALITY] if basis == MUNICIPALITY else rows


def before_own_cost(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows about care and crises: what a policy pays for itself is left out.

    Parameters
    ----------
    rows : DataFrame
        Rows of the table `decomposition`.

    Returns
    -------
    DataFrame
        Rows of the same table.
    """
    return rows[~rows["item"].isin(OWN_COST)]


def own_cost(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows about staff, referral sources and all else a policy pays for itself.

    Parameters
    ----------
    rows : DataFrame
        Rows of the table `decomposition`.

    Returns
    -------
    DataFrame
        Rows of the same table.
    """
    return rows[rows["item"].isin(OWN_COST)]


def by_replication(rows: pd.DataFrame, replications: list[int]) -> pd.Series:
    """Return the sum of the rows by replication, 0 where nothing differs, euros.

    Parameters
    ----------
    rows : DataFrame
        Rows of the table `decomposition`.
    replications : list of int
        Replications of the run.

    Returns
    -------
    Series
        Euros by replication.
    """
    return rows.groupby("replication")["saving_eur"].sum().reindex(replications, fill_value=0.0)
