"""One task of a country's run: one municipality and one pair, all its arms, reduced at once.

Called by every engine alike, on this machine or another: what goes in and comes out can be sent.
"""

import io
import time
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.runs.replications import Tables, parameters_of_pair, run_pair
from scenarios.runs.scenario import Scenario
from scenarios.studies.plan import Run
from scenarios.studies.task import Part, as_parquet, check_version
from simulation.outcomes.municipalities import NAME, municipality_rows
from simulation.recording.aggregation import collapsed
from simulation.recording.schema import KEY, table_of

# Tables that are added up over municipalities; of the wijken one row per municipality and year is kept.
SUMMED = ("monthly", "groups", "flows", "books", "costs", "open_care")
KEPT = (*SUMMED, "wijken", NAME)


@dataclass(frozen=True)
class Work:
    """What a process needs to do a task.

    Attributes
    ----------
    name : str
        Name of the part.
    address : str
        What it is, as a hash: the same address means the same numbers.
    scenario : Scenario
        Of the municipality.
    municipality : str
        Its name.
    real : bool
        Whether it has figures of its own.
    place : int
        Its number among all, in the order in which they are added up.
    pair : int
        Number of the pair.
    model_version : str
        Version of the model that the run was begun with.
    """

    name: str
    address: str
    scenario: Scenario
    municipality: str
    real: bool
    place: int
    pair: int
    model_version: str


def does(work: Work) -> Part:
    """Run a municipality in one pair and return its tables, reduced.

    Raises
    ------
    ValueError
        When this process runs another version of the model than the country.
    """
    check_version(work.model_version, "country")
    begin = time.perf_counter()
    tables = run_pair(work.scenario, work.pair).tables
    parameters, _ = parameters_of_pair(work.scenario, work.pair)
    found = reduced(tables, parameters.population.circle_size, work.municipality, work.real)
    content = {name: as_parquet(_as_arrow(found[name])) for name in KEPT}
    run = Run(work.place, work.pair, work.address)
    return Part(work.name, content, (run,), time.perf_counter() - begin)


def reduced(tables: Tables, circle_size: float, name: str, real: bool) -> Tables:
    """Return what is kept of a municipality's tables.

    Parameters
    ----------
    tables : dict of str to DataFrame
        All arms of one pair.
    circle_size : float
        Households per informal network.
    name : str
        Its name.
    real : bool
        Whether it has figures of its own.
    """
    wijken = tables["wijken"]
    return {
        "monthly": tables["monthly"].assign(networks=networks(wijken, circle_size)),
        "wijken": collapsed("wijken", wijken, ["pair", "arm", "year"], "over_places"),
        "groups": tables["groups"],
        "flows": tables["flows"],
        **{name: collapsed(name, tables[name], _keys(name), "over_places") for name in ("books", "costs")},
        "open_care": tables["open_care"],
        NAME: municipality_rows(tables["monthly"], name, real),
    }


def _keys(name: str) -> list[str]:
    """Return the columns of a table that stay apart when places are added up."""
    return [column.name for column in table_of(name).columns if column.over_places == KEY]


def networks(wijken: pd.DataFrame, circle_size: float) -> int:
    """Return how many informal networks a municipality has: circles of so many households in each wijk."""
    size = wijken.drop_duplicates("wijk")["households"].to_numpy()
    return int(np.maximum(1, np.rint(size / circle_size)).sum())


def read_part(content: bytes) -> pd.DataFrame:
    """Return a kept table."""
    return pq.read_table(io.BytesIO(content)).to_pandas()


def _as_arrow(frame: pd.DataFrame) -> pa.Table:
    texts = {name: frame[name].astype(object) for name in frame if frame[name].dtype == "category"}
    return pa.Table.from_pandas(frame.assign(**texts), preserve_index=False).replace_schema_metadata(None)
