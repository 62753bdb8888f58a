"""The table of channels: only of a run that was decomposed, by which channel its policy saves."""

from collections.abc import Mapping

import pandas as pd

from simulation.outcomes.savings import BASES
from simulation.recording.arm_names import POLICY_ARMS
from simulation.recording.schema import BASIS, KEY, REPLICATION, TABLES, Column, Table

NAME = "channels"
# What a policy saves with every mechanism off: mostly what it costs itself; and what stands in no year.
OWN_COST, CARE_STILL_OPEN = "own_cost", "care_still_open"
CHANNELS = Table(
    NAME,
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
DECOMPOSED_TABLES: Mapping[str, Table] = {**TABLES, NAME: CHANNELS}


def bases_of_costs(costs: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Return what reference and policy cost in all years, cents by arm and basis.

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
