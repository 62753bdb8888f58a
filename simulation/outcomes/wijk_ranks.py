"""Wijken by rank of deprivation: wijk number k need not be the same wijk in every pair of runs."""

import numpy as np
import pandas as pd


def with_ranks(wijken: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the wijken table with `rank`: place by deprivation within their pair, 1 is the most.

    Parameters
    ----------
    wijken : DataFrame
        Rows with pair, wijk and deprivation, which is one number for every wijk of a pair.

    Examples
    --------
    >>> with_ranks(pd.DataFrame({"pair": [0, 0, 1, 1], "wijk": [0, 1, 0, 1],
    ...                          "deprivation": [0.5, -0.5, -1.0, 1.0]}))["rank"].tolist()
    [1, 2, 2, 1]
    """
    each = wijken[["pair", "wijk", "deprivation"]].drop_duplicates(["pair", "wijk"])
    each = each.sort_values(["pair", "deprivation", "wijk"], ascending=[True, False, True])
    ranks = each.assign(rank=each.groupby("pair").cumcount() + 1)[["pair", "wijk", "rank"]]
    return wijken.merge(ranks, on=["pair", "wijk"], how="left", validate="many_to_one")


def by_deprivation(deprivation: np.ndarray) -> np.ndarray:
    """Return the numbers of wijken from the most to the least deprived, those alike by their number.

    Examples
    --------
    >>> by_deprivation(np.array([0.1, 0.9, 0.1])).tolist()
    [1, 0, 2]
    """
    return np.argsort(-np.asarray(deprivation), kind="stable")
