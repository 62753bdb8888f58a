"""Wijken by rank of deprivation: wijk number k need not be the same wijk in every replication."""

import numpy as np
import pandas as pd


def with_ranks(wijken: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the wijken table with `rank`: place by deprivation within their replication, 1 is the
    most.

    Parameters
    ----------
    wijken : DataFrame
        Rows with replication, wijk and deprivation, which is one number for every wijk of a replication.

    Returns
    -------
    DataFrame
        A copy with the column `rank`, from 1.

    Examples
    --------
    >>> with_ranks(pd.DataFrame({"replication": [0, 0, 1, 1], "wijk": [0, 1, 0, 1],
    ...                          "deprivation": [0.5, -0.5, -1.0, 1.0]}))["rank"].tolist()
    [1, 2, 2, 1]
    """
    each = wijken[["replication", "wijk", "deprivation"]].drop_duplicates(["replication", "wijk"])
    each = each.sort_values(["replication", "deprivation", "wijk"], ascending=[True, False, True])
    ranks = each.assign(rank=each.groupby("replication").cumcount() + 1)[["replication", "wijk", "rank"]]
    return wijken.merge(ranks, on=["replication", "wijk"], how="left", validate="many_to_one")


def by_deprivation(deprivation: np.ndarray) -> np.ndarray:
    """Return the numbers of wijken from the most to the least deprived, those alike by their number.

    Parameters
    ----------
    deprivation : float64 array of shape (n_wijken,)
        Deprivation, higher is more.

    Returns
    -------
    int64 array of shape (n_wijken,)
        Numbers of wijken, from 0.

    Examples
    --------
    >>> by_deprivation(np.array([0.1, 0.9, 0.1])).tolist()
    [1, 0, 2]
    """
    return np.argsort(-np.asarray(deprivation), kind="stable")
