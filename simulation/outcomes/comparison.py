"""Comparison of systems: outcomes of each, differences from the first, and the part of them that is policy.

Pure functions on the table of outcomes: place, system, replication, outcome, value. Results are intervals
over replications. Replications share households, random numbers and drawn parameters between systems on one
place. The similarity of two municipalities is a distance over size, population and deprivation.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from simulation.dated_figures import DATA_FOLDER, number, read_rows
from simulation.outcomes.intervals import interval
from simulation.population.municipality_profile import COUNTRY
from simulation.recording.schema import KEY, MEAN, SAME, Column, Table

FILE = "municipalities.csv"
SIZE = "population_2016"
# Figures on population and deprivation, of which the distance between municipalities is made.
FIGURES = (
    SIZE, "single_share", "with_children_share", "population_0_14_share_2021", "problem_debt_share",
    "youth_help_share_u18_2022",
)  # fmt: skip
LEAST_KNOWN = 4  # least number of municipalities with a figure, for an estimate of its spread


def municipal_figures(folder: Path = DATA_FOLDER) -> pd.DataFrame:
    """Return the figures of every municipality of the data, a row per slug; unknown figures are nan.

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
    """Return the display name of every municipality of the data, by slug.

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
    """Return the distance of municipalities to all others of the data, in order of distance.

    The distance is the root mean square difference over the figures that both have. Differences are in
    standard deviations over the sixteen municipalities; inhabitants are compared by their logarithm.

    Parameters
    ----------
    slugs : list of str
        Municipalities, as data/municipalities.csv spells them, or of `own`.
    folder : Path, optional
        Folder of the data files.
    own : mapping of str to mapping of str to float, optional
        Figures of municipalities that are not in the data, by slug; unknown figures are nan.

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


NEUTRAL, OWN = "neutral", "own"
IN_ALL, BY_POLICY, REST = "in_all", "policy", "rest"
PARTS = (IN_ALL, BY_POLICY, REST)


def key_column(name: str, kind: str, meaning: str) -> Column:
    """Return a key column.

    Parameters
    ----------
    name, kind, meaning : str
        Name of the column, its type, and what it holds.

    Returns
    -------
    Column
        The key column.
    """
    return Column(name, kind, "1", meaning, KEY, KEY, KEY)


_PLACE = key_column("place", "text", "neutral: all systems on one city; own: each in its own municipality.")
_SYSTEM = key_column("system", "text", "Slug of the system.")
_MUNICIPALITY = Column("municipality", "text", "1", "Slug of the municipality.", SAME, SAME, SAME)
_OUTCOME = key_column("outcome", "text", "Name of the outcome.")
_REFERENCE = Column("reference", "text", "1", "The system it is compared with.", SAME, SAME, SAME)


def interval_columns(of: str) -> tuple[Column, ...]:
    """Return the columns of an interval over replications.

    Parameters
    ----------
    of : str
        What the interval describes, as the first words of its meaning.

    Returns
    -------
    tuple of Column
        Mean, low and high, in the unit of the outcome.
    """
    descriptions = {
        "mean": "mean over replications",
        "low": "5% quantile over replications",
        "high": "95% quantile over replications",
    }
    return tuple(
        Column(name, "real", "see outcome", f"{of}, {words}.", SAME, SAME, SAME)
        for name, words in descriptions.items()
    )


SIGN_COLUMNS = (
    Column(
        "positive",
        "real",
        "share of replications",
        "Replications in which it is above zero.",
        SAME,
        SAME,
        SAME,
    ),
    Column(
        "negative",
        "real",
        "share of replications",
        "Replications in which it is below zero.",
        SAME,
        SAME,
        SAME,
    ),
    Column("replications", "whole", "replications", "Number of replications.", SAME, SAME, SAME),
)
COMPARE_TABLES = {
    table.name: table
    for table in (
        Table("outcomes", "Every outcome of every system, place, replication and year since the transition.",
              (_PLACE, _SYSTEM, _MUNICIPALITY,
               key_column("replication", "whole", "Number of the replication."),
               key_column("year", "whole", "Calendar year; 0 is all years from the transition on."), _OUTCOME,
               Column("value", "real", "see outcome", "The outcome.", MEAN, SAME, MEAN, True))),
        Table("systems", "Each system on each place, all years from the transition on.",
              (_PLACE, _SYSTEM, _MUNICIPALITY, _OUTCOME, *interval_columns("Outcome"), *SIGN_COLUMNS)),
        Table("differences", "Each system less the first one, on the neutral city, replication by "
                             "replication.",
              (_SYSTEM, _REFERENCE, _OUTCOME, *interval_columns("Difference"), *SIGN_COLUMNS)),
        Table("decomposition", "What the difference between two own municipalities is made of.",
              (_SYSTEM, _REFERENCE, _OUTCOME,
               key_column("part", "text",
                          "in_all; policy: the difference on the neutral city; rest: population."),
               *interval_columns("Part of the difference"), *SIGN_COLUMNS)),
        Table("municipalities", "How like the municipalities of the data are to those compared.",
              (key_column("municipality", "text", "Slug of a municipality of a compared system."),
               key_column("other", "text", "Slug of another municipality of the data."),
               Column("distance", "real", "standard deviations",
                      "Root mean square of standardised differences over the figures both have.",
                      SAME, SAME, SAME),
               Column("figures", "whole", "figures", "Number of figures both have.", SAME, SAME, SAME))),
    )
}  # fmt: skip


def whole_period(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of all years together: a column per outcome, a row per place, system and replication.

    An outcome that is nan in some replication, for lack of anybody to count, is left out.

    Parameters
    ----------
    outcomes : DataFrame
        Table `outcomes` of a comparison.

    Returns
    -------
    DataFrame
        One row per place, system and replication; outcomes in their own units.
    """
    rows = outcomes[outcomes["year"] == 0]
    wide = rows.pivot(index=["place", "system", "replication"], columns="outcome", values="value")
    known = [name for name in rows["outcome"].unique() if wide[name].notna().all()]
    return wide[known]


def systems_table(outcomes: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """Return the table `systems`.

    Parameters
    ----------
    outcomes : DataFrame
        Table `outcomes` of a comparison.
    order : list of str
        Systems in the order in which they are shown; the first is the reference.

    Returns
    -------
    DataFrame
        Table `systems`.
    """
    wide = whole_period(outcomes)
    where = outcomes.drop_duplicates(["place", "system"]).set_index(["place", "system"])["municipality"]
    rows = [
        ((place, system, where[place, system], name), wide.loc[place, system][name])
        for place in (NEUTRAL, OWN)
        for system in order
        for name in wide
    ]
    return with_intervals(COMPARE_TABLES["systems"].names, rows)


def differences_table(outcomes: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """Return the table `differences`: each system less the first on the neutral city.

    Parameters
    ----------
    outcomes : DataFrame
        Table `outcomes` of a comparison.
    order : list of str
        Systems in the order in which they are shown; the first is the reference.

    Returns
    -------
    DataFrame
        Table `differences`, in the units of the outcomes.
    """
    wide = whole_period(outcomes)
    first = wide.loc[NEUTRAL, order[0]]
    rows = [
        ((system, order[0], name), wide.loc[NEUTRAL, system][name] - first[name])
        for system in order[1:]
        for name in wide
    ]
    return with_intervals(COMPARE_TABLES["differences"].names, rows)


def decomposition_table(outcomes: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """Return the table `decomposition`: the difference between own municipalities, and its parts.

    The difference between the same two systems on the neutral city is the part of policy; the rest is that of
    population and its interaction with policy. Parts are computed per replication, so that they add up.

    Parameters
    ----------
    outcomes : DataFrame
        Table `outcomes` of a comparison.
    order : list of str
        Systems in the order in which they are shown; the first is the reference.

    Returns
    -------
    DataFrame
        Table `decomposition`, in the units of the outcomes.
    """
    wide = whole_period(outcomes)
    rows = []
    for system in order[1:]:
        in_all = wide.loc[OWN, system] - wide.loc[OWN, order[0]]
        policy = wide.loc[NEUTRAL, system] - wide.loc[NEUTRAL, order[0]]
        parts = {IN_ALL: in_all, BY_POLICY: policy, REST: in_all - policy}
        rows += [((system, order[0], name, part), parts[part][name]) for name in wide for part in PARTS]
    return with_intervals(COMPARE_TABLES["decomposition"].names, rows)


def with_intervals(names: list[str], rows: Sequence[tuple[tuple[str, ...], pd.Series]]) -> pd.DataFrame:
    """Return keys with mean, interval, signs and number of replications.

    Parameters
    ----------
    names : list of str
        Columns of the table: keys, mean, low, high, positive, negative, replications.
    rows : sequence of (tuple of str, Series)
        Keys of a row, and its values by replication.

    Returns
    -------
    DataFrame
        The rows, in the units of the values.
    """
    found = []
    for keys, values in rows:
        bounds = interval(values)
        found.append(
            (*keys, bounds.mean, bounds.low, bounds.high, bounds.positive, bounds.negative, bounds.count)
        )
    frame = pd.DataFrame(found, columns=names)
    numbers = ("mean", "low", "high", "positive", "negative")
    return frame.astype({**{name: "float64" for name in numbers}, "replications": "int64"})
