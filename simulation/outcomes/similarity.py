"""How like two municipalities are: a distance over size, population and deprivation."""

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from simulation.history.csv_tables import number, read_rows
from simulation.history.dated_figures import DATA_FOLDER
from simulation.population.municipality_profile import COUNTRY

FILE = "municipalities.csv"
SIZE = "population_2016"
# Who lives there, and how deprived they are.
FIGURES = (
    SIZE, "single_share", "with_children_share", "population_0_14_share_2021", "problem_debt_share",
    "youth_help_share_u18_2022",
)  # fmt: skip
LEAST_KNOWN = 4  # a figure that fewer municipalities have says nothing about spread


def municipal_figures(folder: Path = DATA_FOLDER) -> pd.DataFrame:
    """Return the figures of every municipality of the data: a row per slug; unknown is not a number.

    Parameters
    ----------
    folder : Path, optional
        Folder of the data files.

    Returns
    -------
    DataFrame
        A row per slug, a column per figure.
    """
    rows = {row["slug"]: row for row in read_rows(folder / FILE, ["slug", *FIGURES])}
    found = {
        slug: [number(row, figure, FILE) for figure in FIGURES]
        for slug, row in rows.items()
        if slug != COUNTRY
    }
    return pd.DataFrame.from_dict(found, orient="index", columns=list(FIGURES), dtype=float)


def municipality_names(folder: Path = DATA_FOLDER) -> dict[str, str]:
    """Return the name of every municipality of the data as people read it, by slug.

    Parameters
    ----------
    folder : Path, optional
        Folder of the data files.

    Returns
    -------
    dict of str to str
        Names by slug.
    """
    return {row["slug"]: row["municipality"] for row in read_rows(folder / FILE, ["slug", "municipality"])}


def similarity_table(
    slugs: list[str], folder: Path = DATA_FOLDER, own: Mapping[str, Mapping[str, float]] | None = None
) -> pd.DataFrame:
    """Return the distance of municipalities to all others of the data, nearest first.

    The distance is the root mean square of differences in standard deviations over the sixteen
    municipalities, inhabitants by their logarithm, over those figures that both have.

    Parameters
    ----------
    slugs : list of str
        Municipalities, as data/municipalities.csv spells them, or of `own`.
    folder : Path, optional
        Folder of the data files.
    own : mapping of str to mapping of str to float, optional
        Figures of municipalities that the data do not have, by slug; unknown is not a number.

    Returns
    -------
    DataFrame
        A row per municipality and other; distances without a unit.
    """
    known = municipal_figures(folder)
    known = known.assign(**{SIZE: np.log(known[SIZE])})
    known = known.loc[:, known.notna().sum() >= LEAST_KNOWN]
    scaled = (known - known.mean()) / known.std()
    rows = []
    for slug in dict.fromkeys(slugs):
        if own and slug in own:
            figures = pd.Series(own[slug], dtype=float)
            figures[SIZE] = np.log(figures[SIZE])
            here, others = (figures[known.columns] - known.mean()) / known.std(), scaled
        elif slug in scaled.index:
            here, others = scaled.loc[slug], scaled.drop(index=slug)
        else:
            continue
        apart = others - here
        shared = apart.notna().sum(axis=1)
        distance = np.sqrt((apart**2).sum(axis=1) / shared)
        rows += [(slug, other, distance[other], shared[other]) for other in distance.sort_values().index]
    table = pd.DataFrame(rows, columns=["municipality", "other", "distance", "figures"])
    return table.astype({"distance": "float64", "figures": "int64"})


def written(value: float, figure: str) -> str:
    """Return a figure of a municipality as it is read: inhabitants whole, shares in percent.

    Parameters
    ----------
    value : float
        The figure.
    figure : str
        Its name, a column of `municipal_figures`.

    Returns
    -------
    str
        Text with its unit.
    """
    if math.isnan(value):
        return "?"
    return f"{value:,.0f}" if figure == SIZE else f"{value:g}%"
